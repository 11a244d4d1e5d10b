package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// What a chair is asked of an announcement, and how her words are read.

// ways are what may be typed at every step of a draft, words of some steps before them.
func (s *step) ways(a org.Announcement, words ...string) (o []Option) {
	for _, w := range append(words, "để sau", "thôi") {
		what := map[string]string{"quay lại": "look", "để sau": "later", "thôi": "drop"}[w]
		label := map[string]string{"quay lại": "↩ Quay lại", "để sau": "⏸ Để sau", "thôi": "Thôi"}[w]
		o = append(o, Option{Label: label, Data: s.newsData(a, what), Say: w, Beside: len(o) > 0})
	}
	return o
}

// ask puts one question about a draft.
func (s *step) ask(a org.Announcement, open, lead string) {
	if lead != "" {
		lead += "\n"
	}
	s.at(a, open)
	choice := func(text string, o []Option, words ...string) {
		for i := range o {
			o[i].Say = fmt.Sprint(i + 1)
		}
		o = append(o, s.ways(a, words...)...)
		s.offering(Prompt{Text: lead + text, Options: o}, o)
	}
	yesNo := func(text, yes, no, what, back string) {
		choice(text, []Option{{Label: yes, Data: s.newsData(a, what)}, {Label: no, Data: s.newsData(a, back)}})
	}
	switch open {
	case askKind:
		s.askKinds(a, false, lead)
	case askText:
		choice(textQuestion(a), nil, s.backIf(a.Text != "")...)
	case askWhen:
		choice("Mấy giờ, ngày nào ạ? (ví dụ 8h ngày 25/11)", nil)
	case askPlace:
		choice("Ở đâu ạ?", nil)
	case askSource:
		choice("Tin này theo nguồn nào ạ? (ví dụ: Luật BHXH 2024, báo Phụ nữ Việt Nam)", nil)
	case askFramework:
		yesNo("Lớp này có theo khung bồi dưỡng cán bộ Hội của Trung ương không ạ?", "Có", "Không", "framework=yes", "framework=no")
	case askNaming:
		s.askNaming(a, lead)
	case askTo:
		s.askAudience(a, lead)
	case askAt:
		choice("Em gửi lúc nào ạ? Ví dụ \"8h sáng mai\", \"19h 25/11\".\nCó hạn thì {chị} gõ thêm, ví dụ \"8h sáng mai, không gửi sau 17h\".",
			s.nowIf(a), "quay lại")
	case askSure:
		yesNo(fmt.Sprintf("Tin khẩn đi ngay, cả giờ nghỉ, tới %s. {Chị} chắc chắn gửi chứ ạ?", s.toWords(a)), "Chắc chắn gửi", "Xem lại", "sure", "look")
	case askDrop:
		o := []Option{{Label: "Bỏ hẳn", Data: s.newsData(a, "gone"), Say: "1"}, {Label: "Làm tiếp", Data: s.newsData(a, "look"), Say: "2"}, s.ways(a)[0]}
		s.offering(Prompt{Text: lead + "Bỏ hẳn bản nháp này hay để sau ạ?", Options: o}, o)
	case askUnfit:
		choice(s.unfitWords(a), []Option{{Label: "Sửa lời", Data: s.newsData(a, "edit")},
			{Label: "Đổi nơi nhận", Data: s.newsData(a, "to=")}})
	default:
		s.look(a, lead)
	}
}

// askOnceMore puts a question again; what would be sent is not shown a second time.
func (s *step) askOnceMore(a org.Announcement, open, lead string) {
	if open == askLook && len(s.unfit(a)) == 0 {
		s.at(a, open)
		s.lookChoices(a, lead+"\n")
		return
	}
	s.ask(a, open, lead)
}

func (s *step) backIf(yes bool) []string {
	if yes {
		return []string{"quay lại"}
	}
	return nil
}

func (s *step) nowIf(a org.Announcement) []Option {
	if a.At.IsZero() {
		return nil
	}
	return []Option{{Label: "Gửi ngay, không hẹn", Data: s.newsData(a, "now")}}
}

// textQuestion asks for the words of an announcement, with an example of its kind.
func textQuestion(a org.Announcement) string {
	if a.Text != "" {
		return "{Chị} gõ lại cả câu cho đúng ý giúp em:\n“" + a.Text + "”"
	}
	example := map[org.AnnouncementKind]string{
		org.MeetingCall: "họp bàn kế hoạch 20/10, 8h ngày 25 tại nhà văn hóa", org.Deadline: "các chi hội nộp danh sách thẻ BHYT trước ngày 28/11",
		org.Policy: "từ 1/7 người từ 75 tuổi được nhận trợ cấp hằng tháng", org.EventNews: "tối 20/10 giao lưu văn nghệ, mời chị em tới xem",
		org.TrainingCall: "lớp kỹ năng số, 13h30 ngày 27/11 tại hội trường xã", org.Recognition: "chi hội thôn Đông đã giúp ba hộ sửa nhà sau bão",
		org.UrgentNews: "bão số 12 vào đêm nay, chị em chằng chống nhà cửa, không ra sông",
	}[a.Kind]
	if example == "" {
		return "{Chị} gõ nội dung giúp em ạ."
	}
	return "{Chị} gõ nội dung giúp em, ví dụ:\n\"" + example + "\""
}

