package bottest

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Telegram is a Bot API server with its people, on loopback. It keeps the real one's rules
// and refuses what that refuses, in its words; where this is stricter (parameters it does
// not know, an empty keyboard) a bot that passes here passes there.
//
// It runs in the process that made it, so a bot in another process can die and come back
// while its updates wait here. All methods are safe for use by many goroutines.
type Telegram struct {
	token string
	srv   *httptest.Server
	done  chan struct{} // closed by Close

	mu      sync.Mutex
	skew    time.Duration // how far the clock was moved
	revoked bool
	users   map[int64]*TelegramUser
	groups  map[int64]*TelegramGroup
	chats   map[int64]*tgChat
	files   map[string][]byte
	taps    map[string]*tgTap
	lastID  int64 // of messages, one row for the whole bot
	queue   tgQueue
	hook    tgHook
	faults  tgFaults
	limits  tgLimits
	profile TelegramProfile
	stats   TelegramStats
	onBot   func(chat int64, m TelegramMessage)
}

// NewTelegram starts a server that knows one bot, by its token. With a nil tb, outside of
// tests, the caller closes it.
func NewTelegram(tb testing.TB, token string) *Telegram {
	t := &Telegram{
		token:  token,
		done:   make(chan struct{}),
		users:  map[int64]*TelegramUser{},
		groups: map[int64]*TelegramGroup{},
		chats:  map[int64]*tgChat{},
		files:  map[string][]byte{},
		taps:   map[string]*tgTap{},
	}
	t.queue.next = 2_000_001 + rand.Int64N(998_000_000) // where the real one begins, too
	t.lastID = 100 + rand.Int64N(900)
	t.hook.second = time.Millisecond
	t.faults.counts = map[string]uint64{}
	t.faults.script = map[string][]TelegramReply{}
	t.profile = TelegramProfile{Commands: map[string][]TelegramCommand{}, Description: map[string]string{}, ShortDescription: map[string]string{}}
	t.stats = TelegramStats{Calls: map[string]int{}, Faults: map[string]int{}}
	t.limits.chats = map[int64]*tgBucket{}
	t.srv = httptest.NewServer(t)
	if tb != nil {
		tb.Cleanup(t.Close)
	}
	return t
}

// Close ends the long poll and the server.
func (t *Telegram) Close() {
	t.mu.Lock()
	select {
	case <-t.done:
	default:
		close(t.done)
	}
	t.mu.Unlock()
	t.srv.CloseClientConnections()
	t.srv.Close()
}

// URL is the address to give the bot as TELEGRAM_API.
func (t *Telegram) URL() string { return t.srv.URL }

// Now is the server's time: the machine's, as far as it was not moved.
func (t *Telegram) Now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now()
}

func (t *Telegram) now() time.Time { return time.Now().Add(t.skew) }

// Advance moves the clock on: taps vanish after 150 seconds, all else after a day.
func (t *Telegram) Advance(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.skew += d
}

// SetNow moves the clock to a time; it runs on from there.
func (t *Telegram) SetNow(at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.skew = time.Until(at)
}

// Revoke makes the token worthless, as @BotFather does.
func (t *Telegram) Revoke() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.revoked = true
}

// OnBot sets what is called after each message the bot sends or edits, for drivers of
// many people. It is called outside the lock, in the order of one chat's calls.
func (t *Telegram) OnBot(fn func(chat int64, m TelegramMessage)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.onBot = fn
}

// TelegramStats counts what went on.
type TelegramStats struct {
	Calls  map[string]int // by method, refused ones too
	Faults map[string]int // given, by kind: "429", "500", "html", "drop_before", "drop_after", "delay", "twice", "poison", "script"
	// Refused are the calls answered 400 or 403 by the server's own rules.
	Refused int
	// Answered, LateAnswers and SecondAnswers are calls of answerCallbackQuery.
	Answered, LateAnswers, SecondAnswers int
	// TooFastChat and TooFast are sends beyond 1 a second to a chat and 30 a second in all,
	// counted whether they are refused or not.
	TooFastChat, TooFast int
	// Conflicts are polls ended by another one or refused beside a webhook.
	Conflicts int
	// Expired are the updates that nobody fetched in time.
	Expired int
	// WebhookFailures are deliveries that were not answered with 2xx.
	WebhookFailures int
}

// Stats returns a copy of the counters.
func (t *Telegram) Stats() TelegramStats {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.stats
	s.Calls, s.Faults = map[string]int{}, map[string]int{}
	for k, v := range t.stats.Calls {
		s.Calls[k] = v
	}
	for k, v := range t.stats.Faults {
		s.Faults[k] = v
	}
	return s
}

