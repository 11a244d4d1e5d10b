package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chihoi/flows/org"
)

// ErrNoOfficer is wrapped when somebody is to be no officer any more who is none.
var ErrNoOfficer = errors.New("không phải cán bộ tỉnh")

// AppointOfficer makes whoever has a phone an officer of the province, who sees sums over
// all communes and nothing else, and a one-time code by which she links; an unused earlier
// one is taken back. She is entered when nobody has the phone yet.
func AppointOfficer(ctx context.Context, s Store, now, expires time.Time, name, phone string) (made NewInvite, err error) {
	err = s.Update(ctx, func(tx Tx) error {
		b := &rosterBook{tx: tx}
		p, there := b.PersonByPhone(phone)
		if !there {
			p = org.Person{ID: b.newPerson(), Name: name, Phone: phone}
		}
		if b.err != nil {
			return b.err
		}
		if !there {
			if err := PutPerson(tx, p); err != nil {
				return err
			}
		}
		post := org.Post{Role: org.ProvinceOfficer, Unit: org.Province, Person: p.ID}
		if err := PutPost(tx, post); err != nil {
			return err
		}
		if err := revokeInvites(tx, func(i org.Invite) bool { return i.Post == post }); err != nil {
			return err
		}
		made = NewInvite{Invite: org.Invite{Person: p.ID, Post: post}, Person: p}
		if err := putInvite(tx, &made, now, expires); err != nil {
			return err
		}
		return putOperatorAudit(tx, AuditRow{At: now, What: "officer_appointed", By: p.ID, Unit: org.Province})
	})
	return made, err
}

// DismissOfficer takes the post from whoever has a phone; she stays known, with her other posts.
func DismissOfficer(ctx context.Context, s Store, now time.Time, phone string) (who org.Person, err error) {
	err = s.Update(ctx, func(tx Tx) error {
		b := &rosterBook{tx: tx}
		p, there := b.PersonByPhone(phone)
		if b.err != nil {
			return b.err
		}
		post := org.Post{Role: org.ProvinceOfficer, Unit: org.Province, Person: p.ID}
		_, holds, err := Posts.Get(tx, postKey(post))
		switch {
		case err != nil:
			return err
		case !there || !holds:
			return fmt.Errorf("%s: %w", phone, ErrNoOfficer)
		}
		who = p
		if err := DropPost(tx, post); err != nil {
			return err
		}
		if err := revokeInvites(tx, func(i org.Invite) bool { return i.Post == post }); err != nil {
			return err
		}
		return putOperatorAudit(tx, AuditRow{At: now, What: "officer_dismissed", By: p.ID, Unit: org.Province})
	})
	return who, err
}
