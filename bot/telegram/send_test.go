package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/telegram"
	"chihoi/flows"
)

func TestSendAndEdit(t *testing.T) {
	w := newWorld(t)
	lan := w.srv.User(1)
	lan.Type("/start")
	rows := [][]bot.Button{{{Label: "Có", Data: "y"}, {Label: "Không", Data: "n"}}, {{Label: "Để sau", Data: "l"}}}
	id, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Text: "Câu 1/2 <b>*_", Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	m := lan.Messages()[1]
	if m.Text != "Câu 1/2 <b>*_" || len(m.Buttons) != 2 || m.Buttons[0][1] != (bottest.TelegramButton{Label: "Không", Data: "n"}) {
		t.Errorf("got %+v", m)
	}
	edit := bot.Outgoing{Chat: "1", Text: "Câu 1/2: Có", Edits: id}
	for range 2 { // the second changes nothing, which is as good
		if got, err := w.channel.Send(t.Context(), edit); err != nil || got != id {
			t.Errorf("edit: %q, %v", got, err)
		}
	}
	m = lan.Messages()[1]
	if m.Text != "Câu 1/2: Có" || m.Buttons != nil || !m.Edited {
		t.Errorf("got %+v", m)
	}
	if _, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Text: "x", Edits: "99999"}); !errors.Is(err, bot.ErrGone) || errors.Is(err, bot.ErrRefused) {
		t.Errorf("edit of nothing: %v", err)
	}
}

