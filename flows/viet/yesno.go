package viet

import "slices"

import "strings"

// ReadYesNo reads an answer to a yes/no question (domain.md 13.1): unknown and
// same before no, negation before yes, clause by clause, because "chưa họp
// nhưng có đi dọn đường làng" is a yes to "has there been an activity".
func ReadYesNo(text string, question string) Reading[YesNo] {
	m := scan(text)
	defer m.release()
	if m.long || len(m.toks) == 0 {
		return Reading[YesNo]{}
	}
	r := m.yesNo(question)
	if r.Outcome == Value && (m.garbled() || r.Value == No && saysYesUnmarked(text, question)) {
		return Reading[YesNo]{Outcome: Ask, Candidates: []YesNo{Yes, No}, From: m.whole()}
	}
	return r
}

// saysYesUnmarked reports a text that says yes once its marks are gone. Where it says no with
// them, the two contradict each other and she is asked.
func saysYesUnmarked(text, question string) bool {
	folded := Fold(text)
	if folded == text {
		return false
	}
	m := scan(folded)
	defer m.release()
	r := m.yesNo(question)
	return r.Outcome == Value && r.Value == Yes && !m.garbled()
}

func (m *message) yesNo(question string) Reading[YesNo] {
	core := m.strip()
	if r, ok := m.printedYesNo(core); ok {
		return r
	}
	if r, ok := m.numberedYesNo(core, question); ok {
		return r
	}
	if m.onlyYes(core) {
		return Reading[YesNo]{Outcome: Value, Value: Yes, From: m.whole()}
	}
	y := yesNoReader{m: m, core: core, question: question, things: thingPhrases[question]}
	y.read()
	return y.decide()
}

// garbled reports numbers no thumb means: a nought written with a letter ("o0"), more digits
// hanging on a word than a day or a number of people has.
func (m *message) garbled() bool {
	for i := range m.toks {
		t := &m.toks[i]
		if t.kind == aNumber && (t.lookalike && t.n == 0 && t.digits > 1 || t.glued && t.digits > 4 && m.tok(i-1).kind == aWord) {
			return true
		}
	}
	return false
}

// onlyYes reads "dạ" with nothing but politeness around it. Without its mark it
// may be đã.
func (m *message) onlyYes(core []token) bool {
	for i := range core {
		if core[i].kind != aMark || core[i].n == '?' {
			return false
		}
	}
	for i := range m.toks {
		if daWord.surely(&m.toks[i]) {
			return true
		}
	}
	return false
}

var daWord = words("dạ")

// printedYesNo reads the number of a printed answer standing alone.
func (m *message) printedYesNo(core []token) (Reading[YesNo], bool) {
	n := 0
	for i := range core {
		t := &core[i]
		switch {
		case t.kind == aMark || t.kind == anEmoji || printedWords.can(t):
		case n == 0 && t.kind == aNumber && !t.lookalike:
			n = int(t.n)
		case n == 0 && oneWord.surely(t) && len(core) == 1: // "mot" may be mốt
			n = 1
		case n == 0 && twoWord.can(t) && len(core) == 1:
			n = 2
		default:
			return Reading[YesNo]{}, false
		}
	}
	if m.asks {
		return Reading[YesNo]{}, false
	}
	switch n {
	case 1:
		return Reading[YesNo]{Outcome: Value, Value: Yes, From: m.whole()}, true
	case 2:
		return Reading[YesNo]{Outcome: Value, Value: No, From: m.whole()}, true
	}
	return Reading[YesNo]{}, false
}

// numberedYesNo reads "1. có rồi", "2 chưa": a printed number and words that
// agree with it. Of dues "2 chưa" may be two who have not paid.
func (m *message) numberedYesNo(core []token, question string) (Reading[YesNo], bool) {
	if len(core) < 2 || core[0].kind != aNumber || m.asks {
		return Reading[YesNo]{}, false
	}
	want := map[int32]YesNo{1: Yes, 2: No}[core[0].n]
	if want == "" || core[1].kind != aMark && len(core) > 3 {
		return Reading[YesNo]{}, false // "2 có rồi nhé": no printed number
	}
	y := yesNoReader{m: m, core: core[1:], question: question, things: thingPhrases[question]}
	y.read()
	r := y.decide()
	if said(core) == 2 && r.Outcome == Value && (want == Yes && r.Value == No || want == No && r.Value == Yes) {
		return y.ask(), true // "2 có": the number or the word
	}
	agrees := r.Outcome == Value && r.Value == want && (want == No || core[1].kind == aMark)
	return r, agrees && question != "q12_dues"
}

