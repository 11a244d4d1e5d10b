package bolt

import (
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"chihoi/storage"
	"chihoi/storage/storagetest"
)

// On a full disk everybody learns it, nothing of what failed is there, reading goes on,
// and when there is room again so does writing, without a restart.
func TestFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	s := open(t, path, Options{})
	mustPut(t, s, "a", "k", "before")
	for round, size := range []int{10, 1000, 5 << 20} {
		repair := storagetest.FillDisk(t, path)
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() {
				err := put(s, "a", "k", strings.Repeat("x", size))
				if err == nil || errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), path) {
					t.Errorf("Update = %v; want a plain error with the path", err)
				}
				// A value this large needs the file to grow, which fails otherwise.
				if size < 1<<20 && !errors.Is(err, syscall.ENOSPC) {
					t.Errorf("Update = %v; want ENOSPC", err)
				}
			})
		}
		wg.Wait()
		if got := get(t, s, "a", "k"); len(got) >= 10 {
			t.Errorf("round %d: a failed commit left %d bytes", round, len(got))
		}
		repair()
		mustPut(t, s, "a", "k", "after")
		if got := get(t, s, "a", "k"); got != "after" {
			t.Errorf("round %d: %q; want what was written after the repair", round, got)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := get(t, open(t, path, Options{}), "a", "k"); got != "after" {
		t.Errorf("%q after opening again", got)
	}
}
