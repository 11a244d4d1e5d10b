package viet

// A family is the wording people use for one printed answer (domain.md 6).
// Families are found by the printed label, so a list is known wherever it is
// printed and in whatever order.
type family int

const (
	famNone family = iota
	famMeeting
	famTalk
	famEconomy
	famHome
	famClean
	famCulture
	famOther
	famSeason
	famNoContent
	famNoMoney
	famRearranged
	famMost
	famHalf
	famFew
	famCapital
	famJob
	famHealth
	famChildren
	famLaw
	famFun
	famYes
	famNotYet
	famFinished
	famNothing
	famNewPair
	famNeedHelp
	famChange
	famHead
	famCell
	famSplit
	famMerge
	famRename
	famSupport
	famPropose
	famComplaint
	famDenounce
	famViolence
	famOrganise
	famSend
	famEdit
	famLater
	famKeep
	famTwin
	famRecruit
	famParty
	famShare
	famHelpOne
	famLeft
	famDied
	famMoved
)

// familyLabels are the labels a family is printed under, folded.
var familyLabels = map[string]family{
	"hop, sinh hoat": famMeeting, "tuyen truyen": famTalk, "giup nhau kinh te": famEconomy, "gia dinh": famHome,
	"ve sinh, moi truong": famClean, "van nghe, the thao": famCulture, "khac": famOther,
	"ban mua vu": famSeason, "chua co noi dung": famNoContent, "thieu kinh phi, dia diem": famNoMoney, "moi sap xep lai": famRearranged,
	"gan het": famMost, "khoang mot nua": famHalf, "con it": famFew,
	"von, sinh ke": famCapital, "nghe, viec lam": famJob, "suc khoe, bao hiem": famHealth, "con cai, gia dinh": famChildren,
	"phap luat, giay to": famLaw, "sinh hoat vui choi": famFun, "sinh hoat, vui choi": famFun,
	"co": famYes, "co roi": famYes, "roi": famYes, "dung": famYes, "dung roi": famYes, "chua": famNotYet, "khong": famNothing, "da xong": famFinished,
	"cap 1+1 moi": famNewPair, `cap "1+1" moi`: famNewPair, "can hoi xa ho tro": famNeedHelp, "can ho tro": famNeedHelp,
	"thay doi can bo, tach/sap nhap": famChange,
	"chi hoi truong, pho":            famHead, "to truong": famCell, "tach": famSplit, "sap nhap": famMerge, "doi ten": famRename,
	"von, nghe, nha o, y te": famSupport, "kien nghi": famPropose, "khieu nai": famComplaint, "to cao": famDenounce,
	"xam hai, bao luc": famViolence, "to chuc chi hoi": famOrganise,
	"gui": famSend, "sua": famEdit, "de sau": famLater, "van vay": famKeep,
	"nghi hoi": famLeft, "qua doi": famDied, "chuyen di": famMoved,
}

