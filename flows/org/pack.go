package org

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"time"
)

// The figures of all branches are read at once, for digests and exports, so they are kept
// as a row of variable-length integers: a tenth of the time of a map with names. The order
// below is for ever; what is added goes to the end, and is absent in what was written before.

// MarshalBinary writes the figures in few bytes.
func (f Figures) MarshalBinary() ([]byte, error) {
	first := f.Month.First(time.UTC)
	w := packer(make([]byte, 0, 48))
	w.put(first.Year()*12 + int(first.Month()) - 1)
	w.put(f.Revision)
	w.put(int(f.SentAt.Unix()))
	w.put(bit(f.Late, 1) + bit(f.Unusual, 2))
	marks := 0
	for _, m := range f.Items {
		marks = marks*3 + int(m)
	}
	w.put(marks)
	w.put(f.Kind)
	w.put(f.NotHeld)
	w.put(f.TopNeed)
	for _, c := range f.counts() {
		w.count(*c)
	}
	w.put(len(f.Pairs))
	for _, id := range slices.Sorted(maps.Keys(f.Pairs)) {
		w.put(len(id))
		w = append(w, id...)
		w.put(int(f.Pairs[id]))
	}
	return w, nil
}

// counts are the counts in the order in which they are written.
func (f *Figures) counts() []*Count {
	m := &f.Members
	return []*Count{&f.Attendees, &f.Pioneers, &m.Start, &m.Joined, &m.Excluded, &m.LeftOrg, &m.Died, &m.MovedOut, &m.End, &m.LeaversExcluded}
}

var errTorn = errors.New("org: figures are cut short")

// UnmarshalBinary reads what MarshalBinary wrote.
func (f *Figures) UnmarshalBinary(data []byte) error {
	r := unpacker{rest: data}
	month, err := r.month()
	if err != nil {
		return err
	}
	*f = Figures{Month: month}
	f.Revision = r.next()
	f.SentAt = time.Unix(int64(r.next()), 0).UTC()
	flags := r.next()
	f.Late, f.Unusual = flags&1 != 0, flags&2 != 0
	marks := r.next()
	for i := len(f.Items) - 1; i >= 0; i-- {
		f.Items[i], marks = Mark(marks%3), marks/3
	}
	f.Kind, f.NotHeld, f.TopNeed = r.next(), r.next(), r.next()
	for _, c := range f.counts() {
		*c = r.count()
	}
	for n := r.next(); n > 0 && !r.torn; n-- {
		if f.Pairs == nil {
			f.Pairs = map[PairID]PairWord{}
		}
		id := PairID(r.text(r.next()))
		f.Pairs[id] = PairWord(r.next())
	}
	if r.torn {
		return errTorn
	}
	return nil
}

// FiguresMonth is the month of figures, read without the rest.
type FiguresMonth Month

// UnmarshalBinary reads the beginning of what Figures.MarshalBinary wrote.
func (m *FiguresMonth) UnmarshalBinary(data []byte) error {
	r := unpacker{rest: data}
	month, err := r.month()
	*m = FiguresMonth(month)
	return err
}

func (r *unpacker) month() (Month, error) {
	months := r.next()
	if months < 2000*12 || months > 9999*12 {
		return "", errTorn
	}
	return MonthOf(time.Date(months/12, time.Month(months%12+1), 1, 0, 0, 0, 0, time.UTC)), nil
}

func bit(yes bool, b int) int {
	if yes {
		return b
	}
	return 0
}

// packer appends integers of either sign.
type packer []byte

func (w *packer) put(n int) { *w = binary.AppendVarint(*w, int64(n)) }

// count writes an absent count as 0, others moved away from it.
func (w *packer) count(c Count) {
	switch {
	case !c.OK:
		w.put(0)
	case c.N >= 0:
		w.put(c.N + 1)
	default:
		w.put(c.N)
	}
}

// unpacker reads them; torn is set once there is less than was expected.
type unpacker struct {
	rest []byte
	torn bool
}

func (r *unpacker) next() int {
	n, size := binary.Varint(r.rest)
	if size <= 0 {
		r.torn, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[size:]
	return int(n)
}

func (r *unpacker) count() Count {
	switch n := r.next(); {
	case n == 0:
		return Count{}
	case n > 0:
		return Known(n - 1)
	default:
		return Known(n)
	}
}

func (r *unpacker) text(size int) string {
	if size < 0 || size > len(r.rest) {
		r.torn, r.rest = true, nil
		return ""
	}
	s := string(r.rest[:size])
	r.rest = r.rest[size:]
	return s
}
