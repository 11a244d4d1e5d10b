package bottest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
)

// Zone is the zone transcripts are told in.
var Zone = time.FixedZone("ICT", 7*3600)

// stage is the world of one transcript.
type stage struct {
	tb       testing.TB
	mode     Mode
	keeper   Keeper
	store    Failing
	clock    *bot.HandClock
	settings *flows.Settings
	inbox    *bot.Inbox
	outbox   *bot.Outbox
	sched    *bot.Scheduler

	channels map[string]*script
	contact  map[string]org.ContactID // a person's key: where she writes from
	name     map[org.ContactID]string // and back, for output
	groups   map[org.ContactID]bool   // those of them that are group chats
	said     []string
	updates  int
	last     bot.Update
	sentAt   time.Time
	codes    map[string]string
	lastCode string         // the last code for a group that a chair was shown
	public   string         // the address under which links to files open
	count    map[string]int // messages to a person since it was last asked
}

func newStage(tb testing.TB, mode Mode) *stage {
	s := &stage{tb: tb, mode: mode, keeper: mode.Open(tb), clock: bot.NewHandClock(time.Date(2026, 11, 20, 9, 0, 0, 0, Zone), true),
		settings: flows.DefaultSettings(), channels: map[string]*script{}, contact: map[string]org.ContactID{},
		name: map[org.ContactID]string{}, groups: map[org.ContactID]bool{}, codes: map[string]string{}, count: map[string]int{}}
	for _, name := range []string{"telegram", "zalo", "zalo.an-phu", "zalo.binh-minh", "sim", "term"} {
		s.channels[name] = &script{stage: s, left: -1, name: name, offline: map[string]int{}, blocked: map[string]bool{}, trouble: map[string]bot.RefusedError{}, shown: map[string][]*shownMessage{}}
	}
	if err := s.start(); err != nil {
		tb.Fatal(err)
	}
	return s
}

// start opens the store and builds the program on it, as a process does.
func (s *stage) start() error {
	var err error
	if s.store, err = s.keeper.Open(); err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	var channels []bot.Channel
	for _, c := range s.channels {
		channels = append(channels, c)
	}
	cal, err := bot.ParseCalendar(s.settings)
	if err != nil {
		return err
	}
	s.outbox = bot.NewOutbox(s.store, s.clock, s.settings, log, channels...)
	s.outbox.Files.Public = s.public
	s.inbox = &bot.Inbox{Store: s.store, Clock: s.clock, Settings: s.settings, Outbox: s.outbox, Log: log}
	s.sched = &bot.Scheduler{Store: s.store, Clock: s.clock, Settings: s.settings, Calendar: cal, Outbox: s.outbox, Log: log}
	return s.outbox.Load(context.Background())
}

// line does one line of input.
func (s *stage) line(ctx context.Context, line string) error {
	switch {
	case strings.TrimSpace(line) == "" || line[0] == '#':
		return nil
	case line[0] == '@':
		return s.moveClock(ctx, strings.TrimSpace(line[1:]))
	case line[0] == '!':
		line, _, _ = strings.Cut(line[1:], "#")
		return s.world(ctx, strings.Fields(line))
	case line[0] == '?':
		return s.ask(ctx, strings.Fields(line[1:]))
	}
	who, what, ok := strings.Cut(line, ">")
	if !ok {
		return errors.New("neither input nor output")
	}
	to, err := s.speaker(strings.TrimSpace(who))
	if err != nil {
		return err
	}
	e, skip, err := s.event(to, strings.TrimPrefix(what, " "))
	if skip || err != nil {
		return err
	}
	s.updates++
	s.last = bot.Update{ID: strconv.Itoa(s.updates), Contact: to, Group: s.groups[to], SentAt: s.sentAt, Event: e}
	s.sentAt = time.Time{}
	return s.deliver(ctx)
}

// speaker finds the contact of "lan" or "lan@zalo".
func (s *stage) speaker(who string) (org.ContactID, error) {
	key, channel, other := strings.Cut(who, "@")
	if other {
		id := org.ContactID(channel + ":" + key)
		s.name[id] = who
		return id, nil
	}
	if id, ok := s.contact[key]; ok {
		return id, nil
	}
	return "", fmt.Errorf("no person %q", key)
}

// deliver hands the last update in and lets the bot answer.
func (s *stage) deliver(ctx context.Context) error {
	u := s.last
	if u.SentAt.IsZero() {
		u.SentAt = s.clock.Now()
	}
	if err := s.inbox.Handle(ctx, u); err != nil {
		if !errors.Is(err, errInjected) {
			return err
		}
		s.said = append(s.said, "= failed, nothing acknowledged")
	}
	s.outbox.Drain(ctx)
	return nil
}

