package simulator

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

var weekdays = [...]string{"Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}

// dayName is "Thứ Tư, 25/11".
func dayName(t time.Time) string {
	return fmt.Sprintf("%s, %d/%d", weekdays[t.Weekday()], t.Day(), int(t.Month()))
}

var (
	errWhen = errors.New("chị gõ như 25/11 08:00 giúp em nhé")
	errPast = errors.New("đồng hồ chỉ đi tới thôi ạ, chị chọn giờ sau hơn nhé")
	errJump = errors.New("không có nút chỉnh giờ này")
)

// whenForms are the ways a time may be typed, and what is missing from each.
var whenForms = []struct {
	layout  string
	hasYear bool
	hasDay  bool
}{
	{"2006-01-02 15:04", true, true},
	{"2/1/2006 15:04", true, true},
	{"2/1 15:04", false, true},
	{"15:04", false, false},
}

// readWhen reads a time typed by hand, in now's zone. What is left out is taken from now;
// a day and month that have passed this year mean the next.
func readWhen(s string, now time.Time) (time.Time, error) {
	s = strings.Join(strings.Fields(strings.Replace(s, "T", " ", 1)), " ")
	for _, f := range whenForms {
		t, err := time.ParseInLocation(f.layout, s, now.Location())
		if err != nil {
			continue
		}
		if !f.hasDay {
			t = time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, now.Location())
		} else if !f.hasYear {
			day, month := t.Day(), t.Month()
			t = time.Date(now.Year(), month, day, t.Hour(), t.Minute(), 0, 0, now.Location())
			if !t.After(now) {
				t = t.AddDate(1, 0, 0)
			}
			if t.Day() != day || t.Month() != month { // 29/2 outside a leap year
				return time.Time{}, errWhen
			}
		}
		return t, nil
	}
	return time.Time{}, errWhen
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
	if !t.After(now) {
		return t, errPast
	}
	return t, nil
}
