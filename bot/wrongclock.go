package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"chihoi/storage"
)

// WrongClock names, among the troubles, that the calendar waits because of the machine's clock.
const WrongClock = "clock"

const (
	// clockBears is by how much the machine's clock may differ from a network's for the
	// calendar to run: nobody's 08:00 is further off than that.
	clockBears = time.Hour
	// outOfTouch is how far from the time at which a network was last in touch our clock is
	// believed without one. Nothing can be sent in that time anyway.
	outOfTouch = 2 * day
)

// Timed is a channel whose network tells the time.
type Timed interface {
	Channel
	// Ahead is by how much the machine's clock is ahead of the network's; known is false when
	// the network has not answered of late.
	Ahead() (ahead time.Duration, known bool)
	// AskTime has the network answer something, so that Ahead is known if it can be.
	AskTime(ctx context.Context)
}

// askFor is how long a network is waited for that is asked for the time.
const askFor = 10 * time.Second

// trustClock returns an error while the machine's clock can't be right: another time than a
// network's, or, as long as none answers, a leap of days from when one was last in touch. A
// machine that boots into another year must not open periods nobody can close again. Where
// no channel is Timed, the clock is believed.
func (s *Scheduler) trustClock(ctx context.Context) error {
	now := s.Clock.Now()
	var timed []Timed
	for _, name := range slices.Sorted(maps.Keys(s.Outbox.channels)) {
		if t, ok := s.Outbox.channels[name].(Timed); ok {
			timed = append(timed, t)
		}
	}
	if known, err := compare(timed, now); known || len(timed) == 0 {
		return err
	}
	last, err := s.lastHeard(ctx, timed)
	if err != nil || last.IsZero() || now.Sub(last).Abs() <= outOfTouch {
		return err
	}
	short, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	for _, t := range timed {
		t.AskTime(short)
	}
	if known, err := compare(timed, now); known {
		return err
	}
	return fmt.Errorf("the machine's clock says %s, a network was last in touch at %s: the calendar waits until one tells the time",
		now.Format(time.RFC3339), last.In(now.Location()).Format(time.RFC3339))
}

// compare holds the machine's clock against those of networks that answered of late.
func compare(timed []Timed, now time.Time) (known bool, err error) {
	for _, t := range timed {
		ahead, ok := t.Ahead()
		known = known || ok
		if ok && ahead.Abs() > clockBears {
			return true, fmt.Errorf("the machine's clock says %s where that of %s says %s: the calendar waits",
				now.Format(time.RFC3339), t.Name(), now.Add(-ahead).Format(time.RFC3339))
		}
	}
	return known, nil
}

// lastHeard is when one of the channels was last in touch, zero when none ever was.
func (s *Scheduler) lastHeard(ctx context.Context, of []Timed) (last time.Time, err error) {
	err = s.Store.View(ctx, func(tx storage.Tx) error {
		last = time.Time{}
		for _, t := range of {
			at, _, err := storage.Ran.Get(tx, heardPrefix+t.Name())
			if err != nil {
				return err
			}
			last = latest(last, at)
		}
		return nil
	})
	return last, err
}
