package report

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"chihoi/flows/org"
)

// Sheets of the workbook, in order.
const (
	sheetSums     = "Tổng hợp"
	sheetBranches = "Từng chi hội"
	sheetItems    = "3 có 3 biết"
	sheetMembers  = "Hội viên"
	sheetPairs    = "1+1"
	sheetHelp     = "Kiến nghị"
	sheetMeaning  = "Từ điển dữ liệu"
)

// WriteWorkbook writes a commune's workbook (.xlsx): every number that follows from others
// is a formula over the sheet of branches and months, with its value beside it for programs
// that compute none. Absent is an empty cell.
func WriteWorkbook(w io.Writer, c Commune) (err error) {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // it holds no file
	b, err := newBook(f, c)
	if err != nil {
		return err
	}
	for _, fill := range []func(*book) error{(*book).months, (*book).branchMonths, (*book).threeThree, (*book).movement, (*book).onePlusOne, (*book).calls, (*book).meanings} {
		if err := fill(b); err != nil {
			return fmt.Errorf("workbook: %w", err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: "Điểm danh chi hội, " + c.Range(), Creator: c.Commune.Name, Language: "vi-VN"}); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

// book is a workbook being written.
type book struct {
	Commune
	f       *excelize.File
	columns []column
	rows    []row
	style   struct{ title, note, head, text, count, rate, month, day, total, totalRate, totalText int }
}

func newBook(f *excelize.File, c Commune) (b *book, err error) {
	b = &book{Commune: c, f: f, columns: columns(), rows: c.rows()}
	thin := []excelize.Border{{Type: "left", Color: "BFBFBF", Style: 1}, {Type: "right", Color: "BFBFBF", Style: 1},
		{Type: "top", Color: "BFBFBF", Style: 1}, {Type: "bottom", Color: "BFBFBF", Style: 1}}
	wrapped := &excelize.Alignment{WrapText: true, Vertical: "center"}
	centered := &excelize.Alignment{WrapText: true, Vertical: "center", Horizontal: "center"}
	head := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCE6F1"}}
	sum := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F2F2F2"}}
	number := &excelize.Alignment{Vertical: "center", Horizontal: "right", Indent: 1}
	count, rate, month, day, font := "#,##0", "0.00%", "mm/yyyy", "dd/mm/yyyy", "Times New Roman"
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.style.title, excelize.Style{Font: &excelize.Font{Family: font, Size: 14, Bold: true}}},
		{&b.style.note, excelize.Style{Font: &excelize.Font{Family: font, Size: 11, Italic: true}}},
		{&b.style.head, excelize.Style{Font: &excelize.Font{Family: font, Size: 11, Bold: true}, Border: thin, Alignment: centered, Fill: head}},
		{&b.style.text, excelize.Style{Font: &excelize.Font{Family: font, Size: 11}, Border: thin, Alignment: wrapped}},
		{&b.style.count, excelize.Style{Font: &excelize.Font{Family: font, Size: 11}, Border: thin, CustomNumFmt: &count, Alignment: number}},
		{&b.style.rate, excelize.Style{Font: &excelize.Font{Family: font, Size: 11}, Border: thin, CustomNumFmt: &rate, Alignment: number}},
		{&b.style.month, excelize.Style{Font: &excelize.Font{Family: font, Size: 11}, Border: thin, CustomNumFmt: &month, Alignment: centered}},
		{&b.style.day, excelize.Style{Font: &excelize.Font{Family: font, Size: 11}, Border: thin, CustomNumFmt: &day, Alignment: centered}},
		{&b.style.total, excelize.Style{Font: &excelize.Font{Family: font, Size: 11, Bold: true}, Border: thin, Fill: sum, CustomNumFmt: &count, Alignment: number}},
		{&b.style.totalRate, excelize.Style{Font: &excelize.Font{Family: font, Size: 11, Bold: true}, Border: thin, Fill: sum, CustomNumFmt: &rate, Alignment: number}},
		{&b.style.totalText, excelize.Style{Font: &excelize.Font{Family: font, Size: 11, Bold: true}, Border: thin, Fill: sum, Alignment: wrapped}},
	} {
		if *s.id, err = f.NewStyle(&s.style); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Rows of every sheet: its title, what it is of, the headings; then the data.
const (
	headRow  = 3
	firstRow = 4
)

// heading is the top of a column.
type heading struct {
	title string
	width float64
}

// sheet is one sheet being written, row by row.
type sheet struct {
	*excelize.StreamWriter
	b    *book
	name string
	next int // the row to write next
	// widths are those of the columns, in letters.
	widths []float64
	// layout and points, the height of all rows so far, are for the paper.
	layout layout
	points float64
}

// layout is how a sheet is shown and printed.
type layout struct {
	still  int // columns that stay as the others move, and are repeated on paper
	across int // sheets of paper side by side
}

// sheet begins a sheet: frozen headings; on paper A4 across, as wide as the paper, with the
// headings on every page.
func (b *book) sheet(name, title string, heads []heading, l layout) (*sheet, error) {
	if _, err := b.f.NewSheet(name); err != nil {
		return nil, err
	}
	if err := b.paper(name, l); err != nil {
		return nil, err
	}
	w, err := b.f.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	s := &sheet{StreamWriter: w, b: b, name: name, next: 1, layout: l}
	for i, h := range heads {
		if err := w.SetColWidth(i+1, i+1, h.width); err != nil {
			return nil, err
		}
		s.widths = append(s.widths, h.width)
	}
	corner, err := excelize.CoordinatesToCellName(l.still+1, firstRow)
	if err != nil {
		return nil, err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: l.still, YSplit: headRow, TopLeftCell: corner, ActivePane: pane(l.still)}); err != nil {
		return nil, err
	}
	line := make([]any, len(heads))
	for i, h := range heads {
		line[i] = excelize.Cell{StyleID: b.style.head, Value: h.title}
	}
	return s, firstOf(
		s.row(excelize.Cell{StyleID: b.style.title, Value: safe(title)}),
		s.row(excelize.Cell{StyleID: b.style.note, Value: safe(b.Commune.Commune.Name + ", " + b.Range() + ". " + b.asOf() + ". Ô trống là chưa có số liệu.")}),
		s.row(line...))
}

func pane(still int) string {
	if still == 0 {
		return "bottomLeft"
	}
	return "bottomRight"
}

// paper sets a sheet up for printing.
func (b *book) paper(name string, l layout) error {
	a4, across, fit, landscape := 9, max(l.across, 1), true, "landscape"
	margin := 0.4
	last, err := excelize.ColumnNumberToName(max(l.still, 1))
	if err != nil {
		return err
	}
	titles := fmt.Sprintf("'%s'!$%d:$%d", name, headRow, headRow)
	if l.still > 0 && across > 1 {
		titles = fmt.Sprintf("'%s'!$A:$%s,%s", name, last, titles)
	}
	return firstOf(
		b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &across}),
		b.f.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin}),
		b.f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&RTrang &P/&N"}),
		b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: name}))
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// row writes the next row.
func (s *sheet) row(cells ...any) error {
	at, err := excelize.CoordinatesToCellName(1, s.next)
	if err != nil {
		return err
	}
	s.next++
	lines := 1
	for i, c := range cells {
		if c, ok := c.(excelize.Cell); ok && i < len(s.widths) && s.next > headRow {
			if text, ok := c.Value.(string); ok {
				lines = max(lines, linesOf(text, s.widths[i]))
			}
		}
	}
	height := lineOfText*float64(lines) + 3
	s.points += height
	return s.SetRow(at, cells, excelize.RowOpts{Height: height})
}

