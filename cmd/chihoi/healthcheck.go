package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"chihoi/bot"
)

type healthcheckCmd struct {
	Listen string `env:"CHIHOI_LISTEN" default:"127.0.0.1:8080" placeholder:"ĐỊA_CHỈ" help:"Địa chỉ mà chihoi serve đang nhận (mặc định ${default})."`
}

// Run asks the serving process for its health, for containers that have no other tool.
func (c *healthcheckCmd) Run(*global) error {
	_, err := askReady(c.Listen)
	return err
}

// askReady asks the process that listens at an address whether it is ready, and how things
// stand there: JSON, also when it is not.
func askReady(listen string) (state []byte, err error) { return ask(listen, "/readyz") }

// direct calls chihoi serve, which is near: by no proxy, which would be shown the token.
var direct = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}

// ask gets a page of the process that listens at an address. What comes with another status
// than 200 is returned with the error; nil is returned when nobody answers.
func ask(listen, page string) (body []byte, err error) {
	host, port, err := readListen(listenFlag, listen)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1" // it listens on every address, so on this one
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+page, nil)
	if err != nil {
		return nil, err
	}
	o, err := operator()
	if err != nil {
		return nil, err
	}
	if o.Token != "" {
		req.Header.Set("Authorization", "Bearer "+o.Token)
	}
	resp, err := direct.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%s %s: không có chihoi serve nào trả lời: %w", listenFlag, listen, errors.Unwrap(err)) // without the address
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(io.LimitReader(resp.Body, 16<<20))
	switch {
	case resp.StatusCode == http.StatusUnauthorized && o.Token == "":
		err = fmt.Errorf("chihoi serve ở %s đòi %s: đặt biến này đúng như của serve", listen, operatorToken)
	case resp.StatusCode == http.StatusUnauthorized:
		err = fmt.Errorf("%s sai: không giống của chihoi serve ở %s, đặt lại cho đúng", operatorToken, listen)
	case resp.StatusCode == http.StatusBadRequest: // it says itself what is wrong with the question
		err = errors.New(strings.TrimSpace(string(body)))
	case resp.StatusCode != http.StatusOK:
		err = fmt.Errorf("chihoi serve ở %s trả lời %s", listen, resp.Status)
	}
	return body, err
}

// operatorToken is the variable that holds the operator's token.
const operatorToken = "CHIHOI_OPERATOR_TOKEN"

// operator is who may read what chihoi serve shows of itself. A token that can be guessed is refused.
func operator() (o bot.Operator, err error) {
	const least = 16
	if o.Token, err = secret(operatorToken); err == nil && o.Token != "" && len(o.Token) < least {
		err = fmt.Errorf("%s: dài %d ký tự, phải từ %d trở lên (openssl rand -hex 16 làm ra một cái)", operatorToken, len(o.Token), least)
	}
	return o, err
}
