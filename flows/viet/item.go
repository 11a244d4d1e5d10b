package viet

// item is one thing a message with numbers says: a number, a day, what the
// number counts, a negation, a break between clauses. Counts and free messages
// are read from the items, not from the words.
type item struct {
	kind     itemKind
	tag      int // an anchor's or a phrase's meaning
	q        quantity
	date     datePhrase
	from, to int  // tokens
	unit     bool // a number with a unit of people
	members  bool // its unit is "hội viên"
	dropped  bool // taken back, planned, or of another month
	used     bool
	clause   int
	none     bool // an anchor that is denied: zero
	value    int  // index of the number item of an anchor, -1 none
	paren    bool // stands in parentheses
	name     bool // a person named, counted as one
	wonder   bool // a word of surprise: "à"
}

type itemKind uint8

const (
	isNumber   itemKind = iota + 1
	isOther             // a number of something else
	isDay               // a date phrase
	isAnchor            // what numbers count, see anchors
	isSays              // a phrase of yesNoPhrases
	isBreak             // a new clause
	isFix               // "à nhầm"
	isNotThat           // "chứ không phải", before a number taken back
	isPart              // "trong đó"
	isTotal             // "tổng cộng"
	isWord              // a word no table knows
	isNobody            // "ai"
	isSign              // + or -
	isCompound          // 1+1
)

// What numbers count.
const (
	ofJoined = iota + 1
	ofDied
	ofMoved
	ofLeftOrg
	ofLeft
	ofAttend
	ofAbsent
	ofMembers
	ofPioneers
	ofExcluded
	ofPairs
	ofResource
	ofFaces
	ofCircumstances
	ofNeeds
	ofHelp
	ofNothing // looks like an anchor, is none
	ofAway    // working far away: neither present nor gone
	ofMeeting // activities, by kind
	ofTalk
	ofEconomy
	ofHome
	ofClean
	ofCulture
	ofActivity // an activity of no stated kind
	ofDues
)

