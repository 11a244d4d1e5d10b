package flows

import (
	"slices"

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
