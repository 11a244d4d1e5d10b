package viet

import "slices"

// ReadCount reads an answer to a "how many" question (domain.md 13.2). The
// question decides which of several numbers is asked for: of "tổng 126 hội
// viên, có mặt 84" the attendees are 84.
func ReadCount(text string, question string) Reading[Count] {
	m := scan(text)
	defer m.release()
	if m.long || len(m.toks) == 0 {
		return Reading[Count]{}
	}
	c := countReader{m: m, question: question}
	if r, ok := c.letter(); ok {
		return r
	}
	c.items = m.analyse()
	segment(c.items)
	c.settle()
	r := c.decide()
	if r.Outcome == Value && c.slipped() {
		return c.ask(r.Value.N)
	}
	return r
}

// slipped reports a number with a slip of the thumb beside it.
func (c *countReader) slipped() bool {
	for i := range c.items {
		if it := &c.items[i]; it.kind == isNumber && !it.dropped && c.m.slipBeside(it) {
			return true
		}
	}
	return false
}

type countReader struct {
	m        *message
	items    []item
	question string
	hedged   bool
	unknown  bool
	same     bool
	zero     bool // something is denied that would be counted
	still    bool // nothing has changed, so nobody came or went
	minor    bool
	partly   bool // "đang vận động": not done yet
	fine     bool
	planned  bool
	asked    bool
}

func (c *countReader) value(n int, it *item) Reading[Count] {
	r := Reading[Count]{Outcome: Value, Value: Count{N: n}, From: c.m.whole()}
	if it != nil {
		r.Value.Approx = it.q.approx
		r.Confirm = it.q.confirm
		if len(c.items) > 3 {
			r.From = c.m.from(c.m.toks, it.from, it.to)
		}
	}
	return r
}

func (c *countReader) ask(ns ...int) Reading[Count] {
	r := Reading[Count]{Outcome: Ask, From: c.m.whole()}
	for _, n := range ns {
		dup := false
		for _, x := range r.Candidates {
			dup = dup || x.N == n
		}
		if !dup && len(r.Candidates) < 4 && n >= 0 {
			r.Candidates = append(r.Candidates, Count{N: n})
		}
	}
	return r
}

// letter reads "O" standing alone for zero, and numbers VNI may have eaten:
// "co1" is có or "có 1".
func (c *countReader) letter() (Reading[Count], bool) {
	if len(c.m.toks) > 0 && c.m.toks[0].kind == aWord && politeFrom(c.m.toks, 1) && !holdsNumber(c.m.toks) { // "O!1" is 1
		if t := &c.m.toks[0]; c.m.src[t.start:t.end] == "O" {
			r := c.value(0, nil)
			r.Confirm = true
			return r, true // "O ạ"
		}
	}
	core := c.m.strip()
	if len(core) != 1 || core[0].kind != aWord {
		return Reading[Count]{}, false
	}
	t := &core[0]
	switch c.m.src[t.start:t.end] {
	case "O", "o":
		r := c.value(0, nil)
		r.Confirm = true
		return r, true
	case "l", "I":
		if slices.ContainsFunc(c.m.toks, func(o token) bool { _, _, ok := o.digit(); return ok }) {
			return Reading[Count]{}, false // "I BA" is no one
		}
		r := c.value(1, nil)
		r.Confirm = true
		return r, true
	}
	if _, _, ok := t.digit(); !ok && t.decoded && t.vniDigit > 0 {
		return c.ask(int(t.vniDigit)), true
	}
	return Reading[Count]{}, false
}

// settle takes back what is corrected, leaves out what is planned or of last
// month, and notes the phrases that are no numbers.
func (c *countReader) settle() {
	settleFixes(c.items)
	clauses := dropClauses(c.items)
	c.planned = clauses.planned
	c.dropMonths()
	for i := range c.items {
		it := &c.items[i]
		if it.dropped || it.kind != isSays {
			continue
		}
		switch it.tag {
		case saysForgot:
			c.unknown = c.unknown || !c.aboutNames(it) && !c.mended(i)
		case saysUnknown:
			c.unknown = c.unknown || !c.aboutNames(it)
		case saysSame, saysExactly:
			c.same = true
		case saysNoChange:
			c.same = c.same || !c.monthly()
			c.zero = c.zero || c.monthly()
			c.still = c.still || c.monthly()
		case saysHedge:
			c.hedged = true
		case saysFine:
			c.fine = true
		case saysPartly:
			c.minor = true
			c.partly = c.partly || !moiWord.can(&c.m.toks[it.from]) // "mới được 1" is one
		case saysMinor:
			c.minor = true
		case saysNo, saysNot:
			c.zero = true
		}
	}
	c.dropBefore()
	c.still = c.still || c.monthly() && allStay.has(c.m.toks)
	c.asked = c.m.asks
}

