package bottest

import (
	"testing"

	"chihoi/storage"
)

// memory keeps one memory store over restarts.
type memory struct{ *storage.Mem }

func (m memory) Open() (Failing, error) { return m, nil }

// TestGroupWatchSees: what no group may be told is seen, and what it may is let through.
func TestGroupWatchSees(t *testing.T) {
	s := newStage(t, Mode{Open: func(testing.TB) Keeper { return memory{storage.NewMem()} }})
	if err := s.setUp("commune an-phu Xã An Phú\nbranch an-phu/1 Chi hội thôn Đông head=lan\nperson lan Nguyễn Thị Lan on=telegram phone=0912345678\n"); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Cảm ơn chị Lan nhé", "nguyen thi lan đã gửi", "Gọi 0912 345 678", "Gọi 0987654321 ạ", "Thôn Đông chưa gửi báo cáo", "con thieu thon dong"} {
		if s.private(text) == "" {
			t.Errorf("not seen: %s", text)
		}
	}
	for _, text := range []string{"📣 Mời họp – Hội LHPN xã An Phú\nhọp 8h ngày 25/11/2026 tại nhà văn hóa thôn Đông", "Chi hội thôn Đông đã giúp ba hộ", "Các chị nhớ nộp trước ngày 3/12"} {
		if found := s.private(text); found != "" {
			t.Errorf("%s: said to tell %s", text, found)
		}
	}
}
