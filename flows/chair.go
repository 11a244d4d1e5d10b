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

// What a chair types for her lists, folded and without politeness.
var (
	statusWords = []string{"tinh hinh", "tinh hinh the nao", "tinh hinh sao roi", "tinh hinh sao", "tinh hinh thang nay", "tinh hinh cac chi hoi",
		"bao cao thang nay sao roi", "bao cao thang nay the nao", "bao cao sao roi", "bao cao den dau roi", "gui den dau roi", "duoc may chi hoi roi",
		"bao nhieu chi hoi gui roi", "may chi hoi gui roi", "ai gui roi", "ai da gui", "danh sach", "danh sach chi hoi", "cac chi hoi"}
	missingWords = []string{"ai chua gui", "ai con thieu", "con ai", "con ai chua gui", "chua gui", "ai chua lam", "chi hoi nao chua gui",
		"con thieu ai", "nhung ai chua gui", "con may chi hoi chua gui", "con chi hoi nao",
		"ai chua nop", "con ai chua nop", "chua nop", "chi hoi nao chua nop", "ai chua bao cao", "chi hoi nao chua bao cao", "ai con chua gui"}
	uncodedWords = []string{"chua nhan ma", "ai chua nhan ma", "chi hoi nao chua nhan ma"}
	helpWanted   = []string{"can ho tro", "viec can ho tro", "yeu cau ho tro", "ai can ho tro", "chi hoi nao can ho tro", "viec can giup", "ai can giup"}
	takingWords  = []string{"da nhan", "nhan", "nhan viec", "nhan viec nay", "chi nhan", "chi nhan viec nay", "em nhan viec nay", "tiep nhan", "da tiep nhan"}
)

// chairText answers a chair's words. False when they are not for here.
func (s *step) chairText(body string) bool {
	t := withoutCourtesy(body)
	words, page := pageAfter(t)
	var show func(org.CommuneID)
	switch {
	case s.acceptText(body):
		return true
	case slices.Contains(statusWords, t):
		show = s.status
	case slices.Contains(missingWords, words):
		show = func(c org.CommuneID) { s.missing(c, "", page) }
	case slices.Contains(uncodedWords, words):
		show = func(c org.CommuneID) { s.missing(c, noCode, page) }
	case slices.Contains(helpWanted, words):
		show = func(c org.CommuneID) { s.requests(c, page) }
	case slices.Contains(ledgerWords, t):
		show = s.ledger
	case slices.Contains(limitWords, t):
		show = s.limits
	case slices.Contains(takingWords, t):
		return s.takeNewest()
	case s.targetText(t), s.actText(body):
		return true
	case s.figuresText(t):
		return true
	case s.proxyText(body), s.mendText(body), s.exportText(body):
		return true
	case s.announceText(body, t):
		return true
	case s.groupText(body, t):
		return true
	case strings.HasPrefix(t, "chi hoi "):
		return s.branchText(body)
	default:
		return false
	}
	for _, c := range s.chaired() {
		show(c)
	}
	return true
}

// What people put around what they want, folded.
var (
	courtesyBefore = []string{"em", "oi", "da", "a", "cho", "chi", "xem", "coi", "giup", "nho", "mo"}
	courtesyAfter  = []string{"em", "oi", "a", "nhe", "nha", "voi", "di", "the", "vay", "nao", "giup", "chi"}
)

// withoutCourtesy folds what was typed and leaves the politeness around it away: "cho chị
// xem tình hình với em ơi" is "tinh hinh".
func withoutCourtesy(body string) string {
	w := strings.Fields(viet.Fold(strings.TrimRight(strings.TrimSpace(body), " ?.!")))
	for len(w) > 1 && slices.Contains(courtesyBefore, w[0]) && !(w[0] == "chi" && w[1] == "hoi") && !slices.Contains(takingWords, strings.Join(w, " ")) {
		w = w[1:]
	}
	for len(w) > 1 && slices.Contains(courtesyAfter, w[len(w)-1]) && !slices.Contains(statusWords, strings.Join(w, " ")) {
		w = w[:len(w)-1]
	}
	return strings.Join(w, " ")
}

