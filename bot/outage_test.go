package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/telegram"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// outage is the program against a strict server, with two heads in their check-ins.
type outage struct {
	t        *testing.T
	ctx      context.Context
	srv      *bottest.Telegram
	clock    *bot.HandClock
	store    reopened
	lan, hoa *bottest.TelegramUser
	stop     func()
}

func newOutage(t *testing.T) *outage {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	o := &outage{t: t, ctx: ctx, srv: bottest.NewTelegram(t, "4242:secret"), store: reopened{storage.NewMem()},
		clock: bot.NewHandClock(ict(2026, 12, 3, 23), false)}
	o.srv.SetNow(o.clock.Now())
	o.lan, o.hoa = o.srv.User(11), o.srv.User(12)
	write(t, o.store, func(tx storage.Tx) error {
		err := storage.Communes.Put(tx, "an-phu", org.Commune{ID: "an-phu", Name: "Xã An Phú"})
		p := org.Period{Commune: "an-phu", Month: "2026-11", Opens: ict(2026, 11, 25, 8), Due: ict(2026, 12, 4, 0).Add(-time.Second), Locks: ict(2026, 12, 21, 0)}
		for i, who := range []org.PersonID{"lan", "hoa"} {
			b := org.BranchID(fmt.Sprintf("an-phu/%d", i+1))
			at := ict(2026, 9, 1, 8)
			p.Expected = append(p.Expected, b)
			err = errors.Join(err, storage.Branches.Put(tx, string(b), org.Branch{ID: b, Name: "Chi hội thôn " + string(who), Order: i + 1, Members: 118}),
				storage.PutPerson(tx, org.Person{ID: who, Name: "Nguyễn Thị " + string(who)}), storage.PutPost(tx, org.Post{Role: org.Head, Unit: string(b), Person: who}),
				storage.PutContact(tx, org.Contact{ID: org.ContactID(fmt.Sprintf("telegram:%d", 11+i)), Person: who, LinkedAt: at, LastWrote: at}),
				storage.PutConsent(tx, org.Consent{Person: who, Notice: flows.NoticeVersion, At: at, Channel: "telegram", Raw: "đồng ý"}))
		}
		return errors.Join(err, storage.Periods.Put(tx, "an-phu/2026-11", p))
	})
	o.start()
	return o
}

// start runs the program as a new process does.
func (o *outage) start() {
	log := slog.New(slog.DiscardHandler)
	brief := func(ctx context.Context, _ time.Duration) error { // waits between attempts
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Millisecond):
		}
		return ctx.Err()
	}
	ch, err := telegram.New(telegram.Config{Token: "4242:secret", API: o.srv.URL(), Logger: log, Sleep: brief})
	if err != nil {
		o.t.Fatal(err)
	}
	app, err := bot.New(o.store, o.clock, flows.DefaultSettings(), log, ch)
	if err != nil {
		o.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(o.ctx)
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()
	o.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			o.t.Error(err)
		}
	})
	o.t.Cleanup(o.stop)
}

// pass lets time pass for the program and for its network.
func (o *outage) pass(d time.Duration) {
	o.clock.Set(o.clock.Now().Add(d))
	o.srv.Advance(d)
}

// dead breaks every connection from now on, and returns when that has been noticed.
func (o *outage) dead() {
	o.t.Helper()
	polls := o.srv.Stats().Calls["getUpdates"]
	o.srv.SetFaults(bottest.TelegramFaults{DropBefore: 1})
	o.srv.User(13).Type("alo") // ends the poll that waits
	for o.srv.Stats().Calls["getUpdates"] == polls {
		if o.ctx.Err() != nil {
			o.t.Fatal("it polls no more")
		}
		time.Sleep(time.Millisecond)
	}
}

// heard waits until somebody's last message from the bot begins so.
func (o *outage) heard(u *bottest.TelegramUser, text string) {
	o.t.Helper()
	list, err := u.Await(o.ctx, func(list []bottest.TelegramMessage) bool {
		last := lastOfBot(list)
		return strings.HasPrefix(last.Text, text) && len(last.Buttons) > 0
	})
	if err != nil {
		o.t.Fatalf("%q did not come: %v; the last is %q", text, err, lastOfBot(list).Text)
	}
}

