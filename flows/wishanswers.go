package flows

import (
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
)

// wishAnswer is what a question comes to: its families must be among needs, one of each
// group, and all others among may or of those that go with any.
type wishAnswer struct {
	name  string
	label string // as it is offered; "" when it is not
	needs [][]family
	may   []family
	if_   func(w *wish) bool
	show  func(s *step, c org.CommuneID, w *wish)
	// figures says that it is about figures, which another month has too.
	figures bool
}

// wishAnswers are tried in order: first what is to be done, then what is to be told.
func wishAnswers() []wishAnswer { return append(wishDeeds(), wishFigures()...) }

// Words that several answers share.
var (
	reporting = []family{aboutSending, aboutReport}
	fileWords = []family{aboutPicture, aboutWorkbook, aboutDraft, aboutCSV, aboutJSON, aboutFiles}
)

func wishDeeds() []wishAnswer {
	return []wishAnswer{
		{name: "how", needs: [][]family{{aboutHow}}, may: []family{aboutSending, aboutReport, aboutAnnouncing, aboutNudge, aboutFiles, aboutWorkbook, aboutPicture, aboutCall, aboutResult},
			show: func(s *step, _ org.CommuneID, _ *wish) { s.manual() }},
		{name: "unnudge", needs: [][]family{{aboutStop}, {aboutNudge}}, may: reporting, show: func(s *step, _ org.CommuneID, _ *wish) { s.say("%s", nudgesOfCalendar) }},
		{name: "stop", needs: [][]family{{aboutStop}, {aboutAnnouncing}}, may: reporting, show: func(s *step, _ org.CommuneID, _ *wish) {
			if !s.stopNewest() {
				s.say("Hiện không có thông báo nào đang gửi {chị} ạ.")
			}
		}},
		{name: "nudged", needs: [][]family{{aboutNudge}, {aboutWho, aboutCount, aboutDenial, aboutWhen}}, may: reporting, // "em nhắc những ai rồi", "nhắc chưa"
			if_: func(w *wish) bool { return !w.denies }, show: func(s *step, c org.CommuneID, _ *wish) { s.ledger(c) }},
		{name: "nudge", label: "Nhắc các chi hội chưa gửi", needs: [][]family{{aboutNudge}}, may: append([]family{aboutDenial, aboutMissing}, reporting...),
			show: func(s *step, c org.CommuneID, _ *wish) { s.nudge(c) }},
		{name: "compare", label: "So với tháng trước", needs: [][]family{{aboutCompare}}, may: []family{aboutResult, aboutMembers, aboutActivity, aboutReport, aboutSending, aboutItems, aboutPairs},
			show: func(s *step, c org.CommuneID, _ *wish) { s.compare(c) }},
		{name: "target", label: "Chỉ tiêu năm", needs: [][]family{{aboutTarget}}, may: []family{aboutReaching, aboutMembers, aboutDenial, aboutResult},
			show: func(s *step, c org.CommuneID, _ *wish) { s.showTarget(c) }},
		{name: "due", label: "Hạn gửi báo cáo", needs: [][]family{{aboutDue}}, may: append([]family{aboutWhen, aboutDenial}, reporting...),
			show: func(s *step, c org.CommuneID, _ *wish) { s.showDue(c) }},
		{name: "files", label: "Xuất số liệu", needs: [][]family{fileWords}, may: append([]family{aboutReport, aboutResult, aboutSending, aboutMembers}, fileWords...), show: (*step).exportWish},
		{name: "range", needs: [][]family{{aboutReport, aboutResult}}, may: append([]family{aboutActivity, aboutMembers}, reporting...), if_: func(w *wish) bool { return w.from != w.to },
			show: (*step).exportWish},
		{name: "missing", label: "Ai chưa gửi", needs: [][]family{{aboutSending, aboutReport, aboutMissing}}, may: append([]family{aboutDenial, aboutMissing, aboutHead}, reporting...),
			if_: func(w *wish) bool { return w.denies || w.has(aboutMissing) }, figures: true, show: func(s *step, c org.CommuneID, _ *wish) { s.missing(c, "", 1) }},
		{name: "sent", label: "Tình hình gửi báo cáo", needs: [][]family{reporting, colour}, may: append([]family{aboutDenial, aboutHead}, reporting...), figures: true,
			show: func(s *step, c org.CommuneID, _ *wish) { s.status(c) }},
	}
}

