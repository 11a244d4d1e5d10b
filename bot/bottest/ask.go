package bottest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/storagetest"
)

// ask shows what is stored, as lines "= …".
func (s *stage) ask(ctx context.Context, w []string) error {
	say := func(format string, args ...any) { s.said = append(s.said, "= "+fmt.Sprintf(format, args...)) }
	if w[0] == "messages" {
		say("%d messages to %s", s.count[w[1]], w[1])
		s.count[w[1]] = 0
		return nil
	}
	show, ok := shows[w[0]]
	if !ok {
		return fmt.Errorf("no such question")
	}
	return s.store.View(ctx, func(tx storage.Tx) error { return show(s, tx, w, say) })
}

// shows are the questions a transcript may ask of the store, by their first word; w is the
// whole line.
var shows = map[string]func(s *stage, tx storage.Tx, w []string, say sayer) error{
	"check-in": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return showCheckIn(tx, org.BranchID(w[1]), org.Month(w[2]), say)
	},
	"revisions": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.CheckIns.Scan(tx, storage.CheckInPrefix(org.BranchID(w[1]), org.Month(w[2])), "", func(_ string, c org.CheckIn) error {
			say("#%d by=%s late=%t end=%d trail: %s", c.Revision, who(c.By), c.Late, c.End, trail(c.Trail))
			return nil
		})
	},
	"draft": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		d, ok, err := storagetest.Draft(tx, org.BranchID(w[1]), org.Month(w[2]))
		if !ok || err != nil {
			say("no draft")
			return err
		}
		say("draft %s", answers(d.Answers))
		return nil
	},
	"trail": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		d, _, err := storagetest.Draft(tx, org.BranchID(w[1]), org.Month(w[2]))
		for _, q := range d.Answers.Questions() {
			say("%s by %s", q, who(d.Answers[q].By))
		}
		say("replaced: %s", trail(d.Trail))
		return err
	},
	"period": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return showPeriod(tx, org.CommuneID(w[1]), org.Month(w[2]), say)
	},
	"consents": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Consents.Scan(tx, w[1]+"#", "", func(_ string, c org.Consent) error {
			say("notice=%s at=%s channel=%s raw=%q withdrawn=%t", c.Notice, c.At.In(Zone).Format("2006-01-02 15:04"), c.Channel, c.Raw, c.Withdrawn)
			return nil
		})
	},
	"erased": func(_ *stage, tx storage.Tx, w []string, say sayer) error { // whatever anywhere still holds these letters
		return grep(tx, w[1], say)
	},
	"contacts": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		p, _, err := storage.People.Get(tx, w[1])
		for _, c := range p.Contacts {
			say("%s unreachable=%q", c.ID.Channel(), c.Unreachable)
		}
		return err
	},
	"pairs": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Pairs.Scan(tx, w[1]+"/", "", func(_ string, p org.Pair) error {
			say("%s %s %q %s started=%s ended=%s", p.ID, p.Kind, p.Label, p.State, p.Started, p.Ended)
			return nil
		})
	},
	"acceptances": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Acceptances.Scan(tx, storage.PeriodKey(org.CommuneID(w[1]), org.Month(w[2]))+"/", "", func(_ string, a org.Acceptance) error {
			say("%s #%d by=%s", a.Branch, a.Revision, who(a.By))
			return nil
		})
	},
	"requests": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Requests.Scan(tx, w[1]+"/", "", func(_ string, r org.Request) error {
			say("%s by=%s %s text=%q", r.Kind, who(r.By), r.State, r.Text)
			return nil
		})
	},
	"groups": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Groups.Scan(tx, w[1]+"#", "", func(_ string, g org.Group) error {
			say("%s %q", g.Contact, g.Title)
			return nil
		})
	},
	"news": func(_ *stage, tx storage.Tx, w []string, say sayer) error { // ? news an-phu
		return storage.Announcements.Scan(tx, w[1]+"/", "", func(_ string, a org.Announcement) error {
			say("%s %s by=%s sender=%s targets=%d %q", a.Kind, a.State, who(a.By), who(a.Sender), len(a.Targets), a.Text)
			return nil
		})
	},
	"answers": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Responses.Scan(tx, w[1]+"/", "", func(_ string, r org.Response) error {
			say("%s %s", r.Answer, cmp.Or(who(r.Person), "somebody"))
			return nil
		})
	},
	"namings": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Namings.Scan(tx, w[1]+"/", "", func(_ string, n org.Naming) error {
			say("%s agreed=%t answered=%t channel=%s", who(n.Person), n.Agreed, n.Raw != "", n.Channel)
			return nil
		})
	},
	"ledger": func(_ *stage, tx storage.Tx, w []string, say sayer) error { // ? ledger an-phu 2026-11 announce
		return storage.Promise.Scan(tx, w[3]+"/"+w[2]+"/"+w[1]+"/", "", func(key string, p storage.Promised) error {
			part := strings.Split(key, "/")
			say("%s %s %s", part[3], p.State, p.Why)
			return nil
		})
	},
	"notices": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Notices.Scan(tx, w[1]+"/", "", func(_ string, n org.Notice) error {
			say("change %d by=%s", n.Kind, who(n.By))
			return nil
		})
	},
	"reminders": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Promise.Scan(tx, w[1], "", func(key string, p storage.Promised) error {
			say("%s %s", key, p.State)
			return nil
		})
	},
	"usage": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		u, err := storage.UsageOf(tx, w[1], org.Month(w[2]))
		say("sent=%d refused=%t users=%d", u.Sent, u.Refused > 0, u.Users)
		return err
	},
	"held": func(s *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Plans.Scan(tx, "", "", func(_ string, p storage.Plan) error {
			if p.Held != nil {
				say("to %s, until %s", s.name[p.Held.To], p.At.In(Zone).Format("2006-01-02 15:04"))
			}
			return nil
		})
	},
	"outbox": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		list, err := storage.Outbox.All(tx, "")
		say("%d owed", len(list))
		return err
	},
	"audit": func(_ *stage, tx storage.Tx, w []string, say sayer) error {
		return storage.Audits.Scan(tx, "", "", func(_ string, a storage.AuditRow) error {
			if len(w) < 2 || a.What == w[1] {
				say("%s by=%s unit=%s %s", a.What, who(a.By), a.Unit, a.Detail)
			}
			return nil
		})
	},
}

