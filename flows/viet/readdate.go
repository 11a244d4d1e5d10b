package viet

import "time"

// calendar is the day of reading and the reporting month.
type calendar struct {
	today, first, next time.Time
}

func newCalendar(today, firstOfMonth time.Time) calendar {
	first := time.Date(firstOfMonth.Year(), firstOfMonth.Month(), 1, 0, 0, 0, 0, time.UTC)
	return calendar{
		today: time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, time.UTC),
		first: first,
		next:  first.AddDate(0, 1, 0),
	}
}

// problem says what is wrong with a day as the day of a past activity.
func (c calendar) problem(d time.Time) DateProblem {
	switch {
	case d.After(c.today):
		return DateFuture
	case d.Before(c.first):
		return DateBeforePeriod
	case !d.Before(c.next):
		return DateAfterPeriod
	}
	return ""
}

// ReadDate reads the day of something past (domain.md 13.3). A day in the
// period is a value; a day that may be lunar, is vague, impossible, to come or
// outside the period is asked back with what it may be.
func ReadDate(text string, today time.Time, firstOfMonth time.Time) Reading[Date] {
	m := scan(text)
	defer m.release()
	if m.long || len(m.toks) == 0 {
		return Reading[Date]{}
	}
	c := newCalendar(today, firstOfMonth)
	var found dateFinds
	found.read(m)
	r := found.reading(m, c)
	if r.Outcome == Value && r.Value.Problem == "" && found.slipped(m) {
		return Reading[Date]{Outcome: Ask, Candidates: []Date{r.Value}, From: m.whole()}
	}
	return r
}

// slipped reports a slip of the thumb beside a day, which may have been part of it: "hứ sáu".
func (d *dateFinds) slipped(m *message) bool {
	for i := range d.list[:d.n] {
		f := &d.list[i]
		if m.besideSlip(m.tok(f.from-1), m.tok(f.to), m.tok(f.to-1).kind == aWord) {
			return true
		}
	}
	return false
}

// dateFind is a date phrase at its place in the text.
type dateFind struct {
	p        datePhrase
	from, to int
}

type dateFinds struct {
	list   [8]dateFind
	n      int
	more   bool
	hedged bool
	none   bool // "chưa họp"
	told   bool // the phrases are known to be of the activity
	aside  bool // something else was on the day found
	skip   bool // the next phrase is taken back: "chứ không phải 17"
}

var (
	clockLead  = words("lúc hồi")
	hedgeDates = table(row{1, `hình như, chắc, có lẽ, khoảng, tầm, chừng, độ, cỡ, hay, hoặc, gì đó, không nhớ, không rõ, quên, nhớ mang máng, không chắc, áng, hay là, đến, tới, hoặc là, nào cũng, rạng, rạng sáng, hàng tuần|tháng|ngày, hằng tuần|tháng`})
	aroundDay  = table(row{1, `trước|sau|quanh|ngoài|quá|gần ngày|hôm|mùng|#, hôm|ngày|bữa trước|sau #, mỗi|mọi|các thứ|chủ|tuần|ngày`})
	noDates    = table(row{1, `chưa họp, không họp, chưa làm, chưa có, chưa tổ chức, không có, chưa`})
)

// dayAt reports a date phrase at i.
func (m *message) dayAt(toks []token, i int) bool {
	_, _, ok := m.dateAt(toks, i)
	return ok
}

// notWord between two days takes one of them back.
var notWord = words("không")

