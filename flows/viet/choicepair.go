package viet

// pairStatus reads "1. Có 2. Chưa 3. Đã xong": "rồi" alone may be either of
// the outer two.
func (c *choiceReader) pairStatus() Reading[int] {
	yes, no, done := c.optionOf(famYes), c.optionOf(famNotYet), c.optionOf(famFinished)
	finished, unfinished, met := false, false, false
	only := true
	for i := 0; i < len(c.core); {
		ph, end := familyWords.atIn(c.core, i, 1<<uint(famFinished)|1<<uint(famYes))
		if ph != nil && family(ph.tag) == famFinished {
			only = false
			if denied(c.core, i) && !startsDenied(&c.core[i]) {
				unfinished = true
			} else {
				finished = true
				c.done = c.done || startsDenied(&c.core[i])
			}
			if end < len(c.core) && denyWords.likely(&c.core[end]) {
				unfinished = true // "xong chưa"
			}
		}
		if ph != nil && family(ph.tag) == famYes {
			only = false
			met = met || !denied(c.core, i)
		}
		if c.core[i].kind == aWord && !onlyRoi.can(&c.core[i]) {
			only = false
		}
		i = max(end, i+1)
	}
	r := ReadYesNo(c.m.src, "q9_pair")
	if r.Outcome == NotUnderstood && met {
		r.Outcome, r.Value = Value, Yes
	}
	switch {
	case only && r.Outcome == Value && r.Value == Yes:
		return c.ask(yes, done)
	case !finished && pairEnds.has(c.core):
		return c.ask(no, done)
	case r.Outcome == Value && r.Value == No && otherWay.has(c.core):
		return c.ask(yes, no)
	case finished && unfinished, unfinished:
		return c.ask(yes, no)
	case finished && r.Outcome == Ask && c.m.strange(c.core, pairWords) > 0:
		return c.ask(yes, done) // "chị ăn xong rồi"
	case finished && (r.Outcome != Value || r.Value == Yes || c.done):
		return c.value(done)
	case met && !unfinished && r.Outcome == Ask && !choiceHedges.has(c.core) && pairGoes.has(c.core):
		return c.value(yes)
	case finished:
		return c.ask(no, done)
	case r.Outcome == Value && r.Value == Yes:
		return c.value(yes)
	case r.Outcome == Value && r.Value == No:
		return c.value(no)
	case r.Outcome == NotUnderstood:
		return Reading[int]{}
	}
	return c.ask(yes, no)
}

// pairEnds tell that a pair is no more, or that they did not meet any more this month;
// otherWay that they did not meet and yet were in touch.
var (
	pairEnds = table(row{1, `không|chẳng|hổng còn, không|chẳng|hổng * nữa, hết rồi|cặp, tan rồi, rã rồi, nghỉ chơi`})
	otherWay = table(row{1, `nhưng|mà|song|chỉ|cũng|vẫn có? gọi|điện|nhắn|zalo|gửi|phôn|alo`})
)

var pairGoes = table(row{1, `đang giúp|kèm|gặp`})

var onlyRoi = words("rồi đã")
