package main

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chihoi/bot"
	"chihoi/bot/bottest"
	"chihoi/bot/wire"
	"chihoi/flows/org"
	"chihoi/storage"
)

// doctor runs `chihoi doctor` with a store that has one commune, and these variables.
func doctor(t *testing.T, path string, env map[string]string) (code int, out string) {
	t.Helper()
	for _, name := range []string{"TELEGRAM_TOKEN", "TELEGRAM_TOKEN_FILE", "TELEGRAM_API", "TELEGRAM_MODE", "ZALO_TOKENS", "ZALO_TOKENS_FILE",
		"ZALO_API", "ZALO_MODE", "ZALO_SECRET", "ZALO_SEATS", "CHIHOI_PUBLIC_URL", "CHIHOI_CONFIG", "CHIHOI_TZ", "CHIHOI_OPERATOR_TOKEN"} {
		t.Setenv(name, "x") // remembers what to put back
		os.Unsetenv(name)
		if v := env[name]; v != "" {
			t.Setenv(name, v)
		}
	}
	t.Setenv("CHIHOI_LISTEN", "127.0.0.1:1")
	t.Setenv("CHIHOI_STORE", "bolt:"+path)
	var stdout, stderr bytes.Buffer
	code = run([]string{"doctor"}, &stdout, &stderr)
	return code, stdout.String() + stderr.String()
}

func storeWithACommune(t *testing.T, sent int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := (&global{StoreURL: "bolt:" + path}).openStore()
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx storage.Tx) error {
		if _, err := storage.CountUsage(tx, "zalo.an-phu", time.Now(), 3000, 50, sent, 0); err != nil {
			return err
		}
		if _, err := storage.TakeSeat(tx, "zalo.an-phu:u1", time.Now()); err != nil {
			return err
		}
		return storage.Communes.Put(tx, "an-phu", org.Commune{ID: "an-phu", Name: "Xã An Phú"})
	})
	if err != nil || s.Close() != nil {
		t.Fatal(err)
	}
	return path
}

