package report

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"chihoi/flows"
	"chihoi/flows/org"
)

// share is a part of a whole as a value of a cell, rounded as the formulas beside it do.
func share(r org.Ratio) any {
	p, ok := r.Percent()
	if !ok {
		return nil
	}
	return float64(p) / 10000
}

// rateOf is the formula of a share.
func rateOf(part, whole string) string {
	return fmt.Sprintf(`IF(N(%[2]s)=0,"",ROUND(N(%[1]s)/%[2]s,4))`, part, whole)
}

// months is the sheet of sums: a row for each month, and their total.
func (b *book) months() error {
	heads := []heading{{"Kỳ", 9}, {"Phải gửi", 7}, {"Đã gửi", 7}, {"Trong đó muộn", 8}, {"Chưa gửi", 7}, {"Tỷ lệ gửi", 9}, {"Tỷ lệ đúng hạn", 9},
		{"Có hoạt động", 8}, {"Tỷ lệ có hoạt động", 9}, {"Đủ 6 mục \"3 có, 3 biết\"", 9}, {"Trả lời đủ 6 mục", 8}, {"Tỷ lệ đủ 6 mục", 9},
		{"Kết nạp", 7}, {"Không tính", 7}, {"Nghỉ Hội", 7}, {"Qua đời", 7}, {"Chuyển đi", 7}, {"Thực tăng", 7}, {"Cuối kỳ (nơi đã gửi)", 9}}
	s, err := b.sheet(sheetSums, "TỔNG HỢP ĐIỂM DANH CHI HỘI", heads, layout{still: 1})
	if err != nil {
		return err
	}
	for _, m := range b.Months {
		if err := s.month(m); err != nil {
			return err
		}
	}
	cells := []any{excelize.Cell{StyleID: b.style.totalText, Value: "Cộng"}}
	sum := func(col int, v any) {
		cells = append(cells, computed(b.style.total, fmt.Sprintf(`IF(COUNT(%[1]s)=0,"",SUM(%[1]s))`, s.above(col)), v))
	}
	rate := func(part, whole int, r org.Ratio) {
		cells = append(cells, computed(b.style.totalRate, rateOf(s.at(part), s.at(whole)), share(r)))
	}
	opened, held := slices.ContainsFunc(b.Months, wasOpened), slices.ContainsFunc(b.Months, func(m org.Summary) bool { return m.Held > 0 })
	of := func(n int, ok bool) any { return number(org.Count{N: n, OK: ok}) }
	sum(2, of(b.Expected, opened))
	sum(3, of(b.Submitted, opened))
	sum(4, of(b.Late, opened))
	sum(5, of(b.Missing(), opened))
	rate(3, 2, b.ReportingRate())
	cells = append(cells, computed(b.style.totalRate, fmt.Sprintf(`IF(N(%[1]s)=0,"",ROUND((%[2]s-%[3]s)/%[1]s,4))`, s.at(2), s.at(3), s.at(4)), share(b.OnTimeRate())))
	sum(8, of(b.Active, held))
	rate(8, 3, b.ActivityRate())
	sum(10, of(b.Full, b.Scored > 0))
	sum(11, of(b.Scored, opened))
	rate(10, 11, b.FullRate())
	for i, v := range movementOf(b.Members) {
		sum(13+i, number(v))
	}
	sum(18, number(b.Growth.Net))
	cells = append(cells, excelize.Cell{StyleID: b.style.total})
	return firstOf(s.row(cells...), s.done())
}

func wasOpened(m org.Summary) bool { return len(m.Branches) > 0 }

// movementOf are the five numbers between the start and the end.
func movementOf(m org.Members) []org.Count {
	return []org.Count{m.Joined, m.Excluded, m.LeftOrg, m.Died, m.MovedOut}
}

var movementKeys = []string{"ket_nap", "khong_tinh", "nghi_hoi", "qua_doi", "chuyen_di"}

