package bolt

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"

	"go.etcd.io/bbolt"

	"chihoi/storage"
)

// maxBatch bounds how many functions share a commit: beyond it sharing saves little more,
// and the first of them has waited for all the others.
const maxBatch = 1000

// call is one Update waiting for its turn.
type call struct {
	// turn brings the batch to run in. While the caller runs, the committer waits.
	turn chan *batch
	// claimed is set by whoever decides about the call first: the committer that gives
	// it its turn, or the caller whose context ended.
	claimed atomic.Bool
}

// batch is one write transaction of bbolt and the functions that share it. They run one
// after another, each on its caller's goroutine, so that a panic or a Goexit takes its
// natural way and meets nobody else.
type batch struct {
	id       int
	tx       *bbolt.Tx
	reader   *reader
	queue    []*call                // who has not had a turn yet
	back     chan struct{}          // the turn comes back to the committer on it
	dirty    bool                   // something was written
	anywhere map[*bbolt.Bucket]bool // see place
	// spoiled is set when writing to tx failed halfway; the batch can only be dropped.
	spoiled error

	done chan struct{} // closed when the fate of the batch is known
	err  error         // to be read when done is closed
}

// Update implements storage.Store.
func (s *Store) Update(ctx context.Context, fn func(storage.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.done == nil {
		return fmt.Errorf("%w: %s was opened for reading only", storage.ErrReadOnly, s.path)
	}
	c := &call{turn: make(chan *batch, 1)}
	if err := s.enqueue(c); err != nil {
		return err
	}
	var b *batch
	select {
	case b = <-c.turn:
	case <-ctx.Done():
		if c.claimed.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		b = <-c.turn
	}
	err := b.run(ctx, fn)
	// A function that failed waits too: what made it fail may have been written by
	// another of the batch, and must be true before anybody acts on it.
	<-b.done
	if b.err != nil {
		return b.err
	}
	return err
}

// run is one caller's turn.
func (b *batch) run(ctx context.Context, fn func(storage.Tx) error) error {
	defer b.pass()
	if b.spoiled != nil {
		return b.spoiled
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	tx := storage.NewOverlay(b.reader)
	defer tx.End()
	if err := fn(tx); err != nil {
		return err
	}
	b.spoiled = b.apply(tx)
	return b.spoiled
}

func (b *batch) apply(tx *storage.Overlay) (err error) {
	defer b.reader.guard(&err)
	return tx.Changes(func(bucket, key string, value []byte) error {
		old, err := b.reader.Get(bucket, key)
		if err != nil || old != nil && bytes.Equal(old, value) {
			return err
		}
		to, err := b.reader.create(bucket)
		if err != nil {
			return err
		}
		k := []byte(key)
		if old == nil {
			b.place(to, k)
		}
		b.dirty = true
		b.reader.warm.put(bucket, key, value)
		return to.Put(k, pack(value))
	}, func(bucket, key string) error {
		old, err := b.reader.Get(bucket, key)
		if err != nil || old == nil {
			return err
		}
		b.dirty = true
		b.reader.warm.put(bucket, key, nil)
		return b.reader.bucket(bucket).Delete([]byte(key))
	})
}

// place says how full bbolt may leave the pages it splits for a new key. Keys that come in
// order, like those that begin with the time, never return to a page they have left:
// half-empty pages would stay so. Keys that come anywhere need the room.
//
// It asks what follows the key and not for the last one: bbolt 1.5 looks for that for ever
// once every page of a bucket has been emptied in this transaction.
func (b *batch) place(to *bbolt.Bucket, key []byte) {
	if b.anywhere[to] {
		return
	}
	if next, _ := to.Cursor().Seek(key); next == nil {
		to.FillPercent = 0.9
		return
	}
	to.FillPercent = bbolt.DefaultFillPercent
	b.anywhere[to] = true
}

// enqueue hands the call to the committer.
func (s *Store) enqueue(c *call) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return storage.ErrClosed
	}
	s.waiting = append(s.waiting, c)
	s.arrived.Signal()
	return nil
}

// take returns at most n calls that wait. With wait it returns none only when the store
// is closed and nobody waits any more.
func (s *Store) take(n int, wait bool) []*call {
	s.mu.Lock()
	defer s.mu.Unlock()
	for wait && len(s.waiting) == 0 && !s.closed {
		s.arrived.Wait()
	}
	n = min(n, len(s.waiting))
	calls := s.waiting[:n:n]
	s.waiting = s.waiting[n:]
	return calls
}

