package bot

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"chihoi/bot/report"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// Words about files that can't be sent as such.
const (
	noPublicWords = "Em chưa gửi được tệp qua đây (người phụ trách máy cần bật thêm), em viết số liệu bằng chữ ạ:"
	noImageWords  = "(Em chưa gửi được hình qua đây, người phụ trách máy cần bật thêm ạ.)"
	noFileWords   = "Tệp này em chưa làm được, {chị} gõ lại sau giúp em nhé."
	linkWords     = "Bấm để mở, trong 3 ngày:"
)

// enclose makes a letter's files in the way that the channel takes them: their bytes, their
// links, or what they say in words. A file that can't be made holds up no message.
func (f *Files) enclose(ctx context.Context, l letter, a Abilities, to org.ContactID, log *slog.Logger) letter {
	l, err := f.withPhoto(ctx, l, a, to.Channel())
	if err != nil { // the words go alone
		log.Error("picture of a message", "err", err)
	}
	if len(l.prompt.Files) == 0 {
		return l
	}
	for_, err := f.owner(ctx, to)
	links := ""
	for _, o := range l.prompt.Files {
		if err != nil {
			break
		}
		var made Attachment
		switch {
		case a.Files == Uploads:
			made, err = f.make(ctx, o, for_)
		case a.Files == Links && f.Public != "":
			if made, err = f.linked(ctx, o, for_); err == nil && !made.Picture {
				links += "\n" + made.URL
				continue
			}
		default:
			l.prompt, err = f.inWords(ctx, l.prompt, o, for_)
			continue
		}
		if err == nil {
			l.files = append(l.files, made)
		}
	}
	if links != "" {
		l.prompt.Text += "\n" + linkWords + links
	}
	if err != nil {
		if !errors.Is(err, errNoFile) {
			log.Error("file of a message", "err", err)
		}
		l.files = nil
		l.prompt.Text += "\n" + strings.ReplaceAll(noFileWords, "{chị}", "chị")
	}
	return l
}

// owner is whom a contact belongs to; a group belongs to nobody, and gets no file.
func (f *Files) owner(ctx context.Context, to org.ContactID) (who org.PersonID, err error) {
	err = f.Store.View(ctx, func(tx storage.Tx) error {
		c, _, err := storage.Contacts.Get(tx, string(to))
		who = c.Person
		return err
	})
	return who, err
}

// linked is a file behind a link.
func (f *Files) linked(ctx context.Context, o flows.File, for_ org.PersonID) (Attachment, error) {
	form, ok := fileForms[o.Kind]
	if !ok {
		return Attachment{}, errNoFile
	}
	url, err := f.link(ctx, o, for_)
	return Attachment{Name: fileName(o), Type: form.media, Picture: form.picture, URL: url}, err
}

// inWords tells what a file says; several files of the same months say it once.
func (f *Files) inWords(ctx context.Context, p flows.Prompt, o flows.File, for_ org.PersonID) (flows.Prompt, error) {
	switch {
	case strings.Contains(p.Text, noPublicWords):
		return p, nil
	case o.Said:
		p.Text += "\n" + noImageWords
		return p, nil
	}
	words := report.RangeWords
	if o.From == o.To {
		o.Kind, words = flows.FilePicture, report.Words
	}
	c, err := f.figures(ctx, o, for_)
	if err == nil {
		p.Text += "\n" + noPublicWords + "\n" + words(c)
	}
	return p, err
}

// Line is how transcripts and the terminal show a file.
func (a Attachment) Line() string {
	what := "📎 "
	if a.Picture {
		what = "🖼 "
	}
	return what + a.Name
}

// instead is what is said where a network refuses a file: its link, or that there is none.
func (a Attachment) instead(text string) string {
	words := strings.ReplaceAll(noFileWords, "{chị}", "chị")
	if a.URL != "" {
		words = linkWords + "\n" + a.URL
	}
	return strings.TrimLeft(text+"\n"+words, "\n")
}

// withFiles puts a letter's files before its words. These stand under the first file where
// they fit there and have no choices, else in messages of their own at the end, so that the
// choices are what she sees last.
func (l letter) withFiles(text []Outgoing, a Abilities) []Outgoing {
	limit := longestCaption
	if a.Files == Links {
		limit = a.MaxText
	}
	out := make([]Outgoing, len(l.files))
	for i := range l.files {
		out[i].File = &l.files[i]
	}
	if len(text) == 1 && len(text[0].Rows) == 0 && units(text[0].Text) <= limit {
		out[0].Text = text[0].Text
		return out
	}
	return append(out, text...)
}
