package main

import (
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
)

// A wave that lasts for minutes says so.
func TestWaveWords(t *testing.T) {
	c := calendarCmd{Bulk: 25}
	for branches, want := range map[int]string{0: "0 chi hội", 1500: "1500 chi hội", 1501: "1501 chi hội, chừng 2 phút", 85328: "85328 chi hội, chừng 57 phút"} {
		if got := c.waveWords(branches); got != want {
			t.Errorf("%d: %q, want %q", branches, got, want)
		}
	}
}

// The list of sends around Tết: moved out of it, in order, the late list after the due date.
func TestCalendarAroundTet(t *testing.T) {
	cal, err := bot.ParseCalendar(flows.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	from := time.Date(2027, 1, 20, 0, 0, 0, 0, bottest.Zone)
	for _, s := range cal.Sends(from, from.AddDate(0, 1, 2)) {
		got = append(got, flows.WaveName(string(s.Kind))+" "+org.Day(s.At))
	}
	want := "Khóa kỳ 21/1, Tóm tắt tuần 25/1, Số chung toàn tỉnh 25/1, Mở kỳ 25/1, Nhắc lần 28/1, Tóm tắt tuần 1/2, Số chung toàn tỉnh 1/2, Nhắc lần 1/2, Tóm tắt tuần 12/2, Số chung toàn tỉnh 12/2, Nhắc lần 12/2, " +
		"Danh sách quá hạn 13/2, Tổng kết tháng 15/2, Tóm tắt tuần 15/2, Số chung toàn tỉnh 15/2, Khóa kỳ 21/2"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}
