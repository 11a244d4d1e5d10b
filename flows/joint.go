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
	// labels are those of all its questions, where they are the same: put as "Cả ba gần hết", every
	// being the "Cả ba ". Nil where a number alone is the answer to the first.
	labels []string
	every  string
	bare   bool // the label itself, "gần hết", is an answer to all too
}

var joints = []joint{
	{all: []org.QuestionID{qDate, qAttendees}, text: func(f *form) string {
		return fmt.Sprintf("Hôm nào, và khoảng bao nhiêu chị em tham gia ạ? (ví dụ: 5/%d, 35 chị)", f.draft.Month.Number())
	}},
	{all: []org.QuestionID{qPioneers, qResources}, text: jointPioneers},
	{all: []org.QuestionID{qFaces, qCircumstances, qNeeds}, text: func(*form) string {
		return "3 biết: mặt, hoàn cảnh, nhu cầu của hội viên {chị} nắm tới đâu ạ? (khác nhau thì gõ ba số, ví dụ: 1 2 2)"
	}, labels: scaleLabels, every: "Cả ba ", bare: true},
	{all: []org.QuestionID{qJoined, qLeft}, text: func(f *form) string {
		return fmt.Sprintf("Tháng %d kết nạp mấy chị, và giảm mấy chị ạ? (nghỉ Hội, chuyển đi, qua đời)\nGõ hai số, ví dụ: 2, 0 hoặc 2, 1 chuyển đi", f.draft.Month.Number())
	}},
	{all: []org.QuestionID{qLeftOrg, qDied}, text: func(f *form) string {
		n, _ := f.draft.Answers.Count(qLeft)
		return fmt.Sprintf("Trong %d chị đó, mấy chị nghỉ Hội, mấy chị qua đời, còn lại chuyển đi ạ?\nGõ hai số, ví dụ: 1, 0", n)
	}},
}

// choices are the labels said of all of a run: "Cả ba gần hết".
func (j joint) choices() []choice {
	said := make([]string, len(j.labels))
	for i, l := range j.labels {
		said[i] = j.every + lowerFirst(l)
	}
	return list(said...)
}

// pairsTogether are a branch's pairs, two or more, in one message.
func (f *form) pairsTogether() (j joint) {
	var names []string
	for _, p := range f.pairs {
		q := instance(qPair, string(p.ID))
		j.all, names = append(j.all, q), append(names, f.pairName(q))
	}
	j.text = func(*form) string {
		return strings.Join(names, "; ") + ": tháng này có gặp gỡ, giúp nhau không ạ? (khác nhau thì gõ lần lượt, ví dụ: " +
			strings.TrimSuffix("1 2 "+strings.Repeat("1 ", len(names)-2), " ") + ")"
	}
	j.labels, j.every = pairLabels, fmt.Sprintf("Cả %d cặp ", len(names))
	return j
}

func jointPioneers(f *form) string {
	text := "Hội viên tiên phong, nòng cốt có mấy chị, và chi hội có nguồn lực không ạ? (quỹ, tài trợ, địa điểm, người giúp)\nGõ ví dụ: 4, có"
	if f.past.Carry[qResourceKinds] == "" { // which it is would be asked next
		text += " quỹ"
	}
	text += "."
	if n, ok := f.pioneersBefore(); ok {
		text += fmt.Sprintf(" Tháng trước: %s, %s.", n, either(f.past.Carry[qResources] == "yes", "có", "chưa"))
	}
	return text
}

// pioneersBefore is last month's number of pioneers, if last month's resources are known too:
// then both stand in the question.
func (f *form) pioneersBefore() (n string, ok bool) {
	count, ok := f.past.Count(qPioneers)
	return strconv.Itoa(count), ok && f.past.Carry[qResources] != ""
}

