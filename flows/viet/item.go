package viet

// item is one thing a message with numbers says: a number, a day, what the
// number counts, a negation, a break between clauses. Counts and free messages
// are read from the items, not from the words.
type item struct {
	kind     itemKind
	tag      int // an anchor's or a phrase's meaning
	q        quantity
	date     datePhrase
	from, to int  // tokens
	unit     bool // a number with a unit of people
	members  bool // its unit is "hội viên"
	dropped  bool // taken back, planned, or of another month
	used     bool
	clause   int
	none     bool // an anchor that is denied: zero
	value    int  // index of the number item of an anchor, -1 none
	paren    bool // stands in parentheses
	name     bool // a person named, counted as one
	wonder   bool // a word of surprise: "à"
	polite   bool // a word of politeness or address
}

type itemKind uint8

const (
	isNumber   itemKind = iota + 1
	isOther             // a number of something else
	isDay               // a date phrase
	isAnchor            // what numbers count, see anchors
	isSays              // a phrase of yesNoPhrases
	isBreak             // a new clause
	isFix               // "à nhầm"
	isNotThat           // "chứ không phải", before a number taken back
	isPart              // "trong đó"
	isTotal             // "tổng cộng"
	isWord              // a word no table knows
	isNobody            // "ai"
	isSign              // + or -
	isCompound          // 1+1
)

// What numbers count.
const (
	ofJoined = iota + 1
	ofDied
	ofMoved
	ofLeftOrg
	ofLeft
	ofAttend
	ofAbsent
	ofMembers
	ofPioneers
	ofExcluded
	ofPairs
	ofResource
	ofFaces
	ofCircumstances
	ofNeeds
	ofHelp
	ofNothing // looks like an anchor, is none
	ofAway    // working far away: neither present nor gone
	ofMeeting // activities, by kind
	ofTalk
	ofEconomy
	ofHome
	ofClean
	ofCulture
	ofActivity // an activity of no stated kind
	ofDues
)

// analyse turns the tokens into items.
func (m *message) analyse() []item {
	a := analyser{m: m, toks: m.toks, out: m.items[:0]}
	for a.i < len(a.toks) {
		a.step()
	}
	m.items = a.out
	return m.items
}

type analyser struct {
	m      *message
	toks   []token
	i      int
	clause int
	paren  int
	out    []item
	bound  int // what stands before the next number: approxTab tag
	at     int // where that ended
}

func (a *analyser) put(it item, end int) {
	it.from, it.to, it.clause, it.value = a.i, end, a.clause, -1
	it.paren = a.paren > 0
	a.out = append(a.out, it)
	a.i = end
}

// step reads one item.
func (a *analyser) step() {
	t := &a.toks[a.i]
	if t.kind == aMark {
		a.mark(t)
		return
	}
	if t.kind == anEmoji {
		a.i++
		return
	}
	if p, end, ok := a.m.dateAt(a.toks, a.i); ok && !a.personAfter(end, &p) && !a.numberAfterAll(&p, end) {
		a.put(item{kind: isDay, date: p}, end)
		return
	}
	if a.wonder() {
		return
	}
	if a.kin() || a.phrases() {
		return
	}
	if q, end, ok := quantityAt(a.toks, a.i); ok && (!personNamed(a.toks, a.i) || a.endsAnchor()) {
		a.number(q, end)
		return
	}
	a.put(item{kind: isWord, wonder: wonders.can(t), polite: politeWords.can(t) || selfWords.can(t)}, a.i+1)
}

// endsAnchor reports that the word before belongs to what numbers count, and so is nobody's
// title: "chuyen di hai" is not "dì Hai".
func (a *analyser) endsAnchor() bool {
	n := len(a.out)
	return n > 0 && a.out[n-1].kind == isAnchor && a.out[n-1].to == a.i && !titleWords.surely(&a.toks[a.i-1])
}

// wonder reads "3, à 4": a word of surprise between two numbers takes the first
// back.
func (a *analyser) wonder() bool {
	n := len(a.out)
	for n > 0 && (a.out[n-1].kind == isBreak && a.out[n-1].tag == 0) {
		n--
	}
	if n == 0 || a.out[n-1].kind != isNumber && a.out[n-1].kind != isDay {
		return false
	}
	number := a.out[n-1].kind == isNumber
	end := a.i + 1
	switch {
	case number && wonders.surely(&a.toks[a.i]) && a.numberFollows(end):
	case a.m.marked || a.i == 0 || !bareWonder.can(&a.toks[a.i]):
		return false
	case quenWord.can(a.tok(end)) && (a.numberFollows(end+1) || a.dayFollows(end+1)):
		end++ // "hop ngay 11 a quen 12"
	case number && a.numberFollows(end) && a.toks[a.i-1].kind == aMark: // "3, a 2 thoi"
	case notWord.can(a.tok(end)) && (number && a.toks[a.i-1].kind == aMark && a.numberFollows(end+1) || !number && a.dayFollows(end+1)):
		end++ // "thu tu, a khong thu nam"
	default:
		return false
	}
	a.put(item{kind: isFix}, end)
	return true
}

