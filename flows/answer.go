package flows

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// answer is a reply read against the open question.
type answer struct {
	outcome viet.Outcome
	value   string   // canonical, when outcome is viet.Value
	maybe   []string // canonical candidates, when it is viet.Ask
	confirm bool     // offer the value back first
	hint    string   // why it can't be taken, in her words
	from    string   // the words it rests on, where they are known
}

func value(v string, confirm bool) answer {
	return answer{outcome: viet.Value, value: v, confirm: confirm}
}

// readYesNo reads yes, no, "as last month" and "don't know" (domain.md 13.1).
func readYesNo(f *form, q org.QuestionID, text string) answer {
	choices := catalog[q.Base()].ask(f, q).choices
	r := viet.ReadYesNo(text, string(q))
	if r.Outcome == viet.NotUnderstood {
		return readChoiceOf(choices, text)
	}
	if r.Outcome == viet.Ask {
		a := answer{outcome: viet.Ask, confirm: r.Confirm}
		for _, c := range r.Candidates {
			if c == viet.Yes || c == viet.No {
				a.maybe = append(a.maybe, string(c))
			}
		}
		if len(a.maybe) > 1 { // either is no reading at all: the question itself asks better
			return answer{}
		}
		return a
	}
	switch r.Value {
	case viet.Same:
		if past := f.past.Carry[q]; past != "" {
			return value(past, false)
		}
		return answer{hint: "Việc này mỗi tháng một khác nên {chị} cho em biết tháng này nhé."}
	case viet.Unknown:
		return dontKnow(q)
	}
	if f.otherMonth(text) {
		return f.askedMonth()
	}
	return answer{outcome: viet.Value, value: string(r.Value), confirm: r.Confirm, from: r.From}
}

// otherMonth reports a reply that tells of another month: "tháng 10 họp rồi".
func (f *form) otherMonth(text string) bool {
	return viet.OtherMonth(text, f.draft.Month.First(time.UTC).Month())
}

// askedMonth puts the question again where she told of another month.
func (f *form) askedMonth() answer {
	return answer{hint: "Em đang hỏi " + f.draft.Month.Label() + " {chị} ạ."}
}

// dontKnow is what "không nhớ", "để hỏi lại" comes to: nothing recorded, and a way on.
func dontKnow(q org.QuestionID) answer {
	if catalog[q.Base()].must {
		return answer{hint: "Dạ không sao. {Chị} hỏi lại rồi nhắn em sau cũng được, gõ \"để sau\" là em giữ chỗ."}
	}
	return answer{hint: "Dạ không sao. Chưa rõ thì {chị} gõ \"bỏ qua\" cũng được ạ."}
}

// readCount reads a number of people (domain.md 13.2).
func readCount(f *form, q org.QuestionID, text string) answer {
	for _, c := range catalog[q.Base()].ask(f, q).choices {
		if c.say != "" && viet.Says(text, c.say) {
			return value(c.value, false)
		}
	}
	r := viet.ReadCount(text, string(q.Base()))
	switch r.Outcome {
	case viet.Value:
		if f.otherMonth(text) {
			return f.askedMonth()
		}
		much := q == qLeft && r.Value.N > 5 && r.Value.N*10 > f.start() // rather the number of another question
		a := f.counted(q, r.Value, r.Confirm || much)
		a.from = r.From
		return a
	case viet.Ask:
		a := answer{outcome: viet.Ask}
		for _, c := range r.Candidates {
			if !c.Unknown && !c.Same {
				a.maybe = append(a.maybe, countText(c))
			}
		}
		if len(f.fitting(q, a.maybe)) == 0 { // "vài chục"
			a.hint = "{Chị} cho em một con số nhé, áng chừng cũng được, ví dụ " + either(q == qMembers || q == qAttendees, "30", "2") + "."
		}
		return a
	}
	return answer{}
}

// readPart reads how many left in one way. A reply about another way says what remains:
// "2 chuyển đi" of four.
func readPart(f *form, q org.QuestionID, text string) answer {
	r := f.readQuick(text)
	way := map[org.QuestionID]viet.Reading[viet.Count]{qLeftOrg: r.LeftOrg, qDied: r.Died}[q]
	others, known := r.MovedOut, true
	rest, _ := f.draft.Answers.Count(qLeft)
	if q == qDied {
		n, _ := f.draft.Answers.Count(qLeftOrg)
		rest -= n
	} else if known = r.Died.Outcome == viet.Value; known {
		rest -= r.Died.Value.N
	}
	if others.Outcome != viet.Value || others.Value.N == 0 || way.Outcome != viet.NotUnderstood || others.Value.N > rest {
		return readCount(f, q, text)
	}
	if rest -= others.Value.N; known || rest == 0 {
		return value(strconv.Itoa(rest), rest > 0)
	}
	return answer{hint: fmt.Sprintf("Dạ, %d chị chuyển đi. Còn %d chị nữa ạ.", others.Value.N, rest)}
}

