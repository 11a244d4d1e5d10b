package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// text reads a typed message: a command first, then an answer to the open question.
// overtaken is a line to say instead when the question it was meant for is no longer open.
func (f *form) text(body, overtaken string) {
	q := f.open()
	if code, ok := startCode(body); ok {
		if code != "" {
			f.knownCode(code)
		}
		f.ask(q, "")
		return
	}
	if f.keepUnseen(q, body) || viet.KeepsAsIs(body) && f.keepAsIs(q) {
		return
	}
	if overtaken == "" && f.askedLongAgo(q, body) {
		return
	}
	if f.inDoubt(q, body) || overtaken == "" && (f.turnPage(q, body) || f.readInOne(q, body) || f.readClosing(q, body) || f.readTogether(q, body)) {
		return
	}
	if q.Base() == qHelpText && overtaken == "" && (nothing(body) || sends(body)) {
		f.skip(q)
		return
	}
	// Words of violence come before any other reading; where help is described they raise
	// the alarm by themselves.
	if b := q.Base(); violent(body) && b != qAlarm && b != qHelp && b != qHelpText {
		if f.Typed && f.usedUp() { // the question would not reach her, the chair is told at once
			f.alarm(f.branch)
			f.next()
			return
		}
		f.ask(qAlarm, "")
		return
	}
	if v, ok := f.labelled(q, body); ok && overtaken == "" { // "Sửa" under the choice "Sửa" is that choice
		f.seat.Hears = false
		f.offer(q, v)
		return
	}
	body, turned := f.turns(q, body)
	if turned || f.otherMatter(q, body) {
		return
	}
	if n, ok := plainEdit(body); ok { // never the count in it
		f.editItem(n)
		return
	}
	if n, right, ok := wrongItem(body); ok {
		f.rightItem(q, n, right)
		return
	}
	if overtaken == "" && f.whyNot(q, body) || f.commanded(q, body, overtaken) {
		return
	}
	f.spoke(q, body, overtaken)
}

// turns hears a message about another month, or that names a branch of hers: another one is
// turned to, this one's name says nothing more.
func (f *form) turns(q org.QuestionID, body string) (rest string, turned bool) {
	words, body := f.pastMonth(body)
	if words != "" {
		f.ask(q, words)
		return "", true
	}
	d, told, ok := f.dutyNamed(body)
	switch {
	case f.dutiesNamed(body) && !asks(body):
		f.ask(q, eachAlone)
		return "", true
	case !ok || q.Base() == qHelpText || q.Base() == qNewLabel:
		return body, false
	case d.branch.ID != f.branch.ID:
		f.leave()
		f.turnTo(d, told)
		return "", true
	case told != "":
		return told, false
	}
	return body, false
}

// otherMatter hears what is not about the open question, and puts that again where she stays.
func (f *form) otherMatter(q org.QuestionID, body string) bool {
	if f.greets(q, body) {
		return true
	}
	if _, ok := wantsFix(body); ok {
		f.leave()
		f.fixes(body)
		return true
	}
	if _, ok := ofNaming(body); ok && q.Base() != qHelpText { // it answers no question of the form
		if f.namingText(body) {
			f.ask(q, "")
		} else {
			f.missed(q, "")
		}
		return true
	}
	if f.isChair() && f.announces(body) {
		f.leave()
		f.idleText(body)
		return true
	}
	entering := f.talk.Proxy
	if f.aside(body) {
		if f.talk.Act != nil || f.talk.Proxy != entering { // what she types next is for a branch
			f.leave()
			return true
		}
		f.ask(q, "")
		return true
	}
	if f.offTopic(q, body) {
		return true
	}
	return false
}

// commanded does what a message asks for, if it does.
func (f *form) commanded(q org.QuestionID, body, overtaken string) bool {
	context := string(q.Base())
	switch {
	case q == qQuick || q == qMend:
		context = "idle" // "xong", "đúng rồi" agree to the card and send nothing
	case aside(q):
		context = string(qReview)
	}
	r := viet.ReadCommand(body, context)
	if r.Outcome == viet.Ask && len(r.Candidates) == 1 && r.Candidates[0].Name == viet.Cancel && q != qQuick && q != qMend {
		if f.draft.Answers.Has(q) { // "thoi" may be more than thôi, which would let the answer stand
			f.again(q, "Muốn giữ vậy thì {chị} gõ \"giữ như cũ\" ạ. ")
			return true
		}
		r.Outcome, r.Value = viet.Value, r.Candidates[0] // giving up is asked back anyway
	}
	meantOther := overtaken != "" && r.Value.Name == viet.Skip // "bỏ qua" was meant for the other question
	switch {
	case r.Outcome != viet.Value || meantOther:
		return false
	case r.Value.Name == viet.Later && strings.EqualFold(clean(body), "mot"): // "một" without its mark, rather than "mốt"
		return false
	case r.Value.Name == viet.Later && q == qActivity && f.denies(q, body): // "chưa em ạ, bận gặt"
		return false
	case r.Value.Name == viet.Edit && r.Value.Item == 0 && r.Value.Slot == "" && aside(q) && f.quick(q, body): // "nhầm, hôm 21 mới đúng"
		return true
	}
	return f.command(q, r.Value)
}

