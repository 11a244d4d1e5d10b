package flows

import (
	"time"

	"chihoi/flows/org"
)

// Event is what reached the bot from one contact.
type Event interface{ event() }

type (
	// Text is a typed message, exactly as received. A deep link arrives as "/start CODE".
	Text struct{ Body string }
	// Press is a tap on a button; Data is what the button carried.
	Press struct{ Data string }
	// Unreadable is anything the bot can't read as text: "sticker", "voice", "photo", "file",
	// "location", "contact", "video", "link", "unsupported". Its content is never kept.
	// Of a picture, File is its network's own name for it, by which it can be sent on, and
	// Caption what was written under it: both serve an announcement that a chair is writing,
	// and else the caption is heard as if it had been typed alone.
	Unreadable struct{ Kind, File, Caption string }
	// Reach tells that messages can, or can no longer, arrive at this contact
	// ("blocked", "deactivated"); the network said so by itself.
	Reach struct{ Lost string }
	// Moved tells that a group chat goes on under another address.
	Moved struct{ To org.ContactID }
	// InGroup tells that whoever it comes from took the bot into a group chat, or asked for
	// it there ("/ghep"). It is hers, not the group's: answers go to her, in private.
	InGroup struct {
		Group org.ContactID
		Title string
		// Code was given with the command ("/ghep 12345678"), which then binds the group.
		Code string
	}
	// Addressed is a tap on a button in a group chat, or words to the bot there. It is hers, not
	// the group's; nothing of it is kept but an answer to an announcement.
	Addressed struct {
		Group      org.ContactID
		Data, Body string
	}
	// Heard is from nobody: the channel is in touch with its network, and has handed in all
	// that was kept for it. What people wrote meanwhile may still take Wait to arrive.
	Heard struct{ Wait time.Duration }
	// OutOfGroup tells that she put the bot out of a group chat, Hushed that she took from it
	// the right to write there.
	OutOfGroup struct{ Group org.ContactID }
	Hushed     struct{ Group org.ContactID }
)

func (Text) event()       {}
func (Press) event()      {}
func (Unreadable) event() {}
func (Reach) event()      {}
func (Moved) event()      {}
func (InGroup) event()    {}
func (Addressed) event()  {}
func (Heard) event()      {}
func (OutOfGroup) event() {}
func (Hushed) event()     {}
