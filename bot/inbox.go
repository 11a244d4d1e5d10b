// Package bot runs: it takes updates in, sends messages out and does what the calendar
// says, each as one transaction around a pure step of package flows. All that waits,
// sends or serves is here; what is decided is in flows, what is kept is in storage.
package bot

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"reflect"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// seenDays is for how many days back, at least, an update is known as already handled; at
// most twice as many. Networks repeat an update for a day at most.
const seenDays = 4

// Inbox turns updates into steps. Its Handle is what channels call.
type Inbox struct {
	Store    storage.Store
	Clock    Clock
	Settings *flows.Settings
	Outbox   *Outbox
	Log      *slog.Logger

	order   turnstile
	metrics *Metrics
}

// turnstile lets the updates of one contact through one after the other, in the order in
// which they came; others at the same time. It keeps nothing for contacts at rest.
type turnstile struct {
	mu   sync.Mutex
	last map[org.ContactID]chan struct{} // closed when the latest update of a contact is done
}

// enter waits for the contact's earlier updates and returns what ends this one.
func (t *turnstile) enter(c org.ContactID) (leave func()) {
	t.mu.Lock()
	if t.last == nil {
		t.last = map[org.ContactID]chan struct{}{}
	}
	before, mine := t.last[c], make(chan struct{})
	t.last[c] = mine
	t.mu.Unlock()
	if before != nil {
		<-before
	}
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.last[c] == mine {
			delete(t.last, c)
		}
		close(mine)
	}
}

// Handle runs one update in one transaction: skip it if it was seen, look up the facts,
// decide, apply. When it returns nil everything is durable and the update may be
// acknowledged; a second delivery then changes nothing.
func (in *Inbox) Handle(ctx context.Context, u Update) error {
	if _, moved := u.Event.(flows.Moved); u.Group && !moved {
		return nil // nothing said in a group is taken in or kept (domain.md 11)
	}
	defer in.order.enter(u.Contact)()
	began := time.Now()
	var owed []storage.Message
	var seen bool
	err := in.Store.Update(ctx, func(tx storage.Tx) (err error) {
		owed = nil
		now := in.Clock.Now()
		if seen, err = markSeen(tx, now, u); seen || err != nil {
			return err
		}
		if _, aside := u.Event.(flows.Addressed); !aside { // in a group she need not be one of the bot's users
			if err := in.Outbox.seat(tx, now, u.Contact); err != nil {
				return err
			}
		}
		t, err := in.step(tx, now, u)
		if err == nil {
			owed = t.owed
		}
		return err
	})
	in.metrics.took(u, seen, began, err)
	if err != nil {
		return fmt.Errorf("inbox: %w", err)
	}
	in.Outbox.Add(owed)
	return nil
}

// markSeen notes an update's id under the span of days; one noted in this span or the one
// before is seen.
func markSeen(tx storage.Tx, now time.Time, u Update) (seen bool, err error) {
	name := "/" + u.Contact.Channel() + "/" + u.ID
	this := seenSpan(now)
	for _, span := range []string{this, seenSpan(now.AddDate(0, 0, -seenDays))} {
		raw, err := tx.Get(storage.Seen.Bucket, span+name)
		if raw != nil || err != nil {
			return raw != nil, err
		}
	}
	return false, tx.Put(storage.Seen.Bucket, this+name, []byte("1"))
}

// seenSpan is the first day of the span of seenDays days that an instant lies in.
func seenSpan(t time.Time) string {
	day := t.Unix() / (24 * 60 * 60)
	return time.Unix((day-day%seenDays)*24*60*60, 0).UTC().Format("20060102")
}

// step looks the facts up, decides and applies.
func (in *Inbox) step(tx storage.Tx, now time.Time, u Update) (*turn, error) {
	t := &turn{tx: tx, now: now, settings: in.Settings, stamp: in.Outbox.stamps.next(now), from: u.Contact, cause: cause(u.Contact, u.ID)}
	b := &book{tx: tx, recall: &in.Outbox.recall}
	f := flows.Facts{Now: now, SentAt: u.SentAt, Contact: u.Contact, Settings: in.Settings, Book: b, Shows: in.Outbox.Files.shows,
		Message: func(n int) org.MessageID { return messageID(t.stamp, t.cause, n) }}
	if f.SentAt.IsZero() {
		f.SentAt = now
	}
	if ch := in.Outbox.channels[u.Contact.Channel()]; ch != nil {
		f.Typed = !abilities(ch, u.Contact).Buttons
	}
	key := string(u.Contact)
	if c, ok := shared(b, storage.Contacts, string(u.Contact)); ok && c.Person != "" {
		if p, ok := b.Person(c.Person); ok {
			f.Me, key = &p, string(p.ID)
		}
	}
	talk, _, err := storage.Talks.Get(tx, key)
	if err != nil {
		return nil, err
	}
	after, effects := in.decide(f, talk, u)
	if b.err != nil {
		return nil, b.err
	}
	t.rows = b.rows
	if err := t.apply(effects); err != nil {
		return nil, err
	}
	if t.erased != "" { // her talk went with her
		return t, nil
	}
	if t.linked != "" && t.linked != org.PersonID(key) { // the talk now belongs to the person
		if err := storage.Talks.Delete(tx, key); err != nil {
			return nil, err
		}
		key, talk = string(t.linked), flows.Talk{}
	}
	if reflect.DeepEqual(talk, after) { // most turns change the draft alone
		return t, nil
	}
	return t, storage.Talks.Put(tx, key, after)
}

// decide runs the step. A step that panics is a defect of ours: it is reported, what she
// said is not lost sight of silently, and the next message finds everything as it was.
func (in *Inbox) decide(f flows.Facts, talk flows.Talk, u Update) (after flows.Talk, effects []flows.Effect) {
	defer func() {
		if r := recover(); r != nil {
			in.Log.Error("step panicked", "update", u.ID, "channel", u.Contact.Channel(), "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			after = talk
			effects = []flows.Effect{flows.Reply{Prompt: flows.Prompt{Text: "Em xin lỗi, em vấp một chút nên chưa ghi được tin vừa rồi. Chị nhắn lại giúp em ạ."}}}
		}
	}()
	return flows.Step(f, talk, u.Event)
}

// cause names an update in few letters, for the ids of the messages it brings about.
func cause(parts ...any) string {
	h := fnv.New64a()
	fmt.Fprint(h, parts...)
	return strconv.FormatUint(h.Sum64(), 36)
}
