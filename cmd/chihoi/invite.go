package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"chihoi/bot/report"
	"chihoi/flows/org"
	"chihoi/flows/roster"
	"chihoi/storage"
)

// inviteCmd makes one-time codes.
type inviteCmd struct {
	Commune []string `placeholder:"MÃ" help:"Chỉ các xã/phường này: an-phu."`
	Branch  []string `placeholder:"MÃ" help:"Chỉ các chi hội này: an-phu/1."`
	Role    []string `placeholder:"CHỨC_VỤ" help:"Chỉ các chức vụ này: head, deputy, chair, vice_chair (chi hội trưởng, chi hội phó, Chủ tịch, Phó Chủ tịch)."`
	Renew   bool     `help:"Làm lại cả mã còn hạn; tờ cũ hết dùng được."`
	All     bool     `help:"Cả người đã kết nối."`
	Days    *int     `placeholder:"SỐ" help:"Mã dùng được mấy ngày, 1 đến 365 (mặc định theo invite_days của cấu hình)."`
	HTML    string   `name:"html" placeholder:"TỆP" help:"Tờ in để phát, có mã QR: một tệp, hoặc mỗi xã một tệp vào thư mục này; - thì in ra thay cho bảng."`
	Force   bool     `help:"Ghi đè tờ in đã có."`
	JSON    bool     `name:"json" help:"In ra mỗi dòng một đối tượng JSON, ngoài ra không in gì."`
	Bot     string   `env:"TELEGRAM_BOT" placeholder:"TÊN_BOT" help:"Tên bot Telegram, để làm đường dẫn."`
	Zalo    []string `name:"zalo-link" env:"ZALO_LINKS" placeholder:"MÃ=URL" help:"Đường dẫn chia sẻ của bot Zalo, như Zalo Bot Creator cho thấy. MÃ là xã/phường dùng bot ấy: an-phu=https://…; chỉ có một đường dẫn thì mọi xã dùng chung."`
}

// Help is the long help of the command.
func (*inviteCmd) Help() string {
	return `Mã chỉ hiện ra lúc này, phần mềm không giữ lại. Chạy lại thì chỉ làm cho người chưa kết nối và chưa có mã còn hạn: tờ đã phát vẫn dùng được. Mất tờ thì thêm --renew, mã cũ của những người được chọn mất hiệu lực. Tờ in đã có thì không ghi đè, trừ khi có --force.

  chihoi invite --zalo-link an-phu=https://zalo.me/… --html thu-moi.html
                                                    mã cho người chưa kết nối và chưa có mã, và tờ in
  chihoi invite --bot ten_bot --html thu-moi.html   như trên, cho Telegram
  chihoi invite --branch an-phu/3 --renew           làm lại mã cho một chi hội (mất tờ)
  chihoi invite --branch an-phu/3 --all             cả người đã kết nối (đổi máy, đổi số)
  chihoi invite --json                              cho chương trình khác đọc

JSON: commune, branch ("" với Chủ tịch, Phó Chủ tịch), post (head, deputy, chair, vice_chair), person, code, link ("" khi chưa biết tên bot Telegram), zalo (chỉ khi có đường dẫn Zalo), expires_at.`
}

// Run is called by kong.
func (c *inviteCmd) Run(g *global) error {
	settings, err := g.settings()
	if err != nil {
		return err
	}
	wish, err := c.wish()
	if err != nil {
		return err
	}
	bot, err := botName(c.Bot)
	if err != nil {
		return err
	}
	zalo, err := zaloLinks(c.Zalo)
	if err != nil {
		return err
	}
	days := settings.InviteDays
	if c.Days != nil {
		days = *c.Days
	}
	if days < 1 || days > 365 {
		return fmt.Errorf("--days %d: số ngày từ 1 đến 365", days)
	}
	if c.HTML == stream && c.JSON {
		return errors.New("--html - và --json cùng in ra một chỗ: chọn một")
	}
	if err := errors.Join(checkWritable(c.HTML), c.checkSheets()); err != nil {
		return fmt.Errorf("--html: %w", err)
	}
	store, now, err := g.openNow()
	if err != nil {
		return err
	}
	result, err := storage.MakeInvites(context.Background(), store, now, now.AddDate(0, 0, days), wish)
	if err = errors.Join(flagged(err), store.Close()); err != nil {
		return err
	}
	return c.show(g, invitation{Invited: result, bot: bot, zalo: zalo, now: now})
}

// flagged names the flag that an error of the store is about.
func flagged(err error) error {
	switch {
	case errors.Is(err, storage.ErrUnknownCommune):
		return fmt.Errorf("--commune: %w", err)
	case errors.Is(err, storage.ErrUnknownBranch):
		return fmt.Errorf("--branch: %w", err)
	}
	return err
}

