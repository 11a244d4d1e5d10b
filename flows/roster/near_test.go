package roster

import "testing"

func TestNearly(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"an phu", "an phu", true}, {"an phu", "anphu", true}, {"tan an tay", "tan ah tay", true}, {"binh minh", "binh min", true},
		{"an phu", "an phus", true}, {"1", "2", false}, {"an phu 1", "an phu 2", false}, {"hoa an", "tan an", false}, {"an", "ao", false}, {"", "an phu", false},
	} {
		if got := nearly(c.a, c.b); got != c.want || nearly(c.b, c.a) != got {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestRespelled(t *testing.T) {
	for _, c := range []struct {
		standing, file string
		want           bool
	}{
		{"Xã An Phú", "Xã An Phú", false}, {"Xã An Phú", "xã an phú", false}, {"Xã An Phú", "XÃ AN PHÚ", false}, {"xã an phú", "Xã An Phú", true},
		{"NGUYỄN THỊ LAN", "Nguyễn Thị Lan", true}, {"Thôn Đông", "thon dong", false}, {"thon dong", "Thôn Đông", true}, {"Thôn Tây", "Thôn Tấy", true},
		{"Nguyễn Thị Lan", "Bui Thi Mai", true}, {"", "An Hòa", true}, {"Hoà An", "Hòa An", true},
	} {
		if got := respelled(c.standing, c.file); got != c.want {
			t.Errorf("%q to %q: %v, want %v", c.standing, c.file, got, c.want)
		}
	}
}
