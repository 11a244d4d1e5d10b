package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"chihoi/bot/report"
	"chihoi/flows/roster"
)

// book writes a workbook of one or more sheets.
type book struct {
	t *testing.T
	*excelize.File
}

func newBook(t *testing.T) book { return book{t, excelize.NewFile()} }

func (b book) set(sheet, cell string, v any) {
	b.t.Helper()
	if err := b.SetCellValue(sheet, cell, v); err != nil {
		b.t.Fatal(err)
	}
}

func (b book) bytes() []byte {
	b.t.Helper()
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		b.t.Fatal(err)
	}
	return out.Bytes()
}

func read(t *testing.T, raw []byte) []roster.Table {
	t.Helper()
	tables, err := report.ReadRoster(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func parse(t *testing.T, raw []byte) roster.Roster {
	t.Helper()
	r, mistakes := roster.Parse(read(t, raw))
	for _, m := range mistakes {
		t.Error(m)
	}
	return r
}

func template(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := report.WriteRosterTemplate(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// The template as it comes imports nothing, whoever sends it back unfilled.
func TestTemplateUnfilled(t *testing.T) {
	r, mistakes := roster.Parse(read(t, template(t)))
	if len(mistakes) != 1 || mistakes[0].Text != "chưa có dòng nào được điền" {
		t.Errorf("mistakes %v", mistakes)
	}
	if len(r.Notes) != 5 { // the guide, and two examples on each sheet
		t.Errorf("notes %q", r.Notes)
	}
}

// What is filled into the template comes out of it, examples left in place.
func TestTemplateFilledIn(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(template(t)))
	if err != nil {
		t.Fatal(err)
	}
	b := book{t, f}
	rows := [][]any{
		{1, "Xã An Phú", "An Hòa", "Chi hội thôn Đông", 118, "Nguyễn Thị Lan", "0912345671", "Lê Thị Cúc", "0912 345 672"},
		{2, "Xã An Phú", "An Bình", "Chi hội thôn Đông", nil, "Trần Thị Minh", 912345673}, // typed as a number
		{3, "Xã An Phú", "", "Chi hội chợ Mới", nil, "khuyết"},
	}
	for i, row := range rows {
		for j, v := range row {
			b.set(roster.SheetBranches, fmt.Sprintf("%s%d", roster.Letters(j+1), i+4), v)
		}
	}
	for j, v := range []any{1, "Xã An Phú", "Chủ tịch", "Phạm Thị Hoa", "+84 912 345 674"} {
		b.set(roster.SheetChairs, roster.Letters(j+1)+"4", v)
	}
	r := parse(t, b.bytes())
	if got, want := r.Counts(), (roster.Counts{Communes: 1, Branches: 3, Heads: 2, Deputies: 1, Chairs: 1}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
	got := r.Communes[0]
	if got.Branches[0].Members != 118 || got.Branches[1].Head.Phone != "0912345673" || !got.Branches[2].Head.Vacant || got.Chair.Phone != "0912345674" {
		t.Errorf("read as %+v", got)
	}
}

// The template is a form: frozen header on every page, phones kept as text, A4.
func TestTemplateForm(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(template(t)))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{roster.SheetHelp, roster.SheetBranches, roster.SheetChairs}; !slices.Equal(f.GetSheetList(), want) {
		t.Errorf("sheets %q", f.GetSheetList())
	}
	for _, s := range roster.Template {
		panes, err := f.GetPanes(s.Name)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: panes %+v, %v", s.Name, panes, err)
		}
		layout, err := f.GetPageLayout(s.Name)
		if err != nil || *layout.Size != 9 || *layout.FitToWidth != 1 {
			t.Errorf("%s: page %+v, %v", s.Name, layout, err)
		}
		for i, c := range s.Columns {
			for _, row := range []int{4, 500} {
				id, err := f.GetCellStyle(s.Name, fmt.Sprintf("%s%d", roster.Letters(i+1), row))
				if err != nil {
					t.Fatal(err)
				}
				style, err := f.GetStyle(id)
				if err != nil || (style.NumFmt == 49) == c.Number {
					t.Errorf("%s, %s, row %d: number format %d, %v", s.Name, c.Title, row, style.NumFmt, err)
				}
			}
		}
	}
	titles := 0
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" {
			titles++
		}
	}
	if titles != len(roster.Template) {
		t.Errorf("%d sheets repeat their header", titles)
	}
}

