package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chihoi/bot/bottest"
)

const goodToken = "4242:AAsecretSECRETsecretSECRETsecretSEC"

// serve runs `chihoi serve` in an environment of its own, to its end.
func serve(t *testing.T, env map[string]string) (code int, stderr string) {
	t.Helper()
	for _, name := range []string{"TELEGRAM_TOKEN", "TELEGRAM_TOKEN_FILE", "TELEGRAM_API", "TELEGRAM_MODE", "TELEGRAM_SECRET", "TELEGRAM_SECRET_FILE",
		"ZALO_TOKENS", "ZALO_TOKENS_FILE", "ZALO_API", "ZALO_MODE", "ZALO_SECRET", "ZALO_SECRET_FILE", "ZALO_QUOTA", "ZALO_SEATS",
		"CHIHOI_PUBLIC_URL", "CHIHOI_CONFIG", "CHIHOI_TZ", "CHIHOI_OPERATOR_TOKEN"} {
		if v, ok := env[name]; ok {
			t.Setenv(name, v)
		} else {
			t.Setenv(name, "x") // remembers what to put back
			os.Unsetenv(name)
		}
	}
	t.Setenv("CHIHOI_LISTEN", "127.0.0.1:0")
	t.Setenv("CHIHOI_STORE", "bolt:"+filepath.Join(t.TempDir(), "s.db"))
	var out, errs bytes.Buffer
	code = run([]string{"serve"}, &out, &errs)
	return code, errs.String()
}

