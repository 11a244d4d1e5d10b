package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chihoi/flows/org"
	"chihoi/flows/viet"
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

// differences tells a correction back, as it differs from what was sent: "Mục 7, kết nạp: 2
// chị → 4 chị." An answer that is new has no before.
func (f *form) differences() string {
	sent, _ := f.Book.CheckIn(f.branch.ID, f.draft.Month)
	var lines []string
	for _, q := range f.path() {
		before, now := shown(sent.Answers[q]), shown(f.draft.Answers[q])
		if before == now || now == "" || q.Base() == qMore || q.Base() == qKnow {
			continue
		}
		was := ""
		if before != "" {
			was = lowerFirst(f.inWords(q, before)) + " → "
		}
		lines = append(lines, fmt.Sprintf("Mục %d, %s: %s%s.", catalog[q.Base()].item, lowerFirst(f.title(q)), was, lowerFirst(f.inWords(q, now))))
	}
	if len(lines) == 0 {
		return "Các mục vẫn như cũ ạ."
	}
	return strings.Join(lines, "\n")
}

// correctionPrompt is the review of a correction: what differs from what was sent, and
// nothing else.
func (f *form) correctionPrompt() Prompt {
	text := fmt.Sprintf("{Chị} sửa báo cáo %s của %s:\n%s\nEm gửi bản sửa này nhé?", f.draft.Month.Label(), lowerFirst(f.named(f.branch)), f.differences())
	return f.numbered(qReview, text, append(list("Gửi", "Sửa", "Để sau"), choice{value: keepValue, label: "Không sửa nữa"}))
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

// plainEdit reads "sửa 0", "sửa mục 99": a correction by a number, whatever the number.
func plainEdit(body string) (item int, ok bool) {
	words := strings.Fields(viet.Fold(body))
	if len(words) < 2 || len(words) > 3 || words[0] != "sua" || len(words) == 3 && !slices.Contains([]string{"muc", "cau", "so"}, words[1]) {
		return 0, false
	}
	item, err := strconv.Atoi(words[len(words)-1])
	return item, err == nil
}

// wrongItem reads "mục 7 sai rồi, có 3 thôi": which item is wrong, and what is right.
func wrongItem(body string) (item int, right string, ok bool) {
	words := strings.Fields(norm.NFC.String(body))
	is := func(i int, any ...string) bool {
		return i < len(words) && slices.Contains(any, strings.Trim(viet.Fold(words[i]), " ,.:;!–-"))
	}
	if is(0, "sua") && len(words) > 2 { // "sửa 7 3 chị"
		n := 1
		if is(1, "muc", "cau", "so") {
			n = 2
		}
		if item, err := strconv.Atoi(words[n]); err == nil && n+1 < len(words) && !is(n+1, "thanh", "la") && counts(strings.Join(words[n+1:], " ")) {
			return item, strings.Join(words[n+1:], " "), true
		}
	}
	if len(words) < 4 || !is(0, "muc", "cau") || !is(2, "sai", "nham", "lon") {
		return 0, "", false
	}
	item, err := strconv.Atoi(strings.Trim(words[1], ",.:"))
	n := 3
	for is(n, "roi", "a", "em", "oi", "chi", "nhe", "la", "phai", "") {
		n++
	}
	right = strings.Join(words[n:], " ")
	return item, right, err == nil && right != ""
}

// rightItem takes what is right of an item, on the card that waits or in the answers; where
// the item holds several things she is asked which.
func (f *form) rightItem(q org.QuestionID, item int, right string) {
	switch c := rightCommand(item, right); {
	case c.Slot != "":
		f.command(q, c)
	case item == 1 && aside(q) && f.quick(q, "nhầm, "+right):
	default:
		f.editItem(item)
	}
}

// rightCommand is what such a message asks for: the correction of what the item is, or of the
// item where that may be several things.
func rightCommand(item int, right string) viet.Command {
	if one := onlyOf[item]; one != "" {
		return viet.Command{Name: viet.Edit, Slot: one, Argument: right}
	}
	return viet.Command{Name: viet.Edit, Item: item}
}

// onlyOf names the slot of the items whose number or word can only be of one question.
var onlyOf = map[int]string{0: "members", 2: "pioneers", 3: "resources", 4: "faces", 5: "circumstances", 6: "needs", 7: "joined", 8: "left_total"}

// mendsTo takes, where she is asked what is to be corrected, the name of one of the things
// listed, "kết nạp", or what is right, "kinh tế", for the one that it can be of.
func (f *form) mendsTo(q org.QuestionID, body string) bool {
	then := f
	if q == qMend {
		then = f.weigh(f.seat.Quick.Slots).then
	}
	var list []Slot
	for _, c := range f.asideChoices(q) {
		if name, _, _ := strings.Cut(c.label, ":"); viet.Says(body, name) {
			return f.reviewPress(q, c.value)
		}
		part := org.QuestionID(c.value)
		if spec := catalog[part.Base()]; spec != nil && bareNumber(body) == "" {
			if a := spec.read(then, part, body); a.outcome == viet.Value && !a.confirm {
				list = append(list, Slot{Question: part, Value: a.value})
			}
		}
	}
	switch {
	case len(list) != 1:
		return false
	case q == qMend:
		f.show(list, "")
	default:
		f.editSlot(list[0].Question, body)
	}
	return true
}

// picks reports a message that chooses one of the things that can be corrected by its
// name, which might else be taken for a statement.
func (f *form) picks(q org.QuestionID, body string) bool {
	list := slices.Contains([]org.QuestionID{qItem, qPart, qMend}, q.Base())
	return list && wantsOther(body) || list && !counts(body) && readChoiceOf(f.asideChoices(q), body).outcome == viet.Value
}

// corrects takes "nhầm, 3 chị" for the answer before the open question.
func (f *form) corrects(q org.QuestionID, body string) bool {
	rest, ok := afterMistake(body)
	b := f.before(q)
	if !ok || b == "" || aside(q) {
		return false
	}
	if a := catalog[b.Base()].read(f, b, rest); a.outcome == viet.NotUnderstood {
		return false
	}
	f.editSlot(b, rest)
	return true
}

// afterMistake cuts the words that own up to a mistake from the front of a message.
func afterMistake(body string) (rest string, ok bool) {
	words := strings.Fields(body)
	n := 0
	for n < len(words) {
		w := strings.Trim(viet.Fold(words[n]), " ,.:!")
		if !ok && slices.Contains([]string{"nham", "lon", "sai"}, w) {
			ok = true
		} else if !slices.Contains([]string{"a", "da", "em", "oi", "chi", "roi", "nhe", "ghi", "bam", "go", "phai", "la"}, w) {
			break
		}
		n++
	}
	return strings.Join(words[n:], " "), ok && n < len(words)
}