var anchors = table(
	row{ofNothing, leaveLookalikes + `, sinh năm #, sinh #, mất điện, mất mùa, mất sóng, mất mạng, mất nước, mất công, mất thời gian, mất tiền, mất ngủ, mất khoảng, mất hơn, mất gần, mặt trận, mặt trời, có mặt trận, tăng gia, giảm nghèo, thôi việc, họ hàng, nghỉ trưa, nghỉ lễ, nghỉ mát, nghỉ tết, đi chuyển, câu chuyện, nói chuyện, trò chuyện, có chuyện, chuyện gì|nhà|này|đó, tăng ca, mất đoàn kết, quỹ đất, thoát nghèo, trả lời, giảm giá, học sinh mới, nhà mới, năm mới, họp hành, giúp đỡ lẫn nhau, chưa đóng, tăng cường, giảm cân, giảm tải, mất tích, ra quân, ra mắt, năm nay, năm sau, năm qua, năm mới, năm rồi, trong năm, cả năm, hàng năm, mỗi năm, quanh năm, đầu năm, cuối năm, giữa năm, xin lỗi, vào họp, vào lúc, thêm nữa, thêm vào, hợp tác xã, hợp tác, hợp đồng, phù hợp, tổng hợp, kết hợp, hợp vệ sinh, gặp gỡ, đi chợ`},
	row{ofJoined, `kết nạp, kết nạp thêm, kết nạp mới, kết nạp được, kết nạp thêm được, nạp, nạp thêm, nạp mới, hội viên mới, hội viên mới kết nạp, thêm hội viên, thêm hội viên mới, vào|vô hội, vô hội, vào|vô hội mới, vào|vô mới, vô mới, mới vào|vô, mới vô, mới vào|vô hội, gia nhập, gia nhập hội, tăng, tăng thêm, tăng mới, tăng được, thu hút, thu hút thêm, phát triển hội viên, phát triển mới, phát triển thêm, phát triển được, xin vào|vô hội, xin vào|vô, xin gia nhập, vào|vô thêm, vô thêm, mới kết nạp, người mới, chị mới, em mới, thêm được, thêm mới, có thêm, vận động vào|vô hội, vận động vào|vô, vận động thêm, vận động được, tham gia hội, tham gia vào|vô hội, vào|vô tổ chức hội, bổ sung, bổ sung thêm, kết nạp hội viên, kết nạp hội viên mới, thêm, mới lấy chồng về, lấy chồng về|vô|vào, làm dâu, về làm dâu, mới về, vận động kết nạp, mới gia nhập, vào, vô`},
	row{ofDied, `mất, qua đời, chết, từ trần, tạ thế, đã mất, mới mất, bị mất, ốm mất, bệnh mất, già mất, khuất núi, tử vong, về với tổ tiên, về với ông bà, đi xa mãi, mất vì, mất do, mất rồi, không còn nữa, đám tang`},
	row{ofMoved, `chuyển đi, chuyển, chuyển hẳn, chuyển hộ khẩu, chuyển khẩu, chuyển khẩu đi, chuyển hộ khẩu đi, chuyển hẳn đi, chuyển {go}, chuyển hẳn {go}, chuyển đi nơi khác, chuyển nơi khác, chuyển chỗ ở, chuyển nhà, chuyển qua, chuyển đến nơi khác, dọn đi, dọn {go}, dọn nhà, dọn đi nơi khác, dời đi, dời nhà, dời {go}, theo chồng, theo con, theo chồng {go}, theo con {go}, đi theo con, đi theo chồng, lấy chồng xa, đi lấy chồng, lấy chồng nơi khác, lấy chồng, theo gia đình, vào nam, vô nam, ra bắc, vào sài gòn, vô sài gòn, đi nơi khác, đi chỗ khác, cắt khẩu, cắt hộ khẩu, chuyển sinh hoạt, chuyển sinh hoạt đi, đi ở với con, về ở với con, bán nhà đi, bán nhà, chuyển về bên|nhà|quê, bỏ về quê|nhà|bên|ngoại, ly hôn * về|đi|lên, đi hẳn, chuyển công tác, chuyển sang xã khác, chuyển xã khác`},
	row{ofLeftOrg, `nghỉ hội, xin nghỉ, xin nghỉ hội, xin ra, xin ra hội, xin ra khỏi hội, xin ra khỏi, ra khỏi hội, ra hội, ra khỏi tổ chức, ra khỏi tổ chức hội, rời hội, rời khỏi hội, thôi tham gia, thôi sinh hoạt, nghỉ sinh hoạt, nghỉ tham gia, xin thôi, xin thôi hội, bỏ hội, bỏ sinh hoạt, không tham gia nữa, không tham gia hội nữa, không sinh hoạt nữa, không vào hội nữa, thôi hội, thôi không tham gia, xin rút, rút khỏi hội, rút tên, xóa tên, nghỉ luôn, già yếu nghỉ, nghỉ vì già, xin không tham gia, thôi hội viên, bỏ không tham gia, không muốn tham gia nữa`},
	row{ofLeft, `giảm, giảm đi, bớt, bớt đi, ra đi, nghỉ, giảm hội viên, rời đi, số giảm, giảm số, hao hụt, hội viên giảm, ra`},
	row{ofAttend, `số người, số chị em, số chị, số người dự, số người tham gia, số lượng, số dự, dự, tham dự, tham gia, có mặt, mặt đủ, đến dự, tới dự, đi dự, về dự, góp mặt, đến, tới, nghe, đi nghe, đến nghe, cùng tham gia, đi tham gia, đi làm, ra làm, ra quân, ngồi nghe, đi đủ, tập trung, có đi, đi được, dự được, cùng làm, góp sức, hưởng ứng, có tham gia, tham gia đông, đông, đông lắm|quá|vui|tới|đến|được|đủ, đông đủ`},
	row{ofAbsent, `vắng, vắng mặt, không đi, không đến, không dự, không tới, không tham gia, nghỉ họp, xin vắng, bận không đi, vắng có phép, không đi được, chưa đi, thiếu, không đến được, không tới được, không dự được`},
	row{ofMembers, `tổng số hội viên, tổng hội viên, chi hội có, chi hội, chi hội hiện có, hiện có, sĩ số, toàn chi hội, cả chi hội, danh sách, trong danh sách, danh sách có, chi hội chị có, số hội viên, số hội viên hiện có, chi hội em có, quân số, trên tổng số, tổng số`},
	row{ofPioneers, `tiên phong, nòng cốt, hội viên tiên phong, hội viên nòng cốt, cốt cán, hội viên cốt cán, tiên phong nòng cốt, nồng cốt, hội viên nồng cốt, hội viên tiên phong nòng cốt, lực lượng nòng cốt`},
	row{ofExcluded, `công đoàn, công an, quân đội, bộ đội, lực lượng vũ trang, đoàn viên công đoàn, có công đoàn, bên công đoàn, bên công an, bên quân đội, làm công an, đi bộ đội, trong công đoàn, đoàn viên, quân nhân, tổ chức thành viên, giáo viên, viên chức, cán bộ công đoàn, công nhân, cựu chiến binh, sĩ quan, biên phòng, dân quân`},
	row{ofPairs, `cặp, cặp mới, đôi giúp nhau, cặp giúp nhau, thêm cặp, cặp kết nghĩa`},
	row{ofResource, `quỹ, quỹ hội, nguồn lực, tài trợ, kinh phí, mạnh thường quân, tiền quỹ, quỹ chi hội, nguồn quỹ, nguồn kinh phí`},
	row{ofFaces, `biết mặt, nhớ mặt, quen mặt, mặt, mặt hội viên, biết mặt hội viên, thuộc mặt, mặt chị em, biết mặt chị em, nắm mặt`},
	row{ofCircumstances, `hoàn cảnh, biết hoàn cảnh, nắm hoàn cảnh, hoàn cảnh hội viên, hoàn cảnh chị em, biết hoàn cảnh hội viên, gia cảnh`},
	row{ofNeeds, `nhu cầu, biết nhu cầu, nắm nhu cầu, nhu cầu hội viên, nhu cầu chị em, nguyện vọng, biết nhu cầu hội viên`},
	row{ofHelp, `
		xin|cần|nhờ|mong|muốn|đề nghị * hỗ trợ, xin|cần|nhờ|mong|đề * giúp, xin|cần|nhờ|mong * giúp đỡ, xin|cần|nhờ|mong|muốn * gọi, cần|muốn|xin * vay vốn, xin|cần|muốn vay, cần hỗ trợ, xin hỗ trợ, nhờ hỗ trợ, đề nghị hỗ trợ, đề nghị xã, đề nghị hội, kiến nghị, có kiến nghị, khiếu nại, tố cáo, bạo lực, bạo lực gia đình, bạo hành, đánh vợ, đánh đập, xâm hại, chồng đánh, bị đánh, bị chồng đánh, hành hạ, quấy rối, cần chủ tịch, cần chị chủ tịch, nhờ chủ tịch, cần gặp, xin kinh phí, xin vốn, cần vốn, xin xã, nhờ xã, xin hội xã, nhờ hội xã, cần hội xã, cần xã, hội xã hỗ trợ giúp, cần giúp đỡ, mong hội xã, mong xã`},
	row{ofAway, `đi xa, ở xa, đi làm ăn xa, đi làm xa, làm ăn xa, đi làm ăn, đi xuất khẩu lao động, đi làm công ty`},
	row{ofMeeting, deedsMeeting},
	row{ofTalk, deedsTalk},
	row{ofEconomy, deedsEconomy},
	row{ofHome, deedsHome},
	row{ofClean, deedsClean},
	row{ofCulture, deedsCulture},
	row{ofActivity, deedsOther + `, đi thăm, thi, làm từ thiện, tọa đàm kỷ niệm`},
	row{ofDues, `thu hội phí, hội phí, đóng hội phí, nộp hội phí, thu quỹ, đóng quỹ`},
)

