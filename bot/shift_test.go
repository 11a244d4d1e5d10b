package bot_test

import (
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
)

func calendarOf(t *testing.T, s *flows.Settings) *bot.Calendar {
	t.Helper()
	cal, err := bot.ParseCalendar(s)
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// In every month to 2050 a period opens, is due and locks in this order, on days that are
// not off, at the times of the calendar, with three days to answer, before the next opens.
func TestPeriodsAroundTet(t *testing.T) {
	s := flows.DefaultSettings()
	cal := calendarOf(t, s)
	moved := 0
	for m := org.Month("2026-01"); m < "2050-12"; m = m.Add(1) {
		opens, due, locks := cal.Times(m, bottest.Zone)
		next, _, _ := cal.Times(m.Add(1), bottest.Zone)
		if !opens.Before(due) || !due.Before(locks) || !due.Before(next) {
			t.Errorf("%s: %v %v %v, next %v", m, opens, due, locks, next)
		}
		if c := opens.Format("15:04:05 ") + due.Format("15:04:05 ") + locks.Format("15:04:05"); c != "08:00:00 23:59:59 23:59:59" {
			t.Errorf("%s: %s", m, c)
		}
		for _, d := range []time.Time{opens, due, locks} {
			if why := s.Quiet.Off(d); why != "" {
				t.Errorf("%s: %s is off: %s", m, d, why)
			}
		}
		free := 0
		for d := opens; d.Before(due); d = d.AddDate(0, 0, 1) {
			if s.Quiet.Off(d) == "" {
				free++
			}
		}
		if free < 3 {
			t.Errorf("%s: %d days to answer, %v to %v", m, free, opens, due)
		}
		if why := cal.Moved(m, bottest.Zone); why != "" {
			moved++
			if why != "Tết" || due.Day() == 3 || m.Number() != 1 {
				t.Errorf("%s: due %v moved for %q", m, due, why)
			}
		} else if due.Day() != 3 {
			t.Errorf("%s: due %v, and nobody says why", m, due)
		}
	}
	if moved == 0 {
		t.Error("no due date ever moved")
	}
	if err := cal.Check(bottest.Zone); err != nil {
		t.Error(err)
	}
}

func TestShiftedDates(t *testing.T) {
	for _, c := range []struct {
		daysOff []string
		month   org.Month
		want    string
	}{
		{nil, "2026-11", "25/11 3/12 20/12 "},
		{nil, "2027-01", "25/1 12/2 20/2 Tết"},
		{nil, "2028-01", "1/2 3/2 20/2 "}, // opens after Tết, three days left
		{nil, "2036-01", "3/2 5/2 20/2 Tết"},
		{nil, "2034-01", "25/1 3/2 25/2 "}, // Tết over the lock
		{[]string{"3/12"}, "2026-11", "25/11 4/12 20/12 ngày nghỉ"},
		{[]string{"25/11", "20/12"}, "2026-11", "26/11 3/12 21/12 "},
	} {
		s := flows.DefaultSettings()
		s.Quiet.DaysOff = c.daysOff
		cal := calendarOf(t, s)
		opens, due, locks := cal.Times(c.month, bottest.Zone)
		if got := strings.Join([]string{org.Day(opens), org.Day(due), org.Day(locks), cal.Moved(c.month, bottest.Zone)}, " "); got != c.want {
			t.Errorf("%s, off %v: %s, want %s", c.month, c.daysOff, got, c.want)
		}
	}
}

// Whatever the calendar does comes on no day off and at no quiet hour, for all years of the
// lunar table.
func TestNothingIsDueAtAQuietTime(t *testing.T) {
	s := flows.DefaultSettings()
	s.Quiet.DaysOff = []string{"30/4", "1/5", "2/9", "28/6"}
	cal := calendarOf(t, s)
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, bottest.Zone)
	list := cal.Between(from, from.AddDate(25, 0, 0))
	if len(list) < 25*12*5 {
		t.Fatalf("%d moments", len(list))
	}
	for _, at := range list {
		lock := at.Hour() == 0 && at.Minute() == 0 // sends nothing
		if !lock && !s.Quiet.Until(at).Equal(at) {
			t.Errorf("%s is quiet until %s", at, s.Quiet.Until(at))
		}
	}
}
