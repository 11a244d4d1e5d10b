package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// Scheduler does what the calendar says. It holds no timers: at each tick it compares
// the clock with what has run, which is a row, so that a slot runs once, late after an
// outage, and never twice.
type Scheduler struct {
	Store    storage.Store
	Clock    Clock
	Settings *flows.Settings
	Calendar *Calendar
	Outbox   *Outbox
	Log      *slog.Logger

	troubles troubles
}

// Tick runs what is due: slots of the calendar, then planned messages whose time has come.
// A failing job is reported and tried again at the next tick; it stops no other. While the
// clock can't be right nothing is due; who wants to be erased does not wait for it.
func (s *Scheduler) Tick(ctx context.Context) error {
	if err := s.safely(ctx, WrongClock, s.trustClock); err != nil {
		return errors.Join(err, s.safely(ctx, "erasing", s.erase))
	}
	var errs []error
	for _, cal := range s.Calendar.each() {
		for _, sl := range cal.slots {
			errs = append(errs, s.safely(ctx, sl.name, func(ctx context.Context) error { return s.slot(ctx, cal, sl) }))
		}
	}
	for _, part := range []struct {
		name string
		run  func(context.Context) error
	}{
		{"planned messages", s.promote},
		{"erasing", s.erase},
		{"limits of the networks", s.watchLimits},
		{"sweeping", s.sweep},
	} {
		errs = append(errs, s.safely(ctx, part.name, part.run))
	}
	return errors.Join(errs...)
}

func (s *Scheduler) erase(ctx context.Context) error {
	_, err := storage.EraseSome(ctx, s.Store, s.Clock.Now(), eraseAtOnce)
	return err
}

// slot runs a line of a calendar if its time has come since it last ran.
func (s *Scheduler) slot(ctx context.Context, cal *Calendar, sl slot) error {
	now := s.Clock.Now()
	named, at := cal.last(sl, now)
	if at.IsZero() {
		return nil
	}
	var before time.Time
	var known, back bool
	var communes []org.Commune
	err := s.Store.View(ctx, func(tx storage.Tx) (err error) {
		if before, known, err = storage.Ran.Get(tx, "slot/"+sl.name); err != nil {
			return err
		}
		// It ran at a time that is still to come: the clock was wrong then, or is now. What is
		// between is looked at anew; what was done for a commune is not done again.
		back = known && before.After(now)
		if known && !back && !named.After(before) {
			return nil
		}
		communes, err = storage.Communes.All(tx, "")
		return err
	})
	if err != nil || known && !back && !named.After(before) {
		return err
	}
	late := now.Sub(at)
	switch {
	case !known, back && late > sl.use: // a new installation does not make up for what was before it
		return s.ran(ctx, sl, named)
	case late > sl.use:
		s.Log.Warn("slot missed for too long, skipped", "job", sl.name, "slot", at.Format(time.RFC3339), "late", late.Round(time.Minute).String())
		return s.missed(ctx, sl, named, at)
	}
	if sl.kind == flows.JobLock && late < lockWaits {
		if deaf, err := s.deaf(ctx, now); deaf || err != nil {
			return err
		}
	}
	if sl.kind == flows.JobProvince {
		return s.forAll(ctx, sl, named)
	}
	return s.wave(ctx, cal, sl, named, cal.serves(s.Calendar, communes))
}

// forAll does a slot once for all communes together. What it reads of them is read beside the
// turns of others, not in the one transaction that may write.
func (s *Scheduler) forAll(ctx context.Context, sl slot, named time.Time) error {
	var effects []flows.Effect
	err := s.Store.View(ctx, func(tx storage.Tx) (err error) {
		effects, err = s.decide(tx, flows.Job{Kind: sl.kind, By: "calendar"})
		return err
	})
	if err == nil {
		name := fmt.Sprintf("%s/%s", sl.name, named.UTC().Format("200601021504"))
		err = s.once(ctx, name, func(storage.Tx) ([]flows.Effect, error) { return effects, nil })
	}
	if err != nil {
		return err
	}
	return s.ran(ctx, sl, named)
}

