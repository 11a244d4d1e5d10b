package flows

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
)

// Sending an announcement. What is released is one planned message a target, each under a key
// of its own, so that the ledger closes: its words are found, and everything that may have
// changed is looked at again, at the moment of sending (announceview.go).

// Why a target of an announcement was not written to.
const (
	WhyStopped = "đã dừng gửi"
	WhyExpired = "quá giờ hẹn gửi"
	WhyUnbound = "em không còn trong nhóm"
	WhyUnnamed = "chưa có đồng ý nêu tên"
	WhyLeft    = "đã thôi phụ trách"
	// The network's own reasons, as the outbox notes them.
	whyKicked   = "kicked"
	whyNoRights = "no_rights"
	whyBlocked  = "blocked"
)

// newsMessage is the key of an announcement's message to one target; it stands in the ledger of
// its month and commune.
func newsMessage(a org.Announcement, t org.Target) string {
	return fmt.Sprintf("announce/%s/%s/%s/%s", a.Month, a.Commune, targetMark(t), a.ID)
}

// targetMark is a target as the ledger knows it: a branch's part of its id, or a group. A
// group keeps it when it moves, since the announcement keeps it with the target.
func targetMark(t org.Target) string {
	if t.Group != "" {
		return groupRow + t.Mark()
	}
	_, own, _ := strings.Cut(string(t.Branch), "/")
	return own
}

// groupRow begins the mark of a group in the ledger; no branch's part of an id has a dot.
const groupRow = "g."

func newsWave(a org.Announcement, now time.Time) string {
	return "announce/" + lower(kindShort[a.Kind]) + "/" + now.Format(time.DateOnly)
}

// look shows an announcement exactly as it will look, then whom it goes to and when.
func (s *step) look(a org.Announcement, lead string) {
	s.at(a, askLook)
	text, _ := s.newsText(a, "")
	lead = strings.TrimSpace(strings.TrimSuffix(lead, "\n") + "\nTin sẽ hiện như sau:")
	if s.Typed { // there a message costs, and carries no picture
		lead += "\n\n" + text + "\n\n"
	} else {
		s.say("%s", lead)
		s.reply(Prompt{Text: text, Photo: a.Photo})
		lead = ""
	}
	if len(s.unfit(a)) > 0 {
		s.ask(a, askUnfit, strings.TrimRight(lead, "\n"))
		return
	}
	s.lookChoices(a, lead)
}

// lookChoices says whom an announcement goes to and when, and asks whether to send it.
func (s *step) lookChoices(a org.Announcement, lead string) {
	send := "Gửi ngay"
	if !a.At.IsZero() {
		send = "Hẹn gửi " + momentWords(a.At)
	}
	o := []Option{{Label: send, Data: s.newsData(a, "send")}, {Label: either(a.At.IsZero(), "Hẹn giờ", "Đổi giờ"), Data: s.newsData(a, "at")},
		{Label: "Đổi nơi nhận", Data: s.newsData(a, "to=")}, {Label: "Sửa lời", Data: s.newsData(a, "edit")}, {Label: "Đổi loại tin", Data: s.newsData(a, "kinds")}}
	for i := range o {
		o[i].Say, o[i].Beside = fmt.Sprint(i+1), i%2 == 1
	}
	o = append(o, s.ways(a)...)
	s.offering(Prompt{Text: lead + strings.Join(append([]string{s.toNames(a)}, s.newsTimes(a)...), "\n") + s.heldBack(a.Commune) + "\nEm gửi nhé?", Options: o}, o)
}