// bareWonder is "à" typed without its mark.
var (
	bareWonder = words("ạ à")
	quenWord   = words("quên")
)

// personAfter reports that what looked like a date counts people: "thứ 2 chị",
// "tháng 3 người".
func (a *analyser) personAfter(end int, p *datePhrase) bool {
	if p.slash && selfBare.surely(a.tok(end)) && selfBare.surely(a.tok(end+1)) && a.tok(end+2).kind == aWord && p.month <= 12 && p.day <= 31 && !attendWords.can(a.tok(end+2)) {
		return false // "17/11 chị em làm cỏ"
	}
	if p.slash && p.day > p.month && p.month <= 12 && p.day <= 31 && a.i > 0 && activityWords.can(a.tok(a.i-1)) {
		return false // "họp 16/11 chị vắng": sixteen are not of eleven
	}
	return p.slash && end < len(a.toks) && peopleAt(a.toks, end) > 0
}

var activityWords = words("họp hoạt")

// numberAfterAll reports an unmarked "mot" that was taken for mốt, the day
// after tomorrow.
func (a *analyser) numberAfterAll(p *datePhrase, end int) bool {
	return p.kind == byFuture && end == a.i+1 && a.numberFollows(a.i)
}

// mark reads punctuation: clauses, signs, parentheses.
func (a *analyser) mark(t *token) {
	next := &noToken
	if a.i+1 < len(a.toks) {
		next = &a.toks[a.i+1]
	}
	switch t.n {
	case '+', '-':
		if next.kind == aNumber && next.glued && (!t.glued || a.i == 0) {
			a.put(item{kind: isSign, tag: int(t.n)}, a.i+1)
			return
		}
		a.i++
		if t.n == '-' && !t.glued {
			a.i--
			a.breakAt()
		}
	case '(':
		a.breakAt()
		a.paren++
	case ')':
		a.paren = max(0, a.paren-1)
		a.breakAt()
	case '~':
		a.bound, a.at = 1, a.i+1
		a.i++
	case '>', '<', '≥', '≤':
		if a.i++; a.tok(a.i).kind == aMark && a.tok(a.i).n == '=' {
			a.i++
		}
		a.bound, a.at = 2, a.i
	case ':':
		if n := len(a.out); n > 0 && a.out[n-1].kind == isNumber && a.out[n-1].to == a.i && a.numberFollows(a.i+1) {
			a.breakAt() // "giảm 3: 1 mất 2 chuyển đi"
			return
		}
		a.i++
	case '"', '\'', '/', '*', '?', '=', '%', '&', '#':
		a.i++
	default:
		a.breakAt()
	}
}

func (a *analyser) breakAt() {
	a.clause++
	a.put(item{kind: isBreak}, a.i+1)
}

// newcomer reports the "mới" of "có 2 chị mới".
func (a *analyser) newcomer() bool {
	n := len(a.out)
	if moiWord.likely(&a.toks[a.i]) && nobodyWords.can(a.tok(a.i-1)) && politeFrom(a.toks, a.i+1) {
		return true // "không có ai mới"
	}
	return moiWord.likely(&a.toks[a.i]) && n > 0 && a.out[n-1].kind == isNumber && a.out[n-1].unit && a.out[n-1].to == a.i && (politeFrom(a.toks, a.i+1) || joinWords.can(a.tok(a.i+1)) || a.peopleFollow(a.i+1))
}

// peopleFollow reports a number of people at i: "2 hội viên mới 1 chị xin ra".
func (a *analyser) peopleFollow(i int) bool {
	if i >= len(a.toks) {
		return false
	}
	_, end, ok := quantityAt(a.toks, i)
	return ok && peopleAt(a.toks, end) > 0
}

var (
	moiWord   = words("mới")
	minusWord = words("âm")
)

