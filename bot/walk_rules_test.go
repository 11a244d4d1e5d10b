package bot_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
)

func (w *walk) ctx() context.Context { return context.Background() }

// see puts a prompt before somebody's eyes.
func (w *walk) see(who org.PersonID, p flows.Prompt) {
	v := w.views[who]
	if v == nil {
		v = &view{}
		w.views[who] = v
	}
	v.newest = p
	most := 45
	if len(p.Options) > 0 && strings.HasPrefix(p.Options[0].Data, "c:") {
		part := strings.SplitN(p.Options[0].Data, ":", 5)
		q := org.QuestionID(part[3])
		if v.question != q || v.instance != part[1] {
			v.question, v.instance, v.offered = q, part[1], map[string]bool{}
		}
		if strings.Contains(p.Text, "ở tin trên") { // the list above still stands before her
			p.Text = v.asked.Text + "\n" + p.Text
			v.newest = p
		}
		v.asked, v.overtaken = p, false
		for _, o := range p.Options {
			if strings.HasPrefix(o.Data, fmt.Sprintf("c:%s:", v.instance)) && strings.Contains(o.Data, ":"+string(q)+":") {
				v.offered[valueIn(o.Data)] = true
			}
		}
		if most = 5; slices.Contains([]org.QuestionID{"review", "item", "part", "dismiss", "alarm", "quick", "mend"}, q.Base()) {
			most = 24
		}
	}
	if n := strings.Count(p.Text, "\n") + 1; n > most {
		w.fail("%d lines to read:\n%s", n, p.Text)
	}
	if len(p.Options) > 0 && !slices.ContainsFunc(p.Options, func(o flows.Option) bool { return o.Label != "" }) {
		w.fail("no way on: %+v", p)
	}
}

// closed notes that what was last said to her asks no question of a check-in: none is open.
// What is said to a contact that is not hers yet closes nothing.
func (v *view) closed() {
	if v != nil && !strings.Contains(v.newest.Text, "Chị gõ mã 8 số") && (len(v.newest.Options) == 0 || !strings.HasPrefix(v.newest.Options[0].Data, "c:")) {
		v.question, v.asked = "", flows.Prompt{}
	}
}

// fresh reports whether an event is a tap on the question now before her, with a button that
// was really shown, while nobody else has been at work. (A button that said "today" may rightly be refused later.)
func (w *walk) fresh(who org.PersonID, e flows.Event, before records) bool {
	v := w.views[who]
	p, tap := e.(flows.Press)
	if v == nil || !tap || v.question == "q1a_date" || !slices.ContainsFunc(v.asked.Options, func(o flows.Option) bool { return o.Data == p.Data }) {
		return false
	}
	var shown bool // where all is typed there was no button to tap
	for _, data := range w.ever {
		shown = shown || slices.Contains(data, p.Data)
	}
	for _, d := range before.drafts {
		if d.Instance == v.instance {
			return !v.overtaken && shown
		}
	}
	return false
}

var leftover = regexp.MustCompile(`\{[cC]hị\}|%!|<nil>|\bmap\[`)

// fits holds a rendered message to the limits of the networks.
func (w *walk) fits(m bot.Outgoing, a bot.Abilities) {
	switch n := len(utf16.Encode([]rune(m.Text))); {
	case strings.TrimSpace(m.Text) == "", n > a.MaxText, !utf8.ValidString(m.Text), leftover.MatchString(m.Text):
		w.fail("a text of %d units: %q", n, m.Text)
	case !a.Buttons && len(m.Rows) > 0:
		w.fail("buttons where there are none: %+v", m)
	}
	for _, row := range m.Rows {
		if len(row) == 0 || len(row) > 8 {
			w.fail("%d buttons in a row: %+v", len(row), m)
		}
		for _, b := range row {
			ascii := strings.IndexFunc(b.Data, func(r rune) bool { return r > '~' || r < ' ' }) < 0
			if b.Data == "" || len(b.Data) > 64 || !ascii || strings.TrimSpace(b.Label) == "" || utf8.RuneCountInString(b.Label) > 80 {
				w.fail("button %+v", b)
			}
		}
	}
}

// answersAreHers sees to it that no answer changed except as somebody said it.
func (w *walk) answersAreHers(who org.PersonID, before, after records, means meaning) {
	v := w.views[who]
	if v == nil {
		v = &view{}
	}
	for key, d := range after.drafts {
		base := before.drafts[key]
		if _, was := before.drafts[key]; !was {
			base.Answers = nil
			if d.Corrects > 0 {
				base.Answers = before.sent[key].Answers
			} else {
				w.given[key] = nil
			}
		}
		w.changes(claim{w: w, v: v, who: who, key: key}, who, base.Answers, d, means)
	}
	for key, d := range before.drafts {
		if _, still := after.drafts[key]; still {
			continue
		}
		if c := after.sent[key]; d.Corrects > 0 && c.Revision == d.Corrects && (w.leaves() || !differ(d.Answers, c.Answers)) {
			continue // the report stands as it was sent
		}
		if after.sent[key].Revision != d.Corrects+1 {
			w.fail("the draft %s is gone without a report", key)
		}
		w.sentAsGiven(claim{w: w, v: v, who: who, key: key}, after.sent[key], means)
	}
	for key, c := range after.sent {
		if _, drafted := before.drafts[key]; c.Revision != before.sent[key].Revision && !drafted {
			w.fail("report %s out of nothing: %+v", key, c)
		}
	}
}

