package viet

import "strings"

// The lexicon is the closed vocabulary: every word of every table in this
// package. Words that look alike without marks share a group; a token holds a
// group and the set of its words the token can be. That set is what keeps
// folding honest: "dung" can be đúng, dừng or đừng, "đúng" only itself.

// term is one word of the lexicon: its group and its bit in that group.
type term struct {
	group uint16
	bit   uint32
}

// group is the words that are written alike without marks.
type group struct {
	fold  string
	words []string
	all   uint32
}

// alias is a short or regional spelling: the one or more words it stands for.
type alias struct {
	terms [4]term
	n     uint8
}

type lexicon struct {
	groups  []group
	byFold  map[string]uint16
	byNorm  map[string]term
	aliases map[string]alias
	bySig   map[string]alias // typing keys of Telex and VNI, see telex.go
}

func newLexicon() *lexicon {
	l := &lexicon{
		groups:  make([]group, 1, 2048), // group 0 is "not in the lexicon"
		byFold:  make(map[string]uint16, 2048),
		byNorm:  make(map[string]term, 2048),
		aliases: make(map[string]alias, 512),
		bySig:   make(map[string]alias, 2048),
	}
	l.addAll(homographs)
	for _, row := range aliasRows {
		canonical, forms, _ := strings.Cut(row, ":")
		a := alias{}
		for _, w := range strings.Fields(canonical) {
			a.terms[a.n] = l.word(w)
			a.n++
		}
		for _, f := range strings.Fields(forms) {
			n := Normalize(f)
			l.aliases[n] = a
			if sig := signature(n); sig != "" {
				l.bySig[sig] = a // "hoongr" is hổng, and so không
			}
		}
	}
	return l
}

// lex is the lexicon every table of the package adds its words to.
var lex = newLexicon()

// word finds or adds one word.
func (l *lexicon) word(w string) term {
	n := Normalize(w)
	if t, ok := l.byNorm[n]; ok {
		return t
	}
	f := Fold(n)
	g, ok := l.byFold[f]
	if !ok {
		g = uint16(len(l.groups))
		l.groups = append(l.groups, group{fold: f})
		l.byFold[f] = g
	}
	gr := &l.groups[g]
	if len(gr.words) == 32 {
		panic("viet: more than 32 words written alike: " + f)
	}
	t := term{g, 1 << len(gr.words)}
	gr.words = append(gr.words, n)
	gr.all |= t.bit
	l.byNorm[n] = t
	if sig := signature(n); sig != "" {
		if _, taken := l.bySig[sig]; !taken {
			l.bySig[sig] = alias{terms: [4]term{t}, n: 1}
		}
	}
	return t
}

// has reports a word of the lexicon, in any case, with its marks or with none.
func (l *lexicon) has(w string) bool {
	w = string(settled([]rune(strings.ToLower(composed(w)))))
	if _, ok := l.byNorm[w]; ok {
		return true
	}
	_, ok := l.byFold[w]
	return ok
}

func (l *lexicon) addAll(words string) {
	for _, w := range strings.Fields(words) {
		l.word(w)
	}
}

// wordSet is a set of words, by group.
type wordSet map[uint16]uint32

func words(list string) wordSet {
	s := wordSet{}
	for _, w := range strings.Fields(list) {
		t := lex.word(w)
		s[t.group] |= t.bit
	}
	return s
}

// can reports that the token may be a word of the set.
func (s wordSet) can(t *token) bool { return t.group != 0 && s[t.group]&t.mask != 0 }

// likely reports that the token, with the marks of its message considered, may
// be a word of the set.
func (s wordSet) likely(t *token) bool { return t.group != 0 && s[t.group]&t.pref != 0 }

// surely reports that the token can be nothing but a word of the set.
func (s wordSet) surely(t *token) bool {
	return t.group != 0 && !t.slip && t.pref&^s[t.group] == 0 && t.pref != 0
}
