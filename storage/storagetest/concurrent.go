package storagetest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/storage"
)

var errMine = errors.New("mine")

// writeAndLeave writes over "k" and ends the way leave does; nothing may remain of it.
func writeAndLeave(t *testing.T, s storage.Store, leave func() error) error {
	return s.Update(t.Context(), func(tx storage.Tx) error {
		err := errors.Join(tx.Put("a", "k", []byte("wrong")), tx.Put("a", "new", []byte("wrong")),
			tx.Put("new", "k", []byte("wrong")), tx.Delete("a", "other"))
		if err != nil {
			t.Error(err)
		}
		return leave()
	})
}

// wantUntouched checks that the store is as it was before writeAndLeave, and works.
func wantUntouched(t *testing.T, s storage.Store) {
	t.Helper()
	wantKeys(t, s, "a", "", "", "k", "other")
	wantKeys(t, s, "new", "", "")
	wantGet(t, s, "a", "k", []byte("right"))
	put(t, s, "a", "k", "right")
}

func testErrorKeepsNothing(t *testing.T, s storage.Store) {
	put(t, s, "a", "k", "right")
	put(t, s, "a", "other", "right")
	if err := writeAndLeave(t, s, func() error { return errMine }); !errors.Is(err, errMine) {
		t.Errorf("Update = %v; want fn's error", err)
	}
	wantUntouched(t, s)
}

func testPanicKeepsNothing(t *testing.T, s storage.Store) {
	put(t, s, "a", "k", "right")
	put(t, s, "a", "other", "right")
	recovered := func(do func()) (cause any) {
		defer func() { cause = recover() }()
		do()
		return nil
	}
	cause := recovered(func() { _ = writeAndLeave(t, s, func() error { panic("boom") }) })
	if cause != "boom" {
		t.Errorf("the caller of Update recovered %v; want fn's panic", cause)
	}
	wantUntouched(t, s)
	cause = recovered(func() { _ = s.View(t.Context(), func(storage.Tx) error { panic("boom") }) })
	if cause != "boom" {
		t.Errorf("the caller of View recovered %v; want fn's panic", cause)
	}
	wantUntouched(t, s)
}

// t.FailNow in a function of a test ends its goroutine; the store must survive it.
func testGoexitKeepsNothing(t *testing.T, s storage.Store) {
	put(t, s, "a", "k", "right")
	put(t, s, "a", "other", "right")
	var caller sync.WaitGroup
	caller.Go(func() {
		_ = writeAndLeave(t, s, func() error { runtime.Goexit(); return nil })
		t.Error("Update returned after Goexit")
	})
	caller.Wait()
	wantUntouched(t, s)
}

func testSnapshot(t *testing.T, s storage.Store) {
	both := func(value string) func(storage.Tx) error {
		return func(tx storage.Tx) error {
			return errors.Join(tx.Put("a", "k", []byte(value)), tx.Put("b", "k", []byte(value)),
				tx.Put("a", value, []byte(value)))
		}
	}
	update(t, s, both("one"))
	view(t, s, func(tx storage.Tx) error {
		if v, err := tx.Get("a", "k"); err != nil || string(v) != "one" {
			t.Errorf("before: %s, %v", v, err)
		}
		changed := make(chan error)
		go func() { changed <- s.Update(t.Context(), both("two")) }()
		if err := <-changed; err != nil {
			t.Errorf("Update beside a View: %v", err)
		}
		if v, err := tx.Get("b", "k"); err != nil || string(v) != "one" {
			t.Errorf("the View sees a later Update: %s, %v", v, err)
		}
		if got := scan(t, tx, "a", "", ""); got != "k=one one=one" {
			t.Errorf("the View scans a later Update: %s", got)
		}
		return nil
	})
	wantGet(t, s, "b", "k", []byte("two"))
}

func testUnfinished(t *testing.T, s storage.Store) {
	put(t, s, "a", "k", "one")
	written, looked := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var updating sync.WaitGroup
	updating.Go(func() {
		err := s.Update(context.Background(), func(tx storage.Tx) error {
			if err := tx.Put("a", "k", []byte("two")); err != nil {
				return err
			}
			once.Do(func() { close(written) })
			<-looked
			return nil
		})
		if err != nil {
			t.Errorf("Update: %v", err)
		}
	})
	<-written
	wantGet(t, s, "a", "k", []byte("one"))
	close(looked)
	updating.Wait()
	wantGet(t, s, "a", "k", []byte("two"))
}

// increment adds one to the number at key. It may run again, like every function.
func increment(s storage.Store, key string) error {
	return s.Update(context.Background(), func(tx storage.Tx) error {
		v, err := tx.Get("counters", key)
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(string(v))
		return tx.Put("counters", key, []byte(strconv.Itoa(n+1)))
	})
}

