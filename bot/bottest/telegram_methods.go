package bottest

import (
	"bytes"
	"encoding/json"
	"image"
	_ "image/png" // the pictures that are sent
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// tgMethod is a method with the parameters it takes. getUpdates, which waits, has no call.
type tgMethod struct {
	params string
	call   func(*Telegram, *tgCall) (any, *TelegramReply)
}

var tgMethods = map[string]tgMethod{
	"getUpdates":             {"offset limit timeout allowed_updates", nil},
	"getMe":                  {"", (*Telegram).getMe},
	"setWebhook":             {"url secret_token max_connections allowed_updates drop_pending_updates ip_address", (*Telegram).setWebhook},
	"deleteWebhook":          {"drop_pending_updates", (*Telegram).deleteWebhook},
	"getWebhookInfo":         {"", (*Telegram).getWebhookInfo},
	"sendMessage":            {"chat_id text reply_markup link_preview_options disable_notification protect_content", (*Telegram).sendMessage},
	"editMessageText":        {"chat_id message_id text reply_markup link_preview_options", (*Telegram).editMessageText},
	"editMessageCaption":     {"chat_id message_id caption reply_markup", (*Telegram).editMessageCaption},
	"editMessageReplyMarkup": {"chat_id message_id reply_markup", (*Telegram).editMessageReplyMarkup},
	"deleteMessage":          {"chat_id message_id", (*Telegram).deleteMessage},
	"sendDocument":           {"chat_id document caption reply_markup disable_notification protect_content", (*Telegram).sendDocument},
	"sendPhoto":              {"chat_id photo caption reply_markup disable_notification protect_content", (*Telegram).sendPhoto},
	"sendChatAction":         {"chat_id action", (*Telegram).sendChatAction},
	"answerCallbackQuery":    {"callback_query_id text show_alert cache_time", (*Telegram).answerCallbackQuery},
	"getFile":                {"file_id", (*Telegram).getFile},
	"setMyCommands":          {"commands scope language_code", (*Telegram).setMyCommands},
	"setMyDescription":       {"description language_code", (*Telegram).setMyDescription},
	"setMyShortDescription":  {"short_description language_code", (*Telegram).setMyShortDescription},
}

func tgUnits(s string) int { return len(utf16.Encode([]rune(s))) }

// target finds the chat to write to, or says why nobody can be written to there.
func (t *Telegram) target(c *tgCall) (int64, *TelegramReply) {
	id, err := strconv.ParseInt(c.params["chat_id"], 10, 64)
	if err != nil {
		return 0, tgRefuse(400, "Bad Request: chat not found")
	}
	if g := t.groups[id]; g != nil {
		switch {
		case g.movedTo != 0:
			return 0, &TelegramReply{Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", MigrateTo: g.movedTo}
		case g.deleted:
			return 0, tgRefuse(403, "Forbidden: the group chat was deleted")
		case !g.member:
			return 0, tgRefuse(403, "Forbidden: bot was kicked from the "+t.chatJSON(id).Type+" chat")
		case g.mute:
			return 0, tgRefuse(400, "Bad Request: not enough rights to send text messages to the chat")
		}
		return id, nil
	}
	u := t.users[id]
	switch {
	case u == nil:
		return 0, tgRefuse(400, "Bad Request: chat not found")
	case u.gone:
		return 0, tgRefuse(403, "Forbidden: user is deactivated")
	case u.blocked:
		return 0, tgRefuse(403, "Forbidden: bot was blocked by the user")
	case !u.started:
		return 0, tgRefuse(403, "Forbidden: bot can't initiate conversation with a user")
	}
	return id, nil
}

// tgText checks a text, which is trimmed as the real one does.
func tgText(s string) (string, *TelegramReply) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", tgRefuse(400, "Bad Request: message text is empty")
	}
	if tgUnits(s) > 4096 {
		return "", tgRefuse(400, "Bad Request: message is too long")
	}
	return s, nil
}

