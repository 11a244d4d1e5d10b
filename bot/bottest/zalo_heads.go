package bottest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// ZaloHead is a simulated head on Zalo, where nothing can be tapped: she reads what the bot
// writes and types. She answers each message once, however often it comes.
type ZaloHead struct {
	User   *ZaloUser
	Branch org.BranchID
	Month  org.Month

	want map[org.QuestionID]string
	seen map[string]bool // what she has answered
}

// NewZaloHeads makes up heads of one commune, with a past month, and writes what there must
// be before their check-ins. bot is their channel's name.
func NewZaloHeads(store storage.Store, srv *Zalo, bot string, heads int, now time.Time) (list []*ZaloHead, err error) {
	month := org.MonthOf(now)
	period := org.Period{Commune: "an-phu", Month: month, Opens: now.AddDate(0, 0, -1), Due: now.AddDate(0, 0, 8), Locks: now.AddDate(0, 0, 20), OpenedBy: "operator"}
	for n := range heads {
		h := &ZaloHead{User: srv.User(fmt.Sprintf("0f1e2d3c%04d", n)), Branch: org.BranchID(fmt.Sprintf("an-phu/%d", n+1)), Month: month, seen: map[string]bool{}}
		h.want = map[org.QuestionID]string{"q1_activity": "yes", "q1a_date": fmt.Sprintf("%s-%02d", month, 1+n%now.Day()), "q1b_attendees": strconv.Itoa(30 + n),
			"q1c_kind": strconv.Itoa(1 + n%7), "q2_pioneers": strconv.Itoa(6 + n), "q3_resources": []string{"yes", "no"}[n%2],
			"q456_know": "same", "q7_joined": "0", "q8_left": "0", "q_more/1": "1"}
		list = append(list, h)
		period.Expected = append(period.Expected, h.Branch)
	}
	return list, store.Update(context.Background(), func(tx storage.Tx) error {
		err := errors.Join(storage.Communes.Put(tx, "an-phu", org.Commune{ID: "an-phu", Name: "Xã An Phú"}),
			storage.Periods.Put(tx, storage.PeriodKey("an-phu", month), period))
		for n, h := range list {
			err = errors.Join(err, h.put(tx, bot, n, now))
		}
		return err
	})
}

func (h *ZaloHead) put(tx storage.Tx, bot string, n int, now time.Time) error {
	long := now.AddDate(0, -2, 0)
	p := org.Person{ID: org.PersonID(fmt.Sprintf("p%d", n)), Name: "Nguyễn Thị Lan"}
	a := org.Answers{}
	for q, v := range PastReport {
		a[q] = org.Answer{Value: v, By: p.ID, At: long, Channel: bot}
	}
	return errors.Join(storage.Branches.Put(tx, string(h.Branch), org.Branch{ID: h.Branch, Name: fmt.Sprintf("Chi hội thôn %d", n+1), Order: n + 1}),
		storage.PutPerson(tx, p), storage.PutPost(tx, org.Post{Role: org.Head, Unit: string(h.Branch), Person: p.ID}),
		storage.PutContact(tx, org.Contact{ID: org.ContactID(bot + ":" + h.User.ID), Person: p.ID, LinkedAt: long, LastWrote: now}),
		storage.PutConsent(tx, org.Consent{Person: p.ID, Notice: flows.NoticeVersion, At: long, Channel: bot, Raw: "đồng ý"}),
		storage.PutCheckIn(tx, org.CheckIn{Branch: h.Branch, Month: h.Month.Add(-1), Revision: 1, Form: flows.FormVersion, SentAt: long, By: p.ID, Channel: bot,
			Answers: a, Start: 500, End: 500}))
}

// asked are phrases by which she knows what she is asked; a message may ask more at once.
var asked = []struct {
	phrase string
	ids    []org.QuestionID
}{
	{"đã họp hay có hoạt động", []org.QuestionID{"q1_activity"}},
	{"Hôm nào, và khoảng bao nhiêu", []org.QuestionID{"q1a_date", "q1b_attendees"}},
	{"Nội dung chính là gì", []org.QuestionID{"q1c_kind"}},
	{"nòng cốt có mấy chị, và chi hội có nguồn lực", []org.QuestionID{"q2_pioneers", "q3_resources"}},
	{"3 biết: mặt – ", []org.QuestionID{"q456_know"}},
	{"kết nạp mấy chị, và giảm mấy chị", []org.QuestionID{"q7_joined", "q8_left"}},
	{"Đúng chưa", []org.QuestionID{"review"}},
}

// typed is what she types for a message; "" for one that asks nothing of her.
func (h *ZaloHead) typed(text string) string {
	for _, q := range slices.Backward(asked) {
		if !strings.Contains(text, q.phrase) {
			continue
		}
		var words []string
		for _, id := range q.ids {
			words = append(words, h.inWords(id))
		}
		return strings.Join(words, ", ")
	}
	return ""
}

func (h *ZaloHead) inWords(q org.QuestionID) string {
	v := h.want[q]
	switch day, err := time.Parse(time.DateOnly, v); {
	case q == "review":
		return "gửi"
	case q == "q1_activity": // a number would say what it was, too
		return map[string]string{"yes": "có", "no": "chưa"}[v]
	case err == nil:
		return fmt.Sprintf("%d/%d", day.Day(), int(day.Month()))
	case v == "yes" || v == "same":
		return "1"
	case v == "no":
		return "2"
	}
	return v
}

// CheckIn does her whole check-in and returns when her chat says that it is sent.
func (h *ZaloHead) CheckIn(ctx context.Context) error {
	h.User.Type("báo cáo")
	for {
		next, sent := "", false
		chat, err := h.User.z.Await(ctx, h.User.ID, func(chat []ZaloMessage) bool {
			next = ""
			for _, m := range chat {
				if m.FromBot && !h.seen[m.Text] && h.typed(m.Text) != "" {
					next = m.Text
				}
				sent = sent || m.FromBot && strings.Contains(m.Text, "Em cảm ơn chị! Báo cáo")
			}
			return sent || next != ""
		})
		switch {
		case err != nil:
			return fmt.Errorf("%s waits: %w\n%+v", h.Branch, err, chat[max(0, len(chat)-4):])
		case sent:
			return nil
		}
		h.seen[next] = true
		h.User.Type(h.typed(next))
	}
}

// CheckReport compares what is stored with what she wanted to say.
func (h *ZaloHead) CheckReport(tx storage.Tx) error {
	list, err := storage.CheckIns.All(tx, storage.CheckInPrefix(h.Branch, h.Month))
	if err != nil || len(list) != 1 || len(list[0].Trail) != 0 {
		return fmt.Errorf("%s: %d revisions, %+v (%v)", h.Branch, len(list), list, err)
	}
	for q, v := range h.want {
		if have := list[0].Answers[q].Value; have != v {
			return fmt.Errorf("%s: %s is %q, she said %q", h.Branch, q, have, v)
		}
	}
	return nil
}
