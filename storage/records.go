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

// LatestCheckIn is the newest revision of a branch's check-in.
func LatestCheckIn(tx Tx, b org.BranchID, m org.Month) (last org.CheckIn, ok bool, err error) {
	err = CheckIns.Scan(tx, CheckInPrefix(b, m), "", func(_ string, c org.CheckIn) error {
		last, ok = c, true
		return nil
	})
	return last, ok, err
}

// HasCheckIn tells whether a branch has submitted, without reading what.
func HasCheckIn(tx Tx, b org.BranchID, m org.Month) (bool, error) {
	s, _, err := Standings.Get(tx, string(b))
	if err != nil {
		return false, err
	}
	return SentBy(tx, s, b, m)
}

// SentBy is HasCheckIn for whoever has the branch's standing already.
func SentBy(tx Tx, s org.Standing, b org.BranchID, m org.Month) (bool, error) {
	if sent, certain := s.Sent(m); certain {
		return sent, nil
	}
	raw, err := tx.Get(CheckIns.Bucket, CheckInKey(b, m, 1))
	return raw != nil, err
}

// PutCheckIn appends a revision, and keeps with the branch what later months need of it.
// A revision that is there is never overwritten.
func PutCheckIn(tx Tx, c org.CheckIn) error {
	key := CheckInKey(c.Branch, c.Month, c.Revision)
	if raw, err := tx.Get(CheckIns.Bucket, key); err != nil {
		return err
	} else if raw != nil {
		return fmt.Errorf("storage: revision %s exists", key)
	}
	if err := CheckIns.Put(tx, key, c); err != nil {
		return err
	}
	s, _, err := Standings.Get(tx, string(c.Branch))
	if err != nil {
		return err
	}
	s.Past = org.Remember(s.Past, c)
	if err := Standings.Put(tx, string(c.Branch), s); err != nil {
		return err
	}
	return putFigures(tx, c)
}

// PutDraft writes a draft: under its row, or under the given one when it has none yet. It
// returns the row.
// Rows are in the order in which drafts began, so that those being filled in at the same
// time lie together and a busy evening writes few pages.
func PutDraft(tx Tx, d flows.Draft, row string) (string, error) {
	s, _, err := Standings.Get(tx, string(d.Branch))
	if err != nil {
		return "", err
	}
	if there := s.Drafts[d.Month]; there != "" {
		return there, Drafts.Put(tx, there, d)
	}
	if s.Drafts == nil {
		s.Drafts = map[org.Month]string{}
	}
	s.Drafts[d.Month] = row
	if err := Standings.Put(tx, string(d.Branch), s); err != nil {
		return "", err
	}
	return row, Drafts.Put(tx, row, d)
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

// GroupsAt lists the communes that a chat group is bound to. Groups are not indexed by
// address: there are few, and this is asked when one comes or goes.
func GroupsAt(tx Tx, at org.ContactID) (list []org.Group, err error) {
	err = Groups.Scan(tx, "", "", func(_ string, g org.Group) error {
		if g.Contact == at {
			list = append(list, g)
		}
		return nil
	})
	return list, err
}

// DropGroup unbinds a chat group from every commune.
func DropGroup(tx Tx, at org.ContactID) error {
	list, err := GroupsAt(tx, at)
	for _, g := range list {
		if err == nil {
			err = Groups.Delete(tx, groupKey(g))
		}
	}
	return err
}

// PutGroup binds a chat group to a commune.
func PutGroup(tx Tx, g org.Group) error { return Groups.Put(tx, groupKey(g), g) }

func groupKey(g org.Group) string { return string(g.Commune) + "#" + string(g.Contact) }

// MoveGroup gives a chat group its new address, also in what is planned for it.
func MoveGroup(tx Tx, from, to org.ContactID) error {
	list, err := GroupsAt(tx, from)
	if err == nil {
		err = DropGroup(tx, from)
	}
	for _, g := range list {
		g.Contact = to
		if err == nil {
			err = PutGroup(tx, g)
		}
		if err == nil {
			err = moveInNews(tx, g.Commune, from, to)
		}
	}
	if err == nil && len(list) > 0 {
		err = movePlans(tx, from, to)
	}
	return err
}
