package simulator_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"chihoi/bot"
	"chihoi/bot/simulator"
	"chihoi/bot/simulator/simtest"
	"chihoi/flows"
)

const (
	headName = "Chị Nguyễn Thị Hoàng Phương Uyên"
	chair    = "Chị Trần Thị Minh"
)

// asker is a bot of three sentences: it asks for the activity, writes down the answer in
// place of the question, tells the chair, and answers anything else with what it got.
type asker struct {
	sim  *simulator.Channel
	mu   sync.Mutex
	open string // the question's message
	seen []bot.Update
}

func (a *asker) handle(ctx context.Context, u bot.Update) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen = append(a.seen, u)
	chat := u.Contact.Chat()
	switch ev := u.Event.(type) {
	case flows.Press:
		a.send(ctx, bot.Outgoing{Chat: chat, Edits: a.open, Text: "✓ Hoạt động tháng 11: " + strings.TrimPrefix(ev.Data, "q1:")})
		a.send(ctx, bot.Outgoing{Chat: "chair", Text: "Chi hội thôn Đông vừa gửi điểm danh tháng 11 ạ."})
	case flows.Text:
		if ev.Body == "bắt đầu" {
			a.open = a.ask(ctx, chat)
			return nil
		}
		a.send(ctx, bot.Outgoing{Chat: chat, Text: "Em nhận được: " + ev.Body})
	case flows.Unreadable:
		a.send(ctx, bot.Outgoing{Chat: chat, Text: "Em chưa xem được " + ev.Kind + " ạ."})
	}
	return nil
}

func (a *asker) ask(ctx context.Context, chat string) string {
	text := "Câu 1/11. Tháng 11, chi hội mình đã họp hay có hoạt động gì chưa chị?"
	if !a.sim.AbilitiesOf(chat).Buttons {
		return a.send(ctx, bot.Outgoing{Chat: chat, Text: text + "\n1. Có rồi\n2. Chưa"})
	}
	return a.send(ctx, bot.Outgoing{Chat: chat, Text: text, Rows: [][]bot.Button{{{Label: "Có rồi", Data: "q1:yes"}, {Label: "Chưa", Data: "q1:no"}}}})
}

func (a *asker) send(ctx context.Context, m bot.Outgoing) string {
	id, err := a.sim.Send(ctx, m)
	if err != nil {
		panic(err)
	}
	return id
}

// serve starts the page with the asker behind it.
func serve(t *testing.T) (*asker, string) {
	t.Helper()
	zone := time.FixedZone("ICT", 7*3600)
	clock := bot.NewHandClock(time.Date(2026, 11, 22, 9, 30, 0, 0, zone), true)
	a := &asker{}
	a.sim = simulator.New(simulator.Config{
		Title: "Điểm danh chi hội",
		Hint:  "Chị gõ “bắt đầu” trên máy chi hội trưởng, hoặc bấm “Sang 25/11 08:00” để em hỏi trước.",
		Phones: []simulator.Phone{
			{Key: "head", Title: headName, Subtitle: "Chi hội trưởng chi hội thôn Đông"},
			{Key: "chair", Title: chair, Subtitle: "Chủ tịch Hội LHPN xã An Phú"},
			{Key: "group", Title: "Nhóm chi hội An Phú", Subtitle: "12 chi hội, nhóm chung", Group: true, Members: []string{"Chị Lan", "Chị Nguyễn Thị Hoàng Phương Uyên"}},
		},
		Clock: clock,
		Jumps: []simulator.Jump{
			at("Sang 25/11 08:00 (mở kỳ)", 11, 25, 8), at("Sang 28/11 19:00 (nhắc lần 1)", 11, 28, 19),
			at("Sang 1/12 08:00 (nhắc lần 2)", 12, 1, 8), at("Sang 3/12 19:00 (nhắc lần cuối)", 12, 3, 19),
			at("Sang 4/12 08:00 (quá hạn)", 12, 4, 8),
		},
		AfterJump: func(ctx context.Context) {
			a.send(ctx, bot.Outgoing{Chat: "head", Text: "Bây giờ là " + clock.Now().Format("2/1 15:04") + " rồi ạ."})
		},
	})
	ctx, stop := context.WithCancel(context.Background())
	var receiving sync.WaitGroup
	receiving.Go(func() { _ = a.sim.Receive(ctx, a.handle) })
	server := httptest.NewServer(a.sim.Handler())
	t.Cleanup(func() {
		stop()
		receiving.Wait()
		server.Close()
	})
	return a, server.URL
}

// at is a jump to an hour of 2026.
func at(label string, month time.Month, day, hour int) simulator.Jump {
	return simulator.Jump{Label: label, To: func(now time.Time) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, now.Location())
	}}
}

// in is the selector of something inside a phone.
func in(phone, rest string) chromedp.CSS {
	return chromedp.CSS(fmt.Sprintf(`[data-phone="%s"] %s`, phone, rest))
}

