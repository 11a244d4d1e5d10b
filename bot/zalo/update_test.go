package zalo_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/flows"
)

// recorded are the payloads of testdata, each flat and in the documented envelope, with
// what is read from them; "" is nothing.
var recorded = map[string]string{
	"text":                    `0f1e2d3c4b5a69788796 message.text.received/a1b2c3d4e5f60718293a 2026-11-21T22:30:00.123Z {"LK 482913"}`,
	"image":                   `0f1e2d3c4b5a69788796 message.image.received/b2 2026-11-21T22:31:00.456Z <photo> Họp chi hội tháng 11`,
	"image-live":              `0f1e2d3c4b5a69788796 message.image.received/b3 2026-11-21T22:31:00.456Z <photo> Họp chi hội tháng 11`,
	"sticker":                 `0f1e2d3c4b5a69788796 message.sticker.received/c4 2026-11-21T22:31:10Z <sticker>`,
	"voice":                   `0f1e2d3c4b5a69788796 message.voice.received/d5 2026-11-21T22:31:20Z <voice>`,
	"unsupported":             `0f1e2d3c4b5a69788796 message.unsupported.received/e6 2026-11-21T22:31:30Z <unsupported>`,
	"unsupported-bare":        "",
	"link":                    `0f1e2d3c4b5a69788796 message.link.received/f7 2026-11-21T22:31:40Z {"https://example.vn/bai-viet"}`,
	"reaction":                "",
	"unknown-with-text":       `0f1e2d3c4b5a69788796 message.reply.received/a9 2026-11-21T22:32:00Z {"2 chị"}`,
	"unknown-without-message": "",
	"group":                   `aa11 message.text.received/c3 2026-11-21T22:31:40Z in gg22 {"@Bot Chi Hội báo cáo tháng 11"}`,
	"own-echo":                "",
	"numeric-ids":             `1459232241454765289 message.text.received/77001234567890123 2026-11-21T22:32:10Z {"rồi"}`,
	"seconds":                 `0f1e2d3c4b5a69788796 message.text.received/s1 2026-11-21T22:32:20Z {"rồi"}`,
	"without-chat":            `0f1e message.unsupported.received/raw/# none <unsupported>`,
	"odd-fields":              `0f1e message.text.received/o1 none {"rồi"}`,
}

func inShort(u bot.Update) string {
	at := "none"
	if !u.SentAt.IsZero() {
		at = u.SentAt.Format(time.RFC3339Nano)
	}
	id := u.ID
	if before, _, ok := strings.Cut(id, "/raw/"); ok {
		id = before + "/raw/#"
	}
	s := fmt.Sprintf("%s %s %s ", u.Contact.Chat(), id, at)
	if u.Group {
		s += "group "
	}
	switch e := u.Event.(type) {
	case flows.Text:
		return s + fmt.Sprintf("{%q}", e.Body)
	case flows.Addressed:
		return s + fmt.Sprintf("in %s {%q}", e.Group.Chat(), e.Body)
	case flows.Unreadable:
		return s + strings.TrimSpace("<"+e.Kind+"> "+e.Caption)
	}
	return s + fmt.Sprintf("%T", u.Event)
}

func TestRecordedPayloads(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) != 2*len(recorded) {
		t.Fatalf("%d files (%v), %d expectations", len(files), err, len(recorded))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			name, _, _ := strings.Cut(filepath.Base(file), ".")
			w := newWorld(t, webhook)
			rec := httptest.NewRecorder()
			w.channel.Handler(w.take).ServeHTTP(rec, delivery(secret, string(raw)))
			got := ""
			for _, u := range w.all() {
				if u.Contact.Channel() != "zalo.an-phu" {
					t.Errorf("from %s", u.Contact)
				}
				got += inShort(u)
			}
			if rec.Code != 200 || got != recorded[name] {
				t.Errorf("status %d, got %s\nwant %s", rec.Code, got, recorded[name])
			}
			for _, word := range []string{"LK 482913", "rồi", "Hoa", "photo.example", "Họp"} {
				if strings.Contains(w.logs.String(), word) {
					t.Errorf("%q is in the log:\n%s", word, w.logs)
				}
			}
		})
	}
}

// Who asks for a group there is answered in private.
func TestGroupIsAskedFor(t *testing.T) {
	w := newWorld(t)
	w.srv.User("aa11").TypeIn("gg22", "/ghep")
	w.start()
	if u := w.updates(1)[0]; u.Event != (flows.InGroup{Group: "zalo.an-phu:gg22"}) || u.Group || u.Contact != "zalo.an-phu:aa11" {
		t.Errorf("got %+v", u)
	}
	w.srv.User("aa11").TypeIn("gg22", "ghép 1234 5678")
	if u := w.updates(2)[1]; u.Event != (flows.InGroup{Group: "zalo.an-phu:gg22", Code: "1234 5678"}) {
		t.Errorf("with a code: got %+v", u)
	}
}

// A mention is cut off once the bot knows what it is called.
func TestMentionIsCutOff(t *testing.T) {
	w := newWorld(t)
	w.start()
	w.logged("this is the bot")
	w.srv.User("aa11").TypeIn("gg22", "báo cáo")
	if u := w.updates(1)[0]; u.Event != (flows.Addressed{Group: "zalo.an-phu:gg22", Body: "báo cáo"}) || u.Group || u.Contact != "zalo.an-phu:aa11" {
		t.Errorf("got %+v", u)
	}
}
