package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

// TestDecade lives through 120 periods of two communes with different calendars, with days
// on which the program is down, a network that fails, and heads who answer in time, late,
// never, ask for later or for no more. At every message and every period: nobody is reminded
// after she has sent, nor at a quiet time; every slot comes once; the ledger closes; and the
// store does not grow by what has had its time.
func TestDecade(t *testing.T) {
	for name, open := range map[string]func(t *testing.T) storage.Store{
		"mem": func(*testing.T) storage.Store { return storage.NewMem() },
		"bolt": func(t *testing.T) storage.Store {
			s, err := bolt.Open(filepath.Join(t.TempDir(), "d.db"), bolt.Options{NoSync: true})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = s.Close() })
			return s
		},
	} {
		t.Run(name, func(t *testing.T) {
			periods := map[string]int{"mem": 40, "bolt": 120}[name]
			if testing.Short() {
				periods = 15
			}
			newDecade(t, open(t)).live(periods)
		})
	}
}

// decade is the world of the test: p0 … p5 head the branches, c0 and c1 chair the communes.
type decade struct {
	t        *testing.T
	rng      *rand.Rand
	settings *flows.Settings
	cal      *bot.Calendar
	clock    *bot.HandClock
	store    storage.Store
	net      *decadeNet
	app      *bot.App
	updates  int
	plans    map[string]habit // by head and month, what she does in it
	largest  []int            // rows that must not pile up, by period
}

// habit is what a head does in a period: at which hour after its opening, and what.
type habit struct {
	after time.Duration
	what  string
}

// decadeNet is a network of which one call in thirty fails, in one way or another.
type decadeNet struct {
	d       *decade
	talking string // whose message is being answered
	last    map[string]bot.Outgoing
	came    map[string]int // unasked messages by person, period and kind
}

func (*decadeNet) Name() string { return "b" }
func (*decadeNet) Abilities() bot.Abilities {
	return bot.Abilities{Buttons: true, Edit: true, MaxText: 4096}
}
func (*decadeNet) Receive(context.Context, bot.Handle) error { return nil }

func (n *decadeNet) Send(_ context.Context, m bot.Outgoing) (string, error) {
	roll := n.d.rng.IntN(90)
	switch roll {
	case 0:
		return "", errors.New("500")
	case 1:
		return "", &bot.LaterError{After: 20 * time.Second, All: true, Err: errors.New("429")}
	}
	if m.Edits == "" {
		n.last[m.Chat] = m
		if m.Chat != n.talking {
			n.d.unasked(m)
		}
	}
	if roll == 2 && isReminder(m) { // it arrived, and nobody tells the program
		return "", fmt.Errorf("timed out: %w", bot.ErrDoubtful)
	}
	return "1", nil
}

func isReminder(m bot.Outgoing) bool {
	return slices.ContainsFunc(m.Rows, func(r []bot.Button) bool { return strings.HasPrefix(r[0].Data, "q:") })
}

// unasked holds a message that nobody asked for against the rules.
func (d *decade) unasked(m bot.Outgoing) {
	now := d.clock.Now()
	if until := d.settings.Quiet.Until(now); until.After(now) {
		d.t.Errorf("%s to %s, until %s is quiet: %s", now, m.Chat, until, m.Text)
	}
	kind := ""
	switch {
	case isReminder(m):
		kind = "remind"
	case strings.Contains(m.Text, "mở rồi ạ"):
		kind = "open"
	default:
		return
	}
	month := d.monthIn(m.Text)
	if d.sent(branchOfHead(m.Chat), month) {
		d.t.Errorf("%s: %s was written to about %s, which she has sent: %s", now, m.Chat, month, m.Text)
	}
	key := m.Chat + " " + string(month) + " " + kind
	n := d.net
	n.came[key]++
	if kind == "open" && n.came[key] > 1 || strings.Contains(m.Text, "như chị dặn") == false && kind == "remind" && n.came[key+" "+now.Format(time.DateOnly)] > 0 {
		d.t.Errorf("%s: %s for the %d. time", now, key, n.came[key])
	}
	n.came[key+" "+now.Format(time.DateOnly)]++
}

