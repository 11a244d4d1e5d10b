package flows

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// What may not be said in a group (domain.md 11 and 12.10): whose name, which phone or
// identity number, which branch is late, who is "yếu". A chair's words are held to it too.

var (
	phoneInText = regexp.MustCompile(`(?:\+84|\b0)[\s.]?\d(?:[\s.-]?\d){7,9}\b`)
	idInText    = regexp.MustCompile(`\b\d{12}\b`)
	// titled is a form of address and a name: "chị Lan", "bà Nguyễn Thị Hoa".
	titled = regexp.MustCompile(`(?:^|[^\p{L}])((?:[Cc]hị|[Cc]ô|[Bb]à|[Bb]ác|[Dd]ì|[Mm]ẹ|[Ee]m|[Aa]nh|[Ôô]ng)((?:\s+\p{Lu}\p{L}*)+))`)
)

// notNames are words with a capital that follow a form of address and are no name: "chị Chi
// hội trưởng", "mẹ Việt Nam anh hùng", "Bác Hồ".
var notNames = []string{"chi", "hội", "chủ", "phó", "em", "trưởng", "cán", "bí", "các", "lhpn", "phụ", "ban", "tổ", "việt", "ủy", "đảng", "đoàn", "bộ"}

// lateWords tell that a branch has not reported, folded.
var lateWords = []string{"chua gui", "chua nop", "chua bao cao", "cham", "tre han", "con thieu", "qua han", "no bao cao"}

// naming is a name found in a text.
type naming struct {
	words  string       // as it stands there, with its form of address
	person org.PersonID // whose it is; "" for one the bot does not know
}

// namesIn finds the names of people in a text: those of the commune's heads, deputies and
// chairs, and any with a form of address before it.
func (s *step) namesIn(c org.CommuneID, text string) (list []naming) {
	people := s.peopleOf(c)
	rest := text
	for _, m := range titled.FindAllStringSubmatch(text, 20) {
		name := nameWords(m[2])
		if name == "" || strings.HasPrefix(viet.Normalize(m[1]), "bác hồ") {
			continue
		}
		words := strings.TrimSpace(m[1])
		if i := strings.Index(words, name); i >= 0 {
			words = words[:i+len(name)]
		}
		list = append(list, naming{words: words, person: whose(people, name)})
		rest = strings.Replace(rest, words, "", 1)
	}
	folded := " " + viet.Fold(rest) + " "
	for _, p := range people {
		if full := viet.Fold(p.Name); len(strings.Fields(full)) > 1 && strings.Contains(folded, " "+full) {
			words := p.Name
			if !strings.Contains(rest, p.Name) {
				words = foldedIn(rest, full)
			}
			list = append(list, naming{words: words, person: p.ID})
		}
	}
	return list
}

