package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chihoi/flows/org"
	"chihoi/storage"
)

// The lines of --json are a contract: these fields, in this form, and nothing else.
func TestInviteJSON(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.write("ds.csv", rosterCSV), "--apply")
	before := time.Now()
	out, errs, err := d.run("invite", "--json", "--bot", "@chihoi_bot", "--days", "7", "--html", d.path("thu.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(errs, "Đã ghi tờ in") {
		t.Errorf("stderr %q", errs)
	}
	form := regexp.MustCompile(`^\{"commune":"([a-z-]+)","branch":"([a-z0-9/-]*)","post":"(head|deputy|chair|vice_chair)","person":"(p-[a-z2-7]{10})",` +
		`"code":"([0-9]{8})","link":"https://t\.me/chihoi_bot\?start=([0-9]{8})","expires_at":"([^"]+)"\}$`)
	var got []string
	for line := range strings.Lines(out) {
		m := form.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			t.Fatalf("line %q", line)
		}
		expires, err := time.Parse(time.RFC3339, m[7])
		if err != nil || m[5] != m[6] || expires.Sub(before).Round(time.Minute) != 7*24*time.Hour || !strings.HasSuffix(m[7], "+07:00") {
			t.Errorf("line %q: %v", line, err)
		}
		got = append(got, strings.Join(m[1:4], " "))
	}
	want := []string{"an-phu  chair", "an-phu an-phu/1 head", "an-phu an-phu/1 deputy", "an-phu an-phu/2 head", "tan-an tan-an/1 head"}
	if !slices.Equal(got, want) {
		t.Errorf("posts %q", got)
	}
	page, err := os.ReadFile(d.path("thu.html"))
	if err != nil || strings.Count(string(page), "<article") != 5 || strings.Count(string(page), `<section class="commune">`) != 2 {
		t.Errorf("sheet: %v", err)
	}
	if info, err := os.Stat(d.path("thu.html")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("sheet's mode: %v, %v", info.Mode(), err)
	}
}

func TestInviteTable(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.write("ds.csv", rosterCSV), "--apply")
	out, errs, err := d.run("invite", "--commune", "an-phu", "--role", "head", "--role", "chair")
	if err != nil || strings.Count(out, "\n") != 6 || !regexp.MustCompile(`Nguyễn Thị Lan +•••• ••• 671 +[0-9]{4} [0-9]{4}`).MatchString(out) {
		t.Errorf("%v\n%s", err, out)
	}
	if !strings.Contains(errs, "--bot") {
		t.Errorf("nothing is said of the missing link: %s", errs)
	}
	out, _, err = d.run("invite", "--json", "--branch", "an-phu/2", "--renew")
	var line struct{ Branch, Link, Person string }
	if json.Unmarshal([]byte(out), &line) != nil || err != nil || line.Branch != "an-phu/2" || line.Link != "" {
		t.Errorf("%v %s", err, out)
	}
	g := &global{StoreURL: "bolt:" + d.path("chihoi.db")}
	s, err := g.openStore()
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(context.Background(), func(tx storage.Tx) error {
		return storage.PutContact(tx, org.Contact{ID: "telegram:1", Person: org.PersonID(line.Person), LinkedAt: time.Now()})
	})
	if err != nil || s.Close() != nil {
		t.Fatal(err)
	}
	out, errs, err = d.run("invite", "--branch", "an-phu/2")
	if err != nil || out != "" || !strings.Contains(errs, "Không có ai cần mã mới") || !strings.Contains(errs, "1 chức vụ có người đã kết nối") || !strings.Contains(errs, "--all") {
		t.Errorf("linked already: %v\n%s%s", err, out, errs)
	}
	if out := d.must("invite", "--branch", "an-phu/2", "--all", "--renew"); !strings.Contains(out, "Trần Thị Minh") {
		t.Error(out)
	}
}

// Sheets by commune go into a folder; who holds two posts in a commune has one card.
func TestInviteFolder(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.write("ds.csv", strings.Replace(rosterCSV, "Lê Thị Cúc;0912 345 672", "Phạm Thị Hoa;0912345674", 1)), "--apply")
	t.Setenv("TELEGRAM_BOT", "https://t.me/chihoi_bot")
	if err := os.Mkdir(d.path("to"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.must("invite", "--html", d.path("to"))
	for name, cards := range map[string]int{"thu-moi-an-phu.html": 3, "thu-moi-tan-an.html": 1} {
		page, err := os.ReadFile(filepath.Join(d.path("to"), name))
		if err != nil || strings.Count(string(page), "<article") != cards || strings.Count(string(page), "<svg") != cards {
			t.Errorf("%s: %v, %d cards", name, err, strings.Count(string(page), "<article"))
		}
	}
	left, err := os.ReadDir(d.path("to"))
	if err != nil || len(left) != 2 {
		t.Errorf("folder %v, %v", left, err)
	}
}

// With Zalo the square is the share link of the commune's bot, and the code is to be typed.
func TestInviteZalo(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.write("ds.csv", rosterCSV), "--apply")
	const anPhu, tanAn = "https://zalo.me/111", "https://bot.zaloplatforms.com/bots/222"
	out, errs, err := d.run("invite", "--json", "--zalo-link", "an-phu="+anPhu, "--zalo-link", "tan-an="+tanAn, "--html", d.path("thu.html"))
	if err != nil || strings.Count(out, `"zalo":"`+anPhu+`"`) != 4 || strings.Count(out, `"zalo":"`+tanAn+`"`) != 1 || strings.Contains(errs, "chưa có đường dẫn") {
		t.Errorf("%v\n%s%s", err, out, errs)
	}
	page, err := os.ReadFile(d.path("thu.html"))
	if err != nil || strings.Count(string(page), "<svg") != 5 || strings.Count(string(page), "mở Zalo, bấm hình quét mã") != 5 || strings.Contains(string(page), "Telegram") {
		t.Errorf("sheet: %v", err)
	}
	// One link serves all; two of which none is the commune's leave it without.
	if out, _, err := d.run("invite", "--renew", "--zalo-link", "hoi="+anPhu); err != nil || strings.Count(out, anPhu) != 5 {
		t.Errorf("one link: %v\n%s", err, out)
	}
	_, errs, err = d.run("invite", "--renew", "--zalo-link", "an-phu="+anPhu, "--zalo-link", "x="+tanAn)
	if err != nil || !strings.Contains(errs, "chưa có đường dẫn và mã QR: thêm --zalo-link tan-an=") || strings.Contains(errs, "--zalo-link an-phu=") {
		t.Errorf("missing link: %v\n%s", err, errs)
	}
	_, errs, err = d.run("invite", "--renew", "--zalo-link", "an-phu="+anPhu, "--zalo-link", "an-phu-2="+tanAn)
	if err != nil || !strings.Contains(errs, "Đường dẫn của bot an-phu-2 không in vào tờ nào") {
		t.Errorf("a second bot's link: %v\n%s", err, errs)
	}
}

