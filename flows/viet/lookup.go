package viet

import (
	"slices"
	"unicode/utf8"
)

// word adds the token of the letters i to j of a run, trying in turn: the
// word itself, a short form, letters doubled by a resting thumb, Telex, the
// word without or with half of its marks, two or three words typed together.
func (m *message) word(w *letterRun, i, j int, glued bool) {
	var buf [maxRun]rune
	run := placeTone(squeeze(append(buf[:0], w.r[i:j]...)))
	var text [maxRun * 4]byte
	s := text[:0]
	ascii := true
	for _, r := range run {
		s = utf8.AppendRune(s, r)
		ascii = ascii && r < 0x80
	}
	base := token{start: w.at[i], end: w.at[j], kind: aWord}
	if len(s) == 1 && (s[0] == 'k' || s[0] == 'r') && j-i < w.n {
		m.add(base, glued) // "50k" is thousands, no không; "0r" is not "không rồi"
		return
	}
	if m.known(s, ascii, base, glued) {
		return
	}
	if ascii && m.telexWord(s, base, glued, false) {
		return
	}
	if d := undouble(run); d != nil {
		s2 := make([]byte, 0, len(s))
		for _, r := range d {
			s2 = utf8.AppendRune(s2, r)
		}
		if m.known(s2, ascii, base, glued) || ascii && m.telexWord(s2, base, glued, false) {
			return
		}
	}
	if ascii && m.telexWord(s, base, glued, true) {
		return
	}
	if d, ok := slippedDenial(run); ok && !glued && j-i == w.n {
		base.group, base.mask, base.slip = d.group, d.bit, true
		m.add(base, glued)
		m.slipped = true
		return
	}
	if !ascii && m.halfMarked(run, base, glued) {
		return
	}
	if (len(run) >= 4 || len(run) == 3 && !ascii) && j-i == len(run) && !glued && m.parted(w, i, run, glued) {
		return
	}
	m.add(base, glued)
}

// known adds the token of a word or short form of the lexicon.
func (m *message) known(s []byte, ascii bool, t token, glued bool) bool {
	if a, ok := lex.aliases[string(s)]; ok {
		t.short = true
		m.spelled(a, t, glued)
		return true
	}
	if ascii {
		g, ok := lex.byFold[string(s)]
		if ok {
			t.group, t.mask = g, lex.groups[g].all
			m.add(t, glued)
		}
		return ok
	}
	e, ok := lex.byNorm[string(s)]
	if ok {
		t.group, t.mask = e.group, e.bit
		m.add(t, glued)
	}
	return ok
}

// spelled adds the words a spelling stands for.
func (m *message) spelled(a alias, t token, glued bool) {
	for k := range a.terms[:a.n] {
		t.group, t.mask = a.terms[k].group, a.terms[k].bit
		m.add(t, glued && k == 0)
	}
}

// undouble writes doubled letters once, nil when none is doubled.
func undouble(run []rune) []rune {
	for i := 1; i < len(run); i++ {
		if run[i] != run[i-1] {
			continue
		}
		out := make([]rune, 0, len(run))
		for k, r := range run {
			if k == 0 || r != run[k-1] {
				out = append(out, r)
			}
		}
		return out
	}
	return nil
}

// telexWord adds the word a run is in Telex; partly is that some of its marks may be missing.
// "coo" is cô less often than có typed by a resting thumb.
func (m *message) telexWord(s []byte, t token, glued, partly bool) bool {
	var d typed
	if string(s) == "coo" || !d.telex(s) {
		return false
	}
	t.decoded = true
	if e, ok := d.find(); ok {
		m.spelled(e, t, glued)
		return true
	}
	if !partly {
		return false
	}
	g, mask := d.findPartly()
	if mask == 0 {
		return false
	}
	t.group, t.mask = g, mask
	m.add(t, glued)
	return true
}

// halfMarked finds the words whose marks include those typed ("muơi" can be
// mười and mươi). When no word does, the marks are a slip of the thumb and the
// token says so: a slip is only trusted next to a word that is right.
func (m *message) halfMarked(run []rune, t token, glued bool) bool {
	var fold [maxRun]byte
	for i, r := range run {
		l := apart(r)
		if l.base == 0 {
			return false
		}
		fold[i] = l.base
	}
	g, ok := lex.byFold[string(fold[:len(run)])]
	if !ok {
		return false
	}
	t.group = g
	for b, w := range lex.groups[g].words {
		if marksWithin(run, w) {
			t.mask |= 1 << b
		}
	}
	if t.mask == 0 {
		t.mask, t.slip = lex.groups[g].all, true
	}
	m.add(t, glued)
	return true
}

