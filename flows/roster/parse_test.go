package roster

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// sheet builds a table from lines of cells parted by "|".
func sheet(name string, lines ...string) Table {
	t := Table{Name: name}
	for i, line := range lines {
		t.Rows = append(t.Rows, Row{Line: i + 1, Cells: strings.Split(line, "|")})
	}
	return t
}

const (
	headBranches = "Xã/phường|Xã cũ|Chi hội|Số hội viên|Họ tên chi hội trưởng|Điện thoại chi hội trưởng|Họ tên chi hội phó|Điện thoại chi hội phó"
	headChairs   = "Xã/phường|Chức vụ|Họ tên|Điện thoại"
)

// good is a small roster without mistakes.
func good(t *testing.T) Roster {
	t.Helper()
	return parsed(t,
		sheet(SheetBranches, headBranches,
			"Xã An Phú|An Hòa|Chi hội thôn Đông|118|Nguyễn Thị Lan|0912345671|Lê Thị Cúc|0912345672",
			"Xã An Phú|An Bình|Chi hội thôn Đông||Trần Thị Minh|0912345673||"),
		sheet(SheetChairs, headChairs,
			"Xã An Phú|Chủ tịch|Phạm Thị Hoa|0912345674",
			"Xã An Phú|Phó Chủ tịch|Võ Thị Sáu|0912345675"))
}

func parsed(t *testing.T, tables ...Table) Roster {
	t.Helper()
	r, mistakes := Parse(tables)
	for _, m := range mistakes {
		t.Errorf("unexpected mistake: %s", m)
	}
	return r
}

func TestParseGood(t *testing.T) {
	r := good(t)
	if got, want := r.Counts(), (Counts{1, 2, 2, 1, 1, 1}); got != want {
		t.Errorf("counts %+v, want %+v", got, want)
	}
	c := r.Communes[0]
	b := c.Branches[0]
	if c.Name != "Xã An Phú" || b.Name != "Chi hội thôn Đông" || b.Former != "An Hòa" || b.Members != 118 ||
		b.Head.Name != "Nguyễn Thị Lan" || b.Head.Phone != "0912345671" || b.Deputy.Name != "Lê Thị Cúc" {
		t.Errorf("branch read as %+v", b)
	}
	if c.Chair.Name != "Phạm Thị Hoa" || len(c.Vices) != 1 {
		t.Errorf("chairs read as %+v %+v", c.Chair, c.Vices)
	}
	if want := "1 xã/phường, 2 chi hội, 2 chi hội trưởng, 1 chi hội phó, 1 Chủ tịch, 1 Phó Chủ tịch"; r.Counts().String() != want {
		t.Errorf("counts say %q", r.Counts())
	}
}

