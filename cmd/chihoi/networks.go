package main

import (
	"errors"
	"fmt"
	"strings"

	"chihoi/bot"
	"chihoi/bot/telegram"
	"chihoi/bot/wire"
	"chihoi/bot/zalo"
)

// networks are the flags that say how the networks are reached; the tokens come from the
// environment.
type networks struct {
	PublicURL string  `name:"public-url" env:"CHIHOI_PUBLIC_URL" placeholder:"URL" help:"Địa chỉ https mà mạng gọi tới --listen được; cần cho webhook, và cho hình, tệp trên Zalo."`
	API       string  `name:"telegram-api" env:"TELEGRAM_API" default:"https://api.telegram.org" placeholder:"URL" help:"Địa chỉ Bot API của Telegram (mặc định ${default})."`
	Mode      string  `name:"telegram-mode" env:"TELEGRAM_MODE" default:"poll" placeholder:"CÁCH" help:"Nhận tin Telegram bằng poll hay webhook (mặc định ${default})."`
	Bulk      float64 `name:"telegram-bulk" env:"TELEGRAM_BULK" default:"25" placeholder:"SỐ" help:"Mỗi giây gửi Telegram mấy tin không ai đang chờ (mặc định ${default})."`
	ZaloAPI   string  `name:"zalo-api" env:"ZALO_API" default:"https://bot-api.zaloplatforms.com" placeholder:"URL" help:"Địa chỉ Bot API của Zalo (mặc định ${default})."`
	ZaloMode  string  `name:"zalo-mode" env:"ZALO_MODE" default:"poll" placeholder:"CÁCH" help:"Nhận tin Zalo bằng poll hay webhook (mặc định ${default})."`
	ZaloQuota int     `name:"zalo-quota" env:"ZALO_QUOTA" default:"3000" placeholder:"SỐ" help:"Số tin một tháng Zalo nhận của một bot (mặc định ${default})."`
	ZaloSeats int     `name:"zalo-seats" env:"ZALO_SEATS" default:"50" placeholder:"SỐ" help:"Số người Zalo cho một bot phục vụ (mặc định ${default})."`
}

// channels makes a channel for each bot that has a token.
func (c *networks) channels(g *global) (list []bot.Channel, err error) {
	t, err := c.telegram(g)
	if err != nil {
		return nil, err
	}
	if t != nil {
		list = append(list, t)
	}
	bots, err := c.zalo(g)
	if err != nil {
		return nil, err
	}
	for _, z := range bots {
		list = append(list, z)
	}
	if len(list) == 0 {
		return nil, errNoChannel
	}
	return list, nil
}

var errNoChannel = errors.New("chưa có bot nào: đặt ZALO_TOKENS=TÊN=TOKEN (Zalo Bot Manager gửi cho anh/chị) hoặc TELEGRAM_TOKEN (của @BotFather), " +
	"hay tệp chứa nó (ZALO_TOKENS_FILE, TELEGRAM_TOKEN_FILE); muốn xem thử không cần token thì chạy `chihoi demo`")

// public is the address under which links to files open; "" where there is none.
func (c *networks) public() (string, error) {
	if c.PublicURL == "" {
		return "", nil
	}
	base, reason := wire.PublicURL(c.PublicURL)
	if reason != "" {
		return "", fault(zaloFlags, "PublicURL", reason)
	}
	return base, nil
}

// telegram is the channel to Telegram, nil without a token.
func (c *networks) telegram(g *global) (*telegram.Channel, error) {
	token, err := secret("TELEGRAM_TOKEN")
	if err != nil || token == "" {
		return nil, err
	}
	hidden, err := secret("TELEGRAM_SECRET")
	if err != nil {
		return nil, err
	}
	t, err := telegram.New(telegram.Config{Token: token, API: strings.TrimRight(c.API, "/"), Mode: c.Mode, Bulk: c.Bulk,
		Secret: hidden, PublicURL: c.PublicURL, Logger: g.log()})
	return t, inFlags(err)
}

