package storage_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/roster"
	"chihoi/storage"
)

var (
	ict = time.FixedZone("ICT", 7*3600)
	nov = time.Date(2026, 11, 22, 15, 30, 0, 0, ict)
)

// rosterOf reads a table written with "|" between cells.
func rosterOf(t *testing.T, rows ...string) roster.Roster {
	t.Helper()
	table := roster.Table{}
	for i, r := range append([]string{"Xã|Chức vụ|Chi hội|Họ tên|SĐT|Chi hội phó|SĐT chi hội phó"}, rows...) {
		table.Rows = append(table.Rows, roster.Row{Line: i + 1, Cells: strings.Split(r, "|")})
	}
	r, mistakes := roster.Parse([]roster.Table{table})
	for _, m := range mistakes {
		t.Fatal(m)
	}
	return r
}

var anPhu = []string{
	"Xã An Phú|Chủ tịch||Phạm Thị Hoa|0912345674",
	"Xã An Phú||Thôn Đông|Nguyễn Thị Lan|0912345671|Lê Thị Cúc|0912345672",
	"Xã An Phú||Thôn Tây|Trần Thị Minh|0912345673",
	"Xã Tân An||Thôn 1|Ngô Thị Na|0912345676",
}

func apply(t *testing.T, s storage.Store, rows ...string) roster.Plan {
	t.Helper()
	plan, err := storage.ApplyRoster(context.Background(), s, nov, rosterOf(t, rows...))
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// dump lists everything a store holds but the salt, to tell whether it changed.
func dump(t *testing.T, s storage.Store) (all []string) {
	t.Helper()
	err := s.View(context.Background(), func(tx storage.Tx) error {
		for _, bucket := range []string{"communes", "branches", "people", "posts", "posts_of", "phones", "invites", "audit"} {
			if err := tx.Scan(bucket, "", "", func(key string, value []byte) error {
				all = append(all, bucket+" "+key+" "+string(value))
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
	return all
}

// read runs fn in a View and fails the test on its error.
func read(t *testing.T, s storage.Store, fn func(storage.Tx) error) {
	t.Helper()
	if err := s.View(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// personWith is the person of a phone.
func personWith(t *testing.T, s storage.Store, phone string) (p org.Person) {
	t.Helper()
	read(t, s, func(tx storage.Tx) error {
		id, ok, err := storage.Phones.Get(tx, phone)
		if err != nil || !ok {
			t.Fatalf("no person with %s: %v", phone, err)
		}
		row, _, err := storage.People.Get(tx, string(id))
		p = row.Person
		return err
	})
	return p
}

func TestApplyRoster(t *testing.T) {
	s := storage.NewMem()
	preview, err := storage.PreviewRoster(context.Background(), s, rosterOf(t, anPhu...))
	if err != nil || len(preview.Changes) == 0 || len(dump(t, s)) != 0 {
		t.Fatalf("preview: %v, %d changes, store %q", err, len(preview.Changes), dump(t, s))
	}
	apply(t, s, anPhu...)
	lan := personWith(t, s, "0912345671")
	read(t, s, func(tx storage.Tx) error {
		row, _, err := storage.People.Get(tx, string(lan.ID))
		if want := []org.Post{{Role: org.Head, Unit: "an-phu/1", Person: lan.ID}}; !slices.Equal(row.Posts, want) {
			t.Errorf("posts of Lan %+v", row.Posts)
		}
		rows, err2 := storage.Audits.All(tx, "")
		if len(rows) != 1 || rows[0].What != "import" || rows[0].Detail != "communes=2 branches=3 people=5 posts_given=5 posts_taken=0" {
			t.Errorf("audit %+v", rows)
		}
		return errors.Join(err, err2)
	})
	before := dump(t, s)
	if plan := apply(t, s, anPhu...); !plan.Empty() {
		t.Errorf("again changes %+v", plan.Changes)
	}
	if !slices.Equal(before, dump(t, s)) {
		t.Error("applying again wrote something")
	}
}

// A new head takes the post, and codes made for the old one open nothing any more.
func TestApplyRosterNewHead(t *testing.T) {
	s := storage.NewMem()
	apply(t, s, anPhu...)
	made := invite(t, s, nov, storage.InviteWish{})
	lan := personWith(t, s, "0912345671")
	plan := apply(t, s, "Xã An Phú||Thôn Đông|Bùi Thị Mai|0912345679")
	mai := personWith(t, s, "0912345679")
	if len(plan.Gained) != 1 || plan.Gained[0].Person != mai.ID || len(plan.Lost) != 1 || plan.Lost[0].Person != lan.ID {
		t.Errorf("gained %+v lost %+v", plan.Gained, plan.Lost)
	}
	read(t, s, func(tx storage.Tx) error {
		posts, err := storage.Posts.All(tx, "an-phu/1#head#")
		if len(posts) != 1 || posts[0].Person != mai.ID {
			t.Errorf("heads %+v", posts)
		}
		return err
	})
	for _, n := range made {
		if got, want := stored(t, s, n.Code).Revoked, n.Person.ID == lan.ID; got != want {
			t.Errorf("%s: code revoked %v, want %v", n.Person.Name, got, want)
		}
	}
}

// A new phone of the same head moves the index of phones with it.
func TestApplyRosterNewPhone(t *testing.T) {
	s := storage.NewMem()
	apply(t, s, anPhu...)
	lan := personWith(t, s, "0912345671")
	apply(t, s, "Xã An Phú||Thôn Đông|Nguyễn Thị Lan|0987654321")
	if again := personWith(t, s, "0987654321"); again.ID != lan.ID {
		t.Errorf("became another person: %+v", again)
	}
	read(t, s, func(tx storage.Tx) error {
		_, ok, err := storage.Phones.Get(tx, "0912345671")
		if ok {
			t.Error("the old phone still finds her")
		}
		return err
	})
}

// failing is a store whose n-th write of a transaction fails.
type failing struct {
	storage.Store
	at int
}

type failingTx struct {
	storage.Tx
	left *int
}

var errDisk = errors.New("disk full")

func (s failing) Update(ctx context.Context, fn func(storage.Tx) error) error {
	return s.Store.Update(ctx, func(tx storage.Tx) error {
		left := s.at
		return fn(failingTx{tx, &left})
	})
}

func (t failingTx) Put(bucket, key string, value []byte) error {
	if *t.left--; *t.left < 0 {
		return errDisk
	}
	return t.Tx.Put(bucket, key, value)
}

// Whichever write fails, nothing of the roster is kept.
func TestApplyRosterAllOrNothing(t *testing.T) {
	mem := storage.NewMem()
	apply(t, mem, anPhu...)
	before := dump(t, mem)
	r := rosterOf(t, append(anPhu, "Xã An Phú||Thôn Nam|Bùi Thị Mai|0912345679", "Xã Mới|Chủ tịch||Võ Thị Sáu|0912345675")...)
	r.NewCommunes = []string{"Xã Mới"} // without branches yet
	for at := range 100 {
		_, err := storage.ApplyRoster(context.Background(), failing{mem, at}, nov, r)
		if err == nil {
			if at < 8 {
				t.Errorf("only %d writes", at)
			}
			return
		}
		if !errors.Is(err, errDisk) || !slices.Equal(before, dump(t, mem)) {
			t.Fatalf("write %d: %v; store changed", at, err)
		}
	}
	t.Error("never got through")
}

// A transaction that the store runs twice imports once.
func TestApplyRosterRunTwice(t *testing.T) {
	s := storage.NewMem()
	plan, err := storage.ApplyRoster(context.Background(), twice{s}, nov, rosterOf(t, anPhu...))
	if err != nil || len(plan.Communes) != 2 {
		t.Fatalf("%v, %+v", err, plan.Communes)
	}
	if made, err := storage.MakeInvites(context.Background(), twice{s}, nov, nov.AddDate(0, 0, 30), storage.InviteWish{}); err != nil || len(made.Made) != 5 {
		t.Fatalf("%d codes, %v", len(made.Made), err)
	}
	read(t, s, func(tx storage.Tx) error {
		people, err := storage.People.All(tx, "")
		codes, err2 := storage.Invites.All(tx, "")
		if len(people) != 5 || len(codes) != 5 {
			t.Errorf("%d people, %d codes", len(people), len(codes))
		}
		return errors.Join(err, err2)
	})
}

var errAgain = errors.New("again")

// twice runs each Update's function once in vain, as a store may.
type twice struct{ storage.Store }

func (s twice) Update(ctx context.Context, fn func(storage.Tx) error) error {
	err := s.Store.Update(ctx, func(tx storage.Tx) error { return errors.Join(fn(tx), errAgain) })
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Store.Update(ctx, fn)
}
