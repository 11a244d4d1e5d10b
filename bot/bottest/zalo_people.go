package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// ZaloMessage is one message of a chat.
type ZaloMessage struct {
	ID      string
	FromBot bool
	Text    string
	Photo   string // the address of a picture from the bot
	At      time.Time
}

// ZaloUser is a person on Zalo, seen by one bot. To another bot she has another id.
type ZaloUser struct {
	ID string

	z       *Zalo
	name    string
	blocked ZaloReply
}

// User returns the person with this id; the first call makes her account.
func (z *Zalo) User(id string) *ZaloUser {
	z.mu.Lock()
	defer z.mu.Unlock()
	u := z.users[id]
	if u == nil {
		u = &ZaloUser{ID: id, z: z, name: "Người " + id}
		z.users[id] = u
	}
	return u
}

// Block lets sends to her be refused so; what the real answer is, nobody knows.
func (u *ZaloUser) Block(answer ZaloReply) {
	u.z.mu.Lock()
	defer u.z.mu.Unlock()
	u.blocked = answer
}

// Type writes to the bot.
func (u *ZaloUser) Type(text string) { u.z.event(u, "text", text, "", nil) }

// Sticker, Voice and Photo send what is no text; Unsupported is what a protected person or
// another kind of message comes to.
func (u *ZaloUser) Sticker() {
	u.z.event(u, "sticker", "", "", map[string]any{"sticker": "0e07a8f8", "url": "https://zalo-api.example/sticker"})
}

// Voice sends a voice note.
func (u *ZaloUser) Voice() {
	u.z.event(u, "voice", "", "", map[string]any{"voice_url": "https://voice.example/a.aac"})
}

// Photo sends a picture with a caption.
func (u *ZaloUser) Photo(caption string) {
	u.z.mu.Lock()
	key := "photo_url"
	if u.z.quirks.PhotoKey {
		key = "photo"
	}
	u.z.mu.Unlock()
	u.z.event(u, "image", "", "", map[string]any{key: "https://photo.example/abc.jpg", "caption": caption})
}

// Unsupported sends what Zalo does not hand on.
func (u *ZaloUser) Unsupported() { u.z.event(u, "unsupported", "", "", nil) }

// TypeIn writes into a group that has the bot, mentioning it: other messages of groups it
// does not get.
func (u *ZaloUser) TypeIn(group, text string) {
	u.z.event(u, "text", "@Bot Chi Hội "+text, group, nil)
}

// event puts one update into the queue, or hands it to the webhook, if she has a seat.
func (z *Zalo) event(u *ZaloUser, kind, text, group string, more map[string]any) {
	z.mu.Lock()
	defer z.mu.Unlock()
	chat := u.ID
	if group != "" {
		chat = group
	}
	m := ZaloMessage{ID: z.newID(), Text: text, At: z.now()}
	z.chats[chat] = append(z.chats[chat], m)
	z.touch()
	if z.full(u.ID) {
		z.stats.NoSeat++
		return
	}
	if z.quirks.Inbound {
		z.sent++
	}
	z.push(z.eventJSON(u, m, kind, group, more))
}

// full gives her a seat, or finds that there is none.
func (z *Zalo) full(user string) bool {
	seats := 50
	if z.quirks.Seats > 0 {
		seats = z.quirks.Seats
	}
	if !z.seats[user] && len(z.seats) >= seats {
		return true
	}
	z.seats[user] = true
	return false
}

func (z *Zalo) newID() string {
	z.lastID++
	return fmt.Sprintf("%020x", z.lastID)
}

func (z *Zalo) eventJSON(u *ZaloUser, said ZaloMessage, kind, group string, more map[string]any) json.RawMessage {
	e := map[string]any{"event_name": "message." + kind + ".received"}
	if kind != "unsupported" || !z.quirks.Bare {
		chat := map[string]any{"id": z.id(u.ID), "chat_type": "PRIVATE"}
		if group != "" {
			chat = map[string]any{"id": z.id(group), "chat_type": "GROUP"}
		}
		m := map[string]any{"message_id": said.ID, "date": said.At.UnixMilli(),
			"from": map[string]any{"id": z.id(u.ID), "display_name": u.name, "is_bot": false}, "chat": chat}
		if said.Text != "" {
			m["text"] = said.Text
		}
		for k, v := range more {
			m[k] = v
		}
		e["message"] = m
	}
	raw, _ := json.Marshal(e)
	return raw
}

// id writes an id as a text, or as a number where that quirk is on.
func (z *Zalo) id(s string) any {
	if n, err := strconv.ParseUint(s, 10, 53); err == nil && z.quirks.NumericIDs {
		return n
	}
	return s
}

// PushRaw delivers an update as it is given.
func (z *Zalo) PushRaw(raw string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.push(json.RawMessage(raw))
}