// differ reports whether an answer of a draft is not what was sent.
func differ(draft, sent org.Answers) bool {
	for q, a := range draft {
		if q == "q1d_reason" && draft["q1_activity"].Value == "yes" { // it is no longer asked
			continue
		}
		if s := sent[q]; a.Value != s.Value || a.Skipped != s.Skipped {
			return true
		}
	}
	return false
}

// leaves reports whether the last event takes a correction back.
func (w *walk) leaves() bool {
	switch e := w.last.Event.(type) {
	case flows.Text:
		return slices.Contains([]string{"không sửa nữa", "thôi không sửa", "giữ như cũ", "thôi", "hủy"}, strings.ToLower(e.Body))
	case flows.Press:
		return strings.HasSuffix(e.Data, ":!keep")
	}
	return false
}

// changes checks what an event did to a draft.
func (w *walk) changes(c claim, who org.PersonID, before org.Answers, d flows.Draft, means meaning) {
	if w.given[c.key] == nil {
		w.given[c.key] = org.Answers{}
	}
	for q := range before {
		if !d.Answers.Has(q) { // it will be asked again
			delete(w.given[c.key], q)
		}
	}
	for q, a := range d.Answers {
		was, had := before[q]
		c.q, c.a = q, a
		if had && was.Value == a.Value && was.Skipped == a.Skipped {
			if was.At != a.At || means(c) {
				w.given[c.key][q] = a // said once more
			}
			continue
		}
		if !means(c) || a.By != who {
			w.fail("%s: %s is now %q (skipped %t, by %s), which %s did not say; open for her is %q", c.key, q, a.Value, a.Skipped, a.By, who, c.v.question)
		}
		w.given[c.key][q] = a
		for other, v := range w.views {
			v.overtaken = v.overtaken || other != who && v.instance == d.Instance
		}
	}
}

// sentAsGiven checks a report: each answer was given or follows from others, and what must
// fit together does.
func (w *walk) sentAsGiven(now claim, c org.CheckIn, means meaning) {
	key := now.key
	for q, a := range c.Answers {
		g, ok := w.given[key][q]
		now.q, now.a = q, a
		if ok && g.Value == a.Value && g.Skipped == a.Skipped || w.follows(key, c, q) {
			continue
		}
		if means(now) { // what the review proposed is given with the sending
			w.given[key][q] = a
			continue
		}
		w.fail("%s #%d: %s=%q was sent, but given was %q (given at all: %t)", key, c.Revision, q, a.Value, g.Value, ok)
	}
	num := func(q org.QuestionID) int { n, _ := c.Answers.Count(q); return n }
	joined, left, start := num("q7_joined"), num("q8_left"), c.Start
	parts := []int{num("q8_left_org"), num("q8_died"), num("q8_moved_out")}
	switch {
	case c.End != start+joined-left, slices.Min(parts) < 0, parts[0]+parts[1]+parts[2] != left:
		w.fail("%s: members %d→%d with +%d −%d, left in parts %v", key, start, c.End, joined, left, parts)
	case num("q7a_excluded") > joined, left > start, joined > start && start > 0, start > 0 && num("q2_pioneers") > start:
		w.fail("%s: impossible together: start %d, joined %d, excluded %d, left %d, pioneers %d", key, start, joined, num("q7a_excluded"), left, num("q2_pioneers"))
	}
	for _, q := range []org.QuestionID{"q1_activity", "q7_joined", "q8_left", "q_more/1"} {
		if a, ok := c.Answers[q]; !ok || a.Skipped {
			w.fail("%s: sent without %s", key, q)
		}
	}
	if day := c.Answers["q1a_date"].Value; day != "" && (!strings.HasPrefix(day, string(c.Month)) || day > w.clock.Now().Format("2006-01-02")) {
		w.fail("%s: activity on %s", key, day)
	}
	_, yes := c.Answers["q1d_reason"]
	if _, no := c.Answers["q1b_attendees"]; yes && no || c.Answers.Has("q456_know") && c.Answers["q456_know"].Value == "edit" && !c.Answers.Has("q4_faces") {
		w.fail("%s: answers that exclude each other: %v", key, c.Answers)
	}
}

// follows lists what may be concluded from other answers (domain.md 6).
func (w *walk) follows(key string, c org.CheckIn, q org.QuestionID) bool {
	v := c.Answers[q].Value
	n := func(q org.QuestionID) int { n, _ := c.Answers.Count(q); return n }
	left := n("q8_left")
	switch q {
	case "q7a_excluded":
		return n("q7_joined") == 0 && v == "0"
	case "q8_left_org", "q8_died", "q8_moved_out":
		way := map[org.QuestionID]string{"q8_left_org": "1", "q8_died": "2", "q8_moved_out": "3"}[q]
		switch {
		case left == 0:
			return v == "0"
		case left == 1:
			return v == "1" == (c.Answers["q8_which"].Value == way) && (v == "0" || v == "1")
		case q == "q8_moved_out":
			return n(q) == left-n("q8_left_org")-n("q8_died")
		}
		return q == "q8_died" && v == "0" && n("q8_left_org") == left
	case "q4_faces", "q5_circumstances", "q6_needs":
		past, _ := w.past(key)
		return c.Answers["q456_know"].Value == "same" && v == past.Answers[q].Value
	case "q3a_kinds":
		past, _ := w.past(key)
		return c.Answers["q3_resources"].Value == "yes" && v == past.Answers[q].Value
	}
	return false
}
