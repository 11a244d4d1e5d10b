package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
)

// nudgeWords are what a chair types to have those reminded who have not sent, folded.
var nudgeWords = []string{"nhac", "nhac di", "nhac ho", "nhac cac chi hoi", "nhac chi hoi", "nhac nhung ai chua gui", "nhac cac chi hoi chua gui", "nhac ai chua gui",
	"nhac may chi chua gui", "nhac cac chi chua gui", "nhac nhung chi chua gui", "nhac may chi hoi chua gui", "nhac ai chua nop", "nhac may chi chua nop", "nhac cac chi chua nop",
	"gui nhac may chi chua gui", "gui nhac cac chi chua gui", "gui nhac", "gui tin nhac"}

// nudgeAgain is within what time two nudges of a commune are one, whoever asks for them.
const nudgeAgain = time.Hour

// nudge reminds the heads of a commune who have not sent, as a chair asked: within the caps
// that hold for the calendar too (domain.md 8). She is told who is not reminded, and why.
func (s *step) nudge(c org.CommuneID) {
	p, open := present(s.Facts, c)
	commune, _ := s.Book.Commune(c)
	if !open {
		s.say("%s hiện không có kỳ nào đang mở, nên em chưa nhắc ai ạ.", commune.Name)
		return
	}
	if last := s.Book.Desk(c).Nudged; !last.At.IsZero() && s.Now.Sub(last.At) < nudgeAgain && !last.At.Before(p.Opens) {
		s.reply(Prompt{Text: fmt.Sprintf("%s vừa nhắc lúc %s rồi, em không nhắc lại để các chị khỏi phiền ạ.",
			either(last.By == s.Me.ID, "{Chị}", upperFirst(s.spokenOf(last.By))), last.At.In(s.Now.Location()).Format("15:04")), Options: []Option{s.waveOption(c)}})
		return
	}
	asked, spared := s.remindMissing(p, 1, s.wave("nudge"))
	if asked == 0 && len(spared) == 0 {
		s.say("Kỳ %s các chi hội gửi đủ rồi {chị} ạ.", p.Month.Label())
		return
	}
	if asked > 0 {
		d := s.Book.Desk(c)
		d.Nudged = org.Nudge{By: s.Me.ID, At: s.Now}
		s.saveDesk(c, d)
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
	if until := s.Settings.QuietOf(c).Until(s.Now); until.After(s.Now) && asked > 0 {
		text += fmt.Sprintf("\nGiờ này em để yên các chị, tin tới từ %s.", dueWords(until))
	}
	if asked > 0 {
		text += s.heldBack(c)
	}
	s.reply(Prompt{Text: text, Options: []Option{s.waveOption(c)}})
}

// nudgeOption has those reminded who can be, while reports are taken.
func (s *step) nudgeOption(p org.Period, list []standing) []Option {
	n := len(onShelf(list, "open")) + len(onShelf(list, "draft")) + len(onShelf(list, "missed"))
	if state := p.State(s.Now); n == 0 || state != org.Open && state != org.Due {
		return nil
	}
	return []Option{{Label: fmt.Sprintf("Nhắc %d chi hội", n), Data: "u:" + unitKey(string(p.Commune)), Say: "nhắc"}}
}

// waveOption opens what became of today's nudge, with names.
func (s *step) waveOption(c org.CommuneID) Option {
	kind, day := org.SplitWave(s.wave("nudge"))
	w := org.Wave{Kind: kind, Day: day}
	return Option{Label: "Xem ai đã nhận", Data: "t:" + unitKey(string(c)) + ":w" + waveNumber(w), Say: "ai đã nhận"}
}

// askLine asks a chair for the line that goes with a reminder.
func (s *step) askLine(b org.Branch, m org.Month) {
	if why := s.unreminded(b); why != "" {
		s.say("%s", why)
		return
	}
	s.askWords(Acting{What: actLine, Branch: b.ID, Month: m},
		fmt.Sprintf("{Chị} gõ lời nhắn cho %s, em gửi kèm lời nhắc ạ.\nVí dụ: chị gửi giúp em trước 5h nhé", lowerFirst(s.named(b))))
}

// nudgeBranch reminds one branch, with a line of the chair's or without, within the caps that
// hold for all (domain.md 8).
func (s *step) nudgeBranch(b org.Branch, line string) {
	if why := s.unreminded(b); why != "" {
		s.say("%s", why)
		return
	}
	p, _ := present(s.Facts, b.ID.Commune())
	who := s.answerable(b.ID)[0].Person
	o := Order{Kind: OrderRemind, Person: who, Branch: b.ID, Month: p.Month, Step: 1, Wave: s.wave("nudge")}
	if line != "" {
		o.Note = fmt.Sprintf("Chị %s nhắn: \"%s\"", givenName(s.Me.Name), line)
	}
	s.do(Remind{Key: reminderKey(b.ID, p.Month, s.Now), At: s.Now, Order: o, Anew: true},
		Audit{What: "nudged", By: s.Me.ID, Unit: string(b.ID), Detail: string(p.Month)})
	text := fmt.Sprintf("Em nhắc %s (%s)%s.", s.spokenOf(who), s.named(b), either(line == "", "", " kèm lời của {chị}"))
	if until := s.Settings.QuietOf(b.ID.Commune()).Until(s.Now); until.After(s.Now) {
		text += fmt.Sprintf("\nGiờ này em để yên chị ấy, tin tới từ %s.", dueWords(until))
	}
	text += s.heldBack(b.ID.Commune())
	s.reply(Prompt{Text: text, Options: []Option{s.waveOption(b.ID.Commune())}})
}

// unreminded says why a branch is not reminded now, and whom to ring instead; "" when it can be.
func (s *step) unreminded(b org.Branch) string {
	p, open := present(s.Facts, b.ID.Commune())
	why := ""
	switch {
	case !open || !p.Expects(b.ID):
		return fmt.Sprintf("%s không có báo cáo nào đang chờ nên em chưa nhắc ạ.", s.named(b))
	case s.Book.Sent(b.ID, p.Month):
		return fmt.Sprintf("%s gửi báo cáo %s rồi {chị} ạ.", s.named(b), p.Month.Label())
	case len(s.answerable(b.ID)) == 0:
		why = s.awayOf(b.ID)
	default:
		why = s.spared(b.ID, p.Month)
	}
	if why == "" {
		return ""
	}
	return fmt.Sprintf("Lúc này em không nhắc %s: %s.\n{Chị} gọi giúp em ạ: %s", lowerFirst(s.named(b)), why, strings.Join(s.phoneLines(b), "\n"))
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
