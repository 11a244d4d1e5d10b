package viet

// Numbers in digits, words and the mixed and regional forms of domain.md 13.2.

// quantity is one number phrase.
type quantity struct {
	n       int
	approx  bool
	ask     bool   // stated, but not one number
	cands   [4]int // when ask: what it may be
	ncand   int8
	confirm bool // likely, but offer it back
	bare    bool // a single number word that is also another word
	doubt   bool // "nam", "sau" without marks and nothing beside it
	words   bool // typed in words
	signed  int8 // +1 or -1 when a sign stands before it
	single  bool // typed as a number of one token
}

func (q *quantity) candidate(n int) {
	for _, c := range q.cands[:q.ncand] {
		if c == n {
			return
		}
	}
	if int(q.ncand) < len(q.cands) {
		q.cands[q.ncand] = n
		q.ncand++
	}
}

// digitWords are the number words and what they count.
var digitWords = []struct {
	w string
	n int
}{
	{"một", 1}, {"hai", 2}, {"ba", 3}, {"bốn", 4}, {"năm", 5}, {"sáu", 6}, {"bảy", 7}, {"tám", 8}, {"chín", 9},
}

var (
	digitOf  = digitTable()
	tenWord  = lex.word("mười")
	tensWord = lex.word("mươi")
	chucWord = lex.word("chục")
	tramWord = lex.word("trăm")
	thouWord = words("nghìn ngàn")
	linhWord = words("linh lẻ")
	halfWord = lex.word("rưỡi")
	fiveTail = words("lăm nhăm")
	oneTail  = lex.word("mốt")
	fourTail = lex.word("tư")
	fourOnly = words("tư")
	hamWord  = lex.word("hăm")
	bamWord  = lex.word("băm")
	fewWords = words("vài mấy dăm đôi")
	pairWord = words("đôi")
)

func digitTable() map[uint16][]struct {
	bit uint32
	n   int
} {
	t := map[uint16][]struct {
		bit uint32
		n   int
	}{}
	for _, d := range digitWords {
		w := lex.word(d.w)
		t[w.group] = append(t[w.group], struct {
			bit uint32
			n   int
		}{w.bit, d.n})
	}
	return t
}

func (t *token) is(w term) bool   { return t.group == w.group && t.mask&w.bit != 0 && !t.slip }
func (t *token) only(w term) bool { return t.group == w.group && t.pref == w.bit && !t.slip }

// digit gives the value of a number word one to nine.
func (t *token) digit() (n int, sure, ok bool) {
	if t.group == 0 || t.slip || t.kind != aWord {
		return 0, false, false
	}
	for _, d := range digitOf[t.group] {
		if t.pref&d.bit != 0 {
			return d.n, t.pref == d.bit, true
		}
	}
	return 0, false, false
}

// numberReader walks over one number phrase.
type numberReader struct {
	toks []token
	i    int
	q    quantity
}

func (r *numberReader) peek(k int) *token {
	if r.i+k < len(r.toks) && r.toks[r.i+k].kind != aMark {
		return &r.toks[r.i+k]
	}
	return &noToken
}

var noToken = token{kind: aMark}

// quantityAt reads the number phrase at token i; ok is false when there is
// none.
func quantityAt(toks []token, i int) (q quantity, end int, ok bool) {
	r := numberReader{toks: toks, i: i}
	if t := &toks[i]; t.kind == aNumber {
		ok = r.digits()
	} else if t.kind == aWord && t.group != 0 {
		r.q.words = true
		ok = r.spelled()
	}
	return r.q, r.i, ok
}

