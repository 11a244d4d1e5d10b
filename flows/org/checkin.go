package org

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Answer is one answer as it stands: its canonical text and where it came from.
//
// Value is "35" or "~35" (approximate) for a count, "yes" or "no", an option's
// number for a choice, "2026-11-20" for a date, free text otherwise. Skipped
// ("bỏ qua") has no value: absent is absent, never 0 (domain.md, golden rule 4).
type Answer struct {
	Value   string    `json:"v,omitempty"`
	Skipped bool      `json:"skip,omitempty"`
	By      PersonID  `json:"by"`
	At      time.Time `json:"at"`
	Channel string    `json:"ch"`
	// Unusual marks a value outside the usual range that she confirmed (flag `anomaly`).
	Unusual bool `json:"odd,omitempty"`
}

// Int reads a count; ok is false when it was skipped or is not a number.
func (a Answer) Int() (n int, ok bool) {
	if a.Value == "" || a.Skipped {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimPrefix(a.Value, "~"))
	return n, err == nil
}

// Yes reads a yes/no answer; ok is false when it was skipped.
func (a Answer) Yes() (yes, ok bool) {
	return a.Value == "yes", !a.Skipped && (a.Value == "yes" || a.Value == "no")
}

// Answers holds what has been answered, by question.
type Answers map[QuestionID]Answer

// Count returns the count answered to q; ok is false when there is none.
func (a Answers) Count(q QuestionID) (int, bool) { return a[q].Int() }

// Has reports whether q was answered or skipped.
func (a Answers) Has(q QuestionID) bool { _, ok := a[q]; return ok }

// Clone copies the map.
func (a Answers) Clone() Answers { return maps.Clone(a) }

// Questions returns the questions answered, sorted.
func (a Answers) Questions() []QuestionID { return slices.Sorted(maps.Keys(a)) }

// Change is one entry of the trail: what an answer was and what it became.
type Change struct {
	Question QuestionID `json:"q"`
	Before   string     `json:"before,omitempty"`
	After    string     `json:"after,omitempty"`
	By       PersonID   `json:"by"`
	At       time.Time  `json:"at"`
	Channel  string     `json:"ch"`
}

// CheckIn is one submitted report of a branch for a month. Revisions are kept side by
// side and never overwritten: revision 1 is the report, later ones are corrections.
type CheckIn struct {
	Branch   BranchID `json:"branch"`
	Month    Month    `json:"month"`
	Revision int      `json:"rev"`
	Form     int      `json:"form"` // version of the question list
	// SentAt is the network's time of the message that sent it; lateness is judged by it.
	SentAt time.Time `json:"sent_at"`
	// Late is true when revision 1 was sent after the period was due.
	Late    bool     `json:"late,omitempty"`
	By      PersonID `json:"by"`
	Channel string   `json:"ch"`
	// Reason is why a chair had a hand in it; AfterLock says that she corrected it after the
	// lock, in her own words.
	Reason    string  `json:"reason,omitempty"`
	AfterLock bool    `json:"after_lock,omitempty"`
	Answers   Answers `json:"answers"`
	// Trail lists the answers that were replaced since the previous revision, oldest first;
	// an answer that replaced none carries its own author and time.
	Trail []Change `json:"trail,omitempty"`
	// Start and End are the members before and after the month (domain.md 5.1).
	Start int `json:"start"`
	End   int `json:"end"`
}

// Period is one month's round of check-ins in one commune. Expected is frozen at opening.
type Period struct {
	Commune CommuneID `json:"commune"`
	Month   Month     `json:"month"`
	Opens   time.Time `json:"opens"`
	Due     time.Time `json:"due"`
	// Moved says for what Due is later than the calendar has it ("Tết"), "" when it is not.
	Moved    string     `json:"moved,omitempty"`
	Locks    time.Time  `json:"locks"`
	OpenedBy string     `json:"opened_by"` // "calendar" or "operator"
	Expected []BranchID `json:"expected"`
	// Exempt gives the reason why a branch on the list need not report.
	Exempt map[BranchID]string `json:"exempt,omitempty"`
}

// PeriodState is where a period is in its life.
type PeriodState string

// The life of a period, in order.
const (
	NotOpen PeriodState = "not_open"
	Open    PeriodState = "open"
	Due     PeriodState = "due" // past its due time, late reports still taken
	Locked  PeriodState = "locked"
)

// State tells where the period is at an instant.
func (p Period) State(now time.Time) PeriodState {
	switch {
	case p.Opens.IsZero() || now.Before(p.Opens):
		return NotOpen
	case now.Before(p.Due):
		return Open
	case now.Before(p.Locks):
		return Due
	default:
		return Locked
	}
}

