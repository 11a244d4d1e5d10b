package viet

import "time"

// OtherMonth reports that a reply names another month than the one asked about, and not that
// one: "tháng 10 họp rồi" in November. What it states may not be of the month asked.
func OtherMonth(text string, month time.Month) bool {
	m := scan(text)
	defer m.release()
	if m.long || len(m.toks) == 0 {
		return false
	}
	other := false
	for _, it := range m.analyse() {
		if it.kind != isDay || it.date.plain {
			continue
		}
		switch {
		case it.date.kind == byLast || it.date.lastMonth:
			other = true
		case it.date.kind == byVague && thangWord.can(m.tok(it.from)) && thisWord.can(m.tok(it.to-1)):
			return false
		case it.date.kind != byMonth && it.date.kind != byDay:
		case it.date.month == int(month):
			return false
		case it.date.month > 0:
			other = true
		}
	}
	return other
}

// Says reports a reply that is the given words, typed as they are or without some of their
// marks; "chùa" is not "chưa".
func Says(text, words string) bool {
	typed, want := Normalize(text), Normalize(words)
	if typed == want {
		return typed != ""
	}
	return typed != "" && Fold(typed) == Fold(want) && marksWithin([]rune(typed), want)
}
