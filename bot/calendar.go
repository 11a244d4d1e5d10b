package bot

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"chihoi/flows"
	"chihoi/flows/org"
)

// Calendar is the parsed calendar of the settings (domain.md 8). Its lines name days of the
// month; what falls on a day off is moved (shift.go). That of all communes knows those of
// the communes that have their own.
type Calendar struct {
	commune org.CommuneID // whose own it is; "" for that of all
	own     map[org.CommuneID]*Calendar

	slots []slot
	open  cron.Schedule
	due   cron.Schedule
	late  cron.Schedule
	lock  cron.Schedule
	quiet *flows.Quiet
}

// slot is one line of the calendar: what to do, when, and how late it is still of use.
type slot struct {
	name string // "remind/2", "remind/2@binh-minh" of a commune's own calendar; the key of what has run
	kind flows.JobKind
	step int
	at   cron.Schedule
	use  time.Duration
	wait time.Duration // how long after its time it is done
}

// CalendarErrors are all the lines of a calendar that are wrong.
type CalendarErrors []CalendarError

// CalendarError is one wrong line; Line is its place in the settings: "calendar.remind[1]".
type CalendarError struct {
	Line string
	Err  error
}

// Error lists them, each with its line.
func (e CalendarErrors) Error() string {
	var lines []string
	for _, l := range e {
		lines = append(lines, fmt.Sprintf("%s: %v", l.Line, l.Err))
	}
	return strings.Join(lines, "; ")
}

// maxReminders is how many reminders a period has (domain.md 8).
const maxReminders = 3

