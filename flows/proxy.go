package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// unreadTwice is after how many messages in a row that her network does not hand on the
// chair is asked to help: a single one was a file or a contact card.
const unreadTwice = 2

// unread answers what her network hands on without its content. Of some people it hands on
// nothing (Zalo protects minors and the disabled), and then she can't answer whatever she
// is asked: the chair hears of it, who may enter the report on her behalf.
func (s *step) unread() string {
	s.talk.Unread++
	words := sorry("unsupported")
	if s.talk.Unread != unreadTwice || len(s.duties()) == 0 {
		return words
	}
	b := s.duties()[0].branch
	if !s.chairHears(b.ID.Commune()) {
		return words
	}
	phone := ""
	if s.Me.Phone != "" {
		phone = ", " + s.Me.Phone
	}
	s.tellChairs(b.ID.Commune(), Prompt{Text: fmt.Sprintf("Chị %s (%s%s) nhắn mà mạng không cho em đọc tin của chị ấy.\nNếu chị ấy không gõ được, {chị} gọi hỏi rồi nhập hộ: gõ \"nhập hộ %s\".",
		s.Me.Name, s.named(b), phone, s.brief(b))}, false)
	return words + " Em nhờ chị Chủ tịch gọi cho {chị}."
}

// proxyText reads a chair's "nhập hộ thôn Đông": she enters the report of a branch.
func (s *step) proxyText(body string) bool {
	which, ok := strings.CutPrefix(withoutCourtesy(body), "nhap ho")
	if !ok || which != "" && which[0] != ' ' {
		return false
	}
	found := s.branchesMeant(strings.TrimSpace(which))
	if len(found) == 0 && strings.TrimSpace(which) != "" {
		if b, told, ok := s.branchFirst(body); ok { // "nhập hộ thôn Nam họp hôm 20, 35 chị"
			if f, ok := s.standing(s.duty(b)); ok {
				s.talk.Slots, s.note = f.hearIdle(told, false)
			}
			s.enterFor(b)
			return true
		}
	}
	switch len(found) {
	case 0:
		s.askProxy()
	case 1:
		s.enterFor(found[0])
	default:
		s.say("Có mấy chi hội tên như vậy, {chị} gõ kèm số trong danh sách giúp em, ví dụ \"nhập hộ 3\".")
	}
	return true
}

// branchFirst finds the branch named right after "nhập hộ", and what is told of it.
func (s *step) branchFirst(body string) (b org.Branch, told string, ok bool) {
	words := strings.Fields(body)
	from := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(viet.Fold(w), "ho") }) + 1
	for to := min(len(words)-1, from+5); to > from; to-- {
		if found := s.branchesMeant(strings.Trim(strings.Join(words[from:to], " "), " ,:;.")); len(found) == 1 {
			return found[0], strings.Join(words[to:], " "), true
		}
	}
	return org.Branch{}, "", false
}

// askProxy lists the branches that a chair may enter the report of.
func (s *step) askProxy() {
	var o []Option
	for _, c := range s.chaired() {
		for i, b := range s.branches(c) {
			if d := s.duty(b); d.open && !d.sent && b.ClosedFrom == "" {
				o = append(o, Option{Label: s.brief(b), Data: actData(actBehalf, b, d.period.Month), Say: strconv.Itoa(i + 1)})
			}
		}
	}
	if len(o) == 0 {
		s.say("Giờ không có báo cáo nào để nhập hộ {chị} ạ.")
		return
	}
	more := ""
	if len(o) > maxChoices {
		more = " Gõ kèm tên hoặc số, ví dụ \"nhập hộ " + o[maxChoices].Say + "\"."
	}
	shown := o[:min(len(o), maxChoices)]
	s.offering(Prompt{Text: "{Chị} nhập hộ chi hội nào ạ?" + more, Options: shown}, o)
}

// enterFor opens a branch's check-in for a chair of its commune.
func (s *step) enterFor(b org.Branch) {
	switch d := s.duty(b); {
	case !d.open:
		s.say("%s", s.notOpen(d))
	case d.sent:
		s.say("Báo cáo %s của %s gửi rồi {chị} ạ.", d.period.Month.Label(), lowerFirst(s.named(b)))
	default:
		s.do(Audit{What: "enter_on_behalf", By: s.Me.ID, Unit: string(b.ID)})
		s.talk.Proxy, s.talk.Mends, s.known = b.ID, "", nil
		s.begin(d)
	}
}

// proxied is the branch a chair is entering, while she chairs its commune and it is none of
// her own.
func (s *step) proxied(own []duty) []duty {
	if s.talk.Mends != "" {
		return s.mending()
	}
	b, ok := s.Book.Branch(s.talk.Proxy)
	if !ok || !slices.Contains(s.chaired(), b.ID.Commune()) || slices.ContainsFunc(own, func(d duty) bool { return d.branch.ID == b.ID }) {
		return nil
	}
	return []duty{s.duty(b)}
}

// onBehalf reports whether she fills in a branch that is not hers.
func (f *form) onBehalf() bool {
	return f.Me != nil && !slices.ContainsFunc(f.Book.PostsOf(f.Me.ID), func(p org.Post) bool { return p.OfBranch() && p.Branch() == f.branch.ID })
}

// endProxy gives back a branch that was not hers, when she leaves its check-in.
func (f *form) endProxy() {
	if f.talk.Proxy == f.branch.ID {
		f.talk.Proxy, f.talk.Mends, f.known = "", "", nil
	}
}

// tellBehalf tells the branch that its report was entered for it.
func (f *form) tellBehalf(c org.CheckIn) {
	for _, p := range f.Book.PostsIn(string(f.branch.ID)) {
		if !p.OfBranch() {
			continue
		}
		f.tell(p.Person, Prompt{Text: fmt.Sprintf("%s đã nhập hộ báo cáo %s của %s.\n{Chị} gõ \"xem lại\" để xem, sai chỗ nào gõ ví dụ \"sửa 7\" ạ.",
			upperFirst(f.spokenOf(f.Me.ID)), c.Month.Label(), lowerFirst(f.named(f.branch)))}, false)
	}
}

// isText reports whether an event is words that can be read.
func isText(e Event) bool {
	t, ok := e.(Text)
	return ok && viet.Fold(t.Body) != ""
}
