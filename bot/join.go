package bot

import (
	"slices"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// Where every message counts, replies to one contact that had to wait, as for the quota of a
// new month, go as one message: she reads it in one piece, and it costs one.

const (
	// joinAfter is how long a reply must have waited to take along those behind it; until
	// then each says what it is to say by itself.
	joinAfter = time.Minute
	// joinMost is how many go together.
	joinMost = 10
)

// behind are the replies waiting behind the first, on a metered channel. The caller holds mu.
func (o *Outbox) behind(d *delivery, q *queue) []item {
	ch := o.channels[d.to.Channel()]
	if ch == nil || len(q.items) < 2 || ch.Abilities().Quota <= 0 || q.items[1].lane != storage.LaneReply {
		return nil
	}
	n := 1
	for n < min(len(q.items), joinMost) && q.items[n].lane == storage.LaneReply {
		n++
	}
	return slices.Clone(q.items[1:n])
}

// join puts the replies behind a message that waited into it, as far as they are no more
// than words and choices. Only the last choices shown are still open.
func (o *Outbox) join(tx storage.Tx, d *delivery) error {
	waiting := d.along
	d.along = nil
	if len(waiting) == 0 || d.m == nil || d.state != "" || !joins(d.m) || o.clock.Now().Sub(d.m.At) < joinAfter {
		return nil
	}
	whole := d.letter.prompt
	for _, it := range waiting {
		m, there, err := storage.Outbox.Get(tx, string(it.id))
		if err != nil {
			return err
		}
		if !there || !joins(&m) {
			break
		}
		whole = joined(whole, m.Prompt)
		it.m = &m
		d.along = append(d.along, it)
	}
	d.letter.prompt = whole
	return nil
}

// joins reports whether a message is words and choices alone.
func joins(m *storage.Message) bool {
	return m.Lane == storage.LaneReply && m.Order == nil && m.Key == "" && m.For == "" && m.Prompt.Text != "" && m.Prompt.Photo == "" && len(m.Prompt.Files) == 0
}

func joined(a, b flows.Prompt) flows.Prompt {
	a.Text += "\n\n" + b.Text
	if len(b.Options) > 0 {
		a.Options, a.From = b.Options, b.From
	}
	return a
}

// settleAlong takes what went along with a message off what is owed. Where the message did
// not go, each is still owed by itself: it may be that only one of them can't be sent.
func (o *Outbox) settleAlong(tx storage.Tx, d *delivery) error {
	if d.state != org.MessageSent {
		d.along = nil
	}
	for _, it := range d.along {
		with := &delivery{item: it, to: d.to, state: d.state, network: d.network}
		if err := o.settleOne(tx, with); err != nil {
			return err
		}
	}
	return nil
}
