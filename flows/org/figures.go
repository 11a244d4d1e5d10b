package org

import (
	"slices"
	"strconv"
	"time"
)

// Figures are the numbers of one submitted check-in as it stands, its latest revision,
// without who said them: all that sums are made of. Words are not among them.
type Figures struct {
	Month    Month
	Revision int
	// SentAt is when the first revision was sent; lateness and "by the same day last month"
	// are judged by it.
	SentAt time.Time
	Late   bool
	Items  Items
	// Attendees, Kind and NotHeld tell of the activity: how many came, its option of
	// q1c_kind, or the option of q1d_reason why there was none; 0 is absent.
	Attendees Count
	Kind      int
	NotHeld   int
	Pioneers  Count
	Members   Members
	// TopNeed is the option of q6a_top_need; 0 is absent (it is asked afresh now and then).
	TopNeed int
	// Pairs is what was said of each pair that was asked for and not skipped.
	Pairs map[PairID]PairWord
	// Unusual says that a value out of the usual range was confirmed (flag anomaly).
	Unusual bool
}

// PairWord is what a head said of a pair in a month, the options of q9_pair.
type PairWord int8

// Words about a pair.
const (
	PairActed    PairWord = 1
	PairIdle     PairWord = 2
	PairFinished PairWord = 3
)

// FiguresOf reads the numbers out of a check-in. before are the figures of its earlier
// revision, which keep when it was first sent; zero for the first.
func FiguresOf(c CheckIn, before Figures) Figures {
	a := c.Answers
	f := Figures{Month: c.Month, Revision: c.Revision, SentAt: c.SentAt, Late: c.Late, Items: ItemsOf(a),
		Attendees: count(a, "q1b_attendees"), Kind: option(a, "q1c_kind"), NotHeld: option(a, "q1d_reason"),
		Pioneers: count(a, "q2_pioneers"), TopNeed: option(a, "q6a_top_need"),
		Members: Members{Start: Known(c.Start), Joined: count(a, "q7_joined"), Excluded: count(a, "q7a_excluded"),
			LeftOrg: count(a, "q8_left_org"), Died: count(a, "q8_died"), MovedOut: count(a, "q8_moved_out"), End: Known(c.End)}}
	if n, ok := a.Count("q8_left"); ok && n == 0 {
		f.Members.LeftOrg, f.Members.Died, f.Members.MovedOut = Known(0), Known(0), Known(0)
	}
	if before.Revision > 0 {
		f.SentAt, f.Late = before.SentAt, before.Late
	}
	for q, v := range a {
		if n, ok := v.Int(); ok && q.Base() == "q9_pair" && n >= int(PairActed) && n <= int(PairFinished) {
			if f.Pairs == nil {
				f.Pairs = map[PairID]PairWord{}
			}
			f.Pairs[PairID(q.Instance())] = PairWord(n)
		}
		f.Unusual = f.Unusual || v.Unusual
	}
	return f
}

func count(a Answers, q QuestionID) Count {
	n, ok := a.Count(q)
	if !ok {
		return Count{}
	}
	return Known(n)
}

func option(a Answers, q QuestionID) int {
	n, err := strconv.Atoi(a[q].Value)
	if err != nil || a[q].Skipped {
		return 0
	}
	return n
}

// Active reports whether the month had an activity; ok is false when that is not known.
func (f Figures) Active() (active, ok bool) {
	m := f.Items[HaveActivity]
	return m == Met, m != 0
}

// meetingKind is the option of q1c_kind for a meeting of the branch.
const meetingKind = 1

// Meeting reports whether the activity was a meeting of the branch (domain.md 1, branch_meeting).
func (f Figures) Meeting() bool { return f.Items[HaveActivity] == Met && f.Kind == meetingKind }

// KeepFigures puts figures in the place of those of the same month; oldest first.
func KeepFigures(list []Figures, f Figures) []Figures {
	list = slices.DeleteFunc(slices.Clone(list), func(o Figures) bool { return o.Month == f.Month })
	i, _ := slices.BinarySearchFunc(list, f, func(a, b Figures) int { return compareMonths(a.Month, b.Month) })
	return slices.Insert(list, i, f)
}

func compareMonths(a, b Month) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