// Each variable that is wrong is named, by itself, and none is shown.
func TestServeNamesTheWrongVariable(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty")
	if err := os.WriteFile(empty, []byte(" \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		env  map[string]string
		want string
	}{
		"no token":       {nil, "chihoi: chưa có bot nào: đặt ZALO_TOKENS"},
		"a word":         {map[string]string{"TELEGRAM_TOKEN": "abc"}, "chihoi: TELEGRAM_TOKEN (hoặc tệp TELEGRAM_TOKEN_FILE): không phải token của bot (dài 3 ký tự;"},
		"half a token":   {map[string]string{"TELEGRAM_TOKEN": goodToken[:20]}, "chihoi: TELEGRAM_TOKEN"},
		"nonsense API":   {map[string]string{"TELEGRAM_TOKEN": goodToken, "TELEGRAM_API": "nonsense"}, "chihoi: --telegram-api/TELEGRAM_API: phải là địa chỉ bắt đầu bằng https://"},
		"no secret":      {map[string]string{"TELEGRAM_TOKEN": goodToken, "TELEGRAM_MODE": "webhook"}, "chihoi: TELEGRAM_SECRET"},
		"no public URL":  {map[string]string{"TELEGRAM_TOKEN": goodToken, "TELEGRAM_MODE": "webhook", "TELEGRAM_SECRET": "s"}, "chihoi: --public-url/CHIHOI_PUBLIC_URL"},
		"unknown mode":   {map[string]string{"TELEGRAM_TOKEN": goodToken, "TELEGRAM_MODE": "push"}, "chihoi: --telegram-mode/TELEGRAM_MODE: \"push\": chọn poll hoặc webhook"},
		"missing file":   {map[string]string{"TELEGRAM_TOKEN_FILE": filepath.Join(dir, "none")}, "chihoi: TELEGRAM_TOKEN_FILE: open "},
		"an empty file":  {map[string]string{"TELEGRAM_TOKEN_FILE": empty}, "chihoi: TELEGRAM_TOKEN_FILE: tệp " + empty + " trống"},
		"no name":        {map[string]string{"ZALO_TOKENS": goodToken}, "chihoi: ZALO_TOKENS (hoặc tệp ZALO_TOKENS_FILE): mục thứ 1 không phải TÊN=TOKEN"},
		"a bad name":     {map[string]string{"ZALO_TOKENS": "An Phú=" + goodToken}, "chihoi: ZALO_TOKENS"},
		"half of two":    {map[string]string{"ZALO_TOKENS": "a=" + goodToken + ",b=secretSEC"}, `của "b" không phải token của bot`},
		"a name twice":   {map[string]string{"ZALO_TOKENS": "a=" + goodToken + ",a=1:x"}, `tên "a" có hai lần`},
		"a token twice":  {map[string]string{"ZALO_TOKENS": "a=" + goodToken + ",\n b=" + goodToken}, `"a" và "b" cùng một token`},
		"Zalo's secret":  {map[string]string{"ZALO_TOKENS": "a=" + goodToken, "ZALO_MODE": "webhook"}, "chihoi: ZALO_SECRET"},
		"Zalo's API":     {map[string]string{"ZALO_TOKENS": "a=" + goodToken, "ZALO_API": "x"}, "chihoi: --zalo-api/ZALO_API"},
		"beside a good":  {map[string]string{"ZALO_TOKENS": "a=" + goodToken, "TELEGRAM_TOKEN": "abc"}, "chihoi: TELEGRAM_TOKEN"},
		"quota":          {map[string]string{"ZALO_TOKENS": "a=" + goodToken, "ZALO_QUOTA": "-1"}, "chihoi: --zalo-quota/ZALO_QUOTA: -1: số tin một tháng"},
		"seats":          {map[string]string{"ZALO_TOKENS": "a=" + goodToken, "ZALO_SEATS": "0"}, "chihoi: --zalo-seats/ZALO_SEATS: 0: số người phải từ 1"},
		"both tokens":    {map[string]string{"TELEGRAM_TOKEN": goodToken, "TELEGRAM_TOKEN_FILE": filepath.Join(dir, "none")}, "chihoi: TELEGRAM_TOKEN và TELEGRAM_TOKEN_FILE đều được đặt"},
		"both of Zalo":   {map[string]string{"ZALO_TOKENS": "a=" + goodToken, "ZALO_TOKENS_FILE": empty}, "chihoi: ZALO_TOKENS và ZALO_TOKENS_FILE đều được đặt"},
		"both secrets":   {map[string]string{"TELEGRAM_TOKEN": goodToken, "TELEGRAM_SECRET": "s", "TELEGRAM_SECRET_FILE": empty}, "chihoi: TELEGRAM_SECRET và TELEGRAM_SECRET_FILE đều được đặt"},
		"guessable":      {map[string]string{"TELEGRAM_TOKEN": goodToken, "CHIHOI_OPERATOR_TOKEN": "s"}, "chihoi: CHIHOI_OPERATOR_TOKEN: dài 1 ký tự"},
		"missing config": {map[string]string{"TELEGRAM_TOKEN": goodToken, "CHIHOI_CONFIG": filepath.Join(dir, "none")}, "none: không có tệp hoặc thư mục này"},
	} {
		t.Run(name, func(t *testing.T) {
			code, errs := serve(t, c.env)
			if code == 0 || !strings.Contains(errs, c.want) || strings.Contains(errs, "secretSEC") {
				t.Errorf("exit %d: %s", code, errs)
			}
		})
	}
}

// A token that Telegram does not know ends the program: one that goes on would look well
// and hear nobody.
func TestServeEndsWhenTheTokenIsRevoked(t *testing.T) {
	srv := bottest.NewTelegram(t, goodToken)
	srv.Revoke()
	code, errs := serve(t, map[string]string{"TELEGRAM_TOKEN": goodToken, "TELEGRAM_API": srv.URL()})
	if code != 1 || !strings.Contains(errs, "@BotFather") || !strings.Contains(errs, "the store holds no commune") || !strings.Contains(errs, "chihoi: không bot nào còn nhận được tin") || strings.Contains(errs, "secretSEC") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// So does a token that Zalo does not know, if there is no other bot.
func TestServeEndsWhenZaloTokensAreReset(t *testing.T) {
	srv := bottest.NewZalo(t, goodToken)
	srv.Revoke()
	code, errs := serve(t, map[string]string{"ZALO_TOKENS": "an-phu=" + goodToken, "ZALO_API": srv.URL()})
	if code != 1 || !strings.Contains(errs, "Zalo Bot Manager") || !strings.Contains(errs, "channel=zalo.an-phu") || strings.Contains(errs, "secretSEC") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