func TestOurMistakesAreRefusedWithoutACall(t *testing.T) {
	w := newWorld(t)
	ok := bot.Outgoing{Chat: "1", Text: "x"}
	button := func(b ...bot.Button) bot.Outgoing { m := ok; m.Rows = [][]bot.Button{b}; return m }
	for name, m := range map[string]bot.Outgoing{
		"empty":      {Chat: "1", Text: " \n"},
		"too long":   {Chat: "1", Text: strings.Repeat("😀", telegram.MaxText/2) + "x"},
		"no chat":    {Text: "x"},
		"no id":      {Chat: "1", Text: "x", Edits: "abc"},
		"empty row":  button(),
		"no label":   button(bot.Button{Data: "x"}),
		"no data":    button(bot.Button{Label: "x"}),
		"large data": button(bot.Button{Label: "x", Data: strings.Repeat("x", 65)}),
	} {
		var refused *bot.RefusedError
		if _, err := w.channel.Send(t.Context(), m); !errors.As(err, &refused) || refused.Lost != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := w.srv.Stats().Calls["sendMessage"]; n != 0 {
		t.Errorf("%d calls", n)
	}
	w.srv.User(1).Type("hi")
	for name, m := range map[string]bot.Outgoing{
		"longest":      {Chat: "1", Text: strings.Repeat("ệ", telegram.MaxText)},
		"longest data": button(bot.Button{Label: "x", Data: strings.Repeat("x", 64)}),
	} {
		if _, err := w.channel.Send(t.Context(), m); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// outcome is what an error of Send says to the outbox.
type outcome struct {
	refused, gone, doubtful bool
	lost, moved             string
	later                   time.Duration
	all                     bool
}

func outcomeOf(err error) outcome {
	o := outcome{refused: errors.Is(err, bot.ErrRefused), gone: errors.Is(err, bot.ErrGone), doubtful: errors.Is(err, bot.ErrDoubtful)}
	var r *bot.RefusedError
	if errors.As(err, &r) {
		o.lost, o.moved = r.Lost, r.MovedTo
	}
	var l *bot.LaterError
	if errors.As(err, &l) {
		o.later, o.all = l.After, l.All
	}
	return o
}

// errorTable is section "Errors to classify" of the notes on the Bot API, row by row.
var errorTable = []struct {
	name  string
	reply bottest.TelegramReply
	want  outcome
}{
	{"blocked", bottest.TelegramReply{Code: 403, Description: "Forbidden: bot was blocked by the user"}, outcome{refused: true, lost: "blocked"}},
	{"deactivated", bottest.TelegramReply{Code: 403, Description: "Forbidden: user is deactivated"}, outcome{refused: true, lost: "deactivated"}},
	{"never started", bottest.TelegramReply{Code: 403, Description: "Forbidden: bot can't initiate conversation with a user"}, outcome{refused: true, lost: "not_linked"}},
	{"unknown chat", bottest.TelegramReply{Code: 400, Description: "Bad Request: chat not found"}, outcome{refused: true, lost: "not_linked"}},
	{"kicked", bottest.TelegramReply{Code: 403, Description: "Forbidden: bot was kicked from the supergroup chat"}, outcome{refused: true, lost: "kicked"}},
	{"group deleted", bottest.TelegramReply{Code: 403, Description: "Forbidden: the group chat was deleted"}, outcome{refused: true, lost: "kicked"}},
	{"not a member", bottest.TelegramReply{Code: 403, Description: "Forbidden: bot is not a member of the channel chat"}, outcome{refused: true, lost: "kicked"}},
	{"another bot", bottest.TelegramReply{Code: 403, Description: "Forbidden: bots can't send messages to bots"}, outcome{refused: true}},
	{"no rights", bottest.TelegramReply{Code: 400, Description: "Bad Request: not enough rights to send text messages to the chat"}, outcome{refused: true}},
	{"moved", bottest.TelegramReply{Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: -1001}, outcome{refused: true, moved: "-1001"}},
	{"not modified", bottest.TelegramReply{Code: 400, Description: "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"}, outcome{}},
	{"edit gone", bottest.TelegramReply{Code: 400, Description: "Bad Request: message to edit not found"}, outcome{gone: true}},
	{"edit barred", bottest.TelegramReply{Code: 400, Description: "Bad Request: message can't be edited"}, outcome{gone: true}},
	{"entities", bottest.TelegramReply{Code: 400, Description: "Bad Request: can't parse entities: unsupported start tag"}, outcome{refused: true}},
	{"too long", bottest.TelegramReply{Code: 400, Description: "Bad Request: message is too long"}, outcome{refused: true}},
	{"button data", bottest.TelegramReply{Code: 400, Description: "Bad Request: BUTTON_DATA_INVALID"}, outcome{refused: true}},
	{"markup", bottest.TelegramReply{Code: 400, Description: "Bad Request: reply markup is too long"}, outcome{refused: true}},
	{"too large", bottest.TelegramReply{Code: 413, Description: "Request Entity Too Large"}, outcome{refused: true}},
	{"token", bottest.TelegramReply{Code: 401, Description: "Unauthorized"}, outcome{later: 10 * time.Minute, all: true}},
	{"no such bot", bottest.TelegramReply{Code: 404, Description: "Not Found"}, outcome{later: 10 * time.Minute, all: true}},
	{"conflict", bottest.TelegramReply{Code: 409, Description: "Conflict: terminated"}, outcome{}},
	{"flood", bottest.TelegramReply{Code: 429, Description: "Too Many Requests: retry after 7", RetryAfter: 7}, outcome{later: 8 * time.Second, all: true}},
	{"server", bottest.TelegramReply{Code: 500, Description: "Internal Server Error"}, outcome{}},
	{"gateway", bottest.TelegramReply{Code: 502, Description: "Bad Gateway"}, outcome{doubtful: true}},
	{"gateway's page", bottest.TelegramReply{Status: 504, Body: "<html>504</html>"}, outcome{doubtful: true}},
	{"captive portal", bottest.TelegramReply{Status: 200, Body: "<html>Đăng nhập Wi-Fi</html>"}, outcome{}},
	{"another JSON", bottest.TelegramReply{Status: 200, Body: "{}"}, outcome{}},
	{"redirect", bottest.TelegramReply{Status: 302, Location: "http://127.0.0.1:1/bot" + token + "/x", Body: "moved"}, outcome{}},
	{"broken off", bottest.TelegramReply{Drop: "before"}, outcome{doubtful: true}},
	{"broken off after", bottest.TelegramReply{Drop: "after"}, outcome{doubtful: true}},
}

func TestErrorTable(t *testing.T) {
	w := newWorld(t)
	w.srv.User(1).Type("hi")
	sends := map[string]func() (string, error){
		"sendMessage": func() (string, error) { return w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Text: "x"}) },
		"editMessageText": func() (string, error) {
			return w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Text: "x", Edits: "5"})
		},
		"sendDocument": func() (string, error) {
			return w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", File: &bot.Attachment{Name: "bảng.xlsx", Content: []byte("x")}})
		},
	}
	for method, send := range sends {
		for _, row := range errorTable {
			if method != "editMessageText" && (row.name == "not modified" || row.want.gone) {
				continue // said of edits only
			}
			if method == "editMessageText" && row.reply.Drop == "after" {
				continue // there is no message 5 to edit
			}
			w.srv.Script(method, row.reply)
			_, err := send()
			if got := outcomeOf(err); got != row.want {
				t.Errorf("%s, %s: got %+v (%v), want %+v", method, row.name, got, err, row.want)
			}
			if (err == nil) != (row.name == "not modified") {
				t.Errorf("%s, %s: error %v", method, row.name, err)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("%s, %s: the error shows the token: %v", method, row.name, err)
			}
		}
	}
}

