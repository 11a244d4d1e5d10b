package viet

var anchors = table(
	row{ofNothing, leaveLookalikes + `, ba má|mẹ|hoa|phải, chín chắn, tám chuyện, hai lúa|tay, bốn bề|phương, kết nạp đảng|đoàn|đội, đảng viên, đoàn viên, mất chồng|mẹ|má|xe|bò|trâu|đồ, sinh năm #, sinh #, mất điện, mất mùa, mất sóng, mất mạng, mất nước, mất công, mất thời gian, mất tiền, mất ngủ, mất khoảng, mất hơn, mất gần, mặt trận, mặt trời, có mặt trận, tăng gia, giảm nghèo, thôi việc, họ hàng, nghỉ trưa, nên|đành nghỉ, nghỉ lễ, nghỉ mát, nghỉ tết, đi chuyển, câu chuyện, nói chuyện, trò chuyện, có chuyện, chuyện gì|nhà|này|đó, tăng ca, mất đoàn kết, quỹ đất, thoát nghèo, trả lời, giảm giá, học sinh mới, nhà mới, năm mới, y tế, y|bác sĩ, y tá, giúp đỡ lẫn nhau, chưa đóng, tăng cường, giảm cân, giảm tải, mất tích, ra quân, ra mắt, năm nay, năm sau, năm qua, năm mới, năm rồi, trong năm, cả năm, hàng năm, mỗi năm, quanh năm, đầu năm, cuối năm, giữa năm, xin lỗi, vào họp, vào lúc, thêm nữa, thêm vào, hợp tác xã, hợp tác, hợp đồng, phù hợp, tổng hợp, kết hợp, hợp vệ sinh, gặp gỡ, đi chợ`},
	row{ofJoined, `kết nạp, kết nạp thêm, kết nạp mới, kết nạp được, kết nạp thêm được, nạp, nạp thêm, nạp mới, hội viên mới, hội viên mới kết nạp, thêm hội viên, thêm hội viên mới, vào|vô hội, vô hội, vào|vô hội mới, vào|vô mới, vô mới, mới vào|vô, mới vô, mới vào|vô hội, gia nhập, gia nhập hội, tăng, tăng thêm, tăng mới, tăng được, thu hút, thu hút thêm, phát triển hội viên, phát triển mới, phát triển thêm, phát triển được, xin vào|vô hội, xin vào|vô, xin gia nhập, vào|vô thêm, vô thêm, mới kết nạp, người mới, chị mới, em mới, thêm được, thêm mới, có thêm, vận động vào|vô hội, vận động vào|vô, vận động thêm, vận động được, tham gia hội, tham gia vào|vô hội, vào|vô tổ chức hội, bổ sung, bổ sung thêm, kết nạp hội viên, kết nạp hội viên mới, thêm, mới lấy chồng về, lấy chồng về|vô|vào, làm dâu, về làm dâu, mới về, vận động kết nạp, mới gia nhập, vào, vô`},
	row{ofDied, `mất, qua đời, chết, từ trần, tạ thế, đã mất, mới mất, bị mất, ốm mất, bệnh mất, già mất, khuất núi, tử vong, về với tổ tiên, về với ông bà, đi xa mãi, mất vì, mất do, mất rồi, không còn nữa, đám tang`},
	row{ofMoved, `chuyển đi, chuyển, chuyển hẳn, chuyển hộ khẩu, chuyển khẩu, chuyển khẩu đi, chuyển hộ khẩu đi, chuyển hẳn đi, chuyển {go}, chuyển hẳn {go}, chuyển đi nơi khác, chuyển nơi khác, chuyển chỗ ở, chuyển nhà, chuyển qua, chuyển đến nơi khác, dọn đi, dọn {go}, dọn nhà, dọn đi nơi khác, dời đi, dời nhà, dời {go}, theo chồng, theo con, theo chồng {go}, theo con {go}, đi theo con, đi theo chồng, lấy chồng xa, đi lấy chồng, lấy chồng nơi khác, lấy chồng, theo gia đình, vào nam, vô nam, ra bắc, vào sài gòn, vô sài gòn, đi nơi khác, đi chỗ khác, cắt khẩu, cắt hộ khẩu, chuyển sinh hoạt, chuyển sinh hoạt đi, đi ở với con, về ở với con, bán nhà đi, bán nhà, chuyển về bên|nhà|quê, bỏ về quê|nhà|bên|ngoại, ly hôn * về|đi|lên, đi hẳn, chuyển công tác, chuyển sang xã khác, chuyển xã khác`},
	row{ofLeftOrg, `nghỉ hội, nên|đành nghỉ hội|luôn|tham, xin nghỉ, xin nghỉ hội, xin ra, xin ra hội, xin ra khỏi hội, xin ra khỏi, ra khỏi hội, ra hội, ra khỏi tổ chức, ra khỏi tổ chức hội, rời hội, rời khỏi hội, thôi tham gia, thôi sinh hoạt, nghỉ sinh hoạt, nghỉ tham gia, xin thôi, xin thôi hội, bỏ hội, bỏ sinh hoạt, không tham gia nữa, không tham gia hội nữa, không sinh hoạt nữa, không vào hội nữa, thôi hội, thôi không tham gia, xin rút, rút khỏi hội, rút tên, xóa tên, nghỉ luôn, già yếu nghỉ, nghỉ vì già, xin không tham gia, thôi hội viên, bỏ không tham gia, không muốn tham gia nữa`},
	row{ofLeft, `giảm, giảm đi, bớt, bớt đi, ra đi, nghỉ, giảm hội viên, rời đi, số giảm, giảm số, hao hụt, hội viên giảm, ra, đi`},
	row{ofAttend, `số người, số chị em, số chị, số người dự, số người tham gia, số lượng, số dự, dự, tham dự, tham gia, có mặt, mặt đủ, đến dự, tới dự, đi dự, về dự, góp mặt, đến, tới, nghe, đi nghe, đến nghe, cùng tham gia, đi tham gia, đi làm, ra làm, ra quân, ngồi nghe, đi đủ, tập trung, có đi, đi được, dự được, cùng làm, góp sức, hưởng ứng, có tham gia, tham gia đông, đông, đông lắm|quá|vui|tới|đến|được|đủ, đông đủ`},
	row{ofAbsent, `vắng, vắng mặt, không đi, không đến, không dự, không tới, không tham gia, nghỉ họp, xin vắng, bận không đi, vắng có phép, không đi được, chưa đi, thiếu, không đến được, không tới được, không dự được`},
	row{ofMembers, `tổng số hội viên, tổng hội viên, chi hội có, chi hội, chi hội hiện có, hiện có, sĩ số, toàn chi hội, cả chi hội, danh sách, trong danh sách, danh sách có, chi hội chị có, số hội viên, số hội viên hiện có, chi hội em có, quân số, trên tổng số, tổng số`},
	row{ofPioneers, `tiên phong, tp, nòng cốt, hội viên tiên phong, hội viên nòng cốt, cốt cán, hội viên cốt cán, tiên phong nòng cốt, nồng cốt, hội viên nồng cốt, hội viên tiên phong nòng cốt, lực lượng nòng cốt`},
	row{ofExcluded, `công đoàn, công an, quân đội, bộ đội, lực lượng vũ trang, đoàn viên công đoàn, có công đoàn, bên công đoàn, bên công an, bên quân đội, làm công an, đi bộ đội, trong công đoàn, đoàn viên, quân nhân, tổ chức thành viên, giáo viên, viên chức, cán bộ công đoàn, công nhân, cựu chiến binh, sĩ quan, biên phòng, dân quân`},
	row{ofPairs, `cặp, cặp mới, đôi giúp nhau, cặp giúp nhau, thêm cặp, cặp kết nghĩa`},
	row{ofResource, `quỹ, quỹ hội, nguồn lực, tài trợ, kinh phí, mạnh thường quân, tiền quỹ, quỹ chi hội, nguồn quỹ, nguồn kinh phí`},
	row{ofFaces, `biết mặt, nhớ mặt, quen mặt, mặt, mặt hội viên, biết mặt hội viên, thuộc mặt, mặt chị em, biết mặt chị em, nắm mặt`},
	row{ofCircumstances, `hoàn cảnh, biết hoàn cảnh, nắm hoàn cảnh, hoàn cảnh hội viên, hoàn cảnh chị em, biết hoàn cảnh hội viên, gia cảnh`},
	row{ofNeeds, `nhu cầu, biết nhu cầu, nắm nhu cầu, nhu cầu hội viên, nhu cầu chị em, nguyện vọng, biết nhu cầu hội viên`},
	row{ofHelp, `
		xin|cần|nhờ|mong|muốn|đề nghị * hỗ trợ, xin|cần|nhờ|mong|đề * giúp, xin|cần|nhờ|mong * giúp đỡ, xin|cần|nhờ|mong|muốn * gọi, cần|muốn|xin * vay vốn, xin|cần|muốn vay, cần hỗ trợ, xin hỗ trợ, nhờ hỗ trợ, đề nghị hỗ trợ, đề nghị xã, đề nghị hội, kiến nghị, có kiến nghị, khiếu nại, tố cáo, bạo lực, bạo lực gia đình, bạo hành, đánh vợ, đánh đập, xâm hại, chồng đánh, bị đánh, bị chồng đánh, hành hạ, quấy rối, cần chủ tịch, cần chị chủ tịch, nhờ chủ tịch, cần gặp, xin kinh phí, xin vốn, cần vốn, xin xã, nhờ xã, xin hội xã, nhờ hội xã, cần hội xã, cần xã, nhờ|mong|xin hội|trên|ủy|chính|huyện * can|giúp|xem|hỗ|lo|giải, cho chi|tổ|thôn|xóm|ấp|bản hội? xin, xã|hội ơi? cho xin, xin xã|hội|trên * loa|bàn|ghế|quạt|máy|tủ|bộ|cái, xin cái|bộ|ít|thêm loa|bàn|ghế|quạt|máy|tủ|kinh|tiền|giống, hội xã hỗ trợ giúp, cần giúp đỡ, mong hội xã, mong xã`},
	row{ofAway, `đi xa, ở xa, đi làm ăn xa, đi làm xa, làm ăn xa, đi làm ăn, đi xuất khẩu lao động, xuất khẩu lao động, đi lao động, đi làm công ty`},
	row{ofMeeting, deedsMeeting},
	row{ofTalk, deedsTalk},
	row{ofEconomy, deedsEconomy},
	row{ofHome, deedsHome},
	row{ofClean, deedsClean},
	row{ofCulture, deedsCulture},
	row{ofActivity, deedsOther + `, đi thăm, thi, làm từ thiện, tọa đàm kỷ niệm, làm được gì|chi|mô`},
	row{ofDues, `thu hội phí, hội phí, đóng hội phí, nộp hội phí, thu quỹ, đóng quỹ`},
)

