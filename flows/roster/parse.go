package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
)

// Sheets of the template. A sheet so named must hold a table; others may be anything.
const (
	SheetBranches = "Chi hội"
	SheetChairs   = "Chủ tịch, Phó Chủ tịch"
	SheetHelp     = "Hướng dẫn"
)

// Parse reads tables into a roster. When there are mistakes they are all of them, in the
// file's order, and of the roster only Notes and Doubts are to be used.
func Parse(tables []Table) (Roster, []Mistake) {
	p := &parser{phones: map[string]Entry{}, index: map[string]int{}}
	found := false
	for _, t := range tables {
		h, ok := findHeader(t)
		switch {
		case ok:
			found = true
			p.table(t, h)
		case isTemplateSheet(t.Name):
			found = true
			p.wrong(Place{Sheet: t.Name}, "không thấy dòng tiêu đề (Xã/phường, Chi hội, …)")
		case t.Name != "":
			p.note("Trang %s: không phải danh sách, bỏ qua.", t.Name)
		}
	}
	if !found {
		p.wrong(Place{}, "không thấy dòng tiêu đề nào có các cột Xã/phường, Chi hội, Họ tên chi hội trưởng, Điện thoại")
	}
	p.group()
	if len(p.mistakes) == 0 && len(p.roster.Communes) == 0 {
		p.wrong(Place{}, "chưa có dòng nào được điền")
	}
	inFileOrder(tables, p.mistakes)
	inFileOrder(tables, p.roster.Doubts)
	return p.roster, p.mistakes
}

// inFileOrder sorts by sheet, row and column.
func inFileOrder(tables []Table, list []Mistake) {
	order := map[string]int{}
	for i, t := range tables {
		order[t.Name] = i
	}
	slices.SortStableFunc(list, func(a, b Mistake) int {
		return cmp.Or(order[a.At.Sheet]-order[b.At.Sheet], a.At.Line-b.At.Line, a.At.Column-b.At.Column)
	})
}

func isTemplateSheet(name string) bool {
	return fold(name) == fold(SheetBranches) || fold(name) == fold(SheetChairs)
}

// parser gathers what the tables say.
type parser struct {
	roster   Roster
	mistakes []Mistake
	// branches and officers are the rows before they are grouped by commune.
	branches []branchRow
	officers []officerRow
	// phones holds who was first named with a phone.
	phones map[string]Entry
	// index finds a commune of the roster by the key of its name.
	index map[string]int
}

type branchRow struct {
	commune string
	at      Place // the commune's cell
	branch  Branch
}

type officerRow struct {
	commune string
	at      Place // the commune's cell
	post    Place // the post's cell
	role    org.Role
	entry   Entry
	vacant  bool
}

func (p *parser) wrong(at Place, format string, args ...any) {
	p.mistakes = append(p.mistakes, Mistake{at, fmt.Sprintf(format, args...)})
}

func (p *parser) doubt(at Place, format string, args ...any) {
	p.roster.Doubts = append(p.roster.Doubts, Mistake{at, fmt.Sprintf(format, args...)})
}

func (p *parser) note(format string, args ...any) {
	p.roster.Notes = append(p.roster.Notes, fmt.Sprintf(format, args...))
}

// table reads one sheet's rows.
func (p *parser) table(t Table, h header) {
	notes, mistakes := h.assign()
	p.roster.Notes = append(p.roster.Notes, notes...)
	p.mistakes = append(p.mistakes, mistakes...)
	if len(mistakes) > 0 {
		p.checkOnly(t, h)
		return
	}
	var named []string // rows of nothing but a commune
	for _, row := range t.Rows[h.row+1:] {
		switch {
		case !p.passOver(&h, row):
			p.row(&h, row)
		case h.cell(row, colCommune) != "" && onlyCommune(&h, row):
			named = append(named, strconv.Itoa(row.Line))
		}
	}
	if n := len(named); n > 0 {
		if n > 10 {
			named = append(named[:10], "…")
		}
		sheet := ""
		if h.sheet != "" {
			sheet = "Trang " + h.sheet + ": "
		}
		p.note("%s%d dòng chỉ có tên xã/phường, chưa có chi hội, họ tên nào, bỏ qua: dòng %s.", sheet, n, strings.Join(named, ", "))
	}
}

