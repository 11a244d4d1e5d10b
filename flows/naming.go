package flows

import (
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
)

// A recognition names a person only with her consent to that very text, asked through the
// bot and kept (domain.md 11 and 12.2); else it names her branch.

// namingOpen reports whether a recognition names somebody and it is not settled whether it may.
func (s *step) namingOpen(a org.Announcement) bool {
	return a.Kind == org.Recognition && a.Text != "" && len(s.namesIn(a.Commune, a.Text)) > 0 && s.unconsented(a)
}

// unconsented reports whether a recognition names somebody who has not agreed to its words.
func (s *step) unconsented(a org.Announcement) bool {
	if a.Kind != org.Recognition {
		return false
	}
	for _, n := range s.namesIn(a.Commune, a.Text) {
		if n.person == "" || !s.mayBeNamed(a, n.person) {
			return true
		}
	}
	return false
}

// mayBeNamed reports whether somebody agreed to be named in an announcement as it reads.
func (s *step) mayBeNamed(a org.Announcement, id org.PersonID) bool {
	n, ok := s.Book.Naming(a.Commune, a.ID)
	c, known := s.Book.Consent(id)
	return ok && n.Agreed && n.Person == id && n.Text == a.Text && known && !c.Withdrawn
}

// askNaming asks a chair what to do about a name in a recognition.
func (s *step) askNaming(a org.Announcement, lead string) {
	s.at(a, askNaming)
	var o []Option
	text := ""
	names := s.namesIn(a.Commune, a.Text)
	one := len(names) > 0 && !slices.ContainsFunc(names, func(n naming) bool { return n.person == "" || n.person != names[0].person })
	n, asked := s.Book.Naming(a.Commune, a.ID)
	switch {
	case !one:
		text = fmt.Sprintf("Tin nêu %s. Em chỉ nêu tên khi chị ấy đồng ý, mà em chỉ hỏi được từng chi hội trưởng, chi hội phó ạ.", nameList(names))
	case asked && n.Person == names[0].person && n.Text == a.Text && n.Answered.IsZero():
		text = fmt.Sprintf("Em hỏi %s rồi, chị ấy chưa trả lời ạ. Có tin em báo {chị} ngay.", s.spokenOf(n.Person))
	case s.cannotAsk(names[0].person):
		text = fmt.Sprintf("Tin nêu tên %s mà em chưa nhắn tới chị ấy được để hỏi ạ.", s.spokenOf(names[0].person))
	default:
		text = fmt.Sprintf("Tin nêu tên %s nên cần chị ấy đồng ý. Em nhắn hỏi chị ấy nhé?", s.spokenOf(names[0].person))
		o = append(o, Option{Label: "Hỏi " + s.spokenOf(names[0].person), Data: s.newsData(a, "naming=ask")})
	}
	o = append(o, Option{Label: "Chỉ nêu chi hội", Data: s.newsData(a, "naming=branch")}, Option{Label: "Sửa lời", Data: s.newsData(a, "edit")})
	for i := range o {
		o[i].Say = fmt.Sprint(i + 1)
	}
	o = append(o, s.ways(a)...)
	s.offering(Prompt{Text: lead + text, Options: o}, o)
}

func (s *step) cannotAsk(id org.PersonID) bool {
	c, ok := s.Book.Consent(id)
	_, there := s.Book.ContactOf(id)
	return !ok || c.Withdrawn || !there
}

func nameList(names []naming) string {
	var list []string
	for _, n := range names {
		list = append(list, "“"+n.words+"”")
	}
	return strings.Join(list, ", ")
}

// namingChosen asks the person, or takes the name out.
func (s *step) namingChosen(a org.Announcement, value string) {
	names := s.namesIn(a.Commune, a.Text)
	if len(names) == 0 {
		s.proceed(a, "")
		return
	}
	if value != "ask" {
		a.Text, a.Named = s.withoutNames(a), ""
		s.proceed(a, "Em đổi tên riêng thành tên chi hội rồi ạ, {chị} xem giúp em.")
		return
	}
	id := names[0].person
	if id == "" || s.cannotAsk(id) {
		s.ask(a, askNaming, "")
		return
	}
	a.Named = id
	s.saveNews(&a)
	s.do(SaveNaming{org.Naming{Commune: a.Commune, Announcement: a.ID, Person: id, Text: a.Text, Asked: s.Now}},
		Audit{What: "naming_asked", By: s.Me.ID, Unit: string(a.Commune), Detail: string(a.ID)})
	if id == s.Me.ID {
		s.talk.Announce = nil
		p := s.namingPrompt(a)
		s.offering(p, p.Options)
		return
	}
	s.tell(id, s.namingPrompt(a), false)
	s.talk.Announce = nil
	s.say("Em nhắn hỏi %s rồi ạ. Chị ấy trả lời, em báo {chị} ngay; bản nháp em giữ.", s.spokenOf(id))
}

// namingPrompt asks somebody whether she may be named.
func (s *step) namingPrompt(a org.Announcement) Prompt {
	data := "k:" + unitKey(string(a.Commune)) + ":" + string(a.ID) + ":"
	return Prompt{Text: fmt.Sprintf("Hội xã muốn biểu dương {chị} trong tin chung:\n“%s”\n{Chị} cho nêu tên không ạ? Không muốn cũng không sao đâu ạ.", a.Text),
		Options: []Option{{Label: "Đồng ý nêu tên", Data: data + "y", Say: "đồng ý nêu tên"}, {Label: "Không nêu tên", Data: data + "n", Say: "không nêu tên"}}}
}

