package org_test

import (
	"fmt"
	"reflect"
	"strconv"
	"testing"
	"time"

	"chihoi/flows/org"
)

var zone = time.FixedZone("ICT", 7*3600)

// period makes a month's round for branches xa/1 to xa/n: open from the 25th, due on the 3rd,
// locked on the 20th.
func period(m org.Month, n int) org.Period {
	p := org.Period{Commune: "xa", Month: m, Opens: m.First(zone).AddDate(0, 0, 24), Due: m.Add(1).First(zone).AddDate(0, 0, 3), Locks: m.Add(1).First(zone).AddDate(0, 0, 20)}
	for i := range n {
		p.Expected = append(p.Expected, branchID(i+1))
	}
	return p
}

func branchID(i int) org.BranchID { return org.BranchID(fmt.Sprintf("xa/%d", i)) }

// checkIn is a report sent so many days after the period opened; answers replace the usual ones.
func checkIn(m org.Month, days int, answers map[org.QuestionID]string) org.Figures {
	p := period(m, 1)
	c := org.CheckIn{Branch: "xa/1", Month: m, Revision: 1, SentAt: p.Opens.AddDate(0, 0, days), Start: 100, End: 101, Answers: org.Answers{}}
	c.Late = c.SentAt.After(p.Due)
	for q, v := range map[org.QuestionID]string{"q1_activity": "yes", "q1c_kind": "1", "q1b_attendees": "35", "q2_pioneers": "4", "q3_resources": "yes",
		"q4_faces": "1", "q5_circumstances": "1", "q6_needs": "1", "q7_joined": "1", "q7a_excluded": "0", "q8_left": "0", "q8_left_org": "0", "q8_died": "0", "q8_moved_out": "0"} {
		c.Answers[q] = org.Answer{Value: v}
	}
	for q, v := range answers {
		c.Answers[q] = org.Answer{Value: v, Skipped: v == ""}
	}
	joined, _ := c.Answers.Count("q7_joined")
	left, _ := c.Answers.Count("q8_left")
	c.End = c.Start + joined - left
	return org.FiguresOf(c, org.Figures{})
}

func records(now time.Time, branches ...org.BranchRecords) org.Records {
	r := org.Records{Commune: org.Commune{ID: "xa"}, Now: now, Periods: map[org.Month]org.Period{}}
	for _, m := range org.Months("2026-08", "2026-11") {
		r.Periods[m] = period(m, len(branches))
	}
	for i, b := range branches {
		b.Branch = org.Branch{ID: branchID(i + 1), Name: "Chi hội thôn " + strconv.Itoa(i+1)}
		r.Branches = append(r.Branches, b)
	}
	return r
}

type says = map[org.QuestionID]string

// TestSummary counts a month of seven branches, one in each state.
func TestSummary(t *testing.T) {
	now := time.Date(2026, 12, 10, 8, 0, 0, 0, zone)
	r := records(now,
		org.BranchRecords{Figures: []org.Figures{checkIn("2026-11", 1, says{"q7_joined": "4", "q7a_excluded": "1", "q8_left": "2", "q8_left_org": "1", "q8_moved_out": "1", "q6a_top_need": "2"})}},
		org.BranchRecords{Figures: []org.Figures{checkIn("2026-11", 14, says{"q1_activity": "no", "q1c_kind": ""})}},
		org.BranchRecords{Figures: []org.Figures{checkIn("2026-11", 2, says{"q4_faces": "", "q7a_excluded": ""})}},
		org.BranchRecords{Drafts: []org.Month{"2026-11"}},
		org.BranchRecords{},
		org.BranchRecords{},
		org.BranchRecords{Branch: org.Branch{}},
	)
	p := r.Periods["2026-11"]
	p.Exempt = map[org.BranchID]string{"xa/6": "nhập"}
	p.Expected = p.Expected[:6] // the seventh came later
	r.Periods["2026-11"] = p
	s := r.Month("2026-11")
	var states []org.Status
	for _, b := range s.Branches {
		states = append(states, b.Status)
	}
	want := []org.Status{org.StatusSent, org.StatusLate, org.StatusSent, org.StatusDraft, org.StatusOpen, org.StatusExempt}
	if !reflect.DeepEqual(states, want) {
		t.Errorf("states %v, want %v", states, want)
	}
	if got := []int{s.Expected, s.Submitted, s.OnTime, s.Late, s.Missing(), s.Active, s.Full, s.Scored}; !reflect.DeepEqual(got, []int{5, 3, 2, 1, 2, 2, 1, 2}) {
		t.Errorf("counts %v", got)
	}
	if got := s.ReportingRate().String() + " " + s.OnTimeRate().String() + " " + s.ActivityRate().String() + " " + s.FullRate().String(); got != "60% 40% 66,67% 50%" {
		t.Errorf("rates %s", got)
	}
	if s.Items[org.HaveActivity] != (org.ItemCount{Met: 2, NotMet: 1}) || s.Items[3] != (org.ItemCount{Met: 2, Absent: 1}) {
		t.Errorf("items %v", s.Items)
	}
	if s.Members.Joined != org.Known(6) || s.Members.Left() != org.Known(2) || s.Members.Start != org.Known(300) || s.Members.End != org.Known(304) {
		t.Errorf("members %+v", s.Members)
	}
	// The third did not say how many are excluded: her growth is not known and not counted as 0.
	if s.Growth != (org.Growth{Net: org.Known(2), Of: 2}) || s.Branches[2].Growth.OK {
		t.Errorf("growth %+v, of the third %v", s.Growth, s.Branches[2].Growth)
	}
	if s.Needs != [7]int{0, 1} {
		t.Errorf("needs %v", s.Needs)
	}
	if later := r.Month("2026-11"); !reflect.DeepEqual(s, later) {
		t.Error("the same records give another summary")
	}
	r.Now = now.AddDate(0, 1, 0)
	if b, _ := r.Month("2026-11").Find("xa/4"); b.Status != org.StatusMissed {
		t.Errorf("after the lock an unsent draft is %s", b.Status)
	}
	if b := r.Month("2027-01"); b.Expected != 0 || b.State != org.NotOpen || b.ReportingRate().String() != org.NoFigure {
		t.Errorf("a month that was not opened: %+v", b)
	}
}

