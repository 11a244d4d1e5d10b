package viet

// What a phrase says about a yes/no question (domain.md 13.1).
const (
	saysYes      = iota + 1
	saysAck      // "vâng", "ừ": yes only when nothing else is said
	saysDone     // "rồi", "xong"
	saysDoubt    // "đúng" without marks may be "dừng" or "đừng"
	saysNo       // negation of what was asked
	saysNot      // a bare "không", "chưa"
	saysWrong    // "sai": no to a read-back only
	saysUnknown  // she does not know
	saysSame     // as last month
	saysFine     // "không sao": no answer
	saysHedge    // "hình như", or both at once
	saysMinor    // negation of a detail: "không nhiều"
	saysPartly   // "thu được một nửa"
	saysPlan     // planned or to come
	saysLast     // about last month
	saysPast     // a past day
	saysIf       // "khi nào có chị báo"
	saysContrast // parts clauses: "nhưng", "mà"
	saysThing    // what was done or is there, by question
	saysQuiet    // an apology, a greeting
	saysAsk      // she asks
	saysAs       // "vậy", "thế": yes to a read-back
	saysOff      // called off
	saysExactly  // "y vậy": yes to a read-back, as last month elsewhere
	saysOnly     // "thôi": only, stop or oh well
	saysWeak     // an everyday verb: an activity only with nothing strange beside it
	saysModal    // "cần", "bảo", "mời": the activity is wished for
	saysSure     // "đúng rồi": a yes whatever follows
	saysElse     // something else: "đi làm"
	saysDues     // "hội phí" is named
	saysEither   // "họp hay chưa": the question itself
	saysForgot   // "quên": she does not know, or has forgotten to do it
	saysWooing   // "đang vận động": under way, nothing of it done
	saysCalled   // a meeting was called, not held: "đã thông báo họp"
	saysTheirs   // what others have not done: "xã chưa cấp"
	saysNoChange // "không có gì thay đổi": as last month, and of what comes or goes none
)

