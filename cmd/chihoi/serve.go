package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

type serveCmd struct {
	Listen string `env:"CHIHOI_LISTEN" default:"127.0.0.1:8080" placeholder:"ĐỊA_CHỈ" help:"Địa chỉ nhận webhook, đường dẫn tới tệp, /healthz, /readyz, /metrics (mặc định ${default})."`
	networks
}

// Help is the long help of the command.
func (*serveCmd) Help() string {
	return `Token và mật khẩu lấy từ biến môi trường, không bao giờ từ cờ:

  ZALO_TOKENS            các bot Zalo, mỗi bot một tên tự đặt: an-phu=123:abc,binh-minh=456:def
  ZALO_SECRET            cho webhook của chúng: 8 đến 256 ký tự A-Z a-z 0-9 _ -
  TELEGRAM_TOKEN         token của bot Telegram, đúng như @BotFather gửi
  TELEGRAM_SECRET        cho webhook của nó: 1 đến 256 ký tự A-Z a-z 0-9 _ -
  CHIHOI_OPERATOR_TOKEN  để xem /metrics, /ledger, /calendar; không đặt thì chỉ máy này xem được

Mỗi thứ có thể để trong tệp, chỉ bằng ZALO_TOKENS_FILE, TELEGRAM_TOKEN_FILE… Gọi ra mạng theo HTTPS_PROXY.

  ZALO_TOKENS=an-phu=123456:abc... chihoi serve
  TELEGRAM_TOKEN=123456:ABC... chihoi serve

Mất mạng vẫn khởi động, có mạng lại thì chạy tiếp. Chương trình chỉ tự dừng khi không mạng nào nhận token. Ctrl+C hoặc SIGTERM thì làm xong việc dở rồi dừng; tắt ngang cũng không mất gì.`
}

// listenFlag names what holds the address of chihoi serve.
const listenFlag = "--listen/CHIHOI_LISTEN"

// Run serves until the process is told to stop.
func (c *serveCmd) Run(g *global) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	settings, err := g.settings()
	if err != nil {
		return err
	}
	zone, err := g.zone()
	if err != nil {
		return err
	}
	if _, _, err := readListen(listenFlag, c.Listen); err != nil {
		return err
	}
	channels, err := c.channels(g)
	if err != nil {
		return err
	}
	store, err := g.openStore()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	app, err := bot.New(store, bot.SystemClock{Zone: zone}, settings, g.log(), channels...)
	if err != nil {
		return err
	}
	if app.Outbox.Files.Public, err = c.public(); err != nil {
		return err
	}
	if app.Operator, err = operator(); err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("%s %q: %w", listenFlag, c.Listen, err)
	}
	g.log().Info("chihoi serves", "listen", l.Addr().String(), "store", g.StoreURL)
	if err := warnOf(ctx, store, settings, g.log()); err != nil {
		return errors.Join(err, l.Close())
	}
	return serveHTTP(ctx, l, g.pages(store, app.Handler(), app.Operator, c.Bulk), app.Run)
}

// warnOf says so when nobody could be answered anything (a forgotten import, or the path of
// another store), and when a calendar is for a commune that is not there.
func warnOf(ctx context.Context, store storage.Store, settings *flows.Settings, log *slog.Logger) error {
	return store.View(ctx, func(tx storage.Tx) error {
		for _, c := range slices.Sorted(maps.Keys(settings.Communes)) {
			if _, there, err := storage.Communes.Get(tx, string(c)); err != nil {
				return err
			} else if !there {
				log.Warn("the settings name a commune that the store does not hold: is its id right?", "commune", string(c))
			}
		}
		some := false
		err := storage.Communes.Scan(tx, "", "", func(string, org.Commune) error {
			some = true
			return storage.ErrStop
		})
		if err == nil && !some {
			log.Warn("the store holds no commune, so nobody is known: stop, and import a roster (chihoi import), or name the right store")
		}
		return err
	})
}

// serveHTTP serves a handler beside run, until ctx ends; run is stopped after the handler
// has answered what it had begun.
func serveHTTP(ctx context.Context, l net.Listener, h http.Handler, run func(context.Context) error) error {
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- run(inner) }()
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	var err error
	select {
	case <-ctx.Done():
	case err = <-served:
	case err = <-done:
		done <- nil
	}
	grace, release := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer release()
	if srv.Shutdown(grace) != nil { // an open stream does not hold the stop up
		_ = srv.Close()
	}
	cancel()
	if runErr := <-done; err == nil || errors.Is(err, http.ErrServerClosed) {
		err = runErr
	}
	return err
}
