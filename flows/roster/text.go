package roster

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chihoi/flows/org"
)

// clean gives a cell's text as it is kept: NFC, blanks of every kind single, invisible
// characters and edges gone. A lone dash is how an empty cell is often filled.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r):
			return -1
		}
		return r
	}, norm.NFC.String(s))
	s = strings.Join(strings.Fields(s), " ")
	switch s {
	case "-", "--", "–", "—", "…", "...", ".":
		return ""
	}
	return s
}

// tones are the five written tones; the other marks (â, ă, ơ) make another vowel.
const tones = "\u0300\u0301\u0303\u0309\u0323"

// key is how names are compared: without case and punctuation, and with a word's tone
// counted at the end of the word, so that "Hoà" and "Hòa" are one name. Diacritics
// count: "Thôn Đông" and "Thôn Đống" are two villages.
func key(s string) string {
	var words []string
	var letters, tone strings.Builder
	end := func() {
		if letters.Len() > 0 {
			words = append(words, letters.String()+tone.String())
		}
		letters.Reset()
		tone.Reset()
	}
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case strings.ContainsRune(tones, r):
			tone.WriteRune(r)
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Mn, r):
			letters.WriteRune(r)
		default:
			end()
		}
	}
	end()
	return strings.Join(words, " ")
}

// fold drops diacritics too: plain words of a-z and 0-9. It makes identifiers, which must
// stay as they are for years, so it does not lean on the reading of typed replies, whose
// rules grow.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// The words that say what a unit is, before its name; the longer first.
var (
	unionWords   = []string{"hội liên hiệp phụ nữ", "hội lhpn", "hội phụ nữ"}
	communeWords = []string{"đặc khu", "thị trấn", "phường", "xã"}
	branchWords  = []string{"chi hội phụ nữ", "chi hội pn", "chi hội"}
)

// cutWords splits a leading word of the list from a name, whatever its case and marks.
func cutWords(name string, list []string) (word, rest string) {
	fields := strings.Fields(name)
	for _, w := range list {
		n := len(strings.Fields(w))
		if len(fields) > n && key(strings.Join(fields[:n], " ")) == key(w) {
			return w, strings.Join(fields[n:], " ")
		}
	}
	return "", name
}

// communeName writes a commune's name as it is shown: "Hội LHPN xã An Phú" is "Xã An Phú".
func communeName(s string) string {
	_, s = cutWords(s, unionWords)
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// communeKey splits a commune's name for comparing; kind is "" where the name has no
// "xã" or "phường" before it.
func communeKey(s string) (kind, base string) {
	_, s = cutWords(s, unionWords)
	kind, s = cutWords(s, communeWords)
	return kind, key(s)
}

// branchKey compares branches: "Chi hội thôn Đông" and "Thôn Đông" are one.
func branchKey(s string) string {
	_, s = cutWords(s, branchWords)
	return key(s)
}

// formerKey compares former communes, with or without "xã" before them.
func formerKey(s string) string {
	_, base := communeKey(s)
	return base
}

// maxID is how long an identifier may be (flows/org).
const maxID = 40

// slug makes an identifier of a name, at most n characters.
func slug(s string, n int) string {
	s = strings.ReplaceAll(fold(s), " ", "-")
	if len(s) > n {
		s = s[:n]
	}
	return strings.Trim(s, "-")
}

// newCommuneID makes the identifier of a commune from its name: "Xã An Phú" is "an-phu".
// When that is taken the kind goes before it ("phuong-an-phu"), then a number after it.
func newCommuneID(name string, taken map[org.CommuneID]bool) org.CommuneID {
	_, name = cutWords(name, unionWords)
	kind, base := cutWords(name, communeWords)
	short := slug(base, maxID)
	if short == "" {
		short = "xa"
	}
	if !taken[org.CommuneID(short)] {
		return org.CommuneID(short)
	}
	if long := slug(kind+" "+base, maxID); kind != "" && !taken[org.CommuneID(long)] {
		return org.CommuneID(long)
	}
	for n := 2; ; n++ {
		tail := "-" + strconv.Itoa(n)
		id := org.CommuneID(strings.Trim(short[:min(len(short), maxID-len(tail))], "-") + tail)
		if !taken[id] {
			return id
		}
	}
}
