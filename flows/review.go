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
func (f *form) card() string {
	return strings.Join(append([]string{fmt.Sprintf("Em ghi %s, %s:", f.draft.Month.Label(), f.named(f.branch))}, f.lines()...), "\n")
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
		byItem[item] = append(byItem[item], words)
	}
	if n, ok := f.moved(); ok {
		byItem[8] = append(byItem[8], "chuyển đi "+strconv.Itoa(n))
	}
	names := []string{"Số hội viên", "Hoạt động", "Tiên phong, nòng cốt", "Nguồn lực", "Biết mặt", "Biết hoàn cảnh", "Biết nhu cầu",
		"Kết nạp", "Giảm", "\"1+1\"", "Cần hỗ trợ", "Thay đổi", "Hội phí"}
	var lines []string
	for item := range 13 {
		if w := byItem[item]; len(w) > 0 {
			name := names[item]
			if f.recap && item == 4 && !slices.Contains(f.path(), qFaces) {
				name = "3 biết"
			}
			between := ", "
			if item == 9 || item == 1 {
				between = "; "
			}
			line := fmt.Sprintf("%d. %s: %s", item, name, strings.Join(w, between))
			if others := slices.DeleteFunc(hands[item], func(s string) bool { return s == "" }); len(others) > 0 {
				line += " (" + strings.Join(others, ", ") + " ghi)"
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// itemWords is one answer as it stands in the review.
func (f *form) itemWords(q org.QuestionID, a org.Answer) (item int, words string) {
	spec := catalog[q.Base()]
	words = "bỏ qua"
	switch {
	case !a.Skipped:
		words = spec.words(f, q, a.Value)
	case slices.Contains([]org.QuestionID{qDate, qAttendees, qKind, qReason, qResourceKinds, qTopNeed, qExcluded}, q):
		return spec.item, lowerFirst(spec.name) + " bỏ qua" // named, since it stands among others
	}
	switch q.Base() {
	case qKnow:
		words = "vẫn vậy (" + f.knowLine() + ")"
	case qTopNeed:
		words = "cần nhất: " + lower(words)
	case qDate:
		words = "ngày " + words
	case qExcluded:
		words = "trong đó " + strconv.Itoa(mustInt(a)) + " chị thuộc tổ chức khác"
	case qLeftOrg:
		words = "nghỉ Hội " + strconv.Itoa(mustInt(a))
	case qDied:
		words = "qua đời " + strconv.Itoa(mustInt(a))
	case qPair:
		words = f.pairName(q) + " " + words
	case qNewKind:
		words = "cặp mới: " + lowerFirst(words)
	case qNewLabel:
		words = "tên \"" + words + "\""
	case qAttendees, qKind, qReason, qResourceKinds, qWhich, qOutcome, qHelpText:
		words = lowerFirst(words)
	}
	return spec.item, words
}

func mustInt(a org.Answer) int { n, _ := a.Int(); return n }

// otherHand names who answered, when it was not the reader.
func (f *form) otherHand(a org.Answer) string {
	if a.By == f.Me.ID || a.By == "" {
		return ""
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

// reviewPrompt shows the card with what to do, or asks what to correct.
func (f *form) reviewPrompt(q org.QuestionID) Prompt {
	numbered := func(text string, choices []choice) Prompt {
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
	switch q.Base() {
	case qItem:
		var c []choice
		for _, l := range f.lines() {
			n, name, _ := strings.Cut(l, ". ")
			name, _, _ = strings.Cut(name, ":")
			c = append(c, choice{value: n, label: n + ". " + name, say: n})
		}
		p := numbered("{Chị} muốn sửa mục số mấy ạ?", c)
		for i := range p.Options {
			p.Options[i].Beside = i%2 == 1
			_, p.Options[i].Label, _ = strings.Cut(p.Options[i].Label, ". ")
		}
		return p
	case qPart:
		return numbered("Mục này {chị} sửa phần nào ạ?", f.partChoices(q.Instance()))
	case qAlarm:
		return numbered(alarmQuestion(f.Settings), list("Cần gọi ngay", "Không cần"))
	case qDismiss:
		return numbered("Mình dừng ở đây {chị} nhé? Những gì đã ghi em vẫn giữ.", list("Dừng", "Làm tiếp"))
	}
	head := "Câu cuối. "
	if f.draft.Corrects > 0 {
		head = ""
	}
	return numbered(head+f.card()+"\nĐúng chưa {chị} ạ?", list("Gửi", "Sửa", "Để sau"))
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
	return c
}

// editItem opens an item to be corrected: its one question, or the choice among several.
func (f *form) editItem(n int) {
	if (n == 5 || n == 6) && len(f.parts(n)) == 0 && f.recap {
		n = 4 // the three "biết" items stand together this month
	}
	parts := f.parts(n)
	switch {
	case n == 10 && len(parts) == 0:
		f.ask(f.open(), "Việc cần hỗ trợ em đã chuyển ngay, nên không sửa ở đây được ạ.")
	case len(parts) == 0:
		f.ask(f.open(), fmt.Sprintf("Mục %d chưa có gì để sửa {chị} ạ.", n))
	case len(parts) == 1, n == 7, n == 8: // there the rest follows from the first
		f.again(parts[0], "")
	default:
		f.seat.Open = ""
		f.ask(instance(qPart, strconv.Itoa(n)), "")
	}
}

// reviewText reads a reply at the review or one of its side questions.
func (f *form) reviewText(q org.QuestionID, body string) {
	p := f.reviewPrompt(q)
	choices := make([]choice, len(p.Options))
	for i, o := range p.Options {
		choices[i] = choice{value: dataValue(o.Data), label: o.Label}
	}
	if q == qItem { // the numbers there are the items', not the lines'
		if n, err := strconv.Atoi(strings.TrimSpace(viet.Fold(body))); err == nil {
			f.editItem(n)
			return
		}
	}
	a := readChoiceOf(choices, body)
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
	if a.outcome != viet.Value || !f.reviewPress(q, a.value) {
		f.missed(q, "")
	}
}

// reviewPress takes a choice at the review or one of its side questions.
func (f *form) reviewPress(q org.QuestionID, v string) bool {
	switch {
	case q == qReview && v == "1":
		f.wantSubmit(q)
	case q == qReview && v == "2":
		f.ask(qItem, "")
	case q == qReview && v == "3":
		f.later("")
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
		if !slices.Contains(f.parts(n), org.QuestionID(v)) {
			return false
		}
		f.again(org.QuestionID(v), "")
	default:
		return false
	}
	return true
}
