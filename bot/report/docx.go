package report

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// document is a word processor's file (.docx, ISO/IEC 29500) being written: paragraphs and
// tables, in the order in which they are added. It knows no more than the reports need.
type document struct{ body strings.Builder }

// piece is a stretch of a paragraph's words.
type piece struct {
	text   string
	bold   bool
	italic bool
	marked bool // on yellow: for her to write
}

func plain(format string, args ...any) piece { return piece{text: fmt.Sprintf(format, args...)} }
func bold(text string) piece                 { return piece{text: text, bold: true} }

// toWrite marks where she must write, and what.
func toWrite(what string) piece {
	return piece{text: "[Chị viết thêm: " + what + "]", marked: true}
}

// properties of paragraphs.
const (
	centered  = `<w:jc w:val="center"/>`
	toRight   = `<w:jc w:val="right"/>`
	justified = `<w:spacing w:after="80"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>`
	tight     = `<w:spacing w:before="20" w:after="20"/>`
)

// para adds a paragraph.
func (d *document) para(properties string, pieces ...piece) {
	d.body.WriteString("<w:p><w:pPr>" + properties + "</w:pPr>" + runs(pieces) + "</w:p>")
}

// heading adds a heading of level 1 or 2, which a word processor lists.
func (d *document) heading(level int, text string) {
	d.para(fmt.Sprintf(`<w:pStyle w:val="Heading%d"/><w:keepNext/>`, level), piece{text: text})
}

// text adds a paragraph of running words.
func (d *document) text(pieces ...piece) { d.para(justified, pieces...) }

func runs(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		b.WriteString("<w:r><w:rPr>")
		if p.bold {
			b.WriteString("<w:b/>")
		}
		if p.italic {
			b.WriteString("<w:i/>")
		}
		if p.marked {
			b.WriteString(`<w:highlight w:val="yellow"/>`)
		}
		b.WriteString(`</w:rPr>`)
		for i, line := range strings.Split(p.text, "\n") {
			if i > 0 {
				b.WriteString("<w:br/>")
			}
			b.WriteString(`<w:t xml:space="preserve">`)
			_ = xml.EscapeText(&b, []byte(line)) // a builder takes everything
			b.WriteString("</w:t>")
		}
		b.WriteString("</w:r>")
	}
	return b.String()
}

// textWidth is how wide the text of a page is, in twentieths of a point: A4 without its margins.
const textWidth = 11906 - 1701 - 1134

// table adds a table with a row of headings that is repeated on every page. The first column
// takes the given share of the width, in percent.
func (d *document) table(first int, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	columns := len(rows[0])
	widths := make([]int, columns)
	widths[0] = textWidth * first / 100
	for i := 1; i < columns; i++ {
		widths[i] = (textWidth - widths[0]) / (columns - 1)
	}
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&d.body, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="808080"/>`, side)
	}
	d.body.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, w)
	}
	d.body.WriteString("</w:tblGrid>")
	for y, row := range rows {
		d.body.WriteString("<w:tr><w:trPr><w:cantSplit/>")
		if y == 0 {
			d.body.WriteString("<w:tblHeader/>")
		}
		d.body.WriteString("</w:trPr>")
		for x, cell := range row {
			how := tight + `<w:jc w:val="center"/>`
			if x == 0 && y > 0 {
				how = tight
			}
			fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, widths[x])
			if y == 0 {
				d.body.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="DCE6F1"/>`)
			}
			d.body.WriteString(`<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>` + how + "</w:pPr>" + runs([]piece{{text: cell, bold: y == 0}}) + "</w:p></w:tc>")
		}
		d.body.WriteString("</w:tr>")
	}
	d.body.WriteString("</w:tbl>")
	d.para(`<w:spacing w:after="60"/>`)
}

// sides adds two columns of lines side by side, without borders.
func (d *document) sides(left, right []piece) {
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>` +
		fmt.Sprintf(`<w:gridCol w:w="%d"/><w:gridCol w:w="%d"/>`, textWidth/2, textWidth/2) + "</w:tblGrid><w:tr>")
	for _, side := range [][]piece{left, right} {
		fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, textWidth/2)
		for _, p := range side {
			d.para(tight+centered, p)
		}
		d.body.WriteString("</w:tc>")
	}
	d.body.WriteString("</w:tr></w:tbl>")
	d.para("")
}

// The fixed parts of the file.
const (
	xmlHead    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespace  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	packageURI = "http://schemas.openxmlformats.org/package/2006/"
	officeURI  = "http://schemas.openxmlformats.org/officeDocument/2006/"
	mainType   = "application/vnd.openxmlformats-officedocument.wordprocessingml."

	contentTypes = xmlHead + `<Types xmlns="` + packageURI + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + mainType + `document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="` + mainType + `styles+xml"/><Override PartName="/word/footer1.xml" ContentType="` + mainType + `footer+xml"/></Types>`
	packageRels = xmlHead + `<Relationships xmlns="` + packageURI + `relationships"><Relationship Id="rId1" Type="` + officeURI + `relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	partRels    = xmlHead + `<Relationships xmlns="` + packageURI + `relationships"><Relationship Id="rId1" Type="` + officeURI + `relationships/styles" Target="styles.xml"/>` +
		`<Relationship Id="rId2" Type="` + officeURI + `relationships/footer" Target="footer1.xml"/></Relationships>`
	footer = xmlHead + `<w:ftr ` + namespace + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`
	styles = xmlHead + `<w:styles ` + namespace + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/>` +
		`<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="60"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:i/></w:rPr></w:style>` +
		`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
		`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:rPr><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style></w:styles>`
	page = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`
)

// write writes the file.
func (d *document) write(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, part := range [][2]string{{"[Content_Types].xml", contentTypes}, {"_rels/.rels", packageRels}, {"word/_rels/document.xml.rels", partRels},
		{"word/styles.xml", styles}, {"word/footer1.xml", footer},
		{"word/document.xml", xmlHead + "<w:document " + namespace + "><w:body>" + d.body.String() + page + "</w:body></w:document>"}} {
		f, err := z.Create(part[0])
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, part[1]); err != nil {
			return err
		}
	}
	return z.Close()
}
