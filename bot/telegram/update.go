package telegram

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
)

// The types below hold the few fields this program acts on, instead of the library's of
// 2021: a field Telegram changes elsewhere then can't make a head's answer unreadable.

type update struct {
	ID       int64       `json:"update_id"`
	Message  *message    `json:"message"`
	Edited   *message    `json:"edited_message"`
	Callback *callback   `json:"callback_query"`
	Member   *membership `json:"my_chat_member"`
}

type message struct {
	Date       int64  `json:"date"`
	EditDate   int64  `json:"edit_date"`
	Chat       chat   `json:"chat"`
	From       *user  `json:"from"`
	SenderChat *chat  `json:"sender_chat"`
	Text       string `json:"text"`
	Caption    string `json:"caption"`
	MovedTo    int64  `json:"migrate_to_chat_id"`

	Sticker   present `json:"sticker"`
	Voice     present `json:"voice"`
	Photo     picture `json:"photo"`
	Video     present `json:"video"`
	VideoNote present `json:"video_note"`
	Animation present `json:"animation"`
	Audio     present `json:"audio"`
	Document  present `json:"document"`
	Venue     present `json:"venue"`
	Location  present `json:"location"`
	Contact   present `json:"contact"`

	service
}

// service are messages that Telegram writes by itself; nobody said anything.
type service struct {
	Joined    present `json:"new_chat_members"`
	Left      present `json:"left_chat_member"`
	Title     present `json:"new_chat_title"`
	NewPhoto  present `json:"new_chat_photo"`
	NoPhoto   present `json:"delete_chat_photo"`
	Group     present `json:"group_chat_created"`
	Super     present `json:"supergroup_chat_created"`
	MovedFrom present `json:"migrate_from_chat_id"`
	Pinned    present `json:"pinned_message"`
	Timer     present `json:"message_auto_delete_timer_changed"`
	Theme     present `json:"chat_background_set"`
	Access    present `json:"write_access_allowed"`
	Boost     present `json:"boost_added"`
	Topic     present `json:"forum_topic_created"`
	Call      present `json:"video_chat_started"`
	Called    present `json:"video_chat_ended"`
	Invited   present `json:"video_chat_participants_invited"`
}

func (s service) any() bool { return s != service{} }

type callback struct {
	ID      string `json:"id"`
	From    user   `json:"from"`
	Data    string `json:"data"`
	Message *struct {
		Chat chat `json:"chat"`
	} `json:"message"`
}

type membership struct {
	Date int64    `json:"date"`
	Chat chat     `json:"chat"`
	From user     `json:"from"`
	Old  standing `json:"old_chat_member"`
	New  standing `json:"new_chat_member"`
}

// standing is what the bot is in a chat.
type standing struct {
	Status string `json:"status"`
	// Writes is told of a restricted member only.
	Writes *bool `json:"can_send_messages"`
}

// hushed reports whether the bot is there and may not write.
func (s standing) hushed() bool { return s.Status == "restricted" && s.Writes != nil && !*s.Writes }

func (s standing) in() bool {
	switch s.Status {
	case "member", "administrator", "restricted":
		return true
	}
	return false
}

type chat struct {
	ID    int64  `json:"id"`
	Type  string `json:"type"`
	Title string `json:"title"`
}

func (c chat) private() bool { return c.Type == "private" }

type user struct {
	ID  int64 `json:"id"`
	Bot bool  `json:"is_bot"`
}

// present notes that a field is there without keeping its content.
type present bool

// UnmarshalJSON implements json.Unmarshaler.
func (p *present) UnmarshalJSON(raw []byte) error {
	*p = string(raw) != "null" && string(raw) != "false"
	return nil
}

// picture is a photo by the name under which Telegram sends it again: that of its largest
// size. The picture itself is never fetched.
type picture struct {
	there bool
	file  string
}

// UnmarshalJSON implements json.Unmarshaler.
func (p *picture) UnmarshalJSON(raw []byte) error {
	p.there = string(raw) != "null" && string(raw) != "false"
	var sizes []struct {
		File string `json:"file_id"`
	}
	if json.Unmarshal(raw, &sizes) == nil && len(sizes) > 0 {
		p.file = sizes[len(sizes)-1].File
	}
	return nil
}

// received is an update read.
type received struct {
	bot.Update
	id       int64
	callback string // the id of a tap that waits for its answer
	nothing  bool   // it says nothing to this program
}

var errNoID = errors.New("update without an id")

// read decodes one update. An error means that it was not understood; id is then still
// set if it could be found, errNoID tells that it could not.
func read(raw json.RawMessage) (received, error) {
	var u update
	err := json.Unmarshal(raw, &u)
	if err != nil {
		return rescue(raw, err)
	}
	if u.ID == 0 {
		return received{nothing: true}, errNoID
	}
	r := received{id: u.ID}
	switch {
	case u.Message != nil:
		r.Update, r.nothing = said(u.Message)
	case u.Edited != nil:
		r.Update, r.nothing = edited(u.Edited)
	case u.Callback != nil:
		r.Update, r.nothing = pressed(u.Callback)
		r.callback = u.Callback.ID
	case u.Member != nil:
		r.Update, r.nothing = reached(u.Member)
	default:
		r.nothing = true
	}
	r.ID = strconv.FormatInt(u.ID, 10)
	return r, nil
}

