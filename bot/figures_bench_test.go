package bot_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

// BenchmarkFigures measures gathering and summing a month for every commune of the country,
// with a year of check-ins, on two cores.
func BenchmarkFigures(b *testing.B) {
	const branches, cores = 85328, 2
	store, err := bolt.Open(filepath.Join(b.TempDir(), "b.db"), bolt.Options{NoSync: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	country(b, store, branches, 12)
	communes := (branches + 25) / 26
	now := time.Date(2026, 11, 30, 7, 30, 0, 0, time.FixedZone("ICT", 7*3600))
	for b.Loop() {
		var next, sent atomic.Int64
		var wg sync.WaitGroup
		for range cores {
			wg.Go(func() {
				for {
					c := next.Add(1) - 1
					if c >= int64(communes) {
						return
					}
					err := store.View(context.Background(), func(tx storage.Tx) error {
						r := bot.Lend(tx).Records(org.CommuneID(fmt.Sprintf("xa-%04d", c)), "2026-01", "2026-11")
						r.Now = now
						sent.Add(int64(r.Month("2026-10").Submitted + r.Month("2026-11").Expected))
						return nil
					})
					if err != nil {
						b.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if sent.Load() != branches {
			b.Fatalf("%d", sent.Load())
		}
	}
}
