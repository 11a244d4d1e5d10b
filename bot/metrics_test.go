package bot_test

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/storage/bolt"
)

// What is measured can be read, in the form that Prometheus reads, and names nobody: no
// commune, branch, person or contact occurs in it.
func TestMetricsNameNobody(t *testing.T) {
	store, err := bolt.Open(filepath.Join(t.TempDir(), "m.db"), bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	country(t, store, 30, 1)
	clock := bot.NewHandClock(time.Date(2026, 11, 26, 19, 0, 0, 0, bottest.Zone), true)
	app, err := bot.New(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), swallow{})
	if err != nil {
		t.Fatal(err)
	}
	u := bot.Update{ID: "1", Contact: "b:7", SentAt: clock.Now(), Event: flows.Text{Body: "báo cáo"}}
	for range 2 { // the second is a repeat
		if err := app.Inbox.Handle(t.Context(), u); err != nil {
			t.Fatal(err)
		}
	}
	app.Outbox.Drain(t.Context())
	u.ID = "2"
	if err := app.Inbox.Handle(t.Context(), u); err != nil { // its answer stays owed
		t.Fatal(err)
	}
	clock.Set(clock.Now().Add(90 * time.Second))
	if err := app.Scheduler.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest("GET", "/metrics", nil)
	r.RemoteAddr = "127.0.0.1:4000"
	app.Handler().ServeHTTP(w, r)
	raw, err := io.ReadAll(w.Body)
	text := string(raw)
	if w.Code != 200 || err != nil {
		t.Fatalf("%d %v", w.Code, err)
	}
	for _, line := range []string{
		`chihoi_updates_total{channel="b",outcome="done"} 2`, `chihoi_updates_total{channel="b",outcome="repeated"} 1`,
		`chihoi_sends_total{outcome="delivered"} 1`, `chihoi_outbox_messages{lane="reply"} 1`, `chihoi_outbox_messages{lane="bulk"} 0`,
		`chihoi_outbox_oldest_seconds{lane="reply"} 90`, `chihoi_turn_seconds_count 2`, `chihoi_reply_seconds_count 1`,
		`chihoi_jobs_failing 0`, `chihoi_ready 0`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("missing: %s", line)
		}
	}
	if !regexp.MustCompile(`(?m)^chihoi_commits_total [1-9]`).MatchString(text) {
		t.Error("no commits are counted")
	}
	if found := regexp.MustCompile(`xa-0|b:7|Nguyễn|an-phu|p7`).FindString(text); found != "" {
		t.Errorf("somebody is named: %q", found)
	}
}
