package viet

// Topics of the questions the bot can answer in the middle of a form.
const (
	asksDeadline = iota + 1
	asksLate
	asksStatus
	asksWhoSent
	asksWhoHelps
	asksWhatIsThis
	asksLastReport
	asksWhoAreYou
	asksPrivacy
	asksQuestion // "chị hỏi cái này": a question is coming
	asksToday    // "hôm nay ngày mấy"
	asksHelp     // "em nói cái gì chị không hiểu"
)

var topicNames = [...]string{"", "deadline", "late", "status", "who_sent", "who_helps", "what_is_this", "last_report", "who_are_you", "privacy", "may_i_ask", "today", "help"}

// questionPhrases are the known questions off the form's path.
var questionPhrases = table(
	row{asksLate, `bị trễ, có trễ, trễ không, trễ chưa, trễ hạn, bị muộn, có muộn, muộn không, muộn chưa, quá hạn, hết hạn chưa, hết hạn rồi, còn kịp, kịp không, trễ rồi phải không, trễ rồi hả, muộn rồi hả, có bị phạt, còn gửi được, còn nộp được, còn báo được, gửi muộn, nộp muộn, nộp trễ, gửi trễ`},
	row{asksDeadline, `hạn, hạn tới, hạn đến, hạn nộp, hạn gửi, hạn chót, hạn cuối, tới hôm nào, đến hôm nào, tới ngày nào, đến ngày nào, bao giờ phải, khi nào phải, chừng nào phải, bao giờ hết hạn, khi nào hết hạn, chừng nào hết hạn, ngày nào hết hạn, hôm nào hết hạn, hôm nào nộp, ngày nào nộp, bao giờ nộp, khi nào nộp, chừng nào nộp, bao giờ gửi, khi nào gửi, hạn là, còn mấy ngày, còn bao nhiêu ngày, chốt ngày nào, chốt hôm nào, bao giờ chốt, khi nào chốt, deadline, mấy giờ hết hạn, gửi trước ngày nào, nộp trước ngày nào, bao giờ|mấy giờ? khóa|đóng|chốt|kết, khi|chừng|hôm|ngày|bữa nào thì? khóa|đóng|chốt|kết|phải|hết|gửi|nộp, ngày|hôm|mùng mấy thì? phải? gửi|nộp|chốt|khóa|đóng|hết, mấy hôm|ngày|bữa nữa thì? khóa|đóng|chốt|hết, gửi|nộp trước hôm|bữa|ngày|mùng nào|mấy, hạn đâu, hạn mấy`},
	row{asksWhoSent, `ai gửi rồi, ai đã gửi, những ai gửi, ai nộp rồi, ai đã nộp, ai chưa gửi, ai chưa nộp, ai báo rồi, mấy chi hội gửi, bao nhiêu chi hội gửi, mấy chi hội nộp, bao nhiêu chi hội nộp, chi hội nào gửi, chi hội nào nộp, chi hội nào chưa, mấy chị gửi rồi, các chi hội khác, chi hội khác gửi, có ai gửi chưa, ai báo cáo rồi, mấy nơi gửi`},
	row{asksStatus, `gửi chưa, đã gửi chưa, nộp chưa, đã nộp chưa, gửi được chưa, nhận được chưa, đã nhận chưa, nhận chưa, tới đâu rồi, đến đâu rồi, còn mấy câu, còn bao nhiêu câu, còn mấy mục, còn câu nào, còn nhiều không, còn dài không, xong chưa, sắp xong chưa, chi hội * gửi chưa, làm tới đâu, làm đến đâu, còn thiếu gì, còn thiếu mục nào, lưu chưa, đã lưu chưa, ghi chưa, tình trạng, đủ chưa, mấy|bao nhiêu? câu, hỏi nhiều thế|vậy|quá|dữ, nhiều câu thế|vậy|quá|không, còn lâu không, bao lâu, mất mấy phút, mấy phút`},
	row{asksWhoHelps, `chủ tịch là ai, ai là chủ tịch, chủ tịch tên gì, số điện thoại chị? chủ tịch, số chị? chủ tịch, số của chị? chủ tịch, điện thoại chị? chủ tịch, sđt chị? chủ tịch, chủ tịch số mấy, hỏi ai, liên hệ ai, liên hệ với ai, gọi ai, ai giúp, ai hỗ trợ, nhờ ai, gặp ai, số điện thoại ai, số ai, cần hỏi ai, ai hướng dẫn, ai phụ trách, gọi số nào, số nào, gọi cho ai, nhắn cho ai, hỏi chị nào`},
	row{asksLastReport, `tháng trước ghi, tháng trước báo, tháng trước gửi, tháng trước chi hội, tháng trước thế nào, tháng trước mấy, tháng trước bao nhiêu, báo cáo tháng trước, kỳ trước ghi, số tháng trước, xem tháng trước, tháng rồi ghi, tháng rồi báo, tháng trước như thế nào, tháng trước ra sao, lần trước ghi, lần trước báo, tháng rồi mấy, tháng rồi bao nhiêu, tháng|kỳ|đợt|lần trước|rồi * mấy|bao|nhiêu, mấy|bao * tháng|kỳ trước`},
	row{asksWhatIsThis, `là gì, là sao, nghĩa là gì, nghĩa là sao, là thế nào, là như thế nào, thế nào là, như thế nào là, tức là gì, tức là sao, nghĩa sao, là cái gì, là cái chi, là chi, cái này là, câu này hỏi, mục này hỏi, câu này là, mục này là, gồm những gì, gồm những ai, tính những ai, là những ai, là những chị nào, là chị nào, có tính, có được tính, tính không, tính thế nào, tính sao, để làm gì, hỏi làm gì, báo làm gì, sao phải`},
	row{asksWhoAreYou, `em là ai, là ai, ai đây, ai vậy, ai đấy, ai nhắn, bot à, máy à, máy hả, người thật không, người thật hay máy, là máy hay người, robot, tự động à, số ai đây, bên nào đây, ở đâu nhắn, của ai đây, phải người thật`},
	row{asksPrivacy, `có lộ, lộ thông tin, ai xem được, ai đọc được, ai đọc, ai coi, ai xem, ai nhận báo? cáo?, gửi|chuyển|nộp cho ai, gửi|báo|chuyển đi đâu, ai thấy, có ai xem, có bí mật không, có an toàn không, lừa đảo không, có phải lừa đảo, có mất tiền không, tốn tiền không, mất phí không, có mất phí, có tốn phí, có tốn tiền`},
	row{asksQuestion, `hỏi cái này, hỏi chút, hỏi tí, hỏi một chút, hỏi một câu, cho hỏi, hỏi tý, hỏi xíu, hỏi thăm tí, cho hỏi cái, hỏi với`},
	row{asksToday, `hôm|bữa nay là? ngày|thứ|mùng|mấy mấy|nào|bao|gì, nay là? ngày|thứ|mùng mấy|nào|bao|gì, hôm|bữa nay mấy, ngày bao nhiêu|rồi, hôm nay âm|dương là? ngày? mấy`},
	row{asksHelp, `không|chưa hiểu nói|viết|nhắn|gì|chi|mô|nổi, không|chưa hiểu hỏi|ghi cái? gì|chi, nói|hỏi|viết|nhắn|ghi cái? gì|chi * không|chưa|chẳng|chả hiểu|biết, nói|hỏi|viết|nhắn cái? gì|chi vậy|thế|rứa, đọc|nghe|xem|coi * không|chưa|chẳng|chả hiểu`},
)

