package wire

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"chihoi/bot"
)

// CallError is a call of a network's API that failed. It keeps no error of net/http inside:
// those print the address, and the address holds the token.
type CallError struct {
	Network  string // for the text
	Method   string
	Code     int    // the network's error code, 0 when the answer was not the network's
	Text     string // the network's description, or what went wrong on the way
	Doubtful bool   // the call may have had its effect all the same
	Ended    error  // context.Canceled or DeadlineExceeded
}

func (e *CallError) Error() string {
	if e.Code != 0 {
		return fmt.Sprintf("%s %s: %d %s", e.Network, e.Method, e.Code, e.Text)
	}
	return fmt.Sprintf("%s %s: %s", e.Network, e.Method, e.Text)
}

// Unwrap lets errors.Is find what may have arrived (bot.ErrDoubtful) and what was called off.
func (e *CallError) Unwrap() (errs []error) {
	if e.Doubtful {
		errs = append(errs, bot.ErrDoubtful)
	}
	if e.Ended != nil {
		errs = append(errs, e.Ended)
	}
	return errs
}

// Says reports whether the description contains one of the texts, given in lower case.
func (e *CallError) Says(texts ...string) bool {
	have := strings.ToLower(e.Text)
	for _, t := range texts {
		if strings.Contains(have, t) {
			return true
		}
	}
	return false
}

// Because takes the reason of a call that got no whole answer out of an error of net/http.
func (e *CallError) Because(err error) {
	for _, end := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, end) {
			e.Ended = end
		}
	}
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	e.Text = err.Error()
}

// maxCallText is how many characters of a description are kept: it goes to the log.
const maxCallText = 200

// Hide takes the token out of the text, and shortens it.
func (e *CallError) Hide(token string) {
	e.Text = strings.ReplaceAll(e.Text, token, "***")
	if r := []rune(e.Text); len(r) > maxCallText {
		e.Text = string(r[:maxCallText]) + "…"
	}
}
