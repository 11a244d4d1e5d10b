package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// How much one screen of a phone holds (domain.md 10).
const (
	maxChoices  = 5  // numbered lines to choose from, where there are no buttons
	maxOnPage   = 15 // branches on the page of a former commune
	maxNames    = 12 // names of branches on the overview, over all former communes
	maxToCall   = 8  // heads with their phones
	moreChoices = "Xem tiếp"
)

// section is the branches of one former commune, or a part of it when they are many.
type section struct {
	title string
	list  []standing
}

// sections groups the branches by former commune, in the order of the roster.
func sections(list []standing) (out []section) {
	var order []string
	by := map[string][]standing{}
	for _, st := range list {
		f := st.branch.FormerCommune
		if by[f] == nil {
			order = append(order, f)
		}
		by[f] = append(by[f], st)
	}
	for _, f := range order {
		title := f
		switch {
		case f == "" && len(order) > 1:
			title = "Các chi hội khác"
		case f == "":
			title = "Các chi hội"
		}
		parts := pages(len(by[f]), maxOnPage)
		for i := range parts {
			name := title
			if parts > 1 {
				name = fmt.Sprintf("%s, phần %d", title, i+1)
			}
			from, to := i*len(by[f])/parts, (i+1)*len(by[f])/parts
			out = append(out, section{name, by[f][from:to]})
		}
	}
	return out
}

// status shows a commune's period on one screen: the counts, then who is still missing by
// former commune. A branch's answers are at most two taps away.
func (s *step) status(c org.CommuneID) {
	p, open := present(s.Facts, c)
	commune, _ := s.Book.Commune(c)
	if p.Month == "" {
		s.say("%s chưa mở kỳ điểm danh nào ạ.", commune.Name)
		return
	}
	list := s.standings(p)
	sent, expected := tally(s.Book, p)
	name := communeInSentence(commune.Name)
	head := fmt.Sprintf("Kỳ %s, %s: đã gửi %d/%d, hạn %s.", p.Month.Label(), name, sent, expected, dueMoved(p))
	if !open {
		head = fmt.Sprintf("Kỳ %s, %s (đã khóa): đã gửi %d/%d.", p.Month.Label(), name, sent, expected)
	}
	foot := ""
	if n := s.newRequests(c); n > 0 {
		foot = fmt.Sprintf("\n🆘 %d việc cần hỗ trợ chưa ai nhận: gõ \"cần hỗ trợ\".", n)
	}
	foot += s.waitingLine(p)
	if len(list) <= maxChoices {
		s.showStandings(p, []string{head}, foot, list, s.brief)
		return
	}
	lines := []string{head}
	if counts := countLine(list); counts != "" {
		lines = append(lines, counts)
	}
	groups := sections(list)
	for _, g := range groups {
		lines = append(lines, sectionLine(g, max(3, maxNames/len(groups))))
	}
	foot += "\n{Chị} gõ tên chi hội nào, em mở chi hội ấy."
	s.choose(strings.Join(append(lines, s.awayLines(list)...), "\n")+foot, s.statusOptions(c, list), 0, "t:"+unitKey(string(c))+":o")
}

// statusOptions are the pages behind the overview: who is missing, then each former commune.
func (s *step) statusOptions(c org.CommuneID, list []standing) (o []Option) {
	page := "t:" + unitKey(string(c)) + ":"
	if slices.ContainsFunc(list, standing.missing) {
		o = append(o, Option{Label: "Ai chưa gửi", Data: page + "m1"})
	}
	for i, g := range sections(list) {
		o = append(o, Option{Label: g.title, Data: page + "s" + strconv.Itoa(i), Beside: len(o)%2 == 1})
	}
	return o
}

// shelves are the headings of a list of branches, in order; further ones say why a head
// can't be written to.
var shelves = []struct{ key, title, count string }{
	{"submitted", "✅ Đã gửi", ""}, {"draft", "✏️ Đang làm", "đang làm"}, {"open", "⬜ Chưa bắt đầu", "chưa bắt đầu"},
	{"missed", "⬜ Không gửi", "không gửi"}, {noCode, "Chưa nhận mã", noCode}, {unreachable, "Không nhắn tới được", unreachable},
	{notUsing, "Không dùng bot", notUsing}, {noHead, "Chưa có chi hội trưởng", noHead}, {"exempt", "Không phải gửi", ""},
}

func onShelf(list []standing, key string) (on []standing) {
	for _, st := range list {
		if st.shelf() == key {
			on = append(on, st)
		}
	}
	return on
}

