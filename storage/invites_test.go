package storage_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chihoi/flows/org"
	"chihoi/storage"
)

func invite(t *testing.T, s storage.Store, now time.Time, wish storage.InviteWish) []storage.NewInvite {
	t.Helper()
	made, err := storage.MakeInvites(context.Background(), s, now, now.AddDate(0, 0, 30), wish)
	if err != nil {
		t.Fatal(err)
	}
	return made.Made
}

// stored finds the invite of a code.
func stored(t *testing.T, s storage.Store, code string) (i org.Invite) {
	t.Helper()
	read(t, s, func(tx storage.Tx) error {
		hash, err := storage.InviteHash(tx, code)
		if err != nil {
			return err
		}
		var ok bool
		if i, ok, err = storage.Invites.Get(tx, hash); !ok {
			t.Errorf("code is not kept: %v", err)
		}
		return err
	})
	return i
}

func TestMakeInvites(t *testing.T) {
	s := storage.NewMem()
	apply(t, s, anPhu...)
	made := invite(t, s, nov, storage.InviteWish{})
	var got []string
	codes := map[string]bool{}
	for _, n := range made {
		got = append(got, fmt.Sprintf("%s %s %s %s", n.Commune.ID, n.Branch.ID, n.Invite.Post.Role, n.Person.Name))
		codes[n.Code] = true
		kept := stored(t, s, n.Code)
		if !regexp.MustCompile(`^[0-9]{8}$`).MatchString(n.Code) || kept.Person != n.Person.ID || kept.Post != n.Invite.Post ||
			!kept.Made.Equal(nov) || !kept.Expires.Equal(nov.AddDate(0, 0, 30)) {
			t.Errorf("code %s kept as %+v", n.Code, kept)
		}
	}
	want := []string{
		"an-phu  chair Phạm Thị Hoa", "an-phu an-phu/1 head Nguyễn Thị Lan", "an-phu an-phu/1 deputy Lê Thị Cúc",
		"an-phu an-phu/2 head Trần Thị Minh", "tan-an tan-an/1 head Ngô Thị Na",
	}
	if !slices.Equal(got, want) || len(codes) != len(want) {
		t.Errorf("made:\n%s", strings.Join(got, "\n"))
	}
	for _, row := range dump(t, s) {
		for code := range codes {
			if strings.Contains(row, code) {
				t.Errorf("code %s is kept in the open: %s", code, row)
			}
		}
	}
}

func TestMakeInvitesWish(t *testing.T) {
	s := storage.NewMem()
	apply(t, s, append(anPhu, "Xã Tân An||Thôn 2|khuyết|")...)
	na := personWith(t, s, "0912345676")
	link(t, s, na.ID)
	tests := []struct {
		name string
		wish storage.InviteWish
		want int
		err  error
		text string
	}{
		{"all not linked", storage.InviteWish{}, 4, nil, ""},
		{"linked too", storage.InviteWish{Linked: true, Renew: true}, 5, nil, ""},
		{"commune", storage.InviteWish{Communes: []org.CommuneID{"an-phu"}}, 4, nil, ""},
		{"commune all linked", storage.InviteWish{Communes: []org.CommuneID{"tan-an"}}, 0, nil, ""},
		{"branch", storage.InviteWish{Branches: []org.BranchID{"an-phu/1"}}, 2, nil, ""},
		{"branch and role", storage.InviteWish{Branches: []org.BranchID{"an-phu/1"}, Roles: []org.Role{org.Deputy}}, 1, nil, ""},
		{"roles", storage.InviteWish{Roles: []org.Role{org.Head, org.Chair}}, 3, nil, ""},
		{"unknown commune", storage.InviteWish{Communes: []org.CommuneID{"x"}}, 0, storage.ErrUnknownCommune, `"x" không có trong danh sách xã/phường (an-phu, tan-an)`},
		{"unknown branch", storage.InviteWish{Branches: []org.BranchID{"an-phu/9"}}, 0, storage.ErrUnknownBranch, `"an-phu/9" không có trong danh sách chi hội`},
		{"branch of another", storage.InviteWish{Communes: []org.CommuneID{"tan-an"}, Branches: []org.BranchID{"an-phu/1"}}, 0, storage.ErrUnknownBranch, "xã/phường đã chọn"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.wish.Renew = true // each wish by itself
			made, err := storage.MakeInvites(context.Background(), s, nov, nov.AddDate(0, 0, 30), tt.wish)
			if len(made.Made) != tt.want || !errors.Is(err, tt.err) || err != nil && !strings.Contains(err.Error(), tt.text) {
				t.Errorf("%d codes, %v; want %d, %v", len(made.Made), err, tt.want, tt.err)
			}
		})
	}
	_, err := storage.MakeInvites(context.Background(), storage.NewMem(), nov, nov, storage.InviteWish{})
	if !errors.Is(err, storage.ErrNoPosts) {
		t.Errorf("empty store: %v", err)
	}
}

