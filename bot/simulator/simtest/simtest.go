// Package simtest starts a headless Chromium for tests of the simulator's page. It owns
// how the browser is found and started, and promises that a test which used one fails
// when the page wrote an error or a warning to the console.
package simtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"chihoi/bot/bottest/needs"
)

const (
	phoneWidth = 900 // narrower windows are phones with touch
	patience   = 5 * time.Minute
	waitLimit  = 20 * time.Second
	lookEvery  = 15 * time.Millisecond
)

// Browser starts Chromium with a window of this size and an empty profile; it is closed
// when the test ends. Start the test's server before calling it, because cleanups run
// backwards and a page that loses its server writes an error to the console.
//
// Without Chromium the test is skipped, or fails when CHIHOI_REQUIRE has "chromium" or "all".
func Browser(t *testing.T, width, height int64) context.Context {
	t.Helper()
	path := needs.Program(t, "chromium", "chromium", "chromium-browser", "google-chrome")
	opts := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.WindowSize(int(width), int(height))}
	for _, flag := range []string{
		"headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run", "no-default-browser-check",
		"disable-background-networking", "disable-component-update", "disable-sync", "disable-extensions",
		"disable-dev-shm-usage", "hide-scrollbars", "mute-audio",
	} {
		opts = append(opts, chromedp.Flag(flag, true))
	}
	// Without a user data directory the allocator makes an empty one and removes it.
	ctx, cancelTime := context.WithTimeout(context.Background(), patience)
	ctx, cancelAlloc := chromedp.NewExecAllocator(ctx, opts...)
	heard := &console{}
	ctx, _ = chromedp.NewContext(ctx, chromedp.WithListener(heard.listen))
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil && ctx.Err() == nil {
			t.Log("closing chromium:", err)
		}
		cancelAlloc()
		cancelTime()
		for _, line := range heard.all() {
			t.Error("console:", line)
		}
	})
	var shape []chromedp.EmulateViewportOption
	if width < phoneWidth {
		shape = append(shape, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height, shape...)); err != nil {
		t.Fatal("starting chromium: ", err)
	}
	return ctx
}

// Do runs steps one after the other. One that waits for what never comes fails the test
// in good time instead of holding it up until the browser's patience ends.
func Do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	for i, step := range steps {
		limited, cancel := context.WithTimeout(ctx, waitLimit)
		err := chromedp.Do(limited, step)
		cancel()
		if err != nil {
			t.Fatalf("step %d: %v", i+1, err)
		}
	}
}

// Until waits for a JavaScript expression to be true in the page. chromedp's own Poll
// compiles its expression inside the page, which the page's policy forbids.
func Until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	for start := time.Now(); ; time.Sleep(lookEvery) {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if err != nil {
			t.Fatalf("%s: %v", expression, err)
		}
		if ok {
			return
		}
		if time.Since(start) > waitLimit {
			t.Fatalf("did not come true in %v: %s", waitLimit, expression)
		}
	}
}

// Shot keeps a picture of the window as NAME.png in the folder CHIHOI_SHOTS, and does
// nothing when that is not set.
func Shot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	dir := os.Getenv("CHIHOI_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Dark shows the page as to someone who prefers dark colours, or light ones again.
func Dark(t *testing.T, ctx context.Context, dark bool) {
	t.Helper()
	value := "light"
	if dark {
		value = "dark"
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

// console keeps what the page complained about.
type console struct {
	mu    sync.Mutex
	lines []string
}

func (c *console) listen(ev any) {
	var line string
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		line = (&chromedp.ExceptionError{ExceptionDetails: ev.ExceptionDetails}).Error()
	case *runtime.EventConsoleAPICalled:
		if ev.Type != runtime.ConsoleAPICalledTypeError && ev.Type != runtime.ConsoleAPICalledTypeWarning {
			return
		}
		for _, arg := range ev.Args {
			line += fmt.Sprintf("%s %s ", arg.Value, arg.Description)
		}
	case *log.EventEntryAdded:
		if ev.Entry.Level != log.EntryLevelError && ev.Entry.Level != log.EntryLevelWarning {
			return
		}
		line = ev.Entry.Text + " " + ev.Entry.URL
	default:
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lines = append(c.lines, line)
}

func (c *console) all() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lines
}
