package flows

import (
	"time"

	"chihoi/flows/org"
)

// Facts is all a step may know besides the conversation: plain values, and a Book to
// look records up in. The same facts, talk and event give the same result.
type Facts struct {
	// Now is the time of the transaction, in the deployment's zone.
	Now time.Time
	// SentAt is the network's time of the message, Now where the network gives none.
	SentAt time.Time
	// Contact is where the event came from and where replies go.
	Contact org.ContactID
	// Typed says that there are no buttons there: all she answers is typed.
	Typed bool
	// Shows reports whether pictures of a network can be shown on others; nil: none can.
	Shows func(network string) bool
	// Me is who writes, nil while unknown.
	Me *org.Person
	// Message is the id of this step's first message; the n-th is Message.Next(n).
	Message  func(n int) org.MessageID
	Settings *Settings
	Book     Book
}

// Book is a consistent, read-only view of the records at one instant. It does not
// report failures of the store: whoever lends a Book checks it for them afterwards and
// discards the step.
type Book interface {
	Commune(org.CommuneID) (org.Commune, bool)
	Communes() []org.Commune
	Branch(org.BranchID) (org.Branch, bool)
	// Branches lists a commune's branches in roster order.
	Branches(org.CommuneID) []org.Branch
	Person(org.PersonID) (org.Person, bool)
	// PersonByPhone finds whom a number is noted for.
	PersonByPhone(phone string) (org.Person, bool)
	PostsOf(org.PersonID) []org.Post
	// PostsIn lists the posts of a branch or a commune.
	PostsIn(unit string) []org.Post
	// ContactOf is the address a person last used and can be reached at.
	ContactOf(org.PersonID) (org.Contact, bool)
	// Contacts lists all addresses of a person.
	Contacts(org.PersonID) []org.Contact
	Groups(org.CommuneID) []org.Group
	// GroupsAt lists the communes that one chat group is bound to.
	GroupsAt(org.ContactID) []org.Group
	// Consent is the last recorded answer to the privacy notice.
	Consent(org.PersonID) (org.Consent, bool)
	// Invite finds an invite by its code as typed, digits only.
	Invite(code string) (org.Invite, bool)
	// GroupCode makes a code nobody can guess, the same for the same seed.
	GroupCode(seed string) (code, hash string)
	// InviteByHash finds an invite again.
	InviteByHash(hash string) (org.Invite, bool)
	Period(org.CommuneID, org.Month) (org.Period, bool)
	Draft(org.BranchID, org.Month) (Draft, bool)
	// CheckIn is the latest revision; Sent only tells whether there is one.
	CheckIn(org.BranchID, org.Month) (org.CheckIn, bool)
	Sent(org.BranchID, org.Month) bool
	// SentIn is which branches of a commune have submitted a month.
	SentIn(org.CommuneID, org.Month) map[org.BranchID]bool
	// History lists what is carried over from a branch's submitted months, oldest first.
	History(org.BranchID) []org.Past
	// Pairs lists all pairs of a branch, oldest first.
	Pairs(org.BranchID) []org.Pair
	Requests(org.CommuneID) []org.Request
	// Records are what a commune's figures from one month to another are computed from. They
	// are gathered in one go, at a cost of the commune's branches; Now is not set.
	Records(c org.CommuneID, from, to org.Month) org.Records
	// Told is what a commune's chairs were last told of its figures.
	Told(org.CommuneID) (Told, bool)
	// Desk is what a commune's chairs decided; Queries what they asked about a branch's report.
	Desk(org.CommuneID) org.Desk
	Queries(org.BranchID, org.Month) []org.Query
	// Acceptances lists the reports of a commune's month that a chair has seen, as they last were.
	Acceptances(org.CommuneID, org.Month) []org.Acceptance
	// Away says why a branch's head can't be written to, "" when she can.
	Away(org.BranchID) org.Away
	// Usages lists what the bots that a commune's people write to have used of their limits.
	Usages(org.CommuneID, org.Month) []org.Usage
	// Owed says whether a message has not gone out yet.
	Owed(org.MessageID) bool
	// Opening is the message that a branch was told of a period's opening by.
	Opening(org.BranchID, org.Month) (Word, bool)
	// Announcement finds an announcement; Announcements lists those of a commune, oldest first.
	Announcement(org.CommuneID, org.AnnouncementID) (org.Announcement, bool)
	Announcements(org.CommuneID) []org.Announcement
	// Responses lists the answers to an announcement, Naming the consent to be named in it.
	Responses(org.CommuneID, org.AnnouncementID) []org.Response
	Naming(org.CommuneID, org.AnnouncementID) (org.Naming, bool)
	// Fate is what became of a planned message, by its key.
	Fate(key string) org.Fate
	// Ledger lists what became of the calendar's messages of a period, oldest first.
	Ledger(org.CommuneID, org.Month) []org.Wave
	// Reminders lists the reminders to a branch that are sent or planned, by day.
	Reminders(org.BranchID, org.Month) []Word
}

// Word is one message that was promised to a branch without its asking.
type Word struct {
	Day     string    // "2026-11-28", the day a reminder is for; "" for the opening
	Pending bool      // planned, or on its way
	Sent    time.Time // zero when that is not known
}
