package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// The sample commune of the demo: 12 branches of three former communes, with three past
// months. All names are invented.
const sampleCommune = org.CommuneID("an-phu")

// cast says under which keys those who can be played are on which channel, and whether
// the other heads have phones too.
type cast struct {
	channel, head, chair, group string
	others                      bool
}

type sampleBranch struct {
	name, former, head string
	members, pioneers  int
	know               [3]int
	resources          string
	sent               [3]bool // August, September, October
}

var sampleBranches = []sampleBranch{
	{"Chi hội thôn Đông", "Xã An Thịnh", "Nguyễn Thị Lan", 118, 4, [3]int{1, 1, 2}, "yes", [3]bool{true, true, true}},
	{"Chi hội thôn Tây", "Xã An Thịnh", "Lê Thị Hoa", 96, 5, [3]int{1, 1, 1}, "yes", [3]bool{true, true, true}},
	{"Chi hội thôn Đoài Hạ", "Xã An Thịnh", "Phạm Thị Mai", 74, 3, [3]int{1, 2, 2}, "no", [3]bool{true, true, true}},
	{"Chi hội thôn Trung", "Xã An Thịnh", "Vũ Thị Bích Ngọc", 131, 6, [3]int{1, 1, 1}, "yes", [3]bool{true, true, true}},
	{"Chi hội tổ dân phố số 5 Nguyễn Trãi", "Xã Phú Mỹ", "Đặng Thị Thu Huyền", 152, 4, [3]int{2, 2, 2}, "yes", [3]bool{true, true, true}},
	{"Chi hội thôn Phú Thượng", "Xã Phú Mỹ", "Bùi Thị Hạnh", 88, 2, [3]int{1, 1, 2}, "yes", [3]bool{true, false, true}},
	{"Chi hội thôn Phú Trung", "Xã Phú Mỹ", "Hoàng Thị Thanh Tuyền", 105, 3, [3]int{1, 2, 3}, "no", [3]bool{true, true, true}},
	{"Chi hội thôn Phú Hạ", "Xã Phú Mỹ", "Trịnh Thị Sen", 67, 2, [3]int{2, 2, 3}, "no", [3]bool{false, true, false}},
	{"Chi hội khu chợ Mới", "Xã Tân Lập", "Đỗ Thị Kim Oanh", 93, 4, [3]int{1, 1, 1}, "yes", [3]bool{true, true, true}},
	{"Chi hội thôn Tân Tiến", "Xã Tân Lập", "Ngô Thị Liên", 110, 5, [3]int{1, 1, 2}, "yes", [3]bool{true, true, true}},
	{"Chi hội thôn Tân Hòa", "Xã Tân Lập", "Lý Thị Mùi", 59, 1, [3]int{1, 3, 3}, "no", [3]bool{true, true, true}},
	{"Chi hội xóm Núi", "Xã Tân Lập", "Hà Thị Phương Thảo", 43, 2, [3]int{1, 1, 1}, "yes", [3]bool{true, true, true}},
}

var sampleStart = time.Date(2026, 11, 24, 16, 30, 0, 0, time.FixedZone("ICT", 7*3600))

// fillSample writes the sample commune. The other heads are on the channel "elsewhere".
func fillSample(ctx context.Context, store storage.Store, settings *flows.Settings, who cast) error {
	return store.Update(ctx, func(tx storage.Tx) error {
		if err := storage.Communes.Put(tx, string(sampleCommune), org.Commune{ID: sampleCommune, Name: "Xã An Phú"}); err != nil {
			return err
		}
		if err := samplePerson(tx, org.Person{ID: org.PersonID(who.chair), Name: "Trần Thị Minh", Phone: "0901112223"},
			org.Post{Role: org.Chair, Unit: string(sampleCommune)}, who.channel+":"+who.chair); err != nil {
			return err
		}
		group := org.Group{Contact: org.ContactID(who.channel + ":" + who.group), Commune: sampleCommune, Title: "Các chi hội xã An Phú"}
		if err := storage.PutGroup(tx, group); err != nil {
			return err
		}
		for i, b := range sampleBranches {
			if err := fillBranch(tx, i, b, who); err != nil {
				return err
			}
		}
		return samplePeriods(tx, settings)
	})
}

