package telegram_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/telegram"
	"chihoi/flows"
)

const token = "4242:AAsecretSECRETsecretSECRET_-xsecret"

// world is a channel with its server, its log and what it handed on.
type world struct {
	t       *testing.T
	srv     *bottest.Telegram
	channel *telegram.Channel
	logs    *safeBuffer

	mu     sync.Mutex
	got    []bot.Update
	waits  []time.Duration
	heard  []int         // how many updates had been got each time the channel said it was in touch
	more   chan struct{} // closed at each change
	handle bot.Handle    // called before an update counts as got
}

func newWorld(t *testing.T, change ...func(*telegram.Config)) *world {
	t.Helper()
	w := &world{t: t, srv: bottest.NewTelegram(t, token), logs: &safeBuffer{}, more: make(chan struct{})}
	cfg := telegram.Config{
		Token:  token,
		API:    w.srv.URL(),
		Logger: slog.New(slog.NewTextHandler(w.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
		Sleep:  w.sleep,
	}
	for _, c := range change {
		c(&cfg)
	}
	c, err := telegram.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	w.channel = c
	t.Cleanup(func() {
		if strings.Contains(w.logs.String(), "secretSECRET") {
			t.Errorf("the token is in the log:\n%s", w.logs)
		}
	})
	return w
}

// sleep notes what was to be waited and does not wait.
func (w *world) sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	w.waits = append(w.waits, d)
	w.changed()
	w.mu.Unlock()
	return ctx.Err()
}

// waited is what was waited between attempts, so far.
func (w *world) waited() []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]time.Duration(nil), w.waits...)
}

func (w *world) changed() {
	close(w.more)
	w.more = make(chan struct{})
}

func (w *world) take(ctx context.Context, u bot.Update) error {
	w.mu.Lock()
	first := w.handle
	w.mu.Unlock()
	if _, ok := u.Event.(flows.Heard); ok {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.heard = append(w.heard, len(w.got))
		w.changed()
		return nil
	}
	if first != nil {
		if err := first(ctx, u); err != nil {
			return err
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.got = append(w.got, u)
	w.changed()
	return nil
}

// start receives until the test ends or stop is called, which returns Receive's error.
func (w *world) start() (stop func() error) {
	ctx, cancel := context.WithCancel(w.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.channel.Receive(ctx, w.take) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	w.t.Cleanup(func() { _ = stop() })
	return stop
}

// until waits for a condition on what was received and waited for.
func (w *world) until(what string, enough func(got []bot.Update, waits []time.Duration) bool) []bot.Update {
	w.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		w.mu.Lock()
		more, ok := w.more, enough(w.got, w.waits)
		got := append([]bot.Update(nil), w.got...)
		w.mu.Unlock()
		if ok {
			return got
		}
		select {
		case <-more:
		case <-deadline:
			w.t.Fatalf("%s: not within 20 s; got %v\n%s", what, got, w.logs)
		}
	}
}

func (w *world) updates(n int) []bot.Update {
	w.t.Helper()
	return w.until("updates", func(got []bot.Update, _ []time.Duration) bool { return len(got) >= n })
}

// told waits until the program was told so often that the channel is in touch.
func (w *world) told(n int) {
	w.t.Helper()
	w.until("being told", func([]bot.Update, []time.Duration) bool { return len(w.heard) >= n })
}

// confirmed waits until the server holds nothing for the bot any more.
func (w *world) confirmed() {
	w.t.Helper()
	w.eventually("updates confirmed", func() bool { return w.srv.Pending() == 0 })
}

func (w *world) eventually(what string, ok func() bool) {
	w.t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("%s: not within 20 s\n%s", what, w.logs)
		}
	}
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}
