package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"chihoi/bot/report"
	"chihoi/flows/org"
	"chihoi/flows/roster"
	"chihoi/storage"
)

// importCmd brings a roster into the store.
type importCmd struct {
	File     string `arg:"" optional:"" name:"tệp" help:"Tệp danh sách .xlsx hoặc .csv; - thì đọc từ đầu vào chuẩn."`
	Apply    bool   `help:"Ghi thật; không có thì chỉ xem trước."`
	Template string `placeholder:"TỆP" help:"Tạo tệp mẫu .xlsx để điền, không nhập gì; - thì ghi ra đầu ra chuẩn."`

	New []string `name:"new-commune" placeholder:"TÊN" sep:"none" help:"Đúng là xã/phường mới, dù tên gần giống một tên đã có hay chưa có chi hội nào; có thể ghi nhiều lần."`

	in io.Reader
}

// stream stands for standard input or output where a file is asked for: in a container
// the files of the machine are out of reach.
const stream = "-"

// Help is the long help of the command.
func (*importCmd) Help() string {
	return `Nhập danh sách xã/phường, chi hội, chi hội trưởng, chi hội phó, Chủ tịch, Phó Chủ tịch.

  chihoi import --template danh-sach.xlsx   tạo tệp mẫu, gửi cho xã điền
  chihoi import danh-sach.xlsx              xem trước, không ghi gì
  chihoi import danh-sach.xlsx --apply      ghi, một lần trọn vẹn
  chihoi import - < danh-sach.xlsx          đọc từ đầu vào chuẩn, như khi chạy trong container

Sai ở đâu thì báo hết một lượt theo trang, dòng, cột, và không nhập gì cả. Nhập lại không làm thay đổi gì thêm. Ô trống nghĩa là không thay đổi; chi hội không có trong tệp vẫn giữ nguyên; chi hội nhận ra theo xã, tên và xã cũ; người nhận ra theo số điện thoại. Tên chỉ khác chữ hoa, chữ thường hay viết không dấu thì giữ cách viết đang có. Tên xã/phường mới mà gần giống một tên đã có, hoặc không có chi hội nào, thì báo là chỗ cần sửa; đúng là xã/phường mới thì thêm --new-commune "Xã An Phú".

Các cột (có dấu hay không dấu, thứ tự nào cũng được): Xã/phường, Xã cũ, Chi hội, Số hội viên, Họ tên chi hội trưởng, Điện thoại chi hội trưởng, Họ tên chi hội phó, Điện thoại chi hội phó. Trang Chủ tịch, Phó Chủ tịch: Xã/phường, Chức vụ, Họ tên, Điện thoại. Tệp .csv chỉ có một bảng: các cột của chi hội và thêm cột Chức vụ; dòng của Chủ tịch hay Phó Chủ tịch ghi chức vụ và để trống cột Chi hội. Dấu ngăn cách là phẩy, chấm phẩy hoặc tab; chữ UTF-8.`
}

// Run is called by kong.
func (c *importCmd) Run(g *global) error {
	switch {
	case c.Template != "" && (c.File != "" || c.Apply):
		return errors.New("--template chỉ tạo tệp mẫu: không dùng cùng tệp danh sách hay --apply")
	case c.Template == stream:
		return report.WriteRosterTemplate(g.Stdout)
	case c.Template != "":
		return writeTemplate(g.Stdout, c.Template)
	case c.File == "":
		return errors.New("thiếu tệp danh sách: chihoi import danh-sach.xlsx (hoặc --template danh-sach.xlsx để tạo tệp mẫu)")
	}
	if _, err := g.settings(); err != nil {
		return err
	}
	now, err := g.now()
	if err != nil {
		return err
	}
	r, err := c.read(g.Stderr)
	if err != nil {
		return err
	}
	r.NewCommunes = c.New
	store, err := c.store(g)
	if err != nil {
		return err
	}
	ctx := context.Background()
	var plan roster.Plan
	if c.Apply {
		plan, err = storage.ApplyRoster(ctx, store, now, r)
	} else {
		plan, err = storage.PreviewRoster(ctx, store, r)
	}
	if err = errors.Join(err, store.Close()); err != nil {
		return fmt.Errorf("%s: %w", c.name(), err)
	}
	if len(plan.Mistakes) > 0 {
		err := printMistakes(g.Stderr, c.name(), plan.Mistakes)
		printDoubts(g.Stderr, doubts(r, plan))
		return err
	}
	printPlan(g.Stdout, c.name(), r, plan, c.Apply)
	return nil
}

// name is what the roster's file is called in a message.
func (c *importCmd) name() string {
	if c.File == stream {
		return "danh sách"
	}
	return filepath.Base(c.File)
}

