package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// proposals are what the review may show for questions still open, so that a month in
// which little happened is soon told. They become answers only when she sends.
type proposals struct {
	list []proposal
	then *form // the check-in with them in it
	// open is the first question for which nothing may be proposed, the review if there is none.
	open org.QuestionID
}

type proposal struct {
	question org.QuestionID
	answer   org.Answer
	carried  bool // from last month
}

// proposed lists them: q2 to q6 as the prefill rule allows, that nobody who joined counts
// elsewhere, and that there is nothing else (domain.md 6). Q1, Q7, Q8 and Q9 never.
func (f *form) proposed() proposals {
	p := proposals{then: f.fork()}
	for {
		p.open = p.then.gap()
		if p.open == qReview {
			return p
		}
		one, ok := p.then.mayPropose(p.open)
		if !ok {
			return p
		}
		p.list = append(p.list, one)
		p.then.replace(one.question, one.answer)
	}
}

// mayPropose is what the review shows for a question instead of its being asked: after a
// free message all that may be; where every message counts, what is nearly always none, and
// what there are no messages left for.
func (f *form) mayPropose(q org.QuestionID) (proposal, bool) {
	switch {
	case f.seat.Quick != nil:
		return f.proposal(q)
	case !f.Typed || f.draft.Corrects > 0:
	case q == qExcluded || q.Base() == qMore:
		return f.proposal(q)
	case f.givesWay(q):
		return f.leftOut(q), true
	}
	return proposal{}, false
}

func (f *form) proposal(q org.QuestionID) (p proposal, ok bool) {
	p = proposal{question: q, answer: org.Answer{Value: f.past.Carry[q], By: f.Me.ID}, carried: true}
	switch q.Base() {
	case qReason: // why there was nothing she may add, and need not
		return proposal{question: q, answer: org.Answer{Skipped: true, By: f.Me.ID}}, true
	case qPioneers, qResources, qResourceKinds:
	case qFaces, qCircumstances, qNeeds: // afresh every third month
		if !f.recap {
			p.answer.Value = ""
		}
	case qKnow:
		p.answer.Value = "same"
	case qExcluded:
		p.answer.Value, p.carried = "0", false
	case qMore:
		p.answer.Value, p.carried = "1", false
	default:
		p.answer.Value = ""
	}
	problem, unusual := f.check(q, p.answer.Value)
	if p.answer.Value != "" && problem == "" && !unusual {
		return p, true
	}
	p.answer.Value, p.answer.Skipped, p.carried = "", true, false
	return p, f.seat.Quick != nil && f.seat.Quick.Brief && !catalog[q.Base()].must
}

// mustAsk counts the questions that are to be asked before she can send.
func (f *form) mustAsk() (n int) {
	then := f.proposed().then
	for _, q := range then.path() {
		if _, ok := then.mayPropose(q); !then.draft.Answers.Has(q) && !ok {
			n++
		}
	}
	return n
}

// lines tell the proposals, as the review does.
func (p proposals) lines() []string {
	byItem, carried, blank := map[int][]string{}, map[int]bool{}, map[int][]string{}
	var lines []string
	for _, one := range p.list {
		if one.question == qReason {
			lines = append(lines, "1. Vướng gì: để trống (có thì {chị} gõ, ví dụ \"bận mùa vụ\")")
			continue
		}
		if one.answer.Skipped {
			item := catalog[one.question.Base()].item
			blank[item] = append(blank[item], lowerFirst(p.then.title(one.question)))
			continue
		}
		item, words := p.then.itemWords(one.question, one.answer)
		switch {
		case one.question.Base() == qMore:
			words = either(one.question.Instance() == "1", "khác", "khác nữa")
		case one.question == qExcluded:
			words = "không ai thuộc công đoàn, công an/quân đội, tổ chức thành viên"
			if p.then.Typed {
				words += " (có thì gõ \"1 công đoàn\")"
			}
		case one.question == qDied:
			words = "không ai qua đời (có thì gõ \"1 qua đời\")"
		}
		byItem[item] = append(byItem[item], words)
		carried[item] = carried[item] || one.carried
	}
	for item := range itemNames {
		if w := byItem[item]; len(w) > 0 {
			line := fmt.Sprintf("%d. %s: %s", item, p.then.itemName(item), strings.Join(w, "; "))
			switch {
			case item == 7, item == 8:
				line = fmt.Sprintf("%d. Trong đó: %s", item, w[0])
			case item == 10:
				line = "10. Việc " + w[0] + ": không có"
			case carried[item] && item != 4:
				line += " (như tháng trước)"
			}
			lines = append(lines, line)
		}
		if names := blank[item]; len(names) > 0 {
			lines = append(lines, fmt.Sprintf("%d. %s: để trống", item, upperFirst(strings.Join(names, ", "))))
		}
	}
	return lines
}

