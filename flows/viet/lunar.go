package viet

import "time"

// lunarYear is one year of the Vietnamese lunar calendar (UTC+7): the solar
// day of Tết, the month a leap month follows (0 none), and the months in
// order, 1 for thirty days and 0 for twenty-nine.
type lunarYear struct {
	year   int
	month  time.Month
	day    int
	leap   int
	months string
}

// lunarYears covers 2020–2050. The months were computed from the instants of
// the new moon and the sun's longitude at UTC+7 (J. Meeus, Astronomical
// Algorithms, chapters 25 and 49, with the month rules of the Vietnamese
// calendar) and agree day by day with the published year codes of Hồ Ngọc Đức;
// lunar_test.go computes the new moons again.
var lunarYears = []lunarYear{
	{2020, time.January, 25, 4, "0111010010011"},
	{2021, time.February, 12, 0, "011010101010"},
	{2022, time.February, 1, 0, "101011010101"},
	{2023, time.January, 22, 2, "0100110110101"},
	{2024, time.February, 10, 0, "010010110110"},
	{2025, time.January, 29, 6, "1010010101110"},
	{2026, time.February, 17, 0, "101001001110"},
	{2027, time.February, 6, 0, "110100100110"},
	{2028, time.January, 26, 5, "1110100100110"},
	{2029, time.February, 13, 0, "110101010010"},
	{2030, time.February, 2, 0, "110110101010"},
	{2031, time.January, 23, 3, "0101101101010"},
	{2032, time.February, 11, 0, "010101101101"},
	{2033, time.January, 31, 11, "0100101011101"},
	{2034, time.February, 19, 0, "010010011101"},
	{2035, time.February, 8, 0, "101001001101"},
	{2036, time.January, 28, 6, "1101001001011"},
	{2037, time.February, 15, 0, "101100100101"},
	{2038, time.February, 4, 0, "101101010010"},
	{2039, time.January, 24, 5, "1101101010010"},
	{2040, time.February, 12, 0, "101101011010"},
	{2041, time.February, 1, 0, "010101011101"},
	{2042, time.January, 22, 2, "0100101011011"},
	{2043, time.February, 10, 0, "010010011011"},
	{2044, time.January, 30, 7, "1010010010111"},
	{2045, time.February, 17, 0, "101001001011"},
	{2046, time.February, 6, 0, "101010100101"},
	{2047, time.January, 26, 5, "1011010100101"},
	{2048, time.February, 14, 0, "011011010010"},
	{2049, time.February, 2, 0, "101011010110"},
	{2050, time.January, 23, 3, "0101010110110"},
}

// lunarDays finds the solar days between from and to, both included, that are
// the given day of a lunar month; month 0 means any.
func lunarDays(day, month int, from, to time.Time) []time.Time {
	var out []time.Time
	for _, y := range lunarYears {
		start := time.Date(y.year, y.month, y.day, 0, 0, 0, 0, time.UTC)
		if start.After(to) || start.AddDate(1, 1, 0).Before(from) {
			continue
		}
		for i := range y.months {
			number, length := y.monthNumber(i), 29+int(y.months[i]-'0')
			d := start.AddDate(0, 0, day-1)
			if day <= length && (month == 0 || month == number) && !d.Before(from) && !d.After(to) {
				out = append(out, d)
			}
			start = start.AddDate(0, 0, length)
		}
	}
	return out
}

// Lunar is the day and month of t's date in the lunar calendar; last says that the month is
// the last of its year (tháng Chạp). All are zero outside the years of the table. A leap
// month has the number of the one before it.
func Lunar(t time.Time) (day, month int, last bool) {
	y, m, d := t.Date()
	date := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	if y < lunarYears[0].year {
		return 0, 0, false
	}
	for _, l := range lunarYears[min(max(0, y-1-lunarYears[0].year), len(lunarYears)):] {
		start := time.Date(l.year, l.month, l.day, 0, 0, 0, 0, time.UTC)
		if date.Before(start) {
			break
		}
		for i := range l.months {
			next := start.AddDate(0, 0, 29+int(l.months[i]-'0'))
			if date.Before(next) {
				return int(date.Sub(start).Hours())/24 + 1, l.monthNumber(i), i == len(l.months)-1
			}
			start = next
		}
	}
	return 0, 0, false
}

// monthNumber is the number of the i-th month of a year; a leap month repeats
// the number before it.
func (y lunarYear) monthNumber(i int) int {
	if y.leap > 0 && i >= y.leap {
		return i
	}
	return i + 1
}