func TestDoctor(t *testing.T) {
	late := lateBy(t, bottest.NewTelegram(t, goodToken).URL(), -3*time.Hour)
	good, reset, hooked := bottest.NewZalo(t, goodToken), bottest.NewZalo(t, goodToken), bottest.NewZalo(t, goodToken)
	reset.Revoke()
	hooked.PresetWebhook("https://elsewhere.example/hook")
	tokens := "an-phu=" + goodToken
	for name, c := range map[string]struct {
		sent int
		env  map[string]string
		code int
		want []string
	}{
		"well": {1250, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": good.URL()}, 0,
			[]string{"✓ Cấu hình: mặc định", "✓ Kho dữ liệu", "1 xã/phường", "✓ Đĩa", "✓ Đồng hồ", "✓ Zalo an-phu: Bot Chi Hội bot.VDKyGxQvc, poll", "đã nhắn 1.250/3.000 tin (41%), 1/50 người",
				"! Zalo: chưa đặt CHIHOI_PUBLIC_URL"}},
		"files by link": {0, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": good.URL(), "CHIHOI_PUBLIC_URL": "https://bot.example.vn/"}, 0,
			[]string{"✓ Zalo: hình và tệp đi theo đường dẫn dưới https://bot.example.vn/tep/"}},
		"no address": {0, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": good.URL(), "CHIHOI_PUBLIC_URL": "ftp://bot.example.vn"}, 1,
			[]string{"✗ Zalo: CHIHOI_PUBLIC_URL=ftp://bot.example.vn "}},
		"a bot's name changed": {0, map[string]string{"ZALO_TOKENS": "an-phu-moi=" + goodToken, "ZALO_API": good.URL()}, 1,
			[]string{"✗ Zalo an-phu: 1 người nối qua bot này mà ZALO_TOKENS không có an-phu=…"}},
		"unreachable": {0, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": "http://127.0.0.1:1"}, 1,
			[]string{"✗ Zalo an-phu: không nối được tới mạng: xem lại mạng, tường lửa, HTTPS_PROXY ("}},
		"no seat left": {0, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": good.URL(), "ZALO_SEATS": "1"}, 1,
			[]string{"1/1 người: hết chỗ"}},
		"nearly used up": {2500, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": good.URL()}, 0, []string{"! Zalo an-phu: tháng này đã nhắn 2.500/3.000 tin (83%)"}},
		"reset token":    {0, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": reset.URL()}, 1, []string{"✗ Zalo an-phu: token sai hoặc đã được đặt lại", "1 chỗ phải sửa"}},
		"webhook":        {0, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": hooked.URL()}, 1, []string{"✗ Zalo an-phu: Bot Chi Hội", "đang đặt webhook https://elsewhere.example/hook"}},
		"other webhook": {0, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": hooked.URL(), "ZALO_MODE": "webhook", "ZALO_SECRET": "12345678", "CHIHOI_PUBLIC_URL": "https://bot.example.vn"}, 1,
			[]string{"không phải https://bot.example.vn/zalo/an-phu"}},
		"no webhook": {0, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": good.URL(), "ZALO_MODE": "webhook", "ZALO_SECRET": "12345678", "CHIHOI_PUBLIC_URL": "https://bot.example.vn"}, 1,
			[]string{"chưa đặt webhook"}},
		"no bot":        {0, map[string]string{"ZALO_API": good.URL()}, 1, []string{"✗ Bot: chưa có bot nào: đặt ZALO_TOKENS"}},
		"zone":          {0, map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": good.URL(), "CHIHOI_TZ": "Mars"}, 1, []string{"✗ Múi giờ"}},
		"a wrong clock": {0, map[string]string{"TELEGRAM_TOKEN": goodToken, "TELEGRAM_API": late}, 1, []string{"✓ Telegram: @", "✗ Đồng hồ: ", "lệch 3h0m", "(timedatectl)"}},
		"Telegram":      {0, map[string]string{"TELEGRAM_TOKEN": goodToken, "TELEGRAM_API": "http://127.0.0.1:1", "ZALO_API": good.URL()}, 1, []string{"✗ Telegram: không nối được tới mạng", "! Zalo: chưa có bot nào"}},
	} {
		t.Run(name, func(t *testing.T) {
			code, out := doctor(t, storeWithACommune(t, c.sent), c.env)
			for _, want := range c.want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in:\n%s", want, out)
				}
			}
			if code != c.code || strings.Contains(out, "secretSEC") {
				t.Errorf("exit %d, want %d:\n%s", code, c.code, out)
			}
		})
	}
	if code, out := doctor(t, filepath.Join(t.TempDir(), "none.db"), map[string]string{"ZALO_TOKENS": tokens, "ZALO_API": good.URL()}); code != 1 || !strings.Contains(out, "✗ Kho dữ liệu") {
		t.Errorf("exit %d:\n%s", code, out)
	}
}

// What the calendar could not do is told with what to do about it; a wrong clock is the
// clock's line, not the calendar's.
func TestDoctorTellsTroubles(t *testing.T) {
	var out strings.Builder
	f := &findings{out: &out, zone: bottest.Zone}
	since := time.Date(2026, 11, 25, 1, 0, 0, 0, time.UTC) // 8:00 in the deployment's zone, wherever the machine is
	tellTroubles(f, []bot.Trouble{{What: bot.WrongClock, Since: since, Err: "says 2027"}, {What: "open", Since: since, Err: "bad row"}},
		[]bot.Trouble{{What: "remind/1", Since: since}}, 2)
	limits(f, "Zalo", org.Usage{Quota: 3000, Refused: 1, RefusedAt: since})
	for _, want := range []string{"! Tin để riêng: 2 tin", "✗ Đồng hồ: lịch đang chờ vì giờ máy có thể sai", "(says 2027)",
		"mạng không nhận thêm từ 08:00 25/11", "✗ Lịch: open hỏng từ 08:00 25/11", "! Lịch: remind/1 (08:00 25/11) đã bỏ"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out.String())
		}
	}
	if f.bad != 3 || strings.Contains(out.String(), "Lịch: clock") {
		t.Errorf("%d to be put right:\n%s", f.bad, out.String())
	}
}

// In webhook mode the doctor knocks at the public address: only serve, which turns it away
// for want of the secret, is taken for serve.
func TestDoctorKnocks(t *testing.T) {
	serve := httptest.NewServer(wire.Deliveries{Network: "zalo", Header: "X-Bot-Api-Secret-Token", Secret: "12345678", Max: 1 << 10, Log: slog.New(slog.DiscardHandler)}.Handler())
	defer serve.Close()
	other := httptest.NewServer(http.NotFoundHandler())
	defer other.Close()
	for hook, want := range map[string]string{serve.URL: "✓ Zalo: Bot, webhook " + serve.URL + " tới được serve", other.URL: "không phải chihoi serve (trả lời 404)", "http://127.0.0.1:1": "! Zalo: Bot, webhook http://127.0.0.1:1, nhưng từ máy này không mở được: không nối được"} {
		var out strings.Builder
		f := &findings{out: &out}
		c := &doctorCmd{serving: true, Listen: "127.0.0.1:8080"}
		c.reach(t.Context(), f, "Zalo", "Bot", hook)
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %s", want, out.String())
		}
	}
}

// lateBy is a network whose clock shows another time.
func lateBy(t *testing.T, network string, by time.Duration) string {
	t.Helper()
	to, err := url.Parse(network)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ModifyResponse = func(r *http.Response) error {
		r.Header.Set("Date", time.Now().Add(by).UTC().Format(http.TimeFormat))
		return nil
	}
	srv := httptest.NewServer(proxy)
	t.Cleanup(srv.Close)
	return srv.URL
}
