package storage

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
)

// Keys of the tables whose key has parts. '#' and '/' occur in no part that comes before them.

// PeriodKey is the key of Periods.
func PeriodKey(c org.CommuneID, m org.Month) string { return string(c) + "/" + string(m) }

// CheckInPrefix begins the keys of a branch's revisions in CheckIns.
func CheckInPrefix(b org.BranchID, m org.Month) string { return string(m) + "/" + string(b) + "/" }

// CheckInKey is the key of CheckIns.
func CheckInKey(b org.BranchID, m org.Month, rev int) string {
	return fmt.Sprintf("%s%04d", CheckInPrefix(b, m), rev)
}

// TimeKey writes an instant so that keys sort by it.
func TimeKey(t time.Time) string { return t.UTC().Format("20060102T150405.000000000") }

// PutPerson writes a person and the index by phone.
func PutPerson(tx Tx, p org.Person) error {
	old, ok, err := People.Get(tx, string(p.ID))
	if err != nil {
		return err
	}
	if ok && old.Phone != "" && old.Phone != p.Phone {
		if err := Phones.Delete(tx, old.Phone); err != nil {
			return err
		}
	}
	if p.Phone != "" {
		if err := Phones.Put(tx, p.Phone, p.ID); err != nil {
			return err
		}
	}
	return People.Put(tx, string(p.ID), p)
}

func postKeys(p org.Post) (key, index string) {
	return p.Unit + "#" + string(p.Role) + "#" + string(p.Person),
		string(p.Person) + "#" + p.Unit + "#" + string(p.Role)
}

// PutPost gives a person a post.
func PutPost(tx Tx, p org.Post) error {
	key, index := postKeys(p)
	if err := Posts.Put(tx, key, p); err != nil {
		return err
	}
	return PostsOf.Put(tx, index, p)
}

// DropPost takes a post away.
func DropPost(tx Tx, p org.Post) error {
	key, index := postKeys(p)
	if err := Posts.Delete(tx, key); err != nil {
		return err
	}
	return PostsOf.Delete(tx, index)
}

// PutContact writes a contact and the index by person.
func PutContact(tx Tx, c org.Contact) error {
	old, ok, err := Contacts.Get(tx, string(c.ID))
	if err != nil {
		return err
	}
	if ok && old.Person != "" && old.Person != c.Person {
		if err := ContactsOf.Delete(tx, string(old.Person)+"#"+string(c.ID)); err != nil {
			return err
		}
	}
	if c.Person != "" && (!ok || old.Person != c.Person) {
		if err := ContactsOf.Put(tx, string(c.Person)+"#"+string(c.ID), c.ID); err != nil {
			return err
		}
	}
	return Contacts.Put(tx, string(c.ID), c)
}

// LastConsent is the latest recorded answer of a person to the privacy notice.
func LastConsent(tx Tx, p org.PersonID) (last org.Consent, ok bool, err error) {
	err = Consents.Scan(tx, string(p)+"#", "", func(_ string, c org.Consent) error {
		last, ok = c, true
		return nil
	})
	return last, ok, err
}

// ContactOf is the address the person last used, among those that can be reached. There is
// none while she has not agreed to be written to (domain.md 12.2 and 12.4).
func ContactOf(tx Tx, p org.PersonID) (best org.Contact, ok bool, err error) {
	if c, agreed, err := LastConsent(tx, p); err != nil || !agreed || c.Withdrawn {
		return best, false, err
	}
	err = ContactsOf.Scan(tx, string(p)+"#", "", func(_ string, id org.ContactID) error {
		c, there, err := Contacts.Get(tx, string(id))
		if err != nil || !there || c.Unreachable != "" {
			return err
		}
		if !ok || c.LastWrote.After(best.LastWrote) {
			best, ok = c, true
		}
		return nil
	})
	return best, ok, err
}

