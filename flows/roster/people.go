package roster

import (
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
)

// seat is one place of the file where a person is named for a post.
type seat struct {
	role  org.Role
	unit  string
	entry Entry
}

// seats lists all posts the file speaks of in a commune, in the file's order.
func (u unit) seats() (list []seat) {
	list = append(list, seat{org.Chair, string(u.commune.ID), u.file.Chair})
	for _, v := range u.file.Vices {
		list = append(list, seat{org.ViceChair, string(u.commune.ID), v})
	}
	for i, b := range u.file.Branches {
		unit := string(u.branches[i].ID)
		list = append(list, seat{org.Head, unit, b.Head}, seat{org.Deputy, unit, b.Deputy})
	}
	return list
}

// people finds out who each phone of the file is: the person who has it; else the one of
// that very name who holds that very post and whose own phone is gone from the file, for
// then it is she who has a new number; else somebody new.
func (c *comparison) people(units []unit) {
	c.byPhone = map[string]org.Person{}
	inFile := map[string]bool{}
	for _, u := range units {
		for _, s := range u.seats() {
			inFile[s.entry.Phone] = true
		}
	}
	renumbered := map[string]org.Person{} // by new phone
	claimed := map[org.PersonID]string{}
	for _, u := range units {
		for _, s := range u.seats() {
			if _, known := c.book.PersonByPhone(s.entry.Phone); !s.entry.Named() || known {
				continue
			}
			for _, old := range c.holders(s.unit, s.role) {
				other, twice := claimed[old.ID]
				sameName := key(old.Name) == key(s.entry.Name)
				if sameName && !inFile[old.Phone] && (!twice || other == s.entry.Phone) {
					renumbered[s.entry.Phone], claimed[old.ID] = old, s.entry.Phone
				}
			}
		}
	}
	for _, u := range units {
		for _, s := range u.seats() {
			if _, done := c.byPhone[s.entry.Phone]; s.entry.Named() && !done {
				c.byPhone[s.entry.Phone] = c.person(u, s, renumbered)
			}
		}
	}
}

// person finds or makes one person and plans the change of her record.
func (c *comparison) person(u unit, s seat, renumbered map[string]org.Person) org.Person {
	e := s.entry
	p, known := c.book.PersonByPhone(e.Phone)
	if !known {
		p, known = renumbered[e.Phone]
	}
	if !known {
		p = org.Person{ID: c.newPerson(), Name: e.Name, Phone: e.Phone}
		c.plan.People = append(c.plan.People, p)
		return p
	}
	before := p
	p.Phone = e.Phone
	if respelled(p.Name, e.Name) {
		p.Name = e.Name
	}
	if before.Name != p.Name {
		c.change(u.commune, false, "Sửa họ tên %s → %s", whoIs(before), p.Name)
		if fold(before.Name) != fold(p.Name) {
			c.warn("Số %s đang là của %s, trong tệp ghi %s. Nếu là hai người khác nhau dùng chung hoặc chuyển số cho nhau thì đừng ghi.", p.MaskedPhone(), before.Name, p.Name)
		}
	}
	if before.Phone != p.Phone {
		c.change(u.commune, false, "%s đổi số điện thoại → %s", whoIs(before), p.MaskedPhone())
	}
	if before != p {
		c.plan.People = append(c.plan.People, p)
	}
	return p
}

// holders lists who holds a role in a unit now.
func (c *comparison) holders(unit string, role org.Role) (list []org.Person) {
	for _, post := range c.book.PostsIn(unit) {
		if post.Role != role {
			continue
		}
		p, ok := c.book.Person(post.Person)
		if !ok {
			p = org.Person{ID: post.Person}
		}
		list = append(list, p)
	}
	return list
}

// posts plans who gains and who loses a post in a commune and its branches.
func (c *comparison) posts(u unit) {
	commune := string(u.commune.ID)
	c.office(u, office{org.Chair, commune, "", []Entry{u.file.Chair}, Entry{}})
	vices := append(slices.Clone(u.file.Vices), Entry{Vacant: u.file.NoVices})
	c.office(u, office{org.ViceChair, commune, "", vices, u.file.Chair})
	for i, b := range u.file.Branches {
		where := titled(u.branches[i])
		unit := string(u.branches[i].ID)
		c.office(u, office{org.Head, unit, where, []Entry{b.Head}, Entry{}})
		c.office(u, office{org.Deputy, unit, where, []Entry{b.Deputy}, b.Head})
		if b.Head.Named() && b.Head.Phone == b.Deputy.Phone {
			c.warn("%s: chi hội trưởng và chi hội phó là một người.", where)
		}
	}
}

