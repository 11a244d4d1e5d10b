package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// command does what she asked for in the middle of a check-in (domain.md 13.4); false
// when the words are rather an answer to the open question.
func (f *form) command(q org.QuestionID, c viet.Command) bool {
	switch c.Name {
	case viet.Submit:
		f.wantSubmit(q)
	case viet.Edit:
		f.edit(q, Edit{c.Item, c.Slot, c.Argument})
	case viet.Cancel:
		if !f.correcting(q) || !f.keepAsIs(q) {
			f.ask(qDismiss, "")
		}
	case viet.Later:
		f.later(c.When)
	case viet.Help:
		f.ask(q, f.explain(q))
	case viet.Skip:
		f.skip(q)
	case viet.Back:
		f.back(q)
	case viet.Review:
		f.review(q)
	case viet.SameAsLast:
		f.sameAsLast(q)
	case viet.Start:
		if q == qDismiss { // which is an answer to it
			f.reviewPress(q, "2")
			break
		}
		f.ask(q, "Mình làm tiếp {chị} nhé.")
	case viet.StopReminders:
		f.mute(c.All)
	case viet.Person:
		f.callMe(f.branch)
		f.ask(q, "")
	case viet.MyData, viet.Withdraw, viet.Erase:
		f.leave()
		f.account(c.Name)
	default:
		return false
	}
	return true
}

func (f *form) wantSubmit(q org.QuestionID) {
	if (q == qReview || q == qQuick) && f.unseen() {
		f.lookAgain(q)
		return
	}
	if q == qQuick { // what it shows is right, then
		if f.complete(f.weigh(f.seat.Quick.Slots)) {
			f.agree()
			q = qReview
		} else {
			f.closePrompt(f.agree())
		}
	}
	if k := f.seat.Quick; k != nil && k.Agreed && q != qReview {
		brief := *k
		brief.Brief = true
		f.seat.Quick = &brief
	}
	switch g := f.ahead(); {
	case g == qReview && q == qReview:
		f.accept()
		f.submit()
	case g == qReview || g == qQuick:
		f.seat.Open = ""
		f.ask(g, "")
	default:
		lead := fmt.Sprintf("Còn %d câu nữa là gửi được {chị} ạ.", f.mustAsk())
		if u, ok := f.unsettled(); ok && u.Question == g && u.problem != "" { // which is said instead
			lead = ""
		}
		f.ask(g, lead)
	}
}

// itemOfSlot is the item that a slot named in "sửa kết nạp thành 4" belongs to.
var itemOfSlot = map[string]org.QuestionID{
	"members": qMembers, "activity": qActivity, "date": qDate, "attendees": qAttendees, "kind": qKind, "reason": qReason,
	"pioneers": qPioneers, "resources": qResources, "faces": qFaces, "circumstances": qCircumstances, "needs": qNeeds,
	"top_need": qTopNeed, "joined": qJoined, "excluded": qExcluded, "left_total": qLeft, "left": qLeft, "left_org": qLeftOrg,
	"died": qDied, "moved_out": qMovedOut, "dues": qDues,
}

// edit opens what she wants to correct: an item by number or name, else the last answer.
func (f *form) edit(q org.QuestionID, c Edit) {
	target, named := itemOfSlot[c.Slot]
	switch {
	case c.Item > 0 && c.Argument != "" && len(f.parts(c.Item)) > 0:
		f.editSlot(f.parts(c.Item)[0], c.Argument)
	case c.Item > 0:
		f.editItem(c.Item)
	case named && f.mendSlot(target, c.Argument):
	case named && f.draft.Answers.Has(target) && slices.Contains(f.path(), target):
		f.editSlot(target, c.Argument)
	case named && slices.Contains(f.path(), target) && f.names(target, c.Argument):
	case named:
		f.editItem(catalog[target].item)
	case q == qQuick || q == qMend:
		f.ask(qMend, "")
	case q == qReview || q == qItem || q.Base() == qPart:
		f.ask(qItem, "")
	default:
		f.editLast(q)
	}
}

