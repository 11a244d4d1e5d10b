package org_test

import (
	"testing"
	"time"

	"chihoi/flows/org"
)

// TestMark: a flag passed over stays away while only time passes, and comes back when its
// reason is another.
func TestMark(t *testing.T) {
	day := time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	same := func(a, b org.Flag, later int) bool { return a.Mark(day) == b.Mark(day.AddDate(0, 0, later)) }
	help := func(days int) org.Flag { return org.Flag{Kind: org.FlagHelpAging, N: days} }
	if !same(help(15), help(16), 1) {
		t.Error("a call that waits one day more is another reason")
	}
	if same(help(15), help(30), 1) {
		t.Error("an older call is the same reason")
	}
	if missed := func(n int) org.Flag { return org.Flag{Kind: org.FlagMissedTwice, N: n} }; same(missed(2), missed(3), 30) || !same(missed(2), missed(2), 30) {
		t.Error("months missed")
	}
	if (org.Flag{Kind: org.FlagViolence}).CanDismiss() {
		t.Error("violence can be passed over")
	}
}

// TestDeskTarget: the last target of a year stands, the ones before are kept, another year has none.
func TestDeskTarget(t *testing.T) {
	d := org.Desk{Targets: []org.TargetSet{{Year: "2025", N: 80}, {Year: "2026", N: 120}, {Year: "2026", N: 100}}}
	if got := d.Target("2026"); got != org.Known(100) {
		t.Errorf("2026: %v", got)
	}
	if got := d.Target("2027"); got.OK {
		t.Errorf("2027: %v", got)
	}
}
