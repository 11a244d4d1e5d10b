package report

import (
	"fmt"
	"slices"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
)

// Commune is what the files about a commune are made of: its figures from one month to
// another, as of a time.
type Commune struct {
	org.Span
	AsOf time.Time
	// Asked is the last month that was asked for, which may be still to come; then the span
	// ends before it.
	Asked org.Month
	// Help counts the calls for help that came in the range, by kind; nothing of what they say.
	Help map[org.RequestKind]Calls
}

// Calls is how many calls of a kind came in the range, and how many of them are closed,
// passed on or still open now.
type Calls struct{ Came, Closed, Forwarded, Open int }

// Of makes the figures of the months from one to another out of a commune's records. Months
// that have not been opened yet are left off the end, or nothing would stand in the last one.
func Of(r org.Records, from, to org.Month) Commune {
	asked := to
	if last := r.Latest(); last >= from && last < to {
		to = last
	}
	c := Commune{Span: r.Range(from, to), AsOf: r.Now, Asked: asked, Help: map[org.RequestKind]Calls{}}
	for _, q := range r.Requests {
		if m := org.MonthOf(q.At.In(r.Now.Location())); m < from || m > asked {
			continue
		}
		n := c.Help[q.Kind]
		n.Came++
		switch q.State {
		case org.RequestResolved:
			n.Closed++
		case org.RequestForwarded:
			n.Forwarded++
			n.Open++
		default:
			n.Open++
		}
		c.Help[q.Kind] = n
	}
	return c
}

// helpKinds are the kinds of calls in the order of files.
func helpKinds() []org.RequestKind { return append(slices.Clone(org.RequestKinds), org.CallBack) }

// Range names the months: "tháng 11/2026", "quý IV/2026", "6 tháng đầu năm 2026", "năm 2026".
func (c Commune) Range() string { return org.RangeName(c.From, c.Asked) }

// asOf is "Số liệu tính đến 07:30 ngày 6/12/2026."
func (c Commune) asOf() string {
	text := "Số liệu tính đến " + c.AsOf.Format("15:04 ngày 2/1/2006")
	if c.To < c.Asked {
		text += ", mới có tới kỳ " + c.To.Label()
	}
	return text
}

// row is one branch's month: what tables are made of.
type row struct {
	month org.Month
	name  string // told apart from others of the commune
	org.BranchSummary
}

// rows lists the branches of every month that was opened, by month, then in roster order.
func (c Commune) rows() (list []row) {
	names := branchNames(c.branches())
	for _, m := range c.Months {
		for _, b := range m.Branches {
			list = append(list, row{m.Month, names[b.Branch.ID], b})
		}
	}
	return list
}

func (c Commune) branches() (list []org.Branch) {
	for _, b := range c.Branches {
		list = append(list, b.Branch)
	}
	return list
}

// branchNames are the full names; of branches called the same, with the former commune.
func branchNames(list []org.Branch) map[org.BranchID]string {
	times := map[string]int{}
	for _, b := range list {
		times[b.Name]++
	}
	names := map[org.BranchID]string{}
	for _, b := range list {
		names[b.ID] = b.Name
		if times[b.Name] > 1 && b.FormerCommune != "" {
			names[b.ID] += " (" + b.FormerCommune + ")"
		}
	}
	return names
}

// sent reports whether the row counts as a report: one of a branch that is exempt does not.
func (r row) sent() bool { return r.Exempt == "" && r.Status.Sent() }

// status is the state of a report in words.
func (r row) status() string {
	switch {
	case r.Exempt != "":
		return statusExempt
	case r.Status == org.StatusLate:
		return statusLate
	case r.Status.Sent():
		return statusSent
	case r.Status == org.StatusMissed:
		return statusMissed
	}
	return statusOpen
}

// States of a report as files have them. The workbook's formulas count by them.
const (
	statusSent   = "Đã gửi"
	statusLate   = "Đã gửi (muộn)"
	statusOpen   = "Chưa gửi"
	statusMissed = "Không gửi"
	statusExempt = "Không phải gửi"
)

// word is a choice's label, absent when there is none.
func word(label string) any {
	if label == "" {
		return nil
	}
	return label
}

// number is a count, absent when it is not known: never 0 instead (domain.md, golden rule 4).
func number(c org.Count) any {
	if !c.OK {
		return nil
	}
	return c.N
}

// mark is what an item came to, in words.
func mark(m org.Mark) any {
	switch m {
	case org.Met:
		return markMet
	case org.NotMet:
		return markNotMet
	}
	return nil
}

// Words of an item of "3 có, 3 biết".
const (
	markMet    = "Đạt"
	markNotMet = "Chưa"
)

// column is one value of a row: its name in CSV and JSON, its heading, what it means, and
// the value: nil where it is absent.
type column struct {
	key, title, meaning string
	width               float64
	value               func(r row) any
}

// whenSent is a value that there is only in a report.
func whenSent(of func(f org.Figures) any) func(row) any {
	return func(r row) any {
		if !r.sent() {
			return nil
		}
		return of(r.Figures)
	}
}

