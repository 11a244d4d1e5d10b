package storage_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// TestGroupMovesWhole: a group that goes on under another address takes its binding, the
// announcements that go there and what is planned for it along, and the ledger still knows it.
func TestGroupMovesWhole(t *testing.T) {
	s := storage.NewMem()
	at := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	const from, to = org.ContactID("telegram:-5"), org.ContactID("telegram:-1005")
	a := org.Announcement{ID: "a1", Commune: "an-phu", State: org.Released, Targets: []org.Target{{Group: "telegram:-4"}, {Group: from}}}
	mark := a.Targets[1].Mark()
	err := s.Update(context.Background(), func(tx storage.Tx) error {
		for _, err := range []error{
			storage.PutGroup(tx, org.Group{Contact: from, Commune: "an-phu", Title: "Tổ 5"}),
			storage.Announcements.Put(tx, storage.NewsKey("an-phu", "a1"), a),
			storage.Plans.Put(tx, "1", storage.Plan{Key: "k1", At: at, Order: flows.Order{Kind: flows.OrderNews, Group: from}}),
			storage.Plans.Put(tx, "2", storage.Plan{Key: "k2", At: at, Held: &storage.Message{ID: "m", To: from, Order: &flows.Order{Kind: flows.OrderNews, Group: from}}}),
			storage.Plans.Put(tx, "3", storage.Plan{Key: "k3", At: at, Order: flows.Order{Kind: flows.OrderNews, Group: "telegram:-4"}}),
			storage.MoveGroup(tx, from, to),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(context.Background(), func(tx storage.Tx) error {
		groups, err := storage.GroupsAt(tx, to)
		if err != nil || len(groups) != 1 || groups[0].Title != "Tổ 5" {
			t.Errorf("bound: %+v, %v", groups, err)
		}
		got, _, err := storage.Announcements.Get(tx, storage.NewsKey("an-phu", "a1"))
		if err != nil || got.Targets[1].Group != to || got.Targets[1].Mark() != mark || got.Targets[0].Group != "telegram:-4" {
			t.Errorf("targets: %+v, %v", got.Targets, err)
		}
		for row, want := range map[string]org.ContactID{"1": to, "3": "telegram:-4"} {
			if p, _, err := storage.Plans.Get(tx, row); err != nil || p.Order.Group != want {
				t.Errorf("plan %s: %+v, %v", row, p, err)
			}
		}
		p, _, err := storage.Plans.Get(tx, "2")
		if err != nil || p.Held.To != to || p.Held.Order.Group != to {
			t.Errorf("held: %+v, %v", p.Held, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestResponseOfSomebodyUnknown is counted once and leads to nobody.
func TestResponseOfSomebodyUnknown(t *testing.T) {
	s := storage.NewMem()
	err := s.Update(context.Background(), func(tx storage.Tx) error {
		if err := storage.Meta.Put(tx, "salt", "x"); err != nil {
			return err
		}
		r := org.Response{Commune: "an-phu", Announcement: "a1", Answer: org.Coming}
		for _, from := range []org.ContactID{"telegram:77001", "telegram:77001", "telegram:77002"} {
			if err := storage.PutResponse(tx, r, from); err != nil {
				return err
			}
			r.Answer = org.Busy
		}
		n := 0
		err := tx.Scan(storage.Responses.Bucket, "an-phu/a1/", "", func(key string, raw []byte) error {
			n++
			if row := key + string(raw); strings.Contains(row, "77001") || strings.Contains(row, "77002") {
				t.Errorf("%q leads to somebody", key)
			}
			return nil
		})
		if n != 2 {
			t.Errorf("%d people, want 2", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