var (
	fixPhrases   = corrections
	notThat      = table(row{1, `không phải|phải là, không phải, chứ không phải là?, chứ không, đâu phải, không phải là`})
	partPhrases  = table(row{1, `trong đó, trong số đó, trong ấy, trong số này, bao gồm, gồm, tính cả, kể cả`})
	totalPhrases = table(row{1, `tổng, tổng cộng, tất cả, cả thảy, tổng số, cộng lại, tổng là, tổng cộng là, tất tần tật, cộng`})
	nobodyWords  = words("ai")
	contrastTab  = table(row{1, `nhưng, nhưng mà, mà, còn, tuy nhiên, song, chứ, rồi thì, với lại`})
	monthToo     = table(row{1, `tháng này, riêng tháng, trong tháng`})
	upToNow      = table(row{1, `tính tới|đến cuối|hết|nay|giờ|hôm|ngày tháng|nay?`})
	yearTotals   = table(row{1, `cả năm, năm nay được?, từ đầu năm, tính từ đầu năm, lũy kế, từ tết, năm nay được, chín|mười tháng đầu năm`})
	approxTab    = table(
		row{1, `khoảng, khoản, chừng, khoảng chừng, tầm, cỡ, độ, độ chừng, khoảng độ, ước, ước chừng, áng chừng, quãng, lối, xấp xỉ, tầm khoảng, cỡ khoảng, cỡ chừng, tầm tầm, đâu khoảng, đâu chừng, chắc khoảng, chắc tầm, chắc cỡ, chắc chừng, chắc độ, ước khoảng, độ khoảng, hình như khoảng, vào khoảng, có khoảng, chắc cũng khoảng`},
		row{2, `hơn, trên, dư, gần, ngót, non, dưới, quá, ngoài, tối đa, tối thiểu, ít nhất, nhiều nhất, không quá, chưa tới, chưa đến, không tới, không đến, gần tới, gần được, suýt soát, suýt, trên dưới, ngót nghét, ngót ngét, sấp sỉ gần, không dưới, không dưới, cùng lắm, cùng lắm là, chưa được, không đầy, chưa đầy, gần như, hơn kém, ít ra, ít ra cũng, phải hơn, cũng phải hơn, cũng gần, cũng hơn, khoảng hơn, khoảng gần, khoảng trên, tầm trên|dưới, khoảng dưới, chừng trên|gần|dưới, cỡ trên|hơn|gần, chừng hơn, tầm hơn, tầm gần, hơn khoảng`},
		row{3, `đúng, tròn, vừa tròn, chẵn, vừa đúng, đúng là, chính xác, vừa đủ`},
	)
	boundTail = table(row{1, `lẻ|hơn mấy|vài, hơn, mấy, trở lên, trở xuống, đổ lại, đổ lên, là cùng, có lẻ, lẻ, có dư, dư, mươi, ngoài, trở lại, là nhiều, là ít, quay đầu, đến, tới, hoặc, hay, hay là, hoặc là, phẩy`})
	vagueTail = table(row{1, `gì đó, gì đấy, đâu đó, chi đó, gì ấy, đâu`})
)
