package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
)

// Announcements as they are read: by groups and heads, and by chairs afterwards.

// kindShort is a kind in the middle of a sentence.
var kindShort = map[org.AnnouncementKind]string{
	org.MeetingCall: "mời họp", org.Deadline: "nhắc hạn", org.Policy: "tuyên truyền", org.EventNews: "sự kiện", org.TrainingCall: "tập huấn",
	org.Recognition: "biểu dương", org.UrgentNews: "khẩn", org.DigestPublic: "kết quả chung",
}

// newsText is an announcement as it is read; counts is the line under it in a group, "" for none.
func (s *step) newsText(a org.Announcement, counts string) (string, []Option) {
	commune, _ := s.Book.Commune(a.Commune)
	lines := []string{kindHeads[a.Kind] + " – Hội LHPN " + communeInSentence(commune.Name), upperFirst(a.Text)}
	for _, l := range []struct{ name, words string }{{"🕗 Thời gian: ", a.When}, {"📍 Địa điểm: ", a.Place}, {"Nguồn: ", a.Source}} {
		if l.words != "" {
			lines = append(lines, l.name+l.words)
		}
	}
	if counts != "" {
		lines = append(lines, counts)
	}
	data := "p:" + string(a.Commune) + ":" + string(a.ID) + ":"
	if a.Kind.Invites() {
		return strings.Join(lines, "\n"), []Option{{Label: "Em sẽ đến", Data: data + string(org.Coming), Say: "em đến"},
			{Label: "Em bận", Data: data + string(org.Busy), Say: "em bận", Beside: true}}
	}
	return strings.Join(lines, "\n"), []Option{{Label: "Đã nắm", Data: data + string(org.Noted), Say: "đã nắm"}}
}

// tallied counts the answers; it names nobody.
func tallied(list []org.Response) (come, busy, noted int) {
	for _, r := range list {
		switch r.Answer {
		case org.Coming:
			come++
		case org.Busy:
			busy++
		case org.Noted:
			noted++
		}
	}
	return come, busy, noted
}

// counted is the line of answers under an announcement: "Sẽ đến: 12 · Bận: 3".
func (s *step) counted(a org.Announcement) string {
	list := s.Book.Responses(a.Commune, a.ID)
	if len(list) == 0 {
		return ""
	}
	come, busy, noted := tallied(list)
	if a.Kind.Invites() {
		return fmt.Sprintf("Sẽ đến: %s · Bận: %s", number(come), number(busy))
	}
	return "Đã nắm: " + number(noted)
}

// newsOrder finds the words of what is sent about an announcement, at that moment.
func (s *step) newsOrder(o Order) (Prompt, string) {
	a, ok := s.Book.Announcement(o.Commune, o.News)
	if !ok {
		return Prompt{}, WhyStopped
	}
	if o.Kind == OrderResult {
		return s.resultOrder(a, o)
	}
	if why := s.unsendable(a, o); why != "" {
		return Prompt{}, why
	}
	counts := ""
	if o.Group != "" && !s.Typed {
		counts = s.counted(a)
	}
	text, options := s.newsText(a, counts)
	switch {
	case o.Kind == OrderTally && s.Typed:
		return Prompt{}, WhyStopped
	case o.Kind == OrderAmend && s.Typed:
		text = "Em xin đính chính tin trước ạ:\n" + text
	}
	if o.Group != "" && s.Typed { // there the bot hears only who names it
		words := []string{}
		for _, w := range options {
			words = append(words, "\""+w.Say+"\"")
		}
		text += "\nCác chị nhắc tên em (@) rồi gõ " + strings.Join(words, " hoặc ") + " ạ."
		options = nil
	}
	return Prompt{Text: text, Options: options, Photo: a.Photo}, ""
}

// unsendable says why an announcement is not to reach a target any more, "" when it is.
func (s *step) unsendable(a org.Announcement, o Order) string {
	fresh := o.Kind == OrderNews
	switch {
	case fresh && a.State != org.Released:
		return WhyStopped
	case fresh && !a.Expires.IsZero() && !s.Now.Before(a.Expires):
		return WhyExpired
	case s.unconsented(a):
		return WhyUnnamed
	case o.Group != "" && !s.bound(o.Group, a.Commune):
		return WhyUnbound
	case o.Group != "":
		return ""
	}
	if c, ok := s.Book.Consent(o.Person); !ok || c.Withdrawn {
		return notUsing
	}
	if !slices.ContainsFunc(s.Book.PostsOf(o.Person), func(p org.Post) bool { return p.OfBranch() && p.Branch() == o.Branch }) {
		return WhyLeft
	}
	if p, _ := present(s.Facts, a.Commune); fresh && a.To.Kind == org.ToMissing && !s.stillMissing(p, o.Branch) {
		return WhySent
	}
	return ""
}

// resultOrder tells whoever sent an announcement what became of it; a later one only when
// something has changed since.
func (s *step) resultOrder(a org.Announcement, o Order) (Prompt, string) {
	p, ok := s.Book.Person(o.Person)
	if !ok || !slices.ContainsFunc(s.Book.PostsOf(o.Person), func(p org.Post) bool { return !p.OfBranch() && p.Commune() == a.Commune }) {
		return Prompt{}, WhyLeft
	}
	s.Me = &p
	if !s.newResult(a, o.Step) {
		return Prompt{}, WhyToday
	}
	options := s.afterOptions(a)
	for i := range options {
		options[i].Say = afterSay[options[i].Label]
	}
	return Prompt{Text: s.spoken(s.resultText(a)), Options: options}, ""
}

