package viet

// Telex and VNI spell marks with extra letters or digits: "rooif", "ro6i2".
// When the phone did not turn them into marks they are left in the text. They
// are decoded only against the lexicon (domain.md 13, pipeline): a run is
// taken as a word only if its letters and keys are those of that word.

// keys is the set of marks a run was typed with, order left out because
// people type the keys anywhere after the vowel.
type keys uint16

const (
	keyTone keys = 7 << iota // low three bits: the tone
	_
	_
	keyCircumflex
	keyHooked
	keyBarred
)

// signature is a word's letters without marks and the keys that make the
// marks; empty when it has no mark and so no keys.
func signature(w string) string {
	var k keys
	buf := make([]byte, 0, 24)
	for _, r := range w {
		l := apart(r)
		if l.base == 0 {
			return ""
		}
		buf = append(buf, l.base)
		k |= shapeKey(l.shape) | keys(l.tone)
	}
	if k == 0 {
		return ""
	}
	return string(append(buf, byte(k), byte(k>>8)))
}

func shapeKey(s shape) keys {
	switch s {
	case circumflex:
		return keyCircumflex
	case hooked:
		return keyHooked
	case barred:
		return keyBarred
	}
	return 0
}

// typed collects the base letters and keys of a run of lower-case ASCII
// letters and digits.
type typed struct {
	base [24]byte
	n    int
	keys keys
}

// telexTone maps the tone keys of Telex.
func telexTone(c byte) tone {
	switch c {
	case 's':
		return acute
	case 'f':
		return grave
	case 'r':
		return hookAbove
	case 'x':
		return tilde
	case 'j':
		return dotBelow
	}
	return level
}

// telex reads a run typed in Telex: a tone letter or w after the vowel, a
// vowel typed twice, dd.
func (d *typed) telex(run []byte) bool {
	d.n, d.keys = 0, 0
	vowel := false
	for _, c := range run {
		if c < 'a' || c > 'z' || d.n == len(d.base) {
			return false
		}
		switch {
		case c == 'd' && d.has('d'):
			d.keys |= keyBarred
		case c == 'w' && vowel:
			d.keys |= keyHooked
		case c == 'w': // ư by itself: "chwa"
			d.put('u')
			d.keys |= keyHooked
			vowel = true
		case vowel && telexTone(c) != level:
			if d.keys&keyTone != 0 {
				return false
			}
			d.keys |= keys(telexTone(c))
		case (c == 'a' || c == 'e' || c == 'o') && d.has(c):
			d.keys |= keyCircumflex
		default:
			d.put(c)
			vowel = vowel || isVowel(c)
		}
	}
	return d.keys != 0
}

// vni reads a run typed in VNI: 1–5 the tones, 6 circumflex, 7 and 8 horn and
// breve, 9 the bar of đ.
func (d *typed) vni(run []byte) bool {
	d.n, d.keys = 0, 0
	for i, c := range run {
		switch {
		case d.n == len(d.base):
			return false
		case c >= 'a' && c <= 'z':
			d.put(c)
		case i == 0 || c < '1' || c > '9':
			return false
		case c <= '5':
			if d.keys&keyTone != 0 {
				return false
			}
			d.keys |= keys(c - '0')
		case c == '6':
			d.keys |= keyCircumflex
		case c == '9':
			d.keys |= keyBarred
		default:
			d.keys |= keyHooked
		}
	}
	return d.keys != 0
}

func (d *typed) put(c byte) {
	d.base[d.n] = c
	d.n++
}

func (d *typed) has(c byte) bool {
	for _, b := range d.base[:d.n] {
		if b == c {
			return true
		}
	}
	return false
}

// find looks the typed letters and keys up in the lexicon.
func (d *typed) find() (alias, bool) {
	if d.n+2 > len(d.base) {
		return alias{}, false
	}
	sig := append(d.base[:d.n:len(d.base)], byte(d.keys), byte(d.keys>>8))
	t, ok := lex.bySig[string(sig)]
	return t, ok
}

// findPartly looks for words whose marks include the typed ones, for runs
// where only some marks were typed ("dduoc").
func (d *typed) findPartly() (uint16, uint32) {
	g := lex.byFold[string(d.base[:d.n])]
	var mask uint32
	for i, w := range lex.groups[g].words {
		var k keys
		for _, r := range w {
			l := apart(r)
			k |= shapeKey(l.shape) | keys(l.tone)
		}
		if d.keys&^keyTone&^k == 0 && (d.keys&keyTone == 0 || d.keys&keyTone == k&keyTone) {
			mask |= 1 << i
		}
	}
	return g, mask
}
