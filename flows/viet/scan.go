package viet

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is made of.
type kind uint8

const (
	aWord kind = iota
	aNumber
	aMark // one punctuation character, in token.n
	anEmoji
)

// token is one word, number, mark or picture with what it can mean.
type token struct {
	start, end int32  // in message.src
	kind       kind   // what it is made of
	group      uint16 // of words written alike without marks; 0 is not in the lexicon
	mask       uint32 // the words of the group it can be
	pref       uint32 // the words it most likely is: itself when the message has marks
	n          int32  // a number's value, a mark's character
	digits     int8   // how many digits a number was typed with
	glued      bool   // nothing stands between it and the token before
	slip       bool   // its marks are those of no word of the group
	decoded    bool   // from Telex or VNI
	lookalike  bool   // letters typed for digits: l2, 1o
	short      bool   // written short (an alias)
	vniDigit   int8   // the last digit of a VNI word, which may be a number after all
}

const (
	maxTokens = 512
	maxRun    = 40
)

// message is a reply taken apart into tokens.
type message struct {
	src    string // NFC, invisible characters gone
	toks   []token
	core   []token // toks without the polite words, see strip
	items  []item
	marked bool // at least one word carries marks
	cased  bool // capitals tell names, see cases
	asks   bool // a question mark
	long   bool // longer than is read at all
	vni    bool // a word can only have been typed in VNI
	// slipped says that a word was a slip of the thumb for a denial, see slippedDenial.
	slipped bool
}

var messages = sync.Pool{New: func() any {
	return &message{toks: make([]token, 0, 64), core: make([]token, 0, 64), items: make([]item, 0, 32)}
}}

// scan takes text apart. The message goes back with release.
func scan(text string) *message {
	m := messages.Get().(*message)
	m.src = visible(parts(text))
	m.toks, m.core, m.items = m.toks[:0], m.core[:0], m.items[:0]
	m.marked, m.asks, m.cased, m.vni, m.slipped = false, false, false, false, false
	m.long = len(m.src) > maxText || len(text) > maxRaw
	if !m.long {
		m.tokens()
		m.vniWords()
		m.fullStop()
		m.courtesy()
		m.fullStop() // "CN 1. ạ"
		m.denials()
		m.slips()
		m.prefer()
		m.cased = m.cases()
	}
	return m
}

func (m *message) release() {
	m.src = ""
	messages.Put(m)
}

// from is the text between two tokens, the end excluded.
func (m *message) from(toks []token, i, j int) string {
	if i < 0 || i >= j || j > len(toks) {
		return ""
	}
	return m.src[toks[i].start:toks[j-1].end]
}

// tok is token i, or one that is none where there is none.
func (m *message) tok(i int) *token {
	if i >= 0 && i < len(m.toks) {
		return &m.toks[i]
	}
	return &noToken
}

// whole is all the text from the first to the last token.
func (m *message) whole() string { return m.from(m.toks, 0, len(m.toks)) }

