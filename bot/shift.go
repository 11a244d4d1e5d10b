package bot

import (
	"fmt"
	"slices"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
)

// leastDays is on how many days that are not off a period takes reports at least, if the
// days off are to blame for fewer.
const leastDays = 3

// terms are when a month's period opens, is due and locks by the lines of the calendar,
// wherever that falls.
func (c *Calendar) terms(m org.Month, zone *time.Location) (opens, due, locks time.Time) {
	opens = c.open.Next(m.First(zone).Add(-time.Second))
	due = c.due.Next(opens)
	return opens, due, c.lock.Next(due)
}

// Times are when a month's period opens by the calendar, is due and locks. None of them is
// on a day off: each moves to the next day that is not (domain.md 8), and the due date so
// far that there are leastDays to answer. Due and lock are the last second of their minute:
// "23:59" means to the end of the day.
func (c *Calendar) Times(m org.Month, zone *time.Location) (opens, due, locks time.Time) {
	opens0, due0, locks0 := c.terms(m, zone)
	opens, due, locks = c.quiet.WorkingDay(opens0), c.quiet.WorkingDay(due0), c.quiet.WorkingDay(locks0)
	least := min(leastDays, days(opens0, due0)+1)
	for last, n := opens, 1; n <= least; n++ {
		if day := onDay(due, last); day.After(due) {
			due = day
		}
		last = c.quiet.WorkingDay(last.AddDate(0, 0, 1))
	}
	if !locks.After(due) {
		locks = c.quiet.WorkingDay(onDay(locks, due.AddDate(0, 0, 1)))
	}
	return opens, due.Add(59 * time.Second), locks.Add(59 * time.Second)
}

// Moved says for what a month's due date is another than the calendar's, "" when it is not.
func (c *Calendar) Moved(m org.Month, zone *time.Location) string {
	opens, due0, _ := c.terms(m, zone)
	if _, due, _ := c.Times(m, zone); days(due0, due) == 0 {
		return ""
	}
	why := ""
	for t := opens; why == "" && days(t, due0) >= 0; t = t.AddDate(0, 0, 1) {
		why = c.quiet.Off(t)
	}
	return why
}

