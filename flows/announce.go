package flows

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// Announcements (domain.md 11): draft, preview, confirm, send, result. A draft belongs to
// the commune, so that any chair goes on from it; what she is asked of it is in her Talk.
// Each change counts up its version, a button carries the version it was shown with, and
// so nobody sends a text that she has not seen.

// What a chair may be asked of a draft (Announcing.Open).
const (
	askCommune   = "commune"
	askKind      = "kind"
	askText      = "text"
	askWhen      = "when"
	askPlace     = "place"
	askSource    = "source"
	askFramework = "framework"
	askNaming    = "naming"
	askTo        = "to"
	askLook      = "look" // the preview: whether to send
	askAt        = "at"
	askSure      = "sure" // an urgent one, once more
	askDrop      = "drop"
	askUnfit     = "unfit" // it says what is not for a group
	askTypo      = "typo"  // the right words of one that was sent
	askAmend     = "amend"
	askResend    = "resend"
)

// freeText are the questions whose answer is whatever she types.
var freeText = []string{askText, askWhen, askPlace, askSource, askTypo}

const (
	// announceSpan is how long after her last word about a draft what she types belongs to it.
	announceSpan = 12 * time.Hour
	// draftsShown is how many drafts are offered to go on with, and listed how many announcements.
	draftsShown = 3
	// longestNews is how long an announcement may be, in letters: it is read on a small phone,
	// and must fit beside a photo with its heading.
	longestNews = 800
)

// announceText takes what a chair types to announce something, or to see what was
// announced; t is body without courtesy.
func (s *step) announceText(body, t string) bool {
	switch {
	case slices.Contains(announceList, t):
		s.announcements()
		return true
	case t == "dung" && !strings.Contains(viet.Normalize(body), "dừng"): // "đúng", "đừng", or typed without marks
		return strings.Contains(viet.Normalize(body), "dung") && s.askStop()
	case slices.Contains(announceStop, t):
		return s.stopNewest()
	case slices.Contains(announceAfter, t):
		return s.afterText(t)
	}
	rest, ok := announced(body)
	if !ok {
		return false
	}
	all := s.chaired()
	if len(all) == 1 {
		s.announceIn(all[0], rest)
		return true
	}
	s.talk.Announce = &Announcing{Open: askCommune, Text: rest, At: s.Now}
	var o []Option
	for _, c := range all[:min(len(all), maxChoices)] {
		commune, _ := s.Book.Commune(c)
		o = append(o, Option{Label: commune.Name, Data: "a:" + unitKey(string(c)) + ":new"})
	}
	s.offer("{Chị} báo cho xã nào ạ?", o)
	return true
}

// announceIn begins an announcement in one commune, or offers the drafts there.
func (s *step) announceIn(c org.CommuneID, rest string) {
	var drafts []org.Announcement
	for _, a := range slices.Backward(s.Book.Announcements(c)) {
		if a.State == org.Drafting && len(drafts) < draftsShown {
			drafts = append(drafts, a)
		}
	}
	if rest != "" || len(drafts) == 0 {
		s.newAnnouncement(c, rest)
		return
	}
	var o []Option
	for _, a := range drafts {
		o = append(o, Option{Label: fmt.Sprintf("Làm tiếp: %s", headline(a, 28)), Data: s.newsData(a, "open")})
	}
	s.talk.Announce = nil
	s.offer("Đang có bản nháp chưa gửi ạ. {Chị} làm tiếp hay soạn tin mới?",
		append(o, Option{Label: "Soạn tin mới", Data: "a:" + unitKey(string(c)) + ":new"}))
}

