package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"chihoi/flows/roster"
)

const (
	// lastRow is how far down cells are checked as they are typed.
	lastRow = 1000
	// textFormat keeps a cell as typed: the "@" of spreadsheets.
	textFormat = 49
)

// columnFormat keeps all but numbers as text, or a phone would lose its 0.
func columnFormat(c roster.Column) int {
	if c.Number {
		return 0
	}
	return textFormat
}

// workbook writes cells and remembers the first failure, so that a page of them reads well.
type workbook struct {
	*excelize.File
	err error
}

func (w *workbook) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

// style makes a style and returns its number.
func (w *workbook) style(s *excelize.Style) int {
	id, err := w.NewStyle(s)
	w.keep(err)
	return id
}

func cell(column, row int) string {
	return fmt.Sprintf("%s%d", roster.Letters(column), row)
}

// WriteRosterTemplate writes the workbook that a commune officer fills in.
func WriteRosterTemplate(out io.Writer) error {
	w := &workbook{File: excelize.NewFile()}
	defer func() { _ = w.Close() }() // what matters is the writing below
	w.keep(w.SetDocProps(&excelize.DocProperties{Title: "Danh sách chi hội và cán bộ Hội", Creator: "chihoi"}))
	w.keep(w.SetSheetName("Sheet1", roster.SheetHelp))
	for _, s := range roster.Template {
		_, err := w.NewSheet(s.Name)
		w.keep(err)
		w.fillSheet(s)
		w.page(s.Name, "landscape", true)
	}
	w.help()
	w.page(roster.SheetHelp, "portrait", false)
	if w.err == nil {
		w.err = w.Write(out)
	}
	if w.err != nil {
		return fmt.Errorf("report: template: %w", w.err)
	}
	return nil
}

// grid is the thin border of a printed list.
func grid() []excelize.Border {
	var b []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		b = append(b, excelize.Border{Type: side, Color: "9AA5B1", Style: 1})
	}
	return b
}

const fontName = "Arial"

