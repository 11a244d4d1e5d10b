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
	young, old map[string]map[string][]byte // by bucket and key
	size       int                          // of the young generation, in bytes
}

// get returns the value, nil for a row that is known not to be there.
func (w *warm) get(bucket, key string) (value []byte, known bool) {
	if value, known = w.young[bucket][key]; known {
		return value, true
	}
	if value, known = w.old[bucket][key]; known {
		w.put(bucket, key, value)
	}
	return value, known
}

// put notes what a row holds; nil says that it is not there.
func (w *warm) put(bucket, key string, value []byte) {
	if before, there := w.young[bucket][key]; there {
		w.size -= cost(key, before)
	}
	if w.size += cost(key, value); w.size > warmBytes/2 || w.young == nil {
		w.old, w.young, w.size = w.young, map[string]map[string][]byte{}, cost(key, value)
	}
	rows := w.young[bucket]
	if rows == nil {
		rows = map[string][]byte{}
		w.young[bucket] = rows
	}
	rows[key] = value
}

func cost(key string, value []byte) int { return len(key) + len(value) + rowCost }

func (w *warm) forget() { *w = warm{} }
