package simulator

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

var weekdays = [...]string{"Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}

// dayName is "Thứ Tư, 25/11".
func dayName(t time.Time) string {
	return fmt.Sprintf("%s, %d/%d", weekdays[t.Weekday()], t.Day(), int(t.Month()))
}

var (
	errWhen = errors.New("em chưa hiểu giờ này, chị gõ như 25/12 8h hoặc 25/12 08:00 giúp em nhé")
	errPast = errors.New("giờ này qua rồi, đồng hồ chỉ đi tới thôi ạ")
	errFar  = errors.New("xa quá ạ, mỗi lần chị chuyển nhiều nhất một năm thôi nhé")
	errJump = errors.New("không có nút chỉnh giờ này")
)

// farthest is how far one move may lead: on the way everything that falls due is done.
const farthest = 366 * 24 * time.Hour

// whenForms are the ways a time is typed: a day with or without an hour, an hour with or
// without a day. A bare number is an hour only after a day.
var whenForms = func() (forms []*regexp.Regexp) {
	const (
		iso   = `(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})`
		local = `(?:ngày |ngay )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?`
		hour  = `(?:lúc |luc )?(?P<hour>\d{1,2})(?: ?(?::|h|g|giờ|gio) ?(?P<minute>\d{2})?)`
		half  = `(?: ?(?P<half>sáng|sang|trưa|trua|chiều|chieu|tối|toi))?`
	)
	for _, day := range []string{iso, local} {
		for _, form := range []string{day + `(?:,? ` + hour + `?` + half + `)?`, hour + half + `,? ` + day} {
			forms = append(forms, regexp.MustCompile(`^`+form+`$`))
		}
	}
	return append(forms, regexp.MustCompile(`^`+hour+half+`$`))
}()

var isoTime = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})t`)

// readWhen reads a time typed by hand, in now's zone. What is left out is taken from now,
// an hour left out beside a day is 8 in the morning. It never guesses a year that she
// may not mean: a day that has just passed is past, and only one of long ago is next year's.
func readWhen(s string, now time.Time) (time.Time, error) {
	s = strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(s))), " ")
	s = isoTime.ReplaceAllString(s, "$1 ")
	for _, form := range whenForms {
		if m := form.FindStringSubmatch(s); m != nil {
			return whenOf(func(name string) string {
				if i := form.SubexpIndex(name); i > 0 {
					return m[i]
				}
				return ""
			}, now)
		}
	}
	return time.Time{}, errWhen
}

// whenOf makes a time of the parts that were typed.
func whenOf(part func(string) string, now time.Time) (time.Time, error) {
	hour, minute := 8, 0
	if part("hour") != "" {
		hour, minute = number(part("hour")), number(part("minute"))
		afternoon := slices.Contains([]string{"chiều", "chieu", "tối", "toi"}, part("half"))
		if noon := strings.HasPrefix(part("half"), "tr"); hour < 12 && afternoon || hour < 4 && noon {
			hour += 12
		}
	}
	year, month, day := now.Year(), int(now.Month()), now.Day()
	if part("day") != "" {
		month, day = number(part("month")), number(part("day"))
	}
	if part("year") != "" {
		year = number(part("year"))
	}
	t := time.Date(year, time.Month(month), day, hour, minute, 0, 0, now.Location())
	if hour > 23 || minute > 59 || t.Day() != day || int(t.Month()) != month {
		return time.Time{}, errWhen
	}
	if t.After(now) || part("year") != "" || part("day") == "" {
		return t, nil
	}
	next := time.Date(year+1, time.Month(month), day, hour, minute, 0, 0, now.Location())
	if now.Sub(t) > next.Sub(now) && next.Day() == day {
		return next, nil
	}
	return t, fmt.Errorf("%d/%d/%d qua rồi, đồng hồ chỉ đi tới thôi ạ. Nếu là sang năm, chị gõ cả năm: %d/%d/%d", day, month, year, day, month, year+1)
}

// number reads digits; "" is 0.
func number(digits string) int {
	n, _ := strconv.Atoi(digits) // at most four digits, by the forms
	return n
}

// move is a wish to move the clock: one of a named jump or a time typed by hand.
type move struct {
	Jump string `json:"jump"`
	To   string `json:"to"`
}

// target is where a move leads from now. Time only goes forward, because what has run
// at an earlier time has run.
func (c *Channel) target(m move, now time.Time) (time.Time, error) {
	var t time.Time
	switch {
	case m.Jump != "":
		for _, j := range c.cfg.Jumps {
			if j.Label == m.Jump {
				t = j.To(now)
			}
		}
		if t.IsZero() {
			return t, errJump
		}
	default:
		var err error
		if t, err = readWhen(m.To, now); err != nil {
			return t, err
		}
	}
	switch {
	case !t.After(now):
		return t, errPast
	case t.Sub(now) > farthest:
		return t, errFar
	}
	return t, nil
}
