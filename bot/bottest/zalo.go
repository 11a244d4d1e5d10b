package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// Zalo is the server of the Zalo Bot Platform for one bot, with the bot's people, on
// loopback. It does what is known of the real one (and offers, by switches, what is not
// known either way); where it is stricter (parameters it does not know) a bot that passes
// here passes there. All methods are safe for use by many goroutines.
type Zalo struct {
	tb    testing.TB
	token string
	srv   *httptest.Server
	done  chan struct{} // closed by Close

	mu      sync.Mutex
	quirks  ZaloQuirks
	skew    time.Duration // how far the clock was moved
	revoked bool
	lastID  int
	users   map[string]*ZaloUser
	seats   map[string]bool // chats that ever got through to the bot
	chats   map[string][]ZaloMessage
	changed chan struct{} // closed at each change of a chat or the queue
	queue   []json.RawMessage
	hook    zaloHook
	script  map[string][]ZaloReply
	sent    int // messages of the month that counted
	stats   ZaloStats
	onBot   func(chat string, m ZaloMessage)
}

// ZaloQuirks are what is not known of the real server, or differs between its days.
type ZaloQuirks struct {
	Wrapped     bool // webhook bodies in an envelope, as documented, instead of flat
	Array       bool // getUpdates gives an array
	PhotoKey    bool // "photo", as documented, instead of "photo_url"
	NumericIDs  bool // ids as numbers, where they are made of digits
	Bare        bool // unsupported messages come as their event's name alone
	Silent      bool // getUpdates beside a webhook says 408 instead of 400
	Impatient   bool // getUpdates does not hold the call open
	Quota       int  // messages a month; 0 is 3,000
	Inbound     bool // what people write counts, too
	Seats       int  // users; 0 is 50
	NoMethodIDs bool // sends are answered without a message id
}

// ZaloStats counts what went on.
type ZaloStats struct {
	Calls map[string]int // by method, refused ones too
	// Unknown are the calls refused for a parameter or method that Zalo does not have.
	Unknown int
	// OverQuota and NoSeat are sends refused and messages dropped for the limits.
	OverQuota, NoSeat int
	// Delivered and Failures are calls of the webhook answered 200, or otherwise; Slowest is
	// the longest it took.
	Delivered, Failures int
	Slowest             time.Duration
}

// NewZalo starts a server that knows one bot, by its token. With a nil tb, outside of
// tests, the caller closes it.
func NewZalo(tb testing.TB, token string) *Zalo {
	z := &Zalo{tb: tb, token: token, done: make(chan struct{}), users: map[string]*ZaloUser{}, seats: map[string]bool{},
		chats: map[string][]ZaloMessage{}, changed: make(chan struct{}), script: map[string][]ZaloReply{}, stats: ZaloStats{Calls: map[string]int{}}}
	z.srv = httptest.NewServer(z)
	if tb != nil {
		tb.Cleanup(z.Close)
	}
	return z
}

// Close ends the long poll and the server.
func (z *Zalo) Close() {
	z.mu.Lock()
	select {
	case <-z.done:
	default:
		close(z.done)
	}
	z.mu.Unlock()
	z.srv.CloseClientConnections()
	z.srv.Close()
}

// URL is the address to give the bot as ZALO_API.
func (z *Zalo) URL() string { return z.srv.URL }

// Set changes the quirks.
func (z *Zalo) Set(change func(*ZaloQuirks)) {
	z.mu.Lock()
	defer z.mu.Unlock()
	change(&z.quirks)
}

// Revoke makes the token worthless, as a reset in Zalo Bot Creator does.
func (z *Zalo) Revoke() {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.revoked = true
}

// NextMonth gives the bot its quota again.
func (z *Zalo) NextMonth() {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.sent = 0
}

// OnBot sets what is called after each message of the bot, outside the lock.
func (z *Zalo) OnBot(fn func(chat string, m ZaloMessage)) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.onBot = fn
}

// Stats returns a copy of the counters.
func (z *Zalo) Stats() ZaloStats {
	z.mu.Lock()
	defer z.mu.Unlock()
	s := z.stats
	s.Calls = map[string]int{}
	for k, v := range z.stats.Calls {
		s.Calls[k] = v
	}
	return s
}

// ZaloReply is an answer out of the ordinary; the zero value is none.
type ZaloReply struct {
	Code        int // error_code; the HTTP status stays 200 unless Status is set
	Description string
	Camel       bool // the code as errorCode
	Status      int
	Body        string // sent as it is instead of JSON made of the above
	Empty       bool   // nothing is sent
	// Drop breaks the connection off: "before" or "after" the call is done. "timeout" says
	// 408 after the call was done.
	Drop string
}

// Script answers the next calls of a method with these replies instead, in order.
func (z *Zalo) Script(method string, replies ...ZaloReply) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.script[method] = append(z.script[method], replies...)
}

