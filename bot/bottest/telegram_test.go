package bottest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const tgToken = "4242:test"

// tgClient calls the server as a bot would.
type tgClient struct {
	t *testing.T
	*Telegram
}

type tgResult struct {
	OK          bool `json:"ok"`
	Result      json.RawMessage
	Code        int `json:"error_code"`
	Description string
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	}
}

func newTGClient(t *testing.T) tgClient { return tgClient{t, NewTelegram(t, tgToken)} }

// call gives the parameters as name, value, name, value.
func (c tgClient) call(method string, params ...string) tgResult {
	c.t.Helper()
	v := url.Values{}
	for i := 0; i < len(params); i += 2 {
		v.Set(params[i], params[i+1])
	}
	resp, err := http.PostForm(c.URL()+"/bot"+tgToken+"/"+method, v)
	if err != nil {
		return tgResult{Code: -1, Description: err.Error()}
	}
	return c.read(resp)
}

func (c tgClient) read(resp *http.Response) (r tgResult) {
	c.t.Helper()
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
		return tgResult{Code: resp.StatusCode, Description: "no JSON"}
	}
	if !r.OK && resp.StatusCode != r.Code {
		c.t.Errorf("HTTP %d for error %d", resp.StatusCode, r.Code)
	}
	return r
}

func (c tgClient) refused(code int, text, method string, params ...string) tgResult {
	c.t.Helper()
	r := c.call(method, params...)
	if r.OK || r.Code != code || !strings.Contains(r.Description, text) {
		c.t.Errorf("%s %.80q: got %v %d %q, want %d %q", method, params, r.OK, r.Code, r.Description, code, text)
	}
	return r
}

func (c tgClient) ok(method string, params ...string) tgResult {
	c.t.Helper()
	r := c.call(method, params...)
	if !r.OK {
		c.t.Errorf("%s %.80q: %d %s", method, params, r.Code, r.Description)
	}
	return r
}

func (c tgClient) ids(params ...string) (ids []int64) {
	c.t.Helper()
	var list []struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(c.ok("getUpdates", params...).Result, &list); err != nil {
		c.t.Error(err)
	}
	for _, u := range list {
		ids = append(ids, u.ID)
	}
	return ids
}

func TestTelegramRefusesWhatTheRealOneRefuses(t *testing.T) {
	c := newTGClient(t)
	lan := c.User(1)
	hers := fmt.Sprint(lan.Type("/start"))
	c.User(2)
	kb := func(data string) string {
		return `{"inline_keyboard":[[{"text":"x","callback_data":"` + data + `"}]]}`
	}
	send := func(more ...string) []string { return append([]string{"chat_id", "1", "text", "x"}, more...) }
	c.refused(400, "BUTTON_DATA_INVALID", "sendMessage", send("reply_markup", kb(strings.Repeat("x", 65)))...)
	c.refused(400, "BUTTON_DATA_INVALID", "sendMessage", send("reply_markup", kb(""))...)
	c.refused(400, "must be of type Array", "sendMessage", send("reply_markup", `{"inline_keyboard":null}`)...)
	c.refused(400, "empty inline keyboard", "sendMessage", send("reply_markup", `{"inline_keyboard":[]}`)...)
	c.refused(400, "empty row", "sendMessage", send("reply_markup", `{"inline_keyboard":[[]]}`)...)
	c.refused(400, "object expected", "sendMessage", send("reply_markup", `null`)...)
	c.refused(400, "can't be empty", "sendMessage", send("reply_markup", `{"inline_keyboard":[[{"text":" ","callback_data":"x"}]]}`)...)
	c.refused(400, "too long", "sendMessage", send("reply_markup", `{"inline_keyboard":[[`+strings.Repeat(`{"text":"x","callback_data":"x"},`, 100)+`{"text":"x","callback_data":"x"}]]}`)...)
	c.refused(400, "unknown parameter parse_mod", "sendMessage", send("parse_mod", "HTML")...)
	c.refused(404, "method not found", "sendTelegram")
	c.refused(400, "text is empty", "sendMessage", "chat_id", "1", "text", "  ")
	c.refused(400, "message is too long", "sendMessage", "chat_id", "1", "text", strings.Repeat("😀", 2048)+"x")
	c.ok("sendMessage", "chat_id", "1", "text", strings.Repeat("😀", 2048))
	c.refused(400, "chat not found", "sendMessage", "chat_id", "99", "text", "x")
	c.refused(400, "chat not found", "sendMessage", "chat_id", "@lan", "text", "x")
	c.refused(403, "can't initiate", "sendMessage", "chat_id", "2", "text", "x")

	var sent struct {
		ID int64 `json:"message_id"`
	}
	_ = json.Unmarshal(c.ok("sendMessage", send("reply_markup", kb(strings.Repeat("x", 64)))...).Result, &sent)
	id := fmt.Sprint(sent.ID)
	c.refused(400, "not modified", "editMessageText", send("message_id", id, "reply_markup", kb(strings.Repeat("x", 64)))...)
	c.ok("editMessageText", send("message_id", id)...) // takes the keyboard away
	c.refused(400, "not modified", "editMessageText", send("message_id", id)...)
	c.refused(400, "to edit not found", "editMessageText", send("message_id", "999999")...)
	c.refused(400, "can't be edited", "editMessageText", send("message_id", hers)...)
	c.ok("editMessageReplyMarkup", "chat_id", "1", "message_id", id, "reply_markup", kb("y"))
	c.ok("sendChatAction", "chat_id", "1", "action", "typing")
	c.refused(400, "wrong parameter action", "sendChatAction", "chat_id", "1", "action", "dance")
	c.ok("deleteMessage", "chat_id", "1", "message_id", id)
	c.refused(400, "to delete not found", "deleteMessage", "chat_id", "1", "message_id", id)

	lan.Block()
	c.refused(403, "blocked by the user", "sendMessage", send()...)
	lan.Unblock()
	lan.Deactivate()
	c.refused(403, "user is deactivated", "sendMessage", send()...)
	if m := lan.Messages(); len(m) != 2 || m[0].FromBot || !m[1].FromBot {
		t.Errorf("got %+v", m)
	}
}

