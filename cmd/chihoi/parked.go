package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"text/tabwriter"
	"time"

	"chihoi/storage"
)

// parkedCmd shows what the outbox gave up, has it sent again, or drops it.
type parkedCmd struct {
	Retry bool `help:"Gửi lại; tin đi khi chihoi serve chạy." xor:"what"`
	Drop  bool `help:"Bỏ hẳn." xor:"what"`
}

// Help is the long help of the command.
func (*parkedCmd) Help() string {
	return `Tin để riêng là tin bot đã thôi gửi: ba ngày liền mạng không nhận, hoặc mạng chê chính nội dung (lỗi của chương trình, xem nhật ký). Không in tên ai và không in lời tin.

  chihoi parked            đếm theo kênh và lý do
  chihoi parked --retry    chữa xong nguyên nhân thì gửi lại
  chihoi parked --drop     không cần nữa thì bỏ

Sau 30 ngày không ai đụng tới thì tự bỏ.`
}

// parkedKind is what parked messages are counted by.
type parkedKind struct{ channel, why string }

// Run is called by kong.
func (c *parkedCmd) Run(g *global) (err error) {
	store, now, err := g.openNow()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	var list []storage.ParkedMessage
	err = store.View(context.Background(), func(tx storage.Tx) (err error) {
		list, err = storage.Parked.All(tx, "")
		return err
	})
	if err != nil {
		return err
	}
	c.count(g, list, now.Location())
	if !c.Retry && !c.Drop || len(list) == 0 {
		return nil
	}
	err = store.Update(context.Background(), func(tx storage.Tx) error {
		for _, p := range list {
			var err error
			if c.Retry {
				err = storage.Unpark(tx, p, now)
			} else {
				err = storage.Parked.Delete(tx, string(p.Message.ID))
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && c.Retry {
		fmt.Fprintf(g.Stdout, "Đã xếp lại %d tin, chihoi serve chạy là gửi.\n", len(list))
	} else if err == nil {
		fmt.Fprintf(g.Stdout, "Đã bỏ %d tin.\n", len(list))
	}
	return err
}

// count prints how many there are of each kind, and since when.
func (c *parkedCmd) count(g *global, list []storage.ParkedMessage, zone *time.Location) {
	if len(list) == 0 {
		fmt.Fprintln(g.Stdout, "Không có tin nào để riêng.")
		return
	}
	n, oldest := map[parkedKind]int{}, map[parkedKind]time.Time{}
	for _, p := range list {
		k := parkedKind{p.Message.To.Channel(), p.Why}
		if n[k]++; n[k] == 1 || p.At.Before(oldest[k]) {
			oldest[k] = p.At
		}
	}
	tw := tabwriter.NewWriter(g.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "KÊNH\tVÌ\tSỐ TIN\tTỪ")
	for _, k := range slices.SortedFunc(maps.Keys(n), func(a, b parkedKind) int {
		return cmp.Or(n[b]-n[a], cmp.Compare(a.channel, b.channel), cmp.Compare(a.why, b.why))
	}) {
		fmt.Fprintf(tw, "%s\t%s\t%d\t%s\n", k.channel, k.why, n[k], oldest[k].In(zone).Format(minute))
	}
	_ = tw.Flush() // to a terminal
}
