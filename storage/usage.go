package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"chihoi/flows/org"
)

func usageKey(bot string, m org.Month) string { return bot + "/" + string(m) }

// UsageOf is what a bot has used in a month, its users counted; the zero value of a bot
// that has used nothing.
func UsageOf(tx Tx, bot string, m org.Month) (org.Usage, error) {
	u, ok, err := Usages.Get(tx, usageKey(bot, m))
	if err != nil {
		return u, err
	}
	if !ok {
		u = org.Usage{Bot: bot, Month: m}
	}
	u.Users, err = seatsTaken(tx, bot)
	return u, err
}

// CountUsage adds messages sent, and refusals for want of quota, to a bot's month. quota
// and seats are the bot's limits as they are now.
func CountUsage(tx Tx, bot string, now time.Time, quota, seats, sent, refused int) (org.Usage, error) {
	m := org.MonthOf(now)
	u, _, err := Usages.Get(tx, usageKey(bot, m))
	if err != nil {
		return u, err
	}
	u.Bot, u.Month, u.Quota, u.Seats = bot, m, quota, seats
	u.Sent += sent
	switch {
	case refused > 0 && u.Refused == 0:
		u.RefusedAt, u.RefusedSent = now.UTC().Truncate(time.Second), u.Sent
	case refused == 0 && sent > 0: // it takes some again: that was no end of a quota, or there is a new one
		u.Refused, u.RefusedAt, u.RefusedSent = 0, time.Time{}, 0
	}
	u.Refused += refused
	u.Users = 0 // counted when it is read
	return u, Usages.Put(tx, usageKey(bot, m), u)
}

// TakeSeat notes that a contact has written to its bot; taken is true the first time. The
// network's id of her is not kept for it: only a hash, since seats outlive an erasure.
func TakeSeat(tx Tx, c org.ContactID, now time.Time) (taken bool, err error) {
	sum := sha256.Sum256([]byte(c))
	key := c.Channel() + "/" + hex.EncodeToString(sum[:12])
	if raw, err := tx.Get(Seats.Bucket, key); raw != nil || err != nil {
		return false, err
	}
	return true, Seats.Put(tx, key, now.UTC().Truncate(time.Second))
}

// seatsTaken is how many contacts ever wrote to a bot.
func seatsTaken(tx Tx, bot string) (n int, err error) {
	err = tx.Scan(Seats.Bucket, bot+"/", "", func(string, []byte) error {
		n++
		return nil
	})
	return n, err
}

// CommunesOf lists the communes whose people write to a bot, each once.
func CommunesOf(tx Tx, bot string) (list []org.CommuneID, err error) {
	seen := map[org.CommuneID]bool{}
	var people []org.PersonID
	err = Contacts.Scan(tx, bot+":", "", func(_ string, c org.Contact) error {
		if c.Person != "" {
			people = append(people, c.Person)
		}
		return nil
	})
	for _, id := range people {
		if err != nil {
			break
		}
		var p Profile
		p, _, err = People.Get(tx, string(id))
		for _, post := range p.Posts {
			if c := post.Commune(); !seen[c] {
				seen[c] = true
				list = append(list, c)
			}
		}
	}
	return list, err
}

// UsagesOf lists what the bots that a commune's people write to have used in a month.
func UsagesOf(tx Tx, c org.CommuneID, m org.Month) (list []org.Usage, err error) {
	var bots []string
	err = tx.Scan(Usages.Bucket, "", "", func(key string, _ []byte) error {
		if bot, month, ok := strings.Cut(key, "/"); ok && month == string(m) {
			bots = append(bots, bot)
		}
		return nil
	})
	for _, bot := range bots {
		if err != nil {
			break
		}
		var served []org.CommuneID
		if served, err = CommunesOf(tx, bot); err != nil || !slices.Contains(served, c) {
			continue
		}
		var u org.Usage
		u, err = UsageOf(tx, bot, m)
		list = append(list, u)
	}
	return list, err
}

// UsedUp reports whether a bot's network took no more this month.
func UsedUp(tx Tx, bot string, now time.Time) (bool, error) {
	u, _, err := Usages.Get(tx, usageKey(bot, org.MonthOf(now)))
	return u.Refused > 0, err
}
