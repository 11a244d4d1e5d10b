package flows

import (
	"strings"

	"chihoi/flows/org"
)

// network is what the conversation knows of a network: what people are told of it, and what
// it never does. What it can show is the channel's (bot.Abilities).
type network struct {
	name   string // as people call it
	abroad bool   // messages pass through servers abroad, as the privacy notice says (domain.md 12.2)
	fixed  bool   // what was sent can't be changed any more
}

// networks are known by the first part of their channels' names.
var networks = map[string]network{
	"telegram": {name: "Telegram", abroad: true},
	"zalo":     {name: "Zalo", fixed: true},
}

// networkOf is the network of a channel, which may be one of several bots there:
// "zalo.an-phu". That of the terminal and of the demo's page has no name.
func networkOf(channel string) network {
	name, _, _ := strings.Cut(channel, ".")
	return networks[name]
}

// accountWords is an address as she would call it: "tài khoản Telegram".
func accountWords(c org.ContactID) string {
	if name := networkOf(c.Channel()).name; name != "" {
		return "tài khoản " + name
	}
	return "máy này"
}

// botWords names a channel's bot: "Bot Zalo an-phu".
func botWords(channel string) string {
	first, bot, _ := strings.Cut(channel, ".")
	if name := networks[first].name; name != "" {
		first = name
	}
	return strings.TrimSpace("Bot " + first + " " + bot)
}
