// Package org owns the words of the domain as plain values: communes, branches,
// people and their posts, periods, check-ins, pairs and requests, with the rules
// that need nothing but those values (domain.md sections 1 to 9).
//
// It does no I/O, holds no clock and imports nothing of this program.
package org

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Identifiers are distinct types so that swapped arguments do not compile.
type (
	// CommuneID is short and readable: lower-case ASCII letters, digits and hyphens ("an-phu").
	CommuneID string
	// BranchID is the commune's id, a slash and the branch's own short id ("an-phu/1").
	BranchID string
	// PersonID names a head, deputy, chair or vice chair. Ordinary members have none (domain.md 12.1).
	PersonID string
	// PairID names a "1+1" pair, unique within its branch.
	PairID string
	// RequestID names a help request, unique within its commune.
	RequestID string
	// ContactID is an address at which a person can be written to: the channel's
	// name, a colon and the network's chat id ("telegram:123456").
	ContactID string
	// MessageID names a message of ours, sent or still owed. Sorting by it is sorting by time.
	MessageID string
	// QuestionID is a question of domain.md section 6, with an instance where it repeats
	// ("q7_joined", "q9_pair/p1", "q_more/2").
	QuestionID string
)

// Commune returns the commune a branch belongs to.
func (b BranchID) Commune() CommuneID {
	c, _, _ := strings.Cut(string(b), "/")
	return CommuneID(c)
}

// Channel returns the part of the address that names the channel.
func (c ContactID) Channel() string {
	ch, _, _ := strings.Cut(string(c), ":")
	return ch
}

// Chat returns the network's own id of the chat.
func (c ContactID) Chat() string {
	_, chat, _ := strings.Cut(string(c), ":")
	return chat
}

// Base returns the question without its instance: "q9_pair/p1" is "q9_pair".
func (q QuestionID) Base() QuestionID {
	b, _, _ := strings.Cut(string(q), "/")
	return QuestionID(b)
}

// Instance returns what follows the slash, or "".
func (q QuestionID) Instance() string {
	_, i, _ := strings.Cut(string(q), "/")
	return i
}

var slug = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// ErrBadID is returned for an identifier that is not in its form.
var ErrBadID = errors.New("mã chỉ gồm chữ thường không dấu, số và gạch nối, dài tối đa 40")

// ParseCommuneID checks the form of a commune's id.
func ParseCommuneID(s string) (CommuneID, error) {
	if !slug.MatchString(s) {
		return "", fmt.Errorf("%q: %w", s, ErrBadID)
	}
	return CommuneID(s), nil
}

// CommuneKind tells what kind of base organisation a commune union is (domain.md 1).
type CommuneKind string

// Kinds of commune union. The zero value reads as residential.
const (
	Residential CommuneKind = ""
	Special     CommuneKind = "special"
	ArmedForces CommuneKind = "armed_forces"
)

// Commune is one base organisation (cơ sở Hội) with its branches.
type Commune struct {
	ID   CommuneID   `json:"id"`
	Name string      `json:"name"`
	Kind CommuneKind `json:"kind,omitempty"`
}

// Branch is a chi hội.
type Branch struct {
	ID   BranchID `json:"id"`
	Name string   `json:"name"`
	// FormerCommune is the commune it belonged to before 1/7/2025 (domain.md 2).
	FormerCommune string `json:"former_commune,omitempty"`
	// Members is the number of members known when the branch was entered; 0 means unknown.
	// Once a check-in is submitted its end number takes over (domain.md 5.1).
	Members int `json:"members,omitempty"`
	// Order is the place in lists, as in the roster.
	Order int `json:"order,omitempty"`
	// ClosedFrom is the first month it no longer reports (merged, dissolved); "" while active.
	ClosedFrom Month `json:"closed_from,omitempty"`
}

// Person is someone the bot talks with. Nothing else about her is kept (domain.md 12.1).
type Person struct {
	ID    PersonID `json:"id"`
	Name  string   `json:"name"`
	Phone string   `json:"phone,omitempty"`
	// Address is how the bot calls her: "chị" unless set to "cô", "bác" or "dì".
	Address string `json:"address,omitempty"`
}

// MaskedPhone shows the last three digits only: "•••• ••• 567".
func (p Person) MaskedPhone() string {
	if len(p.Phone) < 3 {
		return ""
	}
	return "•••• ••• " + p.Phone[len(p.Phone)-3:]
}

// Role is what a person does in a unit (domain.md 2).
type Role string

// Roles that this program links to people.
const (
	Head      Role = "head"
	Deputy    Role = "deputy"
	Chair     Role = "chair"
	ViceChair Role = "vice_chair"
	// ProvinceOfficer sees sums over the communes; her unit is Province.
	ProvinceOfficer Role = "province_officer"
	// OfGroup is no post: it marks a code that binds a chat group to its unit.
	OfGroup Role = "group"
)

// Province is the unit of a ProvinceOfficer: all communes of a store.
const Province = "province"

// Post is a role in a unit. Unit is a BranchID for Head and Deputy, a CommuneID for Chair and ViceChair.
type Post struct {
	Role   Role     `json:"role"`
	Unit   string   `json:"unit"`
	Person PersonID `json:"person"`
}

// OfBranch reports whether the post is in a branch.
func (p Post) OfBranch() bool { return p.Role == Head || p.Role == Deputy }

// Branch is the branch of a head's or deputy's post.
func (p Post) Branch() BranchID { return BranchID(p.Unit) }

// Commune is the commune the post lies in.
func (p Post) Commune() CommuneID { return BranchID(p.Unit).Commune() }

// Contact is an address of a person on one network.
type Contact struct {
	ID     ContactID `json:"id"`
	Person PersonID  `json:"person,omitempty"`
	// LinkedAt is when she confirmed who she is.
	LinkedAt time.Time `json:"linked_at,omitzero"`
	// Unreachable says why messages no longer arrive ("blocked", "deactivated"); "" while they do.
	Unreachable string `json:"unreachable,omitempty"`
	// LastWrote is when she last wrote from here; the bot answers on the contact last used.
	LastWrote time.Time `json:"last_wrote,omitzero"`
}

// Consent is one recorded answer to the privacy notice (domain.md 12.2).
type Consent struct {
	Person  PersonID  `json:"person"`
	Notice  string    `json:"notice"` // version of the text shown
	At      time.Time `json:"at"`
	Channel string    `json:"channel"`
	Raw     string    `json:"raw"` // what she typed or tapped, unchanged
	// Withdrawn marks the record of taking consent back.
	Withdrawn bool `json:"withdrawn,omitempty"`
}

// Invite is a one-time code that binds a contact to a person's posts. The code itself is never kept.
type Invite struct {
	Hash    string    `json:"hash"`
	Person  PersonID  `json:"person"`
	Post    Post      `json:"post"`
	Made    time.Time `json:"made"`
	Expires time.Time `json:"expires"`
	UsedBy  ContactID `json:"used_by,omitempty"`
	UsedAt  time.Time `json:"used_at,omitzero"`
	Revoked bool      `json:"revoked,omitempty"`
	// Title is what a chair calls the group that a code of hers binds.
	Title string `json:"title,omitempty"`
}

// Group is a chat group that a chair bound to her commune.
type Group struct {
	Contact ContactID `json:"contact"`
	Commune CommuneID `json:"commune"`
	Branch  BranchID  `json:"branch,omitempty"`
	Title   string    `json:"title,omitempty"`
}
