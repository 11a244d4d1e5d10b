package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"chihoi/flows/viet"
)

// readCmd shows how a phrase is read, for people who add words to the reader
// and for programs that score it. With --tsv its output is a contract: one
// line "id<TAB>result" per reply and nothing else.
type readCmd struct {
	Kind    string `placeholder:"LOẠI" help:"Là loại trả lời nào: yesno, count, date, choice, command, consent, quick, question (mặc định quick)."`
	Context string `placeholder:"LỜI" help:"Câu hỏi đang mở (q7_joined, confirm, review, idle…), các lựa chọn đã in (1=Có;2=Chưa), hay với ngày: today=2026-11-25;period=2026-11."`
	TSV     bool   `name:"tsv" help:"Đọc từ đầu vào chuẩn các dòng có cột id, kind, context, text, in ra id và kết quả."`
	Text    string `arg:"" optional:"" name:"câu" help:"Câu trả lời, đúng như đã gõ."`

	in io.Reader
}

// Help is the long help of the command.
func (*readCmd) Help() string {
	return `Một giá trị, hay một câu hỏi lại (ask), và hiểu từ chữ nào. Không hiểu cũng là ask (lệnh, câu hỏi: none), dòng dưới nói rõ.

  chihoi read --kind count --context q7_joined "hai chị"
  chihoi read --kind yesno "chưa em ơi"
  chihoi read "họp hôm 20 có 35 chị, kết nạp thêm 2"             cả một tin
  chihoi read --tsv < cau.tsv                                     id và kết quả từng dòng, cho chương trình chấm`
}

// Validate refuses flags that would be passed over, and a context that names no
// question: a misspelt one would else be read as if nothing were asked.
func (c *readCmd) Validate() error {
	if c.TSV {
		if c.Kind != "" || c.Context != "" || c.Text != "" {
			return errors.New("--tsv đọc từ đầu vào chuẩn, không dùng cùng --kind, --context hay một câu: mỗi dòng có cột kind và context của nó")
		}
		return nil
	}
	if !slices.Contains(readKinds, c.kind()) {
		return fmt.Errorf("--%w", &viet.BadLabel{Field: "kind", Given: c.Kind, Want: "một trong " + strings.Join(readKinds, ", ")})
	}
	if c.Context == "" && c.dated() {
		return nil // today
	}
	err := viet.CheckContext(c.kind(), c.Context)
	if bad := (*viet.BadLabel)(nil); errors.As(err, &bad) {
		return fmt.Errorf("--%w", bad)
	}
	return err
}

var readKinds = []string{"yesno", "count", "date", "choice", "command", "consent", "quick", "question"}

// kind is what the phrase is read as: a free message, unless told otherwise.
func (c *readCmd) kind() string { return cmp.Or(c.Kind, "quick") }

// dated reports a kind whose context is a day and a month.
func (c *readCmd) dated() bool { return c.kind() == "date" || c.kind() == "quick" }

// Run reads one phrase, or the lines of standard input.
func (c *readCmd) Run(g *global) error {
	if c.in == nil {
		c.in = os.Stdin
	}
	if c.TSV {
		return readLines(c.in, g.Stdout, g.Stderr)
	}
	if strings.TrimSpace(c.Text) == "" {
		return errors.New(`thiếu câu để đọc: chihoi read --kind count --context q7_joined "hai chị"`)
	}
	if c.Context == "" && c.dated() {
		now, err := g.now()
		if err != nil {
			return err
		}
		c.Context = "today=" + now.Format(time.DateOnly) + ";period=" + now.Format("2006-01")
	}
	shown, err := viet.Explain(c.kind(), c.Context, c.Text)
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
// the others; it is told in the error. One whose question nobody knows is read, and told
// beside. No line at all is an error too: a file that was not there looks like one in which
// all is right.
func readLines(in io.Reader, out, beside io.Writer) error {
	r := bufio.NewReader(in)
	w := bufio.NewWriter(out)
	cols := columns{0, 1, 2, 3}
	var failed error
	empty := true
	for n := 1; ; n++ {
		line, err := r.ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); strings.Trim(line, "\ufeff \t") != "" {
			empty = false
			fields := strings.Split(line, "\t")
			if c, ok := headerColumns(fields); ok && n == 1 {
				cols = c
			} else if e := readLine(w, cols, fields); e != nil {
				failed = errors.Join(failed, fmt.Errorf("dòng %d: %w", n, e))
			} else if viet.CheckContext(fields[cols.kind], fields[cols.context]) != nil {
				fmt.Fprintf(beside, "dòng %d: không biết câu hỏi %q, đọc như không hỏi gì\n", n, fields[cols.context])
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return errors.Join(w.Flush(), err)
		}
	}
	if empty {
		failed = errors.New("đầu vào trống: cần các dòng có cột id, kind, context, text")
	}
	return errors.Join(w.Flush(), failed)
}

func readLine(w io.Writer, c columns, fields []string) error {
	if max(c.id, c.kind, c.context, c.text) >= len(fields) {
		return fmt.Errorf("có %d cột, phải có id, kind, context, text", len(fields))
	}
	result, err := viet.ReadLabelled(fields[c.kind], fields[c.context], fields[c.text])
	if err != nil {
		return fmt.Errorf("cột %w", err)
	}
	_, err = fmt.Fprintf(w, "%s\t%s\n", fields[c.id], result)
	return err
}
