package zalo

import (
	"context"
	"errors"
	"net/http"
	"time"

	"chihoi/bot"
	"chihoi/bot/wire"
)

const (
	secretHeader = "X-Bot-Api-Secret-Token"
	maxUpdate    = 1 << 20
	// handleTries and handleWait are for an update that can't be stored at once: whether Zalo
	// delivers again after a failure is not documented, so it is tried while Zalo waits, who
	// should have its answer within two seconds.
	handleTries = 4
	handleWait  = 300 * time.Millisecond
	// limitRest is the wait after the daily limit of setWebhook.
	limitRest = time.Hour
	// strangerRest is how often deliveries without the secret are reported.
	strangerRest = 10 * time.Minute
	// redelivery is how long a repeated delivery may take, as far as one can tell.
	redelivery = 2 * time.Minute
)

// webhookInfo is what Zalo tells of a webhook.
type webhookInfo struct {
	URL          string `json:"url"`
	Verification *struct {
		OK      bool   `json:"ok"`
		Outcome string `json:"outcome"`
		Hint    string `json:"hint"`
	} `json:"verification"`
}

// WebhookURL asks Zalo where it delivers this bot's updates; "" when a poller gets them.
func (c *Channel) WebhookURL(ctx context.Context) (string, error) {
	var info webhookInfo
	err := c.client.callInto(ctx, &info, "getWebhookInfo", nil)
	var e *callError
	if errors.As(err, &e) && e.Code == codeNotFound { // none is set
		return "", nil
	}
	return info.URL, err
}

// register tells Zalo where to deliver, again and again until it is taken, then waits for
// ctx to end. Until then no update arrives, so each failure is a warning that says what to
// look at.
func (c *Channel) register(ctx context.Context, handle bot.Handle) error {
	address := c.public + c.Path()
	for failures := 1; ; failures++ {
		var info webhookInfo
		err := c.client.callInto(ctx, &info, "setWebhook", map[string]string{"url": address, "secret_token": c.secret})
		var e *callError
		if !errors.As(err, &e) {
			c.verified(address, info)
			break
		}
		if err := useless(e); err != nil {
			return err
		}
		wait := wire.Backoff(failures)
		if e.Code == codeDailyLimit {
			if set, err := c.WebhookURL(ctx); err == nil && set == address {
				c.log.Warn("zalo: webhook kept as it was, Zalo's daily limit of setting it is reached; a changed ZALO_SECRET holds from tomorrow", "address", address)
				break
			}
			wait = limitRest
		}
		c.log.Warn("zalo: the webhook is not set, no updates arrive", "address", address, "err", e, "do", whatToDo(e), "again_in", wait)
		if c.sleep(ctx, wait) != nil {
			return nil
		}
	}
	(&bot.Touch{Handle: handle, Channel: c.Name()}).Keep(ctx, c.log, redelivery)
	return nil
}

// verified reports how Zalo's first call of the webhook went. Zalo keeps the address also
// when it could not reach it.
func (c *Channel) verified(address string, info webhookInfo) {
	if v := info.Verification; v != nil && !v.OK {
		c.log.Warn("zalo: webhook set, but Zalo could not reach it", "address", address, "outcome", v.Outcome, "hint", v.Hint, "do", outcomes[v.Outcome])
		return
	}
	c.log.Info("zalo: webhook set", "address", address)
}

// outcomes say what to do about what Zalo found when it called the webhook.
var outcomes = map[string]string{
	"webhook.http.403":        "something before this program refuses Zalo's calls (Cloudflare's Browser Integrity Check does): let POST " + "/zalo/ through",
	"webhook.http.404":        "the proxy before this program does not hand /zalo/ on to it",
	"webhook.err.tls":         "the certificate is not trusted: renew it, with its chain",
	"webhook.err.dns":         "the host in CHIHOI_PUBLIC_URL is not found: check its DNS entry",
	"webhook.err.timeout":     "the firewall drops Zalo's calls, or the host is slow",
	"webhook.err.unreachable": "nothing answers there: check the port and the firewall",
	"webhook.err.blocked":     "the host in CHIHOI_PUBLIC_URL must have a public address",
}

// whatToDo says what an operator should look at when Zalo does not take the webhook.
func whatToDo(e *callError) string {
	switch {
	case e.Code == codeDailyLimit:
		return "nothing today: Zalo takes only a few changes of the webhook a day"
	case e.Code == codeNotFound:
		return "check ZALO_API: there is no Bot API at this address"
	case e.Code == codeBadRequest:
		return "check CHIHOI_PUBLIC_URL: a public https address with a certificate that is trusted, and no redirect"
	case e.Code != 0, e.blank:
		return "nothing, Zalo has a trouble"
	}
	return "check that this machine reaches Zalo (ZALO_API, HTTPS_PROXY, the firewall)"
}

// Handler takes the updates that Zalo delivers in Webhook mode. It answers 200 only when
// the update was handled. In Poll mode nobody has a reason to call, and it answers 404.
func (c *Channel) Handler(handle bot.Handle) http.Handler {
	if c.mode != wire.Webhook {
		return http.NotFoundHandler()
	}
	return wire.Deliveries{Network: "zalo", Header: secretHeader, Secret: c.secret, Max: maxUpdate, Stranger: c.stranger, Log: c.log,
		Take: func(ctx context.Context, body []byte) int { return c.delivered(ctx, body, handle) },
	}.Handler()
}

// stranger reports a delivery without the secret, now and then: it may be a stranger's, or
// Zalo's with an older secret, and then the bot is deaf.
func (c *Channel) stranger() {
	now, last := time.Now().Unix(), c.strangers.Load()
	if now-last < int64(strangerRest/time.Second) || !c.strangers.CompareAndSwap(last, now) {
		return
	}
	c.log.Warn("zalo: a delivery without the right secret was refused; if the bot hears nobody, the webhook was set with another ZALO_SECRET")
}

// delivered handles one delivery and returns the status to answer with.
func (c *Channel) delivered(ctx context.Context, body []byte, handle bot.Handle) int {
	list, err := unwrap(body)
	if err != nil {
		c.log.Error("zalo: a delivery not understood, passed over", "bytes", len(body))
		return http.StatusOK
	}
	for _, raw := range list {
		r, err := c.read(raw, time.Now())
		switch {
		case err != nil:
			c.log.Error("zalo: an update not understood, passed over", "bytes", len(raw))
		case r.nothing:
			c.passOver(r)
		case !c.keep(ctx, r, handle):
			return http.StatusServiceUnavailable
		}
	}
	return http.StatusOK
}

// keep handles an update, a few times if it must; false when none succeeded. It goes on
// when Zalo hangs up, since that is no sign that the update will come again.
func (c *Channel) keep(ctx context.Context, r received, handle bot.Handle) bool {
	ctx = context.WithoutCancel(ctx)
	for try := 1; ; try++ {
		err := handle(ctx, r.Update)
		if err == nil {
			return true
		}
		c.log.Error("zalo: update not handled", "update", r.ID, "try", try, "err", err)
		if try == handleTries || c.sleep(ctx, handleWait) != nil {
			return false
		}
	}
}
