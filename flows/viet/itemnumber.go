package viet

// peopleAt gives the end of a unit of people at i, 0 for none.
func peopleAt(toks []token, i int) int {
	if i >= len(toks) || toks[i].kind != aWord || !personWords.can(&toks[i]) {
		return 0
	}
	if !personWords.surely(&toks[i]) && !bareUnits.likely(&toks[i]) {
		return 0 // "co" is có more often than cô
	}
	ph, end := peopleUnit.at(toks, i)
	if ph == nil {
		return 0
	}
	if q, e := otherUnit.at(toks, i); q != nil && e >= end {
		return 0
	}
	return end
}

// bareUnits count people also where they are typed without marks.
var bareUnits = words("chị người em hội đứa cháu đồng thành phụ nhân bà")

// number reads what surrounds a number: a sign, a bound or "khoảng" before it,
// a range, a unit, a clock or money after it.
func (a *analyser) number(q quantity, end int) {
	if a.at == a.i {
		switch a.bound {
		case 1:
			q.approx = true
		case 2:
			if !q.ask {
				q.ask = true
				q.candidate(q.n)
			}
		}
	}
	if n := len(a.out); n > 0 && a.out[n-1].kind == isSign && a.out[n-1].to == a.i {
		q.signed = 1
		if a.out[n-1].tag == '-' {
			q.signed = -1
		}
	}
	if a.names(q, end) {
		return
	}
	if a.relative() {
		if n := len(a.out); n > 0 && a.anyNumber() {
			a.put(item{kind: isWord}, end) // "30 chị hơn tháng trước 5"
			return
		}
		q.ask = true
	}
	if a.compound(q, end) {
		return
	}
	end = a.rangeAfter(&q, end)
	if end < len(a.toks) && (unitAt(a.m, a.toks, end) && !a.anchorUnit(end) || a.toks[end].is(halfWord)) {
		a.unitOther(q, end)
		return
	}
	if a.each() || a.tok(end).is(halfOnly) && halfSure.surely(a.tok(end)) {
		q.ask = true // "mỗi bàn 10 người"
	}
	it := item{kind: isNumber, q: q}
	if e := peopleAt(a.toks, end); e > 0 {
		it.unit = true
		it.members = hoiWords.can(&a.toks[end]) || hoiWords.can(&a.toks[e-1]) || vienWords.can(&a.toks[e-1])
		end = e
	}
	it.members = it.members || vienWords.can(a.tok(a.i-1)) && hoiWords.can(a.tok(a.i-2))
	a.put(it, a.boundAfter(&it.q, end))
}

// boundAfter reads what bounds a number behind it: "30+", "30 trở lên", "30 gì đó". It gives
// where that ends.
func (a *analyser) boundAfter(q *quantity, end int) int {
	if end >= len(a.toks) {
		return end
	}
	if t := &a.toks[end]; t.kind == aMark && t.n == '+' && t.glued && a.tok(end+1).kind != aNumber {
		q.ask = true
		q.candidate(q.n)
		end++
	}
	if end >= len(a.toks) {
		return end
	}
	if ph, e := boundTail.at(a.toks, end); ph != nil && a.boundHere(end, e) {
		q.ask = true
		if q.n >= 10 || !fewWords.can(&a.toks[end]) { // "ba mấy" is thirty-something
			q.candidate(q.n)
		}
		return e
	}
	if ph, e := vagueTail.at(a.toks, end); ph != nil && e > end+1 {
		q.approx = true
		return e
	}
	return end
}

// names puts a number that counts nobody: a year, "tổ 3", "giấy mời 50", "1 trong 3 chị".
func (a *analyser) names(q quantity, end int) bool {
	first := (timeWords.can(a.tok(a.i-1)) || cleanedWords.surely(a.tok(a.i-1))) && peopleAt(a.toks, end) > 0 &&
		!(emWord.surely(a.tok(end)) && politeFrom(a.toks, end)) // "đợt 2 em ạ"
	switch {
	case a.i == 0:
		return false
	case namWord.can(&a.toks[a.i-1]) && q.single && q.n > 1900 && q.n < 2100,
		a.ordinal() && !first,
		inviteWord.can(&a.toks[a.i-1]) && paperWords.can(a.tok(a.i-2)):
		a.put(item{kind: isOther}, end)
	case a.outOf():
		a.put(item{kind: isWord}, end)
	default:
		return false
	}
	return true
}

var (
	hoiWords  = words("hội")
	vienWords = words("viên")
	hayWords  = words("hay hoặc")
)

func end0(end int, toks []token) int { return min(end, len(toks)-1) }

