package flows

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
)

// Where a deployment wants it (Settings.AcceptDays), a report waits until a chair says that
// she has seen it, or for so many days. What she accepts is one revision: a correction waits
// again. Nothing else hangs on it: a report that waits counts like any other.

// What a chair types for it, folded; a branch may follow.
var (
	acceptVerbs = []string{"da xem, nhan", "da xem va nhan", "da xem nhan", "da xem", "nhan bao cao"}
	acceptAlls  = []string{"nhan ca", "nhan het", "nhan tat ca", "nhan ca cac bao cao", "nhan het bao cao"}
	waitWords   = []string{"cho xem", "bao cao cho xem", "bao cao nao cho xem", "con bao cao nao chua xem", "bao cao chua xem", "cho nhan", "bao cao cho nhan"}
)

// accepts reports whether reports wait to be accepted here.
func (s *step) accepts() bool { return s.Settings.AcceptDays > 0 }

// accepted tells who accepted a report as it stands, and when; By is "" where it was accepted
// by itself, after days in which nobody did. While an item of it is asked about again no days
// go by.
func (s *step) accepted(c org.CheckIn, all []org.Acceptance) (org.Acceptance, bool) {
	for _, a := range all {
		if a.Branch == c.Branch && a.Revision == c.Revision {
			return a, true
		}
	}
	from := c.SentAt
	for _, q := range s.Book.Queries(c.Branch, c.Month) {
		if q.Open() {
			return org.Acceptance{}, false
		}
		if q.Closed.After(from) {
			from = q.Closed
		}
	}
	at := from.AddDate(0, 0, s.Settings.AcceptDays)
	return org.Acceptance{Branch: c.Branch, Month: c.Month, Revision: c.Revision, At: at}, !at.After(s.Now)
}

// acceptedNow looks a single report up.
func (s *step) acceptedNow(c org.CheckIn) (org.Acceptance, bool) {
	return s.accepted(c, s.Book.Acceptances(c.Branch.Commune(), c.Month))
}

// waiting lists the reports of a commune's month that wait for a chair, in roster order.
func (s *step) waiting(c org.CommuneID, m org.Month) (list []org.CheckIn) {
	if !s.accepts() {
		return nil
	}
	all := s.Book.Acceptances(c, m)
	for _, b := range s.branches(c) {
		if !s.Book.Sent(b.ID, m) {
			continue
		}
		report, _ := s.Book.CheckIn(b.ID, m)
		if _, done := s.accepted(report, all); !done {
			list = append(list, report)
		}
	}
	return list
}

// waitingLine stands on the overview: "\n📥 3 báo cáo chờ chị xem: gõ "chờ xem"."
func (s *step) waitingLine(p org.Period) string {
	n := len(s.waiting(p.Commune, p.Month))
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("\n📥 %d báo cáo chờ {chị} xem: gõ \"chờ xem\".", n)
}

// acceptText reads "đã xem 3", "nhận báo cáo thôn Đông", "nhận cả" and "chờ xem".
func (s *step) acceptText(body string) bool {
	t := folded(body)
	if words, page := pageAfter(strings.TrimSuffix(folded(body), " a")); slices.Contains(waitWords, words) {
		for _, c := range s.chaired() {
			s.waitingPage(c, page)
		}
		return true
	}
	if slices.Contains(acceptAlls, t) {
		if data, ok := s.offeredAccept(func(mark string) bool { return mark[:1] == "a" }); ok {
			return s.acceptPress(data)
		}
		return s.accepts() && s.acceptText("chờ xem")
	}
	for _, verb := range acceptVerbs {
		rest, ok := strings.CutPrefix(t, verb)
		if !ok || rest != "" && rest[0] != ' ' {
			continue
		}
		return s.acceptNamed(strings.TrimSpace(rest))
	}
	return false
}

// acceptNamed accepts the report that is before her: what she has not seen as it stands is
// shown first.
func (s *step) acceptNamed(which string) bool {
	var found []org.Branch
	if which != "" {
		if found = s.branchesMeant(which); len(found) != 1 {
			return false
		}
	}
	data, ok := s.offeredAccept(func(mark string) bool { return mark[:1] == "r" })
	if ok && (which == "" || strings.Contains(data, ":"+unitKey(string(found[0].ID))+":")) {
		return s.acceptPress(data)
	}
	if which == "" {
		return false
	}
	p, _ := present(s.Facts, found[0].ID.Commune())
	s.showBranch(found[0], p.Month)
	return true
}

