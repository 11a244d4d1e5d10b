package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// Acting is what a chair is about to do to a branch, while she is asked for her words.
type Acting struct {
	What   string       `json:"what"` // actNudge and the following
	Branch org.BranchID `json:"branch"`
	Month  org.Month    `json:"month,omitempty"`
	// Item and Revision are of the report that is asked about; Flag is passed over; To is sent.
	Item     int          `json:"item,omitempty"`
	Revision int          `json:"rev,omitempty"`
	Flag     org.FlagKind `json:"flag,omitempty"`
	To       org.PersonID `json:"to,omitempty"`
	// Text is what she wrote, while it is shown to her before it goes.
	Text string `json:"text,omitempty"`
}

// What a chair does to one branch; the letter stands in her buttons ("j:q:2026-11:1x2y").
const (
	actNudge   = "n" // has it reminded
	actLine    = "o" // has it reminded with a line of her own
	actQuery   = "q" // asks about an item of its report
	actCall    = "c" // rings: the phones are shown
	actBehalf  = "b" // enters its report
	actErrand  = "g" // sends another chair
	actDismiss = "f" // passes a flag over
	actMend    = "e" // corrects its report after the lock
)

// actVerbs are what is typed for them, before the branch, folded.
var actVerbs = []struct{ act, verb string }{
	{actQuery, "hoi lai "}, {actNudge, "nhac "}, {actCall, "goi "}, {actErrand, "giao viec "}, {actErrand, "giao "}, {actDismiss, "bo qua "},
}

// actSteps begin the buttons of an act that is under way: they lose their numbers as soon as
// anything else is said.
var actSteps = []string{"j:w:", "j:k:", "j:t:", "j:d:"}

// maxLine is how long a line of a chair may be.
const maxLine = 160

// actText reads "nhắc 3", "hỏi lại thôn Đông", "nhắc Đông: chị gửi giúp em trước 5h nhé".
func (s *step) actText(body string) bool {
	before, line, own := strings.Cut(body, ":")
	t := withoutCourtesy(before)
	for _, v := range actVerbs {
		which, ok := strings.CutPrefix(t, v.verb)
		if !ok {
			continue
		}
		item := 0
		if i := strings.LastIndex(which, " muc "); v.act == actQuery && i > 0 {
			item, _ = strconv.Atoi(strings.TrimSpace(which[i+len(" muc "):]))
			which = which[:i]
		}
		found := s.branchesMeant(which)
		if len(found) != 1 {
			continue
		}
		p, _ := present(s.Facts, found[0].ID.Commune())
		act := v.act
		if own && act == actNudge {
			act = actLine
		}
		s.line = strings.TrimSpace(line)
		if item > 0 {
			s.queryItem(found[0], p.Month, item)
		} else {
			s.act(act, found[0], p.Month)
		}
		return true
	}
	return s.errandText(t, body)
}

// noBranchText answers "nhắc 40" where there are three; false when it names no such number.
func (s *step) noBranchText(body string) bool {
	before, _, _ := strings.Cut(body, ":")
	t := withoutCourtesy(before)
	for _, v := range actVerbs {
		which, ok := strings.CutPrefix(t, v.verb)
		n, err := strconv.Atoi(which)
		if c := s.chaired()[0]; ok && err == nil && (n < 1 || n > len(s.branches(c))) {
			s.sayNumbers(c)
			return true
		}
	}
	return false
}

// act begins one of them, for a branch she is chair of.
func (s *step) act(what string, b org.Branch, m org.Month) {
	switch what {
	case actNudge:
		s.nudgeBranch(b, "")
	case actLine:
		s.askLine(b, m)
	case actQuery:
		s.query(b, m)
	case actCall:
		s.callBranch(b)
	case actBehalf:
		s.enterFor(b)
	case actErrand:
		s.errand(b)
	case actDismiss:
		s.flagsToDismiss(b, m)
	case actMend:
		s.mend(b, m)
	}
}

// actPress takes a tap on what can be done to a branch, or on a step of it.
func (s *step) actPress(rest string) bool {
	what, rest, _ := strings.Cut(rest, ":")
	switch what {
	case "w":
		n, err := strconv.Atoi(rest)
		return err == nil && s.chooseWords(n)
	case "k":
		return s.previewed(rest)
	case "t":
		return s.errandTo(org.PersonID(rest))
	case "d":
		return s.errandDone(rest)
	}
	month, rest, _ := strings.Cut(rest, ":")
	key, more, _ := strings.Cut(rest, ":")
	for _, c := range s.chaired() {
		for _, b := range s.branches(c) {
			if unitKey(string(b.ID)) != key {
				continue
			}
			n, err := strconv.Atoi(more)
			switch {
			case more == "":
				s.act(what, b, org.Month(month))
			case what == actQuery && err == nil:
				s.queryItem(b, org.Month(month), n)
			case what == actDismiss:
				s.dismissFlag(b, org.Month(month), org.FlagKind(more))
			default:
				return false
			}
			return true
		}
	}
	return false
}

