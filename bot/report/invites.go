package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"image/color"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/boombuler/barcode/qr"
)

// InviteSheet is what is printed for one commune: a card for each person to cut out.
type InviteSheet struct {
	Commune string
	// Bot is the Telegram bot's user name, "" while it is not known; cards without it and
	// without a Zalo link have no picture to scan, only the code.
	Bot   string
	Made  time.Time
	Cards []InviteCard
}

// InviteCard is one person's invitation.
type InviteCard struct {
	Name  string
	Phone string // masked
	Posts []InvitePost
	Code  string // eight digits
	Link  string
	// Zalo is the share link of her Zalo bot, "" where there is none. It opens the bot and
	// brings no code with it, so the code is to be typed.
	Zalo string
	// Address is how she is called: "chị", "cô", "bác".
	Address string
	Expires time.Time
}

// InvitePost is a post in words: "Chi hội trưởng", "Chi hội thôn Đông".
type InvitePost struct{ Role, Unit string }

//go:embed invites.html
var invitesHTML string

var invitesPage = template.Must(template.New("invites").Parse(invitesHTML))

// card is a card as the page shows it.
type card struct {
	InviteCard
	QR     square
	Digits string
	Do     string
}

// LastDay is the last day on the whole of which the code is good: "22/12/2026" says more
// to her than an hour the day after.
func (c InviteCard) LastDay() string { return c.Expires.AddDate(0, 0, -1).Format("02/01/2006") }

// WriteInviteSheets writes one page of HTML that prints on A4 with nothing else loaded: a
// section for each commune, two cards a row, rows never split between pages.
func WriteInviteSheets(w io.Writer, sheets []InviteSheet) error {
	type section struct {
		InviteSheet
		Rows  [][2]card
		Blank bool // no card has a picture to scan
	}
	var page []section
	for _, s := range sheets {
		one := section{InviteSheet: s, Blank: true}
		for i, c := range s.Cards {
			shown, err := show(s, c)
			if err != nil {
				return err
			}
			if i%2 == 0 {
				one.Rows = append(one.Rows, [2]card{})
			}
			one.Rows[i/2][i%2] = shown
			one.Blank = one.Blank && shown.QR.Path == ""
		}
		page = append(page, one)
	}
	if err := invitesPage.Execute(w, page); err != nil {
		return fmt.Errorf("report: invites: %w", err)
	}
	return nil
}

func show(s InviteSheet, c InviteCard) (card, error) {
	if c.Address == "" {
		c.Address = "chị"
	}
	shown := card{InviteCard: c, Digits: SpacedCode(c.Code)}
	shown.Do = capital(c.Address) + " mở khung trò chuyện với bot của Hội rồi nhắn 8 số này."
	if c.Zalo != "" {
		shown.Do = capital(c.Address) + " mở Zalo, bấm hình quét mã, soi vào hình vuông, bấm Nhắn tin, rồi nhắn đúng 8 số này."
		if c.Link != "" {
			shown.Do += fmt.Sprintf(" Ai quen Telegram thì tìm @%s, cũng nhắn 8 số này.", s.Bot)
		}
		q, err := qrSquare(c.Zalo)
		shown.QR = q
		return shown, err
	}
	if c.Link == "" {
		return shown, nil
	}
	shown.Do = fmt.Sprintf("%s soi máy ảnh vào hình vuông, bấm dòng chữ hiện ra, rồi bấm BẮT ĐẦU (START). "+
		"Không soi được thì mở Telegram, tìm @%s, nhắn 8 số này.", capital(c.Address), s.Bot)
	q, err := qrSquare(c.Link)
	shown.QR = q
	return shown, err
}

func capital(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// SpacedCode writes a code so that it is easy to read out: "4829 1357".
func SpacedCode(code string) string {
	if len(code) != 8 {
		return code
	}
	return code[:4] + " " + code[4:]
}

// square is a QR code as an SVG path in units of its modules, quiet zone included.
type square struct {
	Size int
	Path string
}

// quiet is the white margin around a QR code that scanners count on, in modules.
const quiet = 4

// qrSquare draws a QR code. Level M bears a fold or a smudge on a card carried in a pocket.
func qrSquare(text string) (square, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return square{}, fmt.Errorf("report: qr: %w", err)
	}
	n := code.Bounds().Dx()
	dark := func(x, y int) bool { return code.At(x, y) == color.Black }
	var path strings.Builder
	for y := range n {
		for x := 0; x < n; x++ {
			run := 0
			for x+run < n && dark(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, run, run)
				x += run
			}
		}
	}
	return square{n + 2*quiet, path.String()}, nil
}