func fillBranch(tx storage.Tx, i int, b sampleBranch, who cast) error {
	id := sampleBranchID(i)
	if err := storage.Branches.Put(tx, string(id), org.Branch{ID: id, Name: b.name, FormerCommune: b.former, Order: i + 1}); err != nil {
		return err
	}
	p := org.Person{ID: org.PersonID(fmt.Sprintf("head-%d", i+1)), Name: b.head, Phone: fmt.Sprintf("09120000%02d", i+1)}
	contact := ""
	switch {
	case i == 0:
		p.ID, contact = org.PersonID(who.head), who.channel+":"+who.head
	case who.others:
		contact = fmt.Sprintf("elsewhere:%d", i+1)
	}
	if err := samplePerson(tx, p, org.Post{Role: org.Head, Unit: string(id)}, contact); err != nil {
		return err
	}
	if i == 0 {
		for _, pair := range []org.Pair{
			{ID: "p1", Kind: org.HelpOneMember, Label: "chị L. – chị H.", Started: "2026-05"},
			{ID: "p2", Kind: org.RecruitOne, Label: "Cặp 2", Started: "2026-09"},
		} {
			pair.Branch, pair.State = id, org.PairActive
			if err := storage.Pairs.Put(tx, string(id)+"/"+string(pair.ID), pair); err != nil {
				return err
			}
		}
	}
	return fillPast(tx, i, b, p.ID)
}

func sampleBranchID(i int) org.BranchID {
	return org.BranchID(fmt.Sprintf("%s/%d", sampleCommune, i+1))
}

func samplePerson(tx storage.Tx, p org.Person, post org.Post, contact string) error {
	long := sampleStart.AddDate(0, -4, 0)
	post.Person = p.ID
	if err := storage.PutPerson(tx, p); err != nil {
		return err
	}
	if err := storage.PutPost(tx, post); err != nil {
		return err
	}
	if contact == "" {
		return nil
	}
	c := org.Contact{ID: org.ContactID(contact), Person: p.ID, LinkedAt: long, LastWrote: long}
	if err := storage.PutContact(tx, c); err != nil {
		return err
	}
	return storage.PutConsent(tx,
		org.Consent{Person: p.ID, Notice: flows.NoticeVersion, At: long, Channel: c.ID.Channel(), Raw: "đồng ý"})
}

// fillPast writes the reports of August to October; members move a little from month to month.
func fillPast(tx storage.Tx, i int, b sampleBranch, by org.PersonID) error {
	end := b.members - 3
	for n, sent := range b.sent {
		m := org.Month("2026-08").Add(n)
		if !sent {
			continue
		}
		start, joined, died := end, (i+n)%3, 0
		if (i+2*n)%7 == 0 {
			died = 1
		}
		end = start + joined - died
		at := m.First(sampleStart.Location()).AddDate(0, 0, 25+i%4).Add(time.Duration(8*60+17*i) * time.Minute)
		a := org.Answers{}
		set := func(q org.QuestionID, v string) { a[q] = org.Answer{Value: v, By: by, At: at, Channel: "sim"} }
		active := (i+n)%5 != 3
		set("q1_activity", map[bool]string{true: "yes", false: "no"}[active])
		if active {
			set("q1a_date", m.First(time.UTC).AddDate(0, 0, 9+i).Format(time.DateOnly))
			set("q1b_attendees", strconv.Itoa(b.members/3+n))
			set("q1c_kind", strconv.Itoa(1+(i+n)%6))
		} else {
			set("q1d_reason", strconv.Itoa(1+i%3))
		}
		set("q2_pioneers", strconv.Itoa(b.pioneers))
		set("q3_resources", b.resources)
		if b.resources == "yes" {
			set("q3a_kinds", "1")
		}
		for k, q := range []org.QuestionID{"q4_faces", "q5_circumstances", "q6_needs"} {
			set(q, strconv.Itoa(b.know[k]))
		}
		if n == 0 {
			set("q456_know", "same")
		}
		set("q7_joined", strconv.Itoa(joined))
		set("q7a_excluded", "0")
		set("q8_left", strconv.Itoa(died))
		set("q8_left_org", "0")
		set("q8_died", strconv.Itoa(died))
		set("q8_moved_out", "0")
		set("q_more/1", "1")
		c := org.CheckIn{Branch: sampleBranchID(i), Month: m, Revision: 1, Form: flows.FormVersion, SentAt: at, By: by,
			Channel: "sim", Answers: a, Start: start, End: end}
		if err := storage.PutCheckIn(tx, c); err != nil {
			return err
		}
	}
	return nil
}

