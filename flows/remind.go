package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
)

// Why somebody was not written to, as a chair reads it.
const (
	WhySent    = "đã gửi báo cáo"
	WhyMuted   = "xin thôi nhắc"
	WhyLocked  = "kỳ đã khóa"
	WhyAway    = unreachable
	WhyToday   = "đã nhắc hoặc hẹn lúc khác"
	WhyEnough  = "đã nhắc đủ số lần"
	WhyJustNow = "vừa nhắn xong"
	WhyWeekly  = "tuần này nhắn đủ rồi"
	WhyStale   = "để lâu quá"
	WhyTired   = "gửi mãi không được"
	WhyWrong   = "mạng không nhận tin này"
)

// unaskedGap is what lies between two messages that nobody asked for (domain.md 8).
const unaskedGap = 4 * time.Hour

// wave names what the calendar does today, in the ledger.
func (s *step) wave(kind string) string { return kind + "/" + s.Now.Format(time.DateOnly) }

// answerable lists who can answer for a branch and be written to: the head, then deputies.
func (s *step) answerable(b org.BranchID) (list []org.Post) {
	for _, role := range []org.Role{org.Head, org.Deputy} {
		for _, p := range s.Book.PostsIn(string(b)) {
			if p.Role != role {
				continue
			}
			if c, ok := s.Book.Consent(p.Person); !ok || c.Withdrawn {
				continue
			}
			if _, ok := s.Book.ContactOf(p.Person); ok {
				list = append(list, p)
			}
		}
	}
	return list
}

// tellOpening writes to one of each expected branch that its period has opened.
func (s *step) tellOpening(p org.Period) {
	wave := s.wave("open")
	for _, branch := range p.Expected {
		who := s.answerable(branch)
		if len(who) == 0 {
			s.spare(branch, p.Month, wave, s.awayOf(branch))
			continue
		}
		s.do(Remind{Key: OpeningKey(branch, p.Month), At: s.Now,
			Order: Order{Kind: OrderOpening, Person: who[0].Person, Branch: branch, Month: p.Month, Wave: wave}})
	}
}

// spare notes that a wave leaves a branch out.
func (s *step) spare(b org.BranchID, m org.Month, wave, why string) {
	s.do(Skip{Key: fmt.Sprintf("skip/%s/%s/%s", m, b, strings.ReplaceAll(wave, "/", "-")), Wave: wave, Why: why})
}

func (s *step) awayOf(b org.BranchID) string {
	if why := awayWords[s.Book.Away(b)]; why != "" {
		return why
	}
	return WhyAway
}

// remind plans one reminder for each branch still missing, to its head, and with the last
// one of the ladder to her deputy too. Whoever is spared is noted with the reason. After the
// due date the chair has the rest as one list (lateList).
func (s *step) remind(j Job) {
	p, ok := s.Book.Period(j.Commune, j.Month)
	if !ok || p.State(s.Now) != org.Open {
		return
	}
	s.remindMissing(p, j.Step, s.wave(fmt.Sprintf("remind/%d", j.Step)))
}

// remindMissing reminds those of a period who have not sent, as one wave; it counts them,
// and says for each it spared why.
func (s *step) remindMissing(p org.Period, step int, wave string) (asked int, spared []string) {
	for _, branch := range p.Expected {
		if p.Exempt[branch] != "" || s.Book.Sent(branch, p.Month) {
			continue
		}
		who := s.answerable(branch)
		why := s.spared(branch, p.Month)
		if len(who) == 0 {
			why = s.awayOf(branch)
		}
		if why != "" {
			s.spare(branch, p.Month, wave, why)
			spared = append(spared, why)
		}
		if why != "" && why != WhyEnough { // her deputy has heard nothing yet
			continue
		}
		o := Order{Kind: OrderRemind, Person: who[0].Person, Branch: branch, Month: p.Month, Step: step, Wave: wave}
		key := reminderKey(branch, p.Month, s.Now)
		if why == "" {
			asked++
			s.do(Remind{Key: key, At: s.Now, Order: o})
		}
		if i := slices.IndexFunc(who, func(p org.Post) bool { return p.Role == org.Deputy }); i > 0 && step == s.lastStep(p.Commune) {
			o.Person, o.Deputy = who[i].Person, true
			s.do(Remind{Key: key + DeputyKey, At: s.Now, Order: o})
		}
	}
	return asked, spared
}

// lastStep is the last reminder of a commune's calendar, which goes to the deputy too.
func (s *step) lastStep(c org.CommuneID) int { return len(s.Settings.CalendarOf(c).Remind) }

// DeputyKey ends the key of a reminder to the deputy, which is not one to the head.
const DeputyKey = "+phó"

// spared says why a branch gets no reminder now: at most one a day and three a period, none
// before the time she asked for (domain.md 8), and none on the heels of another message, as
// after an outage over the opening.
func (s *step) spared(b org.BranchID, m org.Month) string {
	words := s.Book.Reminders(b, m)
	switch today := s.Now.Format(time.DateOnly); {
	case s.needless(b, m) != "":
		return s.needless(b, m)
	case len(words) >= 3:
		return WhyEnough
	case len(words) > 0 && words[len(words)-1].Day >= today:
		return WhyToday
	}
	if opening, ok := s.Book.Opening(b, m); ok {
		words = append(words, opening)
	}
	if slices.ContainsFunc(words, func(w Word) bool { return w.Pending || s.Now.Sub(w.Sent) < unaskedGap }) {
		return WhyJustNow
	}
	return ""
}

