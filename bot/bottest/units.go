package bottest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// setUp reads the units: one line a thing, its fields as key=value at the end.
func (s *stage) setUp(units string) error {
	return s.store.Update(context.Background(), func(tx storage.Tx) error {
		if err := storage.Meta.Put(tx, "salt", "transcript"); err != nil { // codes are the same every time
			return err
		}
		for n, line := range strings.Split(units, "\n") {
			line, _, _ = strings.Cut(line, "#")
			if strings.TrimSpace(line) == "" {
				continue
			}
			if err := s.unit(tx, line); err != nil {
				return fmt.Errorf("line %d: %q: %w", n+1, line, err)
			}
		}
		return nil
	})
}

// fields splits "branch an-phu/1 Chi hội Đông  head=lan" into words and key=value pairs. A
// value may hold spaces when written with underscores.
func fields(line string) (words []string, kv map[string]string) {
	kv = map[string]string{}
	for _, w := range strings.Fields(line) {
		if k, v, ok := strings.Cut(w, "="); ok {
			kv[k] = strings.ReplaceAll(v, "_", " ")
		} else {
			words = append(words, w)
		}
	}
	return words, kv
}

func (s *stage) unit(tx storage.Tx, line string) error {
	w, kv := fields(line)
	if len(w) < 2 {
		return fmt.Errorf("too short")
	}
	switch w[0] {
	case "commune":
		return storage.Communes.Put(tx, w[1], org.Commune{ID: org.CommuneID(w[1]), Name: strings.Join(w[2:], " ")})
	case "branch":
		return s.branch(tx, w, kv)
	case "person":
		return s.person(tx, w, kv)
	case "group":
		id := org.ContactID(cmp.Or(kv["on"], "sim") + ":" + w[2])
		s.contact[w[2]], s.name[id], s.groups[id] = id, w[2], true
		return storage.PutGroup(tx, org.Group{Contact: id, Commune: org.CommuneID(w[1]), Title: kv["title"]})
	case "past":
		return past(tx, org.Month(w[1]), org.BranchID(w[2]), kv)
	case "pair":
		return storage.Pairs.Put(tx, w[1]+"/"+kv["id"], org.Pair{ID: org.PairID(kv["id"]), Branch: org.BranchID(w[1]),
			Kind: org.PairKind(strings.ReplaceAll(kv["kind"], " ", "_")), Label: kv["label"], Started: org.Month(kv["started"]), State: org.PairActive})
	case "invite":
		return s.invite(tx, w, kv)
	case "period":
		return s.period(tx, org.Month(w[1]), kv["exempt"])
	case "limits":
		return s.limits(tx, w[1], kv)
	case "calendar":
		return s.ownCalendar(org.CommuneID(w[1]), kv)
	case "setting":
		s.settings.Dues = kv["dues"] == "on"
		s.settings.AcceptDays, _ = strconv.Atoi(kv["accept_days"])
		if kv["quiet_count"] != "" {
			s.settings.QuietCount, _ = strconv.Atoi(kv["quiet_count"])
		}
		if kv["days_off"] != "" {
			s.settings.Quiet.DaysOff = strings.Split(kv["days_off"], ",")
		}
		return nil
	}
	return fmt.Errorf("no such unit")
}

// ownCalendar lines give a commune its own calendar: "calendar binh-minh open=0_8_20_*_*
// remind=0_19_23_*_*,0_8_26_*_*"; what is not named is as for all;
// days_off=2/9,3/9 are its own days off.
func (s *stage) ownCalendar(c org.CommuneID, kv map[string]string) error {
	own := flows.Calendar{Open: kv["open"], Due: kv["due"], LateList: kv["late_list"], Lock: kv["lock"], Digest: kv["digest"], Summary: kv["summary"]}
	if kv["remind"] != "" {
		own.Remind = strings.Split(kv["remind"], ",")
	}
	if s.settings.Communes == nil {
		s.settings.Communes = map[org.CommuneID]flows.Own{}
	}
	days := s.settings.Communes[c].DaysOff
	if kv["days_off"] != "" {
		days = strings.Split(kv["days_off"], ",")
	}
	s.settings.Communes[c] = flows.Own{Calendar: own, DaysOff: days}
	cal, err := bot.ParseCalendar(s.settings)
	if err == nil {
		s.sched.Calendar = cal
	}
	return err
}

