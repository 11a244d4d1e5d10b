package viet

import "testing"

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"Hoà": "hòa", "thuỷ": "thủy", "khoẻ": "khỏe", "uỷ": "ủy", "qúy": "quý", "quý": "quý", "hoàn": "hoàn", "già": "già", "gìa": "già",
		"okkkk": "ok", "３  chị!!!": "3 chị!", "3️⃣": "3", "🔟": "10", "có\u200brồi": "có rồi", "khoai": "khoai", "ngoaì": "ngoài",
		"ĐÃ HỌP": "đã họp", "người": "người", "mười": "mười",
	} {
		if got := Normalize(in); got != want {
			t.Errorf("Normalize(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Fold("Đồng Ý"); got != "dong y" {
		t.Errorf("Fold = %q", got)
	}
}
