package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
)

// After the lock nobody of the branch corrects a report any more; a chair may, with a reason
// (domain.md 6). It is a revision like others, with what was before and after; the branch is
// told, and the next digest says which number it told of has changed.

// mend asks a chair why she corrects a report of a locked month, or goes on where one was left.
func (s *step) mend(b org.Branch, m org.Month) {
	c, sent := s.Book.CheckIn(b.ID, m)
	p, there := s.Book.Period(b.ID.Commune(), m)
	switch {
	case !there || !sent && s.stateOf(p) == org.Locked:
		s.say("%s không có báo cáo %s để sửa ạ.", s.named(b), m.Label())
		return
	case s.stateOf(p) != org.Locked:
		s.say("Kỳ %s còn mở nên chi hội tự ghi, tự sửa được ạ. Số nào {chị} thấy lạ, gõ \"hỏi lại %d\".\nSửa tháng đã khóa thì gõ ví dụ \"sửa hộ %d tháng %d\".",
			m.Label(), s.numberOf(b), s.numberOf(b), m.Add(-1).Number())
		return
	}
	a := Acting{What: actMend, Branch: b.ID, Month: m, Revision: c.Revision}
	if d, ok := s.Book.Draft(b.ID, m); ok && d.Corrects == c.Revision && d.Reason != "" {
		a.Text = d.Reason
		s.mendLocked(b, a)
		return
	}
	s.askWords(a, fmt.Sprintf("Kỳ %s đã khóa. {Chị} sửa hộ %s thì em ghi rõ ai sửa, vì sao, và báo chi hội.\nVì sao cần sửa ạ? {Chị} chọn, hoặc gõ lời của {chị}.",
		m.Label(), lowerFirst(s.named(b))))
}

// mendLocked opens the correction, unless somebody has corrected the report meanwhile.
func (s *step) mendLocked(b org.Branch, a Acting) {
	c, sent := s.Book.CheckIn(b.ID, a.Month)
	p, there := s.Book.Period(b.ID.Commune(), a.Month)
	if !sent || !there || s.stateOf(p) != org.Locked {
		s.mend(b, a.Month)
		return
	}
	if c.Revision != a.Revision {
		s.say("Báo cáo này vừa có bản sửa mới, em chưa mở sửa. {Chị} xem lại giúp em ạ.")
		s.showBranch(b, a.Month)
		return
	}
	s.do(Audit{What: "mend_begun", By: s.Me.ID, Unit: string(b.ID), Detail: string(a.Month)})
	s.talk.Proxy, s.talk.Mends, s.known = b.ID, a.Month, nil
	s.correct(duty{branch: b, period: p, open: true, sent: true}, Edit{}, a.Text)
}

// mending is the report of a locked month that she, a chair, is correcting; none once that
// correction has gone, also by another's hand: it has no reason to be opened again with.
func (s *step) mending() []duty {
	b, ok := s.Book.Branch(s.talk.Proxy)
	if !ok || !slices.Contains(s.chaired(), b.ID.Commune()) {
		return nil
	}
	p, ok := s.Book.Period(b.ID.Commune(), s.talk.Mends)
	if d, begun := s.Book.Draft(b.ID, s.talk.Mends); !ok || !begun || d.Reason == "" {
		return nil
	}
	return []duty{{branch: b, period: p, open: true, sent: s.Book.Sent(b.ID, p.Month)}}
}

