package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"chihoi/flows/org"
	"chihoi/storage"
)

// desk is an operator's desk: a folder with a store, and the commands of the roster.
type desk struct {
	t   *testing.T
	dir string
}

func newDesk(t *testing.T) desk {
	t.Setenv("TELEGRAM_BOT", "")
	t.Setenv("ZALO_LINKS", "")
	return desk{t, t.TempDir()}
}

// run runs a command line and gives what it printed.
func (d desk) run(args ...string) (stdout, stderr string, err error) {
	d.t.Helper()
	var app struct {
		global
		Import importCmd `cmd:""`
		Invite inviteCmd `cmd:""`
		Period periodCmd `cmd:""`
	}
	var out, errs bytes.Buffer
	app.Stdout, app.Stderr = &out, &errs
	k, err := kong.New(&app, kong.Exit(func(int) { d.t.Error("exited") }), kong.Writers(&out, &errs))
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, err := k.Parse(append([]string{"--store", "bolt:" + d.path("chihoi.db")}, args...))
	if err != nil {
		return "", "", err
	}
	err = ctx.Run(&app.global)
	return out.String(), errs.String(), err
}

// must is run for a command that has to succeed.
func (d desk) must(args ...string) string {
	d.t.Helper()
	out, errs, err := d.run(args...)
	if err != nil {
		d.t.Fatalf("chihoi %s: %v\n%s", strings.Join(args, " "), err, errs)
	}
	return out
}

func (d desk) path(name string) string { return filepath.Join(d.dir, name) }

func (d desk) write(name, text string) string {
	d.t.Helper()
	if err := os.WriteFile(d.path(name), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return d.path(name)
}

func (d desk) view(fn func(storage.Tx) error) {
	d.t.Helper()
	g := &global{StoreURL: "bolt:" + d.path("chihoi.db")}
	s, err := g.openStore()
	if err != nil {
		d.t.Fatal(err)
	}
	if err := s.View(context.Background(), fn); err != nil {
		d.t.Error(err)
	}
	if err := s.Close(); err != nil {
		d.t.Error(err)
	}
}

const rosterCSV = `Xã/phường;Xã cũ;Chức vụ;Chi hội;Số hội viên;Họ tên;Điện thoại;Họ tên chi hội phó;Điện thoại chi hội phó
Xã An Phú;;Chủ tịch;;;Phạm Thị Hoa;0912345674;;
Xã An Phú;An Hòa;;Chi hội thôn Đông;118;Nguyễn Thị Lan;912345671;Lê Thị Cúc;0912 345 672
Xã An Phú;An Bình;;Chi hội thôn Đông;;Trần Thị Minh;0912345673;;
Xã Tân An;;;Thôn 1;;Trần Thị Minh;0912345673;;
`

func TestImportCommand(t *testing.T) {
	d := newDesk(t)
	file := d.write("ds.csv", rosterCSV)
	out := d.must("import", file)
	for _, want := range []string{
		"Tệp ds.csv: 2 xã/phường, 3 chi hội, 3 chi hội trưởng, 1 chi hội phó, 1 Chủ tịch.", "! Xã Tân An chưa có Chủ tịch.",
		"Sẽ thay đổi (10):", "Xã An Phú\n  + Thêm Xã An Phú (mã an-phu)", "chi hội trưởng Nguyễn Thị Lan (•••• ••• 671)", "chạy lại với --apply",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("preview lacks %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "0912345671") {
		t.Error("the preview shows a whole phone number")
	}
	if _, err := os.Stat(d.path("chihoi.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the preview made a store: %v", err)
	}
	if out := d.must("import", file, "--apply"); !strings.Contains(out, "Đã ghi (10):") || strings.Contains(out, "--apply") {
		t.Errorf("applied:\n%s", out)
	}
	for _, args := range [][]string{{"import", file, "--apply"}, {"import", file}} {
		if out := d.must(args...); !strings.Contains(out, "\nKhông có gì thay đổi.\n") {
			t.Errorf("again:\n%s", out)
		}
	}
}

func TestImportCommandMistakes(t *testing.T) {
	d := newDesk(t)
	bad := d.write("sai.csv", strings.ReplaceAll(strings.ReplaceAll(rosterCSV, "912345671", "12"), ";118;", ";nhiều;"))
	tests := []struct {
		name         string
		args         []string
		stderr, want string
	}{
		{"mistakes", []string{"import", bad, "--apply"}, "Dòng 3, cột E (Số hội viên): \"nhiều\" không phải là số hội viên\nDòng 3, cột G (Điện thoại): 12 không phải", "sai.csv: 2 chỗ cần sửa, chưa nhập gì"},
		{"no file", []string{"import"}, "", "thiếu tệp danh sách"},
		{"missing file", []string{"import", d.path("x.csv")}, "", "x.csv: không có tệp này"},
		{"text called a workbook", []string{"import", d.write("a.xlsx", "abc")}, "", "a.xlsx: không phải tệp .xlsx"},
		{"not a list", []string{"import", d.write("a.csv", "a,b\n1,2\n")}, "Tệp: không thấy dòng tiêu đề", "a.csv: 1 chỗ cần sửa"},
		{"not a text", []string{"import", d.write("b.csv", "\xff\x00a")}, "", "b.csv: không đọc được tệp"},
		{"template and file", []string{"import", bad, "--template", "x.xlsx"}, "", "--template chỉ tạo tệp mẫu"},
		{"template's name", []string{"import", "--template", d.path("mau.csv")}, "", "phải có đuôi .xlsx"},
		{"template over a file", []string{"import", "--template", d.write("co.xlsx", "x")}, "", "đã có tệp này"},
		{"template nowhere", []string{"import", "--template", d.path("no/mau.xlsx")}, "", "--template: open "},
		{"store", []string{"import", d.write("tot.csv", rosterCSV), "--store", "x"}, "", "--store/CHIHOI_STORE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, errs, err := d.run(tt.args...)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(errs, tt.stderr) || out != "" {
				t.Errorf("error %v\nstdout %s\nstderr %s", err, out, errs)
			}
		})
	}
	if _, err := os.Stat(d.path("chihoi.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was imported: %v", err)
	}
}

