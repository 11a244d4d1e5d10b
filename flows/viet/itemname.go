package viet

import (
	"unicode"
	"unicode/utf8"
)

// kin reads people called by name as that many people: "bà Năm" by title and
// order of birth, "chị Hoa, chị Lan" by title and capital letter.
func (a *analyser) kin() bool {
	end, men := a.named(a.i)
	if end < 0 {
		return false
	}
	if men || relativeWords.surely(a.tok(a.i-1)) {
		a.put(item{kind: isWord}, end) // no member, nor "chồng chị Ba"
		return true
	}
	n, order := 1, personNamed(a.toks, a.i+1)
	for {
		k := end
		for k < len(a.toks) && (a.toks[k].kind == aMark && a.toks[k].n == ',' || andWords.can(&a.toks[k])) {
			k++
		}
		if k == end && (k+1 >= len(a.toks) || !a.capital(k)) {
			break // "chị Lan chị Huệ" needs no comma
		}
		next, men := a.named(k)
		if next < 0 || men {
			break
		}
		n, end = n+1, next
	}
	a.put(item{kind: isNumber, q: quantity{n: n, bare: true, words: order}, unit: true, name: true}, end)
	return true
}

// isMan reports a man's title, also an unmarked "ong".
func isMan(t *token) bool { return menWords.surely(t) || ongWord.can(t) }

var (
	ongWord  = words("ông")
	menWords = words("ông chú cậu anh thằng ổng")
	andWords = words("và với cùng rồi")
)

// named gives the end of a name at token i, -1 for none, and whether it is a
// man's.
func (a *analyser) named(i int) (end int, man bool) {
	if i+1 >= len(a.toks) {
		return -1, false
	}
	if end := a.described(i); end > 0 {
		return end, false
	}
	if !personNamed(a.toks, i+1) && !a.capital(i) {
		return -1, false
	}
	end = i + 2
	for a.m.cased && end < len(a.toks) && a.m.capitalAt(end) && end < i+4 {
		end++ // "chị Thu Hà"
	}
	return end, isMan(&a.toks[i])
}

// described gives the end of a woman told of by what she is, who has left: "có bà cụ mới
// mất", -1 for none.
func (a *analyser) described(i int) int {
	ph, end := oneWoman.at(a.toks, i)
	if ph == nil || !titleWords.surely(&a.toks[i]) || several.can(a.tok(i-1)) {
		return -1
	}
	if _, _, ok := quantityAt(a.toks, max(i-1, 0)); ok && i > 0 {
		return -1
	}
	for k := end; k < end+3 && a.tok(k).kind == aWord; k++ {
		if ph, _ := anchors.at(a.toks, k); ph != nil {
			if !leaves(ph.tag) {
				return -1
			}
			return end
		}
		if !justWords.can(a.tok(k)) {
			return -1
		}
	}
	return -1
}

var (
	oneWoman  = table(row{1, `bà cụ|lão|già, cụ bà, cô giáo, chị phó|giáo, em|con|cháu dâu`})
	several   = words("mấy các những vài nhiều hai ba cả")
	justWords = words("mới vừa đã thì là cũng vừa xin bị nhà")
)

// capital reports a title and a word with a capital letter, in a message where
// capitals mean something.
func (a *analyser) capital(i int) bool {
	t := &a.toks[i]
	if !a.m.cased || !titleWords.surely(t) && !a.orderName(i) && !a.joinedName(i) || i > 0 && (a.toks[i-1].kind == aNumber || ownWords.can(&a.toks[i-1])) {
		return false
	}
	if i > 0 {
		if _, _, ok := a.toks[i-1].digit(); ok {
			return false // "hai chị Tày"
		}
	}
	if answerHead.can(&a.toks[i+1]) || i > 0 && tellWords.can(&a.toks[i-1]) {
		return false // "dạ thưa em Không tăng"
	}
	return a.m.capitalAt(i + 1)
}

// orderName reports an unmarked title and an order of birth with its capital:
// "ba Hai Lua".
func (a *analyser) orderName(i int) bool {
	_, _, ok := a.toks[i+1].digit()
	return ok && titleWords.can(&a.toks[i]) && a.toks[i].kind == aWord
}

var (
	answerHead = words("không chưa có rồi dạ vâng đúng")
	tellWords  = words("thưa")
)

// joinedName reports an unmarked title beside another name: "cụ Hợi voi cu Tý".
func (a *analyser) joinedName(i int) bool {
	if !titleWords.can(&a.toks[i]) {
		return false
	}
	return i > 1 && andWords.can(&a.toks[i-1]) && a.m.capitalAt(i-2) ||
		i+4 < len(a.toks) && andWords.can(&a.toks[i+2]) && titleWords.surely(&a.toks[i+3]) && a.m.capitalAt(i+4)
}

var ownWords = words("chị")

// capitalAt reports a word written with one capital letter at its head.
func (m *message) capitalAt(i int) bool { return m.capital(&m.toks[i]) }

func (m *message) capital(t *token) bool {
	if t.kind != aWord {
		return false
	}
	raw := m.src[t.start:t.end]
	r, size := utf8.DecodeRuneInString(raw)
	return unicode.IsUpper(r) && len(raw) > size && !hasUpper(raw[size:])
}

func hasUpper(s string) bool {
	for _, r := range s {
		if unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// cases finds out whether capitals tell names: most words start small.
func (m *message) cases() bool {
	big, small, first := 0, 0, false
	for i := range m.toks {
		if t := &m.toks[i]; t.kind == aWord {
			if r, _ := utf8.DecodeRuneInString(m.src[t.start:]); unicode.IsUpper(r) {
				big++
			} else {
				first = first || big+small == 0
				small++
			}
		}
	}
	return small > big || first && small == big // "mat ba Chin Lun"
}