// month is a month's row: what is counted and summed from the sheet of branches and months.
func (s *sheet) month(m org.Summary) error {
	b, open := s.b, wasOpened(m)
	of := func(n int, ok bool) any { return number(org.Count{N: n, OK: ok}) }
	month := fmt.Sprintf("%s,$A%d", b.all("ky"), s.next)
	counted := func(condition string, v any) excelize.Cell {
		return computed(b.style.count, fmt.Sprintf(`IF(COUNTIFS(%[1]s)=0,"",COUNTIFS(%[1]s%[2]s))`, month, condition), v)
	}
	is := func(key, value string) string { return fmt.Sprintf(`,%s,%q`, b.all(key), value) }
	summed := func(key string, v org.Count) excelize.Cell {
		return computed(b.style.count, fmt.Sprintf(`IF(COUNTIFS(%[1]s,%[2]s,">=-99999")=0,"",SUMIFS(%[2]s,%[1]s))`, month, b.all(key)), number(v))
	}
	met, not := is("co_hoat_dong", markMet), is("co_hoat_dong", markNotMet)
	cells := []any{b.cell(m.Month),
		computed(b.style.count, fmt.Sprintf(`IF(COUNTIFS(%[1]s)=0,"",COUNTIFS(%[1]s)-COUNTIFS(%[1]s%[2]s))`, month, is("trang_thai", statusExempt)), of(m.Expected, open)),
		computed(b.style.count, fmt.Sprintf(`IF(COUNTIFS(%[1]s)=0,"",COUNTIFS(%[1]s%[2]s)+COUNTIFS(%[1]s%[3]s))`, month, is("trang_thai", statusSent), is("trang_thai", statusLate)), of(m.Submitted, open)),
		counted(is("trang_thai", statusLate), of(m.Late, open)),
		computed(b.style.count, fmt.Sprintf(`IF(%[1]s="","",%[1]s-%[2]s)`, s.at(2), s.at(3)), of(m.Missing(), open)),
		computed(b.style.rate, rateOf(s.at(3), s.at(2)), share(m.ReportingRate())),
		computed(b.style.rate, fmt.Sprintf(`IF(N(%[1]s)=0,"",ROUND((%[2]s-%[3]s)/%[1]s,4))`, s.at(2), s.at(3), s.at(4)), share(m.OnTimeRate())),
		computed(b.style.count, fmt.Sprintf(`IF(COUNTIFS(%[1]s%[2]s)+COUNTIFS(%[1]s%[3]s)=0,"",COUNTIFS(%[1]s%[2]s))`, month, met, not), of(m.Active, m.Held > 0)),
		computed(b.style.rate, rateOf(s.at(8), s.at(3)), share(m.ActivityRate())),
		computed(b.style.count, fmt.Sprintf(`IF(N(%[3]s)=0,"",COUNTIFS(%[1]s,%[2]s,6))`, month, b.all("so_muc"), s.at(11)), of(m.Full, m.Scored > 0)),
		counted(fmt.Sprintf(`,%s,">=0"`, b.all("so_muc")), of(m.Scored, open)),
		computed(b.style.rate, rateOf(s.at(10), s.at(11)), share(m.FullRate()))}
	for i, v := range movementOf(m.Members) {
		cells = append(cells, summed(movementKeys[i], v))
	}
	return s.row(append(cells, summed("thuc_tang", m.Growth.Net), summed("cuoi_ky", m.Members.End))...)
}

// widestNames is how wide a column of names gets, in letters; longer ones break.
const widestNames = 56

// wide is how wide a column must be for its longest text to stand in one line.
func (b *book) wide(key string, least float64) float64 {
	col, wide := b.columns[place(b.columns, key)], least
	for _, r := range b.rows {
		if text, ok := col.value(r).(string); ok {
			wide = max(wide, float64(utf8.RuneCountInString(text))*letterOfText+1.5)
		}
	}
	return min(wide, widestNames)
}

