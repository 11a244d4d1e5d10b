package storage

import (
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
)

// Promised tells where a planned message is: its row in plans while it is planned or held,
// in outbox while it is owed, and since when it is sent. Wave is what it is one of
// ("open/2026-11-25", "remind/2/2026-12-01", "late_list/2026-12-04"; "asked/…" for a reminder
// she asked for), and Why says for what it was not sent.
type Promised struct {
	State org.MessageState `json:"state"`
	Row   string           `json:"row,omitempty"`
	At    time.Time        `json:"at,omitzero"`
	Wave  string           `json:"wave,omitempty"`
	Why   string           `json:"why,omitempty"`
}

// PromiseKinds lists what the keys of Promise begin with: "open", "remind", "skip" …
func PromiseKinds(tx Tx) (kinds []string, err error) {
	for from, more := "", true; more && err == nil; {
		more = false
		err = tx.Scan(Promise.Bucket, "", from, func(key string, _ []byte) error {
			kind, _, _ := strings.Cut(key, "/")
			kinds, from, more = append(kinds, kind), kind+"0", true // the first key behind "kind/…"
			return ErrStop
		})
	}
	return kinds, err
}

// Reach is when the calendar wrote to somebody in the last days, oldest first, on whatever
// channel.
type Reach struct {
	Person org.PersonID `json:"person"`
	At     []time.Time  `json:"at"`
}

// Between counts those not before from and not after to: a clock that was wrong may have
// left some of a time to come.
func (r Reach) Between(from, to time.Time) (n int) {
	for _, t := range r.At {
		if !t.Before(from) && !t.After(to) {
			n++
		}
	}
	return n
}

// PutReach notes that the calendar wrote to somebody, and forgets what was before a time.
func PutReach(tx Tx, id org.PersonID, now, from time.Time) error {
	r, _, err := Reached.Get(tx, string(id))
	if err != nil {
		return err
	}
	keep := slices.DeleteFunc(slices.Clone(r.At), func(t time.Time) bool { return t.Before(from) || t.After(now) })
	return Reached.Put(tx, string(id), Reach{Person: id, At: append(keep, now)})
}

// ExpireReach forgets those to whom the calendar has not written from before to now.
func ExpireReach(before, now time.Time) Expiry {
	return expireRows("reached", Reached, func(r Reach) bool { return r.Between(before, now) == 0 },
		func(tx Tx, key string, _ Reach) error { return Reached.Delete(tx, key) })
}
