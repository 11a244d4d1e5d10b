package org_test

import (
	"testing"

	"chihoi/flows/org"
)

// TestPublishedFigures computes every fixture of domain.md 14 from its counts.
func TestPublishedFigures(t *testing.T) {
	percent := func(r org.Ratio) string { return r.String() }
	mean := func(r org.Ratio) string {
		d, ok := r.Mean()
		if !ok {
			return org.NoFigure
		}
		return d.String()
	}
	for _, f := range []struct{ id, got, want string }{
		{"F01", percent(org.RatioOf(254, 254)), "100%"},
		{"F02", percent(org.RatioOf(184, 254)), "72,44%"},
		{"F03", percent(org.RatioOf(22, 30)), "73,33%"},
		{"F04", mean(org.RatioOf(294, 22)), "13,36"},
		{"F05", mean(org.RatioOf(376, 104)), "3,62"},
		{"F06", mean(org.RatioOf(443, 98)), "4,52"},
		{"F07", mean(org.RatioOf(230, 148)), "1,55"},
		{"F08", mean(org.RatioOf(169, 94)), "1,80"},
		{"F09", percent(org.RatioOf(38506, 85328)), "45,13%"},
		{"F10 non-party", org.Number(85328 - 38506), "46.822"},
		{"F10 half", org.PartyDevelopment{NonPartyNow: org.Known(46822)}.Needed().String(), "23.411"},
		{"F10", percent(org.PartyDevelopment{NonPartyNow: org.Known(46822), Nurtured: org.Known(33000)}.Rate()), "70,48%"},
		{"F11", percent(stipends(85180, 84884, 62469).AnyRate()), "99,65%"},
		{"F12", percent(stipends(85180, 84884, 62469).LocalRate()), "73,34%"},
		{"F13", percent(org.RatioOf(10373, 10543)), "98,39%"},
		{"F14", percent(org.RatioOf(13752, 10543)), "130,44%"},
		{"F14 anomaly", string(org.Over100Of(org.RatioOf(13752, 10543))), "anomaly_over_100"},
		{"F15", percent(org.RatioOf(8730, 10543)), "82,80%"},
		{"F15 anomaly", string(org.Over100Of(org.RatioOf(8730, 10543))), ""},
		{"F16", percent(org.RatioOf(84206, 85180)), "98,86%"},
		{"F17 provinces", percent(org.RatioOf(62, 63)), "98,41%"},
		{"F17 computers", percent(org.RatioOf(42, 63)), "66,67%"},
		{"F17 communes", percent(org.RatioOf(752, 10543)), "7,13%"},
		{"F18 sum", org.Number(120591 + 23380 + 259), "144.230"},
		{"F18", percent(org.RatioOf(120591, 144230)), "83,61%"},
		{"F19", percent(org.RatioOf(125, 697)), "17,93%"},
		{"F20", percent(org.RatioOf(8-1037, 1037)), "−99,23%"},
		{"F21", org.Known(10603 - 11162).Signed(), "−559"},
		{"F22", members(0, 4640, 0, 1477, 0, 0).NetGrowth().Signed(), "+3.163"},
		{"F23 sum", org.Number(56 + 31 + 9), "96"},
		{"F23", percent(org.RatioOf(56, 96)), "58,33%"},
	} {
		if f.got != f.want {
			t.Errorf("%s: %s, want %s", f.id, f.got, f.want)
		}
	}
}

func stipends(heads, anyOf, local int) org.Stipends {
	return org.Stipends{Heads: org.Known(heads), Any: org.Known(anyOf), Local: org.Known(local)}
}

func members(start, joined, excluded, leftOrg, died, moved int) org.Members {
	return org.Members{Start: org.Known(start), Joined: org.Known(joined), Excluded: org.Known(excluded),
		LeftOrg: org.Known(leftOrg), Died: org.Known(died), MovedOut: org.Known(moved)}
}

