package viet

// Small talk answers nothing. A yes or no stands among words that are known to
// go with it, or beside what was asked about; any other word next to a lone
// "có", "rồi" or day means that something else has been, is there or is done:
// "có khách", "chị ăn cơm rồi", "hôm nay nắng đẹp".

// expected reports a word that may stand in an answer to the question.
func (y *yesNoReader) expected(t *token) bool {
	return answerWords.can(t) || questionWords[y.question].can(t)
}

// foreign counts a word that speaks of something else.
func (y *yesNoReader) foreign(c *clause, i int) {
	t := &y.core[i]
	denied := c.has(saysNo) || c.has(saysNot)
	if t.kind != aWord || y.expected(t) || y.m.cased && i > 0 && y.m.capital(t) || i > 0 && y.core[i-1].kind == aNumber && y.money(i) || denied && deniedWords.can(t) || y.typo(t) {
		return
	}
	c.strange++
	if denied {
		c.denies++
	}
}

// typo reports a spelling of no word that is a word of an answer but for its
// marks or a doubled letter: "Cò rồi", "hoọp rồi".
func (y *yesNoReader) typo(t *token) bool {
	raw := y.m.src[t.start:t.end]
	n := Normalize(raw)
	if _, known := lex.byNorm[n]; known || Fold(n) == n && !t.decoded {
		return false
	}
	f := []rune(Fold(n))
	g := lex.byFold[string(f)]
	if g == 0 {
		g = lex.byFold[string(undouble(f))]
	}
	if t.decoded {
		g = t.group
	}
	return g != 0 && (g == coTerm.group || g == hopTerm.group)
}

var (
	coTerm  = lex.word("có")
	hopTerm = lex.word("họp")
)

// inGap counts the strange words a phrase with a gap stepped over, as in "không
// ngủ được".
func (y *yesNoReader) inGap(c *clause, i, end int) {
	for k := i + 1; k < end; k++ {
		if y.things != nil {
			if ph, e := y.things.at(y.core, k); ph != nil {
				if ph.tag == saysThing {
					c.tags |= 1 << saysThing
				}
				k = e - 1
				continue
			}
		}
		if t := &y.core[k]; t.kind == aWord && !y.expected(t) && !gapAnswers.can(t) && !leadWords.can(t) {
			c.strange++
			c.denies++
		}
	}
}

// willing reports a "chịu" that is to be willing, with a verb after it, and not
// to give up: "chưa ai chịu vô".
func willing(toks []token, i, end int) bool {
	return end == i+1 && chiuWord.can(&toks[i]) && end < len(toks) && willVerbs.can(&toks[end])
}

var (
	chiuWord  = words("chịu")
	willVerbs = words("vô vào đi họp làm ra nghe theo tham đóng nộp thu gia nhận tới đến ký tin cho mở sinh hợp khó đựng")
)

// answers reports what can be an answer by itself.
func answers(tag int) bool {
	switch tag {
	case saysYes, saysDone, saysNo, saysNot:
		return true
	}
	return false
}

// turnsAway reports that a way of address ended the answer before word i, which
// starts something else: "không em, mưa suốt" without its comma.
func (y *yesNoReader) turnsAway(c *clause, i int) bool {
	t := &y.core[i]
	if i == 0 || c.told != i || t.kind != aWord || y.expected(t) || leadWords.can(t) {
		return false
	}
	denied := c.has(saysNo) || c.has(saysNot)
	for k := range y.m.toks {
		s := &y.m.toks[k]
		if s.start < y.core[i-1].end || s.start >= t.start || s.kind != aWord {
			continue
		}
		if denied && !alsoSubject.can(t) || endsAnswer.surely(s) {
			return true
		}
	}
	return false
}

var (
	askEnd      = words("à hả ư")
	askedOf     = words("vậy thế rứa rồi")
	endsAnswer  = words("ạ ơi nhé nha nghen")
	alsoSubject = words("nào gì mô kia")
)

// asides marks the clauses about her own family or another meeting, and those
// whose subject is the members. Both are read with the ways of address in them.
func (y *yesNoReader) asides() {
	toks := y.m.toks
	if endsAsking(toks) {
		y.clauses[y.n-1].asked = true
	}
	y.otherTopics()
	y.conditions()
	for i := range toks {
		other, _ := asidePhrases.at(toks, i)
		group, _ := groupPhrases.at(toks, i)
		if other != nil && (withinDeed(toks, i) || y.m.inCompany(i)) {
			other = nil // "đi viếng đám tang hội viên"
		}
		if m := y.m; other != nil && (m.isPolite(i) || i > 0 && maWord.can(&toks[i]) && !momWord.surely(&toks[i])) {
			other = nil // "rồi nha em" is no "nhà em", "khong hop ma chi" no "má chị"
		}
		if other == nil && group == nil {
			continue
		}
		if other != nil && other.tag == atStart && i > 0 && toks[i-1].kind != aMark && !leadDays.can(&toks[i-1]) {
			other = nil // "họp ở nhà chị Hoa"
		}
		for k := range y.clauses[:y.n] {
			c := &y.clauses[k]
			if y.within(c, k, toks[i].start) {
				c.aside = c.aside || other != nil
				c.group = c.group || group != nil
				break
			}
		}
	}
}

var maWord, momWord = words("mà"), words("má")

