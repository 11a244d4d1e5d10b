package telegram_test

import (
	"errors"
	"strings"
	"testing"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/telegram"
	"chihoi/bot/wire"
)

func TestConfigurationIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		cfg   telegram.Config
		field string
	}{
		"no token":         {telegram.Config{}, "Token"},
		"a word":           {telegram.Config{Token: "password"}, "Token"},
		"a word elsewhere": {telegram.Config{Token: "password", API: "http://10.0.0.2"}, "Token"},
		"half a token":     {telegram.Config{Token: "4242:AAsecretSECRET"}, "Token"},
		"token with space": {telegram.Config{Token: token + " "}, "Token"},
		"token as path":    {telegram.Config{Token: "1:a/../" + token}, "Token"},
		"mode":             {telegram.Config{Token: token, Mode: "push"}, "Mode"},
		"API":              {telegram.Config{Token: token, API: "api.telegram.org"}, "API"},
		"API of nonsense":  {telegram.Config{API: "://password"}, "API"},
		"API with query":   {telegram.Config{Token: token, API: "https://x/?a=password"}, "API"},
		"no secret":        {telegram.Config{Token: token, Mode: "webhook", PublicURL: "https://x.vn"}, "Secret"},
		"strange secret":   {telegram.Config{Token: token, Mode: "webhook", PublicURL: "https://x.vn", Secret: "a password"}, "Secret"},
		"no public URL":    {telegram.Config{Token: token, Mode: "webhook", Secret: secret}, "PublicURL"},
		"no address":       {telegram.Config{Token: token, Mode: "webhook", Secret: secret, PublicURL: "x.vn"}, "PublicURL"},
		"plain http":       {telegram.Config{Token: token, Mode: "webhook", Secret: secret, PublicURL: "http://x.vn"}, "PublicURL"},
		"proxy":            {telegram.Config{Token: token, Proxy: "user:password@nowhere"}, "Proxy"},
	} {
		_, err := telegram.New(c.cfg)
		var wrong *wire.ConfigError
		if !errors.As(err, &wrong) || wrong.Field != c.field {
			t.Errorf("%s: %v, want one about %s", name, err, c.field)
		} else if s := err.Error(); strings.Contains(s, "password") || strings.Contains(s, "secretSECRET") {
			t.Errorf("%s: tells too much: %v", name, err)
		}
	}
	for name, c := range map[string]telegram.Config{
		"least":       {Token: token},
		"own API":     {Token: token, API: "http://10.0.0.2:8081/prefix%20x/"},
		"short token": {Token: "1:test", API: "http://10.0.0.2:8081"},
		"webhook":     {Token: token, Mode: "webhook", Secret: secret, PublicURL: "https://x.vn/bot"},
		"loopback":    {Token: token, Mode: "webhook", Secret: secret, PublicURL: "http://127.0.0.1:80"},
		"proxy":       {Token: token, Proxy: "socks5://user:password@127.0.0.1:1080"},
	} {
		if _, err := telegram.New(c); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestProfileIsSetForVietnameseAndEverybody(t *testing.T) {
	w := newWorld(t)
	w.srv.Script("setMyDescription", bottest.TelegramReply{Code: 429, RetryAfter: 3}, bottest.TelegramReply{Code: 400, Description: "Bad Request: no"})
	w.start()
	w.eventually("short description", func() bool { return len(w.srv.Profile().ShortDescription) == 2 })
	p := w.srv.Profile()
	for _, lang := range []string{"vi", ""} {
		var names []string
		for _, c := range p.Commands[lang] {
			names = append(names, c.Command+" "+c.Description)
		}
		if got := strings.Join(names, ", "); got != "start Bắt đầu, baocao Báo cáo tháng này, xemlai Xem lại báo cáo, trogiup Trợ giúp" {
			t.Errorf("%q: %s", lang, got)
		}
	}
	if p.Description["vi"] != "" || !strings.Contains(p.Description[""], "ba phút") {
		t.Errorf("descriptions %q", p.Description) // that for vi was refused, which is no reason to stop
	}
	if !strings.Contains(w.logs.String(), "profile was not set") {
		t.Errorf("log:\n%s", w.logs)
	}
}

func TestUsername(t *testing.T) {
	w := newWorld(t)
	if name, err := w.channel.Username(t.Context()); err != nil || name != "chihoi_test_bot" {
		t.Errorf("%q, %v", name, err)
	}
}

func TestProxyCarriesTheCalls(t *testing.T) {
	w := newWorld(t)
	w.srv.User(1).Type("hi")
	proxied, err := telegram.New(telegram.Config{Token: token, API: "http://telegram.invalid", Proxy: w.srv.URL()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := proxied.Send(t.Context(), bot.Outgoing{Chat: "1", Text: "x"}); err != nil {
		t.Error(err)
	}
}
