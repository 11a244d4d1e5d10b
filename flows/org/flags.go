package org

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// FlagKind is a reason why a branch is worth the chair's attention (domain.md 7).
type FlagKind string

// Flags, in the order in which they are listed.
const (
	FlagViolence          FlagKind = "violence"
	FlagUnreachable       FlagKind = "unreachable"
	FlagNoHead            FlagKind = "no_head"
	FlagMissedTwice       FlagKind = "missed_twice"
	FlagNoActivityQuarter FlagKind = "no_activity_quarter"
	FlagHelpAging         FlagKind = "help_aging"
	FlagNoActivityTwo     FlagKind = "no_activity_two"
	FlagScoreDrop         FlagKind = "score_drop"
	FlagPairStale         FlagKind = "pair_stale"
	FlagNetLossThree      FlagKind = "net_loss_three"
	FlagUnlinkedHead      FlagKind = "unlinked_head"
	FlagAnomaly           FlagKind = "anomaly"
)

// FlagKinds lists them in that order.
var FlagKinds = []FlagKind{FlagViolence, FlagUnreachable, FlagNoHead, FlagMissedTwice, FlagNoActivityQuarter, FlagHelpAging,
	FlagNoActivityTwo, FlagScoreDrop, FlagPairStale, FlagNetLossThree, FlagUnlinkedHead, FlagAnomaly}

// Flag is one reason at one branch. The bot shows it; people judge.
type Flag struct {
	Kind   FlagKind
	Branch BranchID
	Month  Month // as of which it holds
	// N is what the reason counts: months, days, pairs or calls; From and To the scores.
	N, From, To int
}

// FlagTitle is over the list: never that a branch is weak.
const FlagTitle = "Chi hội cần quan tâm"

// Reason says in words why, without a name.
func (f Flag) Reason() string {
	switch f.Kind {
	case FlagViolence:
		return "có việc gấp cần gọi ngay"
	case FlagUnreachable:
		return "không nhắn tới chi hội trưởng được"
	case FlagNoHead:
		return "chưa có chi hội trưởng"
	case FlagMissedTwice:
		return fmt.Sprintf("%d kỳ liền chưa có báo cáo", f.N)
	case FlagNoActivityQuarter, FlagNoActivityTwo:
		return fmt.Sprintf("%d tháng liền chưa có hoạt động", f.N)
	case FlagHelpAging:
		return fmt.Sprintf("việc cần hỗ trợ đã %d ngày", f.N)
	case FlagScoreDrop:
		return fmt.Sprintf("\"3 có, 3 biết\" từ %d còn %d mục", f.From, f.To)
	case FlagPairStale:
		return fmt.Sprintf("%d cặp \"1+1\" cần hỏi thăm", f.N)
	case FlagNetLossThree:
		return fmt.Sprintf("hội viên giảm %d tháng liền", f.N)
	case FlagUnlinkedHead:
		return "chi hội trưởng chưa dùng bot"
	case FlagAnomaly:
		return "có số khác thường, chi hội đã xác nhận"
	}
	return ""
}

// Ages in days after which a call for help is said to wait (domain.md 7).
const (
	helpAgesAfter     = 14
	violenceAgesAfter = 1
)

// Flags lists what is worth the chair's attention as of a month, the gravest first, branches
// in roster order among equals; what a chair passed over is left out. A branch may have several.
func (r Records) Flags(m Month) (list []Flag) {
	for _, b := range r.Branches {
		if b.Branch.ClosedFrom != "" && b.Branch.ClosedFrom <= m || r.Periods[m].Exempt[b.Branch.ID] != "" {
			continue
		}
		list = append(list, r.flagsOf(b, m)...)
	}
	list = slices.DeleteFunc(list, r.passedOver)
	rank := func(f Flag) int { return slices.Index(FlagKinds, f.Kind) }
	slices.SortStableFunc(list, func(a, b Flag) int { return cmp.Compare(rank(a), rank(b)) })
	return list
}

