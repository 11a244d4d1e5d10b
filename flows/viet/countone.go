package viet

// one decides a reply with one number that counts.
func (c *countReader) one(it *item) Reading[Count] {
	left := c.question == "q8_left" || c.question == "q8_left_org" || c.question == "q8_died" || c.question == "q8_moved_out"
	switch {
	case c.household(it), c.ordered(it):
		return c.ask(it.q.n)
	case it.q.ask, it.q.doubt, it.name && !left && (it.q.words || !isWanted(c.question, c.anchorOf(it))):
		return c.ask(numbersOf([]*item{it})...)
	case it.q.signed < 0 && !left, it.q.n > 100000:
		return c.ask(it.q.n)
	case c.question == "q1b_attendees" && c.anchorOf(it) == ofMembers && rollWords.likely(c.m.tok(it.from-2)):
		return c.ask(it.q.n) // "sĩ số 30" are those on the list
	case c.offTopic(it):
		return c.ask(it.q.n)
	case left && it.unit && relativeWords.surely(c.m.tok(it.from-1)):
		return c.ask(0, it.q.n) // "con 1 chị hội viên mất": her child
	case c.question == "q7_joined" && (outWord.surely(c.m.tok(it.from-1)) || otherClub.has(c.m.toks)), left && movedIn.can(c.m.tok(it.from-1)) && movesWord.can(c.m.tok(it.from-2)):
		return c.ask(0, it.q.n) // "ra 1", "kết nạp đảng 1 chị", "chuyển đến 2"
	case left && it.q.n > 20 && !it.unit && titleWords.can(c.m.tok(it.from)) && !c.m.marked:
		return c.ask(1, it.q.n) // "mat ba chin lun" is bà Chín
	case it.name && left && !c.names():
		return c.ask(it.q.n)
	case c.monthly() && nayDay.likely(c.m.tok(it.from-1)) && namWord.likely(c.m.tok(it.from-2)):
		return c.ask(it.q.n) // "năm nay 3"
	case c.question == "q8_left" && (c.staysStrange(it) || awhile.has(c.m.toks)), c.besides(it):
		return c.ask(it.q.n)
	case c.question == "q7_joined" && c.anchorOf(it) == 0 && pendingBefore.has(c.m.toks[c.clauseFrom(it):it.from]), it.q.n == 1 && doiPair.can(c.m.tok(it.to)):
		return c.ask(it.q.n, 0, 2)
	case c.question == "q7_joined" && pendingJoins.has(c.m.toks[it.to:c.nextNumber(it)]):
		return c.ask(it.q.n, 0)
	case c.hedged && !it.q.approx && c.question != "q1b_attendees", c.unknown && !it.q.approx && !(c.hedged && c.question == "q1b_attendees"), c.partly && c.question != "q1b_attendees":
		return c.ask(it.q.n)
	case c.zero && it.q.n != 0 && c.contradicts(it):
		return c.ask(it.q.n, 0)
	case !c.fits(it) && leaves(c.anchorOf(it)) && c.question != "q8_left":
		return c.ask() // it counts those who left in another way
	case !c.fits(it):
		return c.ask(it.q.n)
	}
	r := c.value(it.q.n, it)
	r.Value.Approx = it.q.approx || c.hedged
	return r
}

var (
	relativeWords = words("con cháu chồng mẹ bố cha má")
	outWord       = words("ra")
	movedIn       = words("đến tới về vào vô")
	movesWord     = words("chuyển dọn")
	otherClub     = table(row{1, `kết nạp|vào|vô đảng|đoàn|đội, đảng|đoàn viên`})
)

// besides reports a number that comes on top of another that is not said: "chị cũng là
// nòng cốt, với 3 chị nữa", or that is lacking: "4 nữa là đủ chỉ tiêu".
func (c *countReader) besides(n *item) bool {
	if lacking.has(c.m.toks[n.to:c.nextNumber(n)]) || c.takenBack(n) || seatWords.likely(c.m.tok(n.to)) {
		return true
	}
	if c.monthly() || c.question == "q7a_excluded" {
		return false
	}
	return nuaWord.likely(c.m.tok(n.to)) && (joinWords.can(c.m.tok(n.from-1)) || themWord.can(c.m.tok(n.from-1)) || conWord.can(c.m.tok(n.from-1)))
}

