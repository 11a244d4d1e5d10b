package org

import (
	"slices"
	"time"
)

// Records are what the figures of one commune are computed from, as they stand at Now:
// plain values. One set serves any month and range that it covers.
type Records struct {
	Commune Commune
	Now     time.Time
	// Periods are the present one and earlier ones; a month without one was not opened.
	Periods  map[Month]Period
	Branches []BranchRecords // all of the commune in roster order, closed ones too
	Requests []Request
	// Target is this year's target for net growth (domain.md 5.7).
	Target Count
	// Dismissed are the flags that the chairs passed over.
	Dismissed []Dismissal
}

// BranchRecords are those of one branch.
type BranchRecords struct {
	Branch  Branch
	Figures []Figures // of submitted months, oldest first
	// Drafts are the months that have a check-in begun and not sent: nothing in it counts.
	Drafts  []Month
	Pairs   []Pair
	Notices []Notice
	// Away says why its head can't be written to, "" when she can.
	Away Away
}

// Away is why a branch's head can't be written to.
type Away string

// Reasons. NotUsing: she took her consent back (domain.md 12.4).
const (
	NoHead      Away = "no_head"
	Unlinked    Away = "unlinked_head"
	Unreachable Away = "unreachable"
	NotUsing    Away = "not_using"
)

// Of finds a branch's figures of a month; ok is false when it has not submitted.
func (b BranchRecords) Of(m Month) (Figures, bool) {
	for i := len(b.Figures) - 1; i >= 0; i-- {
		if b.Figures[i].Month == m {
			return b.Figures[i], true
		}
	}
	return Figures{}, false
}

// Status is where a branch is in a period (domain.md 7).
type Status string

// The states of a check-in.
const (
	StatusNotOpen Status = "not_open"
	StatusOpen    Status = "open"
	StatusDraft   Status = "draft"
	StatusSent    Status = "submitted"
	StatusLate    Status = "submitted_late"
	StatusMissed  Status = "missed"
	StatusExempt  Status = "exempt"
)

// Sent reports whether the report is there, in time or late.
func (s Status) Sent() bool { return s == StatusSent || s == StatusLate }

// Missing reports whether a report is to come, or never came.
func (s Status) Missing() bool { return s == StatusOpen || s == StatusDraft || s == StatusMissed }

// StatusOf is where a branch is in a period at a time, counting what was sent by then.
func (b BranchRecords) StatusOf(p Period, at time.Time) Status {
	f, sent := b.Of(p.Month)
	state := p.State(at)
	switch {
	case sent && !f.SentAt.After(at) && f.Late:
		return StatusLate
	case sent && !f.SentAt.After(at):
		return StatusSent
	case p.Exempt[b.Branch.ID] != "":
		return StatusExempt
	case state == NotOpen:
		return StatusNotOpen
	case state == Locked:
		return StatusMissed
	case slices.Contains(b.Drafts, p.Month):
		return StatusDraft
	}
	return StatusOpen
}

// Latest is the month of the latest period that has opened; "" when none has.
func (r Records) Latest() (m Month) {
	for k, p := range r.Periods {
		if k > m && !p.Opens.After(r.Now) {
			m = k
		}
	}
	return m
}
