package bot_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"pgregory.net/rapid"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// asking are questions of hers: no answer to anything, wherever they are typed.
var asking = []string{"hạn tới hôm nào?", "em ơi chị hỏi cái này", "tôi có bị trễ không", "ai gửi rồi", "câu này là gì", "tháng trước chị báo thế nào", "hỏi ai giúp", "có tính chị chuyển hộ khẩu không em", "tháng sau có tập huấn không em?"}

// facts are what a free message states, by question; "*" is for any instance of it.
type facts map[org.QuestionID]string

// states reports whether a message that states the facts accounts for an answer. How it is
// told anew here is simple on purpose: by the value.
func (f facts) states(c claim) bool {
	v, ok := f[c.q]
	if !ok {
		v, ok = f[c.q.Base()+"*"]
	}
	return ok && (slices.Contains(strings.Split(v, "|"), c.a.Value) || v == "-20" && strings.HasSuffix(c.a.Value, v) || v == "last" && lastMonth(c))
}

var (
	gone    = facts{"q8_left": "1", "q8_which": "3"}
	stories = []struct {
		text string
		facts
	}{
		{"họp hôm 20 có 35 chị, kết nạp thêm 2, 1 chị chuyển đi, quỹ vẫn ổn", facts{"q1_activity": "yes", "q1a_date": "-20", "q1b_attendees": "35", "q1c_kind": "1", "q3_resources": "yes", "q7_joined": "2", "q8_left": "1", "q8_which": "3"}},
		{"3 có đủ, biết 2/3, +2 -1, 1+1: 1", facts{"q1_activity": "yes", "q3_resources": "yes", "q456_know": "same|edit", "q7_joined": "2", "q8_left": "1", "q9_pair*": "1", "q_more*": "2"}},
		{"không họp, kết nạp 0, giảm 2 (1 mất 1 chuyển đi)", facts{"q1_activity": "no", "q7_joined": "0", "q8_left": "2", "q8_left_org": "0", "q8_died": "1"}},
		{"họp 20/11 35 chị, không tăng không giảm, còn lại như tháng trước", facts{"q1_activity": "yes", "q1a_date": "-20", "q1b_attendees": "35", "q1c_kind": "1", "q7_joined": "0", "q8_left": "0", "q2_pioneers": "last", "q3_resources": "last", "q3a_kinds": "last", "q456_know": "same", "q4_faces": "last", "q5_circumstances": "last", "q6_needs": "last", "q6a_top_need": "last"}},
		{"nòng cốt 5 chị, mặt biết hết, hoàn cảnh một nửa, nhu cầu còn ít", facts{"q2_pioneers": "5", "q456_know": "edit", "q4_faces": "1", "q5_circumstances": "2", "q6_needs": "3"}},
		{"kết nạp 3 chị, trong đó 1 chị công an", facts{"q7_joined": "3", "q7a_excluded": "1"}},
		{"kết nạp 3 chứ không phải 2", facts{"q7_joined": "3"}},
		{"có 1 chị chuyển đi", gone},
		{"thêm 1 cặp 1+1 mới, nhờ xã hỗ trợ vốn, kết nạp 1", facts{"q_more*": "2", "q10_help*": "1", "q7_joined": "1"}},
		{"chi hội chị 96 hội viên, họp 60 chị", facts{"q0_members": "96", "q1_activity": "yes", "q1b_attendees": "60", "q1c_kind": "1"}},
		{"rồi em, hôm 20, 35 chị", facts{"q1_activity": "yes", "q1a_date": "-20", "q1b_attendees": "35"}},
	}
)

// tells draws a free message. What it says of the open question may be taken at once, the
// rest only by agreeing to it.
func (w *walk) tells() utterance {
	if rapid.IntRange(0, 4).Draw(w.t, "with the open question") == 0 {
		n := rapid.SampledFrom(numbers).Draw(w.t, "n")
		text := fmt.Sprintf("%d chị, 1 chị chuyển đi", n)
		return utterance{text: text, means: either(count(n), func(c claim) bool { return c.open() && gone.states(c) }, freely(text)), told: either(count(n), gone.states, facts{"q1b_attendees": strconv.Itoa(n)}.states)}
	}
	story := rapid.SampledFrom(stories).Draw(w.t, "story")
	told := meaning(story.states)
	if strings.Contains(story.text, "hỗ trợ") { // a second round
		told = either(told, func(c claim) bool { return c.q.Base() == "q_more" && c.a.Value == "3" })
	}
	yes := func(c claim) bool { // "rồi em" is one wherever one is asked for
		return c.open() && strings.HasPrefix(story.text, "rồi") && (c.a.Value == "yes" || c.q.Base() == "q9_pair" && c.a.Value == "1")
	}
	return utterance{text: story.text, means: either(func(c claim) bool { return c.open() && story.states(c) }, yes, freely(story.text)), told: told}
}

