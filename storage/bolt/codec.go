package bolt

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/klauspost/compress/snappy"
)

// How a value lies in the file: a byte that says how, then the value.
//
// bbolt writes whole pages, and a leaf holds at least two rows however large they are:
// rewriting one record of 1 to 2 KiB among 85,328 dirties 1.6 pages of 4 KiB and a branch
// page. The records shrink to about half, which takes a leaf to one page
// and makes leaves, and the branch pages above them, fewer. BenchmarkTurn, bytes that
// reached the disk per turn:
//
//	                  64 waiting   1,000 waiting   file
//	plain                 13,900           9,400   193 MB
//	Snappy                10,000           5,800    98 MB
//	DEFLATE, level 1       9,600           5,400    57 MB
//
// Snappy costs 3 µs a turn, which writing less repays. DEFLATE costs 45 µs.
const (
	plain    = 0 // the bytes themselves
	squeezed = 1 // the block format of Snappy
)

const (
	// Shorter values gain next to nothing, longer ones are rarely text.
	minPacked = 128
	maxPacked = 1<<16 - 2
)

// pack returns the value as it goes into the file. The same value always packs to the
// same bytes.
func pack(value []byte) []byte {
	if len(value) >= minPacked && len(value) <= maxPacked {
		scratch := scratches.Get().(*[]byte)
		defer scratches.Put(scratch)
		*scratch = slices.Grow((*scratch)[:0], snappy.MaxEncodedLen(len(value)))
		short := snappy.Encode((*scratch)[:cap(*scratch)], value)
		// What saves little isn't worth unpacking at every reading.
		if 1+len(short) < len(value)*7/8 {
			return append(append(make([]byte, 0, 1+len(short)), squeezed), short...)
		}
	}
	return append(append(make([]byte, 0, 1+len(value)), plain), value...)
}

// scratches are buffers to compress into, before it is known how long the result is.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

// unsqueeze refuses what pack can't have made, in particular a length that would cost memory.
func unsqueeze(block []byte) ([]byte, error) {
	if n, err := snappy.DecodedLen(block); err != nil || n > maxPacked {
		return nil, errors.New("a compressed value that doesn't hold together")
	}
	return snappy.Decode(nil, block)
}

// unpack returns a copy of the value that was packed, and nil for nil. It fails for bytes
// that pack can't have made.
func unpack(packed []byte) ([]byte, error) {
	switch {
	case packed == nil:
		return nil, nil
	case len(packed) == 0:
		return nil, errors.New("a value without its first byte")
	case packed[0] == plain:
		return append([]byte{}, packed[1:]...), nil
	case packed[0] == squeezed:
		return unsqueeze(packed[1:])
	}
	return nil, fmt.Errorf("a value of unknown kind %d", packed[0])
}
