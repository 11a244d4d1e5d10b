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

// exportWords are what a chair types to get files, folded; "xuất" may have what and of which
// months behind it.
var exportWords = []string{"lay so lieu", "lay file", "tai so lieu", "tai bao cao", "file excel", "bang tinh", "hinh tong hop"}

// maxExport is the longest range of a file, in months.
const maxExport = 24

// exportKinds are what a chair may ask for by name, with a letter for its button. Each range
// has files of its own that are sent unless she names one.
var exportKinds = []struct {
	about  family
	kind   FileKind
	letter string
}{
	{aboutPicture, FilePicture, "p"}, {aboutWorkbook, FileWorkbook, "x"}, {aboutDraft, FileDraft, "w"}, {aboutCSV, FileCSV, "c"}, {aboutJSON, FileJSON, "j"},
}

// exportText answers "xuất", alone or with what behind it: "xuất quý 3", "xuất csv tháng 3 đến
// tháng 9". False when it is about something else.
func (s *step) exportText(body string) bool {
	t := withoutCourtesy(body)
	if !hasWords(t, "xuat") && !slices.Contains(exportWords, t) {
		return false
	}
	for _, c := range s.chaired() {
		w := s.readWish(c, body)
		if len(w.unknown) > 0 || len(w.places) > 0 {
			s.say("%s", exportHow)
			return true
		}
		s.exportWish(c, w)
	}
	return true
}

// exportWish sends what a chair asked for, or asks of which months. Of a picture alone the
// present month is meant.
func (s *step) exportWish(c org.CommuneID, w *wish) {
	kinds := ""
	for _, k := range exportKinds {
		if w.has(k.about) {
			kinds += k.letter
		}
	}
	if p, _ := present(s.Facts, c); w.from == "" && kinds == "p" && p.Month != "" {
		w.from, w.to = p.Month, p.Month
	}
	if w.from == "" {
		s.offerExport(c, kinds)
		return
	}
	s.export(c, w.from, w.to, kinds, w.days)
}

const exportHow = "{Chị} gõ giúp em kỳ muốn lấy, ví dụ:\nxuất tháng 10, xuất quý 3, xuất 6 tháng đầu năm,\nxuất năm 2026, xuất tháng 3 đến tháng 9."

// offerExport asks for which months.
func (s *step) offerExport(c org.CommuneID, kinds string) {
	p, _ := present(s.Facts, c)
	commune, _ := s.Book.Commune(c)
	if p.Month == "" {
		s.say("%s chưa mở kỳ điểm danh nào nên chưa có số liệu ạ.", commune.Name)
		return
	}
	var o []Option
	offer := func(from, to org.Month) {
		o = append(o, Option{Label: upperFirst(org.RangeName(from, to)), Data: exportData(c, from, to) + kinds})
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

// exportPage takes a tap on one of them: twelve digits and the letters of the kinds that she
// named, or how to type another.
func (s *step) exportPage(c org.CommuneID, digits string) {
	if len(digits) >= 12 {
		from, err := org.ParseMonth(digits[:4] + "-" + digits[4:6])
		to, err2 := org.ParseMonth(digits[6:10] + "-" + digits[10:12])
		if err == nil && err2 == nil {
			s.export(c, from, to, digits[12:], false)
			return
		}
	}
	s.say("%s", exportHow)
}

// export sends the files of some months: those of kinds, else of a month the picture and the
// workbook, of a quarter, half a year or a year the workbook and the draft of the report. days
// says that she named days, which stand for their months.
func (s *step) export(c org.CommuneID, from, to org.Month, kinds string, days bool) {
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
	p := Prompt{Text: fmt.Sprintf("Số liệu %s của %s đây {chị} ạ.", org.RangeName(from, to), communeInSentence(commune.Name))}
	if days {
		p.Text += "\nChi hội báo cáo theo tháng nên em lấy trọn các tháng ấy."
	}
	for _, k := range exportKinds {
		if kinds == "" && slices.Contains(filesOf(from, to), k.kind) || strings.Contains(kinds, k.letter) {
			p.Files = append(p.Files, File{Kind: k.kind, Commune: c, From: from, To: to})
		}
	}
	s.do(Audit{What: "export", By: s.Me.ID, Unit: string(c), Detail: strings.TrimSpace(fmt.Sprintf("%s %s %s", from, to, kinds))})
	s.reply(p)
}

// filesOf are the files that some months are told in, unless others are asked for.
func filesOf(from, to org.Month) []FileKind {
	if from == to {
		return []FileKind{FilePicture, FileWorkbook}
	}
	for _, part := range []func() (org.Month, org.Month){from.Quarter, from.HalfYear, from.Year} {
		if first, last := part(); first == from && last == to {
			return []FileKind{FileWorkbook, FileDraft}
		}
	}
	return []FileKind{FileWorkbook}
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
	namesDay    = regexp.MustCompile(`\b\d{1,2}/\d{1,2}\b`)
	dayForm     = regexp.MustCompile(`^(?:ngay )?\d{1,2}/(\d{1,2})(?:/(\d{4}))?$`)
	betweenForm = regexp.MustCompile(`^(?:tu )?(.+?)(?: den het | den | toi | - |-)(.+)$`)
	quarters    = map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
)

// readSpan reads a range of months. Without a year it is the last one that has begun; days
// stand for their months, because reports are of months.
func readSpan(t string, now org.Month) (from, to org.Month, ok bool) {
	switch t = strings.TrimPrefix(viet.Fold(t), "cua "); t {
	case "thang nay", "ky nay":
		return now, now, true
	case "thang truoc", "thang roi", "thang vua roi", "ky truoc":
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
