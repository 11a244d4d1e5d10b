package storage_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"chihoi/storage"
	"chihoi/storage/storagetest"
)

func TestMem(t *testing.T) {
	storagetest.Run(t, func(*testing.T) storage.Store { return storage.NewMem() })
}

func TestMemFailNextCommit(t *testing.T) {
	s, full := storage.NewMem(), errors.New("disk full")
	put := func(value string) error {
		return s.Update(t.Context(), func(tx storage.Tx) error { return tx.Put("a", "k", []byte(value)) })
	}
	if err := put("one"); err != nil {
		t.Fatal(err)
	}
	s.FailNextCommit(full)
	if err := put("one"); err != nil {
		t.Errorf("an Update that changed nothing failed: %v", err)
	}
	if err := put("two"); !errors.Is(err, full) {
		t.Errorf("Update = %v; want the failure", err)
	}
	err := s.View(t.Context(), func(tx storage.Tx) error {
		if v, _ := tx.Get("a", "k"); string(v) != "one" {
			t.Errorf("a failed commit left %s", v)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := put("three"); err != nil {
		t.Errorf("Update after the failure: %v", err)
	}
}

// An Update that waits for another one returns as soon as its context ends.
func TestMemContextEndsWhileWaiting(t *testing.T) {
	s := storage.NewMem()
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Update(t.Context(), func(storage.Tx) error {
		second := make(chan error)
		go func() {
			second <- s.Update(ctx, func(storage.Tx) error { return errors.New("it ran") })
		}()
		cancel()
		if err := <-second; !errors.Is(err, context.Canceled) {
			t.Errorf("Update = %v; want the context's error", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A transaction that a function let escape gives errors and touches nothing.
func TestTxAfterItsEnd(t *testing.T) {
	s := storage.NewMem()
	var kept storage.Tx
	if err := s.Update(t.Context(), func(tx storage.Tx) error { kept = tx; return nil }); err != nil {
		t.Fatal(err)
	}
	_, err := kept.Get("a", "k")
	for _, err := range []error{err, kept.Put("a", "k", nil), kept.Delete("a", "k"), kept.Scan("a", "", "", nil)} {
		if err == nil {
			t.Error("a transaction was used after its end")
		}
	}
}

func BenchmarkMem(b *testing.B) {
	for _, rows := range []int{100, 85_328} {
		s := storage.NewMem()
		key := func(i int) string { return fmt.Sprintf("2026-11/an-phu/%05d", i%rows) }
		err := s.Update(b.Context(), func(tx storage.Tx) error {
			for i := range rows {
				if err := tx.Put("a", key(i), []byte("v")); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("update/rows=%d", rows), func(b *testing.B) {
			for i := range b.N {
				err := s.Update(b.Context(), func(tx storage.Tx) error {
					return tx.Put("a", key(i*7919), fmt.Append(nil, i))
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
