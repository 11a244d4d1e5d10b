package flows

import (
	"testing"

	"chihoi/flows/org"
)

// TestAnnounced reads wishes to announce something, and what is to be announced.
func TestAnnounced(t *testing.T) {
	for body, want := range map[string]string{
		"thông báo":                                 "",
		"Em ơi gửi thông báo":                       "",
		"thông báo với em":                          "",
		"cho chị gửi thông báo nhé":                 "",
		"thông báo: họp 8h ngày 25 tại nhà văn hoá": "họp 8h ngày 25 tại nhà văn hoá",
		"Thông báo họp 8h ngày 25":                  "họp 8h ngày 25",
		"thong bao hop 8h mai":                      "hop 8h mai",
		"thông báo - mai họp":                       "mai họp",
		"thông báo:\nHọp chi hội\n8h mai":           "Họp chi hội\n8h mai",
		"mời họp 14h mai ở hội trường":              "mời họp 14h mai ở hội trường",
		"nhắn các chi hội: nộp danh sách":           "các chi hội: nộp danh sách",
		"đăng tin 20/10 giao lưu":                   "20/10 giao lưu",
		"thông báo khẩn: bão số 12":                 "khẩn: bão số 12",
	} {
		if rest, ok := announced(body); !ok || rest != want {
			t.Errorf("%q: got %q, %t; want %q", body, rest, ok, want)
		}
	}
	for _, body := range []string{"tình hình", "báo cáo", "họp hôm 20, 35 chị", "em đã thông báo cho chị em rồi", "chi hội 3", "nhóm", "gửi"} {
		if rest, ok := announced(body); ok {
			t.Errorf("%q is taken for an announcement: %q", body, rest)
		}
	}
}

// TestKindOf tells kinds by the first word that tells one.
func TestKindOf(t *testing.T) {
	for body, want := range map[string]org.AnnouncementKind{
		"họp 8h ngày 25 tại nhà văn hoá":                   org.MeetingCall,
		"hop 8h mai":                                       org.MeetingCall,
		"nộp danh sách khen thưởng trước ngày 30/11":       org.Deadline,
		"lớp tập huấn kỹ năng số":                          org.TrainingCall,
		"Biểu dương chị Lan":                               org.Recognition,
		"bão số 12 vào đêm nay":                            org.UrgentNews,
		"cảnh báo lừa đảo qua điện thoại":                  org.UrgentNews,
		"chị em mua khăn quàng":                            "",
		"theo Luật BHXH, từ 1/7 người từ 75 tuổi":          org.Policy,
		"tối 20/10 giao lưu văn nghệ":                      org.EventNews,
		"mai mất điện":                                     "",
		"họp bàn việc khen thưởng, nộp hồ sơ trước ngày 3": org.MeetingCall,
	} {
		if got := kindOf(body); got != want {
			t.Errorf("%q: got %q, want %q", body, got, want)
		}
	}
}

// TestAnswerIn reads answers to announcements: words of their own, never a number, and "bận"
// alone puts a check-in off.
func TestAnswerIn(t *testing.T) {
	for body, want := range map[string]org.Answering{
		"đã nắm": org.Noted, "Dạ em đã nắm rồi ạ": org.Noted, "da nam": org.Noted, "em nắm rồi": org.Noted,
		"em đến": org.Coming, "Dạ em sẽ đến ạ": org.Coming, "em den chi oi": org.Coming,
		"em bận": org.Busy, "dạ em bận em ạ": org.Busy, "em không đến được ạ": org.Busy,
		"bận": "", "đang bận": "", "có": "", "1": "", "2": "", "rồi": "", "vâng": "", "dạ vâng ạ": "", "năm": "", "đến": "", "em đến kỳ": "", "": "",
	} {
		if got, _ := answerIn(body); got != want {
			t.Errorf("%q: got %q, want %q", body, got, want)
		}
	}
}