// TestMembers computes the worked examples of domain.md 5.1 and 5.2.
func TestMembers(t *testing.T) {
	for _, c := range []struct {
		name     string
		m        org.Members
		end, net string
	}{
		{"example 1", members(118, 4, 1, 1, 0, 1), "120", "+1"},
		{"example 2", members(0, 46, 9, 5, 3, 6), "32", "+23"},
		{"example 3", members(80, 0, 0, 0, 1, 0), "79", "−1"},
		{"nothing moved", members(80, 0, 0, 0, 0, 0), "80", "0"},
		{"excluded not said", org.Members{Start: org.Known(80), Joined: org.Known(2), LeftOrg: org.Known(0), Died: org.Known(0), MovedOut: org.Known(0)}, "82", org.NoFigure},
		{"nothing said", org.Members{}, org.NoFigure, org.NoFigure},
	} {
		if got := c.m.Balance().String(); got != c.end {
			t.Errorf("%s: end %s, want %s", c.name, got, c.end)
		}
		if got := c.m.NetGrowth().Signed(); got != c.net {
			t.Errorf("%s: net growth %s, want %s", c.name, got, c.net)
		}
	}
	leavers := members(10, 2, 1, 3, 0, 0)
	leavers.LeaversExcluded = org.Known(1)
	if got := leavers.NetGrowth().Signed(); got != "−1" {
		t.Errorf("leavers of another organisation: %s, want −1", got)
	}
}

// TestMembershipRate computes the worked examples of domain.md 5.3.
func TestMembershipRate(t *testing.T) {
	women := org.Known(2400)
	one := org.Membership{InBranches: org.Known(1240), InClubs: org.Known(60), InSpecialUnits: org.Known(45), Elsewhere: org.Known(110), WomenPresent: women}
	exact := org.Membership{InBranches: org.Known(1440), WomenPresent: women}
	twice := one
	twice.Twice = 12
	over := org.Membership{InBranches: org.Known(2500), WomenPresent: women}
	special := one
	special.Kind = org.Special
	for _, c := range []struct {
		name   string
		m      org.Membership
		strict bool
		rate   string
		target org.TargetState
		flag   org.Anomaly
	}{
		{"example 1", one, true, "60,63%", org.TargetMet, ""},
		{"example 2, strict", exact, true, "60%", org.TargetEqual, ""},
		{"example 2, not strict", exact, false, "60%", org.TargetMet, ""},
		{"example 3: women away change nothing", one, true, "60,63%", org.TargetMet, ""},
		{"example 4: each woman once", twice, true, "60,13%", org.TargetMet, ""},
		{"example 5: more members than women", over, true, "104,17%", org.TargetMet, org.RateOver100},
		{"a special unit has no target", special, true, "60,63%", "", ""},
		{"no denominator", org.Membership{InBranches: org.Known(10)}, true, org.NoFigure, "", ""},
		{"denominator nought", org.Membership{InBranches: org.Known(10), WomenPresent: org.Known(0)}, true, org.NoFigure, "", ""},
		{"below by less than is shown", org.Membership{InBranches: org.Known(599999), WomenPresent: org.Known(1000000)}, false, "60%", org.TargetNotMet, ""},
	} {
		if got := c.m.Rate().String(); got != c.rate {
			t.Errorf("%s: %s, want %s", c.name, got, c.rate)
		}
		if got := c.m.Target(c.strict); got != c.target {
			t.Errorf("%s: target %q, want %q", c.name, got, c.target)
		}
		if got := c.m.Anomaly(); got != c.flag {
			t.Errorf("%s: anomaly %q, want %q", c.name, got, c.flag)
		}
	}
	if !(org.Membership{InBranches: org.Known(59), WomenPresent: org.Known(100)}).Watched(60) || exact.Watched(60) {
		t.Error("the watch list is those below its threshold")
	}
}

