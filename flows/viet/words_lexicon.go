package viet

// aliasRows are short, regional and sloppy spellings: "what is meant: forms".
// A form is taken as the words it stands for everywhere, so only forms that
// mean nothing else belong here (domain.md 13.1, teencode and dialects).
var aliasRows = []string{
	// Negation: teencode, South (hông, hổng), Nghệ Tĩnh (nỏ), North (chửa).
	"không: zero ko k kg kh hk hok hông hong hổng hem hơm hêm khum khom kô kong khôg khog khg",
	"không: nỏ chẳng chả",
	"chưa: chx chửa chưă",
	"không biết: kbiet kbt kobiet kobt kbit hổngbiết",
	"không có: kco koco kocó kcó khongco",
	"có: cóa kó cóh",
	"không phải: kp kph",
	"rồi: roài gồi rầu ròy zồi r rui rùi gòi gồi òi oy roy ròi dồi rầu rùii rồy gòy",
	"được: dc đc đk đượ dk đx",
	"dạ: dzạ zạ dzạa dja",
	"vâng: vưng vg vâg vầng vag vangg",
	"ừ: uh uhm ừm ờ uk ukm um ùm ừa ừh uhh ừk uhuh",
	"ok: oke okie okê okela okla okay oki okey okê okeo okê",
	"gì: j zì",
	"biết: bik bít bit bíc pik bjt",
	"vậy: zậy zay vại dzậy zị vầy dzay",
	"với: vs vz zới dzới",
	"cũng: cug cũg cg cugn",
	"trước: trc trướ trươc",
	"nhiều: nhìu nhiu nhìeu",
	"người: ng ngừi ngườ nguời ngừoi nguoi ngươì ngưòi",
	"hôm: hum",
	"hôm nay: hnay hnai hômnay",
	"hôm qua: hqua hqa",
	"qua: qa wa",
	"dương lịch: dl",
	"này: ni",
	"chứ: chớ",
	"rưỡi: rưởi",
	"hôm kia: hkia",
	"tháng: thg thág",
	"tháng trước: ttrc",
	"mới: ms mơí",
	"luôn: lun luông",
	"thôi: thui thoy",
	"đang: đag đg dag",
	"lắm: lém",
	"quá: wá",
	"vô: zô dô dzô",
	"về: dìa dề zìa",
	"đã: đà",
	"em: e iem iêm emm êm",
	"chị: c cj chuy chj chỵ",
	"ạ: a ah ạh",
	"đi: ik đy",
	"hội viên: hv hviên hvien hvn",
	"kết nạp: kn knap knạp",
	"phụ nữ: pn",
	"hội phụ nữ: hpn",
	"công đoàn: cđ cđoàn",
	"chủ nhật: cn cnhat chnhat",
	"nhật: nhựt",
	"bảo hiểm y tế: bhyt",
	"bảo hiểm xã hội: bhxh",
	"bảo hiểm: bh",
	"vệ sinh môi trường: vsmt",
	"thể dục thể thao: tdtt",
	"câu lạc bộ: clb",
	"nhà văn hóa: nvh nhavh nvhoa",
	"báo cáo: bc bcáo bcao",
	"chủ tịch: ct ctich ctịch",
	"tham gia: tgia tgja",
	"sinh hoạt: sh shoat shoạt",
	"như thế nào: ntn",
	"bao nhiêu: bn bnhieu",
	"mọi người: mn",
	"chồng: ck",
	"bạo lực: bluc",
	"giống: jong zống",
	"những: nhg nhữg",
	"khoảng: khỏang kho~ khoảg",
	"nòng cốt: nồngcốt",
	"trưởng: trg trươg",
	"đồng: đồg đôg đòg dồg đônhg",
	"đồng ý: dongy đôngy đồngý dôngy",
	"việc: vc",
	"số lượng: sl",
	"trong: trog trg",
	"gửi: gởi gưi gử",
	"mùng: mồng",
	"mười: mừoi mừơi mươì mừi mưòi",
	"mươi: mưi mơi muơi",
	"bảy: bẩy",
	"ba mươi: bamươi",
	"vận động: vđ",
	"tuyên truyền: ttruyền ttruyen",
	"sức khỏe: skhoe skhỏe sk",
	"sức khỏe sinh sản: skss",
	"pháp luật: pl",
	"hoạt động: hđ hđộng",
	"quyết định: qđ",
	"không còn: kcòn kcon",
}

