package report

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"chihoi/bot/bottest/needs"
)

// An office program opens the files, and their pages are looked at: as many as there should
// be, A4 the right way up, the words on them whole.
func TestFilesInAnOfficeProgram(t *testing.T) {
	for _, program := range []string{"soffice", "pdftotext", "pdfinfo", "pdftoppm"} {
		needs.Program(t, program, program)
	}
	dir := t.TempDir()
	c := Of(sampleRecords(40, "2026-01", "2026-12"), "2026-12", "2026-12")
	for name, write := range map[string]func(io.Writer, Commune) error{"so-lieu.xlsx": WriteWorkbook, "bao-cao.docx": WriteDraft} {
		var buf bytes.Buffer
		if err := write(&buf, c); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), buf.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	runProgram(t, "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir,
		filepath.Join(dir, "so-lieu.xlsx"), filepath.Join(dir, "bao-cao.docx"))
	for file, part := range map[string]string{"so-lieu.pdf": "calc", "bao-cao.pdf": "writer"} {
		if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
			needs.Missing(t, "soffice", "libreoffice-"+part+" is not installed (soffice made no "+file+")")
		}
	}
	for name, want := range map[string]struct {
		from, to int // pages
		size     string
		words    []string
	}{
		"so-lieu.pdf": {7, 16, "841.89 x 595.304", []string{"TỔNG HỢP ĐIỂM DANH CHI HỘI", "BIẾN ĐỘNG HỘI VIÊN", "TỪ ĐIỂN DỮ LIỆU", "Lượt đạt", "Không phải gửi"}},
		"bao-cao.pdf": {2, 5, "595.304 x 841.89", []string{"BÁO CÁO", "[Chị viết thêm: họ và tên]", "Hội viên thực tăng"}},
	} {
		pages, size := pagesOf(t, filepath.Join(dir, name))
		if pages < want.from || pages > want.to || !strings.HasPrefix(size, want.size) {
			t.Errorf("%s has %d pages of %s", name, pages, size)
		}
		text := runProgram(t, "pdftotext", "-layout", filepath.Join(dir, name), "-")
		for _, w := range want.words {
			if !strings.Contains(text, w) {
				t.Errorf("%s: no %q", name, w)
			}
		}
		if strings.Contains(text, "###") || strings.Contains(text, "Err:") || strings.Contains(text, "#NAME") {
			t.Errorf("%s: a cell is too narrow, or a formula fails", name)
		}
		runProgram(t, "pdftoppm", "-r", "40", "-png", filepath.Join(dir, name), filepath.Join(dir, "page"))
	}
}

var infoLine = regexp.MustCompile(`(?m)^(Pages|Page size): +(.+)$`)

func pagesOf(t *testing.T, path string) (n int, size string) {
	t.Helper()
	for _, m := range infoLine.FindAllStringSubmatch(runProgram(t, "pdfinfo", path), -1) {
		if m[1] == "Pages" {
			n, _ = strconv.Atoi(m[2])
		} else {
			size = m[2]
		}
	}
	return n, size
}

func runProgram(t *testing.T, name string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}
