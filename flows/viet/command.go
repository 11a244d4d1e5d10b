package viet

import "strings"

// ReadCommand reads what she asks the bot to do (domain.md 13.4). The question
// tells a shared word apart: "xong" submits at the review and answers yes
// elsewhere, "đang bận" is a reason when a reason was asked. An answer is not
// a command, however much it looks like one.
func ReadCommand(text string, question string) Reading[Command] {
	m := scan(text)
	defer m.release()
	if m.long || len(m.toks) == 0 {
		return Reading[Command]{}
	}
	core := m.strip()
	c := commandReader{m: m, core: core, question: question}
	if r, ok := c.signs(); ok {
		return r
	}
	if r, ok := c.edit(); ok {
		return r
	}
	return c.phrase()
}

type commandReader struct {
	m        *message
	core     []token
	question string
}

func (c *commandReader) value(cmd Command) Reading[Command] {
	return Reading[Command]{Outcome: Value, Value: cmd, From: c.m.whole()}
}

var (
	giupWords = words("giúp giùm dùm với hộ")
)

// signs reads "?", "/start" and messages that are nothing but politeness, of
// which "giúp chị với" asks for help.
func (c *commandReader) signs() (Reading[Command], bool) {
	s := strings.TrimSpace(c.m.src)
	switch {
	case strings.HasPrefix(s, "/"):
		for name, cmd := range slashCommands {
			if strings.EqualFold(s, name) || strings.HasPrefix(strings.ToLower(s), name+" ") || strings.HasPrefix(strings.ToLower(s), name+"@") {
				return c.value(Command{Name: cmd}), true
			}
		}
		return Reading[Command]{}, false
	case strings.Trim(s, "?!. ") == "" && strings.Contains(s, "?"):
		return c.value(Command{Name: Help}), true
	}
	helps := false
	for i := range c.m.toks {
		t := &c.m.toks[i]
		switch {
		case t.kind != aWord || politeWords.can(t) || selfWords.can(t) || fillerAround.can(t):
		case giupWords.can(t):
		default:
			return Reading[Command]{}, false
		}
		helps = helps || giupWords.can(t)
	}
	if helps {
		return c.value(Command{Name: Help}), true
	}
	return Reading[Command]{}, false
}

var fillerAround = words("cho cái đi luôn")

var slashCommands = map[string]CommandName{
	"/start": Start, "/help": Help, "/trogiup": Help, "/huy": Cancel, "/cancel": Cancel, "/gui": Submit, "/sua": Edit,
	"/xemlai": Review, "/boqua": Skip, "/quaylai": Back, "/baocao": Start, "/dungnhac": StopReminders, "/dulieu": MyData,
}

// phrase matches a command phrase with nothing but fillers around it, the
// longest first.
func (c *commandReader) phrase() Reading[Command] {
	toks := c.core
	from := 0
	for from < len(toks) && (toks[from].kind == aMark || toks[from].kind == anEmoji) {
		from++
	}
	var found commandFind
	for i := from; i < len(toks) && i <= from+6; i++ {
		if ph, end := commandPhrases.at(toks, i); ph != nil && end-i > found.end-found.at {
			if f := (commandFind{c.named(ph.tag, toks[from:]), i, end}); c.fits(f, from) {
				found = f
			}
		}
	}
	if found.tag == 0 || (found.tag == cmdCancel || found.tag == cmdDone) && givesIn.has(toks[from:]) {
		return Reading[Command]{} // "thôi cũng được" is a yes, no command
	}
	if r, ok := c.doubtful(found.tag, toks[found.at:found.end]); ok {
		return r
	}
	cmd := Command{Name: commandNames[found.tag]}
	switch found.tag {
	case cmdLater:
		cmd.When = c.when()
	case cmdStop:
		cmd.All = c.allMessages()
	}
	return c.value(cmd)
}

// commandFind is a command phrase at its place in the core.
type commandFind struct{ tag, at, end int }

// fits reports that a phrase is the whole message.
func (c *commandReader) fits(f commandFind, from int) bool {
	return c.onlyFillers(c.core[from:f.at], f.tag) && c.onlyFillers(c.core[f.end:], f.tag) && c.allowed(f.tag, c.core[f.at:f.end])
}

