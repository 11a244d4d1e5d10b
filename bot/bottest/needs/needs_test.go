package needs

import (
	"fmt"
	"strings"
	"testing"
)

// ending is a test that notes how it was ended first; it does not really end.
type ending struct {
	testing.TB
	how string
}

func (e *ending) Helper()          {}
func (e *ending) Fatal(why ...any) { e.end("failed: ", why) }
func (e *ending) Skip(why ...any)  { e.end("skipped: ", why) }

func (e *ending) end(how string, why []any) {
	if e.how == "" {
		e.how = how + fmt.Sprint(why...)
	}
}

// What is missing is named, and a failure where it is asked for.
func TestProgram(t *testing.T) {
	for list, want := range map[string]string{"": "skipped", "office": "skipped", "browsers": "skipped",
		"all": "failed", "browser": "failed", "office, browser": "failed"} {
		t.Setenv("CHIHOI_REQUIRE", list)
		e := &ending{TB: t}
		Program(e, "browser", "no-such-browser", "nor-this-one")
		if !strings.HasPrefix(e.how, want+": browser is not installed") || !strings.Contains(e.how, "nor-this-one") {
			t.Errorf("CHIHOI_REQUIRE=%q: %s", list, e.how)
		}
		there := &ending{TB: t}
		if path := Program(there, "shell", "no-such-shell", "go"); path == "" || there.how != "" {
			t.Errorf("what is there: %q, %s", path, there.how)
		}
	}
}
