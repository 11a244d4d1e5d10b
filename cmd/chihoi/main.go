// Command chihoi is the check-in bot: see README.md, or run "chihoi --help".
package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
	_ "time/tzdata" // the zone must be there in a bare container

	"github.com/alecthomas/kong"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/storage"
	"chihoi/storage/bolt"
)

// version is set when a release is built.
var version = ""

type cli struct {
	global
	Demo        demoCmd        `cmd:"" help:"Thử ngay trong trình duyệt: một xã mẫu, ba chiếc điện thoại, đồng hồ chỉnh được. Không cần token."`
	Serve       serveCmd       `cmd:"" help:"Chạy bot."`
	Import      importCmd      `cmd:"" help:"Nhập hay cập nhật danh sách từ tệp .xlsx hoặc .csv; chỉ xem trước khi chưa có --apply."`
	Invite      inviteCmd      `cmd:"" help:"Làm mã mời dùng một lần, đường dẫn và tờ in."`
	Officer     officerCmd     `cmd:"" help:"Thêm hoặc bớt cán bộ tỉnh, người chỉ xem số chung."`
	Erase       eraseCmd       `cmd:"" help:"Xóa dữ liệu một người theo yêu cầu bằng văn bản; chỉ xem trước khi chưa có --apply."`
	Period      periodCmd      `cmd:"" help:"Xem các kỳ báo cáo, hoặc mở một kỳ bằng tay."`
	Calendar    calendarCmd    `cmd:"" help:"In những gì lịch sẽ gửi trong các tháng tới, không gửi gì."`
	Export      exportCmd      `cmd:"" help:"Xuất số liệu ra tệp .xlsx, .csv, .json, .docx, .png."`
	Ledger      ledgerCmd      `cmd:"" help:"Sổ gửi: các tin theo lịch đã tới đâu."`
	Parked      parkedCmd      `cmd:"" help:"Tin để riêng: những tin bot đã thôi gửi; gửi lại hoặc bỏ."`
	Read        readCmd        `cmd:"" help:"Xem một câu gõ vào được hiểu thế nào, hoặc chấm cả tệp câu."`
	Doctor      doctorCmd      `cmd:"" help:"Khám cấu hình, kho, từng bot, đồng hồ, đĩa, và nói phải làm gì."`
	Healthcheck healthcheckCmd `cmd:"" help:"Hỏi chihoi serve đang chạy đã sẵn sàng chưa."`
	Chat        chatCmd        `cmd:"" help:"Xã mẫu ngay trong cửa sổ lệnh này; --record ghi lại thành một bài kiểm thử."`
	Version     versionCmd     `cmd:"" help:"In phiên bản."`
}

// global holds what every subcommand shares.
type global struct {
	StoreURL string `name:"store" env:"CHIHOI_STORE" default:"bolt:chihoi.db" placeholder:"bolt:TỆP" help:"Kho dữ liệu (mặc định ${default}); demo và chat không giữ gì."`
	Config   string `env:"CHIHOI_CONFIG" placeholder:"TỆP" help:"Tệp YAML cấu hình: lịch, giờ yên lặng, loại cặp 1+1, hội phí…"`
	Zone     string `name:"tz" env:"CHIHOI_TZ" default:"Asia/Ho_Chi_Minh" placeholder:"MÚI_GIỜ" help:"Múi giờ của lịch (mặc định ${default})."`

	Stdout io.Writer `kong:"-"`
	Stderr io.Writer `kong:"-"`
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is main with its surroundings handed in; it returns the exit code.
func run(args []string, stdout, stderr io.Writer) (code int) {
	app := cli{global: global{Stdout: stdout, Stderr: stderr}}
	exited := errors.New("exited")
	defer func() { // --help exits through here
		if r := recover(); r != nil && r != any(exited) {
			panic(r)
		}
	}()
	k, err := kong.New(&app, kong.Name("chihoi"), kong.Help(printHelp), kong.Writers(stdout, stderr),
		kong.Exit(func(c int) { code = c; panic(exited) }),
		kong.Description("Điểm danh hằng tháng của các chi hội phụ nữ, qua Zalo và Telegram.\n\nXem thử: chihoi demo. Chạy thí điểm: lần lượt chihoi import, chihoi invite, chihoi period open, chihoi serve."))
	if err != nil {
		fmt.Fprintln(stderr, "chihoi:", err)
		return 2
	}
	ctx, err := k.Parse(longFlags(args))
	if err != nil {
		fmt.Fprintln(stderr, "chihoi:", usageMistake(err))
		return 2
	}
	if err := ctx.Run(&app.global); err != nil {
		fmt.Fprintln(stderr, "chihoi:", told(err))
		return 1
	}
	return 0
}

// longFlags lets a long flag be written with one dash too: -record FILE.
func longFlags(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a
		if len(a) > 2 && a[0] == '-' && a[1] >= 'a' && a[1] <= 'z' && a[2] >= 'a' && a[2] <= 'z' {
			out[i] = "-" + a
		}
	}
	return out
}

