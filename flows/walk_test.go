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
	book := oneBranch{pairs: []org.Pair{{ID: "p1", Label: "Cặp 1", State: org.PairActive, Started: "2026-09"}}}
	if veteran {
		book.past = []org.Past{{Month: "2026-10", End: 118, Carry: map[org.QuestionID]string{qPioneers: "4", qResources: "yes",
			qResourceKinds: "1", qFaces: "1", qCircumstances: "2", qNeeds: "3"}}}
	}
	s := &step{Facts: Facts{Now: time.Date(2026, 11, 28, 9, 0, 0, 0, time.FixedZone("ICT", 7*3600)), Settings: DefaultSettings(), Book: book,
		Me: &org.Person{ID: "lan"}}}
	a := org.Answers{qMembers: {Value: "118"}, qJoined: {Value: "7"}, qLeft: {Value: "9"}, qLeftOrg: {Value: "2"}}
	f, ok := s.formOf(Draft{Branch: "an-phu/1", Month: "2026-11", Answers: a})
	if !ok {
		t.Fatal("no form")
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
