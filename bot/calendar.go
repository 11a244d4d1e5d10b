package bot

import (
	"fmt"
	"slices"
	"strings"
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

// CalendarErrors are all the lines of a calendar that are wrong.
type CalendarErrors []CalendarError

// CalendarError is one wrong line; Line is its place in the settings: "remind[1]".
type CalendarError struct {
	Line string
	Err  error
}

// Error lists them, each with its line.
func (e CalendarErrors) Error() string {
	var lines []string
	for _, l := range e {
		lines = append(lines, fmt.Sprintf("calendar.%s: %v", l.Line, l.Err))
	}
	return strings.Join(lines, "; ")
}

// maxReminders is how many reminders a period has (domain.md 8).
const maxReminders = 3

// ParseCalendar reads the cron expressions. Its error is a CalendarErrors and names every
// line that is wrong: no cron expression, one that never comes, or one that belongs to the
// period and does not come once in every month.
func ParseCalendar(c flows.Calendar) (*Calendar, error) {
	cal := &Calendar{}
	var wrong CalendarErrors
	read := func(line, spec string, monthly bool) cron.Schedule {
		s, err := parseCron(spec)
		if err == nil && monthly {
			err = onceAMonth(s)
		}
		if err != nil {
			wrong = append(wrong, CalendarError{line, fmt.Errorf("%q: %w", spec, err)})
		}
		return s
	}
	const day = 24 * time.Hour
	add := func(name string, s cron.Schedule, kind flows.JobKind, step int, use, wait time.Duration) {
		cal.slots = append(cal.slots, slot{name: name, kind: kind, step: step, at: s, use: use, wait: wait})
	}
	cal.open = read("open", c.Open, true)
	add("open", cal.open, flows.JobOpen, 0, 8*day, 0)
	for i, spec := range c.Remind {
		add(fmt.Sprintf("remind/%d", i+1), read(fmt.Sprintf("remind[%d]", i), spec, false), flows.JobRemind, i+1, day, 0)
	}
	if len(c.Remind) > maxReminders {
		wrong = append(wrong, CalendarError{"remind", fmt.Errorf("has %d lines, a period has at most %d reminders", len(c.Remind), maxReminders)})
	}
	cal.due = read("due", c.Due, true)
	add("late_list", read("late_list", c.LateList, true), flows.JobLateList, 0, 7*day, 0)
	cal.lock = read("lock", c.Lock, true)
	// A period is open to the end of its last minute.
	add("lock", cal.lock, flows.JobLock, 0, 365*day, time.Minute)
	read("digest", c.Digest, false)
	read("summary", c.Summary, false)
	if len(wrong) > 0 {
		return nil, wrong
	}
	return cal, nil
}

// onceAMonth refuses what would open, end or lock some month's period never or twice.
func onceAMonth(s cron.Schedule) error {
	for month := range 12 {
		first := time.Date(2026, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC)
		at := s.Next(first.Add(-time.Second))
		if !at.Before(first.AddDate(0, 1, 0)) {
			return fmt.Errorf("must come once in every month, but does not come in month %d", month+1)
		}
		if s.Next(at).Before(first.AddDate(0, 1, 0)) {
			return fmt.Errorf("must come once in every month, but comes more often")
		}
	}
	return nil
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

// Between lists the moments after from and before to at which a line of the calendar is
// due, in order, each once.
func (c *Calendar) Between(from, to time.Time) (list []time.Time) {
	for _, s := range c.slots {
		for t := s.at.Next(from); !t.IsZero(); t = s.at.Next(t) {
			due := t.Add(s.wait)
			if !due.Before(to) {
				break
			}
			list = append(list, due)
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return slices.CompactFunc(list, time.Time.Equal)
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
