package flows

import (
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// Chat groups hear what is for everybody, and nothing said in them is taken in (domain.md
// 11). A group belongs to a commune when its chair took the bot into it and said so in
// private: the network vouches for who she is, so no code goes through the group.

// inGroup asks a chair which commune the group is for that she took the bot into.
func (s *step) inGroup(g InGroup) {
	if g.Code != "" {
		s.bindByCode(g)
		return
	}
	if s.Me == nil { // nobody here is known; a stranger can't be written to
		return
	}
	if c, ok := s.Book.Consent(s.Me.ID); !ok {
		s.notice("Em vào nhóm rồi ạ. {Chị} đồng ý xong thì gõ /ghep trong nhóm giúp em.")
		return
	} else if c.Withdrawn {
		return
	}
	bound := s.Book.GroupsAt(g.Group)
	switch {
	case !s.isChair():
		s.say("Nhóm chung thì chị Chủ tịch hoặc Phó Chủ tịch Hội xã nối giúp em ạ.")
		return
	case slices.ContainsFunc(bound, func(o org.Group) bool { return slices.Contains(s.chaired(), o.Commune) }):
		s.say("Nhóm %s em nối rồi {chị} ạ.", groupName(g.Title))
		return
	case len(bound) > 0: // one group, one commune
		s.say("Nhóm %s đang nối với xã khác nên em chưa nối được ạ. Nơi kia bỏ nhóm rồi thì {chị} gõ /ghep trong nhóm.", groupName(g.Title))
		return
	}
	var o []Option
	for _, c := range s.chaired() {
		commune, _ := s.Book.Commune(c)
		o = append(o, Option{Label: "Nối với " + commune.Name, Data: "n:" + g.Group.Short() + ":" + string(c), Say: "nối với " + commune.Name})
	}
	o = append(o, Option{Label: "Không nối", Data: "n:" + g.Group.Short() + ":", Say: "không nối"})
	s.talk.Group = &GroupOffer{Group: g.Group, Title: g.Title}
	s.talk.Group.Prompt = s.reply(Prompt{Text: fmt.Sprintf(
		"{Chị} vừa thêm em vào nhóm %s. Em báo tin chung của Hội vào nhóm này nhé?", groupName(g.Title)), Options: o})
}

func (s *step) bound(g org.ContactID, c org.CommuneID) bool {
	return slices.ContainsFunc(s.Book.GroupsAt(g), func(o org.Group) bool { return o.Commune == c })
}

// groupPress takes a tap on the choices; one about another group than that last asked
// about changes nothing.
func (s *step) groupPress(rest string) bool {
	mark, commune, _ := strings.Cut(rest, ":")
	if s.talk.Group == nil || s.talk.Group.Group.Short() != mark {
		return false
	}
	if commune == "" {
		s.leaveGroupBe()
		return true
	}
	if !slices.Contains(s.chaired(), org.CommuneID(commune)) {
		return false
	}
	s.bindGroup(org.CommuneID(commune))
	return true
}

// groupText takes what a chair types about groups; t is folded. What answers the question
// about a group is never a number or a bare "thôi": those belong to a check-in beside it.
func (s *step) groupText(body, t string) bool {
	name, joins := strings.CutPrefix(t, "noi voi ")
	switch {
	case slices.Contains([]string{"nhom", "nhom chung", "cac nhom", "danh sach nhom", "them nhom"}, t):
		s.groups()
	case hasWords(t, "ma nhom"):
		s.groupCode(body)
	case hasWords(t, "bo nhom"):
		s.letGo(strings.TrimSpace(strings.TrimPrefix(t, "bo nhom")))
	case s.talk.Group == nil:
		return false
	case t == "khong noi":
		s.leaveGroupBe()
	case joins:
		i := slices.IndexFunc(s.chaired(), func(c org.CommuneID) bool {
			commune, _ := s.Book.Commune(c)
			full := viet.Fold(commune.Name)
			return full == name || strings.HasSuffix(full, " "+name)
		})
		if i < 0 {
			return false
		}
		s.bindGroup(s.chaired()[i])
	default:
		return false
	}
	return true
}

// bindGroup binds the group asked about, tells the group what it will hear, and the other
// chairs that it was done.
func (s *step) bindGroup(c org.CommuneID) {
	g := *s.talk.Group
	s.talk.Group = nil
	if len(s.Book.GroupsAt(g.Group)) > 0 { // somebody was quicker
		s.retire(g.Prompt, "Nhóm "+groupName(g.Title)+" đã nối.")
		s.say("Nhóm %s vừa có người nối rồi {chị} ạ.", groupName(g.Title))
		return
	}
	commune, _ := s.Book.Commune(c)
	s.do(SaveGroup{org.Group{Contact: g.Group, Commune: c, Title: g.Title}}, Audit{What: "group_bound", By: s.Me.ID, Unit: string(c)})
	s.retire(g.Prompt, "✅ Nhóm "+groupName(g.Title)+": nối với "+commune.Name)
	s.say("Em nối nhóm %s với %s rồi ạ. Mở kỳ em báo chung ở đó, không nêu tên ai.\nMuốn bỏ, {chị} đưa em ra khỏi nhóm.", groupName(g.Title), commune.Name)
	s.greetGroup(g.Group, lowerFirst(commune.Name))
	s.tellChairs(c, Prompt{Text: fmt.Sprintf("Chị %s vừa nối nhóm %s với %s.", givenName(s.Me.Name), groupName(g.Title), commune.Name)}, false)
}

func (s *step) leaveGroupBe() {
	g := *s.talk.Group
	s.talk.Group = nil
	s.retire(g.Prompt, "Nhóm "+groupName(g.Title)+": không nối.")
	s.say("Dạ, em không báo gì vào nhóm đó ạ. Khi nào cần, {chị} gõ /ghep trong nhóm.")
}

// outOfGroup unbinds a group that put the bot out, and tells the chairs, whose
// announcements would go nowhere.
func (s *step) outOfGroup(at org.ContactID) {
	list := s.Book.GroupsAt(at)
	if len(list) == 0 {
		return
	}
	s.do(DropGroup{at})
	by := org.PersonID("")
	if s.Me != nil {
		by = s.Me.ID
	}
	for _, g := range list {
		s.do(Audit{What: "group_left", By: by, Unit: string(g.Commune)})
		for _, id := range chairs(s.Book, g.Commune) {
			s.tell(id, Prompt{Text: fmt.Sprintf("Em đã ra khỏi nhóm %s nên không báo tin vào đó nữa ạ. Cần thì {chị} thêm em vào lại.", groupName(g.Title))}, false)
		}
	}
}

// hushed tells the chairs that what they announce would not be taken by a group; the group
// stays theirs.
func (s *step) hushed(at org.ContactID) {
	for _, g := range s.Book.GroupsAt(at) {
		for _, id := range chairs(s.Book, g.Commune) {
			s.tell(id, Prompt{Text: fmt.Sprintf("Nhóm %s không cho em đăng tin nữa. {Chị} nhờ quản trị nhóm cho em quyền gửi tin giúp em ạ.", groupName(g.Title))}, false)
		}
	}
}

// groups lists the groups of her communes, and says how one comes and goes.
func (s *step) groups() {
	var lines []string
	n := 0 // "bỏ nhóm 2" names one by its place
	for _, c := range s.chaired() {
		commune, _ := s.Book.Commune(c)
		var titles []string
		for _, g := range s.Book.Groups(c) {
			n++
			titles = append(titles, fmt.Sprintf("%d. %s", n, groupName(g.Title)))
		}
		if len(titles) == 0 {
			titles = []string{"chưa nối nhóm nào"}
		}
		lines = append(lines, commune.Name+": "+strings.Join(titles, ", ")+".")
	}
	s.say("%s\nThêm nhóm: {chị} thêm em vào nhóm, hoặc gõ /ghep trong nhóm đã có em; em hỏi lại {chị} ngay.\nNhóm Zalo: {chị} gõ \"mã nhóm\" để lấy mã.\nBỏ nhóm: {chị} đưa em ra khỏi nhóm, hoặc gõ \"bỏ nhóm\" kèm tên hay số của nhóm.", strings.Join(lines, "\n"))
}

// groupName is a group's title in a sentence; it may be missing, or long.
func groupName(title string) string {
	if r := []rune(title); len(r) > 60 {
		title = string(r[:59]) + "…"
	}
	if title == "" {
		return "ấy"
	}
	return "“" + title + "”"
}
