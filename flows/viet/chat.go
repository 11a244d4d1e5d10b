package viet

// Where asidePhrases count: anywhere in a reply, only where it or a clause
// starts, or anywhere that is about kin.
const anywhere, atStart, kinship = 1, 2, 3

// aboutHer reports a reply that starts with her own household, or speaks of an
// event that is none of the branch's.
func (m *message) aboutHer() bool { return m.asideFrom(0, true) >= 0 }

// asideFrom gives the first token from i that speaks of her household or of a meeting
// of others, -1 for none; first is that nothing stands before i.
func (m *message) asideFrom(from int, first bool) int {
	for i := from; i < len(m.toks); i++ {
		t := &m.toks[i]
		ph, end := asidePhrases.at(m.toks, i)
		if ph != nil && nhaWord.can(m.tok(end-1)) && publicHouse.can(m.tok(end)) {
			ph = nil // "dọn nhà văn hóa"
		}
		if ph != nil && !m.isPolite(i) && (ph.tag == anywhere || first) {
			return i
		}
		if ph != nil && ph.tag == atStart && first && !politeWords.can(t) {
			return i // "chị đang", but not "nha em"
		}
		first = first && (t.kind == aWord && (politeWords.can(t) || selfWords.can(t) || asideLead.can(t)))
	}
	return -1
}

// publicHouse follows "nhà" in the house of the village.
var (
	nhaWord     = words("nhà")
	publicHouse = words("văn họp sinh cộng rông thờ tình trẻ")
)

var asideLead = words("cả hôm nay qua kia sáng chiều tối thì vâng ừ dạ")

// strange counts the words of toks that are neither known to stand in answers
// nor in the set.
func (m *message) strange(toks []token, known wordSet) int {
	n := 0
	for i := range toks {
		t := &toks[i]
		if t.kind == aWord && !answerWords.can(t) && !known.can(t) && !politeWords.can(t) && !selfWords.can(t) {
			n++
		}
	}
	return n
}

// pairWords may stand in an answer about a pair of members.
var pairWords = words(`cặp đôi kèm giúp đỡ gặp thăm hoàn thành tất kết thúc chấm dứt thoát nghèo đạt vào nạp dừng nghỉ giải tán nhiệm vụ cần hội viên đã khỏi không hết trả nợ vươn mục tiêu chỉ kế hoạch việc rồi`)

// scaleElsewhere reports that what is "hết" or "ít" is something else than the
// members known: "hết tiền rồi", "chị ăn đủ rồi".
func (c *choiceReader) scaleElsewhere() bool {
	strange, hit, topic := 0, false, false
	for i := 0; i < len(c.core); {
		t := &c.core[i]
		if t.kind == aMark {
			if hit {
				break
			}
			strange = 0
			i++
			continue
		}
		topic = topic || topicWords.can(t)
		if ph, end := familyWords.atIn(c.core, i, scaleTags); ph != nil {
			hit = true
			i = end
			continue
		}
		if t.kind == aWord && (t.slip || notOnScale.can(t) || !answerWords.can(t) && !topicWords.can(t) && !leadWords.can(t) && !alsoOnScale.can(t)) {
			strange++
		}
		i++
	}
	return hit && strange > 0 && !topic
}

var (
	topicWords  = words("biết nắm nhớ quen rõ thuộc rành hiểu mặt cảnh nhu cầu viên tường")
	alsoOnScale = words("số phần trăm nửa người mới nhận vài chừng cỡ tầm ước còn như gần mỗi nhất trừ ra đến tới hơn nghĩ thấy chiếm lại ấy làng xóm thôn ấp tổ hội chi bản buôn khu đội phố chỉ mới thôi chừng xịu xìu xíu tẹo tí")
	notOnScale  = words("giờ nhà tiền ăn nói đêm tháng ngày bữa tuần năm buổi")
)

// elsewhere reports that what was on the day found is something else: "hôm qua
// chị đi đám cưới".
func (f *dateFinds) elsewhere(m *message) bool {
	if m.aboutHer() {
		return true
	}
	strange, activity := 0, false
	for i := 0; i < len(m.toks); {
		if to := f.spanAt(i); to > i {
			i = to
			continue
		}
		t := &m.toks[i]
		if ph, end := thingPhrases["q1_activity"].at(m.toks, i); ph != nil && ph.tag == saysThing {
			activity = true
			i = end
			continue
		}
		if t.kind == aWord && !answerWords.can(t) && !leadWords.can(t) && !politeWords.can(t) && !selfWords.can(t) && !alsoOnDay.can(t) && !clockUnit(m.src, t) {
			strange++
		}
		i++
	}
	return strange > 0 && !activity
}

var alsoOnDay = words("họp nhớ nhà văn hóa lịch âm dương tây ta phút rưỡi hình chắc khoảng tháng mùng rằm là vào lúc tính bắt chứ nhầm lộn quên sửa ra giáo đại đoàn kết lễ quốc tế sáng trưa chiều tối đêm giờ đông nhất vui lắm đủ")

// spanAt gives the end of the date phrase that starts at or covers token i.
func (f *dateFinds) spanAt(i int) int {
	for _, d := range f.list[:f.n] {
		if i >= d.from && i < d.to {
			return d.to
		}
	}
	return i
}
