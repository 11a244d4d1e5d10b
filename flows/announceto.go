package flows

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// Whom an announcement is for (domain.md 11). It is resolved anew for each preview and fixed
// when it is released; what has changed by the time of sending is looked at again then.

// audience is whom a draft is for: as she chose, else the groups, else all heads.
func (s *step) audience(a org.Announcement) org.Audience {
	switch {
	case a.To.Kind != "":
		return a.To
	case len(s.Book.Groups(a.Commune)) > 0:
		return org.Audience{Kind: org.ToGroups}
	}
	return org.Audience{Kind: org.ToHeads}
}

// targets are the addresses of an audience, in roster order.
func (s *step) targets(c org.CommuneID, to org.Audience) (list []org.Target) {
	if to.Kind == org.ToGroups || to.Kind == org.ToGroup {
		for _, g := range s.Book.Groups(c) {
			if to.Kind == org.ToGroups || string(g.Contact) == to.Which {
				list = append(list, org.Target{Group: g.Contact, Title: g.Title})
			}
		}
		return list
	}
	p, _ := present(s.Facts, c)
	var flagged map[org.FlagKind][]org.BranchID
	if to.Kind == org.ToFlagged {
		flagged = s.flagged(c)
	}
	for _, b := range s.branches(c) {
		if b.ClosedFrom != "" && b.ClosedFrom <= org.MonthOf(s.Now) {
			continue
		}
		in := true
		switch to.Kind {
		case org.ToFormer:
			in = b.FormerCommune == to.Which
		case org.ToMissing:
			in = s.stillMissing(p, b.ID) && (to.Which == "" || b.FormerCommune == to.Which)
		case org.ToNamed:
			in = slices.Contains(strings.Split(to.Which, ","), string(b.ID))
		case org.ToFlagged:
			in = false
			for kind, list := range flagged {
				in = in || (to.Which == "" || to.Which == string(kind)) && slices.Contains(list, b.ID)
			}
		}
		if in {
			list = append(list, org.Target{Branch: b.ID, Person: s.headOf(b.ID)})
		}
	}
	return list
}

// stillMissing reports whether the report of a period is still to come.
func (s *step) stillMissing(p org.Period, b org.BranchID) bool {
	return p.Month != "" && slices.Contains(p.Expected, b) && p.Exempt[b] == "" && !s.Book.Sent(b, p.Month)
}

// headOf is who is written to for a branch: whoever of its head and deputies can be, else
// its head.
func (s *step) headOf(b org.BranchID) org.PersonID {
	if who := s.answerable(b); len(who) > 0 {
		return who[0].Person
	}
	for _, p := range s.Book.PostsIn(string(b)) {
		if p.Role == org.Head {
			return p.Person
		}
	}
	return ""
}

// flagged lists the branches that need attention by the reason (domain.md 7). Those whose head
// can't be written to are not among them, nor is violence, which is nobody's announcement.
func (s *step) flagged(c org.CommuneID) map[org.FlagKind][]org.BranchID {
	list := map[org.FlagKind][]org.BranchID{}
	p, _ := present(s.Facts, c)
	if p.Month == "" {
		return list
	}
	for _, f := range s.summary(c, p.Month).Flags {
		if flagWords[f.Kind] != "" && !slices.Contains(list[f.Kind], f.Branch) {
			list[f.Kind] = append(list[f.Kind], f.Branch)
		}
	}
	return list
}

// flagWords are the reasons that branches may be written to for, as they are offered.
var flagWords = map[org.FlagKind]string{
	org.FlagMissedTwice: "Mấy kỳ liền chưa báo cáo", org.FlagNoActivityQuarter: "Cả quý chưa hoạt động", org.FlagHelpAging: "Việc cần hỗ trợ đã lâu",
	org.FlagNoActivityTwo: "Hai tháng chưa hoạt động", org.FlagScoreDrop: "\"3 có, 3 biết\" giảm", org.FlagPairStale: "Cặp 1+1 cần hỏi thăm",
	org.FlagNetLossThree: "Hội viên giảm", org.FlagAnomaly: "Có số khác thường",
}