// commitLoop is the committer: it runs what waits, commits it, and so on until Close.
// Nobody waits for a timer: a lone Update is committed at once, and whatever arrives
// while a commit runs shares the next one.
func (s *Store) commitLoop() {
	defer close(s.done)
	debug.SetPanicOnFault(true)
	served := 0
	for touched := 0; ; {
		calls := s.take(maxBatch, true)
		if len(calls) == 0 {
			return
		}
		if touched > releaseAfter {
			s.release()
			touched = 0
		}
		b := s.begin()
		crowded := served > 1 || len(calls) > 1
		for served = 0; len(calls) > 0; calls = s.take(maxBatch-served, false) {
			served += len(calls)
			b.serve(calls)
			if crowded {
				// Those whom the last commit has just released are about to come
				// back; let them join this one and not miss it by a microsecond.
				runtime.Gosched()
			}
		}
		s.finish(b)
		touched += served
	}
}

// releaseAfter is after how many functions release looks whether many of the file's pages
// are in memory. A function reads about a dozen, and the kernel maps their neighbours with
// them.
const releaseAfter = 64

func (s *Store) begin() *batch {
	b := &batch{
		back:     make(chan struct{}, 1), // the committer itself hands it back when nobody wants a turn
		anywhere: map[*bbolt.Bucket]bool{},
		done:     make(chan struct{}),
	}
	if b.spoiled = s.usable(); b.spoiled != nil {
		return b
	}
	tx, err := s.db.Begin(true)
	if err != nil {
		b.spoiled = s.explain("write", err)
		return b
	}
	b.id, b.tx, b.reader = tx.ID(), tx, newReader(s.path, tx)
	b.reader.warm = &s.warm
	return b
}

// serve gives each call its turn, and returns when all have had it.
func (b *batch) serve(calls []*call) {
	b.queue = calls
	b.pass()
	<-b.back
}

// pass hands the turn to the next who waits, from one caller straight to the other: a way
// around by the committer would wake a goroutine more for each. The last hands it back.
func (b *batch) pass() {
	for len(b.queue) > 0 {
		c := b.queue[0]
		b.queue = b.queue[1:]
		if c.claimed.CompareAndSwap(false, true) {
			c.turn <- b
			return
		}
	}
	b.back <- struct{}{}
}

// finish commits the batch, or drops it, and tells everyone in it.
func (s *Store) finish(b *batch) {
	defer close(b.done)
	defer func() {
		if b.err != nil {
			s.warm.forget()
		}
	}()
	if b.err = b.spoiled; b.err != nil || !b.dirty {
		b.rollback()
		return
	}
	if err := s.takeFailure(); err != nil {
		b.rollback()
		b.err = s.explain("write", err)
		return
	}
	s.current.Store(b)
	if err := s.commit(b); err != nil {
		b.rollback()
		b.err = s.explain("write", err)
		if s.shows(b.id) {
			// The last step failed after the new state became visible, and whether it
			// is on the disk nobody can say. Going on would build on it; the file
			// itself is sound, and opening it again finds one state or the other.
			b.err = fmt.Errorf("%w: it is not known whether this was kept: check the disk, then restart", b.err)
			s.broken.Store(&b.err)
		}
	}
}

// commit is bbolt's commit with its panics as errors.
func (s *Store) commit(b *batch) (err error) {
	defer b.reader.guard(&err)
	return s.commitTx(b.tx)
}

// rollback gives up what commit has left open, if anything.
func (b *batch) rollback() {
	if b.tx == nil || b.tx.DB() == nil {
		return
	}
	var err error
	defer b.reader.guard(&err)
	_ = b.tx.Rollback()
}

// shows reports whether readers see the transaction with this id.
func (s *Store) shows(id int) bool {
	tx, err := s.db.Begin(false)
	if err != nil {
		return false
	}
	defer func() { _ = tx.Rollback() }()
	return tx.ID() >= id
}

// FailNextCommit makes the next commit that has something to write fail with an error
// that wraps err, as a full disk would: every Update in it returns the error and nothing
// of it is kept. For tests.
func (s *Store) FailNextCommit(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failNext = err
}

func (s *Store) takeFailure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.failNext
	s.failNext = nil
	return err
}

// Close waits for the transactions that run or wait, and lets go of the file. Later ones
// get storage.ErrClosed.
func (s *Store) Close() error {
	s.mu.Lock()
	s.closed = true
	s.arrived.Signal()
	s.mu.Unlock()
	if s.done != nil {
		<-s.done
	}
	if err := s.db.Close(); err != nil {
		return s.explain("close", err)
	}
	return nil
}

// Commits is the number of the last commit, counted over the file's life; 0 before the first
// of this run.
func (s *Store) Commits() int64 {
	if b := s.current.Load(); b != nil {
		return int64(b.id)
	}
	return 0
}
