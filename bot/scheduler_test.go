package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// A job that fails, or panics, is told of and tried again, and stops no other: with one
// commune's rows damaged the others' periods open, and its own as soon as they are well.
func TestFailingJobStopsNoOther(t *testing.T) {
	store, clock := storage.NewMem(), bot.NewHandClock(time.Date(2026, 11, 24, 8, 0, 0, 0, bottest.Zone), true)
	out := bot.NewOutbox(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler))
	s := &bot.Scheduler{Store: store, Clock: clock, Settings: flows.DefaultSettings(), Calendar: calendarOf(t, flows.DefaultSettings()),
		Outbox: out, Log: slog.New(slog.DiscardHandler)}
	ctx := context.Background()
	update := func(fn func(tx storage.Tx) error) {
		t.Helper()
		if err := store.Update(ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	well := func(tx storage.Tx) error {
		return storage.Branches.Put(tx, "xa-1/1", org.Branch{ID: "xa-1/1", Name: "Chi hội 1"})
	}
	update(func(tx storage.Tx) error {
		for n := range 3 {
			c := fmt.Sprintf("xa-%d", n)
			if err := storage.Communes.Put(tx, c, org.Commune{ID: org.CommuneID(c), Name: "Xã " + c}); err != nil {
				return err
			}
			if err := storage.Branches.Put(tx, c+"/1", org.Branch{ID: org.BranchID(c + "/1"), Name: "Chi hội 1"}); err != nil {
				return err
			}
		}
		return nil
	})
	opened := func() (n int) {
		t.Helper()
		err := store.View(ctx, func(tx storage.Tx) error {
			list, err := storage.Periods.All(tx, "")
			n = len(list)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := s.Tick(ctx); err != nil {
		t.Fatal(err)
	}
	update(func(tx storage.Tx) error { return tx.Put(storage.Branches.Bucket, "xa-1/1", []byte("?")) })
	clock.Set(clock.Now().AddDate(0, 0, 1))
	for range 2 {
		if err := s.Tick(ctx); err == nil {
			t.Error("a job failed, and nobody is told")
		}
		if n := opened(); n != 2 {
			t.Errorf("%d periods opened, of 3 with one damaged", n)
		}
		if f := s.Failing(); len(f) != 2 || f[0].What != "open" || f[1].What != "open/202611250100/xa-1" || f[1].Err == "" {
			t.Errorf("failing: %+v", f)
		}
	}
	update(well)
	if err := s.Tick(ctx); err != nil {
		t.Fatal(err)
	}
	if n, f := opened(), s.Failing(); n != 3 || len(f) != 0 {
		t.Errorf("%d periods, failing %+v", n, f)
	}
	// A panic is no other thing: here the store is gone under the feet of all parts.
	s.Store = nil
	if err := s.Tick(ctx); err == nil || len(s.Failing()) < 5 {
		t.Errorf("%v; failing %+v", err, s.Failing())
	}
	s.Store = store
	if err := s.Tick(ctx); err != nil || len(s.Failing()) != 0 {
		t.Errorf("%v; failing %+v", err, s.Failing())
	}
}

// A slot missed for longer than it is of use is skipped, and the operator told for a while.
func TestMissedSlotIsTold(t *testing.T) {
	store, clock := storage.NewMem(), bot.NewHandClock(time.Date(2026, 11, 24, 8, 0, 0, 0, bottest.Zone), true)
	out := bot.NewOutbox(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler))
	s := &bot.Scheduler{Store: store, Clock: clock, Settings: flows.DefaultSettings(), Calendar: calendarOf(t, flows.DefaultSettings()),
		Outbox: out, Log: slog.New(slog.DiscardHandler)}
	ctx := context.Background()
	for _, day := range []int{0, 6} { // from the 24th to the 30th: the opening is still of use, the reminder is not
		clock.Set(clock.Now().AddDate(0, 0, day))
		if err := s.Tick(ctx); err != nil {
			t.Fatal(err)
		}
	}
	var list []bot.Trouble
	err := store.View(ctx, func(tx storage.Tx) (err error) {
		list, err = bot.Missed(tx, clock.Now())
		return err
	})
	if err != nil || len(list) != 1 || list[0].What != "remind/1" || !list[0].Since.Equal(time.Date(2026, 11, 28, 19, 0, 0, 0, bottest.Zone)) {
		t.Errorf("%v %+v", err, list)
	}
}
