package flows

import (
	"slices"
	"strings"
)

// family is what words of a chair's question are about. Families that only colour a question
// (who, how many, how it stands) go with any other.
type family int

// The families.
const (
	aboutSending family = iota
	aboutReport
	aboutState
	aboutCount
	aboutWho
	aboutList
	aboutMissing
	aboutDenial // before what it denies; at the end of a question it only asks
	aboutWhen
	aboutCompare
	aboutResult
	aboutActivity
	aboutItems
	aboutMembers
	aboutPairs
	aboutHelp
	aboutFlags
	aboutNeeds
	aboutDue
	aboutTarget
	aboutReaching
	aboutCall
	aboutHead
	aboutNudge
	aboutStop
	aboutAnnouncing
	aboutPast
	aboutNews
	aboutGreeting
	aboutHow
	aboutChanges
	aboutPicture
	aboutWorkbook
	aboutDraft
	aboutCSV
	aboutJSON
	aboutFiles
)

// familyWords are the words of each family, folded.
var familyWords = map[family][]string{
	aboutSending:    {"gui", "nop", "gui ve", "gui len", "da gui", "da nop", "gui bai", "lam xong", "nop ve", "diem danh", "lam diem danh"},
	aboutReport:     {"bao cao", "lam bao cao", "gui bao cao", "nop bao cao", "bc"},
	aboutState:      {"tinh hinh", "tien do", "the nao", "ra sao", "sao roi", "sao", "den dau", "toi dau", "the nao roi", "dien bien"},
	aboutCount:      {"bao nhieu", "may", "bn", "so luong", "duoc may", "tong so", "ty le", "phan tram", "duoc bao nhieu"},
	aboutWho:        {"ai", "nao", "nhung ai", "cho nao", "noi nao", "dau", "nguoi nao"},
	aboutList:       {"danh sach", "liet ke", "ds", "ten"},
	aboutDenial:     {"chua", "khong", "ko", "k", "chua co", "khong co", "chua thay", "khong thay"},
	aboutMissing:    {"con thieu", "thieu", "con no", "tre", "cham", "con lai", "tre han", "qua han", "chua xong"},
	aboutWhen:       {"bao gio", "khi nao", "luc nao", "ngay nao", "may gio", "hom nao"},
	aboutCompare:    {"so sanh", "so voi", "hon kem", "hon hay kem", "chenh lech", "chenh", "hon thang truoc", "kem thang truoc"},
	aboutResult:     {"ket qua", "tong ket", "so lieu", "thong ke", "con so", "tong hop", "cac con so"},
	aboutActivity:   {"hoat dong", "hop", "sinh hoat", "hop hanh", "hop chi hoi", "to chuc hoat dong"},
	aboutItems:      {"3 co 3 biet", "ba co ba biet", "3 co", "3 biet", "du 6 muc", "du sau muc", "6 muc", "sau muc", "6/6"},
	aboutMembers:    {"hoi vien", "thanh vien", "ket nap", "tang", "giam", "tang giam", "thuc tang", "hoi vien moi", "nghi hoi", "ra khoi hoi", "phat trien hoi vien"},
	aboutPairs:      {"1+1", "1 + 1", "cap 1+1", "cap 1 + 1", "cap doi", "cac cap", "may cap", "cap", "mot cong mot", "1 cong 1", "mo hinh 1+1"},
	aboutHelp:       {"can giup", "can giup do", "giup do", "can ho tro", "ho tro", "can hoi giup", "kien nghi", "de nghi", "nho giup", "keu giup", "yeu cau", "khan cap", "viec gap", "viec gi gap", "co viec gi gap", "co gi gap", "co viec gap", "cau cuu", "xin giup"},
	aboutFlags:      {"quan tam", "can quan tam", "luu y", "can luu y", "den tham", "can den tham", "nen den tham", "ghe tham", "nen tham", "di tham", "tham", "yeu", "kem", "dang lo", "dang lo ngai", "co van de", "kho khan", "gap kho khan"},
	aboutNeeds:      {"nhu cau", "nguyen vong", "mong muon", "can gi", "can gi nhat", "can nhat", "muon gi", "can nhung gi"},
	aboutDue:        {"han", "het han", "den han", "han chot", "han nop", "han gui", "khoa", "khoa so", "chot so", "han cuoi", "han bao cao", "lich"},
	aboutTarget:     {"chi tieu", "ke hoach nam", "chi tieu nam", "muc tieu", "chi tieu hoi vien"},
	aboutReaching:   {"dat", "du", "dat duoc", "hoan thanh", "dat chua"},
	aboutCall:       {"goi", "goi dien", "goi cho", "sdt", "so dien thoai", "so dt", "so may", "dien thoai", "so phone", "phone", "so cua", "cho so", "xin so", "lien he", "lien lac", "dt"},
	aboutHead:       {"chi hoi truong", "truong chi hoi", "chi truong", "la ai", "ten gi", "phu trach", "ai phu trach", "ai lam", "chi hoi pho"},
	aboutNudge:      {"nhac", "nhac nho", "don doc", "gui nhac", "gui loi nhac", "nhac bai", "giuc", "hoi thuc"},
	aboutStop:       {"dung", "thoi", "huy", "tat", "ngung", "dung lai", "bo"},
	aboutAnnouncing: {"thong bao", "gui thong bao", "tin", "dang tin", "gui tin"},
	aboutPast:       {"lich su", "cac thang truoc", "cac ky truoc", "truoc day", "cac thang", "may thang nay", "may thang truoc"},
	aboutNews:       {"tom tat", "ban tin", "hom nay", "tuan nay", "co gi", "co gi moi", "co viec gi", "viec gi", "lam gi", "can lam gi", "nen lam gi", "phai lam gi", "viec can lam", "co chuyen gi", "tin moi"},
	aboutGreeting:   {"chao", "xin chao", "alo", "a lo", "hello", "hi", "hey"},
	aboutHow:        {"lam sao", "cach", "lam the nao", "huong dan", "su dung", "the nao de", "lam sao de", "cach nao", "dung nhu the nao"},
	aboutChanges:    {"bien dong", "thay doi", "co gi thay doi", "thay doi can bo", "tach nhap", "sap nhap"},
	aboutPicture:    {"hinh", "tam hinh", "cai anh", "tam anh", "cai hinh", "buc hinh", "hinh anh", "bieu do", "hinh tong hop"},
	aboutWorkbook:   {"excel", "bang tinh", "file excel", "xlsx", "bang excel", "bang so lieu"},
	aboutDraft:      {"word", "docx", "file word", "ban word", "van ban", "ban thao", "bao cao word", "ban du thao"},
	aboutCSV:        {"csv", "file csv"},
	aboutJSON:       {"json", "file json"},
	aboutFiles:      {"xuat", "tai ve", "tai file", "tai bao cao", "file", "tep", "lay so lieu", "lay file", "in ra", "in bao cao", "xuat so lieu", "xuat bao cao", "xuat file", "tai so lieu"},
}

