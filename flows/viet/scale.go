package viet

// scaleDoubts are answers to "how much" that fit no step of the scale.
var scaleDoubts = table(row{1, `còn vài|dăm ba? chị|người|nhà|hộ|bà|em?, tàm tạm, cũng tạm, tạm, tạm ổn, tạm được, tương đối, kha khá, cũng khá, khá, cũng được, bình thường, hơn nửa, hơn một nửa, quá nửa, trên nửa, hơn phân nửa, quá bán, chưa tới|được|đến|đầy|đạt một? nửa|phân, chưa tới|được|đến phân nửa, không tới|được|đến một? nửa, dưới một? nửa, hơn|quá|trên một nửa, chưa hết, không hết, chưa biết hết, không|chưa biết|rõ|nhớ|nắm nữa, không biết hết, chưa nắm hết, không nắm hết, chưa đủ, chưa đầy đủ, nhiều, cũng nhiều, khá nhiều, hai phần ba, một phần ba, ba phần tư, một phần tư, hình như, chắc, tùy, hơn một phần, già nửa, hơn già nửa, lưng lửng, bảy tám phần, chưa quen hết, chưa rõ hết, không nhớ hết, chưa nhớ hết, người biết người không, người nhớ người quên, có người biết có người không, cái biết cái không, không ai, chưa nắm được hết, không|chưa được|biết|nắm|nhớ|quen|rõ hết|cả|đủ, tổ|xóm|đội mình|hết, mỗi tổ|xóm|đội`})

// scaleWords are the families of the scale.
const scaleTags = 1<<uint(famMost) | 1<<uint(famHalf) | 1<<uint(famFew)

// scaleOf reads the scale of the three "biết" questions (domain.md 4.1) from
// words, a percentage or a fraction: 1 most, 2 half, 3 few, 0 stated but
// between the steps.
func scaleOf(m *message, toks []token) (v int, ok bool) {
	var seen [4]bool
	n, doubt := 0, false
	for i := 0; i < len(toks); {
		if k, end, found := ratioAt(toks, i); found {
			if k == 0 {
				doubt = true
			} else if !seen[k] {
				seen[k] = true
				n++
				v = k
			}
			i = end
			continue
		}
		d, dEnd := scaleDoubts.at(toks, i)
		ph, end := familyWords.atIn(toks, i, scaleTags)
		switch {
		case d != nil && dEnd >= end:
			doubt = true
			i = dEnd
		case ph != nil:
			k := ph.tag - int(famMost) + 1
			afterNumber := end == i+1 && i > 0 && toks[i-1].kind == aNumber && numberJoin.can(&toks[i])
			if denied(toks, i) && !startsDenied(&toks[i]) || afterNumber || unknownAfter(toks[end:]) { // "2 cả": the number, or all
				doubt = true
			} else if !seen[k] {
				seen[k] = true
				n++
				v = k
			}
			i = end
		default:
			i++
		}
	}
	if last := len(toks) - 1; n > 0 && last > 0 && denyWords.likely(&toks[last]) {
		doubt = true // "biết hết mặt, hoàn cảnh thì chưa"
	}
	switch {
	case n == 1 && !doubt:
		return v, true
	case n > 0 || doubt:
		return 0, true
	}
	return 0, false
}

// unknownAfter reports that those told of before are the ones not known: "gần hết chưa biết",
// "ít ai mà chị không biết". "gần hết, chỉ chưa biết mấy chị mới" excepts some.
func unknownAfter(toks []token) bool {
	for i := range toks {
		t := &toks[i]
		if t.kind == aMark || exceptWords.can(t) {
			return false
		}
		if ph, _ := notKnown.at(toks, i); ph != nil {
			return true
		}
	}
	return false
}

var (
	exceptWords = words("chỉ trừ còn nhưng")
	notKnown    = table(row{1, `không|chưa|chẳng|hổng biết|nhớ|nắm|rõ|quen|thuộc|tường|rành, không|chưa|chẳng|hổng được? biết|nhớ|nắm|rõ|quen`})
)

// ratioAt reads "50%", "1/2", "60/118" and places it on the scale; what lies
// between two steps is 0.
func ratioAt(toks []token, i int) (v, end int, ok bool) {
	if i+1 >= len(toks) {
		return 0, i, false
	}
	t, next := &toks[i], &toks[i+1]
	if t.kind != aNumber {
		return spelledRatio(toks, i)
	}
	if next.kind == aMark && next.n == '%' {
		if i > 1 && toks[i-1].kind == aMark && toks[i-2].kind == aNumber && toks[i-1].n == '-' {
			return 0, i + 2, true
		}
		return step(float64(t.n) / 100), i + 2, true
	}
	if next.kind == aMark && (next.n == '/' || next.n == '-') && i+2 < len(toks) && toks[i+2].kind == aNumber && toks[i+2].n > 0 {
		a, b := t.n, toks[i+2].n
		switch {
		case a == 50 && b == 50:
			return 2, i + 3, true
		case next.n == '/' && a <= b:
			return step(float64(a) / float64(b)), i + 3, true
		}
		return 0, i + 3, true
	}
	return spelledRatio(toks, i)
}

// spelledRatio reads "chín mươi phần trăm", "hai phần ba", "8 phần 10".
func spelledRatio(toks []token, i int) (v, end int, ok bool) {
	q, end, ok := quantityAt(toks, i)
	if !ok || end+1 >= len(toks) || !toks[end].is(phanWord) || !phanOnly.surely(&toks[end]) && !toks[end+1].is(tramWord) {
		return 0, i, false
	}
	whole := quantity{n: 100}
	to := end + 2
	if !toks[end+1].is(tramWord) {
		if whole, to, ok = quantityAt(toks, end+1); !ok || whole.n == 0 {
			return 0, i, false
		}
	}
	if q.ask || whole.ask || q.n > whole.n {
		return 0, to, true
	}
	return step(float64(q.n) / float64(whole.n)), to, true
}

var phanOnly = words("phần")

var phanWord = lex.word("phần")

func step(r float64) int {
	switch {
	case r > 1:
		return 0
	case r >= 0.8:
		return 1
	case r >= 0.4 && r <= 0.6:
		return 2
	case r <= 0.3:
		return 3
	}
	return 0
}