// accept makes what the review proposes her answers, as she sends it.
func (f *form) accept() {
	for _, p := range f.proposed().list {
		f.record(p.question, org.Answer{Value: p.answer.Value, Skipped: p.answer.Skipped})
	}
}

// complete reports whether nothing but a review is missing once the card is agreed to, and
// nothing in it needs a second look: then the card is the review.
func (f *form) complete(w weighed) bool {
	p := w.then.proposed()
	changes := slices.ContainsFunc(w.plain, func(s Slot) bool { return f.draft.Answers.Has(s.Question) })
	taken := slices.ContainsFunc(p.list, func(p proposal) bool { return p.carried || p.answer.Skipped })
	return f.draft.Corrects == 0 && len(w.unsure) == 0 && len(w.apart) == 0 && p.open == qReview && !changes && !taken
}

// quickPrompt is the card: what a message came to, in her words, and what is unsure.
func (f *form) quickPrompt() Prompt {
	w := f.weigh(f.seat.Quick.Slots)
	head, month := "Em hiểu {chị} báo", f.draft.Month.Label()
	if f.draft.Corrects > 0 {
		head = "Em hiểu {chị} muốn sửa"
	}
	if len(f.duties()) > 1 || f.onBehalf() {
		month += ", " + f.named(f.branch)
	}
	if f.complete(w) {
		lines := strings.Join(inItemOrder(append(w.then.lines(), w.then.proposed().lines()...)), "\n")
		choices := list("Gửi", "Sửa", "Để sau")
		if w.then.closing() != "" {
			choices = append(choices, otherMatters)
		}
		return f.numbered(qQuick, fmt.Sprintf("%s %s:\n%s\nĐúng hết thì {chị} gửi nhé.", head, month, lines), choices)
	}
	lines := strings.Join(append(f.plainLines(w), w.asks()...), "\n")
	foot := "Đúng không {chị}?"
	if len(w.unsure) > 0 {
		foot = "Còn lại đúng không {chị}? Chỗ ❓ em hỏi tiếp sau ạ."
	}
	choices := list("Đúng rồi", "Sửa")
	if f.draft.Corrects > 0 {
		choices = list("Đúng rồi", "Sửa", "Giữ như cũ")
	}
	p := f.numbered(qQuick, fmt.Sprintf("%s %s:\n%s\n%s", head, month, lines, foot), choices)
	p.Options[1].Beside = true
	return p
}

// inItemOrder sorts lines that begin with an item's number.
func inItemOrder(lines []string) []string {
	number := func(l string) int {
		n, _, _ := strings.Cut(l, ".")
		i, _ := strconv.Atoi(n)
		return i
	}
	slices.SortStableFunc(lines, func(a, b string) int { return number(a) - number(b) })
	return lines
}

// plainLines tell what will be taken, an item a line, with what stood there before.
func (f *form) plainLines(w weighed) (lines []string) {
	byItem := map[int][]string{}
	for _, s := range w.plain {
		item := catalog[s.Question.Base()].item
		if opened := map[string]int{"2": 9, "4": 11}[s.Value]; s.Question.Base() == qMore && opened > 0 {
			item = opened
		}
		if words := f.slotWords(w, s); words != "" {
			byItem[item] = append(byItem[item], words)
		}
	}
	if n, ok := w.then.moved(); ok && len(byItem[8]) > 0 {
		byItem[8] = append(byItem[8], "chuyển đi "+strconv.Itoa(n))
	}
	for item := range itemNames {
		if words := byItem[item]; len(words) > 0 {
			lines = append(lines, "– "+w.then.itemName(item)+": "+itemText(item, words))
		}
	}
	return lines
}