// actData is the button of an act.
func actData(what string, b org.Branch, m org.Month) string {
	return fmt.Sprintf("j:%s:%s:%s", what, m, unitKey(string(b.ID)))
}

// branchOptions are what a chair can do about a branch now, five at most. What is typed names
// the branch, so that a number goes on meaning the branch of a list.
func (s *step) branchOptions(b org.Branch, m org.Month) (o []Option) {
	n := s.numberOf(b)
	add := func(what, label, say string) {
		o = append(o, Option{Label: label, Data: actData(what, b, m), Say: fmt.Sprintf("%s %d", say, n), Beside: len(o)%2 == 1})
	}
	p, open := present(s.Facts, b.ID.Commune())
	open = open && p.Month == m && p.Expects(b.ID)
	if c, sent := s.Book.CheckIn(b.ID, m); sent && s.accepts() {
		if _, done := s.acceptedNow(c); !done {
			o = append(o, s.acceptOption(b, c))
		}
	}
	switch sent := s.Book.Sent(b.ID, m); {
	case sent && open:
		add(actQuery, "Cần hỏi lại", "hỏi lại")
		add(actCall, "Gọi", "gọi")
	case sent:
		add(actMend, "Sửa hộ", "")
		o[len(o)-1].Say = s.mendSay(b, m)
		add(actCall, "Gọi", "gọi")
	case open:
		add(actNudge, "Nhắc chi hội này", "nhắc")
		add(actLine, "Nhắc kèm lời", fmt.Sprintf("nhắc %d: lời của {chị}", n))
		o[len(o)-1].Say = ""
		add(actBehalf, "Nhập hộ", "nhập hộ")
	}
	if len(s.otherChairs(b.ID.Commune())) > 0 {
		add(actErrand, "Giao việc", "giao việc")
	}
	past := s.historyOption(b)
	past.Beside = len(o)%2 == 1
	return append(o, past)
}

// showWith shows a branch with what can be done about it: the labels may be typed too, while
// the numbers of the list that she came from go on meaning the branches.
func (s *step) showWith(text string, o []Option) {
	s.reply(Prompt{Text: text, Options: o})
	s.talk.Act = nil
	s.talk.Offer = slices.DeleteFunc(slices.Clone(s.talk.Offer), func(o Option) bool {
		return strings.HasPrefix(o.Data, "j:") || strings.HasPrefix(o.Data, "b:") || strings.HasPrefix(o.Data, "v:past:")
	})
	s.talk.Offer = append(s.talk.Offer, o...)
}

// callBranch shows whom to ring.
func (s *step) callBranch(b org.Branch) {
	lines := []string{fmt.Sprintf("%s, {chị} gọi:", s.named(b))}
	s.say("%s", strings.Join(append(lines, s.phoneLines(b)...), "\n"))
}

// phoneLines are a branch's head and deputies with their phones.
func (s *step) phoneLines(b org.Branch) (lines []string) {
	for _, post := range s.Book.PostsIn(string(b.ID)) {
		if p, ok := s.Book.Person(post.Person); ok {
			lines = append(lines, fmt.Sprintf("%s: chị %s, %s", upperFirst(roleWords[post.Role]), p.Name, phoneOr(p.Phone)))
		}
	}
	if why := awayAdvice[s.away(b)]; why != "" {
		lines = append(lines, why)
	}
	return lines
}

// askWords offers ready words for an act, or waits for hers, unless she has typed them already.
func (s *step) askWords(a Acting, text string) {
	if line := s.line; line != "" {
		s.line, s.talk.Act = "", &a
		s.preview(line)
		return
	}
	var o []Option
	for i, w := range actWords(a) {
		o = append(o, Option{Label: upperFirst(w), Data: fmt.Sprintf("j:w:%d", i+1)})
	}
	s.offer(text, o)
	s.talk.Act = &a
}

// actWords are the ready words of an act.
func actWords(a Acting) []string {
	switch a.What {
	case actQuery:
		return []string{"số chưa khớp", "khác hẳn tháng trước", "cần ghi rõ hơn"}
	case actDismiss:
		return []string{"đã hỏi thăm rồi", "có lý do chính đáng", "đang giải quyết"}
	case actMend:
		return []string{"ghi nhầm số", "chi hội báo thiếu", "đối chiếu lại sổ"}
	case actErrand:
		return []string{"gọi hỏi giúp", "đến thăm", "nhập hộ báo cáo"}
	}
	return nil
}

