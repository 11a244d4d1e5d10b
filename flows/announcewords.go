package flows

import (
	"slices"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// How announcements are asked for and what they are called.

// What a chair types, folded and without courtesy.
var (
	announceBegin = []string{"gui thong bao", "dang thong bao", "soan thong bao", "lam thong bao", "tao thong bao", "viet thong bao",
		"thong bao moi", "thong bao toi", "thong bao den", "thong bao", "bao tin", "dang tin", "nhan nhom", "nhan vao nhom", "nhan cac chi hoi"}
	announceList = []string{"cac thong bao", "danh sach thong bao", "thong bao da gui", "xem thong bao", "ket qua thong bao",
		"thong bao gui the nao", "thong bao the nao", "thong bao toi dau roi", "thong bao den dau roi"}
	announceStop = []string{"dung", "dung gui", "dung lai", "dung thong bao", "dung gui thong bao", "ngung gui", "huy gui", "huy thong bao", "bo thong bao", "thoi dung gui"}
	// announceAfter are what is offered under a result.
	announceAfter = []string{"xem va gui", "va gui", "gui lai", "gui lai noi chua nhan", "sua thong bao", "sua loi chu", "ai tra loi", "ai da tra loi"}
	// announceCalls are words that begin a message which is an announcement as a whole.
	announceCalls = []string{"moi hop", "moi cac chi hop", "moi chi em hop"}
)

// announced reads a wish to announce something, and the announcement itself when it is in
// the same message: "thông báo: họp 8h ngày 25".
func announced(body string) (rest string, ok bool) {
	words := strings.Fields(body)
	folded := strings.FieldsFunc(viet.Fold(body), func(r rune) bool { return strings.ContainsRune(" :,-", r) })
	skip := 0
	if len(words) > 0 && viet.Normalize(words[0]) == "dạ" { // and not "đã"
		skip++
	}
	for skip < len(folded) && skip < 4 && slices.Contains([]string{"em", "oi", "cho", "chi", "giup", "nho"}, folded[skip]) {
		skip++
	}
	t := strings.Join(folded[skip:], " ")
	for _, w := range announceCalls {
		if hasWords(t, w) {
			return strings.TrimSpace(body), true
		}
	}
	for _, w := range announceBegin {
		if !hasWords(t, w) {
			continue
		}
		n := skip + len(strings.Fields(w))
		if strings.HasPrefix(w, "nhan ") { // whom stays: "các chi hội: …"
			n = skip + 1
		}
		if n > len(words) {
			return "", true
		}
		rest = strings.TrimLeft(strings.Join(words[n:], " "), " :,-–.")
		if at := endOfWord(body, n); at > 0 && at < len(body) { // keeps her lines
			rest = strings.TrimLeft(body[at:], " :,-–.\n")
		}
		if slices.Contains(append([]string{""}, courtesyAfter...), withoutCourtesy(rest)) {
			rest = ""
		}
		return rest, true
	}
	return "", false
}

// hasWords reports whether a text begins with these words.
func hasWords(t, words string) bool { return t == words || strings.HasPrefix(t, words+" ") }

// endOfWord is where the n-th word of a text ends.
func endOfWord(body string, n int) int {
	in := false
	for i, r := range body {
		space := r == ' ' || r == '\n' || r == '\t'
		if in && space {
			if n--; n == 0 {
				return i
			}
		}
		in = !space
	}
	return len(body)
}

// kindWords is what a kind is called in a list.
var kindWords = map[org.AnnouncementKind]string{
	org.MeetingCall: "Mời họp, sinh hoạt", org.Deadline: "Nhắc hạn chung", org.Policy: "Tuyên truyền chủ trương, pháp luật",
	org.EventNews: "Sự kiện, ngày lễ", org.TrainingCall: "Tập huấn", org.Recognition: "Biểu dương", org.UrgentNews: "Tin khẩn (bão lũ, lừa đảo)",
	org.DigestPublic: "Kết quả chung của xã",
}

// kindHeads is the first line of an announcement, before the commune's name.
var kindHeads = map[org.AnnouncementKind]string{
	org.MeetingCall: "📣 Mời họp", org.Deadline: "⏰ Nhắc hạn chung", org.Policy: "📖 Tuyên truyền", org.EventNews: "🌷 Tin hoạt động",
	org.TrainingCall: "🎓 Mời tập huấn", org.Recognition: "🌟 Biểu dương", org.UrgentNews: "🚨 TIN KHẨN", org.DigestPublic: "📊 Kết quả chung",
}

// Kinds as they are offered: what is sent most comes first.
var (
	firstKinds = []org.AnnouncementKind{org.MeetingCall, org.Deadline, org.Policy, org.EventNews}
	otherKinds = []org.AnnouncementKind{org.TrainingCall, org.Recognition, org.UrgentNews, org.DigestPublic}
)

// kindMarks are words that tell a kind; the one that stands first in a text counts. Those
// with marks are read with them: "khăn" is no "khẩn".
var kindMarks = []struct {
	kind  org.AnnouncementKind
	words []string
}{
	{org.UrgentNews, []string{"khẩn", "khẩn cấp", "bao so", "bão", "ap thap", "lũ", "lũ quét", "ngập", "lua dao", "canh bao", "so tan"}},
	{org.Deadline, []string{"han chung", "han nop", "truoc ngay", "nop", "han cuoi", "han chot"}},
	{org.TrainingCall, []string{"tap huan", "lop hoc", "boi duong", "khai giang lop"}},
	{org.Recognition, []string{"bieu duong", "khen", "khen thuong", "tuyen duong", "guong tot"}},
	{org.DigestPublic, []string{"ket qua chung", "ket qua thang", "tong ket thang"}},
	{org.MeetingCall, []string{"hop", "moi hop", "sinh hoat", "hoi nghi", "moi du", "gap mat", "giao ban"}},
	{org.Policy, []string{"luat", "nghi quyet", "nghi dinh", "chu truong", "chinh sach", "tuyen truyen", "chi thi"}},
	{org.EventNews, []string{"8/3", "20/10", "28/6", "lễ", "ra mat", "hoi thi", "giao luu", "van nghe", "chuc mung", "ky niem", "su kien"}},
}

// kindOf guesses what an announcement is for; "" is to be asked.
func kindOf(body string) (kind org.AnnouncementKind) {
	spaced := func(s string) string {
		return " " + strings.NewReplacer(",", " ", ".", " ", ":", " ", "!", " ", "\n", " ").Replace(s) + " "
	}
	plain, marked := spaced(viet.Fold(body)), spaced(viet.Normalize(body))
	first := len(marked)
	for _, k := range kindMarks {
		for _, w := range k.words {
			text := plain
			if viet.Fold(w) != w {
				text = marked
			}
			if i := strings.Index(text, " "+w+" "); i >= 0 && len(strings.Fields(text[:i])) < first {
				kind, first = k.kind, len(strings.Fields(text[:i]))
			}
		}
	}
	return kind
}

// kindNamed reads a kind before a colon: "khẩn: bão số 12".
func kindNamed(body string) (org.AnnouncementKind, string) {
	head, rest, ok := strings.Cut(body, ":")
	rest = strings.TrimSpace(rest)
	if !ok || rest == "" || len(strings.Fields(head)) > 3 || startsWithDigit(rest) {
		return "", body
	}
	t := strings.TrimPrefix(viet.Fold(head), "tin ")
	for _, k := range kindMarks {
		if slices.ContainsFunc(k.words, func(w string) bool { return viet.Fold(w) == t }) {
			return k.kind, rest
		}
	}
	return "", body
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// saysPlace reports whether a text names a place.
func saysPlace(text string) bool {
	t := " " + viet.Fold(text) + " "
	return slices.ContainsFunc([]string{" tai ", " o ", " dia diem", "nha van hoa", "nvh", "hoi truong", "tru so", "ubnd", "truc tuyen", "online", "zoom"},
		func(w string) bool { return strings.Contains(t, w) })
}

// saysSource reports whether a text names where it comes from.
func saysSource(text string) bool {
	t := " " + viet.Fold(text) + " "
	return strings.Contains(t, "nguon:") || strings.Contains(t, " nguon ") || strings.Contains(t, " theo ") || strings.Contains(t, " so ") && strings.ContainsAny(t, "/")
}