// monthIn is the month that a text names, the latest of that name.
func (d *decade) monthIn(text string) org.Month {
	for back := range 12 {
		if m := org.MonthOf(d.clock.Now()).Add(-back); strings.Contains(text, m.Label()+" ") {
			return m
		}
	}
	d.t.Errorf("no month in %q", text)
	return ""
}

func branchOfHead(chat string) org.BranchID {
	n := int(chat[1] - '0')
	return org.BranchID(fmt.Sprintf("xa-%d/%d", n/3, n%3+1))
}

func (d *decade) sent(b org.BranchID, m org.Month) (yes bool) {
	d.view(func(tx storage.Tx) (err error) {
		yes, err = storage.HasCheckIn(tx, b, m)
		return err
	})
	return yes
}

func (d *decade) view(fn func(tx storage.Tx) error) {
	d.t.Helper()
	if err := d.store.View(d.t.Context(), fn); err != nil {
		d.t.Fatal(err)
	}
}

func newDecade(t *testing.T, store storage.Store) *decade {
	d := &decade{t: t, rng: rand.New(rand.NewPCG(7, 7)), settings: flows.DefaultSettings(), store: store, plans: map[string]habit{},
		clock: bot.NewHandClock(time.Date(2026, 11, 24, 9, 0, 0, 0, bottest.Zone), true)}
	d.settings.Communes = map[org.CommuneID]flows.Own{"xa-1": {Calendar: flows.Calendar{Open: "0 9 20 * *", Remind: []string{"0 10 23 * *", "0 19 26 * *"},
		Due: "0 20 27 * *", LateList: "0 8 28 * *", Lock: "59 23 10 * *"}}}
	d.cal = calendarOf(t, d.settings)
	d.net = &decadeNet{d: d, last: map[string]bot.Outgoing{}, came: map[string]int{}}
	long := time.Date(2026, 8, 1, 8, 0, 0, 0, bottest.Zone)
	write(t, store, func(tx storage.Tx) error {
		var errs []error
		for n := range 6 {
			c, p := org.CommuneID(fmt.Sprintf("xa-%d", n/3)), fmt.Sprintf("p%d", n)
			b := branchOfHead(p)
			errs = append(errs, storage.Communes.Put(tx, string(c), org.Commune{ID: c, Name: "Xã"}),
				storage.Branches.Put(tx, string(b), org.Branch{ID: b, Name: fmt.Sprintf("Chi hội thôn %d", n+1), Order: n}),
				decadePerson(tx, p, org.Post{Role: org.Head, Unit: string(b)}, long))
		}
		return errors.Join(append(errs, decadePerson(tx, "c0", org.Post{Role: org.Chair, Unit: "xa-0"}, long), decadePerson(tx, "c1", org.Post{Role: org.Chair, Unit: "xa-1"}, long))...)
	})
	d.start()
	return d
}

func decadePerson(tx storage.Tx, id string, post org.Post, long time.Time) error {
	post.Person = org.PersonID(id)
	return errors.Join(storage.PutPerson(tx, org.Person{ID: post.Person, Name: "Nguyễn Thị Lan"}), storage.PutPost(tx, post),
		storage.PutContact(tx, org.Contact{ID: org.ContactID("b:" + id), Person: post.Person, LinkedAt: long, LastWrote: long}),
		storage.PutConsent(tx, org.Consent{Person: post.Person, Notice: flows.NoticeVersion, At: long, Channel: "b", Raw: "đồng ý"}))
}