// lockWaits is how long a lock waits for a channel that is out of touch: as long as networks
// keep what people wrote.
const lockWaits = day

// deaf reports whether a channel has not been in touch with its network of late: what people
// sent before the lock may be still to come.
func (s *Scheduler) deaf(ctx context.Context, now time.Time) (deaf bool, err error) {
	err = s.Store.View(ctx, func(tx storage.Tx) error {
		deaf = false
		for name := range s.Outbox.channels {
			last, known, err := storage.Ran.Get(tx, heardPrefix+name)
			if err != nil {
				return err
			}
			deaf = deaf || known && now.Sub(last) > tapLife
		}
		return nil
	})
	return deaf, err
}

// backlog is how many messages may be owed before the calendar adds no more: what is left
// of a wave comes at the next ticks. At Telegram's rate it lasts for more than two of them,
// and it bounds what a wave takes of memory.
const backlog = 4000

// wave does a slot for the communes it was not done for yet, as far as the backlog allows.
// They come in an order that is another for every slot. One for which it fails holds up no
// other, and is tried again at the next tick.
func (s *Scheduler) wave(ctx context.Context, cal *Calendar, sl slot, named time.Time, communes []org.Commune) error {
	slices.SortFunc(communes, func(a, b org.Commune) int {
		return cmp.Compare(cause(a.ID, sl.name, named.Unix()), cause(b.ID, sl.name, named.Unix()))
	})
	job := func(c org.Commune) string {
		return fmt.Sprintf("%s/%s/%s", sl.name, named.UTC().Format("200601021504"), c.ID)
	}
	var left []org.Commune
	branches := 0
	err := s.Store.View(ctx, func(tx storage.Tx) error {
		left, branches = nil, 0
		for _, c := range communes {
			raw, err := tx.Get(storage.Ran.Bucket, "job/"+job(c))
			if err != nil {
				return err
			}
			if raw == nil {
				left = append(left, c)
			}
		}
		if len(left) < len(communes) || len(communes) < 2 { // told at its beginning
			return nil
		}
		return tx.Scan(storage.Branches.Bucket, "", "", func(string, []byte) error {
			branches++
			return nil
		})
	})
	if err != nil {
		return err
	}
	if rate := s.Outbox.bulkRate(); branches > 0 && rate > 0 {
		lasts := time.Duration(float64(branches) / rate * float64(time.Second))
		s.Log.Info("a wave begins", "job", sl.name, "communes", len(communes), "messages", branches,
			"lasts", lasts.Round(time.Second).String(), "ends", s.Clock.Now().Add(lasts).Format(time.RFC3339))
	}
	var failed []error
	for _, c := range left {
		if s.Outbox.Depth() >= backlog {
			return errors.Join(failed...)
		}
		failed = append(failed, s.safely(ctx, job(c), func(ctx context.Context) error {
			return s.RunJob(ctx, job(c), cal.job(sl, c.ID, named))
		}))
	}
	if err := errors.Join(failed...); err != nil {
		return err
	}
	return s.ran(ctx, sl, named)
}

// missed notes that a slot was skipped.
func (s *Scheduler) missed(ctx context.Context, sl slot, named, at time.Time) error {
	return s.Store.Update(ctx, func(tx storage.Tx) error {
		return errors.Join(storage.Ran.Put(tx, missedPrefix+sl.name, at), storage.Ran.Put(tx, "slot/"+sl.name, named))
	})
}

func (s *Scheduler) ran(ctx context.Context, sl slot, at time.Time) error {
	return s.Store.Update(ctx, func(tx storage.Tx) error { return storage.Ran.Put(tx, "slot/"+sl.name, at) })
}

