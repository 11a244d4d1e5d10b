package flows

import (
	"testing"

	"chihoi/flows/viet"
)

// Every question has an item by whose name and number its answer stands in the review, and is
// told back there: an answer that she can't see is one that she can't correct.
func TestEveryQuestionStandsInTheReview(t *testing.T) {
	for id, q := range catalog {
		if q.item < 0 || q.item >= len(itemNames) || q.name == "" || q.words == nil {
			t.Errorf("%s: item %d %q of %d items, told back: %t", id, q.item, q.name, len(itemNames), q.words != nil)
		}
	}
}

// TestReaderKnowsEveryQuestion: whoever tries a phrase on the command line may name any
// question that the bot asks.
func TestReaderKnowsEveryQuestion(t *testing.T) {
	for q := range catalog {
		if err := viet.CheckContext("yesno", string(q)); err != nil {
			t.Error(err)
		}
	}
}
