package flows

import (
	"slices"
	"strings"

	"chihoi/flows/org"
)

// action is something that a post allows (domain.md 2).
type action string

const (
	submits      action = "submit"        // or correct a branch's check-in as its own
	submitsFor   action = "submit_for"    // on a branch's behalf, marked
	seesHistory  action = "see_history"   // of a branch
	seesBranches action = "see_branches"  // by name, with their heads
	seesSums     action = "see_sums"      // of communes
	seesHelp     action = "see_help"      // what a call for help says
	manages      action = "manage"        // groups, targets, flags
	announces    action = "announce"      // to groups and heads
	nudges       action = "nudge"         // those who have not sent
	exports      action = "export"        // a commune's figures with its branches
	exportsSums  action = "export_totals" // of communes only
)

// reach is how far an action goes. The zero value is nowhere: what is not said is denied.
type reach int

const (
	nowhere    reach = iota
	itsUnit          // the unit of the post and what lies in it
	everywhere       // all communes of this store
)

// scope is the one table of who may do what where (domain.md 2). A head sees and corrects her
// own branch and the calls for help she made; an officer of the province sees sums.
var scope = map[org.Role]map[action]reach{
	org.Head:            {submits: itsUnit, seesHistory: itsUnit},
	org.Deputy:          {submits: itsUnit, seesHistory: itsUnit},
	org.Chair:           ofCommune,
	org.ViceChair:       ofCommune,
	org.ProvinceOfficer: {seesSums: everywhere, exportsSums: everywhere},
}

var ofCommune = map[action]reach{submitsFor: itsUnit, seesHistory: itsUnit, seesBranches: itsUnit, seesSums: itsUnit, seesHelp: itsUnit,
	manages: itsUnit, announces: itsUnit, nudges: itsUnit, exports: itsUnit, exportsSums: itsUnit}

// may reports whether a post allows an action in a unit: a branch or a commune.
func may(p org.Post, a action, unit string) bool {
	switch scope[p.Role][a] {
	case itsUnit:
		return unit == p.Unit || strings.HasPrefix(unit, p.Unit+"/")
	case everywhere:
		return true
	}
	return false
}

// chaired lists the communes whose branches she sees by name: she is chair or vice chair there.
func (s *step) chaired() (list []org.CommuneID) {
	for _, p := range s.Book.PostsOf(s.Me.ID) {
		if c := p.Commune(); may(p, seesBranches, string(c)) && !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

func (s *step) isChair() bool { return len(s.chaired()) > 0 }

// oversees reports whether she sees the sums of all communes.
func (s *step) oversees() bool {
	return slices.ContainsFunc(s.Book.PostsOf(s.Me.ID), func(p org.Post) bool { return scope[p.Role][seesSums] == everywhere })
}