// job makes the job of the slot that the calendar names at a time, for one commune. The
// month is left open where it is that of the commune's present period.
func (c *Calendar) job(sl slot, commune org.CommuneID, at time.Time) flows.Job {
	j := flows.Job{Kind: sl.kind, Commune: commune, Step: sl.step, By: "calendar"}
	switch sl.kind {
	case flows.JobOpen:
		j.Month = org.MonthOf(at)
		j.Opens, j.Due, j.Locks = c.Times(j.Month, at.Location())
		j.Moved = c.Moved(j.Month, at.Location())
	case flows.JobLock:
		j.Month = c.lockedAt(at)
	}
	return j
}

// RunJob runs one job in one transaction, together with the row that says it has run.
func (s *Scheduler) RunJob(ctx context.Context, name string, j flows.Job) error {
	return s.once(ctx, name, func(tx storage.Tx) ([]flows.Effect, error) { return s.decide(tx, j) })
}

// decide says what a job does, as things stand in a transaction.
func (s *Scheduler) decide(tx storage.Tx, j flows.Job) ([]flows.Effect, error) {
	now := s.Clock.Now()
	b := &book{tx: tx, recall: &s.Outbox.recall}
	effects, err := runSafely(flows.Facts{Now: now, SentAt: now, Settings: s.Settings, Book: b}, j)
	return effects, cmp.Or(err, b.err)
}

// once applies what a job comes to, unless a row says that it has run.
func (s *Scheduler) once(ctx context.Context, name string, decide func(storage.Tx) ([]flows.Effect, error)) error {
	var owed []storage.Message
	err := s.Store.Update(ctx, func(tx storage.Tx) error {
		owed = nil
		if _, done, err := storage.Ran.Get(tx, "job/"+name); done || err != nil {
			return err
		}
		effects, err := decide(tx)
		if err != nil {
			return err
		}
		now := s.Clock.Now()
		t := &turn{tx: tx, now: now, settings: s.Settings, stamp: s.Outbox.stamps.next(now), cause: cause(name)}
		if err := t.apply(effects); err != nil {
			return err
		}
		owed = t.owed
		return storage.Ran.Put(tx, "job/"+name, now)
	})
	if err == nil {
		s.Outbox.Add(owed)
	}
	return err
}

func runSafely(f flows.Facts, j flows.Job) (effects []flows.Effect, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return flows.Run(f, j), nil
}

// promoteAtOnce is how many planned messages are moved in one transaction.
const promoteAtOnce = 200

// promote moves planned messages whose time has come into the outbox, in their order.
func (s *Scheduler) promote(ctx context.Context) error {
	for {
		var owed []storage.Message
		more := false
		err := s.Store.Update(ctx, func(tx storage.Tx) (err error) {
			owed, more, err = s.promoteSome(tx)
			return err
		})
		if err != nil {
			return err
		}
		s.Outbox.Add(owed)
		if !more || s.Outbox.Depth() >= backlog {
			return nil
		}
	}
}

// promoteSome moves some of them; more says that there are others.
func (s *Scheduler) promoteSome(tx storage.Tx) (owed []storage.Message, more bool, err error) {
	now := s.Clock.Now()
	var rows []string
	var due []storage.Plan
	err = storage.Plans.Scan(tx, "", "", func(row string, p storage.Plan) error {
		if more = len(due) == promoteAtOnce; p.At.After(now) || more {
			return storage.ErrStop
		}
		rows, due = append(rows, row), append(due, p)
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	for i, p := range due {
		t := &turn{tx: tx, now: now, settings: s.Settings, stamp: s.Outbox.stamps.next(now), cause: cause(rows[i])}
		if err := storage.Plans.Delete(tx, rows[i]); err != nil {
			return nil, false, err
		}
		if p.Held != nil {
			if p.Held.From.IsZero() { // held again and again, it is given up all the same
				p.Held.From = now
			}
			err = t.owe(*p.Held)
		} else {
			err = t.order(p.Key, p.Order)
		}
		if err != nil {
			return nil, false, err
		}
		owed = append(owed, t.owed...)
	}
	return owed, more, nil
}
