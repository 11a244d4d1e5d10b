package org

import (
	"slices"
	"time"
)

// Summary is one commune's month in figures (domain.md 5, 7, 10). Drafts are not in them.
// Every count says of how many branches it is: what is absent is in none.
type Summary struct {
	Commune Commune
	Month   Month
	Period  Period
	State   PeriodState
	// Branches are those on the frozen list, in roster order.
	Branches []BranchSummary

	Tally
	// Held tells of how many branches it is known whether they had an activity.
	Held int
	// Items count the branches by item of "3 có, 3 biết".
	Items [6]ItemCount

	Members Members // sums of what was submitted
	Growth  Growth
	Pairs   map[PairKind]PairCount
	// Needs count the branches by option of q6a_top_need, Needs[0] being option 1.
	Needs   [7]int
	Help    HelpCount
	Notices []Notice
	Flags   []Flag // in the order in which they are listed
}

// BranchSummary is one branch's month.
type BranchSummary struct {
	Branch  Branch
	Status  Status
	Exempt  string // why it need not report, "" when it is expected
	Away    Away
	Figures Figures // zero unless Status.Sent()
	Growth  Count   // net growth
	Pairs   PairCount
}

// ItemCount is how many branches met an item, did not, or did not say.
type ItemCount struct{ Met, NotMet, Absent int }

// PairCount is how pairs stand at the end of a month (domain.md 5.7). Told is of how many
// active ones a report says whether they acted; the others are not idle but unknown.
type PairCount struct{ Active, Told, Acted, New, Stale, Completed int }

// Plus adds up two counts.
func (p PairCount) Plus(o PairCount) PairCount {
	return PairCount{p.Active + o.Active, p.Told + o.Told, p.Acted + o.Acted, p.New + o.New, p.Stale + o.Stale, p.Completed + o.Completed}
}

// AllPairs is the sum over the kinds: pairs, whatever their kind.
func (s Summary) AllPairs() (sum PairCount) {
	for _, p := range s.Pairs {
		sum = sum.Plus(p)
	}
	return sum
}

// Find is a branch's month; ok is false when it is not on the list.
func (s Summary) Find(id BranchID) (BranchSummary, bool) {
	for _, b := range s.Branches {
		if b.Branch.ID == id {
			return b, true
		}
	}
	return BranchSummary{}, false
}

// Month is the summary of a month as things stand. Its Period is zero when the month was
// never opened; then nothing was expected, and nothing is in it but help and flags.
func (r Records) Month(m Month) Summary {
	s := r.MonthBy(m, r.Now)
	s.Help = r.help(m)
	s.Flags = r.Flags(m)
	return s
}

// MonthBy is the summary of a month counting only the reports sent by a time, for comparing
// with it: as those reports stand now, corrections included, and without help and flags.
func (r Records) MonthBy(m Month, at time.Time) Summary {
	p := r.Periods[m]
	s := Summary{Commune: r.Commune, Month: m, Period: p, State: p.State(at), Pairs: map[PairKind]PairCount{}}
	for _, b := range r.Branches {
		if !slices.Contains(p.Expected, b.Branch.ID) {
			continue
		}
		s.add(b.summary(p, at, r.Commune.Kind))
		s.addPairs(b, m, at)
		for _, n := range b.Notices {
			if n.Month == m && !n.At.After(at) {
				s.Notices = append(s.Notices, n)
			}
		}
	}
	s.untwin(r, at)
	return s
}

func (r Records) find(id BranchID) (BranchRecords, bool) {
	for _, b := range r.Branches {
		if b.Branch.ID == id {
			return b, true
		}
	}
	return BranchRecords{}, false
}

