package bot_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pgregory.net/rapid"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/flows/viet"
	"chihoi/storage"
)

// utterance is something typed, and what it may be taken for. What it states besides is
// told: it may become an answer once she agrees to the card that shows it.
type utterance struct {
	text  string
	means meaning
	told  meaning
}

// meaning reports whether a change of an answer was stated. It is told here anew and on
// purpose simply, apart from the reading that it judges.
type meaning func(claim) bool

// claim says that question q of a draft now has an answer, while v was before her eyes.
type claim struct {
	w   *walk
	v   *view
	who org.PersonID
	key string // of the draft
	q   org.QuestionID
	a   org.Answer
}

func (c claim) open() bool { return c.v.question == c.q || c.joined() }

// joined reports whether one list before her stands for the question too: "Cả ba gần hết" is
// about the questions after the first as well, "Có: họp, sinh hoạt" is a yes and its kind.
func (c claim) joined() bool {
	if len(c.v.asked.Options) == 0 {
		return false
	}
	first := c.v.asked.Options[0].Label
	switch c.q.Base() {
	case "q1c_kind":
		return c.v.question == "q1_activity" && strings.HasPrefix(first, "Có: ")
	case "q3a_kinds":
		return c.v.question == "q3_resources" && strings.HasPrefix(first, "Có: ")
	case "q5_circumstances", "q6_needs":
		return c.v.question == "q4_faces" && strings.HasPrefix(first, "Cả ba ")
	case "q9_pair":
		return c.v.question.Base() == "q9_pair" && strings.HasPrefix(first, "Cả ")
	}
	return false
}

func nothing(claim) bool { return false }

// freely is for all typing: a question for a name or a few words takes any, as they are.
func freely(text string) meaning {
	return func(c claim) bool {
		words := strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
		return c.open() && (c.q.Base() == "q9_label" && c.a.Value == words || c.q.Base() == "q10_text" && c.a.Value == "sent")
	}
}

func either(list ...meaning) meaning {
	return func(c claim) bool {
		return slices.ContainsFunc(list, func(m meaning) bool { return m(c) })
	}
}

// choice is for the options shown whose label or number is right.
func choice(right func(flows.Option) bool) meaning {
	return func(c claim) bool {
		return c.open() && slices.ContainsFunc(c.v.asked.Options, func(o flows.Option) bool { return right(o) && c.stands(o) })
	}
}

// stands reports whether an option stands for the value; a name that is offered stands on
// the button alone.
func (c claim) stands(o flows.Option) bool {
	named := c.q.Base() == "q9_label" && strings.HasSuffix(o.Label, " "+c.a.Value)
	value := valueIn(o.Data)
	if _, err := strconv.Atoi(value); err == nil && strings.HasPrefix(c.v.asked.Options[0].Label, "Có: ") && c.q == c.v.question {
		value = "yes" // and a kind
	}
	return named || value == c.a.Value
}

func valueIn(data string) string {
	part := strings.SplitN(data, ":", 5)
	return part[len(part)-1]
}

// count is for a number: the count itself, the line with that number, or the day.
func count(n int) meaning {
	return either(choice(func(o flows.Option) bool { return o.Say == strconv.Itoa(n) }), func(c claim) bool {
		if n == 1 && c.q.Base() == "q9_label" && c.open() && c.stands(c.v.asked.Options[0]) { // the one name that is offered
			return true
		}
		day := fmt.Sprintf("%s-%02d", strings.SplitN(c.key, "/", 2)[0], n)
		none := n == 0 && c.a.Value == "no" // nothing, where there is a yes or a no
		return c.open() && (none || slices.Contains([]string{strconv.Itoa(n), "~" + strconv.Itoa(n), day}, c.a.Value))
	})
}

// word is for values by themselves, and for the options that have one of the words in
// their label.
func word(words []string, values ...string) meaning {
	return either(choice(func(o flows.Option) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(strings.Fields(viet.Fold(o.Label)), w) })
	}), func(c claim) bool { return c.open() && slices.Contains(values, c.a.Value) })
}

// agreed is for the one reading that she was asked about.
func agreed(c claim) bool {
	i := slices.IndexFunc(c.v.asked.Options, func(o flows.Option) bool { return valueIn(o.Data) == "!again" })
	return c.open() && i == 1 && valueIn(c.v.asked.Options[0].Data) == c.a.Value
}