// office is one role in one unit with whom the file names for it. Above is whom it names
// for the post above.
type office struct {
	role    org.Role
	unit    string
	where   string // the branch, in words
	entries []Entry
	above   Entry
}

// office plans one role in one unit: who the file names holds it, and nobody else does.
func (c *comparison) office(u unit, o office) {
	before := c.holders(o.unit, o.role)
	var after []org.Person
	vacant := false
	for _, e := range o.entries {
		if e.Named() {
			after = append(after, c.byPhone[e.Phone])
		}
		vacant = vacant || e.Vacant
	}
	gained, lost := without(after, before), without(before, after)
	if len(after) == 0 && !vacant {
		// A blank cell says nothing; but whoever moves up leaves the post below.
		lost = slices.DeleteFunc(lost, func(p org.Person) bool {
			return !o.above.Named() || c.byPhone[o.above.Phone].ID != p.ID
		})
		c.unsaid(u, o, before)
	}
	for _, p := range gained {
		c.plan.Gained = append(c.plan.Gained, org.Post{Role: o.role, Unit: o.unit, Person: p.ID})
	}
	for _, p := range lost {
		c.plan.Lost = append(c.plan.Lost, org.Post{Role: o.role, Unit: o.unit, Person: p.ID})
	}
	text := RoleName(o.role)
	if o.where != "" {
		text = o.where + ": " + text
	}
	switch {
	case len(gained) > 0 && len(lost) > 0:
		c.change(u.commune, false, "%s %s → %s", text, list(lost), list(gained))
	case len(gained) > 0:
		c.change(u.commune, true, "%s %s", text, list(gained))
	case len(lost) > 0:
		c.change(u.commune, false, "%s %s thôi giữ chức", text, list(lost))
	}
	if vacant && len(after) == 0 && o.role == org.Head {
		c.warn("%s (%s) không có chi hội trưởng.", o.where, u.commune.Name)
	}
}

// unsaid warns about a post that the file leaves blank where it matters.
func (c *comparison) unsaid(u unit, o office, before []org.Person) {
	switch {
	case o.role == org.Head && len(before) == 0:
		c.warn("%s (%s) chưa có chi hội trưởng.", o.where, u.commune.Name)
	case o.role == org.Head:
		c.warn("%s (%s): ô chi hội trưởng để trống, vẫn giữ %s.", o.where, u.commune.Name, list(before))
	case o.role == org.Chair && len(before) == 0:
		c.warn("%s chưa có Chủ tịch.", u.commune.Name)
	}
}

// without lists the people of a who are not in b.
func without(a, b []org.Person) (list []org.Person) {
	for _, p := range a {
		if !slices.ContainsFunc(b, func(q org.Person) bool { return q.ID == p.ID }) {
			list = append(list, p)
		}
	}
	return list
}

// whoIs names a person by name and masked phone.
func whoIs(p org.Person) string {
	switch {
	case p.Name == "":
		return "(không rõ tên)"
	case p.Phone == "":
		return p.Name
	default:
		return fmt.Sprintf("%s (%s)", p.Name, p.MaskedPhone())
	}
}

func list(people []org.Person) string {
	var s []string
	for _, p := range people {
		s = append(s, whoIs(p))
	}
	return strings.Join(s, ", ")
}

// sortChanges puts changes of one commune together, in the file's order.
func (c *comparison) sortChanges(units []unit) {
	place := map[org.CommuneID]int{}
	for i, u := range units {
		place[u.commune.ID] = i
	}
	for i := range c.plan.Changes {
		change := &c.plan.Changes[i]
		change.Name = units[place[change.Commune]].commune.Name
	}
	slices.SortStableFunc(c.plan.Changes, func(a, b Change) int {
		return place[a.Commune] - place[b.Commune]
	})
}

// count is a number with its unit.
type count struct {
	n    int
	unit string
}

// listCounts writes counts in a row, leaving out what is none.
func listCounts(counts []count) string {
	var s []string
	for _, c := range counts {
		if c.n > 0 {
			s = append(s, fmt.Sprintf("%d %s", c.n, c.unit))
		}
	}
	if len(s) == 0 {
		return "không có gì"
	}
	return strings.Join(s, ", ")
}