// read collects the date phrases; bare numbers count as days unless a clock,
// a unit or a fuller date says otherwise.
func (f *dateFinds) read(m *message) {
	toks := m.toks
	for i := 0; i < len(toks); {
		if ph, end := aroundDay.at(toks, i); ph != nil {
			f.hedged = true // "trước ngày 20", "hôm trước 20/11"
			i = end - 1
		}
		if p, end, ok := m.dateAt(toks, i); ok {
			f.add(dateFind{p, i, end})
			i = end
			continue
		}
		if ph, end := notThat.at(toks, i); ph != nil {
			f.skip = true
			i = end
			continue
		}
		if end := correctionAt(toks, i); end > 0 {
			if end < len(toks) {
				f.n = 0 // "15 à nhầm 16"
			}
			i = end
			continue
		}
		if f.n > 0 && notWord.can(&toks[i]) && i+1 < len(toks) && (toks[i+1].kind == aNumber || m.dayAt(toks, i+1)) {
			f.hedged = true // "hom 25 a khong 26"
		}
		if ph, end := hedgeDates.at(toks, i); ph != nil {
			f.hedged = true
			i = end
			continue
		}
		if ph, end := noDates.at(toks, i); ph != nil && (end > i+1 || len(toks) <= 3) {
			f.none = true
			i = end
			continue
		}
		i = f.bareNumber(m, i)
	}
}

func (f *dateFinds) add(d dateFind) {
	if f.skip {
		f.skip = false
		return
	}
	if f.n == len(f.list) {
		f.more = true
		return
	}
	if f.n > 0 {
		if last := &f.list[f.n-1]; last.to == d.from && last.p.kind == byFuture && d.p.kind == byWeekday {
			last.to = d.to // "mai chủ nhật" is one day, to come
			return
		}
	}
	f.list[f.n] = d
	f.n++
}

// bareNumber takes a number that is neither clock, count nor money as a day.
func (f *dateFinds) bareNumber(m *message, i int) int {
	toks := m.toks
	if personNamed(toks, i) {
		return i + 1
	}
	q, end, ok := quantityAt(toks, i)
	if !ok {
		return i + 1
	}
	r := dateReader{toks: toks, src: m.src, i: end}
	month, dated := r.month()
	if end+1 < len(toks) && thangWord.can(&toks[end]) && thisWord.can(&toks[end+1]) {
		dated = true // "mười một tháng này"
	}
	if end < len(toks) && !dated {
		u := &toks[end]
		called := selfWords.can(u) && m.endsClause(end+1) // "16 em nhé"
		if clockUnit(m.src, u) || personWords.can(u) && !called || u.is(halfWord) || unitAt(m, toks, end) {
			if end+1 < len(toks) && toks[end+1].kind == aNumber && toks[end+1].glued {
				return end + 2 // "15h30"
			}
			return end + 1
		}
	}
	if i > 0 && (clockLead.can(&toks[i-1]) || ordinalWords.can(&toks[i-1]) && !(i > 1 && timeWords.can(&toks[i-1]) && toks[i-2].kind == aNumber)) {
		return end
	}
	if q.words && q.bare && len(toks) > 3 || q.n > 9999 {
		return end
	}
	p := datePhrase{kind: byDay, day: q.n, plain: true, unsure: q.ask || q.doubt || q.confirm}
	if q.ask {
		p.days = append(p.days, q.cands[:q.ncand]...)
	}
	if dated {
		p.month = month
	}
	r.qualify(&p)
	p.plain = p.kind == byDay && p.month == 0 && !f.joined(toks, i)
	f.add(dateFind{p, i, r.i})
	return r.i
}

// joined reports that a number goes on from a day: "ngày 8 với 9".
func (f *dateFinds) joined(toks []token, i int) bool {
	if f.n == 0 || i < 2 || !dayJoins.can(&toks[i-1]) {
		return false
	}
	last := &f.list[f.n-1]
	return last.to == i-1 && last.p.kind == byDay && !last.p.plain
}

var dayJoins = words("và với cùng lẫn")

// spot is a date phrase laid on the calendar.
type spot struct {
	days    [4]time.Time
	n       int
	problem DateProblem
}

func (s *spot) put(d time.Time) {
	for _, x := range s.days[:s.n] {
		if x.Equal(d) {
			return
		}
	}
	if s.n < len(s.days) {
		s.days[s.n] = d
		s.n++
	}
}

