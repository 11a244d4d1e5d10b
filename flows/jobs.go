package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
)

// JobKind is a kind of thing the calendar does (domain.md 8).
type JobKind string

// The jobs in the order in which they run when several are due at once.
const (
	JobOpen     JobKind = "open"
	JobRemind   JobKind = "remind"
	JobLateList JobKind = "late_list"
	JobLock     JobKind = "lock"
	JobLimits   JobKind = "limits" // a bot nears its network's limits
	// JobAgain asks open questions once more, after an outage; not of the calendar.
	JobAgain JobKind = "again"
)

// Job is one slot of the calendar in one commune.
type Job struct {
	Kind    JobKind
	Commune org.CommuneID
	Month   org.Month // "": the commune's present or last period
	Step    int       // which reminder, 1 to 3
	// Opens, Due and Locks are the period's times, for JobOpen.
	Opens, Due, Locks time.Time
	Moved             string // for what the due date is another than the calendar's: "Tết"
	// Usage and Level are what there is to tell, for JobLimits: "quota/2026-11/80", "seats/near", "seats/full".
	Usage org.Usage
	Level string
	By    string // "calendar" or "operator"
	// Questions are those to ask again, for JobAgain: at At, after a silence of Gap.
	Questions []OpenQuestion
	At        time.Time
	Gap       time.Duration
}

// Run says what a job does. Like Step it only decides; it may run twice and then does
// nothing the second time.
func Run(f Facts, j Job) []Effect {
	s := &step{Facts: f}
	if j.Month == "" && j.Commune != "" { // that of the commune's present or last period
		p, _ := present(f, j.Commune)
		j.Month = p.Month
	}
	switch j.Kind {
	case JobOpen:
		s.openPeriod(j)
	case JobRemind:
		s.remind(j)
	case JobLateList:
		s.lateList(j)
	case JobLock:
		s.lock(j)
	case JobLimits:
		s.tellLimits(j)
	case JobAgain:
		s.askAgainAfter(j)
	}
	return s.out
}

// openPeriod freezes the expected branches and writes to their heads.
func (s *step) openPeriod(j Job) {
	if _, ok := s.Book.Period(j.Commune, j.Month); ok {
		return
	}
	p := org.Period{Commune: j.Commune, Month: j.Month, Opens: j.Opens, Due: j.Due, Moved: j.Moved, Locks: j.Locks, OpenedBy: j.By}
	for _, b := range s.Book.Branches(j.Commune) {
		if b.ClosedFrom == "" || b.ClosedFrom > j.Month {
			p.Expected = append(p.Expected, b.ID)
			s.completePairs(b, j.Month)
		}
	}
	if len(p.Expected) == 0 {
		return
	}
	s.do(SavePeriod{p}, Audit{What: "period_opened", Unit: string(j.Commune), Detail: string(j.Month)})
	for _, branch := range p.Expected {
		for _, person := range s.answerable(branch) {
			s.do(Remind{Key: OpeningKey(branch, j.Month), At: s.Now,
				Order: Order{Kind: "opening", Person: person, Branch: branch, Month: j.Month}})
			break
		}
	}
	for _, g := range s.Book.Groups(j.Commune) {
		s.do(Post{Group: g.Contact, Prompt: Prompt{Text: fmt.Sprintf(
			"📣 Kỳ điểm danh %s đã mở. Các chi hội trưởng mở tin riêng của em để trả lời, chừng 3 phút. Hạn %s ạ.", j.Month.Label(), dueMoved(p))}})
	}
}

// completePairs ends "knowledge_sharing" after its twelve months (domain.md 4.2).
func (s *step) completePairs(b org.Branch, m org.Month) {
	for _, p := range s.Book.Pairs(b.ID) {
		if p.Kind == org.KnowledgeSharing && p.State == org.PairActive && p.Started.Add(12) <= m {
			p.State, p.Ended = org.PairCompleted, m
			s.do(SavePair{p})
			s.tellChairs(b.ID.Commune(), Prompt{Text: fmt.Sprintf("%s: \"%s\" (chia sẻ kiến thức) đã đủ 12 tháng. {Chị} xem có làm tiếp không ạ.", s.named(b), p.Label)}, false)
		}
	}
}

