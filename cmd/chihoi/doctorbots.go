package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"chihoi/bot"
	"chihoi/bot/telegram"
	"chihoi/bot/wire"
	"chihoi/bot/zalo"
	"chihoi/flows/org"
)

// bots asks each network about each bot, and returns the channels to them.
func (c *doctorCmd) bots(ctx context.Context, g *global, f *findings, used map[string]org.Usage) []bot.Channel {
	list, err := c.channels(g)
	switch {
	case errors.Is(err, errNoChannel):
		f.sick("Bot", "chưa có bot nào: đặt ZALO_TOKENS=TÊN=TOKEN (Zalo Bot Manager gửi cho anh/chị) hoặc TELEGRAM_TOKEN (của @BotFather), hay tệp chứa nó (ZALO_TOKENS_FILE, TELEGRAM_TOKEN_FILE)")
		return nil
	case err != nil:
		f.sick("Bot", "%v", err)
		return nil
	}
	for _, ch := range list {
		switch ch := ch.(type) {
		case *telegram.Channel:
			name, err := ch.Username(ctx)
			c.bot(ctx, f, "Telegram", c.Mode, "@"+name, err, ch)
		case *zalo.Channel:
			what := "Zalo " + strings.TrimPrefix(ch.Name(), "zalo.")
			me, err := ch.Me(ctx)
			if c.bot(ctx, f, what, c.ZaloMode, strings.TrimSpace(me.Title+" "+me.Account), err, ch) {
				limits(f, what, used[ch.Name()])
			}
		}
	}
	switch onZalo := slices.ContainsFunc(list, func(ch bot.Channel) bool { _, ok := ch.(*zalo.Channel); return ok }); {
	case !onZalo:
		f.look("Zalo", "chưa có bot nào (ZALO_TOKENS)")
	case c.PublicURL == "":
		f.look("Zalo", "chưa đặt CHIHOI_PUBLIC_URL: trên Zalo, hình và tệp được thay bằng số liệu bằng chữ")
	default:
		base, reason := wire.PublicURL(c.PublicURL)
		if reason != "" {
			f.sick("Zalo", "CHIHOI_PUBLIC_URL=%s %s", c.PublicURL, reason)
			break
		}
		f.fine("Zalo", "hình và tệp đi theo đường dẫn dưới %s", base+"/tep/")
	}
	return list
}

// hooking is a channel that can tell where its network delivers.
type hooking interface {
	bot.Webhook
	WebhookURL(context.Context) (string, error)
}

// bot reports what a network says of one bot: whether it knows the token, and whether
// updates go where this program takes them.
func (c *doctorCmd) bot(ctx context.Context, f *findings, what, mode, name string, err error, ch hooking) (known bool) {
	if err != nil {
		f.sick(what, "%s", explained(err))
		return false
	}
	set, err := ch.WebhookURL(ctx)
	ours := strings.TrimRight(c.PublicURL, "/") + ch.Path()
	switch {
	case err != nil:
		f.sick(what, "%s, không hỏi được webhook: %s", name, explained(err))
	case mode != wire.Webhook && set != "":
		f.sick(what, "%s đang đặt webhook %s nên chế độ poll không nghe được gì: chạy chihoi serve để tự gỡ, và tắt chương trình đã đặt nó", name, set)
	case mode == wire.Webhook && set == "":
		f.sick(what, "%s chưa đặt webhook: chạy chihoi serve, xem nhật ký của nó", name)
	case mode == wire.Webhook && set != ours:
		f.sick(what, "%s gửi tin đến %s, không phải %s: chạy chihoi serve để đặt lại, hoặc sửa CHIHOI_PUBLIC_URL", name, set, ours)
	case mode == wire.Webhook:
		c.reach(ctx, f, what, name, set)
	default:
		f.fine(what, "%s, poll", name)
	}
	return true
}

// reach knocks at a webhook of ours as the network would, without its secret: serve turns
// that away in its own way, which whatever else answers there doesn't know.
func (c *doctorCmd) reach(ctx context.Context, f *findings, what, name, hook string) {
	if !c.serving {
		f.fine(what, "%s, webhook %s", name, hook)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, knockPeriod)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hook, nil)
	if err != nil {
		f.sick(what, "%s, webhook %s: %v", name, hook, err)
		return
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		f.look(what, "%s, webhook %s, nhưng từ máy này không mở được: %s. Thử mở từ một điện thoại dùng mạng 4G", name, hook, explained(err))
		return
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		f.sick(what, "%s, webhook %s, nhưng ở đó không phải chihoi serve (trả lời %d): máy chủ đứng trước phải chuyển cả đường dẫn ấy tới %s", name, hook, resp.StatusCode, c.Listen)
		return
	}
	f.fine(what, "%s, webhook %s tới được serve", name, hook)
}

// limits reports what a bot used of its plan.
func limits(f *findings, what string, u org.Usage) {
	line := fmt.Sprintf("tháng này đã nhắn %s/%s tin (%d%%), %d/%d người", org.Number(u.Sent), org.Number(u.Quota), u.Percent(), u.Users, u.Seats)
	switch {
	case u.Quota == 0: // not known
	case u.Refused > 0:
		f.sick(what, "%s; mạng không nhận thêm từ %s: tin đang chờ, mở thêm bot cho một phần các chị", line, f.at(u.RefusedAt))
	case u.Users >= u.Seats:
		f.sick(what, "%s: hết chỗ, tin của người mới không tới bot: mở thêm một bot, xem docs/zalo.md", line)
	case u.Percent() >= org.QuotaWarnAt || u.Users >= u.Seats-org.SeatsWarnLeft:
		f.look(what, "%s: nên mở thêm một bot, xem docs/zalo.md", line)
	default:
		f.fine(what, "%s", line)
	}
}
