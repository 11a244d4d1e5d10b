package main

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/tabwriter"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// ledgerCmd prints what became of the calendar's messages.
type ledgerCmd struct {
	Month   string `arg:"" optional:"" name:"kỳ" help:"Kỳ báo cáo: 2026-11; không ghi thì tháng này."`
	Listen  string `env:"CHIHOI_LISTEN" default:"127.0.0.1:8080" placeholder:"ĐỊA_CHỈ" help:"Địa chỉ mà chihoi serve đang nhận (mặc định ${default}); được hỏi khi nó giữ kho."`
	Commune string `placeholder:"MÃ" help:"Chỉ xã/phường này: an-phu."`
}

// Help is the long help of the command.
func (*ledgerCmd) Help() string {
	return `Mỗi đợt tin theo lịch một dòng: phải gửi = đã tới + hỏng + không gửi (lý do) + đang chờ. "Không chắc" là những tin trong số đã tới mà mạng không báo lại.

  chihoi ledger 2026-11
  chihoi ledger 2026-11 --commune an-phu`
}

// Run is called by kong.
func (c *ledgerCmd) Run(g *global) error {
	return g.show(c.Listen, "/ledger?"+url.Values{"month": {c.Month}, "commune": {c.Commune}}.Encode(), func(tx storage.Tx, w io.Writer) error {
		return c.write(g, tx, w)
	})
}

// write prints the ledger. It holds counts alone: names are for the chair (domain.md 2).
func (c *ledgerCmd) write(g *global, tx storage.Tx, w io.Writer) error {
	now, err := g.now()
	if err != nil {
		return err
	}
	month := org.MonthOf(now)
	if c.Month != "" {
		if month, err = org.ParseMonth(c.Month); err != nil {
			return fmt.Errorf("kỳ: %w", err)
		}
	}
	communes, err := chosenCommunes(tx, c.Commune)
	if err != nil {
		return err
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "XÃ/PHƯỜNG\tĐỢT\tNGÀY\tPHẢI GỬI\tĐÃ TỚI\tKHÔNG CHẮC\tHỎNG\tĐANG CHỜ\tKHÔNG GỬI")
	for _, commune := range communes {
		waves, err := storage.Ledger(tx, commune.ID, month)
		if err != nil {
			return err
		}
		for _, l := range waves {
			var why []string
			for _, r := range l.Reasons() {
				why = append(why, fmt.Sprintf("%s: %d", r, l.Skipped[r]))
			}
			fmt.Fprintf(tw, "%s (%s)\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%s\n", commune.Name, commune.ID, flows.WaveName(l.Kind), ledgerDay(l.Day),
				l.Targeted, l.Sent, l.Doubtful, l.Failed, l.Waiting, strings.Join(why, ", "))
		}
	}
	return tw.Flush()
}

func ledgerDay(day string) string {
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		return t.Format("02/01/2006")
	}
	return day
}
