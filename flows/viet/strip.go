package viet

import "strings"

// Politeness says nothing about the answer and stands anywhere: "dạ", "ạ",
// "em ơi", "nhé", "chị" (domain.md 13, pipeline).

var (
	politeWords = words(`ạ dạ nhé nha nhá nhe nghen hen hén hè nờ hỉ ha hả á à ơi đó đấy nè nầy luôn
		giùm dùm thì hihi haha hehe hì hi hí vầy kìa hic huhu kkk ui
		ủa úi ối hử hỉ nà he ngha nhen nớ nì nhể nhỉ thưa lắm chơ lận hà hầy mừ hah`)
	selfWords = words(`chị em cô bác tôi tui mình dì mợ thím anh cưng`)
	selfBare  = words("chị em") // also where they are typed without marks
	// kinWords address the one who asks, or stand for the one who answers, as
	// age has it; elsewhere they are somebody: "đón con", "nhà bà".
	kinWords   = words(`con cháu o u bà má mệ bầm mế bu`)
	kinCalled  = words(`ơi ạ à nhé nha nghe nờ nghen nhá á ui hen hè hỉ`)
	kinObjects = words(`chăm đón nuôi trông đưa sinh đẻ của cho trường lớp nhà đám con các mấy hai đứa với và bế dạy có thăm giữ ru bà
		cháu bên ở bệnh ốm lo cùng theo mẹ vợ chồng cưới gả về chở gửi đầy thằng thêm là đi thôi nôi học`)
	closeWords = words(`với mà nhỉ đã này nay hết cả nghe nhé nha nhá hen hè nờ đó đấy nè á à lại`)
	chiVerbs   = words(`làm mần biết`)
	coTail     = words(`cơ`)
	nayLead    = words(`tối hôm sáng chiều trưa bữa tháng tuần đêm năm kỳ quý đến tới`)
	ngheWord   = words(`nghe`)
	oiWord     = words(`ơi`)
	canWord    = words(`cán`)
	boWord     = words(`bộ`)
	toldWords  = words(`rồi chưa không có được`)
	hoiWord    = words(`hội bộ đoàn trưởng phó em tịch`)
	strictEnd  = words(`nha nhá nhé hen hè hỉ hi he ha nhe`)
)

// strip fills m.core with the words that may matter: politeness and ways of
// address left out, marks kept. A word that is only perhaps polite ("nha" can
// be "nhà") goes when it stands where politeness stands, at the end.
func (m *message) strip() []token {
	core := m.core[:0]
	for i := range m.toks {
		t := &m.toks[i]
		if t.kind != aWord || !m.isPolite(i) {
			core = append(core, *t)
		}
	}
	m.core = core
	return core
}

// isPolite decides one word of toks.
func (m *message) isPolite(i int) bool {
	t := &m.toks[i]
	switch {
	case selfWords.surely(t):
		return true
	case selfBare.likely(t):
		// "chi hoi" is the branch, "lam chi co" a denial.
		return (i+1 == len(m.toks) || !hoiWord.can(&m.toks[i+1])) && (i == 0 || !chiVerbs.can(&m.toks[i-1]))
	case politeWords.surely(t), m.isCalled(i):
		return true
	case oiWord.can(t) && i > 0 && (selfWords.can(m.tok(i-1)) || kinWords.can(m.tok(i-1))), ngheWord.can(t) && m.hearMe(i), m.officer(i):
		return true
	case nayDay.can(t) && i > 0 && nayLead.can(&m.toks[i-1]):
		return false // "toi nay" is a time
	case strictEnd.likely(t), politeWords.likely(t), coTail.surely(t):
		return m.endsClause(i+1) && (i > 0 && m.toks[i-1].kind != aMark || !perhapsNo(m, t))
	}
	return false
}

// officer reports a word of "cán bộ" where the two only address: "làm rồi cán bộ à".
func (m *message) officer(i int) bool {
	if boWord.can(m.tok(i)) {
		i--
	}
	if i < 1 || !canWord.can(m.tok(i)) || !boWord.can(m.tok(i+1)) {
		return false
	}
	return kinCalled.surely(m.tok(i+2)) || m.endsClause(i+2) && (toldWords.can(m.tok(i-1)) || m.tok(i-1).kind != aWord)
}

// hearMe reports the "nghe" of "2 nghe em", which asks for no listening: at the end, before a
// way of address or behind a number, and not denied.
func (m *message) hearMe(i int) bool {
	if i == 0 || !m.endsClause(i+1) || denyWords.can(m.tok(i-1)) || denyWords.can(m.tok(i-2)) {
		return false
	}
	return m.toks[i-1].kind == aNumber || selfWords.can(m.tok(i+1)) || kinWords.can(m.tok(i+1))
}

// perhapsNo reports a "no" that opens a clause: nờ only ends one, nỏ may open it.
func perhapsNo(m *message, t *token) bool { return strings.EqualFold(m.src[t.start:t.end], "no") }

// isCalled reports a word of kin that only addresses: "họp rồi con", "bác ơi".
func (m *message) isCalled(i int) bool {
	if !kinWords.likely(&m.toks[i]) {
		return false
	}
	called := i+1 < len(m.toks) && kinCalled.surely(&m.toks[i+1])
	if i == 0 {
		return called
	}
	p := &m.toks[i-1]
	return p.kind == aWord && !kinObjects.can(p) && (called || kinWords.surely(&m.toks[i]) && m.endsClause(i+1)) ||
		p.kind == aMark && called
}

// alone reports that token i is all that is said besides politeness.
func alone(toks []token, i int) bool {
	for k := range toks {
		t := &toks[k]
		if k != i && t.kind == aWord && !politeWords.can(t) && !selfWords.can(t) || k != i && t.kind == aNumber {
			return false
		}
	}
	return true
}

// politeFrom reports that only politeness stands from i to the end of the
// clause: the "em" of "thứ sáu em nhé" counts nobody.
func politeFrom(toks []token, i int) bool {
	for ; i < len(toks) && toks[i].kind != aMark; i++ {
		t := &toks[i]
		if t.kind != anEmoji && !politeWords.can(t) && !selfWords.can(t) {
			return false
		}
	}
	return true
}

// endsClause reports that nothing but politeness stands from i to the next
// punctuation.
func (m *message) endsClause(i int) bool {
	return politeFrom(m.toks, i)
}
