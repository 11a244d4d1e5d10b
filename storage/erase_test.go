package storage_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/storagetest"
)

// everywhere puts a person with traces in every table that can hold one.
func everywhere(t *testing.T, s storage.Store, id org.PersonID, chat org.ContactID, months int) {
	t.Helper()
	err := s.Update(t.Context(), func(tx storage.Tx) error {
		branch := org.BranchID("an-phu/1")
		post := org.Post{Role: org.Head, Unit: string(branch), Person: id}
		must := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		must(storage.PutPerson(tx, org.Person{ID: id, Name: "Nguyễn Xuân Lan", Phone: "0912345678"}))
		must(storage.PutPost(tx, post))
		must(storage.PutContact(tx, org.Contact{ID: chat, Person: id, LinkedAt: nov}))
		must(storage.PutConsent(tx, org.Consent{Person: id, Notice: "2026-11", At: nov, Channel: "telegram", Raw: "Xuân Lan đồng ý"}))
		must(storage.Talks.Put(tx, string(id), flows.Talk{Misses: 1, Given: "0912345678"}))
		must(storage.Invites.Put(tx, "hash", org.Invite{Hash: "hash", Person: id, Post: post, UsedBy: chat}))
		answers := org.Answers{"q7_joined": {Value: "2", By: id}, "q8_left": {Value: "0", By: "thu"}}
		trail := []org.Change{{Question: "q7_joined", Before: "1", After: "2", By: id}}
		for m := range months {
			month := org.Month("2026-01").Add(m)
			must(storage.CheckIns.Put(tx, storage.CheckInKey(branch, month, 1), org.CheckIn{Branch: branch, Month: month, Revision: 1, By: id, Answers: answers, Trail: trail, End: 118}))
		}
		_, err := storage.PutDraft(tx, flows.Draft{Branch: branch, Month: "2026-12", Answers: answers, Trail: trail,
			Seats: map[org.PersonID]flows.Seat{id: {Open: "q8_left", PromptAt: chat}, "thu": {Open: "q2_pioneers"}}}, "row")
		must(err)
		must(storage.Requests.Put(tx, "an-phu/1", org.Request{ID: "1", Branch: branch, By: id, Kind: org.Support, Text: "Xuân Lan cần vốn", State: "new"}))
		must(storage.Requests.Put(tx, "an-phu/2", org.Request{ID: "2", Branch: branch, By: "thu", Text: "của chị Thu", State: "seen", SeenBy: id, Steps: []org.RequestStep{{State: "seen", By: id}}}))
		news := org.Announcement{ID: "a1", Commune: "an-phu", State: org.Released, By: id, Last: id, Sender: id, Named: id, Text: "khen chị Xuân Lan", Sent: nov,
			Targets: []org.Target{{Branch: branch, Person: id}}}
		must(storage.Announcements.Put(tx, "an-phu/a1", news))
		must(storage.PutResponse(tx, org.Response{Commune: "an-phu", Announcement: "a1", Person: id, Answer: org.Noted}, chat))
		must(storage.Namings.Put(tx, "an-phu/a1", org.Naming{Commune: "an-phu", Announcement: "a1", Person: id, Text: news.Text, Raw: "Xuân Lan đồng ý", Agreed: true}))
		must(storage.Notices.Put(tx, "an-phu/1/x", org.Notice{Branch: branch, By: id}))
		must(storage.Audits.Put(tx, "1", storage.AuditRow{What: "submit", By: id, Unit: string(branch)}))
		must(storage.Outbox.Put(tx, "m1", storage.Message{ID: "m1", To: chat, Lane: storage.LaneBulk}))
		must(storage.Plans.Put(tx, "p", storage.Plan{Key: "k", Order: flows.Order{Person: id}}))
		must(storage.Sent.Put(tx, "m0", storage.Receipt{To: chat, Network: "1"}))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// holders lists the rows that hold a text.
func holders(t *testing.T, s storage.Store, text string) (rows []string) {
	t.Helper()
	err := s.View(t.Context(), func(tx storage.Tx) error {
		for _, bucket := range storage.Buckets() {
			if err := tx.Scan(bucket, "", "", func(key string, raw []byte) error {
				if strings.Contains(key, text) || bytes.Contains(raw, []byte(text)) {
					rows = append(rows, bucket+" "+key)
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestErasureLeavesFiguresAndNobody(t *testing.T) {
	s := storage.NewMem()
	everywhere(t, s, "p-xuanlan", "telegram:4711", 12)
	if err := s.Update(t.Context(), func(tx storage.Tx) error { return storage.BeginErasure(tx, nov, "p-xuanlan") }); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"0912345678"} { // gone before anything else happens
		if rows := holders(t, s, text); rows != nil {
			t.Errorf("%q is still in %v", text, rows)
		}
	}
	eraseAll(t, s, 7)
	for _, text := range []string{"p-xuanlan", "telegram:4711", "Xuân", "0912345678"} {
		if rows := holders(t, s, text); rows != nil {
			t.Errorf("%q is still in %v", text, rows)
		}
	}
	err := s.View(t.Context(), func(tx storage.Tx) error {
		c, _, err := storage.LatestCheckIn(tx, "an-phu/1", "2026-12")
		if err != nil {
			return err
		}
		if c.End != 118 || c.Answers["q7_joined"].Value != "2" || !c.Answers["q7_joined"].By.Erased() || !c.By.Erased() || c.Answers["q8_left"].By != "thu" {
			t.Errorf("the report now reads %+v", c)
		}
		d, _, err := storagetest.Draft(tx, "an-phu/1", "2026-12")
		if len(d.Seats) != 1 || len(d.Answers) != 2 {
			t.Errorf("the draft now reads %+v", d)
		}
		list, _ := storage.Requests.All(tx, "")
		if len(list) != 2 || list[0].Text != "" || list[0].Kind != org.Support || list[1].Text != "của chị Thu" {
			t.Errorf("requests now read %+v", list)
		}
		consents, _ := storage.Consents.All(tx, "")
		if len(consents) != 1 || consents[0].Raw != "" || consents[0].Notice != "2026-11" || consents[0].Person != c.By {
			t.Errorf("consents now read %+v", consents)
		}
		posts, _ := storage.Posts.All(tx, "")
		if len(posts) != 0 {
			t.Errorf("posts not vacant: %v", posts)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// eraseAll goes on in small pieces to the end, and checks that each was small.
func eraseAll(t *testing.T, s storage.Store, rows int) {
	t.Helper()
	for range 1000 {
		left, err := storage.EraseSome(context.Background(), s, nov, rows)
		if err != nil {
			t.Fatal(err)
		}
		if left == 0 {
			return
		}
	}
	t.Fatal("erasing does not end")
}

func TestErasureFindsRowsCopiedBehindIt(t *testing.T) {
	s := storage.NewMem()
	everywhere(t, s, "p-xuanlan", "telegram:4711", 3)
	if err := s.Update(t.Context(), func(tx storage.Tx) error { return storage.BeginErasure(tx, nov, "p-xuanlan") }); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.EraseSome(t.Context(), s, nov, 2); err != nil { // the drafts are done
		t.Fatal(err)
	}
	err := s.Update(t.Context(), func(tx storage.Tx) error { // a correction begins with a report not yet looked at
		c, _, err := storage.LatestCheckIn(tx, "an-phu/1", "2026-03")
		if err != nil {
			return err
		}
		if c.By != "p-xuanlan" {
			t.Fatal("looked at too early to show anything")
		}
		_, err = storage.PutDraft(tx, flows.Draft{Branch: "an-phu/1", Month: "2026-03", Answers: c.Answers, Trail: c.Trail}, "late")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	eraseAll(t, s, 50)
	if rows := holders(t, s, "p-xuanlan"); rows != nil {
		t.Errorf("still in %v", rows)
	}
}

func TestErasuresOfSeveral(t *testing.T) {
	s := storage.NewMem()
	for i := range 3 {
		everywhere(t, s, org.PersonID(fmt.Sprintf("p-xuanlan%d", i)), org.ContactID(fmt.Sprintf("telegram:471%d", i)), 2)
		if err := s.Update(t.Context(), func(tx storage.Tx) error {
			return storage.BeginErasure(tx, nov, org.PersonID(fmt.Sprintf("p-xuanlan%d", i)))
		}); err != nil {
			t.Fatal(err)
		}
	}
	eraseAll(t, s, 10)
	if rows := holders(t, s, "p-xuanlan"); rows != nil {
		t.Errorf("still in %v", rows)
	}
	if rows := holders(t, s, "erased"); len(rows) != 3 {
		t.Errorf("noted in the audit: %v, want three rows", rows)
	}
}

func TestBucketsNamesEveryTable(t *testing.T) {
	src, err := os.ReadFile("tables.go")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, m := range regexp.MustCompile(`= Table\[.+\]\{"(\w+)"\}`).FindAllStringSubmatch(string(src), -1) {
		want = append(want, m[1])
	}
	got := storage.Buckets()
	slices.Sort(got)
	slices.Sort(want)
	if len(want) < 20 || !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
