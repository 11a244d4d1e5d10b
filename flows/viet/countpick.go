package viet

// wanted is what the anchors of each count question may be.
var wanted = map[string][]int{
	"q0_members":    {ofMembers},
	"q1b_attendees": {ofAttend},
	"q2_pioneers":   {ofPioneers},
	"q7_joined":     {ofJoined},
	"q7a_excluded":  {ofExcluded},
	"q8_died":       {ofDied},
	"q8_moved_out":  {ofMoved},
	"q8_left_org":   {ofLeftOrg},
}

func isWanted(question string, tag int) bool {
	for _, w := range wanted[question] {
		if w == tag {
			return true
		}
	}
	return false
}

// choose picks among several numbers the one the question is about. It gives
// the numbers that are left, or a reading when it is settled.
func (c *countReader) choose(list []*item) ([]*item, Reading[Count], bool) {
	if c.question == "q8_left" {
		if noughtAndName(list) {
			return list, c.ask(numbersOf(list)...), true // "0 theo con C": nobody, or her
		}
		r, ok := c.sum(list)
		return list, r, ok
	}
	if tag := wanted[c.question]; len(tag) > 0 && (c.question == "q7a_excluded" || allNames(list)) {
		if r, ok := c.sumOf(list, tag[0]); ok {
			return list, r, true
		}
	}
	if got := c.gotOf(list); got != nil {
		return []*item{got}, Reading[Count]{}, false
	}
	if c.subtracted(list) {
		return list, c.ask(list[0].q.n, list[0].q.n-list[1].q.n), true
	}
	if c.added(list) {
		return list, c.ask(append(numbersOf(list), list[0].q.n+list[1].q.n)...), true
	}
	if last := list[len(list)-1]; c.question == "q0_members" && conWord.can(c.m.tok(last.from-1)) && !last.q.ask {
		return []*item{last}, Reading[Count]{}, false // "92 trừ 2 còn 90"
	}
	if last := c.worksOut(list); last != nil {
		return []*item{last}, Reading[Count]{}, false
	}
	if total := sumsUp(list); total != nil && !leaves(c.anchorOf(total)) {
		return []*item{total}, Reading[Count]{}, false
	}
	var exact, loose [16]*item
	ne, nl := 0, 0
	for _, it := range list {
		tag := c.anchorOf(it)
		switch {
		case isWanted(c.question, tag), c.question == "q0_members" && it.members && tag == 0:
			exact[ne] = it
			ne++
		case c.mayFit(it, tag):
			loose[nl] = it
			nl++
		}
	}
	switch {
	case ne == 1 && nl == 0:
		return exact[:1], Reading[Count]{}, false
	case ne == 1 && c.courtedBefore(exact[0], loose[:nl]):
		return exact[:1], Reading[Count]{}, false
	case ne == 1 && c.partsAfter(exact[0], loose[:nl]):
		return exact[:1], Reading[Count]{}, false
	case ne == 1 && c.question == "q1b_attendees" || ne == 1 && c.question == "q0_members":
		return exact[:1], Reading[Count]{}, false
	case ne == 0 && nl == 1:
		return loose[:1], Reading[Count]{}, false
	case ne == 0 && nl > 1 && c.partsAfter(loose[0], loose[1:nl]):
		return loose[:1], Reading[Count]{}, false
	}
	return list, Reading[Count]{}, false
}

// mayFit leaves out numbers that count something else than was asked.
func (c *countReader) mayFit(it *item, tag int) bool {
	if it.name || tag == ofAway {
		return false
	}
	if c.question == "q1b_attendees" && c.totalBefore(it) {
		return false // "35 chị trên tổng 118"
	}
	if c.question == "q1b_attendees" && guestWords.can(c.m.tok(it.to)) {
		return false // "32 hội viên và 2 khách"
	}
	if c.question == "q1b_attendees" && it.members && c.othersCame(it) {
		return false // "96 hội viên thì đi 58"
	}
	if c.question == "q1b_attendees" && lateOrEarly.has(c.m.toks[it.to:min(it.to+3, len(c.m.toks))]) {
		return false // "22 mà 3 chị về sớm"
	}
	if c.question == "q1b_attendees" && (tag == ofMembers || tag == ofPioneers || tag == ofExcluded) {
		return false
	}
	if c.question == "q7_joined" && (tag == ofMembers || tag == ofExcluded && c.afterPart(it)) {
		return false
	}
	if c.question == "q0_members" && (tag == ofJoined || tag == ofAttend || tag == ofExcluded) {
		return false
	}
	if c.question == "q2_pioneers" && (tag == ofJoined || tag == ofMembers || tag == ofAttend || it.members) {
		return false
	}
	return c.fits(it)
}

// courtedBefore reports that the other numbers, all before n, are people who
// only wished to join.
func (c *countReader) courtedBefore(n *item, others []*item) bool {
	for _, it := range others {
		if it.from > n.from || !c.courted(it) {
			return false
		}
	}
	return true
}

// courted reports people who were asked or have asked to join, which is not yet
// joining: "3 chị đăng ký".
func (c *countReader) courted(n *item) bool {
	for i := n.from - 3; i < n.to+3 && i < len(c.m.toks); i++ {
		if i >= 0 && courtWords.surely(&c.m.toks[i]) && (i < n.from || i >= n.to) {
			return true
		}
	}
	return false
}

var courtWords = words("đăng đơn rủ mời thuyết")

// othersCame reports another number, after n, of those who came.
func (c *countReader) othersCame(n *item) bool {
	for i := range c.items {
		if it := &c.items[i]; it.kind == isNumber && it.from > n.to && it.q.n <= n.q.n && cameWords.surely(c.m.tok(it.from-1)) {
			return true
		}
	}
	return false
}

var guestWords = words("khách đại lãnh quan")

