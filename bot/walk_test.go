package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// TestWalks lets a head, her deputy and their chair do anything at all, in any order, and
// holds the conversation to what it promises: see walk.do and what it calls. In the end
// somebody who just answers what she is asked must arrive at a sent report.
func TestWalks(t *testing.T) {
	n := 400
	if testing.Short() {
		n = 60
	}
	preset(t, "rapid.checks", strconv.Itoa(n))
	preset(t, "rapid.seed", "20261122")   // other walks: -rapid.seed and -rapid.checks
	preset(t, "rapid.nofailfile", "true") // the seed is printed and is enough
	rapid.Check(t, func(t *rapid.T) {
		w := newWalk(t)
		for range rapid.IntRange(1, 50).Draw(t, "steps") {
			w.step()
		}
		w.finish(rapid.SampledFrom([]org.PersonID{"lan", "hoa"}).Draw(t, "who finishes"))
	})
}

// preset sets a flag of rapid for one test, unless it was given.
func preset(t *testing.T, name, value string) {
	f := flag.Lookup(name)
	if f.Value.String() != f.DefValue {
		return
	}
	if err := flag.Set(name, value); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set(name, f.DefValue) })
}

// walk is a small world and what happened in it.
type walk struct {
	t     *rapid.T
	store reopened
	clock *bot.HandClock
	set   *flows.Settings
	app   *bot.App

	codes   map[org.PersonID]string // of the deputy's invite, and of those who come back
	updates int
	last    bot.Update
	known   map[org.MessageID]bool
	views   map[org.PersonID]*view
	ever    map[org.ContactID][]string // data of all buttons shown
	given   map[string]org.Answers     // what was really answered, by draft key
	remarks map[org.PersonID][]remark  // what was typed, by whom
	log     []string
	read    map[string]any // records by table and text
}

// view is what a person has before her.
type view struct {
	newest   flows.Prompt    // of all that was said to her
	asked    flows.Prompt    // the newest that asks a question
	question org.QuestionID  // which
	instance string          // of which draft
	offered  map[string]bool // choices shown for it since it was opened, by value
	// overtaken: somebody else has since changed that draft.
	overtaken bool
}

// walkLine is a network on which everything arrives; it holds every message to the limits.
type walkLine struct {
	name string
	w    *walk
}

func (l walkLine) Name() string { return l.name }

func (l walkLine) Abilities() bot.Abilities {
	if l.name == "zalo" {
		return bot.Abilities{MaxText: 1900}
	}
	return bot.Abilities{Buttons: true, Edit: true, MaxText: 4096}
}

func (l walkLine) Receive(context.Context, bot.Handle) error { return nil }

func (l walkLine) Send(_ context.Context, m bot.Outgoing) (string, error) {
	l.w.fits(m, l.Abilities())
	for _, row := range m.Rows {
		for _, b := range row {
			to := org.ContactID(l.name + ":" + m.Chat)
			l.w.ever[to] = append(l.w.ever[to], b.Data)
		}
	}
	return "1", nil
}

// complaint is a log handler that keeps what is an error.
type complaint struct {
	slog.Handler
	w *walk
}

func (c complaint) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }

func (c complaint) Handle(_ context.Context, r slog.Record) error {
	text := r.Message
	r.Attrs(func(a slog.Attr) bool { text += " " + a.String(); return true })
	c.w.fail("%s: %s", r.Level, text)
	return nil
}

// fail ends the walk and tells how it came to this.
func (w *walk) fail(format string, args ...any) {
	w.t.Helper()
	w.t.Fatalf("%s\nafter:\n%s", fmt.Sprintf(format, args...), strings.Join(w.log[max(0, len(w.log)-40):], "\n"))
}

func (w *walk) note(format string, args ...any) { w.log = append(w.log, fmt.Sprintf(format, args...)) }