// columns are those of the tables of branches and months. Their keys are never changed.
func columns() []column {
	list := []column{
		{"ky", "Kỳ", "Tháng báo cáo", 9, func(r row) any { return r.month }},
		{"chi_hoi", "Chi hội", "Tên chi hội", 34, func(r row) any { return r.name }},
		{"xa_cu", "Xã cũ", "Xã, phường trước ngày 1/7/2025", 16, func(r row) any { return word(r.Branch.FormerCommune) }},
		{"trang_thai", "Trạng thái", "Đã gửi, Đã gửi (muộn), Chưa gửi, Không gửi (kỳ đã khóa), Không phải gửi (có lý do)", 15, func(r row) any { return r.status() }},
		{"gui_luc", "Gửi ngày", "Ngày gửi lần đầu", 12, whenSent(func(f org.Figures) any { return f.SentAt })},
	}
	for i, name := range org.ItemNames {
		list = append(list, column{itemKeys[i], name, "Mục " + fmt.Sprint(i+1) + " của \"3 có, 3 biết\": Đạt hoặc Chưa; trống là chưa trả lời", 10,
			whenSent(func(f org.Figures) any { return mark(f.Items[i]) })})
	}
	return append(list,
		column{"so_muc", "Số mục đạt", "Số mục đạt trong 6 mục; chỉ có khi trả lời đủ 6 mục", 8, whenSent(func(f org.Figures) any { return number(f.Items.Score()) })},
		column{"noi_dung", "Nội dung hoạt động", "Nội dung chính của hoạt động trong tháng", 17, whenSent(func(f org.Figures) any { return word(flows.KindLabel(f.Kind)) })},
		column{"nguoi_du", "Người tham gia", "Số chị em tham gia hoạt động, áng chừng", 9, whenSent(func(f org.Figures) any { return number(f.Attendees) })},
		column{"vuong", "Vướng gì", "Vì sao tháng này chưa có hoạt động", 17, whenSent(func(f org.Figures) any { return word(flows.ReasonLabel(f.NotHeld)) })},
		column{"tien_phong", "Hội viên tiên phong", "Số hội viên tiên phong, nòng cốt", 9, whenSent(func(f org.Figures) any { return number(f.Pioneers) })},
		column{"can_nhat", "Cần nhất", "Điều chị em đang cần nhất; không phải tháng nào cũng hỏi", 17, whenSent(func(f org.Figures) any { return word(flows.NeedLabel(f.TopNeed)) })},
		column{"dau_ky", "Đầu kỳ", "Số hội viên đầu tháng", 8, whenSent(func(f org.Figures) any { return number(f.Members.Start) })},
		column{"ket_nap", "Kết nạp", "Số hội viên kết nạp trong tháng", 8, whenSent(func(f org.Figures) any { return number(f.Members.Joined) })},
		column{"khong_tinh", "Không tính", "Trong số kết nạp: đoàn viên công đoàn, lực lượng vũ trang, hội viên tổ chức thành viên", 8, whenSent(func(f org.Figures) any { return number(f.Members.Excluded) })},
		column{"nghi_hoi", "Nghỉ Hội", "Số hội viên ra khỏi tổ chức Hội", 8, whenSent(func(f org.Figures) any { return number(f.Members.LeftOrg) })},
		column{"qua_doi", "Qua đời", "Số hội viên qua đời", 8, whenSent(func(f org.Figures) any { return number(f.Members.Died) })},
		column{"chuyen_di", "Chuyển đi", "Số hội viên chuyển đi nơi khác", 8, whenSent(func(f org.Figures) any { return number(f.Members.MovedOut) })},
		column{"cuoi_ky", "Cuối kỳ", "Đầu kỳ + kết nạp − nghỉ Hội − qua đời − chuyển đi", 8, whenSent(func(f org.Figures) any { return number(f.Members.End) })},
		column{"thuc_tang", "Thực tăng", "(Kết nạp − không tính) − (nghỉ Hội + qua đời + chuyển đi)", 8, func(r row) any { return number(r.Growth) }},
		column{"cap_dang_co", "Cặp \"1+1\"", "Số cặp \"1+1\" đang hoạt động cuối tháng", 8, func(r row) any { return r.Pairs.Active }},
		column{"cap_co_gap", "Có gặp gỡ", "Số cặp có gặp gỡ, giúp nhau trong tháng", 8, whenPairs(func(p org.PairCount) any { return p.Acted })},
		column{"cap_moi", "Cặp mới", "Số cặp mới trong tháng", 8, func(r row) any { return r.Pairs.New }},
		column{"cap_xong", "Cặp xong", "Số cặp đã đạt kết quả trong tháng", 8, func(r row) any { return r.Pairs.Completed }},
		column{"ma_chi_hoi", "Mã", "Mã của chi hội trong danh sách", 13, func(r row) any { return string(r.Branch.ID) }},
	)
}

// whenPairs is a value about pairs that only a report tells.
func whenPairs(of func(p org.PairCount) any) func(row) any {
	return func(r row) any {
		if !r.sent() {
			return nil
		}
		return of(r.Pairs)
	}
}

// itemKeys are the names of the six items in CSV and JSON.
var itemKeys = [6]string{"co_tien_phong", "co_hoat_dong", "co_nguon_luc", "biet_mat", "biet_hoan_canh", "biet_nhu_cau"}

// place finds a column by its key.
func place(list []column, key string) int {
	return slices.IndexFunc(list, func(c column) bool { return c.key == key })
}
