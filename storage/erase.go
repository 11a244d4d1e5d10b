package storage

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
)

// Erasure is a person's data being erased (domain.md 12.5). Who she was and where she could
// be written to went at once; what she did lies here and there, and is gone through a little
// at a time. The row holds what is needed to find it, and goes with the last of it.
type Erasure struct {
	Person   org.PersonID    `json:"person"`
	Alias    org.PersonID    `json:"alias"` // stands in her place
	Contacts []org.ContactID `json:"contacts,omitempty"`
	Units    []string        `json:"units,omitempty"` // where she held posts, for the audit
	Asked    time.Time       `json:"asked"`
	// Bucket and From are how far it is; Changed counts the rows of this round, Total those of all.
	Bucket  string `json:"bucket,omitempty"`
	From    string `json:"from,omitempty"`
	Changed int    `json:"changed,omitempty"`
	Total   int    `json:"total,omitempty"`
}

// BeginErasure removes who a person is: name, phone, posts, addresses, what she was talking
// about, her words of consent. That and when she agreed stays, as proof, under an alias that
// leads to nobody (domain.md 12.6). What she did is left to EraseSome.
func BeginErasure(tx Tx, now time.Time, id org.PersonID) error {
	p, ok, err := People.Get(tx, string(id))
	if err != nil || !ok {
		return err
	}
	e := Erasure{Person: id, Alias: org.NewAlias(rand.Text()), Asked: now}
	for _, post := range p.Posts {
		if !slices.Contains(e.Units, post.Unit) {
			e.Units = append(e.Units, post.Unit)
		}
		if err := Posts.Delete(tx, postKey(post)); err != nil {
			return err
		}
	}
	talks := []string{string(id)}
	for _, c := range p.Contacts {
		e.Contacts = append(e.Contacts, c.ID)
		talks = append(talks, string(c.ID))
		if err := Contacts.Delete(tx, string(c.ID)); err != nil {
			return err
		}
	}
	for _, key := range talks {
		if err := Talks.Delete(tx, key); err != nil {
			return err
		}
	}
	return errors.Join(dropPhone(tx, p.Person), renameConsents(tx, e), People.Delete(tx, string(id)), Erasures.Put(tx, string(id), e))
}

// OrderErasure is BeginErasure at the operator's hand, because somebody asked in writing; note
// says who and where it is filed, and stays in the audit.
func OrderErasure(tx Tx, now time.Time, id org.PersonID, note string) error {
	if err := putOperatorAudit(tx, AuditRow{At: now, What: "erase", By: id, Detail: note}); err != nil {
		return err
	}
	return BeginErasure(tx, now, id)
}

// renameConsents keeps version, time and channel of each consent under the alias, without her words.
func renameConsents(tx Tx, e Erasure) error {
	list, err := Consents.All(tx, string(e.Person)+"#")
	if err != nil {
		return err
	}
	for _, c := range list {
		if err := Consents.Delete(tx, string(e.Person)+"#"+TimeKey(c.At)); err != nil {
			return err
		}
		c.Person, c.Raw = e.Alias, ""
		if err := Consents.Put(tx, string(e.Alias)+"#"+TimeKey(c.At), c); err != nil {
			return err
		}
	}
	return nil
}

// EraseSome goes on with the erasures under way, over about rows rows, and tells how many
// are still under way. A round that finds nothing ends an erasure, which is then noted in
// the audit without her name; a round that found something is followed by another, because
// a row may have been copied past the place looked at.
func EraseSome(ctx context.Context, s Store, now time.Time, rows int) (left int, err error) {
	for {
		var all []Erasure
		err := s.View(ctx, func(tx Tx) (err error) {
			all, err = Erasures.All(tx, "")
			return err
		})
		if err != nil || len(all) == 0 || rows <= 0 {
			return len(all), err
		}
		looked, err := eraseStretch(ctx, s, now, all[0], min(rows, 1000))
		if err != nil {
			return len(all), fmt.Errorf("storage: erasing: %w", err)
		}
		rows -= looked + 1
	}
}

// eraseStretch does one stretch of one bucket and notes how far it is.
func eraseStretch(ctx context.Context, s Store, now time.Time, e Erasure, rows int) (looked int, err error) {
	i := max(0, slices.IndexFunc(traces, func(t trace) bool { return t.bucket == e.Bucket }))
	names := [][]byte{[]byte(e.Person)}
	for _, c := range e.Contacts {
		names = append(names, []byte(c))
	}
	pick := func(_ string, raw []byte) (bool, error) {
		return slices.ContainsFunc(names, func(name []byte) bool { return bytes.Contains(raw, name) }), nil
	}
	done, err := Walk(ctx, s, traces[i].bucket, e.From, rows, pick, func(tx Tx, key string) (bool, error) {
		return traces[i].remove(tx, key, e)
	})
	if err != nil {
		return 0, err
	}
	e.Bucket, e.From, e.Changed, e.Total = traces[i].bucket, done.Next, e.Changed+done.Changed, e.Total+done.Changed
	if done.Next == "" {
		i++
		e.Bucket = traces[i%len(traces)].bucket
	}
	return done.Rows, s.Update(ctx, func(tx Tx) error {
		if i < len(traces) {
			return Erasures.Put(tx, string(e.Person), e)
		}
		if e.Changed > 0 { // once more
			e.Changed = 0
			return Erasures.Put(tx, string(e.Person), e)
		}
		if err := Erasures.Delete(tx, string(e.Person)); err != nil {
			return err
		}
		return putOperatorAudit(tx, AuditRow{At: now, What: "erased", By: e.Alias, Unit: strings.Join(e.Units, ","),
			Detail: fmt.Sprintf("asked=%s rows=%d", e.Asked.Format(time.DateOnly), e.Total)})
	})
}

