package viet

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// BadLabel is a kind or a context that names no reader, no question, no day or
// no list of options; Want says what would.
type BadLabel struct{ Field, Given, Want string }

// Error tells it to whoever wrote the corpus or the command line.
func (e *BadLabel) Error() string {
	return fmt.Sprintf("%s %q: phải là %s", e.Field, e.Given, e.Want)
}

// labelKinds are the kinds of a corpus.
const labelKinds = "yesno, count, date, choice, command, consent hay quick"

// openQuestions are the contexts of yes/no, counts and commands: the questions of
// domain.md 6, and what else may be open.
var openQuestions = []string{
	"q0_members", "q1_activity", "q1a_date", "q1b_attendees", "q1c_kind", "q1d_reason", "q2_pioneers", "q3_resources", "q3a_kinds",
	"q456_know", "q4_faces", "q5_circumstances", "q6_needs", "q6a_top_need", "q7_joined", "q7a_excluded",
	"q8_left", "q8_which", "q8_left_org", "q8_died", "q8_moved_out", "q9_pair", "q9_outcome", "q12_dues",
	"q_more", "q9_new", "q9_label", "q10_help", "q10_text", "q11_change", "review", "confirm", "idle", "consent_notice",
}

// CheckContext refuses a context that a kind does not know, which would else be
// read as if no question were open. The error is a *BadLabel.
func CheckContext(kind, context string) error {
	switch kind {
	case "yesno", "count", "command":
		if id, _, _ := strings.Cut(context, "/"); context != "" && !slices.Contains(openQuestions, id) {
			return &BadLabel{"context", context, "câu hỏi đang mở: " + strings.Join(openQuestions, ", ")}
		}
	case "date", "quick":
		_, _, err := dateContext(context)
		return err
	case "choice":
		_, err := ParseOptions(context)
		return err
	}
	return nil
}

// ReadLabelled reads one row of a labelled corpus and gives the result in the
// corpus's words: "yes", "12", "2026-11-20", "edit:3", "ask", … A corpus is
// how the reader is measured, so this is a contract with outside programs: a question
// that CheckContext does not know is read as if none were open. The error is a *BadLabel.
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
	return "", &BadLabel{"kind", kind, labelKinds}
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
		k, v, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch k {
		case "today":
			today, err = time.Parse(time.DateOnly, v)
		case "period":
			first, err = time.Parse("2006-01", v)
		}
		if err != nil {
			break
		}
	}
	if err != nil || today.IsZero() || first.IsZero() {
		return today, first, &BadLabel{"context", context, "today=NĂM-THÁNG-NGÀY;period=NĂM-THÁNG, ví dụ today=2026-11-28;period=2026-11"}
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
			return nil, &BadLabel{"context", context, "các lựa chọn đã in, ví dụ 1=Có;2=Chưa"}
		}
		options = append(options, Option{Number: n, Label: label})
	}
	return options, nil
}
