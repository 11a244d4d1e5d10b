package report

import (
	"fmt"
	"time"

	"chihoi/flows/org"
)

var zone = time.FixedZone("+07", 7*3600)

// longNames are branches' names as mergers leave them.
var longNames = []string{"Chi hội phụ nữ thôn Đông", "Chi hội phụ nữ tổ dân phố số 12 Nguyễn Thị Minh Khai", "Chi hội ấp Mỹ Hòa Hưng 2",
	"Chi hội phụ nữ khu dân cư Trường Đại học Nông nghiệp 1", "Chi hội phụ nữ thôn Đông", "Chi hội bản Huổi Lướng Nậm Pồ", "=SUM(A1)", "Chi hội khu phố 7"}

// sampleRecords are those of a commune: some branches have not sent, are late, skipped answers
// or need not report; every third month is missing for some.
func sampleRecords(branches int, from, to org.Month) org.Records {
	r := org.Records{Commune: org.Commune{ID: "an-phu", Name: "Xã An Phú"}, Periods: map[org.Month]org.Period{}}
	for i := range branches {
		b := org.Branch{ID: org.BranchID(fmt.Sprintf("an-phu/%d", i+1)), Name: longNames[i%len(longNames)], FormerCommune: []string{"Xã An Thịnh", "Xã Phú Lâm", "Thị trấn Bình Minh"}[i*3/branches], Order: i}
		if i >= len(longNames) {
			b.Name += fmt.Sprint(" ", i/len(longNames)+1)
		}
		r.Branches = append(r.Branches, org.BranchRecords{Branch: b})
	}
	for n, m := range org.Months(from, to) {
		open := m.First(zone).AddDate(0, 0, 24)
		p := org.Period{Commune: "an-phu", Month: m, Opens: open, Due: open.AddDate(0, 0, 8), Locks: open.AddDate(0, 0, 25), Exempt: map[org.BranchID]string{}}
		for i := range r.Branches {
			b := &r.Branches[i]
			p.Expected = append(p.Expected, b.Branch.ID)
			switch {
			case (i+n)%9 == 7:
				p.Exempt[b.Branch.ID] = "mới sáp nhập"
			case (i*7+n)%5 != 4:
				b.Figures = append(b.Figures, sampleFigures(m, open, i, n))
			}
		}
		r.Periods[m] = p
		r.Now = open.AddDate(0, 0, 11)
	}
	r.Branches[0].Pairs = []org.Pair{{ID: "p1", Branch: "an-phu/1", Kind: org.RecruitOne, Label: "Cặp 1", Started: from, State: org.PairActive},
		{ID: "p2", Branch: "an-phu/1", Kind: org.HelpOneMember, Label: "Cặp 2", Started: from, Ended: to, State: org.PairCompleted}}
	r.Requests = []org.Request{{ID: "r1", Branch: "an-phu/1", Kind: org.Support, State: org.RequestNew, Text: "xin giúp", At: r.Now.AddDate(0, 0, -12)},
		{ID: "r2", Branch: "an-phu/2", Kind: org.Violence, State: org.RequestForwarded, At: r.Now.AddDate(0, 0, -12)}}
	return r
}

func sampleFigures(m org.Month, open time.Time, i, n int) org.Figures {
	f := org.Figures{Month: m, Revision: 1, SentAt: open.AddDate(0, 0, i%10), Late: i%10 > 8, Kind: 1 + i%7, Attendees: org.Known(20 + i),
		Pioneers: org.Known(3 + i%4), TopNeed: (i + n) % 8, Pairs: map[org.PairID]org.PairWord{"p1": org.PairActed}}
	for k := range f.Items {
		f.Items[k] = []org.Mark{org.Met, org.Met, org.Met, org.NotMet}[(i+k+n)%4]
	}
	if i%3 == 0 {
		f.Items = org.Items{1, 1, 1, 1, 1, 1}
	}
	if i%6 == 5 {
		f.Items[4] = 0 // skipped
	}
	if f.Items[org.HaveActivity] == org.NotMet {
		f.Kind, f.Attendees, f.NotHeld = 0, org.Count{}, 1+i%5
	}
	f.Members = org.Members{Start: org.Known(100 + i + n), Joined: org.Known(i % 4), Excluded: org.Known(i % 4 / 3), LeftOrg: org.Known(n % 2), Died: org.Known(0), MovedOut: org.Known(i % 2)}
	f.Members.End = f.Members.Balance()
	return f
}
