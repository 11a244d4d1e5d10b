package flows

import "chihoi/flows/org"

// Settings are the domain's settings (domain.md 15), one set per deployment.
type Settings struct {
	Calendar Calendar `yaml:"calendar"`
	// PairKinds are the enabled kinds of "1+1", all five by default (domain.md 4.2).
	PairKinds []org.PairKind `yaml:"pair_kinds"`
	// Dues asks q12_dues in the last month of each quarter.
	Dues bool `yaml:"dues"`
	// Emergency and ChildHelp are the numbers of the violence path (domain.md 9).
	Emergency string `yaml:"emergency"`
	ChildHelp string `yaml:"child_help"`
	// InviteDays is how long an invite code is good for, in days.
	InviteDays int `yaml:"invite_days"`
	// Responsible is named in the privacy notice: who answers for the data, and how to reach her.
	Responsible string `yaml:"responsible"`
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
		PairKinds:   append([]org.PairKind(nil), org.PairKinds...),
		Emergency:   "113",
		ChildHelp:   "111",
		InviteDays:  30,
		Responsible: "Hội LHPN xã",
	}
}