// editLast is for "sửa" alone in the middle: the answer just given is what she means.
func (f *form) editLast(q org.QuestionID) {
	if b := f.before(q); b != "" {
		f.again(b, "Mình sửa câu trước nhé. ")
		return
	}
	f.ask(q, "{Chị} chưa ghi câu nào để sửa ạ.")
}

// editSlot corrects an answer to what she named; what can't be, may be several things or is
// unusual is asked as it is everywhere.
func (f *form) editSlot(q org.QuestionID, argument string) {
	if argument == "" {
		f.again(q, "")
		return
	}
	a := catalog[q.Base()].read(f, q, argument)
	problem, unusual := f.check(q, a.value)
	switch fit := f.fitting(q, a.maybe); {
	case a.outcome == viet.Ask && len(fit) > 0:
		f.doubt(q, &Doubt{Values: fit})
		f.seat.Again = f.draft.Answers.Has(q)
	case a.outcome != viet.Value:
		f.again(q, "")
	case problem != "":
		f.again(q, problem+" ")
	case unusual:
		f.doubt(q, &Doubt{Values: []string{a.value}, Unusual: true})
		f.seat.Again = f.draft.Answers.Has(q)
	default:
		f.mended(q, a.value)
	}
}

// mended takes a corrected answer and tells from what to what.
func (f *form) mended(q org.QuestionID, v string) {
	old := f.draft.Answers[q]
	f.record(q, org.Answer{Value: v})
	f.echo = fmt.Sprintf("Em sửa %s: %s → %s.", lowerFirst(f.title(q)), f.inWords(q, shown(old)), f.inWords(q, v))
	f.closePrompt("✏️ " + f.echo)
	if f.draft.Corrects > 0 && f.gap() == qReview { // which shows it
		f.echo = ""
	}
	f.next()
}

// names takes "sửa kết nạp thành 3" where there is no answer yet for what it states.
func (f *form) names(q org.QuestionID, argument string) bool {
	a := catalog[q.Base()].read(f, q, argument)
	if argument == "" || a.outcome != viet.Value {
		return false
	}
	f.show([]Slot{{Question: q, Value: a.value}}, "")
	return true
}

// again asks an answered question anew; its answer stands until there is another.
func (f *form) again(q org.QuestionID, lead string) {
	switch a, ok := f.draft.Answers[q]; {
	case ok && a.Skipped:
		lead += "Câu này đang bỏ qua."
	case ok:
		lead += "Em đang ghi: " + catalog[q.Base()].words(f, q, a.Value) + "."
	default: // only left open on the review
		f.seat.Open = ""
		f.ask(q, lead)
		return
	}
	f.seat.Open = ""
	f.ask(q, strings.TrimSpace(lead), f.keepOption(q))
}

// back goes to the answer before. A card she turns away from is gone: what she did not agree
// to never comes back by itself. From a question that mends the card she returns to it.
func (f *form) back(q org.QuestionID) {
	k := f.seat.Quick
	switch waits := k != nil && !k.Agreed; {
	case waits && !aside(q) && !f.seat.Again:
		f.seat.Open = ""
		f.ask(f.ahead(), "")
		return
	case waits && f.draft.Corrects > 0 && f.keepAsIs(qQuick):
		return
	case waits:
		f.seat.Quick = nil
		f.closePrompt("↩ Em bỏ phần này.")
		if b := f.before(q); b != "" {
			f.again(b, "Dạ, em bỏ phần vừa rồi. ")
			return
		}
		f.echo = "Dạ, em bỏ phần vừa rồi."
		f.next()
		return
	case f.seat.Doubt != nil: // nor does a reading of hers that she leaves open
		f.settled(q)
		if f.before(q) == "" {
			f.seat.Doubt = nil
			f.next()
			return
		}
	}
	if b := f.before(q); b != "" {
		f.again(b, "")
		return
	}
	f.ask(q, "Đây là câu đầu rồi {chị} ạ.")
}

