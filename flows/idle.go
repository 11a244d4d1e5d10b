package flows

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// idle talks with somebody known while nothing is under way.
func (s *step) idle(e Event) {
	switch e := e.(type) {
	case Press:
		if !s.pressElsewhere(e.Data) {
			s.menu("Nút đó cũ rồi {chị} ạ.")
		}
	case Text:
		s.idleText(e.Body)
	case Unreadable:
		if s.newsPhoto(e) || s.isChair() && s.photoAnnounces(e) {
			return
		}
		words := sorry(e.Kind)
		if e.Kind == "unsupported" {
			words = s.unread()
		}
		if a, ok := s.announcing(); ok && a.State == org.Drafting {
			s.askOnceMore(a, s.talk.Announce.Open, words)
			return
		}
		if e.Caption != "" {
			s.idleText(e.Caption)
			return
		}
		s.menu(words)
	}
}

// idleText answers what somebody known types while nothing is under way: first what was
// offered or asked of her, then questions and commands.
func (s *step) idleText(body string) {
	if code, ok := startCode(body); ok {
		if c, _ := codeIn(code); c != "" {
			s.knownCode(c)
			return
		}
		s.menu("Em chào {chị} " + givenName(s.Me.Name) + "!")
		return
	}
	if s.talk.Asking != "" && (overview(body) && s.askedIdle(body) || s.asked(body)) {
		return
	}
	if s.talk.Act != nil && s.acting(body) {
		return
	}
	if s.announceReply(body) || s.aside(body) {
		return
	}
	if s.queryAnswer(body) || s.offeredLongAgo(body) {
		return
	}
	words, body := s.pastMonth(body)
	if words != "" {
		s.say("%s", words)
		return
	}
	if s.wishNamed(body) {
		return
	}
	if data, ok := s.picked(body); ok && s.pressElsewhere(data) {
		return
	}
	if s.wishText(body) {
		return
	}
	if n, right, ok := wrongItem(body); ok && s.idleCommand(rightCommand(n, right)) {
		return
	}
	if r := viet.ReadCommand(body, "idle"); r.Outcome == viet.Value && (mendsIn(r.Value, body) && s.quickIdle(body) || s.idleCommand(r.Value)) {
		return
	}
	s.idleWords(body)
}

// idleWords answers what is no command: a call for help, a report in her own words, a code, a
// greeting, what a chair may name; and whatever is left.
func (s *step) idleWords(body string) {
	if violent(body) && len(s.duties()) > 0 {
		s.askAlarm()
		return
	}
	if s.askedIdle(body) || s.nothingNew(body) || s.quickIdle(body) {
		return
	}
	if code, _ := codeIn(body); code != "" {
		s.knownCode(code)
		return
	}
	if s.greeted(body) {
		return
	}
	if t := viet.Fold(body); len(s.duties()) > 0 && slices.ContainsFunc(pleas, func(w string) bool { return strings.Contains(t, w) }) {
		s.askCall()
		return
	}
	if len(s.duties()) > 0 && ownMonths(body) {
		s.forOne(s.showOwnMonths, "o")
		return
	}
	if s.isChair() && slices.Contains(moreWords, withoutCourtesy(body)) {
		s.say("Hết rồi {chị} ạ. Muốn xem đủ các chi hội, {chị} gõ \"ai chưa gửi\".")
		return
	}
	if s.isChair() && (s.noBranchText(body) || s.noNewsText(body) || s.requestText(body) || s.branchText(body) || s.sectionText(body) || s.wishName(body)) {
		return
	}
	if words := s.overMonth(body); words != "" {
		s.say("%s", words)
		return
	}
	if s.talk.Asking == "" && (s.offerWish(body) || s.otherTime(body)) {
		return
	}
	s.puzzled()
}

// pleas are words by which a head asks for help outside a check-in, folded.
var pleas = []string{"ho tro", "nho hoi", "xin hoi", "can hoi", "hoi giup", "can giup", "giup do", "vay von", "muon vay", "xin vay", "xin von", "kho khan", "kien nghi",
	"dang vuong", "chi vuong", "biet lam sao", "biet lam the nao", "lam khong duoc", "kho qua"}

