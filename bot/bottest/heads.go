package bottest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"chihoi/flows/org"
)

// Head is a simulated branch head. She knows what she wants to report and acts on nothing
// but her chat: the newest message with an open question, answered by a tap or in typing.
// Now and then she taps twice, taps a button of an earlier question, or corrects an answer
// at the review.
type Head struct {
	User   *TelegramUser
	Person org.PersonID
	Branch org.BranchID
	Month  org.Month
	// Members is what the branch began with; Veteran says that it has a past, which
	// shortens her questions, and Pair that a "1+1" is under way.
	Members       int
	Veteran, Pair bool
	// Pause is how long she reads and thinks before each answer; 0 answers at once.
	Pause time.Duration
	// Taps, Typed, Stale and Twice count what she did.
	Taps, Typed, Stale, Twice int

	rng     *rand.Rand
	want    map[org.QuestionID]string
	correct org.QuestionID // to be corrected at the review, once
	better  string

	mu    sync.Mutex
	given map[org.QuestionID]given
}

// given is an answer she gave: what, and to the how-manieth prompt.
type given struct {
	value string
	asked int
}

// NewHead makes up the n-th head and her report for a month of which today is the latest
// day; it follows from the seed and n alone.
func NewHead(srv *Telegram, seed uint64, n int, month org.Month, today int) *Head {
	h := &Head{User: srv.User(int64(100_000 + n)), Person: org.PersonID(fmt.Sprintf("p%d", n)),
		Branch: org.BranchID(fmt.Sprintf("xa-%03d/%d", n/26, n%26+1)), Month: month,
		Members: 600 - n%7, rng: rand.New(rand.NewPCG(seed, uint64(n))), given: map[org.QuestionID]given{}}
	h.Veteran, h.Pair = n%3 != 0, n%3 == 1
	upTo := func(most int) string { return strconv.Itoa(h.rng.IntN(most + 1)) }
	among := func(most int) string { return strconv.Itoa(1 + h.rng.IntN(most)) }
	either := func(a, b string) string { return []string{a, b}[h.rng.IntN(2)] }
	h.want = map[org.QuestionID]string{
		"q0_members": strconv.Itoa(h.Members), "q1_activity": "yes",
		"q1a_date":      fmt.Sprintf("%s-%02d", month, 1+h.rng.IntN(today)),
		"q1b_attendees": strconv.Itoa(30 + n%500), "q1c_kind": among(7), "q1d_reason": among(5),
		"q2_pioneers": strconv.Itoa(5 + n/500%18 + n%2), "q3_resources": either("yes", "no"), "q3a_kinds": among(5),
		"q456_know": either("same", "edit"), "q4_faces": among(3), "q5_circumstances": among(3), "q6_needs": among(3),
		"q6a_top_need": among(7), "q7_joined": upTo(9), "q8_left": upTo(5), "q8_which": among(3),
		"q9_pair/p1": among(3), "q9_outcome/p1": among(2), "q_more/1": "1", "review": "1",
	}
	if h.rng.IntN(6) == 0 {
		h.want["q1_activity"] = "no"
	}
	if h.rng.IntN(6) == 0 {
		h.want["q1c_kind"] = "-"
	}
	if h.rng.IntN(10) == 0 {
		h.want["q2_pioneers"] = "1" // as text also the first line under "Vẫn 4": she is asked which
	}
	part := func(of string) string { most, _ := strconv.Atoi(h.want[org.QuestionID(of)]); return upTo(most) }
	h.want["q7a_excluded"], h.want["q8_left_org"] = part("q7_joined"), part("q8_left")
	h.want["q8_died"] = upTo(max(0, h.count("q8_left")-h.count("q8_left_org")))
	switch h.rng.IntN(8) {
	case 0:
		h.want["q_more/1"], h.want["q9_new/1"], h.want["q9_label/1"], h.want["q_more/2"] = "2", among(2), "Chị L. – chị H.", "1"
	case 1:
		h.want["q_more/1"], h.want["q11_change/1"], h.want["q_more/2"] = "4", among(5), "1"
	}
	if h.rng.IntN(5) == 0 {
		h.correct, h.better = "q2_pioneers", strconv.Itoa(40+n%50)
	}
	return h
}

func (h *Head) count(q org.QuestionID) int { n, _ := strconv.Atoi(h.want[q]); return n }

