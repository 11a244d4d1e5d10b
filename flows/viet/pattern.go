package viet

import "strings"

// A phrase is written in a small language, so that a table row reads like
// what people type:
//
//	không biết        words one after the other
//	biết|nhớ|rõ       one of several words
//	được?             a word that may be missing
//	*                 up to three words of any kind, no punctuation
//	#                 a number in digits, also as one of several
//	{neg}             any word of a named class, see classes
//
// Rows match tokens by what they can be, so a row written with marks also
// matches what is typed without, in Telex or short.

// element is one place of a phrase.
type element struct {
	alts     []term
	optional bool
	gap      bool
	number   bool
}

type phrase struct {
	elems []element
	tag   int
	words int // places that must be a word, for telling longer from shorter
	gap   bool
}

// phrases is a table of phrases, found by the group of their first word.
type phrases struct {
	first map[uint16][]*phrase
}

// row is the phrases of one meaning, parted by commas or line ends.
type row struct {
	tag  int
	list string
}

// table compiles rows; a phrase written in two rows keeps the first.
func table(rows ...row) *phrases {
	p := &phrases{first: map[uint16][]*phrase{}}
	for _, r := range rows {
		p.add(r.tag, r.list)
	}
	return p
}

func (p *phrases) add(tag int, list string) {
	for _, row := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == '\n' }) {
		if row = strings.TrimSpace(row); row == "" {
			continue
		}
		ph := compile(row)
		ph.tag = tag
		for _, a := range ph.elems[0].alts {
			p.first[a.group] = append(p.first[a.group], ph)
		}
	}
}

func compile(row string) *phrase {
	ph := &phrase{}
	for _, f := range strings.Fields(row) {
		e := element{}
		if strings.HasSuffix(f, "?") {
			e.optional, f = true, strings.TrimSuffix(f, "?")
		}
		switch {
		case f == "*":
			e.gap, ph.gap = true, true
		case f == "#":
			e.number = true
		default:
			for _, w := range strings.Split(f, "|") {
				if w == "#" {
					e.number = true
					continue
				}
				e.alts = append(e.alts, elementTerms(w)...)
			}
			if !e.optional {
				ph.words++
			}
		}
		ph.elems = append(ph.elems, e)
	}
	if e := ph.elems[0]; e.optional || e.gap || e.number {
		panic("viet: a phrase starts with a word: " + row)
	}
	return ph
}

func elementTerms(w string) []term {
	if strings.HasPrefix(w, "{") {
		list, ok := classes[strings.Trim(w, "{}")]
		if !ok {
			panic("viet: no class " + w)
		}
		var ts []term
		for _, c := range strings.Fields(list) {
			ts = append(ts, lex.word(c))
		}
		return ts
	}
	return []term{lex.word(w)}
}

func (e *element) matches(t *token, pref bool) (ok, slip bool) {
	if e.number && t.kind == aNumber {
		return true, false
	}
	if t.group == 0 {
		return false, false
	}
	mask := t.mask
	if pref {
		mask = t.pref
	}
	for _, a := range e.alts {
		if a.group == t.group && a.bit&mask != 0 {
			return true, t.slip
		}
	}
	return false, false
}

// gapWords is how many words a "*" may stand for.
const gapWords = 3

// matchFrom matches elems[k:] at toks[i:] and returns the end, -1 for none.
func (ph *phrase) matchFrom(toks []token, i, k, slips int, pref bool) int {
	if k == len(ph.elems) {
		// A slip is forgiven only beside a word that is right.
		if slips > 1 || slips == 1 && ph.words < 2 {
			return -1
		}
		return i
	}
	e := &ph.elems[k]
	if e.gap {
		for n := 0; n <= gapWords && i+n <= len(toks); n++ {
			if end := ph.matchFrom(toks, i+n, k+1, slips, pref); end >= 0 {
				return end
			}
			if i+n < len(toks) && (toks[i+n].kind == aMark || denyWords.surely(&toks[i+n])) {
				break // no gap steps over a denial: "lam em chang co"
			}
		}
		return -1
	}
	if i < len(toks) {
		if ok, slip := e.matches(&toks[i], pref); ok {
			n := slips
			if slip {
				n++
			}
			if end := ph.matchFrom(toks, i+1, k+1, n, pref); end >= 0 {
				return end
			}
		}
	}
	if e.optional {
		return ph.matchFrom(toks, i, k+1, slips, pref)
	}
	return -1
}

// at finds the longest phrase that starts at token i. Of two that are as long,
// the one in the words most likely meant wins.
func (p *phrases) at(toks []token, i int) (ph *phrase, end int) {
	return p.atIn(toks, i, ^uint64(0))
}

// beats tells the better of two matches at one place: the longer, except that
// words count and gaps do not.
func (ph *phrase) beats(end int, other *phrase, otherEnd int) bool {
	switch {
	case other == nil:
		return true
	case ph.gap != other.gap && ph.gap && ph.words <= other.words:
		return false
	case ph.gap != other.gap && other.gap && other.words <= ph.words:
		return true
	}
	return end > otherEnd || end == otherEnd && ph.words > other.words
}

// atIn is at among the phrases whose tag is in the set.
func (p *phrases) atIn(toks []token, i int, tags uint64) (ph *phrase, end int) {
	if toks[i].group == 0 {
		return nil, -1
	}
	ph, end = p.longest(toks, i, tags, false)
	for k := i; k < end; k++ {
		if toks[k].pref != toks[k].mask {
			if q, e := p.longest(toks, i, tags, true); e == end {
				return q, e
			}
			break
		}
	}
	return ph, end
}

func (p *phrases) longest(toks []token, i int, tags uint64, pref bool) (ph *phrase, end int) {
	end = -1
	for _, q := range p.first[toks[i].group] {
		if tags&(1<<uint(q.tag)) == 0 {
			continue
		}
		if e := q.matchFrom(toks, i, 0, 0, pref); e >= 0 && q.beats(e, ph, end) {
			ph, end = q, e
		}
	}
	return ph, end
}

// find gives the first phrase in toks.
func (p *phrases) find(toks []token) (ph *phrase, i, end int) {
	for i := range toks {
		if ph, end := p.at(toks, i); ph != nil {
			return ph, i, end
		}
	}
	return nil, -1, -1
}

// has reports that a phrase of the table stands anywhere in toks.
func (p *phrases) has(toks []token) bool {
	ph, _, _ := p.find(toks)
	return ph != nil
}
