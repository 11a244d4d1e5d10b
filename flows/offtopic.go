package flows

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// marked reports a question mark: what is asked is not yet said.
func marked(body string) bool { return strings.ContainsAny(body, "?？") }

// asks reports a message that ends as questions do.
func asks(body string) bool {
	if marked(body) {
		return true
	}
	words := toLastWord(body)
	if deniesAll(words) {
		return false
	}
	return len(words) > 0 && slices.Contains([]string{"khong", "ko", "hong", "chua", "gi", "nao", "sao", "dau", "ai", "may", "nhieu", "phai", "rang", "mo"}, words[len(words)-1])
}

// deniesAll reports "không kết nạp ai", "chưa có gì", which end as questions do and are none.
func deniesAll(words []string) bool {
	n := len(words)
	if n < 2 || !slices.Contains([]string{"ai", "gi", "nao"}, words[n-1]) {
		return false
	}
	return slices.ContainsFunc(words[max(0, n-5):n-1], func(w string) bool { return slices.Contains([]string{"khong", "ko", "chua", "hong", "chang"}, w) })
}

// tagged reports a question without its mark: "tháng sau có tập huấn không em".
func tagged(body string) bool {
	words := toLastWord(body)
	return len(words) > 3 && slices.Contains(words[:len(words)-1], "co") && slices.Contains([]string{"khong", "ko", "hong", "chua"}, words[len(words)-1])
}

