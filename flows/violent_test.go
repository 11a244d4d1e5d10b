package flows

import "testing"

// TestViolent: the plain ways in which a beating is told are heard, and a husband who goes
// fishing is not one who beats.
func TestViolent(t *testing.T) {
	for _, text := range []string{"chồng nó đánh nó hôm qua", "Chong lai danh chi ay nua", "bị chồng đánh", "chồng say rượu đánh vợ", "bạo lực gia đình"} {
		if !violent(text) {
			t.Errorf("%q is not heard", text)
		}
	}
	for _, text := range []string{"chồng chị đi đánh cá", "chồng em đánh máy hộ", "đánh giá chi hội"} {
		if violent(text) {
			t.Errorf("%q is taken for violence", text)
		}
	}
}
