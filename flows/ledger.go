package flows

import (
	"fmt"
	"strings"
	"time"

	"chihoi/flows/org"
)

// ledgerWords are what a chair types to see what was sent, folded.
var ledgerWords = []string{"so gui", "so gui tin", "da nhac ai", "nhac ai roi", "gui tin the nao"}

// ledger shows a chair what became of the messages of the present period.
func (s *step) ledger(c org.CommuneID) {
	p, _ := present(s.Facts, c)
	waves := s.Book.Ledger(c, p.Month)
	if p.Month == "" || len(waves) == 0 {
		s.say("Em chưa gửi tin nào theo lịch {chị} ạ.")
		return
	}
	lines := []string{fmt.Sprintf("Sổ gửi kỳ %s:", p.Month.Label())}
	for _, w := range waves {
		lines = append(lines, "• "+waveLine(w))
	}
	s.offering(Prompt{Text: strings.Join(lines, "\n"), Options: []Option{{Label: "Ai chưa gửi", Data: "t:" + unitKey(string(c)) + ":m1", Say: "ai chưa gửi"}}}, nil)
}

// waveLine is "Nhắc lần 1, 28/11: 12 tin, tới 9, đang chờ 1; chưa nhận mã 2."
func waveLine(w org.Wave) string {
	day := w.Day
	if t, err := time.Parse(time.DateOnly, w.Day); err == nil {
		day = org.Day(t)
	}
	line := fmt.Sprintf("%s, %s: %s tin, tới %s", waveName(w.Kind), day, number(w.Targeted), number(w.Sent))
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

// waveName is what a wave is called.
func waveName(kind string) string {
	name, step, _ := strings.Cut(kind, "/")
	switch name {
	case "open":
		return "Mở kỳ"
	case "remind":
		return "Nhắc lần " + step
	}
	return "Danh sách quá hạn"
}
