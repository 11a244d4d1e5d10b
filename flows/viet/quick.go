package viet

import "time"

// Quick is what one free message truly states, slot by slot; a slot she did
// not speak of is NotUnderstood, one that is stated but doubtful is Ask.
// Nothing of it may be stored before she confirms it.
type Quick struct {
	Activity      Reading[YesNo]
	Date          Reading[Date]
	Attendees     Reading[Count]
	Kind          Reading[int] // option number of q1c_kind
	Reason        Reading[int] // option number of q1d_reason
	Members       Reading[Count]
	Pioneers      Reading[Count]
	Resources     Reading[YesNo]
	Faces         Reading[int] // 1 most, 2 half, 3 few
	Circumstances Reading[int]
	Needs         Reading[int]
	Joined        Reading[Count]
	Excluded      Reading[Count]
	LeftTotal     Reading[Count]
	LeftOrg       Reading[Count]
	Died          Reading[Count]
	MovedOut      Reading[Count]
	PairsNew      Reading[Count]
	PairsActed    Reading[Count]
	PairsMet      Reading[YesNo] // whether the pairs met at all, told without their number
	Help          Reading[YesNo]
	HelpKind      Reading[int] // option number of q10_help
	Dues          Reading[YesNo]
	KnowSame      bool     // "3 biết vẫn vậy": the three "biết" items as last month
	SameRest      bool     // "còn lại giống tháng trước": Q2–Q6 as last month
	Unread        []string // what she said in clauses that no slot rests on
}

// Slots is how many slots the message fills or asks about.
func (q *Quick) Slots() int {
	n := 0
	for _, o := range []Outcome{q.Activity.Outcome, q.Date.Outcome, q.Attendees.Outcome, q.Kind.Outcome, q.Reason.Outcome, q.Members.Outcome,
		q.Pioneers.Outcome, q.Resources.Outcome, q.Faces.Outcome, q.Circumstances.Outcome, q.Needs.Outcome, q.Joined.Outcome, q.Excluded.Outcome,
		q.LeftTotal.Outcome, q.LeftOrg.Outcome, q.Died.Outcome, q.MovedOut.Outcome, q.PairsNew.Outcome, q.PairsActed.Outcome, q.Help.Outcome, q.Dues.Outcome} {
		if o != NotUnderstood {
			n++
		}
	}
	return n
}

// ReadQuick reads one free message into the slots of the check-in: numbers by
// the words around them, negation, several sentences in any order, and the
// compact line "3 có đủ, biết 2/3, +2 -1, 1+1: 3". Planned numbers and those
// of last month are left out.
func ReadQuick(text string, today, firstOfMonth time.Time) Quick {
	m := scan(text)
	defer m.release()
	if m.long || len(m.toks) == 0 {
		return Quick{}
	}
	r := quickReader{m: m, toks: m.toks, items: m.analyse(), c: newCalendar(today, firstOfMonth)}
	segment(r.items)
	settleFixes(r.items)
	r.futureDays()
	r.thisMonth()
	r.plans()
	r.dropTold()
	r.dropLast()
	r.otherDays()
	assign(r.items)
	r.activity()
	r.day()
	r.numbers()
	r.otherPeople()
	r.unchanged()
	r.attendees()
	r.scales()
	r.resources()
	r.help()
	r.compact()
	r.aside()
	r.reason()
	r.rest()
	return r.q
}

type quickReader struct {
	m       *message
	toks    []token
	items   []item
	c       calendar
	q       Quick
	planned bool // an activity is planned
	// elsewhere says that a meeting of others is told of beside the branch's.
	elsewhere bool
	read      [maxTokens]bool
}

func (r *quickReader) text(it *item) string { return r.m.from(r.toks, it.from, it.to) }

func (r *quickReader) mark(it *item) {
	for i := it.from; i < it.to; i++ {
		r.read[i] = true
	}
}

