package flows

import (
	"fmt"

	"chihoi/flows/org"
)

// editDraft goes back into a check-in that is not sent yet, to what she named.
func (s *step) editDraft(d duty, what Edit) {
	dr, ok := s.Book.Draft(d.branch.ID, d.period.Month)
	if !ok || !dr.Begun() || what == (Edit{}) {
		s.begin(d)
		return
	}
	if f, ok := s.enter(dr); ok {
		f.seat.Open = ""
		f.edit(f.gap(), what)
		f.save()
	}
}

// correcting reports whether she is changing what she answered before.
func (f *form) correcting(q org.QuestionID) bool {
	return f.draft.Corrects > 0 || f.draft.Answers.Has(q) || q == qItem || q == qMend || q.Base() == qPart
}

// keepAsIs leaves a correction without changing anything: of one item, back to where she
// was; of a report that was sent, the report stays as it was. False when she is not
// correcting anything.
func (f *form) keepAsIs(q org.QuestionID) bool {
	again := f.draft.Answers.Has(q) // it is asked anew
	onCard := q == qMend || q == qQuick && f.draft.Corrects > 0
	if onCard && f.draft.Corrects > 0 {
		f.seat.Quick = nil
	}
	editing := again || q == qItem || onCard || q.Base() == qPart
	switch {
	case f.draft.Corrects > 0 && (!editing || !f.differs()):
		f.leaveCorrection()
	case editing:
		f.echo = "Dạ, em giữ như cũ."
		if again {
			f.closePrompt("↩ " + f.title(q) + ": giữ như cũ")
			f.seat.Again = false
		}
		f.next()
	case q == qReview:
		f.ask(q, "Dạ, vậy {chị} bấm Gửi giúp em nhé.")
	default:
		return false
	}
	return true
}

const keepValue = "!keep"

// keepOption is the way back out of the question that asks anew; it is made before that
// question's prompt, whose number it carries.
func (f *form) keepOption(q org.QuestionID) Option {
	return Option{Label: "Giữ như cũ", Say: "giữ như cũ", Data: fmt.Sprintf("c:%s:%d:%s:%s", f.draft.Instance, f.seat.Asked+1, q, keepValue)}
}

// differs reports whether a correction has changed anything yet.
func (f *form) differs() bool {
	sent, ok := f.Book.CheckIn(f.branch.ID, f.draft.Month)
	if !ok {
		return true
	}
	for _, q := range f.path() {
		if shown(f.draft.Answers[q]) != shown(sent.Answers[q]) {
			return true
		}
	}
	return false
}

// leaveCorrection drops what she was about to correct: the report stands as it was sent.
// While somebody else is in the same correction it goes on without her.
func (f *form) leaveCorrection() {
	f.closePrompt("Không sửa nữa.")
	f.leave()
	others := false
	for id, seat := range f.draft.Seats {
		others = others || id != f.Me.ID && seat.Open != ""
	}
	if !others {
		f.do(DropDraft{f.branch.ID, f.draft.Month})
	}
	f.say("Dạ, báo cáo %s của %s vẫn như lúc gửi ạ.", f.draft.Month.Label(), lowerFirst(f.named(f.branch)))
}
