package viet

// A Vietnamese letter is a base letter with at most one shape (circumflex,
// horn or breve, the bar of đ) and at most one tone. The tables below take
// letters apart and put them together without allocating.

// shape is the mark that makes a different letter of a base letter.
type shape uint8

const (
	noShape    shape = iota
	circumflex       // â ê ô
	hooked           // ơ ư ă: Telex w, VNI 7 and 8
	barred           // đ
)

// tone is one of the six tones, in VNI order.
type tone uint8

const (
	level tone = iota
	acute
	grave
	hookAbove
	tilde
	dotBelow
)

// letter is a letter taken apart.
type letter struct {
	base  byte
	shape shape
	tone  tone
}

// rows of a vowel: the six tones of one letter with its shape.
var vowelRows = []struct {
	base  byte
	shape shape
	row   string
}{
	{'a', noShape, "aáàảãạ"}, {'a', circumflex, "âấầẩẫậ"}, {'a', hooked, "ăắằẳẵặ"},
	{'e', noShape, "eéèẻẽẹ"}, {'e', circumflex, "êếềểễệ"},
	{'i', noShape, "iíìỉĩị"},
	{'o', noShape, "oóòỏõọ"}, {'o', circumflex, "ôốồổỗộ"}, {'o', hooked, "ơớờởỡợ"},
	{'u', noShape, "uúùủũụ"}, {'u', hooked, "ưứừửữự"},
	{'y', noShape, "yýỳỷỹỵ"},
}

// alphabet takes apart the marked letters, which all lie below 0x1F00, and
// puts them together again.
type alphabet struct {
	letters [0x1F00]letter
	joined  [26][4][6]rune
}

// abc is a variable with a value, not filled in an init function, because the
// tables of words are built from it before any init function runs.
var abc = newAlphabet()

func newAlphabet() *alphabet {
	a := &alphabet{}
	for r := 'a'; r <= 'z'; r++ {
		a.letters[r] = letter{base: byte(r)}
		a.joined[r-'a'][noShape][level] = r
	}
	for _, v := range vowelRows {
		t := level
		for _, r := range v.row {
			a.letters[r] = letter{v.base, v.shape, t}
			a.joined[v.base-'a'][v.shape][t] = r
			t++
		}
	}
	a.letters['đ'] = letter{base: 'd', shape: barred}
	a.joined['d'-'a'][barred][level] = 'đ'
	return a
}

// apart takes a lower-case letter apart; base is 0 for what is not a letter
// of the alphabet.
func apart(r rune) letter {
	if r < 0 || int(r) >= len(abc.letters) {
		return letter{}
	}
	return abc.letters[r]
}

// foldRune drops shape and tone.
func foldRune(r rune) rune {
	if l := apart(r); l.base != 0 {
		return rune(l.base)
	}
	return r
}

func isVowel(base byte) bool {
	switch base {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// placeTone moves the tone of a syllable to where older spelling has it, so
// that hoà and hòa, thuỷ and thủy, qúy and quý are one word. A run with no
// tone, or with two (words typed together), stays as it is.
func placeTone(w []rune) []rune {
	at, tones := -1, 0
	for i, r := range w {
		if apart(r).tone != level {
			at = i
			tones++
		}
	}
	if tones != 1 {
		return w
	}
	to := toneSeat(w)
	if to < 0 || to == at {
		return w
	}
	from, seat := apart(w[at]), apart(w[to])
	w[at] = abc.joined[from.base-'a'][from.shape][level]
	w[to] = abc.joined[seat.base-'a'][seat.shape][from.tone]
	return w
}

// toneSeat finds the vowel that carries the tone, -1 when the run is not one
// syllable.
func toneSeat(w []rune) int {
	first, last, shaped := -1, -1, -1
	for i, r := range w {
		l := apart(r)
		if !isVowel(l.base) {
			if first >= 0 && last < 0 {
				last = i - 1
			}
			continue
		}
		if last >= 0 {
			return -1
		}
		if first < 0 {
			first = i
		}
		if l.shape != noShape {
			shaped = i
		}
	}
	if first < 0 {
		return -1
	}
	closed := last >= 0
	if !closed {
		last = len(w) - 1
	}
	if shaped >= 0 {
		return shaped
	}
	// "qu" and "gi" before another vowel are consonants.
	if first > 0 && first < last {
		c, v := apart(w[first-1]).base, apart(w[first]).base
		if c == 'q' && v == 'u' || c == 'g' && v == 'i' {
			first++
		}
	}
	switch n := last - first + 1; {
	case closed:
		return last
	case n == 3:
		return first + 1
	case n > 3:
		return -1
	}
	return first
}
