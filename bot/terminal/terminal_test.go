package terminal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"chihoi/bot"
	"chihoi/flows"
)

var zone = time.FixedZone("ICT", 7*3600)

// notes is a Recorder that writes lines.
type notes struct{ strings.Builder }

func (n *notes) Said(who, text string)     { fmt.Fprintf(n, "%s> %s\n", who, text) }
func (n *notes) Pressed(who, label string) { fmt.Fprintf(n, "%s> [%s]\n", who, label) }
func (n *notes) Clock(t time.Time)         { fmt.Fprintf(n, "@ %s\n", t.Format("2006-01-02 15:04")) }
func (n *notes) Bot(who, text string, labels []string, edited bool) {
	fmt.Fprintf(n, "%s< %q %v edited=%v\n", who, text, labels, edited)
}

// fixture is a terminal with a bot that asks one question.
type fixture struct {
	*Channel
	out  bytes.Buffer
	rec  notes
	seen []bot.Update
	open string
	fail int // how many deliveries fail before one is taken
}

func newFixture(in io.Reader) *fixture {
	f := &fixture{}
	clock := bot.NewHandClock(time.Date(2026, 11, 24, 9, 0, 0, 0, zone), true)
	f.Channel = New(in, &f.out, Config{
		Phones: []Phone{{Key: "lan", Name: "Chị Lan"}, {Key: "minh", Name: "Chị Minh"}, {Key: "nhom", Name: "Nhóm An Phú", Group: true}},
		Clock:  clock,
		AfterJump: func(ctx context.Context) {
			f.tell(ctx, bot.Outgoing{Chat: "minh", Text: "Đã tới giờ ạ."})
		},
		Recorder: &f.rec,
	})
	return f
}

func (f *fixture) tell(ctx context.Context, m bot.Outgoing) string {
	id, err := f.Send(ctx, m)
	if err != nil {
		panic(err)
	}
	return id
}

func (f *fixture) handle(ctx context.Context, u bot.Update) error {
	f.seen = append(f.seen, u)
	if f.fail > 0 {
		f.fail--
		return errors.New("disk full")
	}
	switch ev := u.Event.(type) {
	case flows.Press:
		f.tell(ctx, bot.Outgoing{Chat: u.Contact.Chat(), Edits: f.open, Text: "✓ " + ev.Data})
	case flows.Text:
		f.open = f.tell(ctx, bot.Outgoing{Chat: u.Contact.Chat(), Text: "Chi hội mình họp chưa chị?\nBấm giúp em nhé.", Rows: [][]bot.Button{
			{{Label: "Có rồi", Data: "yes"}, {Label: "Chưa", Data: "no"}}, {{Label: "Để sau", Data: "later"}},
		}})
	}
	return nil
}

// play runs the whole input and returns when the person has ended the talk.
func (f *fixture) play(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var receiving sync.WaitGroup
	receiving.Go(func() {
		if err := f.Receive(ctx, f.handle); err != nil {
			t.Error(err)
		}
	})
	<-f.Done()
	stop()
	receiving.Wait()
}

func TestTalk(t *testing.T) {
	f := newFixture(strings.NewReader(strings.Join([]string{
		"dạ em chào", "/2", "/2", "@", "@ai", "@minh", "!  +1d", "! 2026-11-28  19:00", "! +1x", "! 2026-11-01 08:00",
		"", "/start MÃ-1", "@nhom", "  chào nhóm  ", "/quit", "không tới đây",
	}, "\n")))
	f.play(t)
	const wantRecord = `lan> dạ em chào
lan< "Chi hội mình họp chưa chị?\nBấm giúp em nhé." [Có rồi Chưa Để sau] edited=false
lan> [Chưa]
lan< "✓ no" [] edited=true
@ 2026-11-25 09:00
minh< "Đã tới giờ ạ." [] edited=false
@ 2026-11-28 19:00
minh< "Đã tới giờ ạ." [] edited=false
minh> /start MÃ-1
minh< "Chi hội mình họp chưa chị?\nBấm giúp em nhé." [Có rồi Chưa Để sau] edited=false
nhom> chào nhóm
nhom< "Chi hội mình họp chưa chị?\nBấm giúp em nhé." [Có rồi Chưa Để sau] edited=false
`
	if got := f.rec.String(); got != wantRecord {
		t.Errorf("recorded:\n%s\nwant:\n%s", got, wantRecord)
	}
	const wantStart = `lan> 09:00  gửi Chị Lan:
   Chi hội mình họp chưa chị?
   Bấm giúp em nhé.
   [1] Có rồi  [2] Chưa
   [3] Để sau
lan> 09:00  gửi Chị Lan (sửa tin trước):
   ✓ no
lan> Không có nút số 2 ạ.
lan>   @lan  Chị Lan
  @minh  Chị Minh
  @nhom  Nhóm An Phú
lan> Không có ai tên tắt là “ai”. Những người đang có:
  @lan  Chị Lan
  @minh  Chị Minh
  @nhom  Nhóm An Phú
lan> minh> ── Thứ Tư, 25/11/2026 09:00 ──
09:00  gửi Chị Minh:
   Đã tới giờ ạ.
minh> ── Thứ Bảy, 28/11/2026 19:00 ──
19:00  gửi Chị Minh:
   Đã tới giờ ạ.
minh> Dạ, em chưa hiểu giờ này, gõ như: ! +1d, ! +2h, ! +30m hoặc ! 2026-11-25 08:00
minh> Dạ, đồng hồ chỉ đi tới thôi ạ
`
	if got := f.out.String(); !strings.HasPrefix(got, wantStart) {
		t.Errorf("printed:\n%s\nwant it to start with:\n%s", got, wantStart)
	}
	last := f.seen[len(f.seen)-1]
	if last.Contact != "term:nhom" || !last.Group || last.SentAt.Format("2/1 15:04") != "28/11 19:00" {
		t.Errorf("last update %+v", last)
	}
	ids := make(map[string]bool)
	for _, u := range f.seen {
		ids[u.ID] = true
	}
	if len(ids) != len(f.seen) {
		t.Errorf("%d ids for %d updates", len(ids), len(f.seen))
	}
}