func (s *stage) moveClock(ctx context.Context, to string) error {
	if d, ok := strings.CutPrefix(to, "+"); ok {
		days, isDays := strings.CutSuffix(d, "d")
		if n, err := strconv.Atoi(days); isDays && err == nil {
			s.clock.Set(s.clock.Now().AddDate(0, 0, n))
		} else if dur, err := time.ParseDuration(d); err == nil {
			s.clock.Set(s.clock.Now().Add(dur))
		} else {
			return err
		}
	} else {
		t, err := time.ParseInLocation("2006-01-02 15:04", to, Zone)
		if err != nil {
			return err
		}
		s.clock.Set(t)
	}
	err := s.sched.Tick(ctx)
	s.outbox.Drain(ctx)
	return err
}

var errInjected = errors.New("bottest: injected failure")

// world does what the network, the disk or the power does.
func (s *stage) world(ctx context.Context, w []string) error {
	switch w[0] {
	case "again":
		return s.deliver(ctx)
	case "fail":
		s.store.FailNextCommit(errInjected)
	case "restart":
		if err := s.store.Close(); err != nil {
			return err
		}
		if err := s.start(); err != nil {
			return err
		}
		s.outbox.Drain(ctx)
	case "heard":
		wait := time.Duration(0)
		if len(w) > 2 {
			var err error
			if wait, err = time.ParseDuration(w[2]); err != nil {
				return err
			}
		}
		err := s.sched.Heard(ctx, w[1], wait)
		s.outbox.Drain(ctx)
		return err
	case "offline":
		n, err := strconv.Atoi(w[2])
		if err != nil {
			return err
		}
		id, err := s.speaker(w[1])
		s.channels[id.Channel()].offline[id.Chat()] = n
		return err
	case "blocked", "unblocked":
		id, err := s.speaker(w[1])
		if err != nil {
			return err
		}
		s.channels[id.Channel()].blocked[id.Chat()] = w[0] == "blocked"
	case "quota": // ! quota zalo 3
		n, err := strconv.Atoi(w[2])
		s.channels[w[1]].left = n
		return err
	case "takes-in", "puts-out", "hushes", "code", "in": // ! takes-in minh nhom Các chi hội
		return s.group(ctx, w)
	case "refuses", "moves": // ! refuses nhom no_rights; ! moves nhom nhom2
		return s.groupTrouble(w)
	case "public": // ! public https://bot.example.vn
		s.public = w[1]
		s.outbox.Files.Public = s.public
	case "sent":
		t, err := time.ParseInLocation("2006-01-02 15:04", strings.Join(w[1:], " "), Zone)
		s.sentAt = t
		return err
	default:
		return fmt.Errorf("no such thing as %q", w[0])
	}
	return nil
}

// event reads what a person does. skip is true for old buttons where there are none.
func (s *stage) event(to org.ContactID, what string) (e flows.Event, skip bool, err error) {
	if kind, ok := strings.CutPrefix(what, "<"); ok { // <photo ID caption>
		kind, rest, _ := strings.Cut(strings.TrimSuffix(kind, ">"), " ")
		file, caption, _ := strings.Cut(rest, " ")
		return flows.Unreadable{Kind: kind, File: file, Caption: caption}, false, nil
	}
	if data, ok := strings.CutPrefix(what, "{"); ok {
		return flows.Press{Data: strings.TrimSuffix(data, "}")}, s.mode.Plain, nil
	}
	label, ok := strings.CutPrefix(what, "[")
	if !ok {
		return flows.Text{Body: what}, false, nil
	}
	label, back, old := strings.Cut(label, "]~")
	label = strings.TrimSuffix(label, "]")
	ch := s.channels[to.Channel()]
	if !ch.Abilities().Buttons {
		return flows.Text{Body: ch.typed(to.Chat(), label)}, old, nil
	}
	n := 1
	if old {
		if n, err = strconv.Atoi(back); err != nil {
			return nil, false, err
		}
	}
	data, err := ch.find(to.Chat(), label, n, old)
	return flows.Press{Data: data}, false, err
}

// heard is what was said since it was last asked.
func (s *stage) heard() []string {
	said := s.said
	s.said = nil
	return said
}

// script is a channel whose people are in the transcript.
type script struct {
	stage   *stage
	name    string
	offline map[string]int
	blocked map[string]bool
	trouble map[string]bot.RefusedError // groups that take nothing
	shown   map[string][]*shownMessage
	sent    int
	quota   int // messages a month and people, as the bot knows them; 0 is no limit
	seats   int
	left    int // messages that the network still takes; -1 is any number
}

type shownMessage struct {
	id   string
	text string
	rows [][]bot.Button // as they stand
	was  [][]bot.Button // as they were sent
}

// Name is the channel's name.
func (c *script) Name() string { return c.name }

// Abilities are those of Telegram, or of Zalo where the mode or the name says so.
func (c *script) Abilities() bot.Abilities {
	if c.stage.mode.Plain || strings.HasPrefix(c.name, "zalo") {
		return bot.Abilities{MaxText: 1900, Quota: c.quota, Seats: c.seats, Files: bot.Links}
	}
	return bot.Abilities{Buttons: true, Edit: true, Photos: true, MaxText: 4096, Files: bot.Uploads}
}

