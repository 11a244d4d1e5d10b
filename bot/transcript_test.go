package bot_test

import (
	"flag"
	"path/filepath"
	"testing"

	"chihoi/bot/bottest"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

var update = flag.Bool("update", false, "rewrite the bot's lines in testdata from what it says now")

// inMemory keeps one store over restarts.
type inMemory struct{ mem *storage.Mem }

type reopened struct{ *storage.Mem }

func (reopened) Close() error { return nil }

func (m inMemory) Open() (bottest.Failing, error) { return reopened{m.mem}, nil }

type onDisk struct{ path string }

func (d onDisk) Open() (bottest.Failing, error) {
	return bolt.Open(d.path, bolt.Options{NoSync: true})
}

func memory(testing.TB) bottest.Keeper { return inMemory{storage.NewMem()} }

func disk(tb testing.TB) bottest.Keeper { return onDisk{filepath.Join(tb.TempDir(), "t.db")} }

// TestTranscripts plays testdata/*.txt on both stores, with buttons and as Zalo shows it.
func TestTranscripts(t *testing.T) {
	bottest.Play(t, "testdata", []bottest.Mode{
		{Name: "mem", Open: memory},
		{Name: "bolt", Open: disk},
		{Name: "zalo", Plain: true, Open: memory},
	}, *update)
}
