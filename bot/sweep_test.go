package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/storagetest"
)

// swept is a store whose calendar is ticked by hand.
type swept struct {
	t     *testing.T
	store *counting
	clock *bot.HandClock
	app   *bot.App
}

// counting is a store that notes how much the largest transaction wrote.
type counting struct {
	storage.Store
	most int
}

type countingTx struct {
	storage.Tx
	writes int
}

func (c *countingTx) Put(bucket, key string, value []byte) error {
	c.writes++
	return c.Tx.Put(bucket, key, value)
}

func (c *countingTx) Delete(bucket, key string) error {
	c.writes++
	return c.Tx.Delete(bucket, key)
}

func (c *counting) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return c.Store.Update(ctx, func(tx storage.Tx) error {
		counted := &countingTx{Tx: tx}
		err := fn(counted)
		c.most = max(c.most, counted.writes)
		return err
	})
}

func newSwept(t *testing.T, at time.Time) *swept { return newSweptBy(t, at, flows.DefaultSettings()) }

func newSweptBy(t *testing.T, at time.Time, settings *flows.Settings) *swept {
	s := &swept{t: t, store: &counting{Store: storage.NewMem()}, clock: bot.NewHandClock(at, true)}
	var err error
	if s.app, err = bot.New(s.store, s.clock, settings, slog.New(slog.NewTextHandler(io.Discard, nil))); err != nil {
		t.Fatal(err)
	}
	s.tick()
	return s
}

func (s *swept) tick() {
	s.t.Helper()
	if err := s.app.Scheduler.Tick(context.Background()); err != nil {
		s.t.Fatal(err)
	}
}

// goTo moves the clock and ticks, the day before too: after a leap nothing is swept away
// on the first day.
func (s *swept) goTo(at time.Time) {
	s.t.Helper()
	if before := at.AddDate(0, 0, -1); before.After(s.clock.Now()) {
		s.clock.Set(before)
		s.tick()
	}
	s.clock.Set(at)
	s.tick()
}

func (s *swept) put(fn func(tx storage.Tx) error) {
	s.t.Helper()
	if err := s.store.Store.Update(context.Background(), fn); err != nil {
		s.t.Fatal(err)
	}
}