// said counts the tokens that are no punctuation.
func said(toks []token) int {
	n := 0
	for i := range toks {
		if toks[i].kind != aMark {
			n++
		}
	}
	return n
}

var (
	printedWords = words("số câu chọn ý mục bấm phương án")
	oneWord      = words("một")
	twoWord      = words("hai")
	timesWords   = words("lần buổi cuộc đợt hoạt")
	heldWords    = words("có đã rồi")
)

// verdict is what one clause answers.
type verdict uint8

const (
	silent verdict = iota
	vYes
	vNo
	vPlan
	vAck
	vUnknown
	vSame
	vDoubtful // hedged, partly, a question: never a value alone
	vMinor
	vLast // about last month: says nothing of this one
)

// clause collects what one clause says.
type clause struct {
	tags      uint64 // bit per says*
	first     int    // the first of yes, done, no, not in it
	from, to  int
	thingAt   int  // where the last thing asked about ends
	others    int  // words no table knows
	strange   int  // of these, words that speak of something else: "có khách"
	denies    int  // strange words after a negation
	aside     bool // about her own family or another meeting
	group     bool // the members are who did it
	told      int  // where the last yes or no of it ends, 0 for none
	endsNot   bool // the last word is a bare negation
	asked     bool
	lead      bool // everything before "có" was a subject or adverb
	contrast  bool // opened by "nhưng"
	purpose   bool // opened by "mà": "đâu có ai rảnh mà họp"
	cond      bool // "hết mưa thì họp"
	asksThing bool // "họp chưa": the thing right before a bare negation
	so        bool // the last word but one is "nên"
	sure      bool // "đúng" typed with its marks
	number    bool
	turns     bool // "có" after what was denied
	both      bool // and something that is or was done after that
	unsure    bool // an everyday verb that is another word with other marks
}

func (c *clause) has(tag int) bool { return c.tags&(1<<tag) != 0 }

type yesNoReader struct {
	m        *message
	core     []token
	question string
	things   *phrases
	clauses  [12]clause
	n        int
	emoji    verdict
	clash    bool
}

// read fills the clauses. A reply with more clauses than fit is a story, and
// what the rest says could contradict the beginning, so it is only asked back.
func (y *yesNoReader) read() {
	c := &y.clauses[0]
	c.lead = true
	y.n = 1
	next := func(i int, contrast bool) {
		c.to = i
		if y.n == len(y.clauses) {
			y.clash = true
			return
		}
		c = &y.clauses[y.n]
		*c = clause{from: i, lead: true, contrast: contrast}
		y.n++
	}
	for i := 0; i < len(y.core); {
		t := &y.core[i]
		switch t.kind {
		case aMark:
			if t.n == '?' {
				c.asked = true
			}
			if t.n == '%' {
				c.tags |= 1 << saysPartly
			}
			if !soft(t.n) {
				next(i+1, false)
			}
			i++
			continue
		case anEmoji:
			y.picture(t.n)
			i++
			continue
		}
		if end := y.takenBack(i); end > 0 {
			y.n, y.emoji = 0, silent
			next(end, false)
			i = end
			continue
		}
		ph, end := y.phraseAt(i)
		if ph != nil && ph.tag == saysPast && noDay(y.core[i:end]) {
			ph = nil
		}
		switch {
		case c.told == i && i > 0 && y.m.marked && reasonWords.surely(t):
			next(i, false) // "chưa tại mưa": the rest says why
			end = i + 1
		case ph == nil && y.turnsAway(c, i):
			next(i, false)
			y.plain(c, i)
			end = i + 1
		case ph == nil:
			y.plain(c, i)
			end = i + 1
		case ph.tag == saysContrast:
			purpose := end == i+1 && takeBacks.can(t)
			next(i, true)
			c.purpose = purpose
		default:
			y.say(c, ph, i, end)
		}
		i = end
	}
	c.to = len(y.core)
	y.asides()
}

// takenBack gives the end of words that take back what was said before, as in
// "chưa, à mà có": only what follows counts. Of a value read back they say that
// it is wrong.
func (y *yesNoReader) takenBack(i int) int {
	if y.question == "confirm" || i == 0 || i+1 >= len(y.core) || !takeBacks.can(&y.core[i]) {
		return -1
	}
	for k := range y.m.toks {
		if t := &y.m.toks[k]; t.start == y.core[i].start && k > 0 && wonders.surely(&y.m.toks[k-1]) {
			return i + 1
		}
	}
	return -1
}

var (
	reasonWords = words("vì tại do bởi")
	soWords     = words("nên đâm thành")
	takeBacks   = words("mà nhầm lộn quên")
	wonders     = words("à ủa ơ ý á")
)

