// Package simulator is the browser page with phones. It owns what those phones show and
// nothing else: to the bot it is one more channel ("sim"), whose contacts are
// "sim:<phone key>", and everything a person types or taps there goes through the same
// inbox, flows, store and outbox as on a real network.
//
// It promises:
//   - an update is handed over again until it was taken in, in order for each phone, and
//     its id never comes back, also not after a restart of the process;
//   - what is on the screens is kept in memory only and replayed to every page that
//     connects, so that a reload, a second window or a broken stream loses nothing;
//   - the page has no password and is therefore for this machine only: other callers,
//     other host names and other sites' pages are refused.
//
// # Hooks for tests of the page
//
// These attributes of the page are stable:
//
//	body[data-live]                  the stream is connected and replayed
//	[data-clock="2026-11-25T08:00"]  the simulated time
//	[data-jump="+1 ngày"]            moves the clock; disabled, and not shown, when its
//	                                 time has passed
//	[data-role=clock-toggle]         opens the clock's buttons on a narrow window
//	[data-role=clock-input], [data-role=clock-set]   a time typed by hand
//	[data-role=toast]                what went wrong, in words
//	[data-tab=KEY]                   chooses a phone on a narrow window (aria-selected);
//	                                 data-unread="2" while it has unread messages
//	[data-phone=KEY]                 a phone; data-unread as on its tab; inside it:
//	  [data-role=log]                the messages
//	  [data-role=day]                a day's separator
//	  [data-role=bubble]             a message: data-message=ID, data-from=bot|me,
//	                                 data-kind=text|sticker|voice|photo, data-taken once
//	                                 the bot has taken it in
//	  [data-role=text]               the words in a bubble
//	  [data-role=picture], [data-role=file]            a picture in it; a file to be kept
//	  [data-role=button]             a button under a bubble; data-data is what it carries
//	  [data-role=input], [data-role=send]              the box to type in and its button
//	  [data-role=attach], [data-attach=sticker|voice|photo]
//	  [data-role=mode]               switch "Telegram / Zalo": with buttons or without (aria-checked)
//	  [data-role=member]             who speaks, in a group
//	  [data-role=newer]              jumps to messages below, while scrolled up
package simulator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
)

// Phone is one phone on the page.
type Phone struct {
	// Key is short and stable; the phone's contact is "sim:<key>".
	Key string
	// Title is the name on top of the phone and on its tab, Subtitle the line below it.
	Title, Subtitle string
	// Group makes it a group chat; Members are the names of those who may speak there.
	Group   bool
	Members []string
	// Own are the phones of those members who have one on the page, by their names: what they
	// tap in the group is theirs. Others tap there as somebody unknown.
	Own map[string]string
}

// Jump is a named move of the clock. It is offered while To gives a later time than now.
// What a label has in brackets at its end ("Sang 25/11 08:00 (mở kỳ)") stands below it.
type Jump struct {
	Label string
	To    func(now time.Time) time.Time
}

// Config says what the page shows.
type Config struct {
	Title string
	// Hint is one sentence about what to try first.
	Hint   string
	Phones []Phone
	Clock  *bot.HandClock
	// Jumps come before "+1 giờ" and "+1 ngày", which are always there.
	Jumps []Jump
	// Stops are the moments on the way of a move at which something is due, in order: the
	// clock halts at each, so that what she skipped over has happened. May be nil.
	Stops func(from, to time.Time) []time.Time
	// AfterJump runs what became due when the clock was moved; may be nil.
	AfterJump func(ctx context.Context)
}

const (
	queued     = 256  // updates a phone holds while the bot takes none
	longest    = 4096 // text of a message in UTF-16 units, as on Telegram
	longestOff = 2000 // the same without buttons, as on Zalo
	longestTap = 64   // bytes of a button's data
	firstPause = 200 * time.Millisecond
	pauseLimit = 5 * time.Second
)

