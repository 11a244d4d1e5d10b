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
	if err := cmd.Run(&global{Stdout: &out}); err == nil || !strings.Contains(err.Error(), "dòng 2: cột kind \"poem\"") {
		t.Errorf("an unknown kind: %v", err)
	}
	if out.String() != "y\tyes\n" {
		t.Errorf("the other line is read all the same: %q", out.String())
	}
}

// A row whose question is not known is read all the same, and told beside the results.
func TestReadLinesOfAnUnknownQuestion(t *testing.T) {
	var out, beside bytes.Buffer
	cmd := readCmd{TSV: true, in: strings.NewReader("id\tkind\tcontext\ttext\na\tcount\tq99\thai chị\nb\tyesno\tconsent_notice\tkhông\n")}
	if err := cmd.Run(&global{Stdout: &out, Stderr: &beside}); err != nil {
		t.Fatal(err)
	}
	if out.String() != "a\t2\nb\tno\n" || beside.String() != "dòng 2: không biết câu hỏi \"q99\", đọc như không hỏi gì\n" {
		t.Errorf("%q, beside %q", out.String(), beside.String())
	}
}

// TestReadRefuses: a mistake on the command line is told with its flag, in the operator's
// language, and ends with 2; bad input with 1. Nothing is printed as if it were a reading.
func TestReadRefuses(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		told string
	}{
		{[]string{"read", "--kind", "yesno", "--context", "q99", "có"}, 2, "--context \"q99\""},
		{[]string{"read", "--kind", "count", "--context", "nosuch", "2"}, 2, "--context \"nosuch\""},
		{[]string{"read", "--kind", "command", "--context", "rewiew", "gửi"}, 2, "--context \"rewiew\""},
		{[]string{"read", "--kind", "choice", "một"}, 2, "--context \"\": phải là các lựa chọn"},
		{[]string{"read", "--kind", "date", "--context", "today=xx;period=2026-11", "20"}, 2, "--context \"today=xx;period=2026-11\": phải là today="},
		{[]string{"read", "--kind", "poem", "x"}, 2, "--kind \"poem\": phải là một trong yesno"},
		{[]string{"read", "--tsv", "--kind", "count"}, 2, "--tsv"},
		{[]string{"read", "--tsv", "hai chị"}, 2, "--tsv"},
		{[]string{"read", "--kind", "count", "--context", "q7_joined"}, 1, "thiếu câu"},
	} {
		var out, errs bytes.Buffer
		if code := run(c.args, &out, &errs); code != c.code || out.Len() > 0 || !strings.Contains(errs.String(), c.told) {
			t.Errorf("%q: code %d, want %d; %q on stderr, want %q; %q on stdout", c.args, code, c.code, errs.String(), c.told, out.String())
		}
	}
	for _, in := range []string{"", "\n\n", "\ufeff"} {
		var out bytes.Buffer
		if err := (&readCmd{TSV: true, in: strings.NewReader(in)}).Run(&global{Stdout: &out}); err == nil || out.Len() > 0 {
			t.Errorf("%q: error %v, printed %q", in, err, out.String())
		}
	}
}

// TestReadNotUnderstood: what is no value has the corpus's word for it on the first line, and
// says on the second that nothing was understood.
func TestReadNotUnderstood(t *testing.T) {
	for kind, want := range map[string]string{"yesno": "ask", "count": "ask", "date": "ask", "choice": "ask", "command": "none", "question": "none", "quick": ""} {
		context := map[string]string{"date": "today=2026-11-28;period=2026-11", "quick": "today=2026-11-28;period=2026-11", "choice": "1=Có;2=Chưa"}[kind]
		var out bytes.Buffer
		cmd := readCmd{Kind: kind, Context: context, Text: "con mèo trèo cây cau"}
		if err := cmd.Run(&global{Stdout: &out}); err != nil || !strings.HasPrefix(out.String(), want+"\n  không hiểu\n") {
			t.Errorf("%s: %v, %q", kind, err, out.String())
		}
	}
}
