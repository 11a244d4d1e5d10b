package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"chihoi/bot"
	"chihoi/bot/report"
	"chihoi/flows/org"
	"chihoi/storage"
)

// exportCmd writes a commune's figures into a file.
type exportCmd struct {
	Range   string `arg:"" name:"khoảng" help:"Tháng, quý, nửa năm, năm, hay từ..đến: 2026-11, 2026-Q4, 2026-H2, 2026, 2026-03..2026-09."`
	Output  string `short:"o" placeholder:"TỆP" help:"Tệp ra, đuôi cho biết loại: .xlsx, .csv, .json, .docx, .png; - cùng với --as thì in ra màn hình. Không ghi thì là XÃ-KHOẢNG.xlsx trong thư mục này."`
	As      string `placeholder:"LOẠI" enum:"xlsx,csv,json,docx,png," default:"" help:"xlsx, csv, json, docx hoặc png, khi tên tệp không cho biết."`
	Commune string `placeholder:"MÃ" help:"Xã/phường: an-phu; phải có khi kho có nhiều xã, trừ csv và json lấy tất cả."`
	Force   bool   `help:"Ghi đè tệp đã có."`
}

// Help is the long help of the command.
func (*exportCmd) Help() string {
	return `Xuất số liệu của một xã/phường trong một hay nhiều tháng, tính đến lúc chạy lệnh. Ô trống là chưa có số liệu, không phải 0.

  .xlsx   bảng tính: tổng hợp, từng chi hội, 3 có 3 biết, hội viên, 1+1, kiến nghị, từ điển dữ liệu; in được trên A4
  .docx   bản thảo báo cáo, số liệu có sẵn, chỗ cần viết thêm tô vàng
  .png    hình của tháng cuối: chi hội × 6 mục, và biến động hội viên từ đầu năm
  .csv    mỗi chi hội mỗi tháng một dòng, mở được bằng Excel
  .json   như .csv, cho máy đọc

  chihoi export 2026-11                              an-phu-2026-11.xlsx
  chihoi export 2026-H1 -o bao-cao-6-thang.docx      6 tháng đầu năm
  chihoi export 2026-Q3 -o quy3.xlsx --commune an-phu
  chihoi export 2026-03..2026-09 -o tu-3-den-9.csv   mọi xã trong kho
  chihoi export 2026 --as json -o -                  ra màn hình

Dừng chihoi serve trước khi chạy. Tệp đã có thì không ghi đè, trừ khi có --force. Mỗi lần xuất được ghi vào nhật ký. Tệp có tên chi hội, không có tên người.`
}

var rangeForm = regexp.MustCompile(`^(\d{4})(?:-(?:[Qq]([1-4])|[Hh]([12])))?$`)

// readRange reads the months from one to another.
func readRange(s string) (from, to org.Month, err error) {
	if m := rangeForm.FindStringSubmatch(s); m != nil {
		first, size := 1, 12
		if n, err := strconv.Atoi(m[2]); err == nil {
			first, size = 3*n-2, 3
		} else if n, err := strconv.Atoi(m[3]); err == nil {
			first, size = 6*n-5, 6
		}
		from, err = org.ParseMonth(fmt.Sprintf("%s-%02d", m[1], first))
		if err != nil {
			return "", "", fmt.Errorf("khoảng: %w", err)
		}
		return from, from.Add(size - 1), nil
	}
	first, last, several := strings.Cut(s, "..")
	if from, err = org.ParseMonth(first); err == nil && several {
		to, err = org.ParseMonth(last)
	} else {
		to = from
	}
	switch {
	case err != nil:
		return "", "", fmt.Errorf("khoảng %q: viết 2026-11, 2026-Q4, 2026-H2, 2026 hoặc 2026-03..2026-09", s)
	case to < from:
		return "", "", fmt.Errorf("khoảng %q: tháng cuối trước tháng đầu", s)
	}
	return from, to, nil
}

