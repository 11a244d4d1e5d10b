package report

import (
	"fmt"
	"math"
	"slices"

	"chihoi/flows/org"
)

// chart draws who joined and who left, month by month.
func (p *picture) chart() {
	p.text(margin, p.y+16, p.movementLine(), face{11.5, true}, left, ink)
	f := face{9, false}
	p.rect(margin+2, p.y+25, 8, 8, blue)
	p.text(margin+14, p.y+33, "kết nạp", f, left, ink)
	p.hatched(margin+66, p.y+25, 8, 8)
	p.text(margin+78, p.y+33, "nghỉ Hội, qua đời, chuyển đi", f, left, ink)
	up, down := p.tallest()
	const room = 62.0
	step := float64(pageWidth-2*margin) / 12
	scale := room / math.Max(1, float64(up+down))
	axis := p.y + 52 + float64(up)*scale
	p.rect(margin, axis-0.5, pageWidth-2*margin, 1, faint)
	foot := p.y + 52 + room + 24
	for i := range 12 {
		x := margin + step*(float64(i)+0.5)
		p.text(x, foot, fmt.Sprint("T", i+1), f, middle, faint)
		m, ok := p.ofYear(i + 1)
		if !ok {
			continue
		}
		if g := m.Growth.Net; g.OK {
			p.text(x, foot+12, g.Signed(), face{9.5, true}, middle, ink)
		} else {
			p.text(x, foot+12, "–", f, middle, faint)
		}
		if n := m.Members.Joined; n.OK && n.N > 0 {
			h := float64(n.N) * scale
			p.rect(x-7, axis-h, 14, h, blue)
			p.text(x, axis-h-2, org.Number(n.N), f, middle, ink)
		}
		if n := m.Members.Left(); n.OK && n.N > 0 {
			h := float64(n.N) * scale
			p.hatched(x-7, axis, 14, h)
			p.text(x, axis+h+9, org.Number(n.N), f, middle, ink)
		}
	}
}

// hatched is a box in the colour of leaving, which differs from the other by its stripes too.
func (p *picture) hatched(x, y, w, h float64) {
	p.rect(x, y, w, h, orange)
	for s := y + 2; s < y+h-1; s += 3 {
		p.rect(x+1, s, w-2, 1, paper)
	}
}

// ofYear is the month with that number in the year of the picture's own month, if it is in the range.
func (p *picture) ofYear(number int) (org.Summary, bool) {
	i := slices.IndexFunc(p.Months, func(m org.Summary) bool {
		return m.Month.Number() == number && m.Month.YearName() == p.month.Month.YearName()
	})
	if i < 0 {
		return org.Summary{}, false
	}
	return p.Months[i], true
}

// tallest are the most that joined, and that left, in a month.
func (p *picture) tallest() (up, down int) {
	for _, m := range p.Months {
		up, down = max(up, m.Members.Joined.N), max(down, m.Members.Left().N)
	}
	return up, down
}
