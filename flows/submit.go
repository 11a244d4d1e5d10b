package flows

import (
	"fmt"
	"slices"
	"strconv"

	"chihoi/flows/org"
)

// reasonBehalf marks a report that a chair entered for a branch.
const reasonBehalf = "nhập hộ"

// submit appends the check-in as a revision and lets everyone know whom it concerns.
func (f *form) submit() {
	if f.draft.Corrects > 0 && !f.differs() {
		f.leaveCorrection()
		return
	}
	f.derive()
	a := f.draft.Answers
	joined, _ := a.Count(qJoined)
	left, _ := a.Count(qLeft)
	c := org.CheckIn{Branch: f.branch.ID, Month: f.draft.Month, Revision: f.draft.Corrects + 1, Form: FormVersion,
		SentAt: f.SentAt, Late: f.SentAt.After(f.period.Due), By: f.Me.ID, Channel: f.Contact.Channel(),
		Answers: a, Trail: f.draft.Trail, Start: f.start(), End: f.start() + joined - left}
	if f.draft.Corrects > 0 {
		if first, ok := f.Book.CheckIn(f.branch.ID, f.draft.Month); ok {
			c.Late, c.Reason = first.Late, "sửa theo lời chi hội"
		}
	}
	switch {
	case f.mends():
		c.Reason, c.AfterLock = f.draft.Reason, true
	case f.onBehalf():
		c.Reason = reasonBehalf
	}
	queried := ""
	if f.draft.Corrects > 0 {
		queried = f.settleQueries()
	}
	f.do(Submit{c}, DropDraft{f.branch.ID, f.draft.Month}, Cancel{ReminderPrefix(f.branch.ID, f.draft.Month), WhySent},
		Audit{What: "submit", By: f.Me.ID, Unit: string(f.branch.ID), Detail: fmt.Sprintf("%s #%d", c.Month, c.Revision)})
	f.settlePairs()
	f.settleNotices()
	f.closePrompt("✅ Đã gửi báo cáo " + c.Month.Label() + ".")
	f.done = true
	if f.accepts() && (f.mends() || f.onBehalf()) { // whoever entered it has seen it
		f.acceptReport(c)
	}
	if f.mends() {
		before, _ := f.Book.CheckIn(f.branch.ID, f.draft.Month)
		f.tellMended(c, before)
	} else {
		f.thank(c)
		f.tellSubmitted(c, queried)
		if f.onBehalf() {
			f.tellBehalf(c)
		}
	}
	f.endProxy()
}

// derive completes the answers that follow from others, and drops those that no longer belong.
func (f *form) derive() {
	a, keep := f.draft.Answers, map[org.QuestionID]bool{}
	for _, q := range f.path() {
		keep[q] = true
	}
	set := func(q org.QuestionID, n int, from org.QuestionID) {
		of := a[from]
		of.Value, of.Skipped, of.Unusual = strconv.Itoa(n), false, false
		a[q], keep[q] = of, true
	}
	if n, _ := a.Count(qJoined); n == 0 {
		set(qExcluded, 0, qJoined)
	}
	total, _ := a.Count(qLeft)
	switch total {
	case 0, 1:
		which := a[qWhich].Value
		for i, q := range []org.QuestionID{qLeftOrg, qDied, qMovedOut} {
			n := 0
			if total == 1 && which == strconv.Itoa(i+1) {
				n = 1
			}
			set(q, n, qLeft)
		}
	default:
		n, _ := a.Count(qLeftOrg)
		died, _ := a.Count(qDied)
		if n == total {
			died = 0
			set(qDied, 0, qLeftOrg)
		}
		set(qMovedOut, total-n-died, qLeft)
	}
	if f.recap && a[qKnow].Value == "same" {
		for _, q := range []org.QuestionID{qFaces, qCircumstances, qNeeds} {
			of := a[qKnow]
			of.Value = f.past.Carry[q]
			a[q], keep[q] = of, true
		}
	}
	if past := f.past.Carry[qResourceKinds]; past != "" && a[qResources].Value == "yes" && !keep[qResourceKinds] {
		of := a[qResources]
		of.Value = past
		a[qResourceKinds], keep[qResourceKinds] = of, true
	}
	for q := range a {
		if !keep[q] {
			delete(a, q)
		}
	}
}

