package viet

import "strings"

// claimed reports a clause about something else than attendance.
func (r *quickReader) claimed(clause int) bool {
	for i := range r.items {
		it := &r.items[i]
		if it.clause != clause || it.kind != isAnchor || it.dropped {
			continue
		}
		switch it.tag {
		case ofJoined, ofPioneers:
			if it.none {
				continue
			}
			// In "họp 35 chị kết nạp 2" the two is theirs, the rest is not.
			if it.value < 0 || !r.activityIn(clause) {
				return true
			}
		case ofHelp, ofPairs, ofExcluded, ofAway, ofAbsent, ofDues:
			return true
		}
		if leaves(it.tag) && !r.activityIn(clause) {
			return true
		}
	}
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && it.kind == isPart {
			return true
		}
	}
	return false
}

// membersOnly reports "chi hội 118 hv".
func (r *quickReader) membersOnly(clause int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && it.kind == isAnchor && it.tag == ofAttend {
			return false
		}
	}
	return r.q.Members.Outcome == NotUnderstood && clause == 0
}

// slotOf is the slot of an anchor that numbers fill.
func (r *quickReader) slotOf(tag int) *Reading[Count] {
	switch tag {
	case ofJoined:
		return &r.q.Joined
	case ofDied:
		return &r.q.Died
	case ofMoved:
		return &r.q.MovedOut
	case ofLeftOrg:
		return &r.q.LeftOrg
	case ofLeft:
		return &r.q.LeftTotal
	case ofAttend:
		return &r.q.Attendees
	case ofMembers:
		return &r.q.Members
	case ofPioneers:
		return &r.q.Pioneers
	case ofExcluded:
		return &r.q.Excluded
	}
	return nil
}

// numbers fills the slots whose anchor has a number or a denial.
func (r *quickReader) numbers() {
	for i := range r.items {
		it := &r.items[i]
		if it.kind != isAnchor || it.dropped {
			continue
		}
		slot := r.slotOf(it.tag)
		if slot == nil {
			continue
		}
		switch {
		case r.pioneersChange(i):
			r.mark(it)
			if r.q.Pioneers.Outcome == NotUnderstood {
				r.q.Pioneers = Reading[Count]{Outcome: Ask, From: r.clauseText(it.clause)}
			}
		case it.value >= 0 && (r.stillAsking(it) || it.tag == ofAttend && r.given(&r.items[it.value])):
			r.mark(it)
		case it.value >= 0:
			r.mark(it)
			r.mark(&r.items[it.value])
			r.put(slot, r.number(&r.items[it.value], it))
		case it.none && r.numberLater(it):
			r.mark(it)
			r.put(slot, Reading[Count]{Outcome: Ask, Candidates: []Count{{}}, From: r.clauseText(it.clause)}) // "chưa kết nạp được 2 chị kia"
		case it.none && it.tag != ofAttend && it.tag != ofMembers && it.tag != ofExcluded:
			r.mark(it)
			r.put(slot, Reading[Count]{Outcome: Value, From: r.clauseText(it.clause)})
		case r.totalOf(it) != nil:
			r.mark(it)
			r.put(slot, r.number(r.totalOf(it), it))
		case it.paren && r.beforeParen(i) != nil:
			r.mark(it)
			if n := r.beforeParen(i); !r.parenNumber(it.clause) {
				r.put(slot, r.number(n, it))
			}
		case !it.none && r.leftStated(it):
			r.put(slot, Reading[Count]{Outcome: Ask, Candidates: []Count{{N: 1}}, From: r.clauseText(it.clause)})
		}
	}
	r.upAndDown()
	r.otherWays()
	r.pairs()
}

// pioneersChange reports "nòng cốt thêm 1", "nòng cốt 5 chị trong đó 1 chị mới", where nobody
// joined or left.
func (r *quickReader) pioneersChange(i int) bool {
	it := &r.items[i]
	if it.tag != ofJoined && it.tag != ofLeft {
		return false
	}
	part := false
	for k := i - 1; k >= 0 && r.items[k].kind != isBreak; k-- {
		switch o := &r.items[k]; {
		case o.kind == isPart:
			part = true
		case o.kind == isAnchor && !o.dropped:
			return o.tag == ofPioneers && (part || o.value < 0 && o.to == it.from)
		}
	}
	return false
}

// stillAsking reports those who want to join, where nobody has: "chưa kết nạp ai nhưng có 3
// chị xin vào".
func (r *quickReader) stillAsking(it *item) bool {
	if it.tag != ofJoined || !wishWords.can(&r.toks[it.from]) {
		return false
	}
	for i := range r.items {
		if o := &r.items[i]; o.kind == isAnchor && o.tag == ofJoined && o.none && !o.dropped {
			return true
		}
	}
	return false
}

