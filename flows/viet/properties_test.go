package viet

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

// spell writes a number the way it is read aloud.
func spell(n int) string {
	digits := []string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}
	switch {
	case n < 10:
		return digits[n]
	case n < 20:
		return strings.TrimSpace("mười " + map[bool]string{true: "lăm", false: map[bool]string{true: "", false: digits[n%10]}[n == 10]}[n == 15])
	case n < 100:
		tail := map[int]string{0: "", 1: " mốt", 4: " tư", 5: " lăm"}
		t, ok := tail[n%10]
		if !ok {
			t = " " + digits[n%10]
		}
		return digits[n/10] + " mươi" + t
	case n < 1000:
		s := digits[n/100] + " trăm"
		switch r := n % 100; {
		case r == 0:
			return s
		case r < 10:
			return s + " linh " + digits[r]
		default:
			return s + " " + spell(r)
		}
	}
	return ""
}

func TestNumbersReadBack(t *testing.T) {
	for n := 0; n < 1000; n++ {
		forms := []string{strconv.Itoa(n), strconv.Itoa(n) + " chị", strconv.Itoa(n) + "c"}
		if n > 0 {
			forms = append(forms, spell(n)+" chị", strings.ToUpper(spell(n))+" NGƯỜI", norm.NFD.String(spell(n)+" chị"))
		}
		for _, s := range forms {
			r := ReadCount(s, "q0_members")
			if r.Outcome != Value || r.Value.N != n {
				t.Errorf("%q: %+v", s, r)
			}
		}
		// Without marks a number may be asked back, never misread.
		if r := ReadCount(Fold(spell(n)+" chị"), "q0_members"); n > 0 && r.Outcome == Value && r.Value.N != n {
			t.Errorf("%q: %+v, want %d", Fold(spell(n)+" chị"), r, n)
		}
	}
}

func TestDatesReadBack(t *testing.T) {
	for d := testMonth; !d.After(testToday); d = d.AddDate(0, 0, 1) {
		for _, layout := range []string{"2/1", "02/01", "2/1/2006", "2-1-2006", "02.01.2006", "2006-01-02"} {
			for _, s := range []string{d.Format(layout), "ngày " + d.Format(layout), "hôm " + d.Format(layout) + " ạ"} {
				if r := ReadDate(s, testToday, testMonth); r.Outcome != Value || !r.Value.Day.Equal(d) {
					t.Errorf("%q: %+v", s, r)
				}
			}
		}
		if s := "ngày " + spell(d.Day()); d.Day() != 15 {
			if r := ReadDate(s, testToday, testMonth); r.Outcome != Value || !r.Value.Day.Equal(d) {
				t.Errorf("%q: %+v", s, r)
			}
		}
	}
}

func TestChoiceReadsItsLabels(t *testing.T) {
	lists := map[string]bool{}
	for _, row := range corpus(t, "replies-*.tsv") {
		if row.kind == "choice" {
			lists[row.context] = true
		}
	}
	for context := range lists {
		options, err := ParseOptions(context)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range options {
			for _, s := range []string{strconv.Itoa(o.Number), o.Label, Fold(o.Label), strings.ToUpper(o.Label), strconv.Itoa(o.Number) + ". " + o.Label} {
				if r := ReadChoice(s, options); r.Outcome != Value || r.Value != o.Number {
					t.Errorf("%q in %q: %+v, want %d", s, context, r, o.Number)
				}
			}
		}
	}
	custom := []Option{{Number: 1, Label: "Xã Đông", Words: []string{"phía đông"}}, {Number: 2, Label: "Xã Tây"}}
	for s, want := range map[string]int{"xa tay": 2, "phía đông ạ": 1, "Xã Đông": 1} {
		if r := ReadChoice(s, custom); r.Outcome != Value || r.Value != want {
			t.Errorf("%q: %+v, want %d", s, r, want)
		}
	}
}

// Polite words, capitals, decomposed letters and missing tone of politeness do
// not change what a corpus reply means.
func TestPolitenessChangesNothing(t *testing.T) {
	wrap := []func(string) string{
		func(s string) string { return "dạ " + s },
		func(s string) string { return s + " ạ" },
		func(s string) string { return s + " em nhé" },
		func(s string) string { return "Dạ em ơi " + s + " nha em" },
		func(s string) string { return norm.NFD.String(s) },
		strings.ToUpper,
	}
	changed, n := 0, 0
	for _, row := range corpus(t, "replies-*.tsv") {
		if row.expected == "ask" || row.kind == "consent" || strings.ContainsAny(row.text, "?/") {
			continue
		}
		before, err := ReadLabelled(row.kind, row.context, row.text)
		if err != nil || before == "ask" || before == "none" {
			continue
		}
		for i, w := range wrap {
			n++
			after, _ := ReadLabelled(row.kind, row.context, w(row.text))
			if after == before {
				continue
			}
			changed++
			if after != "ask" && after != "none" && !(row.kind == "quick" && onlyMissing(after, before)) {
				t.Errorf("%s %q: %s, wrapped %d in politeness %s", row.id, row.text, before, i, after)
			} else {
				t.Logf("%s %q: %s, wrapped %d in politeness only %s", row.id, row.text, before, i, after)
			}
		}
	}
	if changed*100 > n {
		t.Errorf("%d of %d wrapped replies read differently", changed, n)
	}
}

