package bottest

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strconv"
	"time"
)

// tgHook is the delivery of updates to the bot's own address.
type tgHook struct {
	url, secret string
	lanes       map[string]bool // being delivered
	slots       chan struct{}   // max_connections
	gone        time.Time       // since when it is answered with 410
	last        string          // the last failure
	second      time.Duration   // how long a second of waiting takes here
}

// SetWebhookSecond sets how long the server takes for each second it would wait before it
// delivers again; a millisecond unless set.
func (t *Telegram) SetWebhookSecond(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hook.second = d
}

var tgSecretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)

func (t *Telegram) setWebhook(c *tgCall) (any, *TelegramReply) {
	address := c.params["url"]
	if address == "" {
		return t.deleteWebhook(c)
	}
	if !tgWebURL(address) {
		return nil, tgRefuse(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
	}
	if !tgSecretForm.MatchString(c.params["secret_token"]) {
		return nil, tgRefuse(400, "Bad Request: secret token contains unallowed characters")
	}
	connections := int(c.int("max_connections"))
	if connections == 0 {
		connections = 40
	}
	if connections < 1 || connections > 100 {
		return nil, tgRefuse(400, "Bad Request: max_connections must be between 1 and 100")
	}
	if refused := t.setAllowed(c); refused != nil {
		return nil, refused
	}
	t.dropPending(c)
	h := &t.hook
	h.url, h.secret, h.gone, h.last = address, c.params["secret_token"], time.Time{}, ""
	h.lanes, h.slots = map[string]bool{}, make(chan struct{}, connections)
	if p := t.queue.poll; p != nil {
		close(p.ended)
		t.queue.poll = nil
	}
	t.deliver()
	return true, nil
}

func (t *Telegram) deleteWebhook(c *tgCall) (any, *TelegramReply) {
	t.hook.url = ""
	t.dropPending(c)
	return true, nil
}

func (t *Telegram) dropPending(c *tgCall) {
	if c.params["drop_pending_updates"] == "true" {
		t.queue.list, t.queue.again = nil, nil
	}
}

func (t *Telegram) getWebhookInfo(*tgCall) (any, *TelegramReply) {
	t.expire()
	return map[string]any{
		"url": t.hook.url, "has_custom_certificate": false, "pending_update_count": len(t.queue.list),
		"max_connections": cap(t.hook.slots), "last_error_message": t.hook.last, "allowed_updates": t.queue.allowed,
	}, nil
}

// deliver starts a goroutine for each lane that has updates and is not being delivered:
// one chat's messages come one after the other, but a person's taps beside them.
func (t *Telegram) deliver() {
	if t.hook.url == "" {
		return
	}
	for _, u := range t.queue.list {
		if !t.hook.lanes[u.lane] {
			t.hook.lanes[u.lane] = true
			go t.deliverLane(t.hook.lanes, t.hook.slots, u.lane)
		}
	}
}

// deliverLane delivers a lane until it is empty. A webhook that was set anew has other lanes.
func (t *Telegram) deliverLane(lanes map[string]bool, slots chan struct{}, lane string) {
	failures := 0
	for {
		t.mu.Lock()
		t.expire()
		u := t.first(lane)
		h := t.hook
		if u == nil || h.url == "" || h.slots != slots {
			delete(lanes, lane)
			t.mu.Unlock()
			return
		}
		t.mu.Unlock()

		slots <- struct{}{}
		status, after := t.postUpdate(h, u)
		<-slots

		t.mu.Lock()
		wait := t.outcome(u, status, after, &failures)
		t.mu.Unlock()
		select {
		case <-time.After(wait):
		case <-t.done:
			return
		}
	}
}

func (t *Telegram) first(lane string) *tgUpdate {
	for _, u := range t.queue.list {
		if u.lane == lane {
			return u
		}
	}
	return nil
}

// outcome notes what a delivery came to and says how long to wait before the next.
func (t *Telegram) outcome(u *tgUpdate, status int, after time.Duration, failures *int) time.Duration {
	if status >= 200 && status < 300 {
		*failures = 0
		t.hook.gone = time.Time{}
		if u.twice {
			u.twice = false // stays, and comes once more
			return 0
		}
		for i, o := range t.queue.list {
			if o == u {
				t.queue.list = append(t.queue.list[:i:i], t.queue.list[i+1:]...)
				break
			}
		}
		return 0
	}
	t.stats.WebhookFailures++
	t.hook.last = "Wrong response from the webhook: " + strconv.Itoa(status)
	if status == http.StatusGone {
		if t.hook.gone.IsZero() {
			t.hook.gone = t.now()
		} else if t.now().Sub(t.hook.gone) > 23*time.Hour {
			t.hook.url = ""
		}
	}
	*failures++
	if after > 0 {
		return after
	}
	// At once, then after 2, 4, … seconds, up to something between 60 and 120.
	seconds := 0
	if *failures > 1 {
		seconds = min(1<<min(*failures-1, 7), 60+rand.IntN(61))
	}
	return time.Duration(seconds) * t.hook.second
}

var tgHookClient = &http.Client{
	Timeout:       60 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// postUpdate delivers one update; status 0 is a failure of the connection.
func (t *Telegram) postUpdate(h tgHook, u *tgUpdate) (status int, retryAfter time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-t.done:
			cancel()
		case <-ctx.Done():
		}
	}()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(u.raw))
	if err != nil {
		return 0, 0
	}
	req.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := tgHookClient.Do(req)
	if err != nil {
		return 0, 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
		retryAfter = time.Duration(min(s, 3600)) * h.second
	}
	return resp.StatusCode, retryAfter
}