// yesNoPhrases says what phrases mean whatever the question is. The longest
// phrase at a place counts, so "không biết" is never a "không".
var yesNoPhrases = table(
	row{saysUnknown, `nhớ|nghĩ không|hổng|hông|chẳng ra, không|chưa|chả biết|rõ quỹ|tiền|họp còn|có|chưa không|hết,
		không|chưa biết, không|chưa nhớ, không|chưa rõ, không|chưa nắm, không hay, không|chưa tường, không|chưa rành
		không|chưa được? rõ, không|chưa để ý, không|chưa nghe nói|gì|ai|chi|báo
		hỏi * mới biết|rõ|nắm|hay, phải|để coi|xem|giở|mở|lục sổ|lại|đã, ai mà? đếm|nhớ|rõ, không|chưa có? thống kê, không|chưa có? đếm|ghi|nhớ|nắm|biết|rõ, không|chưa có? điểm danh, không|chưa biết|rõ|nắm|hay chắc, không|chưa ai đếm|nhớ|ghi|biết|báo, không|chưa để ý, chưa tính|cộng, không|chưa tổng hợp, không|chưa đếm, không|chưa kiểm tra, không|chưa hỏi, không|chưa kịp hỏi|xem|coi|đếm|kiểm
		không|chưa xem lại, không|chưa coi lại, không|chưa rà lại?, không|chưa có số liệu?, không|chưa có danh sách, không|chưa chốt
		không|chưa thấy báo, không|chưa thấy ai báo, không|chưa ai báo, không|chưa có thông tin
		để|phải|đợi * hỏi, cho|chờ * hỏi lại|đã|thử|thủ|chị|cô|xem|coi, để|phải|đợi|chờ * hỏi lại, để|đợi|chờ * xem lại?, để|đợi|chờ * coi lại?, để|phải * rà, để|phải * kiểm tra, để|phải * kiểm lại
		để|phải * đếm, để|phải * tra, để|phải * dò, để|phải * tìm, để|phải * nhớ lại, để * nắm lại, để * gọi hỏi, để * mở sổ, để * lục
		để|phải * thống kê, để|phải * tổng hợp, để|phải * đối chiếu, để * hỏi thăm, để * hỏi thử, để * ngó lại
		hỏi lại? * phó|thủ|kế|thư giúp|quỹ|toán|ký|đi|xem|dùm|giùm|thử, hỏi lại thủ quỹ, hỏi lại đã, xem lại đã, coi lại đã, tính lại đã, phải hỏi lại, phải xem lại
		quên đếm|hỏi|ghi|xem|coi|kiểm, chịu, chịu thua, chịu chết, bó tay, mù tịt, ai biết, ai mà biết, biết đâu, biết chi mô, mô biết, biết chi, đâu biết, đâu có biết, đâu có nhớ, đâu nhớ, có biết đâu, có nhớ đâu, biết gì đâu, nhớ gì đâu, biết sao được, làm sao biết, sao mà biết, sao biết được, mần răng biết, răng biết, mà biết, nào biết, nhớ mô, biết mô
		thủ quỹ giữ, thủ quỹ nắm, thủ quỹ biết, hỏi thủ quỹ, chỉ thủ quỹ biết, phải hỏi`},
	row{saysSame, `
		vẫn vậy|thế|rứa|y|cũ|nguyên, vẫn như vậy|thế|cũ|rứa|trước, như cũ, như trước, như vậy thôi?, vẫn như tháng|kỳ|lần|bữa trước|rồi, y như cũ, y như vậy, y như trước, y như tháng trước|rồi, y nguyên, y xì, y hệt, y cũ
		giống tháng|kỳ|lần|bữa|hồi trước|rồi, như tháng|kỳ|lần|bữa|hồi trước|rồi, giống như tháng|kỳ|lần trước|rồi, giống cũ, giống như cũ, giống trước, giống như trước, giống hệt tháng? trước?, như|giống mọi tháng|kỳ|khi|lần|hôm|bữa, như hồi trước, như hôm trước
		tháng|kỳ|bữa|hồi trước|rồi|nọ sao|răng|thế thì? tháng|kỳ|bữa? này|nay|ni vậy|thế|rứa|y, giữ nguyên, cũng vậy, cũng thế, cũng rứa, cũng như vậy|rứa|thế|nớ, cũng như cũ, cũng như tháng trước|rồi, cũng như trước, cũng y vậy, cứ như cũ, cứ như tháng trước|rồi, nguyên như cũ, như tháng mười`},
	row{saysExactly, `y vậy, y thế, y rứa, y chang, y như rứa`},
	row{saysNoChange, `
		không đổi, không thay đổi gì?, không có? gì? thay đổi, chưa có? gì? thay đổi, không có? gì khác, không khác gì?, không có? gì mới, chưa có? gì mới, chẳng khác, có gì khác đâu, có gì mới đâu, có gì đổi đâu, có thay đổi gì đâu, đâu có gì thay đổi, đâu có gì mới, đâu có thay đổi, không có sự thay đổi, không biến động gì?, không|chưa có? biến động|phát|xáo gì?, không|chưa có? biến động, không|chưa có? phát sinh, không xê dịch, không xáo trộn`},
	row{saysForgot, `quên, quên mất, quên béng, quên rồi`},
	row{saysWooing, `đang vận động|xin|mời|rủ|thuyết|làm, đang thuyết phục, đang làm đơn|hồ|thủ, đang xét|xem|chờ, đang xem xét, đang tìm|suy|cân|phân|lưỡng|do|ngại hiểu|nghĩ|nhắc|vân|lự|dự?`},
	row{saysEither, `rằm này họp|làm, cuối tháng họp|làm|sinh|tổ, cuối tháng này|ni họp|làm|sinh|tổ, ngoài|trừ họp|sinh * ra, có họp nhưng|mà * không|chẳng ai, họp * không|chẳng ai đến|tới|đi|dự, họp nhưng|mà không|chẳng ai, chủ nhật mới họp|làm|sinh|tổ, trưa|chiều|tối mới họp|làm|sinh|tổ, giữa tháng mới họp|làm|sinh|tổ, gặt|cấy|vụ|mùa|hoạch|hái|tỉa xong? rồi? mới họp|làm|sinh|tổ, hay chưa|không, hoặc chưa|không`},
	row{saysFine, `
		không sao cả?|đâu?, không có? sao, không vấn đề gì?, không có vấn đề gì?, không có gì đâu, không dám, không hề gì, không phiền gì?, không việc gì, không can chi, không thành vấn đề, sao cũng được, thế nào cũng được, răng cũng được, nỏ can chi`},
	row{saysHedge, `
		suýt|tí|chút nữa, suýt họp|làm|thu|sinh|tổ|đi, tưởng, cứ tưởng, ngỡ, không|chưa có gì|chi ngoài, không|chưa * ngoài, hình như, chắc là, chắc, chắc có, chắc rồi, chắc vậy, chắc thế, có lẽ, có thể, có khi, nghe nói, nghe đâu, dường như, đâu như, chừng như, không chắc lắm?, chưa chắc, có vẻ, tùy, nửa nọ nửa kia
		lúc có lúc không, có cũng vậy|thế * không cũng vậy|thế, không cũng vậy|thế, khi có khi không, bữa có bữa không, có khi có khi không, có cũng như không, cũng như không, có như không, coi như có|rồi|không|xong, xem như có|rồi|không|xong, gọi là có, cũng gọi là, tạm gọi là, tạm được, tàm tạm, cũng tàm tạm, có thì có, nửa có nửa không, vừa có vừa không, có hay không, rồi hay chưa, có hoặc không, có với không, không hẳn, chưa hẳn, không hẳn là không
		nhớ không lầm, không lầm thì, đâu đó, hơi hơi, bữa đực bữa cái, lơ mơ, nhớ mang máng, mang máng, đoán là, chị đoán, đoán, hổng chừng, không chừng, biết đâu chừng, đâu chừng
		không phải là? không, không phải là? chưa, không thể không, đâu phải là? không, đâu phải chưa, chẳng lẽ không, chẳng lẽ chưa, chưa phải là? không, không hề không, không chưa, không sai, không nhầm, không lộn, không trật, đâu có sai, sai đâu, không hẳn sai`},
	row{saysMinor, `
		không|chưa họp|thu|làm|có lần|buổi|đợt hai|ba|#|nữa|tiếp|thêm|sau, 		không|chưa|chẳng nhiều lắm?, không|chưa đông lắm?|đủ?, không|chưa đủ, không|chưa bao nhiêu, không|chưa đáng kể, không|chưa được? mấy, không|chưa đầy đủ, không|chưa hết, không|chưa xong, không|chưa đều, không|chưa tốt, không|chưa ổn, không|chưa hoàn thành, không ít, không|chưa thu|nộp|đóng xong|đủ|hết, không|chưa thu|nộp|đóng được xong|đủ|hết, không|chưa thường xuyên, không|chưa dồi dào, không|chưa mạnh`},
	row{saysPartly, `
		được|thu|nộp|đóng một? nửa, một nửa, một phần, gần xong, sắp xong, gần đủ, gần hết, còn thiếu, thiếu, đang thu, đang làm, đang dở, dở dang, được phân nửa, phân nửa, một ít chưa, mới thu, mới được, thu dần, đang tiến hành, từ từ thu, lai rai, thu lai rai, họp|làm|thu|đang dở, dở chừng|dang, giữa chừng, một số|ít * chưa|còn, vài|mấy|nhiều|còn chị|hộ|người|nhà|tổ|em chưa|còn, còn # chị|hộ|người|nhà|tổ|em, còn|chỉ|mỗi # * chưa, nửa chừng, mấy hộ chưa, vài hộ chưa, còn mấy, còn vài, mới một nửa`},
	row{saysYes, `
		có, được, đúng vậy|thế|ý|luôn|y, chuẩn, chuẩn rồi, chuẩn luôn, chuẩn xác, chính xác, đồng ý, nhất trí, nhất trí rồi, thôi được rồi?, thôi cũng được, cũng được, thôi thế cũng được, thôi vậy cũng được, đành vậy, thế cũng được, vậy cũng được, được rồi, được thôi, được đó, được đấy
		sao|răng mà? không|chưa có|họp|làm|thu?, sao mà|lại không|chưa, làm sao mà? không, không có sao được, ai nói|bảo|biểu không|chưa, không|chẳng họp|làm|thu|có|đi sao|răng được|nổi, chứ đâu|gì|ai nữa?, chứ chi nữa, có chứ sao không, có chứ, chứ sao, chứ sao nữa, chứ sao không, sao lại không, sao không có, sao không, tất nhiên, dĩ nhiên, đương nhiên, hiển nhiên, chắc chắn, chắc chắn có|rồi, lại không, ai lại không, quá đi chứ, có quá đi, lẽ nào không, quá rồi, hẳn rồi, yes, yep, oki, ô kê, ô tê kê, ô ki, đồng tình, tất nhiên rồi
		vẫn có, cũng có, cũng có rồi, vẫn còn, vẫn ổn, vẫn tốt, đủ, đủ cả, đủ hết, có đủ, đầy đủ, ổn rồi, ổn định, tốt rồi, ngon lành, đâu vào đấy, đâu ra đấy, chuẩn không cần chỉnh, ghi|báo là có|rồi|đã, nói là có|rồi, đúng y xì|chang`},
	row{saysSure, `đúng rồi, phải rồi, đúng chóc|phóc|quá|boong|phắc`},
	row{saysAck, `vâng, dạ, ừ, ok, dạ vâng, vâng dạ, ừ thì, ừ hử, ừ ha`},
	row{saysDone, `tháng|quý|kỳ|tuần|hôm|bữa nào cũng|mà chẳng|chả?, tháng|quý|kỳ|tuần nào chẳng|chả|không, rồi, xong, xong rồi, xong xuôi rồi?, hoàn thành, hoàn tất, đâu đó xong, xong hết rồi?, đã xong, xong cả rồi?, có rồi, rồi xong, tất tật rồi, đã có, đã rồi`},
	row{saysDoubt, `đúng, phải`},
	row{saysNo, `không|chưa|chẳng|chả|hổng đồng|nhất ý|trí,
		có gì|chi|ai hết|ráo|sất|trơn, không|chưa {neg}? có gì|ai|chi|mô|hết|cả|luôn, không|chưa có? ai|chị|người|em|o|bác|bà|cô|hội|đồng|đứa|mống|ma|thằng nào|mô|hết, không|chưa có? hội viên|chị nào|mô, không|chưa có? đồng chí nào, không một ai|chị|người|bóng|mống, không|chưa có, không được, chưa được, không|chưa thấy ai|mô|đâu giúp|cho|hỗ|tài|tặng|ủng|góp|cấp, không|chưa phải, không|chưa đúng, không hề, chưa hề, chưa từng, không đời nào, không|chưa bao giờ, không còn gì?, đâu có, đâu phải, có đâu, có phải đâu, phải đâu, đúng đâu, đâu, có mô, mô có, mô phải, nào có, làm gì có, mần chi có, làm chi có, lấy|đào|kiếm|moi|tìm|xin đâu|mô ra? mà? có?, lấy|kiếm|đào gì|chi mà? có?, sinh|hội|tụ|tập|tổ hoạt|họp|tập|trung|chức gì|chi|sao|răng nữa|nổi|được|đâu|mô, họp hành|hiếc|hiệc gì|chi|sao|răng nữa|nổi|được|đâu|mô?, họp|thu|làm|quỹ|sinh gì|chi mà? họp|thu|làm|có|quỹ|sinh, quỹ|tiền âm, đâu|mô mà có|họp|làm|thu|ra|đi, có đâu|mô mà có?, tiền|chỗ|nguồn|quỹ đâu|mô ra? mà? có|họp|làm|chi|xài|sinh?, mô ra, đâu ra, có gì đâu, có chi mô, có chi đâu, có ai đâu, có ai mô, không đâu, chưa đâu, không mô, chưa mô, không có mô|đâu, chưa có mô|đâu
		có * đâu, có * mô, đã * đâu, đã * mô, không|chưa * được, không|chưa * gì, không|chưa * chi, không|chưa làm|mần|họp|nhóm|thu|nộp|đóng|đi|dọn|giúp|triển|tiến|tổ|sinh|hoạt, không|chưa triển khai, không|chưa tiến hành, không|chưa tổ chức, không|chưa sinh hoạt, không|chưa hoạt động, không|chưa thu|nộp|đóng|có|được? đồng|xu|cắc nào?, không|chưa đồng|xu|cắc nào, nên thôi|nghỉ|hoãn, nên|phải|đành giải tán, sao|răng mà? họp|thu|làm|có|đi|đóng|nộp|tổ được|nổi, làm|mần sao|răng mà? họp|thu|làm|có|đi|đóng được|nổi?, họp|thu|làm|đi|đóng|nộp|tổ sao|răng được|nổi, họp|thu|làm gì nổi|được, lấy ai|gì|chi mà họp|thu|làm|đóng, họp|đi|làm|thu với ai, ai mà? họp|đóng|nộp|đi mà họp|thu, ai mà họp|thu|đóng|đi, ai * mà họp|thu, đành thôi, không|chưa phải mô|đâu, thôi không, thôi chưa
		hết sạch|nhẵn|veo|trơn rồi?, chưa đến|tới kỳ|hạn|đợt|quý|lúc|ngày, quỹ hết, quỹ hết rồi, tiền hết, tiền hết rồi, kinh phí hết, kinh phí hết rồi, quỹ cạn, quỹ cạn rồi, hết tiền, hết quỹ, cạn quỹ, cạn tiền, trống trơn, trắng tay, trống không, tay trắng, số không, bằng không, con số không, nope, not yet, hoàn toàn không`},
	row{saysNot, `không, chưa`},
	row{saysWrong, `sao lại, sao mà, sai, sai rồi, nhầm, nhầm rồi, lộn, lộn rồi, trật, trật rồi, trật lất, ghi sai, ghi nhầm, sai bét, bị nhầm, bị sai`},
	row{saysPlan, `toan họp|làm|sinh|tổ, gần họp|sinh, gần tới|đến họp|ngày, hết|qua|xong|sau tháng|tuần|quý|năm|mùa|vụ|tết|lễ|đợt|rằm|bão|dịch này? rồi? mới,lẽ|nhẽ ra, đáng lẽ|nhẽ|ra,
		tuần sau|tới, tháng sau|tới, ngày mai|kia|mốt, mai, sáng|trưa|chiều|tối mai, mai mốt, mốt, hôm sau, bữa sau, tới đây, sắp, sắp tới, sẽ, định, dự kiến, dự định, dự tính, đang tính, tính họp|làm|tổ|thu|mở|bữa|tháng|tuần|cuối, có kế hoạch, kế hoạch, lên kế hoạch, chuẩn bị, đang chuẩn bị, lên lịch, đã lên lịch, lịch họp, hẹn, đã hẹn, để|đợi|chờ * mới, để|đợi|chờ họp|gặt|qua|rảnh|hết|cuối|trời|tuần|tháng, để qua|hết|cuối|sang|tháng|tuần, cuối tuần này, cuối quý|năm, cuối quý|năm|tháng|tuần mới, cuối quý|năm|tháng|tuần này|ni mới, quý sau|tới, năm sau|tới, qua tết, sang tháng|tuần|quý|năm, tới cuối tháng, thứ hai|ba|tư|năm|sáu|bảy tới|sau, chủ nhật tới|sau|này, sắp sửa, chuẩn bị họp, đang lên, nay mai, ít bữa|hôm nữa, mấy|vài bữa|hôm|ngày nữa, ngày|hôm|bữa nữa, tối nay mới?, chiều nay mới, sắp họp,  đang tính, muốn, để|đợi|chờ * * mới, thứ hai|ba|tư|năm|sáu|bảy này mới, thứ # này mới, chủ nhật này mới, ngày|hôm|mùng|thứ # tới|sau, ra giêng|tết, để|đợi|chờ ra giêng, sang xuân, ngày|hôm|mùng|thứ # mới họp|làm|sinh|tổ|thu|có|nộp|đóng`},
	row{saysLast, `tháng trước, tháng rồi, tháng vừa rồi, kỳ trước, quý trước, hồi tháng trước, tháng vừa qua, năm ngoái, năm trước`},
	row{saysPast, `
		ngày|hôm|mùng|thứ # mới họp|làm|sinh|tổ|thu|có hoạt|chức? xong|rồi, 		hôm qua|kia|trước|rồi|bữa, bữa qua|kia|trước|rồi|hổm, hôm kìa, ngày #, hôm #, mùng #, tuần trước|rồi|này, tuần vừa rồi|qua, sáng|trưa nay, sáng|trưa|chiều|tối qua, đầu tháng, giữa tháng, vừa rồi, vừa xong, mới xong, vừa mới, hồi sáng|trưa|chiều|tối, ban sáng, lúc nãy, thứ hai|ba|tư|năm|sáu|bảy, chủ nhật, bữa hổm, hổm rày, hôm bữa, mới hôm|bữa|tối|sáng|chiều|tuần`},
	row{saysIf, `khi nào, bữa nào, hôm nào, nếu, bao giờ, lúc nào, chừng nào, hễ, có gì * báo|nhắn|gọi|nói|hỏi|liên, có chi * báo|nhắn, lỡ, trừ khi`},
	row{saysContrast, `nhưng, nhưng mà, mà, song, tuy, tuy nhiên, chứ, chỉ, chỉ có, được cái, bù lại, thay vào đó, thế nhưng, còn`},
	row{saysQuiet, `xin lỗi, chào, cảm ơn, cám ơn, alo, a lô, vì không, do không, không rảnh, không có thời gian, không kịp, không có ai chụp, không chụp, không gửi, không mở, chưa gửi, chưa báo, chưa kịp báo|gửi|nộp|làm, chưa đọc, chưa xem, chưa rảnh, không ai nghe, chưa nộp báo, không biết có? tính|được|kể * không, không biết có? tính|được|kể, tính tới|đến cuối|hết|nay|giờ|hôm|ngày tháng|nay?, không phải báo|làm|nộp|gửi`},
	row{saysAsk, `họp|sinh hành|hiếc|hoạt gì|chi chưa|không, có phải * không, có cần * không, có được không, được không, đúng không, phải không, có sao không, rồi à, rồi hả, sao vậy, là sao, nghĩa là sao, là gì, hả, gì vậy, gì cơ, sao cơ, rồi chưa, xong chưa, bao nhiêu, bao giờ, mấy giờ, ở đâu, ở mô, ngày|hôm|thứ mấy, ngày nào, vậy|thế còn, khi nào vậy, thế nào, ra sao, gì thế|vậy|đấy|đó|không|cơ|hả, có gì không|thế|vậy|đấy|hả, việc|chuyện gì, có việc|chuyện gì, gì cơ, ai thế|vậy|đấy|đó|hả, ở đâu thế|vậy|đấy|hả`},
	row{saysAs, `vậy, thế, vậy đi, thế đi, vậy thôi, thế thôi, vậy đó, thế đó, vậy đấy, thế đấy, ghi vậy, ghi thế, ghi vậy đi, ghi đi, ghi luôn, lưu đi, cứ vậy, cứ thế, cứ ghi, cứ ghi vậy, là vậy, rứa, rứa đó, rứa đi, đúng rứa, chốt, chốt luôn, chốt vậy`},
	row{saysOff, `tháng|kỳ|đợt này nghỉ|thôi, nghỉ tháng|kỳ này, họp hụt|trượt|lỡ, lỡ họp, họp bất thành, hoãn, hoãn lại, tạm hoãn, hủy, bị hủy, dời, dời lại, lùi lại, lùi sang, nghỉ họp, bỏ họp, dừng họp`},
	row{saysOnly, `thôi`},
)

