// Package viet owns how Vietnamese typed by people is read: yes and no,
// counts, dates, choices, commands, consent and whole free messages.
//
// It promises three outcomes and never a guess: a value with the words it
// rests on, a question with candidates, or "not understood" (domain.md 13).
// It is pure: the same text, question and day give the same reading; it knows
// no clock, file or network, and reads any input in time linear in a bounded
// prefix of it. Adding a word is adding a row to a table in words_*.go.
package viet

import "time"

// Outcome says how far a reply was understood.
type Outcome int

// The three outcomes of every reader (domain.md 13). The zero value is the
// safe one.
const (
	NotUnderstood Outcome = iota
	Ask
	Value
)

// Reading is the outcome of reading one reply.
type Reading[T any] struct {
	Outcome    Outcome
	Value      T      // when Outcome is Value
	Candidates []T    // when Outcome is Ask: what it may mean, at most four, maybe none
	From       string // the words, in NFC as typed, the reading rests on
	Confirm    bool   // with Value: offer it back before storing it
}

// YesNo is the answer to a yes/no question (domain.md 13.1).
type YesNo string

// The answers a yes/no question can get; Unknown is "she does not know" and
// Same "as last month", neither of them a no.
const (
	Yes     YesNo = "yes"
	No      YesNo = "no"
	Unknown YesNo = "unknown"
	Same    YesNo = "same"
)

// Count is the answer to a "how many" question (domain.md 13.2). Unknown is
// "chưa nắm được", Same "vẫn vậy" without a number; both leave N zero.
type Count struct {
	N       int
	Approx  bool
	Unknown bool
	Same    bool
}

// DateProblem says why a date cannot be stored as read (domain.md 13.3).
type DateProblem string

// The problems of a date; the empty problem is a plain past day in the period.
const (
	DateFuture       DateProblem = "future"
	DateLunar        DateProblem = "lunar"
	DateBeforePeriod DateProblem = "before_period"
	DateAfterPeriod  DateProblem = "after_period"
	DateImpossible   DateProblem = "impossible"
	DateVague        DateProblem = "vague"
	DateSeveral      DateProblem = "several"
)

// Date is a civil day, at midnight UTC, and what is doubtful about it.
type Date struct {
	Day     time.Time
	Problem DateProblem
}

// Option is one printed answer of a choice question. Words are extra phrases
// that mean it, besides its label and the families known for that label.
type Option struct {
	Number int
	Label  string
	Words  []string
}

// CommandName names what she asks the bot to do (domain.md 13.4).
type CommandName string

// The commands of domain.md 13.4.
const (
	Submit        CommandName = "submit"
	Edit          CommandName = "edit"
	Cancel        CommandName = "cancel"
	Later         CommandName = "later"
	Help          CommandName = "help"
	Skip          CommandName = "skip"
	Back          CommandName = "back"
	Review        CommandName = "review"
	SameAsLast    CommandName = "same"
	Start         CommandName = "start"
	StopReminders CommandName = "stop_reminders"
	MyData        CommandName = "my_data"
	Withdraw      CommandName = "withdraw"
	Erase         CommandName = "erase"
	Person        CommandName = "person"
)

// Command is a command with what it applies to: Item of "sửa 3", Slot and
// Argument of "sửa kết nạp thành 4", When of "tối chị làm" ("tonight",
// "tomorrow", "sunday" or empty), All of "đừng nhắn tin nữa", which stops more than
// reminders.
type Command struct {
	Name     CommandName
	Item     int
	Slot     string
	Argument string
	When     string
	All      bool
}