// addressed reads whom an announcement is for from what stands before a colon: "các chi hội
// chưa gửi: …", "thôn Đông, thôn Tây: …"; rest is what follows, or the whole when nobody is
// named there.
func (s *step) addressed(c org.CommuneID, body string) (to org.Audience, rest string) {
	head, tail, ok := strings.Cut(body, ":")
	if !ok || clockTime.MatchString(body[:min(len(body), len(head)+3)]) {
		return to, body
	}
	rest = strings.TrimSpace(tail)
	if to.Which = s.branchesListed(c, head); to.Which != "" {
		to.Kind = org.ToNamed
		return to, rest
	}
	if len(strings.Fields(head)) > 11 {
		return org.Audience{}, body
	}
	t := " " + strings.ReplaceAll(viet.Fold(head), ",", " ") + " "
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(t, " "+w+" ") })
	}
	former := s.formerNamed(c, t)
	switch {
	case has("chua gui", "chua nop", "con thieu", "chua bao cao"):
		return org.Audience{Kind: org.ToMissing, Which: former}, rest
	case former != "":
		return org.Audience{Kind: org.ToFormer, Which: former}, rest
	case has("can quan tam"):
		to.Kind = org.ToFlagged
	case has("chi hoi truong", "cac chi hoi", "rieng", "tung chi"):
		to.Kind = org.ToHeads
	case has("nhom", "cac nhom"):
		to.Kind = org.ToGroups
	default:
		return to, body
	}
	return to, rest
}

// addressee cuts off the words before a colon that name somebody, though nobody the commune
// has: "cho thôn X: …". Empty where the colon belongs to the announcement itself.
func addressee(body string) (unknown, rest string) {
	head, tail, ok := strings.Cut(body, ":")
	if !ok || len(strings.Fields(head)) > 8 {
		return "", body
	}
	m := addressWords.FindStringSubmatch(viet.Fold(head))
	if m == nil {
		return "", body
	}
	words := strings.Fields(head)
	return strings.Join(words[len(strings.Fields(m[1])):], " "), strings.TrimSpace(tail)
}

// addressWords begin an address; the first group is what comes before the name of a place.
var addressWords = regexp.MustCompile(`^((?:gui )?(?:rieng )?(?:cho |toi |den )?)(?:cac )?(?:thon|xom|ap|ban|buon|khu|kp|tdp|to dan pho|chi hoi|xa|phuong|chi) `)

// clockTime ends in an hour whose colon is no colon of a sentence: "họp lúc 8:0".
var clockTime = regexp.MustCompile(`[0-9]:[0-9]`)

// branchesListed reads "cho thôn Đông, thôn Tây và chi hội 3": their ids with commas between,
// "" unless every part names one branch.
func (s *step) branchesListed(c org.CommuneID, head string) string {
	t := viet.Fold(head)
	for _, w := range []string{"gui ", "rieng ", "cho ", "toi ", "den ", "cac ", "chi hoi truong "} {
		t = strings.TrimPrefix(t, w)
	}
	var ids []string
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(t, " va ", ","), func(r rune) bool { return r == ',' || r == ';' }) {
		found := s.branchesNamed(c, strings.TrimSpace(part))
		if n, ok := strings.CutPrefix(strings.TrimSpace(part), "chi hoi "); ok && len(found) == 0 {
			if i, err := strconv.Atoi(n); err == nil && i > 0 && i <= len(s.branches(c)) {
				found = s.branches(c)[i-1 : i]
			}
		}
		if len(found) != 1 {
			return ""
		}
		ids = append(ids, string(found[0].ID))
	}
	return strings.Join(ids, ",")
}

