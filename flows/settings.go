package flows

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
)

// Settings are the domain's settings (domain.md 15), one set per deployment.
type Settings struct {
	Calendar Calendar `yaml:"calendar"`
	// Communes are the settings of single communes, where they differ.
	Communes map[org.CommuneID]Own `yaml:"communes"`
	Quiet    Quiet                 `yaml:"quiet"`
	// Weekly is how many messages of the calendar somebody gets in seven days at most,
	// whatever for; those she asked for are not counted.
	Weekly int `yaml:"weekly"`
	// PairKinds are the enabled kinds of "1+1", all five by default (domain.md 4.2).
	PairKinds []org.PairKind `yaml:"pair_kinds"`
	// QuietCount is how many branches a commune has at least whose chairs get a count at each
	// quarter of the reports instead of a line each; 0: none has.
	QuietCount int `yaml:"quiet_count"`
	// AcceptDays has reports wait until a chair has seen them, or for so many days; 0: they don't.
	AcceptDays int `yaml:"accept_days"`
	// Dues asks q12_dues in the last month of each quarter.
	Dues bool `yaml:"dues"`
	// Emergency and ChildHelp are the numbers of the violence path (domain.md 9).
	Emergency string `yaml:"emergency"`
	ChildHelp string `yaml:"child_help"`
	// InviteDays is how long an invite code is good for, in days.
	InviteDays int `yaml:"invite_days"`
	// TermEnds is the last month of the Union's term: a year after it the reports of the term
	// are deleted (domain.md 12.6). "" keeps them, for nobody knows yet when that is.
	TermEnds org.Month `yaml:"term_ends"`
	// Responsible is named in the privacy notice: who answers for the data, and how to reach her.
	Responsible string `yaml:"responsible"`
}

// Own are the settings in which one commune differs.
type Own struct {
	Calendar Calendar `yaml:"calendar"` // lines that are left out are those of all
	DaysOff  []string `yaml:"days_off"` // of this place, besides those of all
}

// Calendar holds cron expressions of five fields (domain.md 8).
type Calendar struct {
	Open     string   `yaml:"open"`
	Remind   []string `yaml:"remind"`
	Due      string   `yaml:"due"`
	LateList string   `yaml:"late_list"`
	Lock     string   `yaml:"lock"`
	Digest   string   `yaml:"digest"`
	Summary  string   `yaml:"summary"`
}

// CalendarOf is the calendar of a commune: its own lines over those of all.
func (s *Settings) CalendarOf(c org.CommuneID) Calendar {
	own, all := s.Communes[c].Calendar, s.Calendar
	if own.Remind == nil {
		own.Remind = all.Remind
	}
	return Calendar{Open: cmp.Or(own.Open, all.Open), Remind: own.Remind, Due: cmp.Or(own.Due, all.Due),
		LateList: cmp.Or(own.LateList, all.LateList), Lock: cmp.Or(own.Lock, all.Lock),
		Digest: cmp.Or(own.Digest, all.Digest), Summary: cmp.Or(own.Summary, all.Summary)}
}

// OwnDaysOff reports whether some commune has days off of its own.
func (s *Settings) OwnDaysOff() bool {
	for _, own := range s.Communes {
		if len(own.DaysOff) > 0 {
			return true
		}
	}
	return false
}

// QuietOf says when nobody of a commune is written to without asking: its own days off come
// besides those of all.
func (s *Settings) QuietOf(c org.CommuneID) *Quiet {
	own := s.Communes[c].DaysOff
	if len(own) == 0 {
		return &s.Quiet
	}
	q := s.Quiet
	q.DaysOff = slices.Concat(q.DaysOff, own)
	return &q
}

// OpeningDay is the day of the month on which a commune's periods open, 0 where its calendar
// names it in another way.
func (s *Settings) OpeningDay(c org.CommuneID) int {
	fields := strings.Fields(s.CalendarOf(c).Open)
	if len(fields) != 5 {
		return 0
	}
	day, _ := strconv.Atoi(fields[2])
	return day
}

// TermOver reports whether the reports of the term have had their time: a year after its
// last month, in the zone of now.
func (s *Settings) TermOver(now time.Time) bool {
	return s.TermEnds != "" && !now.Before(s.TermEnds.Add(13).First(now.Location()))
}

