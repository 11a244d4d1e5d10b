package storage_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"chihoi/flows/org"
	"chihoi/storage"
)

// TestSentIn: who has sent a month is told for one commune, whatever else was sent.
func TestSentIn(t *testing.T) {
	s := storage.NewMem()
	err := s.Update(t.Context(), func(tx storage.Tx) error {
		for branch, months := range map[org.BranchID][]org.Month{
			"an-phu/1": {"2026-10", "2026-11"}, "an-phu/2": {"2026-10"}, "an-phu/3": {"2026-11"}, "an-phuc/1": {"2026-11"}, "an-phu/4": {"2025-11"},
		} {
			for _, m := range months {
				c := org.CheckIn{Branch: branch, Month: m, Revision: 1, SentAt: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)}
				if err := storage.PutCheckIn(tx, c); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for m, want := range map[org.Month][]org.BranchID{"2026-11": {"an-phu/1", "an-phu/3"}, "2026-10": {"an-phu/1", "an-phu/2"}, "2026-12": nil, "2025-11": {"an-phu/4"}} {
		err := s.View(t.Context(), func(tx storage.Tx) error {
			sent, err := storage.SentIn(tx, "an-phu", m)
			if got := slices.Sorted(maps.Keys(sent)); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", m, got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
