package main

import (
	"fmt"
	"strings"

	"chihoi/storage"
)

// advice is what to check, by what the error of a call says. The errors of calls are texts:
// what net/http wraps prints addresses, which hold tokens.
var advice = []struct {
	says []string
	look string
}{
	{[]string{"no such host", "server misbehaving"}, "máy này không tìm ra địa chỉ của mạng: xem lại mạng, DNS, HTTPS_PROXY"},
	{[]string{"connection refused", "unreachable", "no route to host"}, "không nối được tới mạng: xem lại mạng, tường lửa, HTTPS_PROXY"},
	{[]string{"x509:", "tls:"}, "chứng chỉ không đúng: xem lại giờ của máy và máy chủ trung gian (proxy)"},
	{[]string{"deadline exceeded", "timeout"}, "mạng không trả lời kịp: thử lại sau ít phút, xem lại mạng và HTTPS_PROXY"},
	{[]string{"without an answer of the bot api"}, "mạng đang trục trặc, hoặc có máy chủ trung gian chắn giữa: thử lại sau ít phút"},
}

// explained says in an operator's words what to check when a network can't be asked, the
// technical words after it.
func explained(err error) string {
	text := strings.ToLower(err.Error())
	for _, a := range advice {
		for _, said := range a.says {
			if strings.Contains(text, said) {
				return fmt.Sprintf("%s (%v)", a.look, err)
			}
		}
	}
	return err.Error()
}

// unconfigured counts the people who wrote to Zalo bots that are not among the tokens: a name
// that was changed cuts off all who are linked by it.
func unconfigured(tx storage.Tx) (map[string]int, error) {
	tokens, err := zaloTokens()
	if err != nil || len(tokens) == 0 {
		return nil, nil // told with the bots
	}
	known := map[string]bool{}
	for _, t := range tokens {
		known["zalo."+t.name] = true
	}
	found := map[string]int{}
	err = tx.Scan(storage.Seats.Bucket, "", "", func(key string, _ []byte) error {
		if bot, _, _ := strings.Cut(key, "/"); strings.HasPrefix(bot, "zalo.") && !known[bot] {
			found[strings.TrimPrefix(bot, "zalo.")]++
		}
		return nil
	})
	return found, err
}