// lacking tell that a number is what is still to come.
var lacking = table(row{1, `nữa là|thì|mới|cho đủ|đạt|tròn|xong|hoàn|được, nữa đủ|đạt|tròn, mới|thì|là đủ|đạt chỉ|số|kế|yêu`})

// shortOf counts up to a number that was not reached: "thiếu 5 nữa là 40".
var shortOf = table(row{1, `thiếu|hụt|kém # chị|người|em? nữa|đầy|đủ|tròn|là|thì|mới`})

// pendingJoins tell that who wants to join is no member yet.
var pendingJoins = table(row{1, `mà|nhưng|song chưa|không ai? vô|vào|tham|gia|kết|xin, chưa|chờ|đợi|đang * duyệt|xét|ký|kết|công|quyết|làm|nộp|hoàn|chính, chưa|chờ|đợi|đang|mới nộp|làm|viết đơn, chưa|chờ|đợi|đang * hồ sơ, chưa|chờ|đợi|đang * thủ tục, chờ họp|bầu, mới làm|nộp|viết|xin đơn, chưa ra quyết, tìm hiểu, suy nghĩ, cân nhắc, phân vân, lưỡng lự`})

// offTopic reports a number in a clause that speaks of something else than was
// asked: "hỗ trợ vốn cho 2 chị", where it was asked who has left.
func (c *countReader) offTopic(n *item) bool {
	if c.question == "q1b_attendees" || c.anchorOf(n) != 0 {
		return false
	}
	for i := range c.items {
		it := &c.items[i]
		if it.kind != isAnchor || it.dropped || it.none || it.clause != n.clause {
			continue
		}
		switch topicOf(it.tag) {
		case onHelp, onResources, onDues:
			return true
		case onActivity:
			return it.tag != ofAttend && it.tag != ofAbsent
		}
	}
	return false
}

// pendingBefore tell the same before the number: "mới làm hồ sơ cho 2 chị".
var pendingBefore = table(row{1, `làm|nộp|viết|lo|xét|chờ|đợi hồ|đơn|thủ|giấy`})

// doiPair after "một" makes two of it, or one or two.
var doiPair = words("đôi")

// rollWords tell of the list of members.
var rollWords = words("sĩ danh")

// clauseFrom is the first token of an item's clause.
func (c *countReader) clauseFrom(n *item) int {
	from := n.from
	for i := range c.items {
		if it := &c.items[i]; it.clause == n.clause && it.kind != isBreak {
			from = min(from, it.from)
		}
	}
	return from
}

// nextNumber is where the number after n stands, or the end.
func (c *countReader) nextNumber(n *item) int {
	for i := range c.items {
		if it := &c.items[i]; it.kind == isNumber && it.from >= n.to {
			return it.from
		}
	}
	return len(c.m.toks)
}

// allStay tell that nobody has gone.
var allStay = table(row{1, `vẫn|còn đủ|nguyên cả|hết|vẹn|số|người|quân|mặt, vẫn nguyên, còn nguyên`})

// awhile are leaves that end: who takes one has not left.
var awhile = table(row{1, `tạm nghỉ|thôi|vắng, nghỉ|vắng * vài|mấy|ít|# tháng|tuần|bữa|ngày|hôm|buổi|đợt, đi rồi * về|lại, rồi lại về|vào|vô, không|chưa phải|là|vào|vô|phải là? hội viên?`})

// aboutNames reports that what she does not know are the names: "1 chị, tên thì
// không nhớ".
func (c *countReader) aboutNames(says *item) bool {
	for i := range c.items {
		if it := &c.items[i]; it.kind == isWord && it.clause == says.clause && nameWord.can(&c.m.toks[it.from]) {
			return true
		}
	}
	return false
}

var nameWord = words("tên")

// household reports a number about her own family: "nhà chị có 5 người", "2 mẹ
// con".
func (c *countReader) household(it *item) bool {
	if isWanted(c.question, c.anchorOf(it)) {
		return false
	}
	if c.m.aboutHer() {
		return true
	}
	for i := it.from + 1; i <= it.to && i < len(c.m.toks); i++ {
		if ph, _ := asidePhrases.at(c.m.toks, i); ph != nil && ph.tag == kinship && !c.m.isPolite(i) {
			return true
		}
	}
	return false
}