// roles are the posts that codes are made for.
var roles = []org.Role{org.Head, org.Deputy, org.Chair, org.ViceChair}

// wish checks the flags that choose posts.
func (c *inviteCmd) wish() (storage.InviteWish, error) {
	w := storage.InviteWish{Linked: c.All, Renew: c.Renew}
	for _, s := range c.Commune {
		w.Communes = append(w.Communes, org.CommuneID(s))
	}
	for _, s := range c.Branch {
		w.Branches = append(w.Branches, org.BranchID(s))
	}
	for _, s := range c.Role {
		if !slices.Contains(roles, org.Role(s)) {
			return w, fmt.Errorf("--role %q: chọn trong head, deputy, chair, vice_chair", s)
		}
		w.Roles = append(w.Roles, org.Role(s))
	}
	return w, nil
}

// show prints the codes first and writes sheets after: whatever fails then, the codes
// were seen.
func (c *inviteCmd) show(g *global, i invitation) error {
	var err error
	switch {
	case c.JSON:
		err = i.printJSON(g.Stdout)
	case c.HTML == stream && len(i.Made) > 0:
		_, sheets := i.sheets()
		err = report.WriteInviteSheets(g.Stdout, sheets)
	default:
		err = i.printTable(g.Stdout)
	}
	if err != nil {
		return err
	}
	if len(i.Made) == 0 {
		fmt.Fprintln(g.Stderr, "Không có ai cần mã mới.")
	}
	for _, left := range i.leftAlone() {
		fmt.Fprintln(g.Stderr, left)
	}
	if len(i.Made) == 0 {
		return nil
	}
	for _, missing := range i.withoutLink() {
		fmt.Fprintf(g.Stderr, "%s chưa có đường dẫn và mã QR: thêm --zalo-link %s=ĐƯỜNG_DẪN (Zalo), hoặc --bot TÊN_BOT (Telegram).\n", missing.Name, missing.ID)
	}
	for _, name := range i.otherBots() {
		fmt.Fprintf(g.Stderr, "Đường dẫn của bot %s không in vào tờ nào. In tờ cho các chị của bot ấy: chọn --branch, và chỉ ghi --zalo-link %s=ĐƯỜNG_DẪN.\n", name, name)
	}
	if c.HTML == "" || c.HTML == stream {
		return nil
	}
	files, err := i.writeSheets(c.HTML)
	for _, f := range files {
		fmt.Fprintln(g.Stderr, "Đã ghi tờ in: "+f)
	}
	if err != nil {
		return fmt.Errorf("--html: %w", err)
	}
	return nil
}

// leftAlone says who got no code, and what to do for her to get one.
func (i invitation) leftAlone() (lines []string) {
	if i.Standing > 0 {
		lines = append(lines, fmt.Sprintf("%d mã làm trước vẫn còn hạn, giữ nguyên: tờ đã phát vẫn dùng được. Mất tờ thì thêm --renew để làm lại.", i.Standing))
	}
	if i.Linked > 0 {
		lines = append(lines, fmt.Sprintf("%d chức vụ có người đã kết nối, không cần mã. Đổi máy, đổi số thì thêm --all.", i.Linked))
	}
	return lines
}

// printJSON writes one object a line. Its fields are read by other programs.
func (i invitation) printJSON(out io.Writer) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, n := range i.Made {
		err := enc.Encode(struct {
			Commune   org.CommuneID `json:"commune"`
			Branch    org.BranchID  `json:"branch"`
			Post      org.Role      `json:"post"`
			Person    org.PersonID  `json:"person"`
			Code      string        `json:"code"`
			Link      string        `json:"link"`
			Zalo      string        `json:"zalo,omitempty"` // as long as there is no Zalo, the line is as it was
			ExpiresAt string        `json:"expires_at"`
		}{n.Commune.ID, n.Branch.ID, n.Invite.Post.Role, n.Person.ID, n.Code, i.link(n.Code), i.zaloLink(n.Commune.ID), n.Invite.Expires.Format(time.RFC3339)})
		if err != nil {
			return err
		}
	}
	return nil
}

