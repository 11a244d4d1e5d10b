package flows

import (
	"slices"
	"strings"
	"unicode"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// around may stand beside a greeting or thanks. What may also answer a question is not
// among it: "có, cảm ơn em" says yes.
var around = []string{"em", "oi", "chi", "bac", "di", "da", "a", "nhe", "nha", "nhieu", "lam", "con", "chau", "minh", "bot", "xin", "rat", "va", "nhac"}

// askedAfter are questions after the bot's own well-being, folded and without what stands in
// around at their ends.
var askedAfter = []string{"an com chua", "an chua", "khoe khong", "co khoe khong", "co chong chua", "lay chong chua", "bao nhieu tuoi", "may tuoi", "ten gi", "ten la gi", "que o dau", "o dau", "ngu chua"}

// greeting is how a message is answered that only calls, greets or thanks: "alo", "chào em",
// "cảm ơn em nhiều nhé"; "" if it says anything else.
func greeting(body string) (reply string) {
	w := strings.FieldsFunc(viet.Fold(body), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if called := strings.Join(w, " "); slices.Contains([]string{"em", "em oi", "oi em", "con oi", "chau oi", "bot oi"}, called) {
		return "Dạ, em nghe {chị} ạ."
	}
	if asked, ok := strings.CutPrefix(strings.Join(w, " "), "em "); ok && slices.Contains(askedAfter, trimAround(asked)) {
		return "Dạ, em là máy của Hội xã thôi, em cảm ơn {chị} hỏi thăm ạ."
	}
	for i := 0; i < len(w); i++ {
		next := ""
		if i+1 < len(w) {
			next = w[i+1]
		}
		switch {
		case w[i] == "cam" && next == "on":
			reply = "Dạ, em cảm ơn {chị}."
			i++
		case slices.Contains([]string{"thank", "thanks", "tks"}, w[i]):
			reply = "Dạ, em cảm ơn {chị}."
		case slices.Contains([]string{"chao", "hello", "helo", "hallo", "hi"}, w[i]) && reply == "":
			reply = "Dạ, em chào {chị} ạ."
		case slices.Contains([]string{"alo", "allo"}, w[i]) && reply == "":
			reply = "Dạ, em nghe {chị} ạ."
		case w[i] == "buoi" && next != "":
			i++
		case !slices.Contains(around, w[i]) && !slices.Contains([]string{"chao", "hello", "helo", "hi", "alo"}, w[i]):
			return ""
		}
	}
	return reply
}

// trimAround leaves the polite words at the end of a folded message away.
func trimAround(t string) string {
	w := strings.Fields(t)
	for len(w) > 0 && (slices.Contains(around, w[len(w)-1]) || w[len(w)-1] == "the" || w[len(w)-1] == "vay") {
		w = w[:len(w)-1]
	}
	return strings.Join(w, " ")
}

// greets answers a call, a greeting or thanks in the middle of a check-in and asks the open
// question again; it is no reply that was not understood.
func (f *form) greets(q org.QuestionID, body string) bool {
	reply := greeting(body)
	if reply != "" {
		f.ask(q, reply)
	}
	return reply != ""
}

// greeted answers a call, a greeting, thanks while nothing is under way.
func (s *step) greeted(body string) bool {
	switch t := viet.Fold(body); {
	case slices.Contains([]string{"em oi", "em", "oi em", "alo em"}, t):
		s.menu("Dạ, em nghe {chị} ạ.")
	case greeting(body) != "":
		s.say("%s Cần gì {chị} cứ nhắn em ạ.", greeting(body))
	case strings.HasPrefix(t, "cam on"), strings.HasPrefix(t, "chao"), hasWords(t, "ok"), t == "oke", strings.HasPrefix(t, "vang"), t == "da":
		s.say("Dạ, em cảm ơn {chị}. Cần gì {chị} cứ nhắn em ạ.")
	default:
		return false
	}
	return true
}
