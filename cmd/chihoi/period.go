package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"text/tabwriter"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// periodCmd lists the periods and opens one by hand.
type periodCmd struct {
	List periodListCmd `cmd:"" default:"withargs" help:"Các kỳ báo cáo của mọi xã/phường."`
	Open periodOpenCmd `cmd:"" help:"Mở một kỳ báo cáo ngay, không chờ lịch."`
}

// periodListCmd prints the periods.
type periodListCmd struct {
	Commune string `placeholder:"MÃ" help:"Chỉ xã/phường này: an-phu."`
}

// periodOpenCmd opens a period.
type periodOpenCmd struct {
	Month   string `arg:"" name:"kỳ" help:"Kỳ báo cáo: 2026-11."`
	Commune string `placeholder:"MÃ" help:"Chỉ xã/phường này: an-phu; không ghi thì tất cả."`
}

// Help is the long help of the command.
func (*periodCmd) Help() string {
	return `Kỳ báo cáo tự mở ngày 25 hằng tháng, khi chihoi serve đang chạy. Muốn bắt đầu ngay thì mở bằng tay:

  chihoi period                                  các kỳ: mở, hạn, khóa, đã gửi mấy chi hội
  chihoi period open 2026-11                     mở kỳ tháng 11 cho mọi xã/phường
  chihoi period open 2026-11 --commune an-phu    chỉ một xã/phường

Dừng chihoi serve trước khi mở; tin mở kỳ được gửi khi chihoi serve chạy lại. Kỳ đã mở rồi thì không mở lần nữa.`
}