// checkOnly tells what is wrong in the columns that are there, under a header with mistakes
// of its own: every row would lack the same column, and nothing of them is to be used.
func (p *parser) checkOnly(t Table, h header) {
	from, branches, officers, notes := len(p.mistakes), len(p.branches), len(p.officers), len(p.roster.Notes)
	for _, row := range t.Rows[h.row+1:] {
		if !p.passOver(&h, row) {
			p.row(&h, row)
		}
	}
	told := slices.DeleteFunc(p.mistakes[from:], func(m Mistake) bool { return m.At.Column == 0 })
	p.mistakes = p.mistakes[:from+len(told)]
	p.branches, p.officers, p.roster.Notes = p.branches[:branches], p.officers[:officers], p.roster.Notes[:notes]
}

// passOver reports whether a row says nothing: blank, prepared but not filled in, a
// heading, a repeated header, a sum, an example. What has text is noted.
func (p *parser) passOver(h *header, row Row) bool {
	empty := true
	for i := range row.Cells {
		if row.Cell(i) != "" {
			empty = false
		}
	}
	place := Place{Sheet: h.sheet, Line: row.Line}.Row()
	switch {
	case empty, knownColumns(row) >= enough:
		return true
	case row.Heading:
		p.note("%s: ô gộp làm tiêu đề, bỏ qua.", place)
		return true
	case isSum(h, row):
		p.note("%s: dòng cộng, bỏ qua.", place)
		return true
	case isExample(h, row):
		if !sameAsExample(h, row) {
			p.wrong(Place{Sheet: h.sheet, Line: row.Line},
				"dòng này còn ghi chữ %s; nếu là dòng thật thì xóa chữ đó, nếu không thì xóa cả dòng", ExampleMark)
			return true
		}
		p.note("%s: dòng ví dụ, bỏ qua.", place)
		return true
	}
	return onlyCommune(h, row) && (h.cell(row, colCommune) != "" || h.cell(row, colNumber) != "")
}

// onlyCommune reports whether a row says nothing of a branch or a person.
func onlyCommune(h *header, row Row) bool {
	for _, c := range []column{colBranch, colMembers, colRole, colName, colPhone, colDeputy, colDeputyPhone} {
		if h.cell(row, c) != "" {
			return false
		}
	}
	return !row.Heading && !isSum(h, row) && knownColumns(row) < enough
}

// isSum recognises the line of totals at the foot of a list.
func isSum(h *header, row Row) bool {
	for _, c := range []column{colNumber, colCommune, colFormer, colBranch} {
		switch fold(h.cell(row, c)) {
		case "tong", "tong so", "tong cong", "cong":
			return true
		}
	}
	return false
}

// row reads one filled row: a branch with its head, or a chair or vice chair.
func (p *parser) row(h *header, row Row) {
	at := h.place(row, colCommune)
	commune := communeName(h.cell(row, colCommune))
	if commune == "" {
		p.wrong(at, "thiếu tên xã/phường")
	} else {
		p.checkCommune(at, commune)
	}
	role, ok := p.role(h, row)
	if !ok {
		return
	}
	name := p.entry(h, row, colName, colPhone, role)
	if role == org.Chair || role == org.ViceChair {
		if b := h.cell(row, colBranch); b != "" {
			p.wrong(h.place(row, colBranch), "dòng của %s thì để trống cột này", RoleName(role))
		}
		if h.has(colName) && h.cell(row, colName) == "" && h.cell(row, colPhone) == "" {
			p.wrong(h.place(row, colName), "thiếu họ tên và số điện thoại %s (chưa có ai thì ghi chữ khuyết, hoặc xóa dòng này)", RoleName(role))
			return
		}
		p.officers = append(p.officers, officerRow{commune, at, h.place(row, colRole), role, name, name.Vacant})
		return
	}
	b := Branch{Name: h.cell(row, colBranch), Former: communeName(h.cell(row, colFormer)),
		Head: name, At: h.place(row, colBranch)}
	if b.Name == "" {
		p.wrong(b.At, "thiếu tên chi hội")
	} else if len(b.Name) >= 5 && strings.Trim(b.Name, "0123456789.") == "" {
		// A name such as "1/2" is taken by Excel for a date and kept as a number of days.
		p.wrong(b.At, "%q chỉ có số, có lẽ Excel đã đổi tên thành ngày: ghi lại, thêm chữ chi hội phía trước", short(b.Name))
	} else {
		p.checkBranch(b.At, b.Name)
	}
	if b.Former != "" {
		p.checkCommune(h.place(row, colFormer), b.Former)
	}
	b.Members = p.members(h, row)
	b.Deputy = p.entry(h, row, colDeputy, colDeputyPhone, org.Deputy)
	p.branches = append(p.branches, branchRow{commune, at, b})
}

