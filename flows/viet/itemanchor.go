package viet

// notAnchor turns down anchors that are other words here: an unmarked "mat" is
// mặt or mất by its neighbours, "thêm" joins only people.
func (a *analyser) notAnchor(ph *phrase, end int) bool {
	t := &a.toks[a.i]
	single := end == a.i+1
	if ph.tag >= ofMeeting && single && a.calledSo(end) {
		return true
	}
	switch ph.tag {
	case ofFaces:
		return single && !faceWord.surely(t) && !knowAfter.can(a.tok(end))
	case ofDied:
		if single && a.wentOff() {
			return true
		}
		return single && !diedWord.surely(t) && coWord.can(a.tok(a.i-1)) && a.tok(a.i-1).kind == aWord
	case ofJoined, ofLeft:
		if not, settled := a.notComing(end); settled {
			return not
		}
		if ph.tag == ofJoined {
			return a.addsNobody(end)
		}
		return single && nghiWord.can(t) && !nghiWord.surely(t) && !a.numberFollows(end) && !nobodyWords.can(a.tok(a.i-1))
	case ofAttend:
		return dongSlot.can(t) && (!dongSlot.surely(t) || a.i > 0 && (ordinalWords.can(a.tok(a.i-1)) || a.m.capital(t)))
	case ofActivity:
		return single && thiWord.can(t) && (!thiWord.surely(t) || a.linksOn(end))
	case ofMoved:
		return a.movedHere(end)
	case ofMembers:
		return end < len(a.toks) && (!a.numberSoon(end) || a.actsAfter(end))
	}
	return false
}

// linksOn reports a "thi" that is thì also in a message with marks: right after what is told
// of, or before what is told of it, "kết nạp thi có 1 rồi".
func (a *analyser) linksOn(end int) bool {
	n := len(a.out)
	return n > 0 && a.out[n-1].kind == isAnchor && a.out[n-1].to == a.i || thiTail.can(a.tok(end))
}

// notComing reports that the words up to end, which may tell of members who came or went, do
// not; settled is false where their neighbours do not say.
func (a *analyser) notComing(end int) (not, settled bool) {
	t := &a.toks[a.i]
	single := end == a.i+1
	n := len(a.out)
	switch {
	case single && diWord.can(t):
		return !a.wentAway(end), true
	case single && themWord.can(t) && n > 0 && a.out[n-1].kind == isAnchor && leaves(a.out[n-1].tag) && a.out[n-1].to == a.i:
		return true, true // "mất thêm hai bà"
	case moiWord.can(a.tok(end-1)) && end == a.i+2 && doesWords.can(a.tok(end)):
		return true, true // "mai chị em mới đi trồng cây"
	case newTotal.can(a.tok(end)) || newTotal.can(a.tok(end-1)) && !single:
		return true, true // "tăng lên 6": not by six
	case themWord.can(a.tok(end-1)) && !nobodyWords.can(a.tok(end)) && !strongJoin.can(t) && a.notJoining(end):
		return true, true
	case !single || !comeWords.can(t):
		return false, false
	case nobodyWords.can(a.tok(a.i-1)) || a.i > 1 && comeWords.can(a.tok(a.i-1)) && nobodyWords.can(a.tok(a.i-2)):
		return false, true // "không có ai vào ra"
	case n > 0 && a.out[n-1].kind == isNumber && a.out[n-1].unit && a.out[n-1].to == a.i && politeFrom(a.toks, end):
		return false, true // "3 người vào hội, 1 người ra"
	}
	return !comeWords.surely(t) || !a.numberFollows(end) || a.dayFollows(end) || a.otherFollows(end), true
}

// addsNobody reports a "thêm" that adds pairs, or nothing that is counted.
func (a *analyser) addsNobody(end int) bool {
	t := &a.toks[a.i]
	if themWord.can(a.tok(end-1)) || themWord.can(t) {
		for k := end; k < end+3 && a.tok(k).kind != aMark; k++ {
			if capWord.can(a.tok(k)) {
				return true
			}
		}
	}
	return end == a.i+1 && themWord.can(t) && a.tok(end).kind == aWord && !a.numberFollows(end) && !personWords.can(a.tok(end)) && !nobodyWords.can(a.tok(end)) && !politeWords.can(a.tok(end))
}