// Report is what must be stored in the end: what she wants to say, as far as it is asked,
// and what follows from it. "-" is an answer left out.
func (h *Head) Report() map[org.QuestionID]string {
	r := map[org.QuestionID]string{}
	said := func(list ...org.QuestionID) {
		for _, q := range list {
			r[q] = h.want[q]
		}
	}
	if !h.Veteran {
		said("q0_members")
	}
	if said("q1_activity"); h.want["q1_activity"] == "no" {
		said("q1d_reason")
	} else {
		said("q1a_date", "q1b_attendees", "q1c_kind")
	}
	said("q2_pioneers", "q3_resources")
	if h.correct != "" {
		r[h.correct] = h.better
	}
	if h.want["q3_resources"] == "yes" && h.Veteran {
		r["q3a_kinds"] = PastReport["q3a_kinds"]
	} else if h.want["q3_resources"] == "yes" {
		said("q3a_kinds")
	}
	h.know(r, said)
	if said("q7_joined"); h.count("q7_joined") == 0 {
		r["q7a_excluded"] = "0"
	} else {
		said("q7a_excluded")
	}
	h.left(r, said)
	if h.Pair {
		if said("q9_pair/p1"); h.want["q9_pair/p1"] == "3" {
			said("q9_outcome/p1")
		}
	}
	for _, q := range []org.QuestionID{"q_more/1", "q9_new/1", "q9_label/1", "q11_change/1", "q_more/2"} {
		if h.want[q] != "" {
			said(q)
		}
	}
	return r
}

func (h *Head) know(r map[org.QuestionID]string, said func(...org.QuestionID)) {
	three := []org.QuestionID{"q4_faces", "q5_circumstances", "q6_needs"}
	if h.Veteran {
		said("q456_know")
	}
	if h.Veteran && h.want["q456_know"] == "same" {
		for _, q := range three {
			r[q] = PastReport[q]
		}
		return
	}
	if said(three...); !h.Veteran && h.want["q6_needs"] != "3" {
		said("q6a_top_need")
	}
}

func (h *Head) left(r map[org.QuestionID]string, said func(...org.QuestionID)) {
	said("q8_left")
	parts := []org.QuestionID{"q8_left_org", "q8_died", "q8_moved_out"}
	switch total := h.count("q8_left"); total {
	case 0, 1:
		for i, q := range parts {
			r[q] = "0"
			if total == 1 && h.count("q8_which") == i+1 {
				r[q] = "1"
			}
		}
		if total == 1 {
			said("q8_which")
		}
	default:
		said("q8_left_org")
		if h.count("q8_left_org") == total {
			r["q8_died"], r["q8_moved_out"] = "0", "0"
			return
		}
		said("q8_died")
		r["q8_moved_out"] = strconv.Itoa(total - h.count("q8_left_org") - h.count("q8_died"))
	}
}

// question is what an open question looks like in a chat.
type question struct {
	id      org.QuestionID
	asked   int // the number of the prompt, the same in a repeated message
	message TelegramMessage
	doubt   bool // it offers readings of her last answer
}

// questionIn reads the question a message asks. The first button is the question's own.
func questionIn(m TelegramMessage) (q question, ok bool) {
	if !m.FromBot || len(m.Buttons) == 0 {
		return q, false
	}
	part := strings.SplitN(m.Buttons[0][0].Data, ":", 5)
	if part[0] != "c" || len(part) != 5 {
		return q, false
	}
	n, err := strconv.Atoi(part[2])
	q = question{id: org.QuestionID(part[3]), asked: n, message: m}
	_, q.doubt = q.button("!again")
	return q, err == nil
}

// button finds the button that carries a value.
func (q question) button(value string) (data string, ok bool) {
	for _, row := range q.message.Buttons {
		for _, b := range row {
			if v := strings.SplitN(b.Data, ":", 5); len(v) == 5 && v[4] == value && v[3] == string(q.id) {
				return b.Data, true
			}
		}
	}
	return "", false
}

// newest is the newest message with an open question.
func newest(chat []TelegramMessage) (question, bool) {
	for _, m := range slices.Backward(chat) {
		if q, ok := questionIn(m); ok {
			return q, true
		}
	}
	return question{}, false
}

func thanked(chat []TelegramMessage) bool {
	return slices.ContainsFunc(chat, func(m TelegramMessage) bool {
		return m.FromBot && strings.HasPrefix(m.Text, "Em cảm ơn chị! Báo cáo")
	})
}

