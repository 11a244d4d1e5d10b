package bottest

import (
	"fmt"
	"strconv"
	"time"
)

// tgAnswerWithin is how long a tap waits for its answer; users of the real one report 5 to 15 seconds.
const tgAnswerWithin = 15 * time.Second

// tgTap is a callback query and what became of it.
type tgTap struct {
	user     int64
	at       time.Time
	answered bool
}

// Press taps the button with this label under a message of her chat with the bot, as it
// is now; message 0 is the last one with such a button.
func (u *TelegramUser) Press(message int64, label string) error {
	u.t.mu.Lock()
	defer u.t.mu.Unlock()
	return u.t.pressLabel(u, u.ID, message, label)
}

// PressData sends a tap with any data on any message, old, edited since, or not there at
// all: a program that speaks to Telegram in her name can.
func (u *TelegramUser) PressData(message int64, data string) {
	u.t.mu.Lock()
	defer u.t.mu.Unlock()
	u.t.press(u, u.ID, message, data)
}

func (t *Telegram) pressLabel(u *TelegramUser, chat, message int64, label string) error {
	c := t.chat(chat)
	for i := len(c.messages) - 1; i >= 0; i-- {
		m := c.messages[i]
		if message != 0 && m.ID != message {
			continue
		}
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Label == label {
					t.press(u, chat, m.ID, b.Data)
					return nil
				}
			}
		}
	}
	return fmt.Errorf("telegram: no button %q under message %d of chat %d", label, message, chat)
}

func (t *Telegram) press(u *TelegramUser, chat, message int64, data string) {
	id := fmt.Sprintf("%d%07d", u.ID, len(t.taps)+1)
	t.taps[id] = &tgTap{user: u.ID, at: t.now()}
	q := map[string]any{
		"id": id, "from": u.json(), "chat_instance": strconv.FormatInt(chat, 10), "data": data,
		// What the bot gets of a message it can't see any more.
		"message": map[string]any{"chat": t.chatJSON(chat), "message_id": message, "date": 0},
	}
	if m := t.chat(chat).find(message); m != nil {
		q["message"] = t.messageJSON(chat, m)
	}
	// Taps travel beside the messages, by who tapped.
	t.push("callback_query", "user "+strconv.FormatInt(u.ID, 10), q)
}

// Unanswered counts the taps that the bot has not answered.
func (t *Telegram) Unanswered() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := 0
	for _, tap := range t.taps {
		if !tap.answered {
			n++
		}
	}
	return n
}

func (t *Telegram) answerCallbackQuery(c *tgCall) (any, *TelegramReply) {
	tap := t.taps[c.params["callback_query_id"]]
	old := tgRefuse(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
	switch {
	case tap == nil:
		return nil, old
	case tap.answered:
		t.stats.SecondAnswers++
		return nil, old
	case t.now().Sub(tap.at) > tgAnswerWithin:
		t.stats.LateAnswers++
		return nil, old
	case tgUnits(c.params["text"]) > 200:
		return nil, tgRefuse(400, "Bad Request: MESSAGE_TOO_LONG")
	}
	tap.answered = true
	t.stats.Answered++
	return true, nil
}

// TelegramGroup is a chat of several people. The bot is in it, as an administrator, who
// sees everything, until it is put out.
type TelegramGroup struct {
	ID int64

	t       *Telegram
	title   string
	member  bool
	deleted bool
	mute    bool
	movedTo int64
}

// Group returns the group with this id, which is below zero; the first call makes it.
func (t *Telegram) Group(id int64) *TelegramGroup {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.group(id)
}

func (t *Telegram) group(id int64) *TelegramGroup {
	g := t.groups[id]
	if g == nil {
		g = &TelegramGroup{ID: id, t: t, title: fmt.Sprint("Nhóm ", -id), member: true}
		t.groups[id] = g
	}
	return g
}

// super tells supergroups, whose ids lie below these.
func (g *TelegramGroup) super() bool { return g.ID < -1_000_000_000_000 }

// Type writes a text in the group.
func (g *TelegramGroup) Type(u *TelegramUser, text string) int64 {
	g.t.mu.Lock()
	defer g.t.mu.Unlock()
	return g.t.say(u, g.ID, text)
}

// Press taps a button in the group; see TelegramUser.Press.
func (g *TelegramGroup) Press(u *TelegramUser, message int64, label string) error {
	g.t.mu.Lock()
	defer g.t.mu.Unlock()
	return g.t.pressLabel(u, g.ID, message, label)
}

// Messages returns everything the group holds.
func (g *TelegramGroup) Messages() []TelegramMessage { return g.t.Messages(g.ID) }

// Kick puts the bot out, Add takes it in again.
func (g *TelegramGroup) Kick(by *TelegramUser) { g.set(by, false) }

// Add takes the bot into the group again.
func (g *TelegramGroup) Add(by *TelegramUser) { g.set(by, true) }

func (g *TelegramGroup) set(by *TelegramUser, member bool) {
	g.t.mu.Lock()
	defer g.t.mu.Unlock()
	g.member = member
	if member {
		g.t.member(by, g.ID, "left", "member")
	} else {
		g.t.member(by, g.ID, "member", "kicked")
	}
}

// Mute takes from the bot the right to write in the group, or gives it back.
func (g *TelegramGroup) Mute(mute bool) {
	g.t.mu.Lock()
	defer g.t.mu.Unlock()
	g.mute = mute
}

// Delete deletes the group. Nobody is told.
func (g *TelegramGroup) Delete() {
	g.t.mu.Lock()
	defer g.t.mu.Unlock()
	g.deleted = true
}

// Upgrade makes the group go on as a supergroup with another id, which the bot is told.
func (g *TelegramGroup) Upgrade(to int64) *TelegramGroup {
	t := g.t
	t.mu.Lock()
	defer t.mu.Unlock()
	g.movedTo = to
	m := t.add(g.ID, TelegramMessage{Kind: "service"})
	t.push("message", tgLane(g.ID), map[string]any{
		"message_id": m.ID, "date": m.At.Unix(), "chat": t.chatJSON(g.ID), "migrate_to_chat_id": to,
		"from": tgUserJSON{ID: 1087968824, Bot: true, Name: "Group"},
	})
	return t.group(to)
}
