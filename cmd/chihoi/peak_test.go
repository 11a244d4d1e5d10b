package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"chihoi/bot/bottest"
)

var (
	peakFor   = flag.Duration("peak.for", 12*time.Second, "how long the evening peak lasts")
	peakPause = flag.Duration("peak.pause", 2*time.Second, "how long a head reads and thinks before an answer")
	peakRate  = flag.Int("peak.rate", 170, "updates a second, on average")
)

// perCheckIn is about how many updates a check-in is.
const perCheckIn = 16

// TestEveningPeak has heads begin their check-ins so fast that the real program gets so many
// updates a second, while a wave of reminders goes out; halfway it is killed without warning
// and starts again. In the end every report is as its head gave it, and nobody was reminded
// twice. It logs how long replies took, and what the program used.
func TestEveningPeak(t *testing.T) {
	lasts, rate, pause := *peakFor, *peakRate, *peakPause
	if testing.Short() {
		lasts, rate, pause = min(lasts, 4*time.Second), min(rate, 60), min(pause, 200*time.Millisecond)
	}
	binary := filepath.Join(t.TempDir(), "chihoi")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	busy := int(lasts.Seconds()) * rate / perCheckIn
	others := int(lasts.Seconds()) * 25 // the wave lasts as long
	w := newKilledWave(t, busy+others)
	w.srv.SetFaults(bottest.TelegramFaults{})
	watch := bottest.NewWatch(w.srv, nil)
	w.union.Heads = w.union.Heads[:busy]
	p := &victim{t: t, binary: binary, store: w.path, srv: w.srv, env: []string{"CHIHOI_CONFIG=" + w.config}}
	t.Cleanup(p.bury)
	ctx, cancel := context.WithTimeout(t.Context(), lasts+30*pause+2*time.Minute)
	defer cancel()
	p.start()
	began := time.Now()
	checkedIn := peak(ctx, t, w.union, lasts, pause)
	select {
	case <-time.After(lasts / 2):
	case <-checkedIn:
	}
	killed := time.Now()
	first := p.used(func() { p.bury() })
	watch.NextRun()
	p.start()
	<-checkedIn
	lasted := time.Since(began)
	second := p.used(p.stop)
	store := openStore(t, w.path)
	defer store.Close()
	repeats, errs := watch.Repeats()
	for _, err := range append(append(errs, w.union.CheckReports(store)...), watch.Disorder()...) {
		t.Error(err)
	}
	updates, waits := waited(w.union.Heads, killed)
	s := w.srv.Stats()
	t.Logf("%d check-ins in %s: %d updates, %.0f/s; %d messages sent, %d came twice", busy, lasted.Round(time.Second), updates, float64(updates)/lasted.Seconds(), s.Calls["sendMessage"], repeats)
	t.Logf("reply after: p50 %s, p99 %s, longest %s (but for the time around the kill)", quantile(waits, .5), quantile(waits, .99), quantile(waits, 1))
	for _, u := range []usage{first, second} {
		t.Logf("a run of %s: %.0f %% of one core; %d MB resident at most; at its end %d MB of its own and %d MB of files",
			u.wall.Round(time.Second), 100*u.cpu.Seconds()/u.wall.Seconds(), u.most>>20, u.own>>20, u.mapped>>20)
	}
}

// peak lets heads begin one after the other, evenly over a time, each with a pause at every
// question; the channel is closed when the last is done.
func peak(ctx context.Context, t *testing.T, union *bottest.Union, over, pause time.Duration) (done chan struct{}) {
	done = make(chan struct{})
	go func() {
		defer close(done)
		var all sync.WaitGroup
		tick := time.NewTicker(over / time.Duration(len(union.Heads)))
		defer tick.Stop()
		for _, h := range union.Heads {
			<-tick.C
			h.Pause = pause
			all.Go(func() {
				if err := h.CheckIn(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}()
	return done
}

// waited is how many updates the heads sent, and how long each waited for the next message
// of the bot, but for those who wrote in the seconds around the kill.
func waited(heads []*bottest.Head, killed time.Time) (updates int, waits []time.Duration) {
	for _, h := range heads {
		var since time.Time
		for _, m := range h.User.Messages() {
			switch {
			case !m.FromBot:
				updates++
				since = m.At
			case !since.IsZero():
				if since.Sub(killed).Abs() > 3*time.Second {
					waits = append(waits, m.At.Sub(since))
				}
				since = time.Time{}
			}
		}
		updates += h.Taps + h.Twice + h.Stale
	}
	slices.Sort(waits)
	return updates, waits
}

func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[int(q*float64(len(sorted)-1))].Round(100 * time.Microsecond)
}

// usage is what a run of the program used.
type usage struct {
	wall, cpu         time.Duration
	most, own, mapped int64 // resident bytes: the highest, and of what it consisted at the end; 0 where that is not known
}

// used ends a run and tells what it used. The memory is the kernel's account of the program
// itself: what it tells of a child that has ended counts also the parent that started it.
func (p *victim) used(end func()) (u usage) {
	p.mu.Lock()
	cmd := p.cmd
	p.mu.Unlock()
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid)) // there is none but on Linux
	for line := range strings.Lines(string(status)) {
		var name string
		var kB int64
		_, _ = fmt.Sscan(line, &name, &kB) // most lines are of another kind
		switch name {
		case "VmHWM:":
			u.most = kB << 10
		case "RssAnon:":
			u.own = kB << 10
		case "RssFile:":
			u.mapped = kB << 10
		}
	}
	end()
	u.wall, u.cpu = time.Since(p.began), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
	return u
}