// zone loads the deployment's time zone.
func (g *global) zone() (*time.Location, error) {
	loc, err := time.LoadLocation(g.Zone)
	if err != nil {
		return nil, fmt.Errorf("--tz/CHIHOI_TZ %q: không có múi giờ này", g.Zone)
	}
	return loc, nil
}

// now is the time in the deployment's zone.
func (g *global) now() (time.Time, error) {
	loc, err := g.zone()
	if err != nil {
		return time.Time{}, err
	}
	return time.Now().In(loc), nil
}

// openStore opens the store named by --store, and makes it when there is none.
func (g *global) openStore() (storage.Store, error) {
	path, err := g.storePath()
	if err != nil {
		return nil, err
	}
	s, err := bolt.Open(path, bolt.Options{Log: g.log()})
	switch {
	case errors.Is(err, storage.ErrLocked):
		return nil, inUseError{path}
	case errors.Is(err, storage.ErrDamaged):
		return nil, fmt.Errorf("--store/CHIHOI_STORE %s: tệp hỏng, hoặc không phải kho của chihoi: giữ nguyên tệp, lấy bản sao lưu gần nhất ra dùng (%w)", path, err)
	case err != nil:
		return nil, fmt.Errorf("--store/CHIHOI_STORE: %w", err)
	}
	if err = storage.Migrate(s); errors.Is(err, storage.ErrNewer) {
		err = fmt.Errorf("kho do một bản chihoi mới hơn ghi: chạy bản ấy, hoặc lấy bản sao lưu trước khi nâng cấp (%w)", err)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("--store/CHIHOI_STORE %s: %w", path, err), s.Close())
	}
	return s, nil
}

// inUseError says that another process has the store.
type inUseError struct{ path string }

func (e inUseError) Error() string {
	return e.path + " đang do một chihoi khác giữ (có lẽ `chihoi serve`): dừng nó rồi chạy lại lệnh này"
}

// Unwrap lets errors.Is find storage.ErrLocked.
func (e inUseError) Unwrap() error { return storage.ErrLocked }

// errNoStore is wrapped when a command needs what only an import makes.
var errNoStore = errors.New("chưa có dữ liệu, nhập danh sách trước: chihoi import danh-sach.xlsx --apply")

// openStanding opens the store named by --store and makes none: a mistyped path must not
// leave an empty store behind, which would then look like the real one.
func (g *global) openStanding() (storage.Store, error) {
	path, err := g.storePath()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("--store/CHIHOI_STORE: %w", err)
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("--store/CHIHOI_STORE %s: %w", path, errNoStore)
	}
	return g.openStore()
}

// openNow is openStanding, and the time in the deployment's zone.
func (g *global) openNow() (storage.Store, time.Time, error) {
	now, err := g.now()
	if err != nil {
		return nil, now, err
	}
	store, err := g.openStanding()
	return store, now, err
}

// storePath reads --store.
func (g *global) storePath() (string, error) {
	path, ok := strings.CutPrefix(g.StoreURL, "bolt:")
	if !ok || path == "" {
		return "", fmt.Errorf("--store/CHIHOI_STORE %q: phải có dạng bolt:ĐƯỜNG_DẪN", g.StoreURL)
	}
	return path, nil
}

// settings reads --config over the defaults.
func (g *global) settings() (*flows.Settings, error) {
	return readSettings(g.Config)
}

func (g *global) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(g.Stderr, nil))
}

// secret reads NAME, or the file that NAME_FILE names; blanks around it are nobody's secret.
// Both at once are refused: whoever changes the one would wonder why the other holds.
func secret(name string) (string, error) {
	v, file := strings.TrimSpace(os.Getenv(name)), os.Getenv(name+"_FILE")
	switch {
	case v != "" && file != "":
		return "", fmt.Errorf("%s và %s_FILE đều được đặt: chỉ giữ một", name, name)
	case file == "":
		return v, nil
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s_FILE: %w", name, err)
	}
	if v = strings.TrimSpace(string(raw)); v == "" {
		return "", fmt.Errorf("%s_FILE: tệp %s trống", name, file)
	}
	return v, nil
}

type versionCmd struct{}

// Run prints the version, from the release or from the source's control system.
func (versionCmd) Run(g *global) error {
	v := version
	info, ok := debug.ReadBuildInfo()
	if v == "" && ok {
		v = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v += " " + s.Value
			}
		}
	}
	_, err := fmt.Fprintln(g.Stdout, "chihoi", strings.TrimSpace(v), info.GoVersion)
	return err
}

var _ bot.Clock = bot.SystemClock{}