// boundHere reports that the words after a number bound it: "30 hơn", "30 trở
// lên", but not "30 chị hơn tháng trước", nor "2 hay mất".
func (a *analyser) boundHere(i, end int) bool {
	t := &a.toks[i]
	if hayWords.can(t) && denyWords.surely(a.tok(end)) {
		return true // "1 hoặc không"
	}
	if hayWords.can(t) || toWords.can(t) {
		return a.numberFollows(end) && !personNamed(a.toks, end)
	}
	if hundredMore.can(t) {
		if t.mask&(t.mask-1) != 0 && duWord.can(t) {
			return false // "33 chi du" is dự
		}
		return a.endsAfter(end)
	}
	return true
}

var (
	toWords     = words("đến tới")
	duWord      = words("dư")
	hundredMore = words("hơn mấy lẻ dư ngoài mươi")
)

// endsAfter reports the end of a clause, a unit or politeness.
func (a *analyser) endsAfter(i int) bool {
	if i >= len(a.toks) {
		return true
	}
	t := &a.toks[i]
	return t.kind != aWord || personWords.can(t) || politeWords.can(t) || selfWords.can(t)
}

// ordinal reports a word before the number that makes it an order: "tổ 3".
func (a *analyser) ordinal() bool {
	if a.i == 0 {
		return false
	}
	p := &a.toks[a.i-1]
	if a.m.marked && toWord.can(p) && !toWord.likely(p) && bigWords.can(a.tok(a.i-2)) {
		return false // "mưa to 11 chị"
	}
	if p.kind != aWord || !ordinalWords.can(p) || personWords.can(p) || doiWord.can(p) && armyWords.can(a.tok(a.i-2)) {
		return false
	}
	if soWord.can(p) && a.toks[a.i].kind == aNumber && a.toks[a.i].n == 0 {
		return false // "số 0" is none
	}
	if soWord.can(p) && !soWord.surely(p) && politeBefore(a.toks, a.i-1) {
		return true // "so 3"
	}
	if !ordinalWords.surely(p) && (soWord.can(p) || p.pref&(p.pref-1) != 0 && !capWord.can(p)) {
		return toWord.can(p) || thonWord.can(p)
	}
	if soWord.can(p) {
		// "số 3" is an order, "số hội viên 3" and "tổng số 3" count.
		return a.i < 2 || !tongWord.can(&a.toks[a.i-2])
	}
	if capWord.can(p) {
		return false
	}
	return true
}

var (
	inviteWord = words("mời")
	paperWords = words("giấy thư thiệp")
)

// relative reports a number that says how many more or fewer than before: "hơn
// tháng trước 2".
func (a *analyser) relative() bool {
	for k := a.i - 1; k >= 0 && k >= a.i-4; k-- {
		if ph, end := compares.at(a.toks, k); ph != nil && end == a.i {
			return true
		}
	}
	return false
}

func (a *analyser) anyNumber() bool {
	for i := range a.out {
		if a.out[i].kind == isNumber {
			return true
		}
	}
	return false
}

var compares = table(row{1, `hơn|kém tháng|kỳ|lần|đợt|quý|năm trước|rồi|này?|ngoái, hơn|kém tháng vừa rồi, hơn|kém trước|cũ, hơn|kém năm ngoái`})

// outOf reports a number that is what another is a part of: "1 trong 3 chị", "2
// trong số 5".
func (a *analyser) outOf() bool {
	k := a.i - 1
	if soWord.can(a.tok(k)) && k > 0 {
		k--
	}
	n := len(a.out)
	for n > 0 && a.out[n-1].kind == isWord {
		n--
	}
	return k > 0 && aboveWords.can(a.tok(k)) && n > 0 && a.out[n-1].kind == isNumber && a.out[n-1].to == k
}

// each reports a number of every one of several: "mỗi tổ 5 chị". Of "mỗi lần 30
// chị" the thirty are those who came.
func (a *analyser) each() bool {
	return eachWords.surely(a.tok(a.i-2)) && a.tok(a.i-1).kind == aWord && !eachTimes.can(a.tok(a.i-1))
}

var (
	halfOnly  = lex.word("nửa")
	halfSure  = words("nửa")
	eachWords = words("mỗi từng")
	eachTimes = words("lần buổi hôm bữa ngày đợt tháng")
)

var (
	doiWord   = words("đội")
	armyWords = words("quân bộ")
	timeWords = words("lần đợt buổi")
	soWord    = words("số")
	capWord   = words("cặp")
	toWord    = words("tổ")
	bigWords  = words("mưa gió bão nước")
	thonWord  = words("thôn xóm")
	tongWord  = words("tổng quân con sĩ")
)

