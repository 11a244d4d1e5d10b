package simulator_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"

	"chihoi/bot"
	"chihoi/bot/simulator/simtest"
)

// A talk such as the real bot leads, with names as long as they come. It is said in part
// by the bot's sends and in part by the page, so that both sides of a phone are there.
var talk = []bot.Outgoing{
	{Chat: "head", Text: "Chào chị Phương Uyên ạ! Đã tới kỳ điểm danh tháng 11 của chi hội thôn Đông.\nChừng 3 phút là xong, chị bấm nút hoặc gõ đều được ạ.", Rows: [][]bot.Button{{{Label: "Bắt đầu", Data: "start"}, {Label: "Để sau", Data: "later"}}}},
	{Chat: "head", Text: "✓ Có hoạt động: Có rồi"},
	{Chat: "head", Text: "✓ Ngày: 20/11"},
	{Chat: "head", Text: "✓ Tham gia: khoảng 45 chị em"},
	{Chat: "head", Text: "Câu 9/12. Cặp “Chị Nguyễn Thị Hoàng Phương Uyên – chị Lê Nguyễn Phạm Thị Bích Phượng”: tháng này có gặp gỡ, giúp nhau không ạ?", Rows: [][]bot.Button{{{Label: "Có", Data: "p:1"}, {Label: "Chưa", Data: "p:2"}, {Label: "Đã xong", Data: "p:3"}}}},
	{Chat: "head", Text: "Câu 11/12. Ngoài ra có gì mới không ạ?", Rows: [][]bot.Button{
		{{Label: "Không", Data: "m:1"}}, {{Label: "Cặp “1+1” mới", Data: "m:2"}, {Label: "Cần Hội xã hỗ trợ", Data: "m:3"}},
		{{Label: "Thay đổi cán bộ, tách/sáp nhập", Data: "m:4"}},
	}},
	{Chat: "chair", Text: "Kỳ tháng 11: đã gửi 4/12, chưa gửi 8.\nCó hoạt động 4/4; “3 có, 3 biết” đủ 6 mục 2/4.\nHội viên: +7 −2 (thực tăng 5)."},
	{Chat: "chair", Text: "Chi hội thôn Đông (chị Nguyễn Thị Hoàng Phương Uyên) vừa gửi điểm danh tháng 11 ạ.", Rows: [][]bot.Button{{{Label: "Xem câu trả lời", Data: "open"}}}},
	{Chat: "group", Text: "📣 Mời các chi hội họp giao ban tháng 12\n8 giờ, thứ Sáu 4/12, hội trường UBND xã An Phú. Chị em nhớ mang sổ hội viên giúp em nhé ạ.", Rows: [][]bot.Button{{{Label: "Em đi được", Data: "yes"}, {Label: "Em bận", Data: "no"}}}},
}

// TestLongTalk shows the talk in both shapes and both colours; with CHIHOI_SHOTS set it
// leaves pictures to look at.
func TestLongTalk(t *testing.T) {
	a, url := serve(t)
	for _, m := range talk[:2] {
		a.send(context.Background(), m)
	}
	ctx := simtest.Browser(t, 1280, 900)
	open(t, ctx, url)
	simtest.Do(t, ctx, chromedp.Click(chromedp.CSS(`[data-jump="Sang 25/11 08:00 (mở kỳ)"]`)))
	simtest.Until(t, ctx, is(last("head"), "Bây giờ là 25/11 08:00 rồi ạ."))
	simtest.Do(t, ctx, chromedp.SendKeys(in("head", `[data-role="input"]`), "dạ hôm qua có 45 chị tham gia em nhé\n"),
		chromedp.SendKeys(in("group", `[data-role="input"]`), "Chi hội thôn Đông có mặt ạ\n"))
	simtest.Until(t, ctx, is(last("group"), "Em nhận được: Chi hội thôn Đông có mặt ạ"))
	simtest.Do(t, ctx, chromedp.Click(in("head", `[data-role="attach"]`)), chromedp.Click(in("head", `[data-attach="voice"]`)))
	simtest.Until(t, ctx, is(last("head"), "Em chưa xem được voice ạ."))
	for _, m := range talk[2:] {
		a.send(context.Background(), m)
	}
	simtest.Until(t, ctx, last("group")+`?.startsWith('📣')`)
	const fits = `[...document.querySelectorAll('[data-role="bubble"], [data-role="button"]')].every(e => e.scrollWidth <= e.clientWidth + 1)`
	for _, size := range []struct {
		name          string
		width, height int64
		more          []chromedp.EmulateViewportOption
	}{
		{"desktop", 1280, 900, nil},
		{"laptop", 1024, 700, nil},
		{"wide", 1680, 1000, nil},
		{"phone", 390, 844, []chromedp.EmulateViewportOption{chromedp.EmulateMobile, chromedp.EmulateTouch}},
		{"keyboard", 390, 430, []chromedp.EmulateViewportOption{chromedp.EmulateMobile, chromedp.EmulateTouch}},
	} {
		simtest.Do(t, ctx, chromedp.EmulateViewport(size.width, size.height, size.more...))
		simtest.Until(t, ctx, fits)
		simtest.Until(t, ctx, `(l => l.scrollHeight - l.scrollTop - l.clientHeight < 2)(document.querySelector('[data-phone="head"] [data-role="log"]'))`)
		for _, dark := range []bool{false, true} {
			simtest.Dark(t, ctx, dark)
			name := size.name
			if dark {
				name += "-dark"
			}
			simtest.Shot(t, ctx, name)
		}
	}
	simtest.Dark(t, ctx, false)
	simtest.Do(t, ctx, chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch),
		chromedp.Tap(chromedp.CSS(`[data-role="clock-toggle"]`)), chromedp.Tap(chromedp.CSS(`[data-tab="group"]`)),
		chromedp.Tap(in("group", `[data-role="attach"]`)))
	simtest.Until(t, ctx, fits)
	simtest.Shot(t, ctx, "phone-open")
}
