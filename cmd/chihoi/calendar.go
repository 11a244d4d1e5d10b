package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// calendarCmd prints what the calendar will send, and sends nothing.
type calendarCmd struct {
	Listen string  `env:"CHIHOI_LISTEN" default:"127.0.0.1:8080" placeholder:"ĐỊA_CHỈ" help:"Địa chỉ mà chihoi serve đang nhận (mặc định ${default}); được hỏi khi nó giữ kho."`
	Bulk   float64 `name:"telegram-bulk" env:"TELEGRAM_BULK" default:"25" placeholder:"SỐ" help:"Mỗi giây gửi mấy tin, để tính một đợt bao lâu (mặc định ${default})."`
	Months int     `default:"3" placeholder:"SỐ" help:"Mấy tháng tới, 1 đến 24 (mặc định ${default})."`
}

// Help is the long help of the command.
func (*calendarCmd) Help() string {
	return `In các đợt tin của lịch trong các tháng tới: ngày, giờ, nhiều nhất bao nhiêu người. Không gửi gì cả.

Ngày rơi vào Tết hay ngày nghỉ đã được dời sang ngày sau đó. Nhắc chỉ gửi cho chi hội chưa báo cáo, nên số thật thường ít hơn.`
}

// Run is called by kong.
func (c *calendarCmd) Run(g *global) error {
	return g.show(c.Listen, "/calendar?months="+strconv.Itoa(c.Months), func(tx storage.Tx, w io.Writer) error {
		return c.write(g, tx, w)
	})
}

// write prints the calendar.
func (c *calendarCmd) write(g *global, tx storage.Tx, w io.Writer) error {
	if c.Months < 1 || c.Months > 24 {
		return fmt.Errorf("--months: %d: phải từ 1 đến 24", c.Months)
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
	count, err := reachable(tx, settings)
	if err != nil {
		return err
	}
	officers, err := storage.Posts.All(tx, org.Province+"#")
	if err != nil {
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "NGÀY GIỜ\tĐỢT\tNHIỀU NHẤT\tDỜI TỪ")
	for _, s := range cal.Sends(now, now.AddDate(0, c.Months, 0)) {
		if s.Kind == flows.JobProvince && len(officers) == 0 {
			continue
		}
		what, most, from := flows.WaveName(string(s.Kind)), "không gửi tin", ""
		switch s.Kind {
		case flows.JobRemind:
			what = flows.WaveName(fmt.Sprintf("%s/%d", s.Kind, s.Step))
			most = c.waveWords(count[s.Commune].branches)
		case flows.JobOpen:
			most = c.waveWords(count[s.Commune].branches)
		case flows.JobProvince:
			most = fmt.Sprintf("%d cán bộ tỉnh", len(officers))
		case flows.JobLateList, flows.JobSummary, flows.JobDigest:
			most = fmt.Sprintf("%d chủ tịch, phó chủ tịch", count[s.Commune].chairs)
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

// waveWords says how many branches a wave reaches, and how long it lasts if that is minutes.
func (c *calendarCmd) waveWords(branches int) string {
	words := fmt.Sprintf("%d chi hội", branches)
	if minutes := math.Ceil(float64(branches) / c.Bulk / 60); c.Bulk > 0 && minutes > 1 {
		words += fmt.Sprintf(", chừng %.0f phút", minutes)
	}
	return words
}

// audience is how many branches somebody can be written to for, and how many chairs and
// vice chairs can be written to.
type audience struct{ branches, chairs int }

// reachable counts the audience of each calendar: "" is that of all communes without their own.
func reachable(tx storage.Tx, settings *flows.Settings) (map[org.CommuneID]audience, error) {
	count, units := map[org.CommuneID]audience{}, map[string]bool{}
	err := storage.Posts.Scan(tx, "", "", func(_ string, p org.Post) error {
		_, ok, err := storage.ContactOf(tx, p.Person)
		if err != nil || !ok || p.OfBranch() && units[p.Unit] {
			return err
		}
		whose := p.Commune()
		if _, own := settings.Communes[whose]; !own {
			whose = ""
		}
		a := count[whose]
		if p.OfBranch() {
			units[p.Unit] = true
			a.branches++
		} else {
			a.chairs++
		}
		count[whose] = a
		return nil
	})
	return count, err
}
