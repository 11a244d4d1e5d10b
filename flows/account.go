package flows

import (
	"fmt"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// menu says what she can do now; lead is a line before it.
func (s *step) menu(lead string) {
	var o []Option
	text := ""
	for _, d := range s.duties() {
		if d.period.Month == "" {
			continue
		}
		inst := newInstance(d.branch.ID, d.period.Month, 0)
		name := ""
		if len(s.duties()) > 1 {
			name = " " + shortBranch(d.branch.Name)
		}
		switch {
		case d.open && !d.sent:
			verb := "Báo cáo "
			if dr, ok := s.Book.Draft(d.branch.ID, d.period.Month); ok && dr.Begun() {
				verb = "Làm tiếp "
			}
			o = append(o, Option{Label: verb + d.period.Month.Label() + name, Data: "s:" + inst})
		case d.sent:
			o = append(o, Option{Label: "Xem báo cáo " + d.period.Month.Label() + name, Data: "w:" + inst})
		}
	}
	if s.isChair() {
		o = append(o, Option{Label: "Tình hình", Data: "t:"})
	}
	o = append(o, Option{Label: "Trợ giúp", Data: "m:help"})
	switch {
	case len(o) > 1:
		text = "{Chị} chọn giúp em nhé:"
	case len(s.duties()) > 0:
		text = s.notOpen(s.duties()[0])
	default:
		text = "{Chị} cần gì cứ nhắn em ạ."
	}
	if lead != "" {
		text = lead + "\n" + text
	}
	s.offer(text, o)
}

func (s *step) menuPress(what string) {
	if what == "help" {
		s.manual()
		return
	}
	s.menu("")
}

// manual is the help outside a check-in.
func (s *step) manual() {
	text := "{Chị} nhắn cho em mấy chữ này là được ạ:\n• báo cáo: làm điểm danh tháng\n• xem lại, sửa 3: xem hoặc sửa báo cáo\n• gọi lại: nhờ chị Chủ tịch gọi\n• xem dữ liệu: em đang giữ gì của {chị}"
	if s.isChair() {
		text += "\n• tình hình, ai chưa gửi, chi hội 3, cần hỗ trợ: xem việc của xã"
	}
	s.say("%s", text)
}

// account answers the rights commands (domain.md 12.4).
func (s *step) account(c viet.CommandName) {
	switch c {
	case viet.MyData:
		s.myData()
	case viet.Withdraw, viet.Erase:
		s.talk.Asking = string(c)
		text := "Rút đồng ý thì em ngừng nhắn tin cho {chị} ngay. {Chị} chắc chưa ạ?"
		if c == viet.Erase {
			text = "Em sẽ ngừng nhắn tin và chuyển yêu cầu xóa tên, số điện thoại của {chị} tới Hội xã, xong trong 20 ngày. Số liệu chi hội vẫn ở lại. {Chị} chắc chưa ạ?"
		}
		s.offer(text, []Option{{Label: "Chắc rồi", Data: "y:" + string(c)}, {Label: "Thôi", Data: "y:no"}})
	}
}

func (s *step) myData() {
	lines := []string{"Em đang giữ của {chị}:", "• Họ tên: " + s.Me.Name}
	if s.Me.Phone != "" {
		lines = append(lines, "• Điện thoại: "+s.Me.MaskedPhone())
	}
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		lines = append(lines, "• Chức vụ: "+s.postWords(p))
	}
	var nets []string
	for _, c := range s.Book.Contacts(s.Me.ID) {
		nets = append(nets, c.ID.Channel())
	}
	lines = append(lines, "• Địa chỉ chat: "+strings.Join(nets, ", "))
	if c, ok := s.Book.Consent(s.Me.ID); ok {
		lines = append(lines, fmt.Sprintf("• Đồng ý ngày %s, bản %s", org.Day(c.At), c.Notice))
	}
	lines = append(lines, "Và các báo cáo {chị} gửi cho chi hội. Sai chỗ nào {chị} nhắn Hội xã sửa giúp ạ.")
	s.say("%s", strings.Join(lines, "\n"))
}

// asked takes the answer to a question asked before something that can't be undone at a tap.
func (s *step) asked(body string) bool {
	c := s.talk.Asking
	data, ok := s.picked(body)
	if !ok {
		switch viet.ReadYesNo(body, "confirm").Value {
		case viet.Yes:
			data = "y:" + c
		case viet.No:
			data = "y:no"
		default:
			return false
		}
	}
	return s.askedPress(strings.TrimPrefix(data, "y:"))
}

func (s *step) askedPress(what string) bool {
	c := s.talk.Asking
	s.talk.Asking, s.talk.Offer = "", nil
	switch {
	case c == "":
		return false
	case what == "no":
		s.say("Dạ vâng, mọi thứ vẫn như cũ ạ.")
	case what == c && c == "call":
		s.callMe()
	case what == c && c == "alarm":
		if d := s.duties(); len(d) > 0 {
			s.alarm(d[0].branch)
		}
	case what == c:
		s.leaveUs(c)
	default:
		return false
	}
	return true
}

// leaveUs withdraws consent: messages stop at once, and the chair learns that she does not
// use the bot, not why (domain.md 12.4). An erasure is passed on with its deadline.
func (s *step) leaveUs(c string) {
	s.do(SaveConsent{org.Consent{Person: s.Me.ID, Notice: NoticeVersion, At: s.Now, Channel: s.Contact.Channel(), Raw: c, Withdrawn: true}},
		Audit{What: c, By: s.Me.ID})
	told := map[org.CommuneID]bool{}
	for _, d := range s.duties() {
		if d.period.Month != "" {
			s.do(Cancel{ReminderPrefix(d.branch.ID, d.period.Month)})
		}
		if id := d.branch.ID.Commune(); !told[id] {
			told[id] = true
			text := fmt.Sprintf("Chị %s (%s) không dùng bot nữa.", s.Me.Name, d.branch.Name)
			if c == string(viet.Erase) {
				text += fmt.Sprintf(" Chị ấy xin xóa dữ liệu cá nhân, hạn %s.", org.Day(s.Now.AddDate(0, 0, 20)))
			}
			s.tellChairs(id, Prompt{Text: text}, false)
		}
	}
	s.talk = Talk{}
	s.say("Dạ, em đã ghi nhận ngày %s. Em không nhắn gì thêm nữa. Khi nào cần, {chị} nhắn em một tin là mình bắt đầu lại ạ.", org.Day(s.Now))
}

func alarmQuestion(set *Settings) string {
	return fmt.Sprintf("{Chị} cần em báo chị Chủ tịch gọi {chị} ngay không ạ? Nếu nguy hiểm, {chị} gọi %s trước nhé.", set.Emergency)
}

// askAlarm makes sure before the chair is called about violence.
func (s *step) askAlarm() {
	s.talk.Asking = "alarm"
	s.offer(alarmQuestion(s.Settings),
		[]Option{{Label: "Cần gọi ngay", Data: "y:alarm"}, {Label: "Không cần", Data: "y:no"}})
}