// Run again, nothing that was handed out stops working and no sheet is lost; --renew and
// --force do it on purpose.
func TestInviteAgain(t *testing.T) {
	d := newDesk(t)
	d.must("import", d.write("ds.csv", rosterCSV), "--apply")
	sheet := d.path("thu.html")
	d.must("invite", "--html", sheet)
	printed, err := os.ReadFile(sheet)
	if err != nil {
		t.Fatal(err)
	}
	good := func() (n int) {
		d.view(func(tx storage.Tx) error {
			return storage.Invites.Scan(tx, "", "", func(_ string, i org.Invite) error {
				if !i.Revoked {
					n++
				}
				return nil
			})
		})
		return n
	}
	out, errs, err := d.run("invite", "--json")
	if err != nil || out != "" || good() != 5 || !strings.Contains(errs, "Không có ai cần mã mới.\n5 mã làm trước vẫn còn hạn") || !strings.Contains(errs, "--renew") {
		t.Errorf("again: %v\n%s%s", err, out, errs)
	}
	if err := os.Mkdir(d.path("to"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.must("invite", "--commune", "tan-an", "--renew", "--html", d.path("to"))
	before := good()
	for _, args := range [][]string{{"--html", sheet}, {"--html", d.path("to")}, {"--html", d.path("to"), "--branch", "tan-an/1"}} {
		out, _, err := d.run(append([]string{"invite", "--renew"}, args...)...)
		if err == nil || !strings.Contains(err.Error(), "--html: đã có ") || !strings.Contains(err.Error(), "--force") || out != "" {
			t.Errorf("%v: %v %s", args, err, out)
		}
	}
	if now, err := os.ReadFile(sheet); err != nil || !bytes.Equal(now, printed) {
		t.Errorf("the sheet changed: %v", err)
	}
	if now := good(); now != before {
		t.Errorf("%d codes are good, %d were: a refused run changed some", now, before)
	}
	d.must("invite", "--html", d.path("to"), "--commune", "an-phu", "--renew") // another commune's sheet is in nobody's way
	d.must("invite", "--renew", "--html", sheet, "--force")
	if now, err := os.ReadFile(sheet); err != nil || bytes.Equal(now, printed) || good() != 5 {
		t.Errorf("renewed by force: %v, %d good", err, good())
	}
}

func TestInviteMistakes(t *testing.T) {
	d := newDesk(t)
	if _, _, err := d.run("invite"); err == nil || !strings.Contains(err.Error(), "chihoi import") {
		t.Errorf("empty store: %v", err)
	}
	d.must("import", d.write("ds.csv", rosterCSV), "--apply")
	for want, args := range map[string][]string{
		`--commune: "x" không có trong danh sách xã/phường (an-phu, tan-an)`: {"--commune", "x"},
		`--branch: "an-phu/9" không có trong danh sách chi hội`:              {"--branch", "an-phu/9"},
		`--role "trưởng": chọn trong head`:                                   {"--role", "trưởng"},
		"--days 0: số ngày từ 1 đến 365":                                     {"--days", "0"},
		"--days 366":                                                         {"--days", "366"},
		`--bot "a b": tên bot Telegram`:                                      {"--bot", "a b"},
		`--zalo-link "https://zalo.me/1": viết TÊN=ĐƯỜNG_DẪN`:                {"--zalo-link", "https://zalo.me/1"},
		"--zalo-link a: đường dẫn phải bắt đầu bằng https://":                {"--zalo-link", "a=zalo.me/1"},
		"--html: không ghi được vào thư mục":                                 {"--html", d.path("no/thu.html")},
	} {
		if out, _, err := d.run(append([]string{"invite"}, args...)...); err == nil || !strings.Contains(err.Error(), want) || out != "" {
			t.Errorf("%q: %v, want %q", args, err, want)
		}
	}
	d.view(func(tx storage.Tx) error {
		list, err := storage.Invites.All(tx, "")
		if len(list) != 0 {
			t.Errorf("%d codes were made all the same", len(list))
		}
		return err
	})
}
