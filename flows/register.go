package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

const (
	maxTries  = 5 // wrong codes per contact in triesSpan
	triesSpan = time.Hour
	// NoticeVersion names the wording of the privacy notice; a new wording gets a new one.
	NoticeVersion = "2026-11-22"
)

// stranger talks with a contact that belongs to nobody yet: it wants a code, and nothing
// else is told or kept (domain.md 2, linking a person).
func (s *step) stranger(e Event) {
	body := ""
	switch e := e.(type) {
	case Text:
		body = e.Body
	case Press:
		if s.talk.Flow == "register" && strings.HasPrefix(e.Data, "r:") {
			s.confirmed(strings.TrimPrefix(e.Data, "r:") == "yes:"+short(s.talk.Code))
			return
		}
		if strings.HasPrefix(e.Data, "r:") {
			s.greet("Nút đó cũ rồi {chị} ạ.")
			return
		}
	case Unreadable:
		if s.talk.Flow == "register" {
			s.confirmAgain(sorry(e.Kind))
		} else {
			s.greet(sorry(e.Kind))
		}
		return
	default:
		return
	}
	if payload, ok := startCode(body); ok && payload != "" {
		body = payload
	}
	code, digits := codeIn(body)
	switch {
	case code != "":
		s.code(code)
	case s.talk.Flow == "register":
		s.confirmText(body)
	case digits >= 5 && digits <= 12:
		s.greet("Mã có đúng 8 số {chị} ạ.")
	default:
		s.greet("")
	}
}

func (s *step) greet(lead string) {
	if lead != "" {
		lead += "\n"
	}
	s.say("%sEm chào {chị}! Em là trợ lý tự động điểm danh chi hội của Hội Phụ nữ.\n{Chị} gõ mã 8 số trên giấy hướng dẫn giúp em nhé. Chưa có mã thì {chị} hỏi Hội xã ạ.", lead)
}

// code looks a typed or linked code up and shows whose it is.
func (s *step) code(code string) {
	if s.Now.Sub(s.talk.TriesFrom) > triesSpan {
		s.talk.Tries, s.talk.TriesFrom = 0, s.Now
	}
	if s.talk.Tries >= maxTries {
		s.say("{Chị} nghỉ tay một lát, chừng một tiếng nữa thử lại giúp em. Hoặc {chị} hỏi Hội xã mã mới ạ.")
		return
	}
	inv, p, ok := s.invited(s.Book.Invite(code))
	if !ok {
		s.talk.Tries++
		s.say("Em chưa thấy mã này {chị} ạ. {Chị} xem lại 8 số trên giấy giúp em nhé.")
		return
	}
	if refusal := s.refuses(inv); refusal != "" {
		s.talk.Tries++
		s.say("%s", refusal)
		return
	}
	s.talk.Flow, s.talk.Code = "register", inv.Hash
	s.talk.Prompt = s.reply(Prompt{Options: confirmOptions(inv.Hash),
		Text: fmt.Sprintf("{Chị} là %s, %s%s, phải không ạ?", p.Name, s.postWords(inv.Post), phoneWords(p))})
}

func confirmOptions(hash string) []Option {
	return []Option{{Label: "Đúng rồi", Data: "r:yes:" + short(hash), Say: "1"}, {Label: "Không phải", Data: "r:no:" + short(hash), Say: "2"}}
}

// confirmAgain asks in short whether she is whom the code is for.
func (s *step) confirmAgain(lead string) {
	name := "người ghi trên giấy"
	if _, p, ok := s.invited(s.Book.InviteByHash(s.talk.Code)); ok {
		name = p.Name
	}
	s.reply(Prompt{Text: strings.TrimSpace(lead + " {Chị} có phải là " + name + " không ạ?"), Options: confirmOptions(s.talk.Code)})
}

