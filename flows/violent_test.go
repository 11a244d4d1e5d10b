package flows

import "testing"

// TestViolent: the plain ways in which a beating is told are heard, and a husband who goes
// fishing is not one who beats.
func TestViolent(t *testing.T) {
	for _, text := range []string{"chồng nó đánh nó hôm qua", "Chong lai danh chi ay nua", "bị chồng đánh", "chồng say rượu đánh vợ", "bạo lực gia đình",
		"con dau chi bi chong no bop co em oi", "chi Hoa bi chong tat suot", "co chi bi chong day doa", "chong chui mang suot ngay", "bi hanh ha"} {
		if !violent(text) {
			t.Errorf("%q is not heard", text)
		}
	}
	for _, text := range []string{"chồng chị đi đánh cá", "con bi tat bam sinh", "nha bi dot", "chong tat may di ngu", "chị bị ốm", "chồng chị ấy mất", "chồng em đánh máy hộ", "đánh giá chi hội"} {
		if violent(text) {
			t.Errorf("%q is taken for violence", text)
		}
	}
}
