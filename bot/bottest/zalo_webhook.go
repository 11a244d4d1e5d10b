package bottest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// zaloHook is the webhook and how it is called.
type zaloHook struct {
	url, secret string
	set         int // calls of setWebhook today
	limit       int // of those; 0 is none
	ping        bool
	retry       time.Duration // 0: a failed delivery is lost
	twice       bool
	hold        bool // updates wait, to be let go in another order
}

// Webhook switches how the webhook is called: retry is how long after a failure a delivery
// comes again, 0 for never; twice delivers each update a second time. What the real server
// does is not documented.
func (z *Zalo) Webhook(retry time.Duration, twice bool) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.hook.retry, z.hook.twice = retry, twice
}

// LimitWebhook lets setWebhook succeed so many times more today.
func (z *Zalo) LimitWebhook(calls int) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.hook.set, z.hook.limit = 0, calls+1
}

// Ping lets setWebhook call the address and tell how that went.
func (z *Zalo) Ping(on bool) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.hook.ping = on
}

// Hold keeps updates back from the webhook; Release lets them go, the last first.
func (z *Zalo) Hold() {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.hook.hold = true
}

// Release ends Hold.
func (z *Zalo) Release() {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.hook.hold = false
	slices.Reverse(z.queue)
	z.deliver()
}

// PresetWebhook sets a webhook as somebody did before this program came.
func (z *Zalo) PresetWebhook(address string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.hook.url = address
}

func (z *Zalo) setWebhook(p map[string]string) (any, *ZaloReply) {
	u, err := url.Parse(p["url"])
	host := ""
	if err == nil {
		host = u.Hostname()
	}
	z.mu.Lock()
	z.hook.set++
	limited, ping := z.hook.limit > 0 && z.hook.set >= z.hook.limit, z.hook.ping
	z.mu.Unlock()
	switch {
	case limited:
		return nil, &ZaloReply{Code: 426, Description: "Daily limit reached", Camel: true}
	case host == "" || u.Scheme != "https" && host != "127.0.0.1": // http to loopback is for tests
		return nil, &ZaloReply{Code: 400, Description: "Bad request: The url must be https"}
	case len(p["secret_token"]) < 8 || len(p["secret_token"]) > 256:
		return nil, &ZaloReply{Code: 400, Description: "Bad request: The secret_token must be 8 to 256 characters"}
	}
	result := map[string]any{"url": p["url"], "updated_at": time.Now().UnixMilli()}
	if ping {
		status := z.call(p["url"], p["secret_token"], []byte(`{"event_name":"webhook.verify"}`))
		v := map[string]any{"ok": status == 200, "status_code": status, "outcome": "webhook.ok", "latency_ms": 1, "hint": ""}
		switch {
		case status == 0:
			v["outcome"] = "webhook.err.unreachable"
		case status == 404:
			v["outcome"] = "webhook.http.404"
		case status != 200:
			v["outcome"] = "webhook.http.403"
		}
		result["verification"] = v
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	z.hook.url, z.hook.secret = p["url"], p["secret_token"]
	z.deliver()
	return result, nil
}

func (z *Zalo) webhookInfo(method string) (any, *ZaloReply) {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.hook.url == "" {
		code := 404
		if method == "deleteWebhook" {
			code = 400
		}
		return nil, &ZaloReply{Code: code, Description: "Webhook is not set"}
	}
	if method == "deleteWebhook" {
		z.hook.url = ""
		z.touch()
	}
	return map[string]any{"url": z.hook.url, "updated_at": time.Now().UnixMilli()}, nil
}

// deliver hands what waits to the webhook, each update by itself: the order in which they
// arrive is not promised. The caller holds mu.
func (z *Zalo) deliver() {
	if z.hook.url == "" || z.hook.hold {
		return
	}
	for _, raw := range z.queue {
		go z.deliverOne(raw)
	}
	z.queue = nil
}

func (z *Zalo) deliverOne(raw json.RawMessage) {
	for {
		z.mu.Lock()
		h, body := z.hook, []byte(raw)
		if z.quirks.Wrapped {
			body = append(append([]byte(`{"ok":true,"result":`), raw...), '}')
		}
		z.mu.Unlock()
		began := time.Now()
		ok := z.call(h.url, h.secret, body) == http.StatusOK
		if ok && h.twice {
			z.call(h.url, h.secret, body)
		}
		z.mu.Lock()
		if z.stats.Slowest = max(z.stats.Slowest, time.Since(began)); ok {
			z.stats.Delivered++
		} else {
			z.stats.Failures++
		}
		z.mu.Unlock()
		if ok || h.retry == 0 {
			return
		}
		select {
		case <-time.After(h.retry):
		case <-z.done:
			return
		}
	}
}

var zaloHookClient = &http.Client{
	Timeout:       30 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// call calls the webhook; 0 is a failure of the connection.
func (z *Zalo) call(address, secret string, body []byte) (status int) {
	req, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Java/1.8.0_192")
	req.Header.Set("X-Bot-Api-Secret-Token", secret)
	resp, err := zaloHookClient.Do(req)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	return resp.StatusCode
}
