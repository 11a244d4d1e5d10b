package bottest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"time"
)

const (
	tgLife    = 24 * time.Hour
	tgTapLife = 150 * time.Second
)

// tgQueue holds the updates that the bot has not confirmed.
type tgQueue struct {
	next    int64
	list    []*tgUpdate // ids ascending
	again   []*tgUpdate // confirmed, to be delivered a second time all the same
	allowed []string    // nil: the usual kinds
	poll    *tgPoll     // the poll that waits
}

type tgUpdate struct {
	id      int64
	lane    string // what the webhook delivers one after the other
	raw     []byte
	expires time.Time
	twice   bool
}

type tgPoll struct {
	wake  chan struct{}
	ended chan struct{}
}

var tgUsual = []string{"message", "edited_message", "channel_post", "callback_query", "my_chat_member"}

// push queues an update of a kind. at is the message's own time, from which it lives.
func (t *Telegram) push(kind, lane string, content any) {
	allowed := t.queue.allowed
	if allowed == nil {
		allowed = tgUsual
	}
	if !slices.Contains(allowed, kind) {
		return
	}
	if f := t.faults; f.Poison > 0 && t.faults.roll("poison|"+lane) < f.Poison {
		t.stats.Faults["poison"]++
		t.pushRaw(lane, []byte(`"message":{"message_id":"?","date":"tomorrow","chat":["?"],"text":{"rich":true}}`), tgLife)
	}
	raw, err := json.Marshal(content)
	if err != nil {
		panic(err) // our own structures
	}
	life := tgLife
	if kind == "callback_query" {
		life = tgTapLife
	}
	u := t.pushRaw(lane, append([]byte(`"`+kind+`":`), raw...), life)
	if f := t.faults; f.Twice > 0 && t.faults.roll("twice|"+lane) < f.Twice {
		t.stats.Faults["twice"]++
		u.twice = true
	}
	t.announce()
}

func (t *Telegram) pushRaw(lane string, fields []byte, life time.Duration) *tgUpdate {
	u := &tgUpdate{id: t.queue.next, lane: lane, expires: t.now().Add(life)}
	t.queue.next++
	u.raw = append(append([]byte(`{"update_id":`+strconv.FormatInt(u.id, 10)+`,`), fields...), '}')
	t.queue.list = append(t.queue.list, u)
	return u
}

// announce wakes whoever waits for updates.
func (t *Telegram) announce() {
	if p := t.queue.poll; p != nil {
		select {
		case p.wake <- struct{}{}:
		default:
		}
	}
	t.deliver()
}

// PushRaw queues an update made of these fields, such as `"message":{…}`, and returns its id.
func (t *Telegram) PushRaw(fields string) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := t.pushRaw("raw", []byte(fields), tgLife)
	t.announce()
	return u.id
}

// RestartIDs makes the next update's id begin at another number, as happens after a week
// without updates. It fails while an update is unconfirmed: the real one never does it then.
func (t *Telegram) RestartIDs(at int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire()
	if len(t.queue.list) > 0 {
		return errors.New("telegram: updates are pending")
	}
	t.queue.next = at
	return nil
}

// Pending counts the updates that the bot has not confirmed.
func (t *Telegram) Pending() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire()
	return len(t.queue.list)
}

// expire forgets what has waited too long.
func (t *Telegram) expire() {
	now, before := t.now(), len(t.queue.list)
	t.queue.list = slices.DeleteFunc(t.queue.list, func(u *tgUpdate) bool { return now.After(u.expires) })
	t.stats.Expired += before - len(t.queue.list)
}

// confirm drops what an offset confirms. One far beyond the queue is from before the ids
// began again and confirms nothing.
func (t *Telegram) confirm(offset int64) {
	q := &t.queue
	if offset < 0 {
		offset = q.next + offset
	}
	if offset > q.next+10 {
		return
	}
	n := 0
	for n < len(q.list) && q.list[n].id < offset {
		if q.list[n].twice {
			q.again = append(q.again, q.list[n])
		}
		n++
	}
	q.list = slices.Delete(q.list, 0, n)
}

// batch is what a poll gets now.
func (t *Telegram) batch(limit int) []*tgUpdate {
	t.expire()
	q := &t.queue
	n := min(limit, len(q.again))
	out := slices.Clone(q.again[:n])
	q.again = slices.Delete(q.again, 0, n)
	return append(out, q.list[:min(limit-n, len(q.list))]...)
}

// setAllowed reads allowed_updates; a missing list, and the text null, keep the one before.
func (t *Telegram) setAllowed(c *tgCall) *TelegramReply {
	text, given := c.params["allowed_updates"]
	if !given || text == "null" {
		return nil
	}
	var list []string
	if json.Unmarshal([]byte(text), &list) != nil {
		return tgRefuse(400, "Bad Request: can't parse allowed updates")
	}
	t.queue.allowed = list
	if len(list) == 0 {
		t.queue.allowed = nil
	}
	return nil
}

// getUpdates is the long poll. A second one ends the first.
func (t *Telegram) getUpdates(ctx context.Context, c *tgCall) (any, *TelegramReply) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.hook.url != "" {
		t.stats.Conflicts++
		return nil, tgRefuse(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if refused := t.setAllowed(c); refused != nil {
		return nil, refused
	}
	if old := t.queue.poll; old != nil {
		close(old.ended)
	}
	p := &tgPoll{wake: make(chan struct{}, 1), ended: make(chan struct{})}
	t.queue.poll = p
	defer func() {
		if t.queue.poll == p {
			t.queue.poll = nil
		}
	}()
	t.confirm(c.int("offset"))
	limit := int(c.int("limit"))
	if limit < 1 || limit > 100 {
		limit = 100
	}
	timer := time.NewTimer(time.Duration(min(c.int("timeout"), 50)) * time.Second)
	defer timer.Stop()
	for {
		if b := t.batch(limit); len(b) > 0 {
			return tgJoin(b), nil
		}
		t.mu.Unlock()
		over := false
		select {
		case <-p.wake:
		case <-p.ended:
		case <-timer.C:
			over = true
		case <-t.done:
			over = true
		case <-ctx.Done():
			over = true
		}
		t.mu.Lock()
		if t.queue.poll != p {
			t.stats.Conflicts++
			return nil, tgRefuse(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
		}
		if over {
			return tgRaw("[]"), nil
		}
	}
}

func tgJoin(list []*tgUpdate) tgRaw {
	var b bytes.Buffer
	b.WriteByte('[')
	for i, u := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(u.raw)
	}
	b.WriteByte(']')
	return b.Bytes()
}