// homographs are words that look like words of the tables once marks are
// dropped. Listing them keeps a marked "mặt" from being read as a slip for
// "mất", and makes an unmarked "nam" as doubtful as it is.
const homographs = `
ba bà bá bả bã hai hài hại hái hải hãi bốn bọn bón bổn bộn năm nam nắm nấm nằm nám sáu sau sâu sầu sấu
bảy bay bầy bày bây bẫy bẩy tám tạm tầm tâm tắm tấm tằm thăm thấm thẩm chín mười mươi muỗi muối một mốt mót mọt
tư từ tự tử tứ tủ tu lăm lắm làm lấm lầm lâm nhăm nhầm nhắm nhậm trăm trạm trầm tràm trám chục chức chúc
nghìn ngàn ngân ngắn ngăn linh lính lĩnh lẻ lễ lẽ lệ lê rưỡi hăm hâm ham hầm hãm băm bấm bám bằm vài vải vái vai
mấy máy mây dăm dám dặm không khống chưa chùa chữa chứa chua chừa có cô cỏ cơ cờ cổ cố cọ co cỗ cớ
rồi rối rơi rời rỗi roi dạ đã đá da đa đà đúng dừng đừng dùng dựng đứng đụng dũng dung đựng được dược đuốc
đủ dù đu du dụ vâng vàng vang vắng văng ừ ư phải phai phái phải thôi thổi thời thối thơi sai sài sái lộn lớn lợn
họp hợp hớp hộp mất mặt mát mắt mật mạt chuyển chuyện chuyến chuyên nghỉ nghĩ nghi nghị giảm giám giấm
tăng tặng tang tầng tảng thêm thềm mới mời mỗi mồi môi mối kết két kẹt nạp nộp nấp gặp gấp gập cặp cấp cập cáp
đổi đội đợi đời đồi đói đôi dội dối dỗi tổ to tờ tớ tô tơ tò tách tạch nhập nháp sáp sạp sấp sắp quỹ quý quy quỷ
vốn nghề nghe nghé việc luật học hóc hộc hỏi hội hồi hơi hời hối biết biệt nhớ nhỏ nho nhờ rõ rổ rọ rỗ
gần gắn gân gan gán hết hệt nửa nữa nứa ít còn con cón cơn côn đông đóng động đồng đống dòng ý y í gửi xong xông
chốt hủy huy sửa sứa sữa lại lai lái lãi xem xém bỏ bò bó bờ bộ bố bồ bơ qua quá quà quả quạ mai mái mải mại mãi
tối tôi tồi tội tới tơi lát lạt lắt sáng sang sàng chiều chiếu trưa hôm hơm nay này nảy nãy nấy nảy kia kìa
bữa bừa tuần tuân tháng thang thẳng thắng thăng ngày ngay ngáy thứ thử thu thư thú thủ thừ chủ chú chứ chữ chu
nhật nhạt rằm răm mùng mừng mong mông mỏng giêng chạp chấp đầu đâu dầu đậu dâu dấu giữa giữ cuối trước trược
vừa vựa mô mộ mồ mò mơ mở mỡ nỏ no nợ nó nơ nọ nở nổ nỗ chi chị chỉ chí em êm ém ai ái gì gỉ sao sào sáo
bận bạn ban bán bàn bẩn bản bắn lấy lầy lây lạy láy giống giọng như nhu nhừ cũ cụ củ cứ cu vậy vay váy vây vẫy
thế thể thẻ thề vẫn vần ván vân vấn viên viện viền hộ họ ho hồ hỗ hổ hố hò hờ đơn dọn đón dồn đồn đòn
dự dữ dư đến đen đèn đền đi dì đì về vẽ vé vẻ vè vào ra rà rả vô vỡ vợ vỏ vở võ vồ theo chồng chống
công cộng cổng còng cống an ăn án ấn ân đoàn đoạn đoán luôn luồn cả cà cá ca cạ người ngươi thằng bồi bội bởi
là lá la lạ lả cửa cứa thì thi thị mà má mạ ma mả mã của cúa cua cùa nha nhá nhà nhạ nhả nhé nhẹ nhẻ
ơi ôi ối ổi hả há hà hạ hè hẹ hé hẻ vẻ cho chó chợ chờ chỗ chở làng lang lãng đường đương dương dưỡng
vui vùi tin tín tìn báo bao bão bảo bào cáo cao cào cạo cao lưu lựu lừu liệu liều kiểu kiếu thu quyền quyên
nhắc nhác nhạc nhấc dữ trễ trẻ trẽ tre hạn hàn hán hạn hẹn hèn hen giúp giùm dùm hướng hương dẫn dân dần dán dàn
bấm bậm gọi gói gội gởi gối gỏi đến lần lan lân lăn lặn lẫn lấn chắc chặc trắc ước ượt cỡ có tròn trọn trơn trộn
vận vân vần đảng đang đắng đằng dạng dáng ngành ngạnh nữ đủ tiền tiến tiên tiện tiễn phòng phong phóng phỏng
cốt cột cót nòng nông nồng nóng mùa múa mua mưa vụ vũ vú vu gặt gạt gắt lúa lùa bệnh bênh thiếu thiêu chỗ điểm diểm
kinh kính kình phí phi phỉ đất đắt đặt dắt dật mưa bão lụt lút khó kho khô khổ khỏ khăn khan hàng hang háng hạng
sức súc sực khỏe khoe bảo hiểm hiếm pháp phép phấp giấy giày giây dây dậy dạy đây đầy đẩy đáy gia già giả giá giã
đình đính đinh định dính nuôi nuối nuốt bò bơ heo héo gà ga gạ gá vịt vít mượn mướn nhóm nhòm tiêm tiệm
rác rạc ráp bảo hoa hòa họa hỏa hóa hoà quét quẹt sạch sách trồng trống trông trong tròng cây cấy cày cậy
hát hạt hắt bóng bông bỏng đá chuyền truyền truyện nhảy nhẩy bơi bới bởi chợ tội
thăm thấm hỏi ốm ôm đau dâu hiếu hiểu hiệu hiệu hỷ cưới cười cuối tiếp tiệp khác khách khạc khắc khắp
bình bịnh binh thường thương thưởng thượng mình minh mịnh tình tính tỉnh tinh tịnh
xã xa xả xạ xá dây vui nghỉ sinh sính tử tu từ trần trận trăn sống song sóng trẻ quân quần quận quán quản quan
bộ đội tượng tường lực lức trang trạng tràng vũ nghỉ nước ngoài ngoại nghị xin xín
sài gòn gọn gơn hà nội nỗi nói nơi nồi nổi hộ khẩu khâu trí dư dứ gái gãi trai trái trải đứa đưa đừa
cháu chau mẹ me mè bác bạc bắc bậc dì o ông ong cụ cố chú dượng mợ mơ thím thìm cậu cầu câu cấu
nàng nang nặng nắng đám dám đàm cùng cũng củng cung thật thất thắt thấy thầy thay thày
thực thức ra phần phân phấn phản phận nhất nhắt phổ biến biên biển tổng tông tống số sổ so sơ sở sợ
danh đánh đành dành sách cạch gồm gốm trừ trứ trư tính điện diện đoàn làm đưa đúng chuẩn chuẩn chuẩn bị bí bì bi
giờ giở giơ phút rưởi tiếng tiêng buổi bưởi lượt lướt đợt kỳ kì kỹ kí ký mùi bệnh nhà văn vấn vạn ván
đồng tiền triệu trieu tỷ tỉ ngàn nghìn phần trăm tuổi tươi tưới hộ nhân nhận nhẫn nhạn xóm thôn thổn khu ấp ap áp
cháu hang cặp tép phường phương phưởng huyện tỉnh thành thanh thạnh thánh niên xuất suất sút phiếu chiếc bài bãi bái
`

// classes are the named sets phrases may use.
var classes = map[string]string{
	"neg":  "không chưa đâu",
	"not":  "không chưa",
	"pron": "chị em cô bác tôi tui mình dì mẹ o con cháu anh mợ thím bà",
	"know": "biết nhớ rõ nắm hay tường rành thuộc chắc thạo",
	"time": "nay qua kia trước này vừa",
	"crop": "sắn ngô bắp lúa lạc đậu khoai mía tiêu điều cà chè vải nhãn xoài bưởi cam quýt long dưa rau màu tôm cá muối nghêu sò mủ cao keo quế lào hành tỏi ớt cói dâu tằm bơ chuối dứa khóm dừa lúa mì cỏ vịt sen nấm hoa ổi mận na sầu thanh bông đay mạ giống đồng ruộng nương rẫy vườn",
	"go":   "vào vô ra lên xuống về sang qua tới đến",
}
