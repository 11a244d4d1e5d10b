package viet

// sum adds up who has left: the parts, or the total when the parts agree.
func (c *countReader) sum(list []*item) (Reading[Count], bool) {
	if total := sumsUp(list); total != nil && !c.anchorBetween(total, list[1]) {
		return c.value(total.q.n, total), true // "hai chị một mất một chuyển"
	}
	total := -1
	parts, sum := 0, 0
	for i, it := range list {
		tag := c.anchorOf(it)
		if it.q.ask || it.q.doubt || it.q.signed > 0 {
			return c.ask(numbersOf(list)...), true
		}
		if it.name && i > 0 && !list[i-1].name && (it.paren || tag == 0) && list[i-1].q.n == it.q.n {
			continue // "mất 2 (bà Tý, bà Sửu)"
		}
		if tag == 0 && c.goes(it) && (!it.name || i > 0 && c.settles(it)) {
			tag = ofMoved
		}
		switch {
		case c.alsoNamed(it), it.name && i > 0 && tag == 0 && c.toldOf(it):
			return c.ask(numbersOf(list)...), true
		case tag == ofJoined || tag == ofMembers || tag == ofAttend || tag == ofPairs || tag == ofPioneers:
			continue
		case tag == ofDied || tag == ofMoved || tag == ofLeftOrg, it.name && c.names(), tag == ofLeft && i > 0 && parts > 0:
			sum += it.q.n
			parts++
		case (tag == ofLeft || tag == 0) && total < 0:
			total = i
		default:
			return c.ask(numbersOf(list)...), true
		}
	}
	switch {
	case total >= 0 && parts == 0:
		return c.value(list[total].q.n, list[total]), true
	case total >= 0 && list[total].q.n == sum && (parts > 1 || total == 0 && c.splits(list[total])):
		return c.value(sum, list[total]), true
	case total >= 0 && (list[total].q.n < sum || sum == 0) && c.rests(list[total]):
		return c.value(list[total].q.n+sum, nil), true // "nghỉ 1, chuyển 2"
	case total >= 0 && c.afterTotal(list[total]) && list[total].q.n >= sum:
		return c.value(list[total].q.n, list[total]), true
	case total < 0 && parts > 0 && !c.hedged && !c.unknown:
		r := c.value(sum, nil)
		return r, true
	}
	return c.ask(append(numbersOf(list), sum)...), true
}

// alsoLeft reports somebody who left beside the numbers: "mệ Thí mất với một o
// đi xa", typed without the capital that tells the name.
func (c *countReader) alsoLeft() bool {
	for i := range c.items {
		it := &c.items[i]
		if it.kind != isAnchor || !leaves(it.tag) || it.value >= 0 || it.none || it.dropped || it.paren {
			continue
		}
		if c.ownSubject(it) {
			return true
		}
	}
	return false
}

// alsoGone reports somebody who went somewhere beside the numbers: "bà tư mất, chị hoa vào bình
// dương".
func (c *countReader) alsoGone() bool {
	for i := range c.m.toks {
		t, name := &c.m.toks[i], c.m.tok(i+1)
		if !titleWords.can(t) || name.kind != aWord || politeWords.can(name) || selfWords.can(name) || goWords.can(name) || !goWords.can(c.m.tok(i+2)) {
			continue
		}
		if i == 0 || c.m.tok(i-1).kind == aMark {
			return true
		}
	}
	return false
}

// ownSubject reports a title and a word before an anchor whose clause has no
// number.
func (c *countReader) ownSubject(a *item) bool {
	title := -1
	for i := range c.items {
		it := &c.items[i]
		if it.clause != a.clause || it.from >= a.from {
			continue
		}
		if it.kind == isNumber {
			return false
		}
		t := &c.m.toks[it.from]
		switch {
		case it.kind != isWord:
		case titleWords.can(t) && !selfBare.can(t):
			title = it.from
		case selfBare.can(t) && otherOne.can(c.m.tok(it.from+1)):
			return true // "còn chị kia chuyển đi"
		case title == it.from-1 && title >= 0 && !politeWords.surely(t):
			return true
		}
	}
	return false
}

var otherOne = words("kia nọ khác nữa")

// added reports a plus between the first two numbers: "26 chị + 2 chị đến
// muộn".
func (c *countReader) added(list []*item) bool {
	if c.question == "q8_left" {
		return false
	}
	for i := list[0].to; i < list[1].from; i++ {
		if t := &c.m.toks[i]; t.kind == aMark && t.n == '+' {
			return true
		}
	}
	later := themWord.surely(c.m.tok(list[1].from-1)) || themWord.surely(c.m.tok(list[1].from-2)) && duocWord.can(c.m.tok(list[1].from-1))
	return len(list) == 2 && c.question == "q1b_attendees" && later // "lúc đầu 20 sau thêm 5"
}

// worksOut gives the last number of "80, thêm 2 là 82", when "là" or "còn"
// stands before it and the numbers before come to it.
func (c *countReader) worksOut(list []*item) *item {
	last := list[len(list)-1]
	if len(list) == 2 && laWord.can(c.m.tok(last.from-1)) && last.q.n == list[0].q.n+1 && !last.q.ask && !list[0].q.ask {
		for i := list[0].to; i < last.from; i++ {
			if themWord.can(c.m.tok(i)) {
				return last // "4, thêm cô thuý là 5"
			}
		}
	}
	if len(list) != 3 || last.q.ask || list[0].q.ask || list[1].q.ask || !resultWords.can(c.m.tok(last.from-1)) {
		return nil
	}
	if a, b := list[0].q.n, list[1].q.n; a+b == last.q.n || a-b == last.q.n {
		return last
	}
	return nil
}

var resultWords = words("là còn thành được")

// sumsUp gives the first number when the others add up to it: "2 chị, 1 chị 30
// tuổi, 1 chị 42 tuổi".
func sumsUp(list []*item) *item {
	sum := 0
	for _, it := range list {
		if it.q.ask || it.q.doubt || it.q.signed != 0 {
			return nil
		}
		sum += it.q.n
	}
	if len(list) < 3 || sum != 2*list[0].q.n {
		return nil
	}
	return list[0]
}

// allNames reports that all numbers are people called by name.
func allNames(list []*item) bool {
	for _, it := range list {
		if !it.name {
			return false
		}
	}
	return true
}

// sumOf adds numbers that all belong to one kind of anchor.
func (c *countReader) sumOf(list []*item, tag int) (Reading[Count], bool) {
	sum := 0
	for _, it := range list {
		if it.q.ask || it.q.doubt || c.anchorOf(it) != tag {
			return Reading[Count]{}, false
		}
		sum += it.q.n
	}
	return c.value(sum, nil), true
}

// noughtAndName reports a nought in digits among the numbers, and somebody named.
func noughtAndName(list []*item) bool {
	nought, name := false, false
	for _, it := range list {
		nought = nought || it.q.n == 0 && !it.q.words
		name = name || it.name
	}
	return nought && name
}
