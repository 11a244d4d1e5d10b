// Package report owns the files people open outside the chat: the roster's workbook and
// the printed invite sheets. It reads files into plain rows and writes plain values to an
// io.Writer; it decides nothing about them, keeps nothing and opens no file itself.
package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"chihoi/flows/roster"
)

// Bounds on what is read. A roster of 85,000 branches is some 10 MB; a small file may
// unpack to anything, so that is bounded too.
const (
	maxFile     = 32 << 20
	maxUnpacked = 256 << 20
)

// ErrUnreadable is wrapped when a file is not one that can be read at all.
var ErrUnreadable = errors.New("không đọc được tệp")

// ReadRoster reads a workbook (.xlsx) or a table of text (.csv: UTF-8 or what Excel calls
// Unicode text; comma, semicolon or tab) into plain rows. What the file is shows in its
// first bytes, whatever its name says.
func ReadRoster(r io.Reader) ([]roster.Table, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	case len(raw) > maxFile:
		return nil, fmt.Errorf("%w: tệp lớn quá %d MB", ErrUnreadable, maxFile>>20)
	case len(bytes.TrimSpace(raw)) == 0:
		return nil, fmt.Errorf("%w: tệp trống", ErrUnreadable)
	case bytes.HasPrefix(raw, []byte("PK")):
		return readWorkbook(raw)
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")):
		return nil, fmt.Errorf("%w: tệp .xls kiểu cũ hoặc có mật khẩu; mở bằng Excel, bỏ mật khẩu, chọn Lưu thành (Save As) kiểu .xlsx", ErrUnreadable)
	}
	return readText(raw)
}

// readWorkbook reads every visible sheet. Values are taken as stored, not as shown: a
// phone shown as 9.12E+08 is still whole underneath. Formulas are never computed.
func readWorkbook(raw []byte) ([]roster.Table, error) {
	f, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: không phải tệp .xlsx lành lặn (%w)", ErrUnreadable, err)
	}
	defer func() { _ = f.Close() }() // nothing was written
	var tables []roster.Table
	for _, name := range f.GetSheetList() {
		t := roster.Table{Name: name}
		// A hidden sheet, or one that is only a chart, is no list anyone meant to hand in.
		if visible, err := f.GetSheetVisible(name); err == nil && visible {
			rows, err := f.GetRows(name)
			if err == nil {
				t.Rows, err = plainRows(f, name, rows)
			}
			// The library has no sentinel for a sheet that is a chart.
			if err != nil && !strings.Contains(err.Error(), "is not a worksheet") {
				return nil, fmt.Errorf("%w: trang %s: %w", ErrUnreadable, name, err)
			}
		}
		tables = append(tables, t)
	}
	return tables, nil
}

// wide is how many columns a merged cell must span to be a heading and not an entry.
const wide = 3

// plainRows undoes merging: a cell merged downwards stands for all its rows, a wide one
// in a single row is a heading.
func plainRows(f *excelize.File, sheet string, cells [][]string) ([]roster.Row, error) {
	rows := make([]roster.Row, len(cells))
	for i, c := range cells {
		rows[i] = roster.Row{Line: i + 1, Cells: c}
	}
	merged, err := f.GetMergeCells(sheet, true)
	if err != nil {
		return nil, err
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return nil, err
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return nil, err
		}
		if top > len(rows) {
			continue
		}
		if right-left+1 >= wide {
			for i := top; i <= min(bottom, len(rows)); i++ {
				rows[i-1].Heading = true
			}
			continue
		}
		for i := top + 1; i <= min(bottom, len(rows)); i++ {
			fill(&rows[i-1], left-1, rows[top-1].Cell(left-1))
		}
	}
	return rows, nil
}

// fill puts a value into a row, which may be too short for it.
func fill(r *roster.Row, column int, value string) {
	for len(r.Cells) <= column {
		r.Cells = append(r.Cells, "")
	}
	r.Cells[column] = value
}

// readText reads a table of text with any of the usual separators.
func readText(raw []byte) ([]roster.Table, error) {
	text, err := decode(raw)
	if err != nil {
		return nil, err
	}
	separator, rest := separatorOf(text)
	lines := strings.Count(text, "\n") - strings.Count(rest, "\n")
	in := csv.NewReader(strings.NewReader(rest))
	in.Comma = separator
	in.FieldsPerRecord = -1
	in.LazyQuotes = true
	var t roster.Table
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			return []roster.Table{t}, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
		}
		line, _ := in.FieldPos(0)
		t.Rows = append(t.Rows, roster.Row{Line: lines + line, Cells: cells})
	}
}

// decode gives the text of a file in UTF-8 or UTF-16 with a mark.
func decode(raw []byte) (string, error) {
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		plain, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw)
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrUnreadable, err)
		}
		raw = plain
	}
	text := strings.TrimPrefix(string(raw), "\ufeff")
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		line := 1 + strings.Count(text[:firstBad(text)], "\n")
		return "", fmt.Errorf("%w: dòng %d không phải chữ UTF-8; trong Excel chọn Lưu thành (Save As) kiểu \"CSV UTF-8\", hoặc lưu .xlsx", ErrUnreadable, line)
	}
	// Old Macs end lines with a return alone.
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text, nil
}

// firstBad is where a text stops being text.
func firstBad(s string) int {
	for i, r := range s {
		if r == 0 {
			return i
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return i
			}
		}
	}
	return len(s)
}

// separatorOf finds the separator: the one Excel states on a first line "sep=;", else the
// one most often seen outside quotes in the first lines. rest is what follows that line.
func separatorOf(text string) (separator rune, rest string) {
	first, after, _ := strings.Cut(text, "\n")
	first = strings.TrimSpace(first)
	if s, ok := strings.CutPrefix(first, "sep="); ok && utf8.RuneCountInString(s) == 1 {
		r, _ := utf8.DecodeRuneInString(s)
		return r, after
	}
	seen := map[rune]int{}
	quoted, lines := false, 0
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case r == '\n':
			lines++
		case !quoted:
			seen[r]++
		}
		if lines == 20 {
			break
		}
	}
	separator = ','
	for _, r := range []rune{';', '\t'} {
		if seen[r] > seen[separator] {
			separator = r
		}
	}
	return separator, text
}
