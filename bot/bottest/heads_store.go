package bottest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/storagetest"
)

// PastReport is what every branch with a past reported last month.
var PastReport = map[org.QuestionID]string{"q1_activity": "yes", "q1a_date": "", "q1b_attendees": "35", "q1c_kind": "1",
	"q2_pioneers": "4", "q3_resources": "yes", "q3a_kinds": "1", "q4_faces": "1", "q5_circumstances": "1", "q6_needs": "2",
	"q7_joined": "1", "q7a_excluded": "0", "q8_left": "0", "q8_left_org": "0", "q8_died": "0", "q8_moved_out": "0", "q_more/1": "1"}

// Union is a made-up union of communes with 26 branches each, whose heads and chairs use
// Telegram.
type Union struct {
	Heads  []*Head
	Chairs []*TelegramUser // by commune
	Month  org.Month
}

// NewUnion makes up so many heads and writes everything that there must be before their
// check-ins: the roster, links, consents, the past, and a period that opened yesterday.
func NewUnion(store storage.Store, srv *Telegram, seed uint64, heads int, now time.Time) (*Union, error) {
	u := &Union{Month: org.MonthOf(now)}
	for n := range heads {
		u.Heads = append(u.Heads, NewHead(srv, seed, n, u.Month, now.Day()))
	}
	for list := range slices.Chunk(u.Heads, 26) {
		n := int64(len(u.Chairs))
		chair := srv.User(50_000 + n)
		chair.Type("/start") // nobody can be written to who never wrote
		u.Chairs = append(u.Chairs, chair)
		err := store.Update(context.Background(), func(tx storage.Tx) error {
			return putCommune(tx, list, u.Month, chair.ID, now)
		})
		if err != nil {
			return nil, err
		}
	}
	return u, nil
}

func putCommune(tx storage.Tx, heads []*Head, month org.Month, chair int64, now time.Time) error {
	c := org.Commune{ID: heads[0].Branch.Commune(), Name: "Xã An Phú"}
	p := org.Period{Commune: c.ID, Month: month, Opens: now.AddDate(0, 0, -1), Due: now.AddDate(0, 0, 8), Locks: now.AddDate(0, 0, 20), OpenedBy: "operator"}
	for _, h := range heads {
		p.Expected = append(p.Expected, h.Branch)
	}
	err := errors.Join(storage.Communes.Put(tx, string(c.ID), c), storage.Periods.Put(tx, storage.PeriodKey(c.ID, month), p),
		putPerson(tx, org.Post{Role: org.Chair, Unit: string(c.ID), Person: org.PersonID("c-" + string(c.ID))}, chair, now))
	for i, h := range heads {
		err = errors.Join(err, h.put(tx, i+1, now))
	}
	return err
}

func putPerson(tx storage.Tx, post org.Post, chat int64, now time.Time) error {
	long := now.AddDate(0, -2, 0)
	p := org.Person{ID: post.Person, Name: "Nguyễn Thị Lan", Phone: fmt.Sprintf("09%08d", chat)}
	contact := org.Contact{ID: org.ContactID(fmt.Sprintf("telegram:%d", chat)), Person: p.ID, LinkedAt: long, LastWrote: now}
	return errors.Join(storage.PutPerson(tx, p), storage.PutPost(tx, post), storage.PutContact(tx, contact),
		storage.PutConsent(tx, org.Consent{Person: p.ID, Notice: flows.NoticeVersion, At: long, Channel: "telegram", Raw: "đồng ý"}))
}