var (
	fixPhrases   = corrections
	notThat      = table(row{1, `không phải|phải là, không phải, chứ không phải là?, chứ không, đâu phải, không phải là`})
	partPhrases  = table(row{1, `trong đó, trong số đó, trong ấy, trong số này, bao gồm, gồm, tính cả, kể cả`})
	totalPhrases = table(row{1, `tổng, tổng cộng, tất cả, cả thảy, tổng số, cộng lại, tổng là, tổng cộng là, tất tần tật, cả hai, cộng`})
	nobodyWords  = words("ai")
	contrastTab  = table(row{1, `nhưng, nhưng mà, mà, còn, tuy nhiên, song, chứ, rồi thì, với lại`})
	monthToo     = table(row{1, `tháng này, riêng tháng, trong tháng`})
	upToNow      = table(row{1, `tính tới|đến cuối|hết|nay|giờ|hôm|ngày tháng|nay?`})
	yearTotals   = table(row{1, `cả năm, năm nay được?, từ đầu năm, tính từ đầu năm, lũy kế, từ tết, năm nay được, chín|mười tháng đầu năm`})
	approxTab    = table(
		row{1, `khoảng, khoản, chừng, khoảng chừng, tầm, cỡ, độ, độ chừng, khoảng độ, ước, ước chừng, áng chừng, quãng, lối, xấp xỉ, tầm khoảng, cỡ khoảng, cỡ chừng, tầm tầm, đâu khoảng, đâu chừng, chắc khoảng, chắc tầm, chắc cỡ, chắc chừng, chắc độ, ước khoảng, độ khoảng, hình như khoảng, vào khoảng, có khoảng, chắc cũng khoảng`},
		row{2, `hơn, trên, gần, ngót, non, dưới, quá, ngoài, tối đa, tối thiểu, ít nhất, nhiều nhất, không quá, chưa tới, chưa đến, không tới, không đến, gần tới, gần được, suýt soát, suýt, trên dưới, ngót nghét, ngót ngét, sấp sỉ gần, không dưới, không dưới, cùng lắm, cùng lắm là, chưa được, không đầy, chưa đầy, gần như, hơn kém, ít ra, ít ra cũng, phải hơn, cũng phải hơn, cũng gần, cũng hơn, khoảng hơn, khoảng gần, khoảng trên, chừng hơn, tầm hơn, tầm gần, hơn khoảng`},
		row{3, `đúng, tròn, vừa tròn, chẵn, vừa đúng, đúng là, chính xác, vừa đủ`},
	)
	boundTail = table(row{1, `hơn, mấy, trở lên, trở xuống, đổ lại, đổ lên, là cùng, có lẻ, lẻ, có dư, dư, mươi, ngoài, trở lại, là nhiều, là ít, quay đầu, đến, tới, hoặc, hay, hay là, hoặc là, phẩy`})
	vagueTail = table(row{1, `gì đó, gì đấy, đâu đó, chi đó, gì ấy, đâu`})
)

