package bot

import (
	"context"
	"log/slog"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
)

// touchEvery is how often, at most, a channel says that it is in touch: a write each time.
const touchEvery = 20 * time.Second

// Touch lets the program know that a channel is in touch with its network and has handed in
// all there was, so that it notices when it was not: what people did meanwhile may be lost.
type Touch struct {
	Handle  Handle
	Channel string
	told    time.Time // on the machine's clock
}

// Never reports that the program has not been told yet.
func (t *Touch) Never() bool { return t.told.IsZero() }

// Tell tells the program, unless it was told a moment ago and nothing has failed since.
// What people wrote meanwhile may still take wait to arrive.
func (t *Touch) Tell(ctx context.Context, failed bool, wait time.Duration) error {
	if !failed && !t.Never() && time.Since(t.told) < touchEvery {
		return nil
	}
	err := t.Handle(ctx, Update{Contact: org.ContactID(t.Channel + ":"), Event: flows.Heard{Wait: wait}})
	if err == nil {
		t.told = time.Now()
	}
	return err
}

// Keep tells the program again and again until ctx ends, for a channel that is called by
// its network and notices no silence.
func (t *Touch) Keep(ctx context.Context, log *slog.Logger, wait time.Duration) {
	tick := time.NewTicker(touchEvery)
	defer tick.Stop()
	for {
		if err := t.Tell(ctx, true, wait); err != nil && ctx.Err() == nil {
			log.Error("not noted that the channel is in touch", "err", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