// digits reads a number typed in digits and what may follow it: thousands,
// "trăm", "chục", "rưỡi".
func (r *numberReader) digits() bool {
	t := &r.toks[r.i]
	r.q.n = int(t.n)
	r.q.confirm = t.lookalike
	r.q.single = true
	r.i++
	if r.thousands(t) || r.decimal() {
		return true
	}
	next := r.peek(0)
	switch {
	case linhWord.surely(next) && t.n > 0 && t.n%100 == 0 && r.tailFollows(1), linhWord.surely(next) && t.n > 0 && t.n%100 == 0 && r.peek(1).kind == aNumber && r.peek(1).n < 10:
		r.hundreds(int(t.n) / 100)
	case next.is(chucWord) && t.n < 100:
		r.i++
		r.q.n *= 10
		if r.peek(0).is(halfWord) {
			r.half(5)
		} else {
			r.tail()
		}
	case next.is(tensWord) && !next.is(tenWord) && t.n > 0 && t.n < 10:
		r.i++
		r.q.n *= 10
		r.tail()
	case next.is(tramWord) && t.n < 100:
		r.i++
		r.hundreds(int(t.n))
	case thouWord.can(next) && t.n > 0 && t.n < 10 && r.thousandTail():
		r.i++
		r.afterThousand(int(t.n))
	case next.kind == aNumber && !next.glued && t.digits <= 3 && !next.lookalike:
		r.spaced(t, next)
	}
	return true
}

// thousandTail reports that the thousands after a digit count people: "1 nghìn 2", "1 nghìn hai
// trăm". "50 nghìn" alone is money.
func (r *numberReader) thousandTail() bool {
	t := r.peek(1)
	_, _, digit := t.digit()
	return t.kind == aNumber && t.n < 1000 || digit || t.is(halfWord) || personWords.can(t)
}

// thousands joins "1.250" and "1,250": a dot or comma with three digits after.
func (r *numberReader) thousands(t *token) bool {
	joined := false
	for r.i+1 < len(r.toks) && t.n > 0 && t.digits <= 3 {
		sep, next := &r.toks[r.i], &r.toks[r.i+1]
		if sep.kind != aMark || sep.n != '.' && sep.n != ',' || !sep.glued || next.kind != aNumber || !next.glued || next.digits != 3 {
			break
		}
		r.q.n = r.q.n*1000 + int(next.n)
		r.i += 2
		joined = true
		if r.q.n > 1<<30 {
			r.q.ask = true
			break
		}
	}
	return joined
}

// decimal takes "2,5" and "12.5" as one number that counts no people.
func (r *numberReader) decimal() bool {
	if r.i+1 >= len(r.toks) {
		return false
	}
	sep, next := &r.toks[r.i], &r.toks[r.i+1]
	if sep.kind != aMark || sep.n != '.' && sep.n != ',' || !sep.glued || next.kind != aNumber || !next.glued {
		return false
	}
	r.q.ask = true
	r.q.candidate(r.q.n)
	r.q.candidate(int(next.n))
	r.i += 2
	return true
}

// spaced reads two numbers with a blank between: "1 250" may be one number.
func (r *numberReader) spaced(t, next *token) {
	if next.digits == 3 && t.n > 0 {
		r.q.ask = true
		r.q.candidate(int(t.n)*1000 + int(next.n))
		r.i++
	}
}

// half adds half of the unit for "rưỡi".
func (r *numberReader) half(n int) {
	if r.peek(0).is(halfWord) {
		r.q.n += n
		r.i++
	}
}

// spelled reads a number that starts with a word.
func (r *numberReader) spelled() bool {
	t := r.peek(0)
	switch {
	case fewWords.can(t):
		return r.few()
	case t.is(hamWord) && r.tailFollows(1):
		r.i++
		r.q.n = 20
		r.tail()
		return true
	case t.is(bamWord) && r.tailFollows(1):
		r.i++
		r.q.n = 30
		r.tail()
		return true
	case t.is(tramWord):
		return r.bareHundred()
	case t.is(chucWord):
		return r.bareTens(chucWord)
	case t.is(tensWord) && !t.is(tenWord):
		return r.bareTens(tensWord)
	case t.is(tenWord):
		return r.ten()
	case fourOnly.surely(t) && personWords.surely(r.peek(1)):
		r.i++
		r.q.n, r.q.confirm = 4, true // "tư chị"
		return true
	case thouWord.can(t) && thouWord.surely(t):
		return r.bareThousand()
	}
	if _, _, ok := t.digit(); ok {
		return r.fromDigit()
	}
	return false
}