func newWalk(t *rapid.T) *walk {
	w := &walk{t: t, store: reopened{storage.NewMem()}, set: flows.DefaultSettings(),
		clock: bot.NewHandClock(time.Date(2026, 11, 20, 9, 0, 0, 0, bottest.Zone), true), known: map[org.MessageID]bool{},
		views: map[org.PersonID]*view{}, ever: map[org.ContactID][]string{}, given: map[string]org.Answers{}, remarks: map[org.PersonID][]remark{}, read: map[string]any{}}
	w.set.Dues = rapid.Bool().Draw(t, "dues")
	w.set.AcceptDays = rapid.SampledFrom([]int{0, 1, 7}).Draw(t, "accept days")
	w.start()
	if err := w.store.Update(context.Background(), w.people); err != nil {
		t.Fatal(err)
	}
	made, err := storage.MakeInvites(context.Background(), w.store, w.clock.Now(), w.clock.Now().AddDate(1, 0, 0), storage.InviteWish{Roles: []org.Role{org.Deputy}, Linked: true})
	if err != nil || len(made.Made) != 1 {
		t.Fatal(made, err)
	}
	w.codes = map[org.PersonID]string{"": made.Made[0].Code}
	w.tick()
	if rapid.IntRange(0, 5).Draw(t, "opened") > 0 {
		if err := w.app.OpenPeriod(context.Background(), "an-phu", "2026-11"); err != nil {
			t.Fatal(err)
		}
	}
	w.drain()
	return w
}

