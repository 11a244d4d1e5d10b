package report

import (
	"bytes"
	"slices"

	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

func openWorkbook(t testing.TB, c Commune) *excelize.File {
	t.Helper()
	var buf bytes.Buffer
	if err := WriteWorkbook(&buf, c); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// Every formula must come to the very number that the figures say, which stands beside it.
func TestWorkbookFormulasAgreeWithTheFigures(t *testing.T) {
	r := sampleRecords(9, "2026-09", "2026-11")
	delete(r.Periods, "2026-10") // a month that was never opened
	f := openWorkbook(t, Of(r, "2026-09", "2026-11"))
	formulas := 0
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x := range row {
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				formula, err := f.GetCellFormula(sheet, cell)
				if err != nil || formula == "" {
					continue
				}
				formulas++
				got, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Errorf("%s!%s =%s: %v", sheet, cell, formula, err)
				} else if !same(got, row[x]) {
					t.Errorf("%s!%s =%s comes to %q, not to %q", sheet, cell, formula, got, row[x])
				}
			}
		}
	}
	if formulas < 200 {
		t.Errorf("%d formulas", formulas)
	}
}

func same(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return a == b
	}
	return x-y < 1e-9 && y-x < 1e-9
}

func BenchmarkWorkbookOfAYear(b *testing.B) {
	r := sampleRecords(40, "2026-01", "2026-12")
	for b.Loop() {
		var buf bytes.Buffer
		if err := WriteWorkbook(&buf, Of(r, "2026-01", "2026-12")); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(buf.Len()), "bytes")
	}
}

func TestWorkbookIsMadeForReadingAndPrinting(t *testing.T) {
	f := openWorkbook(t, Of(sampleRecords(12, "2026-11", "2026-11"), "2026-11", "2026-11"))
	want := []string{"Tổng hợp", "Từng chi hội", "3 có 3 biết", "Hội viên", "1+1", "Kiến nghị", "Từ điển dữ liệu"}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Fatalf("sheets %q", got)
	}
	for _, sheet := range want {
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != headRow {
			t.Errorf("%s: headings do not stay: %+v %v", sheet, panes, err)
		}
		page, err := f.GetPageLayout(sheet)
		if err != nil || *page.Size != 9 || *page.Orientation != "landscape" || *page.FitToWidth == 0 || *page.FitToHeight == 0 {
			t.Errorf("%s: not for A4 across: %v", sheet, err)
		}
		if !slices.ContainsFunc(f.GetDefinedName(), func(n excelize.DefinedName) bool { return n.Name == "_xlnm.Print_Titles" && n.Scope == sheet }) {
			t.Errorf("%s: headings are not on every page", sheet)
		}
	}
}

// A month of thirty branches is one sheet of paper high; its last rows begin no other.
func TestWorkbookFitsItsPaper(t *testing.T) {
	for _, c := range []struct {
		branches int
		sheet    string
		high     int
	}{{12, sheetBranches, 1}, {30, sheetBranches, 1}, {30, sheetItems, 1}, {30, sheetMembers, 1}, {60, sheetBranches, 2}} {
		f := openWorkbook(t, Of(sampleRecords(c.branches, "2026-11", "2026-11"), "2026-11", "2026-11"))
		page, err := f.GetPageLayout(c.sheet)
		if err != nil || *page.FitToHeight != c.high {
			t.Errorf("%s of %d branches: %d sheets of paper high, want %d (%v)", c.sheet, c.branches, *page.FitToHeight, c.high, err)
		}
	}
}

func TestWorkbookKeyCells(t *testing.T) {
	f := openWorkbook(t, Of(sampleRecords(12, "2026-11", "2026-11"), "2026-11", "2026-11"))
	for _, c := range []struct{ sheet, cell, want string }{
		{sheetSums, "A2", "Xã An Phú, tháng 11/2026. Số liệu tính đến 00:00 ngày 6/12/2026. Ô trống là chưa có số liệu."},
		{sheetSums, "A4", "11/2026"},
		{sheetBranches, "B10", "'=SUM(A1)"},
		{sheetBranches, "B4", "Chi hội phụ nữ thôn Đông (Xã An Thịnh)"},
		{sheetBranches, "F6", ""}, // has not sent: absent, never 0
		{sheetBranches, "T6", ""},
		{sheetBranches, "D6", "Chưa gửi"},
		{sheetBranches, "D11", "Không phải gửi"},
		{sheetHelp, "A5", "Kiến nghị"},
	} {
		if got, err := f.GetCellValue(c.sheet, c.cell); err != nil || got != c.want {
			t.Errorf("%s!%s is %q, want %q (%v)", c.sheet, c.cell, got, c.want, err)
		}
	}
}

func TestFilesTellNothingOfWhatCallsSay(t *testing.T) {
	c := Of(sampleRecords(12, "2026-11", "2026-11"), "2026-11", "2026-11")
	f := openWorkbook(t, c)
	for _, sheet := range f.GetSheetList() {
		if found, err := f.SearchSheet(sheet, "xin giúp"); err != nil || len(found) > 0 {
			t.Errorf("%s: %v %v", sheet, found, err)
		}
	}
}