// lastMonth is for what a branch said in its last report.
func lastMonth(c claim) bool {
	if c.q == "q456_know" {
		return c.a.Value == "same"
	}
	past, ok := c.w.past(c.key)
	return ok && slices.Contains([]org.QuestionID{"q2_pioneers", "q3_resources", "q3a_kinds", "q4_faces", "q5_circumstances", "q6_needs", "q6a_top_need"}, c.q) &&
		past.Answers[c.q].Value == c.a.Value
}

// past is a branch's last report before the draft's month.
func (w *walk) past(key string) (last org.CheckIn, ok bool) {
	month, branch, _ := strings.Cut(key, "/")
	for _, c := range w.records().sent {
		if string(c.Branch) == branch && string(c.Month) < month && c.Month > last.Month {
			last, ok = c, true
		}
	}
	return last, ok
}

func skipped(c claim) bool { return c.open() && c.a.Skipped }

var (
	numbers  = []int{0, 0, 1, 1, 2, 3, 4, 5, 7, 12, 30, 118, 119, 600, 2001, 99999999}
	commands = []string{"gửi", "nộp", "sửa", "nhầm rồi", "thôi", "hủy", "để sau", "tối nhé", "đang bận", "trợ giúp", "?",
		"quay lại", "xem lại", "bắt đầu", "báo cáo", "/start", "/baocao", "dừng nhắc", "xem dữ liệu", "rút đồng ý", "xóa dữ liệu", "gọi lại",
		"tình hình", "ai chưa gửi", "cần hỗ trợ", "đã nhận", "gọi tôi là cô", "chi hội 1", "sửa 99", "12345678", "không sửa nữa", "thôi không sửa", "giữ như cũ",
		"thông báo", "thông báo: họp 8h ngày 28 tại nhà văn hóa", "thông báo các chi hội trưởng: khen chị LAN", "thông báo khẩn: bão số 12", "các thông báo",
		"dừng", "gửi lại", "sửa lỗi chữ", "ai trả lời", "8h sáng mai, không gửi sau 17h", "mã nhóm", "bỏ nhóm 1", "em bận ạ", "em đến", "đã nắm",
		"nhắc 1", "nhắc 1: chị gửi giúp em", "hỏi lại 1 mục 2", "số chưa khớp", "đúng 2", "gọi 1", "giao việc 1", "đến thăm", "đã xong việc", "bỏ qua 1", "đã hỏi thăm rồi",
		"chỉ tiêu 90", "chờ xem", "đã xem 1", "nhận cả", "sửa hộ 1", "sửa hộ 1 tháng 10", "ghi nhầm số", "nhập hộ 1", "lịch sử 1", "tóm tắt", "đồng ý nêu tên", "không nêu tên"}
	nonsense = []string{"", " ", ".", "asdf qwerty", "trời hôm nay đẹp quá", "\xff\xfe\x00", "🌸🌸🌸", "không nhớ", "để em hỏi lại", "hôm qua em ốm", "hai ba chị gì đó",
		"0987654321", "bị chồng đánh", "DROP TABLE;", "\u200b\u200b", strings.Repeat("dài ", 5000), strings.Repeat("9", 400), "c:x:1:q7_joined:3"}
)

// anything draws something that somebody may type.
func (w *walk) anything(who org.PersonID) utterance {
	t := w.t
	switch rapid.SampledFrom([]string{"number", "number", "label", "yes", "no", "date", "command", "command", "skip", "same", "edit", "nonsense", "code", "quick", "more quick", "asks"}).Draw(t, "says") {
	case "number":
		n := rapid.SampledFrom(numbers).Draw(t, "n")
		text := fmt.Sprintf(rapid.SampledFrom([]string{"%d", "%d", "%d ạ", "dạ %d", "%d chị"}).Draw(t, "form"), n)
		return utterance{text: text, means: either(count(n), freely(text), nothingToAdd(n == 0)), told: facts{"q1b_attendees": strconv.Itoa(n)}.states}
	case "label":
		if v := w.views[who]; v != nil && len(v.asked.Options) > 0 {
			return labelled(rapid.SampledFrom(v.asked.Options).Draw(t, "label").Label)
		}
		return utterance{text: "có", means: nothing}
	case "yes":
		text := rapid.SampledFrom([]string{"có", "có ạ", "có rồi", "vâng", "ok", "rồi", "xong", "đúng", "vẫn vậy", "ĐỒNG Ý", "chốt"}).Draw(t, "yes")
		return utterance{text: text, means: either(agreed, lastMonth, nothingNew(text), word([]string{"co", "roi", "dung", "van", "xong"}, "yes", "same"), freely(text))}
	case "no":
		text := rapid.SampledFrom([]string{"không", "không có", "chưa", "chưa ạ", "dạ chưa có"}).Draw(t, "no")
		return utterance{text: text, means: either(word([]string{"khong", "chua"}, "no", "0", "edit"), freely(text), nothingToAdd(true), notYet)}
	case "date":
		return w.date()
	case "skip":
		return utterance{text: "bỏ qua", means: either(skipped, freely("bỏ qua"))}
	case "same":
		return utterance{text: "giống tháng trước", means: either(lastMonth, freely("giống tháng trước"))}
	case "edit":
		return w.edit()
	case "nonsense":
		text := rapid.SampledFrom(nonsense).Draw(t, "nonsense")
		violence := func(c claim) bool { // in her words, where kinds of help are offered
			return text == "bị chồng đánh" && c.open() && c.q.Base() == "q10_help" && c.a.Value == "5"
		}
		return utterance{text: text, means: either(freely(text), violence)}
	case "code":
		return utterance{text: w.codeOf(who), means: freely(w.codeOf(who))}
	case "quick", "more quick":
		return w.tells()
	case "asks":
		text := rapid.SampledFrom(asking).Draw(t, "asks")
		return utterance{text: text, means: freely(text)}
	}
	text := rapid.SampledFrom(commands).Draw(t, "command")
	// Two of them hold a number, which may be meant where one is asked for.
	n := map[string]int{"chi hội 1": 1, "sửa 99": 99}[text]
	u := utterance{text: text, means: either(freely(text), nothingNew(text), ofLabel(text), func(c claim) bool { return n > 0 && count(n)(c) })}
	if text == "cần hỗ trợ" {
		u.told = facts{"q_more*": "3"}.states
	}
	return u
}

