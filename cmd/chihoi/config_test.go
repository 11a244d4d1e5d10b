package main

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"chihoi/flows"
)

// settingsOf reads a text as the file s.yaml; the folder is cut from its error.
func settingsOf(t *testing.T, text string) (*flows.Settings, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "s.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := readSettings(path)
	if err == nil {
		return s, ""
	}
	return s, strings.ReplaceAll(err.Error(), filepath.Dir(path)+string(filepath.Separator), "")
}

// What is wrong with a file of settings is told by line and column, all at once.
func TestSettingsMistakes(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"all at once": {`# of the province
responsible: " "
invite_days: 0
pair_kinds:
  - recruit_one
  - recruit_two
  - recruit_one
pair_kind: [recruit_one]
dues: maybe
emergency: gọi công an
calendar:
  open: "0 25 * *"
  remind: ["0 19 28 * *", "0 8 32 * *"]
  due: 59 23 31 2 *
  lock: "59 23 31 * *"
  opens: x
communes:
  An Phú: {}
  binh-minh:
    calendar: {lock: "0 7 1 1 *", remind: ["0 19 31 2 *"]}
    quiet: []
`, `--config/CHIHOI_CONFIG:
  s.yaml:2:14: responsible: không được để trống: thông báo về dữ liệu cá nhân nêu ai chịu trách nhiệm
  s.yaml:3:14: invite_days: 0: phải từ 1 đến 365
  s.yaml:6:5: pair_kinds[1]: "recruit_two" không có trong [branch_twinning recruit_one party_nurturing knowledge_sharing help_one_member]
  s.yaml:7:5: pair_kinds[2]: "recruit_one" có hai lần
  s.yaml:8:1: pair_kind: không có mục này (có: calendar, communes, quiet, weekly, pair_kinds, quiet_count, accept_days, dues, emergency, child_help, invite_days, term_ends, responsible)
  s.yaml:9:7: dues: phải là true hoặc false
  s.yaml:10:12: emergency: "gọi công an" không phải số điện thoại
  s.yaml:12:9: calendar.open: "0 25 * *": phải có năm mục: phút giờ ngày tháng thứ
  s.yaml:13:27: calendar.remind[1]: "0 8 32 * *": ngày "32" không đúng (1-31)
  s.yaml:14:8: calendar.due: "59 23 31 2 *": không bao giờ có ngày này
  s.yaml:15:9: calendar.lock: "59 23 31 * *": mỗi tháng phải có đúng một lần, mà tháng 2 không có
  s.yaml:16:3: calendar.opens: không có mục này (có: open, remind, due, late_list, lock, digest, summary)
  s.yaml:18:3: communes.An Phú: "An Phú": mã chỉ gồm chữ thường không dấu, số và gạch nối, dài tối đa 40
  s.yaml:20:22: communes.binh-minh.calendar.lock: "0 7 1 1 *": mỗi tháng phải có đúng một lần, mà tháng 2 không có
  s.yaml:20:44: communes.binh-minh.calendar.remind[0]: "0 19 31 2 *": không bao giờ có ngày này
  s.yaml:21:5: communes.binh-minh.quiet: không có mục này (có: calendar, days_off)`},
		"not YAML":       {"dues: true\n  invite_days: [", "s.yaml:1:7: không đúng dạng YAML: mapping value is not allowed"},
		"a list":         {"- dues", "s.yaml:1:1: phải gồm các mục có giá trị"},
		"a word":         {"dues", "s.yaml:1:1: phải gồm các mục có giá trị"},
		"two documents":  {"dues: true\n---\ndues: false\n", "s.yaml:3:5: có hai tài liệu (---)"},
		"a key twice":    {"dues: true\ndues: false\n", "s.yaml:2:1: "},
		"no value":       {"responsible:\ndues: true\n", "s.yaml:1:1: responsible: chưa có giá trị"},
		"another type":   {"invite_days: x", "s.yaml:1:14: invite_days: phải là số nguyên"},
		"no month":       {"term_ends: 12/2027", "s.yaml:1:12: term_ends: \"12/2027\": viết tháng như 2027-12"},
		"not a list":     {"pair_kinds: recruit_one", "s.yaml:1:13: pair_kinds: phải là danh sách"},
		"not a mapping":  {"calendar: 5", "s.yaml:1:11: calendar: phải gồm các mục có giá trị"},
		"accepted late":  {"dues: true\naccept_days: 90", "s.yaml:2:14: accept_days: 90: phải từ 0 (báo cáo không cần chờ nhận) đến 31"},
		"no pairs":       {"pair_kinds: []", "s.yaml:1:13: pair_kinds: phải có ít nhất một loại"},
		"too long":       {"responsible: " + strings.Repeat("Hội ", 40), "s.yaml:1:14: responsible: dài 159 chữ, nhiều nhất 120"},
		"four reminders": {`calendar: {remind: ["0 8 1 * *", "0 8 2 * *", "0 8 3 * *", "0 8 4 * *"]}`, "s.yaml:1:20: calendar.remind: có 4 dòng"},
		"every minute":   {`calendar: {open: "* * * * *"}`, "s.yaml:1:18: calendar.open: \"* * * * *\": mỗi tháng phải có đúng một lần, mà có nhiều lần"},
		"quiet times": {`quiet:
  hours: ["21:00-07:00", "12-13"]
  tet_from: 3
  days_off: ["30/4", "31/4"]
`, `--config/CHIHOI_CONFIG:
  s.yaml:2:26: quiet.hours[1]: "12-13": viết như 20:30-07:00
  s.yaml:3:13: quiet.tet_from: 3: phải từ 20 đến 30 (tháng Chạp); không nghỉ Tết thì tet_from và tet_to đều là 0
  s.yaml:4:22: quiet.days_off[1]: "31/4" không phải ngày: viết 2027-04-30, hoặc 30/4 cho mọi năm`},
		"a quiet reminder":           {`calendar: {remind: ["0 19 28 * *", "0 21 1 * *"]}`, `s.yaml:1:36: calendar.remind[1]: "0 21 1 * *": rơi vào giờ yên lặng quiet.hours [20:30-07:00 11:30-13:30]`},
		"a digest each five minutes": {`calendar: {digest: "*/5 8 * * *"}`, `s.yaml:1:20: calendar.digest: "*/5 8 * * *": nhiều hơn một lần một ngày`},
		"a list before the due date": {`calendar: {late_list: "0 8 2 * *"}`, "s.yaml:1:23: calendar.late_list: đến vào 2/2/2026, trước khi kỳ 2026-01 hết hạn (3/2/2026)"},
		"a lock before the due date": {`calendar: {lock: "59 23 3 * *"}`, "s.yaml:1:18: calendar.lock: sau hạn 3/2/2026 thì đến 3/3/2026 mới tới"},
		"due at the next opening":    {`calendar: {due: "59 23 24 * *", late_list: "0 8 25 * *"}`, "s.yaml:1:17: calendar.due: tránh ngày nghỉ thì hạn kỳ 2027-12 lùi đến 1/2/2028"},
		"days off of one commune": {`quiet: {days_off: ["30/4"]}
communes:
  an-phu: {days_off: ["15/8", "31/4", "30/4", "15/8"]}
  binh-minh: {days_off: 15/8}
`, `--config/CHIHOI_CONFIG:
  s.yaml:3:31: communes.an-phu.days_off[1]: "31/4" không phải ngày: viết 2027-04-30, hoặc 30/4 cho mọi năm
  s.yaml:3:39: communes.an-phu.days_off[2]: "30/4" đã là ngày nghỉ chung (quiet.days_off)
  s.yaml:3:47: communes.an-phu.days_off[3]: "15/8" có hai lần
  s.yaml:4:25: communes.binh-minh.days_off: phải là danh sách`},
		"two weeks off in one commune": {`communes: {an-phu: {days_off: ["1/6","2/6","3/6","4/6","5/6","6/6","7/6","8/6","9/6","10/6","11/6","12/6","13/6","14/6","15/6"]}}`,
			"s.yaml:1:31: communes.an-phu.days_off: nghỉ liền hơn 14 ngày, đến 15/6/2026"},
		"an unused line":  {`calendar: {digest: "30 7 * * x"}`, "s.yaml:1:20: calendar.digest: \"30 7 * * x\": thứ \"x\" không đúng"},
		"a broken reader": {"invite_days: 5\ninvite_days2: {", "s.yaml:"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, got := settingsOf(t, c.text); !strings.Contains(got, c.want) {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestSettingsFile(t *testing.T) {
	want := flows.DefaultSettings()
	for _, nothing := range []string{"", "# only words\n", "---\n", "calendar:\n  # open: \"0 8 25 * *\"\n"} {
		if got, wrong := settingsOf(t, nothing); wrong != "" || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %s %+v", nothing, wrong, got)
		}
	}
	want.Emergency, want.ChildHelp, want.Dues, want.Calendar.Open = "113", "1900 54 54 55", true, "0 7 25 * *"
	got, wrong := settingsOf(t, "emergency: 113\nchild_help: 1900 54 54 55\ndues: true\ncalendar: {open: \"0 7 25 * *\"}\n")
	if wrong != "" || !reflect.DeepEqual(got, want) {
		t.Errorf("%s\ngot  %+v\nwant %+v", wrong, got, want)
	}
	if _, err := readSettings(filepath.Join(t.TempDir(), "none.yaml")); err == nil || !strings.Contains(err.Error(), "--config/CHIHOI_CONFIG: open ") {
		t.Errorf("missing file: %v", err)
	}
}

// The settings printed in the README are those a deployment starts with.
func TestSettingsInReadme(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(raw), "```yaml\n")
	text, _, _ = strings.Cut(text, "```")
	got, wrong := settingsOf(t, text)
	if wrong != "" || text == "" || !reflect.DeepEqual(got, flows.DefaultSettings()) {
		t.Errorf("%s\ngot  %+v\nwant %+v", wrong, got, flows.DefaultSettings())
	}
	for _, key := range keysOf(reflect.TypeFor[flows.Settings]()) {
		if !regexp.MustCompile(`(?m)^ *` + key + `:`).MatchString(text) {
			t.Errorf("the README leaves out %s", key)
		}
	}
}

// keysOf lists the names of a setting's fields, those of its own structs too.
func keysOf(t reflect.Type) (keys []string) {
	for i := range t.NumField() {
		f := t.Field(i)
		if key, _, _ := strings.Cut(f.Tag.Get("yaml"), ","); key != "" && key != "-" {
			keys = append(keys, key)
		}
		if f.Type.Kind() == reflect.Struct {
			keys = append(keys, keysOf(f.Type)...)
		}
	}
	return keys
}