func (f *form) skip(q org.QuestionID) {
	spec := catalog[q.Base()]
	switch {
	case q == qQuick || q == qMend:
		f.reject()
	case spec == nil:
		f.next()
	case spec.must:
		f.ask(q, "Câu này em cần {chị} trả lời, chưa rõ thì {chị} gõ \"để sau\" nhé.")
	default:
		f.record(q, org.Answer{Skipped: true})
		f.closePrompt("⤼ " + f.title(q) + ": bỏ qua")
		f.echo = "Dạ, mình bỏ qua câu này."
		if q.Base() == qHelpText { // the call for help itself stands
			f.help(q, "")
		}
		f.next()
	}
}

func (f *form) review(q org.QuestionID) {
	if g := f.ahead(); g == qReview || g == qQuick {
		if g == qReview && f.draft.Corrects > 0 { // which shows only what differs
			f.say("%s", f.card())
		}
		f.seat.Open = ""
		f.ask(g, "")
		return
	}
	f.say("%s", f.card())
	f.ask(q, "")
}

// sameAsLast answers q2 to q6 as last month, and nothing else (domain.md 6, prefill rule).
func (f *form) sameAsLast(q org.QuestionID) {
	if f.past.Month == "" {
		f.ask(q, "Em chưa có số tháng trước của chi hội mình ạ.")
		return
	}
	done := 0
	if slices.Contains(sameItems, q) && f.draft.Answers.Has(q) && f.lastTime(q) != "" { // she is correcting it
		f.record(q, org.Answer{Value: f.lastTime(q)})
		done++
	}
	for p, v := f.nextSame(nil); p != ""; p, v = f.nextSame(nil) { // an answer may bring its follow-up
		f.record(p, org.Answer{Value: v})
		done++
	}
	switch {
	case done > 0:
		f.echo = "Dạ, mục 2 đến 6 em ghi như tháng trước."
	case aside(q):
		f.echo = "Dạ, không còn câu nào ghi theo tháng trước được nữa ạ."
	default:
		f.echo = "Mục này mỗi tháng một khác, {chị} cho em biết nhé."
	}
	if slices.Contains(sameItems, q) {
		f.closePrompt("✅ Mục 2 đến 6: như tháng trước")
	}
	f.next()
}

// sameItems are the questions that "giống tháng trước" answers.
var sameItems = []org.QuestionID{qPioneers, qResources, qResourceKinds, qKnow, qFaces, qCircumstances, qNeeds, qTopNeed}

// nextSame is the first of them still open that last month answers, leaving out those told.
func (f *form) nextSame(told []Slot) (q org.QuestionID, v string) {
	for _, p := range f.path() {
		if f.draft.Answers.Has(p) || !slices.Contains(sameItems, p) || slices.ContainsFunc(told, func(s Slot) bool { return s.Question == p }) {
			continue
		}
		if v := f.lastTime(p); v != "" {
			return p, v
		}
	}
	return "", ""
}

// lastTime is last month's answer to q, "" where there is none or it can't be any more.
func (f *form) lastTime(q org.QuestionID) string {
	v := f.past.Carry[q]
	if q == qKnow {
		v = "same"
	}
	if problem, _ := f.check(q, v); problem != "" {
		return ""
	}
	return v
}

