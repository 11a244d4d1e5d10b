package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// Answers to announcements: a tap, or words of their own, never a number. In a group they are
// counted without names; her chair sees the names of those the bot knows, in private.

// answerWords are what is typed for an answer, folded and without courtesy.
var answerWords = map[string]org.Answering{
	"da nam": org.Noted, "em da nam": org.Noted, "da nam roi": org.Noted, "nam roi": org.Noted, "em nam roi": org.Noted, "da nam thong tin": org.Noted,
	"em den": org.Coming, "em se den": org.Coming, "se den": org.Coming, "em di": org.Coming, "em di duoc": org.Coming, "em du": org.Coming, "em tham gia": org.Coming,
	"em ban": org.Busy, "em ban roi": org.Busy, "em khong den duoc": org.Busy, "khong den duoc": org.Busy, "em xin vang": org.Busy, "em khong di duoc": org.Busy,
}

// answerSpan is for how long after it was sent an announcement may be answered by words.
const answerSpan = 14 * 24 * time.Hour

// What may stand around the words of an answer, folded. "Em" before them belongs to them:
// "bận" alone puts a check-in off.
var (
	answerBefore = []string{"da", "vang", "chi", "oi", "thua", "u"}
	answerAfter  = []string{"a", "nhe", "nha", "em", "chi", "oi", "roi", "het"}
)

// answerIn reads an answer to an announcement.
func answerIn(body string) (v org.Answering, ok bool) {
	w := strings.FieldsFunc(viet.Fold(body), func(r rune) bool { return strings.ContainsRune(" ,.!", r) })
	for {
		if v, ok = answerWords[strings.Join(w, " ")]; ok || len(w) < 2 {
			return v, ok
		}
		switch {
		case slices.Contains(answerBefore, w[0]) && w[1] != "nam":
			w = w[1:]
		case slices.Contains(answerAfter, w[len(w)-1]):
			w = w[:len(w)-1]
		default:
			return "", false
		}
	}
}

// newsAnswer takes words of a head for the latest announcement that asks for them; false
// when there is none, and they mean something else.
func (s *step) newsAnswer(body string) bool {
	v, ok := answerIn(body)
	if !ok {
		return false
	}
	for _, c := range s.ownCommunes() {
		for _, a := range slices.Backward(s.Book.Announcements(c)) {
			if s.Now.Sub(a.Sent) > answerSpan || a.State != org.Released || a.Kind.Invites() != (v != org.Noted) || a.At.After(s.Now) || !s.mayAnswer(a) {
				continue
			}
			s.answered(a, v)
			return true
		}
	}
	return false
}

// mayAnswer reports whether an announcement reached her: by herself, or as somebody of its
// commune in a group.
func (s *step) mayAnswer(a org.Announcement) bool {
	return slices.ContainsFunc(a.Targets, func(t org.Target) bool { return t.Group != "" || t.Person == s.Me.ID })
}

// ownCommunes lists the communes that she has a post in.
func (s *step) ownCommunes() (list []org.CommuneID) {
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		if !slices.Contains(list, p.Commune()) {
			list = append(list, p.Commune())
		}
	}
	return list
}

// answerPress takes a tap under an announcement in her private chat.
func (s *step) answerPress(rest string) bool {
	part := strings.Split(rest, ":")
	if len(part) != 3 || !slices.Contains(s.ownCommunes(), org.CommuneID(part[0])) {
		return false
	}
	a, ok := s.Book.Announcement(org.CommuneID(part[0]), org.AnnouncementID(part[1]))
	v := org.Answering(part[2])
	if !ok || a.State == org.Drafting || !fitsKind(a, v) {
		return false
	}
	s.answered(a, v)
	return true
}

func fitsKind(a org.Announcement, v org.Answering) bool {
	if a.Kind.Invites() {
		return v == org.Coming || v == org.Busy
	}
	return v == org.Noted
}

func (s *step) answered(a org.Announcement, v org.Answering) {
	s.keepAnswer(a, v, s.Me.ID)
	switch v {
	case org.Coming:
		s.say("Dạ, em ghi là {chị} sẽ đến ạ. Đổi ý {chị} gõ \"em bận\" nhé.")
	case org.Busy:
		s.say("Dạ, em ghi là {chị} bận ạ. Đến được thì {chị} gõ \"em đến\" nhé.")
	default:
		s.say("Dạ, em ghi là {chị} đã nắm ạ.")
	}
}

// tallyEvery is how often, at most, the count under an announcement in a group is brought
// up to date: an edit costs as much as a message there.
const tallyEvery = 30 * time.Second

// keepAnswer notes an answer and has the counts in the groups follow.
func (s *step) keepAnswer(a org.Announcement, v org.Answering, by org.PersonID) {
	s.do(SaveResponse{org.Response{Commune: a.Commune, Announcement: a.ID, Person: by, Answer: v, At: s.Now}})
	if a.TallyAt.After(s.Now) { // one to come counts this too
		return
	}
	planned := false
	a.TallyAt = later(s.Now, a.TallyAt.Add(tallyEvery))
	for i, f := range s.fates(a) {
		t := a.Targets[i]
		if t.Group == "" || f.State != org.MessageSent || !s.editable(t, f) {
			continue
		}
		planned = true
		s.do(Remind{Key: fmt.Sprintf("tally/%s/%s/%s/%s/%d", a.Month, a.Commune, a.ID, targetMark(t), a.TallyAt.Unix()), At: a.TallyAt,
			Order: Order{Kind: OrderTally, Group: t.Group, Commune: a.Commune, News: a.ID, Month: a.Month, Edits: f.Message, Urgent: true}})
	}
	if planned {
		s.do(SaveAnnouncement{a})
	}
}

