package telegram_test

import (
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/flows"
)

func TestWhatIsNotText(t *testing.T) {
	w := newWorld(t)
	lan := w.srv.User(1)
	lan.Sticker()
	lan.Voice()
	lan.Photo("chữ trong ảnh")
	lan.Document("a.pdf", []byte("x"))
	lan.Video()
	lan.Location()
	lan.Contact("0912345678", 1)
	for _, fields := range []string{
		`"video_note":{}`, `"animation":{},"document":{}`, `"audio":{}`, `"venue":{},"location":{}`,
		`"poll":{}`, `"dice":{}`, `"something_new":{}`,
	} {
		w.srv.PushRaw(`"message":{"message_id":1,"date":1764000000,"chat":{"id":1,"type":"private"},"from":{"id":1},` + fields + `}`)
	}
	w.start()
	want := []string{"sticker", "voice", "photo", "file", "video", "location", "contact",
		"video", "video", "file", "location", "unsupported", "unsupported", "unsupported"}
	for i, u := range w.updates(len(want)) {
		if u.Event != (flows.Unreadable{Kind: want[i]}) || u.SentAt.IsZero() {
			t.Errorf("%d: got %+v, want %s", i, u, want[i])
		}
	}
}

func TestEditedTextIsANewStatement(t *testing.T) {
	w := newWorld(t)
	w.start()
	lan := w.srv.User(1)
	m := lan.Type("5")
	first := w.updates(1)[0]
	w.srv.Advance(time.Hour)
	if err := lan.Edit(m, "6"); err != nil {
		t.Fatal(err)
	}
	second := w.updates(2)[1]
	if second.Event != (flows.Text{Body: "6"}) || second.ID == first.ID {
		t.Errorf("got %+v", second)
	}
	if d := second.SentAt.Sub(first.SentAt); d < 59*time.Minute {
		t.Errorf("the edit has the time of the message: %v later", d)
	}
}

func TestBlockedAndAllowedAgain(t *testing.T) {
	w := newWorld(t)
	w.start()
	lan := w.srv.User(1)
	lan.Type("hi")
	lan.Block()
	lan.Unblock()
	lan.Block()
	lan.Type("back") // which unblocks
	got := w.updates(6)
	want := []flows.Event{flows.Text{Body: "hi"}, flows.Reach{Lost: "blocked"}, flows.Reach{}, flows.Reach{Lost: "blocked"}, flows.Reach{}, flows.Text{Body: "back"}}
	for i, u := range got {
		if u.Event != want[i] || u.Contact != "telegram:1" || u.Group {
			t.Errorf("%d: got %+v, want %v", i, u, want[i])
		}
	}
}

func TestGroups(t *testing.T) {
	w := newWorld(t)
	w.start()
	lan, g := w.srv.User(1), w.srv.Group(-500)
	g.Type(lan, "/nhom")
	w.updates(1)
	if _, err := w.channel.Send(t.Context(), bot.Outgoing{Chat: "-500", Text: "Chào", Rows: [][]bot.Button{{{Label: "Đã đọc", Data: "r"}}}}); err != nil {
		t.Fatal(err)
	}
	if err := g.Press(lan, 0, "Đã đọc"); err != nil {
		t.Fatal(err)
	}
	w.updates(2)
	g.Kick(lan)
	g.Add(lan)
	g.Upgrade(-1_000_000_000_500)
	want := []flows.Event{flows.Text{Body: "/nhom"}, flows.Press{Data: "r"}, flows.Reach{Lost: "kicked"}, flows.Reach{}, flows.Moved{To: "telegram:-1000000000500"}}
	for i, u := range w.updates(5) {
		if u.Event != want[i] || u.Contact != "telegram:-500" || !u.Group {
			t.Errorf("%d: got %+v, want %v", i, u, want[i])
		}
	}
}

func TestWhatSaysNothing(t *testing.T) {
	w := newWorld(t)
	inGroup := `"message":{"message_id":1,"date":1764000000,"chat":{"id":-5,"type":"supergroup"},`
	for _, fields := range []string{
		`"channel_post":{"message_id":1,"date":1,"chat":{"id":-7,"type":"channel"},"text":"x"}`,
		inGroup + `"from":{"id":9,"is_bot":true},"text":"from a bot"}`,
		inGroup + `"from":{"id":777000},"sender_chat":{"id":-7,"type":"channel"},"text":"from a channel"}`,
		inGroup + `"from":{"id":1},"new_chat_members":[{"id":2}]}`,
		inGroup + `"from":{"id":1},"pinned_message":{"message_id":4}}`,
		inGroup + `"from":{"id":1},"migrate_from_chat_id":-4}`,
		`"edited_message":{"message_id":1,"date":1,"edit_date":2,"chat":{"id":1,"type":"private"},"from":{"id":1},"location":{}}`,
		`"callback_query":{"id":"1","from":{"id":1},"game_short_name":"x"}`,
		`"my_chat_member":{"date":1,"chat":{"id":-5,"type":"group"},"new_chat_member":{"status":"restricted"}}`,
		`"message_reaction":{}`,
		`"message":null`,
	} {
		w.srv.PushRaw(fields)
	}
	// These two are people's all the same.
	w.srv.PushRaw(inGroup + `"from":{"id":1087968824,"is_bot":true},"sender_chat":{"id":-5,"type":"supergroup"},"text":"as the group"}`)
	w.srv.PushRaw(`"callback_query":{"id":"2","from":{"id":3},"data":"d"}`)
	w.start()
	got := w.updates(2)
	if got[0].Event != (flows.Text{Body: "as the group"}) && got[1].Event != (flows.Text{Body: "as the group"}) {
		t.Errorf("got %+v", got)
	}
	w.confirmed()
	if got := w.updates(2); len(got) != 2 {
		t.Errorf("got %+v", got)
	}
}
