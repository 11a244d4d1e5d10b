package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// take sends an event in a check-in to what handles it, and keeps the draft.
func (f *form) take(e Event) {
	overtaken := f.overtaken()
	switch e := e.(type) {
	case Press:
		f.press(e.Data)
	case Text:
		f.text(e.Body, overtaken)
	case Unreadable:
		f.ask(f.open(), sorry(e.Kind)+" {Chị} gõ chữ hoặc số giúp em nhé.")
	}
	f.save()
}

// save keeps the draft with her place in it, unless it was left or sent in this step.
func (f *form) save() {
	if !f.done {
		f.keep()
	}
}

// leave keeps the draft without her in it.
func (f *form) leave() {
	f.seat.Open, f.seat.Doubt, f.seat.Misses, f.seat.Again = "", nil, 0, false
	f.keep()
	f.done = true
}

func (f *form) keep() {
	seats := map[org.PersonID]Seat{}
	for id, seat := range f.draft.Seats {
		seats[id] = seat
	}
	seats[f.Me.ID] = f.seat
	f.draft.Seats = seats
	f.do(SaveDraft{f.draft})
}

// open is the question now asked of her.
func (f *form) open() org.QuestionID {
	if f.seat.Open == "" {
		return f.gap()
	}
	return f.seat.Open
}

// overtaken notices that somebody else has answered the question that is open for her, or
// made it needless. What she types next was meant for that question, so it must not be
// taken for another: the line handed back tells her how it stands.
func (f *form) overtaken() string {
	q := f.seat.Open
	spec := catalog[q.Base()]
	if f.seat.Again || spec == nil {
		return ""
	}
	a, ok := f.draft.Answers[q]
	if ok && a.By == f.Me.ID || !ok && slices.Contains(f.path(), q) {
		return ""
	}
	f.seat.Open, f.seat.Doubt, f.seat.Misses = "", nil, 0
	if !ok || a.Skipped {
		return "Câu đó giờ không cần nữa {chị} ạ. Mình tiếp câu này nhé."
	}
	p, _ := f.Book.Person(a.By)
	return fmt.Sprintf("Câu đó chị %s đã ghi rồi: %s. Mình tiếp câu này nhé.", givenName(p.Name), spec.words(f, q, a.Value))
}

// ask shows a question: first a line that leads to it, then where she is, then the question.
func (f *form) ask(q org.QuestionID, lead string, extra ...Option) {
	if f.seat.Open != q {
		f.seat.Since, f.seat.Misses, f.seat.Doubt = f.seat.Asked+1, 0, nil
	}
	f.seat.Open = q
	f.seat.Asked++
	f.puts++
	var p Prompt
	switch {
	case f.seat.Doubt != nil:
		p = f.doubtPrompt(q)
	case aside(q):
		p = f.reviewPrompt(q)
	default:
		p = f.questionPrompt(q)
	}
	if lead != "" {
		p.Text = lead + "\n" + p.Text
	}
	p.Options = append(p.Options, extra...)
	// A prompt that is asked anew takes the buttons of the one before it.
	f.seat.Prompt, f.seat.PromptAt = f.reply(p), f.Contact
}

func (f *form) questionPrompt(q org.QuestionID) Prompt {
	spec := catalog[q.Base()]
	a := spec.ask(f, q)
	text := a.text
	if where := f.progress(q); where != "" {
		text = where + ". " + text
	}
	p := Prompt{Text: text}
	for i, c := range a.choices {
		if problem, _ := f.check(q, c.value); problem != "" {
			continue // what the question would refuse is not offered
		}
		o := f.option(q, c.value, c.label)
		o.Say = c.say
		if a.numbered {
			o.Say = strconv.Itoa(i + 1)
		}
		o.Beside = a.rows > 1 && i%a.rows != 0
		p.Options = append(p.Options, o)
	}
	p.Options = append(p.Options, f.waysOut(q, spec.must)...)
	return p
}

// waysOut are the buttons below a question's own. What to type for them is said only when
// it helps: at the first question, and once something was not understood.
func (f *form) waysOut(q org.QuestionID, must bool) (o []Option) {
	stuck := f.seat.Misses > 0
	add := func(command, label, say string, tell bool) {
		w := f.option(q, command, label)
		if w.Beside = len(o) > 0; tell {
			w.Say = say
		}
		o = append(o, w)
	}
	if !must {
		add("!skip", "Bỏ qua", "bỏ qua", stuck)
	}
	if f.before(q) != "" {
		add("!back", "↩ Quay lại", "quay lại", stuck)
	}
	add("!later", "⏸ Để sau", "để sau", stuck || f.before(q) == "")
	return o
}

