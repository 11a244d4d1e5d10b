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

// The list of sends around Tết: moved out of it, in order, the late list after the due date.
func TestCalendarAroundTet(t *testing.T) {
	cal, err := bot.ParseCalendar(flows.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	from := time.Date(2027, 1, 20, 0, 0, 0, 0, bottest.Zone)
	for _, s := range cal.Sends(from, from.AddDate(0, 1, 2)) {
		got = append(got, sendWords[s.Kind]+" "+org.Day(s.At))
	}
	want := "khóa kỳ 21/1, mở kỳ 25/1, nhắc lần 28/1, nhắc lần 1/2, nhắc lần 12/2, danh sách quá hạn 13/2, khóa kỳ 21/2"
	if strings.Join(got, ", ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), want)
	}
}
