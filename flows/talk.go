package flows

import (
	"time"

	"chihoi/flows/org"
)

// Talk is what the bot remembers of the conversation with one person (before she is
// known: with one contact). What she answers is not here but in the Draft.
type Talk struct {
	// Flow is the conversation under way: "" (none), "register", "consent". That she is in a
	// check-in is not said here but by her seat in the draft.
	Flow string `json:"flow,omitempty"`
	// Code is the hash of the invite she is confirming, in flow "register".
	Code string `json:"code,omitempty"`
	// Tries counts wrong codes since TriesFrom.
	Tries     int       `json:"tries,omitempty"`
	TriesFrom time.Time `json:"tries_from,omitzero"`
	// MentionedAt is when she was last told where to say what she said to the bot in a group.
	MentionedAt time.Time `json:"mentioned_at,omitzero"`
	// Misses counts messages in a row that were not understood outside a check-in.
	Misses int `json:"misses,omitempty"`
	// Asking is a question asked once before something is done, at AskedAt: "withdraw",
	// "erase", "call", "alarm", "fix_name", "fix_phone".
	Asking  string    `json:"asking,omitempty"`
	AskedAt time.Time `json:"asked_at,omitzero"`
	// Given is the name or number that was read back to her with Asking.
	Given string `json:"given,omitempty"`
	// Proxy is a branch of her commune whose report she, a chair, is entering on its behalf.
	Proxy org.BranchID `json:"proxy,omitempty"`
	// Mends is its month, where she corrects it after the lock.
	Mends org.Month `json:"mends,omitempty"`
	// Unread counts messages in a row that her network handed on without their content.
	Unread int `json:"unread,omitempty"`
	// Group is the chat group she took the bot into and has not said whose it is.
	Group *GroupOffer `json:"group,omitempty"`
	// Announce is the announcement she, a chair, is at.
	Announce *Announcing `json:"announce,omitempty"`
	// Act is what she, a chair, is asked for words for.
	Act *Acting `json:"act,omitempty"`
	// Prompt is the message with the choices now open, to be retired when one is taken.
	Prompt org.MessageID `json:"prompt,omitempty"`
	// Offer are the choices of that message, by which typed numbers and labels are read.
	Offer []Option `json:"offer,omitempty"`
	// OfferedAt is when they were shown, where they are numbered and everything is typed.
	OfferedAt time.Time `json:"offered_at,omitzero"`
	// Edit is a correction she named, while she is asked for which of her branches it is.
	Edit *Edit `json:"edit,omitempty"`
	// Slots are what a free message stated, while she is asked which of her branches it is for.
	Slots []Slot `json:"slots,omitempty"`
}

// Announcing is where a chair is in an announcement: what she is asked of it, since when, and
// words of hers that are not in it yet.
type Announcing struct {
	Commune org.CommuneID      `json:"commune,omitempty"`
	ID      org.AnnouncementID `json:"id,omitempty"`
	Open    string             `json:"open"`
	At      time.Time          `json:"at"`
	Text    string             `json:"text,omitempty"`
}

// Edit is what she wants corrected: an item by number or name, and what it becomes.
type Edit struct {
	Item     int    `json:"item,omitempty"`
	Slot     string `json:"slot,omitempty"`
	Argument string `json:"to,omitempty"`
}

// GroupOffer is a chat group that may be bound to a commune; Prompt is the message that asks.
type GroupOffer struct {
	Group  org.ContactID `json:"group"`
	Title  string        `json:"title,omitempty"`
	Prompt org.MessageID `json:"prompt"`
}

// Draft is a check-in being filled in. It belongs to a branch, a month and a version of
// the form, never to a chat: head and deputy go on from the same one, on any channel.
type Draft struct {
	Branch org.BranchID `json:"branch"`
	Month  org.Month    `json:"month"`
	Form   int          `json:"form"`
	// Instance is short and different for every draft; buttons carry it.
	Instance string      `json:"instance"`
	Answers  org.Answers `json:"answers"`
	// Trail lists every answer that was replaced, oldest first; it only grows.
	Trail []org.Change `json:"trail,omitempty"`
	// Corrects is the revision being corrected; 0 for a first report.
	Corrects int `json:"corrects,omitempty"`
	// Reason is why a chair corrects it after the lock, "" where it is no such correction.
	Reason string `json:"reason,omitempty"`
	// Seats hold where each person is in it.
	Seats map[org.PersonID]Seat `json:"seats,omitempty"`
	// Muted says she asked for no more reminders this period.
	Muted bool `json:"muted,omitempty"`
	// Edits counts the answers recorded in it, so that whoever confirms a list of them is
	// known to have seen the last.
	Edits int `json:"edits,omitempty"`
}

// Begun reports whether anything was answered in it.
func (d Draft) Begun() bool { return len(d.Answers) > 0 }

// Touched reports whether anything was told in it that was not there before: an answer, or
// what a free message came to. A correction begins with the answers that were sent.
func (d Draft) Touched() bool {
	for _, seat := range d.Seats {
		if seat.Quick != nil {
			return true
		}
	}
	return d.Edits > 0 || d.Corrects == 0 && d.Begun()
}

