package flows

import (
	"fmt"
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

// restated tells which of the numbers told before have been corrected since, and by whom:
// "Đã sửa: kết nạp 41 → 43 (thôn Đông)". What newly came in is not a correction: the sums are
// of the branches that were told of. "" when nothing was.
func (v *view) restated(told Told) string {
	now := map[org.BranchID]org.Figures{}
	for _, b := range v.records.Branches {
		if f, ok := b.Of(told.Month); ok {
			now[b.Branch.ID] = f
		}
	}
	changed := func(id org.BranchID) bool { return now[id].Revision > told.Of[id].Revision }
	var parts []string
	var silent []string // corrected in nothing that is counted here
	for _, b := range v.records.Branches {
		if _, was := told.Of[b.Branch.ID]; was && changed(b.Branch.ID) {
			silent = append(silent, v.brief(b.Branch))
		}
	}
	if len(silent) == 0 {
		return ""
	}
	for _, m := range measures {
		var before, after org.Count
		var who []string
		for _, b := range v.records.Branches {
			was, ok := told.Of[b.Branch.ID]
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
	if told.Month != v.sum.Month {
		head += ", " + told.Month.Label()
	}
	if len(parts) == 0 {
		return head + ": báo cáo của " + someOf(silent, maxChoices) + "."
	}
	return head + ": " + strings.Join(parts[:min(len(parts), maxRestated)], "; ") + "."
}