// ofLabel is for commands that are words of a choice too: "cần hỗ trợ" where "Cần Hội xã
// hỗ trợ" is offered, "sửa" where "Sửa" is.
func ofLabel(text string) meaning {
	words := strings.Fields(viet.Fold(text))
	return choice(func(o flows.Option) bool {
		label := strings.Fields(viet.Fold(o.Label))
		part := !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(label, w) })
		return part && text == "cần hỗ trợ" || len(words) > 0 && words[0] == "sua" && slices.Equal(label, words[:1])
	})
}

// nothingNew: at the closing question some words say that there is nothing more.
func nothingNew(text string) meaning {
	return func(c claim) bool {
		return slices.Contains([]string{"vẫn vậy", "xong", "xong rồi", "chốt", "không sửa nữa", "thôi không sửa", "thôi"}, text) && c.open() && c.q.Base() == "q_more" && c.a.Value == "1"
	}
}

// notYet: asked whether a pair met, a no is one, also while she is asked which yes she meant.
func notYet(c claim) bool { return c.open() && c.q.Base() == "q9_pair" && c.a.Value == "2" }

// nothingToAdd: where she may write what help is for, a denial is none.
func nothingToAdd(denies bool) meaning {
	return func(c claim) bool { return denies && c.open() && c.q.Base() == "q10_text" && c.a.Skipped }
}

func labelled(label string) utterance {
	return utterance{text: label, means: either(choice(func(o flows.Option) bool { return o.Label == label }), skippedBy(label), dayOf(label), freely(label))}
}

// dayOf is for a day told by today, whatever it was when the button was shown.
func dayOf(label string) meaning {
	return func(c claim) bool {
		back, ok := map[string]int{"Hôm nay": 0, "Hôm qua": 1}[label]
		return ok && c.open() && c.q == "q1a_date" && c.a.Value == c.w.clock.Now().AddDate(0, 0, -back).Format(time.DateOnly)
	}
}

func skippedBy(label string) meaning {
	return func(c claim) bool { return label == "Bỏ qua" && skipped(c) }
}

func (w *walk) date() utterance {
	now := w.clock.Now()
	days := map[string]time.Time{"hôm nay": now, "hôm qua": now.AddDate(0, 0, -1), "5/11": time.Date(2026, 11, 5, 0, 0, 0, 0, time.UTC),
		"20/11/2026": time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), "1/12": time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), "31/11": {}, "mai": {}, "rằm": {}, "3/5": {}}
	text := rapid.SampledFrom([]string{"hôm nay", "hôm qua", "5/11", "20/11/2026", "1/12", "31/11", "mai", "rằm", "3/5"}).Draw(w.t, "date")
	day := days[text]
	// Where a scale is asked, the same signs say how many of how many.
	share := map[string]string{"5/11": "2", "1/12": "3", "3/5": "2"}[text]
	told := func(c claim) bool { // more than the open question: put of all three at once, or a day of it
		if c.q == "q1a_date" {
			return c.v.question == "q1_activity" && !day.IsZero() && c.a.Value == day.Format(time.DateOnly)
		}
		return c.v.question == "q456_know" && share != "" && share == c.a.Value && slices.Contains([]org.QuestionID{"q4_faces", "q5_circumstances", "q6_needs"}, c.q)
	}
	return utterance{text: text, told: told, means: either(freely(text), func(c claim) bool {
		scale := slices.Contains([]org.QuestionID{"q4_faces", "q5_circumstances", "q6_needs"}, c.q)
		return c.open() && (scale && share == c.a.Value || c.q == "q1_activity" && c.a.Value == "yes") // a day of it is a yes
	}, choice(func(o flows.Option) bool { return viet.Fold(o.Label) == viet.Fold(text) }), func(c claim) bool {
		return c.q == "q1a_date" && c.open() && !day.IsZero() && c.a.Value == day.Format(time.DateOnly)
	})}
}

