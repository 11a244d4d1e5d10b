package viet

var (
	agreeWord = [2]term{lex.word("đồng"), lex.word("ý")}
	yetWord   = words("mà")
	dongWord  = words("đông") // "ĐÔNG Ý" means nothing else
	iWord     = words("í")
	agreeSelf = words(`chị em tôi tui mình cô bác dì con cháu mợ thím xin hoàn toàn rất đã luôn rồi nhé nha nghen ạ dạ vâng á đó đấy nè hen ơi ừ
		đi nhá à thì nhất trí bà nghe cưng hí cán bộ cháu bạn mẹ má`)
)

// Consents reports consent: "đồng ý" in any spelling, with nothing around it
// but politeness. Anything else, a condition, a question, "ok", is not consent
// (domain.md 12.2 and 13.1).
func Consents(text string) bool {
	m := scan(text)
	defer m.release()
	if m.long || m.asks {
		return false
	}
	found := false
	for i := 0; i < len(m.toks); i++ {
		t := &m.toks[i]
		switch {
		case t.kind == aMark && quietMark(t.n), t.kind == anEmoji && !refuses(t.n):
		case t.kind != aWord:
			return false
		case i+1 < len(m.toks) && agrees(t, &m.toks[i+1]):
			found = true
			i++
		case found && (thoiWord.surely(t) || yetWord.surely(t)):
		case !agreeSelf.can(t) || t.slip:
			return false
		}
	}
	return found && !endsAsking(m.toks) && !m.kinAgree()
}

// kinAgree reports somebody of her family as the one who agrees: "con chị đồng
// ý". "Nha em" is no family.
func (m *message) kinAgree() bool {
	for i := range m.toks {
		if ph, _ := asidePhrases.at(m.toks, i); ph != nil && !politeWords.can(&m.toks[i]) {
			return true
		}
	}
	return false
}

// agrees reports the two words of "đồng ý". "động ý" and the like are slips of
// the thumb; another word of the lexicon is not.
func agrees(a, b *token) bool {
	if a.group != agreeWord[0].group || a.mask&agreeWord[0].bit == 0 && !dongWord.surely(a) {
		return false
	}
	if b.group == agreeWord[1].group {
		return b.mask&(agreeWord[1].bit) != 0 || iWord.can(b)
	}
	return iWord.can(b)
}

func quietMark(n int32) bool {
	switch n {
	case '.', '!', ',', '"', '\'', '\n', '(', ')', '*', '-', ':', ';':
		return true
	}
	return false
}

// refuses reports the emoji that say no.
func refuses(r int32) bool {
	switch r {
	case 0x1F44E, 0x274C, 0x274E, 0x2716, 0x1F6AB, 0x1F645, 0x26D4, 0x1F914, 0x2753, 0x2754, 0x1F644:
		return true
	}
	return false
}