// rescue reads from an update that does not decode who sent it, so that she hears that it
// could not be read instead of nothing.
func rescue(raw json.RawMessage, cause error) (received, error) {
	var id struct {
		ID int64 `json:"update_id"`
	}
	// An error only means that a field is not there or of another form.
	if _ = json.Unmarshal(raw, &id); id.ID == 0 {
		return received{nothing: true}, errNoID
	}
	r := received{id: id.ID, nothing: true}
	var who struct {
		Message struct {
			Chat chat `json:"chat"`
			From user `json:"from"`
		} `json:"message"`
	}
	if json.Unmarshal(raw, &who) == nil && who.Message.Chat.private() && !who.Message.From.Bot {
		r.nothing = false
		r.Update = bot.Update{
			ID:      strconv.FormatInt(id.ID, 10),
			Contact: contact(who.Message.Chat.ID),
			Event:   flows.Unreadable{Kind: "unsupported"},
		}
	}
	return r, cause
}

func contact(id int64) org.ContactID {
	return org.ContactID(name + ":" + strconv.FormatInt(id, 10))
}

func from(c chat, at int64) bot.Update {
	u := bot.Update{Contact: contact(c.ID), Group: !c.private()}
	if at > 0 {
		u.SentAt = time.Unix(at, 0).UTC()
	}
	return u
}

// said reads a message. Channels, other bots and what Telegram writes by itself say nothing.
func said(m *message) (u bot.Update, nothing bool) {
	u = from(m.Chat, m.Date)
	if m.MovedTo != 0 {
		u.Event = flows.Moved{To: contact(m.MovedTo)}
		return u, false
	}
	if !m.byPerson() || m.service.any() {
		return u, true
	}
	if code, asks := asksForGroup(m); u.Group && asks {
		u.Contact, u.Group = contact(m.From.ID), false
		u.Event = flows.InGroup{Group: contact(m.Chat.ID), Title: m.Chat.Title, Code: code}
		return u, false
	}
	if m.Text != "" {
		u.Event = flows.Text{Body: m.Text}
	} else {
		u.Event = flows.Unreadable{Kind: m.kind(), File: m.Photo.file, Caption: m.Caption}
	}
	return u, false
}

// groupCommand is what a chair types in a group that the bot is in already.
const groupCommand = "/ghep"

// asksForGroup recognises the command, with or without the bot's name, from somebody who
// is known by herself and not as "the group"; a code may follow.
func asksForGroup(m *message) (code string, ok bool) {
	word, code, _ := strings.Cut(strings.TrimSpace(m.Text), " ")
	word, _, _ = strings.Cut(word, "@")
	return strings.TrimSpace(code), strings.EqualFold(word, groupCommand) && m.SenderChat == nil && m.From != nil
}

// edited reads a correction. An edited text is a new statement of hers and is handed on as
// one, with the update id and the time of the edit. Anything else edited is passed over: a
// shared location is "edited" every few seconds.
func edited(m *message) (u bot.Update, nothing bool) {
	if m.Text == "" || !m.byPerson() {
		return u, true
	}
	u = from(m.Chat, max(m.Date, m.EditDate))
	u.Event = flows.Text{Body: m.Text}
	return u, false
}

// byPerson tells people from channels and bots. An administrator who writes in the name
// of the group itself is a person, though Telegram shows a bot as the sender.
func (m *message) byPerson() bool {
	switch {
	case m.Chat.Type == "channel", m.Chat.ID == 0:
		return false
	case m.SenderChat != nil:
		return m.SenderChat.ID == m.Chat.ID
	default:
		return m.From != nil && !m.From.Bot
	}
}

func (m *message) kind() string {
	switch {
	case bool(m.Sticker):
		return "sticker"
	case bool(m.Voice):
		return "voice"
	case m.Photo.there:
		return "photo"
	case bool(m.Video), bool(m.VideoNote), bool(m.Animation): // an animation has a document too
		return "video"
	case bool(m.Document), bool(m.Audio):
		return "file"
	case bool(m.Location), bool(m.Venue):
		return "location"
	case bool(m.Contact):
		return "contact"
	default:
		return "unsupported"
	}
}

// pressed reads a tap. It is hers by her own id, also in a group, where everyone can press.
// The message may be long gone.
func pressed(q *callback) (u bot.Update, nothing bool) {
	u = bot.Update{Contact: contact(q.From.ID), Event: flows.Press{Data: q.Data}}
	if q.Message != nil && !q.Message.Chat.private() {
		u.Event = flows.Addressed{Group: contact(q.Message.Chat.ID), Data: q.Data}
	}
	return u, q.Data == "" || q.From.Bot || q.From.ID == 0
}

// reached reads that the bot was blocked or allowed again, or taken into a group or put out.
func reached(m *membership) (u bot.Update, nothing bool) {
	switch {
	case m.Chat.Type == "channel" || m.Chat.ID == 0:
		return u, true
	case !m.Chat.private():
		return carried(m)
	}
	u = from(m.Chat, m.Date)
	switch m.New.Status {
	case "member":
		u.Event = flows.Reach{}
	case "kicked", "left":
		u.Event = flows.Reach{Lost: "blocked"}
	default:
		return u, true
	}
	return u, false
}

// carried reads who took the bot into a group or put it out. It is hers, not the group's;
// that the bot is out matters whoever did it.
func carried(m *membership) (u bot.Update, nothing bool) {
	u = from(m.Chat, m.Date)
	u.Group = false
	person := m.From.ID != 0 && !m.From.Bot
	if person {
		u.Contact = contact(m.From.ID)
	}
	switch {
	case m.New.in() && !m.Old.in() && person:
		u.Event = flows.InGroup{Group: contact(m.Chat.ID), Title: m.Chat.Title}
	case !m.New.in():
		u.Event = flows.OutOfGroup{Group: contact(m.Chat.ID)}
	case m.New.hushed() && !m.Old.hushed():
		u.Event = flows.Hushed{Group: contact(m.Chat.ID)}
	default: // another right more or less
		return u, true
	}
	return u, false
}
