package storage

import (
	"time"

	"chihoi/flows/org"
)

// ParkedMessage is one that the outbox gave up: no network took it for days, or one said
// that there is something wrong with it. It waits for the operator, who has it sent again
// once the cause is mended, or drops it.
type ParkedMessage struct {
	Message Message   `json:"message"`
	At      time.Time `json:"at"`
	Why     string    `json:"why"` // in the words of the ledger
}

// Park takes a message off what is owed and keeps it aside.
func Park(tx Tx, m Message, at time.Time, why string) error {
	if err := Outbox.Delete(tx, string(m.ID)); err != nil {
		return err
	}
	return Parked.Put(tx, string(m.ID), ParkedMessage{Message: m, At: at, Why: why})
}

// Unpark owes a parked message again, as if it had been written now.
func Unpark(tx Tx, p ParkedMessage, now time.Time) error {
	m := p.Message
	m.From, m.Begun = now, false
	if err := Parked.Delete(tx, string(m.ID)); err != nil {
		return err
	}
	if err := Outbox.Put(tx, string(m.ID), m); err != nil || m.Key == "" {
		return err
	}
	return Promise.Put(tx, m.Key, Promised{State: org.MessageOwed, Row: string(m.ID), Wave: m.Wave})
}

// ExpireParked drops what was parked before then, and nobody cared for.
func ExpireParked(before time.Time) Expiry {
	return expireRows("parked messages", Parked, func(p ParkedMessage) bool { return p.At.Before(before) },
		func(tx Tx, key string, _ ParkedMessage) error { return Parked.Delete(tx, key) })
}
