package viet

import (
	"strings"
	"time"
)

// dateReader walks over one date phrase.
type dateReader struct {
	toks []token
	src  string
	i    int
}

func (r *dateReader) peek(k int) *token {
	if r.i+k < len(r.toks) {
		return &r.toks[r.i+k]
	}
	return &noToken
}

func (r *dateReader) raw(k int) string {
	t := r.peek(k)
	return r.src[t.start:t.end]
}

// dateAt reads the date phrase at token i. A bare number is none: whether it
// is a day depends on the question.
func (m *message) dateAt(toks []token, i int) (p datePhrase, end int, ok bool) {
	r := dateReader{toks: toks, src: m.src, i: i}
	t := r.peek(0)
	switch {
	case t.kind == aMark || t.kind == anEmoji:
		return p, i, false
	case r.ago(&p):
		return p, r.i, true
	case t.kind == aNumber:
		p, ok = r.numeric()
	case t.kind != aWord:
		return p, i, false
	case t.group == 0:
		p, ok = r.shortForm()
	default:
		p, ok = r.worded()
	}
	if !ok {
		return p, i, false
	}
	r.qualify(&p)
	return p, r.i, true
}

// ago reads "cách đây 3 ngày", "hai hôm trước".
func (r *dateReader) ago(p *datePhrase) bool {
	i := r.i
	before, exact := cachWord.can(r.peek(0)) && hereWords.can(r.peek(1)), false
	if before {
		i += 2
		if exact = exactly.can(r.peek(2)); exact {
			i++
		}
	}
	if i >= len(r.toks) || r.toks[i].kind == aMark {
		return false
	}
	q, end, ok := quantityAt(r.toks, i)
	if !ok || end >= len(r.toks) || !dayUnits.can(&r.toks[end]) && !(before && weekUnit.surely(&r.toks[end])) || q.ask && q.ncand == 0 {
		return false
	}
	if !before && (end+1 >= len(r.toks) || !agoWord.surely(&r.toks[end+1])) {
		return false
	}
	if week := weekUnit.can(&r.toks[end]); week && !exact {
		return false // "cách đây 1 tuần" is hardly ever to the day
	} else if week {
		q.n *= 7
	}
	*p = datePhrase{kind: byOffset, offset: -q.n, unsure: q.ask || q.doubt || q.n > 31}
	r.i = end + 1
	if agoWord.can(r.peek(0)) {
		r.i++
	}
	return true
}

var (
	cachWord  = words("cách")
	hereWords = words("đây nay")
	dayUnits  = words("ngày hôm bữa")
	weekUnit  = words("tuần")
	exactly   = words("đúng")
	agoWord   = words("trước")
)

// numeric reads 20/10, 20-10, 20.10 with or without a year, 20 tháng 10 and
// 2026-10-20.
func (r *dateReader) numeric() (datePhrase, bool) {
	t, sep, next := r.peek(0), r.peek(1), r.peek(2)
	p := datePhrase{kind: byDay, day: int(t.n)}
	if t.digits == 4 && t.n > 2000 && sep.n == '-' && next.kind == aNumber && r.peek(3).n == '-' && r.peek(4).kind == aNumber {
		p.year, p.month, p.day = int(t.n), int(next.n), int(r.peek(4).n)
		r.i += 5
		return p, true
	}
	if t.lookalike || t.digits > 2 {
		return p, false
	}
	if r.span(&p) {
		return p, true
	}
	if sep.kind == aMark && (sep.n == '/' || sep.n == '-' || sep.n == '.') && next.kind == aNumber && next.digits <= 2 {
		if sep.n != '/' && (!sep.glued || !next.glued || next.n == 0 || next.n > 12 || t.n > 31 || t.n == 0) {
			return p, false
		}
		year := r.peek(3).kind == aMark && r.peek(3).n == sep.n && r.peek(4).kind == aNumber
		if sep.n == '-' && !year && next.digits == 1 && t.digits == 1 {
			return p, false // 2-3 is a range, 2-1 a score
		}
		p.month, p.slash = int(next.n), true
		r.i += 3
		if year {
			p.year = fullYear(int(r.peek(1).n))
			r.i += 2
			p.slash = false
		} else if r.peek(0).n == '/' && r.peek(0).kind == aMark && r.peek(1).kind == aNumber {
			return p, false
		}
		return p, true
	}
	r.i++
	if month, ok := r.month(); ok {
		p.month = month
		return p, true
	}
	if thangWord.can(r.peek(0)) && thisWord.can(r.peek(1)) {
		r.i += 2
		return p, true
	}
	if westWord.surely(r.peek(0)) {
		r.i++ // "13 tây"
		return p, p.day >= 1 && p.day <= 31
	}
	return p, false
}

