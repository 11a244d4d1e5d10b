package zalo_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
)

func texts(list []bot.Update) (out []string) {
	for _, u := range list {
		if e, ok := u.Event.(flows.Text); ok {
			out = append(out, e.Body)
		}
	}
	return out
}

func TestPolling(t *testing.T) {
	for name, quirk := range map[string]func(*bottest.ZaloQuirks){
		"object": func(*bottest.ZaloQuirks) {},
		"array":  func(q *bottest.ZaloQuirks) { q.Array = true },
		"numbers": func(q *bottest.ZaloQuirks) {
			q.NumericIDs = true
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.srv.Set(quirk)
			for n := range 5 {
				w.srv.User("17").Type(fmt.Sprint(n))
			}
			stop := w.start()
			got := w.updates(5)
			if s := fmt.Sprint(texts(got)); s != "[0 1 2 3 4]" || got[0].Contact != "zalo.an-phu:17" {
				t.Errorf("got %s from %s", s, got[0].Contact)
			}
			if err := stop(); err != nil {
				t.Error(err)
			}
		})
	}
}

// "No news" is no failure: nothing is waited for, and nothing is said.
func TestNoNewsIsGoodNews(t *testing.T) {
	w := newWorld(t)
	w.srv.Script("getUpdates",
		bottest.ZaloReply{Status: 504, Body: "<html>504 Gateway Time-out</html>"},
		bottest.ZaloReply{Empty: true},
		bottest.ZaloReply{Code: 408, Description: "Request timeout"},
		bottest.ZaloReply{Code: 408, Camel: true, Description: "Request timeout"},
	)
	w.start()
	w.srv.User("a").Type("đây")
	w.updates(1)
	if s := w.logs.String(); strings.Contains(s, "can't receive") {
		t.Error(s)
	}
	// They all came at once, so each was followed by a rest, always the same.
	waits := w.waited()
	if len(waits) != 4 || waits[0] != 2*time.Second || waits[3] != 2*time.Second {
		t.Errorf("waits %v", waits)
	}
}

// An outage is pages without end: those are told, and Zalo is not hammered.
func TestOutage(t *testing.T) {
	w := newWorld(t)
	page := bottest.ZaloReply{Status: 502, Body: "<html>502 Bad Gateway</html>"}
	w.srv.Script("getUpdates", page, page, page, page, page, page, page, page,
		bottest.ZaloReply{Code: 403, Description: "Internal server error"}, bottest.ZaloReply{Drop: "before"},
		bottest.ZaloReply{Code: 429, Description: "Quota exceeded"}, bottest.ZaloReply{Status: 200, Body: `{"ok":1}`})
	w.start()
	w.srv.User("a").Type("đây")
	w.updates(1)
	w.logged("receiving again")
	w.logged("HTTP 502 without an answer")
	waits := w.waited()
	if len(waits) != 12 || waits[7] < 4*time.Second || waits[10] < time.Minute {
		t.Errorf("waits %v", waits)
	}
}

// An update is handed out once, so it is kept in hand until it is stored.
func TestNothingIsLostWhileTheStoreFails(t *testing.T) {
	w := newWorld(t)
	var failures atomic.Int32
	failures.Store(7)
	w.handle = func(context.Context, bot.Update) error {
		if failures.Add(-1) >= 0 {
			return errors.New("disk full")
		}
		return nil
	}
	for n := range 3 {
		w.srv.User("a").Type(fmt.Sprint(n))
	}
	w.start()
	if s := fmt.Sprint(texts(w.updates(3))); s != "[0 1 2]" {
		t.Errorf("got %s", s)
	}
}

func TestWebhookIsRemovedBeforePolling(t *testing.T) {
	for name, silent := range map[string]bool{"refused": false, "silent": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.srv.Set(func(q *bottest.ZaloQuirks) { q.Silent = silent })
			w.srv.PresetWebhook("https://elsewhere.example/hook")
			w.start()
			w.logged("a webhook was set")
			w.srv.User("a").Type("đây")
			w.updates(1)
		})
	}
}

// Somebody may set a webhook while this program polls; where Zalo says so, it is removed again.
func TestWebhookSetMeanwhileIsRemoved(t *testing.T) {
	w := newWorld(t)
	w.start()
	w.srv.User("a").Type("1")
	w.updates(1)
	w.srv.PresetWebhook("http://127.0.0.1:1/hook")
	w.srv.Set(func(q *bottest.ZaloQuirks) { q.Impatient = true })
	w.srv.PushRaw(`{"event_name":"x"}`) // ends the call that is open; the webhook loses it
	w.logged("a webhook was set")
	w.srv.User("a").Type("2")
	w.updates(2)
}

func TestResetTokenEndsPolling(t *testing.T) {
	w := newWorld(t)
	w.srv.Revoke()
	err := w.channel.Receive(t.Context(), w.take)
	if err == nil || !strings.Contains(err.Error(), "Zalo Bot Manager") || strings.Contains(err.Error(), "secretSECRET") {
		t.Errorf("got %v", err)
	}
}

func TestWhatCannotBeReadIsPassedOver(t *testing.T) {
	w := newWorld(t)
	for _, raw := range []string{`{"event_name":"message.unsupported.received"}`, `{}`, `{"message":7}`, `[]`, `{"event_name":"new.thing","message":{}}`} {
		w.srv.PushRaw(raw)
	}
	w.srv.User("a").Type("đây")
	w.start()
	if got := w.updates(1); len(got) != 1 {
		t.Errorf("got %v", got)
	}
	w.logged("whom Zalo protects")
}

// Only an answer of Zalo's own tells that the channel is in touch, and after an outage at once.
func TestSaysThatItIsInTouch(t *testing.T) {
	w := newWorld(t)
	page := bottest.ZaloReply{Status: 502, Body: "<html>502 Bad Gateway</html>"}
	w.srv.Script("getUpdates", page, page, page, page, page, page, page,
		bottest.ZaloReply{Code: 408, Description: "Request timeout"}, page, bottest.ZaloReply{Drop: "before"}, bottest.ZaloReply{Code: 408, Description: "Request timeout"})
	w.start()
	w.eventually("being told", func() bool { return w.heard.Load() == 1 })
	if n := w.srv.Stats().Calls["getUpdates"]; n < 8 {
		t.Errorf("told after %d calls", n)
	}
	w.eventually("being told again", func() bool { return w.heard.Load() == 2 })
}
