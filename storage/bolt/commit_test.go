package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"go.etcd.io/bbolt"

	"chihoi/storage"
)

// hold makes the next commit wait until release is called, and counts all commits.
func hold(s *Store) (held chan struct{}, release func(), commits *atomic.Int32) {
	held, free, commits := make(chan struct{}), make(chan struct{}), &atomic.Int32{}
	s.commitTx = func(tx *bbolt.Tx) error {
		if commits.Add(1) == 1 {
			close(held)
			<-free
		}
		return tx.Commit()
	}
	return held, func() { close(free) }, commits
}

// waitFor lets others run until n Updates wait for their turn.
func waitFor(s *Store, n int) {
	for {
		s.mu.Lock()
		waiting := len(s.waiting)
		s.mu.Unlock()
		if waiting == n {
			return
		}
		runtime.Gosched()
	}
}

// Whatever waits while a commit runs shares the next one, up to maxBatch.
func TestGroupCommit(t *testing.T) {
	s := fresh(t)
	held, release, commits := hold(s)
	var wg sync.WaitGroup
	wg.Go(func() { mustPut(t, s, "a", "first", "v") })
	<-held
	const n = 2*maxBatch + 100
	for i := range n {
		wg.Go(func() { mustPut(t, s, "a", fmt.Sprint(i), "v") })
	}
	waitFor(s, n)
	release()
	wg.Wait()
	if got := commits.Load(); got != 4 {
		t.Errorf("%d commits for 1 and then %d updates; want 4", got, n)
	}
	if all, err := rows(s, "a"); err != nil || len(all) != n+1 {
		t.Errorf("%d rows, %v; want %d", len(all), err, n+1)
	}
}

func TestNothingToWriteCommitsNothing(t *testing.T) {
	s := fresh(t)
	mustPut(t, s, "a", "k", "v")
	var commits atomic.Int32
	s.commitTx = func(tx *bbolt.Tx) error {
		commits.Add(1)
		return tx.Commit()
	}
	s.FailNextCommit(errors.New("a commit after all"))
	for _, fn := range []func(storage.Tx) error{
		func(storage.Tx) error { return nil },
		func(tx storage.Tx) error { return tx.Put("a", "k", []byte("v")) },
		func(tx storage.Tx) error { return tx.Delete("a", "other") },
		func(tx storage.Tx) error { return tx.Delete("b", "k") },
		func(tx storage.Tx) error { return errors.Join(tx.Put("a", "new", nil), tx.Delete("a", "new")) },
	} {
		if err := s.Update(t.Context(), fn); err != nil {
			t.Errorf("Update: %v", err)
		}
	}
	if commits.Load() != 0 {
		t.Errorf("%d commits", commits.Load())
	}
}

// When a commit fails everyone in it learns so, nothing of it is there, and the next
// one works.
func TestFailNextCommit(t *testing.T) {
	s, full := fresh(t), errors.New("disk full")
	mustPut(t, s, "a", "k", "before")
	held, release, _ := hold(s)
	var wg sync.WaitGroup
	wg.Go(func() { mustPut(t, s, "a", "first", "v") })
	<-held
	for i := range 10 {
		wg.Go(func() {
			err := s.Update(context.Background(), func(tx storage.Tx) error {
				return errors.Join(tx.Put("a", "k", []byte("after")), tx.Put("new", fmt.Sprint(i), nil))
			})
			if !errors.Is(err, full) {
				t.Errorf("Update = %v; want the failure", err)
			}
		})
	}
	waitFor(s, 10)
	s.FailNextCommit(full) // the commit after the one that is held
	release()
	wg.Wait()
	if got := get(t, s, "a", "k"); got != "before" {
		t.Errorf("a failed commit left %s", got)
	}
	if all, err := rows(s, "new"); err != nil || len(all) != 0 {
		t.Errorf("a failed commit left %v, %v", all, err)
	}
	mustPut(t, s, "a", "k", "after")
}

// A commit that bbolt panics in, as it does over a damaged page, fails like any other.
func TestCommitPanics(t *testing.T) {
	s := fresh(t)
	mustPut(t, s, "a", "k", "before")
	s.commitTx = func(*bbolt.Tx) error { panic("page 7: multiple references") }
	if err := put(s, "a", "k", "after"); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("Update = %v; want ErrDamaged", err)
	}
	s.commitTx = (*bbolt.Tx).Commit
	if got := get(t, s, "a", "k"); got != "before" {
		t.Errorf("a failed commit left %s", got)
	}
	mustPut(t, s, "a", "k", "after")
}