// futureDays marks days to come as plans.
func (r *quickReader) futureDays() {
	for i := range r.items {
		it := &r.items[i]
		if it.kind == isDay && it.date.kind == byOffset && it.date.unsure && it.date.offset == 0 {
			it.date.kind = byFuture // "tối nay họp"
		}
		if it.kind == isDay && it.date.kind == byDay && it.date.month == int(r.c.today.AddDate(0, 1, 1-r.c.today.Day()).Month()) {
			it.date.maybeNext = true // "chưa họp, để 5/12 họp luôn"
		}
	}
}

// plans notes activities planned and not done, then drops the clauses.
func (r *quickReader) plans() {
	r.prepared()
	notes := dropClauses(r.items)
	if !notes.planned {
		return
	}
	r.planOfMonth()
	for i := range r.items {
		it := &r.items[i]
		if it.dropped && it.kind == isAnchor && it.tag >= ofMeeting && it.tag <= ofActivity && !ceremony.has(r.toks[it.from:it.to]) && (it.tag == ofMeeting || !r.wished(it)) && !r.purpose(it) && !planOfOther.has(r.toks[:it.from]) {
			r.planned = true // and not "chị em muốn học nghề"
		}
	}
}

// prepared takes "chuẩn bị" after what was done on a day past for what it was done for: "hôm 18
// tập văn nghệ chuẩn bị hội thi".
func (r *quickReader) prepared() {
	for i := range r.items {
		it := &r.items[i]
		if it.kind != isSays || it.tag != saysPlan || !preparing.can(&r.toks[it.from]) {
			continue
		}
		deed, day := false, false
		for k := range r.items[:i] {
			o := &r.items[k]
			deed = deed || o.clause == it.clause && o.kind == isAnchor && o.tag >= ofMeeting && o.tag <= ofActivity
			day = day || o.clause == it.clause && o.kind == isDay && o.date.kind != byFuture
		}
		if deed && day {
			for k := i; k < len(r.items) && r.items[k].clause == it.clause; k++ {
				r.items[k].kind = isWord
			}
		}
	}
}

var preparing = words("chuẩn")

// purpose reports what something is for, which is no plan: "có nhà văn hóa để họp".
func (r *quickReader) purpose(it *item) bool {
	return purposeWord.can(r.m.tok(it.from-1)) && it.from > 1 && r.m.tok(it.from-2).kind == aWord && !waitBefore.can(r.m.tok(it.from-2))
}

var (
	purposeWord = words("để")
	waitBefore  = words("chờ đợi cứ hẹn thì mai sau em chị")
)

// doubt turns a value into a question about it.
func doubt[T any](r *Reading[T]) {
	if r.Outcome == Value {
		*r = Reading[T]{Outcome: Ask, Candidates: []T{r.Value}, From: r.From}
	}
}

// ceremony is held for those who join, and says nothing of the month's activity.
var ceremony = table(row{1, `làm|tổ lễ`})

// activity finds whether something was done and what kind it was.
func (r *quickReader) activity() {
	var kinds [8]bool
	n, kind := 0, 0
	var did, didNot *item
	for i := range r.items {
		it := &r.items[i]
		if it.kind != isAnchor || it.tag < ofMeeting || it.tag > ofActivity || it.dropped || it.tag == ofEconomy && (r.hasPair(it.clause) || it.none && it.to-it.from == 2 && nuaWord.can(r.m.tok(it.to)) || it.to-it.from == 2 && r.hasPair(it.clause-1)) || r.wished(it) || r.habit(it) || placeWords.can(r.m.tok(it.from-1)) {
			continue // "1 cặp mới giúp nhau" is no activity
		}
		if r.others(it) || r.sentElsewhere(it) {
			r.elsewhere = true
			continue
		}
		r.mark(it)
		if it.none {
			if didNot == nil {
				didNot = it
			}
			continue
		}
		if did == nil {
			did = it
		}
		if k := it.tag - ofMeeting + 1; it.tag != ofActivity && !kinds[k] {
			kinds[k] = true
			n++
			kind = k
		}
	}
	if did == nil && didNot == nil {
		did = r.attendedOnly()
	}
	switch {
	case did != nil && didNot != nil && r.maybeNext(did.clause):
		r.q.Activity = Reading[YesNo]{Outcome: Value, Value: No, From: r.text(didNot)}
	case did != nil:
		r.q.Activity = Reading[YesNo]{Outcome: Value, Value: Yes, From: r.text(did)}
		r.kind(n, kind, kinds[:], did)
		if r.maybeNext(did.clause) || calledOff.has(r.toks[did.to:]) {
			doubt(&r.q.Activity)
			doubt(&r.q.Kind)
		}
	case didNot != nil && (r.deedAfter(didNot) || r.doneBeside(didNot)):
		r.q.Activity = Reading[YesNo]{Outcome: Ask, Candidates: []YesNo{Yes, No}, From: r.m.whole()}
	case didNot != nil:
		r.q.Activity = Reading[YesNo]{Outcome: Value, Value: No, From: r.text(didNot)}
	case r.planned && (r.deedBeside() || r.heldBeforePlan()):
		r.q.Activity = Reading[YesNo]{Outcome: Ask, Candidates: []YesNo{Yes, No}, From: r.m.whole()}
	case r.planned, r.lastHeld() && r.bareNo():
		r.q.Activity = Reading[YesNo]{Outcome: Value, Value: No, From: r.m.whole()}
	}
}

