package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// WriteCSV writes a row for each branch and month, with the mark by which Excel knows UTF-8.
// Absent is an empty field.
func WriteCSV(w io.Writer, communes ...Commune) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	list := columns()
	line := []string{"ma_xa", "xa"}
	for _, c := range list {
		line = append(line, c.key)
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for _, c := range communes {
		for _, r := range c.rows() {
			line = append(line[:0], string(c.Commune.ID), safe(c.Commune.Name))
			for _, col := range list {
				line = append(line, field(col.value(r)))
			}
			if err := out.Write(line); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func field(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return safe(v)
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return fmt.Sprint(v)
}

// safe keeps a table program from taking a text for a formula.
func safe(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// WriteJSON writes the same rows as objects, absent values as null, with the meaning of each
// field beside them.
func WriteJSON(w io.Writer, communes ...Commune) error {
	type commune struct {
		ID   string           `json:"ma_xa"`
		Name string           `json:"xa"`
		From string           `json:"tu"`
		To   string           `json:"den"`
		AsOf string           `json:"tinh_den"`
		Rows []map[string]any `json:"dong"`
	}
	out := struct {
		Meaning  map[string]string `json:"y_nghia"`
		Communes []commune         `json:"cac_xa"`
	}{Meaning: map[string]string{}, Communes: []commune{}}
	list := columns()
	for _, col := range list {
		out.Meaning[col.key] = col.meaning
	}
	for _, c := range communes {
		one := commune{string(c.Commune.ID), c.Commune.Name, string(c.From), string(c.To), c.AsOf.Format(time.RFC3339), []map[string]any{}}
		for _, r := range c.rows() {
			values := map[string]any{}
			for _, col := range list {
				values[col.key] = col.value(r)
				if day, ok := values[col.key].(time.Time); ok {
					values[col.key] = day.Format(time.DateOnly)
				}
			}
			one.Rows = append(one.Rows, values)
		}
		out.Communes = append(out.Communes, one)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(out)
}
