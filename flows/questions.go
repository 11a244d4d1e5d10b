package flows

import (
	"fmt"
	"strconv"
	"strings"

	"chihoi/flows/org"
)

// question is one question of the check-in: how it is asked, read, checked and told back.
// Adding a question is adding one here and its place in path.go.
type question struct {
	id   org.QuestionID
	item int    // its number in the review, 0 to 12, as in domain.md 6
	name string // how records call it
	must bool   // can't be skipped
	ask  func(f *form, q org.QuestionID) ask
	read func(f *form, q org.QuestionID, text string) answer
	// check refuses a value with a kind sentence, or calls it unusual; nil takes any.
	check func(f *form, q org.QuestionID, v string) (problem string, unusual bool)
	// words tells a value back as she would say it.
	words func(f *form, q org.QuestionID, v string) string
}

// ask is a question's text and choices; a choice's value becomes the answer.
type ask struct {
	text    string
	choices []choice
	// numbered choices are printed "1. Có rồi" and a typed 1 means the first; others (a
	// count's suggestions) are only buttons, since a typed 1 there is the count 1.
	numbered bool
	rows     int // choices side by side in a row; 0 or 1 puts each on its own
}

// choice is one suggested answer. Say is what to type for an unnumbered one ("vẫn").
type choice struct{ value, label, say string }

// list makes numbered choices with the values "1", "2", ….
func list(labels ...string) []choice {
	c := make([]choice, len(labels))
	for i, l := range labels {
		c[i] = choice{value: strconv.Itoa(i + 1), label: l}
	}
	return c
}

var yesNo = func(yes, no string) []choice {
	return []choice{{value: "yes", label: yes}, {value: "no", label: no}}
}

// Labels of the choice lists of domain.md 6 and 9.
var (
	kindLabels     = []string{"Họp, sinh hoạt", "Tuyên truyền", "Giúp nhau kinh tế", "Gia đình", "Vệ sinh, môi trường", "Văn nghệ, thể thao", "Khác"}
	reasonLabels   = []string{"Bận mùa vụ", "Chưa có nội dung", "Thiếu kinh phí, địa điểm", "Mới sắp xếp lại", "Khác"}
	resourceLabels = []string{"Quỹ", "Tài trợ", "Địa điểm", "Người giúp", "Nhiều thứ"}
	scaleLabels    = []string{"Gần hết", "Khoảng một nửa", "Còn ít"}
	needLabels     = []string{"Vốn, sinh kế", "Nghề, việc làm", "Sức khỏe, bảo hiểm", "Con cái, gia đình", "Pháp luật, giấy tờ", "Sinh hoạt vui chơi", "Khác"}
	whichLabels    = []string{"Nghỉ Hội", "Qua đời", "Chuyển đi"}
	pairLabels     = []string{"Có", "Chưa", "Đã xong"}
	outcomeLabels  = []string{"Đạt kết quả", "Dừng lại"}
	moreLabels     = []string{"Không", "Cặp \"1+1\" mới", "Cần Hội xã hỗ trợ", "Thay đổi cán bộ, tách/sáp nhập"}
	helpLabels     = []string{"Vốn, nghề, nhà ở, y tế", "Kiến nghị", "Khiếu nại", "Tố cáo", "Xâm hại, bạo lực", "Tổ chức chi hội", "Khác"}
	changeLabels   = []string{"Chi hội trưởng, phó", "Tổ trưởng", "Tách", "Sáp nhập", "Đổi tên"}
)

// pairKindLabels are the kinds of "1+1" in a head's words (domain.md 4.2).
var pairKindLabels = map[org.PairKind]string{
	org.BranchTwinning:   "Chi hội mạnh giúp chi hội khác",
	org.RecruitOne:       "Vận động một chị vào Hội",
	org.PartyNurturing:   "Bồi dưỡng phát triển Đảng",
	org.KnowledgeSharing: "Chia sẻ kiến thức cho chi hội",
	org.HelpOneMember:    "Giúp một chị khó khăn",
}

// catalog lists every question by its base id.
var catalog map[org.QuestionID]*question

func init() {
	catalog = map[org.QuestionID]*question{}
	for _, q := range questions() {
		catalog[q.id] = q
	}
}

