// Package wire owns what channels share in calling a network over HTTP: connections, the
// checks of addresses, and how long to wait after failures. It knows no network.
package wire

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// Transport is one connection per request in flight. HTTP/2 would put everything on one
// connection, and on a line that died silently all sending would hang with the long poll.
// proxy is an address (http, https or socks5); "" follows HTTPS_PROXY and the like.
func Transport(proxy string) (*http.Transport, error) {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Protocols = new(http.Protocols)
	t.Protocols.SetHTTP1(true)
	t.ForceAttemptHTTP2 = false
	t.MaxIdleConns, t.MaxIdleConnsPerHost = 64, 64
	// Shorter than servers keep theirs: a send on a connection that the server is just
	// closing may or may not have arrived.
	t.IdleConnTimeout = 30 * time.Second
	if proxy != "" {
		u, err := url.Parse(proxy)
		if err != nil || u.Host == "" {
			return nil, errors.New("không phải một địa chỉ")
		}
		t.Proxy = http.ProxyURL(u)
	}
	return t, nil
}

// Watch is a transport that notes what time the other side's answers tell.
type Watch struct {
	http.RoundTripper
	last atomic.Pointer[reading]
}

// reading is one look at both clocks.
type reading struct{ ours, theirs time.Time }

// fresh is how long a reading holds; networks that are polled answer each minute.
const fresh = 10 * time.Minute

// RoundTrip implements http.RoundTripper.
func (w *Watch) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := w.RoundTripper.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	if t, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		w.last.Store(&reading{time.Now().Round(0), t}) // no monotonic part: the clock may be set
	}
	return resp, nil
}

// Ahead is by how much this machine's clock is ahead of the other side's, to about a second;
// known is false when no answer of the last minutes, by this clock, told the time.
func (w *Watch) Ahead() (ahead time.Duration, known bool) {
	r := w.last.Load()
	if r == nil || time.Now().Round(0).Sub(r.ours).Abs() > fresh {
		return 0, false
	}
	return r.ours.Sub(r.theirs), true
}

// BaseURL checks an address and cuts its last slash, or says what is wrong with it
// without repeating it: it may hold a password.
func BaseURL(s, otherwise string) (base, reason string) {
	if s == "" {
		s = otherwise
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", "phải là địa chỉ bắt đầu bằng https:// hoặc http://"
	}
	if u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", "không được có tên người dùng, phần sau ? hay sau #"
	}
	return strings.TrimRight(s, "/"), ""
}

// PublicURL checks the address under which a network is to call this program: https, but
// for this machine itself, which only tests have called.
func PublicURL(s string) (base, reason string) {
	if s == "" {
		return "", "chế độ webhook cần địa chỉ https của chương trình này mà mạng gọi tới được"
	}
	base, reason = BaseURL(s, "")
	if reason != "" {
		return "", reason
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" && !loopback(u.Hostname()) {
		return "", "phải bắt đầu bằng https://, mạng không gọi địa chỉ khác"
	}
	return base, ""
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Backoff is the wait after so many failures in a row: 1 to 60 seconds, doubling, with
// jitter so that several programs don't come back at the same moment.
func Backoff(failures int) time.Duration {
	const longest = 60 * time.Second
	d := longest
	if failures < 7 {
		d = time.Second << max(failures-1, 0)
	}
	return min(d+rand.N(d/2), longest)
}

// Sleep waits in real time, or until ctx ends, whose error it then returns.
func Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