// invited adds the person of an invite; that of somebody whose data was erased is none.
func (s *step) invited(inv org.Invite, ok bool) (org.Invite, org.Person, bool) {
	if !ok {
		return inv, org.Person{}, false
	}
	p, ok := s.Book.Person(inv.Person)
	return inv, p, ok
}

func phoneWords(p org.Person) string {
	if p.MaskedPhone() == "" {
		return ""
	}
	return ", điện thoại " + p.MaskedPhone()
}

// refuses says why a code can't be used, and reports it to the chair with what she can do.
func (s *step) refuses(inv org.Invite) string {
	if inv.Post.Role == org.OfGroup {
		return "Mã này để gõ trong nhóm chung ạ: nhắc tên em (@) rồi gõ \"ghép\" và mã."
	}
	why, words, told := "", "", ""
	otherwise := "{Chị} hỏi Hội xã xin mã mới giúp em nhé."
	if !inv.Post.OfBranch() {
		otherwise = "{Chị} xin mã mới ở nơi đưa tờ giấy này giúp em nhé."
	}
	switch whose := s.codeOf(inv); {
	case s.Me != nil && s.Me.ID != inv.Person:
		why, words = "another's", "Mã này là của người khác {chị} ạ."
		otherwise = "{Chị} đưa lại tờ giấy cho Hội xã giúp em nhé."
		told = fmt.Sprintf("Chị %s vừa gõ %s.\nCó lẽ phát nhầm giấy, {chị} xem lại hai tờ giúp em ạ.", s.Me.Name, whose)
	case inv.UsedBy == s.Contact && inv.UsedBy != "":
		return "Mã này {chị} dùng rồi, không cần gõ lại ạ. {Chị} gõ \"báo cáo\" để bắt đầu."
	case inv.UsedBy != "":
		why, words = "used", "Mã này đã có người dùng rồi {chị} ạ."
		told = fmt.Sprintf("Có máy khác vừa gõ lại %s; mã này đã dùng rồi.\nNếu chị ấy đổi máy, %s\nKhông phải chị ấy thì thôi, máy kia không xem được gì ạ.", whose, s.newCode(inv.Post))
	case inv.Revoked && s.Me != nil && s.holds(inv.Post):
		return "{Chị} vào rồi, không cần gõ mã nữa ạ. {Chị} gõ \"báo cáo\" để bắt đầu."
	case inv.Revoked && s.holds(inv.Post):
		// A newer code took its place, or she lost the post and has it again: then there may be none yet.
		why, words = "older", "Tờ giấy này cũ rồi, {chị} dùng tờ mới hơn giúp em nhé."
		otherwise = "Chưa có thì {chị} hỏi nơi đưa tờ giấy này nhé."
		told = fmt.Sprintf("Có người vừa gõ %s; mã ấy là của tờ cũ, không dùng nữa.\nChị ấy dùng tờ mới là được. Chưa có hay mất tờ mới thì %s", whose, s.newCode(inv.Post))
	case inv.Revoked:
		why, words = "taken back", "Mã này không còn dùng nữa {chị} ạ."
		told = fmt.Sprintf("Có người vừa gõ %s; chức vụ này đã đổi người nên mã không còn dùng.\nNếu chưa đúng, {chị} nhờ người phụ trách phần mềm xem lại danh sách.", whose)
	case s.Now.After(inv.Expires):
		why, words = "expired", "Mã này hết hạn rồi {chị} ạ."
		told = fmt.Sprintf("Có người vừa gõ %s; mã đã hết hạn.\nĐể chị ấy vào được, %s", whose, s.newCode(inv.Post))
	default:
		return ""
	}
	s.do(Audit{What: "invite_refused", By: inv.Person, Unit: inv.Post.Unit, Detail: why})
	return words + " " + s.reportCode(inv.Post.Commune(), told, otherwise)
}

// reportCode tells the chairs of a commune about a code, and says so; where no chair can be
// written to it says otherwise what to do.
func (s *step) reportCode(c org.CommuneID, told, otherwise string) string {
	if !s.chairHears(c) {
		return otherwise
	}
	s.tellChairs(c, Prompt{Text: told}, false)
	return "Em báo chị Chủ tịch rồi, {chị} chờ chị ấy giúp em nhé."
}

