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

// paced is a channel with Telegram's limits that notes when what arrived.
type paced struct {
	clock  *bot.HandClock
	got    []arrival
	tooFew time.Duration // answer 429 with this wait, once
}

type arrival struct {
	at   time.Time
	chat string
	text string
}

func (*paced) Name() string { return "p" }
func (*paced) Abilities() bot.Abilities {
	return bot.Abilities{Buttons: true, Edit: true, MaxText: 4096}
}
func (*paced) Pace() bot.Pace {
	return bot.Pace{Bulk: 25, Chat: 1, ChatBurst: 3, Group: 20.0 / 60, GroupBurst: 5}
}
func (*paced) IsGroup(chat string) bool                  { return chat[0] == '-' }
func (*paced) Receive(context.Context, bot.Handle) error { return nil }
func (p *paced) Send(_ context.Context, m bot.Outgoing) (string, error) {
	if after := p.tooFew; after > 0 {
		p.tooFew = 0
		return "", &bot.LaterError{After: after, All: true, Err: errors.New("429")}
	}
	p.got = append(p.got, arrival{p.clock.Now(), m.Chat, m.Text})
	return "1", nil
}

type pacedWorld struct {
	t     *testing.T
	clock *bot.HandClock
	net   *paced
	out   *bot.Outbox
	store storage.Store
	made  int
}

func newPaced(t *testing.T) *pacedWorld {
	clock := bot.NewHandClock(time.Date(2026, 11, 25, 8, 0, 0, 0, bottest.Zone), true)
	w := &pacedWorld{t: t, clock: clock, net: &paced{clock: clock}, store: storage.NewMem()}
	w.out = bot.NewOutbox(w.store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), w.net)
	return w
}

func (w *pacedWorld) owe(chat string, lane storage.Lane, text string) {
	w.made++
	m := storage.Message{ID: org.MessageID(fmt.Sprintf("%014x-x-00", w.made)), To: org.ContactID("p:" + chat), Lane: lane, At: w.clock.Now(), Prompt: flows.Prompt{Text: text}}
	write(w.t, w.store, func(tx storage.Tx) error { return storage.Outbox.Put(tx, string(m.ID), m) })
	w.out.Add([]storage.Message{m})
}

// run lets time pass in small steps and returns what arrived meanwhile.
func (w *pacedWorld) run(d time.Duration) []arrival {
	from := len(w.net.got)
	for end := w.clock.Now().Add(d); w.clock.Now().Before(end); {
		w.clock.Set(w.clock.Now().Add(10 * time.Millisecond))
		w.out.Drain(w.t.Context())
	}
	return w.net.got[from:]
}

// A wave keeps to the rate of the bot, and reaches it; replies overtake it, also one to
// somebody whose own reminder is still in the wave.
func TestWaveKeepsToTheRate(t *testing.T) {
	w := newPaced(t)
	for i := range 1000 {
		w.owe(fmt.Sprint(i), storage.LaneBulk, "nhắc")
	}
	got := w.run(10 * time.Second)
	if n := len(got); n < 245 || n > 256 {
		t.Errorf("%d in ten seconds, want 250", n)
	}
	for i := range got {
		for k := i; k < len(got) && got[k].at.Sub(got[i].at) < time.Second; k++ {
			if k-i > 30 {
				t.Fatalf("%d within a second from %s on", k-i, got[i].at)
			}
		}
	}
	w.owe("999", storage.LaneReply, "trả lời")
	if got := w.run(10 * time.Millisecond); len(got) == 0 || got[0].text != "trả lời" {
		t.Errorf("the reply did not overtake the wave: %v", got)
	}
	if w.run(31 * time.Second); w.out.Depth() != 0 || len(w.net.got) != 1001 {
		t.Errorf("%d owed, %d arrived", w.out.Depth(), len(w.net.got))
	}
}

// One chat gets a short burst and then a message a second; a group twenty a minute. Others
// do not wait for them.
func TestOneChatKeepsToItsRate(t *testing.T) {
	w := newPaced(t)
	for i := range 10 {
		w.owe("1", storage.LaneReply, fmt.Sprint(i))
		w.owe("-2", storage.LaneAlert, fmt.Sprint(i))
	}
	w.owe("3", storage.LaneAlert, "khác")
	counts := map[string]int{}
	for _, a := range w.run(10 * time.Millisecond) {
		counts[a.chat]++
	}
	if counts["1"] != 3 || counts["-2"] != 5 || counts["3"] != 1 {
		t.Errorf("at once: %v", counts)
	}
	for _, a := range w.run(4200 * time.Millisecond) {
		counts[a.chat]++
	}
	if counts["1"] != 7 || counts["-2"] != 6 {
		t.Errorf("after four seconds: %v", counts)
	}
	last := -1
	for _, a := range w.net.got {
		if a.chat == "1" {
			var n int
			fmt.Sscan(a.text, &n)
			if n != last+1 {
				t.Errorf("%d after %d", n, last)
			}
			last = n
		}
	}
}

// When the network says that it is too much, all of its channel rests as long as it asks;
// bulk goes on at half the rate, and slowly recovers.
func TestTooMuchHalvesTheRate(t *testing.T) {
	w := newPaced(t)
	for i := range 6000 {
		w.owe(fmt.Sprint(i), storage.LaneBulk, "nhắc")
	}
	w.run(2 * time.Second)
	w.net.tooFew = 5 * time.Second
	w.run(time.Second / 10)
	w.owe("x", storage.LaneReply, "trả lời")
	if got := w.run(4 * time.Second); len(got) != 0 {
		t.Errorf("%d arrived while the network asked for rest", len(got))
	}
	if got := w.run(time.Second); len(got) == 0 || got[0].text != "trả lời" {
		t.Error("the reply is not the first afterwards")
	}
	if n := len(w.run(10 * time.Second)); n < 110 || n > 150 {
		t.Errorf("%d in ten seconds after it, want about 125", n)
	}
	w.run(4 * time.Minute)
	if n := len(w.run(10 * time.Second)); n < 240 {
		t.Errorf("%d in ten seconds four minutes later: the rate did not recover", n)
	}
	if w.out.Throttled.Load() != 1 {
		t.Errorf("throttled %d times", w.out.Throttled.Load())
	}
}