// Expects reports whether the branch is on the frozen list and not exempt.
func (p Period) Expects(b BranchID) bool {
	return slices.Contains(p.Expected, b) && p.Exempt[b] == ""
}

// PairKind is a kind of "1+1" (domain.md 4.2).
type PairKind string

// The five kinds, in the order they are listed to a head.
const (
	BranchTwinning   PairKind = "branch_twinning"
	RecruitOne       PairKind = "recruit_one"
	PartyNurturing   PairKind = "party_nurturing"
	KnowledgeSharing PairKind = "knowledge_sharing"
	HelpOneMember    PairKind = "help_one_member"
)

// PairKinds lists all five kinds.
var PairKinds = []PairKind{BranchTwinning, RecruitOne, PartyNurturing, KnowledgeSharing, HelpOneMember}

// PairState is where a pair is in its life.
type PairState string

// States of a pair.
const (
	PairActive    PairState = "active"
	PairCompleted PairState = "completed"
	PairEnded     PairState = "ended"
)

// Pair is one "1+1". Label never holds a full name or a phone number (domain.md 4.2).
type Pair struct {
	ID      PairID    `json:"id"`
	Branch  BranchID  `json:"branch"`
	Kind    PairKind  `json:"kind"`
	Label   string    `json:"label"`
	Started Month     `json:"started"`
	State   PairState `json:"state"`
	Ended   Month     `json:"ended,omitempty"`
	// With is the other branch of a twinning, once the chair has named it.
	With BranchID `json:"with,omitempty"`
}

// RequestKind is a kind of help request (domain.md 9).
type RequestKind string

// Kinds of help request, in the order they are listed to a head.
const (
	Support        RequestKind = "support"
	Recommendation RequestKind = "recommendation"
	Complaint      RequestKind = "complaint"
	Denunciation   RequestKind = "denunciation"
	Violence       RequestKind = "violence"
	OrgMatter      RequestKind = "org"
	OtherRequest   RequestKind = "other"
)

// CallBack is a head's wish to be rung, at any time; it is no option of q10_help.
const CallBack RequestKind = "call_back"

// RequestKinds lists the kinds that q10_help offers.
var RequestKinds = []RequestKind{Support, Recommendation, Complaint, Denunciation, Violence, OrgMatter, OtherRequest}

// RequestState is where a call for help is (domain.md 9).
type RequestState string

// States of a call for help.
const (
	RequestNew        RequestState = "new"
	RequestSeen       RequestState = "seen"         // somebody took it on
	RequestInProgress RequestState = "in_progress"  // is being seen to
	RequestForwarded  RequestState = "forwarded_up" // beyond the commune, passed on
	RequestResolved   RequestState = "resolved"
	RequestClosed     RequestState = "closed" // ended without having been resolved
)

// Request is a branch's call for help. Violence keeps no text (domain.md 9).
type Request struct {
	ID     RequestID    `json:"id"`
	Branch BranchID     `json:"branch"`
	By     PersonID     `json:"by"`
	At     time.Time    `json:"at"`
	Kind   RequestKind  `json:"kind"`
	Text   string       `json:"text,omitempty"`
	State  RequestState `json:"state"`
	// SeenBy took it on, at SeenAt.
	SeenBy PersonID  `json:"seen_by,omitempty"`
	SeenAt time.Time `json:"seen_at,omitzero"`
	// Steps are its changes of state, oldest first; the list only grows.
	Steps []RequestStep `json:"steps,omitempty"`
}

// LastMoved is when something last came of it: its closing, when it is closed.
func (r Request) LastMoved() time.Time {
	at := r.At
	if r.SeenAt.After(at) {
		at = r.SeenAt
	}
	if n := len(r.Steps); n > 0 && r.Steps[n-1].At.After(at) {
		at = r.Steps[n-1].At
	}
	return at
}

// RequestStep is one change of a request's state.
type RequestStep struct {
	State RequestState `json:"state"`
	By    PersonID     `json:"by"`
	At    time.Time    `json:"at"`
	// To is who it was passed on to, when it was ("UBND", "Công an", …).
	To string `json:"to,omitempty"`
}

// Notice is a change of cadres or branch that a head reported; the chair completes it.
type Notice struct {
	Branch BranchID  `json:"branch"`
	Month  Month     `json:"month"`
	Kind   int       `json:"kind"` // option of q11_change, 1 to 5
	By     PersonID  `json:"by"`
	At     time.Time `json:"at"`
}
