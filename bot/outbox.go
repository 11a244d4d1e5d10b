package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
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
// A message is deleted from the store after it was delivered. A crash between the two
// repeats it: per contact that is one message at most, since the next one waits.
type Outbox struct {
	store    storage.Store
	channels map[string]Channel
	clock    Clock
	settings *flows.Settings
	log      *slog.Logger
	stamps   stamps

	mu     sync.Mutex
	queues map[org.ContactID]*queue
	ready  [3][]org.ContactID      // contacts with something to send, by lane
	until  map[org.ContactID]retry // contacts whose first message waits for a time
	paused map[string]time.Time    // channels told to wait
	busy   int                     // senders at work
	behind time.Time               // since when, on the machine's clock, there was always something ready
	wake   chan struct{}

	// Counts since the start, for metrics and tests.
	Delivered, Retried, Refused, Doubtful, Repeated atomic.Int64
}

// queue is what is owed to one contact, in order of lane, then of time.
type queue struct {
	items  []item
	queued bool // in ready, in until, or being sent
	tries  int  // failed attempts at the first item
}

type item struct {
	id   org.MessageID
	lane storage.Lane
	m    *storage.Message // nil: read it when its turn comes
	old  bool             // owed from before the start: perhaps a repeat
}

type retry struct{ at time.Time }

const (
	maxSenders = 32
	// helpAfter is the wait after which another sender starts. While one keeps up, at
	// most one message is under way at a time.
	helpAfter  = 250 * time.Millisecond
	maxBackoff = 5 * time.Minute
	// keepBodies is with how many contacts waiting messages are still kept whole in memory;
	// beyond, as in an outage, they are read back when their turn comes.
	keepBodies = 500
	// keepTrying is how old a message may grow while the network is down; then it is given
	// up and reported, so that it does not hold back newer ones for ever.
	keepTrying = 3 * 24 * time.Hour
)

// NewOutbox makes an outbox for channels; Load then fills it from the store.
func NewOutbox(store storage.Store, clock Clock, settings *flows.Settings, log *slog.Logger, channels ...Channel) *Outbox {
	o := &Outbox{store: store, clock: clock, settings: settings, log: log, channels: map[string]Channel{},
		queues: map[org.ContactID]*queue{}, until: map[org.ContactID]retry{}, paused: map[string]time.Time{}, wake: make(chan struct{}, 1)}
	for _, c := range channels {
		o.channels[c.Name()] = c
	}
	return o
}

