package viet

import (
	"strconv"
	"strings"
	"time"
)

var _ = strings.TrimSpace

func ReadCount(text string, question string) Reading[Count] {
	if n, err := strconv.Atoi(Normalize(text)); err == nil && n >= 0 {
		return Reading[Count]{Outcome: Value, Value: Count{N: n}, From: text}
	}
	return Reading[Count]{}
}

// Quick is what one free message truly states, slot by slot; a slot she did
// not speak of is NotUnderstood. Rest holds the words no slot rests on.
type Quick struct {
	Activity      Reading[YesNo]
	Date          Reading[Date]
	Attendees     Reading[Count]
	Kind          Reading[int] // option number of q1c_kind
	Reason        Reading[int] // option number of q1d_reason
	Members       Reading[Count]
	Pioneers      Reading[Count]
	Resources     Reading[YesNo]
	Faces         Reading[int] // 1 most, 2 half, 3 few
	Circumstances Reading[int]
	Needs         Reading[int]
	TopNeed       Reading[int] // option number of q6a_top_need
	Joined        Reading[Count]
	Excluded      Reading[Count]
	LeftTotal     Reading[Count]
	LeftOrg       Reading[Count]
	Died          Reading[Count]
	MovedOut      Reading[Count]
	PairsNew      Reading[Count]
	PairsActed    Reading[Count]
	Help          Reading[YesNo]
	HelpKind      Reading[int] // option number of q10_help
	Dues          Reading[YesNo]
	SameRest      bool // "còn lại giống tháng trước": Q2–Q6 may be prefilled
	Rest          string
}

func ReadQuick(text string, today, firstOfMonth time.Time) Quick { return Quick{} }

func ReadQuestion(text string) (topic string, ok bool) { return "", false }
