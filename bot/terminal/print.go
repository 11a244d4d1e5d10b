package terminal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"chihoi/bot"
)

const indent = "   "

// printMoment tells what time it has become, once. The caller holds the lock.
func (c *Channel) printMoment() {
	if c.moment != "" {
		fmt.Fprintf(c.out, "── %s ──\n", c.moment)
		c.moment = ""
	}
}

// print shows a message of the bot with its buttons. The caller holds the lock.
func (c *Channel) print(p *person, m bot.Outgoing, labels []string) {
	var b strings.Builder
	if c.prompted { // it comes unasked: leave the prompt and show it again below
		b.WriteByte('\n')
		defer fmt.Fprintf(c.out, "%s> ", c.current.Key)
	}
	c.printMoment()
	what := ""
	if m.Edits != "" {
		what = " (sửa tin trước)"
	}
	fmt.Fprintf(&b, "%s  gửi %s%s:\n", c.cfg.Clock.Now().Format("15:04"), p.Name, what)
	for line := range strings.Lines(m.Text) {
		b.WriteString(indent + strings.TrimSuffix(line, "\n") + "\n")
	}
	n := 0
	for _, row := range m.Rows {
		b.WriteString(indent)
		for i := range row {
			if i > 0 {
				b.WriteString("  ")
			}
			fmt.Fprintf(&b, "[%d] %s", n+1, labels[n])
			n++
		}
		b.WriteByte('\n')
	}
	fmt.Fprint(c.out, b.String())
}

// note prints a line of the terminal itself.
func (c *Channel) note(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintln(c.out, line)
}

// prompt shows who is speaking.
func (c *Channel) prompt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprintf(c.out, "%s> ", c.current.Key)
	c.prompted = true
}

// unprompt notes that a line was typed behind the prompt; the end of the input is not
// one, and then the cursor has still to leave it.
func (c *Channel) unprompt(typed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.prompted && !typed {
		fmt.Fprintln(c.out)
	}
	c.prompted = false
}

var (
	errWhen = errors.New("em chưa hiểu giờ này, gõ như: ! +1d, ! +2h, ! +30m hoặc ! 2026-11-25 08:00")
	errPast = errors.New("đồng hồ chỉ đi tới thôi ạ")
)

// readMove reads where the clock should go, in now's zone. Time only goes forward,
// because what has run at an earlier time has run.
func readMove(s string, now time.Time) (time.Time, error) {
	t, err := time.ParseInLocation("2006-01-02 15:04", strings.Join(strings.Fields(s), " "), now.Location())
	if err != nil {
		if t, err = readStep(s, now); err != nil {
			return t, err
		}
	}
	if !t.After(now) {
		return time.Time{}, errPast
	}
	return t, nil
}

// readStep reads "+1d", "+2h" or "+30m".
func readStep(s string, now time.Time) (time.Time, error) {
	if len(s) < 3 || s[0] != '+' {
		return time.Time{}, errWhen
	}
	n, err := strconv.ParseUint(s[1:len(s)-1], 10, 16)
	if err != nil {
		return time.Time{}, errWhen
	}
	switch s[len(s)-1] {
	case 'd':
		return now.AddDate(0, 0, int(n)), nil
	case 'h':
		return now.Add(time.Duration(n) * time.Hour), nil
	case 'm':
		return now.Add(time.Duration(n) * time.Minute), nil
	}
	return time.Time{}, errWhen
}

var weekdays = [...]string{"Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}

// longDay is "Thứ Tư, 25/11/2026 08:00".
func longDay(t time.Time) string {
	return weekdays[t.Weekday()] + ", " + t.Format("2/1/2006 15:04")
}
