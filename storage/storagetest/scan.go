package storagetest

import (
	"errors"
	"fmt"
	"testing"

	"chihoi/storage"
)

func testScan(t *testing.T, s storage.Store) {
	rows := []string{"2026-10/a/1", "2026-11/a/1", "2026-11/a/2", "2026-11/b/1", "2026-12/a/1"}
	for _, key := range rows {
		put(t, s, "rows", key, "v")
	}
	put(t, s, "later bucket", "2026-11/c", "not of these rows")

	tests := []struct {
		prefix, from string
		want         []string
	}{
		{"", "", rows},
		{"2026-11/", "", rows[1:4]},
		{"2026-11/a/", "", rows[1:3]},
		{"2026-11/a/1", "", rows[1:2]},
		{"2026-11/a/1x", "", nil},
		{"2026-13", "", nil},
		{"2025", "", nil},
		{"", "2026-11/a/2", rows[2:]},
		{"", "2026-11/a/2\x00", rows[3:]},
		{"", "2027", nil},
		{"2026-11/", "2026-11/a/2", rows[2:4]},
		{"2026-11/", "2026-11/a/15", rows[2:4]},
		{"2026-11/", "2025", rows[1:4]},
		{"2026-11/", "2026-12", nil},
		{"2026-11/a/1", "2026-11/a/1", rows[1:2]},
	}
	for _, test := range tests {
		wantKeys(t, s, "rows", test.prefix, test.from, test.want...)
	}
	wantKeys(t, s, "no such bucket", "", "")
}

func testScanEnds(t *testing.T, s storage.Store) {
	for _, key := range []string{"a", "b", "c"} {
		put(t, s, "rows", key, "v")
	}
	failure := errors.New("mine")
	update(t, s, func(tx storage.Tx) error {
		// The last key seen is a written one here, one that stood there.
		if err := tx.Put("rows", "aa", []byte("v")); err != nil {
			return err
		}
		for _, last := range []string{"a", "aa", "b", "c"} {
			for _, end := range []error{storage.ErrStop, fmt.Errorf("enough: %w", storage.ErrStop), failure} {
				seen := ""
				err := tx.Scan("rows", "", "", func(key string, _ []byte) error {
					if seen = key; key == last {
						return end
					}
					return nil
				})
				if seen != last {
					t.Errorf("Scan went on to %s after %v at %s", seen, end, last)
				}
				switch {
				case errors.Is(end, storage.ErrStop) && err != nil:
					t.Errorf("Scan = %v after Stop", err)
				case end == failure && !errors.Is(err, failure):
					t.Errorf("Scan = %v; want fn's error", err)
				}
			}
		}
		return nil
	})
}

func testScanWithinScan(t *testing.T, s storage.Store) {
	for _, key := range []string{"1", "2", "3"} {
		put(t, s, "rows", key, "v")
	}
	update(t, s, func(tx storage.Tx) error {
		return tx.Scan("rows", "", "", func(outer string, _ []byte) error {
			err := tx.Scan("rows", "", "2", func(inner string, _ []byte) error {
				if inner == "3" {
					return storage.ErrStop
				}
				return tx.Put("pairs", outer+inner, []byte("v"))
			})
			if err != nil {
				return err
			}
			if v, err := tx.Get("rows", outer); v == nil || err != nil {
				t.Errorf("Get in a Scan = %q, %v", v, err)
			}
			return tx.Put("seen", outer, []byte("v"))
		})
	})
	wantKeys(t, s, "seen", "", "", "1", "2", "3")
	wantKeys(t, s, "pairs", "", "", "12", "22", "32")
}

// The contract forbids it, and a store that lets it pass would go wrong now and then
// instead of at once.
func testWriteWhileScanning(t *testing.T, s storage.Store) {
	put(t, s, "rows", "k", "v")
	update(t, s, func(tx storage.Tx) error {
		err := tx.Scan("rows", "", "", func(key string, _ []byte) error {
			if tx.Put("rows", "new", []byte("v")) == nil || tx.Delete("rows", key) == nil {
				t.Error("a write to the bucket being scanned succeeded")
			}
			return storage.ErrStop
		})
		return errors.Join(err, tx.Put("rows", "after", []byte("v")))
	})
	wantKeys(t, s, "rows", "", "", "after", "k")
}
