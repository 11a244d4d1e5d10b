package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"chihoi/bot/report"
	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

// Files makes the files that messages carry. A message holds only what the file is of: its
// bytes are made as it is sent, or as its link is opened, from the records as they stand
// then, which the file says on its face. So the outbox stays small and a repeat costs nothing.
type Files struct {
	Store storage.Store
	Clock Clock
	// Public is the https address under which links to files can be opened; "": there are none.
	Public string
	photos map[string]PhotoSource // by their channel
}

// Attachment is a file ready to be sent.
type Attachment struct {
	Name    string // what she sees
	Type    string // its media type
	Picture bool   // to be shown, not only to be kept
	Content []byte
	// URL is where the network, or she, gets it instead; then there is no Content.
	URL string
}

// errNoFile says that somebody may not have a file, or that there is none such.
var errNoFile = errors.New("no such file for this person")

// fileForm is how one kind of file is made.
type fileForm struct {
	ending, media string
	picture       bool
	write         func(w io.Writer, c report.Commune) error
}

// fileForms are the kinds of files that messages carry.
var fileForms = map[flows.FileKind]fileForm{
	flows.FilePicture:  {"png", "image/png", true, report.WritePicture},
	flows.FileWorkbook: {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false, report.WriteWorkbook},
	flows.FileDraft:    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false, report.WriteDraft},
	flows.FileJSON:     {"json", "application/json", false, func(w io.Writer, c report.Commune) error { return report.WriteJSON(w, c) }},
	flows.FileCSV:      {"csv", "text/csv; charset=utf-8", false, func(w io.Writer, c report.Commune) error { return report.WriteCSV(w, c) }},
}

// fileName is what a file is called: "an-phu-2026-11.xlsx".
func fileName(o flows.File) string {
	name := strings.ReplaceAll(string(o.Commune), "/", "-") + "-" + string(o.From)
	if o.To != o.From {
		name += "-den-" + string(o.To)
	}
	return name + "." + fileForms[o.Kind].ending
}

// make makes a file for a person, as things stand. It fails with errNoFile for whoever may
// not have it.
func (f *Files) make(ctx context.Context, o flows.File, for_ org.PersonID) (Attachment, error) {
	form, ok := fileForms[o.Kind]
	if !ok {
		return Attachment{}, fmt.Errorf("%w: kind %q", errNoFile, o.Kind)
	}
	c, err := f.figures(ctx, o, for_)
	if err != nil {
		return Attachment{}, err
	}
	var buf bytes.Buffer
	if err := form.write(&buf, c); err != nil {
		return Attachment{}, err
	}
	return Attachment{Name: fileName(o), Type: form.media, Picture: form.picture, Content: buf.Bytes()}, nil
}

// figures are what a file is made of. They are read in one view and used after it.
func (f *Files) figures(ctx context.Context, o flows.File, for_ org.PersonID) (c report.Commune, err error) {
	err = f.Store.View(ctx, func(tx storage.Tx) error {
		p, _, err := storage.People.Get(tx, string(for_))
		if err != nil {
			return err
		}
		if !mayHave(p, o) {
			return errNoFile
		}
		from := o.From
		if o.Kind == flows.FilePicture { // which shows the year up to its month
			from, _ = o.To.Year()
		}
		c, err = Figures(tx, f.Clock.Now(), o.Commune, from, o.To)
		return err
	})
	return c, err
}

// Figures reads a commune's figures of the months from one to another, as things stand.
func Figures(tx storage.Tx, now time.Time, id org.CommuneID, from, to org.Month) (report.Commune, error) {
	b := &book{tx: tx, recall: &recall{}}
	r := b.Records(id, from, to)
	r.Now = now
	return report.Of(r, from, to), b.err
}

// mayHave reports whether a person may have a file: chairs and vice chairs, of their own
// commune (domain.md 2). Everything else is refused.
func mayHave(p storage.Profile, o flows.File) bool {
	if !p.Agreed() || o.Commune == "" || o.From > o.To {
		return false
	}
	for _, post := range p.Posts {
		if post.Unit == string(o.Commune) && (post.Role == org.Chair || post.Role == org.ViceChair) {
			return true
		}
	}
	return false
}
