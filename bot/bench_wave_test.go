package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage/bolt"
)

// strictNet is a network with Telegram's limits, on a clock that is moved: more than 30
// messages a second in all, or one a second to a chat beyond three at once, is answered 429.
type strictNet struct {
	clock  *bot.HandClock
	all    *rate.Limiter
	chats  map[string]*rate.Limiter
	wave   map[string]int // reminders by chat
	first  time.Time      // of them
	latest time.Time
	others int
	refuse int
}

func (*strictNet) Name() string { return "b" }
func (*strictNet) Abilities() bot.Abilities {
	return bot.Abilities{Buttons: true, Edit: true, MaxText: 4096}
}
func (*strictNet) Pace() bot.Pace {
	return bot.Pace{Bulk: 25, Chat: 1, ChatBurst: 3, Group: 20.0 / 60, GroupBurst: 5}
}
func (*strictNet) IsGroup(string) bool                       { return false }
func (*strictNet) Receive(context.Context, bot.Handle) error { return nil }

func (n *strictNet) Send(_ context.Context, m bot.Outgoing) (string, error) {
	now := n.clock.Now()
	c := n.chats[m.Chat]
	if c == nil {
		c = rate.NewLimiter(1, 3)
		n.chats[m.Chat] = c
	}
	if !n.all.AllowN(now, 1) || !c.AllowN(now, 1) {
		n.refuse++
		return "", &bot.LaterError{After: time.Second, All: true, Err: errors.New("429")}
	}
	if !strings.Contains(m.Text, "Khi nào rảnh") {
		n.others++
		return "1", nil
	}
	if len(n.wave) == 0 {
		n.first = now
	}
	n.latest = now
	n.wave[m.Chat]++
	return "1", nil
}

// BenchmarkCountryWave sends one reminder to each of 85,328 heads, on a network that keeps
// Telegram's limits, while four heads a second write and are answered. The clock is moved,
// the store is on the disk. It reports how long the wave took by that clock against the
// least that 25 a second allow, and in real time how long a reply took, the processor time
// per reminder and the memory.
func BenchmarkCountryWave(b *testing.B) {
	const branches = 85328
	for b.Loop() {
		store, err := bolt.Open(filepath.Join(b.TempDir(), "w.db"), bolt.Options{})
		if err != nil {
			b.Fatal(err)
		}
		country(b, store, branches, 0)
		debug.FreeOSMemory()
		clock := bot.NewHandClock(time.Date(2026, 11, 28, 18, 50, 0, 0, bottest.Zone), true)
		net := &strictNet{clock: clock, all: rate.NewLimiter(30, 30), chats: map[string]*rate.Limiter{}, wave: map[string]int{}}
		app, err := bot.New(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), net)
		if err != nil {
			b.Fatal(err)
		}
		tick := func() {
			if err := app.Scheduler.Tick(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
		tick()
		clock.Set(time.Date(2026, 11, 28, 19, 0, 0, 0, bottest.Zone))
		before, cpu := time.Now(), cpuTime()
		replied, most, writers := waveMinutes(b, app, clock, net, tick, branches)
		least := time.Duration(branches) * time.Second / 25
		b.ReportMetric(net.latest.Sub(net.first).Seconds()/least.Seconds(), "of-the-least-time")
		b.ReportMetric(net.latest.Sub(net.first).Minutes(), "min-wave")
		b.ReportMetric(float64(net.refuse), "429s")
		b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/branches, "cpu-µs/reminder")
		b.ReportMetric(most, "MB-resident")
		b.ReportMetric(float64(replied[len(replied)/2].Microseconds()), "p50-µs-reply")
		b.ReportMetric(float64(replied[len(replied)*99/100].Microseconds()), "p99-µs-reply")
		b.ReportMetric(time.Since(before).Seconds(), "s-real")
		for chat, n := range net.wave {
			if n != 1 {
				b.Errorf("%s was reminded %d times", chat, n)
			}
		}
		if len(net.wave)+writers < branches || net.others < writers {
			b.Errorf("%d reminded, %d answered of %d who wrote, of %d", len(net.wave), net.others, writers, branches)
		}
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// waveMinutes moves the clock until the wave is through; each quarter of a second somebody
// writes. It returns how long the answers took, sorted, the most memory seen, and how many wrote.
func waveMinutes(b *testing.B, app *bot.App, clock *bot.HandClock, net *strictNet, tick func(), branches int) (replied []time.Duration, most float64, writers int) {
	rng, start := rand.New(rand.NewPCG(1, 2)), clock.Now()
	wrote := map[int]bool{}
	for step := 0; step < 25*60*70; step++ {
		if step%(25*60) == 0 {
			tick()
			most = max(most, resident())
			if step > 25*60*5 && app.Outbox.Depth() == 0 {
				break
			}
		}
		if head := rng.IntN(branches); step%6 == 0 && !wrote[head] {
			wrote[head] = true
			writers++
			began := time.Now()
			u := bot.Update{ID: strconv.Itoa(step), Contact: org.ContactID(fmt.Sprintf("b:%d", head)), SentAt: clock.Now(), Event: flows.Text{Body: "tôi có bị trễ không"}}
			if err := app.Inbox.Handle(b.Context(), u); err != nil {
				b.Fatal(err)
			}
			app.Outbox.Drain(b.Context())
			replied = append(replied, time.Since(began))
		}
		clock.Set(start.Add(time.Duration(step+1) * 40 * time.Millisecond))
		app.Outbox.Drain(b.Context())
	}
	slices.Sort(replied)
	return replied, most, writers
}
