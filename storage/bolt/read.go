package bolt

import (
	"fmt"
	"strings"

	"go.etcd.io/bbolt"
)

// reader is a storage.Reader over a transaction of bbolt: a bucket of the store is a
// bucket of bbolt.
type reader struct {
	path    string
	tx      *bbolt.Tx
	buckets map[string]*bbolt.Bucket
	warm    *warm // of a writing transaction; nil else
}

func newReader(path string, tx *bbolt.Tx) *reader {
	return &reader{path: path, tx: tx, buckets: map[string]*bbolt.Bucket{}}
}

// bucket returns nil for a bucket nothing was ever put in.
func (r *reader) bucket(name string) *bbolt.Bucket {
	b := r.buckets[name]
	if b == nil {
		if b = r.tx.Bucket([]byte(name)); b != nil {
			r.buckets[name] = b
		}
	}
	return b
}

func (r *reader) create(name string) (*bbolt.Bucket, error) {
	if b := r.bucket(name); b != nil {
		return b, nil
	}
	b, err := r.tx.CreateBucket([]byte(name))
	if err != nil {
		return nil, fmt.Errorf("storage: make bucket %s: %w", name, err)
	}
	r.buckets[name] = b
	return b, nil
}

// Get implements storage.Reader.
func (r *reader) Get(bucket, key string) (value []byte, err error) {
	if r.warm != nil {
		if value, known := r.warm.get(bucket, key); known {
			return value, nil
		}
	}
	defer r.guard(&err)
	b := r.bucket(bucket)
	if b == nil {
		return nil, nil
	}
	value, err = r.value(b.Get([]byte(key)))
	if r.warm != nil && err == nil {
		r.warm.put(bucket, key, value)
	}
	return value, err
}

// Scan implements storage.Reader.
func (r *reader) Scan(bucket, prefix, from string, fn func(key string, value []byte) error) error {
	c, err := r.cursor(bucket)
	if c == nil || err != nil {
		return err
	}
	start := []byte(max(prefix, from))
	at, err := r.step(func() ([]byte, []byte) { return c.Seek(start) })
	for err == nil && at.value != nil && strings.HasPrefix(at.key, prefix) {
		if err := fn(at.key, at.value); err != nil {
			return err
		}
		at, err = r.step(c.Next)
	}
	return err
}

func (r *reader) cursor(bucket string) (c *bbolt.Cursor, err error) {
	defer r.guard(&err)
	if b := r.bucket(bucket); b != nil {
		c = b.Cursor()
	}
	return c, nil
}

// place is where a cursor stands; its value is nil after the last key.
type place struct {
	key   string
	value []byte
}

func (r *reader) step(move func() (key, value []byte)) (at place, err error) {
	defer r.guard(&err)
	key, packed := move()
	value, err := r.value(packed)
	return place{string(key), value}, err
}

func (r *reader) value(packed []byte) ([]byte, error) {
	value, err := unpack(packed)
	if err != nil {
		return nil, damaged(r.path, err)
	}
	return value, nil
}

// guard is deferred around everything that reads pages. A damaged page makes bbolt panic,
// or is a memory fault if the disk can't read it; to the caller it is an error.
func (r *reader) guard(err *error) {
	if cause := recover(); cause != nil {
		*err = damaged(r.path, cause)
	}
}
