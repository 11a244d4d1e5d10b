package flows

import (
	"fmt"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

const (
	maxTries  = 5 // wrong codes per contact in triesSpan
	triesSpan = time.Hour
	// NoticeVersion names the wording of the privacy notice; a new wording gets a new one.
	NoticeVersion = "2026-11"
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
		s.greet(sorry(e.Kind))
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
	inv, ok := s.Book.Invite(code)
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
	p, _ := s.Book.Person(inv.Person)
	s.talk.Flow, s.talk.Code = "register", inv.Hash
	s.talk.Prompt = s.reply(Prompt{
		Text: fmt.Sprintf("{Chị} là %s, %s%s, phải không ạ?", p.Name, s.postWords(inv.Post), phoneWords(p)),
		Options: []Option{{Label: "Đúng rồi", Data: "r:yes:" + short(inv.Hash), Say: "1"},
			{Label: "Không phải", Data: "r:no:" + short(inv.Hash), Say: "2"}},
	})
}

func phoneWords(p org.Person) string {
	if p.MaskedPhone() == "" {
		return ""
	}
	return ", điện thoại " + p.MaskedPhone()
}

// refuses says why a code can't be used, and reports it to the chair.
func (s *step) refuses(inv org.Invite) string {
	p, _ := s.Book.Person(inv.Person)
	why, words := "", ""
	switch {
	case s.Me != nil && s.Me.ID != inv.Person:
		why, words = "bị gõ từ máy của người khác", "Mã này là của người khác {chị} ạ. Em báo chị Chủ tịch xem lại."
	case inv.UsedBy == s.Contact && inv.UsedBy != "":
		return "Mã này {chị} dùng rồi, không cần gõ lại ạ. {Chị} gõ \"báo cáo\" để bắt đầu."
	case inv.UsedBy != "":
		why, words = "đã dùng rồi mà có người gõ lại từ máy khác", "Mã này đã có người dùng rồi {chị} ạ. Em báo chị Chủ tịch cấp mã mới cho {chị}."
	case inv.Revoked || s.Now.After(inv.Expires):
		why, words = "đã hết hạn, chị ấy cần mã mới", "Mã này hết hạn rồi {chị} ạ. Em báo chị Chủ tịch cấp mã mới cho {chị}."
	default:
		return ""
	}
	s.tellChairs(inv.Post.Commune(), Prompt{Text: fmt.Sprintf("Mã của chị %s (%s) %s.", p.Name, s.postWords(inv.Post), why)}, false)
	s.do(Audit{What: "invite_refused", By: inv.Person, Unit: inv.Post.Unit, Detail: why})
	return words
}

// postWords is a post as it is spoken: "chi hội trưởng Chi hội thôn Đông".
func (s *step) postWords(p org.Post) string {
	name := p.Unit
	if b, ok := s.Book.Branch(org.BranchID(p.Unit)); ok {
		name = s.named(b)
	} else if c, ok := s.Book.Commune(org.CommuneID(p.Unit)); ok {
		name = c.Name
	}
	return roleWords[p.Role] + " " + name
}

var roleWords = map[org.Role]string{org.Head: "chi hội trưởng", org.Deputy: "chi hội phó",
	org.Chair: "Chủ tịch Hội LHPN", org.ViceChair: "Phó Chủ tịch Hội LHPN"}

func (s *step) confirmText(body string) {
	r := viet.ReadYesNo(body, "confirm")
	if r.Outcome == viet.Value && (r.Value == viet.Yes || r.Value == viet.No) {
		s.confirmed(r.Value == viet.Yes)
		return
	}
	s.say("{Chị} trả lời giúp em: 1. Đúng rồi, 2. Không phải ạ.")
}

// confirmed links the contact to the person, or lets go of the code.
func (s *step) confirmed(yes bool) {
	inv, ok := s.Book.InviteByHash(s.talk.Code)
	s.talk.Flow, s.talk.Code = "", ""
	if !ok || inv.UsedBy != "" || inv.Revoked || s.Now.After(inv.Expires) {
		s.greet("Mã này không còn dùng được {chị} ạ.")
		return
	}
	p, _ := s.Book.Person(inv.Person)
	if !yes {
		s.talk.Tries++
		s.retire(s.talk.Prompt, "Không phải ạ.")
		s.tellChairs(inv.Post.Commune(), Prompt{Text: fmt.Sprintf("Mã của chị %s (%s) có người gõ nhưng nói không phải chị ấy.", p.Name, s.postWords(inv.Post))}, false)
		s.do(Audit{What: "invite_refused", By: inv.Person, Unit: inv.Post.Unit, Detail: "said not her"})
		s.say("Dạ, vậy em không ghi gì. {Chị} giữ giúp em tờ giấy, em báo chị Chủ tịch xem lại ạ.")
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
	inv, ok := s.Book.Invite(code)
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
	if s.Contact.Channel() == "telegram" {
		abroad = " Tin qua Telegram có đi qua máy chủ ở nước ngoài."
	}
	contact := s.Settings.Responsible
	if posts := s.Book.PostsOf(s.Me.ID); len(posts) > 0 {
		if ids := chairs(s.Book, posts[0].Commune()); len(ids) > 0 && ids[0] != s.Me.ID {
			c, _ := s.Book.Person(ids[0])
			contact += ", chị " + c.Name + " " + c.Phone
		}
	}
	text := lead + "Trước khi dùng, {chị} đọc giúp em:\n" +
		"• Em gửi tin nhắn tự động mỗi tháng. Em giữ họ tên, số điện thoại, chức vụ, địa chỉ chat của {chị} và câu trả lời về chi hội, chỉ để làm báo cáo của Hội." + abroad + "\n" +
		"• Người chịu trách nhiệm: " + strings.TrimSpace(contact) + ". Cán bộ Hội xã xem được.\n" +
		"• {Chị} có quyền xem, sửa, rút lại, xóa: gõ \"xem dữ liệu\", \"rút đồng ý\", \"xóa dữ liệu\".\n" +
		"{Chị} đồng ý thì bấm hoặc gõ ĐỒNG Ý ạ."
	s.talk.Flow = "consent"
	s.talk.Prompt = s.reply(Prompt{Text: text, Options: []Option{{Label: "ĐỒNG Ý", Data: "g:" + NoticeVersion, Say: "ĐỒNG Ý"}}})
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
		s.notice(sorry(e.Kind))
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
	case viet.ReadYesNo(raw, "consent_notice").Value == viet.No:
		s.say("Dạ, em tôn trọng ý {chị}, em không hỏi và không nhắn gì thêm. Khi nào đổi ý, {chị} gõ ĐỒNG Ý là được ạ.")
	case strings.HasPrefix(viet.Fold(raw), "xoa du lieu"), strings.HasPrefix(viet.Fold(raw), "rut dong y"):
		s.say("Dạ, {chị} chưa đồng ý nên em chưa dùng dữ liệu nào của {chị} ạ. Cần xóa hẳn, {chị} nhắn Hội xã giúp em.")
	default:
		s.reply(Prompt{Text: "Em cần {chị} bấm hoặc gõ đúng hai chữ ĐỒNG Ý thì mình mới bắt đầu được ạ.",
			Options: []Option{{Label: "ĐỒNG Ý", Data: "g:" + NoticeVersion, Say: "ĐỒNG Ý"}}})
	}
}

func (s *step) agreed(raw string) {
	if len(raw) > 200 {
		raw = strings.ToValidUTF8(raw[:200], "")
	}
	s.do(SaveConsent{org.Consent{Person: s.Me.ID, Notice: NoticeVersion, At: s.Now, Channel: s.Contact.Channel(), Raw: raw}},
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

// codeIn finds the eight digits of a code, however they are spaced, and counts digits.
func codeIn(body string) (code string, digits int) {
	var b strings.Builder
	for _, r := range body {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune('0' + r - '０')
		}
		if b.Len() > 12 {
			return "", b.Len()
		}
	}
	if b.Len() == 8 {
		return b.String(), 8
	}
	return "", b.Len()
}

func short(hash string) string { return hash[:min(8, len(hash))] }

// sorry thanks for something that can't be read.
func sorry(kind string) string {
	switch kind {
	case "voice":
		return "Em cảm ơn {chị}, nhưng em chưa nghe được tin thoại."
	case "photo", "video":
		return "Em cảm ơn {chị}, nhưng em chưa xem được ảnh và không giữ ảnh nào."
	case "sticker":
		return "Dạ em nhận được hình dán rồi ạ."
	}
	return "Em cảm ơn {chị}, nhưng tin này em chưa đọc được."
}
