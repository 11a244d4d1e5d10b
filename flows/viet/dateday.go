package viet

import "time"

// weekdayPhrase reads thứ hai … chủ nhật, with or without hôm or a part of day
// before it.
func (r *dateReader) weekdayPhrase() (datePhrase, bool) {
	k := 0
	for k < 2 && (homWord.can(r.peek(k)) || partWords.can(r.peek(k)) || ngayWord.can(r.peek(k))) {
		k++
	}
	t, next := r.peek(k), r.peek(k+1)
	if t.kind == aWord && t.group == 0 && k > 0 {
		saved := r.i
		r.i += k
		if p, ok := r.shortForm(); ok && p.kind == byWeekday {
			return p, true
		}
		r.i = saved
		return datePhrase{}, false
	}
	if chuWord.can(t) && nhatWord.can(next) {
		r.i += k + 2
		return datePhrase{kind: byWeekday, weekday: time.Sunday}, true
	}
	if !thuWord.can(t) {
		return datePhrase{}, false
	}
	day := 0
	if n, _, ok := next.digit(); ok {
		day = n
	} else if next.is(fourTail) {
		day = 4
	} else if next.kind == aNumber && next.digits == 1 {
		day = int(next.n)
	}
	if day < 2 || day > 7 {
		return datePhrase{}, false
	}
	if !thuWord.surely(t) && (personWords.can(r.peek(k+2)) && !politeFrom(r.toks, r.i+k+2) || tensWord.group == r.peek(k+2).group) {
		return datePhrase{}, false // "thu 2 chi": money was collected
	}
	r.i += k + 2
	return datePhrase{kind: byWeekday, weekday: time.Weekday(day - 1)}, true
}

// dayOfMonth reads "ngày 20", "hôm 20", "tối 18", "ngày mười lăm".
func (r *dateReader) dayOfMonth() (datePhrase, bool) {
	k := 0
	named := false
	for k < 3 && (homWord.can(r.peek(k)) || partWords.can(r.peek(k)) || ngayWord.can(r.peek(k)) || thenWord.surely(r.peek(k))) {
		named = named || ngayWord.can(r.peek(k)) || homWord.can(r.peek(k))
		k++
	}
	if k == 0 || r.i+k >= len(r.toks) {
		return datePhrase{}, false
	}
	if mungWord.can(r.peek(k)) {
		r.i += k
		return r.lunarDay()
	}
	if r.peek(k).kind == aNumber {
		saved := r.i
		r.i += k
		if p, ok := r.numeric(); ok {
			p.slash = false
			return p, true
		}
		r.i = saved
	}
	q, end, ok := quantityAt(r.toks, r.i+k)
	if !ok || q.n > 99 || !named && q.words {
		return datePhrase{}, false
	}
	if end < len(r.toks) && (clockUnit(r.src, &r.toks[end]) || !named && peopleAt(r.toks, end) > 0 && !(emWord.can(&r.toks[end]) && politeFrom(r.toks, end))) {
		return datePhrase{}, false
	}
	if k == 2 && homWord.can(r.peek(0)) && homWord.can(r.peek(1)) && end < len(r.toks) && peopleAt(r.toks, end) > 0 {
		return datePhrase{}, false // "hôm bữa 18 chị"
	}
	r.i = end
	p := datePhrase{kind: byDay, day: q.n, unsure: q.ask || oneTailSlip(&r.toks[end-1], q)}
	if q.ask && q.ncand > 0 {
		p.days = append(p.days, q.cands[:q.ncand]...)
	}
	if month, ok := r.month(); ok {
		p.month = month
	}
	return p, true
}

// emWord after a number counts people, or calls the reader: "sáng 26 em nhé".
var emWord = words("em")

// oneTailSlip reports an unmarked "ngay mot", the first or the day after
// tomorrow.
func oneTailSlip(t *token, q quantity) bool { return q.words && q.n == 1 && t.is(oneTail) }

// thenWord opens a day as "hôm" does, where no clock or people follow: "hồi 20 đó".
var thenWord = words("hồi")