// denies reports a message that begins with a no to the open question.
func (f *form) denies(q org.QuestionID, body string) bool {
	a := catalog[q.Base()].read(f, q, body)
	word, _, _ := strings.Cut(viet.Fold(clean(body)), " ")
	return a.outcome == viet.Value && a.value == "no" && slices.Contains([]string{"chua", "khong", "ko", "k", "hong"}, word)
}

// spoke takes a message for what it states, or for an answer to the open question.
func (f *form) spoke(q org.QuestionID, body, overtaken string) {
	spec, heardAt := catalog[q.Base()], q
	if overtaken != "" {
		heardAt = qReview // the question now open has not been asked of her yet
	}
	switch {
	case f.picks(q, body):
		f.reviewText(q, body)
	case f.quick(heardAt, body), overtaken == "" && (f.corrects(q, body) || f.combined(q, body)):
	case overtaken != "" && !f.disagrees(body):
		f.ask(q, overtaken)
	case overtaken != "":
	case spec == nil:
		f.reviewText(q, body)
	default:
		a := spec.read(f, q, body)
		if a.outcome != viet.Value && a.hint == "" && f.ofLastMonth(body) && len(a.maybe) == 0 {
			a.hint = "Em đang hỏi " + f.draft.Month.Label() + " {chị} ạ."
		}
		a.confirm = a.confirm || saysMore(q, a, body) || tagged(body)
		if marked(body) && q.Base() != qHelpText { // "3 chị?" asks as much as it says
			a.confirm = true
			if a.outcome == viet.NotUnderstood && a.hint == "" {
				a.hint = f.referred()
			}
		}
		f.answer(q, a, body)
	}
}

// ofLastMonth reports a reply that speaks of the month before.
func (f *form) ofLastMonth(body string) bool {
	t := " " + viet.Fold(clean(body)) + " "
	before := (f.draft.Month.Number()+10)%12 + 1
	return slices.ContainsFunc([]string{"thang truoc", "thang roi", "thang vua roi", fmt.Sprintf("thang %d", before)}, func(w string) bool { return strings.Contains(t, " "+w+" ") })
}

// saysMore reports a reading beside which another number stands: it may be the one that was
// meant, or the message another question's.
func saysMore(q org.QuestionID, a answer, body string) bool {
	before, after, found := strings.Cut(norm.NFC.String(body), a.from)
	rest := before + after
	_, isCount := intOf(a.value)
	mended := strings.Contains(viet.Fold(rest), "nham") || strings.Contains(viet.Fold(rest), "lon")
	touchy := isCount || q == qKnow || q.Base() == qPair
	return touchy && found && a.from != "" && strings.ContainsAny(rest, "0123456789") && !mended
}

// disagrees offers her own answer to a question that somebody else has answered otherwise.
func (f *form) disagrees(body string) bool {
	switch f.passed.Base() {
	case "", qMore, qNewKind, qNewLabel, qHelp, qHelpText, qChange: // each round is its own
		return false
	}
	for _, j := range joints { // it was asked together with others: "20/11, 36 chị"
		if slots, ok := f.run(j, body); ok && j.all[0] == f.passed && len(f.weigh(slots).plain) > 0 {
			f.show(slots, "")
			return true
		}
	}
	a := catalog[f.passed.Base()].read(f, f.passed, body)
	slots := []Slot{{Question: f.passed, Value: a.value}}
	if a.outcome != viet.Value || a.confirm || saysMore(f.passed, a, body) || len(f.weigh(slots).plain) == 0 {
		return false
	}
	f.show(slots, "")
	return true
}

// sends reports "gửi", "xong" and nothing else, which are no words to pass on.
func sends(body string) bool {
	r := viet.ReadCommand(body, string(qReview))
	return r.Outcome == viet.Value && r.Value.Name == viet.Submit
}

// finishes reports "gửi", "xong rồi" to any question. "Đúng rồi" agrees to something and
// ends nothing.
func finishes(body string) bool {
	r := viet.ReadCommand(body, "idle")
	return r.Outcome == viet.Value && r.Value.Name == viet.Submit || sends(body) && strings.Contains(viet.Fold(body), "xong")
}

