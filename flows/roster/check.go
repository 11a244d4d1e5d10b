package roster

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chihoi/flows/org"
)

// MaxMembers is how many members a branch can have: the check-in takes no more either
// (domain.md 6, q0_members).
const MaxMembers = 2000

// What an honest cell holds. Beyond maxName two cells have run together; a branch of fewer
// or more members is one that the check-in asks about.
const (
	maxName     = 200
	fewMembers  = 20
	manyMembers = 600
	// manyWords is how many words a Vietnamese name has at most, nearly always.
	manyWords = 6
)

// checkName tells what cannot be a name: an error value or a formula that would run in
// the next spreadsheet it is copied to, or text broken when the file was saved. It reports
// whether the name may stand.
func (p *parser) checkName(at Place, s string) bool {
	switch {
	case strings.ContainsRune("=+-@#", rune(s[0])):
		p.wrong(at, "%q giống công thức hoặc ô lỗi của Excel, xin ghi tên bằng chữ", short(s))
	case utf8.RuneCountInString(s) > maxName:
		p.wrong(at, "tên dài quá %d chữ cái: %s", maxName, short(s))
	case strings.ContainsRune(s, utf8.RuneError):
		p.wrong(at, "%q có chữ bị hỏng khi lưu tệp", short(s))
	case fold(s) == "":
		p.wrong(at, "%q không phải là tên", short(s))
	default:
		return true
	}
	return false
}

// checkCommune tells what cannot be a commune's name. One of a single letter was meant to
// be filled in later; a single digit is a name (Phường 5).
func (p *parser) checkCommune(at Place, s string) {
	_, base := communeKey(s)
	if p.checkName(at, s) && oneLetter(base) {
		p.wrong(at, "%q chưa phải là tên xã/phường, xin ghi đủ tên", short(s))
	}
}

// checkBranch tells what cannot be a branch's name, and doubts one of a single letter:
// "Khu A" is written so, but so is what was not finished.
func (p *parser) checkBranch(at Place, s string) {
	if p.checkName(at, s) && oneLetter(branchKey(s)) {
		p.doubt(at, "tên chi hội chỉ có một chữ cái (%s), có đủ chưa ạ?", short(s))
	}
}

// checkPerson tells what cannot be one person's name, and doubts what seldom is.
func (p *parser) checkPerson(at Place, s string) {
	words := strings.Fields(s)
	switch {
	case strings.ContainsAny(s, "0123456789"):
		p.wrong(at, "họ tên có chữ số: %s", short(s))
	case strings.ContainsAny(s, ",;/&") || strings.Contains(s, " và "):
		p.wrong(at, "chỉ ghi họ tên một người trong một ô: %s", short(s))
	case !p.checkName(at, s):
	case oneLetter(key(s)):
		p.wrong(at, "%q chưa phải là họ tên, xin ghi đủ họ và tên", short(s))
	case len(words) == 1:
		p.doubt(at, "họ tên chỉ có một chữ (%s), có đủ họ và tên chưa ạ?", short(s))
	case len(words) > manyWords:
		p.doubt(at, "họ tên có %d chữ (%s), có phải của một người không ạ?", len(words), short(s))
	}
}

// oneLetter reports whether a compared name is a single letter, whatever its marks.
func oneLetter(key string) bool {
	r := []rune(fold(key))
	return len(r) == 1 && unicode.IsLetter(r[0])
}

// number writes a count the Vietnamese way: 2.000.
func number(n int) string { return org.Number(n) }