// store opens the store to import into. To look only, none is made: where there is none,
// the roster is compared with an empty one.
func (c *importCmd) store(g *global) (storage.Store, error) {
	if c.Apply {
		return g.openStore()
	}
	s, err := g.openStanding()
	if errors.Is(err, errNoStore) {
		return storage.NewMem(), nil
	}
	return s, err
}

// writeTemplate makes a new file; one that somebody has filled in is never written over.
func writeTemplate(out io.Writer, path string) (err error) {
	if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
		return fmt.Errorf("--template %s: tên tệp mẫu phải có đuôi .xlsx", path)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("--template %s: đã có tệp này, xin đặt tên khác", path)
	}
	if err != nil {
		return fmt.Errorf("--template: %w", err)
	}
	if err = errors.Join(report.WriteRosterTemplate(f), f.Close()); err != nil {
		return errors.Join(fmt.Errorf("--template %s: %w", path, err), os.Remove(path))
	}
	_, err = fmt.Fprintf(out, "Đã tạo tệp mẫu %s. Điền xong thì chạy: chihoi import %s\n", path, path)
	return err
}

// open opens the roster's file.
func (c *importCmd) open() (io.ReadCloser, error) {
	if c.File != stream {
		return os.Open(c.File)
	}
	if c.in == nil {
		c.in = os.Stdin
	}
	return io.NopCloser(c.in), nil
}

// read reads the roster and prints all its mistakes, if it has any.
func (c *importCmd) read(out io.Writer) (roster.Roster, error) {
	f, err := c.open()
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return roster.Roster{}, fmt.Errorf("tệp %s: không có tệp này", c.File)
		}
		return roster.Roster{}, fmt.Errorf("tệp danh sách: %w", err)
	}
	tables, err := report.ReadRoster(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return roster.Roster{}, fmt.Errorf("%s: %w", c.name(), err)
	}
	r, mistakes := roster.Parse(tables)
	if len(mistakes) > 0 && mistakes[0].At == (roster.Place{}) && tables[0].Name == "" && strings.EqualFold(filepath.Ext(c.File), ".xlsx") {
		return r, fmt.Errorf("%s: không phải tệp .xlsx (bên trong chỉ là chữ); mở bằng Excel rồi chọn Lưu thành (Save As) kiểu .xlsx", c.name())
	}
	if len(mistakes) > 0 {
		for _, n := range r.Notes {
			fmt.Fprintln(out, n)
		}
		err := printMistakes(out, c.name(), mistakes)
		printDoubts(out, doubts(r, roster.Plan{}))
		return r, err
	}
	return r, nil
}

// doubts are what is worth a look: in the cells of the file, and in what would come of it.
func doubts(r roster.Roster, plan roster.Plan) (list []string) {
	for _, d := range r.Doubts {
		list = append(list, d.String())
	}
	return append(list, plan.Warnings...)
}

func printDoubts(out io.Writer, list []string) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "\nXin xem lại (%d), không ngăn việc nhập:\n", len(list))
	for _, w := range list {
		fmt.Fprintln(out, "  ! "+w)
	}
}

// printMistakes lists every mistake and gives the error that ends the command.
func printMistakes(out io.Writer, name string, mistakes []roster.Mistake) error {
	for _, m := range mistakes {
		fmt.Fprintln(out, m)
	}
	return fmt.Errorf("%s: %d chỗ cần sửa, chưa nhập gì", name, len(mistakes))
}

// printPlan shows what is in the file, what changes and what is worth a look.
func printPlan(out io.Writer, name string, r roster.Roster, plan roster.Plan, applied bool) {
	fmt.Fprintf(out, "Tệp %s: %s.\n", name, r.Counts())
	for _, n := range r.Notes {
		fmt.Fprintln(out, n)
	}
	printDoubts(out, doubts(r, plan))
	fmt.Fprintln(out)
	if plan.Empty() {
		fmt.Fprintln(out, "Không có gì thay đổi.")
		return
	}
	title := "Sẽ thay đổi"
	if applied {
		title = "Đã ghi"
	}
	fmt.Fprintf(out, "%s (%d):\n", title, len(plan.Changes))
	var commune org.CommuneID
	for i, change := range plan.Changes {
		if i == 0 || change.Commune != commune {
			commune = change.Commune
			fmt.Fprintf(out, "%s\n", change.Name)
		}
		mark := "~"
		if change.New {
			mark = "+"
		}
		fmt.Fprintf(out, "  %s %s\n", mark, change.Text)
	}
	fmt.Fprintf(out, "\nCộng: %s.\n", plan.Counts())
	if !applied {
		fmt.Fprintln(out, "Đây là xem trước, chưa ghi gì. Đúng rồi thì chạy lại với --apply.")
	}
}
