package viet

import (
	"slices"
	"strings"
)

// Words typed without their marks among others, and what they are taken for.

// denials reads "0" and an unmarked "nỏ" before a verb as không: "0 có ai", "no
// biet".
func (m *message) denials() {
	for i := 0; i+1 < len(m.toks); i++ {
		t := &m.toks[i]
		zero := t.kind == aNumber && t.n == 0 && t.digits == 1
		raw := m.src[t.start:t.end]
		if t.group == khongTerm.group && t.short && strings.EqualFold(raw, "hong") && i > 1 && selfBare.can(&m.toks[i-1]) && visited.can(&m.toks[i-2]) {
			t.group, t.mask, t.pref = 0, 0, 0 // "nha chi hong" is at Hồng's
			continue
		}
		if t.group == khongTerm.group && t.short && strings.EqualFold(raw, "hem") && laneBefore.can(m.tok(i-1)) {
			t.group, t.mask, t.pref = 0, 0, 0 // "quet don duong hem": hẻm
			continue
		}
		bare := t.kind == aWord && bareDenial(raw) && (i == 0 || !homWord.can(&m.toks[i-1]))
		if (zero || bare) && deniedVerbs.can(&m.toks[i+1]) && !m.weekdayAt(i+1) {
			t.kind, t.group, t.mask, t.pref, t.short = aWord, khongTerm.group, khongTerm.bit, khongTerm.bit, true
		}
	}
}

var laneBefore = words("đường ngõ con trong xóm đầu cuối các mấy khu quét dọn")

var visited = words("nhà thăm giúp của ở viếng hỏi tặng cho với là")

// weekdayAt reports "thu 7", which "hom" stands before and does not deny.
func (m *message) weekdayAt(i int) bool {
	if !thuWord.can(&m.toks[i]) || i+1 >= len(m.toks) {
		return false
	}
	next := &m.toks[i+1]
	_, _, digit := next.digit()
	return digit || next.kind == aNumber || next.is(fourTail)
}

// slips lets "hợp" be họp where it is no part of another word: "hợp ngày 9",
// "hợp rồi".
func (m *message) slips() {
	for i := range m.toks {
		t := &m.toks[i]
		if t.group != hopTerm.group || t.mask != hopSlip.bit || i > 0 && beforeHop.can(&m.toks[i-1]) || i+1 < len(m.toks) && afterHop.can(&m.toks[i+1]) {
			continue
		}
		t.mask, t.pref = hopTerm.bit, hopTerm.bit
	}
}

var (
	hopSlip   = lex.word("hợp")
	beforeHop = words("phù tổng kết tập trường liên hòa tụ thích nhóm tương đồng bất không rất")
	afterHop  = words("tác đồng lý lệ pháp nhất vệ với tuổi ý nhau hoàn tình xã lại")
)

// wholeWords are common words without any mark: beside words with marks they
// are themselves and nothing else.
var wholeWords = words("cho con hay khi tin vui thu mua hoa an xa ra ta trong sinh vay lo lan tham mang thay sang giao trao treo theo chung chi do")

// bareDenial reports nỏ, chẳng, chả and hơm typed without marks, which are other
// words unless a verb follows.
func bareDenial(raw string) bool {
	for _, w := range [...]string{"no", "chang", "cha", "hom"} {
		if strings.EqualFold(raw, w) {
			return true
		}
	}
	return false
}

var (
	khongTerm   = lex.word("không")
	deniedVerbs = words("có biết ai nhớ hiểu thấy còn họp thu rõ phải đúng")
)

// markedWord reports a word typed with its marks. Politeness does not count:
// keyboards complete "dạ" for people who type the rest without marks.
func (m *message) markedWord(t *token) bool {
	if t.kind != aWord || politeWords.can(t) || selfWords.can(t) {
		return false
	}
	if t.decoded {
		return true
	}
	for i := t.start; i < t.end; i++ {
		if m.src[i] >= 0x80 {
			return true
		}
	}
	return false
}

// bareWord reports a word that has marks and was typed without any: "hop". Who leaves out
// some marks may have left out others.
func (m *message) bareWord(t *token) bool {
	if t.kind != aWord || t.group == 0 || t.short || t.decoded || politeWords.can(t) || selfWords.can(t) {
		return false
	}
	for i := t.start; i < t.end; i++ {
		if m.src[i] >= 0x80 {
			return false
		}
	}
	g := &lex.groups[t.group]
	return !slices.Contains(g.words, g.fold) || rareBare.can(t) && !m.capital(t)
}

// rareBare are words without any mark that hardly anybody means in a reply: "thang" is tháng.
var rareBare = words("bay chua co cua cung dang dinh gan han hoi khoe lai lang lau moi nghi nho phai quy roi thang vai")