func (m *message) tokens() {
	s := m.src
	glued := false
	for i := 0; i < len(s); {
		if len(m.toks) >= maxTokens {
			m.long = true
			return
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		p := plainRune(r)
		switch {
		case p == '\n':
			m.add(token{start: int32(i), end: int32(i + size), kind: aMark, n: '\n'}, false)
		case unicode.IsSpace(p):
			i += size
			glued = false
			continue
		case runRune(p):
			n := len(m.toks)
			apart := n > 0 && m.toks[n-1].kind == aMark && (m.toks[n-1].n == ',' || m.toks[n-1].n == ';') && !isDigit(p)
			i = m.run(i, glued && !apart) // "40 chị,ketnap3": a comma parts words, and not digits
			glued = true
			continue
		case r == keycapTen:
			m.add(token{start: int32(i), end: int32(i + size), kind: aNumber, n: 10, digits: 2}, glued)
		case p < 0x80 || isPunct(p) || unicode.IsPunct(p):
			m.mark(i, size, p, glued)
		default:
			m.add(token{start: int32(i), end: int32(i + size), kind: anEmoji, n: r}, glued)
		}
		i += size
		glued = true
	}
}

// fullStop drops the marks a reply ends with that say nothing: "thứ sáu 20...".
func (m *message) fullStop() {
	n := len(m.toks)
	for n > 1 && m.toks[n-1].kind == aMark && strings.ContainsRune(".,;!…\n", m.toks[n-1].n) {
		n--
	}
	m.toks = m.toks[:n]
}

// courtesy drops the "dạ" a reply begins with and the "ạ" it ends with, so that it reads the
// same with and without them. Where all is courtesy ("dạ chị") they are the answer and stay.
func (m *message) courtesy() {
	from, to := 0, len(m.toks)
	for from < to && opening.surely(&m.toks[from]) {
		from++
	}
	for from < to && closing.surely(&m.toks[to-1]) {
		to--
	}
	for i := from; i < to; i++ {
		if t := &m.toks[i]; t.kind != aMark && !politeWords.can(t) && !selfWords.can(t) {
			m.toks = m.toks[:copy(m.toks, m.toks[from:to])]
			return
		}
	}
}

var (
	opening = words("dạ")
	closing = words("ạ")
)

// mark adds a punctuation token; the same one repeated is one.
func (m *message) mark(i, size int, p rune, glued bool) {
	if p == '?' {
		m.asks = true
	}
	if k := len(m.toks); glued && k > 0 && m.toks[k-1].kind == aMark && m.toks[k-1].n == p {
		m.toks[k-1].end = int32(i + size)
		return
	}
	m.add(token{start: int32(i), end: int32(i + size), kind: aMark, n: p}, glued)
}

func (m *message) add(t token, glued bool) {
	t.glued = glued
	t.pref = t.mask
	m.toks = append(m.toks, t)
}

// runRune reports letters and digits, the characters of a run.
func runRune(p rune) bool {
	return p >= '0' && p <= '9' || p >= 'a' && p <= 'z' || p >= 'A' && p <= 'Z' ||
		p >= 0x80 && (unicode.IsLetter(p) || unicode.Is(unicode.Mn, p) || unicode.IsDigit(p))
}

// letterRun is a run of letters and digits with the place of each in the text.
type letterRun struct {
	r   [maxRun]rune
	at  [maxRun + 1]int32
	n   int
	cut bool
}

// run reads the run of letters and digits at i and adds its tokens.
func (m *message) run(i int, glued bool) int {
	var w letterRun
	s := m.src
	letters, digits := 0, 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		p := plainRune(r)
		if !runRune(p) {
			break
		}
		if w.n == maxRun {
			w.cut = true
		} else {
			w.r[w.n], w.at[w.n] = unicode.ToLower(p), int32(i)
			w.n++
			w.at[w.n] = int32(i + size)
		}
		if p >= '0' && p <= '9' {
			digits++
		} else {
			letters++
		}
		i += size
	}
	if w.cut {
		m.add(token{start: w.at[0], end: int32(i), kind: aWord}, glued)
		return i
	}
	switch {
	case digits == 0:
		m.word(&w, 0, w.n, glued)
	case letters == 0:
		m.number(&w, 0, w.n, glued)
	default:
		m.mixed(&w, glued)
	}
	return i
}