var westWord = words("tây")

// span reads "14-15/11", two days of one month.
func (r *dateReader) span(p *datePhrase) bool {
	sep, next := r.peek(1), r.peek(2)
	if sep.kind != aMark || sep.n != '-' && sep.n != ',' && sep.n != '+' || next.kind != aNumber || next.digits > 2 || next.n > 31 || next.n <= int32(p.day) {
		return false
	}
	slash, month := r.peek(3), r.peek(4)
	if slash.kind != aMark || slash.n != '/' || month.kind != aNumber || month.n < 1 || month.n > 12 {
		return false
	}
	p.days, p.month = []int{p.day, int(next.n)}, int(month.n)
	r.i += 5
	return true
}

func fullYear(y int) int {
	if y < 100 {
		return 2000 + y
	}
	return y
}

// month reads "tháng 10", "th10", "/10", "t10", "tháng mười một", "tháng
// giêng" right after a day.
func (r *dateReader) month() (int, bool) {
	t := r.peek(0)
	if t.kind == aMark && (t.n == '/' || t.n == '-' || t.n == '.') && t.glued && r.peek(1).kind == aNumber && r.peek(1).glued {
		if n := int(r.peek(1).n); r.peek(1).digits <= 2 {
			r.i += 2
			r.yearAfter()
			return n, true
		}
	}
	if thangWord.can(t) && t.kind == aWord {
		next := r.peek(1)
		switch {
		case giengWord.can(next):
			r.i += 2
			return 1, true
		case chapWord.can(next):
			r.i += 2
			return 12, true
		}
		if q, end, ok := quantityAt(r.toks, min(r.i+1, len(r.toks)-1)); ok && r.i+1 < len(r.toks) && !q.ask && q.n >= 1 && q.n <= 12 {
			r.i = end
			return q.n, true
		}
		return 0, false
	}
	if t.kind == aWord && t.group == 0 && (strings.EqualFold(r.raw(0), "t") || strings.EqualFold(r.raw(0), "th")) && r.peek(1).kind == aNumber && r.peek(1).n <= 12 {
		n := int(r.peek(1).n)
		r.i += 2
		return n, true
	}
	return 0, false
}

// yearAfter steps over a year that follows a month.
func (r *dateReader) yearAfter() (int, bool) {
	if t := r.peek(0); t.kind == aMark && (t.n == '/' || t.n == '-' || t.n == '.') && t.glued && r.peek(1).kind == aNumber && r.peek(1).glued {
		n := fullYear(int(r.peek(1).n))
		r.i += 2
		return n, true
	}
	if namWord.can(r.peek(0)) && r.peek(1).kind == aNumber && r.peek(1).digits == 4 {
		n := int(r.peek(1).n)
		r.i += 2
		return n, true
	}
	return 0, false
}

// shortForm reads T2–T7 and t11.
func (r *dateReader) shortForm() (datePhrase, bool) {
	s, next := r.raw(0), r.peek(1)
	month := strings.EqualFold(s, "th")
	if !strings.EqualFold(s, "t") && !month || next.kind != aNumber || !next.glued {
		return datePhrase{}, false
	}
	n := int(next.n)
	switch {
	case n >= 2 && n <= 7 && !month:
		r.i += 2
		return datePhrase{kind: byWeekday, weekday: time.Weekday(n - 1)}, true
	case n >= 1 && n <= 12:
		r.i += 2
		return datePhrase{kind: byMonth, month: n}, true
	}
	return datePhrase{}, false
}

