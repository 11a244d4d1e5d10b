package viet

import (
	"testing"
	"time"
)

// TestReadMoment reads times to come on a Tuesday at nine.
func TestReadMoment(t *testing.T) {
	zone := time.FixedZone("ICT", 7*3600)
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, zone)
	for text, want := range map[string]string{
		"8h sáng mai":         "2026-11-25 08:00",
		"8 giờ sáng mai":      "2026-11-25 08:00",
		"sáng mai":            "2026-11-25 08:00",
		"19h 25/11":           "2026-11-25 19:00",
		"19h30 ngày 25/11":    "2026-11-25 19:30",
		"7h tối nay":          "2026-11-24 19:00",
		"toi nay":             "2026-11-24 19:00",
		"2h chiều mốt":        "2026-11-26 14:00",
		"2h":                  "2026-11-24 14:00",
		"8h":                  "2026-11-25 08:00",
		"10h30":               "2026-11-24 10:30",
		"8 rưỡi sáng thứ năm": "2026-11-26 08:30",
		"8h rưỡi thứ năm":     "2026-11-26 08:30",
		"chiều thứ 6":         "2026-11-27 14:00",
		"8h cn":               "2026-11-29 08:00",
		"8h thứ hai tuần sau": "2026-11-30 08:00",
		"14:00 1/12":          "2026-12-01 14:00",
		"8h ngày 5":           "2026-12-05 08:00",
		"8h 5/1":              "2027-01-05 08:00",
		"8h ngày mai nhé em":  "2026-11-25 08:00",
		"8h 20/11":            "ask",
		"8h sáng nay":         "ask",
		"8h 31/11":            "ask",
		"8h rằm":              "ask",
		"mai":                 "ask",
		"25h mai":             "ask",
		"7h hoặc 8h mai":      "no",
		"gửi luôn":            "no",
		"":                    "no",
	} {
		r := ReadMoment(text, now)
		got := map[Outcome]string{NotUnderstood: "no", Ask: "ask"}[r.Outcome]
		if r.Outcome == Value {
			got = r.Value.Format("2006-01-02 15:04")
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
