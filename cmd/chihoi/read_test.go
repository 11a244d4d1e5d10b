package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func TestReadFlags(t *testing.T) {
	var app struct {
		Read readCmd `cmd:""`
	}
	k, err := kong.New(&app)
	if err != nil {
		t.Fatal(err)
	}
	ctx, err := k.Parse([]string{"read", "--kind", "count", "--context", "q7_joined", "hai chị"})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := ctx.Run(&global{Stdout: &out}); err != nil || !strings.HasPrefix(out.String(), "2\n") {
		t.Errorf("%v: %q", err, out.String())
	}
	if _, err := k.Parse([]string{"read", "--kind", "poem", "x"}); err == nil {
		t.Error("an unknown kind is refused")
	}
}

func TestReadOnePhrase(t *testing.T) {
	for _, c := range []struct {
		cmd  readCmd
		want []string
	}{
		{readCmd{Kind: "count", Context: "q7_joined", Text: "hai chị"}, []string{"2\n", "hai chị"}},
		{readCmd{Kind: "count", Context: "q7_joined", Text: "hai ba"}, []string{"ask\n", "2, 3"}},
		{readCmd{Kind: "yesno", Context: "q3_resources", Text: "chưa rõ"}, []string{"unknown\n"}},
		{readCmd{Kind: "date", Context: "today=2026-11-28;period=2026-11", Text: "mùng 5"}, []string{"ask\n", "5/11/2026", "13/11/2026"}},
		{readCmd{Kind: "quick", Context: "today=2026-11-28;period=2026-11", Text: "họp hôm 20, 35 chị"}, []string{"attendees=35"}},
	} {
		var out bytes.Buffer
		if err := c.cmd.Run(&global{Stdout: &out}); err != nil {
			t.Errorf("%q: %v", c.cmd.Text, err)
		}
		for _, w := range c.want {
			if !strings.Contains(out.String(), w) {
				t.Errorf("%q: %q does not contain %q", c.cmd.Text, out.String(), w)
			}
		}
	}
	if err := (&readCmd{Kind: "count"}).Run(&global{Stdout: &bytes.Buffer{}}); err == nil {
		t.Error("no text: want an error")
	}
}

func TestReadLinesPrintsOnlyResults(t *testing.T) {
	in := "id\tkind\tcontext\ttext\tnote\n" +
		"a\tcount\tq7_joined\tcó 2 thôi\tx\n" +
		"b\tyesno\tq1_activity\tdạ chưa\n" +
		"c\tconsent\tconsent_notice\tok\n" +
		"d\tcommand\treview\tsửa mục 3\r\n" +
		"e\tchoice\t1=Gần hết;2=Khoảng một nửa;3=Còn ít\tmột nửa"
	var out bytes.Buffer
	cmd := readCmd{TSV: true, in: strings.NewReader(in)}
	if err := cmd.Run(&global{Stdout: &out}); err != nil {
		t.Fatal(err)
	}
	if want := "a\t2\nb\tno\nc\tnot_consent\nd\tedit:3\ne\t2\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}

	out.Reset()
	cmd = readCmd{TSV: true, in: strings.NewReader("id\tkind\tcontext\ttext\nx\tpoem\t\tabc\ny\tyesno\tq1_activity\tcó\n")}
	if err := cmd.Run(&global{Stdout: &out}); err == nil || !strings.Contains(err.Error(), "dòng 2") {
		t.Errorf("an unknown kind: %v", err)
	}
	if out.String() != "y\tyes\n" {
		t.Errorf("the other line is read all the same: %q", out.String())
	}
}