// codeOf names a code by whom it is for.
func (s *step) codeOf(inv org.Invite) string {
	p, _ := s.Book.Person(inv.Person)
	return fmt.Sprintf("mã của chị %s, %s", p.Name, s.postWords(inv.Post))
}

// holds reports whether somebody still holds the post that she was given.
func (s *step) holds(p org.Post) bool { return slices.Contains(s.Book.PostsOf(p.Person), p) }

// newCode is what a chair does for a new code: whoever looks after the program makes it, and
// finds the unit by its mark.
func (s *step) newCode(p org.Post) string {
	return fmt.Sprintf("{chị} nhờ người phụ trách phần mềm in tờ mã mới cho %s (%s) ạ.", s.postWords(p), p.Unit)
}

// postWords is a post as it is spoken: "chi hội trưởng Chi hội thôn Đông".
func (s *step) postWords(p org.Post) string {
	if p.Role == org.ProvinceOfficer {
		return roleWords[p.Role]
	}
	name := p.Unit
	if b, ok := s.Book.Branch(org.BranchID(p.Unit)); ok {
		name = s.named(b)
	} else if c, ok := s.Book.Commune(org.CommuneID(p.Unit)); ok {
		name = communeInSentence(c.Name)
	}
	return roleWords[p.Role] + " " + name
}

var roleWords = map[org.Role]string{org.Head: "chi hội trưởng", org.Deputy: "chi hội phó",
	org.Chair: "Chủ tịch Hội LHPN", org.ViceChair: "Phó Chủ tịch Hội LHPN", org.ProvinceOfficer: "cán bộ Hội LHPN tỉnh"}

func (s *step) confirmText(body string) {
	r := viet.ReadYesNo(body, "confirm")
	if r.Outcome == viet.Value && (r.Value == viet.Yes || r.Value == viet.No) {
		s.confirmed(r.Value == viet.Yes)
		return
	}
	s.confirmAgain("Em chưa rõ ạ.")
}

// confirmed links the contact to the person, or lets go of the code.
func (s *step) confirmed(yes bool) {
	inv, p, ok := s.invited(s.Book.InviteByHash(s.talk.Code))
	s.talk.Flow, s.talk.Code = "", ""
	if !ok || inv.UsedBy != "" || inv.Revoked || s.Now.After(inv.Expires) {
		s.greet("Mã này không còn dùng được {chị} ạ.")
		return
	}
	if !yes {
		s.talk.Tries++
		s.retire(s.talk.Prompt, "Không phải ạ.")
		told := fmt.Sprintf("Có người vừa gõ %s, rồi bảo không phải chị ấy.\nCó lẽ phát nhầm giấy. Mã vẫn còn dùng được, {chị} đưa lại cho đúng người giúp em ạ.", s.codeOf(inv))
		s.do(Audit{What: "invite_refused", By: inv.Person, Unit: inv.Post.Unit, Detail: "said not her"})
		s.say("Dạ, vậy em không ghi gì. %s", s.reportCode(inv.Post.Commune(), told, "{Chị} đưa lại tờ giấy cho Hội xã giúp em ạ."))
		return
	}
	inv.UsedBy, inv.UsedAt = s.Contact, s.Now
	s.do(SaveInvite{inv}, SaveContact{org.Contact{ID: s.Contact, Person: p.ID, LinkedAt: s.Now, LastWrote: s.Now}},
		Audit{What: "linked", By: p.ID, Unit: inv.Post.Unit, Detail: s.Contact.Channel()})
	s.retire(s.talk.Prompt, "✅ "+p.Name+", "+s.postWords(inv.Post))
	s.Me, s.talk.Prompt = &p, ""
	if c, ok := s.Book.Consent(p.ID); ok && !c.Withdrawn {
		s.welcome()
		return
	}
	s.notice("")
}