func TestEndOfInputEnds(t *testing.T) {
	f := newFixture(strings.NewReader("chào"))
	f.play(t)
	if len(f.seen) != 1 || !strings.HasSuffix(f.out.String(), "lan> \n") {
		t.Errorf("%d updates, printed %q", len(f.seen), f.out.String())
	}
}

func TestLineIsHandedAgainUntilTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(strings.NewReader("chào\nlần hai\n"))
		f.fail = 4
		f.play(t)
		if len(f.seen) != 6 || f.seen[0].ID != f.seen[4].ID || f.seen[4].ID == f.seen[5].ID {
			t.Errorf("handed over %d times: %+v", len(f.seen), f.seen)
		}
		if n := strings.Count(f.out.String(), "chưa ghi được"); n != 1 {
			t.Errorf("told of it %d times, want once", n)
		}
	})
}

func TestEachLineSettlesBeforeTheNext(t *testing.T) {
	f := newFixture(strings.NewReader("một\nhai\n"))
	var order []string
	f.cfg.Settle = func(context.Context) { order = append(order, fmt.Sprint(len(f.seen))) }
	f.play(t)
	if got := strings.Join(order, " "); got != "0 1 2" {
		t.Errorf("settled after %q updates", got)
	}
}

func TestUnaskedMessageLeavesThePromptBelow(t *testing.T) {
	in, typed := io.Pipe()
	f := newFixture(in)
	prompted := make(chan struct{}, 1)
	f.Channel.out = writerFunc(func(p []byte) (int, error) {
		if strings.HasSuffix(string(p), "> ") {
			select {
			case prompted <- struct{}{}:
			default:
			}
		}
		return f.out.Write(p)
	})
	ctx, stop := context.WithCancel(t.Context())
	var receiving sync.WaitGroup
	receiving.Go(func() { _ = f.Receive(ctx, f.handle) })
	<-prompted
	f.tell(ctx, bot.Outgoing{Chat: "lan", Text: "Nhắc chị ạ."})
	stop()
	typed.Close()
	receiving.Wait()
	if got := f.out.String(); !strings.HasPrefix(got, "lan> \n09:00  gửi Chị Lan:\n   Nhắc chị ạ.\nlan> ") {
		t.Errorf("printed %q", got)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestSendRefuses(t *testing.T) {
	f := newFixture(strings.NewReader(""))
	for name, m := range map[string]bot.Outgoing{
		"unknown phone": {Chat: "nobody", Text: "x"},
		"empty":         {Chat: "lan"},
		"too long":      {Chat: "lan", Text: strings.Repeat("😀", longest/2) + "x"},
	} {
		if _, err := f.Send(t.Context(), m); !errors.Is(err, bot.ErrRefused) {
			t.Errorf("%s: %v, want ErrRefused", name, err)
		}
	}
	if _, err := f.Send(t.Context(), bot.Outgoing{Chat: "lan", Text: "x", Edits: "m"}); !errors.Is(err, bot.ErrGone) {
		t.Errorf("edit of nothing: %v, want ErrGone", err)
	}
	if f.out.Len() != 0 {
		t.Errorf("printed %q", f.out.String())
	}
}