// What A4 across takes within its margins, in points, and about how wide a letter is there.
const (
	paperWide   = 784
	paperHigh   = 525
	letterWide  = 5.5
	squeezeable = 0.4 // of a page: as much more is made to fit rather than begin another
)

// done writes the sheet out. It is to print on as many pages as its rows fill, and a last page
// of a few rows is none: the sheet is made smaller instead.
func (s *sheet) done() error {
	wide := 0.0
	for i, w := range s.widths {
		times := 1
		if i < s.layout.still {
			times = max(s.layout.across, 1)
		}
		wide += w * letterWide * float64(times)
	}
	scale := min(1, paperWide*float64(max(s.layout.across, 1))/wide)
	high := max(1, int(s.points*scale/paperHigh+1-squeezeable))
	layout, err := s.b.f.GetPageLayout(s.name)
	if err != nil {
		return err
	}
	layout.FitToHeight = &high
	return firstOf(s.b.f.SetPageLayout(s.name, &layout), s.Flush())
}

// letterOfText is how wide a letter is, of the letters that widths are counted in.
const letterOfText = 0.92

// lineOfText is that of a line of the workbook's letters, in points.
const lineOfText = 14.5

// linesOf is into how many lines a text breaks in a column so many letters wide, at its
// spaces. Programs do not all find the height of a row by themselves.
func linesOf(text string, width float64) int {
	lines, used := 1, 0.0
	for _, w := range strings.Fields(text) {
		n := float64(utf8.RuneCountInString(w)) * letterOfText
		if used > 0 && used+1+n > width-0.5 {
			lines, used = lines+1, 0
		}
		used += n + 1
	}
	return lines
}

// cell is a value of a table, absent when it is nil.
func (b *book) cell(v any) excelize.Cell {
	switch v := v.(type) {
	case string:
		return excelize.Cell{StyleID: b.style.text, Value: safe(v)}
	case org.Month:
		return excelize.Cell{StyleID: b.style.month, Value: serial(v.First(time.UTC))}
	case time.Time:
		return excelize.Cell{StyleID: b.style.day, Value: serial(v)}
	}
	return excelize.Cell{StyleID: b.style.count, Value: v}
}

// serial is how workbooks count days.
func serial(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
}

// computed is a formula with its value, which is nil where it comes to nothing.
func computed(style int, formula string, value any) excelize.Cell {
	return excelize.Cell{StyleID: style, Formula: formula, Value: value}
}

// all is the range of a column of the sheet of branches and months.
func (b *book) all(key string) string {
	name, err := excelize.ColumnNumberToName(place(b.columns, key) + 1)
	if err != nil {
		panic(err) // a key of this package that is none
	}
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheetBranches, name, firstRow, name, firstRow+max(len(b.rows), 1)-1)
}

// above is the range of a column over the row to be written.
func (s *sheet) above(column int) string {
	name, err := excelize.ColumnNumberToName(column)
	if err != nil {
		panic(err) // columns are counted from 1
	}
	return fmt.Sprintf("%s%d:%s%d", name, firstRow, name, max(s.next-1, firstRow))
}

// at names a cell of the row to be written.
func (s *sheet) at(column int) string {
	name, err := excelize.ColumnNumberToName(column)
	if err != nil {
		panic(err) // columns are counted from 1
	}
	return fmt.Sprintf("%s%d", name, s.next)
}
