package bot_test

import (
	"context"
	"errors"

	"chihoi/flows/org"
	"chihoi/storage"
)

// comeBack puts somebody who had herself erased on the roster again, with a new code; until
// she types it she is a stranger.
func (w *walk) comeBack(who org.PersonID) {
	if who == "nobody" || !w.gone(who) {
		return
	}
	for range 100 { // nothing of hers is left first, since she gets the same id here
		if left, err := storage.EraseSome(context.Background(), w.store, w.clock.Now(), 1000); err != nil {
			w.fail("erasing: %v", err)
		} else if left == 0 {
			break
		}
	}
	w.nothingLeft(who)
	post := map[org.PersonID]org.Post{"lan": {Role: org.Head, Unit: "an-phu/1"}, "hoa": {Role: org.Deputy, Unit: "an-phu/1"}, "minh": {Role: org.Chair, Unit: "an-phu"}}[who]
	post.Person = who
	code := storage.NewCode()
	err := w.store.Update(context.Background(), func(tx storage.Tx) error {
		hash, err := storage.InviteHash(tx, code)
		return errors.Join(err, storage.PutPost(tx, post), storage.PutPerson(tx, org.Person{ID: who, Name: "Nguyễn Thị Mới"}),
			storage.Invites.Put(tx, hash, org.Invite{Hash: hash, Person: who, Post: post, Made: w.clock.Now(), Expires: w.clock.Now().AddDate(1, 0, 0)}))
	})
	if err != nil {
		w.fail("come back: %v", err)
	}
	w.codes[who] = code
	w.note("-- %s was erased and is on the roster again, code %s", who, code)
}

func (w *walk) gone(who org.PersonID) (gone bool) {
	err := w.store.View(context.Background(), func(tx storage.Tx) error {
		_, there, err := storage.People.Get(tx, string(who))
		gone = !there
		return err
	})
	if err != nil {
		w.fail("people: %v", err)
	}
	return gone
}

// nothingLeft sees that no draft and no report names her any more.
func (w *walk) nothingLeft(who org.PersonID) {
	r := w.records()
	for key, d := range r.drafts {
		if _, sat := d.Seats[who]; sat || names(d.Answers, d.Trail, who) {
			w.fail("draft %s still names %s, who was erased", key, who)
		}
	}
	for key, c := range r.sent {
		if c.By == who || names(c.Answers, c.Trail, who) {
			w.fail("report %s still names %s, who was erased", key, who)
		}
	}
}

func names(answers org.Answers, trail []org.Change, who org.PersonID) bool {
	for _, a := range answers {
		if a.By == who {
			return true
		}
	}
	for _, c := range trail {
		if c.By == who {
			return true
		}
	}
	return false
}

// codeOf is the code she was given; the deputy's for those who need none.
func (w *walk) codeOf(who org.PersonID) string {
	if code := w.codes[who]; code != "" {
		return code
	}
	return w.codes[""]
}
