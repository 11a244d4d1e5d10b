package flows

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
)

// requestMove is one thing a chair can do with a call for help (domain.md 9). Every one is
// told to the head who called.
type requestMove struct {
	key   string // what the button carries
	to    org.RequestState
	label string
	from  []org.RequestState
	told  string // what the head reads, after "Việc chị báo ngày 25/11"
}

var requestMoves = []requestMove{
	{key: "", to: org.RequestSeen, label: "Nhận việc này", from: []org.RequestState{org.RequestNew}},
	{key: "w", to: org.RequestInProgress, label: "Đang giải quyết", from: []org.RequestState{org.RequestSeen}, told: "đang được giải quyết ạ."},
	{key: "d", to: org.RequestResolved, label: "Đã xong", told: "đã giải quyết xong ạ. Chưa ổn, {chị} gõ \"gọi lại\" nhé.",
		from: []org.RequestState{org.RequestSeen, org.RequestInProgress, org.RequestForwarded}},
	{key: "u", to: org.RequestForwarded, label: "Chuyển cấp trên", told: "đã được chuyển tới %s ạ.",
		from: []org.RequestState{org.RequestSeen, org.RequestInProgress}},
	{key: "x", to: org.RequestClosed, label: "Khép lại", told: "đã khép lại ạ. Còn cần, {chị} gõ \"gọi lại\" nhé.",
		from: []org.RequestState{org.RequestSeen, org.RequestInProgress, org.RequestForwarded}},
	{key: "a", to: org.RequestInProgress, label: "Giải quyết tiếp", told: "được giải quyết tiếp ạ.",
		from: []org.RequestState{org.RequestForwarded, org.RequestResolved, org.RequestClosed}},
}

// receivers are whom a call for help that is beyond the commune is passed on to.
var receivers = []string{"UBND", "Công an", "Hội cấp trên", "Nơi khác"}

// newRequests counts the calls for help that nobody took on.
func (s *step) newRequests(c org.CommuneID) (n int) {
	for _, r := range s.Book.Requests(c) {
		if r.State == org.RequestNew {
			n++
		}
	}
	return n
}

// openRequests are those not over: what nobody took on first, violence before all,
// then the oldest.
func (s *step) openRequests(c org.CommuneID) []org.Request {
	list := slices.DeleteFunc(slices.Clone(s.Book.Requests(c)), func(r org.Request) bool { return !r.Open() })
	rank := func(r org.Request) int {
		switch {
		case r.State == org.RequestNew && r.Kind == org.Violence:
			return 0
		case r.State == org.RequestNew:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, b org.Request) int { return cmp.Or(rank(a)-rank(b), a.At.Compare(b.At)) })
	return list
}

// requests lists the open calls for help, numbered; each opens at a tap. The words are
// shown only when one is opened.
func (s *step) requests(c org.CommuneID, page int) {
	list := s.openRequests(c)
	if len(list) == 0 {
		s.say("Hiện không có việc nào cần hỗ trợ {chị} ạ.")
		return
	}
	s.do(Audit{What: "requests_viewed", By: s.Me.ID, Unit: string(c)})
	page = max(1, min(page, pages(len(list), maxChoices)))
	from := (page - 1) * maxChoices
	taken := fmt.Sprintf("%d việc chưa ai nhận.", s.newRequests(c))
	switch s.newRequests(c) {
	case 0:
		taken = "đã có người nhận rồi ạ."
	case len(list):
		taken = "chưa ai nhận."
	}
	lines := []string{fmt.Sprintf("Có %d việc cần hỗ trợ, %s", len(list), taken)}
	var shown, typed []Option
	for i, r := range list[from:min(from+maxChoices, len(list))] {
		b, _ := s.Book.Branch(r.Branch)
		n := strconv.Itoa(from + i + 1)
		lines = append(lines, fmt.Sprintf("%s. %s (%s)", n, s.inShort(r), s.requestState(r)))
		o := Option{Label: s.brief(b), Data: "h:" + string(r.ID) + ":o", Say: n, Beside: i%2 == 1}
		shown, typed = append(shown, o), append(typed, o)
	}
	if from+maxChoices < len(list) {
		shown = append(shown, Option{Label: moreChoices, Data: fmt.Sprintf("t:%s:r%d", unitKey(string(c)), page+1), Say: fmt.Sprintf("cần hỗ trợ %d", page+1)})
		typed = append(typed, shown[len(shown)-1])
	}
	lines = append(lines, "{Chị} bấm hoặc gõ số để mở.")
	s.listed(strings.Join(lines, "\n"), shown, typed)
}

