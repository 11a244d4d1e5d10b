package zalo

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"chihoi/bot/wire"
)

const (
	// pollSeconds is how long Zalo is asked to hold a getUpdates open; it is sent as a text.
	pollSeconds = "30"
	// pollTimeout leaves Zalo time to say that there was nothing.
	pollTimeout = 45 * time.Second
	callTimeout = 30 * time.Second
	// photoTimeout is long because Zalo fetches the picture before it answers.
	photoTimeout = 150 * time.Second
	// maxAnswer bounds what is read of one answer.
	maxAnswer = 1 << 20
)

// Codes of Zalo's envelope, which comes under HTTP status 200.
const (
	codeBadRequest   = 400
	codeUnauthorized = 401
	codeInternal     = 403 // documented as "Internal server error"
	codeNotFound     = 404
	codeTimeout      = 408 // of getUpdates: no news
	codeDailyLimit   = 426 // of setWebhook
	codeQuota        = 429
)

// client makes calls.
type client struct {
	token string
	api   string
	http  *http.Client
	watch *wire.Watch
}

func newClient(token, api string, transport http.RoundTripper) *client {
	watch := &wire.Watch{RoundTripper: transport}
	return &client{token: token, api: api, watch: watch, http: &http.Client{
		Transport: watch,
		// The Bot API never redirects; following one would show the token elsewhere.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// envelope is how Zalo answers. Some limits were documented with a camel-case code.
type envelope struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Description string          `json:"description"`
	Code        int             `json:"error_code"`
	CamelCode   int             `json:"errorCode"`
}

// callInto makes a call and decodes its result.
func (c *client) callInto(ctx context.Context, result any, method string, params any) error {
	raw, err := c.call(ctx, callTimeout, method, params)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, result); err != nil {
		return failed(method, "an answer of another form")
	}
	return nil
}

// call makes a call and returns its result, which may be empty. Its error is always a *callError.
func (c *client) call(ctx context.Context, timeout time.Duration, method string, params any) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if params == nil {
		params = struct{}{}
	}
	body, err := json.Marshal(params)
	if err != nil {
		return nil, failed(method, err.Error())
	}
	var written atomic.Bool // the request left this machine
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(i httptrace.WroteRequestInfo) {
		if i.Err == nil {
			written.Store(true)
		}
	}})
	status, answer, err := c.post(ctx, method, body)
	if err != nil {
		return nil, c.broken(method, err, written.Load())
	}
	return c.open(method, status, answer)
}

// post makes one HTTP request; its answer is read whole, so that the connection is used
// again and a broken answer is known as such.
func (c *client) post(ctx context.Context, method string, body []byte) (status int, answer []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.api+"/bot"+c.token+"/"+method, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	return resp.StatusCode, answer, err
}

// open reads an answer that arrived whole.
func (c *client) open(method string, status int, answer []byte) (json.RawMessage, error) {
	answer = bytes.TrimSpace(answer)
	var e envelope
	if len(answer) == 0 || json.Unmarshal(answer, &e) != nil {
		// Not the Bot API: a gateway's page, a captive portal, an outage.
		err := failed(method, fmt.Sprintf("HTTP %d without an answer of the Bot API", status))
		err.blank = len(answer) == 0 || answer[0] == '<'
		// 4xx never came as far as the bot platform; of anything else that is not known.
		err.Doubtful = status < 400 || status >= 500
		return nil, err
	}
	if e.OK {
		return e.Result, nil
	}
	err := failed(method, e.Description)
	err.Code = cmp.Or(e.Code, e.CamelCode)
	if err.Code == 0 && status >= 400 {
		err.Code = status
	}
	err.Doubtful = err.Code == codeTimeout || err.Code >= 500
	err.Hide(c.token)
	return nil, err
}

// broken is the failure of a call that got no whole answer.
func (c *client) broken(method string, err error, written bool) *callError {
	e := failed(method, "")
	e.Because(err)
	e.Doubtful = written
	e.Hide(c.token)
	return e
}

// callError is a call that failed.
type callError struct {
	wire.CallError
	blank bool // the answer was empty, or a page
}

func failed(method, text string) *callError {
	return &callError{CallError: wire.CallError{Network: "zalo", Method: method, Text: text}}
}

// useless says that a call failed because Zalo does not know the token, and what to do; nil
// when that is not why.
func useless(err error) error {
	var e *callError
	if errors.As(err, &e) && e.Code == codeUnauthorized {
		return fmt.Errorf("token sai hoặc đã được đặt lại: chép token mới nhất trong tin của Zalo Bot Manager vào ZALO_TOKENS (%w)", e)
	}
	return nil
}
