package bolt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"chihoi/storage"
)

// What the file holds after an Update returned is what a power cut at that moment would
// leave. The copy stands for the disk.
func TestCopyBetweenCommits(t *testing.T) {
	s := fresh(t)
	copied := filepath.Join(t.TempDir(), "copy.db")
	for i := range 40 {
		err := s.Update(t.Context(), func(tx storage.Tx) error {
			return errors.Join(tx.Put("rows", fmt.Sprintf("%03d", i), fmt.Append(nil, i)),
				tx.Put("last", "i", fmt.Append(nil, i)), tx.Delete("rows", fmt.Sprintf("%03d", i-10)))
		})
		if err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(s.path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied, content, 0o600); err != nil {
			t.Fatal(err)
		}
		after, err := Open(copied, Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		all, err := rows(after, "rows")
		if err != nil || len(all) != min(i+1, 10) || get(t, after, "last", "i") != fmt.Sprint(i) {
			t.Errorf("after commit %d: %d rows, %v", i, len(all), err)
		}
		if err := put(after, "rows", "and", "on"); err != nil {
			t.Error(err)
		}
		if err := after.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(copied); err != nil {
			t.Fatal(err)
		}
	}
}

const childPath = "CHIHOI_TEST_BOLT_CHILD"

// TestMain turns this binary into the child of TestKill.
func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		child(path)
	}
	os.Exit(m.Run())
}

// child writes as fast as it can until it is killed, and prints each key when its Update
// has returned.
func child(path string) {
	s, err := Open(path, Options{})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			for i := 0; ; i++ {
				key := fmt.Sprintf("%d-%d-%d", os.Getpid(), w, i)
				err := s.Update(context.Background(), func(tx storage.Tx) error {
					return errors.Join(tx.Put("one", key, []byte(key)), tx.Put("two", key, []byte(key)))
				})
				if err != nil {
					fmt.Println(err)
					os.Exit(1)
				}
				fmt.Println(key)
			}
		})
	}
	wg.Wait()
}

// Of what a process acknowledged before it was killed nothing is lost, and of what it
// didn't nothing is there by half.
func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "store.db")
	acknowledged := map[string]bool{}
	for round := range 5 {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), childPath+"="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(out)
		for n := 0; ; n++ {
			line, err := lines.ReadString('\n')
			if err != nil {
				break // a line the kill cut off is no acknowledgement
			}
			if strings.Contains(line, " ") {
				t.Fatalf("the child says %s", line)
			}
			acknowledged[strings.TrimSpace(line)] = true
			if n == 200+round*37 {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = cmd.Wait() // it was killed
		checkAfterKill(t, path, acknowledged)
	}
}

func checkAfterKill(t *testing.T, path string, acknowledged map[string]bool) {
	t.Helper()
	s := open(t, path, Options{})
	one, err := rows(s, "one")
	if err != nil {
		t.Fatal(err)
	}
	two, err := rows(s, "two")
	if err != nil {
		t.Fatal(err)
	}
	for key := range acknowledged {
		if one[key] != key {
			t.Errorf("%s was acknowledged and lost", key)
		}
	}
	if fmt.Sprint(one) != fmt.Sprint(two) {
		t.Error("half of a transaction was kept")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
