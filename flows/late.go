package flows

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"chihoi/flows/org"
	"chihoi/flows/viet"
)

// lateness answers "tôi có bị trễ không?" as a submission is judged: by the network's time
// of the message, so that nobody is late for an outage of ours (domain.md 8).
func (s *step) lateness(d duty) string {
	due := dueWords(d.period.Due)
	switch {
	case d.sent:
		if c, ok := s.Book.CheckIn(d.branch.ID, d.period.Month); ok && c.Late {
			return fmt.Sprintf("Báo cáo %s gửi sau hạn (%s) nên ghi là gửi muộn, nhưng vẫn được nhận đủ {chị} ạ.", d.period.Month.Label(), due)
		}
		return fmt.Sprintf("Không trễ {chị} ạ, báo cáo %s gửi trước hạn (%s) rồi.", d.period.Month.Label(), due)
	case !d.open:
		return s.notOpen(d)
	case !s.Now.After(d.period.Due):
		return fmt.Sprintf("Chưa trễ đâu {chị} ạ, gửi trước %s là đúng hạn.", due)
	}
	until := org.Day(d.period.Locks.Add(-1))
	if !s.SentAt.After(d.period.Due) { // she asked in time, and it reached us late
		return fmt.Sprintf("Lúc {chị} nhắn thì chưa trễ; tin tới em muộn, giờ đã qua hạn (%s).\nTin nào {chị} nhắn trước hạn em vẫn tính đúng hạn. Gửi từ giờ thì ghi là muộn, đến hết %s vẫn nhận ạ.", due, until)
	}
	return fmt.Sprintf("Hạn là %s, giờ qua rồi {chị} ạ. Gửi bây giờ thì ghi là muộn, đến hết %s vẫn nhận đủ.", due, until)
}

// notOpen says why there is nothing to fill in now. Of a month just locked it says so, and
// who can help with a report that was not sent.
func (s *step) notOpen(d duty) string {
	p := d.period
	recent := p.Month != "" && p.State(s.Now) == org.Locked && org.MonthOf(s.Now) <= p.Month.Add(1) && p.Expects(d.branch.ID)
	whose := lowerFirst(s.named(d.branch))
	switch {
	case recent && d.sent:
		return fmt.Sprintf("Kỳ %s khóa rồi, báo cáo của %s em nhận đủ {chị} ạ.\nKỳ sau mở, em sẽ nhắn {chị}.", p.Month.Label(), whose)
	case recent:
		return fmt.Sprintf("Kỳ %s khóa rồi mà báo cáo của %s chưa gửi {chị} ạ. Cần thì {chị} nhờ %s giúp nhé.\nKỳ sau mở, em sẽ nhắn {chị}.",
			p.Month.Label(), whose, s.chairName(d.branch.ID.Commune()))
	case p.Month == "" || p.State(s.Now) == org.Locked:
		if day := s.Settings.OpeningDay(d.branch.ID.Commune()); day > 0 {
			return fmt.Sprintf("Kỳ điểm danh chưa mở {chị} ạ. Thường mở ngày %d, em sẽ nhắn {chị}.", day)
		}
		return "Kỳ điểm danh chưa mở {chị} ạ. Mở rồi em sẽ nhắn {chị}."
	}
	return fmt.Sprintf("Kỳ %s không cần báo cáo của %s ạ.", p.Month.Label(), whose)
}

func (s *step) lockedWords(d duty) string {
	c := d.branch.ID.Commune()
	return fmt.Sprintf("Kỳ %s đã khóa rồi {chị} ạ. Cần sửa, {chị} nhờ %s giúp nhé.", d.period.Month.Label(), s.chairName(c))
}

// ofMonth is a wish to correct or send the report of a month: "sửa tháng 10", "sửa báo cáo tháng
// trước".
var ofMonth = regexp.MustCompile(`^(?:(?:toi|em|chi|muon|can|xin|phai) )*(?:sua|sua lai|sua bao cao|sua lai bao cao|gui|gui bao cao|nop|nop bao cao|bao cao bu|lam bao cao|bao cao)(?: cua)? thang ([0-9]{1,2}|truoc|roi|vua roi)$`)

// overMonth answers what a head tells of a month that is over.
func (s *step) overMonth(body string) string {
	duties := s.duties()
	if len(duties) == 0 || duties[0].period.Month == "" || marked(body) || len(strings.Fields(body)) < 3 || !viet.OtherMonth(body, duties[0].period.Month.First(time.UTC).Month()) {
		return ""
	}
	d := duties[0]
	words := "Em chỉ ghi được tháng đang mở thôi ạ."
	if d.open {
		words = fmt.Sprintf("Em đang nhận báo cáo %s ạ.", d.period.Month.Label())
	}
	return words + fmt.Sprintf(" Tháng trước cần sửa gì, {chị} nhờ %s giúp nhé.", s.chairName(d.branch.ID.Commune()))
}

// pastMonth answers such a wish of another month than the one that takes reports: a month that
// is over is corrected by a chair (domain.md 6). Of the month itself it leaves the bare wish.
func (s *step) pastMonth(body string) (words, wish string) {
	m := ofMonth.FindStringSubmatch(withoutCourtesy(body))
	duties := s.duties()
	if m == nil || len(duties) == 0 || duties[0].period.Month == "" {
		return "", body
	}
	now := duties[0].period.Month
	asked := now.Add(-1)
	if n, err := strconv.Atoi(m[1]); err == nil {
		switch {
		case n < 1 || n > 12:
			return "", body
		case n == now.Number():
			wish, _, _ = strings.Cut(withoutCourtesy(body), " thang ")
			return "", wish
		case n == now.Add(1).Number():
			return fmt.Sprintf("Kỳ %s chưa mở ạ. Mở rồi em sẽ nhắn {chị}.", now.Add(1).Label()), body
		}
		asked = now.Add(-((now.Number() - n + 12) % 12))
	}
	return fmt.Sprintf("Kỳ %s đã khóa rồi {chị} ạ. Cần sửa, {chị} nhờ %s giúp nhé.", asked.Label(), s.chairName(duties[0].branch.ID.Commune())), body
}
