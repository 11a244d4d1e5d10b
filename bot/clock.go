package bot

import (
	"context"
	"sync"
	"time"
)

// Clock tells the time in the deployment's zone, and waits for it.
type Clock interface {
	Now() time.Time
	// WaitUntil returns when the clock reaches t, earlier when the clock is moved or ctx
	// ends: whoever waits looks again at what is due.
	WaitUntil(ctx context.Context, t time.Time)
}

// SystemClock is the machine's clock in a zone.
type SystemClock struct{ Zone *time.Location }

// Now is the machine's time in the zone.
func (c SystemClock) Now() time.Time { return time.Now().In(c.Zone) }

// WaitUntil waits on the machine's clock, in steps of at most a minute, so that a machine
// that slept or whose clock was set is noticed.
func (c SystemClock) WaitUntil(ctx context.Context, t time.Time) {
	d := min(time.Until(t), time.Minute)
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	wait(ctx, timer.C, nil)
}

// HandClock runs on from where it was last set; the demo and the transcripts move it.
type HandClock struct {
	mu    sync.Mutex
	at    time.Time // what it showed at set
	set   time.Time // the machine's time then
	still bool
	moved chan struct{}
}

// NewHandClock starts at t and runs on; a still one stands until it is moved.
func NewHandClock(t time.Time, still bool) *HandClock {
	return &HandClock{at: t, set: time.Now(), still: still, moved: make(chan struct{})}
}

// Now is the time it shows.
func (c *HandClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.still {
		return c.at
	}
	return c.at.Add(time.Since(c.set))
}

// Set moves it to t and wakes whoever waits.
func (c *HandClock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.set = t, time.Now()
	close(c.moved)
	c.moved = make(chan struct{})
}

// WaitUntil waits as Clock says.
func (c *HandClock) WaitUntil(ctx context.Context, t time.Time) {
	c.mu.Lock()
	moved, still := c.moved, c.still
	c.mu.Unlock()
	d := t.Sub(c.Now())
	switch {
	case d <= 0:
	case still:
		wait(ctx, nil, moved)
	default:
		timer := time.NewTimer(d)
		defer timer.Stop()
		wait(ctx, timer.C, moved)
	}
}

// wait returns when the timer fires, moved closes or ctx ends; a nil channel never does.
func wait(ctx context.Context, timer <-chan time.Time, moved <-chan struct{}) {
	select {
	case <-ctx.Done():
	case <-timer:
	case <-moved:
	}
}