// push queues an update for the poller, or for the webhook. The caller holds mu.
func (z *Zalo) push(raw json.RawMessage) {
	z.queue = append(z.queue, raw)
	z.touch()
	z.deliver()
}

// Pending is how many updates wait for the bot.
func (z *Zalo) Pending() int {
	z.mu.Lock()
	defer z.mu.Unlock()
	return len(z.queue)
}

// getUpdates hands out one update, once.
func (z *Zalo) getUpdates(ctx context.Context, p map[string]string) (any, *ZaloReply) {
	seconds, err := strconv.Atoi(p["timeout"])
	if err != nil {
		seconds = 30
	}
	end := time.After(time.Duration(seconds) * time.Second)
	for {
		z.mu.Lock()
		nothing := &ZaloReply{Code: 408, Description: "Request timeout"}
		switch {
		case z.hook.url != "" && !z.quirks.Silent:
			z.mu.Unlock()
			return nil, &ZaloReply{Code: 400, Description: "Bad request: webhook is active"}
		case len(z.queue) > 0 && z.hook.url == "":
			raw := z.queue[0]
			z.queue = z.queue[1:]
			array := z.quirks.Array
			z.mu.Unlock()
			if array {
				return []json.RawMessage{raw}, nil
			}
			return raw, nil
		case z.quirks.Impatient || z.hook.url != "":
			z.mu.Unlock()
			return nil, nothing
		}
		changed := z.changed
		z.mu.Unlock()
		select {
		case <-changed:
		case <-end:
			return nil, nothing
		case <-ctx.Done():
			return nil, nothing
		case <-z.done:
			return nil, nothing
		}
	}
}

// send takes a message of the bot.
func (z *Zalo) send(method string, p map[string]string) (any, *ZaloReply) {
	z.mu.Lock()
	m, refused := z.sendLocked(method, p)
	listener := z.onBot
	noID := z.quirks.NoMethodIDs
	z.mu.Unlock()
	if refused != nil {
		return nil, refused
	}
	if method != "sendChatAction" && listener != nil {
		listener(p["chat_id"], m)
	}
	if noID {
		return map[string]any{}, nil
	}
	return map[string]any{"message_id": m.ID, "date": m.At.UnixMilli()}, nil
}

func (z *Zalo) sendLocked(method string, p map[string]string) (m ZaloMessage, refused *ZaloReply) {
	bad := func(text string) (ZaloMessage, *ZaloReply) {
		return m, &ZaloReply{Code: 400, Description: "Bad request: " + text}
	}
	if p["chat_id"] == "" {
		return bad("The chat_id must not be empty")
	}
	if u := z.users[p["chat_id"]]; u != nil && u.blocked.Code != 0 {
		answer := u.blocked
		return m, &answer
	}
	if !z.seats[p["chat_id"]] && len(z.chats[p["chat_id"]]) == 0 {
		return bad("chat not found") // nobody can be written to who never wrote
	}
	text := p["text"] + p["caption"]
	switch {
	case method == "sendMessage" && strings.TrimSpace(text) == "":
		return bad("The text must not be empty")
	case len(utf16.Encode([]rune(text))) > 2000:
		return bad("The text is too long")
	case p["parse_mode"] != "" && p["parse_mode"] != "markdown" && p["parse_mode"] != "html":
		return bad("The parse_mode is invalid")
	case method == "sendChatAction":
		return m, nil
	}
	if method == "sendPhoto" {
		if u, err := url.Parse(p["photo"]); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return bad("The photo must start with http:// or https://")
		}
	}
	quota := 3000
	if z.quirks.Quota > 0 {
		quota = z.quirks.Quota
	}
	if z.sent >= quota {
		z.stats.OverQuota++
		return m, &ZaloReply{Code: 429, Description: "Quota exceeded"}
	}
	z.sent++
	m = ZaloMessage{ID: z.newID(), FromBot: true, Text: text, Photo: p["photo"], At: z.now()}
	z.chats[p["chat_id"]] = append(z.chats[p["chat_id"]], m)
	z.touch()
	return m, nil
}

// Messages returns everything a chat holds, people's messages too.
func (z *Zalo) Messages(chat string) []ZaloMessage {
	z.mu.Lock()
	defer z.mu.Unlock()
	return append([]ZaloMessage(nil), z.chats[chat]...)
}

// Await returns a chat's messages as soon as enough says so, or the error of ctx.
func (z *Zalo) Await(ctx context.Context, chat string, enough func([]ZaloMessage) bool) ([]ZaloMessage, error) {
	for {
		z.mu.Lock()
		list := append([]ZaloMessage(nil), z.chats[chat]...)
		changed := z.changed
		z.mu.Unlock()
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
