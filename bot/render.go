package bot

import (
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chihoi/flows"
)

// Render turns a prompt into what a channel can show: buttons where it has them, numbered
// lines and words to type where it has not. A text that is too long is split at the end of
// paragraphs or lines; the choices go with the last part.
func Render(p flows.Prompt, a Abilities) []Outgoing {
	if a.Buttons {
		parts := split(norm.NFC.String(p.Text), a.MaxText)
		out := make([]Outgoing, len(parts))
		for i, part := range parts {
			out[i].Text = part
		}
		out[len(out)-1].Rows = rows(p.Options)
		return out
	}
	choices := norm.NFC.String(printed(p))
	parts := split(tapless.Replace(norm.NFC.String(p.Text)), a.MaxText)
	if last := len(parts) - 1; a.MaxText <= 0 || units(parts[last])+units(choices) <= a.MaxText {
		parts[last] += choices
	} else {
		parts = append(parts, split(strings.TrimLeft(choices, "\n"), a.MaxText)...)
	}
	out := make([]Outgoing, len(parts))
	for i, part := range parts {
		out[i].Text = part
	}
	return out
}

// tapless says "type" where the words of a flow say "tap", for those who have no buttons.
var tapless = strings.NewReplacer("bấm nút, gõ số hoặc gõ chữ", "gõ số hoặc gõ chữ", "bấm hoặc gõ", "gõ",
	"bấm số giúp em", "gõ số giúp em", "bấm Gửi", "gõ gửi", "{chị} bấm sửa;", "{chị} gõ sửa;")

// printed lists the choices that have something to type: "1. Có rồi", and at the end
// "(Gõ "để sau" hoặc "dừng nhắc")".
func printed(p flows.Prompt) string {
	var b strings.Builder
	numbered, words := p.Printed()
	words = slices.DeleteFunc(words, func(w string) bool { return strings.Contains(p.Text, " gõ "+w) }) // said already
	for _, o := range numbered {
		b.WriteString("\n" + o.Say + ". " + o.Label)
	}
	for i, w := range words {
		switch {
		case i == 0:
			b.WriteString("\n(Gõ ")
		case i == len(words)-1:
			b.WriteString(" hoặc ")
		default:
			b.WriteString(", ")
		}
		b.WriteString("\"" + w + "\"")
	}
	if len(words) > 0 {
		b.WriteString(")")
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
	if m.Photo != "" {
		head += "(ảnh " + m.Photo + ") "
	}
	text := m.Text
	if m.File != nil {
		text = strings.TrimSuffix(m.File.Line()+"\n"+text, "\n")
	}
	for i, l := range strings.Split(text, "\n") {
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

// split cuts a text into parts of at most limit UTF-16 units: at the end of a paragraph
// where that leaves no part nearly empty, else of a line, else at a space, else anywhere
// between letters.
func split(text string, limit int) []string {
	var parts []string
	for limit > 0 && units(text) > limit {
		cut := prefix(text, limit)
		if i := strings.LastIndex(text[:cut], "\n\n"); i > cut/2 {
			cut = i
		} else if i := strings.LastIndexByte(text[:cut], '\n'); i > 0 {
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
