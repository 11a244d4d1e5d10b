// Package flows decides: it holds every conversation of the bot as a pure function
// from facts, what was said so far and an event, to what is now so and what is to be
// done about it (effects). It does no I/O, starts nothing and reads no clock.
//
// Each conversation is one file: register.go (who she is, and her consent), checkin.go
// with questions.go, path.go, review.go and correct.go (the monthly check-in), chair.go with
// overview.go and requests.go (what a commune chair sees, and calls for help), group.go and
// groupcode.go (chat groups and whose they are), announce.go and its neighbours with naming.go
// and public.go (what chairs announce, who may be named in it, what no group is told),
// jobs.go (what the calendar does unasked), idle.go (all else).
package flows

import (
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
)

// Step takes one event of one contact and says what comes of it. The talk handed back
// replaces the one handed in; the effects are applied in order, in the same transaction.
//
// Step is total: any event in any state gets an answer, and a malformed one is treated
// like something not understood. It never returns an answer that nobody gave.
func Step(f Facts, talk Talk, e Event) (Talk, []Effect) {
	s := &step{Facts: f, talk: talk}
	s.take(e)
	return s.talk, s.out
}

// step is the working set of one Step.
type step struct {
	Facts
	talk  Talk
	out   []Effect
	said  int    // messages so far
	puts  int    // questions put so far
	line  string // what a chair typed beside an act, until it is taken
	note  string // a line to lead the card that a message opens
	known []duty // her duties, once looked up

	rosterOf org.CommuneID // whose branches are in roster
	roster   []org.Branch
}

// take sends the event to the conversation it belongs to.
func (s *step) take(e Event) {
	switch e := e.(type) {
	case Reach:
		s.reach(e)
		return
	case InGroup:
		s.inGroup(e)
		return
	case Addressed:
		s.inGroupSaid(e)
		return
	case OutOfGroup:
		s.outOfGroup(e.Group)
		return
	case Hushed:
		s.hushed(e.Group)
		return
	case Moved:
		s.do(MoveGroup{From: s.Contact, To: e.To})
		return
	}
	if s.Me == nil {
		s.stranger(e)
		return
	}
	s.heard()
	if isText(e) {
		s.talk.Unread = 0
	}
	defer s.forget(s.talk.Prompt)
	if c, ok := s.Book.Consent(s.Me.ID); !ok || c.Withdrawn {
		s.consent(e)
		return
	}
	if f := s.seated(); f != nil {
		f.take(e)
		return
	}
	s.idle(e)
}

// forget lets go of what a number or a yes would do, unless it was just put to her: prompt
// is the message with choices from before this step. Lists to look at stay.
func (s *step) forget(prompt org.MessageID) {
	if s.talk.Prompt != prompt {
		return
	}
	s.talk.Asking, s.talk.Edit, s.talk.Act = "", nil, nil
	if slices.ContainsFunc(s.talk.Offer, func(o Option) bool {
		return strings.HasPrefix(o.Data, "y:") || strings.HasPrefix(o.Data, "a:") || slices.ContainsFunc(actSteps, func(step string) bool { return strings.HasPrefix(o.Data, step) }) || strings.HasPrefix(o.Data, "h:") && !strings.HasSuffix(o.Data, ":o")
	}) {
		s.talk.Offer = nil
	}
}

// heard notes that she can be reached here, and that this is where she last wrote.
func (s *step) heard() {
	all := s.Book.Contacts(s.Me.ID)
	for _, c := range all {
		if c.ID != s.Contact {
			continue
		}
		// When she has one address only, the time she last used it tells nothing: no write.
		elsewhere := slices.ContainsFunc(all, func(o org.Contact) bool { return o.ID != c.ID && !o.LastWrote.Before(c.LastWrote) })
		if c.Unreachable != "" || elsewhere {
			c.Unreachable, c.LastWrote = "", s.Now
			s.do(SaveContact{c})
		}
	}
}

// reach marks a contact that messages no longer arrive at, or again do.
func (s *step) reach(r Reach) {
	if s.Me == nil {
		return
	}
	for _, c := range s.Book.Contacts(s.Me.ID) {
		if c.ID == s.Contact && c.Unreachable != r.Lost {
			c.Unreachable = r.Lost
			s.do(SaveContact{c}, Audit{What: "reach", By: s.Me.ID, Detail: r.Lost})
		}
	}
}

func (s *step) do(e ...Effect) { s.out = append(s.out, e...) }

// reply sends a prompt to whoever wrote and returns the message's id.
func (s *step) reply(p Prompt) org.MessageID {
	p.Text = s.spoken(p.Text)
	s.do(Reply{p})
	id := s.Message(s.said)
	s.said++
	return id
}

// say sends a plain sentence.
func (s *step) say(format string, args ...any) {
	s.reply(Prompt{Text: fmt.Sprintf(format, args...)})
}

// tell sends a prompt to somebody else.
func (s *step) tell(to org.PersonID, p Prompt, urgent bool) {
	p.Text = spokenTo(s.Book, to, p.Text)
	s.do(Tell{Person: to, Prompt: p, Urgent: urgent})
	s.said++
}

// retire turns an earlier message into a record line.
func (s *step) retire(m org.MessageID, text string) {
	if m != "" {
		s.do(Retire{m, s.spoken(text)})
		s.said++
	}
}

// spoken puts the person's form of address in the place of {chị} and {Chị}.
func (s *step) spoken(text string) string {
	a := ""
	if s.Me != nil {
		a = s.Me.Address
	}
	return address(a, text)
}

func spokenTo(b Book, to org.PersonID, text string) string {
	p, _ := b.Person(to)
	return address(p.Address, text)
}

func address(a, text string) string {
	if a == "" {
		a = "chị"
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "{chị}", a), "{Chị}", upperFirst(a))
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// chairs lists the chair and vice chairs of a commune, chair first.
func chairs(b Book, c org.CommuneID) (list []org.PersonID) {
	posts := b.PostsIn(string(c))
	for _, role := range []org.Role{org.Chair, org.ViceChair} {
		for _, p := range posts {
			if p.Role == role {
				list = append(list, p.Person)
			}
		}
	}
	return list
}

// tellChairs writes to the chair and vice chairs of a commune, but not to the writer.
func (s *step) tellChairs(c org.CommuneID, p Prompt, urgent bool) {
	for _, id := range chairs(s.Book, c) {
		if s.Me == nil || id != s.Me.ID {
			s.tell(id, p, urgent)
		}
	}
}

// chairName is how a commune's chair is spoken of: "chị Minh (Chủ tịch Hội)".
func (s *step) chairName(c org.CommuneID) string {
	for _, id := range chairs(s.Book, c) {
		if p, ok := s.Book.Person(id); ok {
			return "chị " + givenName(p.Name)
		}
	}
	return "chị Chủ tịch Hội xã"
}

// spokenOf is how somebody is spoken of: "chị Lan". Whose data was erased has no name.
func (s *step) spokenOf(id org.PersonID) string {
	if p, ok := s.Book.Person(id); ok {
		return "chị " + givenName(p.Name)
	}
	return "chị phụ trách trước"
}

// givenName is the last word of a Vietnamese name.
func givenName(name string) string {
	w := strings.Fields(name)
	if len(w) == 0 {
		return name
	}
	return w[len(w)-1]
}

// number writes a count the Vietnamese way: 1.250.
func number(n int) string { return org.Number(n) }