// askKinds offers the kinds in two parts.
func (s *step) askKinds(a org.Announcement, others bool, lead ...string) {
	s.at(a, askKind)
	list, text := firstKinds, "{Chị} gõ luôn nội dung, ví dụ \"họp 8h ngày 25 tại nhà văn hóa\".\nHoặc chọn loại tin:"
	if a.Text != "" {
		text = "Đây là loại tin gì ạ?"
	}
	if others {
		list, text = otherKinds, "{Chị} chọn loại tin giúp em:"
	}
	var o []Option
	for i, k := range list {
		o = append(o, Option{Label: kindWords[k], Data: s.newsData(a, "kind="+string(k)), Say: fmt.Sprint(i + 1)})
	}
	next := Option{Label: "Loại khác…", Data: s.newsData(a, "kinds=more"), Say: "5"}
	if others {
		next = Option{Label: "Xem lại bốn loại đầu", Data: s.newsData(a, "kinds=first"), Say: "5"}
	}
	o = append(append(o, next), s.ways(a)...)
	s.offering(Prompt{Text: strings.Join(lead, "") + text, Options: o}, o)
}

// announceReply reads what a chair types while she is at an announcement; false when her
// words belong elsewhere.
func (s *step) announceReply(body string) bool {
	a, ok := s.announcing()
	if !ok {
		return false
	}
	open, t := s.talk.Announce.Open, withoutCourtesy(body)
	if slices.Contains(announceStop, t) && a.State == org.Drafting {
		if _, sending := s.underWay(); !sending { // it is this draft that she would stop
			s.ask(a, askDrop, "")
			return true
		}
	}
	if s.announcesAnew(a, open, body) {
		s.talk.Announce = nil
		return false
	}
	if slices.Contains(slices.Concat(statusWords, missingWords, uncodedWords, helpWanted, ledgerWords, announceList, announceStop), t) {
		s.talk.Announce = nil // the draft rests; her list is answered below
		return false
	}
	if a.State != org.Drafting {
		return s.sentReply(a, open, body)
	}
	return s.draftReply(a, open, body, t)
}

// draftReply reads what she types at the open question of a draft, t being the same without
// courtesies; false when her words belong elsewhere.
func (s *step) draftReply(a org.Announcement, open, body, t string) bool {
	fresh := s.Now.Sub(s.talk.Announce.At) < longAgo
	if data, ok := s.pickedExactly(t); ok && (!slices.Contains(freeText, open) || !isNumber(t)) {
		if !fresh && isNumber(t) {
			s.ask(a, open, "Em nhắc lại để {chị} chọn cho chắc ạ.")
			return true
		}
		return s.pressElsewhere(data)
	}
	if open != askKind && !slices.Contains(freeText, open) && len(strings.Fields(t)) > 2 && s.wishText(body) {
		s.talk.Announce = nil // the draft rests: "tôi muốn xem…" is no evening, "ai không họp" no refusal
		return true
	}
	if s.announceCommand(a, open, body, t, fresh) {
		return true
	}
	if open == askKind && a.Text == "" && len(strings.Fields(t)) < 3 && kindOf(body) == "" { // "chào em" is no announcement
		s.askOnceMore(a, open, "Em chưa hiểu ý {chị}.\n")
		return true
	}
	if slices.Contains(freeText, open) || open == askKind && !isNumber(t) {
		s.answerNews(a, open, strings.TrimSpace(body))
		return true
	}
	if open == askLook && len(strings.Fields(t)) > 2 && (kindOf(body) != "" || saysPlace(body)) {
		s.askRetext(a, body)
		return true
	}
	if s.lookWords(a, body, t) {
		return true
	}
	if !slices.Contains(freeText, open) && s.wishText(body) { // the draft rests
		s.talk.Announce = nil
		return true
	}
	if r := viet.ReadCommand(body, "idle"); r.Outcome == viet.Value { // "báo cáo" and the like
		s.talk.Announce = nil
		return false
	}
	if violent(body) && len(s.duties()) > 0 {
		return false
	}
	if open == askLook && len(strings.Fields(t)) > 3 {
		s.askRetext(a, body)
		return true
	}
	s.askOnceMore(a, open, either(open == askAt, "Em chưa rõ giờ ạ.", "Em chưa hiểu ý {chị}."))
	return true
}

