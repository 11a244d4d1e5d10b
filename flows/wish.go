package flows

import (
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// A chair asks in her own words. Every word of her question belongs to a family (what it is
// about), names a month, a branch or a head of hers, or says nothing itself; the table answers
// (wishanswers.go) tells what the families come to. A question all of whose words are
// understood is answered; of any other the likeliest answer is offered, never given.

// wish is a chair's question as it was read.
type wish struct {
	about   map[family]bool
	denies  bool // a denial stands before what it denies
	from    org.Month
	to      org.Month // the months named; "" for none
	days    bool      // by days of theirs
	places  []org.Branch
	people  []org.Person
	beyond  int      // the number of a branch that there is not
	unknown []string // words that are not understood
}

func (w *wish) has(f family) bool { return w.about[f] }

// stretch is how many words were read as one thing, and what that says.
type stretch struct {
	words int
	note  func(w *wish)
}

// readWish reads a chair's question.
func (s *step) readWish(c org.CommuneID, body string) *wish {
	return laid(wishWords(body), s.placeAt(c), s.monthsAt, s.personAt(c), familyAt)
}

// laid lays every word of a question to the longest thing that one of the readers finds there.
func laid(words []string, readers ...func(words []string, i int) stretch) *wish {
	w := &wish{about: map[family]bool{}}
	denied := false
	for i := 0; i < len(words); {
		best := stretch{}
		for _, read := range readers {
			if got := read(words, i); got.words > best.words {
				best = got
			}
		}
		if n := fillerAt(words, i); n > best.words {
			best = stretch{words: n}
		}
		if best.words == 0 {
			w.unknown = append(w.unknown, words[i])
			i++
			continue
		}
		before := len(w.about)
		if best.note != nil {
			best.note(w)
		}
		w.denies = w.denies || denied && len(w.about) > before
		denied = denied || w.has(aboutDenial)
		i += best.words
	}
	return w
}

// wishWords are the folded words of a question.
func wishWords(body string) []string {
	body = strings.NewReplacer("gởi", "gửi", "Gởi", "gửi", "GỞI", "gửi").Replace(viet.Normalize(body)) // else as "gọi"
	return strings.Fields(strings.NewReplacer(",", " ", ".", " ", "?", " ", "!", " ", ":", " ", ";", " ", "\"", " ", "“", " ", "”", " ").Replace(viet.Fold(body)))
}

// familyAt reads the longest words of a family.
func familyAt(words []string, i int) stretch {
	for n := min(longestFamily, len(words)-i); n > 0; n-- {
		if f, ok := familyOf[strings.Join(words[i:i+n], " ")]; ok {
			return stretch{n, func(w *wish) { w.about[f] = true }}
		}
	}
	return stretch{}
}

// monthBegins are the words that a month or a range may begin with.
var monthBegins = []string{"thang", "quy", "nam", "ky", "6", "sau", "ca", "nua", "tu"}

// monthsAt reads a month or a range of months.
func (s *step) monthsAt(words []string, i int) stretch {
	if !slices.Contains(monthBegins, words[i]) {
		return stretch{}
	}
	for n := min(9, len(words)-i); n > 0; n-- {
		t := strings.Join(words[i:i+n], " ")
		if n == 1 && (t != "nam" || i == 0 || i+1 < len(words)) { // "báo cáo năm", and not "năm chị"
			return stretch{}
		}
		if from, to, ok := readSpan(t, org.MonthOf(s.Now)); ok {
			return stretch{n, func(w *wish) { w.from, w.to, w.days = from, to, namesDay.MatchString(t) }}
		}
	}
	return stretch{}
}

// placeAt reads a branch by name or number. Where a name is of one word, "thôn" or "chi hội"
// stands before it.
func (s *step) placeAt(c org.CommuneID) func([]string, int) stretch {
	return func(words []string, i int) stretch {
		for n := min(9, len(words)-i); n > 1; n-- {
			t := strings.Join(words[i:i+n], " ")
			if found := s.branchesNamed(c, t); len(found) > 0 && t != "chi hoi" {
				return stretch{n, func(w *wish) { w.places = found }}
			}
			no, numbered := strings.CutPrefix(strings.Replace(t, "chi hoi so ", "chi hoi ", 1), "chi hoi ")
			if k, err := strconv.Atoi(no); numbered && err == nil && k > 0 {
				return stretch{n, func(w *wish) {
					if all := s.branches(c); k <= len(all) {
						w.places = all[k-1 : k]
					} else {
						w.beyond = k
					}
				}}
			}
		}
		return stretch{}
	}
}

// personAt reads a head, a deputy or a chair: "chị Sen", or two words of her name.
func (s *step) personAt(c org.CommuneID) func([]string, int) stretch {
	var people []org.Person
	return func(words []string, i int) stretch {
		first := i
		titled := slices.Contains([]string{"chi", "co", "ba", "bac", "di"}, words[i])
		if titled {
			first++
		}
		for n := min(5, len(words)-first); n > 0; n-- {
			t := strings.Join(words[first:first+n], " ")
			if _, ordinary := familyOf[t]; n == 1 && (!titled || ordinary || t == "hoi" || t == "em") {
				return stretch{}
			}
			if people == nil {
				people = s.peopleOf(c)
			}
			var found []org.Person
			for _, p := range people {
				if name := " " + viet.Fold(p.Name); strings.HasSuffix(name, " "+t) {
					found = append(found, p)
				}
			}
			if len(found) > 0 {
				return stretch{first - i + n, func(w *wish) { w.people = found }}
			}
		}
		return stretch{}
	}
}

// understood reads a chair's question and tells in which of her communes it is asked; false
// when a word of it is not understood, or when she may be saying something instead.
func (s *step) understood(body string) (*wish, []org.CommuneID, bool) {
	all := s.chaired()
	if len(all) == 0 || len(wishWords(body)) > maxWishWords {
		return nil, nil, false
	}
	w := s.readWish(all[0], body)
	for _, c := range all[1:] { // a branch is of one of them
		if o := s.readWish(c, body); len(w.places) == 0 && len(o.places) > 0 {
			w, all = o, []org.CommuneID{c}
		}
	}
	busy := len(s.duties()) > 0 || s.talk.Announce != nil && s.talk.Announce.Open != askDrop
	return w, all, len(w.unknown) == 0 && (!busy || w.asks())
}

// maxWishWords is how many words a question has at most; more are a story.
const maxWishWords = 24

// wishNamed answers a question about a branch or a head that it names, whatever choices were
// shown before it: "gọi chị Sen" is about nobody else. A name alone may be one of them.
func (s *step) wishNamed(body string) bool {
	w, all, ok := s.understood(body)
	named := ok && (len(w.places) > 0 || len(w.people) > 0)
	return named && (len(w.about) > 0 || w.from != "") && s.wishPlace(all[0], w)
}

// wishName opens the branch that a question names, when nothing else could be made of it.
func (s *step) wishName(body string) bool {
	w, all, ok := s.understood(body)
	return ok && s.wishPlace(all[0], w)
}

// wishText answers any other question.
func (s *step) wishText(body string) bool {
	w, all, ok := s.understood(body)
	if !ok {
		return false
	}
	if w.beyond > 0 && s.wishPlace(all[0], w) {
		return true
	}
	a, ok := answerTo(w)
	if !ok || !a.covers(w) {
		return false
	}
	for _, c := range all {
		s.grant(a, c, w)
	}
	return true
}

// asks reports a word that only a question has: whoever is also a head, or is at an
// announcement, may be saying something instead.
func (w *wish) asks() bool {
	return w.has(aboutWho) || w.has(aboutCount) || w.has(aboutState) || w.has(aboutList) || w.has(aboutCall) || w.has(aboutFiles)
}

// offerWish offers what a question may be about that is not understood in full.
func (s *step) offerWish(body string) bool {
	all := s.chaired()
	if len(all) == 0 {
		return false
	}
	w := s.readWish(all[0], body)
	a, ok := answerTo(w)
	if !ok || a.label == "" {
		return false
	}
	key := "t:" + unitKey(string(all[0])) + ":"
	o := []Option{{Label: a.label, Data: key + "q" + a.name}}
	if len(w.places) == 1 {
		p, _ := present(s.Facts, all[0])
		o = append([]Option{viewOption(p.Month, w.places[0], s.brief(w.places[0]))}, o...)
	}
	if a.name != "status" {
		o = append(o, Option{Label: "Tình hình", Data: "t:"})
	}
	s.offer("Em chưa rõ hẳn ý {chị}. {Chị} muốn xem gì ạ?", append(o, Option{Label: "Trợ giúp", Data: "m:help"}))
	return true
}
