// Package storagetest is the definition of the store contract: what it checks is what
// storage.Store promises, and every store calls Run in its tests.
package storagetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"chihoi/storage"
)

// Run checks a kind of store. open returns an empty store, and is called for each
// subtest; Run closes what it returns.
func Run(t *testing.T, open func(t *testing.T) storage.Store) {
	tests := []struct {
		name string
		test func(*testing.T, storage.Store)
	}{
		{"get, put, delete", testPutGetDelete},
		{"empty value is a value", testEmptyValue},
		{"any bytes", testAnyBytes},
		{"empty names are refused", testEmptyNames},
		{"own writes", testOwnWrites},
		{"scan", testScan},
		{"scan ends", testScanEnds},
		{"scan within scan", testScanWithinScan},
		{"no writes where one scans", testWriteWhileScanning},
		{"values stand", testValuesStand},
		{"view is read-only", testReadOnly},
		{"large values", testLargeValues},
		{"ten thousand keys", testManyKeys},
		{"emptied and written to", testEmptied},
		{"error keeps nothing", testErrorKeepsNothing},
		{"panic keeps nothing", testPanicKeepsNothing},
		{"goexit keeps nothing", testGoexitKeepsNothing},
		{"view is a snapshot", testSnapshot},
		{"unfinished writes are not seen", testUnfinished},
		{"counter", testCounter},
		{"write skew", testWriteSkew},
		{"failures among others", testFailuresAmongOthers},
		{"context", testContext},
		{"closed", testClosed},
		{"close waits", testCloseWaits},
		{"model", testModel},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t)
			t.Cleanup(func() {
				if err := s.Close(); err != nil && !errors.Is(err, storage.ErrClosed) {
					t.Errorf("Close: %v", err)
				}
			})
			test.test(t, s)
		})
	}
}

func testPutGetDelete(t *testing.T, s storage.Store) {
	wantGet(t, s, "a", "k", nil)
	put(t, s, "a", "k", "one")
	wantGet(t, s, "a", "k", []byte("one"))
	wantGet(t, s, "a", "other", nil)
	wantGet(t, s, "b", "k", nil)
	put(t, s, "b", "k", "elsewhere")
	put(t, s, "a", "k", "two")
	put(t, s, "a", "k", "two")
	wantGet(t, s, "a", "k", []byte("two"))

	update(t, s, func(tx storage.Tx) error {
		return errors.Join(tx.Delete("a", "k"), tx.Delete("a", "never there"), tx.Delete("no such bucket", "k"))
	})
	wantGet(t, s, "a", "k", nil)
	wantGet(t, s, "b", "k", []byte("elsewhere"))
	put(t, s, "a", "k", "three")
	wantGet(t, s, "a", "k", []byte("three"))
}

func testEmptyValue(t *testing.T, s storage.Store) {
	update(t, s, func(tx storage.Tx) error {
		if err := errors.Join(tx.Put("a", "nil", nil), tx.Put("a", "empty", []byte{})); err != nil {
			return err
		}
		for _, key := range []string{"nil", "empty"} {
			if v, err := tx.Get("a", key); v == nil || err != nil {
				t.Errorf("own Get(%s) = %v, %v; want an empty value", key, v, err)
			}
		}
		return nil
	})
	view(t, s, func(tx storage.Tx) error {
		for _, key := range []string{"nil", "empty"} {
			if v, err := tx.Get("a", key); v == nil || len(v) != 0 || err != nil {
				t.Errorf("Get(%s) = %v, %v; want an empty value", key, v, err)
			}
		}
		return nil
	})
	wantKeys(t, s, "a", "", "", "empty", "nil")
}

func testAnyBytes(t *testing.T, s storage.Store) {
	keys := []string{"\x00", "\x00\x00", "\x00a", "A", "a", "a\x00", "a\x00b", "a\xff", "b", "chị", "\x80", "\xff", "\xff\xff"}
	for _, key := range keys {
		put(t, s, "đủ mọi chữ", key, "v"+key)
	}
	for _, key := range keys {
		wantGet(t, s, "đủ mọi chữ", key, []byte("v"+key))
	}
	slices.Sort(keys)
	wantKeys(t, s, "đủ mọi chữ", "", "", keys...)
	wantKeys(t, s, "đủ mọi chữ", "\xff", "", "\xff", "\xff\xff")
	wantKeys(t, s, "đủ mọi chữ", "a\x00", "", "a\x00", "a\x00b")
}