// slotWords tells a slot, and what it replaces: "2 chị → 4 chị".
func (f *form) slotWords(w weighed, s Slot) string {
	_, words := w.then.itemWords(s.Question, org.Answer{Value: s.Value, By: f.Me.ID})
	switch {
	case s.Question == qKnow && s.Value == "edit":
		return ""
	case s.Question.Base() == qMore && slices.ContainsFunc(w.plain, func(o Slot) bool {
		return o.Question.Instance() == s.Question.Instance() && (o.Question.Base() == qHelp || o.Question.Base() == qChange)
	}):
		return ""
	case s.Question.Base() == qMore:
		return either(s.Value == "2", "cặp mới, em hỏi thêm sau", "em hỏi thêm sau")
	case s.Question.Base() == qHelp:
		return words + "; em hỏi thêm sau"
	}
	part := slices.Contains([]org.QuestionID{qLeftOrg, qDied, qMovedOut, qWhich}, s.Question) // the sum tells what was
	if a, ok := f.draft.Answers[s.Question]; ok && !part {
		_, before := f.itemWords(s.Question, a)
		if by := f.otherHand(a); by != "" {
			before += " (" + by + " ghi)"
		}
		if a.Value != s.Value {
			return before + " → " + words
		}
	}
	return words
}

// asks tell what she will be asked again, with what it may be.
func (w weighed) asks() (lines []string) {
	for _, u := range w.unsure {
		words := make([]string, len(u.fit))
		for i, v := range u.fit {
			words[i] = lowerFirst(w.then.inWords(u.Question, v))
		}
		line := "❓ " + w.then.title(u.Question) + ": em hỏi lại"
		if len(words) > 0 {
			line = "❓ " + w.then.title(u.Question) + ": " + strings.Join(words, " hay ") + "?"
		}
		lines = append(lines, line)
	}
	return lines
}

// quickText reads a reply to the card: a plain yes, that it is not so, or a line's number.
func (f *form) quickText(body string) {
	choices := f.asideChoices(qQuick)
	v := bareNumber(body)
	if v == "" {
		v = nthOf(body, len(choices))
	}
	if n, ok := intOf(v); ok && n >= 1 && n <= len(choices) {
		v = choices[n-1].value
	}
	r := viet.ReadYesNo(body, "confirm")
	switch {
	case v != "":
	case wantsOther(body) && !f.complete(f.weigh(f.seat.Quick.Slots)):
		f.ask(f.ahead(), "Việc khác em hỏi ở cuối ạ.")
		return
	case wantsOther(body) && slices.ContainsFunc(choices, func(c choice) bool { return c.value == moreValue }):
		v = moreValue
	case agrees(body):
		v = "1"
	case r.Outcome == viet.Value && r.Value == viet.No:
		v = "2"
	}
	if !f.quickPress(v) {
		f.missed(qQuick, "Em chưa rõ ý {chị}. Đúng thì {chị} gõ 1, muốn sửa gõ 2 nhé.")
	}
}

// wantsOther reports "có việc khác" in her words.
func wantsOther(body string) bool {
	return slices.Contains([]string{"co viec khac", "viec khac", "con viec khac", "co viec khac nua", "co chuyen khac"}, withoutCourtesy(body))
}

// bareNumber is a number that is all a message says: "2", "dạ 2 ạ".
func bareNumber(body string) (n string) {
	for _, w := range strings.FieldsFunc(viet.Fold(body), func(r rune) bool { return r == ' ' || r == '.' || r == ',' }) {
		switch {
		case slices.Contains([]string{"da", "a", "em", "nhe", "so", "nha"}, w):
		case strings.Trim(w, "0123456789") != "" || n != "":
			return ""
		default:
			n = w
		}
	}
	return n
}

// nthOf is the place among n choices that is all a message says: "hai", "số 2", "cái
// cuối"; empty where it says anything else.
func nthOf(body string, n int) string {
	blank := make([]choice, n)
	for i := range blank {
		blank[i].value = strconv.Itoa(i + 1)
	}
	return readChoiceOf(blank, body).value
}

// agrees reports a yes that says nothing more: no number, no question.
func agrees(body string) bool {
	r := viet.ReadYesNo(body, "confirm")
	return r.Outcome == viet.Value && r.Value == viet.Yes && !counts(body) && !marked(body)
}

// counts reports a number of people in a message.
func counts(body string) bool {
	c := viet.ReadCount(body, "")
	return c.Outcome == viet.Value && c.Value.N > 0 || c.Outcome == viet.Ask && len(c.Candidates) > 0
}

// quickPress takes a choice on the card.
func (f *form) quickPress(v string) bool {
	complete := f.complete(f.weigh(f.seat.Quick.Slots))
	switch {
	case v == "1" && f.unseen():
		f.lookAgain(qQuick)
	case v == "1" && complete:
		f.agree()
		f.wantSubmit(qReview)
	case v == "1":
		f.closePrompt(f.agree())
		f.agreed()
	case v == "2":
		f.ask(qMend, "")
	case v == "3" && complete:
		f.later("")
	case v == moreValue && complete:
		f.closePrompt(f.agree())
		f.ask(f.closing(), "")
	case v == "3" && f.draft.Corrects > 0:
		return f.keepAsIs(qQuick)
	default:
		return false
	}
	return true
}

