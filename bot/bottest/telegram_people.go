package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// TelegramMessage is one message of a chat.
type TelegramMessage struct {
	ID      int64
	FromBot bool
	Kind    string // "text", "document", "photo", "sticker", …
	Text    string // or the caption
	Buttons [][]TelegramButton
	Edited  bool
	At      time.Time
	File    string // file_id, of a message that has one

	markup json.RawMessage
	author int64
}

// TelegramButton is an inline button.
type TelegramButton struct{ Label, Data string }

// tgChat is a chat with everything in it, in order.
type tgChat struct {
	id       int64
	messages []*TelegramMessage
	changed  chan struct{} // made by who waits, closed at the next change
}

func (t *Telegram) chat(id int64) *tgChat {
	c := t.chats[id]
	if c == nil {
		c = &tgChat{id: id}
		t.chats[id] = c
	}
	return c
}

func (c *tgChat) find(id int64) *TelegramMessage {
	i, ok := slices.BinarySearchFunc(c.messages, id, func(m *TelegramMessage, id int64) int { return int(m.ID - id) })
	if !ok {
		return nil
	}
	return c.messages[i]
}

func (c *tgChat) touch() {
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
}

// add puts a message into a chat and gives it its id.
func (t *Telegram) add(chat int64, m TelegramMessage) *TelegramMessage {
	t.lastID++
	m.ID, m.At = t.lastID, t.now()
	c := t.chat(chat)
	c.messages = append(c.messages, &m)
	c.touch()
	return &m
}

// Messages returns everything a chat holds, people's messages too.
func (t *Telegram) Messages(chat int64) []TelegramMessage {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.messages(chat)
}

func (t *Telegram) messages(chat int64) []TelegramMessage {
	c := t.chats[chat]
	if c == nil {
		return nil
	}
	out := make([]TelegramMessage, len(c.messages))
	for i, m := range c.messages {
		out[i] = *m
	}
	return out
}

// Await returns a chat's messages as soon as enough says so, or the error of ctx.
func (t *Telegram) Await(ctx context.Context, chat int64, enough func([]TelegramMessage) bool) ([]TelegramMessage, error) {
	for {
		t.mu.Lock()
		list := t.messages(chat)
		c := t.chat(chat)
		if c.changed == nil {
			c.changed = make(chan struct{})
		}
		changed := c.changed
		t.mu.Unlock()
		if enough(list) {
			return list, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return list, ctx.Err()
		}
	}
}

// TelegramUser is a person with an account. She can be written to once she wrote.
type TelegramUser struct {
	ID int64

	t                           *Telegram
	name                        string
	started, blocked, gone, bot bool
}

// User returns the person with this id; the first call makes her account.
func (t *Telegram) User(id int64) *TelegramUser {
	t.mu.Lock()
	defer t.mu.Unlock()
	u := t.users[id]
	if u == nil {
		u = &TelegramUser{ID: id, t: t, name: fmt.Sprint("Người ", id)}
		t.users[id] = u
	}
	return u
}

// Structures as Telegram writes them.
type (
	tgUserJSON struct {
		ID   int64  `json:"id"`
		Bot  bool   `json:"is_bot"`
		Name string `json:"first_name"`
	}
	tgChatJSON struct {
		ID    int64  `json:"id"`
		Type  string `json:"type"`
		Title string `json:"title,omitempty"`
		Name  string `json:"first_name,omitempty"`
	}
	tgMessageJSON struct {
		ID       int64           `json:"message_id"`
		From     tgUserJSON      `json:"from"`
		Chat     tgChatJSON      `json:"chat"`
		Date     int64           `json:"date"`
		EditDate int64           `json:"edit_date,omitempty"`
		Text     string          `json:"text,omitempty"`
		Caption  string          `json:"caption,omitempty"`
		Markup   json.RawMessage `json:"reply_markup,omitempty"`
	}
)

func (u *TelegramUser) json() tgUserJSON { return tgUserJSON{ID: u.ID, Bot: u.bot, Name: u.name} }

func (t *Telegram) botJSON() tgUserJSON {
	id, _, _ := strings.Cut(t.token, ":")
	n, _ := strconv.ParseInt(id, 10, 64)
	return tgUserJSON{ID: n, Bot: true, Name: "Chi hội"}
}

func (t *Telegram) chatJSON(id int64) tgChatJSON {
	if g := t.groups[id]; g != nil {
		kind := "group"
		if g.super() {
			kind = "supergroup"
		}
		return tgChatJSON{ID: id, Type: kind, Title: g.title}
	}
	c := tgChatJSON{ID: id, Type: "private"}
	if u := t.users[id]; u != nil {
		c.Name = u.name
	}
	return c
}

func (t *Telegram) messageJSON(chat int64, m *TelegramMessage) tgMessageJSON {
	j := tgMessageJSON{ID: m.ID, Chat: t.chatJSON(chat), Date: m.At.Unix(), Markup: m.markup, From: t.botJSON()}
	if u := t.users[m.author]; !m.FromBot && u != nil {
		j.From = u.json()
	}
	if m.Kind == "text" {
		j.Text = m.Text
	} else {
		j.Caption = m.Text
	}
	if m.Edited {
		j.EditDate = t.now().Unix()
	}
	return j
}

func tgLane(chat int64) string { return "chat " + strconv.FormatInt(chat, 10) }

