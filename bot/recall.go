package bot

import (
	"bytes"
	"sync"

	"chihoi/storage"
)

// recall keeps what records of the roster decode to, for those turns that follow soon:
// reading the bytes of a person, her branch and its period anew took a tenth of a turn. A
// record is taken from it only while the store still holds the same bytes, so it needs no
// telling of changes and can't be out of date.
//
// It is bounded, in two generations as the rows a store keeps warm: the old one goes when
// the young one is full, and a record that is used again moves to the young one. Its zero
// value is ready to use, from several goroutines.
type recall struct {
	mu         sync.Mutex
	young, old map[string]recalled // by bucket and key
}

// recalled is a record and the bytes it was read from. Nobody changes what is in it.
type recalled struct {
	raw   []byte
	value any
}

// recallLimit bounds a generation, in records: about a kilobyte each.
const recallLimit = 1024

func (r *recall) get(name string) recalled {
	r.mu.Lock()
	defer r.mu.Unlock()
	if got, ok := r.young[name]; ok {
		return got
	}
	got, ok := r.old[name]
	if ok {
		r.put(name, got)
	}
	return got
}

func (r *recall) keep(name string, got recalled) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.put(name, got)
}

func (r *recall) put(name string, got recalled) {
	if r.young == nil || len(r.young) >= recallLimit {
		r.old, r.young = r.young, make(map[string]recalled, recallLimit)
	}
	r.young[name] = got
}

// shared looks a record up like get. What it returns is shared with other turns: its
// slices and maps are for reading only.
func shared[V any](b *book, t storage.Table[V], key string) (V, bool) {
	return lookOnce(b, t.Bucket+" "+key, func(name string) (v V, ok bool, err error) {
		raw, err := b.tx.Get(t.Bucket, key)
		if err != nil || raw == nil {
			return v, false, err
		}
		if got := b.recall.get(name); got.value != nil && bytes.Equal(got.raw, raw) {
			return got.value.(V), true, nil
		}
		if v, err = t.Decode(key, raw); err != nil {
			return v, false, err
		}
		b.recall.keep(name, recalled{raw, v})
		return v, true, nil
	})
}