func testEmptyNames(t *testing.T, s storage.Store) {
	for _, in := range []func(context.Context, func(storage.Tx) error) error{s.Update, s.View} {
		err := in(t.Context(), func(tx storage.Tx) error {
			for _, names := range [][2]string{{"a", ""}, {"", "k"}} {
				if _, err := tx.Get(names[0], names[1]); err == nil {
					t.Errorf("Get(%q, %q) succeeded", names[0], names[1])
				}
				if err := tx.Put(names[0], names[1], []byte("v")); err == nil {
					t.Errorf("Put(%q, %q) succeeded", names[0], names[1])
				}
				if err := tx.Delete(names[0], names[1]); err == nil {
					t.Errorf("Delete(%q, %q) succeeded", names[0], names[1])
				}
			}
			if err := tx.Scan("", "", "", func(string, []byte) error { return nil }); err == nil {
				t.Error("Scan of an empty bucket name succeeded")
			}
			return nil
		})
		if err != nil {
			t.Errorf("a refused key ended the transaction: %v", err)
		}
	}
	wantKeys(t, s, "a", "", "")
}

func testOwnWrites(t *testing.T, s storage.Store) {
	for _, key := range []string{"b", "d", "f"} {
		put(t, s, "a", key, "old")
	}
	update(t, s, func(tx storage.Tx) error {
		err := errors.Join(
			tx.Put("a", "a", []byte("new")),
			tx.Put("a", "b", []byte("changed")),
			tx.Put("a", "c", []byte("new")),
			tx.Delete("a", "d"),
			tx.Delete("a", "f"),
			tx.Put("a", "f", []byte("again")),
			tx.Put("a", "g", []byte("new")),
			tx.Put("a", "x", []byte("brief")),
			tx.Delete("a", "x"),
		)
		if err != nil {
			return err
		}
		if got, want := scan(t, tx, "a", "", ""), "a=new b=changed c=new f=again g=new"; got != want {
			t.Errorf("own scan: %s; want %s", got, want)
		}
		if v, err := tx.Get("a", "d"); v != nil || err != nil {
			t.Errorf("own deleted key: %q, %v", v, err)
		}
		return nil
	})
	view(t, s, func(tx storage.Tx) error {
		if got, want := scan(t, tx, "a", "", ""), "a=new b=changed c=new f=again g=new"; got != want {
			t.Errorf("scan: %s; want %s", got, want)
		}
		return nil
	})
}

func testReadOnly(t *testing.T, s storage.Store) {
	put(t, s, "a", "k", "v")
	view(t, s, func(tx storage.Tx) error {
		if err := tx.Put("a", "k", []byte("w")); !errors.Is(err, storage.ErrReadOnly) {
			t.Errorf("Put in a View: %v; want ErrReadOnly", err)
		}
		if err := tx.Delete("a", "k"); !errors.Is(err, storage.ErrReadOnly) {
			t.Errorf("Delete in a View: %v; want ErrReadOnly", err)
		}
		return nil
	})
	wantGet(t, s, "a", "k", []byte("v"))

	failure := errors.New("mine")
	if err := s.View(t.Context(), func(storage.Tx) error { return failure }); !errors.Is(err, failure) {
		t.Errorf("View = %v; want fn's error", err)
	}
}

// testValuesStand: a value read stays as it was read, in the transaction and after it,
// whatever is written later; and one read twice is the same.
func testValuesStand(t *testing.T, s storage.Store) {
	put(t, s, "a", "stands", "value")
	kept := map[string][]byte{}
	update(t, s, func(tx storage.Tx) error {
		if err := tx.Put("a", "new", []byte("value")); err != nil {
			return err
		}
		for _, key := range []string{"new", "stands"} {
			v, err := tx.Get("a", key)
			if err != nil {
				return err
			}
			kept["got "+key] = v
		}
		err := tx.Scan("a", "", "", func(key string, v []byte) error {
			kept["scanned "+key] = v
			return nil
		})
		return errors.Join(err, tx.Put("a", "new", []byte("other")), tx.Delete("a", "stands"))
	})
	view(t, s, func(tx storage.Tx) (err error) {
		kept["later"], err = tx.Get("a", "new")
		return err
	})
	for i := range 200 { // enough to move pages about
		put(t, s, "a", fmt.Sprintf("%03d", i), strings.Repeat("x", 200))
	}
	put(t, s, "a", "new", "third")
	for name, v := range kept {
		if want := "value"; string(v) != want && (name != "later" || string(v) != "other") {
			t.Errorf("%s: a value kept changed to %q", name, v)
		}
	}
	if len(kept) != 5 {
		t.Errorf("kept %d values", len(kept))
	}
	wantGet(t, s, "a", "new", []byte("third"))
}

