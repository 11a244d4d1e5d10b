package flows

import (
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// oneBranch is a Book with one branch, its period and its last month.
type oneBranch struct {
	Book
	past  []org.Past
	pairs []org.Pair
}

func (oneBranch) Branch(id org.BranchID) (org.Branch, bool) {
	return org.Branch{ID: id, Name: "Chi hội thôn Đông", Members: 118}, true
}

func (oneBranch) Period(c org.CommuneID, m org.Month) (org.Period, bool) {
	return org.Period{Commune: c, Month: m}, true
}
func (b oneBranch) History(org.BranchID) []org.Past { return b.past }
func (b oneBranch) Pairs(org.BranchID) []org.Pair   { return b.pairs }

// readersForm is a check-in of a branch of 118, with or without a past, in which 7 joined
// and 9 left: every question can be read.
func readersForm(t *testing.T, veteran bool) *form {
	t.Helper()
	return formWith(veteran, org.Answers{qMembers: {Value: "118"}, qJoined: {Value: "7"}, qLeft: {Value: "9"}, qLeftOrg: {Value: "2"}})
}

// formWith is a check-in of that branch with these answers.
func formWith(veteran bool, a org.Answers) *form {
	book := oneBranch{pairs: []org.Pair{{ID: "p1", Label: "Cặp 1", State: org.PairActive, Started: "2026-09"}}}
	if veteran {
		book.past = []org.Past{{Month: "2026-10", End: 118, Carry: map[org.QuestionID]string{qPioneers: "4", qResources: "yes",
			qResourceKinds: "1", qFaces: "1", qCircumstances: "2", qNeeds: "3"}}}
	}
	s := &step{Facts: Facts{Now: time.Date(2026, 11, 28, 9, 0, 0, 0, time.FixedZone("ICT", 7*3600)), Settings: DefaultSettings(), Book: book,
		Me: &org.Person{ID: "lan"}}}
	f, ok := s.formOf(Draft{Branch: "an-phu/1", Month: "2026-11", Answers: a})
	if !ok {
		panic("the book of the tests has no such branch or month")
	}
	return f
}

// asked lists every question that is ever asked and read, repeated ones once.
func asked() (list []org.QuestionID) {
	for _, spec := range questions() {
		switch {
		case spec.read == nil:
		case spec.id == qPair || spec.id == qOutcome:
			list = append(list, instance(spec.id, "p1"))
		case spec.id == qMore || spec.id == qNewKind || spec.id == qNewLabel || spec.id == qHelp || spec.id == qHelpText || spec.id == qChange:
			list = append(list, instance(spec.id, "1"))
		default:
			list = append(list, spec.id)
		}
	}
	return list
}

// TestEveryChoiceReadsBack types what each button says, what is to be typed for it, and its
// number where the lines are numbered: each must be read as that choice and nothing else.
func TestEveryChoiceReadsBack(t *testing.T) {
	for _, veteran := range []bool{false, true} {
		f := readersForm(t, veteran)
		for _, q := range asked() {
			a := catalog[q.Base()].ask(f, q)
			for i, c := range a.choices {
				typed := []string{c.label, strings.ToUpper(c.label), c.label + " ạ", "dạ " + lower(c.label)}
				if c.say != "" {
					typed = append(typed, c.say)
				}
				if a.numbered {
					typed = append(typed, strconv.Itoa(i+1), strconv.Itoa(i+1)+".", "số "+strconv.Itoa(i+1))
				}
				for _, text := range typed {
					if got := said(f, q, text); got.outcome != viet.Value || got.value != c.value {
						t.Errorf("%s (veteran %t): %q reads as %+v, want %q", q, veteran, text, got, c.value)
					}
				}
			}
		}
	}
}

// said reads a text as a check-in does: the label of a numbered line first.
func said(f *form, q org.QuestionID, text string) answer {
	if v, ok := f.labelled(q, text); ok {
		return value(v, false)
	}
	return catalog[q.Base()].read(f, q, text)
}

// canonical draws a value that a question takes, as it is stored.
func canonical(t *rapid.T, f *form, q org.QuestionID) (string, bool) {
	a := catalog[q.Base()].ask(f, q)
	v := ""
	switch {
	case q == qDate:
		v = fmt.Sprintf("2026-11-%02d", rapid.IntRange(1, 28).Draw(t, "day"))
	case q.Base() == qNewLabel:
		v = rapid.SampledFrom([]string{"Chị L. – chị H.", "Cặp 7", "H.-M.", "Tổ 2"}).Draw(t, "label")
	case q.Base() == qHelpText: // never told back
		return "", false
	case a.numbered:
		v = rapid.SampledFrom(a.choices).Draw(t, "choice").value
	default:
		v = rapid.SampledFrom([]string{"", "~"}).Draw(t, "about") + strconv.Itoa(rapid.IntRange(0, 2000).Draw(t, "n"))
	}
	if q.Base() == qHelp && v == "5" { // told back is only what was done about it
		return "", false
	}
	problem, _ := f.check(q, v)
	return v, problem == ""
}

// TestEveryValueReadsBack tells values back as the bot does and reads its words: whoever
// repeats what she was told says the same.
func TestEveryValueReadsBack(t *testing.T) {
	if err := flag.Set("rapid.nofailfile", "true"); err != nil { // the seed is printed and is enough
		t.Fatal(err)
	}
	list := asked()
	forms := map[bool]*form{false: readersForm(t, false), true: readersForm(t, true)}
	rapid.Check(t, func(t *rapid.T) {
		f, q := forms[rapid.Bool().Draw(t, "veteran")], rapid.SampledFrom(list).Draw(t, "question")
		v, ok := canonical(t, f, q)
		if !ok {
			return
		}
		texts := []string{catalog[q.Base()].words(f, q, v)}
		if n, isCount := strings.CutPrefix(v, "~"); isCount {
			texts = append(texts, "khoảng "+n)
		} else if _, err := strconv.Atoi(v); err == nil && !catalog[q.Base()].ask(f, q).numbered {
			texts = append(texts, v)
		}
		for _, text := range texts {
			got := said(f, q, text)
			maybe := f.fitting(q, got.maybe) // a 1 where one line could be meant: she is asked
			asks := got.outcome == viet.Ask && len(maybe) > 0 && maybe[0] == strings.TrimPrefix(v, "~")
			if (got.outcome != viet.Value || got.value != v) && !asks {
				t.Fatalf("%s: %q is told back as %q, which reads as %+v", q, v, text, got)
			}
		}
	})
}

// piece is a part of a free message and what it states, by question.
type piece struct {
	text string
	says map[org.QuestionID]string
}

// pieces draws what a head may tell of her month, each thing once, in any order.
func pieces(t *rapid.T) (list []piece) {
	n := rapid.IntRange(2, 9).Draw(t, "n")
	day, people := rapid.IntRange(1, 27).Draw(t, "day"), rapid.IntRange(11, 99).Draw(t, "people")
	count := strconv.Itoa(n)
	one := map[org.QuestionID]string{qLeft: "1", qWhich: "3"}
	scale := rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "scale")
	level := map[string]string{"1": "gần hết", "2": "một nửa", "3": "còn ít"}[scale]
	families := [][]piece{
		{{fmt.Sprintf("họp hôm %d có %d chị", day, people), map[org.QuestionID]string{qActivity: "yes", qDate: fmt.Sprintf("2026-11-%02d", day), qAttendees: strconv.Itoa(people), qKind: "1"}},
			{"tháng này chưa họp", map[org.QuestionID]string{qActivity: "no"}}},
		{{"kết nạp thêm " + count, map[org.QuestionID]string{qJoined: count}}, {"không kết nạp ai", map[org.QuestionID]string{qJoined: "0"}}},
		{{"1 chị chuyển đi", one}, {"không giảm", map[org.QuestionID]string{qLeft: "0"}},
			{"chuyển đi " + count, map[org.QuestionID]string{qLeft: count, qLeftOrg: "0", qDied: "0"}}},
		{{"nòng cốt " + count + " chị", map[org.QuestionID]string{qPioneers: count}}},
		{{"quỹ vẫn ổn", map[org.QuestionID]string{qResources: "yes"}}, {"chưa có quỹ", map[org.QuestionID]string{qResources: "no"}}},
		{{"biết mặt " + level, map[org.QuestionID]string{qFaces: scale}}},
		{{"hoàn cảnh nắm " + level, map[org.QuestionID]string{qCircumstances: scale}}},
		{{"cặp 1+1 vẫn giúp nhau", map[org.QuestionID]string{instance(qPair, "p1"): "1"}}},
	}
	for _, family := range rapid.Permutation(families).Draw(t, "order")[:rapid.IntRange(2, 6).Draw(t, "parts")] {
		list = append(list, rapid.SampledFrom(family).Draw(t, "part"))
	}
	return list
}