// newsTimes are the lines of a preview about time, and about a picture that can't go along.
func (s *step) newsTimes(a org.Announcement) (lines []string) {
	at := later(a.At, s.Now)
	free := s.Settings.QuietOf(a.Commune).Until(at)
	switch {
	case a.Kind == org.UrgentNews:
		lines = append(lines, "Tin khẩn đi cả trong giờ nghỉ.")
	case free.After(at):
		lines = append(lines, fmt.Sprintf("%s là giờ nghỉ, em giữ đến %s mới gửi.", either(a.At.IsZero(), "Bây giờ", momentWords(at)), momentWords(free)))
	}
	if !a.Expires.IsZero() {
		lines = append(lines, "Không gửi sau "+momentWords(a.Expires)+".")
	}
	shown := s.Shows != nil && s.Shows(photoChannel(a.Photo))
	if a.Photo != "" && !shown && slices.ContainsFunc(s.channelsOf(a), func(ch string) bool { return ch != photoChannel(a.Photo) }) {
		lines = append(lines, "Nơi dùng Zalo chỉ nhận phần chữ, em không chuyển ảnh sang đó được ạ.")
	}
	return lines
}

func photoChannel(photo string) string {
	ch, _, _ := strings.Cut(photo, ":")
	return ch
}

// channelsOf lists the networks that a draft goes out on.
func (s *step) channelsOf(a org.Announcement) (list []string) {
	for _, t := range s.targets(a.Commune, s.audience(a)) {
		ch := t.Group.Channel()
		if t.Group == "" {
			c, ok := s.Book.ContactOf(t.Person)
			if !ok {
				continue
			}
			ch = c.ID.Channel()
		}
		if !slices.Contains(list, ch) {
			list = append(list, ch)
		}
	}
	return list
}

// momentWords is a time as it is told: "8:00 ngày 25/11".
func momentWords(t time.Time) string { return t.Format("15:04") + " ngày " + org.Day(t) }

// setTimes takes when to send, and until when; a zero one stays as it was.
func (s *step) setTimes(a org.Announcement, at, expires time.Time) {
	if !at.IsZero() {
		a.At = at
	}
	if !expires.IsZero() {
		a.Expires = expires
	}
	if start := s.soonest(a); !a.Expires.IsZero() && !a.Expires.After(start) {
		a.Expires = time.Time{}
		s.saveNews(&a)
		s.ask(a, askAt, "Hạn gửi phải sau giờ gửi ("+momentWords(start)+") ạ.")
		return
	}
	s.proceed(a, "")
}

// soonest is when a draft can go out at the earliest: now or at its time, after a quiet time.
func (s *step) soonest(a org.Announcement) time.Time {
	at := later(a.At, s.Now)
	if a.Kind == org.UrgentNews {
		return at
	}
	return s.Settings.QuietOf(a.Commune).Until(at)
}

// confirm sends a draft, or says what stands in the way. Urgent ones are asked twice.
func (s *step) confirm(a org.Announcement, sure bool) {
	switch {
	case s.wanting(a) != askLook:
		s.ask(a, s.wanting(a), "")
	case len(s.unfit(a)) > 0:
		s.ask(a, askUnfit, "")
	case len(s.targets(a.Commune, s.audience(a))) == 0:
		s.ask(a, askTo, "Chỗ ấy chưa có ai để gửi ạ.")
	case !a.At.IsZero() && !a.At.After(s.Now):
		a.At = time.Time{}
		s.proceed(a, "Giờ hẹn qua rồi ạ, {chị} gửi ngay hay hẹn giờ khác?")
	case !a.Expires.IsZero() && !a.Expires.After(s.soonest(a)):
		a.Expires = time.Time{}
		s.proceed(a, "Hạn gửi đã qua, hoặc qua trước khi em gửi được, nên em bỏ hạn ấy ạ.")
	case a.Kind == org.UrgentNews && !sure:
		s.ask(a, askSure, "")
	default:
		s.release(a)
	}
}

