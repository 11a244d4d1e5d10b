package flows

import (
	"regexp"
	"slices"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// One who answers two questions in one line ("20/11, 35 chị", "có quỹ, 3 biết vẫn vậy")
// has said both, whichever of them is open: no half of it is dropped without a word.

const (
	maxHalves    = 4 // parts of one line
	maxHalfWords = 6 // of one part; longer ones tell something
)

// halves is a line cut into what each part of it says.
type halves struct {
	slots []Slot
	mine  string   // what a part says to the open question, "" if none does
	rest  []string // parts that say nothing to it
	day   bool     // a part names a day, where none is asked for
}

// combined takes a line of a few short parts, one of which answers q or names a day, by
// giving the others to the questions around it. False when there is nothing beside it.
func (f *form) combined(q org.QuestionID, body string) bool {
	h, ok := f.halve(q, body)
	if !ok {
		return false
	}
	g := f.fork()
	if h.mine != "" {
		g.replace(q, org.Answer{Value: h.mine, By: f.Me.ID})
	}
	var lost []string
	for _, part := range h.rest {
		found := g.halfOf(q, part, h)
		for _, s := range found {
			if f.draft.Answers[s.Question].Value != s.Value { // else it stands so
				h.slots = append(h.slots, s)
				g.replace(s.Question, org.Answer{Value: s.Value, By: f.Me.ID})
			}
		}
		switch {
		case len(found) > 0:
		case weighty(part):
			lost = append(lost, "“"+clean(part)+"”")
		}
	}
	unclear := ""
	if len(lost) > 0 {
		unclear = "Chỗ này em chưa rõ: " + strings.Join(lost, ", ") + "."
	}
	if len(h.slots) == 0 {
		_, number := intOf(strings.TrimPrefix(h.mine, "~"))
		if h.mine == "" || unclear == "" || number && !catalog[q.Base()].ask(f, q).numbered { // which of two numbers is asked back
			return false
		}
		f.aboutHalf(q, h.mine, unclear)
		return true
	}
	f.takeHalves(q, h, unclear)
	return true
}

// aboutHalf takes the one part that is an answer, and says which is not.
func (f *form) aboutHalf(q org.QuestionID, v, unclear string) {
	if problem, unusual := f.check(q, v); problem != "" || unusual {
		f.answer(q, value(v, true), "")
		return
	}
	f.closePrompt("✅ " + f.title(q) + ": " + lowerFirst(f.inWords(q, v)))
	f.record(q, org.Answer{Value: v})
	f.echo = strings.TrimSpace(f.understood(q, v) + " " + unclear)
	f.next()
}

// takeHalves notes all parts at once where each is plain and new; else they go on a card.
func (f *form) takeHalves(q org.QuestionID, h halves, unclear string) {
	slots := h.slots
	if h.mine != "" {
		own := Slot{Question: q, Value: h.mine}
		if h.day && q != qAttendees { // beside a day the number may be that of those who came
			if _, number := intOf(h.mine); number {
				own = Slot{Question: q, Maybe: []string{h.mine}}
			}
		}
		slots = append(slots, own)
	}
	slots = f.inOrder(slots)
	w := f.weigh(slots)
	anew := slices.ContainsFunc(slots, func(s Slot) bool { return s.Value == "" || f.draft.Answers.Has(s.Question) })
	if anew || h.mine == "" || len(w.plain) != len(slots) {
		f.show(slots, unclear)
		return
	}
	f.closePrompt("✅ " + f.title(q) + ": " + lowerFirst(f.inWords(q, h.mine)))
	var told []string
	for _, s := range slots {
		f.record(s.Question, org.Answer{Value: s.Value})
		if s.Question != qResources || !names(slots, qResourceKinds) { // "có quỹ" says it
			told = append(told, f.inPassing(s.Question, s.Value))
		}
	}
	f.echo = strings.TrimSpace("Dạ, " + strings.Join(told, ", ") + ". " + unclear)
	f.next()
}

func names(slots []Slot, q org.QuestionID) bool {
	return slices.ContainsFunc(slots, func(s Slot) bool { return s.Question == q })
}

// halve cuts a line, and finds the one part that answers q. Not ok where it is one thing
// said, or told at length, or where two parts could be the answer.
func (f *form) halve(q org.QuestionID, body string) (h halves, ok bool) {
	parts := cutLine(body)
	switch {
	case len(parts) < 2 || len(parts) > maxHalves || marked(body) || violent(body) || f.correcting(q):
		return h, false
	case aside(q) || slices.Contains([]org.QuestionID{qMore, qNewKind, qNewLabel, qHelp, qHelpText, qChange, qPair, qOutcome}, q.Base()):
		return h, false
	}
	numbered, digits := catalog[q.Base()].ask(f, q).numbered, false
	for i, p := range parts {
		if len(strings.Fields(p)) > maxHalfWords {
			return h, false
		}
		if v := f.dayIn(p); v != "" && !h.day && q != qDate {
			h.day = true
			h.slots = append(h.slots, Slot{Question: qDate, Value: v})
			continue
		}
		own := f.halfAt(q, p)
		if len(own) > 1 && excepts(parts, i) {
			return h, false
		}
		switch {
		case len(own) == 0, h.mine != "" && numbered && bareNumber(p) != "" && !digits: // "vốn, 2": no second choice
			h.rest = append(h.rest, p)
		case h.mine != "" && h.mine != own[0].Value:
			return h, false
		default:
			h.mine, digits = own[0].Value, bareNumber(p) != ""
			h.slots = append(h.slots, own[1:]...)
		}
	}
	if h.day && !slices.Contains(f.path(), qDate) { // there is no place for it yet
		h.day, h.slots = false, h.slots[:0]
		return h, false
	}
	return h, h.mine != "" || h.day
}

// dayIn is the day that a part names as one: "20/11", "hôm 20"; "" for a bare number.
func (f *form) dayIn(part string) string {
	if bareNumber(part) != "" || !saysDay.MatchString(viet.Fold(part)) {
		return ""
	}
	if a := readDate(f, qDate, part); a.outcome == viet.Value && !a.confirm {
		return a.value
	}
	return ""
}

// halfAt reads a part as an answer to q, which comes first, with what it says besides: all of
// a run that is asked in one message ("cả ba gần hết", "1 1 2"), which resource there is. Nil
// where it is none.
func (f *form) halfAt(q org.QuestionID, part string) []Slot {
	if j, ok := f.together(q); ok && j.labels != nil {
		if slots, ok := f.run(j, part); ok {
			return slots
		}
	}
	if v, named, ok := f.half(q, part); ok {
		return append([]Slot{{Question: q, Value: v}}, named...)
	}
	return nil
}

// run reads a part as the answers to a whole run.
func (f *form) run(j joint, part string) (slots []Slot, ok bool) {
	parts := j.parts(f, part)
	if len(parts) != len(j.all) {
		return nil, false
	}
	for i, one := range j.all {
		v, ok := f.plainValue(one, parts[i])
		if !ok {
			return nil, false
		}
		slots = append(slots, Slot{Question: one, Value: v})
	}
	return slots, true
}

// alsoSaid adds to what a line states the parts of it that are bare answers to q and to what is
// asked together with q: the "4" of "4, có quỹ, mặt gần hết".
func (f *form) alsoSaid(q org.QuestionID, body string, list []statement) []statement {
	parts := cutLine(body)
	if len(list) == 0 || len(parts) < 2 || marked(body) || aside(q) {
		return list
	}
	stated := list
	told := func(q org.QuestionID) bool {
		return slices.ContainsFunc(list, func(s statement) bool { return s.Question == q })
	}
	ask := []org.QuestionID{q}
	for _, j := range joints { // what belongs to q, and to what is stated
		for i, one := range j.all {
			if one == q || told(one) {
				ask = append(ask, j.all[i+1:]...)
			}
		}
	}
	for i, p := range parts {
		if len(strings.Fields(p)) > maxHalfWords || slices.ContainsFunc(stated, func(s statement) bool { return rests(s, p) }) {
			continue
		}
		if v := f.dayIn(p); v != "" && q != qDate && !told(qDate) && bareDay.MatchString(viet.Fold(p)) {
			list = append(list, statement{Slot{Question: qDate, Value: v}, p})
			continue
		}
		for _, one := range ask {
			if told(one) {
				continue
			}
			if own := f.halfAt(one, p); len(own) > 0 && (len(own) == 1 || !excepts(parts, i)) {
				for _, s := range own {
					list = append(list, statement{s, p})
				}
				break
			}
		}
	}
	return list
}

// rests reports that a statement rests on a part. Of the clause that holds a number it rests
// on that only if it is its value.
func rests(s statement, part string) bool {
	n := bareNumber(part)
	return overlap(s.from, part) && (n == "" || s.Value == n || slices.Contains(s.Maybe, n))
}

// excepts reports that a part after the i-th takes something out of it: "gần hết, trừ hoàn cảnh".
func excepts(parts []string, i int) bool {
	return slices.ContainsFunc(parts[i+1:], func(p string) bool {
		return slices.ContainsFunc(strings.Fields(viet.Fold(p)), func(w string) bool {
			return slices.Contains([]string{"tru", "rieng", "nhung", "con", "thieu", "thi", "mat", "canh", "cau"}, w)
		})
	})
}

// bareDay is a part that is a day and nothing else: "hôm 20", "20/11".
var bareDay = regexp.MustCompile(`^(?:da )?(?:hom |ngay |mung )?\d{1,2}(?:/\d{1,2})?$`)

// half reads a part as an answer to q, with what it says besides: "có quỹ".
func (f *form) half(q org.QuestionID, part string) (v string, named []Slot, ok bool) {
	if q == qResources {
		if v := resourceIn(part); v != "" && !f.keptKind(v) {
			return "yes", []Slot{{Question: qResourceKinds, Value: v}}, true
		}
	}
	spec := catalog[q.Base()]
	if spec == nil {
		return "", nil, false
	}
	if q == qKnow && asBefore(part) {
		return "same", nil, true
	}
	a := spec.read(f, q, part)
	_, isCount := intOf(strings.TrimPrefix(a.value, "~"))
	if people := !spec.ask(f, q).numbered && isCount; people && !counted.MatchString(viet.Fold(part)) && !shortCount(part) {
		return "", nil, false
	}
	return a.value, nil, a.outcome == viet.Value && !a.confirm
}

// shortCount reports a part that is a count and hardly more: "hai", "khoảng 30".
func shortCount(part string) bool { return len(strings.Fields(part)) <= 2 && counts(part) }

// halfOf finds the question around q that a part answers: those who came, where a day is
// named; what is asked next; what was asked before. The receiver has the answer to q in it.
func (f *form) halfOf(q org.QuestionID, part string, h halves) []Slot {
	path := f.path()
	at := slices.Index(path, q)
	var near []org.QuestionID
	if h.day && q != qAttendees {
		near = append(near, qAttendees)
	}
	for i, n := at+1, 0; i < len(path) && n < 3; i++ {
		if !f.draft.Answers.Has(path[i]) && !names(h.slots, path[i]) {
			near = append(near, path[i])
			n++
		}
	}
	if b := f.before(q); b != "" {
		near = append(near, b)
	}
	number := bareNumber(part) != ""
	for i, n := range near {
		spec := catalog[n.Base()]
		if !slices.Contains(path, n) || spec == nil || n == q || aside(n) || n.Base() == qMore || names(h.slots, n) {
			continue
		}
		v, named, ok := f.half(n, part)
		asksYesNo := v == "yes" || v == "no"
		later := !f.draft.Answers.Has(n) && n != qAttendees && !besideEachOther(q, n)
		switch {
		case !ok:
		case number && spec.ask(f, n).numbered, asksYesNo && i > 0 && len(strings.Fields(part)) < 2: // it says too little for that
		case later && !spec.ask(f, n).numbered && !asksYesNo: // a number is of what is asked together with q, or of nothing yet
		default:
			return append([]Slot{{Question: n, Value: v}}, named...)
		}
	}
	return nil
}

// besideEachOther reports that two questions may be asked in one message.
func besideEachOther(a, b org.QuestionID) bool {
	return slices.ContainsFunc(joints, func(j joint) bool { return slices.Contains(j.all, a) && slices.Contains(j.all, b) })
}

// weighty reports a part that says something of the form, rather than "dạ" or "vui lắm".
func weighty(part string) bool {
	t := viet.Fold(clean(part))
	return strings.ContainsAny(t, "0123456789") || slices.Contains([]string{"co", "khong", "chua", "ko"}, t) || counts(part)
}
