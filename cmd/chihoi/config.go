package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"chihoi/bot"
	"chihoi/flows"
)

// readSettings reads the YAML of domain settings over the defaults; "" means the defaults.
// What is wrong with the file is told all at once, each by file, line and column: unknown
// keys, values of another type, values that can't be.
func readSettings(path string) (*flows.Settings, error) {
	f := &settingsFile{path: path, at: map[string]*token.Position{}}
	s := flows.DefaultSettings()
	if path != "" {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("--config/CHIHOI_CONFIG: %w", err)
		}
		if err := f.read(raw, s); err != nil {
			return nil, err
		}
	}
	for _, w := range s.Check() {
		f.wrong(f.at[w.Path], w.Path, w.Text)
	}
	mistakes := len(f.found)
	cal, err := bot.ParseCalendar(s)
	if err == nil && mistakes == 0 {
		err = cal.Check(time.UTC)
	}
	var lines bot.CalendarErrors
	if errors.As(err, &lines) {
		for _, l := range lines {
			f.wrong(f.placeOf(l.Line), l.Line, l.Err.Error())
		}
	}
	return s, f.mistakes()
}

// settingsFile is a file of settings as it is read.
type settingsFile struct {
	path string
	// at is where each value stands, by its place in the settings: "calendar.remind[1]".
	at    map[string]*token.Position
	found []mistake
}

// mistake is one thing to be put right; at is nil for what the file does not say.
type mistake struct {
	at    *token.Position
	where string
	text  string
}

func (f *settingsFile) wrong(at *token.Position, where, text string) {
	f.found = append(f.found, mistake{at, where, text})
}

// placeOf is where a line of a calendar stands, or what of the file has part in its mistake.
func (f *settingsFile) placeOf(line string) *token.Position {
	own, _, _ := strings.Cut(line, ".calendar.")
	for _, place := range []string{line, own + ".days_off", "quiet.days_off", own} {
		if at := f.at[place]; at != nil {
			return at
		}
	}
	return nil
}

// mistakes is the error that lists all that was found, in the order of the file.
func (f *settingsFile) mistakes() error {
	if len(f.found) == 0 {
		return nil
	}
	slices.SortStableFunc(f.found, func(a, b mistake) int {
		if a.at == nil || b.at == nil {
			return 0
		}
		return cmp.Or(a.at.Line-b.at.Line, a.at.Column-b.at.Column)
	})
	text := "--config/CHIHOI_CONFIG:"
	for _, m := range f.found {
		text += "\n  " + f.path
		if m.at != nil {
			text += fmt.Sprintf(":%d:%d", m.at.Line, m.at.Column)
		}
		if m.where != "" {
			text += ": " + m.where
		}
		text += ": " + m.text
	}
	return errors.New(text)
}

// read parses the file and puts what it says into s. Mistakes of single values are noted;
// an error means that the file could not be read as YAML.
func (f *settingsFile) read(raw []byte, s *flows.Settings) error {
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		text, at := said(err, nil)
		f.wrong(at, "", "không đúng dạng YAML: "+text)
		return f.mistakes()
	}
	docs := slices.DeleteFunc(file.Docs, func(d *ast.DocumentNode) bool { return nothing(d.Body) })
	switch len(docs) {
	case 0: // says nothing, changes nothing
	case 1:
		f.fill(docs[0].Body, reflect.ValueOf(s).Elem(), "")
	default:
		f.wrong(docs[1].Body.GetToken().Position, "", "có hai tài liệu (---) trong tệp: gộp lại làm một")
		return f.mistakes()
	}
	return nil
}

// nothing reports whether a node says nothing: an empty document, a comment, a bare "key:".
func nothing(n ast.Node) bool {
	switch n.(type) {
	case nil, *ast.NullNode, *ast.CommentGroupNode:
		return true
	}
	return false
}

// fill puts a mapping into a struct of settings, key by key, so that one mistake does not
// hide the next.
func (f *settingsFile) fill(n ast.Node, into reflect.Value, place string) {
	m, ok := n.(ast.MapNode)
	if !ok {
		f.wrong(n.GetToken().Position, strings.TrimSuffix(place, "."), "phải gồm các mục có giá trị, như trong README")
		return
	}
	for it := m.MapRange(); it.Next(); {
		key, value := it.Key(), it.Value()
		name := key.GetToken().Value
		field, ok := settingsField(into, name)
		switch {
		case !ok:
			f.wrong(key.GetToken().Position, place+name, "không có mục này (có: "+strings.Join(settingsKeys(into), ", ")+")")
		case field.Kind() == reflect.Struct:
			if !nothing(value) {
				f.fill(value, field, place+name+".")
			}
		case field.Kind() == reflect.Map:
			f.fillEach(value, field, place+name+".")
		case nothing(value):
			f.wrong(key.GetToken().Position, place+name, "chưa có giá trị: ghi vào, hoặc bỏ dòng này")
		default:
			f.take(value, field, place+name)
		}
	}
}

// fillEach puts a mapping of names to settings into a map of structs.
func (f *settingsFile) fillEach(n ast.Node, into reflect.Value, place string) {
	if nothing(n) {
		return
	}
	m, ok := n.(ast.MapNode)
	if !ok {
		f.wrong(n.GetToken().Position, strings.TrimSuffix(place, "."), "phải gồm các tên có mục bên dưới, như trong README")
		return
	}
	for it := m.MapRange(); it.Next(); {
		name, one := it.Key().GetToken().Value, reflect.New(into.Type().Elem()).Elem()
		f.at[place+name] = it.Key().GetToken().Position
		if !nothing(it.Value()) {
			f.fill(it.Value(), one, place+name+".")
		}
		if into.IsNil() {
			into.Set(reflect.MakeMap(into.Type()))
		}
		into.SetMapIndex(reflect.ValueOf(name).Convert(into.Type().Key()), one)
	}
}

// take decodes one value and remembers where it stands, and where its parts do.
func (f *settingsFile) take(n ast.Node, field reflect.Value, where string) {
	f.at[where] = n.GetToken().Position
	if list, ok := n.(*ast.SequenceNode); ok {
		for i, v := range list.Values {
			f.at[fmt.Sprintf("%s[%d]", where, i)] = v.GetToken().Position
		}
	}
	fresh := reflect.New(field.Type())
	if err := yaml.NodeToValue(n, fresh.Interface(), yaml.Strict()); err != nil {
		_, at := said(err, n.GetToken().Position)
		f.wrong(at, where, "phải là "+kindWords[field.Kind()])
		return
	}
	field.Set(fresh.Elem())
}

// said is what the YAML library complains of, and where: at its own place or the one given.
func said(err error, at *token.Position) (string, *token.Position) {
	var known yaml.Error
	if !errors.As(err, &known) {
		return err.Error(), at
	}
	if t := known.GetToken(); t != nil {
		at = t.Position
	}
	return known.GetMessage(), at
}

// kindWords say what a setting of a kind holds.
var kindWords = map[reflect.Kind]string{
	reflect.Bool: "true hoặc false", reflect.Int: "số nguyên", reflect.String: "chữ", reflect.Slice: "danh sách: [a, b]",
}

// settingsField finds the field of a struct that a YAML key fills.
func settingsField(v reflect.Value, key string) (reflect.Value, bool) {
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("yaml") == key {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

func settingsKeys(v reflect.Value) (keys []string) {
	for i := range v.NumField() {
		keys = append(keys, v.Type().Field(i).Tag.Get("yaml"))
	}
	return keys
}