// start builds the program on what the store holds, as a process does.
func (w *walk) start() {
	log := slog.New(complaint{slog.DiscardHandler, w})
	app, err := bot.New(w.store, w.clock, w.set, log, walkLine{"telegram", w}, walkLine{"zalo", w})
	if err == nil {
		err = app.Outbox.Load(context.Background())
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.app = app
}

// people writes the roster: a head of one or two branches, her deputy, who may still have
// to link, and their chair.
func (w *walk) people(tx storage.Tx) error {
	now := w.clock.Now()
	w.set.QuietCount = rapid.SampledFrom([]int{0, 1}).Draw(w.t, "quiet count")
	c := org.Commune{ID: "an-phu", Name: "Xã An Phú"}
	err := storage.Communes.Put(tx, string(c.ID), c)
	posts := []org.Post{{Role: org.Head, Unit: "an-phu/1", Person: "lan"}, {Role: org.Deputy, Unit: "an-phu/1", Person: "hoa"}, {Role: org.Chair, Unit: "an-phu", Person: "minh"}}
	if rapid.IntRange(0, 3).Draw(w.t, "branches") == 0 {
		posts = append(posts, org.Post{Role: org.Head, Unit: "an-phu/2", Person: "lan"})
	}
	for _, p := range posts {
		err = errors.Join(err, storage.PutPost(tx, p), storage.PutPerson(tx, org.Person{ID: p.Person, Name: "Nguyễn Thị " + strings.ToUpper(string(p.Person)), Phone: "091234567" + string('0'+p.Person[0]%10)}))
		if p.Person == "hoa" && rapid.IntRange(0, 4).Draw(w.t, "deputy linked") == 0 {
			continue
		}
		for _, net := range []string{"telegram", "zalo"} {
			err = errors.Join(err, storage.PutContact(tx, org.Contact{ID: contactOf(p.Person, net), Person: p.Person, LinkedAt: now, LastWrote: now}))
		}
		err = errors.Join(err, storage.Consents.Put(tx, string(p.Person)+"#"+storage.TimeKey(now), org.Consent{Person: p.Person, Notice: flows.NoticeVersion, At: now}))
	}
	err = errors.Join(err, storage.PutGroup(tx, org.Group{Contact: "telegram:-9", Commune: "an-phu", Title: "Các chi hội"}))
	for i, id := range []org.BranchID{"an-phu/1", "an-phu/2"} {
		err = errors.Join(err, w.branch(tx, id, i))
	}
	return err
}

func (w *walk) branch(tx storage.Tx, id org.BranchID, i int) error {
	b := org.Branch{ID: id, Name: fmt.Sprintf("Chi hội thôn %d", i+1), Order: i + 1, Members: rapid.SampledFrom([]int{0, 3, 118, 900}).Draw(w.t, "members listed")}
	err := storage.Branches.Put(tx, string(id), b)
	for n := range rapid.IntRange(0, 2).Draw(w.t, "pairs") {
		p := org.Pair{ID: org.PairID(fmt.Sprint("p", n)), Branch: id, Kind: org.PairKinds[n], Label: fmt.Sprint("Cặp ", n+1), Started: "2026-09", State: org.PairActive}
		err = errors.Join(err, storage.Pairs.Put(tx, string(id)+"/"+string(p.ID), p))
	}
	months := rapid.IntRange(0, 3).Draw(w.t, "past months")
	end := rapid.SampledFrom([]int{2, 118, 700}).Draw(w.t, "members")
	for n := months; n > 0; n-- {
		a := org.Answers{}
		for q, v := range bottest.PastReport {
			a[q] = org.Answer{Value: v, By: "lan", At: w.clock.Now().AddDate(0, -n, 0)}
		}
		if n == 1 && rapid.Bool().Draw(w.t, "recap before") {
			a["q456_know"] = org.Answer{Value: "same", By: "lan"}
		}
		c := org.CheckIn{Branch: id, Month: org.Month("2026-11").Add(-n), Revision: 1, Form: flows.FormVersion, By: "lan", Answers: a, Start: end, End: end}
		err = errors.Join(err, storage.PutCheckIn(tx, c))
	}
	return err
}

func contactOf(p org.PersonID, net string) org.ContactID { return org.ContactID(net + ":" + string(p)) }

func (w *walk) tick() {
	if err := w.app.Scheduler.Tick(context.Background()); err != nil {
		w.fail("tick: %v", err)
	}
}

// step is one thing that happens.
func (w *walk) step() {
	who := rapid.SampledFrom([]org.PersonID{"lan", "lan", "lan", "hoa", "hoa", "minh"}).Draw(w.t, "who")
	net := rapid.SampledFrom([]string{"telegram", "telegram", "zalo"}).Draw(w.t, "net")
	switch rapid.SampledFrom([]string{"go on", "go on", "go far", "to the end", "text", "text", "text", "text", "press", "press", "forged", "unreadable", "time", "restart", "again", "disk full", "reach", "stranger"}).Draw(w.t, "what") {
	case "go on":
		w.goOn(who, net)
	case "go far":
		for range rapid.IntRange(2, 15).Draw(w.t, "how far") {
			w.goOn(who, net)
		}
	case "to the end":
		if who != "minh" && w.present().Month != "" {
			w.finish(who)
		}
	case "text":
		w.says(who, net, w.anything(who))
	case "press":
		if all := w.ever[contactOf(who, "telegram")]; len(all) > 0 {
			back := rapid.IntRange(0, len(all)-1).Draw(w.t, "button back")
			w.event(who, "telegram", flows.Press{Data: all[len(all)-1-back]})
		}
	case "forged":
		w.event(who, "telegram", flows.Press{Data: w.forged(who)})
	case "unreadable":
		w.event(who, net, flows.Unreadable{Kind: rapid.SampledFrom([]string{"sticker", "voice", "photo", "contact", "?"}).Draw(w.t, "kind")})
	case "time":
		d := rapid.SampledFrom([]time.Duration{time.Second, 11 * time.Second, time.Hour, 26 * time.Hour, 4 * 24 * time.Hour, 20 * 24 * time.Hour}).Draw(w.t, "later")
		w.clock.Set(w.clock.Now().Add(d))
		w.note("@ %s", w.clock.Now().Format("2006-01-02 15:04:05"))
		w.tick()
		w.drain()
	case "restart":
		w.start()
		w.drain()
	case "again":
		w.again()
	case "disk full":
		w.store.FailNextCommit(errors.New("disk full"))
		defer w.store.FailNextCommit(nil) // a message that changes nothing meets no disk
		w.says(who, net, utterance{text: "1", means: either(count(1), freely("1"))})
	case "reach":
		w.event(who, net, flows.Reach{Lost: rapid.SampledFrom([]string{"", "blocked"}).Draw(w.t, "lost")})
	case "stranger":
		w.event("nobody", net, flows.Text{Body: rapid.SampledFrom([]string{"alo", "00000000", "/start", "1"}).Draw(w.t, "stranger says")})
	}
}

// again delivers the last update once more: nothing may come of it.
func (w *walk) again() {
	if w.updates == 0 || w.clock.Now().Sub(w.last.SentAt) > 24*time.Hour { // as long as networks repeat
		return
	}
	before := w.dump()
	if err := w.app.Inbox.Handle(context.Background(), w.last); err != nil {
		w.fail("again: %v", err)
	}
	if !bytes.Equal(before, w.dump()) {
		w.fail("an update delivered twice changed something")
	}
}

// dump is all that is stored of the conversation.
func (w *walk) dump() []byte {
	var b bytes.Buffer
	err := w.store.View(context.Background(), func(tx storage.Tx) error {
		for _, bucket := range []string{storage.Drafts.Bucket, storage.CheckIns.Bucket, storage.Talks.Bucket, storage.Outbox.Bucket, storage.Pairs.Bucket, storage.Requests.Bucket} {
			err := tx.Scan(bucket, "", "", func(key string, value []byte) error {
				_, err := fmt.Fprintf(&b, "%s %s %s\n", bucket, key, value)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.fail("dump: %v", err)
	}
	return b.Bytes()
}

// event hands an event in and checks all that comes of it.
func (w *walk) event(who org.PersonID, net string, e flows.Event) {
	w.do(who, net, e, nothing)
}

func (w *walk) says(who org.PersonID, net string, u utterance) {
	said := remark{means: u.means}
	if u.told != nil {
		said.means = either(u.means, u.told)
	}
	if v := w.views[who]; v != nil {
		said.view = *v
	}
	w.do(who, net, flows.Text{Body: u.text}, u.means)
	w.remarks[who] = append(w.remarks[who], said)
}

func (w *walk) do(who org.PersonID, net string, e flows.Event, means meaning) {
	if len(fmt.Sprint(e)) < 200 {
		w.note("%s %s> %T %q", net, who, e, e)
	} else {
		w.note("%s %s> %T of %d bytes", net, who, e, len(fmt.Sprint(e)))
	}
	w.comeBack(who)
	w.updates++
	w.last = bot.Update{ID: strconv.Itoa(w.updates), Contact: contactOf(who, net), SentAt: w.clock.Now(), Event: e}
	before := w.records()
	if err := w.app.Inbox.Handle(context.Background(), w.last); err != nil {
		if !strings.Contains(err.Error(), "disk full") {
			w.fail("handle: %v", err)
		}
		if err := w.app.Inbox.Handle(context.Background(), w.last); err != nil { // it comes again
			w.fail("handle again: %v", err)
		}
	}
	after := w.records()
	switch e := e.(type) {
	case flows.Press:
		means = w.pressMeans(who, e.Data)
	case flows.Text:
		if agreeing(e.Body) {
			means = either(means, agreesTo)
		}
	}
	w.answersAreHers(who, before, after, means)
	fresh := w.fresh(who, e, before)
	replies := w.drain()[contactOf(who, net)]
	if fresh && strings.HasPrefix(w.views[who].newest.Text, "Nút đó") {
		w.fail("a button of the question just asked is called old")
	}
	if replies > 0 {
		w.views[who].closed()
	}
	if _, reach := e.(flows.Reach); replies == 0 && !reach && !w.doubleTap(who, before, e) {
		w.fail("no reply to %T %q of %s", e, e, who)
	}
}

// doubleTap reports whether a press repeats one that was taken a moment ago.
func (w *walk) doubleTap(who org.PersonID, before records, e flows.Event) bool {
	p, ok := e.(flows.Press)
	part := strings.SplitN(p.Data, ":", 5)
	if !ok || len(part) != 5 {
		return false
	}
	for _, d := range before.drafts {
		a, ok := d.Answers[org.QuestionID(part[3])]
		if ok && d.Instance == part[1] && a.Value == part[4] && a.By == who && w.clock.Now().Sub(a.At) < 11*time.Second {
			return true
		}
	}
	return false
}

// drain looks at the messages owed, then sends them, and counts them by contact.
func (w *walk) drain() (count map[org.ContactID]int) {
	count = map[org.ContactID]int{}
	var owed []storage.Message
	err := w.store.View(context.Background(), func(tx storage.Tx) (err error) {
		owed, err = storage.Outbox.All(tx, "")
		return err
	})
	if err != nil {
		w.fail("outbox: %v", err)
	}
	for _, m := range owed {
		if !w.known[m.ID] && m.Order == nil && m.Prompt.Text != "" {
			count[m.To]++
			w.note("%s< %s %s", m.To, m.Prompt.Text, labelsOf(m.Prompt))
			w.see(org.PersonID(m.To.Chat()), m.Prompt)
		}
		w.known[m.ID] = true
	}
	w.app.Outbox.Drain(context.Background())
	if n := w.app.Outbox.Depth(); n > 0 {
		w.fail("%d messages remain owed", n)
	}
	return count
}

func labelsOf(p flows.Prompt) (s string) {
	for _, o := range p.Options {
		s += fmt.Sprintf("[%s %s]", o.Label, o.Data)
	}
	return s
}

// draftKey names the report of a branch for a month.
func draftKey(b org.BranchID, m org.Month) string { return string(m) + "/" + string(b) }

// records are the drafts and the newest revisions, by draft key.
type records struct {
	drafts map[string]flows.Draft
	sent   map[string]org.CheckIn
}

// records reads them, and sees that what is stored survives being read and written.
func (w *walk) records() records {
	r := records{map[string]flows.Draft{}, map[string]org.CheckIn{}}
	err := w.store.View(context.Background(), func(tx storage.Tx) error {
		return errors.Join(
			survives(w, tx, storage.Drafts, func(d flows.Draft) { r.drafts[draftKey(d.Branch, d.Month)] = d }),
			survives(w, tx, storage.CheckIns, func(c org.CheckIn) { r.sent[draftKey(c.Branch, c.Month)] = c }),
			survives(w, tx, storage.Talks, func(flows.Talk) {}))
	})
	if err != nil {
		w.fail("records: %v", err)
	}
	return r
}

// survives reads a table and hands on its records. What was read once is not read again.
func survives[V any](w *walk, tx storage.Tx, t storage.Table[V], each func(V)) error {
	return tx.Scan(t.Bucket, "", "", func(key string, raw []byte) error {
		name := t.Bucket + string(raw)
		v, known := w.read[name].(V)
		if !known {
			v = survive(w, t, key, raw)
			w.read[name] = v
		}
		each(v)
		return nil
	})
}

// survive decodes a record and sees that nothing is lost when it is written again, by the
// store or as JSON.
func survive[V any](w *walk, t storage.Table[V], key string, raw []byte) (v V) {
	err := storage.NewMem().Update(context.Background(), func(tx storage.Tx) error {
		err := tx.Put(t.Bucket, key, raw)
		if err == nil {
			v, _, err = t.Get(tx, key)
		}
		if err == nil {
			err = t.Put(tx, key, v)
		}
		if again, _ := tx.Get(t.Bucket, key); err == nil && !bytes.Equal(raw, again) {
			err = fmt.Errorf("%q became %q", raw, again)
		}
		return err
	})
	var back V
	first, _ := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(first, &back)
	}
	if second, _ := json.Marshal(back); err != nil || !bytes.Equal(first, second) {
		w.fail("%s %s does not survive: %v: %s / %s", t.Bucket, key, err, first, second)
	}
	return v
}
