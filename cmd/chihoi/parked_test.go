package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chihoi/flows"
	"chihoi/storage"
)

// What was given up is counted without a word of it, owed again on demand, and dropped on demand.
func TestParkedCommand(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chihoi.db")
	at := time.Now().Add(-time.Hour)
	change := func(fn func(tx storage.Tx) error) {
		t.Helper()
		s := openStore(t, path)
		if err := storage.Migrate(s); err != nil {
			t.Fatal(err)
		}
		if err := s.Update(t.Context(), fn); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	park := func(tx storage.Tx) error {
		m := storage.Message{ID: "a-b-00", To: "telegram:4711", Key: "late_list/2026-11/an-phu/minh", At: at, Prompt: flows.Prompt{Text: "lời riêng"}}
		return storage.Park(tx, m, at, flows.WhyTired)
	}
	chihoi := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(append([]string{"--store", "bolt:" + path}, args...), &out, &errs); code != 0 {
			t.Fatalf("exit %d: %s", code, errs.String())
		}
		return out.String()
	}
	owed := func() (n int) {
		change(func(tx storage.Tx) error {
			list, err := storage.Outbox.All(tx, "")
			n = len(list)
			return err
		})
		return n
	}
	change(park)
	out := chihoi("parked")
	if !strings.Contains(out, "telegram") || !strings.Contains(out, flows.WhyTired) || strings.Contains(out, "4711") || strings.Contains(out, "lời riêng") {
		t.Errorf("said %q", out)
	}
	if out := chihoi("parked", "--retry"); !strings.Contains(out, "xếp lại 1 tin") || owed() != 1 {
		t.Errorf("said %q, owed %d", out, owed())
	}
	change(park)
	if out := chihoi("parked", "--drop"); !strings.Contains(out, "bỏ 1 tin") || owed() != 0 {
		t.Errorf("said %q, owed %d", out, owed())
	}
	if out := chihoi("parked"); !strings.Contains(out, "Không có tin nào") {
		t.Errorf("said %q", out)
	}
}