// knownCode takes a code from somebody who is known already: it is hers, or it is reported.
func (s *step) knownCode(code string) {
	if s.Now.Sub(s.talk.TriesFrom) > triesSpan {
		s.talk.Tries, s.talk.TriesFrom = 0, s.Now
	}
	inv, _, ok := s.invited(s.Book.Invite(code))
	switch {
	case s.talk.Tries >= maxTries:
		s.say("{Chị} nghỉ tay một lát rồi thử lại giúp em ạ.")
	case !ok:
		s.talk.Tries++
		s.say("Em chưa thấy mã này {chị} ạ. {Chị} xem lại 8 số giúp em nhé.")
	default:
		if words := s.refuses(inv); words != "" {
			s.talk.Tries++
			s.say("%s", words)
			return
		}
		inv.UsedBy, inv.UsedAt = s.Contact, s.Now
		s.do(SaveInvite{inv}, Audit{What: "linked", By: s.Me.ID, Unit: inv.Post.Unit, Detail: s.Contact.Channel()})
		s.say("Em ghi nhận {chị} là %s ạ.", s.postWords(inv.Post))
	}
}

// notice shows the privacy notice (domain.md 12.2).
func (s *step) notice(lead string) {
	if lead != "" {
		lead += "\n"
	}
	abroad := ""
	if n := networkOf(s.Contact.Channel()); n.abroad {
		abroad = " Tin qua " + n.name + " có đi qua máy chủ ở nước ngoài."
	}
	contact := s.Settings.Responsible
	if posts := s.Book.PostsOf(s.Me.ID); len(posts) > 0 {
		if ids := chairs(s.Book, posts[0].Commune()); len(ids) > 0 && ids[0] != s.Me.ID {
			c, _ := s.Book.Person(ids[0])
			contact += ", chị " + c.Name + " " + c.Phone
		}
	}
	text := lead + "Trước khi dùng, {chị} đọc giúp em:\n" +
		"• Em gửi tin nhắn tự động mỗi tháng. Em giữ họ tên, số điện thoại, chức vụ, " + accountWords(s.Contact) + " của {chị} và câu trả lời về chi hội, chỉ để làm báo cáo của Hội." + abroad + "\n" +
		"• Người chịu trách nhiệm: " + strings.TrimSpace(contact) + ". Cán bộ Hội xã xem được.\n" +
		"• {Chị} có quyền xem, sửa, rút lại, xóa: gõ \"xem dữ liệu\", \"rút đồng ý\", \"xóa dữ liệu\".\n" +
		"{Chị} đồng ý thì bấm hoặc gõ ĐỒNG Ý ạ."
	s.talk.Flow = "consent"
	s.talk.Prompt = s.reply(Prompt{Text: text, Options: consentOption()})
}

// consent waits for ĐỒNG Ý; nothing else is consent, and nothing else is done before it.
func (s *step) consent(e Event) {
	raw := ""
	switch e := e.(type) {
	case Press:
		if e.Data == "g:"+NoticeVersion && s.talk.Flow == "consent" {
			s.agreed("[ĐỒNG Ý]")
			return
		}
	case Text:
		raw = e.Body
	case Unreadable:
		if s.talk.Flow == "consent" { // she has it before her
			s.reply(Prompt{Text: sorry(e.Kind) + " {Chị} đồng ý thì bấm hoặc gõ ĐỒNG Ý giúp em nhé.", Options: consentOption()})
		} else {
			s.notice(sorry(e.Kind))
		}
		return
	}
	if s.rightsUnagreed(e) {
		return
	}
	if code, ok := startCode(raw); ok {
		if code != "" {
			s.knownCode(code)
		}
		s.notice("")
		return
	}
	first := s.talk.Flow != "consent"
	switch {
	case !first && viet.Consents(raw):
		s.agreed(raw)
	case first:
		s.notice("")
	case viet.ReadYesNo(raw, "consent_notice").Value == viet.No, strings.Contains(viet.Fold(raw), "dung nhan"):
		s.say("Dạ, em tôn trọng ý {chị}, em không hỏi và không nhắn gì thêm. Khi nào đổi ý, {chị} gõ ĐỒNG Ý là được ạ.")
	case strings.HasPrefix(viet.Fold(raw), "rut dong y"):
		s.say("Dạ, {chị} chưa đồng ý nên em không nhắn gì thêm ạ. Muốn em xóa tên và số của {chị}, {chị} gõ \"xóa dữ liệu\" nhé.")
	default:
		s.reply(Prompt{Text: "Em cần {chị} bấm hoặc gõ đúng hai chữ ĐỒNG Ý thì mình mới bắt đầu được ạ.", Options: consentOption()})
	}
}

