package flows

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"

	"chihoi/flows/org"
)

// FormVersion is the version of the question list; drafts and check-ins name theirs.
const FormVersion = 1

// Questions of domain.md section 6. Those that repeat get an instance: q9_pair/p1, q_more/2.
const (
	qMembers       org.QuestionID = "q0_members"
	qActivity      org.QuestionID = "q1_activity"
	qDate          org.QuestionID = "q1a_date"
	qAttendees     org.QuestionID = "q1b_attendees"
	qKind          org.QuestionID = "q1c_kind"
	qReason        org.QuestionID = "q1d_reason"
	qPioneers      org.QuestionID = "q2_pioneers"
	qResources     org.QuestionID = "q3_resources"
	qResourceKinds org.QuestionID = "q3a_kinds"
	qKnow          org.QuestionID = "q456_know" // the recap of q4 to q6
	qFaces         org.QuestionID = "q4_faces"
	qCircumstances org.QuestionID = "q5_circumstances"
	qNeeds         org.QuestionID = "q6_needs"
	qTopNeed       org.QuestionID = "q6a_top_need"
	qJoined        org.QuestionID = "q7_joined"
	qExcluded      org.QuestionID = "q7a_excluded"
	qLeft          org.QuestionID = "q8_left"
	qWhich         org.QuestionID = "q8_which" // when one left: in what way
	qLeftOrg       org.QuestionID = "q8_left_org"
	qDied          org.QuestionID = "q8_died"
	qMovedOut      org.QuestionID = "q8_moved_out" // never asked: what remains
	qPair          org.QuestionID = "q9_pair"
	qOutcome       org.QuestionID = "q9_outcome"
	qDues          org.QuestionID = "q12_dues"
	qMore          org.QuestionID = "q_more"
	qNewKind       org.QuestionID = "q9_new"
	qNewLabel      org.QuestionID = "q9_label"
	qHelp          org.QuestionID = "q10_help"
	qHelpText      org.QuestionID = "q10_text"
	qChange        org.QuestionID = "q11_change"
	qReview        org.QuestionID = "review"
	qItem          org.QuestionID = "item"    // "sửa mục số mấy?"
	qPart          org.QuestionID = "part"    // which question of an item: part/1
	qDismiss       org.QuestionID = "dismiss" // "thôi": stop here?
	qAlarm         org.QuestionID = "alarm"   // shall the chair call at once?
	qQuick         org.QuestionID = "quick"   // what one free message came to: right?
	qMend          org.QuestionID = "mend"    // which of it is not?
)

const (
	maxPairsAsked = 5  // domain.md 6, q9_pair
	maxMore       = 12 // closing rounds in one check-in, so that a draft stays small
)

// form is the working set of one step within a check-in.
type form struct {
	*step
	branch org.Branch
	period org.Period
	draft  Draft
	seat   Seat
	past   org.Past       // the last month before this one that was sent; zero if none
	pairs  []org.Pair     // active before this check-in, oldest first, at most maxPairsAsked
	recap  bool           // q4 to q6 come as one recap this month
	echo   string         // how the last answer was understood, opens the next message
	done   bool           // she has left it, or sent it
	passed org.QuestionID // what somebody else has answered since it was asked of her
}

// seated finds the check-in she is in: a draft of one of her branches, in a period that
// still takes reports, in which a question is open for her.
func (s *step) seated() *form {
	for _, d := range s.duties() {
		if !d.open {
			continue
		}
		draft, ok := s.Book.Draft(d.branch.ID, d.period.Month)
		if !ok || draft.Seats[s.Me.ID].Open == "" {
			continue
		}
		if f, ok := s.formOf(draft); ok {
			return f
		}
	}
	return nil
}

