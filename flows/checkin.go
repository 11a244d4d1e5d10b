package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
)

// take sends an event in a check-in to what handles it, and keeps the draft.
func (f *form) take(e Event) {
	overtaken := f.overtaken()
	if t, ok := e.(Text); ok && onlyLink(t.Body) && f.open().Base() != qHelpText {
		e = Unreadable{Kind: "link"}
	}
	switch e := e.(type) {
	case Press:
		f.press(e.Data)
	case Text:
		f.text(e.Body, overtaken)
	case Unreadable:
		if e.Caption != "" { // the picture is not for the bot, the words under it are
			f.text(e.Caption, overtaken)
			break
		}
		words := sorry(e.Kind)
		if e.Kind == "unsupported" {
			words = f.unread()
		}
		f.closePrompt(AskedAgain)
		f.ask(f.open(), words+" {Chị} gõ chữ hoặc số giúp em nhé.")
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
	f.rise()
	f.keep()
	f.done = true
	f.endProxy()
}

// rise closes the question open for her; what she told in one message waits for her.
func (f *form) rise() {
	f.seat.Open, f.seat.Doubt, f.seat.Misses, f.seat.Again, f.seat.Hears = "", nil, 0, false, false
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
		return f.ahead()
	}
	return f.seat.Open
}

// overtaken notices that somebody else has answered the question that is open for her, or
// made it needless. What she types next was meant for that question, so it must not be
// taken for another: the line handed back tells her how it stands.
func (f *form) overtaken() string {
	q := f.seat.Open
	if (q == qQuick || q == qMend) && f.ahead() != qQuick {
		f.seat.Open = ""
		return "Những gì {chị} báo đã ghi cả rồi ạ. Mình tiếp câu này nhé."
	}
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
	f.passed = q
	return fmt.Sprintf("Câu đó %s đã ghi rồi: %s. Mình tiếp câu này nhé.", f.spokenOf(a.By), lowerFirst(spec.words(f, q, a.Value)))
}

// ask shows a question: first a line that leads to it, then where she is, then the question.
func (f *form) ask(q org.QuestionID, lead string, extra ...Option) {
	if q == qReview && f.seat.Quick == nil { // reached where all is typed, with proposals that are asked for here
		q = f.ahead()
	}
	opened := f.seat.Open != q
	if opened {
		f.seat.Since, f.seat.Misses, f.seat.Doubt, f.seat.From = f.seat.Asked+1, 0, f.waiting(q), 0
		f.seat.Again = f.draft.Answers.Has(q)
		f.seat.Opened++
	}
	f.seat.Open, f.seat.Seen = q, f.draft.Edits
	f.seat.Asked++
	f.puts++
	if u, ok := f.unsettled(); ok && u.Question == q && opened && u.problem != "" {
		lead = strings.TrimSpace(lead + " " + u.problem)
	}
	lead = strings.TrimSpace(f.toldBack() + "\n" + lead)
	p := f.prompt(q)
	if lead != "" {
		p.Text = lead + "\n" + p.Text
	}
	p.Options = append(p.Options, extra...)
	// A prompt that is asked anew takes the buttons of the one before it.
	f.seat.Prompt, f.seat.PromptAt, f.seat.AskedAt, f.seat.Typed = f.reply(p), f.Contact, f.Now, f.Typed
}

// prompt is how a question is put, as things stand.
func (f *form) prompt(q org.QuestionID) (p Prompt) {
	switch {
	case f.seat.Doubt != nil:
		p = f.doubtPrompt(q)
	case aside(q):
		p = f.reviewPrompt(q)
	default:
		p = f.questionPrompt(q)
	}
	p.From = f.seat.From
	return p
}

func (f *form) questionPrompt(q org.QuestionID) Prompt {
	spec := catalog[q.Base()]
	a := spec.ask(f, q)
	text := a.text
	if b, ok := f.inOne(q); ok {
		a.choices, a.numbered = b.choices(), true
	}
	if j, ok := f.together(q); ok {
		text = j.text(f)
		if j.labels != nil {
			a.choices = j.choices()
		}
	}
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
	if u, ok := f.unsettled(); ok && u.Question == q { // she spoke of it among other things
		p.Text = f.title(q) + ": " + lowerFirst(p.Text)
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
	return slices.Contains([]org.QuestionID{qReview, qItem, qDismiss, qAlarm, qPart, qQuick, qMend}, q.Base())
}

// option makes a choice that carries form instance, prompt, question and value.
func (f *form) option(q org.QuestionID, value, label string) Option {
	return Option{Label: label, Data: fmt.Sprintf("c:%s:%d:%s:%s", f.draft.Instance, f.seat.Asked, q, value)}
}

// put records an answer and goes on.
func (f *form) put(q org.QuestionID, v string, unusual bool) {
	before := f.draft.Answers[q]
	f.record(q, org.Answer{Value: v, Unusual: unusual})
	told := f.inWords(q, v)
	if q.Base() != qNewLabel {
		told = lowerFirst(told)
	}
	f.closePrompt("✅ " + f.title(q) + ": " + told)
	f.echo = f.understood(q, v)
	if item := catalog[q.Base()].item; f.Typed && f.draft.Corrects == 0 && before.By != "" && !before.Skipped && before.Value != v && q.Base() != qMore && q.Base() != qKnow {
		f.echo = fmt.Sprintf("Em đã sửa mục %d: %s → %s.", item, f.inWords(q, before.Value), f.inWords(q, v))
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
	f.replace(q, a)
	f.draft.Edits++
	f.seat.Seen++
	f.seat.Doubt, f.seat.Misses, f.seat.Again = nil, 0, false
	f.settled(q)
}

// replace puts an answer in its place and takes out those that no longer hold with it.
func (f *form) replace(q org.QuestionID, a org.Answer) {
	if shown(f.draft.Answers[q]) != shown(a) {
		for _, d := range dependents(q) {
			delete(f.draft.Answers, d)
		}
	}
	f.draft.Answers[q] = a
	for _, p := range bounded[q] { // counts that no longer fit it are asked again
		a, ok := f.draft.Answers[p]
		if problem, _ := f.check(p, a.Value); ok && !a.Skipped && problem != "" {
			delete(f.draft.Answers, p)
		}
	}
}

// bounded are the counts that another count limits.
var bounded = map[org.QuestionID][]org.QuestionID{qMembers: {qPioneers, qJoined, qLeft}, qLeftOrg: {qDied}}

// dependents are the answers that hold only as long as q's does; they are asked again.
func dependents(q org.QuestionID) []org.QuestionID {
	switch q.Base() {
	case qKnow:
		return []org.QuestionID{qFaces, qCircumstances, qNeeds}
	case qJoined:
		return []org.QuestionID{qExcluded}
	case qLeft:
		return []org.QuestionID{qWhich, qLeftOrg, qDied}
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

// next asks what comes next, or shows the review.
func (f *form) next() {
	lead := f.echo
	f.echo = ""
	f.seat.Open = ""
	f.ask(f.ahead(), lead)
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

// lastHand is who gave the latest answer.
func (f *form) lastHand() (by org.PersonID) {
	var at time.Time
	for _, a := range f.draft.Answers {
		if !a.At.Before(at) && (a.At.After(at) || a.By > by) {
			by, at = a.By, a.At
		}
	}
	return by
}
