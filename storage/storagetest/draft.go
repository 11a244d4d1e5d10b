package storagetest

import (
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// Draft finds the draft of a branch and month, as tests look at it from outside.
func Draft(tx storage.Tx, b org.BranchID, m org.Month) (d flows.Draft, ok bool, err error) {
	s, _, err := storage.Standings.Get(tx, string(b))
	if err != nil || s.Drafts[m] == "" {
		return d, false, err
	}
	return storage.Drafts.Get(tx, s.Drafts[m])
}
