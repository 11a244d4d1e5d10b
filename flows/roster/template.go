package roster

// ExampleMark, in the column STT, marks a row that shows how to fill in and is never imported.
const ExampleMark = "VÍ DỤ"

// Sheet is one sheet of the template, as it is to be written.
type Sheet struct {
	Name string
	// Rows is how many empty rows are ruled, so that the form also prints well on a page.
	Rows    int
	Columns []Column
}

// Column is one column of a template's sheet: its title, what is said about it, two
// example cells and how wide it is, in characters.
type Column struct {
	Title    string
	About    string
	Examples [2]string
	Width    float64
	Required bool
	// Phone cells are kept as text, so that Excel does not take the leading 0 away.
	Phone bool
	// Choices are the only words allowed, if any.
	Choices []string
	// Number asks for a whole number.
	Number bool
}

// Template is the workbook that a commune officer fills in. What it says is what Parse reads.
var Template = []Sheet{
	{SheetBranches, 40, []Column{
		{Title: titles[colNumber], About: "Số thứ tự, tùy ý.", Examples: [2]string{ExampleMark, ExampleMark}, Width: 7},
		{Title: titles[colCommune], About: "Tên xã, phường, đặc khu hiện nay.", Examples: [2]string{"Xã Ví Dụ", "Xã Ví Dụ"}, Width: 20, Required: true},
		{Title: titles[colFormer], About: "Tên xã trước ngày 1/7/2025. Cần ghi khi hai chi hội trùng tên.", Examples: [2]string{"An Hòa", "An Bình"}, Width: 16},
		{Title: titles[colBranch], About: "Tên chi hội, mỗi chi hội một dòng.", Examples: [2]string{"Chi hội thôn Đông", "Chi hội thôn Đông"}, Width: 30, Required: true},
		{Title: titles[colMembers], About: "Chưa biết thì để trống.", Examples: [2]string{"118", ""}, Width: 10, Number: true},
		{Title: titles[colName], About: "Để trống nếu chưa rõ; ghi chữ khuyết nếu chi hội đang không có chi hội trưởng.", Examples: [2]string{"Nguyễn Thị Ví Dụ", "Trần Thị Ví Dụ"}, Width: 28, Required: true},
		{Title: titles[colPhone], About: "Số của riêng chị, 10 số. Hai người không chung một số.", Examples: [2]string{"0900 000 001", "0900 000 002"}, Width: 17, Required: true, Phone: true},
		{Title: titles[colDeputy], About: "Nếu có. Chi hội phó báo cáo thay được.", Examples: [2]string{"Lê Thị Ví Dụ", ""}, Width: 28},
		{Title: titles[colDeputyPhone], About: "Nếu có chi hội phó.", Examples: [2]string{"0900 000 003", ""}, Width: 17, Phone: true},
	}},
	{SheetChairs, 16, []Column{
		{Title: titles[colNumber], About: "Số thứ tự, tùy ý.", Examples: [2]string{ExampleMark, ExampleMark}, Width: 7},
		{Title: titles[colCommune], About: "Ghi giống như ở trang Chi hội.", Examples: [2]string{"Xã Ví Dụ", "Xã Ví Dụ"}, Width: 24, Required: true},
		{Title: titles[colRole], About: "Chủ tịch (mỗi xã một người) hoặc Phó Chủ tịch.", Examples: [2]string{"Chủ tịch", "Phó Chủ tịch"}, Width: 16, Required: true, Choices: []string{"Chủ tịch", "Phó Chủ tịch"}},
		{Title: "Họ tên", About: "Họ và tên đầy đủ; chưa có ai thì ghi chữ khuyết.", Examples: [2]string{"Phạm Thị Ví Dụ", "Võ Thị Ví Dụ"}, Width: 30, Required: true},
		{Title: "Điện thoại", About: "Số của riêng chị, 10 số.", Examples: [2]string{"0900 000 004", "0900 000 005"}, Width: 17, Required: true, Phone: true},
	}},
}

// Guide is the text of the template's explanation sheet, a paragraph a line.
var Guide = []string{
	"Tệp này dùng để đưa danh sách chi hội và cán bộ Hội vào phần mềm báo cáo tháng.",
	"1. Điền trang Chi hội: mỗi chi hội một dòng. Cột tô đậm là cột cần có; cột khác để trống được.",
	"2. Điền trang Chủ tịch, Phó Chủ tịch: mỗi người một dòng.",
	"3. Các dòng VÍ DỤ chữ nghiêng màu xám chỉ để xem cách ghi, phần mềm không đọc. Xóa đi hay để lại đều được; đừng ghi đè lên.",
	"4. Số điện thoại ghi 0912345678, 0912 345 678 hay +84 912 345 678 đều được. Mỗi người một số, mỗi số một người; một người giữ hai chức vụ thì ghi tên và số y như nhau ở cả hai chỗ.",
	"5. Chỉ ghi cán bộ Hội. Không ghi tên hội viên, số căn cước, địa chỉ nhà.",
	"6. Chi hội đang không có chi hội trưởng: ghi chữ khuyết vào cột họ tên. Ô để trống nghĩa là không thay đổi gì so với lần nhập trước.",
	"7. Nhập lại nhiều lần được. Người mới giữ chức thì người cũ thôi giữ chức đó. Chi hội không có trong tệp thì vẫn giữ nguyên, không bị xóa.",
	"8. Gửi tệp cho người quản trị. Người quản trị chạy: chihoi import TÊN_TỆP (xem trước), rồi chihoi import TÊN_TỆP --apply (ghi).",
	"Nếu dùng tệp .csv: một bảng, các cột như trang Chi hội và thêm cột Chức vụ. Dòng của Chủ tịch, Phó Chủ tịch ghi chức vụ, họ tên, điện thoại và để trống cột Chi hội; dòng chi hội để trống cột Chức vụ.",
}

// isExample recognises a row marked as an example.
func isExample(h *header, row Row) bool {
	return fold(h.cell(row, colNumber)) == fold(ExampleMark) || fold(row.Cell(0)) == fold(ExampleMark)
}

// sameAsExample reports whether a marked row is still as the template wrote it. One that
// was typed over is real, and must not be passed over in silence.
func sameAsExample(h *header, row Row) bool {
	for _, sheet := range Template {
		for n := range 2 {
			same := true
			for _, c := range sheet.Columns {
				col := columnOf(c.Title)
				if col == colAnyPhone {
					col = colPhone
				}
				if fold(h.cell(row, col)) != fold(c.Examples[n]) {
					same = false
				}
			}
			if same {
				return true
			}
		}
	}
	return false
}
