package bot_test

import (
	"context"
	"flag"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/telegram"
	"chihoi/flows"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

var (
	faultHeads = flag.Int("faults.heads", 400, "heads who check in at the same time, over a bad line")
	faultSeed  = flag.Uint64("faults.seed", 1, "seed of the heads and of the line")
	faultRate  = flag.Float64("faults.rate", 0.005, "rate of each fault")
	faultDelay = flag.Duration("faults.delay", 100*time.Millisecond, "how long a delayed call takes")
)

// fastClock is the machine's clock sped up, so that waits before another attempt are short.
type fastClock struct {
	from, set time.Time
	speed     time.Duration
}

func (c fastClock) Now() time.Time { return c.from.Add(time.Since(c.set) * c.speed) }

func (c fastClock) WaitUntil(ctx context.Context, t time.Time) {
	_ = c.sleep(ctx, t.Sub(c.Now()))
}

func (c fastClock) sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d / c.speed)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// TestCheckInsOverABadLine lets many heads check in at the same time while calls fail in
// every way and updates come twice. Every report must be what its head said, whatever was
// repeated, late, or tapped on a button that no longer counts.
func TestCheckInsOverABadLine(t *testing.T) {
	heads := *faultHeads
	if testing.Short() {
		heads = min(heads, 60)
	}
	clock := fastClock{from: time.Date(2026, 11, 26, 9, 0, 0, 0, bottest.Zone), set: time.Now(), speed: 20}
	srv := bottest.NewTelegram(t, "4242:secret")
	srv.SetNow(clock.from)
	store, err := bolt.Open(filepath.Join(t.TempDir(), "t.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if err := storage.Migrate(store); err != nil {
		t.Fatal(err)
	}
	union, err := bottest.NewUnion(store, srv, *faultSeed, heads, clock.from)
	if err != nil {
		t.Fatal(err)
	}
	watch := bottest.NewWatch(srv, nil)
	r := *faultRate
	srv.SetFaults(bottest.TelegramFaults{Seed: *faultSeed, TooMany: r, Internal: r, DropBefore: r, DropAfter: r, Delay: r, DelayBy: *faultDelay, Twice: 2 * r})
	stop := serveBadLine(t, store, clock, srv)
	checkInAll(t, union, 100*time.Second)
	stop()
	for _, err := range append(union.CheckReports(store), watch.Disorder()...) {
		t.Error(err)
	}
	reportBadLine(t, union, srv, watch)
}

// serveBadLine runs the program against srv until stop is called.
func serveBadLine(t *testing.T, store storage.Store, clock fastClock, srv *bottest.Telegram) (stop func()) {
	log := slog.New(slog.DiscardHandler)
	channel, err := telegram.New(telegram.Config{Token: "4242:secret", API: srv.URL(), Logger: log, Sleep: clock.sleep})
	if err != nil {
		t.Fatal(err)
	}
	app, err := bot.New(store, clock, flows.DefaultSettings(), log, channel)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// checkInAll lets all heads do their check-ins at the same time.
func checkInAll(t *testing.T, union *bottest.Union, within time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), within)
	defer cancel()
	var all sync.WaitGroup
	for _, h := range union.Heads {
		all.Go(func() {
			if err := h.CheckIn(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// reportBadLine prints what went on, and fails when nothing went wrong: then nothing was shown.
func reportBadLine(t *testing.T, union *bottest.Union, srv *bottest.Telegram, watch *bottest.Watch) {
	var taps, typed, stale, twice int
	for _, h := range union.Heads {
		taps, typed, stale, twice = taps+h.Taps, typed+h.Typed, stale+h.Stale, twice+h.Twice
	}
	repeats, _ := watch.Repeats()
	s := srv.Stats()
	t.Logf("seed %d, %d heads: %d taps, %d typed, %d stale taps, %d double taps; faults %v; %d messages repeated; %d calls refused (edits made again), taps answered twice %d, too late %d",
		*faultSeed, len(union.Heads), taps, typed, stale, twice, s.Faults, repeats, s.Refused, s.SecondAnswers, s.LateAnswers)
	for _, kind := range []string{"429", "500", "drop_before", "drop_after", "delay", "twice"} {
		if s.Faults[kind] == 0 {
			t.Errorf("no fault of kind %s was met", kind)
		}
	}
	if stale == 0 || twice == 0 || repeats == 0 {
		t.Errorf("stale taps %d, double taps %d, repeats %d: too few to show anything", stale, twice, repeats)
	}
}
