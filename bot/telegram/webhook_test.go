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

	"chihoi/bot"
	"chihoi/bot/telegram"
	"chihoi/flows"
)

const secret = "a-Secret_1"

func webhook(c *telegram.Config) {
	c.Mode, c.Secret, c.PublicURL = telegram.Webhook, secret, "https://bot.example.vn/"
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