// thingPhrases are what was asked about, by question: an activity, resources,
// dues. Naming one with a past day, or with "rồi", is a yes.
var thingPhrases = map[string]*phrases{
	"q1_activity": table(
		row{saysThing, deedsMeeting + "," + deedsTalk + "," + deedsEconomy + "," + deedsHome + "," + deedsClean + "," + deedsCulture + "," + deedsOther + `,
		họp hành, đi làm đường|cỏ, tổ chức, ra quân, triển khai, mở lớp, làm * đường, vận động hội viên, giúp * hội viên|hộ|nghèo, tập văn nghệ|múa|hát|khiêu|dân|dưỡng, dự hội|tập|lớp, đi lễ hội, gặp nhau`},
		row{saysWeak, `dọn, quét, trồng, tập, thi, giúp, khám, nói chuyện, đi chơi, dự, chăm sóc, thu gom, gặp gỡ, làm, mần, nhóm, quây quần, tập trung, tập hợp, gom nhau, rủ nhau`},
		row{saysElse, `đi làm, đi thi, đi khám, đi chơi, báo|nói|gửi|nộp|nhắn|kể|trả rồi|hôm|bữa|lúc, báo cáo rồi|hôm|bữa|lúc, trả lời rồi`},
		row{saysCalled, `thông báo * họp|rồi, đã mời|báo|nhắn|hẹn|gọi|rủ * họp|rồi, mời|nhắn|rủ|hẹn|gọi * rồi, gửi|phát|viết giấy|thư mời, giấy mời, xin lịch|phép|phòng|chỗ|giấy, đăng ký lịch|phòng|chỗ|nhà, mới mời|báo|thông|nhắn`},
		row{saysModal, `bận họp, bận đi họp, cần, nên, bảo, mời, rủ, ngại, thích, mong, đòi, khó, lo, kêu, giục, yêu cầu, nhắc`}),
	"q3_resources": table(row{saysThing, `
		quỹ, tiền quỹ, quỹ hội, góp, đóng góp, gây quỹ, xã|thôn|ấp|huyện|phường|nhà có|mới|vừa|đã|cũng? cho|hỗ|giúp|cấp|tài, xã|thôn|ấp|huyện|phường|nhà|trường|đình có? cho mượn, chỗ|nơi sinh|họp hoạt?, xã|thôn|ấp|phường|hội có|mới|vừa|đã|cũng? cho|tặng|cấp|trang|hỗ|mua * loa|bàn|ghế|âm|micro|quạt|dù|cờ|trống|tủ|bảng, được * giúp|tặng|góp|ủng|tài|hỗ, cho|được mượn|tặng, mượn được, tài trợ, địa điểm, nhà văn hóa, người giúp, kinh phí, mạnh thường quân, nguồn, nguồn lực, hội phí, xã hỗ trợ, thôn hỗ trợ, hỗ trợ, ủng hộ, đóng góp, vận động, hội trường, chị em giúp, người giúp`},
		row{saysWeak, `tiền`}, row{saysNo, `hết rồi|sạch|nhẵn|trơn|veo|lâu, hết từ lâu|tháng|năm|hồi, cạn, quỹ|tiền|phí cạn|hết queo|kiệt|veo|sạch|nhẵn|bách|trơn|ráo rồi?, cạn sạch|kiệt|rồi|queo|veo|khô, giờ|nay|chừ hết|cạn, bây giờ hết|cạn, giờ|nay không còn|có`}, row{saysYes, `có hết, không|chưa đập|mổ|xài|đụng|tiêu|dùng|rút|động tới|đến|gì|đồng? gì|nào?`},
		row{saysTheirs, `xã|huyện|trên|tỉnh|phường chưa|không, xã|huyện|trên|tỉnh|phường chưa|không có?|cho|cấp|rót|hỗ|duyệt|giải`}),
	"q12_dues": table(row{saysThing, `thu, nộp, đóng, đủ, hết, làm, chuyển khoản, giao|đưa|gửi tiền|đủ|hết|thủ|xã, gom đủ|xong|hết|rồi, góp đủ|xong|hết|rồi`}, row{saysDone, `đã thu|nộp|đóng|gom, đã thu|nộp|đóng|gom * xã|hội|trên|phường|quỹ`}, row{saysPartly, `trừ, còn thiếu, thiếu, chỉ còn`}, row{saysSure, `thu|nộp|đóng|gom đủ|hết|xong|cả, đủ cả|hết`}, row{saysElse, `đi làm, làm đồng|ruộng|cỏ|nhà, thu hoạch, mùa thu, thu mua, thu dọn`}, row{saysDues, `thu hội phí, hội phí, nộp hội phí, đóng hội phí, nộp|đóng|gửi|chuyển|đưa|giao|trích lên|về|cho? xã|phường|trên|hội|huyện|quỹ|thủ, thu quỹ, nộp quỹ, đóng quỹ`}),
	"q9_pair":  table(row{saysThing, `gặp, gặp gỡ, gặp nhau, giúp, giúp nhau, thăm, hỏi thăm, qua lại, đi lại, hỗ trợ, kèm`}),
	"confirm":  table(row{saysThing, `ghi, lưu`}, row{saysYes, `chính đây|là|rồi|chị|tôi|tui|xác, đúng người|tên|số|ngày|chị|tôi rồi?`}, row{saysAs, `ghi giúp|hộ|giùm|dùm|cho`}, row{saysNo, `đừng ghi|lưu|gửi`}),
}