func (f *form) counted(q org.QuestionID, c viet.Count, confirm bool) answer {
	switch {
	case c.Unknown:
		return dontKnow(q)
	case c.Same:
		if past := f.past.Carry[q]; past != "" {
			return value(past, false)
		}
		return answer{hint: "Số này mỗi tháng một khác nên {chị} cho em con số nhé."}
	}
	// A typed 1 under "Vẫn 4" may be the count or the first choice: settled by asking.
	if choices := catalog[q.Base()].ask(f, q).choices; len(choices) == 1 && c.N == 1 && choices[0].value != "1" {
		return answer{outcome: viet.Ask, maybe: []string{"1", choices[0].value}}
	}
	return value(countText(c), confirm)
}

func countText(c viet.Count) string {
	if c.Approx {
		return "~" + strconv.Itoa(c.N)
	}
	return strconv.Itoa(c.N)
}

func readDate(f *form, q org.QuestionID, text string) answer {
	if r := viet.ReadYesNo(text, string(q)); r.Outcome == viet.Value && r.Value == viet.Unknown {
		return dontKnow(q)
	}
	if f.otherMonth(text) && !saysDay.MatchString(viet.Fold(text)) { // "tháng trước kết nạp 1"
		return f.askedMonth()
	}
	first := f.draft.Month.First(time.UTC)
	y, m, d := f.Now.Date()
	r := viet.ReadDate(text, time.Date(y, m, d, 0, 0, 0, 0, time.UTC), first)
	switch r.Outcome {
	case viet.Value:
		return answer{outcome: viet.Value, value: r.Value.Day.Format(time.DateOnly), confirm: r.Confirm, from: r.From}
	case viet.Ask:
		a := answer{outcome: viet.Ask}
		for _, c := range r.Candidates {
			v := c.Day.Format(time.DateOnly)
			if p, _ := checkDate(f, qDate, v); !c.Day.IsZero() && p == "" && !slices.Contains(a.maybe, v) {
				a.maybe = append(a.maybe, v)
			}
		}
		if len(a.maybe) == 0 {
			a = answer{hint: dateHint(f, dateProblem(r))}
		}
		return a
	}
	return answer{}
}

// saysDay is the shape of a day, or a word for one.
var saysDay = regexp.MustCompile(`\d[/.-]\d|\b(?:ngay|hom|mung|thu|bua|ram)\b|^\s*\d`)

func dateProblem(r viet.Reading[viet.Date]) viet.DateProblem {
	if r.Value.Problem != "" {
		return r.Value.Problem
	}
	for _, c := range r.Candidates {
		if c.Problem != "" {
			return c.Problem
		}
	}
	return viet.DateVague
}

func dateHint(f *form, p viet.DateProblem) string {
	m := f.draft.Month.Label()
	switch p {
	case viet.DateFuture:
		return "Ngày ấy chưa tới {chị} ạ. Em chỉ ghi việc đã làm rồi thôi."
	case viet.DateBeforePeriod:
		return "Em đang ghi cho " + m + ". {Chị} cho em ngày trong " + m + " nhé."
	case viet.DateImpossible:
		return "Lịch không có ngày ấy {chị} ạ."
	case viet.DateSeveral:
		return "{Chị} cho em một ngày thôi nhé, lần nào đông nhất cũng được."
	}
	return "{Chị} cho em ngày cụ thể nhé, áng chừng cũng được."
}

// dayChoices suggests today and yesterday while they lie in the month.
func (f *form) dayChoices() (c []choice) {
	for back, label := range []string{"Hôm nay", "Hôm qua"} {
		t := f.Now.AddDate(0, 0, -back)
		if org.MonthOf(t) == f.draft.Month {
			c = append(c, choice{value: t.Format(time.DateOnly), label: label})
		}
	}
	return c
}

func readChoice(f *form, q org.QuestionID, text string) answer {
	if r := viet.ReadYesNo(text, string(q.Base())); r.Outcome == viet.Value && r.Value == viet.Unknown {
		return dontKnow(q)
	}
	if _, asks := viet.ReadQuestion(text); asks { // a question of hers is no choice
		return answer{}
	}
	return readChoiceOf(catalog[q.Base()].ask(f, q).choices, text)
}