// A list as communes keep it: a title, merged cells, headings, formulas, other sheets.
func TestReadWorkbookMadeByHand(t *testing.T) {
	b := newBook(t)
	s := "Sheet1"
	b.set(s, "A1", "DANH SÁCH CHI HỘI TRƯỞNG")
	for i, h := range []string{"TT", "Xã/phường", "Chi hội", "Họ và tên chi hội trưởng", "Số điện thoại", "Số hội viên"} {
		b.set(s, roster.Letters(i+1)+"3", h)
	}
	b.set(s, "A4", "I. Xã An Hòa cũ")
	b.set(s, "B5", "Xã An Phú")
	for i, row := range [][]any{{"Thôn Đông", "Nguyễn Thị Lan", 912345671.0, 118}, {"Thôn Tây", "Trần Thị Minh", 84912345672.0, nil}, {`'=1+1`, nil, nil, nil}} {
		for j, v := range row {
			b.set(s, fmt.Sprintf("%s%d", roster.Letters(j+3), i+5), v)
		}
	}
	for _, m := range [][2]string{{"A1", "F1"}, {"A4", "F4"}, {"B5", "B7"}} {
		if err := b.MergeCell(s, m[0], m[1]); err != nil {
			t.Fatal(err)
		}
	}
	style, err := b.NewStyle(&excelize.Style{NumFmt: 11}) // 9.12E+08
	if err != nil {
		t.Fatal(err)
	}
	if err := b.SetCellStyle(s, "E5", "E6", style); err != nil {
		t.Fatal(err)
	}
	if err := b.SetCellFormula(s, "C8", `HYPERLINK("http://x","y")`); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Quà Tết", "Ẩn"} {
		if _, err := b.NewSheet(name); err != nil {
			t.Fatal(err)
		}
	}
	b.set("Ẩn", "A1", "Xã/phường")
	b.set("Ẩn", "B1", "Chi hội")
	b.set("Ẩn", "C1", "Chi hội trưởng")
	if err := b.SetSheetVisible("Ẩn", false); err != nil {
		t.Fatal(err)
	}
	r := parse(t, b.bytes())
	want := []string{"Trang Sheet1, dòng 4: ô gộp làm tiêu đề, bỏ qua.", "Trang Quà Tết: không phải danh sách, bỏ qua.", "Trang Ẩn: không phải danh sách, bỏ qua."}
	if !slices.Equal(r.Notes, want) {
		t.Errorf("notes %q", r.Notes)
	}
	got := r.Communes[0].Branches
	if len(got) != 3 || got[0].Head.Phone != "0912345671" || got[1].Head.Phone != "0912345672" || got[0].Members != 118 || got[2].Name != "'=1+1" {
		t.Errorf("branches %+v", got)
	}
}

const table = "Xã/phường,Chức vụ,Chi hội,Số hội viên,Họ tên,Điện thoại\n" +
	"Xã An Phú,,\"Chi hội thôn Đông, thôn Tây\",118,Nguyễn Thị Lan,0912345671\n\n" +
	"Xã An Phú,Chủ tịch,,,Phạm Thị Hoa,912345674\n"

func TestReadText(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(tabbed(table, '\t'))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"comma": table, "bom": "\ufeff" + table, "semicolon": tabbed(table, ';'), "tab": tabbed(table, '\t'),
		"crlf": strings.ReplaceAll(table, "\n", "\r\n"), "old mac": strings.ReplaceAll(table, "\n", "\r"),
		"stated separator": "sep=;\r\n" + tabbed(table, ';'), "unicode text of Excel": utf16,
	} {
		t.Run(name, func(t *testing.T) {
			r := parse(t, []byte(text))
			c := r.Communes[0]
			if c.Name != "Xã An Phú" || c.Branches[0].Name != "Chi hội thôn Đông, thôn Tây" || c.Branches[0].Head.Phone != "0912345671" || c.Chair.Phone != "0912345674" {
				t.Errorf("read as %+v", c)
			}
			line := 4
			if name == "stated separator" {
				line = 5
			}
			if c.Chair.At.Line != line {
				t.Errorf("the chair is at line %d, want %d", c.Chair.At.Line, line)
			}
		})
	}
}

// tabbed writes the table with another separator.
func tabbed(s string, sep rune) string {
	quoted := false
	return strings.Map(func(r rune) rune {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ',' && !quoted:
			return sep
		}
		return r
	}, s)
}

func TestReadUnreadable(t *testing.T) {
	for name, tt := range map[string]struct{ raw, want string }{
		"empty":          {" \n", "tệp trống"},
		"old excel":      {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Lưu thành"},
		"broken zip":     {"PK\x03\x04 and then nothing", "không phải tệp .xlsx lành lặn"},
		"windows-1258":   {"Xã,Chi hội\nX\xe3 An Ph\xfa,Th\xf4n", "dòng 2 không phải chữ UTF-8"},
		"picture":        {"\x89PNG\r\n\x1a\n\x00\x00", "dòng 1 không phải chữ UTF-8"},
		"larger than it": {strings.Repeat("a,b\n", 9<<20), "lớn quá 32 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := report.ReadRoster(strings.NewReader(tt.raw))
			if !errors.Is(err, report.ErrUnreadable) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// Forty branches with long names come through both kinds of file alike.
func TestReadFortyBranches(t *testing.T) {
	b := newBook(t)
	var csv strings.Builder
	csv.WriteString("Xã/phường,Chi hội,Họ tên chi hội trưởng,Điện thoại\n")
	for i, h := range []string{"Xã/phường", "Chi hội", "Họ tên chi hội trưởng", "Điện thoại"} {
		b.set("Sheet1", roster.Letters(i+1)+"1", h)
	}
	for i := range 40 {
		row := []string{"Đặc khu Côn Đảo", fmt.Sprintf("Chi hội khu dân cư kiểu mẫu nông thôn mới nâng cao ấp Thạnh Hưng Phú Lợi %d", i+1),
			"Công Tằng Tôn Nữ Nguyễn Thị Hồng Phương Thảo Nguyên", fmt.Sprintf("09123%05d", i)}
		csv.WriteString(strings.Join(row, ",") + "\n")
		for j, v := range row {
			b.set("Sheet1", fmt.Sprintf("%s%d", roster.Letters(j+1), i+2), v)
		}
	}
	x, c := parse(t, b.bytes()), parse(t, []byte(csv.String()))
	if x.Counts().Branches != 40 || x.Counts() != c.Counts() || x.Communes[0].Branches[39].Name != c.Communes[0].Branches[39].Name {
		t.Errorf("workbook %+v, text %+v", x.Counts(), c.Counts())
	}
}

func FuzzReadText(f *testing.F) {
	f.Add([]byte(table))
	f.Add([]byte("\xff\xfea\x00,\x00"))
	f.Add([]byte("sep=;\n\"a;b"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		tables, err := report.ReadRoster(bytes.NewReader(raw))
		if err == nil {
			roster.Parse(tables)
		}
	})
}
