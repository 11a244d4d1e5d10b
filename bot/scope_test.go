package bot_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// screens is a channel that keeps what each phone shows.
type screens struct {
	mu    sync.Mutex
	shown map[org.ContactID][]string
}

func (*screens) Name() string { return "b" }
func (*screens) Abilities() bot.Abilities {
	return bot.Abilities{Buttons: true, MaxText: 4096}
}
func (*screens) Receive(context.Context, bot.Handle) error { return nil }

func (s *screens) Send(_ context.Context, m bot.Outgoing) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := m.Text
	for _, row := range m.Rows {
		for _, o := range row {
			text += "\n" + o.Label
		}
	}
	s.shown[org.ContactID("b:"+m.Chat)] = append(s.shown[org.ContactID("b:"+m.Chat)], text)
	return "1", nil
}

// scopeWorld is two communes of two branches each. Everything in them that is nobody else's
// business has a word of its own, so that it is known wherever it turns up.
type scopeWorld struct {
	store storage.Store
	app   *bot.App
	net   *screens
	ids   int
}

func newScopeWorld(t *testing.T) *scopeWorld {
	t.Helper()
	w := &scopeWorld{store: storage.NewMem(), net: &screens{shown: map[org.ContactID][]string{}}}
	clock := bot.NewHandClock(time.Date(2026, 11, 30, 9, 0, 0, 0, bottest.Zone), true)
	write(t, w.store, func(tx storage.Tx) error {
		for n, c := range []string{"xa-a", "xa-b"} {
			if err := scopeCommune(tx, c, n, clock.Now()); err != nil {
				return err
			}
		}
		return scopePerson(tx, "officer", "Cán Bộ", "", org.Post{Role: org.ProvinceOfficer, Unit: org.Province}, clock.Now())
	})
	settings := flows.DefaultSettings()
	settings.AcceptDays = 7
	app, err := bot.New(w.store, clock, settings, slog.New(slog.DiscardHandler), w.net)
	if err != nil {
		t.Fatal(err)
	}
	w.app = app
	return w
}

func scopePerson(tx storage.Tx, id, name, phone string, post org.Post, now time.Time) error {
	p := org.Person{ID: org.PersonID(id), Name: name, Phone: phone}
	if err := storage.PutPerson(tx, p); err != nil {
		return err
	}
	post.Person = p.ID
	if err := storage.PutPost(tx, post); err != nil {
		return err
	}
	if err := storage.PutContact(tx, org.Contact{ID: org.ContactID("b:" + id), Person: p.ID, LinkedAt: now, LastWrote: now}); err != nil {
		return err
	}
	return storage.PutConsent(tx, org.Consent{Person: p.ID, Notice: flows.NoticeVersion, At: now.AddDate(0, -1, 0), Channel: "b", Raw: "đồng ý"})
}

func scopeCommune(tx storage.Tx, c string, n int, now time.Time) error {
	id := org.CommuneID(c)
	p := org.Period{Commune: id, Month: "2026-11", Opens: now.AddDate(0, 0, -5), Due: now.AddDate(0, 0, 3), Locks: now.AddDate(0, 0, 20)}
	if err := storage.Communes.Put(tx, c, org.Commune{ID: id, Name: "Xã " + strings.ToUpper(c[3:])}); err != nil {
		return err
	}
	for i := 1; i <= 2; i++ {
		b := org.BranchID(fmt.Sprintf("%s/%d", c, i))
		p.Expected = append(p.Expected, b)
		if err := storage.Branches.Put(tx, string(b), org.Branch{ID: b, Name: fmt.Sprintf("Chi hội thôn BRANCH%s%d", c, i), Order: i}); err != nil {
			return err
		}
		phone := fmt.Sprintf("09%d%d000000", n, i)
		if err := scopePerson(tx, fmt.Sprintf("%s-head-%d", c, i), fmt.Sprintf("Nguyễn Thị NAME%s%d", c, i), phone, org.Post{Role: org.Head, Unit: string(b)}, now); err != nil {
			return err
		}
	}
	if err := scopePerson(tx, c+"-deputy", "Lê Thị Phó", "", org.Post{Role: org.Deputy, Unit: c + "/1"}, now); err != nil {
		return err
	}
	if err := scopePerson(tx, c+"-chair", "Trần Thị Minh", "", org.Post{Role: org.Chair, Unit: c}, now); err != nil {
		return err
	}
	if err := scopePerson(tx, c+"-vice", "Trần Thị Tâm", "", org.Post{Role: org.ViceChair, Unit: c}, now); err != nil {
		return err
	}
	if err := storage.Requests.Put(tx, c+"/r1", org.Request{ID: "r1", Branch: org.BranchID(c + "/2"), By: org.PersonID(c + "-head-2"), At: now.AddDate(0, 0, -2),
		Kind: org.Support, Text: "HELP" + c, State: org.RequestNew}); err != nil {
		return err
	}
	report := org.CheckIn{Branch: org.BranchID(c + "/2"), Month: "2026-11", Revision: 1, Form: 1, SentAt: now.AddDate(0, 0, -1), By: org.PersonID(c + "-head-2"), Channel: "b",
		Answers: org.Answers{"q1_activity": {Value: "no"}, "q2_pioneers": {Value: "4"}}, Start: 90 + n, End: 90 + n}
	if err := storage.PutCheckIn(tx, report); err != nil {
		return err
	}
	return storage.Periods.Put(tx, storage.PeriodKey(id, p.Month), p)
}

