package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// delivery is one message on its way.
type delivery struct {
	item
	to     org.ContactID
	letter letter
	along  []item // replies behind it that go in the same message, once joined
	// state is what became of it: sent, failed, skipped, cancelled, held (until a time) or
	// parked; "" while it is still owed, and then err says why.
	state   org.MessageState
	why     string // for what it was skipped or failed
	until   time.Time
	err     error
	network string        // the network's id of what arrived
	lost    *RefusedError // why it will never arrive
	// tries, doubts and since tell of the attempts before this one.
	tries, doubts int
	since         time.Time
	// cost is how many messages went out, perhaps, and refused how many for want of quota.
	cost, refused int
}

// parked is the state of a message that failed and is kept for the operator.
const parked org.MessageState = "parked"

// letter is a message ready to be rendered.
type letter struct {
	prompt flows.Prompt // Text is "" when there is nothing new to say
	files  []Attachment // those of the prompt
	edits  string       // the network's id of the message to turn into a record line
	record string
	// inPlace puts the prompt itself in the place of the message edits; gone says that nothing
	// is sent when that one can't be changed.
	inPlace, gone bool
}

func (l letter) empty() bool { return l.prompt.Text == "" && l.edits == "" }

// open finds what to send: the prompts, or the words of an order as of now, which may be
// none; and the networks' ids of the messages to retire.
func (o *Outbox) open(ctx context.Context, list []*delivery) {
	if !slices.ContainsFunc(list, func(d *delivery) bool { return d.m == nil || d.m.Retires != "" || len(d.along) > 0 }) {
		for _, d := range list {
			d.letter.prompt = d.m.Prompt
		}
		return
	}
	err := o.store.View(ctx, func(tx storage.Tx) error {
		for _, d := range list {
			if err := o.read(tx, d); err != nil {
				return err
			}
			if err := o.join(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		for _, d := range list {
			d.err = err
		}
	}
}

func (o *Outbox) read(tx storage.Tx, d *delivery) error {
	if d.m == nil {
		row, there, err := storage.Outbox.Get(tx, string(d.id))
		if err != nil {
			return err
		}
		if !there {
			d.state = org.MessageCancelled
			return nil
		}
		d.m = &row
	}
	d.letter.prompt = d.m.Prompt
	if d.m.Retires != "" {
		r, _, err := storage.Sent.Get(tx, string(d.m.Retires))
		d.letter.edits, d.letter.record = r.Network, d.m.Record
		return err
	}
	if d.m.For != "" && d.m.Lane != storage.LaneReply {
		// She may have withdrawn since it was written (domain.md 12.4).
		if p, _, err := storage.People.Get(tx, string(d.m.For)); err != nil || !p.Agreed() {
			d.letter.prompt, d.why = flows.Prompt{}, flows.WhyAway
			return err
		}
	}
	if d.m.Order != nil && d.m.Order.Kind == flows.OrderRemind && o.clock.Now().Sub(d.m.At) > staleReminder {
		d.letter.prompt, d.why = flows.Prompt{}, flows.WhyStale
		return nil
	}
	if d.m.Order != nil {
		b := &book{tx: tx, recall: &o.recall}
		if done, err := o.spares(b, d); done || err != nil {
			return err
		}
		f := flows.Facts{Now: o.clock.Now(), Contact: d.to, Settings: o.settings, Book: b}
		if ch := o.channels[d.to.Channel()]; ch != nil {
			f.Typed = !abilities(ch, d.to).Buttons
		}
		d.letter.prompt, d.why = flows.Compose(f, *d.m.Order)
		if b.err == nil && d.m.Order.Edits != "" && d.letter.prompt.Text != "" {
			return d.takesPlace(tx)
		}
		if b.err == nil && d.m.Order.Again != "" && d.letter.prompt.Text != "" {
			return d.replaces(tx, d.m.Order.Again)
		}
		return b.err
	}
	return nil
}

// replaces makes a message that is sent again take the place of the earlier one. Where
// that one arrived only now, or never, there is nothing to send again.
func (d *delivery) replaces(tx storage.Tx, again org.MessageID) error {
	r, ok, err := storage.Sent.Get(tx, string(again))
	if err != nil || !ok || r.At.After(d.m.At) {
		d.letter = letter{}
		return err
	}
	d.letter.edits, d.letter.record = r.Network, flows.AskedAgain
	return nil
}

// takesPlace finds the message that a new one is put in the place of.
func (d *delivery) takesPlace(tx storage.Tx) error {
	r, ok, err := storage.Sent.Get(tx, string(d.m.Order.Edits))
	if err != nil {
		return err
	}
	tally := d.m.Order.Kind == flows.OrderTally
	if !ok && tally {
		d.letter = letter{}
		return nil
	}
	d.letter.inPlace, d.letter.edits, d.letter.gone = ok, r.Network, tally
	return nil
}

// send hands a message to its network and notes what became of it.
func (o *Outbox) send(ctx context.Context, d *delivery) {
	if d.state != "" || d.err != nil {
		return
	}
	if d.letter.empty() {
		d.state = org.MessageSkipped
		return
	}
	ch := o.channels[d.to.Channel()]
	if ch == nil { // a slip in its name, perhaps: nothing is lost meanwhile
		o.log.Error("no such channel, message kept until there is one", "channel", d.to.Channel(), "message", string(d.id))
		d.err = errNoChannel
		return
	}
	if at := heldUntil(o.settings.QuietOf(d.m.Commune), d.m, o.clock.Now()); at.After(o.clock.Now()) {
		d.state, d.until = org.MessageHeld, at
		return
	}
	if o.held(ch.Abilities(), d) {
		d.err = errHeld
		return
	}
	if marked(d.m) {
		if o.begin(ctx, d); d.state != "" || d.err != nil {
			return
		}
	}
	if d.old && d.tries == 0 {
		o.Repeated.Add(1)
		o.log.Info("sending what was owed at the start; if its sending had begun before, it arrives twice", "channel", d.to.Channel(), "message", string(d.id))
	}
	if p := d.letter.prompt; len(p.Files) > 0 || p.Photo != "" {
		d.letter = o.Files.enclose(ctx, d.letter, abilities(ch, d.to), d.to, o.log)
	}
	done := o.call(d)
	network, cost, err := d.letter.send(ctx, ch, d.to)
	done()
	d.cost = cost
	if err == nil {
		o.Delivered.Add(1)
		if d.lane == storage.LaneReply {
			o.metrics.replied(o.clock.Now().Sub(stampOf(d.id)))
		}
		o.mu.Lock()
		o.works[d.to.Channel()] = o.clock.Now()
		o.mu.Unlock()
		d.state, d.network = org.MessageSent, network
		return
	}
	o.failed(ctx, d, ch, err)
}

// failed notes what becomes of a message that could not be sent: given up, or tried again.
func (o *Outbox) failed(ctx context.Context, d *delivery, ch Channel, err error) {
	var later *LaterError
	waits := errors.As(err, &later) // the network said so: such a message is never given up
	if waits && later.Quota {
		d.refused++
	}
	if errors.Is(err, ErrDoubtful) {
		o.Doubtful.Add(1)
	}
	switch {
	case errors.As(err, &d.lost), o.lost(d, err):
		o.Refused.Add(1)
		d.state = org.MessageFailed
		if d.lost.Lost != "" || d.lost.MovedTo != "" {
			o.log.Warn("message refused", "channel", d.to.Channel(), "message", string(d.id), "lost", d.lost.Lost, "err", d.lost.Err)
			break
		}
		o.log.Error("message refused for what is in it, parked", "channel", d.to.Channel(), "message", string(d.id), "err", d.lost.Err)
		o.Parked.Add(1)
		d.state, d.why = parked, flows.WhyWrong
	case ctx.Err() != nil:
		d.err = err
	case errors.Is(err, ErrDoubtful) && (once(d.m) || ch.Abilities().Quota > 0 && d.doubts+1 >= doubtfulTries):
		o.log.Warn("message perhaps arrived, not sent again", "channel", d.to.Channel(), "message", string(d.id), "err", err)
		d.state, d.doubts = org.MessageSent, d.doubts+1
	case !waits && o.clock.Now().Sub(latest(d.m.At, d.m.From)) > keepTrying:
		o.log.Error("send given up after days, parked", "channel", d.to.Channel(), "message", string(d.id), "err", err)
		o.Parked.Add(1)
		d.state, d.why = parked, flows.WhyTired
	default:
		d.err = err
	}
}

// lost concludes from a refusal that stands, while others are reached, that it is the contact's.
func (o *Outbox) lost(d *delivery, err error) bool {
	if !errors.Is(err, ErrPerhapsLost) || d.tries+1 < lostTries || o.clock.Now().Sub(d.since) < lostAfter {
		return false
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.works[d.to.Channel()].After(d.since) {
		return false
	}
	d.lost = &RefusedError{Lost: "not_linked", Err: err}
	return true
}

// abilities are a channel's towards one contact: the simulator's phones differ.
func abilities(ch Channel, to org.ContactID) Abilities {
	if c, ok := ch.(interface{ AbilitiesOf(chat string) Abilities }); ok {
		return c.AbilitiesOf(to.Chat())
	}
	return ch.Abilities()
}

// send turns the earlier message into its record line, where the channel can, and sends
// the prompt; the id is that of the part with the buttons, and cost how many messages went
// out, perhaps. Sent again after a failure, the edit changes nothing.
func (l letter) send(ctx context.Context, ch Channel, to org.ContactID) (id string, cost int, err error) {
	a := abilities(ch, to)
	outgoing := l.render(to, a)
	if l.inPlace {
		if a.Edit && len(outgoing) == 1 {
			out := outgoing[0]
			out.Chat, out.Edits = to.Chat(), l.edits
			id, err := ch.Send(ctx, out)
			if !errors.Is(err, ErrGone) || l.gone {
				return id, 1, ignoreGone(err)
			}
		}
		if l.gone {
			return "", 0, nil
		}
	} else if l.edits != "" && a.Edit {
		_, err := ch.Send(ctx, Outgoing{Chat: to.Chat(), Text: l.record, Edits: l.edits})
		var refused *RefusedError
		if err != nil && !errors.Is(err, ErrGone) && !(errors.As(err, &refused) && refused.Lost == "") {
			return "", 0, err
		}
	}
	if l.prompt.Text == "" {
		return "", 0, nil
	}
	for _, out := range outgoing {
		out.Chat = to.Chat()
		id, err = ch.Send(ctx, out)
		if refused := (*RefusedError)(nil); out.File != nil && errors.As(err, &refused) && refused.Lost == "" && refused.MovedTo == "" {
			id, err = ch.Send(ctx, Outgoing{Chat: out.Chat, Text: out.File.instead(out.Text)})
		}
		if err == nil || errors.Is(err, ErrDoubtful) {
			cost++
		}
		if err != nil {
			return "", cost, err
		}
	}
	return id, cost, nil
}

func ignoreGone(err error) error {
	if errors.Is(err, ErrGone) {
		return nil
	}
	return err
}

// longestCaption is how many UTF-16 units may stand under a picture; longer words follow it.
const longestCaption = 1024

// render makes messages of a letter; a picture goes along where its network has it.
func (l letter) render(to org.ContactID, a Abilities) []Outgoing {
	out := Render(l.prompt, a)
	network, file, ok := strings.Cut(l.prompt.Photo, ":")
	switch {
	case len(l.files) > 0:
		return l.withFiles(out, a)
	case !ok || network != to.Channel() || !a.Photos:
	case len(out) == 1 && units(out[0].Text) <= longestCaption:
		out[0].Photo = file
	case !l.inPlace:
		out = append([]Outgoing{{Photo: file}}, out...)
	}
	return out
}

// settle takes what is done with off what is owed, in one transaction.
func (o *Outbox) settle(ctx context.Context, list []*delivery) {
	if !slices.ContainsFunc(list, func(d *delivery) bool { return d.settles() || d.unbegun() || d.cost+d.refused > 0 }) {
		return
	}
	var moved []storage.Message
	var used map[string]org.Usage
	// Shutting down must not undo what was delivered: the settlement outlives ctx.
	err := o.store.Update(context.WithoutCancel(ctx), func(tx storage.Tx) error {
		moved = nil
		var err error
		if used, err = o.tally(tx, list); err != nil {
			return err
		}
		for _, d := range list {
			if d.unbegun() {
				if err := markBegun(tx, d, false); err != nil {
					return err
				}
			}
			if !d.settles() {
				continue
			}
			if err := o.settleOne(tx, d); err != nil {
				return err
			}
			if err := o.settleAlong(tx, d); err != nil {
				return err
			}
			again, err := lose(tx, d)
			if err != nil {
				return err
			}
			moved = append(moved, again...)
		}
		return nil
	})
	if err == nil {
		o.metered(used)
		o.Add(moved)
		return
	}
	for _, d := range list {
		if d.settles() {
			d.err = err
		}
	}
}

// settles reports whether the store is to be told.
func (d *delivery) settles() bool { return d.state != "" && d.state != org.MessageCancelled }

// settleOne deletes a message. One with choices leaves a receipt, by which it can later be
// turned into a record line.
func (o *Outbox) settleOne(tx storage.Tx, d *delivery) error {
	state := d.state
	switch state {
	case org.MessageHeld:
		return o.holdBack(tx, d)
	case parked:
		state = org.MessageFailed
		if err := storage.Park(tx, *d.m, o.clock.Now().Truncate(time.Second), d.why); err != nil {
			return err
		}
	default:
		if err := storage.Outbox.Delete(tx, string(d.id)); err != nil {
			return err
		}
	}
	if d.m.Key != "" {
		p := storage.Promised{State: state, At: o.clock.Now().Truncate(time.Second), Wave: d.m.Wave, Why: d.reason()}
		if state == org.MessageSent && d.m.Order != nil && d.m.Order.Kind == flows.OrderNews {
			p.Row = string(d.id) // by which it can be corrected
		}
		if err := storage.Promise.Put(tx, d.m.Key, p); err != nil {
			return err
		}
	}
	if err := o.reached(tx, d); err != nil {
		return err
	}
	if d.m.Retires != "" {
		if err := storage.Sent.Delete(tx, string(d.m.Retires)); err != nil {
			return err
		}
	}
	id, options := d.id, d.m.Prompt.Options
	switch order := d.m.Order; {
	case order == nil:
	case order.Again != "": // it stands for the earlier one from now on
		id, options = order.Again, d.letter.prompt.Options
	case order.Kind == flows.OrderNews:
		options = d.letter.prompt.Options
	case order.Edits != "":
		options = nil // the receipt of the earlier one stands
	}
	if d.network != "" && len(options) > 0 {
		return storage.Sent.Put(tx, string(id), storage.Receipt{To: d.to, Network: d.network, At: o.clock.Now().Truncate(time.Second)})
	}
	return nil
}

// lose draws the conclusions of a refusal: a contact that can't be reached as a whole is
// marked, for the chair to see; a group that moved gets its new address and the message.
func lose(tx storage.Tx, d *delivery) (again []storage.Message, err error) {
	switch {
	case d.lost == nil:
		return nil, nil
	case d.lost.MovedTo != "":
		m := *d.m
		m.To, m.ID = org.ContactID(d.to.Channel()+":"+d.lost.MovedTo), d.id+"m"
		if m.Order != nil && m.Order.Group == d.to {
			order := *m.Order
			order.Group = m.To
			m.Order = &order
		}
		if err := storage.Outbox.Put(tx, string(m.ID), m); err != nil {
			return nil, err
		}
		if m.Key != "" { // it is still on its way
			if err := storage.Promise.Put(tx, m.Key, storage.Promised{State: org.MessageOwed, Row: string(m.ID), Wave: m.Wave}); err != nil {
				return nil, err
			}
		}
		return []storage.Message{m}, storage.MoveGroup(tx, d.to, m.To)
	case d.lost.Lost == "":
		return nil, nil
	}
	if d.lost.Lost == "kicked" { // a deleted group is told of in no other way
		return nil, storage.DropGroup(tx, d.to)
	}
	c, ok, err := storage.Contacts.Get(tx, string(d.to))
	if err != nil || !ok || c.Unreachable == d.lost.Lost {
		return nil, err
	}
	c.Unreachable = d.lost.Lost
	return nil, storage.PutContact(tx, c)
}
