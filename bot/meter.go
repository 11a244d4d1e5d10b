package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// A network may take only so many messages a month from a bot. What is sent is counted in
// the transaction that settles it. As the month's quota runs out, lanes stop one after
// another: first what can wait, while those who write are answered until the network itself
// takes no more. What is stopped waits in the store; nothing is dropped for want of quota.

// holdFor is how long a message that may not go now waits before it is looked at again: a
// month ends, a plan is raised.
const holdFor = time.Hour

// doubtfulTries is how often a message is sent, on a metered channel, that each time may
// have arrived: each may have cost one of the quota, and she saw it twice.
const doubtfulTries = 2

// A refusal that may be the contact's or the network's is taken for the contact's when it
// stood through lostTries attempts and lostAfter, while others on the channel were reached.
const (
	lostTries = 3
	lostAfter = time.Hour
)

// staleReminder is how old a reminder may grow while it waits: the next one says it better.
const staleReminder = 24 * time.Hour

// held reports whether a message may not go now. The caller holds no lock.
func (o *Outbox) held(a Abilities, d *delivery) bool {
	if a.Quota <= 0 || d.lane == storage.LaneReply {
		return false
	}
	now := o.clock.Now()
	o.mu.Lock()
	u := o.used[d.to.Channel()]
	o.mu.Unlock()
	if u.Month != org.MonthOf(now) {
		return false
	}
	upTo := org.QuotaTellTo
	if d.lane == storage.LaneBulk {
		upTo = org.QuotaBulkTo
	}
	return u.Percent() >= upTo
}

// errHeld is why a message is still owed whose lane is stopped.
var errHeld = &LaterError{After: holdFor, Quota: true, Err: errors.New("the month's quota is kept for replies and alarms")}

// errNoChannel is why a message is still owed whose bot is not among those configured.
var errNoChannel = &LaterError{After: holdFor, Err: errors.New("its channel is not configured")}

// tally counts, in a transaction, what a round used of the channels' quotas.
func (o *Outbox) tally(tx storage.Tx, list []*delivery) (map[string]org.Usage, error) {
	var after map[string]org.Usage
	for name, ch := range o.channels {
		a := ch.Abilities()
		if a.Quota <= 0 {
			continue
		}
		sent, refused := 0, 0
		for _, d := range list {
			if d.to.Channel() == name {
				sent += d.cost
				refused += d.refused
			}
		}
		if sent+refused == 0 {
			continue
		}
		u, err := storage.CountUsage(tx, name, o.clock.Now(), a.Quota, a.Seats, sent, refused)
		if err != nil {
			return nil, err
		}
		if after == nil {
			after = map[string]org.Usage{}
		}
		after[name] = u
	}
	return after, nil
}

// metered takes over what a committed tally counted.
func (o *Outbox) metered(after map[string]org.Usage) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for name, u := range after {
		o.used[name] = u
	}
}

// Used takes over what a bot is known to have used.
func (o *Outbox) Used(u org.Usage) { o.metered(map[string]org.Usage{u.Bot: u}) }

// loadUsage reads what the channels have used this month.
func (o *Outbox) loadUsage(tx storage.Tx) (map[string]org.Usage, error) {
	used := map[string]org.Usage{}
	for name, ch := range o.channels {
		if ch.Abilities().Quota <= 0 {
			continue
		}
		u, err := storage.UsageOf(tx, name, org.MonthOf(o.clock.Now()))
		if err != nil {
			return nil, err
		}
		u.Quota, u.Seats = ch.Abilities().Quota, ch.Abilities().Seats
		used[name] = u
	}
	return used, nil
}

// seat notes that somebody wrote to a bot that serves only so many people.
func (o *Outbox) seat(tx storage.Tx, now time.Time, c org.ContactID) error {
	ch := o.channels[c.Channel()]
	if ch == nil || ch.Abilities().Seats <= 0 {
		return nil
	}
	_, err := storage.TakeSeat(tx, c, now)
	return err
}

// watchLimits tells the chairs and the operator of a bot whose month's quota or seats run
// out, each level once. Whoever depends on it hears of it before it bites.
func (s *Scheduler) watchLimits(ctx context.Context) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(s.Outbox.channels)) {
		if a := s.Outbox.channels[name].Abilities(); a.Quota > 0 || a.Seats > 0 {
			errs = append(errs, s.watch(ctx, name, a))
		}
	}
	return errors.Join(errs...)
}

func (s *Scheduler) watch(ctx context.Context, name string, a Abilities) error {
	month := org.MonthOf(s.Clock.Now())
	var u org.Usage
	var communes []org.CommuneID
	var due []string // levels that nobody was told of yet
	err := s.Store.View(ctx, func(tx storage.Tx) (err error) {
		due, communes = nil, nil
		if u, err = storage.UsageOf(tx, name, month); err != nil {
			return err
		}
		u.Quota, u.Seats = a.Quota, a.Seats
		for _, level := range levels(u) {
			_, told, err := storage.Ran.Get(tx, "told/"+name+"/"+level)
			if err != nil {
				return err
			}
			if !told {
				due = append(due, level)
			}
		}
		if len(due) > 0 {
			communes, err = storage.CommunesOf(tx, name)
		}
		return err
	})
	for _, level := range due {
		if err != nil {
			return err
		}
		s.Log.Warn("a bot nears its network's limits", "channel", name, "level", level, "sent", u.Sent, "quota", u.Quota,
			"refused", u.Refused, "users", u.Users, "seats", u.Seats)
		if strings.HasPrefix(level, logOnly) {
			communes = nil
		}
		for _, c := range communes {
			err = errors.Join(err, s.RunJob(ctx, "limits/"+name+"/"+level+"/"+string(c), flows.Job{Kind: flows.JobLimits, Commune: c, Month: month, Usage: u, Level: level}))
		}
		err = errors.Join(err, s.Store.Update(ctx, func(tx storage.Tx) error {
			return storage.Ran.Put(tx, "told/"+name+"/"+level, s.Clock.Now())
		}))
	}
	return err
}

// logOnly begins the levels that only the operator hears of.
const logOnly = "users/"

// levels are what there is to tell of a bot's use, each by a name that is told once: of
// quota the highest reached this month; of seats each of the last ones to the operator, and
// that they run out, and have run out, to the chairs.
func levels(u org.Usage) (list []string) {
	for _, percent := range []int{100, org.QuotaBulkTo, org.QuotaWarnAt} {
		if u.Quota > 0 && u.Percent() >= percent {
			list = append(list, fmt.Sprintf("quota/%s/%d", u.Month, percent))
			break
		}
	}
	switch {
	case u.Seats <= 0 || u.Users < u.Seats-org.SeatsWarnLeft:
		return list
	case u.Users < u.Seats:
		return append(list, logOnly+strconv.Itoa(u.Users), "seats/near")
	}
	return append(list, "seats/full")
}