// analyse turns the tokens into items.
func (m *message) analyse() []item {
	a := analyser{m: m, toks: m.toks, out: m.items[:0]}
	for a.i < len(a.toks) {
		a.step()
	}
	m.items = a.out
	return m.items
}

type analyser struct {
	m      *message
	toks   []token
	i      int
	clause int
	paren  int
	out    []item
	bound  int // what stands before the next number: approxTab tag
	at     int // where that ended
}

func (a *analyser) put(it item, end int) {
	it.from, it.to, it.clause, it.value = a.i, end, a.clause, -1
	it.paren = a.paren > 0
	a.out = append(a.out, it)
	a.i = end
}

// step reads one item.
func (a *analyser) step() {
	t := &a.toks[a.i]
	if t.kind == aMark {
		a.mark(t)
		return
	}
	if t.kind == anEmoji {
		a.i++
		return
	}
	if p, end, ok := a.m.dateAt(a.toks, a.i); ok && !a.personAfter(end, &p) && !a.numberAfterAll(&p, end) {
		a.put(item{kind: isDay, date: p}, end)
		return
	}
	if a.wonder() {
		return
	}
	if a.kin() || a.phrases() {
		return
	}
	if q, end, ok := quantityAt(a.toks, a.i); ok && !personNamed(a.toks, a.i) {
		a.number(q, end)
		return
	}
	a.put(item{kind: isWord, wonder: wonders.can(t)}, a.i+1)
}

