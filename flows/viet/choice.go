package viet

import (
	"slices"
	"strings"
)

// maxOptions bounds a printed list; the longest of domain.md 6 has seven.
const maxOptions = 16

// choiceReader matches one reply against printed options.
type choiceReader struct {
	m       *message
	core    []token
	options []Option
	fam     [maxOptions]family
	allowed uint64
	hits    [maxOptions]int // words that speak for each option
	first   int             // the option first spoken of, -1 for none
	joiner  bool            // something between the first and a later one
	negated bool
	denied  [maxOptions]bool // options said not to be it
	done    bool             // "không cần giúp nữa": a denial that ends a pair
}

// ReadChoice reads an answer to a list by number, label, part of the label or
// free wording (domain.md 6 and 13). Two options wanted at once, or wording
// that fits two, is asked back with them.
func ReadChoice(text string, options []Option) Reading[int] {
	m := scan(text)
	defer m.release()
	if m.long || len(m.toks) == 0 || len(options) > maxOptions {
		return Reading[int]{}
	}
	c := choiceReader{m: m, core: m.strip(), options: options, first: -1}
	for i := range options {
		c.fam[i] = familyOf(options[i].Label)
		c.allowed |= 1 << uint(c.fam[i])
	}
	c.allowed &^= 1 << uint(famNone)
	if r, ok := c.byNumber(); ok {
		return r
	}
	if m.asks {
		return Reading[int]{}
	}
	switch {
	case c.has(famMost) && c.has(famFew):
		return c.scale()
	case c.has(famFinished):
		return c.pairStatus()
	case c.has(famYes) && c.has(famNotYet) && len(options) == 2, c.has(famYes) && c.has(famNothing) && len(options) == 2:
		return c.yesNo()
	}
	if c.has(famSeason) && len(c.core) == 1 && banWord.surely(&c.core[0]) {
		return c.value(c.optionOf(famSeason))
	}
	c.match()
	if talk, economy := c.optionOf(famTalk), c.optionOf(famEconomy); talk > 0 && economy > 0 && trainedFor.has(c.core) {
		return c.ask(economy, talk)
	}
	r := c.decide()
	if r.Outcome == NotUnderstood && c.has(famSeason) && slices.ContainsFunc(c.core, func(t token) bool { return banWord.surely(&t) }) {
		return c.ask(c.optionOf(famSeason), c.optionOf(famOther)) // "đang bận"
	}
	return r
}

var allLead = words("cả")

// trainedFor is training for a living: a talk, or help with it.
var trainedFor = table(row{1, `tập huấn * nuôi|trồng|chăn|kỹ|giống|nghề|may|cấy|ghép|ủ|khởi|kinh, lớp * nuôi|trồng|chăn|kỹ|nghề|may|cấy|ghép`})

func familyOf(label string) family {
	f := Fold(label)
	f = strings.TrimRight(f, ".!")
	if k, ok := familyLabels[f]; ok {
		return k
	}
	for _, p := range partLabels {
		if strings.Contains(f, p.part) {
			return p.f
		}
	}
	return famNone
}

func (c *choiceReader) has(f family) bool { return c.allowed&(1<<uint(f)) != 0 }

func (c *choiceReader) optionOf(f family) int {
	for i := range c.options {
		if c.fam[i] == f {
			return c.options[i].Number
		}
	}
	return 0
}

func (c *choiceReader) value(n int) Reading[int] {
	return Reading[int]{Outcome: Value, Value: n, From: c.m.whole()}
}

func (c *choiceReader) ask(ns ...int) Reading[int] {
	r := Reading[int]{Outcome: Ask, From: c.m.whole()}
	for _, n := range ns {
		if n != 0 && len(r.Candidates) < 4 {
			r.Candidates = append(r.Candidates, n)
		}
	}
	return r
}

var (
	numberLead  = words("số câu chọn ý mục bấm phương án cái thứ là lựa chị em khoản vẫn khoanh đáp nội dung loại kiểu")
	numberJoin  = words("với và cùng hay hoặc lẫn cả")
	firstWords  = words("đầu nhất")
	finalWords  = words("cuối chót")
	nothingSaid = words("thôi rồi luôn đi ấy đấy")
)