// mendText reads "sửa hộ 3" and "sửa hộ thôn Đông tháng 10" of a chair.
func (s *step) mendText(body string) bool {
	rest, ok := strings.CutPrefix(withoutCourtesy(body), "sua ho")
	if !ok || rest != "" && rest[0] != ' ' {
		return false
	}
	for i := len(s.talk.Offer) - 1; i >= 0 && rest == ""; i-- { // of the report before her
		if data := s.talk.Offer[i].Data; strings.HasPrefix(data, "j:"+actMend+":") {
			return s.pressElsewhere(data)
		}
	}
	which, named, _ := strings.Cut(rest, " thang ")
	found := s.branchesMeant(strings.TrimSpace(which))
	if len(found) != 1 {
		s.say("{Chị} sửa hộ chi hội nào ạ? {Chị} gõ kèm tên hoặc số, ví dụ \"sửa hộ 3\".")
		return true
	}
	p, _ := present(s.Facts, found[0].ID.Commune())
	m := p.Month
	if n, err := strconv.Atoi(strings.TrimSpace(named)); err == nil && n >= 1 && n <= 12 && m != "" {
		m = m.Add(-((m.Number() - n + 12) % 12)) // the last month of that number
	}
	if m == "" {
		s.status(found[0].ID.Commune())
		return true
	}
	s.mend(found[0], m)
	return true
}

// mendSay is what is typed to correct a month of a branch.
func (s *step) mendSay(b org.Branch, m org.Month) string {
	if p, _ := present(s.Facts, b.ID.Commune()); p.Month == m {
		return fmt.Sprintf("sửa hộ %d", s.numberOf(b))
	}
	return fmt.Sprintf("sửa hộ %d tháng %d", s.numberOf(b), m.Number())
}

// mends reports whether this is a chair's correction of a locked month.
func (f *form) mends() bool { return f.draft.Reason != "" }

// tellMended lets everybody know of a chair's correction: herself, the branch, the other chairs,
// and the next digest.
func (f *form) tellMended(c org.CheckIn, before org.CheckIn) {
	month, whose, changed := c.Month.Label(), lowerFirst(f.named(f.branch)), f.differences()
	f.do(Audit{What: "mended", By: f.Me.ID, Unit: string(f.branch.ID), Detail: fmt.Sprintf("%s #%d", c.Month, c.Revision)})
	f.noteMended(before)
	text := fmt.Sprintf("Dạ, em ghi bản sửa báo cáo %s của %s, vì %s.\n%s", month, whose, c.Reason, changed)
	next := c.Month.Add(1)
	if n, sent := f.Book.CheckIn(f.branch.ID, next); sent && before.End != c.End && n.Start != c.End {
		text += fmt.Sprintf("\n%s đang ghi đầu kỳ %s hội viên, {chị} xem có cần sửa tiếp không ạ.", upperFirst(next.Label()), number(n.Start))
	}
	told := false
	for _, p := range f.Book.PostsIn(string(f.branch.ID)) {
		if _, reached := f.Book.ContactOf(p.Person); !p.OfBranch() || !reached || p.Person == f.Me.ID {
			continue
		}
		told = true
		f.tell(p.Person, Prompt{Text: fmt.Sprintf("%s sửa giúp báo cáo %s của %s (kỳ đã khóa), vì %s.\n%s\nChưa đúng, {chị} gõ \"gọi lại\" nhé.",
			upperFirst(f.spokenOf(f.Me.ID)), month, whose, c.Reason, changed)}, false)
	}
	if told {
		text += "\nEm báo chi hội rồi ạ."
	}
	f.say("%s", text)
	f.tellChairs(f.branch.ID.Commune(), Prompt{Text: fmt.Sprintf("%s sửa báo cáo %s của %s (kỳ đã khóa), vì %s.\n%s", upperFirst(f.spokenOf(f.Me.ID)), month, whose, c.Reason, changed)}, false)
}

// noteMended keeps what a corrected report said, for the digest; that of the month told of
// last is known to it anyway.
func (f *form) noteMended(before org.CheckIn) {
	c := f.branch.ID.Commune()
	told, ok := f.Book.Told(c)
	if !ok || told.Month == before.Month || slices.ContainsFunc(told.Mended, func(m Mended) bool { return m.Branch == before.Branch && m.Was.Month == before.Month }) {
		return
	}
	told.Mended = append(slices.Clip(told.Mended), Mended{Branch: before.Branch, Was: org.FiguresOf(before, org.Figures{})})
	f.do(SaveTold{c, told})
}
