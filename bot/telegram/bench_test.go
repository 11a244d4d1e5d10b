package telegram_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/telegram"
	"chihoi/flows"
)

// BenchmarkTurns is what a tap, its answer, the edit of the old question and the next
// question cost on the wire, server included, with a thousand people at once.
func BenchmarkTurns(b *testing.B) {
	const people = 1000
	srv := bottest.NewTelegram(b, token)
	c, err := telegram.New(telegram.Config{Token: token, API: srv.URL(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	ask := [][]bot.Button{{{Label: "Có", Data: "y"}, {Label: "Không", Data: "n"}}}
	var last sync.Map // chat -> id of the open question
	handle := func(ctx context.Context, u bot.Update) error {
		chat := u.Contact.Chat()
		if _, ok := u.Event.(flows.Press); ok {
			id, _ := last.Load(chat)
			if _, err := c.Send(ctx, bot.Outgoing{Chat: chat, Text: "Câu 3/11: Có", Edits: id.(string)}); err != nil {
				return nil
			}
		}
		id, err := c.Send(ctx, bot.Outgoing{Chat: chat, Text: "Câu 3/11. Tháng này chi hội mình có sinh hoạt không chị?", Rows: ask})
		if err == nil {
			last.Store(chat, id)
		}
		return nil
	}
	taps := make(chan int64, people)
	srv.OnBot(func(chat int64, m bottest.TelegramMessage) {
		if !m.Edited {
			taps <- chat
		}
	})
	done := make(chan error, 1)
	go func() { done <- c.Receive(ctx, handle) }()
	for p := range people {
		srv.User(int64(p + 1)).Type("/start")
	}
	b.ResetTimer()
	for range b.N {
		if err := srv.User(<-taps).Press(0, "Có"); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	stop()
	<-done
}