func TestTelegramKnowsItsToken(t *testing.T) {
	c := newTGClient(t)
	for path, want := range map[string]int{"/bot1:other/getMe": 401, "/getMe": 404, "/bot" + tgToken + "/getMe": 200, "/file/bot1:other/x": 401} {
		resp, err := http.Get(c.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, want)
		}
	}
	c.Revoke()
	c.refused(401, "Unauthorized", "getMe")
}

func TestTelegramTapsAreAnsweredOnceAndInTime(t *testing.T) {
	c := newTGClient(t)
	lan := c.User(1)
	lan.Type("/start")
	c.ok("sendMessage", "chat_id", "1", "text", "x", "reply_markup", `{"inline_keyboard":[[{"text":"Có","callback_data":"y"}]]}`)
	if lan.Press(0, "Không") == nil {
		t.Error("pressed a button that is not there")
	}
	if err := lan.Press(0, "Có"); err != nil {
		t.Fatal(err)
	}
	lan.PressData(12345, "forged")
	if n := len(c.ids()); n != 3 {
		t.Errorf("%d updates", n)
	}
	first, second := "10000001", "10000002"
	c.ok("answerCallbackQuery", "callback_query_id", first)
	c.refused(400, "query is too old", "answerCallbackQuery", "callback_query_id", first)
	c.refused(400, "query is too old", "answerCallbackQuery", "callback_query_id", "nobody's")
	c.Advance(16 * time.Second)
	c.refused(400, "query is too old", "answerCallbackQuery", "callback_query_id", second)
	if s := c.Stats(); s.Answered != 1 || s.SecondAnswers != 1 || s.LateAnswers != 1 || c.Unanswered() != 1 {
		t.Errorf("stats %+v", s)
	}
	c.Advance(150 * time.Second)
	if n := len(c.ids()); n != 1 {
		t.Errorf("%d updates after 150 s, want the text only", n)
	}
	c.Advance(24 * time.Hour)
	if n := len(c.ids()); n != 0 || c.Stats().Expired != 3 {
		t.Errorf("%d updates after a day", n)
	}
}