// leadWords may stand before "có" in a clause that answers: its subject, a
// time, an adverb.
var leadWords = words(`chi hội tháng này quý bên chỗ thôn tổ thì vẫn cũng đã vừa mới quỹ nguồn lực xóm khu ấp chúng ta nhà văn hóa
	kinh phí luôn lúc nào năm nay đều tụi bọn ở đây ừ vâng dạ ok hội phí phụ nữ đội ban đầu may nói chung thật ra nữa nớ hết cả nghe là`)

// answerWords may stand in an answer that says nothing else: what is talked
// about, when, how much. Any other word beside a lone "có" or "rồi" speaks of
// something else.
var answerWords = words(`chi hội tháng này quý bên thôn tổ thì vẫn cũng đã vừa mới quỹ xóm khu ấp chúng ta luôn nay đều tụi bọn ở đây ừ vâng dạ ok
	phụ nữ đội nói chung thật ra nữa nớ hết cả mọi người các mấy những ai chung toàn bộ hoàn đầy đủ hoàn toàn xong rồi có không chưa và với cùng là mà nhưng
	ạ nhé nha á ơi à đó đấy nè hen nghen thưa thôi chứ lại từ lúc hồi hôm ngày tuần năm buổi lần đợt cuộc kỳ qua kia trước sau
	em chị cô bác mình tôi tui được rất lắm quá nhiều ít đông vui tốt ổn hơi chút đỉnh tí xíu đôi vài một hai ba bốn sáu bảy tám chín mười khoảng độ tầm
	cho xã thủ gì nào chi mô đâu hả hử hè đi ấy kìa nọ bữa vụ theo sất ráo tuốt đầu tất lâu viên mỗi cái chiếc mấy như đúng phải thế vậy ghi báo cáo số câu rằng
	hẳn hoi đàng hoàng đồng tròn năm thứ chủ nhật cuối giữa tròn vẹn sẵn còn đang tại trong ngoài trên dưới cứ làm tổ chức thu nộp đóng hoạt động thiệt trơn trọi ráo trụi
	vẻ kha khá xíu xiu bé của cùng suốt định thường lệ xuyên yên lo lắng bỏ qua luôn`)

