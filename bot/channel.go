package bot

import (
	"context"
	"errors"
	"net/http"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
)

// Update is one thing a network told us about one contact.
type Update struct {
	// ID is unique within the channel and the same at every delivery of this update.
	ID string
	// Contact is who wrote, and where an answer goes.
	Contact org.ContactID
	// Group is set when it was said in a group chat; Contact is then the group.
	Group bool
	// SentAt is the network's time of the message, zero where the network gives none.
	SentAt time.Time
	Event  flows.Event
}

// Handle takes one update in. It returns nil only when the update's effects are durable,
// and only then may the channel acknowledge it to the network.
type Handle func(ctx context.Context, u Update) error

// Abilities says what a channel can show.
type Abilities struct {
	Buttons bool // options as buttons; otherwise they are printed as numbered lines
	Edit    bool // a message of ours can be replaced in place
	Photos  bool // a picture its network has can be sent on
	MaxText int  // longest text of a message, in UTF-16 units
	// Quota is how many messages the network takes in a month, and Seats from how many people
	// it delivers; 0 is no limit. What a limited bot uses is counted.
	Quota, Seats int
	// Files is how it takes files.
	Files FileWay
}

// FileWay is how a channel takes files.
type FileWay int

// Ways to send a file.
const (
	// NoFiles: what a file says is told in words.
	NoFiles FileWay = iota
	// Uploads: it takes the bytes, with a caption under them.
	Uploads
	// Links: it fetches pictures from an address, and other files are opened by her at one.
	Links
)

// Outgoing is a rendered message.
type Outgoing struct {
	Chat string // the network's chat id
	Text string // plain text
	// Rows are the buttons; always empty on a channel without them.
	Rows [][]Button
	// Photo is a picture by the network's own name for it; Text then stands under it, and may
	// be empty.
	Photo string
	// Edits is the network's id of the message to replace; "" sends a new one. Editing
	// with no Rows takes the keyboard away.
	Edits string
	// File is sent with Text, which may then be "", under it.
	File *Attachment
}

// Button is one button of a rendered message; Data is at most 64 bytes of ASCII.
type Button struct{ Label, Data string }

// Channel is one bot on one network.
type Channel interface {
	// Name is the first part of its contacts' ids: "telegram", "zalo.an-phu", "sim".
	Name() string
	Abilities() Abilities
	// Receive delivers updates until ctx ends, reconnecting by itself; it returns nil when
	// ctx ended and an error only when going on is useless (a revoked token).
	Receive(ctx context.Context, handle Handle) error
	// Send delivers one message and returns the network's id of it. Its errors wrap
	// ErrRefused (never arrives, don't repeat), ErrGone (an edit's target can't be edited;
	// don't repeat) or a LaterError (wait); anything else is worth a retry.
	Send(ctx context.Context, m Outgoing) (id string, err error)
}

// Webhook is a channel that is told of updates by HTTP; it is mounted on the listening server.
type Webhook interface {
	Channel
	Path() string
	Handler(handle Handle) http.Handler
}

// Errors that Send wraps.
var (
	// ErrRefused: the network will not deliver this message, now or later.
	ErrRefused = errors.New("refused")
	// ErrGone: the message to edit is not there, or no longer editable.
	ErrGone = errors.New("message gone")
	// ErrDoubtful: the send timed out or broke off after the request was written; it may have arrived.
	ErrDoubtful = errors.New("may have arrived")
	// ErrPerhapsLost: refused for a reason that may be the contact's (she blocked the bot) or
	// the network's (an outage); the network does not say which.
	ErrPerhapsLost = errors.New("contact perhaps lost")
)

// RefusedError wraps ErrRefused and says what it means for the contact.
type RefusedError struct {
	// Lost is "blocked", "deactivated", "not_linked" or "kicked" when the contact as a
	// whole can't be reached, "no_rights" when the bot may not write in a group that it is in,
	// "" when only this message was refused (our mistake).
	Lost string
	// MovedTo is the network's new chat id when a group moved.
	MovedTo string
	Err     error
}

func (e *RefusedError) Error() string { return "refused: " + e.Err.Error() }

// Unwrap lets errors.Is find both ErrRefused and the cause.
func (e *RefusedError) Unwrap() []error { return []error{ErrRefused, e.Err} }

// LaterError asks to wait; everything of the channel waits when All is set (a 429).
type LaterError struct {
	After time.Duration
	All   bool
	Quota bool // the network takes no more this month
	Err   error
}

func (e *LaterError) Error() string { return "later: " + e.Err.Error() }
func (e *LaterError) Unwrap() error { return e.Err }
