package org

import "slices"

// Span is a commune over several months: a quarter, half a year, a year, or any range. What
// was submitted is summed; how many reports that is of is beside it.
type Span struct {
	Commune  Commune
	From, To Month
	Months   []Summary // one for each month, opened or not
	Branches []BranchSpan

	Tally        // of reports: one of one branch for one month
	Items        [6]ItemCount
	Members      Members // of all branches, from the first month to the last
	Growth       Growth
	Pairs        map[PairKind]PairCount // as they stand in To; New, Acted and Completed over all months
	Needs        [7]int
	Came, Closed int // calls for help
	// Met is how many branches had a meeting in the range, for meeting_in_quarter.
	Met int
}

// BranchSpan is one branch over the months.
type BranchSpan struct {
	Branch  Branch
	Tally   // of its months
	Members Members
	Growth  Growth
	Meeting bool
	Months  []Status // one for each month; "" where it was not on the list
}

// MeetingRate is branches with a meeting in the range over branches (meeting_in_quarter, when
// the range is a quarter).
func (s Span) MeetingRate() Ratio { return RatioOf(s.Met, len(s.Branches)) }

// Months lists the months from one to another, both among them.
func Months(from, to Month) (list []Month) {
	for m := from; m <= to; m = m.Add(1) {
		list = append(list, m)
	}
	return list
}

// Quarter, HalfYear and Year are the ranges that a month lies in.
func (m Month) Quarter() (from, to Month) { return m.part(3) }

// HalfYear is January to June, or July to December.
func (m Month) HalfYear() (from, to Month) { return m.part(6) }

// Year is January to December.
func (m Month) Year() (from, to Month) { return m.part(12) }

func (m Month) part(size int) (from, to Month) {
	from = m.Add(-((m.Number() - 1) % size))
	return from, from.Add(size - 1)
}

// RangeName names the months from one to another: "tháng 11/2026", "quý IV/2026", "6 tháng
// đầu năm 2026", "năm 2026", "tháng 3/2026 đến tháng 9/2026".
func RangeName(from, to Month) string {
	is := func(part func() (Month, Month)) bool { a, b := part(); return a == from && b == to }
	full := func(m Month) string { return m.Label() + "/" + m.YearName() }
	switch {
	case from == to:
		return full(from)
	case is(from.Quarter):
		return "quý " + [...]string{"I", "II", "III", "IV"}[(from.Number()-1)/3] + "/" + from.YearName()
	case is(from.HalfYear) && from.Number() == 1:
		return "6 tháng đầu năm " + from.YearName()
	case is(from.HalfYear):
		return "6 tháng cuối năm " + from.YearName()
	case is(from.Year):
		return "năm " + from.YearName()
	}
	return full(from) + " đến " + full(to)
}

// Range is the summary of the months from one to another, as things stand.
func (r Records) Range(from, to Month) Span {
	s := Span{Commune: r.Commune, From: from, To: to, Pairs: map[PairKind]PairCount{}}
	at := map[BranchID]int{}
	for _, b := range r.Branches {
		at[b.Branch.ID] = len(s.Branches)
		s.Branches = append(s.Branches, BranchSpan{Branch: b.Branch})
	}
	for n, m := range Months(from, to) {
		sum := r.Month(m)
		s.Months = append(s.Months, sum)
		s.add(sum)
		for i := range s.Branches {
			s.Branches[i].Months = append(s.Branches[i].Months, "")
		}
		for _, b := range sum.Branches {
			s.Branches[at[b.Branch.ID]].add(b, n)
		}
	}
	s.leaveOutStrangers()
	for _, b := range s.Branches {
		s.Members = s.Members.plus(b.Members)
		if b.Meeting {
			s.Met++
		}
	}
	return s
}

// leaveOutStrangers drops branches that no period of the range lists.
func (s *Span) leaveOutStrangers() {
	kept := s.Branches[:0]
	for _, b := range s.Branches {
		for _, st := range b.Months {
			if st != "" {
				kept = append(kept, b)
				break
			}
		}
	}
	s.Branches = kept
}

func (s *Span) add(m Summary) {
	s.Tally.sum(m.Tally)
	s.Came += m.Help.Came
	s.Closed += m.Help.Closed
	s.Growth = s.Growth.and(m.Growth)
	for i, c := range m.Items {
		s.Items[i].Met += c.Met
		s.Items[i].NotMet += c.NotMet
		s.Items[i].Absent += c.Absent
	}
	for i, n := range m.Needs {
		s.Needs[i] += n
	}
	for _, k := range PairKinds {
		all, c := s.Pairs[k], m.Pairs[k]
		sum := PairCount{Active: c.Active, Stale: c.Stale, Told: all.Told + c.Told, Acted: all.Acted + c.Acted, New: all.New + c.New, Completed: all.Completed + c.Completed}
		if sum != (PairCount{}) {
			s.Pairs[k] = sum
		} else {
			delete(s.Pairs, k)
		}
	}
}

// add counts the branch's n-th month in.
func (s *BranchSpan) add(b BranchSummary, n int) {
	s.Months[n] = b.Status
	if !s.Tally.count(b) {
		return
	}
	s.Meeting = s.Meeting || b.Figures.Meeting()
	s.Members = s.Members.then(b.Figures.Members)
	s.Growth = s.Growth.plus(b.Growth)
}

// YearGrowth is the net growth from January up to a month, of what was submitted; beside it
// of how many reports.
func (r Records) YearGrowth(to Month) (g Growth) {
	from, _ := to.Year()
	if r.Commune.Kind != Residential {
		return g
	}
	for _, b := range r.Branches {
		for _, f := range b.Figures {
			if f.Month >= from && f.Month <= to && r.Periods[f.Month].Exempt[b.Branch.ID] == "" {
				g = g.plus(f.Members.NetGrowth())
			}
		}
	}
	return g
}

// Coverage is on how much a figure of a year rests: from which month on there are periods, and
// how many reports came of those that were due.
type Coverage struct {
	From     Month
	Got, Due int
}

// Whole reports whether nothing is missing since January.
func (c Coverage) Whole() bool { return c.From.Number() == 1 && c.Got >= c.Due }

// YearCoverage is that of the year up to a month.
func (r Records) YearCoverage(to Month) (c Coverage) {
	from, _ := to.Year()
	for m, p := range r.Periods {
		if m < from || m > to {
			continue
		}
		if c.From == "" || m < c.From {
			c.From = m
		}
		c.Due += len(p.Expected)
		for b, why := range p.Exempt {
			if why != "" && slices.Contains(p.Expected, b) {
				c.Due--
			}
		}
	}
	for _, b := range r.Branches {
		for _, f := range b.Figures {
			if p, ok := r.Periods[f.Month]; ok && f.Month >= from && f.Month <= to && p.Exempt[b.Branch.ID] == "" {
				c.Got++
			}
		}
	}
	return c
}
