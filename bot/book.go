package bot

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// book lends flows a transaction to look records up in. It keeps the first failure, so
// that whoever lent it can discard the step.
type book struct {
	tx     storage.Tx
	err    error
	recall *recall
	read   map[string]any       // records already looked up; nothing is written while a book is lent
	rows   map[draftName]string // where the drafts that were looked up lie
}

var _ flows.Book = (*book)(nil)

func (b *book) keep(err error) {
	if b.err == nil && err != nil {
		b.err = err
	}
}

func get[V any](b *book, t storage.Table[V], key string) (V, bool) {
	return lookOnce(b, t.Bucket+" "+key, func(string) (V, bool, error) { return t.Get(b.tx, key) })
}

// lookOnce looks a record up the first time it is asked for in a step.
func lookOnce[V any](b *book, name string, look func(name string) (V, bool, error)) (V, bool) {
	if v, ok := b.read[name].(found[V]); ok {
		return v.value, v.ok
	}
	v, ok, err := look(name)
	b.keep(err)
	if b.read == nil {
		b.read = map[string]any{}
	}
	b.read[name] = found[V]{v, ok && err == nil}
	return v, ok && err == nil
}

type found[V any] struct {
	value V
	ok    bool
}

func all[V any](b *book, t storage.Table[V], prefix string) []V {
	list, err := t.All(b.tx, prefix)
	b.keep(err)
	return list
}

func (b *book) Commune(id org.CommuneID) (org.Commune, bool) {
	return shared(b, storage.Communes, string(id))
}
func (b *book) Communes() []org.Commune { return all(b, storage.Communes, "") }
func (b *book) Branch(id org.BranchID) (org.Branch, bool) {
	return shared(b, storage.Branches, string(id))
}

func (b *book) Branches(c org.CommuneID) []org.Branch {
	list := all(b, storage.Branches, string(c)+"/")
	sortBranches(list)
	return list
}

func (b *book) profile(id org.PersonID) storage.Profile {
	p, _ := shared(b, storage.People, string(id))
	return p
}

func (b *book) Person(id org.PersonID) (org.Person, bool) {
	p := b.profile(id)
	return p.Person, p.Known()
}

func (b *book) PersonByPhone(phone string) (org.Person, bool) {
	if id, ok := get(b, storage.Phones, phone); ok {
		return b.Person(id)
	}
	return org.Person{}, false
}

func (b *book) PostsOf(id org.PersonID) []org.Post { return slices.Clone(b.profile(id).Posts) }
func (b *book) PostsIn(unit string) []org.Post     { return all(b, storage.Posts, unit+"#") }

func (b *book) ContactOf(id org.PersonID) (org.Contact, bool) { return b.profile(id).Contact() }
func (b *book) Contacts(id org.PersonID) []org.Contact {
	return slices.Clone(b.profile(id).Contacts)
}

func (b *book) Groups(c org.CommuneID) []org.Group { return all(b, storage.Groups, string(c)+"#") }

func (b *book) GroupsAt(at org.ContactID) []org.Group {
	list, err := storage.GroupsAt(b.tx, at)
	b.keep(err)
	return list
}

func (b *book) Consent(id org.PersonID) (org.Consent, bool) {
	c := b.profile(id).Consent
	return c, c.Person != ""
}

func (b *book) Invite(code string) (org.Invite, bool) {
	hash, err := storage.InviteHash(b.tx, code)
	if errors.Is(err, storage.ErrReadOnly) { // a store without a salt has no invites
		return org.Invite{}, false
	}
	b.keep(err)
	return b.InviteByHash(hash)
}

func (b *book) GroupCode(seed string) (code, hash string) {
	secret, err := storage.InviteHash(b.tx, "group "+seed)
	b.keep(err)
	if err != nil {
		return "00000000", ""
	}
	n, err := strconv.ParseUint(secret[:12], 16, 64)
	b.keep(err)
	code = fmt.Sprintf("%08d", n%100_000_000)
	hash, err = storage.InviteHash(b.tx, code)
	b.keep(err)
	return code, hash
}

