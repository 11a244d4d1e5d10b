package bot

import (
	"fmt"
	"time"

	"github.com/robfig/cron/v3"

	"chihoi/flows"
	"chihoi/flows/org"
)

// Calendar is the parsed calendar of the settings (domain.md 8).
type Calendar struct {
	slots []slot
	open  cron.Schedule
	due   cron.Schedule
	lock  cron.Schedule
}

// slot is one line of the calendar: what to do, when, and how late it is still of use.
type slot struct {
	name string // "remind/2"; the key of what has run
	kind flows.JobKind
	step int
	at   cron.Schedule
	use  time.Duration
	wait time.Duration // how long after its time it is done
}

// ParseCalendar reads the cron expressions; an error names the line that is wrong. An
// expression that never comes up is an error too.
func ParseCalendar(c flows.Calendar) (*Calendar, error) {
	cal := &Calendar{}
	add := func(name, spec string, kind flows.JobKind, step int, use time.Duration) (cron.Schedule, error) {
		s, err := parseCron(spec)
		if err != nil {
			return nil, fmt.Errorf("calendar.%s %q: %w", name, spec, err)
		}
		if kind != "" {
			cal.slots = append(cal.slots, slot{name: name, kind: kind, step: step, at: s, use: use})
		}
		return s, nil
	}
	var err error
	if cal.open, err = add("open", c.Open, flows.JobOpen, 0, 8*24*time.Hour); err != nil {
		return nil, err
	}
	for i, spec := range c.Remind {
		if _, err = add(fmt.Sprintf("remind/%d", i+1), spec, flows.JobRemind, i+1, 24*time.Hour); err != nil {
			return nil, err
		}
	}
	if cal.due, err = add("due", c.Due, "", 0, 0); err != nil {
		return nil, err
	}
	if _, err = add("late_list", c.LateList, flows.JobLateList, 0, 7*24*time.Hour); err != nil {
		return nil, err
	}
	if cal.lock, err = add("lock", c.Lock, flows.JobLock, 0, 365*24*time.Hour); err != nil {
		return nil, err
	}
	// A period is open to the end of its last minute.
	cal.slots[len(cal.slots)-1].wait = time.Minute
	return cal, nil
}

// parseCron reads five fields. It guards against what the parser lets through: a panic on a
// malformed zone, and dates that never come (31 February).
func parseCron(spec string) (s cron.Schedule, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("not a cron expression")
		}
	}()
	s, err = cron.ParseStandard(spec)
	if err != nil {
		return nil, err
	}
	if s.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("this date never comes")
	}
	return s, nil
}

// Times are when a month's period opens by the calendar, is due and locks. Due and lock
// are the last second of their minute: "23:59" means to the end of the day.
func (c *Calendar) Times(m org.Month, zone *time.Location) (opens, due, locks time.Time) {
	opens = c.open.Next(m.First(zone).Add(-time.Second))
	due = c.due.Next(opens)
	locks = c.lock.Next(due)
	return opens, due.Add(59 * time.Second), locks.Add(59 * time.Second)
}

// lockedAt is the month whose period locks in the minute that begins at t, also when the
// next one has opened since; "" when there is none.
func (c *Calendar) lockedAt(t time.Time) org.Month {
	for back := range 3 {
		m := org.MonthOf(t).Add(-back)
		if _, _, locks := c.Times(m, t.Location()); locks.Truncate(time.Minute).Equal(t) {
			return m
		}
	}
	return ""
}

// last is the latest slot that is not after now; zero when there is none within two months.
func (s slot) last(now time.Time) (at time.Time) {
	now = now.Add(-s.wait)
	for t := s.at.Next(now.AddDate(0, -2, 0)); !t.IsZero() && !t.After(now); t = s.at.Next(t) {
		at = t
	}
	return at
}
