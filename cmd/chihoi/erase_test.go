package main

import (
	"bytes"
	"strings"
	"testing"

	"chihoi/storage"
)

// Nothing goes without --apply; with it she is nowhere, and that it was done is in the audit.
func TestErase(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.write("ds.csv", rosterCSV), "--apply")
	d.must("invite")
	erase := func(args ...string) (int, string, string) {
		var out, errs bytes.Buffer
		code := run(append([]string{"erase", "--store=bolt:" + d.path("chihoi.db")}, args...), &out, &errs)
		return code, out.String(), errs.String()
	}
	documented := 0
	count := func() (people, codes, noted int) {
		d.view(func(tx storage.Tx) error {
			p, err := storage.People.All(tx, "")
			if err != nil {
				return err
			}
			i, err := storage.Invites.All(tx, "")
			if err != nil {
				return err
			}
			audits, err := storage.Audits.All(tx, "")
			for _, a := range audits {
				if a.What == "erase" && a.By.Erased() && a.Detail == "CV 12/HPN ngày 20/11/2026" {
					documented++
				}
				if a.What == "erased" && a.By.Erased() {
					noted++
				}
			}
			people, codes = len(p), len(i)
			return err
		})
		return people, codes, noted
	}
	if code, out, errs := erase("0912 345 672"); code != 0 || !strings.Contains(out, "Lê Thị Cúc") || !strings.Contains(out, "--apply") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	if p, i, n := count(); p != 4 || i != 5 || n != 0 {
		t.Errorf("looking on changed something: %d people, %d codes, %d audit rows", p, i, n)
	}
	for note, want := range map[string]string{"theo don cua le thi cuc": "--note: đừng ghi tên", "goi 0912 345 672": "--note: đừng ghi số", strings.Repeat("a", 201): "--note: dài quá 200"} {
		if code, _, errs := erase("0912345672", "--apply", "--note="+note); code == 0 || !strings.Contains(errs, want) {
			t.Errorf("%s: exit %d: %s", note, code, errs)
		}
	}
	if code, _, errs := erase("0912345672", "--apply", "--note=CV 12/HPN ngày 20/11/2026"); code != 0 {
		t.Errorf("exit %d: %s", code, errs)
	}
	if p, i, n := count(); p != 3 || i != 4 || n != 1 {
		t.Errorf("erased: %d people, %d codes, %d audit rows", p, i, n)
	}
	if documented != 1 {
		t.Errorf("the note is in %d rows of the audit", documented)
	}
	for arg, want := range map[string]string{"0912345672": "số-điện-thoại: không có ai có số", "12": "số-điện-thoại: "} {
		if code, _, errs := erase(arg, "--apply"); code == 0 || !strings.Contains(errs, want) {
			t.Errorf("%s: exit %d: %s", arg, code, errs)
		}
	}
}
