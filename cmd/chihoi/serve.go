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
	Listen string `env:"CHIHOI_LISTEN" default:"127.0.0.1:8080" help:"Address for webhooks, /healthz, /readyz and /metrics."`
	networks
}

// Help is the long help of the command.
func (*serveCmd) Help() string {
	return `Secrets come from the environment, never from flags:

  ZALO_TOKENS       the Zalo bots, each with a name of your own: an-phu=123:abc,binh-minh=456:def
  ZALO_SECRET       for their webhooks: 8 to 256 of A-Z a-z 0-9 _ -
  TELEGRAM_TOKEN    the Telegram bot's token, as @BotFather gave it
  TELEGRAM_SECRET   for its webhook: 1 to 256 of A-Z a-z 0-9 _ -
  CHIHOI_OPERATOR_TOKEN  for reading /metrics, /ledger, /calendar from another machine; without it they are for this one

Each may stand in a file instead, named by ZALO_TOKENS_FILE and so on. Calls to the networks follow HTTPS_PROXY.

  ZALO_TOKENS=an-phu=123456:abc... chihoi serve
  TELEGRAM_TOKEN=123456:ABC... chihoi serve

The program starts also while a network can't be reached, and goes on when it can. It stops by itself only when no network knows its tokens. Ctrl+C, or SIGTERM, stops it in order; nothing is lost by any other end either.`
}

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
		return fmt.Errorf("--listen/CHIHOI_LISTEN %q: %w", c.Listen, err)
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