// edit asks for a correction, with or without saying it.
func (w *walk) edit() utterance {
	n := rapid.IntRange(0, 12).Draw(w.t, "item")
	if rapid.Bool().Draw(w.t, "by number") {
		text := fmt.Sprint("sửa ", n)
		return utterance{text: text, means: freely(text)}
	}
	to := rapid.SampledFrom([]struct {
		name string
		q    org.QuestionID
	}{{"kết nạp", "q7_joined"}, {"giảm", "q8_left"}, {"nòng cốt", "q2_pioneers"}}).Draw(w.t, "slot")
	text := fmt.Sprintf("sửa %s thành %d", to.name, n)
	return utterance{text: text, means: either(freely(text), func(c claim) bool { return c.q == to.q && c.a.Value == strconv.Itoa(n) })}
}

// pressMeans: a tap states the value on the button, of the question that is open.
func (w *walk) pressMeans(who org.PersonID, data string) meaning {
	part := strings.SplitN(data, ":", 5)
	if len(part) != 5 || part[0] != "c" {
		return nothing
	}
	return func(c claim) bool {
		if part[1] == c.v.instance && part[3] == string(c.v.question) && part[4] == "1" && agreesTo(c) {
			return true
		}
		if part[1] != c.v.instance || part[3] != string(c.q) || !c.open() {
			return false
		}
		tapped := choice(func(o flows.Option) bool { return valueIn(o.Data) == part[4] })
		// The bot's own name for a pair travels as a word, and is what the button said.
		named := part[4] == "auto" && strings.HasPrefix(c.a.Value, "Cặp ") && c.v.offered["auto"]
		return part[4] == c.a.Value && c.v.offered[c.a.Value] || tapped(c) || named || part[4] == "!skip" && c.a.Skipped
	}
}

// forged makes up what a button may carry.
func (w *walk) forged(who org.PersonID) string {
	t := w.t
	v := w.views[who]
	if v == nil || v.instance == "" || rapid.IntRange(0, 3).Draw(t, "foreign") == 0 {
		return rapid.SampledFrom([]string{"", "c", "c:", "c:::", "c:x:1:q7_joined:3", "s:zz", "l:", "e:", "w:1", "q:", "h:1", "y:erase", "y:withdraw", "j:e:2026-10:x", "j:w:1", "j:k:ok", "j:t:lan", "j:d:x", "b:2026-11:x:r1", "b:2026-11:x:a", "b::", "u:x", "y:alarm", "m:", "t:", "v:2026-11:x", "r:yes:1", "g:1", "c:\xff:\x00", strings.Repeat("c:", 40)}).Draw(t, "data")
	}
	q := rapid.SampledFrom([]org.QuestionID{v.question, v.question, "q7_joined", "q2_pioneers", "q9_pair/p9", "q_more/12", "review", "item", "part/1", "dismiss", "q8_moved_out", "nosuch"}).Draw(t, "question")
	value := rapid.SampledFrom([]string{"0", "1", "3", "99", "yes", "no", "!skip", "!back", "!later", "!again", "!call", "!review", "!submit", "!erase", "!", "", "2026-11-05", "q7_joined", "-1"}).Draw(t, "value")
	return fmt.Sprintf("c:%s:%d:%s:%s", v.instance, rapid.IntRange(-1, 40).Draw(t, "asked"), q, value)
}

// goOn answers the open question with one of its choices, or with a plain value.
func (w *walk) goOn(who org.PersonID, net string) {
	v := w.views[who]
	if v == nil || v.question == "" {
		w.says(who, net, utterance{text: "báo cáo", means: nothing})
		return
	}
	var values []flows.Option
	for _, o := range v.asked.Options {
		if !strings.HasPrefix(valueIn(o.Data), "!") {
			values = append(values, o)
		}
	}
	if len(values) == 0 {
		w.says(who, net, plainly(v, w.clock.Now()))
		return
	}
	w.choose(who, net, rapid.SampledFrom(values).Draw(w.t, "option"))
}