// announcesAnew reports words that begin another announcement while she is at this one, which
// then rests: a warning must not wait for a question about something else. Where the words of
// this one are asked for, they may begin with "thông báo" too.
func (s *step) announcesAnew(a org.Announcement, open, body string) bool {
	rest, ok := announced(body)
	if !ok || rest == "" || rest == strings.TrimSpace(body) {
		return false
	}
	kind, _ := kindNamed(rest)
	to, _ := s.addressed(a.Commune, rest)
	totals := kindOf(rest) == org.DigestPublic
	switch {
	case open == askWhen, open == askPlace: // no hour and no place begins like this
		return kind != "" || to.Kind != "" || totals
	case slices.Contains(freeText, open), open == askKind && a.Text == "":
		return kind == org.UrgentNews && a.Kind != org.UrgentNews
	}
	return kind != "" || strings.Contains(body, ":") || totals || open == askKind
}

// askRetext asks whether words typed at the preview are to be the announcement from now on.
func (s *step) askRetext(a org.Announcement, body string) {
	s.at(a, askLook)
	s.talk.Announce.Text = strings.TrimSpace(body)
	o := []Option{{Label: "Lấy câu này", Data: s.newsData(a, "retext"), Say: "1"}, {Label: "Giữ lời cũ", Data: s.newsData(a, "look"), Say: "2"}}
	o = append(o, s.ways(a)...)
	s.offering(Prompt{Text: "{Chị} muốn đổi lời tin thành câu này ạ?\n“" + s.talk.Announce.Text + "”", Options: o}, o)
}

// pickedExactly reads a choice typed by its number, its word or its whole label: free words
// that resemble a label are an answer.
func (s *step) pickedExactly(t string) (data string, ok bool) {
	for _, o := range s.talk.Offer {
		if t != "" && (t == viet.Fold(o.Say) || t == viet.Fold(o.Label)) {
			return o.Data, true
		}
	}
	return "", false
}

// announceCommand does what may be said at every step: thôi, để sau, quay lại, gửi, help.
func (s *step) announceCommand(a org.Announcement, open, body, t string, fresh bool) bool {
	r := viet.ReadCommand(body, "idle")
	if r.Outcome != viet.Value {
		if yes := viet.ReadYesNo(body, "confirm"); yes.Outcome != viet.Value || slices.Contains(freeText, open) || open == askKind || open == askAt {
			return false
		} else if yes.Value == viet.No {
			s.ask(a, either(open == askLook, askDrop, askLook), "")
			return true
		} else if yes.Value == viet.Yes && fresh {
			return s.agreeNews(a, open)
		}
		return false
	}
	switch r.Value.Name {
	case viet.Cancel:
		if open == askDrop { // she has been asked already: the draft is kept
			s.park(a)
			return true
		}
		s.ask(a, askDrop, "")
	case viet.Later:
		if sendsThen := open == askLook || open == askAt; sendsThen && r.Value.When != "" && !slices.Contains(strings.Fields(t), "de") {
			return false // "tối mai" is when to send it, "để tối mai" when to go on
		}
		s.park(a)
	case viet.Back:
		s.backFrom(a, open)
	case viet.Submit, viet.Review:
		if slices.Contains(freeText, open) && len(strings.Fields(t)) > 2 {
			return false
		}
		switch sends := r.Value.Name == viet.Submit && fresh; {
		case sends && open == askLook:
			s.confirm(a, false)
		case sends && open == askSure: // one word typed twice is no second yes
			s.ask(a, askSure, "Em hỏi cho kỹ, {chị} gõ \"chắc chắn gửi\" giúp em ạ.")
		default:
			s.ask(a, s.wanting(a), "")
		}
	case viet.Edit:
		if slices.Contains(freeText, open) {
			return false
		}
		s.ask(a, askText, "")
	case viet.Help:
		s.askOnceMore(a, open, "{Chị} trả lời câu dưới đây; gõ \"để sau\" để giữ bản nháp, \"thôi\" để bỏ. Chưa {chị} bấm gửi thì em chưa gửi gì ạ.")
	default:
		return false
	}
	return true
}

// agreeNews is a yes to the question that is open.
func (s *step) agreeNews(a org.Announcement, open string) bool {
	switch open {
	case askLook:
		s.confirm(a, false)
	case askSure:
		s.confirm(a, true)
	case askNaming:
		s.namingChosen(a, "ask")
	case askFramework:
		yes := true
		a.Framework = &yes
		s.proceed(a, "")
	default:
		return false
	}
	return true
}

