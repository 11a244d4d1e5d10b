package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"chihoi/flows/org"
	"chihoi/storage"
)

// An officer is appointed with a code, keeps one post however often, and is dismissed.
func TestOfficer(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.write("ds.csv", rosterCSV), "--apply")
	officer := func(args ...string) (int, string) {
		var out, errs bytes.Buffer
		code := run(append([]string{"officer", "--store=bolt:" + d.path("chihoi.db")}, args...), &out, &errs)
		return code, out.String() + errs.String()
	}
	posts := func() (list []org.Post) {
		d.view(func(tx storage.Tx) (err error) {
			list, err = storage.Posts.All(tx, org.Province+"#")
			return err
		})
		return list
	}
	if code, said := officer("0988000111"); code == 0 || !strings.Contains(said, "--name") || len(posts()) != 0 {
		t.Errorf("nobody has that phone: exit %d, %s", code, said)
	}
	for range 2 {
		if code, said := officer("0988 000 111", "--name", "Lê Thị Nga"); code != 0 || !regexp.MustCompile(`Mã: \d{8} `).MatchString(said) {
			t.Errorf("exit %d, %s", code, said)
		}
	}
	good := 0
	d.view(func(tx storage.Tx) error {
		return storage.Invites.Scan(tx, "", "", func(_ string, i org.Invite) error {
			if i.Post.Role == org.ProvinceOfficer && !i.Revoked {
				good++
			}
			return nil
		})
	})
	if len(posts()) != 1 || good != 1 {
		t.Errorf("%d posts, %d good codes, want one of each", len(posts()), good)
	}
	if code, said := officer("0988000111", "--remove"); code != 0 || len(posts()) != 0 {
		t.Errorf("exit %d, %s, %d posts", code, said, len(posts()))
	}
	if code, said := officer("0988000111", "--remove"); code == 0 || !strings.Contains(said, "không phải cán bộ tỉnh") {
		t.Errorf("twice: exit %d, %s", code, said)
	}
}
