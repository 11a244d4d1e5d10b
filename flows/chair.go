package flows

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// chaired lists the communes she is chair or vice chair of.
func (s *step) chaired() (list []org.CommuneID) {
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		if !p.OfBranch() && !slices.Contains(list, p.Commune()) {
			list = append(list, p.Commune())
		}
	}
	return list
}

func (s *step) isChair() bool { return len(s.chaired()) > 0 }

// chairText answers a chair's words; t is folded. False when they are not for here.
func (s *step) chairText(t string) bool {
	var show func(org.CommuneID)
	switch {
	case slices.Contains([]string{"tinh hinh", "tinh hinh the nao", "tinh hinh sao roi", "bao nhieu chi hoi gui roi", "ai gui roi", "xem tinh hinh"}, t):
		show = s.status
	case slices.Contains([]string{"ai chua gui", "ai con thieu", "con ai", "con ai chua gui", "chua gui"}, t):
		show = s.missing
	case slices.Contains([]string{"can ho tro", "viec can ho tro", "yeu cau ho tro"}, t):
		show = s.requests
	case strings.HasPrefix(t, "chi hoi "):
		return slices.ContainsFunc(s.chaired(), func(c org.CommuneID) bool { return s.branchByName(c, strings.TrimPrefix(t, "chi hoi ")) })
	case t == "da nhan":
		return slices.ContainsFunc(s.chaired(), s.seenLast)
	default:
		return false
	}
	for _, c := range s.chaired() {
		show(c)
	}
	return true
}

// standing is where one branch is in a period.
type standing struct {
	branch org.Branch
	name   string // short, and different from those of the others
	number int    // its place in the commune's list, from 1
	state  string // "submitted", "submitted_late", "draft", "open", "missed", "exempt"
	left   int    // questions open in the draft
	away   string // why its head can't be written to, "" if she can
}

// standings lists the branches of a period, in roster order.
func (s *step) standings(p org.Period) (list []standing) {
	all := s.Book.Branches(p.Commune)
	for i, b := range all {
		if !slices.Contains(p.Expected, b.ID) {
			continue
		}
		st := standing{branch: b, name: nameAmong(all, b), number: i + 1, state: "open", away: s.away(b)}
		if c, ok := s.Book.CheckIn(b.ID, p.Month); ok {
			st.state = "submitted"
			if c.Late {
				st.state = "submitted_late"
			}
		} else if p.Exempt[b.ID] != "" {
			st.state = "exempt"
		} else if d, ok := s.Book.Draft(b.ID, p.Month); ok && d.Begun() {
			st.state = "draft"
			if f, ok := s.formOf(d); ok {
				st.left = f.left()
			}
		} else if p.State(s.Now) == org.Locked {
			st.state = "missed"
		}
		list = append(list, st)
	}
	return list
}

// nameAmong is a branch's short name, with its former commune when another has the same.
func nameAmong(all []org.Branch, b org.Branch) string {
	name := shortBranch(b.Name)
	for _, o := range all {
		if o.ID != b.ID && shortBranch(o.Name) == name && b.FormerCommune != "" {
			return name + " (" + b.FormerCommune + ")"
		}
	}
	return name
}

// away says why the branch's head can't be written to.
func (s *step) away(b org.Branch) string {
	why := "chưa có chi hội trưởng"
	for _, p := range s.Book.PostsIn(string(b.ID)) {
		if p.Role != org.Head {
			continue
		}
		if _, ok := s.Book.ContactOf(p.Person); ok {
			return ""
		}
		why = "chưa nhận mã"
		if len(s.Book.Contacts(p.Person)) > 0 {
			why = "không nhắn tới được"
			if c, ok := s.Book.Consent(p.Person); !ok || c.Withdrawn {
				why = "không dùng bot"
			}
		}
	}
	return why
}

