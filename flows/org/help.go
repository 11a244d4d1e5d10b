package org

import "time"

// HelpCount counts the calls for help that are open at a time, and those of a month, without
// a word of them (domain.md 9).
type HelpCount struct {
	Open, Urgent int // Urgent: violence
	// Oldest is the age of the oldest open one in days.
	Oldest int
	// Unseen are those that nobody took on for three days or more (domain.md 9).
	Unseen  int
	ByKind  map[RequestKind]int
	ByState map[RequestState]int
	// Came and Closed are those that came in the month, and that were closed in it.
	Came, Closed int
}

// unseenDays is by when a chair must have taken a call on (domain.md 9).
const unseenDays = 3

// Open reports whether it still waits for something to come of it.
func (r Request) Open() bool { return r.State != RequestResolved && r.State != RequestClosed }

// Urgent reports whether the chair must call at once.
func (r Request) Urgent() bool { return r.Kind == Violence }

// Age is how many midnights have passed since it came.
func (r Request) Age(now time.Time) int { return Days(r.At, now) }

// Days counts the midnights from one time to another, in the zone of the latter.
func Days(from, to time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(to.Location()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)) / (24 * time.Hour))
}

// help counts the commune's calls for help as they stand now, and those of the month.
func (r Records) help(m Month) HelpCount {
	h := HelpCount{ByKind: map[RequestKind]int{}, ByState: map[RequestState]int{}}
	for _, q := range r.Requests {
		if MonthOf(q.At.In(r.Now.Location())) == m {
			h.Came++
		}
		if !q.Open() {
			if MonthOf(q.LastMoved().In(r.Now.Location())) == m {
				h.Closed++
			}
			continue
		}
		h.Open++
		h.ByKind[q.Kind]++
		h.ByState[q.State]++
		h.Oldest = max(h.Oldest, q.Age(r.Now))
		if q.Urgent() {
			h.Urgent++
		}
		if q.State == RequestNew && q.Age(r.Now) >= unseenDays {
			h.Unseen++
		}
	}
	return h
}