// readMore reads an answer to the closing question, where "thôi em" says that there is
// nothing else.
func readMore(f *form, q org.QuestionID, text string) answer {
	if nothing(text) && bareNumber(text) == "" {
		return value("1", false)
	}
	return readChoice(f, q, text)
}

// readChoiceOf reads a number, a label, part of one or free wording.
func readChoiceOf(choices []choice, text string) answer {
	o := make([]viet.Option, len(choices))
	for i, c := range choices {
		if viet.Says(text, c.label) || viet.Says(text, c.say) { // the label itself is plainer than any reading of it
			return value(c.value, false)
		}
		o[i] = viet.Option{Number: i + 1, Label: c.label}
	}
	r := viet.ReadChoice(text, o)
	pick := func(n int) (string, bool) {
		if n < 1 || n > len(choices) {
			return "", false
		}
		return choices[n-1].value, true
	}
	switch r.Outcome {
	case viet.Value:
		if v, ok := pick(r.Value); ok {
			return answer{outcome: viet.Value, value: v, confirm: r.Confirm, from: r.From}
		}
	case viet.Ask:
		a := answer{outcome: viet.Ask}
		for _, n := range r.Candidates {
			if v, ok := pick(n); ok {
				a.maybe = append(a.maybe, v)
			}
		}
		return a
	}
	return answer{}
}

func readKnow(f *form, q org.QuestionID, text string) answer {
	switch r := viet.ReadYesNo(text, "confirm"); {
	case r.Outcome == viet.Value && (r.Value == viet.Same || r.Value == viet.Yes):
		return answer{outcome: viet.Value, value: "same", from: r.From}
	case r.Outcome == viet.Value && r.Value == viet.No:
		return answer{outcome: viet.Value, value: "edit", from: r.From}
	}
	if strings.HasPrefix(viet.Fold(text), "sua") {
		return value("edit", false)
	}
	return readChoice(f, q, text)
}

// clean makes one line of free text: NFC, no control characters, single spaces.
func clean(text string) string {
	return strings.Join(strings.Fields(norm.NFC.String(strings.ToValidUTF8(text, ""))), " ")
}

func readLabel(f *form, q org.QuestionID, text string) answer {
	if a := readChoiceOf(catalog[q.Base()].ask(f, q).choices, text); a.outcome == viet.Value {
		return a
	}
	if clean(text) == "" {
		return answer{}
	}
	return value(clean(text), false)
}

func readHelpText(_ *form, _ org.QuestionID, text string) answer {
	if clean(text) == "" {
		return answer{}
	}
	return value(clean(text), false)
}

// Numbers that point at a person: a phone number or an identity card, also when spaced (domain.md 12.3).
var personalNumber = regexp.MustCompile(`(?:\d[\s.\-]?){8,}\d`)

var digitRun = regexp.MustCompile(`(?:\d[\s.\-]?){5,}\d`)

func checkLabel(f *form, q org.QuestionID, v string) (string, bool) {
	switch {
	case digitRun.MatchString(v):
		return "Tên cặp đừng có số điện thoại {chị} nhé.", false
	case utf8.RuneCountInString(v) > 24:
		return "Tên cặp dài quá, {chị} viết gọn trong 24 chữ cái giúp em.", false
	case len(strings.Fields(v)) >= 3 && !strings.ContainsAny(v, ".–-") && !strings.HasPrefix(viet.Fold(v), "cap "):
		return "{Chị} viết tắt tên giúp em nhé, ví dụ: chị L. – chị H.", false
	}
	for _, p := range f.Book.Pairs(f.branch.ID) {
		if p.State == org.PairActive && viet.Fold(p.Label) == viet.Fold(v) {
			return "Đã có cặp tên này rồi, {chị} chọn tên khác giúp em.", false
		}
	}
	return "", false
}

func checkHelpText(_ *form, _ org.QuestionID, v string) (string, bool) {
	switch {
	case personalNumber.MatchString(v):
		return "Em chưa ghi, vì trong tin có số điện thoại hoặc số giấy tờ. {Chị} viết lại không có số ấy nhé.", false
	case utf8.RuneCountInString(v) > 300:
		return "Tin hơi dài, {chị} viết gọn trong 300 chữ cái giúp em nhé.", false
	}
	return "", false
}

func intOf(v string) (int, bool) { return org.Answer{Value: v}.Int() }

