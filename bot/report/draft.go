package report

import (
	"fmt"
	"io"
	"strings"

	"chihoi/flows"
	"chihoi/flows/org"
)

// WriteDraft writes the draft of a report about a range of months (.docx): the commune's
// numbers stand in its sentences and tables, and what only she can write is marked.
func WriteDraft(w io.Writer, c Commune) error {
	d := &document{}
	d.opening(c)
	d.heading(1, "I. TÌNH HÌNH CHUNG")
	d.situation(c)
	d.heading(1, "II. KẾT QUẢ")
	d.activity(c)
	d.items(c)
	d.movement(c)
	d.pairs(c)
	d.needs(c)
	d.calls(c)
	d.closing()
	return d.write(w)
}

func (d *document) opening(c Commune) {
	d.sides([]piece{bold("HỘI LIÊN HIỆP PHỤ NỮ"), bold(strings.ToUpper(c.Commune.Name)), plain("Số:      /BC-BTV")},
		[]piece{toWrite("địa danh"), {text: "ngày      tháng      năm " + c.AsOf.Format("2006"), italic: true}})
	d.para(centered, bold("BÁO CÁO"))
	d.para(centered, bold("Kết quả hoạt động của các chi hội phụ nữ "+c.Range()))
	d.para(centered, piece{text: "(" + c.asOf() + ")", italic: true})
	d.para("")
}

func (d *document) situation(c Commune) {
	d.text(plain("Hội Liên hiệp Phụ nữ %s có %s chi hội trong danh sách báo cáo %s. Các chi hội đã gửi %s/%s lượt báo cáo tháng (%s), trong đó đúng hạn %s lượt (%s).",
		lowerFirst(c.Commune.Name), org.Number(len(c.Branches)), c.Range(), org.Number(c.Submitted), org.Number(c.Expected), c.ReportingRate(), org.Number(c.OnTime), c.OnTimeRate()))
	if c.Missing() > 0 {
		d.text(plain("Còn %s lượt chưa có báo cáo; các số dưới đây chỉ gồm những báo cáo đã gửi.", org.Number(c.Missing())))
	}
	d.text(toWrite("đặc điểm tình hình địa phương, thuận lợi, khó khăn"))
}

func (d *document) activity(c Commune) {
	d.heading(2, "1. Hoạt động, sinh hoạt của chi hội")
	d.text(plain("Có %s lượt chi hội tổ chức hoạt động trong tháng (%s số báo cáo đã gửi); %s/%s chi hội có ít nhất một buổi họp, sinh hoạt trong kỳ (%s).",
		org.Number(c.Active), c.ActivityRate(), org.Number(c.Met), org.Number(len(c.Branches)), c.MeetingRate()))
	rows := [][]string{{"Tháng", "Phải gửi", "Đã gửi", "Đúng hạn", "Có hoạt động", "Đủ 6 mục"}}
	for _, m := range c.Months {
		if !wasOpened(m) {
			continue
		}
		full := ""
		if m.Scored > 0 {
			full = outOf(m.Full, m.Scored)
		}
		active := ""
		if m.Held > 0 {
			active = org.Number(m.Active)
		}
		rows = append(rows, []string{m.Month.First(c.AsOf.Location()).Format("01/2006"), org.Number(m.Expected), org.Number(m.Submitted), org.Number(m.OnTime), active, full})
	}
	d.table(18, rows)
	d.text(toWrite("những hoạt động nổi bật, mô hình hay, gương điển hình"))
}

func (d *document) items(c Commune) {
	d.heading(2, "2. Thực hiện “3 có, 3 biết”")
	if c.Scored == 0 {
		d.text(plain("Chưa có số liệu."))
	} else {
		d.text(plain("Trong %s lượt báo cáo trả lời đủ 6 mục, có %s lượt đạt đủ 6 mục (%s).", org.Number(c.Scored), org.Number(c.Full), c.FullRate()))
	}
	rows := [][]string{{"Mục", "Lượt đạt", "Lượt trả lời", "Tỷ lệ"}}
	for i, n := range c.Items {
		rate := org.RatioOf(n.Met, n.Met+n.NotMet)
		rows = append(rows, []string{org.ItemNames[i], org.Number(n.Met), org.Number(n.Met + n.NotMet), rate.String()})
	}
	d.table(46, rows)
	d.text(toWrite("nhận xét, mục nào cần giúp các chi hội"))
}