// calledOff tell that what was arranged did not come about.
var calledOff = table(row{1, `nên|phải|đành|lại thôi|hoãn|hủy|dời|lùi|giải, hoãn rồi|lại, bị hủy|hoãn`})

// maybeNext reports a day in a clause that may be to come.
func (r *quickReader) maybeNext(clause int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && it.kind == isDay && it.date.maybeNext {
			return true
		}
	}
	return false
}

// wished reports that an activity is asked for and was not held: "cần học nghề
// may".
func (r *quickReader) wished(it *item) bool {
	for i := it.from - 1; i >= 0 && i >= it.from-3 && r.toks[i].kind != aMark; i-- {
		if denyWords.can(&r.toks[i]) {
			break // "nên chưa sinh hoạt"
		}
		if wishWords.can(&r.toks[i]) && (i == it.from-1 || !nenWord.can(&r.toks[i])) {
			return true // "nên học nghề", and not "chị đi vắng nên chị phó họp"
		}
	}
	for i := range r.items {
		if o := &r.items[i]; o.clause == it.clause && o.kind == isAnchor && o.tag == ofHelp && o.from < it.from {
			return true // "xin hội xã hỗ trợ học nghề"
		}
	}
	return false
}

// habit reports giving that is told as a resource and not as a deed of the month:
// "nguồn lực có chị Hà hay ủng hộ".
func (r *quickReader) habit(it *item) bool {
	if it.tag != ofActivity {
		return false
	}
	for i := range r.items {
		if o := &r.items[i]; o.clause == it.clause && o.kind == isAnchor && (o.tag == ofResource || o.tag == ofDues) && o.from < it.from {
			return true
		}
	}
	return habitWords.can(r.m.tok(it.from - 1))
}

var habitWords = words("hay thường")

// placeWords before an activity name what it is for: "chỗ họp", "sổ họp".
var placeWords = words("chỗ nơi phòng sổ lịch giấy")

var (
	wishWords = words("cần muốn mong xin nên nhờ đòi ước thích")
	nenWord   = words("nên")
)

// deedBeside reports people who did on a day past what no table knows, beside what is
// planned: "hoãn họp, chị em đi vét ao hôm 18 được 20 người".
func (r *quickReader) deedBeside() bool {
	for i := range r.items {
		it := &r.items[i]
		if it.dropped || it.kind != isWord || !didWords.can(&r.toks[it.from]) {
			continue
		}
		day, people := false, false
		for k := range r.items {
			o := &r.items[k]
			if o.clause != it.clause {
				continue
			}
			day = day || o.kind == isDay && !o.dropped
			people = people || live(o) && o.unit && !r.claimed(o.clause)
		}
		if day && people {
			return true
		}
	}
	return false
}

var didWords = words("đi làm có")

