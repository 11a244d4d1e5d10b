package main

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"chihoi/flows/org"
	"chihoi/storage"
)

// The ledger and the calendar can be read while another process has the store, which is then
// asked; they hold counts and no names; and they are the same as with the store at hand.
func TestLedgerAndCalendarBesideServe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	store := openStore(t, path)
	if err := storage.Migrate(store); err != nil {
		t.Fatal(err)
	}
	err := store.Update(t.Context(), func(tx storage.Tx) error {
		for key, p := range map[string]storage.Promised{
			"open/2026-11/an-phu/1":                 {State: "sent", Wave: "open/2026-11-25"},
			"open/2026-11/an-phu/2":                 {State: "failed", Wave: "open/2026-11-25", Why: "blocked"},
			"late_list/2026-11/an-phu/p-secret":     {State: "owed", Wave: "late_list/2026-12-04"},
			"skip/2026-11/an-phu/3/open-2026-11-25": {State: "skipped", Wave: "open/2026-11-25", Why: "chưa nhận mã"},
		} {
			if err := storage.Promise.Put(tx, key, p); err != nil {
				return err
			}
		}
		return storage.Communes.Put(tx, "an-phu", org.Commune{ID: "an-phu", Name: "Xã An Phú"})
	})
	if err != nil {
		t.Fatal(err)
	}
	g := &global{StoreURL: "bolt:" + path, Zone: "Asia/Ho_Chi_Minh"}
	srv := httptest.NewServer(g.pages(store, http.NotFoundHandler(), 25))
	defer srv.Close()
	chihoi := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(append(args, "--store", "bolt:"+path, "--listen", strings.TrimPrefix(srv.URL, "http://")), &out, &errs); code != 0 {
			t.Fatalf("%v: exit %d: %s", args, code, errs.String())
		}
		return out.String()
	}
	ledger, calendar := chihoi("ledger", "2026-11"), chihoi("calendar", "--months", "2")
	if !strings.Contains(ledger, "Mở kỳ") || !strings.Contains(ledger, "chưa nhận mã: 1") || strings.Contains(ledger, "p-secret") || strings.Count(ledger, "\n") != 3 {
		t.Errorf("ledger:\n%s", ledger)
	}
	if !strings.Contains(calendar, "Nhắc lần 3") || !strings.Contains(calendar, "0 chi hội") {
		t.Errorf("calendar:\n%s", calendar)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if alone := chihoi("ledger", "2026-11"); alone != ledger {
		t.Errorf("alone:\n%s\nbeside serve:\n%s", alone, ledger)
	}
	var out, errs bytes.Buffer
	if code := run([]string{"ledger", "2026-13", "--store", "bolt:" + path}, &out, &errs); code == 0 || !strings.Contains(errs.String(), "MONTH") {
		t.Errorf("a month that is none: exit %d, %s", code, errs.String())
	}
}

// What is shown of the store is shown to this machine alone, also when a proxy on it forwards
// too much.
func TestPagesAreForThisMachine(t *testing.T) {
	store := openStore(t, filepath.Join(t.TempDir(), "s.db"))
	if err := storage.Migrate(store); err != nil {
		t.Fatal(err)
	}
	g := &global{Zone: "Asia/Ho_Chi_Minh"}
	pages := g.pages(store, http.NotFoundHandler(), 25)
	here := &net.TCPAddr{IP: net.ParseIP("10.0.0.5"), Port: 8080}
	for name, c := range map[string]struct {
		from, header string
		want         int
	}{
		"this machine":       {"127.0.0.1:4000", "", http.StatusOK},
		"by IPv6":            {"[::1]:4000", "", http.StatusOK},
		"by its own address": {"10.0.0.5:4000", "", http.StatusOK},
		"another machine":    {"10.0.0.6:4000", "", http.StatusNotFound},
		"through a proxy":    {"127.0.0.1:4000", "X-Forwarded-For", http.StatusNotFound},
		"no address":         {"@", "", http.StatusNotFound},
	} {
		for _, page := range []string{"/ledger", "/calendar"} {
			r := httptest.NewRequest(http.MethodGet, page, nil)
			r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, here))
			if r.RemoteAddr = c.from; c.header != "" {
				r.Header.Set(c.header, "203.0.113.9")
			}
			w := httptest.NewRecorder()
			if pages.ServeHTTP(w, r); w.Code != c.want {
				t.Errorf("%s, %s: %d, want %d", page, name, w.Code, c.want)
			}
		}
	}
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}