func (b *book) InviteByHash(hash string) (org.Invite, bool) {
	if hash == "" {
		return org.Invite{}, false
	}
	return get(b, storage.Invites, hash)
}

func (b *book) Period(c org.CommuneID, m org.Month) (org.Period, bool) {
	return shared(b, storage.Periods, storage.PeriodKey(c, m))
}

func (b *book) standing(br org.BranchID) org.Standing {
	s, _ := shared(b, storage.Standings, string(br))
	return s
}

func (b *book) Draft(br org.BranchID, m org.Month) (flows.Draft, bool) {
	row := b.standing(br).Drafts[m]
	if row == "" {
		return flows.Draft{}, false
	}
	if b.rows == nil {
		b.rows = map[draftName]string{}
	}
	b.rows[draftName{br, m}] = row
	return get(b, storage.Drafts, row)
}

func (b *book) CheckIn(br org.BranchID, m org.Month) (org.CheckIn, bool) {
	c, ok, err := storage.LatestCheckIn(b.tx, br, m)
	b.keep(err)
	return c, ok && err == nil
}

func (b *book) Sent(br org.BranchID, m org.Month) bool {
	sent, err := storage.SentBy(b.tx, b.standing(br), br, m)
	b.keep(err)
	return sent
}

func (b *book) SentIn(c org.CommuneID, m org.Month) map[org.BranchID]bool {
	sent, err := storage.SentIn(b.tx, c, m)
	b.keep(err)
	return sent
}

func (b *book) History(br org.BranchID) []org.Past {
	return b.standing(br).Past
}

func (b *book) Pairs(br org.BranchID) []org.Pair { return all(b, storage.Pairs, string(br)+"/") }
func (b *book) Requests(c org.CommuneID) []org.Request {
	return all(b, storage.Requests, string(c)+"/")
}

func (b *book) Opening(br org.BranchID, m org.Month) (flows.Word, bool) {
	p, ok := get(b, storage.Promise, flows.OpeningKey(br, m))
	return word("", p), ok
}

func (b *book) Usages(c org.CommuneID, m org.Month) []org.Usage {
	list, err := storage.UsagesOf(b.tx, c, m)
	b.keep(err)
	return list
}

func (b *book) Owed(m org.MessageID) bool {
	_, owed := get(b, storage.Outbox, string(m))
	return owed
}

func (b *book) Announcement(c org.CommuneID, id org.AnnouncementID) (org.Announcement, bool) {
	return get(b, storage.Announcements, storage.NewsKey(c, id))
}

func (b *book) Announcements(c org.CommuneID) []org.Announcement {
	return all(b, storage.Announcements, string(c)+"/")
}

func (b *book) Responses(c org.CommuneID, id org.AnnouncementID) []org.Response {
	return all(b, storage.Responses, storage.NewsKey(c, id)+"/")
}

func (b *book) Naming(c org.CommuneID, id org.AnnouncementID) (org.Naming, bool) {
	return get(b, storage.Namings, storage.NewsKey(c, id))
}

func (b *book) Fate(key string) org.Fate {
	f, err := storage.FateOf(b.tx, key)
	b.keep(err)
	return f
}

func (b *book) Ledger(c org.CommuneID, m org.Month) []org.Wave {
	list, err := storage.Ledger(b.tx, c, m)
	b.keep(err)
	return list
}

func (b *book) Reminders(br org.BranchID, m org.Month) (list []flows.Word) {
	prefix := flows.ReminderPrefix(br, m)
	b.keep(storage.Promise.Scan(b.tx, prefix, "", func(key string, p storage.Promised) error {
		if p.State != org.MessageCancelled && p.State != org.MessageSkipped && !strings.HasSuffix(key, flows.DeputyKey) {
			list = append(list, word(strings.TrimPrefix(key, prefix), p))
		}
		return nil
	}))
	return list
}

func word(day string, p storage.Promised) flows.Word {
	return flows.Word{Day: day, Pending: p.State.Pending(), Sent: p.At}
}