// needless says why a branch need not be reminded: it has sent, or asked for no reminders.
func (s *step) needless(b org.BranchID, m org.Month) string {
	if s.Book.Sent(b, m) {
		return WhySent
	}
	if d, ok := s.Book.Draft(b, m); ok && d.Muted {
		return WhyMuted
	}
	return ""
}

// Compose finds the words of an ordered message at the moment of sending; the text is empty
// when it has become needless, and why says for what: she has sent, asked not to be
// reminded, or it is over.
func Compose(f Facts, o Order) (p Prompt, why string) {
	s := &step{Facts: f}
	switch o.Kind {
	case OrderAgain:
		p, _ := s.questionAgain(o)
		return p, ""
	case OrderUnseen:
		return s.unseenOrder(o)
	case OrderQuery:
		return s.queryOrder(o)
	case OrderNews, OrderAmend, OrderTally, OrderResult:
		return s.newsOrder(o)
	}
	me, known := f.Book.Person(o.Person)
	period, there := f.Book.Period(o.Branch.Commune(), o.Month)
	b, isBranch := f.Book.Branch(o.Branch)
	if !known || !there || !isBranch || period.State(f.Now) == org.Locked {
		return Prompt{}, WhyLocked
	}
	if why := s.needless(o.Branch, o.Month); why != "" {
		return Prompt{}, why
	}
	if c, ok := f.Book.Consent(o.Person); !ok || c.Withdrawn {
		return Prompt{}, notUsing
	}
	s.Me = &me
	inst := newInstance(o.Branch, o.Month, 0)
	begun, left := s.progressOf(o)
	verb := "Bắt đầu"
	if begun {
		verb = "Làm tiếp"
	}
	text := s.orderText(o, me, lowerFirst(s.named(b)), period, begun, left)
	if o.Note != "" {
		text += "\n" + o.Note
	}
	p = Prompt{Text: s.spoken(text), Options: []Option{
		{Label: verb, Data: "s:" + inst, Say: "báo cáo"},
		{Label: "Để sau", Data: "l:" + inst, Say: "để sau", Beside: true},
	}}
	if o.Kind == OrderRemind {
		p.Options = append(p.Options, Option{Label: "Dừng nhắc kỳ này", Data: "q:" + inst, Say: "dừng nhắc"})
	}
	return p, ""
}

func (s *step) progressOf(o Order) (begun bool, left int) {
	d, ok := s.Book.Draft(o.Branch, o.Month)
	if !ok || !d.Begun() {
		return false, 0
	}
	if f, ok := s.formOf(d); ok {
		left = f.left()
	}
	return true, left
}

// orderText fits the words to what she has done so far; each reminder has its own.
func (s *step) orderText(o Order, me org.Person, name string, p org.Period, begun bool, left int) string {
	month, due := o.Month.Label(), dueWords(p.Due)
	if o.Kind == OrderOpening {
		return fmt.Sprintf("Em chào {chị} %s! Kỳ điểm danh %s của %s mở rồi ạ, chừng 3 phút thôi. Hạn %s.", givenName(me.Name), month, name, dueMoved(p))
	}
	state := fmt.Sprintf("Điểm danh %s của %s chưa bắt đầu ạ.", month, name)
	switch {
	case begun && left == 0:
		state = fmt.Sprintf("Báo cáo %s của %s chỉ còn bước gửi thôi ạ.", month, name)
	case begun:
		state = fmt.Sprintf("Điểm danh %s của %s còn %d câu nữa là xong ạ.", month, name, left)
	}
	if o.Deputy {
		return fmt.Sprintf("Em chào {chị} %s. %s\nChi hội trưởng bận thì {chị} trả lời thay giúp em nhé, hạn %s.", givenName(me.Name), state, due)
	}
	switch {
	case o.Step == 0:
		return fmt.Sprintf("{Chị} %s ơi, em nhắc như {chị} dặn. %s", givenName(me.Name), state)
	case o.Step == s.lastStep(o.Branch.Commune()): // below
	case o.Step == 1:
		return fmt.Sprintf("{Chị} %s ơi, %s\nKhi nào rảnh {chị} làm giúp em nhé, hạn %s.", givenName(me.Name), lowerFirst(state), due)
	case o.Step == 2:
		return fmt.Sprintf("Em chào {chị} %s. %s\nBận quá thì chi hội phó trả lời thay cũng được ạ. Hạn %s.", givenName(me.Name), state, due)
	}
	last := "hôm nay là hạn cuối (" + due + ")"
	if s.Now.Format(time.DateOnly) != p.Due.Format(time.DateOnly) {
		last = "hạn là " + due
	}
	return fmt.Sprintf("{Chị} %s ơi, %s. %s\nCó gì vướng {chị} gõ \"gọi lại\", chị Chủ tịch gọi cho {chị} ạ.", givenName(me.Name), last, state)
}
