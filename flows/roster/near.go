package roster

import (
	"strings"
	"unicode"
)

// respelled reports whether a name of the file is to take the place of the one that stands.
// A spelling that says less does not: the same letters with fewer words begun in capitals,
// or with the diacritics left out altogether.
func respelled(standing, file string) bool {
	switch {
	case standing == file:
		return false
	case strings.EqualFold(standing, file):
		return capitals(file) > capitals(standing)
	default:
		plain := strings.ToLower(file) == fold(file)
		return !plain || fold(standing) != fold(file)
	}
}

// capitals counts the words written with one capital, at their beginning.
func capitals(s string) (n int) {
	for _, w := range strings.Fields(s) {
		r := []rune(w)
		if unicode.IsUpper(r[0]) && string(r[1:]) == strings.ToLower(string(r[1:])) {
			n++
		}
	}
	return n
}

// minNear is how long a folded name must be for one letter to be taken for a slip.
const minNear = 5

// nearly reports whether two folded names are most likely one: the same letters, however
// parted, or one letter more, less or other. Names that differ in a number are two
// (Phường 1, Phường 2).
func nearly(a, b string) bool {
	a, b = strings.ReplaceAll(a, " ", ""), strings.ReplaceAll(b, " ", "")
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(a) < minNear || digits(a) != digits(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