// named is the command a phrase asks for here: what is given up is a question
// where one is named, "câu này thôi bỏ".
func (c *commandReader) named(tag int, toks []token) int {
	if tag == cmdCancel && oneItem.has(toks) {
		return cmdSkip
	}
	return tag
}

var oneItem = table(row{1, `câu|mục|cái này|đó|kia|ni`})

func (c *commandReader) onlyFillers(toks []token, tag int) bool {
	for i := 0; i < len(toks); i++ {
		t := &toks[i]
		if ph, end := commandPhrases.at(toks, i); ph != nil && commandNames[ph.tag] == commandNames[tag] {
			i = end - 1 // said twice
			continue
		} else if ph != nil && ph.tag == cmdSkip && end > i+1 && tag != cmdSkip {
			return false // "bỏ qua cho chị, hôm nay mới đọc tin": she is sorry
		}
		switch {
		case t.kind == aMark && t.n != '?' || t.kind == anEmoji:
		case t.kind == aMark && (tag == cmdHelp || tag == cmdMyData || tag == cmdReview):
		case t.kind == aNumber:
			return false
		case tag == cmdLater && (laterFillers.can(t) || politeWords.can(t) || selfWords.can(t)):
		case tag == cmdLater:
			return false
		case (tag == cmdCancel || tag == cmdSkip || tag == cmdHelp) && cancelFillers.can(t):
		case (tag == cmdMyData || tag == cmdErase) && dataFillers.can(t):
		case duocWord.can(t) && i+1 == len(toks)-1 && khongWord.can(&toks[i+1]) && (tag == cmdPerson || tag == cmdMyData || tag == cmdLater || tag == cmdSkip || tag == cmdBack || tag == cmdReview):
			i++ // "… được không"
		case tag == cmdStop && (stopFillers.can(t) || fillerWords.can(t)):
		case tag == cmdHelp && helpTopics.can(t):
		case tag == cmdReview && c.question == "review" && (waitWords.can(t) || doneWord.can(t) || roundWords.can(t)): // "khoan đã, để chị coi lại"
		case tag == cmdStart && startFillers.can(t):
		case tag == cmdSkip && skipStops.can(t):
			return false
		case fillerWords.can(t) || politeWords.can(t) || selfWords.can(t) || closeWords.can(t):
		default:
			return false
		}
	}
	return true
}

var (
	stopFillers  = words("tháng này nhắn tin hoài mãi suốt chị mệt phiền lắm cả ngày")
	helpTopics   = words("nòng cốt tiên phong nguồn lực kết nạp cặp hoàn cảnh nhu cầu hội phí viên mặt biết quỹ số người phần đó kia công đoàn")
	dataFillers  = words("các những đã lưu về của có giữ cá nhân riêng số điện thoại tên tuổi ghi thông tin dữ liệu trong máy gì")
	duocWord     = words("được")
	khongWord    = words("không")
	startFillers = words("hôm nay bữa tối sáng chiều trưa giờ giúp")
	skipStops    = words("tha thông cảm")
)

// rightOrStop without its mark is dừng or đừng as well (domain.md 13.1).
var rightOrStop = words("đúng")

var mayAsk = table(row{1, `cho hỏi, cho chị|cô|em|tui|tôi|mình hỏi, xin hỏi, hỏi chút|tí|xíu|tý`})

// allowed lets the open question overrule words that are also answers.
func (c *commandReader) allowed(tag int, toks []token) bool {
	q := c.question
	switch tag {
	case cmdSend:
		if c.sentAlready(toks) {
			return false
		}
		return q == "review" || q == "idle" || len(toks) >= 2
	case cmdDone:
		return q == "review" && !(len(c.core) == 1 && rightOrStop.can(&toks[0]) && !rightOrStop.surely(&toks[0]))
	case cmdLater:
		if mayAsk.has(c.core) {
			return false // "cho hoi chut" wants to ask
		}
		if q == "q1d_reason" {
			return laterStart.can(&toks[0])
		}
		if q == "q1_activity" && c.inSeason() && c.when() == "" && !laterStart.can(&toks[0]) {
			return false // "bận gặt" is why
		}
		// "hôm qua", "mai" and "tối" may be dates.
		return q != "q1a_date" || !dayWords.can(&toks[0])
	case cmdStop:
		return !maiWord.can(&toks[len(toks)-1]) // "nhắc em mai" is a time, only "nhắc mãi" a complaint
	case cmdErase:
		return q == "idle" || eraseWhat.has(toks) && !doAgain.has(c.core)
	case cmdHelp:
		return !(len(toks) == 1 && saoWord.can(&toks[0])) || len(c.core) == 1
	case cmdCancel:
		if len(toks) == 1 && thoiWord.can(&toks[0]) {
			return q != "confirm" && q != "q_more"
		}
	case cmdSame:
		return true
	case cmdReview:
		return q == "review" || !waitWords.can(&toks[0]) // elsewhere "để chị coi lại" is no answer yet
	case cmdSkip:
		return len(toks) > 1 || !quaWord.can(&toks[0])
	}
	return true
}

