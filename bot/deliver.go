package bot

import (
	"context"
	"errors"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// deliver sends one message and settles it in the store. nil means it is done with,
// delivered or not; an error means it is still owed.
func (o *Outbox) deliver(ctx context.Context, to org.ContactID, it item) error {
	m, l, err := o.letter(ctx, it)
	if err != nil {
		return err
	}
	if m == nil { // cancelled in the meantime
		return nil
	}
	ch := o.channels[to.Channel()]
	if ch == nil {
		o.log.Error("no such channel, message dropped", "channel", to.Channel())
		return o.settle(ctx, m, "", "skipped")
	}
	if l.empty() {
		return o.settle(ctx, m, "", "skipped")
	}
	if it.old {
		o.Repeated.Add(1)
		o.log.Info("sending again what was owed before the restart; it may have arrived", "channel", to.Channel(), "message", string(m.ID))
	}
	network, err := l.send(ctx, ch, to)
	var refused *RefusedError
	switch {
	case err == nil:
		o.Delivered.Add(1)
		return o.settle(ctx, m, network, "sent")
	case errors.As(err, &refused):
		o.Refused.Add(1)
		return o.refused(ctx, m, refused)
	case ctx.Err() != nil:
		return err
	case errors.Is(err, ErrDoubtful):
		o.Doubtful.Add(1)
	}
	if age := o.clock.Now().Sub(m.At); age > keepTrying {
		o.log.Error("send given up after days", "channel", to.Channel(), "message", string(m.ID), "err", err)
		return o.settle(ctx, m, "", "failed")
	}
	return err
}

// letter is a message ready to be rendered.
type letter struct {
	prompt flows.Prompt // Text is "" when there is nothing new to say
	edits  string       // the network's id of the message to turn into a record line
	record string
}

func (l letter) empty() bool { return l.prompt.Text == "" && l.edits == "" }

// letter finds what to send: the prompt, or the words of an order as of now, which may be
// none; and the network's id of the message to retire. No message means it was cancelled.
func (o *Outbox) letter(ctx context.Context, it item) (m *storage.Message, l letter, err error) {
	if m = it.m; m != nil && m.Retires == "" {
		return m, letter{prompt: m.Prompt}, nil
	}
	err = o.store.View(ctx, func(tx storage.Tx) error {
		if m == nil {
			row, there, err := storage.Outbox.Get(tx, string(it.id))
			if err != nil || !there {
				return err
			}
			m = &row
		}
		l.prompt = m.Prompt
		if m.Retires != "" {
			r, _, err := storage.Sent.Get(tx, string(m.Retires))
			l.edits, l.record = r.Network, m.Record
			return err
		}
		if m.Order != nil {
			b := &book{tx: tx}
			l.prompt, _ = flows.Compose(flows.Facts{Now: o.clock.Now(), Contact: m.To, Settings: o.settings, Book: b}, *m.Order)
			return b.err
		}
		return nil
	})
	return m, l, err
}

// send turns the earlier message into its record line, where the channel can, and sends
// the prompt; the id is that of the part with the buttons. Sent again after a failure, the
// edit changes nothing.
func (l letter) send(ctx context.Context, ch Channel, to org.ContactID) (id string, err error) {
	a := ch.Abilities()
	if c, ok := ch.(interface{ AbilitiesOf(chat string) Abilities }); ok {
		a = c.AbilitiesOf(to.Chat())
	}
	if l.edits != "" && a.Edit {
		_, err := ch.Send(ctx, Outgoing{Chat: to.Chat(), Text: l.record, Edits: l.edits})
		var refused *RefusedError
		if err != nil && !errors.Is(err, ErrGone) && !(errors.As(err, &refused) && refused.Lost == "") {
			return "", err
		}
	}
	if l.prompt.Text == "" {
		return "", nil
	}
	for _, out := range Render(l.prompt, a) {
		out.Chat = to.Chat()
		if id, err = ch.Send(ctx, out); err != nil {
			return "", err
		}
	}
	return id, nil
}

// settle takes a message off what is owed. One with choices leaves a receipt, by which it
// can later be turned into a record line.
func (o *Outbox) settle(ctx context.Context, m *storage.Message, network, state string) error {
	// Shutting down must not undo what was delivered: the settlement outlives ctx.
	ctx = context.WithoutCancel(ctx)
	return o.store.Update(ctx, func(tx storage.Tx) error {
		return o.settleIn(tx, m, network, state)
	})
}

func (o *Outbox) settleIn(tx storage.Tx, m *storage.Message, network, state string) error {
	if err := storage.Outbox.Delete(tx, string(m.ID)); err != nil {
		return err
	}
	if m.Key != "" {
		if err := storage.Promise.Put(tx, m.Key, storage.Promised{State: state}); err != nil {
			return err
		}
	}
	if m.Retires != "" {
		if err := storage.Sent.Delete(tx, string(m.Retires)); err != nil {
			return err
		}
	}
	if network != "" && len(m.Prompt.Options) > 0 {
		return storage.Sent.Put(tx, string(m.ID), storage.Receipt{To: m.To, Network: network, At: o.clock.Now().Truncate(time.Second)})
	}
	return nil
}

// refused settles a message that will never arrive. When the contact as a whole can't be
// reached it is marked, for the chair to see; a group that moved gets its new address.
func (o *Outbox) refused(ctx context.Context, m *storage.Message, r *RefusedError) error {
	o.log.Warn("message refused", "channel", m.To.Channel(), "message", string(m.ID), "lost", r.Lost, "err", r.Err)
	var moved []storage.Message
	err := o.store.Update(context.WithoutCancel(ctx), func(tx storage.Tx) error {
		moved = nil
		if err := o.settleIn(tx, m, "", "failed"); err != nil {
			return err
		}
		if r.MovedTo != "" {
			to := org.ContactID(m.To.Channel() + ":" + r.MovedTo)
			again := *m
			again.To, again.ID = to, m.ID+"m"
			moved = append(moved, again)
			if err := storage.Outbox.Put(tx, string(again.ID), again); err != nil {
				return err
			}
			return storage.MoveGroup(tx, m.To, to)
		}
		if r.Lost == "" {
			return nil
		}
		c, ok, err := storage.Contacts.Get(tx, string(m.To))
		if err != nil || !ok || c.Unreachable == r.Lost {
			return err
		}
		c.Unreachable = r.Lost
		return storage.PutContact(tx, c)
	})
	if err == nil {
		o.Add(moved)
	}
	return err
}
