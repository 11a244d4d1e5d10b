package bot

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"chihoi/storage"
)

// Trouble is something the operator is to look at: a job that fails each time it is tried,
// or a slot of the calendar that was missed.
type Trouble struct {
	What  string    `json:"what"` // "remind/2/202612010100/an-phu", "remind/2"
	Since time.Time `json:"since"`
	Err   string    `json:"err,omitempty"`
}

// troubles are the jobs that fail, until they succeed.
type troubles struct {
	mu   sync.Mutex
	list map[string]Trouble
	runs map[string]int64 // attempts by outcome: "done", "failed"
}

// note keeps how an attempt at a job ended.
func (t *troubles) note(what string, now time.Time, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.list == nil {
		t.list, t.runs = map[string]Trouble{}, map[string]int64{}
	}
	if err == nil {
		t.runs["done"]++
		delete(t.list, what)
		return
	}
	t.runs["failed"]++
	since := now
	if before, known := t.list[what]; known {
		since = before.Since
	}
	first, _, _ := strings.Cut(err.Error(), "\n") // of a panic without its stack
	t.list[what] = Trouble{What: what, Since: since, Err: first}
}

// counts are how many attempts ended well, and how many did not.
func (t *troubles) counts() (done, failed int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.runs["done"], t.runs["failed"]
}

// Failing lists the jobs whose last attempt failed, by name.
func (s *Scheduler) Failing() (list []Trouble) {
	s.troubles.mu.Lock()
	defer s.troubles.mu.Unlock()
	for _, what := range slices.Sorted(maps.Keys(s.troubles.list)) {
		list = append(list, s.troubles.list[what])
	}
	return list
}

// safely runs one part of a tick. A panic in it is an error like any other: it is tried
// again at the next tick, and the other parts run.
func (s *Scheduler) safely(ctx context.Context, what string, part func(context.Context) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
		if errors.Is(err, context.Canceled) {
			return // we are being stopped
		}
		s.troubles.note(what, s.Clock.Now(), err)
		if err != nil {
			err = fmt.Errorf("%s: %w", what, err)
		}
	}()
	return part(ctx)
}

// missedPrefix begins the rows that say which slots were missed, and when they would have been.
const missedPrefix = "missed/"

// tellMissed is for how long the operator is told of a slot that was missed.
const tellMissed = 35 * day

// Missed lists the slots of the calendar that were skipped in the last five weeks, because
// the program was down for longer than they are of use.
func Missed(tx storage.Tx, now time.Time) (list []Trouble, err error) {
	since := now.Add(-tellMissed)
	err = storage.Ran.Scan(tx, missedPrefix, "", func(key string, at time.Time) error {
		if !at.Before(since) {
			list = append(list, Trouble{What: strings.TrimPrefix(key, missedPrefix), Since: at})
		}
		return nil
	})
	return list, err
}
