package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"chihoi/storage"
)

// command runs a command line in an empty folder.
func command(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	t.Setenv("CHIHOI_STORE", "bolt:"+filepath.Join(t.TempDir(), "chihoi.db"))
	t.Setenv("TELEGRAM_TOKEN", "")
	t.Setenv("ZALO_TOKENS", "")
	var out, errs bytes.Buffer
	code = run(args, &out, &errs)
	return code, out.String(), errs.String()
}

// Every command explains itself, and what it is asked wrongly ends with a line that names
// what was wrong, and an exit code that is not 0.
func TestCommandsExplainThemselves(t *testing.T) {
	for name, want := range map[string][]string{
		"":            {"demo", "serve", "import", "invite", "period", "read", "chat", "doctor", "healthcheck", "version", "--store", "--config", "--tz", "CHIHOI_STORE"},
		"demo":        {"Không cần token", "--listen"},
		"serve":       {"TELEGRAM_TOKEN", "TELEGRAM_SECRET", "ZALO_TOKENS", "_FILE", "HTTPS_PROXY", "poll hay webhook"},
		"import":      {"--apply", "--template", "Xã/phường", "Chức vụ", "chihoi import danh-sach.xlsx"},
		"invite":      {"--html", "--json", "TELEGRAM_BOT", "expires_at", "chihoi invite --bot"},
		"period":      {"list", "open", "chihoi period open 2026-11"},
		"period list": {"--commune"},
		"period open": {"<kỳ>", "--commune"},
		"read":        {"--tsv", "--kind", "--context", `"hai chị"`},
		"chat":        {"--record", "/quit", "@minh"},
		"healthcheck": {"CHIHOI_LISTEN"},
		"officer":     {"--name", "--remove", "chihoi officer 0912345678"},
		"version":     {"In phiên bản"},
	} {
		code, out, errs := command(t, append(strings.Fields(name), "--help")...)
		for _, w := range want {
			if code != 0 || errs != "" || !strings.Contains(strings.Join(strings.Fields(out), " "), w) { // it is wrapped
				t.Errorf("chihoi %s --help: exit %d, lacks %q\n%s%s", name, code, w, out, errs)
			}
		}
		for _, english := range []string{"Usage", "Flags", "Commands:", "Arguments:", "[flags]", "<command>", "Show", "Run ", " the ", " a ", " or "} {
			if strings.Contains(out, english) {
				t.Errorf("chihoi %s --help: %q is not Vietnamese\n%s", name, english, out)
			}
		}
	}
}

func TestCommandMistakes(t *testing.T) {
	for line, want := range map[string]string{
		"":                               "còn thiếu một trong các lệnh \"demo\", \"serve\"",
		"foo":                            "không có lệnh hoặc tham số này: foo\nXem cách dùng: chihoi --help",
		"period open":                    "còn thiếu \"<kỳ>\"\nXem cách dùng: chihoi period open --help",
		"period open x":                  `kỳ: "x": kỳ viết theo dạng 2026-11`,
		"import --bad":                   "không có cờ --bad\nXem cách dùng: chihoi import --help",
		"import none.xlsx":               "tệp none.xlsx: không có tệp này",
		"invite --days x":                "--days: phải là số nguyên",
		"serve --telegram-mode x":        "chưa có bot nào: đặt ZALO_TOKENS=",
		"demo --listen 0.0.0.0:80":       "trang thử không có mật khẩu",
		"demo --listen x":                `--listen "x": viết địa chỉ và cổng`,
		"demo --listen localhost:99999":  `--listen "localhost:99999": viết địa chỉ và cổng`,
		"chat --record none/x":           "--record: open none/x: không có tệp hoặc thư mục này",
		"chat --record .":                "--record .: đã có tệp này",
		"read":                           "thiếu câu để đọc",
		"read --kind x y":                `--kind "x": phải là một trong`,
		"healthcheck --listen x":         `--listen/CHIHOI_LISTEN "x": viết địa chỉ và cổng`,
		"healthcheck --listen [::1]:1":   "[::1]:1",
		"healthcheck --listen 0.0.0.0:1": "127.0.0.1:1",
		"version --store":                "--store: thiếu giá trị\n",
		"serve --zalo-quota x":           `--zalo-quota: phải là số nguyên, đây là "x"`,
		"serve --telegram-bulk x":        `--telegram-bulk: phải là số, đây là "x"`,
		"parked --retry --drop":          "--retry và --drop không dùng cùng nhau",
		"import .":                       ".: không đọc được tệp: read .: là thư mục, không phải tệp",
		"period --config none.yaml":      "--config/CHIHOI_CONFIG: open none.yaml: không có tệp hoặc thư mục này",
		"period --store bolt:none/x.db":  "--store/CHIHOI_STORE: stat none: không có tệp hoặc thư mục này",
		"period --store bolt:.":          "--store/CHIHOI_STORE: open .: là thư mục, không phải tệp",
		"period --store sqlite:x":        `--store/CHIHOI_STORE "sqlite:x": phải có dạng bolt:ĐƯỜNG_DẪN`,
	} {
		code, out, errs := command(t, strings.Fields(line)...)
		if code == 0 || out != "" || !strings.HasPrefix(errs, "chihoi: ") || !strings.Contains(errs, want) {
			t.Errorf("chihoi %s: exit %d, want %q\n%s%s", line, code, want, out, errs)
		}
	}
}

func TestVersionAndHealthcheck(t *testing.T) {
	if code, out, errs := command(t, "version"); code != 0 || !strings.HasPrefix(out, "chihoi ") || errs != "" {
		t.Errorf("version: exit %d %s%s", code, out, errs)
	}
	status := http.StatusOK
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("asked at %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	defer srv.Close()
	address := strings.TrimPrefix(srv.URL, "http://")
	if code, _, errs := command(t, "healthcheck", "--listen", address); code != 0 {
		t.Errorf("well: exit %d %s", code, errs)
	}
	status = http.StatusServiceUnavailable
	if code, _, errs := command(t, "healthcheck", "--listen", address); code != 1 || !strings.Contains(errs, "trả lời 503") {
		t.Errorf("not ready: exit %d %s", code, errs)
	}
}

// A store that a later program has written is refused before anything in it is touched.
func TestStoreOfALaterProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	store := openStore(t, path)
	err := store.Update(t.Context(), func(tx storage.Tx) error { return storage.Meta.Put(tx, "schema", "99") })
	if err != nil || store.Close() != nil {
		t.Fatal(err)
	}
	code, _, errs := command(t, "period", "--store", "bolt:"+path)
	if code != 1 || !strings.HasPrefix(errs, "chihoi: --store/CHIHOI_STORE "+path+": kho do một bản chihoi mới hơn ghi") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

// What is asked of chihoi serve, with the operator's token, goes by no proxy.
func TestAsksPastTheProxy(t *testing.T) {
	if os.Getenv("CHIHOI_TEST_ASKS") != "" { // the program takes the proxy from its environment once
		_, _ = askReady("chihoi.invalid:80")
		return
	}
	asked := make(chan string, 1)
	proxy := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked <- r.URL.String() }))
	defer proxy.Close()
	cmd := exec.Command(os.Args[0], "-test.run=^TestAsksPastTheProxy$")
	cmd.Env = append(os.Environ(), "HTTP_PROXY="+proxy.URL, "CHIHOI_TEST_ASKS=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	select {
	case url := <-asked:
		t.Errorf("the proxy was asked for %s", url)
	default:
	}
}
