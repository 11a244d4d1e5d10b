package wire

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"io"
	"log/slog"
	"net/http"
)

// Deliveries takes what a network delivers by webhook: a POST with the secret in a header.
type Deliveries struct {
	Header, Secret string
	Max            int64 // bytes; what is longer is passed over, it would only come again
	// Take handles a body and returns the status to answer with.
	Take func(ctx context.Context, body []byte) int
	// Stranger, if set, is told of a call without the secret.
	Stranger func()
	Log      *slog.Logger
	Network  string // for the log
}

// Handler is the endpoint. The secret is compared before the body is read, in a time that
// tells nothing about it.
func (d Deliveries) Handler() http.Handler {
	want := sha256.Sum256([]byte(d.Secret))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		got := sha256.Sum256([]byte(r.Header.Get(d.Header)))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			if d.Stranger != nil {
				d.Stranger()
			}
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, d.Max))
		var tooBig *http.MaxBytesError
		switch {
		case errors.As(err, &tooBig):
			d.Log.Error(d.Network+": update passed over, too big", "more_than", tooBig.Limit)
			w.WriteHeader(http.StatusOK)
		case err != nil:
			w.WriteHeader(http.StatusBadRequest)
		default:
			w.WriteHeader(d.Take(r.Context(), body))
		}
	})
}
