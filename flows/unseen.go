package flows

import (
	"fmt"
	"slices"
	"time"

	"chihoi/flows/org"
)

// A call for help that no chair has taken on is told of once more, by itself: after three
// days (domain.md 9), one of violence after a day, when it counts as waiting (domain.md 7).

// How long a call may wait for a chair.
const (
	seenWithin         = 3 * 24 * time.Hour
	violenceSeenWithin = 24 * time.Hour
)

// WhyTaken is why a chair was not told of a call again.
const WhyTaken = "đã có người nhận"

// raise keeps a call for help, and plans to tell each chair of it again should nobody take it on.
func (s *step) raise(r org.Request) {
	c, at := r.Branch.Commune(), s.Now.Add(seenWithin)
	if r.Urgent() {
		at = s.Now.Add(violenceSeenWithin)
	}
	s.do(SaveRequest{r}, Audit{What: "request", By: s.Me.ID, Unit: string(r.Branch), Detail: string(r.Kind)})
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		p.Month = org.MonthOf(s.Now)
	}
	for _, id := range chairs(s.Book, c) {
		s.do(Remind{Key: fmt.Sprintf("%s/%s/%s/%s/%s", OrderUnseen, p.Month, c, id, r.ID), At: at, Order: Order{Kind: OrderUnseen, Person: id, Branch: r.Branch,
			Month: p.Month, Request: r.ID, Urgent: r.Urgent(), Wave: string(OrderUnseen) + "/" + at.Format(time.DateOnly)}})
	}
}

// unseenOrder finds the words as they are sent. What the call says stays out of them: it is
// opened by who may read it.
func (s *step) unseenOrder(o Order) (p Prompt, why string) {
	c := o.Branch.Commune()
	i := slices.IndexFunc(s.Book.Requests(c), func(r org.Request) bool { return r.ID == o.Request })
	if i < 0 || s.Book.Requests(c)[i].State != org.RequestNew {
		return Prompt{}, WhyTaken
	}
	r := s.Book.Requests(c)[i]
	me, known := s.Book.Person(o.Person)
	b, isBranch := s.Book.Branch(o.Branch)
	if agreed, ok := s.Book.Consent(o.Person); !known || !isBranch || !ok || agreed.Withdrawn || !slices.Contains(chairs(s.Book, c), o.Person) {
		return Prompt{}, notUsing
	}
	s.Me = &me
	days := fmt.Sprintf("%d ngày rồi", max(1, org.Days(r.At, s.Now)))
	text := fmt.Sprintf("%s nhờ hỗ trợ ngày %s, %s chưa ai nhận ạ.\n{Chị} nhận giúp em, để chị ấy khỏi chờ.", s.named(b), org.Day(r.At.In(s.Now.Location())), days)
	if r.Urgent() {
		text = fmt.Sprintf("GẤP: %s cần gọi ngay từ ngày %s, %s chưa ai nhận ạ.\n%s", lowerFirst(s.named(b)), org.Day(r.At.In(s.Now.Location())), days, s.toRing(r.By))
	}
	return Prompt{Text: s.spoken(text), Options: append(takeOption(r), Option{Label: "Xem việc này", Data: "h:" + string(r.ID) + ":o", Say: "cần hỗ trợ"})}, ""
}
