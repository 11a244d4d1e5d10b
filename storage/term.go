package storage

import (
	"slices"
	"time"

	"chihoi/flows/org"
)

// A term of the Union is over: what was reported in it, up to its last month, goes (domain.md
// 12.6, "check-ins for the term + 1 year"). The check-ins themselves lie in the order of
// their months and are swept from the front of their table.

// ExpireTerm is the rules for all that belongs to the reports of months up to last.
func ExpireTerm(last org.Month, loc *time.Location) []Expiry {
	end := last.Add(1).First(loc)
	return []Expiry{
		expireFigures(last),
		expireRows("periods", Periods, func(p org.Period) bool { return p.Month <= last },
			func(tx Tx, key string, _ org.Period) error { return Periods.Delete(tx, key) }),
		expireRows("acceptances", Acceptances, func(a org.Acceptance) bool { return a.Month <= last },
			func(tx Tx, key string, _ org.Acceptance) error { return Acceptances.Delete(tx, key) }),
		expireRows("notices", Notices, func(n org.Notice) bool { return n.At.Before(end) },
			func(tx Tx, key string, _ org.Notice) error { return Notices.Delete(tx, key) }),
		expireRows("pairs", Pairs, func(p org.Pair) bool { return p.Ended != "" && p.Ended <= last },
			func(tx Tx, key string, _ org.Pair) error { return Pairs.Delete(tx, key) }),
		expireRows("requests", Requests, func(r org.Request) bool { return !r.Open() && r.LastMoved().Before(end) },
			func(tx Tx, key string, _ org.Request) error { return Requests.Delete(tx, key) }),
	}
}

// expireFigures takes the months up to last out of the rows of figures, each of which is of
// a year.
func expireFigures(last org.Month) Expiry {
	over := func(f org.Figures) bool { return f.Month <= last }
	return expireRows("figures", Figures, func(list []org.Figures) bool { return slices.ContainsFunc(list, over) },
		func(tx Tx, key string, list []org.Figures) error {
			if list = slices.DeleteFunc(list, over); len(list) == 0 {
				return Figures.Delete(tx, key)
			}
			return Figures.Put(tx, key, list)
		})
}