// fillSheet writes one sheet: a frozen header, two marked examples and prepared rows.
func (w *workbook) fillSheet(s roster.Sheet) {
	head := func(required bool) int {
		fill, font := "E4E7EB", "1F2933"
		if required {
			fill, font = "C2185B", "FFFFFF"
		}
		return w.style(&excelize.Style{Border: grid(),
			Font:      &excelize.Font{Family: fontName, Size: 11, Bold: true, Color: font},
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}})
	}
	example := w.style(&excelize.Style{Border: grid(), NumFmt: textFormat,
		Font:      &excelize.Font{Family: fontName, Size: 11, Italic: true, Color: "7B8794"},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F5F7FA"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	row := func(format int, border []excelize.Border) int {
		return w.style(&excelize.Style{Border: border, NumFmt: format,
			Font:      &excelize.Font{Family: fontName, Size: 11},
			Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	}
	for i, c := range s.Columns {
		letter := roster.Letters(i + 1)
		w.keep(w.SetColWidth(s.Name, letter, letter, c.Width))
		w.keep(w.SetColStyle(s.Name, letter, row(columnFormat(c), nil)))
		w.keep(w.SetCellStr(s.Name, cell(i+1, 1), c.Title))
		w.keep(w.SetCellStyle(s.Name, cell(i+1, 1), cell(i+1, 1), head(c.Required)))
		for n, e := range c.Examples {
			w.keep(w.SetCellStr(s.Name, cell(i+1, n+2), e))
		}
		w.keep(w.SetCellStyle(s.Name, cell(i+1, 2), cell(i+1, 3), example))
		w.keep(w.SetCellStyle(s.Name, cell(i+1, 4), cell(i+1, 3+s.Rows), row(columnFormat(c), grid())))
		w.prompt(s.Name, letter, c)
	}
	w.keep(w.SetRowHeight(s.Name, 1, 36))
	w.keep(w.SetPanes(s.Name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft",
		Selection: []excelize.Selection{{SQRef: "B4", ActiveCell: "B4", Pane: "bottomLeft"}}}))
}

// prompt shows a column's hint when one of its cells is entered, and refuses what can
// only be a slip.
func (w *workbook) prompt(sheet, letter string, c roster.Column) {
	dv := excelize.NewDataValidation(true)
	dv.Sqref = fmt.Sprintf("%s4:%s%d", letter, letter, lastRow)
	dv.SetInput(c.Title, c.About)
	switch {
	case len(c.Choices) > 0:
		w.keep(dv.SetDropList(c.Choices))
		dv.SetError(excelize.DataValidationErrorStyleStop, c.Title, "Chọn: "+strings.Join(c.Choices, " hoặc ")+".")
	case c.Number:
		w.keep(dv.SetRange(1, roster.MaxMembers, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
		dv.SetError(excelize.DataValidationErrorStyleStop, c.Title, fmt.Sprintf("Ghi số từ 1 đến %d, hoặc để trống.", roster.MaxMembers))
	}
	w.keep(w.AddDataValidation(sheet, dv))
}

// help writes the explanation sheet: what to do, then every column of every sheet.
func (w *workbook) help() {
	const sheet = roster.SheetHelp
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: fontName, Size: size, Bold: bold, Color: "1F2933"}
	}
	wrap := &excelize.Alignment{Vertical: "top", WrapText: true}
	title := w.style(&excelize.Style{Font: &excelize.Font{Family: fontName, Size: 16, Bold: true, Color: "C2185B"}})
	text := w.style(&excelize.Style{Font: font(11, false), Alignment: wrap})
	strong := w.style(&excelize.Style{Font: font(11, true), Alignment: wrap, Border: grid()})
	boxed := w.style(&excelize.Style{Font: font(11, false), Alignment: wrap, Border: grid()})
	part := w.style(&excelize.Style{Font: font(12, true)})

	w.keep(w.SetColWidth(sheet, "A", "A", 30))
	w.keep(w.SetColWidth(sheet, "B", "B", 12))
	w.keep(w.SetColWidth(sheet, "C", "C", 58))
	w.keep(w.SetCellStr(sheet, "A1", "Danh sách chi hội và cán bộ Hội"))
	w.keep(w.SetCellStyle(sheet, "A1", "A1", title))
	w.keep(w.SetRowHeight(sheet, 1, 28))
	row := 2
	for _, line := range roster.Guide {
		w.keep(w.SetCellStr(sheet, cell(1, row), line))
		w.keep(w.MergeCell(sheet, cell(1, row), cell(3, row)))
		w.keep(w.SetCellStyle(sheet, cell(1, row), cell(3, row), text))
		w.keep(w.SetRowHeight(sheet, row, lineHeight(line, 95)))
		row++
	}
	for _, s := range roster.Template {
		row++
		w.keep(w.SetCellStr(sheet, cell(1, row), "Các cột của trang "+s.Name))
		w.keep(w.SetCellStyle(sheet, cell(1, row), cell(1, row), part))
		w.keep(w.SetRowHeight(sheet, row, 20))
		row++
		for _, c := range s.Columns {
			need := "tùy ý"
			if c.Required {
				need = "cần có"
			}
			for i, value := range []string{c.Title, need, c.About} {
				w.keep(w.SetCellStr(sheet, cell(i+1, row), value))
				w.keep(w.SetCellStyle(sheet, cell(i+1, row), cell(i+1, row), []int{strong, boxed, boxed}[i]))
			}
			w.keep(w.SetRowHeight(sheet, row, lineHeight(c.About, 55)))
			row++
		}
	}
}

// lineHeight is the height of a row whose text wraps: spreadsheets do not measure merged
// cells themselves.
func lineHeight(text string, perLine int) float64 {
	return float64(16 * (1 + (len([]rune(text))-1)/perLine))
}

// page sets a sheet up for printing on A4, its width on one page, the header on each.
func (w *workbook) page(sheet, orientation string, repeatHeader bool) {
	a4, one, many := 9, 1, 0
	yes, margin, side := true, 0.6, 0.4
	w.keep(w.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &yes}))
	w.keep(w.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &orientation, FitToWidth: &one, FitToHeight: &many}))
	w.keep(w.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &margin, Bottom: &margin, Horizontally: &yes}))
	w.keep(w.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L&A&RTrang &P/&N"}))
	if repeatHeader {
		w.keep(w.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: sheet,
			RefersTo: fmt.Sprintf("'%s'!$1:$1", sheet)}))
	}
}
