package telegram_test

import (
	"slices"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
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
		said := flows.Unreadable{Kind: want[i]}
		if want[i] == "photo" { // its largest size, by which it can be sent on
			said.File, said.Caption = "F2", "chữ trong ảnh"
		}
		if u.Event != said || u.SentAt.IsZero() {
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

// TestGroups: what is said in a group is the group's; who takes the bot in or asks for the
// group there is known by herself.
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
	g.Type(lan, "/ghep")
	g.Type(lan, "/GHEP@chihoi_bot 1")
	g.Type(lan, "/ghepdoi")
	g.Upgrade(-1_000_000_000_500)
	in := flows.InGroup{Group: "telegram:-500", Title: "Nhóm 500"}
	withCode := in
	withCode.Code = "1"
	want := []bot.Update{
		{Contact: "telegram:-500", Group: true, Event: flows.Text{Body: "/nhom"}},
		{Contact: "telegram:1", Event: flows.Addressed{Group: "telegram:-500", Data: "r"}},
		{Contact: "telegram:1", Event: flows.OutOfGroup{Group: "telegram:-500"}},
		{Contact: "telegram:1", Event: in},
		{Contact: "telegram:1", Event: in},
		{Contact: "telegram:1", Event: withCode},
		{Contact: "telegram:-500", Group: true, Event: flows.Text{Body: "/ghepdoi"}},
		{Contact: "telegram:-500", Group: true, Event: flows.Moved{To: "telegram:-1000000000500"}},
	}
	// Updates of two contacts are handled side by side: compared by contact.
	got := w.updates(len(want))
	for _, c := range []org.ContactID{"telegram:1", "telegram:-500"} {
		var have, wanted []bot.Update
		for _, u := range got {
			if u.Contact == c {
				have = append(have, bot.Update{Contact: u.Contact, Group: u.Group, Event: u.Event})
			}
		}
		for _, u := range want {
			if u.Contact == c {
				wanted = append(wanted, u)
			}
		}
		if !slices.Equal(have, wanted) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", c, have, wanted)
		}
	}
}

// TestGroupsByNobody: an administrator who acts as the group itself is nobody the bot
// knows; that it was put out is told all the same.
func TestGroupsByNobody(t *testing.T) {
	w := newWorld(t)
	const group, anonymous = `"chat":{"id":-5,"type":"supergroup","title":"N"},"date":1`, `"from":{"id":1087968824,"is_bot":true}`
	for _, fields := range []string{
		`"my_chat_member":{` + group + `,` + anonymous + `,"old_chat_member":{"status":"left"},"new_chat_member":{"status":"member"}}`,
		`"my_chat_member":{` + group + `,"from":{"id":1},"old_chat_member":{"status":"member"},"new_chat_member":{"status":"administrator"}}`,
		`"message":{"message_id":1,` + group + `,` + anonymous + `,"sender_chat":{"id":-5,"type":"supergroup"},"text":"/ghep"}`,
		`"my_chat_member":{` + group + `,` + anonymous + `,"old_chat_member":{"status":"member"},"new_chat_member":{"status":"left"}}`,
	} {
		w.srv.PushRaw(fields)
	}
	w.start()
	got := w.updates(2)
	w.confirmed()
	for _, u := range got {
		if u.Contact != "telegram:-5" || u.Group != (u.Event == flows.Event(flows.Text{Body: "/ghep"})) || !u.Group && u.Event != (flows.OutOfGroup{Group: "telegram:-5"}) {
			t.Errorf("got %+v", u)
		}
	}
	if len(got) != 2 {
		t.Errorf("got %+v", got)
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

// TestGroupHushes: that the bot may no longer write in a group is told; other rights are not.
func TestGroupHushes(t *testing.T) {
	w := newWorld(t)
	const change = `"my_chat_member":{"chat":{"id":-5,"type":"supergroup","title":"N"},"date":1,"from":{"id":1},"old_chat_member":{"status":"member"},"new_chat_member":`
	w.srv.PushRaw(change + `{"status":"restricted","can_send_messages":true,"can_send_polls":false}}`)
	w.srv.PushRaw(change + `{"status":"restricted","can_send_messages":false}}`)
	w.start()
	if u := w.updates(1)[0]; u.Event != flows.Event(flows.Hushed{Group: "telegram:-5"}) || u.Contact != "telegram:1" || u.Group {
		t.Errorf("got %+v", u)
	}
}
