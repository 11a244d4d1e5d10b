package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

// frame is what the parser writes around the help of a command, as an operator reads it.
var frame = strings.NewReplacer("Usage: ", "Cách dùng: ", "\nFlags:\n", "\nCờ:\n", "\nCommands:\n", "\nLệnh:\n", "\nArguments:\n", "\nTham số:\n",
	"<command>", "<lệnh>", " [flags]", " [cờ]", "Show context-sensitive help.", "Cách dùng của lệnh này.",
	`Run "`, `Gõ "`, `" for more information on a command.`, `" để xem cách dùng một lệnh.`)

// printHelp prints the help of a command.
func printHelp(options kong.HelpOptions, ctx *kong.Context) error {
	var page bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &page
	err := kong.DefaultHelpPrinter(options, ctx)
	ctx.Stdout = out
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, frame.Replace(page.String()))
	return err
}

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
	" must be one of ", " phải là một trong ", "expected a valid 64 bit int", "phải là số nguyên", "expected an int", "phải là số nguyên",
	"expected a float", "phải là số", "expected string value", "thiếu giá trị", " and --", " và --", " can't be used together", " không dùng cùng nhau",
	"bool value must be true, 1, yes, false, 0 or no", "cờ này không có giá trị", " (string)", "", " (from envar ", " (từ biến ",
	` but got "EOL" (<EOL>)`, "", "; perhaps try ", "; có phải là ", " but got ", ", đây là ")

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

// machine is what the operating system says of files and addresses, as an operator reads it.
var machine = strings.NewReplacer(
	syscall.ENOENT.Error(), "không có tệp hoặc thư mục này",
	syscall.EACCES.Error(), "không có quyền",
	syscall.EPERM.Error(), "không được phép",
	syscall.EROFS.Error(), "chỉ đọc được, không ghi được",
	syscall.ENOSPC.Error(), "đĩa đầy",
	syscall.EISDIR.Error(), "là thư mục, không phải tệp",
	syscall.ENOTDIR.Error(), "không phải thư mục",
	syscall.ENAMETOOLONG.Error(), "tên dài quá",
	syscall.EADDRINUSE.Error(), "đã có chương trình khác dùng địa chỉ này",
	syscall.EADDRNOTAVAIL.Error(), "máy này không có địa chỉ ấy",
	syscall.ECONNREFUSED.Error(), "không có ai nhận ở đó",
)

// told is an error as the operator reads it: the last line of a command that failed.
func told(err error) string { return machine.Replace(err.Error()) }

// readListen splits an address to listen on, or to ask at; flag names what holds it.
func readListen(flag, listen string) (host, port string, err error) {
	host, port, err = net.SplitHostPort(listen)
	if _, wrong := strconv.ParseUint(port, 10, 16); err != nil || wrong != nil {
		return "", "", fmt.Errorf("%s %q: viết địa chỉ và cổng, như 127.0.0.1:8080", flag, listen)
	}
	return host, port, nil
}