// says plays what somebody types or taps, and returns all that every phone then shows.
func (w *scopeWorld) says(t *testing.T, who, what string) map[org.ContactID][]string {
	t.Helper()
	w.ids++
	var e flows.Event = flows.Text{Body: what}
	if data, ok := strings.CutPrefix(what, "{"); ok {
		e = flows.Press{Data: strings.TrimSuffix(data, "}")}
	}
	w.net.shown = map[org.ContactID][]string{}
	if err := w.app.Inbox.Handle(t.Context(), bot.Update{ID: strconv.Itoa(900_000_000 + w.ids), Contact: org.ContactID("b:" + who), Event: e}); err != nil {
		t.Fatal(err)
	}
	w.app.Outbox.Drain(t.Context())
	return w.net.shown
}

// scopeCommands is what anybody may type or tap, with the buttons of both communes forged.
func scopeCommands() (list []string) {
	list = []string{"tình hình", "ai chưa gửi", "chi hội 1", "chi hội 2", "thôn BRANCHxa-a2", "thôn BRANCHxa-b2", "tháng trước", "tổng kết", "tóm tắt", "cần hỗ trợ", "1",
		"cặp 1+1", "hội viên", "nhu cầu", "cần quan tâm", "chi tiết 1", "chi tiết 2", "chi tiết 7", "lịch sử 2", "nhắc", "nhập hộ 2", "sổ gửi", "nhóm", "mã nhóm", "hạn mức",
		"thông báo", "trợ giúp", "báo cáo", "xem lại", "để sau", "xem dữ liệu", "{g:0}",
		"nhắc 1: chị gửi giúp em", "gửi", "hỏi lại 2 mục 2", "1", "gọi 1", "giao việc 2", "1", "đã xong việc", "bỏ qua 1", "1", "chỉ tiêu 90", "chỉ tiêu", "đúng 2",
		"chỉ tiêu A 90", "chờ xem", "đã xem 2", "đã xem", "nhận cả", "sửa hộ 2", "sửa hộ 2 tháng 10", "1", "2", "5", "gửi",
		"xuất", "xuất tháng 11", "xuất csv tháng 11", "xuất json năm 2026", "hình tháng 11", "số điện thoại thôn BRANCHxa-b2", "số điện thoại thôn BRANCHxa-a1", "gọi chị NAMExa-b1",
		"gọi chị NAMExa-a1", "so sánh với tháng trước", "chi hội nào chưa họp", "biến động", "chị em cần gì nhất", "chi hội 99", "nhắc 40", "ai trả lời", "gửi lại", "dừng", "nêu tên",
		"thông báo cho chi hội 2: mai 8h họp ở nhà văn hóa", "gửi", "bỏ hẳn", "thông báo kết quả chung của xã", "thôi", "bỏ hẳn", "thông báo khẩn: bão", "1", "thôi", "bỏ hẳn"}
	key := func(unit string) string {
		h := fnv.New32a()
		_, _ = h.Write([]byte(unit))
		return strconv.FormatUint(uint64(h.Sum32()), 36)
	}
	for _, c := range []string{"xa-a", "xa-b"} {
		for _, page := range []string{"", "s0", "m1", "c1", "r1", "d10", "d20", "d30", "d40", "d70", "d80", "x0", "x202611202611", "x202611202611c",
			"qstatus", "qmissing", "qcompare", "qphones"} {
			list = append(list, "{t:"+key(c)+":"+page+"}")
		}
		list = append(list, "{u:"+key(c)+"}", "{t:"+key(c)+":a1}", "{b:2026-11:"+key(c)+":a0}")
		for _, b := range []string{c + "/1", c + "/2"} {
			list = append(list, "{v:2026-11:"+key(b)+"}", "{v:past:"+key(b)+"}")
			for _, act := range []string{"n", "o", "q", "c", "g", "f", "b", "e"} {
				list = append(list, "{j:"+act+":2026-11:"+key(b)+"}")
			}
			list = append(list, "{j:q:2026-11:"+key(b)+":2}", "{j:w:1}", "{j:k:ok}", "{j:k:no}",
				"{j:e:2026-10:"+key(b)+"}", "{j:w:1}", "{b:2026-11:"+key(b)+":r1}")
		}
	}
	return append(list, "{h:r1:o}")
}