// zalo makes a channel for each of ZALO_TOKENS, in their order.
func (c *networks) zalo(g *global) (list []*zalo.Channel, err error) {
	tokens, err := zaloTokens()
	if err != nil || len(tokens) == 0 {
		return nil, err
	}
	hidden, err := secret("ZALO_SECRET")
	if err != nil {
		return nil, err
	}
	switch {
	case c.ZaloQuota < 1:
		return nil, fmt.Errorf("--zalo-quota/ZALO_QUOTA: %d: số tin một tháng phải từ 1 trở lên (gói miễn phí: 3000)", c.ZaloQuota)
	case c.ZaloSeats < 1:
		return nil, fmt.Errorf("--zalo-seats/ZALO_SEATS: %d: số người phải từ 1 trở lên (gói miễn phí: 50)", c.ZaloSeats)
	}
	for _, t := range tokens {
		z, err := zalo.New(zalo.Config{Name: t.name, Token: t.token, API: strings.TrimRight(c.ZaloAPI, "/"), Mode: c.ZaloMode,
			Secret: hidden, PublicURL: c.PublicURL, Logger: g.log(), Quota: c.ZaloQuota, Seats: c.ZaloSeats})
		if err != nil {
			return nil, inFlags(err)
		}
		list = append(list, z)
	}
	return list, nil
}

// zaloToken is one bot of ZALO_TOKENS.
type zaloToken struct{ name, token string }

// zaloTokens reads ZALO_TOKENS, or its file: NAME=TOKEN, with commas or line ends between
// them. An error shows names at most, never a token.
func zaloTokens() (list []zaloToken, err error) {
	all, err := secret("ZALO_TOKENS")
	if err != nil {
		return nil, err
	}
	seen := map[string]string{}
	for i, one := range strings.FieldsFunc(all, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' }) {
		name, token, ok := strings.Cut(strings.TrimSpace(one), "=")
		name, token = strings.TrimSpace(name), strings.TrimSpace(token)
		switch {
		case name == "" && !ok:
			continue
		case !ok:
			return nil, fault(zaloFlags, "Token", fmt.Sprintf("mục thứ %d không phải TÊN=TOKEN: tự đặt tên cho bot, như an-phu=123456:abc", i+1))
		case seen[name] != "":
			return nil, fault(zaloFlags, "Name", fmt.Sprintf("tên %q có hai lần", name))
		}
		for other, t := range seen {
			if t == token {
				return nil, fault(zaloFlags, "Token", fmt.Sprintf("%q và %q cùng một token", other, name))
			}
		}
		seen[name] = token
		list = append(list, zaloToken{name, token})
	}
	return list, nil
}

// The flags and variables that fill the channels' configurations.
var (
	telegramFlags = map[string]string{
		"Token":     "TELEGRAM_TOKEN (hoặc tệp TELEGRAM_TOKEN_FILE)",
		"API":       "--telegram-api/TELEGRAM_API",
		"Mode":      "--telegram-mode/TELEGRAM_MODE",
		"Secret":    "TELEGRAM_SECRET (hoặc tệp TELEGRAM_SECRET_FILE)",
		"Bulk":      "--telegram-bulk/TELEGRAM_BULK",
		"PublicURL": "--public-url/CHIHOI_PUBLIC_URL",
	}
	zaloFlags = map[string]string{
		"Name":      "ZALO_TOKENS (hoặc tệp ZALO_TOKENS_FILE)",
		"Token":     "ZALO_TOKENS (hoặc tệp ZALO_TOKENS_FILE)",
		"API":       "--zalo-api/ZALO_API",
		"Mode":      "--zalo-mode/ZALO_MODE",
		"Secret":    "ZALO_SECRET (hoặc tệp ZALO_SECRET_FILE)",
		"PublicURL": "--public-url/CHIHOI_PUBLIC_URL",
	}
)

// inFlags tells a mistake in a channel's configuration by the flag or variable it came from.
func inFlags(err error) error {
	var wrong *wire.ConfigError
	if !errors.As(err, &wrong) {
		return err
	}
	flags := zaloFlags
	if wrong.Network == "telegram" {
		flags = telegramFlags
	}
	return fault(flags, wrong.Field, wrong.Reason)
}

// fault names the flag or variable that a channel can't use.
func fault(flags map[string]string, field, reason string) error {
	if flags[field] != "" {
		field = flags[field]
	}
	return fmt.Errorf("%s: %s", field, reason)
}
