package viet

// verdictOf weighs one clause. The order of the cases is the order of domain.md
// 13.1: unknown and same first, negation before yes.
func (y *yesNoReader) verdictOf(c *clause) verdict {
	y.weigh(c)
	confirm := y.question == "confirm"
	negated := c.has(saysNo) || c.has(saysNot)
	switch {
	case c.has(saysIf) || c.cond:
		return y.conditional(c)
	case c.has(saysHedge) && c.has(saysPlan) && !negated && c.tags&(1<<saysYes|1<<saysDone|1<<saysPast|1<<saysAsk) == 0 && y.question == "q1_activity" && c.has(saysThing):
		return vPlan // "chắc qua tết mới họp": unsure when, sure that it was not yet
	case c.has(saysHedge), c.has(saysAsk), c.has(saysFine), c.asked && c.tags != 0, c.tags == 1<<saysOnly && c.others == 0:
		return vDoubtful
	case c.endsNot && c.has(saysYes) && c.first == saysYes, c.endsNot && c.asksThing && !c.has(saysUnknown):
		return vDoubtful // "có họp không", "họp chưa"
	case confirm && c.first == saysSure && !negated:
		return vYes // "à đúng rồi chị quên"
	case c.has(saysForgot) && negated && c.has(saysThing):
		return vNo // "quên mất chưa họp"
	case c.has(saysForgot) && c.strange > 0 && !c.has(saysThing):
		return y.elsewhere() // "quên điện thoại ở nhà"
	case c.has(saysTheirs):
		return vMinor
	case c.has(saysUnknown), c.has(saysForgot):
		return vUnknown
	case c.has(saysEither) && !c.has(saysPlan):
		return vDoubtful
	case c.has(saysSame) && c.first == saysYes && !negated:
		return vYes // "vẫn có như mọi khi"
	case c.has(saysNoChange):
		return vSame
	case c.has(saysSame) && !(confirm && c.has(saysAs)), c.has(saysExactly) && !confirm:
		return vSame
	case c.has(saysLast) && !negated:
		return vLast
	case c.has(saysWrong):
		if confirm {
			return vNo
		}
		return vDoubtful
	case (c.has(saysPartly) || c.has(saysWooing)) && y.question == "q12_dues" && !c.has(saysPlan):
		return vDoubtful
	case negated:
		return y.negated(c)
	case (c.has(saysPartly) || c.has(saysWooing)) && !c.has(saysPlan), c.has(saysMinor) && y.question == "q12_dues":
		return vDoubtful
	case c.has(saysOff):
		return vNo
	case c.has(saysCalled):
		return vMinor
	case c.has(saysPlan):
		return y.planned(c)
	}
	return y.affirmed(c)
}

// planned weighs a clause about what is to come.
func (y *yesNoReader) planned(c *clause) verdict {
	switch {
	case c.first == saysDone && c.plansThing:
		return vDoubtful // "xong rồi mai họp"
	case c.first == saysDone && c.has(saysThing) || c.first == saysYes && y.question == "q3_resources":
		return vYes
	case y.question == "confirm":
		return vDoubtful
	case c.strange > 0 && !c.has(saysThing):
		return y.elsewhere() // "mai đám cưới"
	}
	return vPlan
}

// conditional weighs "hết mưa thì họp": what hangs on something is yet to come.
func (y *yesNoReader) conditional(c *clause) verdict {
	told := c.has(saysYes) || c.told > c.thingAt
	switch {
	case !c.cond || !c.has(saysThing):
		return silent
	case y.question == "q3_resources" || told:
		return vDoubtful
	}
	return vPlan
}