func link(t *testing.T, s storage.Store, p org.PersonID) {
	t.Helper()
	if err := s.Update(context.Background(), func(tx storage.Tx) error {
		return storage.PutContact(tx, org.Contact{ID: "telegram:1", Person: p, LinkedAt: nov})
	}); err != nil {
		t.Fatal(err)
	}
}

// Made again, codes are left to those who have one that is good, until it has expired;
// whoever came in between gets hers.
func TestMakeInvitesAgain(t *testing.T) {
	s := storage.NewMem()
	apply(t, s, anPhu...)
	first := invite(t, s, nov, storage.InviteWish{})
	link(t, s, personWith(t, s, "0912345676").ID)
	apply(t, s, "Xã Tân An||Thôn 5|Bùi Thị Mai|0912345679")
	ctx := context.Background()
	made, err := storage.MakeInvites(ctx, s, nov.AddDate(0, 0, 30), nov.AddDate(0, 0, 60), storage.InviteWish{})
	if err != nil || len(made.Made) != 1 || made.Made[0].Person.Name != "Bùi Thị Mai" || made.Standing != 4 || made.Linked != 1 {
		t.Errorf("again: %+v, %v", made, err)
	}
	for _, n := range first {
		if i := stored(t, s, n.Code); i.Revoked {
			t.Errorf("the code of %s is out of use", n.Person.Name)
		}
	}
	late := nov.AddDate(0, 0, 30).Add(time.Second)
	made, err = storage.MakeInvites(ctx, s, late, late.AddDate(0, 0, 30), storage.InviteWish{})
	if err != nil || len(made.Made) != 4 || made.Standing != 1 || made.Linked != 1 {
		t.Errorf("expired: %+v, %v", made, err)
	}
}

// A new code takes the older unused one of its post out of use, and no other.
func TestMakeInvitesRevokes(t *testing.T) {
	s := storage.NewMem()
	apply(t, s, append(anPhu, "Xã An Phú|Phó Chủ tịch||Võ Thị Sáu|0912345675", "Xã An Phú|Phó Chủ tịch||Bùi Thị Mai|0912345679")...)
	first := invite(t, s, nov, storage.InviteWish{})
	used := stored(t, s, first[0].Code) // the chair has used hers
	used.UsedBy, used.UsedAt = "telegram:1", nov
	if err := s.Update(context.Background(), func(tx storage.Tx) error {
		return storage.Invites.Put(tx, used.Hash, used)
	}); err != nil {
		t.Fatal(err)
	}
	link(t, s, personWith(t, s, "0912345675").ID)
	second := invite(t, s, nov.AddDate(0, 0, 1), storage.InviteWish{Communes: []org.CommuneID{"an-phu"}, Roles: []org.Role{org.Chair, org.ViceChair, org.Head}, Renew: true})
	renewed := map[org.PersonID]bool{}
	for _, n := range second {
		renewed[n.Person.ID] = true
		if i := stored(t, s, n.Code); i.Revoked || !i.Expires.Equal(nov.AddDate(0, 0, 31)) {
			t.Errorf("new code of %s: %+v", n.Person.Name, i)
		}
	}
	if len(second) != 4 {
		t.Errorf("%d new codes, want chair, the vice chair not linked and two heads", len(second))
	}
	for n, old := range first {
		i := stored(t, s, old.Code)
		if want := renewed[old.Person.ID] && n > 0; i.Revoked != want {
			t.Errorf("old code of %s (%s): revoked %v, want %v", old.Person.Name, i.Post.Role, i.Revoked, want)
		}
	}
}
