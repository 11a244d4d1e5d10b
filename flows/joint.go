package flows

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// Where everything is typed, every message counts towards a quota, and a few questions that
// belong together are put in one message. Whoever answers only the first is asked the
// others by themselves: what is read at once is read only when it is plain.

// joint is a run of questions put together.
type joint struct {
	all  []org.QuestionID
	text func(f *form) string
}

var joints = []joint{
	{[]org.QuestionID{qDate, qAttendees}, func(f *form) string {
		return fmt.Sprintf("Hôm nào, và khoảng bao nhiêu chị em tham gia ạ? (ví dụ: 5/%d, 35 chị)", f.draft.Month.Number())
	}},
	{[]org.QuestionID{qPioneers, qResources}, jointPioneers},
	{[]org.QuestionID{qFaces, qCircumstances, qNeeds}, func(*form) string {
		return "3 biết: mặt, hoàn cảnh, nhu cầu của hội viên {chị} nắm tới đâu ạ? (gõ ba số, ví dụ: 1 2 2)"
	}},
	{[]org.QuestionID{qJoined, qLeft}, func(f *form) string {
		return fmt.Sprintf("Tháng %d kết nạp mấy chị, và giảm mấy chị ạ? (nghỉ Hội, chuyển đi, qua đời)\nGõ hai số, ví dụ: 2, 0", f.draft.Month.Number())
	}},
}

func jointPioneers(f *form) string {
	text := "Hội viên tiên phong, nòng cốt có mấy chị, và chi hội có nguồn lực không ạ? (quỹ, tài trợ, địa điểm, người giúp)\nGõ ví dụ: 4, có"
	if f.past.Carry[qResourceKinds] == "" { // which it is would be asked next
		text += " quỹ"
	}
	text += "."
	n, ok := f.past.Count(qPioneers)
	if v := f.past.Carry[qResources]; ok && v != "" {
		text += fmt.Sprintf(" Tháng trước: %d, %s.", n, map[bool]string{true: "có", false: "chưa"}[v == "yes"])
	}
	return text
}

// together is the run that begins with q, if it is to be put in one message: nothing of it
// is answered yet, and she is not correcting or in doubt.
func (f *form) together(q org.QuestionID) (j joint, ok bool) {
	i := slices.IndexFunc(joints, func(j joint) bool { return j.all[0] == q })
	if !f.Typed || i < 0 || f.seat.Again || f.seat.Doubt != nil || f.seat.Misses > 0 {
		return joint{}, false
	}
	path := f.path()
	for _, one := range joints[i].all {
		if f.draft.Answers.Has(one) || !slices.Contains(path, one) {
			return joint{}, false
		}
	}
	return joints[i], true
}

// readTogether takes a reply that answers a whole run. False when it is anything else.
func (f *form) readTogether(q org.QuestionID, body string) bool {
	if q == qResources && f.namesResource(body) {
		f.closePrompt("✅ " + f.title(q) + ": " + clean(body))
		f.echo = f.understood(qResourceKinds, f.draft.Answers[qResourceKinds].Value)
		f.next()
		return true
	}
	j, ok := f.together(q)
	if !ok {
		return false
	}
	parts := partsOf(body)
	if len(parts) != len(j.all) {
		return false
	}
	values := make([]string, len(parts))
	for i, one := range j.all {
		if values[i], ok = f.plainValue(one, parts[i]); !ok {
			return false
		}
	}
	var told []string
	for i, one := range j.all {
		if one == qResources && f.namesResource(parts[i]) {
			told = append(told, f.inPassing(qResourceKinds, f.draft.Answers[qResourceKinds].Value))
			continue
		}
		problem, unusual := f.check(one, values[i])
		if problem != "" || unusual { // this one is talked about; those before it stand
			f.seat.Open, f.seat.Since = one, f.seat.Asked+1
			f.offer(one, values[i])
			return true
		}
		f.record(one, org.Answer{Value: values[i]})
		told = append(told, f.inPassing(one, values[i]))
	}
	f.seat.Prompt = ""
	f.echo = "Dạ, " + strings.Join(told, ", ") + "."
	f.next()
	return true
}

// inPassing is how an answer was understood, among others.
func (f *form) inPassing(q org.QuestionID, v string) string {
	return strings.TrimSuffix(strings.TrimPrefix(f.understood(q, v), "Dạ, "), ".")
}

// namesResource records "có quỹ": that there are resources, and the one there is, which is
// then not asked for. False for anything less plain, and where last month's is kept.
func (f *form) namesResource(body string) bool {
	m := oneResource.FindStringSubmatch(viet.Fold(clean(body)))
	if m == nil || f.seat.Again || f.seat.Doubt != nil || f.past.Carry[qResourceKinds] != "" || f.draft.Answers.Has(qResourceKinds) {
		return false
	}
	i := slices.IndexFunc(resourceLabels, func(l string) bool { return viet.Fold(l) == m[1] })
	f.record(qResources, org.Answer{Value: "yes"})
	f.record(qResourceKinds, org.Answer{Value: strconv.Itoa(i + 1)})
	return true
}

var (
	// oneResource is a yes that names one of resourceLabels and says nothing else.
	oneResource = regexp.MustCompile(`^(?:da )?co (quy|tai tro|dia diem|nguoi giup)(?: (?:roi|a|em|em a|chi a))?$`)

	between = regexp.MustCompile(`\s*[,;\n]\s*|\s+và\s+|\s+va\s+`)
	// counted is a count with nothing about it that could mean something else.
	counted = regexp.MustCompile(`^(khoang |chung )?([0-9]{1,4})( (chi|chi em|nguoi|hoi vien|hv))?$`)
)

// partsOf cuts a reply at its commas, or three bare numbers at their spaces.
func partsOf(body string) []string {
	body = strings.Trim(strings.TrimSpace(body), " .")
	if parts := between.Split(body, -1); len(parts) > 1 {
		return parts
	}
	words := strings.Fields(body)
	for _, w := range words {
		if !isNumber(w) {
			return nil
		}
	}
	return words
}

// plainValue reads a part that can mean nothing but an answer to q.
func (f *form) plainValue(q org.QuestionID, part string) (string, bool) {
	t := viet.Fold(part)
	switch q {
	case qDate:
		a := readDate(f, q, part)
		return a.value, a.outcome == viet.Value && !a.confirm
	case qAttendees, qPioneers, qJoined, qLeft:
		if t == "khong" || t == "ko" {
			return "0", true
		}
		m := counted.FindStringSubmatch(t)
		if m == nil {
			return "", false
		}
		n, err := strconv.Atoi(m[2])
		v := strconv.Itoa(n)
		if m[1] != "" {
			v = "~" + v
		}
		return v, err == nil
	case qResources:
		a := readYesNo(f, q, part)
		return a.value, a.outcome == viet.Value && !a.confirm
	}
	for i, l := range scaleLabels {
		if t == strconv.Itoa(i+1) || t == viet.Fold(l) {
			return strconv.Itoa(i + 1), true
		}
	}
	return "", false
}
