package viet

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
	if r.Outcome == Value && (m.garbled() || r.Value == Yes && (m.slipped || m.barelyNo()) || r.Value == No && saysYesUnmarked(text, question)) {
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
	tags       uint64 // bit per says*
	first      int    // the first of yes, done, no, not in it
	from, to   int
	thingAt    int  // where the last thing asked about ends
	others     int  // words no table knows
	strange    int  // of these, words that speak of something else: "có khách"
	denies     int  // strange words after a negation
	aside      bool // about her own family or another meeting
	group      bool // the members are who did it
	told       int  // where the last yes or no of it ends, 0 for none
	endsNot    bool // the last word is a bare negation
	asked      bool
	lead       bool // everything before "có" was a subject or adverb
	contrast   bool // opened by "nhưng"
	purpose    bool // opened by "mà": "đâu có ai rảnh mà họp"
	cond       bool // "hết mưa thì họp"
	asksThing  bool // "họp chưa": the thing right before a bare negation
	so         bool // the last word but one is "nên"
	sure       bool // "đúng" typed with its marks
	planAt     int  // where the last plan in it ends
	plansThing bool // the thing asked about comes right after it
	number     bool
	turns      bool // "có" after what was denied
	both       bool // and something that is or was done after that
	unknownAt  int  // where the last word no lexicon knows ends
	blurred    bool // such a word stands right before what was asked about
	unsure     bool // an everyday verb that is another word with other marks
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
	y.clauses[0] = clause{lead: true}
	y.n = 1
	for i := 0; i < len(y.core); {
		switch t := &y.core[i]; t.kind {
		case aMark:
			y.mark(i, t.n)
			i++
		case anEmoji:
			y.picture(t.n)
			i++
		default:
			i = y.words(i)
		}
	}
	y.clause().to = len(y.core)
	y.asides()
}

// clause is the one being read.
func (y *yesNoReader) clause() *clause { return &y.clauses[max(y.n, 1)-1] }

// open ends the clause at token i and begins the next.
func (y *yesNoReader) open(i int, contrast bool) {
	if y.n > 0 {
		y.clause().to = i
	}
	if y.n == len(y.clauses) {
		y.clash = true
		return
	}
	y.clauses[y.n] = clause{from: i, lead: true, contrast: contrast}
	y.n++
}

// mark reads punctuation.
func (y *yesNoReader) mark(i int, r int32) {
	switch r {
	case '?':
		y.clause().asked = true
	case '%':
		y.clause().tags |= 1 << saysPartly
	}
	if !soft(r) {
		y.open(i+1, false)
	}
}

// words reads the words at token i and gives where they end.
func (y *yesNoReader) words(i int) int {
	if end := y.takenBack(i); end > 0 {
		y.n, y.emoji = 0, silent
		y.open(end, false)
		return end
	}
	ph, end := y.phraseAt(i)
	if ph != nil && ph.tag == saysPast && noDay(y.core[i:end]) {
		ph = nil
	}
	c := y.clause()
	switch {
	case c.told == i && i > 0 && y.m.marked && reasonWords.surely(&y.core[i]):
		y.open(i, false) // "chưa tại mưa": the rest says why
		return i + 1
	case ph == nil && y.turnsAway(c, i):
		y.open(i, false)
		y.plain(y.clause(), i)
		return i + 1
	case ph == nil:
		y.plain(c, i)
		return i + 1
	case ph.tag == saysContrast:
		y.open(i, true)
		c = y.clause()
		c.purpose = end == i+1 && takeBacks.can(&y.core[i])
		if !c.purpose && coWord.can(&y.core[end-1]) { // "chỉ có"
			c.tags, c.first, c.told = 1<<saysYes, saysYes, end
		}
	default:
		y.say(c, ph, i, end)
	}
	return end
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
