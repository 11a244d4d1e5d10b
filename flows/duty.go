package flows

import (
	"slices"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// duty is a branch she answers for, with its present period.
type duty struct {
	branch org.Branch
	period org.Period
	open   bool // the period takes reports now
	sent   bool
}

// duties lists the branches she is head or deputy of, and one that a chair is entering on
// its behalf, in roster order.
func (s *step) duties() (list []duty) {
	if s.known != nil {
		return s.known
	}
	defer func() { s.known = list }()
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		if !p.OfBranch() || slices.ContainsFunc(list, func(d duty) bool { return d.branch.ID == p.Branch() }) {
			continue
		}
		if b, ok := s.Book.Branch(p.Branch()); ok {
			list = append(list, s.duty(b))
		}
	}
	if s.talk.Proxy != "" {
		list = append(list, s.proxied(list)...)
	}
	slices.SortStableFunc(list, func(a, b duty) int { return a.branch.Order - b.branch.Order })
	return list
}

func (s *step) duty(b org.Branch) duty {
	d := duty{branch: b}
	d.period, d.open = present(s.Facts, b.ID.Commune())
	d.open = d.open && d.period.Expects(b.ID)
	if d.period.Month != "" {
		d.sent = s.Book.Sent(b.ID, d.period.Month)
	}
	return d
}

// present is the commune's period that takes reports now, else the last one there was.
func present(f Facts, c org.CommuneID) (p org.Period, open bool) {
	m := org.MonthOf(f.Now)
	for _, n := range []int{1, 0, -1, -2} {
		q, ok := f.Book.Period(c, m.Add(n))
		if !ok || q.State(f.Now) == org.NotOpen {
			continue
		}
		if s := f.stateOf(q); s == org.Open || s == org.Due {
			return q, true
		}
		if p.Month == "" {
			p = q
		}
	}
	return p, false
}

// stateOf is the state of a period for what is being said: what was sent before the lock is
// taken as it was meant, however late it reached us (domain.md 8).
func (f Facts) stateOf(p org.Period) org.PeriodState {
	if s := p.State(f.Now); s != org.Locked || f.SentAt.IsZero() || !f.SentAt.Before(p.Locks) {
		return s
	}
	return p.State(f.SentAt)
}

// dutyOf finds the branch and period that a button names, among her own.
func (s *step) dutyOf(inst string) (duty, bool) {
	for _, d := range s.duties() {
		if d.period.Month != "" && newInstance(d.branch.ID, d.period.Month, 0) == inst {
			return d, true
		}
	}
	return duty{}, false
}

// dutyNamed finds which of several branches a message of their head begins with, and what it
// states of it: "thôn Tây họp hôm 21, 30 chị". A question about it states nothing.
func (s *step) dutyNamed(body string) (d duty, rest string, ok bool) {
	d, rest, ok = s.dutyAt(strings.Fields(body))
	if _, asks := viet.ReadQuestion(rest); asks || marked(body) { // "thôn Tây gửi chưa em"
		ok = false
	}
	return d, rest, ok
}

// dutiesNamed reports that a message tells of more than one of them.
func (s *step) dutiesNamed(body string) bool {
	words := strings.Fields(body)
	first := org.BranchID("")
	for i := range words {
		d, _, ok := s.dutyAt(words[i:])
		switch {
		case !ok:
		case first == "":
			first = d.branch.ID
		case d.branch.ID != first:
			return true
		}
	}
	return false
}

// dutyAt finds the one that words begin with. A kind of place must stand there: "nam" may be
// anything.
func (s *step) dutyAt(words []string) (d duty, rest string, ok bool) {
	all := s.duties()
	folded := strings.Fields(viet.Fold(strings.Join(words, " ")))
	if len(all) < 2 || len(words) < 2 || len(folded) != len(words) {
		return duty{}, "", false
	}
	from := 0
	for from < len(folded) && slices.Contains(turnWords, folded[from]) && !(folded[from] == "chi" && from+1 < len(folded) && folded[from+1] == "hoi") {
		from++
	}
	for to := min(len(folded), from+6); to > from+1; to-- {
		name := strings.Trim(strings.Join(folded[from:to], " "), ",.:;? ")
		if !slices.ContainsFunc(places, func(p string) bool { return strings.HasPrefix(name, p) }) && !strings.HasPrefix(name, "chi hoi ") {
			continue
		}
		i := slices.IndexFunc(all, func(o duty) bool { return s.called(o.branch, name) })
		if i >= 0 && !slices.ContainsFunc(all[i+1:], func(o duty) bool { return s.called(o.branch, name) }) {
			return all[i], strings.Trim(strings.Join(words[to:], " "), ",.:; "), true
		}
	}
	return duty{}, "", false
}

// turnWords may stand before a branch that she turns to, folded.
var turnWords = []string{"lam", "cho", "bao", "cao", "ben", "con", "chi", "em", "da", "oi", "o", "sang", "qua", "sua", "xem"}

// eachAlone asks for one branch at a time.
const eachAlone = "Tin này nói hai chi hội, {chị} nhắn em từng chi hội một nhé."