// exportKinds write a file of each kind. Those of many take several communes.
var exportKinds = map[string]struct {
	many  bool
	write func(w io.Writer, list []report.Commune) error
}{
	"csv":  {true, func(w io.Writer, list []report.Commune) error { return report.WriteCSV(w, list...) }},
	"json": {true, func(w io.Writer, list []report.Commune) error { return report.WriteJSON(w, list...) }},
	"xlsx": {false, func(w io.Writer, list []report.Commune) error { return report.WriteWorkbook(w, list[0]) }},
	"docx": {false, func(w io.Writer, list []report.Commune) error { return report.WriteDraft(w, list[0]) }},
	"png":  {false, func(w io.Writer, list []report.Commune) error { return report.WritePicture(w, list[0]) }},
}

// Run is called by kong.
func (c *exportCmd) Run(g *global) (err error) {
	from, to, err := readRange(c.Range)
	if err != nil {
		return err
	}
	kind, err := c.kind()
	if err != nil {
		return err
	}
	store, now, err := g.openNow()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	first := from
	if kind == "png" { // which shows the year up to its month
		first, _ = to.Year()
	}
	communes, err := c.figures(store, now, kind, first, to)
	if err != nil {
		return err
	}
	var content bytes.Buffer
	if err := exportKinds[kind].write(&content, communes); err != nil {
		return err
	}
	unit := org.CommuneID("")
	if len(communes) == 1 {
		unit = communes[0].Commune.ID
	}
	path := c.path(unit, kind)
	if err := c.put(g, path, content.Bytes()); err != nil {
		return err
	}
	err = store.Update(context.Background(), func(tx storage.Tx) error {
		return storage.NoteExport(tx, now, unit, fmt.Sprintf("%s %s %s", kind, from, to))
	})
	if err == nil && path != stream {
		_, err = fmt.Fprintf(g.Stdout, "Đã ghi %s (%d KB).\n", path, (content.Len()+1023)/1024)
	}
	return err
}

// kind is what to write: as it was told, or as the file's name ends.
func (c *exportCmd) kind() (string, error) {
	ending := strings.TrimPrefix(strings.ToLower(filepath.Ext(c.Output)), ".")
	_, known := exportKinds[ending]
	switch {
	case c.As != "":
		return c.As, nil
	case c.Output == "":
		return "xlsx", nil
	case c.Output == stream:
		return "", errors.New("--output -: thêm --as xlsx, csv, json, docx hoặc png")
	case !known:
		return "", fmt.Errorf("--output %s: tên tệp phải kết thúc bằng .xlsx, .csv, .json, .docx hoặc .png (hoặc thêm --as)", c.Output)
	}
	return ending, nil
}

// path is where to write.
func (c *exportCmd) path(unit org.CommuneID, kind string) string {
	if c.Output != "" {
		return c.Output
	}
	name := strings.ReplaceAll(c.Range, "..", "-den-") + "." + kind
	if unit != "" {
		name = string(unit) + "-" + name
	}
	return name
}

// figures are those of the communes that were asked for.
func (c *exportCmd) figures(store storage.Store, now time.Time, kind string, from, to org.Month) (list []report.Commune, err error) {
	err = store.View(context.Background(), func(tx storage.Tx) error {
		communes, err := chosenCommunes(tx, c.Commune)
		switch {
		case err != nil:
			return err
		case len(communes) == 0:
			return errNoStore
		case len(communes) > 1 && !exportKinds[kind].many:
			return fmt.Errorf("--commune: kho có %d xã/phường, tệp .%s là của một xã: thêm --commune, ví dụ --commune %s", len(communes), kind, communes[0].ID)
		}
		for _, one := range communes {
			f, err := bot.Figures(tx, now, one.ID, from, to)
			if err != nil {
				return err
			}
			list = append(list, f)
		}
		return nil
	})
	return list, err
}

// put writes the file whole or not at all.
func (c *exportCmd) put(g *global, path string, content []byte) error {
	if path == stream {
		_, err := g.Stdout.Write(content)
		return err
	}
	at := path
	if c.Force { // the old file goes only when the new one is whole
		at += ".tmp"
	}
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("--output: đã có %s: đặt tên khác, hoặc thêm --force để ghi đè", at)
	}
	if err != nil {
		return fmt.Errorf("--output: %w", err)
	}
	if _, err = f.Write(content); err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, os.Remove(at))
	}
	if at != path {
		return os.Rename(at, path)
	}
	return nil
}
