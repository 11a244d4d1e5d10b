package flows

// Prompt is one message to a person, before any channel has rendered it: a channel
// with buttons shows Options as buttons, one without prints them under the text.
type Prompt struct {
	Text    string   `json:"text"`
	Options []Option `json:"options,omitempty"`
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