// Channel is the page as a bot.Channel.
type Channel struct {
	cfg    Config
	run    string // part of every id, different in every process
	phones map[string]*phone
	order  []*phone

	moving sync.Mutex // one move of the clock at a time

	mu      sync.Mutex
	count   int
	log     []event
	changed chan struct{} // closed and replaced whenever a stream should look again
	ended   chan struct{} // closed and replaced whenever Receive returns
}

// phone is a Phone with what it shows and what it still has to hand over.
type phone struct {
	Phone
	queue    chan inbound
	plain    bool // shown as Zalo shows it, without buttons
	messages map[string]*message
}

// inbound is an update with what the screen shows of it.
type inbound struct {
	update bot.Update
	taken  taken
}

var _ bot.Channel = (*Channel)(nil)

// New makes the channel; Handler serves its page.
func New(cfg Config) *Channel {
	hour := Jump{"+1 giờ", func(now time.Time) time.Time { return now.Add(time.Hour) }}
	day := Jump{"+1 ngày", func(now time.Time) time.Time { return now.AddDate(0, 0, 1) }}
	cfg.Jumps = append(append([]Jump(nil), cfg.Jumps...), hour, day)
	c := &Channel{
		cfg:     cfg,
		run:     strconv.FormatInt(time.Now().UnixNano(), 36),
		phones:  make(map[string]*phone),
		changed: make(chan struct{}),
		ended:   make(chan struct{}),
	}
	for _, p := range cfg.Phones {
		ph := &phone{Phone: p, queue: make(chan inbound, queued), messages: make(map[string]*message)}
		c.phones[p.Key] = ph
		c.order = append(c.order, ph)
	}
	return c
}

// Name is "sim".
func (c *Channel) Name() string { return "sim" }

// Abilities are those of a phone with buttons.
func (c *Channel) Abilities() bot.Abilities {
	return bot.Abilities{Buttons: true, Edit: true, MaxText: longest, Files: bot.Uploads}
}

// AbilitiesOf are those of one phone as it is switched now. Messages rendered before the
// switch stay as they were, as on a real phone.
func (c *Channel) AbilitiesOf(chat string) bot.Abilities {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p := c.phones[chat]; p != nil && p.plain {
		return bot.Abilities{MaxText: longestOff, Files: bot.Links}
	}
	return c.Abilities()
}

// Receive hands over what the phones say until ctx ends; then open streams end too, so
// that a server which waits for them can stop.
func (c *Channel) Receive(ctx context.Context, handle bot.Handle) error {
	var all sync.WaitGroup
	for _, p := range c.order {
		all.Go(func() { c.deliver(ctx, p, handle) })
	}
	all.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	close(c.ended)
	c.ended = make(chan struct{})
	return nil
}

// deliver hands over one phone's updates in order, each until it is taken, because a
// real network would deliver it again too.
func (c *Channel) deliver(ctx context.Context, p *phone, handle bot.Handle) {
	for {
		select {
		case <-ctx.Done():
			return
		case in := <-p.queue:
			pause := firstPause
			for handle(ctx, in.update) != nil {
				select {
				case <-ctx.Done():
					return
				case <-time.After(pause):
				}
				pause = min(2*pause, pauseLimit)
			}
			c.mu.Lock()
			c.publish("taken", in.taken)
			c.mu.Unlock()
		}
	}
}

// Send shows a message, or changes one in place.
func (c *Channel) Send(ctx context.Context, m bot.Outgoing) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := check(m); err != nil {
		return "", &bot.RefusedError{Err: err}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.phones[m.Chat]
	if p == nil {
		return "", &bot.RefusedError{Lost: "deactivated", Err: fmt.Errorf("no phone %q", m.Chat)}
	}
	if m.Edits != "" {
		old := p.messages[m.Edits]
		if old == nil || old.From != fromBot {
			return "", fmt.Errorf("phone %s, message %s: %w", m.Chat, m.Edits, bot.ErrGone)
		}
		old.Text, old.Rows = m.Text, rows(m.Rows)
		c.publish("edit", *old)
		return old.ID, nil
	}
	shown := c.show(p, message{From: fromBot, Kind: "text", Text: m.Text, Rows: rows(m.Rows), File: fileOf(m.File)}, c.cfg.Clock.Now())
	return shown.ID, nil
}

