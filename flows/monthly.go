package flows

import (
	"fmt"
	"strings"

	"chihoi/flows/org"
)

// monthly tells a commune's chairs what came of the period, once it is due.
func (s *step) monthly(j Job) {
	p, ok := s.Book.Period(j.Commune, j.Month)
	if !ok || p.State(s.Now) != org.Due && p.State(s.Now) != org.Locked {
		return
	}
	if v := s.viewOf(j.Commune, j.Month); v.sum.Expected > 0 {
		told, _ := s.Book.Told(j.Commune)
		v.send("summary", v.monthlyText(told), v.acts(), v.picture())
	}
}

// picture goes with the words of a month's result, which say the same.
func (v *view) picture() File {
	return File{Kind: FilePicture, Commune: v.sum.Commune.ID, From: v.sum.Month, To: v.sum.Month, Said: true}
}

// maxFew is how many branches the summary names where "chi tiết" names all: it is to be read
// on one screen.
const maxFew = 3

// monthlyText is a month's result (domain.md 5, 8): the lines have the numbers of the
// digest's, so that "chi tiết 3" opens the same.
func (v *view) monthlyText(told Told) string {
	say := []func() string{v.resultLine, v.scoreLines, v.movementLine, v.pairKindLine, v.helpMonthLine, v.changeLine, v.fewFlags, v.needLine, v.dueLine}
	lines := []string{"Tổng kết " + lowerFirst(v.title()) + ":"}
	for i, line := range say {
		if text := line(); text != "" {
			lines = append(lines, fmt.Sprintf("%d. %s", i+1, text))
		}
	}
	lines = append(lines, v.restated(told)...)
	return strings.Join(lines, "\n")
}

// lastMonth is the month before, whole; zero while it was not opened.
func (v *view) lastMonth() org.Summary {
	if _, ok := v.records.Periods[v.sum.Month.Add(-1)]; !ok {
		return org.Summary{}
	}
	return v.records.MonthBy(v.sum.Month.Add(-1), v.Now)
}

// against adds what it was last month: "83,33%; kỳ trước 18/22".
func against(r, last org.Ratio) string {
	if !last.OK() {
		return r.String()
	}
	return fmt.Sprintf("%s; kỳ trước %d/%d", r, last.Part.N, last.Whole.N)
}

func (v *view) resultLine() string {
	m := v.sum
	text := fmt.Sprintf("Đã gửi %d/%d (%s)", m.Submitted, m.Expected, against(m.ReportingRate(), v.lastMonth().ReportingRate()))
	if m.Submitted > 0 {
		text += fmt.Sprintf(", đúng hạn %d", m.OnTime)
	}
	if m.Late > 0 {
		text += fmt.Sprintf(", muộn %d", m.Late)
	}
	var names []string
	for _, b := range m.Branches {
		if b.Exempt == "" && b.Status.Missing() {
			names = append(names, v.brief(b.Branch))
		}
	}
	switch {
	case len(names) == m.Expected && m.Expected > 1:
		return text + ". Chưa chi hội nào gửi."
	case len(names) > 0:
		return text + ". Chưa gửi: " + someOf(names, maxFew) + "."
	}
	return text + "."
}

// shortItems are the six items in few words.
var shortItems = [6]string{"tiên phong", "hoạt động", "nguồn lực", "biết mặt", "hoàn cảnh", "nhu cầu"}

func (v *view) scoreLines() string {
	m, last := v.sum, v.lastMonth()
	if m.Submitted == 0 {
		return "\"3 có, 3 biết\": " + org.NoFigure + "."
	}
	full := "\"3 có, 3 biết\" đủ 6 mục: " + org.NoFigure + "."
	if m.Scored > 0 {
		full = fmt.Sprintf("\"3 có, 3 biết\" đủ 6 mục %d/%d (%s).", m.Full, m.Scored, against(m.FullRate(), last.FullRate()))
	}
	text := fmt.Sprintf("Có hoạt động %d/%d (%s). %s\nTừng mục: %s.", m.Active, m.Submitted, against(m.ActivityRate(), last.ActivityRate()), full, itemCounts(m))
	if short := v.shortOf6(); len(short) > 0 {
		text += " Chưa đủ: " + someOf(short, maxFew) + "."
	}
	return text
}

