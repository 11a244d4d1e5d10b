package viet

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// labelled is a row of a corpus in testdata: a reply, its question, and how a
// person reads it. The columns are those of replies-dev.tsv.
type labelled struct {
	file, id, kind, context, text, expected, note string
}

func corpus(t testing.TB, pattern string) []labelled {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus %s: %v", pattern, err)
	}
	var rows []labelled
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<20)
		for n := 0; sc.Scan(); n++ {
			c := strings.Split(sc.Text(), "\t")
			if n == 0 || len(c) < 5 {
				continue
			}
			for len(c) < 6 {
				c = append(c, "")
			}
			rows = append(rows, labelled{filepath.Base(name), c[0], c[1], c[2], c[3], c[4], c[5]})
		}
		f.Close()
	}
	return rows
}

// score is right / asked / wrong per kind. Asking where a value was expected
// costs one message; a wrong value enters the record.
type score struct{ right, asked, wrong, values, valuesRight int }

func TestCorpus(t *testing.T) {
	for _, name := range []string{"replies-dev.tsv", "replies-own-*.tsv"} {
		if m, _ := filepath.Glob(filepath.Join("testdata", name)); len(m) == 0 {
			continue
		}
		t.Run(name, func(t *testing.T) { scoreCorpus(t, corpus(t, name)) })
	}
}

func scoreCorpus(t *testing.T, rows []labelled) {
	kinds := []string{"yesno", "count", "date", "choice", "command", "quick", "consent"}
	scores := map[string]*score{}
	for _, k := range kinds {
		scores[k] = &score{}
	}
	for _, row := range rows {
		s := scores[row.kind]
		if s == nil {
			t.Fatalf("%s %s: unknown kind %q", row.file, row.id, row.kind)
		}
		got, err := ReadLabelled(row.kind, row.context, row.text)
		if err != nil {
			t.Fatalf("%s: %v", row.id, err)
		}
		asks := map[string]bool{"ask": true, "none": true, "not_consent": true}
		wantsValue := !asks[row.expected]
		if wantsValue {
			s.values++
		}
		switch {
		case got == row.expected:
			s.right++
			if wantsValue {
				s.valuesRight++
			}
		case asks[got] || row.kind == "quick" && onlyMissing(got, row.expected):
			s.asked++
			t.Logf("asked %-16s %-14s %-50q want %s got %s", row.id, row.context, row.text, row.expected, got)
		default:
			s.wrong++
			t.Errorf("WRONG %-16s %-14s %-50q want %s got %s", row.id, row.context, row.text, row.expected, got)
		}
	}
	total := score{}
	for _, k := range kinds {
		s := scores[k]
		if n := s.right + s.asked + s.wrong; n > 0 {
			fmt.Printf("%-8s %3d replies: right %3d  asked %2d  wrong-and-silent %2d\n", k, n, s.right, s.asked, s.wrong)
		}
		total.right += s.right
		total.asked += s.asked
		total.wrong += s.wrong
		total.values += s.values
		total.valuesRight += s.valuesRight
	}
	fmt.Printf("all      %3d replies: right %3d  asked %2d  wrong-and-silent %2d; values read %.1f %%\n",
		total.right+total.asked+total.wrong, total.right, total.asked, total.wrong, 100*float64(total.valuesRight)/float64(max(total.values, 1)))
	if 100*total.valuesRight < 95*total.values {
		t.Errorf("%d of %d values read, fewer than 95 %%", total.valuesRight, total.values)
	}
}

// onlyMissing reports that every slot got is as expected or a question, so
// that nothing wrong would be shown as understood.
func onlyMissing(got, want string) bool {
	w := map[string]string{}
	for _, kv := range strings.Split(want, ";") {
		k, v, _ := strings.Cut(kv, "=")
		w[k] = v
	}
	for _, kv := range strings.Split(got, ";") {
		k, v, ok := strings.Cut(kv, "=")
		if ok && v != w[k] && !strings.HasPrefix(v, "ask:") {
			return false
		}
	}
	return true
}
