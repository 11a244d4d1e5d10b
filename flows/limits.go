package flows

import (
	"fmt"
	"slices"
	"strings"

	"chihoi/flows/org"
)

// limitWords are what a chair types to see what her bots have used of their network's limits.
var limitWords = []string{"han muc", "han muc tin", "so tin", "con may tin", "con bao nhieu tin", "han muc zalo"}

// tellLimits tells the chairs that a bot nears its network's limits. Once nothing goes out
// there any more, it takes another road if a chair has one.
func (s *step) tellLimits(j Job) {
	text, over := limitText(j.Usage, j.Level)
	for _, id := range chairs(s.Book, j.Commune) {
		t := Tell{Person: id, Prompt: Prompt{Text: spokenTo(s.Book, id, text)}}
		if over {
			t.Besides, t.Urgent = j.Usage.Bot, true
		}
		s.do(t)
		s.said++
	}
	s.do(Audit{What: "limits", Unit: string(j.Commune), Detail: j.Usage.Bot + " " + j.Level})
}

// limitText says what a level means for a commune, and what to do. over: the bot is silent.
func limitText(u org.Usage, level string) (text string, over bool) {
	bot, used := botWords(u.Bot), fmt.Sprintf("%s/%s tin", number(u.Sent), number(u.Quota))
	switch {
	case level == "seats/full":
		return fmt.Sprintf("%s đã đủ %d/%d người, người mới nhắn Zalo không chuyển đến em nữa.\n"+
			"{Chị} nhờ người phụ trách phần mềm mở bot thứ hai cho các chị chưa vào ạ.", bot, u.Users, u.Seats), false
	case level == "seats/near":
		return fmt.Sprintf("%s đã có %d/%d người, sắp đủ ạ.\nTừ người thứ %d Zalo không chuyển tin đến em. Còn nhiều chị chưa vào thì {chị} nhờ người phụ trách phần mềm mở bot thứ hai nhé.",
			bot, u.Users, u.Seats, u.Seats+1), false
	case u.Percent() >= 100:
		return fmt.Sprintf("%s hết tin tháng này (%s).\nCác chị nhắn em vẫn nhận và giữ đủ, nhưng chưa trả lời được tới khi Zalo mở lại, thường là đầu tháng.\n"+
			"Việc gấp {chị} gọi điện giúp em ạ.", bot, used), true
	case u.Percent() >= org.QuotaBulkTo:
		return fmt.Sprintf("%s tháng này đã nhắn %s.\nPhần còn lại em để trả lời các chị và báo việc gấp; tin nhắc, thông báo chờ sang tháng.", bot, used), false
	}
	return fmt.Sprintf("%s tháng này đã nhắn %s.\nTới %d%% em ngừng tin nhắc, thông báo, chỉ còn trả lời các chị và báo việc gấp. Cần thêm, {chị} nhờ người phụ trách phần mềm mở bot thứ hai ạ.",
		bot, used, org.QuotaBulkTo), false
}

// heldBack is a line to add where a chair sends what can wait: that it waits on her bots, ""
// where it goes out. What is kept for those who write, and for alarms, is not spent on it.
func (s *step) heldBack(c org.CommuneID) string {
	for _, u := range s.Book.Usages(c, org.MonthOf(s.Now)) {
		if u.Percent() >= org.QuotaBulkTo {
			return fmt.Sprintf("\n%s tháng này đã nhắn %s/%s tin, nên ai nhận qua đó phải chờ tới khi Zalo mở lại, thường là đầu tháng. Gấp thì {chị} gọi điện giúp em ạ.",
				botWords(u.Bot), number(u.Sent), number(u.Quota))
		}
	}
	return ""
}

// limits shows a chair what the bots of her commune have used.
func (s *step) limits(c org.CommuneID) {
	var lines []string
	for _, u := range s.Book.Usages(c, org.MonthOf(s.Now)) {
		line := fmt.Sprintf("%s: tháng này đã nhắn %s/%s tin, %d/%d người.", botWords(u.Bot), number(u.Sent), number(u.Quota), u.Users, u.Seats)
		switch {
		case u.Percent() >= 100:
			line += " Zalo đang không nhận thêm tin, thường mở lại đầu tháng."
		case u.Percent() >= org.QuotaBulkTo:
			line += " Tin nhắc, thông báo đang chờ sang tháng; trả lời các chị và việc gấp vẫn gửi."
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		s.say("Các chị nhắn qua Telegram thì không có hạn mức tin ạ.")
		return
	}
	slices.Sort(lines)
	s.say("%s", strings.Join(lines, "\n"))
}
