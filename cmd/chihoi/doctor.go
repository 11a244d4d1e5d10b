package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"chihoi/bot"
	"chihoi/flows/org"
	"chihoi/storage"
)

// doctorCmd looks at everything that must be well for the bot to work, and changes nothing.
type doctorCmd struct {
	Listen string `env:"CHIHOI_LISTEN" default:"127.0.0.1:8080" placeholder:"ĐỊA_CHỈ" help:"Địa chỉ mà chihoi serve đang nhận (mặc định ${default})."`
	networks
	serving bool // chihoi serve answered
}

// Help is the long help of the command.
func (*doctorCmd) Help() string {
	return `Khám cấu hình, kho dữ liệu, từng bot, đồng hồ và đĩa; không sửa gì. Chạy với đúng các biến môi trường của "chihoi serve", lúc nó đang chạy hay đã dừng đều được.

  ✓ ổn   ! nên xem   ✗ phải sửa (lệnh kết thúc với mã 1)`
}

const (
	littleDisk   = 200 << 20 // bytes free, below which the operator is to do something
	wrongClock   = 2 * time.Minute
	doctorPeriod = 30 * time.Second
	knockPeriod  = 5 * time.Second
)

// findings are what the doctor saw.
type findings struct {
	out  io.Writer
	zone *time.Location // of the times that are told
	bad  int
}

// at tells a time of this month or the last.
func (f *findings) at(t time.Time) string { return t.In(f.zone).Format("15:04 02/01") }

func (f *findings) fine(what, format string, args ...any) { f.say("✓", what, format, args...) }
func (f *findings) look(what, format string, args ...any) { f.say("!", what, format, args...) }
func (f *findings) sick(what, format string, args ...any) {
	f.bad++
	f.say("✗", what, format, args...)
}

func (f *findings) say(mark, what, format string, args ...any) {
	fmt.Fprintf(f.out, "%s %s: %s\n", mark, what, machine.Replace(fmt.Sprintf(format, args...)))
}

// Run is called by kong.
func (c *doctorCmd) Run(g *global) error {
	ctx, cancel := context.WithTimeout(context.Background(), doctorPeriod)
	defer cancel()
	now, zoneErr := g.now()
	if zoneErr != nil {
		now = time.Now()
	}
	f := &findings{out: g.Stdout, zone: now.Location()}
	if _, err := g.settings(); err != nil {
		f.sick("Cấu hình", "%v", err)
	} else {
		f.fine("Cấu hình", "%s", orDefault(g.Config))
	}
	if zoneErr != nil {
		f.sick("Múi giờ", "%v", zoneErr)
	}
	if _, _, err := readListen(listenFlag, c.Listen); err != nil {
		f.sick("Địa chỉ", "%v", err)
	}
	used := c.store(ctx, g, f, now)
	c.disk(g, f)
	c.clock(f, now, c.bots(ctx, g, f, used))
	if f.bad > 0 {
		return fmt.Errorf("%d chỗ phải sửa, xem các dòng ✗", f.bad)
	}
	return nil
}

func orDefault(config string) string {
	if config == "" {
		return "mặc định (không có --config)"
	}
	return config
}

// store looks into the store, or asks the process that has it, and tells what the bots used.
func (c *doctorCmd) store(ctx context.Context, g *global, f *findings, now time.Time) map[string]org.Usage {
	if state, err := askReady(c.Listen); len(state) > 0 {
		c.serving = true
		return served(state, err, c.Listen, f)
	}
	s, err := g.openStanding()
	if err != nil {
		f.sick("Kho dữ liệu", "%v", err)
		return nil
	}
	used := map[string]org.Usage{}
	communes, owed, parked := 0, 0, 0
	var missed []bot.Trouble
	var strangers map[string]int
	err = s.View(ctx, func(tx storage.Tx) error {
		list, err := storage.Communes.All(tx, "")
		if err != nil {
			return err
		}
		messages, err := storage.Outbox.All(tx, "")
		communes, owed = len(list), len(messages)
		if err != nil {
			return err
		}
		if err := tx.Scan(storage.Parked.Bucket, "", "", func(string, []byte) error { parked++; return nil }); err != nil {
			return err
		}
		if missed, err = bot.Missed(tx, now); err != nil {
			return err
		}
		if strangers, err = unconfigured(tx); err != nil {
			return err
		}
		tokens, _ := zaloTokens() // what is wrong with them is told with the bots
		for _, t := range tokens {
			u, err := storage.UsageOf(tx, "zalo."+t.name, org.MonthOf(now))
			if err != nil {
				return err
			}
			u.Quota, u.Seats = c.ZaloQuota, c.ZaloSeats
			used[u.Bot] = u
		}
		return nil
	})
	switch err = errors.Join(err, s.Close()); {
	case err != nil:
		f.sick("Kho dữ liệu", "%s: %v", g.StoreURL, err)
	case communes == 0:
		f.sick("Kho dữ liệu", "%s chưa có xã nào: nhập danh sách (chihoi import), hoặc chỉ đúng kho", g.StoreURL)
	default:
		f.fine("Kho dữ liệu", "%s, %d xã/phường, %d tin chờ gửi", g.StoreURL, communes, owed)
	}
	for _, name := range slices.Sorted(maps.Keys(strangers)) {
		f.sick("Zalo "+name, "%d người nối qua bot này mà ZALO_TOKENS không có %s=…: ghi lại đúng tên cũ; tin của các chị đang chờ", strangers[name], name)
	}
	tellTroubles(f, nil, missed, parked)
	f.look("Chương trình", "không có chihoi serve nào trả lời ở %s", c.Listen)
	return used
}

