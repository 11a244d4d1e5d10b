package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"chihoi/bot"
	"chihoi/bot/simulator"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

type demoCmd struct {
	Listen string `default:"127.0.0.1:8899" placeholder:"ĐỊA_CHỈ" help:"Địa chỉ của trang, chỉ trên máy này (mặc định ${default}); cổng 0 thì lấy một cổng còn trống."`
}

// Run serves the page until the process is told to stop.
func (c *demoCmd) Run(g *global) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	host, _, err := readListen("--listen", c.Listen)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("--listen %q: trang thử không có mật khẩu, nên chỉ nhận 127.0.0.1 hoặc localhost", c.Listen)
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil && strings.HasSuffix(c.Listen, ":8899") {
		l, err = net.Listen("tcp", "127.0.0.1:0") // another demo has the usual port
	}
	if err != nil {
		return fmt.Errorf("--listen %q: %w", c.Listen, err)
	}
	d, err := newDemo(ctx, g)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	defer func() { err = errors.Join(err, d.close()) }()
	fmt.Fprintf(g.Stdout, "Mở trang này trong trình duyệt: http://%s/\n(Ctrl+C để dừng.)\n", l.Addr())
	return serveHTTP(ctx, l, d.handler(l.Addr()), d.app.Run)
}

// handler serves the page, and the files that a phone shown as Zalo gets as links.
func (d *demo) handler(at net.Addr) http.Handler {
	d.app.Outbox.Files.Public = "http://" + at.String()
	mux := http.NewServeMux()
	mux.Handle("/", d.page.Handler())
	mux.Handle(bot.FilePath, simulator.Guard(d.app.Handler()))
	return mux
}

// demo is the program on a temporary store with the sample commune and a clock to move.
type demo struct {
	app   *bot.App
	page  *simulator.Channel
	clock *bot.HandClock
	store storage.Store
	dir   string
	world *neighbours
	log   *slog.Logger
}

func newDemo(ctx context.Context, g *global) (*demo, error) {
	d, err := newSample(ctx, g, false)
	if err != nil {
		return nil, err
	}
	d.page = simulator.New(simulator.Config{
		Title: "Thử chihoi: xã An Phú",
		Hint:  "Bấm \"Sang 25/11 08:00\" để mở kỳ, rồi vào vai chị Lan trả lời bằng nút hoặc gõ chữ.",
		Phones: []simulator.Phone{
			{Key: "head", Title: "Chị Lan", Subtitle: "Chi hội trưởng thôn Đông"},
			{Key: "chair", Title: "Chị Minh", Subtitle: "Chủ tịch Hội LHPN xã An Phú"},
			{Key: "group", Title: "Các chi hội xã An Phú", Subtitle: "Nhóm chung", Group: true, Members: []string{"Chị Lan", "Chị Hoa", "Chị Minh"},
				Own: map[string]string{"Chị Lan": "head", "Chị Minh": "chair"}},
		},
		Clock: d.clock,
		Jumps: demoJumps(),
		Stops: func(from, to time.Time) []time.Time {
			stops := append(d.app.Scheduler.Calendar.Between(from, to), d.world.hours(from, to)...)
			slices.SortFunc(stops, time.Time.Compare)
			return stops
		},
		AfterJump: func(ctx context.Context) {
			if err := d.afterJump(ctx); err != nil {
				d.log.Error("after moving the clock", "err", err)
			}
		},
	})
	if err := d.build(ctx, g, d.page, cast{channel: "sim", head: "head", chair: "chair", group: "group", others: true}); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// newSample makes the store and the clock; build puts the program on them.
func newSample(_ context.Context, g *global, still bool) (*demo, error) {
	if _, err := g.zone(); err != nil { // the sample has its own, but a wrong flag is told
		return nil, err
	}
	dir, err := os.MkdirTemp("", "chihoi-demo-")
	if err != nil {
		return nil, err
	}
	d := &demo{dir: dir, clock: bot.NewHandClock(sampleStart, still), log: slog.New(slog.NewTextHandler(g.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	if still {
		d.log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	d.store, err = bolt.Open(filepath.Join(dir, "demo.db"), bolt.Options{})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return d, nil
}

func (d *demo) build(ctx context.Context, g *global, ch bot.Channel, who cast) error {
	settings, err := g.settings()
	if err != nil {
		return err
	}
	if err := storage.Migrate(d.store); err != nil {
		return err
	}
	if err := fillSample(ctx, d.store, settings, who); err != nil {
		return err
	}
	if d.app, err = bot.New(d.store, d.clock, settings, d.log, ch, elsewhere{}); err != nil {
		return err
	}
	d.world = &neighbours{app: d.app, done: map[string]bool{}}
	return d.app.Scheduler.Tick(ctx)
}

// afterJump does what fell due: the calendar first, then the other heads' answers. It
// returns when the phones show it, so that the clock does not run on before the messages.
func (d *demo) afterJump(ctx context.Context) error {
	if err := d.app.Scheduler.Tick(ctx); err != nil {
		return err
	}
	d.settle()
	if err := d.world.catchUp(ctx, d.clock.Now()); err != nil {
		return err
	}
	d.settle()
	return nil
}

// settle waits for what is owed to be shown, though not for ever.
func (d *demo) settle() {
	for end := time.Now().Add(3 * time.Second); d.app.Outbox.Depth() > 0 && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
}

func (d *demo) close() error {
	return errors.Join(d.store.Close(), os.RemoveAll(d.dir))
}

// demoJumps are the moments of a period worth seeing.
func demoJumps() []simulator.Jump {
	to := func(label string, day, month int, clock time.Duration) simulator.Jump {
		t := time.Date(2026, time.Month(month), day, 0, 0, 0, 0, sampleStart.Location()).Add(clock)
		return simulator.Jump{Label: label, To: func(time.Time) time.Time { return t }}
	}
	at := func(label string, day, hour, month int) simulator.Jump {
		return to(label, day, month, time.Duration(hour)*time.Hour)
	}
	const morning = 7*time.Hour + 30*time.Minute
	return []simulator.Jump{
		at("Sang 25/11 08:00 (mở kỳ)", 25, 8, 11),
		at("28/11 19:00 (nhắc lần 1)", 28, 19, 11),
		to("30/11 07:30 (tóm tắt tuần)", 30, 11, morning),
		at("1/12 08:00 (nhắc lần 2)", 1, 8, 12),
		at("3/12 19:00 (nhắc lần cuối)", 3, 19, 12),
		at("4/12 08:00 (quá hạn)", 4, 8, 12),
		to("6/12 07:30 (tổng kết tháng)", 6, 12, morning),
		at("Hết 20/12 (khóa kỳ)", 21, 0, 12),
		at("25/12 08:00 (kỳ tháng 12)", 25, 8, 12),
	}
}
