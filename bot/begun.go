package bot

import (
	"context"
	"errors"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// What nobody asked for must not come twice, and a network gives no way to ask whether a
// message arrived. So an ordered message is marked in the store just before it goes out: who
// comes back after a crash knows which ones may have arrived. A reminder that may have is
// not sent again and is counted as doubtful; the opening of a period and a question that is
// asked again are repeated, since without them she would not know where she stands.

// marked reports whether a message is marked as it goes: those of a wave.
func marked(m *storage.Message) bool { return m.Order != nil && m.Wave != "" }

// once reports whether a message is not repeated when it may have arrived.
func once(m *storage.Message) bool { return marked(m) && m.Order.Kind == flows.OrderRemind }

// begin marks a message that is about to go. One that was cancelled since it was read does
// not go; a reminder that had begun to go before a crash is settled as doubtful.
func (o *Outbox) begin(ctx context.Context, d *delivery) {
	if d.old && d.m.Begun {
		o.Doubtful.Add(1)
		if d.doubts++; once(d.m) {
			d.state = org.MessageSent
			return
		}
	}
	there := false
	err := o.store.Update(ctx, func(tx storage.Tx) (err error) {
		_, there, err = storage.Outbox.Get(tx, string(d.id))
		if err != nil || !there {
			return err
		}
		return markBegun(tx, d, true)
	})
	switch {
	case err != nil:
		d.err = err
	case !there:
		d.state = org.MessageCancelled
	}
}

// markBegun notes whether a message that is still owed may have arrived.
func markBegun(tx storage.Tx, d *delivery, begun bool) error {
	_, there, err := storage.Outbox.Get(tx, string(d.id))
	if err != nil || !there {
		return err
	}
	d.m.Begun = begun
	return storage.Outbox.Put(tx, string(d.id), *d.m)
}

// unbegun reports whether a marked message is known not to have arrived.
func (d *delivery) unbegun() bool {
	return d.m != nil && d.m.Begun && d.err != nil && !errors.Is(d.err, ErrDoubtful)
}