// say puts a person's text into a chat and tells the bot.
func (t *Telegram) say(u *TelegramUser, chat int64, text string) int64 {
	if chat == u.ID {
		u.open()
	}
	m := t.add(chat, TelegramMessage{Kind: "text", Text: text, author: u.ID})
	t.push("message", tgLane(chat), t.messageJSON(chat, m))
	return m.ID
}

// open starts the chat with the bot; writing to a bot one has blocked unblocks it first.
func (u *TelegramUser) open() {
	if u.blocked {
		u.block(false)
	}
	u.started = true
}

// Started has her chat with the bot open from long ago, without an update of it.
func (u *TelegramUser) Started() {
	u.t.mu.Lock()
	defer u.t.mu.Unlock()
	u.started = true
}

// Type writes a text to the bot and returns the message's id.
func (u *TelegramUser) Type(text string) int64 {
	u.t.mu.Lock()
	defer u.t.mu.Unlock()
	return u.t.say(u, u.ID, text)
}

// Edit changes a text she wrote before.
func (u *TelegramUser) Edit(message int64, text string) error {
	u.t.mu.Lock()
	defer u.t.mu.Unlock()
	m := u.t.chat(u.ID).find(message)
	if m == nil || m.FromBot {
		return fmt.Errorf("telegram: message %d is not hers", message)
	}
	m.Text, m.Edited = text, true
	u.t.push("edited_message", tgLane(u.ID), u.t.messageJSON(u.ID, m))
	return nil
}

// attach sends something that is not text, as the named field of the message.
func (u *TelegramUser) attach(kind, caption string, content any) int64 {
	t := u.t
	t.mu.Lock()
	defer t.mu.Unlock()
	u.open()
	m := t.add(u.ID, TelegramMessage{Kind: kind, Text: caption, author: u.ID})
	raw, _ := json.Marshal(t.messageJSON(u.ID, m))
	var fields map[string]any
	_ = json.Unmarshal(raw, &fields)
	fields[kind] = content
	t.push("message", tgLane(u.ID), fields)
	return m.ID
}

// upload keeps a file and returns how a message names it.
func (t *Telegram) upload(content []byte) (id string, field map[string]any) {
	t.mu.Lock()
	defer t.mu.Unlock()
	id = t.keep(content)
	return id, map[string]any{"file_id": id, "file_unique_id": id, "file_size": len(content)}
}

func (t *Telegram) keep(content []byte) string {
	id := "F" + strconv.Itoa(len(t.files)+1)
	t.files[id] = content
	return id
}

// Sticker sends a sticker.
func (u *TelegramUser) Sticker() int64 {
	return u.attach("sticker", "", map[string]any{"file_id": "S1", "width": 512, "height": 512, "type": "regular"})
}

// Voice sends a voice message.
func (u *TelegramUser) Voice() int64 {
	_, f := u.t.upload([]byte("voice"))
	f["duration"] = 3
	return u.attach("voice", "", f)
}

// Photo sends a picture with a caption, and returns the message's id.
func (u *TelegramUser) Photo(caption string) int64 {
	_, f := u.t.upload([]byte("picture"))
	f["width"], f["height"] = 90, 60
	return u.attach("photo", caption, []any{f})
}

// Document sends a file.
func (u *TelegramUser) Document(name string, content []byte) int64 {
	_, f := u.t.upload(content)
	f["file_name"] = name
	return u.attach("document", "", f)
}

// Video sends a video.
func (u *TelegramUser) Video() int64 {
	_, f := u.t.upload([]byte("video"))
	return u.attach("video", "", f)
}

// Location sends where she is.
func (u *TelegramUser) Location() int64 {
	return u.attach("location", "", map[string]any{"latitude": 21.03, "longitude": 105.85})
}

// Contact sends a contact card; whose says whose it is, her own id for her own.
func (u *TelegramUser) Contact(phone string, whose int64) int64 {
	return u.attach("contact", "", map[string]any{"phone_number": phone, "first_name": u.name, "user_id": whose})
}

// Messages returns everything in her chat with the bot.
func (u *TelegramUser) Messages() []TelegramMessage { return u.t.Messages(u.ID) }

// Await waits for her chat, see Telegram.Await.
func (u *TelegramUser) Await(ctx context.Context, enough func([]TelegramMessage) bool) ([]TelegramMessage, error) {
	return u.t.Await(ctx, u.ID, enough)
}

// Block blocks the bot, which the bot is told.
func (u *TelegramUser) Block() {
	u.t.mu.Lock()
	defer u.t.mu.Unlock()
	u.block(true)
}

// Unblock takes that back.
func (u *TelegramUser) Unblock() {
	u.t.mu.Lock()
	defer u.t.mu.Unlock()
	u.block(false)
}

func (u *TelegramUser) block(yes bool) {
	if u.blocked == yes {
		return
	}
	u.blocked = yes
	before, after := "member", "kicked"
	if !yes {
		before, after = after, before
	}
	u.t.member(u, u.ID, before, after)
}

// member tells the bot that its standing in a chat changed.
func (t *Telegram) member(by *TelegramUser, chat int64, before, after string) {
	me := t.botJSON()
	t.push("my_chat_member", tgLane(chat), map[string]any{
		"chat": t.chatJSON(chat), "from": by.json(), "date": t.now().Unix(),
		"old_chat_member": map[string]any{"user": me, "status": before, "until_date": 0},
		"new_chat_member": map[string]any{"user": me, "status": after, "until_date": 0},
	})
}

// Deactivate deletes her account. Nobody is told.
func (u *TelegramUser) Deactivate() {
	u.t.mu.Lock()
	defer u.t.mu.Unlock()
	u.gone = true
}
