package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"chihoi/flows/viet"
)

// readCmd shows how a phrase is read, for people who add words to the reader
// and for programs that score it. With --tsv its output is a contract: one
// line "id<TAB>result" per reply and nothing else.
type readCmd struct {
	Kind    string `enum:"yesno,count,date,choice,command,consent,quick,question" default:"quick" help:"What kind of reply it is: ${enum}."`
	Context string `help:"The open question (q7_joined, confirm, review, idle…), the printed options (1=Có;2=Chưa), or for dates today=YYYY-MM-DD;period=YYYY-MM." placeholder:"TEXT"`
	TSV     bool   `name:"tsv" help:"Read lines with the columns id, kind, context, text from standard input and print id and result."`
	Text    string `arg:"" optional:"" help:"The reply, as typed."`

	in io.Reader
}

// Help is the long help of the command.
func (*readCmd) Help() string {
	return `  chihoi read --kind count --context q7_joined "hai chị"        a value, a question (ask) or unknown, and what it was read from
  chihoi read --kind yesno "chưa em ơi"
  chihoi read "họp hôm 20 có 35 chị, kết nạp thêm 2"             a whole message
  chihoi read --tsv < replies.tsv                                 id and result of each line, for programs that score`
}

// Run reads one phrase, or the lines of standard input.
func (c *readCmd) Run(g *global) error {
	if c.in == nil {
		c.in = os.Stdin
	}
	if c.TSV {
		return readLines(c.in, g.Stdout)
	}
	if strings.TrimSpace(c.Text) == "" {
		return errors.New(`no reply to read; try: chihoi read --kind count --context q7_joined "hai chị"`)
	}
	if c.Context == "" && (c.Kind == "date" || c.Kind == "quick") {
		now := time.Now()
		c.Context = "today=" + now.Format(time.DateOnly) + ";period=" + now.Format("2006-01")
	}
	shown, err := viet.Explain(c.Kind, c.Context, c.Text)
	if err != nil {
		return err
	}
	_, err = io.WriteString(g.Stdout, shown)
	return err
}

// columns are where the fields of a line stand, by the header.
type columns struct{ id, kind, context, text int }

func headerColumns(fields []string) (columns, bool) {
	at := map[string]int{}
	for i, f := range fields {
		at[strings.TrimSpace(strings.TrimPrefix(f, "\ufeff"))] = i
	}
	c := columns{}
	for name, p := range map[string]*int{"id": &c.id, "kind": &c.kind, "context": &c.context, "text": &c.text} {
		i, ok := at[name]
		if !ok {
			return columns{}, false
		}
		*p = i
	}
	return c, true
}

// readLines reads replies line by line. A line it cannot read does not stop
// the others; it is told in the error.
func readLines(in io.Reader, out io.Writer) error {
	r := bufio.NewReader(in)
	w := bufio.NewWriter(out)
	cols := columns{0, 1, 2, 3}
	var failed error
	for n := 1; ; n++ {
		line, err := r.ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); line != "" {
			fields := strings.Split(line, "\t")
			if c, ok := headerColumns(fields); ok && n == 1 {
				cols = c
			} else if e := readLine(w, cols, fields); e != nil {
				failed = errors.Join(failed, fmt.Errorf("line %d: %w", n, e))
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errors.Join(w.Flush(), err)
		}
	}
	return errors.Join(w.Flush(), failed)
}

func readLine(w io.Writer, c columns, fields []string) error {
	if max(c.id, c.kind, c.context, c.text) >= len(fields) {
		return fmt.Errorf("%d columns, want id, kind, context and text", len(fields))
	}
	result, err := viet.ReadLabelled(fields[c.kind], fields[c.context], fields[c.text])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\t%s\n", fields[c.id], result)
	return err
}
