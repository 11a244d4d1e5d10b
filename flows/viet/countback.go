package viet

// takenBack reports that a clause set against the number's own ("mà", "nhưng") says that
// not all of them came, or that nobody joined or left: "60 mà vắng 12", "5 chị mới về mà
// chưa ai vô".
func (c *countReader) takenBack(n *item) bool {
	against := false
	for i := range c.items {
		it := &c.items[i]
		switch {
		case it.from < n.to:
		case it.kind == isBreak:
			against = it.tag == 1 && !conWord.can(&c.m.toks[it.from])
		case against && c.monthly() && toCome(it) && notYetDone.has(c.m.toks[it.to-1:c.nextNumber(it)]):
			return true // "chuyển 3 mà tháng sau mới cắt khẩu"
		case !against || it.kind != isAnchor || it.clause == n.clause:
		case c.question == "q1b_attendees" && it.tag == ofAbsent:
			return c.anchorOf(n) == 0 && it.value >= 0
		case c.question == "q7_joined" && it.none && it.tag == ofJoined:
			return !moreWords.has(c.m.toks[it.from:])
		}
	}
	return false
}

// gotOf gives the second of two numbers when the first only says how many were asked:
// "mời 60 mà đi có 43", "vận động 5 được 3".
func (c *countReader) gotOf(list []*item) *item {
	got, ok := cameOf[c.question]
	if !ok || len(list) != 2 {
		return nil
	}
	asked, came := list[0], list[1]
	if asked.q.ask || came.q.ask || came.q.n > asked.q.n || guestWords.can(c.m.tok(came.to)) {
		return nil
	}
	if !triedWords.can(c.m.tok(asked.from-1)) || !got.can(c.m.tok(came.from-1)) {
		return nil
	}
	return came
}

var (
	triedWords = words("mời báo gọi rủ động phục kêu hẹn ký nhắn")
	cameOf     = map[string]wordSet{
		"q1b_attendees": words("có đi đến tới dự được còn họp"),
		"q7_joined":     words("được chịu vô vào"),
	}
)

// ordered reports a bare number that something is to be done with: "nhắc 1" names a branch
// or a line, and counts nobody.
func (c *countReader) ordered(n *item) bool {
	return n.to == len(c.m.toks) && orderWords.has(c.m.toks[max(0, n.from-2):n.from])
}

var orderWords = table(row{1, `gọi, nhắc, xem, chi tiết, giao việc, bỏ qua, sửa|nhập hộ, hỏi lại`})

// toCome reports a time to come or a plan.
func toCome(it *item) bool {
	return it.kind == isSays && it.tag == saysPlan || it.kind == isDay && it.date.kind == byFuture
}

// notYetDone follows a time to come where what was counted still has to happen.
var notYetDone = table(row{1, `mới cắt|chuyển|đi|nghỉ|làm|kết|vào|vô|nạp|xét|duyệt|ra|nộp|báo|xong|được|có|chính`})

// moreWords tell that besides those named nobody else is meant.
var moreWords = table(row{1, `nữa, khác, thêm`})

// subtracted reports "trừ" before the second of two numbers: "85, trừ 3 chị mới mất".
func (c *countReader) subtracted(list []*item) bool {
	return len(list) == 2 && c.question != "q8_left" && (lessWord.likely(c.m.tok(list[1].from-1)) || !c.monthly() && fewerWords.likely(c.m.tok(list[1].from-1)))
}

// alsoNamed reports somebody "thêm" adds to those who left: "bà Chín qua đời, thêm cô Mười
// theo con lên phố". It is a word of joining too, so nothing is sure.
func (c *countReader) alsoNamed(n *item) bool {
	return n.name && (themWord.likely(c.m.tok(n.from-1)) || themWord.likely(c.m.tok(n.from-2)))
}

var lessWord = words("trừ")

// fewerWords say the same of a number that stands for all: "6, bớt 1".
var fewerWords = words("bớt giảm")

// seatWords are laid out for people, and count nobody.
var seatWords = words("ghế")
