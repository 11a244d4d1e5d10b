package viet

// pairs reads new pairs of the "1+1" scheme, where "1+1" is a name and no
// number, and "1+1: 3" of the compact line.
func (r *quickReader) pairs() {
	for i := range r.items {
		it := &r.items[i]
		if it.dropped {
			continue
		}
		switch {
		case it.kind == isAnchor && it.tag == ofPairs:
			r.mark(it)
			if it.value < 0 && !r.saysNew(it.clause) && r.pairsMet(it) {
				continue
			}
			if it.none {
				r.put(&r.q.PairsNew, Reading[Count]{Outcome: Value, From: r.clauseText(it.clause)})
			} else if it.value >= 0 && (r.saysNew(it.clause) || r.saysNew(it.clause-1) && r.namesPair(it.clause-1)) {
				r.mark(&r.items[it.value])
				r.put(&r.q.PairsNew, r.number(&r.items[it.value], it))
			} else if it.value >= 0 {
				r.put(&r.q.PairsActed, r.number(&r.items[it.value], it))
			} else if r.saysNew(it.clause) {
				r.put(&r.q.PairsNew, Reading[Count]{Outcome: Ask, Candidates: []Count{{N: 1}}, From: r.clauseText(it.clause)})
			}
		case it.kind == isCompound && !r.hasPair(it.clause) && (r.pairsMet(it) || r.pairsAnswered(it)):
			r.mark(it)
		case it.kind == isCompound && i+1 < len(r.items) && live(&r.items[i+1]) && !r.hasPair(it.clause):
			n := &r.items[i+1]
			n.used = true
			r.mark(it)
			r.mark(n)
			v := r.number(n, it)
			if v.Outcome == Value {
				v = Reading[Count]{Outcome: Ask, Candidates: []Count{v.Value}, From: v.From}
			}
			if r.saysNew(it.clause) {
				r.put(&r.q.PairsNew, v)
			} else {
				r.put(&r.q.PairsActed, v)
			}
		}
	}
}

// pairsMet reads that the pairs met or helped each other, or did not, told without their
// number: "cặp 1+1 vẫn giúp nhau".
func (r *quickReader) pairsMet(it *item) bool {
	from, to := it.from, it.to
	plus := func(i int) bool { return i >= 0 && i < len(r.toks) && r.toks[i].kind == aMark && r.toks[i].n == '+' }
	ends := func(i int) bool { return r.toks[i].kind == aMark && !plus(i) }
	for from > 0 && !ends(from-1) {
		from--
	}
	for to < len(r.toks) && !ends(to) {
		to++
	}
	met := false
	for i := it.to; i < to; i++ {
		if r.toks[i].kind == aNumber && !plus(i-1) && !plus(i+1) {
			return false
		}
		met = met || meetWords.can(&r.toks[i])
	}
	if !met || r.q.PairsMet.Outcome != NotUnderstood {
		return met
	}
	r.q.PairsMet = Reading[YesNo]{Outcome: Value, Value: Yes, From: r.m.from(r.toks, from, to)}
	for i := range r.items {
		if o := &r.items[i]; o.clause == it.clause && (o.none || o.kind == isSays && (o.tag == saysNot || o.tag == saysNo)) {
			r.q.PairsMet.Value = No
		}
	}
	return true
}

var meetWords = words("giúp gặp thăm kèm hỏi")

// pairsAnswered reads "1+1: có" of the compact line, where the scheme's name stands for
// the question about it.
func (r *quickReader) pairsAnswered(it *item) bool {
	at := it.to
	for at < len(r.toks) && r.toks[at].kind == aMark {
		at++
	}
	t, end := r.m.tok(at), at+1
	for end < len(r.toks) && r.toks[end].kind != aMark {
		if !politeWords.can(&r.toks[end]) {
			return false
		}
		end++
	}
	v := Yes
	switch {
	case t.kind != aWord || r.q.PairsMet.Outcome != NotUnderstood:
		return false
	case denyWords.can(t):
		v = No
	case !coWord.can(t):
		return false
	}
	r.q.PairsMet = Reading[YesNo]{Outcome: Value, Value: v, From: r.m.from(r.toks, it.from, end)}
	for k := it.from; k < end; k++ {
		r.read[k] = true
	}
	return true
}

func (r *quickReader) hasPair(clause int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && it.kind == isAnchor && it.tag == ofPairs {
			return true
		}
	}
	return false
}

// namesPair reports a clause that speaks of the scheme or of a pair of it.
func (r *quickReader) namesPair(clause int) bool {
	for i := range r.items {
		if it := &r.items[i]; it.clause == clause && (it.kind == isCompound || it.kind == isAnchor && it.tag == ofPairs) {
			return true
		}
	}
	return false
}