// Seat is one person's place in a draft.
type Seat struct {
	// Open is the question now asked of her; it may be one already answered that she edits.
	// Empty, she is not in the check-in.
	Open org.QuestionID `json:"open,omitempty"`
	// Asked counts the prompts shown to her, and Since is the first that asked the open
	// question, so that an old button is known as old.
	Asked int `json:"asked,omitempty"`
	Since int `json:"since,omitempty"`
	// Opened counts the questions put to her, repeated prompts left out.
	Opened int `json:"opened,omitempty"`
	// Again says the open question has an answer that she wants to change.
	Again bool `json:"again,omitempty"`
	// From is how many of its choices were shown before those shown last, where a channel shows
	// only a few at once.
	From int `json:"from,omitempty"`
	// Misses counts replies to the open question that were not understood.
	Misses int `json:"misses,omitempty"`
	// Doubt holds what a reply may have meant, while she is asked which.
	Doubt *Doubt `json:"doubt,omitempty"`
	// Prompt is the message that asks the open question; PromptAt is the contact it went to.
	Prompt   org.MessageID `json:"prompt,omitempty"`
	PromptAt org.ContactID `json:"prompt_at,omitempty"`
	// AskedAt is when that was; Typed says that it was put where what is asked can only be typed
	// for.
	AskedAt time.Time `json:"asked_at,omitzero"`
	Typed   bool      `json:"typed,omitempty"`
	// Unseen are replies typed while that message had not gone out, to be told back.
	Unseen []string `json:"unseen,omitempty"`
	// Seen is Draft.Edits as of that message.
	Seen int `json:"seen,omitempty"`
	// Hears says that she has announced a question: what comes next may be it.
	Hears bool `json:"hears,omitempty"`
	// Quick holds what a free message came to, until it is agreed and settled.
	Quick *Quick `json:"quick,omitempty"`
}

// Quick is what one free message came to (domain.md 13, quick entry). Nothing in it is an
// answer before she agrees to the card that shows it.
type Quick struct {
	Slots []Slot `json:"slots,omitempty"`
	// Agreed says she has agreed to what was plain. The slots left are asked one by one, and
	// what a month may take over from the last stands in the review as a proposal.
	Agreed bool `json:"agreed,omitempty"`
	// Brief says she wants to send without the details that may be left out.
	Brief bool `json:"brief,omitempty"`
}

// Slot is one thing a free message states: a value, what it may be, or, with neither, only
// that it was spoken of.
type Slot struct {
	Question org.QuestionID `json:"q"`
	Value    string         `json:"v,omitempty"`
	Maybe    []string       `json:"maybe,omitempty"`
}

// Doubt is a value not yet taken: unusual, or one of several readings.
type Doubt struct {
	Values  []string `json:"values"`
	Unusual bool     `json:"unusual,omitempty"`
}

// OrderKind is what an order is for.
type OrderKind string

// Kinds of orders.
const (
	OrderOpening OrderKind = "opening"  // a period has opened
	OrderRemind  OrderKind = "remind"   // a report has not come
	OrderAgain   OrderKind = "again"    // a question is asked once more after an outage
	OrderQuery   OrderKind = "query"    // a chair asks about an item of a report
	OrderUnseen  OrderKind = "unseen"   // nobody has taken on a call for help
	OrderNews    OrderKind = "announce" // an announcement
	OrderAmend   OrderKind = "amend"    // the right words of one that was sent
	OrderTally   OrderKind = "tally"    // a new count under one in a group
	OrderResult  OrderKind = "result"   // what became of one, for whoever sent it
)

// Order asks for a message whose words are found only at the moment of sending, so that
// it fits what she has done by then, or is dropped when it has become needless.
type Order struct {
	Kind   OrderKind    `json:"kind"`
	Person org.PersonID `json:"person"`
	Branch org.BranchID `json:"branch,omitempty"`
	Month  org.Month    `json:"month"`
	Step   int          `json:"step,omitempty"` // 1, 2, 3 of the ladder; 0 for one she asked for
	// Deputy says that it goes to the deputy beside the head.
	Deputy bool `json:"deputy,omitempty"`
	// Wave is what it is one of, in the ledger: "remind/2/2026-12-01".
	Wave string `json:"wave,omitempty"`
	// News is the announcement of Commune that it is about; Group is a chat group that it goes
	// to instead of a person, and Edits a message that it is put in the place of.
	News    org.AnnouncementID `json:"news,omitempty"`
	Commune org.CommuneID      `json:"commune,omitempty"`
	Group   org.ContactID      `json:"group,omitempty"`
	Edits   org.MessageID      `json:"edits,omitempty"`
	// Note is a line of the chair who has a branch reminded, with who says it; Item is of the report that is asked
	// about again.
	Note string `json:"note,omitempty"`
	Item int    `json:"item,omitempty"`
	// Request is a call for help that nobody has taken on.
	Request org.RequestID `json:"request,omitempty"`
	// Urgent ones go before others, also at a quiet time.
	Urgent bool `json:"urgent,omitempty"`
	// Again is the message that is sent once more, and whose place it takes.
	Again org.MessageID `json:"again,omitempty"`
}
