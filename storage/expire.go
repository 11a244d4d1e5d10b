package storage

import (
	"strings"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
)

// Expiry is one rule of retention (domain.md 12.6): which rows of a bucket have had their
// time, and what then becomes of them.
type Expiry struct {
	Name   string // for logs and the audit
	Bucket string
	// Pick chooses rows to look at more closely; Fix decides, in a transaction, and acts.
	Pick func(key string, raw []byte) (bool, error)
	Fix  func(tx Tx, key string) (changed bool, err error)
}

// ExpireRequestTexts forgets what a call for help said once it has been closed since
// before; one that was never closed, once nothing has come of it since then. That there was
// one stays (domain.md 9 and 12.6).
func ExpireRequestTexts(before time.Time) Expiry {
	over := func(r org.Request) bool { return r.Text != "" && r.LastMoved().Before(before) }
	return expireRows("request texts", Requests, over, func(tx Tx, key string, r org.Request) error {
		r.Text = ""
		return Requests.Put(tx, key, r)
	})
}

// ExpireInvites deletes codes that ceased to be good before then, used or not.
func ExpireInvites(before time.Time) Expiry {
	over := func(i org.Invite) bool { return i.Expires.Before(before) }
	return expireRows("invites", Invites, over, func(tx Tx, key string, _ org.Invite) error { return Invites.Delete(tx, key) })
}

// ExpireTalks deletes what was said by contacts that belong to nobody and have not tried a
// code since before. Those of people have no ':' in their key, and stay.
func ExpireTalks(before time.Time) Expiry {
	e := expireRows("talks", Talks, func(t flows.Talk) bool { return t.TriesFrom.Before(before) },
		func(tx Tx, key string, _ flows.Talk) error { return Talks.Delete(tx, key) })
	old := e.Pick
	e.Pick = func(key string, raw []byte) (bool, error) {
		if org.ContactID(key).Chat() == "" {
			return false, nil
		}
		return old(key, raw)
	}
	return e
}

// ExpireConsents deletes records of consent that ceased to be in force before then: another
// followed, or they take consent back themselves (domain.md 12.6).
func ExpireConsents(before time.Time) Expiry {
	over := func(c org.Consent) bool { return c.At.Before(before) }
	e := expireRows("consents", Consents, over, nil)
	e.Fix = func(tx Tx, key string) (bool, error) {
		c, ok, err := Consents.Get(tx, key)
		if err != nil || !ok {
			return false, err
		}
		ended := c.Withdrawn
		if !ended {
			err = Consents.Scan(tx, string(c.Person)+"#", key+"\x00", func(_ string, next org.Consent) error {
				ended = next.At.Before(before)
				return ErrStop
			})
		}
		if err != nil || !ended {
			return false, err
		}
		p, known, err := People.Get(tx, string(c.Person))
		if err == nil && known && p.Consent.At.Equal(c.At) {
			p.Consent = org.Consent{}
			err = People.Put(tx, string(c.Person), p)
		}
		if err == nil {
			err = Consents.Delete(tx, key)
		}
		return true, err
	}
	return e
}

// ExpireDrafts drops what was left of check-ins whose period locked before then. The lock
// does so too; this is for what it did not find. begun is the first row that may be younger.
func ExpireDrafts(before time.Time, begun string) Expiry {
	return Expiry{Name: "drafts", Bucket: Drafts.Bucket,
		Pick: func(key string, _ []byte) (bool, error) { return key < begun, nil },
		Fix: func(tx Tx, key string) (bool, error) {
			d, ok, err := Drafts.Get(tx, key)
			if err != nil || !ok {
				return false, err
			}
			p, there, err := Periods.Get(tx, PeriodKey(d.Branch.Commune(), d.Month))
			if err != nil || there && !p.Locks.Before(before) {
				return false, err
			}
			s, _, err := Standings.Get(tx, string(d.Branch))
			if err != nil {
				return false, err
			}
			if s.Drafts[d.Month] == key {
				return true, DropDraft(tx, d.Branch, d.Month)
			}
			return true, Drafts.Delete(tx, key)
		}}
}

// ExpireJobs forgets which communes a slot of the calendar was done for.
func ExpireJobs(before time.Time) Expiry {
	e := expireRows("jobs", Ran, func(at time.Time) bool { return at.Before(before) },
		func(tx Tx, key string, _ time.Time) error { return Ran.Delete(tx, key) })
	old := e.Pick
	e.Pick = func(key string, raw []byte) (bool, error) {
		if !strings.HasPrefix(key, "job/") {
			return false, nil
		}
		return old(key, raw)
	}
	return e
}

// expireRows makes the rule of a table whose rows tell by themselves that they are over.
func expireRows[V any](name string, t Table[V], over func(V) bool, fix func(tx Tx, key string, v V) error) Expiry {
	return Expiry{Name: name, Bucket: t.Bucket,
		Pick: func(key string, raw []byte) (bool, error) {
			v, err := t.Decode(key, raw)
			return err == nil && over(v), err
		},
		Fix: func(tx Tx, key string) (bool, error) {
			v, ok, err := t.Get(tx, key)
			if err != nil || !ok || !over(v) {
				return false, err
			}
			return true, fix(tx, key, v)
		}}
}
