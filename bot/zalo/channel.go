// Package zalo is the channel to one bot of the Zalo Bot Platform. It owns everything that
// is Zalo's alone: polling or the webhook, the shapes in which updates come, the sending
// of messages and what each of Zalo's refusals means.
//
// Zalo has no buttons, edits or deep links, takes 2,000 units a message, and hands an
// update to a poller once and never again. The package promises that an update is handled
// until that succeeds before the next is fetched, that a webhook is answered 200 only after
// its update was handled, and that neither the bot's token nor anyone's words appear in an
// error or a log line. It keeps nothing between runs.
//
// An update's payload does not name its bot, so each bot is a channel of its own, with its
// own name and webhook path.
package zalo

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"sync/atomic"
	"time"

	"chihoi/bot"
	"chihoi/bot/wire"
)

const (
	// MaxText is the longest message sent, in UTF-16 units. Zalo takes 2,000 of something;
	// whether it counts code points or units is not known.
	MaxText = 1900
	// limit is what Zalo says it takes.
	limit = 2000

	// freeQuota and freeSeats are the limits of the only plan on sale, per bot as far as known.
	freeQuota = 3000
	freeSeats = 50

	officialAPI = "https://bot-api.zaloplatforms.com"
)

// Config is what a channel is built from. Name and Token are needed.
type Config struct {
	// Name tells this bot from others: a lower-case slug, as in ZALO_TOKENS.
	Name string
	// Token is the bot's token as Zalo Bot Manager sent it.
	Token string
	// API is the address of the Bot API; "" is https://bot-api.zaloplatforms.com.
	API string
	// Mode is wire.Poll or wire.Webhook; "" is wire.Poll.
	Mode string
	// Secret and PublicURL are needed in Webhook mode: what Zalo shows in its header (8 to
	// 256 of A-Z a-z 0-9 _ -) and the https address at which it reaches this program.
	Secret, PublicURL string
	// Proxy is the address of a proxy (http, https or socks5); "" follows HTTPS_PROXY and the like.
	Proxy string
	// Quota and Seats are the limits of the bot's plan: messages a month, and users; 0 is the
	// free plan's.
	Quota, Seats int
	// Logger gets what an operator should know; nil is slog.Default.
	Logger *slog.Logger
	// Sleep waits between attempts; nil waits in real time. Tests put their own here.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Channel is one bot on Zalo. It is safe for use by many goroutines.
type Channel struct {
	name   string // of the bot
	able   bot.Abilities
	client *client
	mode   string
	secret string
	public string
	log    *slog.Logger
	sleep  func(context.Context, time.Duration) error
	// title is the name that people see and that stands before a mention in a group; nil
	// until Zalo told it.
	title atomic.Pointer[string]
	// tired counts refusals for want of quota in a row.
	tired atomic.Int32
	// strangers is when a delivery without the secret was last reported, in Unix seconds.
	strangers atomic.Int64
}

var (
	_ bot.Webhook = (*Channel)(nil)
	_ bot.Timed   = (*Channel)(nil)
)

var (
	nameForm  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	tokenForm = regexp.MustCompile(`^[0-9]+:[0-9A-Za-z_-]+$`)
)

// leastHookSecret is how many characters Zalo asks of a webhook's secret.
const leastHookSecret = 8

// wrong is the error about a field of a Config.
func wrong(field, reason string) error {
	return &wire.ConfigError{Network: "zalo", Field: field, Reason: reason}
}

// New checks the configuration and builds the channel without calling the network, so
// that the program starts while Zalo can't be reached. Its errors are wire.ConfigErrors.
func New(cfg Config) (*Channel, error) {
	if !nameForm.MatchString(cfg.Name) {
		return nil, wrong("Name", fmt.Sprintf("tên %q chỉ được gồm a-z, 0-9 và -, bắt đầu bằng chữ hoặc số, dài nhất 40", cfg.Name))
	}
	if !tokenForm.MatchString(cfg.Token) {
		return nil, wrong("Token", fmt.Sprintf("của %q không phải token của bot (dài %d ký tự; token gồm các chữ số, dấu hai chấm, rồi chữ và số): "+
			"chép cả dòng trong tin của Zalo Bot Manager", cfg.Name, len([]rune(cfg.Token))))
	}
	api, reason := wire.BaseURL(cfg.API, officialAPI)
	if reason != "" {
		return nil, wrong("API", reason)
	}
	able := bot.Abilities{MaxText: MaxText, Files: bot.Links, Quota: cmp.Or(cfg.Quota, freeQuota), Seats: cmp.Or(cfg.Seats, freeSeats)}
	c := &Channel{name: cfg.Name, able: able, secret: cfg.Secret, log: cfg.Logger, sleep: cfg.Sleep}
	var field string
	if c.mode, c.public, field, reason = wire.Ways(cfg.Mode, cfg.Secret, cfg.PublicURL, leastHookSecret); reason != "" {
		return nil, wrong(field, reason)
	}
	if c.log == nil {
		c.log = slog.Default()
	}
	c.log = c.log.With("channel", c.Name())
	if c.sleep == nil {
		c.sleep = wire.Sleep
	}
	transport, err := wire.Transport(cfg.Proxy)
	if err != nil {
		return nil, wrong("Proxy", err.Error())
	}
	c.client = newClient(cfg.Token, api, transport)
	return c, nil
}

// Name is the first part of this channel's contact ids: "zalo.an-phu".
func (c *Channel) Name() string { return "zalo." + c.name }

// Ahead is by how much this machine's clock is ahead of Zalo's.
func (c *Channel) Ahead() (time.Duration, bool) { return c.client.watch.Ahead() }

// AskTime has Zalo answer something; any answer tells the time.
func (c *Channel) AskTime(ctx context.Context) { _, _ = c.Me(ctx) }

// Abilities says what Zalo can show.
func (c *Channel) Abilities() bot.Abilities { return c.able }

// Path is where Zalo calls this bot in Webhook mode.
func (c *Channel) Path() string { return "/zalo/" + c.name }

// Receive delivers updates until ctx ends. In Webhook mode it registers the address and
// then only waits: the updates come to Handler. It returns an error only when Zalo does
// not know the token.
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
	return c.poll(ctx, handle)
}

// Bot is what Zalo tells of a bot.
type Bot struct {
	ID         string `json:"id"`
	Account    string `json:"account_name"`
	Title      string `json:"display_name"`
	JoinGroups bool   `json:"can_join_groups"`
}

// Me asks Zalo which bot the token belongs to.
func (c *Channel) Me(ctx context.Context) (b Bot, err error) {
	err = c.client.callInto(ctx, &b, "getMe", nil)
	return b, cmp.Or(useless(err), err)
}

// introduce learns the bot's title, and notes in the log which bot this is: with several
// tokens, two are easily confused. Failures are those of receiving, which reports them.
func (c *Channel) introduce(ctx context.Context) {
	b, err := c.Me(ctx)
	if err != nil {
		return
	}
	if b.Title == "" {
		b.Title = b.Account
	}
	c.title.Store(&b.Title)
	c.log.Info("zalo: this is the bot", "account", b.Account, "title", b.Title, "id", b.ID, "groups", b.JoinGroups)
}
