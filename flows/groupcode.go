package flows

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// Where the network tells nobody that the bot was taken into a group (Zalo), a chair takes a
// code and types it there. It is good once and for half an hour, so it may be read by others.

// groupCodeSpan is for how long such a code is good.
const groupCodeSpan = 30 * time.Minute

// groupCode gives a chair a code; "mã nhóm thôn Đông" is for the group of a branch, other
// words after it are the group's name.
func (s *step) groupCode(body string) {
	c := s.chaired()[0]
	name := wordsAfter(body, "nhóm", "nhom")
	if commune, _ := s.Book.Commune(c); viet.Fold(name) == viet.Fold(commune.Name) {
		name = ""
	}
	inv := org.Invite{Person: s.Me.ID, Made: s.Now, Expires: s.Now.Add(groupCodeSpan), Title: name, Post: org.Post{Role: org.OfGroup, Unit: string(c), Person: s.Me.ID}}
	what := "của xã"
	found := s.branchesMeant(name)
	if name != "" && len(found) != 1 && likeBranch.MatchString(viet.Fold(name)) { // a slip would open a branch's group to what is said to the commune's
		s.say("Em không rõ “%s” là chi hội nào ạ. {Chị} gõ lại tên chi hội giúp em; nhóm chung của xã thì gõ \"mã nhóm Nhóm chung\".", name)
		return
	}
	if name != "" && len(found) == 1 {
		inv.Post.Unit, inv.Title = string(found[0].ID), found[0].Name
		what = "của " + lowerFirst(s.named(found[0]))
	} else if name != "" {
		what = "“" + name + "”"
	}
	code, hash := s.Book.GroupCode(string(s.Message(0)))
	inv.Hash = hash
	s.do(SaveInvite{inv}, Audit{What: "group_code", By: s.Me.ID, Unit: inv.Post.Unit})
	s.say("Mã nối nhóm %s: %s %s, dùng một lần trong 30 phút ạ.\nTrong nhóm, {chị} nhắc tên em (@) rồi gõ: ghép %s\n(Telegram thì gõ /ghep %s.)",
		what, code[:4], code[4:], code, code)
}

// likeBranch begins names that a branch has and a group of a commune has not.
var likeBranch = regexp.MustCompile(`^(chi hoi|thon|xom|ap|ban|lang|buon) `)

// wordsAfter is what stands in a text after one of these words.
func wordsAfter(body string, words ...string) string {
	list := strings.Fields(body)
	for i, w := range list {
		if slices.Contains(words, strings.ToLower(w)) {
			return strings.Join(list[i+1:], " ")
		}
	}
	return ""
}

// bindByCode binds a group in which a code was typed, by whomever: the code is the chair's.
func (s *step) bindByCode(g InGroup) {
	if s.Now.Sub(s.talk.TriesFrom) > triesSpan {
		s.talk.Tries, s.talk.TriesFrom = 0, s.Now
	}
	if s.talk.Tries >= maxTries {
		return
	}
	code, _ := codeIn(g.Code)
	inv, ok := s.Book.Invite(code)
	bound := s.Book.GroupsAt(g.Group)
	switch {
	case ok && inv.Post.Role == org.OfGroup && slices.ContainsFunc(bound, func(g org.Group) bool { return g.Commune == inv.Post.Commune() }):
		s.inPrivate("Nhóm đó nối rồi {chị} ạ.")
		return
	case !ok || code == "" || inv.Post.Role != org.OfGroup || inv.UsedBy != "" || inv.Revoked || s.Now.After(inv.Expires):
		s.talk.Tries++
		s.inPrivate("Mã nối nhóm này không dùng được ạ. {Chị} gõ \"mã nhóm\" ở đây để lấy mã mới.")
		return
	case !slices.ContainsFunc(s.Book.PostsOf(inv.Person), func(p org.Post) bool { return !p.OfBranch() && p.Commune() == inv.Post.Commune() }):
		return // she gave it and is no chair any more
	case len(bound) > 0:
		s.inPrivate("Nhóm đó nối rồi {chị} ạ.")
		return
	}
	inv.UsedBy, inv.UsedAt = s.Contact, s.Now
	of := org.Group{Contact: g.Group, Commune: inv.Post.Commune(), Title: s.newTitle(inv.Post.Commune(), cmp.Or(g.Title, inv.Title, "Nhóm Zalo"))}
	name := s.unitName(org.Post{Role: org.Chair, Unit: inv.Post.Unit})
	if b, ok := s.Book.Branch(org.BranchID(inv.Post.Unit)); ok {
		of.Branch, name = b.ID, s.named(b)
	}
	s.do(SaveInvite{inv}, SaveGroup{of}, Audit{What: "group_bound", By: inv.Person, Unit: inv.Post.Unit})
	commune, _ := s.Book.Commune(of.Commune)
	s.greetGroup(g.Group, lowerFirst(commune.Name))
	for _, id := range chairs(s.Book, of.Commune) {
		s.tell(id, Prompt{Text: fmt.Sprintf("Em nối nhóm %s với %s rồi ạ. Ở đó em chỉ báo tin chung, không nêu tên ai.", groupName(of.Title), name)}, id == inv.Person)
	}
}

