package org_test

import (
	"fmt"
	"testing"

	"chihoi/flows/org"
)

// TestAdvancingGroup checks the rules and examples of domain.md 4.3.
func TestAdvancingGroup(t *testing.T) {
	head := func(id string, good bool) org.Cadre {
		return org.Cadre{Person: org.PersonID(id), Role: org.Head, Good: good}
	}
	in := func(c org.Cadre, field string) org.Cadre { c.Field = field; return c }
	cell := org.Cadre{Person: "C", Role: org.CellLeader, Good: true}
	for _, c := range []struct {
		name string
		g    org.AdvancingGroup
		want string
	}{
		{"example 1", org.AdvancingGroup{Members: []org.Cadre{head("A", true), head("B", false)}}, "[]"},
		{"example 2: no good head", org.AdvancingGroup{Members: []org.Cadre{cell, head("B", false)}}, "[{good_head false}]"},
		{"example 3", org.AdvancingGroup{Members: []org.Cadre{head("A", true), head("D", true), head("B", false)}}, "[]"},
		{"example 4: four", org.AdvancingGroup{Members: []org.Cadre{head("A", true), head("B", false), head("E", true), head("F", true)}}, "[{size false}]"},
		{"nobody to help", org.AdvancingGroup{Members: []org.Cadre{head("A", true), head("D", true)}}, "[{not_yet false}]"},
		{"one for two", org.AdvancingGroup{Members: []org.Cadre{head("A", true), head("B", false), head("E", false)}}, "[{shape true}]"},
		{"two fields", org.AdvancingGroup{Field: "economy", Members: []org.Cadre{in(head("A", true), "economy"), in(head("B", false), "membership")}}, "[{field false}]"},
		{"one field", org.AdvancingGroup{Field: "economy", Members: []org.Cadre{in(head("A", true), "economy"), in(head("B", false), "economy")}}, "[]"},
	} {
		if got := fmt.Sprint(c.g.Check()); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	first := org.AdvancingGroup{Members: []org.Cadre{head("A", true), head("B", false)}}
	if got := fmt.Sprint(org.AdvancingGroup{Members: []org.Cadre{head("A", true), head("E", false)}}.Check(first)); got != "[{twice true}]" {
		t.Errorf("in two groups: %s", got)
	}
}

// TestCompanionGroup checks the table of domain.md 4.4.
func TestCompanionGroup(t *testing.T) {
	unit := func(cell, strong bool) org.Companion { return org.Companion{Cell: cell, Strong: strong} }
	for _, c := range []struct {
		name  string
		units []org.Companion
		want  string
	}{
		{"two branches", []org.Companion{unit(false, true), unit(false, false)}, "[]"},
		{"three branches", []org.Companion{unit(false, true), unit(false, true), unit(false, false)}, "[{size false}]"},
		{"two strong branches", []org.Companion{unit(false, true), unit(false, true)}, "[{composition false}]"},
		{"two cells", []org.Companion{unit(true, true), unit(true, false)}, "[]"},
		{"three cells", []org.Companion{unit(true, true), unit(true, true), unit(true, false)}, "[]"},
		{"one cell for two", []org.Companion{unit(true, true), unit(true, false), unit(true, false)}, "[{shape true}]"},
		{"three strong cells", []org.Companion{unit(true, true), unit(true, true), unit(true, true)}, "[{composition true}]"},
		{"four cells", []org.Companion{unit(true, true), unit(true, true), unit(true, true), unit(true, false)}, "[{size false}]"},
		{"mixed", []org.Companion{unit(true, true), unit(false, false)}, "[{mixed false}]"},
	} {
		if got := fmt.Sprint(org.CheckCompanions(c.units)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
