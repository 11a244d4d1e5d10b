package viet

// doneBeside reports another deed after the denied one in its clause, with a day or people of
// its own: "không họp chị em dọn đường hôm 21 18 người".
func (r *quickReader) doneBeside(didNot *item) bool {
	deed, told := false, false
	for i := range r.items {
		it := &r.items[i]
		if it.from < didNot.to || it.clause != didNot.clause || it.dropped {
			continue
		}
		deed = deed || it.kind == isAnchor && it.tag >= ofMeeting && it.tag <= ofActivity && it.tag != didNot.tag
		told = told || deed && (it.kind == isDay && it.date.kind != byFuture || it.kind == isNumber && it.unit || it.kind == isOther)
	}
	return told
}

// heldBeforePlan reports a day gone by in a clause that was left out for a plan in it: "mới
// họp sáng nay 22 người mai chị gửi danh sách".
func (r *quickReader) heldBeforePlan() bool {
	for i := range r.items {
		it := &r.items[i]
		if !it.dropped || it.kind != isDay {
			continue
		}
		switch d := &it.date; {
		case d.kind == byOffset && d.offset <= 0 && !d.unsure:
			return true
		case d.kind == byWeekday || d.kind == byDay && d.day <= r.c.today.Day():
			for k := range r.items {
				if n := &r.items[k]; n.clause == it.clause && n.kind == isNumber && n.unit {
					return true
				}
			}
		}
	}
	return false
}

// deedAfter reports something done by a number of people after "không họp
// nhưng", in words no table knows.
func (r *quickReader) deedAfter(didNot *item) bool {
	contrast, did, people := false, false, false
	for i := range r.items {
		it := &r.items[i]
		switch {
		case it.from < didNot.to:
		case it.kind == isBreak && it.tag == 1:
			contrast = true
		case contrast && it.kind == isWord:
			did = did || didWords.can(&r.toks[it.from])
		case contrast && live(it) && it.unit && !r.claimed(it.clause):
			people = true
		}
	}
	return contrast && did && people
}
