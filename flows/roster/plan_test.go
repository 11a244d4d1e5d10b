package roster

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"chihoi/flows/org"
)

// book is what stands, in maps.
type book struct {
	communes map[org.CommuneID]org.Commune
	branches map[org.BranchID]org.Branch
	people   map[org.PersonID]org.Person
	posts    map[org.Post]bool
	next     int
}

func newBook() *book {
	return &book{map[org.CommuneID]org.Commune{}, map[org.BranchID]org.Branch{}, map[org.PersonID]org.Person{}, map[org.Post]bool{}, 0}
}

func (b *book) Communes() (list []org.Commune) {
	for _, id := range slices.Sorted(maps.Keys(b.communes)) {
		list = append(list, b.communes[id])
	}
	return list
}

func (b *book) Branches(c org.CommuneID) (list []org.Branch) {
	for _, id := range slices.Sorted(maps.Keys(b.branches)) {
		if id.Commune() == c {
			list = append(list, b.branches[id])
		}
	}
	slices.SortStableFunc(list, func(x, y org.Branch) int { return x.Order - y.Order })
	return list
}

func (b *book) PostsIn(unit string) (list []org.Post) {
	for p := range b.posts {
		if p.Unit == unit {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(x, y org.Post) int {
		return strings.Compare(string(x.Role+"#")+string(x.Person), string(y.Role+"#")+string(y.Person))
	})
	return list
}

func (b *book) Person(id org.PersonID) (org.Person, bool) { p, ok := b.people[id]; return p, ok }

func (b *book) PersonByPhone(phone string) (org.Person, bool) {
	for _, p := range b.people {
		if p.Phone == phone && phone != "" {
			return p, true
		}
	}
	return org.Person{}, false
}

func (b *book) newPerson() org.PersonID {
	b.next++
	return org.PersonID(fmt.Sprintf("p-%d", b.next))
}

func (b *book) apply(p Plan) {
	for _, c := range p.Communes {
		b.communes[c.ID] = c
	}
	for _, br := range p.Branches {
		b.branches[br.ID] = br
	}
	for _, person := range p.People {
		b.people[person.ID] = person
	}
	for _, post := range p.Lost {
		delete(b.posts, post)
	}
	for _, post := range p.Gained {
		b.posts[post] = true
	}
}

// took is a book in which rows of branches and chairs have been applied.
func took(t *testing.T, rows []string, chairs ...string) *book {
	t.Helper()
	b := newBook()
	b.apply(b.compare(t, rows, chairs...))
	return b
}

func (b *book) compare(t *testing.T, rows []string, chairs ...string) Plan {
	t.Helper()
	tables := []Table{sheet(SheetBranches, append([]string{headBranches}, rows...)...)}
	tables = append(tables, sheet(SheetChairs, append([]string{headChairs}, chairs...)...))
	return Compare(b, parsed(t, tables...), b.newPerson)
}

func texts(p Plan) (list []string) {
	for _, c := range p.Changes {
		list = append(list, c.Text)
	}
	return list
}

var (
	dong  = "Xã An Phú|An Hòa|Chi hội thôn Đông|118|Nguyễn Thị Lan|0912345671|Lê Thị Cúc|0912345672"
	tay   = "Xã An Phú|An Hòa|Chi hội thôn Tây||Trần Thị Minh|0912345673||"
	nam   = "Xã An Phú|An Bình|Chi hội thôn Nam||Ngô Thị Na|0912345676||"
	chair = "Xã An Phú|Chủ tịch|Phạm Thị Hoa|0912345674"
	vice  = "Xã An Phú|Phó Chủ tịch|Võ Thị Sáu|0912345675"
)

func TestCompareNew(t *testing.T) {
	b := newBook()
	plan := b.compare(t, []string{dong, tay}, chair, vice)
	want := []string{
		"Thêm Xã An Phú (mã an-phu)",
		"Thêm Chi hội thôn Đông (An Hòa cũ), 118 hội viên (mã an-phu/1)",
		"Thêm Chi hội thôn Tây (An Hòa cũ) (mã an-phu/2)",
		"Chủ tịch Phạm Thị Hoa (•••• ••• 674)",
		"Phó Chủ tịch Võ Thị Sáu (•••• ••• 675)",
		"Chi hội thôn Đông (An Hòa cũ): chi hội trưởng Nguyễn Thị Lan (•••• ••• 671)",
		"Chi hội thôn Đông (An Hòa cũ): chi hội phó Lê Thị Cúc (•••• ••• 672)",
		"Chi hội thôn Tây (An Hòa cũ): chi hội trưởng Trần Thị Minh (•••• ••• 673)",
	}
	if !slices.Equal(texts(plan), want) || len(plan.Warnings) != 0 {
		t.Errorf("changes:\n%s\nwarnings %q", strings.Join(texts(plan), "\n"), plan.Warnings)
	}
	if plan.Counts() != "1 xã/phường, 2 chi hội, 5 người, 5 chức vụ được giao" {
		t.Errorf("counts %q", plan.Counts())
	}
	b.apply(plan)
	if again := b.compare(t, []string{dong, tay}, chair, vice); !again.Empty() || len(again.Changes) != 0 {
		t.Errorf("again changes %q", texts(again))
	}
	for id := range b.people {
		if strings.Contains(fold(string(id)), "lan") {
			t.Errorf("id %s tells the person's name", id)
		}
	}
}

// What a second file changes, in words, and what it warns about.
func TestCompareAgain(t *testing.T) {
	swap := func(s, from, to string) string {
		if !strings.Contains(s, from) {
			t.Fatalf("%q has no %q", s, from)
		}
		return strings.Replace(s, from, to, 1)
	}
	tests := []struct {
		name     string
		rows     []string
		chairs   []string
		want     []string
		warnings []string
	}{
		{"other spelling of the same", []string{strings.ToUpper("xã an phú") + dong[len("Xã An Phú"):], tay}, []string{chair, vice}, nil, nil},
		{"head", []string{swap(dong, "Nguyễn Thị Lan|0912345671", "Bùi Thị Mai|0912345679"), tay}, []string{chair, vice},
			[]string{"Chi hội thôn Đông (An Hòa cũ): chi hội trưởng Nguyễn Thị Lan (•••• ••• 671) → Bùi Thị Mai (•••• ••• 679)"}, nil},
		{"head and deputy swap", []string{swap(dong, "Nguyễn Thị Lan|0912345671|Lê Thị Cúc|0912345672", "Lê Thị Cúc|0912345672|Nguyễn Thị Lan|0912345671"), tay}, []string{chair, vice},
			[]string{"Chi hội thôn Đông (An Hòa cũ): chi hội trưởng Nguyễn Thị Lan (•••• ••• 671) → Lê Thị Cúc (•••• ••• 672)",
				"Chi hội thôn Đông (An Hòa cũ): chi hội phó Lê Thị Cúc (•••• ••• 672) → Nguyễn Thị Lan (•••• ••• 671)"}, nil},
		{"deputy moves up", []string{swap(dong, "Nguyễn Thị Lan|0912345671|Lê Thị Cúc|0912345672", "Lê Thị Cúc|0912345672||"), tay}, []string{chair, vice},
			[]string{"Chi hội thôn Đông (An Hòa cũ): chi hội trưởng Nguyễn Thị Lan (•••• ••• 671) → Lê Thị Cúc (•••• ••• 672)",
				"Chi hội thôn Đông (An Hòa cũ): chi hội phó Lê Thị Cúc (•••• ••• 672) thôi giữ chức"}, nil},
		{"blank says nothing", []string{"Xã An Phú||Chi hội thôn Đông|||||", tay}, nil, nil,
			[]string{"ô chi hội trưởng để trống, vẫn giữ Nguyễn Thị Lan"}},
		{"vacant says nobody", []string{swap(dong, "Nguyễn Thị Lan|0912345671", "Khuyết|"), tay}, []string{chair, vice},
			[]string{"Chi hội thôn Đông (An Hòa cũ): chi hội trưởng Nguyễn Thị Lan (•••• ••• 671) thôi giữ chức"},
			[]string{"không có chi hội trưởng"}},
		{"members", []string{swap(dong, "118", "1.250"), tay}, []string{chair, vice}, []string{"Chi hội thôn Đông (An Hòa cũ): số hội viên 118 → 1250"}, nil},
		{"new number", []string{swap(dong, "0912345671", "0987654321"), tay}, []string{chair, vice},
			[]string{"Nguyễn Thị Lan (•••• ••• 671) đổi số điện thoại → •••• ••• 321"}, nil},
		{"spelling of a person", []string{swap(dong, "Nguyễn Thị Lan", "Nguyễn Thị Lân"), tay}, []string{chair, vice},
			[]string{"Sửa họ tên Nguyễn Thị Lan (•••• ••• 671) → Nguyễn Thị Lân"}, nil},
		{"another person's number", []string{swap(dong, "Nguyễn Thị Lan", "Bùi Thị Mai"), tay}, []string{chair, vice},
			[]string{"Sửa họ tên Nguyễn Thị Lan (•••• ••• 671) → Bùi Thị Mai"}, []string{"Nếu là hai người khác nhau"}},
		{"missing branch", []string{dong}, []string{chair, vice}, nil, []string{"Chi hội thôn Tây (An Hòa cũ) (Xã An Phú, mã an-phu/2) có trong hệ thống, không có trong tệp: giữ nguyên."}},
		{"slip of the pen put right", []string{dong, swap(tay, "Tây", "Tấy")}, []string{chair, vice},
			[]string{"Chi hội thôn Tây (An Hòa cũ): sửa tên thành Chi hội thôn Tấy"}, nil},
		{"renamed outright", []string{dong, swap(tay, "thôn Tây", "Hoa Sen")}, []string{chair, vice},
			[]string{"Thêm Chi hội Hoa Sen (An Hòa cũ) (mã an-phu/3)", "Chi hội Hoa Sen (An Hòa cũ): chi hội trưởng Trần Thị Minh (•••• ••• 673)"},
			[]string{"có cùng chi hội trưởng; nếu chỉ là đổi tên thì giữ tên cũ"}},
		{"same name in another former commune", []string{dong, tay, swap(tay, "An Hòa", "An Bình")}, []string{chair, vice},
			[]string{"Thêm Chi hội thôn Tây (An Bình cũ) (mã an-phu/3)", "Chi hội thôn Tây (An Bình cũ): chi hội trưởng Trần Thị Minh (•••• ••• 673)"}, nil},
		{"new one in the middle", []string{dong, nam, tay}, []string{chair, vice},
			[]string{"Thêm Chi hội thôn Nam (An Bình cũ) (mã an-phu/3)", "Xếp lại thứ tự các chi hội như trong tệp", "Chi hội thôn Nam (An Bình cũ): chi hội trưởng Ngô Thị Na (•••• ••• 676)"}, nil},
		{"part of the list keeps the order", []string{tay}, nil, nil, []string{"Chi hội thôn Đông (An Hòa cũ)"}},
		{"chair", []string{dong, tay}, []string{swap(chair, "Phạm Thị Hoa|0912345674", "Võ Thị Sáu|0912345675")},
			[]string{"Chủ tịch Phạm Thị Hoa (•••• ••• 674) → Võ Thị Sáu (•••• ••• 675)", "Phó Chủ tịch Võ Thị Sáu (•••• ••• 675) thôi giữ chức"}, nil},
		{"vice chair", []string{dong, tay}, []string{swap(vice, "Võ Thị Sáu|0912345675", "Bùi Thị Mai|0912345679")},
			[]string{"Phó Chủ tịch Võ Thị Sáu (•••• ••• 675) → Bùi Thị Mai (•••• ••• 679)"}, nil},
		{"no vice chair", []string{dong, tay}, []string{"Xã An Phú|Phó Chủ tịch|khuyết|"}, []string{"Phó Chủ tịch Võ Thị Sáu (•••• ••• 675) thôi giữ chức"}, nil},
		{"two posts of one person", []string{dong, swap(tay, "Trần Thị Minh|0912345673", "Nguyễn Thị Lan|0912345671")}, []string{chair, vice},
			[]string{"Chi hội thôn Tây (An Hòa cũ): chi hội trưởng Trần Thị Minh (•••• ••• 673) → Nguyễn Thị Lan (•••• ••• 671)"}, nil},
		{"short commune name", []string{swap(dong, "Xã An Phú", "An Phú"), swap(tay, "Xã An Phú", "An Phú")}, nil, nil, nil},
		{"phường of the same name", []string{"Phường An Phú||Tổ 1|||||"}, nil,
			[]string{"Thêm Phường An Phú (mã phuong-an-phu)", "Thêm Tổ 1 (mã phuong-an-phu/1)"},
			[]string{"Phường An Phú là xã/phường mới, tên gần giống Xã An Phú", "Tổ 1 (Phường An Phú) chưa có chi hội trưởng", "Phường An Phú chưa có Chủ tịch"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := took(t, []string{dong, tay}, chair, vice)
			plan := b.compare(t, tt.rows, tt.chairs...)
			if !slices.Equal(texts(plan), tt.want) {
				t.Errorf("changes:\n%s\nwant:\n%s", strings.Join(texts(plan), "\n"), strings.Join(tt.want, "\n"))
			}
			for _, w := range tt.warnings {
				if !slices.ContainsFunc(plan.Warnings, func(s string) bool { return strings.Contains(s, w) }) {
					t.Errorf("no warning %q in %q", w, plan.Warnings)
				}
			}
			if len(tt.warnings) != len(plan.Warnings) {
				t.Errorf("warnings %q, want %d", plan.Warnings, len(tt.warnings))
			}
			b.apply(plan)
			if again := b.compare(t, tt.rows, tt.chairs...); !again.Empty() {
				t.Errorf("again changes %q", texts(again))
			}
		})
	}
}

func TestCompareMistakes(t *testing.T) {
	b := took(t, []string{dong, tay, strings.Replace(tay, "An Hòa", "An Bình", 1)})
	closed := b.branches["an-phu/1"]
	closed.ClosedFrom = "2026-03"
	b.branches["an-phu/1"] = closed
	plan := b.compare(t, []string{dong, "Xã An Phú||Thôn Tây|||||"})
	var got []string
	for _, m := range plan.Mistakes {
		got = append(got, m.String())
	}
	want := []string{
		"Trang Chi hội, dòng 2, cột C (Chi hội): Chi hội thôn Đông (An Hòa cũ) đã thôi báo cáo từ 2026-03: xóa dòng này",
		"Trang Chi hội, dòng 3, cột C (Chi hội): có 2 chi hội cùng tên Thôn Tây: ghi rõ xã cũ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("mistakes:\n%s", strings.Join(got, "\n"))
	}
	b.communes["tan-an"] = org.Commune{ID: "tan-an", Name: "Xã Tân An"}
	b.communes["tan-an-2"] = org.Commune{ID: "tan-an-2", Name: "Phường Tân An"}
	plan = b.compare(t, []string{"Tân An||Thôn 1|||||"})
	if len(plan.Mistakes) != 1 || !strings.Contains(plan.Mistakes[0].Text, "Tân An chưa rõ là Xã Tân An hay Phường Tân An") {
		t.Errorf("mistakes %v", plan.Mistakes)
	}
}

// Forty branches with long names keep their identifiers whatever order they come in.
func TestCompareManyLongNames(t *testing.T) {
	var rows []string
	for i := range 40 {
		rows = append(rows, fmt.Sprintf("Phường Nguyễn Thị Minh Khai và Các Vùng Phụ Cận Lân Cận Mở Rộng|Xã cũ số %d|Chi hội khu dân cư kiểu mẫu nông thôn mới nâng cao ấp Thạnh Hưng Phú Lợi %d|%d|Công Tằng Tôn Nữ Nguyễn Thị Hồng Phương Thảo Nguyên|09123%05d||", i%3, i+1, 70+i, i))
	}
	b := took(t, rows)
	if len(b.branches) != 40 || len(b.communes) != 1 {
		t.Fatalf("%d branches, %d communes", len(b.branches), len(b.communes))
	}
	for id := range b.communes {
		if _, err := org.ParseCommuneID(string(id)); err != nil {
			t.Error(err)
		}
	}
	slices.Reverse(rows)
	plan := b.compare(t, rows)
	if got := texts(plan); len(got) != 1 || got[0] != "Xếp lại thứ tự các chi hội như trong tệp" {
		t.Errorf("changes %q", got)
	}
	b.apply(plan)
	var names []string
	for id := range b.communes {
		for _, br := range b.Branches(id) {
			names = append(names, br.Name)
		}
	}
	if len(names) != 40 || !strings.HasSuffix(names[0], " 40") || !strings.HasSuffix(names[39], " 1") {
		t.Errorf("order %q", names)
	}
}

func TestNewCommuneID(t *testing.T) {
	taken := map[org.CommuneID]bool{}
	for _, tt := range []struct {
		name string
		want org.CommuneID
	}{
		{"Xã An Phú", "an-phu"}, {"Phường An Phú", "phuong-an-phu"}, {"Xã Ân Phú", "xa-an-phu"}, {"Xã Ấn Phủ", "an-phu-2"},
		{"Đặc khu Phú Quý", "phu-quy"}, {"Xã Đắk R'Lấp", "dak-r-lap"}, {"Phường 1", "1"}, {"Xã 京", "xa"},
		{"Xã Một Hai Ba Bốn Năm Sáu Bảy Tám Chín Mười", "mot-hai-ba-bon-nam-sau-bay-tam-chin-muoi"},
		{"Phường Một Hai Ba Bốn Năm Sáu Bảy Tám Chín Mười", "phuong-mot-hai-ba-bon-nam-sau-bay-tam-ch"},
	} {
		got := newCommuneID(tt.name, taken)
		taken[got] = true
		if _, err := org.ParseCommuneID(string(got)); got != tt.want || err != nil {
			t.Errorf("%s: id %q (%v), want %q", tt.name, got, err, tt.want)
		}
	}
}