// Doubts are shown and do not stand in the way; beside mistakes they are shown too, so that
// one look at the file puts everything right.
func TestImportCommandDoubts(t *testing.T) {
	d := newDesk(t)
	doubted := strings.Replace(rosterCSV, ";118;Nguyễn Thị Lan", ";1.250;Lan", 1)
	doubts := []string{"Xin xem lại (3), không ngăn việc nhập:", "  ! Dòng 3, cột E (Số hội viên): 1.250 hội viên, có đúng không ạ?",
		"  ! Dòng 3, cột F (Họ tên): họ tên chỉ có một chữ (Lan)"}
	out := d.must("import", d.write("ds.csv", doubted), "--apply")
	for _, want := range append(doubts, "  ! Xã Tân An chưa có Chủ tịch.", "Đã ghi (10):", "chi hội trưởng Lan") {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
	_, errs, err := d.run("import", d.write("sai.csv", strings.Replace(doubted, "0912345674", "", 1)))
	for _, want := range append(doubts[1:], "Dòng 2, cột G (Điện thoại): thiếu số điện thoại của Phạm Thị Hoa", "Xin xem lại (2)") {
		if err == nil || !strings.Contains(errs, want) {
			t.Errorf("lacks %q: %v\n%s", want, err, errs)
		}
	}
}

// In a container files go through standard input and output.
func TestStreams(t *testing.T) {
	d := newDesk(t)
	template, _, err := d.run("import", "--template", "-")
	if err != nil || !strings.HasPrefix(template, "PK") {
		t.Errorf("template: %v, %.20q", err, template)
	}
	g := func(out, errs *bytes.Buffer) *global {
		return &global{StoreURL: "bolt:" + d.path("chihoi.db"), Zone: "Asia/Ho_Chi_Minh", Stdout: out, Stderr: errs}
	}
	var out, errs bytes.Buffer
	wrong := importCmd{File: "-", in: strings.NewReader(strings.ReplaceAll(rosterCSV, "912345671", "12"))}
	if err := wrong.Run(g(&out, &errs)); err == nil || err.Error() != "danh sách: 1 chỗ cần sửa, chưa nhập gì" || !strings.Contains(errs.String(), "Dòng 3, cột G") {
		t.Errorf("%v\n%s", err, &errs)
	}
	good := importCmd{File: "-", Apply: true, in: strings.NewReader(rosterCSV)}
	if err := good.Run(g(&out, &errs)); err != nil || !strings.Contains(out.String(), "Tệp danh sách: 2 xã/phường") {
		t.Errorf("%v\n%s", err, &out)
	}
	page, said, err := d.run("invite", "--bot", "chihoi_bot", "--html", "-")
	if err != nil || !strings.HasPrefix(page, "<!DOCTYPE html>") || strings.Count(page, "<article") != 5 || !strings.HasSuffix(page, "</html>\n") || said != "" {
		t.Errorf("sheets: %v %s\n%s", err, said, page)
	}
	if _, _, err := d.run("invite", "--html", "-", "--json"); err == nil || !strings.Contains(err.Error(), "--html - và --json") {
		t.Errorf("both: %v", err)
	}
	left, err := os.ReadDir(d.dir)
	if err != nil || len(left) != 1 {
		t.Errorf("files %v, %v", left, err)
	}
}

// Only an import makes a store: a mistyped path must not leave an empty one behind.
func TestNoStoreYet(t *testing.T) {
	for _, args := range [][]string{{"period"}, {"period", "list"}, {"period", "open", "2026-11"}, {"invite"}} {
		d := newDesk(t)
		_, _, err := d.run(args...)
		if err == nil || !strings.Contains(err.Error(), "--store/CHIHOI_STORE "+d.path("chihoi.db")+": chưa có dữ liệu") || !strings.Contains(err.Error(), "chihoi import") {
			t.Errorf("%v: %v", args, err)
		}
		if _, err := os.Stat(d.path("chihoi.db")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%v made a store: %v", args, err)
		}
	}
}

// Every command refuses a wrong zone and a wrong file of settings, also where it would
// have got by without them.
func TestWrongSurroundings(t *testing.T) {
	d := newDesk(t)
	file := d.write("ds.csv", rosterCSV)
	d.must("import", file, "--apply")
	wrong := d.write("s.yaml", "invite_days: 0\n")
	for _, args := range [][]string{{"period"}, {"period", "open", "2026-11"}, {"import", file}, {"import", file, "--apply"}, {"invite"}, {"demo"}, {"chat"}, {"serve"}} {
		for flag, want := range map[string]string{"--tz=Mars": `--tz/CHIHOI_TZ "Mars": không có múi giờ này`, "--config=" + wrong: "--config/CHIHOI_CONFIG:\n  " + wrong + ":1:14: invite_days"} {
			var out, errs bytes.Buffer
			code := run(append(args, flag, "--store=bolt:"+d.path("chihoi.db")), &out, &errs)
			if code != 1 || !strings.Contains(errs.String(), want) || out.Len() > 0 {
				t.Errorf("%v %s: exit %d\n%s%s", args, flag, code, &out, &errs)
			}
		}
	}
}

// A commune of nearly the same name, and one without branches, are asked about at their
// cells; the operator can say that they are new.
func TestImportNearlyTheSameCommune(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.write("ds.csv", rosterCSV), "--apply")
	near := d.write("near.csv", "Xã;Chi hội;Chức vụ;Họ tên;SĐT\nXã An Phu;Thôn Bắc;;Bùi Thị Mai;0912345679\nXã Xa Lắc;;Chủ tịch;Võ Thị Sáu;0912345675\n")
	_, errs, err := d.run("import", near, "--apply")
	for _, want := range []string{"Dòng 2, cột A (Xã): Xã An Phu chưa có trong danh sách, có phải Xã An Phú (mã an-phu)?", "--new-commune \"Xã An Phu\"",
		"Dòng 3, cột A (Xã): Xã Xa Lắc không có chi hội nào trong tệp"} {
		if err == nil || !strings.Contains(errs, want) {
			t.Errorf("lacks %q: %v\n%s", want, err, errs)
		}
	}
	out := d.must("import", near, "--new-commune", "xã an phu", "--new-commune", "Xã Xa Lắc", "--apply")
	if !strings.Contains(out, "Thêm Xã An Phu (mã an-phu-2)") && !strings.Contains(out, "Thêm Xã An Phu (mã xa-an-phu)") || !strings.Contains(out, "Thêm Xã Xa Lắc") {
		t.Error(out)
	}
	if out := d.must("import", near, "--apply"); !strings.Contains(out, "Không có gì thay đổi") {
		t.Error(out)
	}
}

