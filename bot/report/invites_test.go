package report_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"chihoi/bot/report"
)

var made = time.Date(2026, 11, 22, 15, 30, 0, 0, time.FixedZone("ICT", 7*3600))

func sheets() []report.InviteSheet {
	card := func(name, code, link string) report.InviteCard {
		return report.InviteCard{Name: name, Phone: "•••• ••• 671", Code: code, Link: link, Expires: made.AddDate(0, 0, 30),
			Posts: []report.InvitePost{{Role: "Chi hội trưởng", Unit: "Chi hội thôn Đông (An Hòa cũ)"}}}
	}
	two := card("Trần Thị Minh", "00000001", "https://t.me/chihoi_bot?start=00000001")
	two.Address = "cô"
	two.Posts = append(two.Posts, report.InvitePost{Role: "Phó Chủ tịch", Unit: "Xã An Phú"})
	return []report.InviteSheet{
		{Commune: "Xã An Phú", Bot: "chihoi_bot", Made: made, Cards: []report.InviteCard{
			card("Nguyễn Thị Lan", "48291357", "https://t.me/chihoi_bot?start=48291357"), two,
			card(`<b>&"Hoa`, "11112222", "https://t.me/chihoi_bot?start=11112222")}},
		{Commune: "Xã Tân An", Made: made, Cards: []report.InviteCard{card("Ngô Thị Na", "33334444", "")}},
	}
}

// find lists the elements of a class.
func find(n *html.Node, class string) (list []*html.Node) {
	for _, a := range n.Attr {
		if a.Key == "class" && strings.Contains(" "+a.Val+" ", " "+class+" ") {
			list = append(list, n)
		}
	}
	for c := range n.ChildNodes() {
		list = append(list, find(c, class)...)
	}
	return list
}

// tags lists the elements of a name.
func tags(n *html.Node, name string) (list []*html.Node) {
	if n.Type == html.ElementNode && n.Data == name {
		list = append(list, n)
	}
	for c := range n.ChildNodes() {
		list = append(list, tags(c, name)...)
	}
	return list
}

func text(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var s string
	for c := range n.ChildNodes() {
		s += text(c)
	}
	return strings.Join(strings.Fields(s), " ")
}

func page(t *testing.T) *html.Node {
	t.Helper()
	var out bytes.Buffer
	if err := report.WriteInviteSheets(&out, sheets()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "ZgotmplZ") {
		t.Error("the template refused a value")
	}
	doc, err := html.Parse(&out)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestInviteSheets(t *testing.T) {
	doc := page(t)
	communes := find(doc, "commune")
	if len(communes) != 2 || len(find(communes[0], "row")) != 2 || len(tags(communes[0], "article")) != 3 || len(tags(communes[1], "article")) != 1 {
		t.Fatal("not a section a commune, two cards a row")
	}
	lan := text(tags(communes[0], "article")[0])
	want := "Nguyễn Thị Lan Chi hội trưởng · Chi hội thôn Đông (An Hòa cũ) Điện thoại •••• ••• 671 Mã riêng của chị 4829 1357 " +
		"Chị soi máy ảnh vào hình vuông, bấm dòng chữ hiện ra, rồi bấm BẮT ĐẦU (START). Không soi được thì mở Telegram, tìm @chihoi_bot, nhắn 8 số này. " +
		"Dùng một lần, đến hết ngày 21/12/2026."
	if strings.Join(strings.Fields(strings.ReplaceAll(lan, "\n", " ")), " ") != want && squash(lan) != squash(want) {
		t.Errorf("card says\n%s\nwant\n%s", lan, want)
	}
	minh := tags(communes[0], "article")[1]
	if len(tags(minh, "li")) != 2 || !strings.Contains(text(minh), "Mã riêng của cô") || !strings.Contains(text(minh), "Cô soi máy ảnh") {
		t.Errorf("card with two posts: %s", text(minh))
	}
	if hoa := tags(communes[0], "article")[2]; len(tags(hoa, "b")) != 0 || !strings.Contains(text(hoa), `<b>&"Hoa`) {
		t.Error("a name became markup")
	}
}

// squash drops blanks: where elements meet, the page has none to read.
func squash(s string) string { return strings.ReplaceAll(s, " ", "") }

// Each link has its own picture; without a link there is none, and the words say what to do.
func TestInviteSheetsPictures(t *testing.T) {
	doc := page(t)
	seen := map[string]bool{}
	for _, svg := range tags(doc, "svg") {
		for _, a := range tags(svg, "path")[0].Attr {
			if a.Key == "d" {
				seen[a.Val] = true
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d different pictures, want 3", len(seen))
	}
	na := find(doc, "commune")[1]
	if len(tags(na, "svg")) != 0 || !strings.Contains(text(na), "Chị mở khung trò chuyện với bot của Hội rồi nhắn 8 số này.") || !strings.Contains(text(na), "--bot TÊN_BOT") {
		t.Errorf("without a bot: %s", text(na))
	}
}

// The page loads nothing from anywhere: it is printed where there is no network.
func TestInviteSheetsAlone(t *testing.T) {
	doc := page(t)
	for _, name := range []string{"script", "link", "img", "iframe"} {
		if len(tags(doc, name)) != 0 {
			t.Errorf("the page has <%s>", name)
		}
	}
	style := text(tags(doc, "style")[0])
	for _, want := range []string{"size: A4", "break-inside: avoid", "break-after: page"} {
		if !strings.Contains(style, want) {
			t.Errorf("style lacks %q", want)
		}
	}
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Error("the style loads something")
	}
}

func TestSpacedCode(t *testing.T) {
	if got := report.SpacedCode("48291357"); got != "4829 1357" {
		t.Errorf("got %q", got)
	}
}
