package storage

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"chihoi/flows/org"
)

// NewsKey is the key of Announcements and Namings.
func NewsKey(c org.CommuneID, id org.AnnouncementID) string { return string(c) + "/" + string(id) }

// PutResponse keeps somebody's latest answer to an announcement. Whom the bot does not know
// is kept by a hash of where she answered from, so that she is counted once and is nobody.
func PutResponse(tx Tx, r org.Response, from org.ContactID) error {
	who := string(r.Person)
	if who == "" {
		salt, _, err := Meta.Get(tx, "salt")
		if err != nil {
			return err
		}
		mac := hmac.New(sha256.New, []byte(salt))
		mac.Write([]byte(r.Announcement + " " + org.AnnouncementID(from)))
		who = "~" + hex.EncodeToString(mac.Sum(nil)[:12])
	}
	return Responses.Put(tx, NewsKey(r.Commune, r.Announcement)+"/"+who, r)
}

// FateOf is what became of a planned message.
func FateOf(tx Tx, key string) (org.Fate, error) {
	p, ok, err := Promise.Get(tx, key)
	if err != nil || !ok {
		return org.Fate{}, err
	}
	f := org.Fate{State: p.State, Why: p.Why, At: p.At}
	if p.State == org.MessageSent {
		f.Message = org.MessageID(p.Row)
	}
	return f, nil
}

// ExpireAnnouncements deletes drafts that nobody has touched since drafts, and what was sent
// before sent.
func ExpireAnnouncements(drafts, sent time.Time) Expiry {
	over := func(a org.Announcement) bool {
		if a.State == org.Drafting || a.State == org.Dropped {
			return a.Touched.Before(drafts)
		}
		return a.Sent.Before(sent)
	}
	return expireRows("announcements", Announcements, over, func(tx Tx, key string, _ org.Announcement) error { return Announcements.Delete(tx, key) })
}

// ExpireResponses deletes answers to announcements given before then.
func ExpireResponses(before time.Time) Expiry {
	return expireRows("responses", Responses, func(r org.Response) bool { return r.At.Before(before) },
		func(tx Tx, key string, _ org.Response) error { return Responses.Delete(tx, key) })
}

// ExpireNamings deletes consents to be named that were asked for before then (domain.md 12.6).
func ExpireNamings(before time.Time) Expiry {
	return expireRows("namings", Namings, func(n org.Naming) bool { return n.Asked.Before(before) },
		func(tx Tx, key string, _ org.Naming) error { return Namings.Delete(tx, key) })
}

// moveInNews gives a chat group its new address wherever it is still to be written to.
func moveInNews(tx Tx, c org.CommuneID, from, to org.ContactID) error {
	changed := map[string]org.Announcement{}
	err := Announcements.Scan(tx, string(c)+"/", "", func(key string, a org.Announcement) error {
		for i := range a.Targets {
			if a.Targets[i].Group == from {
				a.Targets[i] = a.Targets[i].Moved(to)
				changed[key] = a
			}
		}
		if a.To.Which == string(from) {
			a.To.Which = string(to)
			changed[key] = a
		}
		return nil
	})
	for key, a := range changed {
		if err == nil {
			err = Announcements.Put(tx, key, a)
		}
	}
	return err
}

// movePlans gives a chat group its new address in what is planned for it.
func movePlans(tx Tx, from, to org.ContactID) error {
	changed := map[string]Plan{}
	err := Plans.Scan(tx, "", "", func(row string, p Plan) error {
		switch {
		case p.Order.Group == from:
			p.Order.Group = to
		case p.Held != nil && p.Held.To == from:
			p.Held.To = to
			if p.Held.Order != nil {
				p.Held.Order.Group = to
			}
		default:
			return nil
		}
		changed[row] = p
		return nil
	})
	for row, p := range changed {
		if err == nil {
			err = Plans.Put(tx, row, p)
		}
	}
	return err
}
