package viet

// slotPhrases name the items of the review the way people do, for "sửa kết nạp
// thành 4" (domain.md 13.4).
const (
	slotActivity = iota + 1
	slotDate
	slotAttendees
	slotKind
	slotReason
	slotPioneers
	slotResources
	slotFaces
	slotCircumstances
	slotNeeds
	slotJoined
	slotExcluded
	slotLeft
	slotPairs
	slotHelp
	slotMembers
	slotDied
	slotMovedOut
	slotLeftOrg
	slotDues
)

var slotNames = [...]string{"", "activity", "date", "attendees", "kind", "reason", "pioneers", "resources", "faces", "circumstances", "needs", "joined", "excluded", "left", "pairs", "help", "members", "died", "moved_out", "left_org", "dues"}

var slotPhrases = table(
	row{slotDate, `ngày họp, ngày, ngày sinh hoạt, hôm họp, thời gian, ngày tổ chức`},
	row{slotAttendees, `số người, số chị em, số người dự, số người tham gia, người tham gia, người dự, tham gia, số lượng, dự họp, số dự, số chị, số người họp, số dự họp, số họp, số chị dự|họp, có mặt, người đi họp, số người đi, lượng người, số người đến`},
	row{slotActivity, `hoạt động, họp, sinh hoạt`},
	row{slotKind, `nội dung, nội dung họp, nội dung chính, loại`},
	row{slotReason, `lý do, lí do, vướng mắc`},
	row{slotPioneers, `tiên phong, nòng cốt, hội viên tiên phong, hội viên nòng cốt, cốt cán, số nòng cốt, số tiên phong`},
	row{slotResources, `nguồn lực, quỹ, tài trợ`},
	row{slotFaces, `biết mặt, mặt, nhớ mặt`},
	row{slotCircumstances, `hoàn cảnh, biết hoàn cảnh`},
	row{slotNeeds, `nhu cầu, biết nhu cầu`},
	row{slotJoined, `kết nạp, số kết nạp, hội viên mới, kết nạp mới, số hội viên mới, số hội viên kết nạp, phần kết nạp, mục kết nạp, vào mới, tăng`},
	row{slotExcluded, `công đoàn, công an, quân đội`},
	row{slotLeft, `giảm, nghỉ hội, số nghỉ, số giảm, hội viên giảm, ra hội, rời hội, số nghỉ hội, nghỉ`},
	row{slotDied, `mất, qua đời, số mất`},
	row{slotMovedOut, `chuyển đi, số chuyển đi, chuyển`},
	row{slotPairs, `cặp, cặp giúp nhau`},
	row{slotHelp, `hỗ trợ, cần hỗ trợ, kiến nghị`},
	row{slotMembers, `số hội viên, hội viên, tổng số hội viên, tổng hội viên, tổng số`},
	row{slotDues, `hội phí, thu hội phí`},
)

const (
	editVerb = iota + 1
	editWrong
)

var editPhrases = table(
	row{editVerb, `sửa, sửa lại, chỉnh, chỉnh lại, chỉnh sửa, đổi, đổi lại, thay, ghi lại, cần sửa, muốn sửa, cho sửa, cho sửa lại, sửa giúp, edit, điều chỉnh, xin sửa, xin sửa lại, cần sửa lại, muốn sửa lại, cho chỉnh lại, sửa thông tin, cập nhật lại`},
	row{editWrong, `nhầm, nhầm rồi, sai, sai rồi, ghi sai, ghi sai rồi, ghi nhầm, ghi nhầm rồi, bị sai, bị nhầm, lộn, lộn rồi, ghi lộn, ghi lộn rồi, không đúng, chưa đúng, trật rồi, trật, bấm nhầm, bấm nhầm rồi, bấm lộn, viết nhầm, viết sai, không đúng rồi, chưa chính xác, không chính xác, nhập sai, nhập nhầm, gõ nhầm, sai bét, à nhầm, ủa nhầm, à nhầm rồi, ủa sai rồi, báo nhầm, báo sai, trả lời nhầm, trả lời sai`},
)

var (
	notYet      = words("chưa")
	itemWords   = words("câu mục số phần ý khoản thứ dòng")
	becomeWords = words("thành là bằng còn lên xuống sang")
	editFillers = words(`câu mục số phần ý khoản thứ cái lại giúp giùm dùm cho chị em rồi đi nhé với ở chỗ cần muốn trên dưới kia đó này hộ bị xin vừa nãy hồi của à ủa dạ vâng ơi quá hết có kìa phải vào điểm trong báo cáo tháng thì được câu trả lời mất ấy nhỉ cuối đầu trước`)
)

