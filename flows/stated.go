package flows

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// qSame stands in a slot for "còn lại giống tháng trước": q2 to q6 as last month.
const qSame org.QuestionID = "same"

// statement is a slot and the words it rests on.
type statement struct {
	Slot
	from string
}

// stated lists what a free message states, in the order of the questions. What depends on
// the branch stands for it yet: a number of pairs under qPair, closing rounds under qMore.
func stated(r *viet.Quick) (list []statement) {
	add := func(s statement, ok bool) {
		if ok {
			list = append(list, s)
		}
	}
	add(statementOf(qMembers, r.Members, countText))
	add(statementOf(qActivity, r.Activity, yesNoText))
	add(dateStated(r.Date))
	add(statementOf(qAttendees, r.Attendees, countText))
	add(statementOf(qKind, r.Kind, strconv.Itoa))
	reason, ok := statementOf(qReason, r.Reason, strconv.Itoa)
	if r.Resources.Outcome == viet.Value && reason.Value != "" { // "chưa họp, chưa có quỹ" need not be why
		reason.Value, reason.Maybe = "", []string{reason.Value}
	}
	add(reason, ok)
	add(statementOf(qPioneers, r.Pioneers, countText))
	add(statementOf(qResources, r.Resources, yesNoText))
	kind := ""
	if parts := cutLine(r.Resources.From); len(parts) > 0 {
		kind = resourceIn(parts[len(parts)-1])
	}
	add(statement{Slot{Question: qResourceKinds, Value: kind}, r.Resources.From}, kind != "" && r.Resources.Outcome == viet.Value)
	list = append(list, knowStated(r)...)
	add(statement{Slot{Question: qKnow, Value: "same"}, "3 biết"}, r.KnowSame)
	add(statementOf(qJoined, r.Joined, countText))
	add(statementOf(qExcluded, r.Excluded, countText))
	list = append(list, leftStated(r)...)
	add(statementOf(qPair, r.PairsActed, countText))
	if r.PairsActed.Outcome == viet.NotUnderstood {
		add(statementOf(qPair, r.PairsMet, yesNoText))
	}
	add(statementOf(qDues, r.Dues, yesNoText))
	switch r.PairsNew.Outcome {
	case viet.Ask:
		list = append(list, statement{Slot{Question: qMore, Maybe: []string{"2"}}, r.PairsNew.From})
	case viet.Value:
		for range min(r.PairsNew.Value.N, maxPairsAsked) {
			list = append(list, statement{Slot{Question: qMore, Value: "2"}, r.PairsNew.From})
		}
	}
	if r.Help.Outcome == viet.Value && r.Help.Value == viet.Yes {
		list = append(list, statement{Slot{Question: qMore, Value: "3"}, r.Help.From})
		add(statementOf(qHelp, r.HelpKind, strconv.Itoa))
	}
	if r.SameRest && len(list) > 0 {
		list = append(list, statement{Slot: Slot{Question: qSame}})
	}
	return list
}

// knowStated are the three "biết" items, or "biết 2/3" under qKnow: how many of them are met.
func knowStated(r *viet.Quick) (list []statement) {
	if share := ofThree.FindStringSubmatch(r.Faces.From); share != nil && r.Faces.From == r.Needs.From && r.Faces.From == r.Circumstances.From {
		return []statement{{Slot{Question: qKnow, Value: share[1] + "/3"}, r.Faces.From}}
	}
	for _, one := range []struct {
		q org.QuestionID
		r viet.Reading[int]
	}{{qFaces, r.Faces}, {qCircumstances, r.Circumstances}, {qNeeds, r.Needs}} {
		if s, ok := statementOf(one.q, one.r, strconv.Itoa); ok {
			list = append(list, s)
		}
	}
	return list
}

var ofThree = regexp.MustCompile(`([0-3])\s*/\s*3`)

func statementOf[T any](q org.QuestionID, r viet.Reading[T], text func(T) string) (statement, bool) {
	s := statement{Slot{Question: q}, r.From}
	switch r.Outcome {
	case viet.Value:
		s.Value = text(r.Value)
	case viet.Ask:
		for _, c := range r.Candidates {
			if t := text(c); t != "" && !slices.Contains(s.Maybe, t) {
				s.Maybe = append(s.Maybe, t)
			}
		}
	default:
		return s, false
	}
	return s, s.Value != "" || r.Outcome == viet.Ask
}

// yesNoText and dayText give values as they are stored, "" for what is none.
func yesNoText(v viet.YesNo) string {
	if v == viet.Yes || v == viet.No {
		return string(v)
	}
	return ""
}

