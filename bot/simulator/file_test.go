package simulator_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"chihoi/bot"
	"chihoi/bot/simulator/simtest"
)

// A picture is shown and opens large; another file can be kept, under its name.
func TestPageShowsPicturesAndOffersFiles(t *testing.T) {
	a, url := serve(t)
	ctx := simtest.Browser(t, 390, 844)
	open(t, ctx, url)
	img := image.NewGray(image.Rect(0, 0, 720, 400))
	img.Set(1, 1, color.White)
	var picture bytes.Buffer
	if err := png.Encode(&picture, img); err != nil {
		t.Fatal(err)
	}
	a.send(ctx, bot.Outgoing{Chat: "head", Text: "Số liệu tháng 11 đây chị ạ.", File: &bot.Attachment{Name: "an-phu-2026-11.png", Type: "image/png", Picture: true, Content: picture.Bytes()}})
	id := a.send(ctx, bot.Outgoing{Chat: "head", File: &bot.Attachment{Name: "an-phu-2026-11.xlsx", Type: "application/x", Content: []byte("bảng")}})
	simtest.Until(t, ctx, `document.querySelector('[data-phone="head"] [data-role="picture"]')?.naturalWidth === 720`)
	simtest.Until(t, ctx, `document.querySelector('[data-phone="head"] [data-role="picture"]').clientWidth <= 360`)
	simtest.Until(t, ctx, `document.querySelector('[data-phone="head"] [data-role="file"]')?.textContent.includes('an-phu-2026-11.xlsx (1 KB)')`)
	simtest.Do(t, ctx, chromedp.WaitVisible(in("head", `[data-role="file"]`)))
	simtest.Shot(t, ctx, "phone-files")
	resp, err := http.Get(url + "/file/head/" + id)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if how := resp.Header.Get("Content-Disposition"); err != nil || string(body) != "bảng" || !strings.HasPrefix(how, "attachment") || !strings.Contains(how, "an-phu-2026-11.xlsx") {
		t.Errorf("%q %q %v", body, how, err)
	}
	for _, path := range []string{"/file/chair/" + id, "/file/head/x", "/file/x/" + id} {
		if resp, err := http.Get(url + path); err != nil || resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %v %v", path, resp.StatusCode, err)
		}
	}
}

// A picture that lies elsewhere is shown from there, and an address in a text can be opened.
func TestPageOpensAddresses(t *testing.T) {
	a, url := serve(t)
	ctx := simtest.Browser(t, 390, 844)
	open(t, ctx, url)
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 720, 400))); err != nil {
		t.Fatal(err)
	}
	there := a.send(ctx, bot.Outgoing{Chat: "chair", File: &bot.Attachment{Name: "an-phu-2026-11.png", Type: "image/png", Picture: true, Content: picture.Bytes()}})
	a.send(ctx, bot.Outgoing{Chat: "head", File: &bot.Attachment{Name: "an-phu-2026-11.png", Type: "image/png", Picture: true, URL: url + "/file/chair/" + there}})
	a.send(ctx, bot.Outgoing{Chat: "head", Text: "Bấm để mở:\n" + url + "/tep/y/an-phu-2026-11.xlsx\nem gửi chị ạ"})
	simtest.Until(t, ctx, `document.querySelector('[data-phone="head"] [data-role="picture"]')?.src.includes("/file/chair/")`)
	simtest.Until(t, ctx, `document.querySelector('[data-phone="head"] [data-role="picture"]').naturalWidth === 720`)
	simtest.Until(t, ctx, `document.querySelector('[data-phone="head"] [data-role="text"] a')?.href.endsWith("/tep/y/an-phu-2026-11.xlsx")`)
	simtest.Until(t, ctx, `[...document.querySelectorAll('[data-phone="head"] [data-role="text"]')].at(-1).textContent.endsWith("em gửi chị ạ")`)
}
