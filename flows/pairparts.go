package flows

import (
	"regexp"
	"slices"
	"strings"

	"chihoi/flows/org"
)

// pairSays are plain words for one pair, folded; the values are places among pairLabels.
var pairSays = map[string]string{"co": "1", "co gap": "1", "van gap": "1", "co giup": "1", "van co": "1",
	"khong": "2", "ko": "2", "chua": "2", "chua gap": "2", "khong gap": "2", "chua co": "2", "xong": "3", "da xong": "3"}

var pairNumber = regexp.MustCompile(`(?i)(?:^|[ ,;:]+)c[ặaạă]p +([0-9])\b[ ,:]*`)

// pairParts cuts what is said of pairs by their names: "cặp 1 có cặp 2 không", "có, cặp 2 chưa".
// Nil where they are not all named so.
func (f *form) pairParts(j joint, body string) []string {
	if j.all[0].Base() != qPair {
		return nil
	}
	body = clean(body)
	found := pairNumber.FindAllStringSubmatchIndex(body, -1)
	if len(found) == 0 {
		return nil
	}
	parts := make([]string, len(j.all))
	if before := strings.Trim(body[:found[0][0]], " ,;"); before != "" { // of the first, which stands before the others' names
		parts[0] = before
	}
	for i, at := range found {
		end := len(body)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		k := slices.IndexFunc(j.all, func(q org.QuestionID) bool { return strings.HasSuffix(f.pairName(q), " "+body[at[2]:at[3]]) })
		if k < 0 || parts[k] != "" {
			return nil
		}
		parts[k] = strings.Trim(body[at[1]:end], " ,;")
	}
	if slices.Contains(parts, "") {
		return nil
	}
	return parts
}
