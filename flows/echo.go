package flows

import (
	"fmt"
	"strings"

	"chihoi/flows/org"
)

// understood tells an answer back in her own words, as the next message begins: a mistake
// is seen there, and "nhầm" mends it. Empty where the next message says it by itself.
func (f *form) understood(q org.QuestionID, v string) string {
	words := strings.TrimSuffix(lowerFirst(f.inWords(q, v)), ".")
	if words == "khác" {
		words = either(q == qReason, "lý do khác", "việc khác")
	}
	n, _ := intOf(v)
	none := n == 0
	said := lowerFirst(f.title(q)) + ": " + words
	switch q.Base() {
	case qMore:
		return ""
	case qMembers:
		said = "chi hội mình " + words
	case qActivity:
		said = map[bool]string{true: "tháng này có hoạt động rồi", false: "tháng này chưa có hoạt động"}[v == "yes"]
	case qDate:
		said = "hôm " + words
	case qAttendees:
		said = words + " tham gia"
	case qReason:
		said = "vì " + words
	case qTopNeed:
		said = "cần nhất là " + words
	case qHelp:
		said = "về " + words
	case qPioneers:
		said = "nòng cốt " + words
	case qResources:
		said = words + " nguồn lực"
	case qResourceKinds:
		said = "có " + words
	case qKnow:
		said = map[bool]string{true: "3 biết vẫn vậy", false: "mình ghi lại từng mục"}[v == "same"]
	case qFaces:
		said = "biết mặt " + words
	case qCircumstances, qNeeds:
		said = map[org.QuestionID]string{qCircumstances: "hoàn cảnh", qNeeds: "nhu cầu"}[q] + " nắm " + words
	case qJoined:
		said = either(none, "không kết nạp ai", "kết nạp "+words)
	case qExcluded:
		said = either(none, "không ai thuộc tổ chức khác", words+" thuộc tổ chức khác")
	case qLeft:
		said = either(none, "không giảm ai", "giảm "+words)
	case qWhich:
		said = "chị ấy " + words
	case qLeftOrg, qDied:
		way := map[org.QuestionID]string{qLeftOrg: "nghỉ Hội", qDied: "qua đời"}[q]
		said = either(none, "không ai "+way, words+" "+way)
	case qPair, qOutcome:
		said = lowerFirst(f.pairName(q)) + " " + words
	case qDues:
		said = "hội phí " + words
	case qNewLabel:
		said = "gọi là " + strings.TrimSuffix(f.inWords(q, v), ".")
	}
	return fmt.Sprintf("Dạ, %s.", said) + f.firstTime()
}

func either(which bool, yes, no string) string {
	if which {
		return yes
	}
	return no
}

// firstTime tells a branch that has never reported how to mend an answer, once.
func (f *form) firstTime() string {
	if f.past.Month == "" && len(f.draft.Answers) == 1 && f.draft.Corrects == 0 {
		return " Nhầm thì {chị} gõ \"nhầm\" nhé."
	}
	return ""
}