// doubtPrompt asks which of several readings she meant, or whether an unusual one is right.
func (f *form) doubtPrompt(q org.QuestionID) Prompt {
	d := f.seat.Doubt
	words := make([]string, len(d.Values))
	for i, v := range d.Values {
		words[i] = catalog[q.Base()].words(f, q, v)
	}
	p := Prompt{Text: upperFirst(strings.Join(words, " hay ")) + " ạ?"}
	if len(words) == 1 {
		p.Text = "Em hiểu là " + words[0] + ", đúng không ạ?"
		if d.Unusual {
			p.Text = upperFirst(words[0]) + ", khác hẳn mọi khi. Đúng vậy không {chị}?"
		}
		words[0] = "Đúng, " + words[0]
	}
	for i, v := range d.Values {
		o := f.option(q, v, upperFirst(words[i]))
		o.Say = strconv.Itoa(i + 1)
		p.Options = append(p.Options, o)
	}
	no := f.option(q, "!again", "Không phải")
	no.Say = strconv.Itoa(len(words) + 1)
	p.Options = append(p.Options, no)
	return p
}

// aside reports whether q is no question of the form but one about it.
func aside(q org.QuestionID) bool {
	return slices.Contains([]org.QuestionID{qReview, qItem, qDismiss, qAlarm, qPart}, q.Base())
}

// option makes a choice that carries form instance, prompt, question and value.
func (f *form) option(q org.QuestionID, value, label string) Option {
	return Option{Label: label, Data: fmt.Sprintf("c:%s:%d:%s:%s", f.draft.Instance, f.seat.Asked, q, value)}
}

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
	// While a few choices are open, a bare number means them; a command is still one, but
	// "nhầm", "sửa" then mean that none of them is right.
	if f.seat.Doubt != nil {
		switch r := viet.ReadCommand(body, string(q.Base())); {
		case r.Outcome == viet.Value && r.Value.Name == viet.Edit && r.Value.Item == 0 && r.Value.Slot == "":
			f.settle(q, "!again")
			return
		case r.Outcome == viet.Value && f.command(q, r.Value):
			return
		}
	}
	if v, ok := f.doubtful(body); ok {
		f.settle(q, v)
		return
	}
	if q.Base() == qHelpText && viet.ReadYesNo(body, "confirm").Value == viet.No { // "không": nothing to add
		f.skip(q)
		return
	}
	// Words of violence come before any other reading; where help is described they raise
	// the alarm by themselves.
	if b := q.Base(); violent(body) && b != qAlarm && b != qHelp && b != qHelpText {
		f.ask(qAlarm, "")
		return
	}
	if v, ok := f.labelled(q, body); ok && overtaken == "" { // "Sửa" under the choice "Sửa" is that choice
		f.offer(q, v)
		return
	}
	if f.aside(body) {
		f.ask(q, "")
		return
	}
	context := string(q.Base())
	if aside(q) {
		context = string(qReview)
	}
	if n, ok := plainEdit(body); ok { // never the count in it
		f.editItem(n)
		return
	}
	r := viet.ReadCommand(body, context)
	meantOther := overtaken != "" && r.Value.Name == viet.Skip // "bỏ qua" was meant for the other question
	if r.Outcome == viet.Value && !meantOther && f.command(q, r.Value) {
		return
	}
	switch {
	case overtaken != "":
		f.ask(q, overtaken)
	case aside(q):
		f.reviewText(q, body)
	default:
		f.answer(q, catalog[q.Base()].read(f, q, body), body)
	}
}

// plainEdit reads "sửa 0", "sửa mục 99": a correction by a number, whatever the number.
func plainEdit(body string) (item int, ok bool) {
	words := strings.Fields(viet.Fold(body))
	if len(words) < 2 || len(words) > 3 || words[0] != "sua" || len(words) == 3 && !slices.Contains([]string{"muc", "cau", "so"}, words[1]) {
		return 0, false
	}
	item, err := strconv.Atoi(words[len(words)-1])
	return item, err == nil
}

// labelled finds the choice of the open question whose very words she typed.
func (f *form) labelled(q org.QuestionID, body string) (string, bool) {
	spec := catalog[q.Base()]
	if spec == nil {
		return "", false
	}
	a := spec.ask(f, q)
	i := slices.IndexFunc(a.choices, func(c choice) bool { return a.numbered && viet.Fold(c.label) == viet.Fold(body) })
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
		switch r.Value {
		case viet.Yes:
			return f.seat.Doubt.Values[0], true
		case viet.No:
			return "!again", true
		}
	}
	for i, c := range choices { // only what is plain: a doubt is not settled by another guess
		if t := viet.Fold(body); t == strconv.Itoa(i+1) || t == viet.Fold(c.label) {
			return c.value, true
		}
	}
	return "", false
}

