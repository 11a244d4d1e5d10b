package roster

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
)

// Book looks up what stands. Like flows.Book it reports no failures of the store: whoever
// lends it checks for them afterwards and discards the plan.
type Book interface {
	Communes() []org.Commune
	// Branches lists a commune's branches in roster order, closed ones too.
	Branches(org.CommuneID) []org.Branch
	// PostsIn lists the posts of a branch or a commune.
	PostsIn(unit string) []org.Post
	Person(org.PersonID) (org.Person, bool)
	PersonByPhone(phone string) (org.Person, bool)
}

// Plan is what applying a roster would change: the records to write, and the same in
// words. When there are Mistakes nothing may be applied.
type Plan struct {
	Communes []org.Commune
	Branches []org.Branch
	People   []org.Person
	Gained   []org.Post
	Lost     []org.Post

	// Changes tell every change, grouped by commune in the file's order.
	Changes []Change
	// Warnings are worth a look but stand in the way of nothing.
	Warnings []string
	Mistakes []Mistake
}

// Change is one change in words.
type Change struct {
	Commune org.CommuneID
	// Name is the commune's name.
	Name string
	// New is something that was not there before.
	New  bool
	Text string
}

// Empty reports whether there is nothing to write.
func (p Plan) Empty() bool {
	return len(p.Communes)+len(p.Branches)+len(p.People)+len(p.Gained)+len(p.Lost) == 0
}

// Counts writes how much the plan changes, by kind of record.
func (p Plan) Counts() string {
	return listCounts([]count{
		{len(p.Communes), "xã/phường"}, {len(p.Branches), "chi hội"}, {len(p.People), "người"},
		{len(p.Gained), "chức vụ được giao"}, {len(p.Lost), "chức vụ thôi giữ"},
	})
}

// Compare finds what applying the roster would change. Identifiers of communes and
// branches are made from names and order; those of people come from newPerson and say
// nothing about the person, so that a record that outlives her name does not tell it
// (domain.md 12.5).
func Compare(book Book, r Roster, newPerson func() org.PersonID) Plan {
	c := &comparison{book: book, confirmed: map[string]bool{}, newPerson: newPerson, ids: map[org.CommuneID]bool{}, used: map[org.CommuneID]string{}}
	for _, name := range r.NewCommunes {
		c.confirmed[key(communeName(name))] = true
	}
	for _, commune := range book.Communes() {
		c.know(commune)
	}
	units := make([]unit, 0, len(r.Communes))
	for _, commune := range r.Communes {
		units = append(units, c.commune(commune))
	}
	c.people(units)
	for _, u := range units {
		c.posts(u)
	}
	c.sortChanges(units)
	slices.SortStableFunc(c.plan.Mistakes, func(a, b Mistake) int { return a.At.Line - b.At.Line })
	return c.plan
}

// comparison is the work on one plan.
type comparison struct {
	book      Book
	newPerson func() org.PersonID
	plan      Plan
	// communes are those that stand and those the plan adds.
	communes []known
	ids      map[org.CommuneID]bool
	// confirmed are the names, as compared, of communes that the operator says are new.
	confirmed map[string]bool
	// used tells by which name of the file a commune was found.
	used map[org.CommuneID]string
	// byPhone tells who each phone of the roster is.
	byPhone map[string]org.Person
}

// known is a commune with what its name is compared by.
type known struct {
	org.Commune
	key, kind, base, folded string
}

// know takes a commune among those that names are compared with.
func (c *comparison) know(commune org.Commune) {
	k := known{Commune: commune, key: key(commune.Name)}
	k.kind, k.base = communeKey(commune.Name)
	k.folded = fold(k.base)
	c.ids[commune.ID] = true
	for i := range c.communes {
		if c.communes[i].ID == commune.ID {
			c.communes[i] = k
			return
		}
	}
	c.communes = append(c.communes, k)
}

// unit is a commune of the roster with the records it stands for.
type unit struct {
	file    Commune
	commune org.Commune
	// branches are the records of file.Branches, in the same order.
	branches []org.Branch
	isNew    bool
}

func (c *comparison) change(u org.Commune, isNew bool, format string, args ...any) {
	c.plan.Changes = append(c.plan.Changes, Change{u.ID, u.Name, isNew, fmt.Sprintf(format, args...)})
}

func (c *comparison) warn(format string, args ...any) {
	c.plan.Warnings = append(c.plan.Warnings, fmt.Sprintf(format, args...))
}

