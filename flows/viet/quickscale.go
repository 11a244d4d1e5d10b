package viet

// scales reads what she says about faces, circumstances and needs: the scale
// after it, the one before it, or the one of the item it is joined to ("hoàn
// cảnh với nhu cầu thì được một nửa").
func (r *quickReader) scales() {
	var open [3]*Reading[int]
	var from [3]int
	n := 0
	for i := range r.items {
		it := &r.items[i]
		slot := r.scaleSlot(it)
		if slot == nil {
			continue
		}
		r.mark(it)
		end := r.scaleEnd(i)
		v, ok := scaleOf(r.m, r.toks[it.to:end])
		last := end
		if !ok {
			if v, ok = r.scaleNumber(i); ok {
				end = max(end, r.items[i+1].to)
			}
		}
		if !ok && !r.scaleNext(i) {
			start := r.clauseStart(i)
			v, ok = scaleOf(r.m, r.toks[start:it.from])
			last = it.to
		}
		if n < len(open) {
			open[n], from[n] = slot, it.from
			n++
		}
		if !ok {
			if !r.scaleNext(i) {
				n = 0
			}
			continue
		}
		for k := range open[:n] {
			*open[k] = Reading[int]{Outcome: Ask, From: r.m.from(r.toks, from[k], last)}
			if v > 0 {
				open[k].Outcome, open[k].Value = Value, v
			}
		}
		for k := it.to; k < end; k++ {
			r.read[k] = true
		}
		n = 0
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
