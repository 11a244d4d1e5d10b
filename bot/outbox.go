package bot

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// Outbox delivers what the store says is owed. Messages to one contact go out one after
// the other, in order; a failing one holds back those behind it, so that an old message
// never arrives after a newer one. It keeps in memory only what is owed.
//
// A message is deleted from the store after it was delivered; a crash between the two
// repeats it. As long as the network is quick and few wait, one message at a time is
// between the two: senders.go says when it is more.
type Outbox struct {
	store    storage.Store
	channels map[string]Channel
	clock    Clock
	settings *flows.Settings
	log      *slog.Logger
	stamps   stamps

	mu     sync.Mutex
	queues map[org.ContactID]*queue
	owed   int                         // messages in queues
	ready  [3][]org.ContactID          // contacts with something to send, by lane
	until  map[org.ContactID]time.Time // contacts whose first message waits for a time
	paused map[string]time.Time        // channels told to wait
	used   map[string]org.Usage        // of metered channels, this month
	works  map[string]time.Time        // when a message last got through on a channel
	calls  map[*delivery]time.Time     // calls to a network under way, on the machine's clock
	busy   int                         // senders at work
	start  func()                      // starts a sender; nil while none may run
	wake   chan struct{}               // the times to wait for have changed

	// Counts since the start, for metrics and tests.
	Delivered, Retried, Refused, Doubtful, Repeated atomic.Int64
}

// queue is what is owed to one contact, in order of lane, then of time.
type queue struct {
	items  []item
	queued bool      // in ready, in until, or being sent
	held   bool      // in until because the lane of the first item is stopped
	tries  int       // failed attempts at the first item
	doubts int       // of those, how many may have arrived
	since  time.Time // of the first of them
}

type item struct {
	id   org.MessageID
	lane storage.Lane
	m    *storage.Message // nil: read it when its turn comes
	old  bool             // owed from before the start: perhaps a repeat
}

const (
	maxBackoff = 5 * time.Minute
	// keepBodies is with how many contacts waiting messages are still kept whole in memory;
	// beyond, as in an outage, they are read back when their turn comes.
	keepBodies = 1000
	// keepTrying is how old a message may grow while the network is down; then it is given
	// up and reported, so that it does not hold back newer ones for ever.
	keepTrying = 3 * 24 * time.Hour
)

// NewOutbox makes an outbox for channels; Load then fills it from the store.
func NewOutbox(store storage.Store, clock Clock, settings *flows.Settings, log *slog.Logger, channels ...Channel) *Outbox {
	o := &Outbox{store: store, clock: clock, settings: settings, log: log, channels: map[string]Channel{},
		queues: map[org.ContactID]*queue{}, until: map[org.ContactID]time.Time{}, paused: map[string]time.Time{}, calls: map[*delivery]time.Time{},
		used: map[string]org.Usage{}, works: map[string]time.Time{}, wake: make(chan struct{}, 1)}
	for _, c := range channels {
		o.channels[c.Name()] = c
	}
	return o
}

// Load takes up what a former run left owed. Its cost is that of the messages owed.
func (o *Outbox) Load(ctx context.Context) error {
	var owed []storage.Message
	var used map[string]org.Usage
	err := o.store.View(ctx, func(tx storage.Tx) (err error) {
		if used, err = o.loadUsage(tx); err == nil {
			owed, err = storage.Outbox.All(tx, "")
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	o.metered(used)
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, m := range owed {
		o.stamps.after(m.ID)
		// Only the first to each contact can have been on its way when the program ended.
		first := o.queues[m.To] == nil
		o.add(item{id: m.ID, lane: m.Lane, old: first}, m.To)
	}
	return nil
}

// Add takes messages that a committed transaction wrote.
func (o *Outbox) Add(owed []storage.Message) {
	if len(owed) == 0 {
		return
	}
	o.mu.Lock()
	for i := range owed {
		it := item{id: owed[i].ID, lane: owed[i].Lane}
		if it.lane == storage.LaneReply && len(o.queues) < keepBodies {
			m := owed[i] // a copy of its own, so that it goes when it is sent
			it.m = &m
		}
		o.add(it, owed[i].To)
	}
	o.mu.Unlock()
	o.help()
}

// add puts an item behind those of its lane and the lanes before it. The caller holds mu.
func (o *Outbox) add(it item, to org.ContactID) {
	q := o.queues[to]
	if q == nil {
		q = &queue{}
		o.queues[to] = q
	}
	first := 0
	if q.queued && len(q.items) > 0 && !q.held { // the first may be under way
		first = 1
	}
	at := len(q.items)
	for at > first && q.items[at-1].lane > it.lane {
		at--
	}
	q.items = slices.Insert(q.items, at, it)
	o.owed++
	if q.held && at == 0 { // what is stopped does not stop what is not
		delete(o.until, to)
		q.held, q.queued = false, false
	}
	if !q.queued {
		q.queued = true
		o.turn(to)
	}
}

// turn lines a contact up to be served. The caller holds mu.
func (o *Outbox) turn(to org.ContactID) {
	lane := o.queues[to].items[0].lane
	o.ready[lane] = append(o.ready[lane], to)
}

// next takes the contact whose turn it is. The caller holds mu.
func (o *Outbox) next(now time.Time) (org.ContactID, bool) {
	for to, at := range o.until {
		if !now.Before(at) {
			delete(o.until, to)
			o.turn(to)
		}
	}
	for lane, list := range o.ready {
		for i, to := range list {
			if now.Before(o.paused[to.Channel()]) {
				continue
			}
			if i == 0 {
				o.ready[lane] = list[1:] // no moving of a long line
			} else {
				o.ready[lane] = slices.Delete(list, i, i+1)
			}
			return to, true
		}
	}
	return "", false
}

// due reports whether next would find a contact. The caller holds mu.
func (o *Outbox) due(now time.Time) bool {
	for _, list := range o.ready {
		for _, to := range list {
			if !now.Before(o.paused[to.Channel()]) {
				return true
			}
		}
	}
	for to, at := range o.until {
		if !now.Before(at) && !now.Before(o.paused[to.Channel()]) {
			return true
		}
	}
	return false
}

// wait is when the next waiting message comes due; far away when there is none.
func (o *Outbox) wait(now time.Time) time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	at := now.Add(time.Hour)
	for _, t := range o.until {
		at = earlier(at, t)
	}
	for _, t := range o.paused {
		if t.After(now) {
			at = earlier(at, t)
		}
	}
	return at
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Depth is how many messages are owed.
func (o *Outbox) Depth() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.owed
}
