package viet

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Explain shows one reading for people: the result in the words of a labelled
// corpus, what it was read from, and what it may be when it is asked back. What
// is not understood has the corpus's word for no value on the first line ("ask";
// "none" of a command or a question) and says so on the second.
func Explain(kind, context, text string) (string, error) {
	if err := CheckContext(kind, context); err != nil {
		return "", err
	}
	var b strings.Builder
	switch kind {
	case "question":
		topic, ok := ReadQuestion(text)
		if !ok {
			return "none\n  không hiểu\n", nil
		}
		return topic + "\n", nil
	case "yesno":
		explain(&b, ReadYesNo(text, context), func(v YesNo) string { return string(v) })
	case "count":
		explain(&b, ReadCount(text, context), countWords)
	case "date":
		today, first, err := dateContext(context)
		if err != nil {
			return "", err
		}
		explain(&b, ReadDate(text, today, first), dateWords)
	case "choice":
		options, err := ParseOptions(context)
		if err != nil {
			return "", err
		}
		explain(&b, ReadChoice(text, options), strconv.Itoa)
	case "command":
		explain(&b, ReadCommand(text, context), commandWords)
	case "quick":
		return explainQuick(context, text)
	}
	label, err := ReadLabelled(kind, context, text)
	if err != nil {
		return "", err
	}
	return label + "\n" + b.String(), nil
}

func explain[T any](b *strings.Builder, r Reading[T], say func(T) string) {
	if r.Outcome == NotUnderstood {
		b.WriteString("  không hiểu\n")
		return
	}
	if r.From != "" {
		fmt.Fprintf(b, "  đọc từ: %s\n", r.From)
	}
	if len(r.Candidates) > 0 {
		words := make([]string, len(r.Candidates))
		for i, c := range r.Candidates {
			words[i] = say(c)
		}
		fmt.Fprintf(b, "  có thể là: %s\n", strings.Join(words, ", "))
	}
	if r.Outcome == Value {
		if s := say(r.Value); s != "" {
			fmt.Fprintf(b, "  hiểu là: %s\n", s)
		}
	}
	if r.Confirm {
		b.WriteString("  hỏi lại trước khi ghi\n")
	}
}

func countWords(c Count) string {
	switch {
	case c.Unknown:
		return "chưa nắm được"
	case c.Same:
		return "như tháng trước"
	case c.Approx:
		return "khoảng " + strconv.Itoa(c.N)
	}
	return strconv.Itoa(c.N)
}

func dateWords(d Date) string {
	day := "không rõ ngày"
	if !d.Day.IsZero() {
		day = d.Day.Format("2/1/2006")
	}
	if d.Problem != "" {
		day += " (" + string(d.Problem) + ")"
	}
	return day
}

func commandWords(c Command) string {
	s := string(c.Name)
	if c.Item > 0 {
		s += " " + strconv.Itoa(c.Item)
	}
	for _, part := range []string{c.Slot, c.Argument, c.When} {
		if part != "" {
			s += " " + part
		}
	}
	return s
}

func explainQuick(context, text string) (string, error) {
	today, first, err := dateContext(context)
	if err != nil {
		return "", err
	}
	q := ReadQuick(text, today, first)
	var b strings.Builder
	b.WriteString(QuickLabel(q) + "\n")
	line := func(key string, o Outcome, v, from string) {
		switch o {
		case Value:
			fmt.Fprintf(&b, "  %s = %s ← %s\n", key, v, from)
		case Ask:
			fmt.Fprintf(&b, "  %s = ? ← %s\n", key, from)
		}
	}
	line("activity", q.Activity.Outcome, string(q.Activity.Value), q.Activity.From)
	line("date", q.Date.Outcome, q.Date.Value.Day.Format(time.DateOnly), q.Date.From)
	for _, s := range quickCounts(&q) {
		line(s.key, s.r.Outcome, countWords(s.r.Value), s.r.From)
	}
	for _, s := range quickChoices(&q) {
		line(s.key, s.r.Outcome, strconv.Itoa(s.r.Value), s.r.From)
	}
	line("resources", q.Resources.Outcome, string(q.Resources.Value), q.Resources.From)
	line("dues", q.Dues.Outcome, string(q.Dues.Value), q.Dues.From)
	line("help", q.Help.Outcome, string(q.Help.Value), q.Help.From)
	if q.KnowSame {
		b.WriteString("  3 biết như tháng trước\n")
	}
	if q.SameRest {
		b.WriteString("  còn lại như tháng trước\n")
	}
	if q.Slots() == 0 && !q.SameRest && !q.KnowSame {
		b.WriteString("  không hiểu\n")
	}
	if len(q.Unread) > 0 {
		fmt.Fprintf(&b, "  chưa đọc được: %s\n", strings.Join(q.Unread, " | "))
	}
	return b.String(), nil
}

type quickCount struct {
	key string
	r   *Reading[Count]
}

func quickCounts(q *Quick) []quickCount {
	return []quickCount{
		{"attendees", &q.Attendees}, {"pioneers", &q.Pioneers}, {"joined", &q.Joined}, {"left_total", &q.LeftTotal},
		{"left_org", &q.LeftOrg}, {"died", &q.Died}, {"moved_out", &q.MovedOut}, {"pairs_new", &q.PairsNew},
		{"members", &q.Members}, {"excluded", &q.Excluded}, {"pairs_acted", &q.PairsActed},
	}
}

type quickChoice struct {
	key string
	r   *Reading[int]
}

func quickChoices(q *Quick) []quickChoice {
	return []quickChoice{
		{"kind", &q.Kind}, {"faces", &q.Faces}, {"circumstances", &q.Circumstances}, {"needs", &q.Needs},
		{"reason", &q.Reason}, {"help_kind", &q.HelpKind},
	}
}