// afterSay is what is typed for a choice under a result. They are words: a message that
// nobody asked for never changes what a number means.
var afterSay = map[string]string{"Gửi lại nơi chưa nhận": "gửi lại", "Sửa lỗi chữ": "sửa lỗi chữ", "Ai trả lời": "ai trả lời", "Dừng": "dừng"}

// newResult reports whether anything became of an announcement's messages since its result
// was told last.
func (s *step) newResult(a org.Announcement, step int) bool {
	var told time.Time
	for i := range step {
		if f := s.Book.Fate(resultKey(a, i)); f.State == org.MessageSent {
			told = later(told, f.At)
		}
	}
	return told.IsZero() || slices.ContainsFunc(s.fates(a), func(f org.Fate) bool { return !f.Pending() && f.At.After(told) })
}

// resultText is "Tin “…”: đã tới 3/4 nhóm; “Tổ 2” chưa nhận vì em không còn trong nhóm."
func (s *step) resultText(a org.Announcement) string {
	arrived, waiting, doubtful := 0, 0, 0
	var missed []string
	for i, f := range s.fates(a) {
		switch {
		case f.State == org.MessageSent:
			arrived++
			if f.Why == org.Doubtful {
				doubtful++
			}
		case f.Pending():
			waiting++
		default:
			missed = append(missed, fmt.Sprintf("%s (%s)", s.targetName(a.Targets[i]), s.missedWords(f.Why, a.Targets[i])))
		}
	}
	text := fmt.Sprintf("Tin %s “%s”: đã tới %d/%s", kindShort[a.Kind], headline(a, 40), arrived, howMany(a.Targets))
	if doubtful > 0 {
		text += fmt.Sprintf(" (%d nơi em không chắc)", doubtful)
	}
	if waiting > 0 {
		text += fmt.Sprintf(", còn %d nơi đang chờ", waiting)
	}
	text += "."
	if more := len(missed) - namesShown; more > 0 {
		missed = append(missed[:namesShown], fmt.Sprintf("và %d nơi nữa", more))
	}
	if len(missed) > 0 {
		text += "\nChưa nhận: " + strings.Join(missed, ", ") + "."
	}
	if line := s.counted(a); line != "" {
		text += "\n" + line
	}
	return text
}

// missedWords is why a target did not get it, as a chair reads it.
func (s *step) missedWords(why string, t org.Target) string {
	switch why {
	case whyKicked:
		return WhyUnbound
	case whyNoRights:
		return "em không được đăng tin ở đó, {chị} cho em quyền gửi tin"
	case whyBlocked:
		return "chị ấy chặn em"
	case "":
		return either(t.Group != "", "nhóm không nhận", "mạng không nhận")
	case "deactivated", "not_linked", WhyAway:
		if b, ok := s.Book.Branch(t.Branch); ok && s.away(b) != "" {
			return s.away(b)
		}
		return unreachable
	}
	return why
}

// afterOptions are what may be done about an announcement that was released.
func (s *step) afterOptions(a org.Announcement) (o []Option) {
	add := func(label, what string) {
		o = append(o, Option{Label: label, Data: s.newsData(a, what), Beside: len(o)%2 == 1})
	}
	fates := s.fates(a)
	if slices.ContainsFunc(fates, org.Fate.Pending) {
		add("Dừng", "stop")
	}
	if len(s.toResend(a)) > 0 {
		add("Gửi lại nơi chưa nhận", "again")
	}
	if slices.ContainsFunc(fates, func(f org.Fate) bool { return f.State == org.MessageSent || f.Pending() }) {
		add("Sửa lỗi chữ", "typo")
	}
	if len(s.Book.Responses(a.Commune, a.ID)) > 0 {
		add("Ai trả lời", "who")
	}
	return o
}

// card is an announcement that was released, with what became of it.
func (s *step) card(a org.Announcement, lead string) {
	s.talk.Announce = nil
	text := s.resultText(a)
	if !a.At.IsZero() && a.At.After(s.Now) && a.State == org.Released {
		text = fmt.Sprintf("Tin %s “%s”: hẹn gửi %s tới %s.", kindShort[a.Kind], headline(a, 40), momentWords(a.At), howMany(a.Targets))
	} else if a.State == org.Stopped {
		text += "\nTin này đã dừng gửi."
	}
	s.offer(strings.TrimSpace(lead+"\n"+text), s.afterOptions(a))
}

// listedNews is how many announcements a list shows.
const listedNews = 5

// announcements lists the latest ones of her communes.
func (s *step) announcements() {
	s.talk.Announce = nil
	var list []org.Announcement
	for _, c := range s.chaired() {
		for _, a := range s.Book.Announcements(c) {
			if a.State != org.Dropped {
				list = append(list, a)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b org.Announcement) int { return strings.Compare(string(b.ID), string(a.ID)) })
	if len(list) == 0 {
		s.say("Chưa có thông báo nào ạ. {Chị} gõ \"thông báo\" để soạn tin.")
		return
	}
	var o []Option
	for _, a := range list[:min(len(list), listedNews)] {
		o = append(o, Option{Label: fmt.Sprintf("%s: %s", s.newsState(a), headline(a, 30)), Data: s.newsData(a, "card")})
	}
	s.offer("Các thông báo gần đây, {chị} chọn để xem:", o)
}

// newsState is how far an announcement is, in two words and a day.
func (s *step) newsState(a org.Announcement) string {
	switch {
	case a.State == org.Drafting:
		return "Nháp"
	case a.State == org.Stopped:
		return "Đã dừng"
	case a.At.After(s.Now):
		return "Hẹn " + org.Day(a.At)
	}
	return "Gửi " + s.day(a.Sent)
}