// Check refuses lines that contradict each other: a list of the missing before the due date,
// a lock that misses its month, a period that by the days off, in the years of the
// lunar table, would still be running then. Its error is a CalendarErrors.
func (c *Calendar) Check(zone *time.Location) error {
	var wrong CalendarErrors
	for _, cal := range c.each() {
		if w, ok := cal.contradiction(zone); ok {
			wrong = append(wrong, w)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return wrong
}

// mostLate is for how many days at most a period takes late reports. A lock named for the day
// of the due date or one before it comes a month later, which nobody means.
const mostLate = 27

// contradiction is the first that there is in one calendar.
func (c *Calendar) contradiction(zone *time.Location) (CalendarError, bool) {
	wrong := func(line, format string, args ...any) (CalendarError, bool) {
		return CalendarError{c.place() + line, fmt.Errorf(format, args...)}, true
	}
	for m := org.Month("2026-01"); m <= "2026-12"; m = m.Add(1) {
		opens, due, locks := c.terms(m, zone)
		if late := c.late.Next(opens); late.Before(due) {
			return wrong("late_list", "đến vào %s, trước khi kỳ %s hết hạn (%s)", org.Date(late), m, org.Date(due))
		}
		if days(due, locks) > mostLate {
			return wrong("lock", "sau hạn %s thì đến %s mới tới: kỳ phải khóa trong %d ngày sau hạn", org.Date(due), org.Date(locks), mostLate)
		}
	}
	for m := org.Month("2026-01"); m < "2050-12"; m = m.Add(1) {
		_, due, _ := c.Times(m, zone)
		if opens, _, _ := c.Times(m.Add(1), zone); !due.Before(opens) {
			return wrong("due", "tránh ngày nghỉ thì hạn kỳ %s lùi đến %s, khi kỳ sau đã mở: hạn đặt muộn quá, hoặc nhiều ngày nghỉ quá", m, org.Date(due))
		}
	}
	return CalendarError{}, false
}

// place is where the settings have this calendar.
func (c *Calendar) place() string {
	if c.commune == "" {
		return "calendar."
	}
	return "communes." + string(c.commune) + ".calendar."
}

// days counts the days from the date of a to that of b.
func days(a, b time.Time) int {
	date := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(date(b).Sub(date(a)) / day)
}

// onDay is the time of day of clock on the date of t.
func onDay(clock, t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, clock.Hour(), clock.Minute(), clock.Second(), 0, t.Location())
}

// periodAt is the month whose period is the present one by the calendar at t.
func (c *Calendar) periodAt(t time.Time) org.Month {
	m := org.MonthOf(t)
	if opens, _, _ := c.terms(m, t.Location()); t.Before(opens) {
		return m.Add(-1)
	}
	return m
}

// at is when the slot that the calendar names at t is done: out of the days off, what comes
// with or after the due date as much later as that, and the lock when the period locks.
func (c *Calendar) at(s slot, t time.Time) time.Time {
	switch s.kind {
	case flows.JobLock:
		if m := c.lockedAt(t); m != "" {
			_, _, locks := c.Times(m, t.Location())
			return locks.Truncate(time.Minute).Add(s.wait)
		}
	case flows.JobRemind, flows.JobLateList, flows.JobSummary:
		m := c.periodAt(t)
		_, due0, _ := c.terms(m, t.Location())
		if _, due, _ := c.Times(m, t.Location()); days(due0, t) >= 0 {
			t = t.AddDate(0, 0, days(due0, due))
		}
	}
	return c.quiet.WorkingDay(t).Add(s.wait)
}

// Send is one thing the calendar does: for which commune, "" for all that have no calendar
// of their own, when its line names it, and when it is done.
type Send struct {
	Commune   org.CommuneID
	Kind      flows.JobKind
	Step      int
	Named, At time.Time
}

// Sends lists what the calendar does after from and before to, in order, in the communes
// with a calendar of their own too.
func (c *Calendar) Sends(from, to time.Time) (list []Send) {
	for _, cal := range c.each() {
		for _, s := range cal.slots {
			for t := s.at.Next(from.AddDate(0, -2, 0)); !t.IsZero() && t.Before(to); t = s.at.Next(t) {
				if at := cal.at(s, t); at.After(from) && at.Before(to) {
					list = append(list, Send{cal.commune, s.kind, s.step, t, at})
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Send) int { return a.At.Compare(b.At) })
	return list
}

// Between lists the moments after from and before to at which a line of the calendar is
// due, in order, each once.
func (c *Calendar) Between(from, to time.Time) (list []time.Time) {
	for _, s := range c.Sends(from, to) {
		list = append(list, s.At)
	}
	return slices.CompactFunc(list, time.Time.Equal)
}

// lockedAt is the month whose period locks, by the line of the calendar, in the minute that
// begins at t, also when the next one has opened since; "" when there is none.
func (c *Calendar) lockedAt(t time.Time) org.Month {
	for back := range 3 {
		m := org.MonthOf(t).Add(-back)
		if _, _, locks := c.terms(m, t.Location()); locks.Equal(t) {
			return m
		}
	}
	return ""
}

// last is the latest slot whose time has come: named is when the calendar names it, by which
// it is known however the days off are changed, and at when it is done. Both are zero when
// there is none within two months.
func (c *Calendar) last(s slot, now time.Time) (named, at time.Time) {
	for t := s.at.Next(now.AddDate(0, -2, 0)); !t.IsZero() && !t.After(now); t = s.at.Next(t) {
		if done := c.at(s, t); !done.After(now) {
			named, at = t, done
		}
	}
	return named, at
}
