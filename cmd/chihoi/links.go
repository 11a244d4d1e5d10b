package main

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/storage"
)

var botForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{3,31}$`)

// botName takes a bot's user name as people copy it: with @, or as a link.
func botName(s string) (string, error) {
	name := strings.TrimSpace(s)
	for _, before := range []string{"https://", "http://", "t.me/", "@"} {
		name = strings.TrimPrefix(name, before)
	}
	name = strings.TrimSuffix(name, "/")
	if name != "" && !botForm.MatchString(name) {
		return "", fmt.Errorf("--bot %q: tên bot Telegram có dạng ten_bot (chữ không dấu, số, gạch dưới)", s)
	}
	return name, nil
}

// invitation is a set of codes just made, on its way to people.
type invitation struct {
	storage.Invited
	bot  string
	zalo map[string]string // share links, by the name of the bot
	now  time.Time
}

// link is the address that opens the bot with the code; "" without the bot's name.
func (i invitation) link(code string) string {
	if i.bot == "" {
		return ""
	}
	return "https://t.me/" + i.bot + "?start=" + code
}

// zaloLinks reads NAME=URL, the address as Zalo shows it: it is copied, never made up.
func zaloLinks(list []string) (map[string]string, error) {
	links := map[string]string{}
	for _, one := range list {
		name, address, ok := strings.Cut(strings.TrimSpace(one), "=")
		u, err := url.Parse(strings.TrimSpace(address))
		switch {
		case !ok || name == "":
			return nil, fmt.Errorf("--zalo-link %q: viết TÊN=ĐƯỜNG_DẪN, ví dụ an-phu=https://zalo.me/123", one)
		case err != nil || u.Scheme != "https" || u.Host == "":
			return nil, fmt.Errorf("--zalo-link %s: đường dẫn phải bắt đầu bằng https://, chép từ mục chia sẻ của Zalo Bot Creator", name)
		}
		links[strings.TrimSpace(name)] = u.String()
	}
	return links, nil
}

// zaloLink is the share link for the people of a commune: that of the bot of its name, or
// the only one there is.
func (i invitation) zaloLink(c org.CommuneID) string {
	if link := i.zalo[string(c)]; link != "" || len(i.zalo) != 1 {
		return link
	}
	for _, only := range i.zalo {
		return only
	}
	return ""
}

// withoutLink lists the communes whose people have nothing to scan.
func (i invitation) withoutLink() (list []org.Commune) {
	for _, n := range i.Made {
		known := slices.ContainsFunc(list, func(c org.Commune) bool { return c.ID == n.Commune.ID })
		if i.bot == "" && i.zaloLink(n.Commune.ID) == "" && !known {
			list = append(list, n.Commune)
		}
	}
	return list
}

// otherBots lists the links of further bots of a commune, an-phu-2 beside an-phu, which no
// sheet of this run shows.
func (i invitation) otherBots() (list []string) {
	for _, name := range slices.Sorted(maps.Keys(i.zalo)) {
		of := func(n storage.NewInvite) bool { return strings.HasPrefix(name, string(n.Commune.ID)+"-") }
		if i.zalo[name] != "" && len(i.zalo) > 1 && slices.ContainsFunc(i.Made, of) && !slices.ContainsFunc(i.Made, func(n storage.NewInvite) bool { return string(n.Commune.ID) == name }) {
			list = append(list, name)
		}
	}
	return list
}
