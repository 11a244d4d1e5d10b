package flows

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"chihoi/flows/org"
)

// measure is a number of the digest that a correction may change.
type measure struct {
	name string
	of   func(org.Figures) org.Count
}

var measures = []measure{
	{"có hoạt động", func(f org.Figures) org.Count {
		active, ok := f.Active()
		if !ok {
			return org.Count{}
		}
		return org.Known(map[bool]int{true: 1}[active])
	}},
	{"đủ 6 mục", func(f org.Figures) org.Count {
		s := f.Items.Score()
		if s.OK {
			s.N /= len(f.Items)
		}
		return s
	}},
	{"kết nạp", func(f org.Figures) org.Count { return f.Members.Joined }},
	{"giảm", func(f org.Figures) org.Count { return f.Members.Left() }},
	{"thực tăng", func(f org.Figures) org.Count { return f.Members.NetGrowth() }},
	{"hội viên", func(f org.Figures) org.Count { return f.Members.End }},
	{"lượt tham gia", func(f org.Figures) org.Count { return f.Attendees }},
	{"tiên phong", func(f org.Figures) org.Count { return f.Pioneers }},
}

// maxRestated is how many changed numbers the one line names.
const maxRestated = 2

// restated tells which of the numbers told before have been corrected since, and by whom, a
// line for each month: "Đã sửa: kết nạp 41 → 43 (thôn Đông)".
func (v *view) restated(told Told) (lines []string) {
	was := map[org.Month]map[org.BranchID]org.Figures{}
	for _, m := range told.Mended {
		if was[m.Was.Month] == nil {
			was[m.Was.Month] = map[org.BranchID]org.Figures{}
		}
		was[m.Was.Month][m.Branch] = m.Was
	}
	for _, m := range slices.Sorted(maps.Keys(was)) {
		if line := v.restatedIn(v.recordsOf(v.sum.Commune.ID, m, m), m, was[m]); line != "" {
			lines = append(lines, line)
		}
	}
	if line := v.restatedIn(v.records, told.Month, told.Of); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// restatedIn does so for one month and what was told of it. What newly came in is not a
// correction: the sums are of the branches that were told of. "" when nothing was.
func (v *view) restatedIn(r org.Records, month org.Month, told map[org.BranchID]org.Figures) string {
	now := map[org.BranchID]org.Figures{}
	for _, b := range r.Branches {
		if f, ok := b.Of(month); ok {
			now[b.Branch.ID] = f
		}
	}
	changed := func(id org.BranchID) bool { return now[id].Revision > told[id].Revision }
	var parts []string
	var silent []string // corrected in nothing that is counted here
	for _, b := range r.Branches {
		if _, was := told[b.Branch.ID]; was && changed(b.Branch.ID) {
			silent = append(silent, v.brief(b.Branch))
		}
	}
	if len(silent) == 0 {
		return ""
	}
	for _, m := range measures {
		var before, after org.Count
		var who []string
		for _, b := range r.Branches {
			was, ok := told[b.Branch.ID]
			if !ok {
				continue
			}
			is := now[b.Branch.ID]
			before, after = before.Plus(m.of(was)), after.Plus(m.of(is))
			if m.of(was) != m.of(is) {
				who = append(who, v.brief(b.Branch))
			}
		}
		if len(who) > 0 {
			parts = append(parts, fmt.Sprintf("%s %s → %s (%s)", m.name, before, after, someOf(who, 2)))
		}
	}
	head := "Đã sửa"
	if month != v.sum.Month {
		head += ", " + month.Label()
	}
	if len(parts) == 0 {
		return head + ": báo cáo của " + someOf(silent, maxChoices) + "."
	}
	return head + ": " + strings.Join(parts[:min(len(parts), maxRestated)], "; ") + "."
}
