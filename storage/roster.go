package storage

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/roster"
)

// PreviewRoster tells what applying the roster would change now. It changes nothing.
func PreviewRoster(ctx context.Context, s Store, r roster.Roster) (plan roster.Plan, err error) {
	err = s.View(ctx, func(tx Tx) error {
		plan, err = planRoster(tx, r)
		return err
	})
	return plan, err
}

// ApplyRoster makes the changes of the roster in one transaction and tells them. The plan
// is made in the same transaction, so it fits what stands even if that changed since a
// preview. With mistakes, or nothing to change, nothing is written.
func ApplyRoster(ctx context.Context, s Store, now time.Time, r roster.Roster) (plan roster.Plan, err error) {
	err = s.Update(ctx, func(tx Tx) error {
		plan, err = planRoster(tx, r)
		if err != nil || len(plan.Mistakes) > 0 || plan.Empty() {
			return err
		}
		return applyPlan(tx, now, plan)
	})
	return plan, err
}

func planRoster(tx Tx, r roster.Roster) (roster.Plan, error) {
	book := &rosterBook{tx: tx}
	plan := roster.Compare(book, r, book.newPerson)
	return plan, book.err
}

// applyPlan writes a plan, takes back the unused codes of lost posts and notes it all in
// the audit, without anyone's name.
func applyPlan(tx Tx, now time.Time, plan roster.Plan) error {
	for _, c := range plan.Communes {
		if err := Communes.Put(tx, string(c.ID), c); err != nil {
			return err
		}
	}
	for _, b := range plan.Branches {
		if err := Branches.Put(tx, string(b.ID), b); err != nil {
			return err
		}
	}
	for _, p := range plan.People {
		if err := PutPerson(tx, p); err != nil {
			return err
		}
	}
	for _, p := range plan.Lost {
		if err := DropPost(tx, p); err != nil {
			return err
		}
	}
	for _, p := range plan.Gained {
		if err := PutPost(tx, p); err != nil {
			return err
		}
	}
	lost := func(i org.Invite) bool { return slices.Contains(plan.Lost, i.Post) }
	if err := revokeInvites(tx, lost); err != nil {
		return err
	}
	touched := map[org.CommuneID]bool{}
	for _, c := range plan.Changes {
		touched[c.Commune] = true
	}
	unit := ""
	if len(touched) == 1 {
		unit = string(plan.Changes[0].Commune)
	}
	return putOperatorAudit(tx, AuditRow{At: now, What: "import", Unit: unit, Detail: fmt.Sprintf(
		"communes=%d branches=%d people=%d posts_given=%d posts_taken=%d",
		len(plan.Communes), len(plan.Branches), len(plan.People), len(plan.Gained), len(plan.Lost))})
}

// putOperatorAudit writes an audit row of the command line. Its key sorts by time among
// the rows of turns, which begin with their microsecond too.
func putOperatorAudit(tx Tx, row AuditRow) error {
	for n := 0; ; n++ {
		key := fmt.Sprintf("%014x-operator-%02d", row.At.UnixMicro(), n)
		if _, taken, err := Audits.Get(tx, key); err != nil {
			return err
		} else if !taken {
			return Audits.Put(tx, key, row)
		}
	}
}

// rosterBook lends a transaction to the comparison; the first failure is kept in err.
type rosterBook struct {
	tx  Tx
	err error
}

func (b *rosterBook) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Communes implements roster.Book.
func (b *rosterBook) Communes() []org.Commune {
	list, err := Communes.All(b.tx, "")
	b.keep(err)
	return list
}

// Branches implements roster.Book.
func (b *rosterBook) Branches(c org.CommuneID) []org.Branch {
	list, err := branchesOf(b.tx, c)
	b.keep(err)
	return list
}

// PostsIn implements roster.Book.
func (b *rosterBook) PostsIn(unit string) []org.Post {
	list, err := Posts.All(b.tx, unit+"#")
	b.keep(err)
	return list
}

// Person implements roster.Book.
func (b *rosterBook) Person(id org.PersonID) (org.Person, bool) {
	p, _, err := People.Get(b.tx, string(id))
	b.keep(err)
	return p.Person, p.Known()
}

// PersonByPhone implements roster.Book.
func (b *rosterBook) PersonByPhone(phone string) (org.Person, bool) {
	if phone == "" {
		return org.Person{}, false
	}
	id, ok, err := Phones.Get(b.tx, phone)
	b.keep(err)
	if !ok {
		return org.Person{}, false
	}
	return b.Person(id)
}

// newPerson makes an identifier that says nothing about the person: it stays in old
// check-ins and in the audit after her name is erased.
func (b *rosterBook) newPerson() org.PersonID {
	for {
		id := org.PersonID("p-" + strings.ToLower(rand.Text()[:10]))
		if _, taken := b.Person(id); !taken {
			return id
		}
	}
}

// branchesOf lists a commune's branches in roster order.
func branchesOf(tx Tx, c org.CommuneID) ([]org.Branch, error) {
	list, err := Branches.All(tx, string(c)+"/")
	slices.SortStableFunc(list, func(a, b org.Branch) int { return a.Order - b.Order })
	return list, err
}
