package flows

import (
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// quick takes a message that states more than the open question asks: it is shown back as
// a card and waits. False when it is no more than an answer, or none.
func (f *form) quick(q org.QuestionID, body string) bool {
	switch q.Base() {
	case qHelpText, qNewLabel, qAlarm: // there she speaks of something else
		return false
	}
	if strings.Trim(body, "0123456789") == "" { // one number says no more than an answer
		return false
	}
	slots, unclear := f.hear(q, body)
	n := f.besides(q, slots)
	if k := f.seat.Quick; k != nil && !k.Agreed { // it may add to what waits: "40 chị" to a meeting
		n = max(n, f.weigh(k.Slots).then.besides(q, slots))
	}
	if f.unsays(slots) {
		n++
	}
	switch {
	case n == 0 && f.retold(q, slots, body):
		f.ask(q, "Dạ, điều đó em ghi rồi ạ.")
	case n == 0 || asks(body) && n < 2:
		return false
	default:
		f.show(slots, unclear)
	}
	return true
}

// unsays reports a message that takes back something on the card which waits: "không phải,
// có họp".
func (f *form) unsays(slots []Slot) bool {
	k := f.seat.Quick
	return k != nil && !k.Agreed && slices.ContainsFunc(slots, func(s Slot) bool {
		return s.Value != "" && slices.ContainsFunc(k.Slots, func(o Slot) bool { return o.Question == s.Question && o.Value != s.Value })
	})
}

// retold reports a message that says again what is noted, and nothing of the open
// question: the number in it must not become its answer.
func (f *form) retold(q org.QuestionID, slots []Slot, body string) bool {
	of := func(s Slot) bool { return s.Question == q }
	told := func(s Slot) bool {
		return s.Question != qActivity && s.Question != qKind && s.Value != "" && f.draft.Answers[s.Question].Value == s.Value
	}
	if q == qWhich && catalog[q].read(f, q, body).outcome == viet.Value { // "1 chị nghỉ": how many is known, in what way is the answer
		return false
	}
	return !aside(q) && !slices.ContainsFunc(slots, of) && slices.ContainsFunc(slots, told)
}

// quickIdle takes a free message while no check-in is under way: it begins the month, or
// offers a correction of what was sent. Of several branches she says which.
func (s *step) quickIdle(body string) bool {
	all := s.duties()
	if s.dutiesNamed(body) && !asks(body) {
		s.say(eachAlone)
		return true
	}
	if d, rest, ok := s.dutyNamed(body); ok {
		if rest == "" && !d.open {
			return false
		}
		s.turnTo(d, rest)
		return true
	}
	i := slices.IndexFunc(all, func(d duty) bool { return d.open && !d.sent })
	if i < 0 {
		i = slices.IndexFunc(all, func(d duty) bool { return d.open })
	}
	if i < 0 {
		return false
	}
	var may []duty // those it may be meant for
	for _, d := range all {
		if d.open && d.sent == all[i].sent {
			may = append(may, d)
		}
	}
	f, ok := s.standing(all[i])
	if !ok {
		return false
	}
	slots, unclear := f.hearIdle(body, all[i].sent)
	n := f.besides(qReview, f.place(slots))
	if n == 0 && len(slots) > 1 && all[i].sent && len(may) == 1 && f.standsSo(slots) {
		s.say("Dạ, em đã ghi đúng như vậy rồi ạ.")
		return true
	}
	calls := !slices.ContainsFunc(slots, func(s Slot) bool { return s.Question != qMore && s.Question != qHelp })
	if n == 0 || calls || asks(body) && n < 2 { // a call for help alone is passed on at once
		return false
	}
	if len(may) > 1 {
		s.which(may, either(all[i].sent, "e", "s"))
	}
	s.talk.Slots = slots
	s.note = unclear
	switch {
	case len(may) > 1:
	case all[i].sent:
		s.correct(all[i], Edit{}, "")
	default:
		s.begin(all[i])
	}
	return true
}

// turnTo opens the branch that a head of several has named, with what she says of it.
func (s *step) turnTo(d duty, told string) {
	if f, ok := s.standing(d); ok && told != "" {
		s.talk.Slots, s.note = f.hearIdle(told, d.sent)
	}
	if d.sent && len(s.talk.Slots) > 0 {
		s.correct(d, Edit{}, "")
		return
	}
	s.begin(d)
}

// hearIdle reads what a message states where nothing is asked of her.
func (f *form) hearIdle(body string, sent bool) (slots []Slot, unclear string) {
	r := f.readQuick(body)
	told := stated(&r)
	first, _, _ := strings.Cut(viet.Fold(clean(body)), " ")
	answers := !sent && !f.draft.Begun() && slices.Contains([]string{"co", "roi", "xong", "da"}, strings.Trim(first, ",.!"))
	if a := catalog[qActivity].read(f, qActivity, body); len(told) == 0 && answers && a.value == "yes" {
		f.supplied(&r, a, body) // "có rồi, hôm 20": the invitation has asked
		if told = stated(&r); len(told) > 0 {
			told = append(told, statement{Slot{Question: qActivity, Value: "yes"}, a.from})
		}
	}
	if len(told) == 0 {
		told = moreStated(body)
	}
	if len(told) == 0 && r.SameRest && !sent { // "vẫn thế em ạ, không có gì thay đổi"
		return []Slot{{Question: qSame}}, ""
	}
	return slotsOf(told), unclearIn(&r, told)
}

// mendsIn reports a correction that says in the same breath what is right: "nhầm, có 1 chị
// mất".
func mendsIn(c viet.Command, body string) bool {
	return c.Name == viet.Edit && c.Item == 0 && c.Slot == "" && counts(body)
}

// standsSo reports whether all that was stated is so already.
func (f *form) standsSo(slots []Slot) bool {
	return !slices.ContainsFunc(slots, func(s Slot) bool { return f.draft.Answers[s.Question].Value != s.Value || s.Value == "" })
}

// standing is a branch's check-in as it stands, begun, sent or not.
func (s *step) standing(d duty) (*form, bool) {
	dr, ok := s.Book.Draft(d.branch.ID, d.period.Month)
	if !ok {
		dr = Draft{Branch: d.branch.ID, Month: d.period.Month}
		if c, sent := s.Book.CheckIn(d.branch.ID, d.period.Month); sent {
			dr.Answers, dr.Corrects = c.Answers, c.Revision
		}
	}
	return s.formOf(dr)
}

// sameIdle takes "giống tháng trước" while no check-in is under way.
func (s *step) sameIdle() bool {
	all := s.duties()
	todo := slices.DeleteFunc(slices.Clone(all), func(d duty) bool { return !d.open || d.sent })
	if len(todo) == 0 {
		return false
	}
	if len(todo) > 1 {
		s.which(todo, "s")
	}
	if len(all) > 1 { // the card tells which branch it is
		s.talk.Slots = []Slot{{Question: qSame}}
	}
	if len(todo) > 1 {
		return true
	}
	if len(all) > 1 {
		s.begin(todo[0])
	} else if f := s.into(todo[0]); f != nil {
		f.sameAsLast(f.ahead())
		f.save()
	}
	return true
}

// nothingNew takes "tháng này không có gì mới" where nothing is asked: nobody joined, nobody
// left, the rest as last month. What was done this month is asked.
func (s *step) nothingNew(body string) bool {
	if !viet.NothingNew(body) {
		return false
	}
	all := s.duties()
	todo := slices.DeleteFunc(slices.Clone(all), func(d duty) bool { return !d.open || d.sent })
	if len(todo) == 0 {
		return false
	}
	if len(all) > 1 { // the card tells which branch it is
		s.talk.Slots = []Slot{{Question: qSame}, {Question: qJoined, Value: "0"}, {Question: qLeft, Value: "0"}}
		if len(todo) > 1 {
			s.which(todo, "s")
		} else {
			s.begin(todo[0])
		}
		return true
	}
	if f := s.into(todo[0]); f != nil {
		f.nothingNew()
		f.save()
	}
	return true
}

func (f *form) nothingNew() {
	same := false
	for p, v := f.nextSame(nil); p != ""; p, v = f.nextSame(nil) {
		f.record(p, org.Answer{Value: v})
		same = true
	}
	for _, q := range []org.QuestionID{qJoined, qLeft} {
		if !f.draft.Answers.Has(q) {
			f.record(q, org.Answer{Value: "0"})
		}
	}
	f.seat.Quick = &Quick{Agreed: true}
	f.echo = "Dạ, không ai vào, không ai nghỉ" + either(same, "; mục 2 đến 6 em ghi như tháng trước", "") + "."
	f.next()
}

// show puts what a message came to before her, on top of what she told before.
func (f *form) show(slots []Slot, lead string) {
	k := Quick{}
	if f.seat.Quick != nil {
		k = *f.seat.Quick
	}
	k.Slots, k.Agreed = f.inOrder(merged(k.Slots, slots)), false
	f.seat.Quick, f.seat.Open = &k, ""
	if w := f.weigh(k.Slots); len(w.plain) == 0 { // nothing to agree to: only to be asked
		k.Agreed = true
		f.seat.Quick = &k
		if len(w.unsure) == 0 && lead == "" {
			lead = "Dạ, vậy em giữ như cũ."
		}
	}
	f.ask(f.ahead(), lead)
}

// merged puts what was said later in the place of what was said before of the same thing.
func merged(old, now []Slot) []Slot {
	list := slices.DeleteFunc(slices.Clone(old), func(s Slot) bool {
		return slices.ContainsFunc(now, func(n Slot) bool {
			item := catalog[n.Question.Base()].item
			return n.Question == s.Question || item == 8 && catalog[s.Question.Base()].item == item
		})
	})
	return append(list, now...)
}

// inOrder sorts slots as the form asks their questions.
func (f *form) inOrder(slots []Slot) []Slot {
	rank := func(s Slot) int {
		i := slices.IndexFunc(questions(), func(q *question) bool { return q.id == s.Question.Base() })
		n, _ := strconv.Atoi(s.Question.Instance())
		if slices.Contains([]org.QuestionID{qMore, qHelp, qChange}, s.Question.Base()) { // round by round
			return 1000 + 10*n + i%2
		}
		return i
	}
	slices.SortStableFunc(slots, func(a, b Slot) int { return rank(a) - rank(b) })
	return slots
}

// weighed is what may become of slots as the draft now stands.
type weighed struct {
	plain  []Slot   // to be taken as they are
	unsure []unsure // to be asked one by one
	apart  []Slot   // of questions that the form does not ask as things stand
	then   *form    // the check-in with the plain ones in it
}

// unsure is a slot that can't be taken as it is.
type unsure struct {
	Slot
	fit     []string // what it may be, as far as the question takes it
	odd     bool     // out of the usual range
	problem string   // why its value can't be
}

// weigh looks at slots one after the other, each with those before it taken. One that
// changes nothing is left out.
func (f *form) weigh(slots []Slot) weighed {
	w := weighed{then: f.fork()}
	for _, s := range slots {
		a, has := w.then.draft.Answers[s.Question]
		another := s.Question == qResourceKinds && w.then.draft.Answers[qResources].Value == "yes" // than last month
		if !another && !slices.Contains(w.then.path(), s.Question) {
			w.apart = append(w.apart, s)
			continue
		}
		general := s.Question == qKind && s.Value == "1" // "họp" says hardly more than that something was held
		if has && !a.Skipped && (a.Value == s.Value || slices.Contains(s.Maybe, a.Value) || general) {
			continue
		}
		u := unsure{Slot: s, fit: w.then.fitting(s.Question, s.Maybe)}
		if s.Value != "" {
			u.problem, u.odd = w.then.check(s.Question, s.Value)
			u.fit = []string{s.Value}
		}
		switch {
		case u.problem != "":
			u.fit = nil
			w.unsure = append(w.unsure, u)
		case s.Value == "" || u.odd:
			w.unsure = append(w.unsure, u)
		default:
			w.plain = append(w.plain, s)
			w.then.replace(s.Question, org.Answer{Value: s.Value, By: f.Me.ID})
		}
	}
	return w
}

// fork is the same check-in to try answers on.
func (f *form) fork() *form {
	g := *f
	g.draft.Answers = f.draft.Answers.Clone()
	return &g
}

// besides counts what slots state that q does not ask and that is not so already.
func (f *form) besides(q org.QuestionID, slots []Slot) (n int) {
	w := f.weigh(slots)
	told := slices.Clone(w.plain)
	for _, u := range w.unsure {
		if len(u.fit) > 0 || u.problem != "" {
			told = append(told, u.Slot)
		}
	}
	for _, s := range told {
		meeting := s.Question == qKind && (s.Value == "1" || s.Value == "")       // a word for what was held at all
		own := s.Question == q || q == qResources && s.Question == qResourceKinds // "có quỹ" is the answer, in full
		if !own && !meeting && s.Question != qKnow {
			n++
		}
	}
	return n
}

// waiting is the doubt about q that a message left behind, once she has agreed to the rest.
func (f *form) waiting(q org.QuestionID) *Doubt {
	u, ok := f.unsettled()
	if !ok || u.Question != q || len(u.fit) == 0 || q == qActivity {
		return nil
	}
	return &Doubt{Values: u.fit, Unusual: u.odd}
}

// unsettled is the first slot that she is still to be asked about.
func (f *form) unsettled() (unsure, bool) {
	if k := f.seat.Quick; k != nil && k.Agreed {
		w := f.weigh(k.Slots)
		for _, s := range w.plain { // it had no place on the card
			return unsure{Slot: s, fit: []string{s.Value}}, true
		}
		if len(w.unsure) > 0 {
			return w.unsure[0], true
		}
	}
	return unsure{}, false
}

// settled drops what was told of a question that she has now answered, or will anew.
func (f *form) settled(q org.QuestionID) {
	if f.seat.Quick == nil {
		return
	}
	k := *f.seat.Quick
	k.Slots = slices.DeleteFunc(slices.Clone(k.Slots), func(s Slot) bool { return s.Question == q })
	f.seat.Quick = &k
}

// ahead is what she is asked next: about what she told in one message, then the first
// question still open, then the review. After a message of that kind questions that may
// be taken over from last month wait in the review as proposals.
func (f *form) ahead() org.QuestionID {
	k := f.seat.Quick
	if k != nil && !k.Agreed {
		if len(f.weigh(k.Slots).plain) > 0 {
			return qQuick
		}
		f.seat.Quick = &Quick{Slots: k.Slots, Agreed: true, Brief: k.Brief}
	}
	if u, ok := f.unsettled(); ok {
		return u.Question
	}
	return f.proposed().open
}

// agree takes what was plain on the card as her answers and tells what it took.
func (f *form) agree() (record string) {
	k := f.seat.Quick
	w := f.weigh(k.Slots)
	record = "✅ Đã ghi:\n" + strings.Join(f.plainLines(w), "\n")
	for _, s := range w.plain {
		f.record(s.Question, org.Answer{Value: s.Value})
	}
	rest := Quick{Agreed: true, Brief: k.Brief}
	for _, u := range w.unsure {
		_, taken := f.proposal(u.Question)
		otherwise := slices.Contains([]org.QuestionID{qFaces, qCircumstances, qNeeds}, u.Question) // told, and not as last month
		if taken && !otherwise && u.Value == "" && len(u.fit) == 0 && !f.draft.Answers.Has(u.Question) {
			continue // only spoken of: the review proposes it
		}
		rest.Slots = append(rest.Slots, u.Slot)
	}
	if len(w.unsure) > 0 { // it may give them their place
		rest.Slots = f.inOrder(append(rest.Slots, w.apart...))
	}
	f.seat.Quick = &rest
	return record
}