func testLargeValues(t *testing.T, s storage.Store) {
	for _, size := range []int{1, 1000, 4096, 5000, 70_000, 1 << 20} {
		value := bytes.Repeat([]byte("chi hội "), size/8+1)[:size]
		key := strings.Repeat("k", min(size, 1000))
		put(t, s, "a", key, string(value))
		wantGet(t, s, "a", key, value)
	}
}

func testManyKeys(t *testing.T, s storage.Store) {
	const n = 10_000
	key := func(i int) string { return fmt.Sprintf("%05d", i*7919%n) }
	update(t, s, func(tx storage.Tx) error {
		for i := range n {
			if err := tx.Put("a", key(i), []byte(key(i))); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, s, func(tx storage.Tx) error {
		for i := range n {
			if key(i)[4]%2 == 1 {
				if err := tx.Delete("a", key(i)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	view(t, s, func(tx storage.Tx) error {
		next := 0
		err := tx.Scan("a", "", "", func(k string, v []byte) error {
			if want := fmt.Sprintf("%05d", next); k != want || string(v) != want {
				return fmt.Errorf("%s = %s where %s belongs", k, v, want)
			}
			next += 2
			return nil
		})
		if err == nil && next != n {
			err = fmt.Errorf("ended at %d", next)
		}
		return err
	})
	wantKeys(t, s, "a", "0123", "", "01230", "01232", "01234", "01236", "01238")
	wantKeys(t, s, "a", "0123", "01235", "01236", "01238")
}

// testEmptied: a bucket that loses every row takes a new one in the same transaction, as the
// outbox does when the last message owed is delivered and another comes.
func testEmptied(t *testing.T, s storage.Store) {
	const n = 2000
	key := func(i int) string { return fmt.Sprintf("%06d", i) }
	update(t, s, func(tx storage.Tx) error {
		for i := range n {
			if err := tx.Put("b", key(i), bytes.Repeat([]byte("v"), 100)); err != nil {
				return err
			}
		}
		return nil
	})
	update(t, s, func(tx storage.Tx) error {
		for i := range n {
			if err := tx.Delete("b", key(i)); err != nil {
				return err
			}
		}
		return tx.Put("b", key(n), []byte("new"))
	})
	wantKeys(t, s, "b", "", "", key(n))
}

func put(t *testing.T, s storage.Store, bucket, key, value string) {
	t.Helper()
	update(t, s, func(tx storage.Tx) error { return tx.Put(bucket, key, []byte(value)) })
}

func update(t *testing.T, s storage.Store, fn func(storage.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

func view(t *testing.T, s storage.Store, fn func(storage.Tx) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatalf("View: %v", err)
	}
}

func wantGet(t *testing.T, s storage.Store, bucket, key string, want []byte) {
	t.Helper()
	view(t, s, func(tx storage.Tx) error {
		got, err := tx.Get(bucket, key)
		if err == nil && (!bytes.Equal(got, want) || (got == nil) != (want == nil)) {
			t.Errorf("Get(%s, %.40q) = %.40q; want %.40q", bucket, key, got, want)
		}
		return err
	})
}

func wantKeys(t *testing.T, s storage.Store, bucket, prefix, from string, want ...string) {
	t.Helper()
	view(t, s, func(tx storage.Tx) error {
		var got []string
		err := tx.Scan(bucket, prefix, from, func(key string, _ []byte) error {
			got = append(got, key)
			return nil
		})
		if err == nil && !slices.Equal(got, want) {
			t.Errorf("Scan(%s, %q, %q) = %q; want %q", bucket, prefix, from, got, want)
		}
		return err
	})
}

// scan renders a scan as "key=value key=value".
func scan(t *testing.T, tx storage.Tx, bucket, prefix, from string) string {
	t.Helper()
	var rows []string
	err := tx.Scan(bucket, prefix, from, func(key string, value []byte) error {
		rows = append(rows, key+"="+string(value))
		return nil
	})
	if err != nil {
		t.Errorf("Scan(%s, %q, %q): %v", bucket, prefix, from, err)
	}
	return strings.Join(rows, " ")
}
