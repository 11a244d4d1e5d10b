package storage

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MaxKey is the longest key a store takes, in bytes.
const MaxKey = 32768

// Errors of a misused transaction. They show a mistake in the program, so no caller
// branches on them.
var (
	errEnded    = errors.New("storage: transaction has ended")
	errScanning = errors.New("storage: write to the bucket being scanned")
)

// Reader is what a store gives an Overlay to stand on: the state before the
// transaction. What is said of values in Tx holds here too.
type Reader interface {
	// Get returns nil, nil for a key that is not there.
	Get(bucket, key string) ([]byte, error)
	// Scan works as in Tx, but returns every error of fn as it is, ErrStop too.
	Scan(bucket, prefix, from string, fn func(key string, value []byte) error) error
}

// Overlay is a Tx that keeps its writes to itself. Until the store takes them with
// Changes nothing below has moved, so a function that fails or panics halfway leaves
// no trace: its Overlay is simply forgotten.
//
// An Overlay serves one goroutine at a time.
type Overlay struct {
	base     Reader
	writes   map[string]*ordered[[]byte] // nil value: deleted
	scanning map[string]int
	readOnly bool
	ended    bool
}

// NewOverlay returns a transaction over base.
func NewOverlay(base Reader) *Overlay {
	return &Overlay{base: base}
}

// NewView returns a transaction over base that refuses to write with ErrReadOnly.
func NewView(base Reader) *Overlay {
	return &Overlay{base: base, readOnly: true}
}

// End makes every later use of the transaction an error, for functions that let it
// escape.
func (o *Overlay) End() {
	o.ended = true
}

