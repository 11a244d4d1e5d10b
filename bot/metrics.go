package bot

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"chihoi/flows/org"
	"chihoi/storage"
)

// Metrics are what is measured of the running program, in a registry of its own. No label
// names a person, a branch or a commune: channels, lanes and outcomes only.
type Metrics struct {
	registry *prometheus.Registry
	updates  *prometheus.CounterVec // by channel and outcome
	turn     prometheus.Histogram   // seconds from an update to its durable answer
	reply    prometheus.Histogram   // seconds from a reply's turn to its delivery
}

// lanes name the lanes in metrics.
var lanes = [...]string{storage.LaneReply: "reply", storage.LaneAlert: "alert", storage.LaneBulk: "bulk"}

func newMetrics(a *App) *Metrics {
	waits := []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60, 600}
	m := &Metrics{registry: prometheus.NewRegistry(),
		updates: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "chihoi_updates_total", Help: "Updates taken in, by channel and outcome: done, repeated, failed."}, []string{"channel", "outcome"}),
		turn:    prometheus.NewHistogram(prometheus.HistogramOpts{Name: "chihoi_turn_seconds", Help: "From an update to its durable answer.", Buckets: waits}),
		reply:   prometheus.NewHistogram(prometheus.HistogramOpts{Name: "chihoi_reply_seconds", Help: "From a reply's turn to its delivery.", Buckets: waits}),
	}
	m.registry.MustRegister(m.updates, m.turn, m.reply, gauges{a},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// took counts an update; nil metrics count nothing.
func (m *Metrics) took(u Update, repeated bool, began time.Time, err error) {
	if m == nil {
		return
	}
	outcome := "done"
	switch {
	case err != nil:
		outcome = "failed"
	case repeated:
		outcome = "repeated"
	}
	m.updates.WithLabelValues(u.Contact.Channel(), outcome).Inc()
	if outcome == "done" {
		m.turn.Observe(time.Since(began).Seconds())
	}
}

// replied counts how long somebody waited for an answer.
func (m *Metrics) replied(waited time.Duration) {
	if m != nil {
		m.reply.Observe(max(waited, 0).Seconds())
	}
}

// gauges are read off the program when they are asked for.
type gauges struct{ app *App }

var (
	descSends   = prometheus.NewDesc("chihoi_sends_total", "Messages by what became of them: delivered, retried, refused, parked, doubtful, repeated.", []string{"outcome"}, nil)
	descTooMany = prometheus.NewDesc("chihoi_throttled_total", "Times a network asked the whole channel to wait (429).", nil, nil)
	descOwed    = prometheus.NewDesc("chihoi_outbox_messages", "Messages owed, by lane.", []string{"lane"}, nil)
	descAge     = prometheus.NewDesc("chihoi_outbox_oldest_seconds", "Age of the oldest message owed, by lane.", []string{"lane"}, nil)
	descRate    = prometheus.NewDesc("chihoi_bulk_rate", "Bulk messages a second that a channel is sent at now.", []string{"channel"}, nil)
	descQuota   = prometheus.NewDesc("chihoi_quota_left", "Messages that a bot's network still takes this month.", []string{"channel"}, nil)
	descJobs    = prometheus.NewDesc("chihoi_jobs_total", "Parts of the calendar's ticks by outcome: done, failed.", []string{"outcome"}, nil)
	descFailing = prometheus.NewDesc("chihoi_jobs_failing", "Jobs whose last attempt failed.", nil, nil)
	descCommits = prometheus.NewDesc("chihoi_commits_total", "Commits of the store.", nil, nil)
	descReady   = prometheus.NewDesc("chihoi_ready", "1 while updates are taken.", nil, nil)
)

// Describe lists nothing, so that each scrape is checked for itself.
func (gauges) Describe(chan<- *prometheus.Desc) {}

// Collect reads them.
func (g gauges) Collect(ch chan<- prometheus.Metric) {
	counter := func(d *prometheus.Desc, n int64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), labels...)
	}
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	o := g.app.Outbox
	counter(descSends, o.Delivered.Load(), "delivered")
	counter(descSends, o.Retried.Load(), "retried")
	counter(descSends, o.Refused.Load(), "refused")
	counter(descSends, o.Parked.Load(), "parked")
	counter(descSends, o.Doubtful.Load(), "doubtful")
	counter(descSends, o.Repeated.Load(), "repeated")
	counter(descTooMany, o.Throttled.Load())
	s := o.survey()
	for lane, name := range lanes {
		gauge(descOwed, float64(s.owed[lane]), name)
		gauge(descAge, s.oldest[lane].Round(time.Second).Seconds(), name)
	}
	for name, rate := range s.rates {
		gauge(descRate, rate, name)
	}
	for name, left := range s.quota {
		gauge(descQuota, float64(left), name)
	}
	done, failed := g.app.Scheduler.troubles.counts()
	counter(descJobs, done, "done")
	counter(descJobs, failed, "failed")
	gauge(descFailing, float64(len(g.app.Scheduler.Failing())))
	if c, ok := g.app.Store.(interface{ Commits() int64 }); ok {
		counter(descCommits, c.Commits())
	}
	ready := 0.0
	if g.app.ready.Load() {
		ready = 1
	}
	gauge(descReady, ready)
}

// survey is how an outbox stands at one moment.
type survey struct {
	owed   [len(lanes)]int
	oldest [len(lanes)]time.Duration
	rates  map[string]float64
	quota  map[string]int
}

// survey looks at what is owed. Its cost is that of the messages owed, a few thousand.
func (o *Outbox) survey() survey {
	now := o.clock.Now()
	s := survey{rates: map[string]float64{}, quota: map[string]int{}}
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, q := range o.queues {
		for _, it := range q.items {
			s.owed[it.lane]++
			s.oldest[it.lane] = max(s.oldest[it.lane], now.Sub(stampOf(it.id)))
		}
	}
	for name, l := range o.lines {
		if l.bulk != nil {
			s.rates[name] = float64(l.bulk.Limit())
		}
	}
	for name, ch := range o.channels {
		if quota := ch.Abilities().Quota; quota > 0 {
			used := 0
			if u := o.used[name]; u.Month == org.MonthOf(now) {
				used = u.Sent
			}
			s.quota[name] = max(quota-used, 0)
		}
	}
	return s
}
