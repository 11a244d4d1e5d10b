package bot_test

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// patient is a network that answers after a time, or when the call is given up.
type patient struct {
	swallow
	answers time.Duration
	calls   int
}

func (p *patient) Send(ctx context.Context, _ bot.Outgoing) (string, error) {
	p.calls++
	select {
	case <-time.After(p.answers):
		return "1", nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// When the program is stopped, a call under way may end, so that what arrives is known to
// have; one that does not end holds the stop up for a few seconds only, and is still owed.
func TestStopLetsCallsEnd(t *testing.T) {
	for _, c := range []struct {
		answers, within time.Duration
		owed            int
	}{{2 * time.Second, 2 * time.Second, 1}, {time.Hour, 4 * time.Second, 2}} {
		synctest.Test(t, func(t *testing.T) {
			store, net := storage.NewMem(), &patient{answers: c.answers}
			write(t, store, func(tx storage.Tx) error {
				for _, id := range []string{"1", "2"} { // the second is never begun
					m := storage.Message{ID: org.MessageID(id), To: "b:1", Prompt: flows.Prompt{Text: id}}
					if err := storage.Outbox.Put(tx, string(m.ID), m); err != nil {
						return err
					}
				}
				return nil
			})
			out := bot.NewOutbox(store, bot.SystemClock{Zone: bottest.Zone}, flows.DefaultSettings(), slog.New(slog.DiscardHandler), net)
			if err := out.Load(t.Context()); err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(context.Background())
			done := make(chan struct{})
			go func() { out.Run(ctx); close(done) }()
			synctest.Wait()
			began := time.Now()
			stop()
			<-done
			if took := time.Since(began); took > c.within {
				t.Errorf("network answers after %s: stopped after %s", c.answers, took)
			}
			owed := 0
			if err := store.View(context.Background(), func(tx storage.Tx) error {
				return tx.Scan(storage.Outbox.Bucket, "", "", func(string, []byte) error { owed++; return nil })
			}); err != nil {
				t.Fatal(err)
			}
			if owed != c.owed || net.calls != 1 {
				t.Errorf("network answers after %s: %d owed, want %d; %d calls", c.answers, owed, c.owed, net.calls)
			}
		})
	}
}
