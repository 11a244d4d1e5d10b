package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"chihoi/bot"
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
	srv := httptest.NewServer(g.pages(store, http.NotFoundHandler(), bot.Operator{}, 25))
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
	if code := run([]string{"ledger", "2026-13", "--store", "bolt:" + path}, &out, &errs); code == 0 || !strings.Contains(errs.String(), "kỳ: ") {
		t.Errorf("a month that is none: exit %d, %s", code, errs.String())
	}
}

// With a token, what is shown of the store is for who has it: the commands take it from where
// serve takes it, and say which variable is missing. A token to guess is refused.
func TestPagesAreForTheOperator(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	store := openStore(t, path)
	defer store.Close()
	if err := storage.Migrate(store); err != nil {
		t.Fatal(err)
	}
	const token = "0123456789abcdef"
	g := &global{StoreURL: "bolt:" + path, Zone: "Asia/Ho_Chi_Minh"}
	srv := httptest.NewServer(g.pages(store, http.NotFoundHandler(), bot.Operator{Token: token}, 25))
	defer srv.Close()
	for _, c := range []struct {
		token string
		code  int
		want  string
	}{
		{token, 0, ""},
		{"", 1, "đòi CHIHOI_OPERATOR_TOKEN"},
		{"another-of-length", 1, "chihoi: CHIHOI_OPERATOR_TOKEN sai"},
		{"short", 1, "chihoi: CHIHOI_OPERATOR_TOKEN: dài 5 ký tự"},
	} {
		t.Setenv("CHIHOI_OPERATOR_TOKEN", c.token)
		for _, page := range []string{"ledger", "calendar"} {
			code, _, errs := command(t, page, "--store", "bolt:"+path, "--listen", strings.TrimPrefix(srv.URL, "http://"))
			if code != c.code || !strings.Contains(errs, c.want) {
				t.Errorf("%s with token %q: exit %d: %s", page, c.token, code, errs)
			}
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/ledger", nil) // from another machine
	w := httptest.NewRecorder()
	if g.pages(store, http.NotFoundHandler(), bot.Operator{}, 25).ServeHTTP(w, r); w.Code != http.StatusNotFound {
		t.Errorf("/ledger from elsewhere, no token set: %d", w.Code)
	}
}
