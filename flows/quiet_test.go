package flows

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// tet is mùng 1 of the years 2026 to 2050, from printed calendars of Vietnam, and with it
// how long the tháng Chạp before it is.
var tet = []struct {
	first string
	chap  int
}{
	{"2026-02-17", 29}, {"2027-02-06", 29}, {"2028-01-26", 29}, {"2029-02-13", 29}, {"2030-02-02", 29},
	{"2031-01-23", 29}, {"2032-02-11", 29}, {"2033-01-31", 30}, {"2034-02-19", 30}, {"2035-02-08", 30},
	{"2036-01-28", 30}, {"2037-02-15", 30}, {"2038-02-04", 30}, {"2039-01-24", 29}, {"2040-02-12", 29},
	{"2041-02-01", 29}, {"2042-01-22", 30}, {"2043-02-10", 30}, {"2044-01-30", 30}, {"2045-02-17", 30},
	{"2046-02-06", 30}, {"2047-01-26", 30}, {"2048-02-14", 30}, {"2049-02-02", 29}, {"2050-01-23", 29},
}

// From 27 tháng Chạp to mùng 6 nobody is written to, in every year to 2050, and on all
// other days there is no Tết.
func TestTet(t *testing.T) {
	q := &DefaultSettings().Quiet
	off := map[string]bool{}
	for _, y := range tet {
		first, err := time.Parse(time.DateOnly, y.first)
		if err != nil {
			t.Fatal(err)
		}
		for d := first.AddDate(0, 0, -(y.chap - 26)); d.Before(first.AddDate(0, 0, 6)); d = d.AddDate(0, 0, 1) {
			off[d.Format(time.DateOnly)] = true
		}
	}
	for d := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC); d.Year() <= 2050; d = d.AddDate(0, 0, 1) {
		if got := q.Off(d) == offTet; got != off[d.Format(time.DateOnly)] {
			t.Errorf("%s: %t", d.Format(time.DateOnly), got)
		}
	}
}

func TestQuietUntil(t *testing.T) {
	q := &Quiet{Hours: []string{"20:30-07:00", "11:30-13:30"}, TetFrom: 27, TetTo: 6, DaysOff: []string{"30/4", "2027-05-01", "2027-05-02"}}
	for _, c := range []struct{ at, want string }{
		{"2026-11-25 08:00", "2026-11-25 08:00"},
		{"2026-11-25 06:59", "2026-11-25 07:00"},
		{"2026-11-25 07:00", "2026-11-25 07:00"},
		{"2026-11-25 11:29", "2026-11-25 11:29"},
		{"2026-11-25 11:30", "2026-11-25 13:30"},
		{"2026-11-25 20:29", "2026-11-25 20:29"},
		{"2026-11-25 20:30", "2026-11-26 07:00"},
		{"2026-11-30 23:59", "2026-12-01 07:00"},
		{"2026-12-31 21:00", "2027-01-01 07:00"},
		{"2028-02-28 21:00", "2028-02-29 07:00"},
		{"2027-02-02 20:30", "2027-02-12 07:00"}, // the evening before Tết
		{"2027-02-08 10:00", "2027-02-12 07:00"},
		{"2027-04-29 20:30", "2027-05-03 07:00"},
		{"2028-04-30 09:00", "2028-05-01 07:00"}, // only 30/4 is yearly
	} {
		at, _ := time.Parse("2006-01-02 15:04", c.at)
		if got := q.Until(at).Format("2006-01-02 15:04"); got != c.want {
			t.Errorf("%s: %s, want %s", c.at, got, c.want)
		}
	}
	var none Quiet
	if at := time.Date(2027, 2, 6, 3, 0, 0, 0, time.UTC); !none.Until(at).Equal(at) {
		t.Error("with no quiet times somebody waits")
	}
}

func TestQuietSettings(t *testing.T) {
	week := func(day int) (list []string) {
		for i := range 15 {
			list = append(list, fmt.Sprintf("%d/6", day+i))
		}
		return list
	}
	for _, c := range []struct {
		quiet Quiet
		want  []string
	}{
		{Quiet{}, nil},
		{Quiet{Hours: []string{"7-9", "10:00-10:00", "25:00-07:00", "21:00-06:00"}}, []string{"quiet.hours[0]", "quiet.hours[1]", "quiet.hours[2]"}},
		{Quiet{Hours: []string{"12:00-06:00", "06:00-09:00"}}, []string{"quiet.hours"}},
		{Quiet{TetFrom: 27}, []string{"quiet.tet_to"}},
		{Quiet{TetFrom: 5, TetTo: 6}, []string{"quiet.tet_from"}},
		{Quiet{DaysOff: []string{"30/4", "31/4", "2027-02-29", "mai", "30/4", "29/2"}}, []string{"quiet.days_off[1]", "quiet.days_off[2]", "quiet.days_off[3]", "quiet.days_off[4]"}},
		{Quiet{DaysOff: week(1)}, []string{"quiet.days_off"}},
		{Quiet{Spread: 500}, []string{"quiet.spread"}},
	} {
		s := DefaultSettings()
		s.Quiet = c.quiet
		var got []string
		for _, w := range s.Check() {
			got = append(got, w.Path)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.quiet, got, c.want)
		}
	}
}
