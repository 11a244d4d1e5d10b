package bot_test

import (
	"bytes"
	"context"
	"image/png"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// postbox is a channel that keeps what it is given.
type postbox struct {
	able   bot.Abilities
	refuse bool // files
	got    []bot.Outgoing
}

func (p *postbox) Name() string             { return "box" }
func (p *postbox) Abilities() bot.Abilities { return p.able }
func (p *postbox) Receive(ctx context.Context, _ bot.Handle) error {
	<-ctx.Done()
	return nil
}

func (p *postbox) Send(_ context.Context, m bot.Outgoing) (string, error) {
	if p.refuse && m.File != nil {
		return "", &bot.RefusedError{Err: http.ErrNotSupported}
	}
	p.got = append(p.got, m)
	return "1", nil
}

// office is a commune with a chair, a head and a report, and an app that serves it.
type office struct {
	app   *bot.App
	box   *postbox
	clock *bot.HandClock
	store storage.Store
}

func newOffice(t *testing.T, able bot.Abilities) *office {
	t.Helper()
	o := &office{box: &postbox{able: able}, clock: bot.NewHandClock(time.Date(2026, 11, 26, 9, 0, 0, 0, bottest.Zone), true), store: storage.NewMem()}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(o.store.Update(t.Context(), func(tx storage.Tx) error {
		must(storage.Communes.Put(tx, "an-phu", org.Commune{ID: "an-phu", Name: "Xã An Phú"}))
		must(storage.Communes.Put(tx, "binh", org.Commune{ID: "binh", Name: "Xã Bình"}))
		must(storage.Branches.Put(tx, "an-phu/1", org.Branch{ID: "an-phu/1", Name: "Chi hội thôn Đông"}))
		must(storage.Periods.Put(tx, "an-phu/2026-11", org.Period{Commune: "an-phu", Month: "2026-11", Opens: o.clock.Now().Add(-time.Hour),
			Due: o.clock.Now().Add(time.Hour), Locks: o.clock.Now().Add(2 * time.Hour), Expected: []org.BranchID{"an-phu/1"}}))
		for id, post := range map[org.PersonID]org.Post{"minh": {Role: org.Chair, Unit: "an-phu"}, "lan": {Role: org.Head, Unit: "an-phu/1"}} {
			post.Person = id
			must(storage.PutPerson(tx, org.Person{ID: id, Name: string(id)}))
			must(storage.PutPost(tx, post))
			must(storage.PutContact(tx, org.Contact{ID: org.ContactID("box:" + string(id)), Person: id, LinkedAt: o.clock.Now()}))
			must(storage.PutConsent(tx, org.Consent{Person: id, At: o.clock.Now()}))
		}
		return nil
	}))
	app, err := bot.New(o.store, o.clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), o.box)
	must(err)
	o.app = app
	return o
}

// FetchPhoto gives the pictures of the box, of which one is none.
func (p *postbox) FetchPhoto(_ context.Context, file string) ([]byte, error) {
	switch file {
	case "page":
		return []byte("<html>"), nil
	case "A1":
		return []byte("\xff\xd8\xff\xe0JFIF"), nil
	}
	return nil, http.ErrMissingFile
}

// says lets somebody write, and returns what she gets.
func (o *office) says(t *testing.T, who, text string) []bot.Outgoing {
	t.Helper()
	o.box.got = nil
	id := org.ContactID("box:" + who)
	if err := o.app.Inbox.Handle(t.Context(), bot.Update{ID: who + text + o.clock.Now().String(), Contact: id, SentAt: o.clock.Now(), Event: flows.Text{Body: text}}); err != nil {
		t.Fatal(err)
	}
	o.app.Outbox.Drain(t.Context())
	return o.box.got
}

