package viet

// What is said of the three "biết" items at once: "biết 2/3", "3 biết đủ", "3 biết: 1 2 2", "3
// biết vẫn vậy".

var knowWord = words("biết")

// three reads what follows "3 biết" at a number.
func (r *quickReader) three(it *item) {
	slots := r.threeSlots()
	for _, s := range slots {
		if s.Outcome != NotUnderstood { // they were named one by one
			return
		}
	}
	from, to := it.to+1, r.clauseStop(it)
	if to < from { // "biết" begins what comes next
		return
	}
	text := r.m.from(r.toks, it.from, to)
	if r.threeSame(it, to) {
		r.q.KnowSame = true
		r.markTo(it.from, to)
		return
	}
	if v, ok := r.threeNumbers(from, to); ok {
		for k, s := range slots {
			*s = Reading[int]{Outcome: Value, Value: v[k], From: text}
		}
		r.markTo(it.from, to)
		return
	}
	level, ok := scaleOf(r.m, r.toks[from:to])
	if !ok {
		return
	}
	r.markTo(it.from, to)
	for _, s := range slots {
		*s = Reading[int]{Outcome: Ask, From: text}
		if level > 0 {
			s.Outcome, s.Value = Value, level
		}
	}
}

func (r *quickReader) threeSlots() []*Reading[int] {
	return []*Reading[int]{&r.q.Faces, &r.q.Circumstances, &r.q.Needs}
}

// clauseStop is where the clause of an item ends, its breaks left out.
func (r *quickReader) clauseStop(it *item) int {
	end := len(r.toks)
	for i := range r.items {
		if o := &r.items[i]; o.from >= it.to && o.clause != it.clause {
			end = min(end, o.from)
		}
	}
	for end > it.to && r.toks[end-1].kind == aMark {
		end--
	}
	return end
}

func (r *quickReader) markTo(from, to int) {
	for i := from; i < to; i++ {
		r.read[i] = true
	}
	for i := range r.items {
		if it := &r.items[i]; it.from >= from && it.to <= to && it.kind == isNumber {
			it.used = true
		}
	}
}

// threeSame reports "vẫn vậy" in the clause of "3 biết", which is said of these three alone.
func (r *quickReader) threeSame(it *item, to int) bool {
	for i := range r.items {
		if o := &r.items[i]; o.from >= it.to && o.to <= to && o.kind == isSays && o.tag == saysSame {
			return !theOthers.has(r.toks[it.to:to])
		}
	}
	return false
}

// threeNumbers reads the printed numbers of the three: "1 2 2", "1, 2, 2" being a list of
// clauses is left to be asked.
func (r *quickReader) threeNumbers(from, to int) (v [3]int, ok bool) {
	n := 0
	for _, t := range r.toks[from:to] {
		switch {
		case t.kind == aMark || thiWord.can(&t) || laWord.can(&t):
		case t.kind == aNumber && t.n >= 1 && t.n <= 3 && n < 3:
			v[n] = int(t.n)
			n++
		default:
			return v, false
		}
	}
	return v, n == 3
}

// know asks the three "biết" of "biết 2/3"; "biết 3/3" is all of them.
func (r *quickReader) know(it *item) {
	v, end, ok := ratioAt(r.toks, it.from)
	if !ok || end != it.to {
		return
	}
	r.mark(it)
	for _, slot := range r.threeSlots() {
		if slot.Outcome != NotUnderstood {
			continue
		}
		*slot = Reading[int]{Outcome: Ask, From: r.m.from(r.toks, it.from-1, it.to)}
		if v == 1 && r.toks[it.from].n == r.toks[it.to-1].n {
			slot.Outcome, slot.Value = Value, 1
		}
	}
}