// ParseCalendar reads the cron expressions, those of all communes and of single ones. Its
// error is a CalendarErrors and names every line that is wrong: no cron expression, one that
// never comes, one that belongs to the period and does not come once in every month, or one
// that sends at a quiet hour.
func ParseCalendar(settings *flows.Settings) (*Calendar, error) {
	r := calendarReader{cal: &Calendar{quiet: &settings.Quiet, own: map[org.CommuneID]*Calendar{}}}
	r.read(settings.Calendar)
	wrong := r.wrong
	for _, c := range slices.Sorted(maps.Keys(settings.Communes)) {
		own := calendarReader{cal: &Calendar{quiet: settings.QuietOf(c), commune: c}}
		own.read(settings.CalendarOf(c))
		for _, w := range own.wrong { // a line of all that is wrong is told once
			if !slices.ContainsFunc(r.wrong, func(e CalendarError) bool {
				return own.cal.place()+strings.TrimPrefix(e.Line, r.cal.place()) == w.Line && e.Err.Error() == w.Err.Error()
			}) {
				wrong = append(wrong, w)
			}
		}
		r.cal.own[c] = own.cal
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return r.cal, nil
}

// Of is the calendar of a commune.
func (c *Calendar) Of(commune org.CommuneID) *Calendar {
	if own := c.own[commune]; own != nil {
		return own
	}
	return c
}

// each lists the calendar of all communes, then those of single ones.
func (c *Calendar) each() []*Calendar {
	list := []*Calendar{c}
	for _, commune := range slices.Sorted(maps.Keys(c.own)) {
		list = append(list, c.own[commune])
	}
	return list
}

// serves picks the communes that a calendar is for.
func (c *Calendar) serves(all *Calendar, communes []org.Commune) []org.Commune {
	return slices.DeleteFunc(communes, func(o org.Commune) bool { return all.Of(o.ID) != c })
}

// calendarReader reads the lines of one calendar.
type calendarReader struct {
	cal   *Calendar
	wrong CalendarErrors
}

// line reads one cron expression; monthly ones belong to the period.
func (r *calendarReader) line(name, spec string, monthly bool) cron.Schedule {
	s, err := parseCron(spec)
	if err == nil && monthly {
		err = onceAMonth(s)
	}
	if err == nil && name != "due" && name != "lock" {
		err = errors.Join(r.cal.atQuietHour(s), onceADay(s))
	}
	if err != nil {
		r.wrong = append(r.wrong, CalendarError{r.cal.place() + name, fmt.Errorf("%q: %w", spec, err)})
	}
	return s
}

func (r *calendarReader) add(name string, s cron.Schedule, kind flows.JobKind, step int, use, wait time.Duration) {
	if r.cal.commune != "" {
		name += "@" + string(r.cal.commune)
	}
	r.cal.slots = append(r.cal.slots, slot{name: name, kind: kind, step: step, at: s, use: use, wait: wait})
}

// read reads all lines.
func (r *calendarReader) read(c flows.Calendar) {
	cal := r.cal
	cal.open = r.line("open", c.Open, true)
	r.add("open", cal.open, flows.JobOpen, 0, 8*day, 0)
	for i, spec := range c.Remind {
		r.add(fmt.Sprintf("remind/%d", i+1), r.line(fmt.Sprintf("remind[%d]", i), spec, false), flows.JobRemind, i+1, day, 0)
	}
	if len(c.Remind) > maxReminders {
		r.wrong = append(r.wrong, CalendarError{r.cal.place() + "remind", fmt.Errorf("có %d dòng, mỗi kỳ nhắc nhiều nhất %d lần", len(c.Remind), maxReminders)})
	}
	cal.due = r.line("due", c.Due, true)
	cal.late = r.line("late_list", c.LateList, true)
	r.add("late_list", cal.late, flows.JobLateList, 0, 7*day, 0)
	cal.lock = r.line("lock", c.Lock, true)
	// A period is open to the end of its last minute.
	r.add("lock", cal.lock, flows.JobLock, 0, 365*day, time.Minute)
	r.add("summary", r.line("summary", c.Summary, false), flows.JobSummary, 0, 7*day, 0)
	digest := r.line("digest", c.Digest, false)
	r.add("digest", digest, flows.JobDigest, 0, 2*day, 0)
	if cal.commune == "" {
		r.add("province", digest, flows.JobProvince, 0, 2*day, 0)
	}
}

// onceAMonth refuses what would open, end or lock some month's period never or twice.
func onceAMonth(s cron.Schedule) error {
	for month := range 12 {
		first := time.Date(2026, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC)
		at := s.Next(first.Add(-time.Second))
		if !at.Before(first.AddDate(0, 1, 0)) {
			return fmt.Errorf("mỗi tháng phải có đúng một lần, mà tháng %d không có", month+1)
		}
		if s.Next(at).Before(first.AddDate(0, 1, 0)) {
			return errors.New("mỗi tháng phải có đúng một lần, mà có nhiều lần")
		}
	}
	return nil
}

// onceADay refuses what would write to the same people several times a day (domain.md 8).
func onceADay(s cron.Schedule) error {
	t := s.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	for range 31 {
		next := s.Next(t)
		if !next.IsZero() && next.Sub(t) < day {
			return errors.New("nhiều hơn một lần một ngày")
		}
		t = next
	}
	return nil
}

// atQuietHour refuses what would send when nobody is written to.
func (c *Calendar) atQuietHour(s cron.Schedule) error {
	t := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 24 {
		if t = s.Next(t); !t.IsZero() && c.quiet.QuietHour(t) {
			return fmt.Errorf("rơi vào giờ yên lặng quiet.hours %v", c.quiet.Hours)
		}
	}
	return nil
}

// cronFields are the fields of a cron expression, and what each may hold.
var cronFields = [...]struct{ name, span string }{{"phút", "0-59"}, {"giờ", "0-23"}, {"ngày", "1-31"}, {"tháng", "1-12"}, {"thứ", "0-6, 0 là Chủ nhật"}}

// wrongField says which of the fields of a cron expression can't be read: the first that
// can't beside others that can.
func wrongField(fields []string) error {
	for i, f := range fields {
		if len(fields) != len(cronFields) {
			break
		}
		alone := []string{"*", "*", "*", "*", "*"}
		alone[i] = f
		if _, err := cron.ParseStandard(strings.Join(alone, " ")); err != nil {
			return fmt.Errorf("%s %q không đúng (%s)", cronFields[i].name, f, cronFields[i].span)
		}
	}
	return errors.New("phải có năm mục: phút giờ ngày tháng thứ")
}

// parseCron reads five fields. It guards against what the parser lets through: a panic on a
// malformed zone, and dates that never come (31 February).
func parseCron(spec string) (s cron.Schedule, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = wrongField(nil)
		}
	}()
	s, err = cron.ParseStandard(spec)
	if err != nil {
		return nil, wrongField(strings.Fields(spec))
	}
	if s.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, errors.New("không bao giờ có ngày này")
	}
	return s, nil
}
