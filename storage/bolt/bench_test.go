package bolt

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/storage"
)

// branches is the number of branches in the country: the size a store may reach.
const branches = 85_328

func branchKey(i int) string { return fmt.Sprintf("2026-11/xa-%04d/%d", i/26, i%26+1) }

// record is JSON of 1 to 2 KiB, like a draft.
func record(r *rand.Rand) []byte {
	n := 1024 + r.IntN(1024)
	b := []byte(`{"period":"2026-11","branch":"xa-0001/17","form":3,"answers":{`)
	for len(b) < n {
		b = fmt.Appendf(b, `"question_%02d":{"value":%d,"by":"p%05d","at":"2026-11-%02dT0%d:%02d:00Z","rev":%d},`,
			r.IntN(20), r.IntN(300), r.IntN(90000), r.IntN(30), r.IntN(10), r.IntN(60), r.IntN(9))
	}
	return b[:n]
}

// filled makes a file with a row for each of n branches, which come in any order, as
// they do in life.
func filled(b *testing.B, n int, value func(*rand.Rand) []byte) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "store.db")
	s := open(b, path, Options{NoSync: true})
	r := rand.New(rand.NewPCG(1, 1))
	for rows := range slices.Chunk(r.Perm(n), 200) {
		err := s.Update(b.Context(), func(tx storage.Tx) error {
			for _, i := range rows {
				if err := tx.Put("drafts", branchKey(i), value(r)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// load runs b.N calls of do, `waiting` of them at a time, and reports what they cost.
func load(b *testing.B, waiting int, do func(r *rand.Rand) error) {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(b.N))
	took := make([][]time.Duration, waiting)
	var wg sync.WaitGroup
	before := written()
	b.ResetTimer()
	for w := range waiting {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(rand.Uint64(), uint64(w)))
			for left.Add(-1) >= 0 {
				start := time.Now()
				if err := do(r); err != nil {
					b.Error(err)
					return
				}
				took[w] = append(took[w], time.Since(start))
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	all := slices.Concat(took...)
	slices.Sort(all)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
	b.ReportMetric(float64(all[len(all)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(written()-before)/float64(b.N), "disk-B/op")
}

// written is what this process has made the disk write so far, in whole blocks: not what
// it passed to write, which small pages scattered over the file make look better than
// it is.
func written() (n int64) {
	io, err := os.ReadFile("/proc/self/io")
	if err != nil {
		return 0 // not Linux: reported as 0
	}
	for line := range strings.Lines(string(io)) {
		if _, err := fmt.Sscanf(line, "write_bytes: %d", &n); err == nil {
			return n
		}
	}
	return 0
}

func BenchmarkUpdate(b *testing.B) {
	for _, waiting := range []int{1, 64, 1000} {
		b.Run(fmt.Sprintf("waiting=%d", waiting), func(b *testing.B) {
			s := open(b, filepath.Join(b.TempDir(), "store.db"), Options{})
			load(b, waiting, func(r *rand.Rand) error {
				key := fmt.Sprintf("%06d", r.IntN(10_000))
				return s.Update(context.Background(), func(tx storage.Tx) error {
					return tx.Put("tiny", key, fmt.Append(nil, r.Uint64()))
				})
			})
		})
	}
}

// BenchmarkTurn is what one message costs: one record among all is read and rewritten,
// and rows whose keys follow the time come and go.
func BenchmarkTurn(b *testing.B) {
	path := filled(b, branches, record)
	var clock atomic.Int64
	for _, waiting := range []int{1, 64, 1000} {
		b.Run(fmt.Sprintf("waiting=%d", waiting), func(b *testing.B) {
			s := open(b, path, Options{})
			defer s.Close()
			load(b, waiting, func(r *rand.Rand) error {
				at := clock.Add(1)
				then := func(ago int64) string { return fmt.Sprintf("%012d", at-ago) }
				key, value, rest := branchKey(r.IntN(branches)), record(r), record(r)
				return s.Update(context.Background(), func(tx storage.Tx) error {
					if _, err := tx.Get("drafts", key); err != nil {
						return err
					}
					for _, err := range []error{
						tx.Put("drafts", key, value),
						tx.Put("seen", then(0), rest[:20]),
						tx.Put("outbox", then(0), rest[:300]),
						tx.Put("audit", then(0), rest[300:450]),
						tx.Delete("outbox", then(200)),
						tx.Delete("seen", then(2000)),
					} {
						if err != nil {
							return err
						}
					}
					return nil
				})
			})
		})
	}
}

// BenchmarkRows shows that the cost of one row doesn't grow with the number of rows.
func BenchmarkRows(b *testing.B) {
	for _, rows := range []int{100, branches} {
		s := open(b, filled(b, rows, record), Options{NoSync: true})
		r := rand.New(rand.NewPCG(2, 2))
		b.Run(fmt.Sprintf("get/rows=%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				err := s.View(b.Context(), func(tx storage.Tx) error {
					_, err := tx.Get("drafts", branchKey(r.IntN(rows)))
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("put/rows=%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				err := s.Update(b.Context(), func(tx storage.Tx) error {
					return tx.Put("drafts", branchKey(r.IntN(rows)), record(r))
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	path := filled(b, branches, record)
	for b.Loop() {
		s, err := Open(path, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
