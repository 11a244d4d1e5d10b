package main

import (
	"context"
	"fmt"
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"chihoi/bot/simulator/simtest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/storagetest"
)

// page starts the demo as `chihoi demo` does and opens it in a browser window.
func page(t *testing.T, width, height int64) (*demo, context.Context) {
	t.Helper()
	d, err := newDemo(t.Context(), &global{Zone: "Asia/Ho_Chi_Minh", Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	server := httptest.NewUnstartedServer(nil)
	server.Config.Handler = d.handler(server.Listener.Addr())
	server.Start()
	var run sync.WaitGroup
	run.Go(func() { _ = d.app.Run(ctx) })
	t.Cleanup(func() {
		stop()
		run.Wait()
		server.Close()
		if err := d.close(); err != nil {
			t.Error(err)
		}
	})
	browser := simtest.Browser(t, width, height)
	do(t, browser, chromedp.Navigate(server.URL), chromedp.WaitVisible(chromedp.CSS(`body[data-live] [data-phone="head"]`)))
	return d, browser
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func css(format string, args ...any) chromedp.CSS {
	return chromedp.CSS(fmt.Sprintf(format, args...))
}

// shows waits until the newest message of a phone contains the words.
func shows(t *testing.T, ctx context.Context, phone, words string) {
	t.Helper()
	simtest.Until(t, ctx, fmt.Sprintf(`[...document.querySelectorAll('[data-phone="%s"] [data-role="text"]')].at(-1)?.textContent.includes(%q)`, phone, words))
}

// tap touches the button of the head's phone that carries a question's value.
func tap(t *testing.T, ctx context.Context, data string) {
	t.Helper()
	button := css(`[data-phone="head"] [data-role="button"][data-data$="%s"]`, data)
	do(t, ctx, chromedp.WaitVisible(button), chromedp.Tap(button))
}

// say types on the head's phone.
func say(t *testing.T, ctx context.Context, words string) {
	t.Helper()
	do(t, ctx, chromedp.SendKeys(css(`[data-phone="head"] [data-role="input"]`), words+"\n"))
}

// jump moves the clock by a named step, on a narrow window.
func jump(t *testing.T, ctx context.Context, label string) {
	t.Helper()
	button := css(`[data-jump^="%s"]`, label)
	do(t, ctx, chromedp.Tap(css(`[data-role="clock-toggle"]`)), chromedp.WaitVisible(button), chromedp.Tap(button))
}

func storedReport(t *testing.T, d *demo) org.CheckIn {
	t.Helper()
	var c org.CheckIn
	err := d.store.View(t.Context(), func(tx storage.Tx) (err error) {
		var ok bool
		c, ok, err = storage.LatestCheckIn(tx, "an-phu/1", "2026-11")
		if !ok {
			t.Error("no report is stored")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestDemoByTaps plays a whole check-in with taps on a window of a phone's size; the chair
// is told, and nothing is written to the console.
func TestDemoByTaps(t *testing.T) {
	d, ctx := page(t, 390, 844)
	jump(t, ctx, "Sang 25/11 08:00")
	shows(t, ctx, "head", "Kỳ điểm danh tháng 11")
	simtest.Shot(t, ctx, "demo-opening")
	do(t, ctx, chromedp.Tap(css(`[data-phone="head"] [data-data^="s:"]`)))
	steps := []struct{ words, data string }{
		{"đã họp hay có hoạt động gì chưa", ":q1_activity:yes"},
		{"Hôm nào ạ?", ":q1a_date:2026-11-24"},
		{"bao nhiêu chị em", ":q1b_attendees:!skip"},
		{"Nội dung chính", ":q1c_kind:5"},
		{"tiên phong", ":q2_pioneers:4"},
		{"nguồn lực", ":q3_resources:yes"},
		{"3 biết", ":q456_know:same"},
		{"kết nạp thêm", ":q7_joined:2"},
		{"công đoàn", ":q7a_excluded:1"},
		{"nghỉ Hội, chuyển đi", ":q8_left:1"},
		{"nghỉ Hội, qua đời hay", ":q8_which:3"},
		{"chị L. – chị H.", ":q9_pair/p1:1"},
		{"Cặp 2", ":q9_pair/p2:2"},
		{"có gì mới không", ":q_more/1:1"},
		{"Đúng chưa chị ạ?", ":review:1"},
	}
	for i, s := range steps {
		shows(t, ctx, "head", s.words)
		if i == 0 || strings.Contains(s.data, "review") || strings.Contains(s.data, "kind") {
			simtest.Shot(t, ctx, fmt.Sprintf("demo-step-%d", i))
		}
		tap(t, ctx, s.data)
	}
	shows(t, ctx, "head", "Em cảm ơn chị!")
	do(t, ctx, chromedp.Tap(css(`[data-tab="chair"]`)))
	shows(t, ctx, "chair", "Chi hội thôn Đông đã gửi")
	simtest.Shot(t, ctx, "demo-chair")
	c := storedReport(t, d)
	for q, want := range map[org.QuestionID]string{"q1_activity": "yes", "q1a_date": "2026-11-24", "q1c_kind": "5", "q2_pioneers": "4",
		"q3_resources": "yes", "q7_joined": "2", "q7a_excluded": "1", "q8_left": "1", "q8_moved_out": "1", "q9_pair/p1": "1", "q9_pair/p2": "2"} {
		if got := c.Answers[q].Value; got != want {
			t.Errorf("%s is stored as %q, tapped %q", q, got, want)
		}
	}
	if !c.Answers["q1b_attendees"].Skipped || c.End != c.Start+1 {
		t.Errorf("attendees %+v, members %d→%d", c.Answers["q1b_attendees"], c.Start, c.End)
	}
}

// TestDemoByTyping plays it by typing on the same small window, with a pause in between
// that ends with a reminder.
func TestDemoByTyping(t *testing.T) {
	d, ctx := page(t, 390, 844)
	jump(t, ctx, "Sang 25/11 08:00")
	shows(t, ctx, "head", "Kỳ điểm danh tháng 11")
	for _, s := range []struct{ words, reply string }{
		{"", "báo cáo"},
		{"Câu 1/", "da roi em"},
		{"Hôm nào ạ?", "hôm 20"},
		{"bao nhiêu chị em", "khoảng 35 chị"},
	} {
		shows(t, ctx, "head", s.words)
		say(t, ctx, s.reply)
	}
	shows(t, ctx, "head", "Nội dung chính")
	jump(t, ctx, "28/11 19:00")
	shows(t, ctx, "head", "câu nữa là xong ạ")
	simtest.Shot(t, ctx, "demo-reminder")
	for _, s := range []struct{ words, reply string }{
		{"câu nữa", "báo cáo"},
		{"Nội dung chính", "họp"},
		{"tiên phong", "vẫn"},
		{"nguồn lực", "có"},
		{"3 biết", "vẫn vậy"},
		{"kết nạp thêm", "khong"},
		{"nghỉ Hội, chuyển đi", "0"},
		{"chị L. – chị H.", "có"},
		{"Cặp 2", "chưa"},
		{"có gì mới không", "hết rồi"},
		{"Đúng chưa chị ạ?", "gửi đi em"},
	} {
		shows(t, ctx, "head", s.words)
		say(t, ctx, s.reply)
	}
	shows(t, ctx, "head", "Em cảm ơn chị!")
	c := storedReport(t, d)
	for q, want := range map[org.QuestionID]string{"q1_activity": "yes", "q1a_date": "2026-11-20", "q1b_attendees": "~35", "q1c_kind": "1",
		"q2_pioneers": "4", "q456_know": "same", "q7_joined": "0", "q8_left": "0", "q9_pair/p1": "1"} {
		if got := c.Answers[q].Value; got != want {
			t.Errorf("%s is stored as %q, want %q", q, got, want)
		}
	}
}

// TestDemoOnDesktop looks at all three phones at once.
func TestDemoOnDesktop(t *testing.T) {
	_, ctx := page(t, 1280, 860)
	do(t, ctx, chromedp.Click(css(`[data-jump^="Sang 25/11 08:00"]`)))
	shows(t, ctx, "head", "Kỳ điểm danh tháng 11")
	shows(t, ctx, "group", "Kỳ điểm danh tháng 11 đã mở")
	do(t, ctx, chromedp.Click(css(`[data-jump^="28/11 19:00"]`)))
	shows(t, ctx, "chair", "đã gửi báo cáo tháng 11")
	simtest.Until(t, ctx, `document.querySelector('[data-clock="2026-11-28T19:00"]')`)
	do(t, ctx, chromedp.SendKeys(css(`[data-phone="chair"] [data-role="input"]`), "tình hình\n"))
	// The other heads go on sending, so the answer need not be the newest message.
	simtest.Until(t, ctx, `[...document.querySelectorAll('[data-phone="chair"] [data-role="text"]')].some(e => e.textContent.includes("Kỳ tháng 11, xã An Phú"))`)
	simtest.Shot(t, ctx, "demo-desktop")
}

// TestDemoAnnounces lets the chair announce a meeting; the group sees it after she has agreed
// to it, and a tap there is counted without a name.
func TestDemoAnnounces(t *testing.T) {
	_, ctx := page(t, 1280, 860)
	chair := css(`[data-phone="chair"] [data-role="input"]`)
	do(t, ctx, chromedp.SendKeys(chair, "thông báo: họp 8h ngày 27/11 tại nhà văn hóa\n"))
	shows(t, ctx, "chair", "Gửi tới 1 nhóm")
	if text := screen(t, ctx, "group"); strings.Contains(text, "Mời họp") {
		t.Errorf("sent before she confirmed:\n%s", text)
	}
	do(t, ctx, chromedp.SendKeys(chair, "gửi\n"))
	shows(t, ctx, "group", "Mời họp")
	do(t, ctx, chromedp.Click(css(`[data-phone="group"] [data-role="button"]`)))
	shows(t, ctx, "group", "Sẽ đến: 1")
	simtest.Shot(t, ctx, "demo-announcement")
	do(t, ctx, chromedp.SendKeys(chair, "ai trả lời\n"))
	shows(t, ctx, "chair", "Sẽ đến 1: Lan")
}

// TestDemoClockStopsOnTheWay moves the clock over a whole month at once: what falls due on
// the way has happened, in its order and at its hour.
func TestDemoClockStopsOnTheWay(t *testing.T) {
	_, ctx := page(t, 1280, 860)
	// The second move is asked for while the first is under way: it waits its turn.
	do(t, ctx, chromedp.Click(css(`[data-jump^="25/12 08:00"]`)), chromedp.Click(css(`[data-jump="+1 giờ"]`)))
	simtest.Until(t, ctx, `document.querySelector('[data-clock^="2026-12-25T09"]')`)
	shows(t, ctx, "head", "Kỳ điểm danh tháng 12")
	inOrder(t, screen(t, ctx, "head"), "25/11", "Kỳ điểm danh tháng 11", "28/11", "chưa bắt đầu", "1/12", "Em chào chị Lan", "3/12", "hạn cuối", "25/12", "Kỳ điểm danh tháng 12")
	inOrder(t, screen(t, ctx, "chair"), "25/11", "Chi hội thôn Tây đã gửi", "27/11", "Chi hội thôn Phú Thượng đã gửi", "29/11", "Chi hội xóm Núi", "30/11", "1. Kỳ tháng 11", "4/12", "Hết hạn kỳ tháng 11", "6/12", "Tổng kết kỳ tháng 11")
	do(t, ctx, chromedp.SendKeys(css(`[data-role="clock-input"]`), "28/12 8h\n"))
	simtest.Until(t, ctx, `document.querySelector('[data-clock="2026-12-28T08:00"]')`)
	shows(t, ctx, "chair", "Kỳ tháng 12, xã An Phú: đã gửi") // a Monday
}

// screen is all that a phone shows, a message a line.
func screen(t *testing.T, ctx context.Context, phone string) string {
	t.Helper()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(
		`[...document.querySelectorAll('[data-phone="%[1]s"] [data-role="text"], [data-phone="%[1]s"] [data-role="day"]')].map(e => e.textContent).join("\n")`, phone)))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// inOrder checks that words come one after the other.
func inOrder(t *testing.T, text string, words ...string) {
	t.Helper()
	at := 0
	for _, w := range words {
		i := strings.Index(text[at:], w)
		if i < 0 {
			t.Errorf("%q does not come in its turn in:\n%s", w, text)
			return
		}
		at += i + len(w)
	}
}

// TestDemoByOneMessage tells a month in one message on a window of a phone's size: the card
// shows what was understood, nothing of it is stored before she says that it is right, and
// then only the rest is asked.
func TestDemoByOneMessage(t *testing.T) {
	d, ctx := page(t, 390, 844)
	jump(t, ctx, "Sang 25/11 08:00")
	shows(t, ctx, "head", "Kỳ điểm danh tháng 11")
	say(t, ctx, "hop hom 20 co 35 chi, ket nap them 2, 1 chi chuyen di")
	shows(t, ctx, "head", "Đúng không chị?")
	simtest.Shot(t, ctx, "demo-card")
	if a := storedDraft(t, d).Answers; len(a) != 0 {
		t.Errorf("stored before she confirmed: %v", a)
	}
	say(t, ctx, "dung roi")
	shows(t, ctx, "head", "Câu ")
	a := storedDraft(t, d).Answers
	for q, want := range map[org.QuestionID]string{"q1_activity": "yes", "q1a_date": "2026-11-20", "q1b_attendees": "35",
		"q7_joined": "2", "q8_left": "1", "q8_which": "3"} {
		if a[q].Value != want {
			t.Errorf("%s = %q, want %q", q, a[q].Value, want)
		}
	}
	if a.Has("q2_pioneers") {
		t.Error("an item she did not speak of is answered")
	}
}

func storedDraft(t *testing.T, d *demo) (draft flows.Draft) {
	t.Helper()
	err := d.store.View(t.Context(), func(tx storage.Tx) (err error) {
		draft, _, err = storagetest.Draft(tx, "an-phu/1", "2026-11")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

// On a phone shown as Zalo there are no attachments: a picture by its address, a workbook
// behind a link that opens.
func TestDemoZaloPhoneGetsLinks(t *testing.T) {
	_, ctx := page(t, 1440, 900)
	do(t, ctx, chromedp.Click(css(`[data-phone="chair"] [data-role="mode"]`)))
	simtest.Until(t, ctx, `document.querySelector('[data-phone="chair"] [data-role="mode"]').getAttribute("aria-checked") !== null`)
	do(t, ctx, chromedp.SendKeys(css(`[data-phone="chair"] [data-role="input"]`), "xuất tháng 10\n"))
	simtest.Until(t, ctx, `document.querySelector('[data-phone="chair"] [data-role="picture"]')?.naturalWidth > 300`)
	simtest.Until(t, ctx, `document.querySelector('[data-phone="chair"] [data-role="text"] a')?.href.includes("/tep/")`)
	simtest.Until(t, ctx, `document.querySelector('[data-phone="chair"] [data-role="file"]') === null`)
	simtest.Shot(t, ctx, "demo-zalo-files")
	simtest.Until(t, ctx, `(window.got ??= fetch(document.querySelector('[data-phone="chair"] [data-role="text"] a').href).then(r => { window.opened = r.status })) && window.opened === 200`)
}
