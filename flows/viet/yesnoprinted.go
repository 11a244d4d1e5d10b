package viet

// garbled reports numbers no thumb means: a nought written with a letter ("o0"), more digits
// hanging on a word than a day or a number of people has.
func (m *message) garbled() bool {
	for i := range m.toks {
		t := &m.toks[i]
		if t.kind == aNumber && (t.lookalike && t.n == 0 && t.digits > 1 || t.glued && t.digits > 4 && m.tok(i-1).kind == aWord) {
			return true
		}
	}
	return false
}

// onlyYes reads "dạ" with nothing but politeness around it. Without its mark it
// may be đã.
func (m *message) onlyYes(core []token) bool {
	for i := range core {
		if core[i].kind != aMark || core[i].n == '?' {
			return false
		}
	}
	for i := range m.toks {
		if daWord.surely(&m.toks[i]) {
			return true
		}
	}
	return false
}

var daWord = words("dạ")

// printedYesNo reads the number of a printed answer standing alone.
func (m *message) printedYesNo(core []token) (Reading[YesNo], bool) {
	n := 0
	for i := range core {
		t := &core[i]
		switch {
		case t.kind == aMark || t.kind == anEmoji || printedWords.can(t):
		case n == 0 && t.kind == aNumber && !t.lookalike:
			n = int(t.n)
		case n == 0 && oneWord.surely(t) && len(core) == 1: // "mot" may be mốt
			n = 1
		case n == 0 && twoWord.can(t) && len(core) == 1:
			n = 2
		default:
			return Reading[YesNo]{}, false
		}
	}
	if m.asks {
		return Reading[YesNo]{}, false
	}
	switch n {
	case 1:
		return Reading[YesNo]{Outcome: Value, Value: Yes, From: m.whole()}, true
	case 2:
		return Reading[YesNo]{Outcome: Value, Value: No, From: m.whole()}, true
	}
	return Reading[YesNo]{}, false
}

// numberedYesNo reads "1. có rồi", "2 chưa": a printed number and words that
// agree with it. Of dues "2 chưa" may be two who have not paid.
func (m *message) numberedYesNo(core []token, question string) (Reading[YesNo], bool) {
	if len(core) < 2 || core[0].kind != aNumber || m.asks {
		return Reading[YesNo]{}, false
	}
	want := map[int32]YesNo{1: Yes, 2: No}[core[0].n]
	if want == "" || core[1].kind != aMark && len(core) > 3 {
		return Reading[YesNo]{}, false // "2 có rồi nhé": no printed number
	}
	y := yesNoReader{m: m, core: core[1:], question: question, things: thingPhrases[question]}
	y.read()
	r := y.decide()
	if said(core) == 2 && r.Outcome == Value && (want == Yes && r.Value == No || want == No && r.Value == Yes) {
		return y.ask(), true // "2 có": the number or the word
	}
	agrees := r.Outcome == Value && r.Value == want && (want == No || core[1].kind == aMark)
	return r, agrees && question != "q12_dues"
}

// said counts the tokens that are no punctuation.
func said(toks []token) int {
	n := 0
	for i := range toks {
		if toks[i].kind != aMark {
			n++
		}
	}
	return n
}

var (
	printedWords = words("số câu chọn ý mục bấm phương án")
	oneWord      = words("một")
	twoWord      = words("hai")
	timesWords   = words("lần buổi cuộc đợt hoạt")
	heldWords    = words("có đã rồi")
)