// formerNamed finds a former commune in folded words. One that is called as the commune is
// today must be told apart: "xã An Phú cũ".
func (s *step) formerNamed(c org.CommuneID, t string) string {
	today, _ := s.Book.Commune(c)
	for _, former := range s.formers(c) {
		place := viet.Fold(placeName(former))
		old := strings.Contains(t, " "+place+" cu ") || strings.Contains(t, " xa cu ") && strings.Contains(t, " "+place+" ")
		whole := strings.Contains(t, " "+viet.Fold(former)+" ") || strings.Contains(t, " xa "+place+" ")
		if old || whole && viet.Fold(placeName(today.Name)) != place {
			return former
		}
	}
	return ""
}

// formers lists the former communes of a commune's branches.
func (s *step) formers(c org.CommuneID) (list []string) {
	for _, b := range s.branches(c) {
		if b.FormerCommune != "" && !slices.Contains(list, b.FormerCommune) {
			list = append(list, b.FormerCommune)
		}
	}
	return list
}

// askAudience offers whom it may be for, each with how many.
func (s *step) askAudience(a org.Announcement, lead string) {
	s.at(a, askTo)
	c := a.Commune
	count := func(kind string) int { return len(s.targets(c, org.Audience{Kind: kind})) }
	var o []Option
	add := func(label, value string) {
		o = append(o, Option{Label: label, Data: s.newsData(a, "to="+value), Say: fmt.Sprint(len(o) + 1)})
	}
	if n := count(org.ToGroups); n > 0 {
		add(fmt.Sprintf("Các nhóm chung (%d)", n), either(n > 1, "groups?", org.ToGroups))
	}
	add(fmt.Sprintf("Riêng các chi hội trưởng (%d)", count(org.ToHeads)), org.ToHeads)
	if n := count(org.ToMissing); n > 0 {
		p, _ := present(s.Facts, c)
		add(fmt.Sprintf("Chi hội chưa gửi %s (%d)", p.Month.Label(), n), org.ToMissing)
	}
	if len(s.formers(c)) > 1 {
		add("Theo xã cũ…", "former?")
	}
	if n := count(org.ToFlagged); n > 0 {
		add(fmt.Sprintf("Chi hội cần quan tâm (%d)", n), "flagged?")
	}
	o = append(o, s.ways(a, "quay lại")...)
	s.offering(Prompt{Text: lead + "{Chị} gửi tới đâu ạ?", Options: o}, o)
}

// audiencePress takes her choice; some open a second list.
func (s *step) audiencePress(a org.Announcement, value string) {
	kind, which, _ := strings.Cut(value, "/")
	switch kind {
	case "":
		s.ask(a, askTo, "")
		return
	case "groups?":
		s.askGroups(a)
		return
	case "former?":
		s.askFormers(a)
		return
	case "flagged?":
		s.askFlags(a)
		return
	}
	to := org.Audience{Kind: kind}
	switch kind {
	case org.ToGroup:
		i := slices.IndexFunc(s.Book.Groups(a.Commune), func(g org.Group) bool { return g.Contact.Short() == which })
		if i < 0 {
			s.ask(a, askTo, "Nhóm đó không còn nối nữa ạ.")
			return
		}
		to.Which = string(s.Book.Groups(a.Commune)[i].Contact)
	case org.ToFormer:
		i := slices.IndexFunc(s.formers(a.Commune), func(f string) bool { return unitKey(f) == which })
		if i < 0 {
			s.ask(a, askTo, "")
			return
		}
		to.Which = s.formers(a.Commune)[i]
	case org.ToFlagged:
		to.Which = which
	case org.ToGroups, org.ToHeads, org.ToMissing:
	default:
		s.ask(a, askTo, "")
		return
	}
	a.To = to
	s.proceed(a, "")
}

func (s *step) askGroups(a org.Announcement) {
	groups := s.Book.Groups(a.Commune)
	o := []Option{{Label: fmt.Sprintf("Cả %d nhóm", len(groups)), Data: s.newsData(a, "to="+org.ToGroups), Say: "1"}}
	for i, g := range groups[:min(len(groups), maxChoices-1)] {
		o = append(o, Option{Label: groupName(g.Title), Data: s.newsData(a, "to="+org.ToGroup+"/"+g.Contact.Short()), Say: fmt.Sprint(i + 2)})
	}
	o = append(o, s.ways(a, "quay lại")...)
	s.offering(Prompt{Text: "{Chị} gửi vào nhóm nào ạ?", Options: o}, o)
}

