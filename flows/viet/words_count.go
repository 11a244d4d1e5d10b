package viet

// Units and neighbours of numbers (domain.md 13.2).

var (
	// personWords count people.
	personWords = words(`chị người em hội cô bác bà dì o mẹ bạn cháu đứa thành đồng nàng mạng cụ phụ vị ả gái mợ thím nhân bé nữ ông mệ mống`)
	// afterNumber may follow a number that stands for people without a unit.
	afterNumber = words(`chẵn tròn đủ hơn lẻ thôi rồi mới thêm nữa mất chuyển nghỉ là và với đã được vào vô xin tham dự có mặt đến tới đi nghe không chưa cũng ra thì còn kết`)
	// titleWords before a number word make it a name: "bà Năm", "dì Tư".
	titleWords = words(`bà cô bác dì thím mợ ông chú cậu anh chị o mệ má mẹ cụ em con thằng bả ổng u bầm tên mụ cháu`)
	// ordinalWords before a number make it an order, not a count.
	ordinalWords = words(`cấp tổ xóm thôn đội khu ấp cặp đợt lần kỳ câu mục khóa số quý tuần thứ bản buôn phường đường lớp hẻm ngõ km cụm nhóm bài`)
	// otherUnits after a number count something that is not people.
	otherUnits = words(`tiếng phút buổi lần ngày tuần tháng tuổi tổ cặp hộ nhà cây suất phần cái kg kí cân km mét đợt khóa lớp hoạt cuộc bài tiết
		đội nhóm xóm thôn ấp xã đoạn bao thùng độ bộ chiếc quyển món mâm xe clb câu tin giờ nghìn ngàn triệu đồng tỷ mô giỏ chậu luống sào con gian căn vụ việc mục quý năm trận thôn bàn khu chương lượt tá chỗ điểm tuyến đường gói nồi túi quà trăm hôm bữa đêm trẻ`)
	fundWord   = words("quỹ")
	headWords  = words(`tổ chi nhóm đội`)
	headTails  = words(`trưởng phó`)
	moneyWords = words(`nghìn ngàn triệu tỷ đồng`)
)

// otherPhrases settle units whose first word also counts people.
var (
	peopleUnit = table(row{1, `hội viên, thành viên, đồng chí, phụ nữ, chị em, chị, người, em, cô, bác, bà, dì, o, mẹ, bạn, cháu, đứa, nàng, mạng, cụ, vị, ả, gái, mợ, thím, nhân khẩu, bé, nữ, mống, chị phụ nữ, bà con, em gái, mệ, chị hội viên, chị em hội viên, chị em phụ nữ`})
	otherUnit  = table(row{1, `anh, ông, chú, cậu, thằng, anh em, cháu|em nhỏ|bé, trẻ, trẻ em|con|nhỏ, con nít, đứa|cháu trẻ|nhỏ|bé|nít, hồ sơ, bộ hồ sơ, lá đơn, đơn xin, chi hội, hội nghị, hội thi, con bò|lợn|gà|heo|trâu|vịt|đường, đồng, phần quà, nhà, lát, chút, tí, xíu, lúc, mùa, ký, mình chị|tôi|tui|em`})
)

// personNamed reports that the number word at i is how somebody is called.
func personNamed(toks []token, i int) bool {
	if i == 0 || i >= len(toks) || toks[i].kind != aWord {
		return false
	}
	t := &toks[i]
	if _, _, ok := t.digit(); !ok && !t.is(fourTail) && !t.is(tenWord) {
		return false
	}
	p := &toks[i-1]
	if !titleWords.can(p) || p.kind != aWord || i > 1 && tellWords.can(&toks[i-2]) && !toldOf(toks, i) {
		return false // "dạ thưa em hai" speaks to em
	}
	if _, _, number := p.digit(); number && !titleWords.surely(p) {
		// "ba muoi" is thirty; "ba nam mat" is somebody.
		return i+1 < len(toks) && nameTail.can(&toks[i+1])
	}
	if coWord.can(p) && !titleWords.surely(p) {
		return i+1 < len(toks) && nameTail.can(&toks[i+1]) // "co ba" is có more often than cô
	}
	// "chị hai" is a name too, but "2 chị, ba em" and "35 chị năm" are not.
	if i >= 2 && toks[i-2].kind == aNumber {
		return false
	}
	if _, _, ok := toks[max(i-2, 0)].digit(); ok && i >= 2 && oneWord.surely(t) {
		return false // "hai chị một mất một chuyển"
	}
	if goesOn(toks, i+1) {
		return false // "dạ em mười hai", "em bảy tám chị"
	}
	if i+2 < len(toks) && toks[i+1].group == p.group && titleWords.surely(&toks[i+1]) {
		if _, _, digit := toks[i+2].digit(); digit {
			return true // "bà năm bà sáu mất"
		}
	}
	if i+1 < len(toks) && (personWords.can(&toks[i+1]) || toks[i+1].is(tensWord) || toks[i+1].is(chucWord) || toks[i+1].is(tramWord)) && !nameTail.can(&toks[i+1]) {
		return false
	}
	return true
}