// release plans one message a target, and tells all chairs.
func (s *step) release(a org.Announcement) {
	a.To = s.audience(a)
	a.Targets = s.targets(a.Commune, a.To)
	a.State, a.Sender, a.Sent, a.Month = org.Released, s.Me.ID, s.Now, org.MonthOf(s.Now)
	if p, _ := present(s.Facts, a.Commune); p.Month != "" {
		a.Month = p.Month
	}
	s.saveNews(&a)
	s.talk.Announce = nil
	at := later(a.At, s.Now)
	for _, t := range a.Targets {
		s.sendTo(a, t, at, false)
	}
	s.do(Audit{What: "announced", By: s.Me.ID, Unit: string(a.Commune), Detail: fmt.Sprintf("%s %s targets=%d", a.ID, a.Kind, len(a.Targets))})
	s.planResults(a, at)
	text := fmt.Sprintf("Em đang gửi tới %s ạ. Chút nữa em báo kết quả; muốn dừng, {chị} gõ \"dừng\".", howMany(a.Targets))
	free := s.Settings.QuietOf(a.Commune).Until(at)
	switch {
	case a.Kind != org.UrgentNews && free.After(at):
		text = fmt.Sprintf("Em ghi rồi ạ: hết giờ nghỉ, từ %s em gửi tới %s. Muốn dừng, {chị} gõ \"dừng\".", momentWords(free), howMany(a.Targets))
	case !a.At.IsZero():
		text = fmt.Sprintf("Em hẹn gửi lúc %s tới %s ạ. Muốn dừng, {chị} gõ \"dừng\".", momentWords(a.At), howMany(a.Targets))
	}
	s.say("%s", text+s.heldBack(a.Commune))
	s.tellChairs(a.Commune, Prompt{Text: fmt.Sprintf("Chị %s vừa %s thông báo “%s” tới %s.", givenName(s.Me.Name),
		either(a.At.IsZero(), "gửi", "hẹn gửi "+momentWords(a.At)), headline(a, 60), howMany(a.Targets)),
		Options: []Option{{Label: "Xem", Data: s.newsData(a, "card"), Say: "các thông báo"}}}, false)
}

// sendTo plans the message to one target; anew also where one was planned before.
func (s *step) sendTo(a org.Announcement, t org.Target, at time.Time, anew bool) {
	key, wave := newsMessage(a, t), newsWave(a, s.Now)
	if t.Group == "" && t.Person == "" {
		s.do(Skip{Key: key, Wave: wave, Why: noHead})
		return
	}
	s.do(Remind{Key: key, At: at, Anew: anew, Order: Order{Kind: OrderNews, Person: t.Person, Group: t.Group, Branch: t.Branch,
		Commune: a.Commune, News: a.ID, Month: a.Month, Wave: wave, Urgent: a.Kind == org.UrgentNews}})
}

// resultAfter is when whoever sent an announcement hears what became of it; later ones are
// sent only if there is news.
// A message that can't be sent is given up after three days.
var resultAfter = []time.Duration{2 * time.Minute, 30 * time.Minute, 2 * time.Hour, 8 * time.Hour, 24 * time.Hour, 73 * time.Hour}

func (s *step) planResults(a org.Announcement, at time.Time) {
	if a.Kind != org.UrgentNews {
		if free := s.Settings.QuietOf(a.Commune).Until(at); free.After(at) {
			at = free.Add(time.Duration(s.Settings.Quiet.Spread) * time.Minute)
		}
	}
	var times []time.Time
	for _, after := range resultAfter {
		times = append(times, at.Add(after))
	}
	if !a.Expires.IsZero() { // then nothing more arrives
		times = append(times, a.Expires.Add(time.Minute))
		slices.SortFunc(times, time.Time.Compare)
	}
	for i, at := range times {
		s.do(Remind{Key: resultKey(a, i), At: at, Order: Order{Kind: OrderResult, Person: s.Me.ID, Commune: a.Commune,
			News: a.ID, Month: a.Month, Step: i, Urgent: a.Kind == org.UrgentNews}})
	}
}

// resultKey counts the results of one sending; a second is reported anew.
func resultKey(a org.Announcement, i int) string {
	return fmt.Sprintf("%s%d", resultPrefix(a), i)
}

func resultPrefix(a org.Announcement) string {
	return fmt.Sprintf("announced/%s/%s/%s/%s/", a.Month, a.Commune, a.ID, a.Sent.UTC().Format("20060102150405"))
}

// fates is what became of an announcement's messages, by target.
func (s *step) fates(a org.Announcement) []org.Fate {
	list := make([]org.Fate, len(a.Targets))
	for i, t := range a.Targets {
		list[i] = s.Book.Fate(newsMessage(a, t))
	}
	return list
}