func (s *step) newAnnouncement(c org.CommuneID, body string) {
	a := org.Announcement{Commune: c, ID: s.announcementID(), State: org.Drafting, By: s.Me.ID, Made: s.Now}
	lead := ""
	if utf8.RuneCountInString(body) > longestNews {
		lead, body = fmt.Sprintf("Tin hơi dài, {chị} rút gọn trong %d chữ giúp em nhé.", longestNews), ""
	}
	unknown := ""
	if body != "" {
		a.To, body = s.addressed(c, body)
		if a.To.Kind == "" {
			unknown, body = addressee(body)
		}
		a.Kind, body = kindNamed(body)
		a.Text = body
		if a.Kind == "" && body != "" {
			a.Kind = kindOf(body)
		}
		a.Text = s.publicText(a)
	}
	if unknown != "" { // never to everyone what was meant for some
		s.saveNews(&a)
		s.ask(a, askTo, fmt.Sprintf("Em không thấy “%s” trong xã ạ.", unknown))
		return
	}
	s.proceed(a, lead)
}

// announcementID sorts by time and is short, for a button.
func (s *step) announcementID() org.AnnouncementID {
	h := fnv.New32a()
	h.Write([]byte(s.Message(0)))
	return org.AnnouncementID(fmt.Sprintf("%s%03s", strconv.FormatInt(s.Now.UnixMilli(), 36), strconv.FormatUint(uint64(h.Sum32()%46656), 36)))
}

// newsData is a button about an announcement, as it stood when it was shown.
func (s *step) newsData(a org.Announcement, what string) string {
	return fmt.Sprintf("a:%s:%s:%d:%s", unitKey(string(a.Commune)), a.ID, a.Version, what)
}

// saveNews keeps a change of hers.
func (s *step) saveNews(a *org.Announcement) {
	a.Version++
	a.Last, a.Touched = s.Me.ID, s.Now
	s.do(SaveAnnouncement{*a})
}

// at notes what she is asked of an announcement.
func (s *step) at(a org.Announcement, open string) {
	text := ""
	if old := s.talk.Announce; old != nil && old.ID == a.ID {
		text = old.Text
	}
	s.talk.Announce = &Announcing{Commune: a.Commune, ID: a.ID, Open: open, At: s.Now, Text: text}
}

// proceed keeps a draft and asks what is still missing, or shows what would be sent.
func (s *step) proceed(a org.Announcement, lead string) {
	s.saveNews(&a)
	s.ask(a, s.wanting(a), lead)
}

// wanting is what a draft lacks, in the order in which it is asked.
func (s *step) wanting(a org.Announcement) string {
	switch {
	case a.Kind == "":
		return askKind
	case a.Text == "":
		return askText
	case a.Kind.Invites() && a.When == "" && !(viet.SaysHour(a.Text) && viet.SaysDay(a.Text, s.Now)):
		return askWhen
	case a.Kind.Invites() && a.Place == "" && !saysPlace(a.Text):
		return askPlace
	case a.Kind == org.Policy && a.Source == "" && !saysSource(a.Text):
		return askSource
	case a.Kind == org.TrainingCall && a.Framework == nil:
		return askFramework
	case s.namingOpen(a):
		return askNaming
	}
	return askLook
}

// announcing is the announcement she is at; ok is false when she is at none, or has been
// away for long.
func (s *step) announcing() (a org.Announcement, ok bool) {
	t := s.talk.Announce
	if t == nil || t.ID == "" || s.Now.Sub(t.At) > announceSpan || !slices.Contains(s.chaired(), t.Commune) {
		return a, false
	}
	return s.Book.Announcement(t.Commune, t.ID)
}

// announcePress takes a tap on a button about announcements; scope is denied to whoever is
// no chair of the commune.
func (s *step) announcePress(rest string) bool {
	part := strings.SplitN(rest, ":", 4)
	i := slices.IndexFunc(s.chaired(), func(c org.CommuneID) bool { return unitKey(string(c)) == part[0] })
	if i < 0 || len(part) < 2 {
		return false
	}
	c := s.chaired()[i]
	if part[1] == "new" {
		text := ""
		if t := s.talk.Announce; t != nil && t.Open == askCommune {
			text = t.Text
		}
		s.newAnnouncement(c, text)
		return true
	}
	a, ok := s.Book.Announcement(c, org.AnnouncementID(part[1]))
	if !ok || len(part) < 4 {
		return false
	}
	version, err := strconv.Atoi(part[2])
	switch what := part[3]; {
	case err != nil:
		return false
	case a.State == org.Dropped:
		s.say("Bản nháp đó bỏ rồi {chị} ạ. {Chị} gõ \"thông báo\" để soạn tin mới.")
	case a.State == org.Drafting && version == a.Version:
		s.draftPress(a, what)
	case a.State == org.Drafting:
		s.ask(a, s.wanting(a), upperFirst(s.hand(a.Last))+" vừa sửa bản nháp này, {chị} xem lại giúp em ạ.")
	default:
		s.sentPress(a, what, version)
	}
	return true
}

