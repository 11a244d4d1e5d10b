package flows

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
)

// ledgerWords are what a chair types to see what was sent, folded.
var ledgerWords = []string{"so gui", "so gui tin", "ai da nhan", "ai da nhan tin", "ai nhan duoc tin", "da nhac ai", "nhac ai roi", "gui tin the nao"}

// maxWaves is how many waves one screen holds; the latest are shown.
const maxWaves = 9

// ledger shows a chair what became of the messages of the present period. Each wave opens
// to the names behind its counts.
func (s *step) ledger(c org.CommuneID) {
	p, _ := present(s.Facts, c)
	waves := s.waves(c)
	if p.Month == "" || len(waves) == 0 {
		s.say("Em chưa gửi tin nào theo lịch {chị} ạ.")
		return
	}
	lines := []string{fmt.Sprintf("Sổ gửi kỳ %s:", p.Month.Label())}
	var open []Option
	for i, w := range waves {
		n := strconv.Itoa(i + 1)
		lines = append(lines, n+". "+waveLine(w))
		open = append(open, Option{Label: waveTitle(w), Say: n, Data: "t:" + unitKey(string(c)) + ":w" + waveNumber(w), Beside: i%2 == 1})
	}
	s.listed(strings.Join(lines, "\n")+"\n{Chị} bấm hoặc gõ số, em mở tên từng nơi.", open, open)
}

// waves are those of the present period that a screen shows.
func (s *step) waves(c org.CommuneID) []org.Wave {
	p, _ := present(s.Facts, c)
	waves := s.Book.Ledger(c, p.Month)
	return waves[max(0, len(waves)-maxWaves):]
}

// showWave names those behind the counts of a wave, by what became of their messages; a wave
// that is no longer shown is the ledger.
func (s *step) showWave(c org.CommuneID, n int) {
	waves := s.waves(c)
	i := slices.IndexFunc(waves, func(w org.Wave) bool { return waveNumber(w) == strconv.Itoa(n) })
	if i < 0 {
		s.ledger(c)
		return
	}
	w := waves[i]
	lines := []string{fmt.Sprintf("%s: %s tin.", waveTitle(w), number(w.Targeted))}
	shelf := func(title string, in func(org.WaveRow) bool) {
		var names []string
		for _, r := range w.Rows {
			if in(r) {
				names = append(names, s.waveRowName(c, r))
			}
		}
		if len(names) > 0 {
			lines = append(lines, fmt.Sprintf("%s %s: %s", title, number(len(names)), strings.Join(names, ", ")))
		}
	}
	shelf("Đã tới", func(r org.WaveRow) bool { return r.Outcome == org.Sent && r.Why != org.Doubtful })
	shelf("Có thể chưa tới", func(r org.WaveRow) bool { return r.Outcome == org.Sent && r.Why == org.Doubtful })
	shelf("Đang chờ", func(r org.WaveRow) bool { return r.Outcome == org.Waiting })
	for _, why := range w.FailedWhy() {
		shelf("Hỏng, "+cmp.Or(lostWords[why], why), func(r org.WaveRow) bool { return r.Outcome == org.Failed && r.Why == why })
	}
	for _, why := range w.Reasons() {
		shelf("Không gửi, "+why, func(r org.WaveRow) bool { return r.Outcome == org.Skipped && r.Why == why })
	}
	s.say("%s", strings.Join(lines, "\n"))
}

// lostWords say why a message failed, by what the network said of the contact.
var lostWords = map[string]string{
	"": "mạng không nhận", "blocked": "đã chặn bot", "deactivated": "tài khoản đã đóng", "not_linked": "không nhắn tới được", "kicked": "bot đã ra khỏi nhóm",
}

// waveRowName says whom a message was to: a branch, or a person by her given name.
func (s *step) waveRowName(c org.CommuneID, r org.WaveRow) string {
	if b, ok := s.Book.Branch(org.BranchID(string(c) + "/" + r.Of)); ok {
		return s.brief(b) + either(r.Deputy, " (chi hội phó)", "")
	}
	if mark, ok := strings.CutPrefix(r.Of, groupRow); ok {
		for _, g := range s.Book.Groups(c) {
			if g.Contact.Short() == mark {
				return "nhóm " + groupName(g.Title)
			}
		}
		return "một nhóm"
	}
	if p, ok := s.Book.Person(org.PersonID(r.Of)); ok {
		return "chị " + p.Name
	}
	return "người đã rời bot"
}

// waveNumber names a wave in a button, the same however many come after it.
func waveNumber(w org.Wave) string {
	n, err := strconv.ParseUint(unitKey(w.Kind+"/"+w.Day), 36, 32)
	if err != nil {
		return "0"
	}
	return strconv.FormatUint(n, 10)
}

// waveTitle is "Nhắc lần 1, 28/11".
func waveTitle(w org.Wave) string { return WaveName(w.Kind) + ", " + waveDay(w) }

func waveDay(w org.Wave) string {
	if t, err := time.Parse(time.DateOnly, w.Day); err == nil {
		return org.Day(t)
	}
	return w.Day
}

// waveLine is "Nhắc lần 1, 28/11: 12 tin, tới 9, đang chờ 1; không gửi: chưa nhận mã 2."
func waveLine(w org.Wave) string {
	line := fmt.Sprintf("%s: %s tin, tới %s", waveTitle(w), number(w.Targeted), number(w.Sent))
	if w.Doubtful > 0 {
		line += fmt.Sprintf(" (%s không chắc)", number(w.Doubtful))
	}
	if w.Waiting > 0 {
		line += ", đang chờ " + number(w.Waiting)
	}
	if w.Failed > 0 {
		line += ", hỏng " + number(w.Failed)
	}
	var why []string
	for _, r := range w.Reasons() {
		why = append(why, fmt.Sprintf("%s %s", r, number(w.Skipped[r])))
	}
	if len(why) > 0 {
		line += "; không gửi: " + strings.Join(why, ", ")
	}
	return line + "."
}

// waveNames are what the kinds of waves are called.
var waveNames = map[string]string{
	"open": "Mở kỳ", "remind": "Nhắc lần", "late_list": "Danh sách quá hạn", "lock": "Khóa kỳ",
	"query": "Hỏi lại", "nudge": "Nhắc theo lời Chủ tịch", "announce": "Thông báo", "digest": "Tóm tắt tuần", "summary": "Tổng kết tháng",
	string(JobProvince): "Số chung toàn tỉnh", string(OrderUnseen): "Việc chưa ai nhận",
}

// WaveName is what a wave of a kind is called: "Nhắc lần 1".
func WaveName(kind string) string {
	name, step, _ := strings.Cut(kind, "/")
	if words, ok := waveNames[name]; ok {
		return strings.TrimSpace(words + " " + step)
	}
	return kind
}
