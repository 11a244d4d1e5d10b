package flows

import (
	"testing"

	"chihoi/flows/org"
)

// Pairs nobody has told about yet are not idle: absent is absent (domain.md, golden rule 4).
func TestActedWords(t *testing.T) {
	for _, c := range []struct {
		count org.PairCount
		want  string
	}{
		{org.PairCount{Active: 2}, "chưa có số liệu hoạt động"},
		{org.PairCount{Active: 2, Told: 2}, "chưa cặp nào hoạt động"},
		{org.PairCount{Active: 3, Told: 2}, "chưa cặp nào hoạt động trong 2 cặp đã báo"},
		{org.PairCount{Active: 3, Told: 2, Acted: 1}, "1 có hoạt động trong 2 cặp đã báo"},
		{org.PairCount{Active: 3, Told: 3, Acted: 2}, "2 có hoạt động"},
	} {
		if got := actedWords(c.count); got != c.want {
			t.Errorf("%+v: %q, want %q", c.count, got, c.want)
		}
	}
}
