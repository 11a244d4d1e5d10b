package bot

import (
	"hash/fnv"
	"strings"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// What nobody asked for is not sent at a quiet time (domain.md 8). It is held: taken out of
// what is owed and laid among the plans, for a time after the quiet one; the times of
// different people are spread over some minutes, so that a whole country is not written to
// in the first one. It is looked at when it is written, when its time comes, and at the
// instant of sending.

// unasked reports whether a message waits for the end of a quiet time. Replies and alarms
// pass, and so does a question she was at when the network broke off.
func unasked(m *storage.Message) bool {
	return m.Lane != storage.LaneReply && (m.Order == nil || m.Order.Kind != flows.OrderAgain && !m.Order.Urgent)
}

// heldUntil is when a message may be sent: now, or some minutes after the quiet time.
func heldUntil(q *flows.Quiet, m *storage.Message, now time.Time) time.Time {
	if !unasked(m) {
		return now
	}
	at := q.Until(now)
	if !at.After(now) || q.Spread <= 0 {
		return at
	}
	return at.Add(offset(m.To, q.Spread))
}

// offset is one contact's part of some minutes, the same each time.
func offset(to org.ContactID, minutes int) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(to)) // never fails
	return time.Duration(h.Sum32()%uint32(minutes)) * time.Minute
}

// hold lays a message among the plans.
func hold(tx storage.Tx, m storage.Message, at time.Time) error {
	row := storage.TimeKey(at) + "/" + string(m.ID)
	if err := storage.Plans.Put(tx, row, storage.Plan{Key: m.Key, At: at, Held: &m}); err != nil || m.Key == "" {
		return err
	}
	return storage.Promise.Put(tx, m.Key, storage.Promised{State: org.MessageHeld, Row: row, Wave: m.Wave})
}

// holdBack takes a message that can't go now off what is owed. One that was cancelled in
// the meantime stays so.
func (o *Outbox) holdBack(tx storage.Tx, d *delivery) error {
	_, there, err := storage.Outbox.Get(tx, string(d.id))
	if err != nil || !there {
		return err
	}
	if err := storage.Outbox.Delete(tx, string(d.id)); err != nil {
		return err
	}
	return hold(tx, *d.m, d.until)
}

// talkFor is how long after what she was last told somebody is still in the middle of
// talking: what the calendar has to say does not break in.
const talkFor = 10 * time.Minute

// week is what the limit of messages of the calendar is counted over.
const week = 7 * day

// spares holds an ordered message while she is talking, drops a reminder beyond the week's
// limit, and has what waits for a chair come a day later then; done says that there is nothing more to find out.
func (o *Outbox) spares(b *book, d *delivery) (done bool, err error) {
	order, now := d.m.Order, o.clock.Now()
	if order.Kind == flows.OrderAgain || order.Urgent || order.Group != "" || order.Kind == flows.OrderResult {
		return false, nil
	}
	if at := lastTurn(b, order.Person).Add(talkFor); at.After(now) {
		d.state, d.until = org.MessageHeld, at
		return true, b.err
	}
	unseen := order.Kind == flows.OrderUnseen
	if !unseen && (order.Kind != flows.OrderRemind || order.Step == 0) {
		return false, b.err
	}
	r, _, err := storage.Reached.Get(b.tx, string(order.Person))
	full := err == nil && r.Between(now.Add(-week), now) >= o.settings.Weekly
	if full && unseen { // it is not needless because she was told of other things
		d.state, d.until = org.MessageHeld, now.Add(day)
		return true, b.err
	}
	if full {
		d.letter, d.why = letter{}, flows.WhyWeekly
		return true, b.err
	}
	return false, err
}

// lastTurn is when somebody was last shown a question or a choice, by the messages that her
// talk and her drafts know of.
func lastTurn(b *book, who org.PersonID) (last time.Time) {
	talk, _ := get(b, storage.Talks, string(who))
	last = stampOf(talk.Prompt)
	for _, p := range b.PostsOf(who) {
		if !p.OfBranch() {
			continue
		}
		for m := range b.standing(p.Branch()).Drafts {
			if d, ok := b.Draft(p.Branch(), m); ok {
				last = latest(last, stampOf(d.Seats[who].Prompt))
			}
		}
	}
	return last
}

// reached counts a message of the calendar that arrived.
func (o *Outbox) reached(tx storage.Tx, d *delivery) error {
	who := d.m.For
	if d.m.Order != nil {
		who = d.m.Order.Person
		if d.m.Order.News != "" { // a chair's, which spares nobody a reminder
			return nil
		}
	}
	if d.state != org.MessageSent || who == "" || d.m.Wave == "" || strings.HasPrefix(d.m.Wave, "asked/") {
		return nil
	}
	now := o.clock.Now()
	return storage.PutReach(tx, who, now, now.Add(-week))
}

// reason is why a message did not arrive, for its ledger.
func (d *delivery) reason() string {
	switch {
	case d.state == org.MessageSent && d.doubts > 0:
		return org.Doubtful
	case d.state == org.MessageSent:
		return ""
	case d.lost != nil && d.lost.Lost != "":
		return d.lost.Lost
	}
	return d.why
}
