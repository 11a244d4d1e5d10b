package flows

import (
	"fmt"
	"strings"
	"unicode"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// help acts on an answered help question at once, without waiting for the report to be
// sent: a call for help is no part of the figures (domain.md 9).
func (f *form) help(q org.QuestionID, v string) {
	i := q.Instance()
	switch {
	case q.Base() == qHelp && f.helpKind(i) == org.Violence:
		f.echo = ""
		f.alarm(f.branch)
	case q.Base() == qHelpText && violent(v): // whatever heading it came under
		f.echo = ""
		f.alarm(f.branch)
	case q.Base() == qHelpText:
		r := org.Request{ID: org.RequestID(f.Message(f.said)), Branch: f.branch.ID, By: f.Me.ID, At: f.Now,
			Kind: f.helpKind(i), Text: v, State: "new"}
		f.do(SaveRequest{r}, Audit{What: "request", By: f.Me.ID, Unit: string(f.branch.ID), Detail: string(r.Kind)})
		f.tellChairs(f.branch.ID.Commune(), requestPrompt(f.Book, f.branch, r), false)
		f.echo = fmt.Sprintf("Em đã chuyển %s rồi ạ.%s", f.chairName(f.branch.ID.Commune()), f.chairPhoneIfAway(f.branch.ID.Commune()))
	}
}

// alarm is the path for violence: nothing is asked, no words are kept, the chair is told
// at once and she is given the numbers to call (domain.md 9).
func (s *step) alarm(b org.Branch) {
	r := org.Request{ID: org.RequestID(s.Message(s.said)), Branch: b.ID, By: s.Me.ID, At: s.Now, Kind: org.Violence, State: "new"}
	s.say("Em báo ngay để chị Chủ tịch gọi cho {chị}. Nếu nguy hiểm, {chị} gọi %s ngay ạ. Trẻ em: %s.%s",
		s.Settings.Emergency, s.Settings.ChildHelp, s.chairPhoneIfAway(b.ID.Commune()))
	s.do(SaveRequest{r}, Audit{What: "request", By: s.Me.ID, Unit: string(b.ID), Detail: string(r.Kind)})
	p := Prompt{Text: fmt.Sprintf("GẤP: chị %s, %s, cần {chị} gọi ngay về việc xâm hại, bạo lực.\nĐT: %s",
		s.Me.Name, b.Name, phoneOr(s.Me.Phone)), Options: seenOption(r)}
	s.tellChairs(b.ID.Commune(), p, true)
}

func requestPrompt(book Book, b org.Branch, r org.Request) Prompt {
	p, _ := book.Person(r.By)
	said := ""
	if r.Text != "" {
		said = "\"" + r.Text + "\"\n"
	}
	text := fmt.Sprintf("%s cần hỗ trợ: %s.\n%sChị %s, ĐT: %s", b.Name, lowerFirst(requestWords(r.Kind)), said, p.Name, phoneOr(p.Phone))
	return Prompt{Text: text, Options: seenOption(r)}
}

func seenOption(r org.Request) []Option {
	return []Option{{Label: "Đã nhận", Data: "h:" + string(r.ID), Say: "đã nhận"}}
}

func requestWords(k org.RequestKind) string {
	for i, kind := range org.RequestKinds {
		if kind == k {
			return helpLabels[i]
		}
	}
	return string(k)
}

// seen marks a request as seen by the chair and lets the head know.
func (s *step) seen(id org.RequestID) bool {
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		if p.OfBranch() {
			continue
		}
		for _, r := range s.Book.Requests(p.Commune()) {
			if r.ID != id {
				continue
			}
			if r.State != "new" {
				s.say("Việc này đã có người nhận rồi {chị} ạ.")
				return true
			}
			r.State, r.SeenBy, r.SeenAt = "seen", s.Me.ID, s.Now
			s.do(SaveRequest{r}, Audit{What: "request_seen", By: s.Me.ID, Unit: string(r.Branch)})
			s.tell(r.By, Prompt{Text: fmt.Sprintf("Chị %s đã nhận việc {chị} báo ngày %s, sẽ liên hệ với {chị} ạ.", givenName(s.Me.Name), org.Day(r.At))}, false)
			s.say("Dạ, em đã báo lại chị ấy là {chị} nhận rồi ạ.")
			return true
		}
	}
	return false
}

// violent notices words of violence in a free message. It only ever leads to a question
// or an alarm that she confirms by choosing; it stores nothing.
func violent(text string) bool {
	t := " " + strings.Join(strings.FieldsFunc(viet.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ") + " "
	for _, w := range []string{"bao luc", "bao hanh", "xam hai", "danh vo", "danh dap", "danh con", "bi danh",
		"chong danh", "bo danh", "me danh", "duong danh", "chau danh", "bi hiep", "hiep dam", "cuong hiep", "dam o", "sam so", "doa giet"} {
		if strings.Contains(t, " "+w+" ") {
			return true
		}
	}
	return false
}