// standing is where one branch is in a period.
type standing struct {
	branch org.Branch
	number int    // its place in the commune's list, from 1
	state  string // "submitted", "submitted_late", "draft", "open", "missed", "exempt"
	left   int    // questions open in the draft
	away   string // why its head can't be written to, "" if she can
}

// shelf is the heading under which a branch stands: a state, or why its head can't be
// written to while nothing has come.
func (st standing) shelf() string {
	switch {
	case st.state == "submitted_late":
		return "submitted"
	case st.away != "" && (st.state == "open" || st.state == "missed"):
		return st.away
	}
	return st.state
}

// missing reports whether a report is still to come, or never came.
func (st standing) missing() bool {
	return st.state == "open" || st.state == "draft" || st.state == "missed"
}

// standings lists the branches of a period, in roster order.
func (s *step) standings(p org.Period) (list []standing) {
	all := s.branches(p.Commune)
	for _, b := range s.summary(p.Commune, p.Month).Branches {
		st := standing{branch: b.Branch, state: string(b.Status), away: awayWords[b.Away],
			number: slices.IndexFunc(all, func(o org.Branch) bool { return o.ID == b.Branch.ID }) + 1}
		if b.Status == org.StatusDraft {
			d, _ := s.Book.Draft(b.Branch.ID, p.Month)
			if f, ok := s.formOf(d); ok {
				st.left = f.left()
			}
		}
		list = append(list, st)
	}
	slices.SortFunc(list, func(a, b standing) int { return a.number - b.number })
	return list
}

// Why a branch's head can't be written to, in words.
const (
	noHead      = "chưa có chi hội trưởng"
	noCode      = "chưa nhận mã"
	unreachable = "không nhắn tới được"
	notUsing    = "không dùng bot"
)

var awayWords = map[org.Away]string{org.NoHead: noHead, org.Unlinked: noCode, org.Unreachable: unreachable, org.NotUsing: notUsing}

// away says why the branch's head can't be written to, "" when she can.
func (s *step) away(b org.Branch) string { return awayWords[s.Book.Away(b.ID)] }

// chairPress takes a tap on one of the lists ("t") or on a branch ("v").
func (s *step) chairPress(kind, rest string) bool {
	if kind == "t" && rest == "" {
		for _, c := range s.chaired() {
			s.status(c)
		}
		return s.isChair()
	}
	head, tail, _ := strings.Cut(rest, ":")
	for _, c := range s.chaired() {
		if kind == "t" && unitKey(string(c)) == head {
			s.showPage(c, tail)
			return true
		}
		for _, b := range s.branches(c) {
			if kind == "v" && unitKey(string(b.ID)) == tail {
				if head == "past" {
					s.history(b)
					return true
				}
				s.showBranch(b, org.Month(head))
				return true
			}
		}
	}
	return false
}

// branchText opens the branch that was typed by number or name; several of that name are
// offered. False when there is none.
func (s *step) branchText(body string) bool {
	found := s.branchesMeant(body)
	if len(found) == 1 {
		p, _ := present(s.Facts, found[0].ID.Commune())
		s.showBranch(found[0], p.Month)
		return true
	}
	if len(found) > 0 {
		s.offerBranches(found)
	}
	return len(found) > 0
}

// offerBranches asks which of several branches is meant.
func (s *step) offerBranches(found []org.Branch) {
	var o []Option
	for _, b := range found[:min(len(found), maxChoices)] {
		p, _ := present(s.Facts, b.ID.Commune())
		o = append(o, viewOption(p.Month, b, s.brief(b)))
	}
	s.offer("Có mấy chi hội tên như vậy, {chị} xem chi hội nào ạ?", o)
}

// branchesMeant finds the branches that a chair names, by name or by number.
func (s *step) branchesMeant(body string) (found []org.Branch) {
	for _, c := range s.chaired() {
		found = append(found, s.branchesCalled(c, body)...)
		all := s.branches(c)
		n, err := strconv.Atoi(strings.TrimPrefix(withoutCourtesy(body), "chi hoi "))
		if err == nil && n > 0 && n <= len(all) && !slices.ContainsFunc(found, func(b org.Branch) bool { return b.ID == all[n-1].ID }) {
			found = append(found, all[n-1])
		}
	}
	return found
}

