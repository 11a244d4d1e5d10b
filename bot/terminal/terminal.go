// Package terminal is the bot in a terminal: one more channel ("term"), on which one
// person at the keyboard speaks for everybody. It owns the reading of the lines that are
// typed and the printing of what the bot says, and nothing else.
//
// What is typed:
//
//	dạ rồi, hôm qua        is said by the current person
//	@minh                  makes Minh the current person; @ alone lists everyone
//	/1                     presses the first button of the last message that has any
//	! +1d                  moves the clock ahead: days (d), hours (h) or minutes (m)
//	! 2026-11-25 08:00     moves it to a time
//	/quit                  ends, as does the end of the input
//
// It promises that a line is finished before the next one is looked at: the bot has taken
// it in and, where Config.Settle is given, has said what it owes for it. A script piped in
// therefore reads the same as one typed by hand.
package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf16"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
)

// Phone is one person, or one group chat, that can be spoken for.
type Phone struct {
	// Key is short and stable ("lan"); the contact is "term:<key>".
	Key   string
	Name  string
	Group bool
}

// Recorder is told of everything that happens, in the order in which it is printed. Its
// methods are called one at a time and must not call back.
type Recorder interface {
	// Said is a line of a person, Pressed her tap on a button.
	Said(person, text string)
	Pressed(person, label string)
	// Clock is a move of the clock.
	Clock(t time.Time)
	// Bot is what the bot says to a person, with the labels of its buttons; edited when it
	// replaces an earlier message.
	Bot(person, text string, labels []string, edited bool)
}

// Config says who is there.
type Config struct {
	// Phones are those who can be spoken for; the first is the current one at the start.
	Phones []Phone
	Clock  *bot.HandClock
	// Stops are the moments on the way of a move at which something becomes due, in order;
	// may be nil.
	Stops func(from, to time.Time) []time.Time
	// AfterJump runs what became due when the clock was moved; may be nil.
	AfterJump func(ctx context.Context)
	// Settle returns when the bot has sent what it owes now; may be nil, and then replies
	// are printed whenever they come.
	Settle func(ctx context.Context)
	// Recorder listens; may be nil.
	Recorder Recorder
}

const (
	longest    = 4096 // text of a message in UTF-16 units, as on Telegram
	lineLimit  = 64 << 10
	firstPause = 200 * time.Millisecond
	pauseLimit = 5 * time.Second
)

// Channel is the terminal as a bot.Channel.
type Channel struct {
	cfg  Config
	in   io.Reader
	run  string // part of every id, different in every process
	done chan struct{}

	mu       sync.Mutex // also keeps what is printed and recorded in one order
	out      io.Writer
	count    int
	current  *person
	people   map[string]*person
	prompted bool   // the cursor stands behind a prompt
	moment   string // to be printed above what is said next, "" when it stands there
}

// person is a Phone with its messages that have, or had, buttons.
type person struct {
	Phone
	messages []*message
}

type message struct {
	id      string
	buttons []bot.Button
}

var _ bot.Channel = (*Channel)(nil)

// New makes the channel. There must be at least one phone.
func New(in io.Reader, out io.Writer, cfg Config) *Channel {
	if cfg.Recorder == nil {
		cfg.Recorder = deaf{}
	}
	c := &Channel{
		cfg: cfg, in: in, out: out,
		run:    strconv.FormatInt(time.Now().UnixNano(), 36),
		done:   make(chan struct{}),
		people: make(map[string]*person),
	}
	for _, p := range cfg.Phones {
		c.people[p.Key] = &person{Phone: p}
	}
	c.current = c.people[cfg.Phones[0].Key]
	return c
}

// Name is "term".
func (c *Channel) Name() string { return "term" }

// Abilities are those of a phone with buttons.
func (c *Channel) Abilities() bot.Abilities {
	return bot.Abilities{Buttons: true, Edit: true, MaxText: longest, Files: bot.Uploads}
}

// Done closes when the person at the keyboard has ended the talk. The program decides
// what that means: Receive itself goes on waiting for its ctx, as every channel does.
func (c *Channel) Done() <-chan struct{} { return c.done }

// Receive works through the lines until ctx ends. It is called once.
func (c *Channel) Receive(ctx context.Context, handle bot.Handle) error {
	lines := make(chan string)
	// A read can't be broken off, so its goroutine may outlive ctx, until the next line or
	// the end of the process.
	go func() {
		defer close(lines)
		scan := bufio.NewScanner(c.in)
		scan.Buffer(nil, lineLimit)
		for scan.Scan() {
			select {
			case lines <- scan.Text():
			case <-ctx.Done():
				return
			}
		}
		if errors.Is(scan.Err(), bufio.ErrTooLong) {
			c.note("Dòng dài quá nên em dừng ở đây ạ.")
		}
	}()
	c.settle(ctx)
	c.prompt()
	for {
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-lines:
			c.unprompt(ok)
			if !ok || strings.TrimSpace(line) == "/quit" {
				close(c.done)
				<-ctx.Done()
				return nil
			}
			c.do(ctx, handle, strings.TrimSpace(line))
			c.prompt()
		}
	}
}

// do carries out one line.
func (c *Channel) do(ctx context.Context, handle bot.Handle, line string) {
	switch first, rest := split(line); first {
	case "":
	case "@":
		c.speakFor(rest)
	case "!":
		c.move(ctx, rest)
	default:
		if n, err := strconv.Atoi(strings.TrimPrefix(line, "/")); err == nil && line[0] == '/' {
			c.press(ctx, handle, n)
			return
		}
		c.mu.Lock()
		who := c.current
		c.cfg.Recorder.Said(who.Key, line)
		c.mu.Unlock()
		c.hand(ctx, handle, who, flows.Text{Body: line})
	}
}