// resolve lays a phrase on the calendar.
func (c calendar) resolve(p *datePhrase) spot {
	var s spot
	switch p.kind {
	case byOffset:
		s.put(c.today.AddDate(0, 0, p.offset))
	case byDay:
		c.resolveDay(p, &s)
	case byWeekday:
		c.resolveWeekday(p, &s)
	case byLunar:
		c.resolveLunar(p, &s)
	case byFuture:
		s.put(c.today.AddDate(0, 0, 1))
		s.problem = DateFuture
		return s
	case byLast:
		s.problem = DateBeforePeriod
		return s
	default:
		s.problem = DateVague
		return s
	}
	if p.checked && s.n == 1 && s.days[0].Weekday() != p.weekday {
		s.problem = DateVague
	}
	if s.problem == "" && s.n == 1 {
		s.problem = c.problem(s.days[0])
		if s.problem == "" && (p.unsure || p.maybeNext) {
			s.problem = DateVague
		}
	}
	return s
}

// resolveDay finds the day; without a month it is of the reporting month, with
// one and no year of the year that lies nearest.
func (c calendar) resolveDay(p *datePhrase, s *spot) {
	days := p.days
	if len(days) == 0 {
		days = []int{p.day}
	}
	for _, day := range days {
		month, year := time.Month(p.month), p.year
		if p.month == 0 {
			month, year = c.first.Month(), c.first.Year()
			if p.lastMonth {
				before := c.first.AddDate(0, -1, 0)
				month, year = before.Month(), before.Year()
			}
		} else if year == 0 {
			year = c.nearestYear(month, day)
		}
		if p.lastYear {
			year = c.first.Year() - 1
		}
		d := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		if month < 1 || month > 12 || day < 1 || d.Day() != day || d.Month() != month {
			if len(days) == 1 {
				s.problem = DateImpossible
			}
			continue
		}
		s.put(d)
	}
	if s.n > 1 {
		s.problem = DateSeveral
	} else if s.n == 0 {
		s.problem = DateImpossible
	}
}

// nearestYear is the year of a day told without one: the last such day, unless
// it lies within two months ahead, for a slip or a plan is near.
func (c calendar) nearestYear(month time.Month, day int) int {
	year := c.today.Year()
	d := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	const near = 60 * 24 * time.Hour
	switch {
	case d.Sub(c.today) > near:
		return year - 1
	case time.Date(year+1, month, day, 0, 0, 0, 0, time.UTC).Sub(c.today) <= near:
		return year + 1
	}
	return year
}

// resolveWeekday finds the last such day; weeks run Monday to Sunday.
func (c calendar) resolveWeekday(p *datePhrase, s *spot) {
	index := (int(p.weekday) + 6) % 7
	monday := c.today.AddDate(0, 0, -((int(c.today.Weekday()) + 6) % 7))
	d := monday.AddDate(0, 0, 7*p.week+index)
	switch {
	case p.weekGiven:
	case p.last:
		if !d.Before(c.today) {
			d = d.AddDate(0, 0, -7)
		}
	case d.Equal(c.today):
		s.put(d)
		d = d.AddDate(0, 0, -7)
		s.problem = DateSeveral
	case d.After(c.today):
		d = d.AddDate(0, 0, -7)
	}
	s.put(d)
}

// resolveLunar offers the solar day of the lunar one, and the same number as a
// solar day unless she said it is lunar. It is never taken without asking.
func (c calendar) resolveLunar(p *datePhrase, s *spot) {
	s.problem = DateLunar
	last := c.next.AddDate(0, 0, -1)
	if last.After(c.today) {
		last = c.today
	}
	if !p.lunarSure {
		d := time.Date(c.first.Year(), c.first.Month(), p.day, 0, 0, 0, 0, time.UTC)
		if (p.month == 0 || time.Month(p.month) == c.first.Month()) && !d.Before(c.first) && !d.After(last) {
			s.put(d)
		}
	}
	for _, d := range lunarDays(p.day, p.month, c.first, last) {
		s.put(d)
	}
	if s.n == 0 && p.month > 0 {
		for _, d := range lunarDays(p.day, p.month, c.first.AddDate(0, -2, 0), c.today) {
			s.put(d)
		}
	}
}

