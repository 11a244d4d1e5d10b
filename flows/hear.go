package flows

import (
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// hear reads a message as more than an answer to q, the question now asked of her (or one
// about the form): all that it states, with what it says to q itself, and a line that names
// what in it could not be read.
func (f *form) hear(q org.QuestionID, body string) (slots []Slot, unclear string) {
	r := f.readQuick(body)
	spec := catalog[q.Base()]
	if spec == nil {
		if f.corrective(body) {
			f.supplied(&r, answer{}, body)
		}
		list := stated(&r)
		if len(list) == 0 && (q == qReview || q == qQuick) {
			list = moreStated(body)
		}
		return f.place(slotsOf(list)), unclearIn(&r, list)
	}
	a := spec.read(f, q, body)
	if q == qDate && bareNumber(body) == "" || q == qActivity && a.outcome == viet.Value {
		f.supplied(&r, a, body)
	}
	list := slices.DeleteFunc(stated(&r), func(s statement) bool { return f.ofTopic(q.Base(), s, &r) })
	list = f.alsoSaid(q, body, list)
	list = append(list, f.own(q, a, body, list)...)
	return f.place(slotsOf(list)), unclearIn(&r, list)
}

// moreStated reads a message that names one of the other matters of the closing question
// and nothing else: "bầu chi hội phó mới rồi em", "có cặp mới".
func moreStated(body string) []statement {
	if nthOf(body, len(moreLabels)) != "" { // "hai" is the second choice of what she sees
		return nil
	}
	more := readChoiceOf(list(moreLabels...), body)
	if more.outcome != viet.Value || more.value == "1" || asks(body) || strings.ContainsAny(viet.Fold(body), "0123456789") {
		return nil
	}
	told := []statement{{Slot{Question: qMore, Value: more.value}, body}}
	if change := readChoiceOf(list(changeLabels...), body); more.value == "4" && change.outcome == viet.Value {
		told = append(told, statement{Slot{Question: qChange, Value: change.value}, body})
	}
	return told
}

// unclearIn names the parts of a message that nothing rests on, so that they are not lost
// without a word.
func unclearIn(r *viet.Quick, list []statement) string {
	var parts []string
	for _, p := range r.Unread {
		known := slices.ContainsFunc(list, func(s statement) bool { return overlap(s.from, p) })
		if !known && len(parts) < 2 {
			parts = append(parts, "“"+shorten(p, 60)+"”")
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Chỗ này em chưa rõ: " + strings.Join(parts, ", ") + "."
}

// shorten cuts a text at a word so that it has at most n letters.
func shorten(s string, n int) string {
	r := []rune(clean(s))
	if len(r) <= n {
		return string(r)
	}
	cut := string(r[:n])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return cut + "…"
}

func (f *form) readQuick(body string) viet.Quick {
	y, m, d := f.Now.Date()
	return viet.ReadQuick(body, time.Date(y, m, d, 0, 0, 0, 0, time.UTC), f.draft.Month.First(time.UTC))
}

// supplied reads "rồi em, hôm 20, 35 chị" with the word that the question has said before:
// a meeting, whose day and people they are, or why there was none. The words of the answer
// itself are taken.
func (f *form) supplied(r *viet.Quick, a answer, body string) {
	m := f.readQuick("họp " + body)
	switch {
	case m.Activity.Outcome != viet.Value:
	case m.Activity.Value == viet.No && a.value == "no" && r.Reason.Outcome == viet.NotUnderstood:
		r.Reason = m.Reason
	case m.Activity.Value == viet.Yes && a.value != "no":
		if yes := a.value == "yes"; r.Date.Outcome == viet.NotUnderstood && (yes || !overlap(m.Date.From, a.from)) { // a yes in which a day stands
			r.Date = m.Date
		}
		if r.Attendees.Outcome == viet.NotUnderstood && m.Attendees.Outcome == viet.Value && !overlap(m.Attendees.From, a.from) {
			r.Attendees = m.Attendees
		}
	}
}

// corrective reports a message about the form that mends a number or a day without naming
// what it is of: "nhầm, hôm 21 mới đúng", "đúng rồi, 36 chị".
func (f *form) corrective(body string) bool {
	then := f
	if f.seat.Quick != nil {
		then = f.weigh(f.seat.Quick.Slots).then
	}
	if q := f.open(); q == qQuick && len(strings.Fields(body)) <= 4 && then.draft.Answers[qActivity].Value == "yes" &&
		(f.dayIn(body) != "" || bareNumber(body) == "" && counted.MatchString(viet.Fold(clean(body)))) { // "hôm 22", "40 chị"
		return true
	}
	r := viet.ReadYesNo(body, "confirm")
	yes := r.Outcome == viet.Value && r.Value == viet.Yes && counts(body)
	mends := slices.ContainsFunc([]string{"nham", "sai", "quen", "moi dung", "khong phai"}, func(w string) bool { return strings.Contains(viet.Fold(body), w) })
	return then.draft.Answers[qActivity].Value == "yes" && bareNumber(body) == "" && (yes || mends)
}

// own is what a message says to q itself, when it states other things too.
func (f *form) own(q org.QuestionID, a answer, body string, others []statement) []statement {
	of := func(s statement) bool { return s.Question == q }
	if q == qKnow && len(others) == 0 && a.outcome == viet.NotUnderstood { // "biết hết rồi" is all three
		if all := readChoiceOf(list(scaleLabels...), body); all.outcome == viet.Value && !all.confirm {
			return []statement{{Slot{Question: qFaces, Value: all.value}, body}, {Slot{Question: qCircumstances, Value: all.value}, body}, {Slot{Question: qNeeds, Value: all.value}, body}}
		}
	}
	if a.outcome != viet.Value && q != qDate || len(others) == 0 || slices.ContainsFunc(others, of) {
		return nil
	}
	if word := elided[q]; word != "" {
		m := f.readQuick(word + " " + body)
		whole := stated(&m)
		i := slices.IndexFunc(whole, of)
		same := i >= 0 && (whole[i].Value == a.value || a.outcome != viet.Value)
		if same && !slices.ContainsFunc(others, func(s statement) bool { return !says(whole, s) }) {
			return whole[i : i+1]
		}
	}
	covered := slices.ContainsFunc(others, func(s statement) bool { return overlap(s.from, a.from) })
	// A denial in the middle may deny anything: "kết nạp 3 chứ không phải 2".
	yesNo := slices.Contains([]string{"yes", "no", "same", "edit"}, a.value)
	if covered || a.outcome != viet.Value || yesNo && !strings.HasPrefix(viet.Fold(clean(body)), viet.Fold(a.from)) {
		return nil
	}
	return []statement{{Slot{Question: q, Value: a.value}, a.from}}
}

// elided are the words that a question has said, so that its answer need not.
var elided = map[org.QuestionID]string{qActivity: "họp", qDate: "họp hôm", qPioneers: "nòng cốt", qFaces: "biết mặt", qCircumstances: "hoàn cảnh nắm", qNeeds: "nhu cầu nắm", qJoined: "kết nạp"}

func says(list []statement, s statement) bool {
	return slices.ContainsFunc(list, func(o statement) bool {
		return o.Question == s.Question && o.Value == s.Value && slices.Equal(o.Maybe, s.Maybe)
	})
}

// ofTopic reports a statement that is rather a part of the answer to q in her own words:
// of funds, needs or help where those are asked about, of who left where it is asked in what
// way.
func (f *form) ofTopic(q org.QuestionID, s statement, r *viet.Quick) bool {
	switch q {
	case qReason, qResourceKinds, qTopNeed, qMore, qHelp, qChange, qNewKind:
		if slices.Contains([]org.QuestionID{qResources, qNeeds, qReason, qMore, qHelp, qPair}, s.Question) {
			return true
		}
	case qWhich, qLeftOrg, qDied, qPair:
		total := s.Question == qLeft && r.LeftTotal.Outcome == viet.Value
		if catalog[q].item == 8 && f.splits(r) { // "2 chuyển 2 mất" of four says more than one way
			return false
		}
		if s.Question != qSame && catalog[s.Question].item == catalog[q].item && !total {
			return true
		}
	}
	// "chị trưởng thôn giúp" is a resource there, not an activity of helping each other.
	aside := slices.Contains([]org.QuestionID{qResources, qResourceKinds, qPair, qTopNeed, qHelp}, q)
	helps := r.Kind.Value == 3 || r.Kind.Value == 4
	return aside && helps && (s.Question == qActivity || s.Question == qKind) && r.Date.Outcome == viet.NotUnderstood && r.Attendees.Outcome == viet.NotUnderstood
}

// splits reports that what is said of the ways makes up all who left.
func (f *form) splits(r *viet.Quick) bool {
	n, ok := f.draft.Answers.Count(qLeft)
	l := leavingOf(r)
	return ok && n > 1 && !l.doubt && l.said > 0 && l.sum == n
}

// overlap reports whether two readings rest on the same words.
func overlap(a, b string) bool {
	a, b = strings.Trim(viet.Fold(a), " ,.;"), strings.Trim(viet.Fold(b), " ,.;")
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

func slotsOf(list []statement) []Slot {
	slots := make([]Slot, len(list))
	for i, s := range list {
		slots[i] = s.Slot
	}
	return slots
}
