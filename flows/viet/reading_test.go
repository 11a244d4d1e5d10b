package viet

import (
	"testing"
	"time"
)

func day(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestCountCandidates(t *testing.T) {
	for _, c := range []struct {
		text, question string
		want           []int
	}{
		{"hai ba", "q7_joined", []int{2, 3, 23}},
		{"2-3", "q7_joined", []int{2, 3}},
		{"hơn 30", "q1b_attendees", []int{30}},
		{"mười năm", "q1b_attendees", []int{15, 10}},
		{"chục", "q7_joined", []int{10}},
		{"nam", "q7_joined", []int{5}},
		{"3/5", "q7_joined", []int{}},
		{"35/118", "q1b_attendees", []int{35, 118}},
		{"trăm năm", "q0_members", []int{150, 105}},
		{"3 nhưng 1 chị chưa nộp đơn", "q7_joined", []int{3, 1}},
	} {
		r := ReadCount(c.text, c.question)
		ok := r.Outcome == Ask && len(r.Candidates) == len(c.want)
		for i := range c.want {
			ok = ok && r.Candidates[i].N == c.want[i]
		}
		if !ok {
			t.Errorf("%q: %+v, want to ask %v", c.text, r, c.want)
		}
	}
}

func TestCountFlags(t *testing.T) {
	if r := ReadCount("khoảng 40", "q1b_attendees"); !r.Value.Approx || r.Value.N != 40 {
		t.Errorf("khoảng 40: %+v", r)
	}
	if r := ReadCount("chưa nắm được", "q7_joined"); !r.Value.Unknown {
		t.Errorf("unknown: %+v", r)
	}
	if r := ReadCount("vẫn vậy", "q2_pioneers"); r.Outcome != Value || !r.Value.Same {
		t.Errorf("same: %+v", r)
	}
	for _, s := range []string{"l2", "1o", "O"} {
		if r := ReadCount(s, "q7_joined"); r.Outcome != Value || !r.Confirm {
			t.Errorf("%q must be offered back: %+v", s, r)
		}
	}
	if r := ReadCount("tổng 126 hội viên, có mặt 84", "q1b_attendees"); r.From != "84" {
		t.Errorf("read from %q", r.From)
	}
	// The words are given back as typed, in NFC.
	if r := ReadCount("Hai\u0301 không, BA CHI\u0323", "q7_joined"); r.From == "" {
		t.Errorf("no source: %+v", r)
	}
}

func TestDateCandidates(t *testing.T) {
	for _, c := range []struct {
		text    string
		problem DateProblem
		days    []string
	}{
		{"mùng 5", DateLunar, []string{"2026-11-05", "2026-11-13"}},
		{"rằm", DateLunar, []string{"2026-11-23"}},
		{"mùng 5 âm", DateLunar, []string{"2026-11-13"}},
		{"18 hay 19", DateSeveral, []string{"2026-11-18", "2026-11-19"}},
		{"20/10", DateBeforePeriod, []string{"2026-10-20"}},
		{"30/11", DateFuture, []string{"2026-11-30"}},
		{"mai", DateFuture, []string{"2026-11-29"}},
		{"31/11", DateImpossible, []string{""}},
		{"đầu tháng", DateVague, []string{""}},
		{"thứ bảy", DateSeveral, []string{"2026-11-28", "2026-11-21"}},
		{"mười năm", DateSeveral, []string{"2026-11-15", "2026-11-10"}},
	} {
		r := ReadDate(c.text, testToday, testMonth)
		if r.Outcome != Ask || len(r.Candidates) != len(c.days) {
			t.Errorf("%q: %+v, want %v", c.text, r, c.days)
			continue
		}
		for i, d := range c.days {
			got := r.Candidates[i]
			if d != "" && !got.Day.Equal(day(d)) || d == "" && !got.Day.IsZero() {
				t.Errorf("%q: candidate %d is %v, want %s", c.text, i, got.Day, d)
			}
		}
		if r.Candidates[0].Problem != c.problem {
			t.Errorf("%q: problem %q, want %q", c.text, r.Candidates[0].Problem, c.problem)
		}
	}
}

// A period is still answered in the first days of the next month.
func TestDatesReadAfterTheMonth(t *testing.T) {
	today := day("2026-12-02")
	for text, want := range map[string]string{
		"ngày 2": "2026-11-02", "20/11": "2026-11-20", "thứ bảy": "2026-11-28", "hôm 30": "2026-11-30", "30/11": "2026-11-30",
	} {
		if r := ReadDate(text, today, testMonth); r.Outcome != Value || !r.Value.Day.Equal(day(want)) {
			t.Errorf("%q on 2 December: %+v, want %s", text, r, want)
		}
	}
	if r := ReadDate("hôm qua", today, testMonth); r.Outcome != Ask || r.Candidates[0].Problem != DateAfterPeriod {
		t.Errorf("hôm qua on 2 December: %+v", r)
	}
	newYear := day("2027-01-03")
	if r := ReadDate("20/12", newYear, day("2026-12-01")); r.Outcome != Value || !r.Value.Day.Equal(day("2026-12-20")) {
		t.Errorf("20/12 in January: %+v", r)
	}
}

func TestCommandArguments(t *testing.T) {
	for text, want := range map[string]Command{
		"sửa câu 3":               {Name: Edit, Item: 3},
		"sửa 3":                   {Name: Edit, Item: 3},
		"mục 2 sai rồi":           {Name: Edit, Item: 2},
		"sửa kết nạp thành 4":     {Name: Edit, Slot: "joined", Argument: "4"},
		"sua ket nap thanh 4":     {Name: Edit, Slot: "joined", Argument: "4"},
		"đổi số người thành 30":   {Name: Edit, Slot: "attendees", Argument: "30"},
		"sửa ngày họp":            {Name: Edit, Slot: "date"},
		"sửa ngày họp thành 5/11": {Name: Edit, Slot: "date", Argument: "5/11"},
		"nhầm số người":           {Name: Edit, Slot: "attendees"},
		"sửa câu 3 thành 5":       {Name: Edit, Item: 3, Argument: "5"},
		"tối chị làm":             {Name: Later, When: "tonight"},
		"để mai":                  {Name: Later, When: "tomorrow"},
		"mai làm":                 {Name: Later, When: "tomorrow"},
		"để chủ nhật":             {Name: Later, When: "sunday"},
		"để sau":                  {Name: Later},
	} {
		if r := ReadCommand(text, "review"); r.Outcome != Value || r.Value != want {
			t.Errorf("%q: %+v, want %+v", text, r, want)
		}
	}
}

func TestQuestions(t *testing.T) {
	for text, want := range map[string]string{
		"hạn tới hôm nào?": "deadline", "tôi có bị trễ không": "late", "ai gửi rồi": "who_sent",
		"em ơi chị hỏi cái này": "may_i_ask", "tháng trước chi hội chị ghi mấy": "last_report",
		"nòng cốt là gì em": "what_is_this", "không hiểu thì hỏi ai": "who_helps", "em là ai vậy": "who_are_you",
		"chị gửi chưa em": "status", "khi nao nop": "deadline", "bao giờ hết hạn": "deadline", "còn kịp không em": "late",
		"bao giờ khóa sổ": "deadline", "ngày mấy phải nộp hả em": "deadline", "chung nao chot": "deadline", "gửi trước mùng mấy": "deadline",
		"tháng trước có mấy hội viên": "last_report", "thang truoc ket nap may": "last_report", "bao nhiêu hội viên tháng trước": "last_report",
		"mấy câu hả em": "status", "sao hỏi nhiều thế": "status", "có bao nhiêu câu vậy": "status",
		"em nói cái gì chị không hiểu": "help", "chị đọc mãi không hiểu": "help", "không hiểu em nói gì": "help", "chẳng hiểu gì cả em ơi": "help",
		"hôm nay ngày mấy": "today", "hom nay la thu may": "today", "nay mùng mấy em": "today", "ai đọc cái này": "privacy", "cái này gửi cho ai": "privacy",
	} {
		if got, ok := ReadQuestion(text); !ok || got != want {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"có rồi", "3 chị", "họp hôm 20", "kết nạp 2", "không", "chưa", "đúng rồi", "bận mùa",
		"hôm nay", "hôm nay họp", "tháng trước 3", "3 câu", "pháp luật chị em chưa hiểu", "không biết"} {
		if got, ok := ReadQuestion(text); ok {
			t.Errorf("%q: %q, want none", text, got)
		}
	}
}

func TestQuickCompactLine(t *testing.T) {
	q := ReadQuick("3 có đủ, biết 2/3, +2 -1, 1+1: 3", testToday, testMonth)
	if q.Activity.Value != Yes || q.Resources.Value != Yes || q.Pioneers.Outcome != Ask {
		t.Errorf("3 có: %+v %+v %+v", q.Activity, q.Resources, q.Pioneers)
	}
	if q.Faces.Outcome != Ask || q.Circumstances.Outcome != Ask || q.Needs.Outcome != Ask {
		t.Errorf("biết 2/3 does not say which: %+v %+v %+v", q.Faces, q.Circumstances, q.Needs)
	}
	if q.Joined.Value.N != 2 || q.LeftTotal.Value.N != 1 || q.Joined.Outcome != Value || q.LeftTotal.Outcome != Value {
		t.Errorf("+2 -1: %+v %+v", q.Joined, q.LeftTotal)
	}
	if q.PairsActed.Outcome != Ask || q.PairsNew.Outcome != NotUnderstood {
		t.Errorf("1+1: 3: %+v %+v", q.PairsActed, q.PairsNew)
	}
}

func TestQuickSaysWhatItRestsOn(t *testing.T) {
	q := ReadQuick("họp hôm 20 có 35 chị, kết nạp thêm 2, 1 chị chuyển đi, quỹ vẫn ổn, còn lại như tháng trước", testToday, testMonth)
	for _, c := range []struct{ got, want string }{
		{q.Date.From, "hôm 20"}, {q.Attendees.From, "35 chị"}, {q.Joined.From, "kết nạp thêm 2"}, {q.MovedOut.From, "1 chị chuyển đi"}, {q.Resources.From, "quỹ vẫn ổn"},
	} {
		if c.got != c.want {
			t.Errorf("from %q, want %q", c.got, c.want)
		}
	}
	if !q.SameRest {
		t.Error("the rest is as last month")
	}
	if n := q.Slots(); n != 7 {
		t.Errorf("%d slots, want 7", n)
	}
	if q := ReadQuick("chị chào em, trời mưa quá", testToday, testMonth); q.Slots() != 0 {
		t.Errorf("chat fills %+v", q)
	}
	if q := ReadQuick("nhà bên chồng đánh vợ, nhờ chị chủ tịch gọi", testToday, testMonth); q.HelpKind.Value != 5 || q.Help.Value != Yes {
		t.Errorf("violence: %+v %+v", q.Help, q.HelpKind)
	}
	if q := ReadQuick("chưa họp được do mùa gặt", testToday, testMonth); q.Reason.Value != 1 || q.Activity.Value != No {
		t.Errorf("reason: %+v %+v", q.Activity, q.Reason)
	}
}
