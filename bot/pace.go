package bot

import (
	"time"

	"golang.org/x/time/rate"

	"chihoi/flows/org"
	"chihoi/storage"
)

// Pace is how fast a network takes messages of one bot; zero values are no limit.
type Pace struct {
	Bulk float64 // messages a second that nobody waits for, over all chats
	// Chat and Group are messages a second to one chat; Burst is how many go at once after a rest.
	Chat, Group           float64
	ChatBurst, GroupBurst int
}

// Paced is a channel whose network limits how fast messages come.
type Paced interface {
	// Pace are the limits; IsGroup tells whose of the two a chat has.
	Pace() Pace
	IsGroup(chat string) bool
}

const (
	bulkBurst = 5 // bulk messages at once after a rest
	// After a network said that it was too much, the rate of bulk is halved, but not below
	// slowest of what it is meant to be, and grows by a tenth every recoverAfter.
	slowest      = 1.0 / 16
	recoverAfter = 30 * time.Second
)

// line is what waits on one channel, and its rates. Limits of single chats are kept only
// while they have something owed or have just been written to.
type line struct {
	ready   [3][]org.ContactID // contacts with something to send, by lane; may hold some that moved
	paused  time.Time          // until when the network is not called
	pace    Pace
	isGroup func(chat string) bool
	bulk    *rate.Limiter // nil: no limit
	changed time.Time     // when its rate was last set
	chats   map[org.ContactID]*rate.Limiter
	prune   int // at how many chats those at rest are forgotten
}

func newLine(ch Channel) *line {
	l := &line{chats: map[org.ContactID]*rate.Limiter{}, isGroup: func(string) bool { return false }}
	if p, ok := ch.(Paced); ok {
		l.pace, l.isGroup = p.Pace(), p.IsGroup
	}
	if l.pace.Bulk > 0 {
		l.bulk = rate.NewLimiter(rate.Limit(l.pace.Bulk), bulkBurst)
	}
	return l
}

// bulkRate is how many messages a second a wave goes out at, 0 when nothing limits it.
func (o *Outbox) bulkRate() (perSecond float64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, l := range o.lines {
		if l.bulk != nil {
			perSecond = max(perSecond, float64(l.bulk.Limit()))
		}
	}
	return perSecond
}

// allows is when a message of a lane may go, as far as the bot's rate is concerned.
func (l *line) allows(lane storage.Lane, now time.Time) time.Time {
	if now.Before(l.paused) {
		return l.paused
	}
	if lane != storage.LaneBulk || l.bulk == nil {
		return now
	}
	return tokenAt(l.bulk, now)
}

// tokenAt is when a limiter next has a token.
func tokenAt(l *rate.Limiter, now time.Time) time.Time {
	if missing := 1 - l.TokensAt(now); missing > 1e-9 {
		return now.Add(time.Duration(missing/float64(l.Limit())*float64(time.Second)).Truncate(time.Millisecond) + time.Millisecond)
	}
	return now
}

// chat is the limiter of a chat, nil if it has none.
func (l *line) chat(to org.ContactID, now time.Time) *rate.Limiter {
	per, burst := l.pace.Chat, l.pace.ChatBurst
	if l.isGroup(to.Chat()) {
		per, burst = l.pace.Group, l.pace.GroupBurst
	}
	if per <= 0 {
		return nil
	}
	c := l.chats[to]
	if c == nil {
		l.forget(now)
		c = rate.NewLimiter(rate.Limit(per), burst)
		l.chats[to] = c
	}
	return c
}

// forget drops the chats that have all their tokens again.
func (l *line) forget(now time.Time) {
	if len(l.chats) < l.prune {
		return
	}
	for to, c := range l.chats {
		if c.TokensAt(now) >= float64(c.Burst()) {
			delete(l.chats, to)
		}
	}
	l.prune = 2*len(l.chats) + 256
}

// spend takes the bot's token of a message that now goes; its chat's goes with the call.
func (l *line) spend(lane storage.Lane, now time.Time) {
	if lane != storage.LaneBulk || l.bulk == nil {
		return
	}
	l.bulk.AllowN(now, 1)
	if full := rate.Limit(l.pace.Bulk); l.bulk.Limit() < full && now.Sub(l.changed) >= recoverAfter {
		l.bulk.SetLimitAt(now, min(full, l.bulk.Limit()*1.1))
		l.changed = now
	}
}

// tooMuch stops a channel for a while, as its network asks, and makes it slower afterwards.
func (l *line) tooMuch(now time.Time, after time.Duration) {
	l.paused = latest(l.paused, now.Add(after))
	if l.bulk != nil && now.Sub(l.changed) >= time.Second { // several calls may have been under way
		l.bulk.SetLimitAt(now, max(rate.Limit(l.pace.Bulk*slowest), l.bulk.Limit()/2))
		l.changed = now
	}
}
