package roster

import "chihoi/flows/org"

// match finds for each branch of the file the one that stands for it, by name and former
// commune: -1 where there is none. The surest matches are taken first, so that a doubtful
// one never takes another's branch.
func (c *comparison) match(u *unit, standing []org.Branch) []int {
	found := make([]int, len(u.file.Branches))
	for i := range found {
		found[i] = -1
	}
	taken := make([]bool, len(standing))
	names := make([]string, len(standing))
	formers := make([]string, len(standing))
	for i, b := range standing {
		names[i], formers[i] = branchKey(b.Name), formerKey(b.FormerCommune)
	}
	pass := func(fits func(file Branch, i int) bool, doubt func(file Branch, several []int)) {
		for n, file := range u.file.Branches {
			if found[n] >= 0 {
				continue
			}
			var several []int
			for i := range standing {
				if !taken[i] && fits(file, i) {
					several = append(several, i)
				}
			}
			if len(several) == 1 {
				found[n] = several[0]
				taken[several[0]] = true
			} else if len(several) > 1 && doubt != nil {
				doubt(file, several)
			}
		}
	}
	blank := func(file Branch, i int) bool {
		return file.Former == "" || formers[i] == "" || formers[i] == formerKey(file.Former)
	}
	pass(func(file Branch, i int) bool {
		return names[i] == branchKey(file.Name) && formers[i] == formerKey(file.Former)
	}, nil)
	pass(func(file Branch, i int) bool {
		return names[i] == branchKey(file.Name) && blank(file, i)
	}, func(file Branch, several []int) {
		c.wrong(file.At, "có %d chi hội cùng tên %s: ghi rõ xã cũ", len(several), file.Name)
	})
	// A name that differs only by its marks is a slip of the pen put right; it is shown as
	// a change of name, and only where no other branch could be meant.
	pass(func(file Branch, i int) bool {
		return fold(names[i]) == fold(branchKey(file.Name)) && blank(file, i) && standing[i].ClosedFrom == ""
	}, nil)
	return found
}