// keys lists a bucket.
func (s *swept) keys(bucket string) (list []string) {
	s.t.Helper()
	err := s.store.View(context.Background(), func(tx storage.Tx) error {
		return tx.Scan(bucket, "", "", func(key string, _ []byte) error {
			list = append(list, key)
			return nil
		})
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func (s *swept) holds(bucket string, want ...string) {
	s.t.Helper()
	if got := s.keys(bucket); !slices.Equal(got, want) {
		s.t.Errorf("%s at %s holds %v, want %v", bucket, s.clock.Now().Format("2006-01-02 15:04"), got, want)
	}
}

func ict(y int, m time.Month, d, hour int) time.Time {
	return time.Date(y, m, d, hour, 0, 0, 0, bottest.Zone)
}

// domain.md 9 and 12.6: the words of a call for help go 12 months after it was closed; of
// one that nobody closed, 12 months after something last came of it. The call stays.
func TestWordsOfCallsForHelpAreForgotten(t *testing.T) {
	s := newSwept(t, ict(2026, 11, 25, 9))
	closed := ict(2027, 1, 10, 9)
	s.put(func(tx storage.Tx) error {
		return errors.Join(
			storage.Requests.Put(tx, "an-phu/closed", org.Request{ID: "closed", Branch: "an-phu/1", At: ict(2026, 11, 25, 9), Kind: org.Support, Text: "vốn", State: org.RequestResolved,
				Steps: []org.RequestStep{{State: org.RequestSeen, At: ict(2026, 11, 26, 9)}, {State: org.RequestResolved, At: closed}}}),
			storage.Requests.Put(tx, "an-phu/open", org.Request{ID: "open", Branch: "an-phu/1", At: ict(2026, 11, 25, 9), Kind: org.Support, Text: "nhà", State: org.RequestNew}))
	})
	texts := func() (list []string) {
		_ = s.store.View(context.Background(), func(tx storage.Tx) error {
			return storage.Requests.Scan(tx, "", "", func(key string, r org.Request) error {
				if r.Kind != org.Support || r.At.IsZero() {
					t.Errorf("%s lost more than its words: %+v", key, r)
				}
				list = append(list, r.Text)
				return nil
			})
		})
		return list
	}
	for _, step := range []struct {
		at   time.Time
		want []string
	}{
		{ict(2027, 11, 25, 2), []string{"vốn", "nhà"}},
		{ict(2027, 11, 26, 4), []string{"vốn", ""}},
		{ict(2028, 1, 10, 4), []string{"vốn", ""}},
		{ict(2028, 1, 11, 4), []string{"", ""}},
	} {
		if s.goTo(step.at); !slices.Equal(texts(), step.want) {
			t.Errorf("at %s the words are %q, want %q", step.at.Format(time.DateOnly), texts(), step.want)
		}
	}
}

// domain.md 12.6: what chairs wrote on their commune's desk goes after 12 months, also where
// nobody writes there again; targets stay.
func TestWordsOnDesksAreForgotten(t *testing.T) {
	s := newSwept(t, ict(2026, 11, 25, 9))
	early, later := ict(2026, 11, 20, 9), ict(2026, 12, 20, 9)
	s.put(func(tx storage.Tx) error {
		return storage.Desks.Put(tx, "an-phu", org.Desk{
			Targets:   []org.TargetSet{{Year: "2026", N: 120, By: "minh", At: early}},
			Dismissed: []org.Dismissal{{Branch: "an-phu/1", Note: "đã hỏi thăm", By: "minh", At: early}, {Branch: "an-phu/2", Note: "có lý do", By: "minh", At: later}},
			Errands:   []org.Errand{{ID: "e1", Branch: "an-phu/1", Text: "đến thăm", By: "minh", To: "tam", At: early}}})
	})
	for _, step := range []struct {
		at                 time.Time
		dismissed, errands int
	}{{ict(2027, 11, 20, 2), 2, 1}, {ict(2027, 11, 21, 4), 1, 0}, {ict(2027, 12, 21, 4), 0, 0}} {
		s.goTo(step.at)
		var d org.Desk
		s.put(func(tx storage.Tx) (err error) {
			d, _, err = storage.Desks.Get(tx, "an-phu")
			return err
		})
		if len(d.Dismissed) != step.dismissed || len(d.Errands) != step.errands || len(d.Targets) != 1 {
			t.Errorf("at %s the desk holds %+v", step.at.Format(time.DateOnly), d)
		}
	}
}

// domain.md 12.6: records of consent stay while in force and 5 years after.
func TestConsentsStayFiveYearsAfterTheyEnded(t *testing.T) {
	s := newSwept(t, ict(2026, 9, 1, 8))
	consent := func(who org.PersonID, at time.Time, withdrawn bool) org.Consent {
		return org.Consent{Person: who, Notice: "2026-11", At: at, Channel: "telegram", Raw: "đồng ý", Withdrawn: withdrawn}
	}
	first, back, again := ict(2026, 9, 1, 8), ict(2026, 12, 1, 8), ict(2027, 3, 1, 8)
	s.put(func(tx storage.Tx) error {
		return errors.Join(
			storage.PutPerson(tx, org.Person{ID: "lan", Name: "Lan"}), storage.PutPerson(tx, org.Person{ID: "hoa", Name: "Hoa"}), storage.PutPerson(tx, org.Person{ID: "thu", Name: "Thu"}),
			storage.PutConsent(tx, consent("lan", first, false)), storage.PutConsent(tx, consent("lan", back, true)), storage.PutConsent(tx, consent("lan", again, false)),
			storage.PutConsent(tx, consent("hoa", first, false)), storage.PutConsent(tx, consent("hoa", back, true)),
			storage.PutConsent(tx, consent("thu", first, false)))
	})
	key := func(who string, at time.Time) string { return who + "#" + storage.TimeKey(at) }
	s.goTo(ict(2031, 11, 30, 4))
	s.holds("consents", key("hoa", first), key("hoa", back), key("lan", first), key("lan", back), key("lan", again), key("thu", first))
	s.goTo(ict(2031, 12, 2, 4)) // what was taken back then is five years old; so is the taking back
	s.holds("consents", key("lan", again), key("thu", first))
	err := s.store.View(context.Background(), func(tx storage.Tx) error {
		for who, agreed := range map[string]bool{"lan": true, "hoa": false, "thu": true} {
			if p, _, err := storage.People.Get(tx, who); err != nil || p.Agreed() != agreed || p.Name == "" {
				t.Errorf("%s now reads %+v (%v)", who, p, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What only prevents repeats goes from the front of its table.
func TestFrontsAreSwept(t *testing.T) {
	now := ict(2026, 11, 25, 9)
	s := newSwept(t, now)
	s.goTo(now)
	s.put(func(tx storage.Tx) error {
		for _, row := range []string{"20261101/telegram/1", "20261117/telegram/2", "20261125/telegram/3"} {
			if err := tx.Put("seen", row, []byte("1")); err != nil {
				return err
			}
		}
		for _, key := range []string{"open/2026-07/an-phu/1", "open/2026-08/an-phu/1", "open/2026-11/an-phu/1", "remind/2025-11/an-phu/1/2025-11-28", "remind/2026-11/an-phu/1/2026-11-28"} {
			if err := storage.Promise.Put(tx, key, storage.Promised{State: "sent"}); err != nil {
				return err
			}
		}
		for _, at := range []time.Time{now.AddDate(0, 0, -61), now.AddDate(0, 0, -59)} {
			if err := storage.Sent.Put(tx, fmt.Sprintf("%014x-a-00", at.UnixMicro()), storage.Receipt{Network: "1"}); err != nil {
				return err
			}
		}
		return nil
	})
	s.goTo(ict(2026, 11, 26, 4))
	s.holds("seen", "20261125/telegram/3")
	s.holds("promises", "open/2026-08/an-phu/1", "open/2026-11/an-phu/1", "remind/2026-11/an-phu/1/2026-11-28")
	s.holds("sent", fmt.Sprintf("%014x-a-00", now.AddDate(0, 0, -59).UnixMicro()))
}

// A clock that stands wrong for some hours, months ahead, deletes nothing; on the second
// such day it is believed.
func TestLeapInTimeSweepsNothing(t *testing.T) {
	now := ict(2026, 11, 25, 9)
	s := newSwept(t, now)
	s.put(func(tx storage.Tx) error {
		return storage.Promise.Put(tx, "open/2026-11/an-phu/1", storage.Promised{State: "sent"})
	})
	for _, at := range []time.Time{ict(2036, 11, 25, 9), ict(2036, 11, 25, 23), now.Add(time.Hour), now.AddDate(0, 0, 1)} {
		s.clock.Set(at)
		s.tick()
	}
	s.holds("promises", "open/2026-11/an-phu/1")
	s.goTo(ict(2036, 11, 27, 9))
	s.holds("promises")
}

// An update is known for four days whenever it came, and forgotten some days later.
func TestUpdatesStayKnownForDays(t *testing.T) {
	for began := range 8 {
		came := ict(2026, 11, 20+began, 9)
		s := newSwept(t, came)
		u := bot.Update{ID: "1", Contact: "telegram:4711", SentAt: came, Event: flows.Text{Body: "alo"}}
		handle := func() int {
			t.Helper()
			if err := s.app.Inbox.Handle(context.Background(), u); err != nil {
				t.Fatal(err)
			}
			owed := s.keys("outbox")
			s.put(func(tx storage.Tx) error {
				for _, key := range owed {
					if err := tx.Delete("outbox", key); err != nil {
						return err
					}
				}
				return nil
			})
			return len(owed)
		}
		if handle() != 1 {
			t.Fatal("no answer")
		}
		for hours := range 4 * 24 {
			s.goTo(came.Add(time.Duration(hours) * time.Hour))
		}
		if n := handle(); n != 0 {
			t.Errorf("came on %s, delivered again after four days: %d answers", came.Format(time.DateOnly), n)
		}
		s.goTo(came.AddDate(0, 0, 9))
		s.holds("seen")
	}
}

// Drafts go 14 days after the lock (domain.md 12.6), also where the lock did not find them;
// one that can still be sent never does.
func TestForgottenDraftsGo(t *testing.T) {
	s := newSwept(t, ict(2026, 11, 25, 9))
	row := func(at time.Time) string { return fmt.Sprintf("%014x-a-00", at.UnixMicro()) }
	began, late := ict(2026, 11, 26, 9), ict(2026, 12, 19, 9)
	s.put(func(tx storage.Tx) error {
		_, err1 := storage.PutDraft(tx, flows.Draft{Branch: "an-phu/1", Month: "2026-11"}, row(began))
		_, err2 := storage.PutDraft(tx, flows.Draft{Branch: "an-phu/2", Month: "2026-11"}, row(late))
		return errors.Join(err1, err2, storage.Periods.Put(tx, "an-phu/2026-11", org.Period{Commune: "an-phu", Month: "2026-11", Opens: ict(2026, 11, 25, 8), Due: ict(2026, 12, 3, 23), Locks: ict(2026, 12, 20, 23)}))
	})
	s.goTo(ict(2026, 12, 20, 20))
	s.holds("drafts", row(began), row(late))
	s.goTo(ict(2027, 2, 1, 4))
	s.holds("drafts", row(late))
	s.goTo(ict(2027, 2, 20, 4))
	s.holds("drafts")
	err := s.store.View(context.Background(), func(tx storage.Tx) error {
		_, there, err := storagetest.Draft(tx, "an-phu/1", "2026-11")
		if there {
			t.Error("the branch still has it")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Codes go 90 days after they expired, talks of strangers 7 days after they last tried one;
// nobody's own talk goes.
func TestCodesAndStrangersAreForgotten(t *testing.T) {
	now := ict(2026, 11, 25, 9)
	s := newSwept(t, now)
	s.put(func(tx storage.Tx) error {
		return errors.Join(
			storage.Invites.Put(tx, "old", org.Invite{Hash: "old", Expires: now.AddDate(0, 0, -89)}),
			storage.Invites.Put(tx, "used", org.Invite{Hash: "used", Expires: now.AddDate(0, 0, -89), UsedBy: "telegram:1"}),
			storage.Invites.Put(tx, "young", org.Invite{Hash: "young", Expires: now}),
			storage.Talks.Put(tx, "telegram:4711", flows.Talk{Flow: "register", Code: "x", TriesFrom: now.AddDate(0, 0, -6)}),
			storage.Talks.Put(tx, "telegram:4712", flows.Talk{Flow: "register", Code: "x", TriesFrom: now}),
			storage.Talks.Put(tx, "lan", flows.Talk{Misses: 1}))
	})
	s.goTo(now.AddDate(0, 0, 1).Add(-time.Hour))
	s.holds("invites", "old", "used", "young")
	s.holds("talks", "lan", "telegram:4711", "telegram:4712")
	s.goTo(now.AddDate(0, 0, 2))
	s.holds("invites", "young")
	s.holds("talks", "lan", "telegram:4712")
}

// The round is once a day, after three in the morning; a missed one is made up for.
func TestTheRoundIsOnceADay(t *testing.T) {
	s := newSwept(t, ict(2026, 11, 25, 2))
	expired := func(name string) {
		s.put(func(tx storage.Tx) error {
			return storage.Invites.Put(tx, name, org.Invite{Hash: name, Expires: ict(2026, 1, 1, 0)})
		})
	}
	expired("a")
	s.goTo(ict(2026, 11, 25, 2).Add(59 * time.Minute))
	s.holds("invites", "a")
	s.goTo(ict(2026, 11, 25, 3))
	s.holds("invites")
	expired("b")
	s.goTo(ict(2026, 11, 26, 2))
	s.holds("invites", "b")
	s.goTo(ict(2026, 11, 28, 1))
	s.holds("invites")
}

// However much has had its time, no transaction changes more than a thousand rows.
func TestTheRoundIsDoneInPieces(t *testing.T) {
	s := newSwept(t, ict(2026, 11, 25, 9))
	s.put(func(tx storage.Tx) error {
		for i := range 3500 {
			name := fmt.Sprintf("%05d", i)
			if err := storage.Invites.Put(tx, name, org.Invite{Hash: name, Expires: ict(2026, 1, 1, 0)}); err != nil {
				return err
			}
			if err := tx.Put("seen", "20250101/"+name, []byte("1")); err != nil {
				return err
			}
			if i%100 == 0 {
				if err := storage.Invites.Put(tx, name+"x", org.Invite{Hash: name, Expires: ict(2027, 1, 1, 0)}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	s.store.most = 0
	s.goTo(ict(2026, 11, 26, 4))
	left := s.keys("invites")
	if len(left) != 35 || slices.ContainsFunc(left, func(k string) bool { return !strings.HasSuffix(k, "x") }) {
		t.Errorf("%d codes are left", len(left))
	}
	if n := len(s.keys("seen")); n != 0 {
		t.Errorf("%d updates are left", n)
	}
	if s.store.most > 1000 {
		t.Errorf("a transaction wrote %d rows", s.store.most)
	}
}
