package zalo_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
)

// known is a world with a person who has written.
func known(t *testing.T) *world {
	w := newWorld(t)
	w.srv.User("a").Type("chào")
	return w
}

func (w *world) send(text string) error {
	_, err := w.channel.Send(w.t.Context(), bot.Outgoing{Chat: "a", Text: text})
	return err
}

func TestSendsPlainText(t *testing.T) {
	w := known(t)
	if err := w.send("*2* chị {đỏ} <b>"); err != nil {
		t.Fatal(err)
	}
	if m := w.srv.Messages("a"); m[1].Text != "*2* chị {đỏ} <b>" || !m[1].FromBot {
		t.Errorf("got %+v", m)
	}
	w.srv.Set(func(q *bottest.ZaloQuirks) { q.NoMethodIDs = true })
	if err := w.send("nữa"); err != nil {
		t.Errorf("an answer without an id: %v", err)
	}
}

func TestWhatZaloCannotShowIsRefusedHere(t *testing.T) {
	w := known(t)
	for name, m := range map[string]bot.Outgoing{
		"no chat": {Text: "a"},
		"empty":   {Chat: "a", Text: " \n"},
		"long":    {Chat: "a", Text: strings.Repeat("a", 2001)},
		"buttons": {Chat: "a", Text: "a", Rows: [][]bot.Button{{{Label: "1", Data: "1"}}}},
		"edit":    {Chat: "a", Text: "a", Edits: "1"},
	} {
		_, err := w.channel.Send(t.Context(), m)
		if !errors.Is(err, bot.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := w.srv.Stats().Calls["sendMessage"]; n != 0 {
		t.Errorf("%d calls", n)
	}
}

func TestRefusals(t *testing.T) {
	w := known(t)
	for _, c := range []struct {
		name  string
		reply bottest.ZaloReply
		check func(error) bool
	}{
		{"quota", bottest.ZaloReply{Code: 429}, func(err error) bool {
			var later *bot.LaterError
			return errors.As(err, &later) && later.All && later.Quota && later.After >= time.Minute
		}},
		{"token", bottest.ZaloReply{Code: 401}, func(err error) bool {
			var later *bot.LaterError
			return errors.As(err, &later) && later.All && !later.Quota
		}},
		{"text", bottest.ZaloReply{Code: 400, Description: "Bad request: The text is too long"}, func(err error) bool { return errors.Is(err, bot.ErrRefused) }},
		{"chat", bottest.ZaloReply{Code: 400, Description: "Bad request: user not found"}, perhapsLost},
		{"403", bottest.ZaloReply{Code: 403, Description: "Internal server error"}, perhapsLost},
		{"404", bottest.ZaloReply{Code: 404, Description: "Not Found"}, perhapsLost},
		{"408", bottest.ZaloReply{Code: 408, Description: "Request timeout"}, doubtful},
		{"arrives, and times out", bottest.ZaloReply{Drop: "timeout"}, doubtful},
		{"arrives, and breaks off", bottest.ZaloReply{Drop: "after"}, doubtful},
		{"a page", bottest.ZaloReply{Status: 502, Body: "<html>"}, doubtful},
		{"nothing", bottest.ZaloReply{Empty: true}, doubtful},
		{"a firewall's page", bottest.ZaloReply{Status: 403, Body: "<html>"}, func(err error) bool {
			return err != nil && !errors.Is(err, bot.ErrDoubtful) && !errors.Is(err, bot.ErrRefused)
		}},
	} {
		w.srv.Script("sendMessage", c.reply)
		err := w.send("x")
		if !c.check(err) || strings.Contains(err.Error(), "secretSECRET") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func perhapsLost(err error) bool { return errors.Is(err, bot.ErrPerhapsLost) }
func doubtful(err error) bool    { return errors.Is(err, bot.ErrDoubtful) }

// The wait after a refusal for quota grows, up to an hour, and begins anew after a success.
func TestQuotaIsNotHammered(t *testing.T) {
	w := known(t)
	wait := func() time.Duration {
		w.srv.Script("sendMessage", bottest.ZaloReply{Code: 429})
		var later *bot.LaterError
		if !errors.As(w.send("x"), &later) {
			t.Fatal("no LaterError")
		}
		return later.After
	}
	first, second := wait(), wait()
	for range 6 {
		wait()
	}
	if first != time.Minute || second != 2*time.Minute || wait() != time.Hour {
		t.Errorf("%v, %v", first, second)
	}
	if err := w.send("x"); err != nil || wait() != time.Minute {
		t.Error("a success does not begin anew")
	}
}

func TestSendPhoto(t *testing.T) {
	w := known(t)
	picture := func(url string) bot.Outgoing {
		return bot.Outgoing{Chat: "a", Text: "Tháng 11", File: &bot.Attachment{Name: "x.png", Picture: true, URL: url}}
	}
	if _, err := w.channel.Send(t.Context(), picture("https://bot.example.vn/f/x.png")); err != nil {
		t.Error(err)
	}
	document := picture("https://bot.example.vn/f/x.xlsx")
	document.File.Picture = false
	for _, m := range []bot.Outgoing{picture("data:image/png;base64,xx"), picture(""), document} {
		if _, err := w.channel.Send(t.Context(), m); !errors.Is(err, bot.ErrRefused) {
			t.Errorf("%+v: got %v", m.File, err)
		}
	}
}