// Changes calls put and del for each key written, bucket by bucket in order. It stops at
// the first error and returns it.
func (o *Overlay) Changes(put func(bucket, key string, value []byte) error, del func(bucket, key string) error) error {
	names := make([]string, 0, len(o.writes))
	for name := range o.writes {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		err := o.writes[name].ascend("", func(key string, value []byte) error {
			if value == nil {
				return del(name, key)
			}
			return put(name, key, value)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Get implements Tx.
func (o *Overlay) Get(bucket, key string) ([]byte, error) {
	if err := o.check(bucket, key); err != nil {
		return nil, err
	}
	if w := o.writes[bucket]; w != nil {
		if value, ok := w.get(key); ok {
			return value, nil
		}
	}
	return o.base.Get(bucket, key)
}

// Put implements Tx.
func (o *Overlay) Put(bucket, key string, value []byte) error {
	if value == nil {
		value = []byte{} // an empty value is a value; only nil means deleted
	}
	return o.write(bucket, key, value)
}

// Delete implements Tx.
func (o *Overlay) Delete(bucket, key string) error {
	return o.write(bucket, key, nil)
}

func (o *Overlay) write(bucket, key string, value []byte) error {
	if err := o.check(bucket, key); err != nil {
		return err
	}
	if o.readOnly {
		return ErrReadOnly
	}
	if o.scanning[bucket] > 0 {
		return errScanning
	}
	w := o.writes[bucket]
	if w == nil {
		if o.writes == nil {
			o.writes = map[string]*ordered[[]byte]{}
		}
		w = &ordered[[]byte]{}
		o.writes[bucket] = w
	}
	w.set(key, value)
	return nil
}

// Scan implements Tx: it merges what was written with what stands below.
func (o *Overlay) Scan(bucket, prefix, from string, fn func(key string, value []byte) error) error {
	if o.ended {
		return errEnded
	}
	if bucket == "" {
		return errors.New("storage: empty bucket name")
	}
	if o.scanning == nil {
		o.scanning = map[string]int{}
	}
	o.scanning[bucket]++
	defer func() { o.scanning[bucket]-- }()

	err := o.merge(bucket, prefix, from, fn)
	if errors.Is(err, ErrStop) {
		return nil
	}
	return err
}

func (o *Overlay) merge(bucket, prefix, from string, fn func(key string, value []byte) error) error {
	w := o.writes[bucket]
	if w == nil {
		return o.base.Scan(bucket, prefix, from, fn)
	}
	pending := w.within(prefix, from)
	emit := func(it item[[]byte]) error {
		if it.value == nil {
			return nil
		}
		return fn(it.key, it.value)
	}
	err := o.base.Scan(bucket, prefix, from, func(key string, value []byte) error {
		for len(pending) > 0 && pending[0].key < key {
			if err := emit(pending[0]); err != nil {
				return err
			}
			pending = pending[1:]
		}
		if len(pending) > 0 && pending[0].key == key {
			it := pending[0]
			pending = pending[1:]
			return emit(it)
		}
		return fn(key, value)
	})
	if err != nil {
		return err
	}
	for _, it := range pending {
		if err := emit(it); err != nil {
			return err
		}
	}
	return nil
}

func (o *Overlay) check(bucket, key string) error {
	switch {
	case o.ended:
		return errEnded
	case bucket == "":
		return errors.New("storage: empty bucket name")
	case key == "":
		return fmt.Errorf("storage: empty key in bucket %s", bucket)
	case len(key) > MaxKey:
		return fmt.Errorf("storage: key of %d bytes in bucket %s, at most %d", len(key), bucket, MaxKey)
	}
	return nil
}

// ordered maps keys to values in the order of the keys' bytes: sorted runs of bounded
// length, so that inserting moves little and finding is two binary searches. A clone
// shares its runs with the original; whoever writes to a run it doesn't own copies it
// first, so that readers of the original see nothing of it.
type ordered[V any] struct {
	runs []*run[V]
}

type run[V any] struct {
	owner *ordered[V]
	items []item[V]
}

type item[V any] struct {
	key   string
	value V
}

// runLimit balances moving items within a run against copying the list of runs in a
// clone: both stay within a few KiB for a hundred thousand keys.
const runLimit = 128

func (o *ordered[V]) clone() *ordered[V] {
	return &ordered[V]{runs: slices.Clone(o.runs)}
}

// find returns the run and the place in it where key is or belongs.
func (o *ordered[V]) find(key string) (r, i int, found bool) {
	r, found = slices.BinarySearchFunc(o.runs, key, func(r *run[V], key string) int {
		return strings.Compare(r.items[0].key, key)
	})
	if found {
		return r, 0, true
	}
	if r == 0 {
		return 0, 0, false
	}
	r--
	i, found = slices.BinarySearchFunc(o.runs[r].items, key, func(it item[V], key string) int {
		return strings.Compare(it.key, key)
	})
	return r, i, found
}

func (o *ordered[V]) get(key string) (value V, ok bool) {
	r, i, ok := o.find(key)
	if !ok {
		return value, false
	}
	return o.runs[r].items[i].value, true
}

func (o *ordered[V]) set(key string, value V) {
	if len(o.runs) == 0 {
		o.runs = append(o.runs, &run[V]{o, []item[V]{{key, value}}})
		return
	}
	r, i, found := o.find(key)
	own := o.own(r)
	if found {
		own.items[i].value = value
		return
	}
	own.items = slices.Insert(own.items, i, item[V]{key, value})
	if len(own.items) <= runLimit {
		return
	}
	// Keys that come in order fill the last run; splitting off only the newest keeps
	// the runs before it full.
	cut := len(own.items) / 2
	if r == len(o.runs)-1 && i == len(own.items)-1 {
		cut = i
	}
	rest := &run[V]{owner: o, items: slices.Clone(own.items[cut:])}
	clear(own.items[cut:])
	own.items = own.items[:cut]
	o.runs = slices.Insert(o.runs, r+1, rest)
}

func (o *ordered[V]) delete(key string) {
	r, i, found := o.find(key)
	if !found {
		return
	}
	own := o.own(r)
	own.items = slices.Delete(own.items, i, i+1)
	if len(own.items) == 0 {
		o.runs = slices.Delete(o.runs, r, r+1)
	}
}

func (o *ordered[V]) own(r int) *run[V] {
	if o.runs[r].owner != o {
		o.runs[r] = &run[V]{owner: o, items: slices.Clone(o.runs[r].items)}
	}
	return o.runs[r]
}

// ascend calls fn for each key >= from, in order, until fn fails.
func (o *ordered[V]) ascend(from string, fn func(key string, value V) error) error {
	r, i, _ := o.find(from)
	for ; r < len(o.runs); r, i = r+1, 0 {
		for _, it := range o.runs[r].items[i:] {
			if err := fn(it.key, it.value); err != nil {
				return err
			}
		}
	}
	return nil
}

// within lists the items whose keys have the prefix and are >= from.
func (o *ordered[V]) within(prefix, from string) []item[V] {
	var items []item[V]
	_ = o.ascend(max(prefix, from), func(key string, value V) error {
		if !strings.HasPrefix(key, prefix) {
			return ErrStop
		}
		items = append(items, item[V]{key, value})
		return nil
	})
	return items
}