// LatestCheckIn is the newest revision of a branch's check-in.
func LatestCheckIn(tx Tx, b org.BranchID, m org.Month) (last org.CheckIn, ok bool, err error) {
	err = CheckIns.Scan(tx, CheckInPrefix(b, m), "", func(_ string, c org.CheckIn) error {
		last, ok = c, true
		return nil
	})
	return last, ok, err
}

// HasCheckIn tells whether a branch has submitted, without reading what.
func HasCheckIn(tx Tx, b org.BranchID, m org.Month) (there bool, err error) {
	raw, err := tx.Get(CheckIns.Bucket, CheckInKey(b, m, 1))
	return raw != nil, err
}

// PutHistory keeps what later months need of a submitted check-in.
func PutHistory(tx Tx, c org.CheckIn) error {
	s, _, err := Standings.Get(tx, string(c.Branch))
	if err != nil {
		return err
	}
	s.Past = org.Remember(s.Past, c)
	return Standings.Put(tx, string(c.Branch), s)
}

// GetDraft finds the draft of a branch and month.
func GetDraft(tx Tx, b org.BranchID, m org.Month) (d flows.Draft, ok bool, err error) {
	s, _, err := Standings.Get(tx, string(b))
	if err != nil || s.Drafts[m] == "" {
		return d, false, err
	}
	return Drafts.Get(tx, s.Drafts[m])
}

// PutDraft writes a draft: under its row, or under the given one when it has none yet.
// Rows are in the order in which drafts began, so that those being filled in at the same
// time lie together and a busy evening writes few pages.
func PutDraft(tx Tx, d flows.Draft, row string) error {
	s, _, err := Standings.Get(tx, string(d.Branch))
	if err != nil {
		return err
	}
	if s.Drafts[d.Month] != "" {
		return Drafts.Put(tx, s.Drafts[d.Month], d)
	}
	if s.Drafts == nil {
		s.Drafts = map[org.Month]string{}
	}
	s.Drafts[d.Month] = row
	if err := Standings.Put(tx, string(d.Branch), s); err != nil {
		return err
	}
	return Drafts.Put(tx, row, d)
}

// DropDraft removes the draft of a branch and month, if there is one.
func DropDraft(tx Tx, b org.BranchID, m org.Month) error {
	s, _, err := Standings.Get(tx, string(b))
	if err != nil || s.Drafts[m] == "" {
		return err
	}
	if err := Drafts.Delete(tx, s.Drafts[m]); err != nil {
		return err
	}
	delete(s.Drafts, m)
	return Standings.Put(tx, string(b), s)
}

// NewCode makes a one-time code of eight decimal digits.
func NewCode() string {
	var b [8]byte
	for i := range b {
		for {
			var one [1]byte
			_, _ = rand.Read(one[:]) // never fails
			if one[0] < 250 {
				b[i] = '0' + one[0]%10
				break
			}
		}
	}
	return string(b[:])
}

// InviteHash is the key under which an invite is kept: the code itself never is. The salt
// is the store's own, made at the first use (so the first use must be in an Update).
func InviteHash(tx Tx, code string) (string, error) {
	salt, ok, err := Meta.Get(tx, "salt")
	if err != nil {
		return "", err
	}
	if !ok {
		salt = rand.Text()
		if err := Meta.Put(tx, "salt", salt); err != nil {
			return "", err
		}
	}
	mac := hmac.New(sha256.New, []byte(salt))
	mac.Write([]byte(code))
	return hex.EncodeToString(mac.Sum(nil)), nil
}

// MoveGroup gives a chat group its new address.
func MoveGroup(tx Tx, from, to org.ContactID) error {
	var found []org.Group
	err := Groups.Scan(tx, "", "", func(_ string, g org.Group) error {
		if g.Contact == from {
			found = append(found, g)
		}
		return nil
	})
	for _, g := range found {
		if err == nil {
			err = Groups.Delete(tx, string(g.Commune)+"#"+string(from))
		}
		if err == nil {
			g.Contact = to
			err = Groups.Put(tx, string(g.Commune)+"#"+string(to), g)
		}
	}
	return err
}
