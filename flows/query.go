package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// An item of a report that was sent may be asked about again: the head gets it with the
// reason and a button that opens exactly that item. Her correction closes it, or her word
// that it is right as it stands.

// WhyAnswered is why a query was not sent after all.
const WhyAnswered = "chi hội trả lời rồi"

// queryKey begins the keys of what is sent about an item.
func queryKey(b org.BranchID, m org.Month, item int) string {
	return fmt.Sprintf("query/%s/%s/%d-", m, b, item)
}

// query asks a chair which item of a report she means.
func (s *step) query(b org.Branch, m org.Month) {
	f, c, ok := s.askable(b, m)
	if !ok {
		return
	}
	lines := []string{fmt.Sprintf("{Chị} hỏi lại %s mục số mấy ạ?", lowerFirst(s.named(b)))}
	var o []Option
	for _, l := range f.lines() {
		n, name, _ := strings.Cut(l, ". ")
		if n == "10" || n == "11" { // calls for help and changes have ways of their own
			continue
		}
		title, _, _ := strings.Cut(name, ":")
		o = append(o, Option{Label: title, Say: n, Beside: len(o)%2 == 1, Data: actData(actQuery, b, c.Month) + ":" + n})
		lines = append(lines, l)
	}
	s.listed(strings.Join(lines, "\n"), o, o)
}

// askable is the report of a branch, while it can still be corrected; else she is told why not.
func (s *step) askable(b org.Branch, m org.Month) (*form, org.CheckIn, bool) {
	c, sent := s.Book.CheckIn(b.ID, m)
	p, open := present(s.Facts, b.ID.Commune())
	switch {
	case !sent:
		s.say("%s chưa gửi báo cáo %s, nên chưa có gì để hỏi lại ạ.", s.named(b), m.Label())
	case !open || p.Month != m:
		s.say("Kỳ %s khóa rồi nên chi hội không sửa được nữa. {Chị} gọi hỏi, cần thì gõ \"%s\" ạ.\n%s", m.Label(), s.mendSay(b, m), strings.Join(s.phoneLines(b), "\n"))
	default:
		f, ok := s.reportForm(b, c)
		return f, c, ok
	}
	return nil, c, false
}

// queryItem asks for the reason, unless another chair has asked already.
func (s *step) queryItem(b org.Branch, m org.Month, item int) {
	f, c, ok := s.askable(b, m)
	if !ok {
		return
	}
	line, ok := f.itemLine(item)
	if !ok || item == 10 || item == 11 {
		s.say("Báo cáo của %s không có mục %d để hỏi lại ạ.", lowerFirst(s.named(b)), item)
		return
	}
	if q, ok := s.openQuery(b.ID, m, item); ok {
		s.say("Mục %d này %s hỏi lại rồi ạ (%s), đang chờ chi hội trả lời.", item, either(q.By == s.Me.ID, "{chị}", s.spokenOf(q.By)), q.Reason)
		return
	}
	s.askWords(Acting{What: actQuery, Branch: b.ID, Month: m, Item: item, Revision: c.Revision},
		fmt.Sprintf("Mục %s.\nVì sao cần hỏi lại ạ? {Chị} chọn, hoặc gõ lời của {chị}.", line))
}

func (s *step) openQuery(b org.BranchID, m org.Month, item int) (org.Query, bool) {
	for _, q := range s.Book.Queries(b, m) {
		if q.Item == item && q.Open() {
			return q, true
		}
	}
	return org.Query{}, false
}