// mixed reads letters and digits typed together: VNI, letters for digits, or
// words and numbers without a blank ("37chị", "ketnap2").
func (m *message) mixed(w *letterRun, glued bool) {
	if m.vniWord(w, glued) || m.lookalike(w, glued) {
		return
	}
	for i := 0; i < w.n; {
		j := i
		if isDigit(w.r[i]) {
			for j < w.n && isDigit(w.r[j]) {
				j++
			}
			m.number(w, i, j, glued)
		} else {
			for j < w.n && !isDigit(w.r[j]) {
				j++
			}
			m.word(w, i, j, glued)
		}
		i, glued = j, true
	}
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func (m *message) number(w *letterRun, i, j int, glued bool) {
	t := token{start: w.at[i], end: w.at[j], kind: aNumber, digits: int8(j - i)}
	v := int64(0)
	for ; i < j; i++ {
		if v = v*10 + int64(w.r[i]-'0'); v > 1<<30 {
			v = 1 << 30
		}
	}
	t.n = int32(v)
	m.add(t, glued)
}

// vniWord adds the token of a word of the lexicon typed in VNI, a letter held too long taken
// once: "chu7aaa".
func (m *message) vniWord(w *letterRun, glued bool) bool {
	var run [maxRun]byte
	n, digits := 0, 0
	for _, r := range w.r[:w.n] {
		if r >= 0x80 {
			return false
		}
		if n > 0 && run[n-1] == byte(r) {
			continue
		}
		run[n] = byte(r)
		n++
		if isDigit(r) {
			digits++
		}
	}
	var d typed
	if !d.vni(run[:n]) {
		return false
	}
	a, ok := d.find()
	if !ok {
		return false
	}
	tok := token{start: w.at[0], end: w.at[w.n], decoded: true}
	if last := run[n-1]; isDigit(rune(last)) && digits == 1 {
		tok.vniDigit = int8(last - '0') // may as well be a number after the bare word
	} else {
		m.vni = true
	}
	m.spelled(a, tok, glued)
	return true
}

// vniWords settles, in a message typed in VNI, what might be a number after a word elsewhere:
// "con2" is còn, and "vung2", which the lexicon does not have, is one word too.
func (m *message) vniWords() {
	if !m.vni {
		return
	}
	out := m.toks[:0]
	for _, t := range m.toks {
		t.vniDigit = 0
		last := len(out) - 1
		if last >= 0 && t.glued && out[last].kind == aWord && !out[last].decoded && (t.kind == aNumber && t.digits == 1 || t.kind == aWord && out[last].group == 0) {
			out[last] = token{start: out[last].start, end: t.end, kind: aWord, glued: out[last].glued}
			continue
		}
		out = append(out, t)
	}
	m.toks = out
}

// lookalike reads o and l typed for 0 and 1 among digits.
func (m *message) lookalike(w *letterRun, glued bool) bool {
	if w.n > 4 {
		return false
	}
	v, digits := int32(0), 0
	for _, r := range w.r[:w.n] {
		switch {
		case isDigit(r):
			v = v*10 + (r - '0')
			digits++
		case r == 'o':
			v = v * 10
		case r == 'l':
			v = v*10 + 1
		default:
			return false
		}
	}
	if digits == 0 {
		return false
	}
	m.add(token{start: w.at[0], end: w.at[w.n], kind: aNumber, n: v, digits: int8(w.n), lookalike: true}, glued)
	return true
}

// prefer settles unmarked words in a message that is typed with marks: there
// "ba" is three, not "bà". The other readings stay possible in mask.
func (m *message) prefer() {
	m.marked = false
	for i := range m.toks {
		if m.bareWord(&m.toks[i]) {
			m.marked = false
			return
		}
		m.marked = m.marked || m.markedWord(&m.toks[i])
	}
	if !m.marked {
		return
	}
	for i := range m.toks {
		t := &m.toks[i]
		if t.group == 0 || t.mask != lex.groups[t.group].all || m.weekdayAt(i) || m.besideScale(i) || m.countsSisters(i) {
			continue
		}
		g := &lex.groups[t.group]
		for b, w := range g.words {
			if w == g.fold {
				t.pref = 1 << b
				if wholeWords.surely(t) {
					t.mask = t.pref
				}
			}
		}
	}
}

// besideScale reports a word that is a digit or mấy but for its marks, beside one of tens or
// hundreds or another digit: "hai mươi bay", "nam trăm", "nam sáu", "mười may".
func (m *message) besideScale(i int) bool {
	before, after := m.tok(i-1), m.tok(i+1)
	if fewWords.can(&m.toks[i]) && (before.is(tenWord) || before.is(tensWord)) {
		return true
	}
	if _, _, ok := m.toks[i].digit(); !ok {
		return false
	}
	if m.digitWritten(before) || m.digitWritten(after) || before.only(tenWord) {
		return true
	}
	return before.only(tensWord) || before.only(tramWord) || before.only(chucWord) ||
		after.is(tensWord) || after.only(tramWord) || after.only(chucWord)
}

// countsSisters reports the "chi" after a number, which is chị: "họp 30 chi".
func (m *message) countsSisters(i int) bool {
	before := m.tok(i - 1)
	_, _, digit := before.digit()
	return chiWord.can(&m.toks[i]) && (before.kind == aNumber || digit || fewWords.can(before) || before.is(fourTail) || fiveTail.surely(before) || before.is(tensWord) || before.is(tenWord) || before.only(chucWord) || before.only(tramWord))
}

var chiWord = words("chị")

// digitWritten reports a digit in words whose marks leave no doubt.
func (m *message) digitWritten(t *token) bool {
	_, sure, ok := t.digit()
	return ok && sure && m.markedWord(t)
}
