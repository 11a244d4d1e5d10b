package viet

import "strings"

// A slip of the thumb that leaves no word at all ("hcục", "kông") is no reason to turn a reply
// down, but what stands beside it may have been part of it: "bốn hcục" is forty and not four.

// misspelled reports a word of which no syllable can be made, whatever marks it lost.
func (m *message) misspelled(t *token) bool {
	if !m.unheard(t) {
		return false
	}
	var buf [maxRun]byte
	fold, ok := m.foldWord(t, buf[:0])
	return !ok || len(fold) > 1 && !syllable(string(fold))
}

// unheard reports a word the lexicon does not know, and that is no name.
func (m *message) unheard(t *token) bool {
	return t.kind == aWord && t.end > t.start && (t.group == 0 || t.slip) && !t.decoded && !m.capital(t)
}

// slipBeside reports a slip of the thumb beside a number, which may have been part of it or
// said how much of it: "hai lmă", "gnầ 50".
func (m *message) slipBeside(it *item) bool {
	if it.name {
		return false
	}
	before, after := m.tok(it.from-1), m.tok(it.to)
	return it.q.words && m.unheard(before) || m.besideSlip(before, after, it.q.words && !it.unit)
}

// besideSlip reports a slip of the thumb before or after a number; words is that the number is
// in words, to which any word nobody knows may have belonged. A slip for chị is its unit.
func (m *message) besideSlip(before, after *token, words bool) bool {
	if words && m.unheard(before) || m.misspelled(before) {
		return true
	}
	if !(words && m.unheard(after) || m.misspelled(after)) {
		return false
	}
	var buf [maxRun]byte
	fold, ok := m.foldWord(after, buf[:0])
	return !ok || !oneSlip(string(fold), "chi") && !oneSlip(string(fold), "nguoi")
}

// foldWord appends a word's letters without marks; false for other letters than Vietnamese.
func (m *message) foldWord(t *token, to []byte) ([]byte, bool) {
	if t.end-t.start > maxRun {
		return nil, false
	}
	for _, r := range strings.ToLower(m.src[t.start:t.end]) {
		l := apart(plainRune(r))
		if l.base == 0 {
			return nil, false
		}
		to = append(to, l.base)
	}
	return to, true
}

// onsets are the consonants a syllable may begin with, longer ones first.
var onsets = strings.Fields("ngh ch gh gi kh ng nh ph qu th tr b c d g h k l m n p q r s t v x")

// rhymes are the rest of a syllable, marks dropped.
var rhymes = func() map[string]bool {
	all := map[string]bool{}
	for _, r := range strings.Fields(`a ac ach ai am an ang anh ao ap at au ay
		e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu
		o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong ooc oong op ot
		u ua uan uang uat uay uac uanh uach uc ue uech uen uenh uet uem ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyp uyt uyu
		y yem yen yet yeu yng ych yt yn yp ym`) {
		all[r] = true
	}
	return all
}()

// syllable reports letters without marks that a Vietnamese syllable may have.
func syllable(s string) bool {
	if rhymes[s] {
		return true
	}
	for _, o := range onsets {
		if rest, ok := strings.CutPrefix(s, o); ok && (rhymes[rest] || o == "gi" && rest == "") {
			return true
		}
	}
	return false
}

// deniers are the denials a slip is looked for in, without marks and with them.
var deniers = [...]struct {
	fold, marked string
	means        term
}{{"chua", "chưa", lex.word("chưa")}, {"khong", "không", khongTerm}, {"hong", "hổng", khongTerm}, {"hong", "hông", khongTerm}}

// slippedDenial finds the denial a run is but for one letter left out, or two that changed
// places: "kông họp", "hcưa có".
func slippedDenial(run []rune) (term, bool) {
	if len(run) < 3 || len(run) > 5 {
		return term{}, false
	}
	var fold [5]byte
	for i, r := range run {
		fold[i] = apart(r).base
	}
	for _, d := range deniers {
		if oneSlip(string(fold[:len(run)]), d.fold) && marksOf(run)&^marksOf([]rune(d.marked)) == 0 {
			return d.means, true
		}
	}
	return term{}, false
}

// barelyNo reports a "no" among nothing but politeness: nờ, or the English word.
func (m *message) barelyNo() bool {
	no := false
	for i := range m.toks {
		t := &m.toks[i]
		if t.kind == aWord && !politeWords.can(t) && !selfWords.can(t) {
			return false
		}
		no = no || strings.EqualFold(m.src[t.start:t.end], "no")
	}
	return no
}

// marksOf is the set of marks of a run.
func marksOf(run []rune) keys {
	var k keys
	for _, r := range run {
		l := apart(r)
		k |= shapeKey(l.shape) | keys(l.tone)
	}
	return k
}

// oneSlip reports that s is word with one letter missing or two neighbours exchanged.
func oneSlip(s, word string) bool {
	k := 0
	for k < len(s) && k < len(word) && s[k] == word[k] {
		k++
	}
	switch len(word) - len(s) {
	case 1:
		return s[k:] == word[k+1:]
	case 0:
		return k+1 < len(word) && s[k] == word[k+1] && s[k+1] == word[k] && s[k+2:] == word[k+2:]
	}
	return false
}
