package storage

import (
	"time"

	"chihoi/flows/org"
)

// NoteExport notes in the audit that an operator took a commune's figures out; "" is all
// communes. Detail says of which months, and as what.
func NoteExport(tx Tx, now time.Time, c org.CommuneID, detail string) error {
	return putOperatorAudit(tx, AuditRow{At: now, What: "export", Unit: string(c), Detail: detail})
}
