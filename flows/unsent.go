package flows

import (
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// Where every message counts, the network may take no more for days. The question that
// comes next then waits unsent, and what she types meanwhile is meant for the one she still
// sees. It is no answer to the other; it is kept and told back to her.

const (
	keptWords    = 4                // replies kept
	keptLetters  = 120              // of each
	deliverySpan = 90 * time.Second // after which what is owed can't have been seen
)

// unsent reports that the open question has not reached her.
func (f *form) unsent() bool {
	if !f.Typed || f.seat.Prompt == "" || f.seat.PromptAt != f.Contact || !f.Book.Owed(f.seat.Prompt) {
		return false
	}
	return f.Now.Sub(f.seat.AskedAt) > deliverySpan || f.usedUp()
}

// usedUp reports that the bot she writes to has no message left.
func (f *form) usedUp() bool {
	bot := f.Contact.Channel()
	return slices.ContainsFunc(f.Book.Usages(f.branch.ID.Commune(), org.MonthOf(f.Now)), func(u org.Usage) bool {
		return u.Bot == bot && u.Percent() >= 100
	})
}

// keepUnseen keeps a reply typed while the open question has not reached her. False for what
// needs no question: a call for help, a command, a report in her own words.
func (f *form) keepUnseen(q org.QuestionID, body string) bool {
	if !f.unsent() || violent(body) {
		return false
	}
	switch r := viet.ReadCommand(body, string(q.Base())); r.Value.Name {
	case viet.Later, viet.StopReminders, viet.Person, viet.Withdraw, viet.Erase, viet.MyData:
		return r.Outcome != viet.Value
	}
	if r := f.readQuick(body); len(stated(&r)) > 1 {
		return false
	}
	if len(f.seat.Unseen) < keptWords {
		words := []rune(clean(body))
		f.seat.Unseen = append(f.seat.Unseen, string(words[:min(len(words), keptLetters)]))
	}
	return true
}

// toldBack are the replies kept, said once as soon as she can be told.
func (f *form) toldBack() string {
	if len(f.seat.Unseen) == 0 || f.unsent() {
		return ""
	}
	words := "“" + strings.Join(f.seat.Unseen, "”, “") + "”"
	f.seat.Unseen = nil
	return "Lúc tin của em chưa tới được {chị}, {chị} có nhắn: " + words + ". Em chưa ghi vào câu nào ạ."
}