// nothing reports a message that says there is nothing to add, and no more than that.
func nothing(body string) bool {
	words := strings.FieldsFunc(viet.Fold(body), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	said := false
	for _, w := range words {
		if !slices.Contains(nothingWords, w) {
			return false
		}
		said = said || slices.Contains(nothingWords[:10], w)
	}
	return said
}

// nothingWords deny, the first ten of them by themselves.
var nothingWords = []string{"khong", "ko", "k", "hong", "hem", "no", "chua", "thoi", "het", "0",
	"da", "a", "co", "gi", "ai", "ca", "dau", "nua", "them", "can", "em", "oi", "nhe", "nha", "roi", "chi", "viec", "ghi", "bua", "ni"}

// inDoubt reads a reply while a few readings are open: a bare number means one of them; a
// command is still one, but "nhầm", "sửa" then mean that none of them is right.
func (f *form) inDoubt(q org.QuestionID, body string) bool {
	if f.seat.Doubt == nil {
		return false
	}
	if f.newsAnswer(body) { // "em bận", as an announcement asked for, is no "để sau"
		f.ask(q, "")
		return true
	}
	switch r := viet.ReadCommand(body, string(q.Base())); {
	case r.Outcome == viet.Value && r.Value.Name == viet.Edit && r.Value.Item == 0 && r.Value.Slot == "":
		f.settle(q, "!again")
		return true
	case r.Outcome == viet.Value && f.command(q, r.Value):
		return true
	}
	v, ok := f.doubtful(body)
	switch {
	case ok:
		f.settle(q, v)
	case len(f.seat.Doubt.Values) == 1 && viet.ReadYesNo(body, "confirm").Outcome == viet.Ask && catalog[q.Base()].read(f, q, body).outcome == viet.NotUnderstood:
		f.doubt(q, f.seat.Doubt) // "dung" is đúng, dừng and đừng: neither taken nor lost
		return true
	}
	return ok
}

// labelled finds the choice of the open question whose very words she typed.
func (f *form) labelled(q org.QuestionID, body string) (string, bool) {
	spec := catalog[q.Base()]
	if spec == nil {
		return "", false
	}
	a := spec.ask(f, q)
	i := slices.IndexFunc(a.choices, func(c choice) bool { return a.numbered && viet.Says(body, c.label) })
	if i < 0 {
		return "", false
	}
	return a.choices[i].value, true
}

// doubtful reads a reply to "2 hay 3 ạ?".
func (f *form) doubtful(body string) (string, bool) {
	if f.seat.Doubt == nil {
		return "", false
	}
	q := f.open()
	p := f.doubtPrompt(q)
	choices := make([]choice, len(p.Options))
	for i, o := range p.Options {
		choices[i] = choice{value: dataValue(o.Data), label: o.Label}
	}
	// The count itself typed again is plainer than the number of a line.
	if n, ok := intOf(clean(body)); ok && len(f.seat.Doubt.Values) > 1 {
		for _, v := range f.seat.Doubt.Values {
			if m, isCount := intOf(v); isCount && m == n {
				return v, true
			}
		}
	}
	if r := viet.ReadYesNo(body, "confirm"); r.Outcome == viet.Value && len(f.seat.Doubt.Values) == 1 {
		switch {
		case r.Value == viet.Yes && f.another(q, body):
		case r.Value == viet.Yes:
			return f.seat.Doubt.Values[0], true
		case r.Value == viet.No:
			return "!again", true
		}
	}
	for i, c := range choices { // only what is plain: a doubt is not settled by another guess
		if viet.Fold(body) == strconv.Itoa(i+1) || viet.Says(body, c.label) {
			return c.value, true
		}
	}
	return "", false
}

// another reports a number or a day in a reply that is not the one she was asked about:
// "đúng rồi, 36 chị".
func (f *form) another(q org.QuestionID, body string) bool {
	spec := catalog[q.Base()]
	a := spec.read(f, q, body)
	return !spec.ask(f, q).numbered && a.outcome == viet.Value && a.value != f.seat.Doubt.Values[0]
}

// settle takes the choice made between readings.
func (f *form) settle(q org.QuestionID, v string) {
	d := f.seat.Doubt
	f.seat.Doubt = nil
	switch {
	case v == "!again":
		f.settled(q)
		f.ask(q, "Dạ, vậy {chị} cho em lại nhé.")
	case d.Unusual:
		f.put(q, v, true)
	default:
		f.offer(q, v)
	}
}

// answer takes a reading: stores it, asks which, or asks again.
func (f *form) answer(q org.QuestionID, a answer, body string) {
	switch {
	case a.outcome == viet.Value && a.confirm:
		if problem, _ := f.check(q, a.value); problem != "" {
			f.missed(q, problem)
			return
		}
		f.doubt(q, &Doubt{Values: []string{a.value}})
	case a.outcome == viet.Value:
		f.offer(q, a.value)
	case a.outcome == viet.Ask && len(f.fitting(q, a.maybe)) > 0:
		f.doubt(q, &Doubt{Values: f.fitting(q, a.maybe)})
	case violent(body):
		f.ask(qAlarm, "")
	case finishes(body): // before the end
		f.wantSubmit(q)
	default:
		hint, again := f.repeated(q, body)
		if f.seat.Misses > 0 && !again { // told once, it did not help
			hint = ""
		}
		if a.hint != "" && (!again || q == qDate) {
			hint = a.hint
		}
		f.missed(q, hint)
	}
}

// repeated recognises an answer to the question before the open one: sent twice, which
// again says, or late.
func (f *form) repeated(q org.QuestionID, body string) (hint string, again bool) {
	b := f.before(q)
	if b == "" || f.draft.Answers[b].Skipped {
		return "", false
	}
	a, stands := catalog[b.Base()].read(f, b, body), f.draft.Answers[b].Value
	switch {
	case a.outcome != viet.Value || marked(body):
		return "", false
	case a.value == stands:
		return fmt.Sprintf("Câu trước em ghi rồi ạ: %s.", lowerFirst(f.inWords(b, stands))), true
	}
	return fmt.Sprintf("Câu trước em đang ghi: %s. Muốn đổi {chị} gõ \"nhầm\" ạ.", lowerFirst(f.inWords(b, stands))), false
}

// fitting keeps the candidates that the question can take, at most four.
func (f *form) fitting(q org.QuestionID, maybe []string) (fit []string) {
	for _, v := range maybe {
		if problem, _ := f.check(q, v); problem == "" && !slices.Contains(fit, v) && len(fit) < 4 {
			fit = append(fit, v)
		}
	}
	return fit
}

func (f *form) doubt(q org.QuestionID, d *Doubt) {
	f.seat.Misses = 0
	if f.seat.Open != q {
		f.seat.Open, f.seat.Since = q, f.seat.Asked+1
	}
	f.seat.Doubt = d
	f.ask(q, "")
}

func (f *form) check(q org.QuestionID, v string) (problem string, unusual bool) {
	if check := catalog[q.Base()].check; check != nil {
		return check(f, q, v)
	}
	return "", false
}

// offer takes a value that was plainly stated, unless it can't be or is out of the usual range.
func (f *form) offer(q org.QuestionID, v string) {
	if q.Base() == qNewLabel && v == autoLabel {
		v = f.nextPairName(q.Instance())
	}
	problem, unusual := f.check(q, v)
	switch {
	case problem != "":
		f.missed(q, problem)
	case unusual:
		f.doubt(q, &Doubt{Values: []string{v}, Unusual: true})
	default:
		f.put(q, v, false)
	}
}

// missed asks again, each time in other words, and in the end offers a call: never a dead end.
// Only the copy asked last keeps its buttons, so that the question stands once.
func (f *form) missed(q org.QuestionID, hint string) {
	if (q == qQuick || q == qReview) && f.unseen() {
		f.lookAgain(q)
		return
	}
	closing := AskedAgain
	if f.seat.Misses == 0 && f.seat.Open == q && (q == qQuick || q == qReview) {
		closing = f.prompt(q).Text // the list stays in sight: only its question is put again
	}
	f.closePrompt(closing)
	f.seat.Misses++
	f.seat.Doubt = nil
	lead := hint
	if lead == "" {
		switch f.seat.Misses {
		case 1:
			lead = "Em chưa hiểu ý {chị}, {chị} nói lại giúp em nhé."
		case 2:
			lead = "Em xin lỗi, em vẫn chưa rõ. {Chị} trả lời thật ngắn thôi ạ."
		default:
			lead = f.plainly(q)
		}
	}
	if f.seat.Misses < 4 {
		f.ask(q, lead)
		return
	}
	call := f.option(q, "!call", "Nhờ chị Chủ tịch gọi")
	f.ask(q, lead+"\nHay {chị} muốn chị Chủ tịch gọi cho {chị}? Gõ \"gọi lại\" ạ.", call)
}

// plainly asks for the simplest answer there is: a number of a line, else an example.
func (f *form) plainly(q org.QuestionID) string {
	if spec := catalog[q.Base()]; spec != nil && !spec.ask(f, q).numbered {
		return "{Chị} giúp em thật ngắn nhé. " + f.explain(q)
	}
	return "{Chị} bấm số giúp em nhé."
}
