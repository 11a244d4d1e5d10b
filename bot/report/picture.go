package report

import (
	"image/color"
	"image/png"
	"io"
	"slices"

	"chihoi/flows/org"
)

// Measures of the picture, in pixels of a phone's page.
const (
	pageWidth = 360
	margin    = 8
	nameWidth = 142
	sentX     = 163 // middle of the column that says who has sent
	itemsX    = 192 // middle of the first item's column
	itemStep  = 29
	rowHigh   = 19
	chartHigh = 164
)

// Colours that also colour-blind eyes tell apart; each comes with a shape of its own.
var (
	paper   = color.RGBA{255, 255, 255, 255}
	ink     = color.RGBA{33, 37, 41, 255}
	faint   = color.RGBA{108, 117, 125, 255}
	stripe  = color.RGBA{246, 248, 250, 255}
	blue    = color.RGBA{0, 90, 160, 255}
	orange  = color.RGBA{196, 78, 0, 255}
	itemTop = [6][2]string{{"tiên", "phong"}, {"hoạt", "động"}, {"nguồn", "lực"}, {"biết", "mặt"}, {"hoàn", "cảnh"}, {"nhu", "cầu"}}
)

// WritePicture draws the last month of a commune's range as a grid of branches and the six
// items, and under it the members' movement over the months of the range, as a PNG to be
// read on a phone.
func WritePicture(w io.Writer, c Commune) error {
	m := c.Months[len(c.Months)-1]
	parts := sectionsOf(m.Branches)
	high := 92.0 + rowHigh*float64(len(m.Branches)+1) + 42 + chartHigh
	if len(parts) > 1 {
		high += rowHigh * float64(len(parts))
	}
	p := &picture{canvas: newCanvas(pageWidth, high, paper), Commune: c, month: m}
	p.head()
	p.y = 92
	for _, part := range parts {
		if len(parts) > 1 {
			p.section(part.title)
		}
		for i, b := range part.branches {
			p.branch(b, i%2 == 1)
		}
	}
	p.totals()
	p.legend()
	p.chart()
	return png.Encode(w, p.img)
}

// picture is a picture of a month being drawn; y is how far down it has come.
type picture struct {
	*canvas
	Commune
	month org.Summary
	y     float64
}

// head is the title and the tops of the columns.
func (p *picture) head() {
	p.text(margin, 22, p.fit(p.Commune.Commune.Name+", "+org.RangeName(p.month.Month, p.month.Month), face{15, true}, pageWidth-2*margin), face{15, true}, left, ink)
	p.text(margin, 39, p.sentLine(), face{11.5, false}, left, ink)
	p.text(margin+2, 84, "Chi hội", face{10, true}, left, ink)
	p.text(sentX, 84, "Gửi", face{10, true}, middle, ink)
	for i, half := range []string{"3 có", "3 biết"} {
		x := itemsX + itemStep*(3*float64(i)+1)
		p.text(x, 57, half, face{10.5, true}, middle, blue)
		p.rect(x-itemStep*1.4, 60, itemStep*2.8, 1, blue)
	}
	for i, t := range itemTop {
		p.text(itemsX+itemStep*float64(i), 73, t[0], face{9.5, false}, middle, ink)
		p.text(itemsX+itemStep*float64(i), 84, t[1], face{9.5, false}, middle, ink)
	}
	p.rect(margin, 90, pageWidth-2*margin, 1.5, ink)
}

// section heads the branches of one former commune.
func (p *picture) section(title string) {
	p.text(margin, p.y+14, p.fit(title, face{10, true}, pageWidth-2*margin), face{10, true}, left, faint)
	p.y += rowHigh
}

// branch is a row of the grid.
func (p *picture) branch(b org.BranchSummary, striped bool) {
	if striped {
		p.rect(margin, p.y, pageWidth-2*margin, rowHigh, stripe)
	}
	mid := p.y + rowHigh/2
	p.text(margin+2, mid+4, p.fitBranch(b.Branch.Name, face{11, false}, nameWidth-4), face{11, false}, left, ink)
	last := itemsX + itemStep*2.5
	switch r := (row{BranchSummary: b}); {
	case r.sent():
		if b.Status == org.StatusLate {
			p.text(sentX, mid+3.5, "muộn", face{9.5, false}, middle, ink)
		} else {
			p.tick(sentX, mid, 4.5, blue)
		}
		for i, it := range b.Figures.Items {
			p.mark(itemsX+itemStep*float64(i), mid, it)
		}
	case b.Exempt != "":
		p.text(last, mid+3.5, "không phải gửi", face{10, false}, middle, faint)
	default:
		p.text(last, mid+3.5, "chưa gửi", face{10, false}, middle, orange)
	}
	p.y += rowHigh
}

// mark is what an item came to: a disc, an empty diamond, or a dash for no answer.
func (p *picture) mark(x, y float64, m org.Mark) {
	switch m {
	case org.Met:
		p.disc(x, y, 5, blue)
	case org.NotMet:
		p.diamond(x, y, 6, 1.6, orange)
	default:
		p.rect(x-3, y-0.75, 6, 1.5, faint)
	}
}

// totals is the line under the grid: how many met each item, of those that answered it.
func (p *picture) totals() {
	p.rect(margin, p.y, pageWidth-2*margin, 1.5, ink)
	base := p.y + rowHigh/2 + 4.5
	p.text(margin+2, base, "Số chi hội đạt", face{10.5, true}, left, ink)
	p.text(sentX, base, outOf(p.month.Submitted, p.month.Expected), face{10, true}, middle, ink)
	for i, c := range p.month.Items {
		met := "–" // nobody has told: no number
		if of := c.Met + c.NotMet; of > 0 {
			met = outOf(c.Met, of)
		}
		p.text(itemsX+itemStep*float64(i), base, met, face{10, true}, middle, ink)
	}
	p.y += rowHigh
}

// legend says what the shapes mean.
func (p *picture) legend() {
	y := p.y + 13
	x := float64(margin) + 6
	for i, word := range []string{"đạt", "chưa đạt", "chưa trả lời"} {
		p.mark(x, y, []org.Mark{org.Met, org.NotMet, 0}[i])
		p.text(x+9, y+4, word, face{10, false}, left, ink)
		x += 9 + p.width(word, face{10, false}) + 16
	}
	p.tick(x, y, 4.5, blue)
	p.text(x+9, y+4, "gửi đúng hạn", face{10, false}, left, ink)
	p.text(margin, p.y+33, p.asOf()+".", face{9.5, false}, left, faint)
	p.y += 42
}

// section is the branches of one former commune.
type section struct {
	title    string
	branches []org.BranchSummary
}

// sectionsOf parts branches by former commune, in roster order.
func sectionsOf(list []org.BranchSummary) (out []section) {
	for _, b := range list {
		title := b.Branch.FormerCommune
		if title == "" {
			title = "Các chi hội khác"
		}
		i := slices.IndexFunc(out, func(s section) bool { return s.title == title })
		if i < 0 {
			i = len(out)
			out = append(out, section{title: title})
		}
		out[i].branches = append(out[i].branches, b)
	}
	return out
}
