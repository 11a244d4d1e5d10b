package flows

import (
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// menu says what she can do now; lead is a line before it.
func (s *step) menu(lead string) {
	o := append(s.todo(), Option{Label: "Trợ giúp", Data: "m:help"})
	text := ""
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

// todo are the choices of what there is to do now.
func (s *step) todo() (o []Option) {
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
		for _, c := range s.chaired() {
			if n := len(s.openRequests(c)); n > 0 {
				o = append(o, Option{Label: fmt.Sprintf("Việc cần hỗ trợ (%d)", n), Data: "t:" + unitKey(string(c)) + ":r1"})
			}
		}
	}
	if s.oversees() {
		o = append(o, Option{Label: "Số chung các xã", Data: "g:0"})
	}
	return o
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
		lines = append(lines, "• tình hình: ai gửi rồi, ai chưa", "• ai chưa gửi: kèm số điện thoại để gọi", "• tóm tắt, tháng trước, hội viên, cặp 1+1: các con số", "• nhắc: em nhắc những chi hội chưa gửi",
			"• cần hỗ trợ: xem và nhận việc các chi hội nhờ", "• nhắc 3, hỏi lại 3, gọi 3: làm với chi hội số 3", "• thông báo: báo tin vào nhóm hay riêng các chi hội",
			"• xuất: hình, bảng tính, báo cáo Word của một kỳ")
		if s.accepts() {
			lines = append(lines, "• chờ xem: báo cáo chờ {chị} xem rồi nhận")
		}
		if list := s.branches(all[0]); len(list) > 0 {
			lines = append(lines, "• "+lower(shortBranch(list[0].Name))+": gõ tên chi hội nào, em mở chi hội ấy")
		}
		lines = append(lines, "• nhóm: nhóm chung của xã, thêm hoặc bỏ")
	}
	if s.oversees() {
		lines = append(lines, "• tình hình: số chung các xã")
	}
	if len(s.duties()) > 0 {
		lines = append(lines, "• báo cáo: làm điểm danh tháng", "• xem lại, sửa 3: xem hoặc sửa báo cáo", "• gọi lại: nhờ chị Chủ tịch gọi")
	}
	s.say("%s", strings.Join(append(lines, "• xem dữ liệu: em đang giữ gì của {chị}"), "\n"))
}

// wantsOne reads a reply to whether the chair shall call: one of her branches by name, and
// where there may be danger any word for it.
func (s *step) wantsOne(what, body string) (data string, ok bool) {
	t := withoutCourtesy(body)
	for _, d := range s.duties() {
		if s.called(d.branch, body) {
			return "y:" + what + ":" + unitKey(string(d.branch.ID)), true
		}
	}
	danger := violent(body) || strings.Contains(t, "cong an") || strings.HasPrefix(t, "can") || strings.Contains(t, "goi") && !strings.Contains(t, "khong")
	return "y:" + what, what == asksAlarm && danger
}

// asked takes the answer to a question asked before something that can't be undone at a
// tap, or before the chair is told; false when it is none.
func (s *step) asked(body string) bool {
	c := s.talk.Asking
	if s.overdue() {
		return false
	}
	if (c == fixName || c == fixPhone) && s.talk.Given == "" {
		return s.fixText(body)
	}
	data, ok := s.picked(body)
	if !ok && (c == asksAlarm || c == asksCall) {
		data, ok = s.wantsOne(c, body)
	}
	if !ok {
		switch r := viet.ReadYesNo(body, "confirm"); {
		case r.Value == viet.Yes:
			data = "y:" + c
		case r.Value == viet.No, c == "erase" && viet.Asks(body): // who asks is not sure: nothing is erased, nor on her next "ok"
			data = "y:no"
		default:
			return (c == fixName || c == fixPhone) && s.fixText(body) // another try at it
		}
	}
	return s.askedPress(strings.TrimPrefix(data, "y:"), body)
}

// tapped is a button of the last offer as its label, for what is kept of her words.
func (s *step) tapped(data string) string {
	for _, o := range s.talk.Offer {
		if o.Data == data {
			return "[" + o.Label + "]"
		}
	}
	return "[" + data + "]"
}

// askedPress takes the choice she made; raw is how she said it.
func (s *step) askedPress(what, raw string) bool {
	c, given := s.talk.Asking, s.talk.Given
	what, key, _ := strings.Cut(what, ":")
	if c == "" || what != "no" && what != c || s.overdue() {
		return false
	}
	s.talk.Asking, s.talk.Given, s.talk.Offer, s.talk.Misses = "", "", nil, 0
	switch {
	case what == "no":
		s.say("Dạ vâng, mọi thứ vẫn như cũ ạ.")
	case what == asksCall || what == asksAlarm:
		s.callAbout(what, s.ownBranches(key))
	case what == string(viet.Withdraw):
		s.leaveUs(raw)
	case what == string(viet.Erase):
		s.eraseMe(raw)
	default:
		s.fixed(c, given)
	}
	return true
}

// Questions asked outside a check-in before the chair is told; withdrawal and erasure are
// asked about by their commands.
const (
	asksCall  = "call"
	asksAlarm = "alarm"
)

// ownBranches finds her branch by the key on a button; without one it may be any of hers.
func (s *step) ownBranches(key string) (list []org.Branch) {
	for _, d := range s.duties() {
		if key == "" || unitKey(string(d.branch.ID)) == key {
			list = append(list, d.branch)
		}
	}
	return list
}

// callAbout lets the chair call about one of these branches. Danger does not wait until it
// is clear which; a call back does.
func (s *step) callAbout(what string, list []org.Branch) {
	switch {
	case len(list) == 0:
		s.menu("Nút đó cũ rồi {chị} ạ.")
	case what == asksAlarm:
		s.alarm(list...)
	case len(list) == 1:
		s.callMe(list[0])
	default:
		s.askWhich(what)
	}
}

// askWhich asks about which of her branches the chair shall call.
func (s *step) askWhich(what string) {
	s.talk.Asking = what
	var o []Option
	for _, b := range s.ownBranches("")[:min(len(s.duties()), maxChoices-1)] {
		o = append(o, Option{Label: s.brief(b), Data: "y:" + what + ":" + unitKey(string(b.ID))})
	}
	s.offer("{Chị} cần gọi về chi hội nào ạ?", append(o, Option{Label: "Thôi", Data: "y:no"}))
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
	if len(s.duties()) == 0 {
		s.say("{Chị} cần giúp thì gọi cán bộ Hội cấp trên, hoặc người phụ trách máy ạ.")
		return
	}
	s.callAbout(asksCall, s.ownBranches(""))
}

// otherTime tells which times she can be reminded at, when she names another: "nhắc chị 9 giờ
// tối", "nhắc tôi thứ hai tuần sau".
func (s *step) otherTime(body string) bool {
	first, _, _ := strings.Cut(viet.Fold(body), " ")
	if !slices.Contains([]string{"nhac", "nhan", "hen"}, first) || !viet.SaysHour(body) && !viet.SaysDay(body, s.Now) {
		return false
	}
	if !slices.ContainsFunc(s.duties(), func(d duty) bool { return d.open && !d.sent }) {
		return false
	}
	s.say("Em chỉ nhắc được tối nay, sáng mai hoặc sáng Chủ nhật ạ.\n{Chị} gõ ví dụ \"nhắc tối nay\" giúp em nhé.")
	return true
}

// puzzled asks once more what was asked and not understood, else says what she can do.
func (s *step) puzzled() {
	if s.talk.Asking != "" && !s.overdue() && s.talk.Misses < 2 {
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
	case fixName, fixPhone:
		s.fix(what, "")
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
