package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/telegram"
	"chihoi/flows"
	"chihoi/flows/org"
)

func TestTextsAndTapsArrive(t *testing.T) {
	w := newWorld(t)
	w.start()
	lan := w.srv.User(11)
	at := w.srv.Now()
	lan.Type("/start ABC")
	u := w.updates(1)[0]
	if u.Contact != "telegram:11" || u.Group || u.Event != (flows.Text{Body: "/start ABC"}) {
		t.Errorf("got %+v", u)
	}
	if d := u.SentAt.Sub(at); d < -2*time.Second || d > 2*time.Second {
		t.Errorf("sent at %v, not at %v", u.SentAt, at)
	}
	id, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "11", Text: "Chị nhé?", Rows: [][]bot.Button{{{Label: "Có", Data: "y"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := lan.Press(0, "Có"); err != nil {
		t.Fatal(err)
	}
	tap := w.updates(2)[1]
	if tap.Contact != "telegram:11" || tap.Event != (flows.Press{Data: "y"}) || !tap.SentAt.IsZero() || tap.ID == u.ID {
		t.Errorf("message %s: got %+v", id, tap)
	}
	w.eventually("tap answered", func() bool { return w.srv.Unanswered() == 0 })
	w.confirmed()
}

func TestFailedHandlingIsDeliveredAgainInOrder(t *testing.T) {
	w := newWorld(t)
	full := errors.New("disk full")
	failures := 2
	w.handle = func(_ context.Context, u bot.Update) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		if u.Event == (flows.Text{Body: "a2"}) && failures > 0 {
			failures--
			return full
		}
		return nil
	}
	a, b := w.srv.User(1), w.srv.User(2)
	a.Type("a1")
	a.Type("a2")
	b.Type("b1")
	a.Type("a3")
	w.start()
	w.until("all", func(got []bot.Update, _ []time.Duration) bool { return len(of(got, "telegram:1")) == 3 })
	w.confirmed()
	// a1 stands before the failure and is confirmed with it; b1 behind it comes again.
	want := []string{"a1", "a2", "a3"}
	if got := of(w.updates(0), "telegram:1"); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := of(w.updates(0), "telegram:2"); len(got) != 3 {
		t.Errorf("b1 came %d times, want 3", len(got))
	}
	if s := w.logs.String(); !strings.Contains(s, "delivered again") {
		t.Errorf("not told: %s", s)
	}
}

func of(got []bot.Update, who org.ContactID) (texts []string) {
	for _, u := range got {
		if text, ok := u.Event.(flows.Text); ok && u.Contact == who {
			texts = append(texts, text.Body)
		}
	}
	return texts
}

func TestTapIsAnsweredOnceThoughDeliveredAgain(t *testing.T) {
	w := newWorld(t)
	var left atomic.Int32
	left.Store(3)
	w.handle = func(context.Context, bot.Update) error {
		if left.Add(-1) >= 0 {
			return errors.New("not now")
		}
		return nil
	}
	w.srv.User(1).PressData(5, "x")
	w.start()
	w.updates(1)
	w.confirmed()
	w.eventually("tap answered", func() bool { return w.srv.Unanswered() == 0 })
	if s := w.srv.Stats(); s.Calls["answerCallbackQuery"] != 1 || s.SecondAnswers != 0 {
		t.Errorf("answered %d times", s.Calls["answerCallbackQuery"])
	}
}

func TestTapIsAnsweredBeforeItIsHandled(t *testing.T) {
	w := newWorld(t)
	w.handle = func(context.Context, bot.Update) error {
		w.eventually("tap answered while it is handled", func() bool { return w.srv.Unanswered() == 0 })
		return nil
	}
	w.srv.User(1).PressData(5, "x")
	w.start()
	w.updates(1)
}

func TestTooOldTapIsStillHandled(t *testing.T) {
	w := newWorld(t)
	w.srv.User(1).PressData(5, "x")
	w.srv.Advance(20 * time.Second)
	w.start()
	w.updates(1)
	w.eventually("late answer", func() bool { return w.srv.Stats().LateAnswers == 1 })
}

func TestContactsSideBySideEachInOrder(t *testing.T) {
	w := newWorld(t)
	const people, each = 40, 10
	var mu sync.Mutex
	busy, most := map[org.ContactID]bool{}, 0
	gate := make(chan struct{})
	w.handle = func(_ context.Context, u bot.Update) error {
		mu.Lock()
		if busy[u.Contact] {
			t.Errorf("two updates of %s at once", u.Contact)
		}
		busy[u.Contact] = true
		if most = max(most, len(busy)); most == 10 {
			select {
			case <-gate:
			default:
				close(gate)
			}
		}
		mu.Unlock()
		<-gate // nobody goes on before ten are handled at the same time
		mu.Lock()
		delete(busy, u.Contact)
		mu.Unlock()
		return nil
	}
	for n := range each {
		for p := range people {
			u := w.srv.User(int64(p + 1))
			if n%2 == 0 {
				u.Type(fmt.Sprint(n))
			} else {
				u.PressData(1, fmt.Sprint(n))
			}
		}
	}
	w.start()
	next := map[org.ContactID]int{}
	for _, u := range w.updates(people * each) {
		want := flows.Event(flows.Text{Body: fmt.Sprint(next[u.Contact])})
		if next[u.Contact]%2 == 1 {
			want = flows.Press{Data: fmt.Sprint(next[u.Contact])}
		}
		if u.Event != want {
			t.Errorf("%s: got %v, want %v", u.Contact, u.Event, want)
		}
		next[u.Contact]++
	}
	w.confirmed()
}

func TestIDsThatBeginAgainLower(t *testing.T) {
	w := newWorld(t)
	w.start()
	lan := w.srv.User(1)
	lan.Type("before")
	w.updates(1)
	w.confirmed()
	if err := w.srv.RestartIDs(77); err != nil {
		t.Fatal(err)
	}
	lan.Type("after")
	lan.Type("and on")
	got := w.updates(3)
	if got[1].ID != "77" || got[2].ID != "78" || len(got) != 3 {
		t.Errorf("got %v", got)
	}
	w.confirmed()
}

func TestUndecodableUpdateHoldsNobodyUp(t *testing.T) {
	w := newWorld(t)
	lan := w.srv.User(1)
	lan.Type("one")
	id := w.srv.PushRaw(`"message":{"message_id":"?","chat":["secret words"],"text":{"rich":"secret words"}}`)
	w.srv.PushRaw(`"purchased_paid_media":{"from":{"id":1},"paid_media_payload":"x"}`)
	w.srv.PushRaw(`"message":{"message_id":9,"date":1,"chat":{"id":1,"type":"private"},"from":{"id":1},"text":{"rich":"secret words"}}`)
	lan.Type("two")
	w.start()
	got := w.updates(3)
	if got[0].Event != (flows.Text{Body: "one"}) || got[2].Event != (flows.Text{Body: "two"}) {
		t.Errorf("got %v", got)
	}
	if got[1].Event != (flows.Unreadable{Kind: "unsupported"}) || got[1].Contact != "telegram:1" {
		t.Errorf("who wrote it could be read, she should hear of it: got %+v", got[1])
	}
	w.confirmed()
	s := w.logs.String()
	if !strings.Contains(s, fmt.Sprint("update=", id)) || strings.Contains(s, "secret words") {
		t.Errorf("log:\n%s", s)
	}
}

func TestPersonsMessagesWithNewFieldsAreRead(t *testing.T) {
	w := newWorld(t)
	w.srv.PushRaw(`"message":{"message_id":"a new form","date":1764000000,"chat":{"id":1,"type":"private","x":{}},` +
		`"from":{"id":1},"text":"co","entities":{"of":"another form"},"reply_to_message":7}`)
	w.start()
	if got := w.updates(1)[0]; got.Event != (flows.Text{Body: "co"}) {
		t.Errorf("got %+v", got)
	}
}

func TestRevokedTokenEndsReceiving(t *testing.T) {
	w := newWorld(t)
	w.srv.Revoke()
	err := w.channel.Receive(t.Context(), w.take)
	if err == nil || !strings.Contains(err.Error(), "@BotFather") || strings.Contains(err.Error(), token) {
		t.Errorf("got %v", err)
	}
}

func TestWebhookInTheWayIsRemoved(t *testing.T) {
	w := newWorld(t)
	w.srv.Script("deleteWebhook", bottest.TelegramReply{Code: 400, Description: "Bad Request: not now"})
	w.srv.Script("getUpdates", bottest.TelegramReply{Code: 409, Description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"})
	w.srv.User(1).Type("hi")
	w.start()
	w.updates(1)
	if n := w.srv.Stats().Calls["deleteWebhook"]; n != 2 {
		t.Errorf("deleteWebhook called %d times, want 2", n)
	}
}

func TestSecondInstanceWaitsAndSaysWhy(t *testing.T) {
	w := newWorld(t)
	w.srv.Script("getUpdates", bottest.TelegramReply{Code: 409, Description: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"})
	w.srv.User(1).Type("hi")
	w.start()
	w.updates(1)
	if s := w.logs.String(); !strings.Contains(s, "another program receives with this token") {
		t.Errorf("log:\n%s", s)
	}
	w.until("a wait of 10 s", func(_ []bot.Update, waits []time.Duration) bool { return longest(waits) >= 10*time.Second })
}

func TestTooManyRequestsIsObeyed(t *testing.T) {
	w := newWorld(t)
	w.srv.Script("getUpdates", bottest.TelegramReply{Code: 429, Description: "Too Many Requests: retry after 90", RetryAfter: 90})
	w.srv.User(1).Type("hi")
	w.start()
	w.updates(1)
	w.until("a wait of 91 s", func(_ []bot.Update, waits []time.Duration) bool { return longest(waits) == 91*time.Second })
}

func longest(waits []time.Duration) (d time.Duration) {
	for _, w := range waits {
		d = max(d, w)
	}
	return d
}

func TestFaultsOnTheWayOfUpdates(t *testing.T) {
	w := newWorld(t)
	w.srv.SetFaults(bottest.TelegramFaults{Seed: 1, TooMany: .05, Internal: .05, HTML: .05, DropBefore: .05, DropAfter: .05, Twice: .1, Poison: .1})
	w.start()
	for n := range 300 {
		w.srv.User(int64(n%20 + 1)).Type(fmt.Sprint(n))
	}
	w.until("all", func(got []bot.Update, _ []time.Duration) bool {
		ids := map[string]bool{}
		for _, u := range got {
			ids[u.ID] = true
		}
		return len(ids) == 300
	})
	w.confirmed()
}

// TestUnreachableAtStart starts while nothing answers, and connects when something does.
func TestUnreachableAtStart(t *testing.T) {
	var up atomic.Bool
	var srv *bottest.Telegram
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !up.Load() {
			panic(http.ErrAbortHandler)
		}
		srv.ServeHTTP(w, r)
	}))
	defer front.Close()
	w := newWorld(t, func(c *telegram.Config) { c.API = front.URL + "/" })
	srv = w.srv
	stop := w.start()
	w.eventually("failures", func() bool { return strings.Count(w.logs.String(), "can't receive") >= 3 })
	up.Store(true)
	w.srv.User(1).Type("hi")
	w.updates(1)
	w.eventually("profile set", func() bool { return len(w.srv.Profile().ShortDescription) == 2 })
	w.eventually("the operator is told", func() bool { return strings.Contains(w.logs.String(), "receiving again") })
	if err := stop(); err != nil {
		t.Errorf("Receive ended with %v", err)
	}
}

func TestReceiveEndsAtOnce(t *testing.T) {
	w := newWorld(t)
	stop := w.start()
	w.eventually("the long poll", func() bool { return w.srv.Stats().Calls["getUpdates"] > 0 })
	began := time.Now()
	if err := stop(); err != nil || time.Since(began) > 5*time.Second {
		t.Errorf("ended with %v after %v", err, time.Since(began))
	}
}

func TestNothingIsConfirmedBeforeItIsHandled(t *testing.T) {
	w := newWorld(t)
	inside, release := make(chan struct{}), make(chan struct{})
	w.handle = func(ctx context.Context, _ bot.Update) error {
		close(inside)
		select {
		case <-release:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	w.srv.User(1).Type("hi")
	stop := w.start()
	<-inside
	if n := w.srv.Pending(); n != 1 {
		t.Errorf("%d updates pending while one is handled", n)
	}
	if err := stop(); err != nil { // the process ends in the midst of it
		t.Error(err)
	}
	if n := w.srv.Pending(); n != 1 {
		t.Errorf("%d updates pending after an unfinished one", n)
	}
}

// The program is told that the channel is in touch when all that Telegram kept is handled,
// not before: whoever wrote during an outage must not be asked again.
func TestToldWhenAllIsFetched(t *testing.T) {
	w := newWorld(t)
	const kept = 250
	for i := range kept {
		w.srv.User(int64(1 + i%7)).Type(fmt.Sprint(i))
	}
	w.start()
	w.told(1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.heard[0] != kept {
		t.Errorf("told after %d of %d updates", w.heard[0], kept)
	}
}

func TestToldAgainAfterAnOutage(t *testing.T) {
	w := newWorld(t)
	w.start()
	w.told(1)
	w.srv.Script("getUpdates", bottest.TelegramReply{Code: 500}, bottest.TelegramReply{Code: 500})
	w.srv.User(1).Type("alo") // ends the poll that waits; the next two fail
	w.told(2)
	if got := w.updates(1); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

// Telegram gives taps no time. One fetched after an outage may be as old as the outage, or
// as taps live; otherwise it was just made.
func TestTapsFetchedLateCountAsEarly(t *testing.T) {
	w := newWorld(t)
	before := time.Now()
	w.srv.User(1).PressData(5, "while it was down")
	w.start()
	w.told(1)
	answered := time.Now()
	w.srv.User(1).PressData(5, "at once")
	w.updates(2)
	w.srv.Script("getUpdates", bottest.TelegramReply{Code: 500})
	w.srv.User(1).Type("alo") // ends the poll that waits; the next one fails
	w.updates(3)
	w.srv.User(1).PressData(5, "over a bad line")
	w.updates(4)
	at := map[string]time.Time{}
	for _, u := range w.updates(4) {
		if p, ok := u.Event.(flows.Press); ok {
			at[p.Data] = u.SentAt
		}
	}
	if down := at["while it was down"]; down.IsZero() || down.After(before.Add(-149*time.Second)) || down.Before(before.Add(-151*time.Second)) {
		t.Errorf("fetched at the start, it counts as made %s before", before.Sub(down))
	}
	if once := at["at once"]; !once.IsZero() {
		t.Errorf("fetched at once, it counts as made at %s", once)
	}
	if late := at["over a bad line"]; !late.IsZero() && late.Before(answered.Add(-time.Second)) {
		t.Errorf("it counts as made at %s, before the line went bad at %s", late, answered)
	}
}
