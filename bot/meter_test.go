package bot_test

import (
	"context"
	"errors"
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

// meteredNetwork takes so many messages a month and answers as told, by chat.
type meteredNetwork struct {
	swallow
	quota  int
	answer map[string]error
	calls  map[string]int
	last   bot.Outgoing
}

func (n *meteredNetwork) Abilities() bot.Abilities {
	return bot.Abilities{MaxText: 1900, Quota: n.quota, Seats: 50}
}

func (n *meteredNetwork) Send(_ context.Context, m bot.Outgoing) (string, error) {
	n.calls[m.Chat]++
	n.last = m
	return "1", n.answer[m.Chat]
}

// meteredWorld is an outbox on such a network, with a clock to move.
type meteredWorld struct {
	t     *testing.T
	net   *meteredNetwork
	clock *bot.HandClock
	store storage.Store
	out   *bot.Outbox
	made  int
}

func newMetered(t *testing.T, quota int) *meteredWorld {
	w := &meteredWorld{t: t, net: &meteredNetwork{quota: quota, answer: map[string]error{}, calls: map[string]int{}},
		clock: bot.NewHandClock(time.Date(2026, 11, 20, 9, 0, 0, 0, bottest.Zone), true), store: storage.NewMem()}
	w.restart()
	return w
}

func (w *meteredWorld) restart() {
	w.out = bot.NewOutbox(w.store, w.clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), w.net)
	if err := w.out.Load(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// owe lets a message be owed, and sends what can be sent.
func (w *meteredWorld) owe(chat string, lane storage.Lane) {
	w.made++
	m := storage.Message{ID: org.MessageID(fmt.Sprintf("%014x-x-00", w.made)), To: org.ContactID("b:" + chat), Lane: lane, At: w.clock.Now(), Prompt: flows.Prompt{Text: "x"}}
	write(w.t, w.store, func(tx storage.Tx) error { return storage.Outbox.Put(tx, string(m.ID), m) })
	w.out.Add([]storage.Message{m})
	w.out.Drain(w.t.Context())
}

func (w *meteredWorld) later(d time.Duration) {
	w.clock.Set(w.clock.Now().Add(d))
	w.out.Drain(w.t.Context())
}

func (w *meteredWorld) usage() (u org.Usage) {
	w.t.Helper()
	err := w.store.View(w.t.Context(), func(tx storage.Tx) (err error) {
		u, err = storage.UsageOf(tx, "b", org.MonthOf(w.clock.Now()))
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return u
}

// Lanes stop one after another; what is stopped waits, does not stop a reply behind it,
// survives a restart, and goes in the new month, by day.
func TestLanesStopAsTheQuotaRunsOut(t *testing.T) {
	w := newMetered(t, 100)
	for range 90 {
		w.owe("a", storage.LaneReply)
	}
	w.owe("b", storage.LaneBulk)
	w.owe("b", storage.LaneReply)
	w.owe("c", storage.LaneAlert)
	if w.net.calls["b"] != 1 || w.net.calls["c"] != 1 || w.out.Depth() != 1 {
		t.Fatalf("at 90 %%: calls %v, %d owed", w.net.calls, w.out.Depth())
	}
	w.restart()
	for range 5 {
		w.owe("a", storage.LaneReply)
	}
	w.owe("c", storage.LaneAlert)
	for range 20 { // replies also beyond our own count: the network may count otherwise
		w.owe("a", storage.LaneReply)
	}
	if w.net.calls["a"] != 115 || w.net.calls["c"] != 1 || w.out.Depth() != 2 || w.usage().Sent != 117 {
		t.Fatalf("beyond: calls %v, %d owed, %+v", w.net.calls, w.out.Depth(), w.usage())
	}
	w.clock.Set(time.Date(2026, 12, 1, 0, 30, 0, 0, bottest.Zone))
	w.out.Drain(t.Context())
	if w.net.calls["b"] != 1 || w.net.calls["c"] != 1 || w.out.Depth() != 0 {
		t.Errorf("at night: calls %v, %d owed", w.net.calls, w.out.Depth())
	}
	w.clock.Set(time.Date(2026, 12, 1, 7, 30, 0, 0, bottest.Zone))
	sched := &bot.Scheduler{Store: w.store, Clock: w.clock, Settings: flows.DefaultSettings(), Calendar: &bot.Calendar{}, Outbox: w.out, Log: slog.New(slog.DiscardHandler)}
	if err := sched.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.out.Drain(t.Context())
	if w.net.calls["b"] != 2 || w.out.Depth() != 0 || w.usage().Sent != 2 {
		t.Errorf("in the morning: calls %v, %d owed, %+v", w.net.calls, w.out.Depth(), w.usage())
	}
}

// When the network takes no more, everything waits, however long, and nothing is given up.
func TestNothingIsLostBeyondTheQuota(t *testing.T) {
	w := newMetered(t, 100)
	w.net.answer["a"] = &bot.LaterError{After: time.Hour, All: true, Quota: true, Err: errors.New("429")}
	w.owe("a", storage.LaneReply)
	for range 9 {
		w.later(24 * time.Hour)
	}
	if u := w.usage(); u.Refused != 10 || u.Sent != 0 || w.out.Depth() != 1 || w.out.Refused.Load() != 0 {
		t.Errorf("%+v, %d owed", u, w.out.Depth())
	}
	w.net.answer["a"] = nil
	w.later(time.Hour)
	if u := w.usage(); w.out.Depth() != 0 || u.Refused != 0 || u.Sent != 1 {
		t.Errorf("afterwards: %+v, %d owed", u, w.out.Depth())
	}
}

// Replies that had to wait for quota go as one message, with the choices that are still
// open; what is new is said by itself; an alarm behind them is a message of its own.
func TestRepliesThatWaitedGoTogether(t *testing.T) {
	w := newMetered(t, 100)
	w.net.answer["a"] = &bot.LaterError{After: time.Hour, Quota: true, Err: errors.New("429")}
	owed := func(words string, lane storage.Lane, options ...flows.Option) []storage.Message {
		w.made++
		m := storage.Message{ID: org.MessageID(fmt.Sprintf("%014x-x-00", w.made)), To: "b:a", Lane: lane, At: w.clock.Now(), Prompt: flows.Prompt{Text: words, Options: options}}
		write(t, w.store, func(tx storage.Tx) error { return storage.Outbox.Put(tx, string(m.ID), m) })
		return []storage.Message{m}
	}
	say := func(words string, lane storage.Lane, options ...flows.Option) {
		w.out.Add(owed(words, lane, options...))
		w.out.Drain(t.Context())
	}
	say("Câu 1?", storage.LaneReply, flows.Option{Label: "Có rồi", Data: "1", Say: "1"})
	say("Dạ, có.", storage.LaneReply)
	say("Câu 2?", storage.LaneReply, flows.Option{Label: "Quỹ", Data: "2", Say: "1"})
	say("GẤP", storage.LaneAlert)
	w.restart() // what waits, waits in the store
	w.out.Drain(t.Context())
	if w.out.Depth() != 4 {
		t.Fatalf("%d owed, want 4", w.out.Depth())
	}
	w.net.answer["a"] = &bot.RefusedError{Err: errors.New("too long")} // together they can't go
	w.net.calls["a"] = 0
	w.later(2 * time.Hour)
	if n, parked := w.net.calls["a"], w.out.Parked.Load(); n != 3 || parked != 3 || w.out.Depth() != 1 { // the alarm waits for the quota
		t.Errorf("refused: %d calls, %d parked, %d owed: a refusal may not take along what it was not about", n, parked, w.out.Depth())
	}

	w = newMetered(t, 100)
	w.net.answer["a"] = &bot.LaterError{After: time.Hour, Quota: true, Err: errors.New("429")}
	say("Câu 1?", storage.LaneReply, flows.Option{Label: "Có rồi", Data: "1", Say: "1"})
	say("Dạ, có.", storage.LaneReply)
	say("Câu 2?", storage.LaneReply, flows.Option{Label: "Quỹ", Data: "2", Say: "1"})
	w.net.answer["a"], w.net.calls["a"] = nil, 0
	w.later(2 * time.Hour)
	if want := "Câu 1?\n\nDạ, có.\n\nCâu 2?\n1. Quỹ"; w.net.calls["a"] != 1 || w.net.last.Text != want {
		t.Errorf("%d messages, the last %q, want one: %q", w.net.calls["a"], w.net.last.Text, want)
	}
	if u := w.usage(); u.Sent != 1 || w.out.Depth() != 0 {
		t.Errorf("%+v, %d owed", u, w.out.Depth())
	}
	owed("Câu 3?", storage.LaneReply)
	owed("Câu 4?", storage.LaneReply)
	w.restart()
	w.out.Drain(t.Context())
	if w.net.calls["a"] != 3 || w.out.Depth() != 0 {
		t.Errorf("%d messages, %d owed: what did not wait goes by itself, and once", w.net.calls["a"], w.out.Depth())
	}
}

// A send that may have arrived is made once more, and each counts.
func TestDoubtfulSendsAreMadeTwice(t *testing.T) {
	w := newMetered(t, 100)
	w.net.answer["a"] = fmt.Errorf("timed out: %w", bot.ErrDoubtful)
	w.owe("a", storage.LaneReply)
	for range 5 {
		w.later(time.Hour)
	}
	if w.net.calls["a"] != 2 || w.out.Depth() != 0 || w.usage().Sent != 2 {
		t.Errorf("calls %v, %d owed, %+v", w.net.calls, w.out.Depth(), w.usage())
	}
}

// A refusal that may be an outage is believed to be hers once others got through for an hour.
func TestPerhapsLost(t *testing.T) {
	w := newMetered(t, 100)
	write(t, w.store, func(tx storage.Tx) error { return storage.PutContact(tx, org.Contact{ID: "b:a", Person: "lan"}) })
	w.net.answer["a"] = fmt.Errorf("403: %w", bot.ErrPerhapsLost)
	w.owe("a", storage.LaneReply)
	for range 8 { // two hours in which nobody else is written to
		w.later(15 * time.Minute)
	}
	if w.out.Depth() != 1 {
		t.Fatal("given up in what may be an outage")
	}
	w.owe("c", storage.LaneReply)
	w.later(15 * time.Minute)
	var c org.Contact
	err := w.store.View(t.Context(), func(tx storage.Tx) (err error) {
		c, _, err = storage.Contacts.Get(tx, "b:a")
		return err
	})
	if err != nil || w.out.Depth() != 0 || c.Unreachable != "not_linked" {
		t.Errorf("%d owed, %+v, %v", w.out.Depth(), c, err)
	}
}
