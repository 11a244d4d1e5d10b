package flows

import (
	"strings"

	"chihoi/flows/org"
)

// Prompt is one message to a person, before any channel has rendered it: a channel
// with buttons shows Options as buttons, one without prints them under the text.
type Prompt struct {
	Text    string   `json:"text"`
	Options []Option `json:"options,omitempty"`
	// From is how many numbered choices were shown before, where a channel shows only a few
	// at once; the numbers stay those of the whole list.
	From int `json:"from,omitempty"`
	// Photo is a picture to go with it where its network has it: "telegram:AgAC…". Elsewhere
	// the words go alone.
	Photo string `json:"photo,omitempty"`
	// Files are to be made and sent with it: orders, not bytes.
	Files []File `json:"files,omitempty"`
}

// File names a file about a commune's months from one to another. It is made as the message
// is sent, of the records as they stand then.
type File struct {
	Kind    FileKind      `json:"k"`
	Commune org.CommuneID `json:"c"`
	From    org.Month     `json:"from"`
	To      org.Month     `json:"to"`
	// Said is set where the message itself tells what the file does: where files can't be
	// sent, nothing need be told instead.
	Said bool `json:"said,omitempty"`
}

// FileKind is a kind of file.
type FileKind string

// The kinds of files that messages carry.
const (
	FilePicture  FileKind = "picture"  // a month as a picture
	FileWorkbook FileKind = "workbook" // every number, for a table program
	FileDraft    FileKind = "draft"    // a report begun, for a word processor
	FileCSV      FileKind = "csv"      // every number, as text
	FileJSON     FileKind = "json"     // the same for programs
)

// moreWord is what to type to see the next choices where they do not all fit in a message.
const moreWord = "thêm"

// Printed lists what to print of a prompt's choices on a channel without buttons: at most
// maxChoices numbered ones, and the words that may be typed besides.
func (p Prompt) Printed() (numbered []Option, words []string) {
	for _, o := range p.Options {
		switch {
		case o.Say == "":
		case isNumber(o.Say):
			numbered = append(numbered, o)
		default:
			words = append(words, o.Say)
		}
	}
	if len(numbered) > maxChoices {
		from := min(p.From, len(numbered)-1)
		numbered = numbered[from:min(from+maxChoices, len(numbered))]
		words = append([]string{moreWord}, words...)
	}
	return numbered, words
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Option is one thing she may choose.
type Option struct {
	// Label is what the button, or the numbered line, says.
	Label string `json:"label"`
	// Data identifies form instance, question, revision and value in at most 64 bytes of ASCII.
	Data string `json:"data"`
	// Say is what to type for it where there are no buttons. A digit makes it a numbered
	// line ("1. Có rồi"); a word is offered in brackets ("vẫn"); "" means it has no typed
	// form of its own and is shown only as a button.
	Say string `json:"say,omitempty"`
	// Beside puts it on the same row as the option before it.
	Beside bool `json:"beside,omitempty"`
}