// check refuses what a real network would refuse, so that the demo hides no mistake.
func check(m bot.Outgoing) error {
	switch n := utf16Len(m.Text); {
	case n == 0 && m.File == nil:
		return errors.New("text is empty")
	case n > longest:
		return fmt.Errorf("text has %d UTF-16 units, more than %d", n, longest)
	}
	for _, row := range m.Rows {
		if len(row) == 0 {
			return errors.New("a row without buttons")
		}
		for _, b := range row {
			if b.Label == "" || b.Data == "" || len(b.Data) > longestTap || !ascii(b.Data) {
				return fmt.Errorf("button %q: data %q is not 1 to %d bytes of ASCII, or the label is empty", b.Label, b.Data, longestTap)
			}
		}
	}
	return nil
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// What a page asks for and can't have; the page shows the sentence.
var (
	errNoPhone  = errors.New("không có máy này")
	errNoButton = errors.New("nút này không còn nữa")
	errFull     = errors.New("bot chưa nhận kịp, chị thử lại sau một chút nhé")
)

// say shows something a person sent and queues it for the bot. The two happen under one
// lock, so that the order on the screen is the order the bot gets.
func (c *Channel) say(key, member string, m message, ev flows.Event) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.phones[key]
	switch {
	case p == nil:
		return errNoPhone
	case len(p.queue) == cap(p.queue):
		return errFull
	}
	m.From = fromMe
	if p.Group {
		m.Name = member
	}
	now := c.cfg.Clock.Now()
	shown := c.show(p, m, now)
	u := c.update(p, now, ev)
	if words, ok := strings.CutPrefix(m.Text, "@"); ok && p.Group { // it names the bot
		c.byMember(&u, p, member, flows.Addressed{Body: "@" + words})
	}
	p.queue <- inbound{u, taken{Phone: key, Message: shown.ID}}
	return nil
}

// byMember makes an update that of whoever spoke to the bot in a group.
func (c *Channel) byMember(u *bot.Update, p *phone, member string, e flows.Addressed) {
	e.Group = u.Contact
	own := p.Own[member]
	if own == "" {
		own = "member-" + strconv.Itoa(slices.Index(p.Members, member))
	}
	u.Contact, u.Group, u.Event = org.ContactID(c.Name()+":"+own), false, e
}

// press queues a tap on a button that is still on the screen, however old.
func (c *Channel) press(key, member, id, data string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.phones[key]
	switch {
	case p == nil:
		return errNoPhone
	case p.messages[id] == nil || !p.messages[id].has(data):
		return errNoButton
	case len(p.queue) == cap(p.queue):
		return errFull
	}
	u := c.update(p, c.cfg.Clock.Now(), flows.Press{Data: data})
	if p.Group {
		c.byMember(&u, p, member, flows.Addressed{Data: data})
	}
	p.queue <- inbound{u, taken{Phone: key, Message: id, Data: data}}
	return nil
}

// update makes the next update of a phone. The caller holds the lock.
func (c *Channel) update(p *phone, now time.Time, ev flows.Event) bot.Update {
	return bot.Update{
		ID:      c.nextID(),
		Contact: org.ContactID(c.Name() + ":" + p.Key),
		Group:   p.Group,
		SentAt:  now,
		Event:   ev,
	}
}

// nextID is unique in this process by the counter and among processes by its start.
func (c *Channel) nextID() string {
	c.count++
	return fmt.Sprintf("%s-%06d", c.run, c.count)
}

// setPlain shows a phone as Zalo does, without buttons, and back.
func (c *Channel) setPlain(key string, plain bool) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.phones[key]
	if p == nil {
		return errNoPhone
	}
	if p.plain != plain {
		p.plain = plain
		c.publish("mode", mode{Phone: key, Buttons: !plain})
	}
	return nil
}