// otherWays reads "không ai nghỉ, chỉ có 1 chị chuyển đi" and "nghỉ 1, chuyển 2": "nghỉ"
// beside more who left in other ways are those who gave up and not all. Beside fewer it may
// be either.
func (r *quickReader) otherWays() {
	q := &r.q
	all, gone := q.LeftTotal, q.MovedOut.Value.N+q.Died.Value.N
	if all.Outcome != Value || gone == 0 || q.LeftOrg.Outcome != NotUnderstood || !strings.Contains(Fold(all.From), "nghi") {
		return
	}
	switch {
	case all.Value.N < gone:
		q.LeftOrg, q.LeftTotal = all, Reading[Count]{}
	case all.Value.N > gone:
		doubt(&q.LeftTotal)
	}
}

// numberLater reports a number after a denied anchor in its clause.
func (r *quickReader) numberLater(a *item) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == a.clause && it.from >= a.to && it.kind == isNumber && !it.dropped && !it.used && it.unit {
			return true
		}
	}
	return false
}

// totalOf gives the number of "giảm 1 vì xin nghỉ", where the reason says who
// the one is.
func (r *quickReader) totalOf(it *item) *item {
	if !leaves(it.tag) || it.tag == ofLeft || it.none || it.value >= 0 {
		return nil
	}
	var n *item
	for i := range r.items {
		o := &r.items[i]
		if o.clause != it.clause || o.kind != isAnchor || o.dropped {
			continue
		}
		switch {
		case o.tag == ofLeft && o.value >= 0 && o.from < it.from:
			n = &r.items[o.value]
		case o != it && leaves(o.tag):
			return nil
		}
	}
	return n
}

// unchanged reads "hội viên không biến động" as nobody joined, nobody left.
func (r *quickReader) unchanged() {
	for i := range r.items {
		it := &r.items[i]
		if it.kind != isSays || it.tag != saysNoChange || it.dropped {
			continue
		}
		from, to := r.clauseSpan(i)
		if ph, _, _ := peopleStock.find(r.toks[from:to]); ph == nil {
			continue
		}
		r.mark(it)
		for _, slot := range []*Reading[Count]{&r.q.Joined, &r.q.LeftTotal} {
			if slot.Outcome == NotUnderstood {
				*slot = Reading[Count]{Outcome: Value, From: r.clauseText(it.clause)}
			}
		}
	}
}

var peopleStock = table(row{1, `hội viên, số lượng, sĩ số, quân số, số hội viên`})

// leftStated reports "có chị chuyển đi" with no number: stated, so asked.
func (r *quickReader) leftStated(it *item) bool {
	if !leaves(it.tag) && it.tag != ofJoined {
		return false
	}
	for i := range r.items {
		n := &r.items[i]
		if n.clause == it.clause && n.kind == isNumber && !n.dropped {
			return false
		}
	}
	return !it.paren && it.tag != ofLeft && it.from > 0 && coWord.can(r.tokenBefore(it.from))
}

func (r *quickReader) tokenBefore(i int) *token {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		if coWord.can(&r.toks[k]) {
			return &r.toks[k]
		}
		if r.toks[k].kind == aMark {
			break
		}
	}
	return &noToken
}

// beforeParen gives the number right before a parenthesis: "giảm 1 (mất)".
func (r *quickReader) beforeParen(i int) *item {
	for k := i - 1; k >= 0; k-- {
		if r.items[k].kind == isNumber && r.items[k].clause == r.items[i].clause-1 && !r.items[k].dropped {
			return &r.items[k]
		}
		if r.items[k].clause < r.items[i].clause-1 {
			break
		}
	}
	return nil
}

func (r *quickReader) parenNumber(clause int) bool {
	for i := range r.items {
		if r.items[i].clause == clause && r.items[i].kind == isNumber {
			return true
		}
	}
	return false
}

// put fills a slot; a second, different value makes it a question.
func (r *quickReader) put(slot *Reading[Count], v Reading[Count]) {
	if slot.Outcome == NotUnderstood {
		*slot = v
		return
	}
	if slot.Outcome == Value && v.Outcome == Value && slot.Value.N == v.Value.N {
		return
	}
	if slot.Outcome == Value && v.Outcome == Value && slot.Value.N == 0 && v.Value.N > 0 {
		*slot = v
		return
	}
	ask := Reading[Count]{Outcome: Ask, From: v.From}
	for _, x := range []*Reading[Count]{slot, &v} {
		if x.Outcome == Value {
			ask.Candidates = append(ask.Candidates, x.Value)
		} else {
			ask.Candidates = append(ask.Candidates, x.Candidates...)
		}
	}
	if len(ask.Candidates) > 4 {
		ask.Candidates = ask.Candidates[:4]
	}
	*slot = ask
}

// against reports a number that what it counts speaks against: "tăng -1", "không có 2 chị
// chuyển đi".
func (r *quickReader) against(n, anchor *item) bool {
	if n.q.signed < 0 && anchor.kind == isAnchor && anchor.tag == ofJoined {
		return true
	}
	for i := range r.items {
		if o := &r.items[i]; o.to == n.from && o.kind == isSays && (o.tag == saysNo || o.tag == saysNot) && o.to-o.from > 1 {
			return n.unit
		}
	}
	return false
}

