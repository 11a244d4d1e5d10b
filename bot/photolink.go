package bot

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// A picture belongs to the network it came from. Another shows it by a link of ours that
// expires, at which it is fetched from there anew: nothing of it is kept here.

// PhotoSource is a channel whose pictures can be fetched to be shown elsewhere.
type PhotoSource interface {
	// FetchPhoto returns the bytes of a picture by the network's own name for it.
	FetchPhoto(ctx context.Context, file string) ([]byte, error)
}

const (
	// photoClaim begins what stands in a picture's link.
	photoClaim = "photo"
	photoName  = "anh.jpg"
)

// shows reports whether pictures of a network can be shown on others.
func (f *Files) shows(network string) bool {
	return f.Public != "" && f.photos[network] != nil
}

// photoLink is a signed address of a picture; whoever has it may see the picture until then,
// as whoever got the announcement may.
func (f *Files) photoLink(ctx context.Context, photo string) (string, error) {
	key, err := f.key(ctx)
	if err != nil {
		return "", err
	}
	claim := strings.Join([]string{photoClaim, photo, strconv.FormatInt(f.Clock.Now().Add(linkLasts).Unix(), 10)}, "\n")
	return f.Public + FilePath + base64.RawURLEncoding.EncodeToString(append(sign(key, claim), claim...)) + "/" + photoName, nil
}

// photo fetches the picture of a link; ok is false for a link that is of something else.
func (f *Files) photo(ctx context.Context, claim []string) (a Attachment, ok bool, err error) {
	if len(claim) != 3 || claim[0] != photoClaim {
		return a, false, nil
	}
	until, err := strconv.ParseInt(claim[2], 10, 64)
	network, file, named := strings.Cut(claim[1], ":")
	if err != nil || !named || !f.shows(network) || f.Clock.Now().Unix() >= until {
		return a, true, errNoFile
	}
	content, err := f.photos[network].FetchPhoto(ctx, file)
	if err != nil {
		return a, true, fmt.Errorf("picture of an announcement: %w", err)
	}
	media := http.DetectContentType(content)
	if !strings.HasPrefix(media, "image/") {
		return a, true, errNoFile
	}
	return Attachment{Name: photoName, Type: media, Picture: true, Content: content}, true, nil
}

// withPhoto puts a picture of another network before a letter's words, by its link.
func (f *Files) withPhoto(ctx context.Context, l letter, a Abilities, channel string) (letter, error) {
	network, _, ok := strings.Cut(l.prompt.Photo, ":")
	if !ok || network == channel || a.Files != Links || !f.shows(network) {
		return l, nil
	}
	url, err := f.photoLink(ctx, l.prompt.Photo)
	if err == nil {
		l.files = append(l.files, Attachment{Name: photoName, Type: "image/jpeg", Picture: true, URL: url})
	}
	return l, err
}