// tgKeyboard reads reply_markup; none given is no keyboard.
func tgKeyboard(c *tgCall) ([][]TelegramButton, json.RawMessage, *TelegramReply) {
	text, given := c.params["reply_markup"]
	if !given {
		return nil, nil, nil
	}
	var outer map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &outer) != nil || outer == nil {
		return nil, nil, tgRefuse(400, "Bad Request: object expected as reply markup")
	}
	var rows [][]map[string]any
	if len(outer) != 1 || json.Unmarshal(outer["inline_keyboard"], &rows) != nil || rows == nil {
		return nil, nil, tgRefuse(400, `Bad Request: can't parse reply keyboard markup JSON object: Field "inline_keyboard" must be of type Array`)
	}
	n, out := 0, make([][]TelegramButton, 0, len(rows))
	for _, row := range rows {
		line := make([]TelegramButton, 0, len(row))
		for _, b := range row {
			label, _ := b["text"].(string)
			data, _ := b["callback_data"].(string)
			switch {
			case len(b) != 2:
				return nil, nil, tgRefuse(400, "Bad Request: can't parse inline keyboard button: it needs text and callback_data")
			case strings.TrimSpace(label) == "":
				return nil, nil, tgRefuse(400, "Bad Request: can't parse inline keyboard button: text buttons can't be empty")
			case data == "" || len(data) > 64:
				return nil, nil, tgRefuse(400, "Bad Request: BUTTON_DATA_INVALID")
			}
			line = append(line, TelegramButton{label, data})
		}
		if len(line) == 0 {
			return nil, nil, tgRefuse(400, "Bad Request: empty row in inline keyboard")
		}
		n += len(line)
		out = append(out, line)
	}
	switch {
	case n == 0:
		return nil, nil, tgRefuse(400, "Bad Request: empty inline keyboard")
	case n > 100:
		return nil, nil, tgRefuse(400, "Bad Request: reply markup is too long")
	}
	return out, json.RawMessage(text), nil
}

// post puts what the bot sends into the chat.
func (t *Telegram) post(c *tgCall, m TelegramMessage) (any, *TelegramReply) {
	chat, refused := t.target(c)
	if refused != nil {
		return nil, refused
	}
	if m.Buttons, m.markup, refused = tgKeyboard(c); refused != nil {
		return nil, refused
	}
	if refused := t.tooFast(chat); refused != nil {
		return nil, refused
	}
	m.FromBot = true
	sent := t.add(chat, m)
	c.tell(chat, sent)
	return t.messageJSON(chat, sent), nil
}

func (c *tgCall) tell(chat int64, m *TelegramMessage) {
	said := *m
	c.chat, c.sent = chat, &said
}

func (t *Telegram) sendMessage(c *tgCall) (any, *TelegramReply) {
	text, refused := tgText(c.params["text"])
	if refused != nil {
		return nil, refused
	}
	return t.post(c, TelegramMessage{Kind: "text", Text: text})
}

func (t *Telegram) sendDocument(c *tgCall) (any, *TelegramReply) {
	return t.sendFile(c, "document", 50<<20)
}

func (t *Telegram) sendPhoto(c *tgCall) (any, *TelegramReply) { return t.sendFile(c, "photo", 10<<20) }

