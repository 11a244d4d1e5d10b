package viet

import (
	"math"
	"testing"
	"time"
)

// newMoonDay computes the civil day (UTC+7) of new moon k counted from
// January 2000, with the larger terms of Meeus, chapter 49: good to a few
// minutes, so days whose new moon falls close to midnight are not compared.
func newMoonDay(k float64) (day time.Time, nearMidnight bool) {
	t := k / 1236.85
	rad := func(d float64) float64 { return d * math.Pi / 180 }
	e := 1 - 0.002516*t
	m, mp := rad(2.5534+29.10535670*k), rad(201.5643+385.81693528*k+0.0107582*t*t)
	f, om := rad(160.7108+390.67050284*k-0.0016118*t*t), rad(124.7746-1.56375588*k)
	jde := 2451550.09766 + 29.530588861*k + 0.00015437*t*t
	jde += -0.40720*math.Sin(mp) + 0.17241*e*math.Sin(m) + 0.01608*math.Sin(2*mp) + 0.01039*math.Sin(2*f) +
		0.00739*e*math.Sin(mp-m) - 0.00514*e*math.Sin(mp+m) + 0.00208*math.Sin(2*m) - 0.00111*math.Sin(mp-2*f) -
		0.00057*math.Sin(mp+2*f) + 0.00056*math.Sin(2*mp+m) - 0.00042*math.Sin(3*mp) + 0.00042*math.Sin(m+2*f) +
		0.00038*math.Sin(m-2*f) - 0.00024*math.Sin(2*mp-m) - 0.00017*math.Sin(om)
	local := jde - 72.0/86400 + 0.5 + 7.0/24
	part := local - math.Floor(local)
	days := int(math.Floor(local)) - 2451545
	return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days), part < 0.004 || part > 0.996
}

func TestLunarMonthsStartAtNewMoons(t *testing.T) {
	near := 0
	for i, y := range lunarYears {
		start := time.Date(y.year, y.month, y.day, 0, 0, 0, 0, time.UTC)
		want := 12
		if y.leap > 0 {
			want = 13
		}
		if len(y.months) != want {
			t.Errorf("%d has %d months, want %d", y.year, len(y.months), want)
		}
		for _, c := range y.months {
			k := math.Round(start.Sub(time.Date(2000, 1, 6, 18, 0, 0, 0, time.UTC)).Hours() / 24 / 29.530588861)
			if day, close := newMoonDay(k); close {
				near++
			} else if !day.Equal(start) {
				t.Errorf("month starting %s: new moon on %s", start.Format(time.DateOnly), day.Format(time.DateOnly))
			}
			start = start.AddDate(0, 0, 29+int(c-'0'))
		}
		if i+1 < len(lunarYears) {
			n := lunarYears[i+1]
			if tet := time.Date(n.year, n.month, n.day, 0, 0, 0, 0, time.UTC); !tet.Equal(start) {
				t.Errorf("%d ends %s, Tết %d is %s", y.year, start.Format(time.DateOnly), n.year, tet.Format(time.DateOnly))
			}
		}
	}
	if near > 12 {
		t.Errorf("%d new moons too close to midnight to compare", near)
	}
}

func TestLunarDays(t *testing.T) {
	for _, c := range []struct {
		day, month     int
		from, to, want string
	}{
		{15, 10, "2026-10-01", "2026-12-31", "2026-11-23"},
		{1, 1, "2027-01-01", "2027-03-01", "2027-02-06"},
		{15, 0, "2026-11-01", "2026-11-30", "2026-11-23"},
		{23, 12, "2026-01-01", "2027-02-28", "2026-02-10"},
	} {
		from, _ := time.Parse(time.DateOnly, c.from)
		to, _ := time.Parse(time.DateOnly, c.to)
		got := lunarDays(c.day, c.month, from, to)
		if len(got) == 0 || got[0].Format(time.DateOnly) != c.want {
			t.Errorf("lunar %d/%d: %v, want %s", c.day, c.month, got, c.want)
		}
	}
}
