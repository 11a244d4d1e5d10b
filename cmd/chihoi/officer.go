package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/roster"
	"chihoi/storage"
)

// officerCmd links an officer of the province, who is on no commune's list.
type officerCmd struct {
	Phone  string `arg:"" name:"số-điện-thoại" help:"Số điện thoại của chị ấy."`
	Name   string `placeholder:"HỌ_TÊN" help:"Họ tên, khi chị ấy chưa có trong kho."`
	Remove bool   `help:"Thôi giữ chức vụ."`
}

// Help is the long help of the command.
func (*officerCmd) Help() string {
	return `Cán bộ Hội LHPN tỉnh xem số chung của mọi xã trong kho này: dòng 1 đến 5 của bản tóm tắt và tỷ lệ gửi từng xã. Không thấy tên ai, chi hội nào, hay nội dung việc cần hỗ trợ.

  chihoi officer 0912345678 --name "Lê Thị Nga"    in mã mời 8 số để chị ấy nhắn cho bot
  chihoi officer 0912345678 --remove               thôi giữ chức vụ, mã chưa dùng bị thu lại`
}

// Run is called by kong.
func (c *officerCmd) Run(g *global) (err error) {
	phone, err := roster.ParsePhone(c.Phone)
	if err != nil {
		return fmt.Errorf("số-điện-thoại: %w", err)
	}
	settings, err := g.settings()
	if err != nil {
		return err
	}
	store, now, err := g.openNow()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	ctx := context.Background()
	if c.Remove {
		who, err := storage.DismissOfficer(ctx, store, now, phone)
		if err == nil {
			fmt.Fprintf(g.Stdout, "%s không còn là cán bộ tỉnh.\n", who.Name)
		}
		return err
	}
	if err := c.known(ctx, store, phone); err != nil {
		return err
	}
	made, err := storage.AppointOfficer(ctx, store, now, now.AddDate(0, 0, settings.InviteDays), strings.TrimSpace(c.Name), phone)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(g.Stdout, "%s, cán bộ tỉnh. Mã: %s (dùng một lần, đến %s).\n", made.Person.Name, made.Code, org.Day(made.Invite.Expires))
	return err
}

// known asks for a name when nobody has the phone.
func (c *officerCmd) known(ctx context.Context, store storage.Store, phone string) error {
	return store.View(ctx, func(tx storage.Tx) error {
		_, there, err := storage.Phones.Get(tx, phone)
		if err == nil && !there && strings.TrimSpace(c.Name) == "" {
			err = fmt.Errorf("chưa có ai có số %s: thêm --name \"Họ và tên\"", phone)
		}
		return err
	})
}
