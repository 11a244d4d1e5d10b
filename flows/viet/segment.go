package viet

// topic is what an anchor speaks of; a stretch without punctuation is parted
// where the topic changes, so that a denial or a number stays with its own.
type topic uint8

const (
	noTopic topic = iota
	onActivity
	onMembers
	onJoining
	onLeaving
	onPioneers
	onResources
	onDues
	onScale
	onPairs
	onHelp
	onAway
)

func topicOf(tag int) topic {
	switch tag {
	case ofJoined, ofExcluded:
		return onJoining
	case ofDied, ofMoved, ofLeftOrg, ofLeft:
		return onLeaving
	case ofMembers:
		return onMembers
	case ofPioneers:
		return onPioneers
	case ofResource:
		return onResources
	case ofDues:
		return onDues
	case ofFaces, ofCircumstances, ofNeeds:
		return onScale
	case ofPairs:
		return onPairs
	case ofHelp:
		return onHelp
	case ofAway:
		return onAway
	case ofNothing:
		return noTopic
	}
	return onActivity
}

// segment parts clauses that speak of several topics: people who talk into the
// phone or type with one thumb leave the commas out.
func segment(items []item) {
	for i := 0; i < len(items); {
		j := i
		for j < len(items) && items[j].clause == items[i].clause {
			j++
		}
		s := segmenter{items: items, start: i, end: j}
		s.run()
		i = j
	}
}

type segmenter struct {
	items      []item
	start, end int // of the segment so far, and of the clause
	now        topic
}

func (s *segmenter) run() {
	for k := s.start; k < s.end; k++ {
		switch it := &s.items[k]; {
		case denies(it):
			s.denial(k)
		case it.kind == isDay && (it.date.kind == byMonth || it.date.kind == byLast) && s.now != noTopic && s.nextAnchor(k) >= 0:
			s.cut(k) // "tháng 10 kết nạp 2 tháng 11 kết nạp 1"
		case it.kind == isDay && it.date.kind == byVague && s.ofLast(k) && s.numberAfter(k):
			s.cut(k) // "tháng trước họp 40 chị tháng này được 35"
		case it.kind == isAnchor && topicOf(it.tag) != noTopic:
			s.anchor(k)
		}
	}
}

// ofLast reports that the segment before k tells of last month.
func (s *segmenter) ofLast(k int) bool {
	for i := s.start; i < k; i++ {
		if it := &s.items[i]; it.kind == isSays && it.tag == saysLast || it.kind == isDay && it.date.kind == byLast {
			return s.before(k) >= 0
		}
	}
	return false
}

// numberAfter reports a number of people after k in the clause.
func (s *segmenter) numberAfter(k int) bool {
	for i := k + 1; i < s.end; i++ {
		if live(&s.items[i]) {
			return true
		}
	}
	return false
}

// cut starts a new segment at item k.
func (s *segmenter) cut(k int) {
	s.now = noTopic
	if k <= s.start || k >= s.end {
		return
	}
	for i := k; i < len(s.items); i++ {
		s.items[i].clause++
	}
	s.start = k
}

// denial lets a denial open its own segment, or close that of the anchor right
// before it: "không ai nghỉ", "quỹ không có".
func (s *segmenter) denial(k int) {
	p := s.before(k)
	if p < 0 {
		return
	}
	next := s.nextAnchor(k)
	if s.onlyWords(p+1, k) && next < 0 && topicOf(s.items[p].tag) == onActivity && s.items[p].kind == isAnchor && s.quietFrom(k+1) {
		s.cut(k + 1) // "kết nạp 1, họp chưa"
		return
	}
	after := s.items[p].kind == isAnchor && topicOf(s.items[p].tag) != onActivity && s.onlyWords(p+1, k)
	if after && (next < 0 || s.owns(next) || s.paired(p, k)) {
		end := k + 1
		for end < s.end && s.items[end].kind == isNobody {
			end++
		}
		s.cut(end)
		return
	}
	s.cut(k)
}

// quietFrom reports nothing but politeness from item i to the end of the clause.
func (s *segmenter) quietFrom(i int) bool {
	for ; i < s.end; i++ {
		if !s.items[i].polite {
			return false
		}
	}
	return true
}

// onlyWords reports at most two words and nothing else from i to k: "quỹ thì
// không có".
func (s *segmenter) onlyWords(i, k int) bool {
	if k-i > 2 {
		return false
	}
	for ; i < k; i++ {
		if s.items[i].kind != isWord {
			return false
		}
	}
	return true
}