func checkMembers(_ *form, _ org.QuestionID, v string) (string, bool) {
	n, ok := intOf(v)
	if !ok || n < 1 || n > 2000 {
		return "Số hội viên từ 1 đến 2.000 {chị} ạ.", false
	}
	return "", n < 20 || n > 600
}

func checkAttendees(f *form, _ org.QuestionID, v string) (string, bool) {
	n, ok := intOf(v)
	if !ok || n < 1 || n > 9999 {
		return "Ít nhất là 1 người {chị} ạ.", false
	}
	return "", f.start() > 0 && n > f.start()
}

func checkUpToMembers(f *form, _ org.QuestionID, v string) (string, bool) {
	n, ok := intOf(v)
	if !ok || n < 0 || f.start() > 0 && n > f.start() {
		return fmt.Sprintf("Chi hội mình có %s hội viên, số này không quá được ạ.", number(f.start())), false
	}
	return "", false
}

func checkJoined(f *form, q org.QuestionID, v string) (string, bool) {
	if problem, _ := checkUpToMembers(f, q, v); problem != "" {
		return problem, false
	}
	n, _ := intOf(v)
	return "", n > 20 || f.start() > 0 && n*10 > f.start()
}

func checkExcluded(f *form, _ org.QuestionID, v string) (string, bool) {
	joined, _ := f.draft.Answers.Count(qJoined)
	if n, ok := intOf(v); !ok || n < 0 || n > joined {
		return fmt.Sprintf("Tháng này kết nạp %d chị, nên số này từ 0 đến %d ạ.", joined, joined), false
	}
	return "", false
}

func checkLeft(f *form, _ org.QuestionID, v string) (string, bool) {
	if n, ok := intOf(v); !ok || n < 0 || n > f.start() {
		return fmt.Sprintf("Đầu tháng chi hội có %s hội viên, số này không quá được ạ.", number(f.start())), false
	}
	return "", false
}

// checkParts keeps the sum: those who left the Union and those who died are at most all who left.
func checkParts(f *form, q org.QuestionID, v string) (string, bool) {
	total, _ := f.draft.Answers.Count(qLeft)
	rest := total
	if q == qDied {
		n, _ := f.draft.Answers.Count(qLeftOrg)
		rest -= n
	}
	if n, ok := intOf(v); !ok || n < 0 || n > rest {
		return fmt.Sprintf("Số này từ 0 đến %d thôi {chị} ạ, vì tất cả là %d chị.", rest, total), false
	}
	return "", false
}

func checkDate(f *form, _ org.QuestionID, v string) (string, bool) {
	t, err := time.Parse(time.DateOnly, v)
	switch {
	case err != nil:
		return dateHint(f, viet.DateImpossible), false
	case t.Format(time.DateOnly) > f.Now.Format(time.DateOnly):
		return dateHint(f, viet.DateFuture), false
	case org.MonthOf(t) != f.draft.Month:
		return dateHint(f, viet.DateBeforePeriod), false
	}
	return "", false
}

func women(unit string) func(*form, org.QuestionID, string) string {
	return func(_ *form, _ org.QuestionID, v string) string {
		n, _ := intOf(v)
		if strings.HasPrefix(v, "~") {
			return "khoảng " + number(n) + " " + unit
		}
		return number(n) + " " + unit
	}
}

func labels(l []string) func(*form, org.QuestionID, string) string {
	return func(_ *form, _ org.QuestionID, v string) string {
		if n, ok := intOf(v); ok && n >= 1 && n <= len(l) {
			return l[n-1]
		}
		return v
	}
}

func yesNoWords(yes, no string) func(*form, org.QuestionID, string) string {
	return func(_ *form, _ org.QuestionID, v string) string {
		if v == "yes" {
			return yes
		}
		return no
	}
}

func dateWords(_ *form, _ org.QuestionID, v string) string {
	t, err := time.Parse(time.DateOnly, v)
	if err != nil {
		return v
	}
	return org.Day(t)
}

func knowWords(f *form, _ org.QuestionID, v string) string {
	if v == "same" {
		return "vẫn vậy"
	}
	return "sửa lại"
}

func newKindWords(f *form, _ org.QuestionID, v string) string {
	if n, ok := intOf(v); ok && n >= 1 && n <= len(f.Settings.PairKinds) {
		return pairKindLabels[f.Settings.PairKinds[n-1]]
	}
	return v
}

func asIs(_ *form, _ org.QuestionID, v string) string { return v }