// hand is who did something: "chị Hoa", or "chị" herself.
func (s *step) hand(id org.PersonID) string {
	if id == s.Me.ID {
		return "{chị}"
	}
	return s.spokenOf(id)
}

// draftPress does what she chose for a draft that is as she saw it.
func (s *step) draftPress(a org.Announcement, what string) {
	kind, value, _ := strings.Cut(what, "=")
	switch kind {
	case "open", "look":
		s.ask(a, s.wanting(a), "")
	case "kinds":
		s.askKinds(a, value == "more", "")
	case "kind":
		s.setKind(a, org.AnnouncementKind(value))
	case "framework":
		yes := value == "yes"
		a.Framework = &yes
		s.proceed(a, "")
	case "naming":
		s.namingChosen(a, value)
	case "to":
		s.audiencePress(a, value)
	case "edit":
		s.ask(a, askText, "")
	case "retext":
		if t := s.talk.Announce; t != nil && t.ID == a.ID && t.Text != "" {
			s.answerNews(a, askText, t.Text)
			return
		}
		s.ask(a, s.wanting(a), "")
	case "at":
		s.ask(a, askAt, "")
	case "now":
		a.At = time.Time{}
		s.proceed(a, "")
	case "send":
		s.confirm(a, false)
	case "sure":
		s.confirm(a, true)
	case "later":
		s.park(a)
	case "drop":
		s.ask(a, askDrop, "")
	case "gone":
		a.State = org.Dropped
		s.saveNews(&a)
		s.talk.Announce = nil
		s.say("Dạ, em bỏ bản nháp rồi ạ.")
	default:
		s.ask(a, s.wanting(a), "")
	}
}

// park lets a draft rest.
func (s *step) park(a org.Announcement) {
	s.talk.Announce = nil
	s.say("Dạ, em giữ bản nháp “%s”. Khi nào làm tiếp, {chị} gõ \"thông báo\" ạ.", headline(a, 40))
}

func (s *step) setKind(a org.Announcement, k org.AnnouncementKind) {
	if kindWords[k] == "" {
		s.ask(a, askKind, "")
		return
	}
	a.Kind = k
	if k == org.DigestPublic && a.Text == "" {
		a.Text = s.publicFigures(a.Commune)
	}
	s.proceed(a, "")
}

// headline is an announcement in a few words.
func headline(a org.Announcement, most int) string {
	text := strings.Join(strings.Fields(a.Text), " ")
	if text == "" {
		text = lower(kindWords[a.Kind])
	}
	if text == "" {
		text = "chưa có nội dung"
	}
	if r := []rune(text); len(r) > most {
		text = strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return text
}

// announceDenied answers a head who would announce something: only a chair of the commune
// may (domain.md 2).
func (s *step) announceDenied(body string) bool {
	rest, ok := announced(body)
	if !ok || rest != "" && !strings.Contains(body, ":") {
		return false
	}
	c := org.CommuneID("")
	if d := s.duties(); len(d) > 0 {
		c = d[0].branch.ID.Commune()
	}
	s.say("Thông báo chung thì %s gửi ạ. {Chị} cần báo gì, gõ \"gọi lại\", em nhờ chị ấy gọi cho {chị}.", s.chairName(c))
	return true
}

// announces reports whether a chair's words are about announcing.
func (s *step) announces(body string) bool {
	t := withoutCourtesy(body)
	_, ok := announced(body)
	return ok || slices.Contains(announceList, t) || slices.Contains(announceAfter, t)
}