// edit reads "sửa", "sửa câu 3", "mục 3 sai rồi", "nhầm số người", "sửa kết nạp
// thành 4".
func (c *commandReader) edit() (Reading[Command], bool) {
	toks := c.core
	verb := 0
	cmd := Command{Name: Edit}
	number := -1
	become := -1
	for i := 0; i < len(toks); {
		if become >= 0 {
			i++
			continue
		}
		t := &toks[i]
		if t.kind == aMark || t.kind == anEmoji {
			if t.kind == aMark && (t.n == '?' || t.n == '/') {
				return Reading[Command]{}, false
			}
			i++
			continue
		}
		if c.question == "review" && notYet.can(t) && i+1 < len(toks) && (duocWord.can(&toks[i+1]) || toks[i+1].kind == aMark) {
			i += 2 // "chưa được, sửa lại câu 3"
			continue
		}
		ph, end := editPhrases.at(toks, i)
		sl, slEnd := slotPhrases.at(toks, i)
		switch {
		case ph != nil && end >= slEnd && (verb == 0 || verb == editWrong):
			verb = ph.tag // "chưa đúng, sửa lại mục năm", "số 4 chưa đúng, sửa giùm"
			i = end
		case verb != 0 && cmd.Slot != "" && becomeWords.can(t) && i+1 < len(toks), verb != 0 && becomeWords.can(t) && number >= 0 && i+1 < len(toks):
			become = i + 1
		case sl != nil && cmd.Slot == "":
			cmd.Slot = slotNames[sl.tag]
			i = slEnd
		case t.kind == aNumber || itemNumber(toks, i) > 0:
			stated := verb == editWrong && cmd.Slot == "" && (i == 0 || !itemWords.can(&toks[i-1])) && c.m.counted(t)
			if number >= 0 || stated { // "nhầm, có 1 chị mất" states
				return Reading[Command]{}, false
			}
			number = i
			i++
		case editFillers.can(t):
			i++
		default:
			return Reading[Command]{}, false
		}
	}
	return c.edited(cmd, verb, number, become)
}

// counted reports a number with a unit of people, which the core of a message leaves out.
func (m *message) counted(t *token) bool {
	for i := range m.toks {
		if m.toks[i].start == t.start {
			return peopleAt(m.toks, i+1) > 0
		}
	}
	return false
}

// itemNumber reads an item's number in words.
func itemNumber(toks []token, i int) int {
	if toks[i].kind == aNumber {
		return int(toks[i].n)
	}
	if i == 0 || !itemWords.can(&toks[i-1]) {
		return 0
	}
	n, _, ok := toks[i].digit()
	if !ok && toks[i].is(fourTail) {
		return 4
	}
	if !ok {
		return 0
	}
	return n
}

// edited puts the parts of an edit together and turns down what is an answer:
// "đổi tổ trưởng", "sai số 3" with no item.
func (c *commandReader) edited(cmd Command, verb, number, become int) (Reading[Command], bool) {
	toks := c.core
	if verb == 0 || cmd.Slot != "" && c.question == "q11_change" {
		return Reading[Command]{}, false
	}
	if number >= 0 {
		n := itemNumber(toks, number)
		item := cmd.Slot == "" && become < 0 || number > 0 && itemWords.can(&toks[number-1]) && (cmd.Slot == "" || become >= 0)
		switch {
		case n < 1 || n > 30, item && number > 0 && thangWord.can(&toks[number-1]): // "sửa tháng 10" is no item
			return Reading[Command]{}, false
		case verb == editWrong && c.question != "review" && cmd.Slot == "" && (number == 0 || !itemWords.can(&toks[number-1])):
			return Reading[Command]{}, false // "à nhầm 4" corrects the answer
		case item:
			cmd.Item = n
		default:
			cmd.Argument = c.m.from(toks, number, len(toks))
		}
	}
	if become >= 0 {
		cmd.Argument = c.m.from(toks, become, len(toks))
	}
	if verb == editVerb && cmd.Slot == "" && cmd.Item == 0 && c.question == "q1d_reason" {
		return Reading[Command]{}, false
	}
	return c.value(cmd), true
}