// settlePairs carries what was said about pairs over to the pairs themselves. It may run
// again for a correction: the same answers give the same pairs.
func (f *form) settlePairs() {
	for _, p := range f.pairs {
		if p.Ended > f.draft.Month { // in a later month, which this one says nothing of
			continue
		}
		was := p
		p.State, p.Ended = org.PairActive, ""
		if f.draft.Answers[instance(qPair, string(p.ID))].Value == "3" {
			p.State, p.Ended = org.PairCompleted, f.draft.Month
			if f.draft.Answers[instance(qOutcome, string(p.ID))].Value == "2" {
				p.State = org.PairEnded
			}
		}
		if p != was {
			f.do(SavePair{p})
		}
	}
	named := map[org.PairID]bool{}
	for n := 1; n <= maxMore; n++ {
		i := strconv.Itoa(n)
		kind := f.newKind(i)
		if f.draft.Answers[instance(qMore, i)].Value != "2" || kind == "" {
			continue
		}
		p := org.Pair{ID: org.PairID(fmt.Sprintf("%s-%d", f.draft.Month, n)), Branch: f.branch.ID, Kind: kind,
			Label: f.draft.Answers[instance(qNewLabel, i)].Value, Started: f.draft.Month, State: org.PairActive}
		if p.Label == "" {
			p.Label = f.nextPairName(i)
		}
		named[p.ID] = true
		f.do(SavePair{p})
	}
	for _, p := range f.Book.Pairs(f.branch.ID) { // a correction took a new pair back
		if p.Started == f.draft.Month && p.State == org.PairActive && !named[p.ID] {
			p.State, p.Ended = org.PairEnded, f.draft.Month
			f.do(SavePair{p})
		}
	}
}

func (f *form) settleNotices() {
	before, _ := f.Book.CheckIn(f.branch.ID, f.draft.Month)
	for n := 1; n <= maxMore; n++ {
		q := instance(qChange, strconv.Itoa(n))
		kind, ok := f.draft.Answers.Count(q)
		if !ok || before.Answers[q].Value == f.draft.Answers[q].Value {
			continue
		}
		f.do(SaveNotice{org.Notice{Branch: f.branch.ID, Month: f.draft.Month, Kind: kind, By: f.Me.ID, At: f.Now}})
		f.tellChairs(f.branch.ID.Commune(), Prompt{Text: fmt.Sprintf("%s báo có thay đổi: %s.\n{Chị} hỏi lại chị ấy rồi nhờ người phụ trách phần mềm sửa danh sách giúp em ạ.",
			f.named(f.branch), lowerFirst(changeLabels[kind-1]))}, false)
	}
}

// thank closes the check-in: thanks, one line of benefit, how to correct (domain.md 6).
func (f *form) thank(c org.CheckIn) {
	until := org.Day(f.period.Locks.Add(-1))
	if c.Revision > 1 {
		f.say("Em đã ghi bản sửa của {chị}, cảm ơn {chị}.\n%s\nCần sửa nữa, {chị} gõ ví dụ \"sửa 7\", được đến hết %s.", f.differences(), until)
		return
	}
	if f.onBehalf() {
		f.say("Em cảm ơn {chị}! Báo cáo %s của %s đã gửi, em ghi rõ là nhập hộ.\nSai chỗ nào, chi hội gõ ví dụ \"sửa 7\", được đến hết %s.",
			c.Month.Label(), lowerFirst(f.named(f.branch)), until)
		return
	}
	f.say("Em cảm ơn {chị}! Báo cáo %s của %s đã gửi.\n%s\nCần sửa, {chị} gõ ví dụ \"sửa 7\", được đến hết %s.",
		c.Month.Label(), lowerFirst(f.named(f.branch)), benefit(c), until)
}

