package viet

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ReadMoment reads a time to come: "8h sáng mai", "19h 25/11", "chiều thứ năm". Without a
// day it is the next such hour; without an hour, that of the part of the day: sáng 8:00,
// trưa 11:00, chiều 14:00, tối 19:00. From one to five with no part of the day is the
// afternoon: nobody is written to before seven. A day that is over, or none, is asked back;
// two times at once are not understood. The value is in now's zone.
func ReadMoment(text string, now time.Time) Reading[time.Time] {
	t := Fold(text)
	hour, minute, clock, rest, ok := clockIn(t)
	if !ok {
		return Reading[time.Time]{}
	}
	part := partIn(t)
	day, named, ok := dayIn(rest, now)
	switch {
	case !ok:
		return Reading[time.Time]{Outcome: Ask}
	case !clock && part == "" && !named:
		return Reading[time.Time]{}
	case !clock && part == "":
		return Reading[time.Time]{Outcome: Ask}
	}
	if !clock {
		hour = map[string]int{"sang": 8, "trua": 11, "chieu": 14, "toi": 19}[part]
	}
	switch {
	case (part == "chieu" || part == "toi") && hour < 12, part == "trua" && hour < 4, part == "" && hour >= 1 && hour <= 5 && clock:
		hour += 12
	}
	if hour > 23 || minute > 59 {
		return Reading[time.Time]{Outcome: Ask}
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, now.Location())
	if !named && !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	if !at.After(now) {
		return Reading[time.Time]{Outcome: Ask, Candidates: []time.Time{at}}
	}
	return Reading[time.Time]{Outcome: Value, Value: at, From: strings.TrimSpace(text)}
}

// SaysHour reports whether a text names an hour: "8h", "14 giờ 30".
func SaysHour(text string) bool {
	_, _, clock, _, ok := clockIn(Fold(text))
	return clock || !ok
}

// SaysDay reports whether a text names a day: "mai", "25/11", "thứ năm".
func SaysDay(text string, now time.Time) bool {
	_, named, ok := dayIn(Fold(text), now)
	return named || !ok
}

var (
	clockForm = regexp.MustCompile(`\b(\d{1,2})\s*(?:(?:h|g|gio)?\s*(ruoi)\b|(?:h|g|gio)\s*(\d{2})(?:[\s,.]|$)|:(\d{2})\b|(?:h|g|gio)\b)`)
	dateForm  = regexp.MustCompile(`\b(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:[/.-](\d{4}))?\b`)
	dayForm   = regexp.MustCompile(`\b(?:ngay|hom|mung|mong)\s+(\d{1,2})\b`)
	weekForm  = regexp.MustCompile(`\b(?:thu (hai|ba|tu|nam|sau|bay|[2-7])|t([2-7])|chu nhat|cn)\b`)
)

// clockIn finds the hour in folded words; rest is the text without it. ok is false when
// there are two.
func clockIn(t string) (hour, minute int, found bool, rest string, ok bool) {
	all := clockForm.FindAllStringSubmatchIndex(t, 3)
	if len(all) == 0 {
		return 0, 0, false, t, true
	}
	if len(all) > 1 {
		return 0, 0, false, t, false
	}
	m := clockForm.FindStringSubmatch(t)
	hour, _ = strconv.Atoi(m[1])
	switch {
	case m[2] != "":
		minute = 30
	case m[3] != "":
		minute, _ = strconv.Atoi(m[3])
	case m[4] != "":
		minute, _ = strconv.Atoi(m[4])
	}
	return hour, minute, true, t[:all[0][0]] + " " + t[all[0][1]:], true
}

// partIn finds the part of the day: "sang", "trua", "chieu", "toi", or "".
func partIn(t string) string {
	for _, w := range strings.FieldsFunc(t, func(r rune) bool { return r == ' ' || r == ',' || r == '.' }) {
		switch w {
		case "sang", "trua", "chieu", "toi":
			return w
		case "dem":
			return "toi"
		}
	}
	return ""
}

// dayIn finds the day: today when none is named. ok is false when it can't be.
func dayIn(t string, now time.Time) (day time.Time, named, ok bool) {
	padded := " " + strings.NewReplacer(",", " ", "?", " ", "!", " ").Replace(t) + " "
	if m := dateForm.FindStringSubmatch(t); m != nil {
		return calendarDay(m[1], m[2], m[3], now)
	}
	switch {
	case strings.Contains(padded, " ngay kia ") || strings.Contains(padded, " mot ") && !strings.Contains(padded, " mot gio "):
		return now.AddDate(0, 0, 2), true, true
	case strings.Contains(padded, " mai "):
		return now.AddDate(0, 0, 1), true, true
	case strings.Contains(padded, " hom nay ") || strings.Contains(padded, " nay ") && !strings.Contains(padded, " tuan nay ") && !strings.Contains(padded, " thang nay "):
		return now, true, true
	case strings.Contains(padded, " ram ") || strings.Contains(padded, " mung ") || strings.Contains(padded, " mong "):
		return now, true, false // lunar or not: nobody can tell
	}
	if m := weekForm.FindStringSubmatch(t); m != nil {
		return weekday(m, strings.Contains(t, "tuan sau") || strings.Contains(t, "tuan toi"), now), true, true
	}
	if m := dayForm.FindStringSubmatch(t); m != nil {
		return calendarDay(m[1], "", "", now)
	}
	return now, false, true
}

// calendarDay is the next day of that date, or of that number in a month.
func calendarDay(d, m, y string, now time.Time) (time.Time, bool, bool) {
	day, _ := strconv.Atoi(d)
	month, year := int(now.Month()), now.Year()
	if m != "" {
		month, _ = strconv.Atoi(m)
	}
	if y != "" {
		year, _ = strconv.Atoi(y)
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, now.Location())
	if month < 1 || month > 12 || at.Day() != day {
		return now, true, false
	}
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch {
	case !at.Before(today):
	case m == "":
		at = at.AddDate(0, 1, 0)
	case y == "" && today.Sub(at) > 180*24*time.Hour: // "5/1" in December
		at = at.AddDate(1, 0, 0)
	}
	return at, true, at.Day() == day
}

// weekday is the next such day; next says of the week after this.
func weekday(m []string, next bool, now time.Time) time.Time {
	word := m[1]
	if word == "" {
		word = m[2]
	}
	to, ok := map[string]int{"hai": 1, "2": 1, "ba": 2, "3": 2, "tu": 3, "4": 3, "nam": 4, "5": 4, "sau": 5, "6": 5, "bay": 6, "7": 6}[word]
	if !ok {
		to = 7 // chủ nhật ends the week
	}
	from := (int(now.Weekday())+6)%7 + 1
	if next {
		return now.AddDate(0, 0, 7-from+to)
	}
	return now.AddDate(0, 0, ((to-from)+7)%7)
}