// aside answers what may be asked in the middle of anything; true when it did.
func (s *step) aside(body string) bool {
	t := viet.Fold(strings.TrimRight(strings.TrimSpace(body), " ?.!"))
	if s.isChair() && s.chairText(body) || s.oversees() && s.provinceText(body) || s.queryText(t) || s.namingText(body) || s.newsAnswer(body) {
		return true
	}
	if !s.isChair() && s.announceDenied(body) {
		return true
	}
	for _, address := range []string{"chị", "cô", "bác", "dì"} {
		if slices.Contains([]string{"goi toi la ", "goi la ", "xung ho la "}, strings.TrimSuffix(t, viet.Fold(address))) {
			p := *s.Me
			p.Address = address
			s.Me = &p
			s.do(SavePerson{p})
			s.say("Dạ vâng, từ nay em xin gọi là %s ạ.", address)
			return true
		}
	}
	return s.fixes(body)
}

func (s *step) idleCommand(c viet.Command) bool {
	switch c.Name {
	case viet.Start:
		s.start()
	case viet.Submit:
		return s.submitIdle()
	case viet.Help:
		s.manual()
	case viet.SameAsLast:
		return s.sameIdle()
	case viet.Review:
		s.forOne(func(d duty) { s.showOwn(d) }, "w")
	case viet.Edit:
		s.forOne(func(d duty) { s.editSent(d, Edit{c.Item, c.Slot, c.Argument}) }, "e")
		if len(s.duties()) > 1 {
			s.talk.Edit = &Edit{c.Item, c.Slot, c.Argument}
		}
	case viet.Later:
		s.forOne(func(d duty) { s.postpone(d, c.When) }, "l")
	case viet.StopReminders:
		s.forOne(func(d duty) { s.muteIdle(d, c.All) }, "q")
	case viet.Person:
		s.wantsCall()
	case viet.MyData, viet.Withdraw, viet.Erase:
		s.account(c.Name)
	case viet.Cancel:
		s.say("Dạ vâng. Cần gì {chị} cứ nhắn em ạ.")
	default:
		return false
	}
	return true
}

// forOne does something for her branch; with several it asks which.
func (s *step) forOne(do func(duty), kind string) {
	all := s.duties()
	switch len(all) {
	case 0:
		s.menu("Việc này dành cho chi hội trưởng, chi hội phó ạ.")
	case 1:
		do(all[0])
	default:
		s.which(all, kind)
	}
}

func (s *step) which(all []duty, kind string) {
	var o []Option
	for _, d := range all {
		if d.period.Month != "" {
			o = append(o, Option{Label: s.named(d.branch), Data: kind + ":" + newInstance(d.branch.ID, d.period.Month, 0)})
		}
	}
	s.offer("{Chị} làm cho chi hội nào ạ?", o)
}

// start opens the check-in, or says why there is none to do.
func (s *step) start() {
	all := s.duties()
	todo := slices.DeleteFunc(slices.Clone(all), func(d duty) bool { return !d.open || d.sent })
	switch {
	case len(all) == 0 && s.isChair():
		s.chairPress("t", "")
	case len(all) == 0 && s.oversees():
		s.province(0)
	case len(all) == 0:
		s.say("Em chưa thấy {chị} phụ trách chi hội nào ạ. {Chị} hỏi Hội xã giúp em nhé.")
	case len(todo) == 1:
		s.begin(todo[0])
	case len(todo) > 1:
		s.which(todo, "s")
	case all[0].sent && all[0].open:
		s.sentAlready(all[0])
	default:
		s.say("%s", s.notOpen(all[0]))
	}
}

