package viet

// keepPhrases take a wish to correct back: nothing is to be changed after all.
var keepPhrases = table(row{1, `không sửa, không sửa nữa, không cần sửa, không cần sửa nữa, không phải sửa, khỏi sửa, khỏi sửa nữa, khỏi cần sửa, đừng sửa, đừng sửa nữa, chưa sửa,
	không chỉnh, không chỉnh nữa, khỏi chỉnh, không đổi nữa, không thay nữa, hết sửa, bỏ sửa, hủy sửa, thoát sửa,
	để nguyên, cứ để nguyên, giữ nguyên, cứ giữ nguyên, để như cũ, cứ để như cũ, giữ như cũ, để vậy, cứ để vậy, để thế, cứ để thế, để yên, cứ để yên`})

// KeepsAsIs reports whether she takes back that she wanted to correct something: "không sửa
// nữa", "thôi em ơi, để nguyên". It means something only while she corrects; a count may be
// answered with "giữ nguyên" too.
func KeepsAsIs(text string) bool {
	m := scan(text)
	defer m.release()
	if m.long || m.asks {
		return false
	}
	core := m.strip()
	for i := 0; i < len(core); i++ {
		if ph, end := keepPhrases.at(core, i); ph != nil {
			return onlyAround(core[end:])
		}
		if !onlyAround(core[i : i+1]) {
			return false
		}
	}
	return false
}

var keepAround = words("đâu")

// onlyAround reports words that may stand around any command, and nothing else.
func onlyAround(toks []token) bool {
	for i := range toks {
		t := &toks[i]
		switch {
		case t.kind == aMark && t.n != '?' || t.kind == anEmoji:
		case t.kind == aWord && (fillerWords.can(t) || politeWords.can(t) || selfWords.can(t) || closeWords.can(t) || keepAround.can(t)):
		default:
			return false
		}
	}
	return true
}
