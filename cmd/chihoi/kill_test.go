package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/bot/bottest"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

var (
	killHeads = flag.Int("kill.heads", 200, "heads who check in while the program is killed")
	killTimes = flag.Int("kill.times", 18, "how many times it is killed")
	killSeed  = flag.Uint64("kill.seed", 1, "seed of the heads and of the moments")
)

// TestKilled kills the real program, without warning and in the midst of work, while heads
// check in. What their chats showed as taken must be in the store at each death and in the
// reports in the end, each answer once. No chat may see more than one message twice for one
// death.
func TestKilled(t *testing.T) {
	heads, times := *killHeads, *killTimes
	if testing.Short() {
		heads, times = min(heads, 40), min(times, 5)
	}
	binary := filepath.Join(t.TempDir(), "chihoi")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	repeats := killLoop(t, binary, heads, times)
	t.Logf("seed %d: %d heads at the same time, %d kills, %d messages came twice", *killSeed, heads, times, repeats)
	// One for each kill is the aim; a machine so busy that calls are slow has more under way.
	if repeats > 3*times {
		t.Errorf("%d messages came twice in %d kills", repeats, times)
	}
}

// killLoop lets heads check in, all at the same time, and kills the program so many times,
// evenly over the messages it will send. It returns how many of them came twice.
func killLoop(t *testing.T, binary string, heads, times int) (repeats int) {
	path := filepath.Join(t.TempDir(), "chihoi.db")
	srv := bottest.NewTelegram(t, "4242:secret")
	union := prepareUnion(t, path, srv, heads)
	p := &victim{t: t, store: path, srv: srv, binary: binary}
	rng := rand.New(rand.NewPCG(*killSeed, 7))
	var next atomic.Int64 // the message that brings the next death; 0 while there is none to come
	struck := make(chan struct{}, 1)
	watch := bottest.NewWatch(srv, func(total int) {
		if at := next.Load(); at == 0 || int64(total) < at || !next.CompareAndSwap(at, 0) {
			return
		}
		if total%2 == 0 { // at once: the program never hears that this message arrived
			p.kill()
		}
		struck <- struct{}{}
	})
	p.start()
	t.Cleanup(p.bury)
	ctx, cancel := context.WithTimeout(t.Context(), 55*time.Second)
	defer cancel()
	checkedIn := letCheckIn(ctx, t, union)
	// A check-in brings at least 16 messages, edits counted; deaths are spread over them.
	apart := int64(heads * 16 / times)
	for n := range int64(times) {
		next.Store(n*apart + 1 + rng.Int64N(apart))
		select {
		case <-struck:
		case <-checkedIn:
			t.Fatal("all heads were done before the last kill")
		case <-ctx.Done():
			t.Fatal(ctx.Err(), p.output())
		}
		p.bury()
		watch.NextRun()
		checkKept(t, path, union)
		p.start()
	}
	<-checkedIn
	p.bury()
	repeats, errs := watch.Repeats()
	store := openStore(t, path)
	defer store.Close()
	for _, err := range append(append(errs, union.CheckReports(store)...), watch.Disorder()...) {
		t.Error(err)
	}
	if t.Failed() {
		t.Log(p.output())
	}
	return repeats
}

// letCheckIn lets all heads check in; the channel is closed in the end.
func letCheckIn(ctx context.Context, t *testing.T, union *bottest.Union) (done chan struct{}) {
	done = make(chan struct{})
	var all sync.WaitGroup
	for _, h := range union.Heads {
		all.Go(func() {
			if err := h.CheckIn(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	go func() { all.Wait(); close(done) }()
	return done
}

func openStore(t *testing.T, path string) *bolt.Store {
	t.Helper()
	store, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return store
}

func prepareUnion(t *testing.T, path string, srv *bottest.Telegram, heads int) *bottest.Union {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	store := openStore(t, path)
	defer store.Close()
	if err := storage.Migrate(store); err != nil {
		t.Fatal(err)
	}
	union, err := bottest.NewUnion(store, srv, *killSeed, heads, time.Now().In(zone))
	if err != nil {
		t.Fatal(err)
	}
	return union
}

// checkKept looks into the store that a dead program left for what its heads were told.
func checkKept(t *testing.T, path string, union *bottest.Union) {
	t.Helper()
	store := openStore(t, path)
	defer store.Close()
	err := store.View(t.Context(), func(tx storage.Tx) error {
		var errs []error
		for _, h := range union.Heads {
			errs = append(errs, h.Kept(tx))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Error(err)
	}
}

// victim is the program, which dies often.
type victim struct {
	t             *testing.T
	binary, store string
	srv           *bottest.Telegram
	env           []string // besides the usual
	began         time.Time

	mu     sync.Mutex
	cmd    *exec.Cmd
	door   *httptest.Server // to srv, for the present run alone
	stderr bytes.Buffer     // of the present run
}

func (p *victim) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stderr.Reset()
	p.began = time.Now()
	p.door = httptest.NewServer(p.srv)
	p.cmd = exec.Command(p.binary, "serve")
	p.cmd.Env = append(os.Environ(), "CHIHOI_STORE=bolt:"+p.store, "CHIHOI_LISTEN=127.0.0.1:0",
		"TELEGRAM_TOKEN=4242:secret", "TELEGRAM_API="+p.door.URL, "TELEGRAM_MODE=poll")
	p.cmd.Env = append(p.cmd.Env, p.env...)
	p.cmd.Stderr = &p.stderr
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
}

// kill ends the program with SIGKILL and waits until it is gone. A dead one stays dead.
func (p *victim) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait() // it says that it was killed
	p.cmd = nil
}

// bury kills the program and waits until the network has done with what it had sent, as
// otherwise a message could seem to come from the next run.
func (p *victim) bury() {
	p.kill()
	p.door.Close()
}

func (p *victim) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd != nil {
		return "(still running)"
	}
	return p.stderr.String()
}