// Without marks a reply may be asked back; it is never read as another value.
func TestFoldingOnlyAsks(t *testing.T) {
	for _, row := range corpus(t, "replies-*.tsv") {
		if row.kind == "consent" || strings.Contains(row.note, "marks decide") {
			continue
		}
		before, err := ReadLabelled(row.kind, row.context, row.text)
		if err != nil || before == "ask" || before == "none" {
			continue
		}
		after, _ := ReadLabelled(row.kind, row.context, Fold(row.text))
		if after != before && after != "ask" && after != "none" && !(row.kind == "quick" && onlyMissing(after, before)) {
			t.Errorf("%s %q: %s, without marks %s", row.id, row.text, before, after)
		}
	}
}

// Every short and regional spelling of không and chưa stays a no, or at least
// no yes, when its marks are dropped.
func TestDenialsStayDenials(t *testing.T) {
	for _, row := range aliasRows {
		canonical, forms, _ := strings.Cut(row, ":")
		if canonical != "không" && canonical != "chưa" {
			continue
		}
		for _, form := range strings.Fields(forms) {
			for _, tail := range []string{"", " có", " họp", " có ai"} {
				if r := ReadYesNo(form+tail, "q1_activity"); r.Outcome != Value || r.Value != No {
					t.Errorf("%q: %+v, want no", form+tail, r)
				}
				if r := ReadYesNo(Fold(form+tail), "q1_activity"); r.Outcome == Value && r.Value != No {
					t.Errorf("%q: %+v, want no or a question", Fold(form+tail), r)
				}
			}
		}
	}
}

// 64 KiB of anything is answered at once, and never with a value.
func TestLongInputIsBounded(t *testing.T) {
	for _, part := range []string{"không ", "3 ", "a", "có rồi nhưng chưa ", "1+", "ă\u0323", "ngày 20/11 ", "(", "\u200b", "ketnapthem", "hai mươi "} {
		text := strings.Repeat(part, 64<<10/len(part)+1)
		start := time.Now()
		for _, kind := range []string{"yesno", "count", "date", "choice", "command", "consent", "quick"} {
			context := map[string]string{"date": "today=2026-11-28;period=2026-11", "quick": "today=2026-11-28;period=2026-11", "choice": "1=Có;2=Chưa"}[kind]
			if _, err := ReadLabelled(kind, context, text); err != nil {
				t.Fatal(err)
			}
		}
		ReadQuestion(text)
		Normalize(text)
		// A reading that is more than linear would take minutes, also on a busy machine.
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%d bytes of %q took %v", len(text), part, d)
		}
		if r := ReadCount(text, "q7_joined"); r.Outcome == Value && len(text) > maxRaw {
			t.Errorf("%q…: %+v", part, r)
		}
		short := strings.Repeat(part, 4000/len(part))
		start = time.Now()
		ReadQuick(short, testToday, testMonth)
		ReadYesNo(short, "q1_activity")
		ReadDate(short, testToday, testMonth)
		if d := time.Since(start); d > 300*time.Millisecond {
			t.Errorf("%d bytes of %q took %v", len(short), part, d)
		}
	}
}

func TestZeroValueIsNotUnderstood(t *testing.T) {
	if !reflect.DeepEqual(ReadCount("", "q7_joined"), Reading[Count]{}) || !reflect.DeepEqual(ReadYesNo("  ", "confirm"), Reading[YesNo]{}) {
		t.Error("an empty reply must be the zero reading")
	}
}

// Politeness around a reply that is asked about makes no value of it. "Dạ" may be a yes itself,
// so before a yes-or-no nothing is put; a name that is called to is one who left.
func TestPolitenessSettlesNothing(t *testing.T) {
	before, after := []string{"dạ thưa ", "em ơi "}, []string{" em ạ", " em nhé"}
	for _, row := range corpus(t, "replies-*.tsv") {
		var read func(string) bool // reports a plain value
		around := append([]string{}, after...)
		switch row.kind {
		case "yesno":
			read = func(s string) bool {
				r := ReadYesNo(s, row.context)
				return r.Outcome == Value && !r.Confirm
			}
		case "count":
			around = append(around, before...)
			read = func(s string) bool {
				r := ReadCount(s, row.context)
				return r.Outcome == Value && !r.Confirm
			}
		case "choice":
			options, err := ParseOptions(row.context)
			if err != nil {
				t.Fatal(err)
			}
			read = func(s string) bool {
				r := ReadChoice(s, options)
				return r.Outcome == Value && !r.Confirm
			}
		}
		if read == nil || read(row.text) || row.text == "chị Tư nghỉ" {
			continue
		}
		for _, polite := range around {
			said := row.text + polite
			if strings.HasSuffix(polite, " ") {
				said = polite + row.text
			}
			if read(said) {
				t.Errorf("%s %s: %q is asked about, %q is taken", row.kind, row.context, row.text, said)
			}
		}
	}
}