// served reads how things stand in the process that serves.
func served(state []byte, err error, listen string, f *findings) map[string]org.Usage {
	var s struct {
		Owed  *int   `json:"owed"` // nil to whom no details are shown
		Store string `json:"store"`
		// Failing are jobs that fail each time, Missed slots that were skipped.
		Failing []bot.Trouble        `json:"failing"`
		Missed  []bot.Trouble        `json:"missed"`
		Parked  int                  `json:"parked"`
		Bots    map[string]org.Usage `json:"bots"`
	}
	switch wrong := json.Unmarshal(state, &s); {
	case wrong != nil:
		f.sick("Chương trình", "ở %s không phải chihoi serve", listen)
	case s.Store != "":
		f.sick("Kho dữ liệu", "%s", s.Store)
	case err != nil:
		f.look("Chương trình", "chihoi serve ở %s chưa sẵn sàng: %v", listen, err)
	case s.Owed == nil:
		f.look("Chương trình", "chihoi serve chạy ở %s, nhưng không cho xem chi tiết: đặt CHIHOI_OPERATOR_TOKEN đúng như của serve", listen)
	default:
		f.fine("Chương trình", "chihoi serve chạy ở %s, %d tin chờ gửi", listen, *s.Owed)
	}
	tellTroubles(f, s.Failing, s.Missed, s.Parked)
	return s.Bots
}

// tellTroubles tells what the calendar could not do.
func tellTroubles(f *findings, failing, missed []bot.Trouble, parked int) {
	if parked > 0 {
		f.look("Tin để riêng", "%d tin bot đã thôi gửi: xem chihoi parked", parked)
	}
	for _, t := range failing {
		if t.What == bot.WrongClock {
			f.sick("Đồng hồ", "lịch đang chờ vì giờ máy có thể sai, mở kỳ và nhắc chưa chạy: xem timedatectl; giờ đúng thì lịch tự chạy tiếp (%s)", t.Err)
			continue
		}
		f.sick("Lịch", "%s hỏng từ %s, đang thử lại mỗi phút: %s", t.What, f.at(t.Since), t.Err)
	}
	for _, t := range missed {
		f.look("Lịch", "%s (%s) đã bỏ: lúc đó chương trình tắt quá lâu, chạy bù không còn ích", t.What, f.at(t.Since))
	}
}

func (c *doctorCmd) disk(g *global, f *findings) {
	path, err := g.storePath()
	if err != nil {
		f.sick("Đĩa", "%v", err)
		return
	}
	dir := filepath.Dir(path)
	free, err := freeSpace(dir)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
	case err != nil:
		f.sick("Đĩa", "%s: %v", dir, err)
	case free < littleDisk:
		f.sick("Đĩa", "%s còn %d MB, cần ít nhất %d MB: dọn bớt", dir, free>>20, littleDisk>>20)
	default:
		f.fine("Đĩa", "%s còn %d MB", dir, free>>20)
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
		f.look("Kho dữ liệu", "người khác trên máy đọc được %s: chmod 600", path)
	}
}

// clock compares this machine's time with that of the networks that just answered: lateness
// is judged by theirs, the calendar runs by ours.
func (c *doctorCmd) clock(f *findings, now time.Time, list []bot.Channel) {
	at := now.Format("15:04:05 02/01/2006 MST")
	for _, ch := range list {
		t, ok := ch.(bot.Timed)
		if !ok {
			continue
		}
		switch ahead, known := t.Ahead(); {
		case !known:
		case ahead.Abs() > wrongClock:
			f.sick("Đồng hồ", "%s, lệch %s so với mạng: chỉnh giờ máy (timedatectl)", at, ahead.Abs().Round(time.Second))
			return
		default:
			f.fine("Đồng hồ", "%s", at)
			return
		}
	}
	f.look("Đồng hồ", "%s, chưa so được với mạng", at)
}
