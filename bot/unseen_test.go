package bot_test

import (
	"testing"
	"time"

	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// TestCallsForHelpWaitOutAFullWeek: a chair whom the calendar wrote to often enough this week
// hears of a call that nobody took on when there is room again; violence does not wait.
func TestCallsForHelpWaitOutAFullWeek(t *testing.T) {
	for urgent, want := range map[bool]org.MessageState{false: org.MessageHeld, true: org.MessageSent} {
		w := newScopeWorld(t)
		now := time.Date(2026, 11, 30, 9, 0, 0, 0, bottest.Zone)
		const key = "unseen/2026-11/xa-a/xa-a-chair/r1"
		write(t, w.store, func(tx storage.Tx) error {
			for n := flows.DefaultSettings().Weekly; n > 0; n-- {
				at := now.AddDate(0, 0, -n)
				if err := storage.PutReach(tx, "xa-a-chair", at, at.AddDate(0, 0, -7)); err != nil {
					return err
				}
			}
			o := flows.Order{Kind: flows.OrderUnseen, Person: "xa-a-chair", Branch: "xa-a/2", Month: "2026-11", Request: "r1", Urgent: urgent, Wave: "unseen/2026-11-30"}
			row := storage.TimeKey(now) + "/" + key
			if err := storage.Promise.Put(tx, key, storage.Promised{State: org.MessagePlanned, Row: row, Wave: o.Wave}); err != nil {
				return err
			}
			return storage.Plans.Put(tx, row, storage.Plan{Key: key, At: now, Order: o})
		})
		if err := w.app.Scheduler.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.app.Outbox.Drain(t.Context())
		var got storage.Promised
		write(t, w.store, func(tx storage.Tx) (err error) {
			got, _, err = storage.Promise.Get(tx, key)
			return err
		})
		if got.State != want {
			t.Errorf("urgent %t: %+v, want %s", urgent, got, want)
		}
	}
}
