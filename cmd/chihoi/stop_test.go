package main

import (
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"

	"chihoi/bot/bottest"
)

// stop asks the program to end, as a service manager does, and waits until it has.
func (p *victim) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	began := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			p.t.Errorf("stopped with %v\n%s", err, p.stderr.String())
		}
	case <-time.After(10 * time.Second):
		p.t.Errorf("not stopped after 10 s\n%s", p.stderr.String())
		_ = p.cmd.Process.Kill()
		<-ended
	}
	p.t.Logf("stopped after %s", time.Since(began).Round(time.Millisecond))
	p.cmd = nil
	p.door.Close()
}

// TestStopsInOrder stops the real program while heads check in, again and again. It ends
// by itself, in time and without an error; and unlike a kill a stop lets nothing be lost
// and nothing come twice.
func TestStopsInOrder(t *testing.T) {
	heads, times := 40, 3
	if testing.Short() {
		heads, times = 20, 1
	}
	binary := filepath.Join(t.TempDir(), "chihoi")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	path := filepath.Join(t.TempDir(), "chihoi.db")
	srv := bottest.NewTelegram(t, "4242:secret")
	union := prepareUnion(t, path, srv, heads)
	p := &victim{t: t, store: path, srv: srv, binary: binary}
	struck := make(chan struct{}, heads*40)
	watch := bottest.NewWatch(srv, func(total int) {
		if total%(heads*16/(times+1)) == 0 {
			struck <- struct{}{}
		}
	})
	p.start()
	t.Cleanup(p.bury)
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	checkedIn := letCheckIn(ctx, t, union)
	for range times {
		select {
		case <-struck:
		case <-ctx.Done():
			t.Fatal(ctx.Err(), p.output())
		}
		p.stop()
		watch.NextRun()
		checkKept(t, path, union)
		p.start()
	}
	<-checkedIn
	p.stop()
	for _, name := range []string{"Nguyễn", "Lan", "0900", "chị", `\bp12\b`, "telegram:1"} { // letters may stand in an id
		if regexp.MustCompile(name).MatchString(p.stderr.String()) {
			t.Errorf("%q is in the log:\n%s", name, p.stderr.String())
		}
	}
	store := openStore(t, path)
	defer store.Close()
	repeats, errs := watch.Repeats()
	for _, err := range append(append(errs, union.CheckReports(store)...), watch.Disorder()...) {
		t.Error(err)
	}
	if repeats > 0 {
		t.Errorf("%d messages came twice though nothing was killed", repeats)
	}
}
