package flows

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// saveDesk keeps what the chairs decided, without words of theirs that have had their time.
func (s *step) saveDesk(c org.CommuneID, d org.Desk) {
	s.do(SaveDesk{c, d.Since(s.Now.AddDate(0, -keepWords, 0))})
}

// keepWords is for how many months a desk keeps what chairs wrote, as a closed call for help
// does (domain.md 12.6).
const keepWords = 12

// flagsToDismiss lists the reasons why a branch is worth attention; one is passed over at a tap.
func (s *step) flagsToDismiss(b org.Branch, m org.Month) {
	var o []Option
	lines := []string{fmt.Sprintf("{Chị} bỏ qua điều gì ở %s ạ?", lowerFirst(s.named(b)))}
	for _, f := range s.flagsOf(b, m) {
		if f.CanDismiss() {
			o = append(o, Option{Label: upperFirst(f.Reason()), Data: actData(actDismiss, b, m) + ":" + string(f.Kind)})
		}
	}
	if len(o) == 0 {
		s.say("%s hiện không có điều gì cần quan tâm để bỏ qua ạ.", s.named(b))
		return
	}
	if len(o) == 1 { // there is nothing to choose
		s.dismissFlag(b, m, org.FlagKind(o[0].Data[strings.LastIndexByte(o[0].Data, ':')+1:]))
		return
	}
	s.offer(strings.Join(lines, "\n"), o[:min(len(o), maxChoices)])
}

func (s *step) flagsOf(b org.Branch, m org.Month) []org.Flag {
	r := s.records(b.ID.Commune(), m)
	return slices.DeleteFunc(r.Flags(m), func(f org.Flag) bool { return f.Branch != b.ID })
}

// dismissFlag asks why a flag is passed over.
func (s *step) dismissFlag(b org.Branch, m org.Month, kind org.FlagKind) {
	i := slices.IndexFunc(s.flagsOf(b, m), func(f org.Flag) bool { return f.Kind == kind && f.CanDismiss() })
	if i < 0 {
		s.say("Điều ấy không còn trong danh sách cần quan tâm ạ.")
		return
	}
	f := s.flagsOf(b, m)[i]
	s.askWords(Acting{What: actDismiss, Branch: b.ID, Month: m, Flag: kind},
		fmt.Sprintf("%s: %s.\nBỏ qua vì sao ạ? {Chị} chọn, hoặc gõ lời của {chị}.", s.named(b), f.Reason()))
}

// dismiss passes a flag over until its reason changes.
func (s *step) dismiss(b org.Branch, a Acting) {
	all := s.flagsOf(b, a.Month)
	i := slices.IndexFunc(all, func(f org.Flag) bool { return f.Kind == a.Flag && f.CanDismiss() })
	if i < 0 {
		s.say("Điều ấy không còn trong danh sách cần quan tâm ạ.")
		return
	}
	c := b.ID.Commune()
	d := s.Book.Desk(c)
	d.Dismissed = append(slices.Clip(d.Dismissed), org.Dismissal{Branch: b.ID, Kind: a.Flag, Mark: all[i].Mark(s.Now), Note: a.Text, By: s.Me.ID, At: s.Now})
	s.saveDesk(c, d)
	s.do(Audit{What: "flag_dismissed", By: s.Me.ID, Unit: string(b.ID), Detail: string(a.Flag)})
	s.tellChairs(c, Prompt{Text: fmt.Sprintf("Chị %s bỏ qua ở %s: %s, vì %s.", givenName(s.Me.Name), lowerFirst(s.named(b)), all[i].Reason(), a.Text)}, false)
	s.say("Dạ, em bỏ qua ở %s: %s, vì %s.\nKhi nào có thay đổi, em nêu lại ạ.", lowerFirst(s.named(b)), all[i].Reason(), a.Text)
}

// dismissals are those of a branch, for its history, the latest first.
func (s *step) dismissals(b org.Branch) (lines []string) {
	all := s.Book.Desk(b.ID.Commune()).Dismissed
	for i := len(all) - 1; i >= 0 && len(lines) < maxChoices; i-- {
		if d := all[i]; d.Branch == b.ID {
			lines = append(lines, fmt.Sprintf("%s bỏ qua ngày %s (%s): vì %s.", upperFirst(s.spokenOf(d.By)), org.Day(d.At.In(s.Now.Location())), flagNames[d.Kind], d.Note))
		}
	}
	return lines
}