// formOf loads a draft whoever looks at it, also one made only to show a report.
func (s *step) formOf(d Draft) (*form, bool) {
	br, ok := s.Book.Branch(d.Branch)
	if !ok {
		return nil, false
	}
	p, ok := s.Book.Period(d.Branch.Commune(), d.Month)
	if !ok {
		return nil, false
	}
	d.Answers = d.Answers.Clone()
	if d.Answers == nil {
		d.Answers = org.Answers{}
	}
	f := &form{step: s, branch: br, period: p, draft: d}
	if s.Me != nil { // nobody's seat while a job looks at it
		f.seat = d.Seats[s.Me.ID]
	}
	f.lookBack()
	return f, true
}

// lookBack loads the past: the last report, the pairs, and whether the three "biết"
// items come as a recap (domain.md 6, prefill rule: afresh every third period).
func (f *form) lookBack() {
	recent := f.draft.Month.Add(-2)
	for _, p := range f.Book.History(f.branch.ID) {
		if p.Month < f.draft.Month {
			f.past = p
			f.recap = f.recap || p.Month >= recent && !p.Recap // asked afresh less than three periods ago
		}
	}
	if f.past.Month == "" && f.draft.Corrects > 0 && !f.draft.Answers.Has(qMembers) {
		f.asItWas()
	}
	for _, q := range []org.QuestionID{qFaces, qCircumstances, qNeeds} {
		f.recap = f.recap && f.past.Carry[q] != "" // else there is nothing to carry over
	}
	for _, p := range f.Book.Pairs(f.branch.ID) {
		open := p.State == org.PairActive || p.Ended >= f.draft.Month // ended by the report now corrected, or later
		if open && p.Started < f.draft.Month && len(f.pairs) < maxPairsAsked {
			f.pairs = append(f.pairs, p)
		}
	}
}

// asItWas takes from the report itself what the month before it, too long ago to be
// remembered, had handed on to it.
func (f *form) asItWas() {
	c, ok := f.Book.CheckIn(f.branch.ID, f.draft.Month)
	if !ok {
		return
	}
	f.past = org.Past{Month: f.draft.Month.Add(-1), End: c.Start, Carry: map[org.QuestionID]string{}}
	f.recap = c.Answers.Has(qKnow)
	for _, q := range []org.QuestionID{qFaces, qCircumstances, qNeeds} {
		f.past.Carry[q] = c.Answers[q].Value
	}
}

// start is the number of members before this month; 0 while unknown (domain.md 5.1).
func (f *form) start() int {
	if f.past.Month != "" {
		return f.past.End
	}
	n, _ := f.draft.Answers.Count(qMembers)
	return n
}

// path lists the questions that this check-in asks, given what is answered so far, in
// order and without the review. Follow-ups appear once the answer before calls for them.
func (f *form) path() []org.QuestionID {
	a := f.draft.Answers
	p := make([]org.QuestionID, 0, 24)
	if f.past.Month == "" {
		p = append(p, qMembers)
	}
	p = append(p, qActivity)
	if a[qActivity].Value == "no" {
		p = append(p, qReason)
	} else {
		p = append(p, qDate, qAttendees, qKind)
	}
	p = append(p, qPioneers, qResources)
	past := f.past.Carry[qResourceKinds]
	if a[qResources].Value == "yes" && (past == "" || a.Has(qResourceKinds) && a[qResourceKinds].Value != past) {
		p = append(p, qResourceKinds)
	}
	p = f.knowPath(p)
	p = append(p, qJoined)
	if n, _ := a.Count(qJoined); n > 0 {
		p = append(p, qExcluded)
	}
	p = f.leftPath(p)
	for _, pair := range f.pairs {
		p = append(p, instance(qPair, string(pair.ID)))
		if a[instance(qPair, string(pair.ID))].Value == "3" {
			p = append(p, instance(qOutcome, string(pair.ID)))
		}
	}
	if f.Settings.Dues && f.draft.Month.Number()%3 == 0 {
		p = append(p, qDues)
	}
	return f.morePath(p)
}

