package org

// Members is the movement of members in a month, of one branch or as a sum (domain.md 5.1).
type Members struct {
	Start    Count
	Joined   Count
	Excluded Count // of those who joined: counted by another organisation
	LeftOrg  Count
	Died     Count
	MovedOut Count
	End      Count
	// LeaversExcluded are those of another organisation among who left. No question asks for
	// them, so that nothing is taken off unless it was entered.
	LeaversExcluded Count
}

// Left is all who left, in any way; absent unless all three ways are known.
func (m Members) Left() Count {
	if !m.LeftOrg.OK || !m.Died.OK || !m.MovedOut.OK {
		return Count{}
	}
	return Known(m.LeftOrg.N + m.Died.N + m.MovedOut.N)
}

// Balance is the end by the rule: start + joined − left. Absent unless all are known.
func (m Members) Balance() Count {
	left := m.Left()
	if !m.Start.OK || !m.Joined.OK || !left.OK {
		return Count{}
	}
	return Known(m.Start.N + m.Joined.N - left.N)
}

// NetGrowth is hội viên thực tăng: (joined − excluded) − (left − excluded) (domain.md 5.2).
// It is absent while one of them is, as when it was not said how many are excluded.
func (m Members) NetGrowth() Count {
	left := m.Left()
	if !m.Joined.OK || !m.Excluded.OK || !left.OK {
		return Count{}
	}
	return Known(m.Joined.N - m.Excluded.N - (left.N - m.LeaversExcluded.N))
}

// plus adds up what is known of two branches.
func (m Members) plus(o Members) Members {
	return Members{Start: m.Start.Plus(o.Start), Joined: m.Joined.Plus(o.Joined), Excluded: m.Excluded.Plus(o.Excluded),
		LeftOrg: m.LeftOrg.Plus(o.LeftOrg), Died: m.Died.Plus(o.Died), MovedOut: m.MovedOut.Plus(o.MovedOut),
		End: m.End.Plus(o.End), LeaversExcluded: m.LeaversExcluded.Plus(o.LeaversExcluded)}
}

// then is the movement over two stretches of time, one after the other: it begins where the
// first begins and ends where the last known one ends.
func (m Members) then(o Members) Members {
	sum := m.plus(o)
	sum.Start, sum.End = m.Start, o.End
	if !m.Start.OK {
		sum.Start = o.Start
	}
	if !o.End.OK {
		sum.End = m.End
	}
	return sum
}

// Growth is net growth summed over those of whom it is known: Of branches, or months of them.
type Growth struct {
	Net Count
	Of  int
}

func (g Growth) plus(net Count) Growth {
	if net.OK {
		return Growth{g.Net.Plus(net), g.Of + 1}
	}
	return g
}

func (g Growth) and(o Growth) Growth { return Growth{g.Net.Plus(o.Net), g.Of + o.Of} }