// last is an expression for the words of the newest bubble of a phone.
func last(phone string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('[data-phone="%s"] [data-role="text"]')].at(-1)?.textContent`, phone)
}

func is(expression, want string) string { return fmt.Sprintf("%s === %q", expression, want) }

func open(t *testing.T, ctx context.Context, url string) {
	t.Helper()
	simtest.Do(t, ctx, chromedp.Navigate(url), chromedp.WaitVisible(chromedp.CSS(`body[data-live] [data-phone="head"]`)))
}

// TestPageOnDesktop plays with three phones side by side.
func TestPageOnDesktop(t *testing.T) {
	_, url := serve(t)
	ctx := simtest.Browser(t, 1280, 900)
	open(t, ctx, url)
	simtest.Do(t, ctx, chromedp.WaitVisible(in("chair", `[data-role="input"]`)), chromedp.WaitVisible(in("group", `[data-role="input"]`)))

	simtest.Do(t, ctx, chromedp.SendKeys(in("head", `[data-role="input"]`), "bắt đầu\n"),
		chromedp.WaitVisible(in("head", `[data-data="q1:yes"]`)))
	simtest.Until(t, ctx, is(`document.querySelector('[data-phone="head"] [data-from="me"][data-taken] [data-role="text"]')?.textContent`, "bắt đầu"))
	simtest.Do(t, ctx, chromedp.Click(in("head", `[data-data="q1:yes"]`)))
	simtest.Until(t, ctx, is(last("head"), "✓ Hoạt động tháng 11: yes"))
	simtest.Until(t, ctx, `!document.querySelector('[data-phone="head"] [data-role="button"]')`)
	simtest.Until(t, ctx, `document.querySelector('[data-phone="chair"]').dataset.unread === "1"`)
	simtest.Do(t, ctx, chromedp.Click(in("chair", `[data-role="input"]`)))
	simtest.Until(t, ctx, `!('unread' in document.querySelector('[data-phone="chair"]').dataset)`)

	simtest.Do(t, ctx, chromedp.Click(in("head", `[data-role="attach"]`)), chromedp.Click(in("head", `[data-attach="sticker"]`)))
	simtest.Until(t, ctx, is(last("head"), "Em chưa xem được sticker ạ."))

	simtest.Do(t, ctx, chromedp.Click(in("head", `[data-role="mode"]`)))
	simtest.Until(t, ctx, `document.querySelector('[data-phone="head"] [data-role="mode"]').getAttribute('aria-checked') === 'false'`)
	simtest.Do(t, ctx, chromedp.SendKeys(in("head", `[data-role="input"]`), "bắt đầu\n"))
	simtest.Until(t, ctx, last("head")+`?.endsWith('2. Chưa') && !document.querySelector('[data-phone="head"] [data-role="button"]')`)

	simtest.Do(t, ctx, chromedp.Click(chromedp.CSS(`[data-jump="Sang 25/11 08:00 (mở kỳ)"]`)))
	simtest.Until(t, ctx, `document.querySelector('[data-clock="2026-11-25T08:00"]')`)
	simtest.Until(t, ctx, is(last("head"), "Bây giờ là 25/11 08:00 rồi ạ."))
	simtest.Do(t, ctx, chromedp.WaitNotVisible(chromedp.CSS(`[data-jump="Sang 25/11 08:00 (mở kỳ)"]`)))
	simtest.Until(t, ctx, `[...document.querySelectorAll('[data-phone="head"] [data-role="day"]')].map(d => d.textContent).join() === 'Chủ Nhật, 22/11,Thứ Tư, 25/11'`)
	simtest.Do(t, ctx, chromedp.SendKeys(chromedp.CSS(`[data-role="clock-input"]`), "28/11 19:00\n"))
	simtest.Until(t, ctx, is(last("head"), "Bây giờ là 28/11 19:00 rồi ạ."))
}

// TestPageOnPhone plays on a window of a real phone's size, by touch.
func TestPageOnPhone(t *testing.T) {
	a, url := serve(t)
	ctx := simtest.Browser(t, 390, 844)
	open(t, ctx, url)
	simtest.Do(t, ctx, chromedp.WaitNotVisible(in("chair", `[data-role="input"]`)))
	simtest.Shot(t, ctx, "phone-fresh")
	simtest.Do(t, ctx, chromedp.SendKeys(in("head", `[data-role="input"]`), "bắt đầu"), chromedp.Tap(in("head", `[data-role="send"]`)),
		chromedp.WaitVisible(in("head", `[data-data="q1:no"]`)), chromedp.Tap(in("head", `[data-data="q1:no"]`)))
	simtest.Until(t, ctx, is(last("head"), "✓ Hoạt động tháng 11: no"))
	simtest.Until(t, ctx, `document.querySelector('[data-tab="chair"]').dataset.unread === "1"`)
	simtest.Do(t, ctx, chromedp.Tap(chromedp.CSS(`[data-tab="chair"]`)), chromedp.WaitVisible(in("chair", `[data-role="bubble"]`)),
		chromedp.WaitNotVisible(in("head", `[data-role="input"]`)))
	simtest.Until(t, ctx, `!('unread' in document.querySelector('[data-tab="chair"]').dataset)`)

	simtest.Do(t, ctx, chromedp.Tap(chromedp.CSS(`[data-role="clock-toggle"]`)), chromedp.WaitVisible(chromedp.CSS(`[data-jump="+1 ngày"]`)),
		chromedp.Tap(chromedp.CSS(`[data-jump="+1 ngày"]`)), chromedp.WaitNotVisible(chromedp.CSS(`[data-jump="+1 ngày"]`)))
	simtest.Until(t, ctx, `document.querySelector('[data-clock="2026-11-23T09:30"]')`)

	simtest.Do(t, ctx, chromedp.Tap(chromedp.CSS(`[data-tab="group"]`)),
		chromedp.SendKeys(in("group", `[data-role="input"]`), "chào cả nhà\n"))
	simtest.Until(t, ctx, is(last("group"), "Em nhận được: chào cả nhà"))

	const words = `[...document.querySelectorAll('[data-role="text"], [data-role="day"], .time')].map(e => e.textContent).join('|')`
	before, err := chromedp.Run(ctx, chromedp.Evaluate[string](words))
	if err != nil {
		t.Fatal(err)
	}
	simtest.Do(t, ctx, chromedp.Reload(), chromedp.WaitVisible(chromedp.CSS(`body[data-live] [data-phone="head"]`)))
	simtest.Until(t, ctx, is(words, before))

	a.mu.Lock()
	defer a.mu.Unlock()
	if end := a.seen[len(a.seen)-1]; !end.Group || end.Contact != "sim:group" {
		t.Errorf("the group's message came as %+v", end)
	}
}

// TestPageFits checks sizes: big enough to read and to hit, nothing wider than the window,
// and the input in sight when the on-screen keyboard leaves little height.
func TestPageFits(t *testing.T) {
	a, url := serve(t)
	ctx := simtest.Browser(t, 390, 844)
	long := "Cặp “Chị Nguyễn Thị Hoàng Phương Uyên – chị Lê Nguyễn Phạm Thị Bích Phượng”: tháng này có gặp gỡ, giúp nhau không ạ?"
	for range 12 {
		a.send(context.Background(), bot.Outgoing{Chat: "head", Text: long, Rows: [][]bot.Button{
			{{Label: "Có", Data: "1"}, {Label: "Chưa", Data: "2"}, {Label: "Đã xong", Data: "3"}},
			{{Label: "Thay đổi cán bộ, tách hoặc sáp nhập chi hội", Data: "4"}},
		}})
	}
	open(t, ctx, url)
	fits := func() {
		t.Helper()
		simtest.Until(t, ctx, `document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight`)
		simtest.Until(t, ctx, `[...document.querySelectorAll('[data-role="bubble"], [data-role="button"]')].every(e => e.scrollWidth <= e.clientWidth + 1)`)
		simtest.Until(t, ctx, `[...document.querySelectorAll('button')].every(b => !b.checkVisibility() || b.getBoundingClientRect().height >= 44)`)
		simtest.Until(t, ctx, `[...document.querySelectorAll('[data-role="text"], [data-role="button"], [data-role="input"]')].every(e => parseFloat(getComputedStyle(e).fontSize) >= 16)`)
		simtest.Until(t, ctx, `(r => r.top > 0 && r.bottom <= innerHeight)(document.querySelector('[data-phone="head"] [data-role="input"]').getBoundingClientRect())`)
		simtest.Until(t, ctx, `(l => l.scrollHeight - l.scrollTop - l.clientHeight < 2)(document.querySelector('[data-phone="head"] [data-role="log"]'))`)
	}
	fits()
	simtest.Do(t, ctx, chromedp.EmulateViewport(390, 430, chromedp.EmulateMobile, chromedp.EmulateTouch))
	fits()
	simtest.Do(t, ctx, chromedp.EmulateViewport(320, 568, chromedp.EmulateMobile, chromedp.EmulateTouch))
	fits()
	for _, width := range []int64{1024, 1280} {
		simtest.Do(t, ctx, chromedp.EmulateViewport(width, 700))
		fits()
		simtest.Until(t, ctx, `document.querySelector('.bar').getBoundingClientRect().height < 220`)
	}

	// Who reads old messages stays there, and is told of new ones.
	const log = `document.querySelector('[data-phone="head"] [data-role="log"]')`
	frames := chromedp.Evaluate[chromedp.Void](`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))`, chromedp.EvalAwaitPromise)
	simtest.Do(t, ctx, frames, chromedp.Evaluate[chromedp.Void](log+`.scrollTop = 0`), frames)
	a.send(context.Background(), bot.Outgoing{Chat: "head", Text: "tin mới"})
	simtest.Do(t, ctx, chromedp.WaitVisible(in("head", `[data-role="newer"]`)))
	simtest.Until(t, ctx, log+`.scrollTop === 0`)
	simtest.Do(t, ctx, chromedp.Click(in("head", `[data-role="newer"]`)), chromedp.WaitNotVisible(in("head", `[data-role="newer"]`)))
}
