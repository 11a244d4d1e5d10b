package flows

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// Quiet says when nobody is written to without asking (domain.md 8). Replies and calls for
// help about violence always pass.
type Quiet struct {
	// Hours are parts of the day, "20:30-07:00"; the first minute is quiet, the last is not.
	Hours []string `yaml:"hours"`
	// TetFrom and TetTo are the days around Tết by the lunar calendar: from this day of
	// tháng Chạp to this one of tháng Giêng, both quiet. Both 0: Tết is a day like others.
	TetFrom int `yaml:"tet_from"`
	TetTo   int `yaml:"tet_to"`
	// DaysOff are days of this place: "2027-04-30", or "30/4" for every year.
	DaysOff []string `yaml:"days_off"`
	// Spread is over how many minutes after a quiet time what was held goes out.
	Spread int `yaml:"spread"`
}

// Why a day is off, in the words of a message.
const (
	offTet   = "Tết"
	offLocal = "ngày nghỉ"
)

// Off says why nobody is written to on the day of t, "" on other days.
func (q *Quiet) Off(t time.Time) string {
	if q.TetFrom > 0 {
		day, month, last := viet.Lunar(t)
		if last && day >= q.TetFrom || month == 1 && day <= q.TetTo {
			return offTet
		}
	}
	for _, d := range q.DaysOff {
		if d == t.Format(time.DateOnly) || d == t.Format("2/1") {
			return offLocal
		}
	}
	return ""
}

// maxDaysOff is how many days in a row may be off: a period has less than four weeks to its
// lock, and must not close before it could be answered.
const maxDaysOff = 14

// WorkingDay moves t to the same time of the first day from then on that is not off.
func (q *Quiet) WorkingDay(t time.Time) time.Time {
	for range 2 * maxDaysOff { // settings that were checked end long before
		if q.Off(t) == "" {
			break
		}
		t = t.AddDate(0, 0, 1)
	}
	return t
}

// Until is when somebody may be written to without asking: t itself, or the end of the
// quiet time that t lies in.
func (q *Quiet) Until(t time.Time) time.Time {
	for range 4 * maxDaysOff {
		y, m, d := t.Date()
		next := t
		if q.Off(t) != "" {
			next = time.Date(y, m, d+1, 0, 0, 0, 0, t.Location())
		} else {
			for _, h := range q.Hours {
				next = later(next, quietUntil(h, t))
			}
		}
		if !next.After(t) {
			return t
		}
		t = next
	}
	return t
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// QuietHour reports whether t lies in a quiet part of the day, whatever the day.
func (q *Quiet) QuietHour(t time.Time) bool {
	return slices.ContainsFunc(q.Hours, func(h string) bool { return quietUntil(h, t).After(t) })
}

// quietUntil is the end of one quiet part of the day, if t lies in it; else t.
func quietUntil(hours string, t time.Time) time.Time {
	from, to, err := quietHours(hours)
	if err != nil {
		return t
	}
	y, m, d := t.Date()
	at := func(day int, minute int) time.Time {
		return time.Date(y, m, d+day, minute/60, minute%60, 0, 0, t.Location())
	}
	now := t.Hour()*60 + t.Minute()
	switch {
	case from < to && now >= from && now < to, from > to && now < to:
		return at(0, to)
	case from > to && now >= from:
		return at(1, to)
	}
	return t
}

// quietHours reads "20:30-07:00" as minutes of the day.
func quietHours(s string) (from, to int, err error) {
	a, b, ok := strings.Cut(s, "-")
	t1, err1 := time.Parse("15:04", strings.TrimSpace(a))
	t2, err2 := time.Parse("15:04", strings.TrimSpace(b))
	if !ok || err1 != nil || err2 != nil || t1.Equal(t2) {
		return 0, 0, fmt.Errorf("%q: viết như 20:30-07:00", s)
	}
	return t1.Hour()*60 + t1.Minute(), t2.Hour()*60 + t2.Minute(), nil
}

// checkQuiet lists what is wrong with the quiet times, those of all and the days off of
// single communes. How many days are off in a row is counted over what is right by itself.
func (s *Settings) checkQuiet(note func(path, format string, args ...any)) {
	right := true
	wrong := func(path, format string, args ...any) {
		right = false
		note(path, format, args...)
	}
	s.Quiet.check(wrong)
	checkDates("quiet.days_off", s.Quiet.DaysOff, nil, wrong)
	if right {
		s.Quiet.checkDays("quiet.days_off", wrong)
	}
	for _, c := range slices.Sorted(maps.Keys(s.Communes)) {
		own, path, before := s.Communes[c].DaysOff, "communes."+string(c)+".days_off", right
		checkDates(path, own, s.Quiet.DaysOff, wrong)
		if len(own) > 0 && before && right {
			s.QuietOf(c).checkDays(path, wrong)
		}
	}
}

// checkDates lists what is no date in a list of days off, and what is there already.
func checkDates(path string, list, already []string, wrong func(path, format string, args ...any)) {
	for i, d := range list {
		_, once := time.Parse(time.DateOnly, d)
		_, yearly := time.Parse("2/1/2006", d+"/2028") // a leap year: 29/2 is a date
		switch at := fmt.Sprintf("%s[%d]", path, i); {
		case once != nil && yearly != nil:
			wrong(at, "%q không phải ngày: viết 2027-04-30, hoặc 30/4 cho mọi năm", d)
		case slices.Contains(list[:i], d):
			wrong(at, "%q có hai lần", d)
		case slices.Contains(already, d):
			wrong(at, "%q đã là ngày nghỉ chung (quiet.days_off)", d)
		}
	}
}

// check lists what is wrong with the hours and with Tết.
func (q *Quiet) check(wrong func(path, format string, args ...any)) {
	var quiet [24 * 60]bool
	for i, h := range q.Hours {
		from, to, err := quietHours(h)
		if err != nil {
			wrong(fmt.Sprintf("quiet.hours[%d]", i), "%v", err)
			continue
		}
		for m := from; m != to; m = (m + 1) % len(quiet) {
			quiet[m] = true
		}
	}
	if awake := 24*60 - count(quiet[:]); awake < 4*60 {
		wrong("quiet.hours", "mỗi ngày chỉ còn %d phút được nhắn, phải còn ít nhất bốn giờ", awake)
	}
	switch {
	case q.TetFrom == 0 && q.TetTo == 0:
	case q.TetFrom < 20 || q.TetFrom > 30:
		wrong("quiet.tet_from", "%d: phải từ 20 đến 30 (tháng Chạp); không nghỉ Tết thì tet_from và tet_to đều là 0", q.TetFrom)
	case q.TetTo < 1 || q.TetTo > 15:
		wrong("quiet.tet_to", "%d: phải từ 1 đến 15 (tháng Giêng)", q.TetTo)
	}
	if q.Spread < 0 || q.Spread > 120 {
		wrong("quiet.spread", "%d: phải từ 0 đến 120 phút", q.Spread)
	}
}

// checkDays refuses so many days off in a row that a period could not be answered.
func (q *Quiet) checkDays(path string, wrong func(path, format string, args ...any)) {
	run := 0
	for t := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC); t.Year() <= 2050; t = t.AddDate(0, 0, 1) {
		if run++; q.Off(t) == "" {
			run = 0
		}
		if run > maxDaysOff {
			wrong(path, "nghỉ liền hơn %d ngày, đến %s", maxDaysOff, org.Date(t))
			return
		}
	}
}

func count(list []bool) (n int) {
	for _, b := range list {
		if b {
			n++
		}
	}
	return n
}
