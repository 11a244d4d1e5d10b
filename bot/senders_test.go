package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// slowNetwork answers every message after a time, and notes how many calls it saw at once.
type slowNetwork struct {
	swallow
	answers time.Duration

	mu         sync.Mutex
	now, most  int
	sent       []string // chats, in order
	byChat     map[string]int
	outOfOrder bool
}

func (n *slowNetwork) Send(ctx context.Context, m bot.Outgoing) (string, error) {
	n.mu.Lock()
	n.now++
	n.most = max(n.most, n.now)
	n.sent = append(n.sent, m.Chat)
	var k int
	_, _ = fmt.Sscanf(m.Text, "%d", &k)
	n.outOfOrder = n.outOfOrder || k != n.byChat[m.Chat]
	n.byChat[m.Chat]++
	n.mu.Unlock()
	time.Sleep(n.answers)
	n.mu.Lock()
	n.now--
	n.mu.Unlock()
	return "1", ctx.Err()
}

// TestSenders: as few messages as may be are under way, as what is under way is what a
// crash repeats; a slow network is still called often enough.
func TestSenders(t *testing.T) {
	for _, c := range []struct {
		name           string
		answers        time.Duration
		contacts, each int
		atOnce         int           // at most
		within         time.Duration // all is sent
	}{
		{"quick", 5 * time.Millisecond, 100, 2, 1, 1100 * time.Millisecond},
		{"slow", 200 * time.Millisecond, 100, 2, 6, 9 * time.Second},
		{"very slow", 2 * time.Second, 100, 1, 32, 10 * time.Second},
		{"slow, one contact", 100 * time.Millisecond, 1, 20, 1, 2100 * time.Millisecond},
		{"quick, a crowd", 0, 3000, 2, 1, time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := storage.NewMem()
				net := &slowNetwork{answers: c.answers, byChat: map[string]int{}}
				out := bot.NewOutbox(store, bot.SystemClock{Zone: time.UTC}, flows.DefaultSettings(), slog.New(slog.DiscardHandler), net)
				owe(t, store, c.contacts, c.each)
				if err := out.Load(t.Context()); err != nil {
					t.Fatal(err)
				}
				ctx, stop := context.WithCancel(t.Context())
				var run sync.WaitGroup
				run.Go(func() { out.Run(ctx) })
				time.Sleep(c.within)
				if n := out.Depth(); n > 0 {
					t.Errorf("%d messages still owed after %v", n, c.within)
				}
				stop()
				run.Wait()
				if net.most > c.atOnce {
					t.Errorf("%d calls at once, want at most %d", net.most, c.atOnce)
				}
				if len(net.sent) != c.contacts*c.each || net.outOfOrder {
					t.Errorf("%d messages sent, out of order: %t", len(net.sent), net.outOfOrder)
				}
			})
		})
	}
}

func owe(t *testing.T, store storage.Store, contacts, each int) {
	t.Helper()
	write(t, store, func(tx storage.Tx) error {
		for k := range each {
			for c := range contacts {
				m := storage.Message{ID: org.MessageID(fmt.Sprintf("%014x-x-%05d", k+1, c)), To: org.ContactID(fmt.Sprintf("b:%d", c)),
					At: time.Now(), Prompt: flows.Prompt{Text: fmt.Sprint(k)}}
				if err := storage.Outbox.Put(tx, string(m.ID), m); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