// explain says in a few words what the open question wants.
func (f *form) explain(q org.QuestionID) string {
	switch q.Base() {
	case qPioneers:
		return "Là những chị nhiệt tình, đi đầu trong chi hội ạ. {Chị} đếm áng chừng cũng được."
	case qResources:
		return "Nguồn lực là quỹ chi hội, nhà tài trợ, chỗ sinh hoạt, hay người đứng ra giúp ạ."
	case qFaces, qCircumstances, qNeeds, qKnow:
		return "{Chị} áng chừng thôi, em không kiểm tra ai đâu ạ."
	case qExcluded:
		return "Những chị này đã tính ở tổ chức khác, nên xã không cộng hai lần ạ."
	case qMembers:
		return "Là tất cả hội viên chi hội mình đang có ạ, ví dụ 118."
	case qActivity:
		return "Họp, tập văn nghệ, dọn đường làng, đi thăm nhau… chi hội làm việc gì cũng tính ạ."
	case qAttendees:
		return "Là số chị em có mặt hôm đó ạ, áng chừng cũng được, ví dụ 35."
	case qJoined:
		return "Là những chị mới vào Hội trong tháng ạ. {Chị} gõ một con số, không có thì gõ 0."
	case qLeft:
		return "Là những chị xin nghỉ Hội, chuyển đi hay qua đời trong tháng ạ. Không có thì gõ 0."
	case qLeftOrg, qDied:
		return "{Chị} gõ một con số thôi ạ, ví dụ 1. Không có thì gõ 0."
	case qQuick, qMend:
		return "Em đọc tin của {chị} ra như vậy. Đúng thì {chị} gõ 1, sai chỗ nào gõ 2 ạ."
	case qDate:
		return "{Chị} gõ ngày, ví dụ 5/" + strconv.Itoa(f.draft.Month.Number()) + ", hoặc \"hôm qua\"."
	case qPair, qOutcome:
		return "Gặp nhau, gọi điện hỏi thăm hay giúp việc gì cũng là có ạ."
	case qReview:
		return "Đúng rồi thì {chị} bấm Gửi. Sai mục nào, gõ ví dụ \"sửa 3\" ạ."
	}
	return "{Chị} bấm nút, gõ số hoặc gõ chữ đều được. Bận thì gõ \"để sau\", em giữ những gì {chị} đã ghi."
}

// later leaves the check-in and plans one reminder, never past the deadline (domain.md 8).
func (f *form) later(when string) {
	again := "báo cáo"
	if f.mends() {
		again = f.mendSay(f.branch, f.draft.Month)
	}
	f.closePrompt(fmt.Sprintf("⏸ Để sau. Gõ \"%s\" là mình làm tiếp.", again))
	f.leave()
	if f.mends() {
		f.say("Dạ vâng. Em giữ chỗ đang sửa, khi nào rảnh {chị} gõ \"%s\" nhé. Báo cáo vẫn như lúc gửi.", again)
		return
	}
	if f.draft.Corrects > 0 { // there is nothing to remind her of
		f.say("Dạ vâng. Em giữ chỗ đang sửa, khi nào rảnh {chị} gõ \"sửa\" nhé. Xã vẫn có báo cáo {chị} đã gửi.")
		return
	}
	kept := ""
	if f.draft.Begun() || f.seat.Quick != nil {
		kept = " Em giữ hết những gì {chị} đã ghi."
	}
	if f.onBehalf() { // her own work is no branch's duty: nothing reminds her
		f.say("Dạ vâng.%s\nNhập tiếp, {chị} gõ \"nhập hộ %s\".", kept, f.brief(f.branch))
		return
	}
	at, words := laterAt(f.Settings.QuietOf(f.branch.ID.Commune()), f.Now, when)
	if !at.Before(f.period.Due) {
		f.say("Dạ vâng.%s\n%s Gõ \"báo cáo\" là mình làm tiếp.", kept, f.pastDue(f.period, when))
		return
	}
	f.do(Remind{Key: reminderKey(f.branch.ID, f.draft.Month, at), At: at,
		Order: Order{Kind: OrderRemind, Person: f.Me.ID, Branch: f.branch.ID, Month: f.draft.Month, Wave: "asked/" + at.Format(time.DateOnly)}})
	f.say("Dạ vâng.%s\n%s em nhắc {chị} nhé. Rảnh sớm hơn, {chị} cứ gõ \"báo cáo\".", kept, words)
}