// newTitle tells a group from the others of its commune: Zalo gives no titles, so several may
// come by one name.
func (s *step) newTitle(c org.CommuneID, title string) string {
	all := s.Book.Groups(c)
	for n, t := 2, title; ; n++ {
		if !slices.ContainsFunc(all, func(g org.Group) bool { return viet.Fold(g.Title) == viet.Fold(t) }) {
			return t
		}
		t = fmt.Sprintf("%s %d", title, n)
	}
}

// inPrivate answers a chair in her own chat for what she typed in a group; others hear nothing.
func (s *step) inPrivate(words string) {
	if s.Me == nil || !s.isChair() {
		return
	}
	if c, ok := s.Book.Consent(s.Me.ID); ok && !c.Withdrawn {
		s.tell(s.Me.ID, Prompt{Text: words}, true)
	}
}

// greetGroup tells a group what it will hear.
func (s *step) greetGroup(g org.ContactID, commune string) {
	s.do(Post{Group: g, Prompt: Prompt{Text: fmt.Sprintf(
		"Em chào các chị! Em là trợ lý tự động của Hội LHPN %s. Ở nhóm em chỉ báo tin chung, không đọc và không giữ tin của nhóm.\nBáo cáo thì các chị nhắn riêng em ạ.", commune)}})
}

// letGo unbinds a group by its name or its place in the list; t is folded.
func (s *step) letGo(t string) {
	var all []org.Group
	for _, c := range s.chaired() {
		all = append(all, s.Book.Groups(c)...)
	}
	n, _ := strconv.Atoi(t)
	var twins []string
	name := ""
	for i, g := range all {
		if t != "" && viet.Fold(g.Title) == t {
			twins, name = append(twins, strconv.Itoa(i+1)), groupName(g.Title)
		}
	}
	if len(twins) > 1 {
		s.say("Có %d nhóm tên %s ạ: nhóm thứ %s khi gõ \"nhóm\". {Chị} gõ kèm số giúp em, ví dụ \"bỏ nhóm %s\".", len(twins), name, strings.Join(twins, ", "), twins[0])
		return
	}
	i := slices.IndexFunc(all, func(g org.Group) bool { return t != "" && viet.Fold(g.Title) == t })
	if n > 0 && n <= len(all) {
		i = n - 1
	}
	if i < 0 && t != "" {
		s.say("Em không thấy nhóm ấy ạ. {Chị} gõ \"nhóm\" để xem các nhóm đang nối, rồi \"bỏ nhóm\" kèm số.")
		return
	}
	if i < 0 {
		s.say("{Chị} gõ kèm tên nhóm giúp em, ví dụ \"bỏ nhóm Tổ 1\". Gõ \"nhóm\" để xem các nhóm đang nối ạ.")
		return
	}
	g := all[i]
	s.do(DropGroup{g.Contact}, Audit{What: "group_left", By: s.Me.ID, Unit: string(g.Commune)})
	s.say("Em bỏ nhóm %s rồi ạ, không báo tin vào đó nữa.", groupName(g.Title))
	s.tellChairs(g.Commune, Prompt{Text: fmt.Sprintf("Chị %s vừa bỏ nhóm %s, em không báo tin vào đó nữa.", givenName(s.Me.Name), groupName(g.Title))}, false)
}