// questionWords may besides stand in an answer to one question.
var questionWords = map[string]wordSet{
	"q1_activity": words(`văn hóa sân đình bản khối phố trường ngoài đường làng ngõ nhanh gọn sơ bàn trao đổi công mô mần nhóm họp hành tập trung tụ hợp gom kéo rủ tới đến dự gặp gỡ tham gia
		rảnh sắp xếp bố trí mở ngồi triển khai thực hiện nổi kịp huy động tối khuya trưa sớm muộn chiều`),
	"q3_resources": words(`mượn góp sân đình chùa hội trường trụ sở ghế loa đài thiết bị cấp rót doanh nghiệp công ty tiết kiệm tiền triệu nghìn ngàn trăm hàng tháng vận động ấp khối bản làng nhà văn hóa
		ủng hộ tài trợ mạnh thường quân hảo tâm nguồn lực chỗ nơi địa điểm phòng thờ nhờ bán cũ cái giúp đỡ duy trì đều đặn dồi dào eo hẹp gọi thường năm phí dùng xài chi tiêu gạo heo lợn đất nuôi xin nhận người ghi sổ gây kinh dụng cụ tự mỗi tháng`),
	"q9_pair":  words(`sang chơi thăm lại nhau giúp đỡ hỏi han động viên tặng vốn giống cây cấy gặt trông cháu hộ ghé nhà tới đến thường luôn kèm chỉ dạy cặp đôi hai bên`),
	"q12_dues": words(`hộ gia đình đợt phí khoản thủ quỹ chuyển gom góp hết sạch nốt bữa phụ trách hội viên người nhà về lên`),
}

