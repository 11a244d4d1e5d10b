package simulator

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/flows"
)

// ask sends one request as a page on this machine would, changed by the given funcs.
func ask(c *Channel, method, path, body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:40000"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for _, f := range change {
		f(r)
	}
	w := httptest.NewRecorder()
	c.Handler().ServeHTTP(w, r)
	return w
}

func host(name string) func(*http.Request)   { return func(r *http.Request) { r.Host = name } }
func remote(addr string) func(*http.Request) { return func(r *http.Request) { r.RemoteAddr = addr } }
func header(name, value string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

func TestOnlyThisMachine(t *testing.T) {
	c := sample()
	for _, ok := range []string{"127.0.0.1", "127.0.0.1:8080", "localhost:8080", "LOCALHOST", "[::1]:8080", "[::1]"} {
		if w := ask(c, "GET", "/", "", host(ok)); w.Code != http.StatusOK {
			t.Errorf("Host %q: %d", ok, w.Code)
		}
	}
	for _, bad := range []string{"example.org", "example.org:8080", "192.168.1.5:8080", "localhost.example.org", "127.0.0.1.example.org", "0.0.0.0:8080", ""} {
		if w := ask(c, "GET", "/", "", host(bad)); w.Code != http.StatusForbidden {
			t.Errorf("Host %q: %d, want 403", bad, w.Code)
		}
		if w := ask(c, "GET", "/events", "", host(bad)); w.Code != http.StatusForbidden {
			t.Errorf("stream for Host %q: %d, want 403", bad, w.Code)
		}
	}
	if w := ask(c, "GET", "/", "", remote("192.168.1.9:50000")); w.Code != http.StatusForbidden {
		t.Errorf("another machine: %d, want 403", w.Code)
	}
}

func TestOtherSitesCanNotPost(t *testing.T) {
	c := sample()
	const body = `{"phone":"head","text":"xin chào"}`
	none := func(r *http.Request) { r.Header.Del("Sec-Fetch-Site") }
	for name, w := range map[string]*httptest.ResponseRecorder{
		"cross-site":      ask(c, "POST", "/say", body, header("Sec-Fetch-Site", "cross-site")),
		"same-site":       ask(c, "POST", "/say", body, header("Sec-Fetch-Site", "same-site")),
		"foreign origin":  ask(c, "POST", "/say", body, none, header("Origin", "http://example.org")),
		"another port":    ask(c, "POST", "/say", body, none, header("Origin", "http://127.0.0.1:9999")),
		"no origin, form": ask(c, "POST", "/say", body, header("Content-Type", "text/plain")),
		"as GET":          ask(c, "GET", "/say", body),
	} {
		if w.Code < 400 {
			t.Errorf("%s: %d, want it refused", name, w.Code)
		}
	}
	if len(c.log) != 0 {
		t.Error("a refused post is on a screen")
	}
	for name, w := range map[string]*httptest.ResponseRecorder{
		"same origin":         ask(c, "POST", "/say", body),
		"older browser":       ask(c, "POST", "/say", body, none, header("Origin", "http://127.0.0.1:8080")),
		"program, no browser": ask(c, "POST", "/say", body, none),
	} {
		if w.Code != http.StatusNoContent {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestPageNeedsNothingFromOutside(t *testing.T) {
	c := sample()
	for _, path := range []string{"/", "/page.js", "/style.css", "/icon.svg"} {
		w := ask(c, "GET", path, "")
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
		if p := w.Header().Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'none'") || strings.Contains(p, "unsafe") {
			t.Errorf("%s: policy %q", path, p)
		}
		for _, bad := range []string{"https://", "innerHTML", " style=", "onclick", "<style", "@import"} {
			if strings.Contains(w.Body.String(), bad) {
				t.Errorf("%s contains %q", path, bad)
			}
		}
	}
	if w := ask(c, "GET", "/nothing", ""); w.Code != http.StatusNotFound {
		t.Errorf("unknown path: %d", w.Code)
	}
}

func TestPostsAreChecked(t *testing.T) {
	c := sample()
	for _, tt := range []struct {
		path, body string
		want       int
	}{
		{"/say", `{"phone":"head","text":"  "}`, 400},
		{"/say", `{"phone":"head","text":"` + strings.Repeat("x", longest+1) + `"}`, 400},
		{"/say", `{"phone":"nobody","text":"x"}`, 404},
		{"/say", `{`, 400},
		{"/say", `{"phone":"head","text":"` + strings.Repeat("x", bodyLimit) + `"}`, 400},
		{"/press", `{"phone":"head","message":"m","data":"d"}`, 409},
		{"/attach", `{"phone":"head","kind":"virus"}`, 400},
		{"/attach", `{"phone":"group","member":"Chị Lan","kind":"photo"}`, 204},
		{"/mode", `{"phone":"nobody","buttons":false}`, 404},
		{"/clock", `{"jump":"nowhere"}`, 400},
		{"/clock", `{"to":"hôm nào đó"}`, 400},
		{"/clock", `{"to":"2026-11-24 08:00"}`, 400},
		{"/clock", `{"to":"24/11"}`, 400},
	} {
		if w := ask(c, "POST", tt.path, tt.body); w.Code != tt.want {
			t.Errorf("%s %.60s: %d %s, want %d", tt.path, tt.body, w.Code, w.Body, tt.want)
		}
	}
	in := <-c.phones["group"].queue
	if in.update.Event != (flows.Unreadable{Kind: "photo"}) || !in.update.Group {
		t.Errorf("the group got %+v", in.update)
	}
}

func TestClockMovesForwardAndRunsWhatIsDue(t *testing.T) {
	c := sample()
	var ran []string
	c.cfg.AfterJump = func(ctx context.Context) {
		ran = append(ran, c.cfg.Clock.Now().Format("2/1 15:04"))
		if ctx.Done() != nil {
			t.Error("what is due must not stop when the page goes away")
		}
	}
	c.cfg.Stops = func(from, to time.Time) (stops []time.Time) {
		if stop := time.Date(2026, 11, 30, 8, 0, 0, 0, zone); stop.After(from) && stop.Before(to) {
			stops = append(stops, stop)
		}
		return stops
	}
	for _, body := range []string{`{"jump":"+1 giờ"}`, `{"jump":"+1 ngày"}`, `{"jump":"Sang 28/11 19:00"}`, `{"to":"1/12 08:00"}`} {
		if w := ask(c, "POST", "/clock", body); w.Code != http.StatusNoContent {
			t.Errorf("%s: %d %s", body, w.Code, w.Body)
		}
	}
	if w := ask(c, "POST", "/clock", `{"jump":"Sang 28/11 19:00"}`); w.Code != http.StatusBadRequest {
		t.Errorf("a jump to the past: %d", w.Code)
	}
	if got := strings.Join(ran, ", "); got != "25/11 09:00, 26/11 09:00, 28/11 19:00, 30/11 08:00, 1/12 08:00" {
		t.Errorf("due at %s", got)
	}
	if f := c.clockFace(); f.Day != "Thứ Ba, 1/12/2026" || f.Time != "08:00" || f.Open[0] || !f.Open[1] {
		t.Errorf("clock shows %+v", f)
	}
}

// frame is one server-sent event as a browser reads it.
type frame struct {
	name, id string
	body     map[string]any
}

// follow opens a stream and returns a func that reads its next event.
func follow(t *testing.T, url, lastID string) func() frame {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, _ := http.NewRequestWithContext(ctx, "GET", url+"/events", nil)
	r.Header.Set("Last-Event-ID", lastID)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	lines := bufio.NewReader(res.Body)
	return func() (f frame) {
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				if err != io.EOF {
					t.Error(err)
				}
				return frame{name: "end"}
			}
			switch key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": "); key {
			case "event":
				f.name = value
			case "id":
				f.id = value
			case "data":
				if err := json.Unmarshal([]byte(value), &f.body); err != nil {
					t.Fatal(err)
				}
			case "":
				return f
			}
		}
	}
}

