// Package bottest lets conversations be tests: a transcript is a text file in which
// people's lines and the world's lines are input and the bot's lines are compared.
// Everything below the channel and the store is real; time is moved by hand.
//
// It also holds strict fakes of the networks, for tests of the channels themselves.
//
// # Transcripts
//
// A file is a text archive: prose on top, then the sections "units" and "chat", and "chat
// plain" where another talk than that of "chat" arises without buttons. Lines of units set
// up who there is; lines of chat are, in order:
//
//	@ 2026-11-25 08:00     the clock is moved there ("@ +1h" moves on), due jobs run
//	lan> dạ rồi            Lan types; [Có rồi] taps the newest such button, [Có rồi]~2 one
//	                       shown before (also if it is gone), {data} a forged one, <sticker>
//	                       sends something that is not text
//	lan@zalo> 2            Lan writes from another channel
//	lan< …                 the bot writes to Lan; further lines are indented, buttons in []
//	lan~ ✅ …              an earlier message to Lan now reads so
//	! again                the network delivers the last update once more
//	! fail                 the next commit fails; the network will deliver again
//	! restart              the process dies and starts on the same store
//	! offline lan 2        the next two sends to Lan fail
//	! heard telegram       the channel is in touch with its network; two and a half minutes
//	                       after the time before, an outage lay between; "! heard zalo 1m":
//	                       what people wrote may still take a minute
//	! blocked lan          Lan has blocked the bot ("unblocked" undoes it)
//	! takes-in minh nhom Các chi hội xã   Minh takes the bot into the group "nhom"
//	! puts-out minh nhom   she puts it out again
//	! hushes minh nhom     she takes from it the right to write there
//	! code minh nhom {last}    she types a code there, the one shown last
//	! in lan nhom [Em bận]     Lan taps a button in the group, or says words to the bot there
//	! refuses nhom kicked      the group takes nothing more ("no_rights"); none: it does again
//	! moves nhom nhom2         the group goes on under another address
//	! quota zalo 3         Zalo takes three messages more this month; -1: any number
//	! sent 2026-12-03 …    the network's time of the next message
//	? draft an-phu/1 2026-11   shows what is stored, as lines "= …"
//	# …                    a remark
package bottest

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"chihoi/storage"
)

// Mode is how a transcript is played.
type Mode struct {
	Name string
	// Plain makes every channel one as Zalo is: without buttons and edits, taps are typed
	// instead. What is sent must suit Zalo; only what is stored ("= …") is compared, and with
	// -v the whole is shown. A section "chat plain" is compared whole.
	Plain bool
	Open  func(tb testing.TB) Keeper
}

// Keeper opens the same store again and again, as restarts do.
type Keeper interface {
	Open() (Failing, error)
}

// Failing is a store whose next commit can be made to fail.
type Failing interface {
	storage.Store
	FailNextCommit(err error)
}

// Play runs every transcript of a directory in every mode. With update set, the bot's
// lines are rewritten in place by the first mode.
func Play(t *testing.T, dir string, modes []Mode, update bool) {
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts in %s (%v)", dir, err)
	}
	for _, file := range files {
		for i, mode := range modes {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+mode.Name, func(t *testing.T) {
				playFile(t, file, mode, update, i == 0)
			})
		}
	}
}

func playFile(t *testing.T, file string, mode Mode, update, first bool) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ar := txtar.Parse(raw)
	var units, chat, plain *txtar.File
	for i := range ar.Files {
		switch ar.Files[i].Name {
		case "units":
			units = &ar.Files[i]
		case "chat":
			chat = &ar.Files[i]
		case "chat plain":
			plain = &ar.Files[i]
		}
	}
	if units == nil || chat == nil {
		t.Fatalf("%s: needs the sections units and chat", file)
	}
	own := mode.Plain && plain != nil
	if own {
		chat = plain
	}
	s := newStage(t, mode)
	if err := s.setUp(string(units.Data)); err != nil {
		t.Fatalf("%s: units: %v", file, err)
	}
	got, err := s.play(string(chat.Data))
	if err != nil {
		t.Fatalf("%s: %v\n%s", file, err, got)
	}
	want := string(chat.Data)
	if mode.Plain && !own {
		t.Log("\n" + got)
		got, want = facts(got), facts(want)
	}
	if got == want {
		return
	}
	if update && (first || own) {
		chat.Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s (%s) reads otherwise:\n%s", file, mode.Name, diff(want, got))
}

// facts keeps only the questions to the store and their answers.
func facts(chat string) string {
	var b strings.Builder
	for line := range strings.Lines(chat) {
		if strings.HasPrefix(line, "?") || strings.HasPrefix(line, "=") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// diff marks the first line that differs, with a few lines around it.
func diff(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < len(w) && i < len(g) && w[i] == g[i] {
		i++
	}
	var b bytes.Buffer
	for _, l := range w[max(0, i-6):i] {
		fmt.Fprintln(&b, "  "+l)
	}
	for _, l := range w[i:min(len(w), i+10)] {
		fmt.Fprintln(&b, "- "+l)
	}
	for _, l := range g[i:min(len(g), i+10)] {
		fmt.Fprintln(&b, "+ "+l)
	}
	return b.String()
}

// play goes through the chat and returns it with what the bot really said.
func (s *stage) play(chat string) (string, error) {
	var out strings.Builder
	for n, line := range strings.Split(strings.TrimSuffix(chat, "\n"), "\n") {
		if isOutput(line) {
			continue
		}
		out.WriteString(line + "\n")
		if err := s.line(context.Background(), line); err != nil {
			return out.String(), fmt.Errorf("chat line %d: %q: %w", n+1, line, err)
		}
		for _, said := range s.heard() {
			out.WriteString(said + "\n")
		}
	}
	return out.String(), nil
}

// isOutput reports whether a line is the bot's, or an answer of the store.
func isOutput(line string) bool {
	if strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "= ") {
		return true
	}
	who, _, ok := strings.Cut(line, "<")
	if !ok || who == "" || who[0] == '@' || strings.ContainsAny(who, " >!?#") {
		who, _, ok = strings.Cut(line, "~ ")
	}
	return ok && who != "" && !strings.ContainsAny(who, " >!?#[")
}
