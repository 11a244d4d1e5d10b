package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
)

// The weekly digest (domain.md 10): one screen of a phone, numbers first, exceptions after.
// Its lines keep their numbers, so that "chi tiết 3" always means the members; a line with
// nothing to say is left out.

// digestLines is how many lines a digest has at most.
const digestLines = 12

// digestAfterLock is how long after its lock a month is still told of: once.
const digestAfterLock = 7 * 24 * time.Hour

// Told is what the chairs of a commune were last told of a month, so that a number which
// changed since is told as changed.
type Told struct {
	At    time.Time                    `json:"at"`
	Month org.Month                    `json:"month"`
	Of    map[org.BranchID]org.Figures `json:"of,omitempty"`
	// Mended are reports of other months that a chair has corrected since.
	Mended []Mended `json:"mended,omitempty"`
}

// Mended is a report before a chair corrected it.
type Mended struct {
	Branch org.BranchID `json:"branch"`
	Was    org.Figures  `json:"was"`
}

// view is a commune's month while it is told: the records, the summary and what it is
// compared with.
type view struct {
	*step
	records org.Records
	sum     org.Summary
	before  org.Summary // last month as it stood at the same day of its period; zero without one
}

// viewOf gathers what there is to tell of a month.
func (s *step) viewOf(c org.CommuneID, m org.Month) *view {
	v := &view{step: s, records: s.records(c, m)}
	v.sum = v.records.Month(m)
	if last, ok := v.records.Periods[m.Add(-1)]; ok && v.sum.Period.Month != "" {
		v.before = v.records.MonthBy(m.Add(-1), last.Opens.Add(s.Now.Sub(v.sum.Period.Opens)))
	}
	return v
}

// digest tells a commune's chairs how the present month stands.
func (s *step) digest(j Job) {
	if j.Month == "" {
		return
	}
	told, _ := s.Book.Told(j.Commune)
	if told.At.In(s.Now.Location()).Format(time.DateOnly) == s.Now.Format(time.DateOnly) {
		return // the month's summary has just said all of it
	}
	v := s.viewOf(j.Commune, j.Month)
	if v.sum.Expected == 0 || s.Now.Sub(v.sum.Period.Locks) > digestAfterLock {
		return
	}
	v.send("digest", v.digestText(told), v.acts())
}

// send tells the chairs and keeps what they were told.
func (v *view) send(kind, text string, acts []Option, files ...File) {
	c := v.sum.Commune.ID
	for _, id := range chairs(v.Book, c) {
		v.do(Tell{Person: id, Prompt: Prompt{Text: spokenTo(v.Book, id, text), Options: acts, Files: files}, Wave: v.wave(kind),
			Key: fmt.Sprintf("%s/%s/%s/%s/%s", kind, v.sum.Month, c, id, v.Now.Format(time.DateOnly))})
		v.said++
	}
	v.do(SaveTold{c, v.toldNow()})
}

func (v *view) toldNow() Told {
	t := Told{At: v.Now, Month: v.sum.Month, Of: map[org.BranchID]org.Figures{}}
	for _, b := range v.sum.Branches {
		if b.Status.Sent() {
			t.Of[b.Branch.ID] = b.Figures
		}
	}
	return t
}

// digestText is the digest as it is read.
func (v *view) digestText(told Told) string {
	lines := v.digestFacts()
	lines = append(lines, v.restated(told)...)
	if call := v.callLine(); call != "" {
		lines = append(lines, call)
	}
	switch {
	case v.sum.Submitted == 0 && v.sum.State == org.Open && v.remindable() > 0:
		lines = append(lines, fmt.Sprintf("{Chị} bấm hoặc gõ \"nhắc\", em nhắc %d chi hội giúp {chị} ạ.", v.remindable()))
	case len(lines) < digestLines:
		lines = append(lines, "{Chị} gõ ví dụ \"chi tiết 3\" để xem kỹ một dòng.")
	}
	return strings.Join(lines[:min(len(lines), digestLines)], "\n")
}

// digestFacts are its numbered lines.
func (v *view) digestFacts() (lines []string) {
	say := []func() string{v.sentLine, v.activityLine, v.memberLine, v.pairLine, v.helpLine, v.changeLine, v.flagLine, v.needLine, v.dueLine}
	for i, line := range say {
		if text := line(); text != "" {
			lines = append(lines, strconv.Itoa(i+1)+". "+text)
		}
	}
	return lines
}

