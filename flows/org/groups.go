package org

import "slices"

// The groups that a standing board forms (domain.md 4.3, 4.4), checked before it decides. No
// conversation asks for them yet.

// Fault is what is wrong with a group. The board may decide in spite of a warning.
type Fault struct {
	Rule    string
	Warning bool
}

// Rules of groups.
const (
	RuleSize       = "size"        // too few or too many
	RuleGoodHead   = "good_head"   // no branch head who is good among them
	RuleNotYetGood = "not_yet"     // nobody to be helped
	RuleShape      = "shape"       // a composition that is not listed
	RuleField      = "field"       // good and not yet good in different fields
	RuleTwice      = "twice"       // somebody is in two groups of the same field
	RuleMixed      = "mixed"       // branches and cells together
	RuleStrength   = "composition" // not one strong and one that is not
)

// Roles that only groups know: nobody of a cell is linked to the bot.
const (
	CellLeader       Role = "cell_leader"
	DeputyCellLeader Role = "deputy_cell_leader"
)

// Cadre is one member of an advancing group. Good is "giỏi", in Field where one is set.
type Cadre struct {
	Person PersonID
	Role   Role
	Good   bool
	Field  string
}

// AdvancingGroup is a "nhóm cán bộ cùng tiến", in one field or in none in particular.
type AdvancingGroup struct {
	Field   string
	Members []Cadre
}

// Check lists what is wrong with it; others are the groups there are already.
func (g AdvancingGroup) Check(others ...AdvancingGroup) (list []Fault) {
	good, goodHead := 0, false
	for _, m := range g.Members {
		if m.Good {
			good++
			goodHead = goodHead || m.Role == Head
		}
	}
	weak := len(g.Members) - good
	if len(g.Members) < 2 || len(g.Members) > 3 {
		list = append(list, Fault{Rule: RuleSize})
	}
	if !goodHead {
		list = append(list, Fault{Rule: RuleGoodHead})
	}
	if weak == 0 {
		list = append(list, Fault{Rule: RuleNotYetGood})
	}
	if good == 1 && weak == 2 { // 1:1 and 2:1 are listed, "như"
		list = append(list, Fault{Rule: RuleShape, Warning: true})
	}
	if g.Field != "" && slices.ContainsFunc(g.Members, func(m Cadre) bool { return m.Field != g.Field }) {
		list = append(list, Fault{Rule: RuleField})
	}
	for _, o := range others {
		if o.Field == g.Field && slices.ContainsFunc(g.Members, o.has) {
			list = append(list, Fault{Rule: RuleTwice, Warning: true})
			break
		}
	}
	return list
}

func (g AdvancingGroup) has(c Cadre) bool {
	return slices.ContainsFunc(g.Members, func(m Cadre) bool { return m.Person == c.Person })
}

// Companion is a branch or a cell of a companion group, and whether it is strong in the
// group's field.
type Companion struct {
	Unit   string
	Cell   bool
	Strong bool
}

// CheckCompanions lists what is wrong with a "chi, tổ phụ nữ đồng hành vượt khó": two
// branches, or two or three cells, strong ones helping one that is not.
func CheckCompanions(units []Companion) (list []Fault) {
	cells, strong := 0, 0
	for _, u := range units {
		if u.Cell {
			cells++
		}
		if u.Strong {
			strong++
		}
	}
	weak := len(units) - strong
	switch {
	case cells > 0 && cells < len(units):
		return []Fault{{Rule: RuleMixed}}
	case cells == 0 && len(units) != 2, cells > 0 && (cells < 2 || cells > 3):
		return []Fault{{Rule: RuleSize}}
	case strong == 0 || weak == 0:
		list = append(list, Fault{Rule: RuleStrength, Warning: cells > 0})
	case weak > 1:
		list = append(list, Fault{Rule: RuleShape, Warning: true})
	}
	return list
}