// movedHere reports that who moved has come: "mới chuyển về", but "chuyển về quê" has left.
func (a *analyser) movedHere(end int) bool {
	switch {
	case fromWord.surely(a.tok(end)) || fromWord.can(a.tok(end)) && !a.m.marked && a.arrives(end):
		return a.arrives(end) // "chuyển từ xã khác về"
	case veWords.can(a.tok(end-1)) && a.asksIn(end):
		return true // "mới dọn về chung cư xin vào"
	case veWords.can(a.tok(end)) && (arriveTail.likely(a.tok(end+1)) || veWords.surely(a.tok(end)) && a.numberFollows(end+1)):
		return true
	}
	return veWords.can(a.tok(end-1)) && (a.tok(end).kind != aWord || arriveTail.likely(a.tok(end)))
}

// calledSo reports a word after a title that is a name: it has a capital, or no marks and
// somebody leaving right after it, as in "co chi tham xin nghi hoi".
func (a *analyser) calledSo(end int) bool {
	t := &a.toks[a.i]
	if a.i == 0 || a.toks[a.i-1].kind != aWord || !titleWords.can(&a.toks[a.i-1]) {
		return false
	}
	if a.m.cased && a.m.capital(t) {
		return true
	}
	ph, _ := anchors.at(a.toks, min(end, len(a.toks)-1))
	return t.mask&(t.mask-1) != 0 && end < len(a.toks) && ph != nil && leaves(ph.tag)
}

// wentOff reports the "mất" of "giảm mất 1 chị", "chuyển đi mất 1 chị", which only says that
// they are gone. After a denial it starts something of its own.
func (a *analyser) wentOff() bool {
	n := len(a.out)
	if n == 0 || a.out[n-1].kind != isAnchor || a.out[n-1].to != a.i || !leaves(a.out[n-1].tag) || !a.numberFollows(a.i+1) {
		return false
	}
	for i := range a.out {
		if it := &a.out[i]; it.clause == a.clause && denies(it) {
			return false
		}
	}
	return true
}

// wentAway reports the "đi" of "vô mới 2 người, đi 1 người": at the head of a clause, with
// people after it and nothing they went to, beside others who came or went.
func (a *analyser) wentAway(end int) bool {
	if nobodyWords.can(a.tok(a.i-1)) && diWord.surely(&a.toks[a.i]) {
		return allOver.can(a.tok(end)) && (politeFrom(a.toks, end+1) || a.tok(end+1).kind == aMark) // "không ai đi hết"
	}
	if !diWord.surely(&a.toks[a.i]) && a.m.marked || a.i > 0 && a.tok(a.i-1).kind != aMark || !a.numberFollows(end) || a.dayFollows(end) {
		return false
	}
	_, to, _ := quantityAt(a.toks, end)
	if e := peopleAt(a.toks, to); e > 0 {
		to = e
	}
	if !politeFrom(a.toks, to) && a.tok(to).kind != aMark {
		return false
	}
	for i := range a.out {
		if it := &a.out[i]; it.kind == isAnchor && (it.tag == ofJoined || leaves(it.tag)) {
			return true
		}
	}
	return false
}

var (
	diWord    = words("đi")
	allOver   = words("hết cả đâu khỏi")
	doesWords = words("đi họp làm dọn tập sinh tổ lập ghép mắt gặp giúp thăm đóng thu đọc thấy biết xong gửi báo nắm mở bàn nấu trồng quyên góp tặng")
)

// unsureFace reports an unmarked "mat" that is mặt by what follows: "mat gan
// het".
func (a *analyser) unsureFace() bool {
	t := &a.toks[a.i]
	return diedWord.can(t) && !diedWord.surely(t) && knowAfter.can(a.tok(a.i+1))
}