// few reads vài, mấy, dăm and what they multiply: never one number.
func (r *numberReader) few() bool {
	t := r.peek(0)
	next := r.peek(1)
	_, _, digit := next.digit()
	if pairWord.can(t) && !digit && !personWords.can(next) {
		return false // "đôi giúp nhau"
	}
	scale := next.is(chucWord) || next.is(tramWord) || next.is(tensWord) || thouWord.can(next)
	if !fewWords.surely(t) && !scale && !personWords.can(next) {
		return false
	}
	r.i++
	r.q.ask = true
	if scale || digit {
		r.i++
	}
	return true
}

// tailFollows reports a units word k tokens on.
func (r *numberReader) tailFollows(k int) bool {
	t := r.peek(k)
	_, _, ok := t.digit()
	return ok || fiveTail.can(t) || t.is(oneTail) || t.is(fourTail)
}

// tail adds the units after a tens word: một or mốt, tư, lăm or nhăm. "năm"
// there may be "years" or a slip for "lăm", so it is asked (domain.md 13.2).
func (r *numberReader) tail() {
	t := r.peek(0)
	n, sure, digit := t.digit()
	switch {
	case fiveTail.can(t):
		if !fiveTail.surely(t) && !r.endsNumber(1) {
			return
		}
		r.q.n += 5
	case t.is(oneTail) || t.is(fourTail) && !digit:
		if t.is(fourTail) {
			r.q.n += 4
		} else {
			r.q.n++
		}
	case fewWords.surely(t), fewWords.likely(t) && !digit && personWords.can(r.peek(1)):
		r.q.ask = true
	case digit && n == 5:
		r.q.ask = true
		r.q.candidate(r.q.n + 5)
		if sure {
			r.q.candidate(r.q.n)
		}
	case digit && personNamed(r.toks, r.i):
		return
	case digit:
		r.q.n += n
	case t.kind == aNumber && t.n > 0 && t.n < 10 && !t.glued:
		r.q.n += int(t.n)
	default:
		return
	}
	r.i++
}

// endsNumber reports that what stands k tokens on can follow a number: its
// unit, a polite word, a mark or the end. "lam" is lăm there, làm elsewhere.
func (r *numberReader) endsNumber(k int) bool {
	t := r.peek(k)
	return t.kind != aWord || personWords.can(t) || politeWords.can(t) || afterNumber.can(t)
}

// ten reads mười and the units after it; without marks mươi looks the same.
func (r *numberReader) ten() bool {
	t := r.peek(0)
	r.i++
	r.q.n = 10
	if t.only(tensWord) {
		r.q.ask = true
		r.q.candidate(10)
	}
	if t.pref&tensWord.bit != 0 && !t.only(tenWord) {
		r.q.confirm = true
	}
	r.tail()
	return true
}

// bareTens reads "mươi" and "chục" without a number before: about ten.
func (r *numberReader) bareTens(w term) bool {
	t := r.peek(0)
	next := r.peek(1)
	if !t.only(w) && !r.endsNumber(1) && !next.is(halfWord) {
		return false
	}
	r.i++
	r.q.n = 10
	if next.is(halfWord) {
		r.half(5)
		r.q.confirm = true
		return true
	}
	r.q.ask = true
	r.q.candidate(10)
	if _, _, ok := next.digit(); ok || fiveTail.can(next) {
		r.i++
	}
	return true
}

// fromDigit reads a phrase that starts with a word one to nine. An unmarked "tam" before a
// hundred or tens is tám or tầm, so both are offered: "tam tram ruoi" is 850 or about 150.
func (r *numberReader) fromDigit() bool {
	t := r.peek(0)
	n, sure, _ := t.digit()
	ok := r.leadDigit()
	if ok && n == 8 && !sure && !r.q.ask && r.q.n >= 80 {
		r.q.ask = true
		scale := 10
		if r.q.n >= 800 {
			scale = 100
		}
		r.q.candidate(r.q.n)
		r.q.candidate(r.q.n - 7*scale)
	}
	return ok
}

