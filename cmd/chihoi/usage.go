package main

import (
	"errors"
	"strings"

	"github.com/alecthomas/kong"
)

// mistakes are the parser's complaints about a command line, by how they begin, and how an
// operator is told them; what follows (the names of flags and commands) stays as it is.
var mistakes = []struct{ parser, told string }{
	{"unexpected argument ", "không có lệnh hoặc tham số này: "},
	{"unexpected flag argument ", "tham số sai chỗ: "},
	{"unknown flag ", "không có cờ "},
	{"missing flags: ", "thiếu cờ "},
	{"missing positional arguments ", "còn thiếu "},
	{"expected one of ", "còn thiếu một trong các lệnh "},
	{"expected ", "còn thiếu "},
}

// inside are the parser's words further on in a complaint, about the value of a flag.
var inside = strings.NewReplacer(", did you mean one of ", ", có phải là một trong ", ", did you mean ", ", có phải là ",
	" must be one of ", " phải là một trong ", "expected a valid 64 bit int", "phải là số nguyên", " but got ", ", đây là ")

// usageMistake tells what is wrong with a command line, and which help to read: that of the
// command it was made in.
func usageMistake(err error) string {
	words := inside.Replace(err.Error())
	for _, m := range mistakes {
		if rest, ok := strings.CutPrefix(words, m.parser); ok {
			words = m.told + rest
			break
		}
	}
	help := "chihoi"
	var at *kong.ParseError
	if errors.As(err, &at) && at.Context != nil && at.Context.Selected() != nil {
		help = at.Context.Selected().FullPath()
	}
	return words + "\nXem cách dùng: " + help + " --help"
}
