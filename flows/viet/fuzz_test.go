package viet

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"
)

var (
	testToday = time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	testMonth = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	testKinds = []Option{{Number: 1, Label: "Họp, sinh hoạt"}, {Number: 2, Label: "Tuyên truyền"}, {Number: 3, Label: "Giúp nhau kinh tế"},
		{Number: 4, Label: "Gia đình"}, {Number: 5, Label: "Vệ sinh, môi trường"}, {Number: 6, Label: "Văn nghệ, thể thao"}, {Number: 7, Label: "Khác"}}
	testScale = []Option{{Number: 1, Label: "Gần hết"}, {Number: 2, Label: "Khoảng một nửa"}, {Number: 3, Label: "Còn ít"}}
)

// seeds gives a fuzz target the corpus rows of its kind.
func seeds(f *testing.F, kinds ...string) {
	for _, row := range corpus(f, "replies-*.tsv") {
		for _, k := range kinds {
			if row.kind == k {
				f.Add(row.text)
			}
		}
	}
	f.Add("")
	f.Add("\u0301\u200b a\u0300")
	f.Add("\xff\xfe1")
}

// steady checks what holds of every reader: NFC and NFD read alike, reading
// twice gives the same, and politeness never turns one value into another.
func steady[T any](t *testing.T, text string, read func(string) Reading[T]) {
	t.Helper()
	r := read(text)
	if again := read(text); !reflect.DeepEqual(r, again) {
		t.Fatalf("%q reads %+v, then %+v", text, r, again)
	}
	for _, form := range []norm.Form{norm.NFC, norm.NFD} {
		if o := read(form.String(text)); !reflect.DeepEqual(o, r) {
			t.Fatalf("%q reads %+v, in form %d %+v", text, r, form, o)
		}
	}
	if len(r.Candidates) > 4 {
		t.Fatalf("%q: %d candidates", text, len(r.Candidates))
	}
	if r.Outcome != Value && !reflect.ValueOf(r.Value).IsZero() {
		t.Fatalf("%q: a value without the outcome: %+v", text, r)
	}
	if r.Outcome != Value || len(text) > 200 {
		return
	}
	polite := read("dạ " + text + " ạ")
	if polite.Outcome == Value && !reflect.DeepEqual(polite.Value, r.Value) {
		t.Fatalf("%q reads %+v, politely %+v", text, r.Value, polite.Value)
	}
}

func FuzzYesNo(f *testing.F) {
	seeds(f, "yesno", "command", "count")
	f.Fuzz(func(t *testing.T, text string) {
		for _, q := range []string{"q1_activity", "q3_resources", "q12_dues", "confirm", ""} {
			steady(t, text, func(s string) Reading[YesNo] { return ReadYesNo(s, q) })
			r, folded := ReadYesNo(text, q), ReadYesNo(Fold(text), q)
			if r.Outcome == Value && folded.Outcome == Value && r.Value == No && folded.Value == Yes {
				t.Fatalf("%s: %q is no, without marks %q is yes", q, text, Fold(text))
			}
		}
	})
}

func FuzzCount(f *testing.F) {
	seeds(f, "count", "quick")
	f.Fuzz(func(t *testing.T, text string) {
		for _, q := range []string{"q7_joined", "q1b_attendees", "q0_members", "q8_left", "q7a_excluded", "q2_pioneers"} {
			steady(t, text, func(s string) Reading[Count] { return ReadCount(s, q) })
			if r := ReadCount(text, q); r.Value.N < 0 {
				t.Fatalf("%q counts %d", text, r.Value.N)
			}
		}
	})
}

func FuzzDate(f *testing.F) {
	seeds(f, "date", "quick")
	f.Fuzz(func(t *testing.T, text string) {
		steady(t, text, func(s string) Reading[Date] { return ReadDate(s, testToday, testMonth) })
		r := ReadDate(text, testToday, testMonth)
		if r.Outcome == Value && (r.Value.Day.After(testToday) || r.Value.Day.Before(testMonth)) {
			t.Fatalf("%q is %s, outside the month so far", text, r.Value.Day)
		}
	})
}

