package viet

// pairs reads new pairs of the "1+1" scheme, where "1+1" is a name and no
// number, and "1+1: 3" of the compact line.
func (r *quickReader) pairs() {
	for i := range r.items {
		it := &r.items[i]
		if it.dropped {
			continue
		}
		switch {
		case it.kind == isAnchor && it.tag == ofPairs:
			r.mark(it)
			if it.value < 0 && !r.saysNew(it.clause) && r.pairsMet(it) {
				continue
			}
			if it.none {
				r.put(&r.q.PairsNew, Reading[Count]{Outcome: Value, From: r.clauseText(it.clause)})
			} else if it.value >= 0 && (r.saysNew(it.clause) || r.saysNew(it.clause-1) && r.namesPair(it.clause-1)) {
				r.mark(&r.items[it.value])
				r.put(&r.q.PairsNew, r.number(&r.items[it.value], it))
			} else if it.value >= 0 {
				r.put(&r.q.PairsActed, r.number(&r.items[it.value], it))
			} else if r.saysNew(it.clause) {
				r.put(&r.q.PairsNew, Reading[Count]{Outcome: Ask, Candidates: []Count{{N: 1}}, From: r.clauseText(it.clause)})
			}
		case it.kind == isCompound && !r.hasPair(it.clause) && (r.pairsMet(it) || r.pairsAnswered(it)):
			r.mark(it)
		case it.kind == isCompound && i+1 < len(r.items) && live(&r.items[i+1]) && !r.hasPair(it.clause):
			n := &r.items[i+1]
			n.used = true
			r.mark(it)
			r.mark(n)
			v := r.number(n, it)
			if v.Outcome == Value {
				v = Reading[Count]{Outcome: Ask, Candidates: []Count{v.Value}, From: v.From}
			}
			if r.saysNew(it.clause) {
				r.put(&r.q.PairsNew, v)
			} else {
				r.put(&r.q.PairsActed, v)
			}
		}
	}
}

// pairsMet reads that the pairs met or helped each other, or did not, told without their
// number: "cặp 1+1 vẫn giúp nhau".
func (r *quickReader) pairsMet(it *item) bool {
	from, to := it.from, it.to
	plus := func(i int) bool { return i >= 0 && i < len(r.toks) && r.toks[i].kind == aMark && r.toks[i].n == '+' }
	ends := func(i int) bool { return r.toks[i].kind == aMark && !plus(i) }
	for from > 0 && !ends(from-1) {
		from--
	}
	for to < len(r.toks) && !ends(to) {
		to++
	}
	met := false
	for i := it.to; i < to; i++ {
		if r.toks[i].kind == aNumber && !plus(i-1) && !plus(i+1) {
			return false
		}
		met = met || meetWords.can(&r.toks[i])
	}
	if !met || r.q.PairsMet.Outcome != NotUnderstood {
		return met
	}
	r.q.PairsMet = Reading[YesNo]{Outcome: Value, Value: Yes, From: r.m.from(r.toks, from, to)}
	for i := range r.items {
		if o := &r.items[i]; o.clause == it.clause && (o.none || o.kind == isSays && (o.tag == saysNot || o.tag == saysNo)) {
			r.q.PairsMet.Value = No
		}
	}
	return true
}

var meetWords = words("giúp gặp thăm kèm hỏi")

// pairsAnswered reads "1+1: có" of the compact line, where the scheme's name stands for
// the question about it.
func (r *quickReader) pairsAnswered(it *item) bool {
	at := it.to
	for at < len(r.toks) && r.toks[at].kind == aMark {
		at++
	}
	t, end := r.m.tok(at), at+1
	for end < len(r.toks) && r.toks[end].kind != aMark {
		if !politeWords.can(&r.toks[end]) {
			return false
		}
		end++
	}
	v := Yes
	switch {
	case t.kind != aWord || r.q.PairsMet.Outcome != NotUnderstood:
		return false
	case denyWords.can(t):
		v = No
	case !coWord.can(t):
		return false
	}
	r.q.PairsMet = Reading[YesNo]{Outcome: Value, Value: v, From: r.m.from(r.toks, it.from, end)}
	for k := it.from; k < end; k++ {
		r.read[k] = true
	}
	return true
}

func (r *quickReader) hasPair(clause int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && it.kind == isAnchor && it.tag == ofPairs {
			return true
		}
	}
	return false
}

// namesPair reports a clause that speaks of the scheme or of a pair of it.
func (r *quickReader) namesPair(clause int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && (it.kind == isCompound || it.kind == isAnchor && it.tag == ofPairs) {
			return true
		}
	}
	return false
}

var newWords = words("mới thêm lập mắt ghép")

func (r *quickReader) saysNew(clause int) bool {
	for i := range r.items {
		it := &r.items[i]
		if it.clause != clause {
			continue
		}
		for k := it.from; k < it.to; k++ {
			if newWords.can(&r.toks[k]) {
				return true
			}
		}
	}
	return false
}
