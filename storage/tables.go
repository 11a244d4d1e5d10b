package storage

import (
	"fmt"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
)

// The tables, one line each: what is kept, and under which key.
var (
	Communes = Table[org.Commune]{"communes"} // commune
	Branches = Table[org.Branch]{"branches"}  // branch
	People   = Table[Profile]{"people"}       // person
	Posts    = Table[org.Post]{"posts"}       // unit#role#person
	Phones   = Table[org.PersonID]{"phones"}  // phone, index of People

	Contacts = Table[org.Contact]{"contacts"} // contact
	Groups   = Table[org.Group]{"groups"}     // commune#contact
	Invites  = Table[org.Invite]{"invites"}   // hash of the code
	Consents = Table[org.Consent]{"consents"} // person#time
	Talks    = Table[flows.Talk]{"talks"}     // person or contact
	Erasures = Table[Erasure]{"erasures"}     // person whose data is being erased

	Periods   = Table[org.Period]{"periods"}     // commune/month
	Drafts    = Table[flows.Draft]{"drafts"}     // row named in Standings: in order of their beginning
	CheckIns  = Table[org.CheckIn]{"checkins"}   // month/branch/revision
	Standings = Table[org.Standing]{"standings"} // branch
	Figures   = Table[[]org.Figures]{"figures"}  // year/branch, of the months submitted
	Told      = Table[flows.Told]{"told"}        // commune: the figures its chairs were last told
	Pairs     = Table[org.Pair]{"pairs"}         // branch/pair
	Requests  = Table[org.Request]{"requests"}   // commune/request
	Notices   = Table[org.Notice]{"notices"}     // branch/time
	Desks     = Table[org.Desk]{"desks"}         // commune: what its chairs decided
	Queries   = Table[org.Query]{"queries"}      // branch/month/item

	Acceptances = Table[org.Acceptance]{"acceptances"} // commune/month/branch

	Announcements = Table[org.Announcement]{"announcements"} // commune/announcement
	Responses     = Table[org.Response]{"responses"}         // commune/announcement/person, or ~hash of a contact
	Namings       = Table[org.Naming]{"namings"}             // commune/announcement

	Outbox  = Table[Message]{"outbox"}       // message, still owed
	Parked  = Table[ParkedMessage]{"parked"} // message, given up until the operator decides
	Sent    = Table[Receipt]{"sent"}         // message, delivered and perhaps to be edited
	Plans   = Table[Plan]{"plans"}           // time/key, to be sent at that time
	Promise = Table[Promised]{"promises"}    // key of a planned message: what became of it
	Seen    = Table[time.Time]{"seen"}       // first day of the span/channel/update: a mark, no record
	Ran     = Table[time.Time]{"ran"}        // slot of a job that has run
	Audits  = Table[AuditRow]{"audit"}       // time/n
	Usages  = Table[org.Usage]{"usages"}     // bot/month: what it used of its network's limits
	Reached = Table[Reach]{"reached"}        // person: when the calendar last wrote to her
	Seats   = Table[time.Time]{"seats"}      // bot/hash of a contact that ever wrote to it
	Meta    = Table[string]{"meta"}          // schema version, salt
)

// Lane orders what waits to be sent: the lower goes first.
type Lane int

// Lanes.
const (
	LaneReply Lane = iota
	LaneAlert
	LaneBulk
)

// Message is one message still to be delivered: Prompt, or words found at sending (Order).
// First, where the channel can, the message Retires is turned into the line Record; a
// message may do only that.
type Message struct {
	ID   org.MessageID `json:"id"`
	To   org.ContactID `json:"to"`
	For  org.PersonID  `json:"for,omitempty"` // whom it is for, when she did not just write
	Lane Lane          `json:"lane,omitempty"`
	Key  string        `json:"key,omitempty"`
	Wave string        `json:"wave,omitempty"` // what it is one of, where the calendar caused it
	// Commune is whose own days off it minds, "" for those of all.
	Commune org.CommuneID `json:"commune,omitempty"`
	// Begun is set just before an ordered message is handed to its network, so that a program
	// that died meanwhile knows that it may have arrived.
	Begun   bool          `json:"begun,omitempty"`
	At      time.Time     `json:"at"`
	From    time.Time     `json:"from,omitzero"` // when it could first be sent, if it was held
	Order   *flows.Order  `json:"order,omitempty"`
	Retires org.MessageID `json:"retires,omitempty"`
	Record  string        `json:"record,omitempty"`
	// Prompt is what to say when there is no Order.
	Prompt flows.Prompt `json:"prompt,omitzero"`
}

// Receipt is what remains of a delivered message.
type Receipt struct {
	To      org.ContactID `json:"to"`
	Network string        `json:"net"` // the network's id, by which it can be edited
	At      time.Time     `json:"at"`
}

// Plan is a message to be sent at a time to come: one ordered for then, or one that is Held
// for the end of a quiet time.
type Plan struct {
	Key   string      `json:"key,omitempty"`
	At    time.Time   `json:"at"`
	Order flows.Order `json:"order,omitzero"`
	Held  *Message    `json:"held,omitempty"`
}

// AuditRow is one line of the audit.
type AuditRow struct {
	At     time.Time    `json:"at"`
	What   string       `json:"what"`
	By     org.PersonID `json:"by,omitempty"`
	Unit   string       `json:"unit,omitempty"`
	Detail string       `json:"detail,omitempty"`
}

// Table is a bucket of records of one type.
type Table[V any] struct{ Bucket string }

// Get returns the record and whether it is there.
func (t Table[V]) Get(tx Tx, key string) (v V, ok bool, err error) {
	raw, err := tx.Get(t.Bucket, key)
	if err != nil || raw == nil {
		return v, false, err
	}
	v, err = t.Decode(key, raw)
	return v, err == nil, err
}

// Decode reads the bytes of the record with this key.
func (t Table[V]) Decode(key string, raw []byte) (v V, err error) {
	if err := decoder.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("storage: %s %q: %w", t.Bucket, key, err)
	}
	return v, nil
}

// Put writes the record.
func (t Table[V]) Put(tx Tx, key string, v V) error {
	raw, err := encoder.Marshal(v)
	if err != nil {
		return fmt.Errorf("storage: %s %q: %w", t.Bucket, key, err)
	}
	return tx.Put(t.Bucket, key, raw)
}

// Delete removes the record, if it is there.
func (t Table[V]) Delete(tx Tx, key string) error { return tx.Delete(t.Bucket, key) }

// Scan calls fn for each record whose key has the prefix and is >= from, in key order.
// ErrStop ends it early.
func (t Table[V]) Scan(tx Tx, prefix, from string, fn func(key string, v V) error) error {
	return tx.Scan(t.Bucket, prefix, from, func(key string, raw []byte) error {
		v, err := t.Decode(key, raw)
		if err != nil {
			return err
		}
		return fn(key, v)
	})
}

// All lists the records whose key has the prefix, in key order.
func (t Table[V]) All(tx Tx, prefix string) (list []V, err error) {
	err = t.Scan(tx, prefix, "", func(_ string, v V) error {
		list = append(list, v)
		return nil
	})
	return list, err
}
