package viet

import "testing"

func BenchmarkYesNo(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ReadYesNo("dạ chưa họp được em ơi", "q1_activity")
	}
}

func BenchmarkCount(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ReadCount("dạ kết nạp thêm được hai chị em nhé", "q7_joined")
	}
}

func BenchmarkDate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ReadDate("thứ bảy tuần trước nha em", testToday, testMonth)
	}
}

func BenchmarkChoice(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ReadChoice("dọn vệ sinh đường làng", testKinds)
	}
}

func BenchmarkCommand(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ReadCommand("sửa giúp chị mục 3", "review")
	}
}

func BenchmarkQuick(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ReadQuick("họp hôm 20 có 35 chị, kết nạp thêm 2, 1 chị chuyển đi, quỹ vẫn ổn", testToday, testMonth)
	}
}