// showBranch shows a branch's report, or how far it is. Parts of a draft are not shown.
func (s *step) showBranch(b org.Branch, m org.Month) {
	if m == "" {
		s.status(b.ID.Commune())
		return
	}
	if c, ok := s.Book.CheckIn(b.ID, m); ok {
		s.do(Audit{What: "report_viewed", By: s.Me.ID, Unit: string(b.ID), Detail: string(m)})
		lines := append([]string{s.reportCard(b, c)}, s.queryLines(b.ID, m)...)
		if line := s.acceptLine(c); line != "" {
			lines = append(lines, line)
		}
		text := strings.Join(lines, "\n")
		s.showWith(text, s.branchOptions(b, m))
		return
	}
	text := fmt.Sprintf("%s chưa gửi báo cáo %s.", s.named(b), m.Label())
	if d, ok := s.Book.Draft(b.ID, m); ok && d.Begun() {
		if f, ok := s.formOf(d); ok {
			text = fmt.Sprintf("%s đang làm báo cáo %s, %s.", s.named(b), m.Label(), leftWords(f.left()))
		}
	}
	s.showWith(strings.Join(append([]string{text}, s.phoneLines(b)...), "\n"), s.branchOptions(b, m))
}

// awayAdvice is what a chair can do about a head who can't be written to.
var awayAdvice = map[string]string{
	noHead:      "Chi hội chưa có chi hội trưởng. Có người rồi, {chị} nhờ người phụ trách máy ghi vào danh sách ạ.",
	noCode:      "Chị ấy chưa nhận mã. {Chị} đưa chị ấy tờ giấy có mã giúp em ạ.",
	unreachable: "Em không nhắn tới chị ấy được, {chị} gọi giúp em ạ.",
	notUsing:    "Chị ấy không dùng bot, {chị} hỏi chị ấy qua điện thoại giúp em ạ.",
}

func leftWords(left int) string {
	if left == 0 {
		return "chỉ còn bước gửi"
	}
	return fmt.Sprintf("còn %d câu", left)
}

// reportCard is a submitted report as its reader sees it.
func (s *step) reportCard(b org.Branch, c org.CheckIn) string {
	f, ok := s.reportForm(b, c)
	if !ok {
		return s.named(b)
	}
	did := "gửi"
	switch {
	case c.AfterLock:
		did = "sửa sau khi khóa"
	case c.Reason == reasonBehalf:
		did = "nhập hộ"
	}
	foot := fmt.Sprintf("%s %s lúc %s.", upperFirst(s.spokenOf(c.By)), did, dueWords(c.SentAt.In(s.Now.Location())))
	if c.AfterLock {
		foot = strings.TrimSuffix(foot, ".") + ", vì " + c.Reason + "."
	}
	if c.Revision > 1 {
		foot += fmt.Sprintf(" Đã sửa %d lần.", c.Revision-1)
	}
	head := fmt.Sprintf("%s, %s:", s.named(b), c.Month.Label())
	lines := append([]string{head}, f.lines()...)
	lines = append(lines, fmt.Sprintf("Hội viên: %s → %s", number(c.Start), number(c.End)), foot)
	return strings.Join(lines, "\n")
}

// reportForm is a report as the form it was filled in on.
func (s *step) reportForm(b org.Branch, c org.CheckIn) (*form, bool) {
	hand := c.By
	if c.AfterLock { // it is still the branch's report: only what the chair changed is marked
		hand = mostBy(c.Answers)
	}
	by, known := s.Book.Person(hand)
	if !known { // erased since
		by.ID = hand
	}
	inner := *s
	inner.Me = &by
	return inner.formOf(Draft{Branch: b.ID, Month: c.Month, Answers: c.Answers})
}

// mostBy is who gave most of the answers.
func mostBy(a org.Answers) (by org.PersonID) {
	n := map[org.PersonID]int{}
	for _, q := range a.Questions() {
		if hand := a[q].By; hand != "" {
			if n[hand]++; n[hand] > n[by] {
				by = hand
			}
		}
	}
	return by
}

func viewOption(m org.Month, b org.Branch, label string) Option {
	return Option{Label: label, Data: fmt.Sprintf("v:%s:%s", m, unitKey(string(b.ID)))}
}

// unitKey names a commune or a branch in few letters, for a button.
func unitKey(unit string) string {
	h := fnv.New32a()
	h.Write([]byte(unit))
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}
