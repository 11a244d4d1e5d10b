package bot_test

import (
	"errors"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/storage"
)

// parked lists what was given up.
func (w *meteredWorld) parked() (list []storage.ParkedMessage) {
	w.t.Helper()
	err := w.store.View(w.t.Context(), func(tx storage.Tx) (err error) {
		list, err = storage.Parked.All(tx, "")
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// What a network never takes is tried for three days and then parked, not lost: the
// operator has it sent once the network is back. It holds up no other contact.
func TestGivenUpIsParked(t *testing.T) {
	w := newMetered(t, 0)
	w.net.answer["a"] = errors.New("502")
	w.owe("a", storage.LaneReply)
	w.owe("b", storage.LaneReply)
	for range 2 * 24 {
		w.later(time.Hour)
	}
	if len(w.parked()) != 0 || w.out.Depth() != 1 || w.net.calls["b"] != 1 {
		t.Fatalf("after two days: parked %d, owed %d, to b %d", len(w.parked()), w.out.Depth(), w.net.calls["b"])
	}
	for range 25 {
		w.later(time.Hour)
	}
	list := w.parked()
	if len(list) != 1 || list[0].Message.To != "b:a" || list[0].Why == "" || w.out.Depth() != 0 || w.out.Parked.Load() != 1 {
		t.Fatalf("after three days: parked %+v, owed %d", list, w.out.Depth())
	}
	tries := w.net.calls["a"]
	if tries < 20 || tries > 80 {
		t.Errorf("tried %d times", tries)
	}
	delete(w.net.answer, "a")
	write(t, w.store, func(tx storage.Tx) error { return storage.Unpark(tx, list[0], w.clock.Now()) })
	w.restart()
	w.out.Drain(t.Context())
	if w.net.calls["a"] != tries+1 || w.out.Depth() != 0 || len(w.parked()) != 0 {
		t.Errorf("sent %d times after it was taken up again, owed %d, parked %d", w.net.calls["a"]-tries, w.out.Depth(), len(w.parked()))
	}
}

// A message that the network finds fault with is our mistake: it is parked at once, the
// contact stays as it is, and what comes behind it goes out.
func TestOurMistakeIsParked(t *testing.T) {
	w := newMetered(t, 0)
	w.net.answer["a"] = &bot.RefusedError{Err: errors.New("400 can't parse entities")}
	w.owe("a", storage.LaneReply)
	delete(w.net.answer, "a")
	w.owe("a", storage.LaneReply)
	if list := w.parked(); len(list) != 1 || w.net.calls["a"] != 2 || w.out.Depth() != 0 {
		t.Errorf("parked %d, called %d times, owed %d", len(list), w.net.calls["a"], w.out.Depth())
	}
}