// branchMonths is the sheet that all others are computed from: a row for each branch and month.
func (b *book) branchMonths() error {
	heads := make([]heading, len(b.columns))
	for i, c := range b.columns {
		heads[i] = heading{c.title, c.width}
		if c.key == "chi_hoi" || c.key == "xa_cu" {
			heads[i].width = b.wide(c.key, 12)
		}
	}
	s, err := b.sheet(sheetBranches, "TỪNG CHI HỘI, TỪNG THÁNG", heads, layout{still: 2, across: 2})
	if err != nil {
		return err
	}
	cells := make([]any, len(b.columns))
	for _, r := range b.rows {
		for i, c := range b.columns {
			v := c.value(r)
			cells[i] = b.cell(v)
			if formula := s.within(c.key); formula != "" && v != nil {
				cells[i] = computed(b.style.count, formula, v)
			}
		}
		if err := s.row(cells...); err != nil {
			return err
		}
	}
	return s.done()
}

// within is the formula of a column that follows from others of its row, "" of one that is
// entered.
func (s *sheet) within(key string) string {
	at := func(key string) string { return s.at(place(s.b.columns, key) + 1) }
	switch key {
	case "so_muc":
		items := at(itemKeys[0]) + ":" + at(itemKeys[5])
		return fmt.Sprintf(`COUNTIF(%s,%q)`, items, markMet)
	case "thuc_tang":
		return fmt.Sprintf("(%s-%s)-(%s+%s+%s)", at("ket_nap"), at("khong_tinh"), at("nghi_hoi"), at("qua_doi"), at("chuyen_di"))
	}
	return ""
}

// threeThree is the sheet of "3 có, 3 biết": in how many months each branch met each item;
// of a single month, whether it did.
func (b *book) threeThree() error {
	heads := []heading{{"Chi hội", b.wide("chi_hoi", 28)}, {"Số tháng đã gửi", 10}}
	for _, name := range org.ItemNames {
		heads = append(heads, heading{name, 13})
	}
	s, err := b.sheet(sheetItems, "\"3 CÓ, 3 BIẾT\": SỐ THÁNG ĐẠT CỦA TỪNG CHI HỘI", append(heads, heading{"Số tháng đủ 6 mục", 11}, heading{"Mã", 13}), layout{still: 1})
	if err != nil {
		return err
	}
	code := func() string { return fmt.Sprintf("%s,$J%d", b.all("ma_chi_hoi"), s.next) }
	met := b.itemsMet()
	for _, br := range b.Branches {
		m := met[br.Branch.ID]
		cells := []any{b.cell(m.name),
			computed(b.style.count, fmt.Sprintf(`COUNTIFS(%[1]s,%[2]s,%[3]q)+COUNTIFS(%[1]s,%[2]s,%[4]q)`, code(), b.all("trang_thai"), statusSent, statusLate), br.Submitted)}
		for i, key := range itemKeys {
			cells = append(cells, computed(b.style.count, fmt.Sprintf(`IF(COUNTIFS(%[1]s,%[2]s,%[3]q)+COUNTIFS(%[1]s,%[2]s,%[4]q)=0,"",COUNTIFS(%[1]s,%[2]s,%[3]q))`,
				code(), b.all(key), markMet, markNotMet), number(m.items[i])))
		}
		full := org.Count{N: br.Full, OK: br.Scored > 0}
		cells = append(cells, computed(b.style.count, fmt.Sprintf(`IF(COUNTIFS(%[1]s,%[2]s,">=0")=0,"",COUNTIFS(%[1]s,%[2]s,6))`, code(), b.all("so_muc")), number(full)),
			b.cell(string(br.Branch.ID)))
		if err := s.row(cells...); err != nil {
			return err
		}
	}
	return firstOf(s.itemTotals(), s.done())
}