// dropBefore leaves out the number of another month where one of this is told without a
// break: "tháng này 3 tháng trước 2". Two rounds ("đợt") may be of one month.
func (c *countReader) dropBefore() {
	if !c.monthly() {
		return
	}
	var last *item
	others := 0
	for i := range c.items {
		it := &c.items[i]
		switch {
		case it.kind != isNumber || it.dropped:
		case lastWords.can(c.m.tok(it.from-1)) && monthsAgo.can(c.m.tok(it.from-2)):
			last = it
		default:
			others++
		}
	}
	if last != nil && others == 1 {
		last.dropped = true
	}
}

// otherTime tells that a number is of another month, told already or still to come: "1 mất
// nhưng tháng trước báo rồi", "tháng 12 mới kết nạp 2".
var otherTime = table(row{1, `tháng|kỳ|đợt|lần|bữa trước|rồi báo|gửi|nộp|khai|ghi|tính, tháng|kỳ|đợt|lần|bữa trước|rồi chị|em|tui|cô? báo|gửi|nộp|khai|ghi|tính, báo|khai|tính|ghi rồi? tháng|kỳ|đợt|lần|bữa trước, tháng # mới kết|vào|vô|chuyển|nghỉ|làm, quý # kết|vào|vô|có|mất|chuyển|nghỉ, quý một|hai|ba|bốn|tư kết|vào|vô|có|mất|chuyển|nghỉ`})

// grown tells that a number was before what came or went since: "trước 115 nay thêm 3".
var grown = table(row{1, `nay|giờ|hiện|rồi thêm|tăng|giảm|bớt`})

// dropMonths leaves out the clauses of a month where another one is told beside it, this month
// or a later one: "tháng 10 kết nạp 3, tháng 11 chưa".
func (c *countReader) dropMonths() {
	if !c.monthly() {
		return
	}
	now := 0 // the latest month named; 13 is this month
	for i := range c.items {
		if n := c.monthOf(&c.items[i]); n == 13 || now < 13 && n > 0 && (now == 0 || (n-now+12)%12 < 6) {
			now = n
		}
	}
	for i := range c.items {
		if n := c.monthOf(&c.items[i]); n == 0 || n == now {
			continue
		}
		for k := range c.items {
			if c.items[k].clause == c.items[i].clause {
				c.items[k].dropped = true
			}
		}
	}
}

// monthOf is the month an item names, 13 for "tháng này", 0 for none.
func (c *countReader) monthOf(it *item) int {
	switch {
	case it.kind != isDay || it.dropped:
		return 0
	case it.date.kind == byMonth:
		return it.date.month
	case it.date.kind == byVague && thangWord.can(c.m.tok(it.from)) && thisWord.can(c.m.tok(it.to-1)):
		return 13
	}
	return 0
}

var roundWords = words("đợt lần kỳ tháng hồi bữa")

// monthsAgo before "trước" tell of another month.
var monthsAgo = words("tháng kỳ hồi")

// manyRounds are told apart also without marks.
var manyRounds = words("đợt tháng lần")

// whichRound tells one round from another: "đợt đầu 2 đợt sau 1".
var whichRound = words("đầu sau này ni")

// decide picks the number asked for.
func (c *countReader) decide() Reading[Count] {
	assign(c.items)
	var found [16]*item
	n := 0
	others := false
	for i := range c.items {
		it := &c.items[i]
		switch {
		case it.dropped:
		case it.kind == isNumber && n < len(found):
			found[n] = it
			n++
		case it.kind == isNumber:
			return c.ask()
		case it.kind == isOther && it.tag != 0, it.kind == isCompound, it.kind == isDay && it.date.slash:
			others = true
		}
	}
	list := found[:n]
	if men := c.men(); men > 0 && n > 0 && c.question == "q1b_attendees" {
		return c.ask(append(numbersOf(list), list[0].q.n+men)...)
	}
	switch {
	case c.asked:
		return c.ask(numbersOf(list)...)
	case n == 0 && others:
		return c.ask(c.otherCandidates()...)
	case n == 0:
		return c.noNumber()
	case c.unknown && vagueOnly(list):
		return Reading[Count]{Outcome: Value, Value: Count{Unknown: true}, From: c.m.whole()}
	}
	if c.question == "q7a_excluded" && n == 1 && noneOfThem.has(c.m.toks) {
		return c.value(0, nil)
	}
	if it := c.nowOf(list); it != nil {
		return c.one(it)
	}
	if shortOf.has(c.m.toks) || c.monthly() && otherTime.has(c.m.toks) || n > 1 && (lacking.has(c.m.toks) || !c.monthly() && grown.has(c.m.toks)) {
		return c.ask(numbersOf(list)...)
	}
	if c.question == "q8_left" && (c.alsoLeft() || len(list) == 1 && c.alsoGone()) {
		return c.ask(numbersOf(list)...)
	}
	if n > 1 {
		var ok bool
		var r Reading[Count]
		if list, r, ok = c.choose(list); ok {
			return r
		}
	}
	if len(list) > 1 {
		if !c.sameNumber(list) {
			return c.ask(numbersOf(list)...)
		}
	}
	return c.one(list[0])
}

