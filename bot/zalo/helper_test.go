package zalo_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/zalo"
	"chihoi/flows"
)

const token = "12345689:secretSECRETsecret-abc"

// world is a channel with its server, its log and what it handed on.
type world struct {
	t       *testing.T
	srv     *bottest.Zalo
	channel *zalo.Channel
	logs    *safeBuffer

	mu     sync.Mutex
	got    []bot.Update
	waits  []time.Duration
	heard  atomic.Int32 // how often the channel said that it is in touch
	handle bot.Handle   // called before an update counts as got
}

func newWorld(t *testing.T, change ...func(*zalo.Config)) *world {
	t.Helper()
	w := &world{t: t, srv: bottest.NewZalo(t, token), logs: &safeBuffer{}}
	cfg := zalo.Config{Name: "an-phu", Token: token, API: w.srv.URL(), Sleep: w.sleep,
		Logger: slog.New(slog.NewTextHandler(w.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, c := range change {
		c(&cfg)
	}
	c, err := zalo.New(cfg)
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

// sleep notes what was to be waited and hardly waits.
func (w *world) sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	w.waits = append(w.waits, d)
	w.mu.Unlock()
	select {
	case <-ctx.Done():
	case <-time.After(time.Millisecond):
	}
	return ctx.Err()
}

func (w *world) waited() []time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]time.Duration(nil), w.waits...)
}

func (w *world) take(ctx context.Context, u bot.Update) error {
	w.mu.Lock()
	first := w.handle
	w.mu.Unlock()
	if _, ok := u.Event.(flows.Heard); ok {
		w.heard.Add(1)
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

func (w *world) all() []bot.Update {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]bot.Update(nil), w.got...)
}

// updates waits until there are n.
func (w *world) updates(n int) []bot.Update {
	w.t.Helper()
	w.eventually("updates", func() bool { return len(w.all()) >= n })
	return w.all()
}

func (w *world) eventually(what string, ok func() bool) {
	w.t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("%s: not within 20 s; got %v\n%s", what, w.all(), w.logs)
		}
	}
}

func (w *world) logged(text string) {
	w.t.Helper()
	w.eventually("log: "+text, func() bool { return strings.Contains(w.logs.String(), text) })
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
