package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strconv"

	"chihoi/storage"
)

// show prints what write finds in the store. Where chihoi serve has the store, it is asked
// for the page, which the same code writes there.
func (g *global) show(listen, page string, write func(tx storage.Tx, w io.Writer) error) (err error) {
	if _, err := g.settings(); err != nil { // a mistake there is told though there is no store yet
		return err
	}
	store, err := g.openStanding()
	if errors.Is(err, storage.ErrLocked) {
		text, askErr := ask(listen, page)
		if askErr != nil {
			return errors.Join(err, askErr, errors.New(string(bytes.TrimSpace(text))))
		}
		_, err = g.Stdout.Write(text)
		return err
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return store.View(context.Background(), func(tx storage.Tx) error { return write(tx, g.Stdout) })
}

// pages are what chihoi serve shows of the store to who runs it, besides what the bot's own
// handler serves: counts only, nobody's name, and to this machine only. bulk is how many messages a second a wave has.
func (g *global) pages(store storage.Store, bot http.Handler, bulk float64) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", bot)
	page := func(path string, write func(r *http.Request, tx storage.Tx, w io.Writer) error) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			if !near(r) {
				http.NotFound(w, r)
				return
			}
			var text bytes.Buffer
			err := store.View(r.Context(), func(tx storage.Tx) error {
				text.Reset()
				return write(r, tx, &text)
			})
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			if err != nil {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			_, _ = text.WriteTo(w) // the client went away
		})
	}
	page("/ledger", func(r *http.Request, tx storage.Tx, w io.Writer) error {
		c := ledgerCmd{Month: r.FormValue("month"), Commune: r.FormValue("commune")}
		return c.write(g, tx, w)
	})
	page("/calendar", func(r *http.Request, tx storage.Tx, w io.Writer) error {
		n, err := strconv.Atoi(r.FormValue("months"))
		if err != nil {
			n = 3
		}
		c := calendarCmd{Months: n, Bulk: bulk}
		return c.write(g, tx, w)
	})
	return mux
}

// near reports whether a request comes from this machine itself: not from another one, also
// not through a proxy here that forwards more than it should.
func near(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	// Where --listen is an address of this machine's network, that is also where it calls from.
	to, _ := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return from.Addr().Unmap().IsLoopback() || to != nil && to.AddrPort().Addr().Unmap() == from.Addr().Unmap()
}