func wishFigures() []wishAnswer {
	line := func(n int) func(*step, org.CommuneID, *wish) {
		return func(s *step, c org.CommuneID, _ *wish) { s.detail(c, n, 0) }
	}
	return []wishAnswer{
		{name: "inactive", label: "Chi hội chưa có hoạt động", needs: [][]family{{aboutActivity}}, may: []family{aboutDenial, aboutActivity, aboutReaching},
			if_: func(w *wish) bool { return w.denies }, figures: true, show: func(s *step, c org.CommuneID, _ *wish) { s.inactive(c) }},
		{name: "items", label: "Hoạt động, \"3 có, 3 biết\"", needs: [][]family{{aboutActivity, aboutItems}}, may: []family{aboutReaching, aboutDenial, aboutActivity, aboutItems, aboutResult},
			if_: func(w *wish) bool { return w.has(aboutItems) || w.asks() || w.has(aboutResult) }, figures: true, show: line(2)},
		{name: "pairs", label: "Các cặp \"1+1\"", needs: [][]family{{aboutPairs}}, may: []family{aboutActivity, aboutDenial, aboutResult}, figures: true, show: line(4)},
		{name: "needs", label: "Nhu cầu chị em", needs: [][]family{{aboutNeeds}}, may: []family{aboutMembers, aboutResult}, figures: true, show: line(8)},
		{name: "help", label: "Việc cần hỗ trợ", needs: [][]family{{aboutHelp}}, may: []family{aboutMembers, aboutDenial, aboutNews}, show: func(s *step, c org.CommuneID, _ *wish) { s.requests(c, 1) }},
		{name: "flags", label: "Chi hội cần quan tâm", needs: [][]family{{aboutFlags}}, may: []family{aboutDenial, aboutActivity}, show: line(7)},
		{name: "members", label: "Hội viên", needs: [][]family{{aboutMembers}}, may: []family{aboutDenial, aboutResult, aboutReaching, aboutState}, figures: true, show: line(3)},
		{name: "changes", label: "Biến động", needs: [][]family{{aboutChanges}}, may: []family{aboutDenial, aboutNews}, figures: true, show: line(6)},
		{name: "call", label: "Nên gọi ai", needs: [][]family{{aboutCall}}, may: []family{aboutHead}, show: func(s *step, c org.CommuneID, _ *wish) { s.missing(c, "", 1) }},
		{name: "month", label: "Tổng kết tháng", needs: [][]family{{aboutResult, aboutReport}}, may: []family{aboutActivity, aboutDenial}, figures: true,
			if_:  func(w *wish) bool { return w.has(aboutResult) || w.from != "" },
			show: func(s *step, c org.CommuneID, _ *wish) { s.showMonth(c, 0) }},
		{name: "news", label: "Tóm tắt", needs: [][]family{{aboutNews}}, may: []family{aboutDenial, aboutActivity}, show: func(s *step, c org.CommuneID, _ *wish) { s.showDigest(c) }},
		{name: "heads", label: "Tình hình", needs: [][]family{{aboutState, aboutList}}, may: []family{aboutHead}, figures: true,
			show: func(s *step, c org.CommuneID, _ *wish) { s.status(c) }},
		{name: "then", needs: nil, if_: func(w *wish) bool { return w.from != "" && len(w.about) == 0 }, figures: true,
			show: func(s *step, c org.CommuneID, _ *wish) { s.showMonth(c, 0) }},
		{name: "greeting", needs: [][]family{{aboutGreeting}}, show: func(s *step, _ org.CommuneID, _ *wish) { s.menu("Em chào {chị} " + givenName(s.Me.Name) + "!") }},
	}
}

// nudgesOfCalendar tells a chair whom the reminders go to and how one is spared.
const nudgesOfCalendar = "Em chỉ nhắc chi hội chưa gửi, nhiều nhất 3 lần một kỳ ạ.\nChị nào không muốn nhắc thì tự nhắn em \"dừng nhắc\"."

