package viet

import (
	"slices"
	"strings"
)

// say records a phrase in its clause.
func (y *yesNoReader) say(c *clause, ph *phrase, i, end int) {
	t := &y.core[i]
	if y.purpose(c, ph, i) {
		return
	}
	tag := y.meant(c, ph, i, end)
	c.so = c.so && tag == saysNot || end == i+1 && soWords.can(t)
	c.asksThing = tag == saysNot && c.thingAt == i && i > 0 && !c.has(saysNo) && !y.topicBefore(i)
	if tag == saysThing {
		c.plansThing = c.plansThing || c.has(saysPlan) && c.planAt == i && i > 0
		c.thingAt = end
		c.blurred = c.blurred || i > 0 && c.unknownAt == i
	}
	if tag == saysPlan && c.first == saysDone && c.told == i && i == c.from+1 {
		c.first, c.tags = 0, c.tags&^(1<<saysDone) // "rồi mai họp": then
	}
	if tag == saysModal && soWords.can(t) && c.others > 0 {
		return // "ốm nên chị phó họp thay"
	}
	c.endsNot = tag == saysNot
	if tag == 0 {
		c.others++
		y.foreign(c, i)
		return
	}
	if ph.gap && (tag == saysNo || tag == saysPlan) {
		y.inGap(c, i, end)
	}
	if answers(tag) {
		c.told = end
	}
	if tag == saysPlan {
		c.planAt = end
	}
	c.turns = c.turns || tag == saysYes && (c.has(saysNo) || c.has(saysNot)) && c.has(saysThing) && c.first != saysYes && c.first != saysDone
	c.both = c.both || c.turns && tag == saysThing
	c.tags |= 1 << tag
	if c.first == 0 && (tag == saysYes || tag == saysSure || tag == saysDone || tag == saysNo || tag == saysNot || tag == saysPlan) {
		c.first = tag
	}
}

// purpose reports "chuẩn bị" right after what was done: "tập dân vũ chuẩn bị hội thi" tells
// what for, and plans nothing.
func (y *yesNoReader) purpose(c *clause, ph *phrase, i int) bool {
	return ph.tag == saysPlan && i > 0 && c.thingAt == i && readyWord.surely(&y.core[i])
}

// meant is what a phrase says where it stands, 0 for nothing.
func (y *yesNoReader) meant(c *clause, ph *phrase, i, end int) int {
	t := &y.core[i]
	single, unsure := end == i+1, t.pref&(t.pref-1) != 0
	switch tag := ph.tag; {
	case tag == saysYes && single && !c.lead:
		return 0 // "nhà có đám" answers nothing
	case tag == saysDoubt:
		c.sure = doubtWords.surely(t)
	case tag == saysNo && single && dauWord.can(t) && !dauWord.surely(t):
		return saysHedge
	case tag == saysPlan && single && !planAlone.can(t) && !planWords.surely(t) && !y.thingSoon(end):
		return 0 // "co chut dinh" plans nothing
	case tag == saysElse:
		c.strange++
		return 0
	case tag == saysThing && y.question == "q1_activity" && i > 0 && roomWords.can(&y.core[i-1]) && !c.has(saysNo) && !c.has(saysNot) && !c.has(saysThing):
		c.strange++ // "đang sửa phòng họp"
		return 0
	case tag == saysOff && single && unsure:
		return saysHedge // "doi" is dời less often than đời or đội
	case tag == saysWeak:
		c.unsure = c.unsure || single && unsure
	case tag == saysAs && y.question != "confirm":
		return 0
	}
	return ph.tag
}

// topicBefore reports "thì" before word i, as in "họp thì chưa", which answers
// where "họp chưa" asks.
func (y *yesNoReader) topicBefore(i int) bool {
	for k := range y.m.toks {
		if t := &y.m.toks[k]; t.start == y.core[i].start {
			return k > 0 && thiOnly.can(&y.m.toks[k-1])
		}
	}
	return false
}

var thiOnly = words("thì")

// thingSoon reports what was asked about within three words.
func (y *yesNoReader) thingSoon(i int) bool {
	for k := i; k < i+3 && k < len(y.core) && y.things != nil; k++ {
		if ph, _ := y.things.at(y.core, k); ph != nil {
			return true
		}
	}
	return false
}