func (d *document) movement(c Commune) {
	d.heading(2, "3. Phát triển, quản lý hội viên")
	m := c.Members
	if !m.Joined.OK {
		d.text(plain("Chưa có số liệu."))
		d.text(toWrite("kết quả phát triển hội viên"))
		return
	}
	text := fmt.Sprintf("Các chi hội kết nạp %s hội viên", m.Joined)
	if m.Excluded.OK && m.Excluded.N > 0 {
		text += fmt.Sprintf(" (trong đó %s là đoàn viên công đoàn, lực lượng vũ trang hoặc hội viên tổ chức thành viên, không tính vào số tăng)", m.Excluded)
	}
	if left := m.Left(); left.OK {
		text += fmt.Sprintf("; giảm %s (nghỉ Hội %s, qua đời %s, chuyển đi %s)", left, m.LeftOrg, m.Died, m.MovedOut)
	}
	text += "."
	if g := c.Growth.Net; g.OK {
		text += fmt.Sprintf(" Hội viên thực tăng: %s.", g.Signed())
	}
	if m.End.OK {
		text += fmt.Sprintf(" Theo báo cáo gần nhất của từng chi hội, số hội viên là %s.", m.End)
	}
	d.text(plain("%s", text))
	rows := [][]string{{"Tháng", "Kết nạp", "Không tính", "Nghỉ Hội", "Qua đời", "Chuyển đi", "Thực tăng"}}
	for _, m := range c.Months {
		if m.Submitted == 0 {
			continue
		}
		row := []string{m.Month.First(c.AsOf.Location()).Format("01/2006")}
		for _, n := range append(movementOf(m.Members), m.Growth.Net) {
			row = append(row, orEmpty(n))
		}
		rows = append(rows, row)
	}
	d.table(16, rows)
	d.text(toWrite("giải pháp vận động, tập hợp hội viên; tỷ lệ hội viên trên số phụ nữ có mặt"))
}

func orEmpty(n org.Count) string {
	if !n.OK {
		return ""
	}
	return n.String()
}

func (d *document) pairs(c Commune) {
	d.heading(2, "4. Các cặp “1+1”")
	rows := [][]string{{"Loại cặp", "Đang có", "Mới", "Đạt kết quả", "Cần hỏi thăm"}}
	var all org.PairCount
	for _, k := range org.PairKinds {
		if p, ok := c.Pairs[k]; ok {
			all = all.Plus(p)
			rows = append(rows, []string{flows.PairLabel(k), org.Number(p.Active), org.Number(p.New), org.Number(p.Completed), org.Number(p.Stale)})
		}
	}
	if len(rows) == 1 {
		d.text(plain("Chưa có cặp “1+1” nào được ghi."))
	} else {
		d.text(plain("Đến cuối kỳ có %s cặp đang hoạt động, %s cặp mới, %s cặp đã đạt kết quả.", org.Number(all.Active), org.Number(all.New), org.Number(all.Completed)))
		d.table(44, rows)
	}
	d.text(toWrite("kết quả cụ thể của các cặp"))
}

func (d *document) needs(c Commune) {
	d.heading(2, "5. Nhu cầu của hội viên, phụ nữ")
	rows := [][]string{{"Điều chị em cần nhất", "Số lượt"}}
	for i, n := range c.Needs {
		if n > 0 {
			rows = append(rows, []string{flows.NeedLabel(i + 1), org.Number(n)})
		}
	}
	if len(rows) == 1 {
		d.text(plain("Chưa có số liệu."))
		return
	}
	d.text(plain("Các chi hội cho biết chị em đang cần nhất:"))
	d.table(70, rows)
}

func (d *document) calls(c Commune) {
	d.heading(2, "6. Kiến nghị, việc cần hỗ trợ")
	rows := [][]string{{"Loại việc", "Đến trong kỳ", "Đã xong", "Còn đang làm", "Chuyển lên trên"}}
	came := 0
	for _, k := range helpKinds() {
		if n, ok := c.Help[k]; ok {
			came += n.Came
			rows = append(rows, []string{flows.RequestLabel(k), org.Number(n.Came), org.Number(n.Closed), org.Number(n.Open), org.Number(n.Forwarded)})
		}
	}
	if came == 0 {
		d.text(plain("Trong kỳ không có việc nào được gửi tới Hội xã."))
	} else {
		d.text(plain("Trong kỳ có %s việc được gửi tới Hội xã.", org.Number(came)))
		d.table(40, rows)
	}
	d.text(toWrite("kết quả giải quyết, kiến nghị với cấp trên"))
}

func (d *document) closing() {
	d.heading(1, "III. HẠN CHẾ, NGUYÊN NHÂN")
	d.text(toWrite("những việc chưa làm được và vì sao"))
	d.heading(1, "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM")
	d.text(toWrite("nhiệm vụ kỳ tới"))
	d.sides([]piece{{text: "Nơi nhận:", bold: true, italic: true}, toWrite("nơi nhận")},
		[]piece{bold("TM. BAN THƯỜNG VỤ"), bold("CHỦ TỊCH"), plain(""), plain(""), toWrite("họ và tên")})
}