func TestTelegramOffsets(t *testing.T) {
	c := newTGClient(t)
	lan := c.User(1)
	for range 5 {
		lan.Type("x")
	}
	all := c.ids()
	if len(all) != 5 || all[0] < 2_000_001 {
		t.Fatalf("got %v", all)
	}
	at := func(n int64) string { return fmt.Sprint(n) }
	if got := c.ids("limit", "2"); len(got) != 2 || got[0] != all[0] {
		t.Errorf("limit: %v", got)
	}
	if got := c.ids("offset", at(all[2])); len(got) != 3 || got[0] != all[2] {
		t.Errorf("offset: %v", got)
	}
	if got := c.ids(); len(got) != 3 {
		t.Errorf("what was confirmed came again: %v", got)
	}
	if got := c.ids("offset", "-1"); len(got) != 1 || got[0] != all[4] {
		t.Errorf("negative offset: %v", got)
	}
	if c.RestartIDs(5) == nil {
		t.Error("ids began again while an update was pending")
	}
	if got := c.ids("offset", at(all[4]+1)); len(got) != 0 {
		t.Errorf("got %v", got)
	}
	if err := c.RestartIDs(5); err != nil {
		t.Error(err)
	}
	lan.Type("y")
	if got := c.ids("offset", at(all[4]+1)); len(got) != 1 || got[0] != 5 {
		t.Errorf("after the ids began again: %v", got)
	}
}

func TestTelegramLongPoll(t *testing.T) {
	c := newTGClient(t)
	polls := make(chan tgResult, 2)
	poll := func() { polls <- c.call("getUpdates", "timeout", "50", "allowed_updates", `["message"]`) }
	waiting := func() bool { c.mu.Lock(); defer c.mu.Unlock(); return c.queue.poll != nil }
	go poll()
	for !waiting() {
		time.Sleep(time.Millisecond)
	}
	go poll()
	if r := <-polls; r.Code != 409 || !strings.Contains(r.Description, "other getUpdates") {
		t.Errorf("the first poll got %+v", r)
	}
	c.User(1).PressData(1, "not allowed")
	c.User(1).Type("hi")
	if r := <-polls; !r.OK || !strings.Contains(string(r.Result), `"hi"`) || strings.Contains(string(r.Result), "callback") {
		t.Errorf("the second poll got %+v", r)
	}
	c.ok("setWebhook", "url", "https://x.vn/telegram", "secret_token", "s")
	c.refused(409, "webhook is active", "getUpdates")
	c.refused(400, "HTTPS URL", "setWebhook", "url", "http://x.vn/telegram")
	c.refused(400, "unallowed characters", "setWebhook", "url", "https://x.vn", "secret_token", "a b")
	c.ok("deleteWebhook")
	c.ids()
}

func TestTelegramFaultsFollowTheSeed(t *testing.T) {
	run := func(seed uint64) string {
		c := newTGClient(t)
		c.SetFaults(TelegramFaults{Seed: seed, Methods: []string{"sendMessage"}, TooMany: .1, RetryAfter: 3, Internal: .1, HTML: .1, DropBefore: .1, DropAfter: .1, Delay: .1, DelayBy: time.Microsecond})
		c.User(1).Type("/start")
		var b strings.Builder
		for range 60 {
			r := c.call("sendMessage", "chat_id", "1", "text", "x")
			fmt.Fprint(&b, r.Code, " ")
			if r.Code == 429 && r.Parameters.RetryAfter != 3 {
				t.Errorf("retry_after %d", r.Parameters.RetryAfter)
			}
			c.ok("getMe")
		}
		f := c.Stats().Faults
		if len(f) != 6 {
			t.Errorf("seed %d: faults %v", seed, f)
		}
		if got := len(c.Messages(1)); got != 61-f["429"]-f["500"]-f["html"]-f["drop_before"] {
			t.Errorf("seed %d: %d messages, faults %v", seed, got, f)
		}
		return b.String()
	}
	one := run(1)
	if run(1) != one || run(2) == one {
		t.Error("faults don't follow the seed")
	}
}

func TestTelegramDeliversTwice(t *testing.T) {
	c := newTGClient(t)
	c.SetFaults(TelegramFaults{Twice: 1, Poison: 1})
	c.User(1).Type("x")
	all := c.ids()
	if len(all) != 2 { // the poison and the text
		t.Fatalf("got %v", all)
	}
	if again := c.ids("offset", fmt.Sprint(all[1]+1)); len(again) != 1 || again[0] != all[1] {
		t.Errorf("got %v", again)
	}
	if again := c.ids("offset", fmt.Sprint(all[1]+1)); len(again) != 0 {
		t.Errorf("got %v", again)
	}
}