// printTable writes the codes to be read by a person.
func (i invitation) printTable(out io.Writer) error {
	if len(i.Made) == 0 {
		return nil
	}
	tw := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "XÃ/PHƯỜNG\tCHI HỘI\tCHỨC VỤ\tHỌ TÊN\tĐIỆN THOẠI\tMÃ MỜI\tĐƯỜNG DẪN")
	for _, n := range i.Made {
		branch := "–"
		if n.Branch.ID != "" {
			branch = fmt.Sprintf("%s (%s)", n.Branch.Name, n.Branch.ID)
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", n.Commune.Name, branch, capital(roster.RoleName(n.Invite.Post.Role)),
			n.Person.Name, n.Person.MaskedPhone(), report.SpacedCode(n.Code), cmp.Or(i.zaloLink(n.Commune.ID), i.link(n.Code)))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%d mã, mỗi mã dùng một lần, trước %s. Mã không được giữ lại ở đâu khác.\n",
		len(i.Made), i.Made[0].Invite.Expires.Format("15:04 02/01/2006"))
	return err
}

// sheets groups the codes by commune, and in a commune by person: who holds two posts
// there gets one card, for one code opens all her posts.
func (i invitation) sheets() (ids []org.CommuneID, sheets []report.InviteSheet) {
	cards := map[org.PersonID]int{}
	for _, n := range i.Made {
		if len(ids) == 0 || ids[len(ids)-1] != n.Commune.ID {
			ids = append(ids, n.Commune.ID)
			sheets = append(sheets, report.InviteSheet{Commune: n.Commune.Name, Bot: i.bot, Made: i.now})
			clear(cards)
		}
		s := &sheets[len(sheets)-1]
		at, ok := cards[n.Person.ID]
		if !ok {
			at = len(s.Cards)
			cards[n.Person.ID] = at
			s.Cards = append(s.Cards, report.InviteCard{Name: n.Person.Name, Phone: n.Person.MaskedPhone(), Code: n.Code,
				Link: i.link(n.Code), Zalo: i.zaloLink(n.Commune.ID), Address: n.Person.Address, Expires: n.Invite.Expires})
		}
		s.Cards[at].Posts = append(s.Cards[at].Posts, report.InvitePost{
			Role: capital(roster.RoleName(n.Invite.Post.Role)), Unit: unitName(n)})
	}
	return ids, sheets
}

func unitName(n storage.NewInvite) string {
	switch {
	case n.Branch.ID == "":
		return n.Commune.Name
	case n.Branch.FormerCommune != "":
		return n.Branch.Name + " (" + n.Branch.FormerCommune + " cũ)"
	default:
		return n.Branch.Name
	}
}

func capital(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// isFolder reports whether --html names a folder, to get a file for each commune.
func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir() || strings.HasSuffix(path, "/") || strings.HasSuffix(path, string(filepath.Separator))
}

// checkWritable finds out before any code is made whether its sheet can be written: a
// code that nobody sees has still put the older one out of use.
func checkWritable(path string) error {
	if path == "" || path == stream {
		return nil
	}
	dir := filepath.Dir(path)
	if isFolder(path) {
		dir = path
	}
	f, err := os.CreateTemp(dir, ".thu-moi-*")
	var cause *os.PathError
	if errors.As(err, &cause) {
		return fmt.Errorf("không ghi được vào thư mục %s: %w", dir, cause.Err)
	}
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// sheetName is the file of a commune's sheet in a folder.
func sheetName(dir, commune string) string {
	return filepath.Join(dir, "thu-moi-"+commune+".html")
}

// checkSheets refuses to write over a sheet that is there: its codes are nowhere else.
func (c *inviteCmd) checkSheets() error {
	if c.HTML == "" || c.HTML == stream || c.Force {
		return nil
	}
	paths := []string{c.HTML}
	if isFolder(c.HTML) {
		paths = nil
		communes := slices.Clone(c.Commune)
		for _, b := range c.Branch {
			communes = append(communes, string(org.BranchID(b).Commune()))
		}
		if len(communes) == 0 {
			communes = []string{"*"}
		}
		for _, id := range communes {
			found, err := filepath.Glob(sheetName(c.HTML, id))
			if err != nil {
				return err
			}
			paths = append(paths, found...)
		}
	}
	for _, path := range paths {
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("đã có %s, chưa làm mã nào: đặt tên khác, hoặc thêm --force để ghi đè", path)
		}
	}
	return nil
}

// writeSheets writes the sheets and tells which files were written.
func (i invitation) writeSheets(path string) (files []string, err error) {
	ids, sheets := i.sheets()
	if !isFolder(path) {
		return []string{path}, replaceFile(path, func(w io.Writer) error { return report.WriteInviteSheets(w, sheets) })
	}
	for n, id := range ids {
		name := sheetName(path, string(id))
		err := replaceFile(name, func(w io.Writer) error { return report.WriteInviteSheets(w, sheets[n:n+1]) })
		if err != nil {
			return files, err
		}
		files = append(files, name)
	}
	return files, nil
}

// replaceFile writes a whole file or leaves the old one. Only its owner may read it: it
// holds codes.
func replaceFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".thu-moi-*") // made with mode 0600
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
