// Package telegram is the channel to Telegram's Bot API. It owns everything that is
// Telegram's alone: polling or the webhook, the decoding of updates, the sending of
// messages and what each of Telegram's refusals means.
//
// It promises that an update is confirmed to Telegram only after it was handled, that
// the updates of one contact are handled in the order in which they arrived, that a tap
// is answered once and before it is handled, and that neither the bot's token nor
// anyone's words appear in an error or a log line. It keeps nothing between runs.
package telegram

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"time"

	"chihoi/bot"
	"chihoi/bot/wire"
)

// MaxText is the longest message Telegram takes, in UTF-16 units.
const MaxText = 4096

const (
	name        = "telegram"
	webhookPath = "/telegram"
	officialAPI = "https://api.telegram.org"
)

// Config is what a channel is built from. Only Token is needed.
type Config struct {
	// Token is the bot's token as @BotFather gave it.
	Token string
	// API is the address of the Bot API; "" is https://api.telegram.org.
	API string
	// Mode is wire.Poll or wire.Webhook; "" is wire.Poll.
	Mode string
	// Secret and PublicURL are needed in Webhook mode: what Telegram shows in its header
	// (1 to 256 of A-Z a-z 0-9 _ -) and the https address at which it reaches this program.
	Secret, PublicURL string
	// Proxy is the address of a proxy (http, https or socks5); "" follows HTTPS_PROXY and the like.
	Proxy string
	// Bulk is how many messages a second go out that nobody waits for; 0 is 25.
	Bulk float64
	// Logger gets what an operator should know; nil is slog.Default.
	Logger *slog.Logger
	// Sleep waits between attempts; nil waits in real time. Tests put their own here.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Channel is one bot on Telegram. It is safe for use by many goroutines.
type Channel struct {
	client  *client
	mode    string
	secret  string
	public  string
	bulk    float64
	log     *slog.Logger
	sleep   func(context.Context, time.Duration) error
	answers *answers
}

var (
	_ bot.Webhook = (*Channel)(nil)
	_ bot.Timed   = (*Channel)(nil)
)

var tokenForm = regexp.MustCompile(`^[0-9]+:[0-9A-Za-z_-]+$`)

// leastSecret is how many characters a token of the official API has after its colon, at
// least; today they are 35. Other servers make tokens as they like.
const leastSecret = 30

// leastHookSecret is how many characters Telegram asks of a webhook's secret.
const leastHookSecret = 1

// wrong is the error about a field of a Config.
func wrong(field, reason string) error {
	return &wire.ConfigError{Network: name, Field: field, Reason: reason}
}

// New checks the configuration and builds the channel without calling the network, so
// that the program starts while Telegram can't be reached. Its errors are wire.ConfigErrors.
func New(cfg Config) (*Channel, error) {
	api, reason := wire.BaseURL(cfg.API, officialAPI)
	if reason != "" {
		return nil, wrong("API", reason)
	}
	if err := checkToken(cfg.Token, api); err != nil {
		return nil, err
	}
	if cfg.Bulk < 0 || cfg.Bulk > 1000 {
		return nil, wrong("Bulk", fmt.Sprintf("%g: phải từ 0 đến 1000 tin một giây", cfg.Bulk))
	}
	c := &Channel{secret: cfg.Secret, bulk: cmp.Or(cfg.Bulk, 25), log: cfg.Logger, sleep: cfg.Sleep}
	if c.log == nil {
		c.log = slog.Default()
	}
	c.log = c.log.With("channel", name)
	if c.sleep == nil {
		c.sleep = wire.Sleep
	}
	var field string
	if c.mode, c.public, field, reason = wire.Ways(cfg.Mode, cfg.Secret, cfg.PublicURL, leastHookSecret); reason != "" {
		return nil, wrong(field, reason)
	}
	var err error
	if c.client, err = newClient(cfg.Token, api, cfg.Proxy); err != nil {
		return nil, err
	}
	c.answers = newAnswers(c.client, c.log)
	return c, nil
}

// checkToken finds what was pasted wrongly: half a token, a name, a line too much.
func checkToken(token, api string) error {
	_, secret, _ := strings.Cut(token, ":")
	if tokenForm.MatchString(token) && (len(secret) >= leastSecret || api != officialAPI) {
		return nil
	}
	return wrong("Token", fmt.Sprintf("không phải token của bot (dài %d ký tự; token gồm các chữ số, dấu hai chấm, rồi 35 chữ và số): "+
		"chép cả dòng @BotFather đã gửi", len([]rune(token))))
}

// Name is the first part of this channel's contact ids.
func (c *Channel) Name() string { return name }

// Ahead is by how much this machine's clock is ahead of Telegram's.
func (c *Channel) Ahead() (time.Duration, bool) { return c.client.watch.Ahead() }

// AskTime has Telegram answer something; any answer tells the time.
func (c *Channel) AskTime(ctx context.Context) { _, _ = c.Username(ctx) }

// Abilities says what Telegram can show.
func (c *Channel) Abilities() bot.Abilities {
	return bot.Abilities{Buttons: true, Edit: true, Photos: true, MaxText: MaxText, Files: bot.Uploads}
}

// Pace are Telegram's limits (telegram.md 2): bulk below the 30 a second of its rules, unless
// the bot pays for more, one
// message a second to a chat with short bursts, 20 a minute to a group.
func (c *Channel) Pace() bot.Pace {
	return bot.Pace{Bulk: c.bulk, Chat: 1, ChatBurst: 8, Group: 20.0 / 60, GroupBurst: 5}
}

// IsGroup tells groups, whose ids are negative.
func (c *Channel) IsGroup(chat string) bool { return strings.HasPrefix(chat, "-") }

// Path is where Telegram calls in Webhook mode.
func (c *Channel) Path() string { return webhookPath }

// Receive delivers updates until ctx ends. In Webhook mode it registers the address and
// then only waits: the updates come to Handler. It returns an error only when Telegram
// does not know the token.
func (c *Channel) Receive(ctx context.Context, handle bot.Handle) error {
	ctx, stop := context.WithCancel(ctx)
	introduced := make(chan struct{})
	go func() {
		defer close(introduced)
		c.introduce(ctx)
	}()
	defer func() { <-introduced }()
	defer stop()
	if c.mode == wire.Webhook {
		return c.register(ctx, handle)
	}
	p := &poller{Channel: c, handle: handle, touch: bot.Touch{Handle: handle, Channel: name}}
	err := p.run(ctx)
	stop()
	c.answers.wait()
	return err
}

// Username asks Telegram for the bot's name, as it stands in t.me links.
func (c *Channel) Username(ctx context.Context) (string, error) {
	var me struct {
		Username string `json:"username"`
	}
	if err := c.client.callInto(ctx, &me, "getMe", nil); err != nil {
		return "", cmp.Or(useless(err), err)
	}
	return me.Username, nil
}