// sendBack keeps the query and has it sent, unless it has become needless meanwhile.
func (s *step) sendBack(b org.Branch, a Acting) {
	f, c, ok := s.askable(b, a.Month)
	if !ok {
		return
	}
	if _, asked := s.openQuery(b.ID, a.Month, a.Item); asked {
		s.queryItem(b, a.Month, a.Item)
		return
	}
	if line, _ := f.itemLine(a.Item); c.Revision != a.Revision {
		s.say("Chi hội vừa sửa báo cáo, em chưa hỏi lại. Giờ là mục %s.\nVẫn cần, {chị} gõ \"hỏi lại %s mục %d\" ạ.", line, s.brief(b), a.Item)
		return
	}
	q := org.Query{Branch: b.ID, Month: a.Month, Item: a.Item, Reason: a.Text, Revision: c.Revision, By: s.Me.ID, At: s.Now}
	s.do(SaveQuery{q}, Audit{What: "sent_back", By: s.Me.ID, Unit: string(b.ID), Detail: fmt.Sprintf("%s %d", a.Month, a.Item)})
	item := lowerFirst(f.itemName(a.Item))
	s.tellChairs(b.ID.Commune(), Prompt{Text: fmt.Sprintf("Chị %s hỏi lại mục %d (%s) trong báo cáo %s của %s: %s.", givenName(s.Me.Name), a.Item, item, a.Month.Label(), lowerFirst(s.named(b)), a.Text)}, false)
	who := s.answerable(b.ID)
	if len(who) == 0 {
		s.say("Em ghi {chị} hỏi lại mục %d, nhưng em không nhắn tới chi hội được. {Chị} gọi giúp em ạ.\n%s", a.Item, strings.Join(s.phoneLines(b), "\n"))
		return
	}
	s.do(Remind{Key: fmt.Sprintf("%s%d", queryKey(b.ID, a.Month, a.Item), s.Now.Unix()), At: s.Now,
		Order: Order{Kind: OrderQuery, Person: who[0].Person, Branch: b.ID, Month: a.Month, Item: a.Item, Wave: s.wave(string(OrderQuery))}})
	text := fmt.Sprintf("Em gửi mục %d (%s) cho %s hỏi lại. Chị ấy trả lời, em báo {chị} ngay ạ.", a.Item, item, s.spokenOf(who[0].Person))
	if until := s.Settings.QuietOf(b.ID.Commune()).Until(s.Now); until.After(s.Now) {
		text += fmt.Sprintf("\nGiờ này em để yên chị ấy, tin tới từ %s.", dueWords(until))
	}
	s.say("%s", text)
}

// queryOrder finds the words of a query as it is sent.
func (s *step) queryOrder(o Order) (p Prompt, why string) {
	q, ok := s.openQuery(o.Branch, o.Month, o.Item)
	if !ok {
		return Prompt{}, WhyAnswered
	}
	period, there := s.Book.Period(o.Branch.Commune(), o.Month)
	if !there || period.State(s.Now) == org.Locked {
		return Prompt{}, WhyLocked
	}
	me, known := s.Book.Person(o.Person)
	b, isBranch := s.Book.Branch(o.Branch)
	c, sent := s.Book.CheckIn(o.Branch, o.Month)
	if agreed, ok := s.Book.Consent(o.Person); !known || !isBranch || !sent || !ok || agreed.Withdrawn {
		return Prompt{}, notUsing
	}
	s.Me = &me
	f, ok := s.reportForm(b, c)
	if !ok {
		return Prompt{}, WhyAnswered
	}
	line, _ := f.itemLine(o.Item)
	inst := newInstance(b.ID, o.Month, 0)
	return Prompt{Text: s.spoken(fmt.Sprintf("{Chị} %s ơi, %s xem báo cáo %s của %s và hỏi lại mục %s.\nLý do: %s. {Chị} xem lại giúp em nhé.",
		givenName(me.Name), s.spokenOf(q.By), o.Month.Label(), lowerFirst(s.named(b)), line, q.Reason)), Options: []Option{
		{Label: fmt.Sprintf("Sửa mục %d", o.Item), Data: fmt.Sprintf("r:%s:%d", inst, o.Item), Say: fmt.Sprintf("sửa %d", o.Item)},
		{Label: "Đúng rồi, giữ nguyên", Data: fmt.Sprintf("r:%s:%d:ok", inst, o.Item), Say: fmt.Sprintf("đúng %d", o.Item)},
	}}, ""
}

// queryPress takes a head's tap under a query.
func (s *step) queryPress(rest string) bool {
	inst, rest, _ := strings.Cut(rest, ":")
	no, ok, _ := strings.Cut(rest, ":")
	d, hers := s.dutyOf(inst)
	item, err := strconv.Atoi(no)
	if !hers || err != nil {
		return false
	}
	if ok == "ok" {
		s.standsAsItIs(d, item)
		return true
	}
	s.editSent(d, Edit{Item: item})
	return true
}

// queryText reads a head's "đúng 7": what she was asked about is right.
func (s *step) queryText(t string) bool {
	w := strings.Fields(t)
	if len(w) < 2 || w[0] != "dung" {
		return false
	}
	item, err := strconv.Atoi(w[len(w)-1])
	if err != nil || len(w) > 3 || len(w) == 3 && w[1] != "muc" {
		return false
	}
	for _, d := range s.duties() {
		if _, asked := s.openQuery(d.branch.ID, d.period.Month, item); asked {
			s.standsAsItIs(d, item)
			return true
		}
	}
	return false
}