// benefit is one line of what the report shows: "Tháng này chi hội mình đạt 5/6 mục".
func benefit(c org.CheckIn) string {
	if score := org.ItemsOf(c.Answers).Score(); score.OK {
		return fmt.Sprintf("Tháng này chi hội mình đạt %d/6 mục \"3 có, 3 biết\".", score.N)
	}
	return fmt.Sprintf("Cuối tháng chi hội mình có %s hội viên.", number(c.End))
}

func (f *form) inWords(q org.QuestionID, v string) string {
	switch v {
	case "":
		return "không còn"
	case "-":
		return "bỏ qua"
	}
	return catalog[q.Base()].words(f, q, v)
}

// tellSubmitted lets the chair know, with what she asked about that is now answered, and whoever else was in the same draft.
func (f *form) tellSubmitted(c org.CheckIn, queried string) {
	commune := f.branch.ID.Commune()
	sent, expected := tally(f.Book, f.period)
	if c.Revision == 1 && f.period.Expects(f.branch.ID) {
		sent++
	}
	all := ""
	if sent == expected && expected > 1 {
		all = ", đủ cả rồi ạ"
	}
	switch {
	case c.Revision > 1:
		p := Prompt{Text: fmt.Sprintf("%s vừa sửa báo cáo %s.\n%s%s", f.named(f.branch), c.Month.Label(), f.differences(), queried)}
		if f.accepts() {
			p.Text += "\nBáo cáo này chờ {chị} xem lại."
			p.Options = []Option{viewOption(c.Month, f.branch, "Xem "+f.brief(f.branch))}
		}
		f.tellChairs(commune, p, false)
	case f.Settings.QuietCount == 0 || expected < f.Settings.QuietCount:
		f.tellChairs(commune, Prompt{Text: fmt.Sprintf("✅ %s đã gửi báo cáo %s (%d/%d chi hội%s).", f.named(f.branch), c.Month.Label(), sent, expected, all),
			Options: []Option{viewOption(c.Month, f.branch, "Xem "+f.brief(f.branch))}}, false)
	case expected > 0 && (sent == expected || sent*4/expected > (sent-1)*4/expected):
		f.tellChairs(commune, Prompt{Text: fmt.Sprintf("Đã có %d/%d chi hội gửi báo cáo %s%s.", sent, expected, c.Month.Label(), all)}, false)
	}
	others := make([]org.PersonID, 0, len(f.draft.Seats))
	for id := range f.draft.Seats {
		if id != f.Me.ID {
			others = append(others, id)
		}
	}
	slices.Sort(others)
	for _, id := range others {
		text := fmt.Sprintf("Chị %s đã gửi báo cáo %s của %s rồi {chị} ạ.", givenName(f.Me.Name), c.Month.Label(), lowerFirst(f.named(f.branch)))
		if k := f.draft.Seats[id].Quick; k != nil && !k.Agreed { // what she told goes with the draft
			text += "\nTin {chị} kể em chưa ghi vì chưa kịp xác nhận, có gì khác {chị} nhắn lại em nhé."
		}
		f.tell(id, Prompt{Text: text}, false)
	}
}

// tally counts who has sent among those expected.
func tally(b Book, p org.Period) (sent, expected int) {
	all := b.SentIn(p.Commune, p.Month)
	for _, branch := range p.Expected {
		if p.Exempt[branch] != "" {
			continue
		}
		expected++
		if all[branch] {
			sent++
		}
	}
	return sent, expected
}

// submitIdle is for "gửi" outside a check-in: the one left unfinished goes on at what it
// lacks, or shows its review; nothing is sent unseen.
func (s *step) submitIdle() bool {
	all := s.duties()
	begun := slices.DeleteFunc(slices.Clone(all), func(d duty) bool {
		dr, ok := s.Book.Draft(d.branch.ID, d.period.Month)
		return !ok || !d.open || !dr.Touched()
	})
	switch {
	case len(all) == 0:
		return false
	case len(begun) == 0:
		s.start()
	case len(begun) > 1:
		s.which(begun, "s")
	default:
		if f := s.into(begun[0]); f != nil {
			f.wantSubmit("")
			f.save()
		}
	}
	return true
}