// settle takes the choice made between readings.
func (f *form) settle(q org.QuestionID, v string) {
	d := f.seat.Doubt
	f.seat.Doubt = nil
	switch {
	case v == "!again":
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
	case viet.ReadCommand(body, string(qReview)).Value.Name == viet.Submit: // "gửi" before the end
		f.wantSubmit(q)
	default:
		f.missed(q, a.hint)
	}
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
func (f *form) missed(q org.QuestionID, hint string) {
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

// put records an answer and goes on.
func (f *form) put(q org.QuestionID, v string, unusual bool) {
	f.record(q, org.Answer{Value: v, Unusual: unusual})
	words := catalog[q.Base()].words(f, q, v)
	f.closePrompt("✅ " + f.title(q) + ": " + words)
	f.echo = "Dạ, em ghi " + lowerFirst(f.title(q)) + ": " + lowerFirst(words) + "."
	if q.Base() == qMore {
		f.echo = ""
	}
	if q.Base() == qHelp || q.Base() == qHelpText {
		f.help(q, v)
	}
	f.next()
}

// record writes the answer; one that replaces another leaves that in the trail.
func (f *form) record(q org.QuestionID, a org.Answer) {
	before := f.draft.Answers[q]
	a.By, a.At, a.Channel = f.Me.ID, f.Now.UTC().Truncate(time.Second), f.Contact.Channel()
	if q.Base() == qHelpText && a.Value != "" {
		a.Value = "sent" // the words go to the request, and nowhere else (domain.md 9)
	}
	if before.By != "" && shown(before) != shown(a) {
		f.draft.Trail = append(slices.Clip(f.draft.Trail), org.Change{Question: q, Before: shown(before),
			After: shown(a), By: a.By, At: a.At, Channel: a.Channel})
	}
	if shown(before) != shown(a) {
		for _, d := range dependents(q) {
			delete(f.draft.Answers, d)
		}
	}
	f.draft.Answers[q] = a
	if q == qMembers { // counts that no longer fit it are asked again
		for _, p := range []org.QuestionID{qPioneers, qJoined, qLeft} {
			if problem, _ := f.check(p, f.draft.Answers[p].Value); f.draft.Answers.Has(p) && !f.draft.Answers[p].Skipped && problem != "" {
				delete(f.draft.Answers, p)
			}
		}
	}
	f.seat.Doubt, f.seat.Misses, f.seat.Again = nil, 0, false
}

// dependents are the answers that hold only as long as q's does; they are asked again.
func dependents(q org.QuestionID) []org.QuestionID {
	switch q.Base() {
	case qKnow:
		return []org.QuestionID{qFaces, qCircumstances, qNeeds}
	case qJoined:
		return []org.QuestionID{qExcluded}
	case qLeft:
		return []org.QuestionID{qWhich, qLeftOrg, qDied}
	case qLeftOrg:
		return []org.QuestionID{qDied}
	case qPair:
		return []org.QuestionID{instance(qOutcome, q.Instance())}
	case qNewKind:
		return []org.QuestionID{instance(qNewLabel, q.Instance())}
	}
	return nil
}

// shown is an answer's value as the trail keeps it.
func shown(a org.Answer) string {
	if a.Skipped {
		return "-"
	}
	return a.Value
}

// next asks the first question still open, or shows the review.
func (f *form) next() {
	lead := f.echo
	f.echo = ""
	f.seat.Open = ""
	f.ask(f.gap(), lead)
}

// closePrompt turns the message that asked into a record line.
func (f *form) closePrompt(text string) {
	if f.seat.PromptAt == f.Contact {
		f.retire(f.seat.Prompt, text)
	}
	f.seat.Prompt = ""
}

// title names a question in records: "2. Tiên phong, nòng cốt".
func (f *form) title(q org.QuestionID) string {
	spec := catalog[q.Base()]
	if q.Base() == qPair || q.Base() == qOutcome {
		return f.pairName(q)
	}
	return spec.name
}

// before is the answered question that comes before q, "" when there is none.
func (f *form) before(q org.QuestionID) org.QuestionID {
	p := f.path()
	i := slices.Index(p, q)
	if i < 0 {
		i = len(p)
	}
	for i--; i >= 0; i-- {
		if f.draft.Answers.Has(p[i]) && !f.told(p[i]) {
			return p[i]
		}
	}
	return ""
}

// told reports whether the answer has already gone to the chair and can't be taken back here.
func (f *form) told(q org.QuestionID) bool {
	switch q.Base() {
	case qHelp, qHelpText:
		return true
	case qMore:
		return f.draft.Answers[q].Value == "3" && f.draft.Answers.Has(instance(qHelp, q.Instance()))
	}
	return false
}
