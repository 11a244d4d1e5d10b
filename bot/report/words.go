package report

import (
	"fmt"
	"strings"

	"chihoi/flows"
	"chihoi/flows/org"
)

func outOf(n, of int) string { return fmt.Sprintf("%d/%d", n, of) }

// sentLine is "Đã gửi 28/36, có hoạt động 23/28, đủ 6 mục 8/23".
func (p *picture) sentLine() string { return sentLine(p.month) }

func sentLine(m org.Summary) string {
	line := "Đã gửi " + outOf(m.Submitted, m.Expected)
	if m.Submitted > 0 {
		line += ", có hoạt động " + outOf(m.Active, m.Submitted)
	}
	if m.Scored > 0 {
		line += ", đủ 6 mục " + outOf(m.Full, m.Scored)
	}
	return line
}

// movementLine is "Hội viên năm 2026: kết nạp 42, giảm 14, thực tăng +21".
func (c Commune) movementLine() string {
	line := "Hội viên " + c.Range() + ": "
	if year, _ := c.From.Year(); c.From == year && c.From.YearName() == c.Asked.YearName() { // from its beginning
		line = "Hội viên năm " + c.From.YearName() + ": "
	}
	if !c.Members.Joined.OK {
		return line + org.NoFigure
	}
	line += "kết nạp " + c.Members.Joined.String()
	if left := c.Members.Left(); left.OK {
		line += ", giảm " + left.String()
	}
	if c.Growth.Net.OK {
		line += ", thực tăng " + c.Growth.Net.Signed()
	}
	return line
}

// RangeWords says in words what the files of a range say in sum, for where no file can be sent.
func RangeWords(c Commune) string {
	lines := []string{fmt.Sprintf("%s, %s: đã gửi %s lượt báo cáo (%s), đúng hạn %s.", c.Commune.Name, c.Range(), outOf(c.Submitted, c.Expected), c.ReportingRate(), org.Number(c.OnTime))}
	if c.Submitted > 0 {
		lines = append(lines, "Có hoạt động: "+outOf(c.Active, c.Submitted)+" lượt.")
	}
	if c.Scored > 0 {
		lines = append(lines, "Đủ 6 mục \"3 có, 3 biết\": "+outOf(c.Full, c.Scored)+" lượt.")
	}
	return strings.Join(append(lines, c.movementWords()...), "\n")
}

// movementWords are the members' movement, in sum and month by month, and as of when.
func (c Commune) movementWords() []string {
	lines := []string{c.movementLine() + "."}
	var months []string
	for _, m := range c.Months {
		if left := m.Members.Left(); m.Members.Joined.OK && left.OK {
			months = append(months, fmt.Sprintf("%s +%s −%s", m.Month.Label(), m.Members.Joined, left))
		}
	}
	if len(months) > 0 {
		lines = append(lines, "Từng tháng: "+strings.Join(months, "; ")+".")
	}
	return append(lines, c.asOf()+".")
}

// Words says in words what the picture shows, for where no picture can be sent.
func Words(c Commune) string {
	m := c.Months[len(c.Months)-1]
	lines := []string{c.Commune.Name + ", " + org.RangeName(m.Month, m.Month) + ": " + lowerFirst(sentLine(m)) + "."}
	var missing, exempt, late, gaps []string
	names := shortNames(m.Branches)
	for _, b := range m.Branches {
		switch r := (row{BranchSummary: b}); {
		case b.Exempt != "":
			exempt = append(exempt, names[b.Branch.ID])
		case !r.sent():
			missing = append(missing, names[b.Branch.ID])
		default:
			if b.Status == org.StatusLate {
				late = append(late, names[b.Branch.ID])
			}
			if g := gapsOf(b.Figures.Items); g != "" {
				gaps = append(gaps, names[b.Branch.ID]+": "+g)
			}
		}
	}
	for _, l := range []struct {
		title string
		names []string
	}{{"Chưa gửi", missing}, {"Gửi muộn", late}, {"Không phải gửi", exempt}} {
		if len(l.names) > 0 {
			lines = append(lines, l.title+": "+strings.Join(l.names, ", ")+".")
		}
	}
	var items []string
	for i, n := range m.Items {
		if n.Met+n.NotMet > 0 {
			items = append(items, itemWord(i)+" "+outOf(n.Met, n.Met+n.NotMet))
		}
	}
	if len(items) > 0 {
		lines = append(lines, "Số chi hội đạt: "+strings.Join(items, ", ")+".")
	}
	if len(gaps) > 0 {
		lines = append(lines, "Mục chưa đạt:\n"+strings.Join(gaps, "\n"))
	}
	return strings.Join(append(lines, c.movementWords()...), "\n")
}

// gapsOf names the items that are not met, and those that were not answered.
func gapsOf(items org.Items) string {
	var not, absent []string
	for i, m := range items {
		switch m {
		case org.NotMet:
			not = append(not, itemWord(i))
		case org.Met:
		default:
			absent = append(absent, itemWord(i))
		}
	}
	text := strings.Join(not, ", ")
	if len(absent) > 0 {
		if text != "" {
			text += "; "
		}
		text += "chưa trả lời " + strings.Join(absent, ", ")
	}
	return text
}

// itemWord names an item as the picture does.
func itemWord(i int) string {
	return strings.TrimPrefix(itemTop[i][0]+" "+itemTop[i][1], "biết ")
}

// shortNames are the branches' names without what all of them begin with; of branches called
// the same, with the former commune.
func shortNames(list []org.BranchSummary) map[org.BranchID]string {
	times := map[string]int{}
	for _, b := range list {
		times[flows.ShortBranch(b.Branch.Name)]++
	}
	names := map[org.BranchID]string{}
	for _, b := range list {
		n := flows.ShortBranch(b.Branch.Name)
		if times[n] > 1 && b.Branch.FormerCommune != "" {
			n += " (" + b.Branch.FormerCommune + ")"
		}
		names[b.Branch.ID] = n
	}
	return names
}

// shorter are ways to write a long name shorter, in the order in which they are tried.
var shorter = strings.NewReplacer("Khu dân cư ", "KDC ", "khu dân cư ", "KDC ", "Khu phố ", "KP ", "khu phố ", "KP ", "tổ dân phố ", "TDP ",
	"TDP số ", "TDP ", "Thôn ", "T. ", "thôn ", "t. ", "Trường Đại học ", "ĐH ", "Trường ", "Tr. ")

// fitBranch writes a branch's name so that it fits: without what all begin with, then with
// the usual short forms, then without its middle: what tells "Tổ 12 Minh Khai 3" from its
// neighbours stands at the end.
func (c *canvas) fitBranch(name string, f face, room float64) string {
	name = flows.ShortBranch(name)
	if c.width(name, f) > room {
		name = shorter.Replace(name)
	}
	return c.fit(name, f, room)
}

// fit leaves out of a text as much of its middle as does not fit.
func (c *canvas) fit(text string, f face, room float64) string {
	if c.width(text, f) <= room {
		return text
	}
	r := []rune(text)
	tail := min(len(r)/3, 9)
	for tail > 0 && r[len(r)-tail] != ' ' { // whole words
		tail--
	}
	for keep := len(r) - tail - 1; keep > 0; keep-- {
		short := strings.TrimRight(string(r[:keep]), " ") + "…" + strings.TrimLeft(string(r[len(r)-tail:]), " ")
		if c.width(short, f) <= room {
			return short
		}
	}
	return "…"
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToLower(string(r[0])) + string(r[1:])
}