// byNumber reads a reply that is nothing but a printed number, or several.
func (c *choiceReader) byNumber() (Reading[int], bool) {
	var ns [4]int
	n := 0
	slash := false
	for i := 0; i < len(c.core); i++ {
		t := &c.core[i]
		switch {
		case t.kind == aMark:
			slash = slash || t.n == '/' || t.n == '%'
		case t.kind == anEmoji, nothingSaid.can(t), numberJoin.can(t), numberLead.can(t):
		case t.kind == aNumber && n < len(ns) && !t.lookalike:
			ns[n] = int(t.n)
			n++
		case firstWords.surely(t) && i > 0 && len(c.core) == 2:
			ns[n] = c.options[0].Number
			n++
		case finalWords.can(t) && i > 0 && len(c.core) == 2:
			ns[n] = c.options[len(c.options)-1].Number
			n++
		default:
			d, _, ok := t.digit()
			if ok && d == 1 && i+1 < len(c.core) && soWord.can(&c.core[i+1]) {
				return Reading[int]{}, true // "một số"
			}
			if !ok && t.is(fourTail) && i > 0 {
				d, ok = 4, true
			}
			if !ok || n == len(ns) {
				return c.numberedLabel()
			}
			ns[n] = d
			n++
		}
	}
	if n == 0 || slash {
		return Reading[int]{}, false
	}
	for _, v := range ns[:n] {
		if !c.printed(v) {
			if n > 1 {
				return Reading[int]{}, false // "50-50"
			}
			return c.ask(), true
		}
	}
	if n == 1 && len(c.core) > 1 && allLead.can(&c.core[0]) {
		return c.ask(max(c.optionOf(famMost), 0), ns[0]), true // "cả ba": all three, or the third
	}
	if n == 2 && c.corrected() {
		return c.value(ns[1]), true // "1, à 2"
	}
	if n > 1 && ns[0] != ns[1] {
		return c.ask(ns[:n]...), true
	}
	if c.m.asks || n == 1 && c.m.countsPeople() {
		return c.ask(ns[0]), true
	}
	return c.value(ns[0]), true
}

// countsPeople reports a reply that is a number of people: "hai chị ạ" is no printed number.
func (m *message) countsPeople() bool {
	for i := range m.toks {
		t := &m.toks[i]
		if printedWords.can(t) {
			return false // "số 2 chị ạ"
		}
		if t.kind == aNumber || oneWord.surely(t) || twoWord.can(t) || threeWord.can(t) {
			return i+1 < len(m.toks) && titleOrPerson.can(&m.toks[i+1]) && politeFrom(m.toks, i+2)
		}
	}
	return false
}

var (
	threeWord     = words("ba")
	titleOrPerson = words("chị người")
)

// corrected reports a word of surprise or correction before the last number.
func (c *choiceReader) corrected() bool {
	for i := 1; i+1 < len(c.m.toks); i++ {
		if t := &c.m.toks[i]; wonders.surely(t) && (c.m.toks[i+1].kind == aNumber || denyWords.can(&c.m.toks[i+1]) && c.m.tok(i+2).kind == aNumber) {
			return true
		}
	}
	return false
}

func (c *choiceReader) printed(n int) bool {
	for _, o := range c.options {
		if o.Number == n {
			return true
		}
	}
	return false
}

// numberedLabel reads "1. gần hết": a number in front of wording must agree
// with it.
func (c *choiceReader) numberedLabel() (Reading[int], bool) {
	t := &c.core[0]
	if len(c.core) < 3 || t.kind != aNumber || !c.printed(int(t.n)) {
		return Reading[int]{}, false
	}
	sep := &c.core[1]
	if sep.kind != aMark || sep.n != '.' && sep.n != ')' && sep.n != ':' && sep.n != '-' && sep.n != ',' {
		return Reading[int]{}, false
	}
	n := int(t.n)
	sub := ReadChoice(c.m.src[c.core[2].start:], c.options)
	switch {
	case sub.Outcome == Value && sub.Value == n:
		return c.value(n), true
	case sub.Outcome == NotUnderstood && !c.m.asks:
		return c.value(n), true
	}
	return c.ask(append([]int{n}, sub.Candidates...)...), true
}

// match counts the words that speak for each option. A phrase inside a longer
// one does not count, nor does one that is denied.
func (c *choiceReader) match() {
	for i := 0; i < len(c.core); {
		ph, end := familyWords.atIn(c.core, i, c.allowed)
		if e := c.lookalike(i); e >= end && e > i {
			c.negated = true
			i = e
			continue
		}
		if ph == nil {
			if c.core[i].kind == aMark || numberJoin.can(&c.core[i]) || joinTails.can(&c.core[i]) {
				c.joiner = c.joiner || c.first >= 0
			}
			i++
			continue
		}
		k := c.indexOf(family(ph.tag))
		if denied(c.core, i) && !startsDenied(&c.core[i]) {
			if k >= 0 {
				c.denied[k] = true
			}
		} else if k >= 0 {
			if c.first < 0 {
				c.first = k
			}
			c.hits[k] += end - i
		}
		i = end
	}
	c.matchWords()
}

// lookalike gives the end of words that only look like those of an option, -1
// for none.
func (c *choiceReader) lookalike(i int) int {
	var ph *phrase
	end := -1
	switch {
	case c.has(famDied):
		ph, end = leftElse.at(c.core, i)
	case c.has(famMeeting):
		ph, end = kindElse.at(c.core, i)
	}
	if ph == nil {
		return -1
	}
	return end
}