func FuzzChoice(f *testing.F) {
	seeds(f, "choice", "quick")
	f.Fuzz(func(t *testing.T, text string) {
		for _, options := range [][]Option{testKinds, testScale, {{Number: 1, Label: "Có"}, {Number: 2, Label: "Chưa"}, {Number: 3, Label: "Đã xong"}}} {
			steady(t, text, func(s string) Reading[int] { return ReadChoice(s, options) })
			if r := ReadChoice(text, options); r.Outcome == Value && (r.Value < 1 || r.Value > len(options)) {
				t.Fatalf("%q chooses %d of %d", text, r.Value, len(options))
			}
		}
	})
}

func FuzzCommand(f *testing.F) {
	seeds(f, "command", "yesno")
	f.Fuzz(func(t *testing.T, text string) {
		for _, q := range []string{"review", "idle", "q7_joined", "confirm"} {
			r := ReadCommand(text, q)
			for _, form := range []norm.Form{norm.NFC, norm.NFD} {
				if o := ReadCommand(form.String(text), q); !reflect.DeepEqual(o, r) {
					t.Fatalf("%q is %+v, in form %d %+v", text, r, form, o)
				}
			}
			polite := ReadCommand("dạ "+text+" ạ", q)
			if r.Outcome == Value && polite.Outcome == Value && len(text) < 200 && polite.Value.Name != r.Value.Name {
				t.Fatalf("%q is %+v, politely %+v", text, r, polite)
			}
		}
	})
}

func FuzzConsent(f *testing.F) {
	seeds(f, "consent", "yesno")
	f.Fuzz(func(t *testing.T, text string) {
		c := Consents(text)
		if Consents(norm.NFD.String(text)) != c || Consents(norm.NFC.String(text)) != c {
			t.Fatalf("%q: forms differ", text)
		}
		if c && strings.ContainsAny(text, "?") {
			t.Fatalf("%q is a question", text)
		}
		if c && Consents("không "+text) {
			t.Fatalf("%q denied is still consent", text)
		}
		if c && Consents(text+" nếu được") {
			t.Fatalf("%q with a condition is still consent", text)
		}
	})
}

func FuzzQuick(f *testing.F) {
	seeds(f, "quick", "count", "date")
	f.Fuzz(func(t *testing.T, text string) {
		q := ReadQuick(text, testToday, testMonth)
		for _, form := range []norm.Form{norm.NFC, norm.NFD} {
			if o := ReadQuick(form.String(text), testToday, testMonth); !reflect.DeepEqual(o, q) {
				t.Fatalf("%q differs in form %d", text, form)
			}
		}
		for _, s := range quickCounts(&q) {
			if s.r.Outcome == Value && s.r.Value.N < 0 || len(s.r.Candidates) > 4 {
				t.Fatalf("%q: %s = %+v", text, s.key, s.r)
			}
		}
	})
}

func FuzzQuestion(f *testing.F) {
	seeds(f, "command", "quick")
	for _, text := range []string{"hạn tới hôm nào em", "thôn Tây gửi chưa", "hôm nay ngày mấy", "mấy câu hả em", "ai đọc cái này"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		topic, ok := ReadQuestion(text)
		if ok != slices.Contains(topicNames[1:], topic) {
			t.Fatalf("%q asks about %q, %v", text, topic, ok)
		}
		for _, form := range []norm.Form{norm.NFC, norm.NFD} {
			if o, _ := ReadQuestion(form.String(text)); o != topic {
				t.Fatalf("%q asks about %q, in form %d about %q", text, topic, form, o)
			}
			if Asks(form.String(text)) != Asks(text) {
				t.Fatalf("%q: forms differ in whether it asks", text)
			}
		}
		if polite, also := ReadQuestion("dạ " + text + " ạ"); len(text) < 200 && ok && also && polite != topic {
			t.Fatalf("%q asks about %q, politely about %q", text, topic, polite)
		}
	})
}

func FuzzNormalize(f *testing.F) {
	seeds(f, "yesno", "quick")
	f.Fuzz(func(t *testing.T, text string) {
		n := Normalize(text)
		if again := Normalize(n); again != n && len(text) < 1000 {
			t.Fatalf("%q is %q, then %q", text, n, again)
		}
		if Normalize(norm.NFD.String(text)) != n && len(text) < 1000 {
			t.Fatalf("%q: forms differ", text)
		}
	})
}
