package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
)

// InviteWish says for which posts codes are to be made; what is empty leaves nothing out.
type InviteWish struct {
	Communes []org.CommuneID
	Branches []org.BranchID
	Roles    []org.Role
	// Linked makes codes also for people who are linked already.
	Linked bool
	// Renew makes codes also for people who have one that is still good, and takes that
	// one back.
	Renew bool
}

// Invited is what became of a wish.
type Invited struct {
	Made []NewInvite
	// Standing counts the posts left alone because their holder has a code that is still
	// good, Linked those whose holder is linked already.
	Standing, Linked int
}

// NewInvite is a code just made, with what is needed to hand it over. This is the only
// moment at which the code is known.
type NewInvite struct {
	Invite  org.Invite
	Code    string
	Person  org.Person
	Commune org.Commune
	// Branch is the zero Branch for a chair or vice chair.
	Branch org.Branch

	linked bool
}

var (
	// ErrUnknownCommune is wrapped when a commune is named that is not there.
	ErrUnknownCommune = errors.New("không có trong danh sách xã/phường")
	// ErrUnknownBranch is wrapped when a branch is named that is not there.
	ErrUnknownBranch = errors.New("không có trong danh sách chi hội")
	// ErrNoPosts is returned when nobody holds any post yet.
	ErrNoPosts = errors.New("chưa có ai giữ chức vụ nào: nhập danh sách bằng chihoi import trước")
)

// MakeInvites makes a one-time code for each post that is wished for, good until expires,
// and takes back older unused codes of the same posts, in one transaction. Who has a code
// that is good is left alone unless the wish is to renew it: her sheet may be on its way.
// Posts come in roster order: a commune's chairs, then branch by branch, head before deputy.
func MakeInvites(ctx context.Context, s Store, now, expires time.Time, wish InviteWish) (result Invited, err error) {
	err = s.Update(ctx, func(tx Tx) error {
		result = Invited{}
		list, err := wantedPosts(tx, wish)
		if err != nil {
			return err
		}
		standing, err := standingInvites(tx, now)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(n NewInvite) bool {
			linked := n.linked && !wish.Linked
			stands := standing[n.Invite.Post] && !wish.Renew
			switch {
			case linked:
				result.Linked++
			case stands:
				result.Standing++
			}
			return linked || stands
		})
		if len(list) == 0 {
			return nil
		}
		posts := map[org.Post]bool{}
		for _, n := range list {
			posts[seatOf(n.Invite.Post)] = true
		}
		if err := revokeInvites(tx, func(i org.Invite) bool { return posts[seatOf(i.Post)] }); err != nil {
			return err
		}
		for i := range list {
			if err := putInvite(tx, &list[i], now, expires); err != nil {
				return err
			}
		}
		result.Made = list
		return putOperatorAudit(tx, AuditRow{At: now, What: "invite", Unit: onlyUnit(wish),
			Detail: fmt.Sprintf("codes=%d", len(list))})
	})
	return result, err
}

// standingInvites are the posts, each with its holder, that a code is good for.
func standingInvites(tx Tx, now time.Time) (map[org.Post]bool, error) {
	standing := map[org.Post]bool{}
	err := Invites.Scan(tx, "", "", func(_ string, i org.Invite) error {
		if !i.Revoked && i.UsedAt.IsZero() && !now.After(i.Expires) {
			standing[i.Post] = true
		}
		return nil
	})
	return standing, err
}

// seatOf is what a new code takes the place of: the post whoever held it where only one
// can hold it, one person's post where there may be several.
func seatOf(p org.Post) org.Post {
	if p.Role == org.Head || p.Role == org.Chair {
		p.Person = ""
	}
	return p
}

func onlyUnit(w InviteWish) string {
	switch {
	case len(w.Branches) == 1:
		return string(w.Branches[0])
	case len(w.Branches) == 0 && len(w.Communes) == 1:
		return string(w.Communes[0])
	}
	return ""
}

// putInvite draws a code that no kept invite has and keeps its hash.
func putInvite(tx Tx, n *NewInvite, now, expires time.Time) error {
	for {
		code := NewCode()
		hash, err := InviteHash(tx, code)
		if err != nil {
			return err
		}
		if _, taken, err := Invites.Get(tx, hash); err != nil {
			return err
		} else if taken {
			continue
		}
		n.Code = code
		n.Invite.Hash, n.Invite.Made, n.Invite.Expires = hash, now, expires
		return Invites.Put(tx, hash, n.Invite)
	}
}