// soft reports marks that do not part clauses.
func soft(r int32) bool {
	switch r {
	case '"', '\'', '/', '*', '+', '~', '-', '?', '#', '&', '%':
		return true
	}
	return false
}

func (y *yesNoReader) phraseAt(i int) (*phrase, int) {
	ph, end := yesNoPhrases.at(y.core, i)
	if ph != nil && okWord.can(&y.core[i]) && end < len(y.core) && y.core[end].kind == aWord {
		ph, end = nil, -1 // "ô kê" without marks starts other phrases: "o ke hoach"
	}
	if ph != nil && (willing(y.core, i, end) || ph.tag == saysContrast && y.branch(i)) {
		ph, end = nil, -1
	}
	if y.things == nil {
		return ph, end
	}
	if p, e := y.things.at(y.core, i); p != nil && (e > end || e == end && ph.tag == saysPlan && !waitWord.surely(&y.core[i])) {
		return p, e // "xa cho muon cho hop": chỗ, not chờ
	}
	switch {
	case ph == nil:
	case ph.tag == saysNo:
		end = y.cutAtThing(i, end)
	case ph.gap && y.thingAcross(i, end):
		return nil, -1 // "cho muon hoi truong" asks nobody
	}
	return ph, end
}

// thingAcross reports what was asked about beginning inside a phrase and ending
// after it.
func (y *yesNoReader) thingAcross(i, end int) bool {
	for k := i + 1; k < end; k++ {
		if p, e := y.things.at(y.core, k); p != nil && e > end {
			return true
		}
	}
	return false
}

// branch reports an unmarked "chi" that is no chỉ: "chi hoi", "chi em".
func (y *yesNoReader) branch(i int) bool {
	t := &y.core[i]
	return selfBare.can(t) && !selfBare.surely(t) && i+1 < len(y.core) && hoiWord.can(&y.core[i+1])
}

// cutAtThing ends a denial where what was asked about starts in it, so that
// "chưa tổ chức được" is a denial and the activity it denies.
func (y *yesNoReader) cutAtThing(i, end int) int {
	for k := i + 1; k < end; k++ {
		if p, _ := y.things.at(y.core, k); p != nil && p.tag == saysThing {
			return k
		}
	}
	return end
}

// say records a phrase in its clause.
func (y *yesNoReader) say(c *clause, ph *phrase, i, end int) {
	tag := ph.tag
	t := &y.core[i]
	switch tag {
	case saysYes:
		if end == i+1 && !c.lead {
			tag = 0 // "nhà có đám" answers nothing
		}
	case saysDoubt:
		c.sure = doubtWords.surely(t)
	case saysNo:
		if end == i+1 && dauWord.can(t) && !dauWord.surely(t) {
			tag = saysHedge
		}
	case saysPlan:
		if end == i+1 && !planAlone.can(t) && !planWords.surely(t) && !y.thingSoon(end) {
			tag = 0 // "co chut dinh" plans nothing
		}
	case saysElse:
		c.strange++
		tag = 0
	case saysOff:
		if end == i+1 && t.pref&(t.pref-1) != 0 {
			tag = saysHedge // "doi" is dời less often than đời or đội
		}
	case saysWeak:
		c.unsure = c.unsure || end == i+1 && t.pref&(t.pref-1) != 0
	case saysAs:
		if y.question != "confirm" {
			tag = 0
		}
	}
	c.so = c.so && tag == saysNot || end == i+1 && soWords.can(t)
	c.asksThing = tag == saysNot && c.thingAt == i && i > 0 && !c.has(saysNo) && !y.topicBefore(i)
	if tag == saysThing {
		c.thingAt = end
	}
	if tag == saysPlan && c.first == saysDone && c.told == i && i == c.from+1 {
		c.first, c.tags = 0, c.tags&^(1<<saysDone) // "rồi mai họp": then
	}
	if tag == saysModal && soWords.can(t) && c.others > 0 {
		return // "ốm nên chị phó họp thay"
	}
	c.endsNot = tag == saysNot
	if tag == 0 {
		c.others++
		y.foreign(c, i)
		return
	}
	if ph.gap && (tag == saysNo || tag == saysPlan) {
		y.inGap(c, i, end)
	}
	if answers(tag) {
		c.told = end
	}
	c.turns = c.turns || tag == saysYes && (c.has(saysNo) || c.has(saysNot)) && c.has(saysThing) && c.first != saysYes && c.first != saysDone
	c.both = c.both || c.turns && tag == saysThing
	c.tags |= 1 << tag
	if c.first == 0 && (tag == saysYes || tag == saysSure || tag == saysDone || tag == saysNo || tag == saysNot || tag == saysPlan) {
		c.first = tag
	}
}

