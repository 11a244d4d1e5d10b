package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"chihoi/flows/org"
	"chihoi/flows/roster"
	"chihoi/flows/viet"
	"chihoi/storage"
)

// eraseCmd removes a person who cannot ask in the chat because she never linked, or who
// asked on paper (domain.md 12.4, 12.5).
type eraseCmd struct {
	Phone string `arg:"" name:"số-điện-thoại" help:"Số điện thoại của người ấy."`
	Note  string `placeholder:"LỜI" help:"Căn cứ, ghi vào nhật ký: ai đề nghị, số công văn; không ghi tên hay số điện thoại của người ấy."`
	Apply bool   `help:"Xóa thật; không có thì chỉ xem trước."`
}

// Help is the long help of the command.
func (*eraseCmd) Help() string {
	return `Xóa dữ liệu của một người theo yêu cầu bằng văn bản của chị Chủ tịch, như khi người ấy tự nhắn "xóa dữ liệu". Họ tên, số điện thoại, chức vụ, mã mời mất hẳn; số liệu các kỳ còn lại, không gắn với ai. Việc xóa ghi vào nhật ký, không ghi tên.

  chihoi erase 0912345678            xem trước là ai, giữ chức vụ gì
  chihoi erase 0912345678 --apply --note "CV 12/HPN ngày 20/11"
                                     xóa, không lấy lại được; căn cứ ghi vào nhật ký

Sau đó bỏ người ấy khỏi tệp danh sách: nhập lại tệp cũ thì người ấy lại có trong hệ thống.`
}

// Run is called by kong.
func (c *eraseCmd) Run(g *global) (err error) {
	phone, err := roster.ParsePhone(c.Phone)
	if err != nil {
		return fmt.Errorf("số-điện-thoại: %w", err)
	}
	store, now, err := g.openNow()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	ctx := context.Background()
	var who storage.Profile
	err = store.View(ctx, func(tx storage.Tx) (err error) {
		who, err = personOf(tx, phone)
		return err
	})
	if err != nil {
		return err
	}
	if err := c.checkNote(who.Name); err != nil {
		return err
	}
	fmt.Fprintf(g.Stdout, "%s, điện thoại %s", who.Name, who.MaskedPhone())
	for _, p := range who.Posts {
		fmt.Fprintf(g.Stdout, "; %s %s", roster.RoleName(p.Role), p.Unit)
	}
	fmt.Fprintln(g.Stdout, ".")
	if !c.Apply {
		fmt.Fprintln(g.Stdout, "Đây là xem trước, chưa xóa gì. Đúng người rồi thì chạy lại với --apply; xóa rồi không lấy lại được.")
		return nil
	}
	if err := c.erase(ctx, store, now, who.ID); err != nil {
		return err
	}
	_, err = fmt.Fprintln(g.Stdout, "Đã xóa. Nhớ bỏ người này khỏi tệp danh sách.")
	return err
}

// noteLetters bounds a note: it names a document, it does not tell a story.
const noteLetters = 200

// checkNote keeps out of the audit what the erasure takes out of everything else.
func (c *eraseCmd) checkNote(name string) error {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-", r) {
			return -1
		}
		return r
	}, c.Note)
	switch {
	case utf8.RuneCountInString(c.Note) > noteLetters:
		return fmt.Errorf("--note: dài quá %d chữ", noteLetters)
	case strings.Contains(viet.Fold(c.Note), viet.Fold(name)):
		return errors.New("--note: đừng ghi tên người được xóa, nhật ký còn lại mãi; ghi ai đề nghị và số công văn")
	case longNumber.MatchString(digits):
		return errors.New("--note: đừng ghi số điện thoại hay số giấy tờ, nhật ký còn lại mãi")
	}
	return nil
}

var longNumber = regexp.MustCompile(`\d{9,}`)

// erase erases her at once, and all her traces: the bot is not running beside it.
func (c *eraseCmd) erase(ctx context.Context, store storage.Store, now time.Time, id org.PersonID) error {
	err := store.Update(ctx, func(tx storage.Tx) error { return storage.OrderErasure(tx, now, id, c.Note) })
	if err == nil {
		_, err = storage.EraseSome(ctx, store, now, math.MaxInt)
	}
	return err
}

// personOf finds who has a phone.
func personOf(tx storage.Tx, phone string) (p storage.Profile, err error) {
	id, ok, err := storage.Phones.Get(tx, phone)
	if err == nil && ok {
		p, ok, err = storage.People.Get(tx, string(id))
	}
	if err == nil && !ok {
		err = fmt.Errorf("số-điện-thoại: không có ai có số %s trong danh sách", phone)
	}
	return p, err
}