// A View that catches a commit between its becoming visible and its being confirmed by
// the disk doesn't return before the confirmation.
func TestViewWaitsForTheDisk(t *testing.T) {
	for _, confirmation := range []error{nil, errors.New("input/output error")} {
		s := fresh(t)
		mustPut(t, s, "a", "k", "before")
		visible, confirm := make(chan struct{}), make(chan struct{})
		s.commitTx = func(tx *bbolt.Tx) error {
			err := tx.Commit()
			close(visible)
			<-confirm
			return errors.Join(err, confirmation)
		}
		updated, viewed, seen := make(chan error, 1), make(chan error, 1), make(chan string, 1)
		go func() { updated <- put(s, "a", "k", "after") }()
		<-visible
		go func() {
			viewed <- s.View(context.Background(), func(tx storage.Tx) error {
				v, err := tx.Get("a", "k")
				seen <- string(v)
				return err
			})
		}()
		if got := <-seen; got != "after" {
			t.Fatalf("the View saw %s; the test needs it to see the commit early", got)
		}
		runtime.Gosched()
		select {
		case err := <-viewed:
			t.Errorf("the View returned %v before the disk confirmed", err)
			close(confirm)
			continue
		default:
		}
		close(confirm)
		if err := <-updated; !errors.Is(err, confirmation) {
			t.Errorf("Update = %v; want %v", err, confirmation)
		}
		if err := <-viewed; !errors.Is(err, confirmation) {
			t.Errorf("View = %v; want %v", err, confirmation)
		}
		s.commitTx = (*bbolt.Tx).Commit
		// A store that doesn't know what it holds says so until it is opened again.
		if err := put(s, "a", "k", "later"); !errors.Is(err, confirmation) {
			t.Errorf("later Update = %v; want %v", err, confirmation)
		}
		if _, err := rows(s, "a"); !errors.Is(err, confirmation) {
			t.Errorf("later View = %v; want %v", err, confirmation)
		}
		path := s.path
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		mustPut(t, open(t, path, Options{}), "a", "k", "again")
	}
}

func TestContextEndsWhileWaiting(t *testing.T) {
	s := fresh(t)
	held, release, _ := hold(s)
	var wg sync.WaitGroup
	wg.Go(func() { mustPut(t, s, "a", "first", "v") })
	<-held
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error, 1)
	go func() {
		waiting <- s.Update(ctx, func(storage.Tx) error {
			t.Error("the function ran")
			return nil
		})
	}()
	waitFor(s, 1)
	cancel()
	if err := <-waiting; !errors.Is(err, context.Canceled) {
		t.Errorf("Update = %v; want the context's error", err)
	}
	release()
	wg.Wait()
	mustPut(t, s, "a", "k", "still works")
}

// A context that ends after the function ran changes nothing: the writes are kept, and
// the caller learns it.
func TestContextEndsTooLate(t *testing.T) {
	s := fresh(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Update(ctx, func(tx storage.Tx) error {
		cancel()
		return tx.Put("a", "k", []byte("v"))
	})
	if got := get(t, s, "a", "k"); err != nil || got != "v" {
		t.Errorf("Update = %v and left %q; want it kept", err, got)
	}
}

// Close lets those finish that wait for their turn.
func TestCloseWithUpdatesWaiting(t *testing.T) {
	s := fresh(t)
	path := s.path
	held, release, _ := hold(s)
	var wg sync.WaitGroup
	wg.Go(func() { mustPut(t, s, "a", "first", "v") })
	<-held
	for i := range 20 {
		wg.Go(func() { mustPut(t, s, "a", fmt.Sprint(i), "v") })
	}
	waitFor(s, 20)
	wg.Go(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	release()
	wg.Wait()
	if err := put(s, "a", "late", "v"); !errors.Is(err, storage.ErrClosed) {
		t.Errorf("Update = %v; want ErrClosed", err)
	}
	if all, err := rows(open(t, path, Options{}), "a"); err != nil || len(all) != 21 {
		t.Errorf("%d rows, %v; want 21", len(all), err)
	}
}

// The same transactions give the same store, shared commits or not.
func TestBatchesAreSerial(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "store.db"), Options{})
	var wg sync.WaitGroup
	for w := range 64 {
		wg.Go(func() {
			for range 10 {
				err := s.Update(context.Background(), func(tx storage.Tx) error {
					v, err := tx.Get("log", "length")
					if err != nil {
						return err
					}
					n := 0
					if v != nil {
						_, err = fmt.Sscan(string(v), &n)
					}
					return errors.Join(err, tx.Put("log", "length", fmt.Append(nil, n+1)),
						tx.Put("entries", fmt.Sprintf("%04d", n), fmt.Append(nil, w)))
				})
				if err != nil {
					t.Errorf("Update: %v", err)
				}
			}
		})
	}
	wg.Wait()
	all, err := rows(s, "entries")
	if err != nil || len(all) != 640 || get(t, s, "log", "length") != "640" {
		t.Errorf("%d entries, length %s, %v; want 640 of both", len(all), get(t, s, "log", "length"), err)
	}
}
