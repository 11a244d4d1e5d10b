package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chihoi/bot"
)

// tokenWait is how long messages rest when Telegram refuses the token: they are kept for
// the operator to put a new one in, not dropped.
const tokenWait = 10 * time.Minute

// Send sends a message as plain text, or with a picture that Telegram has or a file over its
// words, or replaces one.
func (c *Channel) Send(ctx context.Context, m bot.Outgoing) (string, error) {
	if m.File != nil {
		return c.sendFile(ctx, m)
	}
	params, err := messageParams(m)
	if err != nil {
		return "", &bot.RefusedError{Err: fmt.Errorf("telegram: %w", err)}
	}
	send, edit := "sendMessage", "editMessageText"
	if m.Photo != "" {
		send, edit = "sendPhoto", "editMessageCaption"
	}
	if m.Edits == "" {
		return c.deliver(ctx, callTimeout, send, params)
	}
	params["message_id"] = m.Edits
	_, err = c.client.call(ctx, callTimeout, edit, params)
	if err = judge(err, m.Chat); err != nil {
		return "", err
	}
	return m.Edits, nil
}

// What Telegram takes of files: a photo of at most 10 MB whose sides sum up to 10,000 dots,
// a document of 50 MB, a caption of 1,024 UTF-16 units under either.
const (
	maxPhoto    = 10 << 20
	maxDocument = 50 << 20
	maxCaption  = 1024
)

// sendFile uploads a file with its text as the caption. Its name is what she sees; it is
// never a path of this machine.
func (c *Channel) sendFile(ctx context.Context, m bot.Outgoing) (string, error) {
	method, field, most := "sendDocument", "document", maxDocument
	if m.File.Picture {
		method, field, most = "sendPhoto", "photo", maxPhoto
	}
	switch {
	case m.Edits != "" || len(m.Rows) > 0:
		return "", &bot.RefusedError{Err: errors.New("telegram: a file takes no buttons and replaces nothing")}
	case units(m.Text) > maxCaption:
		return "", &bot.RefusedError{Err: fmt.Errorf("telegram: caption has %d UTF-16 units, more than %d", units(m.Text), maxCaption)}
	case len(m.File.Content) == 0 || len(m.File.Content) > most:
		return "", &bot.RefusedError{Err: fmt.Errorf("telegram: file has %d bytes, not 1 to %d", len(m.File.Content), most)}
	}
	params := tgbotapi.Params{"chat_id": m.Chat}
	params.AddNonEmpty("caption", m.Text)
	return c.deliver(ctx, fileTimeout, method, params,
		tgbotapi.RequestFile{Name: field, Data: tgbotapi.FileBytes{Name: m.File.Name, Bytes: m.File.Content}})
}

func (c *Channel) deliver(ctx context.Context, timeout time.Duration, method string, params tgbotapi.Params, files ...tgbotapi.RequestFile) (string, error) {
	raw, err := c.client.call(ctx, timeout, method, params, files...)
	if err := judge(err, params["chat_id"]); err != nil {
		return "", err
	}
	var sent struct {
		ID int64 `json:"message_id"`
	}
	if err := json.Unmarshal(raw, &sent); err != nil || sent.ID == 0 {
		e := failed(method, "sent, but the answer names no message")
		e.Doubtful = true
		return "", e
	}
	return strconv.FormatInt(sent.ID, 10), nil
}

// messageParams refuses what Telegram would refuse, so that a mistake of ours is named
// here and costs no call.
func messageParams(m bot.Outgoing) (tgbotapi.Params, error) {
	if _, err := strconv.ParseInt(m.Chat, 10, 64); err != nil {
		return nil, errors.New("chat id is not a number")
	}
	if _, err := strconv.ParseInt(m.Edits, 10, 64); m.Edits != "" && err != nil {
		return nil, errors.New("id of the message to edit is not a number")
	}
	longest := MaxText
	if m.Photo != "" {
		longest = maxCaption
	} else if strings.TrimSpace(m.Text) == "" {
		return nil, errors.New("text is empty")
	}
	if n := units(m.Text); n > longest {
		return nil, fmt.Errorf("text has %d UTF-16 units, more than %d", n, longest)
	}
	params := tgbotapi.Params{"chat_id": m.Chat}
	if m.Photo == "" {
		params["text"], params["link_preview_options"] = m.Text, `{"is_disabled":true}`
	} else {
		params.AddNonEmpty("caption", m.Text)
	}
	if m.Photo != "" && m.Edits == "" {
		params["photo"] = m.Photo
	}
	if len(m.Rows) == 0 {
		return params, nil // an edit without reply_markup takes the keyboard away
	}
	markup, err := keyboard(m.Rows)
	if err != nil {
		return nil, err
	}
	params["reply_markup"] = markup
	return params, nil
}

func keyboard(rows [][]bot.Button) (string, error) {
	kb := tgbotapi.InlineKeyboardMarkup{InlineKeyboard: make([][]tgbotapi.InlineKeyboardButton, 0, len(rows))}
	for _, row := range rows {
		if len(row) == 0 {
			return "", errors.New("a row has no buttons")
		}
		line := make([]tgbotapi.InlineKeyboardButton, 0, len(row))
		for _, b := range row {
			if strings.TrimSpace(b.Label) == "" {
				return "", errors.New("a button has no label")
			}
			if len(b.Data) == 0 || len(b.Data) > 64 {
				return "", fmt.Errorf("a button's data has %d bytes, not 1 to 64", len(b.Data))
			}
			line = append(line, tgbotapi.NewInlineKeyboardButtonData(b.Label, b.Data))
		}
		kb.InlineKeyboard = append(kb.InlineKeyboard, line)
	}
	raw, err := json.Marshal(kb)
	return string(raw), err
}

// units counts UTF-16 units, in which Telegram measures texts.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// judge turns the failure of a send into what the outbox acts on.
func judge(err error, chat string) error {
	var e *callError
	if err == nil || !errors.As(err, &e) {
		return err
	}
	switch {
	case e.Code == 429:
		return &bot.LaterError{After: e.retryAfter, All: true, Err: e}
	case e.Code == 401, e.Code == 404:
		return &bot.LaterError{After: tokenWait, All: true, Err: e}
	case e.movedTo != 0:
		return &bot.RefusedError{MovedTo: strconv.FormatInt(e.movedTo, 10), Err: e}
	case e.Code == 409, e.Code < 400, e.Code >= 500:
		return e // worth another attempt
	case e.Says("message is not modified"):
		return nil
	case e.Says("message to edit not found", "message can't be edited", "message_id_invalid"):
		return fmt.Errorf("%w: %w", bot.ErrGone, e)
	default:
		return &bot.RefusedError{Lost: lost(e, chat), Err: e}
	}
}

// lost says what a refusal means for the contact as a whole.
func lost(e *callError, chat string) string {
	group := strings.HasPrefix(chat, "-")
	switch {
	case e.Says("user is deactivated", "input_user_deactivated"):
		return "deactivated"
	case e.Says("bot was blocked by the user", "user_is_blocked"):
		return "blocked"
	case e.Says("bot was kicked", "bot is not a member", "group chat was deleted", "group chat was deactivated"):
		return "kicked"
	case group && e.Says("not enough rights", "no rights to send", "chat_write_forbidden", "have no write access", "chat_restricted"):
		return "no_rights"
	case e.Says("chat not found", "peer_id_invalid", "user not found"):
		if group {
			return "kicked"
		}
		return "not_linked"
	case e.Says("can't initiate conversation"):
		return "not_linked"
	default:
		return ""
	}
}