// itemTotals are the lines under the sheet of "3 có, 3 biết": met, answered, and the share.
func (s *sheet) itemTotals() error {
	b := s.b
	met := []any{excelize.Cell{StyleID: b.style.totalText, Value: "Lượt đạt"}, computed(b.style.total, "SUM("+s.above(2)+")", b.Submitted)}
	answered := []any{excelize.Cell{StyleID: b.style.totalText, Value: "Lượt trả lời"}, nil}
	rate := []any{excelize.Cell{StyleID: b.style.totalText, Value: "Tỷ lệ đạt"}, nil}
	for i, c := range b.Items {
		met = append(met, computed(b.style.total, "SUM("+s.above(3+i)+")", c.Met))
		answered = append(answered, computed(b.style.total, fmt.Sprintf(`COUNTIF(%[1]s,%[2]q)+COUNTIF(%[1]s,%[3]q)`, b.all(itemKeys[i]), markMet, markNotMet), c.Met+c.NotMet))
	}
	met = append(met, computed(b.style.total, "SUM("+s.above(9)+")", b.Full))
	answered = append(answered, computed(b.style.total, fmt.Sprintf(`COUNTIF(%s,">=0")`, b.all("so_muc")), b.Scored))
	top := s.next
	at := func(col, row int) string { name, _ := excelize.CoordinatesToCellName(col, row); return name } // both are counted from 1
	for i, c := range b.Items {
		rate = append(rate, computed(b.style.totalRate, rateOf(at(3+i, top), at(3+i, top+1)), share(org.RatioOf(c.Met, c.Met+c.NotMet))))
	}
	rate = append(rate, computed(b.style.totalRate, rateOf(at(9, top), at(9, top+1)), share(b.FullRate())))
	return firstOf(s.row(met...), s.row(answered...), s.row(rate...))
}

// branchItems is in how many months a branch met each item.
type branchItems struct {
	name  string
	items [6]org.Count
}

func (b *book) itemsMet() map[org.BranchID]branchItems {
	out := map[org.BranchID]branchItems{}
	for id, name := range branchNames(b.branches()) {
		out[id] = branchItems{name: name}
	}
	for _, r := range b.rows {
		if !r.sent() {
			continue
		}
		m := out[r.Branch.ID]
		for i, it := range r.Figures.Items {
			switch it {
			case org.Met:
				m.items[i] = m.items[i].Plus(org.Known(1))
			case org.NotMet:
				m.items[i] = m.items[i].Plus(org.Known(0))
			}
		}
		out[r.Branch.ID] = m
	}
	return out
}

// movement is the sheet of members: each branch over the range.
func (b *book) movement() error {
	heads := []heading{{"Chi hội", b.wide("chi_hoi", 28)}, {"Số tháng đã gửi", 10}, {"Đầu kỳ", 10}, {"Kết nạp", 10}, {"Trong đó không tính", 10}, {"Nghỉ Hội", 10},
		{"Qua đời", 10}, {"Chuyển đi", 10}, {"Cuối kỳ", 10}, {"Thực tăng", 10}, {"Mã", 13}}
	s, err := b.sheet(sheetMembers, "BIẾN ĐỘNG HỘI VIÊN", heads, layout{still: 1})
	if err != nil {
		return err
	}
	names := branchNames(b.branches())
	for _, br := range b.Branches {
		code := fmt.Sprintf("%s,$K%d", b.all("ma_chi_hoi"), s.next)
		summed := func(key string, v org.Count) excelize.Cell {
			return computed(b.style.count, fmt.Sprintf(`IF(COUNTIFS(%[1]s,%[2]s,">=-99999")=0,"",SUMIFS(%[2]s,%[1]s))`, code, b.all(key)), number(v))
		}
		cells := []any{b.cell(names[br.Branch.ID]),
			computed(b.style.count, fmt.Sprintf(`COUNTIFS(%[1]s,%[2]s,%[3]q)+COUNTIFS(%[1]s,%[2]s,%[4]q)`, code, b.all("trang_thai"), statusSent, statusLate), br.Submitted),
			b.cell(number(br.Members.Start))}
		for i, v := range movementOf(br.Members) {
			cells = append(cells, summed(movementKeys[i], v))
		}
		cells = append(cells, b.cell(number(br.Members.End)), summed("thuc_tang", br.Growth.Net), b.cell(string(br.Branch.ID)))
		if err := s.row(cells...); err != nil {
			return err
		}
	}
	m, total := b.Members, []any{excelize.Cell{StyleID: b.style.totalText, Value: "Cộng"}}
	values := append([]org.Count{org.Known(b.Submitted), m.Start}, append(movementOf(m), m.End, b.Growth.Net)...)
	for i, v := range values {
		total = append(total, computed(b.style.total, fmt.Sprintf(`IF(COUNT(%[1]s)=0,"",SUM(%[1]s))`, s.above(2+i)), number(v)))
	}
	return firstOf(s.row(total...), s.done())
}

