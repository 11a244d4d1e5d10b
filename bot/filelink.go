package bot

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"chihoi/flows"
	"chihoi/flows/org"
	"chihoi/storage"
)

const (
	// FilePath is where links to files begin, under Files.Public.
	FilePath = "/tep/"
	// linkLasts is how long a link opens.
	linkLasts = 3 * 24 * time.Hour
	// macSize is how many bytes of the signature a link carries.
	macSize = 20
)

// link is a signed address of a file for one person. What it is of stands in it, so that
// nothing is kept for it.
func (f *Files) link(ctx context.Context, o flows.File, for_ org.PersonID) (string, error) {
	key, err := f.key(ctx)
	if err != nil {
		return "", err
	}
	claim := strings.Join([]string{string(o.Kind), string(o.Commune), string(o.From), string(o.To), string(for_),
		strconv.FormatInt(f.Clock.Now().Add(linkLasts).Unix(), 10)}, "\n")
	return f.Public + FilePath + base64.RawURLEncoding.EncodeToString(append(sign(key, claim), claim...)) + "/" + url.PathEscape(fileName(o)), nil
}

func sign(key, claim string) []byte {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte("file\n" + claim))
	return mac.Sum(nil)[:macSize]
}

// claimOf reads what stands in a link; nil for one that is not ours.
func claimOf(key, token string) []string {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) < macSize || key == "" {
		return nil
	}
	claim := string(raw[macSize:])
	if !hmac.Equal(raw[:macSize], sign(key, claim)) {
		return nil
	}
	return strings.Split(claim, "\n")
}

// open reads what file a link is of; ok is false for one of none, or that has had its time.
func (f *Files) open(part []string) (o flows.File, for_ org.PersonID, ok bool) {
	if len(part) != 6 {
		return o, "", false
	}
	until, err := strconv.ParseInt(part[5], 10, 64)
	o = flows.File{Kind: flows.FileKind(part[0]), Commune: org.CommuneID(part[1]), From: org.Month(part[2]), To: org.Month(part[3])}
	return o, org.PersonID(part[4]), err == nil && f.Clock.Now().Unix() < until
}

// fileKey is where the store keeps the key of the links; it is never logged.
const fileKey = "file_key"

// key is the store's key of links, made at the first use.
func (f *Files) key(ctx context.Context) (key string, err error) {
	err = f.Store.View(ctx, func(tx storage.Tx) error {
		key, _, err = storage.Meta.Get(tx, fileKey)
		return err
	})
	if err != nil || key != "" {
		return key, err
	}
	err = f.Store.Update(ctx, func(tx storage.Tx) error {
		var ok bool
		if key, ok, err = storage.Meta.Get(tx, fileKey); err != nil || ok {
			return err
		}
		key = rand.Text()
		return storage.Meta.Put(tx, fileKey, key)
	})
	return key, err
}

// linkOver is what a person sees who opens a link that is wrong or no longer good.
const linkOver = `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hết hạn</title>
<p>Đường dẫn này không mở được nữa ạ. Chị gõ "xuất" trong tin nhắn với em để lấy đường dẫn mới nhé.</p>`

// handler serves the links. Whatever is wrong with one, the answer is the same.
func (f *Files) handler(log *slog.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, FilePath), "/")
		a, err := f.fetch(r.Context(), token)
		if err == nil && name != a.Name {
			err = errNoFile
		}
		if err != nil {
			if !errors.Is(err, errNoFile) {
				log.Error("file of a link", "err", err)
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprintln(w, linkOver)
			return
		}
		h := w.Header()
		how := "attachment"
		if a.Picture {
			how = "inline"
		}
		h.Set("Content-Type", a.Type)
		h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": a.Name}))
		h.Set("Content-Length", strconv.Itoa(len(a.Content)))
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
		_, _ = w.Write(a.Content) // she went away
	})
}

// fetch makes the file of a link and notes that it was fetched.
func (f *Files) fetch(ctx context.Context, token string) (Attachment, error) {
	key, err := f.key(ctx)
	if err != nil {
		return Attachment{}, err
	}
	claim := claimOf(key, token)
	if a, ok, err := f.photo(ctx, claim); ok {
		return a, err
	}
	o, for_, ok := f.open(claim)
	if !ok {
		return Attachment{}, errNoFile
	}
	a, err := f.make(ctx, o, for_)
	if err != nil {
		return Attachment{}, err
	}
	now := f.Clock.Now()
	return a, f.Store.Update(ctx, func(tx storage.Tx) error {
		row := string(messageID(now.UnixMicro(), "file-"+token[:8], 0))
		return storage.Audits.Put(tx, row, storage.AuditRow{At: now, What: "file_fetched", By: for_, Unit: string(o.Commune), Detail: fmt.Sprintf("%s %s %s", o.Kind, o.From, o.To)})
	})
}
