package viet

import "testing"

func TestKeepsAsIs(t *testing.T) {
	for text, want := range map[string]bool{
		"không sửa nữa": true, "thôi không sửa": true, "thoi khong sua nua em oi": true, "thôi, để nguyên": true, "khỏi sửa": true, "ko sửa nữa": true,
		"dạ thôi cứ để vậy em nhé": true, "không cần sửa câu này nữa đâu ạ": true, "giữ nguyên": true,
		"": false, "thôi": false, "không": false, "sửa": false, "sửa 3": false, "không sửa được à?": false, "không sửa nữa, 36 chị": false,
		"không sửa mục 3 mà sửa mục 4": false, "để nguyên 4 chị": false, "để sau": false,
	} {
		if got := KeepsAsIs(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}