func (b BranchRecords) summary(p Period, at time.Time, kind CommuneKind) BranchSummary {
	s := BranchSummary{Branch: b.Branch, Status: b.StatusOf(p, at), Exempt: p.Exempt[b.Branch.ID], Away: b.Away}
	if s.Status.Sent() {
		s.Figures, _ = b.Of(p.Month)
		if kind == Residential { // others are out of net growth (domain.md 5.2)
			s.Growth = s.Figures.Members.NetGrowth()
		}
	}
	return s
}

// add counts a branch in.
func (s *Summary) add(b BranchSummary) {
	s.Branches = append(s.Branches, b)
	if !s.Tally.count(b) {
		return
	}
	f := b.Figures
	if _, known := f.Active(); known {
		s.Held++
	}
	for i, m := range f.Items {
		switch m {
		case Met:
			s.Items[i].Met++
		case NotMet:
			s.Items[i].NotMet++
		default:
			s.Items[i].Absent++
		}
	}
	s.Members = s.Members.plus(f.Members)
	s.Growth = s.Growth.plus(b.Growth)
	if f.TopNeed >= 1 && f.TopNeed <= len(s.Needs) {
		s.Needs[f.TopNeed-1]++
	}
}

// addPairs counts a branch's pairs as they stand at the end of the month. They are there
// whether it has submitted or not; whether they acted is only known from its report.
func (s *Summary) addPairs(b BranchRecords, m Month, at time.Time) {
	of := &s.Branches[len(s.Branches)-1]
	for _, p := range b.Pairs {
		c := b.pair(p, m, at)
		of.Pairs = of.Pairs.Plus(c)
		if c != (PairCount{}) {
			s.Pairs[p.Kind] = s.Pairs[p.Kind].Plus(c)
		}
	}
}

// pair is one pair's month.
func (b BranchRecords) pair(p Pair, m Month, at time.Time) (c PairCount) {
	if p.Started > m || p.Ended != "" && p.Ended < m {
		return c
	}
	if p.Started == m {
		c.New = 1
	}
	switch {
	case p.Ended == "" || p.Ended > m:
		c.Active = 1
	case p.State == PairCompleted:
		c.Completed = 1
	}
	if f, ok := b.Of(m); ok && !f.SentAt.After(at) {
		said, told := f.Pairs[p.ID]
		if told && c.Active == 1 {
			c.Told = 1
		}
		if said == PairActed {
			c.Acted = 1
		}
	}
	if c.Active == 1 && b.stale(p, m, at) {
		c.Stale = 1
	}
	return c
}

// stale reports whether a pair was idle or not answered for in the last two submitted
// check-ins up to the month that could have asked for it (domain.md 4.2).
func (b BranchRecords) stale(p Pair, m Month, at time.Time) bool {
	idle := 0
	for i := len(b.Figures) - 1; i >= 0 && idle < 2; i-- {
		f := b.Figures[i]
		if f.Month > m || f.SentAt.After(at) {
			continue
		}
		if f.Month <= p.Started || f.Pairs[p.ID] == PairActed {
			return false
		}
		idle++
	}
	return idle == 2
}

// untwin counts a pair between two branches of the commune once: when each of them told of
// it, the one of the branch that comes later on the list is taken off again (domain.md 4.2).
func (s *Summary) untwin(r Records, by time.Time) {
	at := map[[2]BranchID]int{}
	for i, of := range s.Branches {
		b, _ := r.find(of.Branch.ID)
		for _, p := range b.Pairs {
			if p.Kind != BranchTwinning || p.With == "" || p.State != PairActive || p.Started > s.Month {
				continue
			}
			if j, told := at[[2]BranchID{p.With, b.Branch.ID}]; told && j != i {
				c, all := b.pair(p, s.Month, by), s.Pairs[BranchTwinning]
				s.Pairs[BranchTwinning] = PairCount{all.Active - c.Active, all.Told - c.Told, all.Acted - c.Acted, all.New - c.New, all.Stale - c.Stale, all.Completed - c.Completed}
				continue
			}
			at[[2]BranchID{b.Branch.ID, p.With}] = i
		}
	}
}
