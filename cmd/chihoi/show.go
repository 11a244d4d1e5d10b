package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"

	"chihoi/bot"
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
		switch {
		case askErr == nil:
			_, err = g.Stdout.Write(text)
			return err
		case text == nil: // nobody serves there, so it is something else that has the store
			return errors.Join(askErr, err)
		}
		return askErr
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	return store.View(context.Background(), func(tx storage.Tx) error { return write(tx, g.Stdout) })
}

// pages are what chihoi serve shows of the store to its operator, besides what the bot's own
// handler serves: counts only, nobody's name. bulk is how many messages a second a wave has.
func (g *global) pages(store storage.Store, rest http.Handler, operator bot.Operator, bulk float64) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", rest)
	page := func(path string, write func(r *http.Request, tx storage.Tx, w io.Writer) error) {
		mux.Handle("GET "+path, operator.Only(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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
		})))
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
