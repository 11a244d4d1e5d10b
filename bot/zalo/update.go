package zalo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
)

// text is a field that is documented as a text. Some material shows ids as numbers; a
// number is taken as it is written, anything else as absent.
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	switch {
	case json.Unmarshal(raw, &s) == nil:
		*t = text(s)
	case len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9'):
		*t = text(raw)
	}
	return nil
}

// present notes that a field is there without keeping its content.
type present bool

// UnmarshalJSON implements json.Unmarshaler.
func (p *present) UnmarshalJSON(raw []byte) error {
	*p = string(raw) != "null" && string(raw) != `""` && string(raw) != "false"
	return nil
}

// event is an update. Nothing in it is certain to be there: an unsupported one may be its
// name alone.
type event struct {
	Name    text     `json:"event_name"`
	Message *message `json:"message"`
}

type message struct {
	ID   text `json:"message_id"`
	Date text `json:"date"` // milliseconds
	From struct {
		ID  text `json:"id"`
		Bot bool `json:"is_bot"`
	} `json:"from"`
	Chat struct {
		ID   text `json:"id"`
		Type text `json:"chat_type"`
	} `json:"chat"`
	Text text `json:"text"`
	// Caption is what is written with a picture.
	Caption text `json:"caption"`

	Photo    present `json:"photo"` // as documented
	PhotoURL present `json:"photo_url"`
	Sticker  present `json:"sticker"`
	Voice    present `json:"voice_url"`
}

// Names of events.
const (
	eventText        = "message.text.received"
	eventImage       = "message.image.received"
	eventSticker     = "message.sticker.received"
	eventVoice       = "message.voice.received"
	eventLink        = "message.link.received"
	eventUnsupported = "message.unsupported.received"
)

var errUnread = errors.New("not an update")

// unwrap finds the updates in what Zalo sent: one object, an array of them, or either in an
// envelope.
func unwrap(raw json.RawMessage) (list []json.RawMessage, err error) {
	if raw = bytes.TrimSpace(raw); len(raw) > 0 && raw[0] == '[' {
		if json.Unmarshal(raw, &list) != nil {
			return nil, errUnread
		}
		return list, nil
	}
	var e struct {
		Name    present         `json:"event_name"`
		Message present         `json:"message"`
		Result  json.RawMessage `json:"result"`
		Updates json.RawMessage `json:"updates"`
	}
	if json.Unmarshal(raw, &e) != nil {
		return nil, errUnread
	}
	for _, inner := range []json.RawMessage{e.Result, e.Updates} {
		if !bool(e.Name) && !bool(e.Message) && len(inner) > 0 && (inner[0] == '{' || inner[0] == '[') {
			return unwrap(inner)
		}
	}
	return []json.RawMessage{raw}, nil
}

// received is an update read.
type received struct {
	bot.Update
	name    string // of the event
	nothing bool   // it says nothing to this program, or nobody can be answered
}

// read decodes one update. An error means that no person can be found in it.
func (c *Channel) read(raw json.RawMessage, now time.Time) (received, error) {
	var e event
	var fits *json.UnmarshalTypeError // then all fields that do fit are there
	if err := json.Unmarshal(raw, &e); err != nil && !errors.As(err, &fits) {
		return received{nothing: true}, errUnread
	}
	r := received{name: string(e.Name), nothing: true}
	m := e.Message
	if m == nil {
		if r.name == "" {
			return r, errUnread
		}
		return r, nil
	}
	chat := m.Chat.ID
	if chat == "" {
		chat = m.From.ID
	}
	if chat == "" || m.From.Bot {
		return r, nil
	}
	r.Contact = org.ContactID(c.Name() + ":" + string(chat))
	r.Group = strings.EqualFold(string(m.Chat.Type), "GROUP")
	r.SentAt = instant(string(m.Date))
	r.ID = updateID(r.name, string(m.ID), raw, now)
	r.Event, r.nothing = c.heard(r.name, m)
	if said, ok := r.Event.(flows.Text); ok && r.Group && m.From.ID != "" {
		// Zalo hands on only what names the bot, and tells nobody that the bot was taken in. Who
		// asks is answered in private, where her chat has her own id.
		group := r.Contact
		r.Contact, r.Group = org.ContactID(c.Name()+":"+string(m.From.ID)), false
		if code, asks := asksForGroup(said.Body); asks {
			r.Event = flows.InGroup{Group: group, Code: code}
		} else {
			r.Event = flows.Addressed{Group: group, Body: said.Body}
		}
	}
	return r, nil
}

// asksForGroup reads "@Bot Chi Hội /ghep" with or without a code after it: what a chair types
// in a group for the bot to ask her, in private, which commune it belongs to. The bot's name
// may still stand before it.
func asksForGroup(body string) (code string, ok bool) {
	words := strings.Fields(strings.ToLower(body))
	for i, w := range words {
		if w = strings.TrimPrefix(w, "/"); w == "ghep" || w == "ghép" {
			return strings.Join(words[i+1:], " "), i+1 == len(words) || strings.Trim(strings.Join(words[i+1:], ""), "0123456789.-") == ""
		}
	}
	return "", false
}

// heard is what a message says. An event of an unknown name that carries a text is taken
// for a text; one without may be a sign of anything, and silence answers it best.
func (c *Channel) heard(name string, m *message) (e flows.Event, nothing bool) {
	body := string(m.Text)
	if strings.EqualFold(string(m.Chat.Type), "GROUP") {
		body = c.withoutMention(body)
	}
	switch {
	case name == eventImage, bool(m.Photo), bool(m.PhotoURL):
		return flows.Unreadable{Kind: "photo", Caption: string(m.Caption)}, false
	case name == eventSticker, bool(m.Sticker):
		return flows.Unreadable{Kind: "sticker"}, false
	case name == eventVoice, bool(m.Voice):
		return flows.Unreadable{Kind: "voice"}, false
	case name == eventUnsupported:
		return flows.Unreadable{Kind: "unsupported"}, false
	case strings.TrimSpace(body) != "":
		return flows.Text{Body: body}, false
	case name == eventLink:
		return flows.Unreadable{Kind: "link"}, false
	case name == eventText:
		return flows.Unreadable{Kind: "unsupported"}, false
	}
	return nil, true
}

// withoutMention cuts "@Bot Chi Hội " off a group's message: Zalo writes the mention into
// the text and marks it nowhere.
func (c *Channel) withoutMention(body string) string {
	body = strings.TrimSpace(body)
	if title := c.title.Load(); title != nil && strings.HasPrefix(body, "@"+*title) {
		return strings.TrimSpace(strings.TrimPrefix(body, "@"+*title))
	}
	return body
}

// updateID names an update, the same at every delivery. One without a message id is known
// by its bytes, for ten minutes: later the same bytes are another message.
func updateID(name, message string, raw []byte, now time.Time) string {
	if message != "" {
		return name + "/" + message
	}
	sum := sha256.Sum256(raw)
	return fmt.Sprintf("%s/raw/%s/%d", name, hex.EncodeToString(sum[:8]), now.Unix()/600)
}

// instant reads a time in Unix milliseconds, or seconds where the number is small enough
// for those; zero when there is none.
func instant(s string) time.Time {
	n, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || n <= 0:
		return time.Time{}
	case n < 1e11:
		return time.Unix(int64(n), 0).UTC()
	}
	return time.UnixMilli(int64(n)).UTC()
}