// begin enters the check-in where it stands.
func (s *step) begin(d duty) {
	f := s.into(d)
	if f == nil {
		return
	}
	switch slots := s.talk.Slots; {
	case len(slots) == 0:
		f.ask(f.ahead(), f.opening())
	case f.draft.Begun():
		f.show(f.place(slots), strings.TrimSpace(f.opening()+" "+s.note))
	default:
		f.show(f.place(slots), s.note)
	}
	s.talk.Slots = nil
	f.save()
}

// into enters a check-in, nothing being asked yet; nil when she was told that there is none.
func (s *step) into(d duty) *form {
	dr, ok := s.Book.Draft(d.branch.ID, d.period.Month)
	switch {
	case d.sent && (!ok || !d.open):
		s.sentAlready(d)
		return nil
	case !d.sent && !d.open:
		s.say("%s", s.notOpen(d))
		return nil
	case !ok:
		dr = Draft{Branch: d.branch.ID, Month: d.period.Month, Form: FormVersion, Instance: newInstance(d.branch.ID, d.period.Month, 0)}
	}
	f, ok := s.enter(dr)
	if !ok {
		s.menu("")
		return nil
	}
	f.rise()
	return f
}

func (s *step) enter(dr Draft) (*form, bool) {
	f, ok := s.formOf(dr)
	if ok {
		s.leaveOthers(dr)
		s.talk.Offer, s.talk.Asking, s.talk.Given, s.talk.Misses, s.talk.Announce, s.talk.Act = nil, "", "", 0, nil, nil
	}
	return f, ok
}

// leaveOthers gets her up from the check-ins of her other branches: she is in one at a time.
func (s *step) leaveOthers(here Draft) {
	for _, d := range s.duties() {
		if d.branch.ID == here.Branch && d.period.Month == here.Month || !d.open {
			continue
		}
		if dr, ok := s.Book.Draft(d.branch.ID, d.period.Month); ok && dr.Seats[s.Me.ID].Open != "" {
			if f, ok := s.formOf(dr); ok {
				f.leave()
			}
		}
	}
}

// opening is the line before the first question she sees.
func (f *form) opening() string {
	if f.onBehalf() {
		return fmt.Sprintf("{Chị} nhập hộ %s của %s, em ghi rõ là nhập hộ ạ.", f.draft.Month.Label(), lowerFirst(f.named(f.branch)))
	}
	if !f.draft.Begun() {
		return fmt.Sprintf("Điểm danh %s của %s, chừng 3 phút {chị} nhé.\nKể gọn một tin cũng được, ví dụ \"họp hôm 20, 35 chị, kết nạp 2\".",
			f.draft.Month.Label(), lowerFirst(f.named(f.branch)))
	}
	whose := "" // of several
	if len(f.duties()) > 1 {
		whose = " " + lowerFirst(f.named(f.branch))
	}
	if by := f.lastHand(); by != f.Me.ID && by != "" {
		return fmt.Sprintf("%s đã trả lời %d câu%s, mình làm tiếp nhé.", upperFirst(f.spokenOf(by)), len(f.path())-f.left(), whose)
	}
	if n := f.left(); n > 0 && f.ahead() != qReview { // which proposes what is left
		return fmt.Sprintf("Mình làm tiếp%s {chị} nhé, còn %d câu.", whose, n)
	}
	return "Còn mỗi bước gửi thôi {chị} ạ."
}

// sentAlready says that the report is in and how to correct it.
func (s *step) sentAlready(d duty) {
	o := []Option{{Label: "Xem lại", Data: "w:" + newInstance(d.branch.ID, d.period.Month, 0)}}
	text := fmt.Sprintf("Báo cáo %s của %s gửi rồi {chị} ạ.", d.period.Month.Label(), lowerFirst(s.named(d.branch)))
	if d.open {
		o = append(o, Option{Label: "Sửa", Data: "e:" + newInstance(d.branch.ID, d.period.Month, 0)})
	}
	s.offer(text, o)
}

// editSent opens a correction of what was sent, or goes back into an unfinished check-in.
func (s *step) editSent(d duty, what Edit) {
	switch {
	case !d.open && d.period.Month != "" && d.sent:
		s.say("%s", s.lockedWords(d))
	case !d.open:
		s.say("%s", s.notOpen(d))
	case !d.sent:
		s.editDraft(d, what)
	default:
		s.correct(d, what, "")
	}
}

