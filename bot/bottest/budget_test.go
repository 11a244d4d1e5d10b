package bottest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"chihoi/storage"
)

// month is what a head has to tell, and how little she says at a time: every answer is a bare
// number, so that what is asked together has to be asked again one by one.
type month struct {
	first, afresh, dues              bool
	pairs                            int
	activity, resources, know, scale string
	joined, left, retired, pairsAre  string
}

// TestNoMonthCostsMoreThanTwelveMessages tells every kind of month where all is typed.
func TestNoMonthCostsMoreThanTwelveMessages(t *testing.T) {
	costs := map[int]int{}
	worst := 0
	for i, m := range months() {
		if testing.Short() && i%10 > 0 {
			continue
		}
		n, talk := m.tell(t)
		costs[n]++
		if worst = max(worst, n); n > 12 {
			t.Errorf("%+v costs %d messages:\n%s", m, n, talk)
			return
		}
	}
	t.Logf("messages a check-in: months %v; at most %d", costs, worst)
}

// months are all kinds of a month there are.
func months() (list []month) {
	kinds := []int{3, 2, 3, 2, 2, 2, 2, 2, 6}
	all := 1
	for _, n := range kinds {
		all *= n
	}
	for i := range all {
		one := func(k int) int { // the k-th digit of i, each place having its own base
			rest := i
			for _, n := range kinds[:k] {
				rest /= n
			}
			return rest % kinds[k]
		}
		either := func(k int, yes, no string) string { return []string{yes, no}[one(k)] }
		m := month{first: one(0) == 0, afresh: one(0) == 2, dues: one(1) == 1, pairs: []int{0, 1, 3}[one(2)],
			activity: either(3, "1", "2"), resources: either(4, "1", "2"), know: either(5, "1", "2"), scale: either(6, "1", "3"), joined: either(7, "0", "2"),
			left: []string{"0", "1", "2", "2", "3", "3"}[one(8)], retired: []string{"0", "0", "1", "2", "0", "1"}[one(8)], pairsAre: either(6, "1", "3")}
		if m.first && m.pairs > 0 || (m.first || m.afresh) && m.know == "2" {
			continue // no such month
		}
		list = append(list, m)
	}
	return list
}

func (m month) units() string {
	var b strings.Builder
	b.WriteString("commune an-phu Xã An Phú\nbranch an-phu/1 Chi hội thôn Đông head=lan\nperson lan Nguyễn Thị Lan on=zalo\n")
	past := func(month, recap string) {
		fmt.Fprintf(&b, "past %s an-phu/1 members=80 pioneers=3 resources=no faces=1 circumstances=1 needs=1%s\n", month, recap)
	}
	switch {
	case m.first:
	case m.afresh:
		past("2026-09", "")
		past("2026-10", " recap=same")
		past("2026-11", " recap=same")
	default:
		past("2026-11", "")
	}
	for i := range m.pairs {
		fmt.Fprintf(&b, "pair an-phu/1 id=p%d kind=help_one_member label=Cặp_%d started=2026-05\n", i+1, i+1)
	}
	if m.dues {
		b.WriteString("setting domain dues=on\n")
	}
	b.WriteString("period 2026-12\n")
	return b.String()
}

// answer is what she types to a question.
func (m month) answer(asked string) string {
	for _, one := range [...]struct{ words, answer string }{
		{"hiện có bao nhiêu hội viên", "80"}, {"đã họp hay có hoạt động gì", m.activity}, {"vướng gì", "1"},
		{"Hôm nào", "15/12"}, {"Khoảng bao nhiêu chị em", "35"}, {"Nội dung chính", "2"},
		{"nòng cốt có mấy chị", "4"}, {"Chi hội có nguồn lực", m.resources}, {"Là nguồn lực gì", "1"},
		{"3 biết: mặt –", m.know}, {"nắm tới đâu ạ? (khác nhau", m.scale}, {"cần nhất gì", "1"},
		{"kết nạp mấy chị, và giảm", m.joined}, {"Có mấy hội viên nghỉ Hội", m.left}, {"Chị ấy nghỉ Hội", "3"},
		{"mấy chị nghỉ Hội, mấy chị qua đời", m.retired}, {"mấy chị qua đời", "1"}, {"có gặp gỡ, giúp nhau không", m.pairsAre},
		{"kết quả thế nào", "1"}, {"thu hội phí", "1"}, {"Đúng chưa", "1"},
	} {
		if strings.Contains(asked, one.words) {
			return one.answer
		}
	}
	return ""
}

// tell is one check-in: how many messages it took, and the talk.
func (m month) tell(t *testing.T) (n int, talk string) {
	s := newStage(t, Mode{Name: "zalo", Plain: true, Open: func(testing.TB) Keeper { return memory{storage.NewMem()} }})
	if err := s.setUp(m.units()); err != nil {
		t.Fatalf("%s: %v", m.units(), err)
	}
	ctx := context.Background()
	say := func(line string) {
		if err := s.line(ctx, line); err != nil {
			t.Fatalf("%q: %v\n%s", line, err, talk)
		}
		talk += line + "\n" + strings.Join(s.said, "\n") + "\n"
	}
	say("@ 2026-12-26 09:00")
	s.said, s.count["lan"] = nil, 0
	say("lan> báo cáo")
	for range 20 {
		said := strings.Join(s.said, "\n")
		if s.said = nil; strings.Contains(said, "Em cảm ơn") {
			return s.count["lan"], talk
		}
		answer := m.answer(said)
		if answer == "" {
			t.Fatalf("%+v: no answer to\n%s", m, said)
		}
		say("lan> " + answer)
	}
	t.Fatalf("%+v does not end:\n%s", m, talk)
	return 0, ""
}