// nameWords leaves out what begins with a capital and is no name: "chị Chi hội trưởng".
func nameWords(capitals string) string {
	var out []string
	for _, w := range strings.Fields(capitals) {
		if slices.Contains(notNames, viet.Normalize(w)) && len(out) == 0 {
			return ""
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// whose finds whom a name belongs to, if to one only.
func whose(people []org.Person, name string) (id org.PersonID) {
	t := viet.Fold(name)
	for _, p := range people {
		full := viet.Fold(p.Name)
		if full != t && !strings.HasSuffix(full, " "+t) {
			continue
		}
		if id != "" && id != p.ID {
			return ""
		}
		id = p.ID
	}
	return id
}

// foldedIn is the part of a text whose folded form is this.
func foldedIn(text, folded string) string {
	words := strings.FieldsFunc(text, unicode.IsSpace)
	n := len(strings.Fields(folded))
	for i := 0; i+n <= len(words); i++ {
		part := strings.Join(words[i:i+n], " ")
		if strings.HasPrefix(viet.Fold(part), folded) && strings.Contains(text, part) {
			return strings.TrimRight(part, ".,;:!?")
		}
	}
	return folded
}

// peopleOf lists the heads, deputies and chairs of a commune.
func (s *step) peopleOf(c org.CommuneID) (list []org.Person) {
	posts := s.Book.PostsIn(string(c))
	for _, b := range s.branches(c) {
		posts = append(posts, s.Book.PostsIn(string(b.ID))...)
	}
	for _, post := range posts {
		if p, ok := s.Book.Person(post.Person); ok && !slices.ContainsFunc(list, func(o org.Person) bool { return o.ID == p.ID }) {
			list = append(list, p)
		}
	}
	return list
}

// unfit lists what an announcement says that its readers must not be told, in words.
func (s *step) unfit(a org.Announcement) (list []string) {
	text := strings.Join([]string{a.Text, a.When, a.Place, a.Source}, "\n")
	if idInText.MatchString(text) {
		list = append(list, "số căn cước")
	}
	to := s.audience(a).Kind
	switch {
	case to == org.ToGroups || to == org.ToGroup:
		list = append(list, s.unfitInGroup(a, text)...)
	case s.unconsented(a):
		list = append(list, "tên ai khi chị ấy chưa đồng ý")
	}
	folded := " " + viet.Fold(strings.NewReplacer(",", " ", ".", " ", ":", " ", "\n", " ").Replace(text)) + " "
	if !slices.ContainsFunc(lateWords, func(w string) bool { return strings.Contains(folded, " "+w+" ") }) {
		return list
	}
	for _, b := range s.branches(a.Commune) {
		if strings.Contains(folded, " "+viet.Fold(shortBranch(b.Name))+" ") {
			return append(list, "chi hội nào chậm ("+s.brief(b)+")")
		}
	}
	return list
}

// unfitInGroup lists what heads may read in private and a group may not.
func (s *step) unfitInGroup(a org.Announcement, text string) (list []string) {
	if m := phoneInText.FindString(text); m != "" {
		list = append(list, "số máy "+strings.TrimSpace(m))
	}
	for _, n := range s.namesIn(a.Commune, text) {
		if n.person == "" || !s.mayBeNamed(a, n.person) {
			list = append(list, "tên “"+n.words+"”")
		}
	}
	if strings.Contains(strings.ToLower(text), "yếu") && !strings.Contains(strings.ToLower(text), "chủ yếu") && !strings.Contains(strings.ToLower(text), "thiết yếu") {
		list = append(list, "từ “yếu”")
	}
	return list
}

// unfitWords says what is not for its readers, and what to do.
func (s *step) unfitWords(a org.Announcement) string {
	return fmt.Sprintf("%s em không nêu %s ạ, để giữ cho các chị.\n{Chị} sửa lời giúp em nhé.",
		either(a.To.Kind == "" || a.To.Kind == org.ToGroups || a.To.Kind == org.ToGroup, "Trong nhóm", "Trong tin chung"), strings.Join(s.unfit(a), ", "))
}

// publicText is what an announcement says: of "kết quả chung của xã", which names no figure,
// the figures are meant.
func (s *step) publicText(a org.Announcement) string {
	if a.Kind != org.DigestPublic || len(strings.Fields(a.Text)) > 8 || strings.ContainsAny(a.Text, "0123456789") {
		return a.Text
	}
	return or(s.publicFigures(a.Commune), a.Text)
}

// publicFigures are totals of the present period (domain.md 11, digest_public): no branch is named.
func (s *step) publicFigures(c org.CommuneID) string {
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		return ""
	}
	sum := s.summary(c, p.Month)
	text := fmt.Sprintf("%s, toàn xã có %s/%s chi hội đã báo cáo", upperFirst(p.Month.Label()), number(sum.Submitted), number(sum.Expected))
	if sum.Held > 0 {
		text += fmt.Sprintf(", %s chi hội có hoạt động", number(sum.Active))
	}
	if sum.Members.Joined.OK {
		text += fmt.Sprintf(", kết nạp %s hội viên", number(sum.Members.Joined.N))
	}
	return text + ". Cảm ơn các chị!"
}
