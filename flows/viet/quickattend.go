package viet

// attendees takes the number of people beside an activity that no other word
// claims.
func (r *quickReader) attendees() {
	if r.q.Activity.Value != Yes || r.q.Attendees.Outcome != NotUnderstood {
		return
	}
	seen := false
	r.attendedOf()
	united := r.united()
	for i := range r.items {
		it := &r.items[i]
		if it.kind == isAnchor && it.tag >= ofMeeting && it.tag <= ofActivity && !it.dropped {
			seen = true
		}
		if !live(it) || it.name || it.q.signed != 0 || !it.unit && !(seen && !r.besideUnited(it, united) && (r.bareAttendance(i) || r.totalBefore(i))) {
			continue
		}
		if it.members && !r.activityIn(it.clause) && r.membersOnly(it.clause) || r.claimed(it.clause) {
			continue
		}
		if r.given(it) || r.rollBefore(i) {
			continue // "thăm 2 hội viên ốm", "chi hội 120 hội viên họp được 70"
		}
		it.used = true
		r.mark(it)
		r.put(&r.q.Attendees, r.number(it, it))
	}
}

// united is the clauses that have a number of people with its unit.
func (r *quickReader) united() []int {
	var clauses []int
	for i := range r.items {
		if it := &r.items[i]; live(it) && it.unit && !it.name && !r.claimed(it.clause) {
			clauses = append(clauses, it.clause)
		}
	}
	return clauses
}

// besideUnited reports a bare number next to people with their unit, unless these are of
// another activity: it counts nobody in "họp 14, 30 chị".
func (r *quickReader) besideUnited(bare *item, united []int) bool {
	for _, c := range united {
		if c == bare.clause || !r.activityIn(c) || !r.activityIn(bare.clause) {
			return true
		}
	}
	return false
}

// rollBefore reports how many the branch has, with fewer told after it in the same clause.
func (r *quickReader) rollBefore(i int) bool {
	n := &r.items[i]
	if !n.members || !branchWords.has(r.toks[max(0, n.from-4):n.from]) {
		return false
	}
	for k := i + 1; k < len(r.items); k++ {
		if it := &r.items[k]; it.clause == n.clause && live(it) && it.q.n < n.q.n {
			return true
		}
	}
	return false
}

var branchWords = table(row{1, `chi hội, hội viên, tổng số, hiện có`})

// given reports people who were visited or helped, and did not come: "thăm 2 chị",
// "tặng quà 10 chị nghèo".
func (r *quickReader) given(n *item) bool {
	if forWord.surely(r.m.tok(n.from-1)) && r.talkIn(n.clause) {
		return false // "tuyên truyền cho 26 chị" are who listened
	}
	if t := r.m.tok(n.from - 1); givenWords.can(t) || askWord.surely(t) || askWord.can(t) && givenWords.can(r.m.tok(n.from-2)) {
		return true // "thăm hỏi 3 chị", and not "hop chi hoi 30 chi"
	}
	for i := n.from - 1; i >= 0 && i >= n.from-4 && r.toks[i].kind == aWord; i-- {
		if giftWords.surely(&r.toks[i]) {
			return true
		}
	}
	return needyWords.surely(r.m.tok(n.to))
}

// talkIn reports a clause about a talk or a training.
func (r *quickReader) talkIn(clause int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && it.kind == isAnchor && it.tag == ofTalk && !it.dropped && !it.none {
			return true
		}
	}
	return false
}

var forWord = words("cho")

var (
	giftWords  = words("tặng trao phát quà suất")
	needyWords = words("nghèo ốm bệnh khó neo đơn cận khuyết mồ yếu")
)

var (
	thingUnits = words("gia hộ suất phần cây bó túi thùng")
	givenWords = words("thăm giúp tặng trao cho phát đỡ trợ viếng khám mời chúc") // those who were visited or helped
	askWord    = words("hỏi")
)

// attendedOf asks about "có mặt 42/60 chị".
func (r *quickReader) attendedOf() {
	for i := range r.items {
		it := &r.items[i]
		if it.kind != isOther || it.dropped || it.tag != '/' || it.from > 0 && knowWord.can(&r.toks[it.from-1]) {
			continue
		}
		attended := r.activityIn(it.clause) || it.to < len(r.toks) && personWords.can(&r.toks[it.to]) && !r.claimed(it.clause)
		for k := range r.items {
			attended = attended || r.items[k].clause == it.clause && r.items[k].kind == isAnchor && r.items[k].tag == ofAttend
		}
		if attended {
			v := Reading[Count]{Outcome: Ask, From: r.text(it)}
			for _, c := range it.q.cands[:it.q.ncand] {
				v.Candidates = append(v.Candidates, Count{N: c})
			}
			r.put(&r.q.Attendees, v)
		}
	}
}

// bareAttendance reports a number without a unit in the activity's clause:
// "họp hôm 20, 35", "họp được 40".
func (r *quickReader) bareAttendance(i int) bool {
	it := &r.items[i]
	alone := !thingUnits.can(r.m.tok(it.to)) // "tặng quà 5 gia đình"
	for k := range r.items {
		o := &r.items[k]
		if k != i && o.clause == it.clause && (o.kind == isNumber && !o.dropped || counts(o)) {
			alone = false
		}
	}
	return alone && (it.q.n >= 5 || it.q.ask) && r.activityIn(it.clause)
}

// totalBefore reports "tổng 33" beside an activity.
func (r *quickReader) totalBefore(i int) bool {
	return i > 0 && r.items[i-1].kind == isTotal && r.items[i].q.n >= 5
}
