package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"chihoi/bot"
	"chihoi/bot/terminal"
	"chihoi/flows/org"
	"chihoi/storage"
)

type chatCmd struct {
	Record string `placeholder:"TỆP" help:"Ghi lại cuộc nói chuyện thành một bài kiểm thử."`

	in io.Reader
}

// Help is the long help of the command.
func (*chatCmd) Help() string {
	return `Gõ như chị Lan, chi hội trưởng thôn Đông. @minh để nói như chị Chủ tịch, /1 bấm nút thứ nhất, "! 2026-11-25 08:00" hoặc "! +1d" chỉnh giờ, /quit để thôi.`
}

// Run talks until the end of the input or /quit.
func (c *chatCmd) Run(g *global) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if c.in == nil {
		c.in = os.Stdin
	}
	if err := c.makeRecord(); err != nil {
		return err
	}
	d, err := newSample(ctx, g, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	rec := &recorder{}
	ch := terminal.New(c.in, g.Stdout, terminal.Config{
		Phones: []terminal.Phone{{Key: "lan", Name: "Chị Lan (chi hội trưởng thôn Đông)"}, {Key: "minh", Name: "Chị Minh (Chủ tịch)"},
			{Key: "nhom", Name: "Nhóm chung", Group: true}},
		Clock: d.clock, Recorder: rec,
		Stops:  func(from, to time.Time) []time.Time { return d.app.Scheduler.Calendar.Between(from, to) },
		Settle: func(ctx context.Context) { d.app.Outbox.Drain(ctx) },
		AfterJump: func(ctx context.Context) {
			if err := d.app.Scheduler.Tick(ctx); err != nil {
				fmt.Fprintln(g.Stderr, "chihoi:", err)
			}
		},
	})
	if err := d.build(ctx, g, recording{ch, rec}, cast{channel: "term", head: "lan", chair: "minh", group: "nhom"}); err != nil {
		return err
	}
	units, err := writtenUnits(ctx, d.store)
	if err != nil {
		return err
	}
	fmt.Fprintln(g.Stdout, `Bây giờ là 24/11 16:30. Gõ "! 2026-11-25 08:00" để mở kỳ, rồi gõ như chị Lan. Gõ /quit để thôi.`)
	talk, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-ch.Done():
		case <-ctx.Done():
		}
		cancel()
	}()
	if err := ch.Receive(talk, d.app.Inbox.Handle); err != nil || c.Record == "" {
		return err
	}
	text := "Ghi từ chihoi chat.\n-- units --\n" + units + "-- chat --\n@ " + sampleStart.Format("2006-01-02 15:04") + "\n" + rec.text.String()
	if err := os.WriteFile(c.Record, []byte(text), 0o600); err != nil {
		return fmt.Errorf("--record: %w", err)
	}
	return nil
}

// makeRecord makes the file of --record, that a mistake is known now and not after an hour's talk.
func (c *chatCmd) makeRecord() error {
	if c.Record == "" {
		return nil
	}
	f, err := os.OpenFile(c.Record, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("--record %s: đã có tệp này, xin đặt tên khác", c.Record)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return fmt.Errorf("--record: %w", err)
	}
	return nil
}

// recorder writes the chat of a transcript.
type recorder struct{ text strings.Builder }

func (r *recorder) Said(person, text string)           { fmt.Fprintf(&r.text, "%s> %s\n", person, text) }
func (r *recorder) Pressed(person, label string)       { fmt.Fprintf(&r.text, "%s> [%s]\n", person, label) }
func (r *recorder) Clock(t time.Time)                  { fmt.Fprintf(&r.text, "@ %s\n", t.Format("2006-01-02 15:04")) }
func (r *recorder) Bot(string, string, []string, bool) {} // written by recording, which sees the rows

// recording is the terminal with an ear on what the bot sends.
type recording struct {
	*terminal.Channel
	rec *recorder
}

// Send prints a message and writes it down.
func (r recording) Send(ctx context.Context, m bot.Outgoing) (string, error) {
	id, err := r.Channel.Send(ctx, m)
	if err == nil {
		for _, l := range bot.Lines(m.Chat, m) {
			r.rec.text.WriteString(l + "\n")
		}
	}
	return id, err
}

// writtenUnits writes a store's people and past as the units of a transcript.
func writtenUnits(ctx context.Context, store storage.Store) (string, error) {
	var b strings.Builder
	one := func(s string) string { return strings.ReplaceAll(s, " ", "_") }
	err := store.View(ctx, func(tx storage.Tx) error {
		communes := storage.Communes.Scan(tx, "", "", func(_ string, c org.Commune) error {
			fmt.Fprintf(&b, "commune %s %s\n", c.ID, c.Name)
			return nil
		})
		branches := storage.Branches.Scan(tx, "", "", func(_ string, br org.Branch) error {
			posts, err := storage.Posts.All(tx, string(br.ID)+"#")
			fmt.Fprintf(&b, "branch %s %s former=%s", br.ID, br.Name, one(br.FormerCommune))
			for _, p := range posts {
				fmt.Fprintf(&b, " %s=%s", p.Role, p.Person)
			}
			b.WriteString("\n")
			return err
		})
		people := storage.People.Scan(tx, "", "", func(_ string, p storage.Profile) error { writePerson(&b, p); return nil })
		groups := storage.Groups.Scan(tx, "", "", func(_ string, g org.Group) error {
			fmt.Fprintf(&b, "group %s %s on=%s\n", g.Commune, g.Contact.Chat(), g.Contact.Channel())
			return nil
		})
		reports := storage.CheckIns.Scan(tx, "", "", func(_ string, c org.CheckIn) error {
			fmt.Fprintf(&b, "past %s %s members=%d start=%d by=%s at=%s", c.Month, c.Branch, c.End, c.Start, c.By, c.SentAt.In(sampleStart.Location()).Format("2006-01-02T15:04"))
			for _, q := range c.Answers.Questions() {
				fmt.Fprintf(&b, " %s=%s", q, one(c.Answers[q].Value))
			}
			b.WriteString("\n")
			return nil
		})
		pairs := storage.Pairs.Scan(tx, "", "", func(_ string, p org.Pair) error {
			fmt.Fprintf(&b, "pair %s id=%s kind=%s label=%s started=%s\n", p.Branch, p.ID, p.Kind, one(p.Label), p.Started)
			return nil
		})
		months := map[org.Month]bool{}
		periods := storage.Periods.Scan(tx, "", "", func(_ string, p org.Period) error {
			if !months[p.Month] {
				fmt.Fprintf(&b, "period %s\n", p.Month)
			}
			months[p.Month] = true
			return nil
		})
		return errors.Join(communes, branches, people, groups, reports, pairs, periods)
	})
	return b.String(), err
}

func writePerson(b *strings.Builder, p storage.Profile) {
	fmt.Fprintf(b, "person %s %s phone=%s", p.ID, p.Name, p.Phone)
	for _, post := range p.Posts {
		if post.Role == org.Chair {
			fmt.Fprintf(b, " chair=%s", post.Unit)
		}
	}
	if c, ok := p.Contact(); ok {
		fmt.Fprintf(b, " on=%s since=%s", c.ID.Channel(), c.LinkedAt.In(sampleStart.Location()).Format("2006-01-02T15:04"))
	}
	b.WriteString("\n")
}
