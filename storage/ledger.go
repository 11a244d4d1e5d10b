package storage

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"chihoi/flows/org"
)

// ledgerKinds begin the keys of what the calendar sends, and of whom it spared.
var ledgerKinds = []string{"open", "remind", "late_list", "skip"}

// Ledger counts what became of the waves of a period in one commune, oldest first. It is
// counted from what is kept of every message, so nothing can be missing from it.
func Ledger(tx Tx, c org.CommuneID, m org.Month) ([]org.Wave, error) {
	waves := map[string]*org.Wave{}
	for _, kind := range ledgerKinds {
		err := Promise.Scan(tx, kind+"/"+string(m)+"/"+string(c)+"/", "", func(_ string, p Promised) error {
			if p.Wave == "" || strings.HasPrefix(p.Wave, "asked/") {
				return nil
			}
			w := waves[p.Wave]
			if w == nil {
				w = &org.Wave{}
				w.Kind, w.Day = org.SplitWave(p.Wave)
				waves[p.Wave] = w
			}
			w.Count(p.State, p.Why)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var list []org.Wave
	for _, name := range slices.Sorted(maps.Keys(waves)) {
		list = append(list, *waves[name])
	}
	slices.SortStableFunc(list, func(a, b org.Wave) int { return cmp.Compare(a.Day, b.Day) })
	return list, nil
}
