package flows

import (
	"fmt"
	"time"

	"chihoi/flows/org"
)

// OpenQuestion is a question that was open for somebody when the network went silent.
type OpenQuestion struct {
	Branch org.BranchID
	Month  org.Month
	Person org.PersonID
	Prompt org.MessageID // the message that asked it
}

// AskedAgain is what the earlier message of a question that was asked again becomes.
const AskedAgain = "⤵ Câu này em gửi lại ở dưới ạ."

// askAgainAfter plans open questions once more after an outage: taps made meanwhile are
// lost without a trace, and whoever tapped waits for an answer that never comes. Each
// message is sent again once, whatever happens; whoever has written since is not asked.
func (s *step) askAgainAfter(j Job) {
	for _, q := range j.Questions {
		f, ok := s.stillOpen(q.Person, q.Branch, q.Month, q.Prompt)
		if !ok {
			continue
		}
		if c, ok := s.Book.ContactOf(q.Person); !ok || c.ID != f.seat.PromptAt {
			continue
		}
		at := j.At
		if j.Gap > time.Hour { // she is no longer waiting for it
			at = s.Settings.QuietOf(q.Branch.Commune()).Until(at)
		}
		s.do(Remind{Key: fmt.Sprintf("again/%s/%s", q.Month, q.Prompt), At: at,
			Order: Order{Kind: OrderAgain, Person: q.Person, Branch: q.Branch, Month: q.Month, Again: q.Prompt}})
	}
}

// questionAgain words the question as it is open now; ok is false when she has moved on.
func (s *step) questionAgain(o Order) (p Prompt, ok bool) {
	f, ok := s.stillOpen(o.Person, o.Branch, o.Month, o.Again)
	if !ok {
		return Prompt{}, false
	}
	p = f.prompt(f.seat.Open)
	p.Text = f.spoken("Mạng vừa gián đoạn, em gửi lại câu đang hỏi ạ.\n" + p.Text)
	return p, true
}

// stillOpen finds the check-in in which a message's question is still open for somebody
// who may be written to.
func (s *step) stillOpen(who org.PersonID, b org.BranchID, m org.Month, prompt org.MessageID) (*form, bool) {
	me, known := s.Book.Person(who)
	d, ok := s.Book.Draft(b, m)
	seat := d.Seats[who]
	if !known || !ok || seat.Open == "" || seat.Prompt != prompt || catalog[seat.Open.Base()] == nil && !aside(seat.Open) {
		return nil, false
	}
	if c, ok := s.Book.Consent(who); !ok || c.Withdrawn {
		return nil, false
	}
	s.Me = &me
	f, ok := s.formOf(d)
	if !ok {
		return nil, false
	}
	if st := f.period.State(s.Now); st != org.Open && st != org.Due {
		return nil, false
	}
	return f, f.overtaken() == ""
}