// topicBefore reports "thì" before word i, as in "họp thì chưa", which answers
// where "họp chưa" asks.
func (y *yesNoReader) topicBefore(i int) bool {
	for k := range y.m.toks {
		if t := &y.m.toks[k]; t.start == y.core[i].start {
			return k > 0 && thiOnly.can(&y.m.toks[k-1])
		}
	}
	return false
}

var thiOnly = words("thì")

// thingSoon reports what was asked about within three words.
func (y *yesNoReader) thingSoon(i int) bool {
	for k := i; k < i+3 && k < len(y.core) && y.things != nil; k++ {
		if ph, _ := y.things.at(y.core, k); ph != nil {
			return true
		}
	}
	return false
}

var (
	planAlone  = words("mai sắp sẽ")
	planWords  = words("mai mốt sắp sẽ định hẹn muốn")
	okWord     = words("ô")
	waitWord   = words("chờ để đợi")
	doubtWords = words("đúng phải")
	dauWord    = words("đâu")
)

// glued reports a number that hangs on a word, before it or behind it: the nought of "b0k" is
// none. What hangs on it behind may be money.
func (y *yesNoReader) glued(i int) bool {
	before := i > 0 && y.core[i].glued && y.core[i-1].kind == aWord
	behind := i+1 < len(y.core) && y.core[i+1].glued && y.core[i+1].kind == aWord
	if behind {
		t := &y.core[i+1]
		behind = !y.money(i+1) && !strings.EqualFold(y.m.src[t.start:t.end], "d") // "0d" is 0đ
	}
	return before || behind
}

// noDay reports a number among the words of a day that no month has: "hôm 0".
func noDay(toks []token) bool {
	return slices.ContainsFunc(toks, func(t token) bool { return t.kind == aNumber && (t.n < 1 || t.n > 31) })
}

// counted reports a number besides the one at i: "0 10" denies nothing.
func (y *yesNoReader) counted(i int) bool {
	for j := range y.core {
		if j != i && y.core[j].kind == aNumber {
			return true
		}
	}
	return false
}

// plain records a word no phrase knows.
func (y *yesNoReader) plain(c *clause, i int) {
	t := &y.core[i]
	c.endsNot = false
	c.so = soWords.can(t)
	n, _, word := t.digit()
	switch {
	case word && n > 0 && i+1 < len(y.core) && timesWords.surely(&y.core[i+1]):
		c.tags |= 1<<saysWeak | 1<<saysPast // "hai buổi"
	case t.kind == aNumber && t.n == 0 && t.digits == 1 && !y.glued(i) && !y.counted(i) && (y.question == "q3_resources" || y.question == "q12_dues"):
		c.tags |= 1 << saysNo // "quỹ 0 đồng"
	case t.kind == aNumber && y.money(i+1):
		if y.question == "q3_resources" {
			c.tags |= 1 << saysThing // "quỹ 1tr2"
		}
	case t.kind == aNumber:
		c.number = true
		if i+1 < len(y.core) && timesWords.can(&y.core[i+1]) && t.n > 0 {
			c.tags |= 1<<saysWeak | 1<<saysPast
		} else {
			c.others++
		}
	case strings.EqualFold(y.m.src[t.start:t.end], "no"):
		c.tags |= 1 << saysHedge // nỏ without its mark, or another word
	case leadWords.can(t), y.question == "q3_resources" && questionWords[y.question].can(t):
	case heldWords.can(t):
	default:
		c.others++
		y.foreign(c, i)
		if c.tags == 0 {
			c.lead = false
		}
	}
	if t.kind == aWord && leadWords.can(t) && !y.expected(t) {
		y.foreign(c, i)
	}
}

// money reports a unit of money at i, after a number.
func (y *yesNoReader) money(i int) bool {
	if i >= len(y.core) || y.core[i].kind != aWord {
		return false
	}
	t := &y.core[i]
	switch raw := strings.ToLower(y.m.src[t.start:t.end]); raw {
	case "k", "tr", "đ", "củ":
		return t.glued || raw == "tr" || raw == "củ"
	}
	return moneyWords.surely(t)
}

// picture takes an emoji that means yes or no.
func (y *yesNoReader) picture(r int32) {
	v := silent
	switch r {
	case 0x1F44D, 0x1F44C, 0x2705, 0x2611, 0x2714, 0x1F197, 0x1F646, 0x1F4AF:
		v = vYes
	case 0x1F44E, 0x274C, 0x274E, 0x2716, 0x1F6AB, 0x1F645, 0x26D4:
		v = vNo
	default:
		return
	}
	if y.emoji != silent && y.emoji != v {
		y.clash = true
	}
	y.emoji = v
}
