package flows

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// askingSpan is how long a question before what can't be undone waits for its answer: a
// "vâng" of next week answers something else.
const askingSpan = time.Hour

// asking notes what she is asked about her data, so that her next words are read as the answer.
func (s *step) asking(what string) {
	s.talk.Asking, s.talk.AskedAt = what, s.Now
}

// overdue reports whether she was asked about her data, too long ago.
func (s *step) overdue() bool {
	return slices.Contains([]string{string(viet.Withdraw), string(viet.Erase), fixName, fixPhone}, s.talk.Asking) &&
		s.Now.Sub(s.talk.AskedAt) > askingSpan
}

// account answers the rights commands (domain.md 12.4).
func (s *step) account(c viet.CommandName) {
	switch c {
	case viet.MyData:
		s.myData()
	case viet.Withdraw:
		s.asking(string(c))
		s.offer("Rút đồng ý thì em ngừng nhắn tin cho {chị} ngay. {Chị} chắc chưa ạ?",
			[]Option{{Label: "Chắc rồi", Data: "y:" + string(c)}, {Label: "Thôi", Data: "y:no"}})
	case viet.Erase:
		s.asking(string(c))
		s.offer("Em sẽ xóa họ tên, số điện thoại, địa chỉ chat và những lời {chị} nhắn nhờ giúp; không lấy lại được.\n"+
			"Số liệu chi hội vẫn ở lại, không kèm tên {chị}. {Chị} chắc chưa ạ?",
			[]Option{{Label: "Xóa giúp tôi", Data: "y:" + string(c)}, {Label: "Thôi", Data: "y:no"}})
	}
}

// myData tells everything that is kept about her (domain.md 12.1), and offers to correct it.
func (s *step) myData() {
	lines := []string{"Em đang giữ của {chị}:", "• Họ tên: " + s.Me.Name}
	if s.Me.Phone != "" {
		lines = append(lines, "• Điện thoại: "+s.Me.Phone)
	}
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		lines = append(lines, "• Chức vụ: "+s.postWords(p))
	}
	for _, c := range s.Book.Contacts(s.Me.ID) {
		lines = append(lines, fmt.Sprintf("• Nhắn tin với em qua: %s, từ ngày %s", accountWords(c.ID), s.day(c.LinkedAt)))
	}
	agreed, ok := s.Book.Consent(s.Me.ID)
	switch {
	case ok && agreed.Withdrawn:
		lines = append(lines, fmt.Sprintf("• {Chị} rút đồng ý ngày %s", s.day(agreed.At)))
	case ok:
		lines = append(lines, fmt.Sprintf("• {Chị} đồng ý ngày %s (lời báo bản %s)", s.day(agreed.At), agreed.Notice))
	}
	lines = append(lines, s.myWork()...)
	lines = append(lines, "Cán bộ Hội xã xem được. Sai thì {chị} bấm sửa; gõ \"rút đồng ý\" hay \"xóa dữ liệu\" lúc nào cũng được ạ.")
	text := strings.Join(lines, "\n")
	if !ok || agreed.Withdrawn { // nothing is taken in from her now, so nothing is offered
		s.say("%s", text)
		return
	}
	s.offer(text, append([]Option{{Label: "Sửa họ tên", Data: "d:name"}, {Label: "Sửa số điện thoại", Data: "d:phone"}}, s.todo()...))
}

// myWork tells what there is of reports and of her calls for help.
func (s *step) myWork() (lines []string) {
	for _, d := range s.duties() {
		lines = append(lines, fmt.Sprintf("• Báo cáo của %s, câu nào {chị} trả lời thì ghi là {chị}", s.named(d.branch)))
		for _, r := range s.Book.Requests(d.branch.ID.Commune()) {
			if r.By != s.Me.ID || r.Branch != d.branch.ID {
				continue
			}
			line := fmt.Sprintf("• Nhờ giúp ngày %s", s.day(r.At))
			if r.Text != "" {
				line += ": \"" + r.Text + "\""
			}
			lines = append(lines, line)
		}
	}
	for _, c := range s.ownCommunes() {
		lines = append(lines, s.myNews(c)...)
	}
	return append(lines, "• Nhật ký: ngày giờ ghi danh, gửi, xem; không chép lời {chị}")
}

