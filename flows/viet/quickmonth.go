package viet

// What a message tells of other months is left out knowingly.

// planOfOther names the month a plan is for, which says nothing of this one.
var planOfOther = table(row{1, `kế hoạch tháng|quý|năm #|sau|tới|mới|một|hai|mười, lịch tháng #|sau|tới`})

// planOfMonth drops what follows the plan of another month: "kế hoạch tháng 12 họp 5/12, kết
// nạp 3".
func (r *quickReader) planOfMonth() {
	later := false
	for i := range r.items {
		it := &r.items[i]
		if it.kind == isDay && (it.date.kind == byMonth || it.date.kind == byVague) && thangWord.can(&r.toks[it.from]) {
			later = it.dropped && it.date.month > 0 && it.date.month != int(r.c.first.Month())
		}
		it.dropped = it.dropped || later
	}
}

// dropLast drops whole clauses about last month, even a message's only one.
func (r *quickReader) dropLast() {
	for i := range r.items {
		if it := &r.items[i]; r.lastMonth(it) {
			for k := range r.items {
				if r.items[k].clause == it.clause {
					r.items[k].dropped = true
				}
			}
		}
	}
}

// dropTold drops a whole message that begins with another month's deed and never comes back to
// this one: "tháng trước họp 12/10 35 chị, kết nạp 1".
func (r *quickReader) dropTold() {
	begins, deed := -1, false
	for i := range r.items {
		it := &r.items[i]
		if r.lastMonth(it) && (begins >= 0 || thangWord.can(&r.toks[it.from]) && r.opens(it)) {
			begins = max(begins, it.clause)
			continue
		}
		if begins < 0 && it.kind == isAnchor || it.kind == isDay && !r.lastMonth(it) && it.date.kind != byDay {
			return // told of this month first, or comes back to it
		}
		if it.kind == isDay && it.date.kind == byDay && it.date.month != 0 && it.date.month == int(r.c.first.Month()) {
			return
		}
		deed = deed || begins == 0 && it.clause == 0 && it.kind == isAnchor
	}
	if begins < 0 || !deed || comesBack.has(r.toks) {
		return
	}
	for i := range r.items {
		r.items[i].dropped = true
	}
}

// opens reports that nothing is said before.
func (r *quickReader) opens(it *item) bool {
	for i := range it.from {
		if !openers.can(&r.toks[i]) {
			return false
		}
	}
	return true
}

var (
	openers   = words("dạ em ơi chị cô bác à ạ ừ thưa báo cáo hồi")
	comesBack = table(row{1, `này, nay, giờ, đợt này, hiện, còn lại, như|giống|vẫn`})
)

// thisMonth gives "tháng trước kết nạp 3, tháng này 1" its anchor again, which the clause
// about last month has said.
func (r *quickReader) thisMonth() {
	tag, last := 0, -1
	for i := range r.items {
		it := &r.items[i]
		switch {
		case r.lastMonth(it):
			tag, last = 0, it.clause
		case it.kind == isAnchor && it.clause == last && (counts(it) || it.tag >= ofMeeting && it.tag <= ofActivity):
			tag = it.tag
		case it.kind == isDay && (it.date.kind == byMonth || it.date.kind == byVague) && thangWord.can(&r.toks[it.from]) && it.clause != last && tag != 0 && r.onlyNumber(it.clause):
			it.kind, it.tag = isAnchor, tag
		}
	}
}

// onlyNumber reports a clause that has a number and nothing it would count.
func (r *quickReader) onlyNumber(clause int) bool {
	number := false
	for i := range r.items {
		it := &r.items[i]
		if it.clause == clause && it.kind == isAnchor {
			return false
		}
		number = number || it.clause == clause && live(it)
	}
	return number
}

// lastMonth reports words that say that something is of another month.
func (r *quickReader) lastMonth(it *item) bool {
	if it.kind == isDay && it.date.kind == byDay && it.date.month > 0 && it.date.month != int(r.c.first.Month()) && r.deniedAfter(it) {
		return true // "họp ngày 31/10, tháng 11 chưa họp"
	}
	return it.kind == isSays && it.tag == saysLast || it.kind == isDay && (it.date.kind == byLast || it.date.kind == byMonth && it.date.month > 0 && it.date.month != int(r.c.first.Month()))
}