// inGroupSaid takes what was said to the bot in a group: an answer to an announcement, and
// nothing else. Nobody is answered there, and nothing else of it is kept; who wants something
// of the bot is told in private, once an hour, where to say it.
func (s *step) inGroupSaid(e Addressed) {
	bound := s.Book.GroupsAt(e.Group)
	for _, g := range bound {
		a, v, ok := s.groupAnswer(g.Commune, e)
		if !ok {
			continue
		}
		by := org.PersonID("")
		if s.Me != nil && !s.cannotAsk(s.Me.ID) {
			by = s.Me.ID
		}
		s.keepAnswer(a, v, by)
		return
	}
	if e.Body == "" || len(bound) == 0 || s.Me == nil || s.cannotAsk(s.Me.ID) || len(s.Book.PostsOf(s.Me.ID)) == 0 || s.Now.Sub(s.talk.MentionedAt) < time.Hour {
		return
	}
	s.talk.MentionedAt = s.Now
	s.tell(s.Me.ID, Prompt{Text: fmt.Sprintf("Ở nhóm %s em chỉ báo tin chung ạ. Cần gì {chị} nhắn em ở đây nhé.", groupName(bound[0].Title))}, false)
}

// groupAnswer finds the announcement in a group that is answered.
func (s *step) groupAnswer(c org.CommuneID, e Addressed) (a org.Announcement, v org.Answering, ok bool) {
	in := func(a org.Announcement) bool {
		return a.State != org.Drafting && slices.ContainsFunc(a.Targets, func(t org.Target) bool { return t.Group == e.Group })
	}
	if rest, tap := strings.CutPrefix(e.Data, "p:"+string(c)+":"); tap {
		id, answer, _ := strings.Cut(rest, ":")
		a, ok = s.Book.Announcement(c, org.AnnouncementID(id))
		return a, org.Answering(answer), ok && in(a) && fitsKind(a, org.Answering(answer))
	}
	words := strings.Fields(e.Body) // the bot's name may stand before them
	for i := 0; i < len(words) && !ok; i++ {
		if i == 0 || strings.HasPrefix(words[0], "@") {
			v, ok = answerIn(strings.Join(words[i:], " "))
		}
	}
	if !ok {
		return a, v, false
	}
	for _, a := range slices.Backward(s.Book.Announcements(c)) {
		if in(a) && fitsKind(a, v) && s.Now.Sub(a.Sent) < answerSpan {
			return a, v, true
		}
	}
	return a, v, false
}

// whoAnswered names those who answered, to a chair in private.
func (s *step) whoAnswered(a org.Announcement) {
	shelves := map[org.Answering][]string{}
	unknown := map[org.Answering]int{}
	answered := map[org.PersonID]bool{}
	for _, r := range s.Book.Responses(a.Commune, a.ID) {
		if p, ok := s.Book.Person(r.Person); r.Person != "" && ok {
			shelves[r.Answer] = append(shelves[r.Answer], s.withBranch(p, a.Commune))
			answered[p.ID] = true
		} else {
			unknown[r.Answer]++
		}
	}
	var lines []string
	for _, v := range []struct {
		v    org.Answering
		name string
	}{{org.Coming, "Sẽ đến"}, {org.Busy, "Bận"}, {org.Noted, "Đã nắm"}} {
		names := shelves[v.v]
		if n := unknown[v.v]; n > 0 {
			names = append(names, fmt.Sprintf("%d chị trong nhóm em chưa quen", n))
		}
		if n := len(shelves[v.v]) + unknown[v.v]; n > 0 {
			lines = append(lines, fmt.Sprintf("%s %d: %s.", v.name, n, strings.Join(names, ", ")))
		}
	}
	var silent []string
	for _, t := range s.targets(a.Commune, org.Audience{Kind: org.ToHeads}) {
		personal := slices.ContainsFunc(a.Targets, func(o org.Target) bool { return o.Branch == t.Branch })
		if t.Person != "" && !answered[t.Person] && (personal || a.Targets[0].Group != "") {
			silent = append(silent, s.targetName(t))
		}
	}
	if len(silent) > 0 {
		lines = append(lines, fmt.Sprintf("Chưa trả lời %d: %s.", len(silent), strings.Join(silent, ", ")))
	}
	s.say("%s", strings.Join(lines, "\n"))
}

// withBranch is a name with its branch, for a chair: "Lan (Thôn Đông)".
func (s *step) withBranch(p org.Person, c org.CommuneID) string {
	if b, ok := s.branchOf(p.ID, c); ok {
		return givenName(p.Name) + " (" + s.brief(b) + ")"
	}
	return givenName(p.Name)
}
