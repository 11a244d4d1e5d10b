package bolt

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"chihoi/storage"
)

// TestWarmForgets: what a dropped batch wrote is not seen by the functions after it.
func TestWarmForgets(t *testing.T) {
	s, full := fresh(t), errors.New("disk full")
	mustPut(t, s, "a", "k", "before")
	mustPut(t, s, "a", "gone", "there")
	s.FailNextCommit(full)
	err := s.Update(t.Context(), func(tx storage.Tx) error {
		return errors.Join(tx.Put("a", "k", []byte("after")), tx.Put("a", "new", []byte("v")), tx.Delete("a", "gone"))
	})
	if !errors.Is(err, full) {
		t.Fatalf("Update = %v", err)
	}
	for key, want := range map[string]string{"k": "before", "gone": "there", "new": ""} {
		if got := getInUpdate(t, s, key); got != want {
			t.Errorf("%s = %q, want %q", key, got, want)
		}
	}
}

// TestWarmIsBounded: rows are let go when they are too many, and read again from the file.
func TestWarmIsBounded(t *testing.T) {
	s := fresh(t)
	value := strings.Repeat("v", 1000)
	const rows = 3 * warmBytes / 1000
	for from := 0; from < rows; from += 1000 {
		err := s.Update(t.Context(), func(tx storage.Tx) error {
			for i := from; i < from+1000; i++ {
				if err := tx.Put("a", fmt.Sprint(i), []byte(value)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	kept := len(s.warm.young["a"]) + len(s.warm.old["a"])
	if most := warmBytes / 1000; kept > most || kept < most/4 {
		t.Errorf("%d rows of 1 kB kept, want at most %d", kept, most)
	}
	for _, key := range []string{"0", fmt.Sprint(rows / 2), fmt.Sprint(rows - 1)} {
		if got := getInUpdate(t, s, key); got != value {
			t.Errorf("%s = %q", key, got)
		}
	}
}

func getInUpdate(t *testing.T, s *Store, key string) (value string) {
	t.Helper()
	err := s.Update(context.Background(), func(tx storage.Tx) error {
		raw, err := tx.Get("a", key)
		value = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return value
}