// scopeSecrets are the words of a commune, by the branch they belong to.
func scopeSecrets(c string, n int) map[string][]string {
	return map[string][]string{
		c + "/1": {"BRANCH" + c + "1", "NAME" + c + "1", fmt.Sprintf("09%d1000000", n)},
		c + "/2": {"BRANCH" + c + "2", "NAME" + c + "2", fmt.Sprintf("09%d2000000", n), "HELP" + c},
	}
}

// TestScopeOfEveryCommand lets every role say and tap everything, in her own commune and in
// another: on no phone appears what its owner may not see, and nobody of another commune
// hears of it.
func TestScopeOfEveryCommand(t *testing.T) {
	owns := map[string]string{"officer": "", "stranger": ""} // the unit whose words each may read
	for _, c := range []string{"xa-a", "xa-b"} {
		owns[c+"-chair"], owns[c+"-vice"] = c, c
		owns[c+"-head-1"], owns[c+"-deputy"], owns[c+"-head-2"] = c+"/1", c+"/1", c+"/2"
	}
	for who := range owns {
		t.Run(who, func(t *testing.T) {
			w := newScopeWorld(t)
			for _, what := range scopeCommands() {
				for phone, texts := range w.says(t, who, what) {
					reader := string(phone)[2:]
					if reader != who && who != "stranger" && strings.Split(reader+"-", "-")[1] != strings.Split(who+"-", "-")[1] {
						t.Errorf("%s says %q and %s hears of it", who, what, reader)
					}
					for n, c := range []string{"xa-a", "xa-b"} {
						for unit, words := range scopeSecrets(c, n) {
							mine := owns[reader] != "" && (owns[reader] == unit || owns[reader] == c)
							for _, secret := range words {
								if text := strings.Join(texts, "\n"); !mine && strings.Contains(text, secret) {
									t.Errorf("%s says %q and %s reads %s:\n%s", who, what, reader, secret, text)
								}
							}
						}
					}
				}
			}
		})
	}
}

// TestScopeAllows holds the other side: whoever may see something does.
func TestScopeAllows(t *testing.T) {
	for _, c := range []struct {
		who, what string
		want      []string
	}{
		{"xa-a-chair", "tình hình", []string{"BRANCHxa-a1", "BRANCHxa-a2"}},
		{"xa-a-vice", "ai chưa gửi", []string{"NAMExa-a1", "0901000000"}},
		{"xa-b-chair", "chi hội 2", []string{"BRANCHxa-b2", "91 → 91"}},
		{"xa-b-vice", "hội viên", []string{"BRANCHxa-b2: 91"}},
		{"xa-a-vice", "cần quan tâm", []string{"quan tâm"}},
		{"xa-a-chair", "{h:r1:o}", []string{"HELPxa-a"}},
		{"xa-a-head-2", "xem lại", []string{"BRANCHxa-a2", "90 → 90"}},
		{"officer", "tình hình", []string{"2/4 chi hội (50%)", "Xã A: 1/2 (50%)", "Xã B: 1/2 (50%)", "Cần hỗ trợ: 2 việc"}},
	} {
		w := newScopeWorld(t)
		text := strings.Join(w.says(t, c.who, c.what)[org.ContactID("b:"+c.who)], "\n")
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s says %q and does not read %q:\n%s", c.who, c.what, want, text)
			}
		}
	}
}
