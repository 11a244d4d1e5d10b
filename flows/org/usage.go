package org

import "time"

// Usage is what a bot of a network with limits has used of them. A network without limits
// has none.
type Usage struct {
	Bot   string `json:"bot"` // the channel's name
	Month Month  `json:"month"`
	// Sent is how many messages went out this month, those that perhaps arrived among them,
	// of Quota; what people wrote is not counted.
	Sent  int `json:"sent"`
	Quota int `json:"quota"`
	// Refused is how often the network took no more, since RefusedAt, at RefusedSent by our count.
	Refused     int       `json:"refused,omitempty"`
	RefusedAt   time.Time `json:"refused_at,omitzero"`
	RefusedSent int       `json:"refused_sent,omitempty"`
	// Users is how many people ever wrote to the bot, of Seats. It is counted, not kept.
	Users int `json:"users,omitempty"`
	Seats int `json:"seats"`
}

// Shares of a bot's monthly quota, in percent of it, and of its seats.
const (
	// QuotaWarnAt is when the chair first hears of it.
	QuotaWarnAt = 80
	// QuotaBulkTo is up to where openings, reminders and posts are sent. The rest is kept for
	// those who write, and for alarms.
	QuotaBulkTo = 90
	// QuotaTellTo is up to where a chair is told what can wait.
	QuotaTellTo = 97
	// SeatsWarnLeft is with how many seats left a bot is said to be nearly full.
	SeatsWarnLeft = 5
)

// Percent is how much of the quota is used; 100 and more once the network took no more.
func (u Usage) Percent() int {
	switch {
	case u.Refused > 0:
		return 100
	case u.Quota <= 0:
		return 0
	}
	return u.Sent * 100 / u.Quota
}