// trace is one place where something of a person may lie.
type trace struct {
	bucket string
	remove func(tx Tx, key string, e Erasure) (changed bool, err error)
}

// fate is what becomes of a row.
type fate int

const (
	untouched fate = iota
	renamed
	gone
)

// in makes the trace of a table: look changes the record, or says that it goes.
func in[V any](t Table[V], look func(v *V, e Erasure) fate) trace {
	return trace{t.Bucket, func(tx Tx, key string, e Erasure) (bool, error) {
		v, ok, err := t.Get(tx, key)
		if err != nil || !ok {
			return false, err
		}
		switch look(&v, e) {
		case renamed:
			return true, t.Put(tx, key, v)
		case gone:
			return true, t.Delete(tx, key)
		}
		return false, nil
	}}
}

// traces are all the places, with what is kept there: figures stay, her hand in them is
// nobody's; her words go (domain.md 12.5 and 12.6).
var traces = []trace{
	in(Drafts, func(d *flows.Draft, e Erasure) fate {
		f := e.inAnswers(d.Answers)
		f = max(f, e.inTrail(d.Trail))
		if _, sat := d.Seats[e.Person]; sat {
			delete(d.Seats, e.Person)
			f = renamed
		}
		return f
	}),
	in(CheckIns, func(c *org.CheckIn, e Erasure) fate {
		return max(e.hand(&c.By), e.inAnswers(c.Answers), e.inTrail(c.Trail))
	}),
	in(Requests, func(r *org.Request, e Erasure) fate {
		f := e.hand(&r.By)
		if f == renamed {
			r.Text = ""
		}
		for i := range r.Steps {
			f = max(f, e.hand(&r.Steps[i].By))
		}
		return max(f, e.hand(&r.SeenBy))
	}),
	in(Announcements, func(a *org.Announcement, e Erasure) fate { return e.inNews(a) }),
	{Responses.Bucket, dropResponse},
	in(Namings, func(n *org.Naming, e Erasure) fate { // when she agreed stays, as proof, without her words
		f := e.hand(&n.Person)
		if f == renamed {
			n.Raw, n.Text = "", ""
		}
		return f
	}),
	in(Desks, func(d *org.Desk, e Erasure) fate { return e.inDesk(d) }),
	in(Queries, func(q *org.Query, e Erasure) fate { return max(e.hand(&q.By), e.hand(&q.ClosedBy)) }),
	in(Acceptances, func(a *org.Acceptance, e Erasure) fate { return e.hand(&a.By) }),
	in(Notices, func(n *org.Notice, e Erasure) fate { return e.hand(&n.By) }),
	in(Audits, func(a *AuditRow, e Erasure) fate { return e.hand(&a.By) }),
	in(Invites, func(i *org.Invite, e Erasure) fate {
		return e.goes(i.Person == e.Person || slices.Contains(e.Contacts, i.UsedBy))
	}),
	in(Plans, func(p *Plan, e Erasure) fate {
		return e.goes(p.Order.Person == e.Person || p.Held != nil && slices.Contains(e.Contacts, p.Held.To))
	}),
	in(Reached, func(r *Reach, e Erasure) fate { return e.goes(r.Person == e.Person) }),
	in(Outbox, func(m *Message, e Erasure) fate { // the answers to what she last said still go out
		return e.goes(m.Lane != LaneReply && slices.Contains(e.Contacts, m.To))
	}),
	in(Parked, func(p *ParkedMessage, e Erasure) fate { return e.goes(slices.Contains(e.Contacts, p.Message.To)) }),
	in(Sent, func(r *Receipt, e Erasure) fate { return e.goes(slices.Contains(e.Contacts, r.To)) }),
}

// inNews puts the alias in her place among who wrote, sent and got an announcement; words
// that named her go.
func (e Erasure) inNews(a *org.Announcement) (f fate) {
	f = max(e.hand(&a.By), e.hand(&a.Last), e.hand(&a.Sender))
	if e.hand(&a.Named) == renamed {
		a.Text, f = "", renamed
	}
	for i := range a.Targets {
		f = max(f, e.hand(&a.Targets[i].Person))
	}
	return f
}

// dropResponse forgets an answer of hers; the key names her too.
func dropResponse(tx Tx, key string, e Erasure) (bool, error) {
	r, ok, err := Responses.Get(tx, key)
	if err != nil || !ok || r.Person != e.Person {
		return false, err
	}
	return true, Responses.Delete(tx, key)
}

func (e Erasure) goes(yes bool) fate {
	if yes {
		return gone
	}
	return untouched
}

// hand puts the alias in her place.
func (e Erasure) hand(by *org.PersonID) fate {
	if *by != e.Person {
		return untouched
	}
	*by = e.Alias
	return renamed
}

func (e Erasure) inAnswers(all org.Answers) (f fate) {
	for q, a := range all {
		if e.hand(&a.By) == renamed {
			all[q], f = a, renamed
		}
	}
	return f
}

func (e Erasure) inTrail(list []org.Change) (f fate) {
	for i := range list {
		f = max(f, e.hand(&list[i].By))
	}
	return f
}
