package storage

import (
	"fmt"
	"time"

	"chihoi/flows/org"
)

// QueryKey is the key of a query; those about a branch's month lie together.
func QueryKey(b org.BranchID, m org.Month, item int) string {
	return fmt.Sprintf("%s/%s/%02d", b, m, item)
}

// AcceptanceKey is the key of what a chair has seen of a branch's month; those of a commune's
// month lie together.
func AcceptanceKey(b org.BranchID, m org.Month) string {
	return PeriodKey(b.Commune(), m) + "/" + string(b)
}

// ExpireQueries deletes what chairs asked about reports before then, and what they wrote to
// ask it.
func ExpireQueries(before time.Time) Expiry {
	return expireRows("queries", Queries, func(q org.Query) bool { return q.At.Before(before) },
		func(tx Tx, key string, _ org.Query) error { return Queries.Delete(tx, key) })
}

// ExpireDesks takes the words written before then off the desks: why flags were passed over,
// and errands. The desk's own way does so as it is written; this is for those that lie still.
func ExpireDesks(before time.Time) Expiry {
	over := func(d org.Desk) bool {
		left := d.Since(before)
		return len(left.Dismissed) < len(d.Dismissed) || len(left.Errands) < len(d.Errands)
	}
	return expireRows("desks", Desks, over, func(tx Tx, key string, d org.Desk) error { return Desks.Put(tx, key, d.Since(before)) })
}

// inDesk puts the alias in the place of a person who decided something, or was asked to.
func (e Erasure) inDesk(d *org.Desk) fate {
	f := e.hand(&d.Nudged.By)
	for i := range d.Targets {
		f = max(f, e.hand(&d.Targets[i].By))
	}
	for i := range d.Dismissed {
		f = max(f, e.hand(&d.Dismissed[i].By))
	}
	for i := range d.Errands {
		f = max(f, e.hand(&d.Errands[i].By), e.hand(&d.Errands[i].To))
	}
	return f
}