// underWay is what is planned or still going out; of several, the latest.
func (s *step) underWay() (a org.Announcement, ok bool) {
	for _, c := range s.chaired() {
		for _, a := range slices.Backward(s.Book.Announcements(c)) {
			if a.State == org.Released && slices.ContainsFunc(s.fates(a), org.Fate.Pending) {
				return a, true
			}
		}
	}
	return a, false
}

// stopNewest stops what is under way; false when nothing is.
func (s *step) stopNewest() bool {
	a, ok := s.underWay()
	if ok {
		s.stop(a)
	}
	return ok
}

// askStop is for "dung", which may be "dừng" or "đúng".
func (s *step) askStop() bool {
	a, ok := s.underWay()
	if ok {
		s.offer(fmt.Sprintf("{Chị} muốn dừng gửi “%s” ạ?", headline(a, 40)),
			[]Option{{Label: "Dừng", Data: s.newsData(a, "stop")}, {Label: "Không, cứ gửi", Data: s.newsData(a, "card")}})
	}
	return ok
}

func (s *step) stop(a org.Announcement) {
	arrived, stopped := 0, 0
	for i, f := range s.fates(a) {
		switch {
		case f.State == org.MessageSent:
			arrived++
		case f.Pending():
			stopped++
			s.do(Cancel{Prefix: newsMessage(a, a.Targets[i]), Why: WhyStopped})
		}
	}
	if stopped == 0 {
		s.say("Tin này gửi xong rồi nên em không dừng được nữa ạ: đã tới %d/%s.", arrived, howMany(a.Targets))
		return
	}
	s.do(Cancel{Prefix: resultPrefix(a), Why: WhyStopped})
	a.State = org.Stopped
	s.saveNews(&a)
	s.do(Audit{What: "announcement_stopped", By: s.Me.ID, Unit: string(a.Commune), Detail: string(a.ID)})
	s.offer(fmt.Sprintf("Em dừng rồi ạ: “%s”. Đã tới %d, còn %d nơi em không gửi nữa.", headline(a, 40), arrived, stopped),
		[]Option{{Label: "Gửi lại nơi chưa nhận", Data: s.newsData(a, "again")}})
	s.tellChairs(a.Commune, Prompt{Text: fmt.Sprintf("Chị %s vừa dừng thông báo “%s”.", givenName(s.Me.Name), headline(a, 60))}, false)
}

// toResend are the targets that an announcement did not reach and may reach now.
func (s *step) toResend(a org.Announcement) (list []org.Target) {
	p, _ := present(s.Facts, a.Commune)
	for i, f := range s.fates(a) {
		t := a.Targets[i]
		switch {
		case f.State == org.MessageSent || f.Pending():
			continue
		case t.Group != "" && !s.bound(t.Group, a.Commune):
			continue
		case t.Group == "":
			if t.Person = s.headOf(t.Branch); t.Person == "" || len(s.answerable(t.Branch)) == 0 {
				continue
			}
			if a.To.Kind == org.ToMissing && !s.stillMissing(p, t.Branch) {
				continue
			}
		}
		list = append(list, t)
	}
	return list
}

// resend sends again, only to those who have not got it.
func (s *step) resend(a org.Announcement) {
	list := s.toResend(a)
	if len(list) == 0 {
		s.card(a, "Không còn nơi nào cần gửi lại ạ.")
		return
	}
	a.State, a.Sent, a.At, a.Expires = org.Released, s.Now, time.Time{}, time.Time{}
	for _, t := range list {
		for i := range a.Targets { // the post may have a new head
			if targetMark(a.Targets[i]) == targetMark(t) {
				a.Targets[i].Person = t.Person
			}
		}
	}
	s.saveNews(&a)
	s.talk.Announce = nil
	for _, t := range list {
		s.sendTo(a, t, s.Now, true)
	}
	s.planResults(a, s.Now)
	s.do(Audit{What: "announced_again", By: s.Me.ID, Unit: string(a.Commune), Detail: fmt.Sprintf("%s targets=%d", a.ID, len(list))})
	s.say("Em gửi lại cho %s chưa nhận ạ. Nơi đã nhận em không gửi thêm.", howMany(list))
}