// offeredAccept finds the button that accepts, among what was last offered.
func (s *step) offeredAccept(is func(mark string) bool) (rest string, ok bool) {
	for i := len(s.talk.Offer) - 1; i >= 0; i-- {
		rest, ok := strings.CutPrefix(s.talk.Offer[i].Data, "b:")
		if at := strings.LastIndexByte(rest, ':'); ok && at >= 0 && at < len(rest)-1 && is(rest[at+1:]) {
			return rest, true
		}
	}
	return "", false
}

// acceptPress takes a tap: "MONTH:BRANCH:rREVISION" or "MONTH:COMMUNE:aMARK", so that nothing
// is accepted that she has not been shown.
func (s *step) acceptPress(rest string) bool {
	part := strings.Split(rest, ":")
	if len(part) != 3 || part[2] == "" {
		return false
	}
	m, mark := org.Month(part[0]), part[2]
	for _, c := range s.chaired() {
		if unitKey(string(c)) == part[1] && mark[0] == 'a' {
			s.acceptAll(c, m, mark)
			return true
		}
		for _, b := range s.branches(c) {
			if unitKey(string(b.ID)) != part[1] || mark[0] != 'r' {
				continue
			}
			revision, err := strconv.Atoi(mark[1:])
			report, sent := s.Book.CheckIn(b.ID, m)
			if err != nil || !sent {
				return false
			}
			s.acceptOne(b, report, revision)
			return true
		}
	}
	return false
}

// acceptOption accepts a report as it is now shown.
func (s *step) acceptOption(b org.Branch, c org.CheckIn) Option {
	return Option{Label: "Đã xem, nhận", Data: fmt.Sprintf("b:%s:%s:r%d", c.Month, unitKey(string(b.ID)), c.Revision), Say: fmt.Sprintf("đã xem %d", s.numberOf(b))}
}

// acceptOne notes that she has seen a report as it stands.
func (s *step) acceptOne(b org.Branch, c org.CheckIn, revision int) {
	whose := fmt.Sprintf("báo cáo %s của %s", c.Month.Label(), lowerFirst(s.named(b)))
	a, done := s.acceptedNow(c)
	switch {
	case !s.accepts():
		s.say("Xã mình không cần nhận báo cáo, chi hội gửi là xong ạ.")
		return
	case c.Revision != revision:
		s.say("Chi hội vừa sửa báo cáo, em chưa ghi. {Chị} xem lại bản mới giúp em ạ.")
		s.showBranch(b, c.Month)
		return
	case done:
		s.say("%s %s rồi ạ.", upperFirst(whose), s.acceptedBy(a))
		return
	}
	s.acceptReport(c)
	text := fmt.Sprintf("Dạ, em ghi {chị} đã xem và nhận %s.", whose)
	left := slices.DeleteFunc(s.waiting(b.ID.Commune(), c.Month), func(o org.CheckIn) bool { return o.Branch == c.Branch })
	if len(left) == 0 {
		s.say("%s", text)
		return
	}
	next, _ := s.Book.Branch(left[0].Branch)
	o := viewOption(c.Month, next, "Xem "+s.brief(next))
	o.Say = strconv.Itoa(s.numberOf(next))
	s.showWith(fmt.Sprintf("%s\nCòn %d báo cáo chờ xem.", text, len(left)), []Option{o})
}

func (s *step) acceptReport(c org.CheckIn) {
	s.do(SaveAcceptance{org.Acceptance{Branch: c.Branch, Month: c.Month, Revision: c.Revision, By: s.Me.ID, At: s.Now}},
		Audit{What: "accepted", By: s.Me.ID, Unit: string(c.Branch), Detail: fmt.Sprintf("%s #%d", c.Month, c.Revision)})
}

// acceptedBy is "chị Minh đã xem và nhận lúc 09:00 ngày 27/11".
func (s *step) acceptedBy(a org.Acceptance) string {
	at := a.At.In(s.Now.Location())
	switch {
	case a.By == "":
		return fmt.Sprintf("đã tự nhận ngày %s, sau %d ngày", org.Day(at), s.Settings.AcceptDays)
	case s.Me != nil && a.By == s.Me.ID:
		return "{chị} đã xem và nhận lúc " + dueWords(at)
	}
	return s.spokenOf(a.By) + " đã xem và nhận lúc " + dueWords(at)
}