// TestRefusalsOfTheServerItself needs no script: the people do what makes Telegram refuse.
func TestRefusalsOfTheServerItself(t *testing.T) {
	w := newWorld(t)
	for id := range int64(4) {
		w.srv.User(id + 1)
	}
	w.srv.User(2).Type("hi")
	w.srv.User(2).Block()
	w.srv.User(3).Type("hi")
	w.srv.User(3).Deactivate()
	w.srv.Group(-1).Upgrade(-1_000_000_000_001)
	w.srv.Group(-2).Kick(w.srv.User(4))
	w.srv.Group(-3).Delete()
	for chat, want := range map[string]outcome{
		"1": {refused: true, lost: "not_linked"}, "2": {refused: true, lost: "blocked"}, "3": {refused: true, lost: "deactivated"},
		"-1": {refused: true, moved: "-1000000000001"}, "-2": {refused: true, lost: "kicked"}, "-3": {refused: true, lost: "kicked"},
		"77": {refused: true, lost: "not_linked"}, "-77": {refused: true, lost: "kicked"},
	} {
		_, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: chat, Text: "x"})
		if got := outcomeOf(err); got != want {
			t.Errorf("%s: got %+v (%v), want %+v", chat, got, err, want)
		}
	}
	w.srv.User(2).Unblock()
	if _, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "2", Text: "x"}); err != nil {
		t.Errorf("after unblocking: %v", err)
	}
}

func TestUpload(t *testing.T) {
	w := newWorld(t)
	lan := w.srv.User(1)
	lan.Type("hi")
	id, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Text: "Tháng 11", File: &bot.Attachment{Name: "Báo cáo.xlsx", Content: []byte("content")}})
	m := lan.Messages()[1]
	if err != nil || id == "" || m.Kind != "document" || m.Text != "Tháng 11" || m.File == "" {
		t.Errorf("got %q, %v, %+v", id, err, m)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	_, err = w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Text: "Hình", File: &bot.Attachment{Name: "a.png", Picture: true, Content: picture.Bytes()}})
	if m := lan.Messages()[2]; err != nil || m.Kind != "photo" || m.Text != "Hình" {
		t.Errorf("got %v, %+v", err, m)
	}
}

