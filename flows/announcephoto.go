package flows

import (
	"strings"

	"chihoi/flows/org"
)

// A chair's picture in an announcement.

// newsPhoto takes a picture for the draft she is at; false when she is at none. Only its name on
// its network is kept.
func (s *step) newsPhoto(e Unreadable) bool {
	a, ok := s.announcing()
	if !ok || a.State != org.Drafting || e.Kind != "photo" {
		return false
	}
	if e.File == "" && a.Text == "" && e.Caption != "" {
		s.say("Ảnh gửi ở đây em chưa chuyển đi được ạ, em gửi phần chữ thôi nhé.")
		s.answerNewsWithPhoto(a, e.Caption)
		return true
	}
	if e.File == "" {
		s.ask(a, s.wanting(a), "Ảnh gửi ở đây em chưa chuyển đi được ạ, em gửi phần chữ thôi nhé.")
		return true
	}
	a.Photo = s.Contact.Channel() + ":" + e.File
	if a.Text == "" && e.Caption != "" {
		s.answerNewsWithPhoto(a, e.Caption)
		return true
	}
	s.proceed(a, "Em nhận ảnh rồi ạ. (Bỏ ảnh thì {chị} gõ \"bỏ ảnh\".)")
	return true
}

// answerNewsWithPhoto takes the caption of a picture for the words of a draft.
func (s *step) answerNewsWithPhoto(a org.Announcement, caption string) {
	rest, ok := announced(caption)
	if !ok || rest == "" {
		rest = caption
	}
	s.answerNews(a, askText, strings.TrimSpace(rest))
}

// photoAnnounces begins an announcement with a picture whose caption says so.
func (s *step) photoAnnounces(e Unreadable) bool {
	rest, ok := announced(e.Caption)
	if !ok || e.File == "" || len(s.chaired()) != 1 {
		return false
	}
	a := org.Announcement{Commune: s.chaired()[0], ID: s.announcementID(), State: org.Drafting, By: s.Me.ID, Made: s.Now,
		Photo: s.Contact.Channel() + ":" + e.File}
	if rest == "" {
		s.proceed(a, "Em nhận ảnh rồi ạ.")
		return true
	}
	s.answerNews(a, askText, rest)
	return true
}