// inShort is a call for help in one line: "Thôn Đông, 25/11: kiến nghị".
func (s *step) inShort(r org.Request) string {
	b, _ := s.Book.Branch(r.Branch)
	return fmt.Sprintf("%s, %s: %s", s.brief(b), org.Day(r.At), kindInList(r))
}

func kindInList(r org.Request) string {
	if r.Kind == org.Violence {
		return "🆘 " + lowerFirst(requestKindWords(r.Kind))
	}
	return lowerFirst(requestKindWords(r.Kind))
}

// requestState tells who is at it, and for how long nobody has been.
func (s *step) requestState(r org.Request) string {
	if r.State == org.RequestNew {
		if days := org.Days(r.At, s.Now); days > 0 {
			return fmt.Sprintf("%d ngày chưa ai nhận", days)
		}
		return "chưa ai nhận"
	}
	last := org.RequestStep{State: r.State, By: r.SeenBy, At: r.SeenAt}
	if n := len(r.Steps); n > 0 {
		last = r.Steps[n-1]
	}
	who := s.spokenOf(last.By)
	switch r.State {
	case org.RequestInProgress:
		return who + " đang giải quyết"
	case org.RequestForwarded:
		return fmt.Sprintf("%s đã chuyển %s ngày %s", who, last.To, org.Day(last.At.In(s.Now.Location())))
	case org.RequestClosed:
		return who + " đã khép lại ngày " + org.Day(last.At.In(s.Now.Location()))
	case org.RequestResolved:
		return "đã xong ngày " + org.Day(last.At.In(s.Now.Location()))
	}
	return who + " đã nhận"
}

// requestPrompt tells a chair of a call for help as it comes in.
func (s *step) requestPrompt(b org.Branch, r org.Request) Prompt {
	text := fmt.Sprintf("%s cần hỗ trợ: %s.\n%s%s", s.named(b), lowerFirst(requestKindWords(r.Kind)), quoted(r), s.toRing(r.By))
	return Prompt{Text: text, Options: takeOption(r)}
}

// toRing is whom to ring about a call for help, and where.
func (s *step) toRing(id org.PersonID) string {
	if p, ok := s.Book.Person(id); ok {
		return fmt.Sprintf("Chị %s, ĐT: %s", p.Name, phoneOr(p.Phone))
	}
	return "Chị ấy không còn dùng bot"
}

func quoted(r org.Request) string {
	if r.Text == "" {
		return ""
	}
	return "\"" + r.Text + "\"\n"
}

func takeOption(r org.Request) []Option {
	return []Option{{Label: requestMoves[0].label, Data: "h:" + string(r.ID), Say: "nhận việc này"}}
}

func requestKindWords(k org.RequestKind) string {
	if k == org.CallBack {
		return "Nhờ gọi lại"
	}
	for i, kind := range org.RequestKinds {
		if kind == k {
			return helpLabels[i]
		}
	}
	return string(k)
}

// request finds a call for help in the communes she is chair of.
func (s *step) request(id org.RequestID) (org.Request, bool) {
	for _, c := range s.chaired() {
		for _, r := range s.Book.Requests(c) {
			if r.ID == id {
				return r, true
			}
		}
	}
	return org.Request{}, false
}