// wonder reads "3, à 4": a word of surprise between two numbers takes the first
// back.
func (a *analyser) wonder() bool {
	n := len(a.out)
	for n > 0 && (a.out[n-1].kind == isBreak && a.out[n-1].tag == 0) {
		n--
	}
	if n == 0 || a.out[n-1].kind != isNumber || !wonders.surely(&a.toks[a.i]) || !a.numberFollows(a.i+1) {
		return false
	}
	a.put(item{kind: isFix}, a.i+1)
	return true
}

// personAfter reports that what looked like a date counts people: "thứ 2 chị",
// "tháng 3 người".
func (a *analyser) personAfter(end int, p *datePhrase) bool {
	if p.slash && selfBare.surely(a.tok(end)) && selfBare.surely(a.tok(end+1)) && a.tok(end+2).kind == aWord && p.month <= 12 && p.day <= 31 && !attendWords.can(a.tok(end+2)) {
		return false // "17/11 chị em làm cỏ"
	}
	return p.slash && end < len(a.toks) && peopleAt(a.toks, end) > 0
}

// numberAfterAll reports an unmarked "mot" that was taken for mốt, the day
// after tomorrow.
func (a *analyser) numberAfterAll(p *datePhrase, end int) bool {
	return p.kind == byFuture && end == a.i+1 && a.numberFollows(a.i)
}

// mark reads punctuation: clauses, signs, parentheses.
func (a *analyser) mark(t *token) {
	next := &noToken
	if a.i+1 < len(a.toks) {
		next = &a.toks[a.i+1]
	}
	switch t.n {
	case '+', '-':
		if next.kind == aNumber && next.glued && (!t.glued || a.i == 0) {
			a.put(item{kind: isSign, tag: int(t.n)}, a.i+1)
			return
		}
		a.i++
		if t.n == '-' && !t.glued {
			a.i--
			a.breakAt()
		}
	case '(':
		a.breakAt()
		a.paren++
	case ')':
		a.paren = max(0, a.paren-1)
		a.breakAt()
	case '~':
		a.bound, a.at = 1, a.i+1
		a.i++
	case '>', '<':
		a.bound, a.at = 2, a.i+1
		a.i++
	case '"', '\'', '/', '*', '?', '=', '%', '&', '#', ':':
		a.i++
	default:
		a.breakAt()
	}
}

func (a *analyser) breakAt() {
	a.clause++
	a.put(item{kind: isBreak}, a.i+1)
}

// newcomer reports the "mới" of "có 2 chị mới".
func (a *analyser) newcomer() bool {
	n := len(a.out)
	if moiWord.likely(&a.toks[a.i]) && nobodyWords.can(a.tok(a.i-1)) && politeFrom(a.toks, a.i+1) {
		return true // "không có ai mới"
	}
	return moiWord.likely(&a.toks[a.i]) && n > 0 && a.out[n-1].kind == isNumber && a.out[n-1].unit && a.out[n-1].to == a.i && (politeFrom(a.toks, a.i+1) || joinWords.can(a.tok(a.i+1)))
}

var (
	moiWord   = words("mới")
	minusWord = words("âm")
)