// split takes the sign off a line that is for the terminal; other lines are returned whole.
func split(line string) (first, rest string) {
	if line == "" || (line[0] != '@' && line[0] != '!') {
		return line, ""
	}
	return line[:1], strings.TrimSpace(line[1:])
}

// speakFor makes someone the current person, or lists who is there.
func (c *Channel) speakFor(key string) {
	c.mu.Lock()
	p := c.people[key]
	if p != nil {
		c.current = p
	}
	c.mu.Unlock()
	if p != nil {
		return
	}
	if key != "" {
		c.note("Không có ai tên tắt là “" + key + "”. Những người đang có:")
	}
	for _, p := range c.cfg.Phones {
		c.note("  @" + p.Key + "  " + p.Name)
	}
}

// press taps the n-th button of the current person's last message with buttons.
func (c *Channel) press(ctx context.Context, handle bot.Handle, n int) {
	c.mu.Lock()
	who := c.current
	var buttons []bot.Button
	for _, m := range who.messages {
		if len(m.buttons) > 0 {
			buttons = m.buttons
		}
	}
	if n < 1 || n > len(buttons) {
		c.mu.Unlock()
		c.note(fmt.Sprintf("Không có nút số %d ạ.", n))
		return
	}
	b := buttons[n-1]
	c.cfg.Recorder.Pressed(who.Key, b.Label)
	c.mu.Unlock()
	c.hand(ctx, handle, who, flows.Press{Data: b.Data})
}

// hand gives the bot an update until it is taken, as a real network would.
func (c *Channel) hand(ctx context.Context, handle bot.Handle, who *person, ev flows.Event) {
	c.mu.Lock()
	u := bot.Update{
		ID:      c.nextID(),
		Contact: org.ContactID(c.Name() + ":" + who.Key),
		Group:   who.Group,
		SentAt:  c.cfg.Clock.Now(),
		Event:   ev,
	}
	c.mu.Unlock()
	for pause := firstPause; handle(ctx, u) != nil; pause = min(2*pause, pauseLimit) {
		if pause == firstPause {
			c.note("(bot chưa ghi được, đang thử lại…)")
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
	c.settle(ctx)
}

// move sets the clock ahead, and on its way runs what becomes due when it does.
func (c *Channel) move(ctx context.Context, wish string) {
	now := c.cfg.Clock.Now()
	t, err := readMove(wish, now)
	if err != nil {
		c.note("Dạ, " + err.Error())
		return
	}
	var stops []time.Time
	if c.cfg.Stops != nil {
		stops = c.cfg.Stops(now, t)
	}
	for _, stop := range stops {
		if stop.After(now) && stop.Before(t) {
			c.halt(ctx, stop)
		}
	}
	c.halt(ctx, t)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.printMoment()
}

// halt sets the clock to a moment and does what is due then.
func (c *Channel) halt(ctx context.Context, t time.Time) {
	c.cfg.Clock.Set(t)
	c.mu.Lock()
	c.cfg.Recorder.Clock(t)
	c.moment = longDay(t)
	c.mu.Unlock()
	if c.cfg.AfterJump != nil {
		c.cfg.AfterJump(ctx)
	}
	c.settle(ctx)
}

func (c *Channel) settle(ctx context.Context) {
	if c.cfg.Settle != nil {
		c.cfg.Settle(ctx)
	}
}

// Send prints a message, or how an earlier one reads now.
func (c *Channel) Send(ctx context.Context, m bot.Outgoing) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.people[m.Chat]
	if m.File != nil { // which can't be shown here
		m.Text = strings.TrimSuffix(fmt.Sprintf("%s (%d KB, trên điện thoại tệp nằm ở đây)\n%s", m.File.Line(), len(m.File.Content)>>10, m.Text), "\n")
	}
	switch n := len(utf16.Encode([]rune(m.Text))); {
	case p == nil:
		return "", &bot.RefusedError{Lost: "deactivated", Err: fmt.Errorf("no phone %q", m.Chat)}
	case n == 0 || n > longest:
		return "", &bot.RefusedError{Err: fmt.Errorf("text has %d UTF-16 units, want 1 to %d", n, longest)}
	}
	var buttons []bot.Button
	for _, row := range m.Rows {
		buttons = append(buttons, row...)
	}
	shown, err := c.place(p, m.Edits)
	if err != nil {
		return "", err
	}
	shown.buttons = buttons
	var labels []string
	for _, b := range buttons {
		labels = append(labels, b.Label)
	}
	c.cfg.Recorder.Bot(p.Key, m.Text, labels, m.Edits != "")
	c.print(p, m, labels)
	return shown.id, nil
}

// place is the message to change, or room for a new one. The caller holds the lock.
func (c *Channel) place(p *person, edits string) (*message, error) {
	if edits == "" {
		m := &message{id: c.nextID()}
		p.messages = append(p.messages, m)
		return m, nil
	}
	for _, m := range p.messages {
		if m.id == edits {
			return m, nil
		}
	}
	return nil, fmt.Errorf("phone %s, message %s: %w", p.Key, edits, bot.ErrGone)
}

// nextID is unique in this process by the counter and among processes by its start. The
// caller holds the lock.
func (c *Channel) nextID() string {
	c.count++
	return fmt.Sprintf("%s-%06d", c.run, c.count)
}

// deaf is the Recorder of a talk that nobody records.
type deaf struct{}

func (deaf) Said(string, string)                {}
func (deaf) Pressed(string, string)             {}
func (deaf) Clock(time.Time)                    {}
func (deaf) Bot(string, string, []string, bool) {}