// requestPress takes a tap on a call for help: "ID" takes it on, "ID:o" opens it, "ID:d"
// and the like move it on.
func (s *step) requestPress(rest string) bool {
	id, act, _ := strings.Cut(rest, ":")
	r, ok := s.request(org.RequestID(id))
	if !ok {
		return false
	}
	if act == "o" {
		s.openRequest(r, "")
		return true
	}
	key, to := act, ""
	if n, err := strconv.Atoi(strings.TrimPrefix(act, "u")); strings.HasPrefix(act, "u") && err == nil && n > 0 && n <= len(receivers) {
		key, to = "u", receivers[n-1]
	}
	i := slices.IndexFunc(requestMoves, func(m requestMove) bool { return m.key == key && slices.Contains(m.from, r.State) })
	switch {
	case i < 0:
		b, _ := s.Book.Branch(r.Branch)
		s.openRequest(r, fmt.Sprintf("Việc này của %s: %s rồi {chị} ạ.", s.brief(b), s.requestState(r)))
	case key == "u" && to == "":
		var o []Option
		for n, where := range receivers {
			o = append(o, Option{Label: where, Data: fmt.Sprintf("h:%s:u%d", id, n+1), Beside: n%2 == 1})
		}
		s.offer("{Chị} chuyển việc này tới đâu ạ?", o)
	default:
		s.move(r, requestMoves[i], to)
	}
	return true
}

// openRequest shows one call for help with what can be done about it.
func (s *step) openRequest(r org.Request, lead string) {
	b, _ := s.Book.Branch(r.Branch)
	s.do(Audit{What: "request_viewed", By: s.Me.ID, Unit: string(r.Branch)})
	text := fmt.Sprintf("%s, %s: %s.\n%s%s. %s.", s.named(b), org.Day(r.At), kindInList(r), quoted(r), s.toRing(r.By), upperFirst(s.requestState(r)))
	if lead != "" {
		text = lead
	}
	s.offer(text, append(moveOptions(r), Option{Label: "Xem các việc khác", Data: "t:" + unitKey(string(r.Branch.Commune())) + ":r1"}))
}

func moveOptions(r org.Request) (o []Option) {
	for _, m := range requestMoves {
		if !slices.Contains(m.from, r.State) {
			continue
		}
		data := "h:" + string(r.ID)
		if m.key != "" {
			data += ":" + m.key
		}
		o = append(o, Option{Label: m.label, Data: data})
	}
	return o
}

// move changes a request's state, and tells the head and the other chairs.
func (s *step) move(r org.Request, m requestMove, to string) {
	r.State = m.to
	if m.to == org.RequestSeen {
		r.SeenBy, r.SeenAt = s.Me.ID, s.Now
	}
	r.Steps = append(slices.Clip(r.Steps), org.RequestStep{State: m.to, By: s.Me.ID, At: s.Now, To: to})
	s.do(SaveRequest{r}, Audit{What: "request_" + string(m.to), By: s.Me.ID, Unit: string(r.Branch), Detail: to})
	b, _ := s.Book.Branch(r.Branch)
	what, me := s.reported(r, b), "chị "+givenName(s.Me.Name)
	told := ""
	switch m.to {
	case org.RequestSeen:
		told = upperFirst(me) + " đã nhận " + what + ", sẽ liên hệ với {chị} ạ."
		s.tellChairs(r.Branch.Commune(), Prompt{Text: fmt.Sprintf("%s đã nhận việc của %s báo ngày %s rồi {chị} ạ.", upperFirst(me), lowerFirst(s.named(b)), org.Day(r.At))}, r.Kind == org.Violence)
	case org.RequestForwarded:
		told = upperFirst(what) + " " + fmt.Sprintf(m.told, placeOf(to))
	default:
		told = upperFirst(what) + " " + m.told
	}
	s.tell(r.By, Prompt{Text: told}, r.Kind == org.Violence) // whoever saw violence is not left waiting till morning
	s.offer(s.moved(r, b, to), append(moveOptions(r), Option{Label: "Xem các việc khác", Data: "t:" + unitKey(string(r.Branch.Commune())) + ":r1"}))
}

// placeOf is a receiver as it stands in a sentence.
func placeOf(to string) string {
	switch to {
	case "UBND":
		return to
	}
	return lowerFirst(to)
}