// TestNothingSent: what nobody said is absent, never 0.
func TestNothingSent(t *testing.T) {
	s := records(time.Date(2026, 11, 30, 7, 30, 0, 0, zone), org.BranchRecords{}, org.BranchRecords{}).Month("2026-11")
	if s.Expected != 2 || s.Submitted != 0 || s.ReportingRate().String() != "0%" || s.ActivityRate().String() != org.NoFigure {
		t.Errorf("%+v", s)
	}
	if s.Members != (org.Members{}) || s.Growth.Net.OK {
		t.Errorf("members of nobody: %+v %+v", s.Members, s.Growth)
	}
}

// TestSameDay leaves out what was sent later than a given day, for comparing with it.
func TestSameDay(t *testing.T) {
	r := records(time.Date(2026, 11, 28, 7, 30, 0, 0, zone),
		org.BranchRecords{Figures: []org.Figures{checkIn("2026-10", 1, nil)}},
		org.BranchRecords{Figures: []org.Figures{checkIn("2026-10", 5, nil)}})
	if s := r.MonthBy("2026-10", r.Periods["2026-10"].Opens.AddDate(0, 0, 3)); s.Submitted != 1 || s.State != org.Open {
		t.Errorf("three days after the opening: %d sent, %s", s.Submitted, s.State)
	}
	if s := r.Month("2026-10"); s.Submitted != 2 {
		t.Errorf("in the end: %d", s.Submitted)
	}
}

// TestCorrectedFigures keep when the report was first sent.
func TestCorrectedFigures(t *testing.T) {
	first := checkIn("2026-11", 1, nil)
	c := org.CheckIn{Month: "2026-11", Revision: 2, SentAt: first.SentAt.AddDate(0, 0, 15), Late: true, Answers: org.Answers{"q7_joined": {Value: "3"}}}
	f := org.FiguresOf(c, first)
	if f.Revision != 2 || !f.SentAt.Equal(first.SentAt) || f.Late || f.Members.Joined != org.Known(3) || f.Members.Died.OK {
		t.Errorf("%+v", f)
	}
	if list := org.KeepFigures([]org.Figures{checkIn("2026-10", 1, nil), first}, f); len(list) != 2 || list[1].Revision != 2 {
		t.Errorf("%+v", list)
	}
	if list := org.KeepFigures([]org.Figures{first}, checkIn("2026-10", 1, nil)); len(list) != 2 || list[0].Month != "2026-10" {
		t.Errorf("oldest first: %+v", list)
	}
}