var newWords = words("mới thêm lập mắt ghép")

func (r *quickReader) saysNew(clause int) bool {
	for i := range r.items {
		it := &r.items[i]
		if it.clause != clause {
			continue
		}
		for k := it.from; k < it.to; k++ {
			if newWords.can(&r.toks[k]) {
				return true
			}
		}
	}
	return false
}

func (r *quickReader) clauseStart(i int) int {
	for k := i - 1; k >= 0; k-- {
		if r.items[k].kind == isBreak || r.items[k].kind == isAnchor {
			return r.items[k].to
		}
	}
	return 0
}

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

// help reads a request for help and, where it is plain, its kind. "Không cần
// hỗ trợ" is none.
func (r *quickReader) help() {
	for i := range r.items {
		it := &r.items[i]
		if it.kind != isAnchor || it.dropped || it.tag != ofHelp {
			continue
		}
		r.mark(it)
		if r.talkedOf(it) {
			continue
		}
		v := Yes
		if it.none {
			v = No
		}
		if r.q.Help.Outcome == Value && r.q.Help.Value == Yes {
			continue
		}
		r.q.Help = Reading[YesNo]{Outcome: Value, Value: v, From: r.clauseText(it.clause)}
		if v == Yes {
			r.helpKind()
		}
	}
}

// talkedOf reports violence that was the topic of a talk and did not happen: "truyền thông
// bạo lực gia đình".
func (r *quickReader) talkedOf(it *item) bool {
	if ph, end := talkTopics.at(r.toks, it.from); ph == nil || end < it.to {
		return false
	}
	for i := range r.items {
		if o := &r.items[i]; o.kind == isAnchor && o.tag == ofTalk && o.from < it.from && it.from-o.to <= 4 && !marked(r.toks[o.to:it.from]) {
			return true
		}
	}
	return false
}

// marked reports punctuation among toks.
func marked(toks []token) bool {
	for i := range toks {
		if toks[i].kind == aMark {
			return true
		}
	}
	return false
}

var talkTopics = table(row{1, `bạo lực, bạo lực gia đình, bạo hành, xâm hại, khiếu nại, tố cáo, quấy rối`})

// helpTags are the families of q10_help, in the order they are printed.
var helpTags = []family{famSupport, famPropose, famComplaint, famDenounce, famViolence, famOrganise}

// helpKind reads violence anywhere in the message, since it has its own path
// (domain.md 9), else the one kind spoken of.
func (r *quickReader) helpKind() {
	var seen [8]bool
	n, kind := 0, 0
	var mask uint64
	for _, f := range helpTags {
		mask |= 1 << uint(f)
	}
	for i := range r.toks {
		ph, _ := familyWords.atIn(r.toks, i, mask)
		if ph == nil {
			continue
		}
		for k, f := range helpTags {
			if family(ph.tag) == f && !seen[k+1] {
				seen[k+1] = true
				n++
				kind = k + 1
			}
		}
	}
	switch {
	case seen[5]:
		r.q.HelpKind = Reading[int]{Outcome: Value, Value: 5, From: r.q.Help.From}
	case n == 1:
		r.q.HelpKind = Reading[int]{Outcome: Value, Value: kind, From: r.q.Help.From}
	case n > 1:
		r.q.HelpKind = Reading[int]{Outcome: Ask, From: r.q.Help.From}
	}
}

var (
	knowWord = words("biết")
	allWords = words("đủ cả hết")
)

// compact reads what is left of the compact line: "3 có đủ", "biết 2/3",
// "+2 -1". "Biết 2/3" does not say which two, so the three are asked.
func (r *quickReader) compact() {
	for i := range r.items {
		it := &r.items[i]
		if it.dropped || it.kind != isNumber && it.kind != isDay && it.kind != isOther {
			continue
		}
		switch {
		case it.kind == isNumber && it.q.signed != 0 && !it.used:
			it.used = true
			r.mark(it)
			v := r.number(it, it)
			if it.q.signed > 0 {
				r.put(&r.q.Joined, v)
			} else {
				r.put(&r.q.LeftTotal, v)
			}
		case it.kind == isNumber && it.q.n == 3 && r.threeHave(it):
			r.mark(it)
			text := r.m.from(r.toks, it.from, it.to+2)
			r.q.Activity = Reading[YesNo]{Outcome: Value, Value: Yes, From: text}
			r.q.Resources = Reading[YesNo]{Outcome: Value, Value: Yes, From: text}
			if r.q.Pioneers.Outcome == NotUnderstood {
				r.q.Pioneers = Reading[Count]{Outcome: Ask, From: text}
			}
		case it.from > 0 && knowWord.can(&r.toks[it.from-1]) && it.kind != isNumber:
			r.know(it)
		}
	}
}

