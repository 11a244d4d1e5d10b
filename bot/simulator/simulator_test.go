package simulator

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"chihoi/bot"
	"chihoi/flows"
)

var zone = time.FixedZone("ICT", 7*3600)

func sample() *Channel {
	return New(Config{
		Phones: []Phone{{Key: "head", Title: "Chị Lan"}, {Key: "group", Title: "Nhóm", Group: true, Members: []string{"Chị Lan"}}},
		Clock:  bot.NewHandClock(time.Date(2026, 11, 25, 8, 0, 0, 0, zone), true),
		Jumps: []Jump{{Label: "Sang 28/11 19:00", To: func(now time.Time) time.Time {
			return time.Date(2026, 11, 28, 19, 0, 0, 0, now.Location())
		}}},
	})
}

func TestUpdatesComeInOrderUntilTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := sample()
		ctx, stop := context.WithCancel(t.Context())
		var mu sync.Mutex
		var got []bot.Update
		failures := 3
		var done sync.WaitGroup
		done.Go(func() {
			err := c.Receive(ctx, func(_ context.Context, u bot.Update) error {
				mu.Lock()
				defer mu.Unlock()
				got = append(got, u)
				if failures > 0 {
					failures--
					return errors.New("disk full")
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
		for _, text := range []string{"một", "hai"} {
			if err := c.say("head", "", message{Kind: "text", Text: text}, flows.Text{Body: text}); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Minute)
		stop()
		done.Wait()
		var words []string
		for _, u := range got {
			words = append(words, u.Event.(flows.Text).Body)
		}
		if s := strings.Join(words, " "); s != "một một một một hai" {
			t.Errorf("handed over %q", s)
		}
		if got[0].ID != got[3].ID || got[3].ID == got[4].ID {
			t.Errorf("ids %q %q %q: one per update, the same when it comes again", got[0].ID, got[3].ID, got[4].ID)
		}
		if u := got[0]; u.Contact != "sim:head" || u.Group || !u.SentAt.Equal(c.cfg.Clock.Now()) {
			t.Errorf("update %+v", u)
		}
	})
}

func TestIDsDifferAmongProcesses(t *testing.T) {
	a, b := sample(), sample()
	if a.nextID() == b.nextID() {
		t.Error("two processes made the same id")
	}
}

func TestFullQueueIsRefusedAndNotShown(t *testing.T) {
	c := sample()
	for range queued {
		if err := c.say("head", "", message{Kind: "text", Text: "x"}, flows.Text{Body: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	shown := len(c.log)
	if err := c.say("head", "", message{Kind: "text", Text: "x"}, flows.Text{Body: "x"}); !errors.Is(err, errFull) {
		t.Errorf("say = %v, want errFull", err)
	}
	if len(c.log) != shown {
		t.Error("a message that can't be handed over is on the screen")
	}
}

func TestSendRefusesWhatNetworksRefuse(t *testing.T) {
	c := sample()
	button := func(label, data string) [][]bot.Button { return [][]bot.Button{{{Label: label, Data: data}}} }
	for name, m := range map[string]bot.Outgoing{
		"unknown phone":  {Chat: "nobody", Text: "x"},
		"empty text":     {Chat: "head"},
		"too long":       {Chat: "head", Text: strings.Repeat("😀", longest/2) + "x"},
		"65-byte data":   {Chat: "head", Text: "x", Rows: button("Có", strings.Repeat("d", 65))},
		"data not ASCII": {Chat: "head", Text: "x", Rows: button("Có", "có")},
		"no data":        {Chat: "head", Text: "x", Rows: button("Có", "")},
		"no label":       {Chat: "head", Text: "x", Rows: button("", "d")},
		"empty row":      {Chat: "head", Text: "x", Rows: [][]bot.Button{{}}},
	} {
		if _, err := c.Send(t.Context(), m); !errors.Is(err, bot.ErrRefused) {
			t.Errorf("%s: %v, want ErrRefused", name, err)
		}
	}
	if len(c.log) != 0 {
		t.Error("a refused message is on a screen")
	}
	if _, err := c.Send(t.Context(), bot.Outgoing{Chat: "head", Text: "x", Edits: "unknown"}); !errors.Is(err, bot.ErrGone) {
		t.Errorf("edit of nothing: %v, want ErrGone", err)
	}
}

func TestPressOnlyWhatIsOnTheScreen(t *testing.T) {
	c := sample()
	id, err := c.Send(t.Context(), bot.Outgoing{Chat: "head", Text: "Chưa ạ?", Rows: [][]bot.Button{{{Label: "Rồi", Data: "yes"}}}})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := c.press("head", "", id, "yes"); err != nil {
			t.Errorf("a visible button: %v", err)
		}
	}
	if err := c.press("head", "", id, "no"); !errors.Is(err, errNoButton) {
		t.Errorf("a forged press: %v", err)
	}
	if err := c.press("group", "", id, "yes"); !errors.Is(err, errNoButton) {
		t.Errorf("another phone's button: %v", err)
	}
	same, err := c.Send(t.Context(), bot.Outgoing{Chat: "head", Text: "✓ Rồi", Edits: id})
	if err != nil || same != id {
		t.Errorf("edit = %q, %v, want the same id", same, err)
	}
	if err := c.press("head", "", id, "yes"); !errors.Is(err, errNoButton) {
		t.Errorf("a button that an edit took away: %v", err)
	}
}

func TestAbilitiesFollowTheSwitch(t *testing.T) {
	c := sample()
	if err := c.setPlain("head", true); err != nil {
		t.Fatal(err)
	}
	if a := c.AbilitiesOf("head"); a.Buttons || a.Edit || a.MaxText != longestOff {
		t.Errorf("without buttons: %+v", a)
	}
	if a := c.AbilitiesOf("group"); !a.Buttons || !a.Edit {
		t.Errorf("the other phone: %+v", a)
	}
	if err := c.setPlain("head", false); err != nil {
		t.Fatal(err)
	}
	if a := c.AbilitiesOf("head"); a != c.Abilities() {
		t.Errorf("switched back: %+v", a)
	}
	if err := c.setPlain("nobody", true); !errors.Is(err, errNoPhone) {
		t.Errorf("unknown phone: %v", err)
	}
}

func TestReadWhen(t *testing.T) {
	now := time.Date(2026, 12, 22, 9, 30, 0, 0, zone)
	past := "1/12/2026 qua rồi, đồng hồ chỉ đi tới thôi ạ. Nếu là sang năm, chị gõ cả năm: 1/12/2027"
	for typed, want := range map[string]string{
		"25/12 08:00":             "2026-12-25 08:00",
		" 25/12   8:00 ":          "2026-12-25 08:00",
		"25/12 8h":                "2026-12-25 08:00",
		"25/12 8H30":              "2026-12-25 08:30",
		"25/12 8 giờ":             "2026-12-25 08:00",
		"25/12 8 gio\u031b\u0300": "2026-12-25 08:00", // NFD
		"25/12, lúc 8 giờ 30":     "2026-12-25 08:30",
		"25-12 8g":                "2026-12-25 08:00",
		"25.12 19":                "2026-12-25 19:00",
		"ngày 25/12 7h tối":       "2026-12-25 19:00",
		"ngay 25/12 7h toi":       "2026-12-25 19:00",
		"25/12 8h sáng":           "2026-12-25 08:00",
		"25/12 12h trưa":          "2026-12-25 12:00",
		"25/12 1h trưa":           "2026-12-25 13:00",
		"25/12":                   "2026-12-25 08:00",
		"8h 25/12":                "2026-12-25 08:00",
		"19h30, ngày 25/12":       "2026-12-25 19:30",
		"25/12/2026 19:00":        "2026-12-25 19:00",
		"2026-12-25T08:00":        "2026-12-25 08:00",
		"2026-12-25 08:00":        "2026-12-25 08:00",
		"2026-12-25":              "2026-12-25 08:00",
		"19:00":                   "2026-12-22 19:00",
		"19h":                     "2026-12-22 19:00",
		"9h":                      "2026-12-22 09:00", // past: refused when the clock is moved
		"22/12 10h":               "2026-12-22 10:00",
		"3/1 07:30":               "2027-01-03 07:30",
		"3/1":                     "2027-01-03 08:00",
		"1/12":                    past,
		"1/12 19h":                past,
		"22/12 9h":                "22/12/2026 qua rồi, đồng hồ chỉ đi tới thôi ạ. Nếu là sang năm, chị gõ cả năm: 22/12/2027",
		"1/12/2027":               "2027-12-01 08:00",
		"29/2 08:00":              "",
		"31/11 08:00":             "",
		"25/12 24h":               "",
		"25/12 8h60":              "",
		"25":                      "",
		"ngày mai":                "",
		"":                        "",
		"2026-12-25 08:00 x":      "",
	} {
		got, err := readWhen(typed, now)
		switch {
		case want == "":
			if !errors.Is(err, errWhen) {
				t.Errorf("%q = %v, %v, want errWhen", typed, got, err)
			}
		case err != nil:
			if err.Error() != want {
				t.Errorf("%q: %v, want %s", typed, err, want)
			}
		case got.Format("2006-01-02 15:04") != want || got.Location() != zone:
			t.Errorf("%q = %v, want %s", typed, got, want)
		}
	}
}

// A move goes forward, and not so far that doing what is due on the way would take minutes.
func TestTarget(t *testing.T) {
	c := sample()
	now := time.Date(2026, 12, 22, 9, 30, 0, 0, zone)
	for typed, want := range map[string]error{"9h": errPast, "1/12/2026": errPast, "25/12/2027": errFar, "20/12/2027": nil, "10h": nil} {
		if _, err := c.target(move{To: typed}, now); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", typed, err, want)
		}
	}
}