// flagNames call the kinds of flags, where the figures behind one are no longer known.
var flagNames = map[org.FlagKind]string{
	org.FlagUnreachable: "không nhắn tới được", org.FlagNoHead: "chưa có chi hội trưởng", org.FlagMissedTwice: "chưa có báo cáo",
	org.FlagNoActivityQuarter: "chưa có hoạt động", org.FlagNoActivityTwo: "chưa có hoạt động", org.FlagHelpAging: "việc cần hỗ trợ",
	org.FlagScoreDrop: "\"3 có, 3 biết\"", org.FlagPairStale: "cặp \"1+1\"", org.FlagNetLossThree: "hội viên giảm",
	org.FlagUnlinkedHead: "chưa dùng bot", org.FlagAnomaly: "số khác thường",
}

// maxTarget bounds a commune's target for net growth in a year.
const maxTarget = 5000

// targetText reads "chỉ tiêu 120" and "chỉ tiêu"; of a chair of several communes also "chỉ
// tiêu An Phú 120".
func (s *step) targetText(t string) bool {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(strings.TrimPrefix(t, "dat "), "chi "), "tieu") // "chi" may have been taken for politeness
	if !ok || rest != "" && rest[0] != ' ' {
		return false
	}
	rest = strings.TrimSpace(strings.Replace(strings.TrimSuffix(rest, "hoi vien"), " nam nay", "", 1))
	if all, whose := s.communesMeant(rest); whose {
		for _, c := range all {
			s.showTarget(c)
		}
		return true
	}
	i := strings.LastIndexByte(rest, ' ') + 1
	n, err := strconv.Atoi(strings.ReplaceAll(rest[i:], ".", ""))
	all, whose := s.communesMeant(rest[:i])
	switch {
	case err != nil:
		return false
	case !whose:
		var names []string
		for _, id := range s.chaired() {
			c, _ := s.Book.Commune(id)
			names = append(names, communeInSentence(c.Name))
		}
		s.say("{Chị} ghi được chỉ tiêu của %s. {Chị} gõ ví dụ \"chỉ tiêu 120\" ạ.", strings.Join(names, ", "))
	case n < 1 || n > maxTarget:
		s.say("Chỉ tiêu thực tăng trong năm em ghi được từ 1 đến %s ạ.", number(maxTarget))
	case len(all) > 1:
		first, _ := s.Book.Commune(all[0])
		s.say("{Chị} phụ trách %d xã nên em chưa rõ chỉ tiêu của xã nào.\n{Chị} gõ kèm tên xã giúp em, ví dụ \"chỉ tiêu %s %d\".", len(all), placeName(first.Name), n)
	default:
		s.setTarget(all[0], n)
	}
	return true
}

// communesMeant are those she chairs that a folded name may mean, all of them when there is
// no name; ok is false when it names none of hers.
func (s *step) communesMeant(name string) (list []org.CommuneID, ok bool) {
	name = strings.TrimSpace(name)
	for _, id := range s.chaired() {
		c, _ := s.Book.Commune(id)
		if name == "" || name == viet.Fold(c.Name) || name == viet.Fold(placeName(c.Name)) {
			list = append(list, id)
		}
	}
	return list, len(list) > 0
}

// targetOf is "chỉ tiêu năm 2026", with the commune for who chairs several.
func (s *step) targetOf(c org.CommuneID, year string) string {
	if len(s.chaired()) < 2 {
		return "chỉ tiêu năm " + year
	}
	commune, _ := s.Book.Commune(c)
	return "chỉ tiêu năm " + year + " của " + communeInSentence(commune.Name)
}

func (s *step) setTarget(c org.CommuneID, n int) {
	year := org.MonthOf(s.Now).YearName()
	d := s.Book.Desk(c)
	was := d.Target(year)
	if was == org.Known(n) {
		s.showTarget(c)
		return
	}
	d.Targets = append(slices.Clip(d.Targets), org.TargetSet{Year: year, N: n, By: s.Me.ID, At: s.Now})
	s.saveDesk(c, d)
	s.do(Audit{What: "target", By: s.Me.ID, Unit: string(c), Detail: fmt.Sprintf("%s %d", year, n)})
	change := fmt.Sprintf("%s: thực tăng %s hội viên", s.targetOf(c, year), number(n))
	if was.OK {
		change += fmt.Sprintf(" (trước là %s)", was)
	}
	s.tellChairs(c, Prompt{Text: fmt.Sprintf("Chị %s ghi %s.", givenName(s.Me.Name), change)}, false)
	s.say("Dạ, em ghi %s.%s", change, s.paceWords(c, org.Known(n)))
}