// agreed goes on after a card; the review says by itself that all is noted.
func (f *form) agreed() {
	if f.ahead() != qReview {
		f.echo = "Dạ, em ghi rồi ạ."
	}
	f.next()
}

// unseen reports whether somebody else has answered since the last message to her.
func (f *form) unseen() bool { return f.seat.Seen != f.draft.Edits }

// lookAgain shows a list anew that somebody else has changed under her eyes.
func (f *form) lookAgain(q org.QuestionID) {
	f.seat.Open = ""
	var by org.PersonID
	var at time.Time
	for _, a := range f.draft.Answers {
		if a.By != f.Me.ID && a.By != "" && !a.At.Before(at) {
			by, at = a.By, a.At
		}
	}
	who := "Có người"
	if by != "" {
		who = upperFirst(f.spokenOf(by))
	}
	f.ask(q, who+" vừa ghi thêm, {chị} xem lại giúp em nhé.")
}

// mendChoices are what may be wrong on the card; on one that is the review, all of it.
func (f *form) mendChoices() (c []choice) {
	w := f.weigh(f.seat.Quick.Slots)
	shown := slices.Clone(w.plain)
	for _, u := range w.unsure {
		shown = append(shown, u.Slot)
	}
	path := f.path()
	for _, s := range shown {
		if !slices.Contains(path, s.Question) || s.Question == qKnow {
			continue // it follows from another on the card
		}
		label := f.title(s.Question)
		if s.Value != "" {
			label += ": " + lowerFirst(w.then.inWords(s.Question, s.Value))
		}
		c = append(c, choice{value: string(s.Question), label: label})
	}
	if f.complete(w) {
		for _, l := range f.lines() {
			n, name, _ := strings.Cut(l, ". ")
			c = append(c, choice{value: n, label: name})
		}
	}
	return append(c, choice{value: mendAll, label: "Hỏi lại từng câu"})
}

// mendAll is the choice to drop the card and be asked.
const mendAll = "all"

// mendPress takes what is wrong on the card: it is asked, the rest waits.
func (f *form) mendPress(v string) bool {
	i := slices.IndexFunc(f.mendChoices(), func(c choice) bool { return c.value == v })
	if i < 0 {
		return false
	}
	if n, err := strconv.Atoi(v); err == nil {
		f.editItem(n)
		return true
	}
	if v == mendAll {
		f.reject()
		return true
	}
	q, was := org.QuestionID(v), ""
	for _, s := range f.seat.Quick.Slots {
		if s.Question == q && s.Value != "" {
			was = "Em đang hiểu: " + lowerFirst(f.inWords(q, s.Value)) + "."
		}
	}
	f.settled(q)
	for _, d := range dependents(q) {
		f.settled(d)
	}
	f.seat.Open = ""
	f.ask(q, was)
	return true
}

// mendItem takes "sửa 7" and "sửa kết nạp" for what the waiting card holds of that item;
// false when it holds nothing of it.
func (f *form) mendItem(n int) bool {
	if q := f.open(); q != qQuick && q != qMend {
		return false
	}
	var of []string
	for _, c := range f.mendChoices() {
		if spec := catalog[org.QuestionID(c.value).Base()]; spec != nil && spec.item == n {
			of = append(of, c.value)
		}
	}
	switch len(of) {
	case 0:
		return false
	case 1:
		return f.mendPress(of[0])
	}
	f.ask(qMend, "")
	return true
}

// reject drops what a message came to; she is asked step by step.
func (f *form) reject() {
	f.seat.Quick = nil
	f.closePrompt("✏️ Mình hỏi lại từng câu.")
	f.echo = "Dạ, vậy em hỏi lại từng câu nhé."
	f.next()
}

// mendSlot takes "sửa kết nạp thành 3" while the card waits; false when it holds no such thing.
func (f *form) mendSlot(q org.QuestionID, argument string) bool {
	k := f.seat.Quick
	if k == nil || k.Agreed || argument == "" || !slices.ContainsFunc(k.Slots, func(s Slot) bool { return s.Question == q }) {
		return false
	}
	then := f.weigh(k.Slots).then
	a := catalog[q.Base()].read(then, q, argument)
	if a.outcome != viet.Value {
		return false
	}
	f.show([]Slot{{Question: q, Value: a.value}}, "")
	return true
}
