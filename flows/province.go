package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
)

// An officer of the province sees lines 1 to 5 of the digest summed over the communes, and
// how many branches of each have sent: sums only, no branch, no name, no call for help.

// communeRate is one commune in the officer's list.
type communeRate struct {
	name string
	rate org.Ratio
}

// overall sums the month over all communes of the store, and lists their rates, the lowest
// first; communes without a period of that month come last.
func (s *step) overall() (m org.Month, all org.Overall, rates []communeRate) {
	communes := s.Book.Communes()
	for _, c := range communes {
		if p, _ := present(s.Facts, c.ID); p.Month > m {
			m = p.Month
		}
	}
	if m == "" {
		return m, all, nil
	}
	for _, c := range communes {
		r := s.records(c.ID, m)
		sum := r.Month(m)
		all.Add(sum, r.YearGrowth(m))
		rates = append(rates, communeRate{c.Name, sum.ReportingRate()})
	}
	slices.SortStableFunc(rates, func(a, b communeRate) int {
		switch x, y := a.rate, b.rate; {
		case x.OK() != y.OK():
			return map[bool]int{true: -1, false: 1}[x.OK()]
		case !x.OK():
			return 0
		default:
			return x.Part.N*y.Whole.N - y.Part.N*x.Whole.N
		}
	})
	return m, all, rates
}

// provinceDigest tells the officers the sums on Mondays, as long as a month is told of to
// chairs (domain.md 10). Which commune has sent how much they see when they ask.
func (s *step) provinceDigest() {
	officers := s.Book.PostsIn(org.Province)
	if len(officers) == 0 { // whom nobody reads is not added up
		return
	}
	m, all, _ := s.overall()
	if all.Expected == 0 || s.Now.Sub(s.lastLock(m)) > digestAfterLock {
		return
	}
	text := strings.Join(append(overallLines(m, all), "{Chị} gõ \"tình hình\" để xem từng xã."), "\n")
	for _, p := range officers {
		s.do(Tell{Person: p.Person, Prompt: Prompt{Text: spokenTo(s.Book, p.Person, text), Options: []Option{{Label: "Xem từng xã", Data: "g:0", Say: "tình hình"}}},
			Key: fmt.Sprintf("%s/%s/%s/%s/%s", JobProvince, m, org.Province, p.Person, s.Now.Format(time.DateOnly)), Wave: s.wave(string(JobProvince))})
		s.said++
	}
}

// lastLock is when the last commune's period of a month locks.
func (s *step) lastLock(m org.Month) (last time.Time) {
	for _, c := range s.Book.Communes() {
		if p, ok := s.Book.Period(c.ID, m); ok && p.Locks.After(last) {
			last = p.Locks
		}
	}
	return last
}

// province shows an officer the sums, and a page of the communes.
func (s *step) province(page int) {
	m, all, rates := s.overall()
	if m == "" {
		s.say("Chưa xã nào mở kỳ điểm danh ạ.")
		return
	}
	s.do(Audit{What: "sums_viewed", By: s.Me.ID, Unit: org.Province, Detail: string(m)})
	lines := append(overallLines(m, all), "Tỷ lệ gửi từng xã, thấp trước:")
	pagesOf := pages(len(rates), maxOnPage)
	page = max(0, min(page, pagesOf-1))
	for _, c := range rates[page*maxOnPage : min((page+1)*maxOnPage, len(rates))] {
		line := "• " + c.name + ": chưa mở kỳ"
		if c.rate.OK() {
			line = fmt.Sprintf("• %s: %d/%d (%s)", c.name, c.rate.Part.N, c.rate.Whole.N, c.rate)
		}
		lines = append(lines, line)
	}
	var more []Option
	if page+1 < pagesOf {
		more = []Option{{Label: moreChoices, Data: "g:" + strconv.Itoa(page+1), Say: "xem tiếp"}}
	}
	s.offering(Prompt{Text: strings.Join(lines, "\n"), Options: more}, more)
}

// overallLines are lines 1 to 5.
func overallLines(m org.Month, o org.Overall) []string {
	lines := []string{fmt.Sprintf("1. Kỳ %s, %s xã: đã gửi %s/%s chi hội (%s).", m.Label(), number(o.Opened), number(o.Submitted), number(o.Expected), o.ReportingRate())}
	if o.Submitted > 0 {
		lines = append(lines,
			fmt.Sprintf("2. Có hoạt động %s/%s; \"3 có, 3 biết\" đủ 6 mục %s/%s.", number(o.Active), number(o.Submitted), number(o.Full), number(o.Scored)),
			fmt.Sprintf("3. Hội viên: %s; từ đầu năm %s.", growthWords(o.Members, o.Growth, o.Submitted), o.Year.Net.Signed()))
	} else {
		lines = append(lines, "2. Hoạt động, \"3 có, 3 biết\": "+org.NoFigure+".", "3. Hội viên: "+org.NoFigure+".")
	}
	lines = append(lines, fmt.Sprintf("4. \"1+1\": %s cặp, %s có hoạt động, %s mới, %s cần hỏi thăm.",
		number(o.Pairs.Active), number(o.Pairs.Acted), number(o.Pairs.New), number(o.Pairs.Stale)))
	return append(lines, "5. "+callsWords(o.OpenHelp, o.UrgentHelp, o.OldestIn))
}

// provinceText answers an officer's words: whatever figures she asks for are among the sums.
func (s *step) provinceText(body string) bool {
	w := laid(wishWords(body), s.monthsAt, familyAt)
	if len(w.unknown) > 0 || len(w.about) == 0 || !w.only(officersWords...) {
		return false
	}
	if !w.only(officersWords[:len(officersWords)-len(fileWords)]...) {
		s.say("Ở đây em chỉ có số chung bằng chữ {chị} ạ. Tệp số liệu của từng xã, {chị} hỏi Hội xã.")
	}
	s.province(0)
	return true
}

// officersWords are what an officer may ask about: the sums have all of it. Files come last.
var officersWords = append([]family{aboutSending, aboutReport, aboutState, aboutCount, aboutWho, aboutList, aboutMissing, aboutDenial, aboutResult, aboutActivity,
	aboutItems, aboutMembers, aboutPairs, aboutHelp, aboutNews, aboutCompare}, fileWords...)

// provincePress opens a page of the communes.
func (s *step) provincePress(page string) bool {
	n, err := strconv.Atoi(page)
	if err != nil || !s.oversees() {
		return false
	}
	s.province(n)
	return true
}