func (r Records) flagsOf(b BranchRecords, m Month) (list []Flag) {
	raise := func(k FlagKind, n int) { list = append(list, Flag{Kind: k, Branch: b.Branch.ID, Month: m, N: n}) }
	violence, oldest := 0, 0
	for _, q := range r.Requests {
		switch {
		case q.Branch != b.Branch.ID || !q.Open():
		case q.Urgent():
			violence++
			if q.Age(r.Now) > violenceAgesAfter {
				oldest = max(oldest, q.Age(r.Now))
			}
		case q.Age(r.Now) > helpAgesAfter:
			oldest = max(oldest, q.Age(r.Now))
		}
	}
	if violence > 0 {
		raise(FlagViolence, violence)
	}
	if k, ok := awayFlags[b.Away]; ok {
		raise(k, 1)
	}
	if n := r.missedRun(b, m); n >= 2 {
		raise(FlagMissedTwice, n)
	}
	if oldest > 0 {
		raise(FlagHelpAging, oldest)
	}
	switch n := b.run(m, func(f Figures) bool { return f.Items[HaveActivity] == NotMet }); {
	case n >= 3:
		raise(FlagNoActivityQuarter, n)
	case n == 2:
		raise(FlagNoActivityTwo, n)
	}
	if r.Commune.Kind == Residential {
		if n := b.run(m, func(f Figures) bool { g := f.Members.NetGrowth(); return g.OK && g.N < 0 }); n >= 3 {
			raise(FlagNetLossThree, n)
		}
	}
	if f, ok := b.scoreDrop(m); ok {
		list = append(list, f)
	}
	stale := 0
	for _, p := range b.Pairs {
		stale += b.pair(p, m, r.Now).Stale
	}
	if stale > 0 {
		raise(FlagPairStale, stale)
	}
	if f, ok := b.Of(m); ok && f.Unusual {
		raise(FlagAnomaly, 1)
	}
	return list
}

var awayFlags = map[Away]FlagKind{Unreachable: FlagUnreachable, NoHead: FlagNoHead, Unlinked: FlagUnlinkedHead, NotUsing: FlagUnlinkedHead}

// run is how many months in a row, up to and with m, were submitted and are so; m itself may
// still be to come, then the run that ended before it counts.
func (b BranchRecords) run(m Month, is func(Figures) bool) (n int) {
	if _, sent := b.Of(m); !sent {
		m = m.Add(-1)
	}
	for ; ; m = m.Add(-1) {
		f, sent := b.Of(m)
		if !sent || !is(f) {
			return n
		}
		n++
	}
}

// missedRun is how many periods in a row, up to m, were due and have no report of the branch.
// One that is not due yet is left out; one it was not expected in ends the run.
func (r Records) missedRun(b BranchRecords, m Month) (n int) {
	if p, ok := r.Periods[m]; ok && !due(p, r.Now) {
		if _, sent := b.Of(m); sent {
			return 0
		}
		m = m.Add(-1)
	}
	for ; ; m = m.Add(-1) {
		p, ok := r.Periods[m]
		if _, sent := b.Of(m); !ok || sent || !due(p, r.Now) || !p.Expects(b.Branch.ID) {
			return n
		}
		n++
	}
}

func due(p Period, now time.Time) bool { s := p.State(now); return s == Due || s == Locked }

// scoreDrop compares the score with that of the month before (domain.md 7).
func (b BranchRecords) scoreDrop(m Month) (Flag, bool) {
	now, _ := b.Of(m)
	before, _ := b.Of(m.Add(-1))
	to, from := now.Items.Score(), before.Items.Score()
	ok := to.OK && from.OK && from.N-to.N >= 2
	return Flag{Kind: FlagScoreDrop, Branch: b.Branch.ID, Month: m, From: from.N, To: to.N}, ok
}