// put writes what is known of a head and her branch.
func (h *Head) put(tx storage.Tx, order int, now time.Time) error {
	b := org.Branch{ID: h.Branch, Name: fmt.Sprintf("Chi hội thôn %d", order), Order: order}
	err := errors.Join(storage.Branches.Put(tx, string(b.ID), b),
		putPerson(tx, org.Post{Role: org.Head, Unit: string(b.ID), Person: h.Person}, h.User.ID, now))
	if h.Pair {
		p := org.Pair{ID: "p1", Branch: b.ID, Kind: org.HelpOneMember, Label: "Cặp 1", Started: h.Month.Add(-1), State: org.PairActive}
		err = errors.Join(err, storage.Pairs.Put(tx, string(b.ID)+"/p1", p))
	}
	if !h.Veteran {
		return err
	}
	a := org.Answers{}
	for q, v := range PastReport {
		a[q] = org.Answer{Value: v, By: h.Person, At: now.AddDate(0, -1, 0), Channel: "telegram"}
	}
	c := org.CheckIn{Branch: b.ID, Month: h.Month.Add(-1), Revision: 1, Form: flows.FormVersion, SentAt: now.AddDate(0, -1, 0),
		By: h.Person, Channel: "telegram", Answers: a, Start: h.Members - 1, End: h.Members}
	return errors.Join(err, storage.PutCheckIn(tx, c))
}

// CheckReports compares every head's stored report with what she wanted to say and returns
// all that is wrong.
func (u *Union) CheckReports(store storage.Store) (errs []error) {
	err := store.View(context.Background(), func(tx storage.Tx) error {
		for _, h := range u.Heads {
			if err := h.checkReport(tx); err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", h.Branch, err))
			}
		}
		return nil
	})
	if err != nil {
		errs = append(errs, err)
	}
	return errs
}

func (h *Head) checkReport(tx storage.Tx) error {
	if _, there, err := storagetest.Draft(tx, h.Branch, h.Month); there || err != nil {
		return fmt.Errorf("a draft remains (%v)", err)
	}
	list, err := storage.CheckIns.All(tx, storage.CheckInPrefix(h.Branch, h.Month))
	if err != nil || len(list) != 1 || list[0].Revision != 1 {
		return fmt.Errorf("%d revisions (%v)", len(list), err)
	}
	c := list[0]
	if err := same(stored(c.Answers), h.Report()); err != nil {
		return err
	}
	joined, left := h.count("q7_joined"), h.count("q8_left")
	if c.Start != h.Members || c.End != h.Members+joined-left {
		return fmt.Errorf("members %d→%d, not %d→%d", c.Start, c.End, h.Members, h.Members+joined-left)
	}
	replaced := 0
	if h.correct != "" {
		replaced = 1
	}
	if len(c.Trail) != replaced {
		return fmt.Errorf("answers replaced %v, want %d", c.Trail, replaced)
	}
	return nil
}

// Kept compares what is stored of a head's check-in, sent or not, with the answers that
// her chat showed as taken.
func (h *Head) Kept(tx storage.Tx) error {
	acknowledged := h.Acknowledged()
	d, _, err := storagetest.Draft(tx, h.Branch, h.Month)
	if err != nil {
		return err
	}
	c, _, err := storage.LatestCheckIn(tx, h.Branch, h.Month)
	if err != nil {
		return err
	}
	have := stored(d.Answers)
	for q, v := range stored(c.Answers) {
		have[q] = v
	}
	for q, v := range acknowledged {
		if have[q] != v {
			return fmt.Errorf("%s was told that %s=%s is taken, stored is %q", h.Branch, q, v, have[q])
		}
	}
	return nil
}

func stored(a org.Answers) map[org.QuestionID]string {
	m := map[org.QuestionID]string{}
	for q, one := range a {
		if m[q] = one.Value; one.Skipped {
			m[q] = "-"
		}
	}
	return m
}

func same(have, want map[org.QuestionID]string) error {
	var errs []error
	for q, v := range want {
		if have[q] != v {
			errs = append(errs, fmt.Errorf("%s is %q, she said %q", q, have[q], v))
		}
	}
	for q, v := range have {
		if _, ok := want[q]; !ok {
			errs = append(errs, fmt.Errorf("%s is %q, she was not asked", q, v))
		}
	}
	return errors.Join(errs...)
}
