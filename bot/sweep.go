package bot

import (
	"context"
	"time"

	"chihoi/storage"
)

// How long rows are kept that are only there to prevent repeats.
const (
	keepSent    = 60 * 24 * time.Hour // receipts by which old messages can be edited
	keepJobs    = 100 * 24 * time.Hour
	sweepAtOnce = 500 // rows deleted in one transaction
	// eraseAtOnce is over how many rows a tick looks for the traces of somebody who had
	// herself erased: a fraction of a second; a country's worth takes hours of the 20 days.
	eraseAtOnce = 50_000
)

// sweep deletes what is no longer needed, a little at a time: updates seen long ago,
// receipts of old messages, marks of old jobs.
func sweep(ctx context.Context, store storage.Store, now time.Time) error {
	old := map[string]string{ // bucket: the first key to keep
		storage.Seen.Bucket: seenSpan(now.AddDate(0, 0, -seenDays)),
		storage.Sent.Bucket: string(messageID(now.Add(-keepSent).UnixMicro(), "", 0)),
	}
	for bucket, keep := range old {
		for {
			var keys []string
			err := store.View(ctx, func(tx storage.Tx) error {
				keys = nil
				return tx.Scan(bucket, "", "", func(key string, _ []byte) error {
					if key >= keep || len(keys) == sweepAtOnce {
						return storage.ErrStop
					}
					keys = append(keys, key)
					return nil
				})
			})
			if err != nil || len(keys) == 0 {
				if err != nil {
					return err
				}
				break
			}
			err = store.Update(ctx, func(tx storage.Tx) error {
				for _, k := range keys {
					if err := tx.Delete(bucket, k); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return sweepJobs(ctx, store, now)
}

// sweepJobs forgets per-commune marks of slots that are long past; the slot's own row stays.
func sweepJobs(ctx context.Context, store storage.Store, now time.Time) error {
	if now.Minute() != 0 { // once an hour is plenty
		return nil
	}
	return store.Update(ctx, func(tx storage.Tx) error {
		var keys []string
		err := storage.Ran.Scan(tx, "job/", "", func(key string, at time.Time) error {
			if now.Sub(at) > keepJobs && len(keys) < sweepAtOnce {
				keys = append(keys, key)
			}
			return nil
		})
		for _, k := range keys {
			if err == nil {
				err = storage.Ran.Delete(tx, k)
			}
		}
		return err
	})
}