func (s *stage) branch(tx storage.Tx, w []string, kv map[string]string) error {
	b := org.Branch{ID: org.BranchID(w[1]), Name: strings.Join(w[2:], " "), FormerCommune: kv["former"]}
	_, own, _ := strings.Cut(w[1], "/")
	b.Order, _ = strconv.Atoi(own)
	b.Members, _ = strconv.Atoi(kv["roster"])
	b.ClosedFrom = org.Month(kv["closed"])
	if err := storage.Branches.Put(tx, w[1], b); err != nil {
		return err
	}
	for role, key := range map[org.Role]string{org.Head: kv["head"], org.Deputy: kv["deputy"]} {
		if key == "" {
			continue
		}
		if err := storage.PutPost(tx, org.Post{Role: role, Unit: w[1], Person: org.PersonID(key)}); err != nil {
			return err
		}
	}
	if n, err := strconv.Atoi(kv["members"]); err == nil {
		return past(tx, "2026-10", b.ID, map[string]string{"members": strconv.Itoa(n)})
	}
	return nil
}

// person lines name the channels she is linked on: "person lan Nguyễn Thị Lan  on=telegram".
func (s *stage) person(tx storage.Tx, w []string, kv map[string]string) error {
	p := org.Person{ID: org.PersonID(w[1]), Name: strings.Join(w[2:], " "), Phone: kv["phone"], Address: kv["address"]}
	if err := storage.PutPerson(tx, p); err != nil {
		return err
	}
	for role, unit := range map[org.Role]string{org.Chair: kv["chair"], org.ViceChair: kv["vice"], org.ProvinceOfficer: kv["officer"]} {
		for one := range strings.SplitSeq(unit, ",") {
			if one == "" {
				continue
			}
			if err := storage.PutPost(tx, org.Post{Role: role, Unit: one, Person: p.ID}); err != nil {
				return err
			}
		}
	}
	// Not linked, she writes from Telegram once she has a code; linked on two, from the first.
	channels := strings.Split(cmp.Or(kv["on"], "telegram"), ",")
	id := org.ContactID(channels[0] + ":" + w[1])
	s.contact[w[1]], s.name[id] = id, w[1]
	if kv["on"] == "" {
		return nil
	}
	long, err := time.ParseInLocation("2006-01-02T15:04", cmp.Or(kv["since"], "2026-09-01T08:00"), Zone)
	if err != nil {
		return err
	}
	for i, channel := range channels {
		id := org.ContactID(channel + ":" + w[1])
		if i > 0 {
			s.name[id] = w[1] + "@" + channel
		}
		c := org.Contact{ID: id, Person: p.ID, LinkedAt: long, LastWrote: long.Add(-time.Duration(i) * time.Hour)}
		if err := storage.PutContact(tx, c); err != nil {
			return err
		}
	}
	return storage.PutConsent(tx, org.Consent{Person: p.ID, Notice: flows.NoticeVersion, At: long, Channel: channels[0], Raw: "đồng ý"})
}

// limits lines give a bot's network limits: "limits zalo.an-phu quota=100 sent=78 seats=5".
func (s *stage) limits(tx storage.Tx, channel string, kv map[string]string) error {
	c := s.channels[channel]
	if c == nil {
		return fmt.Errorf("no such channel")
	}
	c.quota, _ = strconv.Atoi(kv["quota"])
	c.seats, _ = strconv.Atoi(kv["seats"])
	sent, _ := strconv.Atoi(kv["sent"])
	u, err := storage.CountUsage(tx, channel, s.clock.Now(), c.quota, c.seats, sent, 0)
	s.outbox.Used(u)
	return err
}