// pastDue says why no reminder is planned: the time she named, or now, is past the deadline.
func (s *step) pastDue(p org.Period, when string) string {
	switch {
	case !s.Now.Before(p.Due):
		return fmt.Sprintf("Hạn %s qua rồi nên em không nhắc nữa, đến hết %s {chị} vẫn gửi được.", dueWords(p.Due), org.Day(p.Locks.Add(-1)))
	case when != "":
		return fmt.Sprintf("Lúc ấy quá hạn %s nên em không hẹn được, {chị} tranh thủ giúp em nhé.", dueWords(p.Due))
	}
	return fmt.Sprintf("Hạn là %s, {chị} tranh thủ giúp em nhé.", dueWords(p.Due))
}

// laterAt is when to remind her: 08:00 next day unless she named another time, after the
// days off that lie there (domain.md 8).
func laterAt(q *Quiet, now time.Time, when string) (time.Time, string) {
	at, words := namedTime(now, when)
	free := q.Until(q.WorkingDay(at))
	if free.Equal(at) {
		return at, words
	}
	words = free.Format("15:04") + " ngày " + org.Day(free)
	if free.Hour() == 8 && free.Minute() == 0 {
		words = "8 giờ sáng " + org.Day(free)
	}
	if why := q.Off(at); why != "" {
		words = "Qua " + why + ", " + words
	}
	return free, words
}

// namedTime is the time she named, and its words.
func namedTime(now time.Time, when string) (time.Time, string) {
	y, m, d := now.Date()
	at := func(day, hour int) time.Time { return time.Date(y, m, d+day, hour, 0, 0, 0, now.Location()) }
	switch {
	case when == "tonight" && now.Hour() < 19:
		return at(0, 19), "7 giờ tối nay"
	case when == "sunday":
		days := (7 - int(now.Weekday())) % 7
		if days == 0 {
			days = 7
		}
		return at(days, 8), "8 giờ sáng Chủ nhật"
	}
	return at(1, 8), "8 giờ sáng mai"
}

// reminderKey makes one reminder a day per branch and period, whoever asks for it.
func reminderKey(b org.BranchID, m org.Month, at time.Time) string {
	return fmt.Sprintf("%s%s", ReminderPrefix(b, m), at.Format(time.DateOnly))
}

// ReminderPrefix begins the key of every reminder to a branch in a period.
func ReminderPrefix(b org.BranchID, m org.Month) string { return fmt.Sprintf("remind/%s/%s/", m, b) }

func dueWords(t time.Time) string { return t.Format("15:04") + " ngày " + org.Day(t) }

// dueMoved is the due date of a period, and for what it is later than usual.
func dueMoved(p org.Period) string {
	if p.Moved == "" {
		return dueWords(p.Due)
	}
	return dueWords(p.Due) + " (lùi qua " + p.Moved + ")"
}

// mute stops the reminders of this period and tells the chair. Whoever wants no messages at
// all is told how.
func (f *form) mute(all bool) {
	f.draft.Muted = true
	f.keep()
	f.stopReminders(f.branch, f.draft.Month)
	f.ask(f.open(), muted+either(all, " "+muteForGood, ""))
}

const (
	muted       = "Dạ, kỳ này em không nhắc nữa ạ."
	muteForGood = "Muốn em thôi hẳn, {chị} gõ \"rút đồng ý\" nhé."
)

func (s *step) stopReminders(b org.Branch, m org.Month) {
	s.do(Cancel{ReminderPrefix(b.ID, m), WhyMuted}, Audit{What: "reminders_stopped", By: s.Me.ID, Unit: string(b.ID)})
	s.tellChairs(b.ID.Commune(), Prompt{Text: fmt.Sprintf("%s xin thôi nhắc kỳ %s. {Chị} hỏi thăm chị ấy giúp em ạ.", s.named(b), m.Label())}, false)
}

func lowerFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return string(append([]rune(lower(string(r[0]))), r[1:]...))
}
