package flows

import (
	"slices"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// branches lists a commune's branches in roster order, looked up once a step.
func (s *step) branches(c org.CommuneID) []org.Branch {
	if s.rosterOf != c {
		s.rosterOf, s.roster = c, s.Book.Branches(c)
	}
	return s.roster
}

// named is a branch's name as its head and its chair read it in a sentence: "Chi hội thôn
// Đông", or "Chi hội thôn Đông (xã An Thịnh cũ)" where the commune has another of that name,
// which mergers bring about (domain.md 2).
func (s *step) named(b org.Branch) string {
	if former := s.toldApartBy(b); former != "" {
		return b.Name + " (" + former + " cũ)"
	}
	return b.Name
}

// brief is the same name for lists and buttons: "Thôn Đông", "Thôn Đông (An Thịnh)".
func (s *step) brief(b org.Branch) string {
	if former := s.toldApartBy(b); former != "" {
		return shortBranch(b.Name) + " (" + placeName(former) + ")"
	}
	return shortBranch(b.Name)
}

// toldApartBy is the former commune that tells a branch from another of the same name, as
// it stands in a sentence; "" where no other is called so.
func (s *step) toldApartBy(b org.Branch) string {
	if b.FormerCommune == "" {
		return ""
	}
	for _, o := range s.branches(b.ID.Commune()) {
		if o.ID != b.ID && o.ClosedFrom == "" && strings.EqualFold(shortBranch(o.Name), shortBranch(b.Name)) {
			return communeInSentence(b.FormerCommune)
		}
	}
	return ""
}

// communeWords are what a commune's name may begin with.
var communeWords = []string{"Xã ", "Phường ", "Thị trấn "}

// communeInSentence writes "Xã An Thịnh" as it stands in a sentence: "xã An Thịnh".
func communeInSentence(name string) string {
	for _, w := range communeWords {
		if strings.HasPrefix(name, w) {
			return lowerFirst(name)
		}
	}
	return name
}

// placeName leaves out what kind of commune it is: "An Thịnh".
func placeName(commune string) string {
	for _, w := range communeWords {
		if rest, ok := strings.CutPrefix(upperFirst(commune), w); ok {
			return rest
		}
	}
	return commune
}

// shortBranch leaves out the words that every branch's name begins with, and writes "tổ dân
// phố" as everybody does.
func shortBranch(name string) string {
	for _, p := range []string{"Chi hội phụ nữ ", "Chi hội "} {
		if rest, ok := strings.CutPrefix(name, p); ok {
			name = upperFirst(rest)
			break
		}
	}
	if rest, ok := strings.CutPrefix(name, "Tổ dân phố "); ok {
		return "TDP " + rest
	}
	return name
}

// places are the words of a branch's name that tell what kind of place it is; people leave
// them out when they type.
var places = []string{"to dan pho so ", "to dan pho ", "tdp so ", "tdp ", "khu pho ", "khu ", "thon ", "xom ", "ap ", "ban ", "buon ", "lang ", "khom ", "to "}

// branchesCalled finds the branches that a message names: by the whole name, without "chi
// hội", without the kind of place, with or without the former commune. What may be
// politeness may be part of a name too ("chợ Mới"), so it goes word by word.
func (s *step) branchesCalled(c org.CommuneID, body string) []org.Branch {
	w := strings.Fields(strings.Trim(viet.Fold(body), " .,!?"))
	for from := range w {
		for to := len(w); to > from; to-- {
			if list := s.branchesNamed(c, strings.Join(w[from:to], " ")); len(list) > 0 {
				return list
			}
			if !slices.Contains(courtesyAfter, w[to-1]) {
				break
			}
		}
		if !slices.Contains(courtesyBefore, w[from]) {
			break
		}
	}
	return nil
}

// branchesNamed does so for folded words.
func (s *step) branchesNamed(c org.CommuneID, t string) (exact []org.Branch) {
	t = strings.TrimPrefix(strings.TrimPrefix(t, "chi hoi "), "phu nu ")
	var bare []org.Branch
	for _, b := range s.branches(c) {
		name, former := viet.Fold(b.Name), viet.Fold(placeName(b.FormerCommune))
		name = strings.TrimPrefix(strings.TrimPrefix(name, "chi hoi "), "phu nu ")
		switch {
		case calls(t, name, former), calls(t, viet.Fold(shortBranch(b.Name)), former):
			exact = append(exact, b)
		case calls(t, withoutPlace(name), former) && len(t) >= 3:
			bare = append(bare, b)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return bare
}

// called reports whether typed words may name a branch.
func (s *step) called(b org.Branch, body string) bool {
	return slices.ContainsFunc(s.branchesCalled(b.ID.Commune(), body), func(o org.Branch) bool { return o.ID == b.ID })
}

// calls reports whether folded words are a name, alone or followed by the former commune.
func calls(t, name, former string) bool {
	rest, ok := strings.CutPrefix(t, name)
	if !ok || name == "" {
		return false
	}
	rest = strings.TrimSpace(strings.NewReplacer("(", " ", ")", " ", ",", " ").Replace(rest))
	rest = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(rest, "xa "), "phuong "), " cu")
	return rest == "" || former != "" && rest == former
}

func withoutPlace(name string) string {
	for _, p := range places {
		if rest, ok := strings.CutPrefix(name, p); ok {
			return rest
		}
	}
	return ""
}
