package simulator

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"chihoi/flows"
)

//go:embed page
var pageFiles embed.FS

const (
	// policy lets the page load its own three files and talk to this server, nothing else.
	policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
	bodyLimit = 32 << 10
	lookAgain = time.Second // how often a stream looks at the running clock
)

// Handler serves the page, its stream and what the page sends. All its addresses are
// relative, so it can be mounted anywhere.
func (c *Channel) Handler() http.Handler {
	page, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(page))
	mux.HandleFunc("GET /events", c.stream)
	mux.HandleFunc("GET /file/{phone}/{message}", c.file)
	mux.HandleFunc("POST /say", c.postSay)
	mux.HandleFunc("POST /press", c.postPress)
	mux.HandleFunc("POST /attach", c.postAttach)
	mux.HandleFunc("POST /mode", c.postMode)
	mux.HandleFunc("POST /clock", c.postClock)
	return Guard(http.NewCrossOriginProtection().Handler(mux))
}

// Guard lets only this machine in. The host name is checked besides the address, because
// a foreign page may have its own name point to the loopback address.
func Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) || !loopback(r.RemoteAddr) {
			http.Error(w, "Trang này chỉ mở được trên chính máy đang chạy (127.0.0.1).", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// loopback reads "host" or "host:port".
func loopback(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// file hands out the file of a message: pictures to be shown, others to be kept.
func (c *Channel) file(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	var f *file
	if p := c.phones[r.PathValue("phone")]; p != nil && p.messages[r.PathValue("message")] != nil {
		f = p.messages[r.PathValue("message")].File
	}
	c.mu.Unlock()
	if f == nil {
		http.NotFound(w, r)
		return
	}
	how := "attachment"
	if f.Picture {
		how = "inline"
	}
	w.Header().Set("Content-Type", f.media)
	w.Header().Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": f.Name}))
	w.Write(f.content) // nobody is left to tell if it fails
}

// stream tells a page everything after the event it names, then what goes on.
func (c *Channel) stream(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	// A server's write timeout is meant for pages, not for a stream that stays open; where
	// it can't be lifted the page simply connects again.
	_ = out.SetWriteDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	seen, known := c.lastSeen(r)
	if !known {
		if !put(w, "setup", "", encode(c.setup())) {
			return
		}
	}
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	live, face := false, ""
	for {
		events, changed, ended := c.since(seen)
		if now := string(encode(c.clockFace())); now != face {
			face = now
			if !put(w, "clock", "", []byte(face)) {
				return
			}
		}
		for _, e := range events {
			seen++
			if !put(w, e.name, fmt.Sprintf("%s:%d", c.run, seen), e.body) {
				return
			}
		}
		if !live {
			live = true
			put(w, "live", "", []byte("{}"))
		}
		if out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-ended:
			return
		case <-changed:
		case <-look.C:
		}
	}
}

// lastSeen is how many events the page already has; an id of another process, or none,
// means that it must start over.
func (c *Channel) lastSeen(r *http.Request) (n int, known bool) {
	run, seq, ok := strings.Cut(r.Header.Get("Last-Event-ID"), ":")
	if !ok || run != c.run {
		return 0, false
	}
	n, err := strconv.Atoi(seq)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil || n < 0 || n > len(c.log) {
		return 0, false
	}
	return n, true
}

// put writes one event; JSON has no line breaks, so a single data line holds it.
func put(w http.ResponseWriter, name, id string, body []byte) bool {
	if id != "" {
		id = "id: " + id + "\n"
	}
	_, err := fmt.Fprintf(w, "event: %s\n%sdata: %s\n\n", name, id, body)
	return err == nil
}

func (c *Channel) postSay(w http.ResponseWriter, r *http.Request) {
	var in struct{ Phone, Member, Text string }
	if !read(w, r, &in) {
		return
	}
	text := strings.TrimSpace(in.Text)
	if text == "" || utf16Len(text) > longest || !utf8.ValidString(text) {
		refuse(w, http.StatusBadRequest, "tin nhắn trống hoặc dài quá ạ")
		return
	}
	answer(w, c.say(in.Phone, in.Member, message{Kind: "text", Text: text}, flows.Text{Body: text}))
}

func (c *Channel) postAttach(w http.ResponseWriter, r *http.Request) {
	var in struct{ Phone, Member, Kind string }
	if !read(w, r, &in) {
		return
	}
	switch in.Kind {
	case "sticker", "voice", "photo":
	default:
		refuse(w, http.StatusBadRequest, "không gửi được loại này")
		return
	}
	answer(w, c.say(in.Phone, in.Member, message{Kind: in.Kind}, flows.Unreadable{Kind: in.Kind}))
}

func (c *Channel) postPress(w http.ResponseWriter, r *http.Request) {
	var in struct{ Phone, Member, Message, Data string }
	if !read(w, r, &in) {
		return
	}
	answer(w, c.press(in.Phone, in.Member, in.Message, in.Data))
}

func (c *Channel) postMode(w http.ResponseWriter, r *http.Request) {
	var in mode
	if !read(w, r, &in) {
		return
	}
	answer(w, c.setPlain(in.Phone, !in.Buttons))
}

// postClock answers when everything that became due has been started.
func (c *Channel) postClock(w http.ResponseWriter, r *http.Request) {
	var in move
	if !read(w, r, &in) {
		return
	}
	c.moving.Lock()
	defer c.moving.Unlock()
	now := c.cfg.Clock.Now()
	t, err := c.target(in, now)
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	var stops []time.Time
	if c.cfg.Stops != nil {
		stops = c.cfg.Stops(now, t)
	}
	// Once the clock has begun to move, what is due must run even if the page closes now.
	ctx := context.WithoutCancel(r.Context())
	for _, stop := range append(stops, t) {
		c.halt(ctx, stop)
	}
	answer(w, nil)
}

// halt moves the clock to a moment and does what is due then.
func (c *Channel) halt(ctx context.Context, t time.Time) {
	c.cfg.Clock.Set(t)
	c.mu.Lock()
	c.wake()
	c.mu.Unlock()
	if c.cfg.AfterJump != nil {
		c.cfg.AfterJump(ctx)
	}
}

// read takes a small JSON object; another content type would let a plain form post.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		refuse(w, http.StatusUnsupportedMediaType, "cần application/json")
		return false
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, bodyLimit)).Decode(into); err != nil {
		refuse(w, http.StatusBadRequest, "không đọc được yêu cầu")
		return false
	}
	return true
}

func answer(w http.ResponseWriter, err error) {
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, errNoPhone):
		refuse(w, http.StatusNotFound, err.Error())
	case errors.Is(err, errNoButton):
		refuse(w, http.StatusConflict, err.Error())
	default:
		refuse(w, http.StatusServiceUnavailable, err.Error())
	}
}

func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(encode(map[string]string{"error": why})) // nobody is left to tell if it fails
}
