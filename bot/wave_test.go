package bot_test

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// A wave to more people than the backlog holds is planned over several ticks; everybody is
// written to once, and the depth of the outbox stays bounded.
func TestWaveIsPlannedAsItGoesOut(t *testing.T) {
	const communes, each = 60, 100
	store := storage.NewMem()
	write(t, store, func(tx storage.Tx) error {
		for c := range communes {
			id := org.CommuneID(fmt.Sprintf("xa-%d", c))
			if err := storage.Communes.Put(tx, string(id), org.Commune{ID: id, Name: "Xã"}); err != nil {
				return err
			}
			for i := range each {
				if err := waveBranch(tx, id, c*each+i); err != nil {
					return err
				}
			}
		}
		return nil
	})
	clock := bot.NewHandClock(time.Date(2026, 11, 24, 8, 0, 0, 0, bottest.Zone), true)
	net := &paced{clock: clock}
	app, err := bot.New(store, clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), net)
	if err != nil {
		t.Fatal(err)
	}
	tick := func() {
		if err := app.Scheduler.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	tick()
	clock.Set(time.Date(2026, 11, 25, 8, 0, 0, 0, bottest.Zone))
	deepest := 0
	for range 6 {
		tick()
		deepest = max(deepest, app.Outbox.Depth())
		for end := clock.Now().Add(time.Minute); clock.Now().Before(end); {
			clock.Set(clock.Now().Add(40 * time.Millisecond))
			app.Outbox.Drain(t.Context())
		}
	}
	seen := map[string]int{}
	for _, a := range net.got {
		seen[a.chat]++
	}
	if len(seen) != communes*each || len(net.got) != communes*each {
		t.Errorf("%d messages to %d people, want %d", len(net.got), len(seen), communes*each)
	}
	if deepest > 4000+each {
		t.Errorf("%d owed at once", deepest)
	}
	lasted := net.got[len(net.got)-1].at.Sub(net.got[0].at)
	if least := communes * each / 25 * time.Second; lasted > least*105/100 {
		t.Errorf("the wave took %s, at best %s", lasted, least)
	}
}

func waveBranch(tx storage.Tx, c org.CommuneID, i int) error {
	long := time.Date(2026, 8, 1, 8, 0, 0, 0, bottest.Zone)
	b, p := org.BranchID(fmt.Sprintf("%s/%d", c, i)), org.PersonID(fmt.Sprintf("p%d", i))
	for _, err := range []error{
		storage.Branches.Put(tx, string(b), org.Branch{ID: b, Name: fmt.Sprintf("Chi hội thôn %d", i), Order: i}),
		storage.PutPerson(tx, org.Person{ID: p, Name: "Nguyễn Thị Lan"}),
		storage.PutPost(tx, org.Post{Role: org.Head, Unit: string(b), Person: p}),
		storage.PutContact(tx, org.Contact{ID: org.ContactID(fmt.Sprintf("p:%d", i)), Person: p, LinkedAt: long, LastWrote: long}),
		storage.PutConsent(tx, org.Consent{Person: p, Notice: flows.NoticeVersion, At: long, Channel: "p", Raw: "đồng ý"}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}
