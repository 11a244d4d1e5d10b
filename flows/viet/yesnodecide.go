package viet

// tally is what the clauses say together.
type tally struct {
	first   verdict
	count   [vLast + 1]int
	yes, no int // the first clause that says so
	others  int
}

func (y *yesNoReader) tally() tally {
	t := tally{yes: -1, no: -1}
	for i := range y.clauses[:y.n] {
		c := &y.clauses[i]
		v := y.verdictOf(c)
		t.count[v]++
		t.others += c.others
		if t.first == silent && v != vAck && v != vLast {
			t.first = v
		}
		if v == vYes && t.yes < 0 {
			t.yes = i
		}
		if (v == vNo || v == vPlan) && t.no < 0 {
			t.no = i
		}
	}
	return t
}

// decide weighs the clauses against each other.
func (y *yesNoReader) decide() Reading[YesNo] {
	t := y.tally()
	n := t.count
	text := n[vYes]+n[vNo]+n[vPlan]+n[vUnknown]+n[vSame]+n[vDoubtful]+n[vMinor]+n[vLast] > 0
	switch {
	case y.clash:
		return y.ask()
	case y.emoji != silent:
		if !text {
			return y.value(map[verdict]YesNo{vYes: Yes, vNo: No}[y.emoji], -1)
		}
		if y.emoji == vYes && n[vYes] == 0 && n[vSame] == 0 || y.emoji == vNo && n[vNo]+n[vPlan] == 0 {
			return y.ask()
		}
	}
	switch {
	case n[vDoubtful] > 0:
		if t.first == vYes && n[vNo]+n[vPlan]+n[vUnknown] == 0 && y.doubtsDetail() {
			return y.value(Yes, t.yes)
		}
		if t.first == vNo && n[vYes] == 0 && (y.lastAsks() || y.excuses()) {
			return y.value(No, t.no)
		}
		return y.ask()
	case n[vUnknown] > 0:
		return y.unknown(t)
	case n[vSame] > 0:
		if n[vNo]+n[vPlan] > 0 {
			return y.ask()
		}
		if n[vYes] > 0 {
			return y.value(Yes, t.yes)
		}
		return y.value(Same, -1)
	case n[vYes] > 0 && n[vNo]+n[vPlan] > 0:
		return y.mixed(t)
	case n[vYes] > 0:
		return y.value(Yes, t.yes)
	case n[vNo] > 0 && n[vMinor] > 0 && y.question == "q1_activity" && y.butDid(t.no):
		return y.ask()
	case n[vNo]+n[vPlan] > 0:
		return y.value(No, t.no)
	case n[vMinor]+n[vLast] > 0:
		return y.ask()
	case n[vAck] > 0 && t.others == 0:
		return y.value(Yes, -1)
	}
	return Reading[YesNo]{}
}

// butDid reports a clause set against the denial in clause no that tells of something else:
// "khong hop ma co nau chao tang benh nhan ngheo roi".
func (y *yesNoReader) butDid(no int) bool {
	for i := no + 1; i < y.n; i++ {
		c := &y.clauses[i]
		if !(c.contrast || c.purpose) || !c.has(saysYes) || c.aside || c.strange == 0 {
			continue
		}
		for k := c.from; k < c.to && k < c.from+3; k++ {
			if coWord.can(&y.core[k]) {
				return true
			}
			if selfWords.can(&y.core[k]) {
				break
			}
		}
	}
	return false
}

// doubtsDetail reports that what is doubtful after a yes is a detail: a day, a
// number, a question of hers.
func (y *yesNoReader) doubtsDetail() bool {
	if y.question == "q12_dues" || y.question == "confirm" {
		return false
	}
	for i := range y.clauses[:y.n] {
		c := &y.clauses[i]
		if y.verdictOf(c) == vDoubtful && !c.asked && !c.number && !c.has(saysAsk) && !c.has(saysFine) && !c.has(saysPast) {
			return false
		}
	}
	return true
}

// excuses reports that what is doubtful after a no only says why: "chưa, mọi
// người đang làm vụ".
func (y *yesNoReader) excuses() bool {
	for i := range y.clauses[:y.n] {
		c := &y.clauses[i]
		if y.verdictOf(c) == vDoubtful && (c.tags&^(1<<saysPartly|1<<saysWeak|1<<saysWooing) != 0 || y.question == "q12_dues") {
			return false
		}
	}
	return true
}

// lastAsks reports that the doubt is only a question at the end.
func (y *yesNoReader) lastAsks() bool {
	c := &y.clauses[y.n-1]
	return c.asked || c.has(saysAsk) || c.has(saysFine)
}

// unknown weighs "không nhớ" against what else is said: after a yes it is
// about a detail.
func (y *yesNoReader) unknown(t tally) Reading[YesNo] {
	switch {
	case t.first == vYes && t.count[vNo]+t.count[vPlan] == 0:
		return y.value(Yes, t.yes)
	case t.first == vPlan && y.question == "q1_activity" && t.count[vYes]+t.count[vNo]+t.count[vSame] == 0:
		return y.value(No, t.no) // "định chủ nhật này họp mà chưa biết chắc"
	case t.count[vYes]+t.count[vNo]+t.count[vPlan]+t.count[vSame] > 0:
		return y.ask()
	}
	return y.value(Unknown, -1)
}

// mixed weighs clauses that say yes and clauses that say no.
func (y *yesNoReader) mixed(t tally) Reading[YesNo] {
	yes, no := &y.clauses[t.yes], &y.clauses[t.no]
	switch y.question {
	case "q1_activity":
		// No meeting but an activity counts; a plan beside what was done too.
		told := yes.has(saysDone) || yes.has(saysYes) || yes.has(saysPast) || yes.others > 0
		if t.no > t.yes && (no.others > 0 || no.has(saysThing) || no.has(saysPlan)) && (yes.has(saysThing) && told || yes.has(saysDone)) {
			return y.value(Yes, t.yes)
		}
		did := yes.has(saysYes) || yes.has(saysDone) || yes.has(saysPast) || yes.contrast
		switch {
		case t.yes < t.no:
		case did && (yes.has(saysThing) || yes.has(saysPast)):
			return y.value(Yes, t.yes)
		case !did && no.others == 0 && !no.has(saysThing) && !no.has(saysNo):
			return y.value(No, t.no) // "chưa em ạ, mọi người đi làm hết"
		}
	case "q3_resources":
		if no.contrast && t.yes < t.no && no.has(saysNo) && no.others == 0 && !no.has(saysThing) {
			return y.value(No, t.no) // "có quỹ nhưng hết rồi"
		}
		if yes.has(saysThing) || yes.contrast && !yes.number && !no.number && (yes.others == 0 || yes.has(saysYes)) || no.has(saysThing) || t.yes < t.no && no.others > 1 {
			return y.value(Yes, t.yes)
		}
	case "confirm":
		if t.no < t.yes && yes.number {
			return y.value(No, t.no)
		}
	}
	return y.ask()
}

func (y *yesNoReader) value(v YesNo, at int) Reading[YesNo] {
	from := y.m.whole()
	if at >= 0 && y.n > 1 {
		if s := y.m.from(y.core, y.clauses[at].from, y.clauses[at].to); s != "" {
			from = s
		}
	}
	return Reading[YesNo]{Outcome: Value, Value: v, From: from}
}

func (y *yesNoReader) ask() Reading[YesNo] {
	return Reading[YesNo]{Outcome: Ask, Candidates: []YesNo{Yes, No}, From: y.m.whole()}
}