// negated weighs a clause with a negation in it.
func (y *yesNoReader) negated(c *clause) verdict {
	switch {
	case c.both && (y.question == "q1_activity" || y.question == "q3_resources"):
		return vDoubtful // "chưa họp có ra quân dọn đường"
	case c.endsNot && c.so && y.question == "q1_activity":
		return vNo // "bận đám cưới nên chưa"
	case c.aside && y.question != "q1_activity":
		return vDoubtful // "họp chưa được", asked about the fund
	case c.has(saysLast) && !c.has(saysThing):
		return vLast
	case c.endsNot && c.has(saysDone):
		return vDoubtful // "tổ 1 họp rồi tổ 2 chưa"
	case c.endsNot && c.contrast && c.strange == 0 && !c.has(saysDone) && !y.likened(c):
		return vNo // "họp chi bộ thôi chứ hội mình chưa"
	case c.endsNot && c.others > 0 && !c.has(saysThing) && !c.has(saysNo):
		return vDoubtful // "em ăn cơm chưa"
	case c.first == saysDone && (c.others > 0 || c.has(saysThing)):
		return vYes // "họp rồi không đông"
	case c.first == saysYes && c.has(saysNot), c.first == saysDone:
		return vDoubtful
	case (c.denies > 0 || c.has(saysModal) && !c.has(saysNo)) && !c.has(saysThing):
		return y.elsewhere() // "không có mạng"
	}
	return vNo
}

// likened reports "như" in a clause: "họp rồi mà như chưa".
func (y *yesNoReader) likened(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		if likeWord.can(&y.core[i]) {
			return true
		}
	}
	return false
}

var likeWord = words("như")

// garbles reports a word of no sense in a clause: "quỹ ếht sạch rồi".
func (y *yesNoReader) garbles(c *clause) bool {
	for i := c.from; i < c.to; i++ {
		if y.m.misspelled(&y.core[i]) {
			return true
		}
	}
	return false
}

// untilThen reports "28 mới họp": on the 28th at last, or not before.
func (y *yesNoReader) untilThen(c *clause) bool {
	start, end := y.core[c.from].start, y.core[c.to-1].end
	for i := range y.m.toks {
		t := &y.m.toks[i]
		if t.start >= start && t.end <= end && t.kind == aNumber && t.n <= 31 && moiWord.can(y.m.tok(i+1)) {
			return politeBefore(y.m.toks, i)
		}
	}
	return false
}

// affirmed weighs a clause without negation.
func (y *yesNoReader) affirmed(c *clause) verdict {
	activity := y.question == "q1_activity"
	switch {
	case c.number && c.has(saysDoubt) && c.sure && y.question == "confirm":
		return vYes // "đúng là 35"
	case c.number && c.tags != 0 && (y.question == "q12_dues" && !c.has(saysSure) || y.question == "confirm"):
		return vDoubtful // "thu được 80%"; "ừ 12" says a number again
	case activity && c.number && y.untilThen(c), !activity && c.has(saysDone) && !c.has(saysYes) && y.garbles(c):
		return vDoubtful
	case c.aside, y.chat(c): // "họp chi bộ chứ chi hội thì chưa"
		return vMinor
	case c.has(saysYes), c.has(saysSure):
		return vYes
	case c.has(saysDone):
		if c.others > 1 && !c.has(saysThing) && !c.has(saysPast) && !activity {
			return vDoubtful
		}
		return vYes
	case c.has(saysAs), c.has(saysExactly):
		return vYes
	case c.has(saysDoubt):
		if c.sure || c.has(saysAck) {
			return vYes
		}
		return vDoubtful
	case c.purpose && c.tags == 1<<saysThing && c.to-c.from <= 3:
		return silent // "… mà họp"
	case c.has(saysThing) && c.blurred && !c.has(saysPast):
		return vDoubtful // "cchuwa hopj": it may deny
	case c.has(saysThing) && (activity || y.question == "q3_resources"):
		return vYes
	case c.has(saysThing) && c.has(saysPast):
		return vYes
	case c.has(saysPast) && activity && !c.has(saysAck):
		return vYes
	case c.has(saysMinor):
		return vMinor
	case c.has(saysAck):
		return vAck
	}
	return silent
}