// role reads what post the row is about; without the column it is the branch's head.
func (p *parser) role(h *header, row Row) (org.Role, bool) {
	text := h.cell(row, colRole)
	f := " " + fold(text) + " "
	has := func(w string) bool { return strings.Contains(f, " "+w+" ") }
	at := h.place(row, colRole)
	switch {
	case text == "" && h.has(colBranch), has("chi hoi truong"), has("chi truong"):
		if !h.has(colBranch) {
			p.wrong(at, "chi hội trưởng thì ghi ở trang %s", SheetBranches)
			return "", false
		}
		return org.Head, true
	case text == "":
		p.wrong(at, "thiếu chức vụ: ghi Chủ tịch hoặc Phó Chủ tịch")
	case has("chi hoi pho"), has("chi pho"):
		p.wrong(at, "chi hội phó thì ghi vào cột %s, cùng dòng với chi hội", titles[colDeputy])
	case has("pho chu tich"), has("pct"), has("pho ct"):
		return org.ViceChair, true
	case has("chu tich"), has("ct"):
		return org.Chair, true
	default:
		p.wrong(at, "%q chưa rõ là chức vụ nào: ghi Chủ tịch hoặc Phó Chủ tịch", text)
	}
	return "", false
}

// isVacant recognises the words for a post that nobody holds.
func isVacant(s string) bool {
	switch key(s) {
	case key("khuyết"), key("chưa có"), key("còn khuyết"):
		return true
	}
	return false
}

// entry reads a name and the phone beside it.
func (p *parser) entry(h *header, row Row, nameCol, phoneCol column, role org.Role) Entry {
	if !h.has(nameCol) {
		return Entry{}
	}
	name, typed := h.cell(row, nameCol), h.cell(row, phoneCol)
	nameAt, phoneAt := h.place(row, nameCol), h.place(row, phoneCol)
	switch {
	case name == "" && typed == "":
		return Entry{At: phoneAt}
	case isVacant(name) && typed == "":
		return Entry{Vacant: true, At: phoneAt}
	case isVacant(name):
		p.wrong(phoneAt, "đã ghi %q thì để trống số điện thoại", name)
		return Entry{At: phoneAt}
	case name == "":
		p.wrong(nameAt, "có số điện thoại mà thiếu họ tên %s", RoleName(role))
	case typed == "":
		p.wrong(phoneAt, "thiếu số điện thoại của %s (nếu chưa có số thì để trống cả họ tên)", name)
	}
	if name != "" {
		p.checkPerson(nameAt, name)
	}
	if typed == "" {
		return Entry{At: phoneAt}
	}
	phone, err := ParsePhone(typed)
	if err != nil {
		p.wrong(phoneAt, "%v", err)
		return Entry{At: phoneAt}
	}
	e := Entry{Name: name, Phone: phone, At: phoneAt}
	first, known := p.phones[phone]
	switch {
	case name == "":
		return Entry{At: phoneAt}
	case !known:
		p.phones[phone] = e
	case key(first.Name) != key(name):
		p.wrong(phoneAt, "số %s đã ghi cho %s (%s), ở đây lại ghi cho %s: một số chỉ của một người, tên viết như nhau",
			phone, first.Name, first.At.Row(), name)
	default:
		e.Name = first.Name // written once, the first way
	}
	return e
}

// short cuts a text for a message.
func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}

// members reads the number of members; blank is unknown, which is not none.
func (p *parser) members(h *header, row Row) int {
	text := h.cell(row, colMembers)
	if text == "" {
		return 0
	}
	at := h.place(row, colMembers)
	n, ok := wholeNumber(text)
	switch {
	case !ok:
		p.wrong(at, "%q không phải là số hội viên", short(text))
	case n < 1 || n > MaxMembers:
		p.wrong(at, "%s không phải là số hội viên của một chi hội: phải từ 1 đến %s (chưa biết thì để trống)", number(n), number(MaxMembers))
	case n < fewMembers || n > manyMembers:
		p.doubt(at, "%s hội viên, có đúng không ạ?", number(n))
	}
	return n
}

// wholeNumber reads "118", "118.0" as Excel keeps it, "1.250" and "1,250" as people write it.
func wholeNumber(s string) (n int, ok bool) {
	if m := whole.FindStringSubmatch(s); m != nil && len(s)-len(m[1]) != 4 {
		s = m[1]
	}
	head, tail, parted := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	if parted && (len(tail) != 3 || head == "" || len(head) > 3) {
		return 0, false
	}
	digits := head + tail
	if digits == "" || len(digits) > 9 {
		return 0, false
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, true
}