// status shows who has sent, who has begun, who has not; each branch a tap away.
func (s *step) status(c org.CommuneID) {
	p, open := present(s.Facts, c)
	commune, _ := s.Book.Commune(c)
	if p.Month == "" {
		s.say("%s chưa mở kỳ điểm danh nào ạ.", commune.Name)
		return
	}
	list := s.standings(p)
	groups := map[string][]string{}
	var o []Option
	for _, st := range list {
		name := fmt.Sprintf("%d. %s", st.number, st.name)
		mark := map[string]string{"submitted": "✅", "submitted_late": "✅", "draft": "✏️", "exempt": "–"}[st.state]
		switch st.state {
		case "draft":
			name += fmt.Sprintf(" (còn %d câu)", st.left)
		case "submitted_late":
			name += " (muộn)"
		case "open", "missed":
			mark = "▫️"
			if st.away != "" {
				name += " (" + st.away + ")"
			}
		}
		key := strings.TrimSuffix(st.state, "_late")
		groups[key] = append(groups[key], name)
		opt := viewOption(p.Month, st.branch, mark+" "+st.name)
		opt.Beside = len(o)%2 == 1
		o = append(o, opt)
	}
	sent, expected := tally(s.Book, p)
	head := fmt.Sprintf("Kỳ %s, %s: đã gửi %d/%d, hạn %s.", p.Month.Label(), commune.Name, sent, expected, dueWords(p.Due))
	if !open {
		head = fmt.Sprintf("Kỳ %s, %s (đã khóa): đã gửi %d/%d.", p.Month.Label(), commune.Name, sent, expected)
	}
	lines := []string{head}
	for _, g := range []struct{ key, title string }{{"submitted", "✅ Đã gửi"}, {"draft", "✏️ Đang làm"}, {"open", "▫️ Chưa bắt đầu"}, {"missed", "▫️ Không gửi"}, {"exempt", "Không phải gửi"}} {
		if n := groups[g.key]; len(n) > 0 {
			lines = append(lines, fmt.Sprintf("%s (%d): %s", g.title, len(n), strings.Join(n, "; ")))
		}
	}
	if n := s.newRequests(c); n > 0 {
		lines = append(lines, fmt.Sprintf("🆘 %d việc cần hỗ trợ chưa ai nhận: gõ \"cần hỗ trợ\".", n))
	}
	s.offer(strings.Join(lines, "\n"), o)
	// In the list a typed number is the branch's own, which the text above shows.
	for i := range o {
		o[i].Say = strconv.Itoa(list[i].number)
	}
	s.talk.Offer = o
}

func (s *step) newRequests(c org.CommuneID) (n int) {
	for _, r := range s.Book.Requests(c) {
		if r.State == "new" {
			n++
		}
	}
	return n
}

// missing lists who has not sent, with phones: for the chair's private chat only.
func (s *step) missing(c org.CommuneID) {
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		s.status(c)
		return
	}
	lines := s.missingLines(p)
	if len(lines) == 0 {
		s.say("Kỳ %s các chi hội gửi đủ rồi {chị} ạ.", p.Month.Label())
		return
	}
	s.say("Kỳ %s còn %d chi hội chưa gửi:\n%s", p.Month.Label(), len(lines), strings.Join(lines, "\n"))
}

