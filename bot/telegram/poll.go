package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chihoi/bot"
	"chihoi/bot/wire"
	"chihoi/flows/org"
)

// allowed is always sent: a missing list means "as before", whatever that was.
const allowed = `["message","edited_message","callback_query","my_chat_member"]`

// poller fetches updates one batch at a time. The library's own loop confirms updates
// before they are handled and goes deaf when update ids begin again lower, so it is not used.
type poller struct {
	*Channel
	handle bot.Handle
	touch  bot.Touch
	// offset confirms to Telegram every update below it. It begins at 0, which returns all
	// that is unconfirmed, and follows the server, also down: after a quiet week ids begin
	// again anywhere.
	offset   int64
	open     bool      // no webhook stands in the way
	failures int       // in a row
	answered time.Time // when Telegram last answered a poll
}

const (
	// batchLimit is how many updates Telegram gives at a time.
	batchLimit = 100
	// tapLife is how long Telegram keeps a tap.
	tapLife = 150 * time.Second
)

// run polls until ctx ends, or until Telegram refuses the token.
func (p *poller) run(ctx context.Context) error {
	for ctx.Err() == nil {
		err := p.turn(ctx)
		if ctx.Err() != nil {
			break
		}
		if err == nil {
			if p.failures > 0 {
				p.log.Info("telegram: receiving again", "failures", p.failures)
			}
			p.failures = 0
			continue
		}
		p.failures++
		wait, err := p.after(err)
		if err != nil {
			return err
		}
		if p.sleep(ctx, wait) != nil {
			break
		}
	}
	return nil
}

// after says how long to wait after a failure, or that going on is useless.
func (p *poller) after(err error) (time.Duration, error) {
	wait := wire.Backoff(p.failures)
	var e *callError
	if !errors.As(err, &e) {
		p.log.Error("telegram: updates not handled, they will be delivered again", "err", err, "again_in", wait)
		return wait, nil
	}
	if err := useless(e); err != nil {
		return 0, err
	}
	switch {
	case e.Code == 409 && e.Says("webhook"):
		p.open = false
		p.log.Warn("telegram: a webhook is set for this bot, removing it", "again_in", wait)
	case e.Code == 409:
		wait = max(wait, 10*time.Second)
		p.log.Error("telegram: another program receives with this token; stop it, each takes the other's updates", "again_in", wait)
	default:
		wait = max(wait, e.retryAfter)
		p.log.Warn("telegram: can't receive", "err", e, "again_in", wait)
	}
	return wait, nil
}

// useless says that a call failed because Telegram does not know the token, and what to do;
// nil when that is not why.
func useless(err error) error {
	var e *callError
	if errors.As(err, &e) && (e.Code == 401 || e.Code == 404) {
		return fmt.Errorf("token sai hoặc đã bị thu hồi: chép token hiện nay của @BotFather vào TELEGRAM_TOKEN (%w)", e)
	}
	return nil
}

// turn fetches one batch and handles it.
func (p *poller) turn(ctx context.Context) error {
	if !p.open {
		_, err := p.client.call(ctx, callTimeout, "deleteWebhook", nil)
		var e *callError
		if refused := errors.As(err, &e) && e.Code == 400; err != nil && !refused {
			return err
		}
		p.open = true
	}
	seconds := pollSeconds
	if p.failures > 0 || p.touch.Never() {
		seconds = 0 // to know at once whether it works
	}
	began := time.Now()
	raw, err := p.client.call(ctx, pollTimeout, "getUpdates", tgbotapi.Params{
		"offset":          strconv.FormatInt(p.offset, 10),
		"timeout":         strconv.Itoa(seconds),
		"limit":           strconv.Itoa(batchLimit),
		"allowed_updates": allowed,
	})
	if err != nil {
		return err
	}
	var batch []json.RawMessage
	if err := json.Unmarshal(raw, &batch); err != nil {
		return failed("getUpdates", "an answer of another form")
	}
	tapped := p.tappedAfter(time.Now())
	if len(batch) == 0 && seconds > 0 && time.Since(began) < time.Second {
		_ = p.sleep(ctx, time.Second) // a server that does not hold polls must not be hammered
	}
	if len(batch) > 0 {
		if err := p.take(ctx, batch, tapped); err != nil {
			return err
		}
	}
	if len(batch) == batchLimit { // there may be more
		return nil
	}
	return p.touch.Tell(ctx, p.failures > 0, 0)
}

// tappedAfter is the earliest time at which the taps now fetched can have been made, when
// that is not about now: Telegram gives taps no time, and an outage of ours must make
// nobody late. Zero means that they were just made.
func (p *poller) tappedAfter(now time.Time) (at time.Time) {
	if p.failures > 0 || p.answered.IsZero() {
		if at = now.Add(-tapLife); p.answered.After(at) {
			at = p.answered
		}
	}
	p.answered = now
	return at
}

// item is one update of a batch on its way.
type item struct {
	received
	unread error // not understood
	failed error // not handled
}

// take handles a batch: contacts side by side, the updates of each in order. The offset
// then moves up to the first update that was not handled; those behind it which were come
// again, and the inbox knows them.
// tapped is the time of its taps, zero when they were just made.
func (p *poller) take(ctx context.Context, batch []json.RawMessage, tapped time.Time) error {
	items := make([]item, len(batch))
	lanes := make(map[org.ContactID][]*item)
	for i, raw := range batch {
		it := &items[i]
		it.received, it.unread = read(raw)
		if it.unread != nil {
			p.passOver(it, len(raw))
		}
		if it.callback != "" {
			it.SentAt = tapped
			p.answers.begin(ctx, it.callback)
		}
		if !it.nothing {
			lanes[it.Contact] = append(lanes[it.Contact], it)
		}
	}
	var all sync.WaitGroup
	for _, lane := range lanes {
		all.Go(func() { p.drive(ctx, lane) })
	}
	all.Wait()
	moved := false
	for i := range items {
		it := &items[i]
		if it.failed != nil {
			return it.failed
		}
		if it.id != 0 {
			p.offset, moved = it.id+1, true
		}
	}
	if !moved {
		return errNoID
	}
	return nil
}

// drive handles one contact's updates in order, up to the first failure: the rest stands
// behind it and waits for the next delivery.
func (p *poller) drive(ctx context.Context, lane []*item) {
	for _, it := range lane {
		if it.failed = p.handle(ctx, it.Update); it.failed != nil {
			return
		}
	}
}

// passOver reports an update that was not understood, by id and size only. It is confirmed
// like any other, or Telegram would deliver it, and hold back the rest, for a day.
func (c *Channel) passOver(it *item, size int) {
	field := ""
	var te *json.UnmarshalTypeError
	if errors.As(it.unread, &te) {
		field = te.Field
	}
	c.log.LogAttrs(context.Background(), slog.LevelError, "telegram: update not understood, passed over",
		slog.Int64("update", it.id), slog.Int("bytes", size), slog.String("field", field), slog.Bool("person_told", !it.nothing))
}
