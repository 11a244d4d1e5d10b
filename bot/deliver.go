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
	m, prompt, edits, ok, err := o.words(ctx, it)
	if err != nil {
		return err
	}
	if m == nil { // cancelled in the meantime
		return nil
	}
	if !ok {
		return o.settle(ctx, m, "", "skipped")
	}
	ch := o.channels[to.Channel()]
	if ch == nil {
		o.log.Error("no such channel, message dropped", "channel", to.Channel())
		return o.settle(ctx, m, "", "skipped")
	}
	if it.old {
		o.Repeated.Add(1)
		o.log.Info("sending again what was owed before the restart; it may have arrived", "channel", to.Channel(), "message", string(m.ID))
	}
	network, err := send(ctx, ch, to, prompt, edits)
	var refused *RefusedError
	switch {
	case err == nil:
		o.Delivered.Add(1)
		return o.settle(ctx, m, network, "sent")
	case errors.Is(err, ErrGone):
		return o.settle(ctx, m, "", "sent")
	case errors.As(err, &refused):
		o.Refused.Add(1)
		return o.refused(ctx, m, refused)
	case ctx.Err() != nil:
		return err
	case errors.Is(err, ErrDoubtful):
		o.Doubtful.Add(1)
	}
	if o.triesOf(to) >= maxTries {
		o.log.Error("send given up after many tries", "channel", to.Channel(), "message", string(m.ID), "err", err)
		return o.settle(ctx, m, "", "failed")
	}
	return err
}

func (o *Outbox) triesOf(to org.ContactID) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.queues[to].tries
}

// words finds what to send: the prompt, or the words of an order as of now; and for an
// edit the network's id of the message it replaces. ok is false when it is needless.
func (o *Outbox) words(ctx context.Context, it item) (m *storage.Message, p flows.Prompt, edits string, ok bool, err error) {
	if m = it.m; m != nil && m.Edits == "" {
		return m, m.Prompt, "", true, nil
	}
	err = o.store.View(ctx, func(tx storage.Tx) error {
		if m == nil {
			row, there, err := storage.Outbox.Get(tx, string(it.id))
			if err != nil || !there {
				return err
			}
			m = &row
		}
		switch {
		case m.Edits != "":
			r, there, err := storage.Sent.Get(tx, string(m.Edits))
			p, edits, ok = m.Prompt, r.Network, there && r.Network != ""
			return err
		case m.Order != nil:
			b := &book{tx: tx}
			p, ok = flows.Compose(flows.Facts{Now: o.clock.Now(), Contact: m.To, Settings: o.settings, Book: b}, *m.Order)
			return b.err
		}
		p, ok = m.Prompt, true
		return nil
	})
	return m, p, edits, ok, err
}

// send renders a prompt and sends its parts; the id is that of the part with the buttons.
func send(ctx context.Context, ch Channel, to org.ContactID, p flows.Prompt, edits string) (id string, err error) {
	a := ch.Abilities()
	if c, ok := ch.(interface{ AbilitiesOf(chat string) Abilities }); ok {
		a = c.AbilitiesOf(to.Chat())
	}
	if edits != "" && !a.Edit {
		return "", nil
	}
	for _, out := range Render(p, a) {
		out.Chat, out.Edits = to.Chat(), edits
		if id, err = ch.Send(ctx, out); err != nil {
			return "", err
		}
		if edits != "" {
			break // a record line is one short message
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
	if m.Edits != "" {
		return storage.Sent.Delete(tx, string(m.Edits))
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