// TestCardsStateWhatWasTold tells months in one message: a card takes nothing that was not
// said, and what was said is taken or asked.
func TestCardsStateWhatWasTold(t *testing.T) {
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		said, text := map[org.QuestionID]string{}, ""
		for _, p := range pieces(t) {
			for q, v := range p.says {
				said[q] = v
			}
			text += p.text + rapid.SampledFrom([]string{", ", ". ", "; ", "\n"}).Draw(t, "mark")
		}
		if rapid.Bool().Draw(t, "unmarked") {
			text = viet.Fold(strings.ReplaceAll(text, "\n", ", "))
		}
		f := formWith(rapid.Bool().Draw(t, "veteran"), org.Answers{qMembers: {Value: "118"}})
		slots, _ := f.hear(qReview, text)
		w := f.weigh(slots)
		told := map[org.QuestionID]bool{}
		for _, s := range w.plain {
			told[s.Question] = true
			opened := s.Question == qKnow && s.Value == "edit"
			v := strings.TrimPrefix(s.Value, "~") // unmarked, "có" may be "cỡ"
			if said[s.Question] != v && !opened {
				t.Errorf("%q: the card says %s=%q, said was %q", text, s.Question, s.Value, said[s.Question])
			}
		}
		for _, u := range w.unsure {
			told[u.Question] = true
		}
		for q, v := range said {
			if !told[q] && f.draft.Answers[q].Value != v {
				t.Errorf("%q: nothing of %s=%q on the card %+v", text, q, v, w.plain)
			}
		}
	})
}