// showTarget tells the target, how far the commune is, and who set it.
func (s *step) showTarget(c org.CommuneID) {
	year := org.MonthOf(s.Now).YearName()
	d := s.Book.Desk(c)
	target := d.Target(year)
	if !target.OK {
		commune, several := s.Book.Commune(c)
		if several = several && len(s.chaired()) > 1; several {
			s.say("Chưa có %s. {Chị} gõ ví dụ \"chỉ tiêu %s 120\" để ghi ạ.", s.targetOf(c, year), placeName(commune.Name))
			return
		}
		s.say("Năm %s chưa có chỉ tiêu. {Chị} gõ ví dụ \"chỉ tiêu 120\" để ghi ạ.", year)
		return
	}
	lines := []string{fmt.Sprintf("%s: thực tăng %s hội viên.%s", upperFirst(s.targetOf(c, year)), target, s.paceWords(c, target))}
	for i := len(d.Targets) - 1; i >= 0 && len(lines) < maxChoices; i-- {
		if t := d.Targets[i]; t.Year == year {
			lines = append(lines, fmt.Sprintf("• %s ghi %s ngày %s", upperFirst(s.spokenOf(t.By)), number(t.N), org.Day(t.At.In(s.Now.Location()))))
		}
	}
	s.say("%s", strings.Join(lines, "\n"))
}

// paceWords compare the year so far with an even pace, and judge nothing (domain.md 5.7).
func (s *step) paceWords(c org.CommuneID, target org.Count) string {
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		return ""
	}
	y := s.records(c, p.Month).YearGrowth(p.Month)
	pace, ok := org.Pace(target, p.Month.Number())
	if !ok || !y.Net.OK {
		return " Từ đầu năm " + org.NoFigure + "."
	}
	return fmt.Sprintf("\nTừ đầu năm %s, đạt %s; chia đều thì đến %s là %s.", y.Net.Signed(), org.TargetProgress(y.Net, target), p.Month.Label(), pace.Whole())
}

// errand asks what another chair is to do about a branch, first whom if there are several.
func (s *step) errand(b org.Branch) {
	others := s.otherChairs(b.ID.Commune())
	a := Acting{What: actErrand, Branch: b.ID}
	switch len(others) {
	case 0:
		s.say("Xã mình chưa có chị nào khác để giao việc ạ.")
	case 1:
		a.To = others[0]
		s.askWords(a, s.errandQuestion(b, a.To))
	default:
		var o []Option
		for _, id := range others[:min(len(others), maxChoices)] {
			o = append(o, Option{Label: upperFirst(s.spokenOf(id)), Data: "j:t:" + string(id)})
		}
		s.offer("{Chị} giao cho chị nào ạ?", o)
		s.talk.Act = &a
	}
}

func (s *step) errandQuestion(b org.Branch, to org.PersonID) string {
	return fmt.Sprintf("{Chị} nhờ %s việc gì ở %s ạ? {Chị} chọn, hoặc gõ lời của {chị}.", s.spokenOf(to), lowerFirst(s.named(b)))
}

// errandTo takes whom she chose.
func (s *step) errandTo(id org.PersonID) bool {
	a := s.talk.Act
	if a == nil || a.What != actErrand || !slices.Contains(s.otherChairs(a.Branch.Commune()), id) {
		return false
	}
	b, _ := s.Book.Branch(a.Branch)
	to := *a
	to.To = id
	s.askWords(to, s.errandQuestion(b, id))
	return true
}

// maxErrands is how many errands a commune's desk holds; the oldest that are done go first.
const maxErrands = 60

