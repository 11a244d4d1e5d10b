package flows

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chihoi/flows/org"
	"chihoi/flows/roster"
	"chihoi/flows/viet"
)

// What she may correct of herself (domain.md 12.4); Talk.Asking names it while she does.
const (
	fixName  = "fix_name"
	fixPhone = "fix_phone"
)

var (
	fixWords    = regexp.MustCompile(`^(chi muon |cho chi )?(sua|doi|cap nhat)( lai)? (so dien thoai|sdt|so dt|ho ten|ho va ten|ten cua)( cua)?( chi| toi| tui| minh| em| co| bac| di)?$`)
	phoneDigits = regexp.MustCompile(`\+?\d[\d .\-]{7,}\d`)
)

// wantsFix reads "sửa số điện thoại", "đổi họ tên của chị".
func wantsFix(body string) (what string, ok bool) {
	m := fixWords.FindStringSubmatch(strings.TrimRight(viet.Fold(body), " .!"))
	switch {
	case m == nil:
		return "", false
	case strings.Contains(m[4], "ten"):
		return fixName, true
	}
	return fixPhone, true
}

// fixes begins a correction of herself if that is what she asks for.
func (s *step) fixes(body string) bool {
	what, ok := wantsFix(body)
	if ok {
		s.fix(what, "")
	}
	return ok
}

// fixPress takes a tap on "Sửa họ tên" or "Sửa số điện thoại".
func (s *step) fixPress(what string) bool {
	ok := what == "name" || what == "phone"
	if ok {
		s.fix("fix_"+what, "")
	}
	return ok
}

// fix asks for the right name or number.
func (s *step) fix(what, lead string) {
	s.asking(what)
	s.talk.Given, s.talk.Offer = "", nil
	text := "{Chị} gõ họ tên đúng giúp em nhé."
	if what == fixPhone {
		text = "{Chị} gõ số điện thoại đúng giúp em nhé, ví dụ 0912345678."
	}
	s.talk.Prompt = s.reply(Prompt{Text: lead + text})
}

// fixText takes the name or number she typed and reads it back; false when her words are
// something else.
func (s *step) fixText(body string) bool {
	what := s.talk.Asking
	if c := viet.ReadCommand(body, "idle"); c.Outcome == viet.Value {
		if c.Value.Name == viet.Cancel {
			s.say("Dạ vâng, mọi thứ vẫn như cũ ạ.")
			return true
		}
		return false
	}
	value, problem := readName(body)
	words := "họ tên"
	if what == fixPhone {
		value, problem = readPhone(body)
		words = "số điện thoại"
	}
	if problem != "" {
		if s.talk.Misses++; s.talk.Misses > 2 {
			s.talk.Misses = 0
			s.say("Em chưa đọc được {chị} ạ. {Chị} nhắn Hội xã sửa giúp, hoặc gõ \"xem dữ liệu\" để thử lại nhé.")
			return true
		}
		s.fix(what, problem+" ")
		return true
	}
	s.asking(what)
	s.talk.Given, s.talk.Misses = value, 0
	s.offer(fmt.Sprintf("Em sửa %s thành %s, đúng không ạ?", words, value),
		[]Option{{Label: "Đúng rồi", Data: "y:" + what}, {Label: "Thôi", Data: "y:no"}})
	return true
}

// fixed corrects her record and lets the chair know, who has the list it came from.
func (s *step) fixed(what, value string) {
	p := *s.Me
	who := fmt.Sprintf("Chị %s (%s)", p.Name, s.whereFrom())
	told := ""
	switch what {
	case fixName:
		p.Name, told = value, "sửa họ tên thành "+value
	case fixPhone:
		if other, ok := s.Book.PersonByPhone(value); ok && other.ID != p.ID {
			s.tellMine(who + " báo số điện thoại mới trùng số đang ghi cho người khác. {Chị} xem lại danh sách giúp em ạ.")
			s.say("Số này đang ghi cho người khác {chị} ạ. Em đã nhờ Hội xã xem lại giúp {chị}.")
			return
		}
		p.Phone, told = value, "sửa số điện thoại thành "+value
	}
	s.Me = &p
	s.do(SavePerson{p}, Audit{What: "corrected", By: p.ID, Detail: strings.TrimPrefix(what, "fix_")})
	s.tellMine(who + " " + told + ". {Chị} sửa cả trong danh sách của xã giúp em ạ.")
	s.say("Dạ, em đã sửa rồi ạ. Em cảm ơn {chị}.")
}

// tellMine writes to the chairs of the communes where she has a post, each once.
func (s *step) tellMine(text string) {
	told := map[org.CommuneID]bool{}
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		if c := p.Commune(); !told[c] {
			told[c] = true
			s.tellChairs(c, Prompt{Text: text}, false)
		}
	}
}

// whereFrom is the branch or commune of her first post.
func (s *step) whereFrom() string {
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		return s.unitName(p)
	}
	return "chưa có chức vụ"
}

// readName finds a name of two to six words in what she typed: the longest run of words
// with a capital, or the whole of a message without any. It is read back before it counts.
func readName(body string) (name, problem string) {
	inName := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || r == '\'' || r == '-' }
	text := norm.NFC.String(body)
	var best, run []string
	for _, w := range strings.Fields(text) {
		if !unicode.IsUpper([]rune(w)[0]) {
			run = nil
			continue
		}
		if run = append(run, w); len(run) > len(best) {
			best = run
		}
		if strings.TrimRightFunc(w, func(r rune) bool { return !inName(r) }) != w { // "Lan, Chi hội …"
			run = nil
		}
	}
	if len(best) < 2 {
		best = strings.Fields(text)
	}
	words := make([]string, len(best))
	for i, w := range best {
		w = strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !inName(r) && !unicode.IsDigit(r) }))
		if w == "" || strings.ContainsFunc(w, func(r rune) bool { return !inName(r) }) {
			return "", "Em cần cả họ và tên ạ."
		}
		words[i] = upperFirst(w)
	}
	if name = strings.Join(words, " "); len(words) < 2 || len(words) > 6 || len(name) > 80 {
		return "", "Em cần cả họ và tên ạ."
	}
	return name, ""
}

// readPhone finds the number in what she typed.
func readPhone(body string) (phone, problem string) {
	phone, err := roster.ParsePhone(phoneDigits.FindString(body))
	if err != nil {
		return "", "Số này em thấy chưa đúng ạ."
	}
	return phone, ""
}
