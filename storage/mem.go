package storage

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
)

// Mem is a Store in memory: everything is forgotten with it. A View reads the state
// that stood when it began and never waits; Updates run one after another.
type Mem struct {
	// writer holds one token: whoever has it may replace state. A channel and not a
	// mutex, so that waiting for it can end with a context.
	writer chan struct{}

	mu       sync.Mutex
	state    memState
	failNext error
	closed   bool
	running  sync.WaitGroup
}

// memState is never changed once it stands in a Mem; an Update makes a new one that
// shares what it didn't touch.
type memState map[string]*ordered[[]byte]

// NewMem returns an empty store.
func NewMem() *Mem {
	return &Mem{writer: make(chan struct{}, 1), state: memState{}}
}

// View implements Store.
func (m *Mem) View(ctx context.Context, fn func(Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	state, err := m.enter()
	if err != nil {
		return err
	}
	defer m.running.Done()
	tx := NewView(state)
	defer tx.End()
	return fn(tx)
}

// Update implements Store.
func (m *Mem) Update(ctx context.Context, fn func(Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case m.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-m.writer }()
	if err := ctx.Err(); err != nil {
		return err
	}
	state, err := m.enter()
	if err != nil {
		return err
	}
	defer m.running.Done()
	tx := NewOverlay(state)
	defer tx.End()
	if err := fn(tx); err != nil {
		return err
	}
	return m.commit(state, tx)
}

// Close waits for the transactions that run; later ones get ErrClosed.
func (m *Mem) Close() error {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
	m.running.Wait()
	return nil
}

// FailNextCommit makes the next commit that has something to write fail with an error
// that wraps err, as a full disk would: its Update returns the error and nothing of it
// is kept. For tests.
func (m *Mem) FailNextCommit(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failNext = err
}

func (m *Mem) enter() (memState, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, ErrClosed
	}
	m.running.Add(1)
	return m.state, nil
}

func (m *Mem) commit(state memState, tx *Overlay) error {
	next, touched := maps.Clone(state), map[string]bool{}
	open := func(bucket string) *ordered[[]byte] {
		if !touched[bucket] {
			touched[bucket] = true
			if next[bucket] == nil {
				next[bucket] = &ordered[[]byte]{}
			} else {
				next[bucket] = next[bucket].clone()
			}
		}
		return next[bucket]
	}
	_ = tx.Changes(func(bucket, key string, value []byte) error {
		if old, ok := state.get(bucket, key); !ok || !bytes.Equal(old, value) {
			open(bucket).set(key, value)
		}
		return nil
	}, func(bucket, key string) error {
		if _, ok := state.get(bucket, key); ok {
			open(bucket).delete(key)
		}
		return nil
	})
	if len(touched) == 0 {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.failNext; err != nil {
		m.failNext = nil
		return fmt.Errorf("storage: commit: %w", err)
	}
	m.state = next
	return nil
}

func (s memState) get(bucket, key string) ([]byte, bool) {
	b := s[bucket]
	if b == nil {
		return nil, false
	}
	return b.get(key)
}

// Get implements Reader.
func (s memState) Get(bucket, key string) ([]byte, error) {
	value, _ := s.get(bucket, key)
	return value, nil
}

// Scan implements Reader.
func (s memState) Scan(bucket, prefix, from string, fn func(key string, value []byte) error) error {
	b := s[bucket]
	if b == nil {
		return nil
	}
	past := false
	err := b.ascend(max(prefix, from), func(key string, value []byte) error {
		if past = !strings.HasPrefix(key, prefix); past {
			return ErrStop
		}
		return fn(key, value)
	})
	if past {
		return nil
	}
	return err
}