// gapAnswers may stand inside a phrase with a gap.
var gapAnswers = words(`được gì chi đâu mô có đã ai hết cả nổi kịp tổ chức làm thu nộp đóng họp thêm việc`)

// asidePhrases tell of her own family, or of a meeting that is none of the
// branch's.
var asidePhrases = table(
	row{anywhere, `xã|huyện|trên|phường|tỉnh gọi|kêu|điều|triệu|bắt đi|lên|xuống, bị gọi|kêu|điều|bắt đi|lên, phụ huynh, họp lớp|họ|chợ|gia|cơ|công|đảng|đồng|quân|trường|bệnh|huyện|tỉnh|phường|xã|con|cháu, họp chi bộ|đảng, chi bộ họp|sinh, đảng|xã|huyện|trường|phường họp|sinh, hợp tác xã họp, họp thôn|xóm|làng|dân|khối|phố, họp tổ dân, họp khu phố, người cao tuổi, nông dân, cựu chiến binh, thanh niên, phụ lão, mặt trận, họp ở|trên|dưới|tại|dưới huyện|tỉnh|xã|trường|phường|cơ|công|quận, họp cho con|cháu, đi họp huyện|tỉnh|xã|phường|quận, họp hội|ban người|nông|cựu|phụ|thôn cao|dân|chiến|huynh, xem phim|bóng|đá|ti|tivi, đám cưới|giỗ|ma|tang|hỏi|cỗ, ăn cưới|giỗ|cỗ|cơm, đoàn * về|xuống|thăm|kiểm|vô|đến, có đoàn, có giỗ, có bầu, sinh nhật, con đóng|nộp|đi|học|thi|ốm, dọn nhà|cơm|chuồng, quét nhà|sân`},
	row{kinship, `con gái|trai|dâu|rể|út|đầu|nhỏ|lớn|mọn|chị|cô|tôi|tui|mình|em, cháu nội|ngoại|gái|trai|chị|tôi|nhà, chồng chị|cô|tôi|tui|em|mình, vợ chồng, mẹ con, sinh|đẻ con, ông xã, mẹ chồng|đẻ|chị|già|ốm, bố|má|mẹ chị|tôi|tui, thằng con|cu|nhỏ|cháu, đứa cháu|con`},
	row{atStart, `nhà chị|cô|tôi|tui|mình|em, nhà có|đang, gia đình chị|tôi, chị|cô|tôi|tui đang, em hát|nói|viết`},
)

// groupPhrases name the members, or the branch.
var groupPhrases = table(row{1, `chị em, các chị, các em, mọi người, hội viên, chi hội, cả hội, cả tổ, phụ nữ, bà con, cả thôn|xóm|ấp, tổ #, cùng nhau, chúng tôi|mình|ta, tụi|bọn em|chị|tui, hội phụ nữ`})

var leadDays = words(`nay qua kia trước rồi vừa nhật hai tư sáu bảy hôm bữa sáng chiều tối`)

// deniedWords may follow a negation: "chưa thu đồng nào".
var deniedWords = words(`dịp đồng xu cắc nguồn nào ai hội phí kinh tiền việc`)
