package bot_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"chihoi/bot"
	"chihoi/flows"
)

// A long text without buttons is split at paragraphs, else at lines, at 1,900 UTF-16 units
// of its composed form, loses no line, and has its choices at its very end.
func TestLongTextIsSplit(t *testing.T) {
	zalo := bot.Abilities{MaxText: 1900}
	paragraph := strings.TrimSuffix(strings.Repeat("Chi hội thôn Đông 🆘 cần hỗ trợ.\n", 15), "\n")
	decomposed := strings.Repeat("e\u0302\u0301", 1900) // 5,700 units as typed on some phones, 1,900 composed
	for name, c := range map[string]struct {
		text  string
		parts int
	}{
		"short":      {"Dạ.", 1},
		"paragraphs": {strings.Join([]string{paragraph, paragraph, paragraph, paragraph, paragraph}, "\n\n"), 2},
		"lines":      {strings.ReplaceAll(strings.Repeat(paragraph+"\n", 5), "\n\n", "\n"), 2},
		"one line":   {strings.Repeat("chi hội ", 400), 2},
		"no space":   {strings.Repeat("🌷", 2000), 3},
		"decomposed": {decomposed, 2}, // the choices no longer fit
	} {
		t.Run(name, func(t *testing.T) {
			out := bot.Render(flows.Prompt{Text: c.text, Options: []flows.Option{{Label: "Gửi", Say: "1"}, {Label: "Sửa", Say: "2"}}}, zalo)
			var whole []string
			for i, m := range out {
				if n := len(utf16.Encode([]rune(m.Text))); n > 1900 || n == 0 {
					t.Errorf("part %d has %d units", i, n)
				}
				if len(m.Rows) > 0 || strings.Contains(m.Text, "\uFFFD") {
					t.Errorf("part %d has buttons or half a letter", i)
				}
				whole = append(whole, strings.Fields(m.Text)...)
			}
			if len(out) != c.parts || !strings.HasSuffix(out[len(out)-1].Text, "1. Gửi\n2. Sửa") {
				t.Errorf("%d parts, want %d; the last ends %q", len(out), c.parts, out[len(out)-1].Text)
			}
			if name != "no space" && name != "decomposed" && strings.Join(whole, " ") != strings.Join(strings.Fields(c.text+" 1. Gửi 2. Sửa"), " ") {
				t.Error("words were lost")
			}
			if name == "paragraphs" && !strings.HasSuffix(out[0].Text, strings.TrimSpace(paragraph)) {
				t.Errorf("the first part ends within a paragraph: %q", out[0].Text[len(out[0].Text)-40:])
			}
		})
	}
}
