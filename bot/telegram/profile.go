package telegram

import (
	"context"
	"errors"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chihoi/bot/wire"
)

// What the empty chat and the command menu show before a word is said.
const (
	commands = `[{"command":"start","description":"Bắt đầu"},` +
		`{"command":"baocao","description":"Báo cáo tháng này"},` +
		`{"command":"xemlai","description":"Xem lại báo cáo"},` +
		`{"command":"trogiup","description":"Trợ giúp"}]`
	private = `{"type":"all_private_chats"}`

	description = "Chào chị! Em giúp chị báo cáo tình hình chi hội phụ nữ mỗi tháng, chừng ba phút là xong.\n\n" +
		"Em hỏi từng câu ngắn, chị bấm nút hoặc gõ trả lời đều được. Bận thì chị cứ nghỉ, em giữ nguyên phần chị đã trả lời.\n\n" +
		"Chị bấm Bắt đầu (START) để em vào việc nhé."
	shortDescription = "Báo cáo chi hội phụ nữ hằng tháng: chừng ba phút, bấm nút hoặc gõ đều được."
)

// step is one call of the setup.
type step struct {
	method string
	params tgbotapi.Params
}

func profile() []step {
	var steps []step
	for _, language := range []string{"vi", ""} {
		steps = append(steps,
			step{"setMyCommands", tgbotapi.Params{"commands": commands, "scope": private, "language_code": language}},
			step{"setMyDescription", tgbotapi.Params{"description": description, "language_code": language}},
			step{"setMyShortDescription", tgbotapi.Params{"short_description": shortDescription, "language_code": language}},
		)
	}
	return steps
}

// introduce sets the bot's commands and descriptions once per start, beside the receiving
// of updates and without hurry. What Telegram refuses is reported and left.
func (c *Channel) introduce(ctx context.Context) {
	for _, s := range profile() {
		if err := c.insist(ctx, s); err != nil {
			if ctx.Err() != nil {
				return
			}
			c.log.Warn("telegram: part of the bot's profile was not set", "err", err)
		}
	}
}

// insist repeats a call until Telegram takes or refuses it, or ctx ends.
func (c *Channel) insist(ctx context.Context, s step) error {
	for failures := 1; ; failures++ {
		_, err := c.client.call(ctx, callTimeout, s.method, s.params)
		var e *callError
		if !errors.As(err, &e) {
			return err
		}
		if e.Code >= 400 && e.Code < 500 && e.Code != 429 {
			return e
		}
		wait := max(wire.Backoff(failures), e.retryAfter)
		c.log.Debug("telegram: setup waits", "err", e, "again_in", wait)
		if err := c.sleep(ctx, wait); err != nil {
			return err
		}
	}
}
