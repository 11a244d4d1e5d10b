package org

import (
	"maps"
	"slices"
	"strings"
)

// Wave is the ledger of what the calendar had to say to a commune on one day. It closes:
// Targeted = Sent + Failed + all Skipped + Waiting.
type Wave struct {
	Kind string // "open", "remind/1", "late_list"
	Day  string // "2026-11-28"
	// Targeted is how many were to be written to; Waiting are held for the end of a quiet
	// time, or on their way.
	Targeted, Sent, Failed, Waiting int
	Skipped                         map[string]int // by the reason
	// Doubtful of those Sent may have arrived twice, or not at all.
	Doubtful int
}

// Count adds one message: its state, and why it was not sent.
func (w *Wave) Count(state, why string) {
	w.Targeted++
	switch state {
	case "sent":
		w.Sent++
		if why == "doubtful" {
			w.Doubtful++
		}
	case "failed":
		w.Failed++
	case "skipped", "cancelled":
		if w.Skipped == nil {
			w.Skipped = map[string]int{}
		}
		w.Skipped[why]++
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

// SplitWave cuts "remind/1/2026-11-28" into what it is and its day.
func SplitWave(name string) (kind, day string) {
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return name, ""
	}
	return name[:i], name[i+1:]
}