// queryAnswer reads what she writes where one thing only is asked about: that it is right, or
// the number it should be. A number goes through the correction, which she sees before it counts.
func (s *step) queryAnswer(body string) bool {
	var of duty
	item, at := 0, s.talk.OfferedAt
	for _, d := range s.duties() {
		for _, q := range s.Book.Queries(d.branch.ID, d.period.Month) {
			if !q.Open() {
				continue
			}
			if item != 0 {
				return false
			}
			of, item = d, q.Item
			if q.At.After(at) {
				at = q.At
			}
		}
	}
	if item == 0 || at.Equal(s.talk.OfferedAt) && len(s.talk.Offer) > 0 { // choices were shown since
		return false
	}
	if viet.ReadCommand(body, "idle").Outcome == viet.Value || len(strings.Fields(body)) > 6 {
		return false
	}
	number := viet.ReadCount(body, "")
	switch yes := viet.ReadYesNo(body, "confirm"); {
	case bareNumber(body) != "" || number.Outcome == viet.Value && !number.Value.Unknown && !number.Value.Same && strings.ContainsAny(body, "0123456789"):
		s.editSent(of, Edit{Item: item, Argument: body})
	case yes.Outcome == viet.Value && (yes.Value == viet.Yes || yes.Value == viet.Same), viet.KeepsAsIs(body):
		s.standsAsItIs(of, item)
	default:
		return false
	}
	return true
}

// standsAsItIs closes a query by her word that the report is right.
func (s *step) standsAsItIs(d duty, item int) {
	q, asked := s.openQuery(d.branch.ID, d.period.Month, item)
	if !asked {
		s.say("Dạ, mục %d em không còn hỏi nữa ạ.", item)
		return
	}
	q.Closed, q.ClosedBy, q.AsItWas = s.Now, s.Me.ID, true
	s.do(SaveQuery{q}, Cancel{queryKey(q.Branch, q.Month, item), WhyAnswered}, Audit{What: "query_confirmed", By: s.Me.ID, Unit: string(q.Branch), Detail: fmt.Sprintf("%s %d", q.Month, item)})
	s.say("Dạ, em ghi mục %d giữ nguyên và báo %s rồi ạ.", item, s.spokenOf(q.By))
	for _, id := range chairs(s.Book, d.branch.ID.Commune()) {
		if id != s.Me.ID {
			s.tell(id, Prompt{Text: fmt.Sprintf("%s: mục %d hỏi lại, chị %s xem rồi, nói là đúng, giữ nguyên.", s.named(d.branch), item, givenName(s.Me.Name))}, false)
		}
	}
}

// settleQueries closes what was asked about the items that a correction changes, and says
// which they are: "\nMục 7 hỏi lại đã có trả lời."
func (f *form) settleQueries() string {
	before, _ := f.Book.CheckIn(f.branch.ID, f.draft.Month)
	var items []string
	for _, q := range f.Book.Queries(f.branch.ID, f.draft.Month) {
		if !q.Open() || !f.changedItem(q.Item, before.Answers) {
			continue
		}
		q.Closed, q.ClosedBy = f.Now, f.Me.ID
		f.do(SaveQuery{q}, Cancel{queryKey(q.Branch, q.Month, q.Item), WhyAnswered})
		items = append(items, strconv.Itoa(q.Item))
	}
	if len(items) == 0 {
		return ""
	}
	return fmt.Sprintf("\nMục %s hỏi lại đã có trả lời.", strings.Join(items, ", "))
}

// changedItem reports whether a correction gives an item of the review another answer.
func (f *form) changedItem(item int, before org.Answers) bool {
	all := append(before.Questions(), f.draft.Answers.Questions()...)
	return slices.ContainsFunc(all, func(q org.QuestionID) bool {
		spec := catalog[q.Base()]
		return spec != nil && spec.item == item && shown(before[q]) != shown(f.draft.Answers[q])
	})
}

// itemLine is an item of the review as it stands: "7. Kết nạp: 2 chị".
func (f *form) itemLine(item int) (string, bool) {
	for _, l := range f.lines() {
		if strings.HasPrefix(l, strconv.Itoa(item)+". ") {
			return l, true
		}
	}
	return "", false
}

// queryLines tell a chair what was asked about a report, and what came of it.
func (s *step) queryLines(b org.BranchID, m org.Month) (lines []string) {
	for _, q := range s.Book.Queries(b, m) {
		end := "đang chờ trả lời"
		switch {
		case q.AsItWas:
			end = s.spokenOf(q.ClosedBy) + " nói là đúng"
		case !q.Open():
			end = s.spokenOf(q.ClosedBy) + " đã sửa"
		}
		lines = append(lines, fmt.Sprintf("%s hỏi lại mục %d ngày %s (%s): %s.", upperFirst(s.spokenOf(q.By)), q.Item, org.Day(q.At.In(s.Now.Location())), q.Reason, end))
	}
	return lines
}