// TestPairs: active, acted, new and stale by kind; a twinning told by both counts once.
func TestPairs(t *testing.T) {
	pair := func(id string, k org.PairKind, started org.Month) org.Pair {
		return org.Pair{ID: org.PairID(id), Kind: k, Started: started, State: org.PairActive}
	}
	twin, back := pair("t", org.BranchTwinning, "2026-08"), pair("t", org.BranchTwinning, "2026-08")
	twin.With, back.With = "xa/2", "xa/1"
	done := pair("d", org.RecruitOne, "2026-08")
	done.State, done.Ended = org.PairCompleted, "2026-11"
	gone := pair("g", org.RecruitOne, "2026-08")
	gone.State, gone.Ended = org.PairEnded, "2026-10"
	r := records(time.Date(2026, 12, 1, 8, 0, 0, 0, zone),
		org.BranchRecords{Pairs: []org.Pair{pair("a", org.HelpOneMember, "2026-08"), pair("b", org.HelpOneMember, "2026-08"), pair("n", org.HelpOneMember, "2026-11"), twin, done, gone},
			Figures: []org.Figures{checkIn("2026-10", 1, says{"q9_pair/a": "2", "q9_pair/b": "1", "q9_pair/t": "1"}),
				checkIn("2026-11", 1, says{"q9_pair/a": "", "q9_pair/b": "2", "q9_pair/d": "3", "q9_pair/t": "1"})}},
		org.BranchRecords{Pairs: []org.Pair{back}, Figures: []org.Figures{checkIn("2026-10", 1, says{"q9_pair/t": "1"}), checkIn("2026-11", 1, says{"q9_pair/t": "1"})}})
	s := r.Month("2026-11")
	want := map[org.PairKind]org.PairCount{
		org.HelpOneMember:  {Active: 3, Told: 1, New: 1, Stale: 1}, // a: idle, then not answered; n: not asked yet
		org.BranchTwinning: {Active: 1, Told: 1, Acted: 1},
		org.RecruitOne:     {Completed: 1},
	}
	if !reflect.DeepEqual(s.Pairs, want) {
		t.Errorf("%+v", s.Pairs)
	}
	if s.AllPairs() != (org.PairCount{Active: 4, Told: 2, Acted: 1, New: 1, Stale: 1, Completed: 1}) {
		t.Errorf("%+v", s.AllPairs())
	}
	if s.Branches[1].Pairs.Active != 1 {
		t.Error("a twinning is shown in both branches")
	}
}

// TestFlags raises each flag of domain.md 7 once and holds their order.
func TestFlags(t *testing.T) {
	now := time.Date(2026, 12, 6, 7, 30, 0, 0, zone)
	none, idle := says{"q1_activity": "no"}, says{"q8_left": "2", "q8_left_org": "2", "q7_joined": "0"}
	month := func(m org.Month, s says) org.Figures { return checkIn(m, 1, s) }
	odd := month("2026-11", nil)
	odd.Unusual = true
	r := records(now,
		org.BranchRecords{Figures: []org.Figures{odd}},
		org.BranchRecords{Figures: []org.Figures{month("2026-09", idle), month("2026-10", idle), month("2026-11", idle)}},
		org.BranchRecords{Figures: []org.Figures{month("2026-10", nil), month("2026-11", says{"q4_faces": "2", "q5_circumstances": "3"})}},
		org.BranchRecords{Figures: []org.Figures{month("2026-10", none), month("2026-11", none)}},
		org.BranchRecords{Figures: []org.Figures{month("2026-09", none), month("2026-10", none), month("2026-11", none)}},
		org.BranchRecords{Figures: []org.Figures{month("2026-09", nil)}}, // October and November are due and missing
		org.BranchRecords{Figures: []org.Figures{month("2026-11", nil)}, Away: org.NoHead},
		org.BranchRecords{Figures: []org.Figures{month("2026-11", nil)}, Away: org.Unreachable},
		org.BranchRecords{Figures: []org.Figures{month("2026-11", nil)}, Away: org.Unlinked},
		org.BranchRecords{Figures: []org.Figures{month("2026-11", nil)}},
		org.BranchRecords{Figures: []org.Figures{month("2026-11", nil)}},
		org.BranchRecords{Figures: []org.Figures{month("2026-11", nil)}},
	)
	r.Branches[11].Branch.ClosedFrom, r.Branches[11].Away = "2026-11", org.NoHead // merged: no flags
	r.Requests = []org.Request{
		{Branch: "xa/10", Kind: org.Support, State: org.RequestSeen, At: now.AddDate(0, 0, -15)},
		{Branch: "xa/11", Kind: org.Violence, State: org.RequestNew, At: now.Add(-time.Hour)},
		{Branch: "xa/1", Kind: org.Support, State: org.RequestNew, At: now.AddDate(0, 0, -14)},
		{Branch: "xa/1", Kind: org.Support, State: org.RequestResolved, At: now.AddDate(0, 0, -40)},
	}
	var got []string
	for _, f := range r.Flags("2026-11") {
		got = append(got, fmt.Sprintf("%s %s: %s", f.Branch, f.Kind, f.Reason()))
	}
	want := []string{
		"xa/11 violence: có việc gấp cần gọi ngay",
		"xa/8 unreachable: không nhắn tới chi hội trưởng được",
		"xa/7 no_head: chưa có chi hội trưởng",
		"xa/6 missed_twice: 2 kỳ liền chưa có báo cáo",
		"xa/5 no_activity_quarter: 3 tháng liền chưa có hoạt động",
		"xa/10 help_aging: việc cần hỗ trợ đã 15 ngày",
		"xa/4 no_activity_two: 2 tháng liền chưa có hoạt động",
		`xa/3 score_drop: "3 có, 3 biết" từ 6 còn 4 mục`,
		"xa/2 net_loss_three: hội viên giảm 3 tháng liền",
		"xa/9 unlinked_head: chi hội trưởng chưa dùng bot",
		"xa/1 anomaly: có số khác thường, chi hội đã xác nhận",
	}
	if !reflect.DeepEqual(got, want) {
		for _, line := range got {
			t.Log(line)
		}
		t.Error("other flags than these were wanted")
	}
}

