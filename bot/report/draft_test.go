package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
)

// draftParts are the parts of a draft, each of which must be well-formed.
func draftParts(t *testing.T, c Commune) map[string]string {
	t.Helper()
	var buf bytes.Buffer
	if err := WriteDraft(&buf, c); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(raw)
		for d := xml.NewDecoder(bytes.NewReader(raw)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return parts
}

var tags = regexp.MustCompile(`<[^>]*>`)

func TestDraftHasTheNumbersAndMarksWhatSheWrites(t *testing.T) {
	c := Of(sampleRecords(12, "2026-07", "2026-11"), "2026-07", "2026-12")
	parts := draftParts(t, c)
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"} {
		if parts[name] == "" {
			t.Errorf("no part %s", name)
		}
	}
	words := tags.ReplaceAllString(parts["word/document.xml"], "")
	for _, want := range []string{
		"Kết quả hoạt động của các chi hội phụ nữ 6 tháng cuối năm 2026",
		"mới có tới kỳ tháng 11",
		"đã gửi " + outOf(c.Submitted, c.Expected) + " lượt báo cáo tháng (" + c.ReportingRate().String() + ")",
		"Hội viên thực tăng: " + c.Growth.Net.Signed() + ".",
		"Trong kỳ có 2 việc được gửi tới Hội xã.",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q", want)
		}
	}
	if strings.Contains(words, "xin giúp") {
		t.Error("it tells what a call for help says")
	}
	marked := strings.Count(parts["word/document.xml"], "<w:highlight")
	if n := strings.Count(words, "[Chị viết thêm: "); n < 8 || n != marked {
		t.Errorf("%d places to write, %d marked", n, marked)
	}
}

func TestDraftWithoutReportsInventsNothing(t *testing.T) {
	r := sampleRecords(12, "2026-11", "2026-11")
	for i := range r.Branches {
		r.Branches[i].Figures, r.Branches[i].Pairs = nil, nil
	}
	words := tags.ReplaceAllString(draftParts(t, Of(r, "2026-07", "2026-12"))["word/document.xml"], "")
	if !strings.Contains(words, "Chưa có số liệu.") || strings.Contains(words, "Hội viên thực tăng") || strings.Contains(words, "kết nạp 0") {
		t.Error(words)
	}
}