// tgCall is one call of a method.
type tgCall struct {
	method string
	params map[string]string
	files  map[string]tgUpload
	sent   *TelegramMessage // what the bot said by it, for OnBot
	chat   int64
}

type tgUpload struct {
	name    string
	content []byte
}

// tgRaw is a result that is JSON already.
type tgRaw []byte

// ServeHTTP is the Bot API.
func (t *Telegram) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if path, ok := strings.CutPrefix(r.URL.Path, "/file/bot"); ok {
		t.serveFile(w, path)
		return
	}
	path, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, method, two := strings.Cut(path, "/")
	if !ok || !two || strings.Contains(method, "/") {
		tgRefuse(404, "Not Found").write(w)
		return
	}
	if !t.knows(token) {
		tgRefuse(401, "Unauthorized").write(w)
		return
	}
	m, known := tgMethods[method]
	if !known {
		tgRefuse(404, "Not Found: method not found").write(w)
		return
	}
	c, refused := tgParse(r, method, m.params)
	if refused != nil {
		refused.write(w)
		return
	}
	fault := t.meets(c)
	if fault.Delay > 0 {
		select {
		case <-time.After(fault.Delay):
		case <-r.Context().Done():
			return
		case <-t.done:
			return
		}
	}
	if fault.answers() {
		fault.write(w)
		return
	}
	result, refused := t.perform(r, c, m)
	switch {
	case fault.Drop == "after":
		tgHangUp(w)
	case refused != nil:
		refused.write(w)
	default:
		tgAnswer(w, result)
	}
}

func (t *Telegram) knows(token string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return token == t.token && !t.revoked
}

// perform does a call, and tells who listens after the lock is free.
func (t *Telegram) perform(r *http.Request, c *tgCall, m tgMethod) (any, *TelegramReply) {
	if m.call == nil {
		return t.getUpdates(r.Context(), c)
	}
	t.mu.Lock()
	result, refused := m.call(t, c)
	if refused != nil && (refused.Code == 400 || refused.Code == 403) {
		t.stats.Refused++
	}
	listener := t.onBot
	t.mu.Unlock()
	if c.sent != nil && listener != nil {
		listener(c.chat, *c.sent)
	}
	return result, refused
}

// tgParse reads the parameters and refuses those the method does not have.
func tgParse(r *http.Request, method, allowed string) (*tgCall, *TelegramReply) {
	c := &tgCall{method: method, params: map[string]string{}, files: map[string]tgUpload{}}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var values url.Values
	switch kind {
	case "multipart/form-data":
		if err := r.ParseMultipartForm(64 << 20); err != nil {
			return nil, tgRefuse(400, "Bad Request: can't parse multipart form")
		}
		values = r.MultipartForm.Value
		for field, list := range r.MultipartForm.File {
			f, err := list[0].Open()
			if err != nil {
				return nil, tgRefuse(400, "Bad Request: can't read file")
			}
			content, _ := io.ReadAll(f)
			f.Close()
			c.files[field] = tgUpload{list[0].Filename, content}
		}
	case "application/x-www-form-urlencoded", "":
		body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		if err == nil {
			values, err = url.ParseQuery(string(body))
		}
		if err != nil {
			return nil, tgRefuse(400, "Bad Request: can't parse form")
		}
	default:
		return nil, tgRefuse(400, "Bad Request: unsupported content type")
	}
	for k, v := range values {
		c.params[k] = v[0]
	}
	for k, v := range r.URL.Query() {
		c.params[k] = v[0]
	}
	for k := range c.params {
		if !strings.Contains(" "+allowed+" ", " "+k+" ") {
			return nil, tgRefuse(400, "Bad Request: unknown parameter "+k)
		}
	}
	for k := range c.files {
		if !strings.Contains(" "+allowed+" ", " "+k+" ") {
			return nil, tgRefuse(400, "Bad Request: unknown file "+k)
		}
	}
	return c, nil
}

// int reads a number parameter; a missing one is 0.
func (c *tgCall) int(name string) int64 {
	n, _ := strconv.ParseInt(c.params[name], 10, 64)
	return n
}

func tgAnswer(w http.ResponseWriter, result any) {
	w.Header().Set("Content-Type", "application/json")
	raw, ok := result.(tgRaw)
	if !ok {
		raw, _ = json.Marshal(result)
	}
	io.WriteString(w, `{"ok":true,"result":`)
	w.Write(raw)
	io.WriteString(w, `}`)
}

// tgHangUp breaks the connection off without an answer.
func tgHangUp(http.ResponseWriter) { panic(http.ErrAbortHandler) }
