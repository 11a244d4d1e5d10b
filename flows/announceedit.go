package flows

import (
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// What a chair may do about an announcement that was released.

// sentPress takes a tap on an announcement that was released: nothing of it is sent twice.
func (s *step) sentPress(a org.Announcement, what string, version int) {
	switch what {
	case "stop":
		s.stop(a)
	case "again":
		s.askResend(a)
	case "again!":
		if version != a.Version {
			s.card(a, "Tin này vừa được gửi lại rồi ạ.")
			return
		}
		s.resend(a)
	case "typo":
		s.askTypo(a, "")
	case "amend", "amend-only":
		s.amend(a, what == "amend", version)
	case "who":
		s.whoAnswered(a)
	case "send", "sure":
		s.card(a, fmt.Sprintf("Tin này %s gửi rồi ạ, lúc %s.", s.hand(a.Sender), momentWords(a.Sent.In(s.Now.Location()))))
	default:
		s.card(a, "")
	}
}

// sentReply reads what is typed while she mends one that was sent.
func (s *step) sentReply(a org.Announcement, open, body string) bool {
	t := withoutCourtesy(body)
	if data, ok := s.pickedExactly(t); ok && (open != askTypo || !isNumber(t)) {
		return s.pressElsewhere(data)
	}
	if slices.Contains([]string{"thoi", "de sau", "khong", "quay lai", "khong sua"}, t) {
		s.talk.Announce = nil
		s.say("Dạ vâng, tin đã gửi vẫn như cũ ạ.")
		return true
	}
	switch open {
	case askTypo:
		s.mended(a, strings.TrimSpace(body))
	case askAmend:
		s.askAmend(a, "Em chưa hiểu ý {chị}.\n")
	default:
		s.talk.Announce = nil
		return false
	}
	return true
}

// afterText takes words about the announcement that was sent last; false when there is none.
func (s *step) afterText(t string) bool {
	if t == "xem va gui" || t == "va gui" { // "xem" is read as courtesy
		return s.openDraft()
	}
	for _, c := range s.chaired() {
		for _, a := range slices.Backward(s.Book.Announcements(c)) {
			if a.State != org.Released && a.State != org.Stopped || s.Now.Sub(a.Sent) > answerSpan {
				continue
			}
			switch t {
			case "gui lai", "gui lai noi chua nhan":
				s.askResend(a)
			case "sua thong bao", "sua loi chu":
				s.askTypo(a, "")
			default:
				s.whoAnswered(a)
			}
			return true
		}
	}
	return false
}

// noNewsText answers words about an announcement where none is under way or was sent of late.
func (s *step) noNewsText(body string) bool {
	switch t := withoutCourtesy(body); {
	case t != "dung" && slices.Contains(announceStop, t), strings.Contains(viet.Normalize(body), "dừng") && t == "dung":
		s.say("Hiện không có thông báo nào đang gửi ạ.")
	case slices.Contains(announceAfter, t):
		s.say("Gần đây chưa có thông báo nào đã gửi ạ. {Chị} gõ \"thông báo\" để soạn tin.")
	default:
		return false
	}
	return true
}

// openDraft goes on with the draft that was touched last; false when there is none.
func (s *step) openDraft() bool {
	var newest org.Announcement
	for _, c := range s.chaired() {
		for _, a := range s.Book.Announcements(c) {
			if a.State == org.Drafting && a.Touched.After(newest.Touched) {
				newest = a
			}
		}
	}
	if newest.ID == "" {
		return false
	}
	s.ask(newest, s.wanting(newest), "")
	return true
}

func (s *step) askTypo(a org.Announcement, lead string) {
	s.at(a, askTypo)
	s.talk.Announce.Text = ""
	o := []Option{{Label: "Thôi, không sửa", Data: s.newsData(a, "card"), Say: "thôi"}}
	s.offering(Prompt{Text: lead + "{Chị} gõ lại cả câu cho đúng giúp em:\n“" + a.Text + "”", Options: o}, o)
}

// mended shows the right words before anything is changed.
func (s *step) mended(a org.Announcement, text string) {
	next := a
	next.Text = text
	if words := s.unfit(next); len(words) > 0 || len([]rune(text)) > longestNews {
		s.askTypo(a, either(len(words) > 0, "Trong nhóm em không nêu "+strings.Join(words, ", ")+" ạ. ", "Tin hơi dài ạ. "))
		return
	}
	s.at(a, askAmend)
	s.talk.Announce.Text = text
	shown, _ := s.newsText(next, "")
	if s.Typed { // there a message costs
		s.askAmend(a, "Tin sẽ thành:\n\n"+shown+"\n\n")
		return
	}
	s.say("Tin sẽ thành:")
	s.reply(Prompt{Text: shown})
	s.askAmend(a, "")
}

func (s *step) askAmend(a org.Announcement, lead string) {
	edits, more := 0, 0
	for i, f := range s.fates(a) {
		if f.State != org.MessageSent {
			continue
		}
		if s.editable(a.Targets[i], f) {
			edits++
		} else {
			more++
		}
	}
	var o []Option
	text := "Chưa nơi nào nhận, em sửa luôn trong tin chờ gửi nhé?"
	switch {
	case more > 0 && edits > 0:
		text = fmt.Sprintf("Em sửa ngay trong tin ở %d nơi. %d nơi dùng Zalo không sửa được, em gửi thêm tin đính chính nhé?", edits, more)
		o = []Option{{Label: "Sửa và đính chính", Data: s.newsData(a, "amend")}, {Label: "Chỉ sửa, không gửi thêm", Data: s.newsData(a, "amend-only")}}
	case more > 0:
		text = fmt.Sprintf("Zalo không sửa được tin đã gửi, em gửi thêm tin đính chính tới %d nơi nhé?", more)
		o = []Option{{Label: "Gửi đính chính", Data: s.newsData(a, "amend")}}
	case edits > 0:
		text = fmt.Sprintf("Em sửa ngay trong tin đã gửi ở %d nơi, không gửi tin mới. {Chị} đồng ý chứ ạ?", edits)
		o = []Option{{Label: "Sửa", Data: s.newsData(a, "amend")}}
	default:
		o = []Option{{Label: "Sửa", Data: s.newsData(a, "amend")}}
	}
	o = append(o, Option{Label: "Thôi", Data: s.newsData(a, "card")})
	for i := range o {
		o[i].Say = fmt.Sprint(i + 1)
	}
	s.offering(Prompt{Text: lead + text, Options: o}, o)
}

// editable reports whether a message that was sent can be changed where it is.
func (s *step) editable(t org.Target, f org.Fate) bool {
	at := t.Group
	if at == "" {
		c, _ := s.Book.ContactOf(t.Person)
		at = c.ID
	}
	return f.Message != "" && !networkOf(at.Channel()).fixed
}

// amend puts the right words in the place of the wrong: in the message where it can be
// changed, else in one that corrects it. What is still to be sent takes them by itself.
func (s *step) amend(a org.Announcement, tell bool, version int) {
	t := s.talk.Announce
	if t == nil || t.ID != a.ID || t.Text == "" || version != a.Version {
		s.card(a, "Tin này vừa có thay đổi, {chị} xem lại giúp em ạ.")
		return
	}
	a.Text = t.Text
	s.saveNews(&a)
	s.talk.Announce = nil
	for i, f := range s.fates(a) {
		to := a.Targets[i]
		if f.State != org.MessageSent || !s.editable(to, f) && !tell {
			continue
		}
		s.do(Remind{Key: fmt.Sprintf("amend/%s/%s/%s/%s/%d", a.Month, a.Commune, targetMark(to), a.ID, a.Version), At: s.Now,
			Order: Order{Kind: OrderAmend, Person: to.Person, Group: to.Group, Branch: to.Branch, Commune: a.Commune, News: a.ID, Month: a.Month,
				Edits: f.Message, Urgent: a.Kind == org.UrgentNews}})
	}
	s.do(Audit{What: "announcement_corrected", By: s.Me.ID, Unit: string(a.Commune), Detail: string(a.ID)})
	s.say("Em sửa rồi ạ.")
	s.tellChairs(a.Commune, Prompt{Text: fmt.Sprintf("Chị %s vừa sửa lời thông báo “%s”.", givenName(s.Me.Name), headline(a, 60))}, false)
}

// askResend names those that have not got it before anything is sent again.
func (s *step) askResend(a org.Announcement) {
	list := s.toResend(a)
	if len(list) == 0 {
		s.card(a, "Không còn nơi nào gửi lại được ạ.")
		return
	}
	var names []string
	for _, t := range list[:min(len(list), namesShown)] {
		names = append(names, s.targetName(t))
	}
	s.offer(fmt.Sprintf("Em gửi lại cho %s chưa nhận: %s. {Chị} đồng ý chứ ạ?", howMany(list), strings.Join(names, ", ")),
		[]Option{{Label: "Gửi lại", Data: s.newsData(a, "again!")}, {Label: "Thôi", Data: s.newsData(a, "card")}})
}