// title is "Kỳ tháng 11, xã An Phú".
func (v *view) title() string {
	t := "Kỳ " + v.sum.Month.Label() + ", " + communeInSentence(v.sum.Commune.Name)
	if v.sum.State == org.Locked {
		t += " (đã khóa)"
	}
	return t
}

func (v *view) sentLine() string {
	m := v.sum
	if m.Submitted == 0 {
		return fmt.Sprintf("%s: chưa chi hội nào gửi (0/%d)%s.", v.title(), m.Expected, v.sameDay(v.before.Submitted, v.before.Expected))
	}
	text := fmt.Sprintf("%s: đã gửi %d/%d", v.title(), m.Submitted, m.Expected)
	if m.Late > 0 {
		text += fmt.Sprintf(" (%d muộn)", m.Late)
	}
	if m.Missing() == 0 {
		return text + ", đủ cả" + v.sameDay(v.before.Submitted, v.before.Expected) + "."
	}
	return text + fmt.Sprintf(", chưa gửi %d", m.Missing()) + v.sameDay(v.before.Submitted, v.before.Expected) + "."
}

// sameDay compares with the same day of last month's period: "; cùng ngày kỳ trước 20/26".
func (v *view) sameDay(n, of int) string {
	if v.before.Month == "" || v.before.Expected == 0 {
		return ""
	}
	if v.sum.State == org.Locked {
		return fmt.Sprintf("; kỳ trước %d/%d", n, of)
	}
	return fmt.Sprintf("; cùng ngày kỳ trước %d/%d", n, of)
}

func (v *view) activityLine() string {
	m := v.sum
	if m.Submitted == 0 {
		return ""
	}
	text := fmt.Sprintf("Có hoạt động %d/%d", m.Active, m.Submitted)
	if v.before.Submitted > 0 {
		text += fmt.Sprintf(" (kỳ trước %d/%d)", v.before.Active, v.before.Submitted)
	}
	if m.Scored == 0 {
		return text + "; \"3 có, 3 biết\": " + org.NoFigure + "."
	}
	text += fmt.Sprintf("; \"3 có, 3 biết\" đủ 6 mục %d/%d", m.Full, m.Scored)
	if m.Scored < m.Submitted {
		text += " chi hội trả lời đủ"
	}
	return text + "."
}

func (v *view) memberLine() string {
	m := v.sum
	if m.Submitted == 0 {
		return ""
	}
	text := fmt.Sprintf("Hội viên: %s", growthWords(m.Members, m.Growth, m.Submitted))
	if y := v.records.YearGrowth(m.Month); y.Net.OK {
		text += "; từ đầu năm " + y.Net.Signed()
		if v.records.Target.OK {
			text += "/" + v.records.Target.String()
		}
		text += v.coverageWords()
	}
	return text + "."
}

// coverageWords say on how much a figure of the year rests: " (tính từ tháng 6, 143/180 báo
// cáo)", "" when all reports since January are there.
func (v *view) coverageWords() string {
	c := v.records.YearCoverage(v.sum.Month)
	switch {
	case c.Whole() || c.From == "":
		return ""
	case c.Got >= c.Due:
		return fmt.Sprintf(" (tính từ %s)", c.From.Label())
	case c.From.Number() == 1:
		return fmt.Sprintf(" (%s/%s báo cáo)", number(c.Got), number(c.Due))
	}
	return fmt.Sprintf(" (tính từ %s, %s/%s báo cáo)", c.From.Label(), number(c.Got), number(c.Due))
}

// growthWords is "+7 −3 (thực tăng +3)"; when the net growth of some is not known, of how many it is.
func growthWords(m org.Members, g org.Growth, of int) string {
	joined, left := org.NoFigure, org.NoFigure
	if m.Joined.OK {
		joined = "+" + m.Joined.String()
	}
	if l := m.Left(); l.OK {
		left = "−" + l.String()
	}
	text := joined + " " + left
	if joined == org.NoFigure && left == org.NoFigure {
		text = org.NoFigure
	}
	switch {
	case !g.Net.OK && text != org.NoFigure:
		return text + " (thực tăng: " + org.NoFigure + ")"
	case !g.Net.OK:
		return text
	case g.Of < of:
		return text + fmt.Sprintf(" (thực tăng %s, của %d/%d chi hội)", g.Net.Signed(), g.Of, of)
	}
	return text + fmt.Sprintf(" (thực tăng %s)", g.Net.Signed())
}

