package bot_test

import (
	"fmt"
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

// waveOf is a program with so many communes of so many branches each, on a network that takes
// 25 messages a second. What it logs is in log.
type waveOf struct {
	t              *testing.T
	communes, each int
	app            *bot.App
	clock          *bot.HandClock
	net            *paced
	log            strings.Builder
	deepest        int
}

func newWaveOf(t *testing.T, communes, each int) *waveOf {
	w := &waveOf{t: t, communes: communes, each: each}
	store := storage.NewMem()
	write(t, store, func(tx storage.Tx) error {
		for c := range communes {
			id := org.CommuneID(fmt.Sprintf("xa-%d", c))
			if err := storage.Communes.Put(tx, string(id), org.Commune{ID: id, Name: "Xã"}); err != nil {
				return err
			}
			for i := range each {
				if err := waveBranch(tx, id, c*each+i); err != nil {
					return err
				}
			}
		}
		return nil
	})
	w.clock = bot.NewHandClock(time.Date(2026, 11, 24, 8, 0, 0, 0, bottest.Zone), true)
	w.net = &paced{clock: w.clock}
	var err error
	if w.app, err = bot.New(store, w.clock, flows.DefaultSettings(), slog.New(slog.NewTextHandler(&w.log, nil)), w.net); err != nil {
		t.Fatal(err)
	}
	w.tick()
	return w
}

func (w *waveOf) tick() {
	if err := w.app.Scheduler.Tick(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.deepest = max(w.deepest, w.app.Outbox.Depth())
}

// minutes has the clock go on, with a tick at the beginning of each minute.
func (w *waveOf) minutes(n int) {
	for range n {
		w.tick()
		for end := w.clock.Now().Add(time.Minute); w.clock.Now().Before(end); {
			w.clock.Set(w.clock.Now().Add(40 * time.Millisecond))
			w.app.Outbox.Drain(w.t.Context())
		}
	}
}

// toEachOnce holds that everybody was written to once, and that the outbox stayed bounded.
func (w *waveOf) toEachOnce(deepest int) {
	w.t.Helper()
	seen := map[string]int{}
	for _, a := range w.net.got {
		seen[a.chat]++
	}
	if all := w.communes * w.each; len(seen) != all || len(w.net.got) != all {
		w.t.Errorf("%d messages to %d people, want %d", len(w.net.got), len(seen), all)
	}
	if w.deepest > deepest {
		w.t.Errorf("%d owed at once, at most %d may be", w.deepest, deepest)
	}
}

// A wave to more people than the backlog holds is planned over several ticks; everybody is
// written to once, the depth of the outbox stays bounded, and the log says at its beginning,
// once, when it will be through.
func TestWaveIsPlannedAsItGoesOut(t *testing.T) {
	w := newWaveOf(t, 60, 100)
	w.clock.Set(time.Date(2026, 11, 25, 8, 0, 0, 0, bottest.Zone))
	w.minutes(6)
	w.toEachOnce(4000 + w.each)
	lasted := w.net.got[len(w.net.got)-1].at.Sub(w.net.got[0].at)
	if least := time.Duration(w.communes*w.each/25) * time.Second; lasted > least*105/100 {
		t.Errorf("the wave took %s, at best %s", lasted, least)
	}
	const told = "job=open communes=60 messages=6000 lasts=4m0s ends=2026-11-25T08:04:00+07:00"
	if log := w.log.String(); strings.Count(log, "a wave begins") != 1 || !strings.Contains(log, told) {
		t.Errorf("told of the wave:\n%s", log)
	}
}

// What a quiet time held does not come back all at once either, though all of its times are
// past: as after an outage over the end of the quiet time.
func TestHeldWaveComesBackAsItGoesOut(t *testing.T) {
	w := newWaveOf(t, 60, 100)
	w.clock.Set(time.Date(2026, 11, 25, 12, 0, 0, 0, bottest.Zone))
	w.tick()
	w.app.Outbox.Drain(t.Context())
	if len(w.net.got) > 0 || w.app.Outbox.Depth() > 0 {
		t.Fatalf("at noon %d are sent and %d owed", len(w.net.got), w.app.Outbox.Depth())
	}
	w.clock.Set(time.Date(2026, 11, 25, 14, 0, 0, 0, bottest.Zone))
	w.minutes(6)
	w.toEachOnce(4000 + 200)
}

func waveBranch(tx storage.Tx, c org.CommuneID, i int) error {
	long := time.Date(2026, 8, 1, 8, 0, 0, 0, bottest.Zone)
	b, p := org.BranchID(fmt.Sprintf("%s/%d", c, i)), org.PersonID(fmt.Sprintf("p%d", i))
	for _, err := range []error{
		storage.Branches.Put(tx, string(b), org.Branch{ID: b, Name: fmt.Sprintf("Chi hội thôn %d", i), Order: i}),
		storage.PutPerson(tx, org.Person{ID: p, Name: "Nguyễn Thị Lan"}),
		storage.PutPost(tx, org.Post{Role: org.Head, Unit: string(b), Person: p}),
		storage.PutContact(tx, org.Contact{ID: org.ContactID(fmt.Sprintf("p:%d", i)), Person: p, LinkedAt: long, LastWrote: long}),
		storage.PutConsent(tx, org.Consent{Person: p, Notice: flows.NoticeVersion, At: long, Channel: "p", Raw: "đồng ý"}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}