// Load takes up what a former run left owed. Its cost is that of the messages owed.
func (o *Outbox) Load(ctx context.Context) error {
	var owed []storage.Message
	err := o.store.View(ctx, func(tx storage.Tx) (err error) {
		owed, err = storage.Outbox.All(tx, "")
		return err
	})
	if err != nil {
		return fmt.Errorf("outbox: %w", err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, m := range owed {
		o.stamps.after(m.ID)
		o.add(item{id: m.ID, lane: m.Lane, old: true}, m.To)
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
	o.nudge()
}

func (o *Outbox) nudge() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// add puts an item behind those of its lane and the lanes before it. The caller holds mu.
func (o *Outbox) add(it item, to org.ContactID) {
	q := o.queues[to]
	if q == nil {
		q = &queue{}
		o.queues[to] = q
	}
	first := 0
	if q.queued && len(q.items) > 0 { // the first may be under way
		first = 1
	}
	at := len(q.items)
	for at > first && q.items[at-1].lane > it.lane {
		at--
	}
	q.items = slices.Insert(q.items, at, it)
	if !q.queued {
		q.queued = true
		o.turn(to)
	}
}

// turn lines a contact up to be served. The caller holds mu.
func (o *Outbox) turn(to org.ContactID) {
	if o.waiting() == 0 {
		o.behind = time.Now()
	}
	lane := o.queues[to].items[0].lane
	o.ready[lane] = append(o.ready[lane], to)
}

// retryDue reports whether a message that failed may be tried again. The caller holds mu.
func (o *Outbox) retryDue(now time.Time) bool {
	for _, r := range o.until {
		if !now.Before(r.at) {
			return true
		}
	}
	return false
}

func (o *Outbox) waiting() int { return len(o.ready[0]) + len(o.ready[1]) + len(o.ready[2]) }

// next takes the contact whose turn it is. The caller holds mu.
func (o *Outbox) next(now time.Time) (org.ContactID, bool) {
	for to, r := range o.until {
		if !now.Before(r.at) {
			delete(o.until, to)
			o.turn(to)
		}
	}
	for lane := range o.ready {
		for i, to := range o.ready[lane] {
			if now.Before(o.paused[to.Channel()]) {
				continue
			}
			o.ready[lane] = slices.Delete(o.ready[lane], i, i+1)
			return to, true
		}
	}
	return "", false
}

// wait is when the next waiting message comes due; far away when there is none.
func (o *Outbox) wait(now time.Time) time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	at := now.Add(time.Hour)
	for _, r := range o.until {
		at = earlier(at, r.at)
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

// Depth is how many messages are owed.
func (o *Outbox) Depth() (n int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, q := range o.queues {
		n += len(q.items)
	}
	return n
}

// Run sends until ctx ends, and returns when no send is under way.
func (o *Outbox) Run(ctx context.Context) {
	var senders sync.WaitGroup
	defer senders.Wait()
	for ctx.Err() == nil {
		now := o.clock.Now()
		o.mu.Lock()
		due := o.waiting() > 0 || o.retryDue(now)
		if due && (o.busy == 0 || o.busy < maxSenders && time.Since(o.behind) > helpAfter) {
			o.busy++
			senders.Go(func() { o.sender(ctx) })
		}
		o.mu.Unlock()
		until := o.wait(now)
		if due { // the senders at work take what is due; look whether they need help
			until = now.Add(helpAfter)
		}
		o.rest(ctx, until)
	}
}

// rest waits for the time, a nudge or the end.
func (o *Outbox) rest(ctx context.Context, until time.Time) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := context.AfterFunc(ctx, o.nudge)
	defer stop()
	go func() {
		o.clock.WaitUntil(ctx, until)
		cancel()
	}()
	<-o.wake
}

// sender sends while there is something to send.
func (o *Outbox) sender(ctx context.Context) {
	for {
		o.mu.Lock()
		to, ok := o.next(o.clock.Now())
		if !ok || ctx.Err() != nil {
			o.busy--
			if ok {
				o.turn(to)
			}
			o.mu.Unlock()
			return
		}
		o.mu.Unlock()
		o.serve(ctx, to)
	}
}

// Drain sends what can be sent at the clock's present time, one after the other, and returns.
func (o *Outbox) Drain(ctx context.Context) {
	for {
		o.mu.Lock()
		to, ok := o.next(o.clock.Now())
		o.mu.Unlock()
		if !ok {
			return
		}
		o.serve(ctx, to)
	}
}

// serve sends the first message owed to a contact and settles it.
func (o *Outbox) serve(ctx context.Context, to org.ContactID) {
	o.mu.Lock()
	it := o.queues[to].items[0]
	o.mu.Unlock()
	err := o.deliver(ctx, to, it)
	o.mu.Lock()
	defer o.mu.Unlock()
	q := o.queues[to]
	if err == nil {
		q.items, q.tries = q.items[1:], 0
		if len(q.items) == 0 {
			delete(o.queues, to)
			return
		}
		o.turn(to)
		return
	}
	q.tries++
	now := o.clock.Now()
	after := backoff(q.tries)
	var later *LaterError
	if errors.As(err, &later) {
		after = later.After
		if later.All {
			o.paused[to.Channel()] = now.Add(after)
		}
	}
	o.until[to] = retry{now.Add(after)}
	o.Retried.Add(1)
	o.log.Warn("send failed, will retry", "channel", to.Channel(), "try", q.tries, "after", after.Round(time.Millisecond).String(), "err", err)
}

// backoff is 1 s, 2 s, 4 s … up to maxBackoff, each with up to a fifth more.
func backoff(tries int) time.Duration {
	d := min(time.Second<<min(tries-1, 10), maxBackoff)
	return d + rand.N(d/5)
}