// phrases reads what tables know at this place, the longest first.
func (a *analyser) phrases() bool {
	if minusWord.surely(&a.toks[a.i]) && a.i+1 < len(a.toks) && a.numberFollows(a.i+1) {
		a.put(item{kind: isSign, tag: '-'}, a.i+1)
		return true
	}
	anchor, aEnd := anchors.at(a.toks, a.i)
	if anchor != nil && (anchor.tag == ofDied && aEnd == a.i+1 || anchor.tag == ofNothing) && a.unsureFace() {
		anchor, aEnd = faceAlone, a.i+1
	} else if anchor != nil && a.notAnchor(anchor, aEnd) {
		anchor, aEnd = nil, -1
	}
	if ph, end := upToNow.at(a.toks, a.i); ph != nil {
		a.put(item{kind: isWord}, end)
		return true
	}
	if ph, end := yearTotals.at(a.toks, a.i); ph != nil && !a.otherYear(end) {
		a.put(item{kind: isSays, tag: saysLast}, end)
		return true
	}
	says, sEnd := yesNoPhrases.at(a.toks, a.i)
	if says != nil && (willing(a.toks, a.i, sEnd) || hasNumber(a.toks[a.i:sEnd]) || !usefulSays(says.tag) || says.tag == saysNo && anchor != nil || says.tag == saysPlan && sEnd == a.i+1 && (a.numberFollows(a.i) || a.unsurePlan())) {
		says, sEnd = nil, -1
	}
	if says != nil && says.tag == saysPlan && placeWords.can(&a.toks[a.i]) && coWord.can(a.tok(a.i-1)) {
		says, sEnd = nil, -1 // "co cho hop": chỗ, not chờ
	}
	if says != nil && sEnd > a.i+1 && personNamed(a.toks, sEnd) {
		says, sEnd = nil, -1 // "co mo Nam mat": mợ Năm, not "có mô"
	}
	if says != nil && (says.tag == saysNo || says.tag == saysPlan) {
		sEnd = a.shorten(sEnd)
	}
	if says != nil && sEnd == a.i+1 && dauWord.surely(&a.toks[a.i]) && (politeBefore(a.toks, a.i) || gotWords.can(a.tok(a.i-1))) && a.numberFollows(sEnd) {
		a.bound, a.at = 1, sEnd // "đâu 30" opens an estimate
		a.i = sEnd
		return true
	}
	best := max(aEnd, sEnd)
	for _, s := range [...]struct {
		p    *phrases
		kind itemKind
	}{{fixPhrases, isFix}, {notThat, isNotThat}, {partPhrases, isPart}, {totalPhrases, isTotal}} {
		if ph, end := s.p.at(a.toks, a.i); ph != nil && end >= best && end > a.i {
			if s.kind == isTotal && anchor != nil && aEnd > end {
				continue
			}
			a.put(item{kind: s.kind}, end)
			return true
		}
	}
	if ph, end := approxTab.at(a.toks, a.i); ph != nil && end > sEnd && end > aEnd && a.numberFollows(end) && !a.eight(end) && !coWord.can(&a.toks[a.i]) { // "co" is có more often than cỡ
		a.bound, a.at = ph.tag, end
		a.i = end
		return true
	}
	switch {
	case anchor != nil && aEnd >= sEnd:
		a.put(item{kind: isAnchor, tag: anchor.tag}, aEnd)
		return true
	case says != nil:
		a.put(item{kind: isSays, tag: says.tag}, sEnd)
		return true
	}
	if a.newcomer() {
		a.put(item{kind: isAnchor, tag: ofJoined}, a.i+1)
		return true
	}
	if ph, end := contrastTab.at(a.toks, a.i); ph != nil && !(conWord.can(&a.toks[a.i]) && stillWords.can(a.tok(end))) {
		a.clause++
		a.put(item{kind: isBreak, tag: 1}, end)
		return true
	}
	if joinWords.likely(&a.toks[a.i]) && a.numberFollows(a.i+1) && !a.dayFollows(a.i+1) && len(a.out) > 0 && a.out[len(a.out)-1].kind != isNumber {
		a.clause++ // "bà Thí mất với một o đi"
		a.put(item{kind: isBreak, tag: 1}, a.i+1)
		return true
	}
	if nobodyWords.can(&a.toks[a.i]) {
		a.put(item{kind: isNobody}, a.i+1)
		return true
	}
	return false
}

var (
	gotWords   = words("được có dự tới đến")
	joinWords  = words("và với")
	conWord    = words("còn")
	stillWords = words("ít lại mấy vài thiếu khoảng hơi")
)

// unsurePlan reports one word that is a plan only with other marks: "o dinh".
func (a *analyser) unsurePlan() bool {
	t := &a.toks[a.i]
	if planAlone.can(t) || planWords.surely(t) || a.i == 0 {
		return false
	}
	for k := a.i + 1; k < a.i+4; k++ {
		if ph, _ := anchors.at(a.toks, min(k, len(a.toks)-1)); ph != nil && ph.tag >= ofMeeting && a.tok(k).kind == aWord {
			return false
		}
	}
	return true
}

