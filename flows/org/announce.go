package org

import (
	"hash/fnv"
	"strconv"
	"time"
)

// AnnouncementID names an announcement, unique within its commune; sorting by it is sorting by time.
type AnnouncementID string

// AnnouncementKind is what an announcement is for (domain.md 11).
type AnnouncementKind string

// Kinds of announcement.
const (
	MeetingCall  AnnouncementKind = "meeting_call"
	Deadline     AnnouncementKind = "deadline"
	Policy       AnnouncementKind = "policy"
	EventNews    AnnouncementKind = "event"
	TrainingCall AnnouncementKind = "training"
	Recognition  AnnouncementKind = "recognition"
	UrgentNews   AnnouncementKind = "urgent"
	DigestPublic AnnouncementKind = "digest_public"
)

// Invites reports whether the kind asks who comes; the others only ask who has read.
func (k AnnouncementKind) Invites() bool { return k == MeetingCall || k == TrainingCall }

// AnnouncementState is how far an announcement is.
type AnnouncementState string

// States of an announcement. One that is released is planned or on its way: what became of
// each message is in the ledger.
const (
	Drafting AnnouncementState = "draft"
	Released AnnouncementState = "released"
	Stopped  AnnouncementState = "stopped"
	Dropped  AnnouncementState = "dropped"
)

// Announcement is what a chair has to say to groups or heads. As a draft it belongs to the
// commune: any chair or vice chair goes on from it.
type Announcement struct {
	ID      AnnouncementID    `json:"id"`
	Commune CommuneID         `json:"commune"`
	Kind    AnnouncementKind  `json:"kind,omitempty"`
	State   AnnouncementState `json:"state"`
	// Version counts the changes, so that nobody sends another text than she has seen.
	Version int       `json:"version"`
	By      PersonID  `json:"by"` // who began it
	Made    time.Time `json:"made"`
	// Last is who changed it last, and Touched when.
	Last    PersonID  `json:"last,omitempty"`
	Touched time.Time `json:"touched,omitzero"`

	// Text is what she wrote; the others are asked for when the text does not say them.
	Text   string `json:"text,omitempty"`
	When   string `json:"when,omitempty"`
	Place  string `json:"place,omitempty"`
	Source string `json:"source,omitempty"`
	// Framework says that a training is one of the national framework; nil: not asked.
	Framework *bool `json:"framework,omitempty"`
	// Photo is a picture by its network's own name for it: "telegram:AgAC…".
	Photo string `json:"photo,omitempty"`
	// Named is whom a recognition names; her consent is a Naming.
	Named PersonID `json:"named,omitempty"`

	To Audience `json:"to,omitzero"`
	// At is when it is to be sent, zero at once; Expires is when it is no longer to be sent.
	At      time.Time `json:"at,omitzero"`
	Expires time.Time `json:"expires,omitzero"`

	// Month is under which month it stands in the ledger; Sender and Sent are who released it
	// and when; Targets are those it goes to, fixed then.
	Month   Month     `json:"month,omitempty"`
	Sender  PersonID  `json:"sender,omitempty"`
	Sent    time.Time `json:"sent,omitzero"`
	Targets []Target  `json:"targets,omitempty"`
	// TallyAt is when the count in the groups is, or was, brought up to date: not at every tap.
	TallyAt time.Time `json:"tally_at,omitzero"`
}

// Audience is whom an announcement is for.
type Audience struct {
	Kind string `json:"kind,omitempty"`
	// Which is the former commune, the group's address, or the branches with commas between;
	// with ToMissing the former commune whose branches alone are meant.
	Which string `json:"which,omitempty"`
}

// Kinds of audience.
const (
	ToGroups  = "groups"  // all groups of the commune
	ToGroup   = "group"   // one of them
	ToHeads   = "heads"   // all heads
	ToFormer  = "former"  // the heads of one former commune
	ToMissing = "missing" // the heads whose report has not come
	ToFlagged = "flagged" // the heads of branches that need attention
	ToNamed   = "named"   // the heads of the branches in Which
)

// Target is one address of an announcement: a chat group, or the head of a branch.
type Target struct {
	Group  ContactID `json:"group,omitempty"`
	Title  string    `json:"title,omitempty"` // the group's, as it was
	Branch BranchID  `json:"branch,omitempty"`
	Person PersonID  `json:"person,omitempty"` // "": the post is empty
	// Was is the mark of the group's first address, under which the ledger knows it.
	Was string `json:"was,omitempty"`
}

// Short names a chat in few letters, for buttons and the ledger.
func (c ContactID) Short() string {
	h := fnv.New32a()
	h.Write([]byte(c))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// Mark is a group as the ledger knows it, also after it moved.
func (t Target) Mark() string {
	if t.Was != "" {
		return t.Was
	}
	return t.Group.Short()
}

// Moved is a target under the new address of its group.
func (t Target) Moved(to ContactID) Target {
	t.Was, t.Group = t.Mark(), to
	return t
}

// Response is what somebody answered to an announcement.
type Response struct {
	Commune      CommuneID      `json:"commune"`
	Announcement AnnouncementID `json:"announcement"`
	// Person is "" for one whom the bot does not know: she is only counted.
	Person PersonID  `json:"person,omitempty"`
	Answer Answering `json:"answer"`
	At     time.Time `json:"at"`
}

// Answering is an answer to an announcement.
type Answering string

// Answers to announcements.
const (
	Coming Answering = "come"
	Busy   Answering = "busy"
	Noted  Answering = "noted"
)

// Naming is the consent of a person to be named in one announcement (domain.md 11 and 12.2).
// It is apart from the consent to the privacy notice.
type Naming struct {
	Commune      CommuneID      `json:"commune"`
	Announcement AnnouncementID `json:"announcement"`
	Person       PersonID       `json:"person"`
	Text         string         `json:"text"` // what she was shown
	Asked        time.Time      `json:"asked"`
	// Answered, Channel, Raw and Agreed are her answer; zero until she gave one.
	Answered time.Time `json:"answered,omitzero"`
	Channel  string    `json:"channel,omitempty"`
	Raw      string    `json:"raw,omitempty"`
	Agreed   bool      `json:"agreed,omitempty"`
}

// Fate is what became of one planned message.
type Fate struct {
	State   MessageState
	Why     string    // for what it did not arrive
	At      time.Time // when that was
	Message MessageID // of one that was sent, by which it can be edited; may be ""
}

// Pending reports whether it may still arrive.
func (f Fate) Pending() bool { return f.State.Pending() }