// number is the reading of one number for a slot.
func (r *quickReader) number(n, anchor *item) Reading[Count] {
	from, to := min(n.from, anchor.from), max(n.to, anchor.to)
	v := Reading[Count]{From: r.m.from(r.toks, from, to)}
	hedged := false
	for i := range r.items {
		it := &r.items[i]
		if it.clause == n.clause && it.kind == isSays && (it.tag == saysHedge || it.tag == saysUnknown || it.tag == saysForgot) {
			hedged = true
		}
	}
	if n.q.ask || n.q.doubt || hedged && !n.q.approx || r.m.slipBeside(n) {
		v.Outcome = Ask
		for _, c := range n.q.cands[:n.q.ncand] {
			v.Candidates = append(v.Candidates, Count{N: c})
		}
		if n.q.ncand == 0 && !n.q.ask {
			v.Candidates = []Count{{N: n.q.n}}
		}
		return v
	}
	if r.against(n, anchor) {
		v.Outcome, v.Candidates = Ask, []Count{{N: n.q.n}, {}}
		return v
	}
	if leaves(anchor.tag) && anchor.tag != ofDied && anchor.kind == isAnchor && awhile.has(r.toks[anchor.from:r.clauseEnd(anchor)]) {
		v.Outcome, v.Candidates = Ask, []Count{{N: n.q.n}, {}}
		return v
	}
	if other := r.takenBack(n); other > 0 {
		v.Outcome, v.Candidates = Ask, []Count{{N: n.q.n}, {N: other}}
		return v
	}
	if r.discussed(anchor) {
		v.Outcome, v.Candidates = Ask, []Count{{N: n.q.n}, {}}
		return v
	}
	if sum, ok := r.comesTo(n); ok {
		v.Outcome, v.Candidates = Ask, []Count{{N: n.q.n}, {N: sum}}
		return v
	}
	if anchor.tag == ofJoined && anchor.kind == isAnchor && pendingJoins.has(r.toks[n.to:r.nextAnchor(n)]) {
		v.Outcome, v.Candidates = Ask, []Count{{N: n.q.n}, {}}
		return v
	}
	v.Outcome, v.Value, v.Confirm = Value, Count{N: n.q.n, Approx: n.q.approx}, n.q.confirm
	return v
}

// takenBack gives the number that an unmarked "a khong 2" may put in the place of n.
func (r *quickReader) takenBack(n *item) int {
	denied := false
	for i := range r.items {
		it := &r.items[i]
		switch {
		case it.from < n.to || it.clause != n.clause:
		case it.kind == isWord:
			denied = denied || denyWords.can(&r.toks[it.from])
		case denied && live(it) && it.unit:
			return it.q.n
		default:
			return 0
		}
	}
	return 0
}

// discussed reports what was only talked of: "họp bàn chuyện kết nạp 2 chị".
func (r *quickReader) discussed(anchor *item) bool {
	if anchor.kind != isAnchor || anchor.tag != ofJoined {
		return false
	}
	for i := anchor.from - 1; i >= 0 && i >= anchor.from-3 && r.toks[i].kind == aWord; i-- {
		if t := &r.toks[i]; discussWords.surely(t) || talkWords.likely(t) {
			return true
		}
	}
	return false
}

var (
	discussWords = words("bàn xét tính giới đề")
	talkWords    = words("bàn")
)

// comesTo gives the number in "thêm 3 chị nữa là sáu": more by three, or six by now.
func (r *quickReader) comesTo(n *item) (sum int, ok bool) {
	if !nuaWord.can(r.m.tok(n.to)) || !resultWords.can(r.m.tok(n.to+1)) {
		return 0, false
	}
	for i := range r.items {
		if it := &r.items[i]; it.kind == isNumber && it.from == n.to+2 {
			return it.q.n, true
		}
	}
	return 0, false
}

// clauseEnd is where the clause of an item ends.
func (r *quickReader) clauseEnd(it *item) int {
	end := it.to
	for i := range r.items {
		if o := &r.items[i]; o.clause == it.clause && o.kind != isBreak {
			end = max(end, o.to)
		}
	}
	return end
}

// nextAnchor is where something else than joining is spoken of after n, or the
// end.
func (r *quickReader) nextAnchor(n *item) int {
	for i := range r.items {
		if it := &r.items[i]; it.kind == isAnchor && it.tag != ofJoined && it.tag != ofNothing && it.from >= n.to {
			return it.from
		}
	}
	return len(r.toks)
}

func (r *quickReader) clauseText(clause int) string {
	from, to := -1, 0
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && it.kind != isBreak {
			if from < 0 {
				from = it.from
			}
			to = it.to
		}
	}
	return r.m.from(r.toks, from, to)
}