func samplePeriods(tx storage.Tx, settings *flows.Settings) error {
	cal, err := bot.ParseCalendar(settings)
	if err != nil {
		return err
	}
	for n := range 3 {
		p := org.Period{Commune: sampleCommune, Month: org.Month("2026-08").Add(n), OpenedBy: "calendar"}
		p.Opens, p.Due, p.Locks = cal.Of(sampleCommune).Times(p.Month, sampleStart.Location())
		for i := range sampleBranches {
			p.Expected = append(p.Expected, sampleBranchID(i))
		}
		if err := storage.Periods.Put(tx, storage.PeriodKey(sampleCommune, p.Month), p); err != nil {
			return err
		}
	}
	return nil
}

// neighbours plays the other heads of the sample commune: each answers by typing, through
// the same inbox as anyone, at her own hour after the period opened.
type neighbours struct {
	app  *bot.App
	done map[string]bool
}

// elsewhere is the channel of the neighbours, whose phones nobody looks at.
type elsewhere struct{}

func (elsewhere) Name() string             { return "elsewhere" }
func (elsewhere) Abilities() bot.Abilities { return bot.Abilities{MaxText: 2000} }
func (elsewhere) Receive(ctx context.Context, _ bot.Handle) error {
	<-ctx.Done()
	return nil
}
func (elsewhere) Send(context.Context, bot.Outgoing) (string, error) { return "-", nil }

// neighbourHours is how many hours after the opening each branch answers; 0 never does.
var neighbourHours = []int{0, 3, 26, 5, 12, 60, 30, 0, 75, 2, 0, 98}

// opening is the month that the neighbours answer for at a time, and when it opened.
func opening(now time.Time) (m org.Month, opens time.Time) {
	m = org.MonthOf(now)
	if now.Day() < 21 {
		m = m.Add(-1)
	}
	return m, m.First(now.Location()).AddDate(0, 0, 24).Add(8 * time.Hour)
}

// hours lists the moments between two times at which a neighbour answers.
func (n *neighbours) hours(from, to time.Time) (list []time.Time) {
	for _, opens := opening(from); opens.Before(to); opens = opens.AddDate(0, 1, 0) {
		for _, hours := range neighbourHours {
			at := opens.Add(time.Duration(hours) * time.Hour)
			if hours > 0 && at.After(from) && at.Before(to) {
				list = append(list, at)
			}
		}
	}
	return list
}

// catchUp lets everyone answer whose hour has come.
func (n *neighbours) catchUp(ctx context.Context, now time.Time) error {
	m, opens := opening(now)
	for i, hours := range neighbourHours {
		key := fmt.Sprintf("%s/%d", m, i)
		if hours == 0 || n.done[key] || now.Before(opens.Add(time.Duration(hours)*time.Hour)) {
			continue
		}
		n.done[key] = true
		for k, text := range neighbourReplies(i) {
			u := bot.Update{ID: fmt.Sprintf("%s-%d-%d", m, i, k), Contact: org.ContactID(fmt.Sprintf("elsewhere:%d", i+1)),
				SentAt: opens.Add(time.Duration(hours) * time.Hour), Event: flows.Text{Body: text}}
			if err := n.app.Inbox.Handle(ctx, u); err != nil {
				return err
			}
		}
	}
	return nil
}

// neighbourReplies is what a head types: the answers fit what she is asked after three
// months of history ("giống tháng trước" fills items 2 to 6).
func neighbourReplies(i int) []string {
	r := []string{"báo cáo", "có rồi", "hôm qua", strconv.Itoa(20 + 3*i), "họp"}
	if i%4 == 3 {
		r = []string{"báo cáo", "chưa", "bận mùa vụ"}
	}
	r = append(r, "giống tháng trước", strconv.Itoa(i%3))
	if i%3 > 0 {
		r = append(r, "0")
	}
	return append(r, "0", "không", "gửi")
}
