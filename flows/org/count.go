package org

import (
	"fmt"
	"strconv"
)

// Count is a number that may be absent: nobody said it, or it does not apply. The zero
// value is absent, which is never 0 (domain.md, golden rule 4).
type Count struct {
	N  int
	OK bool
}

// Known is a count that is there.
func Known(n int) Count { return Count{N: n, OK: true} }

// Plus adds up what is known: absent and 3 are 3, absent and absent are absent.
func (c Count) Plus(d Count) Count { return Count{N: c.N + d.N, OK: c.OK || d.OK} }

// NoFigure stands where there is no number, or none can be computed (domain.md 5).
const NoFigure = "chưa có số liệu"

// String writes it as people here do: "85.180", "−3", "chưa có số liệu".
func (c Count) String() string {
	if !c.OK {
		return NoFigure
	}
	return Number(c.N)
}

// Signed is a change: "+23", "−1", "0".
func (c Count) Signed() string {
	if c.OK && c.N > 0 {
		return "+" + Number(c.N)
	}
	return c.String()
}

// Number writes a whole number the Vietnamese way: "1.250", "−3".
func Number(n int) string {
	if n < 0 {
		return "−" + Number(-n)
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}

// Decimal is a number of two places, in hundredths: 99,65 is 9965. It is only ever computed
// from counts, never entered (domain.md, golden rule 2).
type Decimal int

// String writes it the Vietnamese way, without places when they are nothing: "99,65", "60", "13,40".
func (d Decimal) String() string {
	n, sign := int(d), ""
	if n < 0 {
		n, sign = -n, "−"
	}
	s := sign + Number(n/100)
	if n%100 == 0 {
		return s
	}
	return s + fmt.Sprintf(",%02d", n%100)
}

// Whole is the nearest count, for what can't be halved.
func (d Decimal) Whole() Count { return Known(halfUp(int(d), 100)) }

// Ratio is one count over another. It is absent unless both are there and the lower is not 0.
type Ratio struct{ Part, Whole Count }

// RatioOf is part over whole.
func RatioOf(part, whole int) Ratio { return Ratio{Known(part), Known(whole)} }

// OK reports whether it has a value.
func (r Ratio) OK() bool { return r.Part.OK && r.Whole.OK && r.Whole.N > 0 }

// Percent is the ratio in percent, exact to two places, half away from zero.
func (r Ratio) Percent() (Decimal, bool) { return r.times(100) }

// Mean is how many there are for each: 294 schemes in 22 communes are 13,36.
func (r Ratio) Mean() (Decimal, bool) { return r.times(1) }

func (r Ratio) times(n int) (Decimal, bool) {
	if !r.OK() {
		return 0, false
	}
	return Decimal(halfUp(r.Part.N*n*100, r.Whole.N)), true
}

// halfUp divides, rounding half away from zero; den > 0.
func halfUp(num, den int) int {
	if num < 0 {
		return -halfUp(-num, den)
	}
	return (2*num + den) / (2 * den)
}

// String is the ratio in percent: "99,65%", "chưa có số liệu".
func (r Ratio) String() string {
	p, ok := r.Percent()
	if !ok {
		return NoFigure
	}
	return p.String() + "%"
}

// Over reports whether the part is more than the whole, which for a share is an error in
// the figures (flag anomaly_over_100).
func (r Ratio) Over() bool { return r.OK() && r.Part.N > r.Whole.N }

// against compares it with a percentage: -1 below, 0 exactly there, 1 above. No rounding.
func (r Ratio) against(percent int) int {
	a, b := r.Part.N*100, percent*r.Whole.N
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
