package bot

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"chihoi/flows/org"
)

// What is delivered but not yet settled is what a crash repeats, so as little as may be is
// under way. One sender serves one contact at a time, as long as that is enough:
//
//   - while a call to the network takes longer than pace, another sender may begin one: a
//     network that answers in 200 ms is called at most every 40 ms, 25 times a second;
//   - when more than crowd messages are owed, a sender serves several contacts before it
//     settles them together, a share of those owed.
const (
	pace       = 40 * time.Millisecond
	maxSenders = 32
	crowd      = 320
	share      = 64 // of those owed, one in so many in a round
	maxRound   = 256
	// roundTime is after which a sender settles what it has sent, rather than sending more;
	// so it does after a failure.
	roundTime = 20 * time.Millisecond
	// lastCalls is how long calls under way may still take when the program is stopped.
	lastCalls = 4 * time.Second
)

// Run sends until ctx ends, and returns when no send is under way. What is under way then
// may take lastCalls more, since a call that is broken off may have arrived and would be
// repeated at the next start.
func (o *Outbox) Run(ctx context.Context) {
	calls, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(lastCalls, hangUp) })()
	var senders sync.WaitGroup
	o.mu.Lock()
	o.start = func() { senders.Go(func() { o.sender(ctx, calls) }) }
	o.mu.Unlock()
	for ctx.Err() == nil {
		o.help()
		o.rest(ctx, o.wait(o.clock.Now()))
	}
	o.mu.Lock()
	o.start = nil
	o.mu.Unlock()
	senders.Wait()
}

// rest waits for the time, for other times to wait for, or for the end.
func (o *Outbox) rest(ctx context.Context, until time.Time) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer cancel()
		o.clock.WaitUntil(ctx, until)
	}()
	select {
	case <-o.wake:
	case <-ctx.Done():
	}
}

// nudge has Run look at the times again.
func (o *Outbox) nudge() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// help starts a sender, if there is something to send and those at work are too few.
func (o *Outbox) help() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.start == nil || o.busy >= min(1+o.overdue(), maxSenders) || !o.due(o.clock.Now()) {
		return
	}
	o.busy++
	o.start()
}

// overdue is how many times pace the longest call under way has taken. The caller holds mu.
func (o *Outbox) overdue() int {
	var longest time.Duration
	for _, began := range o.calls {
		longest = max(longest, time.Since(began))
	}
	return int(longest / pace)
}

// sender sends while there is something to send, until ctx ends.
func (o *Outbox) sender(ctx, calls context.Context) {
	for ctx.Err() == nil && o.round(ctx, calls) {
	}
	o.mu.Lock()
	o.busy--
	o.mu.Unlock()
	o.help()  // something may have come just now
	o.nudge() // or there is a time to wait for
}

// Drain sends what can be sent at the clock's present time, and returns.
func (o *Outbox) Drain(ctx context.Context) {
	for o.round(ctx, ctx) {
	}
}

// round serves the contacts whose turn it is; false when there were none. When ctx ends it
// begins no more calls; calls ends those under way.
func (o *Outbox) round(ctx, calls context.Context) bool {
	list := o.take()
	if len(list) == 0 {
		return false
	}
	o.open(calls, list)
	begin := time.Now()
	for i, d := range list {
		if i > 0 && (ctx.Err() != nil || list[i-1].err != nil || time.Since(begin) > roundTime) {
			o.putBack(list[i:])
			list = list[:i]
			break
		}
		o.send(calls, d)
	}
	o.settle(calls, list)
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, d := range list {
		o.finish(d)
	}
	return true
}

// take begins a round.
func (o *Outbox) take() (list []*delivery) {
	o.mu.Lock()
	defer o.mu.Unlock()
	limit := 1
	if o.owed > crowd {
		limit = min(o.owed/share, maxRound)
	}
	for now, alone := o.clock.Now(), false; len(list) < limit && !alone; {
		var to org.ContactID
		var ok bool
		if to, ok, alone = o.next(now, len(list) > 0); !ok {
			break
		}
		q := o.queues[to]
		q.held = false
		d := &delivery{to: to, item: q.items[0], tries: q.tries, doubts: q.doubts, since: q.since}
		d.along = o.behind(d, q)
		list = append(list, d)
	}
	return list
}

// putBack lines up again those whose turn did not come.
func (o *Outbox) putBack(list []*delivery) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, d := range list {
		o.turn(d.to)
	}
}

// call notes a call to a network, and sees to help when it takes long.
func (o *Outbox) call(d *delivery) (done func()) {
	o.mu.Lock()
	o.calls[d] = time.Now()
	now := o.clock.Now()
	if chat := o.line(d.to).chat(d.to, now); chat != nil {
		chat.AllowN(now, 1)
	}
	o.mu.Unlock()
	slow := time.AfterFunc(pace, o.help)
	return func() {
		slow.Stop()
		o.mu.Lock()
		delete(o.calls, d)
		o.mu.Unlock()
	}
}

// finish says what comes next for the contact: its next message, the same one later, or
// nothing. The caller holds mu.
func (o *Outbox) finish(d *delivery) {
	q := o.queues[d.to]
	if d.err == nil {
		done := 1 + len(d.along)
		q.items, q.tries, q.doubts = q.items[done:], 0, 0
		o.owed -= done
		if len(q.items) == 0 {
			delete(o.queues, d.to)
			return
		}
		o.turn(d.to)
		return
	}
	now := o.clock.Now()
	if d.err == error(errHeld) {
		o.putOff(d.to, now.Add(holdFor), true)
		o.nudge()
		return
	}
	if q.tries++; q.tries == 1 {
		q.since = now
	}
	if errors.Is(d.err, ErrDoubtful) {
		q.doubts++
	}
	after := backoff(q.tries)
	var later *LaterError
	if errors.As(d.err, &later) {
		after = later.After
		if later.All {
			o.Throttled.Add(1)
			o.line(d.to).tooMuch(now, after)
		}
	}
	o.putOff(d.to, now.Add(after), false)
	o.nudge()
	o.Retried.Add(1)
	o.log.Warn("send failed, will retry", "channel", d.to.Channel(), "try", q.tries, "after", after.Round(time.Millisecond).String(), "err", d.err)
}

// backoff is 1 s, 2 s, 4 s … up to maxBackoff, each with up to a fifth more.
func backoff(tries int) time.Duration {
	d := min(time.Second<<min(tries-1, 10), maxBackoff)
	return d + rand.N(d/5)
}