// toLastWord are the words of a message without the polite ones that end it.
func toLastWord(body string) []string {
	words := strings.Fields(strings.Trim(viet.Fold(body), " .!,"))
	for len(words) > 0 && slices.Contains([]string{"em", "a", "oi", "vay", "the", "nhi", "ban", "con", "chau", "ta", "ah", "ha"}, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// offTopic answers a known question in the middle of the form (domain.md 13) and asks the
// open one again.
func (f *form) offTopic(q org.QuestionID, body string) bool {
	if q.Base() == qHelpText { // there a question is what she wants passed on
		return false
	}
	heard := f.seat.Hears
	f.seat.Hears = false
	topic, ok := f.topicOf(body)
	asked := asks(body) || wonders(body) && !f.reads(q, body)
	switch {
	case ok && topic == "status" && overview(body), ok && topic == "today":
	case asked && f.ofAnother(topic, body):
		topic = "other_branch"
	case ok && (topic == "may_i_ask" || asked || topic == "help" && !f.reads(q, body)):
	case heard && asks(body) && !bare(body):
		f.missed(q, f.referred())
		return true
	default:
		return false
	}
	switch topic {
	case "may_i_ask":
		f.seat.Hears = true
		f.ask(q, "Dạ, {chị} cứ hỏi em ạ.")
	case "what_is_this", "help":
		f.ask(q, f.explain(q))
	case "last_report":
		f.lastReport()
		f.ask(q, "")
	case "status":
		if d, _, ok := f.dutyAt(strings.Fields(body)); ok && d.branch.ID != f.branch.ID {
			f.ask(q, f.informed(topic, d))
			break
		}
		f.ask(q, f.far())
	default:
		f.ask(q, f.informed(topic, f.duty(f.branch)))
	}
	return true
}

// ofAnother reports a question that names another branch than hers, or its head: only the
// commune sees how that one stands (domain.md 2), and how hers stands is no answer. Where
// the topic is none of a report's, a name of a place is needed, and nothing that she reports.
func (s *step) ofAnother(topic string, body string) bool {
	ofReport := slices.Contains([]string{"status", "late", "last_report", "who_sent"}, topic)
	if topic != "" && !ofReport || topic == "" && reports(body) {
		return false
	}
	words := strings.FieldsFunc(clean(body), func(r rune) bool { return strings.ContainsRune(" ,.;:!?？", r) })
	for i := range words {
		switch s.placeOf(words[i:]) {
		case hers:
			return false
		case anothers:
			return true
		}
		if ofReport && i+1 < len(words) && s.otherHead(words[i], words[i+1]) && body != strings.ToUpper(body) {
			return true
		}
	}
	return false
}

// reports reports a number in a message, which is told and not asked: "họp với thôn Tây, 35
// chị, đúng không".
func reports(body string) bool {
	return strings.ContainsAny(viet.Fold(body), "0123456789")
}

// Whose the place is that a few words begin with.
const (
	nobodys = iota
	hers
	anothers
)

// placeOf tells whose branch stands at the front of some words: one of the commune's by its
// name, "thôn Cao" also where the commune has none of that name, "bên kia".
func (s *step) placeOf(words []string) int {
	mine := s.duties()
	for n := min(6, len(words)); n > 1 && len(mine) > 0; n-- {
		t := viet.Fold(strings.Join(words[:n], " "))
		found := s.branchesNamed(mine[0].branch.ID.Commune(), t)
		switch {
		case t == "chi hoi" || len(found) == 0:
		case slices.ContainsFunc(found, func(b org.Branch) bool {
			return slices.ContainsFunc(mine, func(d duty) bool { return d.branch.ID == b.ID })
		}):
			return hers
		default:
			return anothers
		}
	}
	if len(words) < 2 {
		return nobodys
	}
	kind, name := viet.Fold(words[0]), viet.Fold(words[1])
	switch {
	case kind == "ben" && slices.Contains([]string{"kia", "ay", "do", "no"}, name):
		return anothers
	case slices.Contains([]string{"thon", "xom", "ap", "khu", "buon", "lang", "khom"}, kind) && capital(words[1]):
		return anothers
	}
	return nobodys
}

// otherHead reports "chị Hoa", who is neither the writer nor somebody of no name.
func (s *step) otherHead(title, name string) bool {
	return slices.Contains([]string{"chị", "cô", "bà", "bác", "dì"}, strings.ToLower(title)) && capital(name) &&
		viet.Fold(name) != viet.Fold(givenName(s.Me.Name))
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// overview reports the chair's word for how all her branches stand.
func overview(body string) bool {
	return slices.Contains([]string{"tinh hinh", "tinh hinh the nao", "tinh hinh the nao roi", "tinh hinh sao roi", "tien do"}, withoutCourtesy(body))
}

// topicOf is the known question that a message asks; a head who says "tình hình" asks how her
// own report stands.
func (s *step) topicOf(body string) (topic string, ok bool) {
	if overview(body) && !s.isChair() {
		return "status", true
	}
	return viet.ReadQuestion(body)
}

// wonders reports a word that only asks; "không" and "chưa" deny as well.
func wonders(body string) bool {
	return slices.ContainsFunc(strings.Fields(viet.Fold(body)), func(w string) bool {
		return slices.Contains([]string{"ai", "gi", "nao", "sao", "may", "bao", "dau", "rang", "mo"}, strings.Trim(w, ",.!?"))
	})
}

// far says how far the check-in is that she is in.
func (f *form) far() string {
	if n := f.mustAsk(); n > 0 {
		return fmt.Sprintf("Báo cáo %s chưa gửi, còn %d câu {chị} ạ.", f.draft.Month.Label(), n)
	}
	return fmt.Sprintf("Báo cáo %s chỉ còn bước gửi {chị} ạ.", f.draft.Month.Label())
}

// bare reports "?" and nothing else, which asks for help.
func bare(body string) bool { return strings.Trim(body, "?？ ") == "" }

// reads reports whether a message is a plain answer to the open question.
func (f *form) reads(q org.QuestionID, body string) bool {
	spec := catalog[q.Base()]
	return spec != nil && spec.read(f, q, body).outcome == viet.Value
}

// referred sends her on with a question that the bot can't answer.
func (f *form) referred() string {
	return fmt.Sprintf("Câu này em chưa trả lời được, {chị} hỏi %s giúp em nhé.", f.chairName(f.branch.ID.Commune()))
}

// informed answers a question about her check-in from what is recorded.
func (s *step) informed(topic string, d duty) string {
	month, due := d.period.Month.Label(), dueWords(d.period.Due)
	switch topic {
	case "late":
		return s.lateness(d)
	case "deadline":
		switch {
		case d.sent:
			return fmt.Sprintf("Báo cáo %s {chị} gửi rồi, không lo hạn nữa ạ.", month)
		case d.period.State(s.Now) == org.Due:
			return fmt.Sprintf("Hạn là %s, nhưng {chị} vẫn gửi được đến hết %s ạ.", due, org.Day(d.period.Locks.Add(-1)))
		}
		return fmt.Sprintf("Hạn %s là %s {chị} ạ.", month, due)
	case "status":
		return s.stands(d)
	case "who_sent":
		if s.isChair() {
			return "{Chị} gõ \"tình hình\" là thấy hết ạ. " + s.stands(d)
		}
		return "Chi hội khác gửi hay chưa chỉ Hội xã xem được ạ. " + s.stands(d)
	case "who_helps":
		return fmt.Sprintf("{Chị} hỏi %s, cán bộ Hội xã ạ. Gõ \"gọi lại\" là em nhắn chị ấy gọi {chị}.", s.chairAndPhone(d.branch.ID.Commune()))
	case "who_are_you":
		return "Em là máy trả lời tự động của Hội LHPN xã, giúp {chị} báo cáo tháng ạ."
	case "other_branch":
		if s.isChair() {
			return "{Chị} gõ tên chi hội ấy là em mở ra ạ."
		}
		return fmt.Sprintf("Báo cáo của chi hội khác chỉ Hội xã xem được ạ. Cần thì {chị} hỏi %s nhé.", s.chairName(d.branch.ID.Commune()))
	case "today":
		return s.today()
	case "privacy":
		return "Chỉ {chị} và cán bộ Hội xã xem được; em không bao giờ hỏi tiền, mật khẩu ạ."
	}
	return ""
}

// weekdays name the days from Sunday.
var weekdays = [...]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}

// today is the date by both calendars; heads know many days by the moon.
func (s *step) today() string {
	day, month, _ := viet.Lunar(s.Now)
	return fmt.Sprintf("Hôm nay %s, %s {chị} ạ (âm lịch %d/%d).", weekdays[s.Now.Weekday()], org.Day(s.Now), day, month)
}

// chairAndPhone names the chair with the number that the privacy notice gives too.
func (s *step) chairAndPhone(c org.CommuneID) string {
	for _, id := range chairs(s.Book, c) {
		if p, ok := s.Book.Person(id); ok && p.Phone != "" {
			return "chị " + p.Name + " " + p.Phone
		}
	}
	return s.chairName(c)
}

// stands says how far her report is.
func (s *step) stands(d duty) string {
	what := "Báo cáo " + d.period.Month.Label()
	if len(s.duties()) > 1 {
		what += " của " + lowerFirst(s.named(d.branch))
	}
	dr, begun := s.Book.Draft(d.branch.ID, d.period.Month)
	switch {
	case d.sent:
		return what + " {chị} gửi rồi ạ."
	case begun && dr.Begun():
		if f, ok := s.formOf(dr); ok && f.left() > 0 {
			return fmt.Sprintf("%s chưa gửi, còn %d câu {chị} ạ.", what, f.left())
		}
		return what + " chỉ còn bước gửi {chị} ạ."
	}
	return what + " {chị} chưa bắt đầu ạ."
}

// lastReport shows what the branch reported the month before.
func (f *form) lastReport() {
	c, ok := f.Book.CheckIn(f.branch.ID, f.past.Month)
	if f.past.Month == "" || !ok {
		f.say("Em chưa có báo cáo tháng trước của chi hội mình ạ.")
		return
	}
	then := f.fork()
	then.draft.Answers, then.recap = c.Answers, c.Answers.Has(qKnow)
	lines := append(then.lines(), fmt.Sprintf("Hội viên: %s → %s", number(c.Start), number(c.End)))
	f.say("%s chi hội mình ghi:\n%s", upperFirst(c.Month.Label()), strings.Join(lines, "\n"))
}

// askedIdle answers a known question while nothing is under way.
func (s *step) askedIdle(body string) bool {
	topic, ok := s.topicOf(body)
	all := s.duties()
	if len(all) > 0 && !s.isChair() && asks(body) && s.ofAnother(topic, body) {
		topic, ok = "other_branch", true
	}
	if !ok || len(all) == 0 || all[0].period.Month == "" {
		return false
	}
	d := all[0]
	if i := slices.IndexFunc(all, func(d duty) bool { return d.open && !d.sent }); i >= 0 {
		d = all[i]
	}
	if named, _, ok := s.dutyAt(strings.Fields(body)); ok {
		d = named
	}
	switch topic {
	case "may_i_ask":
		s.say("Dạ, {chị} cứ hỏi em ạ.")
	case "what_is_this":
		return false
	case "help":
		s.manual()
	case "today":
		s.say("%s", s.today())
	case "last_report":
		if f, ok := s.formOf(Draft{Branch: d.branch.ID, Month: d.period.Month}); ok {
			f.lastReport()
		}
	default:
		text := s.informed(topic, d)
		if d.open && !d.sent {
			text += "\nGõ \"báo cáo\" là mình làm ạ."
		}
		s.say("%s", text)
	}
	return true
}
