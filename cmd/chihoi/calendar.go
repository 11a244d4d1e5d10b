package main

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// calendarCmd prints what the calendar will send, and sends nothing.
type calendarCmd struct {
	Months int `default:"3" help:"How many months ahead (mấy tháng tới)."`
}

// Help is the long help of the command.
func (*calendarCmd) Help() string {
	return `In các đợt tin của lịch trong ba tháng tới: ngày, giờ, nhiều nhất bao nhiêu người. Không gửi gì cả.

Ngày rơi vào Tết hay ngày nghỉ đã được dời sang ngày sau đó. Nhắc chỉ gửi cho chi hội chưa báo cáo, nên số thật thường ít hơn.`
}

// Run is called by kong.
func (c *calendarCmd) Run(g *global) (err error) {
	if c.Months < 1 || c.Months > 24 {
		return fmt.Errorf("--months: %d is not between 1 and 24", c.Months)
	}
	settings, err := g.settings()
	if err != nil {
		return err
	}
	now, err := g.now()
	if err != nil {
		return err
	}
	cal, err := bot.ParseCalendar(settings)
	if err != nil {
		return err
	}
	store, err := g.openStanding()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var heads, chairs int
	err = store.View(context.Background(), func(tx storage.Tx) error {
		heads, chairs, err = reachable(tx)
		return err
	})
	if err != nil {
		return err
	}
	tw := tabwriter.NewWriter(g.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "NGÀY GIỜ\tĐỢT\tNHIỀU NHẤT\tDỜI TỪ")
	for _, s := range cal.Sends(now, now.AddDate(0, c.Months, 0)) {
		what, most, from := flows.WaveName(string(s.Kind)), "", ""
		switch s.Kind {
		case flows.JobRemind:
			what = flows.WaveName(fmt.Sprintf("%s/%d", s.Kind, s.Step))
			most = fmt.Sprintf("%d chi hội", heads)
		case flows.JobOpen:
			most = fmt.Sprintf("%d chi hội", heads)
		case flows.JobLateList, flows.JobSummary, flows.JobDigest:
			most = fmt.Sprintf("%d chủ tịch, phó chủ tịch", chairs)
		default:
			most = "không gửi tin"
		}
		if s.Commune != "" {
			what += " (" + string(s.Commune) + ")"
		}
		if s.Named.Format("0102") != s.At.Format("0102") && s.Kind != flows.JobLock {
			from = org.Day(s.Named)
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", s.At.Format(minute), what, most, from)
	}
	return tw.Flush()
}

// reachable counts the branches that somebody can be written to for, and the chairs and
// vice chairs who can be written to.
func reachable(tx storage.Tx) (branches, chairs int, err error) {
	units := map[string]bool{}
	err = storage.Posts.Scan(tx, "", "", func(_ string, p org.Post) error {
		_, ok, err := storage.ContactOf(tx, p.Person)
		switch {
		case err != nil || !ok:
			return err
		case p.OfBranch():
			units[p.Unit] = true
		default:
			chairs++
		}
		return nil
	})
	return len(units), chairs, err
}
