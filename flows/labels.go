package flows

import "chihoi/flows/org"

// The words of the check-in's choices, for whoever writes them into files.

// KindLabel is what an activity was about, by its option of q1c_kind; "" for none.
func KindLabel(n int) string { return labelOf(kindLabels, n) }

// ReasonLabel is why there was none, by the option of q1d_reason.
func ReasonLabel(n int) string { return labelOf(reasonLabels, n) }

// NeedLabel is what is needed most, by the option of q6a_top_need.
func NeedLabel(n int) string { return labelOf(needLabels, n) }

// PairLabel names a kind of "1+1".
func PairLabel(k org.PairKind) string { return pairKindLabels[k] }

// RequestLabel names a kind of call for help.
func RequestLabel(k org.RequestKind) string { return requestKindWords(k) }

// ShortBranch is a branch's name without the words that every branch's name begins with.
func ShortBranch(name string) string { return shortBranch(name) }

func labelOf(labels []string, n int) string {
	if n < 1 || n > len(labels) {
		return ""
	}
	return labels[n-1]
}
