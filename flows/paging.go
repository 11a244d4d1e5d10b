package flows

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// moreWords are ways to ask for the next choices, folded.
var moreWords = []string{"them", "xem them", "xem tiep", "tiep", "nua", "con gi nua"}

// turnPage shows the next of a question's choices, where they are more than a message holds;
// after the last come the first again. The numbers stay those of the whole list, so that
// one typed late still means what it meant.
func (f *form) turnPage(q org.QuestionID, body string) bool {
	if !slices.Contains(moreWords, viet.Fold(body)) || f.seat.Doubt != nil {
		return false
	}
	numbered := 0
	for _, o := range f.prompt(q).Options {
		if isNumber(o.Say) {
			numbered++
		}
	}
	if numbered <= maxChoices {
		return false
	}
	if f.seat.From += maxChoices; f.seat.From >= numbered {
		f.seat.From = 0
	}
	f.ask(q, "")
	return true
}

// offer shows choices outside a check-in and remembers them for a typed number.
func (s *step) offer(text string, options []Option) {
	for i := range options {
		options[i].Say = strconv.Itoa(i + 1)
	}
	s.offering(Prompt{Text: text, Options: options}, options)
}

// offering shows a prompt outside a check-in and remembers what may be typed for it. A
// question asked before is withdrawn, so that no yes is taken for it any more.
func (s *step) offering(p Prompt, typed []Option) {
	if !slices.ContainsFunc(typed, func(o Option) bool { return strings.HasPrefix(o.Data, "y:") }) {
		s.talk.Asking = ""
	}
	s.talk.Offer, s.talk.Edit, s.talk.Slots, s.talk.Act = typed, nil, nil, nil
	s.talk.OfferedAt = time.Time{}
	if s.Typed && len(typed) > 0 {
		s.talk.OfferedAt = s.Now
	}
	s.talk.Prompt = s.reply(p)
}

// longAgo is after how long a bare number may no longer be meant for the choices last shown:
// on a phone without buttons they have scrolled away.
const longAgo = time.Hour

// putHere reports that the open question was put here, and as it is where all is typed: asked
// on another channel its numbers were those of single questions.
func (f *form) putHere() bool {
	return f.seat.PromptAt == f.Contact && f.seat.Typed
}

// longSince reports that the open question was put here long ago, where it can only be typed for.
func (f *form) longSince() bool {
	return f.putHere() && f.askedLong()
}

func (f *form) askedLong() bool { return f.Now.Sub(f.seat.AskedAt) >= longAgo }

// askedLongAgo repeats the open question when a bare number is typed for its choices after
// long: what was sent meanwhile stands under them. A number of people or a day is taken, and
// told back with what it is of.
func (f *form) askedLongAgo(q org.QuestionID, body string) bool {
	elsewhere := f.seat.PromptAt != f.Contact && f.askedLong() // what stands above, here, is older still
	if !f.Typed || !elsewhere && !f.longSince() || bareNumber(body) == "" {
		return false
	}
	if numbered, _ := f.prompt(q).Printed(); len(numbered) == 0 {
		return false
	}
	f.ask(q, "Em nhắc lại để {chị} chọn cho chắc ạ:")
	return true
}

// offeredLongAgo repeats choices from long ago when a bare number is typed for them. Numbers
// of long lists are those of the roster and mean the same at any time.
func (s *step) offeredLongAgo(body string) bool {
	o := s.talk.Offer
	if s.talk.OfferedAt.IsZero() || s.Now.Sub(s.talk.OfferedAt) < longAgo || !isNumber(viet.Fold(body)) {
		return false
	}
	if len(o) > maxChoices || slices.ContainsFunc(o, func(o Option) bool { return !isNumber(o.Say) }) {
		return false
	}
	s.offering(Prompt{Text: "Em nhắc lại để {chị} chọn cho chắc ạ:", Options: o}, o)
	return true
}

// picked reads a number or label typed for the choices last shown.
func (s *step) picked(body string) (data string, ok bool) {
	choices, number := make([]choice, len(s.talk.Offer)), bareNumber(body)
	more := slices.Contains(moreWords, withoutCourtesy(body))
	for i, o := range s.talk.Offer {
		if more && o.Label == moreChoices {
			return o.Data, true
		}
		if viet.Fold(body) == o.Say || number != "" && number == o.Say {
			return o.Data, true
		}
		choices[i] = choice{value: o.Data, label: o.Label}
	}
	if number != "" { // it is none that stood beside a choice, and no button's place
		return s.pickedBranch(body)
	}
	if a := readChoiceOf(choices, body); a.outcome == viet.Value && len(choices) > 0 {
		return a.value, true
	}
	return s.pickedBranch(body)
}

// pickedBranch reads the name of one of her branches, while she is asked which.
func (s *step) pickedBranch(body string) (data string, ok bool) {
	for _, o := range s.talk.Offer {
		_, inst, _ := strings.Cut(o.Data, ":")
		if d, hers := s.dutyOf(inst); hers && s.called(d.branch, body) {
			if ok {
				return "", false // "thôn 1", of which she has two
			}
			data, ok = o.Data, true
		}
	}
	return data, ok
}