// otherYear reports an unmarked "ca nam" that may be "cả nam".
func (a *analyser) otherYear(end int) bool {
	if nayDay.can(a.tok(a.i+1)) && namWord.can(a.tok(a.i)) {
		return !monthToo.has(a.toks[end:]) // "năm nay 12, tháng này 2"
	}
	t := a.tok(end - 1)
	return namWord.can(t) && !namWord.surely(t)
}

// hasNumber reports a number in digits, which is read as one and not as part of
// a phrase.
func hasNumber(toks []token) bool {
	for i := range toks {
		if toks[i].kind == aNumber {
			return true
		}
	}
	return false
}

// shorten cuts a phrase off where an anchor starts in it, so that "chưa họp
// được" is a denial and the activity it denies.
func (a *analyser) shorten(end int) int {
	for k := a.i + 1; k < end; k++ {
		if ph, _ := anchors.at(a.toks, k); ph != nil && ph.tag != ofNothing {
			return k
		}
	}
	return end
}

// usefulSays picks the meanings that matter beside numbers.
func usefulSays(tag int) bool {
	switch tag {
	case saysNo, saysNot, saysUnknown, saysForgot, saysSame, saysNoChange, saysWooing, saysExactly, saysPlan, saysLast, saysHedge, saysMinor, saysFine, saysIf, saysOff, saysDone, saysPartly:
		return true
	}
	return false
}

// notAnchor turns down anchors that are other words here: an unmarked "mat" is
// mặt or mất by its neighbours, "thêm" joins only people.
func (a *analyser) notAnchor(ph *phrase, end int) bool {
	t := &a.toks[a.i]
	single := end == a.i+1
	switch ph.tag {
	case ofFaces:
		return single && !faceWord.surely(t) && !knowAfter.can(a.tok(end))
	case ofDied:
		return single && !diedWord.surely(t) && coWord.can(a.tok(a.i-1)) && a.tok(a.i-1).kind == aWord
	case ofJoined, ofLeft:
		if newTotal.can(a.tok(end)) || newTotal.can(a.tok(end-1)) && !single {
			return true // "tăng lên 6": not by six
		}
		if themWord.can(a.tok(end-1)) && !nobodyWords.can(a.tok(end)) && !strongJoin.can(t) && a.notJoining(end) {
			return true
		}
		if single && comeWords.can(t) && (nobodyWords.can(a.tok(a.i-1)) || a.i > 1 && comeWords.can(a.tok(a.i-1)) && nobodyWords.can(a.tok(a.i-2))) {
			return false // "không có ai vào ra"
		}
		if n := len(a.out); single && comeWords.can(t) && n > 0 && a.out[n-1].kind == isNumber && a.out[n-1].unit && a.out[n-1].to == a.i && politeFrom(a.toks, end) {
			return false // "3 người vào hội, 1 người ra"
		}
		if single && comeWords.can(t) {
			return !comeWords.surely(t) || !a.numberFollows(end) || a.dayFollows(end) || a.otherFollows(end)
		}
	}
	switch ph.tag {
	case ofAttend:
		return dongSlot.can(t) && (!dongSlot.surely(t) || a.i > 0 && (ordinalWords.can(a.tok(a.i-1)) || a.m.capital(t)))
	case ofActivity:
		return single && thiWord.can(t) && !thiWord.surely(t)
	case ofMoved:
		// "mới chuyển về" has come, "chuyển về quê" has left.
		if veWords.can(a.tok(end)) && arriveTail.likely(a.tok(end+1)) {
			return true
		}
		return veWords.can(a.tok(end-1)) && (a.tok(end).kind != aWord || arriveTail.likely(a.tok(end)))
	case ofMembers:
		return end < len(a.toks) && (!a.numberSoon(end) || a.actsAfter(end))
	case ofJoined:
		if themWord.can(a.tok(end-1)) || themWord.can(t) {
			for k := end; k < end+3 && a.tok(k).kind != aMark; k++ {
				if capWord.can(a.tok(k)) {
					return true
				}
			}
		}
		return single && themWord.can(t) && a.tok(end).kind == aWord && !a.numberFollows(end) && !personWords.can(a.tok(end)) && !nobodyWords.can(a.tok(end)) && !politeWords.can(a.tok(end))
	case ofLeft:
		return single && nghiWord.can(t) && !nghiWord.surely(t) && !a.numberFollows(end) && !nobodyWords.can(a.tok(a.i-1))
	}
	return false
}

