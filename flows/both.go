package flows

import (
	"slices"
	"strconv"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// both is a yes-or-no question and what it is about, put as one list where every message
// counts: "1. Có: họp, sinh hoạt 2. Chưa 3. Tuyên truyền …". Yes is still the first line and
// no the second, so that a number typed out of habit means what it means by itself.
type both struct {
	whether, which org.QuestionID
	no             string
	labels         []string // of which, whose value is the place in it
}

var boths = []both{
	{qActivity, qKind, "Chưa", kindLabels},
	{qResources, qResourceKinds, "Chưa", resourceLabels},
}

// inOne is the list that q opens, if it is to be put so: neither is answered, and she is not
// correcting or in doubt.
func (f *form) inOne(q org.QuestionID) (b both, ok bool) {
	i := slices.IndexFunc(boths, func(b both) bool { return b.whether == q })
	if !f.Typed || i < 0 || f.seat.Again || f.seat.Doubt != nil || f.seat.Misses > 0 {
		return both{}, false
	}
	b = boths[i]
	known := q == qResources && f.past.Carry[qResourceKinds] != "" // then it is not asked for
	return b, !known && !f.draft.Answers.Has(q) && !f.draft.Answers.Has(b.which)
}

// choices are the lines: the value of a yes is that of the second question, a no is "no".
func (b both) choices() []choice {
	c := list(b.labels...)
	c[0].label = "Có: " + lowerFirst(c[0].label)
	return slices.Insert(c, 1, choice{value: "no", label: b.no})
}

// readInOne takes a number or the very words of a line. False when it is anything else.
func (f *form) readInOne(q org.QuestionID, body string) bool {
	b, ok := f.inOne(q)
	if !ok || !f.putHere() {
		return false
	}
	v := b.plain(body)
	switch v {
	case "":
		return false
	case "no":
		f.offer(q, v)
		return true
	}
	words := lowerFirst(f.inWords(b.which, v))
	f.record(q, org.Answer{Value: "yes"})
	f.record(b.which, org.Answer{Value: v})
	f.closePrompt("✅ " + f.title(b.which) + ": " + words)
	f.echo = f.understood(b.which, v)
	if q == qActivity {
		f.echo = "Dạ, tháng này có " + either(words == "khác", "hoạt động khác", words) + "."
	}
	f.next()
	return true
}

// plain is the value of the line that a reply can only mean, "" where there is none.
func (b both) plain(body string) string {
	body = clean(body)
	said, number := viet.Fold(body), bareNumber(body)
	for i, c := range b.choices() {
		if number == strconv.Itoa(i+1) || viet.Says(body, c.label) {
			return c.value
		}
	}
	switch i := slices.IndexFunc(b.labels, func(l string) bool { return viet.Says(body, l) }); {
	case i >= 0:
		return strconv.Itoa(i + 1)
	case b.whether == qActivity && (said == "hop" || said == "co hop" || said == "hop roi"):
		return "1"
	}
	return ""
}
