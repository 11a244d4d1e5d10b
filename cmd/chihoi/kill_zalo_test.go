package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/bot/bottest"
	"chihoi/storage"
)

// TestKilledWithZalo kills the real program while heads check in through Zalo's webhook,
// each update delivered twice: nothing they said is lost, nothing counts twice.
func TestKilledWithZalo(t *testing.T) {
	heads, times := 60, 12
	if testing.Short() {
		heads, times = 20, 4
	}
	binary := filepath.Join(t.TempDir(), "chihoi")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	path := filepath.Join(t.TempDir(), "chihoi.db")
	srv := bottest.NewZalo(t, "4242:secretSECRET")
	srv.Set(func(q *bottest.ZaloQuirks) { q.Seats, q.Quota = 1000, 1_000_000 })
	srv.Webhook(20*time.Millisecond, true)
	list := prepareZalo(t, path, srv, heads)
	p := &hooked{t: t, binary: binary, store: path, api: srv.URL(), address: freeAddress(t)}

	var total, next atomic.Int64
	struck := make(chan struct{}, 1)
	srv.OnBot(func(string, bottest.ZaloMessage) {
		if n, at := total.Add(1), next.Load(); at > 0 && n >= at && next.CompareAndSwap(at, 0) {
			if n%2 == 0 { // at once: the program never hears that this message arrived
				p.kill()
			}
			struck <- struct{}{}
		}
	})
	p.start()
	t.Cleanup(p.kill)
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	var all sync.WaitGroup
	for _, h := range list {
		all.Go(func() {
			if err := h.CheckIn(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	apart := int64(heads * 8 / times)
	for n := range int64(times) {
		next.Store(n*apart + 1 + apart/2)
		select {
		case <-struck:
		case <-ctx.Done():
			t.Fatal(ctx.Err())
		}
		p.kill()
		p.start()
	}
	all.Wait()
	p.kill()
	store := openStore(t, path)
	defer store.Close()
	err := store.View(t.Context(), func(tx storage.Tx) error {
		var errs []error
		for _, h := range list {
			errs = append(errs, h.CheckReport(tx))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Errorf("%v\n%s", err, p.stderr.String())
	}
	t.Logf("%d heads, %d kills, %d messages, %+v", heads, times, total.Load(), srv.Stats())
}

func prepareZalo(t *testing.T, path string, srv *bottest.Zalo, heads int) []*bottest.ZaloHead {
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
	list, err := bottest.NewZaloHeads(store, srv, "zalo.an-phu", heads, time.Now().In(zone))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// freeAddress is a port of this machine that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// hooked is the program with a Zalo webhook, which dies often.
type hooked struct {
	t                           *testing.T
	binary, store, api, address string

	mu     sync.Mutex
	cmd    *exec.Cmd
	stderr bytes.Buffer // of the present run
}

func (p *hooked) start() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stderr.Reset()
	p.cmd = exec.Command(p.binary, "serve")
	p.cmd.Env = append(os.Environ(), "CHIHOI_STORE=bolt:"+p.store, "CHIHOI_LISTEN="+p.address, "CHIHOI_PUBLIC_URL=http://"+p.address,
		"TELEGRAM_TOKEN=", "ZALO_TOKENS=an-phu=4242:secretSECRET", "ZALO_API="+p.api, "ZALO_MODE=webhook", "ZALO_SECRET=a-secret-of-tests",
		"ZALO_QUOTA="+strconv.Itoa(1_000_000), "ZALO_SEATS=1000")
	p.cmd.Stderr = &p.stderr
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
}

// kill ends the program with SIGKILL and waits until it is gone. A dead one stays dead.
func (p *hooked) kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait() // it says that it was killed
	p.cmd = nil
}