// CheckIn does her whole check-in and returns when her chat says that it is sent.
func (h *Head) CheckIn(ctx context.Context) error {
	h.User.Type("báo cáo")
	last := question{}
	var old []TelegramMessage
	for {
		var q question
		chat, err := h.User.Await(ctx, func(chat []TelegramMessage) bool {
			var ok bool
			q, ok = newest(chat)
			return thanked(chat) || ok && q.asked > last.asked && (q.doubt || !h.has(q.id))
		})
		switch {
		case err != nil:
			return fmt.Errorf("%s waits after question %q, prompt %d: %w\n%s", h.Branch, last.id, last.asked, err, tail(chat))
		case thanked(chat):
			return nil
		}
		if h.want[q.id] == "" && q.id != "item" {
			return fmt.Errorf("%s was asked %q, which she was not to be asked\n%s", h.Branch, q.id, tail(chat))
		}
		if len(old) > 0 && h.rng.IntN(12) == 0 {
			if q, err = h.pressStale(ctx, old, q); err != nil {
				return err
			}
		}
		old, last = append(old, q.message), q
		if h.Pause > 0 {
			select {
			case <-time.After(h.Pause/2 + rand.N(h.Pause)):
			case <-ctx.Done():
			}
		}
		h.act(q)
	}
}

func tail(chat []TelegramMessage) string {
	var b strings.Builder
	for _, m := range chat[max(0, len(chat)-8):] {
		fmt.Fprintf(&b, "  %d bot=%t %q %v\n", m.ID, m.FromBot, m.Text, m.Buttons)
	}
	return b.String()
}

func (h *Head) has(q org.QuestionID) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, ok := h.given[q]
	return ok
}

// pressStale taps a button of an earlier question with another answer than hers, and sees
// to it that the question now open is put to her again.
func (h *Head) pressStale(ctx context.Context, old []TelegramMessage, now question) (question, error) {
	m := old[h.rng.IntN(len(old))]
	b := m.Buttons[0][h.rng.IntN(len(m.Buttons[0]))]
	was, _ := questionIn(m)
	if v := strings.SplitN(b.Data, ":", 5)[4]; strings.HasPrefix(v, "!") || was.id == now.id || was.id == "item" || h.valueOf(was.id) == v {
		return now, nil
	}
	h.Stale++
	h.User.PressData(m.ID, b.Data)
	var q question
	chat, err := h.User.Await(ctx, func(chat []TelegramMessage) bool {
		q, _ = newest(chat)
		return q.asked > now.asked
	})
	switch {
	case err != nil:
		return q, fmt.Errorf("%s: no answer to a stale tap on %q while %q is open: %w\n%s", h.Branch, b.Data, now.id, err, tail(chat))
	case q.id != now.id:
		return q, fmt.Errorf("%s: a stale tap on %q while %q is open was answered with %q\n%s", h.Branch, b.Data, now.id, q.id, tail(chat))
	}
	return q, nil
}

func (h *Head) valueOf(q org.QuestionID) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.given[q].value
}

// act answers a question.
func (h *Head) act(q question) {
	if q.id == "review" && h.correct != "" && h.valueOf(h.correct) != h.better {
		h.mu.Lock()
		h.want[h.correct] = h.better
		delete(h.given, h.correct)
		h.mu.Unlock()
		h.Typed++
		h.User.Type("sửa 2")
		return
	}
	v := h.want[q.id]
	h.mu.Lock()
	h.given[q.id] = given{v, q.asked}
	h.mu.Unlock()
	if v == "-" {
		v = "!skip"
	}
	data, button := q.button(v)
	typed, typable := typing(q, v)
	if button && (!typable || h.rng.IntN(2) == 0) {
		h.Taps++
		h.User.PressData(q.message.ID, data)
		if h.rng.IntN(15) == 0 && q.id != "review" && !strings.HasPrefix(v, "!") {
			h.Twice++
			h.User.PressData(q.message.ID, data)
		}
		return
	}
	h.Typed++
	h.User.Type(typed)
}

// typing is how she types a value: a plain number, the number on a button, or its words.
func typing(q question, v string) (string, bool) {
	if v == "!skip" {
		return "bỏ qua", true
	}
	for _, row := range q.message.Buttons {
		for _, b := range row {
			if number, _, numbered := strings.Cut(b.Label, ". "); numbered && strings.HasSuffix(b.Data, ":"+v) {
				return number, true
			}
		}
	}
	if q.doubt {
		return "", false
	}
	if day, ok := strings.CutPrefix(v, "20"); ok && strings.Count(v, "-") == 2 {
		part := strings.Split(day, "-")
		return strings.TrimLeft(part[2], "0") + "/" + strings.TrimLeft(part[1], "0"), true
	}
	return v, v != ""
}

// Acknowledged are the answers that her chat shows as taken: a later question stands there,
// or the thanks.
func (h *Head) Acknowledged() map[org.QuestionID]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	chat := h.User.Messages()
	q, ok := newest(chat)
	all := map[org.QuestionID]string{}
	for id, g := range h.given {
		if id != "review" && id != "item" && (thanked(chat) || ok && q.asked > g.asked && q.id != id) {
			all[id] = g.value
		}
	}
	return all
}
