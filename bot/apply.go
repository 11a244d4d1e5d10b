package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// Message ids sort by the stamp of their turn, then by their place in it.
func messageID(stamp int64, cause string, n int) org.MessageID {
	return org.MessageID(fmt.Sprintf("%014x-%s-%02d", stamp, cause, n))
}

// stamps gives every turn a time in microseconds that is later than those before it, also
// when the clock stands or is set back: what is owed to a contact is kept in their order.
type stamps struct{ last atomic.Int64 }

func (s *stamps) next(now time.Time) int64 {
	for {
		last := s.last.Load()
		if t := max(now.UnixMicro(), last+1); s.last.CompareAndSwap(last, t) {
			return t
		}
	}
}

// after makes every stamp to come later than that of a message.
func (s *stamps) after(id org.MessageID) {
	if t := stampOf(id); !t.IsZero() && t.UnixMicro() > s.last.Load() {
		s.last.Store(t.UnixMicro())
	}
}

// stampOf is when the turn of a message was, zero when the id does not tell.
func stampOf(id org.MessageID) time.Time {
	head, _, _ := strings.Cut(string(id), "-")
	if t, err := strconv.ParseInt(head, 16, 64); err == nil {
		return time.UnixMicro(t)
	}
	return time.Time{}
}

// turn applies the effects of one step or job in its transaction.
type turn struct {
	stamp    int64 // of this turn; its messages sort by it
	tx       storage.Tx
	now      time.Time
	from     org.ContactID // where replies go; "" for a job
	settings *flows.Settings
	cause    string           // short, unique name of the update or job
	record   *storage.Message // a retirement that travels with the reply after it
	said     int              // numbers replies, tells and retirements, as flows does
	other    int              // numbers the rest
	owed     []storage.Message
	// rows names the drafts whose row is known, so that it need not be looked up.
	rows map[draftName]string
	// linked is whom the contact belongs to, when the step said so; erased is who is no more.
	linked, erased org.PersonID
}

// apply does the effects in order.
func (t *turn) apply(effects []flows.Effect) error {
	for _, e := range effects {
		if err := t.one(e); err != nil {
			return fmt.Errorf("apply %T: %w", e, err)
		}
	}
	return t.flush()
}

// flush owes a retirement that no reply came after.
func (t *turn) flush() error {
	if t.record == nil {
		return nil
	}
	m := *t.record
	t.record = nil
	return t.owe(m)
}

// one is the switch over all effects: one effect, one case. What only stores is in keep.
func (t *turn) one(e flows.Effect) error {
	switch e := e.(type) {
	case flows.Reply:
		m := storage.Message{ID: t.nextSaid(), To: t.from, Prompt: e.Prompt}
		if t.record != nil {
			m.Retires, m.Record, t.record = t.record.Retires, t.record.Record, nil
		}
		return t.owe(m)
	case flows.Retire:
		err := t.flush()
		t.record = &storage.Message{ID: t.nextSaid(), To: t.from, Retires: e.Message, Record: e.Text}
		return err
	case flows.Tell:
		return t.tell(e)
	case flows.Post:
		return t.owe(storage.Message{ID: t.nextOther(), To: e.Group, Lane: storage.LaneBulk, Prompt: e.Prompt})
	case flows.Remind:
		return t.remind(e)
	case flows.Cancel:
		return t.cancel(e)
	case flows.Skip:
		return storage.Promise.Put(t.tx, e.Key, storage.Promised{State: org.MessageSkipped, At: t.now, Wave: e.Wave, Why: e.Why})
	case flows.Erase:
		t.erased = e.Person
		return storage.BeginErasure(t.tx, t.now, e.Person)
	}
	return t.keep(e)
}