// choose taps an option, or types what stands for it.
func (w *walk) choose(who org.PersonID, net string, o flows.Option) {
	if net == "telegram" && rapid.Bool().Draw(w.t, "tap") {
		w.event(who, net, flows.Press{Data: o.Data})
		return
	}
	if o.Say == "" {
		w.says(who, net, labelled(o.Label))
		return
	}
	said := either(choice(func(p flows.Option) bool { return p.Say == o.Say }), count(mustAtoi(o.Say)), freely(o.Say))
	if o.Say == "vẫn" { // of all that the question shows of last month
		said = either(said, lastMonth)
	}
	w.says(who, net, utterance{text: o.Say, means: said})
}

func mustAtoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// plainly is a plain answer to a question without choices.
func plainly(v *view, now time.Time) utterance {
	switch v.question.Base() {
	case "q1a_date":
		return utterance{text: "1/" + strconv.Itoa(int(now.Month())), means: count(1)}
	case "q10_text":
		return utterance{text: "cần vay vốn", means: freely("cần vay vốn")}
	case "q0_members":
		return utterance{text: "100", means: count(100)}
	}
	return utterance{text: "1", means: count(1)}
}

// finish lets one person answer everything with the first thing that offers itself; in a
// bounded number of turns her branch's report must be sent.
func (w *walk) finish(who org.PersonID) {
	w.note("-- %s finishes", who)
	for w.present().Month == "" {
		at := w.clock.Now().AddDate(0, 0, 1)
		w.clock.Set(time.Date(at.Year(), at.Month(), at.Day(), 8, 0, 0, 0, bottest.Zone))
		w.tick()
		w.drain()
	}
	key := draftKey("an-phu/1", w.present().Month)
	w.comeBack(who)
	net := w.linkedAt(who)
	w.says(who, net, utterance{text: "báo cáo", means: nothing})
	for range 120 {
		r := w.records()
		v := w.views[who]
		if c, sent := r.sent[key]; sent && c.Revision > 0 && v.question == "" {
			return
		}
		w.finishing(who, net, v)
	}
	w.fail("%s does not arrive at a sent report", who)
}

// linkedAt is a network on which she is known; a code is good for one.
func (w *walk) linkedAt(who org.PersonID) (net string) {
	net = "telegram"
	err := w.store.View(w.ctx(), func(tx storage.Tx) error {
		_, first, err := storage.Contacts.Get(tx, string(contactOf(who, net)))
		_, other, err2 := storage.Contacts.Get(tx, string(contactOf(who, "zalo")))
		if !first && other {
			net = "zalo"
		}
		return errors.Join(err, err2)
	})
	if err != nil {
		w.fail("contacts: %v", err)
	}
	return net
}

func (w *walk) present() (p org.Period) {
	_ = w.store.View(w.ctx(), func(tx storage.Tx) error {
		return storage.Periods.Scan(tx, "an-phu/", "", func(_ string, one org.Period) error {
			if s := one.State(w.clock.Now()); s == org.Open || s == org.Due {
				p = one
			}
			return nil
		})
	})
	return p
}

// finishing is one turn of somebody who wants to be done.
func (w *walk) finishing(who org.PersonID, net string, v *view) {
	if v.question != "" && v.newest.Text == v.asked.Text {
		o := v.asked.Options[0]
		if !strings.HasPrefix(valueIn(o.Data), "!") {
			w.choose(who, net, o)
			return
		}
		w.says(who, net, plainly(v, w.present().Opens))
		return
	}
	if len(v.newest.Options) > 0 {
		kind, rest, _ := strings.Cut(v.newest.Options[0].Data, ":")
		switch {
		case kind == "y":
			w.event(who, net, flows.Press{Data: "y:no"})
			return
		case kind == "r" || kind == "g" || kind == "s":
			w.event(who, net, flows.Press{Data: kind + ":" + rest})
			return
		}
	}
	switch {
	case strings.Contains(v.newest.Text, "mã 8 số"):
		w.says(who, net, utterance{text: w.codeOf(who), means: nothing})
		return
	case strings.Contains(v.newest.Text, "1. Đúng rồi"):
		w.says(who, net, utterance{text: "1", means: nothing})
		return
	}
	w.says(who, net, utterance{text: "báo cáo", means: nothing})
}

var _ bot.Channel = walkLine{}