// answerTo finds what a question comes to.
func answerTo(w *wish) (wishAnswer, bool) {
	for _, a := range wishAnswers() {
		fits := !slices.ContainsFunc(a.needs, func(group []family) bool { return !slices.ContainsFunc(group, w.has) })
		if fits && (a.if_ == nil || a.if_(w)) {
			return a, true
		}
	}
	return wishAnswer{}, false
}

// covers reports whether the answer has to do with all that was asked.
func (a wishAnswer) covers(w *wish) bool {
	if w.beyond > 0 || len(w.places) > 0 || len(w.people) > 0 {
		return false
	}
	for f := range w.about {
		needed := slices.ContainsFunc(a.needs, func(group []family) bool { return slices.Contains(group, f) })
		tag := f == aboutDenial && !w.denies
		if !needed && !tag && !slices.Contains(a.may, f) && !slices.Contains(colour, f) {
			return false
		}
	}
	return true
}

// grant gives an answer, of another month that month's result, of several months their files.
func (s *step) grant(a wishAnswer, c org.CommuneID, w *wish) {
	p, _ := present(s.Facts, c)
	now := p.Month
	if now == "" {
		now = org.MonthOf(s.Now)
	}
	year, yearEnd := now.Year()
	thisYear := w.from == year && w.to == yearEnd
	switch {
	case !a.figures || w.from == "" || w.from == now && w.to == now || thisYear && a.name == "members":
		a.show(s, c, w)
	case w.from != w.to:
		s.export(c, w.from, w.to, "", w.days)
	default:
		s.showMonthOf(c, w.from)
	}
}

// showWish gives an answer that was offered.
func (s *step) showWish(c org.CommuneID, name string) {
	list := wishAnswers()
	i := slices.IndexFunc(list, func(a wishAnswer) bool { return a.name == name && a.label != "" })
	if i < 0 {
		s.status(c)
		return
	}
	list[i].show(s, c, &wish{})
}

// sayNumbers says which numbers of branches there are.
func (s *step) sayNumbers(c org.CommuneID) {
	commune, _ := s.Book.Commune(c)
	s.say("%s có %d chi hội, {chị} gõ số từ 1 đến %[2]d hoặc tên chi hội ạ.", commune.Name, len(s.branches(c)))
}

// wishPlace answers a question about one branch or one of its heads.
func (s *step) wishPlace(c org.CommuneID, w *wish) bool {
	if w.beyond > 0 {
		s.sayNumbers(c)
		return true
	}
	list := w.places
	if len(list) == 0 && len(w.people) > 0 {
		if list = s.branchesOf(c, w.people); len(list) == 0 {
			return s.callPeople(w)
		}
	}
	if len(list) == 0 || !w.only(aboutSending, aboutReport, aboutDenial, aboutState, aboutCount, aboutWho, aboutList, aboutCall, aboutHead, aboutPast, aboutMissing,
		aboutMembers, aboutActivity, aboutItems, aboutPairs, aboutResult, aboutNeeds, aboutNudge, aboutGreeting) {
		return false
	}
	p, _ := present(s.Facts, c)
	if len(list) > 1 {
		s.offerBranches(list)
		return true
	}
	switch b := list[0]; {
	case w.has(aboutNudge):
		s.act(actNudge, b, p.Month)
	case w.has(aboutCall), w.has(aboutHead):
		s.callBranch(b)
	case w.has(aboutPast), w.from != w.to:
		s.history(b)
	case w.from != "":
		s.showBranch(b, w.from)
	default:
		s.showBranch(b, p.Month)
	}
	return true
}

// only reports whether a question is about nothing else.
func (w *wish) only(list ...family) bool {
	for f := range w.about {
		if !slices.Contains(list, f) {
			return false
		}
	}
	return true
}

// branchesOf are the branches whose head or deputy one of these people is.
func (s *step) branchesOf(c org.CommuneID, people []org.Person) (list []org.Branch) {
	for _, b := range s.branches(c) {
		if slices.ContainsFunc(s.Book.PostsIn(string(b.ID)), func(p org.Post) bool {
			return slices.ContainsFunc(people, func(o org.Person) bool { return o.ID == p.Person })
		}) {
			list = append(list, b)
		}
	}
	return list
}

