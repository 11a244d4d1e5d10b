package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"chihoi/bot/bottest"
	"chihoi/flows/org"
	"chihoi/storage"
)

var (
	waveHeads = flag.Int("wave.heads", 1500, "heads who are reminded while the program is killed")
	waveKills = flag.Int("wave.kills", 5, "how many times it is killed")
)

// TestKilledInAWave kills the real program, without warning, in the midst of a wave of
// reminders over a line that answers 429 and 500 and breaks off before and after it has
// done its work. In the end every head has one reminder and nobody two; those who may have
// none are counted as doubtful; and the ledger closes.
func TestKilledInAWave(t *testing.T) {
	heads, kills := *waveHeads, *waveKills
	if testing.Short() {
		heads, kills = min(heads, 200), min(kills, 2)
	}
	binary := filepath.Join(t.TempDir(), "chihoi")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	w := newKilledWave(t, heads)
	p := &victim{t: t, binary: binary, store: w.path, srv: w.srv, env: []string{
		"CHIHOI_CONFIG=" + w.config, "TELEGRAM_BULK=1000"}}
	t.Cleanup(p.bury)
	rng := rand.New(rand.NewPCG(*killSeed, 9))
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	p.start()
	apart := heads / (kills + 1)
	for n := range kills {
		w.await(ctx, n*apart+1+rng.IntN(apart), p)
		p.bury()
		p.start()
	}
	w.settled(ctx, heads)
	p.bury()
	w.check(heads)
	s := w.srv.Stats()
	t.Logf("%d heads, %d kills, faults %v: %d doubtful, of whom %d got nothing; nobody got two", heads, kills, s.Faults, w.doubtful, w.none)
	if t.Failed() {
		t.Log(p.output())
	}
}

// killedWave is what such a wave is about, and who got what.
type killedWave struct {
	t            *testing.T
	srv          *bottest.Telegram
	union        *bottest.Union
	path, config string
	doubtful     int // by the ledger
	none         int // of them, who got nothing

	mu    sync.Mutex
	came  map[int64]int // reminders by chat
	total int
	moved chan struct{} // closed at the next
	last  time.Time
}

func newKilledWave(t *testing.T, heads int) *killedWave {
	dir := t.TempDir()
	w := &killedWave{t: t, path: filepath.Join(dir, "chihoi.db"), config: filepath.Join(dir, "c.yaml"), srv: bottest.NewTelegram(t, "4242:secret"),
		came: map[int64]int{}, moved: make(chan struct{})}
	w.union = prepareUnion(t, w.path, w.srv, heads)
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	due := time.Now().In(zone).Add(-2 * time.Minute) // the reminder was due a moment ago
	yaml := fmt.Sprintf("calendar:\n  remind: [\"%d %d %d * *\"]\nquiet: {hours: [], tet_from: 0, tet_to: 0}\n", due.Minute(), due.Hour(), due.Day())
	if err := os.WriteFile(w.config, []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
	store := openStore(t, w.path)
	err = store.Update(t.Context(), func(tx storage.Tx) error {
		return storage.Ran.Put(tx, "slot/remind/1", due.AddDate(0, 0, -1))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, h := range w.union.Heads {
		h.User.Started()
	}
	w.srv.SetFaults(bottest.TelegramFaults{Seed: *killSeed, Methods: []string{"sendMessage"}, TooMany: .001, RetryAfter: 1,
		Internal: .01, HTML: .005, DropBefore: .004, DropAfter: .004})
	w.srv.OnBot(func(chat int64, m bottest.TelegramMessage) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if chat < 100_000 { // the chairs are greeted
			return
		}
		w.came[chat]++
		w.total++
		w.last = time.Now()
		close(w.moved)
		w.moved = make(chan struct{})
	})
	return w
}

// await returns when so many reminders have come.
func (w *killedWave) await(ctx context.Context, total int, p *victim) {
	for {
		w.mu.Lock()
		now, moved := w.total, w.moved
		w.mu.Unlock()
		if now >= total {
			return
		}
		select {
		case <-moved:
		case <-ctx.Done():
			w.t.Fatal(ctx.Err(), now, "of", total, p.output())
		}
	}
}

// settled returns when all but a few have come, and nothing more comes for longer than the
// program waits between attempts at first.
func (w *killedWave) settled(ctx context.Context, heads int) {
	for {
		w.mu.Lock()
		people, last, moved := len(w.came), w.last, w.moved
		w.mu.Unlock()
		if people >= heads-heads/20-5 && time.Since(last) > 5*time.Second {
			return
		}
		select {
		case <-moved:
		case <-time.After(time.Second):
		case <-ctx.Done():
			w.t.Fatal(ctx.Err(), people, "of", heads)
		}
	}
}

// check compares what came with what the ledger says.
func (w *killedWave) check(heads int) {
	t := w.t
	store := openStore(t, w.path)
	defer store.Close()
	doubtful := map[org.BranchID]bool{}
	var sum org.Wave
	err := store.View(t.Context(), func(tx storage.Tx) error {
		communes, err := storage.Communes.All(tx, "")
		for _, c := range communes {
			waves, err := storage.Ledger(tx, c.ID, w.union.Month)
			if err != nil {
				return err
			}
			for _, l := range waves {
				for _, r := range l.Rows {
					sum.Count(r)
					if r.Why == org.Doubtful {
						doubtful[org.BranchID(string(c.ID)+"/"+r.Of)] = true
					}
				}
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.doubtful = sum.Doubtful
	if sum.Targeted != heads || sum.Sent != heads || sum.Waiting != 0 {
		t.Errorf("the ledger of %d: %d targeted, %d sent, %d failed, %d wait, skipped %v", heads, sum.Targeted, sum.Sent, sum.Failed, sum.Waiting, sum.Skipped)
	}
	if sum.Doubtful > heads/20+5 {
		t.Errorf("%d of %d doubtful", sum.Doubtful, heads)
	}
	for _, h := range w.union.Heads {
		switch n := w.came[h.User.ID]; {
		case n > 1:
			t.Errorf("%s was reminded %d times", h.Branch, n)
		case n == 0 && !doubtful[h.Branch]:
			t.Errorf("%s was not reminded, and nobody doubts it", h.Branch)
		case n == 0:
			w.none++
		}
	}
}