// inSeason reports words of the work in the fields.
func (c *commandReader) inSeason() bool {
	for i := range c.core {
		if ph, _ := familyWords.atIn(c.core, i, 1<<uint(famSeason)); ph != nil {
			return true
		}
	}
	return false
}

// sentAlready reports "gửi lên xã rồi", which tells and does not ask.
func (c *commandReader) sentAlready(toks []token) bool {
	for i := range c.core {
		if c.core[i].start >= toks[len(toks)-1].end && roiWord.can(&c.core[i]) {
			return true
		}
	}
	return false
}

var (
	eraseWhat = table(row{1, `dữ liệu, thông tin, tài khoản, số, tên, data`})
	doAgain   = table(row{1, `làm|ghi|nhập|báo lại, từ đầu`})
)

var (
	doneWord   = words("đã")
	waitWords  = words("để khoan đợi chờ từ")
	roiWord    = words("rồi")
	laterStart = words("để lát tí chút xíu mai tối chiều trưa sáng lúc hôm khi bữa nhắc hẹn khoan từ hồi")
	dayWords   = words("mai mốt tối chiều trưa sáng ngày hôm cuối chủ")
	saoWord    = words("sao")
	maiWord    = words("mai")
	thoiWord   = words("thôi")
	goiWord    = words("gọi")
	quaWord    = words("qua")
	sauWord    = words("sau")
	banWord    = words("bận")
)

var givesIn = table(row{1, `thôi được, thôi cũng|thế|vậy|thì|đành được, thôi thế|vậy cũng được`})

// doubtful asks back a single word that is another word without its marks:
// "thoi", "sau", "ban", and "dung" of "dung nhac" is both ways a stop.
func (c *commandReader) doubtful(tag int, toks []token) (Reading[Command], bool) {
	if t := &toks[0]; tag == cmdPerson && len(toks) <= 2 && goiWord.can(t) && !goiWord.surely(t) && c.question == "review" {
		return Reading[Command]{Outcome: Ask, Candidates: []Command{{Name: Submit}, {Name: Person}}, From: c.m.whole()}, true // "goi di": gởi or gọi
	}
	if len(toks) != 1 {
		return Reading[Command]{}, false
	}
	t := &toks[0]
	ambiguous := (thoiWord.can(t) || sauWord.can(t) || banWord.can(t) && len(c.core) == 1) && t.pref&(t.pref-1) != 0
	if !ambiguous {
		return Reading[Command]{}, false
	}
	return Reading[Command]{Outcome: Ask, Candidates: []Command{{Name: commandNames[tag]}}, From: c.m.whole()}, true
}

// allMessages reports that she wants no messages at all: "đừng nhắn tin nữa".
func (c *commandReader) allMessages() bool {
	all := false
	for i := range c.core {
		if remindWords.can(&c.core[i]) {
			return false
		}
		all = all || messageWords.can(&c.core[i])
	}
	return all
}

var (
	remindWords  = words("nhắc")
	messageWords = words("nhắn tin gửi phiền")
)

var whenPhrases = table(
	row{1, `tối mai, tối, đêm nay, tối nay, cuối ngày`},
	row{2, `mai, ngày mai, sáng mai, chiều mai, trưa mai`},
	row{3, `chủ nhật, cuối tuần`},
)

// when says what time "để tối", "mai làm" names.
func (c *commandReader) when() string {
	ph, _, _ := whenPhrases.find(c.core)
	if ph == nil {
		return ""
	}
	if ph.tag == 1 && len(ph.elems) == 2 && ph.elems[1].alts[0] == lex.word("mai") {
		return "tomorrow"
	}
	return [...]string{"", "tonight", "tomorrow", "sunday"}[ph.tag]
}
