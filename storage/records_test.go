package storage

import (
	"context"
	"slices"
	"testing"

	"chihoi/flows/org"
)

// A chat group may be bound to several communes; it moves and goes as one.
func TestGroups(t *testing.T) {
	s := NewMem()
	group := func(c, at string) org.Group {
		return org.Group{Contact: org.ContactID(at), Commune: org.CommuneID(c), Title: "Nhóm " + at}
	}
	err := s.Update(context.Background(), func(tx Tx) error {
		for _, g := range []org.Group{group("an-phu", "t:1"), group("tan-an", "t:1"), group("an-phu", "t:2"), group("an-phu", "t:2")} {
			if err := PutGroup(tx, g); err != nil {
				return err
			}
		}
		if err := MoveGroup(tx, "t:1", "t:9"); err != nil {
			return err
		}
		return DropGroup(tx, "t:2")
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(context.Background(), func(tx Tx) error {
		moved, err := GroupsAt(tx, "t:9")
		if want := []org.Group{{Contact: "t:9", Commune: "an-phu", Title: "Nhóm t:1"}, {Contact: "t:9", Commune: "tan-an", Title: "Nhóm t:1"}}; err != nil || !slices.Equal(moved, want) {
			t.Errorf("moved %+v, %v", moved, err)
		}
		all, err := Groups.All(tx, "")
		if len(all) != 2 {
			t.Errorf("left %+v", all)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
