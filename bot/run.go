package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// App is the running program: a store, channels, and what moves between them.
type App struct {
	Store     storage.Store
	Clock     Clock
	Inbox     *Inbox
	Outbox    *Outbox
	Scheduler *Scheduler
	Channels  []Channel
	Log       *slog.Logger
	Operator  Operator

	ready   atomic.Bool
	metrics *Metrics
}

// New puts the program together. Nothing runs, and no network is called, until Run.
func New(store storage.Store, clock Clock, settings *flows.Settings, log *slog.Logger, channels ...Channel) (*App, error) {
	cal, err := ParseCalendar(settings)
	if err != nil {
		return nil, err
	}
	out := NewOutbox(store, clock, settings, log, channels...)
	a := &App{Store: store, Clock: clock, Outbox: out, Channels: channels, Log: log,
		Inbox:     &Inbox{Store: store, Clock: clock, Settings: settings, Outbox: out, Log: log},
		Scheduler: &Scheduler{Store: store, Clock: clock, Settings: settings, Calendar: cal, Outbox: out, Log: log}}
	m := newMetrics(a)
	a.metrics, a.Inbox.metrics, a.Outbox.metrics = m, m, m
	return a, nil
}

// Run serves until ctx ends, then stops in order: no new updates, those under way to
// their end, the calendar, the sending. The store stays open for the caller to close.
// It also stops, with an error, when no channel can receive any more (a revoked token):
// a program that looks alive and hears nobody helps nobody.
func (a *App) Run(ctx context.Context) error {
	if err := a.Outbox.Load(ctx); err != nil {
		return err
	}
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	var out sync.WaitGroup
	out.Go(func() { a.Outbox.Run(sending) })
	stopTicking, err := a.startTicking(ctx)
	if err != nil {
		stopSending()
		return err
	}
	ctx, deaf := context.WithCancelCause(ctx)
	defer deaf(nil)
	var in sync.WaitGroup
	var stopped atomic.Int32
	for _, ch := range a.Channels {
		in.Go(func() {
			err := ch.Receive(ctx, a.take)
			if err == nil {
				return
			}
			a.Log.Error("channel stopped", "channel", ch.Name(), "err", err)
			if int(stopped.Add(1)) == len(a.Channels) {
				deaf(errDeaf)
			}
		})
	}
	a.ready.Store(true)
	<-ctx.Done()
	a.ready.Store(false)
	in.Wait()
	stopTicking()
	stopSending()
	out.Wait()
	if cause := context.Cause(ctx); errors.Is(cause, errDeaf) {
		return cause
	}
	return nil
}

var errDeaf = errors.New("không bot nào còn nhận được tin, lý do ở các dòng nhật ký bên trên: xem lại token (TELEGRAM_TOKEN, ZALO_TOKENS)")

// take is what channels hand updates to.
func (a *App) take(ctx context.Context, u Update) error {
	if h, ok := u.Event.(flows.Heard); ok {
		return a.Scheduler.Heard(ctx, u.Contact.Channel(), h.Wait)
	}
	return a.Inbox.Handle(ctx, u)
}

// startTicking looks at the calendar at once and then every minute; stop waits for the last
// look. The first one may take long, after an outage, and nobody's answer waits for it.
// Recover stands after SkipIfStillRunning, so that a panic leaves the next tick free to run.
func (a *App) startTicking(ctx context.Context) (stop func(), err error) {
	log := cron.DiscardLogger
	c := cron.New(cron.WithLogger(log))
	tick := cron.NewChain(cron.SkipIfStillRunning(log), cron.Recover(log)).Then(cron.FuncJob(func() {
		if err := a.Scheduler.Tick(ctx); err != nil && ctx.Err() == nil {
			a.Log.Error("calendar", "err", err)
		}
	}))
	if _, err := c.AddJob("* * * * *", tick); err != nil {
		return nil, fmt.Errorf("calendar: %w", err)
	}
	var first sync.WaitGroup
	first.Go(tick.Run)
	c.Start()
	return func() {
		<-c.Stop().Done()
		first.Wait()
	}, nil
}

// Handler serves the webhooks of the channels that have one, and the program's health.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, ch := range a.Channels {
		if w, ok := ch.(Webhook); ok && w.Path() != "" {
			mux.Handle(w.Path(), w.Handler(a.Inbox.Handle))
		}
	}
	mux.Handle("GET "+FilePath, a.Outbox.Files.handler(a.Log))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", a.readyz)
	mux.Handle("GET /metrics", a.Operator.Only(a.metrics.handler()))
	return mux
}

// readyz says whether updates are taken and the store answers; to the operator also how
// things stand.
func (a *App) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	state := map[string]any{"ready": a.ready.Load(), "owed": a.Outbox.Depth()}
	err := a.Store.View(ctx, func(tx storage.Tx) error {
		if _, err := tx.Get(storage.Meta.Bucket, "schema"); err != nil {
			return err
		}
		used, err := a.Outbox.loadUsage(tx)
		if len(used) > 0 {
			state["bots"] = used
		}
		if err != nil {
			return err
		}
		parked := 0
		if err := tx.Scan(storage.Parked.Bucket, "", "", func(string, []byte) error { parked++; return nil }); err != nil {
			return err
		} else if parked > 0 {
			state["parked"] = parked
		}
		if missed, err := Missed(tx, a.Clock.Now()); err != nil {
			return err
		} else if len(missed) > 0 {
			state["missed"] = missed
		}
		return nil
	})
	if failing := a.Scheduler.Failing(); len(failing) > 0 {
		state["failing"] = failing
	}
	if err != nil {
		state["ready"], state["store"] = false, err.Error()
	}
	if !a.Operator.Is(r) {
		state = map[string]any{"ready": state["ready"]}
	}
	w.Header().Set("Content-Type", "application/json")
	if state["ready"] != true {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(state) // the client went away
}

// OpenPeriod opens a month by hand in one commune, now (domain.md 8; a pilot does not wait
// for the 25th). A month whose due time is past is refused.
func (a *App) OpenPeriod(ctx context.Context, c org.CommuneID, m org.Month) error {
	now := a.Clock.Now()
	cal := a.Scheduler.Calendar.Of(c)
	_, due, locks := cal.Times(m, now.Location())
	if !now.Before(due) {
		return fmt.Errorf("kỳ %s đã qua hạn (%s), không mở được nữa", m, due.Format("15:04 02/01/2006"))
	}
	return a.Scheduler.RunJob(ctx, fmt.Sprintf("open-by-hand/%s/%s", m, c),
		flows.Job{Kind: flows.JobOpen, Commune: c, Month: m, Opens: now, Due: due, Locks: locks,
			Moved: cal.Moved(m, now.Location()), By: "operator"})
}
