package bot_test

import (
	"errors"
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
	net := &meteredNetwork{quota: 3000, answer: map[string]error{}, calls: map[string]int{}}
	app, err := bot.New(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), net)
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
	net.answer["7"] = &bot.LaterError{After: time.Second, All: true, Err: errors.New("429")}
	app.Outbox.Drain(t.Context())
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
		`chihoi_jobs_failing 0`, `chihoi_jobs_total{outcome="failed"} 0`, `chihoi_ready 0`,
		`chihoi_throttled_total 1`, `chihoi_sends_total{outcome="retried"} 1`, `chihoi_quota_left{channel="b"} 2999`,
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("missing: %s", line)
		}
	}
	for _, counted := range []string{`chihoi_commits_total [1-9]`, `chihoi_jobs_total\{outcome="done"\} [1-9]`, `go_goroutines [1-9]`} {
		if !regexp.MustCompile(`(?m)^` + counted).MatchString(text) {
			t.Errorf("missing: %s", counted)
		}
	}
	if found := regexp.MustCompile(`xa-0|b:7|Nguyễn|an-phu|p7`).FindString(text); found != "" {
		t.Errorf("somebody is named: %q", found)
	}
}