// settled waits until nothing is owed: what is under way when the program stops may come twice.
func (o *outage) settled() {
	o.t.Helper()
	for owed := 1; owed > 0; time.Sleep(time.Millisecond) {
		if o.ctx.Err() != nil {
			o.t.Fatal("messages remain owed")
		}
		err := o.store.View(o.ctx, func(tx storage.Tx) error {
			list, err := storage.Outbox.All(tx, "")
			owed = len(list)
			return err
		})
		if err != nil {
			o.t.Fatal(err)
		}
	}
}

func lastOfBot(list []bottest.TelegramMessage) (last bottest.TelegramMessage) {
	for _, m := range list {
		if m.FromBot {
			last = m
		}
	}
	return last
}

func countOf(list []bottest.TelegramMessage, text string) (n int) {
	for _, m := range list {
		if strings.HasPrefix(m.Text, text) {
			n++
		}
	}
	return n
}

const interrupted = "Mạng vừa gián đoạn, em gửi lại câu đang hỏi ạ."

// A tap made while Telegram can't be reached, or while the program is down, is lost after
// 150 seconds. The question it answered is asked again, once; who wrote is just answered.
func TestLostTapsAreAskedForAgain(t *testing.T) {
	for name, down := range map[string]func(o *outage) (up func()){
		"the line was down": func(o *outage) func() {
			o.dead()
			return func() { o.srv.SetFaults(bottest.TelegramFaults{}) }
		},
		"the program was down": func(o *outage) func() {
			o.stop()
			return o.start
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOutage(t)
			o.lan.Type("báo cáo")
			o.heard(o.lan, "Điểm danh tháng 11")
			o.hoa.Type("báo cáo")
			o.heard(o.hoa, "Điểm danh tháng 11")

			up := down(o)
			if err := o.lan.Press(0, "Đúng 118"); err != nil {
				t.Fatal(err)
			}
			o.hoa.Type("118")
			o.pass(10 * time.Minute)
			up()
			o.heard(o.hoa, "Dạ, chi hội mình 118 hội viên")
			o.heard(o.lan, interrupted)
			if list := o.lan.Messages(); countOf(list, flows.AskedAgain) != 1 {
				t.Errorf("the earlier question was not closed: %v", list)
			}

			o.settled()
			o.stop() // again, and again: it was asked once
			o.pass(10 * time.Minute)
			o.start()
			if err := o.lan.Press(0, "Đúng 118"); err != nil {
				t.Fatal(err)
			}
			o.heard(o.lan, "Dạ, chi hội mình 118 hội viên")
			if n := countOf(o.lan.Messages(), interrupted); n != 0 { // that message has become the record line
				t.Errorf("%d messages still ask again", n)
			}
			if n := countOf(o.lan.Messages(), "✅ Số hội viên"); n != 1 {
				t.Errorf("%d record lines", n)
			}
			if s := o.srv.Stats(); s.Expired != 1 {
				t.Errorf("%d updates were lost, want the one tap", s.Expired)
			}
		})
	}
}

