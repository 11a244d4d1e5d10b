package telegram

import (
	"context"
	"log/slog"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	// answerTimeout is about as long as a phone shows that the tap is being worked on.
	answerTimeout = 10 * time.Second
	// answersAtOnce bounds the calls under way, so that a slow line does not pile them up.
	answersAtOnce = 16
	// answersKnown is how many taps are remembered at least, each at most twice as long.
	answersKnown = 2048
)

// answers tells Telegram that a tap arrived, which ends the waiting sign on the button. It
// runs beside the handling and begins before it; its failure harms nothing.
type answers struct {
	client  *client
	log     *slog.Logger
	slots   chan struct{}
	running sync.WaitGroup

	mu sync.Mutex
	// now and before hold the taps already answered in this run. An update can be delivered
	// again, and a second answer is refused.
	now, before map[string]bool
}

func newAnswers(c *client, log *slog.Logger) *answers {
	return &answers{client: c, log: log, slots: make(chan struct{}, answersAtOnce), now: map[string]bool{}}
}

// begin starts answering a tap, unless that was done before.
func (a *answers) begin(ctx context.Context, id string) {
	if !a.first(id) {
		return
	}
	a.running.Go(func() {
		ctx, cancel := context.WithTimeout(ctx, answerTimeout)
		defer cancel()
		select {
		case a.slots <- struct{}{}:
			defer func() { <-a.slots }()
		case <-ctx.Done():
			return
		}
		if _, err := a.client.call(ctx, answerTimeout, "answerCallbackQuery", tgbotapi.Params{"callback_query_id": id}); err != nil {
			a.log.Debug("telegram: tap not answered", "err", err)
		}
	})
}

// first notes a tap and reports whether it is new. Two maps that take turns bound the memory.
func (a *answers) first(id string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.now[id] || a.before[id] {
		return false
	}
	if len(a.now) >= answersKnown {
		a.now, a.before = make(map[string]bool), a.now
	}
	a.now[id] = true
	return true
}

func (a *answers) wait() { a.running.Wait() }
