package bot

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Operator is who runs the program, as its HTTP listener knows her. What is for her (metrics,
// ledger, calendar, the details of readiness) is for nobody else: without a Token it is shown
// to this machine alone, with one to whoever sends it, from here or elsewhere.
type Operator struct{ Token string }

// Is reports whether a request comes from the operator.
func (o Operator) Is(r *http.Request) bool {
	if o.Token == "" {
		return near(r)
	}
	sent, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	got, want := sha256.Sum256([]byte(sent)), sha256.Sum256([]byte(o.Token))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1 && bearer
}

// Only serves the operator, and is not there for others; where a token would help, it says so.
func (o Operator) Only(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case o.Is(r):
			h.ServeHTTP(w, r)
		case o.Token != "":
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "phải có CHIHOI_OPERATOR_TOKEN đúng", http.StatusUnauthorized)
		default:
			http.NotFound(w, r)
		}
	})
}

// near reports whether a request comes from this machine itself: not from another one, also
// not through a proxy here that forwards more than it should.
func near(r *http.Request) bool {
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	// Where --listen is an address of this machine's network, that is also where it calls from.
	to, _ := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	return from.Addr().Unmap().IsLoopback() || to != nil && to.AddrPort().Addr().Unmap() == from.Addr().Unmap()
}