// correct opens a draft on top of the submitted revision (domain.md 6: corrections until
// close); reason is a chair's, after it.
func (s *step) correct(d duty, what Edit, reason string) {
	c, ok := s.Book.CheckIn(d.branch.ID, d.period.Month)
	if !ok {
		return
	}
	dr, ok := s.Book.Draft(d.branch.ID, d.period.Month)
	if !ok || dr.Corrects != c.Revision {
		dr = Draft{Branch: d.branch.ID, Month: d.period.Month, Form: FormVersion, Corrects: c.Revision,
			Instance: newInstance(d.branch.ID, d.period.Month, c.Revision), Answers: c.Answers}
	}
	dr.Reason = cmp.Or(dr.Reason, reason)
	f, ok := s.enter(dr)
	if !ok {
		return
	}
	f.seat.Open = qReview
	switch slots := s.talk.Slots; {
	case len(slots) > 0:
		s.talk.Slots = nil
		f.show(f.place(slots), s.note)
	case what != (Edit{}):
		f.edit(qReview, what)
	default:
		f.ask(qItem, f.card())
	}
	f.save()
}

// showOwn shows what stands of her own report.
func (s *step) showOwn(d duty) {
	if dr, ok := s.Book.Draft(d.branch.ID, d.period.Month); ok && d.open && (dr.Begun() || dr.Touched()) {
		if f, ok := s.formOf(dr); ok {
			if dr.Begun() { // else what she told waits, and is shown next
				s.say("%s", f.card())
			}
			s.begin(d)
			return
		}
	}
	if !d.sent && !d.open {
		s.say("%s", s.notOpen(d))
		return
	}
	if !d.sent {
		s.say("Kỳ này {chị} chưa ghi gì ạ. Gõ \"báo cáo\" để bắt đầu nhé.")
		return
	}
	c, _ := s.Book.CheckIn(d.branch.ID, d.period.Month)
	text := s.reportCard(d.branch, c)
	if s.accepts() {
		if _, done := s.acceptedNow(c); done {
			text += "\nHội xã đã nhận."
		}
	}
	s.say("%s", text)
}

// postpone plans one reminder outside a check-in.
func (s *step) postpone(d duty, when string) {
	if !d.open || d.sent {
		s.say("Dạ vâng ạ.")
		return
	}
	at, words := laterAt(s.Settings.QuietOf(d.branch.ID.Commune()), s.Now, when)
	if !at.Before(d.period.Due) {
		s.say("Dạ vâng. %s", s.pastDue(d.period, when))
		return
	}
	s.do(Remind{Key: reminderKey(d.branch.ID, d.period.Month, at), At: at,
		Order: Order{Kind: OrderRemind, Person: s.Me.ID, Branch: d.branch.ID, Month: d.period.Month, Wave: "asked/" + at.Format(time.DateOnly)}})
	s.say("Dạ vâng. %s em nhắc {chị} nhé. Rảnh sớm hơn, {chị} cứ gõ \"báo cáo\".", words)
}

func (s *step) muteIdle(d duty, all bool) {
	if !d.open || d.sent {
		s.say("%s", "Dạ, kỳ này em không nhắc gì thêm đâu ạ."+either(all, " "+muteForGood, ""))
		return
	}
	dr, ok := s.Book.Draft(d.branch.ID, d.period.Month)
	if !ok {
		dr = Draft{Branch: d.branch.ID, Month: d.period.Month, Form: FormVersion, Instance: newInstance(d.branch.ID, d.period.Month, 0)}
	}
	dr.Muted = true
	s.do(SaveDraft{dr})
	s.stopReminders(d.branch, d.period.Month)
	s.say("%s %s", muted, either(all, muteForGood, "Khi nào rảnh, {chị} gõ \"báo cáo\" ạ."))
}
