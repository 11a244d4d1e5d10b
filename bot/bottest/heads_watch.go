package bottest

import (
	"fmt"
	"slices"
	"sync"
)

// Watch notes what the bot sends, in which run of the program, as it was when it was sent.
type Watch struct {
	mu    sync.Mutex
	run   int
	total int
	sent  map[int64][]shown
}

type shown struct {
	TelegramMessage
	run int
}

// NewWatch watches a server from now on; then, if not nil, hears of each message, with how
// many there were, before the bot has its answer.
func NewWatch(srv *Telegram, then func(total int)) *Watch {
	w := &Watch{sent: map[int64][]shown{}}
	srv.OnBot(func(chat int64, m TelegramMessage) {
		w.mu.Lock()
		if !m.Edited {
			w.sent[chat] = append(w.sent[chat], shown{m, w.run})
		}
		w.total++
		total := w.total
		w.mu.Unlock()
		if then != nil {
			then(total)
		}
	})
	return w
}

// NextRun tells that the program died; what comes now comes from its next run.
func (w *Watch) NextRun() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.run++
}

// Repeats counts the messages that came to a chat more than once, and reports chats to
// which one run sent more than one that had been there before.
func (w *Watch) Repeats() (repeats int, errs []error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for chat, list := range w.sent {
		byRun := map[int]int{}
		for i, m := range list {
			if slices.ContainsFunc(list[:i], m.equal) {
				repeats++
				byRun[m.run]++
			}
		}
		for run, n := range byRun {
			if n > 1 || run == 0 {
				errs = append(errs, fmt.Errorf("chat %d: %d messages repeated in run %d", chat, n, run))
			}
		}
	}
	return repeats, errs
}

func (m shown) equal(o shown) bool {
	return m.Text == o.Text && slices.EqualFunc(m.Buttons, o.Buttons, slices.Equal)
}

// Disorder reports the chats in which a prompt came after a later one.
func (w *Watch) Disorder() (errs []error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for chat, list := range w.sent {
		last := question{}
		for _, m := range list {
			q, ok := questionIn(m.TelegramMessage)
			if ok && q.asked < last.asked {
				errs = append(errs, fmt.Errorf("chat %d: prompt %d (%q) came after prompt %d (%q)", chat, q.asked, q.id, last.asked, last.id))
			}
			if ok {
				last = q
			}
		}
	}
	return errs
}