// start begins a run of the program.
func (d *decade) start() {
	var err error
	if d.app, err = bot.New(d.store, d.clock, d.settings, slog.New(slog.NewTextHandler(io.Discard, nil)), d.net); err != nil {
		d.t.Fatal(err)
	}
	if err := d.app.Outbox.Load(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

// live goes through so many months, from moment to moment at which something may be due.
func (d *decade) live(periods int) {
	for n := range periods {
		month := org.Month("2026-12").Add(n)
		from, to := month.First(bottest.Zone), month.Add(1).First(bottest.Zone)
		moments := d.cal.Between(d.clock.Now(), to)
		for at := from; at.Before(to); at = at.AddDate(0, 0, 1) {
			for _, clock := range []time.Duration{3*time.Hour + time.Minute, 7*time.Hour + 16*time.Minute, 13*time.Hour + 46*time.Minute, 19*time.Hour + 20*time.Minute} {
				moments = append(moments, at.Add(clock))
			}
		}
		moments = append(moments, d.habits(month)...)
		slices.SortFunc(moments, time.Time.Compare)
		down := from.AddDate(0, 0, d.rng.IntN(20))
		for _, at := range moments {
			if n%5 == 2 && at.After(down) && at.Before(down.Add(40*time.Hour)) {
				continue // the program is down
			}
			if at.After(d.clock.Now()) {
				d.clock.Set(at)
			}
			if n%5 == 2 && at.Sub(down) < 48*time.Hour && at.After(down) {
				d.start()
			}
			d.tick()
			d.act(at)
		}
		d.checkPeriod(month.Add(-2))
	}
	half := slices.Max(d.largest[:len(d.largest)/2+1])
	if all := slices.Max(d.largest); len(d.largest) > 20 && all > half+half/4 {
		d.t.Errorf("rows that must not pile up: at most %d in the first half, %d in all", half, all)
	}
	openings, reminders, reports := 0, 0, 0
	for key, n := range d.net.came {
		switch {
		case strings.HasSuffix(key, " open"):
			openings += n
		case strings.HasSuffix(key, " remind"):
			reminders += n
		}
	}
	d.view(func(tx storage.Tx) error {
		return tx.Scan("checkins", "", "", func(string, []byte) error { reports++; return nil })
	})
	o := d.app.Outbox
	d.t.Logf("%d openings, %d reminders, %d reports; rows that must not pile up %d to %d; of the last run: retried %d, doubtful %d",
		openings, reminders, reports, slices.Min(d.largest), slices.Max(d.largest), o.Retried.Load(), o.Doubtful.Load())
	if reports < periods*6/3 || reminders < periods*6/2 {
		d.t.Errorf("%d reports and %d reminders in %d periods of 6 branches: nothing was tested", reports, reminders, periods)
	}
	if least := 6 * (periods - 2) * 9 / 10; openings < least || openings > 6*(periods+1) {
		d.t.Errorf("%d openings in %d periods of 6 branches", openings, periods)
	}
}

// habits decides what each head does in the period of the month before, which ends in this
// one, and in that which opens in this one.
func (d *decade) habits(m org.Month) (moments []time.Time) {
	for n := range 6 {
		p := fmt.Sprintf("p%d", n)
		opens, _, locks := d.cal.Of(branchOfHead(p).Commune()).Times(m, bottest.Zone)
		what := []string{"send", "send", "send", "late", "never", "stop", "later"}[d.rng.IntN(7)]
		lasts := locks.Sub(opens)
		h := habit{time.Duration(d.rng.Int64N(int64(lasts))), what}
		d.plans[p+" "+string(m)] = h
		moments = append(moments, opens.Add(h.after))
	}
	return moments
}

func (d *decade) tick() {
	if err := d.app.Scheduler.Tick(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	d.app.Outbox.Drain(d.t.Context())
}

// act lets those act whose time has come.
func (d *decade) act(now time.Time) {
	for _, key := range slices.Sorted(maps.Keys(d.plans)) {
		p, month, _ := strings.Cut(key, " ")
		h := d.plans[key]
		opens, due, _ := d.cal.Of(branchOfHead(p).Commune()).Times(org.Month(month), bottest.Zone)
		at := opens.Add(h.after)
		if h.what == "late" && at.Before(due) {
			at = due.Add(20 * time.Hour)
		}
		if now.Before(at) {
			continue
		}
		delete(d.plans, key)
		switch h.what {
		case "send", "late":
			d.report(p)
		case "stop":
			d.says(p, flows.Text{Body: "dừng nhắc"})
		case "later":
			d.says(p, flows.Text{Body: "để sau"})
		}
	}
}

func (d *decade) says(p string, e flows.Event) {
	d.updates++
	u := bot.Update{ID: fmt.Sprint(d.updates), Contact: org.ContactID("b:" + p), SentAt: d.clock.Now(), Event: e}
	if err := d.app.Inbox.Handle(d.t.Context(), u); err != nil {
		d.t.Fatal(err)
	}
	d.net.talking = p
	for range 4 { // until what failed has been sent again
		d.app.Outbox.Drain(d.t.Context())
		if d.app.Outbox.Depth() == 0 {
			break
		}
		d.clock.Set(d.clock.Now().Add(30 * time.Second))
	}
	d.net.talking = ""
}

// decadeAnswers are what every head answers.
var decadeAnswers = map[string]string{"q0_members": "100", "q1_activity": "no", "q1d_reason": "5", "q2_pioneers": "4", "q3_resources": "no",
	"q456_know": "same", "q4_faces": "1", "q5_circumstances": "1", "q6_needs": "1", "q6a_top_need": "1", "q7_joined": "0", "q8_left": "0", "q_more": "1", "review": "1"}

// report does a whole check-in, by buttons where there are.
func (d *decade) report(p string) {
	d.says(p, flows.Text{Body: "báo cáo"})
	for range 30 {
		m := d.net.last[p]
		if len(m.Rows) == 0 {
			return // sent, or there is nothing to fill in
		}
		part := strings.SplitN(m.Rows[0][0].Data, ":", 5)
		if part[0] != "c" || len(part) != 5 {
			return
		}
		value := decadeAnswers[string(org.QuestionID(part[3]).Base())]
		if value == "" {
			d.t.Fatalf("no answer to %s: %s", part[3], m.Text)
		}
		var e flows.Event = flows.Text{Body: value}
		for _, row := range m.Rows {
			for _, b := range row {
				if strings.HasSuffix(b.Data, ":"+part[3]+":"+value) {
					e = flows.Press{Data: b.Data}
				}
			}
		}
		d.says(p, e)
	}
	d.t.Errorf("%s: the check-in of %s has no end: %s", d.clock.Now(), p, d.net.last[p].Text)
}

// checkPeriod looks at a period that is over: its ledger closes, nothing waits, and what
// has had its time is gone.
func (d *decade) checkPeriod(m org.Month) {
	if m < "2026-12" {
		return
	}
	rows := 0
	d.view(func(tx storage.Tx) error {
		for _, c := range []org.CommuneID{"xa-0", "xa-1"} {
			waves, err := storage.Ledger(tx, c, m)
			if err != nil {
				return err
			}
			for _, w := range waves {
				skipped := 0
				for _, n := range w.Skipped {
					skipped += n
				}
				if w.Targeted != w.Sent+w.Failed+skipped || w.Waiting != 0 {
					d.t.Errorf("%s %s: the ledger does not close: %+v", c, m, w)
				}
				if w.Kind == "open" && w.Targeted != 3 {
					d.t.Errorf("%s %s: %d openings for 3 branches", c, m, w.Targeted)
				}
			}
		}
		for _, bucket := range []string{"outbox", "parked", "plans", "promises", "ran", "seen", "sent", "drafts", "reached", "talks"} {
			if err := tx.Scan(bucket, "", "", func(string, []byte) error { rows++; return nil }); err != nil {
				return err
			}
		}
		return nil
	})
	d.largest = append(d.largest, rows)
}