// TestTrainingCoverage computes the example of domain.md 5.4: 26 heads, two framework
// courses of 20 and 8 with 5 in both, and one course of another kind.
func TestTrainingCoverage(t *testing.T) {
	var heads []org.PersonID
	for i := range 26 {
		heads = append(heads, org.PersonID(rune('a'+i)))
	}
	courses := []org.Training{{Framework: true, Attended: heads[:20]}, {Attended: heads[16:]}, {Framework: true, Attended: append(heads[15:23:23], "gone")}}
	if got := org.TrainingCoverage(heads, courses); got.String() != "88,46%" || got.Part.N != 23 {
		t.Errorf("%v, want 23 of 26", got)
	}
	if got := org.TrainingCoverage(nil, courses).String(); got != org.NoFigure {
		t.Errorf("without heads: %s", got)
	}
}

// TestPartyDevelopment computes the example of domain.md 5.5.
func TestPartyDevelopment(t *testing.T) {
	before := org.PartyDevelopment{NonPartyNow: org.Known(26 - 9), Nurtured: org.Known(8)}
	after := org.PartyDevelopment{NonPartyNow: org.Known(16), AdmittedInTerm: org.Known(1), Nurtured: org.Known(8)}
	for _, p := range []org.PartyDevelopment{before, after} {
		if p.Rate().String() != "47,06%" || p.Needed().N != 9 || p.Met() != org.TargetNotMet {
			t.Errorf("%+v: %s, %s needed, %s", p, p.Rate(), p.Needed(), p.Met())
		}
	}
}

// TestStipends computes the examples of domain.md 5.6.
func TestStipends(t *testing.T) {
	s := stipends(26, 25, 19)
	if s.AnyRate().String() != "96,15%" || s.LocalRate().String() != "73,08%" || s.Met() != org.TargetMet || s.Anomaly() != "" {
		t.Errorf("%s %s %s %q", s.AnyRate(), s.LocalRate(), s.Met(), s.Anomaly())
	}
	for _, wrong := range []org.Stipends{stipends(26, 27, 1), stipends(26, 20, 21)} {
		if wrong.Anomaly() != org.StipendSums {
			t.Errorf("%+v: no anomaly", wrong)
		}
	}
}

// TestTargets holds target_progress and pace (domain.md 5.7), and the three schemes (4.5).
func TestTargets(t *testing.T) {
	if got := org.TargetProgress(org.Known(23), org.Known(40)).String(); got != "57,50%" {
		t.Errorf("progress %s", got)
	}
	if got, ok := org.Pace(org.Known(40), 11); !ok || got.String() != "36,67" {
		t.Errorf("pace %s %v", got, ok)
	}
	if _, ok := org.Pace(org.Count{}, 11); ok {
		t.Error("a pace without a target")
	}
	if got := org.TargetProgress(org.Known(23), org.Known(0)).String(); got != org.NoFigure {
		t.Errorf("progress to nothing: %s", got)
	}
	one, none := org.Known(1), org.Known(0)
	if met, ok := (org.Schemes{one, one, one}).Covered(); !met || !ok {
		t.Error("all three are covered")
	}
	if met, ok := (org.Schemes{one, none, one}).Covered(); met || !ok {
		t.Error("one of three is missing")
	}
	if _, ok := (org.Schemes{OnePlusOne: one}).Covered(); ok {
		t.Error("what is not known is no no")
	}
}

// TestVietnameseNumbers holds the ways numbers are written.
func TestVietnameseNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 7: "7", 999: "999", 1250: "1.250", 85180: "85.180", -3163: "−3.163", 1000000: "1.000.000"} {
		if got := org.Number(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	if got := (org.Count{}).Signed(); got != org.NoFigure {
		t.Errorf("an absent count is %s", got)
	}
	if got := (org.Count{}).Plus(org.Known(3)); got != org.Known(3) {
		t.Errorf("absent and 3 are %v", got)
	}
}
