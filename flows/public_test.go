package flows

import (
	"strings"
	"testing"

	"chihoi/flows/org"
)

// threePeople is a Book of a commune with two heads and their chair.
type threePeople struct{ Book }

func (threePeople) Branches(org.CommuneID) []org.Branch {
	return []org.Branch{{ID: "an-phu/1", Name: "Chi hội thôn Đông"}, {ID: "an-phu/2", Name: "Chi hội thôn Tây"}}
}

func (threePeople) PostsIn(unit string) []org.Post {
	who := map[string]org.PersonID{"an-phu": "minh", "an-phu/1": "lan", "an-phu/2": "hoa"}[unit]
	return []org.Post{{Role: org.Head, Unit: unit, Person: who}}
}

func (threePeople) Person(id org.PersonID) (org.Person, bool) {
	name := map[org.PersonID]string{"minh": "Trần Thị Minh", "lan": "Nguyễn Thị Lan", "hoa": "Phạm Thị Hoa"}[id]
	return org.Person{ID: id, Name: name}, name != ""
}

// TestNamesIn finds the names in an announcement and whose they are; "?" is somebody whom
// the bot does not know.
func TestNamesIn(t *testing.T) {
	s := &step{Facts: Facts{Book: threePeople{}}}
	for text, want := range map[string]string{
		"Biểu dương chị Lan đã giúp ba hộ":                      "chị Lan=lan",
		"Biểu dương chị Nguyễn Thị Lan, chị Hoa":                "chị Nguyễn Thị Lan=lan chị Hoa=hoa",
		"nguyen thi lan da giup ba ho":                          "nguyen thi lan=lan",
		"Cảm ơn Phạm Thị Hoa":                                   "Phạm Thị Hoa=hoa",
		"Bà Sáu thôn Tây":                                       "Bà Sáu=?",
		"Các chị Chi hội trưởng nhớ họp":                        "",
		"Thăm mẹ Việt Nam anh hùng":                             "",
		"Học tập và làm theo Bác Hồ":                            "",
		"Chị em nhớ mang sổ, các chị Tổ trưởng cũng đến":        "",
		"Chi hội thôn Đông đã giúp ba hộ sửa nhà, cô giáo khen": "",
	} {
		var got []string
		for _, n := range s.namesIn("an-phu", text) {
			who := string(n.person)
			if who == "" {
				who = "?"
			}
			got = append(got, n.words+"="+who)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", text, strings.Join(got, " "), want)
		}
	}
}
