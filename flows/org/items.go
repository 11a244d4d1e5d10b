package org

// Mark is what one item of "3 có, 3 biết" came to. The zero value is absent: not asked or
// skipped.
type Mark int8

// Marks of an item.
const (
	Met    Mark = 1
	NotMet Mark = 2
)

func markOf(met, ok bool) Mark {
	switch {
	case !ok:
		return 0
	case met:
		return Met
	}
	return NotMet
}

// Items are the six items of "3 có, 3 biết" in the order of domain.md 4.1: pioneers,
// activity, resources; faces, circumstances, needs.
type Items [6]Mark

// ItemNames are the texts of the six items.
var ItemNames = [6]string{"Có hội viên tiên phong", "Có hoạt động hàng tháng", "Có nguồn lực tổ chức hoạt động",
	"Biết mặt hội viên", "Biết hoàn cảnh hội viên", "Biết nhu cầu hội viên, phụ nữ"}

// HaveActivity is the place of the item that tells of activity.
const HaveActivity = 1

// ItemsOf reads the six items out of a check-in's answers.
func ItemsOf(a Answers) (it Items) {
	n, ok := a.Count("q2_pioneers")
	it[0] = markOf(n >= 1, ok)
	it[HaveActivity] = markOf(a["q1_activity"].Yes())
	it[2] = markOf(a["q3_resources"].Yes())
	for i, q := range []QuestionID{"q4_faces", "q5_circumstances", "q6_needs"} {
		n, ok := a.Count(q)
		it[3+i] = markOf(n == 1, ok)
	}
	return it
}

// Score is how many items are met; absent unless all six were answered (domain.md 4.1).
func (it Items) Score() Count {
	met := 0
	for _, m := range it {
		switch m {
		case Met:
			met++
		case NotMet:
		default:
			return Count{}
		}
	}
	return Known(met)
}
