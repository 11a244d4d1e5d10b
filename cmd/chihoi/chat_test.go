package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chihoi/bot/bottest"
	"chihoi/storage"
)

// kept keeps a store in memory over restarts.
type kept struct{ *storage.Mem }

func (k kept) Open() (bottest.Failing, error) { return k, nil }
func (kept) Close() error                     { return nil }

// TestChatRecord talks in the terminal with -record and plays the recording as the
// transcript test it is.
func TestChatRecord(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "talk.txt")
	said := strings.Join([]string{"! 2026-11-25 08:00", "/1", "da roi", "hôm qua", "35", "/1", "vẫn", "giống tháng trước", "2", "0", "0", "có", "chưa",
		"@minh", "tình hình", "chi hội 2", "xem dữ liệu", "@lan", "không", "gửi", "! +3d", "@minh", "/1", "/quit"}, "\n") + "\n"
	var out, errs bytes.Buffer
	cmd := chatCmd{Record: file, in: strings.NewReader(said)}
	if err := cmd.Run(&global{Zone: "Asia/Ho_Chi_Minh", Stdout: &out, Stderr: &errs}); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"lan> [Bắt đầu]", "lan~ ✅", "Em cảm ơn chị!", "minh< Kỳ tháng 11", "nhom< 📣"} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("the recording lacks %q:\n%s", want, raw)
		}
	}
	again := chatCmd{Record: file, in: strings.NewReader("/quit\n")}
	if err := again.Run(&global{Zone: "Asia/Ho_Chi_Minh", Stdout: &out, Stderr: &errs}); err == nil || !strings.Contains(err.Error(), "--record "+file+": đã có tệp này") {
		t.Errorf("a recording is written over: %v", err)
	}
	again.Record = filepath.Join(dir, "none", "talk.txt")
	if err := again.Run(&global{Zone: "Asia/Ho_Chi_Minh", Stdout: &out, Stderr: &errs}); err == nil || !strings.HasPrefix(err.Error(), "--record: open ") || strings.Contains(err.Error(), "\n") {
		t.Errorf("a bad path: %v", err)
	}
	if now, err := os.ReadFile(file); err != nil || !bytes.Equal(now, raw) {
		t.Errorf("the recording changed: %v", err)
	}
	if errs.Len() > 0 {
		t.Errorf("errors: %s", errs.String())
	}
	bottest.Play(t, dir, []bottest.Mode{{Name: "mem", Open: func(testing.TB) bottest.Keeper { return kept{storage.NewMem()} }}}, false)
}

// A move of the clock over weeks leaves nothing out: the chair's ledger afterwards has every
// reminder of the period, as in the demo.
func TestChatHaltsWhereSomethingIsDue(t *testing.T) {
	var out, errs bytes.Buffer
	cmd := chatCmd{in: strings.NewReader("! 2026-12-04 09:00\n@minh\nsổ gửi\n/quit\n")}
	if err := cmd.Run(&global{Zone: "Asia/Ho_Chi_Minh", Stdout: &out, Stderr: &errs}); err != nil {
		t.Fatal(err)
	}
	_, ledger, _ := strings.Cut(out.String(), "minh> ")
	for _, want := range []string{"Mở kỳ", "Nhắc lần 1", "Nhắc lần 2", "Nhắc lần 3"} {
		if !strings.Contains(ledger, want) {
			t.Errorf("the ledger lacks %q:\n%s", want, out.String())
		}
	}
}
