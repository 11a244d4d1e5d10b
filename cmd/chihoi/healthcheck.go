package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"chihoi/bot"
)

type healthcheckCmd struct {
	Listen string `env:"CHIHOI_LISTEN" default:"127.0.0.1:8080" help:"The address that chihoi serve listens on."`
}

// Run asks the serving process for its health, for containers that have no other tool.
func (c *healthcheckCmd) Run(*global) error {
	_, err := askReady(c.Listen)
	return err
}

// askReady asks the process that listens at an address whether it is ready, and how things
// stand there: JSON, also when it is not.
func askReady(listen string) (state []byte, err error) { return ask(listen, "/readyz") }

// ask gets a page of the process that listens at an address; with an error too, if there is one.
func ask(listen, page string) (body []byte, err error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return nil, fmt.Errorf("--listen/CHIHOI_LISTEN %q: %w", listen, err)
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
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(io.LimitReader(resp.Body, 16<<20))
	if resp.StatusCode != http.StatusOK {
		return body, fmt.Errorf("not ready: %s", resp.Status)
	}
	return body, err
}

// operator is who may read what chihoi serve shows of itself. A token that can be guessed is refused.
func operator() (o bot.Operator, err error) {
	const name, least = "CHIHOI_OPERATOR_TOKEN", 16
	if o.Token, err = secret(name); err == nil && o.Token != "" && len(o.Token) < least {
		err = fmt.Errorf("%s: has %d characters, needs at least %d (openssl rand -hex 16 makes one)", name, len(o.Token), least)
	}
	return o, err
}
