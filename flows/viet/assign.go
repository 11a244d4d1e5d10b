package viet

// assign gives numbers to what they count, clause by clause. Where a clause
// starts with a number, numbers belong to what follows ("1 mất 1 chuyển đi");
// where it starts with what is counted, to what stands before ("chuyển đi 1,
// mất 2"). A denial makes the anchors after it zero.
func assign(items []item) {
	for i := 0; i < len(items); {
		j := i
		for j < len(items) && items[j].clause == items[i].clause {
			j++
		}
		assignClause(items, i, j)
		i = j
	}
}

// counts reports an anchor that a number can belong to.
func counts(it *item) bool {
	if it.kind != isAnchor || it.dropped {
		return false
	}
	switch it.tag {
	case ofJoined, ofDied, ofMoved, ofLeftOrg, ofLeft, ofAttend, ofAbsent, ofMembers, ofPioneers, ofExcluded, ofPairs, ofAway:
		return true
	}
	return false
}

func assignClause(items []item, from, to int) {
	deny(items, from, to)
	first := -1
	for k := from; k < to; k++ {
		if live(&items[k]) || counts(&items[k]) && !items[k].none {
			first = k
			break
		}
	}
	if first < 0 {
		return
	}
	last := to - 1
	for last > first && !live(&items[last]) && !counts(&items[last]) {
		last--
	}
	assignLeavers(items, from, to)
	// "35 chị kết nạp 2" ends in a number, which is that of the word before it.
	forward := live(&items[first]) && (last == first || !live(&items[last]))
	if forward {
		assignForward(items, from, to)
	}
	assignBackward(items, from, to)
	if !forward {
		assignForward(items, from, to)
	}
	shareExcluded(items, from, to)
	shareLeft(items, from, to)
}

// shareLeft counts who left also as all who did: "giảm 1 cụ mất" states both.
func shareLeft(items []item, from, to int) {
	total, who := -1, -1
	for k := from; k < to; k++ {
		a := &items[k]
		switch {
		case !counts(a) || a.none:
		case a.tag == ofLeft && a.value < 0 && total < 0 && who < 0:
			total = k
		case leaves(a.tag) && who < 0:
			who = k
		case leaves(a.tag):
			return
		}
	}
	if total >= 0 && who >= 0 && items[who].value > total && items[who].value < who && items[items[who].value].unit {
		items[total].value = items[who].value
	}
}

// shareExcluded lets who joins be counted also where it is said what they are:
// "1 chị công đoàn vào hội".
func shareExcluded(items []item, from, to int) {
	excluded, joined := -1, -1
	for k := from; k < to; k++ {
		a := &items[k]
		switch {
		case !counts(a) || a.none:
		case a.tag == ofExcluded && a.value >= 0:
			excluded = k
		case a.tag == ofJoined && a.value < 0 && excluded >= 0:
			joined = k
		}
	}
	if joined >= 0 {
		items[joined].value = items[excluded].value
	}
}

func live(it *item) bool { return it.kind == isNumber && !it.dropped && !it.used }

// assignLeavers gives "một người mất một người đi" each its own, where only
// people who left are spoken of: there who left stands before what became of
// them.
func assignLeavers(items []item, from, to int) {
	for k := from; k < to; k++ {
		if it := &items[k]; it.kind == isAnchor && it.tag < ofResource && !leaves(it.tag) || it.kind == isAnchor && it.tag >= ofMeeting {
			return
		}
	}
	if numbersAfter(items[from:to]) {
		return
	}
	first := true
	for k := from; k+1 < to; k++ {
		a := &items[k+1]
		n := &items[k]
		lead := first && live(n)
		first = first && !live(n) && !counts(n)
		if live(n) && (n.unit || lead) && counts(a) && a.value < 0 && !a.none {
			a.value = k
			n.used = true
		}
	}
}

// numbersAfter reports "mất 1 chị chuyển đi 2 chị", where as many numbers as anchors follow
// each its own, from the first anchor to the last number.
func numbersAfter(items []item) bool {
	anchors, numbers, last := 0, 0, false
	for i := range items {
		it := &items[i]
		switch {
		case counts(it) && !it.none:
			anchors++
			last = false
		case live(it):
			if anchors != numbers+1 {
				return false
			}
			numbers++
			last = true
		}
	}
	return last && numbers > 1 && anchors == numbers
}

// takes reports that a number may belong to an anchor: people called by name
// only come or go.
func takes(a, n *item) bool {
	return counts(a) && a.value < 0 && !a.none && (!n.name || leaves(a.tag) || a.tag == ofJoined)
}

// assignForward gives each number to the next anchor, unless another number
// stands between.
func assignForward(items []item, from, to int) {
	for k := from; k < to; k++ {
		if !live(&items[k]) {
			continue
		}
		for n := k + 1; n < to && !live(&items[n]); n++ {
			if a := &items[n]; takes(a, &items[k]) {
				a.value = k
				items[k].used = true
				break
			}
		}
	}
}

// assignBackward gives each number to the anchor before it.
func assignBackward(items []item, from, to int) {
	for k := from; k < to; k++ {
		if !live(&items[k]) {
			continue
		}
		for n := k - 1; n >= from; n-- {
			if items[n].kind == isNumber && !items[n].dropped {
				break
			}
			if a := &items[n]; takes(a, &items[k]) {
				a.value = k
				items[k].used = true
				break
			}
		}
	}
}

// deny marks the anchors a denial in their clause makes zero: "không ai mất
// hay chuyển đi", "chưa kết nạp được ai", "không tăng không giảm", and after
// the anchor "kết nạp không có".
func deny(items []item, from, to int) {
	on, spent := false, false
	for k := from; k < to; k++ {
		it := &items[k]
		switch {
		case it.dropped:
		case denies(it):
			on, spent = !denyBack(items, from, to, k), false
		case it.kind == isNumber:
			on = false
		case it.kind == isAnchor && on && (spent || !deniedHere(items[from:k])) && ownsNumber(items[:to], k):
			on = false // "chưa họp kết nạp thêm 2", "ko ai đi kết nạp 1": the denial was another's
		case it.kind == isAnchor && on:
			it.none, spent = true, true
		}
	}
}

// deniedHere reports a denial right before, as in "không" or "không có ai" before what is
// counted.
func deniedHere(items []item) bool {
	n := len(items)
	if n > 1 && items[n-1].kind == isNobody {
		n--
	}
	return n > 0 && denies(&items[n-1])
}

// denyBack lets a denial at the end of a clause reach the anchor before it.
func denyBack(items []item, from, to, k int) bool {
	for n := k + 1; n < to; n++ {
		if items[n].kind == isAnchor || items[n].kind == isNumber {
			return false
		}
	}
	back := false
	for n := k - 1; n >= from; n-- {
		it := &items[n]
		if it.kind == isNumber {
			break
		}
		if it.kind == isAnchor && !it.none && (counts(it) || it.tag >= ofMeeting) {
			it.none = true
			back = true
		}
	}
	return back
}
