package flows

import (
	"time"

	"chihoi/flows/org"
)

// Effect is one thing to be done in the transaction of a step, as data.
type Effect interface{ effect() }

type (
	// Reply answers on the contact that the event came from.
	Reply struct{ Prompt Prompt }
	// Retire turns an earlier message into a record line without buttons, where a channel can edit.
	Retire struct {
		Message org.MessageID
		Text    string
	}
	// Tell writes to another person, at the contact she last used; nothing if she has none.
	// Urgent ones overtake everything but replies, and go another way where a network takes no
	// more this month. Besides names a channel not to use.
	Tell struct {
		Person  org.PersonID
		Prompt  Prompt
		Urgent  bool
		Besides string
		// Key and Wave are set where the calendar tells it: what became of it is kept.
		Key, Wave string
	}
	// Post writes to a chat group.
	Post struct {
		Group  org.ContactID
		Prompt Prompt
	}
	// Remind plans a message at a time; Key makes it unique: a second one with the same key
	// changes nothing, also after the first was sent or cancelled.
	Remind struct {
		Key   string
		At    time.Time
		Order Order
		// Anew plans it also where it was promised before.
		Anew bool
	}
	// Cancel drops planned and unsent messages whose key begins so; Why is kept.
	Cancel struct{ Prefix, Why string }
	// Skip notes under a key that a wave spared somebody, and why.
	Skip struct{ Key, Wave, Why string }

	// SaveDraft keeps a draft as it now stands.
	SaveDraft struct{ Draft Draft }
	// DropDraft removes it.
	DropDraft struct {
		Branch org.BranchID
		Month  org.Month
	}
	// Submit appends a revision of a check-in.
	Submit struct{ CheckIn org.CheckIn }
	// SavePair, SaveRequest, SaveNotice and the following keep one record.
	SavePair    struct{ Pair org.Pair }
	SaveRequest struct{ Request org.Request }
	SaveNotice  struct{ Notice org.Notice }
	SavePeriod  struct{ Period org.Period }
	// SaveDesk keeps what a commune's chairs decided, SaveQuery what one asks about a report.
	SaveDesk struct {
		Commune org.CommuneID
		Desk    org.Desk
	}
	SaveQuery struct{ Query org.Query }
	// SaveAcceptance keeps that a chair has seen a report.
	SaveAcceptance struct{ Acceptance org.Acceptance }
	// SaveTold keeps what a commune's chairs have just been told of its figures.
	SaveTold struct {
		Commune org.CommuneID
		Told    Told
	}
	SaveContact struct{ Contact org.Contact }
	SavePerson  struct{ Person org.Person }
	SaveInvite  struct{ Invite org.Invite }
	SaveConsent struct{ Consent org.Consent }
	SaveGroup   struct{ Group org.Group }
	// SaveAnnouncement, SaveResponse and SaveNaming keep an announcement, an answer to it, and
	// somebody's consent to be named in it. An answer of somebody unknown is kept as hers by a
	// hash of the contact it came from.
	SaveAnnouncement struct{ Announcement org.Announcement }
	SaveResponse     struct{ Response org.Response }
	SaveNaming       struct{ Naming org.Naming }
	// DropGroup unbinds a chat group from every commune, MoveGroup gives it a new address.
	DropGroup struct{ Group org.ContactID }
	MoveGroup struct{ From, To org.ContactID }
	// Erase removes who a person is, at once, and all else about her soon after (domain.md 12.5).
	Erase struct{ Person org.PersonID }
	// Audit notes who did what to which unit; Detail never holds anyone's words.
	Audit struct {
		What   string
		By     org.PersonID
		Unit   string
		Detail string
	}
)

func (Reply) effect()       {}
func (Retire) effect()      {}
func (Tell) effect()        {}
func (Post) effect()        {}
func (Remind) effect()      {}
func (Cancel) effect()      {}
func (Skip) effect()        {}
func (SaveDraft) effect()   {}
func (DropDraft) effect()   {}
func (Submit) effect()      {}
func (SavePair) effect()    {}
func (SaveRequest) effect() {}
func (SaveNotice) effect()  {}
func (SavePeriod) effect()  {}
func (SaveDesk) effect()    {}
func (SaveQuery) effect()   {}

func (SaveAcceptance) effect() {}

func (SaveTold) effect()    {}
func (SaveContact) effect() {}
func (SavePerson) effect()  {}
func (SaveInvite) effect()  {}
func (SaveConsent) effect() {}
func (SaveGroup) effect()   {}

func (SaveAnnouncement) effect() {}
func (SaveResponse) effect()     {}
func (SaveNaming) effect()       {}

func (DropGroup) effect() {}
func (MoveGroup) effect() {}
func (Erase) effect()     {}
func (Audit) effect()     {}