func consentOption() []Option {
	return []Option{{Label: "ĐỒNG Ý", Data: "g:" + NoticeVersion, Say: "ĐỒNG Ý"}}
}

func (s *step) agreed(raw string) {
	s.do(SaveConsent{org.Consent{Person: s.Me.ID, Notice: NoticeVersion, At: s.Now, Channel: s.Contact.Channel(), Raw: brief(raw)}},
		Audit{What: "consent", By: s.Me.ID, Detail: NoticeVersion})
	s.retire(s.talk.Prompt, "✅ {Chị} đã đồng ý ngày "+org.Day(s.Now)+". Xem lại lúc nào cũng được: gõ \"xem dữ liệu\".")
	s.talk.Flow, s.talk.Prompt = "", ""
	s.welcome()
}

// welcome greets somebody who has just become known, with what she can do now.
func (s *step) welcome() {
	s.talk.Flow = ""
	s.menu(fmt.Sprintf("Em chào {chị} %s! Từ nay {chị} nhắn cho em ở đây ạ.", givenName(s.Me.Name)))
}

// startCode reads "/start" and the code a deep link brought with it.
func startCode(body string) (code string, ok bool) {
	body = strings.TrimSpace(body)
	rest, ok := strings.CutPrefix(body, "/start")
	if !ok || rest != "" && rest[0] != ' ' && rest[0] != '@' {
		return "", false
	}
	if i := strings.IndexByte(rest, ' '); i >= 0 {
		rest = rest[i:]
	}
	return strings.TrimSpace(strings.TrimLeft(rest, "@")), true
}

// codeIn finds the eight digits of a code, however they are spaced, and counts digits. The
// digits of a sentence, "tháng 10 họp 12/10 có 30 chị", are none.
func codeIn(body string) (code string, digits int) {
	var b strings.Builder
	words := false // since the first digit
	for _, r := range body {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune('0' + r - '０')
		case unicode.IsLetter(r) && b.Len() > 0:
			words = true
			continue
		default:
			continue
		}
		if b.Len() > 12 || words {
			return "", b.Len()
		}
	}
	if b.Len() == 8 {
		return b.String(), 8
	}
	return "", b.Len()
}

func short(hash string) string { return hash[:min(8, len(hash))] }

// onlyLink reports text that is nothing but a web address.
func onlyLink(body string) bool {
	words := strings.Fields(body)
	return len(words) == 1 && (strings.HasPrefix(words[0], "http://") || strings.HasPrefix(words[0], "https://"))
}

// sorry thanks for something that can't be read.
func sorry(kind string) string {
	switch kind {
	case "voice":
		return "Em cảm ơn {chị}, nhưng em chưa nghe được tin thoại."
	case "photo", "video":
		return "Em cảm ơn {chị}, nhưng em chưa xem được ảnh và không giữ ảnh nào."
	case "sticker":
		return "Dạ em nhận được hình dán rồi ạ."
	case "link":
		return "Em cảm ơn {chị}, nhưng em chưa mở được đường dẫn."
	}
	return "Em cảm ơn {chị}, nhưng tin này em chưa đọc được."
}
