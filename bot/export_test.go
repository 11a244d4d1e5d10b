package bot

import (
	"chihoi/flows"
	"chihoi/storage"
)

// Lend is the book that steps and jobs are lent, for the tests of packages outside.
func Lend(tx storage.Tx) flows.Book { return &book{tx: tx, recall: new(recall)} }
