package org

// ThreeThree counts the items of "3 có, 3 biết" that are met, and those that were
// answered at all (domain.md 4.1): the score stands only when all six were.
func ThreeThree(a Answers) (met, answered int) {
	item := func(ok, isMet bool) {
		if ok {
			answered++
			if isMet {
				met++
			}
		}
	}
	n, ok := a.Count("q2_pioneers")
	item(ok, n >= 1)
	yes, ok := a["q1_activity"].Yes()
	item(ok, yes)
	yes, ok = a["q3_resources"].Yes()
	item(ok, yes)
	for _, q := range []QuestionID{"q4_faces", "q5_circumstances", "q6_needs"} {
		n, ok := a.Count(q)
		item(ok, n == 1)
	}
	return met, answered
}