func (f *form) knowPath(p []org.QuestionID) []org.QuestionID {
	if f.recap {
		p = append(p, qKnow)
		if f.draft.Answers[qKnow].Value != "edit" {
			return p
		}
	}
	p = append(p, qFaces, qCircumstances, qNeeds)
	if v := f.draft.Answers[qNeeds].Value; !f.recap && (v == "1" || v == "2") {
		p = append(p, qTopNeed)
	}
	return p
}

func (f *form) leftPath(p []org.QuestionID) []org.QuestionID {
	p = append(p, qLeft)
	total, _ := f.draft.Answers.Count(qLeft)
	switch {
	case total == 1:
		p = append(p, qWhich)
	case total > 1:
		p = append(p, qLeftOrg)
		if n, ok := f.draft.Answers.Count(qLeftOrg); !ok || n < total {
			p = append(p, qDied)
		}
	}
	return p
}

func (f *form) morePath(p []org.QuestionID) []org.QuestionID {
	for n := 1; n <= maxMore; n++ {
		i := strconv.Itoa(n)
		more := instance(qMore, i)
		p = append(p, more)
		switch f.draft.Answers[more].Value {
		case "2":
			p = append(p, instance(qNewKind, i))
			if k := f.newKind(i); k != org.PartyNurturing {
				p = append(p, instance(qNewLabel, i))
			}
		case "3":
			p = append(p, instance(qHelp, i))
			if k := f.helpKind(i); k != "" && k != org.Violence {
				p = append(p, instance(qHelpText, i))
			}
		case "4":
			p = append(p, instance(qChange, i))
		default:
			return p
		}
	}
	return p
}

// newKind is the kind chosen for the i-th new pair, "" while open.
func (f *form) newKind(i string) org.PairKind {
	n, err := strconv.Atoi(f.draft.Answers[instance(qNewKind, i)].Value)
	if err != nil || n < 1 || n > len(f.Settings.PairKinds) {
		return ""
	}
	return f.Settings.PairKinds[n-1]
}

// helpKind is the kind chosen for the i-th help request, "" while open.
func (f *form) helpKind(i string) org.RequestKind {
	n, err := strconv.Atoi(f.draft.Answers[instance(qHelp, i)].Value)
	if err != nil || n < 1 || n > len(org.RequestKinds) {
		return ""
	}
	return org.RequestKinds[n-1]
}

func instance(q org.QuestionID, i string) org.QuestionID {
	return q + "/" + org.QuestionID(i)
}

// gap is the first question of the path without an answer, the review when there is none.
func (f *form) gap() org.QuestionID {
	for _, q := range f.path() {
		if !f.draft.Answers.Has(q) {
			return q
		}
	}
	return qReview
}

// left counts the questions still open, the review not counted.
func (f *form) left() (n int) {
	for _, q := range f.path() {
		if !f.draft.Answers.Has(q) {
			n++
		}
	}
	return n
}

// progress is "Câu 3/11" for a question of the path, "" for others.
func (f *form) progress(q org.QuestionID) string {
	p := slices.DeleteFunc(f.path(), func(one org.QuestionID) bool {
		_, waits := f.mayPropose(one)
		return waits && f.seat.Quick == nil && one != q && !f.draft.Answers.Has(one)
	})
	i, n := slices.Index(p, q), len(p)+1
	if i < 0 {
		return ""
	}
	if slices.Contains(details, q.Base()) && !f.draft.Answers.Has(q) { // it may come after others
		i = len(slices.DeleteFunc(p, func(one org.QuestionID) bool { return !f.draft.Answers.Has(one) }))
		return fmt.Sprintf("Câu %d/%d", i+1, n)
	}
	return fmt.Sprintf("Câu %d/%d", i+1, n)
}

// newInstance names a draft in few letters; different months, branches and corrections differ.
func newInstance(b org.BranchID, m org.Month, corrects int) string {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s %s %d %d", b, m, FormVersion, corrects)
	return strconv.FormatUint(uint64(h.Sum32()), 36)
}