// sendErrand tells the other chair, who says when it is done.
func (s *step) sendErrand(b org.Branch, a Acting) {
	c := b.ID.Commune()
	if !slices.Contains(s.otherChairs(c), a.To) {
		s.say("Chị ấy không còn phụ trách xã mình, nên em chưa giao ạ.")
		return
	}
	if _, ok := s.Book.ContactOf(a.To); !ok {
		s.say("Em chưa nhắn được cho %s, {chị} gọi giúp em ạ.", s.spokenOf(a.To))
		return
	}
	d := s.Book.Desk(c)
	e := org.Errand{ID: unitKey(fmt.Sprintf("%s%s%d", b.ID, a.To, s.Now.UnixMicro())), Branch: b.ID, By: s.Me.ID, To: a.To, Text: a.Text, At: s.Now}
	d.Errands = append(slices.Clone(d.Errands), e)
	if i := slices.IndexFunc(d.Errands, func(o org.Errand) bool { return !o.Done.IsZero() }); len(d.Errands) > maxErrands && i >= 0 {
		d.Errands = slices.Delete(d.Errands, i, i+1)
	}
	s.saveDesk(c, d)
	s.do(Audit{What: "errand", By: s.Me.ID, Unit: string(b.ID)})
	text := fmt.Sprintf("Chị %s nhờ {chị} việc ở %s: %s.\n%s", givenName(s.Me.Name), lowerFirst(s.named(b)), strings.TrimRight(a.Text, " ."), strings.Join(s.phoneLines(b), "\n"))
	s.tell(a.To, Prompt{Text: text, Options: []Option{{Label: "Đã xong", Data: "j:d:" + e.ID, Say: "đã xong việc"}}}, false)
	s.say("Dạ, em nhắn %s rồi. Chị ấy làm xong, em báo {chị} ạ.", s.spokenOf(a.To))
}

// errandWords are what is typed when an errand is done, folded.
var errandWords = []string{"da xong viec", "xong viec", "xong viec roi", "viec xong roi", "da lam xong viec"}

// errandText takes "đã xong việc" of a chair who was sent on one; among several she is asked which.
func (s *step) errandText(t, body string) bool {
	bare := folded(body) == "da xong"
	if bare { // which may be said of a call for help, too
		if _, other := s.picked(body); other {
			return false
		}
	} else if !slices.Contains(errandWords, t) {
		return false
	}
	var o []Option
	for _, c := range s.chaired() {
		for _, e := range s.Book.Desk(c).Errands {
			if b, ok := s.Book.Branch(e.Branch); ok && e.To == s.Me.ID && e.Done.IsZero() {
				o = append(o, Option{Label: s.brief(b) + ": " + e.Text, Data: "j:d:" + e.ID})
			}
		}
	}
	switch {
	case len(o) == 0 && bare:
		return false
	case len(o) == 0:
		s.say("Em không thấy việc nào đang giao cho {chị} ạ.")
	case len(o) == 1:
		return s.errandDone(strings.TrimPrefix(o[0].Data, "j:d:"))
	default:
		s.offer("{Chị} xong việc nào ạ?", o[:min(len(o), maxChoices)])
	}
	return true
}

// errandDone notes that an errand of hers is done, and tells who sent her.
func (s *step) errandDone(id string) bool {
	for _, c := range s.chaired() {
		d := s.Book.Desk(c)
		i := slices.IndexFunc(d.Errands, func(e org.Errand) bool { return e.ID == id && e.To == s.Me.ID })
		if i < 0 {
			continue
		}
		e := d.Errands[i]
		b, _ := s.Book.Branch(e.Branch)
		if !e.Done.IsZero() {
			s.say("Việc ở %s em ghi xong ngày %s rồi {chị} ạ.", lowerFirst(s.named(b)), org.Day(e.Done.In(s.Now.Location())))
			return true
		}
		d.Errands = slices.Clone(d.Errands)
		d.Errands[i].Done = s.Now
		s.saveDesk(c, d)
		s.do(Audit{What: "errand_done", By: s.Me.ID, Unit: string(e.Branch)})
		s.tell(e.By, Prompt{Text: fmt.Sprintf("Chị %s đã xong việc {chị} nhờ ở %s: %s.", givenName(s.Me.Name), lowerFirst(s.named(b)), strings.TrimRight(e.Text, " ."))}, false)
		s.say("Dạ, em ghi xong và báo %s rồi ạ.", s.spokenOf(e.By))
		return true
	}
	return false
}

func folded(body string) string { return strings.TrimRight(viet.Fold(body), " .!") }
