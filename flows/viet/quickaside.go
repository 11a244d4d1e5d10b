package viet

// otherPeople turns what may be of other people into questions: somebody who died and was no
// member, a later round of joining, a meeting of the hamlet's while the branch has not met yet.
func (r *quickReader) otherPeople() {
	if notMembers.has(r.toks) {
		doubt(&r.q.Died)
		doubt(&r.q.MovedOut)
		doubt(&r.q.LeftOrg)
		doubt(&r.q.LeftTotal)
		doubt(&r.q.Joined)
	}
	for _, slot := range []*Reading[Count]{&r.q.Joined, &r.q.Died, &r.q.MovedOut, &r.q.LeftOrg, &r.q.LeftTotal} {
		if slot.Value.N > manyMoves {
			doubt(slot) // "hop mat 36 chi"
		}
	}
	if r.nextRound() {
		doubt(&r.q.Joined)
		doubt(&r.q.Attendees)
	}
	if r.q.Activity.Outcome == Value && r.q.Activity.Value == Yes && r.oursNot() {
		doubt(&r.q.Activity)
		doubt(&r.q.Kind)
		doubt(&r.q.Date)
	}
}

// manyMoves is more than come or go in a month without being asked about (domain.md 6, q7).
const manyMoves = 20

var notMembers = table(row{1, `không|chưa|đâu phải là? hội viên, không|chưa là|vào|vô hội, ngoài hội`})

// nextRound reports a number of a later round that no word claims: "đợt đầu kết nạp 2 đợt
// sau 1".
func (r *quickReader) nextRound() bool {
	for i := range r.items {
		it := &r.items[i]
		if live(it) && !it.used && whichRound.can(r.m.tok(it.from-1)) && roundWords.can(r.m.tok(it.from-2)) {
			return true
		}
	}
	return false
}

// oursNot reports "chứ chi hội chưa" at the end of a clause.
func (r *quickReader) oursNot() bool {
	for i := range r.toks {
		if ph, end := ourNot.at(r.toks, i); ph != nil && r.m.endsClause(end) {
			return true
		}
	}
	return false
}

var ourNot = table(row{1, `chi hội|bên thì? chưa, hội mình thì? chưa, phụ nữ thì? chưa, bên chị|mình|tôi|tui|em|phụ thì? chưa, bên phụ nữ thì? chưa, chi hội chị|mình|tôi|tui|em thì? chưa`})

// aside asks back what may be her family's, or another meeting: "họp phụ huynh".
func (r *quickReader) aside() {
	if !r.asideSaid() || r.q.Activity.Value == No || r.elsewhere && r.q.Activity.Value == Yes {
		return
	}
	if q := r.q; q.Slots() == r.activitySlots() {
		r.q = Quick{} // nothing in it is about the branch
		return
	}
	doubt(&r.q.Activity)
	doubt(&r.q.Kind)
	doubt(&r.q.Date)
}

// asideSaid reports words about her family or about others that may be what the activity
// was. A clause of its own that says so takes nothing from "họp hôm 20, 30 chị", and others
// may have met together with the branch: "họp chung với chi bộ".
func (r *quickReader) asideSaid() bool {
	plain := r.plainActivity()
	for i, first := r.m.asideFrom(0, true), true; i >= 0; i, first = r.m.asideFrom(i+1, false), false {
		if c := r.clauseOf(i); !r.together(i) && (plain < 0 || c == plain || !first && r.activityIn(c)) {
			return true
		}
	}
	return false
}

// plainActivity is the clause of a meeting that is told with its day or with those who
// came, -1 for none.
func (r *quickReader) plainActivity() int {
	for i := range r.items {
		it := &r.items[i]
		if it.kind != isAnchor || it.tag < ofMeeting || it.tag > ofActivity || it.tag == ofMeeting+3 || it.dropped || it.none || r.others(it) {
			continue
		}
		for k := range r.items {
			o := &r.items[k]
			near := o.clause == it.clause || o.clause > it.clause && !r.anchored(o.clause)
			if near && !o.dropped && (o.kind == isDay && o.date.kind != byMonth && o.date.kind != byVague || o.kind == isNumber && o.unit) {
				return it.clause
			}
		}
	}
	return -1
}

// anchored reports a clause that has something to count or a deed of its own.
func (r *quickReader) anchored(clause int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && it.kind == isAnchor && it.tag != ofNothing {
			return true
		}
	}
	return false
}

// clauseOf is the clause of a token.
func (r *quickReader) clauseOf(tok int) int {
	clause := 0
	for i := range r.items {
		if it := &r.items[i]; it.from <= tok {
			clause = it.clause
		}
	}
	return clause
}

// together reports company before token i: "chung với chi bộ và nông dân".
func (r *quickReader) together(i int) bool {
	for k := i - 1; k >= 0 && k >= i-7 && r.toks[k].kind != aMark; k-- {
		if togetherWords.surely(&r.toks[k]) || withCompany.can(&r.toks[k]) && withCompany.can(r.m.tok(k-1)) {
			return true
		}
	}
	return false
}

var togetherWords = words("chung ghép")

// activitySlots is how many of the filled slots tell of the activity.
func (r *quickReader) activitySlots() int {
	q := Quick{Activity: r.q.Activity, Date: r.q.Date, Kind: r.q.Kind}
	return q.Slots()
}

// others reports a meeting that is none of the branch's: "họp phụ huynh".
func (r *quickReader) others(it *item) bool {
	for k := max(0, it.from-3); k <= it.from; k++ {
		if ph, end := asidePhrases.at(r.toks, k); ph != nil && ph.tag == anywhere && end > it.from && end > k+1 && !withCompany.can(r.m.tok(k-1)) {
			return true
		}
	}
	return false
}

var withCompany = words("với cùng ghép")

// sentElsewhere reports what some were sent to while the branch did nothing: "đi tập huấn
// ở huyện 2 chị, chi hội thì chưa họp".
func (r *quickReader) sentElsewhere(it *item) bool {
	if it.none || !atPlace.can(r.m.tok(it.to)) || !aboveBranch.can(r.m.tok(it.to+1)) {
		return false
	}
	for i := range r.items {
		if o := &r.items[i]; o.kind == isAnchor && o.tag == ofMeeting && o.none && !o.dropped {
			return true
		}
	}
	return false
}

var (
	atPlace     = words("ở trên tại dưới")
	aboveBranch = words("huyện tỉnh xã phường")
)

// upAndDown gives "tăng giảm không", "tăng, giảm 0" its other half: the none is said of both.
func (r *quickReader) upAndDown() {
	if r.q.Joined.Outcome != NotUnderstood || r.q.LeftTotal.Outcome != Value || r.q.LeftTotal.Value != (Count{}) {
		return
	}
	for i := 1; i < len(r.toks); i++ {
		before := i - 1
		for before > 0 && r.toks[before].kind == aMark {
			before--
		}
		if downWord.can(&r.toks[i]) && upWord.can(&r.toks[before]) && !r.read[before] {
			r.read[before] = true
			r.q.Joined = Reading[Count]{Outcome: Value, From: r.m.from(r.toks, before, i+1)}
			return
		}
	}
}

var upWord, downWord = words("tăng"), words("giảm")
