// Package storage remembers: it owns the store contract, the typed tables above it
// and their migrations. A store is a transactional map of buckets of keys; the
// stores in its subfolders keep the contract that storage/storagetest defines.
//
// Everything the program must still know after a restart passes through here.
package storage

import (
	"context"
	"errors"
)

// Errors a store wraps.
var (
	// ErrClosed is returned after Close.
	ErrClosed = errors.New("storage: store is closed")
	// ErrLocked is returned at opening when another process holds the store.
	ErrLocked = errors.New("storage: another process has the store open")
	// ErrNewer is returned by Migrate when a later program has written the store.
	ErrNewer = errors.New("storage: written by a newer chihoi")
	// ErrDamaged is returned at opening when the file can't be read as a store.
	ErrDamaged = errors.New("storage: the file is damaged")
	// ErrReadOnly is returned by Put and Delete in a View.
	ErrReadOnly = errors.New("storage: transaction is read-only")
	// ErrStop ends a Scan early; Scan then returns nil.
	ErrStop = errors.New("storage: stop scanning")
)

// Store is a transactional key-value map.
//
// View runs fn on a consistent snapshot. Update runs fn in a serializable
// transaction and returns nil only when its writes are durable; when fn returns an
// error, or panics, nothing of it is kept. Update may run fn again, so fn must touch
// nothing outside the transaction except variables that it resets when it begins.
// Transactions are not nested. Both return ctx's error if ctx ends before fn ran.
type Store interface {
	View(ctx context.Context, fn func(Tx) error) error
	Update(ctx context.Context, fn func(Tx) error) error
	Close() error
}

// Tx is one transaction. It sees its own writes. Keys are non-empty; keys of a bucket
// are ordered by their bytes. A bucket exists by being used.
//
// A value is never changed, by either side: one handed in stays with the store, one handed
// out may be shared with others. It stays good after the transaction.
type Tx interface {
	// Get returns nil, nil for a key that is not there.
	Get(bucket, key string) ([]byte, error)
	Put(bucket, key string, value []byte) error
	// Delete of a key that is not there does nothing.
	Delete(bucket, key string) error
	// Scan calls fn for each key with the prefix that is >= from, in order. fn may not
	// write to the bucket it scans. An error from fn ends the scan and is returned,
	// except ErrStop.
	Scan(bucket, prefix, from string, fn func(key string, value []byte) error) error
}
