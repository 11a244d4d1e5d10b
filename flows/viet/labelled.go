package viet

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// ReadLabelled reads one row of a labelled corpus and gives the result in the
// corpus's words: "yes", "12", "2026-11-20", "edit:3", "ask", … A corpus is
// how the reader is measured, so this is a contract with outside programs.
func ReadLabelled(kind, context, text string) (string, error) {
	switch kind {
	case "yesno":
		r := ReadYesNo(text, context)
		if r.Outcome != Value {
			return "ask", nil
		}
		return string(r.Value), nil
	case "count":
		return CountLabel(ReadCount(text, context)), nil
	case "date":
		today, first, err := dateContext(context)
		if err != nil {
			return "", err
		}
		return DateLabel(ReadDate(text, today, first)), nil
	case "choice":
		options, err := ParseOptions(context)
		if err != nil {
			return "", err
		}
		if r := ReadChoice(text, options); r.Outcome == Value {
			return strconv.Itoa(r.Value), nil
		}
		return "ask", nil
	case "command":
		return CommandLabel(ReadCommand(text, context)), nil
	case "consent":
		if Consents(text) {
			return "consent", nil
		}
		return "not_consent", nil
	case "quick":
		today, first, err := dateContext(context)
		if err != nil {
			return "", err
		}
		return QuickLabel(ReadQuick(text, today, first)), nil
	}
	return "", fmt.Errorf("unknown kind %q", kind)
}

// CountLabel is a count in the corpus's words; "as last month" is no number,
// so it is asked.
func CountLabel(r Reading[Count]) string {
	switch {
	case r.Outcome != Value || r.Value.Same:
		return "ask"
	case r.Value.Unknown:
		return "unknown"
	}
	return strconv.Itoa(r.Value.N)
}

// DateLabel is a date in the corpus's words.
func DateLabel(r Reading[Date]) string {
	switch {
	case r.Outcome == Value:
		return r.Value.Day.Format(time.DateOnly)
	case r.Outcome == Ask && len(r.Candidates) > 0 && r.Candidates[0].Problem == DateFuture:
		return "reject-future"
	}
	return "ask"
}

// CommandLabel is a command in the corpus's words.
func CommandLabel(r Reading[Command]) string {
	switch {
	case r.Outcome != Value:
		return "none"
	case r.Value.Name == Edit && r.Value.Item > 0:
		return "edit:" + strconv.Itoa(r.Value.Item)
	}
	return string(r.Value.Name)
}

// QuickLabel lists the slots of a free message, sorted. Slots the corpus does
// not label (members, reason, …) are left out.
func QuickLabel(q Quick) string {
	var out []string
	add := func(key string, o Outcome, v string) {
		switch o {
		case Value:
			out = append(out, key+"="+v)
		case Ask:
			out = append(out, key+"=ask:"+key)
		}
	}
	add("activity", q.Activity.Outcome, string(q.Activity.Value))
	add("date", q.Date.Outcome, q.Date.Value.Day.Format(time.DateOnly))
	// Only the first eight counts and four choices are labelled.
	for _, s := range quickCounts(&q)[:8] {
		add(s.key, s.r.Outcome, strconv.Itoa(s.r.Value.N))
	}
	for _, s := range quickChoices(&q)[:4] {
		add(s.key, s.r.Outcome, strconv.Itoa(s.r.Value))
	}
	add("resources", q.Resources.Outcome, string(q.Resources.Value))
	if q.Help.Outcome == Value && q.Help.Value == Yes {
		out = append(out, "help=yes")
	}
	sort.Strings(out)
	return strings.Join(out, ";")
}

// dateContext reads "today=2026-11-28;period=2026-11".
func dateContext(context string) (today, first time.Time, err error) {
	for _, part := range strings.Split(context, ";") {
		k, v, _ := strings.Cut(part, "=")
		switch k {
		case "today":
			today, err = time.Parse(time.DateOnly, v)
		case "period":
			first, err = time.Parse("2006-01", v)
		}
		if err != nil {
			return today, first, fmt.Errorf("context %q: %w", context, err)
		}
	}
	if today.IsZero() || first.IsZero() {
		return today, first, fmt.Errorf("context %q: want today=YYYY-MM-DD;period=YYYY-MM", context)
	}
	return today, first, nil
}

// ParseOptions reads printed options, "1=Có;2=Chưa".
func ParseOptions(context string) ([]Option, error) {
	var options []Option
	for _, part := range strings.Split(context, ";") {
		k, label, ok := strings.Cut(part, "=")
		n, err := strconv.Atoi(strings.TrimSpace(k))
		if !ok || err != nil {
			return nil, fmt.Errorf("options %q: want 1=label;2=label", context)
		}
		options = append(options, Option{Number: n, Label: label})
	}
	return options, nil
}