func TestUploadsThatTelegramWouldRefuse(t *testing.T) {
	w := newWorld(t)
	w.srv.User(1).Type("hi")
	file := func(picture bool, content string) *bot.Attachment {
		return &bot.Attachment{Name: "a", Picture: picture, Content: []byte(content)}
	}
	for name, m := range map[string]bot.Outgoing{
		"no picture":    {File: file(true, "not a picture")},
		"empty":         {File: file(false, "")},
		"long caption":  {File: file(false, "x"), Text: strings.Repeat("x", 1025)},
		"with buttons":  {File: file(false, "x"), Rows: [][]bot.Button{{{Label: "Có", Data: "y"}}}},
		"large picture": {File: file(true, strings.Repeat("x", 10<<20+1))},
	} {
		m.Chat = "1"
		if _, err := w.channel.Send(t.Context(), m); !errors.Is(err, bot.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestClosedPortAndCancelledSends(t *testing.T) {
	w := newWorld(t, func(c *telegram.Config) { c.API = "http://127.0.0.1:1" })
	_, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Text: "x"})
	if err == nil || outcomeOf(err) != (outcome{}) || strings.Contains(err.Error(), "secret") {
		t.Errorf("closed port: %v", err)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if strings.Contains(e.Error(), "secret") {
			t.Errorf("the token is inside: %v", e)
		}
	}

	w = newWorld(t)
	w.srv.User(1).Type("hi")
	w.srv.Script("sendMessage", bottest.TelegramReply{Delay: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		w.eventually("the send", func() bool { return w.srv.Stats().Calls["sendMessage"] == 1 })
		cancel()
	}()
	_, err = w.channel.Send(ctx, bot.Outgoing{Chat: "1", Text: "x"})
	if !errors.Is(err, context.Canceled) || !errors.Is(err, bot.ErrDoubtful) || errors.Is(err, bot.ErrRefused) {
		t.Errorf("called off: %v", err)
	}
}

// A picture that Telegram has is sent on by its name there, with words and buttons under it,
// and the words can be changed.
func TestPictureIsSentOn(t *testing.T) {
	w := newWorld(t)
	w.start()
	lan := w.srv.User(1)
	lan.Photo("")
	file := w.updates(1)[0].Event.(flows.Unreadable).File
	rows := [][]bot.Button{{{Label: "Đã nắm", Data: "p:x:n"}}}
	id, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Photo: file, Text: "Ra mắt mô hình", Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	if m := lan.Messages()[1]; m.Kind != "photo" || m.File != file || m.Text != "Ra mắt mô hình" || len(m.Buttons) != 1 {
		t.Errorf("sent %+v", m)
	}
	if _, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Photo: file, Text: "Ra mắt mô hình mới", Rows: rows, Edits: id}); err != nil {
		t.Error(err)
	}
	if m := lan.Messages()[1]; m.Text != "Ra mắt mô hình mới" || !m.Edited {
		t.Errorf("edited %+v", m)
	}
	if _, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "1", Photo: file, Text: strings.Repeat("ệ", 1025)}); !errors.Is(err, bot.ErrRefused) {
		t.Errorf("words too long for a picture: %v", err)
	}
	if content, err := w.channel.FetchPhoto(t.Context(), file); err != nil || len(content) == 0 {
		t.Errorf("fetched %d bytes, %v", len(content), err)
	}
	if _, err := w.channel.FetchPhoto(t.Context(), "F99"); err == nil || strings.Contains(err.Error(), token) {
		t.Errorf("a picture that is not there: %v", err)
	}
}

// A group that the bot is in but may not write in is not lost.
func TestGroupWithoutRights(t *testing.T) {
	w := newWorld(t)
	g := w.srv.Group(-500)
	g.Mute(true)
	_, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "-500", Text: "x"})
	if got := outcomeOf(err); got != (outcome{refused: true, lost: "no_rights"}) {
		t.Errorf("got %+v", got)
	}
	g.Mute(false)
	if _, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "-500", Text: "x"}); err != nil {
		t.Error(err)
	}
}
