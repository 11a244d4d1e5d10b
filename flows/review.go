package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// lower lowers one letter; names of items begin with a capital, sentences go on in small.
func lower(s string) string { return strings.ToLower(s) }

// card is the review as one readable list, the numbers being those of domain.md section 6.
func (f *form) card() string { return f.cardOf(f.lines()) }

func (f *form) cardOf(lines []string) string {
	return fmt.Sprintf("Em ghi %s, %s:\n", f.draft.Month.Label(), f.named(f.branch)) + strings.Join(inItemOrder(lines), "\n")
}

// lines are the items answered so far, one line each.
func (f *form) lines() []string {
	byItem, hands := map[int][]string{}, map[int][]string{}
	for _, q := range f.path() {
		a, ok := f.draft.Answers[q]
		if !ok || q.Base() == qKnow && a.Value == "edit" || q.Base() == qMore {
			continue
		}
		item, words := f.itemWords(q, a)
		if n, isCount := a.Int(); q == qExcluded && isCount && n == 0 {
			continue
		}
		if by := f.otherHand(a); !slices.Contains(hands[item], by) {
			hands[item] = append(hands[item], by)
		}
		if n := len(byItem[item]); q.Base() == qHelpText && n > 0 { // it belongs to its heading
			byItem[item][n-1] += " (" + words + ")"
			continue
		}
		byItem[item] = append(byItem[item], words)
	}
	if n, ok := f.moved(); ok {
		byItem[8] = append(byItem[8], "chuyển đi "+strconv.Itoa(n))
	}
	var lines []string
	for item := range itemNames {
		if w := byItem[item]; len(w) > 0 {
			line := fmt.Sprintf("%d. %s: %s", item, f.itemName(item), itemText(item, w))
			if others := slices.DeleteFunc(hands[item], func(s string) bool { return s == "" }); len(others) > 0 {
				line += " (" + strings.Join(others, ", ") + " ghi)"
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// itemNames call the items of the review, by their number in domain.md section 6.
var itemNames = []string{"Số hội viên", "Hoạt động", "Tiên phong, nòng cốt", "Nguồn lực", "Biết mặt", "Biết hoàn cảnh", "Biết nhu cầu",
	"Kết nạp", "Giảm", "\"1+1\"", "Cần hỗ trợ", "Thay đổi", "Hội phí"}

// itemName calls an item as it stands this month: the three "biết" items are one where they
// come as a recap.
func (f *form) itemName(item int) string {
	if f.recap && item == 4 && !slices.Contains(f.path(), qFaces) {
		return "3 biết"
	}
	return itemNames[item]
}

// itemText joins what an item has; where it is a number, the rest says of whom it consists.
func itemText(item int, words []string) string {
	if item != 7 && item != 8 || len(words) < 2 {
		return strings.Join(words, "; ")
	}
	if strings.HasPrefix(words[0], "nghỉ Hội") { // on a card that changes only the ways
		return strings.Join(words, ", ")
	}
	return words[0] + " (" + strings.Join(words[1:], ", ") + ")"
}

// itemWords is one answer as it stands in the review.
func (f *form) itemWords(q org.QuestionID, a org.Answer) (item int, words string) {
	spec := catalog[q.Base()]
	words = "bỏ qua"
	switch {
	case q.Base() == qHelpText: // with or without words of hers, it has gone to the chair
		words = "đã chuyển"
	case !a.Skipped:
		words = lowerFirst(spec.words(f, q, a.Value))
	case slices.Contains([]org.QuestionID{qDate, qAttendees, qKind, qReason, qResourceKinds, qTopNeed, qExcluded}, q):
		return spec.item, lowerFirst(spec.name) + " bỏ qua" // named, since it stands among others
	}
	switch q.Base() {
	case qKnow:
		words = "vẫn vậy (" + f.knowLine() + ")"
	case qTopNeed:
		words = "cần nhất: " + words
	case qDate:
		words = "ngày " + words
	case qExcluded:
		words += " thuộc tổ chức khác"
	case qLeftOrg:
		words = "nghỉ Hội " + strconv.Itoa(mustInt(a))
	case qDied:
		words = "qua đời " + strconv.Itoa(mustInt(a))
	case qPair:
		words = lowerFirst(f.pairName(q)) + " " + words
	case qNewKind:
		words = "cặp mới: " + words
	case qNewLabel:
		words = "tên \"" + a.Value + "\""
		if a.Skipped {
			words = "chưa đặt tên"
		}
	case qHelp:
		words = helpShort[mustInt(a)-1]
	}
	return spec.item, words
}

// helpShort names kinds of help where there is little room; violence is not named.
var helpShort = []string{"vốn, nghề", "kiến nghị", "khiếu nại", "tố cáo", "đã báo chị Chủ tịch", "tổ chức chi hội", "việc khác"}

func mustInt(a org.Answer) int { n, _ := a.Int(); return n }

// otherHand names who answered, when it was not the reader.
func (f *form) otherHand(a org.Answer) string {
	if a.By == f.Me.ID || a.By == "" {
		return ""
	}
	if f.mends() && slices.ContainsFunc(f.Book.PostsIn(string(f.branch.ID)), func(p org.Post) bool { return p.Person == a.By }) {
		return "" // it is the branch's report that a chair has before her
	}
	return f.spokenOf(a.By)
}

// moved is how many moved away: what remains of all who left (domain.md 6, q8).
func (f *form) moved() (int, bool) {
	total, _ := f.draft.Answers.Count(qLeft)
	org1, ok := f.draft.Answers.Count(qLeftOrg)
	died, _ := f.draft.Answers.Count(qDied)
	return max(total-org1-died, 0), total > 1 && ok
}

// numbered makes a prompt with numbered choices of a question about the form.
func (f *form) numbered(q org.QuestionID, text string, choices []choice) Prompt {
	p := Prompt{Text: text}
	for i, c := range choices {
		o := f.option(q, c.value, c.label)
		o.Say = strconv.Itoa(i + 1)
		if c.say != "" {
			o.Say = c.say
		}
		p.Options = append(p.Options, o)
	}
	return p
}

// reviewPrompt asks one of the questions about the form.
func (f *form) reviewPrompt(q org.QuestionID) Prompt {
	switch q.Base() {
	case qQuick:
		return f.briefly(q, f.quickPrompt())
	case qMend:
		return f.numbered(q, "{Chị} sửa chỗ nào ạ?", f.mendChoices())
	case qItem:
		return f.itemPrompt()
	case qPart:
		return f.numbered(q, "Mục này {chị} sửa phần nào ạ?", f.partChoices(q.Instance()))
	case qAlarm:
		return f.numbered(q, alarmQuestion(f.Settings), list("Cần gọi ngay", "Không cần"))
	case qDismiss:
		return f.numbered(q, "Mình dừng ở đây {chị} nhé? Những gì đã ghi em vẫn giữ.", list("Dừng", "Làm tiếp"))
	}
	if f.draft.Corrects > 0 && f.seat.Quick == nil && f.differs() {
		return f.correctionPrompt()
	}
	head := "Câu cuối. "
	if f.draft.Corrects > 0 {
		head = ""
	}
	text, choices := head+f.card(), list("Gửi", "Sửa", "Để sau")
	proposed := f.proposed().lines()
	switch {
	case len(proposed) > 0 && f.seat.Quick == nil: // instead of the closing question
		text = head + f.cardOf(append(f.lines(), proposed...))
	case len(proposed) > 0:
		text += "\nCòn lại em để sẵn, {chị} xem giúp:\n" + strings.Join(proposed, "\n")
	}
	if f.closing() != "" {
		choices = append(choices, otherMatters)
	}
	return f.briefly(q, f.numbered(q, text+"\nĐúng chưa {chị} ạ?", choices))
}

// moreValue opens the closing question from a review that stands for it.
const moreValue = "!more"

var otherMatters = choice{value: moreValue, label: "Có việc khác (cặp \"1+1\" mới, cần giúp, thay đổi)"}

// closing is the first closing round still open, "" where she was asked it.
func (f *form) closing() org.QuestionID {
	for _, p := range f.proposed().list {
		if p.question.Base() == qMore {
			return p.question
		}
	}
	return ""
}

// briefly leaves out a list that stands right above, the first time that a reply to it was
// not understood.
func (f *form) briefly(q org.QuestionID, p Prompt) Prompt {
	if f.seat.Misses == 1 && f.seat.Open == q && f.seat.PromptAt == f.Contact && !f.longSince() {
		p.Text = "Phần em ghi ở tin trên đúng hết chưa {chị} ạ?"
	}
	return p
}

// itemPrompt asks which item of the review is to be corrected.
func (f *form) itemPrompt() Prompt {
	lines := append(f.lines(), f.proposed().lines()...)
	var c []choice
	for _, l := range inItemOrder(lines) {
		n, name, _ := strings.Cut(l, ". ")
		name, _, _ = strings.Cut(name, ":")
		if !slices.ContainsFunc(c, func(c choice) bool { return c.value == n }) {
			c = append(c, choice{value: n, label: name, say: n})
		}
	}
	p := f.numbered(qItem, "{Chị} muốn sửa mục số mấy ạ?", c)
	for i := range p.Options {
		p.Options[i].Beside = i%2 == 1
	}
	return p
}

// parts lists the answered questions of an item.
func (f *form) parts(item int) (list []org.QuestionID) {
	for _, q := range f.path() {
		if f.draft.Answers.Has(q) && catalog[q.Base()].item == item && q.Base() != qMore && !f.told(q) {
			list = append(list, q)
		}
	}
	return list
}

func (f *form) partChoices(item string) (c []choice) {
	n, _ := strconv.Atoi(item)
	for _, q := range f.parts(n) {
		_, words := f.itemWords(q, f.draft.Answers[q])
		label := f.title(q) + ": " + strings.TrimPrefix(words, "ngày ")
		if n == 9 { // there the words name the pair themselves
			label = upperFirst(words)
		}
		c = append(c, choice{value: string(q), label: label})
	}
	if q := f.openIn(n); q != "" && n != 7 && n != 8 {
		c = append(c, choice{value: string(q), label: f.title(q) + ": để trống"})
	}
	return c
}

// editItem opens an item to be corrected: its one question, or the choice among several.
func (f *form) editItem(n int) {
	if (n == 5 || n == 6) && len(f.parts(n)) == 0 && f.recap {
		n = 4 // the three "biết" items stand together this month
	}
	parts := f.parts(n)
	switch {
	case f.mendItem(n):
	case len(parts) == 0 && f.openIn(n) != "":
		f.seat.Open = ""
		f.ask(f.openIn(n), "")
	case n == 10 && len(parts) == 0 && f.helped():
		f.ask(f.open(), "Việc cần hỗ trợ em đã chuyển ngay, nên không sửa ở đây được ạ.")
	case len(parts) == 0:
		f.ask(f.open(), f.noItem(n))
	case len(parts) == 1 && f.openIn(n) == "", n == 7, n == 8: // there the rest follows from the first
		f.again(parts[0], "")
	default:
		f.seat.Open = ""
		f.ask(instance(qPart, strconv.Itoa(n)), "")
	}
}

// openIn is the question of an item that the review only proposes an answer to.
func (f *form) openIn(item int) org.QuestionID {
	if k := f.seat.Quick; k != nil && !k.Agreed {
		return ""
	}
	for _, q := range f.path() {
		_, waits := f.mayPropose(q)
		if !f.draft.Answers.Has(q) && catalog[q.Base()].item == item && (waits || f.seat.Quick != nil) {
			return q
		}
	}
	return ""
}

// helped reports whether a call for help has gone to the chair from this check-in.
func (f *form) helped() bool {
	for q := range f.draft.Answers {
		if q.Base() == qHelp {
			return true
		}
	}
	return false
}

// noItem says that there is no such item to correct, and which there are.
func (f *form) noItem(n int) string {
	var have []string
	for _, l := range f.lines() {
		number, _, _ := strings.Cut(l, ".")
		have = append(have, number)
	}
	what := fmt.Sprintf("Mục %d chưa có gì để sửa {chị} ạ.", n)
	if n < 0 || n >= len(itemNames) {
		what = fmt.Sprintf("Không có mục %d {chị} ạ.", n)
	}
	if len(have) == 0 {
		return what
	}
	return what + " Giờ sửa được mục " + strings.Join(have, ", ") + "."
}

// reviewText reads a reply to a question about the form.
func (f *form) reviewText(q org.QuestionID, body string) {
	if q == qQuick {
		f.quickText(body)
		return
	}
	if q == qReview && f.closes(body) {
		return
	}
	if q == qItem { // the numbers there are the items', not the lines'
		if n, err := strconv.Atoi(strings.TrimSpace(viet.Fold(body))); err == nil {
			f.editItem(n)
			return
		}
	}
	if (q == qMend || q == qItem) && wantsOther(body) {
		f.otherMatters(q)
		return
	}
	if q == qMend && nothing(body) {
		f.ask(f.ahead(), "Dạ, vậy em để nguyên.")
		return
	}
	a := readChoiceOf(f.asideChoices(q), body)
	if a.outcome != viet.Value && (q == qMend || q.Base() == qPart) && f.mendsTo(q, body) {
		return
	}
	if q == qAlarm && (violent(body) || strings.Contains(viet.Fold(body), "cong an")) {
		a = value("1", false)
	}
	if a.outcome != viet.Value {
		switch r := viet.ReadYesNo(body, "confirm"); {
		case r.Outcome != viet.Value || q != qReview && q != qDismiss && q != qAlarm:
		case r.Value == viet.Yes:
			a = value("1", false)
		case r.Value == viet.No:
			a = value("2", false)
		}
	}
	more := q == qReview && bareNumber(body) == "" && nthOf(body, len(f.asideChoices(q))) == "" && (counts(body) || marked(body)) // "đúng rồi, 36 chị"
	if a.outcome != viet.Value || more || !f.reviewPress(q, a.value) {
		f.missed(q, "")
	}
}

// otherMatters opens the closing question from the list of what can be corrected; while a card
// waits that is not all yet, it comes at the end anyway.
func (f *form) otherMatters(q org.QuestionID) {
	switch {
	case q == qMend && f.quickPress(moreValue):
	case q == qMend:
		f.ask(f.ahead(), "Việc khác em hỏi ở cuối ạ.")
	case f.closing() != "":
		f.reviewPress(qReview, moreValue)
	default:
		f.missed(q, "")
	}
}

// whyNot takes the reason why nothing was held where the review shows its place empty.
func (f *form) whyNot(q org.QuestionID, body string) bool {
	if q != qReview || f.draft.Answers[qActivity].Value != "no" || f.draft.Answers.Has(qReason) || len(strings.Fields(body)) < 2 {
		return false
	}
	a := catalog[qReason].read(f, qReason, body)
	if a.outcome != viet.Value {
		return false
	}
	f.record(qReason, org.Answer{Value: a.value})
	f.ask(qReview, f.understood(qReason, a.value))
	return true
}

// closes takes "không" at a review that stands for the closing question too: it may deny that
// there is more, or that all is right, so nothing is sent on it.
func (f *form) closes(body string) bool {
	c := f.closing()
	if c == "" || f.seat.Quick != nil || bareNumber(body) != "" || !nothing(body) {
		return false
	}
	f.record(c, org.Answer{Value: "1"})
	f.ask(qReview, "Dạ, không có việc khác. Cần sửa thì {chị} gõ 2 ạ.")
	return true
}

// readClosing takes the very words of one of the closing question's choices at such a review.
func (f *form) readClosing(q org.QuestionID, body string) bool {
	c := f.closing()
	if q != qReview || c == "" || f.seat.Quick != nil {
		return false
	}
	if wantsOther(body) {
		return f.reviewPress(q, moreValue)
	}
	i := slices.IndexFunc(moreLabels, func(l string) bool { return viet.Fold(l) == viet.Fold(clean(body)) })
	if i > 0 {
		f.put(c, strconv.Itoa(i+1), false)
	}
	return i > 0
}

// asideChoices are the choices of a question about the form.
func (f *form) asideChoices(q org.QuestionID) []choice {
	p := f.reviewPrompt(q)
	choices := make([]choice, len(p.Options))
	for i, o := range p.Options {
		choices[i] = choice{value: dataValue(o.Data), label: o.Label}
	}
	return choices
}

// reviewPress takes a choice at the review or one of its side questions.
func (f *form) reviewPress(q org.QuestionID, v string) bool {
	switch {
	case q == qQuick:
		return f.quickPress(v)
	case q == qMend:
		return f.mendPress(v)
	case q == qReview && v == "1":
		f.wantSubmit(q)
	case q == qReview && v == "2":
		f.ask(qItem, "")
	case q == qReview && v == "3":
		f.later("")
	case q == qReview && v == moreValue && f.closing() != "":
		f.seat.Open = ""
		f.ask(f.closing(), "")
	case q == qReview && v == keepValue:
		return f.keepAsIs(q)
	case q == qDismiss && v == "1":
		f.closePrompt("⏸ Dừng ở đây.")
		f.leave()
		f.say("Dạ, em giữ hết rồi ạ. Khi nào rảnh {chị} gõ \"báo cáo\" là mình làm tiếp.")
	case q == qAlarm && v == "1":
		f.alarm(f.branch)
		f.next()
	case q == qAlarm && v == "2", q == qDismiss && v == "2":
		f.echo = "Dạ, mình làm tiếp nhé."
		f.next()
	case q == qItem:
		n, err := strconv.Atoi(v)
		if err != nil {
			return false
		}
		f.editItem(n)
	case q.Base() == qPart:
		n, _ := strconv.Atoi(q.Instance())
		part := org.QuestionID(v)
		if !slices.Contains(f.parts(n), part) && (part == "" || part != f.openIn(n)) {
			return false
		}
		f.again(part, "")
	default:
		return false
	}
	return true
}
