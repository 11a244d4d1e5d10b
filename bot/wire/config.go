package wire

import (
	"fmt"
	"regexp"
)

// Ways to receive updates.
const (
	Poll    = "poll"
	Webhook = "webhook"
)

// ConfigError tells which field of a channel's configuration can't be used, and why. It never
// shows the content of a field that may be secret.
type ConfigError struct{ Network, Field, Reason string }

// Error names the network and the field.
func (e *ConfigError) Error() string { return e.Network + ": " + e.Field + ": " + e.Reason }

// secretForm is what networks let through as the secret of a webhook.
var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// mostSecret is how many characters it has at most.
const mostSecret = 256

// Ways checks how updates are to come in: mode is Poll, which "" stands for, or Webhook, which
// needs a secret of least characters and more, and the address at which the network reaches
// this program. field is what the reason is about, "" when there is nothing wrong.
func Ways(mode, secret, publicURL string, least int) (way, public, field, reason string) {
	switch mode {
	case "", Poll:
		return Poll, "", "", ""
	case Webhook:
		if len(secret) < least || len(secret) > mostSecret || !secretForm.MatchString(secret) {
			return "", "", "Secret", fmt.Sprintf("chế độ webhook cần từ %d đến %d ký tự A-Z a-z 0-9 _ -", least, mostSecret)
		}
		if public, reason = PublicURL(publicURL); reason != "" {
			return "", "", "PublicURL", reason
		}
		return Webhook, public, "", ""
	}
	return "", "", "Mode", fmt.Sprintf("%q: chọn %s hoặc %s", mode, Poll, Webhook)
}
