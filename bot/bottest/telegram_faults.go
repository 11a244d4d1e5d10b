package bottest

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"time"
)

// TelegramFaults are the rates, 0 to 1, at which calls and updates go wrong. What befalls
// the n-th call of a method for a chat follows from the seed alone, whatever happens in
// other chats at the same time.
type TelegramFaults struct {
	Seed uint64
	// Methods that go wrong; none means all.
	Methods []string

	TooMany    float64 // 429
	RetryAfter int     // seconds that a 429 asks for
	Internal   float64 // 500
	HTML       float64 // a gateway's page, status 502
	DropBefore float64 // connection broken, nothing done
	DropAfter  float64 // done, then connection broken
	Delay      float64
	DelayBy    time.Duration

	Twice  float64 // updates delivered again after they were confirmed
	Poison float64 // before an update comes one that fits no structure
}

type tgFaults struct {
	TelegramFaults
	counts map[string]uint64
	script map[string][]TelegramReply
}

// SetFaults sets the rates from now on; the zero value ends them.
func (t *Telegram) SetFaults(f TelegramFaults) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults.TelegramFaults = f
	clear(t.faults.counts)
}

// Script answers the next calls of a method with these replies instead, in order.
func (t *Telegram) Script(method string, replies ...TelegramReply) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults.script[method] = append(t.faults.script[method], replies...)
}

// TelegramReply is an answer out of the ordinary. The zero value is none.
type TelegramReply struct {
	Code        int // error_code, and the HTTP status unless Status is set
	Description string
	RetryAfter  int   // in the parameters
	MigrateTo   int64 // in the parameters
	Status      int
	Body        string // sent as it is instead of JSON made of the above
	Location    string // header of a redirect
	// Drop breaks the connection off: "before" or "after" the call is done.
	Drop string
	// Delay holds the call before it is done.
	Delay time.Duration
}

func tgRefuse(code int, description string) *TelegramReply {
	return &TelegramReply{Code: code, Description: description}
}

// answers reports whether the reply replaces the call.
func (r TelegramReply) answers() bool {
	return r.Code != 0 || r.Status != 0 || r.Body != "" || r.Drop == "before"
}

func (r TelegramReply) write(w http.ResponseWriter) {
	if r.Drop == "before" {
		tgHangUp(w)
	}
	if r.Location != "" {
		w.Header().Set("Location", r.Location)
	}
	status := r.Status
	if status == 0 {
		status = max(r.Code, 200)
	}
	if r.Body != "" || r.Code == 0 {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		fmt.Fprint(w, r.Body)
		return
	}
	answer := map[string]any{"ok": false, "error_code": r.Code, "description": r.Description}
	more := map[string]any{}
	if r.Code == 429 {
		more["retry_after"] = r.RetryAfter
	}
	if r.MigrateTo != 0 {
		more["migrate_to_chat_id"] = r.MigrateTo
	}
	if len(more) > 0 {
		answer["parameters"] = more
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

// meets decides what befalls a call before it is done.
func (t *Telegram) meets(c *tgCall) TelegramReply {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stats.Calls[c.method]++
	if s := t.faults.script[c.method]; len(s) > 0 {
		t.faults.script[c.method] = s[1:]
		t.stats.Faults["script"]++
		return s[0]
	}
	f := t.faults.TelegramFaults
	if len(f.Methods) > 0 && !slices.Contains(f.Methods, c.method) {
		return TelegramReply{}
	}
	whose := c.params["chat_id"]
	if tap := t.taps[c.params["callback_query_id"]]; tap != nil {
		whose = fmt.Sprint(tap.user)
	}
	kinds := []struct {
		name  string
		rate  float64
		reply TelegramReply
	}{
		{"429", f.TooMany, TelegramReply{Code: 429, Description: fmt.Sprintf("Too Many Requests: retry after %d", f.RetryAfter), RetryAfter: f.RetryAfter}},
		{"500", f.Internal, TelegramReply{Code: 500, Description: "Internal Server Error"}},
		{"html", f.HTML, TelegramReply{Status: 502, Body: "<html><h1>502 Bad Gateway</h1></html>"}},
		{"drop_before", f.DropBefore, TelegramReply{Drop: "before"}},
		{"drop_after", f.DropAfter, TelegramReply{Drop: "after"}},
		{"delay", f.Delay, TelegramReply{Delay: f.DelayBy}},
	}
	at := t.faults.roll(c.method + "|" + whose)
	for _, k := range kinds {
		if at < k.rate {
			t.stats.Faults[k.name]++
			return k.reply
		}
		at -= k.rate
	}
	return TelegramReply{}
}

// roll is the next number from 0 to 1 in the row that belongs to a key.
func (f *tgFaults) roll(key string) float64 {
	n := f.counts[key]
	f.counts[key]++
	h := fnv.New64a()
	var seed [16]byte
	binary.LittleEndian.PutUint64(seed[:], f.Seed)
	binary.LittleEndian.PutUint64(seed[8:], n)
	h.Write(seed[:])
	h.Write([]byte(key))
	// fnv mixes its last bytes badly; this finishes the job (splitmix64).
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	return float64(x>>11) / (1 << 53)
}

// tgLimits are the rates of sending: 1 a second to a chat with a burst of 3, 30 a second in all.
type tgLimits struct {
	enforce bool
	all     tgBucket
	chats   map[int64]*tgBucket
}

type tgBucket struct {
	used float64
	at   time.Time
}

// EnforceRates makes sends beyond the rates fail with 429; they are counted either way.
func (t *Telegram) EnforceRates(on bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.limits.enforce = on
}

// take takes one from the bucket, or reports that it is empty.
func (b *tgBucket) take(now time.Time, perSecond, burst float64) bool {
	b.used = max(b.used-now.Sub(b.at).Seconds()*perSecond, 0)
	b.at = now
	if b.used+1 > burst {
		return false
	}
	b.used++
	return true
}

// tooFast counts a send, and refuses it when rates are enforced.
func (t *Telegram) tooFast(chat int64) *TelegramReply {
	b := t.limits.chats[chat]
	if b == nil {
		b = &tgBucket{}
		t.limits.chats[chat] = b
	}
	now, late := t.now(), false
	if !b.take(now, 1, 3) {
		t.stats.TooFastChat++
		late = true
	}
	if !t.limits.all.take(now, 30, 30) {
		t.stats.TooFast++
		late = true
	}
	if late && t.limits.enforce {
		return &TelegramReply{Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1}
	}
	return nil
}