var (
	faceWord    = words("mặt")
	diedWord    = words("mất")
	knowAfter   = words("biết thì nắm gần quen nhớ hết hội")
	comeWords   = words("vào vô ra")
	attendWords = words("dự tham có đến tới đi")
	strongJoin  = words("kết nạp phát thu vận gia")
	dongSlot    = words("đông")
	coWord      = words("có")
	newTotal    = words("lên thành còn xuống")
	themWord    = words("thêm")
	nghiWord    = words("nghỉ")
	veWords     = words("về đến tới")
	fromWord    = words("từ")
	sangWord    = words("sang qua lên xuống")
	arriveTail  = words("xin vào đây ở thôn xóm nên và em chị ạ nhé")
	thiWord     = words("thi")
	thiTail     = words("có không chưa được hết còn biết mới cũng đã vẫn chị em")
	// faceAlone is an unmarked "mat" that is mặt by its neighbours.
	faceAlone = &phrase{tag: ofFaces}
)

// asksIn reports "xin vào", "xin vô" or "gia nhập" later in the clause: who moved has come.
func (a *analyser) asksIn(i int) bool {
	for k := i; a.tok(k).kind == aWord; k++ {
		if ph, _ := enters.at(a.toks, k); ph != nil {
			return true
		}
	}
	return false
}

var enters = table(row{1, `xin vào|vô|gia|tham, gia nhập, được|mới kết nạp`})

// arrives reports "về", "đến" or "sang" after "từ" at i, in the same clause.
func (a *analyser) arrives(i int) bool {
	for k := i + 1; k < i+7 && (a.tok(k).kind == aWord || a.tok(k).kind == aNumber); k++ {
		if veWords.can(a.tok(k)) || sangWord.can(a.tok(k)) {
			return true
		}
	}
	return false
}

// eight reports an unmarked "tam" that is tám and not tầm: before a word of
// tens or hundreds.
func (a *analyser) eight(end int) bool {
	n, sure, ok := a.toks[a.i].digit()
	next := a.tok(end)
	m, _, digit := next.digit()
	return end == a.i+1 && ok && n == 8 && !sure && (digit && m == 9 || next.is(tensWord) || next.is(tramWord) || next.is(chucWord))
}

// politeBefore reports that only politeness stands before i.
func politeBefore(toks []token, i int) bool {
	for k := range toks[:i] {
		if t := &toks[k]; t.kind != aWord || !politeWords.can(t) && !selfWords.can(t) {
			return false
		}
	}
	return true
}

func (a *analyser) tok(i int) *token { return a.m.tok(i) }

func (a *analyser) numberFollows(i int) bool {
	if i >= len(a.toks) {
		return false
	}
	_, _, ok := quantityAt(a.toks, i)
	return ok
}

// otherFollows reports a number at i that counts something else: "ra 2 hộ".
func (a *analyser) otherFollows(i int) bool {
	_, end, _ := quantityAt(a.toks, i)
	return end < len(a.toks) && (unitAt(a.m, a.toks, end) || clockUnit(a.m.src, &a.toks[end]))
}

func (a *analyser) dayFollows(i int) bool {
	_, _, ok := a.m.dateAt(a.toks, i)
	return ok
}

// notJoining reports that what "thêm" adds at i are no members: "thêm 1 buổi",
// "thêm 2 chị mất".
func (a *analyser) notJoining(i int) bool {
	if i >= len(a.toks) {
		return false
	}
	_, end, ok := quantityAt(a.toks, i)
	if !ok {
		return false
	}
	if e := peopleAt(a.toks, end); e > 0 {
		end = e
	} else if end < len(a.toks) && unitAt(a.m, a.toks, end) {
		return true
	}
	if end >= len(a.toks) {
		return false
	}
	ph, after := anchors.at(a.toks, end)
	return ph != nil && leaves(ph.tag) && !a.numberFollows(after)
}

// actsAfter reports that the people counted at i did something: "chi hội có 6
// chị dự thi".
func (a *analyser) actsAfter(i int) bool {
	for k := i; k < i+6 && k < len(a.toks) && a.toks[k].kind != aMark; k++ {
		if ph, _ := anchors.at(a.toks, k); ph != nil && (ph.tag == ofAttend || ph.tag >= ofMeeting && ph.tag <= ofActivity) {
			return true
		}
	}
	return false
}

// numberSoon reports a number within a few words.
func (a *analyser) numberSoon(i int) bool {
	for k := i; k < i+4 && k < len(a.toks) && a.toks[k].kind != aMark; k++ {
		if a.numberFollows(k) {
			return true
		}
	}
	return false
}