// chooseWords takes a tap on ready words.
func (s *step) chooseWords(n int) bool {
	if s.talk.Act == nil {
		return false
	}
	words := actWords(*s.talk.Act)
	if n < 1 || n > len(words) {
		return false
	}
	a := *s.talk.Act
	a.Text = words[n-1]
	s.carryOut(a)
	return true
}

// acting reads what a chair types while her words are asked for; false when it is something else.
func (s *step) acting(body string) bool {
	a := s.talk.Act
	if data, ok := s.picked(body); ok {
		return s.pressElsewhere(data)
	}
	c := viet.ReadCommand(body, "idle")
	switch {
	case c.Outcome == viet.Value && c.Value.Name == viet.Cancel:
		return s.previewed("no")
	case a.Text != "" && (viet.ReadYesNo(body, "confirm").Value == viet.Yes || c.Outcome == viet.Value && c.Value.Name == viet.Submit):
		return s.previewed("ok")
	case len(strings.Fields(body)) <= 4 && (s.chairText(body) || c.Outcome == viet.Value && s.idleCommand(c.Value)):
		return true
	case isNumber(viet.Fold(body)):
		return false
	}
	s.preview(body)
	return true
}

// preview shows her words before they go, or says why they can't.
func (s *step) preview(line string) {
	a := *s.talk.Act
	line = strings.Join(strings.Fields(line), " ")
	if rest, ok := strings.CutPrefix(lowerFirst(line), "vì "); ok && (a.What == actDismiss || a.What == actMend) {
		line = rest
	}
	if problem := s.unfitLine(a.Branch.Commune(), line); problem != "" {
		s.askWords(a, problem)
		return
	}
	a.Text = line
	b, _ := s.Book.Branch(a.Branch)
	whom := map[string]string{actLine: "Em nhắn %s:", actQuery: "Em hỏi lại %s:", actErrand: "Em nhắn việc về %s:", actDismiss: "Em bỏ qua ở %s, vì:", actMend: "Em ghi lý do sửa báo cáo của %s:"}[a.What]
	s.offer(fmt.Sprintf(whom+"\n\"%s\"\nĐúng ý {chị} chưa ạ?", lowerFirst(s.named(b)), line),
		[]Option{{Label: either(a.What == actDismiss || a.What == actMend, "Đúng rồi", "Gửi"), Data: "j:k:ok"}, {Label: "Viết lại", Data: "j:k:again"}, {Label: "Thôi", Data: "j:k:no"}})
	s.talk.Act = &a
}

// unfitLine says what her line must not hold (domain.md 12): nobody's number, and no name of
// somebody who is no head or chair.
func (s *step) unfitLine(c org.CommuneID, line string) string {
	switch {
	case personalNumber.MatchString(line):
		return "Trong lời có số điện thoại hoặc số giấy tờ nên em chưa ghi. {Chị} viết lại không có số ấy giúp em nhé."
	case utf8.RuneCountInString(line) > maxLine:
		return fmt.Sprintf("Lời hơi dài, {chị} viết gọn trong %d chữ cái giúp em nhé.", maxLine)
	}
	for _, n := range s.namesIn(c, line) {
		if n.person == "" {
			return fmt.Sprintf("Em không ghi tên \"%s\" ạ, để giữ cho chị em. {Chị} viết lại giúp em nhé.", n.words)
		}
	}
	return ""
}

// previewed takes what she says to her words as they were shown.
func (s *step) previewed(what string) bool {
	if s.talk.Act == nil {
		return false
	}
	a := *s.talk.Act
	switch what {
	case "ok":
		if a.Text == "" {
			return false
		}
		s.carryOut(a)
	case "again":
		a.Text = ""
		s.askWords(a, "{Chị} gõ lại lời giúp em nhé.")
	default:
		s.talk.Act = nil
		s.say("Dạ vâng, em chưa gửi gì ạ.")
	}
	return true
}

// carryOut does what she was asked words for.
func (s *step) carryOut(a Acting) {
	s.talk.Act = nil
	b, ok := s.Book.Branch(a.Branch)
	if !ok || !slices.Contains(s.chaired(), a.Branch.Commune()) {
		s.menu("")
		return
	}
	switch a.What {
	case actLine:
		s.nudgeBranch(b, a.Text)
	case actQuery:
		s.sendBack(b, a)
	case actErrand:
		s.sendErrand(b, a)
	case actDismiss:
		s.dismiss(b, a)
	case actMend:
		s.mendLocked(b, a)
	}
}

// otherChairs are a commune's chair and vice chairs besides her.
func (s *step) otherChairs(c org.CommuneID) []org.PersonID {
	return slices.DeleteFunc(chairs(s.Book, c), func(id org.PersonID) bool { return id == s.Me.ID })
}
