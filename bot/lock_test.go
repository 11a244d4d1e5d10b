package bot_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/storagetest"
)

// TestLockTakesTheDraftsAway lets the calendar tick at every minute around the lock of a
// period, or not at all until the next one has opened: either way what was left unfinished
// is gone afterwards, and not before.
func TestLockTakesTheDraftsAway(t *testing.T) {
	lock := time.Date(2026, 12, 20, 23, 59, 0, 0, bottest.Zone)
	for name, ticks := range map[string][]time.Time{
		"every minute":       {lock.Add(-time.Minute), lock, lock.Add(time.Minute), lock.Add(2 * time.Minute)},
		"after an outage":    {lock.Add(-24 * time.Hour), lock.Add(30 * time.Hour)},
		"after a long one":   {lock.Add(-24 * time.Hour), lock.Add(9 * 24 * time.Hour)},
		"at the last second": {lock.Add(59 * time.Second), lock.Add(61 * time.Second)},
	} {
		t.Run(name, func(t *testing.T) {
			clock := bot.NewHandClock(time.Date(2026, 11, 20, 9, 0, 0, 0, bottest.Zone), true)
			store := storage.NewMem()
			app, err := bot.New(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			write(t, store, func(tx storage.Tx) error {
				if err := storage.Communes.Put(tx, "an-phu", org.Commune{ID: "an-phu"}); err != nil {
					return err
				}
				return storage.Branches.Put(tx, "an-phu/1", org.Branch{ID: "an-phu/1"})
			})
			tick := func(at time.Time) {
				clock.Set(at)
				if err := app.Scheduler.Tick(context.Background()); err != nil {
					t.Fatal(err)
				}
			}
			tick(clock.Now())
			tick(time.Date(2026, 11, 25, 8, 0, 0, 0, bottest.Zone))
			write(t, store, func(tx storage.Tx) error {
				_, err := storage.PutDraft(tx, flows.Draft{Branch: "an-phu/1", Month: "2026-11"}, "row")
				return err
			})
			for _, at := range ticks {
				tick(at)
				if there := drafted(t, store); there != at.Before(lock.Add(time.Minute)) {
					t.Errorf("%s: draft there: %t", at.Format("2/1 15:04:05"), there)
				}
			}
		})
	}
}

func write(t testing.TB, store storage.Store, fn func(storage.Tx) error) {
	t.Helper()
	if err := store.Update(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func drafted(t *testing.T, store storage.Store) (there bool) {
	t.Helper()
	err := store.View(context.Background(), func(tx storage.Tx) (err error) {
		_, there, err = storagetest.Draft(tx, "an-phu/1", "2026-11")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return there
}
