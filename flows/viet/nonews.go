package viet

// NothingNew reports a reply that says of the whole month that nothing happened: "tháng này
// không có gì mới em ạ". What else it says makes it a report of its own.
func NothingNew(text string) bool {
	m := scan(text)
	defer m.release()
	if m.long || m.asks {
		return false
	}
	core := m.strip()
	said := false
	for i := 0; i < len(core); {
		switch ph, end := noNews.at(core, i); {
		case ph != nil:
			said = true
			i = end
		case core[i].kind == aMark || core[i].kind == anEmoji || noNewsAround.can(&core[i]) || politeWords.can(&core[i]) || selfWords.can(&core[i]):
			i++
		default:
			return false
		}
	}
	return said
}

var (
	noNews = table(row{1, `
		không|chẳng|chưa|hổng|hông có? gì|chi mới|khác|lạ, không|chẳng|chưa|hổng|hông có? gì|chi đặc biệt, không|chẳng|chưa|hổng|hông có? gì|chi phát sinh, không|chẳng|chưa có? gì|chi thay đổi,
		không|chẳng|hổng|hông|chưa có gì|chi hết|cả|đâu?, không|chẳng|hổng|hông|chưa có gì|chi, không|chẳng|chưa có? thay đổi gì?, không|chẳng|chưa có? biến động gì?, không|chẳng đổi|khác gì, có gì|chi đâu|mô, có gì|chi mới|khác đâu|mô, chẳng có gì, không phát sinh gì?, vẫn bình thường`})
	noNewsAround = words("tháng này ni nay bên chi hội thôn xóm ấp tổ khu thì vẫn cũng là mọi thứ việc như nói chung hết cả đâu báo cáo rồi nên để")
)