func (s *step) missingLines(p org.Period) (lines []string) {
	for _, st := range s.standings(p) {
		if st.state != "open" && st.state != "draft" && st.state != "missed" {
			continue
		}
		line := fmt.Sprintf("%d. %s", st.number, st.name)
		for _, post := range s.Book.PostsIn(string(st.branch.ID)) {
			if head, ok := s.Book.Person(post.Person); ok && post.Role == org.Head {
				line += fmt.Sprintf(": chị %s, %s", head.Name, phoneOr(head.Phone))
			}
		}
		if st.state == "draft" {
			line += fmt.Sprintf(" (đang làm, còn %d câu)", st.left)
		} else if st.away != "" {
			line += " (" + st.away + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

// requests lists the open calls for help.
func (s *step) requests(c org.CommuneID) {
	var lines []string
	for _, r := range s.Book.Requests(c) {
		b, _ := s.Book.Branch(r.Branch)
		state := "chưa ai nhận"
		if r.State != "new" {
			p, _ := s.Book.Person(r.SeenBy)
			state = "chị " + givenName(p.Name) + " đã nhận"
		}
		line := fmt.Sprintf("• %s, %s: %s (%s)", org.Day(r.At), shortBranch(b.Name), lowerFirst(requestWords(r.Kind)), state)
		if r.Text != "" {
			line += "\n  \"" + r.Text + "\""
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		s.say("Hiện không có việc nào cần hỗ trợ {chị} ạ.")
		return
	}
	s.do(Audit{What: "requests_viewed", By: s.Me.ID, Unit: string(c)})
	s.say("Việc các chi hội cần hỗ trợ:\n%s", strings.Join(lines, "\n"))
}

// seenLast marks the newest request as seen, for "đã nhận" typed after it.
func (s *step) seenLast(c org.CommuneID) bool {
	list := s.Book.Requests(c)
	for _, r := range slices.Backward(list) {
		if r.State == "new" {
			return s.seen(r.ID)
		}
	}
	return false
}

// chairPress takes a tap on the list or on a branch.
func (s *step) chairPress(kind, rest string) bool {
	for _, c := range s.chaired() {
		if kind == "t" {
			s.status(c)
			return true
		}
		month, key, _ := strings.Cut(rest, ":")
		for _, b := range s.Book.Branches(c) {
			if branchKey(b.ID) == key {
				s.showBranch(b, org.Month(month))
				return true
			}
		}
	}
	return false
}

func (s *step) branchByName(c org.CommuneID, t string) bool {
	p, _ := present(s.Facts, c)
	for i, b := range s.Book.Branches(c) {
		if t == strconv.Itoa(i+1) || t == viet.Fold(shortBranch(b.Name)) {
			s.showBranch(b, p.Month)
			return true
		}
	}
	return false
}

// showBranch shows a branch's report, or how far it is. Parts of a draft are not shown.
func (s *step) showBranch(b org.Branch, m org.Month) {
	c, ok := s.Book.CheckIn(b.ID, m)
	if ok {
		s.do(Audit{What: "report_viewed", By: s.Me.ID, Unit: string(b.ID), Detail: string(m)})
		s.say("%s", s.reportCard(b, c))
		return
	}
	text := fmt.Sprintf("%s chưa gửi báo cáo %s.", b.Name, m.Label())
	if d, ok := s.Book.Draft(b.ID, m); ok && d.Begun() {
		if f, ok := s.formOf(d); ok {
			text += fmt.Sprintf(" Đang làm, còn %d câu.", f.left())
		}
	}
	for _, post := range s.Book.PostsIn(string(b.ID)) {
		if p, ok := s.Book.Person(post.Person); ok {
			text += fmt.Sprintf("\n%s: chị %s, %s", upperFirst(strings.TrimSuffix(s.postWords(post), " "+b.Name)), p.Name, phoneOr(p.Phone))
		}
	}
	if why := s.away(b); why != "" {
		text += "\n(" + why + ")"
	}
	s.say("%s", text)
}

// reportCard is a submitted report as its reader sees it.
func (s *step) reportCard(b org.Branch, c org.CheckIn) string {
	by, _ := s.Book.Person(c.By)
	inner := *s
	inner.Me = &by
	f, ok := inner.formOf(Draft{Branch: b.ID, Month: c.Month, Answers: c.Answers})
	if !ok {
		return b.Name
	}
	foot := fmt.Sprintf("Chị %s gửi lúc %s.", givenName(by.Name), dueWords(c.SentAt.In(s.Now.Location())))
	if c.Revision > 1 {
		foot += fmt.Sprintf(" Đã sửa %d lần.", c.Revision-1)
	}
	head := fmt.Sprintf("%s, %s:", b.Name, c.Month.Label())
	lines := append([]string{head}, f.lines()...)
	lines = append(lines, fmt.Sprintf("Hội viên: %s → %s", number(c.Start), number(c.End)), foot)
	return strings.Join(lines, "\n")
}

func viewOption(m org.Month, b org.Branch, label string) Option {
	return Option{Label: label, Data: fmt.Sprintf("v:%s:%s", m, branchKey(b.ID))}
}

// branchKey names a branch in few letters; those of one commune differ.
func branchKey(b org.BranchID) string {
	h := fnv.New32a()
	h.Write([]byte(b))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}

// shortBranch leaves out the words that every branch's name begins with.
func shortBranch(name string) string {
	for _, p := range []string{"Chi hội phụ nữ ", "Chi hội "} {
		if rest, ok := strings.CutPrefix(name, p); ok {
			return upperFirst(rest)
		}
	}
	return name
}
