package roster

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// moved are the mobile prefixes of eleven digits and what they became in 2018; old lists
// still carry them.
var moved = map[string]string{
	"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
	"0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
	"0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
	"0167": "037", "0168": "038", "0169": "039",
	"0186": "056", "0188": "058", "0199": "059",
}

var (
	// Excel stores a phone typed as a number without its 0, sometimes in powers of ten.
	power  = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$`)
	whole  = regexp.MustCompile(`^([0-9]+)\.0+$`)
	mobile = regexp.MustCompile(`^0[35789][0-9]{8}$`)
	fixed  = regexp.MustCompile(`^02[0-9]{9}$`)
	spaces = strings.NewReplacer(" ", "", ".", "", "-", "", "–", "", "(", "", ")", "", "+", "", "'", "")
)

// ParsePhone reads a Vietnamese phone number as people write it and gives the form in
// which it is kept: "0912345678" for a mobile, "02523812345" for a fixed line.
func ParsePhone(s string) (string, error) {
	s = clean(s)
	if power.MatchString(s) {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			s = strconv.FormatFloat(f, 'f', 0, 64)
		}
	}
	if m := whole.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	digits := spaces.Replace(s)
	if strings.ContainsAny(s, "/,;") || len(digits) >= 18 {
		return "", errors.New("chỉ ghi một số điện thoại trong một ô")
	}
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return "", fmt.Errorf("%q không phải là số điện thoại", s)
	}
	n := national(digits)
	switch {
	case mobile.MatchString(n), fixed.MatchString(n):
		return n, nil
	case len(n) == 11 && moved[n[:4]] != "":
		return "", fmt.Errorf("%s là đầu số cũ, nay là %s", digits, moved[n[:4]]+n[4:])
	default:
		return "", fmt.Errorf("%s không phải là số điện thoại Việt Nam (di động 10 số, cố định 11 số bắt đầu bằng 02)", digits)
	}
}

// national puts the leading 0 back: in place of the country's code, or where Excel took
// it away. The length tells 84… the country from 84… the start of 084….
func national(d string) string {
	d = strings.TrimPrefix(d, "00")
	if len(d) >= 11 && strings.HasPrefix(d, "84") {
		d = "0" + strings.TrimPrefix(d[2:], "0")
	}
	lostMobile := len(d) == 9 && strings.ContainsRune("35789", rune(d[0]))
	lostFixed := len(d) == 10 && d[0] == '2'
	if lostMobile || lostFixed {
		d = "0" + d
	}
	return d
}