// names reports that somebody named has left: "có bà Năm mất".
func (c *countReader) names() bool {
	for i := range c.items {
		if it := &c.items[i]; it.kind == isAnchor && leaves(it.tag) && !it.none {
			return true
		}
	}
	return false
}

func leaves(tag int) bool {
	return tag == ofDied || tag == ofMoved || tag == ofLeftOrg || tag == ofLeft
}

// monthly reports a question about who came or went this month, to which "no
// change" is zero.
func (c *countReader) monthly() bool {
	switch c.question {
	case "q7_joined", "q8_left", "q8_died", "q8_moved_out", "q8_left_org":
		return true
	}
	return false
}

// contradicts reports a bare denial in the number's own clause: "không, 3".
func (c *countReader) contradicts(n *item) bool {
	for i := range c.items {
		it := &c.items[i]
		if it.kind != isSays || it.dropped || it.tag != saysNo && it.tag != saysNot {
			continue
		}
		if it.clause == n.clause && it.from < n.from && !c.anchorBetween(it, n) {
			return true
		}
		if it.clause == n.clause && it.from > n.from && it.tag == saysNo && !c.wordsAfter(it) {
			return true
		}
		if it.clause != n.clause && c.bareClause(it) {
			return true
		}
	}
	return false
}

func (c *countReader) wordsAfter(says *item) bool {
	for i := range c.items {
		it := &c.items[i]
		if it.clause == says.clause && it.from > says.from && (it.kind == isWord || it.kind == isAnchor) {
			return true
		}
	}
	return false
}

func (c *countReader) anchorBetween(a, b *item) bool {
	for i := range c.items {
		it := &c.items[i]
		if it.from > a.from && it.from < b.from && (it.kind == isAnchor || it.kind == isNobody) {
			return true
		}
	}
	return false
}

// bareClause reports a clause that is only the denial.
func (c *countReader) bareClause(says *item) bool {
	for i := range c.items {
		it := &c.items[i]
		if it.clause == says.clause && it != says && it.kind != isBreak && !c.quiet(it) {
			return false
		}
	}
	return true
}

// quiet reports a politeness, which says nothing.
func (c *countReader) quiet(it *item) bool {
	if it.kind != isWord {
		return false
	}
	t := &c.m.toks[it.from]
	return politeWords.can(t) || selfWords.can(t) || leadWords.can(t) || fillerAround.can(t) || c.m.isCalled(it.from)
}

// fits reports that what the number counts may be what was asked.
func (c *countReader) fits(n *item) bool {
	tag := c.anchorOf(n)
	switch c.question {
	case "q7_joined":
		return !leaves(tag) && tag != ofAttend && tag != ofAbsent && tag != ofPioneers && tag != ofPairs
	case "q8_left":
		return tag != ofJoined && tag != ofAttend && tag != ofAway && tag != ofPioneers && tag != ofPairs
	case "q1b_attendees":
		return tag != ofJoined && !leaves(tag) && tag != ofAbsent && tag != ofPairs
	case "q2_pioneers":
		return !leaves(tag) && (tag != ofJoined || becomeWords.can(c.m.tok(n.from-1))) && tag != ofAbsent && tag != ofPairs
	case "q0_members":
		return !leaves(tag) && tag != ofAbsent && tag != ofPairs && tag != ofPioneers
	case "q8_died":
		return tag == 0 || tag == ofDied || tag == ofLeft || tag >= ofAttend && tag != ofPairs
	case "q8_moved_out":
		return tag == 0 || tag == ofMoved || tag == ofLeft || tag >= ofAttend && tag != ofPairs
	case "q8_left_org":
		return tag == 0 || tag == ofLeftOrg || tag == ofLeft || tag >= ofAttend && tag != ofPairs
	}
	return true
}

func (c *countReader) anchorOf(n *item) int {
	for i := range c.items {
		if it := &c.items[i]; it.kind == isAnchor && it.value >= 0 && &c.items[it.value] == n {
			return it.tag
		}
	}
	return 0
}