// threeHave reports the "3 có đủ" of the compact line; without marks "3 co" may
// have been read as three women.
func (r *quickReader) threeHave(it *item) bool {
	co := it.from + 1
	return co+1 < len(r.toks) && coWord.can(&r.toks[co]) && allWords.can(&r.toks[co+1]) && r.toks[it.from].kind == aNumber
}

// know asks the three "biết" of "biết 2/3"; "biết 3/3" is all of them.
func (r *quickReader) know(it *item) {
	v, end, ok := ratioAt(r.toks, it.from)
	if !ok || end != it.to {
		return
	}
	r.mark(it)
	for _, slot := range []*Reading[int]{&r.q.Faces, &r.q.Circumstances, &r.q.Needs} {
		if slot.Outcome != NotUnderstood {
			continue
		}
		*slot = Reading[int]{Outcome: Ask, From: r.m.from(r.toks, it.from-1, it.to)}
		if v == 1 && r.toks[it.from].n == r.toks[it.to-1].n {
			slot.Outcome, slot.Value = Value, 1
		}
	}
}

const reasonTags = 1<<uint(famSeason) | 1<<uint(famNoContent) | 1<<uint(famNoMoney) | 1<<uint(famRearranged)

// reason reads why nothing was held.
func (r *quickReader) reason() {
	if r.q.Activity.Outcome != Value || r.q.Activity.Value != No {
		return
	}
	found, many := 0, false
	from := ""
	for i := range r.toks {
		ph, end := familyWords.atIn(r.toks, i, reasonTags)
		if ph == nil {
			continue
		}
		k := ph.tag - int(famSeason) + 1
		many = many || found != 0 && found != k
		found, from = k, r.m.from(r.toks, i, end)
	}
	switch {
	case many:
		r.q.Reason = Reading[int]{Outcome: Ask, From: from}
	case found > 0:
		r.q.Reason = Reading[int]{Outcome: Value, Value: found, From: from}
	}
}

// rest notes "the rest as last month" and the clauses nothing rests on.
func (r *quickReader) rest() {
	for i := range r.items {
		if it := &r.items[i]; it.kind == isSays && it.tag == saysSame && !r.sameAlone(i) {
			r.q.SameRest = true
			r.mark(it)
		}
	}
	for i := 0; i < len(r.items); {
		j := i + 1
		for j < len(r.items) && r.items[j].clause == r.items[i].clause {
			j++
		}
		clause := r.items[i:j]
		for len(clause) > 1 && clause[0].kind == isBreak {
			clause = clause[1:]
		}
		if r.lost(clause) {
			r.q.Unread = append(r.q.Unread, r.m.from(r.toks, clause[0].from, clause[len(clause)-1].to))
		}
		i = j
	}
}

// sameAlone reports that the "as before" at i is said of the one item it follows: "hội phí
// cũng vậy" tells nothing of the others, "1 chị chuyển đi còn lại vẫn vậy" does.
func (r *quickReader) sameAlone(i int) bool {
	for k := i - 1; k >= 0 && r.items[k].kind != isBreak; k-- {
		if it := &r.items[k]; it.kind == isAnchor && it.tag != ofNothing && !it.dropped {
			return !theOthers.has(r.toks[it.to:r.items[i].from])
		}
	}
	return false
}

var theOthers = table(row{1, `còn lại, mấy|các|những cái|mục|việc|thứ|câu|khoản? khác|kia, mọi thứ|việc|mục, tất cả, thứ|việc khác, khác thì`})

// lost reports a clause that says something and of which nothing was read. What is
// planned or of last month is left out knowingly.
func (r *quickReader) lost(clause []item) bool {
	said := 0
	for i := range clause {
		it := &clause[i]
		if it.dropped || r.read[it.from] {
			return false
		}
		switch it.kind {
		case isNumber, isOther, isCompound, isAnchor:
			said += 2
		case isWord:
			if t := &r.toks[it.from]; !politeWords.can(t) && !selfWords.can(t) && !leadWords.can(t) && !reportWords.can(t) {
				said++
			}
		}
	}
	return said > 1
}

// reportWords open a report and say nothing of what is in it.
var reportWords = words("báo cáo gửi tình hình như sau chi hội thôn xóm ấp tổ khu số liệu đây là của bên mình tin ghi giúp nhờ cảm ơn chào khỏe tháng này có thì mà đã rồi được nhé vậy thế xong hết em chị")
