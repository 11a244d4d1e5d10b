package viet

// What branches do, by kind of q1c_kind (domain.md 6). The free message, the
// question of the kind and "has there been an activity" share these rows, so
// that a deed known to one is known to all.
const (
	deedsMeeting = `họp, họp hành, họp chi hội, họp hội|tổ|nhóm|mặt|bàn|tháng|quý, họp toàn chi hội, họp cả chi? hội, họp định kỳ, họp thường kỳ, họp phụ nữ, họp chị em, họp hàng tháng,
		họp ban chấp hành, họp triển khai, sinh hoạt, sinh hoạt chi hội, sinh hoạt hội|tổ|tháng, sinh hoạt chị em, sinh hoạt định kỳ, sinh hoạt thường kỳ, sinh hoạt hàng tháng, sinh hoạt phụ nữ,
		hội nghị, sơ kết, tổng kết, đại hội, giao ban, nhóm họp, nhóm chi hội, nhóm hội|tổ, nhóm chị em, hội họp, tụ họp, hội ý, ngồi lại, buổi|cuộc|bữa|phiên họp, buổi|bữa sinh hoạt`

	deedsTalk = `tuyên truyền, tuyên truyền pháp luật, phổ biến, tập huấn, truyền thông, nói chuyện chuyên đề, nói chuyện * ma|luật|lừa|bạo|chuyên, sinh hoạt chuyên đề, họp tuyên truyền, hội thảo, tọa đàm,
		học tập nghị quyết, học nghị quyết, triển khai nghị quyết, quán triệt, phát tờ rơi, tờ rơi, treo|căng băng rôn|khẩu, dán áp phích,
		nghe phổ biến|luật|tuyên|nói|tập|cán|công|xã|bác, nghe tuyên truyền, nghe nói chuyện, nói chuyện về|với, học luật, tìm hiểu luật|pháp, tìm hiểu pháp luật, hỏi đáp pháp luật,
		hướng dẫn * phân loại|cài|dùng|sử|cách|kê|làm, cảnh báo lừa đảo, phát thanh, bầu cử, tư vấn luật|pháp|sức|sinh, vận động người dân|bà|hiến|mua|mọi, vận động tham gia bảo hiểm, chiếu phim tuyên truyền`

	deedsEconomy = `góp vốn, góp vốn xoay vòng, xoay vòng vốn, cho vay xoay vòng, hùn vốn|tiền, chơi hụi|họ|phường, góp hụi, nuôi heo|lợn đất, tiết kiệm, đổi công, vần công, góp|giúp ngày? công,
		gặt|cấy|hái|bẻ|nhổ|tuốt|sạ|tỉa|cuốc|cắt|chặt|đào|dỡ|cạo|đốn * giúp|hộ|phụ|giùm, thu hoạch * giúp|hộ|phụ|giùm, gặt|cấy|hái|bẻ|nhổ * cho nhà, gặt|cấy|hái|bẻ|nhổ giúp|hộ|phụ|giùm,
		giúp|phụ * gặt|cấy|hái|bẻ|nhổ|sạ|tỉa|cuốc|lợp, giúp|phụ * cắt|đốn|chặt|đào|dỡ|tuốt {crop}, giúp * thu hoạch|hoạt, phụ * thu hoạch, tặng|trao|cấp|cho * bò|gà|heo|lợn|vịt|dê|trâu|giống, tặng bò|gà|heo|lợn|vịt|dê|trâu, trao sinh kế,
		giúp cây|con giống, cho mượn|vay vốn, giúp nhau, giúp nhau vốn|làm|phát, giúp nhau làm kinh tế, giúp nhau phát triển kinh tế, dạy nghề, dạy|học * đan|may|thêu|móc|nghề, đan lát, khởi nghiệp, giới thiệu việc làm, mở gian hàng`

	deedsHome = `hòa giải, bữa cơm gia đình, xây dựng gia đình hạnh phúc, nuôi dạy con, dạy con, gia đình hạnh phúc, thi nấu ăn, hội thi nấu ăn, nấu ăn, ngày gia đình, chăm sóc con|trẻ,
		kỹ năng làm cha mẹ, mẹ chồng nàng dâu, phòng chống bạo lực gia đình, năm không ba sạch`

	deedsClean = `dọn vệ sinh, vệ sinh, tổng vệ sinh, vệ sinh môi trường, vệ sinh đường làng, dọn dẹp, dọn rác, dọn đường, dọn cỏ, dọn * đường|rác|cỏ|kênh|mương|cống|bãi|chợ|nghĩa|chùa|đình|sân|trường|trạm|miếu, dọn nghĩa trang, quét đường, quét dọn, quét ngõ, quét đường|ngõ|xóm|rác|lá|chùa|đình|sân|chợ|trường|trạm|làng|miếu|nhà, quét * đường|ngõ|xóm|rác|lá|chùa|đình|sân|chợ|trường|trạm|làng|nhà, nhặt|lượm|gom|vớt|hốt|đổ|dọn rác, dọn * bờ|đê|sông|biển|hồ|ao|suối, dọn * bùn|sình, dọn bùn|sình|lũ, nhặt|lượm|gom * rác|lá,
		thu gom rác|pin|vỏ|chai|ve|phế|nhựa|bao, phân loại rác, trồng hoa, trồng cây, trồng * hoa|cây, trồng hàng rào, hàng rào xanh, tổng dọn, khơi|nạo|thông * cống|mương|kênh|rãnh|vét, khơi cống|mương, nạo vét, phát quang, phát cỏ|bụi|đường, làm|cắt|nhổ|rẫy|phạt|dãy|giẫy cỏ, làm|cắt|nhổ|phát * cỏ, chăm sóc * hoa|cây|đường, chăm sóc con? đường, chăm sóc con đường hoa, chăm đường hoa, chăm hoa, làm đường hoa,
		chủ nhật xanh, thứ bảy xanh, gom ve chai, gom phế liệu, vớt bèo, làm sạch, tưới hoa|cây, ra quân vệ sinh|dọn|môi|quét, quét vôi, sơn tường|cổng, vẽ * tường, đổi rác|pin|nhựa, lau dọn`

	deedsCulture = `văn nghệ, giao lưu văn nghệ, giao lưu, giao hữu, bóng chuyền, bóng chuyền hơi, cầu lông, bóng bàn, đá bóng|cầu|banh, đánh cầu|bóng, bóng đá, khiêu vũ, dân vũ, nhảy dân vũ, thể thao, thể dục, tập thể dục, dưỡng sinh, yoga, zumba, aerobic, kéo co,
		bơi thuyền, đua thuyền, hội diễn, đồng diễn, hội thao, biểu diễn, diễn văn nghệ, tập văn nghệ|múa|hát|nhảy|dân|khiêu|dưỡng|kịch|yoga|bóng|bài|xòe|cồng|trống, hát chèo|quan|múa|bài|văn|dân|then|dặm|ví|giao|hò, hát quan họ, hát dân ca, múa hát, múa quạt|nón|sạp|xòe|lân|dân, múa * bài, nhảy múa, nhảy sạp|bao, thi văn nghệ|dân|hát|múa|kéo|bóng|cầu|thể|áo|nhảy, hội thi văn nghệ,
		tham quan, du lịch, dã ngoại, đi bộ, chạy bộ, cồng chiêng, diễu hành, đẩy gậy, ném còn, trò chơi dân gian, đi du|tham|dã lịch|quan|ngoại, hát karaoke, trình diễn áo dài, thi đấu`

	// deedsOther are activities of no printed kind.
	deedsOther = `nghe * nói chuyện, học|dạy|lớp nấu ăn, thăm, đi thăm, thăm hỏi, thăm ốm, tặng|trao|phát|gửi * quà, tặng|trao|phát quà, liên hoan, kỷ niệm, mít tinh, hội thi, cuộc thi, nấu cháo, nấu * từ thiện, cứu trợ, đi cứu trợ, quyên góp, ủng hộ, ủng hộ * bão|lũ|lụt, gặp mặt, từ thiện, khám bệnh, khám sức khỏe,
		làm|gói|nấu|đổ|tráng|đúc|làm * bánh|mứt|xôi|chè, gây quỹ, bán * gây quỹ, giúp * hộ|hội|nhà|gia|người|bà nghèo|viên|khó|neo|đơn|đình, hỗ trợ * hộ|hội|nhà|gia|người nghèo|viên|khó|neo|đơn|đình, giúp * sửa|dựng|lợp|cất|làm nhà, tụ lại|tập, hiến máu, tổ chức * sinh nhật, mừng * thọ|sinh, viếng đám|mộ|nghĩa, viếng * đám tang|ma, làm|tổ lễ, tổ chức lễ, viếng, thắp hương|nhang nghĩa, sửa nhà cho, đổ bê tông, ra mắt, tổ chức, hoạt động, có hoạt động`
)
