package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// press takes a tap. Only a button of the question now open answers it.
func (f *form) press(data string) {
	part := strings.SplitN(data, ":", 5)
	if part[0] != "c" || len(part) != 5 {
		f.pressBeside(part[0], data)
		return
	}
	asked, err := strconv.Atoi(part[2])
	q, v := org.QuestionID(part[3]), part[4]
	if err != nil || part[1] != f.draft.Instance {
		f.ask(f.open(), "Nút đó của lần trước rồi {chị} ạ. Mình tiếp câu này nhé.")
		return
	}
	if q == qItem && v != "" && asked == f.seat.Asked {
		if n, err := strconv.Atoi(v); err == nil && n >= 0 && n < len(itemNames) {
			f.editItem(n)
			return
		}
	}
	if q != f.seat.Open || asked < f.seat.Since || asked > f.seat.Asked {
		f.stale(q, v)
		return
	}
	f.pressed(q, v)
}

// pressBeside takes a tap on a button that belongs to no question: of a reminder, of a list.
func (f *form) pressBeside(kind, data string) {
	switch kind {
	case "l":
		f.later("")
		return
	case "q":
		f.mute(false)
		return
	case "d", "a", "j": // what she types next is about herself, an announcement or a branch
		proxy, mends := f.talk.Proxy, f.talk.Mends
		f.leave()
		if f.pressElsewhere(data) {
			return
		}
		f.talk.Proxy, f.talk.Mends, f.known, f.done = proxy, mends, nil, false // it means nothing: she stays
	case "s", "w", "e", "r": // they enter a check-in themselves, this one or another
		puts := f.puts
		if handled := f.pressElsewhere(data); handled && f.puts > puts {
			f.done = true
			return
		} else if handled { // it only told her something: the open question stands
			f.ask(f.open(), "")
			return
		}
	default:
		if f.pressElsewhere(data) {
			f.ask(f.open(), "")
			return
		}
	}
	f.ask(f.open(), "Nút đó cũ rồi {chị} ạ. Mình tiếp câu này nhé.")
}

// pressed takes a tap on a button of the open question.
func (f *form) pressed(q org.QuestionID, v string) {
	switch {
	case v == "!call":
		f.callMe(f.branch)
		f.ask(q, "")
	case v == keepValue:
		if !f.keepAsIs(q) {
			f.ask(q, "")
		}
	case v == "!again" && f.seat.Doubt != nil:
		f.settle(q, v)
	case slices.Contains([]string{"!skip", "!back", "!later"}, v): // as waysOut offers them
		if !f.command(q, viet.Command{Name: viet.CommandName(v[1:])}) {
			f.ask(q, "")
		}
	case f.seat.Doubt != nil && slices.Contains(f.seat.Doubt.Values, v):
		f.settle(q, v)
	case f.reviewPress(q, v):
	case f.offered(q, v):
		f.seat.Doubt = nil
		f.offer(q, v)
	case q == qDate && len(f.fitting(q, []string{v})) > 0: // "Hôm qua", tapped days after it was shown
		f.doubt(q, &Doubt{Values: []string{v}})
	default:
		f.ask(q, "Nút đó em không nhận ra. {Chị} chọn lại giúp em nhé.")
	}
}

// offered reports whether v is one of the question's choices, so that a forged button is none.
func (f *form) offered(q org.QuestionID, v string) bool {
	spec := catalog[q.Base()]
	if spec == nil {
		return false
	}
	return slices.ContainsFunc(spec.ask(f, q).choices, func(c choice) bool { return c.value == v })
}

// stale answers a late tap: nothing changes, she is told what stands and asked the present question.
func (f *form) stale(q org.QuestionID, v string) {
	a, ok := f.draft.Answers[q]
	if ok && a.Value == v && a.By == f.Me.ID && f.Now.Sub(a.At) < 10*time.Second {
		return // the finger tapped twice
	}
	spec := catalog[q.Base()]
	switch {
	case !ok || spec == nil || a.Skipped:
		f.ask(f.open(), "Nút đó của câu trước rồi {chị} ạ. Mình tiếp câu này nhé.")
	case a.Value == v:
		f.ask(f.open(), "Câu đó em ghi rồi ạ: "+spec.words(f, q, v)+".")
	default:
		lead := fmt.Sprintf("%s em đang ghi: %s. Muốn đổi {chị} gõ \"sửa %d\" ạ.", f.title(q), spec.words(f, q, a.Value), spec.item)
		f.ask(f.open(), lead, Option{Label: fmt.Sprintf("Sửa mục %d", spec.item),
			Data: fmt.Sprintf("c:%s:%d:%s:%d", f.draft.Instance, f.seat.Asked+1, qItem, spec.item)})
	}
}

// dataValue is the value a check-in button carries.
func dataValue(data string) string {
	part := strings.SplitN(data, ":", 5)
	return part[len(part)-1]
}

// pressElsewhere takes a tap on a button that is not of the open check-in question; false
// when the button means nothing (any more).
func (s *step) pressElsewhere(data string) bool {
	kind, rest, _ := strings.Cut(data, ":")
	switch kind {
	case "s", "l", "q", "e", "w", "o":
		return s.dutyPress(kind, rest)
	case "c":
		return s.oldCheckInButton(rest)
	case "h":
		return s.requestPress(rest)
	case "y":
		return s.askedPress(rest, s.tapped(data))
	case "d":
		return s.fixPress(rest)
	case "m":
		s.menuPress(rest)
		return true
	case "n":
		return s.groupPress(rest)
	case "a":
		return s.announcePress(rest)
	case "p":
		return s.answerPress(rest)
	case "k":
		return s.namingPress(rest)
	case "g":
		return s.provincePress(rest)
	case "u":
		return s.nudgePress(rest)
	case "j":
		return s.actPress(rest)
	case "b":
		return s.acceptPress(rest)
	case "r":
		return s.queryPress(rest)
	case "t", "v":
		return s.chairPress(kind, rest)
	}
	return false
}

// dutyPress takes a tap that is about one of her own branches' reports.
func (s *step) dutyPress(kind, rest string) bool {
	d, ok := s.dutyOf(rest)
	if !ok {
		return false
	}
	switch kind {
	case "s":
		s.begin(d)
	case "l":
		s.postpone(d, "")
	case "q":
		s.muteIdle(d, false)
	case "e":
		what := Edit{}
		if s.talk.Edit != nil {
			what, s.talk.Edit = *s.talk.Edit, nil
		}
		s.editSent(d, what)
	case "w":
		s.showOwn(d)
	case "o":
		s.showOwnMonths(d)
	}
	return true
}

// oldCheckInButton takes a tap on a question's button while no check-in is under way.
func (s *step) oldCheckInButton(rest string) bool {
	inst, _, _ := strings.Cut(rest, ":")
	for _, d := range s.duties() {
		if d.period.Month == "" {
			continue
		}
		if dr, ok := s.Book.Draft(d.branch.ID, d.period.Month); ok && dr.Instance == inst && d.open {
			s.begin(d)
			return true
		}
		if d.sent && newInstance(d.branch.ID, d.period.Month, 0) == inst {
			s.sentAlready(d)
			return true
		}
	}
	return false
}
