package bolt

// warmBytes bounds what warm rows take in memory: some thousand heads in the middle of a
// talk. Who talks to the bot now will in a minute, and the rows about her lie in a dozen
// tables, each on a page of its own.
const warmBytes = 4 << 20

// rowCost is the memory a row takes besides its key and value.
const rowCost = 128

// warm holds the rows writing transactions used last, unpacked. Only the committer, and
// the functions it gives their turn, use it, one at a time, and all writes pass through
// it: what it holds is what the file says, or will say when the batch is committed. When a
// batch is dropped, all of it is forgotten.
//
// It has two generations: the old one goes when the young one is full, and a row that is
// used again moves to the young one.
type warm struct {
	young, old map[row][]byte
	size       int // of the young generation, in bytes
}

type row struct{ bucket, key string }

// get returns the value, nil for a row that is known not to be there.
func (w *warm) get(bucket, key string) (value []byte, known bool) {
	r := row{bucket, key}
	if value, known = w.young[r]; known {
		return value, true
	}
	if value, known = w.old[r]; known {
		w.put(bucket, key, value)
	}
	return value, known
}

// put notes what a row holds; nil says that it is not there. The value is kept as it is.
func (w *warm) put(bucket, key string, value []byte) {
	r := row{bucket, key}
	if before, there := w.young[r]; there {
		w.size -= cost(r, before)
	}
	if w.size += cost(r, value); w.size > warmBytes/2 || w.young == nil {
		w.old, w.young, w.size = w.young, map[row][]byte{}, cost(r, value)
	}
	w.young[r] = value
}

func cost(r row, value []byte) int { return len(r.key) + len(value) + rowCost }

func (w *warm) forget() { *w = warm{} }