func (t *Telegram) sendFile(c *tgCall, kind string, most int) (any, *TelegramReply) {
	caption := strings.TrimSpace(c.params["caption"])
	if tgUnits(caption) > 1024 {
		return nil, tgRefuse(400, "Bad Request: message caption is too long")
	}
	file := c.params[kind]
	up, uploaded := c.files[kind]
	switch {
	case !uploaded && t.files[file] == nil:
		return nil, tgRefuse(400, "Bad Request: wrong file identifier/HTTP URL specified")
	case uploaded && len(up.content) == 0:
		return nil, tgRefuse(400, "Bad Request: file must be non-empty")
	case len(up.content) > most:
		return nil, tgRefuse(413, "Request Entity Too Large")
	case uploaded && kind == "photo" && !tgPhoto(up.content):
		return nil, tgRefuse(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
	case strings.ContainsAny(up.name, `/\`):
		return nil, tgRefuse(400, "Bad Request: the file's name is a path")
	case uploaded:
		file = t.keep(up.content)
	}
	return t.post(c, TelegramMessage{Kind: kind, Text: caption, File: file})
}

// tgPhoto reports whether a file is a picture that Telegram shows: its sides sum up to at
// most 10,000 dots, and neither is more than twenty times the other.
func tgPhoto(content []byte) bool {
	c, _, err := image.DecodeConfig(bytes.NewReader(content))
	return err == nil && c.Width+c.Height <= 10000 && max(c.Width, c.Height) <= 20*min(c.Width, c.Height)
}

// editable finds a message that the bot may change.
func (t *Telegram) editable(c *tgCall) (int64, *TelegramMessage, *TelegramReply) {
	chat, refused := t.target(c)
	if refused != nil {
		return 0, nil, refused
	}
	m := t.chat(chat).find(c.int("message_id"))
	switch {
	case m == nil:
		return 0, nil, tgRefuse(400, "Bad Request: message to edit not found")
	case !m.FromBot:
		return 0, nil, tgRefuse(400, "Bad Request: message can't be edited")
	}
	return chat, m, nil
}

func (t *Telegram) editMessageText(c *tgCall) (any, *TelegramReply) {
	chat, m, refused := t.editable(c)
	if refused != nil {
		return nil, refused
	}
	if m.Kind != "text" {
		return nil, tgRefuse(400, "Bad Request: there is no text in the message to edit")
	}
	text, refused := tgText(c.params["text"])
	if refused != nil {
		return nil, refused
	}
	return t.change(c, chat, m, text)
}

func (t *Telegram) editMessageCaption(c *tgCall) (any, *TelegramReply) {
	chat, m, refused := t.editable(c)
	if refused != nil {
		return nil, refused
	}
	caption := strings.TrimSpace(c.params["caption"])
	switch {
	case m.Kind == "text":
		return nil, tgRefuse(400, "Bad Request: there is no caption in the message to edit")
	case tgUnits(caption) > 1024:
		return nil, tgRefuse(400, "Bad Request: message caption is too long")
	}
	return t.change(c, chat, m, caption)
}

func (t *Telegram) editMessageReplyMarkup(c *tgCall) (any, *TelegramReply) {
	chat, m, refused := t.editable(c)
	if refused != nil {
		return nil, refused
	}
	return t.change(c, chat, m, m.Text)
}

// change replaces text and keyboard; a keyboard that is not given is taken away.
func (t *Telegram) change(c *tgCall, chat int64, m *TelegramMessage, text string) (any, *TelegramReply) {
	buttons, markup, refused := tgKeyboard(c)
	if refused != nil {
		return nil, refused
	}
	if text == m.Text && slices.EqualFunc(buttons, m.Buttons, slices.Equal) {
		return nil, tgRefuse(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	if refused := t.tooFast(chat); refused != nil {
		return nil, refused
	}
	m.Text, m.Buttons, m.markup, m.Edited = text, buttons, markup, true
	t.chat(chat).touch()
	c.tell(chat, m)
	return t.messageJSON(chat, m), nil
}

func (t *Telegram) deleteMessage(c *tgCall) (any, *TelegramReply) {
	chat, refused := t.target(c)
	if refused != nil {
		return nil, refused
	}
	list := t.chat(chat)
	m := list.find(c.int("message_id"))
	switch {
	case m == nil:
		return nil, tgRefuse(400, "Bad Request: message to delete not found")
	case t.now().Sub(m.At) > 48*time.Hour:
		return nil, tgRefuse(400, "Bad Request: message can't be deleted")
	}
	list.messages = slices.DeleteFunc(list.messages, func(o *TelegramMessage) bool { return o == m })
	list.touch()
	return true, nil
}

func (t *Telegram) sendChatAction(c *tgCall) (any, *TelegramReply) {
	if _, refused := t.target(c); refused != nil {
		return nil, refused
	}
	switch c.params["action"] {
	case "typing", "upload_photo", "upload_document", "record_voice", "upload_voice", "find_location", "choose_sticker":
		return true, nil
	}
	return nil, tgRefuse(400, "Bad Request: wrong parameter action in request")
}

func (t *Telegram) getMe(*tgCall) (any, *TelegramReply) {
	me := t.botJSON()
	return map[string]any{"id": me.ID, "is_bot": true, "first_name": me.Name, "username": "chihoi_test_bot",
		"can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false}, nil
}

func (t *Telegram) getFile(c *tgCall) (any, *TelegramReply) {
	id := c.params["file_id"]
	content, ok := t.files[id]
	switch {
	case !ok:
		return nil, tgRefuse(400, "Bad Request: invalid file_id")
	case len(content) > 20<<20:
		return nil, tgRefuse(400, "Bad Request: file is too big")
	}
	return map[string]any{"file_id": id, "file_unique_id": id, "file_size": len(content), "file_path": "files/" + id}, nil
}

// serveFile answers a download; path is the token, a slash and what getFile said.
func (t *Telegram) serveFile(w http.ResponseWriter, path string) {
	token, path, _ := strings.Cut(path, "/")
	t.mu.Lock()
	content, ok := t.files[strings.TrimPrefix(path, "files/")]
	known := token == t.token && !t.revoked
	t.mu.Unlock()
	switch {
	case !known:
		tgRefuse(401, "Unauthorized").write(w)
	case !ok:
		tgRefuse(404, "Not Found").write(w)
	default:
		_, _ = w.Write(content)
	}
}

// TelegramProfile is how the bot presents itself; maps are by language, "" is everybody else.
type TelegramProfile struct {
	Commands                      map[string][]TelegramCommand
	Description, ShortDescription map[string]string
}

// TelegramCommand is one line of the command menu.
type TelegramCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// Profile returns a copy of what the bot has set.
func (t *Telegram) Profile() TelegramProfile {
	t.mu.Lock()
	defer t.mu.Unlock()
	p := TelegramProfile{map[string][]TelegramCommand{}, map[string]string{}, map[string]string{}}
	for k, v := range t.profile.Commands {
		p.Commands[k] = v
	}
	for k, v := range t.profile.Description {
		p.Description[k] = v
	}
	for k, v := range t.profile.ShortDescription {
		p.ShortDescription[k] = v
	}
	return p
}

var tgCommandForm = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (t *Telegram) setMyCommands(c *tgCall) (any, *TelegramReply) {
	var list []TelegramCommand
	if json.Unmarshal([]byte(c.params["commands"]), &list) != nil || len(list) > 100 {
		return nil, tgRefuse(400, "Bad Request: can't parse commands")
	}
	for _, one := range list {
		if !tgCommandForm.MatchString(one.Command) {
			return nil, tgRefuse(400, "Bad Request: BOT_COMMAND_INVALID")
		}
		if n := tgUnits(one.Description); n < 1 || n > 256 {
			return nil, tgRefuse(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	var scope struct{ Type string }
	if s, given := c.params["scope"]; given && (json.Unmarshal([]byte(s), &scope) != nil || scope.Type == "") {
		return nil, tgRefuse(400, "Bad Request: can't parse BotCommandScope")
	}
	return t.setFor(c, func(lang string) { t.profile.Commands[lang] = list })
}

func (t *Telegram) setMyDescription(c *tgCall) (any, *TelegramReply) {
	if tgUnits(c.params["description"]) > 512 {
		return nil, tgRefuse(400, "Bad Request: BOT_DESCRIPTION_TOO_LONG")
	}
	return t.setFor(c, func(lang string) { t.profile.Description[lang] = c.params["description"] })
}

func (t *Telegram) setMyShortDescription(c *tgCall) (any, *TelegramReply) {
	if tgUnits(c.params["short_description"]) > 120 {
		return nil, tgRefuse(400, "Bad Request: BOT_SHORT_DESCRIPTION_TOO_LONG")
	}
	return t.setFor(c, func(lang string) { t.profile.ShortDescription[lang] = c.params["short_description"] })
}

func (t *Telegram) setFor(c *tgCall, set func(language string)) (any, *TelegramReply) {
	lang := c.params["language_code"]
	if lang != "" && len(lang) != 2 {
		return nil, tgRefuse(400, "Bad Request: invalid language code specified")
	}
	set(lang)
	return true, nil
}

// tgWebURL reports whether Telegram would call this address; this one also calls loopback.
func tgWebURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Hostname() == "127.0.0.1" || u.Hostname() == "localhost")
}
