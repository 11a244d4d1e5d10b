package flows

import (
	"slices"
	"strings"
	"testing"

	"chihoi/flows/org"
)

// TestScope compares the table with domain.md 2, spelled out: every role, every action, its
// own unit, a unit within it, its commune and units of others. What is not listed is denied.
func TestScope(t *testing.T) {
	roles := map[org.Role]string{org.Head: "an-phu/1", org.Deputy: "an-phu/1", org.Chair: "an-phu", org.ViceChair: "an-phu", org.ProvinceOfficer: org.Province,
		"cell_leader": "an-phu/1", "standing_board": "an-phu", "system_admin": "an-phu", "": "an-phu", org.OfGroup: "an-phu"}
	actions := []action{submits, submitsFor, seesHistory, seesBranches, seesSums, seesHelp, manages, announces, nudges, exports, exportsSums}
	units := []string{"an-phu", "an-phu/1", "an-phu/2", "an-phu/11", "an-phuc", "an-phuc/1", "binh-minh", "binh-minh/1", ""}
	commune := "an-phu an-phu/1 an-phu/2 an-phu/11"
	allowed := map[org.Role]map[action]string{
		org.Head:            {submits: "an-phu/1", seesHistory: "an-phu/1"},
		org.Deputy:          {submits: "an-phu/1", seesHistory: "an-phu/1"},
		org.Chair:           {submitsFor: commune, seesHistory: commune, seesBranches: commune, seesSums: commune, seesHelp: commune, manages: commune, announces: commune, nudges: commune, exports: commune, exportsSums: commune},
		org.ProvinceOfficer: {seesSums: strings.Join(units, " "), exportsSums: strings.Join(units, " ")},
	}
	allowed[org.ViceChair] = allowed[org.Chair]
	for role, unit := range roles {
		for _, a := range actions {
			for _, u := range units {
				want := slices.Contains(strings.Fields(allowed[role][a]), u) || u == "" && role == org.ProvinceOfficer && allowed[role][a] != ""
				if got := may(org.Post{Role: role, Unit: unit, Person: "p"}, a, u); got != want {
					t.Errorf("%q of %q may %s in %q: %v", role, unit, a, u, got)
				}
			}
		}
	}
}