// callPeople tells the phones of people of hers who have no branch: the other chairs.
func (s *step) callPeople(w *wish) bool {
	if !w.has(aboutCall) {
		return false
	}
	var lines []string
	for _, p := range w.people {
		lines = append(lines, fmt.Sprintf("Chị %s: %s", p.Name, phoneOr(p.Phone)))
	}
	s.say("%s", strings.Join(lines, "\n"))
	return true
}

// showDue tells until when reports are taken.
func (s *step) showDue(c org.CommuneID) {
	p, open := present(s.Facts, c)
	switch {
	case p.Month == "":
		s.status(c)
	case !open:
		s.say("Kỳ %s khóa rồi {chị} ạ, hạn là %s.", p.Month.Label(), dueMoved(p))
	default:
		s.say("Kỳ %s: hạn gửi %s; gửi muộn, sửa được đến hết %s ạ.", p.Month.Label(), dueMoved(p), org.Day(p.Locks.Add(-1)))
	}
}

// inactive lists the branches that reported no activity.
func (s *step) inactive(c org.CommuneID) {
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		s.status(c)
		return
	}
	v := s.viewOf(c, p.Month)
	rows := v.each(func(b org.BranchSummary) string {
		if active, ok := b.Figures.Active(); !b.Status.Sent() || !ok || active {
			return ""
		}
		return "chưa có hoạt động"
	})
	head := fmt.Sprintf("Kỳ %s có %d chi hội báo chưa có hoạt động (%d/%d đã gửi):", p.Month.Label(), len(rows), v.sum.Submitted, v.sum.Expected)
	if len(rows) == 0 {
		head = fmt.Sprintf("Kỳ %s chưa chi hội nào báo là không có hoạt động (%d/%d đã gửi).", p.Month.Label(), v.sum.Submitted, v.sum.Expected)
	}
	v.branchPage(0, 0, head, rows)
}

// compare sets the present month beside the one before it, as both stand.
func (s *step) compare(c org.CommuneID) {
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		s.status(c)
		return
	}
	v := s.viewOf(c, p.Month)
	last := v.lastMonth()
	if last.Month == "" {
		s.say("Em chưa có kỳ %s để so ạ.", p.Month.Add(-1).Label())
		return
	}
	lines := []string{fmt.Sprintf("%s so với cả %s, %s:", upperFirst(p.Month.Label()), last.Month.Label(), communeInSentence(v.sum.Commune.Name))}
	for _, row := range []struct {
		name string
		of   func(org.Summary) string
	}{
		{"Đã gửi", func(m org.Summary) string { return fmt.Sprintf("%d/%d", m.Submitted, m.Expected) }},
		{"Có hoạt động", func(m org.Summary) string { return shares(m.Active, m.Submitted) }},
		{"\"3 có, 3 biết\" đủ 6 mục", func(m org.Summary) string { return shares(m.Full, m.Scored) }},
		{"Kết nạp", func(m org.Summary) string { return m.Members.Joined.String() }},
		{"Thực tăng", func(m org.Summary) string { return either(m.Growth.Net.OK, m.Growth.Net.Signed(), org.NoFigure) }},
		{"Cặp \"1+1\" có hoạt động", func(m org.Summary) string {
			pairs := m.AllPairs()
			return either(pairs.Told > 0, fmt.Sprintf("%d/%d", pairs.Acted, pairs.Told), org.NoFigure)
		}},
	} {
		lines = append(lines, fmt.Sprintf("• %s: %s (%s: %s)", row.name, row.of(v.sum), last.Month.Label(), row.of(last)))
	}
	if v.sum.Missing() > 0 && v.sum.State != org.Locked {
		lines = append(lines, fmt.Sprintf("%s mới là số của %d chi hội đã gửi ạ.", upperFirst(p.Month.Label()), v.sum.Submitted))
	}
	s.say("%s", strings.Join(lines, "\n"))
}

func shares(n, of int) string { return either(of > 0, fmt.Sprintf("%d/%d", n, of), org.NoFigure) }