// FetchPhoto gives a picture of a phone to be shown on another network.
func (c *script) FetchPhoto(_ context.Context, file string) ([]byte, error) {
	return []byte("\xff\xd8\xff\xe0" + file), nil
}

// Receive is not used: the stage hands updates in itself.
func (c *script) Receive(ctx context.Context, _ bot.Handle) error {
	<-ctx.Done()
	return nil
}

// Send notes what a person sees.
func (c *script) Send(_ context.Context, m bot.Outgoing) (string, error) {
	if c.blocked[m.Chat] {
		return "", &bot.RefusedError{Lost: "blocked", Err: errInjected}
	}
	if err := c.refusal(m.Chat); err != nil {
		return "", err
	}
	if c.offline[m.Chat] > 0 {
		c.offline[m.Chat]--
		return "", errInjected
	}
	if !c.Abilities().Buttons {
		c.mustSuitZalo(m)
	}
	switch {
	case c.left == 0:
		return "", &bot.LaterError{After: time.Hour, All: true, Quota: true, Err: errInjected}
	case c.left > 0:
		c.left--
	}
	c.mustBePublic(m)
	who := c.stage.name[org.ContactID(c.name+":"+m.Chat)]
	if who == "" {
		who = m.Chat
	}
	if m.Edits != "" {
		i := slices.IndexFunc(c.shown[m.Chat], func(s *shownMessage) bool { return s.id == m.Edits })
		if i < 0 {
			return "", bot.ErrGone
		}
		c.shown[m.Chat][i].text, c.shown[m.Chat][i].rows = m.Text, m.Rows
		c.stage.said = append(c.stage.said, bot.Lines(who, m)...)
		return m.Edits, nil
	}
	m.Text = signed.ReplaceAllString(m.Text, "/tep/…/")
	c.sent++
	c.stage.count[who]++
	id := strconv.Itoa(c.sent)
	c.shown[m.Chat] = append(c.shown[m.Chat], &shownMessage{id: id, text: m.Text, rows: m.Rows, was: m.Rows})
	c.stage.said = append(c.stage.said, bot.Lines(who, m)...)
	return id, nil
}

// signed is the part of a link that is another each time.
var signed = regexp.MustCompile(`/tep/[A-Za-z0-9_-]+/`)

// mustSuitZalo holds what Zalo can show: short plain texts, no buttons, no edits.
func (c *script) mustSuitZalo(m bot.Outgoing) {
	n := len(utf16.Encode([]rune(m.Text)))
	switch {
	case n == 0 && m.File == nil || n > 1900:
		c.stage.tb.Errorf("a text of %d units to %s", n, m.Chat)
	case !norm.NFC.IsNormalString(m.Text):
		c.stage.tb.Errorf("a text that is not NFC to %s: %q", m.Chat, m.Text)
	case m.File != nil && (!m.File.Picture || !strings.HasPrefix(m.File.URL, "https://")):
		c.stage.tb.Errorf("a file to %s that is no picture behind a link", m.Chat)
	case len(m.Rows) > 0 || m.Edits != "":
		c.stage.tb.Errorf("buttons or an edit to %s", m.Chat)
	}
	options := 0 // numbered lines at the end, a card among them is none
	for _, l := range slices.Backward(strings.Split(m.Text, "\n")) {
		if strings.HasPrefix(l, "(Gõ ") {
			continue
		}
		number, label, ok := strings.Cut(l, ". ")
		if _, err := strconv.Atoi(number); !ok || err != nil || strings.Contains(label, ": ") {
			break
		}
		options++
	}
	if options > 5 {
		c.stage.tb.Errorf("%d options at once to %s:\n%s", options, m.Chat, m.Text)
	}
}

// find is the data of the n-th newest button with a label: among those standing, or among all ever shown.
func (c *script) find(chat, label string, n int, ever bool) (string, error) {
	for _, m := range slices.Backward(c.shown[chat]) {
		rows := m.rows
		if ever {
			rows = m.was
		}
		for _, row := range rows {
			for _, b := range row {
				if b.Label == label || strings.HasSuffix(b.Label, ". "+label) {
					if n--; n == 0 {
						return b.Data, nil
					}
				}
			}
		}
	}
	return "", fmt.Errorf("no button [%s]", label)
}

// typed is what a person types where there is no button to tap: the printed number of
// the line with that label, else the label itself.
func (c *script) typed(chat, label string) string {
	if s := c.shown[chat]; len(s) > 0 {
		for l := range strings.Lines(s[len(s)-1].text) {
			number, rest, ok := strings.Cut(strings.TrimSpace(l), ". ")
			if ok && rest == label {
				return number
			}
		}
	}
	return strings.TrimSpace(strings.TrimLeft(label, "↩⏸✅✏⬜\ufe0f– "))
}
