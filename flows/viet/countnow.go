package viet

// nowOf gives the number that stands now, of one told of before and one of now: "đầu năm 110 giờ
// 117", "tháng trước 5, nay thêm 1 là 6"; or the one that is set against another: "4 chứ không
// phải 3". Nil for anything else.
func (c *countReader) nowOf(list []*item) *item {
	for _, it := range list {
		if it.q.ask || it.q.approx {
			return nil
		}
	}
	toks := c.m.toks
	if c.question == "q0_members" { // which of the two the month began with, she is asked
		return nil
	}
	switch len(list) {
	case 2:
		was, is := list[0], list[1]
		if notThis.endsAt(toks, is.from) {
			return was
		}
		between := toks[was.to:is.from]
		if before.has(toks[:was.from]) && nowWords.has(between) && !changed.has(between) && !c.hedged {
			return is
		}
	case 3:
		was, by, is := list[0].q.n, list[1].q.n, list[2].q.n
		between := toks[list[0].to:list[1].from]
		if before.has(toks[:list[0].from]) && nowWords.has(between) && (is == was+by || is == was-by) && sumWords.can(c.m.tok(list[2].from-1)) {
			return list[2]
		}
	}
	return nil
}

// endsAt reports a phrase that ends right before token i.
func (p *phrases) endsAt(toks []token, i int) bool {
	for k := max(0, i-4); k < i; k++ {
		if ph, end := p.at(toks, k); ph != nil && end == i {
			return true
		}
	}
	return false
}

var (
	before   = table(row{1, `lần|bữa|tháng|kỳ|đợt|hồi|lúc|năm trước, đầu năm|kỳ|tháng, hồi đầu, năm ngoái, trước, trước đây|kia, lúc đầu`})
	nowWords = table(row{1, `nay, giờ, bây giờ, hiện, hiện nay|tại|giờ, lần|bữa|đợt|kỳ ni|này|nì`})
	changed  = table(row{1, `thêm, tăng, giảm, bớt, hơn, kém, vắng, nghỉ, chuyển, mất`})
	notThis  = table(row{1, `chứ không|hổng|chẳng|chả|đâu phải, chớ không|hổng phải, không phải`})
	sumWords = words("là thành còn được lên")
	// noneOfThem denies of a number that it is of another organisation: "cả 2 đều không phải".
	noneOfThem = table(row{1, `đều không|chưa|chẳng|hổng, cả # không|chẳng ai|phải|thuộc, chị|người không ai thuộc|nằm`})
)
