package report

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
)

func drawn(t testing.TB, c Commune) image.Image {
	t.Helper()
	var buf bytes.Buffer
	if err := WritePicture(&buf, c); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// The shapes of the grid stand where the figures say: a disc is full in its middle, a diamond
// is empty there, and a branch that has not sent has neither.
func TestPictureShowsEachItemOfEachBranch(t *testing.T) {
	c := Of(sampleRecords(12, "2026-09", "2026-11"), "2026-01", "2026-11")
	img := drawn(t, c)
	if w := img.Bounds().Dx(); w != 720 {
		t.Fatalf("%d dots wide", w)
	}
	y := 92.0
	for _, part := range sectionsOf(c.Months[10].Branches) {
		y += rowHigh
		for _, b := range part.branches {
			for i, it := range b.Figures.Items {
				x := itemsX + itemStep*float64(i)
				at := img.At(int(x*density), int((y+rowHigh/2)*density))
				r, _, bl, _ := at.RGBA()
				full := r < 0x2000 && bl > 0x8000
				if want := b.Exempt == "" && b.Status.Sent() && it == 1; full != want {
					t.Errorf("%s, item %d: full %v, want %v", b.Branch.Name, i+1, full, want)
				}
			}
			y += rowHigh
		}
	}
}

func TestPictureHasLettersForEveryName(t *testing.T) {
	all, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*sfnt.Font{all.regular, all.bold} {
		var buf sfnt.Buffer
		for _, r := range "AaĂăÂâBCDdĐđEeÊêGHIiKLMNOoÔôƠơPQRSTUuƯưVXYyÁàảãạẮằẳẵặẤầẩẫậÉèẻẽẹẾềểễệÍìỉĩịÓòỏõọỐồổỗộỚờởỡợÚùủũụỨừửữựÝỳỷỹỵ0123456789+–…“”\"/.,:;()%" {
			if g, err := f.GlyphIndex(&buf, r); err != nil || g == 0 {
				t.Errorf("no letter %c (%v)", r, err)
			}
		}
	}
}

func TestLongNamesKeepWhatTellsThemApart(t *testing.T) {
	c := newCanvas(1, 1, paper)
	for name, want := range map[string]string{
		"Chi hội phụ nữ thôn Đông":                               "Thôn Đông",
		"Chi hội phụ nữ tổ dân phố số 12 Nguyễn Thị Minh Khai":   "TDP 12 Nguyễn Thị…Khai",
		"Chi hội phụ nữ tổ dân phố số 12 Nguyễn Thị Minh Khai 3": "TDP 12 Nguyễn Th…Khai 3",
		"Chi hội phụ nữ khu dân cư Trường Đại học Nông nghiệp 1": "KDC ĐH Nông nghiệp 1",
	} {
		if got := c.fitBranch(name, face{11, false}, nameWidth-4); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if w := c.width(c.fitBranch(name, face{11, false}, nameWidth-4), face{11, false}); w > nameWidth-4 {
			t.Errorf("%s is %v wide", name, w)
		}
	}
}

func TestWordsSayWhatThePictureShows(t *testing.T) {
	got := Words(Of(sampleRecords(12, "2026-08", "2026-11"), "2026-01", "2026-11"))
	for _, want := range []string{
		"Xã An Phú, tháng 11/2026: đã gửi 9/11, có hoạt động 7/9, đủ 6 mục 3/7.",
		"Chưa gửi: Khu dân cư Trường Đại học Nông nghiệp 1, Thôn Đông 2.",
		"Không phải gửi: Thôn Đông (Xã Phú Lâm).",
		"hoàn cảnh 7/7",
		"Bản Huổi Lướng Nậm Pồ: mặt; chưa trả lời hoàn cảnh",
		"Hội viên năm 2026: kết nạp 54, giảm 36, thực tăng +9.",
		"tháng 9 +15 −14",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

func TestPictureOfAMonthWithoutReports(t *testing.T) {
	r := sampleRecords(12, "2026-11", "2026-11")
	for i := range r.Branches {
		r.Branches[i].Figures = nil
	}
	c := Of(r, "2026-01", "2026-11")
	drawn(t, c)
	if got := Words(c); !strings.Contains(got, "đã gửi 0/11.") || !strings.Contains(got, "chưa có số liệu") || strings.Contains(got, "0/0") {
		t.Error(got)
	}
}

func BenchmarkPictureOf40Branches(b *testing.B) {
	r := sampleRecords(40, "2026-01", "2026-12")
	for b.Loop() {
		var buf bytes.Buffer
		if err := WritePicture(&buf, Of(r, "2026-01", "2026-12")); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(buf.Len()), "bytes")
	}
}