// An outage of ours makes nobody late: texts carry their time; a tap that was fetched late
// counts as made when the line went dead (telegram.md 2, domain.md 8).
func TestOutageOverTheDeadlineMakesNobodyLate(t *testing.T) {
	o := newOutage(t)
	for _, say := range []string{"báo cáo", "118", "chưa", "khác", "4", "chưa", "1", "1", "1", "1", "0", "0", "không"} {
		o.lan.Type(say)
		before := len(o.lan.Messages())
		if _, err := o.lan.Await(o.ctx, func(list []bottest.TelegramMessage) bool { return len(list) > before }); err != nil {
			t.Fatal(say, err)
		}
	}
	o.heard(o.lan, "Câu cuối.")
	o.pass(ict(2026, 12, 4, 0).Sub(o.clock.Now()) - 50*time.Second) // 23:59:10
	o.dead()
	if err := o.lan.Press(0, "1. Gửi"); err != nil {
		t.Fatal(err)
	}
	o.pass(100 * time.Second) // 00:00:50
	o.srv.SetFaults(bottest.TelegramFaults{})
	if _, err := o.lan.Await(o.ctx, func(list []bottest.TelegramMessage) bool {
		return strings.HasPrefix(lastOfBot(list).Text, "Em cảm ơn")
	}); err != nil {
		t.Fatal(err, lastOfBot(o.lan.Messages()).Text)
	}
	err := o.store.View(t.Context(), func(tx storage.Tx) error {
		c, ok, err := storage.LatestCheckIn(tx, "an-phu/1", "2026-11")
		if !ok || c.Late {
			t.Errorf("sent at %s, late: %t", c.SentAt, c.Late)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// However many were in the middle, a bounded number is asked again, the latest first of
// all, in small transactions, and nobody twice.
func TestAsksAgainWithinBounds(t *testing.T) {
	s := newSwept(t, ict(2026, 11, 26, 9))
	const heads = 2300
	s.put(func(tx storage.Tx) error {
		p := org.Period{Commune: "an-phu", Month: "2026-11", Opens: ict(2026, 11, 25, 8), Due: ict(2026, 12, 4, 0), Locks: ict(2026, 12, 21, 0)}
		err := storage.Periods.Put(tx, "an-phu/2026-11", p)
		for i := range heads {
			who, b := org.PersonID(fmt.Sprintf("p%d", i)), org.BranchID(fmt.Sprintf("an-phu/%d", i))
			at := org.ContactID("telegram:" + string(who))
			prompt := org.MessageID(fmt.Sprintf("%014x-a-00", ict(2026, 11, 26, 9).Add(time.Duration(i)*time.Millisecond).UnixMicro()))
			err = errors.Join(err, storage.Branches.Put(tx, string(b), org.Branch{ID: b, Name: "Chi hội", Members: 118}), storage.PutPerson(tx, org.Person{ID: who, Name: "Lan"}),
				storage.PutContact(tx, org.Contact{ID: at, Person: who}), storage.PutConsent(tx, org.Consent{Person: who, At: ict(2026, 9, 1, 8)}),
				storage.Sent.Put(tx, string(prompt), storage.Receipt{To: at, Network: "1", At: ict(2026, 11, 26, 9)}))
			_, err2 := storage.PutDraft(tx, flows.Draft{Branch: b, Month: "2026-11", Instance: "x", Answers: org.Answers{}, Seats: map[org.PersonID]flows.Seat{
				who: {Open: "q0_members", Asked: 1, Since: 1, Prompt: prompt, PromptAt: at}}}, string(prompt))
			err = errors.Join(err, err2)
		}
		return err
	})
	heard := func() {
		t.Helper()
		if err := s.app.Scheduler.Heard(context.Background(), "telegram", 0); err != nil {
			t.Fatal(err)
		}
	}
	s.clock.Set(ict(2026, 11, 26, 9).Add(time.Minute))
	heard()
	s.holds("outbox")
	s.store.most = 0
	for range 3 {
		s.clock.Set(s.clock.Now().Add(10 * time.Minute))
		heard()
		owed := s.keys("outbox")
		if len(owed) != 2000 {
			t.Fatalf("%d questions are asked again", len(owed))
		}
	}
	if s.store.most > 500 {
		t.Errorf("a transaction wrote %d rows", s.store.most)
	}
	err := s.store.View(t.Context(), func(tx storage.Tx) error {
		return storage.Outbox.Scan(tx, "", "", func(_ string, m storage.Message) error {
			var n int
			if _, err := fmt.Sscanf(m.To.Chat(), "p%d", &n); err != nil || n < heads-2000 || m.Lane != storage.LaneBulk {
				t.Errorf("%s is asked in lane %d", m.To, m.Lane)
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}
