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
	// Files makes those that messages carry.
	Files  Files
	recall recall

	mu      sync.Mutex
	queues  map[org.ContactID]*queue
	owed    int                         // messages in queues
	lines   map[string]*line            // what waits on each channel, and its rates
	until   map[org.ContactID]time.Time // contacts whose first message waits for a time
	soonest time.Time                   // the first of them, or earlier; zero: none
	used    map[string]org.Usage        // of metered channels, this month
	works   map[string]time.Time        // when a message last got through on a channel
	calls   map[*delivery]time.Time     // calls to a network under way, on the machine's clock
	busy    int                         // senders at work
	start   func()                      // starts a sender; nil while none may run
	wake    chan struct{}               // the times to wait for have changed

	metrics *Metrics // nil: nothing is measured
	// Counts since the start, for metrics and tests.
	Delivered, Retried, Refused, Parked, Doubtful, Repeated, Throttled atomic.Int64
}

// queue is what is owed to one contact, in order of lane, then of time.
type queue struct {
	items  []item
	queued bool // lined up, in until, or being sent
	waits  bool // lined up, in lane
	lane   storage.Lane
	held   bool      // in until though its first item was not tried
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
	o := &Outbox{store: store, clock: clock, settings: settings, log: log, Files: Files{Store: store, Clock: clock, photos: map[string]PhotoSource{}}, channels: map[string]Channel{},
		queues: map[org.ContactID]*queue{}, until: map[org.ContactID]time.Time{}, lines: map[string]*line{}, calls: map[*delivery]time.Time{},
		used: map[string]org.Usage{}, works: map[string]time.Time{}, wake: make(chan struct{}, 1)}
	for _, c := range channels {
		o.channels[c.Name()], o.lines[c.Name()] = c, newLine(c)
		if p, ok := c.(PhotoSource); ok {
			o.Files.photos[c.Name()] = p
		}
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
		// Only the first to each contact can have been on its way when the program ended, and
		// of those that are marked as they go only one that is marked.
		old := o.queues[m.To] == nil && (!marked(&m) || m.Begun)
		o.add(item{id: m.ID, lane: m.Lane, old: old}, m.To)
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
	if q.queued && !q.held && !q.waits { // the first may be under way, or have been
		first = 1
	}
	at := len(q.items)
	for at > first && q.items[at-1].lane > it.lane {
		at--
	}
	q.items = slices.Insert(q.items, at, it)
	o.owed++
	if at == 0 && (q.held || q.waits && q.lane != it.lane) { // what waits does not hold up what need not
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
	q := o.queues[to]
	q.lane, q.waits = q.items[0].lane, true
	l := o.line(to)
	l.ready[q.lane] = append(l.ready[q.lane], to)
}

// line is that of a contact's channel. The caller holds mu.
func (o *Outbox) line(to org.ContactID) *line {
	name := to.Channel()
	if o.lines[name] == nil { // a channel that is no longer configured
		o.lines[name] = newLine(nil)
	}
	return o.lines[name]
}

// putOff has a contact wait for a time. The caller holds mu.
func (o *Outbox) putOff(to org.ContactID, at time.Time, held bool) {
	o.queues[to].held = held
	o.until[to] = at
	if o.soonest.IsZero() || at.Before(o.soonest) {
		o.soonest = at
	}
}

// awake lines up those whose time has come. The caller holds mu.
func (o *Outbox) awake(now time.Time) {
	if o.soonest.IsZero() || now.Before(o.soonest) {
		return
	}
	o.soonest = time.Time{}
	for to, at := range o.until {
		if !now.Before(at) {
			delete(o.until, to)
			o.turn(to)
		} else if o.soonest.IsZero() || at.Before(o.soonest) {
			o.soonest = at
		}
	}
}

// next takes the contact whose turn it is: of the lane that goes first, the one owed longest
// on any channel that may send. alone says that it is to be sent by itself, for the sake of
// its channel's rate; once some others are taken, none such is. The caller holds mu.
func (o *Outbox) next(now time.Time, some bool) (to org.ContactID, ok, alone bool) {
	o.awake(now)
	for lane := range storage.LaneBulk + 1 {
		var from *line
		for _, l := range o.lines {
			if lane == storage.LaneBulk && l.bulk != nil && some || !o.head(l, lane, now) {
				continue
			}
			if from == nil || o.queues[l.ready[lane][0]].items[0].id < o.queues[from.ready[lane][0]].items[0].id {
				from = l
			}
		}
		if from != nil {
			to, from.ready[lane] = from.ready[lane][0], from.ready[lane][1:]
			o.queues[to].waits = false
			from.spend(lane, now)
			return to, true, lane == storage.LaneBulk && from.bulk != nil
		}
	}
	return "", false, false
}

// head brings the first that may be sent to the front of a lane; false when there is none.
// The caller holds mu.
func (o *Outbox) head(l *line, lane storage.Lane, now time.Time) bool {
	for len(l.ready[lane]) > 0 && !now.Before(l.allows(lane, now)) {
		to := l.ready[lane][0]
		if q := o.queues[to]; q != nil && q.waits && q.lane == lane { // else it was served in another lane
			at := now
			if chat := l.chat(to, now); chat != nil {
				at = tokenAt(chat, now)
			}
			if !at.After(now) {
				return true
			}
			q.waits = false
			o.putOff(to, at, true)
			o.nudge()
		}
		l.ready[lane] = l.ready[lane][1:]
	}
	return false
}

// wait is when the next waiting message comes due; far away when there is none. What may go
// now is the senders' business.
func (o *Outbox) wait(now time.Time) time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	at := now.Add(time.Hour)
	for _, t := range o.times(now) {
		if t.After(now) {
			at = earlier(at, t)
		}
	}
	return at
}

// due reports whether something may be sent now. The caller holds mu.
func (o *Outbox) due(now time.Time) bool {
	return slices.ContainsFunc(o.times(now), func(t time.Time) bool { return !t.After(now) })
}

// times are when what waits may be sent, now or later. The caller holds mu.
func (o *Outbox) times(now time.Time) (list []time.Time) {
	if !o.soonest.IsZero() {
		list = append(list, o.soonest)
	}
	for _, l := range o.lines {
		for lane := range storage.LaneBulk + 1 {
			if len(l.ready[lane]) > 0 {
				list = append(list, l.allows(lane, now))
			}
		}
	}
	return list
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
