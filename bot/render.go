package bot

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chihoi/flows"
)

// Render turns a prompt into what a channel can show: buttons where it has them, numbered
// lines and words to type where it has not. A text that is too long is split at line ends;
// the buttons go with the last part.
func Render(p flows.Prompt, a Abilities) []Outgoing {
	text := norm.NFC.String(p.Text)
	if !a.Buttons {
		text += printed(p.Options)
	}
	parts := split(text, a.MaxText)
	out := make([]Outgoing, len(parts))
	for i, part := range parts {
		out[i].Text = part
	}
	if a.Buttons {
		out[len(out)-1].Rows = rows(p.Options)
	}
	return out
}

// printed lists the options that have something to type: "1. Có rồi", and at the end
// "(hoặc gõ: vẫn, để sau)".
func printed(options []flows.Option) string {
	var b strings.Builder
	var words []string
	for _, o := range options {
		switch {
		case o.Say == "":
		case isNumber(o.Say):
			b.WriteString("\n" + o.Say + ". " + o.Label)
		default:
			words = append(words, "\""+o.Say+"\"")
		}
	}
	if len(words) > 0 {
		b.WriteString("\n(Chị gõ " + strings.Join(words, " hoặc ") + ")")
	}
	return b.String()
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Lines is the written form of a message in transcripts: who, the text, and its buttons;
// further lines are indented.
func Lines(who string, m Outgoing) (out []string) {
	head := who + "< "
	if m.Edits != "" {
		head = who + "~ "
	}
	for i, l := range strings.Split(m.Text, "\n") {
		if i > 0 {
			head = "    "
		}
		out = append(out, head+l)
	}
	for _, row := range m.Rows {
		l := "   "
		for _, b := range row {
			l += " [" + b.Label + "]"
		}
		out = append(out, l)
	}
	return out
}

func rows(options []flows.Option) (list [][]Button) {
	for _, o := range options {
		b := Button{Label: o.Label, Data: o.Data}
		if isNumber(o.Say) { // the number she may type instead stands on the button
			b.Label = o.Say + ". " + o.Label
		}
		if o.Beside && len(list) > 0 && len(list[len(list)-1]) < 4 {
			list[len(list)-1] = append(list[len(list)-1], b)
		} else {
			list = append(list, []Button{b})
		}
	}
	return list
}

// split cuts a text into parts of at most limit UTF-16 units, at a line end where there
// is one, else at a space, else anywhere between letters.
func split(text string, limit int) []string {
	var parts []string
	for limit > 0 && units(text) > limit {
		cut := prefix(text, limit)
		if i := strings.LastIndexByte(text[:cut], '\n'); i > 0 {
			cut = i
		} else if i := strings.LastIndexByte(text[:cut], ' '); i > 0 {
			cut = i
		}
		parts = append(parts, strings.TrimRight(text[:cut], " \n"))
		text = strings.TrimLeft(text[cut:], " \n")
	}
	return append(parts, text)
}

func units(s string) (n int) {
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// prefix is the number of bytes of s that make at most limit UTF-16 units; at least one letter.
func prefix(s string, limit int) int {
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > limit && i > 0 {
			return i
		}
	}
	return max(len(s), utf8.RuneLen('a'))
}
