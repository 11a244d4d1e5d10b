package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// ledgerCmd prints what became of the calendar's messages.
type ledgerCmd struct {
	Month   string `arg:"" optional:"" placeholder:"YYYY-MM" help:"The period (kỳ báo cáo); the present month by default."`
	Commune string `placeholder:"ID" help:"Only this commune (chỉ xã/phường này)."`
}

// Help is the long help of the command.
func (*ledgerCmd) Help() string {
	return `Mỗi đợt tin theo lịch một dòng: phải gửi = đã tới + hỏng + không gửi (lý do) + đang chờ. "Không chắc" là những tin trong số đã tới mà mạng không báo lại.

  chihoi ledger 2026-11
  chihoi ledger 2026-11 --commune an-phu`
}

// Run is called by kong.
func (c *ledgerCmd) Run(g *global) (err error) {
	now, err := g.now()
	if err != nil {
		return err
	}
	month := org.MonthOf(now)
	if c.Month != "" {
		if month, err = org.ParseMonth(c.Month); err != nil {
			return fmt.Errorf("MONTH: %w", err)
		}
	}
	store, err := g.openStanding()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	tw := tabwriter.NewWriter(g.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "XÃ/PHƯỜNG\tĐỢT\tNGÀY\tPHẢI GỬI\tĐÃ TỚI\tKHÔNG CHẮC\tHỎNG\tĐANG CHỜ\tKHÔNG GỬI")
	err = store.View(context.Background(), func(tx storage.Tx) error {
		communes, err := chosenCommunes(tx, c.Commune)
		if err != nil {
			return err
		}
		for _, commune := range communes {
			waves, err := storage.Ledger(tx, commune.ID, month)
			if err != nil {
				return err
			}
			for _, w := range waves {
				var why []string
				for _, r := range w.Reasons() {
					why = append(why, fmt.Sprintf("%s: %d", r, w.Skipped[r]))
				}
				fmt.Fprintf(tw, "%s (%s)\t%s\t%s\t%d\t%d\t%d\t%d\t%d\t%s\n", commune.Name, commune.ID, flows.WaveName(w.Kind), ledgerDay(w.Day),
					w.Targeted, w.Sent, w.Doubtful, w.Failed, w.Waiting, strings.Join(why, ", "))
			}
		}
		return nil
	})
	return errors.Join(err, tw.Flush())
}

func ledgerDay(day string) string {
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		return t.Format("02/01/2006")
	}
	return day
}
