package telegram

import (
	"context"
	"errors"
	"net/http"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chihoi/bot"
	"chihoi/bot/wire"
)

const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
	maxUpdate    = 1 << 20
	// webhookConnections is how many updates Telegram delivers at the same time.
	webhookConnections = "10"
	// redelivery is how long Telegram may take to deliver again what did not get through.
	redelivery = 2 * time.Minute
)

// register tells Telegram where to deliver, again and again until it is taken, then waits
// for ctx to end, telling the program now and then that it is in touch. Until then no update
// arrives, so each failure is a warning that says what to look at.
func (c *Channel) register(ctx context.Context, handle bot.Handle) error {
	address := c.public + webhookPath
	params := tgbotapi.Params{"url": address, "secret_token": c.secret, "max_connections": webhookConnections, "allowed_updates": allowed}
	for failures := 1; ; failures++ {
		_, err := c.client.call(ctx, callTimeout, "setWebhook", params)
		var e *callError
		if !errors.As(err, &e) {
			break
		}
		if err := useless(e); err != nil {
			return err
		}
		wait := max(wire.Backoff(failures), e.retryAfter)
		c.log.Warn("telegram: the webhook is not set, no updates arrive", "address", address, "err", e, "do", whatToDo(e), "again_in", wait)
		if c.sleep(ctx, wait) != nil {
			return nil
		}
	}
	c.log.Info("telegram: webhook set", "address", address)
	(&bot.Touch{Handle: handle, Channel: name}).Keep(ctx, c.log, redelivery)
	return nil
}

// WebhookURL asks Telegram where it delivers updates; "" when a poller gets them.
func (c *Channel) WebhookURL(ctx context.Context) (string, error) {
	var info struct {
		URL string `json:"url"`
	}
	err := c.client.callInto(ctx, &info, "getWebhookInfo", nil)
	return info.URL, err
}

// whatToDo says what an operator should look at when Telegram does not take the webhook.
func whatToDo(e *callError) string {
	switch {
	case e.Says("resolve host"):
		return "Telegram can't find the host: check the name in CHIHOI_PUBLIC_URL and its DNS entry"
	case e.Says("ip address", "reserved"):
		return "the host in CHIHOI_PUBLIC_URL must have a public IPv4 address"
	case e.Says("port"):
		return "Telegram calls the ports 443, 80, 88 and 8443 only: change CHIHOI_PUBLIC_URL"
	case e.Code == http.StatusTooManyRequests, e.Code >= 500:
		return "nothing, Telegram is busy"
	case e.Code != 0:
		return "check CHIHOI_PUBLIC_URL: an https address that Telegram can reach, with a certificate it trusts"
	default:
		return "check that this machine reaches Telegram (TELEGRAM_API, HTTPS_PROXY, the firewall)"
	}
}

// Handler takes the updates that Telegram delivers in Webhook mode. It answers 200 only
// when the update was handled; anything else makes Telegram deliver it again. In Poll mode
// nobody has a reason to call, and it answers 404.
func (c *Channel) Handler(handle bot.Handle) http.Handler {
	if c.mode != wire.Webhook {
		return http.NotFoundHandler()
	}
	return wire.Deliveries{Network: name, Header: secretHeader, Secret: c.secret, Max: maxUpdate, Log: c.log,
		Take: func(ctx context.Context, body []byte) int { return c.delivered(ctx, body, handle) },
	}.Handler()
}

// delivered handles one delivery and returns the status to answer with. Telegram delivers
// a person's taps and texts independently of each other; the inbox puts them in order.
func (c *Channel) delivered(ctx context.Context, body []byte, handle bot.Handle) int {
	var it item
	it.received, it.unread = read(body)
	if it.unread != nil {
		c.passOver(&it, len(body))
	}
	if it.callback != "" {
		// Telegram hangs up as soon as it has its status; the tap is to be answered all the same.
		c.answers.begin(context.WithoutCancel(ctx), it.callback)
	}
	if it.nothing {
		return http.StatusOK
	}
	if err := handle(ctx, it.Update); err != nil {
		c.log.Error("telegram: update not handled, it will be delivered again", "update", it.id, "err", err)
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}
