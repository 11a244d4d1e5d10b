package flows

import (
	"slices"

	"chihoi/flows/org"
)

// Where every message counts, a check-in in which she is understood costs at most
// maxMessages, whatever she answers and however little she says at a time. In the few months
// in which more would be needed, details that may be left open are not asked for: the
// review shows them empty, and she may add them there.

const (
	maxMessages = 12
	closing     = 2 // the review and the thanks
)

// details may be left open; the first of them give way while others are still to come.
var details = []org.QuestionID{qTopNeed, qOutcome, qDues, qDied}

// givesWay reports a question for which there is no message left.
func (f *form) givesWay(q org.QuestionID) bool {
	if f.seat.Open == q || f.seat.Again {
		return false
	}
	toCome := 0
	switch {
	case slices.Contains(details, q.Base()):
		toCome = f.toCome(q)
	case q.Base() != qPair:
		return false
	}
	return f.seat.Opened+1+toCome+closing > maxMessages
}

// toCome is how many messages the questions besides q and the open one may still take, those
// that give way left out.
func (f *form) toCome(q org.QuestionID) (n int) {
	pairs := false
	for _, one := range f.path() {
		switch base := one.Base(); {
		case one == q, one == f.seat.Open, f.draft.Answers.Has(one), slices.Contains(details, base), base == qExcluded, base == qMore:
		case base == qPair:
			pairs = true
		case (one == qCircumstances || one == qNeeds) && !f.draft.Answers.Has(qFaces): // in one message with it
		case base == qLeft: // and in what way
			n += 2
		default:
			n++
		}
	}
	if pairs { // all in one message
		n++
	}
	return n
}

// leftOut is the empty place of such a question. Of some who left and of whom she said how many
// left the Union, the rest moved away, as the question had it, until she says otherwise.
func (f *form) leftOut(q org.QuestionID) proposal {
	a := org.Answer{Skipped: true, By: f.Me.ID}
	if q == qDied {
		a = org.Answer{Value: "0", By: f.Me.ID}
	}
	return proposal{question: q, answer: a}
}