// withoutNames puts branches in the place of names: "chị Lan" is "chi hội thôn Đông".
func (s *step) withoutNames(a org.Announcement) string {
	text := a.Text
	for _, n := range s.namesIn(a.Commune, a.Text) {
		instead := "một chị em"
		if b, ok := s.branchOf(n.person, a.Commune); ok {
			instead = lowerFirst(s.named(b))
		}
		if strings.HasPrefix(text, n.words) {
			instead = upperFirst(instead)
		}
		text = strings.Replace(text, n.words, instead, 1)
	}
	return text
}

// branchOf is the branch of a commune that somebody has a post in.
func (s *step) branchOf(id org.PersonID, c org.CommuneID) (org.Branch, bool) {
	if id == "" {
		return org.Branch{}, false
	}
	for _, post := range s.Book.PostsOf(id) {
		if post.OfBranch() && post.Commune() == c {
			return s.Book.Branch(post.Branch())
		}
	}
	return org.Branch{}, false
}

// namingPress takes the tap of whoever was asked.
func (s *step) namingPress(rest string) bool {
	part := strings.Split(rest, ":")
	if len(part) != 3 {
		return false
	}
	for _, c := range s.ownCommunes() {
		if unitKey(string(c)) != part[0] {
			continue
		}
		if n, ok := s.Book.Naming(c, org.AnnouncementID(part[1])); ok && n.Person == s.Me.ID {
			s.namingAnswered(n, part[2] == "y", either(part[2] == "y", "[Đồng ý nêu tên]", "[Không nêu tên]"))
			return true
		}
	}
	return false
}

// Only these words are consent to be named, and refusal: a bare "vâng" may be for anything.
var (
	namingYes = []string{"dong y neu ten", "em dong y neu ten", "chi dong y neu ten", "cho neu ten", "duoc neu ten"}
	namingNo  = []string{"khong neu ten", "khong dong y neu ten", "dung neu ten", "xin khong neu ten", "ko neu ten", "em khong dong y neu ten"}
)

// namingText takes her typed words, for the latest that she was asked about.
func (s *step) namingText(body string) bool {
	yes, ok := ofNaming(body)
	if !ok {
		return false
	}
	for _, c := range s.ownCommunes() {
		for _, a := range slices.Backward(s.Book.Announcements(c)) {
			if n, ok := s.Book.Naming(c, a.ID); ok && n.Person == s.Me.ID {
				s.namingAnswered(n, yes, brief(body))
				return true
			}
		}
	}
	return false
}

// ofNaming reports a message that can only be about her being named, and what it says.
func ofNaming(body string) (yes, ok bool) {
	t := withoutCourtesy(body)
	yes = slices.Contains(namingYes, t)
	return yes, yes || slices.Contains(namingNo, t)
}

// namingAnswered keeps her answer and tells the chairs; a refusal takes her name out of the
// draft, and of what is still to be sent nothing goes.
func (s *step) namingAnswered(n org.Naming, yes bool, raw string) {
	a, ok := s.Book.Announcement(n.Commune, n.Announcement)
	if !ok {
		s.say("Tin ấy Hội xã bỏ rồi ạ. Em không nêu tên {chị} đâu ạ.")
		return
	}
	n.Answered, n.Channel, n.Raw, n.Agreed = s.Now, s.Contact.Channel(), raw, yes
	s.do(SaveNaming{n}, Audit{What: either(yes, "naming_agreed", "naming_refused"), By: s.Me.ID, Unit: string(n.Commune), Detail: string(a.ID)})
	draft := a.State == org.Drafting
	if yes {
		s.say("Em cảm ơn {chị}. Em ghi là {chị} đồng ý nêu tên trong tin ấy ạ.\nĐổi ý, {chị} gõ \"không nêu tên\" nhé.")
		if draft {
			s.tellChairs(n.Commune, Prompt{Text: fmt.Sprintf("Chị %s đồng ý nêu tên trong tin biểu dương. {Chị} xem rồi gửi nhé.", givenName(s.Me.Name)), Options: s.openNews(a)}, false)
		}
		return
	}
	s.say("Dạ vâng, em không nêu tên {chị} ạ.")
	switch {
	case draft && a.Text == n.Text:
		was := a.Text
		a.Text, a.Named = s.withoutNames(a), ""
		s.saveNews(&a)
		words := "em đổi thành tên chi hội trong bản nháp rồi ạ"
		if was == a.Text {
			words = "{chị} sửa lại lời giúp em ạ"
		}
		s.tellChairs(n.Commune, Prompt{Text: fmt.Sprintf("Chị %s xin không nêu tên, %s.", givenName(s.Me.Name), words), Options: s.openNews(a)}, false)
	case a.State == org.Released:
		s.tellChairs(n.Commune, Prompt{Text: fmt.Sprintf("Chị %s xin không nêu tên nữa. Nơi chưa gửi em không gửi; tin đã gửi {chị} gõ \"sửa thông báo\" giúp em ạ.", givenName(s.Me.Name))}, false)
	}
}

func (s *step) openNews(a org.Announcement) []Option {
	return []Option{{Label: "Xem và gửi", Data: s.newsData(a, "open"), Say: "xem và gửi"}}
}