// phrases reads what tables know at this place, the longest first.
func (a *analyser) phrases() bool {
	if a.passes() {
		return true
	}
	anchor, aEnd := anchors.at(a.toks, a.i)
	if anchor != nil && (anchor.tag == ofDied && aEnd == a.i+1 || anchor.tag == ofNothing) && a.unsureFace() {
		anchor, aEnd = faceAlone, a.i+1
	} else if anchor != nil && a.notAnchor(anchor, aEnd) {
		anchor, aEnd = nil, -1
	}
	says, sEnd := a.saysAt(anchor != nil)
	if says != nil && sEnd == a.i+1 && a.estimates(sEnd) {
		a.bound, a.at = 1, sEnd
		a.i = sEnd
		return true
	}
	best := max(aEnd, sEnd)
	for _, s := range [...]struct {
		p    *phrases
		kind itemKind
	}{{fixPhrases, isFix}, {notThat, isNotThat}, {partPhrases, isPart}, {totalPhrases, isTotal}} {
		if ph, end := s.p.at(a.toks, a.i); ph != nil && end >= best && end > a.i {
			if s.kind == isTotal && anchor != nil && aEnd > end {
				continue
			}
			a.put(item{kind: s.kind}, end)
			return true
		}
	}
	if ph, end := approxTab.at(a.toks, a.i); ph != nil && end > sEnd && end > aEnd && a.numberFollows(end) && !a.eight(end) && !coWord.can(&a.toks[a.i]) { // "co" is có more often than cỡ
		a.bound, a.at = ph.tag, end
		a.i = end
		return true
	}
	switch {
	case anchor != nil && aEnd >= sEnd:
		a.put(item{kind: isAnchor, tag: anchor.tag}, aEnd)
		return true
	case says != nil:
		a.put(item{kind: isSays, tag: says.tag}, sEnd)
		return true
	}
	return a.parts()
}

// parts reads a newcomer, words that part clauses, and "ai".
func (a *analyser) parts() bool {
	if a.newcomer() {
		a.put(item{kind: isAnchor, tag: ofJoined}, a.i+1)
		return true
	}
	if ph, end := contrastTab.at(a.toks, a.i); ph != nil && !(conWord.can(&a.toks[a.i]) && stillWords.can(a.tok(end))) {
		a.clause++
		a.put(item{kind: isBreak, tag: 1}, end)
		return true
	}
	if joinWords.likely(&a.toks[a.i]) && a.numberFollows(a.i+1) && !a.dayFollows(a.i+1) && len(a.out) > 0 && a.out[len(a.out)-1].kind != isNumber {
		a.clause++ // "bà Thí mất với một o đi"
		a.put(item{kind: isBreak, tag: 1}, a.i+1)
		return true
	}
	if nobodyWords.can(&a.toks[a.i]) {
		a.put(item{kind: isNobody}, a.i+1)
		return true
	}
	return false
}

// estimates reports the "đâu" of "đâu 30", which opens an estimate.
func (a *analyser) estimates(end int) bool {
	return dauWord.surely(&a.toks[a.i]) && (politeBefore(a.toks, a.i) || gotWords.can(a.tok(a.i-1))) && a.numberFollows(end)
}

// passes steps over a minus, "tính đến nay" and totals of the year.
func (a *analyser) passes() bool {
	if minusWord.surely(&a.toks[a.i]) && a.i+1 < len(a.toks) && a.numberFollows(a.i+1) {
		a.put(item{kind: isSign, tag: '-'}, a.i+1)
		return true
	}
	if n := len(a.out); n > 0 && a.out[n-1].kind == isNumber && a.out[n-1].to == a.i {
		if ph, end := nothingElse.at(a.toks, a.i); ph != nil && politeFrom(a.toks, end) {
			a.put(item{kind: isWord}, end) // "6 chứ mấy"
			return true
		}
	}
	if ph, end := upToNow.at(a.toks, a.i); ph != nil {
		a.put(item{kind: isWord}, end)
		return true
	}
	if ph, end := formerly.at(a.toks, a.i); ph != nil && a.numberSoon(end) && a.nowCounted(end) {
		a.put(item{kind: isSays, tag: saysLast}, end)
		return true
	}
	if ph, end := nowadays.at(a.toks, a.i); ph != nil && len(a.out) > 0 && a.numberSoon(end) && a.toldFormerly() {
		a.clause++
		a.put(item{kind: isBreak, tag: 1}, end)
		return true
	}
	if ph, end := yearTotals.at(a.toks, a.i); ph != nil && !a.otherYear(end) {
		a.put(item{kind: isSays, tag: saysLast}, end)
		return true
	}
	return false
}

// formerly and nowadays set a number that was against the one that is: "trước 4, giờ 5".
var (
	formerly = table(row{1, `trước, trước đây, trước kia, trước giờ, hồi|lúc trước, ngày xưa, xưa, vốn, đang`})
	nowadays = table(row{1, `giờ, bây giờ, nay, hiện, hiện nay|giờ|tại, chừ, bây chừ, hiện thời`})
)

// changeWords tell how the number changed and not what it is: "trước 115 nay thêm 3".
var changeWords = words("thêm tăng giảm bớt mất hụt")