// countLine is "Đang làm 3, chưa bắt đầu 9, chưa nhận mã 12."
func countLine(list []standing) string {
	var parts []string
	for _, sh := range shelves {
		if n := len(onShelf(list, sh.key)); n > 0 && sh.count != "" {
			parts = append(parts, fmt.Sprintf("%s %d", sh.count, n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return upperFirst(strings.Join(parts, ", ")) + "."
}

// stateLines lists branches with their numbers, a line for each shelf.
func stateLines(list []standing, name func(org.Branch) string) (lines []string) {
	for _, sh := range shelves {
		var names []string
		for _, st := range onShelf(list, sh.key) {
			n := fmt.Sprintf("%d. %s", st.number, name(st.branch))
			switch st.state {
			case "submitted_late":
				n += " (muộn)"
			case "draft":
				n += " (" + leftWords(st.left) + ")"
			}
			names = append(names, n)
		}
		if len(names) > 0 {
			lines = append(lines, sh.title+": "+strings.Join(names, "; "))
		}
	}
	return lines
}

// tally counts who has sent among those expected.
func (g section) tally() (sent, expected int) {
	return len(onShelf(g.list, "submitted")), len(g.list) - len(onShelf(g.list, "exempt"))
}

// sectionLine is a former commune on the overview: "• Xã An Thịnh: 6/13. ✏️ Thôn Tây. ⬜
// Thôn Trung, Thôn Nam và 2 nơi nữa." Those who can't be written to have a line of their own.
func sectionLine(g section, room int) string {
	sent, expected := g.tally()
	line := fmt.Sprintf("• %s: %d/%d", g.title, sent, expected)
	if sent == expected {
		return line + " ✅"
	}
	if l := onShelf(g.list, "draft"); len(l) > 0 {
		line += ". ✏️ " + someNames(l, room, shortly)
		room = max(room-len(l), 1)
	}
	if l := append(onShelf(g.list, "open"), onShelf(g.list, "missed")...); len(l) > 0 {
		line += ". ⬜ " + someNames(l, room, shortly)
	}
	return line
}

// awayLines name once, over all former communes, those who can't be written to, and those
// who need not report.
func (s *step) awayLines(list []standing) (lines []string) {
	for _, sh := range shelves[4:] {
		if l := onShelf(list, sh.key); len(l) > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s", sh.title, someNames(l, maxChoices, s.brief)))
		}
	}
	return lines
}

// someNames is "Thôn Đông, Thôn Tây và 3 nơi nữa"; one more than there is room for is named too.
func someNames(list []standing, room int, name func(org.Branch) string) string {
	if len(list) <= room+1 {
		room = len(list)
	}
	names := make([]string, room)
	for i := range names {
		names[i] = name(list[i].branch)
	}
	text := strings.Join(names, ", ")
	if more := len(list) - room; more > 0 {
		text += fmt.Sprintf(" và %d nơi nữa", more)
	}
	return text
}

// showPage opens a page behind one of the lists; one that is no longer there is the overview.
func (s *step) showPage(c org.CommuneID, page string) {
	kind, rest := page[:min(1, len(page))], page[min(1, len(page)):]
	switch kind { // not followed by a number
	case "q":
		s.showWish(c, rest)
		return
	case "x":
		s.exportPage(c, rest)
		return
	}
	n, err := strconv.Atoi(rest)
	p, _ := present(s.Facts, c)
	if err != nil || n < 0 || p.Month == "" {
		s.status(c)
		return
	}
	list := s.standings(p)
	switch groups := sections(list); {
	case kind == "s" && n < len(groups):
		g := groups[n]
		sent, expected := g.tally()
		head := fmt.Sprintf("%s: đã gửi %d/%d.", g.title, sent, expected)
		s.showStandings(p, []string{head}, "\n{Chị} bấm hoặc gõ số để mở.", g.list, shortly)
	case kind == "o":
		s.choose("{Chị} xem phần nào ạ?", s.statusOptions(c, list), n, "t:"+unitKey(string(c))+":o")
	case kind == "m":
		s.missing(c, "", n)
	case kind == "c":
		s.missing(c, noCode, n)
	case kind == "d":
		s.detail(c, n/10, n%10)
	case kind == "a":
		s.waitingPage(c, n)
	case kind == "r":
		s.requests(c, n)
	case kind == "w":
		s.showWave(c, n)
	default:
		s.status(c)
	}
}

// sectionText opens the page of a former commune that was typed by name.
func (s *step) sectionText(body string) bool {
	t := withoutCourtesy(body)
	for _, c := range s.chaired() {
		p, _ := present(s.Facts, c)
		if p.Month == "" {
			continue
		}
		for i, g := range sections(s.standings(p)) {
			if t == viet.Fold(g.title) || t == viet.Fold(placeName(g.title)) {
				s.showPage(c, "s"+strconv.Itoa(i))
				return true
			}
		}
	}
	return false
}

// showStandings shows branches of which each is a button; its number stands in the text.
func (s *step) showStandings(p org.Period, lines []string, foot string, list []standing, name func(org.Branch) string) {
	var o []Option
	for i, st := range list {
		opt := viewOption(p.Month, st.branch, s.brief(st.branch)) // what is typed may mean one alone
		opt.Say, opt.Beside = strconv.Itoa(st.number), i%2 == 1
		o = append(o, opt)
	}
	s.listed(strings.Join(append(lines, stateLines(list, name)...), "\n")+foot, o, o)
}

// shortly names a branch where its former commune is told beside it.
func shortly(b org.Branch) string { return shortBranch(b.Name) }

// listed shows choices whose numbers stand in the text already: shown become buttons, any
// of typed may be typed by its number or name.
func (s *step) listed(text string, shown, typed []Option) {
	p := Prompt{Text: text}
	for _, o := range shown {
		if _, err := strconv.Atoi(o.Say); err == nil {
			o.Label, o.Say = o.Say+". "+o.Label, ""
		}
		p.Options = append(p.Options, o)
	}
	s.offering(p, typed)
}

// choose shows choices by number, at most maxChoices at once; the rest is behind one more,
// whose data is more and where to go on.
func (s *step) choose(text string, all []Option, from int, more string) {
	o := slices.Clone(all[min(from, len(all)):])
	if len(o) > maxChoices {
		o = append(o[:maxChoices-1], Option{Label: moreChoices, Data: more + strconv.Itoa(from+maxChoices-1)})
	}
	for i := range o {
		o[i].Beside = i%2 == 1
	}
	s.offer(text, o)
}

// missing lists who has not sent, with phones, for the chair's private chat only; shelf
// keeps to one heading, "" lists all.
func (s *step) missing(c org.CommuneID, shelf string, page int) {
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		s.status(c)
		return
	}
	list := toCall(s.standings(p), shelf)
	switch {
	case len(list) == 0 && shelf == noCode:
		s.say("Chi hội trưởng nào cũng nhận mã rồi {chị} ạ.")
		return
	case len(list) == 0:
		s.say("Kỳ %s các chi hội gửi đủ rồi {chị} ạ.", p.Month.Label())
		return
	}
	what := "chưa gửi"
	if shelf != "" {
		what = shelf
	}
	head := fmt.Sprintf("Kỳ %s còn %d chi hội %s", p.Month.Label(), len(list), what)
	on, more := callPage(c, list, shelf, page)
	if len(on) < len(list) {
		all := pages(len(list), maxToCall)
		head += fmt.Sprintf(", trang %d/%d", max(1, min(page, all)), all)
	}
	typed := more
	for _, st := range on {
		o := viewOption(p.Month, st.branch, s.brief(st.branch))
		o.Say = strconv.Itoa(st.number)
		typed = append(typed, o)
	}
	nudge := s.nudgeOption(p, list)
	s.offering(Prompt{Text: head + ":\n" + strings.Join(s.callLines(on, shelf), "\n"), Options: append(nudge, more...)}, append(nudge, typed...))
}

// toCall are those who have not sent: first those who can be called to go on, then those
// who can't be written to, under their reasons.
func toCall(all []standing, shelf string) (list []standing) {
	for _, sh := range shelves {
		for _, st := range onShelf(all, sh.key) {
			if st.missing() && (shelf == "" || shelf == sh.key) {
				list = append(list, st)
			}
		}
	}
	return list
}

func pages(n, size int) int { return (n + size - 1) / size }

// callPage is a page of such a list, and the way on to the next one.
func callPage(c org.CommuneID, list []standing, shelf string, page int) (on []standing, more []Option) {
	page = max(1, min(page, pages(len(list), maxToCall)))
	on = list[(page-1)*maxToCall : min(page*maxToCall, len(list))]
	if page*maxToCall >= len(list) {
		return on, nil
	}
	kind, say := "m", "ai chưa gửi"
	if shelf != "" {
		kind, say = "c", shelf
	}
	return on, []Option{{Label: moreChoices, Data: fmt.Sprintf("t:%s:%s%d", unitKey(string(c)), kind, page+1), Say: fmt.Sprintf("%s %d", say, page+1)}}
}

// callLines write branches with whom to call: "3. Thôn Nam: chị Phạm Thị Mai, 0933333333 (còn
// 6 câu)", those who can't be written to under their reason, unless all stand under one.
func (s *step) callLines(list []standing, shelf string) (lines []string) {
	for i, st := range list {
		if why := st.shelf(); shelf == "" && why == st.away && (i == 0 || list[i-1].shelf() != why) {
			lines = append(lines, upperFirst(why)+":")
		}
		line := fmt.Sprintf("%d. %s", st.number, s.brief(st.branch))
		for _, post := range s.Book.PostsIn(string(st.branch.ID)) {
			if head, ok := s.Book.Person(post.Person); ok && post.Role == org.Head {
				line += fmt.Sprintf(": chị %s, %s", head.Name, phoneOr(head.Phone))
			}
		}
		if st.state == "draft" {
			line += " (" + leftWords(st.left) + ")"
		}
		lines = append(lines, line)
	}
	return lines
}
