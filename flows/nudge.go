package flows

import (
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
)

// nudgeWords are what a chair types to have those reminded who have not sent, folded.
var nudgeWords = []string{"nhac", "nhac di", "nhac ho", "nhac cac chi hoi", "nhac chi hoi", "nhac nhung ai chua gui", "nhac cac chi hoi chua gui", "nhac ai chua gui"}

// nudge reminds the heads of a commune who have not sent, as a chair asked: within the caps
// that hold for the calendar too (domain.md 8). She is told who is not reminded, and why.
func (s *step) nudge(c org.CommuneID) {
	p, open := present(s.Facts, c)
	commune, _ := s.Book.Commune(c)
	if !open {
		s.say("%s hiện không có kỳ nào đang mở, nên em chưa nhắc ai ạ.", commune.Name)
		return
	}
	asked, spared := s.remindMissing(p, 1, s.wave("nudge"))
	if asked == 0 && len(spared) == 0 {
		s.say("Kỳ %s các chi hội gửi đủ rồi {chị} ạ.", p.Month.Label())
		return
	}
	s.do(Audit{What: "nudged", By: s.Me.ID, Unit: string(c), Detail: fmt.Sprintf("%s %d", p.Month, asked)})
	text := fmt.Sprintf("Em nhắc %d chi hội chưa gửi kỳ %s.", asked, p.Month.Label())
	if asked == 0 {
		text = "Lúc này em không nhắc được chi hội nào ạ."
	}
	var why []string
	for _, r := range spared {
		if i := slices.IndexFunc(why, func(w string) bool { return w == r }); i < 0 {
			why = append(why, r)
		}
	}
	for i, r := range why {
		n := 0
		for _, o := range spared {
			if o == r {
				n++
			}
		}
		why[i] = fmt.Sprintf("%s %d", r, n)
	}
	if len(why) > 0 {
		text += "\nKhông nhắc: " + strings.Join(why, ", ") + "."
	}
	if until := s.Settings.Quiet.Until(s.Now); until.After(s.Now) && asked > 0 {
		text += fmt.Sprintf("\nGiờ này em để yên các chị, tin tới từ %s.", dueWords(until))
	}
	s.say("%s\nXem ai đã nhận, {chị} gõ \"sổ gửi\".", text)
}

// nudgePress takes a tap on "nhắc".
func (s *step) nudgePress(key string) bool {
	for _, c := range s.chaired() {
		if unitKey(string(c)) == key {
			s.nudge(c)
			return true
		}
	}
	return false
}
