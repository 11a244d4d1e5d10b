package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxText is how much of a reply is looked at, in bytes of cleaned text. Real
// replies are far shorter; what is longer is not read at all, since a value
// taken from a part of a text could be contradicted by the rest.
const maxText = 4096

// maxRaw bounds the work on raw input before cleaning: marks typed apart and
// invisible characters may make the raw form several times longer.
const maxRaw = 8 * maxText

// settled squeezes a word and places its tone, until neither changes it: a tone that moves
// may leave three letters alike.
func settled(word []rune) []rune {
	word = squeeze(word)
	for {
		n := len(word)
		if word = squeeze(placeTone(word)); len(word) == n {
			return word
		}
	}
}

// Normalize gives the form readers compare: NFC, lower case, invisible
// characters gone, full-width and emoji digits plain, letters repeated three
// times or more and punctuation repeated at all written once, tone marks
// placed one way (hoà = hòa), blanks single (domain.md 13, pipeline).
func Normalize(s string) string {
	if settledASCII(s) {
		return s
	}
	return normalized(s)
}

func normalized(s string) string {
	src := visible(s)
	out := make([]byte, 0, len(src))
	word := make([]rune, 0, 16)
	flush := func() {
		for _, r := range settled(word) {
			out = utf8.AppendRune(out, r)
		}
		word = word[:0]
	}
	last := rune(0)
	for _, r := range src {
		r = unicode.ToLower(plainRune(r))
		if unicode.IsLetter(r) {
			word = append(word, r)
			last = r
			continue
		}
		flush()
		if unicode.IsSpace(r) {
			r = ' '
		}
		if (r == ' ' || isPunct(r)) && r == last {
			continue
		}
		if r == keycapTen {
			out = append(out, "10"...)
		} else {
			out = utf8.AppendRune(out, r)
		}
		last = r
	}
	flush()
	return strings.TrimSpace(string(out))
}

// Fold drops what thumbs leave out: marks and case. đ becomes d by hand, it
// has no decomposition (domain.md 13, pipeline).
func Fold(s string) string {
	if settledASCII(s) {
		return s
	}
	n := Normalize(s)
	var b strings.Builder
	b.Grow(len(n))
	for _, r := range n {
		b.WriteRune(foldRune(r))
	}
	return b.String()
}

// settledASCII reports text in which there is nothing to normalize or fold: "35", "20/11",
// "co roi". Half of all replies are, and most others once they were folded.
func settledASCII(s string) bool {
	if len(s) > maxRaw || strings.HasPrefix(s, " ") || strings.HasSuffix(s, " ") {
		return false
	}
	var last byte
	run := 0
	for i := range len(s) {
		c := s[i]
		if run++; c != last {
			run = 1
		}
		switch last = c; {
		case 'a' <= c && c <= 'z':
			if run > 2 {
				return false
			}
		case '0' <= c && c <= '9':
		case c <= ' ' && c != ' ', c >= 0x7f, 'A' <= c && c <= 'Z', run > 1:
			return false
		}
	}
	return true
}

// visible is s in NFC without invisible characters, cut to what is read at
// all. A zero-width space stands between words, so it becomes a blank; see parts.
func visible(s string) string {
	s = cutRunes(s, maxRaw)
	hidden := false
	for _, r := range s {
		if r >= 0x80 && invisible(r) || r == utf8.RuneError {
			hidden = true
			break
		}
	}
	if hidden {
		s = strings.Map(func(r rune) rune {
			switch {
			case r == zeroWidthSpace, r == utf8.RuneError:
				return ' '
			case invisible(r):
				return -1
			}
			return r
		}, s)
	}
	s = composed(s)
	if strings.ContainsFunc(s, strayMark) {
		s = strings.Map(func(r rune) rune {
			if strayMark(r) {
				return -1
			}
			return r
		}, s)
	}
	return s
}

const zeroWidthSpace = '\u200b'

// parts takes zero-width spaces out of words ("ch\u200bưa") and makes blanks of those between
// words ("có\u200brồi").
func parts(s string) string {
	if len(s) > maxRaw || !strings.ContainsRune(s, zeroWidthSpace) {
		return s
	}
	var b strings.Builder
	pieces := strings.Split(s, string(zeroWidthSpace))
	for i, p := range pieces {
		if i > 0 && !makeOne(pieces[i-1], p) {
			b.WriteByte(' ')
		}
		b.WriteString(p)
	}
	return b.String()
}

// makeOne reports that the end of a and the head of b make one word, and not each its own.
func makeOne(a, b string) bool {
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) }
	a = a[strings.LastIndexFunc(a, notLetter)+1:]
	if i := strings.IndexFunc(b, notLetter); i >= 0 {
		b = b[:i]
	}
	if a == "" || b == "" {
		return false
	}
	return lex.has(a+b) || !lex.has(a) && !lex.has(b)
}

// strayMark reports a combining mark that no letter took up.
func strayMark(r rune) bool {
	return r >= 0x0300 && r <= 0x036F || r >= 0x1AB0 && r <= 0x1AFF || r >= 0x1DC0 && r <= 0x1DFF || r >= 0x20D0 && r <= 0x20FF || r >= 0xFE20 && r <= 0xFE2F
}

// composed returns s in NFC; text that already is costs nothing.
func composed(s string) string {
	if norm.NFC.IsNormalString(s) {
		return s
	}
	return norm.NFC.String(s)
}

// cutRunes cuts s to at most n bytes without splitting a rune.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// invisible reports characters that carry no meaning for a reader: zero-width
// characters, direction marks, variation selectors, the keycap's enclosing
// mark, soft hyphens.
func invisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2064,
		r >= 0xFE00 && r <= 0xFE0F, r == 0xFEFF, r == 0x00AD, r == 0x20E3, r == 0x034F,
		r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	return false
}

// plainRune maps look-alikes to the plain character: full-width forms, circled
// and mathematical digits, quotation marks and dashes of every kind.
func plainRune(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFF01 + '!'
	case r >= 0x2460 && r <= 0x2468:
		return r - 0x2460 + '1'
	case r >= 0x2776 && r <= 0x277E:
		return r - 0x2776 + '1'
	case r >= 0x1D7CE && r <= 0x1D7FF:
		return '0' + (r-0x1D7CE)%10
	case r == 0x3000, r == 0x00A0, r >= 0x2000 && r <= 0x200A, r == 0x202F, r == 0x205F:
		return ' '
	case r >= 0x2010 && r <= 0x2015, r == 0x2212:
		return '-'
	case r == 0x2026:
		return '.'
	case r == 0x201C, r == 0x201D, r == 0x00AB, r == 0x00BB:
		return '"'
	case r == 0x2018, r == 0x2019:
		return '\''
	}
	return r
}

// keycapTen is the emoji of the number ten, the only one that is not a digit
// with marks around it.
const keycapTen = 0x1F51F

// isPunct reports punctuation and symbols that mean nothing when repeated.
func isPunct(r rune) bool {
	return strings.ContainsRune(".,;:!?~-+*/=()\"'", r)
}

// squeeze writes a letter typed three times or more once ("okkkk" is "ok");
// two stay, since Telex doubles letters on purpose.
func squeeze(w []rune) []rune {
	out := w[:0]
	for i := 0; i < len(w); {
		j := i
		for j < len(w) && w[j] == w[i] {
			j++
		}
		n := j - i
		if n > 2 {
			n = 1
		}
		for r := w[i]; n > 0; n-- {
			out = append(out, r)
		}
		i = j
	}
	return out
}
