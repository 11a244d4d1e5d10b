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
	JobSummary  JobKind = "summary" // of the month, to the chairs
	JobDigest   JobKind = "digest"  // of the week
	// JobProvince tells the officers of the province the week's sums; of no single commune.
	JobProvince JobKind = "province"
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
	case JobSummary:
		s.monthly(j)
	case JobDigest:
		s.digest(j)
	case JobProvince:
		s.provinceDigest()
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
	s.tellOpening(p)
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

// OpeningKey is the key of the message that tells a branch of the opening.
func OpeningKey(b org.BranchID, m org.Month) string { return fmt.Sprintf("open/%s/%s", m, b) }

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
		s.do(Tell{Person: id, Prompt: Prompt{Text: spokenTo(s.Book, id, text), Options: append(s.nudgeOption(p, list), more...)},
			Key: fmt.Sprintf("late_list/%s/%s/%s", j.Month, j.Commune, id), Wave: s.wave("late_list")})
		s.said++
	}
}

// lock ends a period: what was left unfinished goes (domain.md 12.6), reminders too.
func (s *step) lock(j Job) {
	p, ok := s.Book.Period(j.Commune, j.Month)
	if !ok || p.State(s.Now) != org.Locked {
		return
	}
	var unsent []string
	for _, branch := range p.Expected {
		s.do(Cancel{ReminderPrefix(branch, j.Month), WhyLocked})
		d, ok := s.Book.Draft(branch, j.Month)
		if !ok {
			continue
		}
		s.do(DropDraft{branch, j.Month})
		if b, ok := s.Book.Branch(branch); ok && d.Touched() {
			s.tellUnsent(b, d)
			if !s.Book.Sent(branch, j.Month) {
				unsent = append(unsent, s.brief(b))
			}
		}
	}
	s.do(Audit{What: "period_locked", Unit: string(j.Commune), Detail: string(j.Month)})
	if len(unsent) == 0 {
		return
	}
	text := fmt.Sprintf("Kỳ %s đã khóa. Có %d chi hội ghi dở mà chưa gửi: %s.", j.Month.Label(), len(unsent), strings.Join(unsent, ", "))
	for _, id := range chairs(s.Book, j.Commune) {
		s.do(Tell{Person: id, Prompt: Prompt{Text: spokenTo(s.Book, id, text)},
			Key: fmt.Sprintf("locked/%s/%s/%s", j.Month, j.Commune, id), Wave: s.wave("lock")})
		s.said++
	}
}

// tellUnsent tells whoever was in a draft, the head before her deputies, that the lock came
// before she sent it. The draft itself is not kept.
func (s *step) tellUnsent(b org.Branch, d Draft) {
	who := s.answerable(b.ID)
	i := slices.IndexFunc(who, func(p org.Post) bool { _, in := d.Seats[p.Person]; return in })
	if i < 0 {
		return // a chair's, who reads of it in her list
	}
	id, whose := who[i].Person, lowerFirst(s.named(b))
	text := fmt.Sprintf("Kỳ %s khóa rồi mà báo cáo của %s chưa bấm gửi. {Chị} cần thì nhờ %s giúp nhé.", d.Month.Label(), whose, s.chairName(b.ID.Commune()))
	if s.Book.Sent(b.ID, d.Month) {
		text = fmt.Sprintf("Kỳ %s khóa rồi mà bản sửa của %s chưa bấm gửi. Báo cáo {chị} đã gửi trước vẫn giữ nguyên ạ.\nCần sửa, {chị} nhờ %s giúp nhé.",
			d.Month.Label(), whose, s.chairName(b.ID.Commune()))
	}
	s.do(Tell{Person: id, Prompt: Prompt{Text: spokenTo(s.Book, id, text)},
		Key: fmt.Sprintf("locked/%s/%s/%s", d.Month, b.ID, id), Wave: s.wave("lock")})
	s.said++
}