func (c *comparison) wrong(at Place, format string, args ...any) {
	c.plan.Mistakes = append(c.plan.Mistakes, Mistake{at, fmt.Sprintf(format, args...)})
}

// commune finds or makes the commune's record and those of its branches.
func (c *comparison) commune(file Commune) unit {
	u := unit{file: file}
	match, rename := c.findCommune(file.Name)
	switch {
	case len(match) > 1:
		c.wrong(file.At, "%s chưa rõ là %s: ghi đủ tên", file.Name, names(match))
		u.commune = match[0]
	case len(match) == 1:
		u.commune = match[0]
		if rename && respelled(u.commune.Name, file.Name) {
			c.change(u.commune, false, "Sửa tên %s → %s", u.commune.Name, file.Name)
			u.commune.Name = file.Name
			c.know(u.commune)
			c.plan.Communes = append(c.plan.Communes, u.commune)
		}
	default:
		u.isNew = true
		u.commune = c.addCommune(file)
	}
	if first, twice := c.used[u.commune.ID]; twice {
		c.wrong(file.At, "%s và %s: nếu là một xã/phường thì ghi tên như nhau", file.Name, first)
		file.Branches, u.file.Branches = nil, nil
	}
	c.used[u.commune.ID] = file.Name
	c.branches(&u)
	if u.isNew && len(file.Branches) == 0 {
		if c.confirmed[key(file.Name)] {
			c.warn("%s chưa có chi hội nào.", u.commune.Name)
		} else {
			c.wrong(file.At, "%s không có chi hội nào trong tệp: thêm các chi hội, hoặc sửa tên cho đúng xã/phường%s", file.Name, confirmHint(file.Name))
		}
	}
	return u
}

// addCommune makes the record of a new commune.
func (c *comparison) addCommune(file Commune) org.Commune {
	name := file.Name
	kind, base := communeKey(name)
	folded := fold(base)
	for _, near := range c.communes {
		switch {
		case c.confirmed[key(name)] || !nearly(near.folded, folded):
		case near.base != base || near.kind == kind: // a mark or a letter apart
			c.wrong(file.At, "%s chưa có trong danh sách, có phải %s (mã %s)? Nếu phải thì sửa tên trong tệp%s", name, near.Name, near.ID, confirmHint(name))
		default: // a xã and a phường of one name are two
			c.warn("%s là xã/phường mới, tên gần giống %s (mã %s). Nếu là một thì sửa lại tên trong tệp.", name, near.Name, near.ID)
		}
	}
	commune := org.Commune{ID: newCommuneID(name, c.ids), Name: name}
	c.know(commune)
	c.plan.Communes = append(c.plan.Communes, commune)
	c.change(commune, true, "Thêm %s (mã %s)", commune.Name, commune.ID)
	return commune
}

// confirmHint is how the operator says that a commune is new all the same.
func confirmHint(name string) string {
	return fmt.Sprintf("; nếu đúng là xã/phường mới thì thêm --new-commune %q", name)
}

// findCommune finds the communes that a name may mean. A name without "xã" or "phường"
// fits either, but xã and phường of one name are two. rename tells that the name as
// given says more than the one that stands.
func (c *comparison) findCommune(name string) (match []org.Commune, rename bool) {
	k := key(name)
	kind, base := communeKey(name)
	for _, commune := range c.communes {
		if commune.key == k {
			return []org.Commune{commune.Commune}, true
		}
		if commune.base == base && (commune.kind == "" || kind == "") {
			match = append(match, commune.Commune)
		}
	}
	return match, kind != ""
}

func names(list []org.Commune) string {
	var s []string
	for _, c := range list {
		s = append(s, c.Name)
	}
	return strings.Join(s, " hay ")
}

// branches matches the file's branches with those that stand, and makes the rest.
func (c *comparison) branches(u *unit) {
	standing := c.book.Branches(u.commune.ID)
	found := c.match(u, standing)
	next := 0
	for _, b := range standing {
		_, own, _ := strings.Cut(string(b.ID), "/")
		if n, err := strconv.Atoi(own); err == nil {
			next = max(next, n)
		}
	}
	u.branches = make([]org.Branch, len(u.file.Branches))
	for i, file := range u.file.Branches {
		if found[i] < 0 {
			next++
			u.branches[i] = c.addBranch(u, file, next)
			continue
		}
		u.branches[i] = c.updateBranch(u, file, standing[found[i]])
	}
	c.order(u, standing, found)
	for i, b := range standing {
		if b.ClosedFrom == "" && len(u.file.Branches) > 0 && !slices.Contains(found, i) {
			c.warn("%s (%s, mã %s) có trong hệ thống, không có trong tệp: giữ nguyên.%s", titled(b), u.commune.Name, b.ID, c.renamedHint(u, found, b))
		}
	}
}

