package storage

import (
	"cmp"
	"slices"

	"chihoi/flows/org"
)

// Profile is a person with all that every turn must know of her, in one row: what she may
// do, where she can be written to and whether she agreed to it. Posts, Contacts and Consent
// repeat what stands in the tables of those names; the functions of this file keep them so.
type Profile struct {
	org.Person
	Posts    []org.Post    `json:"posts,omitempty"`    // by unit, then role
	Contacts []org.Contact `json:"contacts,omitempty"` // by id
	// Consent is the last recorded answer to the privacy notice; its Person is "" when there is none.
	Consent org.Consent `json:"consent,omitzero"`
}

// Known reports whether the person herself is recorded.
func (p Profile) Known() bool { return p.ID != "" }

// Agreed reports whether she may be written to (domain.md 12.2 and 12.4).
func (p Profile) Agreed() bool { return p.Consent.Person != "" && !p.Consent.Withdrawn }

// Contact is the address she last used, among those that can be reached. There is none
// while she has not agreed to be written to.
func (p Profile) Contact() (best org.Contact, ok bool) { return p.ContactBesides("") }

// ContactBesides is Contact, among those on other channels than one.
func (p Profile) ContactBesides(channel string) (best org.Contact, ok bool) {
	if !p.Agreed() {
		return best, false
	}
	for _, c := range p.Contacts {
		if c.Unreachable == "" && c.ID.Channel() != channel && (!ok || c.LastWrote.After(best.LastWrote)) {
			best, ok = c, true
		}
	}
	return best, ok
}

// ContactOf is the address a person can be written to; see Profile.Contact.
func ContactOf(tx Tx, id org.PersonID) (org.Contact, bool, error) {
	p, _, err := People.Get(tx, string(id))
	if err != nil {
		return org.Contact{}, false, err
	}
	c, ok := p.Contact()
	return c, ok, nil
}

// change rewrites the row of a person.
func change(tx Tx, id org.PersonID, how func(*Profile)) error {
	p, _, err := People.Get(tx, string(id))
	if err != nil {
		return err
	}
	how(&p)
	return People.Put(tx, string(id), p)
}

// PutPerson writes a person and the index by phone.
func PutPerson(tx Tx, p org.Person) error {
	old, _, err := People.Get(tx, string(p.ID))
	if err != nil {
		return err
	}
	if old.Phone != p.Phone {
		if err := dropPhone(tx, old.Person); err != nil {
			return err
		}
	}
	if p.Phone != "" {
		if err := Phones.Put(tx, p.Phone, p.ID); err != nil {
			return err
		}
	}
	old.Person = p
	return People.Put(tx, string(p.ID), old)
}

// dropPhone takes a person out of the index of phones, unless the number has passed on to somebody else.
func dropPhone(tx Tx, p org.Person) error {
	if p.Phone == "" {
		return nil
	}
	owner, _, err := Phones.Get(tx, p.Phone)
	if err != nil || owner != p.ID {
		return err
	}
	return Phones.Delete(tx, p.Phone)
}

func postKey(p org.Post) string { return p.Unit + "#" + string(p.Role) + "#" + string(p.Person) }

// PutPost gives a person a post.
func PutPost(tx Tx, post org.Post) error {
	if err := Posts.Put(tx, postKey(post), post); err != nil {
		return err
	}
	return change(tx, post.Person, func(p *Profile) {
		p.Posts = append(without(p.Posts, post), post)
		slices.SortFunc(p.Posts, func(a, b org.Post) int {
			return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Role, b.Role))
		})
	})
}

// DropPost takes a post away.
func DropPost(tx Tx, post org.Post) error {
	if err := Posts.Delete(tx, postKey(post)); err != nil {
		return err
	}
	return change(tx, post.Person, func(p *Profile) { p.Posts = without(p.Posts, post) })
}

func without(posts []org.Post, post org.Post) []org.Post {
	return slices.DeleteFunc(posts, func(p org.Post) bool { return p == post })
}

// PutContact writes a contact. One that now belongs to somebody else is taken from whoever
// had it.
func PutContact(tx Tx, c org.Contact) error {
	old, _, err := Contacts.Get(tx, string(c.ID))
	if err != nil {
		return err
	}
	same := func(o org.Contact) bool { return o.ID == c.ID }
	if old.Person != "" && old.Person != c.Person {
		err := change(tx, old.Person, func(p *Profile) { p.Contacts = slices.DeleteFunc(p.Contacts, same) })
		if err != nil {
			return err
		}
	}
	if c.Person != "" {
		err := change(tx, c.Person, func(p *Profile) {
			p.Contacts = append(slices.DeleteFunc(p.Contacts, same), c)
			slices.SortFunc(p.Contacts, func(a, b org.Contact) int { return cmp.Compare(a.ID, b.ID) })
		})
		if err != nil {
			return err
		}
	}
	return Contacts.Put(tx, string(c.ID), c)
}

// PutConsent adds an answer to the privacy notice to a person's.
func PutConsent(tx Tx, c org.Consent) error {
	if err := Consents.Put(tx, string(c.Person)+"#"+TimeKey(c.At), c); err != nil {
		return err
	}
	return change(tx, c.Person, func(p *Profile) {
		if p.Consent.Person == "" || !c.At.Before(p.Consent.At) {
			p.Consent = c
		}
	})
}