// reading decides between the phrases found.
func (f *dateFinds) reading(m *message, c calendar) Reading[Date] {
	if f.n == 0 {
		if f.none || !f.hedged {
			return Reading[Date]{}
		}
		return Reading[Date]{Outcome: Ask, From: m.whole(), Candidates: nil}
	}
	f.aside = !f.told && f.elsewhere(m)
	f.dropPlain()
	f.dropWeekdays(c)
	var all spot
	best := -1
	strength := 0
	for i := range f.list[:f.n] {
		d := &f.list[i]
		s := c.resolve(&d.p)
		k := rank(&d.p, s.problem)
		switch {
		case k > strength:
			best, strength, all = i, k, s
		case k == strength && k == rankExact:
			for _, x := range s.days[:s.n] {
				all.put(x)
			}
			if s.problem != "" && all.problem == "" {
				all.problem = s.problem
			}
		}
	}
	return f.answer(m, c, all, best)
}

// dropWeekdays leaves out a weekday that only repeats a full date: "thứ 5 ngày
// 19".
func (f *dateFinds) dropWeekdays(c calendar) {
	k := 0
	for i := range f.list[:f.n] {
		w := f.list[i]
		repeats := false
		for j := range f.list[:f.n] {
			if d := &f.list[j].p; w.p.kind == byWeekday && (d.kind == byDay && !d.plain || d.kind == byOffset) {
				s := c.resolve(d)
				repeats = repeats || s.n == 1 && s.days[0].Weekday() == w.p.weekday
			}
		}
		if !repeats {
			f.list[k] = w
			k++
		}
	}
	f.n = k
}

// answer turns the strongest spot into a reading.
func (f *dateFinds) answer(m *message, c calendar, s spot, best int) Reading[Date] {
	r := Reading[Date]{From: m.from(m.toks, f.list[best].from, f.list[best].to)}
	if s.n == 1 && s.problem == "" && !f.hedged && !f.more && !f.none && !f.aside {
		r.Outcome, r.Value = Value, Date{Day: s.days[0]}
		r.Confirm = f.list[best].p.unsure
		return r
	}
	r.Outcome = Ask
	if s.n > 1 && s.problem != DateLunar {
		s.problem = DateSeveral
	}
	for _, d := range s.days[:s.n] {
		problem := s.problem
		if problem == "" {
			problem = DateVague
		}
		if problem == DateSeveral || problem == DateVague {
			if p := c.problem(d); p != "" {
				problem = p
			}
		}
		r.Candidates = append(r.Candidates, Date{Day: d, Problem: problem})
	}
	if s.n == 0 {
		r.Candidates = []Date{{Problem: s.problem}}
	}
	return r
}

const (
	rankVague = iota + 1
	rankFuture
	rankLunar
	rankExact
)

// rank orders phrases: "đầu tháng, hôm 3" is the 3rd, and a day that was comes
// before a day to come.
func rank(p *datePhrase, problem DateProblem) int {
	switch p.kind {
	case byDay, byOffset, byWeekday:
		return rankExact
	case byLunar:
		return rankLunar
	case byFuture:
		return rankFuture
	}
	return rankVague
}

// dropPlain leaves bare numbers out when a fuller date stands beside them, and
// months standing alone.
func (f *dateFinds) dropPlain() {
	full := false
	for _, d := range f.list[:f.n] {
		full = full || !d.p.plain && rank(&d.p, "") >= rankLunar
	}
	if !full {
		return
	}
	k := 0
	for _, d := range f.list[:f.n] {
		if !d.p.plain {
			f.list[k] = d
			k++
		}
	}
	f.n = k
}