func dayText(d viet.Date) string {
	if d.Day.IsZero() {
		return ""
	}
	return d.Day.Format(time.DateOnly)
}

// dateStated keeps a day that can't be, so that she is told why: "họp hôm 31" in November.
func dateStated(r viet.Reading[viet.Date]) (statement, bool) {
	s, ok := statementOf(qDate, r, dayText)
	if r.Outcome != viet.Ask || len(r.Candidates) != 1 {
		return s, ok
	}
	switch c := r.Candidates[0]; c.Problem {
	case viet.DateImpossible:
		s.Value, s.Maybe = string(c.Problem), nil
	case viet.DateFuture, viet.DateBeforePeriod:
		s.Value, s.Maybe = dayText(c), nil
	}
	return s, ok
}

// leaving sums up what is said of the ways in which members left, in the order of whichLabels.
type leaving struct {
	ways  []viet.Reading[viet.Count]
	sum   int
	said  int  // how many ways have a number
	doubt bool // of another it is only known that it was spoken of
	from  string
}

func leavingOf(r *viet.Quick) leaving {
	l := leaving{ways: []viet.Reading[viet.Count]{r.LeftOrg, r.Died, r.MovedOut}}
	for _, w := range l.ways {
		switch {
		case w.Outcome == viet.Value:
			l.sum, l.said = l.sum+w.Value.N, l.said+1
		case w.Outcome == viet.Ask:
			l.doubt = true
			if len(w.Candidates) == 1 {
				l.sum += w.Candidates[0].N
			}
		}
		l.from = strings.TrimSpace(l.from + " " + w.From)
	}
	return l
}

// leftStated makes the answers to q8 of what is said about members who are gone: all of
// them, then each way. A way not spoken of is none where the others make up the sum.
func leftStated(r *viet.Quick) (list []statement) {
	l := leavingOf(r)
	total, ok := l.total(r.LeftTotal)
	if !ok {
		return nil
	}
	n, counted := intOf(total.Value)
	short := counted && l.said == 2 && l.sum > 1 && l.sum < n && !l.doubt
	if short { // "giảm 3, 1 mất 1 chuyển đi": one more, or one too many
		total.Value, total.Maybe = "", []string{strconv.Itoa(n), strconv.Itoa(l.sum)}
	}
	list = append(list, total)
	switch {
	case l.sum == 1 && (n == 1 || !counted):
		return append(list, statement{Slot{Question: qWhich, Value: l.only()}, l.from})
	case !counted || n < 2 || l.said == 0 || l.doubt:
		return list
	}
	for i, q := range []org.QuestionID{qLeftOrg, qDied} {
		switch w := l.ways[i]; {
		case w.Outcome == viet.Value:
			list = append(list, statement{Slot{Question: q, Value: countText(w.Value)}, w.From})
		case n == l.sum: // nobody
			list = append(list, statement{Slot{Question: q, Value: "0"}, l.from})
		case short:
			list = append(list, statement{Slot{Question: q, Maybe: []string{strconv.Itoa(n - l.sum), "0"}}, l.from})
		case l.said == 2: // whoever remains
			list = append(list, statement{Slot{Question: q, Value: strconv.Itoa(n - l.sum)}, l.from})
		}
	}
	return list
}

// total is how many left at all.
func (l leaving) total(t viet.Reading[viet.Count]) (statement, bool) {
	s := statement{Slot{Question: qLeft}, strings.TrimSpace(t.From + " " + l.from)}
	switch {
	case t.Outcome == viet.Ask:
		return statementOf(qLeft, t, countText)
	case t.Outcome == viet.Value && t.Value.N < l.sum: // they contradict each other
		s.Maybe = []string{countText(t.Value), strconv.Itoa(l.sum)}
	case t.Outcome == viet.Value:
		s.Value = countText(t.Value)
	case l.doubt && l.sum == 0: // "mấy chị nghỉ Hội"
	case l.doubt || l.said == 1 && l.sum == 0: // "không ai mất" says nothing of who moved away
		s.Maybe = []string{strconv.Itoa(l.sum)}
	default:
		s.Value = strconv.Itoa(l.sum)
	}
	return s, t.Outcome != viet.NotUnderstood || l.said > 0 || l.doubt
}

// only is the way of the one who left, as an answer to qWhich.
func (l leaving) only() string {
	i := slices.IndexFunc(l.ways, func(w viet.Reading[viet.Count]) bool {
		return w.Outcome == viet.Value && w.Value.N == 1 || w.Outcome == viet.Ask && len(w.Candidates) == 1 && w.Candidates[0].N == 1
	})
	return strconv.Itoa(i + 1)
}