// askWords are the words that make a question of a sentence without a question
// mark.
var askWords = words("nào gì sao không chưa đâu mấy ai bao hả à nhỉ răng chi mô thế hỏi")

// ReadQuestion reads a question about the check-in itself, off the path of the
// form. The topic is one of deadline, late, status, who_sent, who_helps,
// what_is_this, last_report, who_are_you, privacy, may_i_ask, today, help (she does not
// understand what she is asked).
func ReadQuestion(text string) (topic string, ok bool) {
	m := scan(text)
	defer m.release()
	if m.long || len(m.toks) == 0 || len(m.toks) > 40 {
		return "", false
	}
	core := m.strip()
	best, at := 0, -1
	for i := range core {
		ph, end := questionPhrases.at(core, i)
		if ph == nil {
			continue
		}
		// What she asks about counts more than that she asks.
		if best == 0 || best == asksQuestion || best == asksStatus && ph.tag == asksLate || best == asksWhatIsThis && ph.tag != asksQuestion && ph.tag != asksWhatIsThis && at < i {
			if best == 0 || ph.tag != asksQuestion {
				best, at = ph.tag, end
			}
		}
	}
	if best == 0 || best != asksQuestion && best != asksHelp && !m.asks && !m.questions() {
		return "", false
	}
	return topicNames[best], true
}

// Asks reports that a reply asks something, whatever it is about: "có mất gì
// không em", "bao giờ", "thật à".
func Asks(text string) bool {
	m := scan(text)
	defer m.release()
	if m.long || m.asks {
		return m.asks
	}
	y := yesNoReader{m: m, core: m.strip()}
	y.read()
	for i := range y.clauses[:y.n] {
		if c := &y.clauses[i]; c.asked || c.has(saysAsk) || c.endsNot && c.first == saysYes {
			return true
		}
	}
	return false
}

// questions reports a word that asks.
func (m *message) questions() bool {
	for i := range m.toks {
		if t := &m.toks[i]; askWords.can(t) {
			return true
		}
	}
	return false
}
