package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"chihoi/flows"
	"chihoi/storage"
)

const (
	// tapLife is how long a network keeps a tap for a program that does not fetch it
	// (telegram.md 2); texts are kept for a day.
	tapLife = 150 * time.Second
	// againWithin is how long before an outage somebody must have been at her check-in for
	// its open question to be asked again: she may be waiting for an answer to her tap.
	againWithin = time.Hour
	againAtMost = 2000 // questions after one outage: about two minutes of sending
	againAtOnce = 100  // in one transaction
)

// heardPrefix begins the rows that say when a channel was last in touch with its network.
const heardPrefix = "heard/"

// Heard notes that a channel is in touch with its network. When it was not for longer than
// taps live, by a row that outlives the program, the questions open at that time are asked
// again, once, after all replies. What people wrote meanwhile may still take wait to arrive.
// With a clock that can't be right nothing is noted: the last right time is what it is known by.
func (s *Scheduler) Heard(ctx context.Context, channel string, wait time.Duration) error {
	if s.trustClock(ctx) != nil { // each tick tells of it
		return nil
	}
	now := s.Clock.Now()
	row := heardPrefix + channel
	var last time.Time
	var known bool
	err := s.Store.View(ctx, func(tx storage.Tx) (err error) {
		last, known, err = storage.Ran.Get(tx, row)
		return err
	})
	if err != nil {
		return fmt.Errorf("outage: %w", err)
	}
	if gap := now.Sub(last); known && gap > tapLife {
		if err := s.askAgain(ctx, channel, last, now, wait); err != nil {
			return fmt.Errorf("outage: %w", err)
		}
	}
	return s.Store.Update(ctx, func(tx storage.Tx) error { return storage.Ran.Put(tx, row, now) })
}

// askAgain plans the questions that were open on a channel in the hour before it went
// silent. Running twice it plans nothing more: what is planned has a key.
func (s *Scheduler) askAgain(ctx context.Context, channel string, last, now time.Time, wait time.Duration) error {
	open, err := s.openQuestions(ctx, channel, last, now)
	if err != nil {
		return err
	}
	s.Log.Info("the network was out of reach, asking open questions again", "channel", channel,
		"since", last.Format(time.RFC3339), "questions", len(open), "cut", len(open) == againAtMost)
	for n := 0; len(open) > 0; n++ {
		few := open[:min(len(open), againAtOnce)]
		open = open[len(few):]
		name := fmt.Sprintf("again/%s/%014x/%d", channel, now.UnixMicro(), n)
		if err := s.RunJob(ctx, name, flows.Job{Kind: flows.JobAgain, By: "outage", Questions: few, At: now.Add(wait), Gap: now.Sub(last)}); err != nil {
			return err
		}
	}
	return nil
}

// openQuestions lists the questions that were asked on a channel in the hour before last,
// or since, and had arrived when it went silent; oldest first. It reads the drafts there
// are, a stretch at a time.
func (s *Scheduler) openQuestions(ctx context.Context, channel string, last, now time.Time) (list []flows.OpenQuestion, err error) {
	first, behind := messageID(last.Add(-againWithin).UnixMicro(), "", 0), messageID(now.UnixMicro(), "", 0)
	open := func(seat flows.Seat) bool {
		return seat.Open != "" && seat.PromptAt.Channel() == channel && seat.Prompt >= first && seat.Prompt < behind
	}
	for from := ""; ; {
		next, n := "", 0
		var found []flows.OpenQuestion
		err := s.Store.View(ctx, func(tx storage.Tx) error {
			next, n, found = "", 0, nil
			return storage.Drafts.Scan(tx, "", from, func(key string, d flows.Draft) error {
				if n++; n > walkAtOnce {
					next = key
					return storage.ErrStop
				}
				for who, seat := range d.Seats {
					if !open(seat) {
						continue
					}
					r, ok, err := storage.Sent.Get(tx, string(seat.Prompt))
					if err != nil {
						return err
					}
					if ok && r.At.Before(last.Add(tapLife)) {
						found = append(found, flows.OpenQuestion{Branch: d.Branch, Month: d.Month, Person: who, Prompt: seat.Prompt})
					}
				}
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
		if list = append(list, found...); next == "" {
			break
		}
		from = next
	}
	slices.SortFunc(list, func(a, b flows.OpenQuestion) int { return cmp.Compare(a.Prompt, b.Prompt) })
	return list[max(0, len(list)-againAtMost):], nil // the latest matter most
}