// fillers are the words around what a question is about, folded.
var fillers = strings.Fields(`a ah ak ay bay ben biet cac cai can chac chi chi_hoi chinh cho chu chuyen co coi con cu cua cung da dang de di do don duoc dum
	em gi gio giup gium gui_ve ha hay hai het hien hoi ke kha khu ki kia ky la lai lam_on len luc nguoi chi_tiet ma mai minh mo moi mot muon na nay ne nen neu nghe ngay nha nhe nhi
	nho nhung nhu nhin no noi o oi on phai rieng roi se so ta tai tat tinh_den thang the them theo thi thoi_nhe thon ti to toan toi tong trong tu tung u ung va
	vao vay ve vi viec vien voi vui_long xa xem xin xom y chut hien_nay tu_dau_nam hien_tai den_nay tinh_toi_nay tat_ca co_the lam_on_cho van vua don_vi dia_ban ho khom to_dan_pho thay kiem_tra tra_cuu du_lieu duoi ap`)

// familyOf finds the family of folded words; longestFamily is how many words one has at most.
var familyOf, longestFamily = func() (map[string]family, int) {
	of, longest := map[string]family{}, 0
	for f, list := range familyWords {
		for _, w := range list {
			of[w], longest = f, max(longest, len(strings.Fields(w)))
		}
	}
	return of, longest
}()

// colour are the families that go with any question.
var colour = []family{aboutState, aboutCount, aboutWho, aboutList, aboutGreeting}

// fillerAt is how many words from i on say nothing themselves, 0 where they do.
func fillerAt(w []string, i int) int {
	for n := min(3, len(w)-i); n > 1; n-- {
		if slices.Contains(fillers, strings.Join(w[i:i+n], "_")) {
			return n
		}
	}
	if slices.Contains(fillers, w[i]) {
		return 1
	}
	return 0
}