func questions() []*question {
	return []*question{
		{id: qMembers, item: 0, name: "Số hội viên", must: true, ask: askMembers,
			read: readCount, check: checkMembers, words: women("hội viên")},
		{id: qActivity, item: 1, name: "Hoạt động", must: true,
			ask: func(f *form, _ org.QuestionID) ask {
				return ask{text: fmt.Sprintf("Tháng %d, chi hội mình đã họp hay có hoạt động gì chưa {chị}?", f.draft.Month.Number()),
					choices: yesNo("Có rồi", "Chưa"), numbered: true, rows: 2}
			},
			read: readYesNo, words: yesNoWords("có rồi", "chưa có")},
		{id: qDate, item: 1, name: "Ngày", ask: func(f *form, _ org.QuestionID) ask {
			return ask{text: fmt.Sprintf("Hôm nào ạ? (ví dụ 5/%d, hôm qua)", f.draft.Month.Number()), choices: f.dayChoices(), rows: 2}
		}, read: readDate, check: checkDate, words: dateWords},
		{id: qAttendees, item: 1, name: "Người tham gia", ask: plain("Khoảng bao nhiêu chị em tham gia ạ?"),
			read: readCount, check: checkAttendees, words: women("chị em")},
		{id: qKind, item: 1, name: "Nội dung", ask: choose("Nội dung chính là gì ạ?", kindLabels),
			read: readChoice, words: labels(kindLabels)},
		{id: qReason, item: 1, name: "Lý do", ask: choose("Dạ, vướng gì {chị} nhỉ?", reasonLabels),
			read: readChoice, words: labels(reasonLabels)},
		{id: qPioneers, item: 2, name: "Tiên phong, nòng cốt", ask: askPioneers,
			read: readCount, check: checkUpToMembers, words: women("chị")},
		{id: qResources, item: 3, name: "Nguồn lực", ask: askResources, read: readYesNo, words: yesNoWords("có", "chưa có")},
		{id: qResourceKinds, item: 3, name: "Loại nguồn lực", ask: choose("Là nguồn lực gì {chị} ạ?", resourceLabels),
			read: readChoice, words: labels(resourceLabels)},
		{id: qKnow, item: 4, name: "3 biết", ask: askKnow, read: readKnow, words: knowWords},
		{id: qFaces, item: 4, name: "Biết mặt hội viên", ask: scale("{Chị} biết mặt được chừng nào hội viên ạ?"),
			read: readChoice, words: labels(scaleLabels)},
		{id: qCircumstances, item: 5, name: "Biết hoàn cảnh hội viên", ask: scale("Hoàn cảnh hội viên {chị} nắm tới đâu rồi ạ?"),
			read: readChoice, words: labels(scaleLabels)},
		{id: qNeeds, item: 6, name: "Biết nhu cầu hội viên, phụ nữ", ask: scale("Còn nhu cầu của hội viên, phụ nữ ở mình?"),
			read: readChoice, words: labels(scaleLabels)},
		{id: qTopNeed, item: 6, name: "Cần nhất", ask: choose("Chị em đang cần nhất gì ạ?", needLabels),
			read: readChoice, words: labels(needLabels)},
		{id: qJoined, item: 7, name: "Kết nạp", must: true,
			ask: func(f *form, _ org.QuestionID) ask {
				return ask{text: fmt.Sprintf("Tháng %d kết nạp thêm mấy hội viên ạ? (không có thì gõ 0)", f.draft.Month.Number()), choices: upTo(3), rows: 4}
			},
			read: readCount, check: checkJoined, words: women("chị")},
		{id: qExcluded, item: 7, name: "Thuộc tổ chức khác", ask: func(f *form, _ org.QuestionID) ask {
			n, _ := f.draft.Answers.Count(qJoined)
			return ask{text: "Trong đó mấy chị là đoàn viên công đoàn, công an/quân đội hoặc hội viên tổ chức thành viên ạ?", choices: upTo(min(n, 3)), rows: 4}
		}, read: readCount, check: checkExcluded, words: women("chị")},
		{id: qLeft, item: 8, name: "Giảm", must: true, ask: func(f *form, _ org.QuestionID) ask {
			how := either(f.Typed, "không có thì gõ 0; có thì gõ ví dụ: 1 chuyển đi", "không có thì gõ 0")
			return ask{text: "Có mấy hội viên nghỉ Hội, chuyển đi hoặc qua đời ạ? (" + how + ")", choices: upTo(3), rows: 4}
		}, read: readCount, check: checkLeft, words: women("chị")},
		{id: qWhich, item: 8, name: "Giảm vì", must: true, ask: choose("Chị ấy nghỉ Hội, qua đời hay chuyển đi ạ?", whichLabels),
			read: readChoice, words: labels(whichLabels)},
		{id: qLeftOrg, item: 8, name: "Nghỉ Hội", must: true, ask: part("nghỉ Hội"), read: readPart, check: checkParts, words: women("chị")},
		{id: qDied, item: 8, name: "Qua đời", must: true, ask: part("qua đời"), read: readPart, check: checkParts, words: women("chị")},
		{id: qMovedOut, item: 8, name: "Chuyển đi", words: women("chị")},
		{id: qPair, item: 9, name: "Cặp", ask: askPair, read: readChoice, words: labels([]string{"có gặp gỡ, giúp nhau", "chưa", "đã xong"})},
		{id: qOutcome, item: 9, name: "Kết quả cặp", ask: askOutcome, read: readChoice, words: labels(outcomeLabels)},
		{id: qDues, item: 12, name: "Hội phí", ask: func(*form, org.QuestionID) ask {
			return ask{text: "Quý này chi hội đã thu hội phí chưa ạ?", choices: yesNo("Đã thu", "Chưa"), numbered: true, rows: 2}
		}, read: readYesNo, words: yesNoWords("đã thu", "chưa thu")},
		{id: qMore, item: 10, name: "Việc khác", must: true, ask: askMore, read: readMore, words: labels(moreLabels)},
		{id: qNewKind, item: 9, name: "Cặp mới", must: true, ask: askNewKind, read: readChoice, words: newKindWords},
		{id: qNewLabel, item: 9, name: "Tên cặp mới", ask: askNewLabel, read: readLabel, check: checkLabel, words: asIs},
		{id: qHelp, item: 10, name: "Cần hỗ trợ", must: true, ask: choose("Về việc gì ạ?", helpLabels), read: readChoice, words: helpWords},
		{id: qHelpText, item: 10, name: "Nội dung cần hỗ trợ", ask: askHelpText, read: readHelpText, check: checkHelpText,
			words: func(*form, org.QuestionID, string) string { return "đã chuyển" }},
		{id: qChange, item: 11, name: "Thay đổi", must: true, ask: choose("Thay đổi gì ạ?", changeLabels), read: readChoice, words: labels(changeLabels)},
	}
}