var (
	readyWord  = words("chuẩn")
	roomWords  = words("phòng chỗ nơi điểm")
	planAlone  = words("mai sắp sẽ")
	planWords  = words("mai mốt sắp sẽ định hẹn muốn")
	okWord     = words("ô")
	waitWord   = words("chờ để đợi")
	doubtWords = words("đúng phải")
	dauWord    = words("đâu")
)

// glued reports a number that hangs on a word, before it or behind it: the nought of "b0k" is
// none. What hangs on it behind may be money.
func (y *yesNoReader) glued(i int) bool {
	before := i > 0 && y.core[i].glued && y.core[i-1].kind == aWord
	behind := i+1 < len(y.core) && y.core[i+1].glued && y.core[i+1].kind == aWord
	if behind {
		t := &y.core[i+1]
		behind = !y.money(i+1) && !strings.EqualFold(y.m.src[t.start:t.end], "d") // "0d" is 0đ
	}
	return before || behind
}

// noDay reports a number among the words of a day that no month has: "hôm 0".
func noDay(toks []token) bool {
	return slices.ContainsFunc(toks, func(t token) bool { return t.kind == aNumber && (t.n < 1 || t.n > 31) })
}

// counted reports a number besides the one at i: "0 10" denies nothing.
func (y *yesNoReader) counted(i int) bool {
	for j := range y.core {
		if j != i && y.core[j].kind == aNumber {
			return true
		}
	}
	return false
}

// plain records a word no phrase knows.
func (y *yesNoReader) plain(c *clause, i int) {
	t := &y.core[i]
	c.endsNot = false
	c.so = soWords.can(t)
	n, _, word := t.digit()
	switch {
	case word && n > 0 && i+1 < len(y.core) && timesWords.surely(&y.core[i+1]):
		c.tags |= 1<<saysWeak | 1<<saysPast // "hai buổi"
	case t.kind == aNumber && t.n == 0 && t.digits == 1 && !y.glued(i) && !y.counted(i) && (y.question == "q3_resources" || y.question == "q12_dues"):
		c.tags |= 1 << saysNo // "quỹ 0 đồng"
	case t.kind == aNumber && y.money(i+1):
		if y.question == "q3_resources" {
			c.tags |= 1 << saysThing // "quỹ 1tr2"
		}
	case t.kind == aNumber:
		c.number = true
		if i+1 < len(y.core) && timesWords.can(&y.core[i+1]) && t.n > 0 {
			c.tags |= 1<<saysWeak | 1<<saysPast
		} else {
			c.others++
		}
	case strings.EqualFold(y.m.src[t.start:t.end], "no"):
		c.tags |= 1 << saysHedge // nỏ without its mark, or another word
	case leadWords.can(t), y.question == "q3_resources" && questionWords[y.question].can(t):
	case heldWords.can(t):
	default:
		if t.kind == aWord && (t.group == 0 || t.slip) && !y.m.capital(t) {
			c.unknownAt = i + 1
		}
		c.others++
		y.foreign(c, i)
		if c.tags == 0 {
			c.lead = false
		}
	}
	if t.kind == aWord && leadWords.can(t) && !y.expected(t) {
		y.foreign(c, i)
	}
}

// money reports a unit of money at i, after a number.
func (y *yesNoReader) money(i int) bool {
	if i >= len(y.core) || y.core[i].kind != aWord {
		return false
	}
	t := &y.core[i]
	switch raw := strings.ToLower(y.m.src[t.start:t.end]); raw {
	case "k", "tr", "đ", "củ":
		return t.glued || raw == "tr" || raw == "củ"
	}
	return moneyWords.surely(t)
}

// picture takes an emoji that means yes or no.
func (y *yesNoReader) picture(r int32) {
	v := silent
	switch r {
	case 0x1F44D, 0x1F44C, 0x2705, 0x2611, 0x2714, 0x1F197, 0x1F646, 0x1F4AF:
		v = vYes
	case 0x1F44E, 0x274C, 0x274E, 0x2716, 0x1F6AB, 0x1F645, 0x26D4:
		v = vNo
	default:
		return
	}
	if y.emoji != silent && y.emoji != v {
		y.clash = true
	}
	y.emoji = v
}