// asBefore reports a reply that says no more than that all is as it was: "vẫn vậy", "như cũ".
// "giống tháng trước" is said of more than one question.
func asBefore(body string) bool {
	if c := viet.ReadCommand(body, string(qPioneers)); c.Outcome == viet.Value {
		return false
	}
	r := viet.ReadYesNo(body, "confirm")
	return r.Outcome == viet.Value && r.Value == viet.Same || viet.Fold(clean(body)) == "van"
}

// together is the run that begins with q, if it is to be put in one message: nothing of it
// is answered yet, and she is not correcting or in doubt.
func (f *form) together(q org.QuestionID) (j joint, ok bool) {
	if !f.Typed || f.seat.Again || f.seat.Doubt != nil || f.seat.Misses > 0 {
		return joint{}, false
	}
	runs := joints
	if len(f.pairs) > 1 {
		runs = append(slices.Clone(joints), f.pairsTogether())
	}
	i := slices.IndexFunc(runs, func(j joint) bool { return j.all[0] == q })
	if i < 0 {
		return joint{}, false
	}
	path := f.path()
	for _, one := range runs[i].all {
		if f.draft.Answers.Has(one) || !slices.Contains(path, one) {
			return joint{}, false
		}
	}
	return runs[i], true
}

// readTogether takes a reply that answers a whole run. False when it is anything else.
func (f *form) readTogether(q org.QuestionID, body string) bool {
	if told, ok := f.inFull(q, body); ok {
		f.closePrompt("✅ " + f.title(q) + ": " + clean(body))
		f.echo = "Dạ, " + told + "."
		f.next()
		return true
	}
	if f.Typed && f.namesPart(q, body) {
		return true
	}
	j, ok := f.together(q)
	if !ok {
		return false
	}
	parts := j.parts(f, body)
	if len(parts) != len(j.all) {
		return q == qDate && f.attendeesFirst(body)
	}
	values := make([]string, len(parts))
	for i, one := range j.all {
		if values[i], ok = f.plainValue(one, parts[i]); !ok {
			return false
		}
	}
	var told []string
	for i, one := range j.all {
		if said, ok := f.inFull(one, parts[i]); ok {
			told = append(told, said)
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

// attendeesFirst takes the second half of "Hôm nào, và khoảng bao nhiêu chị em?" where it comes
// alone: "35 chị", or a number that is no day.
func (f *form) attendeesFirst(body string) bool {
	if readDate(f, qDate, body).outcome == viet.Value || len(strings.Fields(body)) > 6 {
		return false
	}
	n, number := intOf(bareNumber(body))
	a := readCount(f, qAttendees, body)
	if a.outcome != viet.Value || a.confirm || number && n <= 31 || !number && !namesPeople(body) {
		return false
	}
	if problem, unusual := f.check(qAttendees, a.value); problem != "" || unusual {
		return false
	}
	f.record(qAttendees, org.Answer{Value: a.value})
	f.echo = f.understood(qAttendees, a.value)
	f.next()
	return true
}

var people = regexp.MustCompile(`\b(chi|chi em|nguoi|hoi vien|co|ba|me|em)\b`)

// namesPeople reports a number of people: "35 chị".
func namesPeople(body string) bool { return people.MatchString(viet.Fold(body)) }

// parts cuts a reply into one part for each question of the run.
func (j joint) parts(f *form, body string) []string {
	if v, ok := f.pioneersBefore(); ok && j.all[0] == qPioneers && f.putHere() && asBefore(body) {
		return []string{v, either(f.past.Carry[qResources] == "yes", "có", "chưa")}
	}
	if parts := f.pairParts(j, body); parts != nil {
		return parts
	}
	if j.labels == nil || !f.putHere() {
		return partsOf(body)
	}
	body = clean(body)
	number := bareNumber(body)
	for i, c := range j.choices() {
		if number == c.value || viet.Says(body, c.label) || j.bare && viet.Says(body, j.labels[i]) {
			return slices.Repeat([]string{c.value}, len(j.all))
		}
	}
	return partsOf(body)
}

// inPassing is how an answer was understood, among others.
func (f *form) inPassing(q org.QuestionID, v string) string {
	return strings.TrimSuffix(strings.TrimPrefix(f.understood(q, v), "Dạ, "), ".")
}

// inFull records an answer that says more than yes or how many, and says it plainly, so that
// the rest is not asked for: "có quỹ", "1 chuyển đi". False for anything less plain.
func (f *form) inFull(q org.QuestionID, body string) (told string, ok bool) {
	if f.seat.Again || f.seat.Doubt != nil {
		return "", false
	}
	switch q {
	case qResources:
		return f.namesResource(body)
	case qLeft:
		return f.namesWay(body)
	}
	return "", false
}

// namesResource records "có quỹ": that there are resources, and the one there is; not where
// last month's says so already.
func (f *form) namesResource(body string) (told string, ok bool) {
	v := resourceIn(body)
	if v == "" || f.keptKind(v) || f.draft.Answers.Has(qResourceKinds) {
		return "", false
	}
	f.record(qResources, org.Answer{Value: "yes"})
	f.record(qResourceKinds, org.Answer{Value: v})
	return f.inPassing(qResourceKinds, v), true
}

// keptKind reports that last month's kinds of resource stand, and hold this one.
func (f *form) keptKind(v string) bool {
	past := f.past.Carry[qResourceKinds]
	return past == v || past == severalResources
}

// severalResources is the place of "Nhiều thứ" among resourceLabels.
const severalResources = "5"

// resourceIn is the place among resourceLabels of what "có quỹ", "có quỹ và tài trợ" name, ""
// where a text says anything else.
func resourceIn(text string) string {
	m := resources.FindStringSubmatch(viet.Fold(clean(text)))
	switch {
	case m == nil:
		return ""
	case m[2] != "" && m[2] != m[1]:
		return severalResources
	}
	return strconv.Itoa(1 + slices.IndexFunc(resourceLabels, func(l string) bool { return viet.Fold(l) == m[1] }))
}

// namesPart takes "1 chị công đoàn" of those who joined, or "1 qua đời" of those who left, where
// it is not asked by itself.
func (f *form) namesPart(q org.QuestionID, body string) bool {
	said := viet.Fold(clean(body))
	part, m := qExcluded, elsewhere.FindStringSubmatch(said)
	if m == nil {
		part, m = qDied, deceased.FindStringSubmatch(said)
	}
	if m == nil || q == part || f.seat.Quick != nil || !slices.Contains(f.path(), part) {
		return false
	}
	if _, waits := f.mayPropose(part); part == qDied && (!waits || f.draft.Answers.Has(part) || q != qReview) {
		return false
	}
	n, _ := strconv.Atoi(m[1])
	v := strconv.Itoa(n)
	lead, _ := f.check(part, v)
	if lead == "" {
		f.record(part, org.Answer{Value: v})
		lead = f.understood(part, v)
	}
	f.ask(q, lead)
	return true
}

// namesWay records "1 chuyển đi": how many left, all of them in one way.
func (f *form) namesWay(body string) (told string, ok bool) {
	m := oneWay.FindStringSubmatch(viet.Fold(clean(body)))
	if m == nil || !f.Typed {
		return "", false
	}
	n, _ := strconv.Atoi(m[1])
	way := map[string]int{"nghi": 0, "qua": 1, "mat": 1, "chuyen": 2}[strings.Fields(m[2])[0]] // in whichLabels
	v := strconv.Itoa(n)
	if problem, _ := f.check(qLeft, v); problem != "" || n < 1 || n > 5 { // talked about as ever
		return "", false
	}
	f.record(qLeft, org.Answer{Value: v})
	if n == 1 {
		f.record(qWhich, org.Answer{Value: strconv.Itoa(way + 1)})
	} else {
		for i, part := range []org.QuestionID{qLeftOrg, qDied} {
			f.record(part, org.Answer{Value: either(i == way, v, "0")})
		}
	}
	return f.inPassing(qLeft, v) + " (" + lowerFirst(whichLabels[way]) + ")", true
}

var (
	// resources is a yes that names some of resourceLabels and says nothing else.
	resources = regexp.MustCompile(`^(?:da )?co (quy|tai tro|dia diem|nguoi giup)(?:(?:,| va| voi| cung| ca)+ (?:co )?(quy|tai tro|dia diem|nguoi giup))*(?: (?:roi|a|em|em a|chi a))?$`)

	// oneWay is a count of those who left in one of whichLabels, and nothing else.
	oneWay = regexp.MustCompile(`^(?:da )?([0-9]{1,2}) (?:chi |chi em |hoi vien |hv |nguoi )?(nghi hoi|nghi|qua doi|mat|chuyen di|chuyen)(?: (?:a|em|em a|chi a|roi))?$`)

	// elsewhere is a count of members who belong to another organisation, and nothing else.
	elsewhere = regexp.MustCompile(`^(?:da )?(?:co )?([0-9]{1,3}) (?:chi |hoi vien |nguoi )?(?:la |thuoc |ben )?(?:doan vien )?(?:cong doan|cong an|quan doi|to chuc khac)(?: (?:a|em|em a))?$`)

	// deceased is a count of members who died, and nothing else.
	deceased = regexp.MustCompile(`^(?:da )?(?:co )?([0-9]{1,2}) (?:chi |nguoi )?(?:da )?(?:qua doi|mat)(?: (?:a|em|em a|roi))?$`)

	between = regexp.MustCompile(`\s*[,;\n]\s*|\s+(?:và|va|với|voi)\s+`)
	// numberThen is a number with a yes or a no after it.
	numberThen = regexp.MustCompile(`^((?:da )?[0-9]{1,3}(?: chi| chi em)?) (?:co|chua|khong|ko) `)
	// counted is a count with nothing about it that could mean something else.
	counted = regexp.MustCompile(`^(khoang |chung )?([0-9]{1,4})( (chi|chi em|nguoi|hoi vien|hv))?$`)
)

// cutLine cuts a line at its commas and at "và", "với", and between a number and the yes or no
// that follows it: "6 có quỹ". Resources named together stay so.
func cutLine(body string) (parts []string) {
	for _, p := range between.Split(strings.Trim(strings.TrimSpace(body), " .,;"), -1) {
		if n := len(parts); n > 0 && resourceIn(parts[n-1]+", "+p) == severalResources {
			parts[n-1] += ", " + p
			continue
		}
		if m := numberThen.FindStringSubmatchIndex(viet.Fold(p)); m != nil {
			if w := strings.Fields(p); len(w) > 1 {
				n := len(strings.Fields(viet.Fold(p)[:m[3]]))
				parts = append(parts, strings.Join(w[:n], " "), strings.Join(w[n:], " "))
				continue
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// partsOf cuts a reply as cutLine does, or three bare numbers at their spaces.
func partsOf(body string) []string {
	body = strings.Trim(strings.TrimSpace(body), " .")
	if parts := cutLine(body); len(parts) > 1 {
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
	switch q.Base() {
	case qDate:
		a := readDate(f, q, part)
		return a.value, a.outcome == viet.Value && !a.confirm
	case qAttendees, qPioneers, qJoined, qLeft, qLeftOrg, qDied:
		if t == "khong" || t == "ko" {
			return "0", true
		}
		m := counted.FindStringSubmatch(t)
		if q == qLeft && m == nil && oneWay.MatchString(t) {
			return oneWay.FindStringSubmatch(t)[1], true
		}
		if m == nil { // "hai"
			a := readCount(f, q, part)
			return a.value, a.outcome == viet.Value && !a.confirm && len(strings.Fields(part)) <= 3
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
	labels := scaleLabels
	if q.Base() == qPair {
		labels = pairLabels
	}
	for i, l := range labels {
		if t == strconv.Itoa(i+1) || t == viet.Fold(l) {
			return strconv.Itoa(i + 1), true
		}
	}
	if q.Base() == qPair {
		v := pairSays[withoutCourtesy(part)]
		return v, v != ""
	}
	return "", false
}