// lastHeld reports an activity of last month, and bareNo a denial with nothing
// named: "tháng trước họp 40 chị, tháng này chưa".
func (r *quickReader) lastHeld() bool {
	for i := range r.items {
		if it := &r.items[i]; it.dropped && it.kind == isAnchor && it.tag >= ofMeeting && it.tag <= ofActivity {
			return true
		}
	}
	return false
}

func (r *quickReader) bareNo() bool {
	for i := range r.items {
		it := &r.items[i]
		if it.dropped || it.kind != isSays || it.tag != saysNot && it.tag != saysNo {
			continue
		}
		alone := true
		for k := range r.items {
			alone = alone && (r.items[k].clause != it.clause || r.items[k].kind != isAnchor)
		}
		if alone {
			return true
		}
	}
	return false
}

// attendedOnly finds "35 chị dự" without a word for what was held.
func (r *quickReader) attendedOnly() *item {
	for i := range r.items {
		it := &r.items[i]
		if it.kind == isAnchor && it.tag == ofAttend && it.value >= 0 && !it.dropped && !it.none {
			return it
		}
	}
	return nil
}

func (r *quickReader) kind(n, kind int, kinds []bool, did *item) {
	switch {
	case n == 1:
		r.q.Kind = Reading[int]{Outcome: Value, Value: kind, From: r.text(did)}
	case n > 1:
		r.q.Kind = Reading[int]{Outcome: Ask, From: r.text(did)}
		for k, ok := range kinds {
			if ok && len(r.q.Kind.Candidates) < 4 {
				r.q.Kind.Candidates = append(r.q.Kind.Candidates, k)
			}
		}
	}
}

// day finds the day of the activity; days of other clauses count when no
// clause with an activity has one.
func (r *quickReader) day() {
	if r.q.Activity.Outcome != Value || r.q.Activity.Value != Yes {
		return
	}
	var near, all dateFinds
	for i := range r.items {
		it := &r.items[i]
		if it.kind != isDay || it.dropped || r.noDay(it) || r.dayOfWriting(it) {
			continue
		}
		r.mark(it)
		f := dateFind{it.date, it.from, it.to}
		all.add(f)
		if r.activityIn(it.clause) || near.n > 0 && it.date.kind == byDay && !r.anchored(it.clause) && r.peopleIn(it.clause) {
			near.add(f)
		}
	}
	finds := &near
	if near.n == 0 || r.onlyVague(&near) {
		finds = &all
	}
	finds.told = finds == &near && (r.elsewhere || r.m.aboutHer() && !r.asideSaid())
	if finds.n > 0 {
		r.q.Date = finds.reading(r.m, r.c)
	}
}

// peopleIn reports a number of people in a clause: "ngày 19/11: 25 chị".
func (r *quickReader) peopleIn(clause int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && it.kind == isNumber && it.unit && !it.dropped {
			return true
		}
	}
	return false
}

// noDay leaves out the month itself: "tháng này", "t11", "trong tháng".
func (r *quickReader) noDay(it *item) bool {
	switch it.date.kind {
	case byMonth:
		return true
	case byVague:
		return thangWord.can(&r.toks[it.from]) || trongWord.can(&r.toks[it.from]) || r.joinClause(it.clause)
	}
	return r.joinClause(it.clause)
}

var trongWord = words("trong")

// joinClause reports a clause about members only, whose day is theirs.
func (r *quickReader) joinClause(clause int) bool {
	join := false
	for i := range r.items {
		it := &r.items[i]
		if it.clause != clause || it.kind != isAnchor || it.none {
			continue
		}
		if it.tag >= ofMeeting && it.tag <= ofActivity || it.tag == ofAttend {
			return false
		}
		join = join || it.tag == ofJoined || leaves(it.tag)
	}
	return join
}

func (r *quickReader) onlyVague(f *dateFinds) bool {
	for _, d := range f.list[:f.n] {
		if rank(&d.p, "") > rankVague {
			return false
		}
	}
	return true
}

func (r *quickReader) activityIn(clause int) bool {
	for i := range r.items {
		it := &r.items[i]
		if it.clause == clause && it.kind == isAnchor && it.tag >= ofMeeting && it.tag <= ofActivity && !it.none && !r.others(it) {
			return true
		}
	}
	return false
}
