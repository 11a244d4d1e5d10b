package org

import (
	"fmt"
	"slices"
	"time"
)

// Desk is what the chairs of a commune decided besides its reports. Any of them goes on from
// what another did; nothing in it is ever overwritten, only added to.
type Desk struct {
	Targets   []TargetSet `json:"targets,omitempty"`   // oldest first
	Dismissed []Dismissal `json:"dismissed,omitempty"` // oldest first
	Errands   []Errand    `json:"errands,omitempty"`   // oldest first
	// Nudged is when a chair last had everybody reminded who has not sent.
	Nudged Nudge `json:"nudged,omitzero"`
}

// TargetSet is a yearly target for net growth as a chair entered it (domain.md 5.7).
type TargetSet struct {
	Year string    `json:"year"` // "2026"
	N    int       `json:"n"`
	By   PersonID  `json:"by"`
	At   time.Time `json:"at"`
}

// Nudge is who had a commune's branches reminded, and when.
type Nudge struct {
	By PersonID  `json:"by,omitempty"`
	At time.Time `json:"at,omitzero"`
}

// Target is the target of a year as it now stands.
func (d Desk) Target(year string) Count {
	for i := len(d.Targets) - 1; i >= 0; i-- {
		if d.Targets[i].Year == year {
			return Known(d.Targets[i].N)
		}
	}
	return Count{}
}

// Since leaves out the words that were written before then: flags passed over, and errands.
func (d Desk) Since(t time.Time) Desk {
	d.Dismissed = slices.DeleteFunc(slices.Clone(d.Dismissed), func(o Dismissal) bool { return o.At.Before(t) })
	d.Errands = slices.DeleteFunc(slices.Clone(d.Errands), func(e Errand) bool { return e.At.Before(t) })
	return d
}

// Dismissal is a flag that a chair passed over, with her reason. It holds until the reason of
// the flag changes, a quarter of a year at most.
type Dismissal struct {
	Branch BranchID  `json:"branch"`
	Kind   FlagKind  `json:"kind"`
	Mark   string    `json:"mark"`
	Note   string    `json:"note"`
	By     PersonID  `json:"by"`
	At     time.Time `json:"at"`
}

// dismissedFor is how long a flag stays away in days.
const dismissedFor = 90

// CanDismiss reports whether a chair may pass a flag over: violence stays until it is seen to.
func (f Flag) CanDismiss() bool { return f.Kind != FlagViolence }

// Mark tells one reason from another of the same kind: what grows by the day alone (how long
// a call waits) leaves it as it is.
func (f Flag) Mark(now time.Time) string {
	switch f.Kind {
	case FlagHelpAging:
		return now.AddDate(0, 0, -f.N).Format(time.DateOnly)
	case FlagScoreDrop, FlagAnomaly:
		return fmt.Sprintf("%s/%d-%d", f.Month, f.From, f.To)
	}
	return fmt.Sprint(f.N)
}

// passedOver reports whether a chair has dismissed a flag as it stands.
func (r Records) passedOver(f Flag) bool {
	return f.CanDismiss() && slices.ContainsFunc(r.Dismissed, func(d Dismissal) bool {
		return d.Branch == f.Branch && d.Kind == f.Kind && d.Mark == f.Mark(r.Now) && Days(d.At, r.Now) < dismissedFor
	})
}

// Errand is what a chair asks another of her commune to do about a branch.
type Errand struct {
	ID     string    `json:"id"`
	Branch BranchID  `json:"branch"`
	By     PersonID  `json:"by"`
	To     PersonID  `json:"to"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
	Done   time.Time `json:"done,omitzero"`
}

// Query is an item of a report that a chair asks about again. It is one of an item and a
// month, whoever asks.
type Query struct {
	Branch   BranchID  `json:"branch"`
	Month    Month     `json:"month"`
	Item     int       `json:"item"` // its number in the review (domain.md 6)
	Reason   string    `json:"reason"`
	Revision int       `json:"rev"` // of the report that was asked about
	By       PersonID  `json:"by"`
	At       time.Time `json:"at"`
	// Closed is when it was answered, by ClosedBy: with another figure, or by saying that it
	// is right as it stands.
	Closed   time.Time `json:"closed,omitzero"`
	ClosedBy PersonID  `json:"closed_by,omitempty"`
	AsItWas  bool      `json:"as_it_was,omitempty"`
}

// Acceptance is a chair's word that she has seen a report as it then stood: it is of one
// revision.
type Acceptance struct {
	Branch   BranchID  `json:"branch"`
	Month    Month     `json:"month"`
	Revision int       `json:"rev"`
	By       PersonID  `json:"by"`
	At       time.Time `json:"at"`
}

// Open reports whether it waits for an answer.
func (q Query) Open() bool { return q.Closed.IsZero() }
