package viet

// bareHundred reads "trăm hai", "trăm rưỡi"; "trăm" alone is about a hundred.
func (r *numberReader) bareHundred() bool {
	t := r.peek(0)
	next := r.peek(1)
	follows := r.tailFollows(1) || next.is(halfWord) || linhWord.can(next) || next.is(tenWord) || next.is(hamWord) || next.kind == aNumber || fewWords.surely(next)
	if !follows && !t.only(tramWord) && !r.endsNumber(1) {
		return false
	}
	r.i++
	if !follows {
		r.q.n, r.q.ask = 100, true
		r.q.candidate(100)
		return true
	}
	at := r.i
	r.hundreds(1)
	if r.i == at && !r.q.ask {
		r.q.ask = true // "tram lam": lăm, or only làm
		r.q.candidate(100)
	}
	return true
}

func (r *numberReader) bareThousand() bool {
	if !r.tailFollows(1) && !r.peek(1).is(halfWord) {
		return false
	}
	r.i++
	r.afterThousand(1)
	return true
}

// hundreds reads what follows "a trăm": linh năm, rưỡi, hai (twenty), hai mươi
// ba.
func (r *numberReader) hundreds(a int) {
	r.q.n = a * 100
	r.q.single = false
	t := r.peek(0)
	switch {
	case t.is(halfWord):
		r.half(50)
		return
	case linhWord.can(t):
		if n, _, ok := r.peek(1).digit(); ok {
			r.q.n += n
			r.i += 2
		} else if k := r.peek(1); k.kind == aNumber && k.n < 10 {
			r.q.n += int(k.n)
			r.i += 2
		} else if r.peek(1).is(fourTail) {
			r.q.n += 4
			r.i += 2
		} else if linhWord.surely(t) {
			r.q.ask = true // "một trăm lẻ": a hundred and a few
			r.q.candidate(a * 100)
			r.i++
		}
		return
	case t.kind == aNumber:
		r.hundredDigits(t, a)
		return
	}
	if t.is(oneTail) && !t.is(digitTerm(1)) {
		r.q.n += 10
		r.i++
		return
	}
	r.hundredWords(a)
}

func (r *numberReader) hundredDigits(t *token, a int) {
	switch {
	case t.n >= 10 && t.n < 100:
		r.q.n += int(t.n)
	case t.n > 0 && t.n < 10:
		r.q.ask = true
		r.q.candidate(a*100 + int(t.n)*10)
		r.q.candidate(a*100 + int(t.n))
	default:
		return
	}
	r.i++
}

// hundredWords reads tens in words after "trăm"; one word alone counts tens.
func (r *numberReader) hundredWords(a int) {
	t := r.peek(0)
	n, _, digit := t.digit()
	next := r.peek(1)
	switch {
	case t.is(tenWord) && !t.only(tensWord), t.is(hamWord) && r.tailFollows(1), t.is(bamWord) && r.tailFollows(1):
	case t.is(fourTail) && !digit:
		r.q.n += 40
		r.i++
		return
	case fewWords.surely(t):
		r.q.ask = true
		r.i++
		return
	case !digit || personNamed(r.toks, r.i):
		return
	case next.is(tensWord) || next.is(chucWord) || fiveTail.can(next) || next.only(oneTail) || next.only(fourTail):
	case n == 5:
		r.q.ask = true
		r.q.candidate(a*100 + 50)
		r.q.candidate(a*100 + 5)
		r.i++
		return
	default:
		if m, _, ok := next.digit(); ok && !personNamed(r.toks, r.i+1) {
			r.q.ask = true
			r.q.candidate(a*100 + n*10 + m)
			r.i += 2
			return
		}
		r.q.n += 10 * n
		r.i++
		return
	}
	sub := numberReader{toks: r.toks, i: r.i}
	if sub.spelled() {
		r.i = sub.i
		r.q.n += sub.q.n
		r.q.ask = r.q.ask || sub.q.ask
		for _, c := range sub.q.cands[:sub.q.ncand] {
			r.q.candidate(a*100 + c)
		}
	}
}

func digitTerm(n int) term { return lex.word(digitWords[n-1].w) }

// afterThousandDigits reads "1 nghìn 2", "1 nghìn 2 trăm" and "1 nghìn 250", which she is shown
// again: the second number may have counted something else.
func (r *numberReader) afterThousandDigits(t *token) {
	if personWords.can(r.peek(1)) && t.n < 10 {
		return // "5 nghìn 2 chị"
	}
	sub := numberReader{toks: r.toks, i: r.i}
	switch {
	case r.peek(1).is(tramWord) && t.n < 10:
		sub.i += 2
		sub.hundreds(int(t.n))
		r.i, r.q.n = sub.i, r.q.n+sub.q.n
		r.q.ask = sub.q.ask
	case t.n < 10:
		r.i++
		r.q.n += 100 * int(t.n)
	default:
		r.i++
		r.q.n += int(t.n)
	}
	r.q.confirm = true
}

// afterThousand reads what follows "a nghìn".
func (r *numberReader) afterThousand(a int) {
	r.q.n = a * 1000
	t := r.peek(0)
	if t.is(halfWord) {
		r.half(500)
		return
	}
	if t.kind == aNumber && t.n > 0 && t.n < 1000 {
		r.afterThousandDigits(t)
		return
	}
	if n, _, ok := t.digit(); ok {
		if !r.peek(1).is(tramWord) {
			r.q.n += 100 * n
			r.i++
			return
		}
		r.i += 2
		sub := numberReader{toks: r.toks, i: r.i}
		sub.hundreds(n)
		r.i = sub.i
		r.q.n += sub.q.n
		r.q.ask = r.q.ask || sub.q.ask
		return
	}
	if t.is(oneTail) {
		r.q.n += 100
		r.i++
	}
}