// familyWords is the wording of every family.
var familyWords = table(
	row{int(famMeeting), deedsMeeting + `, họp dân`},
	row{int(famTalk), deedsTalk + `, chuyên đề, loa, nghị quyết, nghe luật, pháp luật, luật`},
	row{int(famEconomy), deedsEconomy + `, hỗ trợ vốn|giống|sinh|cây|con, kinh tế, làm kinh tế, vay vốn, vốn, tổ tiết kiệm, mô hình kinh tế, trồng rau sạch, buôn bán, phát triển kinh tế, hụi, làm nấm, ngày công, giúp nhau kinh tế, sinh kế`},
	row{int(famHome), deedsHome + `, gia đình, giữ gìn hạnh phúc, xây dựng gia đình, gia đình văn hóa, gia đình năm không, ông bà cháu, làm mẹ, chăm con, bạo lực gia đình, làm cha mẹ, nuôi con`},
	row{int(famClean), deedsClean + `, môi trường, thu gom, đường hoa, con đường hoa, ngày chủ nhật xanh, rác, rác thải, ve chai, phế liệu, chống rác nhựa, hàng rào xanh, tuyến đường, ngôi nhà xanh, biến rác thành tiền, làm đẹp đường`},
	row{int(famCulture), deedsCulture + `, múa, hát, bơi, đi chơi, thể dục thể thao, liên hoan văn nghệ, chơi|đánh bóng|cầu|cờ|thể, áo dài, đội văn nghệ, đờn ca`},
	row{int(famOther), `khác, cái khác, việc khác, nội dung khác, lý do khác, chuyện khác, loại khác, lí do khác, thứ khác, ý khác`},
	row{int(famSeason), `bận mùa vụ, mùa vụ, vào mùa, đang mùa, mùa gặt, vụ gặt, mùa màng, đang vụ, gặt, gặt lúa, mùa lúa, thu hoạch, cấy, cấy lúa, đi cấy, sạ lúa, xuống giống, mùa cà phê, hái cà phê, bẻ cà phê, hái tiêu, mùa điều, hái chè, hái vải, cạo mủ, đốn mía, chặt mía, mùa tôm, mùa cá, đi biển, mùa biển, bẻ bắp, bẻ ngô, nhổ lạc, nhổ đậu, dỡ khoai, đi đồng, ra đồng, bận đồng áng, đồng áng, làm đồng, bận đi làm, đi làm hết, bận gặt, bận cấy, bận mùa, vụ mùa, vụ đông, đông xuân, hè thu, bận việc đồng, lo gặt, lo mùa, gieo sạ, bận rẫy, lên rẫy, đi rẫy, làm rẫy, tăng ca, bận làm ăn, bận công việc, vườn tược, thu hoạch lúa, mùa xoài, mùa dưa, lo mùa màng, bận mùa cấy, làm mùa, bận|mùa|vụ|hái|nhổ|bẻ|cạo|bóc|chặt|đốn|tỉa|dỡ|phơi|tuốt|đào * {crop}, thu hoạch * {crop}, trồng|xuống|vô|vào|làm|lo {crop}, vô mùa|vụ, bận mùa|vụ|đồng, lo làm ăn, đi làm|mần mướn|thuê|công|ăn|ty, gặt|cấy|làm mướn|thuê, mắc gặt|cấy|mùa|làm|đồng`},
	row{int(famNoContent), `chưa có nội dung, không có nội dung, chưa biết họp gì, không biết họp gì, chưa biết làm gì, không biết làm gì, chưa có gì để họp, không có gì để họp, thiếu nội dung, chưa có chương trình, chưa có kế hoạch, không có kế hoạch, chưa chuẩn bị nội dung, chưa chuẩn bị được nội dung, chưa chuẩn bị, chưa có việc gì, không có việc gì, chưa có tài liệu, không có tài liệu, xã chưa gửi tài liệu, chưa có hướng dẫn, chưa nghĩ ra, chưa soạn, bí nội dung, hết nội dung, chưa có chủ đề, nội dung chưa có, không biết sinh hoạt gì, chưa biết sinh hoạt gì, nội dung chưa xong, chưa lên nội dung, không biết nói gì, chưa xây dựng kế hoạch, không|chưa có? gì|chi mà? họp|nói|bàn|sinh|làm|để, biết họp|nói|bàn|làm gì|chi, nội dung chưa|không|còn, chờ|đợi nội|kế|hướng|tài|công, thiếu tài|kế|chương, không|chưa * nội dung, không|chưa * biết|soạn|làm|nghĩ|lên|chuẩn * nội dung, không|chưa biết họp|nói|bàn|làm|sinh cái|gì|chi|hoạt gì|chi?, có gì|chi đâu|mô mà? họp?`},
	row{int(famNoMoney), `không|chưa cho mượn, không|chưa mượn được? nhà|chỗ|sân|hội, thiếu kinh phí, không có kinh phí, hết kinh phí, kinh phí, chưa có kinh phí, không có tiền, hết tiền, thiếu tiền, không có quỹ, hết quỹ, quỹ hết, quỹ cạn, cạn quỹ, thiếu quỹ, không có địa điểm, chưa có địa điểm, địa điểm, thiếu địa điểm, không có chỗ, chưa có chỗ, không có chỗ họp, thiếu chỗ, mượn chỗ, chỗ họp, nhà văn hóa * sửa, nhà văn hóa * xuống cấp, nhà văn hóa * hư, nhà văn hóa * xây, nhà văn hóa * dột, hội trường * sửa, hội trường * hư, không có nhà văn hóa, chưa có nhà văn hóa, không có hội trường, không có nơi họp, không có nơi, không có phòng, không mượn được, khó khăn kinh phí, không có chỗ ngồi, thiếu bàn ghế, mất điện, không có nguồn, tiền đâu, chỗ đâu, không đủ tiền, không đủ kinh phí, thôn mượn, quỹ không có, quỹ không còn, tiền không có, kinh phí không có, chỗ không có, nhà văn hóa|hội trường|trụ sở * ngập|hư|hỏng|dột|sửa|xây|xuống|sập|tốc|khóa|bận|chưa, nhà văn hóa * ngập|hư|hỏng|dột|sửa|xây|xuống|sập|tốc|khóa, hội trường * ngập|hư|hỏng|dột|sửa|xây|xuống|sập|tốc|khóa, trụ sở * ngập|hư|hỏng|dột|sửa|xây|xuống|sập|tốc|khóa, ngập|hư|hỏng|dột|sập|sửa|xây|mượn|khóa|lụt * nhà văn|hội|trụ, không|chưa|thiếu có? tiền|kinh|quỹ|chỗ|nơi|địa|nhà|phòng|bàn|ghế|hội|trụ, không|chưa có? nhà văn hóa, không|chưa có? hội trường, không|chưa có? địa điểm, không|chưa có? kinh phí, kẹt tiền|kinh, bí tiền|kinh|chỗ, hết tiền|quỹ|kinh, đào đâu ra tiền, lấy đâu ra tiền, tiền đâu|mô ra?, chỗ mô|đâu, nhà văn hóa|hội trường * không|chưa|mất, nhà văn hóa * không|chưa|mất, hội trường * không|chưa|mất, chỗ|nơi|tiền|quỹ không|chưa, địa điểm không|chưa, kinh phí không|chưa`},
	row{int(famRearranged), `chi hội trưởng|phó cũ? nghỉ, trưởng|phó cũ nghỉ, chưa có người|ai thay|kế, chia|sắp|gộp lại tổ|thôn|xóm|chi|khu, mới sắp xếp lại, sắp xếp lại, đang sắp xếp, mới sáp nhập, vừa sáp nhập, sáp nhập, đang sáp nhập, mới nhập, mới nhập thôn, nhập thôn, nhập xóm, nhập tổ, nhập ấp, nhập xã, mới tách, vừa tách, mới kiện toàn, kiện toàn, đang kiện toàn, thay chi hội trưởng, mới nhận, mới nhận nhiệm vụ, mới lên, mới làm chi hội trưởng, chưa bàn giao, bàn giao, mới bàn giao, chờ bầu, chưa bầu, đang khuyết, mới chia, mới thành lập, mới gộp, gộp thôn, mới bầu, mới thay, thay người, chưa ổn định tổ chức, chưa ổn định, xáo trộn, mới chuyển giao, mới được bầu`},
	row{int(famMost), `vài|mấy|dăm|ít chị|người|nhà|hộ|bà|em|cô|đứa? mới? là? chưa|không biết|rõ|nắm|quen|nhớ|thuộc|tường, còn|chỉ|trừ|thiếu|mỗi|có vài|mấy|dăm|ít|một|đôi|# hai|ba|bốn? chị|người|nhà|hộ|bà|em|cô|đứa|ca? chưa|không biết|rõ|nắm|quen|nhớ|thuộc|được|biết|tường, ai {pron} cũng biết|quen|nhớ, gần hết, gần như hết, gần như tất cả, gần như toàn bộ, gần đủ, gần như đủ, hầu hết, hầu như, hầu như hết, đa số, phần lớn, phần đông, đại đa số, đại bộ phận, tất cả, toàn bộ, biết hết, nắm hết, quen hết, thuộc hết, rõ hết, nhớ hết, hiểu hết, hết, hết trơn, hết cả, hết trọi, hết ráo, sạch trơn, ai cũng biết, ai cũng quen, người nào cũng biết, nhà nào cũng biết, biết cả, nắm cả, quen cả, cả, nắm chắc, nắm rõ, rõ cả, rõ lắm, biết rõ, quen mặt, quen mặt cả, đầy đủ, đủ cả, đủ, không sót, không sót ai, không thiếu ai, biết tuốt, tuốt, nắm vững, nắm được hết, biết được hết, biết gần, nắm gần, gần trọn, trọn, rành, rành hết, thuộc làu, từng nhà, từng người, rất nhiều, vài người chưa biết, còn vài người, mỗi mấy người mới, trừ vài, trừ mấy, chỉ thiếu vài, còn mấy chị mới, đa phần, phần nhiều, trăm phần trăm, gần trăm phần trăm, gần một trăm phần trăm, một trăm phần trăm`},
	row{int(famHalf), `khoảng một nửa, một nửa, nửa, phân nửa, phân nữa, được phân nữa, nửa thôi, chừng nửa, tầm nửa, cỡ nửa, độ nửa, nửa số, một nửa số, được nửa, nửa nửa, nửa nọ nửa kia, năm mươi phần trăm, năm chục phần trăm, khoảng nửa, non nửa, ngót nửa, gần nửa, xấp xỉ nửa, xêm xêm nửa, năm mươi năm mươi, nửa này nửa kia, ngang ngang nửa, tròn nửa, được phân nửa, nửa chừng`},
	row{int(famFew), `còn ít, ít, ít thôi, ít lắm, còn ít lắm, ít quá, còn ít quá, hơi ít, hơi bị ít, một ít, số ít, thiểu số, không nhiều, chưa nhiều, không được nhiều, chưa được nhiều, không bao nhiêu, chưa được bao nhiêu, chưa bao nhiêu, không được bao nhiêu, không mấy, chưa được mấy, không được mấy, chưa nắm được mấy, chưa biết mấy, chưa biết nhiều, chưa nắm nhiều, chưa nắm được nhiều, chưa nắm được bao nhiêu, chưa rõ lắm, vài người, vài chị, mấy người, mấy chị, vài ba, vài ba người, vài ba chị, một số, một số ít, lác đác, lèo tèo, lơ thơ, ít ỏi, chút chút, chút ít, chút đỉnh, tí tẹo, lơ mơ, mù mờ, hạn chế, còn hạn chế, một phần nhỏ, phần nhỏ, mới biết ít, mới nắm ít, mới biết sơ sơ, sơ sơ, có mấy, được mấy, ít ai, một hai người, được ít, còn kém, mới mấy, chẳng bao nhiêu, đếm trên đầu ngón tay, hiếm, chưa biết ai, chưa biết được mấy, chưa biết được bao nhiêu, không biết mấy, không biết nhiều, không rõ mấy, chưa rõ mấy, chưa nắm mấy, vài, vài thôi, con ít`},
	row{int(famCapital), `vốn, vay vốn, vay, vay tiền, sinh kế, làm ăn, vốn làm ăn, vốn liếng, nuôi bò|heo|lợn|gà|vịt|trâu|dê|cá|tôm|ong, chăn nuôi, buôn bán, mượn vốn, tiền vốn, tiền làm ăn, tiền buôn bán, ngân hàng chính sách, ngân hàng, cây giống, con giống, giống cây, giống vật nuôi, phân bón, trồng trọt, trồng nấm|rau|tiêu|cà, làm kinh tế, phát triển kinh tế, kinh tế, mua bò|heo|gà|trâu, thiếu vốn, cần tiền, chuyển đổi cây trồng, trồng, nuôi, đầu ra, bán hàng, thoát nghèo, làm vườn, mua giống|phân|bò|heo|lợn|gà|trâu|vịt|dê|máy|cây, con bò|lợn|heo|gà|trâu|dê|vịt|giống, thiếu tiền`},
	row{int(famJob), `nghề, dạy may|thêu|đan|nấu|cắt|làm, học nghề, dạy nghề, việc làm, việc, đào tạo nghề, kiếm việc, tìm việc, chỗ làm, chỗ làm việc, tìm|kiếm|xin chỗ làm, công ăn việc làm, xin việc, làm công ty, đi công ty, công việc, việc làm thêm, may mặc, học may, làm thêm, thu nhập thêm, nghề may, nghề phụ, xuất khẩu lao động, thất nghiệp, lớp may, lớp nghề, việc làm tại chỗ, có việc, không có việc, không có việc làm, học nấu ăn, học làm tóc, làm tóc, làm móng, trang điểm, đan lát, gia công, nhận hàng gia công, hàng gia công`},
	row{int(famHealth), `sức khỏe, bảo hiểm, bảo hiểm y tế, bảo hiểm xã hội, thẻ bảo hiểm, khám bệnh, khám, khám phụ khoa, phụ khoa, khám sức khỏe, chữa bệnh, bệnh, bệnh tật, thuốc, thuốc men, ốm đau, đau ốm, y tế, ung thư, viện phí, đi viện, nằm viện, đau khớp, huyết áp, tiểu đường, sức khỏe sinh sản, khám miễn phí, tầm soát, tầm soát ung thư, khám vú, sổ bảo hiểm, mua bảo hiểm, thai sản, trị bệnh, mổ, bác sĩ, bác sỹ, kế hoạch hóa gia đình, dinh dưỡng, tâm lý, tiêm phòng|chủng|vắc`},
	row{int(famChildren), `con cái, con, gia đình, nuôi con, dạy con, nuôi dạy con, nuôi dạy con cái, con nhỏ, trẻ em, trông trẻ, gửi trẻ, giữ trẻ, nhà trẻ, mẫu giáo, chỗ gửi con, gửi con, con đi học, học hành, học phí, tiền học, cháu, con cháu, các cháu, chuyện gia đình, chồng con, chồng, vợ chồng, chăm sóc người già, người già, cha mẹ già, hôn nhân, chuyện chồng con, chăm con, dạy dỗ con, sách vở, chuyện nhà, lũ trẻ, tụi nhỏ, con em, mẹ chồng, con nghiện điện thoại, con cái học hành, việc học của con`},
	row{int(famLaw), `pháp luật, luật, giấy tờ, giấy khai sinh, khai sinh, khai sinh cho con|cháu, sổ đỏ, sổ hồng, sổ nhà đất, đất đai, tranh chấp, tranh chấp đất, thủ tục, hộ khẩu, căn cước, cccd, tư vấn luật, tư vấn pháp luật, ly hôn, li hôn, đăng ký kết hôn, kết hôn, hộ tịch, trợ giúp pháp lý, pháp lý, làm giấy, giấy, quyền sử dụng đất, thừa kế, tạm trú, hồ sơ, hợp đồng, kiện, vneid, định danh, dịch vụ công, chế độ chính sách, làm giấy tờ, làm sổ, đòi * đất|nợ, lấn đất, kiện, ly dị|thân`},
	row{int(famFun), `sinh hoạt vui chơi, vui chơi, giải trí, văn nghệ, thể thao, thể dục, câu lạc bộ, sân chơi, chỗ chơi, chỗ vui chơi, giao lưu, tham quan, du lịch, đi chơi, khiêu vũ, dân vũ, bóng chuyền, chỗ tập, tập thể dục, chỗ sinh hoạt, nơi sinh hoạt, sinh hoạt, vui vẻ, dưỡng sinh, yoga, hát hò, múa hát, gặp gỡ, gặp mặt, đồng diễn, bóng chuyền hơi, đi đây đi đó`},
	row{int(famYes), `có, vẫn|có kèm nhau?, có rồi, vẫn có, có gặp, có giúp, vẫn gặp, vẫn giúp, gặp rồi, giúp rồi, đã gặp, đã giúp, gặp hoài, gặp thường xuyên, thường xuyên, gặp suốt, có qua lại, qua lại, có đi lại, có thăm, có hỏi thăm, đều đặn, vẫn đều, vẫn qua lại, có gặp rồi, có giúp rồi, tháng|tuần|ngày nào cũng * gặp|giúp|thăm, gặp|giúp|thăm suốt|hoài|luôn|đều|thường|liên, có sang|qua|tới|đến|ghé, đang giúp|kèm|gặp`},
	row{int(famNotYet), `chưa, không, chưa có, không có, chưa gặp, không gặp, chưa giúp, không giúp, chưa được, chưa làm, chưa thấy, chưa có dịp|thời|điều|lúc`},
	row{int(famFinished), `đã xong, xong, xong rồi, hoàn thành, hoàn thành rồi, kết thúc, kết thúc rồi, chấm dứt, hoàn tất, đã hoàn thành, xong hẳn, xong xuôi, thoát nghèo, thoát nghèo rồi, đạt rồi, đã đạt, vào hội rồi, kết nạp rồi, dừng rồi, nghỉ rồi, thôi rồi, giải tán, đã kết thúc, xong nhiệm vụ, không làm nữa, không cần nữa, khỏi|không|hết cần? giúp|kèm|hỗ nữa, xong việc|hẳn|nhiệm, đã|mới thoát|vào, thoát nghèo, hết khó, trả hết nợ, đã vào|vô hội, vào|vô hội rồi, kết nạp xong`},
	row{int(famNothing), `không, không có, không có gì, không có gì nữa, không có gì mới, không có gì thêm, không còn gì, không còn, hết, hết rồi, thế thôi, vậy thôi, chỉ vậy, chỉ vậy thôi, chỉ thế, chỉ thế thôi, rứa thôi, chừng đó thôi, chừng đó, bấy nhiêu thôi, nhiêu đó thôi, nhiêu đó, nhiêu thôi, bấy nhiêu, xong, xong rồi, đủ rồi, không thêm, không thêm gì, không có chi, chưa có, chưa có gì, chưa, chưa có gì mới, thôi không, thôi hết rồi, là hết, hết việc, không nữa, không có thêm, không thêm nữa, nỏ có chi, bình thường, không có việc gì, như cũ, không có chuyện gì, vẫn vậy, có gì đâu, đâu có gì, không có gì khác, không gì, không có ý kiến, không|chưa cần hỗ trợ gì?, không|chưa cần giúp gì?, không cần gì?, không|chưa thay đổi|đổi cán? bộ?, không|chưa có? cặp nào|mới`},
	row{int(famNewPair), `cặp mới, thêm cặp, thêm * cặp, có cặp, có * cặp, cặp, lập * cặp, ghép cặp, ghép * cặp, kết nghĩa, đôi mới, cặp giúp nhau, nhận giúp đỡ, nhận kèm, nhận đỡ đầu, kèm cặp`},
	row{int(famNeedHelp), `cần hội xã hỗ trợ, cần hỗ trợ, cần * hỗ trợ, xin hỗ trợ, xin * hỗ trợ, nhờ hỗ trợ, cần giúp, cần * giúp, cần giúp đỡ, nhờ xã, nhờ hội, nhờ chị chủ tịch, nhờ * chủ tịch, xin giúp, kiến nghị, đề nghị, đề xuất, khiếu nại, tố cáo, bạo lực, bạo hành, đánh vợ, xâm hại, xin kinh phí, xin vốn, cần vốn, cần vay, cần vay vốn, muốn vay vốn, xin vay, khó khăn quá, hoàn cảnh khó khăn, cần hội xã, cần xã, cần hội giúp, xin xã, mong xã, mong hội, xã hỗ trợ, hỗ trợ, xã|hội coi|xem|giúp|lo|giải|cho|can|đỡ|tạo, muốn|xin|cần|nhờ * vay|vốn|giúp|gọi|hỗ, vay vốn, vụ vay|xin, khó khăn, nhờ em|chị|xã|hội|cấp|giúp, xin xã|hội|cấp|thêm|cho, cần cấp|người|tiền|xã|hội|giúp|hỗ|tư, mong|muốn|ước|cần|xin có? lớp|vốn|học|khám|tiền|nhà|máy|người`},
	row{int(famChange), `thay đổi cán bộ, tách, sáp nhập, đổi tên, đổi chi hội trưởng, đổi tổ trưởng, thay tổ trưởng, thay chi hội trưởng, thay chi hội phó, đổi chi hội phó, bầu lại, bầu * mới, đổi cán bộ, thay cán bộ, thay đổi, nhập tổ, nhập chi hội, nhập thôn, tách tổ, tách chi hội, chi hội trưởng mới, tổ trưởng mới, thay người, đổi người, kiện toàn, chi hội trưởng xin nghỉ, tổ trưởng nghỉ, tổ trưởng xin nghỉ, chi hội phó nghỉ, gộp tổ, gộp chi hội, tổ trưởng, thay|đổi|bầu tổ|chi|nhóm trưởng|phó|hội, tổ phó, chi hội phó`},
	row{int(famHead), `chi hội trưởng, chi hội phó, chi trưởng, chi phó, đổi chi hội trưởng, thay chi hội trưởng, đổi chi hội phó, thay chi hội phó, chi hội trưởng mới, chi hội phó mới, trưởng chi hội, phó chi hội, bầu chi hội trưởng, bầu lại chi hội trưởng, cấp phó, phó, chi hội trưởng phó`},
	row{int(famCell), `tổ trưởng, tổ phó, đổi tổ trưởng, thay tổ trưởng, tổ trưởng mới, trưởng tổ, bầu tổ trưởng, tổ trưởng tổ`},
	row{int(famSplit), `tách, tách chi hội, tách tổ, chia tách, chia đôi, chia ra, chia làm, tách ra, chia chi hội, tách thôn, tách làm`},
	row{int(famMerge), `sáp nhập, nhập, nhập vào, nhập với, nhập chung, gộp, gộp vào, gộp lại, gộp chung, hợp nhất, ghép, ghép lại, ghép chung, nhập lại, nhập chi hội, nhập thôn, nhập tổ, sát nhập, xác nhập`},
	row{int(famRename), `đổi tên, tên mới, lấy tên, đặt tên lại, thay tên, đổi lại tên, đổi tên chi hội, đặt lại tên, đặt tên mới`},
	row{int(famSupport), `vốn, vay vốn, nghề, nhà ở, y tế, học nghề, việc làm, xây nhà, sửa nhà, nhà tình thương, mái ấm, mái ấm tình thương, nhà dột, dột nát, nhà xiêu, chữa bệnh, bệnh, khám bệnh, bảo hiểm y tế, bảo hiểm, sinh kế, hỗ trợ vốn, xin vốn, viện phí, nuôi bò|heo|gà, làm nhà, xóa nhà tạm, nhà tạm, khó khăn, hộ nghèo, ốm đau, tiền thuốc, xin việc, kinh tế, nhà * tốc|sập|cháy|dột|xiêu|hư|lụt|ngập|đổ`},
	row{int(famPropose), `kiến nghị, đề nghị, đề xuất, ý kiến, góp ý, mong muốn, nguyện vọng, làm đường, đèn đường, xin ý kiến, đề đạt, kiến nghị xã, kiến nghị lên`},
	row{int(famComplaint), `khiếu nại, đơn khiếu nại, khiếu kiện`},
	row{int(famDenounce), `tố cáo, đơn tố cáo, tố giác`},
	row{int(famViolence), `xâm hại, bạo lực, bạo hành, đánh vợ, đánh đập, bị đánh, chồng đánh, đánh con, bị chồng đánh, bạo lực gia đình, hành hạ, hiếp dâm, quấy rối, xâm hại trẻ em, bị bạo hành, đánh * vợ, đánh chị`},
	row{int(famOrganise), `tổ chức chi hội, tổ chức, nhân sự, cán bộ, tách chi hội, nhập chi hội, chi hội trưởng, tổ trưởng, bầu lại, kiện toàn, sáp nhập chi hội, bộ máy, thiếu cán bộ, thiếu người làm`},
	row{int(famSend), `gửi, gửi đi, gửi luôn, nộp, nộp đi, nộp luôn, chốt, chốt luôn, xong, đúng rồi, ok, được rồi, đồng ý, duyệt, gửi nhé, thôi gửi đi`},
	row{int(famEdit), `sửa, sửa lại, nhầm, nhầm rồi, sai, sai rồi, ghi sai, đổi lại, chỉnh, chỉnh lại, chưa đúng, lộn, lộn rồi, không đúng`},
	row{int(famLater), `để sau, lát nữa, lát, tối, mai, bận, đang bận, chút nữa, tí nữa, để tối, để mai, lúc khác, chưa gửi, khoan, từ từ, hồi nữa, xíu nữa`},
	row{int(famKeep), `vẫn vậy, vẫn thế, như cũ, như trước, giống tháng trước, như tháng trước, không đổi, không thay đổi, giữ nguyên, y như cũ, vẫn như cũ, vẫn rứa, y nguyên, vẫn như vậy, y vậy, cũng vậy, cũng thế, y chang, đúng rồi, đúng, vẫn`},
	row{int(famTwin), `kết nghĩa, chi hội mạnh giúp, chi hội giúp chi hội, hai chi hội, giữa hai chi hội, chi hội bạn, chi hội yếu`},
	row{int(famRecruit), `vận động, vận động vào hội, rủ vào hội, vận động phụ nữ, mời vào hội, vận động tham gia`},
	row{int(famParty), `đảng, vào đảng, kết nạp đảng, phát triển đảng, bồi dưỡng, đảng viên, giới thiệu đảng`},
	row{int(famShare), `chia sẻ kiến thức, kiến thức, chia sẻ, nói chuyện sức khỏe, tư vấn`},
	row{int(famHelpOne), `hỗ trợ hội viên khó khăn, giúp hội viên khó khăn, giúp hội viên, giúp chị khó khăn, giúp hộ nghèo, hoàn cảnh khó khăn, khó khăn, đỡ đầu, giúp đỡ`},
	row{int(famLeft), `nghỉ, nghỉ hội, xin nghỉ, xin nghỉ hội, xin ra, xin ra khỏi? hội, ra khỏi hội, ra hội, rời hội, rời khỏi hội, thôi hội, thôi tham gia, thôi sinh hoạt, nghỉ sinh hoạt, nghỉ tham gia, xin thôi, bỏ hội, bỏ sinh hoạt, không tham gia nữa|hội, không sinh hoạt nữa|được, không vào hội nữa, thôi không tham gia|vào|sinh nữa?, thôi không vào|tham|sinh hội|gia|hoạt nữa?, xin rút, xin rút tên, rút tên, rút khỏi hội, xóa tên, già yếu, già yếu xin? nghỉ, già rồi? nghỉ, già rồi? xin nghỉ, già rồi? không sinh hoạt|tham nữa|gia, tuổi cao, tuổi cao sức yếu, hết tuổi, không muốn tham gia nữa?, ra khỏi tổ chức hội?`},
	row{int(famDied), `qua đời, mất, mất rồi, đã mất, mới mất, chết, chết rồi, từ trần, tạ thế, khuất núi, tử vong, về với tổ tiên, về với ông bà, về với đất, đi xa mãi, ốm|bệnh|già mất|chết, già yếu mất|chết, không còn nữa, mất vì|do, chết vì|do, bà ấy đi rồi, hy sinh, quy tiên, theo ông bà, theo tổ tiên, nhắm mắt`},
	row{int(famMoved), `chuyển, chuyển đi, chuyển hẳn, chuyển hộ? khẩu đi?, chuyển {go}, chuyển hẳn {go}, chuyển đi nơi khác, chuyển nơi khác, chuyển chỗ ở, chuyển nhà, dọn đi, dọn {go}, dọn nhà đi?, dời đi, dời nhà, theo chồng, theo con, đi theo con|chồng, lấy chồng, lấy chồng xa, lấy chồng nơi khác, theo gia đình, vào|vô nam, ra bắc, vào|vô sài gòn, đi nơi|chỗ khác, cắt hộ? khẩu, chuyển sinh hoạt đi?, chuyển công tác, đi ở với con, về ở với con, bán nhà, bán nhà đi, bán nhà đi nơi khác, đi hẳn, sang xã khác, chuyển sang xã khác, chuyển xã khác, đi nước ngoài, định cư`},
)

