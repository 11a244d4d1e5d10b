package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
)

func TestCSVIsForExcelAndAbsentIsEmpty(t *testing.T) {
	var buf bytes.Buffer
	if err := WriteCSV(&buf, Of(sampleRecords(8, "2026-11", "2026-11"), "2026-11", "2026-11")); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(buf.String(), "\ufeff")
	if !marked {
		t.Error("no mark of UTF-8")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 9 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	at := func(line int, key string) string {
		for i, k := range rows[0] {
			if k == key {
				return rows[line][i]
			}
		}
		t.Fatalf("no column %s", key)
		return ""
	}
	for _, c := range []struct {
		line      int
		key, want string
	}{
		{1, "ky", "2026-11"}, {1, "gui_luc", "2026-11-25"}, {1, "dau_ky", "100"}, {1, "ket_nap", "0"},
		{3, "trang_thai", "Chưa gửi"}, {3, "ket_nap", ""}, {7, "chi_hoi", "'=SUM(A1)"}, {8, "trang_thai", "Không phải gửi"},
	} {
		if got := at(c.line, c.key); got != c.want {
			t.Errorf("line %d, %s: %q, want %q", c.line, c.key, got, c.want)
		}
	}
}

func TestJSONHasNullWhereThereIsNothing(t *testing.T) {
	var buf bytes.Buffer
	if err := WriteJSON(&buf, Of(sampleRecords(8, "2026-11", "2026-11"), "2026-11", "2026-11")); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Meaning  map[string]string `json:"y_nghia"`
		Communes []struct {
			Rows []map[string]any `json:"dong"`
		} `json:"cac_xa"`
	}
	if err := json.Unmarshal(buf.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	rows := got.Communes[0].Rows
	if v, there := rows[2]["ket_nap"]; !there || v != nil {
		t.Errorf("a report that did not come says %v", v)
	}
	if rows[0]["ket_nap"] != 0.0 || rows[6]["chi_hoi"] != "=SUM(A1)" || got.Meaning["thuc_tang"] == "" {
		t.Errorf("%v", rows[0])
	}
}
