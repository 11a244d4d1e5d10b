package zalo_test

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
	"chihoi/bot/wire"
	"chihoi/bot/zalo"
)

const secret = "a-Secret_1"

func webhook(c *zalo.Config) {
	c.Mode, c.Secret, c.PublicURL = wire.Webhook, secret, "https://bot.example.vn/"
}

func delivery(secret, body string) *http.Request {
	r := httptest.NewRequest("POST", "/zalo/an-phu", strings.NewReader(body))
	if secret != "" {
		r.Header.Set("X-Bot-Api-Secret-Token", secret)
	}
	return r
}

// hooked is a world whose channel is called by its server.
func hooked(t *testing.T) *world {
	var handler atomic.Pointer[http.Handler]
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/zalo/an-phu" {
			t.Errorf("called at %s", r.URL.Path)
		}
		(*handler.Load()).ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	w := newWorld(t, webhook, func(c *zalo.Config) { c.PublicURL = front.URL })
	h := w.channel.Handler(w.take)
	handler.Store(&h)
	return w
}

func TestWebhookEndToEnd(t *testing.T) {
	for name, wrapped := range map[string]bool{"flat": false, "wrapped": true} {
		t.Run(name, func(t *testing.T) {
			w := hooked(t)
			w.srv.Set(func(q *bottest.ZaloQuirks) { q.Wrapped = wrapped })
			w.srv.Ping(true)
			w.srv.Webhook(0, true)
			stop := w.start()
			w.logged("webhook set")
			w.srv.User("a").Type("1")
			w.srv.User("b").Photo("họp")
			got := w.updates(4) // each twice, with the same id
			ids := map[string]int{}
			for _, u := range got {
				ids[u.ID]++
			}
			if len(ids) != 2 {
				t.Errorf("ids %v", ids)
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWebhookOutOfOrder(t *testing.T) {
	w := hooked(t)
	w.start()
	w.logged("webhook set")
	w.srv.Hold()
	for n := range 3 {
		w.srv.User("a").Type(fmt.Sprint(n))
	}
	w.srv.Release()
	if got := texts(w.updates(3)); len(got) != 3 {
		t.Errorf("got %v", got)
	}
}

// Whether Zalo delivers again is not known: a store that fails for a moment is waited for.
func TestStoreThatFailsForAMoment(t *testing.T) {
	w := hooked(t)
	var failures atomic.Int32
	failures.Store(3)
	w.handle = func(context.Context, bot.Update) error {
		if failures.Add(-1) >= 0 {
			return errors.New("disk full")
		}
		return nil
	}
	w.start()
	w.logged("webhook set")
	w.srv.User("a").Type("1")
	w.updates(1)
	if s := w.srv.Stats(); s.Failures != 0 {
		t.Errorf("%d deliveries failed", s.Failures)
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
	const text = `{"event_name":"message.text.received","message":{"message_id":"1","from":{"id":"a"},"text":"hi"}}`
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
		{"empty", "POST", secret, "", false, 200, 0},
		{"not JSON", "POST", secret, "chữ của ai đó", false, 200, 0},
		{"of no use", "POST", secret, `{"event_name":"webhook.verify"}`, false, 200, 0},
		{"huge", "POST", secret, `{"x":"` + strings.Repeat("x", 1<<20) + `"}`, false, 200, 0},
	} {
		fail = c.fail
		before := len(w.all())
		r := delivery(c.secret, c.body)
		r.Method = c.method
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != c.want {
			t.Errorf("%s: %d, want %d", c.name, rec.Code, c.want)
		}
		if got := len(w.all()) - before; got != c.handled {
			t.Errorf("%s: %d handled, want %d", c.name, got, c.handled)
		}
	}
	log := w.logs.String()
	if strings.Contains(log, "chữ của") || strings.Contains(log, secret) {
		t.Errorf("log:\n%s", log)
	}
	if strings.Count(log, "without the right secret") != 1 {
		t.Errorf("strangers are to be reported once in a while:\n%s", log)
	}
}

// TestSecretIsComparedBeforeTheBodyIsRead keeps strangers from making the bot read.
func TestSecretIsComparedBeforeTheBodyIsRead(t *testing.T) {
	w := newWorld(t, webhook)
	r := delivery("", "")
	r.Body = io.NopCloser(unread{t})
	rec := httptest.NewRecorder()
	w.channel.Handler(w.take).ServeHTTP(rec, r)
	if rec.Code != 401 {
		t.Errorf("status %d", rec.Code)
	}
}

type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func TestPollModeHasNoHandler(t *testing.T) {
	w := newWorld(t)
	rec := httptest.NewRecorder()
	w.channel.Handler(w.take).ServeHTTP(rec, delivery("", "{}"))
	if rec.Code != 404 {
		t.Errorf("status %d", rec.Code)
	}
}

func TestWebhookWithResetToken(t *testing.T) {
	w := newWorld(t, webhook)
	w.srv.Revoke()
	if err := w.channel.Receive(t.Context(), w.take); err == nil || !strings.Contains(err.Error(), "Zalo Bot Manager") {
		t.Errorf("got %v", err)
	}
}

// Until the webhook is set nothing arrives, so every failure warns and says what to look at.
func TestWebhookIsSetInTheEnd(t *testing.T) {
	w := newWorld(t, webhook)
	w.srv.Script("setWebhook",
		bottest.ZaloReply{Code: 400, Description: "Bad request: url"},
		bottest.ZaloReply{Code: 404, Description: "Not Found"},
		bottest.ZaloReply{Code: 426, Camel: true, Description: "limit"},
		bottest.ZaloReply{Status: 502, Body: "<html>"},
		bottest.ZaloReply{Drop: "before"},
	)
	w.start()
	w.logged("webhook set")
	var got []string
	for line := range strings.Lines(w.logs.String()) {
		if strings.Contains(line, "the webhook is not set") {
			_, do, _ := strings.Cut(line, "do=")
			got = append(got, do)
		}
	}
	want := []string{"CHIHOI_PUBLIC_URL", "ZALO_API", "nothing today", "Zalo has a trouble", "reaches Zalo"}
	if len(got) != len(want) {
		t.Fatalf("%d warnings, want %d:\n%s", len(got), len(want), w.logs)
	}
	for i := range want {
		if !strings.Contains(got[i], want[i]) {
			t.Errorf("failure %d: %s, want %q", i+1, got[i], want[i])
		}
	}
	if waits := w.waited(); len(waits) != 5 || waits[2] != time.Hour {
		t.Errorf("waits %v", waits)
	}
}

// A program that starts often reaches the daily limit; the webhook of before still stands.
func TestDailyLimitKeepsTheWebhook(t *testing.T) {
	w := newWorld(t, webhook)
	w.srv.PresetWebhook("https://bot.example.vn/zalo/an-phu")
	w.srv.LimitWebhook(0)
	w.start()
	w.logged("webhook kept as it was")
	if len(w.waited()) != 0 {
		t.Errorf("waits %v", w.waited())
	}
}

func TestWebhookThatZaloCannotReach(t *testing.T) {
	w := newWorld(t, webhook, func(c *zalo.Config) { c.PublicURL = "http://127.0.0.1:1" })
	w.srv.Ping(true)
	w.start()
	w.logged("could not reach it")
	w.logged("check the port and the firewall")
}