// keep does the effects that store one thing.
func (t *turn) keep(e flows.Effect) error {
	switch e := e.(type) {
	case flows.SaveDraft:
		return t.saveDraft(e.Draft)
	case flows.DropDraft:
		delete(t.rows, draftName{e.Branch, e.Month})
		return storage.DropDraft(t.tx, e.Branch, e.Month)
	case flows.Submit:
		return storage.PutCheckIn(t.tx, e.CheckIn)
	case flows.SavePair:
		return storage.Pairs.Put(t.tx, string(e.Pair.Branch)+"/"+string(e.Pair.ID), e.Pair)
	case flows.SaveRequest:
		return storage.Requests.Put(t.tx, string(e.Request.Branch.Commune())+"/"+string(e.Request.ID), e.Request)
	case flows.SaveNotice:
		return storage.Notices.Put(t.tx, string(e.Notice.Branch)+"/"+string(t.nextOther()), e.Notice)
	case flows.SaveDesk:
		return storage.Desks.Put(t.tx, string(e.Commune), e.Desk)
	case flows.SaveQuery:
		return storage.Queries.Put(t.tx, storage.QueryKey(e.Query.Branch, e.Query.Month, e.Query.Item), e.Query)
	case flows.SaveAcceptance:
		return storage.Acceptances.Put(t.tx, storage.AcceptanceKey(e.Acceptance.Branch, e.Acceptance.Month), e.Acceptance)
	case flows.SavePeriod:
		return storage.Periods.Put(t.tx, storage.PeriodKey(e.Period.Commune, e.Period.Month), e.Period)
	case flows.SaveTold:
		return storage.Told.Put(t.tx, string(e.Commune), e.Told)
	case flows.SaveContact:
		if e.Contact.ID == t.from {
			t.linked = e.Contact.Person
		}
		return storage.PutContact(t.tx, e.Contact)
	case flows.SavePerson:
		return storage.PutPerson(t.tx, e.Person)
	case flows.SaveInvite:
		return storage.Invites.Put(t.tx, e.Invite.Hash, e.Invite)
	case flows.SaveConsent:
		return storage.PutConsent(t.tx, e.Consent)
	case flows.SaveGroup:
		return storage.PutGroup(t.tx, e.Group)
	case flows.SaveAnnouncement:
		return storage.Announcements.Put(t.tx, storage.NewsKey(e.Announcement.Commune, e.Announcement.ID), e.Announcement)
	case flows.SaveResponse:
		return storage.PutResponse(t.tx, e.Response, t.from)
	case flows.SaveNaming:
		return storage.Namings.Put(t.tx, storage.NewsKey(e.Naming.Commune, e.Naming.Announcement), e.Naming)
	case flows.DropGroup:
		return storage.DropGroup(t.tx, e.Group)
	case flows.MoveGroup:
		return storage.MoveGroup(t.tx, e.From, e.To)
	case flows.Audit:
		return storage.Audits.Put(t.tx, string(t.nextOther()), storage.AuditRow{At: t.now, What: e.What, By: e.By, Unit: e.Unit, Detail: e.Detail})
	}
	return fmt.Errorf("no case for it")
}

// draftName tells drafts apart.
type draftName struct {
	branch org.BranchID
	month  org.Month
}

// saveDraft writes a draft where it lies, or begins a new one.
func (t *turn) saveDraft(d flows.Draft) (err error) {
	name := draftName{d.Branch, d.Month}
	if row := t.rows[name]; row != "" {
		return storage.Drafts.Put(t.tx, row, d)
	}
	if t.rows == nil {
		t.rows = map[draftName]string{}
	}
	t.rows[name], err = storage.PutDraft(t.tx, d, string(t.nextOther()))
	return err
}

func (t *turn) nextSaid() org.MessageID {
	id := messageID(t.stamp, t.cause, t.said)
	t.said++
	return id
}

func (t *turn) nextOther() org.MessageID {
	id := messageID(t.stamp, t.cause+"x", t.other)
	t.other++
	return id
}

// owe writes a message to the outbox, or among the plans while it may not be sent.
func (t *turn) owe(m storage.Message) error {
	if m.At.IsZero() {
		m.At = t.now
	}
	if err := t.place(&m); err != nil {
		return err
	}
	if at := heldUntil(t.settings.QuietOf(m.Commune), &m, t.now); at.After(t.now) {
		return hold(t.tx, m, at)
	}
	t.owed = append(t.owed, m)
	if err := storage.Outbox.Put(t.tx, string(m.ID), m); err != nil || m.Key == "" {
		return err
	}
	return storage.Promise.Put(t.tx, m.Key, storage.Promised{State: org.MessageOwed, Row: string(m.ID), Wave: m.Wave})
}

// place notes whose days off a message minds, where that commune has its own: that of what it
// is about, else that of the post of whom it is for.
func (t *turn) place(m *storage.Message) error {
	if !unasked(m) || !t.settings.OwnDaysOff() {
		return nil
	}
	who, commune := m.For, org.CommuneID("")
	if o := m.Order; o != nil {
		if who, commune = o.Person, o.Commune; o.Branch != "" {
			commune = o.Branch.Commune()
		}
	}
	if commune == "" && who != "" {
		p, _, err := storage.People.Get(t.tx, string(who))
		if err != nil {
			return err
		}
		for _, post := range p.Posts {
			commune = cmp.Or(commune, post.Commune())
		}
	}
	if len(t.settings.Communes[commune].DaysOff) > 0 {
		m.Commune = commune
	}
	return nil
}

