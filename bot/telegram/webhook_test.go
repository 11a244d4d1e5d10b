package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/telegram"
	"chihoi/bot/wire"
	"chihoi/flows"
)

const secret = "a-Secret_1"

func webhook(c *telegram.Config) {
	c.Mode, c.Secret, c.PublicURL = wire.Webhook, secret, "https://bot.example.vn/"
}

func TestWebhookEndToEnd(t *testing.T) {
	var handler atomic.Pointer[http.Handler]
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/telegram" {
			t.Errorf("called at %s", r.URL.Path)
		}
		(*handler.Load()).ServeHTTP(w, r)
	}))
	defer front.Close()
	w := newWorld(t, webhook, func(c *telegram.Config) { c.PublicURL = front.URL })
	var failures atomic.Int32
	failures.Store(5)
	w.handle = func(context.Context, bot.Update) error {
		if failures.Add(-1) >= 0 {
			return errors.New("disk full")
		}
		return nil
	}
	h := w.channel.Handler(w.take)
	handler.Store(&h)
	for n := range 10 { // before the webhook is set: Telegram keeps them
		w.srv.User(int64(n%2 + 1)).Type(fmt.Sprint(n))
	}
	w.srv.User(1).PressData(5, "tap")
	w.srv.PushRaw(`"message":{"chat":["?"]}`)
	stop := w.start()
	w.updates(11)
	w.confirmed()
	w.eventually("tap answered", func() bool { return w.srv.Unanswered() == 0 })
	if got := of(w.updates(11), "telegram:1"); fmt.Sprint(got) != "[0 2 4 6 8]" {
		t.Errorf("got %v", got)
	}
	if s := w.srv.Stats(); s.SecondAnswers != 0 || s.WebhookFailures != 5 {
		t.Errorf("stats %+v", s)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestWebhookAnswers(t *testing.T) {
	w := newWorld(t, webhook)
	fail := false
	w.handle = func(context.Context, bot.Update) error {
		if fail {
			return errors.New("disk full")
		}
		return nil
	}
	h := w.channel.Handler(w.take)
	const text = `{"update_id":7,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"},"from":{"id":1},"text":"hi"}}`
	call := func(method, secret, body string) int {
		r := httptest.NewRequest(method, "/telegram", strings.NewReader(body))
		if secret != "" {
			r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		return rec.Code
	}
	for _, c := range []struct {
		name, method, secret, body string
		fail                       bool
		want, handled              int
	}{
		{"good", "POST", secret, text, false, 200, 1},
		{"not stored", "POST", secret, text, true, 503, 0},
		{"wrong secret", "POST", "a-Secret_2", text, false, 401, 0},
		{"no secret", "POST", "", text, false, 401, 0},
		{"GET", "GET", secret, "", false, 405, 0},
		{"not JSON", "POST", secret, "chữ của ai đó", false, 200, 0},
		{"no id", "POST", secret, `{"message":{}}`, false, 200, 0},
		{"of no use", "POST", secret, `{"update_id":8,"poll":{}}`, false, 200, 0},
		{"huge", "POST", secret, `{"update_id":9,"x":"` + strings.Repeat("x", 1<<20) + `"}`, false, 200, 0},
	} {
		fail = c.fail
		before := len(w.updates(0))
		if got := call(c.method, c.secret, c.body); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		if got := len(w.updates(0)) - before; got != c.handled {
			t.Errorf("%s: %d handled, want %d", c.name, got, c.handled)
		}
	}
	if s := w.logs.String(); strings.Contains(s, "chữ của") || strings.Contains(s, secret) {
		t.Errorf("log:\n%s", s)
	}
	if u := w.updates(1)[0]; u.ID != "7" || u.Event != (flows.Text{Body: "hi"}) {
		t.Errorf("got %+v", u)
	}
}

// TestSecretIsComparedBeforeTheBodyIsRead keeps strangers from making the bot read.
func TestSecretIsComparedBeforeTheBodyIsRead(t *testing.T) {
	w := newWorld(t, webhook)
	body := &unread{t: t}
	r := httptest.NewRequest("POST", "/telegram", body)
	rec := httptest.NewRecorder()
	w.channel.Handler(w.take).ServeHTTP(rec, r)
	if rec.Code != 401 {
		t.Errorf("status %d", rec.Code)
	}
}

type unread struct{ t *testing.T }

func (u *unread) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func TestPollModeHasNoHandler(t *testing.T) {
	w := newWorld(t)
	rec := httptest.NewRecorder()
	w.channel.Handler(w.take).ServeHTTP(rec, httptest.NewRequest("POST", "/telegram", strings.NewReader("{}")))
	if rec.Code != 404 {
		t.Errorf("status %d", rec.Code)
	}
}

func TestWebhookWithRevokedToken(t *testing.T) {
	w := newWorld(t, webhook)
	w.srv.Revoke()
	if err := w.channel.Receive(t.Context(), w.take); err == nil || !strings.Contains(err.Error(), "@BotFather") {
		t.Errorf("got %v", err)
	}
}

// Until the webhook is set nothing arrives, so every failure warns and says what to look
// at; none of them ends the trying.
func TestWebhookIsSetInTheEnd(t *testing.T) {
	w := newWorld(t, webhook)
	w.srv.Script("setWebhook",
		bottest.TelegramReply{Code: 400, Description: "Bad Request: bad webhook: Failed to resolve host: Name or service not known"},
		bottest.TelegramReply{Code: 400, Description: "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"},
		bottest.TelegramReply{Code: 400, Description: "Bad Request: bad webhook: IP address 10.0.0.1 is reserved"},
		bottest.TelegramReply{Code: 400, Description: "Bad Request: bad webhook: something else"},
		bottest.TelegramReply{Code: 429, Description: "Too Many Requests: retry after 9", RetryAfter: 9},
		bottest.TelegramReply{Status: 502, Body: "<html>"},
	)
	stop := w.start()
	w.eventually("webhook set", func() bool { return strings.Contains(w.logs.String(), "webhook set") })
	var got []string
	for line := range strings.Lines(w.logs.String()) {
		if strings.Contains(line, "level=WARN") && strings.Contains(line, "the webhook is not set") && strings.Contains(line, "address=https://bot.example.vn/telegram") {
			_, do, _ := strings.Cut(line, "do=")
			got = append(got, do)
		}
	}
	want := []string{"DNS entry", "ports 443", "public IPv4", "certificate it trusts", "Telegram is busy", "reaches Telegram"}
	if len(got) != len(want) {
		t.Fatalf("%d warnings, want %d:\n%s", len(got), len(want), w.logs)
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) || !strings.Contains(got[i], "again_in=") {
			t.Errorf("failure %d: %s, want %q", i+1, got[i], want[i])
		}
	}
	if waits := w.waited(); len(waits) != 6 || waits[0] < time.Second || waits[3] < 8*time.Second || waits[4] < 10*time.Second {
		t.Errorf("waits %v", waits)
	}
	if strings.Contains(w.logs.String(), secret) {
		t.Error("the secret is in the log")
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestWebhookWhileTelegramIsAway(t *testing.T) {
	w := newWorld(t, webhook, func(c *telegram.Config) { c.API = "http://127.0.0.1:1" })
	stop := w.start()
	w.eventually("a warning", func() bool { return strings.Contains(w.logs.String(), "TELEGRAM_API") })
	if err := stop(); err != nil {
		t.Error(err)
	}
}