func (v *view) pairLine() string {
	p := v.sum.AllPairs()
	if p == (org.PairCount{}) {
		return "\"1+1\": chưa có cặp nào."
	}
	parts := []string{fmt.Sprintf("%d cặp", p.Active)}
	if v.sum.Submitted > 0 {
		parts = append(parts, actedWords(p))
	}
	for _, c := range []struct {
		n    int
		word string
	}{{p.New, "mới"}, {p.Completed, "đã xong"}, {p.Stale, "cần hỏi thăm"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	return "\"1+1\": " + strings.Join(parts, ", ") + "."
}

// actedWords tells how many pairs acted, of those that somebody told about.
func actedWords(c org.PairCount) string {
	words := fmt.Sprintf("%d có hoạt động", c.Acted)
	switch {
	case c.Told == 0:
		return "chưa có số liệu hoạt động"
	case c.Acted == 0:
		words = "chưa cặp nào hoạt động"
	}
	if c.Told < c.Active {
		words += fmt.Sprintf(" trong %d cặp đã báo", c.Told)
	}
	return words
}

func (v *view) helpLine() string {
	h := v.sum.Help
	line := callsWords(h.Open, h.Urgent, h.Oldest)
	if h.Unseen > 0 { // domain.md 9: to be taken on within three days
		line = fmt.Sprintf("%s Chưa ai nhận sau 3 ngày: %d.", line, h.Unseen)
	}
	return line
}

// callsWords is "Cần hỗ trợ: 3 việc (🆘 1 gấp, lâu nhất 12 ngày)."
func callsWords(open, urgent, oldest int) string {
	if open == 0 {
		return "Cần hỗ trợ: không có việc nào chờ."
	}
	age := "đều mới hôm nay"
	if oldest > 0 {
		age = fmt.Sprintf("lâu nhất %d ngày", oldest)
	}
	if urgent > 0 {
		age = fmt.Sprintf("🆘 %d gấp, ", urgent) + age
	}
	return fmt.Sprintf("Cần hỗ trợ: %s việc (%s).", number(open), age)
}

func (v *view) changeLine() string {
	var parts []string
	for i, label := range changeLabels {
		n := 0
		for _, notice := range v.sum.Notices {
			if notice.Kind == i+1 {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", lowerFirst(label), n))
		}
	}
	for _, b := range v.sum.Branches {
		if b.Exempt != "" {
			parts = append(parts, fmt.Sprintf("%s không phải gửi (%s)", v.brief(b.Branch), b.Exempt))
		}
	}
	for _, b := range v.records.Branches { // merged into another, or dissolved
		if b.Branch.ClosedFrom == v.sum.Month {
			parts = append(parts, fmt.Sprintf("%s thôi báo cáo từ %s", v.brief(b.Branch), v.sum.Month.Label()))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Biến động: " + someOf(parts, maxChoices) + "."
}

// someOf joins a list, as far as there is room: "a, b và 3 nơi nữa".
func someOf(list []string, room int) string {
	if len(list) <= room {
		return strings.Join(list, "; ")
	}
	return strings.Join(list[:room], "; ") + fmt.Sprintf(" và %d nơi nữa", len(list)-room)
}

// maxFlagged is how many branches the digest names as worth a visit (domain.md 10).
const maxFlagged = 5

// flagged lists the branches that have flags, each with its gravest, in order.
func (v *view) flagged() (list []org.Flag) {
	for _, f := range v.sum.Flags {
		if !slices.ContainsFunc(list, func(o org.Flag) bool { return o.Branch == f.Branch }) {
			list = append(list, f)
		}
	}
	return list
}

func (v *view) flagLine() string { return v.flagWords(maxFlagged) }

// flagWords name as many branches as there is room for, those with one reason together: "Thôn
// Tây, Thôn Trung (chưa nhận mã)".
func (v *view) flagWords(room int) string {
	all := v.flagged()
	if len(all) == 0 {
		return ""
	}
	var parts []string
	for i, f := range all[:min(len(all), room)] {
		b, _ := v.Book.Branch(f.Branch)
		reason := " (" + f.Reason() + ")"
		if i > 0 && f.Reason() == all[i-1].Reason() {
			last := parts[len(parts)-1]
			parts[len(parts)-1] = strings.TrimSuffix(last, reason) + ", " + v.brief(b) + reason
			continue
		}
		parts = append(parts, v.brief(b)+reason)
	}
	text := "Cần quan tâm, nên đến thăm: " + strings.Join(parts, "; ")
	if more := len(all) - room; more > 0 {
		text += fmt.Sprintf(" và %d nơi nữa", more)
	}
	return text + "."
}

func (v *view) needLine() string {
	top := topNeeds(v.sum.Needs)
	if len(top) == 0 {
		return ""
	}
	room := min(2, len(top))
	for room < len(top) && v.sum.Needs[top[room]] == v.sum.Needs[top[room-1]] { // none of equals goes unnamed
		room++
	}
	if room > maxNeeds {
		return fmt.Sprintf("Nhu cầu: mỗi nơi một khác, %d điều được nêu.", len(top))
	}
	var parts []string
	for _, n := range top[:room] {
		parts = append(parts, fmt.Sprintf("%s %d", lowerFirst(needLabels[n]), v.sum.Needs[n]))
	}
	return "Nhu cầu nổi bật: " + strings.Join(parts, "; ") + "."
}

// maxNeeds is how many needs a digest names; more that are named as often are none that stands out.
const maxNeeds = 4

// topNeeds are the options of q6a_top_need that somebody named, the most named first.
func topNeeds(needs [7]int) (list []int) {
	for i, n := range needs {
		if n > 0 {
			list = append(list, i)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return needs[b] - needs[a] })
	return list
}

func (v *view) dueLine() string {
	switch p := v.sum.Period; v.sum.State {
	case org.Open:
		return "Sắp tới: hạn gửi " + dueMoved(p) + "."
	case org.Due:
		return "Sắp tới: nhận báo cáo muộn và bản sửa đến hết " + org.Day(p.Locks.Add(-1)) + "."
	}
	return ""
}

// callFirst is the branch it is best to call, and whom there: the first that has a flag, else
// the first that has not sent, of those where there is somebody with a phone.
func (v *view) callFirst() (org.Branch, org.Person, bool) {
	var list []org.BranchID
	for _, f := range v.flagged() {
		list = append(list, f.Branch)
	}
	for _, b := range v.sum.Branches {
		if b.Status.Missing() && b.Exempt == "" {
			list = append(list, b.Branch.ID)
		}
	}
	for _, id := range list {
		for _, role := range []org.Role{org.Head, org.Deputy} {
			for _, post := range v.Book.PostsIn(string(id)) {
				if p, ok := v.Book.Person(post.Person); ok && post.Role == role && p.Phone != "" {
					b, _ := v.Book.Branch(id)
					return b, p, true
				}
			}
		}
	}
	return org.Branch{}, org.Person{}, false
}

// callLine says whom to call, with her phone: it is for the chair's private chat only.
func (v *view) callLine() string {
	b, p, ok := v.callFirst()
	if !ok {
		return ""
	}
	return fmt.Sprintf("📞 Nên gọi: %s, chị %s %s.", v.brief(b), p.Name, p.Phone)
}

// remindable counts those whose report is to come and who can be written to.
func (v *view) remindable() (n int) {
	for _, b := range v.sum.Branches {
		if b.Exempt == "" && b.Status.Missing() && b.Away == "" {
			n++
		}
	}
	return n
}

// maxActs is how many acts a digest suggests.
const maxActs = 3

// acts are what is worth doing now, each a button or words to type.
func (v *view) acts() (list []Option) {
	c := unitKey(string(v.sum.Commune.ID))
	if v.newRequests(v.sum.Commune.ID) > 0 {
		list = append(list, Option{Label: "Giao việc cần hỗ trợ", Data: "t:" + c + ":r1", Say: "cần hỗ trợ"})
	}
	if missing := v.remindable(); missing > 0 && (v.sum.State == org.Open || v.sum.State == org.Due) {
		list = append(list, Option{Label: fmt.Sprintf("Nhắc %d chi hội", missing), Data: "u:" + c, Say: "nhắc"})
	}
	if b, _, ok := v.callFirst(); ok {
		list = append(list, Option{Label: "Gọi " + v.brief(b), Data: actData(actCall, b, v.sum.Month), Say: fmt.Sprintf("gọi %d", v.numberOf(b))})
	}
	if len(list) < maxActs {
		list = append(list, Option{Label: "Xem tình hình", Data: "t:" + c + ":", Say: "tình hình"})
	}
	return list[:min(len(list), maxActs)]
}