// kindElse looks like one of the kinds of activity, and is none or leaves it
// open.
var kindElse = table(row{1, `thăm|tặng|trao|giúp|hỗ|ủng|đến|qua|các|mỗi|từng|nhiều|cho * gia đình, hát|múa hay|đẹp|giỏi|vui, kinh tế khó|kém|yếu, gia đình chị|tôi|tui|em|bận|có|văn, mất vệ sinh, môi trường làm`})

// leaveLookalikes have a word of leaving in them and tell of something else.
const leaveLookalikes = `mất liên lạc, mất ngủ, mất điện, mất sóng, mất mạng, mất nước, mất mùa, mất công, mất tiền, mất thời gian, mất điện thoại, mất máy, mất xe, mất đoàn kết, mất hay, nghỉ trưa, nghỉ lễ, nghỉ tết, nghỉ mát, nghỉ ngơi, nghỉ làm, nghỉ việc, nghỉ học, nghỉ hưu, nghỉ hè, chuyển tiền, chuyển trường, chuyển khoản, chuyển máy, chuyển lời, chuyển biến, chuyển về, chuyển đến, chuyển tới, chuyển * đến|tới, nói chuyện, câu chuyện, mệt chết, bận chết, nóng chết, chết thật, chết tiền, chết đói, chết máy, gà|vịt|lợn|heo|bò|trâu|chó|mèo mất|chết, chồng chị? mất|chết, chồng chuyển, con chuyển|mất|nghỉ, chuyển đổi|động|giao|sang, chuyển dạ|bụng|giao|đổi|động|sang|khoản|tiền|lời|máy|trường, mất việc|trộm|của|sức|lòng|vui|hút|tích|phương, nghỉ dạy|bán|chợ|đẻ|sinh|thai|phép|ốm|trưa|bán, nghỉ làm công ty, nghỉ ở nhà`

// leftElse looks like one of the reasons why a member left, and is none.
var leftElse = table(row{1, leaveLookalikes + `, chuyện`})

// partLabels find families by what a longer label speaks of, when the label
// itself is not one of familyLabels.
var partLabels = []struct {
	part string
	f    family
}{
	{"ket nghia", famTwin}, {"chi hoi manh", famTwin}, {"van dong", famRecruit}, {"dang", famParty},
	{"kien thuc", famShare}, {"kho khan", famHelpOne}, {"van vay", famKeep}, {"dung roi", famYes},
}