// compound reads "1+1" (the scheme), "2-1" (a score) and "2+1".
func (a *analyser) compound(q quantity, end int) bool {
	if end+1 >= len(a.toks) || !q.single {
		return false
	}
	s, n := &a.toks[end], &a.toks[end+1]
	if s.kind != aMark || n.kind != aNumber || s.n != '+' && s.n != '-' && s.n != '/' && s.n != ':' && s.n != 'x' {
		return false
	}
	switch {
	case s.n == '-' && scoreWords.can(a.tok(a.i-1)):
		a.put(item{kind: isOther, tag: int(s.n)}, end+2) // "thua 0-2"
		return true
	case s.n == '+' && q.n == 1 && n.n == 1:
		a.put(item{kind: isCompound}, end+2)
		return true
	case s.n == '-' && s.glued && n.glued && int(n.n) > q.n, s.n == '-' && !s.glued && int(n.n) > q.n:
		return false // a range
	case s.n == ':' && !n.glued, s.n == '+' && !s.glued, s.n == '-' && !s.glued:
		return false
	}
	it := item{kind: isOther, tag: int(s.n)}
	it.q = q
	it.q.candidate(q.n)
	it.q.candidate(int(n.n))
	a.put(it, end+2)
	return true
}

var scoreWords = words("thắng thua hòa số")

// rangeAfter reads "2-3", "2 đến 3", "2 hay 3".
func (a *analyser) rangeAfter(q *quantity, end int) int {
	if end+1 >= len(a.toks) {
		return end
	}
	s := &a.toks[end]
	mid := end + 1
	switch {
	case s.kind == aMark && s.n == '-' && !s.glued && a.toks[mid].glued:
		return end // "+2 -1"
	case s.kind == aMark && (s.n == '-' || s.n == '~' || s.n == '>' || s.n == '=' || s.n == '/'):
		for mid < len(a.toks) && a.toks[mid].kind == aMark && (a.toks[mid].n == '>' || a.toks[mid].n == '-') {
			mid++
		}
	case s.kind == aWord && (hayWords.can(s) || toWords.can(s)):
		if mid < len(a.toks) && laWord.can(&a.toks[mid]) {
			mid++
		}
	default:
		return end
	}
	if mid >= len(a.toks) || personNamed(a.toks, mid) {
		return end
	}
	r, e, ok := quantityAt(a.toks, mid)
	if !ok || s.kind == aWord && !s.glued && unitAt(a.m, a.toks, end0(e, a.toks)) && e < len(a.toks) {
		return end
	}
	q.ask = true
	if q.n < 10 && r.n > 10 && r.n%10 == 0 && r.single && e == mid+2 {
		q.n *= r.n / int(a.toks[mid].n) // "2-3 chục"
	}
	q.candidate(q.n)
	if r.ncand > 0 {
		q.candidate(r.cands[0])
	} else {
		q.candidate(r.n)
	}
	return e
}

var laWord = words("là")

// anchorUnit reports that what looks like a unit says who they are: "1 bộ đội".
func (a *analyser) anchorUnit(i int) bool {
	ph, end := anchors.at(a.toks, i)
	return ph != nil && end > i+1 && (ph.tag < ofPairs || ph.tag == ofAway)
}

// unitOther steps over a number of something else and its unit, keeping the
// number for "50k", which may be asked back.
func (a *analyser) unitOther(q quantity, end int) {
	it := item{kind: isOther, q: q}
	u := &a.toks[end]
	raw := a.m.src[u.start:u.end]
	if capWord.can(u) {
		// A number of pairs: the anchor "cặp" follows and takes it.
		it.kind = isNumber
		a.put(it, end)
		return
	}
	if tensLater.can(u) && u.kind == aWord && (raw == "k" || raw == "K" || moneyWords.can(u)) {
		it.tag = 'k'
	}
	if raw == "k" || raw == "K" {
		it.tag = 'k'
	}
	if isMan(u) {
		it.tag = 'm' // who may have come, and is no member
	}
	if u.is(phanWord) {
		if _, e, ok := quantityAt(a.toks, end0(end+1, a.toks)); ok && end+1 < len(a.toks) {
			it.tag = '/' // "hai phần ba"
			a.put(it, e)
			return
		}
	}
	end++
	if it.tag == 'k' && end+1 < len(a.toks) && a.toks[end].kind == aMark && a.toks[end].n == '/' {
		end += 2
	}
	if (raw == "h" || raw == "H" || raw == "g" || clockWords.can(u)) && end < len(a.toks) {
		if a.toks[end].kind == aNumber && a.toks[end].n < 60 && (a.toks[end].glued || clockWords.can(u)) {
			end++
		} else if a.toks[end].is(halfWord) {
			end++
		}
	}
	a.put(it, end)
}

// cleanedWords end a deed and only elsewhere open an address: "dọn đường 30 chị".
var cleanedWords = words("đường ngõ hẻm lớp bài")

var tensLater = words("nghìn ngàn triệu tỷ đồng")