// men is how many men are spoken of: "18 chị và 3 anh" are 18 or 21.
func (c *countReader) men() int {
	for i := range c.items {
		if it := &c.items[i]; it.kind == isOther && it.tag == 'm' && !it.dropped {
			return it.q.n
		}
	}
	return 0
}

func (c *countReader) otherCandidates() []int {
	var ns []int
	for i := range c.items {
		if it := &c.items[i]; it.kind == isOther && !it.dropped {
			ns = append(ns, it.q.cands[:it.q.ncand]...)
		}
	}
	return ns
}

// vagueOnly reports "mấy đứa" and the like, which are no numbers at all.
func vagueOnly(list []*item) bool {
	for _, it := range list {
		if !it.q.ask || it.q.ncand > 0 {
			return false
		}
	}
	return true
}

func numbersOf(list []*item) []int {
	ns := make([]int, 0, 4)
	for _, it := range list {
		switch {
		case it.q.ncand > 0:
			ns = append(ns, it.q.cands[:it.q.ncand]...)
		case !it.q.ask:
			ns = append(ns, it.q.n)
		}
	}
	return ns
}

// sameNumber reports one number told twice; what "với" adds is another.
func (c *countReader) sameNumber(list []*item) bool {
	units := 0
	for i, it := range list {
		if it.q.ask || it.q.n != list[0].q.n || i > 0 && joinWords.can(c.m.tok(it.from-1)) {
			return false
		}
		if it.unit {
			units++
		}
	}
	return units < 2 // "16 chị tổ 1, 16 chị tổ 2"
}

// noNumber decides a reply without any number that counts.
func (c *countReader) noNumber() Reading[Count] {
	switch {
	case c.still && !c.unknown && !c.hedged:
		return c.value(0, nil)
	case c.unknown && !c.same && !c.hedged:
		return Reading[Count]{Outcome: Value, Value: Count{Unknown: true}, From: c.m.whole()}
	case c.hedged, c.unknown, c.fine, c.minor:
		return c.ask()
	case c.same && !c.zero:
		return Reading[Count]{Outcome: Value, Value: Count{Same: true}, From: c.m.whole()}
	case c.same:
		return c.ask()
	}
	if n, stated := c.denied(); n {
		if stated {
			return c.value(0, nil)
		}
		return c.ask(0)
	}
	if c.planned {
		return c.ask(0)
	}
	return Reading[Count]{}
}

// denied reports a denial, and whether it is one of what was asked: a denial
// amid words no table knows may deny something else.
func (c *countReader) denied() (denied, stated bool) {
	strange := 0
	wrong, anchored, other := false, false, false
	at := -1 // the clause of the denial
	for i := range c.items {
		it := &c.items[i]
		switch {
		case it.dropped:
		case it.kind == isSays && (it.tag == saysNo || it.tag == saysNot):
			denied, at = true, it.clause
			anchored = anchored || it.to-it.from > 2 && noneWords.can(&c.m.toks[it.to-1])
			other = other || it.to-it.from > 2 && c.m.strange(c.m.toks[it.from:it.to], zeroWords) > 0
		case it.kind == isSays && it.tag == saysPlan:
			strange++
		case it.kind == isAnchor && it.tag == ofNothing:
			strange++
		case it.kind == isAnchor:
			anchored = true
			if !it.none && it.tag != ofMeeting && it.tag != ofMembers && it.tag < ofMeeting {
				wrong = true
			}
		case it.kind == isNobody:
			anchored = true
		case it.kind == isWord && !c.quiet(it) && !zeroWords.can(&c.m.toks[it.from]):
			strange++
			other = other || it.clause == at
		case it.kind == isOther:
			other = true
		}
	}
	if wrong {
		return denied, false
	}
	if denied && !other && c.deniedAlone() {
		return true, true // "không, toàn làm ruộng"
	}
	return denied, strange <= 1 && !other || anchored && strange <= 3
}

// deniedAlone reports a denial that is the first clause and all of it, with
// nothing after it that counts.
func (c *countReader) deniedAlone() bool {
	for i := range c.items {
		it := &c.items[i]
		if it.kind == isBreak || c.quiet(it) {
			continue
		}
		return it.kind == isSays && (it.tag == saysNo || it.tag == saysNot) && it.clause == c.items[0].clause && c.bareClause(it)
	}
	return false
}

// noneWords end "không chị nào", which denies people whatever follows.
var noneWords = words("nào mô")

var zeroWords = words("có cả hết nào gì thêm mới người hội viên nữa luôn được đi vào ra đâu mô chi tháng này chị em tròn số ở bên trong vẫn chưa lần kỳ đợt cô bác bà ai thành trơn trọi ráo sất luôn hết trụi tiếc rất là nộp đơn viết hồ sơ đăng ký")

// holdsNumber reports a number in digits among tokens.
func holdsNumber(toks []token) bool {
	return slices.ContainsFunc(toks, func(t token) bool { return t.kind == aNumber })
}