// nowCounted reports a number of nowadays from token i on.
func (a *analyser) nowCounted(i int) bool {
	for ; i < len(a.toks); i++ {
		if ph, end := nowadays.at(a.toks, i); ph != nil && a.numberSoon(end) && !changeWords.can(a.tok(end)) {
			return true
		}
	}
	return false
}

// toldFormerly reports a number of before in the clause so far.
func (a *analyser) toldFormerly() bool {
	former := false
	for i := range a.out {
		it := &a.out[i]
		former = it.clause == a.clause && (former || it.kind == isSays && it.tag == saysLast)
	}
	return former
}

// nothingElse after a number says that it is just that.
var nothingElse = table(row{1, `chứ mấy|nhiêu|đâu|gì|ai|chi nữa|đâu|mô?, chứ bao nhiêu nữa|đâu?, chứ có? nhiều|hơn|mấy gì|chi|đâu|mô?, chứ không|chẳng hơn|nhiều|thêm`})

// saysAt gives what a phrase says at this place and its end, where it matters beside
// numbers; anchored is that something counted begins here too.
func (a *analyser) saysAt(anchored bool) (says *phrase, sEnd int) {
	says, sEnd = yesNoPhrases.at(a.toks, a.i)
	if says != nil && says.tag == saysNo && says.gap {
		sEnd = a.shorten(sEnd) // "khong ket nap 1 chi" denies joining, and no number
	}
	if says != nil && (willing(a.toks, a.i, sEnd) || hasNumber(a.toks[a.i:sEnd]) || !usefulSays(says.tag) || says.tag == saysNo && anchored || says.tag == saysPlan && sEnd == a.i+1 && (a.numberFollows(a.i) || a.unsurePlan())) {
		says, sEnd = nil, -1
	}
	if says != nil && says.tag == saysOff && sEnd == a.i+1 && pairWord.can(&a.toks[a.i]) && a.numberFollows(sEnd) {
		says, sEnd = nil, -1 // "doi ba chi": đôi ba, not dời
	}
	if says != nil && says.tag == saysPlan && placeWords.can(&a.toks[a.i]) && coWord.can(a.tok(a.i-1)) {
		says, sEnd = nil, -1 // "co cho hop": chỗ, not chờ
	}
	if says != nil && sEnd > a.i+1 && personNamed(a.toks, sEnd) {
		says, sEnd = nil, -1 // "co mo Nam mat": mợ Năm, not "có mô"
	}
	if says != nil && (says.tag == saysNo || says.tag == saysPlan) {
		sEnd = a.shorten(sEnd)
	}
	return says, sEnd
}

var (
	gotWords   = words("được có dự tới đến")
	joinWords  = words("và với")
	conWord    = words("còn")
	stillWords = words("ít lại mấy vài thiếu khoảng hơi")
)

// unsurePlan reports one word that is a plan only with other marks: "o dinh".
func (a *analyser) unsurePlan() bool {
	t := &a.toks[a.i]
	if planAlone.can(t) || planWords.surely(t) || a.i == 0 {
		return false
	}
	for k := a.i + 1; k < a.i+4; k++ {
		if ph, _ := anchors.at(a.toks, min(k, len(a.toks)-1)); ph != nil && ph.tag >= ofMeeting && a.tok(k).kind == aWord {
			return false
		}
	}
	return true
}

// otherYear reports an unmarked "ca nam" that may be "cả nam".
func (a *analyser) otherYear(end int) bool {
	if nayDay.can(a.tok(a.i+1)) && namWord.can(a.tok(a.i)) {
		return !monthToo.has(a.toks[end:]) // "năm nay 12, tháng này 2"
	}
	t := a.tok(end - 1)
	return namWord.can(t) && !namWord.surely(t)
}

// hasNumber reports a number in digits, which is read as one and not as part of
// a phrase.
func hasNumber(toks []token) bool {
	for i := range toks {
		if toks[i].kind == aNumber {
			return true
		}
	}
	return false
}

// shorten cuts a phrase off where an anchor starts in it, so that "chưa họp
// được" is a denial and the activity it denies.
func (a *analyser) shorten(end int) int {
	for k := a.i + 1; k < end; k++ {
		if ph, _ := anchors.at(a.toks, k); ph != nil && ph.tag != ofNothing {
			return k
		}
	}
	return end
}

// usefulSays picks the meanings that matter beside numbers.
func usefulSays(tag int) bool {
	switch tag {
	case saysNo, saysNot, saysUnknown, saysForgot, saysSame, saysNoChange, saysWooing, saysExactly, saysPlan, saysLast, saysHedge, saysMinor, saysFine, saysIf, saysOff, saysDone, saysPartly:
		return true
	}
	return false
}