// TestNoHaste: a period that is not due yet makes nobody late, and the run before it stands.
func TestNoHaste(t *testing.T) {
	now := time.Date(2026, 11, 30, 7, 30, 0, 0, zone)
	r := records(now, org.BranchRecords{Figures: []org.Figures{checkIn("2026-09", 1, nil)}}, org.BranchRecords{})
	for _, f := range r.Flags("2026-11") {
		if f.Branch == "xa/1" {
			t.Errorf("one missed month is none of %v", f)
		}
		if f.Kind != org.FlagMissedTwice || f.N != 3 {
			t.Errorf("August to October are missed: %+v", f)
		}
	}
}

// TestRange sums a half-year: reports, members from the first month to the last, meetings.
func TestRange(t *testing.T) {
	now := time.Date(2027, 1, 6, 8, 0, 0, 0, zone)
	moved := func(m org.Month, start int, s says) org.Figures {
		f := checkIn(m, 1, s)
		f.Members.Start, f.Members.End = org.Known(start), org.Known(start+f.Members.Joined.N-f.Members.Left().N)
		return f
	}
	r := records(now,
		org.BranchRecords{Figures: []org.Figures{moved("2026-08", 100, nil), moved("2026-09", 101, says{"q1c_kind": "2"}), moved("2026-11", 102, says{"q8_left": "1", "q8_died": "1", "q7_joined": "0"})}},
		org.BranchRecords{Figures: []org.Figures{moved("2026-09", 50, says{"q1_activity": "no"})}},
		org.BranchRecords{})
	r.Branches = append(r.Branches, org.BranchRecords{Branch: org.Branch{ID: "xa/9"}}) // on no list
	from, to := org.Month("2026-11").HalfYear()
	s := r.Range(from, to)
	if from != "2026-07" || to != "2026-12" || len(s.Months) != 6 || len(s.Branches) != 3 {
		t.Fatalf("%s to %s: %d months, %d branches", from, to, len(s.Months), len(s.Branches))
	}
	if s.Expected != 12 || s.Submitted != 4 || s.Missing() != 8 || s.ReportingRate().String() != "33,33%" || s.ActivityRate().String() != "75%" {
		t.Errorf("%+v", s)
	}
	if s.Members.Start != org.Known(150) || s.Members.End != org.Known(152) || s.Members.Joined != org.Known(3) || s.Members.Died != org.Known(1) {
		t.Errorf("members %+v", s.Members)
	}
	if s.Growth != (org.Growth{Net: org.Known(2), Of: 4}) || s.Met != 1 || s.MeetingRate().String() != "33,33%" {
		t.Errorf("growth %+v, meetings %d", s.Growth, s.Met)
	}
	if b := s.Branches[2]; b.Members.End.OK || b.Submitted != 0 || b.Growth.Net.OK {
		t.Errorf("who never sent has no figures: %+v", b)
	}
	if q, last := org.Month("2026-11").Quarter(); q != "2026-10" || last != "2026-12" {
		t.Errorf("quarter %s to %s", q, last)
	}
	if y, last := org.Month("2026-11").Year(); y != "2026-01" || last != "2026-12" {
		t.Errorf("year %s to %s", y, last)
	}
}

// TestPackedFigures: figures come back from their bytes as they were, also when they were
// written before something was added, and torn ones are refused.
func TestPackedFigures(t *testing.T) {
	f := checkIn("2026-11", 14, says{"q9_pair/a": "2", "q9_pair/2026-05-1": "1", "q6a_top_need": "7", "q4_faces": "", "q7a_excluded": "", "q6_needs": "3", "q2_pioneers": "0"})
	f.Unusual, f.SentAt = true, f.SentAt.UTC()
	f.Members.End = org.Known(-2)
	raw, err := f.MarshalBinary()
	if err != nil || len(raw) > 64 {
		t.Fatalf("%d bytes, %v", len(raw), err)
	}
	var got org.Figures
	if err := got.UnmarshalBinary(append(raw, 9, 9)); err != nil || !reflect.DeepEqual(got, f) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, f)
	}
	for n := range raw {
		if err := new(org.Figures).UnmarshalBinary(raw[:n]); err == nil {
			t.Errorf("%d of %d bytes were taken for figures", n, len(raw))
		}
	}
}