// past enters a submitted report of an earlier month: members is the number at its end,
// start that before it; answers are given by question ("q1_activity=yes") or by short names.
func past(tx storage.Tx, m org.Month, b org.BranchID, kv map[string]string) error {
	members, err := strconv.Atoi(kv["members"])
	if err != nil {
		return err
	}
	a := org.Answers{}
	for k, q := range map[string]org.QuestionID{"activity": "q1_activity", "pioneers": "q2_pioneers", "resources": "q3_resources",
		"kinds": "q3a_kinds", "faces": "q4_faces", "circumstances": "q5_circumstances", "needs": "q6_needs", "recap": "q456_know"} {
		if v, ok := kv[k]; ok {
			a[q] = org.Answer{Value: v}
		}
	}
	for k, v := range kv {
		if strings.HasPrefix(k, "q") {
			a[org.QuestionID(k)] = org.Answer{Value: v, By: org.PersonID(kv["by"])}
		}
	}
	c := org.CheckIn{Branch: b, Month: m, Revision: 1, Form: 1, By: org.PersonID(kv["by"]), Answers: a, Start: members, End: members}
	if n, err := strconv.Atoi(kv["start"]); err == nil {
		c.Start = n
	}
	if at := kv["at"]; at != "" {
		if c.SentAt, err = time.ParseInLocation("2006-01-02T15:04", at, Zone); err != nil {
			return err
		}
	}
	return storage.PutCheckIn(tx, c)
}

// invite lines give a code: "invite lan 12345678 head=an-phu/1 expires=2026-12-01";
// with "revoked" a newer one has taken its place.
func (s *stage) invite(tx storage.Tx, w []string, kv map[string]string) error {
	hash, err := storage.InviteHash(tx, w[2])
	if err != nil {
		return err
	}
	inv := org.Invite{Hash: hash, Person: org.PersonID(w[1]), Made: s.clock.Now(), Expires: s.clock.Now().AddDate(0, 0, 30),
		Revoked: slices.Contains(w, "revoked")}
	for _, role := range []org.Role{org.Head, org.Deputy, org.Chair, org.ViceChair} {
		if unit := kv[string(role)]; unit != "" {
			inv.Post = org.Post{Role: role, Unit: unit, Person: inv.Person}
		}
	}
	if day := kv["expires"]; day != "" {
		if inv.Expires, err = time.ParseInLocation(time.DateOnly, day, Zone); err != nil {
			return err
		}
	}
	return storage.Invites.Put(tx, hash, inv)
}

// period opens a month in every commune, as the calendar would have.
func (s *stage) period(tx storage.Tx, m org.Month, exempt string) error {
	cal, err := bot.ParseCalendar(s.settings)
	if err != nil {
		return err
	}
	communes, err := storage.Communes.All(tx, "")
	if err != nil {
		return err
	}
	for _, c := range communes {
		p := org.Period{Commune: c.ID, Month: m, OpenedBy: "calendar"}
		p.Opens, p.Due, p.Locks = cal.Of(c.ID).Times(m, Zone)
		branches, err := storage.Branches.All(tx, string(c.ID)+"/")
		if err != nil {
			return err
		}
		for _, b := range branches {
			if b.ClosedFrom != "" && b.ClosedFrom <= m {
				continue
			}
			p.Expected = append(p.Expected, b.ID)
			if id, why, _ := strings.Cut(exempt, ":"); id == string(b.ID) {
				p.Exempt = map[org.BranchID]string{b.ID: why}
			}
		}
		if err := storage.Periods.Put(tx, storage.PeriodKey(c.ID, m), p); err != nil {
			return err
		}
	}
	return nil
}