// worded reads the phrases that start with a word.
func (r *dateReader) worded() (datePhrase, bool) {
	t, next := r.peek(0), r.peek(1)
	switch {
	case mungWord.can(t):
		return r.lunarDay()
	case ramWord.can(t) && (ramWord.surely(t) || thangWord.can(next) || r.i+1 >= len(r.toks)):
		r.i++
		p := datePhrase{kind: byLunar, day: 15, lunarSure: true}
		p.month, _ = r.month()
		return p, true
	case ngayWord.can(t) && ramWord.can(next):
		r.i++
		return r.worded()
	case homWord.can(t) && r.relative(1):
		return r.relativeDay(1)
	case partWords.can(t) && r.relative(1):
		return r.relativeDay(1)
	case partWords.can(t) && homWord.can(next) && r.relative(2):
		return r.relativeDay(2)
	case partWords.can(t) && earlyWords.can(next) && r.i+2 < len(r.toks):
		r.i += 2 // "sáng sớm hôm qua"
		return r.worded()
	case qDay.can(t) && alone(r.toks, r.i):
		r.i++
		return datePhrase{kind: byOffset, offset: -1}, true
	case nayDay.can(t) && (nayDay.surely(t) || alone(r.toks, r.i)):
		r.i++
		return datePhrase{kind: byOffset}, true
	}
	if p, ok := r.weekdayPhrase(); ok {
		return p, true
	}
	if p, ok := r.dayOfMonth(); ok {
		return p, true
	}
	if ph, end := vaguePhrases.at(r.toks, r.i); ph != nil {
		return r.vague(ph.tag, end)
	}
	if thangWord.can(t) {
		if n, ok := r.month(); ok {
			return datePhrase{kind: byMonth, month: n}, true
		}
	}
	return datePhrase{}, false
}

func (r *dateReader) vague(tag, end int) (datePhrase, bool) {
	if tag == ratherFuture && end == r.i+1 {
		// "mai" and "mốt" without marks are also other words.
		if t := r.peek(0); t.pref&(t.pref-1) != 0 && r.i > 0 && !alone(r.toks, r.i) {
			return datePhrase{}, false
		}
	}
	r.i = end
	if t := r.peek(0); thangWord.can(&r.toks[end-1]) && t.kind == aNumber && t.n <= 12 && !(r.i+1 < len(r.toks) && peopleAt(r.toks, r.i+1) > 0) {
		r.i++ // "cuối tháng 10"
	}
	return datePhrase{kind: map[int]dateKind{ratherVague: byVague, ratherFuture: byFuture, ratherLast: byLast}[tag]}, true
}

// lunarDay reads "mùng 5"; "mùng 8 tây" is solar.
func (r *dateReader) lunarDay() (datePhrase, bool) {
	if r.i+1 >= len(r.toks) {
		return datePhrase{}, false
	}
	q, end, ok := quantityAt(r.toks, r.i+1)
	if !ok || q.n > 30 {
		return datePhrase{}, false
	}
	r.i = end
	p := datePhrase{kind: byLunar, day: q.n, unsure: q.ask}
	p.month, _ = r.month()
	return p, true
}

// relative reports qua, kia, kìa, nay, mai k tokens on.
func (r *dateReader) relative(k int) bool {
	t := r.peek(k)
	return t.kind == aWord && (qDay.can(t) || kiaDay.can(t) || kiaFar.can(t) || nayOrThis.can(t) || maiDay.can(t))
}

func (r *dateReader) relativeDay(k int) (datePhrase, bool) {
	t, bua := r.peek(k), buaWord.can(r.peek(0))
	r.i += k + 1
	switch {
	case qDay.can(t):
		return datePhrase{kind: byOffset, offset: -1}, true
	case kiaFar.surely(t):
		return datePhrase{kind: byOffset, offset: -3, unsure: bua}, true
	case kiaDay.can(t):
		return datePhrase{kind: byOffset, offset: -2, unsure: bua || !kiaDay.surely(t)}, true
	case maiDay.can(t) && !nayOrThis.can(t):
		return datePhrase{kind: byFuture}, true
	}
	return datePhrase{kind: byOffset, unsure: eveningWord.can(r.toks0(k))}, true
}

// toks0 is the first token of a phrase k+1 tokens long that was just read.
func (r *dateReader) toks0(k int) *token { return &r.toks[r.i-k-1] }

