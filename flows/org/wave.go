package org

import (
	"maps"
	"slices"
	"strings"
)

// Wave is the ledger of what one cause had to say to a commune on one day. It closes:
// Targeted = Sent + Failed + all Skipped + Waiting.
type Wave struct {
	Kind string // "open", "remind/1", "late_list"
	Day  string // "2026-11-28"
	// Rows are the messages that are counted, by their keys.
	Rows []WaveRow
	// Targeted is how many were to be written to; Waiting are held for the end of a quiet
	// time, or on their way.
	Targeted, Sent, Failed, Waiting int
	Skipped                         map[string]int // by the reason
	// Doubtful of those Sent may have arrived twice, or not at all.
	Doubtful int
}

// WaveRow is one message of a wave.
type WaveRow struct {
	// Of is what the message is about or to: a branch's part of its id ("12" of "an-phu/12"),
	// or a person. Deputy says that it went to the branch's deputy.
	Of      string
	Deputy  bool
	Outcome Outcome
	Why     string // for what it was not sent; "doubtful" when it may not have arrived
}

// Outcome is what became of a message.
type Outcome int

// Outcomes.
const (
	Waiting Outcome = iota
	Sent
	Failed
	Skipped
)

// MessageState is where a planned message is; "" is none that was ever planned.
type MessageState string

// States of planned messages.
const (
	MessagePlanned   MessageState = "planned"   // for a time to come
	MessageHeld      MessageState = "held"      // for the end of a quiet time
	MessageOwed      MessageState = "owed"      // on its way
	MessageSent      MessageState = "sent"      // arrived, as far as its network tells
	MessageFailed    MessageState = "failed"    // given up, or refused
	MessageSkipped   MessageState = "skipped"   // needless, or spared her
	MessageCancelled MessageState = "cancelled" // before it went
)

// Pending reports whether the message is still to come.
func (s MessageState) Pending() bool {
	return s == MessagePlanned || s == MessageHeld || s == MessageOwed
}

// Outcome is the state as the ledger counts it.
func (s MessageState) Outcome() Outcome {
	switch s {
	case MessageSent:
		return Sent
	case MessageFailed:
		return Failed
	case MessageSkipped, MessageCancelled:
		return Skipped
	}
	return Waiting
}

// Doubtful is why a message that was sent may have arrived twice, or not at all.
const Doubtful = "doubtful"

// Count adds one message.
func (w *Wave) Count(r WaveRow) {
	w.Rows = append(w.Rows, r)
	w.Targeted++
	switch r.Outcome {
	case Sent:
		w.Sent++
		if r.Why == Doubtful {
			w.Doubtful++
		}
	case Failed:
		w.Failed++
	case Skipped:
		if w.Skipped == nil {
			w.Skipped = map[string]int{}
		}
		w.Skipped[r.Why]++
	default:
		w.Waiting++
	}
}

// Reasons lists why some were skipped, the most frequent first.
func (w Wave) Reasons() []string {
	list := slices.Sorted(maps.Keys(w.Skipped))
	slices.SortStableFunc(list, func(a, b string) int { return w.Skipped[b] - w.Skipped[a] })
	return list
}

// FailedWhy lists why some failed, by their first letters.
func (w Wave) FailedWhy() (list []string) {
	for _, r := range w.Rows {
		if r.Outcome == Failed && !slices.Contains(list, r.Why) {
			list = append(list, r.Why)
		}
	}
	slices.Sort(list)
	return list
}

// SplitWave cuts "remind/1/2026-11-28" into what it is and its day.
func SplitWave(name string) (kind, day string) {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return name, ""
	}
	return name[:i], name[i+1:]
}
