package zalo_test

import (
	"errors"
	"strings"
	"testing"

	"chihoi/bot/wire"
	"chihoi/bot/zalo"
)

func TestConfigIsChecked(t *testing.T) {
	good := zalo.Config{Name: "an-phu", Token: token}
	for name, c := range map[string]struct {
		change func(*zalo.Config)
		field  string
	}{
		"good":           {func(*zalo.Config) {}, ""},
		"no name":        {func(c *zalo.Config) { c.Name = "" }, "Name"},
		"capital":        {func(c *zalo.Config) { c.Name = "An" }, "Name"},
		"dot":            {func(c *zalo.Config) { c.Name = "a.b" }, "Name"},
		"no token":       {func(c *zalo.Config) { c.Token = "" }, "Token"},
		"half a token":   {func(c *zalo.Config) { c.Token = "secretSECRET" }, "Token"},
		"token and path": {func(c *zalo.Config) { c.Token = "1:secretSECRET/x" }, "Token"},
		"nonsense API":   {func(c *zalo.Config) { c.API = "nonsense" }, "API"},
		"mode":           {func(c *zalo.Config) { c.Mode = "push" }, "Mode"},
		"no secret":      {func(c *zalo.Config) { c.Mode = "webhook"; c.PublicURL = "https://a.vn" }, "Secret"},
		"short secret":   {func(c *zalo.Config) { c.Mode = "webhook"; c.Secret = "1234567"; c.PublicURL = "https://a.vn" }, "Secret"},
		"no address":     {func(c *zalo.Config) { c.Mode = "webhook"; c.Secret = secret }, "PublicURL"},
		"http":           {func(c *zalo.Config) { c.Mode = "webhook"; c.Secret = secret; c.PublicURL = "http://a.vn" }, "PublicURL"},
		"webhook":        {func(c *zalo.Config) { c.Mode = "webhook"; c.Secret = secret; c.PublicURL = "https://a.vn" }, ""},
		"proxy":          {func(c *zalo.Config) { c.Proxy = "::" }, "Proxy"},
	} {
		cfg := good
		c.change(&cfg)
		_, err := zalo.New(cfg)
		var wrong *wire.ConfigError
		switch {
		case c.field == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.field != "" && (!errors.As(err, &wrong) || wrong.Field != c.field):
			t.Errorf("%s: got %v, want %s", name, err, c.field)
		case err != nil && strings.Contains(err.Error(), "secretSECRET"):
			t.Errorf("%s: shows the token: %v", name, err)
		}
	}
}

func TestNamesAndPaths(t *testing.T) {
	w := newWorld(t)
	if w.channel.Name() != "zalo.an-phu" || w.channel.Path() != "/zalo/an-phu" || w.channel.Abilities().MaxText != 1900 {
		t.Errorf("%s %s %+v", w.channel.Name(), w.channel.Path(), w.channel.Abilities())
	}
}
