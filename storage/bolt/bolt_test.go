package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"chihoi/storage"
	"chihoi/storage/storagetest"
)

func TestContract(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) storage.Store {
		return open(t, filepath.Join(t.TempDir(), "store.db"), Options{NoSync: true})
	})
}

func open(t testing.TB, path string, opts Options) *Store {
	t.Helper()
	s, err := Open(path, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// fresh is an empty store in a file of its own.
func fresh(t testing.TB) *Store {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "store.db"), Options{NoSync: true})
}

func put(s *Store, bucket, key, value string) error {
	return s.Update(context.Background(), func(tx storage.Tx) error {
		return tx.Put(bucket, key, []byte(value))
	})
}

func mustPut(t testing.TB, s *Store, bucket, key, value string) {
	t.Helper()
	if err := put(s, bucket, key, value); err != nil {
		t.Fatalf("Put(%s, %s): %v", bucket, key, err)
	}
}

func get(t testing.TB, s *Store, bucket, key string) (value string) {
	t.Helper()
	err := s.View(context.Background(), func(tx storage.Tx) error {
		v, err := tx.Get(bucket, key)
		value = string(v)
		return err
	})
	if err != nil {
		t.Fatalf("Get(%s, %s): %v", bucket, key, err)
	}
	return value
}

// rows reads everything in a bucket.
func rows(s *Store, bucket string) (map[string]string, error) {
	all := map[string]string{}
	err := s.View(context.Background(), func(tx storage.Tx) error {
		return tx.Scan(bucket, "", "", func(key string, value []byte) error {
			all[key] = string(value)
			return nil
		})
	})
	return all, err
}

func TestReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	want := map[string]string{}
	for round := range 3 {
		s := open(t, path, Options{})
		got, err := rows(s, "rows")
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("round %d: %v, %v; want %v", round, got, err, want)
		}
		for i := range 5 {
			key, value := fmt.Sprintf("%d-%d", round, i), fmt.Sprint(i)
			mustPut(t, s, "rows", key, value)
			want[key] = value
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("Close again: %v", err)
		}
	}
}

func TestFileMode(t *testing.T) {
	s := fresh(t)
	info, err := os.Stat(s.path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if s.Size() != info.Size() {
		t.Errorf("Size() = %d; want %d", s.Size(), info.Size())
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	if _, err := Open(path, Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Open of a missing file = %v", err)
	}
	s := open(t, path, Options{})
	mustPut(t, s, "a", "k", "v")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	first, second := open(t, path, Options{ReadOnly: true}), open(t, path, Options{ReadOnly: true})
	for _, s := range []*Store{first, second} {
		if got := get(t, s, "a", "k"); got != "v" {
			t.Errorf("read %q", got)
		}
	}
	if err := put(first, "a", "k", "w"); !errors.Is(err, storage.ErrReadOnly) {
		t.Errorf("Update = %v; want ErrReadOnly", err)
	}
}

// A copy made while the store goes on is a store, and holds one moment.
func TestWriteTo(t *testing.T) {
	s := fresh(t)
	mustPut(t, s, "a", "one", "same")
	stop, stopped := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				stopped <- nil
				return
			default:
			}
			err := s.Update(context.Background(), func(tx storage.Tx) error {
				value := fmt.Appendf(nil, "%09d", i)
				return errors.Join(tx.Put("a", "one", value), tx.Put("b", "two", value),
					tx.Put("c", fmt.Sprint(i), bytes.Repeat(value, 200)))
			})
			if err != nil {
				stopped <- err
				return
			}
		}
	}()
	for i := range 10 {
		path := filepath.Join(t.TempDir(), fmt.Sprint(i))
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		n, err := s.WriteTo(file)
		if info, _ := file.Stat(); err != nil || n != info.Size() {
			t.Fatalf("WriteTo = %d, %v; the copy has %d", n, err, info.Size())
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		copied := open(t, path, Options{ReadOnly: true})
		one, two := get(t, copied, "a", "one"), get(t, copied, "b", "two")
		if one != two && one != "same" {
			t.Errorf("the copy holds %s and %s", one, two)
		}
	}
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	if _, err := s.WriteTo(failingWriter{}); err == nil {
		t.Error("WriteTo succeeded with a writer that fails")
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("the writer failed") }