// backFrom goes to the question before.
func (s *step) backFrom(a org.Announcement, open string) {
	switch open {
	case askKind:
		s.ask(a, askKind, "Đây là câu đầu rồi ạ.")
	case askText:
		if a.Text != "" {
			s.ask(a, askLook, "")
			return
		}
		a.Kind = ""
		s.proceed(a, "")
	case askPlace:
		if a.When != "" {
			s.ask(a, askWhen, "")
			return
		}
		s.ask(a, askText, "")
	case askWhen, askSource, askFramework, askNaming:
		s.ask(a, askText, "")
	case askLook:
		s.ask(a, askText, "")
	default:
		s.ask(a, askLook, "")
	}
}

// answerNews takes the words for a free question.
func (s *step) answerNews(a org.Announcement, open, body string) {
	if utf8.RuneCountInString(body) > longestNews {
		s.ask(a, open, fmt.Sprintf("Tin hơi dài, {chị} rút gọn trong %d chữ giúp em nhé.", longestNews))
		return
	}
	if n := bareNumber(body); n != "" && slices.Contains([]string{askText, askWhen, askPlace, askSource}, open) { // a number of some list: no words to send to all
		s.askOnceMore(a, open, either(open == askWhen, "{Chị} gõ cả giờ và ngày giúp em nhé.", "{Chị} gõ bằng chữ giúp em nhé."))
		return
	}
	lead := ""
	switch open {
	case askKind, askText:
		if k, rest := kindNamed(body); k != "" && a.Text == "" {
			a.Kind, body = k, rest
		}
		a.Text = body
		if a.Kind == "" {
			a.Kind = kindOf(body)
		}
		a.Text = s.publicText(a)
	case askWhen:
		if !viet.SaysHour(body) && !viet.SaysDay(body, s.Now) {
			lead = "Em ghi đúng lời {chị} ạ."
		}
		a.When = body
	case askPlace:
		a.Place = body
	case askSource:
		a.Source = body
	}
	s.proceed(a, lead)
}

// lookWords reads what may be typed beside the choices at the preview: a time to send at, a
// time after which not to send, other readers, a kind, "bỏ ảnh".
func (s *step) lookWords(a org.Announcement, body, t string) bool {
	if slices.Contains([]string{"bo anh", "khong anh", "bo hinh"}, t) && a.Photo != "" {
		a.Photo = ""
		s.proceed(a, "Em bỏ ảnh rồi ạ.")
		return true
	}
	if slices.Contains([]string{"doi loai", "doi loai tin"}, t) {
		s.askKinds(a, false, "")
		return true
	}
	at, expires, ok := s.timesIn(body)
	switch {
	case ok == timesRead:
		s.setTimes(a, at, expires)
		return true
	case ok == timesDoubted:
		s.ask(a, askAt, "Giờ ấy em chưa rõ, hoặc đã qua rồi ạ.")
		return true
	}
	if to, _ := s.addressed(a.Commune, body+":"); to.Kind != "" {
		a.To = to
		s.proceed(a, "")
		return true
	}
	return false
}

// What became of reading times.
const (
	timesNone = iota
	timesDoubted
	timesRead
)

// timesIn reads when to send and after when not to: "8h sáng mai, không gửi sau 17h". The
// second is on the day of the first unless it says another.
func (s *step) timesIn(body string) (at, expires time.Time, how int) {
	body = strings.ToLower(body)
	head, tail := body, ""
	for _, w := range []string{"không gửi sau", "ko gửi sau", "đừng gửi sau", "khong gui sau", "ko gui sau", "dung gui sau", "không gởi sau"} {
		if i := strings.Index(body, w); i >= 0 {
			head, tail = body[:i], body[i+len(w):]
			break
		}
	}
	if strings.TrimSpace(strings.Trim(head, " ,.;")) != "" {
		switch r := viet.ReadMoment(head, s.Now); {
		case r.Outcome == viet.Value:
			at, how = r.Value, timesRead
		case r.Outcome == viet.Ask:
			return at, expires, timesDoubted
		case tail == "":
			return at, expires, timesNone
		}
	}
	if tail == "" {
		return at, expires, how
	}
	from := s.Now
	if !at.IsZero() && !viet.SaysDay(tail, s.Now) {
		from = at
	}
	r := viet.ReadMoment(tail, from)
	if r.Outcome != viet.Value {
		return at, expires, timesDoubted
	}
	if !at.IsZero() && !viet.SaysDay(tail, s.Now) && r.Value.YearDay() != at.YearDay() { // before it, then
		return at, r.Value.AddDate(0, 0, -1), timesRead
	}
	return at, r.Value, timesRead
}
