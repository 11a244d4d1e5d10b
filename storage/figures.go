package storage

import (
	"slices"
	"strings"

	"chihoi/flows/org"
)

// figuresKey is the key of Figures: a commune's rows of a year lie together, and a year has
// at most twelve months.
func figuresKey(b org.BranchID, m org.Month) string { return m.YearName() + "/" + string(b) }

// putFigures keeps the numbers of a check-in beside it.
func putFigures(tx Tx, c org.CheckIn) error {
	key := figuresKey(c.Branch, c.Month)
	list, _, err := Figures.Get(tx, key)
	if err != nil {
		return err
	}
	return Figures.Put(tx, key, addFigures(list, c))
}

func addFigures(list []org.Figures, c org.CheckIn) []org.Figures {
	var before org.Figures
	for _, f := range list {
		if f.Month == c.Month {
			before = f
		}
	}
	return org.KeepFigures(list, org.FiguresOf(c, before))
}

// FiguresIn calls fn with the figures of each branch of a commune that has any in a month's
// year, in the order of their ids.
func FiguresIn(tx Tx, c org.CommuneID, m org.Month, fn func(org.BranchID, []org.Figures)) error {
	year := m.YearName() + "/"
	return Figures.Scan(tx, year+string(c)+"/", "", func(key string, list []org.Figures) error {
		fn(org.BranchID(strings.TrimPrefix(key, year)), list)
		return nil
	})
}

// fillFigures makes the figures of every check-in that was stored before there were any.
func fillFigures(tx Tx) error {
	rows := map[string][]org.Figures{}
	err := CheckIns.Scan(tx, "", "", func(_ string, c org.CheckIn) error { // revisions come in order
		key := figuresKey(c.Branch, c.Month)
		rows[key] = addFigures(rows[key], c)
		return nil
	})
	for key, list := range rows {
		if err == nil {
			err = Figures.Put(tx, key, list)
		}
	}
	return err
}

// SentIn is the set of a commune's branches that have submitted a month.
func SentIn(tx Tx, c org.CommuneID, m org.Month) (map[org.BranchID]bool, error) {
	sent, year := map[org.BranchID]bool{}, m.YearName()+"/"
	months := Table[[]org.FiguresMonth](Figures)
	err := months.Scan(tx, year+string(c)+"/", "", func(key string, list []org.FiguresMonth) error {
		if slices.Contains(list, org.FiguresMonth(m)) {
			sent[org.BranchID(strings.TrimPrefix(key, year))] = true
		}
		return nil
	})
	return sent, err
}

// draftsOf is what a standing says of drafts; the rest of it is passed over unread.
type draftsOf struct {
	Drafts map[org.Month]string `json:"drafts"`
}

// DraftsIn calls fn with the drafts of a commune's branches: for which month, and their row.
func DraftsIn(tx Tx, c org.CommuneID, fn func(org.BranchID, org.Month, string)) error {
	return Table[draftsOf](Standings).Scan(tx, string(c)+"/", "", func(key string, s draftsOf) error {
		for m, row := range s.Drafts {
			fn(org.BranchID(key), m, row)
		}
		return nil
	})
}