// openPeriod opens a period of one commune now, by the calendar's own job: its messages
// wait in the store for chihoi serve.
func openPeriod(ctx context.Context, store storage.Store, settings *flows.Settings, now time.Time, c org.CommuneID, m org.Month) error {
	app, err := bot.New(store, bot.NewHandClock(now, true), settings, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	return app.OpenPeriod(ctx, c, m)
}

// periodLine is one period as it is listed.
type periodLine struct {
	commune org.Commune
	period  org.Period
	sent    int
}

// Run is called by kong.
func (c *periodListCmd) Run(g *global) (err error) {
	if _, err := g.settings(); err != nil {
		return err
	}
	store, now, err := g.openNow()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var lines []periodLine
	err = store.View(context.Background(), func(tx storage.Tx) error {
		communes, err := chosenCommunes(tx, c.Commune)
		if err != nil {
			return err
		}
		lines, err = listPeriods(tx, communes)
		return err
	})
	if err != nil {
		return err
	}
	return printPeriods(g.Stdout, lines, now)
}

// chosenCommunes lists the commune of the flag --commune, or all.
func chosenCommunes(tx storage.Tx, id string) ([]org.Commune, error) {
	all, err := storage.Communes.All(tx, "")
	if err != nil || id == "" {
		return all, err
	}
	for _, c := range all {
		if c.ID == org.CommuneID(id) {
			return []org.Commune{c}, nil
		}
	}
	return nil, flagged(storage.UnknownCommune(all, id))
}

// listPeriods lists the periods of some communes, oldest first in each, with how many of
// the expected branches have sent.
func listPeriods(tx storage.Tx, communes []org.Commune) (lines []periodLine, err error) {
	for _, c := range communes {
		periods, err := storage.Periods.All(tx, string(c.ID)+"/")
		if err != nil {
			return nil, err
		}
		for _, p := range periods {
			line := periodLine{commune: c, period: p}
			for _, b := range p.Expected {
				sent, err := storage.HasCheckIn(tx, b, p.Month)
				if err != nil {
					return nil, err
				}
				if sent && p.Exempt[b] == "" {
					line.sent++
				}
			}
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// expected counts the branches a period waits for.
func expected(p org.Period) (n int) {
	for _, b := range p.Expected {
		if p.Exempt[b] == "" {
			n++
		}
	}
	return n
}

// stateWords are the states of a period in words.
var stateWords = map[org.PeriodState]string{
	org.NotOpen: "chưa mở",
	org.Open:    "đang mở",
	org.Due:     "quá hạn, còn nhận",
	org.Locked:  "đã khóa",
}

const minute = "15:04 02/01/2006"

func printPeriods(out io.Writer, lines []periodLine, now time.Time) error {
	if len(lines) == 0 {
		_, err := fmt.Fprintln(out, "Chưa có kỳ nào. Mở kỳ bằng: chihoi period open "+string(org.MonthOf(now)))
		return err
	}
	zone := now.Location()
	tw := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "XÃ/PHƯỜNG\tKỲ\tTÌNH TRẠNG\tMỞ\tHẠN\tKHÓA\tPHẢI GỬI\tĐÃ GỬI")
	for _, l := range lines {
		fmt.Fprintf(tw, "%s (%s)\t%s\t%s\t%s\t%s\t%s\t%d\t%d\n", l.commune.Name, l.commune.ID, l.period.Month,
			stateWords[l.period.State(now)], l.period.Opens.In(zone).Format(minute), l.period.Due.In(zone).Format(minute),
			l.period.Locks.In(zone).Format(minute), expected(l.period), l.sent)
	}
	return tw.Flush()
}

// Run is called by kong.
func (c *periodOpenCmd) Run(g *global) (err error) {
	month, err := org.ParseMonth(c.Month)
	if err != nil {
		return fmt.Errorf("kỳ: %w", err)
	}
	settings, err := g.settings()
	if err != nil {
		return err
	}
	now, err := g.now()
	if err != nil {
		return err
	}
	if next := org.MonthOf(now).Add(1); month > next {
		return fmt.Errorf("kỳ: %s còn xa, chỉ mở được đến kỳ %s", month, next)
	}
	store, err := g.openStanding()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	ctx := context.Background()
	var communes []org.Commune
	err = store.View(ctx, func(tx storage.Tx) error {
		communes, err = chosenCommunes(tx, c.Commune)
		return err
	})
	if err != nil {
		return err
	}
	if len(communes) == 0 {
		return errors.New("chưa có xã/phường nào: nhập danh sách bằng chihoi import trước")
	}
	for _, commune := range communes {
		said, err := openOne(ctx, store, settings, now, commune, month)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintln(g.Stdout, said); err != nil {
			return err
		}
	}
	return nil
}

// openOne opens the period of one commune, unless it is there already or has no branch to
// ask, and says what became of it.
func openOne(ctx context.Context, store storage.Store, settings *flows.Settings, now time.Time, commune org.Commune, month org.Month) (string, error) {
	p, there, err := findPeriod(ctx, store, commune.ID, month)
	if err != nil {
		return "", err
	}
	zone := now.Location()
	if there {
		return fmt.Sprintf("Kỳ %s của %s đã có, mở lúc %s. Không làm gì thêm.", month, commune.Name, p.Opens.In(zone).Format(minute)), nil
	}
	// The job runs once, so it must not run in vain before the branches are imported.
	if some, err := hasBranches(ctx, store, commune.ID, month); err != nil || !some {
		return fmt.Sprintf("%s chưa có chi hội nào phải báo cáo, không mở kỳ %s.", commune.Name, month), err
	}
	if err := openPeriod(ctx, store, settings, now, commune.ID, month); err != nil {
		return "", fmt.Errorf("%s: %w", commune.Name, err)
	}
	if p, there, err = findPeriod(ctx, store, commune.ID, month); err != nil {
		return "", err
	}
	if !there {
		return "", fmt.Errorf("%s: kỳ %s không mở được", commune.Name, month)
	}
	return fmt.Sprintf("Đã mở kỳ %s của %s: chờ %d chi hội, hạn %s, khóa %s.", month, commune.Name,
		expected(p), p.Due.In(zone).Format(minute), p.Locks.In(zone).Format(minute)), nil
}

func findPeriod(ctx context.Context, store storage.Store, c org.CommuneID, m org.Month) (p org.Period, there bool, err error) {
	err = store.View(ctx, func(tx storage.Tx) (err error) {
		p, there, err = storage.Periods.Get(tx, storage.PeriodKey(c, m))
		return err
	})
	return p, there, err
}

// hasBranches reports whether a commune has a branch that still reports in the month.
func hasBranches(ctx context.Context, store storage.Store, c org.CommuneID, m org.Month) (some bool, err error) {
	err = store.View(ctx, func(tx storage.Tx) error {
		return storage.Branches.Scan(tx, string(c)+"/", "", func(_ string, b org.Branch) error {
			if b.ClosedFrom == "" || b.ClosedFrom > m {
				some = true
				return storage.ErrStop
			}
			return nil
		})
	})
	return some, err
}
