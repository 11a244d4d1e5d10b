package flows

import (
	"fmt"
	"slices"
	"testing"

	"chihoi/flows/org"
)

// listBook is a Book with the branches of one commune.
type listBook struct {
	Book
	list []org.Branch
}

func (r listBook) Branches(org.CommuneID) []org.Branch { return r.list }

func ofRoster(names ...[2]string) *step {
	var list []org.Branch
	for i, n := range names {
		list = append(list, org.Branch{ID: org.BranchID(fmt.Sprintf("an-phu/%d", i+1)), Name: n[0], FormerCommune: n[1], Order: i + 1})
	}
	return &step{Facts: Facts{Book: listBook{list: list}}}
}

func TestBranchesCalled(t *testing.T) {
	s := ofRoster([2]string{"Chi hội chợ Mới", "Xã An Thịnh"}, [2]string{"Chi hội xóm Núi Voi", "Xã An Thịnh"},
		[2]string{"Chi hội thôn 1", "Xã An Thịnh"}, [2]string{"Chi hội thôn 1", "Phường Phú Mỹ"},
		[2]string{"Chi hội phụ nữ tổ dân phố số 5 Nguyễn Trãi", "Phường Phú Mỹ"}, [2]string{"Chi hội thôn Đông", "Phường Phú Mỹ"},
		[2]string{"Chi hội thôn 12", "Xã An Thịnh"})
	for text, want := range map[string][]int{
		"chợ mới": {1}, "cho moi": {1}, "cho chị xem chợ mới với": {1}, "mới": nil,
		"núi voi": {2}, "xóm núi voi": {2}, "chi hội xóm Núi Voi nhé em": {2},
		"thôn 1": {3, 4}, "thôn 1 an thịnh": {3}, "thôn 1 (xã An Thịnh cũ)": {3}, "Thôn 1 (Phú Mỹ)": {4}, "thôn 1 phường phú mỹ": {4}, "thôn 12": {7}, "thôn 1 tân lập": nil, "1": nil,
		"tổ dân phố số 5 nguyễn trãi": {5}, "TDP số 5 Nguyễn Trãi": {5}, "5 nguyen trai": {5}, "nguyễn trãi": nil,
		"thôn đông": {6}, "thon dong": {6}, "đông": {6}, "chi hoi thon dong a": {6}, "Chi hội phụ nữ thôn Đông": {6}, "thôn đông có 3 chị": nil, "": nil, "chi hội": nil,
	} {
		var got []int
		for _, b := range s.branchesCalled("an-phu", text) {
			got = append(got, b.Order)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q names %v, want %v", text, got, want)
		}
	}
}

// TestNamesAreToldApart: the former commune is named where another branch is called the
// same, and only there.
func TestNamesAreToldApart(t *testing.T) {
	s := ofRoster([2]string{"Chi hội thôn 1", "Xã An Thịnh"}, [2]string{"Chi hội Thôn 1", "Thị trấn Phú Mỹ"}, [2]string{"Chi hội thôn 1", ""},
		[2]string{"Chi hội thôn 2", "Xã An Thịnh"}, [2]string{"Chi hội tổ dân phố 3", "An Hòa"}, [2]string{"Chi hội phụ nữ tổ dân phố 3", "Phường Tân Lập"})
	full := []string{"Chi hội thôn 1 (xã An Thịnh cũ)", "Chi hội Thôn 1 (thị trấn Phú Mỹ cũ)", "Chi hội thôn 1", "Chi hội thôn 2", "Chi hội tổ dân phố 3 (An Hòa cũ)", "Chi hội phụ nữ tổ dân phố 3 (phường Tân Lập cũ)"}
	brief := []string{"Thôn 1 (An Thịnh)", "Thôn 1 (Phú Mỹ)", "Thôn 1", "Thôn 2", "TDP 3 (An Hòa)", "TDP 3 (Tân Lập)"}
	for i, b := range s.branches("an-phu") {
		if s.named(b) != full[i] || s.brief(b) != brief[i] {
			t.Errorf("%s of %q is called %q, %q; want %q, %q", b.ID, b.FormerCommune, s.named(b), s.brief(b), full[i], brief[i])
		}
	}
}