// helpWords names what help is for; violence is not named on a screen others may see.
func helpWords(f *form, q org.QuestionID, v string) string {
	if n, _ := intOf(v); n >= 1 && n <= len(org.RequestKinds) && org.RequestKinds[n-1] == org.Violence {
		return "đã báo chị Chủ tịch"
	}
	return labels(helpLabels)(f, q, v)
}

// plain asks for free typing.
func plain(text string) func(*form, org.QuestionID) ask {
	return func(*form, org.QuestionID) ask { return ask{text: text} }
}

// choose asks for one of numbered labels.
func choose(text string, l []string) func(*form, org.QuestionID) ask {
	return func(*form, org.QuestionID) ask { return ask{text: text, choices: list(l...), numbered: true} }
}

func scale(text string) func(*form, org.QuestionID) ask { return choose(text, scaleLabels) }

// upTo suggests the counts 0 to n.
func upTo(n int) []choice {
	c := make([]choice, n+1)
	for i := range c {
		c[i] = choice{value: strconv.Itoa(i), label: strconv.Itoa(i)}
	}
	return c
}

func part(way string) func(*form, org.QuestionID) ask {
	return func(f *form, _ org.QuestionID) ask {
		total, _ := f.draft.Answers.Count(qLeft)
		n, _ := f.draft.Answers.Count(qLeftOrg)
		rest := total
		if way == "qua đời" {
			rest -= n
		}
		return ask{text: fmt.Sprintf("Trong %d chị đó, mấy chị %s ạ?", total, way), choices: upTo(min(max(rest, 0), 5)), rows: 3}
	}
}

func askMembers(f *form, _ org.QuestionID) ask {
	a := ask{text: "Chi hội mình hiện có bao nhiêu hội viên ạ?"}
	if n := f.branch.Members; n > 0 {
		a.text += fmt.Sprintf(" (danh sách xã ghi %s)", number(n))
		a.choices = []choice{{value: strconv.Itoa(n), label: "Đúng " + number(n), say: "đúng"}}
	}
	return a
}

func askPioneers(f *form, _ org.QuestionID) ask {
	a := ask{text: "Hội viên tiên phong, nòng cốt của chi hội có mấy chị ạ?"}
	if n, ok := f.past.Count(qPioneers); ok {
		a.text += fmt.Sprintf(" (tháng trước: %d)", n)
		a.choices = []choice{{value: strconv.Itoa(n), label: fmt.Sprintf("Vẫn %d", n), say: "vẫn"}}
	}
	return a
}

