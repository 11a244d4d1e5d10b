package bot_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// timed is a channel with a network whose clock is right, or that does not answer.
type timed struct {
	bot.Channel
	clock  bot.Clock // the machine's
	right  time.Time // the network's
	silent bool
	asked  bool // an answer has come since the network was last silent
}

func (c *timed) Name() string             { return "telegram" }
func (c *timed) Abilities() bot.Abilities { return bot.Abilities{} }
func (c *timed) Ahead() (time.Duration, bool) {
	return c.clock.Now().Sub(c.right), c.asked && !c.silent
}
func (c *timed) AskTime(context.Context) { c.asked = !c.silent }

// A machine that boots into another year opens no period: not before a network has answered,
// nor after; it tells so, and runs on when its clock is right.
func TestWrongClockHoldsTheCalendar(t *testing.T) {
	right := time.Date(2026, 11, 24, 9, 0, 0, 0, bottest.Zone)
	store, clock := storage.NewMem(), bot.NewHandClock(right, true)
	settings := flows.DefaultSettings()
	ch := &timed{clock: clock, right: right, asked: true}
	s := &bot.Scheduler{Store: store, Clock: clock, Settings: settings, Calendar: calendarOf(t, settings),
		Outbox: bot.NewOutbox(store, clock, settings, slog.New(slog.DiscardHandler), ch), Log: slog.New(slog.DiscardHandler)}
	ctx := context.Background()
	err := store.Update(ctx, func(tx storage.Tx) error {
		if err := storage.Communes.Put(tx, "an-phu", org.Commune{ID: "an-phu", Name: "Xã An Phú"}); err != nil {
			return err
		}
		return storage.Branches.Put(tx, "an-phu/1", org.Branch{ID: "an-phu/1", Name: "Chi hội 1"})
	})
	if err != nil {
		t.Fatal(err)
	}
	// at sets the two clocks, has the channel be in touch if its network answers, and ticks.
	at := func(ours, theirs time.Time, answers bool) error {
		clock.Set(ours)
		ch.right, ch.silent, ch.asked = theirs, !answers, false
		err := s.Tick(ctx)
		if answers {
			if err := s.Heard(ctx, "telegram", 0); err != nil {
				t.Fatal(err)
			}
		}
		return err
	}
	months := func() (list []org.Month) {
		t.Helper()
		err := store.View(ctx, func(tx storage.Tx) error {
			all, err := storage.Periods.All(tx, "")
			for _, p := range all {
				list = append(list, p.Month)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	held := func(err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ticked with %v, want %q", err, want)
		}
		if f := s.Failing(); len(f) != 1 || f[0].What != bot.WrongClock || !strings.Contains(f[0].Err, want) {
			t.Errorf("failing: %+v, want %q", f, want)
		}
		if m := months(); len(m) != 0 {
			t.Errorf("opened by a wrong clock: %v", m)
		}
	}
	if err := at(right, right, true); err != nil {
		t.Fatal(err)
	}
	year := right.AddDate(1, 0, 2)
	held(at(year, right, false), "says 2027-11-26T09:00:00+07:00, a network was last in touch at 2026-11-24")
	held(at(year, right.Add(time.Minute), true), "says 2027-11-26T09:00:00+07:00 where that of telegram says 2026-11-24T09:01:00+07:00")
	held(at(year.Add(time.Minute), right.Add(2*time.Minute), false), "says 2027-11-26T09:01:00+07:00, a network was last in touch at 2026-11-24")
	held(at(right.AddDate(0, -3, 0), right, true), "says 2026-08-24T09:00:00+07:00 where that of telegram says 2026-11-24")
	right = right.AddDate(0, 0, 1)
	if err := at(right, right, true); err != nil || len(s.Failing()) != 0 {
		t.Errorf("with the clock right again: %v, failing %+v", err, s.Failing())
	}
	if m := months(); len(m) != 1 || m[0] != "2026-11" {
		t.Errorf("opened %v, want 2026-11", m)
	}
	// An outage of the network, and days of it, is no wrong clock once it is over.
	if err := at(right.AddDate(0, 0, 3), right.AddDate(0, 0, 3), true); err != nil {
		t.Error(err)
	}
}
