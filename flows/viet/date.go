package viet

import "time"

// dateKind says how a date phrase points at a day.
type dateKind uint8

const (
	byDay     dateKind = iota + 1 // ngày 20, 20/10, 20/10/2026
	byOffset                      // hôm qua
	byWeekday                     // thứ tư, CN tuần trước
	byVague                       // đầu tháng, tuần trước
	byFuture                      // mai, tuần sau
	byLunar                       // mùng 5, rằm
	byMonth                       // tháng 11 alone: no day at all
	byLast                        // tháng trước
)

// datePhrase is one date phrase as typed, before it is laid on a calendar.
type datePhrase struct {
	kind             dateKind
	day, month, year int
	offset           int // days from today
	weekday          time.Weekday
	week             int  // weeks from this one
	weekGiven        bool // "tuần trước" was said
	last             bool // "vừa rồi": strictly before today
	lunarSure        bool // "âm lịch"
	slash            bool // typed 3/5, may be a ratio elsewhere
	unsure           bool // "mười năm", "bữa kia": a day to offer, not to take
	days             []int
	plain            bool // a bare number, a day only where a date is asked
	lastMonth        bool // "ngày 5 tháng trước"
	lastYear         bool // "20/11 năm ngoái"
	maybeNext        bool // may be to come
	checked          bool // "chủ nhật 15": the weekday must be that day's
}

var (
	ngayWord   = words("ngày")
	homWord    = words("hôm bữa")
	mungWord   = words("mùng mồng")
	ramWord    = words("rằm")
	thangWord  = words("tháng")
	thuWord    = words("thứ")
	chuWord    = words("chủ")
	nhatWord   = words("nhật")
	tuanWord   = words("tuần")
	namWord    = words("năm")
	partWords  = words("sáng trưa chiều tối đêm khuya")
	qDay       = words("qua")
	kiaDay     = words("kia")
	kiaFar     = words("kìa")
	nayDay     = words("nay")
	nayOrThis  = words("nay này")
	maiDay     = words("mai")
	lastWords  = words("trước rồi qua")
	nextWords  = words("sau tới")
	thisWord   = words("này ni")
	vuaWord    = words("vừa")
	lunarWords = words("âm")
	lunarTail  = words("ta")
	solarTail  = words("tây dương")
	monthParts = words("đầu giữa cuối")
	pastYear   = words("ngoái trước")
	earlyWords = words("sớm muộn")
	lichWord   = words("lịch")
	giengWord  = words("giêng")
	chapWord   = words("chạp")
)

const ratherVague, ratherFuture, ratherLast = 1, 2, 3

// vaguePhrases point at no day.
var vaguePhrases = table(
	row{ratherVague, `đầu|giữa|cuối tháng|tuần này?|rồi?|trước?, hôm nọ|trước|bữa|rồi|đó, bữa nọ|trước|hổm|hôm|rồi|đó|kia, hổm rày, mấy|vài bữa|hôm|ngày trước?|nay?|rồi?, lâu rồi, gần đây, mới đây, đợt rồi|trước|này|vừa, tuần trước|rồi|này|qua, tuần vừa rồi|qua, tháng này, trong tháng, trong tuần, hồi nào, bữa nào, hôm nào, mới rồi, vừa rồi, tuần kia`},
	row{ratherFuture, `hai|ba|bốn|năm|một hôm|bữa|ngày nữa|tới, tuần|tháng|năm sau|tới, ngày mai|mốt|kia|kìa, mai mốt, bữa|hôm sau|mốt|mai, sáng|trưa|chiều|tối mai|mốt, sắp, sắp tới, tới đây, mấy|vài bữa|hôm|ngày nữa|tới, cuối tuần|tháng này, đầu|giữa|cuối tuần|tháng|năm sau|tới, cuối tuần|tháng|quý|năm mới, mai, mốt, ít bữa nữa, sẽ, chừng nào, khi nào, dự kiến, sang tháng|tuần`},
	row{ratherLast, `tháng trước|rồi, tháng vừa rồi|qua, tháng mười trước, năm ngoái, năm trước, cuối tháng trước, đầu tháng trước`},
)