// answerable lists who can answer for a branch and be written to: the head, else deputies.
func (s *step) answerable(b org.BranchID) (list []org.PersonID) {
	for _, role := range []org.Role{org.Head, org.Deputy} {
		for _, p := range s.Book.PostsIn(string(b)) {
			if p.Role != role {
				continue
			}
			if c, ok := s.Book.Consent(p.Person); !ok || c.Withdrawn {
				continue
			}
			if _, ok := s.Book.ContactOf(p.Person); ok {
				list = append(list, p.Person)
			}
		}
	}
	return list
}

// unaskedGap is what lies between two messages that nobody asked for (domain.md 8).
const unaskedGap = 4 * time.Hour

// remind plans one reminder for each branch still missing: at most one a day and three a
// period, none before the time she asked for (domain.md 8), and none on the heels of
// another message, as after an outage over the opening.
func (s *step) remind(j Job) {
	p, ok := s.Book.Period(j.Commune, j.Month)
	if !ok {
		return
	}
	if st := p.State(s.Now); st != org.Open {
		return
	}
	today := s.Now.Format(time.DateOnly)
	for _, branch := range p.Expected {
		words := s.Book.Reminders(branch, j.Month)
		if p.Exempt[branch] != "" || !s.missingStill(branch, j.Month) || len(words) >= 3 {
			continue
		}
		if len(words) > 0 && words[len(words)-1].Day >= today { // reminded today, or put off to a later day
			continue
		}
		if opening, ok := s.Book.Opening(branch, j.Month); ok {
			words = append(words, opening)
		}
		if slices.ContainsFunc(words, func(w Word) bool { return w.Pending || s.Now.Sub(w.Sent) < unaskedGap }) {
			continue
		}
		for _, person := range s.answerable(branch) {
			s.do(Remind{Key: reminderKey(branch, j.Month, s.Now), At: s.Now,
				Order: Order{Kind: "remind", Person: person, Branch: branch, Month: j.Month, Step: j.Step}})
			break
		}
	}
}

// OpeningKey is the key of the message that tells a branch of the opening.
func OpeningKey(b org.BranchID, m org.Month) string { return fmt.Sprintf("open/%s/%s", m, b) }

// missingStill reports whether a branch has neither sent nor asked not to be reminded.
func (s *step) missingStill(b org.BranchID, m org.Month) bool {
	if s.Book.Sent(b, m) {
		return false
	}
	d, ok := s.Book.Draft(b, m)
	return !ok || !d.Muted
}

// lateList gives the chairs, in private, who has not sent by the due date.
func (s *step) lateList(j Job) {
	p, ok := s.Book.Period(j.Commune, j.Month)
	if !ok || p.State(s.Now) != org.Due {
		return
	}
	list := toCall(s.standings(p), "")
	on, more := callPage(j.Commune, list, "", 1)
	sent, expected := tally(s.Book, p)
	text := fmt.Sprintf("Hết hạn kỳ %s: đã gửi %d/%d.", j.Month.Label(), sent, expected)
	if len(list) > 0 {
		text = fmt.Sprintf("Hết hạn kỳ %s: đã gửi %d/%d, còn %d chi hội chưa gửi:\n", j.Month.Label(), sent, expected, len(list)) + strings.Join(s.callLines(on, ""), "\n") + "\nCác chị vẫn gửi muộn được đến hết " + org.Day(p.Locks.Add(-1)) + "."
	}
	for _, id := range chairs(s.Book, j.Commune) {
		s.tell(id, Prompt{Text: text, Options: more}, false)
	}
}

