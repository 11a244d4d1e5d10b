package zalo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"chihoi/bot"
)

const (
	// tokenRest is how long messages rest when Zalo refuses the token or has no such method:
	// they are kept for the operator to put it right, not dropped.
	tokenRest = 10 * time.Minute
	// longestQuotaRest is how often, in the end, Zalo is asked whether there is quota again:
	// when the month begins anew for it is not documented.
	longestQuotaRest = time.Hour
)

// Send sends a message as plain text, or a picture with it: a person's words may hold what a markup would garble.
func (c *Channel) Send(ctx context.Context, m bot.Outgoing) (string, error) {
	if err := fits(m); err != nil {
		return "", &bot.RefusedError{Err: fmt.Errorf("zalo: %w", err)}
	}
	if m.File != nil {
		return c.sendPhoto(ctx, m.Chat, m.File.URL, m.Text)
	}
	return c.deliver(ctx, callTimeout, "sendMessage", map[string]string{"chat_id": m.Chat, "text": m.Text})
}

// sendPhoto sends a picture that Zalo fetches from an https address, with a caption.
func (c *Channel) sendPhoto(ctx context.Context, chat, url, caption string) (string, error) {
	params := map[string]string{"chat_id": chat, "photo": url}
	if caption != "" {
		params["caption"] = caption
	}
	return c.deliver(ctx, photoTimeout, "sendPhoto", params)
}

// fits refuses what Zalo would refuse, so that a mistake of ours is named here and costs
// nothing of the quota.
func fits(m bot.Outgoing) error {
	switch {
	case m.Chat == "":
		return errors.New("no chat id")
	case m.Edits != "":
		return errors.New("messages can't be edited")
	case len(m.Rows) > 0:
		return errors.New("there are no buttons")
	case m.File != nil && (!m.File.Picture || m.File.URL == ""):
		return errors.New("only pictures behind an address can be sent")
	case strings.TrimSpace(m.Text) == "" && m.File == nil:
		return errors.New("text is empty")
	}
	if n := units(m.Text); n > limit {
		return fmt.Errorf("text has %d UTF-16 units, more than %d", n, limit)
	}
	return nil
}

func (c *Channel) deliver(ctx context.Context, timeout time.Duration, method string, params map[string]string) (string, error) {
	raw, err := c.client.call(ctx, timeout, method, params)
	if err != nil {
		return "", c.judge(err)
	}
	c.tired.Store(0)
	var sent struct {
		ID text `json:"message_id"`
	}
	if json.Unmarshal(raw, &sent) != nil || sent.ID == "" {
		return "sent", nil // Zalo took it; nothing is ever done with its id
	}
	return string(sent.ID), nil
}

// units counts UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// judge turns the failure of a send into what the outbox acts on. What Zalo answers for
// somebody who blocked the bot is not documented, so a refusal that may be about her
// alone is only perhaps final.
func (c *Channel) judge(err error) error {
	var e *callError
	if !errors.As(err, &e) {
		return err
	}
	switch {
	case e.Code == codeQuota:
		return &bot.LaterError{After: c.quotaRest(), All: true, Quota: true, Err: e}
	case e.Code == codeUnauthorized, e.Code == codeNotFound && e.Says("method"):
		return &bot.LaterError{After: tokenRest, All: true, Err: e}
	case e.Code == codeBadRequest && e.Says("text", "caption", "photo"):
		return &bot.RefusedError{Err: e}
	case e.Code == codeBadRequest, e.Code == codeInternal, e.Code == codeNotFound:
		return fmt.Errorf("%w: %w", bot.ErrPerhapsLost, e)
	}
	return e // worth another attempt
}

// quotaRest is one minute, then two, four …, up to longestQuotaRest.
func (c *Channel) quotaRest() time.Duration {
	return min(time.Minute<<min(c.tired.Add(1)-1, 10), longestQuotaRest)
}
