package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chihoi/flows/org"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

// exportStore is a store with a commune that has a report, and another commune if several.
func exportStore(t *testing.T, several bool) string {
	t.Helper()
	t.Chdir(t.TempDir())
	s, err := bolt.Open("chihoi.db", bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(storage.Migrate(s))
	must(s.Update(t.Context(), func(tx storage.Tx) error {
		must(storage.Communes.Put(tx, "an-phu", org.Commune{ID: "an-phu", Name: "Xã An Phú"}))
		if several {
			must(storage.Communes.Put(tx, "binh", org.Commune{ID: "binh", Name: "Xã Bình"}))
		}
		must(storage.Branches.Put(tx, "an-phu/1", org.Branch{ID: "an-phu/1", Name: "Chi hội thôn Đông"}))
		at := org.Month("2026-11").First(time.FixedZone("+07", 7*3600)).AddDate(0, 0, 24)
		must(storage.Periods.Put(tx, "an-phu/2026-11", org.Period{Commune: "an-phu", Month: "2026-11", Opens: at, Due: at.AddDate(0, 0, 9), Locks: at.AddDate(0, 0, 26), Expected: []org.BranchID{"an-phu/1"}}))
		return storage.PutCheckIn(tx, org.CheckIn{Branch: "an-phu/1", Month: "2026-11", Revision: 1, SentAt: at, Start: 118, End: 120,
			Answers: org.Answers{"q1_activity": {Value: "yes"}, "q7_joined": {Value: "2"}, "q8_left": {Value: "0"}}})
	}))
	must(s.Close())
	return "bolt:chihoi.db"
}

func chihoi(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(args, &o, &e)
	return code, o.String(), e.String()
}

func TestExportWritesEachKind(t *testing.T) {
	store := exportStore(t, false)
	for name, begins := range map[string]string{"a.xlsx": "PK", "a.docx": "PK", "a.png": "\x89PNG", "a.csv": "\ufeffma_xa,", "a.json": "{"} {
		code, out, errs := chihoi("--store", store, "export", "2026-11", "-o", name)
		raw, err := os.ReadFile(name)
		if code != 0 || err != nil || !bytes.HasPrefix(raw, []byte(begins)) || !strings.Contains(out, name) {
			t.Errorf("%s: code %d, %v, %q, %q", name, code, err, out, errs)
		}
	}
	if code, _, errs := chihoi("--store", store, "export", "2026-11"); code != 0 {
		t.Error(errs)
	}
	if files, _ := filepath.Glob("an-phu-2026-11.xlsx"); len(files) != 1 {
		t.Error("no an-phu-2026-11.xlsx")
	}
	_, out, _ := chihoi("--store", store, "export", "2026-Q4", "--as", "csv", "-o", "-")
	if !strings.Contains(out, "an-phu,Xã An Phú,2026-11,Chi hội thôn Đông,") || strings.Contains(out, "Đã ghi") {
		t.Errorf("on standard output: %q", out)
	}
}

func TestExportOverwritesNothingUnlessTold(t *testing.T) {
	store := exportStore(t, false)
	if err := os.WriteFile("a.csv", []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := chihoi("--store", store, "export", "2026-11", "-o", "a.csv")
	if raw, _ := os.ReadFile("a.csv"); code == 0 || string(raw) != "kept" || !strings.Contains(errs, "--force") {
		t.Errorf("code %d, %q, %q", code, raw, errs)
	}
	if code, _, errs := chihoi("--store", store, "export", "2026-11", "-o", "a.csv", "--force"); code != 0 {
		t.Error(errs)
	}
	if raw, _ := os.ReadFile("a.csv"); string(raw) == "kept" {
		t.Error("not written")
	}
}

func TestExportSaysWhatIsWrong(t *testing.T) {
	store := exportStore(t, true)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"2026-13"}, "2026-Q4"},
		{[]string{"2026-11..2026-03"}, "trước tháng đầu"},
		{[]string{"2026-11", "-o", "a.pdf"}, ".xlsx"},
		{[]string{"2026-11", "-o", "-"}, "--as"},
		{[]string{"2026-11"}, "--commune an-phu"},
		{[]string{"2026-11", "--commune", "an-pu"}, "an-pu"},
	} {
		code, _, errs := chihoi(append([]string{"--store", store, "export"}, c.args...)...)
		if code == 0 || !strings.Contains(errs, c.says) {
			t.Errorf("%v: code %d, %q", c.args, code, errs)
		}
	}
	if files, _ := filepath.Glob("*.xlsx"); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
	if code, _, errs := chihoi("--store", store, "export", "2026-11", "-o", "all.csv"); code != 0 {
		t.Errorf("csv of several communes: %s", errs)
	}
	if code, _, _ := chihoi("--store", "bolt:none.db", "export", "2026-11"); code == 0 {
		t.Error("a store that is none")
	}
	if _, err := os.Stat("none.db"); err == nil {
		t.Error("made an empty store")
	}
}

func TestReadRange(t *testing.T) {
	for s, want := range map[string][2]org.Month{"2026-11": {"2026-11", "2026-11"}, "2026": {"2026-01", "2026-12"}, "2026-Q2": {"2026-04", "2026-06"},
		"2026-q4": {"2026-10", "2026-12"}, "2026-H2": {"2026-07", "2026-12"}, "2026-03..2027-02": {"2026-03", "2027-02"}} {
		if from, to, err := readRange(s); err != nil || from != want[0] || to != want[1] {
			t.Errorf("%s: %s %s %v", s, from, to, err)
		}
	}
	for _, s := range []string{"", "2026-Q5", "2026-H3", "11/2026", "2026-11..", "1999"} {
		if _, _, err := readRange(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}