// get opens a link.
func (o *office) get(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	o.app.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

var uploads = bot.Abilities{Buttons: true, MaxText: 4096, Files: bot.Uploads}

func TestFilesAreMadeAsTheyAreSent(t *testing.T) {
	o := newOffice(t, uploads)
	got := o.says(t, "minh", "xuất tháng 11")
	if len(got) != 2 || got[0].Text == "" || got[1].Text != "" {
		t.Fatalf("got %+v", got)
	}
	if _, err := png.Decode(bytes.NewReader(got[0].File.Content)); err != nil {
		t.Error(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(got[1].File.Content))
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := f.GetCellValue("Từng chi hội", "B4"); v != "Chi hội thôn Đông" {
		t.Errorf("first branch is %q", v)
	}
	audits := 0
	err = o.store.View(t.Context(), func(tx storage.Tx) error {
		return storage.Audits.Scan(tx, "", "", func(_ string, a storage.AuditRow) error {
			if a.What == "export" && a.By == "minh" && a.Unit == "an-phu" {
				audits++
			}
			return nil
		})
	})
	if err != nil || audits != 1 {
		t.Errorf("%d audits, %v", audits, err)
	}
}

// Who has lost her post between asking and sending gets nothing.
func TestFilesAreRefusedToWhoeverMayNotHaveThem(t *testing.T) {
	o := newOffice(t, uploads)
	err := o.store.Update(t.Context(), func(tx storage.Tx) error {
		for i, m := range []storage.Message{
			{To: "box:lan", Prompt: flows.Prompt{Text: "a", Files: []flows.File{{Kind: flows.FileWorkbook, Commune: "an-phu", From: "2026-11", To: "2026-11"}}}},
			{To: "box:minh", Prompt: flows.Prompt{Text: "b", Files: []flows.File{{Kind: flows.FileWorkbook, Commune: "binh", From: "2026-11", To: "2026-11"}}}},
			{To: "box:minh", Prompt: flows.Prompt{Text: "c", Files: []flows.File{{Kind: "passwd", Commune: "an-phu", From: "2026-11", To: "2026-11"}}}},
			{To: "box:nobody", Prompt: flows.Prompt{Text: "d", Files: []flows.File{{Kind: flows.FileWorkbook, Commune: "an-phu", From: "2026-11", To: "2026-11"}}}},
		} {
			m.ID, m.At = org.MessageID(rune('a'+i)), o.clock.Now()
			if err := storage.Outbox.Put(tx, string(m.ID), m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.app.Outbox.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	o.app.Outbox.Drain(t.Context())
	if len(o.box.got) != 4 {
		t.Fatalf("%d messages", len(o.box.got))
	}
	for _, m := range o.box.got {
		if m.File != nil || !strings.Contains(m.Text, "em chưa làm được") {
			t.Errorf("%s: %+v", m.Chat, m)
		}
	}
}

func TestARefusedFileLeavesItsWords(t *testing.T) {
	o := newOffice(t, uploads)
	o.box.refuse = true
	got := o.says(t, "minh", "xuất tháng 11")
	if len(got) != 2 || got[0].File != nil || !strings.Contains(got[0].Text, "Số liệu tháng 11/2026") {
		t.Errorf("got %+v", got)
	}
}

func TestLinksToFiles(t *testing.T) {
	o := newOffice(t, bot.Abilities{MaxText: 1900, Files: bot.Links})
	o.app.Outbox.Files.Public = "https://bot.example.vn"
	got := o.says(t, "minh", "xuất tháng 11")
	if len(got) != 1 || got[0].File == nil || len(got[0].File.Content) > 0 || !strings.HasPrefix(got[0].File.URL, "https://bot.example.vn/tep/") {
		t.Fatalf("got %+v", got)
	}
	picture := strings.TrimPrefix(got[0].File.URL, "https://bot.example.vn")
	book := strings.TrimPrefix(regexp.MustCompile(`https://\S+\.xlsx`).FindString(got[0].Text), "https://bot.example.vn")
	for path, kind := range map[string]string{picture: "image/png", book: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"} {
		w := o.get(path)
		if h := w.Header(); w.Code != 200 || h.Get("Content-Type") != kind || h.Get("Cache-Control") != "no-store" || !strings.Contains(h.Get("Content-Disposition"), "filename=an-phu-2026-11.") {
			t.Errorf("%s: %d %v", path, w.Code, h)
		}
	}
	last := strings.LastIndex(book, "/")
	tampered := []byte(book)
	tampered[len("/tep/")+30] ^= 1
	for name, path := range map[string]string{
		"another name": book[:last] + "/x.xlsx", "no name": book[:last], "tampered": string(tampered), "short": "/tep/YQ/an-phu-2026-11.xlsx",
		"nothing": "/tep/", "a listing": "/tep", "up": "/tep/../healthz/x",
	} {
		if w := o.get(path); w.Code != http.StatusNotFound && w.Code/100 != 3 {
			t.Errorf("%s: %d", name, w.Code)
		}
	}
	t.Run("another chair took over", func(t *testing.T) {
		err := o.store.Update(t.Context(), func(tx storage.Tx) error {
			return storage.DropPost(tx, org.Post{Role: org.Chair, Unit: "an-phu", Person: "minh"})
		})
		if w := o.get(book); err != nil || w.Code != http.StatusNotFound {
			t.Errorf("%d, %v", w.Code, err)
		}
	})
	o.clock.Set(o.clock.Now().Add(3*24*time.Hour + time.Minute))
	if w := o.get(book); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), `gõ "xuất"`) {
		t.Errorf("after three days: %d", w.Code)
	}
}

// A picture of another network goes by a link that opens for three days and to nothing else.
func TestPicturesOfAnotherNetwork(t *testing.T) {
	o := newOffice(t, bot.Abilities{MaxText: 1900, Files: bot.Links})
	other := &elsewhere{*o.box}
	app, err := bot.New(o.store, o.clock, flows.DefaultSettings(), slog.New(slog.DiscardHandler), o.box, other)
	if err != nil {
		t.Fatal(err)
	}
	o.app, o.box.got = app, nil
	send := func(public, file string) bot.Outgoing {
		t.Helper()
		app.Outbox.Files.Public, other.got = public, nil
		m := storage.Message{ID: org.MessageID("m-" + file + public), At: o.clock.Now(), To: "other:1", Prompt: flows.Prompt{Text: "Ra mắt mô hình", Photo: "box:" + file}}
		if err := o.store.Update(t.Context(), func(tx storage.Tx) error { return storage.Outbox.Put(tx, string(m.ID), m) }); err != nil {
			t.Fatal(err)
		}
		if err := app.Outbox.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		if app.Outbox.Drain(t.Context()); len(other.got) != 1 || other.got[0].Text != "Ra mắt mô hình" {
			t.Fatalf("got %+v", other.got)
		}
		return other.got[0]
	}
	if m := send("", "A1"); m.File != nil {
		t.Errorf("a picture without an address to fetch it at: %+v", m.File)
	}
	paths := map[string]string{}
	for _, file := range []string{"A1", "page", "gone"} {
		paths[file] = strings.TrimPrefix(send("https://bot.example.vn", file).File.URL, "https://bot.example.vn")
	}
	if w := o.get(paths["A1"]); w.Code != 200 || w.Header().Get("Content-Type") != "image/jpeg" || w.Body.Len() == 0 {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	tampered := []byte(paths["A1"])
	tampered[len("/tep/")+30] ^= 1
	o.clock.Set(o.clock.Now().Add(2 * 24 * time.Hour))
	for _, path := range []string{paths["page"], paths["gone"], string(tampered), strings.Replace(paths["A1"], "anh.jpg", "x.jpg", 1)} {
		if w := o.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	o.clock.Set(o.clock.Now().Add(24*time.Hour + time.Minute))
	if w := o.get(paths["A1"]); w.Code != http.StatusNotFound {
		t.Errorf("after three days: %d", w.Code)
	}
}

// elsewhere is a postbox of another network.
type elsewhere struct{ postbox }

func (*elsewhere) Name() string { return "other" }