// toldOf reports that somebody behind "thưa" is told of: "dạ thưa ông Ba mất", "dạ thưa chị Năm với
// chị Sáu".
func toldOf(toks []token, i int) bool {
	if i+1 >= len(toks) {
		return false
	}
	return nameTail.can(&toks[i+1]) || i+2 < len(toks) && andWords.can(&toks[i+1]) && titleWords.surely(&toks[i+2])
}

// goesOn reports more of a number at i, so that the word before it was no name; "năm nay" is
// none.
func goesOn(toks []token, i int) bool {
	if i >= len(toks) || toks[i].kind != aWord {
		return false
	}
	t := &toks[i]
	_, _, digit := t.digit()
	return (digit || t.only(tenWord) || t.only(oneTail) || t.only(fourTail) || fiveTail.surely(t)) && !(i+1 < len(toks) && yearTail.can(&toks[i+1]))
}

var yearTail = words("nay ngoái trước qua rồi")

var nameTail = words("mất chuyển nghỉ mới đã vừa chết bị xin qua")

// unitAt reports that toks[i] starts a unit that counts something else.
func unitAt(m *message, toks []token, i int) bool {
	t := &toks[i]
	if t.kind == aMark {
		return t.n == '%'
	}
	if t.kind != aWord || politeWords.can(t) && !otherUnits.surely(t) {
		return false // "35 nha" is no house
	}
	if i > 0 && (homWord.can(t) || ngayWord.can(t)) && toks[i-1].kind == aNumber && toks[i-1].n >= 10 || thangWord.surely(t) {
		if p, _, ok := m.dateAt(toks, i); ok && (p.kind == byDay || p.kind == byMonth && p.month > 0) {
			return false // "có mặt 25 hôm 18", "kết nạp 2 tháng 11 kết nạp 1"
		}
	}
	if ngayWord.can(t) && i+1 < len(toks) && hopTerm.group != 0 && toks[i+1].group == hopTerm.group {
		return false // "dự họp 85 ngày họp 19/11"
	}
	if ordinalWords.can(t) && i > 0 && again(toks, i) {
		return false // "tổ 1 được 15 tổ 2 được 18", "tổ chị 15 tổ bên 20"
	}
	if clockWords.can(t) && i > 0 && toks[i-1].kind == aNumber && toks[i-1].n > 24 {
		return false // "đầu năm 115 giờ 118"
	}
	if (roundWords.surely(t) || manyRounds.can(t)) && i+1 < len(toks) && (lastWords.can(&toks[i+1]) || whichRound.can(&toks[i+1])) {
		return false // "đợt này 3 đợt trước 2"
	}
	if fundWord.can(t) && !otherUnits.surely(t) {
		return false // "ket nap 2 quy con": the fund, no quarters
	}
	raw := m.src[t.start:t.end]
	if t.glued {
		switch raw {
		case "k", "K", "h", "H", "g", "G", "tr", "Tr", "đ", "kg", "km", "m", "p", "ph":
			return true
		}
	}
	switch raw {
	case "k", "K":
		return t.start > 0 && t.glued
	case "h", "tr", "trđ", "kg", "km", "m2":
		return true
	}
	if ph, pEnd := peopleUnit.at(toks, i); ph != nil {
		q, e := otherUnit.at(toks, i)
		return q != nil && e >= pEnd
	}
	if headWords.can(t) && i+1 < len(toks) && headTails.can(&toks[i+1]) {
		return false // "4 tổ trưởng"
	}
	if ph, _ := otherUnit.at(toks, i); ph != nil {
		return true
	}
	return otherUnits.can(t) && !afterNumber.can(t) && (otherUnits.surely(t) || !politeWords.can(t))
}

// again reports that the word at i stood before an earlier number and has a number of its own
// after it.
func again(toks []token, i int) bool {
	before, after := false, false
	for k := 0; k < i-1; k++ {
		before = before || toks[k].kind == aWord && toks[k].group == toks[i].group && toks[i].group != 0
	}
	for k := i + 1; k < i+4 && k < len(toks) && toks[k].kind != aMark; k++ {
		after = after || toks[k].kind == aNumber
	}
	return before && after
}

// correctionAt reads words that take back what was said before and returns
// their end, -1 for none: "à nhầm", "ủa lộn", "à không", "sửa lại là".
func correctionAt(toks []token, i int) int {
	ph, end := corrections.at(toks, i)
	if ph == nil {
		return -1
	}
	return end
}

var corrections = table(row{1, `à nhầm rồi?, nhầm rồi?, nhầm là?, lộn rồi?, ý nhầm, ý lộn, ủa nhầm, ủa lộn, à lộn, à không phải?, ủa không phải?, ý không, à quên, ý quên, ủa quên, sửa lại là?, sửa thành, đúng ra là?, nói lại là?, nói nhầm, ghi nhầm, viết nhầm, gõ nhầm, bấm nhầm, gõ lộn, bấm lộn, đính chính là?, chính xác là, thực tế là|thì|có?, thật ra là|thì|có?, thực ra là|thì|có?, đếm lại là|được|thì?, chị nhầm, em nhầm, à mà, ủa, ý`})
