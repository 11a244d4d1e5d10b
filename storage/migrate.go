package storage

import (
	"context"
	"fmt"
	"strconv"
)

// migrations bring a store from one version of its layout to the next. The list only
// grows: a store's version is the number of migrations it has had.
var migrations = []func(Tx) error{
	func(Tx) error { return nil }, // 1: the first layout
	fillFigures,                   // 2: figures, of the check-ins there are
}

// Migrate brings the store to the present layout, each step in a transaction of its own
// together with the new version. A store of a later program is refused with ErrNewer.
func Migrate(s Store) error {
	for {
		done := false
		err := s.Update(context.Background(), func(tx Tx) error {
			v, _, err := Meta.Get(tx, "schema")
			if err != nil {
				return err
			}
			n := 0
			if v != "" {
				if n, err = strconv.Atoi(v); err != nil {
					return fmt.Errorf("storage: schema version %q", v)
				}
			}
			switch {
			case n > len(migrations):
				return fmt.Errorf("%w: layout %d, this one knows %d", ErrNewer, n, len(migrations))
			case n == len(migrations):
				done = true
				return nil
			}
			if err := migrations[n](tx); err != nil {
				return fmt.Errorf("storage: migration to layout %d: %w", n+1, err)
			}
			return Meta.Put(tx, "schema", strconv.Itoa(n+1))
		})
		if err != nil || done {
			return err
		}
	}
}
