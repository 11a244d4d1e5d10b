package storage

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"chihoi/flows"
	"chihoi/flows/org"
)

// Ledger counts what became of the waves of a period in one commune, oldest first. It is
// counted from what is kept of every message, so nothing can be missing from it: whatever
// is promised under "KIND/MONTH/COMMUNE/WHOM…" as one of a wave is in it.
func Ledger(tx Tx, c org.CommuneID, m org.Month) ([]org.Wave, error) {
	kinds, err := PromiseKinds(tx)
	if err != nil {
		return nil, err
	}
	waves := map[string]*org.Wave{}
	for _, kind := range kinds {
		prefix := kind + "/" + string(m) + "/" + string(c) + "/"
		err := Promise.Scan(tx, prefix, "", func(key string, p Promised) error {
			if p.Wave == "" || strings.HasPrefix(p.Wave, askedFor) {
				return nil
			}
			w := waves[p.Wave]
			if w == nil {
				w = &org.Wave{}
				w.Kind, w.Day = org.SplitWave(p.Wave)
				waves[p.Wave] = w
			}
			whom, _, _ := strings.Cut(strings.TrimPrefix(key, prefix), "/")
			w.Count(org.WaveRow{Of: whom, Deputy: strings.HasSuffix(key, flows.DeputyKey), Outcome: p.State.Outcome(), Why: p.Why})
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

// askedFor begins the waves of reminders that somebody asked for herself.
const askedFor = "asked/"
