package org

import (
	"slices"
	"strconv"
	"strings"
)

// Standing is what every turn of a branch's conversation needs, in one small record.
type Standing struct {
	// Past lists what is carried over from the latest submitted months, oldest first.
	Past []Past `json:"past,omitempty"`
	// Drafts names the row of the draft of each month that has one.
	Drafts map[Month]string `json:"drafts,omitempty"`
}

// Past is what later months need of a submitted check-in.
type Past struct {
	Month Month `json:"month"`
	End   int   `json:"end"`
	// Recap says that q4 to q6 were only confirmed that month, not asked afresh.
	Recap bool `json:"recap,omitempty"`
	// Carry holds the answers to q2 to q6 that a next month may take over; only in the
	// latest two: the last month, and the one before it while the last is corrected.
	Carry map[QuestionID]string `json:"carry,omitempty"`
}

// Count reads a count carried over; ok is false when there is none.
func (p Past) Count(q QuestionID) (int, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(p.Carry[q], "~"))
	return n, err == nil
}

var carried = []QuestionID{"q2_pioneers", "q3_resources", "q3a_kinds", "q4_faces", "q5_circumstances", "q6_needs", "q6a_top_need"}

// remembered is how many months a standing looks back: the two before the present one
// (domain.md 6, prefill rule), the present one once it is sent, and one to spare.
const remembered = 4

// Remember puts a check-in into the list, in the place of an earlier revision; oldest first.
func Remember(list []Past, c CheckIn) []Past {
	p := Past{Month: c.Month, End: c.End, Recap: c.Answers.Has("q456_know"), Carry: map[QuestionID]string{}}
	for _, q := range carried {
		if v := c.Answers[q].Value; v != "" {
			p.Carry[q] = v
		}
	}
	list = slices.DeleteFunc(slices.Clone(list), func(old Past) bool { return old.Month == c.Month })
	list = append(list, p)
	slices.SortFunc(list, func(a, b Past) int { return strings.Compare(string(a.Month), string(b.Month)) })
	list = list[max(0, len(list)-remembered):]
	for i := range len(list) - 2 {
		list[i].Carry = nil
	}
	return list
}

// Sent reports whether the month was submitted; certain is false for one too long ago to
// be remembered.
func (s Standing) Sent(m Month) (sent, certain bool) {
	sent = slices.ContainsFunc(s.Past, func(p Past) bool { return p.Month == m })
	return sent, sent || len(s.Past) < remembered || m > s.Past[0].Month
}
