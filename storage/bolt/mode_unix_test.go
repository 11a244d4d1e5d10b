//go:build unix

package bolt

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A file that others may read, as copies often are, is made private; a file that turns out
// to be no store keeps its rights.
func TestModeIsTightened(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	var log bytes.Buffer
	opts := Options{Log: slog.New(slog.NewTextHandler(&log, nil))}
	for _, mode := range []os.FileMode{0, 0o600, 0o644, 0o666, 0o400} {
		if mode != 0 {
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
		}
		log.Reset()
		if mode == 0o400 && os.Getuid() != 0 {
			continue // can't be written, so it can't be opened
		}
		s, err := Open(path, opts)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm()&0o077 != 0 || s.Close() != nil {
			t.Errorf("%v: mode is %v, %v", mode, info.Mode(), err)
		}
		said := strings.Contains(log.String(), "level=WARN") && strings.Contains(log.String(), "mode=0"+strconv.FormatInt(int64(mode), 8)) && strings.Contains(log.String(), path)
		if open := mode&0o077 != 0; open != said {
			t.Errorf("%v: log %q", mode, &log)
		}
	}
	other := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(other, []byte("not a store"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Open(other, opts)
	if info, statErr := os.Stat(other); err == nil || statErr != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v: another file is now %v, %v", err, info.Mode(), statErr)
	}
}