// sayer writes one line of an answer.
type sayer func(format string, args ...any)

func showCheckIn(tx storage.Tx, b org.BranchID, m org.Month, say sayer) error {
	c, ok, err := storage.LatestCheckIn(tx, b, m)
	if err != nil {
		return err
	}
	if !ok {
		say("no check-in")
		return nil
	}
	status := "submitted"
	if c.Late {
		status = "submitted_late"
	}
	say("status=%s revision=%d by=%s members %d→%d", status, c.Revision, who(c.By), c.Start, c.End)
	say("%s", answers(c.Answers))
	return nil
}

func showPeriod(tx storage.Tx, c org.CommuneID, m org.Month, say sayer) error {
	p, ok, err := storage.Periods.Get(tx, storage.PeriodKey(c, m))
	if !ok || err != nil {
		say("no period")
		return err
	}
	say("opens=%s due=%s locks=%s expected=%d by=%s", p.Opens.In(Zone).Format("2006-01-02T15:04"),
		p.Due.In(Zone).Format("2006-01-02T15:04"), p.Locks.In(Zone).Format("2006-01-02T15:04"), len(p.Expected), p.OpenedBy)
	return nil
}

// answers writes them as "q1_activity=yes q2_pioneers=4"; skipped ones are "-".
func answers(a org.Answers) string {
	var parts []string
	for _, q := range a.Questions() {
		v := a[q].Value
		if a[q].Skipped {
			v = "-"
		}
		if a[q].Unusual {
			v += "!"
		}
		parts = append(parts, string(q)+"="+v)
	}
	return strings.Join(parts, " ")
}

func trail(list []org.Change) string {
	var parts []string
	for _, c := range list {
		parts = append(parts, fmt.Sprintf("%s:%s %s→%s", who(c.By), c.Question, c.Before, c.After))
	}
	return strings.Join(slices.Clip(parts), "; ")
}

// who is a person as a transcript names her; aliases are made at random.
func who(id org.PersonID) org.PersonID {
	if id.Erased() {
		return "(erased)"
	}
	return id
}

// grep lists the rows, of every table, that hold a text in key or value.
func grep(tx storage.Tx, text string, say sayer) error {
	n := 0
	for _, bucket := range storage.Buckets() {
		err := tx.Scan(bucket, "", "", func(key string, raw []byte) error {
			if strings.Contains(key, text) || bytes.Contains(raw, []byte(text)) {
				n++
				say("%s %s", bucket, key)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if n == 0 {
		say("nothing holds %q", text)
	}
	return nil
}