func testCounter(t *testing.T, s storage.Store) {
	const workers, each = 16, 25
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for range each {
				if err := errors.Join(increment(s, "all"), increment(s, strconv.Itoa(w))); err != nil {
					t.Errorf("increment: %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
	wantGet(t, s, "counters", "all", []byte(strconv.Itoa(workers*each)))
	for w := range workers {
		wantGet(t, s, "counters", strconv.Itoa(w), []byte(strconv.Itoa(each)))
	}
}

// Two people on call may each leave while the other stays. When both try at the same
// time, each looking at what stood before, a store that is only a snapshot loses both.
func testWriteSkew(t *testing.T, s storage.Store) {
	for round := range 50 {
		bucket := fmt.Sprintf("on call %d", round)
		put(t, s, bucket, "lan", "yes")
		put(t, s, bucket, "minh", "yes")
		var wg sync.WaitGroup
		var left atomic.Int32
		for _, me := range []string{"lan", "minh"} {
			wg.Go(func() {
				leaves := false
				err := s.Update(context.Background(), func(tx storage.Tx) error {
					leaves = false
					staying := 0
					err := tx.Scan(bucket, "", "", func(string, []byte) error { staying++; return nil })
					if err != nil || staying < 2 {
						return err
					}
					leaves = true
					return tx.Delete(bucket, me)
				})
				if err != nil {
					t.Errorf("Update: %v", err)
				} else if leaves {
					left.Add(1)
				}
			})
		}
		wg.Wait()
		if left.Load() != 1 {
			t.Fatalf("round %d: %d left; want one", round, left.Load())
		}
	}
}

// Functions that fail at the same time as others succeed take nothing with them.
func testFailuresAmongOthers(t *testing.T, s storage.Store) {
	const n = 60
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			defer func() {
				if cause := recover(); (cause != nil) != (i%3 == 1) {
					t.Errorf("%d recovered %v", i, cause)
				}
			}()
			err := s.Update(context.Background(), func(tx storage.Tx) error {
				if err := tx.Put("a", fmt.Sprintf("%02d", i), []byte("v")); err != nil {
					return err
				}
				switch i % 3 {
				case 1:
					panic("boom")
				case 2:
					return errMine
				}
				return nil
			})
			if (err != nil) != (i%3 == 2) {
				t.Errorf("%d: Update = %v", i, err)
			}
		})
	}
	wg.Wait()
	var want []string
	for i := 0; i < n; i += 3 {
		want = append(want, fmt.Sprintf("%02d", i))
	}
	wantKeys(t, s, "a", "", "", want...)
}

func testContext(t *testing.T, s storage.Store) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancelLate := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancelLate()
	for ctx, want := range map[context.Context]error{cancelled: context.Canceled, late: context.DeadlineExceeded} {
		ran := func(storage.Tx) error {
			t.Error("the function ran")
			return nil
		}
		if err := s.Update(ctx, ran); !errors.Is(err, want) {
			t.Errorf("Update = %v; want %v", err, want)
		}
		if err := s.View(ctx, ran); !errors.Is(err, want) {
			t.Errorf("View = %v; want %v", err, want)
		}
	}
	put(t, s, "a", "k", "still works")
}

func testClosed(t *testing.T, s storage.Store) {
	put(t, s, "a", "k", "v")
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	ran := func(storage.Tx) error {
		t.Error("the function ran")
		return nil
	}
	if err := s.Update(t.Context(), ran); !errors.Is(err, storage.ErrClosed) {
		t.Errorf("Update after Close = %v; want ErrClosed", err)
	}
	if err := s.View(t.Context(), ran); !errors.Is(err, storage.ErrClosed) {
		t.Errorf("View after Close = %v; want ErrClosed", err)
	}
}

func testCloseWaits(t *testing.T, s storage.Store) {
	var running, ended sync.WaitGroup
	var updated, viewed atomic.Bool
	leave := make(chan struct{})
	running.Add(2)
	var once sync.Once
	ended.Go(func() {
		err := s.Update(context.Background(), func(tx storage.Tx) error {
			once.Do(running.Done)
			<-leave
			return tx.Put("a", "k", []byte("v"))
		})
		if err != nil {
			t.Errorf("Update = %v; it ran before Close", err)
		}
		updated.Store(true)
	})
	ended.Go(func() {
		err := s.View(context.Background(), func(tx storage.Tx) error {
			running.Done()
			<-leave
			_, err := tx.Get("a", "k")
			viewed.Store(true)
			return err
		})
		if err != nil {
			t.Errorf("View = %v; it ran before Close", err)
		}
	})
	running.Wait()
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	runtime.Gosched()
	select {
	case err := <-closed:
		t.Errorf("Close returned %v while transactions ran", err)
		close(leave)
	default:
		close(leave)
		if err := <-closed; err != nil {
			t.Errorf("Close: %v", err)
		}
		if !viewed.Load() {
			t.Error("Close returned before the View ended")
		}
	}
	ended.Wait()
	if !updated.Load() {
		t.Error("the Update did not end")
	}
}