// lock ends a period: what was left unfinished goes (domain.md 12.6), reminders too.
func (s *step) lock(j Job) {
	p, ok := s.Book.Period(j.Commune, j.Month)
	if !ok || p.State(s.Now) != org.Locked {
		return
	}
	for _, branch := range p.Expected {
		s.do(Cancel{ReminderPrefix(branch, j.Month)})
		if _, ok := s.Book.Draft(branch, j.Month); ok {
			s.do(DropDraft{branch, j.Month})
		}
	}
	s.do(Audit{What: "period_locked", Unit: string(j.Commune), Detail: string(j.Month)})
}

// Compose finds the words of an ordered message at the moment of sending; ok is false
// when it has become needless: she has sent, asked not to be reminded, or it is over.
func Compose(f Facts, o Order) (p Prompt, ok bool) {
	s := &step{Facts: f}
	if o.Kind == "again" {
		return s.questionAgain(o)
	}
	me, known := f.Book.Person(o.Person)
	period, there := f.Book.Period(o.Branch.Commune(), o.Month)
	b, isBranch := f.Book.Branch(o.Branch)
	if !known || !there || !isBranch || period.State(f.Now) == org.Locked || !s.missingStill(o.Branch, o.Month) {
		return Prompt{}, false
	}
	if c, ok := f.Book.Consent(o.Person); !ok || c.Withdrawn {
		return Prompt{}, false
	}
	s.Me = &me
	inst := newInstance(o.Branch, o.Month, 0)
	begun, left := s.progressOf(o)
	verb := "Bắt đầu"
	if begun {
		verb = "Làm tiếp"
	}
	p = Prompt{Text: s.spoken(s.orderText(o, me, lowerFirst(s.named(b)), period, begun, left)), Options: []Option{
		{Label: verb, Data: "s:" + inst, Say: "báo cáo"},
		{Label: "Để sau", Data: "l:" + inst, Say: "để sau", Beside: true},
	}}
	if o.Kind == "remind" {
		p.Options = append(p.Options, Option{Label: "Dừng nhắc kỳ này", Data: "q:" + inst, Say: "dừng nhắc"})
	}
	return p, true
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
	if o.Kind == "opening" {
		return fmt.Sprintf("Em chào {chị} %s! Kỳ điểm danh %s của %s mở rồi ạ, chừng 3 phút thôi. Hạn %s.", givenName(me.Name), month, name, dueMoved(p))
	}
	state := fmt.Sprintf("Điểm danh %s của %s chưa bắt đầu ạ.", month, name)
	switch {
	case begun && left == 0:
		state = fmt.Sprintf("Báo cáo %s của %s chỉ còn bước gửi thôi ạ.", month, name)
	case begun:
		state = fmt.Sprintf("Điểm danh %s của %s còn %d câu nữa là xong ạ.", month, name, left)
	}
	switch o.Step {
	case 0:
		return fmt.Sprintf("{Chị} %s ơi, em nhắc như {chị} dặn. %s", givenName(me.Name), state)
	case 1:
		return fmt.Sprintf("{Chị} %s ơi, %s\nKhi nào rảnh {chị} làm giúp em nhé, hạn %s.", givenName(me.Name), lowerFirst(state), due)
	case 2:
		return fmt.Sprintf("Em chào {chị} %s. %s\nBận quá thì chi hội phó trả lời thay cũng được ạ. Hạn %s.", givenName(me.Name), state, due)
	}
	last := "hôm nay là hạn cuối (" + due + ")"
	if s.Now.Format(time.DateOnly) != p.Due.Format(time.DateOnly) {
		last = "hạn là " + due
	}
	return fmt.Sprintf("{Chị} %s ơi, %s. %s\nCó gì vướng {chị} gõ \"gọi lại\", chị Chủ tịch gọi cho {chị} ạ.", givenName(me.Name), last, state)
}
