package flows

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// exportWords are what a chair types to get files, folded; a range may follow.
var exportWords = []string{"xuat", "xuat so lieu", "xuat bao cao", "xuat file", "xuat excel", "xuat file excel", "xuat word", "xuat tep", "xuat hinh",
	"lay so lieu", "lay file", "tai so lieu", "tai bao cao", "file excel", "bang tinh", "hinh tong hop"}

// maxExport is the longest range of a file, in months.
const maxExport = 24

// exportText answers "xuất", alone or with a range behind it: "xuất quý 3", "xuất tháng 3 đến
// tháng 9". False when it is about something else.
func (s *step) exportText(body string) bool {
	t := withoutCourtesy(body)
	i := slices.IndexFunc(exportWords, func(w string) bool { return t == w })
	if i >= 0 {
		for _, c := range s.chaired() {
			s.offerExport(c)
		}
		return true
	}
	rest, ok := afterExport(t)
	if !ok {
		return false
	}
	from, to, ok := readSpan(rest, org.MonthOf(s.Now))
	if !ok {
		if strings.HasPrefix(t, "xuat ") {
			s.say("%s", exportHow)
			return true
		}
		return false
	}
	for _, c := range s.chaired() {
		s.export(c, from, to)
	}
	return true
}

// afterExport is what follows the longest of the words.
func afterExport(t string) (rest string, ok bool) {
	for _, w := range exportWords {
		if r, is := strings.CutPrefix(t, w+" "); is && (!ok || len(r) < len(rest)) {
			rest, ok = r, true
		}
	}
	return rest, ok
}

const exportHow = "{Chị} gõ giúp em kỳ muốn lấy, ví dụ:\nxuất tháng 10, xuất quý 3, xuất 6 tháng đầu năm,\nxuất năm 2026, xuất tháng 3 đến tháng 9."

// offerExport asks for which months.
func (s *step) offerExport(c org.CommuneID) {
	p, _ := present(s.Facts, c)
	commune, _ := s.Book.Commune(c)
	if p.Month == "" {
		s.say("%s chưa mở kỳ điểm danh nào nên chưa có số liệu ạ.", commune.Name)
		return
	}
	var o []Option
	offer := func(from, to org.Month) {
		o = append(o, Option{Label: upperFirst(org.RangeName(from, to)), Data: exportData(c, from, to)})
	}
	offer(p.Month, p.Month)
	for _, part := range []func() (org.Month, org.Month){p.Month.Quarter, p.Month.HalfYear, p.Month.Year} {
		offer(part())
	}
	o = append(o, Option{Label: "Kỳ khác", Data: "t:" + unitKey(string(c)) + ":x0"})
	s.offer(fmt.Sprintf("Số liệu %s, {chị} lấy kỳ nào ạ?", communeInSentence(commune.Name)), o)
}

func exportData(c org.CommuneID, from, to org.Month) string {
	return "t:" + unitKey(string(c)) + ":x" + strings.ReplaceAll(string(from)+string(to), "-", "")
}

// exportPage takes a tap on one of them: x and twelve digits, or how to type another.
func (s *step) exportPage(c org.CommuneID, digits string) {
	if len(digits) == 12 {
		from, err := org.ParseMonth(digits[:4] + "-" + digits[4:6])
		to, err2 := org.ParseMonth(digits[6:10] + "-" + digits[10:])
		if err == nil && err2 == nil {
			s.export(c, from, to)
			return
		}
	}
	s.say("%s", exportHow)
}

// export sends the files of some months: of a month the picture and the workbook, of half a
// year or a year the workbook and the draft of the report.
func (s *step) export(c org.CommuneID, from, to org.Month) {
	commune, _ := s.Book.Commune(c)
	switch {
	case from > org.MonthOf(s.Now):
		s.say("%s chưa tới nên chưa có số liệu {chị} ạ.", upperFirst(org.RangeName(from, to)))
		return
	case to < from.Add(maxExport) && !s.opened(c, from, to):
		s.say("%s %s chưa có kỳ điểm danh nào {chị} ạ.", upperFirst(org.RangeName(from, to)), communeInSentence(commune.Name))
		return
	case to >= from.Add(maxExport):
		s.say("Dài nhất em lấy được %d tháng một lần ạ. %s", maxExport, exportHow)
		return
	}
	kinds := []FileKind{FileWorkbook}
	half, halfEnd := from.HalfYear()
	year, yearEnd := from.Year()
	switch {
	case from == to:
		kinds = []FileKind{FilePicture, FileWorkbook}
	case from == half && to == halfEnd, from == year && to == yearEnd:
		kinds = append(kinds, FileDraft)
	}
	p := Prompt{Text: fmt.Sprintf("Số liệu %s của %s đây {chị} ạ.", org.RangeName(from, to), communeInSentence(commune.Name))}
	for _, k := range kinds {
		p.Files = append(p.Files, File{Kind: k, Commune: c, From: from, To: to})
	}
	s.do(Audit{What: "export", By: s.Me.ID, Unit: string(c), Detail: fmt.Sprintf("%s %s", from, to)})
	s.reply(p)
}

