package storage

import "context"

// Stretch is a part of a bucket that has been walked.
type Stretch struct {
	Rows    int    // looked at
	Changed int    // of which fix changed so many
	Next    string // the key to go on from; "" at the end of the bucket
}

// Walk goes over at most rows rows of a bucket from a key on, and lets fix change those
// that pick chooses. The looking is a View and the changing one Update, so that a long
// bucket holds nobody up; fix must read its row again, which may have changed or gone
// since. pick gets raw bytes, because most rows are passed over, and must not keep them.
func Walk(ctx context.Context, s Store, bucket, from string, rows int, pick func(key string, raw []byte) (bool, error), fix func(tx Tx, key string) (changed bool, err error)) (done Stretch, err error) {
	var picked []string
	err = s.View(ctx, func(tx Tx) error {
		done, picked = Stretch{}, nil
		return tx.Scan(bucket, "", from, func(key string, raw []byte) error {
			if done.Rows == rows {
				done.Next = key
				return ErrStop
			}
			done.Rows++
			yes, err := pick(key, raw)
			if yes {
				picked = append(picked, key)
			}
			return err
		})
	})
	if err != nil || len(picked) == 0 {
		return done, err
	}
	err = s.Update(ctx, func(tx Tx) error {
		done.Changed = 0
		for _, key := range picked {
			changed, err := fix(tx, key)
			if err != nil {
				return err
			}
			if changed {
				done.Changed++
			}
		}
		return nil
	})
	return done, err
}
