package wire

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// The other side's clock is read off its answers, and a reading holds for some minutes of
// this machine's clock.
func TestWatchReadsTheOtherClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		date := time.Now().AddDate(-1, 0, 0)
		w := &Watch{RoundTripper: answering(func() string { return date.UTC().Format(http.TimeFormat) })}
		call := func() {
			t.Helper()
			resp, err := w.RoundTrip(httptest.NewRequest(http.MethodGet, "http://network/", nil))
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
		}
		if _, known := w.Ahead(); known {
			t.Error("known before any answer")
		}
		call()
		if ahead, known := w.Ahead(); !known || ahead.Round(time.Hour) != time.Since(date).Round(time.Hour) {
			t.Errorf("ahead %v, known %v", ahead, known)
		}
		time.Sleep(fresh + time.Second)
		if _, known := w.Ahead(); known {
			t.Error("known by an answer of long ago")
		}
	})
}

// answering is a network that answers with a Date header.
type answering func() string

func (a answering) RoundTrip(*http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	rec.Header().Set("Date", a())
	return rec.Result(), nil
}