// waitMark tells one list of waiting reports from another, by their revisions.
func waitMark(list []org.CheckIn) string {
	h := fnv.New32a()
	for _, c := range list {
		_, _ = fmt.Fprintf(h, "%s#%d;", c.Branch, c.Revision) // never fails
	}
	return "a" + strconv.FormatUint(uint64(h.Sum32()), 36)
}

// waitingPage lists the reports that wait; each opens at a tap, and all may be accepted at once.
func (s *step) waitingPage(c org.CommuneID, page int) {
	p, _ := present(s.Facts, c)
	list := s.waiting(c, p.Month)
	switch {
	case !s.accepts():
		s.say("Xã mình không cần nhận báo cáo, chi hội gửi là xong ạ.")
		return
	case len(list) == 0:
		s.say("Không có báo cáo nào chờ {chị} xem ạ.")
		return
	}
	page = max(1, min(page, pages(len(list), maxOnPage)))
	lines := []string{fmt.Sprintf("Có %d báo cáo %s chờ {chị} xem:", len(list), p.Month.Label())}
	var o []Option
	for _, report := range list[(page-1)*maxOnPage : min(page*maxOnPage, len(list))] {
		b, _ := s.Book.Branch(report.Branch)
		n := strconv.Itoa(s.numberOf(b))
		lines = append(lines, fmt.Sprintf("%s. %s: %s %s %s", n, s.brief(b), s.spokenOf(report.By), either(report.Revision > 1, "sửa", "gửi"), org.Day(report.SentAt.In(s.Now.Location()))))
		view := viewOption(p.Month, b, s.brief(b))
		view.Say, view.Beside = n, len(o)%2 == 1
		o = append(o, view)
	}
	all := fmt.Sprintf("Nhận cả %d báo cáo", len(list))
	if len(list) == 1 {
		all = "Nhận báo cáo này"
	}
	lines = append(lines, "{Chị} mở xem rồi nhận, hoặc "+lowerFirst(all)+".")
	if page*maxOnPage < len(list) {
		o = append(o, Option{Label: moreChoices, Data: fmt.Sprintf("t:%s:a%d", unitKey(string(c)), page+1), Say: fmt.Sprintf("chờ xem %d", page+1)})
	}
	o = append(o, Option{Label: all, Data: fmt.Sprintf("b:%s:%s:%s", p.Month, unitKey(string(c)), waitMark(list)), Say: "nhận cả"})
	s.listed(strings.Join(lines, "\n"), o, o)
}

// acceptAll notes that she has seen all that waits, unless it is no longer what she was shown.
func (s *step) acceptAll(c org.CommuneID, m org.Month, mark string) {
	list := s.waiting(c, m)
	switch {
	case len(list) == 0:
		s.noneWait(c, m)
		return
	case waitMark(list) != mark:
		s.say("Danh sách vừa có thay đổi nên em chưa ghi, {chị} xem lại giúp em ạ.")
		s.waitingPage(c, 1)
		return
	}
	for _, report := range list {
		s.acceptReport(report)
	}
	s.say("Dạ, em ghi {chị} đã xem và nhận %d báo cáo %s.", len(list), m.Label())
}

// noneWait says that nothing waits any more, and who saw to it last.
func (s *step) noneWait(c org.CommuneID, m org.Month) {
	var last org.Acceptance
	for _, a := range s.Book.Acceptances(c, m) {
		if a.At.After(last.At) {
			last = a
		}
	}
	if last.By == "" {
		s.say("Không có báo cáo nào chờ {chị} xem ạ.")
		return
	}
	s.say("Không còn báo cáo nào chờ: %s rồi ạ.", s.acceptedBy(last))
}

// acceptLine tells a chair how a report stands, "" where nothing is to be accepted.
func (s *step) acceptLine(c org.CheckIn) string {
	if !s.accepts() {
		return ""
	}
	if a, done := s.acceptedNow(c); done {
		return strings.Replace(upperFirst(s.acceptedBy(a)), "{chị}", "{Chị}", 1) + "."
	}
	return "Đang chờ {chị} xem, nhận."
}

// pageAfter splits the page off what was typed for a list: "cho xem 2".
func pageAfter(t string) (words string, page int) {
	if i := strings.LastIndexByte(t, ' '); i > 0 {
		if n, err := strconv.Atoi(t[i+1:]); err == nil && n > 0 {
			return t[:i], n
		}
	}
	return t, 1
}

// numberOf is a branch's place in its commune's list, from 1.
func (s *step) numberOf(b org.Branch) int {
	return slices.IndexFunc(s.branches(b.ID.Commune()), func(o org.Branch) bool { return o.ID == b.ID }) + 1
}
