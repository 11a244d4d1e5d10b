package roster

import (
	"fmt"
	"regexp"
	"strings"
)

// column is what a column holds.
type column int

const (
	colNone column = iota
	colNumber
	colCommune
	colFormer
	colBranch
	colMembers
	colRole
	colName
	colPhone
	colDeputy
	colDeputyPhone
	colAnyPhone // "Điện thoại" alone: whose it is depends on where it stands
)

// titles are the columns' names as the template writes them.
var titles = map[column]string{
	colNumber:      "STT",
	colCommune:     "Xã/phường",
	colFormer:      "Xã cũ",
	colBranch:      "Chi hội",
	colMembers:     "Số hội viên",
	colRole:        "Chức vụ",
	colName:        "Họ tên chi hội trưởng",
	colPhone:       "Điện thoại chi hội trưởng",
	colDeputy:      "Họ tên chi hội phó",
	colDeputyPhone: "Điện thoại chi hội phó",
}

// headers are the names a column goes by, folded and shortened (see headerWords).
var headers = map[string]column{
	"stt": colNumber, "tt": colNumber, "so tt": colNumber, "so thu tu": colNumber,
	"xa phuong": colCommune, "xa": colCommune, "phuong": colCommune, "xa phuong dac khu": colCommune,
	"ten xa": colCommune, "ten xa phuong": colCommune, "hoi lhpn xa": colCommune, "hoi lhpn xa phuong": colCommune,
	"xa cu": colFormer, "phuong cu": colFormer, "xa phuong cu": colFormer, "ten xa cu": colFormer,
	"xa truoc sap nhap": colFormer, "xa truoc khi sap nhap": colFormer, "xa phuong truoc sap nhap": colFormer,
	"chi hoi": colBranch, "ten chi hoi": colBranch, "chi hoi phu nu": colBranch, "ten chi hoi phu nu": colBranch,
	"so hoi vien": colMembers, "hoi vien": colMembers, "tong so hoi vien": colMembers, "so luong hoi vien": colMembers, "so hv": colMembers,
	"chuc vu": colRole, "chuc danh": colRole,
	"ten": colName, "ten chi hoi truong": colName, "chi hoi truong": colName, "chi truong": colName, "ten chi truong": colName,
	"dt": colAnyPhone, "dt di dong": colAnyPhone, "di dong": colAnyPhone, "so di dong": colAnyPhone, "dt lien he": colAnyPhone,
	"dt chi hoi truong": colPhone, "dt chi truong": colPhone,
	"chi hoi pho": colDeputy, "ten chi hoi pho": colDeputy, "chi pho": colDeputy, "ten chi pho": colDeputy, "pho chi hoi": colDeputy,
	"dt chi hoi pho": colDeputyPhone, "dt chi pho": colDeputyPhone, "dt pho chi hoi": colDeputyPhone,
}

var (
	inBrackets  = regexp.MustCompile(`\([^)]*\)?`)
	headerWords = strings.NewReplacer("so dien thoai", "dt", "dien thoai", "dt", "sdt", "dt", "so dt", "dt",
		"ho va ten", "ten", "ho ten", "ten", "cua ", "")
)

// columnOf recognises a header cell, with or without diacritics, whatever stands in brackets.
func columnOf(cell string) column {
	return headers[headerWords.Replace(fold(inBrackets.ReplaceAllString(cell, " ")))]
}

// header is a recognised header row: where each column is and what it is called there.
type header struct {
	sheet string
	row   int // index in the table's rows
	at    map[column]int
	cells Row
}

// headerDepth is how many rows from the top a header is looked for: titles and blank
// rows come before it in lists made by hand.
const headerDepth = 20

// enough is how many columns must be recognised for a row to be taken for a header.
const enough = 3

// findHeader looks for the header row. It is the first row with enough known columns.
func findHeader(t Table) (header, bool) {
	for i, row := range t.Rows[:min(len(t.Rows), headerDepth)] {
		if known := knownColumns(row); known >= enough {
			return header{sheet: t.Name, row: i, cells: row}, true
		}
	}
	return header{}, false
}

// knownColumns counts the different columns a row names.
func knownColumns(row Row) int {
	seen := map[column]bool{}
	for i := range row.Cells {
		if c := columnOf(row.Cell(i)); c != colNone {
			seen[c] = true
		}
	}
	return len(seen)
}

// assign finds what each column of the header row holds and tells mistakes and notes
// about the row itself.
func (h *header) assign() (notes []string, mistakes []Mistake) {
	h.at = map[column]int{}
	beside := colNone // the last column of names, to which a bare "Điện thoại" belongs
	for i := range h.cells.Cells {
		title := h.cells.Cell(i)
		c := columnOf(title)
		switch c {
		case colName, colDeputy:
			beside = c
		case colAnyPhone:
			c = colPhone
			if _, has := h.at[colDeputyPhone]; beside == colDeputy && !has {
				c = colDeputyPhone
			}
		case colNone:
			if title != "" {
				notes = append(notes, fmt.Sprintf("%s: không dùng đến cột %s (%s).",
					h.name(), Letters(i+1), title))
			}
			continue
		}
		if first, twice := h.at[c]; twice {
			mistakes = append(mistakes, Mistake{Place{h.sheet, h.cells.Line, i + 1, title},
				fmt.Sprintf("cột này đã có ở cột %s, xin chỉ để một", Letters(first+1))})
			continue
		}
		h.at[c] = i
	}
	return notes, append(mistakes, h.missing()...)
}

// missing tells the columns that must be there and are not.
func (h *header) missing() (list []Mistake) {
	want := func(c column, title string) {
		if !h.has(c) {
			list = append(list, Mistake{Place{Sheet: h.sheet, Line: h.cells.Line}, "thiếu cột " + title})
		}
	}
	want(colCommune, titles[colCommune])
	name, phone := titles[colName], titles[colPhone]
	switch {
	case h.has(colRole) && !h.has(colBranch):
		name, phone = "Họ tên", "Điện thoại"
	case !h.has(colRole):
		want(colBranch, titles[colBranch])
	}
	want(colName, name)
	want(colPhone, phone)
	if h.has(colDeputy) {
		want(colDeputyPhone, titles[colDeputyPhone])
	}
	if h.has(colDeputyPhone) {
		want(colDeputy, titles[colDeputy])
	}
	return list
}

func (h *header) has(c column) bool { _, ok := h.at[c]; return ok }

// name is how the table is called in a note.
func (h *header) name() string {
	if h.sheet == "" {
		return "Bảng"
	}
	return "Trang " + h.sheet
}

// cell is the text of a column in a row, "" where the table has no such column.
func (h *header) cell(row Row, c column) string {
	i, ok := h.at[c]
	if !ok {
		return ""
	}
	return row.Cell(i)
}

// place is where a column's cell in a row stands.
func (h *header) place(row Row, c column) Place {
	i, ok := h.at[c]
	if !ok {
		return Place{Sheet: h.sheet, Line: row.Line}
	}
	return Place{h.sheet, row.Line, i + 1, h.cells.Cell(i)}
}