// moved tells the chair what came of it, and whether the head could be told.
func (s *step) moved(r org.Request, b org.Branch, to string) string {
	p, known := s.Book.Person(r.By)
	whose := "việc của " + lowerFirst(s.named(b))
	text := "Dạ, em ghi " + map[org.RequestState]string{org.RequestSeen: "{chị} nhận " + whose, org.RequestInProgress: "{chị} đang giải quyết " + whose,
		org.RequestClosed: "{chị} khép lại " + whose, org.RequestResolved: whose + " đã xong", org.RequestForwarded: whose + " đã chuyển " + placeOf(to)}[r.State]
	if !known { // erased since
		return text + ". Chị báo việc này không còn dùng bot, {chị} hỏi chi hội giúp em ạ."
	}
	if _, ok := s.Book.ContactOf(r.By); !ok {
		return text + fmt.Sprintf(". Em chưa nhắn được cho chị %s, {chị} gọi giúp em số %s ạ.", givenName(p.Name), phoneOr(p.Phone))
	}
	text += fmt.Sprintf(" và nhắn chị %s rồi ạ.", givenName(p.Name))
	if r.State == org.RequestSeen {
		text += " Số chị ấy: " + phoneOr(p.Phone)
	}
	return text
}

// reported is how a head reads of her own call: by its day, and by its branch if she has
// several. What it was about is not named on a screen that others may see.
func (s *step) reported(r org.Request, b org.Branch) string {
	posts := slices.DeleteFunc(slices.Clone(s.Book.PostsOf(r.By)), func(p org.Post) bool { return !p.OfBranch() })
	whose := ""
	if len(posts) > 1 {
		whose = " của " + lowerFirst(s.named(b))
	}
	return "việc" + whose + " {chị} báo ngày " + org.Day(r.At)
}

// takeNewest takes on the one call for help that nobody took yet, for "đã nhận" typed
// after it; among several she is asked which.
func (s *step) takeNewest() bool {
	var open []org.Request
	for _, c := range s.chaired() {
		for _, r := range s.openRequests(c) {
			if r.State == org.RequestNew {
				open = append(open, r)
			}
		}
	}
	switch len(open) {
	case 0:
		return s.takenMeanwhile()
	case 1:
		return s.requestPress(string(open[0].ID))
	}
	var o []Option
	for _, r := range open {
		o = append(o, Option{Label: s.inShort(r), Data: "h:" + string(r.ID)})
	}
	if len(o) > maxChoices {
		s.requests(open[0].Branch.Commune(), 1)
		return true
	}
	s.offer(fmt.Sprintf("Đang có %d việc chưa ai nhận. {Chị} nhận việc nào ạ?", len(open)), o)
	return true
}

// takenMeanwhile tells a chair who was quicker, when she types "nhận việc này" for a call that
// another took on today or yesterday.
func (s *step) takenMeanwhile() bool {
	var last org.Request
	for _, c := range s.chaired() {
		for _, r := range s.Book.Requests(c) {
			if r.SeenBy != s.Me.ID && r.SeenAt.After(last.SeenAt) && org.Days(r.SeenAt, s.Now) <= 1 {
				last = r
			}
		}
	}
	return last.ID != "" && s.requestPress(string(last.ID))
}

// requestText opens the call for help whose branch was typed, while the list of them is
// before her.
func (s *step) requestText(body string) bool {
	var found []Option
	for _, o := range s.talk.Offer {
		id, opens := strings.CutSuffix(strings.TrimPrefix(o.Data, "h:"), ":o")
		r, ok := s.request(org.RequestID(id))
		if opens && ok && s.called(org.Branch{ID: r.Branch}, body) {
			o.Label = s.inShort(r)
			found = append(found, o)
		}
	}
	switch len(found) {
	case 0:
		return false
	case 1:
		return s.pressElsewhere(found[0].Data)
	}
	s.offer("{Chị} mở việc nào ạ?", found)
	return true
}