// inCompany reports "với" or "cùng" before token i, also before "với hội", "với bên".
func (m *message) inCompany(i int) bool {
	for k := i - 1; k >= i-4; k-- {
		if withCompany.can(m.tok(k)) {
			return true
		}
		if !bodyWords.can(m.tok(k)) {
			break
		}
	}
	return false
}

var bodyWords = words("hội bên đoàn nhóm tổ đội mấy các")

// otherTopics marks the clauses that tell of an activity when something else
// was asked.
func (y *yesNoReader) otherTopics() {
	if y.question != "q3_resources" && y.question != "q12_dues" {
		return
	}
	for k := range y.clauses[:y.n] {
		c := &y.clauses[k]
		for i := c.from; i < c.to && i < len(y.core) && !c.has(saysThing) && !c.has(saysDues); i++ {
			if ph, _ := thingPhrases["q1_activity"].at(y.core, i); ph != nil && ph.tag == saysThing {
				c.aside = true
			}
		}
	}
}

// conditions marks the clauses that hang on something: "hết mưa thì họp".
func (y *yesNoReader) conditions() {
	toks := y.m.toks
	hangs := false
	for i := range toks {
		t := &toks[i]
		switch {
		case t.kind == aMark:
			hangs = false
		case condWords.surely(t), !y.m.marked && condWords.can(t):
			hangs = true
		case roiWord.can(t):
			hangs = false
		case hangs && (thiOnly.surely(t) || !y.m.marked && thiOnly.can(t)) && i+1 < len(toks):
			y.hang(i + 1)
			hangs = false
		}
	}
}

// hang marks the clause at token i, unless what follows has been done.
func (y *yesNoReader) hang(i int) {
	toks := y.m.toks
	for k := i + 1; k < len(toks) && toks[k].kind != aMark; k++ {
		if roiWord.surely(&toks[k]) {
			return
		}
	}
	for k := range y.clauses[:y.n] {
		if c := &y.clauses[k]; y.within(c, k, toks[i].start) {
			c.cond = true
			return
		}
	}
}

var condWords = words("hết xong nếu tạnh ráo rảnh nào cần được xin")

// endsAsking reports "à", "hả" or "ư" at the end, which ask, unless "à" only
// calls: "chưa em à".
func endsAsking(toks []token) bool {
	n := len(toks)
	for k := n - 1; k > 0 && toks[k].kind == aWord && (selfWords.can(&toks[k]) || endsAnswer.can(&toks[k])); k-- {
		if askEnd.surely(&toks[k-1]) && k > 1 && askedOf.can(&toks[k-2]) {
			return true // "vậy à em ạ"
		}
	}
	if n == 0 || !askEnd.surely(&toks[n-1]) {
		return false
	}
	return n == 1 || !callWord.surely(&toks[n-1]) || !selfWords.can(&toks[n-2]) && !kinWords.can(&toks[n-2]) && !(n > 3 && boWord.surely(&toks[n-2]) && canWord.surely(&toks[n-3]))
}

var callWord = words("à")

// withinDeed reports that token i stands inside the wording of an activity.
func withinDeed(toks []token, i int) bool {
	for k := max(0, i-4); k < i; k++ {
		if ph, end := thingPhrases["q1_activity"].at(toks, k); ph != nil && ph.tag == saysThing && end > i && end > k+1 {
			return true
		}
	}
	return false
}

// within reports that a place in the text belongs to clause k.
func (y *yesNoReader) within(c *clause, k int, at int32) bool {
	return k == y.n-1 || c.to > c.from && c.to <= len(y.core) && at < y.core[c.to-1].end ||
		c.to < len(y.core) && at < y.core[c.to].start
}

// weigh settles what an everyday verb is: "đi dọn" with nothing strange, or
// done by the members, is what was asked about.
func (y *yesNoReader) weigh(c *clause) {
	if !c.has(saysWeak) || c.has(saysThing) {
		return
	}
	marked := c.has(saysYes) || c.has(saysDone) || c.has(saysPast) || c.has(saysNo) || c.has(saysNot) || c.has(saysPlan)
	if c.group && y.question == "q1_activity" || c.strange == 0 && marked && !c.unsure {
		c.tags |= 1 << saysThing
	} else {
		c.strange++
	}
}

// elsewhere is the verdict on a denial of something else. Where one value is
// read back, nothing may be added to the answer.
func (y *yesNoReader) elsewhere() verdict {
	if y.question == "q1_activity" || y.question == "q3_resources" {
		return vMinor
	}
	return vDoubtful
}

// chat reports a clause without negation that would be a yes but for words that
// say something else.
func (y *yesNoReader) chat(c *clause) bool {
	told := c.has(saysYes) || c.has(saysDone)
	switch {
	case c.has(saysSure) && c.strange < 3:
		return false
	case c.has(saysThing) && y.question == "q9_pair":
		return false
	case c.has(saysThing) && (y.question == "q1_activity" || y.question == "q3_resources"):
		wanted := c.has(saysModal) || c.has(saysDoubt)
		return wanted && !told || y.question == "q3_resources" && c.strange > 0 && !told
	case c.has(saysDues):
		return false
	case told, c.has(saysPast), c.has(saysDoubt), c.has(saysAs), c.has(saysExactly), c.has(saysThing):
		return c.strange > 0
	}
	return false
}
