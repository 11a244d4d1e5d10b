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
			name = " " + s.brief(d.branch)
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

// manual is the help outside a check-in: what she can do, and only that. A chair's own
// matters come first.
func (s *step) manual() {
	lines := []string{"{Chị} nhắn cho em mấy chữ này là được ạ:"}
	if all := s.chaired(); len(all) > 0 {
		lines = append(lines, "• tình hình: ai gửi rồi, ai chưa", "• ai chưa gửi: kèm số điện thoại để gọi",
			"• cần hỗ trợ: xem và nhận việc các chi hội nhờ")
		if list := s.branches(all[0]); len(list) > 0 {
			lines = append(lines, "• "+lower(shortBranch(list[0].Name))+": gõ tên chi hội nào, em mở chi hội ấy")
		}
	}
	if len(s.duties()) > 0 {
		lines = append(lines, "• báo cáo: làm điểm danh tháng", "• xem lại, sửa 3: xem hoặc sửa báo cáo", "• gọi lại: nhờ chị Chủ tịch gọi")
	}
	s.say("%s", strings.Join(append(lines, "• xem dữ liệu: em đang giữ gì của {chị}"), "\n"))
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
		nets = append(nets, accountWords(c.ID))
	}
	lines = append(lines, "• Nhắn tin với em qua: "+strings.Join(nets, ", "))
	if c, ok := s.Book.Consent(s.Me.ID); ok {
		lines = append(lines, fmt.Sprintf("• {Chị} đồng ý ngày %s (lời báo bản %s)", org.Day(c.At), c.Notice))
	}
	lines = append(lines, "Và các báo cáo {chị} gửi cho chi hội. Sai chỗ nào {chị} nhắn Hội xã sửa giúp ạ.")
	s.say("%s", strings.Join(lines, "\n"))
}

// accountWords is an address as she would call it: "tài khoản Telegram".
func accountWords(c org.ContactID) string {
	switch ch := c.Channel(); {
	case ch == "telegram":
		return "tài khoản Telegram"
	case ch == "zalo" || strings.HasPrefix(ch, "zalo-"):
		return "tài khoản Zalo"
	}
	return "máy này"
}

// asked takes the answer to a question asked before something that can't be undone at a
// tap, or before the chair is told; false when it is none.
func (s *step) asked(body string) bool {
	c := s.talk.Asking
	data, ok := s.picked(body)
	if c == asksAlarm && (violent(body) || strings.Contains(viet.Fold(body), "cong an")) {
		data, ok = "y:"+c, true
	}
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
	what, key, _ := strings.Cut(what, ":")
	if c == "" || what != "no" && what != c {
		return false
	}
	s.talk.Asking, s.talk.Offer, s.talk.Misses = "", nil, 0
	switch {
	case what == "no":
		s.say("Dạ vâng, mọi thứ vẫn như cũ ạ.")
	case what == asksCall || what == asksAlarm:
		b, ok := s.ownBranch(key)
		if !ok { // a yes, but about which of her branches?
			s.askAgain(c)
			return true
		}
		if what == asksCall {
			s.callMe(b)
		} else {
			s.alarm(b)
		}
	default:
		s.leaveUs(c)
	}
	return true
}

// Questions asked outside a check-in before the chair is told; withdrawal and erasure are
// asked about by their commands.
const (
	asksCall  = "call"
	asksAlarm = "alarm"
)

// ownBranch finds her branch by the key on a button; without one it is her only branch.
func (s *step) ownBranch(key string) (org.Branch, bool) {
	all := s.duties()
	for _, d := range all {
		if unitKey(string(d.branch.ID)) == key || key == "" && len(all) == 1 {
			return d.branch, true
		}
	}
	return org.Branch{}, false
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
			text := fmt.Sprintf("Chị %s (%s) không dùng bot nữa.", s.Me.Name, s.named(d.branch))
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
	s.askAbout(asksAlarm, alarmQuestion(s.Settings), "Cần gọi ngay", "Không cần")
}

// askCall makes sure before the chair is asked to call; whoever has several branches says
// about which.
func (s *step) askCall() {
	s.askAbout(asksCall, "{Chị} cần Hội xã giúp thì em nhắn chị Chủ tịch gọi cho {chị} nhé?", "Gọi cho tôi", "Thôi")
}

// wantsCall is for "gọi lại": at once where it is plain about which branch.
func (s *step) wantsCall() {
	switch all := s.duties(); len(all) {
	case 0:
		s.say("{Chị} gọi giúp em cán bộ Hội cấp trên nhé.")
	case 1:
		s.callMe(all[0].branch)
	default:
		s.askCall()
	}
}

// puzzled asks once more what was asked and not understood, else says what she can do.
func (s *step) puzzled() {
	if s.talk.Asking != "" && s.talk.Misses < 2 {
		s.talk.Misses++
		s.askAgain(s.talk.Asking)
		return
	}
	s.menu("Em chưa hiểu ý {chị}.")
}

func (s *step) askAgain(what string) {
	switch what {
	case asksAlarm:
		s.askAlarm()
	case asksCall:
		s.askCall()
	default:
		s.account(viet.CommandName(what))
	}
}

func (s *step) askAbout(what, question, yes, no string) {
	s.talk.Asking = what
	var o []Option
	all := s.duties()
	for _, d := range all[:min(len(all), maxChoices-1)] {
		label := yes
		if len(all) > 1 {
			label += ": " + s.brief(d.branch)
		}
		o = append(o, Option{Label: label, Data: "y:" + what + ":" + unitKey(string(d.branch.ID))})
	}
	s.offer(question, append(o, Option{Label: no, Data: "y:no"}))
}