// itemCounts are "tiên phong 22/24, hoạt động 20/24, …": met of those who answered.
func itemCounts(m org.Summary) string {
	parts := make([]string, len(m.Items))
	for i, c := range m.Items {
		parts[i] = fmt.Sprintf("%s %d/%d", shortItems[i], c.Met, c.Met+c.NotMet)
		if c.Met+c.NotMet == 0 {
			parts[i] = shortItems[i] + " " + org.NoFigure
		}
	}
	return strings.Join(parts, ", ")
}

// shortOf6 are the branches that met fewer than six: "Thôn Đông 4/6".
func (v *view) shortOf6() (list []string) {
	for _, b := range v.sum.Branches {
		if score := b.Figures.Items.Score(); b.Status.Sent() && score.OK && score.N < 6 {
			list = append(list, fmt.Sprintf("%s %d/6", v.brief(b.Branch), score.N))
		}
	}
	return list
}

func (v *view) movementLine() string {
	m := v.sum.Members
	if v.sum.Submitted == 0 {
		return "Hội viên: " + org.NoFigure + "."
	}
	text := fmt.Sprintf("Hội viên %s → %s", m.Start, m.End)
	if v.sum.Submitted < v.sum.Expected {
		text += fmt.Sprintf(" (%d/%d chi hội)", v.sum.Submitted, v.sum.Expected)
	}
	text += ": kết nạp " + m.Joined.String()
	if m.Excluded.OK && m.Excluded.N > 0 {
		text += fmt.Sprintf(" (%s thuộc tổ chức khác)", m.Excluded)
	}
	text += ", giảm " + leavingWords(m)
	if g := v.sum.Growth; g.Net.OK {
		text += "; thực tăng " + g.Net.Signed()
		if g.Of < v.sum.Submitted {
			text += fmt.Sprintf(" của %d/%d chi hội", g.Of, v.sum.Submitted)
		}
	}
	if g := v.lastMonth().Growth; g.Net.OK {
		text += fmt.Sprintf(" (kỳ trước %s)", g.Net.Signed())
	}
	return text + v.yearWords() + "."
}

// leavingWords is "3 (chuyển đi 2, qua đời 1)": how many left, and in what ways.
func leavingWords(m org.Members) string {
	left := m.Left()
	if !left.OK || left.N == 0 {
		return left.String()
	}
	var ways []string
	for _, w := range []struct {
		name string
		n    org.Count
	}{{"nghỉ Hội", m.LeftOrg}, {"qua đời", m.Died}, {"chuyển đi", m.MovedOut}} {
		if w.n.OK && w.n.N > 0 {
			ways = append(ways, fmt.Sprintf("%s %s", w.name, w.n))
		}
	}
	return left.String() + " (" + strings.Join(ways, ", ") + ")"
}

// yearWords is "; từ đầu năm +23, chỉ tiêu 40, đạt 57,50%, chia đều thì đến nay là 37": shown, never judged.
func (v *view) yearWords() string {
	y := v.records.YearGrowth(v.sum.Month)
	if !y.Net.OK {
		return ""
	}
	text := "; từ đầu năm " + y.Net.Signed() + v.coverageWords()
	if pace, ok := org.Pace(v.records.Target, v.sum.Month.Number()); ok {
		text += fmt.Sprintf(", chỉ tiêu %s, đạt %s, chia đều thì đến nay là %s", v.records.Target, org.TargetProgress(y.Net, v.records.Target), pace.Whole())
	}
	return text
}

func (v *view) pairKindLine() string {
	var kinds []string
	for _, k := range org.PairKinds {
		if c, ok := v.sum.Pairs[k]; ok && c.Active > 0 {
			kinds = append(kinds, fmt.Sprintf("%s %d", lowerFirst(pairKindLabels[k]), c.Active))
		}
	}
	if len(kinds) == 0 {
		return v.pairLine()
	}
	return v.pairLine() + " Gồm " + strings.Join(kinds, ", ") + "."
}

func (v *view) fewFlags() string { return v.flagWords(maxFew) }

func (v *view) helpMonthLine() string {
	text := v.helpLine()
	if h := v.sum.Help; h.Came+h.Closed > 0 {
		text += fmt.Sprintf(" Trong tháng %d có %d việc mới, xong %d.", v.sum.Month.Number(), h.Came, h.Closed)
	}
	return text
}
