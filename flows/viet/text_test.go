package viet

import (
	"strings"
	"testing"
)

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

// TestNothingToNormalize: what is taken as it stands is what the long way gives, too.
func TestNothingToNormalize(t *testing.T) {
	texts := []string{"", " ", "35", "20/11", "co roi", "coo", "cooo", "co  roi", " co", "co ", "a..b", "a.b", "1000", "a1a", "Co", "co\troi", "có", "9!!", "a\x7fb"}
	for _, row := range corpus(t, "replies-*.tsv") {
		texts = append(texts, row.text, strings.ToLower(row.text), normalized(row.text))
	}
	plain := 0
	for _, s := range texts {
		if settledASCII(s) {
			plain++
			if long := normalized(s); long != s {
				t.Errorf("%q is %q the long way", s, long)
			}
		}
	}
	if plain < 10 {
		t.Errorf("only %d of %d texts were plain", plain, len(texts))
	}
}
