package bot

import (
	"hash/fnv"
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
	return m.Lane != storage.LaneReply && (m.Order == nil || m.Order.Kind != "again")
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
	return storage.Promise.Put(tx, m.Key, storage.Promised{State: "held", Row: row})
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