// remark is something that she typed, with what was before her eyes then.
type remark struct {
	means meaning
	view  view
}

// agreesTo is for a yes to a card: it may record what she typed before, and the review what
// it proposes, as far as she sees it (domain.md 6, prefill rule).
func agreesTo(c claim) bool {
	if c.v.question != "quick" && c.v.question != "review" || !c.seen() {
		return false
	}
	for _, r := range c.w.remarks[c.who] {
		before := c
		before.v = &r.view
		if r.means(before) {
			return true
		}
	}
	switch c.q.Base() {
	case "q2_pioneers", "q3_resources", "q3a_kinds", "q4_faces", "q5_circumstances", "q6_needs":
		return !c.a.Skipped && lastMonth(c) || c.a.Skipped
	case "q456_know": // the items themselves may be on the card
		return lastMonth(c) || c.a.Skipped || c.a.Value == "edit" && strings.Contains(c.v.asked.Text, "Biết")
	case "q7a_excluded":
		return c.a.Value == "0" || c.a.Skipped
	case "q8_died": // what remains moved away, as the question had it
		return c.a.Value == "0" && strings.Contains(c.v.asked.Text, "không ai qua đời")
	case "q_more":
		return c.a.Value == "1"
	}
	return c.a.Skipped
}

// seen reports whether a value stands on the card or in the review before her: a count or a
// day as it is written, anything else by its item.
func (c claim) seen() bool {
	text, q := c.v.asked.Text, c.q.Base()
	n, err := strconv.Atoi(strings.TrimPrefix(c.a.Value, "~"))
	switch item := itemOf[q]; {
	case c.a.Skipped:
		return strings.Contains(text, "để trống")
	case slices.Contains([]org.QuestionID{"q0_members", "q1b_attendees", "q2_pioneers", "q7_joined", "q8_left"}, q):
		return err == nil && strings.Contains(text, item) && strings.Contains(text, fmt.Sprint(n, " "))
	case q == "q1a_date":
		day, err := time.Parse(time.DateOnly, c.a.Value)
		return err == nil && strings.Contains(text, fmt.Sprintf("ngày %d/%d", day.Day(), int(day.Month())))
	case q == "q7a_excluded" && c.a.Value == "0":
		return strings.Contains(text, "không ai thuộc công đoàn") || strings.Contains(text, "0 chị thuộc tổ chức khác")
	case item == "":
		return true // it follows from another: "3 biết" opened for one of its items
	default:
		return strings.Contains(text, item)
	}
}

// itemOf is how a card or a review calls what a question belongs to.
var itemOf = map[org.QuestionID]string{"q0_members": "Số hội viên", "q1_activity": "Hoạt động", "q1b_attendees": "chị em", "q1c_kind": "Hoạt động",
	"q2_pioneers": "Tiên phong", "q3_resources": "Nguồn lực", "q3a_kinds": "Nguồn lực", "q4_faces": "Biết mặt", "q5_circumstances": "Biết hoàn cảnh",
	"q6_needs": "Biết nhu cầu", "q6a_top_need": "cần nhất", "q7_joined": "Kết nạp", "q7a_excluded": "thuộc tổ chức khác", "q8_left": "Giảm", "q8_which": "Giảm",
	"q8_left_org": "nghỉ Hội", "q8_died": "qua đời", "q9_pair": "\"1+1\""}

// agreeing are the messages that say yes to a card or to the review and nothing else.
func agreeing(text string) bool {
	return slices.Contains([]string{"1", "1 a", "da 1", "co", "co a", "co roi", "vang", "ok", "roi", "xong", "dung", "dung roi", "dong y", "chot", "gui", "gui lai", "nop"}, viet.Fold(text))
}
