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
	known := make([]compared, len(standing))
	for i, b := range standing {
		known[i] = compareBy(b.Name, b.FormerCommune)
	}
	asked := make([]compared, len(u.file.Branches))
	for n, b := range u.file.Branches {
		asked[n] = compareBy(b.Name, b.Former)
	}
	pass := func(fits func(n, i int) bool, doubt func(n, several int)) {
		for n := range asked {
			if found[n] >= 0 {
				continue
			}
			var several []int
			for i := range standing {
				if !taken[i] && fits(n, i) {
					several = append(several, i)
				}
			}
			if len(several) == 1 {
				found[n] = several[0]
				taken[several[0]] = true
			} else if len(several) > 1 && doubt != nil {
				doubt(n, len(several))
			}
		}
	}
	blank := func(n, i int) bool {
		return asked[n].former == "" || known[i].former == "" || asked[n].former == known[i].former
	}
	pass(func(n, i int) bool {
		return asked[n].name == known[i].name && asked[n].former == known[i].former
	}, nil)
	pass(func(n, i int) bool {
		return asked[n].name == known[i].name && blank(n, i)
	}, func(n, several int) {
		file := u.file.Branches[n]
		c.wrong(file.At, "có %d chi hội cùng tên %s: ghi rõ xã cũ", several, file.Name)
	})
	// A name that differs only by its marks is a slip of the pen put right; it is shown as
	// a change of name, and only where no other branch could be meant.
	pass(func(n, i int) bool {
		return asked[n].folded == known[i].folded && blank(n, i) && standing[i].ClosedFrom == ""
	}, nil)
	return found
}

// compared is what a branch's name and former commune are compared by.
type compared struct{ name, folded, former string }

func compareBy(name, former string) compared {
	k := branchKey(name)
	return compared{k, fold(k), formerKey(former)}
}