func askResources(f *form, _ org.QuestionID) ask {
	a := ask{text: "Chi hội có nguồn lực để hoạt động không ạ? (quỹ, tài trợ, địa điểm, người giúp)",
		choices: yesNo("Có", "Chưa"), numbered: true, rows: 2}
	if v := f.past.Carry[qResources]; v != "" {
		a.text += "\nTháng trước: " + map[bool]string{true: "có", false: "chưa có"}[v == "yes"] + "."
	}
	return a
}

func askKnow(f *form, _ org.QuestionID) ask {
	return ask{text: "3 biết: " + f.knowLine() + ".",
		choices: []choice{{value: "same", label: "Vẫn vậy"}, {value: "edit", label: "Sửa"}}, numbered: true, rows: 2}
}

// knowLine is last time's "mặt – gần hết, hoàn cảnh – một nửa, nhu cầu – còn ít".
func (f *form) knowLine() string {
	short := []string{"gần hết", "một nửa", "còn ít"}
	var parts []string
	for i, q := range []org.QuestionID{qFaces, qCircumstances, qNeeds} {
		if n, ok := f.past.Count(q); ok && n >= 1 && n <= 3 {
			parts = append(parts, []string{"mặt", "hoàn cảnh", "nhu cầu"}[i]+" – "+short[n-1])
		}
	}
	return strings.Join(parts, ", ")
}

func askPair(f *form, q org.QuestionID) ask {
	return ask{text: f.pairName(q) + ": tháng này có gặp gỡ, giúp nhau không ạ?", choices: list(pairLabels...), numbered: true, rows: 3}
}

// pairName names the pair of a question: "Cặp 1", or what the head called it.
func (f *form) pairName(q org.QuestionID) string {
	for _, p := range f.pairs {
		if string(p.ID) == q.Instance() {
			if strings.HasPrefix(strings.ToLower(p.Label), "cặp") {
				return upperFirst(p.Label)
			}
			return "Cặp " + p.Label
		}
	}
	return "Cặp"
}

func askOutcome(f *form, q org.QuestionID) ask {
	a := ask{text: f.pairName(q) + " xong rồi, kết quả thế nào ạ?", choices: list(outcomeLabels...), numbered: true}
	for _, p := range f.pairs {
		if string(p.ID) == q.Instance() && p.Kind == org.RecruitOne {
			a.text += "\n(Chị ấy vào Hội rồi thì tính cả ở mục 7, kết nạp, nhé.)"
		}
	}
	return a
}

func askMore(f *form, q org.QuestionID) ask {
	text := "Ngoài ra có gì mới không ạ?"
	if q.Instance() != "1" {
		text = "Còn gì nữa không {chị}?"
	}
	c := list(moreLabels...)
	if q.Instance() == strconv.Itoa(maxMore) {
		c = c[:1]
	}
	return ask{text: text, choices: c, numbered: true}
}

func askNewKind(f *form, _ org.QuestionID) ask {
	var l []string
	for _, k := range f.Settings.PairKinds {
		l = append(l, pairKindLabels[k])
	}
	return ask{text: "Cặp loại nào ạ?", choices: list(l...), numbered: true}
}

func askNewLabel(f *form, q org.QuestionID) ask {
	name := f.nextPairName(q.Instance())
	return ask{text: "{Chị} đặt tên cặp ngắn gọn giúp em (ví dụ: chị L. – chị H.; đừng ghi họ tên đầy đủ).",
		choices: []choice{{value: autoLabel, label: "Gọi là " + name, say: name}}}
}

// autoLabel stands for the name the bot proposes; a button carries no Vietnamese letters.
const autoLabel = "auto"

// nextPairName is the first "Cặp n" not yet used in the branch or earlier in this check-in.
func (f *form) nextPairName(i string) string {
	used := map[string]bool{}
	for _, p := range f.Book.Pairs(f.branch.ID) {
		used[p.Label] = true
	}
	for q, a := range f.draft.Answers {
		if q.Base() == qNewLabel && q.Instance() != i {
			used[a.Value] = true
		}
	}
	n := 1
	for used[fmt.Sprintf("Cặp %d", n)] {
		n++
	}
	return fmt.Sprintf("Cặp %d", n)
}

func askHelpText(*form, org.QuestionID) ask {
	return ask{text: "{Chị} ghi ngắn gọn, đừng ghi tên, số điện thoại của ai nhé."}
}