func TestImportTemplateCommand(t *testing.T) {
	d := newDesk(t)
	if out := d.must("import", "--template", d.path("mau.xlsx")); !strings.Contains(out, "Đã tạo tệp mẫu") {
		t.Error(out)
	}
	_, errs, err := d.run("import", d.path("mau.xlsx"))
	if err == nil || !strings.Contains(errs, "chưa có dòng nào được điền") {
		t.Errorf("%v\n%s", err, errs)
	}
}

func TestPeriodCommand(t *testing.T) {
	d := newDesk(t)
	month := string(org.MonthOf(time.Now().In(time.FixedZone("ICT", 7*3600))))
	d.must("import", d.write("ds.csv", rosterCSV+"Xã Mới;;Chủ tịch;;;Võ Thị Sáu;0912345675;;\n"), "--apply", "--new-commune", "Xã Mới")
	if out := d.must("period"); !strings.Contains(out, "Chưa có kỳ nào. Mở kỳ bằng: chihoi period open "+month) {
		t.Error(out)
	}
	if out := d.must("period", "open", month, "--commune", "an-phu"); !strings.Contains(out, "Đã mở kỳ "+month+" của Xã An Phú: chờ 2 chi hội, hạn ") {
		t.Error(out)
	}
	out := d.must("period", "open", month)
	for _, want := range []string{"Kỳ " + month + " của Xã An Phú đã có, mở lúc ", "Đã mở kỳ " + month + " của Xã Tân An: chờ 1 chi hội",
		"Xã Mới chưa có chi hội nào phải báo cáo, không mở kỳ " + month} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
	d.must("import", d.write("moi.csv", "Xã;Chi hội;Họ tên;SĐT\nXã Mới;Thôn 1;Bùi Thị Mai;0912345679\n"), "--apply")
	if out := d.must("period", "open", month, "--commune", "moi"); !strings.Contains(out, "của Xã Mới: chờ 1 chi hội") {
		t.Error(out)
	}
	out = d.must("period")
	if strings.Count(out, "đang mở") != 3 || !regexp.MustCompile(`Xã An Phú \(an-phu\) +`+month+` .* 2 +0\n`).MatchString(out) {
		t.Error(out)
	}
	for want, args := range map[string][]string{
		`kỳ: "2026-13": kỳ viết theo dạng 2026-11`: {"open", "2026-13"},
		"kỳ: 2099-01 còn xa":                       {"open", "2099-01"},
		"đã qua hạn":                               {"open", "2020-01"},
		`--commune: "x" không có trong danh sách`:  {"open", month, "--commune", "x"},
		"--commune: \"y\"":                         {"list", "--commune", "y"},
	} {
		if _, _, err := d.run(append([]string{"period"}, args...)...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", args, err, want)
		}
	}
}

