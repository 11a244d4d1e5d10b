// Package roster owns how a list of communes, branches and their cadres becomes what the
// program knows: it reads plain rows into a Roster, naming every mistake by sheet, row and
// column, and compares a Roster with what stands into a Plan of what would change.
//
// It promises that a blank cell changes nothing, that nothing is deleted or renamed
// unsaid (each change is a line of the plan), that identifiers once given stay, and that
// the plan of a roster already applied is empty. It is pure: no file, no store, no clock.
package roster

import (
	"fmt"

	"chihoi/flows/org"
)

// Table is one sheet as it was read. A file of only one table has no Name.
type Table struct {
	Name string
	Rows []Row
}

// Row is one row of a sheet; Line is its number as a person sees it.
type Row struct {
	Line  int
	Cells []string
	// Heading marks a row that is one wide merged cell: a title between the entries.
	Heading bool
}

// Cell is the cleaned text of column i, "" beyond the row's end.
func (r Row) Cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return clean(r.Cells[i])
}

// Place is where something stands in the file. Line and Column count from 1; 0 means the
// whole sheet, or the whole row.
type Place struct {
	Sheet  string
	Line   int
	Column int
	Header string
}

// String writes the place as "Trang Chi hội, dòng 7, cột D (Điện thoại)".
func (p Place) String() string {
	s := p.Row()
	if p.Column > 0 {
		if s != "" {
			s += ", "
		}
		s += "cột " + Letters(p.Column)
		if p.Header != "" {
			s += " (" + p.Header + ")"
		}
	}
	if s == "" {
		return "Tệp"
	}
	return s
}

// Row writes the place without its column: "Trang Chi hội, dòng 7".
func (p Place) Row() string {
	switch {
	case p.Sheet != "" && p.Line > 0:
		return fmt.Sprintf("Trang %s, dòng %d", p.Sheet, p.Line)
	case p.Sheet != "":
		return "Trang " + p.Sheet
	case p.Line > 0:
		return fmt.Sprintf("Dòng %d", p.Line)
	default:
		return ""
	}
}

// Letters names a column as a spreadsheet does: 1 is A, 27 is AA.
func Letters(n int) string {
	var s string
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// Mistake is one thing to be put right before anything is imported.
type Mistake struct {
	At   Place
	Text string
}

// String is the mistake with its place.
func (m Mistake) String() string { return m.At.String() + ": " + m.Text }

// Roster is what a file says, grouped by commune in the file's order.
type Roster struct {
	Communes []Commune
	// NewCommunes names communes that the operator says are new, though one of nearly the
	// same name stands, or though they have no branches yet.
	NewCommunes []string
	// Notes tell what was passed over: other sheets, unknown columns, example rows.
	Notes []string
	// Doubts are cells that may be right and often are not; they stand in the way of nothing.
	Doubts []Mistake
}

// Commune is a commune with what the file says of it.
type Commune struct {
	Name     string
	At       Place
	Branches []Branch
	Chair    Entry
	// Vices are the vice chairs; NoVices says in so many words that there are none.
	Vices   []Entry
	NoVices bool
}

// Branch is one branch's row. Former is "" and Members 0 where the cell is blank.
type Branch struct {
	Name    string
	Former  string
	Members int
	Head    Entry
	Deputy  Entry
	At      Place
}

// Entry is who the file names for a post. The zero Entry is a blank cell, which says
// nothing; Vacant is the word "khuyết", which says nobody.
type Entry struct {
	Name   string
	Phone  string
	Vacant bool
	At     Place // the cell of the phone
}

// Named reports whether the entry names a person.
func (e Entry) Named() bool { return e.Phone != "" }

// Counts is how much there is of each kind; every count has its unit (domain.md, rule 1).
type Counts struct {
	Communes, Branches, Heads, Deputies, Chairs, ViceChairs int
}

// Counts counts what the roster names.
func (r Roster) Counts() Counts {
	c := Counts{Communes: len(r.Communes)}
	one := func(n *int, e Entry) {
		if e.Named() {
			*n++
		}
	}
	for _, commune := range r.Communes {
		one(&c.Chairs, commune.Chair)
		for _, v := range commune.Vices {
			one(&c.ViceChairs, v)
		}
		c.Branches += len(commune.Branches)
		for _, b := range commune.Branches {
			one(&c.Heads, b.Head)
			one(&c.Deputies, b.Deputy)
		}
	}
	return c
}

// String writes the counts as "1 xã/phường, 12 chi hội, …", leaving out what is none.
func (c Counts) String() string {
	return listCounts([]count{
		{c.Communes, "xã/phường"}, {c.Branches, "chi hội"}, {c.Heads, "chi hội trưởng"},
		{c.Deputies, "chi hội phó"}, {c.Chairs, "Chủ tịch"}, {c.ViceChairs, "Phó Chủ tịch"},
	})
}

// RoleName is a role as it is spoken.
func RoleName(r org.Role) string {
	switch r {
	case org.Head:
		return "chi hội trưởng"
	case org.Deputy:
		return "chi hội phó"
	case org.Chair:
		return "Chủ tịch"
	case org.ViceChair:
		return "Phó Chủ tịch"
	default:
		return string(r)
	}
}
