package viet

import "slices"

// scales reads what she says about faces, circumstances and needs: the scale
// after it, the one before it, or the one of the item it is joined to ("hoàn
// cảnh với nhu cầu thì được một nửa").
func (r *quickReader) scales() {
	var run []scaleSaid
	var latest *Reading[int] // the item told last
	end := 0                 // of the words that tell of the items so far
	for i := range r.items {
		it := &r.items[i]
		slot := r.scaleSlot(it)
		if slot == nil {
			continue
		}
		r.mark(it)
		said := scaleSaid{slot: slot, clause: it.clause, from: it.from, to: it.to}
		start := max(r.clauseStart(i), end)
		end = r.scaleEnd(i)
		v, ok := scaleOf(r.m, r.toks[it.to:end])
		last := end
		if !ok && latest != nil && latest.Outcome == Value && startsAlike(r.toks[it.to:end]) {
			v, ok = latest.Value, true // "mặt cũng vậy"
		}
		if !ok {
			if v, ok = r.scaleNumber(i); ok {
				end = max(end, r.items[i+1].to)
			}
		}
		if !ok {
			said.level, said.told = scaleOf(r.m, r.toks[start:it.from])
			if !said.told && slices.ContainsFunc(r.toks[start:it.from], func(t token) bool { return denyWords.can(&t) }) {
				said.told = true // "chưa nắm được mặt": how few, she has not said
			}
		}
		run = append(run, said)
		if !ok && r.scaleNext(i) {
			continue
		}
		if !ok {
			last = it.to
		}
		r.settleScales(run, v, ok, last)
		latest = slot
		for k := it.to; k < end && ok; k++ {
			r.read[k] = true
		}
		run = run[:0]
	}
}

var alike = table(row{1, `cũng như? vậy|thế|rứa|y|nhau, như vậy|thế|rứa, y chang|hệt|vậy, tương tự, giống vậy|thế|rứa`})

// startsAlike reports that an item is told as the one before it: "mặt cũng vậy".
func startsAlike(toks []token) bool {
	for len(toks) > 0 && thiWord.can(&toks[0]) {
		toks = toks[1:]
	}
	if len(toks) == 0 {
		return false
	}
	ph, _ := alike.at(toks, 0)
	return ph != nil
}

// scaleSaid is an item of the three "biết" as it was named: in "biết hết mặt" with its level
// before it.
type scaleSaid struct {
	slot     *Reading[int]
	clause   int
	from, to int // tokens of its name
	level    int // what the words before it tell; 0 is a doubt
	told     bool
}

// settleScales gives the items of a run their levels: the one told before an item, else the
// one v told after all of them. A level told before holds for those it is joined to, "biết
// hết mặt và hoàn cảnh", and for the rest of the run if nothing follows; it leaves a doubt
// where both could be meant.
func (r *quickReader) settleScales(run []scaleSaid, v int, after bool, last int) {
	before := -1 // in run, the latest with its level before it
	for k := range run {
		said := &run[k]
		level, ok, to := v, after, last
		switch {
		case said.told:
			before = k
			level, ok, to = said.level, true, said.to
		case after && k == len(run)-1: // its own
		case before >= 0 && (!after || run[before].clause == said.clause):
			level, ok, to = run[before].level, true, said.to
		case before >= 0:
			level = 0
		}
		if !ok {
			continue
		}
		*said.slot = Reading[int]{Outcome: Ask, From: r.m.from(r.toks, said.from, to)}
		if level > 0 {
			said.slot.Outcome, said.slot.Value = Value, level
		}
	}
}

// scaleNumber reads the printed numbers, where more than one step is told by its number:
// "mặt 1, hoàn cảnh 2".
func (r *quickReader) scaleNumber(i int) (v int, ok bool) {
	printed := func(k int) bool {
		if k+1 >= len(r.items) || r.scaleSlot(&r.items[k]) == nil {
			return false
		}
		n := &r.items[k+1]
		return n.kind == isNumber && !n.dropped && !n.unit && !n.q.words && n.clause == r.items[k].clause && n.q.n >= 1 && n.q.n <= 3
	}
	others := 0
	for k := range r.items {
		if printed(k) {
			others++
		}
	}
	if !printed(i) || others < 2 {
		return 0, false
	}
	r.items[i+1].used = true
	return r.items[i+1].q.n, true
}

func (r *quickReader) scaleSlot(it *item) *Reading[int] {
	if it.kind != isAnchor || it.dropped {
		return nil
	}
	switch it.tag {
	case ofFaces:
		return &r.q.Faces
	case ofCircumstances:
		return &r.q.Circumstances
	case ofNeeds:
		return &r.q.Needs
	}
	return nil
}

// scaleEnd is where the words about a scale item end: the next anchor or the
// next clause.
func (r *quickReader) scaleEnd(i int) int {
	for k := i + 1; k < len(r.items); k++ {
		it := &r.items[k]
		if it.kind == isAnchor && it.tag != ofNothing || it.kind == isBreak {
			return it.from
		}
	}
	return len(r.toks)
}

// scaleNext reports that the next thing said is another scale item.
func (r *quickReader) scaleNext(i int) bool {
	for k := i + 1; k < len(r.items); k++ {
		it := &r.items[k]
		switch {
		case r.scaleSlot(it) != nil:
			return true
		case it.kind == isBreak && it.tag == 0, it.kind == isWord:
		default:
			return false
		}
	}
	return false
}