// The list tells the life of a period in words, and counts who has sent among those expected.
func TestPrintPeriods(t *testing.T) {
	now := time.Date(2026, 11, 27, 9, 0, 0, 0, time.FixedZone("ICT", 7*3600))
	s := storage.NewMem()
	commune := org.Commune{ID: "an-phu", Name: "Xã An Phú"}
	err := s.Update(context.Background(), func(tx storage.Tx) error {
		for n, m := range []org.Month{"2026-09", "2026-10", "2026-11", "2026-12"} {
			opens := now.AddDate(0, 0, []int{-60, -32, -2, 28}[n])
			p := org.Period{Commune: "an-phu", Month: m, Opens: opens, Due: opens.AddDate(0, 0, 9), Locks: opens.AddDate(0, 0, 50),
				Expected: []org.BranchID{"an-phu/1", "an-phu/2", "an-phu/3"}, Exempt: map[org.BranchID]string{"an-phu/3": "sáp nhập"}}
			if err := storage.Periods.Put(tx, storage.PeriodKey("an-phu", m), p); err != nil {
				return err
			}
		}
		for _, b := range []org.BranchID{"an-phu/1", "an-phu/3"} {
			c := org.CheckIn{Branch: b, Month: "2026-11", Revision: 1}
			if err := storage.PutCheckIn(tx, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = s.View(context.Background(), func(tx storage.Tx) error {
		lines, err := listPeriods(tx, []org.Commune{commune})
		if err != nil {
			return err
		}
		return printPeriods(&out, lines, now)
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"XÃ/PHƯỜNG", "2026-09 +đã khóa .* 2 +0$", "2026-10 +quá hạn, còn nhận .* 2 +0$", "2026-11 +đang mở +09:00 25/11/2026 .* 2 +1$", "2026-12 +chưa mở .* 2 +0$"} {
		if line := strings.Split(out.String(), "\n")[i]; !regexp.MustCompile(want).MatchString(line) {
			t.Errorf("line %q, want %q", line, want)
		}
	}
}