// renamedHint says so when a new branch has the head of one that is missing: most likely
// it was renamed, and adding it would make two of one.
func (c *comparison) renamedHint(u *unit, found []int, missing org.Branch) string {
	for _, post := range c.book.PostsIn(string(missing.ID)) {
		person, ok := c.book.Person(post.Person)
		if !ok || post.Role != org.Head {
			continue
		}
		for i, file := range u.file.Branches {
			if found[i] < 0 && file.Head.Named() && file.Head.Phone == person.Phone {
				return fmt.Sprintf(" %s trong tệp có cùng chi hội trưởng; nếu chỉ là đổi tên thì giữ tên cũ trong tệp.", titled(u.branches[i]))
			}
		}
	}
	return ""
}

// addBranch makes the record of a new branch.
func (c *comparison) addBranch(u *unit, file Branch, n int) org.Branch {
	b := org.Branch{
		ID:   org.BranchID(string(u.commune.ID) + "/" + strconv.Itoa(n)),
		Name: file.Name, FormerCommune: file.Former, Members: file.Members,
	}
	text := "Thêm " + titled(b)
	if b.Members > 0 {
		text += fmt.Sprintf(", %d hội viên", b.Members)
	}
	c.change(u.commune, true, "%s (mã %s)", text, b.ID)
	return b
}

// updateBranch brings a record to what the file says; a blank cell says nothing.
func (c *comparison) updateBranch(u *unit, file Branch, b org.Branch) org.Branch {
	if b.ClosedFrom != "" {
		c.wrong(file.At, "%s đã thôi báo cáo từ %s: xóa dòng này", titled(b), b.ClosedFrom)
		return b
	}
	before := b
	if respelled(b.Name, file.Name) {
		c.change(u.commune, false, "%s: sửa tên thành %s", titled(before), file.Name)
		b.Name = file.Name
	}
	if file.Former != "" && respelled(b.FormerCommune, file.Former) {
		c.change(u.commune, false, "%s: xã cũ %s → %s", titled(before), orBlank(b.FormerCommune), file.Former)
		b.FormerCommune = file.Former
	}
	if file.Members > 0 && b.Members != file.Members {
		was := "(trống)"
		if b.Members > 0 {
			was = strconv.Itoa(b.Members)
		}
		c.change(u.commune, false, "%s: số hội viên %s → %d", titled(before), was, file.Members)
		b.Members = file.Members
	}
	return b
}

// order gives new branches the places after the rest; when the file has every branch of
// the commune, its order is the commune's. Only then are changed records planned, once.
func (c *comparison) order(u *unit, standing []org.Branch, found []int) {
	all := true
	for i, b := range standing {
		all = all && (b.ClosedFrom != "" || slices.Contains(found, i))
	}
	last := 0
	for _, b := range standing {
		last = max(last, b.Order)
	}
	moved := false
	if all {
		moved = !slices.IsSorted(ordersOf(standing, found))
	}
	for i := range u.branches {
		b := &u.branches[i]
		switch {
		case moved:
			b.Order = i + 1
		case found[i] < 0:
			last++
			b.Order = last
		}
		if found[i] < 0 || *b != standing[found[i]] {
			c.plan.Branches = append(c.plan.Branches, *b)
		}
	}
	if moved {
		c.change(u.commune, false, "Xếp lại thứ tự các chi hội như trong tệp")
	}
}

// ordersOf lists the places that the file's branches have, new ones after all others.
func ordersOf(standing []org.Branch, found []int) (list []int) {
	for _, i := range found {
		if i < 0 {
			list = append(list, int(^uint(0)>>1))
		} else {
			list = append(list, standing[i].Order)
		}
	}
	return list
}

// titled names a branch in a message, with the former commune that tells it from another.
func titled(b org.Branch) string {
	if b.FormerCommune == "" {
		return b.Name
	}
	return b.Name + " (" + b.FormerCommune + " cũ)"
}

func orBlank(s string) string {
	if s == "" {
		return "(trống)"
	}
	return s
}
