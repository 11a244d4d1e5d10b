package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/storage"
)

const day = 24 * time.Hour

// How long rows are kept that are only there to prevent repeats and to edit messages. They
// lie at the front of their tables.
const (
	keepSent     = 60 * day // receipts by which old messages can be edited
	keepPromises = 3        // months before the present one: a period locks in the month after its own
	sweepAtOnce  = 500      // rows deleted in one transaction
)

// How long else is kept, by the rules of domain.md 12.6 where it has one. These lie here and
// there and are looked for once a day.
const (
	keepRequestText = 12    // months after closing: domain.md 9 and 12.6
	keepNews        = 12    // months: an announcement that was sent, and the answers to it
	keepConsents    = 5     // years after they ceased to be in force: domain.md 12.6
	keepDrafts      = 14    // days after the lock, which drops them first: domain.md 12.6
	draftsBegun     = 60    // days: a draft younger than this belongs to a period still open, or just locked
	keepInvites     = 90    // days after a code expired, so that whoever types it hears that it did
	keepTalks       = 7     // days after somebody unknown last tried a code
	keepParked      = 30    // days in which the operator may have a message sent after all
	keepJobs        = 100   // days: which communes a slot of the calendar was done for
	walkAtOnce      = 1_000 // rows looked at, and at most changed, in one transaction
	// eraseAtOnce is over how many rows a tick looks for the traces of somebody who had
	// herself erased: a fraction of a second; a country's worth takes hours of the 20 days.
	eraseAtOnce = 50_000
)

// sweepHour is when the daily round is due: nobody is in a check-in.
const sweepHour = 3

// leap is how long the program was down, or by how much the clock was set forward, for a
// round to be put off to the next day: a clock that is wrong for some hours must not delete
// what is still of use.
const leap = 40 * day

// sweepFront deletes the rows of a bucket that have a prefix and come before a key.
func sweepFront(ctx context.Context, store storage.Store, bucket, prefix, keep string) error {
	for {
		var keys []string
		err := store.View(ctx, func(tx storage.Tx) error {
			keys = nil
			return tx.Scan(bucket, prefix, "", func(key string, _ []byte) error {
				if key >= keep || len(keys) == sweepAtOnce {
					return storage.ErrStop
				}
				keys = append(keys, key)
				return nil
			})
		})
		if err != nil || len(keys) == 0 {
			return err
		}
		err = store.Update(ctx, func(tx storage.Tx) error {
			for _, k := range keys {
				if err := tx.Delete(bucket, k); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// sweepPromises forgets what became of planned messages of months long past. Their keys
// are a kind, then the month: each kind is a table with its own front.
func sweepPromises(ctx context.Context, store storage.Store, keep org.Month) error {
	var kinds []string
	err := store.View(ctx, func(tx storage.Tx) (err error) {
		kinds, err = storage.PromiseKinds(tx)
		return err
	})
	for _, kind := range kinds {
		if err == nil {
			err = sweepFront(ctx, store, storage.Promise.Bucket, kind+"/", kind+"/"+string(keep))
		}
	}
	return err
}

// sweep deletes once a day what has had its time, a little at a time.
func (s *Scheduler) sweep(ctx context.Context) error {
	now := s.Clock.Now()
	due := time.Date(now.Year(), now.Month(), now.Day(), sweepHour, 0, 0, 0, now.Location())
	if now.Before(due) {
		due = due.AddDate(0, 0, -1)
	}
	const row = "sweep/daily"
	var last time.Time
	var known bool
	err := s.Store.View(ctx, func(tx storage.Tx) (err error) {
		last, known, err = storage.Ran.Get(tx, row)
		return err
	})
	if err != nil || !last.Before(due) && !last.After(now) {
		return err
	}
	if known && now.Sub(last) > leap {
		s.Log.Warn("a leap in time: nothing is swept away today", "last", last.Format(time.RFC3339))
	} else if err := s.sweepRound(ctx, now); err != nil {
		return err
	}
	return s.Store.Update(ctx, func(tx storage.Tx) error { return storage.Ran.Put(tx, row, now) })
}

// sweepRound applies every rule.
func (s *Scheduler) sweepRound(ctx context.Context, now time.Time) error {
	for _, front := range []struct{ bucket, keep string }{
		{storage.Seen.Bucket, seenSpan(now.AddDate(0, 0, -seenDays))},
		{storage.Sent.Bucket, string(messageID(now.Add(-keepSent).UnixMicro(), "", 0))},
	} {
		if err := sweepFront(ctx, s.Store, front.bucket, "", front.keep); err != nil {
			return err
		}
	}
	if err := sweepPromises(ctx, s.Store, org.MonthOf(now).Add(-keepPromises)); err != nil {
		return err
	}
	rules := expiries(now)
	if last := s.Settings.TermEnds; s.Settings.TermOver(now) {
		if err := sweepFront(ctx, s.Store, storage.CheckIns.Bucket, "", string(last.Add(1))); err != nil {
			return err
		}
		rules = append(rules, storage.ExpireTerm(last, now.Location())...)
	}
	var done []string
	for _, rule := range rules {
		n, err := s.expire(ctx, rule)
		if err != nil {
			return fmt.Errorf("%s: %w", rule.Name, err)
		}
		if n > 0 {
			done = append(done, fmt.Sprintf("%s=%d", strings.ReplaceAll(rule.Name, " ", "_"), n))
		}
	}
	if len(done) > 0 {
		s.Log.Info("rows that had their time are gone", "rows", strings.Join(done, " "))
	}
	return nil
}

// expiries are the rules of the daily round.
func expiries(now time.Time) []storage.Expiry {
	return []storage.Expiry{
		storage.ExpireRequestTexts(now.AddDate(0, -keepRequestText, 0)),
		storage.ExpireDesks(now.AddDate(0, -keepRequestText, 0)),
		storage.ExpireQueries(now.AddDate(0, -keepRequestText, 0)),
		storage.ExpireConsents(now.AddDate(-keepConsents, 0, 0)),
		storage.ExpireAnnouncements(now.AddDate(0, 0, -keepDrafts), now.AddDate(0, -keepNews, 0)),
		storage.ExpireResponses(now.AddDate(0, -keepNews, 0)),
		storage.ExpireNamings(now.AddDate(-keepConsents, 0, 0)),
		storage.ExpireDrafts(now.AddDate(0, 0, -keepDrafts), string(messageID(now.AddDate(0, 0, -draftsBegun).UnixMicro(), "", 0))),
		storage.ExpireInvites(now.AddDate(0, 0, -keepInvites)),
		storage.ExpireTalks(now.AddDate(0, 0, -keepTalks)),
		storage.ExpireJobs(now.AddDate(0, 0, -keepJobs)),
		storage.ExpireParked(now.AddDate(0, 0, -keepParked)),
		storage.ExpireReach(now.Add(-week), now),
	}
}

// expire applies one rule to its whole table, in stretches.
func (s *Scheduler) expire(ctx context.Context, rule storage.Expiry) (n int, err error) {
	for from := ""; ; {
		part, err := storage.Walk(ctx, s.Store, rule.Bucket, from, walkAtOnce, rule.Pick, rule.Fix)
		if n += part.Changed; err != nil || part.Next == "" {
			return n, err
		}
		from = part.Next
	}
}
