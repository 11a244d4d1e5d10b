package flows

import (
	"testing"
	"time"
)

// What a chair asks, and what it comes to; "" is not understood in full, and only offered.
func TestWishes(t *testing.T) {
	s := &step{Facts: Facts{Now: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)}}
	for body, want := range map[string]string{
		"Tôi muốn xem tình hình":               "heads",
		"đến nay được mấy chi hội gửi rồi":     "sent",
		"nhung ai chua nop":                    "missing",
		"chi hội nào còn thiếu báo cáo":        "missing",
		"ai chưa gởi vậy em":                   "missing",
		"so sánh với tháng trước":              "compare",
		"tháng này so với tháng trước thế nào": "compare",
		"mấy chi hội chưa có hoạt động":        "inactive",
		"chi hoi nao khong hop":                "inactive",
		"chi hội nào đủ 6 mục":                 "items",
		"hội viên tăng hay giảm":               "members",
		"thang nay ket nap duoc may nguoi":     "members",
		"tháng này ai cần giúp không":          "help",
		"có việc gì gấp không":                 "help",
		"can den tham dau":                     "flags",
		"chi em can gi nhat":                   "needs",
		"bao giờ hết hạn":                      "due",
		"chi tieu nam nay la bao nhieu":        "target",
		"cho chị cái hình":                     "files",
		"gửi chị file excel tháng 10":          "files",
		"báo cáo 6 tháng đầu năm":              "range",
		"kết quả tháng 10":                     "month",
		"tháng 10":                             "then",
		"hôm nay có gì":                        "news",
		"xin chào em":                          "greeting",
		"làm sao để gửi thông báo":             "how",
		"nhắc mọi người gửi đi em":             "nudge",
		"nhắc những chi hội chưa gửi":          "nudge",
		"em nhắc những ai rồi":                 "nudged",
		"nhắc các chị chưa":                    "nudged",
		"dừng nhắc":                            "unnudge",
		"chị mệt quá":                          "",
		"mai chị đi họp huyện":                 "",
		"ai chưa nộp tiền quỹ":                 "",
		"nhắc con chị học bài":                 "",
		"chi hội nào chưa gửi 3 tháng liền":    "",
		"họp 8h sáng mai ở nhà văn hóa":        "",
		"xuất cảnh cần giấy tờ gì":             "",
	} {
		w := laid(wishWords(body), s.monthsAt, familyAt)
		got := ""
		if a, ok := answerTo(w); ok && a.covers(w) && len(w.unknown) == 0 {
			got = a.name
		}
		if got != want {
			t.Errorf("%q comes to %q, want %q (unknown %q)", body, got, want, w.unknown)
		}
	}
}

// A word is of one family, and none of a family is taken for politeness first.
func TestFamilyWords(t *testing.T) {
	seen := map[string]family{}
	for f, list := range familyWords {
		for _, w := range list {
			if other, twice := seen[w]; twice {
				t.Errorf("%q is in the families %d and %d", w, other, f)
			}
			seen[w] = f
		}
	}
}