var joinTails = words("rồi kết vừa xong")

func (c *choiceReader) indexOf(f family) int {
	for i := range c.options {
		if c.fam[i] == f {
			return i
		}
	}
	return -1
}

var (
	denyWords = words("không chưa")
	denyTail  = words("phải cần")
)

// denied reports a negation right before i.
func denied(core []token, i int) bool {
	if i > 0 && denyWords.can(&core[i-1]) {
		return true
	}
	return i > 1 && denyTail.can(&core[i-1]) && denyWords.can(&core[i-2])
}

func startsDenied(t *token) bool { return denyWords.can(t) }

// matchWords compares labels no family knows, and the extra words of options,
// as folded text.
func (c *choiceReader) matchWords() {
	var said string
	for i := range c.options {
		o := &c.options[i]
		if c.fam[i] != famNone && len(o.Words) == 0 {
			continue
		}
		if said == "" {
			said = " " + c.foldedCore() + " "
		}
		k := 0
		for _, w := range o.Words {
			if f := Fold(w); f != "" && strings.Contains(said, " "+f+" ") {
				k = max(k, 1+strings.Count(f, " "))
			}
		}
		if c.fam[i] == famNone {
			for _, part := range strings.FieldsFunc(Fold(o.Label), func(r rune) bool { return r == ',' || r == '/' || r == ';' }) {
				if part = strings.TrimSpace(part); part != "" && (strings.Contains(said, " "+part+" ") || strings.TrimSpace(said) == part) {
					k = max(k, 1+strings.Count(part, " "))
				}
			}
		}
		if k > 0 && c.hits[i] == 0 {
			c.hits[i] = k
			if c.first < 0 {
				c.first = i
			}
		}
	}
}

func (c *choiceReader) foldedCore() string {
	var b strings.Builder
	for i := range c.core {
		t := &c.core[i]
		if t.kind == aWord || t.kind == aNumber {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(Fold(c.m.src[t.start:t.end]))
		}
	}
	return b.String()
}

// decide takes the one option spoken for.
func (c *choiceReader) decide() Reading[int] {
	if c.has(famMeeting) && c.m.aboutHer() {
		c.negated = true
	}
	n, at := 0, -1
	var cands [4]int
	for i := range c.options {
		c.negated = c.negated || c.denied[i] && (c.hits[i] > 0 || !c.others(i))
		if c.hits[i] > 0 {
			if n < len(cands) {
				cands[n] = c.options[i].Number
			}
			n++
			at = i
		}
	}
	hedged := choiceHedges.has(c.core)
	switch {
	case n == 0 && c.negated, n == 0 && hedged:
		return c.ask()
	case n == 0:
		return Reading[int]{}
	case n == 1 && !hedged && !c.negated:
		return c.value(c.options[at].Number)
	case n == 2 && !c.joiner && !hedged && c.fam[c.first] == famTalk:
		return c.value(c.options[c.first].Number) // what is spoken about is the topic
	}
	return c.ask(cands[:min(n, len(cands))]...)
}

// others reports that another option than i is spoken for: "chưa họp, chỉ tập
// văn nghệ".
func (c *choiceReader) others(i int) bool {
	for k := range c.options {
		if k != i && c.hits[k] > 0 {
			return true
		}
	}
	return false
}

var choiceHedges = table(row{1, `hình như, chắc là, chắc, có lẽ, hoặc, hay là, không biết, chưa biết chọn, tùy, không rõ, cái nào cũng, gì cũng được, không chắc`})

// yesNo reads a list of yes and no.
func (c *choiceReader) yesNo() Reading[int] {
	r := ReadYesNo(c.m.src, "")
	no := c.optionOf(famNotYet)
	if no == 0 {
		no = c.optionOf(famNothing)
	}
	switch {
	case r.Outcome == Value && r.Value == Yes:
		return c.value(c.optionOf(famYes))
	case r.Outcome == Value && r.Value == No:
		return c.value(no)
	case r.Outcome == NotUnderstood:
		return Reading[int]{}
	}
	return c.ask(c.optionOf(famYes), no)
}

// scale reads "gần hết / một nửa / còn ít" also as a percentage or a fraction.
func (c *choiceReader) scale() Reading[int] {
	v, ok := scaleOf(c.m, c.core)
	if ok && v > 0 && c.scaleElsewhere() {
		return c.ask(c.optionOf(famMost + family(v-1)))
	}
	if ok && v > 0 {
		return c.value(c.optionOf(famMost + family(v-1)))
	}
	if ok {
		return c.ask(c.optionOf(famMost), c.optionOf(famHalf), c.optionOf(famFew))
	}
	return Reading[int]{}
}