var (
	buaWord     = words("bữa")
	eveningWord = words("tối đêm")
)

// clockUnit reports what makes a number a time of day.
func clockUnit(src string, t *token) bool {
	if t.kind != aWord {
		return false
	}
	s := src[t.start:t.end]
	return t.glued && (s == "h" || s == "H" || s == "g" || s == "G") || clockWords.can(t)
}

var clockWords = words("giờ")

// qualify reads what follows and changes a date phrase: a week, a calendar, a
// month, "vừa rồi".
func (r *dateReader) qualify(p *datePhrase) {
	for n := 0; n < 3; n++ {
		t, next := r.peek(0), r.peek(1)
		if p.kind == byWeekday && n == 0 && r.dayAfter(t, next) {
			p.kind, p.day, p.checked = byDay, int(t.n), true // "chủ nhật 15"
			r.i++
			return
		}
		if t.kind != aWord {
			return
		}
		switch {
		case solarTail.can(t) && solarTail.surely(t) && p.kind == byLunar:
			p.kind = byDay
			r.skipLich()
		case (lunarWords.likely(t) || lunarTail.surely(t)) && (p.kind == byDay || p.kind == byLunar):
			p.kind, p.lunarSure = byLunar, true
			r.skipLich()
		case p.kind == byWeekday && r.weekOf(p, t, next), p.kind == byDay && r.monthOf(p, t, next):
		default:
			return
		}
	}
}

// weekOf reads which week a weekday is of: "tuần trước", "này", "vừa rồi".
func (r *dateReader) weekOf(p *datePhrase, t, next *token) bool {
	switch {
	case tuanWord.can(t) && lastWords.can(next):
		p.week, p.weekGiven = -1, true
		r.i += 2
		if nuaWord.can(r.peek(0)) {
			p.week = -2
			r.i++
		}
	case monthParts.can(t) && thangWord.can(next):
		p.kind = byVague // "chủ nhật đầu tháng"
		r.i += 2
	case thisWord.can(t):
		p.weekGiven = true
		r.i++
	case tuanWord.can(t) && vuaWord.can(next):
		p.week, p.weekGiven = -1, true
		r.i += 3
	case tuanWord.can(t) && thisWord.can(next):
		p.weekGiven = true
		r.i += 2
	case tuanWord.can(t) && nextWords.can(next), nextWords.surely(t):
		p.kind = byFuture
		r.i++
	case nextWords.can(t):
		p.maybeNext = true // "chu nhat toi": tới or tối
		r.i++
	case vuaWord.can(t) && lastWords.can(next):
		p.last = true
		r.i += 2
	case lastWords.can(t):
		p.last = true
		r.i++
	default:
		return false
	}
	return true
}

// monthOf reads which month or year a day is of: "tháng trước", "năm ngoái".
func (r *dateReader) monthOf(p *datePhrase, t, next *token) bool {
	switch {
	case p.month == 0 && thangWord.can(t) && lastWords.can(next):
		p.lastMonth = true
		r.i += 2
	case p.month == 0 && thangWord.can(t) && thisWord.can(next):
		r.i += 2
	case p.month == 0 && thangWord.can(t) && nextWords.can(next):
		p.kind = byFuture
		r.i += 2
	case p.month > 0 && p.year == 0 && namWord.can(t) && pastYear.can(next):
		p.lastYear = true
		r.i += 2
	case p.month > 0 && p.year == 0 && namWord.can(t) && next.kind == aNumber && next.digits == 4:
		p.year = int(next.n)
		r.i += 2
	default:
		return false
	}
	return true
}

// dayAfter reports a bare number after a weekday that can only be the day of
// the month.
func (r *dateReader) dayAfter(t, next *token) bool {
	return t.kind == aNumber && t.n > 0 && t.n <= 31 && !t.glued && !t.lookalike && (next.kind != aWord && (next.kind != aMark || next.n != '/' && next.n != '-' && next.n != '.' || !next.glued) || next.kind == aWord && politeFrom(r.toks, r.i+1))
}

var nuaWord = words("nữa")

func (r *dateReader) skipLich() {
	r.i++
	if lichWord.can(r.peek(0)) {
		r.i++
	}
}