// Every mistake, as the operator reads it.
func TestParseMistakes(t *testing.T) {
	row := func(s string) []Table { return []Table{sheet(SheetBranches, headBranches, s)} }
	tests := []struct {
		name   string
		tables []Table
		want   []string
	}{
		{"nothing", []Table{sheet("")}, []string{"Tệp: không thấy dòng tiêu đề nào"}},
		{"only a header", []Table{sheet("", headBranches)}, []string{"Tệp: chưa có dòng nào được điền"}},
		{"template's sheet without header", []Table{sheet(SheetBranches, "a|b")}, []string{"Trang Chi hội: không thấy dòng tiêu đề"}},
		{"missing columns", []Table{sheet("", "Xã/phường|Chi hội|Số hội viên")},
			[]string{"Dòng 1: thiếu cột Họ tên chi hội trưởng", "Dòng 1: thiếu cột Điện thoại chi hội trưởng"}},
		{"missing column and rows", []Table{sheet("", "Xã/phường|Chi hội|Số hội viên|Họ tên", "An Phú|Đông|nhiều|Nguyễn Thị Lan", "|Tây|90|Lê Thị Hoa", "An Phú|Nam|80|Phạm Thị Mai")},
			[]string{"Dòng 1: thiếu cột Điện thoại", "Dòng 2, cột C (Số hội viên): \"nhiều\" không phải là số hội viên", "Dòng 3, cột A (Xã/phường): thiếu tên xã/phường"}},
		{"missing columns of chairs", []Table{sheet(SheetChairs, "Xã/phường|Chức vụ|Ghi chú|Họ tên")},
			[]string{"Trang Chủ tịch, Phó Chủ tịch, dòng 1: thiếu cột Điện thoại"}},
		{"deputy without phone column", []Table{sheet("", "Xã|Chi hội|Chi hội trưởng|SĐT|Chi hội phó")},
			[]string{"Dòng 1: thiếu cột Điện thoại chi hội phó"}},
		{"column twice", []Table{sheet("", "Xã|Chi hội|Họ tên|SĐT|Chi hội")},
			[]string{"Dòng 1, cột E (Chi hội): cột này đã có ở cột B"}},
		{"no commune", row("|An Hòa|Thôn Đông|||||"), []string{"Trang Chi hội, dòng 2, cột A (Xã/phường): thiếu tên xã/phường"}},
		{"no branch", row("Xã An Phú|||50||||"), []string{"dòng 2, cột C (Chi hội): thiếu tên chi hội"}},
		{"members", row("Xã An Phú||Thôn Đông|nhiều||||"), []string{`cột D (Số hội viên): "nhiều" không phải là số hội viên`}},
		{"members zero", row("Xã An Phú||Thôn Đông|0||||"), []string{"cột D (Số hội viên): 0 không phải là số hội viên của một chi hội: phải từ 1 đến 2.000 (chưa biết thì để trống)"}},
		{"members too many", row("Xã An Phú||Thôn Đông|912345678||||"), []string{"912.345.678 không phải là số hội viên của một chi hội"}},
		{"members of a commune", row("Xã An Phú||Thôn Đông|2.001||||"), []string{"cột D (Số hội viên): 2.001 không phải là số hội viên của một chi hội"}},
		{"one letter for a head", row("Xã An Phú||Thôn Đông||A|0912345678||"), []string{`cột E (Họ tên chi hội trưởng): "A" chưa phải là họ tên, xin ghi đủ`}},
		{"one letter for a deputy", row("Xã An Phú||Thôn Đông||||ô|0912345678"), []string{`cột G (Họ tên chi hội phó): "ô" chưa phải là họ tên`}},
		{"two people in a cell", row("Xã An Phú||Thôn Đông||Nguyễn Thị Lan và Trần Thị Minh|0912345678|Lê Thị Cúc, Võ Thị Sáu|0912345679"),
			[]string{"cột E (Họ tên chi hội trưởng): chỉ ghi họ tên một người trong một ô", "cột G (Họ tên chi hội phó): chỉ ghi họ tên một người"}},
		{"one letter for a commune", row("Xã X|Y|Thôn Đông|||||"), []string{`cột A (Xã/phường): "Xã X" chưa phải là tên xã/phường`, `cột B (Xã cũ): "Y" chưa phải là tên xã/phường`}},
		{"chair and vice chair of no name", []Table{sheet(SheetChairs, headChairs, "Xã An Phú|Chủ tịch||", "Xã An Phú|Phó Chủ tịch| |-")},
			[]string{"Trang Chủ tịch, Phó Chủ tịch, dòng 2, cột C (Họ tên): thiếu họ tên và số điện thoại Chủ tịch (chưa có ai thì ghi chữ khuyết, hoặc xóa dòng này)",
				"dòng 3, cột C (Họ tên): thiếu họ tên và số điện thoại Phó Chủ tịch"}},
		{"vice chair without phone", []Table{sheet(SheetChairs, headChairs, "Xã An Phú|Phó Chủ tịch|Võ Thị Sáu|")},
			[]string{"dòng 2, cột D (Điện thoại): thiếu số điện thoại của Võ Thị Sáu"}},
		{"members half", row("Xã An Phú||Thôn Đông|2,5||||"), []string{`"2,5" không phải là số hội viên`}},
		{"phone missing", row("Xã An Phú||Thôn Đông||Nguyễn Thị Lan|||"), []string{"cột F (Điện thoại chi hội trưởng): thiếu số điện thoại của Nguyễn Thị Lan"}},
		{"name missing", row("Xã An Phú||Thôn Đông|||0912345678||"), []string{"cột E (Họ tên chi hội trưởng): có số điện thoại mà thiếu họ tên chi hội trưởng"}},
		{"phone bad", row("Xã An Phú||Thôn Đông||Nguyễn Thị Lan|12345||"), []string{"cột F (Điện thoại chi hội trưởng): 12345 không phải là số điện thoại Việt Nam"}},
		{"deputy's phone bad", row("Xã An Phú||Thôn Đông||||Lê Thị Cúc|không"), []string{`cột H (Điện thoại chi hội phó): "không" không phải là số điện thoại`}},
		{"vacant with a phone", row("Xã An Phú||Thôn Đông||khuyết|0912345678||"), []string{`cột F (Điện thoại chi hội trưởng): đã ghi "khuyết" thì để trống`}},
		{"name with digits", row("Xã An Phú||Thôn Đông||0912345678|0912345678||"), []string{"cột E (Họ tên chi hội trưởng): họ tên có chữ số"}},
		{"formula", row(`Xã An Phú||=HYPERLINK("http://x")|||||`), []string{"cột C (Chi hội): \"=HYPERLINK(\\\"http://x\\\")\" giống công thức"}},
		{"error value", row("Xã An Phú||#REF!|||||"), []string{`cột C (Chi hội): "#REF!" giống công thức hoặc ô lỗi`}},
		{"a date", row("Xã An Phú||46054|||||"), []string{"cột C (Chi hội): \"46054\" chỉ có số"}},
		{"broken text", row("Xã An Ph\ufffd||Thôn Đông|||||"), []string{"cột A (Xã/phường): \"Xã An Ph\ufffd\" có chữ bị hỏng"}},
		{"too long", row("Xã An Phú||" + strings.Repeat("Thôn ", 50) + "|||||"), []string{"cột C (Chi hội): tên dài quá 200 chữ cái"}},
		{"one phone, two names", []Table{sheet(SheetBranches, headBranches,
			"Xã An Phú||Thôn Đông||Nguyễn Thị Lan|0912345678||",
			"Xã An Phú||Thôn Tây||Trần Thị Minh|+84 912 345 678||")},
			[]string{"Trang Chi hội, dòng 3, cột F (Điện thoại chi hội trưởng): số 0912345678 đã ghi cho Nguyễn Thị Lan (Trang Chi hội, dòng 2), ở đây lại ghi cho Trần Thị Minh"}},
		{"branch twice", []Table{sheet("", headBranches,
			"Xã An Phú|An Hòa|Chi hội thôn Đông|||||", "xã an phú|Xã An Hoà|Thôn Đông|||||")},
			[]string{"Dòng 3, cột C (Chi hội): Thôn Đông đã có ở dòng 2"}},
		{"same name, one former commune", []Table{sheet("", headBranches,
			"Xã An Phú|An Hòa|Thôn Đông|||||", "Xã An Phú||Thôn Đông|||||")},
			[]string{"Dòng 3, cột C (Chi hội): trùng tên với dòng 2"}},
		{"two chairs", []Table{sheet("", headChairs,
			"Xã An Phú|Chủ tịch|Phạm Thị Hoa|0912345674", "Xã An Phú|CT|Võ Thị Sáu|0912345675")},
			[]string{"Dòng 3, cột B (Chức vụ): Chủ tịch của Xã An Phú đã có ở dòng 2"}},
		{"vice chair twice", []Table{sheet("", headChairs,
			"Xã An Phú|Phó Chủ tịch|Phạm Thị Hoa|0912345674", "Xã An Phú|PCT|Phạm Thị Hoa|0912345674")},
			[]string{"Dòng 3, cột D (Điện thoại): Phạm Thị Hoa đã là Phó Chủ tịch"}},
		{"roles", []Table{sheet("", headChairs,
			"Xã An Phú|Giám đốc|Phạm Thị Hoa|0912345674", "Xã An Phú||Võ Thị Sáu|0912345675",
			"Xã An Phú|Chi hội phó|Võ Thị Sáu|0912345675", "Xã An Phú|Chi hội trưởng|Võ Thị Sáu|0912345675")},
			[]string{`Dòng 2, cột B (Chức vụ): "Giám đốc" chưa rõ`, "Dòng 3, cột B (Chức vụ): thiếu chức vụ",
				"Dòng 4, cột B (Chức vụ): chi hội phó thì ghi vào cột Họ tên chi hội phó", "Dòng 5, cột B (Chức vụ): chi hội trưởng thì ghi ở trang Chi hội"}},
		{"chair with a branch", []Table{sheet("", "Xã|Chức vụ|Chi hội|Họ tên|SĐT", "Xã An Phú|Chủ tịch|Thôn Đông|Phạm Thị Hoa|0912345674")},
			[]string{"Dòng 2, cột C (Chi hội): dòng của Chủ tịch thì để trống cột này"}},
		{"example typed over", []Table{sheet(SheetBranches, "STT|"+headBranches,
			"VÍ DỤ|Xã An Phú||Thôn Đông|||||")}, []string{"Trang Chi hội, dòng 2: dòng này còn ghi chữ VÍ DỤ"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, mistakes := Parse(tt.tables)
			var got []string
			for _, m := range mistakes {
				got = append(got, m.String())
			}
			ok := len(got) == len(tt.want)
			for i := range min(len(got), len(tt.want)) {
				ok = ok && strings.Contains(got[i], tt.want[i])
			}
			if !ok {
				t.Errorf("mistakes:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// All mistakes are told at once, in the file's order.
// What is unusual and possible is doubted, in the file's order, and imported all the same.
func TestParseDoubts(t *testing.T) {
	r := parsed(t,
		sheet(SheetBranches, headBranches,
			"Phường 5|Phường 4|Chi hội A|601|Và Bá Y Súa|0912345671|Nguyễn Phước Bảo Quý Thị Ánh Minh|0912345672",
			"Phường 5||Khu B|20|Y Nga|0912345673|H'Hen|0912345674",
			"Phường 5||Tổ 1|19|Nguyễn Thị A|0912345675||"),
		sheet(SheetChairs, headChairs, "Phường 5|Chủ tịch|Hoa|0912345676"))
	var got []string
	for _, d := range r.Doubts {
		got = append(got, d.String())
	}
	want := []string{
		"Trang Chi hội, dòng 2, cột C (Chi hội): tên chi hội chỉ có một chữ cái (Chi hội A), có đủ chưa ạ?",
		"Trang Chi hội, dòng 2, cột D (Số hội viên): 601 hội viên, có đúng không ạ?",
		"Trang Chi hội, dòng 2, cột G (Họ tên chi hội phó): họ tên có 7 chữ (Nguyễn Phước Bảo Quý Thị Ánh Minh), có phải của một người không ạ?",
		"Trang Chi hội, dòng 3, cột G (Họ tên chi hội phó): họ tên chỉ có một chữ (H'Hen), có đủ họ và tên chưa ạ?",
		"Trang Chi hội, dòng 4, cột D (Số hội viên): 19 hội viên, có đúng không ạ?",
		"Trang Chủ tịch, Phó Chủ tịch, dòng 2, cột C (Họ tên): họ tên chỉ có một chữ (Hoa), có đủ họ và tên chưa ạ?",
	}
	if !slices.Equal(got, want) {
		t.Errorf("doubts\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if c := r.Counts(); c != (Counts{1, 3, 3, 2, 1, 0}) {
		t.Errorf("counts %+v", c)
	}
}

func TestParseAllMistakesAtOnce(t *testing.T) {
	_, mistakes := Parse([]Table{
		sheet(SheetBranches, headBranches,
			"Xã An Phú||Thôn Đông|x|Lan|1||", "|||3||||", "Xã An Phú||Thôn Đông|||||"),
		sheet(SheetChairs, headChairs, "Xã An Phú|?|Hoa|2"),
	})
	var at []string
	for _, m := range mistakes {
		at = append(at, fmt.Sprintf("%s %d%s", m.At.Sheet, m.At.Line, Letters(m.At.Column)))
	}
	want := []string{"Chi hội 2D", "Chi hội 2F", "Chi hội 3A", "Chi hội 3C", "Chi hội 4C", "Chủ tịch, Phó Chủ tịch 2B"}
	if !slices.Equal(at, want) {
		t.Errorf("places %q, want %q", at, want)
	}
}

func TestParseHeaders(t *testing.T) {
	tests := []struct{ name, header, row string }{
		{"no diacritics, other order", "SDT|Ho ten chi hoi truong|chi hoi|XA PHUONG", "0912345678|Nguyễn Thị Lan|Thôn Đông|Xã An Phú"},
		{"short words", "TT|Xã|Chi hội phụ nữ|Chi hội trưởng|ĐT", "1|Xã An Phú|Thôn Đông|Nguyễn Thị Lan|0912345678"},
		{"bare phones stand beside names", "Xã|Tên chi hội|Chi hội phó|SĐT|Chi hội trưởng|SĐT", "Xã An Phú|Thôn Đông|||Nguyễn Thị Lan|0912345678"},
		{"brackets and breaks", "Xã/phường (mới)|Chi hội|Họ và tên\nchi hội trưởng|Số điện thoại (di động)", "Xã An Phú|Thôn Đông|Nguyễn Thị Lan|912345678"},
		{"role column", "Xã/phường|Chức vụ|Chi hội|Họ tên|Điện thoại", "Xã An Phú|Chi hội trưởng|Thôn Đông|Nguyễn Thị Lan|84912345678"},
		{"decomposed letters", "X\u0061\u0303/phu\u031bo\u031b\u0300ng|Chi h\u00f4\u0323i|Ho\u0323 t\u00ean|SDT", "Xa\u0303 An Phu\u0301|Th\u00f4n \u0110\u00f4ng|Nguy\u00ea\u0303n Thi\u0323 Lan|0912 345 678"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := parsed(t, sheet("Sheet1", "DANH SÁCH CHI HỘI", "", tt.header, tt.row))
			if len(r.Communes) != 1 || len(r.Communes[0].Branches) != 1 {
				t.Fatalf("read as %+v", r)
			}
			b := r.Communes[0].Branches[0]
			if r.Communes[0].Name != "Xã An Phú" || b.Name != "Thôn Đông" || b.Head.Name != "Nguyễn Thị Lan" || b.Head.Phone != "0912345678" {
				t.Errorf("read as %s %+v", r.Communes[0].Name, b)
			}
		})
	}
}

// What is passed over is named; what is only empty is not.
func TestParsePassesOver(t *testing.T) {
	rows := sheet(SheetBranches, "STT|"+headBranches+"|Ghi chú",
		"VÍ DỤ|Xã Ví Dụ|An Hòa|Chi hội thôn Đông|118|Nguyễn Thị Ví Dụ|0900 000 001|Lê Thị Ví Dụ|0900 000 003",
		"", "I|An Hòa cũ", "1|Xã An Phú||Thôn Đông||khuyết||-|-", "2|Xã An Phú", "3",
		"STT|"+headBranches, "|Tổng cộng||||118")
	rows.Rows[3].Heading = true
	r := parsed(t, rows, sheet("Sheet3", "a", "b"))
	want := []string{
		"Trang Chi hội: không dùng đến cột J (Ghi chú).",
		"Trang Chi hội, dòng 2: dòng ví dụ, bỏ qua.",
		"Trang Chi hội, dòng 4: ô gộp làm tiêu đề, bỏ qua.",
		"Trang Chi hội, dòng 9: dòng cộng, bỏ qua.",
		"Trang Chi hội: 1 dòng chỉ có tên xã/phường, chưa có chi hội, họ tên nào, bỏ qua: dòng 6.",
		"Trang Sheet3: không phải danh sách, bỏ qua.",
	}
	if !slices.Equal(r.Notes, want) {
		t.Errorf("notes:\n%s", strings.Join(r.Notes, "\n"))
	}
	if b := r.Communes[0].Branches; len(b) != 1 || !b[0].Head.Vacant || b[0].Deputy.Named() {
		t.Errorf("branches %+v", b)
	}
}

// One commune written several ways is one; xã and phường of one name are two.
func TestParseCommuneNames(t *testing.T) {
	r := parsed(t,
		sheet(SheetBranches, headBranches, "An Phú||Thôn 1|||||", "XÃ AN PHÚ||Thôn 2|||||", "Phường Hoà Bình||Tổ 1|||||", "Phường Hòa  Bình||Tổ 2|||||"),
		sheet(SheetChairs, headChairs, "Hội LHPN xã An Phú|Chủ tịch|Phạm Thị Hoa|0912345674"))
	var got []string
	for _, c := range r.Communes {
		got = append(got, fmt.Sprintf("%s %d %v", c.Name, len(c.Branches), c.Chair.Named()))
	}
	if want := []string{"XÃ AN PHÚ 2 true", "Phường Hoà Bình 2 false"}; !slices.Equal(got, want) {
		t.Errorf("communes %q, want %q", got, want)
	}
}

func TestParsePhone(t *testing.T) {
	for typed, want := range map[string]string{
		"0912345678": "0912345678", "0912 345 678": "0912345678", "0912.345.678": "0912345678",
		"(0912) 345-678": "0912345678", "+84 912 345 678": "0912345678", "84912345678": "0912345678",
		"+84 (0) 912345678": "0912345678", "0084912345678": "0912345678", "912345678": "0912345678",
		"9.12345678E8": "0912345678", "912345678.0": "0912345678", "'0912345678": "0912345678",
		"\u00a00912345678\u200b": "0912345678", "841234567": "0841234567", "8.4912345678E+10": "0912345678",
		"0252 3812 345": "02523812345", "2523812345": "02523812345", "+84 24 3825 1234": "02438251234", "024 3825 1234": "02438251234",
	} {
		if got, err := ParsePhone(typed); err != nil || got != want {
			t.Errorf("ParsePhone(%q) = %q, %v; want %q", typed, got, err, want)
		}
	}
	for typed, want := range map[string]string{
		"": "không phải", "abc": "không phải", "12345": "không phải", "O912345678": "không phải", "091234567": "không phải",
		"0112345678": "không phải", "0612345678": "không phải", "09123456789": "không phải", "+1 202 555 0123": "không phải",
		"0912345678 / 0987654321": "một số", "0912345678 0987654321": "một số", "01681234567": "nay là 0381234567",
	} {
		if got, err := ParsePhone(typed); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParsePhone(%q) = %q, %v; want an error with %q", typed, got, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(headBranches + "\nXã An Phú|An Hòa|Thôn Đông|118|Nguyễn Thị Lan|0912345678||")
	f.Add("Xã|Chức vụ|Họ tên|SĐT\nAn Phú|Chủ tịch|Hoa|0912345678\n||\x00|\xff")
	f.Fuzz(func(t *testing.T, text string) {
		r, mistakes := Parse([]Table{sheet("S", strings.Split(text, "\n")...)})
		if len(mistakes) > 0 {
			return
		}
		book := newBook()
		plan := Compare(book, r, book.newPerson)
		if len(plan.Mistakes) > 0 {
			return
		}
		book.apply(plan)
		if again := Compare(book, r, book.newPerson); !again.Empty() {
			t.Errorf("applied twice changes again: %+v", again.Changes)
		}
	})
}
