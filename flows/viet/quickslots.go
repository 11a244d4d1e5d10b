package viet

func (r *quickReader) clauseStart(i int) int {
	for k := i - 1; k >= 0; k-- {
		if r.items[k].kind == isBreak || r.items[k].kind == isAnchor {
			return r.items[k].to
		}
	}
	return 0
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

var allWords = words("đủ cả hết")

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
			if butFor.can(r.m.tok(it.from + 3)) { // "3 có đủ trừ quỹ"
				doubt(&r.q.Activity)
				doubt(&r.q.Resources)
			}
		case it.kind == isNumber && it.q.n == 3 && !it.used && !it.unit && knowWord.can(r.m.tok(it.to)):
			r.three(it)
		case it.from > 0 && knowWord.can(&r.toks[it.from-1]) && it.kind != isNumber:
			r.know(it)
		}
	}
}

var butFor = words("trừ thiếu ngoại chỉ mỗi")

// threeHave reports the "3 có đủ" of the compact line; without marks "3 co" may
// have been read as three women.
func (r *quickReader) threeHave(it *item) bool {
	co := it.from + 1
	return co+1 < len(r.toks) && coWord.can(&r.toks[co]) && allWords.can(&r.toks[co+1]) && r.toks[it.from].kind == aNumber
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
		if it := &r.items[i]; it.kind == isSays && it.tag == saysSame && !r.read[it.from] && !r.sameAlone(i) {
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
