package telegram

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// photoTimeout bounds the fetching of a picture: somebody waits for it at a link.
const photoTimeout = 20 * time.Second

// FetchPhoto returns the bytes of a picture that was sent to the bot. Its errors hold no
// address, because the address holds the token.
func (c *Channel) FetchPhoto(ctx context.Context, file string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, photoTimeout)
	defer cancel()
	var found struct {
		Path string `json:"file_path"`
	}
	if err := c.client.callInto(ctx, &found, "getFile", tgbotapi.Params{"file_id": file}); err != nil {
		return nil, err
	}
	return c.client.download(ctx, found.Path)
}

// download fetches a file by the path that getFile gave.
func (c *client) download(ctx context.Context, path string) ([]byte, error) {
	const method = "download"
	base := strings.TrimSuffix(strings.ReplaceAll(c.endpoint, "%%", "%"), "/bot%s/%s")
	address := base + "/file/bot" + c.token + "/" + (&url.URL{Path: path}).EscapedPath()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || path == "" {
		return nil, failed(method, "no path of a file")
	}
	x := &exchange{ctx: ctx, http: c.http}
	resp, err := x.Do(req)
	if err != nil {
		return nil, c.failure(method, x, nil, err)
	}
	content, err := io.ReadAll(io.LimitReader(resp.Body, maxPhoto+1))
	switch {
	case resp.StatusCode != http.StatusOK:
		e := failed(method, "no such file")
		e.Code = resp.StatusCode
		return nil, e
	case err != nil || len(content) > maxPhoto:
		return nil, failed(method, fmt.Sprintf("a picture of more than %d bytes", maxPhoto))
	}
	return content, nil
}
