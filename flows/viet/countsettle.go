package viet

// settleFixes drops what a later word takes back: numbers and days before "à
// nhầm" and the number after "chứ không phải".
func settleFixes(items []item) {
	for i := range items {
		switch items[i].kind {
		case isFix:
			fixBefore(items, i)
		case isSays:
			// "3 à không 4", "3, không, 4"
			if w := i - 1; items[i].tag == saysNot && w > 0 && items[w].kind == isWord && items[w].wonder && items[w-1].kind == isNumber && i+1 < len(items) && items[i+1].kind == isNumber && items[w-1].clause == items[i].clause {
				items[w-1].dropped, items[i].dropped = true, true
			}
			if items[i].tag == saysNot && i > 0 && items[i-1].kind == isNumber && i+1 < len(items) && items[i+1].kind == isNumber && items[i-1].clause == items[i].clause {
				items[i-1].dropped, items[i].dropped = true, true
			}
		case isNotThat:
			if i+1 < len(items) && (items[i+1].kind == isNumber || items[i+1].kind == isDay) {
				items[i+1].dropped = true
			}
		}
	}
}

// fixBefore drops the last number or day before a correction, when one of its
// kind follows.
func fixBefore(items []item, i int) {
	for k := i + 1; k < len(items); k++ {
		after := items[k].kind
		if after != isNumber && after != isDay && after != isOther {
			continue
		}
		for j := i - 1; j >= 0; j-- {
			same := items[j].kind == after || items[j].kind == isOther && after == isNumber || items[j].kind == isNumber && after == isOther
			if same || items[j].kind == isNumber || items[j].kind == isDay {
				items[j].dropped = true
				if d := &items[j]; d.kind == isDay && d.date.kind == byDay && after == isNumber && !items[k].unit && items[k].q.n > 0 && items[k].q.n <= 31 {
					items[k].kind, items[k].date = isDay, d.date // "hôm 25 à nhầm 24"
					items[k].date.day = items[k].q.n
				}
				takePlace(items, j, k)
				return
			}
		}
		return
	}
}

// takePlace moves what corrects item j into its clause, so that it counts what
// the corrected one did: "kết nạp 1, nhầm 2".
func takePlace(items []item, j, k int) {
	for i := j + 1; i <= k; i++ {
		items[i].clause = items[j].clause
	}
	for i := k + 1; i < len(items) && items[i].kind != isBreak; i++ {
		items[i].clause = items[j].clause
	}
}

// mended reports that the number before item i stands in for one taken back, so that what
// she forgot is why: "4 chị, à 5, chị quên cô Lành".
func (c *countReader) mended(i int) bool {
	fixed := false
	for k := range c.items[:i] {
		fixed = fixed || c.items[k].kind == isFix
		if fixed && c.items[k].kind == isNumber && !c.items[k].dropped {
			return true
		}
	}
	return false
}

type clauseNotes struct{ planned, last bool }

// dropClauses drops the items of clauses about the future or about last month.
func dropClauses(items []item) clauseNotes {
	var notes clauseNotes
	dropForeseen(items)
	for i := 0; i < len(items); {
		j := i
		plan, last, done := -1, false, -1
		for ; j < len(items) && items[j].clause == items[i].clause; j++ {
			it := &items[j]
			switch {
			case it.kind == isSays && (it.tag == saysPlan || it.tag == saysIf || it.tag == saysWooing), it.kind == isDay && it.date.kind == byFuture:
				if plan < 0 {
					plan = j
				}
			case it.kind == isSays && it.tag == saysLast, it.kind == isDay && (it.date.kind == byLast || it.date.lastMonth):
				last = true
			case it.kind == isSays && it.tag == saysDone && done < 0:
				done = j
			}
		}
		switch {
		case plan >= 0 && (done < 0 || done > plan):
			for k := i; k < j; k++ {
				items[k].dropped = true
			}
			notes.planned = true
		case plan >= 0:
			for k := plan; k < j; k++ {
				items[k].dropped = true
			}
		case last && j < len(items) || last && i > 0:
			for k := i; k < j; k++ {
				items[k].dropped = true
			}
			notes.last = true
		}
		i = j
	}
	return notes
}

// dropForeseen drops a number that was only foreseen where the real one follows: "họp dự
// định 40 mà đi có 31" tells of a meeting that was held.
func dropForeseen(items []item) {
	for i := 0; i+1 < len(items); i++ {
		if items[i].kind != isSays || items[i].tag != saysPlan || items[i+1].kind != isNumber || items[i+1].dropped {
			continue
		}
		if cameInstead(items[i+2:], items[i].clause) {
			items[i].kind, items[i+1].dropped = isWord, true
		}
	}
}

// cameInstead reports that the clause set against the given one ("mà", "nhưng") begins by
// telling a number of people, none of whom joined or left.
func cameInstead(items []item, clause int) bool {
	next, against := -1, false
	for i := range items {
		it := &items[i]
		switch {
		case it.kind == isBreak:
			against = against || it.tag == 1
			continue
		case it.clause == clause:
			continue
		case !against, next >= 0 && it.clause != next:
			return false
		case it.kind == isNumber && !it.dropped:
			return true
		case it.kind == isSays, it.kind == isAnchor && it.tag != ofAttend && it.tag != ofLeft:
			return false
		}
		next = it.clause
	}
	return false
}
