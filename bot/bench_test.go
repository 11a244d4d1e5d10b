package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

// swallow is a channel on which every message arrives at once.
type swallow struct{}

func (swallow) Name() string { return "b" }
func (swallow) Abilities() bot.Abilities {
	return bot.Abilities{Buttons: true, Edit: true, MaxText: 4096}
}
func (swallow) Receive(context.Context, bot.Handle) error          { return nil }
func (swallow) Send(context.Context, bot.Outgoing) (string, error) { return "1", nil }

// country fills a store with communes of 26 branches, each with a linked head and months
// of submitted reports.
func country(tb testing.TB, store storage.Store, branches, months int) {
	tb.Helper()
	settings := flows.DefaultSettings()
	cal, err := bot.ParseCalendar(settings)
	if err != nil {
		tb.Fatal(err)
	}
	zone := time.FixedZone("ICT", 7*3600)
	long := time.Date(2026, 8, 1, 8, 0, 0, 0, zone)
	for c := 0; c*26 < branches; c++ {
		err := store.Update(context.Background(), func(tx storage.Tx) error {
			commune := org.CommuneID(fmt.Sprintf("xa-%04d", c))
			p := org.Period{Commune: commune, Month: "2026-11", OpenedBy: "calendar"}
			p.Opens, p.Due, p.Locks = cal.Times("2026-11", zone)
			if err := storage.Communes.Put(tx, string(commune), org.Commune{ID: commune, Name: "Xã An Phú"}); err != nil {
				return err
			}
			for i := c * 26; i < min((c+1)*26, branches); i++ {
				if err := benchBranch(tx, commune, i, months, long); err != nil {
					return err
				}
				p.Expected = append(p.Expected, branchOf(i))
			}
			return storage.Periods.Put(tx, storage.PeriodKey(commune, p.Month), p)
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
}

func branchOf(i int) org.BranchID { return org.BranchID(fmt.Sprintf("xa-%04d/%d", i/26, i%26+1)) }

func benchBranch(tx storage.Tx, c org.CommuneID, i, months int, long time.Time) error {
	b := org.Branch{ID: branchOf(i), Name: fmt.Sprintf("Chi hội thôn %d", i%26+1), Order: i%26 + 1}
	p := org.Person{ID: org.PersonID("p" + strconv.Itoa(i)), Name: "Nguyễn Thị Lan", Phone: fmt.Sprintf("09%08d", i)}
	contact := org.Contact{ID: org.ContactID("b:" + strconv.Itoa(i)), Person: p.ID, LinkedAt: long, LastWrote: long}
	if err := storage.Branches.Put(tx, string(b.ID), b); err != nil {
		return err
	}
	if err := storage.PutPerson(tx, p); err != nil {
		return err
	}
	if err := storage.PutPost(tx, org.Post{Role: org.Head, Unit: string(b.ID), Person: p.ID}); err != nil {
		return err
	}
	if err := storage.PutContact(tx, contact); err != nil {
		return err
	}
	if err := storage.PutConsent(tx, org.Consent{Person: p.ID, Notice: flows.NoticeVersion, At: long, Channel: "b", Raw: "đồng ý"}); err != nil {
		return err
	}
	for n := range months {
		m := org.Month("2026-10").Add(-n)
		a := org.Answers{}
		for q, v := range map[org.QuestionID]string{"q1_activity": "yes", "q1a_date": "2026-10-10", "q1b_attendees": "35", "q1c_kind": "1",
			"q2_pioneers": "4", "q3_resources": "yes", "q3a_kinds": "1", "q4_faces": "1", "q5_circumstances": "1", "q6_needs": "2",
			"q7_joined": "1", "q7a_excluded": "0", "q8_left": "0", "q8_left_org": "0", "q8_died": "0", "q8_moved_out": "0", "q_more/1": "1"} {
			a[q] = org.Answer{Value: v, By: p.ID, At: long, Channel: "b"}
		}
		check := org.CheckIn{Branch: b.ID, Month: m, Revision: 1, Form: 1, SentAt: long, By: p.ID, Channel: "b", Answers: a, Start: 118, End: 119}
		if err := storage.PutCheckIn(tx, check); err != nil {
			return err
		}
	}
	return nil
}

// replies are a whole check-in of a branch with history.
var replies = []string{"báo cáo", "1", "20/11", "35", "1", "4", "1", "1", "0", "0", "1", "gửi"}

type bench struct {
	app   *bot.App
	store *bolt.Store
	next  atomic.Int64
	ids   atomic.Int64
}

func newBench(b *testing.B, branches, months int) *bench {
	b.Helper()
	store, err := bolt.Open(filepath.Join(b.TempDir(), "b.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	country(b, store, branches, months)
	clock := bot.NewHandClock(time.Date(2026, 11, 26, 19, 0, 0, 0, time.FixedZone("ICT", 7*3600)), false)
	app, err := bot.New(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), swallow{})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var run sync.WaitGroup
	run.Go(func() { app.Outbox.Run(ctx) })
	b.Cleanup(func() { stop(); run.Wait() })
	return &bench{app: app, store: store}
}

// turns plays n turns by so many heads at a time; each head goes through a whole check-in
// and then another takes her place. Every turn is durable when it returns. A head whose turn
// comes again begins anew; that is part of the time with few branches only.
func (bb *bench) turns(b *testing.B, n, heads, branches int) []time.Duration {
	b.Helper()
	took := make([]time.Duration, n)
	var done atomic.Int64
	var wg sync.WaitGroup
	for range heads {
		wg.Go(func() {
			for {
				begun := int(bb.next.Add(1) - 1)
				head := begun * 7919 % branches // neighbours in time are no neighbours in the store
				if begun >= branches {
					bb.forget(b, branchOf(head))
				}
				for _, text := range replies {
					k := done.Add(1) - 1
					if k >= int64(n) {
						return
					}
					begin := time.Now()
					err := bb.app.Inbox.Handle(context.Background(), bot.Update{ID: strconv.FormatInt(500_000_000+bb.ids.Add(1), 10),
						Contact: org.ContactID("b:" + strconv.Itoa(head)), Event: flows.Text{Body: text}})
					if err != nil {
						b.Error(err)
						return
					}
					took[k] = time.Since(begin)
				}
			}
		})
	}
	wg.Wait()
	return took
}

// forget takes a report back, so that the same head can be asked again.
func (bb *bench) forget(b *testing.B, br org.BranchID) {
	err := bb.store.Update(context.Background(), func(tx storage.Tx) error {
		if err := storage.CheckIns.Delete(tx, storage.CheckInKey(br, "2026-11", 1)); err != nil {
			return err
		}
		s, _, err := storage.Standings.Get(tx, string(br))
		if err != nil {
			return err
		}
		s.Past = slices.DeleteFunc(s.Past, func(p org.Past) bool { return p.Month == "2026-11" })
		return storage.Standings.Put(tx, string(br), s)
	})
	if err != nil {
		b.Error(err)
	}
}

// BenchmarkTurns measures durable turns of the inbox with the outbox running beside it:
// turns/s, latency, CPU and bytes written, on the same cores as the load.
func BenchmarkTurns(b *testing.B) {
	for _, branches := range []int{100, 85328} {
		b.Run(fmt.Sprintf("branches=%d", branches), func(b *testing.B) {
			bb := newBench(b, branches, 2)
			for _, heads := range []int{1, 64, 1000} {
				b.Run(fmt.Sprintf("heads=%d", heads), func(b *testing.B) { bb.measure(b, heads, branches) })
			}
		})
	}
}

func (bb *bench) measure(b *testing.B, heads, branches int) {
	before, cpu, wrote, commits := time.Now(), cpuTime(), written(b), bb.store.Commits()
	took := bb.turns(b, b.N, heads, branches)
	for bb.app.Outbox.Depth() > 0 {
		time.Sleep(time.Millisecond)
	}
	elapsed := time.Since(before)
	slices.Sort(took)
	b.ReportMetric(float64(b.N)/elapsed.Seconds(), "turns/s")
	b.ReportMetric(float64((cpuTime()-cpu).Microseconds())/float64(b.N), "cpu-µs/turn")
	b.ReportMetric(float64(written(b)-wrote)/float64(b.N), "B-written/turn")
	b.ReportMetric(float64(b.N)/float64(bb.store.Commits()-commits), "turns/commit")
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// cpuTime is the processor time this process has used.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// written is how many bytes this process has sent to the disk.
func written(b *testing.B) int64 {
	raw, err := readFile("/proc/self/io")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(raw) {
		if v, ok := strings.CutPrefix(line, "write_bytes: "); ok {
			n, _ := strconv.ParseInt(strings.TrimSpace(v), 10, 64)
			return n
		}
	}
	return 0
}

func readFile(path string) (string, error) {
	raw, err := os.ReadFile(path)
	return string(raw), err
}

// BenchmarkMemory measures the resident memory of the program with 85,328 branches and a
// year of check-ins: at rest after a start, and after every head has been active. The time
// is that of a start.
func BenchmarkMemory(b *testing.B) {
	const branches = 85328
	path := filepath.Join(b.TempDir(), "b.db")
	fill, err := bolt.Open(path, bolt.Options{NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	country(b, fill, branches, 12)
	size := fill.Size()
	if err := fill.Close(); err != nil {
		b.Fatal(err)
	}
	debug.FreeOSMemory()
	for b.Loop() {
		store, err := bolt.Open(path, bolt.Options{})
		if err != nil {
			b.Fatal(err)
		}
		clock := bot.NewHandClock(time.Date(2026, 11, 26, 19, 0, 0, 0, time.FixedZone("ICT", 7*3600)), false)
		app, err := bot.New(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), swallow{})
		if err != nil {
			b.Fatal(err)
		}
		if err := app.Outbox.Load(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		b.ReportMetric(float64(size)/1e6, "MB-file")
		b.ReportMetric(resident(), "MB-at-rest")
		b.ReportMetric(everyone(b, app, branches), "MB-active")
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// everyone has each head begin her check-in and answer two questions, and returns the
// highest resident memory seen.
func everyone(b *testing.B, app *bot.App, branches int) (most float64) {
	ctx, stop := context.WithCancel(context.Background())
	var run, heads sync.WaitGroup
	run.Go(func() { app.Outbox.Run(ctx) })
	var next, ids atomic.Int64
	for range 64 {
		heads.Go(func() {
			for head := next.Add(1) - 1; head < int64(branches); head = next.Add(1) - 1 {
				for _, text := range replies[:3] {
					u := bot.Update{ID: strconv.FormatInt(700_000_000+ids.Add(1), 10), Contact: org.ContactID("b:" + strconv.FormatInt(head, 10)), Event: flows.Text{Body: text}}
					if err := app.Inbox.Handle(ctx, u); err != nil {
						b.Error(err)
						return
					}
				}
			}
		})
	}
	done := make(chan struct{})
	go func() { heads.Wait(); close(done) }()
	for {
		select {
		case <-done:
			stop()
			run.Wait()
			return most
		case <-time.After(200 * time.Millisecond):
			most = max(most, resident())
		}
	}
}

// resident is the memory of this process that is in use, in megabytes.
func resident() float64 {
	raw, err := readFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(raw) {
		if v, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, _ := strconv.ParseFloat(strings.Fields(v)[0], 64)
			return n * 1024 / 1e6
		}
	}
	return 0
}