// unsureFace reports an unmarked "mat" that is mặt by what follows: "mat gan
// het".
func (a *analyser) unsureFace() bool {
	t := &a.toks[a.i]
	return diedWord.can(t) && !diedWord.surely(t) && knowAfter.can(a.tok(a.i+1))
}

var (
	faceWord    = words("mặt")
	diedWord    = words("mất")
	knowAfter   = words("biết thì nắm gần quen nhớ hết hội")
	comeWords   = words("vào vô ra")
	attendWords = words("dự tham có đến tới đi")
	strongJoin  = words("kết nạp phát thu vận gia")
	dongSlot    = words("đông")
	coWord      = words("có")
	newTotal    = words("lên thành còn xuống")
	themWord    = words("thêm")
	nghiWord    = words("nghỉ")
	veWords     = words("về đến tới")
	arriveTail  = words("xin vào đây ở thôn xóm nên và em chị ạ nhé")
	thiWord     = words("thi")
	// faceAlone is an unmarked "mat" that is mặt by its neighbours.
	faceAlone = &phrase{tag: ofFaces}
)

// eight reports an unmarked "tam" that is tám and not tầm: before a word of
// tens or hundreds.
func (a *analyser) eight(end int) bool {
	n, sure, ok := a.toks[a.i].digit()
	next := a.tok(end)
	return end == a.i+1 && ok && n == 8 && !sure && (next.is(tensWord) || next.is(tramWord) || next.is(chucWord))
}

// politeBefore reports that only politeness stands before i.
func politeBefore(toks []token, i int) bool {
	for k := range toks[:i] {
		if t := &toks[k]; t.kind != aWord || !politeWords.can(t) && !selfWords.can(t) {
			return false
		}
	}
	return true
}

func (a *analyser) tok(i int) *token { return a.m.tok(i) }

func (a *analyser) numberFollows(i int) bool {
	if i >= len(a.toks) {
		return false
	}
	_, _, ok := quantityAt(a.toks, i)
	return ok
}

// otherFollows reports a number at i that counts something else: "ra 2 hộ".
func (a *analyser) otherFollows(i int) bool {
	_, end, _ := quantityAt(a.toks, i)
	return end < len(a.toks) && (unitAt(a.m, a.toks, end) || clockUnit(a.m.src, &a.toks[end]))
}

func (a *analyser) dayFollows(i int) bool {
	_, _, ok := a.m.dateAt(a.toks, i)
	return ok
}

// notJoining reports that what "thêm" adds at i are no members: "thêm 1 buổi",
// "thêm 2 chị mất".
func (a *analyser) notJoining(i int) bool {
	if i >= len(a.toks) {
		return false
	}
	_, end, ok := quantityAt(a.toks, i)
	if !ok {
		return false
	}
	if e := peopleAt(a.toks, end); e > 0 {
		end = e
	} else if end < len(a.toks) && unitAt(a.m, a.toks, end) {
		return true
	}
	if end >= len(a.toks) {
		return false
	}
	ph, after := anchors.at(a.toks, end)
	return ph != nil && leaves(ph.tag) && !a.numberFollows(after)
}

// actsAfter reports that the people counted at i did something: "chi hội có 6
// chị dự thi".
func (a *analyser) actsAfter(i int) bool {
	for k := i; k < i+6 && k < len(a.toks) && a.toks[k].kind != aMark; k++ {
		if ph, _ := anchors.at(a.toks, k); ph != nil && (ph.tag == ofAttend || ph.tag >= ofMeeting && ph.tag <= ofActivity) {
			return true
		}
	}
	return false
}

// numberSoon reports a number within a few words.
func (a *analyser) numberSoon(i int) bool {
	for k := i; k < i+4 && k < len(a.toks) && a.toks[k].kind != aMark; k++ {
		if a.numberFollows(k) {
			return true
		}
	}
	return false
}