// someTail after một make it no number.
var someTail = words("số ít trong vài")

// leadDigit reads the phrase by its first word and what follows it.
func (r *numberReader) leadDigit() bool {
	t := r.peek(0)
	n, sure, _ := t.digit()
	r.i++
	r.q.n = n
	next := r.peek(0)
	m, _, digit := next.digit()
	switch {
	case n == 1 && someTail.can(next) && !personWords.can(next):
		r.i++
		r.q.ask = true // "một số chị", "một trong hai"
	case (next.is(tensWord) || next.is(tenWord)) && !next.only(tenWord):
		r.i++
		r.q.n = n * 10
		r.tail()
	case next.is(chucWord) && (next.only(chucWord) || r.endsNumber(1) || r.tailFollows(1) || r.peek(1).is(halfWord)):
		r.i++
		r.q.n = n * 10
		if r.peek(0).is(halfWord) {
			r.half(5)
		} else {
			r.tail()
		}
	case next.is(chucWord):
		r.i++
		r.q.ask = true // "bon chuc …": forty, or four of something
		r.q.candidate(n * 10)
		r.q.candidate(n)
	case next.is(tramWord):
		r.i++
		r.hundreds(n)
	case thouWord.can(next):
		r.i++
		r.afterThousand(n)
	case fiveTail.can(next) && n > 1 && (fiveTail.surely(next) || r.endsNumber(1)):
		r.i++
		r.q.n = n*10 + 5
	case next.is(oneTail) && next.only(oneTail) && n > 1:
		r.i++
		r.q.n = n*10 + 1
	case next.is(fourTail) && n > 1 && r.endsNumber(1):
		r.i++
		r.q.n = n*10 + 4
	case next.is(halfWord) && next.only(halfWord):
		r.i++
		r.q.ask = true
	case digit && titleWords.can(next) && elderWords.can(r.peek(1)):
		r.q.bare = true // "mot ba gia" is one bà
	case digit && !personNamed(r.toks, r.i):
		r.pair(n, m)
		if !sure && titleWords.can(t) && !r.q.ask && !r.endsNumber(0) {
			r.q.ask = true // "ba hai lua mat": 32, or bà Hai
			r.q.candidate(r.q.n)
		}
	default:
		r.q.bare = true
		if !sure {
			return r.unsureDigit(t, n)
		}
	}
	return true
}

// pair reads two number words side by side. Neighbours are a range and "hai
// ba" may also be 23, so they are asked; "bốn hai" can only be 42.
func (r *numberReader) pair(n, m int) {
	r.i++
	_, _, third := r.peek(0).digit()
	scale := r.peek(0)
	switch {
	case third || scale.is(tramWord) || scale.is(chucWord) || scale.is(tensWord):
		r.q.ask = true
		if scale.is(tramWord) {
			n, m = n*100, m*100
		} else if !third {
			n, m = n*10, m*10
		}
		r.q.candidate(n)
		r.q.candidate(m)
		r.i++
	case m > n && (m-n == 1 || m-n == 2), m == 5, m == 1, n == 1, n == 5 && m == 3, n == 3 && m == 7:
		r.q.ask = true
		r.q.candidate(n)
		r.q.candidate(m)
		r.q.candidate(n*10 + m)
	default:
		r.q.n = n*10 + m
		r.q.confirm = true
	}
}

var elderWords = words("cụ cố nội ngoại già lão")

// unsureDigit decides a word that is also something else without its marks:
// "nam" (năm, nam, nắm), "sau" (sáu, sau). A unit after it settles it.
func (r *numberReader) unsureDigit(t *token, n int) bool {
	next := r.peek(0)
	if titleWords.can(t) && elderWords.can(next) {
		r.q.doubt = true // "ba cu": three elders, or bà cụ
		return true
	}
	if personWords.can(next) {
		r.q.confirm = n == 5 || n == 6 || n == 8
		return true
	}
	switch n {
	case 5, 6:
		r.q.doubt = true
	case 8:
		r.q.confirm = true
	}
	return true
}
