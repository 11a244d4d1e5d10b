package viet

// resources reads the clause that speaks of the fund as an answer to q3, and
// the one about dues as an answer to q12.
func (r *quickReader) resources() {
	for i := range r.items {
		it := &r.items[i]
		if it.kind != isAnchor || it.dropped || it.tag != ofResource && it.tag != ofDues {
			continue
		}
		from, to := r.clauseSpan(i)
		if to < len(r.toks) && it.tag == ofResource {
			to = r.insteadOf(it, to)
		}
		question, slot := "q3_resources", &r.q.Resources
		if it.tag == ofDues {
			question, slot = "q12_dues", &r.q.Dues
		}
		if slot.Outcome != NotUnderstood || r.whyNot(it) || r.onlyTalkedOf(it) || it.tag == ofResource && eachWord.can(r.m.tok(it.to)) {
			continue
		}
		y := yesNoReader{m: r.m, core: r.toks[from:to], question: question, things: thingPhrases[question]}
		y.read()
		v := y.decide()
		if r.deniedLabel(it) {
			v = Reading[YesNo]{Outcome: Value, Value: No}
		} else if v.Outcome == Value && v.Value == Yes && r.denialAfter(it) {
			doubt(&v) // "nguồn lực: không biết mặt: hết"
		}
		v.From = r.m.from(r.toks, from, to)
		if v.Outcome == Value && v.Value != Yes && v.Value != No {
			v.Outcome = NotUnderstood
			if v.Value == Unknown {
				v = Reading[YesNo]{Outcome: Ask, Candidates: []YesNo{Yes, No}, From: v.From}
			}
		}
		if it.tag == ofDues && v.Outcome == Ask {
			v = Reading[YesNo]{}
		}
		*slot = v
		for k := from; k < to; k++ {
			r.read[k] = true
		}
	}
}

// onlyTalkedOf reports the fund as what was talked about, which says nothing of it: "bàn chuyện
// quỹ", "trao đổi về quỹ".
func (r *quickReader) onlyTalkedOf(fund *item) bool {
	p := r.m.tok(fund.from - 1)
	return topicOpens.can(p) || aboutWord.can(p) && topicOpens.can(r.m.tok(fund.from-2))
}

var (
	eachWord   = words("mỗi") // "quỹ mỗi chị 10 ngàn" is collected, and no fund yet
	topicOpens = words("bàn chuyện nói đổi việc")
	aboutWord  = words("về")
)

// denialAfter reports a denial right after the fund or its colon.
func (r *quickReader) denialAfter(it *item) bool {
	i := it.to
	if t := r.m.tok(i); t.kind == aMark && (t.n == ':' || t.n == '=') {
		i++
	}
	return denyWords.can(r.m.tok(i)) && !lackWords.can(r.m.tok(i+1))
}

// lackWords after a denial deny a detail: "quỹ không nhiều".
var lackWords = words("nhiều bao mấy đủ lớn đáng dồi")

// deniedLabel reports "Nguồn lực: không", where the name of the item stands for the
// question about it.
func (r *quickReader) deniedLabel(it *item) bool {
	colon := r.m.tok(it.to)
	return colon.kind == aMark && (colon.n == ':' || colon.n == '=') && denyWords.can(r.m.tok(it.to+1)) && (politeFrom(r.toks, it.to+2) || coWord.can(r.m.tok(it.to+2)) && politeFrom(r.toks, it.to+3))
}

// whyNot reports money that is missing for a meeting that was not held: "không sinh hoạt
// do thiếu kinh phí".
func (r *quickReader) whyNot(fund *item) bool {
	if r.q.Activity.Value != No || r.q.Activity.Outcome != Value {
		return false
	}
	for k := fund.from - 1; k >= 0 && k >= fund.from-4 && r.toks[k].kind == aWord; k-- {
		if becauseWords.can(&r.toks[k]) {
			return true
		}
	}
	return false
}

var becauseWords = words("do vì tại bởi thiếu")

// insteadOf is the end of what follows "nhưng" where that speaks of no other item: "không
// có quỹ nhưng có chỗ họp".
func (r *quickReader) insteadOf(fund *item, to int) int {
	end := to
	for i := range r.items {
		it := &r.items[i]
		switch {
		case it.clause != fund.clause+1:
		case it.kind == isBreak && it.tag == 0, it.kind == isNumber:
			return to
		case it.kind == isAnchor && it.tag != ofResource && it.tag != ofNothing && !placeWords.can(r.m.tok(it.from-1)):
			return to
		default:
			end = it.to
		}
	}
	return end
}

// clauseSpan is the tokens of an item's clause.
func (r *quickReader) clauseSpan(i int) (from, to int) {
	from, to = r.items[i].from, r.items[i].to
	clause := r.items[i].clause
	for k := i - 1; k >= 0 && r.items[k].kind != isBreak && r.items[k].clause == clause; k-- {
		from = r.items[k].from
	}
	for k := i + 1; k < len(r.items) && r.items[k].kind != isBreak && r.items[k].clause == clause; k++ {
		to = r.items[k].to
	}
	return from, to
}
