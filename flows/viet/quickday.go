package viet

// dayOfWriting reports a "hôm nay" that tells of her and not of the activity: "hnay
// bận quá, họp thì rồi".
func (r *quickReader) dayOfWriting(day *item) bool {
	if day.date.kind != byOffset || day.date.offset != 0 || r.activityIn(day.clause) {
		return false
	}
	for i := range r.items {
		it := &r.items[i]
		if it.clause != day.clause || it.kind == isDay || it.kind == isBreak {
			continue
		}
		if t := &r.toks[it.from]; it.kind == isWord && !politeWords.can(t) && !selfWords.can(t) && !reportWords.can(t) {
			return true
		}
	}
	return false
}

// otherDays takes the 20 of "ngày 6 và 20" as a day too.
func (r *quickReader) otherDays() {
	for i := range r.items {
		if d := &r.items[i]; d.kind == isDay && occasion.endsAt(r.toks, d.from) {
			d.dropped = true // "thi văn nghệ chào mừng 20/11"
		}
		n := &r.items[i]
		if n.kind != isNumber || n.dropped || n.unit && !(emWord.can(&r.toks[n.to-1]) && politeFrom(r.toks, n.to)) || n.name || n.q.signed != 0 || n.q.ask || n.q.n < 1 || n.q.n > 31 || n.from < 2 || !joinWords.can(&r.toks[n.from-1]) {
			continue
		}
		for k := i - 1; k >= 0 && k >= i-2; k-- {
			if d := &r.items[k]; d.kind == isDay && d.date.kind == byDay && d.to == n.from-1 {
				n.kind, n.date, n.clause, n.dropped = isDay, d.date, d.clause, d.dropped
				n.date.day = n.q.n
			}
		}
	}
}

// deniedAfter reports a later clause that denies an activity, or anything done.
func (r *quickReader) deniedAfter(day *item) bool {
	for i := range r.items {
		it := &r.items[i]
		if it.clause <= day.clause || !denies(it) {
			continue
		}
		for k := range r.items {
			o := &r.items[k]
			if o.clause == it.clause && o.from >= it.from && (o.kind == isAnchor && o.tag >= ofMeeting && o.tag <= ofActivity || o.kind == isWord && didWords.can(&r.toks[o.from])) {
				return true
			}
		}
		if r.toks[it.to-1].kind == aWord && !r.anchored(it.clause) {
			return true // "tháng 11 chưa làm gì"
		}
	}
	return false
}

// occasion is celebrated, on whatever day that was.
var occasion = table(row{1, `chào mừng, kỷ niệm, nhân dịp, nhân ngày, mừng, chào mừng|kỷ niệm ngày, nhân dịp ngày, hướng tới`})