// marksWithin reports that every mark of run is also on w. A tone may sit on
// another letter: thumbs put it there.
func marksWithin(run []rune, w string) bool {
	var runTone, wordTone tone
	i := 0
	for _, r := range w {
		a, b := apart(run[i]), apart(r)
		if a.shape != noShape && a.shape != b.shape {
			return false
		}
		if a.tone != level {
			runTone = a.tone
		}
		if b.tone != level {
			wordTone = b.tone
		}
		i++
	}
	return runTone == level || runTone == wordTone
}

// parted splits words typed together ("ketnap", "chuahop") when the whole run is two or three
// words: without marks of those people do type so, with marks ("mươitám") of any in the lexicon.
func (m *message) parted(w *letterRun, i int, run []rune, glued bool) bool {
	var cuts [3]int
	ascii := true
	for _, r := range run {
		ascii = ascii && r < 0x80
	}
	n := splitRun(run, &cuts, 0, ascii)
	if n < 2 {
		return false
	}
	from := 0
	for _, to := range cuts[:n] {
		before := len(m.toks)
		m.word(w, i+from, i+to, glued && from == 0)
		for k := before; k < len(m.toks); k++ {
			m.toks[k].short = true
		}
		from = to
	}
	return true
}

// splitRun fills cuts with the ends of the words of run, longest first.
func splitRun(run []rune, cuts *[3]int, depth int, ascii bool) int {
	done := 0
	if depth > 0 {
		done = cuts[depth-1]
	}
	rest := run[done:]
	if len(rest) == 0 {
		return depth
	}
	if depth == 3 {
		return 0
	}
	for n := min(len(rest), 7); n >= 1 && (n > 1 || slices.Contains(oneLetter, rest[0])); n-- {
		if !(glueable(rest[:n]) || !ascii && written(rest[:n])) {
			continue
		}
		cuts[depth] = done + n
		if k := splitRun(run, cuts, depth+1, ascii); k > 0 {
			return k
		}
	}
	return 0
}

// oneLetter are the words of one letter that people type onto another: "cóạ", "ànhầm".
var oneLetter = []rune("ạàáừờ")

// glueable reports that a piece is one of gluedWords, or short for không.
func glueable(piece []rune) bool {
	var text [32]byte
	s := text[:0]
	ascii := true
	for _, r := range piece {
		s = utf8.AppendRune(s, r)
		ascii = ascii && r < 0x80
	}
	if a, ok := lex.aliases[string(s)]; ok && a.n == 1 && a.terms[0] == khongTerm {
		return true // "koco": other short forms are too short to be trusted inside a run
	}
	if ascii {
		g, ok := lex.byFold[string(s)]
		return ok && gluedWords[g] != 0
	}
	t, ok := lex.byNorm[string(s)]
	return ok && gluedWords[t.group]&t.bit != 0
}

// written reports a piece that is a word of the lexicon as it is written, or with half its
// marks.
func written(piece []rune) bool {
	var text [32]byte
	var fold [maxRun]byte
	s, ascii := text[:0], true
	for i, r := range piece {
		s = utf8.AppendRune(s, r)
		ascii = ascii && r < 0x80
		fold[i] = apart(r).base
	}
	if _, ok := lex.byNorm[string(s)]; ok {
		return true
	}
	g, ok := lex.byFold[string(fold[:len(piece)])]
	return ok && (ascii || slices.ContainsFunc(lex.groups[g].words, func(w string) bool { return marksWithin(piece, w) }))
}

// gluedWords are the words people type without a blank. Any two words of the
// lexicon would do for chance: names and slips would come apart into words
// nobody typed.
var gluedWords = words(`kết nạp họp chưa không có rồi chuyển đi hội viên chi mất bỏ qua sửa gửi câu mục thêm ngày hôm nay giảm tăng quay lại để sau
	đồng ý đã hết xem trợ giúp bắt đầu báo cáo tháng này nghỉ sinh hoạt người chị em được ai biết đúng phải nữa gần nửa vệ gì kỳ quỹ hai ba bốn mươi trăm chục một mười năm sáu bảy tám chín lăm linh lẻ nghìn nhưng mai sau trước mới thì đi nha nhé à nhầm ừ`)