// revokeInvites takes back the unused codes that match. Codes of posts are not indexed:
// they are made by hand, a few times a year, and reading all of them is quick.
func revokeInvites(tx Tx, match func(org.Invite) bool) error {
	var old []org.Invite
	err := Invites.Scan(tx, "", "", func(_ string, i org.Invite) error {
		if !i.Revoked && i.UsedAt.IsZero() && match(i) {
			old = append(old, i)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, i := range old {
		i.Revoked = true
		if err := Invites.Put(tx, i.Hash, i); err != nil {
			return err
		}
	}
	return nil
}

// wantedPosts lists the posts of a wish, each with its people and units.
func wantedPosts(tx Tx, wish InviteWish) (list []NewInvite, err error) {
	communes, err := wantedCommunes(tx, wish)
	if err != nil {
		return nil, err
	}
	held := false
	for _, c := range communes {
		branches, err := branchesOf(tx, c.ID)
		if err != nil {
			return nil, err
		}
		units := append([]org.Branch{{}}, branches...)
		for _, b := range units {
			unit := string(b.ID)
			if unit == "" {
				unit = string(c.ID)
			}
			posts, err := Posts.All(tx, unit+"#")
			if err != nil {
				return nil, err
			}
			held = held || len(posts) > 0
			slices.SortStableFunc(posts, func(a, b org.Post) int { return rank(a.Role) - rank(b.Role) })
			for _, p := range posts {
				n, ok, err := wanted(tx, wish, NewInvite{Commune: c, Branch: b, Invite: org.Invite{Post: p, Person: p.Person}})
				if err != nil {
					return nil, err
				}
				if ok {
					list = append(list, n)
				}
			}
		}
	}
	if !held {
		return nil, ErrNoPosts
	}
	return list, nil
}

// wanted reports whether one post is wished for, and fills in who holds it.
func wanted(tx Tx, wish InviteWish, n NewInvite) (NewInvite, bool, error) {
	if len(wish.Branches) > 0 && !slices.Contains(wish.Branches, n.Branch.ID) {
		return n, false, nil
	}
	if len(wish.Roles) > 0 && !slices.Contains(wish.Roles, n.Invite.Post.Role) {
		return n, false, nil
	}
	if n.Branch.ClosedFrom != "" {
		return n, false, nil
	}
	person, ok, err := People.Get(tx, string(n.Invite.Person))
	if err != nil || !ok || !person.Known() {
		return n, false, err
	}
	n.Person = person.Person
	n.linked = len(person.Contacts) > 0
	return n, true, nil
}

// wantedCommunes lists the communes of a wish and checks that what it names is there.
func wantedCommunes(tx Tx, wish InviteWish) ([]org.Commune, error) {
	ids := slices.Clone(wish.Communes)
	for _, b := range wish.Branches {
		if _, ok, err := Branches.Get(tx, string(b)); err != nil {
			return nil, err
		} else if !ok {
			return nil, fmt.Errorf("%q %w (mã có dạng an-phu/1)", b, ErrUnknownBranch)
		}
		if len(wish.Communes) > 0 && !slices.Contains(wish.Communes, b.Commune()) {
			return nil, fmt.Errorf("%q %w của xã/phường đã chọn", b, ErrUnknownBranch)
		}
		if !slices.Contains(ids, b.Commune()) {
			ids = append(ids, b.Commune())
		}
	}
	all, err := Communes.All(tx, "")
	if err != nil {
		return nil, err
	}
	for _, id := range wish.Communes {
		if !slices.ContainsFunc(all, func(c org.Commune) bool { return c.ID == id }) {
			return nil, UnknownCommune(all, string(id))
		}
	}
	if len(ids) == 0 {
		return all, nil
	}
	return slices.DeleteFunc(all, func(c org.Commune) bool { return !slices.Contains(ids, c.ID) }), nil
}

// UnknownCommune is the error for a commune that is not among all; it names some that are.
func UnknownCommune(all []org.Commune, id string) error {
	var have []string
	for _, c := range all[:min(len(all), 12)] {
		have = append(have, string(c.ID))
	}
	if len(all) > len(have) {
		have = append(have, "…")
	}
	if len(have) == 0 {
		have = append(have, "chưa có xã/phường nào")
	}
	return fmt.Errorf("%q %w (%s)", id, ErrUnknownCommune, strings.Join(have, ", "))
}

// rank orders the posts of one unit.
func rank(r org.Role) int {
	return slices.Index([]org.Role{org.Chair, org.ViceChair, org.Head, org.Deputy}, r)
}
