package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// What a chair asks about her figures, folded; each opens a line of the digest.
var figureWords = []struct {
	line  int
	words []string
}{
	{2, []string{"3 co 3 biet", "3 co, 3 biet", "ba co ba biet", "hoat dong", "cac chi hoi hoat dong the nao"}},
	{3, []string{"hoi vien", "so hoi vien", "bao nhieu hoi vien", "hoi vien the nao", "hoi vien tang giam", "tang giam hoi vien", "ket nap duoc may nguoi", "ket nap bao nhieu"}},
	{4, []string{"cap 1+1", "cac cap 1+1", "cap 1 + 1", "1+1", "1 + 1", "cac cap", "cap"}},
	{6, []string{"bien dong", "co gi thay doi", "thay doi can bo"}},
	{7, []string{"can quan tam", "chi hoi can quan tam", "chi hoi nao can quan tam", "nen den tham", "nen tham ai", "can den tham"}},
	{8, []string{"nhu cau", "nhu cau noi bat", "chi em can gi", "hoi vien can gi"}},
}

var (
	digestWords = []string{"tom tat", "tom tat tuan", "tom tat tuan nay", "ban tin", "tuan nay the nao", "bao cao tuan",
		"tuan nay co gi", "tuan nay co gi khong", "tuan nay co gi moi", "tuan nay co gi moi khong", "tuan nay sao roi"}
	monthlyWords = []string{"tong ket", "tong ket thang", "tong ket thang nay", "thang nay", "so lieu thang nay", "ket qua thang nay"}
	beforeWords  = []string{"thang truoc", "ky truoc", "thang roi", "thang vua roi", "tong ket thang truoc", "tinh hinh thang truoc", "ket qua thang truoc"}
)

// figuresText answers what a chair asks about figures. False when it is about something else.
func (s *step) figuresText(t string) bool {
	var show func(org.CommuneID)
	switch line, ok := detailAsked(t); {
	case ok:
		show = func(c org.CommuneID) { s.detail(c, line, 0) }
	case slices.Contains(digestWords, t):
		show = s.showDigest
	case slices.Contains(monthlyWords, t):
		show = func(c org.CommuneID) { s.showMonth(c, 0) }
	case slices.Contains(beforeWords, t):
		show = func(c org.CommuneID) { s.showMonth(c, -1) }
	case slices.Contains(nudgeWords, t):
		show = s.nudge
	case strings.HasPrefix(t, "lich su "):
		return s.historyText(strings.TrimPrefix(t, "lich su "))
	default:
		return false
	}
	for _, c := range s.chaired() {
		show(c)
	}
	return true
}

// detailAsked reads "chi tiết 3" and the words for its matter; what is before the number may
// have been taken for politeness.
func detailAsked(t string) (line int, ok bool) {
	for _, w := range []string{"chi tiet ", "tiet ", "chi tiet dong ", "tiet dong "} {
		if n, err := strconv.Atoi(strings.TrimPrefix(t, w)); err == nil && strings.HasPrefix(t, w) {
			return n, true
		}
	}
	if t == "chi tiet" || t == "tiet" {
		return 0, true // which lines there are
	}
	for _, f := range figureWords {
		if slices.Contains(f.words, t) {
			return f.line, true
		}
	}
	return 0, false
}

// showDigest is the digest as of now, for who asks.
func (s *step) showDigest(c org.CommuneID) {
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		s.status(c)
		return
	}
	told, _ := s.Book.Told(c)
	v := s.viewOf(c, p.Month)
	s.reply(Prompt{Text: v.digestText(told), Options: v.acts()})
}

// showMonth is the summary of the present month, or of one before it.
func (s *step) showMonth(c org.CommuneID, back int) {
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		s.status(c)
		return
	}
	s.showMonthOf(c, p.Month.Add(back))
}

func (s *step) showMonthOf(c org.CommuneID, m org.Month) {
	v := s.viewOf(c, m)
	if v.sum.Period.Month == "" {
		s.say("%s không có kỳ nào trong %s ạ.", v.sum.Commune.Name, m.Label())
		return
	}
	s.reply(Prompt{Text: v.monthlyText(Told{}), Files: []File{v.picture()}})
}