func (z *Zalo) scripted(method string) ZaloReply {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.stats.Calls[method]++
	s := z.script[method]
	if len(s) == 0 {
		return ZaloReply{}
	}
	z.script[method] = s[1:]
	return s[0]
}

func (r ZaloReply) write(w http.ResponseWriter) {
	if r.Drop == "before" {
		panic(http.ErrAbortHandler)
	}
	w.Header().Add("Server", "ZBot") // the real one sends it twice
	w.Header().Add("Server", "ZBot")
	if r.Status != 0 {
		w.WriteHeader(r.Status)
	}
	if r.Empty {
		return
	}
	if r.Body != "" {
		io.WriteString(w, r.Body)
		return
	}
	key := "error_code"
	if r.Camel {
		key = "errorCode"
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": false, key: r.Code, "description": r.Description})
}

// zaloMethods are the methods with their parameters; the names are case-sensitive.
var zaloMethods = map[string]string{
	"getMe": "", "getUpdates": "timeout", "setWebhook": "url secret_token", "getWebhookInfo": "", "deleteWebhook": "",
	"sendMessage": "chat_id text parse_mode text_styles", "sendPhoto": "chat_id photo caption", "sendChatAction": "chat_id action",
}

// ServeHTTP is the Bot API.
func (z *Zalo) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, method, two := strings.Cut(path, "/")
	z.mu.Lock()
	known := ok && two && token == z.token && !z.revoked
	z.mu.Unlock()
	if !known {
		ZaloReply{Code: 401, Description: "Unauthorized"}.write(w)
		return
	}
	allowed, known := zaloMethods[method]
	if !known {
		z.loud("method %s does not exist", method)
		ZaloReply{Code: 404, Description: "Not Found: method not found"}.write(w)
		return
	}
	params, refused := z.params(r, method, allowed)
	if refused == nil {
		scripted := z.scripted(method)
		if scripted.Code != 0 || scripted.Status != 0 || scripted.Body != "" || scripted.Empty || scripted.Drop == "before" {
			scripted.write(w)
			return
		}
		var result any
		if result, refused = z.perform(r.Context(), method, params); refused == nil {
			z.answer(w, scripted, method, result)
			return
		}
	}
	refused.write(w)
}

func (z *Zalo) answer(w http.ResponseWriter, scripted ZaloReply, method string, result any) {
	switch {
	case scripted.Drop == "after":
		panic(http.ErrAbortHandler)
	case scripted.Drop == "timeout":
		ZaloReply{Code: 408, Description: "Request timeout"}.write(w)
	case method == "sendChatAction":
		io.WriteString(w, `{"ok":true}`)
	default:
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
	}
}

// params reads a JSON body and the query, and refuses what the method does not have.
func (z *Zalo) params(r *http.Request, method, allowed string) (map[string]string, *ZaloReply) {
	params := map[string]string{}
	for k, v := range r.URL.Query() {
		params[k] = v[0]
	}
	if r.Method == http.MethodPost {
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			return nil, &ZaloReply{Code: 400, Description: "Bad request: the body is not JSON"}
		}
		for k, v := range body {
			params[k] = fmt.Sprint(v)
		}
	}
	for k := range params {
		if !strings.Contains(" "+allowed+" ", " "+k+" ") {
			z.loud("%s has no parameter %s", method, k)
			return nil, &ZaloReply{Code: 400, Description: "Bad request: unknown parameter " + k}
		}
	}
	return params, nil
}

// loud fails the test: the real server might pass over such a call in silence.
func (z *Zalo) loud(format string, args ...any) {
	z.mu.Lock()
	z.stats.Unknown++
	z.mu.Unlock()
	if z.tb != nil {
		z.tb.Errorf("zalo: "+format, args...)
	}
}

func (z *Zalo) perform(ctx context.Context, method string, p map[string]string) (any, *ZaloReply) {
	switch method {
	case "getMe":
		return map[string]any{"id": "1459232241454765289", "account_name": "bot.VDKyGxQvc", "account_type": "BASIC",
			"can_join_groups": true, "display_name": "Bot Chi Hội"}, nil
	case "getUpdates":
		return z.getUpdates(ctx, p)
	case "setWebhook":
		return z.setWebhook(p)
	case "getWebhookInfo", "deleteWebhook":
		return z.webhookInfo(method)
	}
	return z.send(method, p)
}

// Now is the server's time.
func (z *Zalo) now() time.Time { return time.Now().Add(z.skew) }

// SetNow moves the server's clock to a time; it runs on from there.
func (z *Zalo) SetNow(at time.Time) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.skew = time.Until(at)
}

// touch wakes whoever waits for a change. The caller holds mu.
func (z *Zalo) touch() {
	close(z.changed)
	z.changed = make(chan struct{})
}