func TestTelegramRates(t *testing.T) {
	c := newTGClient(t)
	c.User(1).Type("/start")
	c.EnforceRates(true)
	for range 3 {
		c.ok("sendMessage", "chat_id", "1", "text", "x")
	}
	c.refused(429, "retry after", "sendMessage", "chat_id", "1", "text", "x")
	c.Advance(time.Second)
	c.ok("sendMessage", "chat_id", "1", "text", "x")
	c.EnforceRates(false)
	c.ok("sendMessage", "chat_id", "1", "text", "x")
	if s := c.Stats(); s.TooFastChat != 2 || s.TooFast != 0 {
		t.Errorf("stats %+v", s)
	}
}

func TestTelegramFiles(t *testing.T) {
	c := newTGClient(t)
	lan := c.User(1)
	lan.Type("/start")
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("chat_id", "1")
	part, _ := form.CreateFormFile("document", "a.xlsx")
	_, _ = io.WriteString(part, "content")
	form.Close()
	resp, err := http.Post(c.URL()+"/bot"+tgToken+"/sendDocument", form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	if r := c.read(resp); !r.OK {
		t.Fatalf("got %+v", r)
	}
	file := lan.Messages()[1].File
	c.ok("sendDocument", "chat_id", "1", "document", file, "caption", "again")
	c.refused(400, "wrong file identifier", "sendPhoto", "chat_id", "1", "photo", "nothing")
	c.refused(400, "caption is too long", "sendDocument", "chat_id", "1", "document", file, "caption", strings.Repeat("x", 1025))
	var f struct {
		Path string `json:"file_path"`
	}
	_ = json.Unmarshal(c.ok("getFile", "file_id", file).Result, &f)
	resp, err = http.Get(c.URL() + "/file/bot" + tgToken + "/" + f.Path)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if string(got) != "content" {
		t.Errorf("got %q", got)
	}
}

func TestTelegramGroupMoves(t *testing.T) {
	c := newTGClient(t)
	g := c.Group(-5)
	c.ok("sendMessage", "chat_id", "-5", "text", "x")
	g.Upgrade(-1_000_000_000_005)
	if r := c.refused(400, "upgraded to a supergroup", "sendMessage", "chat_id", "-5", "text", "x"); r.Parameters.MigrateTo != -1_000_000_000_005 {
		t.Errorf("got %+v", r)
	}
	c.ok("sendMessage", "chat_id", "-1000000000005", "text", "x")
	if n := len(g.Messages()); n != 2 {
		t.Errorf("%d messages", n)
	}
}

func TestTelegramWebhookRepeatsUntilTaken(t *testing.T) {
	c := newTGClient(t)
	var calls atomic.Int32
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != "s" {
			t.Error("no secret")
		}
		if calls.Add(1) < 4 {
			w.WriteHeader(503)
		}
	}))
	defer bot.Close()
	c.User(1).Type("hi")
	c.ok("setWebhook", "url", bot.URL, "secret_token", "s")
	for c.Pending() > 0 {
		time.Sleep(time.Millisecond)
	}
	if s := c.Stats(); calls.Load() != 4 || s.WebhookFailures != 3 {
		t.Errorf("%d calls, %+v", calls.Load(), s)
	}
	if r := c.ok("getWebhookInfo"); !strings.Contains(string(r.Result), `"pending_update_count":0`) {
		t.Errorf("got %s", r.Result)
	}
}

func TestTelegramAwait(t *testing.T) {
	c := newTGClient(t)
	lan := c.User(1)
	lan.Type("/start")
	var heard atomic.Int32
	c.OnBot(func(chat int64, m TelegramMessage) {
		if chat == 1 && m.FromBot && m.Text == "chào" {
			heard.Add(1)
		}
	})
	go c.call("sendMessage", "chat_id", "1", "text", "chào")
	got, err := lan.Await(t.Context(), func(m []TelegramMessage) bool { return len(m) == 2 })
	if err != nil || got[1].Text != "chào" {
		t.Errorf("got %+v, %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := lan.Await(ctx, func([]TelegramMessage) bool { return false }); err == nil {
		t.Error("no error")
	}
	c.Close() // ends calls under way, so OnBot was called
	if heard.Load() != 1 {
		t.Errorf("heard %d times", heard.Load())
	}
}