// onePlusOne is the sheet of pairs by kind. A pair of two branches counts once (domain.md 4.2),
// so that it is not the sum over the branches.
func (b *book) onePlusOne() error {
	heads := []heading{{"Loại cặp \"1+1\"", 40}, {"Đang có", 13}, {"Lượt có gặp gỡ, giúp nhau", 16}, {"Mới", 13}, {"Đã đạt kết quả", 13}, {"Cần hỏi thăm", 13}}
	s, err := b.sheet(sheetPairs, "CÁC CẶP \"1+1\"", heads, layout{})
	if err != nil {
		return err
	}
	var all org.PairCount
	for _, k := range org.PairKinds {
		p := b.Pairs[k]
		all = all.Plus(p)
		if err := s.row(b.cell(flows.PairLabel(k)), b.cell(p.Active), b.cell(p.Acted), b.cell(p.New), b.cell(p.Completed), b.cell(p.Stale)); err != nil {
			return err
		}
	}
	return firstOf(s.sums("Cộng", all.Active, all.Acted, all.New, all.Completed, all.Stale), s.done())
}

// sums is a line of totals over the columns above.
func (s *sheet) sums(title string, values ...int) error {
	cells := []any{excelize.Cell{StyleID: s.b.style.totalText, Value: title}}
	for i, v := range values {
		cells = append(cells, computed(s.b.style.total, "SUM("+s.above(2+i)+")", v))
	}
	return s.row(cells...)
}

// calls is the sheet of calls for help: counts by kind, and nothing of what they say
// (domain.md 9).
func (b *book) calls() error {
	heads := []heading{{"Loại việc", 40}, {"Đến trong kỳ", 14}, {"Đã xong", 14}, {"Còn đang làm", 14}, {"Trong đó đã chuyển lên trên", 16}}
	s, err := b.sheet(sheetHelp, "KIẾN NGHỊ, VIỆC CẦN HỖ TRỢ", heads, layout{})
	if err != nil {
		return err
	}
	var all Calls
	for _, k := range helpKinds() {
		n := b.Help[k]
		all = Calls{all.Came + n.Came, all.Closed + n.Closed, all.Forwarded + n.Forwarded, all.Open + n.Open}
		if err := s.row(b.cell(flows.RequestLabel(k)), b.cell(n.Came), b.cell(n.Closed), b.cell(n.Open), b.cell(n.Forwarded)); err != nil {
			return err
		}
	}
	return firstOf(s.sums("Cộng", all.Came, all.Closed, all.Open, all.Forwarded), s.done())
}

// meanings is the sheet that says what each column is.
func (b *book) meanings() error {
	s, err := b.sheet(sheetMeaning, "TỪ ĐIỂN DỮ LIỆU", []heading{{"Cột", 30}, {"Tên trong tệp CSV, JSON", 22}, {"Nghĩa là", 90}}, layout{})
	if err != nil {
		return err
	}
	for _, c := range b.columns {
		if err := s.row(b.cell(c.title), b.cell(c.key), b.cell(c.meaning)); err != nil {
			return err
		}
	}
	for _, r := range [][2]string{
		{"Phải gửi", "Chi hội trong danh sách lúc mở kỳ, trừ chi hội không phải gửi"},
		{"Tỷ lệ gửi", "Đã gửi (cả muộn) ÷ phải gửi"},
		{"Tỷ lệ đúng hạn", "Gửi đúng hạn ÷ phải gửi"},
		{"Tỷ lệ có hoạt động", "Chi hội có hoạt động ÷ chi hội đã gửi"},
		{"Tỷ lệ đủ 6 mục", "Chi hội đạt đủ 6 mục ÷ chi hội trả lời đủ 6 mục"},
		{"Cần hỏi thăm", "Cặp không hoạt động hoặc không được nhắc tới trong hai báo cáo liền"},
		{"Ô trống", "Chưa có số liệu; không phải là 0"},
	} {
		if err := s.row(b.cell(r[0]), b.cell(nil), b.cell(r[1])); err != nil {
			return err
		}
	}
	return s.done()
}
