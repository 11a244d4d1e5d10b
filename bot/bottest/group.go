package bottest

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/flows/viet"
	"chihoi/storage"
)

// group lets a person take the bot into a group chat or put it out, type a code there, or
// tap and speak to the bot there.
func (s *stage) group(ctx context.Context, w []string) error {
	who, err := s.speaker(w[1])
	if err != nil {
		return err
	}
	at := org.ContactID(who.Channel() + ":" + w[2])
	s.contact[w[2]], s.name[at], s.groups[at] = at, w[2], true
	rest := strings.Join(w[3:], " ")
	s.updates++
	s.last = bot.Update{ID: strconv.Itoa(s.updates), Contact: who, Event: flows.InGroup{Group: at, Title: rest}}
	switch w[0] {
	case "puts-out":
		s.last.Event = flows.OutOfGroup{Group: at}
	case "hushes":
		s.last.Event = flows.Hushed{Group: at}
	case "code": // "{last}" is the code shown last to anybody
		s.last.Event = flows.InGroup{Group: at, Code: strings.ReplaceAll(rest, "{last}", s.lastCode)}
	case "in":
		e := flows.Addressed{Group: at, Body: rest}
		if label, tap := strings.CutPrefix(rest, "["); tap {
			ch := s.channels[at.Channel()]
			if e.Body = ""; !ch.Abilities().Buttons {
				e.Body = answerTyped[strings.TrimSuffix(label, "]")]
			} else if e.Data, err = ch.find(at.Chat(), strings.TrimSuffix(label, "]"), 1, false); err != nil {
				return err
			}
		}
		s.last.Event = e
	}
	return s.deliver(ctx)
}

// answerTyped is what is typed for a button under an announcement.
var answerTyped = map[string]string{"Em sẽ đến": "em đến", "Em bận": "em bận", "Đã nắm": "đã nắm"}

// groupTrouble makes a group refuse what is sent, or go on under another address.
func (s *stage) groupTrouble(w []string) error {
	at, err := s.speaker(w[1])
	if err != nil {
		return err
	}
	trouble := s.channels[at.Channel()].trouble
	switch {
	case w[0] == "moves":
		to := org.ContactID(at.Channel() + ":" + w[2])
		s.contact[w[2]], s.name[to], s.groups[to] = to, w[2], true
		trouble[at.Chat()] = bot.RefusedError{MovedTo: w[2], Err: errInjected}
	case len(w) < 3:
		delete(trouble, at.Chat())
	default:
		trouble[at.Chat()] = bot.RefusedError{Lost: w[2], Err: errInjected}
	}
	return nil
}

func (c *script) refusal(chat string) error {
	if e, ok := c.trouble[chat]; ok {
		return &e
	}
	return nil
}

var (
	shownCode   = regexp.MustCompile(`\b\d{4} \d{4}\b`)
	shownPhone  = regexp.MustCompile(`(?:\+84|\b0)\d(?:[\s.-]?\d){7,9}\b`)
	tellsOfLate = regexp.MustCompile(`chua gui|chua nop|chua bao cao|\bcham\b|tre han|con thieu|qua han`)
)

// mustBePublic fails the test when a message to a group names somebody, shows a phone or tells
// which branch is late (domain.md 11 and 12.10). It looks at every message of every transcript.
func (c *script) mustBePublic(m bot.Outgoing) {
	if code := shownCode.FindString(m.Text); code != "" && strings.HasPrefix(m.Text, "Mã nối nhóm") {
		c.stage.lastCode = strings.ReplaceAll(code, " ", "")
	}
	at := org.ContactID(c.name + ":" + m.Chat)
	if !c.stage.groups[at] {
		return
	}
	if words := c.stage.private(m.Text); words != "" {
		c.stage.tb.Errorf("a group is told %s:\n%s", words, m.Text)
	}
	for _, row := range m.Rows {
		for _, b := range row {
			if words := c.stage.private(b.Label); words != "" {
				c.stage.tb.Errorf("a button in a group tells %s: %s", words, b.Label)
			}
		}
	}
}

// private says what in a text is not for a group, "" for nothing. Whoever agreed to be named
// in an announcement may be.
func (s *stage) private(text string) (found string) {
	if phone := shownPhone.FindString(text); phone != "" {
		return "a phone, " + phone
	}
	folded := " " + viet.Fold(text) + " "
	err := s.store.View(context.Background(), func(tx storage.Tx) error {
		agreed := map[org.PersonID]bool{}
		err := storage.Namings.Scan(tx, "", "", func(_ string, n org.Naming) error {
			if n.Agreed && strings.Contains(text, n.Text) {
				agreed[n.Person] = true
			}
			return nil
		})
		if err != nil {
			return err
		}
		err = storage.People.Scan(tx, "", "", func(_ string, p storage.Profile) error {
			words := strings.Fields(viet.Fold(p.Name))
			if len(words) == 0 || agreed[p.ID] {
				return nil
			}
			full, given := strings.Join(words, " "), words[len(words)-1]
			switch {
			case p.Phone != "" && strings.Contains(text, p.Phone):
				found = "a phone, " + p.Phone
			case len(words) > 1 && strings.Contains(folded, " "+full), strings.Contains(folded, " chi "+given+" ") && given != "hoi":
				found = "a name, " + p.Name
			}
			return nil
		})
		if err != nil || !tellsOfLate.MatchString(folded) {
			return err
		}
		return storage.Branches.Scan(tx, "", "", func(_ string, b org.Branch) error {
			if name := viet.Fold(strings.TrimPrefix(b.Name, "Chi hội ")); strings.Contains(folded, " "+name) {
				found = fmt.Sprintf("who is late, %s", b.Name)
			}
			return nil
		})
	})
	if err != nil {
		s.tb.Error(err)
	}
	return found
}
