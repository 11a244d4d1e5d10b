// Package bolt keeps a store in one file with bbolt. It owns the file: its lock, its
// layout, and the moment at which something counts as kept.
//
// A bucket of the store is a bucket of bbolt under the same name; how a value lies in it
// says codec.go.
//
// It promises that an Update which returned nil is on the disk, that Updates which wait
// at the same time share one commit, and that a file which can't be read gives an error
// that says what to do, not a crash.
package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"chihoi/storage"
)

// Options are for tests and special cases; the zero value is right for the bot.
type Options struct {
	// Timeout is how long to wait for another process to let go of the file: 2 s if 0.
	Timeout time.Duration
	// PageSize of a new file: 4096 if 0. A file that exists keeps its own.
	PageSize int
	// ReadOnly opens a file that must exist, for reading, along with other readers.
	ReadOnly bool
	// Log gets what was put right at opening; nil is slog.Default.
	Log *slog.Logger
	// NoSync leaves writing to the operating system: fast, and lost with the power.
	// For tests only.
	NoSync bool
}

// Store is a storage.Store in a file.
type Store struct {
	db   *bbolt.DB
	path string

	// commitTx is bbolt's Commit; tests make it fail.
	commitTx func(*bbolt.Tx) error
	done     chan struct{} // closed when the committer has ended; nil when read-only

	// current is the batch whose commit runs or ran last; see snapshot.
	current atomic.Pointer[batch]
	// broken is set when a commit failed in a way that leaves its fate unknown.
	broken atomic.Pointer[error]
	// warm and settled are the committer's. settled is what mapped said after the
	// last release.
	warm    warm
	settled int

	mu       sync.Mutex
	waiting  []*call
	arrived  *sync.Cond // someone waits, or the store is closed
	failNext error
	closed   bool
}

// View implements storage.Store.
func (s *Store) View(ctx context.Context, fn func(storage.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.snapshot(func(tx *bbolt.Tx) error {
		view := storage.NewView(newReader(s.path, tx))
		defer view.End()
		return fn(view)
	})
}

// snapshot runs fn in a read transaction of bbolt.
//
// bbolt shows a commit to readers a moment before the disk has confirmed it. What a View
// returned may be sent to people, and must not be undone by a power cut, so a snapshot
// that caught that moment waits for the confirmation before it returns.
func (s *Store) snapshot(fn func(*bbolt.Tx) error) error {
	if err := s.usable(); err != nil {
		return err
	}
	// A page that the disk can't read, or that a truncated file lacks, is a memory fault.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	tx, err := s.db.Begin(false)
	if err != nil {
		return s.explain("read", err)
	}
	id := tx.ID()
	err = func() error {
		defer func() { _ = tx.Rollback() }()
		return fn(tx)
	}()
	if b := s.current.Load(); b != nil && b.id <= id {
		<-b.done
		if b.err != nil {
			return b.err
		}
	}
	return err
}

// usable returns why the store can't be used, if it can't.
func (s *Store) usable() error {
	if err := s.broken.Load(); err != nil {
		return *err
	}
	return nil
}

func (s *Store) explain(doing string, err error) error {
	if errors.Is(err, berrors.ErrDatabaseNotOpen) {
		return storage.ErrClosed
	}
	return fmt.Errorf("storage: %s %s: %w", doing, s.path, err)
}

// WriteTo writes a copy of the store as it stands to w, while the store goes on, and
// returns the number of bytes. The copy is a file that Open takes. Write to a local file
// and not over a slow line: until it is done, pages that Updates free can't be used again
// and the file grows.
func (s *Store) WriteTo(w io.Writer) (n int64, err error) {
	err = s.snapshot(func(tx *bbolt.Tx) error {
		n, err = tx.WriteTo(w)
		if err != nil {
			return fmt.Errorf("storage: copy %s: %w", s.path, err)
		}
		return nil
	})
	return n, err
}

// Size returns the size of the file in bytes, 0 when it can't be known.
func (s *Store) Size() int64 {
	info, err := os.Stat(s.path)
	if err != nil {
		return 0
	}
	return info.Size()
}
