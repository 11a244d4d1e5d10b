// Package needs is what a test says when a program it needs is not on this machine. It
// promises one answer to that everywhere: a skip with a clear line, or a failure where
// CHIHOI_REQUIRE asks for the program.
package needs

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Program returns the path of the first of the commands that is installed. name is what
// CHIHOI_REQUIRE calls the program ("chromium"); it holds such names, or "all", with commas
// or spaces between.
func Program(t testing.TB, name string, commands ...string) (path string) {
	t.Helper()
	for _, c := range commands {
		if path, err := exec.LookPath(c); err == nil {
			return path
		}
	}
	Missing(t, name, name+" is not installed (looked for "+strings.Join(commands, ", ")+" on PATH)")
	return ""
}

// Missing ends the test: why says what is not there.
func Missing(t testing.TB, name, why string) {
	t.Helper()
	if required(os.Getenv("CHIHOI_REQUIRE"), name) {
		t.Fatal(why)
	}
	t.Skip(why)
}

func required(list, name string) bool {
	words := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
	return slices.Contains(words, "all") || slices.Contains(words, name)
}
