package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"chihoi/storage"
)

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	s := open(t, path, Options{})
	for _, readOnly := range []bool{false, true} {
		_, err := Open(path, Options{Timeout: 60 * time.Millisecond, ReadOnly: readOnly})
		if !errors.Is(err, storage.ErrLocked) || !strings.Contains(err.Error(), path) {
			t.Errorf("a second Open = %v; want ErrLocked with the path", err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, path, Options{})
}

// Files that are no store are refused, said to be damaged, and left as they are.
func TestNotAStore(t *testing.T) {
	files := map[string][]byte{
		"empty":      {},
		"one byte":   {0},
		"short text": []byte("this is no store\n"),
		"text":       bytes.Repeat([]byte("this is no store\n"), 5000),
		"zeros":      make([]byte, 64<<10),
		"ones":       bytes.Repeat([]byte{0xff}, 64<<10),
		"SQLite":     append([]byte("SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20"), make([]byte, 8192)...),
	}
	for name, content := range files {
		for _, readOnly := range []bool{false, true} {
			path := filepath.Join(t.TempDir(), "store.db")
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Open(path, Options{ReadOnly: readOnly})
			if !errors.Is(err, storage.ErrDamaged) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "backup") {
				t.Errorf("%s: Open = %v; want ErrDamaged with the path and what to do", name, err)
			}
			if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, content) {
				t.Errorf("%s: the file was changed", name)
			}
		}
	}
}

// What is wrong with the place and not with a file is not called damage.
func TestCannotOpen(t *testing.T) {
	dir := t.TempDir()
	locked := filepath.Join(dir, "locked")
	if err := os.Mkdir(locked, 0o500); err != nil {
		t.Fatal(err)
	}
	paths := map[string]string{
		"a directory":        dir,
		"a missing folder":   filepath.Join(dir, "no", "store.db"),
		"below a file":       filepath.Join(os.Args[0], "store.db"),
		"a device":           os.DevNull,
		"a read-only folder": filepath.Join(locked, "store.db"),
	}
	if os.Getuid() == 0 {
		// Nothing is forbidden to root but what the kernel itself refuses.
		delete(paths, "a read-only folder")
		if runtime.GOOS == "linux" {
			paths["a file system that makes no files"] = "/proc/self/store.db"
		}
	}
	for name, path := range paths {
		s, err := Open(path, Options{})
		if err == nil {
			_ = s.Close()
		}
		if err == nil || errors.Is(err, storage.ErrDamaged) || errors.Is(err, storage.ErrLocked) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: Open = %v; want a plain error with the path", name, err)
		}
	}
}

// sample is a store of some 30 pages with a bucket that has branches, and a free list.
func sample(t *testing.T) (content []byte, want map[string]string) {
	s := fresh(t)
	want = map[string]string{}
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 100 {
		key := fmt.Sprintf("%04d", i*7919%1000)
		want[key] = string(record(r))
		mustPut(t, s, "rows", key, want[key])
		mustPut(t, s, "few", "k", key)
	}
	// The copy, because the file itself is larger than what it holds.
	var copied bytes.Buffer
	if _, err := s.WriteTo(&copied); err != nil {
		t.Fatal(err)
	}
	return copied.Bytes(), want
}

// readAll opens a file of this content and reads everything. It fails the test when what
// it reads is wrong without an error.
func readAll(t *testing.T, what string, content []byte, want map[string]string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "store.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, Options{NoSync: true})
	if err == nil {
		defer s.Close()
		var got map[string]string
		if got, err = rows(s, "rows"); err == nil {
			// One commit back is what a torn last commit leaves; anything else is wrong.
			for key, value := range got {
				if want[key] != value {
					t.Errorf("%s: %s = %.20q without an error", what, key, value)
				}
			}
			err = put(s, "rows", "new", "value")
		}
	}
	if err != nil && !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("%s: %v; want ErrDamaged", what, err)
	}
}

func TestTruncated(t *testing.T) {
	content, want := sample(t)
	for size := len(content) - 1; size > 0; size -= 1000 {
		readAll(t, fmt.Sprintf("first %d bytes", size), content[:size], want)
	}
}

// Whichever page is overwritten, and with whatever: no crash.
func TestDamagedPages(t *testing.T) {
	content, want := sample(t)
	noise := bytes.Repeat([]byte{0xa5, 0x01, 0x5a, 0xff, 0x00, 0x10, 0x80}, 600)
	for page := 0; page*4096 < len(content); page++ {
		for name, over := range map[string][]byte{
			"zeros":        make([]byte, 4096),
			"noise":        noise[:4096],
			"another page": content[min(page+1, len(content)/4096-1)*4096:][:4096],
			"bad header":   noise[:16],
			"bad flags":    nil,
		} {
			bad := bytes.Clone(content)
			at := page * 4096
			if over == nil {
				at, over = at+8, []byte{0x40}
			}
			copy(bad[at:], over)
			readAll(t, fmt.Sprintf("%s over page %d", name, page), bad, want)
		}
	}
}
