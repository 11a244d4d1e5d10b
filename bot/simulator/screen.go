package simulator

import (
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf16"

	"chihoi/bot"
)

// Who a message on a screen is from.
const (
	fromBot = "bot"
	fromMe  = "me"
)

// message is one bubble as the page gets it. Times are words already, because the page
// must show the bot's zone and not the browser's.
type message struct {
	ID    string `json:"id"`
	Phone string `json:"phone"`
	From  string `json:"from"`
	// Name is who spoke in a group.
	Name string     `json:"name,omitempty"`
	Kind string     `json:"kind"` // "text", "sticker", "voice", "photo"
	Text string     `json:"text,omitempty"`
	Rows [][]button `json:"rows,omitempty"`
	File *file      `json:"file,omitempty"`
	Day  string     `json:"day"`  // "Thứ Tư, 25/11"
	Date string     `json:"date"` // "2026-11-25"
	Time string     `json:"time"` // "08:00"
}

// file is one that came with a message; its bytes are fetched by the message's id, or from
// where it lies.
type file struct {
	Name    string `json:"name"`
	Size    int    `json:"size"` // in bytes
	Picture bool   `json:"picture"`
	URL     string `json:"url,omitempty"`
	media   string
	content []byte
}

func fileOf(a *bot.Attachment) *file {
	if a == nil {
		return nil
	}
	return &file{a.Name, len(a.Content), a.Picture, a.URL, a.Type, a.Content}
}

type button struct {
	Label string `json:"label"`
	Data  string `json:"data"`
}

// taken tells that the bot has an update: a bubble gets its tick, a pressed button rests.
type taken struct {
	Phone   string `json:"phone"`
	Message string `json:"id"`
	Data    string `json:"data,omitempty"`
}

type mode struct {
	Phone   string `json:"phone"`
	Buttons bool   `json:"buttons"`
}

// event is one entry of what happened on the screens, in the order of the log.
type event struct {
	name string
	body []byte
}

func (m *message) has(data string) bool {
	for _, row := range m.Rows {
		for _, b := range row {
			if b.Data == data {
				return true
			}
		}
	}
	return false
}

func rows(in [][]bot.Button) [][]button {
	var out [][]button
	for _, r := range in {
		var row []button
		for _, b := range r {
			row = append(row, button(b))
		}
		out = append(out, row)
	}
	return out
}

// show puts a new message on a phone. The caller holds the lock.
func (c *Channel) show(p *phone, m message, now time.Time) *message {
	m.ID, m.Phone = c.nextID(), p.Key
	m.Day, m.Date, m.Time = dayName(now), now.Format(time.DateOnly), now.Format("15:04")
	p.messages[m.ID] = &m
	c.publish("message", m)
	return &m
}

// publish appends to the log and wakes the streams. The caller holds the lock.
func (c *Channel) publish(name string, body any) {
	c.log = append(c.log, event{name, encode(body)})
	c.wake()
}

// wake makes every stream look again. The caller holds the lock.
func (c *Channel) wake() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// since returns what came after the first n events, and a channel that closes with the next.
func (c *Channel) since(n int) (events []event, changed, ended <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.log[n:], c.changed, c.ended
}

// setup is what a page needs before any message. It is sent when a page connects afresh,
// and when it comes back to another process than it left: then it starts over.
type setup struct {
	Run    string       `json:"run"`
	Title  string       `json:"title"`
	Hint   string       `json:"hint"`
	Phones []phoneSetup `json:"phones"`
	Jumps  []string     `json:"jumps"`
}

type phoneSetup struct {
	Key      string   `json:"key"`
	Title    string   `json:"title"`
	Subtitle string   `json:"subtitle"`
	Group    bool     `json:"group"`
	Members  []string `json:"members,omitempty"`
}

func (c *Channel) setup() setup {
	s := setup{Run: c.run, Title: c.cfg.Title, Hint: c.cfg.Hint}
	for _, p := range c.cfg.Phones {
		s.Phones = append(s.Phones, phoneSetup{Key: p.Key, Title: p.Title, Subtitle: p.Subtitle, Group: p.Group, Members: p.Members})
	}
	for _, j := range c.cfg.Jumps {
		s.Jumps = append(s.Jumps, j.Label)
	}
	return s
}

// clockFace is the simulated time and which jumps still lead forward from it.
type clockFace struct {
	Value string `json:"value"` // "2026-11-25T08:00"
	Day   string `json:"day"`   // "Thứ Tư, 25/11/2026"
	Time  string `json:"time"`  // "08:00"
	Open  []bool `json:"open"`  // one per jump of setup
}

func (c *Channel) clockFace() clockFace {
	now := c.cfg.Clock.Now()
	f := clockFace{
		Value: now.Format("2006-01-02T15:04"),
		Day:   fmt.Sprintf("%s/%d", dayName(now), now.Year()),
		Time:  now.Format("15:04"),
	}
	for _, j := range c.cfg.Jumps {
		f.Open = append(f.Open, j.To(now).After(now))
	}
	return f
}

// encode can't fail: everything it is given consists of strings, booleans and slices.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func utf16Len(s string) int { return len(utf16.Encode([]rune(s))) }
