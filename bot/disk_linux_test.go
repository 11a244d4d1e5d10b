package bot_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"chihoi/bot/bottest"
	"chihoi/storage"
	"chihoi/storage/bolt"
	"chihoi/storage/storagetest"
)

// watched is a store that tells of Updates that fail.
type watched struct {
	storage.Store
	failed chan error
}

func (w *watched) Update(ctx context.Context, fn func(storage.Tx) error) error {
	err := w.Store.Update(ctx, fn)
	if err != nil {
		select {
		case w.failed <- err:
		default:
		}
	}
	return err
}

// fails waits until so many Updates have failed, and returns the last error.
func (w *watched) fails(t *testing.T, n int) (err error) {
	t.Helper()
	for range n {
		select {
		case err = <-w.failed:
		case <-time.After(30 * time.Second):
			t.Fatal("nothing fails")
		}
	}
	return err
}

// roomy leaves free room in the store's file, so that it need not grow during the test: a
// file that grows is measured first, and /dev/full has no size.
func roomy(store storage.Store) error {
	ctx := context.Background()
	err := store.Update(ctx, func(tx storage.Tx) error { return tx.Put("room", "k", make([]byte, 16<<20)) })
	return errors.Join(err, store.Update(ctx, func(tx storage.Tx) error { return tx.Delete("room", "k") }))
}

// TestDiskFailsUnderWay has heads check in while the disk is full now and then, and while
// the store is closed under the running program, which is then started again. Nobody does
// anything else about it: in the end every report is as its head gave it, so nothing was
// acknowledged that was not kept, and nothing was lost.
func TestDiskFailsUnderWay(t *testing.T) {
	clock := fastClock{from: time.Date(2026, 11, 26, 9, 0, 0, 0, bottest.Zone), set: time.Now(), speed: 20}
	srv := bottest.NewTelegram(t, "4242:secret")
	srv.SetNow(clock.from)
	path := filepath.Join(t.TempDir(), "t.db")
	open := func() *watched {
		store, err := bolt.Open(path, bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		return &watched{Store: store, failed: make(chan error, 1)}
	}
	store := open()
	if err := storage.Migrate(store); err != nil {
		t.Fatal(err)
	}
	if err := roomy(store); err != nil {
		t.Fatal(err)
	}
	union, err := bottest.NewUnion(store, srv, 3, 30, clock.from)
	if err != nil {
		t.Fatal(err)
	}
	marks := make(chan struct{}, 1)
	watch := bottest.NewWatch(srv, func(total int) {
		if total%100 == 60 {
			select {
			case marks <- struct{}{}:
			default:
			}
		}
	})
	stop := serveBadLine(t, store, clock, srv)
	var all sync.WaitGroup
	all.Go(func() { checkInAll(t, union, 90*time.Second) })
	for range 2 {
		<-marks
		repair := storagetest.FillDisk(t, path)
		if err := store.fails(t, 3); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("full disk: %v", err)
		}
		repair()
	}
	<-marks
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.fails(t, 3); !errors.Is(err, storage.ErrClosed) {
		t.Errorf("closed store: %v", err)
	}
	stop()
	store = open()
	stop = serveBadLine(t, store, clock, srv)
	all.Wait()
	stop()
	for _, err := range append(union.CheckReports(store), watch.Disorder()...) {
		t.Error(err)
	}
}