var cameWords = words("đi dự đến tới mặt họp")

var lateOrEarly = table(row{1, `về sớm|trước|giữa, đến|tới|đi muộn|trễ|sau, bỏ về`})

// totalBefore reports "trên tổng" right before a number.
func (c *countReader) totalBefore(n *item) bool {
	for i := range c.items {
		if it := &c.items[i]; it.kind == isTotal && it.to == n.from && i > 0 && it.from > 0 && aboveWords.can(&c.m.toks[it.from-1]) {
			return true
		}
	}
	return false
}

var aboveWords = words("trên trong")

// afterPart reports "trong đó" or an own clause before a number that is part
// of a total.
func (c *countReader) afterPart(it *item) bool {
	for i := range c.items {
		p := &c.items[i]
		if p.kind == isPart && p.from < it.from {
			return true
		}
	}
	return it.clause > 0
}

// partsAfter reports that the other numbers are parts of the first: smaller,
// after it, and opened by "trong đó" or saying who they are.
func (c *countReader) partsAfter(total *item, parts []*item) bool {
	if total.q.ask {
		return false
	}
	part := -1
	for i := range c.items {
		if c.items[i].kind == isPart && c.items[i].from > total.from {
			part = c.items[i].from
			break
		}
	}
	for _, p := range parts {
		tag := c.anchorOf(p)
		if p.from < total.from || p.q.ask || p.q.n > total.q.n {
			return false
		}
		if tag != ofExcluded && !p.paren && (part < 0 || p.from < part) && !c.described(p) {
			return false
		}
	}
	return len(parts) > 0
}

// described reports that who is counted is only told about: "7 chị, 2 chị là đảng viên".
func (c *countReader) described(n *item) bool {
	return n.unit && n.clause > 0 && laWord.can(c.m.tok(n.to)) && !isWanted(c.question, c.anchorOf(n))
}

// goes reports somebody who goes somewhere: "một o đi vô Đắk Lắk".
func (c *countReader) goes(n *item) bool {
	for i := n.to; i < len(c.m.toks) && i < n.to+3; i++ {
		t := &c.m.toks[i]
		if goWords.can(t) {
			return true
		}
		if t.kind != aWord || !politeWords.can(t) && !leadWords.can(t) && !nuaWord.can(t) {
			return false
		}
	}
	return false
}

var goWords = words("đi vô vào ra lên về sang theo bỏ nghỉ")

// settles reports that somebody goes to a place and no more is said of it, or that she lives or
// works there: "chị Hoa vào Bình Dương", but not "chị Hoa ra Hà Nội khám bệnh".
func (c *countReader) settles(n *item) bool {
	i := n.to
	for goWords.can(c.m.tok(i)) {
		i++
	}
	if !c.m.capitalAt(min(i, len(c.m.toks)-1)) {
		return false
	}
	for c.m.tok(i).kind == aWord && c.m.capitalAt(i) {
		i++
	}
	return politeFrom(c.m.toks, i) || stayWords.can(c.m.tok(i))
}

// toldOf reports that something else than leaving is told of somebody named: "chị Hoa bệnh".
func (c *countReader) toldOf(n *item) bool {
	for i := range c.items {
		it := &c.items[i]
		if it.clause == n.clause && it.from >= n.to && (it.kind == isWord && !c.quiet(it) || it.kind == isAnchor && !leaves(it.tag)) {
			return true
		}
	}
	return false
}

var stayWords = words("ở sống làm luôn hẳn với theo định sinh")

// staysStrange reports a number of people of whom something is told that is no
// leaving: "1 chị bị bệnh nặng".
func (c *countReader) staysStrange(n *item) bool {
	if c.anchorOf(n) != 0 || n.name || !n.unit {
		return false
	}
	for i := range c.items {
		if it := &c.items[i]; it.clause == n.clause && it.kind == isAnchor && it.tag == ofNothing && it.from >= n.to {
			return true // "1 chị mất việc"
		}
	}
	if c.goes(n) {
		return false
	}
	for i := range c.items {
		if it := &c.items[i]; it.clause == n.clause && it.kind == isAnchor && leaves(it.tag) {
			return false
		}
	}
	strange := 0
	from := n.from
	for from > 0 && c.m.toks[from-1].kind != aMark {
		from--
	}
	for i := from; i < len(c.m.toks) && (i < n.to || c.m.toks[i].kind != aMark); i++ {
		t := &c.m.toks[i]
		if i >= n.from && i < n.to {
			continue
		}
		if t.kind == aWord && !c.m.isPolite(i) && !answerWords.can(t) && !zeroWords.can(t) && !goWords.can(t) && !afterNumber.can(t) {
			strange++
		}
	}
	return strange > 0
}

// splits reports a total that the rest of the message takes apart: "giảm 1
// (mất)", "1 chị: mất".
func (c *countReader) splits(n *item) bool {
	if tag := c.anchorOf(n); tag == ofLeft {
		return true
	}
	for i := range c.items {
		if it := &c.items[i]; it.from >= n.to && (it.paren || it.kind == isPart || it.kind == isTotal) {
			return true
		}
	}
	return false
}

// rests reports that a number belongs to "nghỉ", which is both all who left and
// those who gave up.
func (c *countReader) rests(n *item) bool {
	for i := range c.items {
		if it := &c.items[i]; it.kind == isAnchor && it.value >= 0 && &c.items[it.value] == n {
			return nghiWord.can(&c.m.toks[it.from])
		}
	}
	return false
}

// afterTotal reports "giảm 3 … trong đó 1": the parts need not be complete.
func (c *countReader) afterTotal(it *item) bool {
	for i := range c.items {
		if c.items[i].kind == isPart && c.items[i].from > it.from {
			return true
		}
	}
	return false
}
