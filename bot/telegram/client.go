package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chihoi/bot/wire"
)

const (
	// pollSeconds is how long Telegram holds a getUpdates open; it caps it at this.
	pollSeconds = 50
	pollTimeout = 75 * time.Second
	callTimeout = 30 * time.Second
	fileTimeout = 3 * time.Minute
	// maxAnswer bounds what is read of one answer: 100 long messages are far below it.
	maxAnswer = 16 << 20
)

// client makes calls. The library knows no context and no timeout and puts the token into
// its errors, so every call gets its own BotAPI value, which costs nothing, around an
// exchange that knows better.
type client struct {
	token    string
	endpoint string // the library's form: address/bot%s/%s
	http     *http.Client
	watch    *wire.Watch
}

func newClient(token, api, proxy string) (*client, error) {
	t, err := wire.Transport(proxy)
	if err != nil {
		return nil, wrong("Proxy", err.Error())
	}
	watch := &wire.Watch{RoundTripper: t}
	return &client{
		watch:    watch,
		token:    token,
		endpoint: strings.ReplaceAll(api, "%", "%%") + "/bot%s/%s",
		http: &http.Client{
			Transport: watch,
			// The Bot API never redirects; following one would show the token elsewhere.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// callInto makes a call and decodes its result.
func (c *client) callInto(ctx context.Context, result any, method string, params tgbotapi.Params) error {
	raw, err := c.call(ctx, callTimeout, method, params)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, result); err != nil {
		return failed(method, "an answer of another form")
	}
	return nil
}

// call makes a call, as an upload when there are files. Its error is always a *callError.
func (c *client) call(ctx context.Context, timeout time.Duration, method string, params tgbotapi.Params, files ...tgbotapi.RequestFile) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	x := &exchange{ctx: ctx, http: c.http}
	api := tgbotapi.BotAPI{Token: c.token, Client: x}
	api.SetAPIEndpoint(c.endpoint)
	var resp *tgbotapi.APIResponse
	var err error
	if len(files) > 0 {
		resp, err = api.UploadFiles(method, params, files)
	} else {
		resp, err = api.MakeRequest(method, params)
	}
	if err == nil {
		return resp.Result, nil
	}
	return nil, c.failure(method, x, resp, err)
}

// exchange is one HTTP request and its answer; it remembers how far it came.
type exchange struct {
	ctx     context.Context
	http    *http.Client
	written atomic.Bool // the request left this machine
	status  int         // of an answer that arrived whole, else 0
}

// Do implements the library's HTTPClient.
func (x *exchange) Do(req *http.Request) (*http.Response, error) {
	ctx := httptrace.WithClientTrace(x.ctx, &httptrace.ClientTrace{
		WroteRequest: func(i httptrace.WroteRequestInfo) {
			if i.Err == nil {
				x.written.Store(true)
			}
		},
	})
	resp, err := x.http.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	// Read whole, so that the connection is used again and a broken answer is known as such.
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	resp.Body.Close()
	if err != nil {
		return nil, err
	}
	x.status = resp.StatusCode
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// callError is a call that failed.
type callError struct {
	wire.CallError
	retryAfter time.Duration
	movedTo    int64
}

func failed(method, text string) *callError {
	return &callError{CallError: wire.CallError{Network: name, Method: method, Text: text}}
}

func (c *client) failure(method string, x *exchange, resp *tgbotapi.APIResponse, err error) *callError {
	e := failed(method, "")
	var te *tgbotapi.Error
	switch {
	case errors.As(err, &te) && (resp.ErrorCode != 0 || te.Message != ""):
		// The code is the response's: the library forgets it for uploads.
		e.Code = resp.ErrorCode
		if e.Code == 0 {
			e.Code = x.status
		}
		e.Text = te.Message
		e.movedTo = te.MigrateToChatID
		if e.Code == http.StatusTooManyRequests {
			// One second more than asked: a repeat a moment too early begins the wait anew.
			e.retryAfter = time.Duration(te.RetryAfter+1) * time.Second
		}
		e.Doubtful = e.Code == http.StatusBadGateway || e.Code == http.StatusGatewayTimeout
	case x.status != 0:
		// Not the Bot API: a proxy's page, a captive portal, another server at this address.
		e.Text = fmt.Sprintf("HTTP %d without an answer of the Bot API", x.status)
		e.Doubtful = x.status == http.StatusBadGateway || x.status == http.StatusGatewayTimeout
	default:
		e.Because(err)
		e.Doubtful = x.written.Load()
	}
	e.Hide(c.token)
	return e
}
