package bot_test

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/storage"
)

// What is measured, and how things stand in detail, is for the operator alone: this machine,
// or who has the token. Whether the program lives and is ready is for everybody, and no more.
func TestHealthIsForAllAndDetailForTheOperator(t *testing.T) {
	store := storage.NewMem()
	if err := storage.Migrate(store); err != nil {
		t.Fatal(err)
	}
	clock := bot.NewHandClock(time.Date(2026, 11, 26, 19, 0, 0, 0, bottest.Zone), true)
	app, err := bot.New(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), swallow{})
	if err != nil {
		t.Fatal(err)
	}
	const token = "0123456789abcdef"
	for name, c := range map[string]struct {
		token, from, header, value string
		metrics                    int
	}{
		"this machine":                 {"", "127.0.0.1:4000", "", "", http.StatusOK},
		"by IPv6":                      {"", "[::1]:4000", "", "", http.StatusOK},
		"by its own address":           {"", "10.0.0.5:4000", "", "", http.StatusOK},
		"another machine":              {"", "10.0.0.6:4000", "", "", http.StatusNotFound},
		"through a proxy":              {"", "127.0.0.1:4000", "X-Forwarded-For", "203.0.113.9", http.StatusNotFound},
		"no address":                   {"", "@", "", "", http.StatusNotFound},
		"a token where none is":        {"", "10.0.0.6:4000", "Authorization", "Bearer " + token, http.StatusNotFound},
		"an empty token where none is": {"", "10.0.0.6:4000", "Authorization", "Bearer ", http.StatusNotFound},
		"the token, from elsewhere":    {token, "10.0.0.6:4000", "Authorization", "Bearer " + token, http.StatusOK},
		"no token, from here":          {token, "127.0.0.1:4000", "", "", http.StatusUnauthorized},
		"another token":                {token, "127.0.0.1:4000", "Authorization", "Bearer " + token + "x", http.StatusUnauthorized},
		"the token, another scheme":    {token, "127.0.0.1:4000", "Authorization", token, http.StatusUnauthorized},
	} {
		app.Operator.Token = c.token
		get := func(page string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodGet, page, nil)
			r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.ParseIP("10.0.0.5"), Port: 8080}))
			if r.RemoteAddr = c.from; c.header != "" {
				r.Header.Set(c.header, c.value)
			}
			w := httptest.NewRecorder()
			app.Handler().ServeHTTP(w, r)
			return w
		}
		if w := get("/metrics"); w.Code != c.metrics || (w.Code == http.StatusOK) != strings.Contains(w.Body.String(), "chihoi_ready") {
			t.Errorf("/metrics, %s: %d, want %d", name, w.Code, c.metrics)
		}
		if w := get("/healthz"); w.Code != http.StatusOK || w.Body.String() != "ok\n" {
			t.Errorf("/healthz, %s: %d %s", name, w.Code, w.Body)
		}
		// It is not running here, so it is not ready.
		bare := `{"ready":false}` + "\n"
		if w := get("/readyz"); w.Code != http.StatusServiceUnavailable || (c.metrics == http.StatusOK) == (w.Body.String() == bare) {
			t.Errorf("/readyz, %s: %d %s", name, w.Code, w.Body)
		}
	}
}