// detail opens a line of the digest down to the branches.
func (s *step) detail(c org.CommuneID, line, page int) {
	p, _ := present(s.Facts, c)
	switch {
	case p.Month == "":
		s.status(c)
		return
	case line == 1:
		s.missing(c, "", max(1, page))
		return
	case line == 5:
		s.requests(c, max(1, page))
		return
	}
	v := s.viewOf(c, p.Month)
	switch line {
	case 2:
		v.branchPage(line, page, v.scoreHead(), v.each(v.scoreOf))
	case 3:
		v.branchPage(line, page, v.movementLine(), v.each(memberWords))
	case 4:
		v.branchPage(line, page, v.pairKindLine(), v.each(pairWords))
	case 6:
		v.branchPage(line, page, or(v.changeLine(), "Kỳ này chưa chi hội nào báo có biến động ạ."), v.each(v.changesOf))
	case 7:
		v.branchPage(line, page, either(len(v.sum.Flags) == 0, "Hiện không có chi hội nào cần quan tâm đặc biệt ạ.", org.FlagTitle+":"), v.flagRows())
	case 8:
		v.branchPage(line, page, v.needHead(), v.each(needWords))
	case 9:
		s.say("%s", or(v.dueLine(), "Chưa có hạn nào sắp tới ạ."))
	default:
		s.say("Bản tóm tắt có dòng 1 đến 9, {chị} gõ ví dụ \"chi tiết 3\" ạ.")
	}
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// branchRow is a branch in a detail, with what is said of it.
type branchRow struct {
	branch org.Branch
	text   string
}

// each asks for every branch on the list what is to be said of it; "" leaves it out.
func (v *view) each(say func(org.BranchSummary) string) (rows []branchRow) {
	for _, b := range v.sum.Branches {
		if text := say(b); text != "" {
			rows = append(rows, branchRow{b.Branch, text})
		}
	}
	return rows
}

// branchPage lists branches, each a button to its report; the numbers are those of the roster.
func (v *view) branchPage(line, page int, head string, rows []branchRow) {
	c := v.sum.Commune.ID
	all := pages(len(rows), maxOnPage)
	page = max(0, min(page, all-1))
	lines := []string{head}
	var o []Option
	for i, r := range rows[page*maxOnPage : min((page+1)*maxOnPage, len(rows))] {
		n := slices.IndexFunc(v.branches(c), func(b org.Branch) bool { return b.ID == r.branch.ID }) + 1
		lines = append(lines, fmt.Sprintf("%d. %s: %s", n, v.brief(r.branch), r.text))
		opt := viewOption(v.sum.Month, r.branch, v.brief(r.branch))
		opt.Say, opt.Beside = strconv.Itoa(n), i%2 == 1
		o = append(o, opt)
	}
	if page+1 < all {
		o = append(o, Option{Label: moreChoices, Data: fmt.Sprintf("t:%s:d%d%d", unitKey(string(c)), line, page+1), Say: "xem tiếp"})
	}
	v.listed(strings.Join(lines, "\n"), o, o)
}

func (v *view) scoreHead() string {
	return or(v.activityLine(), "Chưa chi hội nào gửi ạ.") + either(v.sum.Submitted > 0, "\nTừng mục: "+itemCounts(v.sum)+".", "")
}

// scoreOf is "4/6, chưa: nguồn lực, nhu cầu", or how many were answered.
func (v *view) scoreOf(b org.BranchSummary) string {
	if !b.Status.Sent() {
		return ""
	}
	var lacks, open []string
	for i, m := range b.Figures.Items {
		switch m {
		case org.NotMet:
			lacks = append(lacks, shortItems[i])
		case org.Met:
		default:
			open = append(open, shortItems[i])
		}
	}
	text := "chưa đủ câu trả lời"
	if score := b.Figures.Items.Score(); score.OK {
		text = fmt.Sprintf("%d/6", score.N)
	}
	if len(lacks) > 0 {
		text += ", chưa: " + strings.Join(lacks, ", ")
	}
	if len(open) > 0 {
		text += ", bỏ qua: " + strings.Join(open, ", ")
	}
	return text
}

// memberWords is "118 → 120 (+4 −2)", with ", thực tăng +1" where members of other
// organisations make the net growth another number; who has not sent has no figure.
func memberWords(b org.BranchSummary) string {
	if !b.Status.Sent() {
		return either(b.Exempt == "", org.NoFigure, "")
	}
	m := b.Figures.Members
	if m.Start == m.End && m.Joined == org.Known(0) {
		return m.End.String() + ", không đổi"
	}
	text := fmt.Sprintf("%s → %s (+%s −%s", m.Start, m.End, m.Joined, m.Left())
	if b.Growth.OK && b.Growth.N != m.End.N-m.Start.N {
		text += ", thực tăng " + b.Growth.Signed()
	}
	return text + ")"
}

func pairWords(b org.BranchSummary) string {
	p := b.Pairs
	if p == (org.PairCount{}) {
		return ""
	}
	text := fmt.Sprintf("%d cặp", p.Active)
	if b.Status.Sent() {
		text += ", " + actedWords(p)
	}
	if p.New > 0 {
		text += fmt.Sprintf(", %d mới", p.New)
	}
	if p.Completed > 0 {
		text += fmt.Sprintf(", %d đã xong", p.Completed)
	}
	if p.Stale > 0 {
		text += fmt.Sprintf(", %d cần hỏi thăm", p.Stale)
	}
	return text
}

func (v *view) changesOf(b org.BranchSummary) string {
	var parts []string
	for _, n := range v.sum.Notices {
		if n.Branch == b.Branch.ID && n.Kind >= 1 && n.Kind <= len(changeLabels) {
			parts = append(parts, lowerFirst(changeLabels[n.Kind-1])+" ("+org.Day(n.At.In(v.Now.Location()))+")")
		}
	}
	return strings.Join(parts, ", ")
}

// flagRows are the branches that have flags, with all of them.
func (v *view) flagRows() (rows []branchRow) {
	for _, first := range v.flagged() {
		var why []string
		for _, f := range v.sum.Flags {
			if f.Branch == first.Branch {
				why = append(why, f.Reason())
			}
		}
		b, _ := v.Book.Branch(first.Branch)
		rows = append(rows, branchRow{b, strings.Join(why, ", ")})
	}
	return rows
}

func (v *view) needHead() string {
	var lines []string
	for _, n := range topNeeds(v.sum.Needs) {
		lines = append(lines, fmt.Sprintf("• %s: %d chi hội", needLabels[n], v.sum.Needs[n]))
	}
	if len(lines) == 0 {
		return "Kỳ này chưa chi hội nào báo nhu cầu. (Em hỏi lại ba tháng một lần.)"
	}
	return "Chị em cần nhất:\n" + strings.Join(lines, "\n")
}

func needWords(b org.BranchSummary) string {
	if n := b.Figures.TopNeed; b.Status.Sent() && n >= 1 && n <= len(needLabels) {
		return lowerFirst(needLabels[n-1])
	}
	return ""
}

// historyText opens the history of the branch that was typed.
func (s *step) historyText(body string) bool {
	found := s.branchesMeant(viet.Fold(body))
	if len(found) != 1 {
		return false
	}
	s.history(found[0])
	return true
}

// historyOption leads from a branch's report to its months.
func (s *step) historyOption(b org.Branch) Option {
	return Option{Label: "Các tháng trước", Data: "v:past:" + unitKey(string(b.ID)), Say: fmt.Sprintf("lịch sử %d", s.numberOf(b))}
}

// history lists a branch's months, the latest first, and what was corrected in the latest.
func (s *step) history(b org.Branch) {
	p, _ := present(s.Facts, b.ID.Commune())
	r := s.records(b.ID.Commune(), p.Month)
	lines := []string{s.named(b) + ", các tháng đã gửi:"}
	for _, of := range r.Branches {
		for i := len(of.Figures) - 1; i >= 0 && of.Branch.ID == b.ID; i-- {
			lines = append(lines, "• "+upperFirst(of.Figures[i].Month.Label())+": "+s.monthWords(of.Figures[i]))
		}
	}
	if len(lines) == 1 {
		s.say("%s chưa gửi báo cáo nào trong năm nay ạ.", s.named(b))
		return
	}
	s.say("%s", strings.Join(append(lines[:min(len(lines), 13)], append(s.correctionsOf(b, r, p.Month), s.dismissals(b)...)...), "\n"))
}

// monthWords is "có hoạt động, 5/6 mục, hội viên 118 → 119, gửi 26/11, sửa 1 lần".
func (s *step) monthWords(f org.Figures) string {
	var parts []string
	if active, ok := f.Active(); ok {
		parts = append(parts, either(active, "có hoạt động", "chưa có hoạt động"))
	}
	if score := f.Items.Score(); score.OK {
		parts = append(parts, fmt.Sprintf("%d/6 mục", score.N))
	}
	parts = append(parts, fmt.Sprintf("hội viên %s → %s", f.Members.Start, f.Members.End))
	if f.SentAt.Year() > 2000 {
		parts = append(parts, "gửi "+org.Day(f.SentAt.In(s.Now.Location()))+either(f.Late, " (muộn)", ""))
	}
	if f.Revision > 1 {
		parts = append(parts, fmt.Sprintf("sửa %d lần", f.Revision-1))
	}
	return strings.Join(parts, ", ")
}

// correctionsOf tells what the last revisions of a branch's months changed, the latest month
// first; of a month that is not the present one it says which.
func (s *step) correctionsOf(b org.Branch, r org.Records, now org.Month) (lines []string) {
	for _, of := range r.Branches {
		for i := len(of.Figures) - 1; i >= 0 && of.Branch.ID == b.ID && len(lines) < maxChoices; i-- {
			if m := of.Figures[i].Month; of.Figures[i].Revision > 1 {
				lines = append(lines, s.corrections(b, m, either(m == now, "", " ("+m.Label()+")"))...)
			}
		}
	}
	return lines
}

// corrections tells what the last revision of a month changed.
func (s *step) corrections(b org.Branch, m org.Month, of string) (lines []string) {
	c, ok := s.Book.CheckIn(b.ID, m)
	f, is := s.formOf(Draft{Branch: b.ID, Month: m, Answers: c.Answers})
	if !ok || !is || c.Revision < 2 {
		return nil
	}
	for _, ch := range c.Trail {
		if catalog[ch.Question.Base()] != nil && len(lines) < maxChoices {
			lines = append(lines, fmt.Sprintf("Đã sửa %s%s, %s: %s → %s", org.Day(ch.At.In(s.Now.Location())), of, lowerFirst(f.title(ch.Question)), f.inWords(ch.Question, ch.Before), f.inWords(ch.Question, ch.After)))
		}
	}
	if c.AfterLock {
		lines = append(lines, fmt.Sprintf("%s sửa sau khi khóa%s, vì %s.", upperFirst(s.spokenOf(c.By)), of, c.Reason))
	}
	return lines
}

// ownMonths reports that a head asks for her branch's figures: "xuất", "lịch sử", "xuất năm
// 2026" (domain.md 2: she has what is her own).
func ownMonths(body string) bool {
	t := withoutCourtesy(body)
	return hasWords(t, "xuat") || hasWords(t, "lich su") || slices.Contains(familyWords[aboutPast], t)
}

// ownMonthsShown is how many months she is shown.
const ownMonthsShown = 6

// showOwnMonths lists a branch's own months for its head, each looked up by itself: no other
// branch is touched.
func (s *step) showOwnMonths(d duty) {
	var lines []string
	for m, n := org.MonthOf(s.Now), 0; n < 12 && len(lines) < ownMonthsShown; m, n = m.Add(-1), n+1 {
		if c, ok := s.Book.CheckIn(d.branch.ID, m); ok {
			lines = append(lines, "• "+upperFirst(m.Label())+": "+s.monthWords(org.FiguresOf(c, org.Figures{})))
		}
	}
	if len(lines) == 0 {
		s.say("%s chưa gửi báo cáo nào trong 12 tháng qua ạ.", s.named(d.branch))
		return
	}
	s.say("%s, các tháng {chị} đã gửi:\n%s\nBảng tính của cả xã thì {chị} hỏi %s ạ.", s.named(d.branch), strings.Join(lines, "\n"), s.chairName(d.branch.ID.Commune()))
}
