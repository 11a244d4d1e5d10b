package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"chihoi/bot"
	"chihoi/flows"
	"chihoi/flows/org"
)

// readSettings reads the YAML of domain settings over the defaults; "" means the defaults.
// Unknown keys and impossible values are refused with their line.
func readSettings(path string) (*flows.Settings, error) {
	s := flows.DefaultSettings()
	if path != "" {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("--config/CHIHOI_CONFIG: %w", err)
		}
		if onlyComments(raw) { // says nothing, changes nothing
			return s, nil
		}
		if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(s); err != nil && len(bytes.TrimSpace(raw)) > 0 {
			return nil, fmt.Errorf("--config/CHIHOI_CONFIG %s: %s", path, yaml.FormatError(err, false, true))
		}
	}
	if _, err := bot.ParseCalendar(s.Calendar); err != nil {
		return nil, fmt.Errorf("--config/CHIHOI_CONFIG %s: %w", path, err)
	}
	for _, k := range s.PairKinds {
		if !slices.Contains(org.PairKinds, k) {
			return nil, fmt.Errorf("--config/CHIHOI_CONFIG %s: pair_kinds: %q is none of %v", path, k, org.PairKinds)
		}
	}
	for key, v := range map[string]string{"emergency": s.Emergency, "child_help": s.ChildHelp, "responsible": s.Responsible} {
		if strings.TrimSpace(v) == "" {
			return nil, fmt.Errorf("--config/CHIHOI_CONFIG %s: %s: must not be empty", path, key)
		}
	}
	if s.InviteDays < 1 || s.InviteDays > 365 {
		return nil, fmt.Errorf("--config/CHIHOI_CONFIG %s: invite_days: %d is not between 1 and 365", path, s.InviteDays)
	}
	return s, nil
}

// onlyComments reports whether a YAML file holds nothing but comments.
func onlyComments(raw []byte) bool {
	for line := range bytes.Lines(raw) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}
