package report

import (
	_ "embed"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The letters of pictures: Noto Sans with those of Vietnamese, under the SIL Open Font
// License in font/OFL.txt. A server need have no fonts.
var (
	//go:embed font/NotoSans-Regular.ttf
	regularFile []byte
	//go:embed font/NotoSans-Bold.ttf
	boldFile []byte
)

// fonts reads the letters once.
var fonts = sync.OnceValues(func() (f struct{ regular, bold *opentype.Font }, err error) {
	if f.regular, err = opentype.Parse(regularFile); err == nil {
		f.bold, err = opentype.Parse(boldFile)
	}
	return f, err
})

// density is how many dots a picture has for each pixel of a phone's page, so that letters
// are sharp on it.
const density = 2

// canvas is a picture being drawn; places and sizes are in pixels of a phone's page.
type canvas struct {
	img   *image.RGBA
	faces map[face]font.Face
	brush *vector.Rasterizer
}

// face is a size and weight of letters.
type face struct {
	size float64
	bold bool
}

func newCanvas(width, height float64, paper color.Color) *canvas {
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, int(width*density), int(height*density))), faces: map[face]font.Face{}}
	draw.Draw(c.img, c.img.Bounds(), image.NewUniform(paper), image.Point{}, draw.Src)
	c.brush = vector.NewRasterizer(1, 1)
	return c
}

// letters are a face ready to draw with. It fails only for a font of this package that is broken.
func (c *canvas) letters(f face) font.Face {
	if have := c.faces[f]; have != nil {
		return have
	}
	all, err := fonts()
	if err != nil {
		panic(fmt.Errorf("report: embedded font: %w", err))
	}
	which := all.regular
	if f.bold {
		which = all.bold
	}
	made, err := opentype.NewFace(which, &opentype.FaceOptions{Size: f.size * density, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(fmt.Errorf("report: embedded font: %w", err))
	}
	c.faces[f] = made
	return made
}

// width is how wide a text is.
func (c *canvas) width(text string, f face) float64 {
	return float64(font.MeasureString(c.letters(f), text)) / 64 / density
}

// align says which part of a text lies at the place where it is written.
type align float64

const (
	left   align = 0
	middle align = 0.5
	right  align = 1
)

// text writes on the line y.
func (c *canvas) text(x, y float64, text string, f face, a align, ink color.Color) {
	text = strings.ReplaceAll(text, "−", "–") // the font has no minus
	x -= c.width(text, f) * float64(a)
	d := font.Drawer{Dst: c.img, Src: image.NewUniform(ink), Face: c.letters(f),
		Dot: fixed.Point26_6{X: fixed.Int26_6(x * density * 64), Y: fixed.Int26_6(y * density * 64)}}
	d.DrawString(text)
}

// rect fills a rectangle.
func (c *canvas) rect(x, y, w, h float64, ink color.Color) {
	at := image.Rect(int(math.Round(x*density)), int(math.Round(y*density)), int(math.Round((x+w)*density)), int(math.Round((y+h)*density)))
	draw.Draw(c.img, at, image.NewUniform(ink), image.Point{}, draw.Over)
}

// point is a place on a canvas.
type point struct{ x, y float64 }

// fill fills a shape given by its corners.
func (c *canvas) fill(ink color.Color, shapes ...[]point) {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, s := range shapes {
		for _, p := range s {
			low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
		}
	}
	at := image.Rect(int(low.x*density)-1, int(low.y*density)-1, int(high.x*density)+2, int(high.y*density)+2)
	c.brush.Reset(at.Dx(), at.Dy())
	for _, s := range shapes {
		for i, p := range s {
			x, y := float32(p.x*density)-float32(at.Min.X), float32(p.y*density)-float32(at.Min.Y)
			if i == 0 {
				c.brush.MoveTo(x, y)
			} else {
				c.brush.LineTo(x, y)
			}
		}
		c.brush.ClosePath()
	}
	c.brush.Draw(c.img, at, image.NewUniform(ink), image.Point{})
}

// disc is a filled circle.
func (c *canvas) disc(x, y, r float64, ink color.Color) { c.fill(ink, circle(x, y, r, 1)) }

// circle are the corners of a circle, drawn one way or the other round.
func circle(x, y, r, way float64) (list []point) {
	const corners = 32
	for i := range corners {
		sin, cos := math.Sincos(way * 2 * math.Pi * float64(i) / corners)
		list = append(list, point{x + r*cos, y + r*sin})
	}
	return list
}

// diamond is an empty square that stands on a corner.
func (c *canvas) diamond(x, y, r, stroke float64, ink color.Color) {
	in := r - stroke*math.Sqrt2
	c.fill(ink, []point{{x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}}, []point{{x, y - in}, {x - in, y}, {x, y + in}, {x + in, y}})
}

// tick is a check mark.
func (c *canvas) tick(x, y, r float64, ink color.Color) {
	c.stroke(ink, 1.8, point{x - r, y}, point{x - r*0.3, y + r*0.7}, point{x + r, y - r*0.8})
}

// stroke draws a line through points.
func (c *canvas) stroke(ink color.Color, width float64, through ...point) {
	for i := 1; i < len(through); i++ {
		a, b := through[i-1], through[i]
		l := math.Hypot(b.x-a.x, b.y-a.y)
		nx, ny := (b.y-a.y)/l*width/2, (a.x-b.x)/l*width/2
		c.fill(ink, []point{{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}})
	}
}
