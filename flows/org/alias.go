package org

import "strings"

const aliasPrefix = "x-"

// NewAlias makes the identifier that stands where somebody's was whose data has been erased:
// it tells her acts from those of others and leads to nobody (domain.md 12.5). random must
// be new each time.
func NewAlias(random string) PersonID {
	return PersonID(aliasPrefix + strings.ToLower(random[:min(len(random), 10)]))
}

// Erased reports whether the identifier is such an alias.
func (p PersonID) Erased() bool { return strings.HasPrefix(string(p), aliasPrefix) }
