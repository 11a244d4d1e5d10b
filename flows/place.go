package flows

import (
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
)

// place gives each slot its question in this check-in: its pair, its closing round, the
// recap opened for one of its items.
func (f *form) place(slots []Slot) []Slot {
	var list []Slot
	for _, s := range slots {
		switch s.Question {
		case qPair:
			list = append(list, f.placePairs(s)...)
		case qMore:
			list = f.placeRound(list, s)
		case qHelp:
			if i := lastRound(list, "3"); i != "" && s.Value != "" && org.RequestKinds[mustInt(org.Answer{Value: s.Value})-1] != org.Violence {
				list = append(list, Slot{Question: instance(qHelp, i), Value: s.Value})
			}
		case qChange:
			if i := lastRound(list, "4"); i != "" {
				list = append(list, Slot{Question: instance(qChange, i), Value: s.Value})
			}
		case qFaces, qCircumstances, qNeeds:
			if f.recap && !slices.ContainsFunc(list, func(s Slot) bool { return s.Question == qKnow }) {
				list = append(list, Slot{Question: qKnow, Value: "edit"})
			}
			list = append(list, s)
		case qResourceKinds:
			if !f.keptKind(s.Value) {
				list = append(list, s)
			}
		case qKnow:
			list = append(list, f.placeKnow(s)...)
		case qSame:
			list = append(list, f.placeSame(list)...)
		default:
			list = append(list, s)
		}
	}
	return f.inOrder(list)
}

// placeKnow takes "biết 2/3": as last month if it was as many then, else each is asked,
// unless all three are met.
func (f *form) placeKnow(s Slot) (list []Slot) {
	if !strings.HasSuffix(s.Value, "/3") { // her answer to the recap itself
		return []Slot{s}
	}
	each := []org.QuestionID{qFaces, qCircumstances, qNeeds}
	n, met := int(s.Value[0]-'0'), 0
	for _, q := range each {
		if f.past.Carry[q] == "1" {
			met++
		}
	}
	if f.recap && met == n {
		return []Slot{{Question: qKnow, Value: "same"}}
	}
	if f.recap {
		list = append(list, Slot{Question: qKnow, Value: "edit"})
	}
	for _, q := range each {
		list = append(list, Slot{Question: q, Value: either(n == 3, "1", "")})
	}
	return list
}

// placePairs gives a number of pairs to the pairs: all of them or none; which of several,
// she is asked as ever. Where none is known, a new one may be meant.
func (f *form) placePairs(s Slot) (list []Slot) {
	v := s.Value
	if v == "" && len(s.Maybe) == 1 {
		v = s.Maybe[0]
	}
	n, ok := intOf(v)
	if v == "yes" || v == "no" { // of all there are
		n, ok = map[bool]int{true: max(len(f.pairs), 1)}[v == "yes"], v == "yes" || len(f.pairs) > 0
	}
	switch {
	case len(f.pairs) == 0 && n > 0:
		return f.placeRound(nil, Slot{Question: qMore, Maybe: []string{"2"}})
	case !ok || n != 0 && n != len(f.pairs):
		return nil
	}
	for _, p := range f.pairs {
		list = append(list, Slot{Question: instance(qPair, string(p.ID)), Value: map[bool]string{true: "1", false: "2"}[n > 0]})
	}
	return list
}

// placeRound gives a new pair or a call for help the first closing round that is free, one
// call for help a report.
func (f *form) placeRound(list []Slot, s Slot) []Slot {
	for n := 1; n <= maxMore; n++ {
		q := instance(qMore, strconv.Itoa(n))
		v := f.draft.Answers[q].Value
		if k := f.seat.Quick; k != nil && v == "" {
			for _, o := range k.Slots { // told before, and waiting
				if o.Question == q {
					v = o.Value
				}
			}
		}
		switch {
		case v == "3" && s.Value == "3":
			return list
		case v != "" && v != "1" || slices.ContainsFunc(list, func(o Slot) bool { return o.Question == q }):
			continue
		}
		return append(list, Slot{Question: q, Value: s.Value, Maybe: s.Maybe})
	}
	return list
}

// lastRound is the closing round that the last slot opened for a matter, "" if it did not.
func lastRound(list []Slot, matter string) string {
	if len(list) == 0 || list[len(list)-1].Question.Base() != qMore || list[len(list)-1].Value != matter {
		return ""
	}
	return list[len(list)-1].Question.Instance()
}

// placeSame answers as last month what she has not spoken of among q2 to q6.
func (f *form) placeSame(told []Slot) (list []Slot) {
	g := f.weigh(f.inOrder(slices.Clone(told))).then
	for {
		q, v := g.nextSame(told)
		if q == "" {
			return list
		}
		list = append(list, Slot{Question: q, Value: v})
		g.replace(q, org.Answer{Value: v, By: f.Me.ID})
	}
}