// myNews tells what announcements keep of her: her answers, and whether she may be named.
func (s *step) myNews(c org.CommuneID) (lines []string) {
	for _, a := range s.Book.Announcements(c) {
		if n, ok := s.Book.Naming(c, a.ID); ok && n.Person == s.Me.ID && !n.Answered.IsZero() {
			lines = append(lines, fmt.Sprintf("• {Chị} %s trong tin “%s”, ngày %s", either(n.Agreed, "đồng ý nêu tên", "xin không nêu tên"), headline(a, 30), s.day(n.Answered)))
		}
		for _, r := range s.Book.Responses(c, a.ID) {
			if r.Person == s.Me.ID {
				lines = append(lines, fmt.Sprintf("• {Chị} trả lời tin “%s”, ngày %s", headline(a, 30), s.day(r.At)))
			}
		}
	}
	return lines
}

// rightsUnagreed answers the rights that she has whether she has agreed or not: to see and
// to have erased what the roster says of her. True when it did.
func (s *step) rightsUnagreed(e Event) bool {
	switch e := e.(type) {
	case Press:
		what, ok := strings.CutPrefix(e.Data, "y:")
		return ok && s.askedPress(what, s.tapped(e.Data))
	case Text:
		if viet.Consents(e.Body) { // it answers the notice and nothing else
			return false
		}
		if s.talk.Asking != "" && s.asked(e.Body) {
			return true
		}
		c := viet.ReadCommand(e.Body, "idle")
		if c.Outcome == viet.Value && (c.Value.Name == viet.MyData || c.Value.Name == viet.Erase) {
			s.account(c.Value.Name)
			return true
		}
	}
	return false
}

// leaveUs withdraws her consent: messages stop at once, and the chair learns that she does
// not use the bot, not why (domain.md 12.4). raw is what she said to it.
func (s *step) leaveUs(raw string) {
	s.withdrawn(raw)
	s.do(Audit{What: string(viet.Withdraw), By: s.Me.ID})
	s.tellMine(fmt.Sprintf("Chị %s (%s) không dùng bot nữa.", s.Me.Name, s.whereFrom()))
	s.say("Dạ, em đã ghi nhận ngày %s. Em không nhắn gì thêm nữa. Khi nào cần, {chị} nhắn em một tin là mình bắt đầu lại ạ.", org.Day(s.Now))
}

// eraseMe has all that is known of her erased (domain.md 12.5). Her posts are vacant from
// now on; her name is in nothing that is said or noted about it.
func (s *step) eraseMe(raw string) {
	s.withdrawn(raw)
	units := map[org.CommuneID][]string{}
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		units[p.Commune()] = append(units[p.Commune()], s.postWords(p))
	}
	for _, id := range slices.Sorted(maps.Keys(units)) {
		s.do(Audit{What: string(viet.Erase), Unit: string(id)})
		s.tellChairs(id, Prompt{Text: fmt.Sprintf("%s không dùng bot nữa, chức vụ này đang trống. {Chị} bỏ tên chị ấy trong danh sách và cử người thay giúp em ạ.",
			upperFirst(strings.Join(units[id], ", ")))}, false)
	}
	s.say("Dạ, em đã xóa dữ liệu của {chị} hôm nay, %s; bản sao lưu cũ hết hẳn trong 30 ngày.\nEm cảm ơn {chị} thời gian qua. Muốn dùng lại, {chị} xin Hội xã mã mới ạ.", org.Day(s.Now))
	s.do(Erase{s.Me.ID})
}

// withdrawn records that consent was taken back and drops what was to be sent to her.
func (s *step) withdrawn(raw string) {
	s.do(SaveConsent{org.Consent{Person: s.Me.ID, Notice: NoticeVersion, At: s.Now, Channel: s.Contact.Channel(), Raw: brief(raw), Withdrawn: true}})
	for _, d := range s.duties() {
		if d.period.Month != "" {
			s.do(Cancel{ReminderPrefix(d.branch.ID, d.period.Month), notUsing})
		}
	}
	s.talk = Talk{}
}

// brief keeps what she said to the notice, at most 200 bytes of it.
func brief(raw string) string {
	if len(raw) > 200 {
		raw = strings.ToValidUTF8(raw[:200], "")
	}
	return raw
}

// unitName is the branch or commune of a post.
func (s *step) unitName(p org.Post) string {
	if b, ok := s.Book.Branch(p.Branch()); ok {
		return s.named(b)
	}
	c, _ := s.Book.Commune(p.Commune())
	return c.Name
}

// day writes a stored instant as its day here.
func (s *step) day(t time.Time) string { return org.Day(t.In(s.Now.Location())) }