func (s *step) askFormers(a org.Announcement) {
	var o []Option
	for i, f := range s.formers(a.Commune)[:min(len(s.formers(a.Commune)), maxChoices)] {
		n := len(s.targets(a.Commune, org.Audience{Kind: org.ToFormer, Which: f}))
		o = append(o, Option{Label: fmt.Sprintf("%s cũ (%d)", f, n), Data: s.newsData(a, "to="+org.ToFormer+"/"+unitKey(f)), Say: fmt.Sprint(i + 1)})
	}
	o = append(o, s.ways(a, "quay lại")...)
	s.offering(Prompt{Text: "{Chị} gửi cho các chi hội của xã cũ nào ạ?", Options: o}, o)
}

// askFlags offers the reasons for which branches need attention; the gravest come first.
func (s *step) askFlags(a org.Announcement) {
	flagged := s.flagged(a.Commune)
	all := len(s.targets(a.Commune, org.Audience{Kind: org.ToFlagged}))
	o := []Option{{Label: fmt.Sprintf("Tất cả (%d)", all), Data: s.newsData(a, "to="+org.ToFlagged), Say: "1"}}
	for _, k := range org.FlagKinds {
		if n := len(flagged[k]); n > 0 && len(o) < maxChoices {
			o = append(o, Option{Label: fmt.Sprintf("%s (%d)", flagWords[k], n), Data: s.newsData(a, "to="+org.ToFlagged+"/"+string(k)), Say: fmt.Sprint(len(o) + 1)})
		}
	}
	o = append(o, s.ways(a, "quay lại")...)
	s.offering(Prompt{Text: "{Chị} gửi cho chi hội cần quan tâm vì việc gì ạ?", Options: o}, o)
}

// toWords is how many a draft is for: "2 nhóm", "12 chị".
func (s *step) toWords(a org.Announcement) string {
	return howMany(s.targets(a.Commune, s.audience(a)))
}

func howMany(list []org.Target) string {
	if len(list) > 0 && list[0].Group != "" {
		return fmt.Sprintf("%d nhóm", len(list))
	}
	return fmt.Sprintf("%d chi hội", len(list))
}

// toNames is whom a draft is for, by name, with those that can't be written to.
func (s *step) toNames(a org.Announcement) string {
	list := s.targets(a.Commune, s.audience(a))
	var names []string
	for _, t := range list[:min(len(list), namesShown)] {
		names = append(names, s.targetName(t)+s.outOfReach(t))
	}
	text := strings.Join(names, ", ")
	if n := len(list) - len(names); n > 0 {
		text += fmt.Sprintf(" và %d nơi nữa", n)
	}
	away := 0
	for _, t := range list {
		if s.outOfReach(t) != "" {
			away++
		}
	}
	head := fmt.Sprintf("Gửi tới %s: ", howMany(list))
	if len(list) > 0 && list[0].Group == "" {
		head = fmt.Sprintf("Gửi riêng %s: ", howMany(list))
	}
	if away > 0 && len(list) > namesShown {
		text += fmt.Sprintf(" (%d nơi chưa nhắn tới được)", away)
	}
	return head + text + "."
}

// namesShown is how many addressees a preview names.
const namesShown = 12

// targetName is an address in words.
func (s *step) targetName(t org.Target) string {
	if t.Group != "" {
		return groupName(t.Title)
	}
	if b, ok := s.Book.Branch(t.Branch); ok {
		return s.brief(b)
	}
	return string(t.Branch)
}

// outOfReach says in brackets why a target can't be written to.
func (s *step) outOfReach(t org.Target) string {
	if t.Group != "" {
		return ""
	}
	if b, ok := s.Book.Branch(t.Branch); ok && len(s.answerable(t.Branch)) == 0 {
		if why := s.away(b); why != "" {
			return " (" + why + ")"
		}
	}
	return ""
}