// opened reports whether any of the months has a period.
func (s *step) opened(c org.CommuneID, from, to org.Month) bool {
	return slices.ContainsFunc(org.Months(from, to), func(m org.Month) bool { _, ok := s.Book.Period(c, m); return ok })
}

// Ranges as chairs type them, folded.
var (
	quarterForm = regexp.MustCompile(`^quy (1|2|3|4|i|ii|iii|iv)(?:(?: nam |/| )(\d{4}))?$`)
	halfForm    = regexp.MustCompile(`^(?:6|sau) thang (dau|cuoi) nam(?: (\d{4}))?$`)
	yearForm    = regexp.MustCompile(`^(?:ca )?nam (\d{4})$`)
	monthForm   = regexp.MustCompile(`^(?:thang )?(\d{1,2})(?:(?: nam |/| )(\d{4}))?$`)
	dayForm     = regexp.MustCompile(`^(?:ngay )?\d{1,2}/(\d{1,2})(?:/(\d{4}))?$`)
	betweenForm = regexp.MustCompile(`^(?:tu )?(.+?)(?: den het | den | toi | - |-)(.+)$`)
	quarters    = map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
)

// readSpan reads a range of months. Without a year it is the last one that has begun; days
// stand for their months, because reports are of months.
func readSpan(t string, now org.Month) (from, to org.Month, ok bool) {
	switch t = strings.TrimPrefix(viet.Fold(t), "cua "); t {
	case "thang nay":
		return now, now, true
	case "thang truoc", "thang roi", "thang vua roi":
		return now.Add(-1), now.Add(-1), true
	case "quy nay":
		from, to = now.Quarter()
		return from, to, true
	case "quy truoc":
		from, to = now.Add(-3).Quarter()
		return from, to, true
	case "nam nay", "ca nam", "nam":
		from, to = now.Year()
		return from, to, true
	case "nam truoc", "nam ngoai":
		from, to = now.Add(-12).Year()
		return from, to, true
	case "nua nam", "6 thang", "sau thang":
		from, to = now.HalfYear()
		return from, to, true
	}
	if m := quarterForm.FindStringSubmatch(t); m != nil {
		from, to = monthNamed(quarters[m[1]]*3-2, m[2], now).Quarter()
		return from, to, true
	}
	if m := halfForm.FindStringSubmatch(t); m != nil {
		from, to = monthNamed(map[string]int{"dau": 1, "cuoi": 7}[m[1]], m[2], now).HalfYear()
		return from, to, true
	}
	if m := yearForm.FindStringSubmatch(t); m != nil {
		from, err := org.ParseMonth(m[1] + "-01")
		return from, from.Add(11), err == nil
	}
	if from = oneMonth(t, now); from != "" {
		return from, from, true
	}
	if m := betweenForm.FindStringSubmatch(t); m != nil {
		to = oneMonth(m[2], now)
		if from = oneMonth(m[1], now); from > to && to != "" { // "tháng 11 đến tháng 2"
			from = from.Add(-12)
		}
		return from, to, from != "" && to != ""
	}
	return "", "", false
}

// oneMonth reads a month, or a day for its month; "" when it is none.
func oneMonth(t string, now org.Month) org.Month {
	for _, form := range []*regexp.Regexp{monthForm, dayForm} {
		if m := form.FindStringSubmatch(t); m != nil {
			n, err := strconv.Atoi(m[1])
			if err == nil && n >= 1 && n <= 12 {
				return monthNamed(n, m[2], now)
			}
		}
	}
	return ""
}

// monthNamed is a month of a year, or of the last year in which it has begun.
func monthNamed(n int, year string, now org.Month) org.Month {
	if year == "" {
		year = now.YearName()
		if n > now.Number() {
			year = now.Add(-12).YearName()
		}
	}
	m, err := org.ParseMonth(fmt.Sprintf("%s-%02d", year, n))
	if err != nil {
		return now
	}
	return m
}