func (t *turn) tell(e flows.Tell) error {
	id := t.nextSaid()
	c, ok, err := t.addressFor(e)
	if err != nil || !ok && e.Key == "" {
		return err
	}
	if !ok {
		return storage.Promise.Put(t.tx, e.Key, storage.Promised{State: org.MessageSkipped, At: t.now, Wave: e.Wave, Why: flows.WhyAway})
	}
	lane := storage.LaneAlert
	if e.Urgent {
		lane = storage.LaneReply
	}
	return t.owe(storage.Message{ID: id, To: c.ID, For: e.Person, Lane: lane, Key: e.Key, Wave: e.Wave, Prompt: e.Prompt})
}

// addressFor is where a person is told something. What is urgent avoids a bot whose network
// takes no more this month, if she can be reached on another.
func (t *turn) addressFor(e flows.Tell) (org.Contact, bool, error) {
	p, _, err := storage.People.Get(t.tx, string(e.Person))
	if err != nil {
		return org.Contact{}, false, err
	}
	c, ok := p.ContactBesides(e.Besides)
	if !ok || !e.Urgent {
		return c, ok, nil
	}
	over, err := storage.UsedUp(t.tx, c.ID.Channel(), t.now)
	if other, there := p.ContactBesides(c.ID.Channel()); over && there {
		c = other
	}
	return c, true, err
}

// remind plans a message under its key, once.
func (t *turn) remind(e flows.Remind) error {
	if _, there, err := storage.Promise.Get(t.tx, e.Key); there && !e.Anew || err != nil {
		return err
	}
	if e.At.After(t.now) {
		row := storage.TimeKey(e.At) + "/" + e.Key
		if err := storage.Plans.Put(t.tx, row, storage.Plan{Key: e.Key, At: e.At, Order: e.Order}); err != nil {
			return err
		}
		return storage.Promise.Put(t.tx, e.Key, storage.Promised{State: org.MessagePlanned, Row: row, Wave: e.Order.Wave})
	}
	return t.order(e.Key, e.Order)
}

// order puts a planned message into the outbox; its words are found when it is sent.
func (t *turn) order(key string, o flows.Order) error {
	to, ok, err := t.addressOf(o)
	if err != nil {
		return err
	}
	lane := storage.LaneBulk
	if o.Urgent {
		lane = storage.LaneAlert
	}
	if !ok {
		return storage.Promise.Put(t.tx, key, storage.Promised{State: org.MessageSkipped, Wave: o.Wave, Why: flows.WhyAway})
	}
	return t.owe(storage.Message{ID: t.nextOther(), To: to, Lane: lane, Key: key, Wave: o.Wave, Order: &o})
}

// addressOf is where an order goes: a group, where the message is that it takes the place of,
// or where a person is written to.
func (t *turn) addressOf(o flows.Order) (org.ContactID, bool, error) {
	if o.Edits != "" {
		if r, ok, err := storage.Sent.Get(t.tx, string(o.Edits)); ok || err != nil {
			return r.To, ok, err
		}
	}
	if o.Group != "" {
		return o.Group, true, nil
	}
	c, ok, err := storage.ContactOf(t.tx, o.Person)
	return c.ID, ok, err
}

// cancel drops what is planned or not yet sent under a prefix.
func (t *turn) cancel(e flows.Cancel) error {
	gone := map[string]storage.Promised{}
	err := storage.Promise.Scan(t.tx, e.Prefix, "", func(key string, p storage.Promised) error {
		if p.State.Pending() {
			gone[key] = p
		}
		return nil
	})
	for key, p := range gone {
		if err != nil {
			return err
		}
		if p.State != org.MessageOwed {
			err = storage.Plans.Delete(t.tx, p.Row)
		} else {
			err = storage.Outbox.Delete(t.tx, p.Row)
		}
		if err == nil {
			err = storage.Promise.Put(t.tx, key, storage.Promised{State: org.MessageCancelled, Wave: p.Wave, Why: e.Why})
		}
	}
	return err
}

func sortBranches(list []org.Branch) {
	slices.SortStableFunc(list, func(a, b org.Branch) int { return cmp.Compare(a.Order, b.Order) })
}
