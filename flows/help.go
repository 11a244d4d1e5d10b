package flows

import (
	"fmt"
	"regexp"
	"slices"
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
			Kind: f.helpKind(i), Text: v, State: org.RequestNew}
		f.raise(r)
		f.tellChairs(f.branch.ID.Commune(), f.requestPrompt(f.branch, r), false)
		c := f.branch.ID.Commune()
		if f.echo = fmt.Sprintf("Em đã chuyển %s rồi ạ.", f.chairName(c)); !f.chairHears(c) {
			f.echo = "Em ghi rồi, nhưng " + f.chairAway(c)
		}
	}
}

// alarm is the path for violence: nothing is asked, no words are kept, the chair is told
// at once and she is given the numbers to call (domain.md 9). Several branches are those it
// may be about; the chairs of all their communes are told.
func (s *step) alarm(about ...org.Branch) {
	names, calls := map[org.CommuneID][]string{}, []org.Request(nil)
	for _, b := range about {
		c := b.ID.Commune()
		if names[c] == nil {
			calls = append(calls, org.Request{ID: org.RequestID(s.Message(s.said + len(calls))), Branch: b.ID, By: s.Me.ID, At: s.Now,
				Kind: org.Violence, State: org.RequestNew})
		}
		names[c] = append(names[c], lowerFirst(s.named(b)))
	}
	first := "Em báo ngay để chị Chủ tịch gọi cho {chị}."
	if c := about[0].ID.Commune(); !s.chairHears(c) {
		first = upperFirst(s.chairAway(c))
	}
	s.say("%s Nếu nguy hiểm, {chị} gọi %s ngay ạ. Trẻ em: %s.", first, s.Settings.Emergency, s.Settings.ChildHelp)
	for _, r := range calls {
		s.raise(r)
		c := r.Branch.Commune()
		s.tellChairs(c, Prompt{Text: fmt.Sprintf("GẤP: chị %s ở %s cần {chị} gọi ngay về việc xâm hại, bạo lực.\nĐT: %s",
			s.Me.Name, strings.Join(names[c], " hoặc "), phoneOr(s.Me.Phone)), Options: takeOption(r)}, true)
	}
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
	return slices.ContainsFunc(beaten, func(re *regexp.Regexp) bool { return re.MatchString(t) })
}

// beaten hear a deed with words between: "chồng nó đánh nó", "bị chồng tát suốt"; but not
// "chồng đi đánh cá", "bị tật", "nhà bị dột".
var beaten = []*regexp.Regexp{
	regexp.MustCompile(` chong( (no|em|toi|minh|chi|co|ba|ay|chau|con|hay|lai|say|ruou|cu|cung|thuong|xuyen))* ` +
		`(danh (no|em|toi|minh|chi|co|ba|ay|chau|con|vo|nua|hoai|dap|me|qua|suot)|bop co|tat (vo|no|chi|em|con|suot|hoai|nua|vao|lien|mat|$)|dam (vo|no|chi|em)|chem|nhot|day doa|hanh ha|chui mang|chui boi|chui suot|doa|de doa) `),
	regexp.MustCompile(` bi( (chong|bo|cha|me|con|trai|anh|ong|nguoi|yeu|no|ai|hang|xom|nha|say|ruou|hay|lai|ta)){1,5} (danh|tat|dam|chem|nhot|dot|bop|chui|duoi|doa|de doa|day doa|hanh ha|hiep|ep|lam nhuc) `),
	regexp.MustCompile(` bi (bop co|day doa|hanh ha|chui mang|de doa|doa giet|doa danh|nhot|cuong buc|lam nhuc|quay roi) `),
}

// callMe asks the chair to ring her about a branch of hers, and keeps that among the
// commune's calls for help until it is seen to. Asked again, it is the same call.
func (s *step) callMe(b org.Branch) {
	c := b.ID.Commune()
	r := org.Request{ID: org.RequestID(s.Message(s.said)), Branch: b.ID, By: s.Me.ID, At: s.Now, Kind: org.CallBack, State: org.RequestNew}
	open := func(o org.Request) bool {
		return o.Kind == org.CallBack && o.State == org.RequestNew && o.Branch == b.ID && o.By == s.Me.ID
	}
	if i := slices.IndexFunc(s.Book.Requests(c), open); i >= 0 {
		r = s.Book.Requests(c)[i]
	} else {
		s.raise(r)
	}
	s.tellChairs(c, Prompt{Text: fmt.Sprintf("Chị %s ở %s nhờ {chị} gọi lại. ĐT: %s", s.Me.Name, lowerFirst(s.named(b)), phoneOr(s.Me.Phone)), Options: takeOption(r)}, true)
	if !s.chairHears(c) {
		s.say("Dạ, %s", s.chairAway(c))
		return
	}
	s.say("Dạ, em nhắn %s gọi {chị} rồi ạ.", s.chairName(c))
}

func phoneOr(p string) string {
	if p == "" {
		return "chưa có số máy"
	}
	return p
}

// chairHears reports whether a chair of the commune, other than the writer, can be written to.
func (s *step) chairHears(c org.CommuneID) bool {
	return slices.ContainsFunc(chairs(s.Book, c), func(id org.PersonID) bool {
		_, ok := s.Book.ContactOf(id)
		return ok && (s.Me == nil || id != s.Me.ID)
	})
}

// chairAway says that no chair can be written to now, and whom to call.
func (s *step) chairAway(c org.CommuneID) string {
	away := "giờ em chưa nhắn được cho " + s.chairName(c) + ". "
	for _, id := range chairs(s.Book, c) {
		if p, ok := s.Book.Person(id); ok && p.Phone != "" && (s.Me == nil || id != s.Me.ID) {
			return away + "{Chị} gọi thẳng số " + p.Phone + " giúp em nhé."
		}
	}
	return away + "{Chị} gọi cho Hội xã giúp em nhé."
}