// upTo reads until an event of this name and returns it with the names before it.
func upTo(t *testing.T, next func() frame, name string) (frame, string) {
	t.Helper()
	var names []string
	for {
		f := next()
		if f.name == name || f.name == "end" {
			return f, strings.Join(names, " ")
		}
		names = append(names, f.name)
	}
}

func TestStreamReplays(t *testing.T) {
	c := sample()
	server := httptest.NewServer(c.Handler())
	t.Cleanup(server.Close)
	id, err := c.Send(t.Context(), bot.Outgoing{Chat: "head", Text: "Chưa ạ?", Rows: [][]bot.Button{{{Label: "Rồi", Data: "yes"}}}})
	if err != nil {
		t.Fatal(err)
	}
	first := follow(t, server.URL, "")
	if _, names := upTo(t, first, "message"); names != "setup clock" {
		t.Errorf("a new page first gets %q", names)
	}
	if _, err := c.Send(t.Context(), bot.Outgoing{Chat: "head", Text: "✓ Rồi", Edits: id}); err != nil {
		t.Fatal(err)
	}
	edit, _ := upTo(t, first, "edit")
	if edit.body["id"] != id || edit.body["text"] != "✓ Rồi" || edit.body["rows"] != nil || edit.body["day"] != "Thứ Tư, 25/11" {
		t.Errorf("edit %v", edit.body)
	}
	if w := ask(c, "POST", "/say", `{"phone":"group","member":"Chị Lan","text":"<b>chào</b>"}`); w.Code != http.StatusNoContent {
		t.Fatal(w.Code)
	}
	said, _ := upTo(t, first, "message")
	if said.body["text"] != "<b>chào</b>" || said.body["name"] != "Chị Lan" || said.body["from"] != "me" {
		t.Errorf("said %v", said.body)
	}

	again := follow(t, server.URL, edit.id)
	if f, names := upTo(t, again, "live"); f.name != "live" || names != "clock message" {
		t.Errorf("a page that comes back gets %q, want what it missed", names)
	}
	for _, lost := range []string{"", "otherrun:1", c.run + ":999", c.run + ":x"} {
		if _, names := upTo(t, follow(t, server.URL, lost), "live"); names != "setup clock message edit message" {
			t.Errorf("after %q a page gets %q, want everything", lost, names)
		}
	}
}

func TestStreamEndsWithReceive(t *testing.T) {
	c := sample()
	server := httptest.NewServer(c.Handler())
	t.Cleanup(server.Close)
	ctx, stop := context.WithCancel(t.Context())
	received := make(chan error, 1)
	go func() { received <- c.Receive(ctx, func(context.Context, bot.Update) error { return nil }) }()
	next := follow(t, server.URL, "")
	upTo(t, next, "live")
	c.cfg.Clock.Set(time.Date(2026, 11, 26, 8, 0, 0, 0, zone))
	if f, _ := upTo(t, next, "clock"); f.body["value"] != "2026-11-26T08:00" {
		t.Errorf("a clock moved by someone else: %v", f.body)
	}
	stop()
	if err := <-received; err != nil {
		t.Error(err)
	}
	if f, _ := upTo(t, next, "end"); f.name != "end" {
		t.Error("the stream goes on after the channel stopped")
	}
}
