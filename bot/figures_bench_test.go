package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

// BenchmarkChair measures what a chair asks for, in a store of 85,328 branches with a year
// of check-ins: the digests of all 3,282 communes, built on two cores, and what one chair
// waits for "tình hình" and for the digest, each a durable turn.
func BenchmarkChair(b *testing.B) {
	const branches, cores = 85328, 2
	store, err := bolt.Open(filepath.Join(b.TempDir(), "b.db"), bolt.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	country(b, store, branches, 12)
	settings, now := flows.DefaultSettings(), time.Date(2026, 11, 30, 7, 30, 0, 0, time.FixedZone("ICT", 7*3600))
	b.Run("digests", func(b *testing.B) {
		for b.Loop() {
			cpu := cpuTime()
			if n := digests(b, store, settings, now, (branches+25)/26, cores); n != (branches+25)/26 {
				b.Fatalf("%d digests", n)
			}
			b.ReportMetric((cpuTime() - cpu).Seconds(), "cpu-s/op")
		}
	})
	app := chairApp(b, store, settings, now)
	ids := 0
	for _, ask := range []string{"tình hình", "tóm tắt", "hội viên"} {
		b.Run(ask, func(b *testing.B) {
			for b.Loop() {
				ids++
				u := bot.Update{ID: strconv.Itoa(800_000_000 + ids), Contact: "b:chair", Event: flows.Text{Body: ask}}
				if err := app.Inbox.Handle(context.Background(), u); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// digests builds those of all communes and counts them.
func digests(b *testing.B, store storage.Store, settings *flows.Settings, now time.Time, communes, cores int) int {
	b.Helper()
	var next, built atomic.Int64
	var wg sync.WaitGroup
	for range cores {
		wg.Go(func() {
			for c := next.Add(1) - 1; c < int64(communes); c = next.Add(1) - 1 {
				err := store.View(context.Background(), func(tx storage.Tx) error {
					f := flows.Facts{Now: now, SentAt: now, Settings: settings, Book: bot.Lend(tx)}
					effects := flows.Run(f, flows.Job{Kind: flows.JobDigest, Commune: org.CommuneID(fmt.Sprintf("xa-%04d", c))})
					if len(effects) > 0 {
						built.Add(1)
					}
					return nil
				})
				if err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	return int(built.Load())
}

// chairApp is the program with one chair, linked, and its outbox running.
func chairApp(b *testing.B, store storage.Store, settings *flows.Settings, now time.Time) *bot.App {
	b.Helper()
	write(b, store, func(tx storage.Tx) error {
		p := org.Person{ID: "chair", Name: "Trần Thị Minh"}
		if err := storage.PutPerson(tx, p); err != nil {
			return err
		}
		if err := storage.PutPost(tx, org.Post{Role: org.Chair, Unit: "xa-1234", Person: p.ID}); err != nil {
			return err
		}
		if err := storage.PutContact(tx, org.Contact{ID: "b:chair", Person: p.ID, LinkedAt: now}); err != nil {
			return err
		}
		return storage.PutConsent(tx, org.Consent{Person: p.ID, Notice: flows.NoticeVersion, At: now, Channel: "b", Raw: "đồng ý"})
	})
	app, err := bot.New(store, bot.NewHandClock(now, false), settings, slog.New(slog.DiscardHandler), swallow{})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var run sync.WaitGroup
	run.Go(func() { app.Outbox.Run(ctx) })
	b.Cleanup(func() { stop(); run.Wait() })
	return app
}
