package bot

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"chihoi/flows"
)

// Calendar is the parsed calendar of the settings (domain.md 8). Its lines name days of the
// month; what falls on a day off is moved (shift.go).
type Calendar struct {
	slots []slot
	open  cron.Schedule
	due   cron.Schedule
	lock  cron.Schedule
	quiet *flows.Quiet
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
// line that is wrong: no cron expression, one that never comes, one that belongs to the
// period and does not come once in every month, or one that sends at a quiet hour.
func ParseCalendar(settings *flows.Settings) (*Calendar, error) {
	c := settings.Calendar
	cal := &Calendar{quiet: &settings.Quiet}
	var wrong CalendarErrors
	read := func(line, spec string, monthly bool) cron.Schedule {
		s, err := parseCron(spec)
		if err == nil && monthly {
			err = onceAMonth(s)
		}
		if err == nil && line != "due" && line != "lock" {
			err = cal.atQuietHour(s)
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

// atQuietHour refuses what would send when nobody is written to.
func (c *Calendar) atQuietHour(s cron.Schedule) error {
	t := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 24 {
		if t = s.Next(t); !t.IsZero() && c.quiet.QuietHour(t) {
			return fmt.Errorf("lies in quiet.hours %v", c.quiet.Hours)
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
