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

// noted is a channel that notes what arrives.
type noted struct {
	swallow
	got []bot.Outgoing
}

func (n *noted) Send(_ context.Context, m bot.Outgoing) (string, error) {
	n.got = append(n.got, m)
	return "1", nil
}

// After a crash, what had begun to go may have arrived. A reminder is not sent again, an
// opening is; both are counted as doubtful. What had not begun goes out as if nothing was.
func TestBegunBeforeACrash(t *testing.T) {
	store := storage.NewMem()
	country(t, store, 4, 1)
	now := time.Date(2026, 11, 28, 19, 0, 0, 0, bottest.Zone)
	write(t, store, func(tx storage.Tx) error {
		for i, c := range []struct {
			kind  flows.OrderKind
			begun bool
		}{{flows.OrderRemind, true}, {flows.OrderRemind, false}, {flows.OrderOpening, true}, {flows.OrderOpening, false}} {
			b := branchOf(i)
			wave := map[flows.OrderKind]string{flows.OrderRemind: "remind/1/2026-11-28", flows.OrderOpening: "open/2026-11-28"}[c.kind]
			m := storage.Message{ID: org.MessageID(string(rune('a' + i))), To: org.ContactID("b:" + string(rune('0'+i))), Lane: storage.LaneBulk, At: now, Key: "k/2026-11/" + string(b),
				Wave: wave, Begun: c.begun, Order: &flows.Order{Kind: c.kind, Person: org.PersonID("p" + string(rune('0'+i))), Branch: b, Month: "2026-11", Step: 1, Wave: wave}}
			if err := storage.Outbox.Put(tx, string(m.ID), m); err != nil {
				return err
			}
			if err := storage.Promise.Put(tx, m.Key, storage.Promised{State: org.MessageOwed, Row: string(m.ID), Wave: wave}); err != nil {
				return err
			}
		}
		return nil
	})
	net := &noted{}
	out := bot.NewOutbox(store, bot.NewHandClock(now, true), flows.DefaultSettings(), slog.New(slog.DiscardHandler), net)
	if err := out.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	out.Drain(t.Context())
	var chats []string
	for _, m := range net.got {
		chats = append(chats, m.Chat)
	}
	if got := strings.Join(chats, " "); got != "1 2 3" || out.Doubtful.Load() != 2 || out.Depth() != 0 {
		t.Errorf("sent to %s, %d doubtful, %d owed", got, out.Doubtful.Load(), out.Depth())
	}
	err := store.View(t.Context(), func(tx storage.Tx) error {
		for i, why := range []string{org.Doubtful, "", org.Doubtful, ""} {
			if p, _, err := storage.Promise.Get(tx, "k/2026-11/"+string(branchOf(i))); err != nil || p.State != "sent" || p.Why != why {
				t.Errorf("%s: %+v, %v", branchOf(i), p, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
