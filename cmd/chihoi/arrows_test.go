package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestArrows holds the order of the four directories: imports go down the list and never
// up, channels and stores do not import each other, and flows stays pure.
func TestArrows(t *testing.T) {
	rank := map[string]int{"cmd": 3, "bot": 2, "storage": 1, "flows": 0}
	impure := []string{"os", "net", "net/http", "database/sql", "os/exec", "syscall", "io/fs", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand"}
	siblings := []string{"chihoi/bot/telegram", "chihoi/bot/zalo", "chihoi/bot/simulator", "chihoi/bot/terminal", "chihoi/storage/bolt"}
	for _, p := range packages(t) {
		top := rank[directory(p.ImportPath)]
		for _, imp := range p.Imports {
			if strings.HasPrefix(imp, "chihoi/") && rank[directory(imp)] > top {
				t.Errorf("%s imports %s: the arrow points up", p.ImportPath, imp)
			}
			if top == 0 && slices.Contains(impure, imp) {
				t.Errorf("%s imports %s: flows does no I/O, holds no clock and starts nothing", p.ImportPath, imp)
			}
			if directory(p.ImportPath) != "cmd" && slices.Contains(siblings, imp) && !strings.HasPrefix(p.ImportPath, imp+"/") {
				t.Errorf("%s imports %s: only cmd and tests name a particular store or channel", p.ImportPath, imp)
			}
		}
	}
}

// TestNoClockInFlows looks for calls that read the clock.
func TestNoClockInFlows(t *testing.T) {
	out, err := exec.Command("grep", "-rnE", `time\.(Now|Since|Until|Sleep|After|Tick)\(`, "--include=*.go", "../../flows").Output()
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && exit.ExitCode() == 1) {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(out)) {
		if !strings.Contains(line, "_test.go:") {
			t.Errorf("flows reads the clock: %s", strings.TrimSpace(line))
		}
	}
}

type pkg struct {
	ImportPath string
	Imports    []string
}

func packages(t *testing.T) (list []pkg) {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "chihoi/...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 5 {
		t.Fatalf("go list found only %d packages", len(list))
	}
	return list
}

// directory is the first folder of a package of this module.
func directory(path string) string {
	d, _, _ := strings.Cut(strings.TrimPrefix(path, "chihoi/"), "/")
	return d
}