// DefaultSettings are those of domain.md.
func DefaultSettings() *Settings {
	return &Settings{
		Calendar: Calendar{
			Open:     "0 8 25 * *",
			Remind:   []string{"0 19 28 * *", "0 8 1 * *", "0 19 3 * *"},
			Due:      "59 23 3 * *",
			LateList: "0 8 4 * *",
			Lock:     "59 23 20 * *",
			Digest:   "30 7 * * 1",
			Summary:  "30 7 6 * *",
		},
		Quiet:       Quiet{Hours: []string{"20:30-07:00", "11:30-13:30"}, TetFrom: 27, TetTo: 6, DaysOff: []string{}, Spread: 15},
		Weekly:      5,
		QuietCount:  20,
		PairKinds:   append([]org.PairKind(nil), org.PairKinds...),
		Emergency:   "113",
		ChildHelp:   "111",
		InviteDays:  30,
		Responsible: "Hội LHPN xã",
	}
}

// Wrong is a setting that can't be as it is. Path is its place among the settings, as a
// file of settings has it: "pair_kinds[2]".
type Wrong struct{ Path, Text string }

// phoneForm is a number to be rung, in the words of a message.
var phoneForm = regexp.MustCompile(`^[0-9+][0-9 .]{1,18}[0-9]$`)

// longestResponsible is how long the one who answers for the data may be named: the
// privacy notice is one message, and she reads it on a phone.
const longestResponsible = 120

// mostAcceptDays is how long a report may wait for a chair: till the next period is well under way.
const mostAcceptDays = 31

// Check lists all settings that would leave somebody in a dead end or promise what can't
// be kept. The lines of the calendar are read, and checked, by whoever runs it.
func (s *Settings) Check() (list []Wrong) {
	wrong := func(path, format string, args ...any) { list = append(list, Wrong{path, fmt.Sprintf(format, args...)}) }
	if len(s.PairKinds) == 0 {
		wrong("pair_kinds", "phải có ít nhất một loại trong %v", org.PairKinds)
	}
	for i, k := range s.PairKinds {
		path := fmt.Sprintf("pair_kinds[%d]", i)
		if !slices.Contains(org.PairKinds, k) {
			wrong(path, "%q không có trong %v", k, org.PairKinds)
		} else if slices.Contains(s.PairKinds[:i], k) {
			wrong(path, "%q có hai lần", k)
		}
	}
	for _, n := range []struct{ path, value string }{{"emergency", s.Emergency}, {"child_help", s.ChildHelp}} {
		if !phoneForm.MatchString(n.value) {
			wrong(n.path, "%q không phải số điện thoại", n.value)
		}
	}
	switch n := len([]rune(strings.TrimSpace(s.Responsible))); {
	case n == 0:
		wrong("responsible", "không được để trống: thông báo về dữ liệu cá nhân nêu ai chịu trách nhiệm")
	case n > longestResponsible:
		wrong("responsible", "dài %d chữ, nhiều nhất %d", n, longestResponsible)
	}
	if s.InviteDays < 1 || s.InviteDays > 365 {
		wrong("invite_days", "%d: phải từ 1 đến 365", s.InviteDays)
	}
	if _, err := org.ParseMonth(string(s.TermEnds)); s.TermEnds != "" && err != nil {
		wrong("term_ends", "%q: viết tháng như 2027-12", s.TermEnds)
	}
	if s.AcceptDays < 0 || s.AcceptDays > mostAcceptDays {
		wrong("accept_days", "%d: phải từ 0 (báo cáo không cần chờ nhận) đến %d", s.AcceptDays, mostAcceptDays)
	}
	if s.Weekly < 1 || s.Weekly > 50 {
		wrong("weekly", "%d: phải từ 1 đến 50", s.Weekly)
	}
	if s.QuietCount < 0 {
		wrong("quiet_count", "%d: không được dưới 0", s.QuietCount)
	}
	for c := range s.Communes {
		if _, err := org.ParseCommuneID(string(c)); err != nil {
			wrong("communes."+string(c), "%v", err)
		}
	}
	s.checkQuiet(wrong)
	return list
}