// paired reports "kết nạp không có ai nghỉ không có ai": each has its denial
// after it.
func (s *segmenter) paired(p, k int) bool {
	anchors, denials := 0, 0
	last := -1
	for i := p; i < s.end; i++ {
		switch it := &s.items[i]; {
		case denies(it):
			denials++
			last = i
		case it.kind == isAnchor && topicOf(it.tag) != noTopic:
			anchors++
			last = i
		case it.kind == isNumber:
			return false
		}
	}
	return anchors > 1 && anchors == denials && denies(&s.items[last])
}

// anchor starts a segment where the topic changes, at the number before the
// anchor when that number is the anchor's.
func (s *segmenter) anchor(k int) {
	t := topicOf(s.items[k].tag)
	if s.now == noTopic || s.now == t {
		s.now = t
		return
	}
	if t == onActivity && (s.now == onPairs && s.items[k].tag != ofMeeting || s.now == onHelp) || s.sharesDenial(k) {
		return // "1 cặp giúp nhau", "xin xã dạy nghề", "không ai vào ra"
	}
	at := k
	if n := s.adjacent(k); n >= 0 && counts(&s.items[k]) && !s.owns(k) && !s.needed(n) {
		at = n
	}
	for at > s.start+1 && opensClause(&s.items[at-1]) {
		at--
	}
	s.cut(at)
	s.now = t
}

// sharesDenial reports an anchor right after one that is denied, neither with a
// number: "không có ai vào ra".
func (s *segmenter) sharesDenial(k int) bool {
	p := k - 1
	if p <= s.start || !counts(&s.items[p]) || !counts(&s.items[k]) || s.owns(k) {
		return false
	}
	for i := p - 1; i >= s.start; i-- {
		switch it := &s.items[i]; {
		case denies(it):
			return true
		case it.kind != isWord && it.kind != isNobody:
			return false
		}
	}
	return false
}

// opensClause reports words of time or plan, which belong to what follows them.
func opensClause(it *item) bool {
	return it.kind == isSays && (it.tag == saysPlan || it.tag == saysLast || it.tag == saysIf) || it.kind == isDay && (it.date.kind == byFuture || it.date.kind == byLast)
}

// before gives the last anchor or number of the segment before k, -1 for none.
func (s *segmenter) before(k int) int {
	for i := k - 1; i >= s.start; i-- {
		if it := &s.items[i]; it.kind == isNumber || it.kind == isAnchor && topicOf(it.tag) != noTopic {
			return i
		}
	}
	return -1
}

// nextAnchor gives the anchor after a denial, -1 when another denial or nothing
// comes first.
func (s *segmenter) nextAnchor(k int) int {
	for i := k + 1; i < s.end; i++ {
		switch it := &s.items[i]; {
		case denies(it):
			return -1
		case it.kind == isAnchor && topicOf(it.tag) != noTopic:
			return i
		}
	}
	return -1
}

// adjacent gives the number right before item k, -1 for none.
func (s *segmenter) adjacent(k int) int {
	for _, n := range [...]int{k - 1, k - 2} {
		if n >= s.start && live(&s.items[n]) {
			return n
		}
		if n < s.start || s.items[n].kind != isWord {
			return -1
		}
	}
	return -1
}

// needed reports that a number is that of the anchor before it: "kết nạp 2",
// "họp 35 chị".
func (s *segmenter) needed(n int) bool {
	p := s.before(n)
	if p < 0 || s.items[p].kind != isAnchor || p > s.start && denies(&s.items[p-1]) {
		return false // "không kết nạp 1 chị nghỉ"
	}
	if topicOf(s.items[p].tag) == onActivity {
		return p+1 == n && s.items[n].q.n >= 5
	}
	if s.items[p].tag == ofMembers && n+1 < s.end && counts(&s.items[n+1]) {
		return false // "chi hội có 5 nòng cốt"
	}
	return counts(&s.items[p]) && s.adjacent(p) < 0
}

// owns reports that the number right after an anchor is its own, and not that
// of another anchor after it: of "chuyển đi 1 chị mất" the one has died.
func (s *segmenter) owns(k int) bool { return ownsNumber(s.items[:s.end], k) }

func ownsNumber(items []item, k int) bool {
	n := k + 1
	if n+1 < len(items) && items[n].kind == isWord && items[n+1].from == items[n].to {
		n++ // "nong cot van 4"
	}
	if n >= len(items) || items[n].clause != items[k].clause || !live(&items[n]) {
		return false
	}
	a := n + 1
	if a < len(items) && items[a].kind == isWord {
		a++ // "1 cu mat": a unit no table is sure of
	}
	if a >= len(items) || items[a].clause != items[k].clause || !counts(&items[a]) || items[a].tag == ofJoined {
		return true
	}
	return ownsNumber(items, a)
}

// denies reports a denial.
func denies(it *item) bool {
	return it.kind == isSays && !it.dropped && (it.tag == saysNo || it.tag == saysNot)
}
