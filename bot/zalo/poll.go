package zalo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"chihoi/bot"
	"chihoi/bot/wire"
)

const (
	// quick is how soon an answer without news is taken for one that did not wait; then the
	// poller rests, so that a server that does not hold polls is not hammered.
	quick     = time.Second
	quickRest = 2 * time.Second
	// quotaRest is how long a poller rests when Zalo says that the month's quota is used up.
	quotaRest = time.Minute
	// deafAfter is how many blank answers in a row are told to the operator: single ones are
	// ordinary, Zalo's gateway gives up on some polls.
	deafAfter = 5
	// backlog is how long what people wrote during an outage may still take: it comes one by
	// one, if Zalo kept it at all.
	backlog = time.Minute
)

// poller fetches updates one at a time. Zalo hands out an update once: there is no offset
// to confirm, so what was fetched is handled before anything else is done.
type poller struct {
	*Channel
	handle   bot.Handle
	touch    bot.Touch
	open     bool // no webhook stands in the way
	failures int  // in a row
	blanks   int  // answers without news or error in a row
}

// poll fetches until ctx ends, or until Zalo refuses the token.
func (c *Channel) poll(ctx context.Context, handle bot.Handle) error {
	p := &poller{Channel: c, handle: handle, touch: bot.Touch{Handle: handle, Channel: c.Name()}}
	for ctx.Err() == nil {
		began := time.Now()
		news, err := p.turn(ctx)
		if ctx.Err() != nil {
			break
		}
		wait := time.Duration(0)
		var e *callError
		switch {
		case errors.As(err, &e):
			if wait, err = p.after(e); err != nil {
				return err
			}
		default:
			if p.failures > 0 {
				p.log.Info("zalo: receiving again", "failures", p.failures)
			}
			if p.blanks == 0 { // a gateway's page is no sign of Zalo
				if err := p.touch.Tell(ctx, p.failures > 0, backlog); err != nil && ctx.Err() == nil {
					p.log.Error("zalo: not noted that the channel is in touch", "err", err)
				}
			}
			p.failures = 0
			if !news && time.Since(began) < quick {
				wait = quickRest
			}
		}
		if wait > 0 && p.sleep(ctx, wait) != nil {
			break
		}
	}
	return nil
}

// turn fetches what there is, at most one update by the documents, and handles it.
func (p *poller) turn(ctx context.Context) (news bool, err error) {
	if !p.open {
		if err := p.removeWebhook(ctx); err != nil {
			return false, err
		}
		p.open = true
	}
	raw, err := p.client.call(ctx, pollTimeout, "getUpdates", map[string]string{"timeout": pollSeconds})
	var e *callError
	switch {
	case errors.As(err, &e) && (e.Code == codeTimeout || e.blank):
		return false, p.noNews(e)
	case err != nil:
		return false, err
	}
	p.blanks = 0
	list, err := unwrap(raw)
	if err != nil {
		p.log.Error("zalo: an update not understood, passed over", "bytes", len(raw))
		return true, nil
	}
	for _, one := range list {
		p.take(ctx, one)
	}
	return len(list) > 0, nil
}

// noNews takes an answer that there is nothing, which may also be a gateway's page or
// nothing at all; many of those in a row are an outage.
func (p *poller) noNews(e *callError) error {
	if !e.blank {
		p.blanks = 0
		return nil
	}
	if p.blanks++; p.blanks >= deafAfter {
		return e
	}
	return nil
}

// removeWebhook sees to it that updates can be fetched: a webhook that is still set is the
// most common reason why a bot hears nothing.
func (p *poller) removeWebhook(ctx context.Context) error {
	_, err := p.client.call(ctx, callTimeout, "deleteWebhook", nil)
	var e *callError
	switch {
	case err == nil:
		p.log.Warn("zalo: a webhook was set for this bot; it is removed, since this program polls (ZALO_MODE=poll)")
	case errors.As(err, &e) && (e.Code == codeBadRequest || e.Code == codeNotFound): // none was set
	default:
		return err
	}
	return nil
}

// take handles one update until that succeeds: Zalo will not deliver it again. While the
// store fails, nothing further is fetched.
func (p *poller) take(ctx context.Context, raw json.RawMessage) {
	r, err := p.read(raw, time.Now())
	if err != nil {
		p.log.Error("zalo: an update not understood, passed over", "bytes", len(raw))
		return
	}
	if r.nothing {
		p.passOver(r)
		return
	}
	for failures := 1; ; failures++ {
		err := p.handle(ctx, r.Update)
		if err == nil || ctx.Err() != nil {
			return
		}
		wait := wire.Backoff(failures)
		p.log.Error("zalo: update not handled, trying again", "update", r.ID, "err", err, "again_in", wait)
		if p.sleep(ctx, wait) != nil {
			return
		}
	}
}

// passOver notes an update that asks for nothing, by its name.
func (c *Channel) passOver(r received) {
	if r.Contact == "" && r.name == eventUnsupported {
		c.log.Warn("zalo: somebody wrote whom Zalo protects, and does not say who; she can't be answered", "event", r.name)
		return
	}
	c.log.Info("zalo: event passed over", "event", r.name)
}

// after says how long to wait after a failure, or that going on is useless.
func (p *poller) after(e *callError) (time.Duration, error) {
	if err := useless(e); err != nil {
		return 0, err
	}
	p.failures++
	wait := wire.Backoff(p.failures)
	switch {
	case e.Method == "getUpdates" && e.Code == codeBadRequest:
		p.open = false
		p.log.Warn("zalo: can't receive; perhaps a webhook is set again, removing it", "err", e, "again_in", wait)
	case e.Code == codeQuota:
		wait = max(wait, quotaRest)
		p.log.Warn("zalo: the month's quota is used up", "err", e, "again_in", wait)
	case e.Code == codeNotFound:
		p.log.Error("zalo: there is no Bot API at this address, check ZALO_API", "err", e, "again_in", wait)
	default:
		p.log.Warn(fmt.Sprintf("zalo: can't receive (%d times in a row)", p.failures), "err", e, "again_in", wait)
	}
	return wait, nil
}
