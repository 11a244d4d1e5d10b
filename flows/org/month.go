package org

import (
	"fmt"
	"time"
)

// Month is a reporting period's name, "YYYY-MM" (domain.md 1, period).
type Month string

// MonthOf returns the month in which t lies, in t's zone.
func MonthOf(t time.Time) Month { return Month(t.Format("2006-01")) }

// ParseMonth checks the form "YYYY-MM".
func ParseMonth(s string) (Month, error) {
	t, err := time.Parse("2006-01", s)
	if err != nil || t.Year() < 2020 || t.Year() > 2099 {
		return "", fmt.Errorf("%q: kỳ viết theo dạng 2026-11", s)
	}
	return Month(s), nil
}

// First is midnight of the month's first day in zone loc.
func (m Month) First(loc *time.Location) time.Time {
	t, err := time.ParseInLocation("2006-01", string(m), loc)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add returns the month n months later.
func (m Month) Add(n int) Month { return MonthOf(m.First(time.UTC).AddDate(0, n, 0)) }

// Number is the month of the year, 1 to 12.
func (m Month) Number() int { return int(m.First(time.UTC).Month()) }

// YearName is the month's year: "2026".
func (m Month) YearName() string { return string(m[:min(4, len(m))]) }

// Label is the month as it is spoken: "tháng 11".
func (m Month) Label() string { return fmt.Sprintf("tháng %d", m.Number()) }

// Day writes a date as people here do: "25/11".
func Day(t time.Time) string { return fmt.Sprintf("%d/%d", t.Day(), int(t.Month())) }

// Date is a Day with its year: "25/11/2026".
func Date(t time.Time) string { return fmt.Sprintf("%s/%d", Day(t), t.Year()) }
